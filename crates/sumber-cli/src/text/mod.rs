//! What people read on a terminal: a trace, an article, an answer to 'why'.
//!
//! The three types that matter: [`View`] (how much room there is), [`Rich`] (words with roles) and
//! [`Known`] (a trace to look things up in). Pure: values in, a string out; it knows neither streams
//! nor files.

mod article;
mod claim;
mod known;
mod rich;
mod story;
mod timeline;
mod why;

pub use article::{analysis, clean_article};
pub use known::{Known, counted, period};
pub use rich::{Rich, Role, clean};
pub use why::{RuleText, why};

use std::collections::BTreeMap;

use sumber::wire::Trace;

use crate::output::Canvas;

/// How much is shown, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Columns and colour.
    pub canvas: Canvas,
    /// Everything, not only what matters most.
    pub all: bool,
}

impl View {
    /// How many of `there` are shown where `usual` are shown as a rule; what would leave a rest of
    /// one or two is shown whole.
    fn some(self, there: usize, usual: usize) -> usize {
        if self.all || there <= usual + 2 { there } else { usual }
    }
}

/// Below this many columns nothing is set in two columns.
const NARROW: usize = 72;

/// The whole answer: a summary, the stories with their claims, a timeline.
pub fn trace(trace: &Trace, view: View) -> String {
    let known = Known::new(trace);
    let mut out = String::new();
    summary(trace, view, &mut out);
    story::stories(&known, view, &mut out);
    timeline::timeline(&known, view, &mut out);
    out
}

fn summary(trace: &Trace, view: View, out: &mut String) {
    let articles = &trace.articles;
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles {
        *languages.entry(article.page.lang.as_deref().unwrap_or("?")).or_default() += 1;
    }
    let mut languages: Vec<(&str, usize)> = languages.into_iter().collect();
    languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let languages: Vec<String> = languages.iter().map(|(tag, count)| format!("{tag} {count}")).collect();
    let mut facts = vec![counted(articles.len(), "article", "articles")];
    if !languages.is_empty() {
        facts[0] += &format!(" ({})", languages.join(", "));
    }
    facts.extend(period(articles.iter().filter_map(|article| article.page.published.as_deref())));
    let statements = articles.iter().map(|article| article.statements.len()).sum();
    facts.push(counted(statements, "statement", "statements"));
    facts.push(counted(trace.claims.len(), "claim", "claims"));
    let disputed = trace.claims.iter().filter(|claim| !claim.disputed_by.is_empty()).count();
    if disputed > 0 {
        facts.last_mut().expect("claims were counted").push_str(&format!(", {disputed} denied"));
    }
    Rich::new().own(Role::Claim, facts.join(" · ")).flow(0, 2, view.canvas, out);
}

#[cfg(test)]
mod tests;
