//! Numbers and their values.
//!
//! Digits in the language's format, words, and digits with a word that multiplies ('138 ribu',
//! '1,9 milioni'). Dates, clock times, ordinals and the numbers of names ('F-16') are none.

use std::collections::BTreeMap;

use sumber_core::{Number, Span, TimeMention};

use crate::lexicon::{WordMap, WordSet};
use crate::pack::Loader;
use crate::text::{Shape, Text};

/// The table `[numbers]` of `words.toml`, as written.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct NumbersFile {
    decimal: String,
    groups: Vec<String>,
    prefixes: Vec<String>,
    currency: Vec<String>,
    suffixes: BTreeMap<String, String>,
    currency_suffixes: BTreeMap<String, String>,
    values: BTreeMap<String, u32>,
    weak: BTreeMap<String, String>,
    additions: BTreeMap<String, u32>,
    factors: BTreeMap<String, String>,
    joiners: Vec<String>,
    clock_after: Vec<String>,
    clock_before: Vec<String>,
    ordinal_before: Vec<String>,
    ordinal_after: Vec<String>,
    pub(super) examples: Vec<String>,
}

/// How a language writes numbers, compiled. The default knows digits alone.
#[derive(Clone, Debug, Default)]
pub struct NumberPack {
    decimal: Option<char>,
    groups: Vec<char>,
    prefixes: Vec<String>,
    currency: WordSet,
    suffixes: Vec<(String, Decimal)>,
    currency_suffixes: Vec<(String, Decimal)>,
    ordinal_after: Vec<String>,
    clock_suffixes: Vec<String>,
    words: WordMap<NumberWord>,
    joiners: WordSet,
    clock_after: WordSet,
    clock_before: WordSet,
    ordinal_before: WordSet,
}

/// What a number word does to the number that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberWord {
    Value(u128),
    Weak(Decimal),
    Addition(u128),
    Factor(Decimal),
}

impl NumberPack {
    /// Checks and compiles what the pack says.
    pub(super) fn compile(file: &NumbersFile, loader: &mut Loader<'_>) -> NumberPack {
        let mut wrong = Vec::new();
        let mut decimal = |word: &str, text: &str| {
            Decimal::parse_plain(text).unwrap_or_else(|| {
                wrong.push(format!("the value '{text}' of '{word}' is no decimal number"));
                Decimal::ONE
            })
        };
        let mut words = WordMap::default();
        for (word, &value) in &file.values {
            words.insert(loader.vocabulary.intern(word), NumberWord::Value(u128::from(value)));
        }
        for (word, &value) in &file.additions {
            words.insert(loader.vocabulary.intern(word), NumberWord::Addition(u128::from(value)));
        }
        for (word, value) in &file.weak {
            words.insert(loader.vocabulary.intern(word), NumberWord::Weak(decimal(word, value)));
        }
        for (word, value) in &file.factors {
            words.insert(loader.vocabulary.intern(word), NumberWord::Factor(decimal(word, value)));
        }
        let mut table = |map: &BTreeMap<String, String>| -> Vec<(String, Decimal)> {
            map.iter().map(|(word, value)| (word.to_lowercase(), decimal(word, value))).collect()
        };
        let (suffixes, currency_suffixes) = (table(&file.suffixes), table(&file.currency_suffixes));
        let mut set = |list: &[String]| -> WordSet {
            // 'a.m' is cut at no mark, '-' is a mark: each is one token
            list.iter().map(|word| loader.vocabulary.intern(word)).collect()
        };
        let pack = NumberPack {
            decimal: file.decimal.chars().next(),
            groups: file.groups.iter().filter_map(|g| g.chars().next()).collect(),
            prefixes: file.prefixes.clone(),
            currency: set(&file.currency),
            suffixes,
            currency_suffixes,
            ordinal_after: file.ordinal_after.clone(),
            clock_suffixes: file.clock_after.iter().map(|w| w.to_lowercase()).collect(),
            joiners: set(&file.joiners),
            clock_after: set(&file.clock_after),
            clock_before: set(&file.clock_before),
            ordinal_before: set(&file.ordinal_before),
            words,
        };
        for message in wrong {
            loader.error("words.toml", 0, 0, message);
        }
        pack
    }

    /// How many words it lists.
    pub(super) fn len(&self) -> usize {
        self.words.len() + self.suffixes.len()
    }

    /// Every number of a text, in reading order, without those inside times.
    pub fn find(&self, text: &Text<'_>, times: &[TimeMention]) -> Vec<Number> {
        let mut numbers = Vec::new();
        let mut at = 0;
        while let Some(token) = text.tokens.get(at) {
            if matches!(token.shape, Shape::Mark | Shape::Lower) && !self.words.contains_key(&token.word) {
                at += 1;
                continue;
            }
            let (end, number) = self.read(text, at);
            if let Some((span, value)) = number {
                let place = times.partition_point(|t| t.span.end <= span.start);
                if times.get(place).is_none_or(|t| !t.span.overlaps(span)) {
                    numbers.push(Number { span, value: value.to_string() });
                }
            }
            at = end.max(at + 1);
        }
        numbers
    }

    /// Reads the number that begins at `at`: where reading goes on, and the number if there is one.
    fn read(&self, text: &Text<'_>, at: usize) -> (usize, Option<(Span, Decimal)>) {
        let mut sum = Sum::default();
        let mut end;
        let first = self.part(text, at);
        match first {
            Some(Part::Digits(_, value)) => {
                if let Some(last) = self.date_or_name(text, at) {
                    return (last, None);
                }
                sum.value(value);
                end = at + 1;
            }
            Some(Part::Word(NumberWord::Value(value))) => {
                sum.value(Decimal::whole(value));
                end = at + 1;
            }
            Some(Part::Word(NumberWord::Weak(value))) => {
                // 'half a million', 'one hundred', 'a dozen'; alone it is no number
                let mut next = at + 1;
                while next < at + 3 && !matches!(self.part(text, next), Some(Part::Word(NumberWord::Factor(_)))) {
                    if !text.tokens.get(next).is_some_and(|t| self.joiners.contains(&t.word)) {
                        return (at + 1, None);
                    }
                    next += 1;
                }
                if !matches!(self.part(text, next), Some(Part::Word(NumberWord::Factor(_)))) {
                    return (at + 1, None);
                }
                sum.value(value);
                end = next;
            }
            Some(Part::Word(NumberWord::Factor(factor))) => {
                sum.factor(factor);
                end = at + 1;
            }
            Some(Part::Word(NumberWord::Addition(_))) | None => return (at + 1, None),
        }
        while let Some(next) = self.extend(text, end, &mut sum) {
            end = next;
        }
        let start = match first {
            Some(Part::Digits(span, _)) => span,
            _ => text.tokens[at].span,
        };
        let span = Span::new(start.start, text.tokens[end - 1].span.end);
        (end, sum.finish().map(|value| (span, value)))
    }

    /// Adds what stands at `at` (after a joiner, if need be) to the number; where reading goes on.
    fn extend(&self, text: &Text<'_>, at: usize, sum: &mut Sum) -> Option<usize> {
        let token = text.tokens.get(at)?;
        if token.starts_paragraph {
            return None;
        }
        match self.part(text, at) {
            Some(Part::Word(NumberWord::Factor(factor))) => return sum.factor(factor).then_some(at + 1),
            Some(Part::Word(NumberWord::Addition(value))) => return sum.addition(value).then_some(at + 1),
            Some(Part::Word(NumberWord::Value(value))) => return sum.smaller(Decimal::whole(value)).then_some(at + 1),
            Some(Part::Word(NumberWord::Weak(value))) if value.is_fraction() => {
                return sum.fraction(value).then_some(at + 1);
            }
            _ => {}
        }
        // joiners: 'two hundred and five', 'twenty-five', 'two and a half', 'un milione e mezzo'
        let mut next = at;
        while next < at + 2 && text.tokens.get(next).is_some_and(|t| self.joiners.contains(&t.word)) {
            next += 1;
        }
        if next == at {
            return None;
        }
        match self.part(text, next) {
            Some(Part::Word(NumberWord::Value(value))) => sum.joined(Decimal::whole(value)).then_some(next + 1),
            Some(Part::Word(NumberWord::Weak(value))) if value.is_fraction() => sum.fraction(value).then_some(next + 1),
            _ => None,
        }
    }

    fn part(&self, text: &Text<'_>, at: usize) -> Option<Part> {
        let token = text.tokens.get(at)?;
        if let Some(&word) = self.words.get(&token.word) {
            return Some(Part::Word(word));
        }
        if matches!(token.shape, Shape::Mark | Shape::Lower) {
            return None;
        }
        let word = text.word(at);
        let digits = match token.shape {
            Shape::Number => word,
            // most words with a capital: no digit in them
            _ if word.bytes().all(|b| b.is_ascii_alphabetic()) => return None,
            _ => self.prefixes.iter().find_map(|p| word.strip_prefix(p.as_str()).filter(|rest| starts_digit(rest)))?,
        };
        let start = token.span.end - digits.len() as u32;
        let letters = digits.find(char::is_alphabetic).unwrap_or(digits.len());
        let (digits, suffix) = digits.split_at(letters);
        let mut value = self.digits(digits)?;
        if !suffix.is_empty() {
            let suffix = suffix.to_lowercase();
            if self.ordinal_after.contains(&suffix) || self.clock_suffixes.contains(&suffix) {
                return None;
            }
            let is_money = start > token.span.start
                || at.checked_sub(1).is_some_and(|b| self.currency.contains(&text.tokens[b].word));
            let tables = [(is_money, &self.currency_suffixes), (true, &self.suffixes)];
            let factor = tables.iter().filter(|(may, _)| *may).flat_map(|(_, t)| t.iter()).find(|(s, _)| *s == suffix);
            value = value.times(factor?.1)?;
        }
        Some(Part::Digits(Span::new(start, token.span.end), value))
    }

    /// The value of digits in the language's format. Where no pack tells what a mark means, three
    /// digits behind it make it a mark of groups.
    fn digits(&self, text: &str) -> Option<Decimal> {
        let known = self.decimal.is_some();
        let mut plain = String::with_capacity(text.len());
        let mut marks = text.char_indices().filter(|(_, c)| digit(*c).is_none()).peekable();
        let mut rest = text;
        let mut offset = 0;
        let mut fraction = false;
        while let Some((place, mark)) = marks.next() {
            let after = place + mark.len_utf8();
            let until = marks.peek().map_or(text.len(), |(next, _)| *next);
            push_digits(&mut plain, &text[offset..place]);
            let run = text[after..until].chars().count();
            let is_group = if known { self.groups.contains(&mark) && run == 3 } else { run == 3 };
            if !is_group {
                let is_decimal = !known || self.decimal == Some(mark) || self.groups.contains(&mark);
                if fraction || until != text.len() || !is_decimal || run == 0 {
                    return None;
                }
                fraction = true;
                plain.push('.');
            }
            offset = after;
            rest = &text[after..];
        }
        push_digits(&mut plain, if offset == 0 { text } else { rest });
        Decimal::parse_plain(&plain)
    }

    /// Whether digits at `at` are part of a date, a clock time, an ordinal or a name; where reading goes on.
    fn date_or_name(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        let tokens = &text.tokens;
        let is = |index: usize, mark: &str| {
            tokens.get(index).is_some_and(|t| t.glued && t.shape == Shape::Mark) && text.word(index) == mark
        };
        let is_number = |index: usize| tokens.get(index).is_some_and(|t| t.glued && t.shape == Shape::Number);
        // 16:42, 19/3, 19/3/2025, 2025-03-21: the whole run
        let mut end = at + 1;
        let mut parts = 1;
        while (is(end, ":") || is(end, "/") || is(end, "-")) && is_number(end + 1) {
            end += 2;
            parts += 1;
        }
        if parts > 1 && (parts > 2 || !is(at + 1, "-")) {
            return Some(end);
        }
        if let Some(before) = at.checked_sub(1) {
            let word = &tokens[before];
            if self.clock_before.contains(&word.word) {
                return Some(at + 1);
            }
            if tokens[at].glued && is_hyphen(text.word(before)) && before > 0 && word.glued {
                let name = &tokens[before - 1];
                if name.shape.is_capital() || self.ordinal_before.contains(&name.word) {
                    return Some(at + 1);
                }
            }
        }
        if let Some(next) = tokens.get(at + 1)
            && (self.clock_after.contains(&next.word)
                || (next.glued && self.ordinal_after.iter().any(|o| o == text.word(at + 1))))
        {
            return Some(at + 2);
        }
        let is_money = at.checked_sub(1).is_some_and(|b| self.currency.contains(&tokens[b].word));
        let is_scaled = matches!(self.part(text, at + 1), Some(Part::Word(NumberWord::Factor(_))));
        if is_year(text.word(at)) && !is_money && !is_scaled {
            return Some(at + 1);
        }
        None
    }
}

enum Part {
    Digits(Span, Decimal),
    Word(NumberWord),
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "‑" | "–")
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

fn starts_digit(word: &str) -> bool {
    word.chars().next().and_then(digit).is_some()
}

/// The value of a decimal digit of the scripts that news uses.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

fn push_digits(plain: &mut String, text: &str) {
    plain.extend(text.chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10)));
}

/// A number while its words are read: `total + current`, where `last` is the part of `current`
/// that the next word may multiply.
#[derive(Default)]
struct Sum {
    total: Decimal,
    current: Decimal,
    last: Decimal,
    /// The factor that was read last, while nothing smaller followed.
    factor: Option<Decimal>,
    overflow: bool,
}

impl Sum {
    fn value(&mut self, value: Decimal) {
        (self.current, self.last, self.factor) = (value, value, None);
    }

    /// A value straight behind: 'twenty five', 'lima puluh dua'; false where it begins another number.
    fn smaller(&mut self, value: Decimal) -> bool {
        let after_tens = self.last.whole_part() >= 20 && value.whole_part() < 10;
        let fits = match self.factor {
            Some(factor) => value.whole_part() < factor.whole_part(),
            None => after_tens,
        };
        if fits {
            self.add(value);
        }
        fits
    }

    /// A value behind a joiner: after a factor, or units after tens.
    fn joined(&mut self, value: Decimal) -> bool {
        self.smaller(value)
    }

    fn add(&mut self, value: Decimal) {
        self.current = self.keep(self.current.plus(value));
        (self.last, self.factor) = (value, None);
    }

    /// 'half' behind a number: half of the last factor, or of one.
    fn fraction(&mut self, value: Decimal) -> bool {
        match self.factor.filter(|f| f.whole_part() >= 1000) {
            Some(factor) => {
                let part = self.keep(value.times(factor));
                self.total = self.keep(self.total.plus(part));
            }
            None => self.current = self.keep(self.current.plus(value)),
        }
        self.factor = None;
        true
    }

    fn addition(&mut self, value: u128) -> bool {
        if self.last.whole_part() == 0 || self.last.whole_part() >= 10 {
            return false;
        }
        self.add(Decimal::whole(value));
        true
    }

    /// Multiplies: by a thousand and more all that stands before, below that only the last part.
    fn factor(&mut self, factor: Decimal) -> bool {
        let nothing = self.current == Decimal::default();
        if factor.whole_part() >= 1000 {
            let base = if nothing { Decimal::ONE } else { self.current };
            let part = self.keep(base.times(factor));
            self.total = self.keep(self.total.plus(part));
            (self.current, self.last) = (Decimal::default(), Decimal::default());
        } else {
            let base = if nothing { Decimal::ONE } else { self.last };
            let more = self.keep(base.times(factor));
            let without = self.current.minus(self.last);
            self.current = self.keep(without.plus(more));
            self.last = more;
        }
        self.factor = Some(factor);
        true
    }

    fn keep(&mut self, value: Option<Decimal>) -> Decimal {
        self.overflow |= value.is_none();
        value.unwrap_or_default()
    }

    fn finish(mut self) -> Option<Decimal> {
        let total = self.keep(self.total.plus(self.current));
        (!self.overflow).then_some(total)
    }
}

/// A decimal number without a sign: `units / 10^places`, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Decimal {
    units: u128,
    places: u32,
}

impl Decimal {
    const ONE: Decimal = Decimal { units: 1, places: 0 };

    fn whole(units: u128) -> Decimal {
        Decimal { units, places: 0 }
    }

    /// Digits with at most one '.'; at most 24 digits.
    fn parse_plain(text: &str) -> Option<Decimal> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.len() + fraction.len() > 24 || whole.is_empty() {
            return None;
        }
        let units = format!("{whole}{fraction}").parse().ok()?;
        Some(Decimal { units, places: fraction.len() as u32 }.reduced())
    }

    fn reduced(mut self) -> Decimal {
        while self.places > 0 && self.units.is_multiple_of(10) {
            (self.units, self.places) = (self.units / 10, self.places - 1);
        }
        self
    }

    fn whole_part(self) -> u128 {
        10_u128.checked_pow(self.places).map_or(0, |p| self.units / p)
    }

    fn is_fraction(self) -> bool {
        self.places > 0
    }

    fn times(self, other: Decimal) -> Option<Decimal> {
        let units = self.units.checked_mul(other.units)?;
        Some(Decimal { units, places: self.places + other.places }.reduced())
    }

    fn plus(self, other: Decimal) -> Option<Decimal> {
        let places = self.places.max(other.places);
        let scale = |d: Decimal| d.units.checked_mul(10_u128.checked_pow(places - d.places)?);
        Some(Decimal { units: scale(self)?.checked_add(scale(other)?)?, places }.reduced())
    }

    /// The difference; 0 where it would be below.
    fn minus(self, other: Decimal) -> Decimal {
        let places = self.places.max(other.places);
        let scale = |d: Decimal| 10_u128.checked_pow(places - d.places).and_then(|p| d.units.checked_mul(p));
        match (scale(self), scale(other)) {
            (Some(a), Some(b)) => Decimal { units: a.saturating_sub(b), places }.reduced(),
            _ => Decimal::default(),
        }
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.units);
        }
        let digits = format!("{:0width$}", self.units, width = self.places as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.places as usize);
        write!(f, "{whole}.{fraction}")
    }
}
