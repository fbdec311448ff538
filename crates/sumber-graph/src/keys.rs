//! Blocking: candidate pairs come from equal keys only.

use std::sync::atomic::{AtomicU64, Ordering};

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
    /// Groups the items of `0..count` by what `keys` tells of each; `identity` is a hash of an item that
    /// does not depend on its place in the collection.
    ///
    /// Most keys are of one item alone. They are asked for twice, so that those alone are kept which
    /// are told more than once: less work than to sort them all, and a third of the room.
    pub fn new(
        count: usize,
        limit: usize,
        keys: impl Fn(u32) -> Vec<u64> + Sync,
        identity: impl Fn(u32) -> u64,
    ) -> Blocks {
        Blocks::telling(count, limit, keys, identity, |_| ())
    }

    /// The same, and `cut` is told the key and the thing of each row of every key that is cut.
    pub fn telling(
        count: usize,
        limit: usize,
        keys: impl Fn(u32) -> Vec<u64> + Sync,
        identity: impl Fn(u32) -> u64,
        mut cut: impl FnMut(&[(u64, u32)]),
    ) -> Blocks {
        let items = (0..count as u32).into_par_iter().with_min_len(ITEMS_AT_ONCE);
        let sample = count.div_ceil(SAMPLED);
        let told: usize = (0..count as u32).step_by(sample.max(1)).map(|item| keys(item).len()).sum();
        let twice = ToldTwice::new(told * sample);
        items.clone().for_each(|item| keys(item).into_iter().for_each(|key| twice.add(key)));
        let shared = |item: u32| keys(item).into_iter().filter(|&key| twice.may_hold(key)).map(move |key| (key, item));
        let mut rows: Vec<(u64, u32)> = items.flat_map_iter(shared).collect();
        drop(twice);
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
                cut(group);
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
    pub fn pairs<T: Send>(
        &self,
        most: usize,
        each: impl Fn(u32, &[(u32, u32)], &mut Vec<T>) + Sync,
    ) -> std::iter::Flatten<std::vec::IntoIter<Vec<T>>> {
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
        found.into_iter().flatten()
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

/// Keys that were told at least twice, and some that were not (a Bloom filter of one hash: the keys are hashes).
struct ToldTwice {
    once: Vec<AtomicU64>,
    again: Vec<AtomicU64>,
}

impl ToldTwice {
    /// Has room for so many keys that one in three is let through wrongly at the most.
    fn new(keys: usize) -> ToldTwice {
        let words = (3 * keys / 64).next_power_of_two();
        let bits = || (0..words).map(|_| AtomicU64::new(0)).collect();
        ToldTwice { once: bits(), again: bits() }
    }

    fn place(&self, key: u64) -> (usize, u64) {
        ((key >> 6) as usize & (self.once.len() - 1), 1 << (key % 64))
    }

    /// Notes a key. The order of the calls is nothing.
    fn add(&self, key: u64) {
        let (word, bit) = self.place(key);
        if self.once[word].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
            self.again[word].fetch_or(bit, Ordering::Relaxed);
        }
    }

    fn may_hold(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.again[word].load(Ordering::Relaxed) & bit != 0
    }
}

/// Items that are asked how many keys things have, before all are.
const SAMPLED: usize = 1_000;

/// Items that a thread takes at once: few enough that threads end together, enough that they seldom meet.
const ITEMS_AT_ONCE: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(blocks: &Blocks) -> Vec<(u32, u32, u32)> {
        blocks.pairs(usize::MAX, |item, partners, out| out.extend(partners.iter().map(|p| (item, p.0, p.1)))).collect()
    }

    #[test]
    fn pairs_share_a_key_and_are_counted() {
        let keys = [vec![7, 9], vec![5], vec![9, 7, 9]];
        let blocks = Blocks::new(3, 10, |n| keys[n as usize].clone(), u64::from);
        assert_eq!(collect(&blocks), [(0, 2, 2)]);
    }

    #[test]
    fn a_hot_key_is_cut_in_the_same_way_whatever_the_order() {
        let turned = |n: u32| 49 - n;
        let one = Blocks::new(50, 5, |_| vec![1], u64::from);
        let other = Blocks::new(50, 5, |_| vec![1], |n| u64::from(turned(n)));
        let mut back: Vec<_> = collect(&other).into_iter().map(|(a, b, n)| (turned(b), turned(a), n)).collect();
        back.sort_unstable();
        assert_eq!(one.hot, 1);
        assert_eq!(collect(&one), back);
        assert_eq!(collect(&one).len(), 10);
    }

    #[test]
    fn what_is_told_twice_is_kept_however_many_keys_there_are() {
        let blocks = Blocks::new(4_000, 10, |n| vec![hash64(&(n / 2).to_le_bytes()), u64::from(n)], u64::from);
        assert_eq!(collect(&blocks).len(), 2_000);
    }
}
