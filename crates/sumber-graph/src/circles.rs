//! Circular reporting: outlets that have a claim from one another in a ring.

use sumber_core::{Circle, MemberPart};

use crate::collection::{Collection, MediumId};
use crate::units::Unit;

/// The rings among the outlets of a claim's members: strongly connected sets of at least two
/// outlets, where one has it 'according to' the other.
///
/// Source of the method: Tarjan's components, here by mutual reachability, since the outlets of one
/// claim are few; more than `MOST_OUTLETS` are not looked at.
pub(crate) fn find(collection: &Collection<'_>, units: &[Unit], members: &[u32]) -> Vec<Circle> {
    let mut edges: Vec<(MediumId, MediumId, u32)> = Vec::new();
    let mut outlets: Vec<(MediumId, u32)> = Vec::new();
    for &member in members {
        let unit = &units[member as usize];
        let item = &collection.items[unit.article as usize];
        let Some(outlet) = item.outlet else { continue };
        outlets.push((outlet, unit.article));
        let MemberPart::Statement(index) = unit.part else { continue };
        let chain = &item.analysis.statements[index.0 as usize].chain;
        // the outlet had it from the first medium of the chain, that one from the second, and so on
        let mut from = outlet;
        for link in chain {
            let Some(medium) = collection.medium(item, link) else { continue };
            edges.push((from, medium, unit.article));
            from = medium;
        }
    }
    let mut nodes: Vec<MediumId> = edges.iter().flat_map(|e| [e.0, e.1]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    if nodes.len() > MOST_OUTLETS {
        return Vec::new();
    }
    let place = |m: MediumId| nodes.binary_search(&m).unwrap_or(0);
    let n = nodes.len();
    let mut reach = vec![false; n * n];
    for &(a, b, _) in &edges {
        reach[place(a) * n + place(b)] = true;
    }
    for k in 0..n {
        for i in 0..n {
            if reach[i * n + k] {
                for j in 0..n {
                    reach[i * n + j] |= reach[k * n + j];
                }
            }
        }
    }
    let order = |&article: &u32| collection.items[article as usize].order();
    let mut circles = Vec::new();
    let mut done = vec![false; n];
    for i in 0..n {
        if done[i] || !reach[i * n + i] {
            continue;
        }
        let ring: Vec<MediumId> = (0..n).filter(|&j| reach[i * n + j] && reach[j * n + i]).map(|j| nodes[j]).collect();
        for &medium in &ring {
            done[place(medium)] = true;
        }
        if ring.len() < 2 {
            continue;
        }
        let mut articles: Vec<u32> =
            edges.iter().filter(|e| ring.contains(&e.0) && ring.contains(&e.1)).map(|e| e.2).collect();
        // the first article of each outlet of the ring, even where it cites nobody
        for &medium in &ring {
            articles.extend(outlets.iter().filter(|o| o.0 == medium).map(|o| o.1).min_by_key(order));
        }
        articles.sort_by_key(order);
        articles.dedup();
        if articles.len() > 1 {
            circles
                .push(Circle { articles: articles.iter().map(|&a| collection.items[a as usize].article.id).collect() });
        }
    }
    circles.sort_by(|a, b| a.articles.cmp(&b.articles));
    circles
}

/// Outlets of one claim beyond which rings are not searched.
const MOST_OUTLETS: usize = 128;
