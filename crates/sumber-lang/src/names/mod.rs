//! Names: people, organisations, places; one id for each thing in the world.
//!
//! The three types that matter: [`World`] (the data set of things that news names again and again,
//! compiled), [`NamePack`] (a language's titles, heads of names, demonyms and state bodies) and
//! [`Entity`]. A text is scanned once for candidates, known and unknown, with what the words around
//! them tell; then candidates that name one thing are joined under one id.
//!
//! This room never looks at a second article: it gives keys under which the link stage may join
//! what one article alone cannot.

mod given;
mod join;
mod key;
mod scan;
mod towns;
mod words;
mod world;

#[cfg(test)]
mod tests;

use sumber_core::{Entity, Mention, StateWord};

pub use key::{coarse_key, fine_key};
pub use words::NamePack;
pub use world::{Thing, World};

use crate::Packs;
use crate::lexicon::Lists;
use crate::pack::Pack;
use crate::text::Text;

/// Finds the names of a text. `pack` is `None` where the language has none: then names of the
/// world data in any language and plain runs of capitals are found.
pub fn find(text: &Text<'_>, pack: Option<&Pack>, packs: &Packs) -> (Vec<Entity>, Vec<Mention>) {
    let candidates = scan::candidates(text, pack, packs);
    join::entities(text, &candidates, pack, packs)
}

/// The words of a text that tell a state by its own name, or by an adjective or demonym of the pack.
/// A name that goes on ('Indonesia Raya') tells none.
pub fn states(text: &Text<'_>, mentions: &[Mention], pack: Option<&Pack>, packs: &Packs) -> Vec<StateWord> {
    let tag = pack.map(|p| p.tag.as_str());
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        if !text.tokens[at].lists.has(Lists::WORLD.or(Lists::DEMONYMS)) {
            at += 1;
            continue;
        }
        let demonym = pack.and_then(|p| p.names.demonym_at(&text.tokens, at));
        let named = packs.world.names_at(&text.tokens, at, tag).next();
        let named = named.and_then(|(len, thing)| Some((len, packs.world.state(thing)?)));
        let Some((len, country)) = demonym.into_iter().chain(named).max_by_key(|(len, _)| *len) else {
            at += 1;
            continue;
        };
        let span = text.span(at..at + len);
        // inside a longer name it is a part of that name
        let place = mentions.partition_point(|m| m.span.end <= span.start);
        if mentions.get(place).is_none_or(|m| !m.span.overlaps(span) || span.contains(m.span)) {
            found.push(StateWord { span, country: country.to_owned() });
        }
        at += len;
    }
    found
}

/// A word or name that tells a state: where it ends and which state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryHit<'a> {
    /// How many tokens it has.
    pub tokens: usize,
    /// ISO 3166 alpha-3.
    pub country: &'a str,
    /// Whether it is an adjective or demonym ('iraniano'), not a name.
    pub is_demonym: bool,
}

/// The state that the words at token `at` tell: an adjective or demonym of the pack, else the name
/// of a state, city or body of the world data. The longest wins.
pub fn country_at<'a>(text: &'a Text<'_>, at: usize, pack: &'a Pack, packs: &'a Packs) -> Option<CountryHit<'a>> {
    let demonym = pack.names.demonym_at(&text.tokens, at);
    let named = packs
        .world
        .names_at(&text.tokens, at, Some(&pack.tag))
        .find_map(|(len, thing)| packs.world.thing(thing).country.as_deref().map(|country| (len, country)));
    match (demonym, named) {
        (Some((len, country)), other) if other.is_none_or(|(more, _)| more <= len) => {
            Some(CountryHit { tokens: len, country, is_demonym: true })
        }
        (_, Some((tokens, country))) => Some(CountryHit { tokens, country, is_demonym: false }),
        _ => None,
    }
}
