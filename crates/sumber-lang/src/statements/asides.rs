//! Attributions between dashes inside quotation marks: '«The dam holds – the mayor said – and nobody must leave»'.
//! The words between the dashes are the newsroom's, not the speaker's: the quotation is parted there.

use super::words::{CueClass, CueForm, StatementPack, class};
use crate::text::{Quote, Shape, Text};

/// No attribution between dashes is longer, in tokens.
const LONGEST: usize = 36;
/// No more auxiliaries and adverbs stand before the reporting word.
const MOST_BEFORE: usize = 4;

/// The text with quotations parted where an attribution stands between dashes; `None` where none does.
pub fn part_quotations<'a>(text: &Text<'a>, pack: &StatementPack) -> Option<Text<'a>> {
    let mut quotes: Vec<Quote> = Vec::with_capacity(text.quotes.len());
    for quote in &text.quotes {
        part(text, pack, quote, &mut quotes);
    }
    (quotes != text.quotes).then(|| Text { quotes, ..text.clone() })
}

fn part(text: &Text<'_>, pack: &StatementPack, quote: &Quote, parts: &mut Vec<Quote>) {
    let mut rest = quote.clone();
    let mut at = quote.inner.start + 1;
    while at < quote.inner.end {
        if !is_dash(text, at) || !attributes(text, pack, at + 1, quote.inner.end) {
            at += 1;
            continue;
        }
        let limit = quote.inner.end.min(at + LONGEST);
        let close = (at + 2..limit).find(|&n| is_dash(text, n));
        let ends = quote.inner.end <= at + LONGEST;
        let Some(next) = close.map(|n| n + 1).or(ends.then_some(quote.inner.end)) else { break };
        if at > rest.inner.start {
            parts.push(Quote { outer: rest.outer.start..at, inner: rest.inner.start..at, closed: true });
        }
        // the full stop or comma of the first part may stand after the dash
        let mut start = next;
        while start < quote.inner.end && matches!(text.word(start), "." | "," | ";" | ":") {
            start += 1;
        }
        rest = Quote { outer: start..quote.outer.end, inner: start..quote.inner.end, closed: quote.closed };
        at = start + 1;
    }
    if !rest.inner.is_empty() || rest == *quote {
        parts.push(rest);
    }
}

/// A dash with white space on one side at least.
fn is_dash(text: &Text<'_>, token: usize) -> bool {
    let loose = !text.tokens[token].glued || text.tokens.get(token + 1).is_some_and(|t| !t.glued);
    text.tokens[token].shape == Shape::Mark && loose && matches!(text.word(token), "–" | "—" | "-" | "--")
}

/// Whether a reporting word begins at a token, after auxiliaries and adverbs at most.
fn attributes(text: &Text<'_>, pack: &StatementPack, start: usize, end: usize) -> bool {
    let mut helped = false;
    for at in start..end.min(start + MOST_BEFORE) {
        if text.tokens[at].shape != Shape::Lower {
            return false;
        }
        if let Some((_, entry)) = pack.cues.longest(&text.tokens, at) {
            let class = matches!(entry.class, CueClass::Say | CueClass::Label | CueClass::Urge | CueClass::Respond);
            let form = match entry.form {
                CueForm::Finite | CueForm::Bare | CueForm::Clitic => true,
                CueForm::Participle => helped,
                _ => false,
            };
            return class && form;
        }
        let bits = pack.single.get(&text.tokens[at].word).copied().unwrap_or(0);
        if bits & (class::AUXILIARY | class::CONDITIONAL | class::ADVERB) == 0 {
            return false;
        }
        helped |= bits & (class::AUXILIARY | class::CONDITIONAL) != 0;
    }
    false
}
