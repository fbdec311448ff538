//! What holds for any collection: the order of articles and articles given twice change nothing,
//! every article is in one story, every number points at something that is there.

mod made;

use made::{Recipe, make};
use proptest::prelude::*;
use sumber_core::{Analysis, Article, ArticleId, Code, Member, MemberPart, Trace, hash64};
use sumber_graph::link;

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
        let seven: Vec<_> = (0..7).flat_map(|part| articles.iter().skip(part).step_by(7).cloned()).collect();
        prop_assert_eq!(&link(&seven), &trace);
        let twice: Vec<_> = articles.into_iter().chain(turned).collect();
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

/// Hundreds of made articles that share names and concepts, so that keys are hot and chains are split.
fn hundreds(names: u64, concepts: u64) -> Vec<(Article, Analysis)> {
    let mut state = 7_u64;
    let mut next = |n: u64| {
        state = hash64(&state.to_le_bytes());
        (state % n) as u8
    };
    (0..400)
        .map(|_| {
            let sentences = (0..20)
                .map(|_| {
                    (
                        (0..2).map(|_| next(names)).collect(),
                        (0..3).map(|_| next(concepts)).collect(),
                        next(100),
                        next(60),
                    )
                })
                .collect();
            make(&(next(5), next(30), next(2), sentences))
        })
        .collect()
}

/// On one thread, on two and on five, dealt and given twice: what is cut off where too much is alike is the same.
#[test]
fn hundreds_of_articles_give_one_trace_on_any_number_of_threads() {
    let articles = hundreds(12, 8)[..160].to_vec();
    let on = |threads: usize, articles: &[(Article, Analysis)]| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| link(articles))
    };
    let one = on(1, &articles);
    assert!(one.findings.iter().any(|f| f.code == Code::HotKey), "{:?}", one.findings);
    let seven: Vec<_> = (0..7).rev().flat_map(|part| articles.iter().skip(part).step_by(7).cloned()).collect();
    assert!(on(2, &seven) == one, "two threads, in seven parts");
    assert!(on(5, &[articles, seven].concat()) == one, "five threads, each article twice");
}

/// Bounded work, and an answer for each.
#[test]
fn hundreds_of_articles_link_in_bounded_time() {
    let articles = hundreds(200, 120);
    let begin = std::time::Instant::now();
    let trace = link(&articles);
    // generous: an unoptimised build on a busy machine
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
    assert_eq!(trace.stories.iter().map(|s| s.articles.len()).sum::<usize>(), 400);
}
