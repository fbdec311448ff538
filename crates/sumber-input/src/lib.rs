//! Files, folders and lines of articles in, pages out.

mod folder;

pub use folder::read_folder;

use std::fs;
use std::path::{Path, PathBuf};

use sumber_core::{Code, Diagnostic, Page, PageFormat, Severity};

/// Reads the pages at `paths`: files, folders (sorted), `.jsonl` line by line.
pub fn read_pages(paths: &[PathBuf]) -> (Vec<Page>, Vec<Diagnostic>) {
    let (mut pages, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten() {
            if entry.file_type().is_file() {
                read_file(entry.path(), &mut pages, &mut findings);
            }
        }
    }
    (pages, findings)
}

fn read_file(path: &Path, pages: &mut Vec<Page>, findings: &mut Vec<Diagnostic>) {
    let format = match path.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm") => PageFormat::Html,
        _ => PageFormat::Text,
    };
    match fs::read(path) {
        Ok(bytes) => pages.push(Page { path: path.display().to_string(), url: None, format, bytes }),
        Err(error) => findings.push(Diagnostic {
            severity: Severity::Skipped,
            code: Code::Unreadable,
            place: path.display().to_string(),
            message: format!("cannot be read ({error}); check its name and permissions"),
        }),
    }
}
