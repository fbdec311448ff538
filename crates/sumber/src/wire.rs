//! The JSON contract: what `sumber trace --format json` prints. Types of their own, so that the
//! values inside can change without breaking who reads the output. Offsets count Unicode code
//! points (as W3C Web Annotation's TextPositionSelector does), end exclusive.

use serde::{Deserialize, Serialize};
use sumber_core::{self as core, Span};

/// Version of the contract.
pub const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// Version of this contract.
    pub schema: u32,
    /// Who made it.
    pub generator: Generator,
    /// The articles.
    pub articles: Vec<Article>,
    /// Articles made from another.
    pub copies: Vec<Copy>,
    /// Articles on one happening.
    pub stories: Vec<Vec<String>>,
    /// Assertions that several make.
    pub claims: Vec<Claim>,
    /// What went wrong on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who made the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Generator {
    /// Always `sumber`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A place in an article's text, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// An article with what it says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    /// Stable id.
    pub id: String,
    /// As read.
    pub path: String,
    /// Address, where known.
    pub url: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Who made the text, where the page credits another.
    pub credit: Option<String>,
    /// Date or time.
    pub published: Option<String>,
    /// Date or time of the last change.
    pub modified: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Main text.
    pub text: String,
    /// Mentions.
    pub entities: Vec<Mention>,
    /// Times.
    pub times: Vec<Time>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Events.
    pub events: Vec<Event>,
}

/// Who published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlet {
    /// Name.
    pub name: String,
    /// Domain.
    pub domain: Option<String>,
}

/// A name in the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// PER, ORG, GPE, LOC, MISC.
    #[serde(rename = "type")]
    pub kind: String,
    /// Same thing, same id, in all articles.
    pub id: String,
}

/// A time expression.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Time {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// ISO value.
    pub value: Option<String>,
}

/// An attribution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Unique in the article.
    pub id: String,
    /// What is said.
    pub content: Vec<Place>,
    /// The words that attribute.
    pub cue: Option<Place>,
    /// Who said it, nearest words.
    pub source: Option<Place>,
    /// direct, indirect, mixed.
    pub kind: String,
    /// asserts, denies, declines.
    pub stance: String,
    /// Whether the attribution is hearsay.
    pub hearsay: bool,
    /// The rule that made it.
    pub rule: String,
    /// Nearest first, origin last.
    pub chain: Vec<Link>,
}

/// One step of a chain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// medium, person, body, anonymous, document.
    pub kind: String,
    /// The words.
    pub text: String,
    /// Names that a reader would accept.
    pub names: Vec<String>,
    /// Entity id.
    pub id: Option<String>,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// How many, for anonymous ones.
    pub count: Option<u32>,
}

/// A political event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words that express it.
    pub trigger: Place,
    /// Who.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// When.
    pub date: Option<String>,
    /// happened, ongoing, planned, possible, denied.
    pub status: String,
    /// Id of the statement that reports it.
    pub statement: Option<String>,
}

/// An article made from another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Copy {
    /// The copied.
    pub from: String,
    /// The copy.
    pub to: String,
    /// verbatim, rewrite, translation.
    pub relation: String,
    /// Strength, 0 to 1.
    pub score: f64,
    /// What tells.
    pub evidence: Vec<String>,
}

/// A member of a claim: a statement by id, or a sentence by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Article id.
    pub article: String,
    /// Statement id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<String>,
    /// The sentence, verbatim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

/// One assertion.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// Unique in the trace.
    pub id: String,
    /// The clearest member's words.
    pub gist: String,
    /// Who makes it.
    pub members: Vec<Member>,
    /// Roots.
    pub origins: Vec<Origin>,
    /// Best estimate of independent roots.
    pub independent: u32,
    /// Least and most.
    pub independent_range: [u32; 2],
    /// Who had it first.
    pub first: Option<Member>,
    /// Rings of articles.
    pub circular: Vec<Vec<String>>,
    /// What changed on the way.
    pub changes: Vec<Change>,
    /// Who denies it.
    pub disputed_by: Vec<Member>,
    /// Why roots were joined.
    pub merges: Vec<Merge>,
}

/// One root.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// Media on the way.
    pub via: Vec<String>,
    /// The last link.
    pub origin: Link,
    /// Origins of one group are one root.
    pub group: u32,
    /// Members whose chains end here.
    pub members: Vec<Member>,
}

/// Something that changed on the way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Article id.
    pub article: String,
    /// Statement id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<String>,
    /// The sentence, verbatim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// number, name, date, hedge, source.
    pub what: String,
    /// Before.
    pub was: String,
    /// After.
    pub is: String,
}

/// Why two roots are one, or may be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Merge {
    /// Places in the claim's origins.
    pub origins: [u32; 2],
    /// Whether it is settled.
    pub certain: bool,
    /// In words.
    pub reason: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    /// note, warning, skipped.
    pub severity: String,
    /// Stable code.
    pub code: String,
    /// File, line.
    pub place: String,
    /// What and what to do.
    pub message: String,
}

/// Turns byte spans of one text into code points; spans may come in any order.
pub struct CodePoints {
    /// Byte offset of every 64th code point's start, with its number; ASCII texts need none.
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
        id: article.id.to_string(),
        path: article.path.clone(),
        url: article.url.clone(),
        lang: analysis.language.clone(),
        outlet: article.outlet.as_ref().map(|o| Outlet { name: o.name.clone(), domain: o.domain.clone() }),
        credit: article.credit.clone(),
        published: article.published.clone(),
        modified: article.modified.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        text: article.text.clone(),
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

fn wire_link(link: &core::Link, id: Option<String>) -> Link {
    Link {
        kind: link.kind.to_string(),
        text: link.text.clone(),
        names: link.names.clone(),
        id,
        country: link.country.clone(),
        count: link.count,
    }
}

/// The whole answer as the contract has it.
pub fn trace(traced: &crate::Traced, findings: &[core::Diagnostic]) -> Trace {
    let found: std::collections::HashMap<core::ArticleId, &(core::Article, core::Analysis)> =
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
    let claim = |(n, c): (usize, &core::Claim)| Claim {
        id: format!("c{}", n + 1),
        gist: c.gist.clone(),
        members: c.members.iter().map(member).collect(),
        origins: c
            .origins
            .iter()
            .map(|o| Origin {
                via: o.via.clone(),
                origin: wire_link(&o.link, None),
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
        articles: traced
            .articles
            .iter()
            .map(|(a, analysis)| {
                let joint = |id: &str| {
                    traced.trace.entities.get(&(a.id, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
                };
                article(a, analysis, &joint)
            })
            .collect(),
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
