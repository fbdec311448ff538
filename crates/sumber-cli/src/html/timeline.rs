//! Articles and events on their days.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::report::{Part, Report, Said};
use super::{article, escape, words};

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

/// Whether there is anything to show.
pub fn is_empty(report: &Report) -> bool {
    report.trace.articles.is_empty()
}

/// Days in order, what has no date at the end.
pub fn timeline(report: &Report) -> Markup {
    let mut days: BTreeMap<&str, Day> = BTreeMap::new();
    let mut undated = Day::default();
    for (a, article) in report.trace.articles.iter().enumerate() {
        match &article.published {
            Some(date) => days.entry(words::day(date)).or_default().articles.push(a),
            None => undated.articles.push(a),
        }
        for (e, event) in article.events.iter().enumerate() {
            let day = match &event.date {
                Some(date) => days.entry(words::day(date)).or_default(),
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
            @for (date, day) in &days {
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
                @let lang = article.lang.as_deref().and_then(escape::language_tag);
                li.published {
                    span.what { "article" }
                    span {
                        strong { bdi { (report.outlet(index)) } } ": "
                        a href={ "#" (report.article_anchor(index)) } { bdi lang=[lang] { (article::title(article)) } }
                    }
                }
            }
            @for (happening, places) in &day.events {
                li class={ "event " (status(happening.status)) } {
                    span.what { (happening.kind.to_lowercase()) }
                    span {
                        (sides(happening)) " "
                        @for (n, &(a, e)) in places.iter().enumerate() {
                            @if n > 0 { ", " }
                            (trigger(report, a, e))
                        }
                        @if happening.status != "happened" { " " span.status { (happening.status) } }
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

/// The word in its article, and according to whom.
fn trigger(report: &Report, a: usize, e: usize) -> Markup {
    let article = &report.trace.articles[a];
    let event = &article.events[e];
    let lang = article.lang.as_deref().and_then(escape::language_tag);
    let said = event.statement.as_deref().and_then(|id| report.statement_place(a, id));
    let origin = said.and_then(|n| article.statements[n].chain.last());
    let anchor = match said {
        // The words around the trigger say more than the trigger alone.
        Some(n) if report.slice(a, event.trigger).is_empty() => {
            report.anchor(Said { article: a, part: Part::Statement(n) })
        }
        _ => report.event_anchor(a, e),
    };
    html! {
        a href={ "#" (anchor) } { q { bdi lang=[lang] { (report.slice(a, event.trigger)) } } }
        span.according {
            " (" bdi { (report.outlet(a)) }
            @if let Some(link) = origin { (article::from()) bdi { (words::link_name(link)) } }
            ")"
        }
    }
}
