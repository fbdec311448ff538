//! The scorer judged: a perfect trace scores 1, an empty one 0, a flaw costs where it should.

use std::path::{Path, PathBuf};

use sumber::wire::{self, Place};

use super::gold::{self, Gold, Part};
use super::score::{ALL, ORDER, Scores, collection};

fn own_collections() -> Vec<Gold> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/collections");
    let folders: Vec<PathBuf> = super::collections(&root).unwrap();
    assert!(!folders.is_empty(), "no collections in {}", root.display());
    folders.iter().map(|folder| Gold::read(folder).unwrap()).collect()
}

/// Text that grows by pieces, each with its place.
#[derive(Default)]
struct Text(String);

impl Text {
    fn put(&mut self, piece: &str) -> Place {
        let start = self.0.chars().count() as u32;
        self.0.push_str(piece);
        let end = self.0.chars().count() as u32;
        self.0.push('\n');
        Place { start, end }
    }
}

/// The trace that answers exactly what the gold wants.
fn perfect(gold: &Gold) -> wire::Trace {
    let member = |m: &gold::Member| match &m.1 {
        Part::Statement(n) => wire::Member { article: m.0.clone(), statement: Some(format!("s{n}")), text: None },
        Part::Sentence(text) => wire::Member { article: m.0.clone(), statement: None, text: Some(text.clone()) },
    };
    let mut stories = gold.stories.clone();
    stories.retain(|story| !story.is_empty());
    wire::Trace {
        schema: wire::SCHEMA,
        generator: wire::Generator { name: "sumber".to_owned(), version: "0".to_owned() },
        articles: gold.articles.iter().map(|(key, article)| perfect_article(key, article)).collect(),
        copies: gold
            .copies
            .iter()
            .map(|c| wire::Copy {
                from: c.from.clone(),
                to: c.to.clone(),
                relation: "rewrite".to_owned(),
                score: 1.0,
                evidence: Vec::new(),
            })
            .collect(),
        stories,
        claims: gold
            .claims
            .iter()
            .enumerate()
            .map(|(n, c)| wire::Claim {
                id: format!("c{n}"),
                gist: c.gist.clone(),
                members: c.members.iter().map(member).collect(),
                origins: Vec::new(),
                independent: c.independent,
                independent_range: [c.independent, c.independent],
                first: None,
                circular: Vec::new(),
                changes: Vec::new(),
                disputed_by: c.disputed_by.iter().map(member).collect(),
                merges: Vec::new(),
            })
            .collect(),
        diagnostics: Vec::new(),
    }
}

fn perfect_article(key: &str, gold: &gold::Article) -> wire::Article {
    let mut text = Text::default();
    for snippet in &gold.includes {
        text.put(snippet);
    }
    let entities = gold.entities.iter().flatten().map(|e| {
        let Place { start, end } = text.put(&e.text);
        wire::Mention { start, end, text: e.text.clone(), kind: e.kind.clone(), id: e.id.clone() }
    });
    let entities = entities.collect();
    let times = gold.times.iter().flatten().map(|t| {
        let Place { start, end } = text.put(&t.text);
        wire::Time { start, end, text: t.text.clone(), value: t.value.clone() }
    });
    let times = times.collect();
    let statements = gold.statements.iter().flatten().enumerate().map(|(n, s)| wire::Statement {
        id: format!("s{n}"),
        content: match &s.content {
            gold::Content::One(content) => vec![text.put(content)],
            gold::Content::Several(parts) => parts.iter().map(|part| text.put(part)).collect(),
        },
        cue: s.cue.as_deref().map(|cue| text.put(cue)),
        source: s.source.as_deref().map(|source| text.put(source)),
        kind: s.kind.clone(),
        stance: s.stance.clone(),
        hearsay: false,
        rule: String::new(),
        chain: s.chain.iter().map(perfect_link).collect(),
    });
    let statements = statements.collect();
    let events = gold.events.iter().flatten().map(|e| wire::Event {
        kind: e.kind.clone(),
        trigger: text.put(&e.trigger),
        actors: e.actors.clone(),
        recipients: e.recipients.clone(),
        date: e.date.clone(),
        status: e.status.clone(),
        statement: None,
    });
    let events = events.collect();
    let page = wire::CleanArticle {
        id: key.to_owned(),
        lang: Some(gold.lang.clone()),
        outlet: gold.outlet.clone().map(|name| wire::Outlet { name, domain: None }),
        published: gold.published.clone(),
        title: gold.title.clone(),
        text: text.0,
        path: format!("articles/{key}.txt"),
        ..wire::CleanArticle::default()
    };
    wire::Article { page, entities, times, statements, events }
}

fn perfect_link(gold: &gold::Link) -> wire::Link {
    wire::Link {
        kind: gold.kind.clone(),
        text: gold.names.first().cloned().unwrap_or_default(),
        names: gold.names.clone(),
        id: None,
        country: gold.country.clone(),
        count: gold.count,
    }
}

fn scored(gold: &Gold, trace: &wire::Trace) -> Scores {
    let mut scores = Scores::default();
    collection(gold, trace, &mut scores);
    scores
}

#[test]
fn a_perfect_trace_scores_one_in_every_task() {
    for gold in own_collections() {
        let scores = scored(&gold, &perfect(&gold));
        for task in ORDER {
            let f1 = scores.of(task, ALL).unwrap_or_else(|| panic!("{}: {task} is not measured", gold.name)).f1();
            assert_eq!(f1, 1.0, "{}: {task}: {:?}", gold.name, scores.misses);
        }
    }
}

#[test]
fn an_empty_trace_scores_zero() {
    for gold in own_collections() {
        let empty = wire::Trace {
            articles: Vec::new(),
            copies: Vec::new(),
            stories: Vec::new(),
            claims: Vec::new(),
            ..perfect(&gold)
        };
        let scores = scored(&gold, &empty);
        // Noise is judged by its absence, links only between names that were found.
        let judged = |task: &str| !matches!(task, "noise removed" | "entity links across articles");
        for (language, task, tally) in scores.figures().filter(|(_, task, _)| judged(task)) {
            assert_eq!(tally.f1(), 0.0, "{}: {language} {task}", gold.name);
        }
        assert_eq!(scores.of("noise removed", ALL).unwrap().f1(), 1.0);
    }
}

#[test]
fn a_statement_too_many_costs_precision_alone() {
    let gold = &own_collections()[0];
    let mut trace = perfect(gold);
    let extra =
        wire::Statement { id: "extra".to_owned(), content: Vec::new(), ..trace.articles[0].statements[0].clone() };
    trace.articles[0].statements.push(extra);
    let tally = scored(gold, &trace).of("statements", ALL).unwrap();
    assert!(tally.precision() < 1.0);
    assert_eq!(tally.recall(), 1.0);
}

#[test]
fn a_wrong_country_of_someone_unnamed_breaks_the_chain() {
    let gold = &own_collections()[0];
    let mut trace = perfect(gold);
    let links = trace.articles.iter_mut().flat_map(|a| &mut a.statements).flat_map(|s| &mut s.chain);
    let unnamed: Vec<_> = links.filter(|link| link.kind == "anonymous" && link.country.is_some()).collect();
    assert!(!unnamed.is_empty());
    unnamed.into_iter().for_each(|link| link.country = Some("ATA".to_owned()));
    let scores = scored(gold, &trace);
    assert!(scores.of("chain of matched", ALL).unwrap().f1() < 1.0);
    assert_eq!(scores.of("source of matched", ALL).unwrap().f1(), 1.0);
}

#[test]
fn one_false_merge_of_two_claims_costs_precision_of_pairs() {
    let gold = &own_collections()[0];
    let mut trace = perfect(gold);
    let moved = trace.claims.pop().unwrap();
    trace.claims[0].members.extend(moved.members);
    let tally = scored(gold, &trace).of("claim pairs", ALL).unwrap();
    assert!(tally.precision() < 1.0);
    assert_eq!(tally.recall(), 1.0);
}
