//! The JSON contract: what `sumber trace --format json` prints. Types of their own, so that the
//! values inside can change without breaking who reads the output. Offsets count Unicode code
//! points (as W3C Web Annotation's TextPositionSelector does), end exclusive.

mod convert;

pub use convert::{CodePoints, article, clean_article, trace};

use serde::{Deserialize, Serialize};

/// Version of the contract.
pub const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// Version of this contract.
    pub schema: u32,
    /// Who made it.
    pub generator: Generator,
    /// The articles.
    pub articles: Vec<Article>,
    /// Articles made from another.
    pub copies: Vec<Copy>,
    /// Articles on one happening.
    pub stories: Vec<Vec<String>>,
    /// Assertions that several make.
    pub claims: Vec<Claim>,
    /// What went wrong on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who made the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Generator {
    /// Always `sumber`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A place in an article's text, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// An article as read, before it is analysed: what `sumber read` prints. Always with the same fields,
/// null where nothing is known.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CleanArticle {
    /// Stable id.
    pub id: String,
    /// As read.
    pub path: String,
    /// Address, where known.
    pub url: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Who made the text, where the page credits another.
    pub credit: Option<String>,
    /// Date or time.
    pub published: Option<String>,
    /// What tells it.
    pub published_evidence: Option<DateEvidence>,
    /// Date or time of the last change.
    pub modified: Option<String>,
    /// What tells it.
    pub modified_evidence: Option<DateEvidence>,
    /// Headline.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Notes of the outlet on what it changed.
    #[serde(default)]
    pub updates: Vec<String>,
    /// Main text.
    pub text: String,
    /// Where it stands on the page; not there where nobody asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<TextPlace>,
}

/// An article with what it says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Article {
    /// The article as read; its fields stand beside those below.
    #[serde(flatten)]
    pub page: CleanArticle,
    /// Mentions.
    pub entities: Vec<Mention>,
    /// Times.
    pub times: Vec<Time>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Events.
    pub events: Vec<Event>,
}

/// A piece of the text, in code points, and the bytes of the page that say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPlace {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// First byte of the page.
    pub byte_start: u64,
    /// One past the last.
    pub byte_end: u64,
}

/// What tells a date.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DateEvidence {
    /// json-ld, meta, element, line, dateline, address, field, given.
    pub kind: String,
    /// The field, tag or property, as the page names it.
    pub name: Option<String>,
    /// The words.
    pub words: String,
}

/// Who published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlet {
    /// Name.
    pub name: String,
    /// Domain.
    pub domain: Option<String>,
}

/// A name in the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// PER, ORG, GPE, LOC, MISC.
    #[serde(rename = "type")]
    pub kind: String,
    /// Same thing, same id, in all articles.
    pub id: String,
}

/// A time expression.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Time {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// ISO value.
    pub value: Option<String>,
}

/// An attribution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Unique in the article.
    pub id: String,
    /// What is said.
    pub content: Vec<Place>,
    /// The words that attribute.
    pub cue: Option<Place>,
    /// Who said it, nearest words.
    pub source: Option<Place>,
    /// direct, indirect, mixed.
    pub kind: String,
    /// asserts, denies, declines.
    pub stance: String,
    /// Whether the attribution is hearsay.
    pub hearsay: bool,
    /// The rule that made it.
    pub rule: String,
    /// Nearest first, origin last.
    pub chain: Vec<Link>,
}

/// One step of a chain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// medium, person, body, anonymous, document.
    pub kind: String,
    /// The words.
    pub text: String,
    /// Names that a reader would accept.
    pub names: Vec<String>,
    /// Entity id.
    pub id: Option<String>,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// How many, for anonymous ones.
    pub count: Option<u32>,
}

/// A political event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words that express it.
    pub trigger: Place,
    /// Who.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// When.
    pub date: Option<String>,
    /// happened, ongoing, planned, possible, denied.
    pub status: String,
    /// Id of the statement that reports it.
    pub statement: Option<String>,
}

/// An article made from another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Copy {
    /// The copied.
    pub from: String,
    /// The copy.
    pub to: String,
    /// verbatim, rewrite, translation.
    pub relation: String,
    /// Strength, 0 to 1.
    pub score: f64,
    /// What tells.
    pub evidence: Vec<String>,
}

/// A member of a claim: a statement by id, or a sentence by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Article id.
    pub article: String,
    /// Statement id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<String>,
    /// The sentence, verbatim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

/// One assertion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// Unique in the trace.
    pub id: String,
    /// The clearest member's words.
    pub gist: String,
    /// Who makes it.
    pub members: Vec<Member>,
    /// Roots.
    pub origins: Vec<Origin>,
    /// Best estimate of independent roots.
    pub independent: u32,
    /// Least and most.
    pub independent_range: [u32; 2],
    /// Who had it first.
    pub first: Option<Member>,
    /// Rings of articles.
    pub circular: Vec<Vec<String>>,
    /// What changed on the way.
    pub changes: Vec<Change>,
    /// Who denies it.
    pub disputed_by: Vec<Member>,
    /// Why roots were joined.
    pub merges: Vec<Merge>,
}

/// One root.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// Media on the way.
    pub via: Vec<String>,
    /// The last link.
    pub origin: Link,
    /// Origins of one group are one root.
    pub group: u32,
    /// Members whose chains end here.
    pub members: Vec<Member>,
}

/// Something that changed on the way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Article id.
    pub article: String,
    /// Statement id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<String>,
    /// The sentence, verbatim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// number, name, date, hedge, source.
    pub what: String,
    /// Before.
    pub was: String,
    /// After.
    pub is: String,
}

/// Why two roots are one, or may be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Merge {
    /// Places in the claim's origins.
    pub origins: [u32; 2],
    /// Whether it is settled.
    pub certain: bool,
    /// In words.
    pub reason: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    /// note, warning, skipped.
    pub severity: String,
    /// Stable code.
    pub code: String,
    /// File, line.
    pub place: String,
    /// What and what to do.
    pub message: String,
}
