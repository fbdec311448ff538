//! Embeds the folder `packs/` in the binary as one table of (path, text).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../packs");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let path = file.canonicalize().unwrap();
        writeln!(table, "    ({name:?}, include_str!({path:?})),").unwrap();
    }
    table.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").unwrap()).join("packs.rs");
    fs::write(out, table).unwrap();
}

/// Every .tsv and .toml below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "toml") {
            files.push(path);
        }
    }
}
