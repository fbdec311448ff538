//! Quotation marks: which cue a quotation belongs to, quotations that go on after it, and those that no
//! cue claims.

use std::collections::BTreeSet;
use std::ops::Range;

use sumber_core::{Stance, StatementKind};

use super::assemble::Draft;
use super::scene::Scene;

/// A quotation with no cue of its own is a statement from this many tokens on.
pub const SPOKEN: usize = 6;

/// A quotation that goes on begins at most so many tokens after the statement.
const FARTHEST: usize = 30;

/// ... or from this many on, where a speaker and a colon stand before it.
const LABELLED: usize = 3;

/// Fewer paragraphs than this with a speaker's label are no transcript.
const LABELS: usize = 3;

/// Whether a range holds or lies in a quotation.
pub fn has_quote(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let place = scene.text.quotes.partition_point(|q| q.outer.end <= range.start);
    scene.text.quotes.get(place).is_some_and(|q| q.outer.start < range.end)
}

/// Two cues may claim one quotation ('... kata X. "...", tambahnya'): the nearer one has it.
pub fn one_quote_one_cue(scene: &Scene<'_>, drafts: &mut [Draft]) {
    // every content by its first token
    let mut firsts: Vec<(usize, usize)> =
        drafts.iter().enumerate().flat_map(|(n, d)| d.content.iter().map(move |c| (c.start, n))).collect();
    firsts.sort_unstable();
    for quote in &scene.text.quotes {
        let from = firsts.partition_point(|(start, _)| start + 2 < quote.outer.start);
        let near = firsts[from..].iter().take_while(|(start, _)| *start <= quote.inner.start);
        let mut claims: Vec<usize> = near
            .map(|(_, n)| *n)
            .filter(|&n| {
                !drafts[n].dead
                    && drafts[n].content.iter().any(|c| {
                        c.start <= quote.inner.start && quote.inner.end <= c.end + 1 && c.start + 2 >= quote.outer.start
                    })
            })
            .collect();
        claims.sort_unstable();
        claims.dedup();
        if claims.len() < 2 {
            continue;
        }
        let distance = |d: &Draft| {
            let cue = d.cue.clone().unwrap_or(d.extent.clone());
            if cue.start >= quote.outer.end {
                cue.start - quote.outer.end
            } else {
                quote.outer.start.saturating_sub(cue.end)
            }
        };
        claims.sort_by_key(|&n| (distance(&drafts[n]), n));
        let best = claims[0];
        for &n in &claims[1..] {
            // one inside the other is nesting, and told apart later
            let inside = drafts[n]
                .content
                .iter()
                .any(|c| drafts[best].cue.as_ref().is_some_and(|cue| c.start <= cue.start && cue.end <= c.end));
            if !inside {
                drafts[n].content.retain(|c| {
                    !(c.start + 2 >= quote.outer.start && quote.inner.end <= c.end + 1 && c.end <= quote.outer.end + 1)
                });
            }
        }
    }
}

/// '"The rumours - she added - have no ground. We go on", she concluded': of what stands between two cues, the
/// sentence that the first interrupts is the first one's, the rest the second one's.
pub fn share_parted(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let mut cues: Vec<(usize, usize)> =
        drafts.iter().enumerate().filter_map(|(n, d)| Some((d.cue.as_ref()?.start, n))).collect();
    cues.sort_unstable();
    for pair in scene.text.quotes.windows(2) {
        let (head, rest) = (&pair[0], &pair[1]);
        let dashed = scene.is_mark(head.outer.end, &["-", "—", "–", "--"])
            && scene.is_mark(rest.outer.start.saturating_sub(1), &["-", "—", "–", "--"]);
        if !dashed || head.inner.is_empty() || scene.is_mark(head.inner.end - 1, &[".", "!", "?"]) {
            continue;
        }
        let holds = |d: &Draft, q: &crate::text::Quote| d.content.iter().any(|c| c.contains(&q.inner.start));
        let from = |at: usize| cues.partition_point(|(start, _)| *start < at);
        let mut inner = cues[from(head.outer.end)..].iter().take_while(|(start, _)| *start < rest.outer.start);
        let first = inner.find(|(_, n)| holds(&drafts[*n], head)).map(|(_, n)| *n);
        let mut after = cues[from(rest.outer.end)..].iter().take(4);
        let second = after.find(|(_, n)| holds(&drafts[*n], rest)).map(|(_, n)| *n);
        let (Some(first), Some(second)) = (first, second) else { continue };
        let end = scene.text.sentences[scene.text.sentence_of(rest.inner.start)].tokens.end;
        if first == second || holds(&drafts[first], rest) || end >= rest.inner.end {
            continue;
        }
        drafts[first].content.push(rest.inner.start..end);
        for content in drafts[second].content.iter_mut().filter(|c| c.contains(&rest.inner.start)) {
            content.start = end;
        }
    }
}

/// A quotation that goes on after the cue, with no cue of its own, belongs to the statement before it.
pub fn continue_quotes(scene: &Scene<'_>, drafts: &mut [Draft]) {
    if scene.text.quotes.is_empty() {
        return;
    }
    let end_of = |d: &Draft| d.content.iter().fold(d.extent.end, |e, c| e.max(c.end));
    let mut taken = Taken::new(scene, drafts);
    let mut ends: BTreeSet<(usize, usize)> = drafts.iter().enumerate().map(|(n, d)| (end_of(d), n)).collect();
    for (n, quote) in scene.text.quotes.iter().enumerate() {
        // two words may end a sentence that the cue interrupts: '"Unless it changes", she said, "we leave"'
        let joined = quote.outer.start > 0 && scene.is_mark(quote.outer.start - 1, &[",", "—", "–"]);
        if quote.inner.len() < if joined { 1 } else { 3 } || taken.holds(&quote.inner) {
            continue;
        }
        // what stands before it: the statement's cue and source, then only marks, or the same paragraph's quotation
        let first = quote.outer.start.saturating_sub(FARTHEST);
        let before = ends
            .range((first, 0)..=(quote.outer.start, usize::MAX))
            .copied()
            .filter(|&(_, n)| {
                let d = &drafts[n];
                d.stance != Stance::Declines
                    && d.content.iter().any(|c| scene.text.quote_at(c.start).is_some() || has_quote(scene, c))
            })
            .filter(|&(end, n)| {
                let begin = drafts[n].content.iter().map(|c| c.start).min().unwrap_or(0);
                begin < quote.outer.start && quiet(scene, end, quote.outer.start)
            });
        if let Some((end, place)) = before.max_by_key(|&(_, place)| (drafts[place].extent.end, place)) {
            let draft = &mut drafts[place];
            let same_paragraph = scene.text.sentences[scene.text.sentence_of(quote.outer.start)].paragraph
                == scene.text.sentences[scene.text.sentence_of(draft.extent.end.saturating_sub(1))].paragraph;
            let direct = draft.content.iter().all(|c| scene.text.quote_at(c.start).is_some());
            let dash = scene.is_mark(quote.outer.start.saturating_sub(1), &["—", "–", "-", "--"]);
            if same_paragraph && (direct || n > 0) && (dash || whole_sentence(scene, quote)) {
                draft.content.push(quote.inner.clone());
                taken.add(&quote.inner);
                ends.remove(&(end, place));
                ends.insert((end.max(quote.inner.end), place));
            }
        }
    }
}

/// Whether a quotation begins as a sentence does: after a full stop, or at a paragraph's start.
fn whole_sentence(scene: &Scene<'_>, quote: &crate::text::Quote) -> bool {
    let first = &scene.text.tokens[quote.outer.start];
    first.starts_paragraph
        || quote.outer.start == 0
        || scene.is_mark(quote.outer.start - 1, &[".", ",", ":", "!", "?", "\"", "”", "»", "…"])
        || scene.text.sentence_of(quote.outer.start) != scene.text.sentence_of(quote.outer.start - 1)
}

/// The tokens that are some draft's content or source.
struct Taken(Vec<bool>);

impl Taken {
    fn new(scene: &Scene<'_>, drafts: &[Draft]) -> Taken {
        let mut taken = Taken(vec![false; scene.text.tokens.len()]);
        for range in drafts.iter().flat_map(|d| d.content.iter().chain(&d.source)) {
            taken.add(range);
        }
        taken
    }

    fn add(&mut self, range: &Range<usize>) {
        if let Some(tokens) = self.0.get_mut(range.clone()) {
            tokens.fill(true);
        }
    }

    /// Whether a token of a range is taken.
    fn holds(&self, range: &Range<usize>) -> bool {
        self.0.get(range.clone()).is_some_and(|tokens| tokens.contains(&true))
    }
}

/// Whether nothing but times, adjuncts and marks stands between two tokens.
fn quiet(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        if scene.is_mark(at, &[".", ",", ":", "—", "–", "\"", "”", "»"]) || scene.is_time(at) {
            at += 1;
        } else if let Some(end) = scene.adjuncts_after(at, to) {
            at = end;
        } else {
            return scene.text.sentence_of(from.saturating_sub(1)) == scene.text.sentence_of(at)
                && (at..to).all(|n| !scene.in_cue(n))
                && scene.text.sentence_of(at) != scene.text.sentence_of(to);
        }
    }
    true
}

/// Whole sentences in quotation marks that no cue claims: a statement of who was spoken of last.
pub fn orphan_quotes(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    if scene.text.quotes.is_empty() {
        return;
    }
    let taken = Taken::new(scene, drafts);
    for quote in &scene.text.quotes {
        if quote.inner.len() < LABELLED || taken.holds(&quote.inner) || !whole_sentence(scene, quote) {
            continue;
        }
        let first = quote.inner.start;
        let starts_as_sentence = scene.text.tokens[first].shape.is_capital()
            || !matches!(scene.text.tokens[first].shape, crate::text::Shape::Lower);
        let last = scene.text.sentence_of(quote.inner.end - 1);
        let ends_sentence = scene.is_mark(quote.inner.end - 1, &[".", "!", "?", "…", ","])
            || quote.outer.end >= scene.sentence_end(last);
        if !starts_as_sentence || !ends_sentence {
            continue;
        }
        let source = (quote.outer.start > 0)
            .then(|| scene.subject_before(quote.outer.start))
            .flatten()
            .filter(|s| scene.is_mark(quote.outer.start - 1, &[":"]) && s.end < quote.outer.start);
        // a few words are said by somebody who stands before a colon, or in a paragraph of their own
        let place = scene.text.paragraphs.partition_point(|p| p.end <= first);
        let alone = scene.text.paragraphs.get(place).is_some_and(|p| {
            p.start > 0 && p.start == quote.outer.start && p.end <= quote.outer.end + 1 && !drafts.is_empty()
        });
        if quote.inner.len() < SPOKEN && !alone && !source.as_ref().is_some_and(|s| scene.can_speak(s)) {
            continue;
        }
        drafts.push(Draft::uttered(source, quote.inner.clone(), "quotation-alone", quote.outer.clone()));
    }
}

/// Transcripts: paragraphs that begin with a name in capitals and a colon ('WALLACE: Will you go?'). What
/// follows is said by that name, unless a statement was found in it.
pub fn speaker_labels(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let label = |paragraph: &Range<usize>| {
        let limit = paragraph.end.min(paragraph.start + 6);
        let colon = (paragraph.start + 1..limit).find(|&n| scene.is_mark(n, &[":"]))?;
        let capitals = (paragraph.start..colon).all(|n| {
            scene.text.tokens[n].shape == crate::text::Shape::Upper
                || n > paragraph.start && scene.is_mark(n, &[".", "-", "'", "’"])
        });
        (capitals && colon + SPOKEN < paragraph.end).then_some(colon)
    };
    let found: Vec<(Range<usize>, usize)> =
        scene.text.paragraphs.iter().filter_map(|p| label(p).map(|colon| (p.clone(), colon))).collect();
    // somebody speaks more than once
    let word = |(p, _): &(Range<usize>, usize)| scene.text.word(p.start);
    let again =
        found.iter().enumerate().any(|(n, one)| found[..n].iter().take(20).any(|other| word(one) == word(other)));
    if found.len() < LABELS || !again {
        return;
    }
    let taken = Taken::new(scene, drafts);
    for (paragraph, colon) in found {
        let mut end = paragraph.end;
        while end > colon + 2 && scene.is_mark(end - 1, &[",", ";"]) {
            end -= 1;
        }
        let content = colon + 1..end;
        if taken.holds(&content) {
            continue;
        }
        drafts.push(Draft::uttered(Some(paragraph.start..colon), content, "speaker-label", paragraph));
    }
}

/// Whether the content is all, partly or not in quotation marks; and the content without the outer marks.
pub fn kind_of(scene: &Scene<'_>, content: &mut [Range<usize>]) -> StatementKind {
    let (mut quoted, mut plain) = (0usize, 0usize);
    for range in content.iter_mut() {
        if let Some(quote) =
            scene.text.quote_at(range.start).filter(|q| q.outer.start <= range.start && range.end <= q.outer.end)
        {
            range.start = range.start.max(quote.inner.start);
            range.end = range.end.min(quote.inner.end).max(range.start);
            while range.end > range.start + 1 && scene.is_mark(range.end - 1, &[","]) {
                range.end -= 1;
            }
        }
        for token in range.clone() {
            if scene.text.tokens[token].shape.is_word() {
                if scene.text.quote_at(token).is_some() {
                    quoted += 1;
                } else {
                    plain += 1;
                }
            }
        }
    }
    match (quoted, plain) {
        (0, _) => StatementKind::Indirect,
        (_, 0) => StatementKind::Direct,
        _ => StatementKind::Mixed,
    }
}
