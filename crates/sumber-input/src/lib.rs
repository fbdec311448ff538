//! Files, folders, archives, feeds and lines of articles in, pages out.
//!
//! The three types that matter: [`Pages`] (an iterator, so that ten thousand files need not be in
//! memory at once), [`Page`] and [`Diagnostic`] (what could not be read, where, and what to do).
//! What is wrong with one file, record or line never stops the others.
//!
//! In reading order: `open` (what a file is), then a file a format: `lines`, `table`, `warc` with
//! `http`, `feed`, `mhtml`, `saved`; `limits` holds how much is read of anything.
//!
//! This room does not know what a page means: it looks at names, first bytes and the wrappings of
//! formats alone, and at an object of JSON as far as to say that it is no article. [`fetch`] alone
//! knows the network and a clock.

mod charset;
mod feed;
pub mod fetch;
mod finding;
mod folder;
mod http;
mod limits;
mod lines;
mod mhtml;
mod open;
mod saved;
mod sniff;
mod table;
mod warc;

pub use folder::read_folder;
pub use lines::FieldPath;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sumber_core::{Code, Diagnostic, Page, Severity};

use crate::finding::{finding, unreadable};
use crate::open::Opened;

/// How articles are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Where objects and tables of other tools hold the fields of an article.
    pub map: Vec<FieldPath>,
}

/// Reads everything at `paths` into memory: pages in the order of their paths, and what could not be read.
pub fn read_pages(paths: &[PathBuf]) -> (Vec<Page>, Vec<Diagnostic>) {
    let (mut read, mut findings) = (Vec::new(), Vec::new());
    for page in pages(paths, &ReadOptions::default()) {
        match page {
            Ok(page) => read.push(page),
            Err(finding) => findings.push(finding),
        }
    }
    (read, findings)
}

/// The pages at `paths`, one after another: files; folders with all below them, sorted by name,
/// hidden files and the folders of saved pages left out; lines, rows, items and records of files that
/// hold many; `-` for standard input; `archive.warc.gz:OFFSET` for the rest of a web archive.
pub fn pages(paths: &[PathBuf], options: &ReadOptions) -> Pages {
    let mut paths = paths.to_vec();
    paths.reverse();
    Pages { paths, options: options.clone(), walk: None, many: None }
}

/// The pages in bytes that stand in no file: `name` tells by its ending what they are, and begins the
/// places of pages and findings.
pub fn pages_in(name: &str, input: Box<dyn Read + Send>, options: &ReadOptions) -> Pages {
    let many = match open::named(name, input, options) {
        Opened::One(page) => Box::new(std::iter::once(page)),
        Opened::Many(many) => many,
    };
    Pages { paths: Vec::new(), options: options.clone(), walk: None, many: Some(many) }
}

/// An iterator over pages and over what could not be read.
pub struct Pages {
    /// Those still to come, the next one last.
    paths: Vec<PathBuf>,
    options: ReadOptions,
    walk: Option<walkdir::IntoIter>,
    /// The pages of the file that we are in.
    many: Option<Box<dyn Iterator<Item = Result<Page, Diagnostic>> + Send>>,
}

impl Iterator for Pages {
    type Item = Result<Page, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                match many.next() {
                    Some(page) => return Some(page),
                    None => self.many = None,
                }
                continue;
            }
            let opened = if self.walk.is_some() { self.walk() } else { self.path()? };
            match opened {
                Some(Opened::One(page)) => return Some(page),
                Some(Opened::Many(many)) => self.many = Some(many),
                None => {}
            }
        }
    }
}

impl Pages {
    /// The next of the user's paths; `None` inside where a folder begins.
    fn path(&mut self) -> Option<Option<Opened>> {
        let path = self.paths.pop()?;
        if path.as_os_str() == "-" {
            return Some(Some(open::standard_input(&self.options)));
        }
        if let Some(address) = path.to_str().filter(|p| table::is_address(p.as_bytes())) {
            let how = format!("{address} -o DIR");
            return Some(Some(Opened::One(Err(finding::addresses(address.to_owned(), 1, &how)))));
        }
        Some(match fs::metadata(&path) {
            Err(error) => open::at_offset(&path).or_else(|| Some(Opened::One(Err(unreadable(&path, &error))))),
            Ok(metadata) if metadata.is_dir() => {
                self.walk = Some(walkdir::WalkDir::new(&path).follow_links(true).sort_by_file_name().into_iter());
                None
            }
            Ok(_) => Some(open::file(&path, false, &self.options)),
        })
    }

    /// The next file of the folder that we are in.
    fn walk(&mut self) -> Option<Opened> {
        let walk = self.walk.as_mut()?;
        let entry = match walk.next() {
            None => {
                self.walk = None;
                return None;
            }
            Some(Err(error)) => return Some(Opened::One(Err(finding::walk(&error)))),
            Some(Ok(entry)) => entry,
        };
        let folder = entry.file_type().is_dir();
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let saved_with = if folder && entry.depth() > 0 && !hidden { saved::page_of(entry.path()) } else { None };
        if folder && (hidden || saved_with.is_some()) {
            walk.skip_current_dir();
        }
        if let Some(page) = saved_with {
            return Some(Opened::One(Err(left_out(entry.path(), &page))));
        }
        if hidden || !entry.file_type().is_file() {
            return None;
        }
        Some(open::file(entry.path(), true, &self.options))
    }
}

fn left_out(folder: &Path, page: &Path) -> Diagnostic {
    let page = page.file_name().unwrap_or_default().to_string_lossy();
    let message = format!("these files were saved with the page {page}, which is read; the folder was left out");
    finding(Severity::Note, Code::NoPage, folder.display().to_string(), message)
}
