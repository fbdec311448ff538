//! The rules' own examples, and trying a sentence.

use sumber_core::{Article, ArticleId, Span, Statement};

use super::{Layers, find};
use crate::Packs;
use crate::names;
use crate::pack::{Example, ExampleResult, MarkedText, Pack};
use crate::text::Text;
use crate::times;

/// What the engine made of a sentence.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The statements.
    pub statements: Vec<Statement>,
    /// Reporting words at which no rule matched: where they stand, and the rules that were tried.
    pub unmatched: Vec<(Span, Vec<String>)>,
}

/// Runs the examples of a pack's rules: each `yes` must give a statement with the marked source, cue and
/// content by that rule; each `no` must give none by that rule.
pub fn run_examples(packs: &Packs, tag: &str) -> Vec<ExampleResult> {
    let Some(pack) = packs.get(tag) else { return Vec::new() };
    let mut results = Vec::new();
    for rule in &pack.statements.rules {
        for (marked, yes) in rule.yes.iter().map(|m| (m, true)).chain(rule.no.iter().map(|m| (m, false))) {
            let example =
                Example { file: format!("{tag}/statements.toml"), rule: rule.id.clone(), marked: marked.clone(), yes };
            let failure = run(packs, pack, &rule.id, marked, yes).err();
            results.push(ExampleResult { example, failure });
        }
    }
    results
}

fn run(packs: &Packs, pack: &Pack, rule: &str, marked: &str, yes: bool) -> Result<(), String> {
    let marked = MarkedText::parse(marked)?;
    let found = try_sentence(packs, pack, &marked.text).statements;
    let by_rule: Vec<&Statement> = found.iter().filter(|s| s.rule.split(" + ").any(|r| r == rule)).collect();
    if !yes {
        return match by_rule.first() {
            None => Ok(()),
            Some(s) => Err(format!("it found {}", describe(s, &marked.text))),
        };
    }
    let want = |label: &str| -> Vec<String> {
        marked.spans.iter().filter(|(l, _)| l == label).map(|(_, s)| bare(s.of(&marked.text))).collect()
    };
    let of = |span: Option<Span>| span.map(|s| bare(s.of(&marked.text))).into_iter().collect::<Vec<_>>();
    let fits = |s: &&&Statement| {
        let content: Vec<String> = s.content.iter().map(|c| bare(c.of(&marked.text))).collect();
        content == want("content") && of(s.source) == want("source") && of(s.cue) == want("cue")
    };
    if by_rule.iter().any(|s| fits(&s)) {
        return Ok(());
    }
    match found.as_slice() {
        [] => Err("it found nothing".to_owned()),
        all => {
            Err(format!("it found {}", all.iter().map(|s| describe(s, &marked.text)).collect::<Vec<_>>().join("; ")))
        }
    }
}

/// Words without marks and white space at their ends.
fn bare(words: &str) -> String {
    words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn describe(s: &Statement, text: &str) -> String {
    let content: Vec<&str> = s.content.iter().map(|c| c.of(text)).collect();
    format!(
        "content '{}', cue '{}', source '{}' by {}",
        content.join(" … "),
        s.cue.map_or("", |c| c.of(text)),
        s.source.map_or("", |c| c.of(text)),
        s.rule
    )
}

/// Analyses a sentence or two as an article of its own.
pub fn try_sentence(packs: &Packs, pack: &Pack, sentence: &str) -> Trial {
    let article = Article {
        id: ArticleId(0),
        declared_language: Some(pack.tag.clone()),
        text: sentence.to_owned(),
        ..Article::default()
    };
    let text = Text::new(&article.text, &pack.segmentation, &packs.vocabulary);
    let (entities, mentions) = names::find(&text, Some(pack), packs);
    let states = names::states(&text, &mentions, Some(pack), packs);
    let times = times::find(&text, None, pack, packs);
    let layers = Layers { entities: &entities, mentions: &mentions, states: &states, times: &times };
    let statements = find(&text, &article, layers, pack, packs);
    let scene = super::Scene::new(&text, &pack.statements, layers, pack, packs);
    let unmatched = scene
        .cues
        .iter()
        .filter(|cue| super::matcher::find(&scene, cue).is_none())
        .map(|cue| {
            let tried = pack
                .statements
                .rules
                .iter()
                .filter(|r| r.pattern.classes.contains(&cue.entry.class))
                .map(|r| r.id.clone())
                .collect();
            (scene.span(&cue.group), tried)
        })
        .collect();
    Trial { statements, unmatched }
}
