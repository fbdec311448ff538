//! Made articles: no text that anybody wrote, only the features that linking compares.

use sumber_core::{
    Analysis, Article, ArticleId, Concept, ContentWord, Entity, EntityIndex, EntityKind, Link, LinkKind, Mention,
    Number, Outlet, Span, Stance, Statement, StatementKind, hash64,
};

/// What a made article says: outlet, day, and sentences of (names, concepts, number, source).
pub type Recipe = (u8, u8, u8, Vec<(Vec<u8>, Vec<u8>, u8, u8)>);

/// Makes an article whose words are its features: 'e3' a name, 'c7' a concept, '12' a number.
pub fn make(recipe: &Recipe) -> (Article, Analysis) {
    let (outlet, day, language, sentences) = recipe;
    let mut text = String::new();
    let mut analysis =
        Analysis { language: Some(["aa", "bb"][usize::from(*language % 2)].to_owned()), ..Analysis::default() };
    for (names, concepts, number, source) in sentences {
        let begin = text.len() as u32;
        let mut add = |text: &mut String, word: &str| {
            let start = text.len() as u32;
            text.push_str(word);
            let span = Span::new(start, text.len() as u32);
            text.push(' ');
            analysis.words.push(ContentWord { span, stem: hash64(word.as_bytes()) as u32, looks: None });
            span
        };
        for name in names {
            let span = add(&mut text, &format!("e{name}"));
            let place = analysis.entities.iter().position(|e| e.name == format!("e{name}")).unwrap_or_else(|| {
                analysis.entities.push(entity(*name));
                analysis.entities.len() - 1
            });
            analysis.mentions.push(Mention { span, entity: EntityIndex(place as u32) });
        }
        for concept in concepts {
            let span = add(&mut text, &format!("c{concept}"));
            analysis.concepts.push(Concept { span, id: format!("c{concept}").into() });
        }
        let span = add(&mut text, &number.to_string());
        analysis.numbers.push(Number { span, value: number.to_string() });
        let sentence = Span::new(begin, text.len() as u32 - 1);
        analysis.sentences.push(sentence);
        text.push('\n');
        if source % 4 > 0 {
            analysis.statements.push(Statement {
                content: vec![sentence],
                cue: None,
                source: None,
                kind: StatementKind::Indirect,
                stance: if *source % 4 == 3 { Stance::Denies } else { Stance::Asserts },
                chain: chain(*source),
                hearsay: false,
                rule: "made".to_owned(),
            });
        }
    }
    let id = ArticleId(hash64(format!("{recipe:?}").as_bytes()));
    let article = Article {
        id,
        path: format!("{id}.txt"),
        outlet: Some(Outlet { name: format!("Outlet{}", outlet % 5), domain: None }),
        published: (day % 3 > 0).then(|| format!("2024-05-{:02}", day % 28 + 1)),
        text,
        ..Article::default()
    };
    (article, analysis)
}

fn entity(name: u8) -> Entity {
    Entity {
        id: format!("person:~e{name}"),
        kind: EntityKind::Person,
        name: format!("e{name}"),
        names: vec![format!("e{name}")],
        country: name.is_multiple_of(2).then(|| "AAA".to_owned()),
        owner: None,
        link: LinkKind::Person,
        known: false,
        keys: vec![format!("e{name}")],
    }
}

fn chain(source: u8) -> Vec<Link> {
    let link = |kind, text: String, country: Option<&str>| Link {
        kind,
        names: [text.clone()].into(),
        text,
        span: None,
        entity: None,
        country: country.map(str::to_owned),
        count: None,
    };
    let origin = match source % 3 {
        0 => link(LinkKind::Anonymous, "two officials".to_owned(), Some("AAA")),
        1 => link(LinkKind::Person, format!("e{source}"), None),
        _ => link(LinkKind::Body, "the ministry".to_owned(), Some("BBB")),
    };
    match source % 5 {
        0 => vec![origin],
        n => vec![link(LinkKind::Medium, format!("Outlet{n}"), None), origin],
    }
}
