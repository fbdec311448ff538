//! The pack's words about statements: function words by class (`grammar.tsv`), reporting words by
//! class and form (`reporting.tsv`), and rules (`statements.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sumber_core::Stance;

use super::pattern::{Element, Pattern, Rule};
use crate::lexicon::{Lists, Phrases, Vocabulary, WordId, WordMap};
use crate::pack::Loader;

/// Declares the closed list of word classes, one bit each.
macro_rules! classes {
    ($($(#[$meta:meta])* $constant:ident = $name:literal),+ $(,)?) => {
        /// The closed list of word classes that `grammar.tsv` may use, and their bits.
        pub mod class {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($constant),+ }
            $($(#[$meta])* pub const $constant: u64 = 1 << Place::$constant as u64;)+
            /// Names and bits.
            pub const ALL: &[(&str, u64)] = &[$(($name, $constant)),+];
        }
    };
}

classes! {
    /// Opens a content clause ('that', 'bahwa', 'che').
    THAT = "that",
    /// Opens a relative clause.
    RELATIVE = "relative",
    /// Joins equals.
    AND = "and",
    /// Opens a clause of its own; no noun phrase runs over it.
    BOUNDARY = "boundary",
    /// Opens a contrasting clause after a comma; content ends before it.
    CONTRAST = "contrast",
    /// Words at a sentence's start that belong to neither source nor content.
    LEAD = "lead",
    /// Adverbs that may stand in a verbal group or beside a source.
    ADVERB = "adverb",
    /// Adverbs that go with the verb after them, not with the reporting word before ('baru saja', 'only').
    ASPECT = "aspect",
    /// Auxiliaries.
    AUXILIARY = "auxiliary",
    /// Auxiliaries that make the verb passive.
    PASSIVE = "passive",
    /// Auxiliaries by which the reporter steps back ('avrebbe').
    CONDITIONAL = "conditional",
    /// Auxiliaries that make the verb a thing to come or a possible one ('will', 'might').
    MODAL = "modal",
    /// Turns the verb into its opposite.
    NEGATION = "negation",
    /// Prepositions that no noun phrase holds.
    PREPOSITION = "preposition",
    /// Prepositions that may stand inside a noun phrase ('of', 'di').
    NP_PREPOSITION = "np-preposition",
    /// Articles and quantifiers.
    DETERMINER = "determiner",
    /// Articles and possessives that a noun must follow: what stands right after one is no finite verb.
    ARTICLE = "article",
    /// Articles that point to something known ('the', 'il').
    DEFINITE = "definite",
    /// Point back to something named ('tersebut', 'the same').
    DEMONSTRATIVE = "demonstrative",
    /// Third person singular, a human being.
    HE = "he",
    /// Third person plural.
    THEY = "they",
    /// Third person singular, a thing or body.
    IT = "it",
    /// What is his or hers: a pronoun for the same one as [`HE`].
    HIS = "his",
    /// What is theirs.
    THEIR = "their",
    /// What belongs to a thing or body.
    ITS = "its",
    /// Pronouns that stand for the sentence before ('lo', 'hal itu', 'this').
    PREVIOUS = "previous",
    /// Only says that it is the same as before, or not ('hal senada', 'the opposite'): no content.
    ECHO = "echo",
    /// Prepositions that tell what is spoken about, not what is said ('about', 'soal').
    TOPIC = "topic",
    /// Number words, with their value.
    NUMBER = "number",
    /// 'percent': the number before it counts no people.
    SHARE = "share",
    /// 'if', 'unless': what is said after it may not have been.
    HYPOTHETICAL = "hypothetical",
    /// Verbs that give a thing its name ('dub', 'nickname'); beside the bare name they are passive.
    NAMING = "naming",
    /// Reporting words that nothing but a clause or quotation follows ('say', 'insist').
    CLAUSAL = "clausal",
    /// 'one of'.
    ONE_OF = "one-of",
    /// People described and not named ('sources', 'pejabat').
    ANONYMOUS = "anonymous",
    /// The same, of whom there are several.
    PLURAL = "plural",
    /// A report, statement, data: speaks for who made it.
    REPORT = "report",
    /// A treaty, law, court file: speaks for itself.
    DOCUMENT = "document",
    /// News agency, newspaper, broadcaster.
    MEDIUM = "medium",
    /// Ministry, government, company.
    BODY = "body",
    /// Bodies that are the state itself ('government').
    GOVERNMENT = "government",
    /// People and organs that a state has ('official', 'central bank'): where nothing else tells of which state, of
    /// the one that the article is about.
    STATE = "state",
    /// Words that any body may be called after its name was told ('the company', 'the group').
    ANY_BODY = "any-body",
    /// Words that any person may be called after they were described ('the man', 'the official').
    ANY_PERSON = "any-person",
    /// People who may be of any state, wherever the article is set ('diplomat', 'analyst', 'person familiar with').
    ANYWHERE = "anywhere",
    /// Roles of people.
    PERSON = "person",
    /// Roles of those who speak for a body ('spokesman').
    VOICE = "voice",
    /// Leads to whom something is said.
    TO = "to",
    /// Reporters, the press: an addressee that is no medium.
    PRESS = "press",
    /// Leads to who did it in a passive.
    BY = "by",
    /// Verbs that are no reporting words, as far as they end a noun phrase.
    VERB = "verb",
    /// Words that look like verbs and are none.
    NOT_VERB = "not-verb",
    /// Makes the verb after it an infinitive, which reports nothing by itself ('to', 'untuk').
    INFINITIVE = "infinitive",
    /// Opens a quotation's medium ('in an interview with', 'in un'intervista a').
    THROUGH = "through",
    /// Words that make a content clause possible or hearsay.
    HEARSAY = "hearsay",
}

/// Declares an enum with names for packs.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }
        impl $name {
            /// All names.
            pub const NAMES: &'static [&'static str] = &[$($text),+];
            /// By name.
            pub fn parse(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// What a reporting word does; patterns name it.
    CueClass {
        /// Takes a quotation, a that-clause or a bare clause.
        Say = "say",
        /// Wants an addressee first.
        Tell = "tell",
        /// Holds an opinion: only with a clause.
        Think = "think",
        /// Asks, urges, threatens, promises: only with quotation marks or a that-clause.
        Urge = "urge",
        /// Takes a noun phrase as its content ('underline', 'announce').
        Stress = "stress",
        /// Only with quotation marks ('describe', 'call', 'thank').
        Label = "label",
        /// Says that it is not so.
        Deny = "deny",
        /// Answers or comments: a statement where negated or refused.
        Respond = "respond",
        /// Refuses to.
        Refuse = "refuse",
        /// A whole refusal ('no comment', 'bungkam').
        Decline = "decline",
        /// Names another as the source ('citing', 'mengutip').
        Cite = "cite",
        /// 'According to'.
        According = "according",
        /// Data and documents show.
        Show = "show",
        /// Is told with no teller ('reportedly', 'dikabarkan', 'è stato riferito').
        Hearsay = "hearsay",
    }
}

names! {
    /// The form in which a reporting word stands; patterns name it after a point.
    CueForm {
        /// A verb of its own.
        Finite = "finite",
        /// Wants an auxiliary before it.
        Participle = "participle",
        /// Takes its subject from the clause before ('adding', 'aggiungendo').
        Gerund = "gerund",
        /// Its speaker is in the word ('ujarnya').
        Clitic = "clitic",
        /// Stands only beside a quotation or between commas ('kata', 'ujar'), or with a figure ('put').
        Bare = "bare",
        /// Passive, with an agent or none ('disebut').
        Passive = "passive",
        /// After 'to' or a refusal ('to comment', 'berkomentar').
        Infinitive = "infinitive",
        /// A noun ('the statement that').
        Noun = "noun",
    }
}

/// What a reporting word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueEntry {
    /// What it does.
    pub class: CueClass,
    /// In which form.
    pub form: CueForm,
    /// The stance that it gives.
    pub stance: Stance,
}

/// A row of `grammar.tsv` whose words name bodies of one sort: one may be called what another of them was.
const SORT: &str = "sort";
/// The same of people by their work: 'the priest' may be a bishop, no mayor.
const OFFICE: &str = "office";

/// Of which sorts the bodies and the people may be that words tell, one bit a row; none where they do not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorts {
    pub bodies: u64,
    pub offices: u64,
}

impl Sorts {
    /// Those of both.
    pub(super) fn and(self, other: Sorts) -> Sorts {
        Sorts { bodies: self.bodies | other.bodies, offices: self.offices | other.offices }
    }
}

/// A pack's words and rules about statements.
#[derive(Clone, Debug, Default)]
pub struct StatementPack {
    pub(super) single: WordMap<u64>,
    pub(super) phrases: Phrases<u64>,
    pub(super) values: WordMap<u32>,
    /// Of which sorts of bodies and of people words are: 'union' and 'guild' of one, 'airline' of another.
    pub(super) sorts: Phrases<Sorts>,
    pub(super) cues: Phrases<CueEntry>,
    pub(super) verb_prefixes: Vec<String>,
    pub(super) verb_suffixes: Vec<String>,
    pub(super) adverb_suffixes: Vec<String>,
    pub(super) rules: Vec<Rule>,
    /// How many different elements stand before and after the cues of rules; see [`Rule::sides`].
    pub(super) sides: (usize, usize),
    /// Places of the rules for a class and form, in order; see [`StatementPack::rules_for`].
    by_cue: FxHashMap<(CueClass, CueForm), Vec<usize>>,
    /// The pack lists which reporting words nothing but a clause follows.
    pub(super) tells_clausal: bool,
    /// A finite verb may stand without its subject, which is then the last one spoken of.
    pub(super) drops_subjects: bool,
    /// A noun stands before what tells more of it ('kementerian luar negeri', not 'foreign ministry').
    pub(super) heads_first: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementsFile {
    #[serde(default)]
    verb_prefixes: Vec<String>,
    #[serde(default)]
    verb_suffixes: Vec<String>,
    #[serde(default)]
    adverb_suffixes: Vec<String>,
    #[serde(default)]
    drops_subjects: bool,
    #[serde(default)]
    heads_first: bool,
    #[serde(default)]
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    about: String,
    pattern: String,
    #[serde(default)]
    verb: bool,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

impl StatementPack {
    /// Reads `grammar.tsv`, `reporting.tsv` and `statements.toml`.
    pub fn load(loader: &mut Loader<'_>) -> StatementPack {
        let mut pack = StatementPack::default();
        pack.load_grammar(loader);
        pack.load_reporting(loader);
        pack.load_rules(loader);
        pack
    }

    /// Notes in the vocabulary which words the lists begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.single.words(), Lists::GRAMMAR);
        vocabulary.mark(self.phrases.firsts(), Lists::GRAMMAR);
        vocabulary.mark(self.cues.firsts(), Lists::CUES);
    }

    /// Places of the rules that are tried at a reporting word of this class in this form, in order.
    pub(super) fn rules_for(&self, class: CueClass, form: CueForm) -> &[usize] {
        self.by_cue.get(&(class, form)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word stands for people or a body that may be a source: 'minister', 'union', 'nurses'.
    pub(crate) fn names_actors(&self, word: WordId) -> bool {
        let classes = class::PERSON | class::VOICE | class::BODY | class::GOVERNMENT | class::ANONYMOUS;
        word.is_known() && self.single.get(&word).is_some_and(|bits| bits & classes != 0)
    }

    /// The rules in the order in which they are tried: id, and what each finds, in words.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rules.iter().map(|rule| (rule.id.as_str(), rule.about.as_str()))
    }

    fn load_grammar(&mut self, loader: &mut Loader<'_>) {
        let mut rows = (0u32, 0u32);
        for row in loader.tsv("grammar.tsv", &["class", "words", "value?"]) {
            let [name, words, value] = &row.cells[..] else { continue };
            if name == SORT || name == OFFICE {
                let mut sort = Sorts::default();
                let bits = if name == SORT { &mut sort.bodies } else { &mut sort.offices };
                let row = if name == SORT { &mut rows.0 } else { &mut rows.1 };
                *bits = 1u64 << *row;
                *row = (*row + 1).min(63);
                for words in words.split('|').map(str::trim).filter(|w| !w.is_empty()) {
                    let ids = loader.vocabulary.intern_phrase(words);
                    self.sorts.insert(&ids, sort);
                }
                continue;
            }
            let Some(&(_, bit)) = class::ALL.iter().find(|(known, _)| known == name) else {
                let known = class::ALL.iter().map(|(known, _)| *known).chain([SORT, OFFICE]);
                loader.unknown_label("grammar.tsv", row.line, name, known);
                continue;
            };
            let value: Option<u32> = if value.is_empty() {
                None
            } else {
                let parsed = value.parse().ok();
                if parsed.is_none() {
                    loader.error("grammar.tsv", row.line, 0, format!("the value '{value}' is no whole number"));
                }
                parsed
            };
            for words in words.split('|').map(str::trim).filter(|w| !w.is_empty()) {
                self.tells_clausal |= bit == class::CLAUSAL;
                let ids = loader.vocabulary.intern_phrase(words);
                match ids[..] {
                    [word] => {
                        *self.single.or_default(word) |= bit;
                        if let Some(value) = value {
                            self.values.insert(word, value);
                        }
                    }
                    _ => self.phrases.insert(&ids, bit),
                }
            }
        }
    }

    fn load_reporting(&mut self, loader: &mut Loader<'_>) {
        for row in loader.tsv("reporting.tsv", &["class", "form", "words", "stance?"]) {
            let [class, form, words, stance] = &row.cells[..] else { continue };
            let Some(class) = CueClass::parse(class) else {
                loader.unknown_label("reporting.tsv", row.line, class, CueClass::NAMES.iter().copied());
                continue;
            };
            let Some(form) = CueForm::parse(form) else {
                loader.unknown_label("reporting.tsv", row.line, form, CueForm::NAMES.iter().copied());
                continue;
            };
            let default = match class {
                CueClass::Deny => Stance::Denies,
                CueClass::Respond | CueClass::Refuse | CueClass::Decline => Stance::Declines,
                _ => Stance::Asserts,
            };
            let stance = match (stance.is_empty(), Stance::parse(stance)) {
                (true, _) => default,
                (false, Some(stance)) => stance,
                (false, None) => {
                    loader.unknown_label("reporting.tsv", row.line, stance, Stance::ALL.iter().map(|s| s.as_str()));
                    continue;
                }
            };
            for words in words.split('|').map(str::trim).filter(|w| !w.is_empty()) {
                let ids = loader.vocabulary.intern_phrase(words);
                self.cues.insert(&ids, CueEntry { class, form, stance });
            }
        }
    }

    fn load_rules(&mut self, loader: &mut Loader<'_>) {
        let Some(file) = loader.toml::<StatementsFile>("statements.toml") else { return };
        let line_of = |needle: &str| file.text.lines().position(|l| l.contains(needle)).map_or(0, |n| n + 1);
        self.drops_subjects = file.value.drops_subjects;
        self.heads_first = file.value.heads_first;
        self.verb_prefixes.clone_from(&file.value.verb_prefixes);
        self.verb_suffixes.clone_from(&file.value.verb_suffixes);
        self.adverb_suffixes.clone_from(&file.value.adverb_suffixes);
        for rule in &file.value.rule {
            let line = line_of(&format!("\"{}\"", rule.id));
            match Pattern::parse(&rule.pattern, loader.vocabulary) {
                Ok(pattern) => self.rules.push(Rule {
                    id: rule.id.clone(),
                    about: rule.about.clone(),
                    content: pattern.has_content(),
                    sides: (0, 0),
                    pattern,
                    verb: rule.verb,
                    yes: rule.yes.clone(),
                    no: rule.no.clone(),
                }),
                Err(message) => loader.error("statements.toml", line, 0, format!("rule {}: {message}", rule.id)),
            }
            if rule.yes.is_empty() {
                loader.error(
                    "statements.toml",
                    line,
                    0,
                    format!("rule {} has no example; add yes = ['...'] and no = ['...']", rule.id),
                );
            }
        }
        let (mut before, mut after): (Vec<Vec<Element>>, Vec<Vec<Element>>) = (Vec::new(), Vec::new());
        for rule in &mut self.rules {
            rule.sides = (number(&mut before, &rule.pattern.before), number(&mut after, &rule.pattern.after));
        }
        self.sides = (before.len(), after.len());
        for (place, rule) in self.rules.iter().enumerate() {
            for &class in &rule.pattern.classes {
                let places = self.by_cue.entry((class, rule.pattern.form)).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        loader.count("statements.toml", file.value.rule.len());
    }
}

/// The place of a value among those known, at the end where it is new.
fn number(known: &mut Vec<Vec<Element>>, elements: &[Element]) -> usize {
    known.iter().position(|other| other == elements).unwrap_or_else(|| {
        known.push(elements.to_vec());
        known.len() - 1
    })
}
