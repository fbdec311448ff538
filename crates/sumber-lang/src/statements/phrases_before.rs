//! Noun phrases that end right before a place of the text.

use std::ops::Range;

use smallvec::SmallVec;
use sumber_core::EntityKind;

use super::phrases::{LONGEST_ADJUNCT, LONGEST_APPOSITION, LONGEST_PHRASE};
use super::scene::Scene;
use super::words::{CueClass, CueForm, class};
use crate::text::Shape;

impl Scene<'_> {
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
        // 'la ministra la definisce': what ends with an article ends before a pronoun that looks like one
        let clitic = |n: usize| self.is(n, class::DEFINITE) && self.text.tokens[n].shape == Shape::Lower;
        let end = if end > low + 1 && clitic(end - 1) && !self.in_name(end - 1) { end - 1 } else { end };
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
        // 'a doctor who met the minister said': whom the relative clause names did not say it
        let inner = |core: &Range<usize>| {
            core.start >= low + 3
                && self.is(core.start - 2, class::RELATIVE)
                && self.is_verb(core.start - 1)
                && !self.in_cue(core.start - 1)
        };
        if core.as_ref().is_some_and(inner)
            && let Some(whole) = self.relative_before(end, low).filter(|whole| !oblique(whole))
        {
            let start = whole.start;
            found.push((whole, start));
        }
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
                // 'a person familiar with the inquiry'
                let wide = self.class_before(start, class::NP_PREPOSITION).filter(|&wide| wide > len);
                if let Some(wide) = wide.filter(|wide| start < end && start - wide > low) {
                    start -= wide;
                    continue;
                }
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
                let led = || self.class_before(token, class::NP_PREPOSITION).is_some();
                let ends = self.text.tokens[before].shape == Shape::Mark || self.is_time(before);
                if !self.is(before, joins) && !ends && !led() {
                    break;
                }
            }
        }
        self.trim(start..stop)
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
}
