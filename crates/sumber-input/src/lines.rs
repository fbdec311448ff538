//! Articles as JSON: lines of a .jsonl file, a list or one object of a .json file; and the fields that
//! the user says hold what.

use std::io::BufRead;
use std::path::Path;

use serde_json::{Map, Value};
use sumber_core::{
    BODY_PARTS, Code, Diagnostic, HTML_FIELDS, MOST_PAGE_BYTES, Page, PageFormat, Severity, TEXT_FIELDS,
};

use crate::finding::{empty, finding, unreadable};
use crate::limits::read_line;

/// Where a field of an article stands in objects of another tool: `text=body.main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPath {
    /// The field's name for sumber.
    pub field: String,
    /// Names of the fields on the way down; a number counts the items of a list from 0.
    pub path: Vec<String>,
}

impl std::str::FromStr for FieldPath {
    type Err = String;

    fn from_str(text: &str) -> Result<FieldPath, String> {
        match text.split_once('=') {
            Some((field, path)) if !field.trim().is_empty() && !path.trim().is_empty() => Ok(FieldPath {
                field: field.trim().to_owned(),
                path: path.trim().split('.').map(str::to_owned).collect(),
            }),
            _ => Err("write FIELD=PATH, for example text=body.main".to_owned()),
        }
    }
}

/// The lines of a .jsonl file: each an article.
pub struct Lines {
    name: String,
    input: Box<dyn BufRead + Send>,
    map: Vec<FieldPath>,
    line: u64,
    found: bool,
    done: bool,
}

impl Lines {
    /// Reads `input`, the file `name`.
    pub fn new(name: String, input: Box<dyn BufRead + Send>, map: &[FieldPath]) -> Lines {
        Lines { name, input, map: map.to_vec(), line: 0, found: false, done: false }
    }
}

impl Iterator for Lines {
    type Item = Result<Page, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let mut bytes = Vec::new();
            let whole = match read_line(&mut self.input, &mut bytes, MOST_PAGE_BYTES) {
                Ok(Some(whole)) => whole,
                Ok(None) => {
                    self.done = true;
                    break;
                }
                Err(error) => {
                    self.done = true;
                    self.found = true;
                    return Some(Err(unreadable(Path::new(&self.name), &error)));
                }
            };
            self.line += 1;
            let place = format!("{}:{}", self.name, self.line);
            let start = if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let trimmed = bytes[start..].trim_ascii();
            if trimmed.is_empty() {
                continue;
            }
            self.found = true;
            if !whole {
                let message = format!("the line is longer than {MOST_PAGE_BYTES} bytes and was left out; shorten it");
                return Some(Err(finding(Severity::Skipped, Code::TooLarge, place, message)));
            }
            return Some(
                parse(trimmed)
                    .and_then(|value| of_value(value, Some(trimmed), place.clone(), &self.map))
                    .map_err(|(code, message)| finding(Severity::Skipped, code, place, message)),
            );
        }
        if self.found {
            return None;
        }
        self.found = true;
        Some(Err(empty(self.name.clone())))
    }
}

/// The pages of a .json file: one object, or a list of them. `bytes` are the file as it was written.
pub fn of_json(name: &str, value: Value, bytes: &[u8], map: &[FieldPath]) -> Vec<Result<Page, (Code, String, String)>> {
    match value {
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(n, item)| {
                let place = format!("{name}:{}", n + 1);
                of_value(item, None, place.clone(), map).map_err(|(code, message)| (code, place, message))
            })
            .collect(),
        object => {
            vec![
                of_value(object, Some(bytes), name.to_owned(), map)
                    .map_err(|(code, message)| (code, name.to_owned(), message)),
            ]
        }
    }
}

/// JSON as a value, or what is wrong with it; bytes that are no UTF-8 are replaced.
pub fn parse(bytes: &[u8]) -> Result<Value, (Code, String)> {
    serde_json::from_str(&String::from_utf8_lossy(bytes)).map_err(|error| {
        let column = if error.line() == 1 { format!(" at column {}", error.column()) } else { String::new() };
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or("");
        (
            Code::BrokenLine,
            format!("no valid JSON{column} ({what}); write one object with a field \"text\" on each line"),
        )
    })
}

/// A page of a parsed object; `bytes` as it was written, where it is at hand.
fn of_value(value: Value, bytes: Option<&[u8]>, path: String, map: &[FieldPath]) -> Result<Page, (Code, String)> {
    let mapped: Vec<(String, Value)> =
        map.iter().filter_map(|m| Some((m.field.clone(), at(&value, &m.path)?.clone()))).collect();
    let Value::Object(mut fields) = value else {
        let message = "JSON, but no object; write one object with a field \"text\" on each line";
        return Err((Code::BrokenLine, message.to_owned()));
    };
    let bytes = bytes.filter(|_| mapped.is_empty());
    fields.extend(mapped);
    check(&fields)?;
    Ok(match bytes {
        Some(bytes) => Page { path, format: PageFormat::Json, bytes: bytes.to_vec(), ..Page::default() },
        None => page_of(path, fields),
    })
}

/// A page of the fields of an article.
pub fn page_of(path: String, fields: Map<String, Value>) -> Page {
    let bytes = Value::Object(fields).to_string().into_bytes();
    Page { path, format: PageFormat::Json, bytes, rewritten: true, ..Page::default() }
}

fn at<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| match value {
        Value::Object(fields) => fields.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Whether an object has an article's text in it; says what is wrong.
fn check(fields: &Map<String, Value>) -> Result<(), (Code, String)> {
    if holds_text(fields) {
        return Ok(());
    }
    let near = fields.keys().find(|k| TEXT_FIELDS.iter().any(|t| k.eq_ignore_ascii_case(t)));
    let hint =
        near.map_or(String::new(), |k| format!(" (its field \"{k}\" holds no text, or is written in another way)"));
    Err((
        Code::BrokenLine,
        format!(
            "the object has no field \"text\" with the article's text{hint}; name that field \"text\", or say where it stands with --map text=FIELD"
        ),
    ))
}

/// Whether an article's text stands in one of the fields that may hold it.
pub fn holds_text(fields: &Map<String, Value>) -> bool {
    TEXT_FIELDS.iter().chain(HTML_FIELDS).any(|name| fields.get(*name).is_some_and(holds_words))
}

/// Whether a value is words, or holds some further in: paragraphs in a list, lists in sections.
fn holds_words(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => list.iter().any(holds_words),
        Value::Object(fields) => BODY_PARTS.iter().filter_map(|part| fields.get(*part)).any(holds_words),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_another_tool_are_found_where_the_user_says() {
        let map: Vec<FieldPath> =
            ["text=article.parts.1.plain", "published=when"].iter().map(|m| m.parse().unwrap()).collect();
        let line = br#"{"article": {"parts": [{}, {"plain": "A ship waits."}]}, "when": "2024-05-03"}"#;
        let page = of_value(parse(line).unwrap(), Some(line), "x:1".to_owned(), &map).unwrap();
        let value: Value = serde_json::from_slice(&page.bytes).unwrap();
        assert_eq!((&value["text"], &value["published"]), (&Value::from("A ship waits."), &Value::from("2024-05-03")));
        let without = of_value(parse(line).unwrap(), Some(line), "x:1".to_owned(), &[]);
        assert!(without.unwrap_err().1.contains("--map"));
        assert!("text".parse::<FieldPath>().is_err());
    }

    #[test]
    fn a_list_of_articles_is_one_after_another() {
        let list = br#"[{"text": "A"}, 3, {"text": "B"}]"#;
        let pages = of_json("a.json", parse(list).unwrap(), list, &[]);
        let places: Vec<_> =
            pages.iter().map(|p| p.as_ref().map_or_else(|e| e.1.clone(), |p| p.path.clone())).collect();
        assert_eq!(places, ["a.json:1", "a.json:2", "a.json:3"]);
        assert!(pages[1].is_err() && pages[2].is_ok());
    }
}
