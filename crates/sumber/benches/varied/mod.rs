//! Many articles from few: the collections' pages with other names, numbers and years, and with
//! sentences left out. The same seed gives the same articles.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sumber::{Page, PageFormat};

mod mixed;

use mixed::Mixed;

/// A page to vary, with the names of people in it.
struct Model {
    path: PathBuf,
    text: String,
    people: Vec<String>,
}

/// The collections' pages as they are.
pub fn pages() -> Vec<Page> {
    models().into_iter().map(|model| page(model.path.display().to_string(), model.text)).collect()
}

/// `count` pages: each round takes every model once, under names and a year of its own, so that a
/// round's articles tell stories together and no two rounds the same one.
pub fn varied(count: usize, seed: u64) -> Vec<Page> {
    let models = models();
    (0..count)
        .map(|n| {
            let (round, model) = (n / models.len(), &models[n % models.len()]);
            let mut mixed = mixed_from(seed ^ n as u64);
            let mut text = drop_sentences(&model.text, &mut mixed);
            if round > 0 {
                let names = new_names(model, seed ^ round as u64);
                for (old, new) in &names {
                    text = text.replace(old, new);
                }
                text = text.replace("2025", &(1980 + (round * 7) % 45).to_string());
                text = other_numbers(&text, round);
            }
            let ending = model.path.extension().and_then(|e| e.to_str()).unwrap_or("txt");
            page(format!("varied/{n:05}.{ending}"), text)
        })
        .collect()
}

fn page(path: String, text: String) -> Page {
    let format = if path.ends_with("html") { PageFormat::Html } else { PageFormat::Text };
    Page { path, format, bytes: text.into_bytes(), ..Page::default() }
}

fn models() -> Vec<Model> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/collections");
    let mut models = Vec::new();
    for collection in sorted(&root).into_iter().filter(|folder| folder.join("gold.json").is_file()) {
        let gold = fs::read_to_string(collection.join("gold.json")).expect("a collection has its gold");
        let gold: serde_json::Value = serde_json::from_str(&gold).expect("the gold is JSON");
        for path in sorted(&collection.join("articles")) {
            let key = path.file_stem().expect("a file has a name").to_string_lossy();
            let entities = gold["articles"][&*key]["entities"].as_array().cloned().unwrap_or_default();
            let mut people: Vec<String> = entities
                .iter()
                .filter(|entity| entity["type"] == "PER")
                .filter_map(|entity| Some(entity["text"].as_str()?.to_owned()))
                .collect();
            people.sort_by_key(|name| std::cmp::Reverse(name.len()));
            let text = fs::read_to_string(&path).expect("an article can be read");
            models.push(Model { path, text, people });
        }
    }
    assert!(!models.is_empty(), "no collections in {}", root.display());
    models
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    paths
}

/// Old names to new, word by word, the longest name first; a word has one new form in a round.
fn new_names(model: &Model, seed: u64) -> Vec<(String, String)> {
    let mut words: BTreeMap<&str, String> = BTreeMap::new();
    for word in model.people.iter().flat_map(|name| name.split(' ')) {
        words.entry(word).or_insert_with(|| {
            let hash = word.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
            mixed::name(&mut mixed_from(hash))
        });
    }
    let renamed = |name: &str| name.split(' ').map(|word| words[word].as_str()).collect::<Vec<_>>().join(" ");
    model.people.iter().map(|name| (name.clone(), renamed(name))).collect()
}

fn mixed_from(seed: u64) -> Mixed {
    Mixed::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// One sentence in eight is left out; what looks like markup stays.
fn drop_sentences(text: &str, mixed: &mut Mixed) -> String {
    let mut kept = String::with_capacity(text.len());
    for sentence in text.split_inclusive(". ") {
        if sentence.contains(['<', '\n']) || mixed.below(8) > 0 {
            kept.push_str(sentence);
        }
    }
    kept
}

/// Numbers of three digits, standing alone, become others.
fn other_numbers(text: &str, round: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        let (before, number, after) = (&rest[..start], &rest[start..start + digits], &rest[start + digits..]);
        out.push_str(before);
        let joined = |c: Option<char>| c.is_some_and(|c| ",.:/-".contains(c) || c.is_alphanumeric());
        if digits == 3 && !joined(before.chars().next_back()) && !joined(after.chars().next()) {
            let value: usize = number.parse().expect("three digits");
            out.push_str(&(100 + (value + round * 37) % 900).to_string());
        } else {
            out.push_str(number);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
