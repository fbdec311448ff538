//! Denials: units that turn round what a claim asserts. They are linked to it and never merged.
//!
//! What a denial turns round is found in three ways: by features that it has the other way round; by
//! what goes with it ('denied that ...', and the speaker's words behind that); and by what somebody else
//! was told to say right before it, since a newsroom tells a charge and then the answer to it.

use std::collections::BTreeMap;

use sumber_core::{Span, Stance, StatementKind};

use crate::claims::Cluster;
use crate::components::{Edge, UnionFind, clusters, evenly, nothing};
use crate::features::{Feature, FeatureKind};
use crate::limits;
use crate::units::{self, Unit};

/// How much of a denial turns round what another unit asserts, in thousandths.
///
/// The share of the poorer unit's weight that the other has the other way round, names and numbers
/// with half their weight; nothing where more agrees than is turned round, nor without any of it where no word tells that it is a denial. Within
/// one article, which tells both sides one after the other, less evidence will do.
pub(crate) fn score(denial: &Unit, claim: &Unit) -> u32 {
    if claim.stance != Stance::Asserts || claim.may_deny {
        return 0;
    }
    let (turned, agreeing) = units::turned(denial, claim);
    let told = denial.stance == Stance::Denies;
    if turned < agreeing || (turned == 0 && !told) || units::same_speaker(denial, claim) {
        return 0;
    }
    let words = denial.language == claim.language && denial.language != 0;
    let counted = |unit: &Unit| -> u32 {
        unit.features
            .iter()
            .filter(|f| !f.is(FeatureKind::Speaker) && (words || !f.is(FeatureKind::Word)))
            .map(Feature::weighs)
            .sum()
    };
    let evidence = u64::from(turned + units::shared_names(denial, claim) / 2);
    let total = u64::from(counted(denial).min(counted(claim))).max(1);
    let score = 1000 * evidence.min(total) / total * evidence / (evidence + u64::from(limits::HALF_EVIDENCE) / 2);
    let near = denial.article == claim.article;
    (score as u32 * if near { limits::DENIAL_NEAR } else { 100 } / 100).min(1000)
}

/// Links denials to the claims that they turn round. `same` are pairs of denials that say the same,
/// `opposed` denials with what they turn round.
pub(crate) fn attach(
    units: &[Unit],
    same: &[Edge],
    mut opposed: Vec<(u32, u32, u32)>,
    found: &mut [Cluster],
    of: &[u32],
) {
    opposed.extend(within_articles(units));
    opposed.extend(told_before(units));
    let mut targets: Vec<Targets> = vec![Targets::default(); units.len()];
    for (number, against, score) in opposed {
        let (denial, claim) = (&units[number as usize], &units[against as usize]);
        let score = if denial.story == claim.story { score } else { score * limits::DENIAL_FAR / 100 };
        let least = if denial.stance == Stance::Denies { limits::DENIAL } else { limits::NEGATION };
        let cluster = of[against as usize];
        if score >= least
            && cluster != u32::MAX
            && cluster != of[number as usize]
            && !denies(units, &found[cluster as usize])
        {
            targets[number as usize].add(cluster, score);
        }
    }
    for targets in &mut targets {
        targets.keep_best();
    }
    // who says the same denies the same: 'there is no bill' goes with 'there is no detention and no bill'
    let mut groups = UnionFind::new(units.len());
    for group in clusters(units.len(), same, limits::SAME_DENIAL, limits::CLAIM_COMPONENT, &evenly, &nothing) {
        for pair in group.windows(2) {
            groups.join(pair[0], pair[1]);
        }
    }
    for (denial, words) in companions(units) {
        groups.join(denial, words);
    }
    for group in groups.groups().into_iter().filter(|g| g.len() > 1) {
        let mut all = Targets::default();
        for &unit in &group {
            for (&cluster, &score) in &targets[unit as usize].0 {
                all.add(cluster, score);
            }
        }
        all.keep_best();
        for unit in group {
            targets[unit as usize] = all.clone();
        }
    }
    for (unit, targets) in targets.iter().enumerate() {
        for &cluster in targets.0.keys().filter(|&&cluster| cluster != of[unit]) {
            found[cluster as usize].denials.push(unit as u32);
        }
    }
    both_ways(units, found, of);
}

/// The claims that a denial may turn round, each with the score of its best member.
#[derive(Clone, Debug, Default)]
struct Targets(BTreeMap<u32, u32>);

impl Targets {
    fn add(&mut self, cluster: u32, score: u32) {
        let best = self.0.entry(cluster).or_insert(score);
        *best = score.max(*best);
    }

    /// Leaves those that come near the best.
    fn keep_best(&mut self) {
        let best = self.0.values().copied().max().unwrap_or(0);
        self.0.retain(|_, score| *score * 100 >= best * limits::DENIAL_SECOND);
    }
}

/// The statements near a denial in its article that it turns round. They need no key in common with
/// it, so that what the blocking of a large collection leaves out is still found.
fn within_articles(units: &[Unit]) -> Vec<(u32, u32, u32)> {
    let mut found = Vec::new();
    for (number, denial) in units.iter().enumerate().filter(|(_, unit)| unit.may_deny) {
        let from = number.saturating_sub(limits::DENIAL_WINDOW);
        let until = (number + limits::DENIAL_WINDOW).min(units.len());
        for (other, unit) in units.iter().enumerate().take(until).skip(from) {
            if other != number && unit.article == denial.article && unit.is_statement() {
                let score = score(denial, unit);
                if score >= limits::DENIAL {
                    found.push((number as u32, other as u32, score));
                }
            }
        }
    }
    found
}

/// What somebody else says right before a denial, which is what it denies as likely as not: what speaks of
/// him who denies, else the last. A denial that says by itself what it denies goes with that first, and with
/// what stands before it only where they agree in anything or nothing else is found. A mere
/// negation answers it only where it says hardly anything of its own ('the accusation was untrue'); one
/// that opens with the negation says something ('there is no plan') unless it is a word ('not true').
fn told_before(units: &[Unit]) -> Vec<(u32, u32, u32)> {
    let mut found = Vec::new();
    for (number, denial) in units.iter().enumerate().filter(|(_, unit)| unit.may_deny) {
        let places = if denial.opens_negated { 1 } else { limits::REFERRING_PLACES };
        let denies = denial.stance == Stance::Denies;
        let refers = own_places(denial) <= places;
        if !denies && !refers {
            continue;
        }
        let before = units[..number].iter().enumerate().rev().take(limits::DENIAL_WINDOW);
        let others = before
            .take_while(|(_, unit)| {
                unit.article == denial.article && unit.sentence + limits::REFERRING_SENTENCES >= denial.sentence
            })
            .filter(|(_, unit)| unit.is_statement() && !unit.may_deny && !units::same_speaker(unit, denial));
        // who is charged with something answers that, and not what was told in between
        let charge = others.clone().find(|(_, unit)| denies && units::names_speaker(unit, denial));
        let told = charge.or_else(|| others.clone().next());
        found.extend(told.map(|(before, unit)| {
            let score = score(denial, unit);
            let likely = match (denies, refers || score > 0 || charge.is_some()) {
                (false, _) => limits::NEGATION,
                (true, true) => limits::DENIAL_BEFORE + score,
                (true, false) => limits::DENIAL,
            };
            (number as u32, before as u32, likely)
        }));
    }
    found
}

/// At how many places a unit has features: a word and the concept that it stands in are at one.
fn own_places(unit: &Unit) -> usize {
    let mut own: Vec<Span> = unit.features.iter().map(Feature::span).filter(|span| !span.is_empty()).collect();
    own.sort_unstable();
    let (mut places, mut end) = (0, 0);
    for span in own {
        places += usize::from(span.start >= end);
        end = end.max(span.end);
    }
    places
}

/// Denials with the words in which the same speaker goes on denying: 'denied that oil was spilt.
/// "Not a drop", she said.' A quotation of the same speaker right behind a denial goes with it; one
/// by another only where it denies too, since a body denies and its spokesman speaks.
fn companions(units: &[Unit]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let statements: Vec<u32> = (0..units.len() as u32).filter(|&n| units[n as usize].is_statement()).collect();
    for pair in statements.windows(2) {
        let (denial, words) = (&units[pair[0] as usize], &units[pair[1] as usize]);
        let near = denial.article == words.article && words.sentence <= denial.sentence + 1;
        if near
            && denial.stance == Stance::Denies
            && words.manner == StatementKind::Direct
            && (words.may_deny || units::same_speaker(denial, words))
        {
            found.push((pair[0], pair[1]));
        }
    }
    found
}

/// Where most of one claim's statements deny another, that one's deny it as well: which of two
/// rivals was told first does not matter. Leaves the denials of each claim sorted, each once.
fn both_ways(units: &[Unit], found: &mut [Cluster], of: &[u32]) {
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (number, cluster) in found.iter().enumerate() {
        for &denial in &cluster.denials {
            if of[denial as usize] != u32::MAX {
                *counts.entry((of[denial as usize], number as u32)).or_insert(0) += 1;
            }
        }
    }
    for ((rival, claim), count) in counts {
        let statements = |cluster: u32| -> Vec<u32> {
            found[cluster as usize].members.iter().copied().filter(|&n| units[n as usize].is_statement()).collect()
        };
        let (rivals, members) = (statements(rival), statements(claim));
        if rivals.len() > 1 && 2 * count > rivals.len() {
            found[rival as usize].denials.extend(members);
            found[claim as usize].denials.extend(rivals);
        }
    }
    for cluster in found {
        cluster.denials.sort_unstable();
        cluster.denials.dedup();
    }
}

/// Whether most of a claim's members deny something themselves: what turns it round is the assertion.
fn denies(units: &[Unit], cluster: &Cluster) -> bool {
    2 * cluster.members.iter().filter(|&&n| units[n as usize].may_deny).count() >= cluster.members.len()
}
