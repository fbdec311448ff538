//! From the values inside to the contract.

use std::collections::HashMap;

use sumber_core::{self as core, Span};

use super::{
    Article, Change, Claim, CleanArticle, Copy, DateEvidence, Diagnostic, Event, Generator, Link, Member, Mention,
    Merge, Origin, Outlet, Place, SCHEMA, Statement, TextPlace, Time, Trace,
};

/// Turns byte spans of one text into code points; spans may come in any order.
pub struct CodePoints {
    /// For each byte, the number of code points that begin before it; ASCII texts need none.
    marks: Option<Vec<u32>>,
}

impl CodePoints {
    /// Counts the code points of a text.
    pub fn new(text: &str) -> CodePoints {
        if text.is_ascii() {
            return CodePoints { marks: None };
        }
        let mut marks = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            marks[at..at + c.len_utf8()].fill(count);
            count += 1;
        }
        marks[text.len()] = count;
        CodePoints { marks: Some(marks) }
    }

    /// The place of a span.
    pub fn place(&self, span: Span) -> Place {
        match &self.marks {
            None => Place { start: span.start, end: span.end },
            Some(marks) => Place { start: marks[span.start as usize], end: marks[span.end as usize] },
        }
    }
}

/// One article as the contract has it. `joint` gives the joint id of a local entity id.
pub fn article(article: &core::Article, analysis: &core::Analysis, joint: &dyn Fn(&str) -> String) -> Article {
    let points = CodePoints::new(&article.text);
    let link = |link: &core::Link| wire_link(link, link.entity.map(|e| joint(&analysis.entities[e.0 as usize].id)));
    let statement_id = |index: core::StatementIndex| format!("s{}", index.0 + 1);
    Article {
        page: clean_article(article, analysis.language.clone()),
        entities: analysis
            .mentions
            .iter()
            .map(|mention| {
                let entity = &analysis.entities[mention.entity.0 as usize];
                let Place { start, end } = points.place(mention.span);
                Mention {
                    start,
                    end,
                    text: mention.span.of(&article.text).to_owned(),
                    kind: entity.kind.to_string(),
                    id: joint(&entity.id),
                }
            })
            .collect(),
        times: analysis
            .times
            .iter()
            .map(|time| {
                let Place { start, end } = points.place(time.span);
                Time { start, end, text: time.span.of(&article.text).to_owned(), value: time.value.clone() }
            })
            .collect(),
        statements: analysis
            .statements
            .iter()
            .enumerate()
            .map(|(n, s)| Statement {
                id: statement_id(core::StatementIndex(n as u32)),
                content: s.content.iter().map(|&span| points.place(span)).collect(),
                cue: s.cue.map(|span| points.place(span)),
                source: s.source.map(|span| points.place(span)),
                kind: s.kind.to_string(),
                stance: s.stance.to_string(),
                hearsay: s.hearsay,
                rule: s.rule.clone(),
                chain: s.chain.iter().map(link).collect(),
            })
            .collect(),
        events: analysis
            .events
            .iter()
            .map(|e| Event {
                kind: e.kind.to_string(),
                trigger: points.place(e.trigger),
                actors: e.actors.clone(),
                recipients: e.recipients.clone(),
                date: e.date.clone(),
                status: e.status.to_string(),
                statement: e.statement.map(statement_id),
            })
            .collect(),
    }
}

/// One article as read. Its language is told apart from it because reading does not find it.
pub fn clean_article(article: &core::Article, language: Option<String>) -> CleanArticle {
    CleanArticle {
        id: article.id.to_string(),
        path: article.path.clone(),
        url: article.url.clone(),
        lang: language,
        outlet: article.outlet.as_ref().map(outlet),
        credit: article.credit.clone(),
        published: article.published.clone(),
        published_evidence: article.published_evidence.as_ref().map(date_evidence),
        modified: article.modified.clone(),
        modified_evidence: article.modified_evidence.as_ref().map(date_evidence),
        title: article.title.clone(),
        authors: article.authors.clone(),
        updates: article.updates.clone(),
        text: article.text.clone(),
        places: text_places(article),
    }
}

fn text_places(article: &core::Article) -> Vec<TextPlace> {
    if article.places.is_empty() {
        return Vec::new();
    }
    let points = CodePoints::new(&article.text);
    let wired = |place: &core::TextPlace| {
        let Place { start, end } = points.place(Span::new(place.text.start as u32, place.text.end as u32));
        TextPlace { start, end, byte_start: place.bytes.start as u64, byte_end: place.bytes.end as u64 }
    };
    article.places.iter().map(wired).collect()
}

fn date_evidence(told: &core::DateEvidence) -> DateEvidence {
    DateEvidence { kind: told.source.as_str().to_owned(), name: told.name.clone(), words: told.words.clone() }
}

fn outlet(outlet: &core::Outlet) -> Outlet {
    Outlet { name: outlet.name.clone(), domain: outlet.domain.clone() }
}

fn wire_link(link: &core::Link, id: Option<String>) -> Link {
    Link {
        kind: link.kind.to_string(),
        text: link.text.clone(),
        names: link.names.to_vec(),
        id,
        country: link.country.clone(),
        count: link.count,
    }
}

/// The whole answer as the contract has it.
pub fn trace(traced: &crate::Traced, findings: &[core::Diagnostic]) -> Trace {
    let found: HashMap<core::ArticleId, &(core::Article, core::Analysis)> =
        traced.articles.iter().map(|pair| (pair.0.id, pair)).collect();
    let member = |m: &core::Member| match m.part {
        core::MemberPart::Statement(index) => {
            Member { article: m.article.to_string(), statement: Some(format!("s{}", index.0 + 1)), text: None }
        }
        core::MemberPart::Sentence(index) => {
            let (article, analysis) = found[&m.article];
            Member {
                article: m.article.to_string(),
                statement: None,
                text: Some(analysis.sentences[index as usize].of(&article.text).to_owned()),
            }
        }
    };
    let diagnostic = |d: &core::Diagnostic| Diagnostic {
        severity: match d.severity {
            core::Severity::Note => "note",
            core::Severity::Warning => "warning",
            core::Severity::Skipped => "skipped",
        }
        .to_owned(),
        code: d.code.as_str().to_owned(),
        place: d.place.clone(),
        message: d.message.clone(),
    };
    let joint = |article: core::ArticleId, id: &str| {
        traced.trace.entities.get(&(article, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
    };
    // a root's link is that of one of its members, and points into that member's entities
    let root_id = |origin: &core::Origin| {
        origin.members.iter().find_map(|member| {
            let core::MemberPart::Statement(index) = member.part else { return None };
            let (article, analysis) = found.get(&member.article)?;
            let last = analysis.statements.get(index.0 as usize)?.chain.last()?;
            let entity = last.entity.filter(|_| *last == origin.link)?;
            Some(joint(article.id, &analysis.entities.get(entity.0 as usize)?.id))
        })
    };
    let claim = |(n, c): (usize, &core::Claim)| Claim {
        id: format!("c{}", n + 1),
        gist: c.gist.clone(),
        members: c.members.iter().map(member).collect(),
        origins: c
            .origins
            .iter()
            .map(|o| Origin {
                via: o.via.clone(),
                origin: wire_link(&o.link, root_id(o)),
                group: o.group,
                members: o.members.iter().map(member).collect(),
            })
            .collect(),
        independent: c.independent,
        independent_range: [c.independent_range.0, c.independent_range.1],
        first: c.first.as_ref().map(member),
        circular: c.circular.iter().map(|circle| circle.articles.iter().map(ToString::to_string).collect()).collect(),
        changes: c
            .changes
            .iter()
            .map(|change| {
                let Member { article, statement, text } = member(&change.member);
                Change {
                    article,
                    statement,
                    text,
                    what: change.what.to_string(),
                    was: change.was.clone(),
                    is: change.is.clone(),
                }
            })
            .collect(),
        disputed_by: c.disputed_by.iter().map(member).collect(),
        merges: c
            .merges
            .iter()
            .map(|m| Merge { origins: [m.left, m.right], certain: m.certain, reason: m.reason.clone() })
            .collect(),
    };
    Trace {
        schema: SCHEMA,
        generator: Generator { name: "sumber".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        articles: traced.articles.iter().map(|(a, analysis)| article(a, analysis, &|id| joint(a.id, id))).collect(),
        copies: traced
            .trace
            .copies
            .iter()
            .map(|c| Copy {
                from: c.from.to_string(),
                to: c.to.to_string(),
                relation: c.relation.to_string(),
                score: f64::from(c.score) / 1000.0,
                evidence: c.evidence.clone(),
            })
            .collect(),
        stories: traced.trace.stories.iter().map(|s| s.articles.iter().map(ToString::to_string).collect()).collect(),
        claims: traced.trace.claims.iter().enumerate().map(claim).collect(),
        diagnostics: findings
            .iter()
            .chain(&traced.trace.findings)
            .chain(traced.articles.iter().flat_map(|(a, _)| &a.findings))
            .map(diagnostic)
            .collect(),
    }
}
