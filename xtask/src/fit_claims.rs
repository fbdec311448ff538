//! What two statements have in common, against what the gold says of them: the weights of
//! `sumber-graph`'s limits, fitted by code that anybody can run again.
//!
//! The odds that two statements make one claim are taken to be a power of their score times a factor
//! for each circumstance: logistic regression on the logarithm of the score and on the
//! circumstances. A factor to the power of one over the score's own exponent is what the score is
//! multiplied with. Each collection is left out in turn, and what the others' weights say of it is
//! measured, with and without circumstances.
//!
//! Source of the method: I. P. Fellegi and A. B. Sunter, 'A Theory for Record Linkage' (1969); the
//! fit is Newton's, with a small ridge so that a circumstance that always or never holds stays finite.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sumber::PairEvidence;
use sumber::core::{ArticleId, Member, MemberPart};

use crate::eval::{self, Gold, gold::Part};
use crate::link_gold;

/// The logarithm of the score, then the circumstances.
const NAMES: [&str; 10] = [
    "score",
    "one article",
    "one story",
    "two languages",
    "other days",
    "other manner",
    "one speaker",
    "nearest",
    "beside",
    "each day",
];

/// A pair: constant, evidence in the order of [`NAMES`], and whether the gold has it.
type Row = ([f64; 11], bool);

/// Prints the weights over all folders, and how well those of the others do on each.
///
/// # Errors
///
/// Collections that cannot be read.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let mut folders: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = eval::own_collections()?;
    }
    let mut collections: Vec<(String, Vec<Row>)> = Vec::new();
    for folder in &folders {
        let gold = Gold::read(folder)?;
        let rows = rows(folder, &gold)?;
        collections.push((gold.name, rows));
    }
    let all: Vec<Row> = collections.iter().flat_map(|c| c.1.iter().copied()).collect();
    let weights = fit(&all, NAMES.len());
    println!("{} pairs, {} of them one claim\n", all.len(), all.iter().filter(|row| row.1).count());
    println!("what the score counts for, in hundredths");
    for (name, weight) in NAMES.iter().zip(&weights[1..]).skip(1) {
        println!("  {name:16} {:4.0}", 100.0 * (weight / weights[1]).exp());
    }
    println!(
        "\n{:20} {:>6} {:>12} {:>12}   bits a pair that the others' weights need",
        "left out", "pairs", "score", "with all"
    );
    for (place, (name, rows)) in collections.iter().enumerate() {
        let others = collections.iter().enumerate().filter(|(other, _)| *other != place);
        let others: Vec<Row> = others.flat_map(|(_, c)| c.1.iter().copied()).collect();
        let bits = |used: usize| loss(rows, &fit(&others, used));
        println!("{name:20} {:6} {:12.4} {:12.4}", rows.len(), bits(1), bits(NAMES.len()));
    }
    Ok(true)
}

/// The pairs of one collection's own statements of which at least one is in a claim of the gold.
fn rows(folder: &Path, gold: &Gold) -> anyhow::Result<Vec<Row>> {
    let articles = link_gold::articles(folder, gold)?;
    let keys: BTreeMap<ArticleId, String> = articles
        .iter()
        .map(|(a, _)| (a.id, Path::new(&a.path).file_stem().unwrap_or_default().to_string_lossy().into_owned()))
        .collect();
    let mut claims: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for (number, claim) in gold.claims.iter().enumerate() {
        for member in &claim.members {
            if let Part::Statement(index) = member.1 {
                claims.entry((member.0.as_str(), index)).or_default().push(number);
            }
        }
    }
    let of = |member: Member| -> &[usize] {
        let MemberPart::Statement(index) = member.part else { return &[] };
        let key = keys.get(&member.article).map_or("", String::as_str);
        claims.get(&(key, index.0 as usize)).map_or(&[], Vec::as_slice)
    };
    let known = |pair: &&PairEvidence| !of(pair.left).is_empty() || !of(pair.right).is_empty();
    let flag = |holds: bool| f64::from(u8::from(holds));
    Ok(sumber::evidence(&articles)
        .iter()
        .filter(known)
        .map(|pair| {
            let one = of(pair.left).iter().any(|claim| of(pair.right).contains(claim));
            let score = (f64::from(pair.score.max(1)) / 1000.0).ln();
            let flags = [
                pair.same_article,
                pair.same_story,
                pair.across_languages,
                pair.other_days,
                pair.other_manner,
                pair.one_speaker,
                pair.nearest,
                pair.beside,
            ];
            let mut evidence = [1.0, score, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, f64::from(pair.days)];
            evidence[2..10].copy_from_slice(&flags.map(flag));
            (evidence, one)
        })
        .collect())
}

/// Probability by the weights.
fn probability(weights: &[f64], evidence: &[f64]) -> f64 {
    let sum: f64 = weights.iter().zip(evidence).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-sum.clamp(-30.0, 30.0)).exp())
}

/// Mean bits that the weights need for what is so.
fn loss(rows: &[Row], weights: &[f64]) -> f64 {
    let bits = rows.iter().map(|(evidence, one)| {
        let p = probability(weights, evidence);
        -(if *one { p } else { 1.0 - p }).log2()
    });
    bits.sum::<f64>() / rows.len().max(1) as f64
}

/// How strongly weights are held towards nothing.
const RIDGE: f64 = 4.0;

/// Newton's method on the constant and the first `used` kinds of evidence.
fn fit(rows: &[Row], used: usize) -> Vec<f64> {
    let n = used + 1;
    let mut weights = vec![0.0; n];
    for _ in 0..40 {
        // the equations of one step, with their right side as the last column
        let mut step = vec![vec![0.0; n + 1]; n];
        for (evidence, one) in rows {
            let p = probability(&weights, evidence);
            for (row, x) in step.iter_mut().zip(evidence) {
                row[n] += x * (f64::from(u8::from(*one)) - p);
                row[..n].iter_mut().zip(evidence).for_each(|(cell, y)| *cell += x * y * p * (1.0 - p));
            }
        }
        for (i, row) in step.iter_mut().enumerate() {
            let ridge = if i == 0 { 0.01 } else { RIDGE };
            row[i] += ridge;
            row[n] -= ridge * weights[i];
        }
        solve(&mut step);
        let longest = step.iter().map(|row| row[n].abs()).fold(0.0, f64::max);
        let share = if longest > 4.0 { 4.0 / longest } else { 1.0 };
        for (weight, row) in weights.iter_mut().zip(&step) {
            *weight += share * row[n];
        }
        if longest < 1e-9 {
            break;
        }
    }
    weights
}

/// Gauss and Jordan's elimination; the ridge keeps every pivot above zero.
fn solve(rows: &mut [Vec<f64>]) {
    let n = rows.len();
    for i in 0..n {
        let pivot = rows[i].clone();
        for (other, row) in rows.iter_mut().enumerate() {
            let factor = if other == i { 0.0 } else { row[i] / pivot[i] };
            row.iter_mut().zip(&pivot).for_each(|(x, y)| *x -= factor * y);
        }
    }
    for (i, row) in rows.iter_mut().enumerate() {
        row[n] /= row[i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circumstance_that_doubles_the_odds_is_found() {
        // of four at a score one is so, of four with the circumstance two: thrice the odds
        let row = |article: f64, one: bool| {
            let mut evidence = [0.0; 11];
            (evidence[0], evidence[2]) = (1.0, article);
            (evidence, one)
        };
        let mut rows = Vec::new();
        for _ in 0..5000 {
            rows.extend([row(0.0, true), row(0.0, false), row(0.0, false), row(0.0, false)]);
            rows.extend([row(1.0, true), row(1.0, true), row(1.0, false), row(1.0, false)]);
        }
        let weights = fit(&rows, NAMES.len());
        assert!((weights[2].exp() - 3.0).abs() < 0.05, "{weights:?}");
        assert!(loss(&rows, &weights) < loss(&rows, &fit(&rows, 1)));
    }
}
