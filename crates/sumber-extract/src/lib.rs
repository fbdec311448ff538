//! One page in, one clean article out.

use sumber_core::{Article, ArticleId, Page, PageHints, hash64};

/// Reads one page.
pub fn extract(page: &Page, _hints: &PageHints) -> Article {
    Article {
        id: ArticleId(hash64(&page.bytes)),
        path: page.path.clone(),
        url: page.url.clone(),
        declared_language: None,
        outlet: None,
        credit: None,
        published: None,
        modified: None,
        title: None,
        authors: Vec::new(),
        text: String::from_utf8_lossy(&page.bytes).into_owned(),
        findings: Vec::new(),
    }
}
