//! Adjuncts and clauses around a place of the text, and who a clause is about.

use std::ops::Range;

use smallvec::SmallVec;

use super::phrases::{LONGEST_ADJUNCT, LONGEST_APPOSITION, LONGEST_PHRASE};
use super::scene::Scene;
use super::words::class;
use crate::text::Shape;

impl Scene<'_> {
    /// Ends of adjuncts that begin at a token: a time, a prepositional phrase, an adverb.
    pub(super) fn adjuncts_after(&self, start: usize, high: usize) -> Option<usize> {
        if start >= high {
            return None;
        }
        if let Some(end) = self.time_at(start) {
            return Some(end.min(high));
        }
        if self.is_mark(start, &["("]) {
            // '(19/3)', '(local time)'
            let close = (start + 1..high.min(start + 8)).find(|&n| self.is_mark(n, &[")"]))?;
            return Some(close + 1);
        }
        if let Some(len) = self.class_lengths(start, class::ADVERB).find(|len| start + len <= high) {
            return Some(start + len);
        }
        if self.is_suffixed_adverb(start) {
            return Some(start + 1);
        }
        let led = class::PREPOSITION | class::NP_PREPOSITION | class::THROUGH | class::TO;
        self.class_lengths(start, led).find_map(|len| self.led_phrase(start, start + len, high))
    }

    /// End of the prepositional phrase whose preposition stands before `end`, further ones in it included.
    fn led_phrase(&self, start: usize, end: usize, high: usize) -> Option<usize> {
        let limit = high.min(start + LONGEST_ADJUNCT);
        // 'during a Friday rally', "at Monday's hearing": the time only tells which
        let first = end + self.class_at(end, class::DETERMINER).unwrap_or(0);
        if let Some(time) = self.time_at(first).filter(|&time| time < limit) {
            let owns = self.is_mark(time, &["'", "’"]) || self.text.word(time).starts_with(['\'', '’']);
            let noun = |n: usize| {
                self.text.tokens.get(n).is_some_and(|t| t.shape == Shape::Lower)
                    && !self.opens_inner(n)
                    && !self.in_cue(n)
                    && !self.is(n, class::DETERMINER | class::HE | class::THEY | class::IT | class::AND)
            };
            if owns || first > end && noun(time) {
                let from = (time..limit).find(|&n| noun(n));
                return from.and_then(|n| self.phrase_after(n, limit)).map(|phrase| phrase.end);
            }
        }
        if let Some(time) = self.time_at(end) {
            return Some(time.min(high));
        }
        let phrase = self.phrase_after(end, limit).or_else(|| {
            let determiner = self.class_at(end, class::DETERMINER)?;
            self.phrase_after(end + determiner, limit)
        })?;
        Some(phrase.end)
    }

    /// What stands between commas or dashes from a token on: one past the closing mark.
    pub(super) fn aside_after(&self, start: usize, high: usize) -> Option<usize> {
        let marks: &[&str] = if self.is_mark(start, &[","]) {
            &[","]
        } else if self.is_mark(start, &["—", "–", "--"]) {
            &["—", "–", "--"]
        } else {
            return None;
        };
        // 'Acts of protest, he said, are acts of courage, whether ...': what goes on with its verb is no aside
        if start + 1 >= high || self.is_listed_verb(start + 1) {
            return None;
        }
        let close = (start + 2..high.min(start + LONGEST_APPOSITION)).find(|&n| self.is_mark(n, marks))?;
        (start..close).all(|n| self.text.quote_at(n).is_none()).then_some(close + 1)
    }

    /// Where an adjunct that ends right before `end` begins.
    pub(super) fn adjunct_before(&self, end: usize, low: usize) -> Option<usize> {
        let lowest = end.saturating_sub(LONGEST_ADJUNCT).max(low);
        let mut shorter: SmallVec<[(usize, usize); LONGEST_ADJUNCT]> = SmallVec::new();
        let plain = (lowest..end).rev().find(|&start| {
            let after = self.adjuncts_after(start, end);
            shorter.extend(after.filter(|&after| after < end).map(|after| (start, after)));
            after == Some(end)
        });
        let Some(start) = plain else {
            // 'in a statement that reached reporters'
            let told_of = |&&(_, after): &&(usize, usize)| self.relative_after(after, end) == Some(end);
            return shorter.iter().find(told_of).map(|&(start, _)| start);
        };
        // a time with the preposition before it
        let led = start > lowest
            && self.is_time(start)
            && self.is(start - 1, class::PREPOSITION | class::NP_PREPOSITION)
            && self.adjuncts_after(start - 1, end) == Some(end);
        Some(start - usize::from(led))
    }

    /// The clause after a token: to the sentence's end or a semicolon, further where a quotation runs on.
    pub(super) fn clause_after(&self, start: usize) -> Option<Range<usize>> {
        let sentence = self.text.sentences.get(self.text.tokens.get(start)?.sentence as usize)?;
        if start >= sentence.tokens.end {
            return None;
        }
        let mut end = self.sentence_end(self.text.tokens[start].sentence as usize);
        let mut at = start;
        while at < end {
            if let Some(quote) = self.text.quote_at(at) {
                at = quote.outer.end.max(at + 1);
                end = end.max(quote.outer.end.min(quote.outer.start + 400));
                continue;
            }
            if at > start && self.is_mark(at, &[";"]) {
                end = at;
                break;
            }
            at += 1;
        }
        while end > start && self.is_mark(end - 1, &[",", "."]) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// Whether a range begins as a clause does: a subject, then a verb before any mark or clause of another's.
    pub(super) fn is_clause(&self, range: &Range<usize>) -> bool {
        let mut start = range.start;
        while let Some(len) = self.class_at(start, class::ADVERB | class::LEAD).filter(|len| start + len < range.end) {
            start += len;
        }
        let inner = class::PREPOSITION | class::NP_PREPOSITION | class::BOUNDARY | class::TO;
        if self.class_at(start, inner).is_some() || self.is_time(start) {
            // 'in 1998 the firm sold the mill': any verb will do
            return range.clone().any(|n| self.is_verb(n) || self.in_cue(n));
        }
        if self.is(start, class::HE | class::THEY | class::IT) || self.text.tokens[start].shape == Shape::Mark {
            return true;
        }
        let verb = |n: usize| self.is_verb(n) || self.in_cue(n);
        let stop = class::BOUNDARY | class::CONTRAST;
        for n in start..range.end.min(start + LONGEST_PHRASE) {
            if n > start && self.class_at(n, class::RELATIVE | class::THAT).is_some() {
                // the relative clause has a verb, and so has the main one
                return (n + 1..range.end).filter(|&m| verb(m) && !verb(m - 1)).count() > 1;
            }
            if n > start && (self.class_at(n, stop).is_some() || self.is_mark(n, &[",", ";", ":", "—", "–"])) {
                return false;
            }
            let adjective = n == start
                || self.is(n - 1, class::DETERMINER | class::NP_PREPOSITION | class::PREPOSITION | class::INFINITIVE);
            if !adjective && verb(n) {
                return true;
            }
        }
        false
    }

    /// The clause before a token, from the sentence's own first word.
    pub(super) fn clause_before(&self, end: usize) -> Option<Range<usize>> {
        if end == 0 {
            return None;
        }
        let sentence = self.text.sentence_of(end - 1);
        let mut start = self.sentence_start(sentence);
        if let Some(quote) = self.text.quote_at(start).filter(|q| q.outer.end <= end) {
            start = start.min(quote.outer.start);
        }
        let mut stop = end;
        while stop > start && self.is_mark(stop - 1, &[",", "—", "–"]) {
            stop -= 1;
        }
        // words that only lead in belong to no content
        while start < stop {
            if let Some(len) =
                self.class_at(start, class::LEAD | class::CONTRAST | class::AND).filter(|len| start + len < stop)
            {
                start += len;
            } else if self.is_mark(start, &[",", "—", "–", "-", ":"]) {
                start += 1;
            } else {
                break;
            }
        }
        (start < stop).then_some(start..stop)
    }

    /// Who the clause before a token is about: the first noun phrase of its sentence.
    pub(super) fn subject_before(&self, end: usize) -> Option<Range<usize>> {
        let sentence = self.text.sentence_of(end.checked_sub(1)?);
        let mut start = self.sentence_start(sentence);
        for _ in 0..6 {
            if start >= end {
                return None;
            }
            if let Some(len) = self.class_at(start, class::LEAD | class::CONTRAST | class::AND | class::ADVERB) {
                start += len;
            } else if let Some(quote) =
                self.text.quote_at(start).filter(|q| q.outer.start == start && q.inner.len() > 8)
            {
                start = quote.outer.end; // what somebody says names no speaker
            } else if self.is_mark(start, &[",", "\"", "“", "«"]) {
                start += 1;
            } else if let Some(after) = self.adjuncts_after(start, end).filter(|&a| a < end) {
                start = after;
            } else {
                break;
            }
        }
        if start < end && (self.in_cue(start) || self.is_listed_verb(start)) {
            return None;
        }
        let first = self.phrases_after(start, end).into_iter().next()?;
        // 'Booed by some, the minister said': what cannot speak leads in
        if !self.can_speak(&first) && self.is_mark(first.end, &[","]) && first.end + 1 < end {
            let second = self.phrases_after(first.end + 1, end).into_iter().next();
            return second.filter(|second| self.can_speak(second)).or(Some(first));
        }
        Some(first)
    }
}
