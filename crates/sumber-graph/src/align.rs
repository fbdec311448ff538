//! Alignment of two articles sentence by sentence, without a dictionary: by the anchors that
//! sentences share (names, numbers, dates, concepts) and by their lengths.
//!
//! Source of the method: Gale and Church, 'A program for aligning sentences in bilingual corpora'
//! (Computational Linguistics 19, 1993), for the beads, the dynamic programme and the length model;
//! the anchors take the place of their prior.

use crate::features::{Feature, FeatureKind, for_common};
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
    let letters = |s: &[SentenceSketch]| s.iter().map(|s| u64::from(s.letters)).sum::<u64>().max(1);
    let ratio = letters(b) * 1000 / letters(a);
    let mut pair = vec![0_u32; n * m];
    for i in 0..n {
        for j in 0..m {
            pair[i * m + j] = shared(&a[i], &b[j], words);
        }
    }
    let width = m + 1;
    let mut best = vec![0_u64; (n + 1) * width];
    let mut from = vec![usize::MAX; (n + 1) * width];
    for i in 0..=n {
        for j in 0..=m {
            for (shape, &(down, across)) in SHAPES.iter().enumerate() {
                if i < down || j < across || (i, j) == (0, 0) {
                    continue;
                }
                let gain = gain(a, b, &pair, m, (i - down, down), (j - across, across), ratio);
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
            let shared = (weight * u64::from(plausibility(a, b, (i, down), (j, across), ratio)) / 1000) as u32;
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
fn gain(
    a: &[SentenceSketch],
    b: &[SentenceSketch],
    pair: &[u32],
    m: usize,
    left: (usize, usize),
    right: (usize, usize),
    ratio: u64,
) -> u64 {
    if left.1 == 0 || right.1 == 0 {
        return 0;
    }
    let weight = bead_weight(pair, m, left, right);
    let even = u64::from(left.1 == right.1) * 4;
    // two for one must pay for itself
    let weight = if left.1 == right.1 { weight } else { weight.saturating_sub(12) };
    (weight + even) * u64::from(plausibility(a, b, left, right, ratio)) / 1000
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

/// How well two lengths fit, in thousandths: Gale and Church's distance in standard deviations with
/// their variance of 6.8 a letter, 1000 up to one deviation, falling to 300 beyond four.
fn plausibility(
    a: &[SentenceSketch],
    b: &[SentenceSketch],
    left: (usize, usize),
    right: (usize, usize),
    ratio: u64,
) -> u32 {
    let sum = |s: &[SentenceSketch], (at, len): (usize, usize)| {
        s[at..at + len].iter().map(|s| i64::from(s.letters)).sum::<i64>()
    };
    let (l, r) = (sum(a, left), sum(b, right));
    let expected = l * ratio as i64 / 1000;
    // distance² = (r - e)² / (6.8 l), in hundredths of a deviation²
    let squared = (r - expected).pow(2) * 1000 / (68 * l.max(1));
    match squared {
        ..=100 => 1000,
        101..=400 => 900,
        401..=900 => 700,
        901..=1600 => 500,
        _ => 300,
    }
}

/// Weight of the features that two sentences share.
pub(crate) fn shared(left: &SentenceSketch, right: &SentenceSketch, words: bool) -> u32 {
    let mut sum = 0;
    for_common(
        &left.features,
        &right.features,
        |(f, _)| f.key,
        |(f, weight), _| sum += if counts(f, words) { *weight } else { 0 },
    );
    sum
}

/// Weight of a sentence's features that can be compared.
pub(crate) fn comparable_weight(sentence: &SentenceSketch, words: bool) -> u32 {
    sentence.features.iter().filter(|(f, _)| counts(f, words)).map(|(_, weight)| weight).sum()
}

fn counts(feature: &Feature, words: bool) -> bool {
    words || feature.kind != FeatureKind::Word
}

#[cfg(test)]
mod tests {
    use super::*;
    use sumber_core::Span;

    fn sketch(language: u64, sentences: &[(&[u64], u32)]) -> Sketch {
        let sentence = |&(keys, letters): &(&[u64], u32)| SentenceSketch {
            features: keys
                .iter()
                .map(|&key| (Feature { key, kind: FeatureKind::Entity, negated: false, span: Span::default() }, 50))
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
