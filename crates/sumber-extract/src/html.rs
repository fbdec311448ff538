//! HTML pages: metadata, the main text by a Readability-like reader (`dom_smoothie`), and the
//! same judgement of lines that plain text gets.

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use sumber_core::{Code, Severity};

use crate::blocks::{self, Block};
use crate::charset::Finding;
use crate::draft::{Draft, Trust};
use crate::line::Line;
use crate::markup;
use crate::meta;
use crate::words::{PageLexicon, key};
use crate::{address, beside, dating, outlet, plain, trunk};

/// The text of a piece of HTML that is an article and nothing else (the content of a feed's item): what
/// stands beside an article goes, no main text is looked for.
pub fn fragment(html: &str, findings: &mut Vec<Finding>) -> String {
    let document = Document::from(safe(html, findings).html.as_str());
    beside::prune(&document, &[], None);
    blocks::text_of(&blocks::blocks_of(&document.root()))
}

/// Brings markup within the limits and says what that cost.
fn safe(html: &str, findings: &mut Vec<Finding>) -> markup::Safe {
    let safe = markup::make_safe(html);
    if safe.too_long {
        findings.push((
            Severity::Warning,
            Code::TooLarge,
            format!(
                "the page has more than {} bytes of markup; what is beyond was left out: save the article alone",
                markup::MOST_MARKUP
            ),
        ));
    }
    for cut in &safe.cut {
        findings.push((Severity::Warning, Code::MarkupCut, format!("{cut}; check that the article is whole")));
    }
    safe
}

/// Reads an HTML page.
pub fn read(
    html: &str,
    url: Option<&str>,
    declared: Option<&str>,
    lexicon: &PageLexicon,
    findings: &mut Vec<Finding>,
) -> Draft {
    let safe = safe(html, findings);
    let document = Document::from(safe.html.as_str());
    let metadata = meta::read(&document, &safe.linked_data, url, lexicon);
    if let Some(part) = &metadata.part {
        let message = format!(
            "only part {} of {} of the article stands here; fetch the other addresses to read the whole",
            part.number, part.last
        );
        findings.push((Severity::Note, Code::Part, message));
    }
    let mut draft = Draft { part: metadata.part, ..metadata.draft };
    // dates and bylines stand in parts that go
    let unpruned = blocks::blocks_of(&document.root());
    let order = lexicon.order(declared.or(draft.language.as_deref()), &blocks::text_of(&unpruned));
    let shown = dating::Shown { root: document.root(), blocks: &unpruned, headlines: &metadata.headlines, order };
    let near = dating::near_headline(&shown, lexicon);
    let elsewhere = if draft.published.is_none() && near.published.is_none() {
        dating::anywhere(&shown, lexicon)
    } else {
        Draft::default()
    };
    let headlines: Vec<String> = metadata.headlines.iter().map(|h| key(h)).filter(|k| !k.is_empty()).collect();
    beside::prune(&document, &headlines, draft.url.as_deref());
    let page = blocks::blocks_of(&document.root());
    let whole = blocks::text_of(&page);
    let trunk = trunk::find(&document.root(), &page);
    let config = Config { keep_classes: false, disable_json_ld: true, ..Config::default() };
    let main = Readability::with_document(document, None, Some(config)).ok().and_then(|mut r| r.parse().ok());
    let main = main.map(|article| blocks::blocks_of(&Document::from(article.content).root())).unwrap_or_default();
    let known_date = draft.published.take();
    let longest = headlines.iter().map(String::len).max().unwrap_or(0);
    // marks and blanks take a part of a line
    let is_headline = |line: &str| line.len() <= 2 * longest && headlines.contains(&key(line));
    let body_of = |blocks: &[Block]| {
        let mut draft = draft.clone();
        let lines = blocks::lines_of(blocks, order, lexicon);
        let lines: Vec<_> = lines.into_iter().filter(|l| !is_headline(&l.text)).collect();
        draft.add_body(&lines, Trust::Paragraphs, lexicon);
        draft
    };
    let own_words = |d: &Draft| d.paragraphs.iter().map(|p| p.split(' ').count()).sum::<usize>();
    let read = body_of(&main);
    // the reader cuts articles of many sections down to one of them
    let least = (own_words(&read) * 3).div_ceil(2);
    let enough = trunk.iter().map(|block| block.text.split_whitespace().count()).sum::<usize>() >= least;
    let trunk = enough.then(|| body_of(trunk)).filter(|trunk| own_words(trunk) >= least);
    draft = trunk.unwrap_or(read);
    // nothing found: the page may be text with hardly any markup, or only its metadata holds the article
    let body_words = metadata.article_body.as_deref().map_or(0, |b| b.split_whitespace().count());
    if own_words(&draft) * 5 < body_words * 2 {
        draft.paragraphs.clear();
        let body = plain::lines_of(metadata.article_body.as_deref().unwrap_or(""), order, lexicon);
        draft.add_body(&body, Trust::Paragraphs, lexicon);
    } else if own_words(&draft) < 25 {
        let other = plain::read(&whole, order, lexicon);
        if own_words(&other) > own_words(&draft) {
            draft.paragraphs = other.paragraphs;
            draft.updates.extend(other.updates);
            draft.title = draft.title.or(other.title);
            draft.published = draft.published.or(other.published);
            draft.add_authors(other.authors);
        }
    }
    let in_body = draft.published.take();
    draft.published = dating::settle(known_date, draft.modified.as_deref(), near.published.as_ref());
    draft.yearless = near.yearless.or(elsewhere.yearless).or(draft.yearless.take());
    if draft.published.is_none() && draft.yearless.is_some() {
        let short: Vec<Block> = unpruned.into_iter().filter(|block| block.text.len() <= dating::LONGEST).collect();
        let rights = metadata.rights.iter().map(|line| Line::new(line, lexicon, order));
        let beside: Vec<Line> = blocks::lines_of(&short, order, lexicon).into_iter().chain(rights).collect();
        draft.complete_date(beside.iter());
    }
    draft.published = draft
        .published
        .take()
        .or(elsewhere.published)
        .or_else(|| draft.url.as_deref().and_then(|url| address::date_in_url(url, lexicon)))
        .or(in_body)
        .or_else(|| outlet::dateline_date(&draft, order, lexicon));
    draft.modified = draft.modified.take().or(near.modified).or(elsewhere.modified);
    if draft.authors.is_empty() {
        draft.authors = near.authors;
    }
    draft.credit = draft.credit.or(near.credit);
    if draft.domain.is_none() {
        draft.outlet = draft.outlet.or(near.outlet);
    }
    outlet::credit(&mut draft, lexicon);
    draft
}
