//! Sorts: of which sort a body or a person is by the words for them. An airline is no union and a coach no minister,
//! but a lender may be the bank that was named, and a doctor the surgeon.

use std::ops::Range;

use sumber_core::{EntityIndex, EntityKind, Link, LinkKind, Mention};

use super::chain::Resolver;
use super::references::{MENTIONS, TITLES};
use super::words::{Sorts, class};

/// How many sentences back somebody was named who is meant by another word for the same work.
const FAR: usize = 6;

/// Whether sorts have one in common; what tells none may be of any.
pub(super) fn alike(one: u64, other: u64) -> bool {
    one == 0 || other == 0 || one & other != 0
}

impl Resolver<'_> {
    /// Whether a phrase tells whose body it means, which is then one of its own: "the pilots' association".
    pub(super) fn is_owned(&self, range: &Range<usize>) -> bool {
        let scene = self.scene;
        range.clone().skip(1).any(|n| {
            scene.is_mark(n, &["'", "’"])
                || scene.text.tokens[n].glued && scene.is(n, class::ARTICLE)
                || scene.is(n, class::NP_PREPOSITION) && n + 1 < range.end
        })
    }

    /// The sorts of bodies and people that words of a phrase tell.
    pub(super) fn sort_of(&self, range: &Range<usize>) -> Sorts {
        let tokens = &self.scene.text.tokens;
        let sorts = |n: usize| self.scene.pack.sorts.all(tokens, n).fold(Sorts::default(), |all, (_, s)| all.and(*s));
        range.clone().fold(Sorts::default(), |all, n| all.and(sorts(n)))
    }

    /// The same of the noun that a phrase is about: the first one where nouns come first ('serikat pekerja bank
    /// itu'), else the last before a preposition.
    pub(super) fn sort_of_head(&self, range: &Range<usize>) -> Sorts {
        let scene = self.scene;
        let inner = class::NP_PREPOSITION | class::PREPOSITION | class::RELATIVE;
        let end = (range.start + 1..range.end).find(|&n| scene.is(n, inner)).unwrap_or(range.end);
        let kinds = class::PERSON | class::ANONYMOUS;
        let told = |n: &usize| scene.is(*n, kinds) || self.sort_of(&(*n..n + 1)) != Sorts::default();
        let mut own = range.start..end;
        let head = if scene.pack.heads_first { own.find(told) } else { own.rfind(told) };
        head.map_or(Sorts::default(), |n| self.sort_of(&(n..n + 1)))
    }

    /// The same of an entity, by all that the article calls it: of a person by the titles beside the name.
    pub(super) fn sort_of_entity(&self, entity: EntityIndex) -> Sorts {
        let scene = self.scene;
        let person = self.entity(entity).kind == EntityKind::Person;
        let own = scene.layers.mentions.iter().filter(|m| m.entity == entity).take(MENTIONS);
        own.fold(Sorts::default(), |all, m| {
            let name = scene.text.tokens_in(m.span);
            if !person {
                return all.and(self.sort_of(&name));
            }
            let (before, after) = self.titles_of(&name);
            all.and(self.sort_of(&before)).and(self.sort_of(&after))
        })
    }

    /// The person named last before a phrase whose titles tell the same work as it ('the priest' of 'Father Ana
    /// Reyes'): of one, who is meant again.
    pub(super) fn same_office(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let offices = self.sort_of_head(range).offices;
        let body = self.head_classes(range).iter().any(|(_, bits)| bits & class::BODY != 0);
        if offices == 0 || body || self.is_plural(range) == Some(true) || self.count(range).is_some() {
            return None;
        }
        let start = scene.text.tokens[range.start].span.start;
        let place = scene.layers.mentions.partition_point(|m| m.span.start < start);
        let sentence = scene.text.sentence_of(range.start);
        let near =
            |m: &&Mention| sentence - scene.text.sentence_of(scene.text.tokens_in(m.span).start).min(sentence) <= FAR;
        let before = scene.layers.mentions[..place].iter().rev().take_while(near);
        let people = before.filter(|m| self.entity(m.entity).kind == EntityKind::Person);
        let same = people.take(MENTIONS).find(|m| self.sort_of_entity(m.entity).offices & offices != 0)?;
        Some(vec![self.named(same.entity, range)])
    }

    /// The words before a name that may be its titles, and those after a comma behind it.
    pub(super) fn titles_of(&self, name: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let scene = self.scene;
        let sentence = &scene.text.sentences[scene.text.sentence_of(name.start)].tokens;
        let other = |n: usize| scene.kind_at(n) == Some(EntityKind::Person);
        let clear = |n: &usize| !scene.is_verb(*n) && !scene.in_cue(*n) && !other(*n);
        let low = name.start.saturating_sub(TITLES).max(sentence.start);
        let first = (low..name.start).rev().take_while(clear).last().unwrap_or(name.start);
        let high = if scene.is_mark(name.end, &[","]) { (name.end + TITLES).min(sentence.end) } else { name.end };
        let last = (name.end..high).take_while(clear).last().map_or(name.end, |n| n + 1);
        (first..name.start, name.end..last)
    }

    /// Whether who is of these sorts may be the one that spoke before; what tells no sort may be of any.
    pub(super) fn may_be(&self, sort: Sorts, link: &Link) -> bool {
        // the other's is dear to ask, and most words tell none
        match link.kind {
            LinkKind::Person | LinkKind::Anonymous => {
                let other = || self.sort_of_link(link).offices;
                sort.offices == 0
                    || alike(sort.offices, other()) && (link.entity.is_none() || !self.has_other_title(sort, link))
            }
            _ => sort.bodies == 0 || alike(sort.bodies, self.sort_of_link(link).bodies),
        }
    }

    /// Whether who is of these sorts is of a sort of the one that spoke before.
    pub(super) fn is_of(&self, sort: Sorts, link: &Link) -> bool {
        sort.offices != 0 && sort.offices & self.sort_of_link(link).offices != 0
    }

    /// Whether titles beside a name tell a work of no sort that the words tell: 'the minister' is no 'curator Ana Reyes'.
    fn has_other_title(&self, sort: Sorts, link: &Link) -> bool {
        let scene = self.scene;
        let Some(entity) = link.entity.filter(|&e| self.entity(e).kind == EntityKind::Person) else { return false };
        let mut own = scene.layers.mentions.iter().filter(|m| m.entity == entity).take(MENTIONS);
        let title = |n: usize| scene.class_at(n, class::PERSON).is_some();
        let told = own.any(|m| {
            let (mut before, mut after) = self.titles_of(&scene.text.tokens_in(m.span));
            before.any(title) || after.any(title)
        });
        told && self.sort_of_link(link).offices & sort.offices == 0
    }

    pub(super) fn sort_of_link(&self, link: &Link) -> Sorts {
        let entity = link.entity.map_or(Sorts::default(), |entity| self.sort_of_entity(entity));
        link.span.map_or(entity, |span| entity.and(self.sort_of(&self.scene.text.tokens_in(span))))
    }
}
