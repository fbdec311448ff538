//! Many analyses in, one trace out: who copied whom, which articles are on one happening, which
//! statements assert the same, and how many independent origins stand behind them.
//!
//! The three types that matter: `Collection` (the articles in one fixed
//! order, with joint entities), `Unit` (a statement or an unsourced sentence,
//! boiled down to hashed features) and [`Trace`] (the answer). Candidate pairs come from equal
//! keys only; scores are integers from sketches; components and clusters are made in an order that
//! depends on nothing but the content.
//!
//! This room knows no word of any language, no HTML and no file.

mod collection;
mod dates;
mod entities;
mod limits;
mod twins;

mod components;
mod features;
mod keys;
mod sketch;

mod align;
mod copies;

mod claims;
mod company;
mod denials;
mod units;

mod changes;
mod circles;
mod origins;

mod stories;

mod assemble;

use sumber_core::{Analysis, Article, ArticleId, Member, Trace};

/// Links articles: copies, stories, claims, origins.
///
/// Pure: the order of `articles` and articles given twice change nothing. Articles that share an
/// id are one article; the first of them by path counts.
///
/// ```
/// let trace = sumber_graph::link(&[]);
/// assert!(trace.stories.is_empty() && trace.claims.is_empty());
/// ```
pub fn link(articles: &[(Article, Analysis)]) -> Trace {
    assemble::trace(articles)
}

/// What tells whether two asserting statements make one claim: the figures that the thresholds and
/// weights of `limits` are fitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairEvidence {
    /// The one.
    pub left: Member,
    /// The other.
    pub right: Member,
    /// Agreement of what they say, in thousandths, before any circumstance counts.
    pub score: u32,
    /// Whether they stand in one article.
    pub same_article: bool,
    /// Whether their articles are on one happening.
    pub same_story: bool,
    /// Whether their articles are in two languages.
    pub across_languages: bool,
    /// Whether both tell days and none in common.
    pub other_days: bool,
    /// Whether one is a quotation and the other is none, or only has one in it.
    pub other_manner: bool,
    /// Whether one and the same says both.
    pub one_speaker: bool,
    /// Whether neither is nearer to anything else in the other's article.
    pub nearest: bool,
    /// Whether what stands beside them agrees too.
    pub beside: bool,
    /// Days between the articles, at most those within which a story lies; 1 where a date is missing.
    pub days: u32,
}

/// The evidence of every pair of asserting statements that agree in anything and share a key.
pub fn evidence(articles: &[(Article, Analysis)]) -> Vec<PairEvidence> {
    assemble::evidence(articles)
}

/// How far the articles of each pair report the same, in thousandths, whether or not they share a key: what
/// stories are made of. `None` where one is not among the articles, or is left out for its words being
/// those of dozens of others.
///
/// ```
/// let pair = (sumber_core::ArticleId(1), sumber_core::ArticleId(2));
/// assert_eq!(sumber_graph::story_scores(&[], &[pair]), [None]);
/// ```
pub fn story_scores(articles: &[(Article, Analysis)], pairs: &[(ArticleId, ArticleId)]) -> Vec<Option<u32>> {
    assemble::story_scores(articles, pairs)
}

/// The score of [`story_scores`] that two articles by themselves must reach to be one story.
pub const STORY_SCORE: u32 = limits::STORY;
