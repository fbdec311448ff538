//! Metadata of an HTML page: JSON-LD, OpenGraph, meta tags, time elements.

use std::collections::VecDeque;

use dom_query::{Document, NodeRef};
use sumber_core::DateSource::{self, Element, Metadata};
use sumber_core::{DateEvidence, Part};

use crate::beside::Others;
use crate::dates::{self, Order};
use crate::draft::{Dated, Draft};
use crate::escape::unescape;
use crate::line::Line;
use crate::parts::{self, NumberedLink};
use crate::words::{Kind, PageLexicon, key, words_of};
use crate::{address, byline, dating, linked, outlet, sign, title};

/// What metadata tells.
#[derive(Clone, Debug, Default)]
pub struct PageMetadata {
    /// Headline, authors, dates, outlet, address, language.
    pub draft: Draft,
    /// JSON-LD's own text of the article, where it gives one.
    pub article_body: Option<String>,
    /// Which part of an article the page is.
    pub part: Option<Part>,
    /// Lines on the page's rights.
    pub rights: Vec<String>,
    /// The alternative headlines that the page gives, to know the headline in the text.
    pub headlines: Vec<String>,
}

/// Values found, each list in order of trust.
#[derive(Default)]
pub struct Found {
    /// Headlines.
    pub titles: Vec<String>,
    /// Names of the site.
    pub sites: Vec<String>,
    /// Authors, each list of one piece of metadata.
    pub authors: Vec<Vec<String>>,
    /// What tells when it was published.
    pub published: Vec<DateEvidence>,
    /// What tells when it was changed.
    pub modified: Vec<DateEvidence>,
    /// The page's own addresses.
    pub urls: Vec<String>,
    /// Tags of the language.
    pub languages: Vec<String>,
    /// The text of the article.
    pub body: Option<String>,
}

/// Reads the metadata of a page. `linked` are the contents of its JSON-LD scripts.
pub fn read(document: &Document, linked: &[String], url: Option<&str>, lexicon: &PageLexicon) -> PageMetadata {
    let mut linked_found = Found::default();
    for script in linked {
        linked::read(script, lexicon, &mut linked_found);
    }
    let mut meta = Found::default();
    let mut page = Found::default();
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut times: Vec<(usize, String)> = Vec::new();
    let mut name_of_page = None;
    let mut copyrights: VecDeque<String> = VecDeque::new();
    let mut links: Vec<NumberedLink> = Vec::new();
    let mut sign: Option<String> = None;
    let mut others: Option<Others> = None;
    let mut asked = 0;
    // bytes of text before the node
    let mut at = 0;
    for node in document.root().descendants_it() {
        if node.is_text() {
            let text = node.text();
            at += text.trim().len();
            if text.len() <= 200 && (text.contains('©') || text.contains("20")) {
                let around = node.parent().map(|p| p.text()).filter(|t| t.len() <= 200).unwrap_or(text);
                // the line on rights is among the last ones of a page
                if copyrights.len() == MOST_RIGHTS {
                    copyrights.pop_front();
                }
                copyrights.push_back(around.to_string());
            }
            continue;
        }
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "html" => {
                page.languages.extend(attribute(&node, "lang").or_else(|| attribute(&node, "xml:lang")));
            }
            "title" if name_of_page.is_none() => name_of_page = Some(node.text().to_string()),
            "link" if has_word(&node, "rel", "canonical") => page.urls.extend(attribute(&node, "href")),
            "meta" => read_meta(&node, lexicon, &mut meta),
            "h1" if headings.len() < 6 => headings.push((at, node.text().to_string())),
            "time" if times.len() < MOST_TIMES && asked < MOST_ASKED => {
                asked += 1;
                let value = attribute(&node, "datetime")
                    .or_else(|| attribute(&node, "content"))
                    .unwrap_or_else(|| node.text().to_string());
                match told_by(&node, lexicon) {
                    Some(Told::Published) => meta.published.push(evidence(Element, "time", value)),
                    Some(Told::Changed) => meta.modified.push(evidence(Element, "time", value)),
                    None if !others.get_or_insert_with(|| Others::of(&document.root())).hold(&node) => {
                        times.push((at, value))
                    }
                    None => {}
                }
            }
            "a" if links.len() < 100 => {
                let text = node.text();
                if sign.is_none()
                    && headings.is_empty()
                    && attribute(&node, "href").is_some_and(|href| sign::is_home(&href))
                {
                    sign = sign::of(&node, lexicon);
                }
                if let (Some(number), Some(address)) = (numbered(&text), attribute(&node, "href")) {
                    links.push(NumberedLink { number, address });
                }
                if (has_word(&node, "rel", "author") || has_word(&node, "itemprop", "author")) && text.len() < 120 {
                    page.authors.push(byline::from_metadata(&text, lexicon));
                }
            }
            _ => {
                if sign.is_none() && headings.is_empty() && dating::has_part(&node, sign::CLASSES) {
                    sign = sign::of(&node, lexicon);
                }
                for property in ["datePublished", "dateCreated"] {
                    if has_word(&node, "itemprop", property) {
                        let words = attribute(&node, "content").or_else(|| attribute(&node, "datetime"));
                        let words = words.unwrap_or_else(|| node.text().to_string());
                        meta.published.push(evidence(Element, property, words));
                    }
                }
                if dating::has_part(&node, &["published"])
                    && let Some(words) = attribute(&node, "title").filter(|t| t.starts_with("20"))
                {
                    meta.published.push(evidence(Element, "published", words));
                }
                if has_word(&node, "itemprop", "publisher") {
                    let name = node.descendants_it().find(|n| has_word(n, "itemprop", "name"));
                    let name = name.and_then(|n| attribute(&n, "content").or_else(|| Some(n.text().trim().to_owned())));
                    page.sites.extend(name);
                }
                if has_word(&node, "itemprop", "dateModified") {
                    let words = attribute(&node, "content").or_else(|| attribute(&node, "datetime"));
                    meta.modified.extend(words.map(|words| evidence(Element, "dateModified", words)));
                }
                if has_word(&node, "itemprop", "author") || has_word(&node, "rel", "author") {
                    let text = node.text();
                    if text.len() < 120 {
                        page.authors.push(byline::from_metadata(&text, lexicon));
                    }
                }
            }
        }
    }
    let all = [&linked_found, &meta, &page];
    let urls = || [&page, &meta, &linked_found].into_iter().flat_map(|f| &f.urls);
    let read_from = url;
    let url = address::own(urls(), read_from);
    let part = parts::of(read_from.or(url.as_deref()), &links);
    let domain = url.as_deref().and_then(address::domain_of).or_else(|| urls().find_map(|u| address::domain_of(u)));
    let site = all.iter().flat_map(|f| &f.sites).find(|s| !key(s).is_empty()).cloned();
    // who writes a site of their own is its name and its author
    let site_key = site.as_deref().map(key).unwrap_or_default();
    let told_none = all.iter().all(|f| f.titles.is_empty());
    let of_site = name_of_page.take_if(|name| told_none && sign::is_name_of_page(name, &headings, document));
    // what readers see: behind the headline in the page's name, or in the line on its rights
    let site = site.or(of_site.map(|name| name.trim().to_owned())).or_else(|| {
        let seen: Vec<String> =
            all.iter().flat_map(|f| &f.titles).chain(headings.iter().map(|(_, h)| h)).cloned().collect();
        let rights =
            || copyrights.iter().find_map(|c| outlet::from_copyright(&Line::new(c, lexicon, Order::UNKNOWN), lexicon));
        let sign = sign.filter(|name| words_of(name).len() <= 5 && !seen.iter().any(|h| key(h) == key(name)));
        name_of_page.as_deref().and_then(|name: &str| title::site_of(name, &seen)).or_else(rights).or(sign)
    });
    let names: Vec<String> = site.iter().chain(&domain).cloned().collect();
    // the heading is the headline where the metadata or the page's name holds it too
    let mut headlines: Vec<String> = Vec::new();
    let told = all.iter().flat_map(|f| &f.titles).chain(&name_of_page);
    for candidate in told.chain(headings.iter().map(|(_, h)| h)) {
        if let Some(clean) = title::clean(&unescape(candidate), &names)
            && !headlines.contains(&clean)
        {
            headlines.push(clean);
        }
    }
    let told = || all.iter().flat_map(|f| &f.titles).chain(&name_of_page);
    let clean = headings.iter().filter_map(|(at, h)| Some((*at, title::clean(h, &names)?)));
    let confirmed = clean.clone().find(|(_, h)| {
        let own = key(h);
        own.len() >= 8 && told().any(|t| key(t).contains(&own) || shared_words(t, h) * 2 >= words_of(h).len().max(2))
    });
    let headline_at = confirmed.as_ref().map(|(at, _)| *at);
    let confirmed = confirmed.map(|(_, h)| h);
    let time = time_of(&times, headline_at, lexicon).map(|words| evidence(Element, "time", words));
    let published = || all.iter().flat_map(|f| &f.published).chain(&time);
    let modified = first_date(all.iter().flat_map(|f| &f.modified), lexicon);
    let published = best_precision(first_date(published(), lexicon), published(), lexicon);
    let authors = all.iter().flat_map(|f| &f.authors).find(|a| !a.is_empty()).cloned().unwrap_or_default();
    let draft = Draft {
        title: confirmed.or_else(|| headlines.first().cloned()),
        authors: authors.into_iter().filter(|a| key(a) != site_key).collect(),
        outlet: site,
        published,
        modified,
        language: all.iter().flat_map(|f| &f.languages).map(|l| l.trim()).find(|l| is_tag(l)).map(str::to_owned),
        domain,
        url,
        ..Draft::default()
    };
    PageMetadata { draft, article_body: linked_found.body, part, rights: copyrights.into(), headlines }
}

/// The number that a link's words are.
fn numbered(text: &str) -> Option<u16> {
    let text = text.trim();
    if text.len() <= 3 { text.parse().ok() } else { None }
}

/// Most lines that are looked at for the page's rights.
const MOST_RIGHTS: usize = 24;
/// Most time elements that are kept because they may date the page.
const MOST_TIMES: usize = 64;
/// Most time elements that are looked at.
const MOST_ASKED: usize = 512;
/// How far from the headline, in bytes of text, a time element stands that belongs to it.
const NEAR_HEADLINE: usize = 1500;

/// What a time element is the time of.
enum Told {
    Published,
    Changed,
}

/// Whether attributes, or the words right before it, tell what a time element is the time of.
fn told_by(node: &NodeRef<'_>, lexicon: &PageLexicon) -> Option<Told> {
    if has_word(node, "itemprop", "datePublished") {
        return Some(Told::Published);
    }
    if has_word(node, "itemprop", "dateModified") {
        return Some(Told::Changed);
    }
    // 'Updated <time>', '<span>Last update:</span> <time>'
    let around = [Some(*node), node.parent()].into_iter().flatten().map(|n| n.text());
    for text in around.filter(|text| text.len() <= 120) {
        let line = Line::new(&text, lexicon, Order::UNKNOWN);
        if line.starts.any(&[Kind::MODIFIED, Kind::PUBLISHED]) && line.dates.len() <= 1 {
            return Some(if line.starts.has(Kind::MODIFIED) { Told::Changed } else { Told::Published });
        }
    }
    if dating::has_part(node, &["updated", "modified", "changed"]) && !has_word(node, "class", "published") {
        return Some(Told::Changed);
    }
    let published =
        node.has_attr("pubdate") || dating::has_part(node, &["published"]) || has_word(node, "class", "entry-date");
    published.then_some(Told::Published)
}

/// The time element that dates the page: the one nearest to the headline. One far from it counts only
/// where no other tells another day.
fn time_of(times: &[(usize, String)], headline: Option<usize>, lexicon: &PageLexicon) -> Option<String> {
    let days: Vec<(usize, &String, String)> =
        times.iter().filter_map(|(at, t)| Some((*at, t, date_of(t, lexicon)?))).collect();
    let Some(headline) = headline else { return days.first().map(|(_, t, _)| (*t).clone()) };
    // what stands right above a headline belongs more often to what is above
    let far = |at: usize| if at < headline { (headline - at).saturating_mul(4) } else { at - headline };
    let (at, time, day) = days.iter().min_by_key(|(at, _, _)| far(*at))?;
    let alone = days.iter().all(|(_, _, other)| other.get(..10) == day.get(..10));
    (alone || far(*at) <= NEAR_HEADLINE).then(|| (*time).clone())
}

/// How many words of more than three letters two headlines share.
fn shared_words(a: &str, b: &str) -> usize {
    let a = words_of(a);
    let long = |w: &str| w.chars().count() > 3;
    words_of(b).iter().filter(|w| long(&w.folded) && a.iter().any(|other| other.folded == w.folded)).count()
}

/// What tells a date, before anybody has read the date.
pub fn evidence(source: DateSource, name: &str, words: String) -> DateEvidence {
    DateEvidence { source, name: Some(name.to_owned()), words }
}

/// The date that words of metadata are.
fn date_of(words: &str, lexicon: &PageLexicon) -> Option<String> {
    dates::of_clock(words).or_else(|| dates::parse(words, lexicon))
}

/// The date that words tell.
fn dated(told: &DateEvidence, lexicon: &PageLexicon) -> Option<Dated> {
    let value = date_of(&told.words, lexicon)?;
    Some(Dated::new(value, told.source, told.name.as_deref(), &told.words))
}

/// The first date among these.
fn first_date<'a>(mut told: impl Iterator<Item = &'a DateEvidence>, lexicon: &PageLexicon) -> Option<Dated> {
    told.find_map(|told| dated(told, lexicon))
}

/// Of dates of the same day the one with a time and zone.
fn best_precision<'a>(
    first: Option<Dated>,
    mut all: impl Iterator<Item = &'a DateEvidence>,
    lexicon: &PageLexicon,
) -> Option<Dated> {
    let first = first?;
    if first.len() > 10 {
        return Some(first);
    }
    let precise = all.find_map(|told| dated(told, lexicon).filter(|d| d.len() > 10 && d.starts_with(&*first)));
    precise.or(Some(first))
}

fn is_tag(text: &str) -> bool {
    (2..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// An attribute that is not empty.
pub fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
}

fn has_word(node: &NodeRef<'_>, name: &str, word: &str) -> bool {
    node.attr(name).is_some_and(|v| v.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
}

fn read_meta(node: &NodeRef<'_>, lexicon: &PageLexicon, found: &mut Found) {
    let Some(content) = attribute(node, "content") else { return };
    let Some(name) = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| attribute(node, a)) else {
        return;
    };
    match name.to_ascii_lowercase().as_str() {
        "og:title" => found.titles.insert(0, content),
        "twitter:title" | "dc.title" | "dcterms.title" | "headline" | "sailthru.title" | "parsely-title" | "title" => {
            found.titles.push(content)
        }
        "og:site_name" => found.sites.insert(0, content),
        "application-name"
        | "apple-mobile-web-app-title"
        | "dc.publisher"
        | "cre"
        | "publisher"
        | "al:android:app_name" => {
            found.sites.push(content);
        }
        "author" | "dc.creator" | "dcterms.creator" | "parsely-author" | "sailthru.author" | "byl"
        | "article:author" | "creator" | "cxenseparse:author" => {
            found.authors.push(byline::from_metadata(&content, lexicon));
        }
        "article:published_time" | "datepublished" | "og:article:published_time" => {
            found.published.insert(0, evidence(Metadata, &name, content));
        }
        "og:published_time"
        | "publish-date"
        | "publish_date"
        | "pubdate"
        | "publishdate"
        | "published_time"
        | "publicationdate"
        | "dc.date.issued"
        | "dcterms.created"
        | "dc.date"
        | "dcterms.date"
        | "dcterms.issued"
        | "dc.date.created"
        | "sailthru.date"
        | "parsely-pub-date"
        | "date"
        | "article.published"
        | "rnews:datepublished"
        | "cxenseparse:recs:publishtime"
        | "article_date_original"
        | "datecreated"
        | "ptime"
        | "originalpublicationdate"
        | "publication_date"
        | "citation_publication_date"
        | "citation_date"
        | "published-date"
        | "content_create_date"
        | "release_date"
        | "live_date"
        | "created" => {
            found.published.push(evidence(Metadata, &name, content));
        }
        "article:modified_time"
        | "og:updated_time"
        | "datemodified"
        | "dcterms.modified"
        | "last-modified"
        | "lastmod"
        | "utime"
        | "dc.date.modified" => {
            found.modified.push(evidence(Metadata, &name, content));
        }
        "og:url" | "twitter:url" | "parsely-link" => found.urls.push(content),
        "og:locale" | "content-language" | "language" | "dc.language" | "inlanguage" => found.languages.push(content),
        other => match named_date(other) {
            Some(Told::Published) => found.published.push(evidence(Metadata, &name, content)),
            Some(Told::Changed) => found.modified.push(evidence(Metadata, &name, content)),
            None => {}
        },
    }
}

/// Whether a name that no standard has is one of a date all the same: 'w-published-date', 'articlePubTime'.
fn named_date(name: &str) -> Option<Told> {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let has = |parts: &[&str]| parts.iter().any(|p| name.contains(p));
    let ends = |parts: &[&str]| parts.iter().any(|p| name.ends_with(p));
    let timed = has(&["date", "time"])
        || ends(&["published", "publishedat", "publishedon", "modified", "updated", "updatedat"]);
    if !timed || name.len() > 40 || has(&["expir", "publisher", "unpublish", "timezone", "refresh"]) {
        return None;
    }
    if has(&["modif", "updat", "lastedit"]) {
        return Some(Told::Changed);
    }
    has(&["publish", "publication", "pubdate", "pubtime", "issued"]).then_some(Told::Published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_dates_are_known_by_their_parts() {
        for name in
            ["w-published-date", "articlepubtime", "page.publish_date", "article:published", "cms-publication-time"]
        {
            assert!(matches!(named_date(name), Some(Told::Published)), "{name}");
        }
        assert!(matches!(named_date("revision-update-time"), Some(Told::Changed)));
        for name in ["publisher-update", "expires-date", "description", "article:publisher", "date-picker", "upload"] {
            assert!(named_date(name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_time_element_at_the_headline_counts() {
        let lexicon = crate::testing::lexicon();
        let times = [(10, "2025-01-31"), (800, "2017-03-01"), (9000, "2016-05-05")].map(|(at, t)| (at, t.to_owned()));
        assert_eq!(time_of(&times, Some(780), &lexicon).as_deref(), Some("2017-03-01"));
        assert_eq!(time_of(&times, Some(700), &lexicon).as_deref(), Some("2017-03-01"));
        assert_eq!(time_of(&times, Some(5000), &lexicon), None);
        assert_eq!(time_of(&times[2..], Some(100), &lexicon).as_deref(), Some("2016-05-05"));
    }

    #[test]
    fn headlines_share_their_long_words() {
        assert_eq!(shared_words("Storm closes the mountain road", "Mountain road is closed by storm"), 3);
    }
}
