//! Mentions of one thing in one article, under one id.
//!
//! Known names join by the world data, state bodies by role and state, the others by their keys:
//! equal fine keys, a short form in brackets, or a form whose words stand in a longer name
//! ('Shoigu' after 'Sergei Shoigu', 'Tirrena' after 'Tirrena Energia').

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use sumber_core::{Entity, EntityIndex, EntityKind, LinkKind, Mention, Span};

use super::key::{coarse_key, fine_key};
use super::scan::{Candidate, Target, Votes};
use super::words::{Class, NamePack};
use super::world::{Thing, World};
use crate::Packs;
use crate::pack::Pack;
use crate::text::{Shape, Text, words_of};

/// Candidates that name one thing.
#[derive(Clone, Debug, Default)]
struct Group<'t> {
    /// Every form, once, in order.
    forms: SmallVec<[&'t str; 2]>,
    thing: Option<u32>,
    body: Option<usize>,
    members: SmallVec<[usize; 4]>,
    votes: Votes,
    /// What the words of its forms tell, each form once.
    own: Votes,
    medium: bool,
    country: Option<String>,
    /// Fine keys of the words of its longest form.
    words: Vec<String>,
    /// The group that it turned out to be.
    joined: Option<usize>,
    weak: bool,
}

impl Group<'_> {
    /// All that speaks for a kind.
    fn total(&self, kind: usize) -> i32 {
        self.votes[kind] + self.own[kind]
    }
}

/// Makes entities and mentions of the candidates.
pub(super) fn entities(
    text: &Text<'_>,
    candidates: &[Candidate],
    pack: Option<&Pack>,
    packs: &Packs,
) -> (Vec<Entity>, Vec<Mention>) {
    let names = pack.map(|p| &p.names);
    let (mut groups, keys) = gather(text, candidates, names, packs);
    join_forms(&mut groups, names, &packs.world);
    settle_states(&mut groups, candidates, names, &packs.world);
    output(text, candidates, &groups, &keys, names, packs)
}

/// The coarse keys of forms that were asked for.
type Keys<'t> = FxHashMap<&'t str, String>;

/// One group for each target; short forms in brackets go to the group of the long one. The keys that were made
/// on the way come with them.
fn gather<'t>(
    text: &Text<'t>,
    candidates: &[Candidate],
    names: Option<&NamePack>,
    packs: &Packs,
) -> (Vec<Group<'t>>, Keys<'t>) {
    let mut groups: Vec<Group<'t>> = Vec::with_capacity(candidates.len());
    let mut by_thing: FxHashMap<u32, usize> = FxHashMap::default();
    let mut by_body: FxHashMap<(usize, Option<&str>), usize> = FxHashMap::default();
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    let mut group_of: Vec<usize> = Vec::with_capacity(candidates.len());
    // a name that comes again is not taken apart again
    let mut fine_keys: FxHashMap<&str, String> = FxHashMap::default();
    let mut persons: FxHashMap<&str, Option<u32>> = FxHashMap::default();
    let mut keys = Keys::default();
    for (n, candidate) in candidates.iter().enumerate() {
        let form = surface(text, candidate).of(text.source);
        let key = match candidate.target {
            Target::New => {
                let bare = identity(form, names, text, candidate);
                fine_keys.entry(bare).or_insert_with(|| fine_key(bare)).as_str()
            }
            _ => "",
        };
        let own = match &candidate.target {
            Target::Known(thing) => by_thing.get(thing).copied(),
            Target::StateBody(body) => by_body.get(&(*body, candidate.country.as_deref())).copied(),
            Target::New => by_key.get(key).copied(),
        };
        let place = match (own, candidate.short_of) {
            (None, Some(long)) if candidate.target == Target::New || groups[group_of[long]].thing.is_none() => {
                group_of[long]
            }
            (Some(place), Some(long)) if groups[group_of[long]].thing.is_none() => {
                let long = group_of[long];
                if long != place && groups[long].body.is_none() {
                    groups[long].joined = Some(place);
                }
                place
            }
            (Some(place), _) => place,
            (None, _) => {
                groups.push(Group { weak: true, ..Group::default() });
                groups.len() - 1
            }
        };
        let group = &mut groups[place];
        match &candidate.target {
            Target::Known(thing) => {
                by_thing.entry(*thing).or_insert(place);
                if group.body.is_none() {
                    group.thing.get_or_insert(*thing);
                }
            }
            Target::StateBody(body) => {
                by_body.entry((*body, candidate.country.as_deref())).or_insert(place);
                group.body = Some(*body);
            }
            Target::New => {
                // a spelling of a person whom the world data knows
                if group.thing.is_none() {
                    let person = *persons.entry(form).or_insert_with(|| person_spelt(form, &packs.world, &mut keys));
                    if let Some(thing) = person {
                        group.thing = Some(thing);
                        let other = *by_thing.entry(thing).or_insert(place);
                        if other != place {
                            groups[place].joined = Some(other);
                        }
                    }
                }
                if own.is_none() {
                    by_key.insert(key.to_owned(), place);
                }
            }
        }
        let group = &mut groups[place];
        group.members.push(n);
        group.medium |= candidate.medium;
        group.weak &= candidate.weak;
        for (sum, vote) in group.votes.iter_mut().zip(candidate.votes) {
            *sum += vote;
        }
        if group.country.is_none() {
            group.country.clone_from(&candidate.country);
        }
        group_of.push(place);
        if group.forms.contains(&form) {
            continue;
        }
        group.forms.push(form);
        // what is known and no person lends its words to no short form
        if group.body.is_some() || group.thing.is_some_and(|t| packs.world.thing(t).kind != EntityKind::Person) {
            continue;
        }
        let words = key_words(form);
        if words.len() >= group.words.len() || candidate.own.iter().max() > group.own.iter().max() {
            group.own = candidate.own;
        }
        if candidate.short_of.is_none() && words.len() > group.words.len() {
            group.words = words;
        }
    }
    (groups, keys)
}

/// The person of the world data of whose name of two or more words a form is a spelling.
fn person_spelt<'t>(form: &'t str, world: &World, keys: &mut Keys<'t>) -> Option<u32> {
    if form.bytes().all(|b| b.is_ascii_alphanumeric()) || words_of(form).len() < 2 {
        return None;
    }
    let coarse = &*keys.entry(form).or_insert_with(|| coarse_key(form));
    world.person_by_key(coarse).filter(|_| coarse.len() >= 6)
}

/// The words of a candidate without an apostrophe that the cutter left at their beginning ("dell'A380").
fn surface(text: &Text<'_>, candidate: &Candidate) -> Span {
    let span = text.span(candidate.tokens.clone());
    let words = span.of(text.source);
    let bare = words.trim_start_matches(['\'', '’', 'ʼ']);
    Span::new(span.end - bare.len() as u32, span.end)
}

/// The fine keys of a name's words.
pub(super) fn key_words(name: &str) -> Vec<String> {
    words_of(name).into_iter().map(fine_key).filter(|w| !w.is_empty()).collect()
}

/// The words under whose key forms of a name that no data knows are one: without heads that say what it
/// is ('Pulau Sangiang', 'isola di Sangiang') and without the words of a company's legal form.
fn identity<'t>(surface: &'t str, names: Option<&NamePack>, text: &Text<'t>, candidate: &Candidate) -> &'t str {
    let Some(pack) = names else { return surface };
    let mut tokens = candidate.tokens.clone();
    let class_at = |at: usize, class: Class| pack.is(text.tokens[at].word, class);
    while tokens.len() > 1
        && (class_at(tokens.start, Class::PlaceFirst)
            || class_at(tokens.start, Class::Company)
            || class_at(tokens.start, Class::Article))
    {
        tokens.start += 1;
        while tokens.len() > 1 && class_at(tokens.start, Class::Inside) {
            tokens.start += 1;
        }
    }
    while tokens.len() > 1 && (class_at(tokens.end - 1, Class::PlaceLast) || class_at(tokens.end - 1, Class::Company)) {
        tokens.end -= 1;
    }
    text.span(tokens).of(text.source)
}

/// Joins short forms to the longer names that hold their words.
fn join_forms(groups: &mut [Group<'_>], names: Option<&NamePack>, world: &World) {
    let long: Vec<(usize, Vec<&[String]>)> = groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.joined.is_none())
        .map(|(n, g)| {
            let mut forms = vec![&g.words[..]];
            if let Some(thing) = g.thing.map(|t| world.thing(t)).filter(|t| t.kind == EntityKind::Person) {
                forms.extend(thing.latin_forms().iter().map(Vec::as_slice));
            }
            forms.retain(|f| f.len() > 1);
            (n, forms)
        })
        .filter(|(_, forms)| !forms.is_empty())
        .collect();
    let mut joins = vec![None; groups.len()];
    for (n, group) in groups.iter().enumerate() {
        if group.thing.is_some() || group.body.is_some() || group.joined.is_some() || group.words.is_empty() {
            continue;
        }
        if group.words.len() == 1 && group.words[0].len() < 3 {
            continue;
        }
        let first = group.members[0];
        let is_place = group.total(EntityKind::Polity as usize) + group.total(EntityKind::Place as usize) >= 5;
        let mut best: Option<(i32, usize)> = None;
        for (other, forms) in &long {
            if *other == n || groups[*other].words == group.words {
                continue;
            }
            let is_known_place = groups[*other].thing.is_some_and(|t| world.thing(t).kind != EntityKind::Person);
            if is_known_place || groups[*other].body.is_some() {
                continue;
            }
            // 'Jakarta Selatan' is no short form of the court that is named after it
            if is_place && kind_of(&groups[*other], world) == EntityKind::Organisation {
                continue;
            }
            let fit = forms.iter().filter_map(|form| fit(&group.words, form)).max();
            let Some(fit) = fit else { continue };
            // the nearest before counts most
            let before = groups[*other].members.iter().rev().find(|&&m| m < first);
            let score = fit * 1_000 + before.map_or(0, |&m| 900 - (first - m).min(800) as i32);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, *other));
            }
        }
        joins[n] = best.map(|(score, other)| (score / 1_000, other));
    }
    // where people go by their family names, a name that is cut to its first word is a body's
    let by_family = names.is_some_and(|p| !p.mononyms);
    for (n, join) in joins.into_iter().enumerate() {
        let Some((fit, other)) = join else { continue };
        groups[n].joined = Some(other);
        if by_family && fit == 2 && groups[n].words.len() == 1 && groups[other].own[EntityKind::Person as usize] < 3 {
            groups[other].votes[EntityKind::Organisation as usize] += 3;
        }
    }
    // follow joins to their ends, and move what the joined know
    for n in 0..groups.len() {
        let Some(mut end) = groups[n].joined else { continue };
        let mut steps = 0;
        while let Some(next) = groups[end].joined.filter(|&next| next != n && steps < 8) {
            end = next;
            steps += 1;
        }
        if end == n || groups[end].joined.is_some() {
            groups[n].joined = None;
            continue;
        }
        groups[n].joined = Some(end);
        let from = groups[n].clone();
        let to = &mut groups[end];
        to.members.extend(from.members);
        to.members.sort_unstable();
        to.medium |= from.medium;
        to.weak = false;
        for (sum, vote) in to.votes.iter_mut().zip(from.votes) {
            *sum += vote;
        }
        if to.country.is_none() {
            to.country = from.country;
        }
    }
}

/// How well a short form fits a longer name: 3 at its end, 2 at its beginning, 1 inside, or first
/// and last word of it.
fn fit(short: &[String], long: &[String]) -> Option<i32> {
    if short.len() >= long.len() {
        return None;
    }
    if long.ends_with(short) {
        return Some(3);
    }
    if long.starts_with(short) {
        return Some(2);
    }
    if short.len() == 2 && short[0] == long[0] && short[1] == long[long.len() - 1] {
        return Some(2);
    }
    (short.len() > 1 && long.windows(short.len()).any(|w| w == short)).then_some(1)
}

/// Gives state bodies without a state the one that the article tells.
fn settle_states(groups: &mut [Group<'_>], candidates: &[Candidate], names: Option<&NamePack>, world: &World) {
    let mut support: BTreeMap<&str, usize> = BTreeMap::new();
    if let Some(home) = names.and_then(|p| p.home.as_deref()) {
        *support.entry(home).or_default() += 2;
    }
    for candidate in candidates {
        if let Target::Known(thing) = candidate.target
            && let Some(country) = world.thing(thing).country.as_deref()
            && matches!(world.thing(thing).kind, EntityKind::Polity | EntityKind::Organisation)
            && world.thing(thing).link != LinkKind::Medium
        {
            *support.entry(country).or_default() += 2;
        }
        if let (Target::New, Some(country)) = (&candidate.target, candidate.country.as_deref()) {
            *support.entry(country).or_default() += 1;
        }
    }
    let main = support
        .iter()
        .max_by_key(|(country, count)| (**count, std::cmp::Reverse(**country)))
        .map(|(c, _)| (*c).to_owned());
    for n in 0..groups.len() {
        if groups[n].body.is_none() || groups[n].country.is_some() || groups[n].joined.is_some() {
            continue;
        }
        let body = groups[n].body;
        let first = groups[n].members[0];
        // the same body of a state that the article names, the nearest before first
        let same = groups
            .iter()
            .enumerate()
            .filter(|(other, g)| *other != n && g.body == body && g.country.is_some() && g.joined.is_none())
            .min_by_key(|(_, g)| if g.members[0] < first { first - g.members[0] } else { 10_000 + g.members[0] })
            .map(|(other, _)| other);
        match same {
            Some(other) => {
                let members = std::mem::take(&mut groups[n].members);
                groups[n].joined = Some(other);
                groups[other].members.extend(members);
                groups[other].members.sort_unstable();
            }
            None => groups[n].country.clone_from(&main),
        }
    }
}

fn kind_of(group: &Group<'_>, world: &World) -> EntityKind {
    if let Some(thing) = group.thing {
        return world.thing(thing).kind;
    }
    if group.body.is_some() {
        return EntityKind::Organisation;
    }
    let best = EntityKind::ALL.iter().enumerate().max_by_key(|(n, _)| (group.total(*n), std::cmp::Reverse(*n)));
    best.map_or(EntityKind::Other, |(_, kind)| *kind)
}

fn output(
    text: &Text<'_>,
    candidates: &[Candidate],
    groups: &[Group<'_>],
    keys: &Keys<'_>,
    names: Option<&NamePack>,
    packs: &Packs,
) -> (Vec<Entity>, Vec<Mention>) {
    let mut kept: Vec<(usize, &Group<'_>)> = groups
        .iter()
        .filter(|g| g.joined.is_none() && !g.members.is_empty())
        .filter(|g| {
            !g.weak
                || g.thing.is_some()
                || g.body.is_some()
                || g.words.len() > 1 && g.members.len() > 1
                || (0..5).any(|kind| g.total(kind) >= 3)
        })
        .map(|g| (g.members.iter().copied().min().unwrap_or(0), g))
        .collect();
    kept.sort_by_key(|(first, _)| *first);
    let mut entities = Vec::with_capacity(kept.len());
    let mut mentions = Vec::with_capacity(candidates.len());
    for (n, (_, group)) in kept.iter().enumerate() {
        entities.push(entity(text, candidates, group, keys, names, packs));
        for &member in &group.members {
            mentions.push(Mention { span: surface(text, &candidates[member]), entity: EntityIndex(n as u32) });
        }
    }
    mentions.sort_by_key(|m| m.span);
    (entities, mentions)
}

fn entity(
    text: &Text<'_>,
    candidates: &[Candidate],
    group: &Group<'_>,
    made: &Keys<'_>,
    names: Option<&NamePack>,
    packs: &Packs,
) -> Entity {
    let world = &packs.world;
    let mut forms: Vec<&str> = Vec::new();
    for &member in &group.members {
        let form = surface(text, &candidates[member]).of(text.source);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let fullest = fullest(text, candidates, group).unwrap_or(0);
    let full = surface(text, &candidates[fullest]).of(text.source);
    let kind = kind_of(group, world);
    let known = group.thing.map(|index| world.thing(index));
    let key_of = |form: &&str| match known {
        Some(thing) => thing.coarse_key(form),
        None => made.get(form).cloned().unwrap_or_else(|| coarse_key(form)),
    };
    let by_role = known.is_none() && group.body.is_some() && names.is_some();
    let mut keys: Vec<String> = if by_role { Vec::new() } else { forms.iter().map(key_of).collect() };
    if kind == EntityKind::Person {
        let words: Vec<&str> = full.split_whitespace().collect();
        if let [first, .., last] = words[..]
            && words.len() > 2
        {
            keys.push(coarse_key(&format!("{first} {last}")));
        }
    }
    let mut entity = Entity {
        id: String::new(),
        kind,
        name: full.to_owned(),
        names: forms.iter().map(|f| (*f).to_owned()).collect(),
        // of a ship or a place the words beside it tell too little: its flag, its port, its owner's state
        country: group
            .country
            .clone()
            .filter(|_| group.body.is_some() || matches!(kind, EntityKind::Person | EntityKind::Organisation))
            .or_else(|| {
                (kind == EntityKind::Polity).then(|| world.towns.get(full).flatten().map(str::to_owned)).flatten()
            }),
        owner: None,
        link: if kind == EntityKind::Person {
            LinkKind::Person
        } else if group.medium {
            LinkKind::Medium
        } else {
            LinkKind::Body
        },
        known: false,
        keys: Vec::new(),
    };
    if let Some(index) = group.thing {
        fill(&mut entity, world.thing(index));
    } else if let (Some(body), Some(pack)) = (group.body, names) {
        let body = &pack.state_bodies[body];
        let state = entity.country.as_deref().unwrap_or("").to_lowercase();
        entity.id = ["body:", &state, ":", &body.role].concat();
        if let Some(thing) = world.get(&entity.id) {
            fill(&mut entity, thing);
        }
        for other in packs.iter() {
            let same = other.names.state_bodies.iter().filter(|b| b.role == body.role);
            for name in same.flat_map(|b| &b.names) {
                if !entity.names.contains(name) {
                    entity.names.push(name.clone());
                }
            }
        }
        entity.known = true;
        keys.clear();
    } else {
        // the kind is a guess that articles may make differently: it is no part of the id
        entity.id = ["name:~", &fine_key(identity(full, names, text, &candidates[fullest]))].concat();
    }
    keys.retain(|k| k.len() > 1);
    keys.sort();
    keys.dedup();
    entity.keys = keys;
    entity
}

fn fill(entity: &mut Entity, thing: &Thing) {
    entity.id.clone_from(&thing.id);
    entity.kind = thing.kind;
    entity.name.clone_from(&thing.names[0]);
    // the thing's names are all different: each is compared with the article's forms alone
    let forms = entity.names.len();
    entity.names.reserve(thing.names.len());
    for name in &thing.names {
        if !entity.names[..forms].contains(name) {
            entity.names.push(name.clone());
        }
    }
    entity.country = thing.country.clone().or(entity.country.take());
    entity.owner.clone_from(&thing.owner);
    entity.link = thing.link;
    entity.known = true;
}

/// The member with the most words; of equals the longest, then the first.
fn fullest(text: &Text<'_>, candidates: &[Candidate], group: &Group) -> Option<usize> {
    group.members.iter().copied().max_by_key(|&m| {
        let tokens = candidates[m].tokens.clone();
        let words = text.tokens[tokens.clone()].iter().filter(|t| t.shape != Shape::Mark).count();
        (words, text.span(tokens).len(), std::cmp::Reverse(m))
    })
}
