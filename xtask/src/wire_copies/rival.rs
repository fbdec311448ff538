//! What most tools use to find near duplicates, on the same articles: MinHash with locality-sensitive
//! hashing, 128 permutations, over runs of words or of letters.

use std::collections::BTreeSet;

use gaoya::minhash::{MinHashIndex, MinHasher as _, MinHasher32, calculate_minhash_params};

/// Runs of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shingles {
    /// Three words in a row.
    Words,
    /// Five letters in a row.
    Letters,
}

/// How many permutations.
const PERMUTATIONS: usize = 128;

/// The signatures of all texts.
pub fn signatures(texts: &[&str], shingles: Shingles) -> Vec<Vec<u32>> {
    let hasher = MinHasher32::new(PERMUTATIONS);
    let of = |text: &&str| {
        let folded = text.to_lowercase();
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        match shingles {
            Shingles::Words => hasher.create_signature(words.windows(3)),
            Shingles::Letters => {
                let letters: Vec<char> = words.join(" ").chars().collect();
                hasher.create_signature(letters.windows(5))
            }
        }
    };
    texts.iter().map(of).collect()
}

/// The pairs, as places in the list, whose estimated Jaccard similarity reaches a threshold.
pub fn pairs(signatures: &[Vec<u32>], threshold: f64) -> BTreeSet<(usize, usize)> {
    let (bands, width) = calculate_minhash_params(threshold, PERMUTATIONS);
    let mut index: MinHashIndex<u32, usize> = MinHashIndex::new(bands, width, threshold);
    let used = bands * width;
    for (n, signature) in signatures.iter().enumerate() {
        index.insert(n, signature[..used].to_vec());
    }
    let mut found = BTreeSet::new();
    for (n, signature) in signatures.iter().enumerate() {
        let others = index.query_owned(&signature[..used].to_vec());
        found.extend(others.into_iter().filter(|&other| other > n).map(|other| (n, other)));
    }
    found
}
