//! A text with what the statement engine knows of each token: word classes, reporting words,
//! names, times and quotations. Noun phrases and clauses are told in `phrases`.

use std::cell::RefCell;
use std::ops::Range;

use sumber_core::{EntityKind, LinkKind, Span};

use super::Layers;
use super::cues::Cue;
use super::matcher::Kept;
use super::words::{StatementPack, class};
use crate::Packs;
use crate::lexicon::Lists;
use crate::names;
use crate::pack::Pack;
use crate::text::{Shape, Text, Token};

/// A mark of at most four bytes as one number, so that marks are compared as numbers are; longer ones are no
/// mark that code asks for.
#[inline]
fn mark_code(mark: &str) -> u32 {
    match *mark.as_bytes() {
        [a] => u32::from_le_bytes([a, 0, 0, 0]),
        [a, b] => u32::from_le_bytes([a, b, 0, 0]),
        [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
        _ => u32::MAX,
    }
}

/// A text made ready for patterns.
pub struct Scene<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The pack's words and rules about statements.
    pub pack: &'a StatementPack,
    /// The whole pack, and all packs: for countries of words.
    packs: (&'a Pack, &'a Packs),
    /// Entities, mentions, times.
    pub layers: Layers<'a>,
    bits: Vec<u64>,
    /// Each token's mark as a number; 0 for words, see [`mark_code`].
    marks: Vec<u32>,
    multi: Vec<(usize, usize, u64)>,
    /// Classes of the phrases of several words that begin and that end at a token.
    opens: Vec<u64>,
    ends: Vec<u64>,
    /// Index of the mention that a token is in, plus one.
    mention_at: Vec<u32>,
    /// End of the time expression that begins at a token; 0 for none.
    time_end: Vec<u32>,
    /// Whether a token is inside a time expression.
    in_time: Vec<bool>,
    /// Reporting words, in order.
    pub cues: Vec<Cue>,
    /// See [`Scene::in_cue`].
    in_cue: Vec<bool>,
    /// First token of a paragraph's text after its dateline.
    body_start: Vec<u32>,
    /// What rules asked of a place before.
    pub(super) kept: RefCell<Kept>,
}

impl<'a> Scene<'a> {
    /// Looks up every token once.
    pub fn new(
        text: &'a Text<'a>,
        pack: &'a StatementPack,
        layers: Layers<'a>,
        whole: &'a Pack,
        packs: &'a Packs,
    ) -> Scene<'a> {
        let count = text.tokens.len();
        let listed = |t: &Token| if t.lists.has(Lists::GRAMMAR) { pack.single.get(&t.word) } else { None };
        let bits: Vec<u64> = text.tokens.iter().map(|t| listed(t).copied().unwrap_or(0)).collect();
        let mark = |t: &Token| match t.shape {
            Shape::Mark => match t.span.of(text.source) {
                "''" | "``" | "’’" | "‘‘" => mark_code("\""),
                mark => mark_code(mark),
            },
            _ => 0,
        };
        let marks = text.tokens.iter().map(mark).collect();
        let mut multi = Vec::new();
        let (mut opens, mut ends) = (vec![0; count], vec![0; count]);
        for at in (0..count).filter(|&at| text.tokens[at].lists.has(Lists::GRAMMAR)) {
            for (len, &bit) in pack.phrases.all(&text.tokens, at) {
                multi.push((at, len, bit));
                opens[at] |= bit;
                ends[at + len - 1] |= bit;
            }
        }
        let mut mention_at = vec![0; count];
        for (n, mention) in layers.mentions.iter().enumerate() {
            for token in text.tokens_in(mention.span) {
                mention_at[token] = n as u32 + 1;
            }
        }
        let (mut time_end, mut in_time) = (vec![0; count], vec![false; count]);
        for time in layers.times {
            let range = text.tokens_in(time.span);
            if !range.is_empty() {
                time_end[range.start] = range.end as u32;
                in_time[range].fill(true);
            }
        }
        let mut scene = Scene {
            text,
            pack,
            packs: (whole, packs),
            layers,
            bits,
            marks,
            multi,
            opens,
            ends,
            mention_at,
            time_end,
            in_time,
            cues: Vec::new(),
            in_cue: Vec::new(),
            body_start: Vec::new(),
            kept: RefCell::new(Kept::new(count)),
        };
        scene.body_start = scene.datelines();
        scene.cues = scene.find_cues();
        scene.in_cue = scene.cue_tokens();
        scene
    }

    /// Whether a token is of one of the classes, as a single word.
    pub fn is(&self, token: usize, classes: u64) -> bool {
        self.bits.get(token).is_some_and(|b| b & classes != 0)
    }

    /// Classes of the word at a token and of the phrases that begin there.
    pub fn classes_from(&self, at: usize) -> u64 {
        self.bits.get(at).copied().unwrap_or(0) | self.opens.get(at).copied().unwrap_or(0)
    }

    /// Lengths of the words and phrases of the classes that begin at a token, longest first.
    pub fn class_lengths(&self, at: usize, classes: u64) -> impl Iterator<Item = usize> + '_ {
        let listed = self.opens.get(at).is_some_and(|bits| bits & classes != 0);
        let first = if listed { self.multi.partition_point(|m| m.0 < at) } else { self.multi.len() };
        let phrases =
            self.multi[first..].iter().take_while(move |m| m.0 == at).filter(move |m| m.2 & classes != 0).map(|m| m.1);
        phrases.chain(self.is(at, classes).then_some(1))
    }

    /// The longest word or phrase of the classes that begins at a token.
    pub fn class_at(&self, at: usize, classes: u64) -> Option<usize> {
        // most words are of none
        (self.classes_from(at) & classes != 0).then(|| self.class_lengths(at, classes).next())?
    }

    /// The longest word or phrase of the classes that ends right before a token: its length.
    pub fn class_before(&self, end: usize, classes: u64) -> Option<usize> {
        let last = end.checked_sub(1)?;
        if self.ends[last] & classes != 0 {
            let longest = (2..=6.min(end)).rev().find(|&len| self.class_lengths(end - len, classes).any(|l| l == len));
            if longest.is_some() {
                return longest;
            }
        }
        self.is(last, classes).then_some(1)
    }

    /// The adverb that ends right before a token, listed or told by its suffix: its length.
    pub fn adverb_before(&self, end: usize) -> Option<usize> {
        self.class_before(end, class::ADVERB)
            .or_else(|| end.checked_sub(1).filter(|&last| self.is_suffixed_adverb(last)).map(|_| 1))
    }

    /// Whether a word that no list of the pack holds ends as the language's adverbs do.
    pub fn is_suffixed_adverb(&self, token: usize) -> bool {
        let ends = |word: &str| self.pack.adverb_suffixes.iter().any(|s| word.ends_with(s.as_str()));
        self.bits[token] == 0
            && self.text.tokens[token].shape == Shape::Lower
            && self.text.word(token).len() >= 6
            && ends(self.text.word(token))
    }

    /// Whether a token is one of these marks. Two straight single marks are a double one.
    #[inline]
    pub fn is_mark(&self, token: usize, marks: &[&str]) -> bool {
        let code = self.marks.get(token).copied().unwrap_or(0);
        code != 0 && marks.iter().any(|mark| mark_code(mark) == code)
    }

    /// End of the time expression that begins at a token.
    pub fn time_at(&self, token: usize) -> Option<usize> {
        self.time_end.get(token).filter(|&&end| end > 0).map(|&end| end as usize)
    }

    /// Whether a token is inside a time expression.
    pub fn is_time(&self, token: usize) -> bool {
        self.in_time.get(token).copied().unwrap_or(false)
    }

    /// Index of the mention that a token is in.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.mention_at.get(token).filter(|&&n| n > 0).map(|&n| n as usize - 1)
    }

    /// What a token names, if it is in a mention.
    pub fn kind_at(&self, token: usize) -> Option<EntityKind> {
        let mention = self.mention_at(token)?;
        Some(self.layers.entities[self.layers.mentions[mention].entity.0 as usize].kind)
    }

    /// First token of the sentence's own words: after a dateline and words that only lead in.
    pub fn sentence_start(&self, sentence: usize) -> usize {
        let tokens = &self.text.sentences[sentence].tokens;
        let dateline = self.body_start[self.text.sentences[sentence].paragraph] as usize;
        dateline.clamp(tokens.start, tokens.end)
    }

    /// One past the sentence's last word: without its terminal marks.
    pub fn sentence_end(&self, sentence: usize) -> usize {
        let tokens = &self.text.sentences[sentence].tokens;
        let mut end = tokens.end;
        while end > tokens.start && self.is_mark(end - 1, &[".", "!", "?", "…", "...", ";"]) {
            end -= 1;
        }
        end
    }

    /// Where the text of each paragraph begins, after a dateline ('GIACARTA —', 'JAKARTA, KOMPAS.com -').
    fn datelines(&self) -> Vec<u32> {
        self.text
            .paragraphs
            .iter()
            .map(|tokens| {
                let limit = tokens.end.min(tokens.start + 14);
                let dash = (tokens.start + 1..limit).find(|&n| {
                    self.is_mark(n, &["—", "–", "-", "--"])
                        && !(self.text.tokens[n].glued && self.text.tokens.get(n + 1).is_some_and(|t| t.glued))
                });
                match dash {
                    // 'Karl Kall – an editor – said': what goes on in lower case is an aside
                    Some(dash)
                        if (tokens.start..dash).all(|n| self.is_dateline_token(n))
                            && self.text.tokens.get(dash + 1).is_none_or(|t| t.shape != Shape::Lower) =>
                    {
                        dash as u32 + 1
                    }
                    _ => tokens.start as u32,
                }
            })
            .collect()
    }

    fn is_dateline_token(&self, token: usize) -> bool {
        let t = &self.text.tokens[token];
        t.shape.is_capital() || matches!(t.shape, Shape::Mark | Shape::Number | Shape::Uncased) || self.is_time(token)
    }

    /// Whether a token is inside a quotation that holds more than a few words.
    pub fn in_long_quote(&self, token: usize) -> bool {
        self.text.quote_at(token).is_some_and(|q| q.inner.len() >= 4 && q.inner.contains(&token))
    }

    /// Whether a token belongs to a reporting verb's group.
    pub fn in_cue(&self, token: usize) -> bool {
        self.in_cue.get(token).copied().unwrap_or(false)
    }

    /// The country that words of the range tell ('iraniani', 'Indonesian'), as alpha-3.
    pub fn country_in(&self, tokens: &Range<usize>) -> Option<String> {
        let (pack, packs) = self.packs;
        tokens.clone().find_map(|at| names::country_at(self.text, at, pack, packs)).map(|hit| hit.country.to_owned())
    }

    /// Whether a phrase can name who speaks: a name, a role, a body, a document, a pronoun.
    pub fn can_speak(&self, range: &Range<usize>) -> bool {
        let kinds = class::ANONYMOUS
            | class::PERSON
            | class::BODY
            | class::MEDIUM
            | class::REPORT
            | class::DOCUMENT
            | class::HE
            | class::THEY
            | class::IT
            | class::PRESS
            | class::SHARE;
        let first = self.text.sentences[self.text.sentence_of(range.start)].tokens.start;
        range.clone().any(|n| {
            let capital = self.text.tokens[n].shape.is_capital() && n != first && !self.is_time(n);
            capital
                || self.mention_at(n).is_some()
                || self.text.tokens[n].shape == Shape::Uncased
                || self.class_at(n, kinds).is_some()
        })
    }

    /// Whether a phrase names or describes people or a body.
    pub fn speaks(&self, range: &Range<usize>) -> bool {
        let kinds = class::ANONYMOUS | class::PERSON | class::BODY | class::MEDIUM | class::HE | class::THEY;
        range.clone().any(|n| {
            self.class_at(n, kinds).is_some()
                || matches!(self.kind_at(n), Some(EntityKind::Person | EntityKind::Organisation))
        })
    }

    /// Whether the head of a phrase can: what stands before its first preposition and after whose it is
    /// ('a diplomat in the capital', 'Ghana's ministry', but not 'the fall in prices', 'Ghana's debts').
    pub fn head_can_speak(&self, range: &Range<usize>) -> bool {
        let inner = class::NP_PREPOSITION | class::PREPOSITION;
        let end = (range.start + 1..range.end).find(|&n| self.class_at(n, inner).is_some()).unwrap_or(range.end);
        let owner = |n: &usize| self.is(*n, class::ARTICLE) && self.text.tokens[*n].glued;
        let start = (range.start..end).rev().find(owner).map_or(range.start, |n| n + 1);
        let counted = (start..end).all(|n| self.is(n, class::NUMBER | class::DETERMINER));
        self.can_speak(&(start..end)) || counted && self.can_speak(range)
    }

    /// Whether a phrase names or describes a medium.
    pub fn is_medium(&self, range: &Range<usize>) -> bool {
        self.names_medium(range) || range.clone().any(|n| self.class_at(n, class::MEDIUM).is_some())
    }

    /// Whether a phrase names a medium.
    pub fn names_medium(&self, range: &Range<usize>) -> bool {
        let medium =
            |m: usize| self.layers.entities[self.layers.mentions[m].entity.0 as usize].link == LinkKind::Medium;
        range.clone().any(|n| self.mention_at(n).is_some_and(medium))
    }

    /// Whether the pack tells verbs by their affixes, so that a run of words without one is no clause.
    pub fn tells_verbs(&self) -> bool {
        !self.pack.verb_prefixes.is_empty() || !self.pack.verb_suffixes.is_empty()
    }

    /// The span of a range of tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        self.text.span(tokens.clone())
    }
}
