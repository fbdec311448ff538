//! One file or stream: what it is, by its name and first bytes, and the pages in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use sumber_core::{Code, Diagnostic, MOST_PAGE_BYTES, Page, PageFormat, Severity};

use crate::ReadOptions;
use crate::feed::{self, Feed, Listed};
use crate::finding::{addresses, binary, empty, finding, unreadable};
use crate::limits::{MOST_CONTAINER_BYTES, MOST_ITEMS, Unpacked};
use crate::lines::{self, Lines};
use crate::sniff::{Sniffed, sniff};
use crate::table;
use crate::warc::Archive;
use crate::{charset, mhtml};

/// Extensions of files beside saved pages that are never articles: skipped in folders with a note.
const NO_ARTICLES: &[&str] = &[
    "css", "js", "mjs", "map", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "woff",
    "woff2", "ttf", "otf", "eot", "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "zip",
    "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "mp3", "mp4", "m4a", "mov", "avi", "mkv", "webm", "wav", "ogg",
    "toml", "yaml", "yml", "ini", "py", "rs", "sh", "sql", "db", "sqlite", "log", "lock", "exe", "dll", "so",
];

/// Bytes at the beginning that tell what a file is.
const HEAD: u64 = 8192;

/// What a file holds.
pub enum Opened {
    /// A page, or why there is none.
    One(Result<Page, Diagnostic>),
    /// Pages one after another.
    Many(Box<dyn Iterator<Item = Result<Page, Diagnostic>> + Send>),
}

impl Opened {
    fn err(finding: Diagnostic) -> Opened {
        Opened::One(Err(finding))
    }
}

/// A file or stream before it is opened.
struct Source<'a> {
    /// As the user gave it.
    name: String,
    /// The name's ending, small; without that of a packing.
    extension: String,
    /// Found in a folder, so that what is no article is worth no more than a note.
    in_folder: bool,
    options: &'a ReadOptions,
}

/// Opens a file.
pub fn file(path: &Path, in_folder: bool, options: &ReadOptions) -> Opened {
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
    let source = Source { name: path.display().to_string(), extension, in_folder, options };
    if in_folder && NO_ARTICLES.contains(&source.extension.as_str()) {
        let message = format!(
            "files of the kind .{} are not read in folders; name the file itself if it is an article",
            source.extension
        );
        return Opened::err(finding(Severity::Note, Code::UnknownFormat, source.name, message));
    }
    match File::open(path) {
        Ok(file) => stream(source, Box::new(file)),
        Err(error) => Opened::err(unreadable(path, &error)),
    }
}

/// Opens standard input.
pub fn standard_input(options: &ReadOptions) -> Opened {
    named("-", Box::new(io::stdin()), options)
}

/// Opens a stream that goes by this name.
pub fn named(name: &str, input: Box<dyn Read + Send>, options: &ReadOptions) -> Opened {
    let extension = Path::new(name).extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let extension = extension.unwrap_or_default();
    stream(Source { name: name.to_owned(), extension, in_folder: false, options }, input)
}

/// Opens a web archive where `path` is that of one with `:offset` after it: reading goes on there.
pub fn at_offset(path: &Path) -> Option<Opened> {
    let (file, offset) = path.to_str()?.rsplit_once(':')?;
    let offset: u64 = offset.split('+').next()?.parse().ok()?;
    let mut input = BufReader::new(File::open(file).ok()?);
    let packed = input.fill_buf().ok()?.starts_with(b"\x1f\x8b");
    let known = file.ends_with(".warc") || file.ends_with(".warc.gz");
    if !known && !input.fill_buf().ok()?.starts_with(b"WARC/") {
        return None;
    }
    input.seek(SeekFrom::Start(offset)).ok()?;
    Some(Opened::Many(Box::new(Archive::new(file.to_owned(), Box::new(input), offset, packed))))
}

fn stream(mut source: Source<'_>, mut input: Box<dyn Read + Send>) -> Opened {
    let name = source.name.clone();
    let mut head = Vec::new();
    if let Err(error) = input.by_ref().take(HEAD).read_to_end(&mut head) {
        return Opened::err(unreadable(Path::new(&name), &error));
    }
    if head.starts_with(b"\x1f\x8b") {
        let mut begin = Vec::new();
        // what the head holds of it; its cut end is no fault
        let _ = flate2::read::GzDecoder::new(head.as_slice()).take(HEAD).read_to_end(&mut begin);
        let whole = BufReader::with_capacity(64 << 10, Cursor::new(head).chain(input));
        if begin.starts_with(b"WARC/") {
            return Opened::Many(Box::new(Archive::new(name, Box::new(whole), 0, true)));
        }
        if source.extension == "gz" {
            let inner = Path::new(&name).file_stem().map(Path::new).and_then(Path::extension);
            source.extension = inner.and_then(|e| e.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
        }
        if source.in_folder && matches!(sniff(&begin), Sniffed::Binary(_)) {
            let message = "this is packed and holds no text; it is not read in folders";
            return Opened::err(finding(Severity::Note, Code::UnknownFormat, name, message));
        }
        return content(source, begin, Box::new(Unpacked::new(whole)));
    }
    let begin = head.clone();
    content(source, begin, Box::new(Cursor::new(head).chain(input)))
}

/// Opens what is not packed; `begin` are the first bytes of `input`.
fn content(source: Source<'_>, begin: Vec<u8>, input: Box<dyn Read + Send>) -> Opened {
    let Source { name, extension, in_folder, options } = source;
    let less = if in_folder { Severity::Note } else { Severity::Skipped };
    if begin.starts_with(b"WARC/") {
        return Opened::Many(Box::new(Archive::new(
            name,
            Box::new(BufReader::with_capacity(64 << 10, input)),
            0,
            false,
        )));
    }
    let sniffed = sniff(&begin);
    match sniffed {
        // a packing whose beginning is broken has shown nothing yet; reading it says why
        Sniffed::Empty => {
            let mut rest = Vec::new();
            return Opened::err(match input.take(1).read_to_end(&mut rest) {
                Err(error) => unreadable(Path::new(&name), &error),
                Ok(_) => empty(name),
            });
        }
        Sniffed::Binary(what) => return Opened::err(binary(name, what)),
        Sniffed::Json | Sniffed::Html | Sniffed::Text => {}
    }
    let lines_follow = name == "-" && sniffed == Sniffed::Json && !begin.trim_ascii_start().starts_with(b"[");
    if matches!(extension.as_str(), "jsonl" | "ndjson") || lines_follow {
        return Opened::Many(Box::new(Lines::new(name, Box::new(BufReader::new(input)), &options.map)));
    }
    if matches!(extension.as_str(), "csv" | "tsv") {
        return match table::open(name, BufReader::new(input), &options.map) {
            table::Opened::Articles(table) => Opened::Many(Box::new(table)),
            table::Opened::Nothing(finding) if finding.code == Code::UnknownFormat => {
                Opened::err(Diagnostic { severity: less, ..finding })
            }
            table::Opened::Nothing(finding) => Opened::err(finding),
        };
    }
    let saved = mhtml::is_mhtml(&begin);
    let listed = extension != "txt" && feed::is_listed(&charset::xml(&begin));
    let most = if saved || listed || sniffed == Sniffed::Json { MOST_CONTAINER_BYTES } else { MOST_PAGE_BYTES };
    let mut bytes = Vec::new();
    if let Err(error) = input.take(most as u64 + 1).read_to_end(&mut bytes) {
        return Opened::err(unreadable(Path::new(&name), &error));
    }
    if bytes.len() > most && most == MOST_CONTAINER_BYTES {
        let message = format!("the file is longer than {most} bytes and was left out; split it");
        return Opened::err(finding(Severity::Skipped, Code::TooLarge, name, message));
    }
    if saved {
        return Opened::One(
            mhtml::page(name.clone(), &bytes)
                .map_err(|message| finding(Severity::Skipped, Code::BrokenRecord, name, message)),
        );
    }
    if listed {
        return items(name, feed::read(&charset::xml(&bytes)), less);
    }
    match (extension.as_str(), sniffed) {
        ("html" | "htm" | "xhtml" | "shtml", _) | (_, Sniffed::Html) => {
            Opened::One(Ok(page(name, PageFormat::Html, bytes)))
        }
        ("json", Sniffed::Json) => json(name, &bytes, less, options),
        ("json", _) => {
            let message =
                "this is no JSON object with an article; give one object a file, or one a line in a .jsonl file";
            Opened::err(finding(less, Code::UnknownFormat, name, message))
        }
        ("xml" | "rss" | "atom" | "rdf", _) => {
            let message = "this XML is no feed and no sitemap; save the page itself";
            Opened::err(finding(less, Code::UnknownFormat, name, message))
        }
        (_, _) => match address_lines(&bytes) {
            Some(count) => {
                let how = format!("--list {name} -o DIR");
                Opened::err(addresses(name, count, &how))
            }
            None => Opened::One(Ok(page(name, PageFormat::Text, bytes))),
        },
    }
}

/// A .json file: one article, a list of them, or a JSON Feed.
fn json(name: String, bytes: &[u8], less: Severity, options: &ReadOptions) -> Opened {
    let pages = match lines::parse(bytes) {
        Ok(value) => match feed::of_json(&value) {
            Some(listed) => return items(name, listed, less),
            None => lines::of_json(&name, value, bytes, &options.map),
        },
        Err((code, message)) => vec![Err((code, name, message))],
    };
    let alone = pages.len() == 1;
    let pages = pages.into_iter().map(move |page| {
        page.map_err(|(code, place, message)| {
            // a lone object that is no article is some other file of the folder
            let severity = if alone { less } else { Severity::Skipped };
            let code = if severity == Severity::Note { Code::UnknownFormat } else { code };
            finding(severity, code, place, message)
        })
    });
    Opened::Many(Box::new(pages.collect::<Vec<_>>().into_iter()))
}

/// The pages of a feed; of a sitemap, what to do with it.
fn items(name: String, listed: Listed, less: Severity) -> Opened {
    let feed = Feed::of(&listed);
    let Listed { items, addresses: found, sitemaps, broken, .. } = listed;
    let mut out: Vec<Result<Page, Diagnostic>> = Vec::new();
    let mut bare = 0;
    for (n, item) in items.into_iter().enumerate() {
        match item.page(format!("{name}:{}", n + 1), &feed) {
            Some(page) => out.push(Ok(page)),
            None => bare += 1,
        }
    }
    if let Some(what) = broken {
        let message = format!("{what}; what stands before was read: get the file again");
        out.push(Err(finding(Severity::Skipped, Code::BrokenRecord, name.clone(), message)));
    }
    if bare > 0 {
        out.push(Err(addresses(name.clone(), bare, &format!("--feed {name} -o DIR"))));
    }
    if found.len() + sitemaps.len() > 0 {
        let listed = addresses(name.clone(), found.len() + sitemaps.len(), &format!("--sitemap {name} -o DIR"));
        out.push(Err(Diagnostic { severity: less, ..listed }));
    }
    if out.is_empty() {
        out.push(Err(finding(less, Code::EmptyFile, name, "the feed has no items; get it again later")));
    }
    Opened::Many(Box::new(out.into_iter()))
}

/// How many addresses a text has, where it has nothing else.
fn address_lines(bytes: &[u8]) -> Option<usize> {
    let lines = bytes.split(|b| *b == b'\n').map(|l| l.trim_ascii()).filter(|l| !l.is_empty() && !l.starts_with(b"#"));
    let mut count = 0;
    for line in lines.take(MOST_ITEMS) {
        if !table::is_address(line) {
            return None;
        }
        count += 1;
    }
    (count > 0).then_some(count)
}

fn page(path: String, format: PageFormat, bytes: Vec<u8>) -> Page {
    Page { path, format, bytes, ..Page::default() }
}
