//! The site's name as the page shows it: on the sign above the article, or as the name of the page.

use dom_query::{Document, NodeRef};

use crate::address;
use crate::dates::Order;
use crate::line::Line;
use crate::meta::attribute;
use crate::words::{Kind, PageLexicon, key, words_of};

/// Parts of names of classes of what shows the site's name.
pub const CLASSES: &[&str] = &["logo", "logotype", "masthead", "sitename", "brand", "wordmark"];

/// Whether a link leads to the home page of its site.
pub fn is_home(href: &str) -> bool {
    let rest = address::after_scheme(href).trim_end_matches(['/', '#']);
    href == "/" || rest.len() < href.len() && !rest.is_empty() && !rest.contains(['/', '?', '=']) && rest.contains('.')
}

/// The site's name as the sign above the article shows it, in words or in a picture.
pub fn of(node: &NodeRef<'_>, lexicon: &PageLexicon) -> Option<String> {
    let text = node.text();
    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if shown.is_empty() {
        let picture = std::iter::once(*node).chain(node.descendants_it()).find_map(|n| attribute(&n, "alt"))?;
        picture.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        shown
    };
    let line = Line::new(&shown, lexicon, Order::UNKNOWN);
    let named = (1..=5).contains(&line.words.len()) && line.dates.is_empty() && shown.chars().any(char::is_alphabetic);
    let other = line.covered(&[Kind::BUTTON, Kind::SECTION]) == line.words.len();
    (named && !other && shown.len() <= 60).then_some(shown)
}

/// Whether the page's name is that of its site and tells nothing of the article: it is short, the page's one
/// heading of the first rank says more and something else, no heading repeats it, and the page shows it again.
pub fn is_name_of_page(name: &str, headings: &[(usize, String)], document: &Document) -> bool {
    let [(_, heading)] = headings else { return false };
    let words = words_of(name).len();
    if !(1..=4).contains(&words) || words_of(heading).len() < words + 3 || key(heading).contains(&key(name)) {
        return false;
    }
    let own = key(name);
    let mut again = false;
    for node in document.root().descendants_it() {
        let alt = node.attr("alt").is_some_and(|alt| key(&alt) == own);
        if !node.is_text() && !alt {
            continue;
        }
        let text = node.text();
        if alt || text.trim().len() <= 2 * name.len() + 20 && key(&text) == own {
            let parent = node.parent().and_then(|p| p.node_name()).unwrap_or_default();
            match &*parent {
                "title" => {}
                "h2" | "h3" | "h4" => return false,
                _ => again = true,
            }
        }
    }
    again
}
