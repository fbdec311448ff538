//! What the tests of pages share: the hints of the packs in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use sumber_core::{PageHints, PageWords};

/// A path below the repository's root.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Page words of all packs, read from their files, and some agencies.
pub fn hints() -> PageHints {
    let mut languages = Vec::new();
    for (tag, file) in [("world", "page"), ("world", "months"), ("en", "page"), ("id", "page"), ("it", "page")] {
        let text = fs::read_to_string(root(&format!("packs/{tag}/{file}.tsv"))).unwrap();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1) {
            let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            let words = cells.pop().unwrap();
            let kind = cells.pop().unwrap();
            let tag = cells.pop().unwrap_or_else(|| tag.to_owned());
            match languages.last_mut() {
                Some(PageWords { tag: last, rows }) if *last == tag => rows.push((kind, words)),
                _ => languages.push(PageWords { tag, rows: vec![(kind, words)] }),
            }
        }
    }
    let outlets = ["Agence France-Presse", "ANSA", "Antara"].map(|name| (name.to_owned(), None)).into();
    PageHints { languages, outlets, ..PageHints::default() }
}
