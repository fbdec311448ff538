//! Claims: units that assert the same, whatever the language.
//!
//! Candidates come from equal keys: pairs of a unit's rarest features, and rare features alone.
//! What a copy renders sentence by sentence is the same claim whatever the words; such units are
//! one node before the rest is clustered by the mean of all pairs.

use rustc_hash::{FxHashMap, FxHashSet};
use sumber_core::{CopyRelation, Stance};

use crate::company;
use crate::components::{Edge, UnionFind, clusters, evenly};
use crate::copies::Pair;
use crate::features::{FeatureKind, Frequencies, mix};
use crate::keys::Blocks;
use crate::limits;
use crate::units::{self, Unit};

/// Units that make one assertion, and those that deny it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cluster {
    /// Numbers of units, sorted.
    pub members: Vec<u32>,
    /// Numbers of the units that deny it, sorted.
    pub denials: Vec<u32>,
}

/// Scored pairs of units and what copies tell.
pub(crate) struct Linked {
    /// The claims, in order of their first member.
    pub clusters: Vec<Cluster>,
    /// Groups of units that copies render one by one: a unit's group.
    pub rendered: Vec<u32>,
    /// Hot keys that were cut.
    pub hot: u32,
}

/// What a pair of units turned out to be, with its score.
enum Scored {
    /// Two statements that assert the same.
    BothAssert(Edge),
    /// A sentence without a source, and a statement that says the same.
    Sentence(u32, u32, u32),
    /// A denial, and what it turns round.
    Opposed(u32, u32, u32),
    /// Two denials, however alike.
    BothDeny(Edge),
}

/// Finds the claims of a collection.
pub(crate) fn find(
    units: &[Unit],
    frequencies: Frequencies,
    copies: &[Pair],
    identity: impl Fn(&Unit) -> u64,
) -> Linked {
    let blocks = blocks(units, &frequencies, identity);
    drop(frequencies);
    let mut joined = rendered(units, copies, true);
    let heads: Vec<u32> = (0..units.len() as u32).map(|n| joined.find(n)).collect();

    let scored = blocks.pairs(limits::MOST_UNITS, |left, partners, found| {
        let one = &units[left as usize];
        for &(right, keys_shared) in partners {
            let other = &units[right as usize];
            // two sentences without a source make no claim, whatever they have in common
            if !one.is_statement() && !other.is_statement() {
                continue;
            }
            // among a million statements, one thing in common is chance unless the happening is one
            if keys_shared < limits::FAR_KEYS && one.story != other.story {
                continue;
            }
            for (from, to, unit, against) in [(left, right, one, other), (right, left, other, one)] {
                if unit.may_deny {
                    let score = crate::denials::score(unit, against);
                    if score >= limits::DENIAL {
                        found.push(Scored::Opposed(from, to, score));
                    }
                }
            }
            let both_deny = one.may_deny && other.may_deny;
            let both_assert = one.stance == Stance::Asserts && other.stance == Stance::Asserts;
            if !both_deny && !both_assert {
                continue;
            }
            let agreement = units::agreement(one, other, limits::HALF_EVIDENCE);
            if both_deny {
                found.push(Scored::BothDeny(Edge { left, right, score: agreement.score }));
            }
            if !both_assert {
                continue;
            }
            let score = units::in_context(agreement, one, other);
            if score < limits::CLAIM_EDGE {
                continue;
            }
            match (one.is_statement(), other.is_statement()) {
                (true, true) => found.push(Scored::BothAssert(Edge { left, right, score })),
                (true, false) => found.push(Scored::Sentence(right, left, score)),
                (false, _) => found.push(Scored::Sentence(left, right, score)),
            }
        }
    });
    let (mut assertions, mut sentences, mut opposed, mut denials) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for scored in scored {
        match scored {
            Scored::BothAssert(edge) => assertions.push(edge),
            Scored::Sentence(sentence, statement, score) => sentences.push((sentence, statement, score)),
            Scored::Opposed(denial, against, score) => opposed.push((denial, against, score)),
            Scored::BothDeny(edge) => denials.push(edge),
        }
    }
    company::weigh(units, &mut assertions);
    // what is translated is one node; what is reworded is a strong edge, since two statements of one
    // article are close to the same counterpart
    let mut translated = rendered(units, copies, false);
    let nodes: Vec<u32> = (0..units.len() as u32).map(|n| translated.find(n)).collect();
    for (a, b, score) in reworded_pairs(units, copies) {
        if units[a as usize].asserts() && units[b as usize].asserts() {
            assertions.push(Edge { left: a.min(b), right: a.max(b), score: score.max(limits::REWORDED_EDGE) });
        }
    }
    let groups = cluster_statements(units, &nodes, assertions);
    let mut found: Vec<Cluster> = groups.into_iter().map(|members| Cluster { members, denials: Vec::new() }).collect();
    let mut of = vec![u32::MAX; units.len()];
    for (number, cluster) in found.iter().enumerate() {
        for &member in &cluster.members {
            of[member as usize] = number as u32;
        }
    }
    attach_sentences(units, &heads, sentences, &mut found, &mut of);
    for (number, &head) in heads.iter().enumerate() {
        if head != number as u32 {
            denials.push(Edge { left: head, right: number as u32, score: 1000 });
        }
    }
    crate::denials::attach(units, &denials, opposed, &mut found, &of);
    found.retain(|c| c.members.len() > 1 || !c.denials.is_empty());
    Linked { clusters: found, rendered: heads, hot: blocks.hot }
}

/// The pairs of asserting statements that are compared, with their score.
pub(crate) fn compared(units: &[Unit], frequencies: &Frequencies, identity: impl Fn(&Unit) -> u64) -> Vec<Edge> {
    let blocks = blocks(units, frequencies, identity);
    let pairs = blocks.pairs(limits::MOST_UNITS, |left, partners, pairs| {
        for &(right, _) in partners.iter().filter(|p| units[left as usize].asserts() && units[p.0 as usize].asserts()) {
            let score = units::score(&units[left as usize], &units[right as usize], limits::HALF_EVIDENCE);
            if score > 0 {
                pairs.push(Edge { left, right, score });
            }
        }
    });
    pairs.collect()
}

/// The units by their blocking keys.
fn blocks(units: &[Unit], frequencies: &Frequencies, identity: impl Fn(&Unit) -> u64) -> Blocks {
    let keys = |n: u32| unit_keys(&units[n as usize], frequencies);
    Blocks::new(units.len(), limits::HOT_KEY, keys, |n| identity(&units[n as usize]))
}

/// Blocking keys of a unit: rare features alone, and pairs of its rarest ones.
fn unit_keys(unit: &Unit, frequencies: &Frequencies) -> Vec<u64> {
    let mut rarest: Vec<(u16, u64, bool)> =
        unit.features.iter().map(|f| (f.weight, f.key, f.is(FeatureKind::Word))).collect();
    rarest.sort_unstable_by_key(|&(weight, key, _)| (std::cmp::Reverse(weight), key));
    let mut keys: Vec<u64> =
        rarest.iter().map(|r| r.1).filter(|&key| frequencies.of(key) <= limits::RARE_UNITS).collect();
    // anchors meet across languages, so they get pairs of their own beside those with words
    for words in [true, false] {
        let chosen: Vec<u64> =
            rarest.iter().filter(|r| words || !r.2).take(limits::PAIRED_FEATURES).map(|r| r.1).collect();
        for (n, &a) in chosen.iter().enumerate() {
            keys.extend(chosen[n + 1..].iter().map(|&b| mix(a.min(b), a.max(b))));
        }
    }
    keys
}

/// Joins units that a copy renders one by one: within a bead of a translation, the first with the
/// first and so on where both sides have as many, else each with its best counterpart. In one
/// language, where text is moved about, each unit with its best counterpart anywhere.
fn rendered(units: &[Unit], copies: &[Pair], also_reworded: bool) -> UnionFind {
    let mut sets = UnionFind::new(units.len());
    for pair in copies {
        if pair.relation != CopyRelation::Translation {
            if also_reworded {
                for (a, b, _) in reworded(units, pair) {
                    sets.join(a, b);
                }
            }
            continue;
        }
        for bead in &pair.alignment.beads {
            let within = |article: u32, (first, count): (u32, u32)| -> Vec<u32> {
                let start = units.partition_point(|u| u.article < article);
                let mut found: Vec<u32> = (start..units.len())
                    .take_while(|&n| units[n].article == article)
                    .filter(|&n| (first..first + count).contains(&units[n].sentence))
                    .map(|n| n as u32)
                    .collect();
                found.sort_unstable_by_key(|&n| units[n as usize].span);
                found
            };
            let (left, right) = (within(pair.from, bead.left), within(pair.to, bead.right));
            if left.len() == right.len() {
                for (&a, &b) in left.iter().zip(&right) {
                    if units[a as usize].stance == units[b as usize].stance {
                        sets.join(a, b);
                    }
                }
                continue;
            }
            let mut scored: Vec<(u32, u32, u32)> = Vec::new();
            for &a in &left {
                for &b in &right {
                    if units[a as usize].stance == units[b as usize].stance {
                        scored.push((units::score(&units[a as usize], &units[b as usize], 0), a, b));
                    }
                }
            }
            for (a, b, _) in one_to_one(scored) {
                sets.join(a, b);
            }
        }
    }
    sets
}

/// What copies in one language reword.
fn reworded_pairs(units: &[Unit], copies: &[Pair]) -> Vec<(u32, u32, u32)> {
    let same_language = copies.iter().filter(|pair| pair.relation != CopyRelation::Translation);
    same_language.flat_map(|pair| reworded(units, pair)).collect()
}

/// The units of two articles of one language, each with its best counterpart.
fn reworded(units: &[Unit], pair: &Pair) -> Vec<(u32, u32, u32)> {
    let of = |article: u32| {
        let start = units.partition_point(|u| u.article < article);
        start..start + units[start..].partition_point(|u| u.article == article)
    };
    let mut scored: Vec<(u32, u32, u32)> = Vec::new();
    for a in of(pair.from) {
        for b in of(pair.to).filter(|&b| units[a].stance == units[b].stance) {
            let score = units::score(&units[a], &units[b], limits::HALF_EVIDENCE);
            if score >= limits::REWORDED {
                scored.push((score, a as u32, b as u32));
            }
        }
    }
    one_to_one(scored)
}

/// The best pair, then the best of what is left, and so on.
fn one_to_one(mut scored: Vec<(u32, u32, u32)>) -> Vec<(u32, u32, u32)> {
    scored.sort_unstable_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut used: FxHashSet<u32> = FxHashSet::default();
    let mut pairs = Vec::new();
    for (score, a, b) in scored {
        if !used.contains(&a) && !used.contains(&b) {
            used.extend([a, b]);
            pairs.push((a, b, score));
        }
    }
    pairs
}

/// Clusters of asserting statements; rendered ones are one node, which scores as its best unit.
fn cluster_statements(units: &[Unit], heads: &[u32], edges: Vec<Edge>) -> Vec<Vec<u32>> {
    let mut nodes: Vec<Vec<u32>> = Vec::new();
    let mut node_of = vec![u32::MAX; units.len()];
    let mut by_head: FxHashMap<u32, u32> = FxHashMap::default();
    for (number, unit) in units.iter().enumerate() {
        if unit.asserts() {
            let node = *by_head.entry(heads[number]).or_insert_with(|| {
                nodes.push(Vec::new());
                nodes.len() as u32 - 1
            });
            nodes[node as usize].push(number as u32);
            node_of[number] = node;
        }
    }
    let mut joined: Vec<Edge> = edges
        .into_iter()
        .map(|e| {
            let (a, b) = (node_of[e.left as usize], node_of[e.right as usize]);
            Edge { left: a.min(b), right: a.max(b), score: e.score }
        })
        .filter(|e| e.left != e.right)
        .collect();
    joined.sort_unstable_by_key(|e| (e.left, e.right, std::cmp::Reverse(e.score)));
    joined.dedup_by_key(|e| (e.left, e.right));
    let score = |left: u32, right: u32| {
        let [one, other] = [left, right].map(|n| &units[nodes[n as usize][0] as usize]);
        let score = units::in_context(units::agreement(one, other, limits::HALF_EVIDENCE), one, other);
        if score < limits::CLAIM_EDGE { 0 } else { score }
    };
    clusters(nodes.len(), &joined, limits::CLAIM, limits::CLAIM_COMPONENT, &evenly, &score)
        .into_iter()
        .map(|cluster| {
            let mut members: Vec<u32> = cluster.into_iter().flat_map(|n| nodes[n as usize].clone()).collect();
            members.sort_unstable();
            members
        })
        .collect()
}

/// Puts unsourced sentences into the claim that holds their best counterpart.
fn attach_sentences(
    units: &[Unit],
    heads: &[u32],
    mut scored: Vec<(u32, u32, u32)>,
    found: &mut [Cluster],
    of: &mut [u32],
) {
    scored.retain(|s| s.2 >= limits::SENTENCE);
    scored.sort_unstable_by_key(|&(sentence, statement, score)| (sentence, std::cmp::Reverse(score), statement));
    let mut chosen: FxHashMap<u32, u32> = FxHashMap::default();
    for run in scored.chunk_by(|a, b| a.0 == b.0) {
        let cluster = of[run[0].1 as usize];
        if cluster != u32::MAX {
            chosen.insert(run[0].0, cluster);
        }
    }
    // what a copy renders goes where its counterpart goes
    let mut by_head: FxHashMap<u32, u32> = FxHashMap::default();
    for (number, &head) in heads.iter().enumerate() {
        let cluster = match of[number] {
            u32::MAX => chosen.get(&(number as u32)).copied(),
            cluster => Some(cluster),
        };
        if let Some(cluster) = cluster {
            let entry = by_head.entry(head).or_insert(cluster);
            *entry = cluster.min(*entry);
        }
    }
    for (number, unit) in units.iter().enumerate() {
        let direct = chosen.get(&(number as u32)).copied();
        let Some(cluster) = direct.or_else(|| by_head.get(&heads[number]).copied()) else { continue };
        if !unit.is_statement() && of[number] == u32::MAX {
            of[number] = cluster;
            found[cluster as usize].members.push(number as u32);
        }
    }
    for cluster in found {
        cluster.members.sort_unstable();
    }
}
