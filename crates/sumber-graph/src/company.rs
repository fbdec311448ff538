//! What other pairs of two articles tell of a pair of their statements.
//!
//! Of all that one article has, a statement is most often told again by the one that is nearest to it, and
//! what stands next to it by what stands next to that: newsrooms tell one story in one order.

use rayon::prelude::*;

use crate::components::Edge;
use crate::limits;
use crate::units::Unit;

/// What the other pairs of its two articles tell of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Company {
    /// Whether neither of the two is nearer to anything else in the other's article.
    pub nearest: bool,
    /// Whether neighbours of both agree as well.
    pub neighbours: bool,
}

/// The company of each pair, in their order. `edges` come sorted; pairs within one article have none.
pub(crate) fn of_edges(units: &[Unit], edges: &[Edge]) -> Vec<Company> {
    let article = |n: u32| units[n as usize].article;
    // the pairs of an article with later ones stand together
    edges
        .par_chunk_by(|a, b| article(a.left) == article(b.left))
        .flat_map_iter(|edges| {
            let mut company = vec![Company::default(); edges.len()];
            let mut order: Vec<u32> = (0..edges.len() as u32).collect();
            let other = |n: u32| article(edges[n as usize].right);
            order.sort_by_key(|&n| other(n));
            for pairs in order.chunk_by(|&a, &b| other(a) == other(b)) {
                if other(pairs[0]) != article(edges[0].left) {
                    of_two_articles(edges, pairs, &mut company);
                }
            }
            company
        })
        .collect()
}

/// Weighs each pair's score by its company.
pub(crate) fn weigh(units: &[Unit], edges: &mut [Edge]) {
    let company = of_edges(units, edges);
    for (edge, company) in edges.iter_mut().zip(company) {
        if units[edge.left as usize].article != units[edge.right as usize].article {
            let nearest = if company.nearest { limits::NEAREST } else { limits::NOT_NEAREST };
            let neighbours = if company.neighbours { limits::BESIDE } else { 100 };
            edge.score = edge.score * nearest / 100 * neighbours / 100;
        }
    }
}

/// Tells the company of the pairs of two articles, which are those numbers of `edges`.
fn of_two_articles(edges: &[Edge], pairs: &[u32], company: &mut [Company]) {
    let edge = |n: u32| &edges[n as usize];
    let mut by_right: Vec<(u32, u32)> = pairs.iter().map(|&n| (edge(n).right, edge(n).score)).collect();
    by_right.sort_unstable_by_key(|&(right, score)| (right, std::cmp::Reverse(score)));
    by_right.dedup_by_key(|best| best.0);
    let best_of = |right: u32| by_right[by_right.partition_point(|best| best.0 < right)].1;
    // in order of left, then right, as they came
    let strong: Vec<(u32, u32)> = pairs
        .iter()
        .filter(|&&n| edge(n).score >= limits::NEIGHBOURS)
        .map(|&n| (edge(n).left, edge(n).right))
        .collect();
    for of_left in pairs.chunk_by(|&a, &b| edge(a).left == edge(b).left) {
        let best = of_left.iter().map(|&n| edge(n).score).max().unwrap_or(0);
        for &n in of_left {
            let Edge { left, right, score } = *edge(n);
            let beside = |n: u32| [n.wrapping_sub(1), n + 1];
            let neighbours = !strong.is_empty()
                && beside(left)
                    .into_iter()
                    .any(|l| beside(right).iter().any(|&r| strong.binary_search(&(l, r)).is_ok()));
            company[n as usize] = Company { nearest: score >= best && score >= best_of(right), neighbours };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_and_those_beside_what_agrees_are_told() {
        let edge = |left, right, score| Edge { left, right, score };
        let edges = [edge(0, 10, 400), edge(0, 11, 100), edge(1, 11, 120), edge(2, 11, 110)];
        let mut company = [Company::default(); 4];
        of_two_articles(&edges, &[0, 1, 2, 3], &mut company);
        let told = company.map(|c| (c.nearest, c.neighbours));
        assert_eq!(told, [(true, false), (false, false), (true, true), (false, false)]);
    }
}
