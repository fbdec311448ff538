//! Which language a text is in.
//!
//! The types that matter: [`Identifier`] and its table of words. Frequent words decide, as readers
//! do it (Ingle 1976; Grefenstette 1995): a word that many languages share weighs less. Letters and
//! the endings and beginnings of words help where words are few; letter statistics (`whatlang`)
//! are asked where these do not settle it. Every word is data: `language.tsv` of a pack, and of
//! `world` for languages that have none.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::lexicon::{StringMap, Vocabulary};
use crate::pack::{Loader, PackError, PackFiles};

/// Tells languages apart. Made from the packs, shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Identifier {
    /// ISO 639-1 codes; features point here.
    tags: Vec<Tag>,
    words: StringMap<Weights>,
    endings: Features,
    beginnings: Features,
    letters: FxHashMap<char, Vec<(u8, u16)>>,
    /// ISO 639-3 code to ISO 639-1.
    codes: BTreeMap<String, String>,
}

/// Parts of words.
type Features = FxHashMap<Box<str>, Weights>;

/// Languages and weights.
type Weights = Vec<(u8, u16)>;

#[derive(Clone, Debug)]
struct Tag {
    name: String,
    /// Whether it has a pack: preferred where two are equally likely.
    pack: bool,
}

/// Kinds of rows in `language.tsv`.
const KINDS: &[&str] = &["iso639-3", "word", "letter", "ending", "beginning"];
const FILE: &str = "language.tsv";

/// Weight of a word that one, two, three ... languages list (60 over the square root).
const WEIGHTS: [u16; 6] = [60, 42, 35, 30, 27, 24];
/// Weight of a part of a word, as a share of the word's.
const LETTER: u16 = 3;
const ENDING: u16 = 4;
const BEGINNING: u16 = 6;

/// Bytes that are looked at: a window at the start, in the middle and at the end. The first look
/// settles nearly every article; the second tells near relatives apart.
const FIRST_LOOK: [usize; 3] = [300, 200, 200];
const SECOND_LOOK: [usize; 3] = [900, 600, 300];
/// Bytes that letter statistics get.
const STATISTICS: usize = 700;
/// Fewer words than this tell nothing where the script does not.
const LEAST_WORDS: u32 = 4;

impl Identifier {
    /// Reads what the packs tell (`language.tsv`).
    pub fn load(files: &PackFiles, vocabulary: &mut Vocabulary, errors: &mut Vec<PackError>) -> Identifier {
        let mut rows: Vec<(String, bool, String, String)> = Vec::new();
        for tag in files.tags() {
            let mut loader = Loader::new(files, &tag, vocabulary, errors);
            for row in loader.tsv(FILE, &["kind", "words"]) {
                if check(&mut loader, row.line, &row.cells[0]) {
                    rows.push((tag.clone(), true, row.cells[0].clone(), row.cells[1].clone()));
                }
            }
        }
        let mut loader = Loader::new(files, "world", vocabulary, errors);
        for row in loader.tsv(FILE, &["language", "kind", "words"]) {
            if check(&mut loader, row.line, &row.cells[1]) {
                let pack = files.tags().contains(&row.cells[0]);
                rows.push((row.cells[0].clone(), pack, row.cells[1].clone(), row.cells[2].clone()));
            }
        }
        rows.sort();
        Identifier::new(&rows)
    }

    /// Compiles rows of (language, has a pack, kind, words).
    fn new(rows: &[(String, bool, String, String)]) -> Identifier {
        let mut identifier = Identifier::default();
        let mut found: BTreeMap<(&str, String), Vec<u8>> = BTreeMap::new();
        for (language, pack, kind, words) in rows {
            if kind == "iso639-3" {
                identifier.codes.insert(words.clone(), language.clone());
                continue;
            }
            if identifier.tags.last().is_none_or(|t| t.name != *language) {
                identifier.tags.push(Tag { name: language.clone(), pack: *pack });
            }
            let number = (identifier.tags.len() - 1) as u8;
            for word in words.split(',').map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty()) {
                let languages = found.entry((kind, word)).or_default();
                if !languages.contains(&number) {
                    languages.push(number);
                }
            }
        }
        for ((kind, word), languages) in found {
            let weight = WEIGHTS[(languages.len() - 1).min(WEIGHTS.len() - 1)];
            let weighed = |share: u16| languages.iter().map(|&l| (l, weight / share)).collect::<Vec<_>>();
            match kind {
                "word" => *identifier.words.get_or_insert(&word, Vec::new()) = weighed(1),
                "ending" => drop(identifier.endings.insert(word.into(), weighed(ENDING))),
                "beginning" => drop(identifier.beginnings.insert(word.into(), weighed(BEGINNING))),
                _ => {
                    for letter in word.chars().filter(|c| !c.is_ascii()) {
                        identifier.letters.insert(letter, weighed(LETTER));
                    }
                }
            }
        }
        identifier
    }

    /// ISO 639-1 code of the text's language; `None` where it cannot be told (digits, three words).
    ///
    /// `declared` is what the page or the user says (BCP 47). It is a hint: it wins where the text
    /// does not clearly speak another language, and alone where the text tells nothing. A user who
    /// names one language for a folder of many is served better so than by being obeyed.
    pub fn identify(&self, text: &str, declared: Option<&str>) -> Option<String> {
        let declared = declared.and_then(|d| d.split(['-', '_']).next()).map(str::to_lowercase);
        let declared = declared.filter(|d| (2..=3).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_lowercase()));
        let place = declared.as_ref().and_then(|d| self.tags.iter().position(|t| t.name == *d));
        if self.tags.is_empty() {
            return declared;
        }
        let short = text.len() <= FIRST_LOOK.iter().sum();
        for look in [FIRST_LOOK, SECOND_LOOK].into_iter().skip(usize::from(short)) {
            let seen = self.look(text, look, false);
            let (top, second) = self.best_two(&seen.scores)?;
            let ahead = seen.scores[top].saturating_sub(second);
            let clear = seen.scores[top] >= 240 && (ahead * 3 >= seen.scores[top] || ahead >= 500);
            if clear && seen.covers(top, 4) {
                return match (place, declared) {
                    (Some(place), Some(declared)) if seen.scores[place] * 5 >= seen.scores[top] * 4 => Some(declared),
                    _ => Some(self.tags[top].name.clone()),
                };
            }
        }
        let seen = self.look(text, SECOND_LOOK, true);
        self.settle(seen, declared, place)
    }

    /// The likeliest language and the score of the next. A language with a pack wins over its near
    /// relative without one.
    fn best_two(&self, scores: &[u32]) -> Option<(usize, u32)> {
        let key = |i: usize| scores[i] + u32::from(self.tags[i].pack) * scores[i] / 24;
        let top = (0..scores.len()).max_by_key(|&i| (key(i), std::cmp::Reverse(i)))?;
        let second = (0..scores.len()).filter(|&i| i != top).map(|i| scores[i]).max().unwrap_or(0);
        Some((top, second))
    }

    /// Decides where words alone do not.
    fn settle(&self, seen: Seen, declared: Option<String>, place: Option<usize>) -> Option<String> {
        let mut scores = seen.scores.clone();
        let (top, _) = self.best_two(&scores)?;
        if seen.words < LEAST_WORDS && declared.is_some() {
            return declared;
        }
        let by_letters = statistics(&seen.sample);
        if let Some((code, confidence)) = by_letters {
            let code = self.codes.get(code);
            match code.and_then(|code| self.tags.iter().position(|t| t.name == *code)) {
                Some(tag) => scores[tag] += 30 + confidence * 60 / 100,
                None => {
                    let known = declared.as_ref().is_some_and(|d| Some(d) == code);
                    if (known || confidence >= 90)
                        && !seen.covers(top, 7)
                        && (seen.words >= LEAST_WORDS || seen.other_script)
                    {
                        return code.cloned().or(declared);
                    }
                }
            }
        }
        if let Some(place) = place {
            scores[place] += 60 + scores[place] / 4;
        } else if let Some(declared) = declared.filter(|_| !seen.covers(top, 4)) {
            return Some(declared);
        }
        let (best, next) = self.best_two(&scores)?;
        let told = scores[best] >= 90 && scores[best] >= 2 * next;
        let enough = seen.words >= LEAST_WORDS || seen.other_script || told || place == Some(best);
        (enough && scores[best] >= 20).then(|| self.tags[best].name.clone())
    }

    /// Counts what speaks for each language, with the parts of words or without.
    fn look(&self, text: &str, sizes: [usize; 3], parts: bool) -> Seen {
        let mut seen = Seen {
            scores: vec![0; self.tags.len()],
            covered: vec![0; self.tags.len()],
            words: 0,
            other_script: false,
            sample: String::new(),
        };
        let mut buffer = String::new();
        for window in windows(text, sizes) {
            if parts && seen.sample.len() < STATISTICS {
                seen.sample.push_str(cut(window, STATISTICS - seen.sample.len()));
                seen.sample.push(' ');
            }
            for word in words(window) {
                self.word(word, parts, &mut buffer, &mut seen);
            }
        }
        seen
    }

    fn word(&self, word: &str, parts: bool, buffer: &mut String, seen: &mut Seen) {
        buffer.clear();
        seen.words += 1;
        let word: &str = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            word
        } else if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
            buffer
        } else {
            buffer.extend(word.chars().flat_map(char::to_lowercase));
            for letter in buffer.chars().filter(|c| !c.is_ascii()) {
                seen.other_script |= letter > '\u{36f}';
                add(self.letters.get(&letter), &mut seen.scores);
            }
            buffer
        };
        if let Some(languages) = self.words.get(word) {
            for &(language, weight) in languages {
                seen.scores[usize::from(language)] += u32::from(weight);
                seen.covered[usize::from(language)] += 1;
            }
            return;
        }
        if !parts {
            return;
        }
        // the longest ending and beginning that are listed
        let starts = word.char_indices().map(|(at, _)| at).skip(1);
        let long = word.len().saturating_sub(12);
        if let Some(languages) = starts.clone().filter(|at| *at >= long).find_map(|at| self.endings.get(&word[at..])) {
            add(Some(languages), &mut seen.scores);
        }
        let mut ends: Vec<usize> = starts.take(5).collect();
        ends.reverse();
        if let Some(languages) = ends.into_iter().find_map(|at| self.beginnings.get(&word[..at])) {
            add(Some(languages), &mut seen.scores);
        }
    }
}

/// What speaks for each language.
struct Seen {
    scores: Vec<u32>,
    /// How many words each language lists.
    covered: Vec<u32>,
    words: u32,
    /// Some letter is not Latin.
    other_script: bool,
    /// What letter statistics get.
    sample: String,
}

impl Seen {
    /// Whether a language lists at least one of so many words.
    fn covers(&self, language: usize, of: u32) -> bool {
        self.covered[language] * of >= self.words
    }
}

fn add(languages: Option<&Vec<(u8, u16)>>, scores: &mut [u32]) {
    for &(language, weight) in languages.into_iter().flatten() {
        scores[usize::from(language)] += u32::from(weight);
    }
}

fn check(loader: &mut Loader<'_>, line: usize, kind: &str) -> bool {
    let known = KINDS.contains(&kind);
    if !known {
        loader.unknown_label(FILE, line, kind, KINDS.iter().copied());
    }
    known
}

/// ISO 639-3 code and confidence in hundredths by letter statistics.
fn statistics(sample: &str) -> Option<(&'static str, u32)> {
    let info = whatlang::detect(sample)?;
    Some((info.lang().code(), (info.confidence() * 100.0) as u32))
}

/// The words of a text without digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            // most words are of ASCII letters alone, and a blank or a mark follows them
            let plain = rest.as_bytes().get(letters).is_none_or(|b| b.is_ascii() && !b.is_ascii_digit());
            let (word, after) = if plain {
                (&rest[..letters], rest.get(letters + 1..).unwrap_or(""))
            } else {
                let separates = |c: char| !c.is_alphanumeric() && c != '\u{301}' && c != '\u{200c}';
                rest.split_once(separates).unwrap_or((rest, ""))
            };
            rest = after;
            if !word.is_empty() && (plain || !word.bytes().any(|b| b.is_ascii_digit())) {
                return Some(word);
            }
        }
        None
    })
}

/// The start, the middle and the end of a text; all of it where it is short.
fn windows(text: &str, [start, middle, end]: [usize; 3]) -> Vec<&str> {
    if text.len() <= start + middle + end {
        return vec![text];
    }
    let from = floor(text, (text.len() - middle) / 2);
    let last = floor(text, text.len() - end);
    vec![cut(text, start), cut(&text[from..], middle), &text[last..]]
}

/// At most so many bytes from the start.
fn cut(text: &str, most: usize) -> &str {
    &text[..floor(text, most)]
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
