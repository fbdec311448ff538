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
        for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => read_file(entry.path(), &mut pages, &mut findings),
                Ok(_) => {}
                Err(error) => {
                    let place = error.path().unwrap_or(path).display().to_string();
                    let cause = error.io_error().map_or_else(|| "a loop of links".to_owned(), ToString::to_string);
                    findings.push(unreadable(place, &cause));
                }
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
        Err(error) => findings.push(unreadable(path.display().to_string(), &error.to_string())),
    }
}

fn unreadable(place: String, cause: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Skipped,
        code: Code::Unreadable,
        place,
        message: format!("cannot be read ({cause}); check its name and permissions"),
    }
}
