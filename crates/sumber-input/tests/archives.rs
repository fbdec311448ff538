//! Archives, feeds, tables and saved pages: what becomes a page, what is passed over and said.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sumber_core::{Code, Diagnostic, MOST_PAGE_BYTES, Page, PageFormat, Severity};
use sumber_input::read_pages;

const PAGE: &str =
    "<html><head><title>Ferry</title></head><body><p>The ferry waits outside the harbour.</p></body></html>";

fn record(kind: &str, url: &str, block: &str) -> Vec<u8> {
    let content = if kind == "response" { "application/http; msgtype=response" } else { "text/plain; charset=utf-8" };
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-08-06T10:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn answer(status: &str, kind: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn page(n: usize) -> Vec<u8> {
    record("response", &format!("https://a.example/{n}"), &answer("200 OK", "text/html; charset=utf-8", PAGE))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Reads one file of this name with these bytes; places are without the folder.
fn read(name: &str, bytes: &[u8]) -> (Vec<Page>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read_below(folder.path(), &path)
}

fn read_below(root: &Path, path: &Path) -> (Vec<Page>, Vec<Diagnostic>) {
    let (mut pages, mut findings) = read_pages(&[path.to_owned()]);
    let root = format!("{}/", root.display());
    pages.iter_mut().for_each(|p| p.path = p.path.replace(&root, ""));
    findings.iter_mut().for_each(|f| f.place = f.place.replace(&root, ""));
    (pages, findings)
}

fn urls(pages: &[Page]) -> Vec<&str> {
    pages.iter().map(|p| p.url.as_deref().unwrap_or("")).collect()
}

fn codes(findings: &[Diagnostic]) -> Vec<(Severity, Code)> {
    findings.iter().map(|f| (f.severity, f.code)).collect()
}

#[test]
fn an_archive_gives_its_pages_packed_or_not() {
    let records = [
        record("warcinfo", "", "software: test"),
        page(1),
        record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://a.example/x", &answer("404 Not Found", "text/html", PAGE)),
        record("response", "https://a.example/s.css", &answer("200 OK", "text/css", "p { color: red }")),
        record("response", "https://a.example/f", &answer("200 OK", "text/plain", "<rss><channel></channel></rss>")),
        record("conversion", "https://a.example/2", "The crew waits for the harbour master."),
        page(3),
    ];
    let plain = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|r| packed(r)).collect();
    for (name, bytes) in
        [("a.warc", &plain), ("a.warc.gz", &members), ("b.warc.gz", &packed(&plain)), ("c.bin", &plain)]
    {
        let (pages, findings) = read(name, bytes);
        assert_eq!(urls(&pages), ["https://a.example/1", "https://a.example/2", "https://a.example/3"], "{name}");
        assert_eq!(pages[1].format, PageFormat::Text);
        assert_eq!(pages[2].charset.as_deref(), Some("utf-8"));
        assert_eq!(pages[2].bytes, PAGE.as_bytes());
        assert_eq!(codes(&findings), [(Severity::Note, Code::NoPage)], "{name}");
    }
}

#[test]
fn reading_goes_on_at_an_offset() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.warc", [page(1), page(2), page(3)].concat()),
        ("a.warc.gz", [packed(&page(1)), packed(&page(2)), packed(&page(3))].concat()),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (pages, _) = read_pages(std::slice::from_ref(&path));
        let (rest, findings) = read_pages(&[PathBuf::from(&pages[1].path)]);
        assert_eq!(rest, pages[1..], "{name}");
        assert_eq!(findings, []);
    }
}

#[test]
fn broken_records_are_named_and_the_others_read() {
    let mut long = String::from_utf8(page(2)).unwrap();
    long = long.replacen("Content-Length: ", "Content-Length: 9", 1);
    let short = String::from_utf8(page(2)).unwrap().replacen("text/html", "text/htm\nx", 1);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("rubbish between", [page(1), b"rubbish\nmore rubbish\r\n\r\n".to_vec(), page(3)].concat()),
        ("a length that is too short", [page(1), short.into_bytes(), page(3)].concat()),
        ("no length", [page(1), b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>x</p>\r\n\r\n".to_vec(), page(3)].concat()),
        ("no answer", [page(1), record("response", "https://a.example/2", "hello"), page(3)].concat()),
    ];
    for (what, bytes) in cases {
        let (pages, findings) = read("a.warc", &bytes);
        assert_eq!(urls(&pages), ["https://a.example/1", "https://a.example/3"], "{what}");
        assert_eq!(codes(&findings), [(Severity::Skipped, Code::BrokenRecord)], "{what}: {findings:?}");
        let at = findings[0].place.rsplit(':').next().unwrap().parse::<usize>().unwrap();
        assert_eq!(at, page(1).len(), "{what}");
    }
    // a length beyond the end takes what follows with it
    let (pages, findings) = read("a.warc", &[page(1), long.into_bytes(), page(3)].concat());
    assert_eq!(
        (urls(&pages), codes(&findings)),
        (vec!["https://a.example/1"], vec![(Severity::Skipped, Code::BrokenRecord)])
    );
}

#[test]
fn an_archive_that_is_cut_or_spoilt_in_the_middle_gives_the_rest() {
    let members = [packed(&page(1)), packed(&page(2)), packed(&page(3))];
    let whole = members.concat();
    let (pages, findings) = read("cut.warc.gz", &whole[..whole.len() - 30]);
    assert_eq!(urls(&pages), ["https://a.example/1", "https://a.example/2"]);
    assert_eq!(codes(&findings), [(Severity::Skipped, Code::BrokenRecord)]);
    assert!(findings[0].message.contains("ends in the middle"), "{findings:?}");

    let mut spoilt = whole.clone();
    let middle = members[0].len() + members[1].len() / 2;
    spoilt[middle..middle + 20].fill(0xff);
    let (pages, findings) = read("spoilt.warc.gz", &spoilt);
    assert_eq!(urls(&pages), ["https://a.example/1", "https://a.example/3"], "{findings:?}");
    assert_eq!(findings[0].place, format!("spoilt.warc.gz:{}", members[0].len()));

    let plain = [page(1), page(2)].concat();
    let (pages, findings) = read("cut.warc", &plain[..plain.len() - 40]);
    assert_eq!((pages.len(), findings.len()), (1, 1));
}

#[test]
fn every_cut_of_an_archive_is_read_without_a_panic() {
    let whole = [packed(&page(1)), packed(&page(2))].concat();
    let plain = [page(1), page(2)].concat();
    for cut in (0..whole.len()).step_by(7) {
        let (pages, _) = read("a.warc.gz", &whole[..cut]);
        assert!(pages.len() <= 2);
    }
    for cut in (0..plain.len()).step_by(11) {
        read("a.warc", &plain[..cut]);
        read("b.warc", &plain[cut..]);
    }
}

#[test]
fn a_bomb_in_gzip_is_said_and_bounded() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'a'; 1 << 20];
    for _ in 0..200 {
        packer.write_all(&zeros).unwrap();
    }
    let bomb = packer.finish().unwrap();
    let (pages, _) = read("a.html.gz", &bomb);
    assert!(pages.iter().all(|p| p.bytes.len() <= MOST_PAGE_BYTES + 1));
    let (pages, findings) = read("a.jsonl.gz", &bomb);
    assert_eq!((pages.len(), codes(&findings)), (0, vec![(Severity::Skipped, Code::Unreadable)]), "{findings:?}");
    let mut member = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 209715200\r\n\r\n".to_vec();
    member.extend(vec![0; 200 << 20]);
    let (pages, findings) = read("a.warc.gz", &packed(&member));
    assert_eq!((pages.len(), codes(&findings)), (0, vec![(Severity::Skipped, Code::BrokenRecord)]));
}

#[test]
fn a_zip_is_refused_whatever_it_is_called_and_never_unpacked() {
    // what a bomb says of itself: four gigabytes in some bytes
    let bomb = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x10\0\0\0\xfe\xff\xff\xff\x05\0\0\0a.txt";
    for name in ["a.zip", "a.html", "a.txt", "a.warc"] {
        let (pages, findings) = read(name, bomb);
        assert_eq!((pages.len(), codes(&findings)), (0, vec![(Severity::Skipped, Code::Binary)]), "{name}");
        assert!(findings[0].message.contains("ZIP"), "{findings:?}");
    }
}

#[test]
fn packed_pages_and_lines_are_unpacked() {
    let (pages, findings) = read("a.html.gz", &packed(PAGE.as_bytes()));
    assert_eq!((pages[0].format, pages[0].bytes.as_slice()), (PageFormat::Html, PAGE.as_bytes()));
    assert_eq!(findings, []);
    let (pages, _) = read("a.jsonl.gz", &packed(b"{\"text\": \"A\"}\n{\"text\": \"B\"}\n"));
    assert_eq!(pages.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["a.jsonl.gz:1", "a.jsonl.gz:2"]);
    let (pages, findings) = read("a.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff\xffbroken");
    assert_eq!((pages.len(), codes(&findings)), (0, vec![(Severity::Skipped, Code::Unreadable)]));
}

#[test]
fn a_feed_gives_its_items_and_a_sitemap_says_what_to_do() {
    let item = |n: usize| {
        format!(
            "<item><title>T{n}</title><link>https://a.example/{n}</link><description>A ship waits.</description></item>"
        )
    };
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{}{}<item><title>t</title><link>https://a.example/3</link></item></channel></rss>",
        item(1),
        item(2)
    );
    let (pages, findings) = read("f.xml", feed.as_bytes());
    assert_eq!(pages.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["f.xml:1", "f.xml:2"]);
    assert_eq!(codes(&findings), [(Severity::Skipped, Code::AddressOnly)]);
    let (pages, findings) = read("f.rss", &feed.as_bytes()[..feed.len() - 60]);
    assert_eq!((pages.len(), codes(&findings)), (2, vec![(Severity::Skipped, Code::BrokenRecord)]));

    let (pages, findings) = read("s.xml", b"<urlset><url><loc>https://a.example/1</loc></url></urlset>");
    assert_eq!((pages.len(), codes(&findings)), (0, vec![(Severity::Skipped, Code::AddressOnly)]));
    assert!(findings[0].message.contains("sumber fetch --sitemap"), "{findings:?}");
    let (_, findings) = read("list.txt", b"https://a.example/1\nhttps://a.example/2\n");
    assert!(findings[0].message.contains("2 addresses") && findings[0].message.contains("--list"), "{findings:?}");
    let (_, findings) = read("other.xml", b"<?xml version='1.0'?><settings><a/></settings>");
    assert_eq!(codes(&findings), [(Severity::Skipped, Code::UnknownFormat)]);
    let (pages, _) = read("f.json", br#"{"version": "https://jsonfeed.org/version/1", "items": [{"url": "https://a.example/1", "content_text": "A ship waits."}]}"#);
    assert_eq!(urls(&pages), ["https://a.example/1"]);
}

#[test]
fn the_folder_of_a_saved_page_is_left_out_and_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("Porto chiuso.html", "<html><body><p>Il porto.</p><img src=\"Porto%20chiuso_file/a.png\"></body></html>");
    write("Porto chiuso_file/frame.html", "<p>Buy.</p>");
    write("ferry.html", "<html><body><p>The ferry.</p></body></html>");
    write("ferry-2024/day.html", "<p>The day.</p>");
    let (pages, findings) = read_below(folder.path(), folder.path());
    let mut names: Vec<_> = pages.iter().map(|p| p.path.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Porto chiuso.html", "ferry-2024/day.html", "ferry.html"]);
    assert_eq!(codes(&findings), [(Severity::Note, Code::NoPage)]);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_left_out_and_the_next_read() {
    let mut text = b"{\"text\": \"A\"}\n{\"text\": \"".to_vec();
    text.extend(vec![b'a'; 100 << 20]);
    text.extend(b"\"}\n{\"text\": \"B\"}\n");
    let (pages, findings) = read("a.jsonl", &text);
    assert_eq!(pages.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["a.jsonl:1", "a.jsonl:3"]);
    assert_eq!(codes(&findings), [(Severity::Skipped, Code::TooLarge)]);
}
