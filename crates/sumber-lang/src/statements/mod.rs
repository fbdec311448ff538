//! Statements: source, cue, content, and the way back to the origin.

use sumber_core::{Article, Entity, Mention, Statement, TimeMention};

use crate::Packs;
use crate::pack::{Loader, Pack};
use crate::text::Text;

/// A pack's words and rules about statements.
#[derive(Clone, Debug, Default)]
pub struct StatementPack {}

impl StatementPack {
    /// Reads the pack's files.
    pub fn load(_loader: &mut Loader<'_>) -> StatementPack {
        StatementPack {}
    }
}

/// What was found before, which statements build on.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'a> {
    /// Entities of the article.
    pub entities: &'a [Entity],
    /// Their mentions.
    pub mentions: &'a [Mention],
    /// Time expressions.
    pub times: &'a [TimeMention],
}

/// Finds the statements of a text.
pub fn find(_text: &Text<'_>, _article: &Article, _layers: Layers<'_>, _pack: &Pack, _packs: &Packs) -> Vec<Statement> {
    Vec::new()
}
