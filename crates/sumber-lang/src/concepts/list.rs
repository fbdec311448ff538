//! The shared list of concepts, and one language's words for them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Stems, WordKeys};
use crate::lexicon::{Lists, WordId, WordMap, WordSet};
use crate::pack::Loader;
use crate::text::{self, Token};

/// Kinds of concepts, the second column of `world/concepts.tsv`.
const KINDS: &[&str] = &[
    "weapon",
    "military",
    "conflict",
    "diplomacy",
    "politics",
    "law",
    "economy",
    "energy",
    "sea",
    "transport",
    "disaster",
    "health",
    "society",
    "technology",
    "relation",
    "people",
    "culture",
    "nature",
    "goods",
    "measure",
    "action",
    "movement",
    "change",
    "speech",
    "mind",
    "state",
];

/// Ids of concepts, shared by all languages: `world/concepts.tsv`.
#[derive(Clone, Debug, Default)]
pub struct ConceptList {
    ids: Vec<Arc<str>>,
    by_id: FxHashMap<String, u32>,
}

impl ConceptList {
    /// Reads `concepts.tsv` of the folder `world`.
    pub fn load(loader: &mut Loader<'_>) -> ConceptList {
        let mut list = ConceptList::default();
        for row in loader.tsv("concepts.tsv", &["id", "kind", "gloss"]) {
            let [id, kind, _] = &row.cells[..] else { continue };
            if !KINDS.contains(&kind.as_str()) {
                loader.unknown_label("concepts.tsv", row.line, kind, KINDS.iter().copied());
            }
            if list.by_id.insert(id.clone(), list.ids.len() as u32).is_some() {
                loader.error("concepts.tsv", row.line, 0, format!("the concept '{id}' is listed twice"));
            }
            list.ids.push(id.as_str().into());
        }
        list
    }

    /// The id with a number that this list gave.
    pub fn id(&self, number: u32) -> &Arc<str> {
        &self.ids[number as usize]
    }

    /// All ids, in the order of the file.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.ids.iter().map(AsRef::as_ref)
    }
}

/// One word of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Any form with this stem.
    Stem(u64),
    /// This form alone; marks too.
    Exact(WordId),
}

/// A phrase without its first word, and the concept that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// Its second word, which alone tells most phrases that do not stand here.
    second: Option<Part>,
    /// The words after the first.
    rest: Box<[Part]>,
    number: u32,
}

/// Which keys a table may hold, by some bits of each.
#[derive(Clone, Debug, Default)]
struct KeyBits(Vec<u64>);

impl KeyBits {
    /// How many numbers hold the bits.
    const SIZE: usize = 1 << 10;

    fn insert(&mut self, key: u64) {
        self.0.resize(KeyBits::SIZE, 0);
        self.0[(key >> 6) as usize % KeyBits::SIZE] |= 1 << (key % 64);
    }

    /// Whether the key may have been added; never so for 0, which is no key.
    fn may_hold(&self, key: u64) -> bool {
        let bits = self.0.get((key >> 6) as usize % KeyBits::SIZE);
        key != 0 && bits.is_some_and(|bits| bits & 1 << (key % 64) != 0)
    }
}

/// One language's phrases for concepts, by the key of the first word.
#[derive(Clone, Debug, Default)]
pub(super) struct ConceptWords {
    by_stem: FxHashMap<u64, Vec<Entry>>,
    /// Bits of the keys in `by_stem`: most words begin no phrase, and this is small enough to stay near.
    stems: KeyBits,
    by_word: WordMap<Vec<Entry>>,
}

impl ConceptWords {
    /// Reads `concepts.tsv` of a language.
    pub(super) fn load(loader: &mut Loader<'_>, list: &ConceptList, stems: &Stems) -> ConceptWords {
        let mut words = ConceptWords::default();
        let mut buffer = String::new();
        for row in loader.tsv("concepts.tsv", &["id", "words"]) {
            let Some(&number) = list.by_id.get(&row.cells[0]) else {
                loader.unknown_label("concepts.tsv", row.line, &row.cells[0], list.ids());
                continue;
            };
            for phrase in row.cells[1].split('|').map(str::trim).filter(|p| !p.is_empty()) {
                let exact = phrase.starts_with('=');
                let parts: Vec<Part> = text::words_of(phrase.trim_start_matches('='))
                    .into_iter()
                    .map(|word| match exact || !word.chars().all(char::is_alphabetic) {
                        true => Part::Exact(loader.vocabulary.intern(word)),
                        false => Part::Stem(stems.key(word, &mut buffer)),
                    })
                    .collect();
                words.insert(&parts, number);
            }
        }
        words
    }

    fn insert(&mut self, parts: &[Part], number: u32) {
        let Some((first, rest)) = parts.split_first() else { return };
        let entries = match *first {
            Part::Stem(key) => {
                self.stems.insert(key);
                self.by_stem.entry(key).or_default()
            }
            Part::Exact(word) => self.by_word.or_default(word),
        };
        let entry = Entry { second: rest.first().copied(), rest: rest.into(), number };
        if !entries.contains(&entry) {
            let place = entries.partition_point(|other| other.rest.len() >= rest.len());
            entries.insert(place, entry);
        }
    }

    /// The words that are told as they stand and begin a phrase.
    pub(super) fn firsts(&self) -> &WordSet {
        self.by_word.words()
    }

    /// The longest phrase that begins at token `at`: its length in tokens and the concepts it stands for.
    pub(super) fn longest<'a>(
        &'a self,
        tokens: &'a [Token],
        keys: &'a [WordKeys],
        at: usize,
    ) -> Option<(usize, impl Iterator<Item = u32> + 'a)> {
        let of_stem = self.stems.may_hold(keys[at].stem).then(|| self.by_stem.get(&keys[at].stem)).flatten();
        let listed = tokens[at].lists.has(Lists::CONCEPTS);
        let of_word = listed.then(|| self.by_word.get(&tokens[at].word)).flatten();
        if of_stem.is_none() && of_word.is_none() {
            return None;
        }
        let stands = move |at: usize, part: Part| match part {
            Part::Stem(key) => keys.get(at).is_some_and(|keys| keys.stem == key),
            Part::Exact(word) => tokens.get(at).is_some_and(|t| t.word == word),
        };
        let fits = move |entry: &&'a Entry| {
            entry.second.is_none_or(|part| stands(at + 1, part))
                && entry.rest.iter().enumerate().skip(1).all(|(n, &part)| stands(at + 1 + n, part))
        };
        // the longest of each list stands first
        let longest = |list: Option<&'a Vec<Entry>>| list.and_then(|l| l.iter().find(fits)).map(|e| e.rest.len());
        let length = longest(of_word).max(longest(of_stem))?;
        let fitting = of_word.into_iter().chain(of_stem).flatten().filter(move |e| e.rest.len() == length).filter(fits);
        Some((length + 1, fitting.map(|e| e.number)))
    }
}
