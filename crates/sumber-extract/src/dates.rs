//! Dates in metadata and in text: ISO 8601, days with the packs' months, days in digits.
//!
//! A time without a zone is no point in time: it is left out and the day stays.

use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::days::{YEARS, day_at, joins, leading_number};
use crate::words::{Kind, LanguageNumber, PageLexicon, Word, words_of};

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
pub enum Digits {
    /// 3/4/2025 is in April.
    DayFirst,
    /// 3/4/2025 is in March.
    MonthFirst,
    /// 3/4/2025 cannot be told.
    Unknown,
}

/// How a page writes dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// In digits.
    pub digits: Digits,
    /// The language whose names of months hold where two languages differ.
    pub language: Option<LanguageNumber>,
}

impl Order {
    /// Days first, in whatever language.
    pub const DAY_FIRST: Order = Order { digits: Digits::DayFirst, language: None };
    /// Months first.
    pub const MONTH_FIRST: Order = Order { digits: Digits::MonthFirst, language: None };
    /// Nothing is known.
    pub const UNKNOWN: Order = Order { digits: Digits::Unknown, language: None };
}

/// How a text writes dates in digits, told by dates that read one way only: '25/3/2025' shows that
/// '3/4/2025' beside it is in April. Unknown where the text shows both orders, or none.
pub fn order_shown(text: &str) -> Order {
    let (mut day_first, mut month_first) = (false, false);
    for token in text.split(|c: char| !(c.is_ascii_digit() || c == '/')).filter(|t| (8..=10).contains(&t.len())) {
        let mut numbers = token.split('/').map(str::parse::<i16>);
        if let (Some(Ok(a)), Some(Ok(b)), Some(Ok(year)), None) =
            (numbers.next(), numbers.next(), numbers.next(), numbers.next())
            && YEARS.contains(&year)
        {
            day_first |= (13..=31).contains(&a) && (1..=12).contains(&b);
            month_first |= (13..=31).contains(&b) && (1..=12).contains(&a);
        }
    }
    match (day_first, month_first) {
        (true, false) => Order::DAY_FIRST,
        (false, true) => Order::MONTH_FIRST,
        _ => Order::UNKNOWN,
    }
}

/// The first date of a text, for metadata.
pub fn parse(text: &str, lexicon: &PageLexicon) -> Option<String> {
    let text: &str = text.get(..text.len().min(200)).unwrap_or(text);
    find(text, lexicon, Order::UNKNOWN).into_iter().next().map(|found| found.value)
}

/// An instant written as the seconds or milliseconds since 1970.
pub fn of_clock(text: &str) -> Option<String> {
    let text = text.trim();
    let seconds = match (text.len(), text.parse::<i64>().ok()?) {
        (10, seconds) => seconds,
        (13, milliseconds) => milliseconds / 1000,
        _ => return None,
    };
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(format!("{}+00:00", time.to_zoned(TimeZone::UTC).datetime()))
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
    if !words.iter().any(|word| word.folded.bytes().any(|b| b.is_ascii_digit())) {
        return found;
    }
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
    let phrase =
        lexicon.at(words, next).filter(|(len, kind)| *kind == Kind::ZONE && *len > 1).map(|(len, _)| len).max();
    if let Some(len) = phrase {
        let name: Vec<&str> = words[next..next + len].iter().map(|w| w.folded.as_str()).collect();
        return Some((lexicon.zone(&name.join(" "))?.to_owned(), next + len));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    fn first(text: &str) -> Option<String> {
        find(text, &lexicon(), Order::DAY_FIRST).into_iter().next().map(|f| f.value)
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
            ("20.03.25 14:30", "2025-03-20"),
            ("الخميس 20 آذار/مارس 2025 - 14:30 بتوقيت غرينتش", "2025-03-20T14:30:00+00:00"),
            ("٣ أيار ٢٠٢٥ الساعة ١٤:٣٠", "2025-05-03"),
            ("پنجشنبه ۳۰ اسفند ۱۴۰۳ - ۱۴:۳۰", "2025-03-20"),
            ("۱۴۰۴/۰۱/۰۱ ۰۸:۱۵", "2025-03-21"),
            ("یکشنبه 28 مهر 1403", "2024-10-19"),
            ("יום חמישי, 20 במרץ 2025, 14:30", "2025-03-20"),
            ("20 Haziran 2025 Cuma, 14:30", "2025-06-20"),
            ("20 марта 2025, 14:05 по московскому времени", "2025-03-20T14:05:00+03:00"),
            ("2025. március 20., csütörtök", "2025-03-20"),
            ("2025 m. kovo 20 d. 14:30", "2025-03-20"),
            ("2025. gada 20. marts", "2025-03-20"),
            ("Pirmadienis, 2025 m. gegužės 5 d.", "2025-05-05"),
            ("20. března 2025", "2025-03-20"),
            ("20. maaliskuuta 2025", "2025-03-20"),
            ("20 Μαρτίου 2025", "2025-03-20"),
            ("20 tháng 3 năm 2025", "2025-03-20"),
            ("15 มีนาคม 2568 เวลา 14:30 น.", "2025-03-15"),
            ("२० मार्च २०२५", "2025-03-20"),
            ("20 de maio de 2025, 10h30", "2025-05-20"),
            ("le 20 août 2025 à 14h30", "2025-08-20"),
            ("2025년 3월 20일 오후 2:30", "2025-03-20"),
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
        assert_eq!(find("3/4/2025", &lexicon(), Order::UNKNOWN), []);
        assert_eq!(find("3/14/2025", &lexicon(), Order::UNKNOWN)[0].value, "2025-03-14");
        assert_eq!(find("3.4.2025", &lexicon(), Order::UNKNOWN)[0].value, "2025-04-03");
        assert_eq!(find("3/4/25", &lexicon(), Order::MONTH_FIRST)[0].value, "2025-03-04");
        assert_eq!(order_shown("on 3/4/2025 and 25/3/2025"), Order::DAY_FIRST);
        assert_eq!(order_shown("on 3/4/2025 and 3/25/2025"), Order::MONTH_FIRST);
        assert_eq!(order_shown("on 25/3/2025 and 3/25/2025"), Order::UNKNOWN);
        assert_eq!(order_shown("https://x.example/2025/3/25/1/2"), Order::UNKNOWN);
    }

    #[test]
    fn a_name_of_two_months_needs_its_language() {
        let lexicon = lexicon();
        let day = |tag: Option<&str>| {
            let order = lexicon.order(tag, "");
            find("20. listopada 2025.", &lexicon, order).into_iter().next().map(|f| f.value)
        };
        assert_eq!(day(Some("hr-HR")).as_deref(), Some("2025-10-20"));
        assert_eq!(day(Some("pl")).as_deref(), Some("2025-11-20"));
        assert_eq!(day(None), None);
    }

    #[test]
    fn the_countries_of_a_language_differ_in_digits() {
        let lexicon = lexicon();
        assert_eq!(lexicon.order(Some("en-GB"), "").digits, Digits::DayFirst);
        assert_eq!(lexicon.order(Some("en-US"), "").digits, Digits::Unknown);
        assert_eq!(lexicon.order(Some("en-US"), "Published 3/25/2025").digits, Digits::MonthFirst);
        assert_eq!(lexicon.order(None, "سفينة تنتظر خارج الميناء").digits, Digits::DayFirst);
    }

    #[test]
    fn two_dates_of_a_line_are_both_found() {
        let found = find("Published 3 May 2024 10:00, updated 4 May 2024", &lexicon(), Order::DAY_FIRST);
        assert_eq!(found.len(), 2);
    }
}
