//! Articles that are articles already: one JSON object with `text` and what else is known. The names
//! of fields are those of sumber, news-please, trafilatura, newspaper and schema.org.

use serde_json::{Map, Value};
use sumber_core::TEXT_FIELDS;

use crate::dates::{self, Order};
use crate::draft::{Draft, Trust};
use crate::plain;
use crate::words::PageLexicon;
use crate::{byline, outlet, title};

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
    "pubDate",
    "pub_date",
    "pubdate",
    "published_time",
    "time",
];
const MODIFIED: &[&str] =
    &["modified", "date_modify", "dateModified", "date_modified", "modified_time", "updated", "updated_at", "lastmod"];
const URL: &[&str] = &["url", "link", "source_url", "canonical", "canonical_url", "source-url", "uri"];
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
    "media",
    "outlet_name",
];
const DOMAIN: &[&str] = &["domain", "source_domain", "hostname", "host"];
const CREDIT: &[&str] = &["credit", "agency", "wire"];

/// Reads one object.
///
/// # Errors
/// What is wrong and what to do: the text is no JSON, no object, or has no article text.
pub fn read(text: &str, lexicon: &PageLexicon) -> Result<Draft, String> {
    let value: Value = serde_json::from_str(text.trim())
        .map_err(|error| format!("this is no JSON ({error}); write one object with a field \"text\" on each line"))?;
    let Value::Object(fields) = value else {
        return Err("this is JSON but no object; write one object with a field \"text\" on each line".to_owned());
    };
    let Some(body) = string(&fields, TEXT_FIELDS) else {
        return Err(
            "the object has no field \"text\" with the article in it; name the article's field \"text\"".to_owned()
        );
    };
    let url = string(&fields, URL).filter(|u| u.contains("://"));
    let domain = string(&fields, DOMAIN)
        .map(|d| d.trim().trim_start_matches("www.").to_lowercase())
        .filter(|d| crate::dateline::is_domain(d));
    let object_domain = fields.get("outlet").and_then(|o| o.get("domain")).and_then(Value::as_str).map(str::to_owned);
    let mut draft = Draft {
        authors: AUTHORS.iter().find_map(|name| fields.get(*name)).map(|v| names(v, lexicon)).unwrap_or_default(),
        outlet: string(&fields, OUTLET),
        domain: object_domain.or(domain).or_else(|| url.as_deref().and_then(outlet::domain_of)),
        credit: string(&fields, CREDIT),
        published: date(&fields, PUBLISHED, lexicon),
        modified: date(&fields, MODIFIED, lexicon),
        language: string(&fields, LANGUAGE),
        url,
        ..Draft::default()
    };
    let site: Vec<String> = draft.outlet.iter().chain(&draft.domain).cloned().collect();
    draft.title = string(&fields, TITLE).and_then(|t| title::clean(&t, &site));
    let order = lexicon.order(draft.language.as_deref(), &body);
    let lines = plain::lines_of(&body, order, lexicon);
    draft.add_body(&lines, Trust::Paragraphs, lexicon);
    outlet::credit(&mut draft, lexicon);
    Ok(draft)
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
fn date(fields: &Map<String, Value>, names: &[&str], lexicon: &PageLexicon) -> Option<String> {
    names.iter().filter_map(|name| fields.get(*name)).find_map(|value| match value {
        Value::String(text) => dates::parse(text, lexicon)
            .or_else(|| dates::find(text, lexicon, Order::DayFirst).into_iter().next().map(|d| d.value)),
        Value::Number(number) => {
            let number = number.as_i64().or_else(|| number.as_f64().map(|f| f as i64))?;
            let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
            let time = jiff::Timestamp::from_second(seconds).ok()?;
            (seconds > 0).then(|| format!("{}+00:00", time.to_zoned(jiff::tz::TimeZone::UTC).datetime()))
        }
        _ => None,
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
        let draft = read(line, &lexicon).unwrap();
        assert_eq!(draft.paragraphs, ["Il porto riapre domani.", "La nave parte."]);
        assert_eq!(draft.published.as_deref(), Some("2024-05-03"));
        assert_eq!(draft.domain.as_deref(), Some("faro.example"));
        assert_eq!(draft.authors, ["Marta Bellini"]);
    }

    #[test]
    fn a_publisher_may_be_an_object_and_a_date_a_number() {
        let line = r#"{"text": "A ship waits.", "publisher": {"name": "The Bay Ledger"}, "date": 1714730400}"#;
        let draft = read(line, &lexicon()).unwrap();
        assert_eq!(draft.outlet.as_deref(), Some("The Bay Ledger"));
        assert_eq!(draft.published.as_deref(), Some("2024-05-03T10:00:00+00:00"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let lexicon = lexicon();
        assert!(read("{", &lexicon).unwrap_err().contains("no JSON"));
        assert!(read("[1]", &lexicon).unwrap_err().contains("no object"));
        assert!(read("{\"a\": 1}", &lexicon).unwrap_err().contains("\"text\""));
    }
}
