//! The order of the linking, and the answer put together.

use rayon::prelude::*;
use sumber_core::{
    Analysis, Article, ArticleId, Claim, Code, Diagnostic, Member, MemberPart, Severity, Span, Story, Trace,
};

use crate::PairEvidence;
use crate::claims::Cluster;
use crate::collection::Collection;
use crate::copies::Pair;
use crate::features::{Frequencies, mix};
use crate::sketch::Sketch;
use crate::units::Unit;
use crate::{changes, circles, claims, company, copies, origins, stories, units};

/// What is known before the first claim is made.
struct Prepared<'a> {
    collection: Collection<'a>,
    copies: Vec<Pair>,
    /// Keys of articles that were cut.
    hot: u32,
    stories: Vec<Story>,
    units: Vec<Unit>,
    /// How many units hold each feature.
    frequencies: Frequencies,
}

fn sketches(collection: &Collection<'_>) -> Vec<Sketch> {
    let mut sketches: Vec<Sketch> = collection.items.par_iter().map(Sketch::new).collect();
    weigh(&mut sketches);
    sketches
}

fn prepare(articles: &[(Article, Analysis)]) -> Prepared<'_> {
    let collection = Collection::new(articles);
    let mut sketches = sketches(&collection);
    let (copies, hot) = copies::find(&collection, &sketches);
    // sentences are compared no more, and room is what linking is short of
    sketches.iter_mut().for_each(|sketch| sketch.sentences = Vec::new());
    let stories = stories::find(&collection, &sketches, &copies);
    let (units, frequencies) =
        units::of_collection(&collection, sketches, &stories::of_articles(&collection, &stories));
    Prepared { collection, copies, hot, stories, units, frequencies }
}

/// Links a collection.
pub(crate) fn trace(articles: &[(Article, Analysis)]) -> Trace {
    let Prepared { collection, copies: pairs, hot: hot_articles, stories, units, frequencies } = prepare(articles);
    let linked = claims::find(&units, frequencies, &pairs, |unit| identity(&collection, unit));
    let mut claims: Vec<Claim> =
        linked.clusters.par_iter().map(|cluster| claim(&collection, &units, cluster, &linked.rendered)).collect();
    claims.sort_by(|a, b| {
        let matters = |c: &Claim| (!c.circular.is_empty(), !c.disputed_by.is_empty());
        let weight = |c: &Claim| c.members.len() + 2 * c.disputed_by.len().min(3) + 4 * c.circular.len().min(1);
        (weight(b), matters(b)).cmp(&(weight(a), matters(a))).then_with(|| a.members.cmp(&b.members))
    });
    let mut trace = Trace {
        copies: pairs.iter().map(|pair| pair.copy(&collection)).collect(),
        stories,
        claims,
        ..Trace::default()
    };
    for item in &collection.items {
        for (entity, joint) in item.analysis.entities.iter().zip(&item.entities) {
            if entity.id != *joint {
                trace.entities.insert((item.article.id, entity.id.clone()), (*joint).to_owned());
            }
        }
    }
    collection.twins.put_back(&mut trace);
    if collection.twins.count() > 0 {
        trace.findings.push(Diagnostic {
            severity: Severity::Note,
            code: Code::HotKey,
            place: "-".to_owned(),
            message: format!(
                "{} articles have the words of more than {} others and were not compared by themselves",
                collection.twins.count(),
                crate::limits::HOT_KEY
            ),
        });
    }
    for (count, what) in [(hot_articles, "articles"), (linked.hot, "statements")] {
        if count > 0 {
            trace.findings.push(Diagnostic {
                severity: Severity::Note,
                code: Code::HotKey,
                place: "-".to_owned(),
                message: format!(
                    "{count} keys are shared by more than {} {what}; only as many were compared under each",
                    crate::limits::HOT_KEY
                ),
            });
        }
    }
    trace
}

/// How far the articles of each pair report the same.
pub(crate) fn story_scores(articles: &[(Article, Analysis)], pairs: &[(ArticleId, ArticleId)]) -> Vec<Option<u32>> {
    let collection = Collection::new(articles);
    let sketches: Vec<Sketch> = collection.items.par_iter().map(Sketch::new).collect();
    let score_of = stories::scores(&collection, &sketches);
    let place = |id: ArticleId| collection.items.binary_search_by_key(&id, |item| item.article.id).ok();
    pairs.iter().map(|&(left, right)| place(left).zip(place(right)).map(|(a, b)| score_of(a, b))).collect()
}

/// The evidence of the pairs that are compared.
pub(crate) fn evidence(articles: &[(Article, Analysis)]) -> Vec<PairEvidence> {
    let Prepared { collection, units, frequencies, .. } = prepare(articles);
    let member = |unit: &Unit| Member { article: collection.items[unit.article as usize].article.id, part: unit.part };
    let pairs = claims::compared(&units, &frequencies, |unit| identity(&collection, unit));
    let company = company::of_edges(&units, &pairs);
    pairs
        .iter()
        .zip(company)
        .map(|(pair, company)| {
            let (left, right) = (&units[pair.left as usize], &units[pair.right as usize]);
            let apart = left.article != right.article;
            PairEvidence {
                left: member(left),
                right: member(right),
                score: pair.score,
                same_article: left.article == right.article,
                same_story: left.story == right.story,
                across_languages: left.language != right.language,
                other_days: units::tell_other_days(left, right),
                other_manner: left.manner != right.manner,
                one_speaker: units::same_speaker(left, right),
                nearest: apart && company.nearest,
                beside: apart && company.neighbours,
                days: units::days_between(left, right),
            }
        })
        .collect()
}

/// A hash of a unit that does not depend on its place in the collection.
fn identity(collection: &Collection<'_>, unit: &Unit) -> u64 {
    let part = match unit.part {
        MemberPart::Statement(index) => u64::from(index.0) << 1,
        MemberPart::Sentence(index) => u64::from(index) << 1 | 1,
    };
    mix(collection.items[unit.article as usize].article.id.0, part)
}

/// Gives every feature of every sentence its weight: rarity among the sentences of the collection.
fn weigh(sketches: &mut [Sketch]) {
    let frequencies =
        Frequencies::count(|| sketches.iter().flat_map(|s| &s.sentences).map(|sentence| sentence.features.as_slice()));
    sketches.par_iter_mut().flat_map_iter(|s| &mut s.sentences).for_each(|sentence| {
        for feature in &mut sentence.features {
            feature.weight = frequencies.weight(feature);
        }
    });
}

/// One claim with everything that is told of it.
fn claim(collection: &Collection<'_>, units: &[Unit], cluster: &Cluster, rendered: &[u32]) -> Claim {
    let item = |n: u32| &collection.items[units[n as usize].article as usize];
    let member = |n: u32| Member { article: item(n).article.id, part: units[n as usize].part };
    let order = |&n: &u32| (item(n).order(), units[n as usize].span.start);
    let mut members = cluster.members.clone();
    members.sort_by_key(order);
    let mut denials = cluster.denials.clone();
    denials.sort_by_key(order);
    let roots = origins::find(collection, units, &members, rendered);
    Claim {
        gist: gist(collection, units, &members),
        first: first(collection, units, &members).map(member),
        circular: circles::find(collection, units, &members),
        changes: changes::find(collection, units, &members),
        disputed_by: denials.into_iter().map(member).collect(),
        origins: roots.origins,
        independent: roots.independent,
        independent_range: roots.range,
        merges: roots.merges,
        members: members.into_iter().map(member).collect(),
    }
}

/// The earliest member, where its date is before or with the others' and all tell theirs or it is
/// the only one; `None` where no date tells.
fn first(collection: &Collection<'_>, units: &[Unit], members: &[u32]) -> Option<u32> {
    let published = |n: u32| collection.items[units[n as usize].article as usize].published;
    members.iter().copied().find(|&n| published(n).is_some())
}

/// The words that stand for a claim: of the members that say it in full and without a hedge the
/// earliest, a statement before a sentence. A reader can check it against the page, which a
/// rewording could not be.
fn gist(collection: &Collection<'_>, units: &[Unit], members: &[u32]) -> String {
    let complete = |unit: &Unit| unit.features.len() >= 3 && unit.span.len() >= 30;
    let best = members.iter().enumerate().min_by_key(|&(place, &n)| {
        let unit = &units[n as usize];
        (!complete(unit), unit.hedged, !unit.is_statement(), place)
    });
    let Some((_, &number)) = best else { return String::new() };
    let unit = &units[number as usize];
    let item = &collection.items[unit.article as usize];
    let text = &item.article.text;
    let spans: Vec<Span> = match unit.part {
        MemberPart::Statement(index) => item.analysis.statements[index.0 as usize].content.clone(),
        MemberPart::Sentence(_) => vec![unit.span],
    };
    spans.iter().map(|span| span.of(text).trim()).collect::<Vec<_>>().join(" ")
}
