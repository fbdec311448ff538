//! What stands beside an article on its page, told by elements and by names of classes: it goes before
//! anybody looks for the main text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use crate::blocks::NEVER;
use crate::parts::path_of;
use crate::words::key;

/// Where in a name of a class or id a word tells that the element stands beside the article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where it is the whole name.
    Whole,
    /// Where it is the name's first part as well: 'share-bar'.
    First,
    /// Wherever it stands: 'post__caption', 'relatedContent'.
    Any,
}

/// Words of such names.
const BESIDE: &[(Place, &[&str])] = &[
    (Place::Whole, &["ad", "hidden", "widget", "banner", "byline", "off-screen"]),
    (
        Place::First,
        &[
            "comment",
            "comments",
            "respond",
            "social",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "promo",
            "cta",
            "advert",
            "advertisement",
            "ads",
            "adv",
            "tags",
            "taglist",
            "popular",
            "trending",
            "sidebar",
            "recommend",
            "recommendation",
            "outbrain",
            "taboola",
            "subscribe",
            "subscription",
            "paywall",
            "popup",
            "modal",
            "toolbar",
            "copyright",
            "footer",
            "menu",
            "navbar",
            "navigation",
            "carousel",
            "screen-reader-text",
            "sr-only",
            "visually-hidden",
            "noprint",
        ],
    ),
    (
        Place::Any,
        &[
            "share",
            "sharing",
            "sharebar",
            "sharedaddy",
            "related",
            "relateds",
            "recommended",
            "recommendations",
            "newsletter",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "disqus",
            "caption",
            "slidecount",
            "author",
            "bio",
        ],
    ),
];

static PLACES: LazyLock<FxHashMap<&str, Place>> =
    LazyLock::new(|| BESIDE.iter().flat_map(|(place, words)| words.iter().map(|w| (*w, *place))).collect());

/// Least bytes of a piece of text that counts as running text.
const LONG: usize = 60;
/// Bytes of running text that stay on a page from which other articles are taken.
const LEAST_LEFT: usize = 100;

/// Takes out what is beside the article. What holds most of the page's paragraphs stays, whatever its
/// name. `headlines` are the page's own, as keys, and `own` its address.
pub fn prune(document: &Document, headlines: &[String], own: Option<&str>) {
    let bytes = running_bytes(document);
    let of = |node: &NodeRef<'_>| bytes.get(&node.id).copied().unwrap_or(0);
    let all = of(&document.root()).max(1);
    let mut left = all;
    let mut others = Vec::new();
    let mut waiting = vec![document.root()];
    let mut lower = String::new();
    while let Some(node) = waiting.pop() {
        let mut children: Vec<NodeRef<'_>> = node.element_children();
        children.reverse();
        for child in children {
            let Some(name) = child.node_name() else { continue };
            let never = NEVER.contains(&&*name);
            let hidden = child.has_attr("hidden")
                || child.attr("style").is_some_and(|style| is_invisible(&style))
                || child.attr("aria-hidden").is_some_and(|v| &*v == "true") && &*name != "body";
            let beside = !matches!(&*name, "html" | "body" | "article" | "main" | "h1")
                && is_beside(&child, &mut lower)
                || &*name == "figure" && is_picture(&child);
            if (never || hidden || beside) && of(&child) * 5 < all * 2 {
                child.remove_from_parent();
                left -= of(&child).min(left);
                continue;
            }
            if &*name == "article" && of(&child) * 2 < all && leads_elsewhere(&child, headlines, own) {
                others.push(child);
                continue;
            }
            waiting.push(child);
        }
    }
    let theirs: usize = others.iter().map(of).sum();
    if left.saturating_sub(theirs) >= LEAST_LEFT {
        others.iter().for_each(NodeRef::remove_from_parent);
    }
}

/// Whether an `article` is another one than the page's: its headline is a link to a page of its own.
fn leads_elsewhere(article: &NodeRef<'_>, headlines: &[String], own: Option<&str>) -> bool {
    // it stands above all running text
    let heading = article
        .descendants_it()
        .take_while(|n| !n.is_text() || n.text().trim().len() < LONG)
        .find(|n| n.node_name().is_some_and(|name| matches!(&*name, "h1" | "h2" | "h3" | "h4")));
    let Some(heading) = heading else { return false };
    let above = heading.ancestors_it(Some(2)).find(|n| n.node_name().is_some_and(|name| &*name == "a"));
    let link = above.or_else(|| heading.descendants_it().find(|n| n.node_name().is_some_and(|name| &*name == "a")));
    let Some(link) = link else { return false };
    let words = key(&heading.text());
    let whole = key(&link.text()).len() * 10 >= words.len() * 9;
    // an entry of a live blog links to itself, a blog's headline to its page
    let away = link.attr("href").is_some_and(|href| {
        !href.contains('#') && href.len() > 1 && own.is_none_or(|own| path_of(own) != path_of(&href))
    });
    whole && away && words.chars().count() >= 8 && !headlines.contains(&words)
}

/// Whether a figure shows a picture: what is written in it is a caption or a credit.
fn is_picture(figure: &NodeRef<'_>) -> bool {
    let (mut shows, mut tells) = (false, false);
    for node in figure.descendants_it() {
        let Some(name) = node.node_name() else { continue };
        shows |= matches!(&*name, "img" | "picture" | "amp-img" | "figcaption" | "video");
        tells |= matches!(&*name, "table" | "blockquote" | "pre" | "ul" | "ol");
    }
    shows && !tells
}

/// Whether a style takes the element off the screen.
fn is_invisible(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether a class, the id or the role of an element is named for what is beside an article.
fn is_beside(node: &NodeRef<'_>, lower: &mut String) -> bool {
    ["class", "id", "role"]
        .iter()
        .filter_map(|a| node.attr(a))
        .any(|names| names.split_ascii_whitespace().any(|name| name.len() < 40 && names_beside(name, lower)))
}

/// Whether a name of a class is that of something beside an article. `lower` is a buffer.
fn names_beside(name: &str, lower: &mut String) -> bool {
    // 'relatedContent' has two parts as 'related-content' has
    lower.clear();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            lower.push('-');
        }
        lower.push(c.to_ascii_lowercase());
        before = c;
    }
    if PLACES.contains_key(lower.as_str()) {
        return true;
    }
    let mut parts = lower.split(['-', '_']).filter(|part| !part.is_empty()).enumerate();
    // 'has-caption' tells of what holds one
    if lower.split('-').next().is_some_and(|first| matches!(first, "has" | "no" | "with" | "without" | "is" | "hide")) {
        return false;
    }
    parts.any(|(n, part)| match PLACES.get(part) {
        Some(Place::Any) => true,
        Some(Place::First) => n == 0,
        Some(Place::Whole) | None => false,
    })
}

/// Words of names of classes of what tells of other pages.
const OTHERS: &[&str] = &[
    "sidebar",
    "related",
    "relateds",
    "recommended",
    "recommend",
    "recommendation",
    "recommendations",
    "popular",
    "trending",
    "carousel",
    "comment",
    "comments",
    "disqus",
    "outbrain",
    "taboola",
];

/// Tells what on a page stands in a sidebar, among links to other pages or among readers' comments: what it
/// tells is not told of the article.
pub struct Others {
    /// What holds a headline: the page itself, whatever its name.
    headed: HashSet<NodeId>,
}

impl Others {
    /// Looks at the page below `root`.
    pub fn of(root: &NodeRef<'_>) -> Others {
        let headings = root.descendants_it().filter(|n| n.node_name().is_some_and(|name| &*name == "h1"));
        Others { headed: headings.flat_map(|h1| h1.ancestors_it(None).map(|n| n.id).collect::<Vec<_>>()).collect() }
    }

    /// Whether an element stands there. An article may have a footer or an aside of its own, with its date.
    pub fn hold(&self, node: &NodeRef<'_>) -> bool {
        let mut lower = String::new();
        let mut aside = false;
        for above in std::iter::once(*node).chain(node.ancestors_it(None)) {
            let Some(name) = above.node_name() else { continue };
            match &*name {
                "html" | "body" | "main" => {}
                "article" => return false,
                "aside" | "nav" | "footer" => aside = true,
                _ if named(&above, &mut lower, OTHERS) && !self.headed.contains(&above.id) => return true,
                _ => {}
            }
        }
        aside
    }
}

/// Whether a class or the id of an element is one of these words, or has it as its first part.
fn named(node: &NodeRef<'_>, lower: &mut String, words: &[&str]) -> bool {
    ["class", "id"].iter().filter_map(|a| node.attr(a)).any(|names| {
        names.split_ascii_whitespace().filter(|name| name.len() < 40).any(|name| {
            lower.clear();
            lower.push_str(name);
            lower.make_ascii_lowercase();
            words.contains(&lower.split(['-', '_']).next().unwrap_or_default())
        })
    })
}

/// Bytes of running text below each node: in pieces of text that are long enough.
fn running_bytes(document: &Document) -> HashMap<NodeId, usize> {
    let mut bytes = HashMap::new();
    for node in document.root().descendants_it().filter(|n| n.is_text()) {
        let length = node.text().trim().len();
        if length >= LONG {
            for ancestor in node.ancestors_it(None) {
                *bytes.entry(ancestor.id).or_default() += length;
            }
        }
    }
    bytes
}
