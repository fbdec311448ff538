//! Alignment of two articles sentence by sentence, without a dictionary: by the anchors that
//! sentences share (names, numbers, dates, concepts) and by their lengths.
//!
//! Source of the method: Gale and Church, 'A program for aligning sentences in bilingual corpora'
//! (Computational Linguistics 19, 1993), for the beads, the dynamic programme and the length model;
//! the anchors take the place of their prior.

use crate::features::{Feature, FeatureKind};
use crate::limits;
use crate::sketch::{SentenceSketch, Sketch};

/// Sentences of two articles that render each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bead {
    /// First sentence on the left, and how many (1 or 2).
    pub left: (u32, u32),
    /// First sentence on the right, and how many (1 or 2).
    pub right: (u32, u32),
    /// Weight of the anchors that they share.
    pub shared: u32,
}

/// Two articles, aligned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Beads in order, those without a counterpart left out.
    pub beads: Vec<Bead>,
    /// Agreement of the anchors in order: Dice coefficient over their weights, in thousandths.
    pub agreement: u32,
    /// The same over the poorer of the two articles.
    pub containment: u32,
    /// Beads that share an anchor.
    pub anchored: u32,
    /// Anchored beads among all sentences of the shorter article, in thousandths.
    pub coverage: u32,
}

/// Shapes of a bead: how many sentences on each side.
const SHAPES: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)];

/// Aligns two articles in order. Words count only within one language.
pub(crate) fn align(left: &Sketch, right: &Sketch) -> Alignment {
    let words = left.language == right.language && left.language != 0;
    let a = &left.sentences[..left.sentences.len().min(limits::ALIGNED_SENTENCES)];
    let b = &right.sentences[..right.sentences.len().min(limits::ALIGNED_SENTENCES)];
    let (n, m) = (a.len(), b.len());
    if n == 0 || m == 0 {
        return Alignment::default();
    }
    let pair = shared(a, b, words);
    let lengths = Lengths::new(a, b);
    let width = m + 1;
    let mut best = vec![0_u64; (n + 1) * width];
    let mut from = vec![usize::MAX; (n + 1) * width];
    for i in 0..=n {
        for j in 0..=m {
            for (shape, &(down, across)) in SHAPES.iter().enumerate() {
                if i < down || j < across || (i, j) == (0, 0) {
                    continue;
                }
                let gain = gain(&lengths, &pair, m, (i - down, down), (j - across, across));
                let total = best[(i - down) * width + j - across] + gain;
                let here = i * width + j;
                if from[here] == usize::MAX || total > best[here] {
                    (best[here], from[here]) = (total, shape);
                }
            }
        }
    }
    let mut alignment = Alignment::default();
    let (mut i, mut j, mut sum) = (n, m, 0_u64);
    while (i, j) != (0, 0) {
        let (down, across) = SHAPES[from[i * width + j]];
        (i, j) = (i - down, j - across);
        if down > 0 && across > 0 {
            let weight = bead_weight(&pair, m, (i, down), (j, across));
            let shared = (weight * u64::from(lengths.plausibility((i, down), (j, across))) / 1000) as u32;
            sum += u64::from(shared);
            alignment.beads.push(Bead { left: (i as u32, down as u32), right: (j as u32, across as u32), shared });
        }
    }
    alignment.beads.reverse();
    let weight = |s: &[SentenceSketch]| s.iter().map(|s| u64::from(comparable_weight(s, words))).sum::<u64>();
    let (wa, wb) = (weight(a), weight(b));
    alignment.agreement = (2000 * sum / (wa + wb).max(1)).min(1000) as u32;
    alignment.containment = (1000 * sum / wa.min(wb).max(1)).min(1000) as u32;
    alignment.anchored = alignment.beads.iter().filter(|bead| bead.shared > 0).count() as u32;
    alignment.coverage = (1000 * alignment.anchored / n.min(m) as u32).min(1000);
    alignment
}

/// What a bead is worth; a pair of plausible length without anchors is worth a little, so that
/// sentences without names fall between those that have some.
fn gain(lengths: &Lengths, pair: &[u32], m: usize, left: (usize, usize), right: (usize, usize)) -> u64 {
    if left.1 == 0 || right.1 == 0 {
        return 0;
    }
    let weight = bead_weight(pair, m, left, right);
    let even = u64::from(left.1 == right.1) * 4;
    // two for one must pay for itself
    let weight = if left.1 == right.1 { weight } else { weight.saturating_sub(12) };
    if weight + even == 0 {
        return 0;
    }
    (weight + even) * u64::from(lengths.plausibility(left, right)) / 1000
}

fn bead_weight(pair: &[u32], m: usize, left: (usize, usize), right: (usize, usize)) -> u64 {
    let mut sum = 0;
    for i in left.0..left.0 + left.1 {
        for j in right.0..right.0 + right.1 {
            sum += u64::from(pair[i * m + j]);
        }
    }
    sum
}

/// The lengths of two articles' sentences.
struct Lengths {
    /// Letters before each sentence on the left and behind the last one.
    left: Vec<i64>,
    /// The same on the right.
    right: Vec<i64>,
    /// How much longer the right is, in thousandths.
    ratio: i64,
}

impl Lengths {
    fn new(a: &[SentenceSketch], b: &[SentenceSketch]) -> Lengths {
        let sums = |sentences: &[SentenceSketch]| -> Vec<i64> {
            let mut sum = 0;
            let before = sentences.iter().map(|s| {
                sum += i64::from(s.letters);
                sum
            });
            std::iter::once(0).chain(before).collect()
        };
        let (left, right) = (sums(a), sums(b));
        let ratio = right[b.len()].max(1) * 1000 / left[a.len()].max(1);
        Lengths { left, right, ratio }
    }

    /// How well two lengths fit, in thousandths: Gale and Church's distance in standard deviations with
    /// their variance of 6.8 a letter, 1000 up to one deviation, falling to 300 beyond four.
    fn plausibility(&self, left: (usize, usize), right: (usize, usize)) -> u32 {
        let letters = |sums: &[i64], (at, len): (usize, usize)| sums[at + len] - sums[at];
        let (l, r) = (letters(&self.left, left), letters(&self.right, right));
        let expected = l * self.ratio / 1000;
        // distance² = (r - e)² / (6.8 l), compared without dividing: this is asked for every cell
        let within = |deviations: i64| (r - expected).pow(2) * 10 <= deviations.pow(2) * 68 * l.max(1);
        match () {
            () if within(1) => 1000,
            () if within(2) => 900,
            () if within(3) => 700,
            () if within(4) => 500,
            () => 300,
        }
    }
}

/// Weight of the features that each sentence on the left shares with each on the right, row by row.
pub(crate) fn shared(left: &[SentenceSketch], right: &[SentenceSketch], words: bool) -> Vec<u32> {
    let by_key = |sentences: &[SentenceSketch]| {
        let features = sentences.iter().zip(0_u32..).flat_map(|(sentence, number)| {
            let counted = sentence.features.iter().filter(|f| counts(f, words));
            counted.map(move |f| (f.key, number, f.weighs()))
        });
        let mut features: Vec<(u64, u32, u32)> = features.collect();
        features.sort_unstable();
        features
    };
    let (one, other) = (by_key(left), by_key(right));
    let mut sums = vec![0; left.len() * right.len()];
    let mut rest = &other[..];
    for run in one.chunk_by(|a, b| a.0 == b.0) {
        rest = &rest[rest.partition_point(|f| f.0 < run[0].0)..];
        for (_, column, _) in rest.iter().take_while(|f| f.0 == run[0].0) {
            for (_, row, weight) in run {
                sums[*row as usize * right.len() + *column as usize] += weight;
            }
        }
    }
    sums
}

/// Weight of a sentence's features that can be compared.
pub(crate) fn comparable_weight(sentence: &SentenceSketch, words: bool) -> u32 {
    sentence.features.iter().filter(|f| counts(f, words)).map(Feature::weighs).sum()
}

fn counts(feature: &Feature, words: bool) -> bool {
    words || !feature.is(FeatureKind::Word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::keyed;
    use sumber_core::Span;

    fn sketch(language: u64, sentences: &[(&[u64], u32)]) -> Sketch {
        let sentence = |&(keys, letters): &(&[u64], u32)| SentenceSketch {
            features: keys
                .iter()
                .filter_map(|&key| Feature::new(keyed(FeatureKind::Entity, key << 3), Span::default()))
                .map(|feature| feature.with_weight(50))
                .collect(),
            letters,
        };
        Sketch { features: Vec::new(), sentences: sentences.iter().map(sentence).collect(), language }
    }

    #[test]
    fn a_rendering_sentence_by_sentence_agrees_wholly() {
        let one = sketch(1, &[(&[1, 2], 80), (&[3], 40), (&[], 60), (&[4, 5], 100)]);
        let other = sketch(2, &[(&[1, 2], 90), (&[3], 44), (&[], 66), (&[4, 5], 110)]);
        let alignment = align(&one, &other);
        assert_eq!(alignment.beads.len(), 4);
        assert_eq!(alignment.agreement, 1000);
    }

    #[test]
    fn the_same_names_in_another_order_agree_less() {
        let one = sketch(1, &[(&[1], 80), (&[2], 80), (&[3], 80), (&[4], 80)]);
        let other = sketch(2, &[(&[4], 80), (&[3], 80), (&[2], 80), (&[1], 80)]);
        assert!(align(&one, &other).agreement <= 300);
    }

    #[test]
    fn two_sentences_may_render_one() {
        let one = sketch(1, &[(&[1, 2], 160), (&[3], 80)]);
        let other = sketch(2, &[(&[1], 80), (&[2], 80), (&[3], 80)]);
        assert_eq!(
            align(&one, &other).beads.iter().map(|b| (b.left, b.right)).collect::<Vec<_>>(),
            [((0, 1), (0, 2)), ((1, 1), (2, 1))]
        );
    }
}
