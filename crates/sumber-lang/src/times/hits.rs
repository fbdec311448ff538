//! Which labels the tokens of a text have: words by the pack's lists, digits by how they are written.

use super::labels::Label;
use crate::lexicon::{Lists, Phrases};
use crate::text::{Shape, Text};

/// What a pack tells about numbers written in digits.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    /// Whether '8/7' is the seventh of August.
    pub month_first: bool,
    /// Endings of ordinals in digits ('th', '°').
    pub ordinal_endings: Vec<String>,
    /// Endings of decades in digits ('s').
    pub decade_endings: Vec<String>,
}

/// A word of a pack's list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub label: Label,
    pub value: i32,
    /// The list writes it with a capital, and so must the text.
    pub capital: bool,
}

/// A label found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub label: Label,
    pub value: i32,
    /// How many tokens.
    pub len: u32,
    /// The word has a capital because it begins a sentence: it may be another word.
    pub doubtful: bool,
    /// For numeric dates: year (0 for none), month, day.
    pub date: (i16, i8, i8),
}

/// The labels of every token of a text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    all: Vec<Hit>,
    starts: Vec<u32>,
}

impl Hits {
    /// Looks up every token once.
    pub(super) fn of(text: &Text<'_>, words: &Phrases<Entry>, digits: &Digits) -> Hits {
        let mut hits = Hits { all: Vec::new(), starts: Vec::with_capacity(text.tokens.len() + 1) };
        for at in 0..text.tokens.len() {
            hits.starts.push(hits.all.len() as u32);
            let token = &text.tokens[at];
            if token.shape == Shape::Number {
                digits_at(text, at, digits, &mut hits.all);
            }
            if !token.lists.has(Lists::TIMES) || !words.begins(token.word) {
                continue;
            }
            let first = text.sentences.get(token.sentence as usize).is_none_or(|s| s.tokens.start == at)
                || (at > 0 && text.tokens[at - 1].shape == Shape::Mark && token.glued);
            for (len, entry) in words.all(&text.tokens, at) {
                if entry.capital && !token.shape.is_capital() {
                    continue;
                }
                hits.all.push(Hit {
                    label: entry.label,
                    value: entry.value,
                    len: len as u32,
                    doubtful: entry.capital && first,
                    date: (0, 0, 0),
                });
            }
        }
        hits.starts.push(hits.all.len() as u32);
        hits
    }

    /// The labels that begin at a token.
    pub(super) fn at(&self, token: usize) -> &[Hit] {
        match (self.starts.get(token), self.starts.get(token + 1)) {
            (Some(&start), Some(&end)) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// Labels that digits carry.
fn digits_at(text: &Text<'_>, at: usize, digits: &Digits, hits: &mut Vec<Hit>) {
    let word = text.word(at);
    let plain = |label, value, len| Hit { label, value, len, doubtful: false, date: (0, 0, 0) };
    let figures = word.bytes().take_while(u8::is_ascii_digit).count();
    if figures == 0 || figures > 4 {
        return;
    }
    let Ok(value) = word[..figures].parse::<i32>() else { return };
    let after = |n: usize| text.tokens.get(at + n).filter(|t| t.glued).map(|_| text.word(at + n));
    if figures < word.len() {
        let ending = word[figures..].to_lowercase();
        if digits.ordinal_endings.contains(&ending) {
            hits.push(plain(Label::Ordinal, value, 1));
            if (1..=31).contains(&value) {
                hits.push(plain(Label::Day, value, 1));
            }
        } else if figures == 4 && digits.decade_endings.contains(&ending) {
            hits.push(plain(Label::Decade, value, 1));
        } else if let Some(date) = dotted(word, digits) {
            hits.push(Hit { date, ..plain(Label::NumericDate, 0, 1) });
        }
        return;
    }
    hits.push(plain(Label::Number, value, 1));
    if (1..=31).contains(&value) && figures <= 2 {
        let ordinal = after(1).is_some_and(|w| digits.ordinal_endings.iter().any(|e| e == w));
        hits.push(plain(Label::Day, value, 1 + u32::from(ordinal)));
    }
    if figures == 4 && (1000..=2199).contains(&value) {
        let mark = after(1).filter(|w| matches!(*w, "-" | "–"));
        match mark.and(after(2)).filter(|w| digits.decade_endings.iter().any(|e| e == w)) {
            Some(_) => hits.push(plain(Label::Decade, value, 3)),
            None => {
                hits.push(plain(Label::Year, value, 1));
                if Label::RecentYear.range().contains(&value) {
                    hits.push(plain(Label::RecentYear, value, 1));
                }
            }
        }
    }
    // '17/3/2025', '2025-03-17', '17/3'
    let number = |n: usize| after(n).filter(|w| w.len() <= 4).and_then(|w| w.parse::<i32>().ok());
    let Some(mark) = after(1).filter(|w| matches!(*w, "/" | "-")) else { return };
    let before_glued = text.tokens[at].glued && at > 0 && matches!(text.word(at - 1), "/" | "-" | "–");
    if before_glued {
        return;
    }
    let Some(second) = number(2) else { return };
    if after(3) == Some(mark) {
        let Some(third) = number(4) else { return };
        if let Some(date) = date_of(value, second, third, word.len(), text.word(at + 4).len(), digits) {
            hits.push(Hit { date, ..plain(Label::NumericDate, 0, 5) });
        }
    } else if mark == "/" && figures <= 2 && text.word(at + 2).len() <= 2 {
        let (day, month) = order(value, second, digits);
        if (1..=31).contains(&day) && (1..=12).contains(&month) {
            hits.push(Hit { date: (0, month as i8, day as i8), ..plain(Label::NumericDay, 0, 3) });
        }
    }
}

/// '17.3.2025', one token by Unicode's rules.
fn dotted(word: &str, digits: &Digits) -> Option<(i16, i8, i8)> {
    let mut parts = word.split('.');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || third.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    date_of(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?, first.len(), third.len(), digits)
}

/// Day and month by the pack's order, or the other one where only that makes a date.
fn order(first: i32, second: i32, digits: &Digits) -> (i32, i32) {
    if digits.month_first != (if digits.month_first { first > 12 } else { second > 12 }) {
        (second, first)
    } else {
        (first, second)
    }
}

fn date_of(
    first: i32,
    second: i32,
    third: i32,
    first_len: usize,
    third_len: usize,
    digits: &Digits,
) -> Option<(i16, i8, i8)> {
    let (year, month, day) = if first_len == 4 {
        (first, second, third)
    } else {
        let (day, month) = order(first, second, digits);
        let year = match third_len {
            4 => third,
            2 => third + if third < 70 { 2000 } else { 1900 },
            _ => return None,
        };
        (year, month, day)
    };
    let valid = (1000..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then_some((year as i16, month as i8, day as i8))
}
