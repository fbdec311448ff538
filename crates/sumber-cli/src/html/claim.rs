//! A claim: how many independent origins, the drawing, what is noteworthy, and everyone's words.

use std::collections::BTreeSet;

use maud::{Markup, html};
use sumber::wire;

use super::article::{from, link_words};
use super::graph::{self, EdgeKind};
use super::report::Report;
use super::{article, escape, words};
use crate::headline;

/// One claim, folded to its number and gist unless it is `open`.
pub fn claim(report: &Report, place: usize, open: bool) -> Markup {
    let claim = &report.trace.claims[place];
    let number = place + 1;
    let carriers = articles(report, &claim.members);
    let deniers = articles(report, &claim.disputed_by);
    let (origins, noun) = words::origins(claim);
    let single = claim.independent_range == [1, 1] && carriers.len() > 1;
    let graph = graph::of_claim(report, claim);
    html! {
        details.claim.disputed[!claim.disputed_by.is_empty()].ringed[!claim.circular.is_empty()].single[single]
            .unsettled[claim.independent_range[0] != claim.independent_range[1]]
            id={ "c" (number) } open[open] {
            summary {
                span.count { b { (origins) } " " span { (noun) } }
                span.what {
                    h3 dir="auto" lang=[gist_language(report, claim)] { (claim.gist) }
                    span.meta {
                        span { "Claim " (number) }
                        span { (words::count(claim.members.len(), "statement", "statements")) " in "
                            (words::count(carriers.len(), "article", "articles")) }
                        @if !claim.circular.is_empty() { span.flag { "↻ comes back in a circle" } }
                        @if !deniers.is_empty() { span.flag.against { "✕ denied in " (words::count(deniers.len(), "article", "articles")) } }
                        @if !claim.changes.is_empty() { span.flag { "changed on the way" } }
                    }
                }
            }
            div.inside {
                (verdict(report, claim))
                @if graph.edges.iter().any(|edge| edge.kind != EdgeKind::Circle) { (figure(&graph, claim, number)) }
                (facts(report, claim))
                section.voices {
                    h4 { "Who says it, in their words" }
                    (voices(report, &claim.members))
                }
                @if !claim.disputed_by.is_empty() {
                    section.voices.denials {
                        h4 { "Who denies it" }
                        (voices(report, &claim.disputed_by))
                    }
                }
            }
        }
    }
}

/// Places of the articles of some members, in the order of the members.
fn articles(report: &Report, members: &[wire::Member]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    members.iter().filter_map(|member| report.article(&member.article)).filter(|&index| seen.insert(index)).collect()
}

/// The language of the member whose words the gist is.
fn gist_language<'a>(report: &Report<'a>, claim: &wire::Claim) -> Option<&'a str> {
    let said = claim.members.iter().find(|member| {
        let words = report.words(member);
        words == claim.gist || words.contains(&claim.gist) || claim.gist.contains(&words)
    })?;
    report.trace.articles[report.article(&said.article)?].page.lang.as_deref().and_then(escape::language_tag)
}

/// What it comes to, in a sentence or two.
fn verdict(report: &Report, claim: &wire::Claim) -> Markup {
    let mut groups: std::collections::BTreeMap<u32, Vec<&wire::Origin>> = std::collections::BTreeMap::new();
    for origin in &claim.origins {
        groups.entry(origin.group).or_default().push(origin);
    }
    let untold = claim.members.iter().filter(|member| report.chain(member).is_empty()).count();
    let [least, most] = claim.independent_range;
    html! {
        p.verdict {
            @if groups.is_empty() {
                "No statement tells who said it first: the origin is unknown."
            } @else if groups.len() == 1 {
                @if least < most { "It goes back to " } @else if untold == 0 { "All of it goes back to " } @else { "What has a source goes back to " }
                (root(&groups.values().next().cloned().unwrap_or_default())) "."
            } @else {
                "It goes back to "
                @for (n, group) in groups.values().enumerate() {
                    @if n > 0 { @if n + 1 == groups.len() { " and to " } @else { ", to " } }
                    (root(group))
                }
                "."
            }
            @if least < most {
                " Independent of one another are at least " (least) " and at most " (most) ": the articles do not settle it."
            }
            @if untold > 0 && !groups.is_empty() {
                " " (words::count(untold, "statement names", "statements name")) " no source and "
                @if untold == 1 { "is" } @else { "are" } " not counted."
            }
        }
    }
}

/// The origins of one root: 'X and Y (counted once) through Z'.
fn root(group: &[&wire::Origin]) -> Markup {
    let mut seen = BTreeSet::new();
    let ends: Vec<&wire::Link> =
        group.iter().map(|o| &o.origin).filter(|link| seen.insert((&link.kind, words::link_name(link)))).collect();
    let through: BTreeSet<&str> = group.iter().flat_map(|o| &o.via).map(String::as_str).collect();
    html! {
        @for (n, link) in ends.iter().enumerate() {
            @if n > 0 { @if n + 1 == ends.len() { " and " } @else { ", " } }
            strong { (link_words(link)) }
        }
        @if ends.len() > 1 { " (counted once)" }
        @if !through.is_empty() {
            " through "
            @for (n, medium) in through.iter().enumerate() {
                @if n > 0 { @if n + 1 == through.len() { " and " } @else { ", " } }
                bdi { (medium) }
            }
        }
    }
}

/// The drawing with the key to its lines.
fn figure(graph: &graph::Graph, claim: &wire::Claim, number: usize) -> Markup {
    let kinds: BTreeSet<EdgeKind> = graph.edges.iter().map(|edge| edge.kind).collect();
    let (origins, noun) = words::origins(claim);
    let label = format!(
        "Drawing of how claim {number} went from its origins on the left to the articles on the right: {origins} {noun}. \
         The lists after the drawing tell the same in words."
    );
    html! {
        figure {
            div.scroll tabindex="0" role="group" aria-label={ "Drawing of claim " (number) ", scrolls sideways" } { (graph::draw::svg(graph, &label)) }
            figcaption {
                span { "From who said it, on the left, to the articles that carry it" }
                @for kind in kinds.iter().copied().filter(|_| kinds.len() > 1) {
                    span { (graph::draw::sample(kind)) (match kind {
                        EdgeKind::Cites => "said to or cited by",
                        EdgeKind::Copies => "copied",
                        EdgeKind::Translates => "translated",
                        EdgeKind::Denies => "denies it",
                        EdgeKind::Circle => "comes back in a circle",
                    }) }
                }
                @if !graph.perhaps_one.is_empty() { span { "dotted, ?: may be one origin" } }
                @if graph.left_out > 0 { span { (graph.left_out) " more in the list below" } }
            }
        }
    }
}

/// First, circles, changes, and why the count is what it is.
fn facts(report: &Report, claim: &wire::Claim) -> Markup {
    let merges: Vec<(&wire::Merge, [&wire::Link; 2])> = claim
        .merges
        .iter()
        .filter_map(|merge| {
            let [left, right] = merge.origins.map(|place| claim.origins.get(place as usize));
            Some((merge, [&left?.origin, &right?.origin]))
        })
        .collect();
    html! {
            dl.facts {
                div {
                    dt { "First" }
                    dd {
                        @if let Some(index) = claim.first.as_ref().and_then(|first| report.article(&first.article)) {
                            (credit(report, index))
                        } @else { span.quiet { "the dates do not tell" } }
                    }
                }
                @for ring in &claim.circular {
                    div {
                        dt { "Circle" }
                        dd {
                            @let ring: Vec<usize> = ring.iter().filter_map(|id| report.article(id)).collect();
                            @for (n, &index) in ring.iter().enumerate() {
                                @if n > 0 { " → " }
                                a href={ "#" (report.article_anchor(index)) } { bdi { (report.outlet(index)) } }
                            }
                            @if ring.len() < 2 || ring.first().map(|&a| report.outlet(a)) != ring.last().map(|&a| report.outlet(a)) { " → and back" }
    }
                    }
                }
                @for change in &claim.changes {
                    @let member = wire::Member { article: change.article.clone(), statement: change.statement.clone(), text: change.text.clone() };
                    div {
                        dt { (words::change(&change.what)) " changed" }
                        dd {
                            @match (change.was.is_empty(), change.is.is_empty()) {
                            (false, true) => { q { bdi { (change.was) } } " was left out" }
                            (true, _) => { q { bdi { (change.is) } } " was added" }
                            (false, false) => { q { bdi { (change.was) } } " became " q { bdi { (change.is) } } }
                        }
                            @if let Some(said) = report.said(&member) {
                                " in " a href={ "#" (report.anchor(said)) } { bdi { (report.outlet(said.article)) } }
                            }
                        }
                    }
                }
                @for (merge, [left, right]) in merges {
                    div {
                        dt { @if merge.certain { "Counted once" } @else { "Perhaps one" } }
                        dd {
                            (link_words(left)) " and " (link_words(right)) ": " bdi { (merge.reason) }
                        }
                    }
                }
            }
        }
}

/// `The Strait Times, 18 Mar 2025`, linked to the article.
fn credit(report: &Report, index: usize) -> Markup {
    let article = &report.trace.articles[index];
    html! {
        a href={ "#" (report.article_anchor(index)) } { bdi { (report.outlet(index)) } }
        @if let Some(date) = &article.page.published { ", " (words::time(date, &words::exact_date(date))) }
    }
}

/// Every member's words with the way back to the origin, article by article.
fn voices(report: &Report, members: &[wire::Member]) -> Markup {
    html! {
        ol.voices {
            @for index in articles(report, members) {
                @let article = &report.trace.articles[index];
                @let lang = article.page.lang.as_deref().and_then(escape::language_tag);
                li {
                    p.who {
                        strong { bdi { (report.outlet(index)) } }
                        @if let Some(date) = &article.page.published { " " (words::time(date, &words::short_date(date))) }
                        @if let Some(lang) = lang { " " abbr title=(words::language(lang)) { (lang) } }
                    }
                    ul {
                        @for member in members.iter().filter(|member| report.article(&member.article) == Some(index)) {
                            @if let Some(said) = report.said(member) {
                                li {
                                    a.words href={ "#" (report.anchor(said)) } lang=[lang] dir=(words::direction(lang)) {
                                        (headline::cut(&report.words(member), 280))
                                    }
                                    @let chain = report.chain(member);
                                    @if chain.is_empty() {
                                        span.way.quiet { "no source given" }
                                    } @else {
                                        span.way { bdi { (report.outlet(index)) } (from()) (article::way(chain)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
