//! Concepts, numbers, content words, hedges and negations: what claims are compared by.

use sumber_core::{Concept, ContentWord, Number, Span};

use crate::Packs;
use crate::pack::{Loader, Pack};
use crate::text::Text;

/// A pack's words for concepts.
#[derive(Clone, Debug, Default)]
pub struct ConceptPack {}

impl ConceptPack {
    /// Reads the pack's files.
    pub fn load(_loader: &mut Loader<'_>) -> ConceptPack {
        ConceptPack {}
    }
}

/// What claims are compared by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// Concepts in reading order.
    pub concepts: Vec<Concept>,
    /// Numbers in reading order.
    pub numbers: Vec<Number>,
    /// Content words in reading order.
    pub words: Vec<ContentWord>,
    /// Hedges in reading order.
    pub hedges: Vec<Span>,
    /// Negations in reading order.
    pub negations: Vec<Span>,
}

/// Finds them. Without a pack, numbers and plain words are still found.
pub fn find(_text: &Text<'_>, _pack: Option<&Pack>, _packs: &Packs) -> Features {
    Features::default()
}
