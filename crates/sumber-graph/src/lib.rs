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
mod denials;
mod units;

mod changes;
mod circles;
mod origins;

mod stories;

mod assemble;

use sumber_core::{Analysis, Article, Trace};

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
