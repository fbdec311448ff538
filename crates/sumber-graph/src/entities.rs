//! Joins the local entities of many articles into things of the world.
//!
//! Known ones join by id. Unknown ones are candidates where a key is equal, and join where their
//! names are compatible: two full names of a person agree in first and last word and neither has a
//! middle word that the other contradicts; a lone family name joins the one full name of the
//! collection that it can stand for, and stays alone where there are two. A shared family name is
//! never enough for two full names.

use rustc_hash::FxHashMap;
use sumber_core::{Entity, EntityKind, hash64};

use crate::components::UnionFind;
use crate::features::mix;

/// Things that share one name key at the most; a key like 'John Smith' in a large collection
/// joins nothing beyond it.
const MOST_NAMESAKES: usize = 4096;

/// What is compared of an unknown entity; equal profiles are one node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Profile<'a> {
    id: &'a str,
    person: bool,
    country: Option<&'a str>,
    known: bool,
    keys: Vec<&'a str>,
    /// Folded words of the forms of two words and more, and of the only form else.
    forms: Vec<Vec<String>>,
    mentions: u32,
}

/// The joint ids of all entities, article by article in the order of their lists.
pub(crate) fn join<'a>(articles: impl Iterator<Item = &'a [Entity]> + Clone) -> Vec<Vec<&'a str>> {
    let mut nodes: FxHashMap<(&str, Option<&str>), u32> = FxHashMap::default();
    let mut profiles: Vec<Profile<'_>> = Vec::new();
    for entities in articles.clone() {
        for entity in entities {
            // of one id, those of two countries stay apart: namesakes of two states
            let country = if entity.known { None } else { entity.country.as_deref() };
            let node = *nodes.entry((&entity.id, country)).or_insert_with(|| {
                profiles.push(Profile {
                    id: &entity.id,
                    person: entity.kind == EntityKind::Person,
                    country: entity.country.as_deref(),
                    known: entity.known,
                    keys: Vec::new(),
                    forms: Vec::new(),
                    mentions: 0,
                });
                profiles.len() as u32 - 1
            });
            let profile = &mut profiles[node as usize];
            profile.mentions += 1;
            profile.keys.extend(entity.keys.iter().map(String::as_str));
            profile.forms.extend(forms(entity));
        }
    }
    for profile in &mut profiles {
        profile.keys.sort_unstable();
        profile.keys.dedup();
        profile.forms.sort_unstable();
        profile.forms.dedup();
    }
    // an order that no input order changes
    let mut order: Vec<u32> = (0..profiles.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let (a, b) = (&profiles[a as usize], &profiles[b as usize]);
        (a.id, a.country).cmp(&(b.id, b.country))
    });
    let mut rank = vec![0; profiles.len()];
    for (place, &node) in order.iter().enumerate() {
        rank[node as usize] = place as u32;
    }
    let sorted: Vec<&Profile<'_>> = order.iter().map(|&n| &profiles[n as usize]).collect();
    let mut sets = UnionFind::new(sorted.len());
    join_equal_names(&sorted, &mut sets);
    join_lone_names(&sorted, &mut sets);
    let names = joint_names(&sorted, &mut sets);
    articles
        .map(|entities| {
            entities
                .iter()
                .map(|entity| {
                    let country = if entity.known { None } else { entity.country.as_deref() };
                    names[rank[nodes[&(entity.id.as_str(), country)] as usize] as usize]
                })
                .collect()
        })
        .collect()
}

/// The joint id of every profile: of a set the known one, else the one with most mentions, then
/// the longest, then the first.
fn joint_names<'a>(profiles: &[&Profile<'a>], sets: &mut UnionFind) -> Vec<&'a str> {
    let mut names = vec![""; profiles.len()];
    for group in sets.groups() {
        let best = group
            .iter()
            .map(|&n| profiles[n as usize])
            .max_by_key(|p| (p.known, p.id.len(), p.mentions, std::cmp::Reverse(p.id)))
            .map_or("", |p| p.id);
        for member in group {
            names[member as usize] = best;
        }
    }
    names
}

/// Joins unknown entities that share a key or the first and last word of a full name.
fn join_equal_names(profiles: &[&Profile<'_>], sets: &mut UnionFind) {
    let mut rows: Vec<(u64, u32)> = Vec::new();
    for (n, profile) in profiles.iter().enumerate() {
        let class = u64::from(profile.person);
        if !profile.known {
            rows.extend(profile.keys.iter().map(|key| (mix(class, hash64(key.as_bytes())), n as u32)));
            if let Some((_, key)) = profile.id.split_once('~') {
                rows.push((mix(class, hash64(key.as_bytes())), n as u32));
            }
        }
        if profile.person {
            for form in profile.forms.iter().filter(|f| f.len() > 1) {
                let ends = mix(hash64(form[0].as_bytes()), hash64(form[form.len() - 1].as_bytes()));
                rows.push((mix(2, ends), n as u32));
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    for group in rows.chunk_by(|a, b| a.0 == b.0).filter(|g| (2..=MOST_NAMESAKES).contains(&g.len())) {
        // each against the heads of what the group has become: linear where all agree
        let mut heads: Vec<u32> = Vec::new();
        for &(_, node) in group {
            let profile = profiles[node as usize];
            match heads.iter().find(|&&head| agree(profiles[head as usize], profile)) {
                Some(&head) => {
                    sets.join(head, node);
                }
                None if heads.len() < 64 => heads.push(node),
                None => {}
            }
        }
    }
}

/// Whether two candidates can be one thing.
fn agree(left: &Profile<'_>, right: &Profile<'_>) -> bool {
    if left.person != right.person || (left.known && right.known && left.id != right.id) {
        return false;
    }
    if let (Some(a), Some(b)) = (left.country, right.country)
        && a != b
    {
        return false;
    }
    if !left.person {
        return true;
    }
    let full = |profile: &Profile<'_>| profile.forms.iter().any(|f| f.len() > 1);
    if !full(left) || !full(right) {
        // lone names with an equal key: the same word, nothing speaks against it
        return !full(left) && !full(right);
    }
    left.forms
        .iter()
        .filter(|f| f.len() > 1)
        .any(|a| right.forms.iter().filter(|f| f.len() > 1).any(|b| compatible(a, b)))
        || left.keys.iter().any(|key| !key.is_ascii() || right.keys.contains(key)) && scripts_differ(left, right)
}

/// Whether one name is written in Latin letters and the other is not: words cannot be compared.
fn scripts_differ(left: &Profile<'_>, right: &Profile<'_>) -> bool {
    let latin = |p: &Profile<'_>| p.forms.iter().flatten().all(|w| w.is_ascii());
    latin(left) != latin(right)
}

/// Whether two full names of a person agree: ends equal, and the words of one are in order among
/// the other's. 'Ratna Kusuma Dewi' agrees with 'Ratna Kusumadewi' by being the same letters.
fn compatible(left: &[String], right: &[String]) -> bool {
    if left.concat() == right.concat() {
        return true;
    }
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.first() != long.first() || short.last() != long.last() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// Joins a lone family name (or a lone given name, where people have one name) to the only full
/// name that it can stand for.
fn join_lone_names(profiles: &[&Profile<'_>], sets: &mut UnionFind) {
    let mut full: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (n, profile) in profiles.iter().enumerate().filter(|(_, p)| p.person) {
        for form in profile.forms.iter().filter(|f| f.len() > 1) {
            full.entry(&form[form.len() - 1]).or_default().push(n as u32);
            full.entry(&form[0]).or_default().push(n as u32);
        }
    }
    for (n, profile) in profiles.iter().enumerate() {
        if !profile.person || profile.known || profile.forms.iter().any(|f| f.len() != 1) {
            continue;
        }
        let mut heads: Vec<u32> = profile
            .forms
            .iter()
            .filter_map(|form| full.get(form[0].as_str()))
            .flatten()
            .filter(|&&other| {
                let theirs = profiles[other as usize].country;
                profile.country.is_none() || theirs.is_none() || profile.country == theirs
            })
            .map(|&other| sets.find(other))
            .collect();
        heads.sort_unstable();
        heads.dedup();
        if let [only] = heads[..] {
            sets.join(only, n as u32);
        }
    }
}

/// The folded words of an entity's forms: those of two words and more, else the only form.
fn forms(entity: &Entity) -> Vec<Vec<String>> {
    let mut forms: Vec<Vec<String>> =
        std::iter::once(&entity.name).chain(&entity.names).map(|name| folded_words(name)).collect();
    forms.retain(|form| !form.is_empty());
    if forms.iter().any(|f| f.len() > 1) {
        forms.retain(|form| form.len() > 1);
    }
    forms.sort_unstable();
    forms.dedup();
    forms.truncate(8);
    forms
}

/// A name's words in lower case, letters that stand twice in a row once, and without an 'h' that no
/// vowel follows: the spellings that differ from newsroom to newsroom.
pub(crate) fn folded_words(name: &str) -> Vec<String> {
    name.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .map(|word| {
            let letters: Vec<char> =
                word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let mut out = String::with_capacity(word.len());
            for (i, &letter) in letters.iter().enumerate() {
                let next = letters.get(i + 1).copied();
                let silent = letter == 'h' && i > 0 && !next.is_some_and(|c| "aeiou".contains(c));
                let hard =
                    letter == 'c' && next == Some('h') && letters.get(i + 2).is_some_and(|c| !"aeiou".contains(*c));
                if !silent && !hard && !out.ends_with(letter) {
                    out.push(letter);
                }
            }
            out
        })
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sumber_core::LinkKind;

    fn person(name: &str, country: Option<&str>) -> Entity {
        let key = folded_words(name).concat();
        Entity {
            id: format!("person:~{key}"),
            kind: EntityKind::Person,
            name: name.to_owned(),
            names: vec![name.to_owned()],
            country: country.map(str::to_owned),
            owner: None,
            link: LinkKind::Person,
            known: false,
            keys: vec![key],
        }
    }

    fn joint(entities: &[Entity]) -> Vec<String> {
        join(std::iter::once(entities)).remove(0).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_middle_name_may_be_left_out() {
        let ids = joint(&[person("Tomo Adi Wirabrata", None), person("Tomo Wirabrata", None)]);
        assert_eq!(ids[0], ids[1]);
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        let ids = joint(&[person("Rahmad Syarifuddin", None), person("Rachmad Syarifudin", None)]);
        assert_eq!(ids[0], ids[1]);
    }

    #[test]
    fn a_shared_family_name_is_not_enough() {
        let ids = joint(&[person("Carla Bellandi", None), person("Pietro Bellandi", None)]);
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn a_lone_family_name_joins_the_only_full_one() {
        let ids = joint(&[person("Carla Bellandi", None), person("Bellandi", None)]);
        assert_eq!(ids[0], ids[1]);
    }

    #[test]
    fn a_lone_family_name_of_two_people_stays_alone() {
        let ids = joint(&[person("Carla Bellandi", None), person("Pietro Bellandi", None), person("Bellandi", None)]);
        assert_ne!(ids[2], ids[0]);
        assert_ne!(ids[2], ids[1]);
    }

    #[test]
    fn namesakes_of_two_states_are_two() {
        let people = [person("Ana Silva", Some("PRT")), person("Ana Silva", Some("BRA"))];
        let mut sets = UnionFind::new(2);
        let profiles: Vec<Profile<'_>> = people
            .iter()
            .map(|p| Profile {
                id: &p.id,
                person: true,
                country: p.country.as_deref(),
                known: false,
                keys: p.keys.iter().map(String::as_str).collect(),
                forms: forms(p),
                mentions: 1,
            })
            .collect();
        join_equal_names(&[&profiles[0], &profiles[1]], &mut sets);
        assert_eq!(sets.groups().len(), 2);
    }
}
