//! What an article is called, with or without a headline of its own.

use sumber::wire::CleanArticle;

/// Code points that a headline has at the most.
const MOST: usize = 300;
/// Code points of the text that stand for a headline that is not there.
const FIRST_WORDS: usize = 80;

/// The headline; without one the first words of the text.
pub fn headline(page: &CleanArticle) -> String {
    match own(page) {
        Some(title) => cut(title, MOST),
        None if page.text.trim().is_empty() => "An article without text".to_owned(),
        None => cut(page.text.trim().lines().next().unwrap_or_default(), FIRST_WORDS),
    }
}

/// The headline that the page gives, if it gives one.
pub fn own(page: &CleanArticle) -> Option<&str> {
    page.title.as_deref().map(str::trim).filter(|title| !title.is_empty())
}

/// At most so many code points, cut between words.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let head = &text[..end];
            let head = head.rfind(char::is_whitespace).filter(|&at| at > end / 2).map_or(head, |at| &head[..at]);
            format!("{head} …")
        }
    }
}
