//! The order of the stages: page → article → analysis → trace.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::prelude::*;
use sumber_core::{Analysis, Article, Code, Diagnostic, Page, PageHints, Severity, Trace};
use sumber_extract::PageReader;
use sumber_graph::link;
use sumber_lang::{Packs, analyze};

use crate::Config;

/// Articles with what each says and what they say together.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// Articles and their analyses, in the order of their paths.
    pub articles: Vec<(Article, Analysis)>,
    /// What they say together.
    pub trace: Trace,
}

/// Reads and analyses pages, each by itself, on rayon's threads; the order stays.
pub fn analyze_pages(pages: &[Page], hints: &PageHints, packs: &Packs) -> Vec<(Article, Analysis)> {
    let reader = PageReader::new(hints);
    pages
        .par_iter()
        .map(|page| {
            let article = reader.read(page);
            let analysis = analyze(&article, packs);
            (article, analysis)
        })
        .collect()
}

/// The main job on pages at hand: pages in, trace out.
pub fn trace_pages(pages: &[Page], hints: &PageHints, packs: &Packs) -> Traced {
    let articles = analyze_pages(pages, hints, packs);
    let trace = link(&articles);
    Traced { articles, trace }
}

/// The main job on paths: files and folders in, trace out, with everything that went wrong but what
/// the articles and the trace carry themselves. `done` is told after each page.
///
/// The same files give the same trace in whatever order their paths are given: articles are sorted
/// by path, and a page that is there twice is traced once.
pub fn trace_paths(paths: &[PathBuf], config: &Config, done: &(dyn Fn() + Sync)) -> (Traced, Vec<Diagnostic>) {
    let (mut articles, mut findings) = analyze_paths(paths, config, done);
    articles.sort_by(|(a, _), (b, _)| place_key(&a.path).cmp(&place_key(&b.path)));
    let mut seen = BTreeSet::new();
    articles.retain(|(article, _)| {
        let new = seen.insert(article.id);
        if !new {
            findings.push(Diagnostic {
                severity: Severity::Note,
                code: Code::Duplicate,
                place: article.path.clone(),
                message: "the same page was given before and is traced once".to_owned(),
            });
        }
        new
    });
    findings.sort();
    let trace = config.threads.install(|| link(&articles));
    (Traced { articles, trace }, findings)
}

/// Files and folders in, articles with what each says out, in the order given.
pub fn analyze_paths(
    paths: &[PathBuf],
    config: &Config,
    done: &(dyn Fn() + Sync),
) -> (Vec<(Article, Analysis)>, Vec<Diagnostic>) {
    let reader = PageReader::new(&config.hints);
    let (articles, mut findings) = each_page(paths, config, &|page| {
        let article = reader.read(page);
        let analysis = analyze(&article, &config.packs);
        done();
        (article, analysis)
    });
    findings
        .extend(articles.iter().filter_map(|(article, analysis)| language_finding(article, analysis, &config.packs)));
    (articles, findings)
}

/// Files and folders in, clean articles out, in the order given.
pub fn read_paths(paths: &[PathBuf], config: &Config, done: &(dyn Fn() + Sync)) -> (Vec<Article>, Vec<Diagnostic>) {
    let reader = PageReader::new(&config.hints);
    each_page(paths, config, &|page| {
        let article = reader.read(page);
        done();
        article
    })
}

/// Most pages that are in memory at once.
const BATCH_PAGES: usize = 512;
/// Bytes of pages after which a batch ends.
const BATCH_BYTES: usize = 64 << 20;

/// Reads the pages at `paths` and makes something of each on the threads, batch by batch; the order
/// stays.
fn each_page<T: Send>(
    paths: &[PathBuf],
    config: &Config,
    make: &(dyn Fn(&Page) -> T + Sync),
) -> (Vec<T>, Vec<Diagnostic>) {
    let (mut made, mut findings) = (Vec::new(), Vec::new());
    let mut batch: Vec<Page> = Vec::new();
    let mut bytes = 0;
    let mut work = |batch: &mut Vec<Page>| {
        // each page's bytes go as soon as its article is made
        let pages = std::mem::take(batch);
        made.extend(config.threads.install(|| pages.into_par_iter().map(|page| make(&page)).collect::<Vec<_>>()));
    };
    for page in sumber_input::pages(paths) {
        match page {
            Ok(page) => {
                bytes += page.bytes.len();
                batch.push(page);
            }
            Err(finding) => findings.push(finding),
        }
        if batch.len() >= BATCH_PAGES || bytes >= BATCH_BYTES {
            work(&mut batch);
            bytes = 0;
        }
    }
    work(&mut batch);
    (made, findings)
}

/// What to say of an article whose language cannot be told or has no pack.
fn language_finding(article: &Article, analysis: &Analysis, packs: &Packs) -> Option<Diagnostic> {
    let (code, message) = match analysis.language.as_deref() {
        _ if article.text.is_empty() => return None,
        None => (Code::UnknownLanguage, "the language could not be told; name it with --lang".to_owned()),
        Some(tag) if packs.get(tag).is_none() => (
            Code::NoPack,
            format!("there is no pack for '{tag}', so its statements were not looked for; see sumber pack new"),
        ),
        Some(_) => return None,
    };
    Some(Diagnostic { severity: Severity::Note, code, place: article.path.clone(), message })
}

/// Sorts lines of one file by number: `a.jsonl:2` before `a.jsonl:10`.
fn place_key(path: &str) -> (&str, u64) {
    match path.rsplit_once(':') {
        Some((file, line)) => line.parse().map_or((path, 0), |line| (file, line)),
        None => (path, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_file_are_sorted_by_number() {
        let mut paths = ["b.txt", "a.jsonl:10", "a.jsonl:2"];
        paths.sort_by_key(|path| place_key(path));
        assert_eq!(paths, ["a.jsonl:2", "a.jsonl:10", "b.txt"]);
    }
}
