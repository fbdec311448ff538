//! Which pages are wanted: those that the user names, and those in feeds, sitemaps and lists.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sumber_core::{Diagnostic, hash64};
use url::Url;

use super::archive::Exchange;
use super::client::{Client, Failure};
use super::{Wanted, forbidden, is_address, not_fetched};
use crate::feed::{self, Listed};
use crate::finding::unreadable;
use crate::limits::{MOST_CONTAINER_BYTES, Unpacked};
use crate::{charset, lines, table};

/// Most sitemaps that are opened for one that the user names.
const MOST_SITEMAPS: usize = 100;

/// The addresses of all pages that are wanted, in the order given; what was fetched to find them goes to
/// `seen`.
pub fn pages(
    wanted: &Wanted,
    most: usize,
    client: &Client,
    findings: &mut Vec<Diagnostic>,
    seen: &mut dyn FnMut(&Exchange) -> io::Result<()>,
) -> io::Result<Vec<String>> {
    let mut pages = wanted.pages.clone();
    for list in &wanted.lists {
        match read_file(list) {
            Ok(bytes) => pages.extend(table::addresses_in(&list.to_string_lossy(), &bytes)),
            Err(error) => findings.push(unreadable(list, &error)),
        }
    }
    for feed in &wanted.feeds {
        if let Some(listed) = open(feed, client, findings, seen)? {
            // a feed may leave out the host, its own or that of its site
            let base = listed.own.1.as_deref().unwrap_or(feed);
            let base = Url::parse(base).or_else(|_| Url::parse(feed)).ok();
            let whole =
                |url: String| match base.as_ref().filter(|_| !url.contains("://")).and_then(|b| b.join(&url).ok()) {
                    Some(whole) => whole.into(),
                    None => url,
                };
            pages.extend(listed.items.into_iter().filter_map(|item| item.url).map(whole));
        }
    }
    for sitemap in &wanted.sitemaps {
        let mut waiting = VecDeque::from([sitemap.clone()]);
        let mut opened = Vec::new();
        while let Some(next) = waiting.pop_front() {
            let key = hash64(next.as_bytes());
            if opened.contains(&key) || opened.len() >= MOST_SITEMAPS || pages.len() >= most.saturating_mul(2) {
                continue;
            }
            opened.push(key);
            if let Some(listed) = open(&next, client, findings, seen)? {
                pages.extend(listed.addresses);
                waiting.extend(listed.sitemaps);
            }
        }
    }
    Ok(pages)
}

/// Reads a feed or sitemap from its address or file.
fn open(
    place: &str,
    client: &Client,
    findings: &mut Vec<Diagnostic>,
    seen: &mut dyn FnMut(&Exchange) -> io::Result<()>,
) -> io::Result<Option<Listed>> {
    let bytes = if is_address(place) {
        let Ok(url) = Url::parse(place) else {
            findings.push(not_fetched(place, "this is no address"));
            return Ok(None);
        };
        let exchanges = match client.get(&url, None) {
            Ok(found) => found.exchanges,
            Err(failure) => {
                findings.push(match failure {
                    Failure::Forbidden(why) => forbidden(place, &why),
                    Failure::Failed(why) => not_fetched(place, &why),
                });
                return Ok(None);
            }
        };
        for exchange in &exchanges {
            seen(exchange)?;
        }
        let answer = exchanges.last().map(|e| (e.status, e.answer()));
        match answer {
            Some((200, Ok(answer))) => answer.body,
            Some((_, Err(why))) => {
                findings.push(not_fetched(place, &why));
                return Ok(None);
            }
            Some((status, _)) => {
                findings.push(not_fetched(place, &format!("the server answered {status}")));
                return Ok(None);
            }
            None => return Ok(None),
        }
    } else {
        match read_file(Path::new(place)) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.push(unreadable(Path::new(place), &error));
                return Ok(None);
            }
        }
    };
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        let mut out = Vec::new();
        // what came before a fault counts
        let _ = Unpacked::new(bytes.as_slice()).take(MOST_CONTAINER_BYTES as u64).read_to_end(&mut out);
        out
    } else {
        bytes
    };
    let json = || feed::of_json(&lines::parse(&bytes).ok()?);
    let text = charset::xml(&bytes);
    let listed = if feed::is_listed(&text) { Some(feed::read(&text)) } else { json() };
    let Some(listed) = listed else {
        findings.push(not_fetched(place, "this is no feed and no sitemap"));
        return Ok(None);
    };
    if let Some(what) = &listed.broken {
        findings.push(not_fetched(place, &format!("{what}; what stands before was taken")));
    }
    Ok(Some(listed))
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_CONTAINER_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
