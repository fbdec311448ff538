//! Feeds and sitemaps: RSS 0.9 to 2.0, RDF, Atom (RFC 4287), JSON Feed 1.1, sitemaps with Google's news
//! extension.
//!
//! The XML is read by `quick-xml`, which expands no entity that a document declares itself. Feeds are
//! often not well-formed: what stands before the fault is kept.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value, json};
use sumber_core::Page;

use crate::limits::MOST_ITEMS;
use crate::lines::page_of;
use crate::table::is_address;

/// Deepest nesting of elements.
const DEEPEST: usize = 200;
/// A summary of this many letters, that does not break off, may be the whole text.
const LONG_SUMMARY: usize = 1_500;

/// What a document turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Items of a feed.
    pub items: Vec<Item>,
    /// Addresses of pages, from a sitemap.
    pub addresses: Vec<String>,
    /// Addresses of further sitemaps.
    pub sitemaps: Vec<String>,
    /// The language that the feed names.
    pub language: Option<String>,
    /// The feed's own name and the address of its site.
    pub own: (Option<String>, Option<String>),
    /// Why reading ended before the end.
    pub broken: Option<String>,
}

/// An item of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    title: Option<String>,
    /// The address of the page.
    pub url: Option<String>,
    /// With the name of the element that tells it.
    published: Option<(String, String)>,
    updated: Option<(String, String)>,
    authors: Vec<String>,
    content: Option<String>,
    summary: Option<String>,
    /// Name and address of the real publisher, where an aggregator names it.
    source: (Option<String>, Option<String>),
}

/// What a feed tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    language: Option<String>,
    title: Option<String>,
    site: Option<url::Url>,
}

/// Marks between the parts of a feed's name: 'The Ledger - World', 'The Ledger: World'.
const PARTS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " > ", " :: ", ": ", " / "];

impl Feed {
    /// What the feed tells of itself.
    pub fn of(listed: &Listed) -> Feed {
        let site = listed.own.1.as_deref().and_then(|link| url::Url::parse(link).ok());
        Feed { language: listed.language.clone(), title: listed.own.0.clone(), site }
    }

    /// The feed's name as that of the publisher of a page, where page and feed are of one host and a part of
    /// the name says what the host says: 'The Bay Ledger - World' of bayledger.example. Others gather from
    /// everywhere, or are called 'Latest news'.
    fn publisher_of(&self, page: &str) -> Option<String> {
        let host_of = |url: &url::Url| url.host_str().map(|h| h.trim_start_matches("www.").to_owned());
        let (own, theirs) = (host_of(self.site.as_ref()?)?, host_of(&url::Url::parse(page).ok()?)?);
        let within = |a: &str, b: &str| a == b || a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
        if !within(&own, &theirs) && !within(&theirs, &own) {
            return None;
        }
        let labels: Vec<String> = own.rsplit('.').skip(1).map(letters).filter(|label| label.len() >= 3).collect();
        let mut parts = vec![self.title.as_deref()?];
        for mark in PARTS {
            parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
        }
        let says = |part: &&&str| {
            let all = letters(part);
            let word = |label: &String| part.split_whitespace().any(|word| letters(word) == *label);
            let long = |text: &str| text.chars().count() >= 4;
            let holds =
                |label: &String| long(label) && all.contains(label.as_str()) || long(&all) && label.contains(&all);
            labels.iter().any(|label| word(label) || holds(label))
        };
        let part = parts.iter().find(says)?.trim();
        (1..=6).contains(&part.split_whitespace().count()).then(|| part.to_owned())
    }
}

/// Letters and digits alone, small.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An element that is open.
struct Open {
    name: String,
    text: String,
    /// The attributes that matter: where it leads, how, and what it holds.
    href: Option<String>,
    rel: Option<String>,
}

/// Whether XML is a feed or sitemap, by its first element.
pub fn is_listed(head: &str) -> bool {
    root(head).is_some_and(|name| matches!(name.as_str(), "rss" | "feed" | "rdf:RDF" | "urlset" | "sitemapindex"))
}

/// The name of the first element.
fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    for _ in 0..64 {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().0.to_owned();
                // a prefix of one's own for Atom and sitemaps
                let local = name.rsplit(':').next().unwrap_or("").to_owned();
                return Some(if matches!(local.as_str(), "feed" | "urlset" | "sitemapindex") { local } else { name });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}

/// Reads a feed or sitemap.
pub fn read(text: &str) -> Listed {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut listed = Listed::default();
    let mut open: Vec<Open> = Vec::new();
    let mut item: Option<Item> = None;
    loop {
        let place = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                listed.broken = Some(format!("the XML is broken at byte {place} ({error})"));
                break;
            }
        };
        match event {
            Event::Start(start) => {
                let name = start.name().0.to_ascii_lowercase();
                if matches!(name.as_str(), "item" | "entry" | "atom:entry") {
                    item = Some(Item::default());
                }
                if name == "feed" {
                    listed.language = attribute(&start, "xml:lang").or(listed.language);
                }
                let markup = attribute(&start, "type").is_some_and(|t| t == "xhtml");
                let mut element =
                    Open { name, text: String::new(), href: attribute(&start, "href"), rel: attribute(&start, "rel") };
                if element.name == "source" {
                    element.href = attribute(&start, "url").or(element.href);
                }
                if element.name == "guid" {
                    element.rel = attribute(&start, "isPermaLink");
                }
                if markup {
                    // markup that is not escaped: taken as it stands
                    if let Ok(inner) = reader.read_text(start.name()) {
                        element.text.push_str(&inner.into_inner());
                    }
                    close(element, &open, &mut item, &mut listed);
                    continue;
                }
                open.push(element);
                if open.len() > DEEPEST {
                    listed.broken = Some(format!("elements are nested deeper than {DEEPEST} at byte {place}"));
                    break;
                }
            }
            Event::End(end) => {
                let name = end.name().0.to_ascii_lowercase();
                // an end that belongs to no open element is passed over; one further out closes what is in it
                if let Some(at) = open.iter().rposition(|o| o.name == name) {
                    while open.len() > at {
                        let Some(element) = open.pop() else { break };
                        close(element, &open, &mut item, &mut listed);
                    }
                }
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(entity) => {
                let known = entity.resolve_char_ref().ok().flatten().map(String::from);
                let name = entity.into_inner();
                let known = known.or_else(|| resolve_html5_entity(&name).map(str::to_owned));
                add(&mut open, &known.unwrap_or_else(|| format!("&{name};")));
            }
            Event::Eof => {
                if open.iter().any(|o| o.name != "?") {
                    listed.broken = Some("the XML ends before its end".to_owned());
                }
                break;
            }
            _ => {}
        }
        if listed.items.len().max(listed.addresses.len()).max(listed.sitemaps.len()) >= MOST_ITEMS {
            listed.broken = Some(format!("it has more than {MOST_ITEMS} items"));
            break;
        }
    }
    listed
}

fn add(open: &mut [Open], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.html_attributes().with_checks(false).flatten().find(|a| a.key.0.eq_ignore_ascii_case(name))?;
    let value = found.value.into_owned();
    Some(quick_xml::escape::unescape_with(&value, resolve_html5_entity).map_or(value.clone(), |v| v.into_owned()))
}

/// Takes what an element told when it ends; `outer` are the elements around it.
fn close(element: Open, outer: &[Open], item: &mut Option<Item>, listed: &mut Listed) {
    let Open { name, text, href, rel } = element;
    let name = name.strip_prefix("atom:").unwrap_or(&name);
    let parent = outer.last().map_or("", |o| o.name.strip_prefix("atom:").unwrap_or(&o.name));
    let text = text.trim();
    let some = (!text.is_empty()).then(|| text.to_owned());
    if matches!(name, "item" | "entry") {
        listed.items.extend(item.take());
        return;
    }
    let local = name.rsplit(':').next().unwrap_or(name);
    match (parent.rsplit(':').next().unwrap_or(parent), local) {
        ("url", "loc") => listed.addresses.extend(some.filter(|u| is_address(u.as_bytes()))),
        ("sitemap", "loc") => listed.sitemaps.extend(some.filter(|u| is_address(u.as_bytes()))),
        ("channel" | "feed", "language") => listed.language = some,
        ("channel" | "feed", "title") if item.is_none() => listed.own.0 = some.map(|t| unescaped(&t)),
        ("channel" | "feed", "link") if item.is_none() => {
            let alternate = rel.as_deref().is_none_or(|r| r == "alternate");
            let link = some.or(href).filter(|l| alternate && is_address(l.as_bytes()));
            listed.own.1 = listed.own.1.take().or(link);
        }
        (parent, _) => {
            if let Some(item) = item {
                item.take(parent, name, some, href, rel);
            }
        }
    }
}

impl Item {
    /// Takes a field.
    fn take(&mut self, parent: &str, name: &str, text: Option<String>, href: Option<String>, rel: Option<String>) {
        let plain = text.clone().map(|t| unescaped(&t));
        match (parent, name) {
            ("source", "title") => self.source.0 = plain,
            ("source", "link" | "id") => {
                self.source.1 = href.or(text).filter(|l| l.contains("://")).or(self.source.1.take());
            }
            ("author", "name") => self.authors.extend(plain),
            ("author" | "contributor" | "source", _) => {}
            (_, "title") => self.title = plain,
            (_, "link") if text.is_some() => self.url = text,
            (_, "link") if rel.as_deref().is_none_or(|r| r == "alternate") => self.url = self.url.take().or(href),
            (_, "guid" | "id") if rel.as_deref() != Some("false") => {
                self.url = self.url.take().or(text.filter(|t| is_address(t.as_bytes())));
            }
            (_, "pubdate" | "dc:date" | "published" | "issued" | "dcterms:created") => {
                let told = if name == "pubdate" { "pubDate" } else { name };
                self.published = self.published.take().or(text.map(|t| (told.to_owned(), t)));
            }
            (_, "updated" | "modified" | "dcterms:modified") => self.updated = text.map(|t| (name.to_owned(), t)),
            (_, "author" | "dc:creator") => self.authors.extend(plain),
            (_, "description" | "summary") => self.summary = text,
            (_, "content:encoded" | "content") => self.content = text,
            (_, "source") => {
                self.source.0 = self.source.0.take().or(plain);
                self.source.1 = self.source.1.take().or(href);
            }
            _ => {}
        }
    }

    /// The item as a page, `None` where it has no text. `path` is its place, `feed` what the feed tells of
    /// itself.
    pub fn page(mut self, path: String, feed: &Feed) -> Option<Page> {
        let site = feed.site.as_ref();
        self.url = self.url.map(|url| match site.filter(|_| !url.contains("://")).and_then(|s| s.join(&url).ok()) {
            Some(whole) => whole.into(),
            None => url,
        });
        let teaser = is_teaser(self.content.as_deref(), self.summary.as_deref());
        let body = self.content.or(self.summary)?;
        let field = if body.contains('<') || body.contains('&') { "content_html" } else { "text" };
        let mut fields = Map::new();
        fields.insert(field.to_owned(), Value::from(body));
        let (source, source_url) = self.source;
        let domain = source_url.as_deref().and_then(|u| url::Url::parse(u).ok()?.host_str().map(str::to_owned));
        let outlet = source
            .map(|name| json!({ "name": name, "domain": domain.map(|d| d.trim_start_matches("www.").to_owned()) }))
            .or_else(|| Some(json!({ "name": feed.publisher_of(self.url.as_deref()?)? })));
        let texts = [("title".to_owned(), self.title), ("url".to_owned(), self.url.clone())];
        let dates = [self.published, self.updated].into_iter().flatten().map(|(name, text)| (name, Some(text)));
        let texts = texts.into_iter().chain(dates).map(|(name, text)| (name, text.map(Value::from)));
        let rest = [
            ("authors", (!self.authors.is_empty()).then(|| Value::from(self.authors))),
            ("outlet", outlet),
            ("language", feed.language.as_deref().map(Value::from)),
            ("teaser", teaser.then_some(Value::Bool(true))),
        ];
        let rest = rest.map(|(name, value)| (name.to_owned(), value));
        for (name, value) in texts.chain(rest) {
            if let Some(value) = value {
                fields.insert(name, value);
            }
        }
        Some(Page { url: self.url, ..page_of(path, fields) })
    }
}

/// Whether an item holds only the beginning of its article: it has a summary alone, and a short one, or
/// what it has breaks off.
fn is_teaser(content: Option<&str>, summary: Option<&str>) -> bool {
    let text = content.or(summary).unwrap_or("");
    // the signs that break off may stand in a link at the end
    let bare: String = without_tags(text);
    let end = bare.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '>' | '»' | '→'));
    let breaks_off =
        end.ends_with('…') || end.ends_with("...") || end.ends_with("&hellip;") || end.ends_with("&#8230;");
    breaks_off || (content.is_none() && bare.chars().count() < LONG_SUMMARY)
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Titles and names are often escaped twice.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape_with(text, resolve_html5_entity).map_or_else(|_| text.to_owned(), |t| t.into_owned())
}

/// The items of a JSON Feed; `None` where the object is none.
pub fn of_json(value: &Value) -> Option<Listed> {
    let version = value.get("version")?.as_str()?;
    if !version.contains("jsonfeed.org/version/") {
        return None;
    }
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let dated = |value: &Value, name: &str| Some((name.to_owned(), text(value, name)?));
    let names = |value: &Value| -> Vec<String> {
        let listed = value.get("authors").and_then(Value::as_array).into_iter().flatten();
        listed.chain(value.get("author")).filter_map(|a| text(a, "name")).collect()
    };
    let items = value.get("items").and_then(Value::as_array).into_iter().flatten().take(MOST_ITEMS);
    let items = items.map(|item| {
        let own = names(item);
        Item {
            title: text(item, "title"),
            url: text(item, "url").or_else(|| text(item, "external_url")),
            published: dated(item, "date_published"),
            updated: dated(item, "date_modified"),
            authors: if own.is_empty() { names(value) } else { own },
            content: text(item, "content_html").or_else(|| text(item, "content_text")),
            summary: text(item, "summary"),
            source: (None, None),
        }
    });
    let own = (text(value, "title"), text(value, "home_page_url"));
    Some(Listed { items: items.collect(), language: text(value, "language"), own, ..Listed::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(item: &Item) -> Value {
        serde_json::from_slice(&item.clone().page("f:1".to_owned(), &Feed::default()).unwrap().bytes).unwrap()
    }

    #[test]
    fn an_item_of_rss_tells_its_real_publisher_and_is_marked_as_a_teaser() {
        let text = r#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
            <title>Gathered news</title><link>https://all.example/</link><language>it</language>
            <item><title>Porto chiuso &amp;amp; nave ferma</title><link>https://all.example/r?1</link>
            <pubDate>Tue, 06 Aug 2024 23:30:00 +0700</pubDate><dc:creator>Marta Bellini</dc:creator>
            <source url="https://www.faro.example/rss">Il Faro</source>
            <description><![CDATA[<p>Il porto &egrave; chiuso da <b>luned&igrave;</b> [...]</p>]]></description></item></channel></rss>"#;
        assert!(is_listed(text));
        let listed = read(text);
        assert_eq!((listed.language.as_deref(), &listed.broken), (Some("it"), &None));
        let value = fields(&listed.items[0]);
        assert_eq!(value["title"], "Porto chiuso & nave ferma");
        assert_eq!(value["outlet"], json!({"name": "Il Faro", "domain": "faro.example"}));
        assert_eq!(value["pubDate"], "Tue, 06 Aug 2024 23:30:00 +0700");
        assert_eq!((&value["teaser"], &value["authors"]), (&Value::Bool(true), &json!(["Marta Bellini"])));
    }

    #[test]
    fn atom_with_markup_that_is_not_escaped() {
        let text = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Faro</title><entry>
            <title type="html">Ferry &lt;b&gt;waits&lt;/b&gt;</title><link rel="self" href="https://faro.example/self"/>
            <link href="https://faro.example/ferry?a=1&amp;b=2"/><author><name>Ana Reis</name><uri>x</uri></author>
            <published>2024-08-06T23:30:00+07:00</published><updated>2024-08-07T01:00:00+07:00</updated>
            <source><id>https://bay.example/</id><title>Bay Ledger</title></source>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferry waits.</p><p>It is full.</p></div></content>
            </entry></feed>"#;
        let listed = read(text);
        let value = fields(&listed.items[0]);
        assert_eq!(value["url"], "https://faro.example/ferry?a=1&b=2");
        assert!(value["content_html"].as_str().unwrap().contains("<p>It is full.</p>"));
        assert_eq!((&value["authors"], &value["outlet"]["name"]), (&json!(["Ana Reis"]), &Value::from("Bay Ledger")));
        assert!(value.get("teaser").is_none());
    }

    #[test]
    fn a_feed_of_the_outlet_itself_names_the_outlet_and_its_addresses_are_made_whole() {
        let outlet = |title: &str, link: &str, page: &str| {
            let text = format!(
                "<feed xml:lang='en'><title>{title}</title><link rel='self' href='x'/><link href='{link}'/>\
                <entry><link href='{page}'/><updated>2024-08-06T23:30:00Z</updated><summary>A ship waits.</summary></entry></feed>"
            );
            let listed = read(&text);
            let page = listed.items[0].clone().page("f:1".to_owned(), &Feed::of(&listed)).unwrap();
            let value: Value = serde_json::from_slice(&page.bytes).unwrap();
            assert_eq!(
                (&value["language"], &value["updated"]),
                (&Value::from("en"), &Value::from("2024-08-06T23:30:00Z"))
            );
            (value["outlet"]["name"].as_str().map(str::to_owned), page.url.unwrap())
        };
        let named = |name: Option<&str>, url: &str| (name.map(str::to_owned), url.to_owned());
        assert_eq!(
            outlet("The Bay Ledger - World", "https://www.bayledger.example/", "/2024/ferry"),
            named(Some("The Bay Ledger"), "https://www.bayledger.example/2024/ferry")
        );
        assert_eq!(
            outlet("World: Bay Ledger", "https://bayledger.example/", "https://world.bayledger.example/1"),
            named(Some("Bay Ledger"), "https://world.bayledger.example/1")
        );
        assert_eq!(outlet("TBL News - World", "https://tbl.example/", "/1").0.as_deref(), Some("TBL News"));
        for (title, link, page) in [
            ("Latest news", "https://bayledger.example/", "https://bayledger.example/1"),
            ("Bay Ledger", "https://bayledger.example/", "https://other.example/1"),
            ("Bay Ledger", "https://bayledger.example/", "https://notbayledger.example/1"),
        ] {
            assert_eq!(outlet(title, link, page), named(None, page), "{title} {page}");
        }
    }

    #[test]
    fn sitemaps_list_addresses() {
        let listed = read(
            "<urlset><url><loc> https://a.example/1 </loc><news:news><news:title>x</news:title></news:news></url><url><loc>javascript:x</loc></url></urlset>",
        );
        assert_eq!(listed.addresses, ["https://a.example/1"]);
        let listed = read("<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>");
        assert_eq!(listed.sitemaps, ["https://a.example/s.xml"]);
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let item =
            "<item><title>A & B</title><link>https://a.example/1</link><description>A ship waits.</description></item>";
        let listed = read(&format!("<rss><channel>{item}<item><title>cut"));
        assert_eq!(listed.items.len(), 1);
        assert_eq!(listed.items[0].title.as_deref(), Some("A & B"));
        assert!(listed.broken.is_some());
        let listed = read(&format!("<rss><channel>{item}{}", "<a>".repeat(1_000_000)));
        assert_eq!(listed.items.len(), 1);
        assert!(listed.broken.unwrap().contains("nested"));
    }

    #[test]
    fn entities_that_a_feed_declares_are_not_expanded() {
        let mut text = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"lol\">".to_owned();
        for n in 0..30 {
            text.push_str(&format!("<!ENTITY a{n} \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"));
        }
        text.push_str(
            "]><rss><channel><item><title>&a29;</title><description>A ship.</description></item></channel></rss>",
        );
        let listed = read(&text);
        assert_eq!(listed.items[0].title.as_deref(), Some("&a29;"));
    }

    #[test]
    fn a_json_feed() {
        let value = json!({"version": "https://jsonfeed.org/version/1.1", "language": "en", "authors": [{"name": "Desk"}],
            "items": [{"id": "1", "url": "https://a.example/1", "content_html": "<p>A ship waits.</p>", "date_published": "2024-08-06"}]});
        let listed = of_json(&value).unwrap();
        assert_eq!(fields(&listed.items[0])["authors"], json!(["Desk"]));
        assert!(of_json(&json!({"version": "3"})).is_none());
    }
}
