//! One article for people: as read, and with what was found in it.

use sumber::wire::{Article, CleanArticle, DateEvidence, Link};

use super::known::{day, moment, words};
use super::{Rich, Role, claim};
use crate::output::Canvas;

/// An article as read: its headline, what is known of it, its text.
pub fn clean_article(article: &CleanArticle, canvas: Canvas) -> String {
    let mut out = String::new();
    head(article, canvas, &mut out);
    told(article, canvas, &mut out);
    out.push('\n');
    for paragraph in article.text.lines() {
        Rich::new().page(Role::Plain, paragraph).flow(0, 0, canvas, &mut out);
        out.push('\n');
    }
    out
}

/// An article with its statements, times and events.
pub fn analysis(article: &Article, canvas: Canvas) -> String {
    let mut out = String::new();
    head(&article.page, canvas, &mut out);
    for statement in &article.statements {
        out.push('\n');
        let content: Vec<&str> = statement.content.iter().map(|place| words(&article.page.text, *place)).collect();
        Rich::new()
            .own(Role::Key, &*statement.id)
            .column(5)
            .own(Role::Plain, "“")
            .page(Role::Claim, &content.join(" … "))
            .own(Role::Plain, "”")
            .flow(0, 5, canvas, &mut out);
        let links: Vec<&Link> = statement.chain.iter().collect();
        let how = format!("{}, {}  ", statement.kind, statement.stance);
        let line = Rich::new().own(Role::Quiet, how);
        match links.is_empty() {
            true => line.own(Role::Alarm, "<- nobody is named"),
            false => line.then(claim::chain(&links)),
        }
        .flow(5, 8, canvas, &mut out);
    }
    let mut names: Vec<(&str, &str, &str)> =
        article.entities.iter().map(|m| (m.id.as_str(), m.kind.as_str(), m.text.as_str())).collect();
    names.sort_unstable();
    names.dedup_by_key(|name| name.0);
    part("names", names.iter().map(|(id, kind, text)| format!("{text} [{kind} {id}]")), canvas, &mut out);
    let value = |time: &sumber::wire::Time| time.value.as_deref().map_or("?".to_owned(), day);
    part("times", article.times.iter().map(|time| format!("{} [{}]", time.text, value(time))), canvas, &mut out);
    let event = |event: &sumber::wire::Event| {
        let date = event.date.as_deref().map_or("no date".to_owned(), day);
        let (actors, recipients) = (event.actors.join(", "), event.recipients.join(", "));
        let trigger = words(&article.page.text, event.trigger);
        format!("{} {actors} -> {recipients} [{trigger}, {date}, {}]", event.kind, event.status)
    };
    part("events", article.events.iter().map(event), canvas, &mut out);
    out.push('\n');
    out
}

/// The headline, and under it outlet, date, language, authors and file.
fn head(article: &CleanArticle, canvas: Canvas, out: &mut String) {
    let title = article.title.as_deref().unwrap_or("(no headline)");
    Rich::new().page(Role::Heading, title).flow(0, 2, canvas, out);
    let outlet = article.outlet.as_ref().map_or("outlet unknown", |outlet| &outlet.name);
    let date = article.published.as_deref().map_or("no date".to_owned(), moment);
    let mut facts = format!("{outlet} · {date} · {}", article.lang.as_deref().unwrap_or("language unknown"));
    if !article.authors.is_empty() {
        facts += &format!(" · by {}", article.authors.join(", "));
    }
    Rich::new().page(Role::Quiet, &format!("{facts} · {}", article.path)).flow(0, 2, canvas, out);
}

/// What tells the dates, to whom the text is credited, and what was changed in it.
fn told(article: &CleanArticle, canvas: Canvas, out: &mut String) {
    let by = |date: &str, evidence: &DateEvidence| {
        let place = evidence.name.as_deref().map_or(evidence.kind.clone(), |name| format!("{} {name}", evidence.kind));
        format!("{date} by {place}: {}", evidence.words)
    };
    let published = article.published_evidence.as_ref().map(|told| by("dated", told));
    let modified = article.modified.as_deref().zip(article.modified_evidence.as_ref());
    let modified = modified.map(|(date, told)| by(&format!("changed {},", moment(date)), told));
    let credit = article.credit.as_ref().map(|credit| format!("credited to {credit}"));
    for line in [published, modified, credit].into_iter().flatten().chain(article.updates.iter().cloned()) {
        Rich::new().page(Role::Quiet, &line).flow(0, 2, canvas, out);
    }
}

fn part(name: &str, items: impl Iterator<Item = String>, canvas: Canvas, out: &mut String) {
    let mut line = Rich::new().own(Role::Key, name).column(8);
    let mut any = false;
    for item in items {
        line = line.own(Role::Quiet, if any { "; " } else { "" }).page(Role::Plain, &item);
        any = true;
    }
    if any {
        out.push('\n');
        line.flow(0, 8, canvas, out);
    }
}
