//! Collections that nobody means well with: each ends in bounded time with an answer that makes sense.

mod made;

use std::time::{Duration, Instant};

use made::make;
use sumber_core::{Analysis, Article, ArticleId, Code, CopyRelation, LinkKind, Outlet, Trace, hash64};
use sumber_graph::link;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u8 {
        self.0 = hash64(&self.0.to_le_bytes());
        (self.0 % limit) as u8
    }
}

/// An article of `sentences` made sentences.
fn article(seed: u64, sentences: usize) -> (Article, Analysis) {
    let mut dice = Dice(seed);
    let sentences = (0..sentences)
        .map(|_| {
            let names = (0..2).map(|_| dice.below(200)).collect();
            let concepts = (0..4).map(|_| dice.below(200)).collect();
            (names, concepts, dice.below(250), dice.below(60))
        })
        .collect();
    make(&(dice.below(5), dice.below(28), 0, sentences))
}

/// The same article under another id and in another outlet.
fn again(original: &(Article, Analysis), n: u64) -> (Article, Analysis) {
    let mut copy = original.clone();
    copy.0.id = ArticleId(hash64(&n.to_le_bytes()));
    copy.0.path = format!("copy-{n}.txt");
    copy.0.outlet = Some(Outlet { name: format!("Site{n}"), domain: None });
    copy
}

fn timed(articles: &[(Article, Analysis)]) -> (Trace, Duration) {
    let begin = Instant::now();
    (link(articles), begin.elapsed())
}

fn told(trace: &Trace) -> usize {
    trace.stories.iter().map(|s| s.articles.len()).sum()
}

#[test]
fn thousands_of_copies_of_one_article_are_one_story_and_cost_no_more_each() {
    let original = article(3, 12);
    let copies = |count: u64| (0..count).map(|n| again(&original, n)).collect::<Vec<_>>();
    let (_, few) = timed(&copies(1000));
    let (trace, many) = timed(&copies(8000));
    assert_eq!(trace.stories.len(), 1);
    assert_eq!(told(&trace), 8000);
    assert_eq!(trace.copies.len(), 7999);
    assert!(trace.copies.iter().all(|c| c.relation == CopyRelation::Verbatim));
    assert!(trace.findings.iter().any(|f| f.code == Code::HotKey));
    // eight times as many; generous, for a busy machine
    assert!(many < few * 24 + Duration::from_secs(2), "{few:?}, {many:?}");
}

#[test]
fn copies_by_the_thousand_do_not_depend_on_their_order() {
    let original = article(3, 8);
    let mut articles: Vec<_> = (0..200).map(|n| again(&original, n)).collect();
    articles.extend((0..20).map(|n| article(100 + n, 8)));
    let trace = link(&articles);
    articles.reverse();
    assert_eq!(link(&articles), trace);
}

/// No two are word by word the same, so that none stands for the others.
#[test]
fn thousands_of_near_copies_are_one_story_and_cost_no_more_each() {
    let original = article(3, 12);
    let copies = |count: u64| {
        let change = |n: u64| {
            let mut copy = again(&original, n);
            copy.0.text.push_str(&format!("n{n}"));
            copy
        };
        (0..count).map(change).collect::<Vec<_>>()
    };
    let (_, few) = timed(&copies(500));
    let (trace, many) = timed(&copies(4000));
    assert_eq!(told(&trace), 4000);
    assert_eq!(trace.stories.len(), 1);
    assert!(many < few * 24 + Duration::from_secs(2), "{few:?}, {many:?}");
}

#[test]
fn an_article_of_a_hundred_thousand_statements_ends() {
    let mut dice = Dice(5);
    let sentence = |_| (vec![dice.below(250)], vec![dice.below(250), dice.below(250)], dice.below(250), 1);
    let articles = [make(&(1, 1, 0, (0..100_000).map(sentence).collect())), article(6, 10)];
    assert_eq!(articles[0].1.statements.len(), 100_000);
    let (trace, time) = timed(&articles);
    assert_eq!(told(&trace), 2);
    // generous: an unoptimised build on a busy machine takes some 20 s
    assert!(time < Duration::from_secs(120), "{time:?}");
}

#[test]
fn without_dates_nobody_is_first() {
    let articles: Vec<_> = (0..40)
        .map(|n| {
            let mut made = article(n / 2, 10);
            made.0.id = ArticleId(hash64(&n.to_le_bytes()));
            made.0.published = None;
            made
        })
        .collect();
    let trace = link(&articles);
    assert_eq!(told(&trace), 40);
    assert_eq!(trace.copies.len(), 20);
    assert!(trace.claims.iter().all(|claim| claim.first.is_none()));
}

#[test]
fn a_century_apart_is_another_story() {
    let dated = |n: u64, day: &str| {
        let mut made = article(n, 10);
        made.0.published = Some(day.to_owned());
        made
    };
    let mut articles =
        vec![dated(1, "1924-05-01"), dated(1, "2024-05-01"), dated(2, "0001-01-01"), dated(3, "9999-12-31")];
    // other words about the same
    for (n, (article, analysis)) in articles.iter_mut().enumerate() {
        article.id = ArticleId(n as u64 + 1);
        if n == 1 {
            for word in &mut analysis.words {
                word.stem ^= 1;
            }
            analysis.numbers.clear();
            analysis.concepts.clear();
        }
    }
    let trace = link(&articles);
    assert!(trace.copies.is_empty(), "{:?}", trace.copies);
    assert_eq!(trace.stories.len(), 4);
}

#[test]
fn two_articles_with_one_id_are_one() {
    let (mut one, mut other) = (article(1, 6), article(2, 6));
    (one.0.id, other.0.id) = (ArticleId(9), ArticleId(9));
    (one.0.path, other.0.path) = ("a.txt".to_owned(), "b.txt".to_owned());
    let trace = link(&[other.clone(), one.clone()]);
    assert_eq!(told(&trace), 1);
    assert_eq!(link(&[one.clone(), other]), trace);
    assert_eq!(link(&[one]), trace);
}

/// `count` outlets with one article each on the same, of which each cites those that `cites` names.
fn citing(count: usize, cites: impl Fn(usize) -> Vec<usize>) -> Vec<(Article, Analysis)> {
    (0..count)
        .map(|n| {
            let mut made = again(&article(11, 3), n as u64);
            made.0.published = Some(format!("2024-05-01T{:02}:{:02}:00Z", n / 60, n % 60));
            // not a copy: only the first sentence is shared
            for word in made.1.words.iter_mut().filter(|w| w.span.start >= made.1.sentences[0].end) {
                word.stem ^= n as u32 + 1;
            }
            let sentence = made.1.sentences[0];
            let link = |kind, text: String| sumber_core::Link {
                kind,
                names: [text.clone()].into(),
                text,
                span: None,
                entity: None,
                country: None,
                count: None,
            };
            made.1.statements = cites(n)
                .into_iter()
                .map(|whom| sumber_core::Statement {
                    content: vec![sentence],
                    cue: None,
                    source: None,
                    kind: sumber_core::StatementKind::Indirect,
                    stance: sumber_core::Stance::Asserts,
                    chain: vec![link(LinkKind::Medium, format!("Site{whom}"))],
                    hearsay: false,
                    rule: "made".to_owned(),
                })
                .collect();
            made
        })
        .collect()
}

#[test]
fn a_ring_of_citations_is_told_whatever_its_length() {
    for length in [2, 20] {
        let trace = link(&citing(length, |n| vec![(n + 1) % length]));
        let rings: Vec<usize> = trace.claims.iter().flat_map(|c| &c.circular).map(|c| c.articles.len()).collect();
        assert_eq!(rings, [length]);
    }
}

#[test]
fn where_everybody_cites_everybody_it_ends() {
    let count = 24;
    let mut articles = citing(count, |n| (0..count).filter(|&m| m != n).collect());
    // without others there is nothing that words of one sentence tell apart
    let others = 60;
    articles.extend((0..others).map(|n| article(1000 + n, 6)));
    let (trace, time) = timed(&articles);
    assert_eq!(told(&trace), count + others as usize);
    assert!(trace.claims.iter().any(|claim| !claim.circular.is_empty()));
    assert!(time < Duration::from_secs(60), "{time:?}");
}
