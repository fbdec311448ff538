//! Features: what two texts can have in common, as hashes with a weight.
//!
//! A weight is a base for the kind times the feature's rarity in the collection, so that a name
//! that every sentence has tells nothing and one that two sentences share tells much.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sumber_core::{Span, hash64};

/// What a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FeatureKind {
    /// A joint entity.
    Entity,
    /// A number's value.
    Number,
    /// A concept of the shared list.
    Concept,
    /// A day, month or year.
    Date,
    /// An event type with its sides.
    Event,
    /// Who says it: the last named link of the chain.
    Speaker,
    /// A word by its stem, or by how it begins where languages may share it.
    Word,
}

impl FeatureKind {
    /// All kinds in the order of their numbers.
    const ALL: [FeatureKind; 7] = [
        FeatureKind::Entity,
        FeatureKind::Number,
        FeatureKind::Concept,
        FeatureKind::Date,
        FeatureKind::Event,
        FeatureKind::Speaker,
        FeatureKind::Word,
    ];

    /// How much one feature of the kind tells, relative to the others. Words tell least each, since
    /// a sentence has many and synonyms differ; a number or a name is hardly shared by chance.
    fn base(self) -> u32 {
        match self {
            FeatureKind::Entity => 8,
            FeatureKind::Number => 12,
            FeatureKind::Concept => 9,
            FeatureKind::Date => 6,
            FeatureKind::Event => 6,
            FeatureKind::Speaker => 6,
            FeatureKind::Word => 6,
        }
    }
}

/// One feature of a text, in sixteen bytes: an article has hundreds, and room is what linking is short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Feature {
    /// Hash of the value with the kind in its lowest bits: equal keys are equal features.
    pub key: u64,
    start: u32,
    len: u8,
    /// Whether the text negates it ('not because of the weather').
    pub negated: bool,
    /// How much it tells, once that is known.
    pub weight: u16,
}

impl Feature {
    /// A feature of unknown weight with the place where it stands, empty for what is not in the words.
    /// `None` where that is longer than 255 bytes: no word, name or date is.
    pub fn new(key: u64, span: Span) -> Option<Feature> {
        let len = u8::try_from(span.len()).ok()?;
        Some(Feature { key, start: span.start, len, negated: false, weight: 0 })
    }

    /// What it is.
    pub fn kind(&self) -> FeatureKind {
        FeatureKind::ALL[(self.key & KIND) as usize % FeatureKind::ALL.len()]
    }

    /// Whether it is of this kind.
    pub fn is(&self, kind: FeatureKind) -> bool {
        self.key & KIND == kind as u64
    }

    /// Where it first stands; empty for what is not in the words.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + u32::from(self.len))
    }

    /// The same feature with another weight.
    pub fn with_weight(self, weight: u16) -> Feature {
        Feature { weight, ..self }
    }

    /// The weight, for sums.
    pub fn weighs(&self) -> u32 {
        u32::from(self.weight)
    }
}

/// The bits of a feature's key that tell its kind.
const KIND: u64 = 7;

/// The key of a feature whose value has this hash.
pub(crate) fn keyed(kind: FeatureKind, hash: u64) -> u64 {
    hash & !KIND | kind as u64
}

/// The key of a feature.
pub(crate) fn feature_key(kind: FeatureKind, value: &str) -> u64 {
    keyed(kind, hash64(value.as_bytes()))
}

/// One hash of two, which fits a signed column: a round of SplitMix64's finalizer for each
/// (Steele, Lea and Flood, OOPSLA 2014).
pub(crate) fn mix(left: u64, right: u64) -> u64 {
    let finalize = |mut hash: u64| {
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    };
    finalize(finalize(left.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ right) >> 1
}

/// Calls `each` with what two lists have in common. Both are sorted by `key` and hold a key once.
pub(crate) fn for_common<T>(left: &[T], right: &[T], key: impl Fn(&T) -> u64, mut each: impl FnMut(&T, &T)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(one), Some(other)) = (left.get(i), right.get(j)) {
        let (a, b) = (key(one), key(other));
        if a == b {
            each(one, other);
        }
        // which list goes on is as good as random: no branch on it
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
}

/// How many texts of the collection hold each feature: an associative count made in a pass before,
/// then frozen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frequencies {
    /// By the highest bits of the key, so that each part is counted by a thread of its own.
    parts: [FxHashMap<u64, u32>; PARTS],
    texts: u32,
}

/// Parts of the counts: a power of two.
const PARTS: usize = 8;

/// The part in which a key is counted.
fn part_of(key: u64) -> usize {
    (key >> 60) as usize % PARTS
}

impl Frequencies {
    /// Counts the features of texts, each of which holds a key once; `texts` gives them all each time.
    pub fn count<'a, I: Iterator<Item = &'a [Feature]>>(texts: impl Fn() -> I + Sync) -> Frequencies {
        let mut frequencies = Frequencies { texts: texts().count() as u32, ..Frequencies::default() };
        frequencies.parts.par_iter_mut().enumerate().for_each(|(part, counts)| {
            for feature in texts().flatten().filter(|f| part_of(f.key) == part) {
                *counts.entry(feature.key).or_insert(0) += 1;
            }
        });
        frequencies
    }

    /// How many texts hold a feature.
    pub fn of(&self, key: u64) -> u32 {
        self.parts[part_of(key)].get(&key).copied().unwrap_or(0)
    }

    /// Rarity in sixteenths of a bit: `16 log2((texts + 2) / count)`, at least 8.
    pub fn rarity(&self, key: u64) -> u32 {
        let count = self.of(key).max(1);
        sixteenths_log2(u64::from(self.texts) + 2).saturating_sub(sixteenths_log2(u64::from(count))).max(8)
    }

    /// Rarity in sixteenths of a bit among these texts and `others` more, of which so many in a thousand
    /// are taken to hold the feature: in a folder on one story everybody has the names that make it one.
    pub fn rarity_among(&self, key: u64, others: u32, per_mille: u32) -> u32 {
        let texts = 1000 * u64::from(self.texts + others);
        let count = 1000 * u64::from(self.of(key)) + u64::from(others) * u64::from(per_mille);
        sixteenths_log2(texts).saturating_sub(sixteenths_log2(count))
    }

    /// The weight of a feature where `count` of `texts` hold it and `others` more that do as often as all:
    /// a language model of those texts with a Dirichlet prior (Zhai and Lafferty, SIGIR 2001).
    pub fn weight_within(&self, feature: &Feature, count: u32, texts: u32, others: u32) -> u16 {
        let [all, count_of_all, count, texts, others] =
            [self.texts, self.of(feature.key), count, texts, others].map(u64::from);
        let rarity = sixteenths_log2((texts + others) * (all + 2))
            .saturating_sub(sixteenths_log2(count * all + others * count_of_all));
        (feature.kind().base() * rarity.max(16) / 16) as u16
    }

    /// Weight of a feature: base of its kind times rarity, scaled so that a name shared by one text
    /// in a hundred weighs some 50.
    pub fn weight(&self, feature: &Feature) -> u16 {
        // at most twelve times the bits of a count
        (feature.kind().base() * self.rarity(feature.key) / 16) as u16
    }
}

/// `floor(16 log2(n))` without floating point, so that every machine agrees.
fn sixteenths_log2(n: u64) -> u32 {
    let whole = n.max(1).ilog2();
    // mantissa in [1, 2) with 32 fractional bits; each squaring yields one bit of the logarithm
    let mut mantissa = (u128::from(n.max(1)) << 32) >> whole;
    let mut fraction = 0;
    for bit in [8, 4, 2, 1] {
        mantissa = (mantissa * mantissa) >> 32;
        if mantissa >= 2 << 32 {
            mantissa >>= 1;
            fraction += bit;
        }
    }
    whole * 16 + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_exact_at_powers_and_floor_between() {
        assert_eq!(sixteenths_log2(1), 0);
        assert_eq!(sixteenths_log2(8), 48);
        assert_eq!(sixteenths_log2(3), 25);
        assert_eq!(sixteenths_log2(u64::MAX), 63 * 16 + 15);
    }

    #[test]
    fn the_rarer_feature_weighs_more() {
        let feature = |key| Feature::new(key, Span::default()).expect("short");
        let texts: Vec<Vec<Feature>> =
            (0..51).map(|n| if n < 50 { vec![feature(1)] } else { vec![feature(1), feature(2)] }).collect();
        let frequencies = Frequencies::count(|| texts.iter().map(Vec::as_slice));
        assert_eq!((frequencies.of(1), frequencies.of(2), frequencies.of(3)), (51, 1, 0));
        assert!(frequencies.rarity(2) > frequencies.rarity(1));
    }
}
