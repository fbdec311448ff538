//! A pack's words about names: titles, heads of organisations and places, nouns that say what the
//! name beside them is, and words that are no names though they have a capital.

use sumber_core::EntityKind;

use crate::lexicon::{Lists, Phrases, Vocabulary, WordId, WordMap};
use crate::pack::Loader;
use crate::text::Token;

/// What a word of `names.tsv` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// A title or role before (or after) a person's name ('Presiden', 'Menteri Luar Negeri').
    Role,
    /// A noun for people that may stand before a name and inside other names ('nelayan').
    PersonNoun,
    /// Begins the name of an organisation ('Kementerian', 'Federazione').
    BodyFirst,
    /// Ends the name of an organisation ('Ministry', 'Ltd').
    BodyLast,
    /// Begins the name of a place ('Selat').
    PlaceFirst,
    /// Ends the name of a place ('Strait').
    PlaceLast,
    /// A point of the compass after the name of a place ('Jakarta Pusat').
    PlaceTail,
    /// Begins the name of a place that has a government ('Kabupaten').
    PolityFirst,
    /// Ends the name of a place that has a government ('Province').
    PolityLast,
    /// Begins the name of a treaty, a ship's class, a law ('Konvensi').
    ThingFirst,
    /// Ends such a name ('Treaty', 'Accords').
    ThingLast,
    /// A short form that begins the name of a vessel ('MV', 'KRI'): whatever capitals follow belong to it.
    ShipFirst,
    /// A noun beside the name of an organisation ('perusahaan', 'company').
    GenericBody,
    /// A noun beside the name of a medium ('kantor berita').
    GenericMedium,
    /// A noun beside the name of a place with a government ('kota', 'città di').
    GenericPolity,
    /// A noun beside the name of another place ('laut', 'bandara').
    GenericPlace,
    /// A noun for a building or works that is named after its town ('terminal', 'pelabuhan').
    GenericFacility,
    /// A noun beside the name of a ship, a weapon ('kapal', 'metaniera').
    GenericThing,
    /// What ships, aircraft and weapons do ('berlabuh', 'sank').
    ThingVerb,
    /// A verb of speech: who stands beside it is a person or a body.
    Speech,
    /// Words that lead to the medium to which something was said, or from which it is taken ('told', 'dilansir').
    MediumWord,
    /// What media do ('reported', 'memberitakan').
    MediumSays,
    /// A preposition of place.
    PlaceWord,
    /// A preposition that often, not always, leads to a place ('dari', 'from').
    PlaceHint,
    /// A lower-case word inside names of organisations ('dan', 'of', 'dei').
    Inside,
    /// A conjunction inside names of organisations ('dan', 'and').
    InsideAnd,
    /// A lower-case word that goes on a name of an organisation ('nazionale', 'pescatori').
    Tail,
    /// A lower-case word inside names of people ('bin', 'van').
    Particle,
    /// Begins names of people in this language and is a common word in others ('Ni', 'Cut').
    Given,
    /// An article that may stand before a name.
    Article,
    /// A company's legal form, no part of what tells it from others ('PT', 'Ltd').
    Company,
    /// Has a capital by rule and is no name (days, months, religions, languages).
    Never,
    /// Has a capital by rule and is no name alone, yet part of many (religions, peoples, points of the
    /// compass: 'Islamic', 'Northern').
    Adjective,
    /// Joins a place's name to what it lies by ('Mazara del Vallo', 'Cortina d'Ampezzo').
    PlaceJoin,
    /// A word of the language that is no name where it begins a sentence.
    Common,
    /// Not words but how the language makes words: beginning, star, end ('pe*an').
    Derived,
    /// Not words but how the language builds names; see [`NamePack::place_closes`].
    Setting,
}

const CLASSES: &[(&str, Class)] = &[
    ("role", Class::Role),
    ("person-noun", Class::PersonNoun),
    ("body-first", Class::BodyFirst),
    ("body-last", Class::BodyLast),
    ("place-first", Class::PlaceFirst),
    ("place-last", Class::PlaceLast),
    ("place-tail", Class::PlaceTail),
    ("polity-first", Class::PolityFirst),
    ("polity-last", Class::PolityLast),
    ("thing-first", Class::ThingFirst),
    ("thing-last", Class::ThingLast),
    ("ship-first", Class::ShipFirst),
    ("generic-body", Class::GenericBody),
    ("generic-medium", Class::GenericMedium),
    ("generic-polity", Class::GenericPolity),
    ("generic-place", Class::GenericPlace),
    ("generic-facility", Class::GenericFacility),
    ("generic-thing", Class::GenericThing),
    ("thing-verb", Class::ThingVerb),
    ("speech", Class::Speech),
    ("medium-word", Class::MediumWord),
    ("medium-says", Class::MediumSays),
    ("place-word", Class::PlaceWord),
    ("place-hint", Class::PlaceHint),
    ("inside", Class::Inside),
    ("inside-and", Class::InsideAnd),
    ("tail", Class::Tail),
    ("particle", Class::Particle),
    ("given", Class::Given),
    ("article", Class::Article),
    ("company", Class::Company),
    ("never", Class::Never),
    ("adjective", Class::Adjective),
    ("place-join", Class::PlaceJoin),
    ("common", Class::Common),
    ("derived", Class::Derived),
    ("setting", Class::Setting),
];

const SETTINGS: &[&str] = &["place-closes", "compounds", "mononyms", "home-CODE"];

impl Class {
    /// What a noun beside a name makes of it.
    pub(super) fn generic_kind(self) -> Option<EntityKind> {
        match self {
            Class::GenericBody | Class::GenericMedium => Some(EntityKind::Organisation),
            Class::GenericPolity | Class::GenericFacility => Some(EntityKind::Polity),
            Class::GenericPlace => Some(EntityKind::Place),
            Class::GenericThing => Some(EntityKind::Other),
            _ => None,
        }
    }

    /// The kind of a name that this class begins.
    pub(super) fn first_kind(self) -> Option<EntityKind> {
        match self {
            Class::BodyFirst => Some(EntityKind::Organisation),
            Class::PlaceFirst => Some(EntityKind::Place),
            Class::PolityFirst => Some(EntityKind::Polity),
            Class::ThingFirst | Class::ShipFirst => Some(EntityKind::Other),
            _ => None,
        }
    }

    /// The kind of a name that this class ends.
    pub(super) fn last_kind(self) -> Option<EntityKind> {
        match self {
            Class::BodyLast => Some(EntityKind::Organisation),
            Class::PlaceLast => Some(EntityKind::Place),
            Class::PolityLast => Some(EntityKind::Polity),
            Class::ThingLast => Some(EntityKind::Other),
            _ => None,
        }
    }
}

/// A body that every state has, and how a language calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StateBody {
    /// The label shared by all languages: `foreign-ministry`.
    pub role: String,
    /// Its names in this language, without a state, the usual one first.
    pub names: Vec<String>,
}

/// Words that begin or end names in whatever language the article is written: `world/heads.tsv`.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    phrases: Phrases<Class>,
}

impl Heads {
    /// Reads `heads.tsv` of the folder `world`.
    pub(super) fn load(loader: &mut Loader<'_>) -> Heads {
        let mut heads = Heads::default();
        for row in loader.tsv("heads.tsv", &["class", "words"]) {
            let Some(&(_, class)) = CLASSES.iter().find(|(label, _)| *label == row.cells[0]) else {
                loader.unknown_label("heads.tsv", row.line, &row.cells[0], CLASSES.iter().map(|(label, _)| *label));
                continue;
            };
            for words in row.cells[1].split('|').map(str::trim).filter(|w| !w.is_empty()) {
                let phrase = loader.vocabulary.intern_phrase(words);
                heads.phrases.insert(&phrase, class);
            }
        }
        heads
    }

    /// Every class with a phrase that begins at token `at`, longest first.
    pub(super) fn classes_at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, Class)> {
        self.phrases.all(tokens, at).map(|(len, &class)| (len, class))
    }
}

/// A pack's words about names, compiled.
#[derive(Clone, Debug, Default)]
pub struct NamePack {
    phrases: Phrases<Class>,
    /// Classes of single words, as bits; answers most questions without the phrases.
    singles: WordMap<u64>,
    /// Classes of the phrases that begin with a word, as bits.
    firsts: WordMap<u64>,
    demonyms: Phrases<Box<str>>,
    bodies: Phrases<u16>,
    pub(super) state_bodies: Vec<StateBody>,
    /// A state's name closes the name before it: what follows is another name ('Presiden Rusia
    /// Vladimir Putin'), while English goes on ('Moscow Exchange').
    pub(super) place_closes: bool,
    /// People of the language often have one name alone.
    pub(super) mononyms: bool,
    /// Adjectives of states are written with a capital ('Greek'); where they are not, one inside a name of
    /// capitals is a family name ('Ettore Greco').
    pub(super) capital_demonyms: bool,
    /// Beginnings and ends of words that the language makes of others ('pe…an'): such a word is no name alone.
    derived: Vec<(String, String)>,
    /// The state, alpha-3, whose bodies the language's newsrooms mean where nothing else tells.
    pub(super) home: Option<String>,
    /// BCP 47 tag of the pack.
    pub(super) tag: String,
}

impl NamePack {
    /// Reads the pack's `names.tsv`, `demonyms.tsv`, `bodies.tsv` and `common.tsv`.
    pub fn load(loader: &mut Loader<'_>) -> NamePack {
        let mut pack = NamePack { tag: loader.tag().to_owned(), ..NamePack::default() };
        for row in loader.tsv("names.tsv", &["class", "words"]) {
            let Some(&(_, class)) = CLASSES.iter().find(|(label, _)| *label == row.cells[0]) else {
                loader.unknown_label("names.tsv", row.line, &row.cells[0], CLASSES.iter().map(|(label, _)| *label));
                continue;
            };
            for words in row.cells[1].split('|').map(str::trim).filter(|w| !w.is_empty()) {
                if class == Class::Derived {
                    let (begin, end) = words.split_once('*').unwrap_or((words, ""));
                    pack.derived.push((begin.to_owned(), end.to_owned()));
                    continue;
                }
                if class == Class::Setting {
                    match words {
                        "place-closes" => pack.place_closes = true,
                        "mononyms" => pack.mononyms = true,
                        "compounds" => pack.place_closes = false,
                        home if home.starts_with("home-") => pack.home = Some(home[5..].to_uppercase()),
                        _ => loader.unknown_label("names.tsv", row.line, words, SETTINGS.iter().copied()),
                    }
                    continue;
                }
                pack.add(loader.vocabulary, words, class);
            }
        }
        for row in loader.tsv("common.tsv", &["words"]) {
            for word in row.cells[0].split(' ').filter(|w| !w.is_empty()) {
                let id = loader.vocabulary.intern(word);
                *pack.singles.or_default(id) |= 1u64 << Class::Common as u32;
            }
        }
        for row in loader.tsv("demonyms.tsv", &["country", "words"]) {
            for word in row.cells[1].split('|').flat_map(endings) {
                let phrase = loader.vocabulary.intern_phrase(&word);
                pack.capital_demonyms |= word.starts_with(char::is_uppercase);
                pack.demonyms.insert(&phrase, row.cells[0].as_str().into());
            }
        }
        for row in loader.tsv("bodies.tsv", &["role", "names"]) {
            let names: Vec<String> =
                row.cells[1].split('|').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
            for name in &names {
                let phrase = loader.vocabulary.intern_phrase(name);
                pack.bodies.insert(&phrase, pack.state_bodies.len() as u16);
            }
            pack.state_bodies.push(StateBody { role: row.cells[0].clone(), names });
        }
        pack
    }

    /// Notes in the vocabulary which words the lists begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.demonyms.firsts(), Lists::DEMONYMS);
        vocabulary.mark(self.bodies.firsts(), Lists::BODIES);
        vocabulary.mark(self.firsts.words(), Lists::NAMES);
    }

    fn add(&mut self, vocabulary: &mut Vocabulary, words: &str, class: Class) {
        let phrase = vocabulary.intern_phrase(words);
        if let [word] = phrase[..] {
            *self.singles.or_default(word) |= 1u64 << class as u32;
        }
        if let Some(&first) = phrase.first() {
            *self.firsts.or_default(first) |= 1u64 << class as u32;
        }
        self.phrases.insert(&phrase, class);
    }

    /// Whether a single word is of this class.
    pub(super) fn is(&self, word: WordId, class: Class) -> bool {
        self.singles.get(&word).is_some_and(|bits| bits & (1u64 << class as u32) != 0)
    }

    /// Whether a word of eight or more letters has the beginning and the end of the language's derived words.
    pub(super) fn is_derived(&self, word: &str) -> bool {
        if self.derived.is_empty() || word.len() < 8 || !word.is_ascii() {
            return false;
        }
        let folded = word.to_ascii_lowercase();
        self.derived.iter().any(|(begin, end)| folded.starts_with(begin.as_str()) && folded.ends_with(end.as_str()))
    }

    /// Every class with a phrase that begins at token `at`, longest first.
    pub(super) fn classes_at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, Class)> {
        self.phrases.all(tokens, at).map(|(len, &class)| (len, class))
    }

    /// Whether a role, a demonym or a body that every state has may begin with a token.
    pub(super) fn begins(&self, token: &Token) -> bool {
        let roles = 1 << Class::Role as u32 | 1 << Class::PersonNoun as u32;
        let role = || self.firsts.get(&token.word).is_some_and(|bits| bits & roles != 0);
        token.lists.has(Lists::NAMES) && role()
            || token.lists.has(Lists::DEMONYMS) && self.demonyms.begins(token.word)
            || token.lists.has(Lists::BODIES) && self.bodies.begins(token.word)
    }

    /// Length of the longest phrase of this class that begins at token `at`.
    pub(super) fn longest(&self, tokens: &[Token], at: usize, class: Class) -> Option<usize> {
        let token = tokens.get(at).filter(|token| token.lists.has(Lists::NAMES))?;
        let first = self.firsts.get(&token.word)?;
        if first & (1u64 << class as u32) == 0 {
            return None;
        }
        self.phrases.all(tokens, at).find(|(_, c)| **c == class).map(|(len, _)| len)
    }

    /// The adjective or demonym that begins at token `at`: its length and its state, alpha-3.
    pub fn demonym_at<'a>(&'a self, tokens: &'a [Token], at: usize) -> Option<(usize, &'a str)> {
        tokens.get(at).filter(|token| token.lists.has(Lists::DEMONYMS))?;
        self.demonyms.longest(tokens, at).map(|(len, country)| (len, &**country))
    }

    /// A body that every state has ('foreign ministry'), in any case: its length and its place in
    /// [`NamePack::state_bodies`].
    pub(super) fn body_at(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        tokens.get(at).filter(|token| token.lists.has(Lists::BODIES))?;
        self.bodies.longest(tokens, at).map(|(len, &index)| (len, index as usize))
    }
}

/// The forms that `stem/o/a/i` stands for: the stem with each of the endings; a word without a
/// stroke stands for itself.
fn endings(word: &str) -> Vec<String> {
    let mut parts = word.trim().split('/');
    let stem = parts.next().unwrap_or("");
    let forms: Vec<String> = parts.map(|ending| format!("{stem}{ending}")).collect();
    match forms.is_empty() {
        true if stem.is_empty() => Vec::new(),
        true => vec![stem.to_owned()],
        false => forms,
    }
}

#[cfg(test)]
mod tests {
    use super::endings;

    #[test]
    fn endings_are_put_to_the_stem() {
        assert_eq!(endings("iranian/o/a/i/e"), ["iraniano", "iraniana", "iraniani", "iraniane"]);
        assert_eq!(endings("Iranian"), ["Iranian"]);
        assert!(endings(" ").is_empty());
    }
}
