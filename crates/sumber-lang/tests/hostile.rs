//! No text, however broken, breaks the analysis, and every span stays inside the text.

use proptest::prelude::*;
use sumber_core::{Analysis, Article, ArticleId, Span};
use sumber_lang::{Packs, analyze};

fn article(text: String) -> Article {
    Article {
        id: ArticleId(1),
        path: "p".to_owned(),
        published: Some("2024-08-07".to_owned()),
        text,
        ..Article::default()
    }
}

fn check(text: &str, analysis: &Analysis) {
    let inside = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} is outside the text or inside a character");
    };
    analysis.sentences.iter().copied().for_each(inside);
    analysis.mentions.iter().for_each(|m| inside(m.span));
    analysis.times.iter().for_each(|t| inside(t.span));
    for statement in &analysis.statements {
        statement.content.iter().copied().for_each(inside);
        statement.cue.into_iter().chain(statement.source).for_each(inside);
        for link in &statement.chain {
            link.span.into_iter().for_each(inside);
            assert!(link.entity.is_none_or(|e| (e.0 as usize) < analysis.entities.len()));
        }
    }
    for event in &analysis.events {
        inside(event.trigger);
        assert!(event.statement.is_none_or(|s| (s.0 as usize) < analysis.statements.len()));
    }
}

/// Words, marks and scraps that statements are made of, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("\""),
        Just("“"),
        Just("”"),
        Just("«"),
        Just("»"),
        Just(","),
        Just("."),
        Just("\n"),
        Just(": "),
        Just("—"),
        Just("("),
        Just(")"),
        Just(" said "),
        Just(" kata "),
        Just(" ha detto "),
        Just(" that "),
        Just(" bahwa "),
        Just(" che "),
        Just(" according to "),
        Just(" menurut "),
        Just(" secondo "),
        Just(" citing "),
        Just(" Reuters "),
        Just(" two officials "),
        Just(" who "),
        Just(" yang "),
        Just(" and "),
        Just(" dan "),
        Just(" denied "),
        Just(" did not say "),
        Just(" katanya "),
        Just(" lo "),
        Just("’"),
        Just(" 5 "),
        Just(" Senin "),
        Just("é"),
        Just("ا"),
        Just("🦀"),
    ];
    proptest::collection::vec(scrap, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_an_analysis_with_spans_inside_it(text in any::<String>()) {
        let packs = packs();
        let article = article(text);
        check(&article.text, &analyze(&article, packs));
    }

    #[test]
    fn scraps_of_statements_give_spans_inside_the_text(text in scraps(), tag in prop_oneof![Just("en"), Just("id"), Just("it")]) {
        let packs = packs();
        let mut article = article(text);
        article.declared_language = Some(tag.to_owned());
        check(&article.text, &analyze(&article, packs));
    }
}

fn packs() -> &'static Packs {
    static PACKS: std::sync::OnceLock<Packs> = std::sync::OnceLock::new();
    PACKS.get_or_init(Packs::embedded)
}
