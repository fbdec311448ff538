//! A page as read, and the article that was made of it.

use crate::{ArticleId, Diagnostic};

/// How the bytes of a page are to be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageFormat {
    /// Plain text, as pasted or saved from the web, noise included.
    #[default]
    Text,
    /// HTML or XHTML.
    Html,
    /// Already an article: one JSON object with at least `text` (a line of a .jsonl file, a row of a
    /// table) or a field of [`HTML_FIELDS`] (an item of a feed).
    Json,
}

/// Most bytes of one page that are read: what is beyond is cut, with a finding.
pub const MOST_PAGE_BYTES: usize = 20 << 20;

/// Names under which an object of [`PageFormat::Json`] may hold the article's text, in order of
/// trust: those of sumber, news-please, Fundus, NGEC, trafilatura, newspaper and
/// schema.org. Some hold a list of paragraphs, or an object of such lists.
pub const TEXT_FIELDS: &[&str] = &[
    "text",
    "maintext",
    "main_text",
    "body",
    "article_body",
    "articleBody",
    "content",
    "raw_text",
    "full_text",
    "article",
    "cleaned_text",
    "plaintext",
    "plain_text",
    "article_text",
    "body_text",
    "event_text",
    "story",
];

/// The parts of a body that is an object and no string, in the order in which they are read.
pub const BODY_PARTS: &[&str] = &["summary", "headline", "text", "paragraphs", "sections"];

/// Names under which an object of [`PageFormat::Json`] may hold the article as HTML, in order of
/// trust; they are asked where no field of [`TEXT_FIELDS`] holds words.
pub const HTML_FIELDS: &[&str] = &["html", "content_html", "raw_html", "body_html", "description_html"];

/// The bytes as read, with what is known of them from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The file's path as the user gave it, or `-`; `path:line` for a line of a file, the row of a
    /// table, the item of a feed; `path:offset` (bytes) for a record of a web archive.
    pub path: String,
    /// The address it was fetched from, where known.
    pub url: Option<String>,
    /// How to understand the bytes.
    pub format: PageFormat,
    /// The charset that the transport named (the header of an answer or of a part of a mail). Bytes
    /// that are valid UTF-8 are read as that, whatever it says.
    pub charset: Option<String>,
    /// The bytes, untouched but where `rewritten`.
    pub bytes: Vec<u8>,
    /// Whether the bytes were made from fields that stood somewhere else in another form (items of feeds,
    /// rows of tables, mapped fields, pages in a mail): a place in them is no place in the file.
    pub rewritten: bool,
}

/// Who published a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outlet {
    /// The name as the page gives it; where only the domain is known, the domain.
    pub name: String,
    /// The registrable host in lower case without `www.`, where known.
    pub domain: Option<String>,
}

/// A piece of an article's text and the bytes of its page that say it: the same words but for white space
/// and for characters that the page writes as an entity or an escape, each of which is a piece of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// Bytes of [`Article::text`].
    pub text: std::ops::Range<usize>,
    /// Bytes of [`Page::bytes`], as they were read, before any charset.
    pub bytes: std::ops::Range<usize>,
}

/// Where a page tells a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// A field of its JSON-LD.
    LinkedData,
    /// A meta tag.
    Metadata,
    /// An element or attribute that is made for dates.
    Element,
    /// A line that readers see.
    Line,
    /// The dateline of the text.
    Dateline,
    /// Its address.
    Address,
    /// A field of a page that is JSON.
    Field,
    /// The user said so; the page does not tell.
    Given,
}

impl DateSource {
    /// The name as the contract has it.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::LinkedData => "json-ld",
            DateSource::Metadata => "meta",
            DateSource::Element => "element",
            DateSource::Line => "line",
            DateSource::Dateline => "dateline",
            DateSource::Address => "address",
            DateSource::Field => "field",
            DateSource::Given => "given",
        }
    }
}

/// What tells a date: where it stands on the page, and its words there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateEvidence {
    /// The kind of place.
    pub source: DateSource,
    /// The field, tag or property as the page names it: 'datePublished', 'article:published_time'.
    pub name: Option<String>,
    /// The words as they stand, white space folded: a zone is here as the page gives it.
    pub words: String,
}

/// A page that holds one part of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which, from 1.
    pub number: u16,
    /// How many there are.
    pub last: u16,
    /// The address that the parts have in common, without scheme and number; `None` where the page does not
    /// tell its own.
    pub of: Option<String>,
}

/// The clean text and metadata of one page.
///
/// Invariant: `text` is UTF-8 in paragraphs separated by one `\n`, without noise, headline,
/// byline or captions; white space inside a paragraph is single blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Stable identity, from the page's bytes.
    pub id: ArticleId,
    /// As [`Page::path`].
    pub path: String,
    /// The page's own canonical address, else [`Page::url`].
    pub url: Option<String>,
    /// The language that the page or the user names, BCP 47; a hint for the analysis.
    pub declared_language: Option<String>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Who the page says made the text where that is not the outlet ('(ANTARA)', 'Reuters - ').
    pub credit: Option<String>,
    /// When it was published: `YYYY-MM-DD`, or RFC 3339 with zone where the page gives a time.
    pub published: Option<String>,
    /// What tells that; there is one wherever there is a date.
    pub published_evidence: Option<DateEvidence>,
    /// When it was changed last, in the same form.
    pub modified: Option<String>,
    /// What tells that.
    pub modified_evidence: Option<DateEvidence>,
    /// The headline, without the site's name.
    pub title: Option<String>,
    /// The authors' names.
    pub authors: Vec<String>,
    /// Notes of the outlet on what it changed or put right: they are no part of the text.
    pub updates: Vec<String>,
    /// The main text.
    pub text: String,
    /// Which part of an article it is, where that stands on several pages.
    pub part: Option<Part>,
    /// Where the text stands on the page, in its order; empty where nobody asked.
    pub places: Vec<TextPlace>,
    /// What went wrong while reading.
    pub findings: Vec<Diagnostic>,
}
