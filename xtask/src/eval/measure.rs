//! The small measures that scores are made of: words, Dice's coefficient, matching, tallies.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The words of a text without case, accents and punctuation: runs of letters and digits.
pub fn words(text: &str) -> Vec<String> {
    let folded = text.nfkc().flat_map(char::to_lowercase).nfd().filter(|&c| canonical_combining_class(c) == 0);
    let mut found = vec![String::new()];
    for c in folded {
        if !c.is_alphanumeric() || is_combining_mark(c) {
            if !found[found.len() - 1].is_empty() {
                found.push(String::new());
            }
            continue;
        }
        let word = found.last_mut().expect("never empty");
        match c {
            'ß' => word.push_str("ss"),
            'ς' => word.push('σ'),
            c => word.push(c),
        }
    }
    if found[found.len() - 1].is_empty() {
        found.pop();
    }
    found
}

/// The words with single blanks between: how names are compared.
pub fn name_key(name: &str) -> String {
    words(name).join(" ")
}

/// Dice's coefficient of two bags of words, 0 for two empty ones.
pub fn dice(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    a.iter().for_each(|word| counts.entry(word).or_default().0 += 1);
    b.iter().for_each(|word| counts.entry(word).or_default().1 += 1);
    let common: u32 = counts.values().map(|&(a, b)| a.min(b)).sum();
    2.0 * f64::from(common) / (a.len() + b.len()) as f64
}

/// Best-first one-to-one matching of `golds` with `gots`: for each gold its match, if one scores
/// at least `least`. Ties go to the earlier gold, then the earlier got.
pub fn greedy(golds: usize, gots: usize, least: f64, score: impl Fn(usize, usize) -> f64) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f64, usize, usize)> = (0..golds)
        .flat_map(|gold| (0..gots).map(move |got| (gold, got)))
        .map(|(gold, got)| (score(gold, got), gold, got))
        .filter(|pair| pair.0 >= least)
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut matched, mut used) = (vec![None; golds], vec![false; gots]);
    for (_, gold, got) in pairs {
        if matched[gold].is_none() && !used[got] {
            matched[gold] = Some(got);
            used[got] = true;
        }
    }
    matched
}

/// Counts for one task: what is in the gold, what was given, and what agrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub hit: f64,
    pub gold: usize,
    pub got: usize,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.hit += other.hit;
        self.gold += other.gold;
        self.got += other.got;
    }

    pub fn precision(&self) -> f64 {
        match (self.got, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (got, _) => self.hit / got as f64,
        }
    }

    pub fn recall(&self) -> f64 {
        if self.gold == 0 { 1.0 } else { self.hit / self.gold as f64 }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_case_accents_and_punctuation() {
        assert_eq!(words("L’Università «è» Straße_2, ﬁne"), ["l", "universita", "e", "strasse", "2", "fine"]);
    }

    #[test]
    fn words_of_punctuation_alone_are_none() {
        assert!(words(" —_… ").is_empty());
    }

    #[test]
    fn dice_counts_words_as_often_as_they_stand() {
        assert_eq!(dice(&words("a a b"), &words("a b b")), 4.0 / 6.0);
        assert_eq!(dice(&[], &[]), 0.0);
    }

    #[test]
    fn greedy_gives_the_best_pair_first_and_nothing_twice() {
        let scores = [[0.6, 0.9], [0.5, 0.8]];
        assert_eq!(greedy(2, 2, 0.5, |g, s| scores[g][s]), [Some(1), Some(0)]);
        assert_eq!(greedy(2, 2, 0.7, |g, s| scores[g][s]), [Some(1), None]);
    }

    #[test]
    fn a_tally_of_nothing_wanted_and_something_given_has_no_precision() {
        let tally = Tally { hit: 0.0, gold: 0, got: 3 };
        assert_eq!((tally.precision(), tally.recall(), tally.f1()), (0.0, 1.0, 0.0));
        assert_eq!(Tally::default().f1(), 1.0);
    }
}
