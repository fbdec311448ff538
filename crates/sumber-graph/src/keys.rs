//! Blocking: candidate pairs come from equal keys only.

use rayon::prelude::*;
use sumber_core::hash64;

/// Things by their keys.
///
/// A key that more than `limit` things share keeps those with the smallest hashes, which is the
/// same choice in whatever order or part they were added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    /// The things of all keys, those of one key together and sorted.
    things: Vec<u32>,
    /// Where those of each key begin, and where the last end.
    starts: Vec<u32>,
    /// Keys that were cut.
    pub hot: u32,
}

impl Blocks {
    /// Groups `(key, item)` rows; `identity` is a hash of an item that does not depend on its
    /// place in the collection.
    pub fn new(mut rows: Vec<(u64, u32)>, limit: usize, identity: impl Fn(u32) -> u64) -> Blocks {
        rows.par_sort_unstable();
        rows.dedup();
        let (mut things, mut starts, mut hot): (Vec<u32>, _, _) = (Vec::new(), Vec::new(), 0);
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            if group.len() < 2 {
                continue;
            }
            starts.push(things.len() as u32);
            if group.len() <= limit {
                things.extend(group.iter().map(|row| row.1));
            } else {
                hot += 1;
                let mut chosen: Vec<(u64, u32)> =
                    group.iter().map(|row| (hash64(&(identity(row.1) ^ row.0).to_le_bytes()), row.1)).collect();
                chosen.sort_unstable();
                chosen.truncate(limit);
                chosen.sort_unstable_by_key(|c| c.1);
                things.extend(chosen.into_iter().map(|c| c.1));
            }
        }
        starts.push(things.len() as u32);
        Blocks { things, starts, hot }
    }

    /// Calls `each` with every item and the larger items that share a key with it, sorted, each with the
    /// number of keys shared: at most the `most` that share the most keys. What the calls add to their list
    /// comes back in the order of the items, however many threads there are.
    pub fn pairs<T: Send>(&self, most: usize, each: impl Fn(u32, &[(u32, u32)], &mut Vec<T>) + Sync) -> Vec<T> {
        // the groups of each item, as one flat list
        let mut groups_of: Vec<(u32, u32)> = Vec::with_capacity(self.things.len());
        for (group, bounds) in self.starts.windows(2).enumerate() {
            let things = &self.things[bounds[0] as usize..bounds[1] as usize];
            groups_of.extend(things.iter().map(|&thing| (thing, group as u32)));
        }
        groups_of.par_sort_unstable();
        let items: Vec<&[(u32, u32)]> = groups_of.chunk_by(|a, b| a.0 == b.0).collect();
        let found: Vec<Vec<T>> = items
            .par_chunks(ITEMS_AT_ONCE)
            .map(|items| {
                let mut found = Vec::new();
                let (mut partners, mut counted) = (Vec::new(), Vec::new());
                for groups in items {
                    self.partners(groups, &mut partners);
                    counted.clear();
                    counted.extend(partners.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
                    if counted.len() > most {
                        counted.sort_unstable_by_key(|&(other, shared)| (std::cmp::Reverse(shared), other));
                        counted.truncate(most);
                        counted.sort_unstable();
                    }
                    if !counted.is_empty() {
                        each(groups[0].0, &counted, &mut found);
                    }
                }
                found
            })
            .collect();
        found.into_iter().flatten().collect()
    }

    /// The larger items of an item's groups, sorted, each as often as it shares a key.
    fn partners(&self, groups: &[(u32, u32)], partners: &mut Vec<u32>) {
        partners.clear();
        for &(item, group) in groups {
            let (start, end) = (self.starts[group as usize] as usize, self.starts[group as usize + 1] as usize);
            partners.extend(self.things[start..end].iter().filter(|&&other| other > item));
        }
        partners.sort_unstable();
    }
}

/// Items that a thread takes at once: few enough that threads end together, enough that they seldom meet.
const ITEMS_AT_ONCE: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(blocks: &Blocks) -> Vec<(u32, u32, u32)> {
        blocks.pairs(usize::MAX, |item, partners, out| out.extend(partners.iter().map(|p| (item, p.0, p.1))))
    }

    #[test]
    fn pairs_share_a_key_and_are_counted() {
        let blocks = Blocks::new(vec![(7, 0), (7, 2), (9, 2), (9, 0), (5, 1)], 10, u64::from);
        assert_eq!(collect(&blocks), [(0, 2, 2)]);
    }

    #[test]
    fn a_hot_key_is_cut_in_the_same_way_whatever_the_order() {
        let rows: Vec<(u64, u32)> = (0..50).map(|i| (1, i)).collect();
        let turned: Vec<(u64, u32)> = rows.iter().rev().copied().collect();
        let (one, other) = (Blocks::new(rows, 5, u64::from), Blocks::new(turned, 5, u64::from));
        assert_eq!(one.hot, 1);
        assert_eq!(collect(&one), collect(&other));
        assert_eq!(collect(&one).len(), 10);
    }
}
