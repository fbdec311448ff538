//! The whole page: head, finding, stories with their claims, timeline, articles, notes on reading.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sumber::wire;

use super::report::Report;
use super::{article, claim, escape, timeline, words};
use crate::headline::{self, headline};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Claims that stand open when the page is opened.
const OPEN_CLAIMS: usize = 1;

/// A story with more articles shows its claims first and the list of its articles folded.
const SHEET_ARTICLES: usize = 10;

/// The page.
pub fn page(report: &Report) -> Markup {
    let trace = report.trace;
    let stories = stories(report);
    let finding = finding(trace);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(escape::policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ (trace.generator.name) " " (trace.generator.version) };
                title { (finding) " · sumber" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the claims" }
                header.top {
                    p.brand { "sumber" span { "who said it" } }
                    h1 { (finding) }
                    (lede(report))
                    nav aria-label="Parts of this report" {
                        @for story in stories.iter().filter(|story| !story.claims.is_empty()).take(6) {
                            a href={ "#story" (story.number) } { bdi { (headline::cut(&story.title, 40)) } }
                        }
                        @if !timeline::is_empty(report) { a href="#timeline" { "Timeline" } }
                        @if !trace.articles.is_empty() { a href="#articles" { "Articles" } }
                        @if !trace.diagnostics.is_empty() { a href="#notes" { "Notes on reading" } }
                    }
                    (key())
                }
                main id="main" {
                    @if !trace.claims.is_empty() { (filters(trace)) }
                    @let alone: Vec<usize> = stories.iter().filter(|story| story.stands_alone()).flat_map(|story| story.articles.clone()).collect();
                    @for story in stories.iter().filter(|story| !story.stands_alone()) { (story_section(report, story)) }
                    @if !alone.is_empty() { (loners(report, &alone, stories.iter().all(Story::stands_alone))) }
                    @if !timeline::is_empty(report) {
                        section id="timeline" aria-labelledby="timeline-h" {
                            h2 id="timeline-h" { "Timeline" }
                            p.about { "Articles on the day they were published, events on the day they are said to have happened." }
                            (timeline::timeline(report))
                        }
                    }
                    @if !trace.articles.is_empty() {
                        section id="articles" aria-labelledby="articles-h" {
                            h2 id="articles-h" { "Articles" }
                            (legend())
                            @for index in 0..trace.articles.len() { (article::article(report, index)) }
                        }
                    }
                    @if !trace.diagnostics.is_empty() { (notes(trace)) }
                }
                footer {
                    p { "Made by " (trace.generator.name) " " (trace.generator.version) " on the reader's own machine, from the words of the articles alone. "
                        "The page loads nothing and sends nothing." }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// A story with its claims.
struct Story<'a> {
    number: usize,
    title: String,
    lang: Option<&'a str>,
    articles: Vec<usize>,
    claims: Vec<usize>,
}

impl Story<'_> {
    /// One article, of which no claim is told.
    fn stands_alone(&self) -> bool {
        self.articles.len() == 1 && self.claims.is_empty()
    }
}

/// Stories in order; each claim stands in the story of most of its members.
fn stories<'a>(report: &Report<'a>) -> Vec<Story<'a>> {
    let trace = report.trace;
    let mut story_of = vec![None; trace.articles.len()];
    let mut stories: Vec<Story> = Vec::new();
    for ids in &trace.stories {
        let mut articles: Vec<usize> = ids.iter().filter_map(|id| report.article(id)).collect();
        articles.retain(|&index| story_of[index].is_none());
        articles.dedup();
        if articles.is_empty() {
            continue;
        }
        articles.iter().for_each(|&index| story_of[index] = Some(stories.len()));
        stories.push(story(report, stories.len() + 1, articles));
    }
    let rest: Vec<usize> = (0..trace.articles.len()).filter(|&index| story_of[index].is_none()).collect();
    if !rest.is_empty() {
        rest.iter().for_each(|&index| story_of[index] = Some(stories.len()));
        stories.push(story(report, stories.len() + 1, rest));
    }
    for (c, claim) in trace.claims.iter().enumerate() {
        let mut votes = vec![0_usize; stories.len()];
        for index in claim.members.iter().filter_map(|member| report.article(&member.article)) {
            votes[story_of[index].unwrap_or(0)] += 1;
        }
        // The first of equals.
        if let Some(best) = (0..votes.len()).max_by_key(|&s| (votes[s], usize::MAX - s)) {
            stories[best].claims.push(c);
        }
    }
    // Those that matter most first, as the claims stand; stories without claims at the end.
    stories.sort_by_key(|story| (story.claims.first().copied().unwrap_or(usize::MAX), story.number));
    stories.iter_mut().enumerate().for_each(|(n, story)| story.number = n + 1);
    stories
}

fn story<'a>(report: &Report<'a>, number: usize, mut articles: Vec<usize>) -> Story<'a> {
    articles.sort_by_key(|&index| {
        let published = report.trace.articles[index].page.published.as_deref();
        (published.is_none(), published, index)
    });
    let head =
        articles.iter().find(|&&index| report.trace.articles[index].page.title.is_some()).unwrap_or(&articles[0]);
    let head = &report.trace.articles[*head];
    Story {
        number,
        title: headline(&head.page),
        lang: head.page.lang.as_deref().and_then(escape::language_tag),
        articles,
        claims: Vec::new(),
    }
}

/// What the reader should know first.
fn finding(trace: &wire::Trace) -> String {
    let shared: Vec<&wire::Claim> = trace.claims.iter().filter(|claim| carriers(claim) > 1).collect();
    let single = shared.iter().filter(|claim| claim.independent_range == [1, 1]).count();
    match (trace.articles.len(), shared.len(), single) {
        (0, ..) => "Nothing to trace: no article could be read".to_owned(),
        (1, 0, _) => "Who says what in one article".to_owned(),
        (_, 0, _) => "No claim is made by more than one article".to_owned(),
        (_, 1, 1) => "The one claim that several articles make goes back to a single origin".to_owned(),
        (_, all, 0) => format!("{} made by several articles", words::count(all, "claim", "claims")),
        (_, all, single) if all == single => {
            format!("All {all} claims that several articles make go back to a single origin each")
        }
        (_, all, 1) => format!("1 of the {all} claims that several articles make goes back to a single origin"),
        (_, all, single) => {
            format!("{single} of the {all} claims that several articles make go back to a single origin")
        }
    }
}

fn carriers(claim: &wire::Claim) -> usize {
    claim.members.iter().map(|member| &member.article).collect::<BTreeSet<_>>().len()
}

fn lede(report: &Report) -> Markup {
    let trace = report.trace;
    let outlets: BTreeSet<&str> =
        trace.articles.iter().filter_map(|a| a.page.outlet.as_ref().map(|o| o.name.as_str())).collect();
    let languages: BTreeSet<&str> = trace.articles.iter().filter_map(|a| a.page.lang.as_deref()).collect();
    let languages: Vec<String> = languages.iter().map(|tag| words::language(tag).to_owned()).collect();
    let dates: BTreeSet<&str> =
        trace.articles.iter().filter_map(|a| a.page.published.as_deref()).map(words::day).collect();
    let statements: usize = trace.articles.iter().map(|a| a.statements.len()).sum();
    let traced = trace.articles.iter().flat_map(|a| &a.statements).filter(|s| !s.chain.is_empty()).count();
    let disputed = trace.claims.iter().filter(|claim| !claim.disputed_by.is_empty()).count();
    let circular = trace.claims.iter().filter(|claim| !claim.circular.is_empty()).count();
    let changed = trace.claims.iter().filter(|claim| !claim.changes.is_empty()).count();
    let unknown = trace.claims.iter().filter(|claim| claim.independent_range[1] == 0).count();
    let mut asides = Vec::new();
    let mut aside = |number: usize, one: &str, many: &str| {
        if number > 0 {
            asides.push(words::count(number, one, many));
        }
    };
    aside(disputed, "claim is denied", "claims are denied");
    aside(circular, "comes back in a circle", "come back in a circle");
    aside(changed, "changed on the way", "changed on the way");
    aside(unknown, "has an unknown origin", "have an unknown origin");
    html! {
        @if !trace.articles.is_empty() {
            p.lede {
                (words::count(trace.articles.len(), "article", "articles"))
                @if !outlets.is_empty() { " from " (words::count(outlets.len(), "named outlet", "named outlets")) }
                @if !languages.is_empty() { " in " (words::list(&languages)) }
                @if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
                    ", " (words::long_date(first))
                    @if first != last { " to " (words::long_date(last)) }
                }
                ". " (words::count(statements, "statement", "statements")) ", " (traced) " of them with a source."
                @if !asides.is_empty() { " " (words::list(&asides)) "." }
            }
        }
    }
}

/// How to read the numbers and the drawings.
fn key() -> Markup {
    html! {
        details.key {
            summary { "How to read this" }
            ul {
                li { strong { "Independent origins" } " are counted where the chain of citations ends. Ten articles that repeat one agency's two officials have one origin. "
                    "A range such as 1–2 means that the articles do not settle whether two sources are the same; ? means that nobody says where it comes from." }
                li { strong { "← from" } ": Il Porto ← The Gazette ← two officials reads 'Il Porto has it from The Gazette, which has it from two officials'." }
                li { strong { "Drawings" } " run from the origin on the left to the articles on the right. A folded corner is an article of this collection, a double rule a medium that is only cited, "
                    "a rounded box a person (dashed: unnamed), cut corners a body, a square box a document. A crossed arrow is a denial." }
                li { strong { "Every answer" } " leads to the words it rests on: follow a quotation to its place in the article." }
            }
        }
    }
}

fn filters(trace: &wire::Trace) -> Markup {
    let number = |test: fn(&wire::Claim) -> bool| trace.claims.iter().filter(|claim| test(claim)).count();
    let choices = [
        ("all", "All", trace.claims.len()),
        ("disputed", "Denied", number(|c| !c.disputed_by.is_empty())),
        ("single", "One origin, several articles", number(|c| c.independent_range == [1, 1] && carriers(c) > 1)),
        ("ringed", "Circular", number(|c| !c.circular.is_empty())),
        ("unsettled", "Not settled", number(|c| c.independent_range[0] != c.independent_range[1])),
    ];
    html! {
        fieldset.filters {
            legend { "Show claims" }
            @for (n, (name, words, number)) in choices.iter().enumerate() {
                @if *number > 0 {
                    label {
                        input type="radio" name="show" id={ "show-" (name) } checked[n == 0];
                        span { (words) " " small { (number) } }
                    }
                }
            }
        }
    }
}

fn story_section(report: &Report, story: &Story) -> Markup {
    let heading = format!("story{}h", story.number);
    html! {
        section.story id={ "story" (story.number) } aria-labelledby=(heading) {
            p.eyebrow { "Story " (story.number) }
            h2 id=(heading) lang=[story.lang] dir="auto" { (story.title) }
            @if story.articles.len() > SHEET_ARTICLES {
                details.more {
                    summary { "The " (story.articles.len()) " articles of this story" }
                    (sheet(report, &story.articles))
                }
            } @else {
                (sheet(report, &story.articles))
            }
            @for &place in &story.claims { (claim::claim(report, place, place < OPEN_CLAIMS)) }
            @if story.claims.is_empty() && story.articles.len() > 1 {
                p.quiet { "No claim of this story is made in more than one place." }
            }
        }
    }
}

/// Articles that share no story and no claim with another.
fn loners(report: &Report, articles: &[usize], all: bool) -> Markup {
    html! {
        section.story id="alone" aria-labelledby="alone-h" {
            h2 id="alone-h" { @if all { "The articles, each on its own" } @else { "Other articles" } }
            p.about { "No other article here is on the same happening, and none of their claims is made elsewhere." }
            (sheet(report, articles))
        }
    }
}

/// The articles of a story, each with what it was made from.
fn sheet(report: &Report, articles: &[usize]) -> Markup {
    html! {
        ol.sheet aria-label="Articles of this story" {
            @for &index in articles {
                @let article = &report.trace.articles[index];
                @let lang = article.page.lang.as_deref().and_then(escape::language_tag);
                li {
                    span.date {
                        @if let Some(date) = &article.page.published { (words::time(date, &words::long_date(date))) }
                        @else { span.quiet { "no date" } }
                    }
                    span.outlet { bdi { (report.outlet(index)) } @if let Some(lang) = lang { " " abbr title=(words::language(lang)) { (lang) } } }
                    span.title {
                        a href={ "#" (report.article_anchor(index)) } { bdi lang=[lang] { (headline(&article.page)) } }
                        @for copy in report.trace.copies.iter().filter(|copy| report.article(&copy.to) == Some(index)) {
                            @if let Some(from) = report.article(&copy.from) {
                                span.copied title=(copy.evidence.join("; ")) {
                                    (words::relation(&copy.relation)) " " a href={ "#" (report.article_anchor(from)) } { bdi { (report.outlet(from)) } }
                                    @if !copy.evidence.is_empty() { span.quiet { ": " (copy.evidence.join("; ")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How the text of articles is marked.
fn legend() -> Markup {
    html! {
        p.legend {
            span.source { "source" } " says who, " span.cue { "cue" } " the words that attribute, "
            span.content { "content" } " what is said; "
            span.content.denies { "denied or declined" } ". The number leads to the note that gives the whole chain."
        }
    }
}

fn notes(trace: &wire::Trace) -> Markup {
    html! {
        section id="notes" aria-labelledby="notes-h" {
            h2 id="notes-h" { "Notes on reading" }
            ul.findings {
                @for found in &trace.diagnostics {
                    li { span.what { (found.severity) } " " bdi { (found.place) } ": " bdi { (found.message) } " " span.quiet { (found.code) } }
                }
            }
        }
    }
}
