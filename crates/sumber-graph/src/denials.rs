//! Denials: units that turn round what a claim asserts. They are linked to it and never merged.

use sumber_core::Stance;

use crate::claims::Cluster;
use crate::features::FeatureKind;
use crate::limits;
use crate::units::{self, Unit};

/// Whether a unit denies anything: by its stance, or by a negation in its words.
pub(crate) fn may_deny(unit: &Unit) -> bool {
    unit.is_statement() && (unit.stance == Stance::Denies || unit.features.iter().any(|(f, _)| f.negated))
}

/// How much of a denial turns round what another unit asserts, in thousandths.
///
/// The share of the denial's own weight that the other has the other way round, or has as names and
/// numbers; nothing where nothing is turned round.
pub(crate) fn score(denial: &Unit, claim: &Unit) -> u32 {
    if claim.stance != Stance::Asserts {
        return 0;
    }
    let turned = units::shared(denial, claim, true);
    if turned == 0 {
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
    let named = units::shared_names(denial, claim);
    let evidence = u64::from(turned + named / 2);
    let total = u64::from(counted(denial).min(counted(claim))).max(1);
    (1000 * evidence.min(total) / total * evidence / (evidence + u64::from(limits::HALF_EVIDENCE) / 2)) as u32
}

/// Links each denial to the one claim that it turns round most.
pub(crate) fn attach(units: &[Unit], mut opposed: Vec<(u32, u32, u32)>, found: &mut [Cluster], of: &[u32]) {
    opposed.sort_unstable_by_key(|&(denial, against, score)| (denial, std::cmp::Reverse(score), against));
    for run in opposed.chunk_by(|a, b| a.0 == b.0) {
        let denial = run[0].0;
        let target = run.iter().map(|&(_, against, _)| of[against as usize]).find(|&cluster| {
            cluster != u32::MAX && of[denial as usize] != cluster && !is_denied(units, &found[cluster as usize])
        });
        if let Some(cluster) = target {
            found[cluster as usize].denials.push(denial);
        }
    }
    for cluster in found {
        cluster.denials.sort_unstable();
        cluster.denials.dedup();
    }
}

/// Whether a claim is itself one that mostly denies: what turns it round is the assertion.
fn is_denied(units: &[Unit], cluster: &Cluster) -> bool {
    let negated = cluster.members.iter().filter(|&&n| units[n as usize].is_negated()).count();
    negated * 2 > cluster.members.len()
}
