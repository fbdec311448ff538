//! The packs' page words, compiled: which phrases stand where in a line.

use std::collections::HashMap;

use sumber_core::{PAGE_KINDS, PageHints};

use crate::dates::Order;

/// A kind of [`PAGE_KINDS`], by its place in that list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind(u8);

/// Names the kinds that code asks for. The check is made when the program is compiled.
const fn kind(name: &str) -> Kind {
    let mut n = 0;
    while n < PAGE_KINDS.len() {
        if same(PAGE_KINDS[n].0.as_bytes(), name.as_bytes()) {
            return Kind(n as u8);
        }
        n += 1;
    }
    panic!("no such kind of page word")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut n = 0;
    while n < a.len() {
        if a[n] != b[n] {
            return false;
        }
        n += 1;
    }
    true
}

#[allow(missing_docs)]
impl Kind {
    pub const MONTH_1: Kind = kind("month-1");
    pub const WEEKDAY: Kind = kind("weekday");
    pub const ZONE: Kind = kind("zone");
    pub const PM: Kind = kind("pm");
    pub const AM: Kind = kind("am");
    pub const DATE_WORD: Kind = kind("date-word");
    pub const DATE_ORDER: Kind = kind("date-order");
    pub const PUBLISHED: Kind = kind("published");
    pub const MODIFIED: Kind = kind("modified");
    pub const READING_TIME: Kind = kind("reading-time");
    pub const AUTHOR: Kind = kind("author");
    pub const STAFF: Kind = kind("staff");
    pub const DESK: Kind = kind("desk");
    pub const NAME_IN: Kind = kind("name-in");
    pub const NAME_AND: Kind = kind("name-and");
    pub const READ_ALSO: Kind = kind("read-also");
    pub const READ_ALSO_SHOUT: Kind = kind("read-also-shout");
    pub const LINE_START: Kind = kind("line-start");
    pub const LINE_HAS: Kind = kind("line-has");
    pub const COMMENTS: Kind = kind("comments");
    pub const LIST_HEAD: Kind = kind("list-head");
    pub const BUTTON: Kind = kind("button");
    pub const SECTION: Kind = kind("section");
    pub const CAPTION: Kind = kind("caption");
    pub const CAPTION_SURE: Kind = kind("caption-sure");
    pub const COPYRIGHT: Kind = kind("copyright");
    pub const TAGS: Kind = kind("tags");
    pub const OUTLET_WORD: Kind = kind("outlet-word");
    pub const LEGAL_FORM: Kind = kind("legal-form");

    /// The kind of a month, 1 to 12.
    pub fn month_kind(month: i8) -> Kind {
        Kind(Kind::MONTH_1.0 + month.clamp(1, 12) as u8 - 1)
    }

    fn bit(self) -> u64 {
        1 << self.0
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u64);

impl Kinds {
    /// Adds a kind.
    pub fn insert(&mut self, kind: Kind) {
        self.0 |= kind.bit();
    }

    /// Whether the set holds the kind.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// Whether the set holds one of the kinds.
    pub fn any(self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|&k| self.has(k))
    }
}

/// A word of a line: where it stands, and its folded form.
#[derive(Clone, Debug)]
pub struct Word {
    /// First byte in the line.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Lower case, the apostrophe `'`.
    pub folded: String,
}

/// Cuts a line into words: runs of letters, digits and inner apostrophes; an e-mail sign, a
/// copyright sign and a hash are words of their own where they stand.
pub fn words_of(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current: Option<(usize, String)> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = matches!(c, '\'' | '’' | 'ʼ')
            && current.is_some()
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || inner {
            let (_, folded) = current.get_or_insert((at, String::new()));
            if inner {
                folded.push('\'')
            } else {
                fold_into(folded, c)
            }
            continue;
        }
        if let Some((start, folded)) = current.take() {
            words.push(Word { start, end: at, folded });
        }
        if c == '©' {
            words.push(Word { start: at, end: at + c.len_utf8(), folded: "©".to_owned() });
        }
    }
    if let Some((start, folded)) = current {
        words.push(Word { start, end: line.len(), folded });
    }
    words
}

/// Lower case; the dot that a capital İ leaves behind goes, digits of Arabic and Persian script become ASCII.
fn fold_into(folded: &mut String, c: char) {
    let zero = match c {
        '٠'..='٩' => Some('٠'),
        '۰'..='۹' => Some('۰'),
        _ => None,
    };
    match zero {
        Some(zero) => folded.push(char::from(b'0' + (c as u32 - zero as u32) as u8)),
        None => folded.extend(c.to_lowercase().filter(|c| *c != '\u{307}')),
    }
}

/// A phrase found in a line: words `first..first + len`.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// First word.
    pub first: usize,
    /// Number of words.
    pub len: usize,
    /// What it is.
    pub kind: Kind,
}

/// The rest of a phrase after its first word, and what the phrase is.
type Rest = (Box<[String]>, Kind);

/// All page words of all packs, by the first word of their phrases.
#[derive(Clone, Debug, Default)]
pub struct PageLexicon {
    phrases: HashMap<String, Vec<Rest>>,
    /// Offsets of zones by folded abbreviation.
    zones: HashMap<String, String>,
    /// The little words of each language, to tell which language a page is in; and whether it writes days first.
    languages: Vec<(String, Vec<String>, bool)>,
    /// Folded names of known outlets (their letters and digits alone), with name and domain.
    outlets: HashMap<String, (String, Option<String>)>,
}

impl PageLexicon {
    /// Compiles the words.
    pub fn new(hints: &PageHints) -> PageLexicon {
        let mut lexicon = PageLexicon::default();
        for (kind, words) in hints.languages.iter().flat_map(|l| &l.rows) {
            let Some(place) = PAGE_KINDS.iter().position(|(known, _)| known == kind) else { continue };
            let kind = Kind(place as u8);
            for phrase in words.split('|') {
                lexicon.insert(phrase, kind);
            }
        }
        for language in &hints.languages {
            let of = |kind: Kind| language.rows.iter().filter(move |(k, _)| k == PAGE_KINDS[kind.0 as usize].0);
            let ands = of(Kind::NAME_AND).flat_map(|(_, words)| words.split('|')).map(str::to_lowercase).collect();
            let day_first = of(Kind::DATE_ORDER).next().is_some();
            lexicon.languages.push((language.tag.clone(), ands, day_first));
        }
        for (name, domain) in &hints.outlets {
            lexicon.outlets.entry(key(name)).or_insert_with(|| (name.clone(), domain.clone()));
        }
        lexicon
    }

    fn insert(&mut self, phrase: &str, kind: Kind) {
        let phrase = if kind == Kind::ZONE {
            let Some((abbreviation, offset)) = phrase.trim().rsplit_once(' ') else { return };
            self.zones.insert(abbreviation.trim().to_lowercase(), offset.to_owned());
            abbreviation
        } else {
            phrase
        };
        let mut words = words_of(phrase).into_iter().map(|w| w.folded);
        let Some(first) = words.next() else { return };
        self.phrases.entry(first).or_default().push((words.collect(), kind));
    }

    /// Every phrase that begins at word `at`.
    pub fn at<'a>(&'a self, words: &'a [Word], at: usize) -> impl Iterator<Item = (usize, Kind)> + 'a {
        let list = words.get(at).and_then(|word| self.phrases.get(&word.folded));
        list.into_iter().flatten().filter_map(move |(rest, kind)| {
            let following = words.get(at + 1..at + 1 + rest.len())?;
            following.iter().zip(rest.iter()).all(|(w, r)| w.folded == *r).then_some((rest.len() + 1, *kind))
        })
    }

    /// Every phrase of the line.
    pub fn find(&self, words: &[Word]) -> Vec<Found> {
        let mut found = Vec::new();
        for first in 0..words.len() {
            found.extend(self.at(words, first).map(|(len, kind)| Found { first, len, kind }));
        }
        found
    }

    /// Whether the single word is of the kind.
    pub fn is(&self, folded: &str, kind: Kind) -> bool {
        self.phrases.get(folded).is_some_and(|list| list.iter().any(|(rest, k)| rest.is_empty() && *k == kind))
    }

    /// The offset of a zone's abbreviation, `+07:00`.
    pub fn zone(&self, folded: &str) -> Option<&str> {
        self.zones.get(folded).map(String::as_str)
    }

    /// How the language of a text writes days in digits: by the tag where the page declares one, else
    /// by which pack's little words the text uses most.
    pub fn order(&self, declared: Option<&str>, text: &str) -> Order {
        let primary = declared.and_then(|tag| tag.split(['-', '_']).next()).map(str::to_lowercase);
        if let Some(language) = primary.and_then(|tag| self.languages.iter().find(|(t, _, _)| *t == tag)) {
            return if language.2 { Order::DayFirst } else { Order::Unknown };
        }
        let mut counts = vec![0u32; self.languages.len()];
        for word in text.split_whitespace().take(2000) {
            for (n, (_, ands, _)) in self.languages.iter().enumerate() {
                counts[n] += u32::from(ands.iter().any(|and| and == word));
            }
        }
        let most = (0..counts.len()).max_by_key(|&n| counts[n]).filter(|&n| counts[n] > 0);
        if most.is_some_and(|n| self.languages[n].2) { Order::DayFirst } else { Order::Unknown }
    }

    /// A known outlet by name or domain, whatever its case and punctuation.
    pub fn outlet(&self, name: &str) -> Option<&(String, Option<String>)> {
        let key = key(name);
        if key.is_empty() { None } else { self.outlets.get(&key) }
    }
}

/// Letters and digits alone, in lower case: names that differ in case and punctuation share it.
pub fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sumber_core::PageWords;

    fn lexicon(rows: &[(&str, &str)]) -> PageLexicon {
        let rows = rows.iter().map(|(k, w)| ((*k).to_owned(), (*w).to_owned())).collect();
        PageLexicon::new(&PageHints {
            languages: vec![PageWords { tag: "xx".to_owned(), rows }],
            ..PageHints::default()
        })
    }

    #[test]
    fn phrases_are_found_whatever_their_case() {
        let lexicon = lexicon(&[("read-also", "see also|look at this")]);
        let words = words_of("Please LOOK at this: page");
        let found = lexicon.find(&words);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first, found[0].len, found[0].kind), (1, 3, Kind::READ_ALSO));
    }

    #[test]
    fn a_zone_has_an_offset() {
        let lexicon = lexicon(&[("zone", "WIB +07:00")]);
        assert_eq!(lexicon.zone("wib"), Some("+07:00"));
        assert!(lexicon.is("wib", Kind::ZONE));
    }

    #[test]
    fn apostrophes_stay_inside_words_only() {
        let words: Vec<_> = words_of("l’Iran 'ha' detto").into_iter().map(|w| w.folded).collect();
        assert_eq!(words, ["l'iran", "ha", "detto"]);
    }
}
