//! An article on several pages, given together, is one article.

use sumber::{Options, Page, PageFormat};

const TEXTS: [&str; 3] = [
    "<p>The last ferry to Orrin left the quay of Port Ellis on Friday night with nine passengers and a piano, the shipping office said.</p>\
     <p>Nobody had told the captain, Maren Holt, that the pier on the other side was closed for the winter, she said on Saturday.</p>",
    "<p>The passengers slept on the deck, and two of them played the piano until the lamp went out, according to the ship’s log.</p>\
     <p>In the morning a fishing boat brought bread and the news that the pier would stay closed until Monday, Holt said.</p>",
    "<p>The harbour master, Ruben Ashe, said his letter about the pier had been sent to an office that was dissolved nine years ago.</p>\
     <p>The shipping office said it would pay for the bread, and that the piano had arrived in tune.</p>",
];

fn part(number: usize, host: &str) -> Page {
    let address =
        |n: usize| format!("https://{host}/sea/last-ferry{}", if n > 1 { format!("?page={n}") } else { String::new() });
    let link =
        |n: usize| if n == number { format!("<b>{n}</b> ") } else { format!("<a href='{}'>{n}</a> ", address(n)) };
    let html = format!(
        "<html lang=en><head><title>The last ferry to Orrin | The Quay Ledger</title><link rel=canonical href='{}'>\
         <meta property='article:published_time' content='2024-11-09T08:00:00+00:00'></head><body><h1>The last ferry to Orrin</h1>\
         {}<div class=pages>{}{}{}</div></body></html>",
        address(number),
        TEXTS[number - 1],
        link(1),
        link(2),
        link(3)
    );
    Page { path: format!("{number}.html"), format: PageFormat::Html, bytes: html.into_bytes(), ..Page::default() }
}

#[test]
fn parts_of_one_article_are_read_as_one() {
    let config = Options::default().resolve().unwrap();
    let read = |pages: &[Page]| sumber::analyze_pages(pages, &config.hints, &config.packs);
    let whole = read(&[part(3, "quay.example"), part(1, "quay.example"), part(2, "quay.example")]);
    let [(article, analysis)] = whole.as_slice() else { panic!("{} articles", whole.len()) };
    assert_eq!(article.text.lines().count(), 6, "{}", article.text);
    assert!(article.text.starts_with("The last ferry") && article.text.ends_with("in tune."));
    assert_eq!((article.path.as_str(), article.findings.len()), ("1.html", 0), "{:?}", article.findings);
    assert!(analysis.statements.len() >= 5, "{:?}", analysis.statements);
    // two sites with one headline hold two articles
    let apart = read(&[part(1, "quay.example"), part(2, "bay.example")]);
    assert_eq!(apart.len(), 2);
}
