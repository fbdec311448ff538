//! Dates in metadata and in text: ISO 8601, days with the packs' months, days in digits.
//!
//! A time without a zone is no point in time: it is left out and the day stays.

use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::words::{Kind, PageLexicon, Word, words_of};

/// Years that a date of publication may have.
const YEARS: std::ops::RangeInclusive<i16> = 1850..=2150;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Bytes of date, time and zone.
    pub range: Range<usize>,
    /// `YYYY-MM-DD`, or RFC 3339 where time and zone are given.
    pub value: String,
    /// Whether a time stands beside the day, with or without a zone.
    pub timed: bool,
}

/// What is known of dates in digits: which of the first two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 3/4/2025 is in April.
    DayFirst,
    /// 3/4/2025 cannot be told.
    Unknown,
}

/// The first date of a text, for metadata.
pub fn parse(text: &str, lexicon: &PageLexicon) -> Option<String> {
    let text: &str = text.get(..text.len().min(200)).unwrap_or(text);
    find(text, lexicon, Order::Unknown).into_iter().next().map(|found| found.value)
}

/// All dates of a line, in their order; they do not overlap.
pub fn find(line: &str, lexicon: &PageLexicon, order: Order) -> Vec<FoundDate> {
    if !line.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let words = words_of(line);
    find_in(line, &words, lexicon, order)
}

/// As [`find`], for a line that is cut into words already.
pub fn find_in(line: &str, words: &[Word], lexicon: &PageLexicon, order: Order) -> Vec<FoundDate> {
    let mut found: Vec<FoundDate> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((date, next)) = day_at(line, words, at, lexicon, order) else {
            at += 1;
            continue;
        };
        let after = time_after(line, words, at, next, lexicon);
        let free = found.last().map_or(0, |f| f.range.end);
        let before = if after.is_none() { time_before(line, words, at, free, lexicon) } else { None };
        let (time, zone, range, next) = match (after, before) {
            (Some((time, zone, next)), _) => (Some(time), zone, words[at].start..words[next - 1].end, next),
            (None, Some((time, zone, first))) => (Some(time), zone, words[first].start..words[next - 1].end, next),
            (None, None) => (None, None, words[at].start..words[next - 1].end, next),
        };
        let value = match (time, zone) {
            (Some(time), Some(zone)) => instant(date, time, &zone),
            _ => date.to_string(),
        };
        found.push(FoundDate { range, value, timed: time.is_some() });
        at = next;
    }
    found
}

/// A day that begins at word `at`, and the word after it.
fn day_at(line: &str, words: &[Word], at: usize, lexicon: &PageLexicon, order: Order) -> Option<(Date, usize)> {
    let word = &words[at];
    let first_char = word.folded.chars().next()?;
    if first_char.is_ascii_digit() {
        if let Some(found) = compact(&word.folded).or_else(|| with_signs(&word.folded)) {
            return Some((found, at + 1));
        }
        let number = leading_number(&word.folded)?;
        if word.folded.len() == 4 && YEARS.contains(&number) {
            // 2025-03-20, 2025/3/20, 2025.03.20
            let [month, day] = [words.get(at + 1)?, words.get(at + 2)?];
            let joined = joins(line, word, month, "-/.") && joins(line, month, day, "-/.");
            let day_number = leading_number(day.folded.split('t').next()?)?;
            let date = make(number, whole_number(&month.folded)?, day_number)?;
            return joined.then_some((date, at + 3));
        }
        if number > 31 {
            return None;
        }
        let second = words.get(at + 1)?;
        if let (Some(month), Some(year)) = (whole_number(&second.folded), words.get(at + 2).and_then(year_of)) {
            let joined = joins(line, word, second, "/.-") && joins(line, second, &words[at + 2], "/.-");
            let date = match (number, month) {
                (1..=12, 13..=31) => make(year, number, month),
                (1..=12, 1..=12) if number != month && order == Order::Unknown => None,
                _ => make(year, month, number),
            };
            return joined.then_some((date?, at + 3));
        }
        if order == Order::DayFirst
            && let Some(date) = short_year(line, words, at, number)
        {
            return Some((date, at + 3));
        }
        // 20 March 2025, 20 de marzo de 2025: at most one short word between
        let (month, mut next) = month_near(words, at + 1, lexicon)?;
        if words.get(next).is_some_and(|w| w.folded.len() <= 3 && !w.folded.starts_with(|c: char| c.is_ascii_digit())) {
            next += 1;
        }
        let year = words.get(next).and_then(year_of)?;
        let near = line.get(word.end..words[next].start)?.chars().count() <= 24;
        return near.then_some((make(year, i16::from(month), number)?, next + 1));
    }
    // March 20, 2025
    let month = month_of(&word.folded, lexicon)?;
    let day = leading_number(&words.get(at + 1)?.folded).filter(|n| (1..=31).contains(n))?;
    let year = words.get(at + 2).and_then(year_of)?;
    let near = line.get(word.end..words[at + 2].start)?.chars().count() <= 10;
    near.then_some((make(year, i16::from(month), day)?, at + 3))
}

/// The time that stands shortly after a day, with its zone, and the word after them.
fn time_after(
    line: &str,
    words: &[Word],
    first: usize,
    next: usize,
    lexicon: &PageLexicon,
) -> Option<(Time, Option<String>, usize)> {
    // '2025-03-20T18:25': the hour stands in the word of the day
    let last = &words[next - 1];
    if next - first == 3
        && let Some((_, hour)) = last.folded.split_once('t')
        && !hour.is_empty()
    {
        let hour_word = Word { start: last.end - hour.len(), end: last.end, folded: hour.to_owned() };
        let mut rest = vec![hour_word];
        rest.extend(words[next..].iter().take(6).cloned());
        let (time, zone, used) = time_at(line, &rest, 0, lexicon)?;
        return Some((time, zone, next - 1 + used));
    }
    for at in next..(next + 5).min(words.len()) {
        let word = &words[at];
        let gap = line.get(last.end..word.start)?;
        if gap.chars().count() > 26 || gap.contains([';', '(']) || gap.contains('.') && gap.chars().count() > 8 {
            return None;
        }
        if word.folded.starts_with(|c: char| c.is_ascii_digit()) {
            return time_at(line, words, at, lexicon);
        }
    }
    None
}

/// The time that stands right before a day: '10:25 WIB, 30 Juni 2024'.
fn time_before(
    line: &str,
    words: &[Word],
    day: usize,
    free: usize,
    lexicon: &PageLexicon,
) -> Option<(Time, Option<String>, usize)> {
    for at in (day.saturating_sub(4)..day).filter(|&at| words[at].start >= free) {
        if let Some((time, zone, next)) = time_at(line, words, at, lexicon)
            && next <= day
            && line.get(words[next - 1].end..words[day].start).is_some_and(|gap| gap.chars().count() <= 12)
        {
            return Some((time, zone, at));
        }
    }
    None
}

/// A time that begins at word `at`: hours and minutes, seconds, half of the day, zone.
fn time_at(line: &str, words: &[Word], at: usize, lexicon: &PageLexicon) -> Option<(Time, Option<String>, usize)> {
    let hour_word = words.get(at)?;
    let mut hour = leading_number(&hour_word.folded)?;
    let mut next = at + 1;
    let mut suffix = hour_word.folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let (mut minute, mut second) = (None, 0);
    if suffix.is_empty()
        && let Some(word) = words.get(next)
        && joins(line, hour_word, word, ":.")
    {
        minute = two_digits(&word.folded);
        suffix = minute.map_or("", |_| word.folded.get(2..).unwrap_or(""));
        next += usize::from(minute.is_some());
        if suffix.is_empty()
            && minute.is_some()
            && let Some(word) = words.get(next)
            && joins(line, &words[next - 1], word, ":")
            && let Some(value) = two_digits(&word.folded)
        {
            second = value;
            suffix = word.folded.get(2..).unwrap_or("");
            next += 1;
            // parts of a second
            let digits = |w: &Word| w.folded.trim_end_matches('z').bytes().all(|b| b.is_ascii_digit());
            if suffix.is_empty() && words.get(next).is_some_and(|w| joins(line, &words[next - 1], w, ".") && digits(w))
            {
                suffix = if words[next].folded.ends_with('z') { "z" } else { "" };
                next += 1;
            }
        }
    } else if let Some(rest) = suffix.strip_prefix('h') {
        minute = two_digits(rest);
        suffix = "";
    }
    let mut zone = (suffix == "z").then(|| "+00:00".to_owned());
    let mut half = half_of_day(suffix, lexicon);
    if half.is_none() && suffix.is_empty() {
        for (len, kind) in lexicon.at(words, next) {
            if kind == Kind::AM || kind == Kind::PM {
                half = Some(kind);
                next += len;
                break;
            }
        }
    }
    if minute.is_none() && half.is_none() {
        return None;
    }
    match half {
        Some(Kind::PM) if hour < 12 => hour += 12,
        Some(Kind::AM) if hour == 12 => hour = 0,
        _ => {}
    }
    if zone.is_none()
        && let Some((found, after)) = zone_at(line, words, next, lexicon)
    {
        zone = Some(found);
        next = after;
    }
    let time = Time::new(i8::try_from(hour).ok()?, minute.unwrap_or(0), second, 0).ok()?;
    Some((time, zone, next))
}

/// A zone right after word `next - 1`: an abbreviation of the packs, an offset, a name of the zone data base.
fn zone_at(line: &str, words: &[Word], next: usize, lexicon: &PageLexicon) -> Option<(String, usize)> {
    let before = words.get(next.checked_sub(1)?)?;
    let word = words.get(next)?;
    let gap = line.get(before.end..word.start)?;
    if let Some(sign) = gap.trim_start().chars().next().filter(|c| matches!(c, '+' | '-' | '−'))
        && gap.trim().chars().count() == 1
        && gap.ends_with(sign)
    {
        return offset_at(line, words, next, sign);
    }
    if gap.chars().count() > 3 {
        return None;
    }
    if let Some(offset) = lexicon.zone(&word.folded) {
        // 'GMT+7', 'UTC+08:00'
        let sign = line.get(word.end..)?.chars().next().filter(|c| matches!(c, '+' | '-' | '−'));
        if offset == "+00:00"
            && let Some(sign) = sign
            && let Some(found) = offset_at(line, words, next + 1, sign)
        {
            return Some(found);
        }
        return Some((offset.to_owned(), next + 1));
    }
    let second = words.get(next + 1)?;
    if line.get(word.end..second.start)? == "/" {
        let end = line[second.end..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '/')))
            .map_or(line.len(), |n| second.end + n);
        let name = &line[word.start..end];
        TimeZone::get(name).ok()?;
        let after = words.iter().position(|w| w.start >= end).unwrap_or(words.len());
        return Some((name.to_owned(), after));
    }
    None
}

/// `7`, `07`, `0700`, `07:00` as an offset of this sign.
fn offset_at(line: &str, words: &[Word], at: usize, sign: char) -> Option<(String, usize)> {
    let word = words.get(at)?;
    if !word.folded.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes, next) = match word.folded.len() {
        4 => (&word.folded[..2], &word.folded[2..], at + 1),
        1 | 2 => match words.get(at + 1) {
            Some(m) if joins(line, word, m, ":") && m.folded.len() == 2 => (&word.folded[..], &m.folded[..], at + 2),
            _ => (&word.folded[..], "00", at + 1),
        },
        _ => return None,
    };
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sign = if sign == '+' { '+' } else { '-' };
    (hours <= 14 && minutes < 60).then(|| (format!("{sign}{hours:02}:{minutes:02}"), next))
}

/// RFC 3339 of a local time in a zone, given as an offset or by name.
fn instant(date: Date, time: Time, zone: &str) -> String {
    let local = date.to_datetime(time);
    let offset = if let Some(parts) = zone.strip_prefix(['+', '-']) {
        let seconds =
            parts.split_once(':').and_then(|(h, m)| Some(h.parse::<i32>().ok()? * 3600 + m.parse::<i32>().ok()? * 60));
        seconds.and_then(|s| Offset::from_seconds(if zone.starts_with('-') { -s } else { s }).ok())
    } else {
        TimeZone::get(zone).ok().and_then(|tz| tz.to_zoned(local).ok()).map(|zoned| zoned.offset())
    };
    match offset {
        Some(offset) => {
            let seconds = offset.seconds();
            let (sign, size) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
            format!("{local}{sign}{:02}:{:02}", size / 3600, size % 3600 / 60)
        }
        None => date.to_string(),
    }
}

/// `20/03/25`, where days come first.
fn short_year(line: &str, words: &[Word], at: usize, day: i16) -> Option<Date> {
    let [month, year] = [words.get(at + 1)?, words.get(at + 2)?];
    let joined = joins(line, &words[at], month, "/") && joins(line, month, year, "/");
    let ended = words.get(at + 3).is_none_or(|w| !joins(line, year, w, "/"));
    if !joined || !ended || year.folded.len() != 2 {
        return None;
    }
    let year = whole_number(&year.folded).filter(|y| (0..=49).contains(y))?;
    make(2000 + year, whole_number(&month.folded)?, day)
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

fn month_of(folded: &str, lexicon: &PageLexicon) -> Option<i8> {
    (1..=12).find(|&m| lexicon.is(folded, Kind::month_kind(m)))
}

/// The month at `at`, or behind one short word ('of', 'de').
fn month_near(words: &[Word], at: usize, lexicon: &PageLexicon) -> Option<(i8, usize)> {
    let word = words.get(at)?;
    if let Some(month) = month_of(&word.folded, lexicon) {
        return Some((month, at + 1));
    }
    if word.folded.chars().count() > 3 {
        return None;
    }
    month_of(&words.get(at + 1)?.folded, lexicon).map(|month| (month, at + 2))
}

fn year_of(word: &Word) -> Option<i16> {
    let folded = word.folded.split('t').next()?;
    (folded.len() == 4).then(|| whole_number(folded)).flatten().filter(|y| YEARS.contains(y))
}

/// The number before at most two letters ('21st', '1er', '9am').
fn leading_number(folded: &str) -> Option<i16> {
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 || folded[digits..].chars().count() > 5 {
        return None;
    }
    folded[..digits].parse().ok()
}

fn whole_number(folded: &str) -> Option<i16> {
    folded.bytes().all(|b| b.is_ascii_digit()).then(|| folded.parse().ok()).flatten()
}

/// Two digits, and what follows them is no digit.
fn two_digits(folded: &str) -> Option<i8> {
    let bytes = folded.as_bytes();
    let two = bytes.len() >= 2 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_digit();
    let more = bytes.get(2).is_some_and(u8::is_ascii_digit);
    (two && !more).then(|| folded[..2].parse().ok()).flatten().filter(|n| *n < 60)
}

fn half_of_day(suffix: &str, lexicon: &PageLexicon) -> Option<Kind> {
    [Kind::AM, Kind::PM].into_iter().find(|&kind| !suffix.is_empty() && lexicon.is(suffix, kind))
}

/// Whether exactly one character of `marks` stands between two words.
fn joins(line: &str, left: &Word, right: &Word, marks: &str) -> bool {
    line.get(left.end..right.start).is_some_and(|gap| gap.len() == 1 && marks.contains(gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    fn first(text: &str) -> Option<String> {
        find(text, &lexicon(), Order::DayFirst).into_iter().next().map(|f| f.value)
    }

    #[test]
    fn dates_are_read_as_newsrooms_write_them() {
        let cases = [
            ("2025-03-20T18:25:00+07:00", "2025-03-20T18:25:00+07:00"),
            ("2025-03-20T18:25:00.123Z", "2025-03-20T18:25:00+00:00"),
            ("2025-03-20T18:25:00+0700", "2025-03-20T18:25:00+07:00"),
            ("2025-03-20 18:25:00", "2025-03-20"),
            ("2025-03-20", "2025-03-20"),
            ("Sun, 30 Jun 2024 03:25:09 GMT", "2024-06-30T03:25:09+00:00"),
            ("Jun 30, 2024 10:25 Asia/Jakarta", "2024-06-30T10:25:00+07:00"),
            ("Senin, 17 Maret 2025 16:42 WIB", "2025-03-17T16:42:00+07:00"),
            ("Kamis, 20 Maret 2025 | 18.25 WIB", "2025-03-20T18:25:00+07:00"),
            ("20 Marzo 2025 alle 11:38", "2025-03-20"),
            ("19 marzo 2025, ore 7:55", "2025-03-19"),
            ("Published 18 March 2025, 9.40pm SGT", "2025-03-18T21:40:00+08:00"),
            ("March 3rd, 2025 at 7 p.m. EST", "2025-03-03T19:00:00-05:00"),
            ("10:25 WIB, 30 Juni 2024", "2024-06-30T10:25:00+07:00"),
            ("21/3/2025 07:15", "2025-03-21"),
            ("20 de marzo de 2025 a las 10:30 CET", "2025-03-20T10:30:00+01:00"),
            ("20 марта 2025 г., 14:05 МСК", "2025-03-20T14:05:00+03:00"),
            ("20 Mart 2025 Perşembe 14:30", "2025-03-20"),
            ("20/03/25 14:30", "2025-03-20"),
            ("2025年3月20日", "2025-03-20"),
            ("٢٠ مارس ٢٠٢٥", "2025-03-20"),
            ("12 HAZİRAN 2025", "2025-06-12"),
            ("3 KASIM 2025", "2025-11-03"),
            ("20 mar 2025", "2025-03-20"),
            ("5 sierpnia 2025", "2025-08-05"),
            ("5 sie 2025", "2025-08-05"),
            ("7 лют. 2025", "2025-02-07"),
            ("03.04.2025", "2025-04-03"),
            ("1 gennaio 2024 12:05 GMT+1", "2024-01-01T12:05:00+01:00"),
        ];
        for (text, value) in cases {
            assert_eq!(first(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates_are_left() {
        for text in ["2014, an ill year", "about 138 000 cubic metres", "31/31/2025", "10 May", "Boeing 737 2024"] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn digits_that_read_two_ways_are_unknown_without_an_order() {
        assert_eq!(find("3/4/2025", &lexicon(), Order::Unknown), []);
        assert_eq!(find("3/14/2025", &lexicon(), Order::Unknown)[0].value, "2025-03-14");
    }

    #[test]
    fn two_dates_of_a_line_are_both_found() {
        let found = find("Published 3 May 2024 10:00, updated 4 May 2024", &lexicon(), Order::DayFirst);
        assert_eq!(found.len(), 2);
    }
}
