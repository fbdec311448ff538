//! `cargo xtask pages`: the main text of a folder of pages, by the reader that sumber builds on alone
//! and by sumber, measured in one run against the same gold.
//!
//! The folder holds `gold.jsonl` (`name` and `text` a line) and `html/NAME.html` or `.html.gz`. Two
//! halves are shown, told apart by the name: rules are looked for in the first, and the second, which
//! is never looked at, tells whether they are of the web or of the folder.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use crate::rows;

/// A line of `gold.jsonl`; a page may have no article.
#[derive(Deserialize)]
struct Gold {
    name: String,
    text: Option<String>,
}

/// A page as found, in the form that `sumber read` prints.
#[derive(Serialize)]
struct Found<'a> {
    path: &'a str,
    text: &'a str,
}

/// One way of reading a page.
struct Way {
    name: &'static str,
    read: Box<dyn Fn(&sumber::Page) -> String>,
    /// Texts by the names of their pages.
    texts: HashMap<String, String>,
    took: Duration,
}

/// Whether every page of the gold was found; prints the figures.
///
/// # Errors
///
/// Unknown arguments, files that cannot be read or written.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut folder, mut out) = (None, None);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-o" => out = Some(PathBuf::from(arguments.next().context("-o wants a folder")?)),
            flag if flag.starts_with('-') => bail!("there is no flag '{flag}'"),
            path => folder = Some(PathBuf::from(path)),
        }
    }
    let folder = folder.context("which folder of pages?")?;
    let golds: Vec<Gold> = rows::read(&folder.join("gold.jsonl"))?;
    let config = sumber::Options::default().resolve()?;
    let reader = sumber::PageReader::new(&config.hints);
    let way = |name, read| Way { name, read, texts: HashMap::new(), took: Duration::ZERO };
    let mut ways = [
        way("dom_smoothie", Box::new(alone)),
        way(
            "sumber",
            Box::new(move |page: &sumber::Page| reader.read(page).text) as Box<dyn Fn(&sumber::Page) -> String>,
        ),
    ];
    for page in sumber::pages(&[folder.join("html")], &config.read) {
        let page = match page {
            Ok(page) => page,
            Err(finding) => {
                eprintln!("{}: {}", finding.place, finding.message);
                continue;
            }
        };
        for way in &mut ways {
            let start = Instant::now();
            let text = (way.read)(&page);
            way.took += start.elapsed();
            way.texts.insert(stem(&page.path).to_owned(), text);
        }
    }
    println!("pages    reader         four-word runs  P     R     F1     words  P     R     F1     pages/s");
    let halves: [(&str, fn(&str) -> bool); 3] =
        [("all", |_| true), ("looked", looked_at), ("watched", |name| !looked_at(name))];
    for (half, belongs) in halves {
        let golds: Vec<&Gold> = golds.iter().filter(|g| belongs(&g.name)).collect();
        for way in &ways {
            let text = |gold: &Gold| way.texts.get(&gold.name).map_or("", String::as_str);
            let [four, one] =
                [4, 1].map(|n| mean(golds.iter().map(|g| overlap(g.text.as_deref().unwrap_or(""), text(g), n))));
            let speed = way.texts.len() as f64 / way.took.as_secs_f64();
            println!(
                "{half:8} {:14} {:20.3} {:.3} {:.3} {:12.3} {:.3} {:.3} {speed:11.0}",
                way.name, four.0, four.1, four.2, one.0, one.1, one.2
            );
        }
    }
    if let Some(out) = out {
        fs::create_dir_all(&out)?;
        for way in &ways {
            let mut lines = String::new();
            for gold in &golds {
                if let Some(text) = way.texts.get(&gold.name) {
                    lines.push_str(&serde_json::to_string(&Found { path: &format!("{}.html", gold.name), text })?);
                    lines.push('\n');
                }
            }
            fs::write(out.join(format!("{}.jsonl", way.name)), lines)?;
        }
    }
    let lost: Vec<&str> = golds.iter().map(|g| g.name.as_str()).filter(|n| !ways[0].texts.contains_key(*n)).collect();
    if !lost.is_empty() {
        eprintln!("no page for {}", lost.join(", "));
    }
    Ok(lost.is_empty())
}

/// Which half a page is in: by the sum of its name's bytes.
fn looked_at(name: &str) -> bool {
    name.bytes().map(u32::from).sum::<u32>() % 2 == 0
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(".html").next().unwrap_or(name)
}

/// The reader that sumber builds on, as it is, with its text by paragraphs.
fn alone(page: &sumber::Page) -> String {
    let html = String::from_utf8_lossy(&page.bytes);
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let article = dom_smoothie::Readability::new(html.as_ref(), None, Some(config)).and_then(|mut r| r.parse());
    article.map(|a| a.text_content.to_string()).unwrap_or_default()
}

/// Precision and recall of one page's runs of `n` words; `None` where there is nothing to divide by.
fn overlap(gold: &str, found: &str, n: usize) -> (Option<f64>, Option<f64>) {
    let (gold, found) = (runs(gold, n), runs(found, n));
    let hit: usize = gold.iter().map(|(run, count)| *count.min(found.get(run).unwrap_or(&0))).sum();
    let share = |all: usize| (all > 0).then(|| hit as f64 / all as f64);
    (share(found.values().sum()), share(gold.values().sum()))
}

fn runs(text: &str, n: usize) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut runs = HashMap::new();
    if !words.is_empty() {
        for at in 0..(words.len() + 1).saturating_sub(n).max(1) {
            *runs.entry(words[at..(at + n).min(words.len())].to_vec()).or_default() += 1;
        }
    }
    runs
}

/// Precision and recall, each page weighing the same, and their harmonic mean.
fn mean(pages: impl Iterator<Item = (Option<f64>, Option<f64>)>) -> (f64, f64, f64) {
    let (precisions, recalls): (Vec<_>, Vec<_>) = pages.unzip();
    let of = |values: Vec<Option<f64>>| {
        let values: Vec<f64> = values.into_iter().flatten().collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    let (p, r) = (of(precisions), of(recalls));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_counts_runs_as_often_as_they_stand() {
        assert_eq!(overlap("a b c d e", "a b c d", 4), (Some(1.0), Some(0.5)));
        assert_eq!(overlap("a b", "a a b", 1), (Some(2.0 / 3.0), Some(1.0)));
        assert_eq!(overlap("a", "", 4), (None, Some(0.0)));
    }
}
