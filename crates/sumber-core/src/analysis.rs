//! What one article says.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::{EntityIndex, EntityKind, EventKind, EventStatus, LinkKind, Span, Stance, StatementIndex, StatementKind};

/// What one article says, found without looking at a second one.
///
/// Invariant: every span lies in the article's text; lists are in reading order; every index
/// points into the list that it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// ISO 639-1 code of the language; `None` where it cannot be told.
    pub language: Option<String>,
    /// Sentences; paragraphs end at a newline and so do sentences.
    pub sentences: Vec<Span>,
    /// The things that the article names, each once, in order of first mention.
    pub entities: Vec<Entity>,
    /// Every mention by name of an entity.
    pub mentions: Vec<Mention>,
    /// Words that tell a state: its name, or an adjective ('Iranian').
    pub states: Vec<StateWord>,
    /// Every time expression.
    pub times: Vec<TimeMention>,
    /// Every attribution.
    pub statements: Vec<Statement>,
    /// Political events.
    pub events: Vec<Event>,
    /// Language-neutral concepts ('air-defence', 'ceasefire') and where they stand.
    pub concepts: Vec<Concept>,
    /// Numbers with their value.
    pub numbers: Vec<Number>,
    /// Words that carry content, as hashed stems: what the link stage compares within a language, and
    /// across languages where they look alike.
    pub words: Vec<ContentWord>,
    /// Sentences with a hedge ('may', 'reportedly', Italian condizionale): the span of the hedge.
    pub hedges: Vec<Span>,
    /// Words that turn a clause into its opposite ('not', 'no', 'never').
    pub negations: Vec<Span>,
}

/// One thing in the world that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// `kind:name` for things of the world data (`person:vladimir-putin`, `gpe:russia`), else
    /// `name:~key` with the cross-script key of its fullest name in the article: what kind of thing
    /// it is, is a guess that two articles may make differently.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The fullest form of its name in the article, or the world data's usual name.
    pub name: String,
    /// All forms that a reader would accept: those of the article and of the world data.
    pub names: Vec<String>,
    /// ISO 3166 alpha-3 of the state that it belongs to or speaks for.
    pub country: Option<String>,
    /// Owner or superior body by entity id, where the world data knows it.
    pub owner: Option<String>,
    /// What it is as a link of a chain (a news agency is an organisation and a medium).
    pub link: LinkKind,
    /// Whether the world data knows it.
    pub known: bool,
    /// Cross-script keys of its forms (see the names room): equal keys are candidates for one thing.
    pub keys: Vec<String>,
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone: no title, no article.
    pub span: Span,
    /// Which entity it names.
    pub entity: EntityIndex,
}

/// A word that tells a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWord {
    /// The word or words.
    pub span: Span,
    /// ISO 3166 alpha-3.
    pub country: String,
}

/// A time expression and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// The words, without preposition.
    pub span: Span,
    /// ISO day, month, year, or interval `a/b`; `None` where it cannot be known.
    pub value: Option<String>,
}

/// An attribution: source, cue, content (PARC, PolNeAR), and the way back to its origin.
///
/// Invariant: a part that is missing is `None` or empty, and the statement is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is said; more than one span where the cue stands in the middle.
    pub content: Vec<Span>,
    /// The words that make the attribution.
    pub cue: Option<Span>,
    /// The nearest words that name who said it.
    pub source: Option<Span>,
    /// How the content is worded.
    pub kind: StatementKind,
    /// The source's stance to the content.
    pub stance: Stance,
    /// Nearest first, origin last. Empty for hearsay without a source.
    pub chain: Vec<Link>,
    /// Whether the attribution itself is hearsay ('reportedly', 'avrebbe').
    pub hearsay: bool,
    /// Id of the pack's rule that made it, or of the method.
    pub rule: String,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What kind of thing.
    pub kind: LinkKind,
    /// The words that name or describe it.
    pub text: String,
    /// Where those words stand.
    pub span: Option<Span>,
    /// The entity, where named.
    pub entity: Option<EntityIndex>,
    /// Every form of the name that a reader would accept; empty for anonymous links. The links to one entity
    /// share one list.
    pub names: Arc<[String]>,
    /// ISO 3166 alpha-3 of the state they belong to or speak for.
    pub country: Option<String>,
    /// For anonymous links: how many, where a number is given.
    pub count: Option<u32>,
}

/// A political event: trigger, PLOVER type, who to whom, when, and according to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// PLOVER type.
    pub kind: EventKind,
    /// The words that express it.
    pub trigger: Span,
    /// ISO 3166 alpha-3 of states, or a short name in capitals (NATO, HAMAS).
    pub actors: Vec<String>,
    /// The other side, in the same form.
    pub recipients: Vec<String>,
    /// ISO day, month or year.
    pub date: Option<String>,
    /// Whether it took place.
    pub status: EventStatus,
    /// The statement that reports it; `None` where the article itself does.
    pub statement: Option<StatementIndex>,
}

/// A concept of the shared list, found by the pack's words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The words.
    pub span: Span,
    /// Id of the shared list, for example `air-defence`; all that name one concept share it.
    pub id: Arc<str>,
}

/// A number and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The digits or words, without the unit.
    pub span: Span,
    /// Canonical decimal: `138000`, `1900000`, `2.5`.
    pub value: String,
}

/// A word that carries content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentWord {
    /// The word.
    pub span: Span,
    /// Hash of its stem; equal stems of one language have equal keys.
    pub stem: u32,
    /// Hash of how it begins, by which languages that share a word recognise it ('compensation',
    /// 'kompensasi'); `None` where it is too short to tell.
    pub looks: Option<NonZeroU32>,
}
