//! One page in, one clean article out.
//!
//! The three types that matter: [`Page`] (bytes as read), [`PageReader`] (the packs' page words,
//! compiled) and [`Article`] (clean text and metadata). Reading is pure and cannot fail: what went
//! wrong is in the article's findings. The way of a page: `charset` makes text of bytes; `plain`,
//! `html` or `json` finds the parts; `noise`, `byline`, `dates`, `dateline`, `title` and `outlet`
//! judge lines and names for all three.
//!
//! This room knows no pack (it is given their page words as data), no file, no clock and no second
//! page, and it holds no word of a human language.

mod words;

mod charset;
mod dates;
mod days;
mod line;

mod address;
mod byline;
mod dateline;
mod noise;
mod outlet;
mod title;

mod beside;
mod blocks;
mod dating;
mod draft;
mod escape;
mod html;
mod json;
mod linked;
mod markup;
mod meta;
mod parts;
mod places;
mod plain;
mod sign;
mod trunk;

#[cfg(test)]
mod testing;

use sumber_core::{Article, ArticleId, Code, DateSource, Diagnostic, Page, PageFormat, PageHints, Severity, hash64};

use crate::draft::{Dated, Draft};
use crate::words::PageLexicon;

/// Reads one page. Where many pages are read, a [`PageReader`] compiles the hints once.
///
/// ```
/// use sumber_core::{Page, PageFormat, PageHints};
/// let page = Page {
///     path: "a.txt".to_owned(),
///     format: PageFormat::Text,
///     bytes: b"Harbour reopens\n\nThe harbour of Port Ellis reopened on Monday, the harbour master said after the storm had passed.\n".to_vec(),
///     ..Page::default()
/// };
/// let article = sumber_extract::extract(&page, &PageHints::default());
/// assert_eq!(article.title.as_deref(), Some("Harbour reopens"));
/// assert!(article.text.starts_with("The harbour of Port Ellis"));
/// ```
pub fn extract(page: &Page, hints: &PageHints) -> Article {
    PageReader::new(hints).read(page)
}

/// The packs' page words, compiled: reads any number of pages.
#[derive(Clone, Debug)]
pub struct PageReader {
    lexicon: PageLexicon,
    fallback_date: Option<String>,
    language: Option<String>,
    places: bool,
}

impl PageReader {
    /// Compiles the hints.
    pub fn new(hints: &PageHints) -> PageReader {
        PageReader {
            lexicon: PageLexicon::new(hints),
            fallback_date: hints.fallback_date.clone(),
            language: hints.language.clone(),
            places: hints.places,
        }
    }

    /// Reads one page: the same page and hints give the same article.
    pub fn read(&self, page: &Page) -> Article {
        let mut findings = Vec::new();
        let text = charset::decode(page, &mut findings);
        let lexicon = &self.lexicon;
        let declared = self.language.as_deref();
        let mut draft = match page.format {
            PageFormat::Text => plain::read(&text, lexicon.order(declared, &text), lexicon),
            PageFormat::Html => html::read(&text, page.url.as_deref(), declared, lexicon, &mut findings),
            PageFormat::Json => json::read(&text, lexicon, &mut findings).unwrap_or_else(|message| {
                findings.push((Severity::Skipped, Code::BrokenLine, message));
                Draft::default()
            }),
        };
        let body = paragraphs(&mut draft);
        if body.is_empty() && !findings.iter().any(|(severity, _, _)| *severity == Severity::Skipped) {
            findings.push((
                Severity::Skipped,
                Code::NoText,
                "no running text was found on the page; save the article itself as text and try again".to_owned(),
            ));
        }
        let url = draft.url.or_else(|| page.url.clone());
        let domain = draft.domain.or_else(|| url.as_deref().and_then(address::domain_of));
        // a page that tells its last change alone is dated by that
        let given =
            || Some(Dated::new(self.fallback_date.clone()?, DateSource::Given, None, self.fallback_date.as_deref()?));
        let published = draft.published.or_else(|| draft.modified.clone()).or_else(given);
        let (published, published_evidence) = Dated::split(published);
        let (modified, modified_evidence) = Dated::split(draft.modified);
        Article {
            id: ArticleId(hash64(&page.bytes)),
            path: page.path.clone(),
            outlet: outlet::resolve(draft.outlet, domain, lexicon),
            url,
            declared_language: self.language.clone().or(draft.language),
            credit: draft.credit,
            published,
            published_evidence,
            modified,
            modified_evidence,
            title: draft.title,
            authors: draft.authors,
            updates: draft.updates,
            part: draft.part,
            places: if self.places && !page.rewritten { places::of(page, &body) } else { Vec::new() },
            text: body,
            findings: findings
                .into_iter()
                .map(|(severity, code, message)| Diagnostic { severity, code, place: page.path.clone(), message })
                .collect(),
        }
    }
}

/// The paragraphs as the article's text: single blanks inside, one newline between.
fn paragraphs(draft: &mut Draft) -> String {
    let mut text = String::new();
    for paragraph in draft.paragraphs.drain(..) {
        let before = text.len();
        for word in paragraph.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
            if text.len() > before {
                text.push(' ');
            } else if before > 0 {
                text.push('\n');
            }
            text.push_str(word);
        }
    }
    text
}
