//! Folders that a browser puts beside a page that it saves: scripts, images, frames.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How much of the page is looked at.
const HEAD: u64 = 2 << 20;

/// The page that `folder` was saved with. Its name begins with the page's, whatever word of which
/// language follows, and the page itself leads into it.
pub fn page_of(folder: &Path) -> Option<PathBuf> {
    let name = folder.file_name()?.to_str()?;
    let marks = name.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | '.' | ' ')).map(|(at, _)| at);
    marks
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .take(3)
        .flat_map(|at| {
            ["html", "htm", "xhtml"].map(|ending| folder.with_file_name(format!("{}.{ending}", &name[..at])))
        })
        .find(|page| page.is_file() && leads_into(page, name))
}

/// Whether a page names a folder in its addresses.
fn leads_into(page: &Path, folder: &str) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(page).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    let wanted = format!("{folder}/");
    read.is_ok() && memchr::memmem::find(&percent_decoded(&bytes), wanted.as_bytes()).is_some()
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
