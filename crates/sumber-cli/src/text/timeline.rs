//! The timeline: events by date, one line for what several articles report.

use sumber::wire::{Article, Event};

use super::known::{Known, bytes, counted, day, event_source, outlet, sentence};
use super::{Rich, Role, View, clean};

/// Events shown as a rule.
const EVENTS: usize = 25;
/// Characters of the sentence shown on each side of an event's words.
const AROUND: usize = 50;

/// One event with everybody who reports it.
struct Entry<'a> {
    event: &'a Event,
    article: &'a Article,
    /// Outlets, each once.
    outlets: Vec<String>,
    /// Who they have it from.
    sources: Vec<&'a str>,
}

/// Writes the events of all articles; those that most report, where not all are shown.
pub fn timeline(known: &Known, view: View, out: &mut String) {
    let mut entries = entries(known);
    if entries.is_empty() {
        return;
    }
    let shown = view.some(entries.len(), EVENTS);
    let hidden = entries.len() - shown;
    // most reported first; sorting is stable, so that the rest stays in order
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.outlets.len()));
    entries.truncate(shown);
    // what has no date comes last
    entries.sort_by(|a, b| date_key(a.event).cmp(&date_key(b.event)));

    out.push('\n');
    Rich::new().own(Role::Heading, "Timeline").flow(0, 2, view.canvas, out);
    let dates = entries.iter().map(|entry| date(entry.event).len()).max().unwrap_or(0);
    let what_at = 2 + dates + 2;
    for entry in &entries {
        let line = Rich::new().own(Role::Plain, date(entry.event)).column(what_at).then(what(entry.event));
        let mut line = context(line.own(Role::Plain, ": "), entry).own(Role::Quiet, " ");
        if let Some(source) = entry.sources.first() {
            line = line.own(Role::Quiet, "according to ").page(Role::Origin, source).own(Role::Quiet, ", ");
        }
        line = line.own(Role::Quiet, "in ").page(Role::Article, &entry.outlets[0]);
        if entry.outlets.len() > 1 {
            line = line.own(Role::Quiet, format!(" and {} more", entry.outlets.len() - 1));
        }
        line.flow(2, what_at, view.canvas, out);
    }
    if hidden > 0 {
        let rest = format!("{} more; --all shows them", counted(hidden, "event", "events"));
        Rich::new().own(Role::Quiet, rest).flow(2, 2, view.canvas, out);
    }
}

fn date_key(event: &Event) -> (bool, &str) {
    (event.date.is_none(), event.date.as_deref().unwrap_or(""))
}

fn date(event: &Event) -> String {
    event.date.as_deref().map_or("no date".to_owned(), day)
}

/// 'ITA -> IDN COERCE, possible'.
pub fn what(event: &Event) -> Rich {
    let rich = sides(event).own(Role::Plain, " ").page(Role::Key, &event.kind);
    match event.status.as_str() {
        "happened" => rich,
        status => rich.own(Role::Plain, ", ").page(Role::Alarm, status),
    }
}

/// 'ITA -> IDN', 'ITA, IDN' for equal sides, nothing where nobody is known.
fn sides(event: &Event) -> Rich {
    let side = |codes: &[String]| clean(&codes.join(", "));
    match (event.actors.is_empty(), event.recipients.is_empty()) {
        (true, true) => Rich::new().own(Role::Quiet, "?"),
        (false, true) => Rich::new().own(Role::Claim, side(&event.actors)),
        (actors, false) => {
            let who = if actors { "?".to_owned() } else { side(&event.actors) };
            Rich::new().own(Role::Claim, format!("{who} -> {}", side(&event.recipients)))
        }
    }
}

/// The event's words in their sentence.
fn context(line: Rich, entry: &Entry) -> Rich {
    let text = &entry.article.page.text;
    let (from, to) = bytes(text, entry.event.trigger);
    let (start, end) = sentence(text, entry.event.trigger);
    let before: Vec<usize> = text[start..from].char_indices().rev().map(|(at, _)| start + at).collect();
    let left = before.get(AROUND).map_or(start, |&at| text[at..from].find(' ').map_or(at, |blank| at + blank));
    let right = text[to..end]
        .char_indices()
        .nth(AROUND)
        .map_or(end, |(at, _)| text[to..to + at].rfind(' ').map_or(to + at, |blank| to + blank));
    let opening = if left > start { "“... " } else { "“" };
    let closing = if right < end { " ...”" } else { "”" };
    let glue = |words: &str, trailing: bool| {
        let cleaned = clean(words);
        match (cleaned.is_empty(), trailing) {
            (true, _) => cleaned,
            (false, true) if words.ends_with(char::is_whitespace) => cleaned + " ",
            (false, false) if words.starts_with(char::is_whitespace) => format!(" {cleaned}"),
            _ => cleaned,
        }
    };
    line.own(Role::Plain, opening)
        .own(Role::Plain, glue(&text[left..from], true))
        .page(Role::Claim, &text[from..to])
        .own(Role::Plain, glue(&text[to..right], false))
        .own(Role::Plain, closing)
}

/// Events of all articles, joined where type, sides, date and status agree, by date.
fn entries<'a>(known: &Known<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    for article in &known.trace.articles {
        for event in &article.events {
            let source = event_source(article, event);
            let same = |other: &Event| {
                (&other.kind, &other.actors, &other.recipients, &other.date, &other.status)
                    == (&event.kind, &event.actors, &event.recipients, &event.date, &event.status)
            };
            // without a date or sides there is nothing to tell two events apart by
            let joins = event.date.is_some() && !event.actors.is_empty();
            match entries.iter_mut().find(|entry| joins && same(entry.event)) {
                Some(entry) => {
                    let outlet = outlet(article);
                    if !entry.outlets.contains(&outlet) {
                        entry.outlets.push(outlet);
                    }
                    entry.sources.extend(source);
                }
                None => entries.push(Entry {
                    event,
                    article,
                    outlets: vec![outlet(article)],
                    sources: source.into_iter().collect(),
                }),
            }
        }
    }
    entries.sort_by(|a, b| date_key(a.event).cmp(&date_key(b.event)));
    entries
}
