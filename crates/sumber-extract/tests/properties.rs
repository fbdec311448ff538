//! On any bytes: reading never panics, and the text keeps its invariant.

mod support;

use std::sync::LazyLock;

use proptest::prelude::*;
use sumber_core::{Article, Page, PageFormat};
use sumber_extract::PageReader;

static READER: LazyLock<PageReader> = LazyLock::new(|| PageReader::new(&support::hints()));

fn read(bytes: Vec<u8>, format: PageFormat) -> Article {
    READER.read(&Page { path: "x".to_owned(), format, bytes, ..Page::default() })
}

/// Paragraphs separated by one newline, single blanks inside, nothing at the ends.
fn keeps_invariant(article: &Article) -> Result<(), TestCaseError> {
    let text = &article.text;
    if text.is_empty() {
        return Ok(());
    }
    for paragraph in text.split('\n') {
        prop_assert!(!paragraph.is_empty(), "an empty paragraph in {text:?}");
        prop_assert_eq!(paragraph.trim(), paragraph);
        prop_assert!(!paragraph.contains("  "), "two blanks in {:?}", paragraph);
        prop_assert!(!paragraph.contains(|c: char| c.is_control()), "a control character in {:?}", paragraph);
    }
    for date in [&article.published, &article.modified].into_iter().flatten() {
        prop_assert!(date.len() == 10 || date.len() >= 25, "the date {date:?}");
    }
    Ok(())
}

/// Pieces of pages, sound and broken, in an order that nobody would write.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class='related'>"),
        Just("</div>"),
        Just("<br>"),
        Just("<table><tr><td>"),
        Just("</table>"),
        Just(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"datePublished\":\"2024-02-30\"}</script>"
        ),
        Just("<script>"),
        Just("<!--"),
        Just("-->"),
        Just("<title>A ship - Site</title>"),
        Just("<h1>"),
        Just("</h1>"),
        Just("<time datetime='x'>"),
        Just("<meta property='article:published_time' content='2024-05-03T10:00:00Z'>"),
        Just("<meta charset=utf-16>"),
        Just("&nbsp;"),
        Just("&#0;"),
        Just("\n"),
        Just("\n\n"),
        Just("\t"),
        Just("  "),
        Just("\u{2028}"),
        Just("\u{feff}"),
        Just("\u{200b}"),
        Just("\r"),
        Just("İ"),
        Just("’"),
        Just("("),
        Just(")"),
        Just("(Red)"),
        Just("Baca juga: "),
        Just("Leggi anche"),
        Just("READ  "),
        Just("Foto: "),
        Just("© 2025 "),
        Just("JAKARTA, KABAR.com - "),
        Just("(Baca juga: "),
        Just("Senin, 17 Maret 2025 16:42 WIB"),
        Just("99/99/9999 99:99"),
        Just("GMT+"),
        Just("Komentar"),
        Just("By Ann Lee and Bo Tan in Rome"),
        Just("Editor:"),
        Just("The harbour reopened on Monday, the harbour master said, after the storm had passed. "),
        Just("Kapal itu berlabuh."),
        Just("{\"text\": \""),
        Just("\"}"),
        Just("—"),
        Just("-"),
        Just("|"),
        Just("#a #b"),
        Just("2025年3月20日"),
    ];
    proptest::collection::vec(pieces, 0..40).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for format in [PageFormat::Text, PageFormat::Html, PageFormat::Json] {
            keeps_invariant(&read(bytes.clone(), format))?;
        }
    }

    #[test]
    fn any_text_can_be_read(text in "\\PC{0,300}") {
        for format in [PageFormat::Text, PageFormat::Html] {
            keeps_invariant(&read(text.clone().into_bytes(), format))?;
        }
        let line = format!("{{\"text\": {:?}}}", text.replace(|c: char| c == '"' || c == '\\' || !c.is_ascii(), "x"));
        keeps_invariant(&read(line.into_bytes(), PageFormat::Json))?;
    }

    #[test]
    fn pieces_of_pages_in_any_order_can_be_read(text in pieces()) {
        for format in [PageFormat::Text, PageFormat::Html, PageFormat::Json] {
            let article = read(text.clone().into_bytes(), format);
            keeps_invariant(&article)?;
            prop_assert_eq!(&article, &read(text.clone().into_bytes(), format));
        }
    }

    #[test]
    fn a_clean_text_stays_whole(count in 1usize..8, seed in 0usize..1000) {
        let sentences = [
            "The harbour reopened on Monday, the harbour master said, after the storm had passed over the coast.",
            "Kapal itu menunggu pandu dan dua kapal tunda di lepas pantai sejak Minggu malam, kata syahbandar.",
            "«Non partiamo prima di venerdì», ha detto la comandante, che aspetta il pilota da quattro giorni.",
            "No one was hurt.",
            "“Kami siap,” ujarnya.",
        ];
        let text: Vec<String> = (0..count).map(|n| format!("{} {}", sentences[(seed + n) % 3], n)).map(|s| s + " knots were measured.").collect();
        let article = read(text.join("\n\n").into_bytes(), PageFormat::Text);
        prop_assert_eq!(article.text, text.join("\n"));
        prop_assert_eq!(article.title, None);
    }
}
