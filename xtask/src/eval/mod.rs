//! The quality gate: traces collections of articles, compares the answers with their gold, and
//! the figures with pinned floors.
//!
//! The three types that matter: [`gold::Gold`] (what a careful reader would answer),
//! [`score::Scores`] (the figures, per task and language) and [`floors::Floors`] (what the
//! figures must not fall below). How anything was found is not known here.

mod floors;
pub mod gold;
mod measure;
pub mod score;
pub mod table;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use floors::Floors;
pub use gold::Gold;
use score::Scores;

/// Collections whose names begin so are not read by those who write rules: their figures count,
/// their misses are shown only to one who names the folder.
const SEALED: &str = "sealed-";

/// `cargo xtask eval`: whether all figures hold their floors.
///
/// # Errors
///
/// Unknown flags, collections that cannot be read, and no collection at all.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut folders, mut saved, mut misses, mut raise) = (Vec::new(), None, false, false);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => misses = true,
            "--raise-floors" => raise = true,
            "--trace" => saved = Some(arguments.next().context("--trace wants a file")?),
            flag if flag.starts_with('-') => bail!("there is no flag '{flag}'"),
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    let own = folders.is_empty();
    if own {
        folders = own_collections()?;
    }
    if saved.is_some() && (own || folders.len() != 1) {
        bail!("--trace goes with exactly one folder");
    }
    let packs = sumber::Packs::embedded();
    let mut all = Scores::default();
    let mut each = Vec::new();
    for folder in &folders {
        let gold = Gold::read(folder)?;
        let trace = match saved {
            Some(path) => read_trace(Path::new(path))?,
            None => {
                let (pages, findings) = sumber::read_pages(&[folder.join("articles")]);
                sumber::wire::trace(&sumber::trace_pages(&pages, &packs.page_hints(), &packs), &findings)
            }
        };
        let mut scores = Scores::default();
        score::collection(&gold, &trace, &mut scores);
        if own && gold.name.starts_with(SEALED) {
            scores.misses.clear();
        }
        all.add(&scores);
        each.push((gold.name, scores));
    }
    if misses {
        all.misses.iter().for_each(|miss| println!("{miss}"));
        println!();
    }
    println!("{}", table::tasks(&all));
    if each.len() > 1 {
        println!("{}", table::collections(&each));
        println!("{}", table::linking(&each));
    }
    println!("{} collections, {} articles, {} statements in the gold", each.len(), all.articles, all.statements);
    if !own {
        return Ok(true);
    }
    let path = root().join("testdata/floors.toml");
    let floors = Floors::read(&path)?;
    if raise {
        let raised = floors.raised(&all);
        std::fs::write(&path, raised.to_string()).with_context(|| format!("cannot write {}", path.display()))?;
        println!("floors raised in {}", path.display());
        return Ok(true);
    }
    let faults = floors.faults(&all);
    faults.iter().for_each(|fault| println!("{fault}"));
    println!("{} floors, {} broken", floors.len(), faults.len());
    Ok(faults.is_empty() && floors.len() > 0)
}

fn read_trace(path: &Path) -> anyhow::Result<sumber::wire::Trace> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no trace", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lives in the workspace")
}

/// The repository's own collections.
///
/// # Errors
///
/// None there.
pub fn own_collections() -> anyhow::Result<Vec<PathBuf>> {
    let found = collections(&root().join("testdata/collections"))?;
    if found.is_empty() {
        bail!("no collections in testdata/collections");
    }
    Ok(found)
}

fn collections(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("gold.json").is_file()).collect();
    found.sort();
    Ok(found)
}
