//! Components and clusters whose result depends on the edges alone, never on their order.

use rayon::prelude::*;

use crate::limits;

/// Joins numbered things into groups.
#[derive(Clone, Debug)]
pub(crate) struct UnionFind {
    parent: Vec<u32>,
}

impl UnionFind {
    /// `count` things, each by itself.
    pub fn new(count: usize) -> UnionFind {
        UnionFind { parent: (0..count as u32).collect() }
    }

    /// The smallest member of the group.
    pub fn find(&mut self, mut item: u32) -> u32 {
        while self.parent[item as usize] != item {
            let above = self.parent[self.parent[item as usize] as usize];
            self.parent[item as usize] = above;
            item = above;
        }
        item
    }

    /// Joins two groups; the smaller number stays the head, so that the order of joins is nothing.
    /// Whether they were apart.
    pub fn join(&mut self, left: u32, right: u32) -> bool {
        let (left, right) = (self.find(left), self.find(right));
        self.parent[left.max(right) as usize] = left.min(right);
        left != right
    }

    /// The groups, each sorted, in order of their smallest member.
    pub fn groups(&mut self) -> Vec<Vec<u32>> {
        let mut place = vec![u32::MAX; self.parent.len()];
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for item in 0..self.parent.len() as u32 {
            let head = self.find(item) as usize;
            if place[head] == u32::MAX {
                place[head] = groups.len() as u32;
                groups.push(Vec::new());
            }
            groups[place[head] as usize].push(item);
        }
        groups
    }
}

/// A scored pair; `left < right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The smaller number.
    pub left: u32,
    /// The larger number.
    pub right: u32,
    /// Strength in thousandths.
    pub score: u32,
}

/// What is asked of a pair of things, by their numbers.
pub(crate) type OfPair<'a> = &'a (dyn Fn(u32, u32) -> u32 + Sync);

/// Splits a set of edges into clusters: average linkage, so that a chain of weak links does not
/// merge what is apart. How much each pair counts in the mean, with or without an edge, `weight`
/// tells. In components so large that not every pair can have become an edge, for keys were cut,
/// `unseen` tells the score of a pair without one; elsewhere it counts as nothing.
///
/// Two clusters join while the mean score over all their pairs is at least `least`; the strongest
/// pair of clusters first, and among equals the one with the smallest members. Components are
/// found first, so that the cost is that of the largest component. One of more than `cap` things is first
/// clustered by its strong edges (`least` and a quarter more, and so on), then what comes of it.
pub(crate) fn clusters(
    count: usize,
    edges: &[Edge],
    least: u32,
    cap: usize,
    weight: OfPair<'_>,
    unseen: OfPair<'_>,
) -> Vec<Vec<u32>> {
    let mut components = UnionFind::new(count);
    for edge in edges.iter().filter(|e| e.score >= least) {
        components.join(edge.left, edge.right);
    }
    let mut place = vec![0_u32; count];
    let mut of = vec![u32::MAX; count];
    let groups = components.groups();
    for (number, group) in groups.iter().enumerate() {
        for (at, &item) in group.iter().enumerate() {
            (of[item as usize], place[item as usize]) = (number as u32, at as u32);
        }
    }
    let mut inner: Vec<Vec<Edge>> = vec![Vec::new(); groups.len()];
    for edge in edges {
        let group = of[edge.left as usize];
        if group == of[edge.right as usize] && groups[group as usize].len() > 1 {
            let (a, b) = (place[edge.left as usize], place[edge.right as usize]);
            inner[group as usize].push(Edge { left: a.min(b), right: a.max(b), score: edge.score });
        }
    }
    let split = |(group, edges): (&Vec<u32>, Vec<Edge>)| -> Vec<Vec<u32>> {
        let weight = |a: u32, b: u32| weight(group[a as usize], group[b as usize]);
        let unseen = |a: u32, b: u32| unseen(group[a as usize], group[b as usize]);
        let stronger = least + least / 4 + 1;
        let parts = if group.len() == 1 {
            return vec![group.clone()];
        } else if group.len() <= cap {
            let alone = (0..group.len() as u32).map(|item| vec![item]).collect();
            average_linkage(alone, &edges, least, &weight, &unseen)
        } else if edges.iter().any(|edge| edge.score >= stronger) {
            let parts = clusters(group.len(), &edges, stronger, cap, &weight, &unseen);
            if parts.len() <= MOST_PARTS { average_linkage(parts, &edges, least, &weight, &unseen) } else { parts }
        } else {
            return group.chunks(cap).map(<[u32]>::to_vec).collect();
        };
        parts.into_iter().map(|part| part.iter().map(|&at| group[at as usize]).collect()).collect()
    };
    let mut out: Vec<Vec<u32>> = groups.par_iter().zip(inner).flat_map_iter(split).collect();
    out.sort_unstable();
    out
}

/// For `clusters`: every pair counts as much as any other.
pub(crate) fn evenly(_: u32, _: u32) -> u32 {
    1
}

/// For `clusters`: a pair without an edge has nothing in common.
pub(crate) fn nothing(_: u32, _: u32) -> u32 {
    0
}

/// Parts of a component that are looked at together at the most.
const MOST_PARTS: usize = 500;

/// Members of a part, evenly spread, by which its pairs with other parts are judged that have no edge. With
/// 4, and with 8 where edges were judged in the same way, made claims are told alike.
const JUDGED_BY: usize = 3;

/// One component by average linkage with full matrices of sums and weights, from the parts that are told.
/// Each part remembers its nearest later part, and looks anew only where that one was joined: the mean of a
/// union is never above both means, so no other part can have come nearer.
fn average_linkage(
    mut parts: Vec<Vec<u32>>,
    edges: &[Edge],
    least: u32,
    weight: OfPair<'_>,
    unseen: OfPair<'_>,
) -> Vec<Vec<u32>> {
    let (count, things) = (parts.len(), parts.iter().map(Vec::len).sum::<usize>());
    let mut scored: Vec<Edge> =
        edges.iter().map(|e| Edge { left: e.left.min(e.right), right: e.left.max(e.right), ..*e }).collect();
    scored.sort_unstable_by_key(|e| (e.left, e.right, std::cmp::Reverse(e.score)));
    scored.dedup_by_key(|e| (e.left, e.right));
    let judges: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| {
            let some = JUDGED_BY.min(part.len());
            (0..some).map(|n| part[n * (part.len() - 1) / (some - 1).max(1)]).collect()
        })
        .collect();
    let mut of = vec![0; things];
    for (number, part) in parts.iter().enumerate() {
        part.iter().for_each(|&item| of[item as usize] = number);
    }
    // what edges tell is known of all pairs
    let (mut sums, mut weights) = (vec![0_u64; count * count], vec![0_u64; count * count]);
    let mut known = vec![0_u32; count * count];
    for edge in &scored {
        let (a, b) = (of[edge.left as usize], of[edge.right as usize]);
        let place = a.min(b) * count + a.max(b);
        let weight = u64::from(weight(edge.left, edge.right));
        sums[place] += u64::from(edge.score) * weight;
        weights[place] += weight;
        known[place] += 1;
    }
    // of the others the judges stand for all
    let has_edge = |left: u32, right: u32| {
        scored.binary_search_by_key(&(left.min(right), left.max(right)), |e| (e.left, e.right)).is_ok()
    };
    // fewer things than that share no key that was cut
    let all_seen = things <= limits::HOT_KEY;
    for a in 0..count {
        for b in a + 1..count {
            let place = a * count + b;
            let others = (parts[a].len() * parts[b].len()) as u64 - u64::from(known[place]);
            let (mut sum, mut weighs, mut judged) = (0, 0, 0);
            let pairs = judges[a].iter().flat_map(|&left| judges[b].iter().map(move |&right| (left, right)));
            for (left, right) in pairs.filter(|&(left, right)| others > 0 && !has_edge(left, right)) {
                let weight = u64::from(weight(left, right));
                sum += if all_seen { 0 } else { u64::from(unseen(left.min(right), left.max(right))) * weight };
                weighs += weight;
                judged += 1;
            }
            let all = |some: u64| (some * others).checked_div(judged).unwrap_or(0);
            sums[place] += all(sum);
            weights[place] += all(weighs);
            (sums[b * count + a], weights[b * count + a]) = (sums[place], weights[place]);
        }
    }
    let mut alive: Vec<usize> = (0..count).collect();
    let nearest = |a: usize, alive: &[usize], sums: &[u64], weights: &[u64]| -> Option<(u64, usize)> {
        let later = &alive[alive.partition_point(|&x| x <= a)..];
        let mut best: Option<(u64, usize)> = None;
        for &b in later {
            // mean = sum / weight; compared as scaled integers
            let mean = sums[a * count + b] * 64 / weights[a * count + b].max(1);
            if mean >= u64::from(least) * 64 && best.is_none_or(|(m, _)| mean > m) {
                best = Some((mean, b));
            }
        }
        best
    };
    let mut best: Vec<Option<(u64, usize)>> = (0..count).map(|a| nearest(a, &alive, &sums, &weights)).collect();
    loop {
        let strongest = |&&x: &&usize| best[x].map(|(mean, _)| (mean, std::cmp::Reverse(x)));
        let Some((a, (_, b))) = alive.iter().max_by_key(strongest).and_then(|&a| Some((a, best[a]?))) else { break };
        let moved = std::mem::take(&mut parts[b]);
        parts[a].extend(moved);
        parts[a].sort_unstable();
        alive.retain(|&x| x != b);
        for &c in alive.iter().filter(|&&c| c != a) {
            let sum = sums[a * count + c] + sums[b * count + c];
            (sums[a * count + c], sums[c * count + a]) = (sum, sum);
            let weight = weights[a * count + c] + weights[b * count + c];
            (weights[a * count + c], weights[c * count + a]) = (weight, weight);
        }
        for &c in &alive {
            if c == a || best[c].is_some_and(|(_, t)| t == a || t == b) {
                best[c] = nearest(c, &alive, &sums, &weights);
            }
        }
    }
    alive.into_iter().map(|a| std::mem::take(&mut parts[a])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(left: u32, right: u32, score: u32) -> Edge {
        Edge { left, right, score }
    }

    #[test]
    fn groups_come_in_order_of_their_smallest_member() {
        let mut sets = UnionFind::new(5);
        assert!(sets.join(4, 2));
        assert!(sets.join(3, 1));
        assert!(!sets.join(2, 4));
        assert_eq!(sets.groups(), [vec![0], vec![1, 3], vec![2, 4]]);
    }

    #[test]
    fn one_weak_bridge_does_not_merge_two_clusters() {
        let edges = [edge(0, 1, 900), edge(2, 3, 900), edge(1, 2, 500)];
        assert_eq!(clusters(4, &edges, 400, 100, &evenly, &nothing), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn what_agrees_with_all_of_a_cluster_joins_it() {
        let edges = [edge(0, 1, 900), edge(0, 2, 500), edge(1, 2, 500)];
        assert_eq!(clusters(3, &edges, 400, 100, &evenly, &nothing), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_component_beyond_the_cap_is_cut_at_its_weak_edges() {
        let edges = [edge(0, 1, 900), edge(1, 2, 420), edge(2, 3, 900)];
        assert_eq!(clusters(4, &edges, 400, 3, &evenly, &nothing), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_component_beyond_the_cap_is_put_together_again_where_all_of_it_agrees() {
        let edges = [edge(0, 1, 900), edge(0, 2, 500), edge(1, 2, 500), edge(2, 3, 420)];
        assert_eq!(clusters(4, &edges, 400, 3, &evenly, &nothing), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn pairs_that_count_little_do_not_keep_apart_what_near_ones_join() {
        let edges = [edge(0, 1, 900), edge(1, 2, 500), edge(2, 3, 900)];
        let near = |a: u32, b: u32| if a.abs_diff(b) > 1 { 1 } else { 100 };
        assert_eq!(clusters(4, &edges, 400, 100, &near, &nothing), [vec![0, 1, 2, 3]]);
        assert_eq!(clusters(4, &edges, 400, 100, &evenly, &nothing), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_large_cluster_holds_though_not_every_pair_was_compared() {
        let count = 3 * limits::HOT_KEY as u32;
        let edges: Vec<Edge> = (1..count).map(|n| edge(n - 1, n, 900)).collect();
        assert_eq!(clusters(count as usize, &edges, 400, 1000, &evenly, &|_, _| 600).len(), 1);
        assert!(clusters(count as usize, &edges, 400, 1000, &evenly, &nothing).len() > 1);
    }
}
