//! Where the words of an article stand on its page: the way back from clean text to bytes.
//!
//! Parsers of markup lose places, and what cleans a text joins lines and cuts pieces out. So the way back is
//! found afterwards, and only where it is asked for: the characters that a page shows are listed with their
//! places, white space left out, and the article's paragraphs are looked up in that list. A place is given
//! only where the page's own bytes say the same words.

use std::collections::HashMap;
use std::ops::Range;

use dom_query::Document;
use sumber_core::{Page, PageFormat, TextPlace};

use crate::charset;
use crate::markup;

/// Words that are looked up together first, and how many fewer after each failure.
const SEEDS: &[usize] = &[8, 4, 2, 1];
/// Fewest bytes of words that are looked up on the whole page; fewer only right below what was found last.
const SURE: usize = 16;
/// How far below what was found last the words of the same paragraph go on, in bytes without white space...
const BELOW: usize = 4_000;
/// ... and after how many words that stand nowhere they are looked for on the whole page.
const LOST: usize = 4;
/// How far below what was found last a short word may stand, in bytes without white space.
const NEAR: usize = 600;
/// Longest entity, `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 40;

/// The characters that a page shows, without white space, with the places of each in the decoded page.
#[derive(Default)]
struct Shown {
    text: String,
    /// For each byte of `text`: where its character begins and ends.
    places: Vec<(u32, u32)>,
}

impl Shown {
    fn push(&mut self, c: char, place: Range<usize>) {
        if !is_shown(c) {
            return;
        }
        self.text.push(c);
        self.places.resize(self.text.len(), (place.start as u32, place.end as u32));
    }
}

impl Shown {
    /// The place of a run of these characters.
    fn run(&self, bytes: Range<usize>) -> Range<usize> {
        let end = bytes.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(0, |place| place.1);
        self.places.get(bytes.start).map_or(0, |place| place.0) as usize..end as usize
    }
}

/// Whether a character is part of a text that is compared without white space.
fn is_shown(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}'))
}

/// Where the paragraphs of `text` stand in the bytes of `page`, in the order of the text. What cannot be
/// found word by word has no place.
pub fn of(page: &Page, text: &str) -> Vec<TextPlace> {
    let decoded = charset::decode(page, &mut Vec::new());
    let shown = match page.format {
        PageFormat::Text => plain(&decoded),
        PageFormat::Html => html(&decoded),
        PageFormat::Json => {
            let mut shown = Shown::default();
            json(&decoded, 0, &mut shown);
            shown
        }
    };
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let budget = shown.text.len().saturating_mul(64).max(1 << 20);
    let mut search = Search { shown: &shown, cursor: 0, budget, hits: Vec::new() };
    let mut start = 0;
    for paragraph in text.split('\n') {
        search.paragraph(text, start..start + paragraph.len(), &decoded, &mut found);
        start += paragraph.len() + 1;
    }
    search.between(text, &decoded, &mut found);
    let bytes = charset::byte_places(page, &decoded);
    found
        .into_iter()
        .map(|(text, place)| TextPlace { text, bytes: bytes.of(place.start)..bytes.of(place.end) })
        .collect()
}

/// A search that goes down the page with the text.
struct Search<'a> {
    shown: &'a Shown,
    /// Where what was found last ends.
    cursor: usize,
    /// How many bytes may still be looked through.
    budget: usize,
    /// What was found: a run of the text, and where it begins and ends in what the page shows.
    hits: Vec<(Range<usize>, Range<usize>)>,
}

impl Search<'_> {
    fn paragraph(
        &mut self,
        text: &str,
        range: Range<usize>,
        decoded: &str,
        found: &mut Vec<(Range<usize>, Range<usize>)>,
    ) {
        // the paragraph's characters, each with its place in the text
        let mut own = Shown::default();
        let mut words = vec![0];
        for (at, c) in text[range.clone()].char_indices() {
            if c.is_whitespace() {
                words.push(own.text.len());
            }
            own.push(c, range.start + at..range.start + at + c.len_utf8());
        }
        words.push(own.text.len());
        words.dedup();
        let (mut word, mut lost) = (0, 0);
        while word + 1 < words.len() {
            // a paragraph may stand anywhere, its words go on where the last ones ended
            let far = word == 0 || lost % LOST == LOST - 1;
            let whole = (word == 0).then(|| words.len() - 1);
            let mut ends = whole.into_iter().chain(SEEDS.iter().map(|seed| (word + seed).min(words.len() - 1)));
            let hit = ends.find_map(|end| Some((self.find(&own.text[words[word]..words[end]], far)?, end)));
            let Some((at, seed_end)) = hit else {
                word += 1;
                lost += 1;
                continue;
            };
            lost = 0;
            // as far as page and text go on alike, to the end of a word
            let from = words[word];
            let mut end = seed_end;
            while end + 1 < words.len()
                && self.shown.text.as_bytes()[at..].starts_with(&own.text.as_bytes()[from..words[end + 1]])
            {
                end += 1;
            }
            let length = words[end] - from;
            pieces(&own, from, self.shown, at, length, decoded, found);
            self.hits.push((own.run(from..from + length), at..at + length));
            self.cursor = at + length;
            word = end;
        }
    }

    /// Looks for what is still without a place, a short heading as a rule, where its neighbours in the text let
    /// it stand: right above what follows, else as near as can be to what goes before.
    fn between(&mut self, text: &str, decoded: &str, found: &mut Vec<(Range<usize>, Range<usize>)>) {
        let mut more = Vec::new();
        let hits = std::mem::take(&mut self.hits);
        let (mut next, mut start) = (0, 0);
        for paragraph in text.split('\n') {
            let (begin, end) = (start, start + paragraph.len());
            start = end + 1;
            let mut at = begin;
            while at < end {
                while hits.get(next).is_some_and(|(run, _)| run.end <= at) {
                    next += 1;
                }
                let below = hits.get(next);
                if let Some((run, _)) = below.filter(|(run, _)| run.start <= at) {
                    at = run.end;
                    continue;
                }
                let to = below.map_or(end, |(run, _)| run.start.min(end));
                let mut own = Shown::default();
                for (offset, c) in text[at..to].char_indices() {
                    own.push(c, at + offset..at + offset + c.len_utf8());
                }
                let above = next.checked_sub(1).map_or(0, |n| hits[n].1.end);
                if let Some(place) = self.nearest(&own.text, above, below.map(|(_, page)| page.start)) {
                    pieces(&own, 0, self.shown, place, own.text.len(), decoded, &mut more);
                }
                at = to;
            }
        }
        found.append(&mut more);
        found.sort_by_key(|(text, _)| text.start);
    }

    /// Where these characters stand between `above` and `below`, the last place of several; else the next one
    /// below `above`, else the last one before it.
    fn nearest(&mut self, wanted: &str, above: usize, below: Option<usize>) -> Option<usize> {
        let page = self.shown.text.as_bytes();
        let wanted = wanted.as_bytes();
        let last = |from: usize, to: usize| memchr::memmem::rfind(&page[from..to], wanted).map(|at| from + at);
        if wanted.is_empty() || self.budget < page.len() {
            return None;
        }
        if let Some(below) = below.filter(|below| above < *below) {
            self.budget -= below - above;
            if let Some(at) = last(above, below) {
                return Some(at);
            }
        }
        // one letter or two stand everywhere
        if wanted.len() < 4 {
            return None;
        }
        self.budget = self.budget.saturating_sub(page.len());
        let next = memchr::memmem::find(&page[above..], wanted).map(|at| above + at);
        next.or_else(|| last(0, above))
    }

    /// The next place of these characters below the last, however `far`, else the first on the page.
    fn find(&mut self, wanted: &str, far: bool) -> Option<usize> {
        let page = self.shown.text.as_bytes();
        let sure = wanted.len() >= SURE;
        // above the first that is sure stand menus, which have the same short words
        if !sure && self.cursor == 0 {
            return None;
        }
        let reach = if far { page.len() } else { BELOW };
        let end = page.len().min(self.cursor + if sure { reach } else { NEAR });
        let mut look = |from: usize, to: usize| {
            if from >= to || self.budget == 0 {
                return None;
            }
            let at = memchr::memmem::find(&page[from..to], wanted.as_bytes()).map(|at| from + at);
            self.budget = self.budget.saturating_sub(at.map_or(to - from, |at| at - from) + 1);
            at
        };
        look(self.cursor, end).or_else(|| if sure && far { look(0, self.cursor) } else { None })
    }
}

/// Writes a run of characters as places: a new one begins where the page has markup between two, and
/// around each character that the page writes as an entity or an escape.
fn pieces(
    own: &Shown,
    from: usize,
    shown: &Shown,
    at: usize,
    length: usize,
    decoded: &str,
    found: &mut Vec<(Range<usize>, Range<usize>)>,
) {
    let mut open: Option<(Range<usize>, Range<usize>)> = None;
    let mut n = 0;
    while n < length {
        let (text_start, text_end) = own.places[from + n];
        let (page_start, page_end) = shown.places[at + n];
        let (text, place) = (text_start as usize..text_end as usize, page_start as usize..page_end as usize);
        let literal = decoded.get(place.clone()) == shown.text.get(at + n..at + n + text.len());
        let goes_on = open.as_ref().is_some_and(|(_, before)| {
            before.end <= place.start && decoded[before.end..place.start].chars().all(|c| !is_shown(c))
        });
        n += text.len();
        if let Some((open_text, open_place)) = open.as_mut().filter(|_| literal && goes_on) {
            open_text.end = text.end;
            open_place.end = place.end;
            continue;
        }
        found.extend(open.take());
        if literal {
            open = Some((text, place));
        } else {
            found.push((text, place));
        }
    }
    found.extend(open);
}

fn plain(text: &str) -> Shown {
    let mut shown = Shown::default();
    for (at, c) in text.char_indices() {
        shown.push(c, at..at + c.len_utf8());
    }
    shown
}

/// What an HTML page shows, by the rules that make it safe: scripts, styles and comments are passed over.
fn html(page: &str) -> Shown {
    let mut shown = Shown::default();
    let mut named: HashMap<String, String> = HashMap::new();
    let (texts, linked) = markup::texts(page);
    for text in texts {
        let mut at = text.start;
        while at < text.end {
            let rest = &page[at..text.end];
            let Some(c) = rest.chars().next() else { break };
            let mut length = c.len_utf8();
            if c == '&'
                && let Some((len, value)) = entity(rest, &mut named)
            {
                length = len;
                for c in value.chars() {
                    shown.push(c, at..at + length);
                }
            } else {
                shown.push(c, at..at + length);
            }
            at += length;
        }
    }
    // an article that stands in a page's JSON-LD alone
    for script in linked {
        json(&page[script.clone()], script.start, &mut shown);
    }
    shown
}

/// The entity that a text begins with: its length and what it stands for. Names are asked of the parser.
fn entity(text: &str, named: &mut HashMap<String, String>) -> Option<(usize, String)> {
    let head = &text.as_bytes()[1..text.len().min(LONGEST_ENTITY)];
    let body = head.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    if body == 0 {
        return None;
    }
    let length = 1 + body + usize::from(head.get(body) == Some(&b';'));
    let written = &text[..length];
    if !named.contains_key(written) {
        if named.len() >= 2000 {
            return None;
        }
        named.insert(written.to_owned(), Document::fragment(written).root().text().to_string());
    }
    let value = &named[written];
    (value != written && !value.contains('&') || value == "&").then(|| (length, value.clone()))
}

/// Adds what the strings of a JSON text say, escapes undone; `offset` is where the text begins.
fn json(text: &str, offset: usize, shown: &mut Shown) {
    let mut push = |c: char, place: Range<usize>| shown.push(c, place.start + offset..place.end + offset);
    let mut chars = text.char_indices().peekable();
    let mut high: Option<(u32, usize)> = None;
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            push(c, at..at + c.len_utf8());
            continue;
        }
        let Some((next_at, next)) = chars.next() else { break };
        if next != 'u' {
            if matches!(next, '"' | '\\' | '/') {
                push(next, at..next_at + next.len_utf8());
            }
            continue;
        }
        let Some(code) = text.get(next_at + 1..next_at + 5).and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            continue;
        };
        for _ in 0..4 {
            chars.next();
        }
        let end = next_at + 5;
        match (high.take(), code) {
            (_, 0xd800..0xdc00) => high = Some((code, at)),
            (Some((first, start)), 0xdc00..0xe000) => {
                let code = 0x10000 + ((first - 0xd800) << 10) + (code - 0xdc00);
                char::from_u32(code).into_iter().for_each(|c| push(c, start..end));
            }
            _ => char::from_u32(code).into_iter().for_each(|c| push(c, at..end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(format: PageFormat, bytes: &[u8], text: &str) -> Vec<(String, String)> {
        let page = Page { format, bytes: bytes.to_vec(), ..Page::default() };
        of(&page, text)
            .into_iter()
            .map(|p| {
                let raw = String::from_utf8_lossy(&bytes[p.bytes]).into_owned();
                (text[p.text].to_owned(), raw)
            })
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn words_are_found_through_markup_entities_and_lines() {
        let page = "<p>Home</p><p>The ferry\n &amp; its <b>captain</b> sailed&nbsp;again.</p>";
        let found = told(PageFormat::Html, page.as_bytes(), "The ferry & its captain sailed again.");
        let wanted = [
            pair("The ferry", "The ferry"),
            pair("&", "&amp;"),
            pair("its", "its"),
            pair("captain", "captain"),
            pair("sailed", "sailed"),
            pair("again.", "again."),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_was_cut_out_leaves_a_gap() {
        let page = "Menu\n\nThe ferry sailed on Monday. (Read also: old boats) The captain was pleased with it.\n";
        let text = "The ferry sailed on Monday. The captain was pleased with it.";
        let found = told(PageFormat::Text, page.as_bytes(), text);
        assert_eq!(
            found.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(),
            ["The ferry sailed on Monday.", "The captain was pleased with it."]
        );
        assert!(found.iter().all(|(text, raw)| text == raw));
    }

    #[test]
    fn a_short_heading_is_found_right_above_what_it_heads() {
        let page = "<p>Cargo of</p><p>Menu</p><h2>Cargo</h2><ul><li>Home</li></ul><h2>Cargo</h2><div>Advert</div>\
            <p>The ferry carried ninety sheep.</p><p>Cargo</p>";
        let text = "Cargo\nThe ferry carried ninety sheep.";
        let places = of(&Page { format: PageFormat::Html, bytes: page.as_bytes().to_vec(), ..Page::default() }, text);
        let heading = page.find("<h2>Cargo</h2><div>").unwrap() + 4;
        assert_eq!((places[0].text.clone(), places[0].bytes.clone()), (0..5, heading..heading + 5));
        assert_eq!(places.len(), 2);
    }

    #[test]
    fn what_is_not_on_the_page_has_no_place() {
        assert_eq!(told(PageFormat::Text, b"The ferry sailed.", "Nobody knows."), []);
        assert_eq!(told(PageFormat::Html, b"<script>Nobody knows.</script>", "Nobody knows."), []);
    }

    #[test]
    fn bytes_are_those_of_the_page_in_its_own_charset() {
        let page = b"<meta charset=iso-8859-1><p>Le caf\xe9 est ferm\xe9 depuis ce matin.</p>";
        let at = page.iter().position(|b| *b == b'L').unwrap();
        let text = "Le café est fermé depuis ce matin.";
        let places = of(&Page { format: PageFormat::Html, bytes: page.to_vec(), ..Page::default() }, text);
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].bytes, at..at + text.chars().count());
    }

    #[test]
    fn escapes_of_json_are_undone() {
        let found = told(PageFormat::Json, br#"{"text": "Il caff\u00e8 \u00e8 chiuso."}"#, "Il caffè è chiuso.");
        assert_eq!(
            found,
            [pair("Il caff", "Il caff"), pair("è", "\\u00e8"), pair("è", "\\u00e8"), pair("chiuso.", "chiuso.")]
        );
    }
}
