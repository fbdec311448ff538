//! `sumber pack`: list, check, test, try, write and measure language packs.

mod coverage;
mod skeleton;
mod trial;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use sumber::{ConfigError, PackFiles, Packs, at_home, pack_files, run_examples};

use crate::arguments::{PackCommand, PackFolder, PackTags};
use crate::{Ended, output};

/// Runs the command.
pub fn run(command: &PackCommand) -> anyhow::Result<Ended> {
    match command {
        PackCommand::List(folder) => print(&list(&load(folder)?)).map(|()| Ended::Whole),
        PackCommand::Check(folder) => {
            let packs = load(folder)?;
            print(&format!("{} packs, nothing wrong\n", packs.iter().count())).map(|()| Ended::Whole)
        }
        PackCommand::Test(tags) => test(tags),
        PackCommand::Try(arguments) => trial::run(arguments),
        PackCommand::New(arguments) => skeleton::run(arguments),
        PackCommand::Report(tags) => {
            let packs = load(&tags.folder)?;
            let files = files(&tags.folder)?;
            print(&coverage::report(&packs, &files, &chosen(&packs, &tags.tags)?)).map(|()| Ended::Whole)
        }
    }
}

fn print(answer: &str) -> anyhow::Result<()> {
    output::write(None, |out| out.write_all(answer.as_bytes()))
}

fn files(folder: &PackFolder) -> Result<PackFiles, ConfigError> {
    pack_files(folder.packs.as_deref())
}

/// Packs, checked and compiled.
fn load(folder: &PackFolder) -> Result<Packs, ConfigError> {
    let place = folder.packs.as_deref().unwrap_or(Path::new("packs"));
    Packs::load(&files(folder)?).map_err(|errors| ConfigError::Packs(at_home(errors, place)))
}

/// The tags that the user names, all if none.
fn chosen(packs: &Packs, tags: &[String]) -> anyhow::Result<Vec<String>> {
    let known: Vec<&str> = packs.iter().map(|pack| pack.tag.as_str()).collect();
    for tag in tags {
        let hint = sumber::pack::closest(tag, known.iter().copied());
        let hint = hint.map_or_else(|| known.join(", "), |near| format!("did you mean '{near}'?"));
        packs.get(tag).with_context(|| format!("there is no pack '{tag}'; {hint}"))?;
    }
    Ok(if tags.is_empty() { known.into_iter().map(str::to_owned).collect() } else { tags.to_vec() })
}

fn list(packs: &Packs) -> String {
    let mut out = String::from("language  files  entries\n");
    for pack in packs.iter() {
        let entries: usize = pack.status.files.iter().map(|(_, rows)| rows).sum();
        let _ = writeln!(out, "{:<8}  {:>5}  {entries:>7}", pack.tag, pack.status.files.len());
    }
    out
}

fn test(tags: &PackTags) -> anyhow::Result<Ended> {
    let packs = load(&tags.folder)?;
    let (mut out, mut ran, mut failed) = (String::new(), 0, 0);
    for tag in chosen(&packs, &tags.tags)? {
        let results = run_examples(&packs, &tag);
        let mut bad = 0;
        for result in &results {
            let Some(failure) = &result.failure else { continue };
            bad += 1;
            let example = &result.example;
            let wanted = if example.yes { "must hold" } else { "must find nothing" };
            let _ =
                writeln!(out, "packs/{}: {} {wanted}: {}\n    {failure}", example.file, example.rule, example.marked);
        }
        let _ = writeln!(out, "{tag}: {} examples, {bad} failed", results.len());
        ran += results.len();
        failed += bad;
    }
    print(&out)?;
    anyhow::ensure!(ran > 0, "no examples ran; write some in the rules' files ('yes' and 'no')");
    Ok(if failed == 0 { Ended::Whole } else { Ended::InPart })
}
