//! What keeps a page from the web inert. Text and attributes are escaped by `maud`; this is the rest:
//! addresses, characters that turn the direction of text, and the policy that the browser enforces.

use base64::Engine as _;
use sha2::{Digest, Sha256};

/// An address that may be a link: `http` or `https`, with nothing in it that is not one address.
pub fn safe_url(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once("://")?.0;
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let clean = !url.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c));
    (known && clean).then_some(url)
}

/// A language tag that can stand in `lang`; `None` for anything else.
pub fn language_tag(tag: &str) -> Option<&str> {
    let fits = !tag.is_empty() && tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(tag)
}

/// Drops what has no place in a page: control characters, and characters that override or embed a
/// direction (a name could otherwise turn the words after it; Boucher and Anderson 2021).
pub fn inert(page: &str) -> String {
    page.chars()
        .filter(|&c| {
            let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            matches!(c, '\n' | '\t') || !(c.is_control() || turns || c == '\u{feff}')
        })
        .collect()
}

/// A policy that allows this style, this script and nothing else: no network, no frames, no forms.
pub fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        digest(style),
        digest(script)
    )
}

fn digest(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes())))
}
