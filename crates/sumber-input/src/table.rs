//! Tables (CSV, TSV): a row an article where a column holds text; a list of addresses where none does
//! but one holds addresses, as in the lists of GDELT.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value};
use sumber_core::{Code, Diagnostic, HTML_FIELDS, MOST_PAGE_BYTES, Page, Severity, TEXT_FIELDS};

use crate::finding::{addresses, empty, finding, unreadable};
use crate::lines::{FieldPath, holds_text, page_of};

/// Other names that tell that a first row names the columns.
const HEADERS: &[&str] =
    &["url", "link", "title", "headline", "date", "published", "source_url", "documentidentifier", "sourceurl"];

type Input = Budget<Box<dyn BufRead + Send>>;

/// A reader that gives no more bytes than the row may have.
struct Budget<R> {
    inner: R,
    left: Arc<AtomicUsize>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            let message = format!("a row is longer than {MOST_PAGE_BYTES} bytes; a quotation mark may have no end");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let most = buffer.len().min(left);
        let read = self.inner.read(&mut buffer[..most])?;
        self.left.fetch_sub(read, Ordering::Relaxed);
        Ok(read)
    }
}

/// The rows of a table: each an article.
pub struct Table {
    name: String,
    rows: csv::Reader<Input>,
    left: Arc<AtomicUsize>,
    columns: Vec<String>,
    /// Columns that the user mapped, by number.
    mapped: Vec<(String, usize)>,
    /// The number of the row read last, as a spreadsheet shows it.
    row: u64,
    done: bool,
}

/// What a table turned out to be.
pub enum Opened {
    /// Articles.
    Articles(Table),
    /// No articles; what to say.
    Nothing(Diagnostic),
}

/// Looks at the first row of `input`, the file `name`, and says what the table holds.
pub fn open(name: String, mut input: BufReader<Box<dyn Read + Send>>, map: &[FieldPath]) -> Opened {
    let delimiter = match input.fill_buf() {
        Ok(head) => delimiter(head),
        Err(error) => return Opened::Nothing(unreadable(Path::new(&name), &error)),
    };
    let left = Arc::new(AtomicUsize::new(MOST_PAGE_BYTES));
    let input = Budget { inner: Box::new(input) as Box<dyn BufRead + Send>, left: left.clone() };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(input);
    let mut first = csv::ByteRecord::new();
    match rows.read_byte_record(&mut first) {
        Ok(true) => {}
        Ok(false) => return Opened::Nothing(empty(name)),
        Err(error) => return Opened::Nothing(broken(&name, 1, &error).1),
    }
    let cells: Vec<String> = first.iter().map(text_of).collect();
    let named = |names: &[&str]| cells.iter().any(|c| names.iter().any(|n| n.eq_ignore_ascii_case(c)));
    let mapped: Vec<(String, usize)> = map
        .iter()
        .filter_map(|m| Some((m.field.clone(), cells.iter().position(|c| *c == m.path.join("."))?)))
        .collect();
    let has_text = named(TEXT_FIELDS) || named(HTML_FIELDS) || mapped.iter().any(|(field, _)| field == "text");
    if has_text {
        return Opened::Articles(Table { name, rows, left, columns: cells, mapped, row: 1, done: false });
    }
    let header = named(HEADERS);
    Opened::Nothing(list(name, rows, &left, (!header).then_some(first)))
}

/// A table without text: how many addresses it has.
fn list(name: String, mut rows: csv::Reader<Input>, left: &AtomicUsize, first: Option<csv::ByteRecord>) -> Diagnostic {
    let mut found = BTreeSet::new();
    let mut row = first.unwrap_or_default();
    for _ in 0..=crate::limits::MOST_ITEMS {
        found.extend(row.iter().find(|cell| is_address(cell)).map(sumber_core::hash64));
        left.store(MOST_PAGE_BYTES, Ordering::Relaxed);
        if !rows.read_byte_record(&mut row).unwrap_or(false) {
            break;
        }
    }
    if found.is_empty() {
        let message = "no column is called \"text\" and none holds addresses; name the column with the article \"text\", or say which it is with --map text=COLUMN";
        return finding(Severity::Skipped, Code::UnknownFormat, name, message);
    }
    let how = format!("--list {name} -o DIR");
    addresses(name, found.len(), &how)
}

/// The addresses in a file: the first of each row of a table, else one a line.
pub fn addresses_in(name: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let table = name.to_ascii_lowercase();
    let table = table.ends_with(".csv")
        || table.ends_with(".tsv")
        || bytes.split(|b| *b == b'\n').next().is_some_and(|l| l.contains(&b'\t'));
    if !table {
        return text.lines().map(str::trim).filter(|l| is_address(l.as_bytes())).map(str::to_owned).collect();
    }
    let rows =
        csv::ReaderBuilder::new().delimiter(delimiter(bytes)).has_headers(false).flexible(true).from_reader(bytes);
    let rows = rows.into_byte_records().filter_map(Result::ok);
    rows.filter_map(|row| row.iter().find(|cell| is_address(cell)).map(|cell| text_of(cell.trim_ascii()))).collect()
}

/// Whether a cell holds an address of the web and nothing else.
pub fn is_address(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    (cell.starts_with(b"http://") || cell.starts_with(b"https://")) && !cell.iter().any(u8::is_ascii_whitespace)
}

impl Iterator for Table {
    type Item = Result<Page, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.left.store(MOST_PAGE_BYTES, Ordering::Relaxed);
            let mut row = csv::ByteRecord::new();
            match self.rows.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.row += 1;
                    let (last, finding) = broken(&self.name, self.row, &error);
                    self.done = last;
                    return Some(Err(finding));
                }
            }
            self.row += 1;
            let place = format!("{}:{}", self.name, self.row);
            let mut fields = Map::new();
            for (column, cell) in self.columns.iter().zip(row.iter()).filter(|(c, _)| !c.is_empty()) {
                // the names of fields are written small in the lists that know them, but for a few
                fields.entry(column.to_lowercase()).or_insert_with(|| Value::from(text_of(cell)));
                fields.entry(column.clone()).or_insert_with(|| Value::from(text_of(cell)));
            }
            for (field, column) in &self.mapped {
                fields.insert(field.clone(), Value::from(row.get(*column).map(text_of).unwrap_or_default()));
            }
            if !holds_text(&fields) {
                if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
                    continue;
                }
                let message = "the row holds no text; fill it or take it out";
                return Some(Err(finding(Severity::Skipped, Code::BrokenLine, place, message)));
            }
            return Some(Ok(page_of(place, fields)));
        }
        None
    }
}

/// A row that cannot be read, and whether it is the last that can be tried.
fn broken(name: &str, row: u64, error: &csv::Error) -> (bool, Diagnostic) {
    let message = format!("the row cannot be read ({error}); check its quotation marks");
    let last = matches!(error.kind(), csv::ErrorKind::Io(_));
    (last, finding(Severity::Skipped, Code::BrokenLine, format!("{name}:{row}"), message))
}

/// A cell as text; old tables of the west are in one of two charsets.
fn text_of(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(cell).0.into_owned(),
    }
}

/// The sign between the cells of the first row: the one that stands there most.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    [b'\t', b';', b','].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str, map: &[&str]) -> Opened {
        let input: Box<dyn Read + Send> = Box::new(io::Cursor::new(text.to_owned().into_bytes()));
        let map: Vec<FieldPath> = map.iter().map(|m| m.parse().unwrap()).collect();
        open("t.csv".to_owned(), BufReader::new(input), &map)
    }

    fn pages(text: &str, map: &[&str]) -> Vec<Result<Page, Diagnostic>> {
        match opened(text, map) {
            Opened::Articles(table) => table.collect(),
            Opened::Nothing(finding) => vec![Err(finding)],
        }
    }

    #[test]
    fn rows_are_articles_whatever_stands_between_the_cells() {
        for text in [
            "Title,Text,Date\nFerry,\"A ship, a pier.\nA crew.\",2024-05-03\n",
            "\u{feff}Title\tText\tDate\nFerry\t\"A ship, a pier.\nA crew.\"\t2024-05-03\n",
            "Title;Text;Date\r\nFerry;\"A ship, a pier.\nA crew.\";2024-05-03\r\n",
        ] {
            let pages = pages(text, &[]);
            let value: Value = serde_json::from_slice(&pages[0].as_ref().unwrap().bytes).unwrap();
            assert_eq!(value["text"], "A ship, a pier.\nA crew.", "{text}");
            assert_eq!((&value["title"], &value["date"]), (&Value::from("Ferry"), &Value::from("2024-05-03")));
            assert_eq!(pages[0].as_ref().unwrap().path, "t.csv:2");
        }
    }

    #[test]
    fn a_column_can_be_mapped() {
        let pages = pages("story id,Inhalt\n7,A ship waits.\n8,\n", &["text=Inhalt"]);
        assert!(pages[0].is_ok());
        assert_eq!(pages[1].as_ref().unwrap_err().place, "t.csv:3");
    }

    #[test]
    fn a_list_of_addresses_is_told_from_a_table_of_something_else() {
        let code = |text: &str| match opened(text, &[]) {
            Opened::Nothing(finding) => (finding.code, finding.message),
            Opened::Articles(_) => panic!("{text}"),
        };
        let (list, message) = code("20240503\t17\thttps://a.example/1\n20240503\t18\thttps://a.example/2\n");
        assert_eq!(list, Code::AddressOnly);
        assert!(message.starts_with("2 addresses"), "{message}");
        assert!(code("url,tone\nhttps://a.example/1,3\n").1.starts_with("one address"));
        assert_eq!(code("a,b\n1,2\n").0, Code::UnknownFormat);
    }

    #[test]
    fn a_quotation_without_end_does_not_fill_the_memory() {
        let text = format!("title,text\nA,\"open {}", "x".repeat(MOST_PAGE_BYTES + (1 << 20)));
        let pages = pages(&text, &[]);
        assert_eq!(pages.len(), 1);
        assert!(pages[0].as_ref().is_err_and(|e| e.message.contains("quotation mark")));
    }
}
