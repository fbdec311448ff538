//! An article with its statements marked, and beside each paragraph the notes that say who is speaking.
//!
//! Marks may overlap (a quotation inside a quotation), elements may not: the text is cut wherever a mark
//! begins or ends, and each piece knows the marks that it belongs to.

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{Markup, html};
use sumber::wire;

use super::report::{Part, Report, Said};
use super::{escape, words};

/// What a marked piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Content,
    Sentence,
    Source,
    Cue,
    Event,
}

impl Role {
    fn class(self) -> &'static str {
        match self {
            Role::Content => "content",
            Role::Sentence => "sentence",
            Role::Source => "source",
            Role::Cue => "cue",
            Role::Event => "event",
        }
    }
}

struct Mark {
    range: Range<usize>,
    role: Role,
    anchor: String,
    number: Option<usize>,
    denies: bool,
}

/// One article.
pub fn article(report: &Report, index: usize) -> Markup {
    let article = &report.trace.articles[index];
    let marks = marks(report, index);
    let lang = article.lang.as_deref().and_then(escape::language_tag);
    let dir = words::direction(lang);
    let anchor = report.article_anchor(index);
    // Every note stands beside the paragraph in which its statement begins.
    let starts: Vec<(usize, usize)> = (0..article.statements.len())
        .map(|n| {
            let mine = marks.iter().filter(|m| m.number == Some(n));
            (mine.map(|m| (m.role != Role::Content, m.range.start)).min().map_or(0, |(_, start)| start), n)
        })
        .collect();
    let paragraphs = paragraphs(&article.text);
    html! {
        article.text id=(anchor) aria-labelledby={ (anchor) "h" } {
            header {
                p.byline {
                    strong { bdi { (report.outlet(index)) } }
                    @if let Some(date) = &article.published { (words::time(date, &words::exact_date(date))) }
                    @else { span.quiet { "date not told" } }
                    @if let Some(lang) = lang { span { (words::language(lang)) } }
                    @if !article.authors.is_empty() { span { "by " bdi { (article.authors.join(", ")) } } }
                    @if let Some(credit) = &article.credit { span { "from " bdi { (credit) } } }
                }
                h3 id={ (anchor) "h" } lang=[lang] dir=(dir) { (title(article)) }
                p.where {
                    @if let Some(url) = article.url.as_deref().and_then(escape::safe_url) {
                        a href=(url) rel="noopener noreferrer external" { (words::cut(url, 90)) } " · "
                    }
                    "read from " bdi { (article.path) }
                }
            }
            div.body {
                @for (n, paragraph) in paragraphs.iter().enumerate() {
                    @let end = paragraphs.get(n + 1).map_or(usize::MAX, |next| next.start);
                    @let begin = if n == 0 { 0 } else { paragraph.start };
                    @let here: Vec<usize> =
                        starts.iter().filter(|(at, _)| (begin..end).contains(at)).map(|&(_, n)| n).collect();
                    div.row {
                        p lang=[lang] dir=(dir) { (pieces(&article.text, paragraph.clone(), &marks, &anchor)) }
                        @if !here.is_empty() {
                            ol.notes aria-label="Who is speaking here" {
                                @for statement in here { (note(report, index, statement)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The headline, or the first words of the text.
pub fn title(article: &wire::Article) -> String {
    match article.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => title.to_owned(),
        None if article.text.trim().is_empty() => "An article without text".to_owned(),
        None => words::cut(article.text.trim().lines().next().unwrap_or_default(), 80),
    }
}

/// Lines that hold something.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            found.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    found
}

fn marks(report: &Report, index: usize) -> Vec<Mark> {
    let article = &report.trace.articles[index];
    let mut marks = Vec::new();
    for (n, statement) in article.statements.iter().enumerate() {
        let places = statement.content.iter().map(|&place| (place, Role::Content));
        let places = places.chain(statement.source.map(|place| (place, Role::Source)));
        let places = places.chain(statement.cue.map(|place| (place, Role::Cue)));
        marks.extend(places.map(|(place, role)| Mark {
            range: report.range(index, place),
            role,
            anchor: report.statement_anchor(index, n),
            number: Some(n),
            denies: statement.stance != "asserts",
        }));
    }
    marks.extend(report.sentences[index].iter().enumerate().map(|(n, range)| Mark {
        range: range.clone(),
        role: Role::Sentence,
        anchor: report.anchor(Said { article: index, part: Part::Sentence(n) }),
        number: None,
        denies: false,
    }));
    marks.extend(article.events.iter().enumerate().map(|(n, event)| Mark {
        range: report.range(index, event.trigger),
        role: Role::Event,
        anchor: report.event_anchor(index, n),
        number: None,
        denies: false,
    }));
    marks.retain(|mark| !mark.range.is_empty());
    marks
}

/// One paragraph, cut where marks begin and end.
fn pieces(text: &str, paragraph: Range<usize>, marks: &[Mark], article: &str) -> Markup {
    let touching: Vec<&Mark> =
        marks.iter().filter(|m| m.range.start < paragraph.end && m.range.end > paragraph.start).collect();
    let cuts: BTreeSet<usize> = touching
        .iter()
        .flat_map(|m| [m.range.start.max(paragraph.start), m.range.end.min(paragraph.end)])
        .chain([paragraph.start, paragraph.end])
        .collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    html! {
        @for pair in cuts.windows(2) {
            @let (start, end) = (pair[0], pair[1]);
            @let here: Vec<&&Mark> =
                touching.iter().filter(|m| m.range.start <= start && m.range.end >= end).collect();
            // The anchor of a mark stands before its first piece; the number before the first of what is said.
            @for mark in touching.iter().filter(|m| m.range.start == start && first(marks, m)) {
                span.at id=(mark.anchor) {}
            }
            @for mark in touching.iter().filter(|m| m.range.start == start && m.role == Role::Content && first_content(marks, m)) {
                @if let Some(number) = mark.number {
                    a.ref href={ "#" (article) "n" (number + 1) } aria-label={ "Statement " (number + 1) ": who says it" } { (number + 1) }
                }
            }
            @if here.is_empty() {
                (text[start..end])
            } @else {
                @let roles: BTreeSet<Role> = here.iter().map(|m| m.role).collect();
                @let owners: BTreeSet<&str> = here.iter().map(|m| m.anchor.as_str()).collect();
                @let class: Vec<&str> = roles.iter().map(|role| role.class()).collect();
                @let denies = here.iter().any(|m| m.denies && m.role == Role::Content);
                span class={ (class.join(" ")) @if denies { " denies" } }
                    data-s=(owners.into_iter().collect::<Vec<_>>().join(" ")) { (text[start..end]) }
            }
        }
    }
}

/// Whether no other mark of the same owner begins before.
fn first(marks: &[Mark], mark: &Mark) -> bool {
    let earliest = marks
        .iter()
        .filter(|other| other.anchor == mark.anchor)
        .min_by_key(|other| (other.role != Role::Content, other.range.start));
    earliest.is_some_and(|other| std::ptr::eq(other, mark))
}

fn first_content(marks: &[Mark], mark: &Mark) -> bool {
    marks.iter().find(|m| m.number == mark.number && m.role == Role::Content).is_some_and(|m| std::ptr::eq(m, mark))
}

/// The note of one statement: who, in what manner, from whom, and the claims that it makes.
fn note(report: &Report, index: usize, number: usize) -> Markup {
    let article = &report.trace.articles[index];
    let statement = &article.statements[number];
    let anchor = report.statement_anchor(index, number);
    let claims = report.claims_of(Said { article: index, part: Part::Statement(number) });
    html! {
        li id={ (report.article_anchor(index)) "n" (number + 1) } data-of=(anchor) {
            a.ref href={ "#" (anchor) } aria-label={ "Back to the words of statement " (number + 1) } { (number + 1) }
            (way(&statement.chain))
            span.unseen { ": " }
            span.manner { (words::manner(statement)) @if statement.hearsay { ", hearsay" } }
            @for &(claim, denied) in claims {
                " · " a.chip href={ "#c" (claim + 1) } {
                    @if denied { "against claim " } @else { "claim " } (claim + 1)
                }
            }
        }
    }
}

/// A chain, nearest first: `The Strait Times ← two officials`.
pub fn way(chain: &[wire::Link]) -> Markup {
    html! {
        span.way {
            @if chain.is_empty() { span.quiet { "no source given" } }
            @for (n, link) in chain.iter().enumerate() {
                @if n > 0 { (from()) }
                (link_words(link))
            }
        }
    }
}

/// A link's words, and for those without a name what tells them apart.
pub fn link_words(link: &wire::Link) -> Markup {
    html! {
        bdi.link { (words::link_name(link)) }
        @if link.kind == "anonymous" { " " span.kind { "(" (words::link_note(link)) ")" } }
    }
}

/// The arrow of a chain, which screen readers say as a word.
pub fn from() -> Markup {
    html! { span.arrow aria-hidden="true" { " ← " } span.unseen { " from " } }
}
