//! The packs' page words, compiled: which phrases stand where in a line.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use sumber_core::{PAGE_KINDS, PageHints};

use crate::dates::{self, Order};

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
    pub const SOLAR_MONTH: Kind = kind("solar-month");
    pub const WEEKDAY: Kind = kind("weekday");
    pub const ZONE: Kind = kind("zone");
    pub const PM: Kind = kind("pm");
    pub const AM: Kind = kind("am");
    pub const DATE_WORD: Kind = kind("date-word");
    pub const DATE_ORDER: Kind = kind("date-order");
    pub const PUBLISHED: Kind = kind("published");
    pub const MODIFIED: Kind = kind("modified");
    pub const UPDATE_NOTE: Kind = kind("update-note");
    pub const CORRECTION: Kind = kind("correction");
    pub const NOTE_ABOUT: Kind = kind("note-about");
    pub const READING_TIME: Kind = kind("reading-time");
    pub const AUTHOR: Kind = kind("author");
    pub const STAFF: Kind = kind("staff");
    pub const SOURCE: Kind = kind("source");
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

    /// The month that the kind is the names of, 1 to 12.
    pub fn month(self) -> Option<i8> {
        self.0.checked_sub(Kind::MONTH_1.0).filter(|n| *n < 12).map(|n| n as i8 + 1)
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

/// First digits of the scripts in which newsrooms write dates: Arabic, Persian, Indic, Thai, Lao, Burmese,
/// Khmer, and wide Latin ones.
const ZEROS: &[char] = &['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '၀', '០', '０'];

/// Lower case; the dot that a capital İ leaves behind goes, digits of other scripts become ASCII.
fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    let digit = |zero: &char| (c as u32).checked_sub(*zero as u32).filter(|n| *n < 10);
    match ZEROS.iter().filter(|_| c >= ZEROS[0]).find_map(digit) {
        Some(digit) => folded.push(char::from(b'0' + digit as u8)),
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
    phrases: FxHashMap<String, Vec<Rest>>,
    /// Offsets of zones by folded abbreviation.
    zones: HashMap<String, String>,
    /// What tells that a page is in a language, and how it writes dates.
    languages: Vec<Language>,
    /// The languages in which a word is 'and', which tells them.
    ands: FxHashMap<String, Vec<usize>>,
    /// Days of the week by their folded names, 0 for Sunday; `None` where languages disagree.
    weekdays: FxHashMap<String, Option<i8>>,
    /// Months of the Iranian calendar by their folded names.
    solar: HashMap<String, i8>,
    /// Names that stand for one month in one language and for another in another: month and language.
    disputed: HashMap<String, Vec<(i8, LanguageNumber)>>,
    /// Folded names of known outlets (their letters and digits alone), with name and domain.
    outlets: HashMap<String, (String, Option<String>)>,
}

/// A language by its place in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageNumber(u16);

/// How a language writes dates.
#[derive(Clone, Debug, Default)]
struct Language {
    tag: String,
    /// Whether it writes the day first everywhere.
    day_first: bool,
    /// Countries in which it does.
    day_first_in: Vec<String>,
    /// Its place among those that the hints give: packs stand last.
    rank: usize,
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
            if kind == Kind::WEEKDAY {
                lexicon.number_weekdays(words);
            }
        }
        let mut months: HashMap<String, Vec<(i8, LanguageNumber)>> = HashMap::new();
        for (rank, words) in hints.languages.iter().enumerate() {
            let number = lexicon.languages.iter().position(|l| l.tag == words.tag).unwrap_or_else(|| {
                lexicon.languages.push(Language { tag: words.tag.clone(), ..Language::default() });
                lexicon.languages.len() - 1
            });
            let language = &mut lexicon.languages[number];
            language.rank = rank;
            for (kind, row) in &words.rows {
                let Some(place) = PAGE_KINDS.iter().position(|(known, _)| known == kind) else { continue };
                let kind = Kind(place as u8);
                if let Some(month) = kind.month() {
                    for name in row.split('|').map(str::to_lowercase) {
                        months.entry(name).or_default().push((month, LanguageNumber(number as u16)));
                    }
                } else if kind == Kind::NAME_AND {
                    for and in row.split('|').map(str::to_lowercase) {
                        let numbers = lexicon.ands.entry(and).or_default();
                        if !numbers.contains(&number) {
                            numbers.push(number);
                        }
                    }
                } else if kind == Kind::DATE_ORDER {
                    for order in row.split('|') {
                        match order.trim().split_once(' ') {
                            Some((_, country)) => language.day_first_in.push(country.to_owned()),
                            None => language.day_first = true,
                        }
                    }
                }
            }
        }
        months.retain(|_, found| found.iter().any(|(month, _)| *month != found[0].0));
        lexicon.disputed = months;
        for (name, domain) in &hints.outlets {
            lexicon.outlets.entry(key(name)).or_insert_with(|| (name.clone(), domain.clone()));
        }
        lexicon
    }

    fn insert(&mut self, phrase: &str, kind: Kind) {
        let (phrase, value) = match phrase.trim().rsplit_once(' ') {
            Some((name, value)) if kind == Kind::ZONE || kind == Kind::SOLAR_MONTH => (name, value),
            None if kind == Kind::ZONE || kind == Kind::SOLAR_MONTH => return,
            _ => (phrase, ""),
        };
        let words: Vec<String> = words_of(phrase).into_iter().map(|w| w.folded).collect();
        let Some((first, rest)) = words.split_first() else { return };
        if kind == Kind::ZONE {
            self.zones.insert(words.join(" "), value.to_owned());
        }
        if let (Kind::SOLAR_MONTH, Ok(month)) = (kind, value.parse()) {
            self.solar.insert(first.clone(), month);
        }
        let rest: Rest = (rest.into(), kind);
        let known = self.phrases.entry(first.clone()).or_default();
        if !known.contains(&rest) {
            known.push(rest);
        }
    }

    /// Numbers the days of the week: a row names seven from Sunday on, and other forms after them.
    fn number_weekdays(&mut self, row: &str) {
        for (number, name) in (0..7).zip(row.split('|')) {
            let name = words_of(name).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ");
            let known = self.weekdays.entry(name).or_insert(Some(number));
            if *known != Some(number) {
                *known = None;
            }
        }
    }

    /// The day of the week that some words of a line name, 0 for Sunday.
    pub fn weekday(&self, words: &[Word]) -> Option<i8> {
        match words {
            [word] => *self.weekdays.get(&word.folded)?,
            words => {
                let name = words.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
                *self.weekdays.get(&name)?
            }
        }
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

    /// The month whose name begins at word `at`, and how many words the name has. A name that stands for
    /// two months in two languages needs to be told the language.
    pub fn month_at(&self, words: &[Word], at: usize, order: Order) -> Option<(i8, usize)> {
        let named = |(len, kind): (usize, Kind)| Some((kind.month()?, len));
        let (month, len) = self.at(words, at).filter_map(named).max_by_key(|(_, len)| *len)?;
        match self.disputed.get(&words[at].folded).filter(|_| len == 1) {
            Some(found) => {
                let own = found.iter().find(|(_, language)| Some(*language) == order.language);
                own.map(|(month, _)| (*month, len))
            }
            None => Some((month, len)),
        }
    }

    /// The month of the Iranian calendar that a word names.
    pub fn solar_month(&self, folded: &str) -> Option<i8> {
        self.solar.get(folded).copied()
    }

    /// The offset of a zone, `+07:00`, by its abbreviation or the words for it.
    pub fn zone(&self, folded: &str) -> Option<&str> {
        self.zones.get(folded).map(String::as_str)
    }

    /// How a page writes dates: by the language that it declares, else by which pack's little words its
    /// text uses most, or by its script. Where a language writes digits in both orders, a date of the
    /// page that reads one way only tells how to read the others.
    pub fn order(&self, declared: Option<&str>, text: &str) -> Order {
        let mut parts = declared.unwrap_or("").split(['-', '_']);
        let primary = parts.next().map(str::to_lowercase).filter(|tag| !tag.is_empty());
        let country = parts.find(|part| part.len() == 2).map(str::to_uppercase);
        let declared = primary.and_then(|tag| self.languages.iter().position(|l| l.tag == tag));
        let Some(number) = declared.or_else(|| self.most_used(text)) else {
            return if writes_days_first(text) { Order::DAY_FIRST } else { dates::order_shown(text) };
        };
        let language = &self.languages[number];
        let here = country.is_some_and(|country| language.day_first_in.contains(&country));
        let order = if language.day_first || here { Order::DAY_FIRST } else { dates::order_shown(text) };
        Order { language: Some(LanguageNumber(number as u16)), ..order }
    }

    /// The language whose little words a text uses most.
    fn most_used(&self, text: &str) -> Option<usize> {
        let mut counts = vec![0u32; self.languages.len()];
        for word in text.split_whitespace().take(2000) {
            for &number in self.ands.get(word).into_iter().flatten() {
                counts[number] += 1;
            }
        }
        (0..counts.len()).max_by_key(|&n| (counts[n], self.languages[n].rank)).filter(|&n| counts[n] > 0)
    }

    /// A known outlet by name or domain, whatever its case and punctuation.
    pub fn outlet(&self, name: &str) -> Option<&(String, Option<String>)> {
        let key = key(name);
        if key.is_empty() { None } else { self.outlets.get(&key) }
    }
}

/// Whether most letters of a text are of a script whose languages all write days before months (CLDR):
/// Greek, Cyrillic, Armenian, Hebrew, Arabic, Indic scripts, Thai, Georgian.
fn writes_days_first(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(4000);
    let (mut theirs, mut all) = (0u32, 0u32);
    for c in letters {
        all += 1;
        theirs += u32::from(matches!(c, '\u{370}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{10a0}'..='\u{10ff}'));
    }
    theirs * 2 > all
}

/// Letters and digits alone, in lower case: names that differ in case and punctuation share it.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
        } else {
            key.extend(c.to_lowercase());
        }
    }
    key
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
