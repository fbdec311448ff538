//! What the readers of text, HTML and JSON have in common: an article being put together.

use std::collections::{BTreeSet, HashSet};

use rustc_hash::FxHashMap;
use sumber_core::{DateEvidence, DateSource, Part};

use crate::byline::{self, Byline};
use crate::days::{self, Yearless};
use crate::line::{Form, Line, without_stamp};
use crate::noise::{self, Noise};
use crate::words::{Kind, PageLexicon, key, words_of};

/// Longest words that are kept as evidence of a date, in bytes.
const LONGEST_WORDS: usize = 200;

/// Most notes on changes that are kept of one article.
const MOST_UPDATES: usize = 50;

/// A date with what tells it; stands for its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    value: String,
    evidence: DateEvidence,
}

impl Dated {
    /// A date of this value.
    pub fn new(value: String, source: DateSource, name: Option<&str>, words: &str) -> Dated {
        let mut folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = (0..=folded.len().min(LONGEST_WORDS)).rev().find(|at| folded.is_char_boundary(*at));
        folded.truncate(end.unwrap_or(0));
        let evidence = DateEvidence { source, name: name.map(str::to_owned), words: folded };
        Dated { value, evidence }
    }

    /// Value and evidence apart, as an article has them.
    pub fn split(date: Option<Dated>) -> (Option<String>, Option<DateEvidence>) {
        date.map_or((None, None), |date| (Some(date.value), Some(date.evidence)))
    }
}

impl std::ops::Deref for Dated {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

/// An article being put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Headline.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The outlet's domain.
    pub domain: Option<String>,
    /// To whom the text is credited.
    pub credit: Option<String>,
    /// Date of publication.
    pub published: Option<Dated>,
    /// Date of the last change.
    pub modified: Option<Dated>,
    /// The day of publication where its year stands elsewhere, with the line that tells it.
    pub yearless: Option<(Yearless, String)>,
    /// The page's own address.
    pub url: Option<String>,
    /// The language that the page declares.
    pub language: Option<String>,
    /// Notes on what was changed in the article.
    pub updates: Vec<String>,
    /// Which part of an article the page holds.
    pub part: Option<Part>,
    /// Paragraphs of the main text.
    pub paragraphs: Vec<String>,
}

/// What a body is cleaned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Lines of a plain text: nothing but form and words tells a heading or a headline from the text.
    Lines,
    /// Paragraphs that markup or a field of JSON sets apart.
    Paragraphs,
}

impl Draft {
    /// Adds authors that are not there yet.
    pub fn add_authors(&mut self, names: Vec<String>) {
        for name in names {
            if !self.authors.contains(&name) {
                self.authors.push(name);
            }
        }
    }

    /// Takes what a byline tells. What it names as a source is the text's where it stands `below` it.
    pub fn sign(&mut self, byline: Byline, below: bool) {
        self.add_authors(byline.names);
        if let Some(agency) = byline.agency.filter(|agency| below || !agency.as_source) {
            self.credit.get_or_insert(agency.name);
        }
    }

    /// Takes the date of a date line.
    pub fn add_date(&mut self, line: &Line) {
        if let (None, Some(day)) = (&self.yearless, line.yearless)
            && !line.starts.has(Kind::MODIFIED)
        {
            self.yearless = Some((day, line.text.clone()));
        }
        for date in &line.dates {
            // the word before this date tells which it is
            let mut before = line.found.iter().filter(|f| line.words[f.first].start < date.range.start);
            let word = before.rfind(|f| f.kind == Kind::MODIFIED || f.kind == Kind::PUBLISHED);
            let place =
                if word.is_some_and(|f| f.kind == Kind::MODIFIED) { &mut self.modified } else { &mut self.published };
            if place.is_none() {
                *place = Some(Dated::new(date.value.clone(), DateSource::Line, None, &line.text));
            }
        }
    }

    /// Dates the draft by the day that it tells without a year, where lines `beside` the text or the text
    /// itself tell which year it was.
    pub fn complete_date<'a>(&mut self, beside: impl Iterator<Item = &'a Line>) {
        let Some((day, words)) = self.yearless.as_ref().filter(|_| self.published.is_none()) else { return };
        let beside: BTreeSet<i16> = beside
            .filter(|line| matches!(noise::judge(line), Some(Noise::Copyright | Noise::Date)))
            .filter_map(|line| days::last_year(&line.words))
            .collect();
        let words_of_text = self.paragraphs.iter().map(|p| words_of(p));
        let named = words_of_text.flat_map(|w| w.into_iter().filter_map(|w| days::last_year(&[w])).collect::<Vec<_>>());
        let date = day.year(&beside, &named.collect());
        self.published = date.map(|date| Dated::new(date.to_string(), DateSource::Line, None, words));
    }

    /// Keeps a note on what was changed; its date is that of the change where nothing else tells one.
    fn add_update(&mut self, line: &Line) {
        if self.updates.len() < MOST_UPDATES && !self.updates.contains(&line.text) {
            self.updates.push(line.text.clone());
        }
        if let (None, Some(date)) = (&self.modified, line.dates.first()) {
            self.modified = Some(Dated::new(date.value.clone(), DateSource::Line, None, &line.text));
        }
    }

    /// Adds the body's lines to the paragraphs, noise left out; takes bylines, dates and stamps from them.
    pub fn add_body(&mut self, lines: &[Line], trust: Trust, lexicon: &PageLexicon) {
        let lenient = trust == Trust::Paragraphs || mostly_without_ends(lines);
        let title = self.title.as_deref().map(key).unwrap_or_default();
        let mut seen: HashSet<String> = HashSet::new();
        let mut skipping = Skip::Nothing;
        let mut open = false;
        let mut forms = Vec::new();
        let cut = end_of_body(lines, trust, lexicon);
        for line in lines.iter().filter(|line| noise::is_update_note(line)) {
            self.add_update(line);
        }
        let of_text = |l: &Line| l.is_sentence() && !l.linked && !noise::is_update_note(l);
        let last_sentence = lines[..cut].iter().rposition(of_text).unwrap_or(0);
        let mut first = FxHashMap::default();
        for (n, pair) in lines[..cut].windows(2).enumerate() {
            first.entry((pair[0].text.as_str(), pair[1].text.as_str())).or_insert(n);
        }
        for (n, line) in lines.iter().take(cut).enumerate() {
            if noise::is_update_note(line) {
                continue;
            }
            let noise = noise::judge(line);
            // 'AFP', '(AGI)', '- Reuters/AFP -' below the text
            if n > last_sentence
                && last_sentence > 0
                && let Some(agency) = byline::agencies(&line.text, lexicon)
            {
                self.credit.get_or_insert(agency);
                continue;
            }
            let ended_by_stop = line.text.trim_end_matches(['"', '”', '»', ')', '’', '\'']).ends_with('.');
            match noise {
                Some(Noise::Pointer { alone: true }) => skipping = Skip::One,
                Some(Noise::ListHead) => skipping = Skip::List,
                Some(Noise::Date) if n < 6 => self.add_date(line),
                Some(_) | None => {}
            }
            if noise.is_some() {
                continue;
            }
            let heading = !line.is_sentence();
            let skip = match skipping {
                Skip::Nothing => false,
                Skip::One | Skip::List => !ended_by_stop && line.words.len() <= 22,
            };
            if skipping == Skip::One || !skip {
                skipping = Skip::Nothing;
            }
            if skip {
                continue;
            }
            if let Some(byline) = byline::read(line, lexicon) {
                self.sign(byline, n > last_sentence);
                continue;
            }
            let line_key = key(&line.text);
            if (!title.is_empty() && line_key == title)
                || (line.words.len() >= 5 && !seen.insert(line_key) && !is_asked_again(&first, &lines[..cut], n))
            {
                continue;
            }
            if n > last_sentence && is_list_of_links(&lines[..cut], n) {
                continue;
            }
            // a headline of another article between the paragraphs
            if line.linked && matches!(line.form, Form::Plain | Form::Paragraph | Form::Cell) && !line.is_final() {
                continue;
            }
            if noise::is_shouted_heading(line) && !line.form.is_heading() && (line.words.len() >= 4 || !lenient) {
                continue;
            }
            if heading && !lenient && !keeps_without_end(line, lines, n) {
                continue;
            }
            let text = noise::without_inline_pointers(&line.text, lexicon);
            if text.is_empty() {
                continue;
            }
            // a line that goes on in the middle of a sentence
            let goes_on = !line.gap_before && text.starts_with(char::is_lowercase);
            match self.paragraphs.last_mut().filter(|_| goes_on && open) {
                Some(last) => {
                    last.push(' ');
                    last.push_str(&text);
                }
                None => {
                    self.paragraphs.push(text.into_owned());
                    forms.push(line.form);
                }
            }
            open = !line.is_final() && !line.is_open();
        }
        // what ends the body may say where it is from
        for line in lines[cut..].iter().take(3) {
            if let Some(byline) = byline::read(line, lexicon) {
                self.sign(Byline { names: Vec::new(), ..byline }, true);
            }
        }
        // a heading with nothing below it headed what was left out
        while forms.pop().is_some_and(Form::is_heading) {
            self.paragraphs.pop();
        }
        self.cut_stamp(lexicon);
    }

    /// Cuts the stamp off the last paragraph: it credits an agency or names who wrote it.
    fn cut_stamp(&mut self, lexicon: &PageLexicon) {
        let Some(last) = self.paragraphs.last_mut() else { return };
        let (text, Some(stamp)) = without_stamp(last) else { return };
        let (text, stamp) = (text.to_owned(), stamp.to_owned());
        *last = text;
        self.stamp(&stamp, lexicon);
    }

    /// Takes what a stamp tells.
    pub fn stamp(&mut self, stamp: &str, lexicon: &PageLexicon) {
        if lexicon.outlet(stamp).is_some() {
            self.credit.get_or_insert_with(|| stamp.to_owned());
        } else if self.authors.is_empty()
            && let Some(names) = byline::bare_names(stamp, lexicon)
        {
            self.add_authors(names);
        }
    }
}

/// Whether a line that stood above already stands here with right: as a question to another person, or
/// as a heading over other text. What is on a page twice by mistake is so with its neighbours.
///
/// `first` tells where each line first stands above the one that is below it.
fn is_asked_again(first: &FxHashMap<(&str, &str), usize>, lines: &[Line], n: usize) -> bool {
    let asks = lines[n].form.is_heading() || lines[n].text.ends_with(['?', '؟', '？']);
    asks && n > 0
        && lines.get(n + 1).is_some_and(|below| first.get(&(lines[n].text.as_str(), below.text.as_str())) == Some(&n))
}

/// Whether a line is one of several entries of a list, right after each other, that are links alone: below
/// an article such a list leads to others.
fn is_list_of_links(lines: &[Line], n: usize) -> bool {
    let entry = |l: &Line| l.form == Form::Item && l.linked;
    let beside = [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|i| lines.get(i));
    entry(&lines[n]) && beside.into_iter().any(entry)
}

/// What is left out after a pointer or the heading of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skip {
    Nothing,
    One,
    List,
}

/// Whether most long lines have no mark of an end, so that its lack tells nothing.
fn mostly_without_ends(lines: &[Line]) -> bool {
    let long = lines.iter().filter(|l| l.words.len() >= 8 && noise::judge(l).is_none());
    let (mut all, mut ended) = (0, 0);
    for line in long {
        all += 1;
        ended += u32::from(line.is_final());
    }
    ended * 2 < all
}

/// Whether a line without the mark of an end is text all the same.
fn keeps_without_end(line: &Line, lines: &[Line], n: usize) -> bool {
    let bullet = |l: &Line| l.text.starts_with(['•', '-', '*', '–', '—', '·', '▪', '●']) || starts_with_number(&l.text);
    let neighbours = [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|i| lines.get(i));
    line.words.len() >= 20
        || (line.is_final() && line.words.len() >= 2)
        || (line.is_open() && line.words.len() >= 3)
        || (line.text.starts_with(char::is_lowercase) && line.words.len() >= 3)
        || (line.text.ends_with(['–', '—', '-']) && line.words.len() >= 3)
        || (bullet(line)
            && (neighbours.into_iter().any(|l| bullet(l) || l.text.ends_with(':')))
            && line.words.len() >= 2)
}

fn starts_with_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', ')']) && text.len() - rest.len() <= 2
}

/// Where the body ends: at the readers' comments, at a copyright line or an editor's name with little after it.
fn end_of_body(lines: &[Line], trust: Trust, lexicon: &PageLexicon) -> usize {
    let judged: Vec<Option<Noise>> = lines.iter().map(noise::judge).collect();
    let weight = |n: usize| if judged[n].is_none() && lines[n].is_sentence() { lines[n].words.len() } else { 0 };
    let mut end = lines.len();
    let all: usize = (0..end).map(weight).sum();
    let mut before = 0;
    for (n, noise) in judged.iter().enumerate() {
        if *noise == Some(Noise::Comments) && (before * 4 >= all || before >= 80) && before > 0 {
            end = n;
            break;
        }
        before += weight(n);
    }
    let all: usize = (0..end).map(weight).sum();
    // markup has told the main text from what stands below it: 'Source: ...' under a picture, a table's
    // 'Category' or a credit in the middle ends nothing
    let share = if trust == Trust::Lines { 5 } else { 9 };
    let mut before = 0;
    for (n, noise) in judged[..end].iter().enumerate() {
        let closes = match noise {
            Some(Noise::Copyright | Noise::Tags) => true,
            Some(Noise::ListHead) => before * 10 >= all * 7,
            None => lines[n].starts.has(Kind::STAFF) && byline::read(&lines[n], lexicon).is_some(),
            Some(_) => false,
        };
        if closes && before > 0 && before * 10 >= all * share {
            end = n;
            break;
        }
        before += weight(n);
    }
    end
}
