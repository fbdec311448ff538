//! Linking measured by itself: the gold's own statements, chains, names and times go into the link
//! stage, so that faults of the stages before do not blur it. Concepts, numbers and content words
//! are the annotators' own, since the gold has none.

use std::path::{Path, PathBuf};

use sumber::core::{
    Analysis, Article, Entity, EntityIndex, EntityKind, Event, EventKind, EventStatus, Link, LinkKind, Mention, Outlet,
    Span, Stance, Statement, StatementIndex, StatementKind, TimeMention,
};

use crate::eval::{self, Gold, gold, score::Scores, table};

/// Prints how linking does on the gold's own statements, collection by collection; with `--json` the
/// trace of the one folder given.
///
/// # Errors
///
/// Unknown flags and collections that cannot be read.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut folders, mut json): (Vec<PathBuf>, bool) = (Vec::new(), false);
    for argument in arguments {
        match argument.as_str() {
            "--json" => json = true,
            flag if flag.starts_with('-') => anyhow::bail!("there is no flag '{flag}'"),
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    if json {
        let [folder] = &folders[..] else { anyhow::bail!("--json goes with exactly one folder") };
        println!("{}", serde_json::to_string(&trace(folder, &Gold::read(folder)?)?)?);
        return Ok(true);
    }
    if folders.is_empty() {
        folders = eval::own_collections()?;
    }
    let (mut all, mut each) = (Scores::default(), Vec::new());
    for folder in &folders {
        let gold = Gold::read(folder)?;
        let mut scores = Scores::default();
        eval::score::collection(&gold, &trace(folder, &gold)?, &mut scores);
        all.add(&scores);
        each.push((gold.name, scores));
    }
    each.push(("all".to_owned(), all));
    println!("{}", table::linking(&each));
    Ok(true)
}

/// The trace over one folder's gold statements.
fn trace(folder: &Path, gold: &Gold) -> anyhow::Result<sumber::wire::Trace> {
    let articles = articles(folder, gold)?;
    let trace = sumber::link(&articles);
    Ok(sumber::wire::trace(&sumber::Traced { articles, trace }, &[]))
}

/// One folder's articles with the gold's statements, names, times and events; a statement's number is
/// its number in the gold.
///
/// # Errors
///
/// Packs that cannot be read.
pub fn articles(folder: &Path, gold: &Gold) -> anyhow::Result<Vec<(Article, Analysis)>> {
    let config = sumber::Options::default().resolve()?;
    let (pages, _) = sumber::read_pages(&[folder.join("articles")]);
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
    Ok(articles)
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
fn replace(gold: &gold::Article, article: &mut Article, analysis: &mut Analysis) {
    let finder = Finder::new(&article.text);
    analysis.language = Some(gold.lang.clone());
    analysis.entities.clear();
    analysis.mentions.clear();
    let mut taken: Vec<Span> = Vec::new();
    let mut forms: Vec<&gold::Entity> = gold.entities.iter().flatten().collect();
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
    for time in gold.times.iter().flatten() {
        if let Some(span) = finder.find(&time.text, from) {
            from = span.end;
            analysis.times.push(TimeMention { span, value: time.value.clone() });
        }
    }
    analysis.times.sort_by_key(|t| t.span);
    analysis.statements.clear();
    let mut from = 0;
    for statement in gold.statements.iter().flatten() {
        let parts = match &statement.content {
            gold::Content::One(words) => std::slice::from_ref(words),
            gold::Content::Several(parts) => parts,
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
        .flatten()
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

fn link(gold: &gold::Link, statement: &gold::Statement, analysis: &Analysis) -> Link {
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
        names: gold.names.clone().into(),
        country: gold.country.clone(),
        count: gold.count,
    }
}
