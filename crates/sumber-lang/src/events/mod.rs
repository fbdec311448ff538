//! Events: PLOVER type, who to whom, when, whether it took place, and according to whom.
//!
//! The three types that matter: [`EventPack`] (a language's trigger words, `events.tsv`, and the
//! small words that show roles and status, `events.toml`), `Scene` (one text with everything that
//! was found before) and [`Event`]. Sides are states and bodies: an event with none is not one that
//! this room reports. Source of the scheme: PLOVER (Open Event Data Alliance 2021).
//!
//! This room must never know a word of a language, nor what other articles say.

mod lexicon;
mod merge;
mod roles;
mod scene;
mod status;

use std::ops::Range;

use sumber_core::{Article, Event, EventKind, EventStatus, Span, Statement, StatementIndex};

use crate::Packs;
use crate::pack::{Example, ExampleResult, MarkedText, Pack};
use crate::statements::Layers;
use crate::text::Text;

pub use lexicon::EventPack;

use lexicon::{Part, Roles, Trigger};
use scene::Scene;

/// How many events of a sentence before a trigger are looked at.
const NEIGHBOURS: usize = 32;

/// Finds the events of a text. `published` is the article's date.
pub fn find(
    text: &Text<'_>,
    published: Option<&str>,
    layers: Layers<'_>,
    statements: &[Statement],
    pack: &Pack,
    packs: &Packs,
) -> Vec<Event> {
    let scene = Scene::new(text, layers, statements, pack, packs);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        match scene.trigger_at(at) {
            Some((length, trigger)) => {
                found.extend(
                    trigger.kind.and_then(|kind| read(&scene, at..at + length, trigger, kind, published, &found)),
                );
                at += length;
            }
            None => at += 1,
        }
    }
    merge::merge(text.source, found)
}

/// An event with what later ones need to know of it.
#[derive(Clone, Debug)]
struct Found {
    event: Event,
    part: Part,
    roles: Roles,
    sentence: u32,
    /// Tokens of the trigger.
    end: usize,
    /// Where its clause ends.
    clause_end: usize,
    /// Its type holds what follows in its clause: a request's content is no event.
    governs: bool,
}

/// Reads the event of one trigger, or nothing where the sides do not tell enough.
fn read(
    scene: &Scene<'_>,
    tokens: Range<usize>,
    trigger: &Trigger,
    mut kind: EventKind,
    published: Option<&str>,
    found: &[Found],
) -> Option<Found> {
    let (start, end) = (tokens.start, tokens.end);
    let sentence = scene.text.tokens[start].sentence;
    let clause = scene.clause(start, end);
    let span = scene.text.span(start..end);
    let before = found.iter().rev().take_while(|f| f.sentence == sentence).take(NEIGHBOURS);
    if before.clone().any(|f| f.governs && start < f.clause_end) || scene.is_averted(start, &clause) {
        return None;
    }
    if scene.is_unreal(start, trigger, &clause) || (is_force(kind) && scene.is_sport(start)) {
        return None;
    }
    let elder = before.clone().find(|f| f.part != Part::Noun);
    let statement = scene.statement_of(span);
    let sides = roles::sides(scene, start, end, trigger, &clause, elder, statement);
    if sides.explicit < trigger.needs || (sides.actors.is_empty() && sides.recipients.is_empty()) {
        return None;
    }
    if kind == EventKind::Coerce && sides.by_outlaws {
        kind = EventKind::Assault;
    }
    let mut date = scene.date(start, end, &clause, statement);
    let is_later = date.as_deref().zip(published).is_some_and(|(date, published)| is_after(date, published));
    if scene.own_date(&clause).zip(published).is_some_and(|(date, published)| is_long_past(date, published)) {
        return None;
    }
    let mut status = status::of(scene, start, end, trigger, &clause, statement);
    if is_later && is_speech(kind) {
        // what is asked for or threatened is to come, not the asking
        date = None;
    } else if is_later && status == EventStatus::Happened {
        status = EventStatus::Planned;
    }
    if trigger.roles == Roles::Sign && matches!(status, EventStatus::Planned | EventStatus::Possible) {
        (kind, status) = (EventKind::Agree, EventStatus::Planned);
    }
    let is_cue = |s: &StatementIndex| scene.statements[s.0 as usize].cue.is_some_and(|cue| cue.overlaps(span));
    let event = Event {
        kind,
        trigger: span,
        actors: sides.actors,
        recipients: sides.recipients,
        date,
        status,
        statement: statement.filter(|s| !is_cue(s)),
    };
    let governs = trigger.part != Part::Noun
        && matches!(kind, EventKind::Request | EventKind::Threaten | EventKind::Reject | EventKind::Agree);
    Some(Found { event, part: trigger.part, roles: trigger.roles, sentence, end, clause_end: clause.end, governs })
}

/// Types that are words alone.
fn is_speech(kind: EventKind) -> bool {
    matches!(kind, EventKind::Request | EventKind::Threaten | EventKind::Accuse | EventKind::Reject)
}

/// Types that games have words for as well.
fn is_force(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Assault | EventKind::Coerce | EventKind::Mobilize | EventKind::Retreat | EventKind::Threaten
    )
}

/// Whether an ISO date (day, month or year) lies so long before a day that the text tells of it as of
/// the past: more than a month before the month of that day, or more than a year before its year.
fn is_long_past(date: &str, published: &str) -> bool {
    let number = |text: &str, range: Range<usize>| text.get(range).and_then(|n| n.parse::<i32>().ok());
    let (Some(year), Some(now)) = (number(date, 0..4), number(published, 0..4)) else { return false };
    match (number(date, 5..7), number(published, 5..7)) {
        (Some(month), Some(this_month)) => (now - year) * 12 + this_month - month > 2,
        _ => now - year > 1,
    }
}

/// Whether an ISO date (day, month or year) lies after a day.
fn is_after(date: &str, published: &str) -> bool {
    let length = date.len().min(10).min(published.len());
    match (date.get(..length), published.get(..length)) {
        (Some(date), Some(published)) => date.as_bytes()[0].is_ascii_digit() && date > published,
        _ => false,
    }
}

/// Runs the examples of a pack's `events.toml`. Marks: `[TYPE words]` for a trigger, or
/// `[TYPE:ACTOR+ACTOR>RECIPIENT:status words]` with as much as the example wants to say.
pub fn run_examples(packs: &Packs, tag: &str) -> Vec<ExampleResult> {
    let Some(pack) = packs.get(tag) else { return Vec::new() };
    let run = |(n, marked): (usize, &String)| {
        let failure = match MarkedText::parse(marked) {
            Err(message) => Some(message),
            Ok(MarkedText { text, spans }) => check(&text, spans, packs, tag),
        };
        let yes = marked.contains('[');
        let rule = format!("events.{}", n + 1);
        let example = Example { file: format!("{tag}/events.toml"), rule, marked: marked.clone(), yes };
        ExampleResult { example, failure }
    };
    pack.events.examples.iter().enumerate().map(run).collect()
}

/// Compares what is found in an example with its marks.
fn check(text: &str, mut spans: Vec<(String, Span)>, packs: &Packs, tag: &str) -> Option<String> {
    let article = Article {
        id: sumber_core::ArticleId(1),
        declared_language: Some(tag.to_owned()),
        published: Some("2024-06-12".to_owned()),
        text: text.to_owned(),
        ..Article::default()
    };
    spans.sort_by_key(|(_, span)| *span);
    let found = crate::analyze::analyze_as(&article, Some(tag.to_owned()), packs).events;
    let fits = |(label, span): &(String, Span), event: &Event| {
        let mut parts = label.split(':');
        let sides = format!("{}>{}", event.actors.join("+"), event.recipients.join("+"));
        parts.next() == Some(event.kind.as_str())
            && span.overlaps(event.trigger)
            && parts.next().is_none_or(|wanted| wanted == sides)
            && parts.next().is_none_or(|wanted| wanted == event.status.as_str())
    };
    if found.len() == spans.len() && spans.iter().zip(&found).all(|(s, e)| fits(s, e)) {
        return None;
    }
    let words = |e: &Event| {
        let sides = format!("{}>{}", e.actors.join("+"), e.recipients.join("+"));
        format!("[{}:{sides}:{} {}]", e.kind, e.status, e.trigger.of(text))
    };
    let list: Vec<String> = found.iter().map(words).collect();
    Some(format!("found {}", if list.is_empty() { "nothing".to_owned() } else { list.join(" ") }))
}

#[cfg(test)]
mod tests;
