//! A language's words about events: triggers, and the small words that show roles and status.

use std::collections::BTreeMap;

use sumber_core::EventKind;

use crate::lexicon::{Lists, Phrases, Vocabulary};
use crate::pack::{Loader, closest};
use crate::text::Token;

/// What kind of word a trigger is: who does what depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The subject acts.
    Verb,
    /// The subject acts or suffers: words beside it tell.
    Participle,
    /// The subject suffers.
    Passive,
    /// Possessors, adjectives and prepositions tell.
    Noun,
}

/// How the sides of an event are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Roles {
    /// From one to another.
    Directed,
    /// The subject receives ('was given', 'menerima').
    Reverse,
    /// A noun whose possessor suffers ('the murder of').
    ObjectOf,
    /// All sides are equal.
    Joint,
    /// Equal sides, and what follows straight is their topic ('discuss').
    Talk,
    /// Equal sides, and agreed while it is still to come.
    Sign,
    /// A guest and a host.
    Visit,
    /// The side that acts alone, at home where none is named.
    Home,
}

/// One reading of a trigger word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trigger {
    /// `None` for words that look like a trigger and are none ('refused to comment').
    pub(super) kind: Option<EventKind>,
    pub(super) part: Part,
    pub(super) roles: Roles,
    /// How many sides the clause itself must tell.
    pub(super) needs: u8,
    /// Of which lists a word must stand beside it, as bits: 'sent' with 'troops' is another thing than with
    /// 'doctors'; 0 for any.
    pub(super) object: u32,
}

const PARTS: &[(&str, Part)] =
    &[("verb", Part::Verb), ("participle", Part::Participle), ("passive", Part::Passive), ("noun", Part::Noun)];

const ROLES: &[(&str, Roles)] = &[
    ("", Roles::Directed),
    ("reverse", Roles::Reverse),
    ("object-of", Roles::ObjectOf),
    ("joint", Roles::Joint),
    ("talk", Roles::Talk),
    ("sign", Roles::Sign),
    ("visit", Roles::Visit),
    ("home", Roles::Home),
];

/// Classes of small words: one bit each.
pub(super) type Class = u32;

macro_rules! classes {
    ($($(#[$meta:meta])* $name:ident = $key:literal),+ $(,)?) => {
        classes!(@bits 0; $($(#[$meta])* $name,)+);
        /// Names of the classes in `events.toml`, with their bits.
        const CLASSES: &[(&str, Class)] = &[$(($key, $name)),+];
    };
    (@bits $n:expr; $(#[$meta:meta])* $name:ident, $($rest:tt)*) => {
        $(#[$meta])*
        pub(super) const $name: Class = 1 << ($n);
        classes!(@bits $n + 1; $($rest)*);
    };
    (@bits $n:expr;) => {};
}

classes! {
    /// Before the one who did it in the passive ('by', 'oleh', 'da').
    BY = "by",
    /// Before the one it is done to ('to', 'against', 'kepada', 'contro').
    TO = "to",
    /// Before a possessor ('of', 'di').
    OF = "of",
    /// After a possessor ("'s").
    GENITIVE = "genitive",
    /// Before an equal side ('with', 'dengan', 'con').
    WITH = "with",
    /// Before two equal sides ('between', 'antara', 'tra').
    BETWEEN = "between",
    /// Joins names ('and', 'dan', 'e', a comma).
    AND = "and",
    /// Before a place or a circumstance: what follows is neither subject nor object.
    OBLIQUE = "oblique",
    /// Begins another clause ('that', 'after', 'setelah', 'perché').
    OPENER = "opener",
    /// Begins a clause about the word before ('which', 'yang', 'che').
    RELATIVE = "relative",
    /// Begins a clause that need not be true ('if', 'jika', 'se').
    CONDITION = "condition",
    /// Shows that the next word is a noun ('the', 'sebuah', 'un').
    DETERMINER = "determiner",
    /// Makes a participle passive ('was', 'è', 'venne').
    PASSIVE = "passive",
    /// Makes a participle active ('has', 'ha').
    ACTIVE = "active",
    /// Still to come ('will', 'akan', 'rencana').
    PLANNED = "planned",
    /// Perhaps ('may', 'mungkin', 'potrebbe').
    POSSIBLE = "possible",
    /// Under way ('sedang', 'sta', 'continues to').
    ONGOING = "ongoing",
    /// Not.
    NEGATION = "negation",
    /// What follows is to be averted ('avoid', 'mencegah', 'evitare').
    AVERT = "avert",
    /// Stands for two states that were named before ('both countries', 'kedua negara').
    BOTH = "both",
    /// Words that look like a state and are none ('dolar AS').
    NO_SIDE = "no-side",
    /// Stands for somebody named before ('he', 'ia').
    PRONOUN = "pronoun",
    /// People and bodies that act in public life and that the grammar does not list as sources.
    CIVIL = "civil",
    /// Words of games ('half-time', 'the striker'): who attacks and defends there is no state.
    SPORT = "sport",
    /// What ought to be and need not come ('should', 'harus').
    DEONTIC = "deontic",
    /// Before a verb that is only meant ('untuk', 'per').
    PURPOSE = "purpose",
    /// Subjects of what did not happen ('no one', 'nessuno').
    NOBODY = "nobody",
    /// People who act for no state ('gunmen', 'para penculik').
    OUTLAW = "outlaw",
    /// Verbs that only carry an event noun ('launch', 'melakukan', 'sferrare').
    LIGHT = "light",
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct EventsFile {
    words: BTreeMap<String, Vec<String>>,
    /// What is sent, handed over, closed: lists that `events.tsv` names.
    objects: BTreeMap<String, Vec<String>>,
    /// Endings of verbs that are still to come.
    future_endings: Vec<String>,
    /// Endings of verbs that need not be true.
    conditional_endings: Vec<String>,
    /// A participle with no auxiliary is passive.
    bare_participle_is_passive: bool,
    /// Endings of nouns that mean 'his', 'its', 'their'.
    possessive_endings: Vec<String>,
    /// The state whose newspapers write in the language, where it has but one (alpha-3).
    home: Option<String>,
    examples: Vec<String>,
}

/// A pack's words about events, compiled.
#[derive(Clone, Debug, Default)]
pub struct EventPack {
    triggers: Phrases<Trigger>,
    classes: Phrases<Class>,
    objects: Phrases<u32>,
    pub(super) future_endings: Vec<String>,
    pub(super) conditional_endings: Vec<String>,
    pub(super) bare_participle_is_passive: bool,
    pub(super) possessive_endings: Vec<String>,
    pub(super) home: Option<String>,
    pub(super) examples: Vec<String>,
}

impl EventPack {
    /// Reads `events.tsv` and `events.toml` of the pack that `loader` stands in.
    pub fn load(loader: &mut Loader<'_>) -> EventPack {
        let mut pack = EventPack::default();
        let file = loader.toml::<EventsFile>("events.toml");
        let lists: Vec<&str> = file.iter().flat_map(|f| f.value.objects.keys().map(String::as_str)).collect();
        pack.load_triggers(loader, &lists);
        let Some(file) = &file else { return pack };
        for (n, words) in file.value.objects.values().enumerate() {
            for phrase in words {
                let words = loader.vocabulary.intern_phrase(phrase);
                pack.objects.insert(&words, 1 << n.min(31));
            }
        }
        let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
        for (key, words) in &file.value.words {
            match CLASSES.iter().find(|(name, _)| name == key) {
                Some((_, class)) => words.iter().for_each(|w| *classes.entry(w).or_default() |= class),
                None => {
                    let hint = closest(key, CLASSES.iter().map(|(name, _)| *name))
                        .map_or(String::new(), |c| format!("; did you mean '{c}'?"));
                    let line = file.text.lines().position(|l| l.trim_start().starts_with(key.as_str()));
                    let line = line.map_or(0, |l| l + 1);
                    loader.error("events.toml", line, 0, format!("unknown class of words '{key}'{hint}"));
                }
            }
        }
        for (phrase, class) in classes {
            let words = loader.vocabulary.intern_phrase(phrase);
            pack.classes.insert(&words, class);
        }
        pack.future_endings.clone_from(&file.value.future_endings);
        pack.conditional_endings.clone_from(&file.value.conditional_endings);
        pack.bare_participle_is_passive = file.value.bare_participle_is_passive;
        pack.possessive_endings.clone_from(&file.value.possessive_endings);
        pack.home.clone_from(&file.value.home);
        pack.examples.clone_from(&file.value.examples);
        loader.count("events.toml", pack.examples.len());
        pack
    }

    fn load_triggers(&mut self, loader: &mut Loader<'_>, lists: &[&str]) {
        for row in loader.tsv("events.tsv", &["type", "part", "roles", "needs", "words", "object?"]) {
            let [kind, part, roles, needs, words, object] = &row.cells[..] else { continue };
            let known = EventKind::parse(kind);
            if known.is_none() && kind != "none" {
                let labels = EventKind::ALL.iter().map(|k| k.as_str()).chain(["none"]);
                loader.unknown_label("events.tsv", row.line, kind, labels);
                continue;
            }
            let Some(&(_, part)) = PARTS.iter().find(|(name, _)| name == part) else {
                loader.unknown_label("events.tsv", row.line, part, PARTS.iter().map(|(name, _)| *name));
                continue;
            };
            let Some(&(_, roles)) = ROLES.iter().find(|(name, _)| name == roles) else {
                loader.unknown_label("events.tsv", row.line, roles, ROLES.iter().map(|(name, _)| *name));
                continue;
            };
            let Ok(needs @ 0..=2) = needs.parse::<u8>() else {
                loader.error("events.tsv", row.line, 0, format!("'needs' is 0, 1 or 2 sides, not '{needs}'"));
                continue;
            };
            let mut beside = 0;
            for list in object.split('|').map(str::trim).filter(|list| !list.is_empty()) {
                match lists.iter().position(|known| *known == list) {
                    Some(n) => beside |= 1 << n.min(31),
                    None => loader.unknown_label("events.tsv", row.line, list, lists.iter().copied()),
                }
            }
            for phrase in words.split('|').map(str::trim).filter(|p| !p.is_empty()) {
                let words = loader.vocabulary.intern_phrase(phrase);
                self.triggers.insert(&words, Trigger { kind: known, part, roles, needs, object: beside });
            }
        }
    }

    /// Notes in the vocabulary which words the lists begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.triggers.firsts(), Lists::TRIGGERS);
        vocabulary.mark(self.classes.firsts(), Lists::EVENTS);
    }

    /// The readings of the longest trigger that begins at a token: length in tokens and readings.
    pub(super) fn triggers_at<'a>(
        &'a self,
        tokens: &'a [Token],
        at: usize,
    ) -> Option<(usize, impl Iterator<Item = &'a Trigger> + Clone + 'a)> {
        tokens.get(at).filter(|token| token.lists.has(Lists::TRIGGERS))?;
        let mut all = self.triggers.all(tokens, at);
        let (length, first) = all.next()?;
        let readings = all.take_while(move |(other, _)| *other == length).map(|(_, trigger)| trigger);
        Some((length, std::iter::once(first).chain(readings)))
    }

    /// The lists of objects of which a word or phrase begins at a token, as bits.
    pub(super) fn objects_at(&self, tokens: &[Token], at: usize) -> u32 {
        self.objects.longest(tokens, at).map_or(0, |(_, lists)| *lists)
    }

    /// The classes of every token.
    pub(super) fn classes_of(&self, tokens: &[Token]) -> Vec<Class> {
        let mut classes = vec![0; tokens.len()];
        for at in (0..tokens.len()).filter(|&at| tokens[at].lists.has(Lists::EVENTS)) {
            if let Some((length, class)) = self.classes.longest(tokens, at) {
                for place in &mut classes[at..at + length] {
                    *place |= class;
                }
            }
        }
        classes
    }
}
