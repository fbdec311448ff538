//! Stories: the articles on one happening, how they depend on one another, and their claims.

use sumber::wire::{Article, Claim};

use super::known::{Known, counted, outlet, period, short_day};
use super::{NARROW, Rich, Role, View, claim};
use crate::headline::{self, headline};

/// Stories shown as a rule.
const STORIES: usize = 20;
/// Claims of a story shown as a rule.
const CLAIMS: usize = 12;
/// Articles of a story listed as a rule.
const ARTICLES: usize = 20;

/// Every story with more than one article or with claims, then the rest by number.
pub fn stories(known: &Known, view: View, out: &mut String) {
    let homes = homes(known);
    let told =
        |n: usize| known.trace.stories[n].len() > 1 || homes.contains(&Some(n)) || known.trace.stories.len() == 1;
    let mut worth: Vec<usize> = (0..known.trace.stories.len()).filter(|&n| told(n)).collect();
    // the story of the claim that matters most comes first, then by size
    let matters = |n: usize| homes.iter().position(|home| *home == Some(n)).unwrap_or(usize::MAX);
    worth.sort_by_key(|&n| (matters(n), std::cmp::Reverse(known.trace.stories[n].len())));
    let shown = view.some(worth.len(), STORIES);
    for (place, &n) in worth[..shown].iter().enumerate() {
        let claims: Vec<&Claim> = known
            .trace
            .claims
            .iter()
            .zip(&homes)
            .filter(|(_, home)| **home == Some(n))
            .map(|(claim, _)| claim)
            .collect();
        let number = if worth.len() > 1 { format!("Story {}: ", place + 1) } else { "Story: ".to_owned() };
        story(known, n, number, &claims, view, out);
    }
    let hidden = worth.len() - shown;
    if hidden > 0 {
        let rest = format!("{} more; --all shows them", counted(hidden, "story", "stories"));
        out.push('\n');
        Rich::new().own(Role::Quiet, rest).flow(0, 2, view.canvas, out);
    }
    let alone: Vec<&Article> = (0..known.trace.stories.len())
        .filter(|&n| !told(n))
        .flat_map(|n| &known.trace.stories[n])
        .filter_map(|id| known.article(id))
        .collect();
    if !alone.is_empty() {
        out.push('\n');
        let title = "Alone: articles that share no story with another";
        Rich::new().own(Role::Heading, title).flow(0, 2, view.canvas, out);
        articles(known, &alone, view, out);
    }
}

/// The story in which each claim has most members.
fn homes(known: &Known) -> Vec<Option<usize>> {
    let mut story_of = std::collections::BTreeMap::new();
    for (n, story) in known.trace.stories.iter().enumerate() {
        story_of.extend(story.iter().map(|id| (id.as_str(), n)));
    }
    let home = |claim: &Claim| {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for story in claim.members.iter().filter_map(|member| story_of.get(member.article.as_str())) {
            *counts.entry(*story).or_default() += 1;
        }
        counts.into_iter().max_by_key(|&(n, count)| (count, std::cmp::Reverse(n))).map(|(n, _)| n)
    };
    known.trace.claims.iter().map(home).collect()
}

fn story(known: &Known, n: usize, number: String, claims: &[&Claim], view: View, out: &mut String) {
    let members: Vec<&Article> = known.trace.stories[n].iter().filter_map(|id| known.article(id)).collect();
    let titled = members.iter().find(|article| headline::own(&article.page).is_some()).or(members.first());
    let title = titled.map(|article| headline(&article.page)).unwrap_or_default();
    out.push('\n');
    Rich::new().own(Role::Heading, number).page(Role::Heading, &title).flow(0, 2, view.canvas, out);
    let mut facts = vec![counted(members.len(), "article", "articles")];
    let mut tags: Vec<&str> = members.iter().filter_map(|article| article.page.lang.as_deref()).collect();
    tags.sort_unstable();
    tags.dedup();
    if !tags.is_empty() {
        facts[0] += &format!(" in {}", tags.join(", "));
    }
    facts.extend(period(members.iter().filter_map(|article| article.page.published.as_deref())));
    Rich::new().own(Role::Quiet, facts.join(" · ")).flow(0, 2, view.canvas, out);
    articles(known, &members, view, out);

    let shown = view.some(claims.len(), CLAIMS);
    for claim in &claims[..shown] {
        out.push('\n');
        claim::claim(known, claim, view, out);
    }
    let hidden = claims.len() - shown;
    if hidden > 0 {
        let rest = format!("{} more in this story; --all shows them", counted(hidden, "claim", "claims"));
        out.push('\n');
        Rich::new().own(Role::Quiet, rest).flow(0, 2, view.canvas, out);
    }
}

/// Articles a line each: date, outlet, language, what it was made from, headline.
fn articles(known: &Known, articles: &[&Article], view: View, out: &mut String) {
    let shown = view.some(articles.len(), ARTICLES);
    let date = |article: &Article| article.page.published.as_deref().map_or("no date".to_owned(), short_day);
    let dates = articles[..shown].iter().map(|article| date(article).len()).max().unwrap_or(0);
    let labels = articles[..shown].iter().map(|article| claim::named(article).width()).max().unwrap_or(0);
    let from = 2 + dates + 2;
    let narrow = view.canvas.width < NARROW;
    let titles = from + labels.min(view.canvas.width / 3) + 2;
    for article in &articles[..shown] {
        let mut line =
            Rich::new().own(Role::Plain, format!("{:>dates$}", date(article))).column(from).then(claim::named(article));
        line = if narrow { line.own(Role::Plain, " ") } else { line.column(titles) };
        let copies = known.trace.copies.iter().filter(|copy| copy.to == article.page.id);
        for (source, relation) in copies.filter_map(|copy| Some((known.article(&copy.from)?, copy.relation.as_str()))) {
            let how = match relation {
                "verbatim" => "copy of ",
                "translation" => "translation of ",
                _ => "rewrite of ",
            };
            line = line.own(Role::Key, how).page(Role::Article, &outlet(source)).own(Role::Plain, ": ");
        }
        let role = if headline::own(&article.page).is_some() { Role::Plain } else { Role::Quiet };
        line.page(role, &headline(&article.page)).flow(2, if narrow { from } else { titles }, view.canvas, out);
    }
    if articles.len() > shown {
        let rest = format!("and {} more", counted(articles.len() - shown, "article", "articles"));
        Rich::new().own(Role::Quiet, rest).flow(2, 2, view.canvas, out);
    }
}
