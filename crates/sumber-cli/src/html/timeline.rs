//! Articles and events on their days.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::report::Report;
use super::{article, escape, words};
use crate::headline::headline;

/// What makes events of several articles one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Happening<'a> {
    kind: &'a str,
    actors: &'a [String],
    recipients: &'a [String],
    status: &'a str,
}

#[derive(Default)]
struct Day<'a> {
    articles: Vec<usize>,
    /// Events with the articles that report them.
    events: BTreeMap<Happening<'a>, Vec<(usize, usize)>>,
}

/// Sorts days; a month or a year alone stands after its days.
type DayKey<'a> = (&'a str, bool, &'a str, &'a str, &'a str);

fn day_key(date: &str) -> DayKey<'_> {
    let day = words::day(date);
    let (year, month) = (day.get(..4).unwrap_or(day), day.get(..7).unwrap_or(""));
    (year, month.is_empty(), month, if day.len() > 7 { day } else { "~" }, day)
}

/// Whether there is anything to show.
pub fn is_empty(report: &Report) -> bool {
    report.trace.articles.is_empty()
}

/// Days in order, what has no date at the end.
pub fn timeline(report: &Report) -> Markup {
    let mut days: BTreeMap<DayKey, Day> = BTreeMap::new();
    let mut undated = Day::default();
    for (a, article) in report.trace.articles.iter().enumerate() {
        match &article.page.published {
            Some(date) => days.entry(day_key(date)).or_default().articles.push(a),
            None => undated.articles.push(a),
        }
        for (e, event) in article.events.iter().enumerate() {
            let day = match &event.date {
                Some(date) => days.entry(day_key(date)).or_default(),
                None => &mut undated,
            };
            let happening = Happening {
                kind: &event.kind,
                actors: &event.actors,
                recipients: &event.recipients,
                status: &event.status,
            };
            day.events.entry(happening).or_default().push((a, e));
        }
    }
    html! {
        ol.timeline {
            @for ((.., date), day) in &days {
                li {
                    h3 { (words::time(date, &words::long_date(date))) }
                    (entries(report, day))
                }
            }
            @if !undated.articles.is_empty() || !undated.events.is_empty() {
                li.undated {
                    h3 { "Date not told" }
                    (entries(report, &undated))
                }
            }
        }
    }
}

fn entries(report: &Report, day: &Day) -> Markup {
    html! {
        ul {
            @for &index in &day.articles {
                @let article = &report.trace.articles[index];
                @let lang = article.page.lang.as_deref().and_then(escape::language_tag);
                li.published {
                    span.what { "article" }
                    span {
                        strong { bdi { (report.outlet(index)) } } ": "
                        a href={ "#" (report.article_anchor(index)) } { bdi lang=[lang] { (headline(&article.page)) } }
                    }
                }
            }
            @for (happening, places) in &day.events {
                li class={ "event " (status(happening.status)) } {
                    span.what { (happening.kind.to_lowercase()) }
                    span {
                        (sides(happening))
                        @if happening.status != "happened" { " " span.status { (happening.status) } }
                        " "
                        (in_context(report, places[0].0, places[0].1))
                        @for (n, &(a, e)) in places.iter().enumerate() {
                            @if n > 0 {
                                @if n == 1 { span.according { " also " } } @else { ", " }
                                (trigger(report, a, e))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn status(status: &str) -> &'static str {
    match status {
        "happened" => "happened",
        "ongoing" => "ongoing",
        "planned" => "planned",
        "possible" => "possible",
        "denied" => "denied",
        _ => "other",
    }
}

fn sides(happening: &Happening) -> Markup {
    html! {
        @if !happening.actors.is_empty() || !happening.recipients.is_empty() {
            strong.sides {
                @if happening.actors.is_empty() { "?" } @else { bdi { (happening.actors.join(", ")) } }
                @if !happening.recipients.is_empty() {
                    span aria-hidden="true" { " → " } span.unseen { " to " }
                    bdi { (happening.recipients.join(", ")) }
                }
            }
        }
    }
}

/// Words on either side of a trigger, in code points.
const AROUND: usize = 60;

/// The trigger with the words around it, and according to whom.
fn in_context(report: &Report, a: usize, e: usize) -> Markup {
    let article = &report.trace.articles[a];
    let lang = article.page.lang.as_deref().and_then(escape::language_tag);
    let range = report.range(a, article.events[e].trigger);
    let (before, after) = words::around(&article.page.text, range.clone(), AROUND);
    html! {
        a.words href={ "#" (report.event_anchor(a, e)) } {
            bdi lang=[lang] dir=(words::direction(lang)) { (before) b { (article.page.text[range]) } (after) }
        }
        (according(report, a, e))
    }
}

/// The word in its article, and according to whom.
fn trigger(report: &Report, a: usize, e: usize) -> Markup {
    let article = &report.trace.articles[a];
    let lang = article.page.lang.as_deref().and_then(escape::language_tag);
    html! {
        a href={ "#" (report.event_anchor(a, e)) } { q { bdi lang=[lang] { (report.slice(a, article.events[e].trigger)) } } }
        (according(report, a, e))
    }
}

fn according(report: &Report, a: usize, e: usize) -> Markup {
    let article = &report.trace.articles[a];
    let said = article.events[e].statement.as_deref().and_then(|id| report.statement_place(a, id));
    let origin = said.and_then(|n| article.statements[n].chain.last());
    html! {
        span.according {
            " (" bdi { (report.outlet(a)) }
            @if let Some(link) = origin { (article::from()) bdi { (words::link_name(link)) } }
            ")"
        }
    }
}
