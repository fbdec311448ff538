//! What holds for any collection: the order of articles and articles given twice change nothing,
//! every article is in one story, every number points at something that is there.

use proptest::prelude::*;
use sumber_core::{
    Analysis, Article, ArticleId, Concept, ContentWord, Entity, EntityIndex, EntityKind, Link, LinkKind, Member,
    MemberPart, Mention, Number, Outlet, Span, Stance, Statement, StatementKind, Trace, hash64,
};
use sumber_graph::link;

/// What a made article says: outlet, day, and sentences of (names, concepts, number, source).
type Recipe = (u8, u8, u8, Vec<(Vec<u8>, Vec<u8>, u8, u8)>);

/// Makes an article whose words are its features: 'e3' a name, 'c7' a concept, '12' a number.
fn make(recipe: &Recipe) -> (Article, Analysis) {
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
            analysis.words.push(ContentWord { span, key: hash64(word.as_bytes()) });
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
            analysis.concepts.push(Concept { span, id: format!("c{concept}") });
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
        url: None,
        declared_language: None,
        outlet: Some(Outlet { name: format!("Outlet{}", outlet % 5), domain: None }),
        credit: None,
        published: (day % 3 > 0).then(|| format!("2024-05-{:02}", day % 28 + 1)),
        modified: None,
        title: None,
        authors: Vec::new(),
        text,
        findings: Vec::new(),
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

fn recipes() -> impl Strategy<Value = Vec<Recipe>> {
    let sentence =
        (proptest::collection::vec(0..12_u8, 0..3), proptest::collection::vec(0..20_u8, 0..4), 0..30_u8, 0..60_u8);
    let article = (0..5_u8, 0..30_u8, 0..2_u8, proptest::collection::vec(sentence, 0..8));
    proptest::collection::vec(article, 0..14)
}

fn members(trace: &Trace) -> impl Iterator<Item = Member> + '_ {
    trace.claims.iter().flat_map(|c| {
        let changes = c.changes.iter().map(|change| change.member);
        let origins = c.origins.iter().flat_map(|o| o.members.iter().copied());
        c.members.iter().copied().chain(c.disputed_by.iter().copied()).chain(c.first).chain(changes).chain(origins)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_repetition_changes_the_trace(recipes in recipes(), seed in any::<u64>()) {
        let articles: Vec<_> = recipes.iter().map(make).collect();
        let trace = link(&articles);
        let mut turned = articles.clone();
        turned.sort_by_key(|(a, _)| hash64(&(a.id.0 ^ seed).to_le_bytes()));
        prop_assert_eq!(&link(&turned), &trace);
        let again = articles.first().cloned();
        let twice: Vec<_> = articles.into_iter().chain(again).collect();
        prop_assert_eq!(&link(&twice), &trace);
    }

    #[test]
    fn every_article_is_in_one_story_and_every_index_points_at_something(recipes in recipes()) {
        let articles: Vec<_> = recipes.iter().map(make).collect();
        let trace = link(&articles);
        let mut ids: Vec<ArticleId> = articles.iter().map(|(a, _)| a.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut told: Vec<ArticleId> = trace.stories.iter().flat_map(|s| s.articles.clone()).collect();
        told.sort_unstable();
        prop_assert_eq!(&told, &ids);
        for member in members(&trace) {
            let (_, analysis) = articles.iter().find(|(a, _)| a.id == member.article).unwrap();
            match member.part {
                MemberPart::Statement(index) => prop_assert!((index.0 as usize) < analysis.statements.len()),
                MemberPart::Sentence(index) => prop_assert!((index as usize) < analysis.sentences.len()),
            }
        }
        for claim in &trace.claims {
            prop_assert!(claim.members.len() > 1 || !claim.disputed_by.is_empty());
            prop_assert!(!claim.members.iter().any(|m| claim.disputed_by.contains(m)));
            let (least, most) = claim.independent_range;
            prop_assert!(least <= claim.independent && claim.independent <= most);
            prop_assert!(most as usize <= claim.origins.len());
            for merge in &claim.merges {
                prop_assert!(merge.left < merge.right && (merge.right as usize) < claim.origins.len());
            }
        }
    }
}

/// Hundreds of made articles that share names and concepts: bounded work, and an answer for each.
#[test]
fn hundreds_of_articles_link_in_bounded_time() {
    let mut state = 7_u64;
    let mut next = |n: u64| {
        state = hash64(&state.to_le_bytes());
        (state % n) as u8
    };
    let articles: Vec<_> = (0..400)
        .map(|_| {
            let sentences = (0..20)
                .map(|_| {
                    ((0..2).map(|_| next(200)).collect(), (0..3).map(|_| next(120)).collect(), next(100), next(60))
                })
                .collect();
            make(&(next(5), next(30), next(2), sentences))
        })
        .collect();
    let begin = std::time::Instant::now();
    let trace = link(&articles);
    // generous: an unoptimised build on a busy machine
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
    assert_eq!(trace.stories.iter().map(|s| s.articles.len()).sum::<usize>(), 400);
}
