//! Web archives (WARC 1.0 and 1.1, ISO 28500): pages out of records, one at a time.
//!
//! Plain or packed by gzip, a member a record as the standard asks or the whole file in one. A page's
//! path is `file:offset`, the byte at which its record (or the member it is in) begins; given as a path,
//! reading goes on there. A broken record is named and passed over: the next one is looked for.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use sumber_core::{Code, Diagnostic, MOST_PAGE_BYTES, Page, PageFormat, Severity};

use crate::finding::finding;
use crate::http;
use crate::limits::{Counted, check_ratio, read_line};
use crate::sniff::{Sniffed, sniff};
use crate::{charset, feed};

/// Longest header of a record.
const MOST_HEADER_BYTES: usize = 64 << 10;
/// Most of a record that is kept: a page and the headers before it.
const MOST_RECORD_BYTES: u64 = MOST_PAGE_BYTES as u64 + (256 << 10);
/// Broken records that are named one by one; those beyond are counted.
const MOST_NAMED: u64 = 1_000;

type Input = Counted<Box<dyn BufRead + Send>>;

/// The pages of a web archive.
pub struct Archive {
    name: String,
    source: Source,
    tally: Tally,
    /// A broken member was left: what remains of it is no fault of its own.
    lost: bool,
}

/// Where in the archive we are.
enum Source {
    /// In an archive that is not packed.
    Plain(Input),
    /// Before a member.
    Between(Input),
    /// In a member, with the number of records read from it.
    Member(Box<BufReader<Member>>, u64),
    /// At the end.
    End,
}

/// A member of gzip that is no bomb.
struct Member {
    decoder: GzDecoder<Input>,
    begin: u64,
    out: u64,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.out += read as u64;
        check_ratio(self.decoder.get_ref().place() - self.begin, self.out)?;
        Ok(read)
    }
}

/// What was no page.
#[derive(Default)]
struct Tally {
    other: u64,
    failed: u64,
    broken: u64,
}

/// A record's header, as far as it matters, and what follows it.
#[derive(Default)]
struct Record {
    kind: String,
    url: Option<String>,
    content_type: String,
    block: Vec<u8>,
}

/// What a try to read a record brought.
enum Step {
    Record(Record),
    /// A record of another kind: a request, a note on the archive.
    Other,
    /// The stream is at its end.
    End,
    /// What is wrong; whether the stream can be read on.
    Broken(String, bool),
}

impl Archive {
    /// Reads `input`, the file `name`, whose first byte stands at `offset`; `packed` by gzip or not.
    pub fn new(name: String, input: Box<dyn BufRead + Send>, offset: u64, packed: bool) -> Archive {
        let input = Counted::new(input, offset);
        let source = if packed { Source::Between(input) } else { Source::Plain(input) };
        Archive { name, source, tally: Tally::default(), lost: false }
    }

    /// The next record with its place, or what is broken and where.
    fn record(&mut self) -> Option<Result<(String, Record), (String, String)>> {
        loop {
            let (place, step) = match &mut self.source {
                Source::End => return None,
                Source::Between(input) => {
                    let at = input.place();
                    let skipped = to_member(input);
                    let Source::Between(input) = std::mem::replace(&mut self.source, Source::End) else { return None };
                    let begin = input.place();
                    match skipped {
                        Ok(true) => {
                            let member = Member { decoder: GzDecoder::new(input), begin, out: 0 };
                            self.source = Source::Member(Box::new(BufReader::with_capacity(32 << 10, member)), 0);
                        }
                        Ok(false) => {}
                        Err(error) => return Some(Err((at.to_string(), error.to_string()))),
                    }
                    if begin > at && !std::mem::take(&mut self.lost) {
                        return Some(Err((at.to_string(), "no record begins here".to_owned())));
                    }
                    continue;
                }
                Source::Plain(input) => {
                    let _ = skip_blank(input);
                    (input.place().to_string(), read_record(input))
                }
                Source::Member(member, records) => {
                    let begin = member.get_ref().begin;
                    let place = if *records == 0 { begin.to_string() } else { format!("{begin}+{records}") };
                    *records += 1;
                    (place, read_record(member))
                }
            };
            match step {
                Step::Record(record) => return Some(Ok((place, record))),
                Step::Other => {}
                Step::End => {
                    self.leave();
                    self.lost = false;
                }
                Step::Broken(what, on) => {
                    if !on {
                        self.leave();
                        self.lost = true;
                    }
                    return Some(Err((place, what)));
                }
            }
        }
    }

    /// Leaves a member, or ends.
    fn leave(&mut self) {
        self.source = match std::mem::replace(&mut self.source, Source::End) {
            Source::Member(member, _) => Source::Between(member.into_inner().decoder.into_inner()),
            Source::Plain(_) | Source::Between(_) | Source::End => Source::End,
        };
    }

    /// What the archive held that was no page: said once, at its end.
    fn told(&mut self) -> Option<Diagnostic> {
        let Tally { other, failed, broken } = std::mem::take(&mut self.tally);
        if broken > MOST_NAMED {
            let message =
                format!("{} more records are broken and were passed over; get the archive again", broken - MOST_NAMED);
            return Some(finding(Severity::Skipped, Code::BrokenRecord, self.name.clone(), message));
        }
        let parts: Vec<String> =
            [(failed, "answers that are errors or redirects"), (other, "records that hold no page")]
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}"))
                .collect();
        let message = format!("left out: {}", parts.join(", "));
        (!parts.is_empty()).then(|| finding(Severity::Note, Code::NoPage, self.name.clone(), message))
    }
}

impl Iterator for Archive {
    type Item = Result<Page, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(record) = self.record() else { return self.told().map(Err) };
            let broken = match record {
                Ok((place, record)) => {
                    let path = format!("{}:{place}", self.name);
                    match page(record, path.clone()) {
                        Ok(Some(page)) => return Some(Ok(page)),
                        Ok(None) => {
                            self.tally.other += 1;
                            continue;
                        }
                        Err(None) => {
                            self.tally.failed += 1;
                            continue;
                        }
                        Err(Some(what)) => (path, what),
                    }
                }
                Err((place, what)) => (format!("{}:{place}", self.name), what),
            };
            self.tally.broken += 1;
            if self.tally.broken <= MOST_NAMED {
                let (place, what) = broken;
                let message =
                    format!("the record is broken and was passed over: {what}; get the archive again if it matters");
                return Some(Err(finding(Severity::Skipped, Code::BrokenRecord, place, message)));
            }
        }
    }
}

/// The page of a record; `None` where it holds none, `Err(None)` where the answer was an error or a
/// redirect, else what is wrong.
fn page(record: Record, path: String) -> Result<Option<Page>, Option<String>> {
    let answer = if record.kind == "response" {
        let answer = http::read(&record.block).map_err(Some)?;
        if answer.status != 200 {
            return Err(None);
        }
        answer
    } else {
        let (kind, charset) = http::content_type(&record.content_type);
        http::Answer { status: 200, kind, charset, body: record.block }
    };
    let format = match (answer.kind.as_str(), sniff(&answer.body)) {
        (_, Sniffed::Empty | Sniffed::Binary(_)) => return Ok(None),
        ("text/html" | "application/xhtml+xml", _) => PageFormat::Html,
        ("text/plain", Sniffed::Html) | ("" | "application/octet-stream", Sniffed::Html) => PageFormat::Html,
        // servers call feeds and sitemaps plain text now and then
        ("text/plain", _) if feed::is_listed(&charset::xml(&answer.body[..answer.body.len().min(8192)])) => {
            return Ok(None);
        }
        ("text/plain", _) => PageFormat::Text,
        _ => return Ok(None),
    };
    Ok(Some(Page { path, url: record.url, format, charset: answer.charset, bytes: answer.body, rewritten: false }))
}

/// Reads a record from where one should begin.
fn read_record(input: &mut dyn BufRead) -> Step {
    match try_record(input) {
        Ok(step) => step,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Step::Broken("the archive ends in the middle of it".to_owned(), false)
        }
        Err(error) => Step::Broken(error.to_string(), false),
    }
}

fn try_record(input: &mut dyn BufRead) -> io::Result<Step> {
    if !skip_blank(input)? {
        return Ok(Step::End);
    }
    let mut line = Vec::new();
    read_line(input, &mut line, MOST_HEADER_BYTES)?;
    if !line.starts_with(b"WARC/") {
        to_record(input)?;
        return Ok(Step::Broken("no record begins here".to_owned(), true));
    }
    let mut record = Record::default();
    let mut length: Option<u64> = None;
    let mut header = 0;
    loop {
        line.clear();
        let whole = read_line(input, &mut line, MOST_HEADER_BYTES)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        header += line.len();
        if !whole || header > MOST_HEADER_BYTES {
            to_record(input)?;
            return Ok(Step::Broken("its header has no end".to_owned(), true));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            // the first drafts of the standard put addresses between angles
            "warc-target-uri" => record.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "content-type" => record.content_type = value.to_owned(),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    let Some(length) = length else {
        to_record(input)?;
        return Ok(Step::Broken("its header tells no Content-Length".to_owned(), true));
    };
    let wanted = matches!(record.kind.as_str(), "response" | "resource" | "conversion");
    let kept = if wanted { length.min(MOST_RECORD_BYTES) } else { 0 };
    let mut block = Vec::new();
    let read = input.take(kept).read_to_end(&mut block)? as u64;
    let passed = io::copy(&mut input.take(length - kept), &mut io::sink())?;
    if read + passed < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    // a wrong length shows in what follows: the line that ends a record, or the end of the archive
    let next = input.fill_buf()?;
    if !next.is_empty() && !next.starts_with(b"\r") && !begins(next, b"\n") && !begins(next, b"WARC/") {
        to_record(input)?;
        return Ok(Step::Broken("its Content-Length is wrong".to_owned(), true));
    }
    record.block = block;
    Ok(if wanted { Step::Record(record) } else { Step::Other })
}

/// Passes over the blank lines between records; `false` at the end.
fn skip_blank(input: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let buffer = input.fill_buf()?;
        let Some(used) = buffer.iter().position(|b| !matches!(b, b'\r' | b'\n')) else {
            let all = buffer.len();
            if all == 0 {
                return Ok(false);
            }
            input.consume(all);
            continue;
        };
        input.consume(used);
        return Ok(true);
    }
}

/// Passes over lines until one begins a record.
fn to_record(input: &mut dyn BufRead) -> io::Result<()> {
    while !begins(input.fill_buf()?, b"WARC/1.") {
        if read_line(input, &mut Vec::new(), 0)?.is_none() {
            return Ok(());
        }
    }
    Ok(())
}

/// Passes over bytes until a member of gzip begins; `false` at the end.
fn to_member(input: &mut Input) -> io::Result<bool> {
    const MAGIC: &[u8] = b"\x1f\x8b\x08";
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() || begins(buffer, MAGIC) {
            return Ok(!buffer.is_empty());
        }
        let cut = (buffer.len().saturating_sub(2).max(1)..buffer.len()).find(|at| begins(&buffer[*at..], MAGIC));
        let next = memchr::memmem::find(buffer, MAGIC).or(cut);
        let used = next.unwrap_or(buffer.len());
        input.consume(used);
    }
}

/// Whether what is in the buffer begins with these bytes, as far as it goes; the end of a buffer says
/// nothing of what comes after it.
fn begins(buffer: &[u8], with: &[u8]) -> bool {
    let known = buffer.len().min(with.len());
    known > 0 && buffer[..known] == with[..known]
}
