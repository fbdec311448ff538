//! Noun phrases that begin at a place of the text, and the appositions behind them.

use std::ops::Range;

use smallvec::SmallVec;
use sumber_core::EntityKind;

use super::phrases::{LONGEST_ADJUNCT, LONGEST_APPOSITION, LONGEST_PHRASE};
use super::scene::Scene;
use super::words::class;
use crate::text::Shape;

impl Scene<'_> {
    /// Noun phrases that begin at `start`, best first: with its apposition, then without.
    pub(super) fn phrases_after(&self, start: usize, high: usize) -> SmallVec<[Range<usize>; 4]> {
        let Some(core) = self.phrase_after(start, high) else { return SmallVec::new() };
        let mut found = SmallVec::new();
        if let Some(end) = self.pointed_after(&core, high) {
            found.push(core.start..end);
        }
        if let Some(end) = self.apposition_after(&core, high) {
            found.push(core.start..end);
        }
        // without what is said to whom: 'due funzionari | alla Reuters'
        // but 'l'assessore ai Lavori pubblici' keeps what the role is for
        let role_for = |n: usize| {
            self.is(n - 1, class::PERSON)
                && self.text.tokens.get(n + 1).is_some_and(|t| t.shape == Shape::Title)
                && !matches!(self.kind_at(n + 1), Some(EntityKind::Person | EntityKind::Place | EntityKind::Polity))
                && !self.is_medium(&(n + 1..n + 2))
        };
        let to = |n: usize| self.is(n, class::TO) && self.mention_at(n).is_none() && !role_for(n);
        let cut = (core.start + 1..core.end).find(|&n| to(n));
        found.push(core.clone());
        if let Some(shorter) = cut.and_then(|cut| self.trim(core.start..cut)) {
            found.push(shorter);
        }
        // with what a relative clause tells of them, where the pattern goes on after it
        if let Some(end) = self.relative_after(core.end, high) {
            found.push(core.start..end);
        }
        found
    }

    /// End of a phrase with a word like a verb in it that a demonstrative closes: 'pemain bernomor punggung 11 itu'.
    fn pointed_after(&self, core: &Range<usize>, high: usize) -> Option<usize> {
        let verb =
            core.end < high && self.is_verb(core.end) && !self.in_cue(core.end) && !self.is_listed_verb(core.end);
        let head = core.len() <= 3 && core.clone().all(|n| self.text.tokens[n].shape == Shape::Lower);
        if !verb || !head || self.class_at(core.start, class::PERSON | class::ANONYMOUS).is_none() {
            return None;
        }
        let open = |n: &usize| self.text.tokens[*n].shape != Shape::Mark || self.joins_words(*n);
        let end = (core.end..high.min(core.end + LONGEST_ADJUNCT)).take_while(open).last()?;
        self.is(end, class::DEMONSTRATIVE).then_some(end + 1)
    }

    pub(super) fn phrase_after(&self, start: usize, high: usize) -> Option<Range<usize>> {
        let mut end = start;
        let high = high.min(start + LONGEST_PHRASE);
        let mut brackets = 0;
        while end < high {
            if self.is_mark(end, &["(", "["]) {
                brackets += 1;
                end += 1;
                continue;
            }
            if self.is_mark(end, &[")", "]"]) {
                if brackets == 0 {
                    break;
                }
                brackets -= 1;
                end += 1;
                continue;
            }
            if brackets > 0 || self.in_name(end) {
                end += 1;
                continue;
            }
            // a role of several words ('il procuratore aggiunto'), whatever they are alone
            if let Some(len) =
                self.class_at(end, class::PERSON | class::BODY).filter(|&len| len > 1 && end + len <= high)
            {
                end += len;
                continue;
            }
            if self.text.tokens[end].shape == Shape::Mark {
                // words with a verb of their own are what the one named before them says
                let named = end > start && self.kind_at(end - 1) == Some(EntityKind::Person);
                let tells = |q: &&crate::text::Quote| named && q.inner.clone().any(|n| self.is_verb(n));
                if let Some(quote) = self
                    .scare_quote(end)
                    .filter(|q| q.outer.start == end && q.outer.end <= high && end > start)
                    .filter(|q| !tells(q))
                {
                    end = quote.outer.end;
                    continue;
                }
                if end > start && self.joins_words(end) {
                    end += 1;
                    continue;
                }
                let office = || (start..end).any(|n| self.class_at(n, class::BODY | class::PERSON).is_some());
                let list =
                    self.degrees_after(end, high).or_else(|| self.name_list_after(end, high).filter(|_| office()));
                if let Some(next) = list.filter(|_| end > start) {
                    end = next;
                    continue;
                }
                break;
            }
            // 'siaran yang sama': words that only point back begin no clause
            let whole = class::DEMONSTRATIVE | class::REPORT;
            if let Some(len) = self.class_at(end, whole).filter(|len| {
                *len > 1 && end + len <= high && (end > start || self.class_at(end, class::REPORT).is_some())
            }) {
                end += len;
                continue;
            }
            if self.is_time(end)
                || self.class_at(end, class::THAT | class::BOUNDARY | class::CONTRAST | class::RELATIVE).is_some()
            {
                break;
            }
            if self.is(end, class::AND) {
                // joins two names or two nouns, not two clauses
                let next = end + 1;
                let noun = next < high
                    && (self.mention_at(next).is_some()
                        || self.text.tokens[next].shape.is_capital()
                        || self.is(next, class::DETERMINER | class::PERSON | class::ANONYMOUS)
                        || self.joins_nouns(end, high));
                if end > start && noun {
                    end = next;
                    continue;
                }
                break;
            }
            if let Some(len) = self.class_at(end, class::PREPOSITION | class::TO) {
                // 'wrote the agency in a statement': where it was said
                let report = |n: usize| self.class_at(n, class::REPORT).is_some() && self.mention_at(n).is_none();
                let named = end > start
                    && (self.kind_at(end - 1) == Some(EntityKind::Person)
                        || self.mention_at(end - 1).is_some() && report(end + 1)
                        || self.is(end - 1, class::HE | class::THEY | class::IT));
                // 'told his own', 'nella sua congiuntura': a place or an addressee of theirs
                let theirs = self.is(end + 1, class::HIS | class::THEIR | class::ITS);
                // 'ha detto la fonte all'agenzia': to whom
                let told = end > start && self.is(end, class::TO) && self.opens_medium(end + len);
                if !self.is(end, class::NP_PREPOSITION) || len > 1 || named || theirs || told || end == start {
                    break;
                }
            }
            let adjective =
                end > start && self.is(end - 1, class::DETERMINER | class::NUMBER) && !self.is_listed_verb(end);
            if end > start && !adjective && (self.in_cue(end) || self.is_verb(end) || self.is(end, class::NEGATION)) {
                break;
            }
            if end > start
                && (self.is(end - 1, class::HE | class::THEY | class::IT)
                    || self.is(end, class::HE | class::THEY | class::IT) && !self.is(end - 1, class::NP_PREPOSITION))
            {
                break;
            }
            let after_name = end > start
                && (self.mention_at(end - 1).is_some()
                    || self.is(end - 1, class::PRESS | class::PLURAL)
                    || self.text.tokens[end - 1].shape.is_capital() && end - 1 > start);
            if after_name && self.text.tokens[end].shape == Shape::Lower && self.is(end, class::DETERMINER) {
                break;
            }
            // 'said Ana Reyes quietly': how, or what else, but no more of the name
            let lone = self.text.tokens[end].shape == Shape::Lower
                && (end + 1 >= high || self.text.tokens[end + 1].shape == Shape::Mark && !self.joins_words(end + 1));
            if end > start
                && lone
                && self.kind_at(end - 1) == Some(EntityKind::Person)
                && !self.is(end, class::DEMONSTRATIVE)
            {
                break;
            }
            end += 1;
        }
        self.trim(start..end).filter(|range| range.start <= start + 1)
    }

    /// Whether the word for 'and' at a token joins two plain nouns before a preposition ('oil and gas at the ministry').
    fn joins_nouns(&self, and: usize, high: usize) -> bool {
        let plain = |n: usize| {
            self.text.tokens.get(n).is_some_and(|t| t.shape == Shape::Lower)
                && !self.in_cue(n)
                && !self.is_verb(n)
                && !self.is_time(n)
                && self.class_at(n, class::ADVERB | class::NEGATION | class::HE | class::THEY | class::IT).is_none()
        };
        let closes = |n: usize| n < high && self.class_at(n, class::NP_PREPOSITION).is_some();
        and > 0 && plain(and - 1) && plain(and + 1) && (closes(and + 2) || plain(and + 2) && closes(and + 3))
    }

    /// End of the relative clause that begins at a token, up to the next mark.
    pub(super) fn relative_after(&self, start: usize, high: usize) -> Option<usize> {
        self.class_at(start, class::RELATIVE)?;
        let limit = high.min(start + LONGEST_APPOSITION);
        let open = |n: &usize| {
            (self.text.tokens[*n].shape != Shape::Mark || self.joins_words(*n)) && self.text.quote_at(*n).is_none()
        };
        let end = (start..limit).take_while(open).last()? + 1;
        (end > start + 1 && (end >= high || self.is_mark(end, &[",", ".", ":"]))).then_some(end)
    }

    /// Whether a medium or the press begins at a token, after an article at most.
    fn opens_medium(&self, token: usize) -> bool {
        let first = token + self.class_at(token, class::DETERMINER).unwrap_or(0);
        first < self.text.tokens.len()
            && (self.class_at(first, class::MEDIUM | class::PRESS).is_some() || self.names_medium(&(first..first + 1)))
    }

    /// End of the apposition that follows a noun phrase after a comma, if one does.
    pub(super) fn apposition_after(&self, core: &Range<usize>, high: usize) -> Option<usize> {
        if !self.is_mark(core.end, &[","]) {
            return None;
        }
        let mut first = core.end + 1;
        // an age between commas ('Ana Reyes, 54, a fisherwoman')
        let mut aged = None;
        if self.text.tokens.get(first).is_some_and(|t| t.shape == Shape::Number) && !self.is_time(first) {
            let close = (first + 1..high.min(first + 4)).find(|&n| self.text.tokens[n].shape == Shape::Mark);
            aged = Some(close.unwrap_or(high.min(first + 4)));
            match close.filter(|&n| self.is_mark(n, &[","])) {
                Some(comma) => first = comma + 1,
                None => return aged,
            }
        }
        self.apposition_at(core, first, high).or(aged)
    }

    /// End of the apposition to a noun phrase that begins at a token.
    pub(super) fn apposition_at(&self, core: &Range<usize>, first: usize, high: usize) -> Option<usize> {
        let t = self.text.tokens.get(first)?;
        if self.opens_inner(first)
            || self.is(first, class::HE | class::THEY | class::IT | class::NEGATION)
            || self.text.quote_at(first).is_some()
        {
            return None;
        }
        let core_person = (core.start..core.end).any(|n| self.kind_at(n) == Some(EntityKind::Person));
        let inner = self.phrase_after(first, high.min(first + LONGEST_APPOSITION))?;
        let inner_person = inner.clone().any(|n| self.kind_at(n) == Some(EntityKind::Person));
        let noun = t.shape == Shape::Lower || self.is(first, class::DETERMINER | class::PERSON) || t.shape.is_capital();
        // a role and a name, in either order
        let role =
            core.clone().any(|n| self.class_at(n, class::PERSON).is_some()) && t.shape.is_capital() && inner.len() <= 5;
        // 'Ana Reyes, 54, fisherwoman of Port Clarence'
        let described = first > core.end + 1
            && t.shape == Shape::Lower
            && self.class_at(first, class::PERSON | class::ANONYMOUS).is_some();
        let fits = noun
            && (described && core_person
                || core_person != inner_person
                || !core_person && (role || self.is(first, class::DETERMINER)));
        // the apposition ends at a mark or the end, else it is the next clause
        let closes = inner.end >= high
            || self.text.tokens[inner.end].shape == Shape::Mark
            || self.class_at(inner.end, class::RELATIVE | class::AND | class::PREPOSITION).is_some()
            || self.is_time(inner.end);
        (fits && closes).then_some(inner.end)
    }
}
