//! Noun phrases, told by their edges: `phrases_before` and `phrases_after` find them, `clauses` what is
//! built of them. Function words, marks, verbs and times end them. That is coarse, and enough: a source stands
//! beside its cue, and a content runs to the end of its clause.

use std::ops::Range;

use super::scene::Scene;
use super::words::class;
use crate::text::Shape;

/// No noun phrase is longer, in tokens.
pub(super) const LONGEST_PHRASE: usize = 34;
/// No apposition between commas is longer, in tokens.
pub(super) const LONGEST_APPOSITION: usize = 26;
/// No adjunct is longer, in tokens.
pub(super) const LONGEST_ADJUNCT: usize = 14;

impl Scene<'_> {
    /// Whether what begins at a token is a clause and no apposition.
    pub(super) fn opens_inner(&self, token: usize) -> bool {
        self.class_at(
            token,
            class::RELATIVE | class::BOUNDARY | class::PREPOSITION | class::TO | class::ADVERB | class::THAT,
        )
        .is_some()
            || self.is_verb(token)
            || self.cue_at(token).is_some()
            || self.is_time(token)
    }

    pub(super) fn opens_clause(&self, token: usize) -> bool {
        self.class_at(token, class::RELATIVE | class::BOUNDARY | class::PREPOSITION).is_some()
    }

    /// Whether a token is a word of a name, or a mark inside one ('the Ministry of Trade, Industry and Labour').
    pub(super) fn in_name(&self, token: usize) -> bool {
        let Some(mention) = self.mention_at(token) else { return false };
        let inside = |n: usize| self.mention_at(n) == Some(mention);
        self.text.tokens[token].shape.is_word() || token > 0 && inside(token - 1) && inside(token + 1)
    }

    /// Whether a verb stands between two tokens.
    pub(super) fn verb_between(&self, low: usize, high: usize) -> bool {
        (low..high).any(|n| self.in_cue(n) || self.is_verb(n))
    }

    /// A mark inside a name or a compound ('Soekarno-Hatta', 'St.', 'Q&A').
    pub(super) fn joins_words(&self, token: usize) -> bool {
        let t = &self.text.tokens[token];
        let next_glued = self.text.tokens.get(token + 1).is_some_and(|n| n.glued);
        let word = self.text.word(token);
        (matches!(word, "-" | "/" | "’" | "'" | "‑") && t.glued && next_glued)
            || matches!(word, "&" | "%")
            || matches!(word, "’" | "'") && t.glued && self.owns_next(token)
            || (word == "." && self.text.tokens.get(token + 1).is_some_and(|n| n.sentence == t.sentence))
    }

    /// Whether an apostrophe that ends a word makes it the owner of the next ("the nurses' union").
    fn owns_next(&self, token: usize) -> bool {
        let tokens = &self.text.tokens;
        let follows = tokens.get(token + 1).is_some_and(|n| n.shape.is_word() && n.sentence == tokens[token].sentence);
        follows && tokens[token - 1].shape.is_word() && self.text.quote_at(token).is_none()
    }

    /// The quotation at a token where it is a few words inside a phrase and no speech.
    pub(super) fn scare_quote(&self, token: usize) -> Option<&crate::text::Quote> {
        self.text.quote_at(token).filter(|q| {
            q.closed && (1..8).contains(&q.inner.len()) && !self.is_mark(q.inner.end - 1, &[",", ".", "!", "?"])
        })
    }

    /// Cuts words off the ends that belong to no noun phrase; `None` where none is left.
    pub(super) fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = range;
        loop {
            let lead = class::LEAD | class::AND | class::ADVERB | class::BOUNDARY | class::CONTRAST | class::THAT;
            if start < end && self.mention_at(start).is_none() {
                if let Some(len) = self
                    .class_at(start, lead)
                    .filter(|len| start + len <= end && !self.is(start, class::DETERMINER | class::DEMONSTRATIVE))
                {
                    start += len;
                    continue;
                }
                let led = class::PREPOSITION | class::NP_PREPOSITION;
                if let Some(len) = self.class_at(start, led).filter(|len| {
                    start + len < end
                        && self.class_at(start, !led).is_none()
                        && self.text.tokens[start].shape == Shape::Lower
                }) {
                    start += len;
                    continue;
                }
                if self.text.tokens[start].shape == Shape::Mark && !self.is_mark(start, &["(", "\"", "“", "«"]) {
                    start += 1;
                    continue;
                }
            }
            if start < end && self.mention_at(end - 1).is_none() {
                if let Some(len) = self
                    .class_before(end, class::ADVERB | class::AND | class::PREPOSITION)
                    .filter(|len| start + len < end && !self.is(end - 1, class::DEMONSTRATIVE))
                {
                    end -= len;
                    continue;
                }
                if self.text.tokens[end - 1].shape == Shape::Mark && !self.is_mark(end - 1, &[")", "\"", "”", "»", "]"])
                {
                    end -= 1;
                    continue;
                }
            }
            break;
        }
        let wordy = (start..end).any(|n| self.text.tokens[n].shape.is_word());
        (start < end && wordy).then_some(start..end)
    }
}
