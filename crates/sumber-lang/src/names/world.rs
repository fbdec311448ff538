//! The data set of the world: things that news names again and again, in many languages and scripts.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use sumber_core::{Entity, EntityKind, LinkKind};

use super::given::GivenNames;
use super::join::key_words;
use super::key::coarse_key;
use super::towns::Towns;
use super::words::Heads;
use crate::lexicon::{Lists, Phrases, Vocabulary};
use crate::pack::{Loader, Row};
use crate::text::{Shape, Token, words_of};

/// A thing of the world data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// `kind:name`, for example `gpe:russia`, `person:sergei-lavrov`.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// What it is as a link of a chain.
    pub link: LinkKind,
    /// Every form of its name, the usual one first.
    pub names: Vec<String>,
    /// ISO 3166 alpha-3 of the state that it is, belongs to or speaks for.
    pub country: Option<String>,
    /// What events call it: a short name in capitals (NATO, HAMAS); `None` where its country stands for it.
    pub code: Option<String>,
    /// Owner or superior body, by id.
    pub owner: Option<String>,
    /// Registrable host of its site.
    pub domain: Option<String>,
    /// See [`Thing::latin_forms`].
    latin: OnceLock<Vec<Vec<String>>>,
    /// See [`Thing::coarse_key`].
    coarse: OnceLock<Vec<String>>,
}

impl Thing {
    /// The keys of the words of each name in plain Latin letters, made when first asked for.
    pub(super) fn latin_forms(&self) -> &[Vec<String>] {
        self.latin.get_or_init(|| self.names.iter().filter(|n| n.is_ascii()).map(|n| key_words(n)).collect())
    }

    /// The coarse key of a form of its name; those of its usual names are made when first asked for and kept.
    pub(super) fn coarse_key(&self, form: &str) -> String {
        match self.names.iter().position(|name| name == form) {
            Some(place) => {
                self.coarse.get_or_init(|| self.names.iter().map(|n| coarse_key(n)).collect())[place].clone()
            }
            None => coarse_key(form),
        }
    }
}

/// A name of a thing, as the table of phrases holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    thing: u32,
    /// Place in `World::tags` where the name holds in one language alone.
    language: Option<u8>,
    /// Which of the words (up to 16) want a capital.
    capitals: u16,
    /// A short form in capitals, which must be written so.
    acronym: bool,
    /// How many letters a short form has.
    letters: u8,
}

/// The data set of the world, compiled.
#[derive(Clone, Debug, Default)]
pub struct World {
    things: Vec<Thing>,
    by_id: FxHashMap<String, u32>,
    phrases: Phrases<Name>,
    tags: Vec<String>,
    pub(super) given: GivenNames,
    pub(super) heads: Heads,
    pub(super) towns: Towns,
    /// Names in Cyrillic script by the stems of their words, for languages without a pack: they decline.
    stems: FxHashMap<String, u32>,
    /// The states themselves, sorted.
    states: Vec<u32>,
    /// People by the coarse key of a name of two or more words; `None` where two people share it.
    people: FxHashMap<String, Option<u32>>,
}

/// The file whose things are states themselves, while others lie in one or belong to one.
const STATES: &str = "names-states.tsv";

const COLUMNS: &[&str] = &["id", "names", "country?", "link?", "code?", "owner?", "domain?"];

/// What an id may begin with, and what it then is.
const PREFIXES: &[(&str, EntityKind, LinkKind)] = &[
    ("gpe", EntityKind::Polity, LinkKind::Body),
    ("loc", EntityKind::Place, LinkKind::Body),
    ("org", EntityKind::Organisation, LinkKind::Body),
    ("body", EntityKind::Organisation, LinkKind::Body),
    ("person", EntityKind::Person, LinkKind::Person),
    ("misc", EntityKind::Other, LinkKind::Document),
];

impl World {
    /// Reads every `names-*.tsv` of the folder `world`, and first `user.tsv`, whose names go before
    /// all others. Rows with the id of an earlier row add names to it.
    pub fn load(loader: &mut Loader<'_>) -> World {
        let mut world = World {
            given: GivenNames::load(loader),
            heads: Heads::load(loader),
            towns: Towns::load(loader),
            ..World::default()
        };
        let mut files: Vec<String> = vec!["user.tsv".to_owned()];
        files.extend(loader.names_of("names-"));
        for file in &files {
            for row in loader.tsv(file, COLUMNS) {
                world.add(loader, file, &row);
                if file == STATES
                    && let Some(&index) = world.by_id.get(&row.cells[0])
                {
                    world.states.push(index);
                }
            }
        }
        world.states.sort_unstable();
        world.check_owners(loader);
        world
    }

    fn add(&mut self, loader: &mut Loader<'_>, file: &str, row: &Row) {
        let [id, names, country, link, code, owner, domain] = &row.cells[..] else { return };
        let prefix = id.split(':').next().unwrap_or("");
        let Some(&(_, kind, usual_link)) = PREFIXES.iter().find(|(p, ..)| *p == prefix) else {
            return loader.unknown_label(file, row.line, prefix, PREFIXES.iter().map(|(p, ..)| *p));
        };
        let link = match link.as_str() {
            "" => usual_link,
            label => match LinkKind::parse(label) {
                Some(link) => link,
                None => return loader.unknown_label(file, row.line, label, LinkKind::ALL.iter().map(|l| l.as_str())),
            },
        };
        let is_code = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !country.is_empty() && !is_code {
            return loader.error(file, row.line, 0, format!("'{country}' is no ISO 3166 alpha-3 code"));
        }
        let some = |cell: &String| (!cell.is_empty()).then(|| cell.clone());
        let index = match self.by_id.get(id) {
            Some(&index) => index,
            None => {
                let index = self.things.len() as u32;
                self.by_id.insert(id.clone(), index);
                self.things.push(Thing {
                    id: id.clone(),
                    kind,
                    link,
                    names: Vec::new(),
                    country: some(country),
                    code: some(code),
                    owner: some(owner),
                    domain: some(domain),
                    latin: OnceLock::new(),
                    coarse: OnceLock::new(),
                });
                index
            }
        };
        for name in names.split('|').map(str::trim).filter(|n| !n.is_empty()) {
            self.add_name(loader, index, name, kind);
        }
        if self.things[index as usize].names.is_empty() {
            loader.error(file, row.line, 0, format!("'{id}' has no name"));
        }
    }

    fn add_name(&mut self, loader: &mut Loader<'_>, index: u32, name: &str, kind: EntityKind) {
        let (name, language) = match name.rsplit_once('@') {
            Some((name, tag)) => {
                let place = self.tags.iter().position(|t| t == tag).unwrap_or_else(|| {
                    self.tags.push(tag.to_owned());
                    self.tags.len() - 1
                });
                (name, Some(place as u8))
            }
            None => (name, None),
        };
        let words = words_of(name);
        let phrase = loader.vocabulary.intern_phrase(name);
        let mut capitals = 0;
        for (n, word) in words.iter().take(16).enumerate() {
            if word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
                capitals |= 1 << n;
            }
        }
        let acronym =
            words.len() == 1 && name.chars().count() > 1 && name.chars().all(|c| !c.is_lowercase()) && name.is_ascii();
        self.phrases
            .insert(&phrase, Name { thing: index, language, capitals, acronym, letters: name.len().min(255) as u8 });
        if kind == EntityKind::Person && words.len() > 1 {
            self.people
                .entry(coarse_key(name))
                .and_modify(|other| *other = other.filter(|&o| o == index))
                .or_insert(Some(index));
        }
        if is_cyrillic(name) && words.len() <= MOST_STEMS && name.starts_with(char::is_uppercase) {
            let stems: Vec<String> = words.iter().map(|w| stem(w)).collect();
            self.stems.entry(stems.join(" ")).or_insert(index);
        }
        let names = &mut self.things[index as usize].names;
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }

    fn check_owners(&self, loader: &mut Loader<'_>) {
        for thing in &self.things {
            let Some(owner) = thing.owner.as_deref().filter(|o| !self.by_id.contains_key(*o)) else { continue };
            loader.error("names-*.tsv", 0, 0, format!("the owner '{owner}' of '{}' is in no row", thing.id));
        }
    }

    /// Names of outlets and agencies with their domains, for the reading of pages.
    pub fn outlets(&self) -> Vec<(String, Option<String>)> {
        let media = self.things.iter().filter(|t| t.link == LinkKind::Medium);
        let mut outlets: Vec<_> = media.flat_map(|t| t.names.iter().map(|n| (n.clone(), t.domain.clone()))).collect();
        outlets.sort();
        outlets.dedup();
        outlets
    }

    /// The thing with this id.
    pub fn get(&self, id: &str) -> Option<&Thing> {
        self.by_id.get(id).map(|&index| &self.things[index as usize])
    }

    /// What events call an entity: the short name of the world data, else its country.
    pub fn actor<'a>(&'a self, entity: &'a Entity) -> Option<&'a str> {
        let thing = if entity.known { self.get(&entity.id) } else { None };
        thing.and_then(|t| t.code.as_deref()).or(entity.country.as_deref())
    }

    /// The thing at a place of the list.
    pub(super) fn thing(&self, index: u32) -> &Thing {
        &self.things[index as usize]
    }

    /// The country of a thing that is a state itself.
    pub(super) fn state(&self, index: u32) -> Option<&str> {
        self.states.binary_search(&index).ok().and_then(|_| self.thing(index).country.as_deref())
    }

    /// The person whose name of two or more words has this coarse key, where only one has.
    pub(super) fn person_by_key(&self, key: &str) -> Option<u32> {
        self.people.get(key).copied().flatten()
    }

    /// Notes in the vocabulary which words names begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.phrases.firsts(), Lists::WORLD);
    }

    /// Every name that begins at token `at` and is written as a name is, longest first: its length
    /// in tokens and its thing. `tag` is `None` where the language is unknown: then all names hold.
    pub(super) fn names_at<'a>(
        &'a self,
        tokens: &'a [Token],
        at: usize,
        tag: Option<&'a str>,
    ) -> impl Iterator<Item = (usize, u32)> {
        self.phrases
            .all(tokens, at)
            .filter(move |(len, name)| self.is_written_so(&tokens[at..at + len], name, tag))
            .map(|(len, name)| (len, name.thing))
    }

    /// The name in Cyrillic script, in whatever case, that begins at token `at`.
    pub(super) fn declined_at(&self, source: &str, tokens: &[Token], at: usize) -> Option<(usize, u32)> {
        let first = tokens.get(at).filter(|t| t.shape.is_capital())?.span.of(source);
        if !is_cyrillic(first) {
            return None;
        }
        let mut key = stem(first);
        let mut found = self.stems.get(&key).map(|&thing| (1, thing));
        for len in 2..=MOST_STEMS {
            let Some(token) = tokens.get(at + len - 1).filter(|t| t.shape.is_word() && !t.starts_paragraph) else {
                break;
            };
            key.push(' ');
            key.push_str(&stem(token.span.of(source)));
            if let Some(&thing) = self.stems.get(&key) {
                found = Some((len, thing));
            }
        }
        found
    }

    fn is_written_so(&self, tokens: &[Token], name: &Name, tag: Option<&str>) -> bool {
        if let (Some(place), Some(tag)) = (name.language, tag)
            && self.tags[place as usize] != tag
        {
            return false;
        }
        if name.acronym {
            let token = &tokens[0];
            let long = name.letters > 2 && name.language.is_none();
            return matches!(token.shape, Shape::Upper | Shape::Mixed) || long && token.shape == Shape::Title;
        }
        tokens.iter().take(16).enumerate().all(|(n, token)| {
            name.capitals & (1 << n) == 0
                || token.shape.is_capital()
                || matches!(token.shape, Shape::Uncased | Shape::Number | Shape::Mark)
        })
    }
}

/// Names of more words are looked up as they stand.
const MOST_STEMS: usize = 3;

fn is_cyrillic(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{400}'..='\u{4ff}'))
}

/// A word in Cyrillic script without the vowels and consonants that endings of case are made of: coarse, and
/// the same for every case of most names. Words that would lose nearly all stay whole.
fn stem(word: &str) -> String {
    let lower: Vec<char> = word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect();
    let mut end = lower.len();
    for ending in [
        "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ской", "ский", "ским", "ах", "ях", "ам", "ям", "ом",
        "ем", "ым", "им", "ой", "ей", "ий", "ый", "ая", "яя", "ое", "ую", "ою", "ии", "ия", "ию", "ие", "ых", "их",
    ] {
        let letters = ending.chars().count();
        if end >= letters + 3 && lower[end - letters..end].iter().copied().eq(ending.chars()) {
            end -= letters;
            return lower[..end].iter().collect();
        }
    }
    while end > 3
        && matches!(lower[end - 1], 'а' | 'я' | 'у' | 'ю' | 'е' | 'и' | 'ы' | 'о' | 'ь' | 'й')
        && lower.len() - end < 1
    {
        end -= 1;
    }
    lower[..end].iter().collect()
}
