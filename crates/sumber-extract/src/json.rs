//! Articles that are articles already: one JSON object with `text` or `html` and what else is known. The
//! names of fields are those of sumber, news-please, Fundus, NGEC, trafilatura, newspaper, JSON Feed
//! and schema.org.

use serde_json::{Map, Value};
use sumber_core::{BODY_PARTS, Code, DateSource, HTML_FIELDS, Severity, TEXT_FIELDS};

use crate::charset::Finding;
use crate::dates::{self, Order};
use crate::draft::{Dated, Draft, Trust};
use crate::plain;
use crate::words::PageLexicon;
use crate::{address, byline, html, outlet, title};

const TITLE: &[&str] = &["title", "headline", "title_page", "name"];
const PUBLISHED: &[&str] = &[
    "published",
    "date",
    "date_publish",
    "published_at",
    "publishedAt",
    "datePublished",
    "date_published",
    "publish_date",
    "publication_date",
    "publishing_date",
    "pubDate",
    "pub_date",
    "pubdate",
    "published_time",
    "published_date",
    "publishDate",
    "publishedDate",
    "dc:date",
    "issued",
    "dcterms:created",
    "time",
];
const MODIFIED: &[&str] = &[
    "modified",
    "date_modify",
    "dateModified",
    "date_modified",
    "modified_time",
    "updated",
    "updated_at",
    "lastmod",
    "dcterms:modified",
];
const URL: &[&str] = &[
    "url",
    "link",
    "source_url",
    "canonical",
    "canonical_url",
    "source-url",
    "responded_url",
    "requested_url",
    "uri",
    "source",
];
const LANGUAGE: &[&str] = &["language", "lang", "inLanguage", "languageCode"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "creator"];
const OUTLET: &[&str] = &[
    "outlet",
    "sitename",
    "site_name",
    "source-hostname",
    "publisher",
    "source",
    "site",
    "newspaper",
    "publication",
    "media",
    "outlet_name",
];
const DOMAIN: &[&str] = &["domain", "source_domain", "hostname", "host"];
const CREDIT: &[&str] = &["credit", "agency", "wire"];

/// Reads one object. An object with `"teaser": true` is marked as the beginning of an article.
///
/// # Errors
/// What is wrong and what to do: the text is no JSON, no object, or has no article text.
pub fn read(text: &str, lexicon: &PageLexicon, findings: &mut Vec<Finding>) -> Result<Draft, String> {
    let value: Value = serde_json::from_str(text.trim())
        .map_err(|error| format!("this is no JSON ({error}); write one object with a field \"text\" on each line"))?;
    let Value::Object(fields) = value else {
        return Err("this is JSON but no object; write one object with a field \"text\" on each line".to_owned());
    };
    let address = |fields: &Map<String, Value>| {
        URL.iter().filter_map(|name| fields.get(*name)).filter_map(words).find(|u| u.contains("://"))
    };
    // Fundus keeps where a page came from beside the page
    let url = address(&fields).or_else(|| fields.get("html").and_then(Value::as_object).and_then(address));
    let page = string(&fields, HTML_FIELDS);
    let mut whole = None;
    let text =
        TEXT_FIELDS.iter().filter_map(|name| fields.get(*name)).map(body_of).find(|text| !text.trim().is_empty());
    let body = match (text, page) {
        (Some(text), _) if is_markup(&text) => html::fragment(&text, findings),
        (Some(text), _) => text,
        (None, Some(page)) if is_page(&page) => {
            let draft = html::read(&page, url.as_deref(), None, lexicon, findings);
            let text = draft.paragraphs.join("\n");
            whole = Some(draft);
            text
        }
        (None, Some(piece)) => html::fragment(&piece, findings),
        (None, None) => {
            return Err(
                "the object has no field \"text\" with the article in it; name the article's field \"text\"".to_owned()
            );
        }
    };
    if fields.get("teaser") == Some(&Value::Bool(true)) {
        let message = "only the beginning of the article stands here; fetch its address to read the whole".to_owned();
        findings.push((Severity::Note, Code::Teaser, message));
    }
    let domain = string(&fields, DOMAIN)
        .map(|d| d.trim().trim_start_matches("www.").to_lowercase())
        .filter(|d| crate::dateline::is_domain(d));
    let object_domain = fields.get("outlet").and_then(|o| o.get("domain")).and_then(Value::as_str).map(str::to_owned);
    let mut draft = Draft {
        authors: AUTHORS.iter().find_map(|name| fields.get(*name)).map(|v| names(v, lexicon)).unwrap_or_default(),
        outlet: OUTLET.iter().filter_map(|name| fields.get(*name)).filter_map(words).find(|name| !name.contains("://")),
        domain: object_domain.or(domain).or_else(|| url.as_deref().and_then(address::domain_of)),
        credit: string(&fields, CREDIT),
        published: date(&fields, PUBLISHED, lexicon),
        modified: date(&fields, MODIFIED, lexicon),
        language: string(&fields, LANGUAGE),
        url,
        ..Draft::default()
    };
    let site: Vec<String> = draft.outlet.iter().chain(&draft.domain).cloned().collect();
    draft.title = string(&fields, TITLE).and_then(|t| title::clean(&t, &site));
    if let Some(page) = whole {
        // what the object says of itself goes before what its page says
        draft.title = draft.title.or(page.title);
        draft.published = draft.published.or(page.published);
        draft.modified = draft.modified.or(page.modified);
        draft.updates = page.updates;
        draft.outlet = draft.outlet.or(page.outlet);
        draft.domain = draft.domain.or(page.domain);
        draft.credit = draft.credit.or(page.credit);
        draft.language = draft.language.or(page.language);
        draft.url = draft.url.or(page.url);
        if draft.authors.is_empty() {
            draft.authors = page.authors;
        }
    }
    let in_address = || draft.url.as_deref().and_then(|url| address::date_in_url(url, lexicon));
    draft.published = draft.published.take().or_else(in_address);
    let order = lexicon.order(draft.language.as_deref(), &body);
    let lines = plain::lines_of(&body, order, lexicon);
    draft.add_body(&lines, Trust::Paragraphs, lexicon);
    outlet::credit(&mut draft, lexicon);
    Ok(draft)
}

/// The text of a body: a string, a list of paragraphs, or an object of such lists.
fn body_of(value: &Value) -> String {
    let join = |parts: &mut dyn Iterator<Item = &Value>| {
        parts.map(body_of).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => join(&mut list.iter()),
        Value::Object(fields) => join(&mut BODY_PARTS.iter().filter_map(|part| fields.get(*part))),
        _ => String::new(),
    }
}

/// Whether a text is a piece of HTML: it closes elements or breaks lines by them.
fn is_markup(text: &str) -> bool {
    ["</p>", "</div>", "<br", "</a>", "</li>"].iter().any(|tag| text.contains(tag))
}

/// Whether HTML is a page of its own.
fn is_page(html: &str) -> bool {
    let head = html.bytes().take(4096).collect::<Vec<u8>>().to_ascii_lowercase();
    [b"<html".as_slice(), b"<body", b"<!doctype"].iter().any(|tag| memchr::memmem::find(&head, tag).is_some())
}

/// The first field of these names that holds words: a string, an object with a name, a list of those.
fn string(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| fields.get(*name)).find_map(words)
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Object(fields) => fields.get("name").or_else(|| fields.get("title")).and_then(words),
        Value::Array(list) => list.first().and_then(words),
        _ => None,
    }
}

fn names(value: &Value, lexicon: &PageLexicon) -> Vec<String> {
    match value {
        Value::String(text) => byline::from_metadata(text, lexicon),
        Value::Array(list) => {
            let mut all: Vec<String> = Vec::new();
            for name in list.iter().filter_map(words).flat_map(|n| byline::from_metadata(&n, lexicon)) {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
            all
        }
        Value::Object(_) => words(value).map(|n| byline::from_metadata(&n, lexicon)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A date as text, or as seconds or milliseconds since 1970.
fn date(fields: &Map<String, Value>, names: &[&str], lexicon: &PageLexicon) -> Option<Dated> {
    names.iter().filter_map(|name| Some((*name, fields.get(*name)?))).find_map(|(name, value)| {
        let (value, words) = match value {
            Value::String(text) => {
                let day_first = || dates::find(text, lexicon, Order::DAY_FIRST).into_iter().next().map(|d| d.value);
                (dates::parse(text, lexicon).or_else(day_first)?, text.clone())
            }
            Value::Number(number) => {
                let seconds = number.as_i64().or_else(|| number.as_f64().map(|f| f as i64))?;
                let seconds = if seconds > 100_000_000_000 { seconds / 1000 } else { seconds };
                let time = jiff::Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
                (format!("{}+00:00", time.to_zoned(jiff::tz::TimeZone::UTC).datetime()), number.to_string())
            }
            _ => return None,
        };
        Some(Dated::new(value, DateSource::Field, Some(name), &words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    #[test]
    fn fields_of_other_tools_are_understood() {
        let lexicon = lexicon();
        let line = r#"{"maintext": "Il porto riapre domani.\nLa nave parte.", "title": "Porto riaperto", "date_publish": "2024-05-03 10:00:00", "source_domain": "www.faro.example", "authors": ["Marta Bellini"], "language": "it"}"#;
        let draft = read(line, &lexicon, &mut Vec::new()).unwrap();
        assert_eq!(draft.paragraphs, ["Il porto riapre domani.", "La nave parte."]);
        assert_eq!(draft.published.as_deref(), Some("2024-05-03"));
        assert_eq!(draft.domain.as_deref(), Some("faro.example"));
        assert_eq!(draft.authors, ["Marta Bellini"]);
    }

    #[test]
    fn a_body_in_sections_a_source_that_is_an_address_and_text_of_an_event() {
        let line = r#"{"title": "Porto riaperto", "publishing_date": "2024-05-03 10:00:00+02:00", "publisher": "Il Faro",
            "body": {"sections": [{"headline": ["Domani"], "paragraphs": ["Il porto riapre domani.", "La nave parte."]}], "summary": ["Una nave aspetta."]},
            "html": {"responded_url": "https://faro.example/porto", "content": "<p>x</p>"}}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(draft.paragraphs, ["Una nave aspetta.", "Domani", "Il porto riapre domani.", "La nave parte."]);
        assert_eq!(draft.published.as_deref(), Some("2024-05-03T10:00:00+02:00"));
        assert_eq!(
            (draft.url.as_deref(), draft.outlet.as_deref()),
            (Some("https://faro.example/porto"), Some("Il Faro"))
        );
        let line = r#"{"raw_text": "A ship waits.", "source": "https://bay.example/1", "source-hostname": "The Bay Ledger", "date": "2024-05-03", "author": "Ana Reis"}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(
            (draft.url.as_deref(), draft.outlet.as_deref()),
            (Some("https://bay.example/1"), Some("The Bay Ledger"))
        );
        let line =
            r#"{"id": "7", "event_text": "A ship waits.", "publication": "The Bay Ledger", "date": "2024-05-03"}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!((draft.paragraphs.len(), draft.outlet.as_deref()), (1, Some("The Bay Ledger")));
    }

    #[test]
    fn a_publisher_may_be_an_object_and_a_date_a_number() {
        let line = r#"{"text": "A ship waits.", "publisher": {"name": "The Bay Ledger"}, "date": 1714730400}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(draft.outlet.as_deref(), Some("The Bay Ledger"));
        assert_eq!(draft.published.as_deref(), Some("2024-05-03T10:00:00+00:00"));
    }

    #[test]
    fn without_a_field_for_it_the_day_is_that_of_the_address() {
        let line = r#"{"text": "A ship waits.", "url": "https://bay.example/2024/05/03/ship"}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(draft.published.as_deref(), Some("2024-05-03"));
    }

    #[test]
    fn html_in_a_field_becomes_paragraphs_and_a_teaser_is_marked() {
        let mut findings = Vec::new();
        let line = r#"{"content_html": "<p>The ferry waits.</p><p>Nobody knows <b>why</b>.</p>", "teaser": true}"#;
        let draft = read(line, &lexicon(), &mut findings).unwrap();
        assert_eq!(draft.paragraphs, ["The ferry waits.", "Nobody knows why."]);
        assert_eq!(findings.iter().map(|(_, code, _)| *code).collect::<Vec<_>>(), [Code::Teaser]);
        let line = r#"{"body": "The ferry waits.<br><br>Nobody knows why."}"#;
        let draft = read(line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(draft.paragraphs, ["The ferry waits.", "Nobody knows why."]);
    }

    #[test]
    fn a_page_in_a_field_is_read_as_a_page() {
        let page = "<!doctype html><html><head><title>Ferry waits</title></head><body><nav>Home</nav><article><h1>Ferry waits</h1>\
            <p>The ferry has been waiting outside the harbour of Port Ellis since Monday, its captain said by radio.</p>\
            <p>Nobody on land could say when the harbour would open again, or who would pay for the days lost.</p></article></body></html>";
        let line = serde_json::json!({"raw_html": page, "date": "2024-05-03"}).to_string();
        let draft = read(&line, &lexicon(), &mut Vec::new()).unwrap();
        assert_eq!(draft.paragraphs.len(), 2, "{draft:?}");
        assert_eq!(draft.title.as_deref(), Some("Ferry waits"));
        assert_eq!(draft.published.as_deref(), Some("2024-05-03"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let lexicon = lexicon();
        assert!(read("{", &lexicon, &mut Vec::new()).unwrap_err().contains("no JSON"));
        assert!(read("[1]", &lexicon, &mut Vec::new()).unwrap_err().contains("no object"));
        assert!(read("{\"a\": 1}", &lexicon, &mut Vec::new()).unwrap_err().contains("\"text\""));
    }
}
