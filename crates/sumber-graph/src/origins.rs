//! Origins: chains joined at their ends, and how many of the roots are independent.
//!
//! Three answers are kept apart: *one root* (the same name, the same unnamed sources through one
//! medium, a copy, what one medium had from another), *most likely one* (organs of one state) and
//! *perhaps one* (unnamed sources of one state through two media). The best estimate joins the
//! first two, the range goes from all joined to only the first joined. A member without a source is
//! no root.

use rustc_hash::FxHashMap;
use sumber_core::{EntityKind, Link, LinkKind, Member, Merge, Origin, Span};

use crate::collection::{Collection, Item, MediumId};
use crate::components::UnionFind;
use crate::entities::folded_words;
use crate::limits;
use crate::units::{self, Unit};

/// Where a claim comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots {
    /// The roots.
    pub origins: Vec<Origin>,
    /// Best estimate of independent ones.
    pub independent: u32,
    /// Least and most.
    pub range: (u32, u32),
    /// Why roots are joined, or may be.
    pub merges: Vec<Merge>,
}

/// The end of one member's chain.
#[derive(Clone, Debug)]
struct End<'a> {
    member: Member,
    unit: u32,
    article: u32,
    link: &'a Link,
    entity: Option<&'a str>,
    /// Folded forms of the name.
    names: Vec<String>,
    /// Folded words of the link.
    words: Vec<String>,
    /// Media between the article and the end.
    through: Vec<(MediumId, String)>,
    /// The article's own outlet.
    outlet: Option<(MediumId, String)>,
    /// The medium, where the end is one.
    medium: Option<MediumId>,
    /// Bodies and states named with the source.
    with: Vec<&'a str>,
    owner: Option<&'a str>,
    country: Option<&'a str>,
    /// Whether it is, or speaks for, the state itself as far as can be told.
    state: bool,
    /// Said inside hearsay: a figure of the story that is told, and no witness to it.
    told: bool,
    /// Whether its article's outlet has the claim from it alone.
    only_of_outlet: bool,
}

/// How sure a merge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    Possible,
    Likely,
    Certain,
}

/// Finds the roots of a claim. `rendered` gives the group of units that copies render.
pub(crate) fn find(collection: &Collection<'_>, units: &[Unit], members: &[u32], rendered: &[u32]) -> Roots {
    let mut ends: Vec<End<'_>> = members.iter().filter_map(|&unit| end(collection, units, unit)).collect();
    // what figures of a hearsay say is no witness while there is another
    if ends.iter().any(|e| !e.told) {
        ends.retain(|e| !e.told);
    }
    if ends.is_empty() {
        return Roots::default();
    }
    mark_only_sources(&mut ends);
    let mut same = UnionFind::new(ends.len());
    let mut verdicts: Vec<(usize, usize, Certainty, String)> = Vec::new();
    for i in 0..ends.len() {
        for j in i + 1..ends.len() {
            if let Some((certainty, identical, reason)) = compare(&ends[i], &ends[j], rendered) {
                if identical {
                    same.join(i as u32, j as u32);
                }
                verdicts.push((i, j, certainty, reason));
            }
        }
    }
    let groups = same.groups();
    let mut row_of = vec![0_u32; ends.len()];
    for (row, group) in groups.iter().enumerate() {
        for &end in group {
            row_of[end as usize] = row as u32;
        }
    }
    for (left, right) in hardly_the_same(units, &ends, &groups) {
        let (i, j) = (groups[left as usize][0] as usize, groups[right as usize][0] as usize);
        verdicts.push((i, j, Certainty::Likely, "what they say agrees too little to count as two".to_owned()));
    }
    let mut origins: Vec<Origin> = groups.iter().map(|group| origin(&ends, group)).collect();
    // joined rows, each pair once with its strongest reason; verdicts come in order of their ends
    let mut merges: Vec<(Merge, Certainty)> = verdicts
        .into_iter()
        .map(|(i, j, certainty, reason)| {
            let (left, right) = (row_of[i].min(row_of[j]), row_of[i].max(row_of[j]));
            (Merge { left, right, certain: certainty == Certainty::Certain, reason }, certainty)
        })
        .filter(|(m, _)| m.left != m.right)
        .collect();
    merges.sort_by_key(|(m, certainty)| (m.left, m.right, std::cmp::Reverse(*certainty)));
    merges.dedup_by_key(|(m, _)| (m.left, m.right));
    let rows = origins.len();
    let count = |least: Certainty| {
        let mut sets = UnionFind::new(rows);
        for (merge, _) in merges.iter().filter(|(_, certainty)| *certainty >= least) {
            sets.join(merge.left, merge.right);
        }
        sets.groups()
    };
    let best = count(Certainty::Likely);
    for (number, group) in best.iter().enumerate() {
        for &row in group {
            origins[row as usize].group = number as u32;
        }
    }
    Roots {
        independent: best.len() as u32,
        range: (count(Certainty::Possible).len() as u32, count(Certainty::Certain).len() as u32),
        merges: merges.into_iter().map(|(merge, _)| merge).collect(),
        origins,
    }
}

/// Marks the ends whose article's outlet has the claim from nobody else.
fn mark_only_sources(ends: &mut [End<'_>]) {
    let outlet = |end: &End<'_>| end.outlet.as_ref().map(|(medium, _)| *medium);
    let mut first: FxHashMap<MediumId, (usize, bool)> = FxHashMap::default();
    for (number, end) in ends.iter().enumerate() {
        let Some(medium) = outlet(end) else { continue };
        let (known, only) = first.entry(medium).or_insert((number, true));
        let known = &ends[*known];
        *only &= end.entity.is_some() && end.entity == known.entity || end.names == known.names;
    }
    for end in ends {
        end.only_of_outlet = outlet(end).is_some_and(|medium| first[&medium].1);
    }
}

/// Rows whose words agree too little with those of any other to count as a witness beside them, each
/// with the row that comes nearest. What belongs to no claim of a careful reader mostly hangs on like
/// this, and would be told as one witness more.
fn hardly_the_same(units: &[Unit], ends: &[End<'_>], groups: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let unit = |end: u32| &units[ends[end as usize].unit as usize];
    let mut best: Vec<Option<(u32, std::cmp::Reverse<usize>)>> = vec![None; groups.len()];
    for (left, one) in groups.iter().enumerate() {
        for (right, other) in groups.iter().enumerate().skip(left + 1) {
            let pairs =
                one.iter().take(MOST_WORDINGS).flat_map(|&a| other.iter().take(MOST_WORDINGS).map(move |&b| (a, b)));
            let scores = pairs.map(|(a, b)| {
                let (a, b) = (unit(a), unit(b));
                units::in_context(units::agreement(a, b, limits::HALF_EVIDENCE), a, b)
            });
            let score = scores.max().unwrap_or(0);
            best[left] = best[left].max(Some((score, std::cmp::Reverse(right))));
            best[right] = best[right].max(Some((score, std::cmp::Reverse(left))));
        }
    }
    let apart = best.into_iter().enumerate().filter_map(|(row, nearest)| Some((row, nearest?)));
    apart
        .filter(|(_, (score, _))| *score < limits::WITNESS)
        .map(|(row, (_, std::cmp::Reverse(other)))| (row.min(other) as u32, row.max(other) as u32))
        .collect()
}

/// Members of an origin whose words are compared with those of another: a great many are copies.
const MOST_WORDINGS: usize = 16;

/// The end of a member's chain; `None` where it has no source.
fn end<'a>(collection: &Collection<'a>, units: &[Unit], number: u32) -> Option<End<'a>> {
    let unit = &units[number as usize];
    let item = &collection.items[unit.article as usize];
    let sumber_core::MemberPart::Statement(index) = unit.part else { return None };
    let statement = &item.analysis.statements[index.0 as usize];
    let (link, before) = statement.chain.split_last()?;
    let entity = link.entity.and_then(|e| item.analysis.entities.get(e.0 as usize));
    let joint = collection.entity(item, link);
    let country = collection.country(item, link);
    let through = before.iter().filter_map(|l| Some((collection.medium(item, l)?, medium_name(l)))).collect();
    let with = affiliations(item, statement.source.or(link.span), joint);
    let stately = |id: &str| {
        id.starts_with("gpe:")
            || item
                .analysis
                .entities
                .iter()
                .zip(&item.entities)
                .any(|(e, j)| *j == id && e.known && e.country.is_some())
    };
    let state = match entity {
        Some(e) => e.kind == EntityKind::Polity || e.known || with.iter().any(|id| stately(id)),
        None => link.kind == LinkKind::Body,
    };
    let sentence = item.analysis.sentences.get(unit.sentence as usize);
    let told = sentence.is_some_and(|s| within(&item.unsourced, *s, |span| *span).any(|span| s.contains(*span)));
    Some(End {
        member: Member { article: item.article.id, part: unit.part },
        unit: number,
        article: unit.article,
        link,
        entity: joint,
        names: names(link),
        words: folded_words(&link.text),
        through,
        outlet: item.outlet.zip(item.article.outlet.as_ref().map(|o| o.name.clone())),
        medium: collection.medium(item, link),
        with,
        owner: entity.and_then(|e| e.owner.as_deref()),
        country,
        state: state && country.is_some(),
        told,
        only_of_outlet: false,
    })
}

/// Bodies and states that stand inside the words for the source.
fn affiliations<'a>(item: &Item<'a>, source: Option<Span>, own: Option<&str>) -> Vec<&'a str> {
    let Some(source) = source else { return Vec::new() };
    let mut found: Vec<&str> = within(&item.analysis.mentions, source, |m| m.span)
        .filter(|m| source.contains(m.span))
        .filter(|m| {
            matches!(
                item.analysis.entities.get(m.entity.0 as usize).map(|e| e.kind),
                Some(EntityKind::Organisation | EntityKind::Polity)
            )
        })
        .filter_map(|m| item.entities.get(m.entity.0 as usize).copied())
        .filter(|id| Some(*id) != own)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Of things in reading order those that begin inside a span.
fn within<T>(things: &[T], span: Span, span_of: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let start = things.partition_point(|thing| span_of(thing).start < span.start);
    things[start..].iter().take_while(move |thing| span_of(thing).start < span.end)
}

fn names(link: &Link) -> Vec<String> {
    let mut names: Vec<String> = std::iter::once(&link.text)
        .chain(link.names.iter())
        .map(|name| folded_words(name).concat())
        .filter(|name| name.len() > 2)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn medium_name(link: &Link) -> String {
    link.names.first().unwrap_or(&link.text).clone()
}

/// Whether two ends are one root: how surely, whether they are one and the same, and why.
fn compare(a: &End<'_>, b: &End<'_>, rendered: &[u32]) -> Option<(Certainty, bool, String)> {
    use Certainty::{Certain, Likely, Possible};
    if rendered[a.unit as usize] == rendered[b.unit as usize] {
        return Some((Certain, true, "one article is made from the other".to_owned()));
    }
    let anonymous = (a.link.kind == LinkKind::Anonymous, b.link.kind == LinkKind::Anonymous);
    if anonymous == (false, false) {
        let same = match (a.entity, b.entity) {
            (Some(x), Some(y)) if x == y => true,
            _ => a.names.iter().any(|name| b.names.contains(name)),
        };
        if same {
            return Some((Certain, true, format!("both go back to {}", a.link.text)));
        }
    }
    if bears_name(a, b) || bears_name(b, a) {
        return Some((Certain, true, format!("{} is {}", a.link.text, b.link.text)));
    }
    // what ends at a medium goes on where the collection tells how the medium had it
    for (end, other) in [(a, b), (b, a)] {
        let Some(medium) = end.medium else { continue };
        let from_there = other.through.iter().any(|(m, _)| *m == medium);
        let its_own = other.outlet.as_ref().is_some_and(|(m, _)| *m == medium);
        if from_there || its_own {
            return Some((Certain, true, format!("{} had it from {}", end.link.text, other.link.text)));
        }
    }
    let country = |x: &End<'_>, y: &End<'_>| match (x.country, y.country) {
        (Some(p), Some(q)) if p == q => Some(true),
        (Some(_), Some(_)) => None,
        _ => Some(false),
    };
    match anonymous {
        (true, true) => {
            let known = country(a, b)?;
            if let Some(name) = shared_medium(a, b) {
                return Some((Certain, true, format!("unnamed sources of the same kind through {name}")));
            }
            let counts = match (a.link.count, b.link.count) {
                (Some(x), Some(y)) if x != y => {
                    return known.then(|| (Possible, false, ways("unnamed sources of one state, of another number")));
                }
                (Some(_), Some(_)) => true,
                _ => false,
            };
            let described = a.names.iter().any(|name| b.names.contains(name));
            if a.article == b.article || counts || described {
                return Some((Likely, true, ways("unnamed sources of the same description")));
            }
            if known {
                return Some((Likely, false, format!("unnamed sources of one state ({})", country_name(a))));
            }
            Some((Possible, false, ways("unnamed sources that may be the same")))
        }
        (true, false) | (false, true) => {
            let (hidden, named) = if anonymous.0 { (a, b) } else { (b, a) };
            // the medium's own article, which stands here too, has one source for it and names that one
            let only = named.only_of_outlet && hidden.link.count.is_none_or(|count| count == 1);
            if let Some((from, name)) = hidden.through.last()
                && only
                && named.through.is_empty()
                && named.outlet.as_ref().is_some_and(|(outlet, _)| outlet == from)
            {
                return Some((Likely, true, format!("{name} names the source: {}", named.link.text)));
            }
            if named.entity.is_some_and(|id| hidden.with.contains(&id)) {
                return Some((Likely, false, format!("{} speaks for {}", hidden.link.text, named.link.text)));
            }
            if hidden.entity.is_none()
                && country(a, b) == Some(true)
                && named.medium.is_none()
                && shared_medium(a, b).is_some()
            {
                return Some((Possible, false, format!("the unnamed source may be {}", named.link.text)));
            }
            if named.medium.is_none() && country(a, b) == Some(true) {
                let state = country_name(named);
                return Some(if named.state {
                    (Likely, false, format!("both speak for one state ({state})"))
                } else {
                    (Likely, false, format!("both of {state}; they may speak for one side"))
                });
            }
            None
        }
        (false, false) => {
            // a document without a name is known by what it says, and within one claim that is the same
            let document = |end: &End<'_>| end.link.kind == LinkKind::Document && end.entity.is_none();
            if document(a) && document(b) {
                return Some((Likely, true, ways("documents that no name tells apart")));
            }
            for (x, y) in [(a, b), (b, a)] {
                if y.entity.is_some_and(|id| x.with.contains(&id) || x.owner == Some(id)) {
                    return Some((Certain, false, format!("{} speaks for {}", x.link.text, y.link.text)));
                }
            }
            if a.medium.is_none() && b.medium.is_none() && country(a, b) == Some(true) {
                let state = country_name(a);
                return Some(if a.state && b.state {
                    (Likely, false, format!("organs of one state ({state})"))
                } else {
                    (Likely, false, format!("both of {state}; they may speak for one side"))
                });
            }
            if a.medium.is_none() && b.medium.is_none() && (a.state || b.state) && country(a, b) == Some(false) {
                return Some((Possible, false, ways("the state of one is not told; they may speak for one side")));
            }
            if a.owner.is_some() && a.owner == b.owner && country(a, b) == Some(true) {
                return Some((Likely, false, "both belong to one owner".to_owned()));
            }
            None
        }
    }
}

fn country_name(end: &End<'_>) -> String {
    end.country.unwrap_or("one state").to_owned()
}

fn ways(reason: &str) -> String {
    reason.to_owned()
}

/// Whether the name of a person stands within the words for the other source: with a title or an
/// office before it, or the family name alone. In one claim that is the same person.
fn bears_name(person: &End<'_>, other: &End<'_>) -> bool {
    let bearers = [LinkKind::Person, LinkKind::Anonymous, LinkKind::Body];
    person.link.kind == LinkKind::Person
        && bearers.contains(&other.link.kind)
        && other.medium.is_none()
        && other.words.len() >= 2
        && (person.words.len() >= 2 || other.link.kind == LinkKind::Person)
        && person.words.iter().any(|word| word.chars().count() > 3)
        && person.words.iter().all(|word| other.words.contains(word))
}

/// A medium through which both have it; an article without one in its chain is itself the medium.
fn shared_medium(a: &End<'_>, b: &End<'_>) -> Option<String> {
    let all = |end: &End<'_>| -> Vec<(MediumId, String)> {
        if end.through.is_empty() { end.outlet.iter().cloned().collect() } else { end.through.clone() }
    };
    let theirs = all(b);
    all(a)
        .into_iter()
        .chain(a.outlet.clone())
        .find(|(m, _)| theirs.iter().chain(&b.outlet).any(|(n, _)| m == n))
        .map(|(_, name)| name)
}

/// One row: the link that tells most, the media on the way, the members.
fn origin(ends: &[End<'_>], group: &[u32]) -> Origin {
    let ends: Vec<&End<'_>> = group.iter().map(|&n| &ends[n as usize]).collect();
    let best = ends
        .iter()
        .min_by_key(|e| (e.medium.is_some(), e.link.country.is_none(), e.link.count.is_none(), e.link.text.is_empty()))
        .expect("a group is never empty");
    let cited: Vec<MediumId> = ends.iter().flat_map(|e| e.through.iter().map(|(m, _)| *m)).collect();
    let mut via: Vec<(MediumId, String)> = ends.iter().flat_map(|e| e.through.iter().cloned()).collect();
    // an article's own outlet is on the way where another cites it
    via.extend(ends.iter().filter_map(|e| e.outlet.clone()).filter(|(m, _)| cited.contains(m)));
    via.sort_by(|x, y| (x.0, x.1.len(), &x.1).cmp(&(y.0, y.1.len(), &y.1)));
    via.dedup_by_key(|x| x.0);
    let mut via: Vec<String> = via.into_iter().map(|x| x.1).collect();
    via.sort_unstable();
    Origin { via, link: best.link.clone(), members: ends.iter().map(|e| e.member).collect(), group: 0 }
}
