//! What a name's own words and the words around it tell of its kind.

use std::ops::Range;

use sumber_core::EntityKind;

use super::{Candidate, Role, Scanner, Target, Votes, token_is_possessive};
use crate::names::words::Class;
use crate::text::{Shape, Token};

impl<'a> Scanner<'a> {
    /// Whether a word of a name is a common word of any language that has a pack.
    pub(super) fn is_word_somewhere(&self, token: &Token) -> bool {
        token.shape.is_capital()
            && token.word.is_known()
            && self.packs.iter().any(|p| p.names.is(token.word, Class::Common))
    }

    /// What the words of a name themselves tell.
    pub(super) fn own_votes(&self, range: Range<usize>) -> Votes {
        let mut votes = Votes::default();
        let tokens = &self.text.tokens[range.clone()];
        let words = tokens.iter().filter(|t| t.shape.is_word()).count();
        let upper = tokens.iter().filter(|t| t.shape == Shape::Upper && t.span.len() > 1).count();
        let mixed = tokens.iter().filter(|t| t.shape == Shape::Mixed).count();
        let numbers = tokens.iter().any(|t| t.shape == Shape::Number);
        if self.is_given_word(tokens[0].word) {
            votes[EntityKind::Person as usize] += if words > 1 { 3 } else { 2 };
        }
        if words == 2 && self.given.is_particle(tokens[0].word) && tokens[1].shape == Shape::Title {
            votes[EntityKind::Person as usize] += 2; // 'De Luca'
        }
        if words > 1 && tokens.iter().skip(1).any(|t| self.is_given_word(t.word)) {
            votes[EntityKind::Person as usize] += 2;
        }
        let initials = self.pack.is_none_or(|p| p.mononyms)
            && (2..=3).contains(&words)
            && upper == 1
            && tokens[0].shape == Shape::Upper
            && tokens[0].span.len() == 2
            && !self.is_word_somewhere(&tokens[1]);
        if initials {
            votes[EntityKind::Person as usize] += 3;
        } else if upper > 0 {
            votes[EntityKind::Organisation as usize] += if upper == words { 3 } else { 2 };
        }
        if mixed > 0 {
            votes[EntityKind::Organisation as usize] += 2;
        }
        let coded = |t: &Token| {
            let word = t.span.of(self.text.source);
            t.shape == Shape::Upper && word.bytes().any(|b| b.is_ascii_digit())
        };
        if numbers || tokens.iter().any(coded) {
            votes[EntityKind::Other as usize] += 5;
        }
        match words {
            _ if self.pack.is_none()
                && !self.is_given_word(tokens[0].word)
                && tokens.iter().any(|t| t.shape == Shape::Lower && self.given.is_particle(t.word)) =>
            {
                votes[EntityKind::Organisation as usize] += 2;
            }
            _ if (range.start + 1..range.end).any(|n| self.is(n, Class::Inside) || self.is(n, Class::PlaceWord)) => {
                votes[EntityKind::Other as usize] += 2;
                votes[EntityKind::Organisation as usize] += 1;
            }
            1 if upper + mixed > 0 => votes[EntityKind::Organisation as usize] += 1,
            1 if self.pack.is_some_and(|p| p.mononyms) => votes[EntityKind::Person as usize] += 1,
            1 => votes[EntityKind::Organisation as usize] += 1,
            _ if !self.is_given_word(tokens[0].word) && self.is_word_somewhere(&tokens[0]) => {
                votes[EntityKind::Organisation as usize] += 2;
            }
            2..=4 => votes[EntityKind::Person as usize] += 2,
            _ => votes[EntityKind::Organisation as usize] += 2,
        }
        let given = self.is_given_word(tokens[0].word);
        if words <= 4
            && upper == 0
            && !given
            && self.world.towns.get(self.text.span(range).of(self.text.source)).is_some()
        {
            votes[EntityKind::Polity as usize] += if words > 1 { 3 } else { 2 };
        }
        votes
    }

    /// Adds a name that is no known thing, with what stands around it.
    pub(super) fn push_named(&mut self, range: Range<usize>, own: Votes, mut country: Option<String>) {
        let sentence = self.text.sentences[self.text.sentence_of(range.start)].tokens.clone();
        let (start, end) = (range.start, range.end);
        let mut votes = Votes::default();
        // 'Dirjen Migas Kementerian X': what the title is for, no name
        if let Some(role) = self.role.as_mut().filter(|r| r.end == start && r.gap == 0)
            && own[EntityKind::Organisation as usize] < 3
            && sentence.end > end
        {
            role.end = end;
            if self.begins_body(end, &sentence) {
                return;
            }
            if let Some(role) = self.role.as_mut() {
                role.end = start;
            }
        }
        let mut medium = false;
        let acronym =
            range.len() == 1 && self.text.tokens[start].shape == Shape::Upper && self.text.tokens[start].span.len() > 1;
        if acronym && let Some(role) = self.role.as_mut().filter(|r| r.end == start) {
            role.end = end; // 'peneliti LSI Ardian': the body that the title belongs to
        } else if let Some(role) = self.role.take().filter(|r| r.end == start) {
            // 'Kepala Badan X Y', 'presidente di X': the name belongs to the title
            let office = role.gap == 0 && self.names_an_office(end, &sentence);
            if office {
                votes[EntityKind::Polity as usize] += 6;
            }
            let headed = office || EntityKind::ALL.iter().any(|&k| k != EntityKind::Person && own[k as usize] >= 5);
            if headed || role.of && own[EntityKind::Person as usize] < 3 {
                votes[EntityKind::Organisation as usize] += if headed { 0 } else { 3 };
                self.role = Some(Role { end, country: country.clone().or(role.country), gap: role.gap, of: false });
            } else {
                votes[EntityKind::Person as usize] += if role.gap == 0 { 6 } else { 2 };
                country = country.or(role.country);
            }
        }
        if let Some((kind, is_medium)) = self.generic_before(start) {
            votes[kind as usize] += if kind == EntityKind::Polity { 3 } else { 5 };
            medium |= is_medium;
        }
        // a preposition of place says nothing of which kind of place it is
        let place = if own[EntityKind::Place as usize] >= 5 { EntityKind::Place } else { EntityKind::Polity };
        if self.before_is(start, Class::PlaceWord) {
            votes[place as usize] += 3;
        }
        if self.before_is(start, Class::Speech) || self.is(end, Class::Speech) {
            votes[EntityKind::Person as usize] += 2;
            votes[EntityKind::Organisation as usize] += 1;
        }
        let after = if self.is_mark(end, ",") { end + 1 } else { end };
        let acts = |at: usize| self.pack.is_some_and(|p| p.longest(&self.text.tokens, at, Class::ThingVerb).is_some());
        if acts(after) || after > end && acts(after + 1) {
            votes[EntityKind::Other as usize] += 3;
        }
        let article =
            start > 0 && self.is(start - 1, Class::Article) && self.text.tokens[start - 1].shape != Shape::Upper;
        if article {
            votes[EntityKind::Person as usize] -= if range.len() > 1 { 5 } else { 2 };
            votes[EntityKind::Organisation as usize] += 1;
        }
        if self.told_before(start) || self.is_dateline(start, end) {
            votes[EntityKind::Organisation as usize] += 4;
            medium = true;
        }
        if self.pack.is_some_and(|p| p.longest(&self.text.tokens, end, Class::MediumSays).is_some())
            || self.before_is(start, Class::MediumSays)
        {
            votes[EntityKind::Organisation as usize] += 3;
        }
        if self.before_is(start, Class::PlaceHint) {
            votes[place as usize] += 2;
        }
        if self.place_follows(end, &sentence) {
            votes[place as usize] += 4;
        }
        if self.listed_with_place(start) {
            votes[EntityKind::Polity as usize] += 2;
        }
        if let Some((kind, is_medium)) = self.apposition_after(end) {
            votes[kind as usize] += 4;
            medium |= is_medium;
        }
        country = country.or_else(|| self.country_before(start));
        let single = range.len() == 1;
        let weak = single && self.is_start(start) && self.text.tokens[start].shape == Shape::Title;
        self.out.push(Candidate {
            tokens: range,
            target: Target::New,
            votes,
            own,
            medium,
            country,
            weak,
            short_of: None,
        });
    }

    /// Whether a title's holder follows what it is the title of, after a comma ('Camat Muara Tiga, Teuku Razali,').
    fn names_an_office(&self, comma: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        let name = |n: usize| n < range.end && tokens[n].shape == Shape::Title && !self.explained(n);
        let mut end = comma + 1;
        while name(end) && end < comma + 5 {
            end += 1;
        }
        let closed =
            end < range.end && (self.is_mark(end, ",") || self.is(end, Class::Speech) || self.is_mark(end, "."));
        self.pack.is_some_and(|p| p.mononyms)
            && self.is_mark(comma, ",")
            && end > comma + 2
            && closed
            && !(self.is_mark(end, ",") && (name(end + 1) || self.is(end + 1, Class::InsideAnd)))
    }

    /// Whether the name of a body begins at token `at`.
    pub(super) fn begins_body(&self, at: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        if !tokens[at].shape.is_capital() {
            return false;
        }
        let known = self.known_at(at, range).is_some_and(|(_, t)| self.world.thing(t).kind == EntityKind::Organisation);
        let body = self.pack.is_some_and(|p| {
            p.body_at(tokens, at).is_some() || p.classes_at(tokens, at).any(|(_, c)| c == Class::BodyFirst)
        });
        known || body
    }

    /// Whether words that lead to a medium stand right before the name ('told', 'dilansir dari').
    pub(super) fn told_before(&self, start: usize) -> bool {
        let Some(pack) = self.pack else { return false };
        let is_small =
            |n: usize| self.is(n, Class::Article) || self.is(n, Class::PlaceHint) || self.is(n, Class::Inside);
        let mut end = start;
        while end > 0 && start - end < 2 && is_small(end - 1) {
            end -= 1;
        }
        let sentence = self.text.tokens[start].sentence;
        [start, end].into_iter().any(|end| {
            (1..=4).filter_map(|n| end.checked_sub(n)).any(|from| {
                self.text.tokens[from].sentence == sentence
                    && pack.longest(&self.text.tokens, from, Class::MediumWord) == Some(end - from)
            })
        })
    }

    /// Whether the name ends a dateline: 'CITY (NAME) - ...', 'NAME -- ...' at the head of a paragraph.
    pub(super) fn is_dateline(&self, start: usize, end: usize) -> bool {
        let head = self.text.paragraphs[self.paragraph_of(start)].start;
        let dash = |n: usize| {
            self.token(n).is_some_and(|t| !t.glued) && ["-", "–", "—", "--"].iter().any(|mark| self.is_mark(n, mark))
        };
        start < head + 8 && (dash(end) || self.is_mark(end, ")") && (dash(end + 1) || dash(end + 2)))
    }

    /// Whether a comma and the name of a place follow ('Menteng, Jakarta Pusat').
    pub(super) fn place_follows(&self, end: usize, range: &Range<usize>) -> bool {
        if !self.is_mark(end, ",") {
            return false;
        }
        let next = end + 1;
        let kind = match self.known_at(next, range) {
            Some((len, thing)) => {
                let possessive =
                    self.token(next + len).is_some_and(|t| t.glued && token_is_possessive(t.span.of(self.text.source)));
                Some(self.world.thing(thing).kind).filter(|_| !possessive)
            }
            None => self.headed(next, range).map(|(_, kind, _)| kind),
        };
        matches!(kind, Some(EntityKind::Polity | EntityKind::Place))
    }

    /// Whether a place stands before the name in a list ('Toledo, X dan Y').
    pub(super) fn listed_with_place(&self, start: usize) -> bool {
        let Some(last) = self.out.last().filter(|c| c.tokens.end + 1 == start) else { return false };
        let joins = self.is_mark(start - 1, ",") || self.is(start - 1, Class::InsideAnd);
        let place = match last.target {
            Target::Known(thing) => matches!(self.world.thing(thing).kind, EntityKind::Polity | EntityKind::Place),
            Target::New => last.votes[EntityKind::Polity as usize] >= 2 && last.own[EntityKind::Person as usize] < 3,
            Target::StateBody(_) => false,
        };
        joins && place && self.text.tokens[last.tokens.start].sentence == self.text.tokens[start].sentence
    }

    pub(super) fn before_is(&self, at: usize, class: Class) -> bool {
        let Some(mut before) = at.checked_sub(1) else { return false };
        if self.is(before, Class::Article) && before > 0 && class != Class::PlaceWord {
            before -= 1;
        }
        self.text.tokens[before].sentence == self.text.tokens[at].sentence && self.is(before, class)
    }

    /// The noun right before a name, at most an article, a comma or two lower-case words or demonyms away.
    pub(super) fn generic_before(&self, at: usize) -> Option<(EntityKind, bool)> {
        let pack = self.pack?;
        let tokens = &self.text.tokens;
        for back in 1..=6 {
            let from = at.checked_sub(back)?;
            if tokens[from].sentence != tokens[at].sentence || self.is(from, Class::Speech) {
                return None;
            }
            for (len, class) in pack.classes_at(tokens, from) {
                let gap = at.checked_sub(from + len);
                if gap.is_none_or(|g| g > 3) {
                    continue;
                }
                if let Some(kind) = class.generic_kind() {
                    let between = from + len..at;
                    let clear = between.clone().all(|n| {
                        let word = tokens[n].word;
                        self.is_mark(n, ",") && n + 1 == at
                            || pack.is(word, Class::Article)
                            || self.is_mark(n, "\"")
                            || self.is_mark(n, "“")
                            || self.is_mark(n, "«")
                            || pack.demonym_at(tokens, n).is_some()
                            || pack.is(word, Class::Tail)
                            || pack.is(word, Class::Never) && tokens[n].shape == Shape::Upper
                            || self.known_at(n, &(n..at)).is_some()
                    });
                    // 'warga negara Prancis, X': the noun has its name
                    let has_name = kind == EntityKind::Polity
                        && self.is_mark(at - 1, ",")
                        && between.clone().any(|n| self.known_at(n, &(n..at)).is_some());
                    let clear = clear && !has_name;
                    if clear {
                        return Some((kind, class == Class::GenericMedium));
                    }
                }
            }
        }
        None
    }

    /// What follows a name as an apposition ('X, Menteri ...', 'X (52)', 'X news agency').
    pub(super) fn apposition_after(&self, at: usize) -> Option<(EntityKind, bool)> {
        let pack = self.pack?;
        let tokens = &self.text.tokens;
        if self.is_mark(at, "(")
            && self.is_mark(at + 2, ")")
            && tokens[at + 1].shape == Shape::Number
            && tokens[at + 1].span.len() == 2
        {
            return Some((EntityKind::Person, false));
        }
        let comma = self.is_mark(at, ",");
        // 'Dale Morrow, 41'
        let age = self.token(at + 1).is_some_and(|t| t.shape == Shape::Number && t.span.len() == 2);
        if comma && age && (self.is_mark(at + 2, ",") || self.is_mark(at + 2, ".") || self.is_mark(at + 2, ";")) {
            return Some((EntityKind::Person, false));
        }
        let mut next = if comma { at + 1 } else { at };
        if !comma && !pack.place_closes && self.is(next, Class::Never) && tokens[next].shape == Shape::Upper {
            next += 1; // 'X LNG terminal'
        }
        while next < tokens.len()
            && next < at + 4
            && comma
            && (self.is(next, Class::Article) || pack.demonym_at(tokens, next).is_some())
        {
            next += 1;
        }
        if tokens.get(at).is_some_and(|t| t.glued && token_is_possessive(t.span.of(self.text.source)))
            && pack.classes_at(tokens, at + 1).any(|(_, c)| matches!(c, Class::GenericFacility))
        {
            return Some((EntityKind::Polity, false));
        }
        for (_, class) in pack.classes_at(tokens, next) {
            if matches!(class, Class::Role | Class::PersonNoun) && comma {
                return Some((EntityKind::Person, false));
            }
            if let Some(kind) = class.generic_kind()
                && (comma || !pack.place_closes)
            {
                return Some((kind, class == Class::GenericMedium));
            }
        }
        None
    }
}
