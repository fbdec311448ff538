//! Runs of capital words that no data knows: where they begin and end.

use std::ops::Range;

use sumber_core::EntityKind;

use super::{LowerWords, Scanner, Votes, token_is_possessive};
use crate::names::words::Class;
use crate::text::Shape;

impl<'a> Scanner<'a> {
    /// A run of capital words that no data knows.
    pub(super) fn unknown(&mut self, at: usize, range: &Range<usize>) -> usize {
        let tokens = &self.text.tokens;
        let mut end = at;
        let mut particle = false;
        let mut initial = false;
        let mut merged_place = None;
        let mut last_kind = None;
        while end < range.end {
            let token = &tokens[end];
            if token.shape.is_capital() {
                if end > at {
                    let known = self.known_at(end, range).filter(|&(len, _)| len > 1);
                    let ends = if known.is_some() { None } else { self.last_at(end) };
                    if let Some((len, kind)) = ends {
                        last_kind = Some(kind);
                        end += len;
                        if tokens.get(end).is_some_and(|t| self.is_given_word(t.word)) {
                            break;
                        }
                        continue;
                    }
                    let glued = self.is_mark(end - 1, "-") && token.glued;
                    if self.is_person_in_place(at, end, range) {
                        break;
                    }
                    if !glued && self.stops(end, at, range) {
                        if let Some((len, thing)) = self.known_at(end, range)
                            && (self.merges_place(at, end, thing)
                                || last_kind == Some(EntityKind::Organisation) && self.is_branch(end, len, thing))
                        {
                            merged_place = self.world.thing(thing).country.clone();
                            end += len;
                        }
                        break;
                    }
                }
                let is_initial = token.span.len() == 1 && self.is_mark(end + 1, ".") && tokens[end + 1].glued;
                if is_initial
                    && end + 2 < range.end
                    && !self.is(end + 2, Class::Article)
                    && !self.is(end + 2, Class::Common)
                {
                    initial = true;
                    end += 2;
                } else {
                    end += 1;
                }
                continue;
            }
            let next_capital = tokens.get(end + 1).is_some_and(|t| t.shape.is_capital()) && end + 1 < range.end;
            let next_number = tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Number && t.glued);
            let possessive = token.glued && token_is_possessive(self.text.word(end));
            // "Cox's Bazar" in languages that have no such possessive, and after a preposition of place
            let place = at > range.start && (self.is(at - 1, Class::PlaceWord) || self.is(at - 1, Class::PlaceHint));
            let owns = self.pack.is_some_and(|p| p.place_closes) || place && end == at + 1 && !self.is_given(at);
            if possessive
                && owns
                && next_capital
                && tokens[end + 1].shape == Shape::Title
                && !self.explained(end + 1)
                && !self.is_given(end + 1)
                && self.known_at(end + 1, range).is_none()
            {
                end += 2;
                continue;
            }
            // 'Sang'ombe'
            if token.shape == Shape::Lower && token.glued && end > at && self.text.word(end - 1).ends_with(['\'', '’'])
            {
                end += 1;
                continue;
            }
            if possessive && next_capital && self.ends_as_body(end + 1, range).is_some() {
                end += 1;
                continue;
            }
            if token.shape == Shape::Mark {
                let mark = self.text.word(end);
                if mark == "-" && self.is_second_syllable(at, end) {
                    end += 2;
                    continue;
                }
                let joins = match mark {
                    "-" | "–" => token.glued && (next_capital && tokens[end + 1].glued || next_number),
                    "&" => next_capital,
                    _ => false,
                };
                if !joins {
                    break;
                }
                end += 2;
                continue;
            }
            if token.shape == Shape::Number
                && end > at
                && self.text.word(end).bytes().all(|b| b.is_ascii_digit())
                && token.span.len() <= 4
                && !token.glued
                && tokens[end - 1].shape == Shape::Upper
            {
                end += 1;
                break;
            }
            if end > at && self.is_number_of_thing(at, end) {
                self.numbered.push((self.text.word(end - 1), self.text.word(end)));
                end += 1;
                break;
            }
            if self.joins_place(at, end, range) {
                merged_place.get_or_insert_default();
                end += 2;
                break;
            }
            let is_particle =
                (self.given.is_particle(token.word) || self.is(end, Class::Particle)) && self.joins(at, end);
            // 'al-Kinani': particle, hyphen, capital
            if is_particle
                && self.is_mark(end + 1, "-")
                && tokens.get(end + 2).is_some_and(|t| t.shape.is_capital())
                && end + 2 < range.end
            {
                particle = true;
                end += 3;
                continue;
            }
            // 'van der Hoek', 'de la Fuente'
            let mut next = end + 1;
            while is_particle
                && next < end + 3
                && tokens.get(next).is_some_and(|t| t.shape == Shape::Lower && self.given.is_particle(t.word))
            {
                next += 1;
            }
            if is_particle && next < range.end && tokens[next].shape.is_capital() && !self.stops(next, at, range) {
                particle = true;
                end = next;
                continue;
            }
            break;
        }
        end = end.max(at + 1).min(range.end);
        let mut coordinated = false;
        if last_kind.is_none()
            && let Some(last) = self.goes_on_and(at, end, range)
        {
            last_kind = Some(EntityKind::Organisation);
            coordinated = true;
            end = last;
        }
        if last_kind == Some(EntityKind::Organisation)
            && let Some(last) = self.goes_on_of(end, range)
        {
            end = last;
        }
        let mut start = at;
        let waits = self.role.as_ref().is_some_and(|r| r.end == at && r.gap == 0);
        let branch = last_kind.is_some() && merged_place.is_some();
        while start + 1 < end
            && !coordinated
            && !branch
            && (self.is_start(start) || waits)
            && (self.is_common(start) || self.leads_to_given(start, end))
            && !self.is_inner_pair(start)
        {
            start += 1;
            if self.is_mark(start, "-") {
                return end;
            }
            if waits && let Some(role) = self.role.as_mut() {
                role.end = start;
            }
        }
        let mut words = (start..end).filter(|&n| self.text.tokens[n].shape.is_word());
        let all_common = last_kind.is_none() && words.all(|n| self.is_common(n));
        let count = (start..end).filter(|&n| self.text.tokens[n].shape.is_word()).count();
        if all_common && (count == 1 || start > at || self.is_start(start)) {
            self.pass(at);
            return end;
        }
        if start + 1 == end && (self.is_money(start) || self.is_numeral(start)) {
            return end;
        }
        if start > at
            && let Some((len, thing)) = self.known_at(start, range)
        {
            return self.known(start, len, thing, range);
        }
        if start > at && self.explained(start) {
            return start;
        }
        if !self.text.tokens[start].shape.is_capital() {
            return end;
        }
        if self.is_short_of_words(start, end) {
            self.not_names.push(self.text.word(start));
            return end;
        }
        let mut votes = self.own_votes(start..end);
        let joined_place = (start + 1..end).any(|n| self.joins_place(start, n, range));
        if joined_place {
            votes = Votes::default();
            votes[EntityKind::Polity as usize] = 5;
            merged_place = None;
        }
        if particle && !(start + 1..end).any(|n| self.is(n, Class::Inside) || self.is(n, Class::PlaceWord)) {
            votes[EntityKind::Person as usize] += 2;
        }
        if initial {
            votes[EntityKind::Person as usize] += 4;
        }
        if let Some(kind) = last_kind {
            votes[kind as usize] += 5;
        }
        if (start..end).any(|n| self.is_mark(n, "&")) {
            votes[EntityKind::Organisation as usize] += 4;
        }
        if merged_place.is_some() {
            votes[EntityKind::Organisation as usize] += 4;
        }
        if all_common {
            votes = Votes::default();
            votes[EntityKind::Organisation as usize] = 1;
        }
        self.push_named(start..end, votes, merged_place);
        if let Some(last) = self.out.last_mut().filter(|c| c.tokens.end == end) {
            last.weak |= all_common;
        }
        self.brackets(end)
    }

    /// Whether the particle at `end` joins the name that begins at `start` to the next word. One that is a
    /// preposition of the language joins only after a given name, or in a sequence that the article repeats.
    pub(super) fn joins(&self, start: usize, end: usize) -> bool {
        let tokens = &self.text.tokens;
        let is_place = self.is(end, Class::PlaceWord);
        let is_ambiguous =
            is_place || self.is(end, Class::Inside) || self.is(end, Class::Article) || self.is(end, Class::Common);
        let article = start > 0 && self.is(start - 1, Class::Article);
        let bare = self.is(end, Class::Article) && !self.is(end, Class::Inside);
        let led = article && !bare && !self.is_given(end + 1);
        if !is_ambiguous || !is_place && (self.is_given(start) || led) {
            return true;
        }
        let (Some(next), true) = (tokens.get(end + 1), end == start + 1) else { return false };
        if self.known_at(start, &(start..end)).is_some() || self.is_common(start) {
            return false;
        }
        let word = |n: usize| self.text.word(n);
        let (mut alone, mut together) = (0, 0);
        for n in 0..tokens.len() {
            if tokens[n].word == tokens[start].word && word(n) == word(start) {
                let same = tokens
                    .get(n + 2)
                    .is_some_and(|t| t.word == next.word && word(n + 1) == word(end) && word(n + 2) == word(end + 1));
                *(if same { &mut together } else { &mut alone }) += 1;
            }
        }
        together >= 2 && alone == 0
    }

    /// Whether a name ends before token `at`: a title, head or known name begins there.
    pub(super) fn stops(&self, at: usize, start: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        if self.is_roman(at) {
            return false;
        }
        // 'Nurul Islam Khan'
        let inner = at > start
            && self.is_given(at)
            && tokens[at].shape == Shape::Title
            && tokens[at - 1].shape == Shape::Title
            && (self.is(at, Class::Never) || self.is(at, Class::Adjective))
            && (start..at).all(|n| !self.explained(n) && self.known_at(n, range).is_none())
            && (start..at).any(|n| self.is_given(n) || !self.is_common(n));
        if inner {
            return false;
        }
        let ends_name = |n: usize| self.is(n, Class::Adjective) && self.ends_as_body(n + 1, range).is_none();
        if self.is(at, Class::Never)
            || ends_name(at)
            || self.pack.is_some_and(|p| p.capital_demonyms && p.demonym_at(tokens, at).is_some())
        {
            return true;
        }
        if self.is_last_name(at) {
            return false;
        }
        if let Some(pack) = self.pack
            && pack.classes_at(tokens, at).any(|(len, c)| {
                let person = at >= start + 2 && (start..at).any(|n| self.is_given(n));
                let heads =
                    || tokens.get(at + len).is_some_and(|t| t.shape.is_capital()) || c == Class::BodyFirst && !person;
                matches!(c, Class::Role | Class::PersonNoun) || c.first_kind().is_some() && heads()
            })
        {
            return true;
        }
        // 'Capital Economics Tom Pugh'
        if self.pack.is_some_and(|p| p.place_closes)
            && self.is_given(at)
            && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Title)
            && (start..at).all(|n| !self.is_given(n))
            && (start..at).any(|n| self.is_word_somewhere(&tokens[n]))
        {
            return true;
        }
        // 'Fabrizio Lo Monaco'
        if at >= start + 2
            && self.is_given(start)
            && tokens[at - 1].shape == Shape::Title
            && (self.given.is_particle(tokens[at - 1].word) || self.is(at - 1, Class::Article))
        {
            return false;
        }
        match self.known_at(at, range) {
            // 'Jack London'
            Some((1, thing)) if at == start + 1 && self.is_given(start) => {
                self.world.thing(thing).kind == EntityKind::Organisation
            }
            Some((1, thing)) => {
                let is_surname = at - start <= 2
                    && self.pack.is_none_or(|p| !p.place_closes)
                    && tokens[at].shape == Shape::Title
                    && self.is_given(start);
                self.world.thing(thing).kind != EntityKind::Person && !is_surname
            }
            Some(_) => true,
            None => false,
        }
    }

    /// Whether a Roman numeral of two or more letters stands at token `at` right after a name ('Charles III').
    pub(super) fn is_roman(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        token.shape == Shape::Upper && token.span.len() > 1 && self.is_numeral(at) && {
            let before = at.checked_sub(1).map(|b| &self.text.tokens[b]);
            before.is_some_and(|b| b.shape.is_capital() && b.sentence == token.sentence)
        }
    }

    /// Whether a number at token `end` belongs to the name from `start` on: one of few digits after a name that
    /// a noun for things stands before ('kapal riset Lan Tan 6').
    pub(super) fn is_number_of_thing(&self, start: usize, end: usize) -> bool {
        let token = &self.text.tokens[end];
        token.shape == Shape::Number
            && !token.glued
            && token.span.len() <= 3
            && self.text.word(end).bytes().all(|b| b.is_ascii_digit())
            && self.token(end + 1).is_none_or(|t| t.shape != Shape::Number)
            && (self.numbered.contains(&(self.text.word(end - 1), self.text.word(end)))
                || self.generic_before(start).is_some_and(|(kind, _)| kind == EntityKind::Other))
    }

    /// Whether a place right after an unknown name belongs to it ('AirNav Indonesia').
    pub(super) fn merges_place(&self, start: usize, end: usize, thing: u32) -> bool {
        let waits = self.role.as_ref().is_some_and(|r| r.end == start);
        let tokens = &self.text.tokens[start..end];
        self.world.thing(thing).kind == EntityKind::Polity
            && !waits
            && !self.is_common(start)
            && tokens.iter().all(|t| t.shape.is_capital() && !self.is_given_word(t.word))
    }

    /// Whether a state right after a body's name belongs to it ('Border Guard Bangladesh'), in languages where a
    /// place is no apposition: nothing of its own follows it.
    pub(super) fn is_branch(&self, at: usize, len: usize, thing: u32) -> bool {
        let next = at + len;
        self.world.thing(thing).kind == EntityKind::Polity
            && self.pack.is_some_and(|p| !p.place_closes)
            && self.text.tokens[at].shape == Shape::Title
            && !self.is_possessive(next)
            && self.token(next).is_none_or(|t| !t.shape.is_capital())
    }

    /// Whether the word is one of the language's common words, by the pack or by the article itself.
    pub(super) fn is_common(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        if !token.shape.is_capital() {
            return false;
        }
        if self.is_given_word(token.word) {
            let goes_on = self.token(at + 1).is_some_and(|t| t.shape.is_capital() && t.sentence == token.sentence);
            return self.is(at, Class::Common) && !goes_on;
        }
        if self.is(at, Class::Common)
            || self.is(at, Class::Speech)
            || self.is(at, Class::Inside)
            || self.is(at, Class::PlaceWord)
        {
            return true;
        }
        if self.pack.is_some_and(|p| {
            p.classes_at(&self.text.tokens, at).any(|(_, c)| c.generic_kind().is_some() || c == Class::Article)
        }) {
            return true;
        }
        token.shape == Shape::Title && self.pack.is_some_and(|p| p.is_derived(self.text.word(at)))
            || self
                .lower
                .get_or_init(|| LowerWords::of(self.text, &self.packs.vocabulary))
                .contains(token, self.text.word(at))
    }

    /// Whether a word in brackets is the short form of the lower-case words before it ('gas alam cair (LNG)').
    pub(super) fn is_short_of_words(&self, start: usize, end: usize) -> bool {
        start + 1 == end
            && start >= 2
            && self.text.tokens[start].shape == Shape::Upper
            && self.is_mark(start - 1, "(")
            && self.is_mark(end, ")")
            && self.text.tokens[start - 2].shape == Shape::Lower
    }

    /// Whether a token is a single letter or a Roman numeral.
    pub(super) fn is_numeral(&self, at: usize) -> bool {
        let word = self.text.word(at);
        word.chars().count() == 1 || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
    }

    /// Whether a token is a currency with its sum ('Rp14').
    pub(super) fn is_money(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
        self.text.tokens[at].shape == Shape::Title
            && letters <= 3
            && word.chars().count() > letters
            && word.chars().skip(letters).all(|c| !c.is_alphabetic())
    }
}
