//! What changed between the members of a claim: a number, a day, a hedge.

use sumber_core::{Change, ClaimChange, Member};

use crate::collection::Collection;
use crate::features::{Feature, FeatureKind};
use crate::units::Unit;

/// Compares each member with the first: `members` are in order of date and place.
pub(crate) fn find(collection: &Collection<'_>, units: &[Unit], members: &[u32]) -> Vec<ClaimChange> {
    let mut changes = Vec::new();
    let Some((&first, rest)) = members.split_first() else { return changes };
    let words = |unit: &Unit, feature: &Feature| -> String {
        feature.span().of(&collection.items[unit.article as usize].article.text).to_owned()
    };
    let reference = &units[first as usize];
    for &number in rest {
        let unit = &units[number as usize];
        let member = Member { article: collection.items[unit.article as usize].article.id, part: unit.part };
        for (kind, what) in [(FeatureKind::Number, Change::Number), (FeatureKind::Date, Change::Date)] {
            let only = |one: &Unit, other: &Unit| -> Vec<Feature> {
                one.features
                    .iter()
                    .copied()
                    .filter(|f| f.is(kind) && !f.span().is_empty() && !other.features.iter().any(|g| g.key == f.key))
                    .collect()
            };
            // one number against one: which of several became which cannot be told
            if let ([was], [is]) = (&only(reference, unit)[..], &only(unit, reference)[..])
                && (kind != FeatureKind::Number || near(value(collection, reference, was), value(collection, unit, is)))
            {
                changes.push(ClaimChange { member, what, was: words(reference, was), is: words(unit, is) });
            }
        }
        if unit.article != reference.article
            && unit.hedged != reference.hedged
            && unit.is_statement()
            && reference.is_statement()
        {
            let hedge = |unit: &Unit| -> String {
                let item = &collection.items[unit.article as usize];
                let hedge = item.analysis.hedges.iter().find(|h| unit.span.contains(**h));
                hedge.map_or_else(String::new, |h| h.of(&item.article.text).to_owned())
            };
            let (was, is) = (hedge(reference), hedge(unit));
            if was != is {
                changes.push(ClaimChange { member, what: Change::Hedge, was, is });
            }
        }
    }
    changes
}

/// The value of a number that stands at a feature's place.
fn value(collection: &Collection<'_>, unit: &Unit, feature: &Feature) -> Option<f64> {
    let numbers = &collection.items[unit.article as usize].analysis.numbers;
    numbers.iter().find(|n| n.span == feature.span())?.value.parse().ok()
}

/// Whether two numbers can be one that was changed: within a factor of four. 'Two jetties' did not
/// become '1,100 jobs'.
fn near(was: Option<f64>, is: Option<f64>) -> bool {
    was.zip(is).is_some_and(|(was, is)| was > 0.0 && is > 0.0 && was.max(is) <= 4.0 * was.min(is))
}
