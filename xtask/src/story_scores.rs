//! The score that stories are made of, measured on public data that is not in the repository: the pairs of
//! articles of SemEval-2022's eighth task, judged by people from 1 (the same) to 4 (different).
//!
//! The folder of data holds `semeval2022-8/pairs_dev.jsonl`: `pair_id` (`ID_ID`), `overall`, and for each of
//! the two `lang`, `url`, `text`. The texts are cut in their middle and their headlines run into them; what
//! day they are of, only some addresses tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::json;
use sumber::core::{ArticleId, hash64};
use sumber::{Analysis, Article, Page, PageFormat, STORY_SCORE};

use crate::rows;

/// Two articles and what people say of them.
#[derive(Deserialize)]
struct Judged {
    pair_id: String,
    lang1: String,
    lang2: String,
    url1: String,
    url2: String,
    text1: String,
    text2: String,
    /// From 1, the same, to 4, different.
    overall: f64,
}

/// From here on two articles are judged to be different rather than alike: the middle of the scale.
const DIFFERENT: f64 = 2.5;

/// Prints how the scores go with the judgements, by the languages of the pairs; `--each` prints the pairs.
///
/// # Errors
///
/// Unknown flags, files that are missing or broken.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut folder, mut each) = (None, false);
    for argument in arguments {
        match argument.as_str() {
            "--each" => each = true,
            flag if flag.starts_with('-') => bail!("there is no flag '{flag}'"),
            path => folder = Some(PathBuf::from(path)),
        }
    }
    let folder = folder.context("name the folder of data")?;
    let judged: Vec<Judged> = rows::read(&folder.join("semeval2022-8/pairs_dev.jsonl"))?;
    let config = sumber::Options::default().resolve()?;
    let (mut pages, mut pairs, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for pair in &judged {
        let (left, right) = pair.pair_id.split_once('_').context("a pair_id is ID_ID")?;
        let sides = [(left, &pair.lang1, &pair.url1, &pair.text1), (right, &pair.lang2, &pair.url2, &pair.text2)];
        for (id, lang, url, text) in sides {
            if seen.insert(id) {
                let object = json!({ "url": url, "lang": lang, "text": text }).to_string();
                let (path, format) = (id.to_owned(), PageFormat::Json);
                pages.push(Page { path, format, bytes: object.into_bytes(), ..Page::default() });
            }
        }
        pairs.push((named(left), named(right)));
    }
    let mut articles: Vec<(Article, Analysis)> = sumber::analyze_pages(&pages, &config.hints, &config.packs);
    articles.iter_mut().for_each(|(article, _)| article.id = named(&article.path));
    let dated: BTreeSet<ArticleId> =
        articles.iter().filter(|(a, _)| a.published.is_some()).map(|(a, _)| a.id).collect();
    println!("{} articles, {} of them with a day\n", articles.len(), dated.len());
    let together = sumber::story_scores(&articles, &pairs);
    let of: BTreeMap<ArticleId, usize> = articles.iter().enumerate().map(|(n, (a, _))| (a.id, n)).collect();
    let alone = |&(left, right): &(ArticleId, ArticleId)| {
        let two = [left, right].map(|id| articles[of[&id]].clone());
        sumber::story_scores(&two, &[(left, right)])[0]
    };
    let mut groups: BTreeMap<String, Vec<Scored>> = BTreeMap::new();
    for ((judged, pair), together) in judged.iter().zip(&pairs).zip(together) {
        let scores = [together, alone(pair)].map(|score| f64::from(score.unwrap_or_default()));
        let days = dated.contains(&pair.0) && dated.contains(&pair.1);
        let scored = Scored { judged: judged.overall, scores };
        if each {
            println!("{}\t{}-{}\t{}\t{scores:?}\t{days}", judged.pair_id, judged.lang1, judged.lang2, judged.overall);
        }
        let mut languages = [judged.lang1.as_str(), &judged.lang2];
        languages.sort_unstable();
        for group in [languages.join("-"), "all".to_owned()] {
            groups.entry(group).or_default().push(scored);
        }
    }
    println!("Pearson of the score with the judgement, among all articles and with the two alone, and of their ranks;");
    println!(
        "of what reaches {STORY_SCORE}, how many are alike ({DIFFERENT} at the most), and how many of those reach it\n"
    );
    println!(
        "{:10} {:>6} {:>8} {:>7} {:>7} {:>10} {:>7}",
        "languages", "pairs", "together", "alone", "ranks", "precision", "recall"
    );
    for (languages, pairs) in &groups {
        let alike = |pair: &&Scored| pair.judged <= DIFFERENT;
        let reach = |pair: &&Scored| pair.scores[0] >= f64::from(STORY_SCORE);
        let both = pairs.iter().filter(|p| alike(p) && reach(p)).count() as f64;
        let share = |whole: usize| both / whole.max(1) as f64;
        println!(
            "{languages:10} {:6} {:8.3} {:7.3} {:7.3} {:10.3} {:7.3}",
            pairs.len(),
            pearson(pairs, 0),
            pearson(pairs, 1),
            pearson(&ranked(pairs), 0),
            share(pairs.iter().filter(reach).count()),
            share(pairs.iter().filter(alike).count())
        );
    }
    Ok(true)
}

/// A pair with its judgement and its scores: among all articles, and with the two alone.
#[derive(Clone, Copy)]
struct Scored {
    judged: f64,
    scores: [f64; 2],
}

/// The identity of an article by its number in the data: two numbers may have the same bytes.
fn named(id: &str) -> ArticleId {
    ArticleId(hash64(id.as_bytes()))
}

/// Pearson's correlation of a score with likeness, which is the judgement turned round.
fn pearson(pairs: &[Scored], score: usize) -> f64 {
    let count = pairs.len() as f64;
    let mean = |of: &dyn Fn(&Scored) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (|pair: &Scored| pair.scores[score], |pair: &Scored| -pair.judged);
    let (mx, my) = (mean(&x), mean(&y));
    let both = mean(&|pair| (x(pair) - mx) * (y(pair) - my));
    let (vx, vy) = (mean(&|pair| (x(pair) - mx).powi(2)), mean(&|pair| (y(pair) - my).powi(2)));
    both / (vx * vy).sqrt().max(f64::MIN_POSITIVE)
}

/// The pairs with the ranks of their judgements and of their first scores; equals share the mean of theirs.
fn ranked(pairs: &[Scored]) -> Vec<Scored> {
    let ranks = |of: &dyn Fn(&Scored) -> f64| {
        let mut sorted: Vec<f64> = pairs.iter().map(of).collect();
        sorted.sort_by(f64::total_cmp);
        let rank = |value: f64| sorted.partition_point(|v| *v < value) + sorted.partition_point(|v| *v <= value);
        pairs.iter().map(|pair| rank(of(pair)) as f64 / 2.0).collect::<Vec<f64>>()
    };
    let (judged, scores) = (ranks(&|pair| pair.judged), ranks(&|pair| pair.scores[0]));
    judged.into_iter().zip(scores).map(|(judged, score)| Scored { judged, scores: [score, 0.0] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_falls_as_the_judgement_rises_goes_with_likeness() {
        let pairs: Vec<Scored> =
            [1.0, 2.0, 4.0].map(|judged| Scored { judged, scores: [900.0 - 100.0 * judged, judged] }).to_vec();
        assert!((pearson(&pairs, 0) - 1.0).abs() < 1e-9);
        assert!((pearson(&pairs, 1) + 1.0).abs() < 1e-9);
        let bent: Vec<Scored> = pairs.iter().map(|p| Scored { scores: [1.0 / p.judged, 0.0], ..*p }).collect();
        assert!(pearson(&bent, 0) < 0.99 && (pearson(&ranked(&bent), 0) - 1.0).abs() < 1e-9);
    }
}
