//! Links of a chain: what a noun phrase names or describes, how many and of which state.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sumber_core::{EntityIndex, EntityKind, Link, LinkKind};

use super::chain::Resolver;
use super::words::class;
use crate::text::Shape;

/// How many sentences back who spoke tells of which state people are who are described after that.
const NEAR: usize = 3;
/// As how many times told the state of who spoke last counts.
const SPOKE: usize = 3;

impl Resolver<'_> {
    /// Words of the phrase, outside names, that say what kind of thing it is.
    pub(super) fn head_classes(&self, range: &Range<usize>) -> Vec<(usize, u64)> {
        let mut heads = Vec::new();
        let kinds = class::ANONYMOUS | class::REPORT | class::DOCUMENT | class::MEDIUM | class::BODY | class::PERSON;
        let mut at = range.start;
        while at < range.end {
            if at > range.start && self.scene.is_mark(at, &[","]) {
                break; // an apposition tells more of the head, it is not the head
            }
            let (mut step, mut bits) = (1, 0);
            if self.scene.mention_at(at).is_none() || self.scene.text.tokens[at].shape == Shape::Lower {
                bits = self.scene.classes_from(at) & kinds;
                step = self.scene.class_at(at, bits).unwrap_or(1);
                if step > 1 {
                    // 'guardia costiera' is a body, though a 'guardia' is somebody
                    let longest = |kind: &u64| self.scene.class_lengths(at, *kind).any(|len| len == step);
                    bits = (0..u64::BITS).map(|n| 1 << n & bits).filter(|&b| b != 0).filter(longest).sum();
                }
            }
            if bits != 0 {
                heads.push((at, bits));
            }
            at += step;
        }
        heads
    }

    /// Whether the noun that a phrase is about is a body, in languages where it comes last: "the nurses' union",
    /// but not 'a union official' or 'two members of the union'.
    pub(super) fn ends_as_body(&self, range: &Range<usize>, heads: &[(usize, u64)]) -> bool {
        let scene = self.scene;
        let inner = class::NP_PREPOSITION | class::PREPOSITION | class::RELATIVE;
        let ends = |n: usize| scene.is(n, inner) || scene.is_verb(n) || scene.in_cue(n);
        let end = (range.start + 1..range.end).find(|&n| ends(n)).unwrap_or(range.end);
        let last = heads.iter().rfind(|(n, _)| *n < end);
        let people = class::ANONYMOUS | class::PERSON;
        !scene.pack.heads_first && last.is_some_and(|(_, bits)| bits & class::BODY != 0 && bits & people == 0)
    }

    /// Entities that the phrase names, with a token of each and whether it only owns or places the head
    /// ('an aide of Putin', 'in Jakarta').
    pub(super) fn entities_in(&self, range: &Range<usize>) -> Vec<(EntityIndex, usize, bool)> {
        let mut found: Vec<(EntityIndex, usize, bool)> = Vec::new();
        let mut last = None;
        for token in range.clone() {
            let Some(mention) = self.scene.mention_at(token) else { continue };
            if last == Some(mention) {
                continue;
            }
            last = Some(mention);
            let owned = token > range.start
                && self
                    .scene
                    .class_before(token, class::PREPOSITION | class::NP_PREPOSITION | class::TO | class::BY)
                    .is_some()
                && !self.scene.is_mark(token - 1, &[","]);
            let end = self.scene.text.tokens_in(self.scene.layers.mentions[mention].span).end;
            let possessive = end < range.end
                && self.scene.text.tokens[end].glued
                && self.scene.text.word(end).starts_with(['\'', '’']);
            found.push((self.scene.layers.mentions[mention].entity, token, owned || possessive));
        }
        found
    }

    pub(super) fn entity(&self, index: EntityIndex) -> &sumber_core::Entity {
        &self.scene.layers.entities[index.0 as usize]
    }

    /// 'pemerintah Iran', 'the Russian government': the state itself, not one of its bodies.
    pub(super) fn is_government(&self, range: &Range<usize>) -> bool {
        let scene = self.scene;
        let heads = self.head_classes(range);
        heads.iter().filter(|(_, bits)| bits & class::BODY != 0).all(|&(n, _)| scene.is(n, class::GOVERNMENT))
    }

    fn words_of(&self, range: &Range<usize>) -> String {
        self.scene.span(range).of(self.scene.text.source).to_owned()
    }

    pub(super) fn named(&self, index: EntityIndex, range: &Range<usize>) -> Link {
        let entity = self.entity(index);
        let kind = match (entity.kind, entity.link) {
            (EntityKind::Person, _) => LinkKind::Person,
            (_, LinkKind::Anonymous | LinkKind::Person) => LinkKind::Body,
            (_, kind) => kind,
        };
        let names = self.names[index.0 as usize].get_or_init(|| {
            let name = Some(&entity.name).filter(|name| !entity.names.contains(name));
            name.into_iter().chain(&entity.names).cloned().collect()
        });
        Link {
            kind,
            text: entity.name.clone(),
            span: Some(self.scene.span(range)),
            entity: Some(index),
            names: names.clone(),
            country: entity.country.clone(),
            count: None,
        }
    }

    pub(super) fn described(
        &self,
        kind: LinkKind,
        range: &Range<usize>,
        entities: &[(EntityIndex, usize, bool)],
    ) -> Link {
        let mut core = range.clone();
        while core.start + 1 < core.end && self.scene.is(core.start, class::DETERMINER) {
            core.start += 1;
        }
        let mut names = vec![self.words_of(&core), self.words_of(range)];
        if kind == LinkKind::Body {
            names.extend(self.own_name(&core));
        }
        names.dedup();
        Link {
            kind,
            text: names[0].clone(),
            names: names.into(),
            span: Some(self.scene.span(range)),
            entity: None,
            country: self.country(range, entities),
            count: None,
        }
    }

    /// The capitals at the end of a description: its name ('ong padovana Ponte Salute').
    fn own_name(&self, range: &Range<usize>) -> Option<String> {
        let tokens = &self.scene.text.tokens;
        let capital = |n: &usize| tokens[*n].shape.is_capital() && !self.scene.is_time(*n);
        let start = range.clone().rev().take_while(capital).last()?;
        let head = start > range.start && range.end - start >= 2;
        head.then(|| self.words_of(&(start..range.end)))
    }

    pub(super) fn anonymous(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Link {
        Link {
            kind: LinkKind::Anonymous,
            text: self.words_of(range),
            span: Some(self.scene.span(range)),
            entity: None,
            names: Arc::default(),
            country: self
                .country_of_people(range, entities)
                .or_else(|| self.country_of_body(range))
                .or_else(|| self.country_of_organ(range, entities))
                .or_else(|| self.country_of_locals(range, entities)),
            count: self.count(range).or_else(|| self.is_singular(range, entities).then_some(1)),
        }
    }

    /// Whether the phrase describes the one who holds an office of a named body ("France's delegate").
    fn is_singular(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> bool {
        let scene = self.scene;
        let owned = entities.first().is_some_and(|&(_, token, owned)| owned && token == range.start);
        let kinds = if owned { class::PERSON | class::ANONYMOUS } else { class::PERSON };
        let role = self.head_classes(range).iter().any(|(_, bits)| bits & kinds != 0);
        let plural = range.clone().any(|n| scene.class_at(n, class::PLURAL | class::AND).is_some());
        role && !plural && (!entities.is_empty() || scene.is(range.start, class::DEFINITE))
    }

    /// How many: a number word or digits before the head, 'one of', or a singular with its article; of two
    /// described side by side the sum, where both tell.
    pub(super) fn count(&self, range: &Range<usize>) -> Option<u32> {
        let people =
            |r: &Range<usize>| r.clone().any(|n| self.scene.class_at(n, class::ANONYMOUS | class::PERSON).is_some());
        let and = range.clone().find(|&n| self.scene.is(n, class::AND));
        let parts = and.map(|and| (range.start..and, and + 1..range.end)).filter(|(a, b)| people(a) && people(b));
        match parts {
            Some((first, second)) => {
                // 'a source and officials': of one of them it is not told; 'two officials and diplomats': of both
                let first = self.count_before(&first);
                let led = self.scene.is(second.start, class::DETERMINER | class::NUMBER);
                if led { Some(first?.saturating_add(self.count(&second)?)) } else { first.filter(|&n| n > 1) }
            }
            None => self.count_before(range),
        }
    }

    fn count_before(&self, range: &Range<usize>) -> Option<u32> {
        let scene = self.scene;
        // a share of people is no number of them
        if range.clone().any(|at| scene.class_at(at, class::SHARE).is_some()) {
            return None;
        }
        let mut headed = false;
        for at in range.clone() {
            if scene.class_at(at, class::ONE_OF).is_some() {
                return Some(1);
            }
            // 'a father of three', 'bapak tiga anak'
            let told = at > range.start && scene.is(at, class::NP_PREPOSITION) || headed;
            if at > range.start + 4 || told {
                break;
            }
            headed = scene.pack.heads_first && scene.is(at, class::PERSON | class::ANONYMOUS);
            if scene.is(at, class::NUMBER) {
                if let Some(&value) = scene.pack.values.get(&scene.text.tokens[at].word) {
                    return Some(value);
                }
            }
            if scene.text.tokens[at].shape == Shape::Number && scene.mention_at(at).is_none() {
                // 'a 46-page report'
                if scene.is_mark(at + 1, &["-", "‑"]) {
                    return None;
                }
                return scene.text.word(at).chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
            }
        }
        None
    }

    pub(super) fn country(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Option<String> {
        entities.iter().find_map(|(e, _, _)| self.entity(*e).country.clone()).or_else(|| self.scene.country_in(range))
    }

    /// The state that a phrase tells of people; that of a medium to whom they speak is not theirs.
    fn country_of_people(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Option<String> {
        let medium = |n: usize| self.scene.names_medium(&(n..n + 1));
        let end = range.clone().find(|&n| n > range.start && medium(n)).unwrap_or(range.end);
        let told: Vec<_> = entities.iter().filter(|(_, token, _)| *token < end).copied().collect();
        self.country(&(range.start..end), &told)
    }

    /// The state of people whom only a state has ('two central bank officials'), where the phrase names nobody of
    /// another kind ('officials of the EU', 'a confederation official').
    fn country_of_organ(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Option<String> {
        let scene = self.scene;
        let relative = range.clone().find(|&n| scene.class_at(n, class::RELATIVE).is_some()).unwrap_or(range.end);
        let head = range.start..relative.max(range.start + 1);
        let organ = head.clone().any(|n| scene.class_at(n, class::STATE).is_some());
        let named = entities.iter().any(|(e, ..)| self.entity(*e).kind == EntityKind::Organisation);
        let other = self
            .head_classes(&head)
            .iter()
            .any(|&(n, bits)| bits & (class::BODY | class::MEDIUM) != 0 && scene.class_at(n, class::STATE).is_none());
        (organ && !named && !other).then(|| self.state_at_hand(range.start, false)).flatten()
    }

    /// The state of people of a trade or a place ('a nurse', 'a manager at the airport', 'residents'), who are at home
    /// where the article is; not of those who may come from anywhere ('a diplomat', 'a person familiar with it').
    fn country_of_locals(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Option<String> {
        let scene = self.scene;
        let (head, _) = self.head_of_people(range)?;
        let is = |class: u64| head.clone().any(|n| scene.class_at(n, class).is_some());
        if is(class::STATE) && !(is(class::VOICE) && entities.is_empty()) {
            return None; // an official of a federation is of none
        }
        let elsewhere = class::HIS | class::THEIR | class::ITS | class::ANYWHERE;
        let anywhere = range.clone().any(|n| scene.class_at(n, elsewhere).is_some());
        // a body that all states have, a place that nobody knows
        let far = entities.iter().map(|&(e, ..)| self.entity(e)).any(|e| match e.kind {
            EntityKind::Organisation => e.known,
            EntityKind::Place | EntityKind::Polity => true,
            _ => false,
        });
        if anywhere || far { None } else { self.state_at_hand(range.start, !entities.is_empty()) }
    }

    /// The state that the article is about, at a token: told at least three times and clearly more often than any
    /// other, for `much` twice as clearly; the state of who spoke last nearby counts as three more.
    fn state_at_hand(&self, at: usize, much: bool) -> Option<String> {
        let scene = self.scene;
        let sentence = scene.text.sentence_of(at);
        let last = self.speakers.iter().rev().find(|s| s.range.start < at && s.link.kind != LinkKind::Medium);
        let last = last.filter(|s| scene.text.sentence_of(s.range.start) + NEAR >= sentence);
        let last = last.and_then(|s| s.link.country.as_deref());
        let mut best: Option<(usize, &str)> = None;
        let mut next = 0;
        for (state, count) in self.states_told.get_or_init(|| self.count_states()) {
            let count = count + if last == Some(state) { SPOKE } else { 0 };
            match best {
                Some((most, _)) if most >= count => next = next.max(count),
                _ => {
                    next = best.map_or(0, |(most, _)| most);
                    best = Some((count, state));
                }
            }
        }
        let (most, state) = best?;
        let clear = if much { most >= next * 3 } else { most * 2 >= next * 3 };
        (most >= 3 && clear).then(|| state.to_owned())
    }

    /// How often the article tells each state, by names, adjectives, bodies and people of it.
    fn count_states(&self) -> BTreeMap<String, usize> {
        let layers = &self.scene.layers;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for mention in layers.mentions {
            let entity = self.entity(mention.entity);
            if let Some(country) = entity.country.as_ref().filter(|_| entity.link != LinkKind::Medium) {
                *counts.entry(country.clone()).or_default() += 1;
            }
        }
        for word in layers.states {
            let place = layers.mentions.partition_point(|m| m.span.end <= word.span.start);
            if layers.mentions.get(place).is_none_or(|m| !m.span.overlaps(word.span)) {
                *counts.entry(word.country.clone()).or_default() += 1;
            }
        }
        counts
    }

    /// The medium among those to whom something was said, if it is not the article's own outlet.
    pub(super) fn medium_in(&self, range: &Range<usize>) -> Option<Link> {
        let entities = self.entities_in(range);
        let medium = entities.iter().find(|(e, _, _)| self.entity(*e).link == LinkKind::Medium);
        if let Some((entity, ..)) = medium {
            return Some(self.named(*entity, range));
        }
        // 'Radio Kota': a word of the name or beside it tells that it is one
        let told = range.clone().any(|n| self.scene.class_at(n, class::MEDIUM).is_some());
        let body = entities.iter().find(|(e, _, _)| told && self.entity(*e).kind == EntityKind::Organisation)?;
        Some(Link { kind: LinkKind::Medium, ..self.named(body.0, range) })
    }
}
