//! Pages made to break a reader: each is read in bounded time, says what was cut, and keeps its article.

mod support;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use sumber_core::{Article, Code, MOST_PAGE_BYTES, Page, PageFormat};
use sumber_extract::PageReader;

static READER: LazyLock<PageReader> = LazyLock::new(|| PageReader::new(&support::hints()));

const STORY: &str = "<h1>The pier stays closed</h1>\
<p>The harbour master of Lannick said on Monday that the pier would stay closed until the divers had looked at it.</p>\
<p>The fishermen had asked for a second pier in the spring, and the council told them to wait for the summer.</p>\
<p>Ines Calder, who speaks for them, said that eleven boats had left the town since the storm of February.</p>";

/// Reads a page; far more time than it needs, far less than a step that is not linear would take.
fn read(bytes: Vec<u8>) -> Article {
    let start = Instant::now();
    let article = READER.read(&Page { path: "x".to_owned(), format: PageFormat::Html, bytes, ..Page::default() });
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    article
}

fn codes(article: &Article) -> Vec<Code> {
    article.findings.iter().map(|f| f.code).collect()
}

fn keeps_the_story(article: &Article) {
    for part in ["would stay closed until", "asked for a second pier", "eleven boats had left"] {
        assert!(article.text.contains(part), "{part:?} is lost: {:?}", &article.text.get(..400));
    }
}

#[test]
fn of_two_hundred_megabytes_the_beginning_is_read() {
    let mut page = format!("<html><body>{STORY}").into_bytes();
    page.resize(200 << 20, b' ');
    let article = read(page);
    keeps_the_story(&article);
    assert_eq!(codes(&article), [Code::TooLarge]);
    assert!(article.findings[0].message.contains(&MOST_PAGE_BYTES.to_string()));
}

#[test]
fn a_million_attributes_go_and_the_text_stays() {
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=b")).collect();
    let article = read(format!("<html><body><div{attributes}>{STORY}</div></body></html>").into_bytes());
    keeps_the_story(&article);
    assert_eq!(codes(&article), [Code::MarkupCut]);
}

#[test]
fn what_is_nested_a_million_deep_is_flattened_and_its_text_stays() {
    for tag in ["div", "b", "a", "ul", "table", "font", "x-y"] {
        let open = format!("<{tag}>").repeat(1_000_000);
        let article = read(format!("<html><body>{STORY}{open}deep").into_bytes());
        keeps_the_story(&article);
        assert_eq!(codes(&article), [Code::MarkupCut], "{tag}");
    }
}

#[test]
fn bytes_of_zero_are_left_out() {
    let article = read(STORY.replace("harbour", "har\0bour").replace("<p>", "<p>\0\0").into_bytes());
    keeps_the_story(&article);
    assert!(article.text.starts_with("The harbour master"), "{}", article.text);
}

#[test]
fn a_page_of_two_charsets_keeps_the_one_that_most_of_it_is_in() {
    let mut page = STORY.replace("closed", "closed à là mañana “già”").into_bytes();
    page.extend(
        b"<p>A caf\xe9 of the old town gave the divers free coffee, said its keeper, who has run it for years.</p>",
    );
    for head in ["<meta charset=utf-8>", "<meta charset=iso-8859-1>", ""] {
        let article = read([head.as_bytes(), &page].concat());
        keeps_the_story(&Article {
            text: article.text.replace("closed à là mañana “già”", "closed"),
            ..article.clone()
        });
        assert!(article.text.contains("A caf\u{fffd} of the old town"), "{head}: {}", article.text);
        assert_eq!(codes(&article), [Code::BrokenCharset], "{head}");
    }
}

#[test]
fn a_page_that_lies_about_its_charset_is_read_by_what_it_holds() {
    let text =
        "Начальник порта сказал в понедельник, что причал останется закрытым, пока его не осмотрят водолазы города.";
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let page = [&b"<html><head><meta charset=utf-8></head><body><p>"[..], &cyrillic, b"</p>"].concat();
    let article = read(page);
    assert_eq!(article.text, text);
    assert_eq!(codes(&article), [Code::BrokenCharset]);
    let page = format!("<html><head><meta charset=iso-8859-1></head><body><p>{text}</p>");
    let article = read(page.into_bytes());
    assert_eq!((article.text.as_str(), codes(&article)), (text, vec![]));
}

#[test]
fn lines_of_one_sort_without_end_take_no_more_time_than_other_lines() {
    let running =
        "The harbour master of Lannick said on Monday that the pier would stay closed until divers had seen it.\n";
    let lines: &[&str] = &[
        "12 May 2025\n",
        "12 May 2025 08:30, ",
        "Correction: a b c d\n",
        "What do you think of the closed pier of our town?\n",
        "A headline of some words\n\n",
        "By Ann Lee\n",
        "(Reuters) ",
        "Read also: ",
    ];
    for line in lines {
        for text in [line.repeat(20_000) + "\n" + running, running.to_owned() + &line.repeat(20_000)] {
            let page =
                Page { path: "x".to_owned(), format: PageFormat::Text, bytes: text.into_bytes(), ..Page::default() };
            let start = Instant::now();
            READER.read(&page);
            assert!(start.elapsed() < Duration::from_secs(20), "{line:?} took {:?}", start.elapsed());
        }
    }
    let elements =
        ["<time datetime=2025-05-12>a</time>", "<h2>What do you think of the closed pier?</h2>", "<p>12 May 2025</p>"];
    for element in elements {
        let article =
            read(format!("<html><body>{STORY}<div class=sidebar>{}</div>", element.repeat(20_000)).into_bytes());
        keeps_the_story(&article);
    }
}
