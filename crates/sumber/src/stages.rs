//! The order of the stages: page → article → analysis → trace.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;
use sumber_core::{Analysis, Article, Code, Diagnostic, Page, PageHints, Severity, Trace};
use sumber_extract::PageReader;
use sumber_graph::link;
use sumber_lang::{Packs, analyze};

use crate::Config;
use crate::parts::Waiting;

/// Articles with what each says and what they say together.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// Articles and their analyses, in the order of their paths.
    pub articles: Vec<(Article, Analysis)>,
    /// What they say together.
    pub trace: Trace,
}

/// Reads and analyses pages, each by itself, on rayon's threads; the order stays, but for articles of several
/// pages, which come last.
pub fn analyze_pages(pages: &[Page], hints: &PageHints, packs: &Packs) -> Vec<(Article, Analysis)> {
    let reader = PageReader::new(hints);
    let mut waiting = Waiting::default();
    let read: Vec<Article> = pages.par_iter().map(|page| reader.read(page)).collect();
    let mut articles: Vec<Article> = read.into_iter().filter_map(|article| waiting.keep(article)).collect();
    articles.extend(waiting.join());
    let analysed = |article: Article| {
        let analysis = analyze(&article, packs);
        (article, analysis)
    };
    articles.into_par_iter().map(analysed).collect()
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
    let mut articles = Vec::new();
    let mut keep = |article, analysis| {
        articles.push((article, analysis));
        Ok(())
    };
    // keeping in memory cannot fail
    let mut findings = analyze_paths(paths, config, done, &mut keep).unwrap_or_default();
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

/// Files and folders in, articles with what each says out, handed to `each` in the order given as they
/// are made: no more than a batch of pages is in memory. `done` is told after each page.
///
/// # Errors
/// What `each` could not do; reading ends there.
pub fn analyze_paths(
    paths: &[PathBuf],
    config: &Config,
    done: &(dyn Fn() + Sync),
    each: &mut dyn FnMut(Article, Analysis) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    let reader = PageReader::new(&config.hints);
    let mut without_pack = Vec::new();
    let read = |page: &Page| {
        let article = reader.read(page);
        done();
        article
    };
    let analyse = |article: Article| {
        let analysis = analyze(&article, &config.packs);
        (article, analysis)
    };
    let mut findings = each_article(paths, config, &read, &analyse, &mut |(article, analysis)| {
        without_pack.extend(language_finding(&article, &analysis, &config.packs));
        each(article, analysis)
    })?;
    findings.append(&mut without_pack);
    Ok(findings)
}

/// Files and folders in, clean articles out, handed to `each` in the order given as they are made.
///
/// # Errors
/// What `each` could not do; reading ends there.
pub fn read_paths(
    paths: &[PathBuf],
    config: &Config,
    done: &(dyn Fn() + Sync),
    each: &mut dyn FnMut(Article) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    let reader = PageReader::new(&config.hints);
    let read = |page: &Page| {
        let article = reader.read(page);
        done();
        article
    };
    each_article(paths, config, &read, &|article| article, each)
}

/// Most pages that are in memory at once.
const BATCH_PAGES: usize = 512;
/// Bytes of pages after which a batch ends.
const BATCH_BYTES: usize = 32 << 20;

/// Reads the pages at `paths`, makes something of each article on the threads, batch by batch, and hands
/// it to `each`; the order stays, but for articles of several pages, which come last.
fn each_article<T: Send>(
    paths: &[PathBuf],
    config: &Config,
    read: &(dyn Fn(&Page) -> Article + Sync),
    make: &(dyn Fn(Article) -> T + Sync),
    each: &mut dyn FnMut(T) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut batch: Vec<Page> = Vec::new();
    let mut bytes = 0;
    let mut waiting = Waiting::default();
    let mut work = |batch: &mut Vec<Page>| {
        // each page's bytes go as soon as its article is made
        let pages = std::mem::take(batch);
        let of_page = |page: Page| {
            let article = read(&page);
            if article.part.is_some() { Either::Part(Box::new(article)) } else { Either::Made(make(article)) }
        };
        let made: Vec<Either<T>> = config.threads.install(|| pages.into_par_iter().map(of_page).collect());
        made.into_iter().try_for_each(|made| match made {
            Either::Made(made) => each(made),
            Either::Part(part) => waiting.keep(*part).map_or(Ok(()), |article| each(make(article))),
        })
    };
    for page in sumber_input::pages(paths, &config.read) {
        match page {
            Ok(page) => {
                bytes += page.bytes.len();
                batch.push(page);
            }
            Err(finding) => findings.push(finding),
        }
        if batch.len() >= BATCH_PAGES || bytes >= BATCH_BYTES {
            work(&mut batch)?;
            bytes = 0;
        }
    }
    work(&mut batch)?;
    let joined = waiting.join();
    let made: Vec<T> = config.threads.install(|| joined.into_par_iter().map(make).collect());
    made.into_iter().try_for_each(each)?;
    Ok(findings)
}

/// What a page gives: a part of an article, or what was made of a whole one.
enum Either<T> {
    Part(Box<Article>),
    Made(T),
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

/// Sorts lines and records of one file by number: `a.jsonl:2` before `a.jsonl:10`, `a.warc:7` before
/// `a.warc:7+1`.
fn place_key(path: &str) -> (&str, u64, u64) {
    let parsed = || {
        let (file, number) = path.rsplit_once(':')?;
        let (number, more) = number.split_once('+').unwrap_or((number, "0"));
        Some((file, number.parse().ok()?, more.parse().ok()?))
    };
    parsed().unwrap_or((path, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_file_are_sorted_by_number() {
        let mut paths = ["b.txt", "a.jsonl:10", "a.jsonl:2+1", "a.jsonl:2"];
        paths.sort_by_key(|path| place_key(path));
        assert_eq!(paths, ["a.jsonl:2", "a.jsonl:2+1", "a.jsonl:10", "b.txt"]);
    }
}
