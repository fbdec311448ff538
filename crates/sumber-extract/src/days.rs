//! Days in a text: ISO 8601, days with the names of months, days in digits, in the Gregorian calendar, the
//! Iranian one, and the years of the Buddhist one.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::dates::{Digits, Order};
use crate::words::{Found, Kind, PageLexicon, Word};

/// Years that a date of publication may have.
pub const YEARS: std::ops::RangeInclusive<i16> = 1850..=2150;

/// A day that begins at word `at`, and the word after it.
pub fn day_at(line: &str, words: &[Word], at: usize, lexicon: &PageLexicon, order: Order) -> Option<(Date, usize)> {
    let word = &words[at];
    let first_char = word.folded.chars().next()?;
    if !first_char.is_ascii_digit() {
        return month_then_day(line, words, at, lexicon, order);
    }
    if let Some(found) = compact(&word.folded).or_else(|| with_signs(&word.folded)) {
        return Some((found, at + 1));
    }
    let number = leading_number(&word.folded)?;
    if word.folded.len() == 4 && (YEARS.contains(&number) || SOLAR_YEARS.contains(&number)) {
        return year_then_rest(line, words, at, lexicon, order);
    }
    if number > 31 {
        // '2025년 3월 20일', '2025年 3月 20日'
        let signed = words.get(at..at + 3)?.iter().map(|w| w.folded.as_str()).collect::<String>();
        return with_signs(&signed).map(|date| (date, at + 3));
    }
    in_digits(line, words, at, number, order)
        .map(|date| (date, at + 3))
        .or_else(|| day_then_month(line, words, at, number, lexicon, order))
}

/// A day and a month whose year is not told beside them, with the day of the week where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yearless {
    day: i8,
    month: i8,
    /// 0 for Sunday.
    weekday: Option<i8>,
    /// Whether a day of the week stands beside it, whichever it is.
    pub with_weekday: bool,
    /// The first word of day and month, and the one after them.
    pub words: (usize, usize),
}

impl Yearless {
    /// Whether another has the same day and month.
    pub fn is_day_of(&self, other: &Yearless) -> bool {
        (self.day, self.month) == (other.day, other.month)
    }

    /// The date in a year; `None` where there is no such day, or it is another day of the week.
    fn in_year(&self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        let weekday = date.weekday().to_sunday_zero_offset();
        self.weekday.is_none_or(|own| own == weekday).then_some(date)
    }

    /// The year that fits best: of those that stand `beside` the article (in other dates of the page, in the
    /// line on its rights) and those that its text names. The day of the week tells a wrong year from the
    /// right one; without it, page and text have to name the same one. A page saved in a later year names
    /// that year in its rights.
    pub fn year(&self, beside: &BTreeSet<i16>, named: &BTreeSet<i16>) -> Option<Date> {
        let one = |years: &mut dyn Iterator<Item = i16>| {
            let mut fits = years.filter_map(|year| self.in_year(year));
            fits.next().filter(|_| fits.next().is_none())
        };
        if self.weekday.is_none() {
            return one(&mut beside.iter().copied().filter(|_| beside.len() == 1).filter(|y| named.contains(y)));
        }
        let own = || beside.iter().copied();
        if own().any(|year| self.in_year(year).is_some()) {
            return one(&mut own());
        }
        let years = if beside.is_empty() { named } else { &own().map(|year| year - 1).collect() };
        one(&mut years.iter().copied())
    }
}

/// The first day and month of a line without a year: 'Thursday, 20 March', 'March 20, 14:05'.
pub fn yearless(words: &[Word], found: &[Found], lexicon: &PageLexicon, order: Order) -> Option<Yearless> {
    let day_of = |n: usize| {
        let word = words.get(n)?;
        let number = leading_number(&word.folded).filter(|day| (1..=31).contains(day) && word.folded.len() <= 4)?;
        i8::try_from(number).ok()
    };
    // '20 March', '20 de marzo', 'March 20'
    let (day, month, words_at) = found.iter().filter(|f| f.kind.month().is_some()).find_map(|f| {
        let (month, len) = lexicon.month_at(words, f.first, order)?;
        let end = f.first + len;
        let further = f.first.checked_sub(2).filter(|_| is_short(&words[f.first - 1]));
        let places = [(f.first.checked_sub(1), end), (further, end), (Some(end), end + 1)];
        places.into_iter().find_map(|(at, next)| Some((day_of(at?)?, month, (at?.min(f.first), next))))
    })?;
    let mut weekdays = found.iter().filter(|f| f.kind == Kind::WEEKDAY);
    let with_weekday = weekdays.clone().next().is_some();
    let weekday = weekdays.find_map(|f| lexicon.weekday(&words[f.first..f.first + f.len]));
    Some(Yearless { day, month, weekday, with_weekday, words: words_at })
}

/// `20/03/2025`, `20.3.2025`, `3/20/2025`, and `20/03/25` where the order is known.
fn in_digits(line: &str, words: &[Word], at: usize, number: i16, order: Order) -> Option<Date> {
    let [first, second, third] = [words.get(at)?, words.get(at + 1)?, words.get(at + 2)?];
    let joined = |marks: &str| joins(line, first, second, marks) && joins(line, second, third, marks);
    let month = whole_number(&second.folded)?;
    // nobody writes months first with stops
    let digits = if joined(".") { Digits::DayFirst } else { order.digits };
    let year = match year_of(third) {
        Some(year) => year,
        None => {
            let mark = if joined("/") { "/" } else { "." };
            let ended = words.get(at + 3).is_none_or(|w| !joins(line, third, w, mark));
            let whole = mark == "/" || joined(".") && first.folded.len() == 2 && second.folded.len() == 2;
            let short = whole_number(&third.folded).filter(|y| third.folded.len() == 2 && (0..=49).contains(y))?;
            if order.digits == Digits::Unknown || !ended || !whole {
                return None;
            }
            2000 + short
        }
    };
    if !(joined("/") || joined(".") || joined("-")) {
        return None;
    }
    match (number, month) {
        (1..=12, 13..=31) => make(year, number, month),
        (1..=12, 1..=12) if number != month && digits == Digits::Unknown => None,
        (1..=12, 1..=12) if digits == Digits::MonthFirst => make(year, number, month),
        _ => make(year, month, number),
    }
}

/// `20 March 2025`, `20 de marzo de 2025`, `20 maart, 2025`: at most one short word between two parts.
fn day_then_month(
    line: &str,
    words: &[Word],
    at: usize,
    day: i16,
    lexicon: &PageLexicon,
    order: Order,
) -> Option<(Date, usize)> {
    let skip = |n: usize| n + usize::from(words.get(n).is_some_and(is_short));
    let near = |from: usize, to: usize| Some(line.get(words[from].end..words[to].start)?.chars().count() <= 24);
    for first in [at + 1, skip(at + 1)] {
        if let Some(month) = words.get(first).and_then(|w| lexicon.solar_month(&w.folded)) {
            let next = skip(first + 1);
            let year = whole_number(&words.get(next)?.folded).filter(|y| SOLAR_YEARS.contains(y))?;
            return near(at, next)?.then_some((from_solar(year, month.into(), day)?, next + 1));
        }
        let Some((month, len)) = lexicon.month_at(words, first, order) else { continue };
        let name = &words[first];
        let mut next = first + len;
        // the same month in two traditions: 'آذار/مارس'
        if let Some((_, len)) = lexicon.month_at(words, next, order).filter(|(same, _)| *same == month) {
            next += len;
        }
        next = skip(next);
        let year = year_of(words.get(next)?).or_else(|| buddhist_year(words.get(next)?, name))?;
        return near(at, next)?.then_some((make(year, i16::from(month), day)?, next + 1));
    }
    None
}

/// A word of at most three letters and no digit, as stands between the parts of a date.
fn is_short(word: &Word) -> bool {
    word.folded.chars().count() <= 3 && !word.folded.starts_with(|c: char| c.is_ascii_digit())
}

/// `March 20, 2025`.
fn month_then_day(line: &str, words: &[Word], at: usize, lexicon: &PageLexicon, order: Order) -> Option<(Date, usize)> {
    let (month, len) = lexicon.month_at(words, at, order)?;
    let day = leading_number(&words.get(at + len)?.folded).filter(|n| (1..=31).contains(n))?;
    let year = words.get(at + len + 1).and_then(year_of)?;
    let near = line.get(words[at + len - 1].end..words[at + len + 1].start)?.chars().count() <= 10;
    near.then_some((make(year, i16::from(month), day)?, at + len + 2))
}

/// `2025-03-20`, `1404/01/01`, `2025. március 20.`, `2025 m. kovo 20 d.`, `2025. gada 20. marts`.
fn year_then_rest(line: &str, words: &[Word], at: usize, lexicon: &PageLexicon, order: Order) -> Option<(Date, usize)> {
    let [word, second, third] = [words.get(at)?, words.get(at + 1)?, words.get(at + 2)?];
    let number = whole_number(&word.folded)?;
    if joins(line, word, second, "-/.") && joins(line, second, third, "-/.") {
        let day = leading_number(third.folded.split('t').next()?)?;
        let month = whole_number(&second.folded)?;
        let date = if YEARS.contains(&number) { make(number, month, day) } else { from_solar(number, month, day) };
        return Some((date?, at + 3));
    }
    let near = |to: usize| line.get(word.end..words[to].start).is_some_and(|gap| gap.chars().count() <= 24);
    let day_of = |n: usize| leading_number(&words.get(n)?.folded).filter(|day| (1..=31).contains(day));
    let short = second.folded.chars().count() <= 4 && !second.folded.starts_with(|c: char| c.is_ascii_digit());
    for first in [at + 1, at + 1 + usize::from(short)] {
        if let Some((month, len)) = lexicon.month_at(words, first, order)
            && let Some(day) = day_of(first + len)
            && near(first + len)
        {
            return Some((make(number, i16::from(month), day)?, first + len + 1));
        }
        if first > at + 1
            && let Some(day) = day_of(first)
            && let Some((month, len)) = lexicon.month_at(words, first + 1, order)
            && near(first + 1)
        {
            return Some((make(number, i16::from(month), day)?, first + 1 + len));
        }
    }
    None
}

/// `20250320` alone.
fn compact(word: &str) -> Option<Date> {
    if word.len() != 8 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    make(word[..4].parse().ok()?, word[4..6].parse().ok()?, word[6..].parse().ok()?)
}

/// `2025年3月20日`: numbers with one sign after each, as Chinese, Japanese and Korean write them.
fn with_signs(word: &str) -> Option<Date> {
    let mut numbers = word.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let [year, month, day] = [numbers.next()?, numbers.next()?, numbers.next()?];
    let signs = word.chars().filter(|c| matches!(c, '年' | '月' | '日' | '년' | '월' | '일')).count();
    if year.len() != 4 || signs < 3 {
        return None;
    }
    make(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn make(year: i16, month: i16, day: i16) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Years of the Iranian calendar that a date of publication may have: 1921 to 2041.
const SOLAR_YEARS: std::ops::RangeInclusive<i16> = 1300..=1420;

/// The day of a date of the Iranian calendar, by its arithmetic rule of 33 years: eight leap years in
/// each, as far as this century is concerned the same as the calendar that is kept by observation.
fn from_solar(year: i16, month: i16, day: i16) -> Option<Date> {
    let is_leap = |year: i16| matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i16::from(is_leap(year)),
        _ => return None,
    };
    if !SOLAR_YEARS.contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    // the first day of 1300 was 21 March 1921
    let years: i32 = (1300..year).map(|y| 365 + i32::from(is_leap(y))).sum();
    let days = years + i32::from(before) + i32::from(day) - 1;
    Date::constant(1921, 3, 21).checked_add(jiff::Span::new().days(days)).ok()
}

/// The year of a word that counts from the Buddha, as dates in Thai, Lao and Khmer letters do.
fn buddhist_year(word: &Word, month: &Word) -> Option<i16> {
    let theirs = matches!(month.folded.chars().next()?, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}');
    whole_number(&word.folded).filter(|y| theirs && (2400..=2693).contains(y)).map(|y| y - 543)
}

fn year_of(word: &Word) -> Option<i16> {
    let folded = word.folded.split('t').next()?;
    // '2025г.', '2025p.'
    let folded = folded.trim_end_matches(|c: char| !c.is_ascii_digit());
    let near = word.folded.contains('t') || word.folded[folded.len()..].chars().count() <= 2;
    (folded.len() == 4 && near).then(|| whole_number(folded)).flatten().filter(|y| YEARS.contains(y))
}

/// The number before at most two letters ('21st', '1er', '9am').
pub fn leading_number(folded: &str) -> Option<i16> {
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 || folded[digits..].chars().count() > 5 {
        return None;
    }
    folded[..digits].parse().ok()
}

/// The last year that a line names; of '2010–2025' the second.
pub fn last_year(words: &[Word]) -> Option<i16> {
    words.iter().filter_map(year_of).filter(|year| *year >= 1990).max()
}

fn whole_number(folded: &str) -> Option<i16> {
    folded.bytes().all(|b| b.is_ascii_digit()).then(|| folded.parse().ok()).flatten()
}

/// Whether exactly one character of `marks` stands between two words.
pub fn joins(line: &str, left: &Word, right: &Word, marks: &str) -> bool {
    line.get(left.end..right.start).is_some_and(|gap| gap.len() == 1 && marks.contains(gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Line;
    use crate::testing::lexicon;

    fn year_of_line(text: &str, beside: &[i16], named: &[i16]) -> Option<String> {
        let line = Line::new(text, &lexicon(), Order::DAY_FIRST);
        let day = line.yearless.expect("a day without a year");
        day.year(&beside.iter().copied().collect(), &named.iter().copied().collect()).map(|date| date.to_string())
    }

    #[test]
    fn the_day_of_the_week_tells_the_year() {
        let wanted = Some("2025-03-20".to_owned());
        for text in ["Thursday, 20 March, 14:05", "Четверг, 20 марта", "Jueves, 20 de marzo", "الخميس، 20 مارس"]
        {
            assert_eq!(year_of_line(text, &[2025], &[]), wanted, "{text}");
            assert_eq!(year_of_line(text, &[], &[2019, 2025, 2030]), wanted, "{text}");
            // saved in the year after
            assert_eq!(year_of_line(text, &[2026], &[]), wanted, "{text}");
            assert_eq!(year_of_line(text, &[2023], &[]), None, "{text}");
            assert_eq!(year_of_line(text, &[], &[]), None, "{text}");
        }
    }

    #[test]
    fn without_it_page_and_text_have_to_agree() {
        assert_eq!(year_of_line("20 March, 14:05", &[2025], &[]), None);
        assert_eq!(year_of_line("20 March, 14:05", &[], &[2025]), None);
        assert_eq!(year_of_line("20 March, 14:05", &[2024, 2025], &[2025]), None);
        assert_eq!(year_of_line("20 March, 14:05", &[2025], &[2019, 2025]).as_deref(), Some("2025-03-20"));
    }
}
