//! What is fuzzed: each target takes any bytes, runs a stage and checks what always holds of its
//! answer. `crates/sumber/tests/fuzz_finds.rs` runs the same functions over the finds of the past.
//!
//! The first byte of an input is a choice (format, language, file of a pack), the rest the text.

use std::io::Cursor;
use std::sync::LazyLock;

use sumber::core::Span;
use sumber::{Analysis, Article, FieldPath, PackFiles, Packs, Page, PageFormat, PageHints, PageReader, ReadOptions};

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::embedded);
static HINTS: LazyLock<PageHints> = LazyLock::new(|| PACKS.page_hints());
static READER: LazyLock<PageReader> = LazyLock::new(|| PageReader::new(&HINTS));
/// Reads with places.
static TRACER: LazyLock<PageReader> = LazyLock::new(|| PageReader::new(&PageHints { places: true, ..HINTS.clone() }));
static PACK_FILES: LazyLock<PackFiles> = LazyLock::new(PackFiles::embedded);
/// Small files of every folder go along with the one that is tried.
const SMALL: usize = 1 << 14;
const FORMATS: [(PageFormat, &str); 3] =
    [(PageFormat::Text, "txt"), (PageFormat::Html, "html"), (PageFormat::Json, "jsonl:1")];

/// Any bytes as a page of text, HTML or JSON.
pub fn read(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let page = page(choice, 0, bytes);
    let article = TRACER.read(&page);
    check_article(&article);
    let (mut text, most) = (0, page.bytes.len());
    for place in &article.places {
        assert!(place.text.start >= text && !place.text.is_empty(), "{place:?} after {text}");
        assert!(article.text.get(place.text.clone()).is_some(), "{place:?}");
        assert!(place.bytes.start <= place.bytes.end && place.bytes.end <= most, "{place:?} of {most}");
        text = place.text.end;
    }
}

/// Any bytes as a feed, a table, lines of JSON or a saved page.
pub fn feed(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let names = ["f.xml", "f.json", "f.csv", "f.jsonl", "f.mhtml", "f.tsv", "f.xml.gz", "f"];
    input(names[usize::from(choice) % names.len()], bytes);
}

/// Any bytes as a web archive, packed or not.
pub fn warc(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    input(if choice % 2 == 0 { "a.warc" } else { "a.warc.gz" }, bytes);
}

/// Opens bytes under a name: every page has a place in it and is read, every finding says something.
fn input(name: &str, bytes: &[u8]) {
    let map = vec!["text=a.b".parse::<FieldPath>().expect("a path")];
    for page in sumber::pages_in(name, Box::new(Cursor::new(bytes.to_vec())), &ReadOptions { map }) {
        match page {
            Ok(page) => {
                assert!(page.path.starts_with(name), "{}", page.path);
                check_article(&READER.read(&page));
            }
            Err(finding) => {
                assert!(finding.place.starts_with(name) && !finding.message.is_empty(), "{finding:?}");
            }
        }
    }
}

/// Any text as an article in any language that has a pack, or in none.
pub fn analyze(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let tags: Vec<&str> = PACKS.iter().map(|pack| pack.tag.as_str()).collect();
    let mut article = READER.read(&page(0, 0, b""));
    article.text = String::from_utf8_lossy(bytes).into_owned();
    article.declared_language = tags.get(usize::from(choice) % (tags.len() + 1)).map(|tag| tag.to_string());
    article.published = (choice < 128).then(|| "2025-03-14T09:30:00+07:00".to_owned());
    let analysis = sumber::analyze(&article, &PACKS);
    check_analysis(&article, &analysis);
    serde_json::to_string(&sumber::wire::article(&article, &analysis, &str::to_owned)).expect("an article is JSON");
}

/// Any bytes as a file of a pack: errors with a place, never a panic.
pub fn packs(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let paths: Vec<&str> = PACK_FILES.iter().map(|(path, _)| path).collect();
    let path = paths[usize::from(choice & 0x7f) % paths.len()];
    let folder = path.split_once('/').map_or("", |(folder, _)| folder);
    let mut files = PackFiles::default();
    if choice & 0x80 != 0 {
        for (other, text) in PACK_FILES.iter().filter(|(other, text)| other.starts_with(folder) && text.len() < SMALL) {
            files.insert(other, text.to_owned());
        }
    }
    files.insert(path, String::from_utf8_lossy(bytes).into_owned());
    match Packs::load(&files) {
        Ok(packs) => {
            let mut article = READER.read(&page(0, 0, b""));
            article.text = "On Monday, two officials said \"nothing\" to Reuters: 12,5 persen, ha detto.".to_owned();
            article.declared_language = Some(folder.to_owned());
            check_analysis(&article, &sumber::analyze(&article, &packs));
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            errors.iter().for_each(|error| assert!(!error.file.is_empty() && !error.message.is_empty(), "{error:?}"));
        }
    }
}

/// Several pages, between lines of `====`, through the whole of the pipeline.
pub fn trace(data: &[u8]) {
    let mut pages = Vec::new();
    for (n, bytes) in split(data).into_iter().take(8).enumerate() {
        let Some((&choice, bytes)) = bytes.split_first() else { continue };
        // A page that is there twice is traced once by whoever reads the paths.
        if pages.iter().all(|page: &Page| page.bytes != bytes) {
            pages.push(page(choice, n, bytes));
        }
    }
    let traced = sumber::trace_pages(&pages, &HINTS, &PACKS);
    for (article, analysis) in &traced.articles {
        check_article(article);
        check_analysis(article, analysis);
    }
    let mut told: Vec<_> = traced.trace.stories.iter().flat_map(|story| &story.articles).collect();
    let mut ids: Vec<_> = traced.articles.iter().map(|(article, _)| &article.id).collect();
    told.sort();
    ids.sort();
    ids.dedup();
    assert_eq!(told, ids, "every article stands in exactly one story");
    for claim in &traced.trace.claims {
        let (least, most) = claim.independent_range;
        assert!(least <= claim.independent && claim.independent <= most, "{claim:?}");
    }
    serde_json::to_string(&sumber::wire::trace(&traced, &[])).expect("a trace is JSON");
    pages.reverse();
    let turned = sumber::trace_pages(&pages, &HINTS, &PACKS);
    assert_eq!(turned.trace.stories, traced.trace.stories, "another order of input, other stories");
    assert_eq!(turned.trace.claims, traced.trace.claims, "another order of input, other claims");
    assert_eq!(turned.trace.copies, traced.trace.copies, "another order of input, other copies");
}

fn page(choice: u8, number: usize, bytes: &[u8]) -> Page {
    let (format, ending) = FORMATS[usize::from(choice) % FORMATS.len()];
    Page { path: format!("a{number}.{ending}"), format, bytes: bytes.to_vec(), ..Page::default() }
}

fn split(data: &[u8]) -> Vec<&[u8]> {
    const BETWEEN: &[u8] = b"\n====\n";
    let (mut parts, mut rest) = (Vec::new(), data);
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

fn check_article(article: &Article) {
    assert!(!article.text.contains(['\r', '\0']), "control characters in the text");
    assert!(!article.text.contains("\n\n"), "an empty paragraph");
    assert_eq!(article.text.trim(), article.text, "white space around the text");
}

fn check_analysis(article: &Article, analysis: &Analysis) {
    let check = |span: Span| {
        assert!(article.text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no span of the text");
    };
    analysis.sentences.iter().chain(&analysis.hedges).chain(&analysis.negations).for_each(|&span| check(span));
    analysis.concepts.iter().for_each(|concept| check(concept.span));
    analysis.numbers.iter().for_each(|number| check(number.span));
    analysis.words.iter().for_each(|word| check(word.span));
    analysis.times.iter().for_each(|time| check(time.span));
    for mention in &analysis.mentions {
        check(mention.span);
        assert!((mention.entity.0 as usize) < analysis.entities.len());
    }
    for statement in &analysis.statements {
        assert!(!statement.content.is_empty(), "a statement without content");
        statement.content.iter().chain(&statement.cue).chain(&statement.source).for_each(|&span| check(span));
        for link in &statement.chain {
            link.span.into_iter().for_each(check);
            assert!(link.entity.is_none_or(|entity| (entity.0 as usize) < analysis.entities.len()));
        }
    }
    for event in &analysis.events {
        check(event.trigger);
        assert!(event.statement.is_none_or(|statement| (statement.0 as usize) < analysis.statements.len()));
    }
}
