//! Names that a word begins or ends: ministries, straits, companies, and short forms in brackets.

use std::ops::Range;

use sumber_core::{EntityKind, LinkKind};

use super::{Candidate, Scanner, Target, Votes, token_is_possessive};
use crate::names::words::Class;
use crate::text::Shape;

impl<'a> Scanner<'a> {
    /// The end of a name with the words of a company's legal form that follow it.
    pub(super) fn company_end(&self, at: usize, range: &Range<usize>) -> usize {
        let mut end = at;
        while end < range.end
            && self.text.tokens[end].shape.is_capital()
            && (self.is(end, Class::Company)
                || self.world.heads.classes_at(&self.text.tokens, end).any(|(_, c)| c == Class::Company))
        {
            end += 1;
        }
        end
    }

    /// From `at` on: capital words up to one that ends names of bodies or places; gives its end and
    /// kind. Only where names are built so (see [`NamePack::place_closes`]) or the very next word ends it.
    pub(super) fn ends_as_body(&self, at: usize, range: &Range<usize>) -> Option<(usize, EntityKind)> {
        let pack = self.pack?;
        let mut next = at;
        let mut found = None;
        while next < range.end && next < at + 6 {
            let token = &self.text.tokens[next];
            if next > at && self.is_possessive(next) {
                next += 1;
                continue;
            }
            if !token.shape.is_capital() || self.is(next, Class::Role) || self.is(next, Class::Never) {
                break;
            }
            let last = self.last_at(next);
            match last {
                Some((len, kind)) => {
                    next += len;
                    found = Some((next, kind));
                }
                None if pack.place_closes && !self.is_foreign_body(next, range) => break,
                None => next += 1,
            }
        }
        found
    }

    /// Whether an English possessive or a bare apostrophe stands at token `at`, glued to the word before.
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.glued && token_is_possessive(t.span.of(self.text.source)))
    }

    /// A word that ends names of bodies or places: its length and their kind.
    pub(super) fn last_at(&self, at: usize) -> Option<(usize, EntityKind)> {
        let tokens = &self.text.tokens;
        let own = self.pack.and_then(|p| p.classes_at(tokens, at).find_map(|(len, c)| c.last_kind().map(|k| (len, k))));
        own.or_else(|| self.world.heads.classes_at(tokens, at).find_map(|(len, c)| c.last_kind().map(|k| (len, k))))
    }

    /// A body that every state has, with the state that the words beside it name.
    pub(super) fn state_body(&mut self, at: usize, len: usize, index: usize, range: &Range<usize>) -> usize {
        let tokens = &self.text.tokens;
        let mut start = at;
        let mut end = at + len;
        let mut country = None;
        // 'Kementerian Luar Negeri Iran', 'Ministry of Defence of Ukraine'
        let mut next = end;
        while next < range.end && next < end + 2 && (self.is(next, Class::Inside) || self.is(next, Class::Article)) {
            next += 1;
        }
        if let Some((more, thing)) = self.known_at(next, range)
            && self.world.thing(thing).kind == EntityKind::Polity
            && self.world.thing(thing).country.is_some()
        {
            country = self.world.thing(thing).country.clone();
            if next == end && tokens[at].shape.is_capital() {
                end = next + more;
            }
        } else if let Some((more, state)) = self.pack.and_then(|p| p.demonym_at(tokens, end)) {
            country = Some(state.to_owned());
            if tokens[end].shape.is_capital()
                && tokens[at].shape.is_capital()
                && self.pack.is_some_and(|p| p.place_closes)
            {
                end += more;
            }
        }
        if country.is_none() {
            if let Some((from, state)) = self.demonym_before(at) {
                country = Some(state);
                if tokens[from].shape.is_capital()
                    && tokens[at].shape.is_capital()
                    && self.pack.is_some_and(|p| !p.place_closes)
                {
                    start = from;
                }
            } else {
                country = self.country_before(at);
                if let Some(from) = self.state_before(at) {
                    start = from;
                    self.out.pop();
                }
            }
        }
        if let Some(role) = self.role.as_mut().filter(|r| r.end == at || r.end == start) {
            role.end = end;
            role.country = country.clone().or(role.country.take());
        }
        let mut votes = Votes::default();
        votes[EntityKind::Organisation as usize] += 10;
        self.out.push(Candidate {
            tokens: start..end,
            target: Target::StateBody(index),
            votes,
            own: Votes::default(),
            medium: false,
            country,
            weak: false,
            short_of: None,
        });
        self.brackets(end)
    }

    /// Where the name of a state right before token `at` begins, in languages where it is part of the body's
    /// name ('US State Department').
    fn state_before(&self, at: usize) -> Option<usize> {
        let last = self.out.last().filter(|c| c.tokens.end == at && !self.pack.is_some_and(|p| p.place_closes))?;
        let Target::Known(thing) = last.target else { return None };
        let is_state = self.world.thing(thing).kind == EntityKind::Polity && self.text.tokens[at].shape.is_capital();
        is_state.then_some(last.tokens.start)
    }

    /// The demonym that ends right before token `at`.
    pub(super) fn demonym_before(&self, at: usize) -> Option<(usize, String)> {
        let pack = self.pack?;
        (1..=3).rev().filter_map(|n| at.checked_sub(n)).find_map(|from| {
            let (len, state) = pack.demonym_at(&self.text.tokens, from)?;
            (from + len == at).then(|| (from, state.to_owned()))
        })
    }

    /// The state that a demonym or a possessive right before token `at` names ('Indonesia's ...').
    pub(super) fn country_before(&self, at: usize) -> Option<String> {
        if let Some((_, state)) = self.demonym_before(at) {
            return Some(state);
        }
        let last = self.out.last()?;
        let Target::Known(thing) = last.target else { return None };
        let gap = at.checked_sub(last.tokens.end)?;
        let beside = gap == 0 || gap == 1 && token_is_possessive(self.text.word(at - 1));
        (beside && self.world.thing(thing).kind == EntityKind::Polity)
            .then(|| self.world.thing(thing).country.clone())?
    }

    /// A name that begins with a head ('Kementerian', 'Selat', 'Federazione'): its end, kind and
    /// the state that a place inside it names.
    pub(super) fn headed(&self, at: usize, range: &Range<usize>) -> Option<(usize, EntityKind, Option<String>)> {
        let pack = self.pack?;
        let tokens = &self.text.tokens;
        // a lower-case head is part of the name only where the pack's bodies say so
        if !tokens.get(at)?.shape.is_capital() {
            return None;
        }
        let own = pack.classes_at(tokens, at).find_map(|(len, c)| c.first_kind().map(|k| (len, k)));
        let any = || self.world.heads.classes_at(tokens, at).find_map(|(len, c)| c.first_kind().map(|k| (len, k)));
        let (len, kind) = own.or_else(any)?;
        let head_end = at + len;
        if head_end > range.end {
            return None;
        }
        let is_body = kind == EntityKind::Organisation;
        let ship = pack.is(tokens[at].word, Class::ShipFirst)
            || self.world.heads.classes_at(tokens, at).any(|(_, c)| c == Class::ShipFirst);
        if ship {
            return self.ship(at, range).map(|end| (end, kind, None));
        }
        // 'presidente della Repubblica Ada Brenzi'
        let waits = self.role.as_ref().is_some_and(|r| r.end == at);
        if kind == EntityKind::Polity && waits && self.is_given(head_end) {
            return None;
        }
        // 'la portavoce della Commissione Annelies Verbruggen': bare words after an Italian head are its person
        let bare = |n: usize| {
            n < range.end
                && tokens[n].shape == Shape::Title
                && !self.explained(n)
                && !self.is_word_somewhere(&tokens[n])
        };
        if is_body
            && waits
            && pack.place_closes
            && !pack.mononyms
            && bare(head_end)
            && bare(head_end + 1)
            && self.known_at(head_end, range).is_none()
        {
            return Some((head_end, kind, None));
        }
        let mut end = head_end; // last token that surely belongs to the name
        let mut next = head_end;
        let mut country = None;
        let mut capitals = 0;
        while next < range.end && next < at + 16 {
            let token = &tokens[next];
            if token.shape.is_capital()
                || token.shape == Shape::Number && next > head_end && tokens[next - 1].shape.is_capital()
            {
                // 'Jalan Jenderal Ahmad Yani', 'Stadion Gelora Bung Tomo'
                let honours = kind == EntityKind::Place
                    && tokens.get(next + 1).is_some_and(|t| t.shape == Shape::Title)
                    && next + 1 < range.end
                    && self.known_at(next + 1, range).is_none();
                let role = !honours && pack.longest(tokens, next, Class::Role).is_some();
                let after_and = next > head_end && pack.is(tokens[next - 1].word, Class::InsideAnd);
                let known = self.known_at(next, range);
                let acronym = is_body && token.shape == Shape::Upper && token.span.len() > 1;
                if role || pack.is(token.word, Class::Never) && known.is_none() && !acronym {
                    break;
                }
                if after_and
                    && !self.is_abbreviated_as(at, next, range)
                    && (pack.classes_at(tokens, next).any(|(_, c)| c.first_kind().is_some()) || known.is_some())
                {
                    break;
                }
                if let Some((more, thing)) = known {
                    let thing = self.world.thing(thing);
                    if thing.kind == EntityKind::Person && capitals > 0
                        || next > head_end && thing.link == LinkKind::Medium
                    {
                        break;
                    }
                    // 'Badan PBB untuk pengungsi': the noun has a capital because the sentence begins
                    let named = is_body && thing.kind == EntityKind::Organisation && next == head_end && len == 1;
                    let plain = tokens.get(next + more).is_some_and(|t| t.shape == Shape::Lower);
                    if named && plain && token.shape == Shape::Upper && pack.place_closes && self.is_start(at) {
                        return None;
                    }
                    country = thing.country.clone().or(country);
                    next += more;
                    capitals += more;
                    end = next;
                    // 'Alto commissariato Onu per i rifugiati'
                    let tail = |n: usize| is_body && pack.is(tokens[n].word, Class::Tail);
                    let goes_on = thing.kind == EntityKind::Organisation
                        && next + 2 < range.end
                        && pack.longest(tokens, next, Class::Inside).is_some_and(|n| tail(next + n));
                    if pack.place_closes
                        && !goes_on
                        && matches!(thing.kind, EntityKind::Polity | EntityKind::Place | EntityKind::Organisation)
                    {
                        if next < range.end
                            && tokens[next].shape.is_capital()
                            && pack.is(tokens[next].word, Class::PlaceTail)
                        {
                            end = next + 1;
                        }
                        break;
                    }
                    continue;
                }
                if pack.place_closes
                    && capitals > 0
                    && is_body
                    && self.is_given_word(token.word)
                    && !pack.is(token.word, Class::Common)
                {
                    break;
                }
                if !is_body && capitals >= 3 {
                    break;
                }
                next += 1;
                capitals += 1;
                end = next;
            } else if token.shape == Shape::Mark {
                let mark = self.text.word(next);
                let goes_on = tokens.get(next + 1).is_some_and(|t| t.shape.is_capital());
                match mark {
                    "-" | "–" | "&" | "/" if goes_on && (token.glued || mark == "&") => next += 1,
                    "." if token.glued && goes_on && tokens[next - 1].span.len() == 1 => next += 1,
                    "," if is_body && self.lists_on(next, range) => next += 1,
                    _ => break,
                }
            } else if is_body && pack.is(token.word, Class::Tail) {
                next += 1;
                end = next;
            } else if pack.is(token.word, Class::Inside)
                || is_body && pack.is(token.word, Class::InsideAnd) && !self.is(next + 1, Class::Article)
            {
                next += 1;
            } else {
                break;
            }
        }
        let kind = (head_end..end)
            .rev()
            .take(2)
            .find_map(|n| self.last_at(n).filter(|(len, _)| n + len == end))
            .map_or(kind, |(_, k)| k);
        (len >= 3 || end > head_end).then_some((end, kind, country))
    }

    /// A short form in brackets right after the last candidate; gives the token to go on with.
    pub(super) fn brackets(&mut self, at: usize) -> usize {
        let tokens = &self.text.tokens;
        if !self.is_mark(at, "(") {
            return at;
        }
        let Some(close) = (at + 2..(at + 6).min(tokens.len())).find(|&n| self.is_mark(n, ")")) else { return at };
        let inner = at + 1..close;
        let short = tokens[inner.clone()]
            .iter()
            .all(|t| matches!(t.shape, Shape::Upper | Shape::Mixed) || t.shape == Shape::Mark);
        let long = self.out.len().checked_sub(1);
        let Some(long) = long.filter(|_| short && inner.len() <= 3) else { return at };
        let long_is_place = match self.out[long].target {
            Target::Known(thing) => {
                matches!(self.world.thing(thing).kind, EntityKind::Polity | EntityKind::Person | EntityKind::Place)
            }
            _ => false,
        };
        let candidate = &self.out[long];
        let long_is_person = candidate.target == Target::New
            && candidate.own[EntityKind::Person as usize] + candidate.votes[EntityKind::Person as usize] >= 5
            && candidate.own[EntityKind::Organisation as usize] < 3;
        let known = self.world.names_at(tokens, at + 1, self.tag()).find(|&(len, _)| at + 1 + len == close);
        if long_is_place && known.is_none() {
            return at;
        }
        let target = known.map_or(Target::New, |(_, thing)| Target::Known(thing));
        if inner.len() == 1 && !long_is_place && !long_is_person {
            self.shorts.push(self.text.word(at + 1));
        }
        let mut votes = Votes::default();
        votes[EntityKind::Organisation as usize] += 3;
        self.out.push(Candidate {
            tokens: inner,
            target,
            votes,
            own: Votes::default(),
            medium: false,
            country: None,
            weak: false,
            short_of: (!long_is_place && !long_is_person).then_some(long),
        });
        if let Some(role) = self.role.as_mut().filter(|r| r.end == at) {
            role.end = close + 1;
        }
        close + 1
    }
}
