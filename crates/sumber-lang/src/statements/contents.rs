//! Where a content begins and ends, once a rule has found it, and who heard it.

use std::ops::Range;

use super::cues::Cue;
use super::quotations::has_quote;
use super::scene::Scene;
use super::words::class;

/// An answer in quotation marks is of this many tokens at least.
pub(super) const SAID: usize = 3;

/// Adverbs between a reporting word and its content belong to the verb after them.
pub(super) fn with_aspect(scene: &Scene<'_>, cue: &Cue, content: &mut [Range<usize>]) {
    let verb = class::AUXILIARY | class::NEGATION | class::PASSIVE;
    let goes_on = |n: usize| scene.is_verb(n) || scene.in_cue(n) || scene.class_at(n, verb).is_some();
    let next = content.iter_mut().find(|c| c.start > cue.group.end && c.start < c.end);
    let Some(first) = next.filter(|c| goes_on(c.start)) else { return };
    while first.start > cue.group.end {
        let found = scene.class_before(first.start, class::ASPECT);
        let Some(len) = found.filter(|len| first.start - len >= cue.group.end) else { break };
        first.start -= len;
    }
}

/// Where the clause after a noun ends: 'the claim that the dam was sound | was met with laughter'. The noun
/// that opens its sentence is the subject of a verb of its own, the second one that follows.
pub(super) fn end_of_noun_clause(scene: &Scene<'_>, cue: &Cue, clause: &Range<usize>) -> usize {
    let first = scene.sentence_start(scene.text.sentence_of(cue.group.start));
    if (first..cue.group.start).any(|n| scene.is_verb(n) || scene.in_cue(n) || scene.is_mark(n, &[","])) {
        return clause.end;
    }
    let finite = |n: usize| {
        scene.text.tokens[n].shape == crate::text::Shape::Lower
            && scene.is(n, class::AUXILIARY | class::CONDITIONAL | class::PASSIVE)
            && !scene.is(n, class::NOT_VERB)
    };
    let opens = class::THAT | class::RELATIVE | class::BOUNDARY | class::CONTRAST | class::AND;
    let mut verbs = 0;
    for n in clause.clone() {
        if scene.text.quote_at(n).is_some() {
            continue;
        }
        if n > clause.start && scene.class_at(n, opens).is_some() {
            verbs -= 1; // its own verb comes first
        }
        let begins =
            finite(n) && (n == clause.start || !finite(n - 1) && !scene.is(n - 1, class::ADVERB | class::NEGATION));
        verbs += i32::from(begins);
        if verbs == 2 {
            return n;
        }
    }
    clause.end
}

/// Media to whom it was said, in the cue's sentence outside content and source ('kepada Kontan', 'in an
/// interview with the BBC').
pub(super) fn told_to(
    scene: &Scene<'_>,
    cue: &Cue,
    content: &[Range<usize>],
    source: Option<&Range<usize>>,
    known: &[Range<usize>],
) -> Vec<Range<usize>> {
    let sentence = scene.text.sentence_of(cue.group.start);
    let tokens = scene.text.sentences[sentence].tokens.clone();
    let free = |n: usize| {
        !content.iter().any(|c| c.contains(&n))
            && source.is_none_or(|s| !s.contains(&n))
            && !known.iter().any(|k| k.contains(&n))
            && scene.text.quote_at(n).is_none()
    };
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let len = scene.class_at(at, class::TO | class::THROUGH).filter(|_| free(at));
        let phrase = len.and_then(|len| {
            let medium = |p: &Range<usize>| {
                p.clone().all(free) && p.clone().any(|n| scene.mention_at(n).is_some()) && scene.is_medium(p)
            };
            // a that-clause after it is no part of its name
            let end = (at + len..tokens.end).find(|&n| !free(n) || scene.is(n, class::THAT)).unwrap_or(tokens.end);
            scene.phrases_after(at + len, end).into_iter().rev().find(medium)
        });
        if let Some(phrase) = phrase {
            at = phrase.end;
            found.push(phrase);
        } else {
            at += 1;
        }
    }
    found
}

/// A content range without marks and words at its edges that belong to the sentence around it.
pub(super) fn bare(scene: &Scene<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = range;
    while start < end && scene.is_mark(start, &[",", ":", "—", "–", ".", ";"]) {
        start += 1;
    }
    while start < end && scene.is_mark(end - 1, &[",", ":", ";", "—", "–"]) {
        end -= 1;
    }
    // 'according to the judge, moreover, there is ...'
    let lead = scene.class_at(start, class::LEAD).filter(|len| scene.is_mark(start + len, &[","]));
    if let Some(len) = lead.filter(|len| start + len + 1 < end && start > 0 && scene.is_mark(start - 1, &[","])) {
        start += len + 1;
    }
    (start < end).then_some(start..end)
}

/// Where what a label is put on ends: 'called the bill "a mess" | and urged the government to drop it'.
pub(super) fn end_of_label(scene: &Scene<'_>, content: &Range<usize>) -> usize {
    let begins = |n: usize| scene.is(n, class::AUXILIARY | class::CONDITIONAL) || scene.in_cue(n);
    let next = |n: &usize| scene.is(*n, class::AND) && scene.text.quote_at(*n).is_none() && begins(n + 1);
    let cut = (content.start + 1..content.end.saturating_sub(1)).find(next);
    cut.filter(|&n| has_quote(scene, &(content.start..n))).unwrap_or(content.end)
}

/// 'The budget "will not change", the minister said': the clause whose last words are quoted, from its start.
pub(super) fn whole_clause(scene: &Scene<'_>, cue: &Cue, content: Range<usize>) -> Range<usize> {
    use crate::text::Shape;
    let quote = scene.text.quote_at(content.start).filter(|q| q.outer == content && q.outer.end <= cue.group.start);
    let Some(quote) = quote.filter(|q| scene.text.tokens[q.inner.start].shape == Shape::Lower) else { return content };
    let Some(clause) = scene.clause_before(quote.outer.end) else { return content };
    let run = clause.start..quote.outer.start;
    let joined = !run.is_empty() && scene.text.tokens[run.end - 1].shape == Shape::Lower;
    let plain = run.clone().all(|n| {
        !scene.in_cue(n) && scene.text.quote_at(n).is_none() && !scene.is_mark(n, &[":", ";", ",", "—", "–", "-", "("])
    });
    let verb = clause.clone().any(|n| scene.is_verb(n) || scene.in_cue(n));
    if joined && plain && verb { clause } else { content }
}

/// The quotation that ends right before the sentence that a token is in.
pub(super) fn previous_quote(scene: &Scene<'_>, token: usize) -> Option<Range<usize>> {
    let mut end = scene.text.sentences[scene.text.sentence_of(token)].tokens.start;
    while end > 0 && scene.text.quote_at(end - 1).is_none() && scene.is_mark(end - 1, &[".", "!", "?", "…", ","]) {
        end -= 1;
    }
    let quote = scene.text.quote_at(end.checked_sub(1)?).filter(|q| q.closed && q.outer.end == end)?;
    (quote.inner.len() >= SAID).then(|| quote.outer.clone())
}

/// The sentence before the one that a token is in, in the same paragraph or the last of the one before.
pub(super) fn previous_sentence(scene: &Scene<'_>, token: usize) -> Option<Range<usize>> {
    let sentence = scene.text.sentence_of(token).checked_sub(1)?;
    let range = scene.sentence_start(sentence)..scene.sentence_end(sentence);
    (!range.is_empty()).then_some(range)
}
