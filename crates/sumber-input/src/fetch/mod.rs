//! Addresses in, a web archive out: what was seen, when, with the headers it came with.
//!
//! The only place that knows the network and a clock. It asks robots.txt first (RFC 9309), sends one
//! request a host and second, follows few redirects, never goes to a private or loopback address unless
//! the user names its host, and asks for what it has seen before only if it has changed.
//!
//! In reading order: `gather` (which pages are wanted), `client` (one request after another), `private`
//! (where it may not go), `archive` (what is written).

mod archive;
mod client;
mod gather;
mod private;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{self, SyncSender};
use std::time::Duration;

use sumber_core::{Code, Diagnostic, Severity};
use url::Url;

use crate::finding::finding;
use archive::{Memory, Writer};
use client::{Client, Failure, Seen};

/// Hosts that are asked at the same time.
const WORKERS: usize = 8;

/// What is to be fetched: addresses, or files that hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Addresses of pages.
    pub pages: Vec<String>,
    /// Addresses or files of feeds, whose items' pages are fetched.
    pub feeds: Vec<String>,
    /// Addresses or files of sitemaps, whose pages are fetched.
    pub sitemaps: Vec<String>,
    /// Files of addresses: one a line, or tables with a column of them.
    pub lists: Vec<PathBuf>,
}

/// How it is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchOptions {
    /// The folder that the archive is written to; made where it is not there.
    pub folder: PathBuf,
    /// The time between two requests to one host; robots.txt may ask for more.
    pub delay: Duration,
    /// The longest time for one answer.
    pub timeout: Duration,
    /// Most pages.
    pub most: usize,
    /// Hosts that may be in a private network or on this machine.
    pub private: Vec<String>,
    /// Who asks: the User-Agent, which begins with the name that robots.txt is asked for.
    pub agent: String,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The archive, where anything was written.
    pub archive: Option<PathBuf>,
    /// Pages that are new or have changed.
    pub pages: usize,
    /// Pages that have not changed since they were fetched.
    pub unchanged: usize,
    /// What could not be had, and why.
    pub findings: Vec<Diagnostic>,
}

/// Fetches; `done` is told after each page.
///
/// # Errors
/// The folder cannot be made or the archive not written. What was written before stays whole.
pub fn fetch(wanted: &Wanted, options: &FetchOptions, done: &(dyn Fn() + Sync)) -> io::Result<Fetched> {
    std::fs::create_dir_all(&options.folder)?;
    let memory = Memory::read(&options.folder)?;
    let mut writer = Writer::new(&options.folder, &options.agent);
    let client = Client::new(options);
    let mut fetched = Fetched::default();
    let gathered =
        gather::pages(wanted, options.most, &client, &mut fetched.findings, &mut |exchange| writer.write(exchange))?;
    let queues = by_host(gathered, options.most, &mut fetched.findings);
    let waiting = Mutex::new(queues);
    // few answers are in memory at once, however slow the disk
    let (send, receive) = mpsc::sync_channel::<(Url, Result<Seen, Failure>)>(2);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            let send = send.clone();
            scope.spawn(|| work(&waiting, &client, &memory, send));
        }
        drop(send);
        for (url, seen) in receive {
            done();
            match seen {
                Ok(Seen { exchanges, unchanged }) => {
                    for exchange in &exchanges {
                        writer.write(exchange)?;
                    }
                    let Some(last) = exchanges.last() else { continue };
                    if unchanged {
                        fetched.unchanged += 1;
                        continue;
                    }
                    Memory::add(&options.folder, url.as_str(), last)?;
                    if last.status == 200 {
                        fetched.pages += 1;
                    } else {
                        fetched
                            .findings
                            .push(not_fetched(url.as_str(), &format!("the server answered {}", last.status)));
                    }
                    if let Some(cut) = last.cut {
                        let message = format!("the answer was cut ({cut}); what came was kept");
                        fetched.findings.push(finding(Severity::Warning, Code::TooLarge, url.as_str(), message));
                    }
                }
                Err(Failure::Forbidden(why)) => fetched.findings.push(forbidden(url.as_str(), &why)),
                Err(Failure::Failed(why)) => fetched.findings.push(not_fetched(url.as_str(), &why)),
            }
        }
        Ok::<(), io::Error>(())
    })?;
    fetched.findings.sort();
    fetched.archive = writer.path();
    Ok(fetched)
}

/// Takes one host after another and fetches its pages in order.
fn work(
    waiting: &Mutex<VecDeque<VecDeque<Url>>>,
    client: &Client,
    memory: &Memory,
    send: SyncSender<(Url, Result<Seen, Failure>)>,
) {
    loop {
        let Some(queue) = waiting.lock().ok().and_then(|mut w| w.pop_front()) else { return };
        for url in queue {
            let seen = client.get(&url, memory.of(url.as_str()));
            if send.send((url, seen)).is_err() {
                return;
            }
        }
    }
}

/// The addresses by host, each once, no more than `most`.
fn by_host(addresses: Vec<String>, most: usize, findings: &mut Vec<Diagnostic>) -> VecDeque<VecDeque<Url>> {
    let mut seen = HashSet::new();
    let mut hosts: BTreeMap<String, VecDeque<Url>> = BTreeMap::new();
    let mut left = 0;
    for address in addresses {
        let mut url = match Url::parse(&address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => url,
            _ => {
                findings
                    .push(not_fetched(&address, "this is no address of the web; write it with http:// or https://"));
                continue;
            }
        };
        url.set_fragment(None);
        if !seen.insert(url.clone()) {
            continue;
        }
        if seen.len() > most {
            left += 1;
            continue;
        }
        hosts.entry(url.host_str().unwrap_or("").to_owned()).or_default().push_back(url);
    }
    if left > 0 {
        let message = format!("{left} more addresses were left; ask for them with --most {}", most + left);
        findings.push(finding(Severity::Warning, Code::NotFetched, "-", message));
    }
    hosts.into_values().collect()
}

fn not_fetched(place: &str, why: &str) -> Diagnostic {
    finding(Severity::Skipped, Code::NotFetched, place, format!("could not be fetched: {why}"))
}

fn forbidden(place: &str, why: &str) -> Diagnostic {
    finding(Severity::Skipped, Code::Forbidden, place, format!("was not fetched: {why}"))
}

/// Whether something is an address and no file.
fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
