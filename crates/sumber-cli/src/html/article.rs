//! An article with its statements marked, and beside each paragraph the notes that say who is speaking.
//!
//! Marks may overlap (a quotation inside a quotation), elements may not: the text is cut wherever a mark
//! begins or ends, and each piece knows the marks that it belongs to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use maud::{Markup, html};
use sumber::wire;

use super::report::{Part, Report, Said};
use super::{escape, words};
use crate::headline::{self, headline};

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
    /// Whether the anchor of the owner stands here.
    first: bool,
    /// Whether the number of the statement stands here.
    numbered: bool,
}

/// One article.
pub fn article(report: &Report, index: usize) -> Markup {
    let article = &report.trace.articles[index];
    let marks = marks(report, index);
    let lang = article.page.lang.as_deref().and_then(escape::language_tag);
    let dir = words::direction(lang);
    let anchor = report.article_anchor(index);
    let paragraphs = paragraphs(&article.page.text);
    let (pieces_of, notes_of) = sort_in(&paragraphs, &marks, article.statements.len());
    html! {
        article.text id=(anchor) aria-labelledby={ (anchor) "h" } {
            header {
                p.byline {
                    strong { bdi { (report.outlet(index)) } }
                    @if let Some(date) = &article.page.published { (words::time(date, &words::exact_date(date))) }
                    @else { span.quiet { "date not told" } }
                    @if let Some(lang) = lang { span { (words::language(lang)) } }
                    @if !article.page.authors.is_empty() { span { "by " bdi { (article.page.authors.join(", ")) } } }
                    @if let Some(credit) = &article.page.credit { span { "from " bdi { (credit) } } }
                }
                h3 id={ (anchor) "h" } lang=[lang] dir=(dir) { (headline(&article.page)) }
                p.where {
                    @if let Some(url) = article.page.url.as_deref().and_then(escape::safe_url) {
                        a href=(url) rel="noopener noreferrer external" { (headline::cut(url, 90)) } " · "
                    }
                    "read from " bdi { (article.page.path) }
                }
            }
            div.body {
                @for anchor in unseen(report, index, &marks) { span.at id=(anchor) {} }
                @for (n, paragraph) in paragraphs.iter().enumerate() {
                    div.row {
                        p lang=[lang] dir=(dir) { (pieces(&article.page.text, paragraph.clone(), &pieces_of[n], &anchor)) }
                        @if !notes_of[n].is_empty() {
                            ol.notes aria-label="Who is speaking here" {
                                @for &statement in &notes_of[n] { (note(report, index, statement)) }
                            }
                        }
                    }
                }
            }
        }
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
            first: false,
            numbered: false,
        }));
    }
    marks.extend(report.sentences[index].iter().enumerate().map(|(n, range)| Mark {
        range: range.clone(),
        role: Role::Sentence,
        anchor: report.anchor(Said { article: index, part: Part::Sentence(n) }),
        number: None,
        denies: false,
        first: false,
        numbered: false,
    }));
    marks.extend(article.events.iter().enumerate().map(|(n, event)| Mark {
        range: report.range(index, event.trigger),
        role: Role::Event,
        anchor: report.event_anchor(index, n),
        number: None,
        denies: false,
        first: false,
        numbered: false,
    }));
    // White space says nothing, and a mark must begin inside a paragraph to be found.
    for mark in &mut marks {
        let words = &article.page.text[mark.range.clone()];
        mark.range.start += words.len() - words.trim_start().len();
        mark.range.end = mark.range.start + words.trim().len();
    }
    marks.retain(|mark| !mark.range.is_empty());
    // The anchor of an owner stands at the first piece of what is said, else of whatever there is.
    let mut best: BTreeMap<&str, (bool, usize, usize)> = BTreeMap::new();
    for (m, mark) in marks.iter().enumerate() {
        let rank = (mark.role != Role::Content, mark.range.start, m);
        best.entry(&mark.anchor).and_modify(|known| *known = rank.min(*known)).or_insert(rank);
    }
    for (other, _, m) in best.into_values().collect::<Vec<_>>() {
        marks[m].first = true;
        marks[m].numbered = !other;
    }
    marks
}

/// Anchors of parts of which no word is shown; links to them lead to the head of the text.
fn unseen(report: &Report, index: usize, marks: &[Mark]) -> Vec<String> {
    let article = &report.trace.articles[index];
    let shown: BTreeSet<&str> = marks.iter().map(|mark| mark.anchor.as_str()).collect();
    let statements = (0..article.statements.len()).map(|n| report.statement_anchor(index, n));
    let events = (0..article.events.len()).map(|n| report.event_anchor(index, n));
    statements.chain(events).filter(|anchor| !shown.contains(anchor.as_str())).collect()
}

/// For each paragraph the marks that touch it, and the statements whose notes stand beside it: a note
/// stands where its statement begins.
fn sort_in<'a>(
    paragraphs: &[Range<usize>],
    marks: &'a [Mark],
    statements: usize,
) -> (Vec<Vec<&'a Mark>>, Vec<Vec<usize>>) {
    let mut pieces: Vec<Vec<&Mark>> = vec![Vec::new(); paragraphs.len()];
    let mut notes: Vec<Vec<usize>> = vec![Vec::new(); paragraphs.len()];
    let mut begins = vec![0; statements];
    for mark in marks {
        let from = paragraphs.partition_point(|paragraph| paragraph.end <= mark.range.start);
        let touched = paragraphs[from..].iter().take_while(|paragraph| paragraph.start < mark.range.end).count();
        pieces[from..from + touched].iter_mut().for_each(|paragraph| paragraph.push(mark));
        if let (Some(number), true) = (mark.number, mark.first) {
            begins[number] = from.min(paragraphs.len().saturating_sub(1));
        }
    }
    for (number, paragraph) in begins.into_iter().enumerate() {
        if let Some(notes) = notes.get_mut(paragraph) {
            notes.push(number);
        }
    }
    (pieces, notes)
}

/// One paragraph, cut where marks begin and end.
fn pieces(text: &str, paragraph: Range<usize>, touching: &[&Mark], article: &str) -> Markup {
    let cuts: BTreeSet<usize> = touching
        .iter()
        .flat_map(|m| [m.range.start.max(paragraph.start), m.range.end.min(paragraph.end)])
        .chain([paragraph.start, paragraph.end])
        .collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut coming: Vec<&Mark> = touching.to_vec();
    coming.sort_by_key(|m| std::cmp::Reverse(m.range.start));
    let mut here: Vec<&Mark> = Vec::new();
    html! {
        @for pair in cuts.windows(2) {
            @let (start, end) = (pair[0], pair[1]);
            @let old = step(&mut here, &mut coming, start);
            // The anchor of a mark stands before its first piece; the number before the first of what is said.
            @for mark in here[old..].iter().filter(|m| m.first && m.range.start == start) {
                span.at id=(mark.anchor) {}
            }
            @for number in here[old..].iter().filter(|m| m.numbered && m.range.start == start).filter_map(|m| m.number) {
                a.ref href={ "#" (article) "n" (number + 1) } aria-label={ "Statement " (number + 1) ": who says it" } { (number + 1) }
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

/// Moves to the piece that begins at `start`: marks that ended go, marks that begin come. Says how many stayed.
fn step<'a>(here: &mut Vec<&'a Mark>, coming: &mut Vec<&'a Mark>, start: usize) -> usize {
    here.retain(|mark| mark.range.end > start);
    let stayed = here.len();
    while let Some(mark) = coming.pop_if(|mark| mark.range.start <= start) {
        here.push(mark);
    }
    stayed
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
