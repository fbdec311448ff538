//! Reading paths: what becomes a page, what becomes a finding, and that one never stops the other.

use std::fs;
use std::path::{Path, PathBuf};

use sumber_core::{Code, MOST_PAGE_BYTES, PageFormat, Severity};
use sumber_input::read_pages;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Names of pages with their formats.
type Names = Vec<(String, PageFormat)>;

/// Names of the pages below the folder with their formats, and codes of the findings with their places.
fn read(root: &Path) -> (Names, Vec<(Code, String)>) {
    let (pages, findings) = read_pages(&[root.to_owned()]);
    let short = |path: &str| path.strip_prefix(&format!("{}/", root.display())).unwrap_or(path).to_owned();
    (
        pages.iter().map(|p| (short(&p.path), p.format)).collect(),
        findings.iter().map(|f| (f.code, short(&f.place))).collect(),
    )
}

#[test]
fn a_folder_is_read_in_the_order_of_names_without_hidden_files() {
    let root = folder(&[
        ("b.html", b"<p>x</p>"),
        ("a.txt", b"A ship."),
        (".secret.txt", b"no"),
        (".git/x.txt", b"no"),
        ("c/d.txt", b"A ship."),
    ]);
    let (pages, findings) = read(root.path());
    let names: Vec<_> = pages.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.txt", "b.html", "c/d.txt"]);
    assert_eq!(findings, []);
}

#[test]
fn every_line_of_a_jsonl_file_is_a_page_and_broken_lines_are_named() {
    let lines = b"\xef\xbb\xbf{\"text\": \"A ship.\"}\n\n{\"text\": \n[1]\n{\"title\": \"x\"}\n{\"maintext\": \"B\"}";
    let root = folder(&[("a.jsonl", lines)]);
    let (pages, findings) = read(root.path());
    assert_eq!(pages, [("a.jsonl:1".to_owned(), PageFormat::Json), ("a.jsonl:6".to_owned(), PageFormat::Json)]);
    let wanted = ["a.jsonl:3", "a.jsonl:4", "a.jsonl:5"].map(|place| (Code::BrokenLine, place.to_owned()));
    assert_eq!(findings, wanted);
}

#[test]
fn an_address_is_not_read_but_said_how_to_get() {
    let (pages, findings) = read_pages(&[PathBuf::from("https://a.example/1")]);
    assert_eq!((pages.len(), findings[0].code), (0, Code::AddressOnly));
    assert!(findings[0].message.contains("sumber fetch https://a.example/1 -o DIR"), "{findings:?}");
}

#[test]
fn contents_tell_what_names_do_not() {
    let root = folder(&[
        ("page", b"<!DOCTYPE html><html><body>x"),
        ("note", b"A ship waits."),
        ("saved.txt", b"<html><head></head>"),
        ("p.md", b"Text."),
    ]);
    let (pages, _) = read(root.path());
    let formats: Vec<_> = pages.iter().map(|(_, format)| *format).collect();
    assert_eq!(formats, [PageFormat::Text, PageFormat::Text, PageFormat::Html, PageFormat::Html]);
}

#[test]
fn empty_and_binary_files_are_skipped_with_a_finding() {
    let root = folder(&[
        ("a.txt", b""),
        ("b.txt", b"\x89PNG\r\n\x1a\n"),
        ("c.html", b"\0\0\0\0\x01\x02"),
        ("d.jsonl", b"\n\n"),
        ("e.txt", b"ok"),
    ]);
    let (pages, findings) = read(root.path());
    assert_eq!(pages.len(), 1);
    let codes: Vec<_> = findings.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::EmptyFile, Code::Binary, Code::Binary, Code::EmptyFile]);
}

#[test]
fn files_of_other_kinds_in_a_folder_are_noted() {
    let root =
        folder(&[("style.css", b"p {}"), ("gold.json", b"{\"name\": 1}"), ("one.json", b"{\"text\": \"A ship.\"}")]);
    let (pages, findings) = read_pages(&[root.path().to_owned()]);
    assert_eq!(pages.len(), 1);
    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|f| f.severity == Severity::Note && f.code == Code::UnknownFormat));
}

#[test]
fn a_path_that_does_not_exist_is_told_and_the_rest_is_read() {
    let root = folder(&[("a.txt", b"A ship.")]);
    let (pages, findings) = read_pages(&[PathBuf::from("/no/such/thing"), root.path().join("a.txt")]);
    assert_eq!(pages.len(), 1);
    assert_eq!((findings[0].code, findings[0].place.as_str()), (Code::Unreadable, "/no/such/thing"));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_found_and_the_rest_is_read() {
    let root = folder(&[("a/b.txt", b"A ship."), ("z.txt", b"A ship.")]);
    std::os::unix::fs::symlink(root.path(), root.path().join("a/loop")).unwrap();
    let (pages, findings) = read(root.path());
    assert_eq!(pages.len(), 2);
    assert_eq!(findings, [(Code::LinkLoop, "a/loop".to_owned())]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_unreadable() {
    let root = folder(&[("z.txt", b"A ship.")]);
    std::os::unix::fs::symlink(root.path().join("gone"), root.path().join("a.txt")).unwrap();
    let (pages, findings) = read(root.path());
    assert_eq!(pages.len(), 1);
    assert_eq!(findings, [(Code::Unreadable, "a.txt".to_owned())]);
}

#[test]
fn a_file_beyond_the_limit_is_read_as_far_as_the_limit() {
    let root = folder(&[("a.txt", &vec![b'a'; MOST_PAGE_BYTES + 5000])]);
    let (pages, _) = read_pages(&[root.path().to_owned()]);
    assert_eq!(pages[0].bytes.len(), MOST_PAGE_BYTES + 1);
}
