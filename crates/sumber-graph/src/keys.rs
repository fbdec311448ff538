//! Blocking: candidate pairs come from equal keys only.

use sumber_core::hash64;

/// Things by their keys.
///
/// A key that more than `limit` things share keeps those with the smallest hashes, which is the
/// same choice in whatever order or part they were added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    rows: Vec<(u64, u32)>,
    starts: Vec<u32>,
    /// Keys that were cut.
    pub hot: u32,
}

impl Blocks {
    /// Groups `(key, item)` rows; `identity` is a hash of an item that does not depend on its
    /// place in the collection.
    pub fn new(mut rows: Vec<(u64, u32)>, limit: usize, identity: impl Fn(u32) -> u64) -> Blocks {
        rows.sort_unstable();
        rows.dedup();
        let mut kept: Vec<(u64, u32)> = Vec::with_capacity(rows.len());
        let (mut starts, mut hot) = (Vec::new(), 0);
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            if group.len() < 2 {
                continue;
            }
            starts.push(kept.len() as u32);
            if group.len() <= limit {
                kept.extend_from_slice(group);
            } else {
                hot += 1;
                let mut chosen: Vec<(u64, (u64, u32))> =
                    group.iter().map(|&row| (hash64(&(identity(row.1) ^ row.0).to_le_bytes()), row)).collect();
                chosen.sort_unstable();
                chosen.truncate(limit);
                chosen.sort_unstable_by_key(|c| c.1);
                kept.extend(chosen.into_iter().map(|c| c.1));
            }
        }
        starts.push(kept.len() as u32);
        Blocks { rows: kept, starts, hot }
    }

    /// Calls `each` with every item of `0..count` and the larger items that share a key with it,
    /// sorted, each with the number of keys shared: at most the `most` that share the most keys.
    pub fn pairs(&self, count: usize, most: usize, mut each: impl FnMut(u32, &[(u32, u32)])) {
        // the groups of each item, as one flat list
        let mut groups_of: Vec<(u32, u32)> = Vec::with_capacity(self.rows.len());
        for (group, bounds) in self.starts.windows(2).enumerate() {
            for row in &self.rows[bounds[0] as usize..bounds[1] as usize] {
                groups_of.push((row.1, group as u32));
            }
        }
        groups_of.sort_unstable();
        let mut partners: Vec<u32> = Vec::new();
        let mut counted: Vec<(u32, u32)> = Vec::new();
        for groups in groups_of.chunk_by(|a, b| a.0 == b.0) {
            let item = groups[0].0;
            debug_assert!((item as usize) < count);
            partners.clear();
            for &(_, group) in groups {
                let (start, end) = (self.starts[group as usize] as usize, self.starts[group as usize + 1] as usize);
                partners.extend(self.rows[start..end].iter().map(|row| row.1).filter(|&other| other > item));
            }
            partners.sort_unstable();
            counted.clear();
            counted.extend(partners.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
            if counted.len() > most {
                counted.sort_unstable_by_key(|&(other, shared)| (std::cmp::Reverse(shared), other));
                counted.truncate(most);
                counted.sort_unstable();
            }
            if !counted.is_empty() {
                each(item, &counted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(blocks: &Blocks, count: usize) -> Vec<(u32, u32, u32)> {
        let mut out = Vec::new();
        blocks.pairs(count, usize::MAX, |item, partners| out.extend(partners.iter().map(|p| (item, p.0, p.1))));
        out
    }

    #[test]
    fn pairs_share_a_key_and_are_counted() {
        let blocks = Blocks::new(vec![(7, 0), (7, 2), (9, 2), (9, 0), (5, 1)], 10, u64::from);
        assert_eq!(collect(&blocks, 3), [(0, 2, 2)]);
    }

    #[test]
    fn a_hot_key_is_cut_in_the_same_way_whatever_the_order() {
        let rows: Vec<(u64, u32)> = (0..50).map(|i| (1, i)).collect();
        let turned: Vec<(u64, u32)> = rows.iter().rev().copied().collect();
        let (one, other) = (Blocks::new(rows, 5, u64::from), Blocks::new(turned, 5, u64::from));
        assert_eq!(one.hot, 1);
        assert_eq!(collect(&one, 50), collect(&other, 50));
        assert_eq!(collect(&one, 50).len(), 10);
    }
}
