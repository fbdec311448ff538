//! Noun phrases, adjuncts and clauses, told by their edges.
//!
//! Function words, marks, verbs and times end them. That is coarse, and enough: a source stands
//! beside its cue, and a content runs to the end of its clause.

use std::ops::Range;

use smallvec::SmallVec;
use sumber_core::EntityKind;

use super::scene::Scene;
use super::words::{CueClass, CueForm, class};
use crate::text::Shape;

/// No noun phrase is longer, in tokens.
const LONGEST_PHRASE: usize = 34;
/// No apposition between commas is longer, in tokens.
const LONGEST_APPOSITION: usize = 26;
/// No adjunct is longer, in tokens.
const LONGEST_ADJUNCT: usize = 14;

impl Scene<'_> {
    // ---- noun phrases --------------------------------------------------------------------------

    /// Noun phrases that end right before `end`, best first: with its apposition, then without.
    /// The second part is where the noun phrase's own words end (a relative clause is left out).
    pub(super) fn phrases_before(&self, end: usize, low: usize) -> SmallVec<[(Range<usize>, usize); 2]> {
        if let Some(comma) = self.degrees_before(end, low) {
            let close = if self.is_mark(end - 1, &[","]) { end - 1 } else { end };
            // 'the director, Ana Reyes, PhD, said': the name between commas, else the name alone
            let mut apposed = self.phrases_before(comma + 1, low);
            let titled = |start: usize| self.class_at(start, class::PERSON | class::ANONYMOUS).is_some();
            apposed.retain(|(_, start)| close < end || titled(*start));
            let named = if apposed.is_empty() { self.phrases_before(comma, low) } else { apposed };
            let whole = |(own, start): (Range<usize>, usize)| {
                (own.start..if own.end == comma { close } else { own.end }, start)
            };
            return named.into_iter().map(whole).collect();
        }
        let mut found = SmallVec::new();
        if end > low && self.is_mark(end - 1, &[",", "—", "–", "--", ")"]) {
            // 'X, who ..., said' and 'X, the minister, said'
            let close = end - 1;
            let opening: &[&str] = if self.is_mark(close, &[")"]) {
                &["("]
            } else if self.is_mark(close, &[","]) {
                &[","]
            } else {
                &["—", "–", "--"]
            };
            let first = close.saturating_sub(LONGEST_APPOSITION).max(low);
            let mut commas = (first..close).rev().filter(|&n| self.is_mark(n, opening) && !self.in_long_quote(n));
            if let Some(open) = commas.next() {
                // an interpolation may hold commas itself: go on while what stands before is no phrase
                let mut open = open;
                let mut core = self.phrase_before(open, low);
                while core
                    .as_ref()
                    .is_none_or(|c| self.opens_clause(c.start) || self.text.tokens[c.start].shape == Shape::Number)
                {
                    let Some(next) = commas.next() else { break };
                    open = next;
                    core = self.phrase_before(open, low);
                }
                if let Some(core) = core {
                    let relative = self.opens_inner(open + 1);
                    let bracket = usize::from(self.is_mark(close, &[")"]));
                    let whole = if relative { core.clone() } else { core.start..close + bracket };
                    found.push((whole, core.start));
                }
            }
            return found;
        }
        // what a preposition leads is no subject, but a relative clause may tell of it
        let after = end + usize::from(self.is_mark(end, &[","]));
        let told_of = self.class_at(after, class::RELATIVE).is_some();
        // 'the spokesman through a release received by reporters said'
        let means = |core: &Range<usize>| {
            let speaker = |n: usize| {
                self.kind_at(n) == Some(EntityKind::Person)
                    || self.class_at(n, class::PERSON | class::ANONYMOUS | class::BODY).is_some()
            };
            core.clone().any(|n| self.class_at(n, class::REPORT).is_some())
                && !core.clone().take_while(|&n| !self.is(n, class::RELATIVE)).any(speaker)
        };
        let oblique = |core: &Range<usize>| {
            !told_of
                && !self.owns(core.end)
                && self.class_before(core.start, class::PREPOSITION | class::TO).is_some_and(|len| {
                    let at = core.start - len;
                    at > low
                        && (means(core)
                            || !self.is(at, class::DETERMINER | class::BOUNDARY | class::CONTRAST | class::THAT))
                })
        };
        let core = self.phrase_before(end, low).filter(|core| !oblique(core));
        if core.as_ref().is_none_or(|core| !self.can_speak(core)) {
            // a verb inside the relative clause hid whom it tells of: 'a diplomat who asked not to be named'
            if let Some(whole) = self.relative_before(end, low).filter(|whole| !oblique(whole)) {
                let start = whole.start;
                found.push((whole, start));
            }
        }
        if let Some(core) = core {
            // 'Ana Reyes, the minister said': a role after a name and a comma goes with the name
            let is_person = |range: &Range<usize>| range.clone().any(|n| self.kind_at(n) == Some(EntityKind::Person));
            let role = core.clone().any(|n| self.class_at(n, class::PERSON).is_some()) && !is_person(&core);
            if role && core.start > low + 1 && self.is_mark(core.start - 1, &[","]) {
                let name = self.phrase_before(core.start - 1, low).filter(|name| is_person(name) && name.len() <= 6);
                if let Some(name) = name {
                    found.push((name.start..core.end, name.start));
                }
            }
            let start = core.start;
            found.push((core, start));
        }
        found
    }

    /// A noun phrase with the relative clause that ends right before `end`, no marks inside.
    pub(super) fn relative_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let lowest = end.saturating_sub(LONGEST_ADJUNCT).max(low);
        let plain = |n: &usize| self.text.tokens[*n].shape != Shape::Mark || self.joins_words(*n);
        let relative = (lowest..end).rev().take_while(plain).find(|&n| self.is(n, class::RELATIVE))?;
        let head = self.phrase_before(relative, low).filter(|head| head.end == relative && self.can_speak(head))?;
        // right before a verb the word for 'who' only leads it: 'a report that | found'
        Some(head.start..if relative + 1 == end { head.end } else { end })
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

    /// The noun phrase that ends right before `end` and begins after `low`.
    pub(super) fn phrase_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let mut start = end;
        let mut stop = end;
        let mut brackets = 0;
        while start > low && end - start < LONGEST_PHRASE {
            let token = start - 1;
            if self.is_mark(token, &[")", "]"]) {
                brackets += 1;
                start = token;
                continue;
            }
            if self.is_mark(token, &["(", "["]) {
                if brackets == 0 {
                    break;
                }
                brackets -= 1;
                start = token;
                continue;
            }
            if brackets > 0 {
                start = token;
                continue;
            }
            if self.in_name(token) {
                start = token;
                continue;
            }
            if let Some(len) = self.class_before(start, class::RELATIVE) {
                // the words after it only tell more of the phrase before it, unless they are who speaks
                if start < end && start - len > low && !self.opens_subject(start) {
                    stop = start - len;
                    start = stop;
                    continue;
                }
                break;
            }
            if self.text.tokens[token].shape == Shape::Mark {
                if let Some(quote) = self.scare_quote(token).filter(|q| q.outer.end == start && q.outer.start >= low) {
                    start = quote.outer.start;
                    continue;
                }
                if self.joins_words(token) {
                    start = token;
                    continue;
                }
                break;
            }
            if self.is_time(token) {
                break;
            }
            // 'data sementara': a listed phrase holds a word that would end it alone
            if let Some(len) = self.class_before(start, class::REPORT).filter(|len| *len > 1 && start - len >= low) {
                start -= len;
                continue;
            }
            if self.class_before(start, class::THAT | class::BOUNDARY | class::CONTRAST).is_some()
                || start < end && self.class_before(start, class::LEAD).is_some_and(|len| len > 1)
            {
                break;
            }
            if self.is(token, class::AND) {
                if let Some(comma) = self.name_list_before(token, low) {
                    start = comma;
                    continue;
                }
                let clause = self.verb_between(low, token);
                if clause || token == low {
                    break;
                }
                start = token;
                continue;
            }
            if let Some(len) = self.class_before(start, class::PREPOSITION | class::TO) {
                let report = start < end
                    && self.class_at(start, class::REPORT).is_some()
                    && token > low
                    && self.mention_at(token - 1).is_some();
                if report {
                    break;
                }
                if !self.is(token, class::NP_PREPOSITION) || start - len <= low {
                    // 'Experts on trade', 'a letter to the board': who heads the clause keeps what follows
                    if let Some(head) = self.speaker_before(start - len, low).filter(|_| start < end) {
                        start = head.start;
                    }
                    break;
                }
            }
            if let Some(verb) = self.reduced_relative(token, start, end, low) {
                start = verb;
                continue;
            }
            // 'The paper checked | Ana Reyes's claim': in front of whose it is, a verb is no adjective
            let verb = self.is_listed_verb(token)
                || self.owns(end)
                    && self.is_verb(token)
                    && self.mention_at(start).is_some()
                    && token > low
                    && !self.is(token - 1, class::DETERMINER | class::AND | class::NP_PREPOSITION);
            if self.in_cue(token) || verb || self.is(token, class::NEGATION) {
                break;
            }
            start = token;
            // a pronoun is the whole phrase ('the end of what she', but 'one of them')
            let pronoun = class::HE | class::THEY | class::IT;
            if start + 1 == end
                && self.is(token, pronoun)
                && self.text.tokens[token].shape == Shape::Lower
                && self.class_before(token, class::NP_PREPOSITION | class::AND).is_none()
            {
                break;
            }
            // an article begins the phrase, unless something that belongs to it stands before
            if self.is(token, class::DETERMINER) && token > low && self.text.tokens[token].shape == Shape::Lower {
                let joins = class::NP_PREPOSITION
                    | class::AND
                    | class::DETERMINER
                    | class::NUMBER
                    | class::DEMONSTRATIVE
                    | class::ANONYMOUS
                    | class::PERSON;
                let before = token - 1;
                if !self.is(before, joins) && self.text.tokens[before].shape != Shape::Mark && !self.is_time(before) {
                    break;
                }
            }
        }
        self.trim(start..stop)
    }

    /// Whether a token is a word of a name, or a mark inside one ('the Ministry of Trade, Industry and Labour').
    fn in_name(&self, token: usize) -> bool {
        let Some(mention) = self.mention_at(token) else { return false };
        let inside = |n: usize| self.mention_at(n) == Some(mention);
        self.text.tokens[token].shape.is_word() || token > 0 && inside(token - 1) && inside(token + 1)
    }

    /// Whether what stands right before a token is whose the next word is: "Ana Reyes's".
    fn owns(&self, end: usize) -> bool {
        end > 0 && self.is(end - 1, class::ARTICLE) && self.text.tokens[end - 1].glued
    }

    /// Where a participle begins that tells more of the noun before it, if one ends at a token: 'an analysis
    /// released by the ministry', 'a poll taken in May'. A preposition or a time follows it.
    fn reduced_relative(&self, token: usize, start: usize, end: usize, low: usize) -> Option<usize> {
        let place = self.cues.partition_point(|c| c.word.end <= token);
        let cited = self.cues.get(place).filter(|c| {
            c.word.contains(&token)
                && c.word == c.group
                && c.entry.class == CueClass::Cite
                && c.form == CueForm::Passive
        });
        let verb = cited.map_or(token, |c| c.word.start);
        if cited.is_none() && (!self.is_listed_verb(token) || self.in_cue(token)) {
            return None;
        }
        let led = class::BY | class::PREPOSITION | class::NP_PREPOSITION;
        let follows = cited.is_some() || start == end || (self.class_at(start, led).is_some() || self.is_time(start));
        let told_of = class::REPORT | class::DOCUMENT | class::ANONYMOUS | class::PLURAL;
        let noun = verb > low && self.is(verb - 1, told_of) && !self.is(verb - 1, class::HE | class::THEY | class::IT);
        let helper = class::AUXILIARY | class::PASSIVE | class::CONDITIONAL;
        (follows && noun && !self.is(verb, helper)).then_some(verb)
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

    /// Whether a noun phrase that may be a clause's subject begins at a token: an article, a pronoun, a name.
    fn opens_subject(&self, token: usize) -> bool {
        let speaker = class::ANONYMOUS | class::PERSON | class::BODY | class::MEDIUM | class::REPORT;
        self.is(token, class::ARTICLE | class::HE | class::THEY | class::IT | speaker)
            || self.mention_at(token).is_some()
    }

    /// The phrase that ends with a word for a speaker right before `end` and begins its clause.
    pub(super) fn speaker_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let speaker = class::ANONYMOUS | class::PERSON | class::BODY | class::REPORT;
        if end <= low || !self.is(end - 1, speaker) || self.is_time(end - 1) {
            return None;
        }
        let head = self.phrase_before(end, low).filter(|head| head.end == end)?;
        let opens = head.start == low
            || self.is_mark(head.start - 1, &[","])
            || self.class_before(head.start, class::THAT | class::AND | class::BOUNDARY | class::CONTRAST).is_some();
        opens.then_some(head)
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
            || (word == "." && self.text.tokens.get(token + 1).is_some_and(|n| n.sentence == t.sentence))
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

    // ---- adjuncts and clauses ------------------------------------------------------------------

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
        // 'in a statement that reached reporters'
        let told_of = |&start: &usize| {
            let after = self.adjuncts_after(start, end).filter(|&after| after < end);
            after.is_some_and(|after| self.relative_after(after, end) == Some(end))
        };
        let plain = (lowest..end).rev().find(|&start| self.adjuncts_after(start, end) == Some(end));
        let Some(start) = plain else { return (lowest..end).rev().find(told_of) };
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
