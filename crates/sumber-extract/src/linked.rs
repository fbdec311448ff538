//! Metadata in JSON-LD: what schema.org's articles tell of themselves.

use rustc_hash::FxHashMap;
use serde_json::Value;
use sumber_core::{DateEvidence, DateSource};

use crate::byline;
use crate::escape::unescape;
use crate::meta::{Found, evidence};
use crate::words::PageLexicon;

/// Objects of a script by the names that others call them by.
type Named<'a> = FxHashMap<&'a str, &'a Value>;

/// Reads one JSON-LD script; line breaks inside strings and commas after the last part, common faults, are
/// mended.
pub fn read(script: &str, lexicon: &PageLexicon, found: &mut Found) {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    let parsed = serde_json::from_str::<Value>(script).or_else(|_| serde_json::from_str(&mended(script)));
    let Ok(value) = parsed else { return };
    let mut waiting = vec![&value];
    let (mut articles, mut named) = (Vec::new(), Named::default());
    let mut pages = Vec::new();
    let mut publishers = Vec::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(fields) => {
                let kinds = types(value);
                if let Some(id) = fields.get("@id").and_then(Value::as_str) {
                    named.entry(id).or_insert(value);
                }
                if kinds.iter().any(|k| {
                    k.ends_with("Article")
                        || k.ends_with("BlogPosting")
                        || k.ends_with("Report")
                        || k.ends_with("Posting")
                }) {
                    articles.push(value);
                } else if kinds.iter().any(|k| k.ends_with("WebPage")) {
                    pages.push(value);
                } else if kinds.iter().any(|k| *k == "NewsMediaOrganization" || *k == "WebSite") {
                    publishers.extend(fields.get("name").and_then(Value::as_str).map(str::to_owned));
                }
                waiting.extend(
                    ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"]
                        .iter()
                        .filter_map(|name| fields.get(*name))
                        .filter(|v| !v.is_string()),
                );
            }
            _ => {}
        }
    }
    for article in articles {
        read_article(article, &named, lexicon, found);
    }
    if found.published.is_empty() {
        for page in pages {
            found.published.extend(linked_date(page, "datePublished"));
            found.modified.extend(linked_date(page, "dateModified"));
        }
    }
    found.sites.extend(publishers);
}

fn types(value: &Value) -> Vec<&str> {
    match value.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn text_of(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(unescape(text)),
        Value::Array(list) => list.first().and_then(Value::as_str).map(unescape),
        _ => None,
    }
}

fn linked_date(value: &Value, name: &str) -> Option<DateEvidence> {
    text_of(value, name).map(|words| evidence(DateSource::LinkedData, name, words))
}

/// What a value stands for: the object that it names by its id, else itself.
fn called<'a>(value: &'a Value, named: &Named<'a>) -> &'a Value {
    let id = value.get("@id").filter(|_| value.get("name").is_none()).and_then(Value::as_str);
    id.and_then(|id| named.get(id).copied()).unwrap_or(value)
}

/// A script without control characters and without commas after the last part of a list or object.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in script.chars() {
        if !quoted && matches!(c, '}' | ']') {
            let end = out.trim_end().len();
            if out[..end].ends_with(',') {
                out.truncate(end - 1);
            }
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

fn read_article<'a>(value: &'a Value, named: &Named<'a>, lexicon: &PageLexicon, found: &mut Found) {
    found.titles.extend(text_of(value, "headline").or_else(|| text_of(value, "name")));
    found.published.extend(linked_date(value, "datePublished").or_else(|| linked_date(value, "dateCreated")));
    found.modified.extend(linked_date(value, "dateModified"));
    found.urls.extend(text_of(value, "url").or_else(|| {
        let page = value.get("mainEntityOfPage")?;
        page.as_str().map(str::to_owned).or_else(|| text_of(page, "@id"))
    }));
    found.languages.extend(text_of(value, "inLanguage"));
    for name in ["publisher", "sourceOrganization", "copyrightHolder"] {
        let publisher = value.get(name).map(|p| p.as_array().and_then(|list| list.first()).unwrap_or(p));
        if let Some(publisher) = publisher.map(|p| called(p, named)) {
            found.sites.extend(text_of(publisher, "name").or_else(|| publisher.as_str().map(str::to_owned)));
        }
    }
    let mut authors = Vec::new();
    let list = match value.get("author").or_else(|| value.get("creator")) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    for author in list.into_iter().map(|author| called(author, named)) {
        if types(author).contains(&"Organization") {
            continue;
        }
        let name = author.as_str().map(unescape).or_else(|| text_of(author, "name"));
        authors.extend(name.map(|n| byline::from_metadata(&n, lexicon)).unwrap_or_default());
    }
    authors.dedup();
    found.authors.push(authors);
    if found.body.is_none() {
        found.body = text_of(value, "articleBody").filter(|b| b.len() >= 200);
    }
}
