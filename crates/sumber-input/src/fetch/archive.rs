//! What was seen, as a web archive (WARC 1.1, ISO 28500), and the memory of it for the next time.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};
use url::{Position, Url};

use crate::http::{self, Answer};

/// The file beside the archives that remembers what was fetched; hidden, so that nobody takes it for a
/// list of articles.
const MEMORY: &str = ".fetched.tsv";

/// What a server gave to ask whether a page has changed (RFC 9110, 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A request with its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The address.
    pub url: Url,
    /// When it was sent.
    pub time: SystemTime,
    /// The answer's status.
    pub status: u16,
    /// The words beside it.
    pub reason: String,
    /// The answer's headers, in order.
    pub headers: Vec<(String, String)>,
    /// The answer's body as it came, packed where the server packed it.
    pub body: Vec<u8>,
    /// Why the body is not whole: `length`, `time`, `disconnect`.
    pub cut: Option<&'static str>,
    /// What was known of the page before.
    pub known: Option<Validators>,
}

impl Exchange {
    /// The first value of a header.
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Where it redirects to.
    pub fn redirect(&self) -> Option<String> {
        let moved = matches!(self.status, 301 | 302 | 303 | 307 | 308);
        self.header("location").filter(|_| moved).map(str::to_owned)
    }

    /// The answer as on the wire, but for the chunks of its body.
    pub fn block(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, self.reason);
        for (name, value) in &self.headers {
            // the body's chunks were joined; the header is kept under the name that archives use
            let prefix = if name.eq_ignore_ascii_case("transfer-encoding") { "X-Archive-Orig-" } else { "" };
            let _ = write!(head, "{prefix}{name}: {}\r\n", one_line(value));
        }
        head.push_str("\r\n");
        let mut block = head.into_bytes();
        block.extend_from_slice(&self.body);
        block
    }

    /// The answer with its body unpacked.
    ///
    /// # Errors
    /// As [`http::read`].
    pub fn answer(&self) -> Result<Answer, String> {
        http::read(&self.block())
    }
}

/// Writes records, each a member of gzip of its own: what a killed process wrote stays readable.
pub struct Writer {
    folder: PathBuf,
    agent: String,
    open: Option<(File, PathBuf)>,
    count: u64,
}

impl Writer {
    /// Writes to a new file in `folder`, which appears with the first record.
    pub fn new(folder: &Path, agent: &str) -> Writer {
        Writer { folder: folder.to_owned(), agent: agent.to_owned(), open: None, count: 0 }
    }

    /// The file, where anything was written.
    pub fn path(&self) -> Option<PathBuf> {
        self.open.as_ref().map(|(_, path)| path.clone())
    }

    /// Writes a request and its answer.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn write(&mut self, exchange: &Exchange) -> io::Result<()> {
        let time = stamp(exchange.time);
        if self.open.is_none() {
            self.begin(&time)?;
        }
        let url = &exchange.url;
        let (path, host) = (&url[Position::BeforePath..], &url[Position::BeforeHost..Position::AfterPort]);
        let mut request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {}\r\n", one_line(&self.agent));
        let known = exchange.known.clone().unwrap_or_default();
        for (name, value) in [("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)] {
            if let Some(value) = value {
                let _ = write!(request, "{name}: {}\r\n", one_line(&value));
            }
        }
        request.push_str("\r\n");
        let block = exchange.block();
        let mut more = vec![("WARC-Payload-Digest", digest(&exchange.body))];
        if let Some(cut) = exchange.cut {
            more.push(("WARC-Truncated", cut.to_owned()));
        }
        if exchange.status == 304 {
            more.push(("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified".to_owned()));
            more.push(("WARC-Refers-To-Target-URI", url.to_string()));
        }
        let kind = if exchange.status == 304 { "revisit" } else { "response" };
        let answer =
            self.record(kind, Some(url.as_str()), &time, "application/http;msgtype=response", &more, &block)?;
        let to = [("WARC-Concurrent-To", answer)];
        self.record("request", Some(url.as_str()), &time, "application/http;msgtype=request", &to, request.as_bytes())?;
        Ok(())
    }

    /// Opens the file and writes what it is.
    fn begin(&mut self, time: &str) -> io::Result<()> {
        let base = format!("sumber-{}", time.replace(['-', ':'], ""));
        for n in 1.. {
            let name = if n == 1 { format!("{base}.warc.gz") } else { format!("{base}-{n}.warc.gz") };
            let path = self.folder.join(name);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    self.open = Some((file, path));
                    break;
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(told(&path, &error)),
            }
        }
        let info = format!(
            "software: sumber/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nrobots: obey\r\nhttp-header-user-agent: {}\r\n",
            env!("CARGO_PKG_VERSION"),
            one_line(&self.agent)
        );
        self.record("warcinfo", None, time, "application/warc-fields", &[], info.as_bytes())?;
        Ok(())
    }

    /// Writes a record and gives its id.
    fn record(
        &mut self,
        kind: &str,
        url: Option<&str>,
        time: &str,
        content: &str,
        more: &[(&str, String)],
        block: &[u8],
    ) -> io::Result<String> {
        self.count += 1;
        let Some((file, path)) = &mut self.open else { return Ok(String::new()) };
        let id = id(&format!("{kind} {time} {} {} {}", self.count, url.unwrap_or(""), path.display()));
        let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {time}\r\n");
        if let Some(url) = url {
            let _ = write!(head, "WARC-Target-URI: {url}\r\n");
        }
        for (name, value) in more {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(
            head,
            "WARC-Block-Digest: {}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            digest(block),
            block.len()
        );
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        let packed = [head.as_bytes(), block, b"\r\n\r\n"].into_iter().try_for_each(|part| packer.write_all(part));
        let packed = packed.and_then(|()| packer.finish())?;
        file.write_all(&packed).map_err(|error| told(path, &error))?;
        Ok(id)
    }
}

/// What was fetched before, with its validators.
#[derive(Debug, Default)]
pub struct Memory {
    pages: HashMap<String, Validators>,
}

impl Memory {
    /// Reads the memory of a folder; lines that are broken are forgotten.
    ///
    /// # Errors
    /// What the file system says; no file is an empty memory.
    pub fn read(folder: &Path) -> io::Result<Memory> {
        let path = folder.join(MEMORY);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(told(&path, &error)),
        };
        let field = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let pages = lines.filter_map(|cells| match cells[..] {
            [url, etag, last_modified] => {
                Some((url.to_owned(), Validators { etag: field(etag), last_modified: field(last_modified) }))
            }
            _ => None,
        });
        Ok(Memory { pages: pages.collect() })
    }

    /// What is known of an address.
    pub fn of(&self, url: &str) -> Option<&Validators> {
        self.pages.get(url)
    }

    /// Remembers an answer, where the server gave something to remember it by.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn add(folder: &Path, url: &str, exchange: &Exchange) -> io::Result<()> {
        let (etag, last_modified) = (exchange.header("etag"), exchange.header("last-modified"));
        if exchange.status != 200 || exchange.cut.is_some() || (etag.is_none() && last_modified.is_none()) {
            return Ok(());
        }
        let path = folder.join(MEMORY);
        let line = [url, etag.unwrap_or(""), last_modified.unwrap_or("")].map(one_line).join("\t") + "\n";
        let file = OpenOptions::new().create(true).append(true).open(&path);
        file.and_then(|mut file| file.write_all(line.as_bytes())).map_err(|error| told(&path, &error))
    }
}

fn told(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be written ({error})", path.display()))
}

/// `2024-08-06T10:00:00Z`.
fn stamp(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// An id of its own for what is unlike anything else (a UUID of version 8, RFC 9562).
fn id(of: &str) -> String {
    let hex = hex(&Sha256::digest(of.as_bytes())[..16]);
    format!("<urn:uuid:{}-{}-8{}-8{}-{}>", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value that begins no header of its own.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
