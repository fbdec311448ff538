//! Denials: units that turn round what a claim asserts. They are linked to it and never merged.

use rustc_hash::FxHashMap;
use sumber_core::Stance;

use crate::claims::Cluster;
use crate::components::{Edge, clusters};
use crate::features::FeatureKind;
use crate::limits;
use crate::units::{self, Unit};

/// Whether a unit denies something as a whole: by its stance, by a negation with which it begins, or
/// by negating most of what it says.
pub(crate) fn may_deny(unit: &Unit) -> bool {
    unit.is_statement() && (unit.stance == Stance::Denies || unit.opens_negated || unit.is_negated())
}

/// How much of a denial turns round what another unit asserts, in thousandths.
///
/// The share of the poorer unit's weight that the other has the other way round, names and numbers
/// with half their weight; nothing where more agrees than is turned round.
pub(crate) fn score(denial: &Unit, claim: &Unit) -> u32 {
    if claim.stance != Stance::Asserts || may_deny(claim) {
        return 0;
    }
    let (turned, agreeing) = units::turned(denial, claim);
    if turned <= agreeing || units::same_speaker(denial, claim) {
        return 0;
    }
    let words = denial.language == claim.language && denial.language != 0;
    let counted = |unit: &Unit| -> u32 {
        unit.features
            .iter()
            .filter(|(f, _)| f.kind != FeatureKind::Speaker && (words || f.kind != FeatureKind::Word))
            .map(|(_, weight)| weight)
            .sum()
    };
    let evidence = u64::from(turned + units::shared_names(denial, claim) / 2);
    let total = u64::from(counted(denial).min(counted(claim))).max(1);
    (1000 * evidence.min(total) / total * evidence / (evidence + u64::from(limits::HALF_EVIDENCE) / 2)) as u32
}

/// Links denials to the claims that they turn round. Denials that say the same are one group, and
/// a group goes where its best member goes: 'there is no bill' goes with 'there is no detention and
/// no bill'.
pub(crate) fn attach(
    units: &[Unit],
    edges: &[Edge],
    mut opposed: Vec<(u32, u32, u32)>,
    found: &mut [Cluster],
    of: &[u32],
) {
    opposed.sort_unstable_by_key(|&(denial, against, score)| (denial, std::cmp::Reverse(score), against));
    let mut targets: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for run in opposed.chunk_by(|a, b| a.0 == b.0) {
        let denial = run[0].0;
        let target = run.iter().map(|&(_, against, score)| (score, of[against as usize])).find(|&(_, cluster)| {
            cluster != u32::MAX && of[denial as usize] != cluster && !denies(units, &found[cluster as usize])
        });
        targets.extend(target.map(|target| (denial, target)));
    }
    let groups = clusters(units.len(), edges, limits::SAME_DENIAL, 0, limits::CLAIM_COMPONENT);
    for group in groups {
        let best = group
            .iter()
            .filter_map(|unit| targets.get(unit))
            .max_by_key(|&&(score, cluster)| (score, std::cmp::Reverse(cluster)));
        let Some(&(_, best)) = best else { continue };
        for unit in group.into_iter().filter(|&unit| may_deny(&units[unit as usize])) {
            // each where it fits best itself, else with its group
            let cluster = targets.get(&unit).map_or(best, |t| t.1);
            if of[unit as usize] != cluster {
                found[cluster as usize].denials.push(unit);
            }
        }
    }
    for cluster in found {
        cluster.denials.sort_unstable();
        cluster.denials.dedup();
    }
}

/// Whether most of a claim's members deny something themselves: what turns it round is the assertion.
fn denies(units: &[Unit], cluster: &Cluster) -> bool {
    2 * cluster.members.iter().filter(|&&n| may_deny(&units[n as usize])).count() >= cluster.members.len()
}
