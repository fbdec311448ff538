//! Files, folders and lines of articles in, pages out.
//!
//! The three types that matter: [`Pages`] (an iterator, so that ten thousand files need not be in
//! memory at once), [`Page`] and [`Diagnostic`] (what could not be read, where, and what to do).
//! What is wrong with one file never stops the others.
//!
//! This room does not know what a page means: it looks at names and first bytes alone, and at a
//! line of JSON as far as to say that it is no article.

mod folder;
mod sniff;

pub use folder::read_folder;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use sumber_core::{Code, Diagnostic, MOST_PAGE_BYTES, Page, PageFormat, Severity, TEXT_FIELDS};

use crate::sniff::{Sniffed, sniff};

/// Extensions of files beside saved pages that are never articles: skipped in folders with a note.
const NO_ARTICLES: &[&str] = &[
    "css", "js", "mjs", "map", "xml", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff",
    "woff", "woff2", "ttf", "otf", "eot", "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx",
    "zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "mp3", "mp4", "m4a", "mov", "avi", "mkv", "webm",
    "wav", "ogg", "csv", "tsv", "toml", "yaml", "yml", "ini", "py", "rs", "sh", "sql", "db", "sqlite", "log", "lock",
    "exe", "dll", "so", "warc",
];

/// Reads everything at `paths` into memory: pages in the order of their paths, and what could not be read.
pub fn read_pages(paths: &[PathBuf]) -> (Vec<Page>, Vec<Diagnostic>) {
    let (mut read, mut findings) = (Vec::new(), Vec::new());
    for page in pages(paths) {
        match page {
            Ok(page) => read.push(page),
            Err(finding) => findings.push(finding),
        }
    }
    (read, findings)
}

/// The pages at `paths`, one after another: files; folders with all below them, sorted by name,
/// hidden files left out; `.jsonl` and `.ndjson` line by line; `-` for standard input.
pub fn pages(paths: &[PathBuf]) -> Pages {
    let mut paths = paths.to_vec();
    paths.reverse();
    Pages { paths, walk: None, lines: None }
}

/// An iterator over pages and over what could not be read.
pub struct Pages {
    /// Those still to come, the next one last.
    paths: Vec<PathBuf>,
    walk: Option<walkdir::IntoIter>,
    lines: Option<Lines>,
}

impl Iterator for Pages {
    type Item = Result<Page, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(line) => return Some(line),
                    None => self.lines = None,
                }
                continue;
            }
            if let Some(walk) = &mut self.walk {
                let entry = match walk.next() {
                    None => {
                        self.walk = None;
                        continue;
                    }
                    Some(Err(error)) => return Some(Err(walk_finding(&error))),
                    Some(Ok(entry)) => entry,
                };
                let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
                if hidden {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    continue;
                }
                if !entry.file_type().is_file() {
                    continue;
                }
                match self.open(entry.path(), true) {
                    Some(result) => return Some(result),
                    None => continue,
                }
            }
            let path = self.paths.pop()?;
            if path.as_os_str() == "-" {
                match self.standard_input() {
                    Some(result) => return Some(result),
                    None => continue,
                }
            }
            match fs::metadata(&path) {
                Err(error) => return Some(Err(unreadable(&path, &error))),
                Ok(metadata) if metadata.is_dir() => {
                    self.walk = Some(walkdir::WalkDir::new(&path).follow_links(true).sort_by_file_name().into_iter());
                }
                Ok(_) => {
                    if let Some(result) = self.open(&path, false) {
                        return Some(result);
                    }
                }
            }
        }
    }
}

impl Pages {
    /// One file: a page, a finding, or nothing yet where lines follow.
    fn open(&mut self, path: &Path, in_folder: bool) -> Option<Result<Page, Diagnostic>> {
        let name = path.display().to_string();
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
        if in_folder && NO_ARTICLES.contains(&extension.as_str()) {
            return Some(Err(finding(
                Severity::Note,
                Code::UnknownFormat,
                name,
                format!(
                    "files of the kind .{extension} are not read in folders; name the file itself if it is an article"
                ),
            )));
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return Some(Err(unreadable(path, &error))),
        };
        if matches!(extension.as_str(), "jsonl" | "ndjson") {
            self.lines = Some(Lines::new(name, Box::new(BufReader::new(file))));
            return None;
        }
        let mut bytes = Vec::new();
        if let Err(error) = file.take(MOST_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes) {
            return Some(Err(unreadable(path, &error)));
        }
        let sniffed = sniff(&bytes);
        let format = match (extension.as_str(), sniffed) {
            (_, Sniffed::Empty) => return Some(Err(empty(name))),
            (_, Sniffed::Binary(what)) => return Some(Err(binary(name, what))),
            ("html" | "htm" | "xhtml" | "shtml" | "mht" | "mhtml", _) => PageFormat::Html,
            ("json", Sniffed::Json) => {
                return Some(match check_article(&bytes) {
                    Ok(()) => Ok(page(name, PageFormat::Json, bytes)),
                    Err(message) if in_folder => Err(finding(Severity::Note, Code::UnknownFormat, name, message)),
                    Err(message) => Err(finding(Severity::Skipped, Code::BrokenLine, name, message)),
                });
            }
            ("json", _) => {
                let severity = if in_folder { Severity::Note } else { Severity::Skipped };
                let message =
                    "this is no JSON object with an article; give one object a file, or one a line in a .jsonl file"
                        .to_owned();
                return Some(Err(finding(severity, Code::UnknownFormat, name, message)));
            }
            (_, Sniffed::Html) => PageFormat::Html,
            (_, _) => PageFormat::Text,
        };
        Some(Ok(page(name, format, bytes)))
    }

    fn standard_input(&mut self) -> Option<Result<Page, Diagnostic>> {
        let mut input = BufReader::new(io::stdin());
        let head = match input.fill_buf() {
            Ok(head) => sniff(head),
            Err(error) => return Some(Err(unreadable(Path::new("-"), &error))),
        };
        let format = match head {
            Sniffed::Empty => return Some(Err(empty("-".to_owned()))),
            Sniffed::Binary(what) => return Some(Err(binary("-".to_owned(), what))),
            Sniffed::Json => {
                self.lines = Some(Lines::new("-".to_owned(), Box::new(input)));
                return None;
            }
            Sniffed::Html => PageFormat::Html,
            Sniffed::Text => PageFormat::Text,
        };
        let mut bytes = Vec::new();
        if let Err(error) = input.take(MOST_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes) {
            return Some(Err(unreadable(Path::new("-"), &error)));
        }
        Some(Ok(page("-".to_owned(), format, bytes)))
    }
}

/// The lines of a .jsonl file: each an article.
struct Lines {
    name: String,
    input: Box<dyn BufRead + Send>,
    line: u64,
    found: bool,
    done: bool,
}

impl Lines {
    fn new(name: String, input: Box<dyn BufRead + Send>) -> Lines {
        Lines { name, input, line: 0, found: false, done: false }
    }

    fn next(&mut self) -> Option<Result<Page, Diagnostic>> {
        while !self.done {
            let mut bytes = Vec::new();
            let whole = match read_line(&mut self.input, &mut bytes) {
                Ok(Some(whole)) => whole,
                Ok(None) => {
                    self.done = true;
                    break;
                }
                Err(error) => {
                    self.done = true;
                    self.found = true;
                    return Some(Err(unreadable(Path::new(&self.name), &error)));
                }
            };
            self.line += 1;
            let place = format!("{}:{}", self.name, self.line);
            let start = if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let trimmed = bytes[start..].trim_ascii();
            if trimmed.is_empty() {
                continue;
            }
            self.found = true;
            if !whole {
                let message = format!("the line is longer than {MOST_PAGE_BYTES} bytes and was left out; shorten it");
                return Some(Err(finding(Severity::Skipped, Code::TooLarge, place, message)));
            }
            return Some(match check_article(trimmed) {
                Ok(()) => Ok(page(place, PageFormat::Json, trimmed.to_vec())),
                Err(message) => Err(finding(Severity::Skipped, Code::BrokenLine, place, message)),
            });
        }
        if self.found {
            return None;
        }
        self.found = true;
        Some(Err(empty(self.name.clone())))
    }
}

/// Reads one line without its end; `None` at the end of the file, `false` where the line was too
/// long and its rest was passed over.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    let (mut any, mut whole) = (false, true);
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = buffer.iter().position(|b| *b == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() + part.len() > MOST_PAGE_BYTES {
            whole = false;
        } else if whole {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |e| e + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}

/// Whether bytes are a JSON object with an article's text in it; says what is wrong.
fn check_article(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
        let column = if error.line() == 1 { format!(" at column {}", error.column()) } else { String::new() };
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or("");
        format!("no valid JSON{column} ({what}); write one object with a field \"text\" on each line")
    })?;
    let Some(fields) = value.as_object() else {
        return Err("JSON, but no object; write one object with a field \"text\" on each line".to_owned());
    };
    let holds = |name: &&str| fields.get(*name).is_some_and(|v| v.as_str().is_some_and(|t| !t.trim().is_empty()));
    if TEXT_FIELDS.iter().any(holds) {
        return Ok(());
    }
    let near = fields.keys().find(|k| TEXT_FIELDS.iter().any(|t| k.eq_ignore_ascii_case(t)));
    let hint =
        near.map_or(String::new(), |k| format!(" (its field \"{k}\" holds no text, or is written in another way)"));
    Err(format!("the object has no field \"text\" with the article's text{hint}; name that field \"text\""))
}

fn page(path: String, format: PageFormat, bytes: Vec<u8>) -> Page {
    Page { path, url: None, format, bytes }
}

fn finding(severity: Severity, code: Code, place: String, message: String) -> Diagnostic {
    Diagnostic { severity, code, place, message }
}

fn empty(place: String) -> Diagnostic {
    finding(Severity::Skipped, Code::EmptyFile, place, "the file holds nothing; save the page again".to_owned())
}

fn binary(place: String, what: &str) -> Diagnostic {
    let message = format!("this is {what} and no text; save the article as text or HTML, or unpack it first");
    finding(Severity::Skipped, Code::Binary, place, message)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no file or folder of this name; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        _ => format!("cannot be read ({error}); check the path and its permissions"),
    };
    finding(Severity::Skipped, Code::Unreadable, path.display().to_string(), message)
}

fn walk_finding(error: &walkdir::Error) -> Diagnostic {
    let path = error.path().unwrap_or(Path::new("?"));
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("the link leads back to {} and was not followed; remove it", ancestor.display());
        return finding(Severity::Skipped, Code::LinkLoop, path.display().to_string(), message);
    }
    match error.io_error() {
        Some(io) => unreadable(path, io),
        None => finding(
            Severity::Skipped,
            Code::Unreadable,
            path.display().to_string(),
            format!("cannot be read ({error})"),
        ),
    }
}
