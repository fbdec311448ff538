//! Candidates: every place of a text that may be a name, with what the words around it tell.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashSet;
use sumber_core::{EntityKind, LinkKind};

use super::given::GivenNames;
use super::words::{Class, NamePack};
use super::world::World;
use crate::Packs;
use crate::lexicon::fold;
use crate::pack::Pack;
use crate::text::{Shape, Text, Token};

/// What a candidate is a name of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A thing of the world data.
    Known(u32),
    /// A body that every state has, by its place in the pack's list.
    StateBody(usize),
    /// Something that no data knows.
    New,
}

/// Evidence for each kind, in the order of [`EntityKind::ALL`].
pub(super) type Votes = [i32; 5];

/// A place of the text that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub tokens: Range<usize>,
    pub target: Target,
    /// What the words around it tell.
    pub votes: Votes,
    /// What its own words tell.
    pub own: Votes,
    /// A noun beside it says that it is a medium.
    pub medium: bool,
    /// The state that words beside it name, alpha-3.
    pub country: Option<String>,
    /// One word at the beginning of a sentence: a name only where something else says so.
    pub weak: bool,
    /// The candidate before it, of which it is the short form in brackets.
    pub short_of: Option<usize>,
}

/// A role that was read and waits for its person.
#[derive(Clone, Debug)]
struct Role {
    end: usize,
    country: Option<String>,
    /// How many words stand between.
    gap: usize,
}

pub(super) struct Scanner<'a> {
    text: &'a Text<'a>,
    pack: Option<&'a NamePack>,
    packs: &'a Packs,
    world: &'a World,
    given: &'a GivenNames,
    out: Vec<Candidate>,
    role: Option<Role>,
    lower: OnceCell<FxHashSet<&'a str>>,
    /// Short forms of lower-case words.
    not_names: Vec<&'a str>,
}

/// Finds the candidates of a text, in order; they do not overlap.
pub(super) fn candidates<'a>(text: &'a Text<'a>, pack: Option<&'a Pack>, packs: &'a Packs) -> Vec<Candidate> {
    let mut scanner = Scanner {
        text,
        pack: pack.map(|p| &p.names),
        packs,
        world: &packs.world,
        given: &packs.world.given,
        out: Vec::new(),
        role: None,
        lower: OnceCell::new(),
        not_names: Vec::new(),
    };
    for sentence in &text.sentences {
        scanner.sentence(sentence.tokens.clone());
    }
    let Scanner { mut out, not_names, .. } = scanner;
    if !not_names.is_empty() {
        let is_name = |c: &Candidate| {
            c.target != Target::New || !not_names.contains(&text.span(c.tokens.clone()).of(text.source))
        };
        if !out.iter().any(|c| c.short_of.is_some()) {
            out.retain(is_name);
        }
    }
    out
}

impl<'a> Scanner<'a> {
    fn is(&self, at: usize, class: Class) -> bool {
        match (self.pack, self.text.tokens.get(at)) {
            (Some(pack), Some(token)) => pack.is(token.word, class),
            _ => false,
        }
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.text.tokens.get(at)
    }

    fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.token(at).is_some_and(|t| t.shape == Shape::Mark) && self.text.word(at) == mark
    }

    fn tag(&self) -> Option<&'a str> {
        self.pack.map(|p| p.tag.as_str())
    }

    fn sentence(&mut self, range: Range<usize>) {
        self.role = None;
        let words = self.text.tokens[range.clone()].iter().filter(|t| t.shape.is_word() && t.shape != Shape::Number);
        let (mut all, mut capital, mut upper) = (0, 0, 0);
        for token in words {
            all += 1;
            capital += usize::from(token.shape.is_capital());
            upper += usize::from(token.shape == Shape::Upper);
        }
        let shouts = all >= 4 && upper * 10 >= all * 7;
        let ends = range.end > range.start
            && matches!(self.text.word(range.end - 1), "." | "!" | "?" | "…" | "”" | "\"" | "»" | ")");
        let headline = all >= 4 && !ends && capital * 10 >= all * 7;
        let mut at = range.start;
        while at < range.end {
            at = match () {
                () if shouts || headline => self.known_only(at, range.end),
                () => self.step(at, &range),
            }
            .max(at + 1);
        }
    }

    fn known_only(&mut self, at: usize, end: usize) -> usize {
        let known = self.world.names_at(&self.text.tokens, at, self.tag()).find(|&(len, _)| at + len <= end);
        match known {
            Some((len, thing)) => {
                self.push(at..at + len, Target::Known(thing), Votes::default());
                at + len
            }
            None => at + 1,
        }
    }

    /// Reads what begins at token `at`; gives the token to go on with.
    fn step(&mut self, at: usize, range: &Range<usize>) -> usize {
        let tokens = &self.text.tokens;
        let token = &tokens[at];
        if !token.shape.is_word() {
            self.pass(at);
            return at + 1;
        }
        let known = self.known_at(at, range);
        if known.is_none() && token.shape.is_capital() {
            // the noun beside a medium's name, and an article that begins a sentence, are no part of the name
            let medium = self.pack.and_then(|p| p.longest(tokens, at, Class::GenericMedium));
            if let Some(len) =
                medium.filter(|len| tokens.get(at + len).is_some_and(|t| t.shape.is_capital() && at + len < range.end))
            {
                return at + len;
            }
            if self.is(at, Class::Article) && self.is_start(at) {
                self.pass(at);
                return at + 1;
            }
        }
        let body = self.pack.and_then(|p| p.body_at(tokens, at)).filter(|(len, _)| at + len <= range.end);
        let role = self
            .pack
            .and_then(|p| p.longest(tokens, at, Class::Role).or_else(|| p.longest(tokens, at, Class::PersonNoun)));
        let role = role.filter(|len| at + len <= range.end);
        let known_len = known.map_or(0, |(len, _)| len);

        if let Some((len, index)) = body
            && len > known_len
            && role.is_none_or(|r| r <= len)
            && tokens[at..at + len].iter().any(|t| t.shape.is_capital())
        {
            return self.state_body(at, len, index, range);
        }
        if let Some((end, kind, country)) = self.headed(at, range)
            && end > at + known_len
            && known.is_none_or(|(_, t)| !matches!(self.world.thing(t).kind, EntityKind::Polity | EntityKind::Place))
            && role.is_none_or(|r| at + r < end)
        {
            let mut votes = Votes::default();
            votes[kind as usize] += 6;
            self.push_named(at..end, votes, country);
            return self.brackets(end);
        }
        if let Some(len) = role.filter(|&len| len >= known_len) {
            self.role = Some(Role { end: at + len, country: self.country_before(at), gap: 0 });
            return at + len;
        }
        if let Some((len, thing)) = known {
            return self.known(at, len, thing, range);
        }
        if let Some((len, country)) = self.pack.and_then(|p| p.demonym_at(tokens, at)) {
            if let Some(role) = self.role.as_mut().filter(|r| r.end == at) {
                role.end = at + len;
                role.country = Some(country.to_owned());
            }
            let goes_on = token.shape.is_capital() && self.ends_as_body(at + len, range).is_some();
            if !goes_on {
                return at + len;
            }
        }
        if token.shape.is_capital() && !self.is(at, Class::Never) {
            return self.unknown(at, range);
        }
        self.pass(at);
        at + 1
    }

    /// Lets a waiting role go over a word that is no name.
    fn pass(&mut self, at: usize) {
        let is_inside = self.is(at, Class::Inside) || self.is(at, Class::Article) || self.is(at, Class::InsideAnd);
        let is_comma = self.is_mark(at, ",");
        let is_word = self.token(at).is_some_and(|t| t.shape.is_word());
        if let Some(role) = self.role.as_mut() {
            if role.end == at && (is_inside || is_comma) {
                role.end = at + 1;
                role.gap += usize::from(is_comma);
            } else if role.end == at && is_word && role.gap < 6 {
                role.end = at + 1;
                role.gap += 1;
            } else {
                self.role = None;
            }
        }
    }

    /// The longest name of the world data at `at` that the words beside it do not speak against.
    fn known_at(&self, at: usize, range: &Range<usize>) -> Option<(usize, u32)> {
        let tokens = &self.text.tokens;
        let declined = if self.pack.is_none() { self.world.declined_at(self.text.source, tokens, at) } else { None };
        let named = self.world.names_at(tokens, at, self.tag());
        named.chain(declined).find(|&(len, thing)| {
            let end = at + len;
            if end > range.end {
                return false;
            }
            let kind = self.world.thing(thing).kind;
            // half a hyphenated word, half an unknown name
            if kind == EntityKind::Person
                && self.is_mark(end, "-")
                && tokens[end].glued
                && tokens.get(end + 1).is_some_and(|t| t.glued && t.shape == Shape::Lower)
            {
                return false;
            }
            let single = len == 1;
            if single && tokens[at].shape == Shape::Title && self.is(at, Class::Common) && self.is_start(at) {
                return false;
            }
            if single && kind == EntityKind::Person {
                return !self.is_open_name(end, range) && !self.name_before(at);
            }
            if single && self.given.contains(tokens[at].word) && kind == EntityKind::Polity {
                return !self.is_open_name(end, range);
            }
            true
        })
    }

    /// Whether the token may go on a person's name: a capital that nothing else explains.
    fn is_open_name(&self, at: usize, range: &Range<usize>) -> bool {
        if at >= range.end {
            return false;
        }
        let token = &self.text.tokens[at];
        token.shape == Shape::Title
            && !self.explained(at)
            && self
                .world
                .names_at(&self.text.tokens, at, self.tag())
                .all(|(_, t)| self.world.thing(t).kind == EntityKind::Person)
    }

    /// Whether an unknown capital word stands right before token `at`, as part of the same name.
    fn name_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let token = &self.text.tokens[before];
        if token.sentence != self.text.tokens[at].sentence || token.shape != Shape::Title || self.explained(before) {
            return false;
        }
        match self.out.last() {
            Some(last) if last.tokens.end == at => {
                last.target == Target::New && last.votes[EntityKind::Person as usize] >= 0
            }
            _ => !self.is_start(before) || self.given.contains(token.word),
        }
    }

    /// Whether a capital word is a title, a head, a demonym, a day: no part of a person's name.
    fn explained(&self, at: usize) -> bool {
        let Some(pack) = self.pack else { return false };
        pack.is(self.text.tokens[at].word, Class::Never)
            || pack.demonym_at(&self.text.tokens, at).is_some()
            || pack
                .classes_at(&self.text.tokens, at)
                .any(|(_, c)| matches!(c, Class::Role | Class::PersonNoun | Class::Common) || c.first_kind().is_some())
            || (pack.is(self.text.tokens[at].word, Class::Common) && self.is_start(at))
    }

    /// Whether a token begins a sentence, a quotation, or what follows a dateline.
    fn is_start(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        let Some(before) = at.checked_sub(1).map(|b| &self.text.tokens[b]) else { return true };
        if before.sentence != token.sentence || token.starts_paragraph {
            return true;
        }
        if before.shape != Shape::Mark {
            return false;
        }
        let mark = self.text.word(at - 1);
        matches!(mark, "\"" | "“" | "«" | "‘" | ":" | "„" | "•" | "*" | "." | "!" | "?" | "…")
            || matches!(mark, "-" | "–" | "—")
                && !before.glued
                && at - self.text.paragraphs[self.paragraph_of(at)].start < 14
    }

    fn paragraph_of(&self, at: usize) -> usize {
        self.text.sentences[self.text.sentence_of(at)].paragraph
    }

    fn known(&mut self, at: usize, len: usize, thing: u32, range: &Range<usize>) -> usize {
        let end = at + len;
        let known = self.world.thing(thing);
        // 'Moscow Exchange': an unknown name goes on to a word that ends names
        if matches!(known.kind, EntityKind::Polity | EntityKind::Place)
            && let Some(last) = self.ends_as_body(end, range)
        {
            let (last, kind) = last;
            let mut votes = Votes::default();
            votes[kind as usize] += 5;
            let country = known.country.clone();
            self.push_named(at..last, votes, country);
            return self.brackets(last);
        }
        if matches!(known.kind, EntityKind::Polity | EntityKind::Place)
            && end < range.end
            && self.text.tokens[end].shape.is_capital()
            && self.is(end, Class::PlaceTail)
        {
            let mut votes = Votes::default();
            votes[EntityKind::Polity as usize] += 6;
            let country = known.country.clone();
            self.push_named(at..end + 1, votes, country);
            return end + 1;
        }
        let is_person = known.kind == EntityKind::Person;
        let end = if known.kind == EntityKind::Organisation { self.company_end(end, range) } else { end };
        let next_is_name = self.is_open_name(end, range) && !self.given.contains(self.text.tokens[end].word);
        if len == 1
            && known.kind == EntityKind::Organisation
            && self.pack.is_some_and(|p| !p.place_closes)
            && next_is_name
            && known.names[0].chars().any(char::is_lowercase)
        {
            let mut last = end + 1;
            while self.is_open_name(last, range) {
                last += 1;
            }
            let mut votes = Votes::default();
            votes[EntityKind::Organisation as usize] += 4;
            let country = known.country.clone();
            self.push_named(at..last, votes, country);
            return self.brackets(last);
        }
        self.push(at..end, Target::Known(thing), Votes::default());
        if is_person {
            self.role = None;
        } else if let Some(role) = self.role.as_mut()
            && role.end == at
        {
            role.end = end;
            role.country = known.country.clone().or(role.country.take());
        }
        self.brackets(end)
    }

    /// The end of a name with the words of a company's legal form that follow it.
    fn company_end(&self, at: usize, range: &Range<usize>) -> usize {
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
    fn ends_as_body(&self, at: usize, range: &Range<usize>) -> Option<(usize, EntityKind)> {
        let pack = self.pack?;
        let mut next = at;
        let mut found = None;
        while next < range.end && next < at + 6 {
            let token = &self.text.tokens[next];
            let possessive = token.glued && next > at && token.shape == Shape::Lower && token.span.len() <= 4;
            if possessive && token_is_possessive(self.text.word(next)) {
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
                None if pack.place_closes => break,
                None => next += 1,
            }
        }
        found
    }

    /// A word that ends names of bodies or places: its length and their kind.
    fn last_at(&self, at: usize) -> Option<(usize, EntityKind)> {
        let tokens = &self.text.tokens;
        let own = self.pack.and_then(|p| p.classes_at(tokens, at).find_map(|(len, c)| c.last_kind().map(|k| (len, k))));
        own.or_else(|| self.world.heads.classes_at(tokens, at).find_map(|(len, c)| c.last_kind().map(|k| (len, k))))
    }

    /// A body that every state has, with the state that the words beside it name.
    fn state_body(&mut self, at: usize, len: usize, index: usize, range: &Range<usize>) -> usize {
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

    /// The demonym that ends right before token `at`.
    fn demonym_before(&self, at: usize) -> Option<(usize, String)> {
        let pack = self.pack?;
        (1..=3).rev().filter_map(|n| at.checked_sub(n)).find_map(|from| {
            let (len, state) = pack.demonym_at(&self.text.tokens, from)?;
            (from + len == at).then(|| (from, state.to_owned()))
        })
    }

    /// The state that a demonym or a possessive right before token `at` names ('Indonesia's ...').
    fn country_before(&self, at: usize) -> Option<String> {
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
    fn headed(&self, at: usize, range: &Range<usize>) -> Option<(usize, EntityKind, Option<String>)> {
        let pack = self.pack?;
        let tokens = &self.text.tokens;
        let own = pack.classes_at(tokens, at).find_map(|(len, c)| c.first_kind().map(|k| (len, k)));
        let any = || self.world.heads.classes_at(tokens, at).find_map(|(len, c)| c.first_kind().map(|k| (len, k)));
        let (len, kind) = own.or_else(any)?;
        let capital = tokens[at].shape.is_capital();
        let head_end = at + len;
        if head_end > range.end {
            return None;
        }
        let is_body = kind == EntityKind::Organisation;
        let mut end = head_end; // last token that surely belongs to the name
        let mut next = head_end;
        let mut country = None;
        let mut capitals = 0;
        while next < range.end && next < at + 16 {
            let token = &tokens[next];
            if token.shape.is_capital()
                || token.shape == Shape::Number && next > head_end && tokens[next - 1].shape.is_capital()
            {
                let role = pack.longest(tokens, next, Class::Role).is_some();
                let after_and = next > head_end && pack.is(tokens[next - 1].word, Class::InsideAnd);
                let known = self.known_at(next, range);
                if role || pack.is(token.word, Class::Never) && known.is_none() {
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
                    country = thing.country.clone().or(country);
                    next += more;
                    capitals += more;
                    end = next;
                    if pack.place_closes
                        && matches!(thing.kind, EntityKind::Polity | EntityKind::Place | EntityKind::Organisation)
                    {
                        break;
                    }
                    continue;
                }
                if pack.place_closes
                    && capitals > 0
                    && is_body
                    && self.given.contains(token.word)
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
                    "," if is_body && capital && self.lists_on(next, range) => next += 1,
                    _ => break,
                }
            } else if is_body && pack.is(token.word, Class::Tail) && (capital || capitals > 0) {
                next += 1;
                end = next;
            } else if pack.is(token.word, Class::Inside) || is_body && pack.is(token.word, Class::InsideAnd) {
                next += 1;
            } else if token_is_possessive(self.text.word(next))
                && token.glued
                && tokens.get(next + 1).is_some_and(|t| t.shape.is_capital())
            {
                break;
            } else {
                break;
            }
        }
        let kind = (head_end..end)
            .rev()
            .take(2)
            .find_map(|n| self.last_at(n).filter(|(len, _)| n + len == end))
            .map_or(kind, |(_, k)| k);
        let worth = len >= 3
            || end > head_end
                && (capital || is_body && capitals > 0 && tokens[head_end..end].iter().any(|t| t.shape.is_capital()));
        // a lower-case head is part of the name only where the pack's bodies say so
        (worth && capital).then_some((end, kind, country))
    }

    /// Whether a name from `at` over `next` on ends before a short form in brackets that has the first
    /// letters of its first and last words.
    fn is_abbreviated_as(&self, at: usize, next: usize, range: &Range<usize>) -> bool {
        let Some(open) = (next + 1..range.end.min(next + 7)).find(|&n| self.is_mark(n, "(")) else { return false };
        let tokens = &self.text.tokens;
        let Some(short) = tokens.get(open + 1).filter(|t| t.shape == Shape::Upper && self.is_mark(open + 2, ")"))
        else {
            return false;
        };
        let goes_on =
            |n: usize| tokens[n].shape.is_capital() || self.is(n, Class::Inside) || self.is(n, Class::InsideAnd);
        if !(next..open).all(goes_on) {
            return false;
        }
        let initial = |n: usize| self.text.word(n).chars().next().map(|c| c.to_lowercase().to_string());
        let mut letters = short.span.of(self.text.source).chars().map(|c| c.to_lowercase().to_string());
        letters.next() == initial(at) && letters.last() == initial(open - 1)
    }

    /// Whether a comma at `at` stands in a list that a conjunction ends ('Meteorologi, Klimatologi, dan Geofisika').
    fn lists_on(&self, at: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        let mut next = at + 1;
        let mut words = 0;
        while next < range.end && words < 6 {
            let token = &tokens[next];
            if token.shape.is_capital() {
                if self.known_at(next, range).is_some() || self.is(next, Class::Role) || self.given.contains(token.word)
                {
                    return false;
                }
                words += 1;
            } else if self.is(next, Class::InsideAnd) {
                return tokens.get(next + 1).is_some_and(|t| t.shape.is_capital())
                    && self.known_at(next + 1, range).is_none()
                    && !self.given.contains(tokens[next + 1].word);
            } else if !self.is_mark(next, ",") {
                return false;
            }
            next += 1;
        }
        false
    }

    /// A run of capital words that no data knows.
    fn unknown(&mut self, at: usize, range: &Range<usize>) -> usize {
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
                    if let Some((len, kind)) = self.last_at(end) {
                        last_kind = Some(kind);
                        end += len;
                        if tokens.get(end).is_some_and(|t| self.given.contains(t.word)) {
                            break;
                        }
                        continue;
                    }
                    let glued = self.is_mark(end - 1, "-") && token.glued;
                    if !glued && self.stops(end, at, range) {
                        if let Some((len, thing)) = self.known_at(end, range)
                            && self.merges_place(at, end, thing)
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
            if token.shape == Shape::Mark {
                let mark = self.text.word(end);
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
                && self.text.word(end).len() <= 4
                && !token.glued
                && tokens[end - 1].shape == Shape::Upper
            {
                end += 1;
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
            if is_particle && next_capital && !self.stops(end + 1, at, range) {
                particle = true;
                end += 1;
                continue;
            }
            let possessive = token.glued && token_is_possessive(self.text.word(end));
            if possessive && next_capital && self.ends_as_body(end + 1, range).is_some() {
                end += 1;
                continue;
            }
            break;
        }
        end = end.max(at + 1).min(range.end);
        let mut start = at;
        let waits = self.role.as_ref().is_some_and(|r| r.end == at && r.gap == 0);
        while start + 1 < end && (self.is_start(start) || waits) && self.is_common(start) {
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
        if particle && !(start + 1..end).any(|n| self.is(n, Class::Inside) || self.is(n, Class::PlaceWord)) {
            votes[EntityKind::Person as usize] += 2;
        }
        if initial {
            votes[EntityKind::Person as usize] += 4;
        }
        if let Some(kind) = last_kind {
            votes[kind as usize] += 5;
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
    fn joins(&self, start: usize, end: usize) -> bool {
        let tokens = &self.text.tokens;
        let is_place = self.is(end, Class::PlaceWord);
        let is_ambiguous =
            is_place || self.is(end, Class::Inside) || self.is(end, Class::Article) || self.is(end, Class::Common);
        let article = start > 0 && self.is(start - 1, Class::Article);
        if !is_ambiguous || !is_place && (self.given.contains(tokens[start].word) || article) {
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
    fn stops(&self, at: usize, start: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        if self.is(at, Class::Never) || self.pack.is_some_and(|p| p.demonym_at(tokens, at).is_some()) {
            return true;
        }
        if let Some(pack) = self.pack
            && pack.classes_at(tokens, at).any(|(len, c)| {
                let heads = || tokens.get(at + len).is_some_and(|t| t.shape.is_capital()) || c == Class::BodyFirst;
                matches!(c, Class::Role | Class::PersonNoun) || c.first_kind().is_some() && heads()
            })
        {
            return true;
        }
        // 'Capital Economics Tom Pugh'
        if self.pack.is_some_and(|p| p.place_closes)
            && self.given.contains(tokens[at].word)
            && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Title)
            && (start..at).all(|n| !self.given.contains(tokens[n].word))
            && (start..at).any(|n| self.is_word_somewhere(&tokens[n]))
        {
            return true;
        }
        match self.known_at(at, range) {
            // 'Jack London'
            Some((1, thing)) if at == start + 1 && self.given.contains(tokens[start].word) => {
                self.world.thing(thing).kind == EntityKind::Organisation
            }
            Some((1, thing)) => {
                let is_surname = at - start <= 2
                    && self.pack.is_none_or(|p| !p.place_closes)
                    && tokens[at].shape == Shape::Title
                    && self.given.contains(tokens[start].word);
                self.world.thing(thing).kind != EntityKind::Person && !is_surname
            }
            Some(_) => true,
            None => false,
        }
    }

    /// Whether a place right after an unknown name belongs to it ('AirNav Indonesia').
    fn merges_place(&self, start: usize, end: usize, thing: u32) -> bool {
        let waits = self.role.as_ref().is_some_and(|r| r.end == start);
        let tokens = &self.text.tokens[start..end];
        self.world.thing(thing).kind == EntityKind::Polity
            && !waits
            && !self.is_common(start)
            && tokens.iter().all(|t| t.shape.is_capital() && !self.given.contains(t.word))
    }

    /// Whether the word is one of the language's common words, by the pack or by the article itself.
    fn is_common(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        if !token.shape.is_capital() {
            return false;
        }
        if self.given.contains(token.word) {
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
        let lower = self.lower.get_or_init(|| {
            let words = self.text.tokens.iter().filter(|t| t.shape == Shape::Lower);
            words.map(|t| &self.text.source[t.span.range()]).collect()
        });
        let mut buffer = String::new();
        lower.contains(fold(self.text.word(at), &mut buffer))
    }

    /// Whether a word in brackets is the short form of the lower-case words before it ('gas alam cair (LNG)').
    fn is_short_of_words(&self, start: usize, end: usize) -> bool {
        start + 1 == end
            && start >= 2
            && self.text.tokens[start].shape == Shape::Upper
            && self.is_mark(start - 1, "(")
            && self.is_mark(end, ")")
            && self.text.tokens[start - 2].shape == Shape::Lower
    }

    /// Whether a token is a single letter or a Roman numeral.
    fn is_numeral(&self, at: usize) -> bool {
        let word = self.text.word(at);
        word.chars().count() == 1 || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
    }

    /// Whether a word of a name is a common word of any language that has a pack.
    fn is_word_somewhere(&self, token: &Token) -> bool {
        token.shape.is_capital()
            && token.word.is_known()
            && self.packs.iter().any(|p| p.names.is(token.word, Class::Common))
    }

    /// Whether a token is a currency with its sum ('Rp14').
    fn is_money(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
        self.text.tokens[at].shape == Shape::Title
            && letters <= 3
            && word.chars().count() > letters
            && word.chars().skip(letters).all(|c| !c.is_alphabetic())
    }

    /// What the words of a name themselves tell.
    fn own_votes(&self, range: Range<usize>) -> Votes {
        let mut votes = Votes::default();
        let tokens = &self.text.tokens[range.clone()];
        let words = tokens.iter().filter(|t| t.shape.is_word()).count();
        let upper = tokens.iter().filter(|t| t.shape == Shape::Upper && t.span.len() > 1).count();
        let mixed = tokens.iter().filter(|t| t.shape == Shape::Mixed).count();
        let numbers = tokens.iter().any(|t| t.shape == Shape::Number);
        if self.given.contains(tokens[0].word) {
            votes[EntityKind::Person as usize] += if words > 1 { 3 } else { 2 };
        }
        if words > 1 && tokens.iter().skip(1).any(|t| self.given.contains(t.word)) {
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
                && !self.given.contains(tokens[0].word)
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
            _ if !self.given.contains(tokens[0].word) && self.is_word_somewhere(&tokens[0]) => {
                votes[EntityKind::Organisation as usize] += 2;
            }
            2..=4 => votes[EntityKind::Person as usize] += 2,
            _ => votes[EntityKind::Organisation as usize] += 2,
        }
        votes
    }

    /// Adds a name that is no known thing, with what stands around it.
    fn push_named(&mut self, range: Range<usize>, own: Votes, mut country: Option<String>) {
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
            votes[EntityKind::Person as usize] += if role.gap == 0 { 6 } else { 2 };
            if own[EntityKind::Organisation as usize] >= 5 || own[EntityKind::Place as usize] >= 5 {
                // 'Kepala Badan X Y': the body belongs to the title
                votes[EntityKind::Person as usize] -= 6;
                self.role = Some(Role { end, country: country.clone().or(role.country), gap: role.gap });
            } else {
                country = country.or(role.country);
            }
        }
        if let Some((kind, is_medium)) = self.generic_before(start) {
            votes[kind as usize] += if kind == EntityKind::Polity { 3 } else { 5 };
            medium |= is_medium;
        }
        if self.before_is(start, Class::PlaceWord) {
            votes[EntityKind::Polity as usize] += 3;
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
            votes[EntityKind::Polity as usize] += 2;
        }
        if self.place_follows(end, &sentence) {
            votes[EntityKind::Polity as usize] += 4;
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

    /// Whether the name of a body begins at token `at`.
    fn begins_body(&self, at: usize, range: &Range<usize>) -> bool {
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

    fn push(&mut self, tokens: Range<usize>, target: Target, votes: Votes) {
        self.out.push(Candidate {
            tokens,
            target,
            votes,
            own: Votes::default(),
            medium: false,
            country: None,
            weak: false,
            short_of: None,
        });
    }

    /// Whether words that lead to a medium stand right before the name ('told', 'dilansir dari').
    fn told_before(&self, start: usize) -> bool {
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
    fn is_dateline(&self, start: usize, end: usize) -> bool {
        let head = self.text.paragraphs[self.paragraph_of(start)].start;
        let dash = |n: usize| {
            self.token(n).is_some_and(|t| !t.glued) && ["-", "–", "—", "--"].iter().any(|mark| self.is_mark(n, mark))
        };
        start < head + 8 && (dash(end) || self.is_mark(end, ")") && (dash(end + 1) || dash(end + 2)))
    }

    /// Whether a comma and the name of a place follow ('Menteng, Jakarta Pusat').
    fn place_follows(&self, end: usize, range: &Range<usize>) -> bool {
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
    fn listed_with_place(&self, start: usize) -> bool {
        let Some(last) = self.out.last().filter(|c| c.tokens.end + 1 == start) else { return false };
        let joins = self.is_mark(start - 1, ",") || self.is(start - 1, Class::InsideAnd);
        let place = match last.target {
            Target::Known(thing) => matches!(self.world.thing(thing).kind, EntityKind::Polity | EntityKind::Place),
            Target::New => last.votes[EntityKind::Polity as usize] >= 2 && last.own[EntityKind::Person as usize] < 3,
            Target::StateBody(_) => false,
        };
        joins && place && self.text.tokens[last.tokens.start].sentence == self.text.tokens[start].sentence
    }

    fn before_is(&self, at: usize, class: Class) -> bool {
        let Some(mut before) = at.checked_sub(1) else { return false };
        if self.is(before, Class::Article) && before > 0 && class != Class::PlaceWord {
            before -= 1;
        }
        self.text.tokens[before].sentence == self.text.tokens[at].sentence && self.is(before, class)
    }

    /// The noun right before a name, at most an article, a comma or two lower-case words or demonyms away.
    fn generic_before(&self, at: usize) -> Option<(EntityKind, bool)> {
        let pack = self.pack?;
        let tokens = &self.text.tokens;
        for back in 1..=6 {
            let from = at.checked_sub(back)?;
            if tokens[from].sentence != tokens[at].sentence || self.is(from, Class::Speech) {
                return None;
            }
            for (len, class) in pack.classes_at(tokens, from) {
                let gap = at.checked_sub(from + len);
                let Some(gap) = gap.filter(|&g| g <= 3) else { continue };
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
                    if clear {
                        return Some((kind, class == Class::GenericMedium));
                    }
                }
            }
        }
        None
    }

    /// What follows a name as an apposition ('X, Menteri ...', 'X (52)', 'X news agency').
    fn apposition_after(&self, at: usize) -> Option<(EntityKind, bool)> {
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

    /// A short form in brackets right after the last candidate; gives the token to go on with.
    fn brackets(&mut self, at: usize) -> usize {
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

/// Whether a token is an English possessive as the cutter leaves it, or a bare apostrophe.
fn token_is_possessive(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(chars.next(), Some('\'' | '’' | 'ʼ')) && chars.as_str().chars().count() <= 1
}
