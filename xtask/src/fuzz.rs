//! `cargo xtask fuzz`: seeds from the repository's own texts, then libFuzzer for some minutes, at
//! the lowest priority. Finds are left in `fuzz/artifacts/TARGET`; small ones, once mended, go to
//! `testdata/fuzz/TARGET`, where `crates/sumber/tests/fuzz_finds.rs` runs them for ever.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

const TARGETS: [&str; 6] = ["read", "feed", "warc", "analyze", "packs", "trace"];

/// Whether the targets ran their time without a find.
///
/// # Errors
///
/// Unknown arguments, files that cannot be written, a build that fails.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut minutes, mut targets) = (10.0, Vec::new());
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--minutes" => minutes = arguments.next().context("--minutes wants a number")?.parse()?,
            target if TARGETS.contains(&target) => targets.push(target),
            other => bail!("there is no target '{other}'; there are {}", TARGETS.join(", ")),
        }
    }
    if targets.is_empty() {
        targets = TARGETS.to_vec();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lives in the workspace");
    let home = root.join("fuzz");
    let seeds = seeds(root)?;
    let mut clean = true;
    for target in targets {
        let corpus = home.join("corpus").join(target);
        let artifacts = home.join("artifacts").join(target);
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&artifacts)?;
        for (n, seed) in seeds.iter().filter(|seed| seed.0 == target).enumerate() {
            fs::write(corpus.join(format!("seed-{n}")), &seed.1)?;
        }
        let status = Command::new("nice")
            .args(["-n", "19", "cargo", "run", "--quiet", "--release", "--bin", target, "--"])
            .arg(&corpus)
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(format!("-max_total_time={}", (minutes * 60.0_f64).round()))
            .args(["-timeout=20", "-rss_limit_mb=3000", "-max_len=16384", "-print_final_stats=1"])
            .env("RAYON_NUM_THREADS", "1")
            .current_dir(&home)
            .status()
            .context("cannot start cargo")?;
        println!("{target}: {}", if status.success() { "no find" } else { "stopped; see fuzz/artifacts" });
        clean &= status.success();
    }
    Ok(clean)
}

/// Target and bytes: the collections' pages, the packs' files, the finds of the past.
fn seeds(root: &Path) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let with = |choice: u8, bytes: &[u8]| [&[choice], bytes].concat();
    let mut seeds = Vec::new();
    for collection in files(&root.join("testdata/collections"))? {
        let mut together = Vec::new();
        for (n, path) in files(&collection.join("articles")).unwrap_or_default().iter().enumerate() {
            let bytes = fs::read(path)?;
            let format = u8::from(path.extension().is_some_and(|e| e == "html"));
            seeds.push(("read", with(format, &bytes)));
            seeds.push(("analyze", with(n as u8 % 4, &bytes)));
            if n < 5 {
                together.push(with(format, &bytes));
            }
        }
        seeds.push(("trace", together.join(&b"\n====\n"[..])));
    }
    for (n, (_, text)) in sumber::PackFiles::embedded().iter().enumerate() {
        seeds.push(("packs", with(n as u8, &text.as_bytes()[..text.len().min(8192)])));
    }
    for target in TARGETS {
        for path in files(&root.join("testdata/fuzz").join(target))? {
            seeds.push((target, fs::read(path)?));
        }
    }
    Ok(seeds)
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    Ok(found)
}
