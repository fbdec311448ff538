//! Candidates: every place of a text that may be a name, with what the words around it tell.

mod evidence;
mod heads;
mod parts;
mod people;
mod roles;
mod runs;

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashSet};
use sumber_core::{EntityKind, LinkKind};

use super::given::GivenNames;
use super::words::{Class, NamePack};
use super::world::World;
use crate::Packs;
use crate::lexicon::{Lists, Vocabulary, WordId, WordSet, fold};
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
    /// A preposition stands between: what follows is what the role is of ('presidente di X').
    of: bool,
}

pub(super) struct Scanner<'a> {
    text: &'a Text<'a>,
    pack: Option<&'a NamePack>,
    packs: &'a Packs,
    world: &'a World,
    given: &'a GivenNames,
    out: Vec<Candidate>,
    role: Option<Role>,
    lower: OnceCell<LowerWords<'a>>,
    /// Short forms of lower-case words.
    not_names: Vec<&'a str>,
    /// The last words and the numbers of names that end in a number.
    numbered: Vec<(&'a str, &'a str)>,
    /// Short forms that brackets gave to names.
    shorts: Vec<&'a str>,
    inner: OnceCell<FxHashSet<(WordId, &'a str)>>,
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
        numbered: Vec::new(),
        shorts: Vec::new(),
        inner: OnceCell::new(),
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

/// The words that the article writes in lower case.
struct LowerWords<'a> {
    listed: WordSet,
    others: FxHashSet<&'a str>,
    /// Room for a word in folded form.
    buffer: RefCell<String>,
}

impl<'a> LowerWords<'a> {
    fn of(text: &'a Text<'a>, vocabulary: &Vocabulary) -> LowerWords<'a> {
        let listed = WordSet::for_words(vocabulary.len());
        let others = FxHashSet::with_capacity_and_hasher(text.tokens.len() / 4, FxBuildHasher);
        let mut words = LowerWords { listed, others, buffer: RefCell::default() };
        for token in text.tokens.iter().filter(|t| t.shape == Shape::Lower) {
            let word = token.span.of(text.source);
            // a listed word that is written in its folded form is told by its number
            if token.word.is_known() && word.is_ascii() && !word.ends_with('\'') {
                words.listed.insert(token.word);
            } else {
                words.others.insert(word);
            }
        }
        words
    }

    fn contains(&self, token: &Token, word: &str) -> bool {
        token.word.is_known() && self.listed.contains(&token.word)
            || self.others.contains(fold(word, &mut self.buffer.borrow_mut()))
    }
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
        // marks, and words in lower case that no list holds: most tokens
        if !token.shape.is_word() || !token.word.is_known() && !token.shape.is_capital() {
            self.pass(at);
            return at + 1;
        }
        // and those in lower case that begin nothing which is looked for here
        if !token.shape.is_capital()
            && !token.lists.has(Lists::WORLD)
            && !self.pack.is_some_and(|pack| pack.begins(token))
        {
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
            if let Some(end) = self.with_article(at, range) {
                let mut votes = Votes::default();
                votes[EntityKind::Organisation as usize] += 4;
                self.push_named(at..end, votes, None);
                return self.brackets(end);
            }
            if self.is(at, Class::Article) && self.is_start(at) && !self.is_inner_pair(at) {
                self.pass(at);
                return at + 1;
            }
            // without a pack, a word of a letter or two that begins a sentence is a preposition or an article
            let short = self.text.word(at).chars().count() <= 2 && !self.is_mark(at + 1, ".");
            if self.pack.is_none() && short && self.is_start(at) {
                self.pass(at);
                return at + 1;
            }
        }
        let body = self.pack.and_then(|p| p.body_at(tokens, at)).filter(|(len, _)| at + len <= range.end);
        let role = self
            .pack
            .and_then(|p| p.longest(tokens, at, Class::Role).or_else(|| p.longest(tokens, at, Class::PersonNoun)));
        let role = role.filter(|&len| at + len <= range.end && !(len == 1 && self.names_a_place(at)));
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
            && !known.is_some_and(|(len, t)| self.is_whole(at + len, t))
            && role.is_none_or(|r| at + r < end)
        {
            let mut votes = Votes::default();
            votes[kind as usize] += 6;
            self.push_named(at..end, votes, country);
            return self.brackets(end);
        }
        if let Some(len) = role.filter(|&len| len >= known_len) {
            let len = len + self.rank_suffix(at + len, range);
            self.role = Some(Role { end: at + len, country: self.country_before(at), gap: 0, of: false });
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
            let is_body = self.pack.is_some_and(|p| p.body_at(tokens, at + len).is_some());
            let goes_on = token.shape.is_capital() && !is_body && self.ends_as_body(at + len, range).is_some();
            if !goes_on {
                return at + len;
            }
        }
        if token.shape.is_capital()
            && self.is(at, Class::Adjective)
            && self.ends_as_body(at + 1, range).is_none()
            && !(self.is_given(at) && self.is_open_name(at + 1, range))
        {
            self.pass(at);
            return at + 1;
        }
        let given_short = || token.shape == Shape::Upper && self.shorts.contains(&self.text.word(at));
        if token.shape.is_capital() && (!self.is(at, Class::Never) || given_short()) {
            if let Some(name) = self.after_field(at, range) {
                return name;
            }
            return self.unknown(at, range);
        }
        self.pass(at);
        at + 1
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
            if single && self.is_given(at) && kind == EntityKind::Polity && tokens[at].shape == Shape::Title {
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
            _ => !self.is_start(before) || self.is_given_word(token.word),
        }
    }

    /// Whether a capital word is a title, a head, a demonym, a day: no part of a person's name.
    fn explained(&self, at: usize) -> bool {
        let Some(pack) = self.pack else { return false };
        pack.is(self.text.tokens[at].word, Class::Never)
            || pack.is(self.text.tokens[at].word, Class::Adjective)
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
        let is_place = matches!(known.kind, EntityKind::Polity | EntityKind::Place);
        let body_follows = is_place && self.pack.is_some_and(|p| p.body_at(&self.text.tokens, end).is_some());
        if (is_place && !body_follows || known.kind == EntityKind::Organisation)
            && let Some((last, kind)) = self.ends_as_body(end, range)
        {
            let mut votes = Votes::default();
            votes[kind as usize] += 5;
            let country = known.country.clone();
            let last = self.goes_on_of(last, range).unwrap_or(last);
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
        if self.joins_place(at, end, range) {
            let mut votes = Votes::default();
            votes[EntityKind::Polity as usize] += 6;
            let country = known.country.clone();
            self.push_named(at..end + 2, votes, country);
            return end + 2;
        }
        if is_place && let Some(last) = self.named_after_place(at, end, range) {
            let mut votes = Votes::default();
            votes[EntityKind::Organisation as usize] += 3;
            let country = known.country.clone();
            self.push_named(at..last, votes, country);
            return self.brackets(last);
        }
        // 'Amnesty International Indonesia'
        if known.kind == EntityKind::Organisation
            && known.link != LinkKind::Medium
            && !self.before_is(at, Class::Speech)
            && let Some((more, place)) = self.known_at(end, range)
            && self.is_branch(end, more, place)
        {
            let mut votes = Votes::default();
            votes[EntityKind::Organisation as usize] += 6;
            let country = self.world.thing(place).country.clone();
            self.push_named(at..end + more, votes, country);
            return self.brackets(end + more);
        }
        let is_person = known.kind == EntityKind::Person;
        let end = if known.kind == EntityKind::Organisation { self.company_end(end, range) } else { end };
        let next_is_name = self.is_open_name(end, range) && !self.is_given(end);
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
            // 'EU Trade Commissioner': a field
            if last < range.end && self.pack.is_some_and(|p| p.longest(&self.text.tokens, last, Class::Role).is_some())
            {
                self.push(at..end, Target::Known(thing), Votes::default());
                return last;
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
}

/// Whether a token is an English possessive as the cutter leaves it, or a bare apostrophe.
fn token_is_possessive(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(chars.next(), Some('\'' | '’' | 'ʼ')) && chars.as_str().chars().count() <= 1
}
