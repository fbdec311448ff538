//! The same articles give the same trace: in one folder or in seven, in one file or in seven, in any order, on
//! any number of threads, given twice, or come one by one.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use sumber::core::hash64;
use sumber::{Analysis, Article, Config, Options, Trace};

/// Invented articles in three languages, of text and of HTML, of three stories.
fn articles() -> Vec<PathBuf> {
    let collections = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/collections");
    let mut files: Vec<PathBuf> = ["open-kassala", "open-naqoura", "open-naf"]
        .iter()
        .flat_map(|name| std::fs::read_dir(collections.join(name).join("articles")).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 20, "{} articles", files.len());
    files
}

fn config(jobs: usize) -> Config {
    Options { jobs: NonZeroUsize::new(jobs), ..Options::default() }.resolve().unwrap()
}

/// The trace over these paths, with the identities of its articles.
fn trace(paths: &[PathBuf], config: &Config) -> Trace {
    let (traced, _) = sumber::trace_paths(paths, config, &|| {});
    let told: usize = traced.trace.stories.iter().map(|story| story.articles.len()).sum();
    assert_eq!(told, traced.articles.len());
    traced.trace
}

/// The same things in another order, another for each seed.
fn shuffled<T: Clone>(things: &[T], seed: u64) -> Vec<T> {
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|&n| hash64(&(n as u64 ^ seed << 32).to_le_bytes()));
    order.into_iter().map(|n| things[n].clone()).collect()
}

/// Copies the files into folders of a folder, each into the one that `folder_of` its number names.
fn dealt(files: &[PathBuf], root: &Path, folder_of: impl Fn(usize) -> usize) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (n, file) in files.iter().enumerate() {
        let folder = root.join(format!("part-{}", folder_of(n)));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(file, folder.join(format!("{n}-{}", file.file_name().unwrap().to_str().unwrap()))).unwrap();
        folders.push(folder);
    }
    folders.sort();
    folders.dedup();
    folders
}

#[test]
fn in_any_order_and_on_any_number_of_threads() {
    let files = articles();
    let one = trace(&files, &config(1));
    assert!(!one.claims.is_empty() && !one.copies.is_empty() && one.stories.len() > 2);
    for jobs in [2, 3, 7] {
        assert!(trace(&shuffled(&files, jobs as u64), &config(jobs)) == one, "{jobs} threads");
    }
}

#[test]
fn in_seven_folders_and_each_article_twice() {
    let (files, config) = (articles(), config(2));
    let (one, root) = (trace(&files, &config), tempfile::tempdir().unwrap());
    let seven = dealt(&files, &root.path().join("first"), |n| n % 7);
    assert_eq!(seven.len(), 7);
    assert!(trace(&seven, &config) == one, "seven folders");
    assert!(trace(&shuffled(&seven, 1), &config) == one, "seven folders in another order");
    let others = dealt(&files, &root.path().join("second"), |n| n / 7);
    assert!(trace(&[others, seven].concat(), &config) == one, "twice, dealt in two ways");
}

#[test]
fn in_one_file_and_in_seven() {
    let config = config(2);
    let lines: Vec<String> = sumber::read_pages(&articles())
        .0
        .iter()
        .map(|page| sumber::extract(page, &config.hints))
        .map(|article| {
            let outlet = article.outlet.map(|outlet| outlet.name);
            serde_json::json!({
                "title": article.title, "text": article.text, "published": article.published, "outlet": outlet
            })
            .to_string()
        })
        .collect();
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, lines: &[&String]| {
        let path = root.path().join(name);
        std::fs::write(&path, lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>()).unwrap();
        path
    };
    let one = trace(&[write("one.jsonl", &lines.iter().collect::<Vec<_>>())], &config);
    assert!(!one.claims.is_empty());
    let twice = shuffled(&[lines.as_slice(), &lines].concat(), 3);
    assert!(trace(&[write("twice.jsonl", &twice.iter().collect::<Vec<_>>())], &config) == one, "each line twice");
    let seven: Vec<PathBuf> = (0..7)
        .map(|part| {
            let lines: Vec<&String> = lines.iter().skip(part).step_by(7).rev().collect();
            write(&format!("part-{part}.jsonl"), &lines)
        })
        .collect();
    assert!(trace(&shuffled(&seven, 2), &config) == one, "seven files");
}

#[test]
fn come_one_by_one() {
    let config = config(2);
    let (pages, _) = sumber::read_pages(&articles());
    let (mut there, mut pages_there): (Vec<(Article, Analysis)>, Vec<_>) = Default::default();
    for page in shuffled(&pages, 5) {
        // read and analysed by itself, and linked to those that came before
        there.extend(sumber::analyze_pages(std::slice::from_ref(&page), &config.hints, &config.packs));
        pages_there.push(page);
        let grown = sumber::link(&there);
        pages_there.sort_by(|a, b| a.path.cmp(&b.path));
        if pages_there.len() % 5 == 0 || pages_there.len() == pages.len() {
            let at_once = sumber::trace_pages(&pages_there, &config.hints, &config.packs);
            assert!(at_once.trace == grown, "{} articles", there.len());
        }
    }
}
