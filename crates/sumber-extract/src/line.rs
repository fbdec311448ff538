//! One line of a page with what its form tells: words, page words, its end, separators.

use crate::dates::{self, FoundDate, Order};
use crate::days::{self, Yearless};
use crate::words::{Found, Kind, Kinds, PageLexicon, Word, words_of};

/// Most words of a line that is asked for a day without a year.
const LONGEST_DATED: usize = 16;
/// Most words of a line that is asked for dates: a longer one is text, and a page may have a line of nothing
/// but dates.
const MOST_DATED: usize = 400;
/// Marks that end a sentence, in the scripts of the world.
const ENDS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '‽', '։', '።'];
/// Marks that may stand after the end of a sentence.
const CLOSERS: &[char] = &['"', '”', '’', '\'', '»', '›', ')', ']', '“', '」', '』', '*', '≫', '″', '„'];
/// Marks between the entries of a menu.
const SEPARATORS: &[char] = &['|', '·', '•', '›', '»', '>', '/', '■', '●', '▪', '—', '–', '‹', '→', '¦', '\t'];

/// What markup says that a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Nothing is known.
    #[default]
    Plain,
    /// A paragraph.
    Paragraph,
    /// A heading of this level, the smaller the higher.
    Heading(u8),
    /// An entry of a list.
    Item,
    /// A cell of a table.
    Cell,
}

impl Form {
    /// Whether markup says that it is a heading.
    pub fn is_heading(self) -> bool {
        matches!(self, Form::Heading(_))
    }
}

/// A line and what its form tells.
#[derive(Clone, Debug)]
pub struct Line {
    /// The words, with single blanks.
    pub text: String,
    /// Whether an empty line stands before it.
    pub gap_before: bool,
    /// Whether an empty line, or nothing, stands after it.
    pub gap_after: bool,
    /// Places of runs of blanks in the raw line, and of separators between blanks: ends of entries of menus.
    pub separators: usize,
    /// Whether a run of two or more blanks follows the first words: byte in `text`.
    pub wide_at: Option<usize>,
    /// Its words.
    pub words: Vec<Word>,
    /// Page words in it.
    pub found: Vec<Found>,
    /// Kinds of the page words at its beginning.
    pub starts: Kinds,
    /// Kinds of the page words anywhere.
    pub has: Kinds,
    /// Kinds of the page words that are the whole line, but for numbers.
    pub whole: Kinds,
    /// Dates in it.
    pub dates: Vec<FoundDate>,
    /// A day whose year is not told, where no date stands in the line.
    pub yearless: Option<Yearless>,
    /// What markup says that it is.
    pub form: Form,
    /// Whether it is a link and nothing else.
    pub linked: bool,
}

impl Line {
    /// Reads a raw line, blanks as they are.
    pub fn new(raw: &str, lexicon: &PageLexicon, order: Order) -> Line {
        let mut text = String::with_capacity(raw.len());
        let mut separators = 0;
        let mut wide_at = None;
        for (n, part) in raw.trim().split("  ").map(str::trim).filter(|p| !p.is_empty()).enumerate() {
            if n > 0 {
                separators += 1;
                wide_at.get_or_insert(text.len());
            }
            for word in part.split_whitespace() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        separators += text.split(' ').filter(|w| w.chars().count() == 1 && w.starts_with(SEPARATORS)).count();
        let words = words_of(&text);
        let found = lexicon.find(&words);
        let numbers_before = words.iter().take_while(|w| is_number(&w.folded)).count();
        let numbers_after = words.iter().rev().take_while(|w| is_number(&w.folded)).count();
        let (mut starts, mut has, mut whole) = (Kinds::default(), Kinds::default(), Kinds::default());
        for f in &found {
            has.insert(f.kind);
            if f.first == 0 {
                starts.insert(f.kind);
            }
            if f.first <= numbers_before && f.first + f.len + numbers_after >= words.len() {
                whole.insert(f.kind);
            }
        }
        let dates = if words.len() <= MOST_DATED { dates::find_in(&text, &words, lexicon, order) } else { Vec::new() };
        let may_be_dated = dates.is_empty() && words.len() <= LONGEST_DATED;
        let yearless = if may_be_dated { days::yearless(&words, &found, lexicon, order) } else { None };
        Line {
            text,
            gap_before: false,
            gap_after: false,
            separators,
            wide_at,
            words,
            found,
            starts,
            has,
            whole,
            dates,
            yearless,
            form: Form::Plain,
            linked: false,
        }
    }

    /// Whether it ends as a sentence does, a stamp in brackets behind it left aside.
    pub fn is_final(&self) -> bool {
        ends_sentence(without_stamp(&self.text).0)
    }

    /// Whether it ends in a colon or another mark after which more must come.
    pub fn is_open(&self) -> bool {
        self.text.trim_end_matches(CLOSERS).ends_with([':', ',', ';', '：', '،'])
    }

    /// Whether it has letters and all of them that can be are capitals.
    pub fn is_shouted(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic());
        let (mut upper, mut lower) = (0, 0);
        for c in letters {
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
        }
        upper >= 2 && lower * 12 <= upper
    }

    /// Whether the line holds no letter and no digit.
    pub fn is_rule(&self) -> bool {
        self.words.is_empty()
    }

    /// The longest page word of one of the kinds at the line's beginning: byte after it.
    pub fn after_start(&self, kinds: &[Kind]) -> Option<usize> {
        let found = self.found.iter().filter(|f| f.first == 0 && kinds.contains(&f.kind));
        found.map(|f| self.words[f.first + f.len - 1].end).max()
    }

    /// How many of its words are page words of these kinds.
    pub fn covered(&self, kinds: &[Kind]) -> usize {
        let mut covered = vec![false; self.words.len()];
        for f in self.found.iter().filter(|f| kinds.contains(&f.kind)) {
            covered[f.first..f.first + f.len].fill(true);
        }
        covered.into_iter().filter(|c| *c).count()
    }

    /// How many words stand outside dates and outside page words of these kinds, numbers left aside.
    pub fn other_words(&self, kinds: &[Kind]) -> usize {
        self.others(kinds).count()
    }

    /// Those words.
    pub fn others(&self, kinds: &[Kind]) -> impl Iterator<Item = &Word> {
        let mut counted = vec![true; self.words.len()];
        for f in self.found.iter().filter(|f| kinds.contains(&f.kind)) {
            counted[f.first..f.first + f.len].fill(false);
        }
        let dated = |w: &Word| self.dates.iter().any(|d| d.range.start <= w.start && w.end <= d.range.end);
        let others =
            self.words.iter().zip(counted).filter(move |(w, c)| *c && !is_number(hour(&w.folded)) && !dated(w));
        others.map(|(w, _)| w)
    }

    /// Whether it looks like a sentence or more of running text.
    pub fn is_sentence(&self) -> bool {
        let count = self.words.len();
        (self.is_final() && count >= 4) || count >= 25
    }
}

/// The number of minutes or hours in '09:05h'; any other word as it stands.
fn hour(folded: &str) -> &str {
    folded.strip_suffix('h').filter(|number| !number.is_empty()).unwrap_or(folded)
}

/// Whether the word is a number.
pub fn is_number(folded: &str) -> bool {
    folded.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text ends as a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let bare = text.trim_end_matches(|c: char| CLOSERS.contains(&c) || c.is_whitespace());
    bare.ends_with(ENDS)
}

/// Cuts a stamp off the end of a paragraph: '(Red)', '(sl)', '[ab/cd]' after the end of a sentence.
/// Gives the paragraph without it, and the words in the brackets.
pub fn without_stamp(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_end();
    let (open, inner_end) = match text.chars().last() {
        Some(')') => ('(', text.len() - 1),
        Some(']') => ('[', text.len() - 1),
        _ => return (text, None),
    };
    let Some(start) = text[..inner_end].rfind(open) else { return (text, None) };
    let inner = text[start + 1..inner_end].trim();
    let before = text[..start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '*'));
    let short = inner.chars().count() <= 40
        && inner.split_whitespace().count() <= 5
        && !inner.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '!' | '?' | '"' | '”'))
        && inner.chars().any(char::is_alphabetic);
    if short && !before.is_empty() && ends_sentence(before) { (before, Some(inner)) } else { (text, None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    fn line(text: &str) -> Line {
        Line::new(text, &lexicon(), Order::DAY_FIRST)
    }

    #[test]
    fn a_stamp_is_cut_only_after_a_sentence() {
        assert_eq!(without_stamp("Rapat ditunda. (Red)"), ("Rapat ditunda.", Some("Red")));
        assert_eq!(without_stamp("Rapat ditunda.(sl)"), ("Rapat ditunda.", Some("sl")));
        assert_eq!(without_stamp("“Kami siap,” katanya.” [ab/cd]").1, Some("ab/cd"));
        assert_eq!(without_stamp("Rapat pada Rabu (19/3)").1, None);
        assert_eq!(without_stamp("Partai Buruh (PB)").1, None);
        assert_eq!(without_stamp("(Red)").1, None);
    }

    #[test]
    fn a_line_ends_as_a_sentence_in_any_script() {
        for text in ["Ia pergi.", "«Andiamo».", "Really?”", "他走了。", "Ia pergi. (Red)"] {
            assert!(line(text).is_final(), "{text}");
        }
        assert!(!line("Bendera dua negara").is_final());
    }

    #[test]
    fn runs_of_blanks_and_bars_are_separators() {
        assert_eq!(line("Home   Gas   Petrolio").separators, 2);
        assert_eq!(line("Info | Iklan").separators, 1);
        assert_eq!(line("plain words").separators, 0);
    }

    #[test]
    fn capitals_are_shouted() {
        assert!(line("KLIK DI SINI").is_shouted());
        assert!(!line("PT Laut Biru berlayar").is_shouted());
    }
}
