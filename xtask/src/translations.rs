//! Translations, measured on public data that is not in the repository: the documents of NTREX-128 in
//! twelve languages and SemEval-2022's machine translations, hidden among thousands of other articles.
//!
//! The folder of data holds `ntrex/docs.jsonl` (id, cluster, outlet, lang, sentences),
//! `semeval2022-8/machine_translated_dev.jsonl` (`src_*` and `mt_*`: id, lang, text) and whatever else is
//! to hide them: `semeval2022-8/pairs_dev.jsonl`, `pages/*/gold.jsonl`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;
use sumber::core::{Article, ArticleId, Outlet, hash64};
use sumber::{Analysis, analyze};

use crate::rows;
use crate::wire_copies::newsroom::Newsroom;

/// Articles that hide the translations, at the least.
const DISTRACTORS: usize = 5000;

/// An article with what is known of it: those with one cluster render one another.
struct Known {
    article: Article,
    cluster: Option<String>,
}

/// Prints precision and recall by language.
///
/// # Errors
///
/// Unknown flags, files that are missing or broken.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut folder, mut misses, mut only) = (None, false, None);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => misses = true,
            "--languages" => only = Some(arguments.next().context("--languages wants a list: en,id,it")?),
            flag if flag.starts_with('-') => bail!("there is no flag '{flag}'"),
            path => folder = Some(PathBuf::from(path)),
        }
    }
    let folder = folder.context("name the folder of data")?;
    let languages: Option<BTreeSet<&str>> = only.map(|list| list.split(',').collect());
    let wanted = |language: &str| languages.as_ref().is_none_or(|list| list.contains(language));
    let mut known = ntrex(&folder.join("ntrex/docs.jsonl"))?;
    known.retain(|k| wanted(k.article.declared_language.as_deref().unwrap_or_default()));
    let documents = known.len();
    known.extend(machine_translated(&folder.join("semeval2022-8/machine_translated_dev.jsonl"))?);
    let translated = known.len();
    known.extend(others(&folder)?);
    let room = Newsroom::new()?;
    let tags = room.languages();
    for n in 0..(documents + DISTRACTORS).saturating_sub(known.len()) {
        let language = &tags[n % tags.len()];
        let article = room.composed(format!("composed/{n}"), language, n as u64, n as u64).article();
        known.push(Known { article, cluster: None });
    }
    println!(
        "{documents} documents and {} machine translations among {} others",
        translated - documents,
        known.len() - translated
    );
    let config = sumber::Options::default().resolve()?;
    let articles: Vec<(Article, Analysis)> = known
        .iter()
        .map(|k| {
            let analysis = analyze(&k.article, &config.packs);
            (k.article.clone(), analysis)
        })
        .collect();
    let begin = std::time::Instant::now();
    let trace = sumber::link(&articles);
    println!("linked in {:.1} s\n", begin.elapsed().as_secs_f64());
    let place: BTreeMap<ArticleId, usize> = known.iter().enumerate().map(|(n, k)| (k.article.id, n)).collect();
    let found: Vec<(usize, usize)> = trace.copies.iter().map(|c| (place[&c.from], place[&c.to])).collect();
    let scores: Vec<u32> = trace.copies.iter().map(|c| c.score).collect();
    report("NTREX", &known, 0..documents, &found);
    report("SemEval machine translations", &known, documents..translated, &found);
    let stray = found.iter().filter(|(a, b)| *a >= translated && *b >= translated).count();
    println!("copies among the other articles: {stray}");
    if misses {
        for (&(a, b), score) in found.iter().zip(&scores).filter(|((a, b), _)| (*a).min(*b) < translated) {
            if known[a].cluster.is_none() || known[a].cluster != known[b].cluster {
                println!("  wrong ({score}): {} {}", known[a].article.path, known[b].article.path);
            }
        }
    }
    Ok(true)
}

/// Figures of the articles in a range: of copies found that touch a language, how many are right; of
/// pairs that render one another, how many are joined by copies found.
fn report(name: &str, known: &[Known], range: std::ops::Range<usize>, found: &[(usize, usize)]) {
    let mut head: Vec<usize> = (0..known.len()).collect();
    fn root(head: &mut [usize], mut n: usize) -> usize {
        while head[n] != n {
            head[n] = head[head[n]];
            n = head[n];
        }
        n
    }
    let right = |a: usize, b: usize| known[a].cluster.is_some() && known[a].cluster == known[b].cluster;
    let language = |n: usize| known[n].article.declared_language.clone().unwrap_or_default();
    let mut copies: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for &(a, b) in found {
        let (x, y) = (root(&mut head, a), root(&mut head, b));
        head[x.max(y)] = x.min(y);
        for n in [a, b].into_iter().filter(|n| range.contains(n)) {
            let tally = copies.entry(language(n)).or_default();
            tally.0 += usize::from(right(a, b));
            tally.1 += 1;
        }
    }
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for n in range {
        clusters.entry(known[n].cluster.as_deref().unwrap_or_default()).or_default().push(n);
    }
    let mut pairs: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for members in clusters.values() {
        for (&a, &b) in members.iter().flat_map(|a| members.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let joined = root(&mut head, a) == root(&mut head, b);
            let tally = pairs.entry(language(a)).or_default();
            tally.0 += usize::from(joined);
            tally.1 += 1;
        }
    }
    println!("{name:30} {:>9} {:>7} {:>7} {:>7}", "precision", "recall", "copies", "pairs");
    for (language, (joined, all)) in pairs {
        let (good, got) = copies.get(&language).copied().unwrap_or_default();
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        println!("{language:30} {:9.3} {:7.3} {got:7} {all:7}", share(good, got), share(joined, all));
    }
    println!();
}

fn article(path: String, language: Option<&str>, outlet: Option<&str>, title: Option<String>, text: String) -> Article {
    Article {
        id: ArticleId(hash64(path.as_bytes())),
        path,
        declared_language: language.map(str::to_owned),
        outlet: outlet.map(|name| Outlet { name: name.to_owned(), domain: None }),
        title,
        text,
        ..Article::default()
    }
}

fn words<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn ntrex(path: &Path) -> anyhow::Result<Vec<Known>> {
    let known = |row: Value| {
        let sentences: Vec<&str> =
            row["sentences"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let title = sentences.first().map(|s| (*s).to_owned());
        // each newsroom has an outlet of its own; who was first is not what is measured
        let id = words(&row, "id").to_owned();
        Known {
            article: article(id, Some(words(&row, "lang")), None, title, sentences.join("\n")),
            cluster: Some(words(&row, "cluster").to_owned()),
        }
    };
    Ok(rows::read(path)?.into_iter().map(known).collect())
}

fn machine_translated(path: &Path) -> anyhow::Result<Vec<Known>> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for row in rows::read::<Value>(path)? {
        let cluster = words(&row, "src_id").to_owned();
        for side in ["src", "mt"] {
            let id = format!("mt/{}", words(&row, &format!("{side}_id")));
            let (language, text) = (words(&row, &format!("{side}_lang")), words(&row, &format!("{side}_text")));
            if seen.insert(id.clone()) {
                out.push(Known {
                    article: article(id, Some(language), None, None, text.to_owned()),
                    cluster: Some(cluster.clone()),
                });
            }
        }
    }
    Ok(out)
}

/// Real articles in which the translations are hidden.
fn others(folder: &Path) -> anyhow::Result<Vec<Known>> {
    let mut out = Vec::new();
    // the sources of the machine translations are told already
    let translated: Vec<Value> = rows::read(&folder.join("semeval2022-8/machine_translated_dev.jsonl"))?;
    let mut seen: BTreeSet<String> = translated.iter().map(|row| words(row, "src_id").to_owned()).collect();
    let mut add = |id: String, language: Option<&str>, text: &str| {
        // a text that is there twice is no distractor
        if seen.insert(id.clone()) && seen.insert(text.to_owned()) {
            out.push(Known { article: article(id, language, None, None, text.to_owned()), cluster: None });
        }
    };
    for row in rows::read::<Value>(&folder.join("semeval2022-8/pairs_dev.jsonl"))? {
        let ids: Vec<&str> = words(&row, "pair_id").split('_').collect();
        for (n, id) in ids.iter().enumerate().take(2) {
            let side = n + 1;
            add((*id).to_owned(), Some(words(&row, &format!("lang{side}"))), words(&row, &format!("text{side}")));
        }
    }
    for set in ["zyte", "wcxb-articles"] {
        for (n, row) in rows::read::<Value>(&folder.join("pages").join(set).join("gold.jsonl"))?.iter().enumerate() {
            add(format!("{set}/{n}"), None, words(row, "text"));
        }
    }
    Ok(out)
}
