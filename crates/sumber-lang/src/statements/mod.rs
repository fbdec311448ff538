//! Statements: source, cue, content, and the way back to the origin.
//!
//! A reporting word is found by the pack's list; the pack's rules say where its source and content
//! stand (`pattern`); `phrases` and `clauses` tell noun phrases and clauses by their edges; `assemble` makes
//! drafts of them, `nesting` and `quotations` join what belongs together; `chain`, `links`, `references` and
//! `sorts` say whom the words stand for.
//! After PARC (Pareti 2012) and PolNeAR (Newell et al. 2018) in what a statement is; after no one in
//! chains.

mod asides;
mod assemble;
mod chain;
mod clauses;
mod contents;
mod cues;
mod examples;
mod links;
mod lists;
mod matcher;
mod nesting;
mod outlets;
mod pattern;
mod phrases;
mod phrases_after;
mod phrases_before;
mod quotations;
mod references;
mod scene;
mod sorts;
mod words;

use sumber_core::{Article, Entity, Mention, Stance, StateWord, Statement, TimeMention};

use crate::Packs;
use crate::pack::Pack;
use crate::text::Text;

pub use examples::{Trial, run_examples, try_sentence};
pub use words::StatementPack;

use scene::Scene;

/// What was found before, which statements build on.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'a> {
    /// Entities of the article.
    pub entities: &'a [Entity],
    /// Their mentions.
    pub mentions: &'a [Mention],
    /// Words that tell a state, by name or adjective.
    pub states: &'a [StateWord],
    /// Time expressions.
    pub times: &'a [TimeMention],
}

/// Finds the statements of a text, in reading order.
pub fn find(text: &Text<'_>, article: &Article, layers: Layers<'_>, pack: &Pack, packs: &Packs) -> Vec<Statement> {
    let parted = asides::part_quotations(text, &pack.statements);
    let text = parted.as_ref().unwrap_or(text);
    let scene = Scene::new(text, &pack.statements, layers, pack, packs);
    let mut resolver = chain::Resolver::new(&scene, article);
    let drafts = assemble::drafts(&scene);
    let mut statements: Vec<Statement> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut content = draft.content.clone();
        let kind = quotations::kind_of(&scene, &mut content);
        content.retain(|c| !c.is_empty());
        // stray marks may leave a reporting word with nothing that was said
        match &draft.cue {
            Some(cue) if content.is_empty() && draft.stance == Stance::Declines => content.push(cue.clone()),
            _ if content.is_empty() => continue,
            _ => {}
        }
        let (source, chain) = resolver.resolve(&draft);
        statements.push(Statement {
            content: content.iter().map(|c| scene.span(c)).collect(),
            cue: draft.cue.as_ref().map(|c| scene.span(c)),
            source: source.as_ref().map(|s| scene.span(s)),
            kind,
            stance: draft.stance,
            chain,
            hearsay: draft.hearsay,
            rule: draft.rule,
        });
    }
    statements
}
