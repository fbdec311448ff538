//! Many analyses in, one trace out.

use sumber_core::{Analysis, Article, Story, Trace};

/// Links articles: copies, stories, claims, origins.
pub fn link(articles: &[(Article, Analysis)]) -> Trace {
    Trace { stories: articles.iter().map(|(a, _)| Story { articles: vec![a.id] }).collect(), ..Trace::default() }
}
