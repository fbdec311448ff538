//! Linking measured by itself: the gold's own statements, chains, names and times go into the link
//! stage, so that faults of the stages before do not blur it. Concepts, numbers and content words
//! are the annotators' own, since the gold has none.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use sumber::core::{
    Analysis, Article, Entity, EntityIndex, EntityKind, Event, EventKind, EventStatus, Link, LinkKind, Mention, Outlet,
    Span, Stance, Statement, StatementIndex, StatementKind, TimeMention,
};

#[derive(Deserialize)]
struct Gold {
    articles: BTreeMap<String, GoldArticle>,
}

#[derive(Deserialize)]
struct GoldArticle {
    lang: String,
    outlet: Option<String>,
    published: Option<String>,
    title: Option<String>,
    #[serde(default)]
    entities: Vec<GoldEntity>,
    #[serde(default)]
    statements: Vec<GoldStatement>,
    #[serde(default)]
    events: Vec<GoldEvent>,
    #[serde(default)]
    times: Vec<GoldTime>,
}

#[derive(Deserialize)]
struct GoldEntity {
    text: String,
    #[serde(rename = "type")]
    kind: String,
    id: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
struct GoldStatement {
    content: Words,
    cue: Option<String>,
    source: Option<String>,
    kind: String,
    stance: String,
    chain: Vec<GoldLink>,
}

#[derive(Deserialize)]
struct GoldLink {
    kind: String,
    #[serde(default)]
    names: Vec<String>,
    country: Option<String>,
    count: Option<u32>,
}

#[derive(Deserialize)]
struct GoldEvent {
    #[serde(rename = "type")]
    kind: String,
    trigger: String,
    actors: Vec<String>,
    recipients: Vec<String>,
    date: Option<String>,
    status: String,
    statement: Option<u32>,
}

#[derive(Deserialize)]
struct GoldTime {
    text: String,
    value: Option<String>,
}

/// Prints the trace over one folder's gold statements.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let [folder] = arguments else { anyhow::bail!("link-gold takes one folder with articles/ and gold.json") };
    let folder = Path::new(folder);
    let path = folder.join("gold.json");
    let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let gold: Gold = serde_json::from_slice(&bytes).with_context(|| format!("{} is no gold", path.display()))?;
    let config = sumber::Options::default().resolve()?;
    let (pages, findings) = sumber::read_pages(&[folder.join("articles")]);
    let mut articles = Vec::new();
    for page in &pages {
        let stem = Path::new(&page.path).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let Some(gold) = gold.articles.get(stem) else { continue };
        let mut article = sumber::extract(page, &config.hints);
        article.outlet = gold.outlet.as_ref().map(|name| Outlet { name: name.clone(), domain: None });
        article.published = gold.published.clone();
        article.title = gold.title.clone();
        article.declared_language = Some(gold.lang.clone());
        let mut analysis = sumber::analyze(&article, &config.packs);
        replace(gold, &mut article, &mut analysis);
        articles.push((article, analysis));
    }
    let trace = sumber::link(&articles);
    let traced = sumber::Traced { articles, trace };
    println!("{}", serde_json::to_string(&sumber::wire::trace(&traced, &findings))?);
    Ok(true)
}

/// Finds words in a text whatever the white space.
struct Finder {
    letters: Vec<char>,
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Finder {
    fn new(text: &str) -> Finder {
        let mut finder = Finder { letters: Vec::new(), starts: Vec::new(), ends: Vec::new() };
        for (at, letter) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            finder.letters.push(letter);
            finder.starts.push(at);
            finder.ends.push(at + letter.len_utf8());
        }
        finder
    }

    /// The first place at or behind byte `from`, else the first of all.
    fn find(&self, words: &str, from: u32) -> Option<Span> {
        let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
        if wanted.is_empty() {
            return None;
        }
        let begin = self.starts.partition_point(|&s| s < from as usize);
        let search = |start: usize| {
            (start..self.letters.len().saturating_sub(wanted.len() - 1))
                .find(|&i| self.letters[i..i + wanted.len()] == wanted[..])
        };
        let at = search(begin).or_else(|| search(0))?;
        Some(Span::from(self.starts[at]..self.ends[at + wanted.len() - 1]))
    }

    /// Every place where the words stand by themselves.
    fn all(&self, words: &str, text: &str) -> Vec<Span> {
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(span) = self.find(words, from).filter(|s| s.start >= from) {
            let before = text[..span.start as usize].chars().next_back();
            let after = text[span.end as usize..].chars().next();
            if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
                found.push(span);
            }
            from = span.end;
        }
        found
    }
}

/// Puts the gold's statements, names, times and events in the place of those that were found. What
/// the reading of the page lost is added as a paragraph of its own.
fn replace(gold: &GoldArticle, article: &mut Article, analysis: &mut Analysis) {
    let finder = Finder::new(&article.text);
    analysis.language = Some(gold.lang.clone());
    analysis.entities.clear();
    analysis.mentions.clear();
    let mut taken: Vec<Span> = Vec::new();
    let mut forms: Vec<&GoldEntity> = gold.entities.iter().collect();
    forms.sort_by_key(|e| std::cmp::Reverse(e.text.len()));
    for form in forms {
        let id = format!("gold:{}", form.id);
        let place = analysis.entities.iter().position(|e| e.id == id).unwrap_or_else(|| {
            analysis.entities.push(Entity {
                id,
                kind: EntityKind::parse(&form.kind).unwrap_or(EntityKind::Other),
                name: form.text.clone(),
                names: Vec::new(),
                country: None,
                owner: None,
                link: LinkKind::Body,
                known: false,
                keys: Vec::new(),
            });
            analysis.entities.len() - 1
        });
        analysis.entities[place].names.push(form.text.clone());
        for span in finder.all(&form.text, &article.text) {
            if !taken.iter().any(|t| t.overlaps(span)) {
                taken.push(span);
                analysis.mentions.push(Mention { span, entity: EntityIndex(place as u32) });
            }
        }
    }
    analysis.mentions.sort_by_key(|m| m.span);
    analysis.times.clear();
    let mut from = 0;
    for time in &gold.times {
        if let Some(span) = finder.find(&time.text, from) {
            from = span.end;
            analysis.times.push(TimeMention { span, value: time.value.clone() });
        }
    }
    analysis.times.sort_by_key(|t| t.span);
    analysis.statements.clear();
    let mut from = 0;
    for statement in &gold.statements {
        let parts = match &statement.content {
            Words::One(words) => std::slice::from_ref(words),
            Words::Several(parts) => parts,
        };
        let mut content: Vec<Span> = Vec::new();
        for part in parts {
            match finder.find(part, content.last().map_or(from, |s| s.end)) {
                Some(span) => content.push(span),
                None => eprintln!("not found in {}: {part}", article.path),
            }
        }
        content.sort_unstable();
        let begin = content.first().map_or(from, |s| s.start);
        from = begin;
        let near = |words: &Option<String>| words.as_ref().and_then(|w| finder.find(w, begin.saturating_sub(160)));
        analysis.statements.push(Statement {
            content,
            cue: near(&statement.cue),
            source: near(&statement.source),
            kind: StatementKind::parse(&statement.kind).unwrap_or(StatementKind::Indirect),
            stance: Stance::parse(&statement.stance).unwrap_or(Stance::Asserts),
            chain: statement.chain.iter().map(|l| link(l, statement, analysis)).collect(),
            hearsay: statement.chain.is_empty(),
            rule: "gold".to_owned(),
        });
    }
    analysis.events = gold
        .events
        .iter()
        .filter_map(|event| {
            Some(Event {
                kind: EventKind::parse(&event.kind)?,
                trigger: finder.find(&event.trigger, 0)?,
                actors: event.actors.clone(),
                recipients: event.recipients.clone(),
                date: event.date.clone(),
                status: EventStatus::parse(&event.status)?,
                statement: event.statement.map(StatementIndex),
            })
        })
        .collect();
    analysis.events.sort_by_key(|e| e.trigger);
}

fn link(gold: &GoldLink, statement: &GoldStatement, analysis: &Analysis) -> Link {
    let entity = analysis.entities.iter().position(|e| e.names.iter().any(|n| gold.names.contains(n)));
    let text = match &gold.names[..] {
        [] => statement.source.clone().unwrap_or_default(),
        [first, ..] => first.clone(),
    };
    Link {
        kind: LinkKind::parse(&gold.kind).unwrap_or(LinkKind::Body),
        text,
        span: None,
        entity: entity.map(|n| EntityIndex(n as u32)),
        names: gold.names.clone(),
        country: gold.country.clone(),
        count: gold.count,
    }
}
