//! How values read in English: dates, languages, labels, numbers.

use maud::{Markup, html};
use sumber::wire;

use super::graph::EdgeKind;
use crate::headline;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Names of the languages that reports meet most; others show their tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("de", "German"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("ms", "Malay"),
    ("nl", "Dutch"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("zh", "Chinese"),
];

/// English name of a language, or its tag.
pub fn language(tag: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name)
}

/// Whether a language is written from right to left.
pub fn direction(tag: Option<&str>) -> &'static str {
    match tag {
        Some("ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi") => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// Whether a label's first letter is of a right-to-left script.
pub fn is_right_to_left(text: &str) -> bool {
    let strong = |c: &char| c.is_alphabetic();
    text.chars().find(strong).is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// `2025-03-17T…` as parts; `None` where it is no ISO date.
fn parts(date: &str) -> Option<(u32, Option<usize>, Option<u32>)> {
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = date.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let year = number(0..4)?;
    let rest = &date.as_bytes()[4..];
    match rest {
        [] => Some((year, None, None)),
        [b'-', _, _, ..] => {
            let month = number(5..7).filter(|month| (1..=12).contains(month))? as usize;
            match &date.as_bytes()[7..] {
                [] => Some((year, Some(month), None)),
                [b'-', _, _, ..] => Some((year, Some(month), Some(number(8..10)?))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Day and month, without the year: for narrow places.
pub fn short_date(date: &str) -> String {
    match parts(date) {
        Some((_, Some(month), Some(day))) => format!("{day} {}", MONTHS[month - 1]),
        _ => long_date(date),
    }
}

/// Day, month and year, as far as they are known; anything else as it stands.
pub fn long_date(date: &str) -> String {
    if let Some((from, to)) = date.split_once('/') {
        return format!("{} to {}", long_date(from), long_date(to));
    }
    match parts(date) {
        Some((year, Some(month), Some(day))) => format!("{day} {} {year}", MONTHS[month - 1]),
        Some((year, Some(month), None)) => format!("{} {year}", MONTHS[month - 1]),
        Some((year, ..)) => year.to_string(),
        None => date.to_owned(),
    }
}

/// A date with its clock time and zone, where the page gives one.
pub fn exact_date(date: &str) -> String {
    let day = long_date(date);
    match date.split_once('T').filter(|_| parts(date).is_some()) {
        None => day,
        Some((_, time)) => {
            let (clock, zone) = match time.find(['+', '-', 'Z']) {
                Some(at) => time.split_at(at),
                None => (time, ""),
            };
            let clock = clock.get(..5).unwrap_or(clock);
            let zone = if zone == "Z" { "UTC" } else { zone };
            format!("{day}, {clock} {zone}").trim_end().to_owned()
        }
    }
}

/// The day alone, for comparing and grouping.
pub fn day(date: &str) -> &str {
    date.split_once('T').map_or(date, |(day, _)| day)
}

/// A date as an element that machines read too.
pub fn time(date: &str, shown: &str) -> Markup {
    html! {
        @if parts(date).is_some() && !date.contains('/') {
            time datetime=(date) { (shown) }
        } @else {
            (shown)
        }
    }
}

/// `1 claim`, `2 claims`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Number of independent origins as a range, and the word beside it.
pub fn origins(claim: &wire::Claim) -> (String, &'static str) {
    let [least, most] = claim.independent_range;
    match (least, most) {
        (0, 0) => ("?".to_owned(), "origin unknown"),
        (1, 1) => ("1".to_owned(), "origin"),
        (least, most) if least >= most => (least.to_string(), "origins"),
        (least, most) => (format!("{least}–{most}"), "origins"),
    }
}

/// What a link is called.
pub fn link_name(link: &wire::Link) -> &str {
    if !link.text.trim().is_empty() {
        return link.text.trim();
    }
    link.names.first().map_or("unnamed", |name| name.as_str())
}

/// Kind and country of a link.
pub fn link_note(link: &wire::Link) -> String {
    let kind = match link.kind.as_str() {
        "anonymous" => "unnamed",
        "body" => "body",
        "document" => "document",
        "medium" => "medium",
        "person" => "person",
        other => other,
    };
    let mut note = kind.to_owned();
    if let Some(count) = link.count.filter(|_| link.kind == "anonymous") {
        note.push_str(&format!(", {count}"));
    }
    if let Some(country) = &link.country {
        note.push_str(&format!(" · {country}"));
    }
    note
}

/// What an arrow means.
pub fn edge(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Cites => "told it to, or is cited by",
        EdgeKind::Copies => "copied or rewritten by",
        EdgeKind::Translates => "translated by",
        EdgeKind::Denies => "denies it in",
        EdgeKind::Circle => "comes back: circular reporting",
    }
}

/// How a copy was made, after the copy's name.
pub fn relation(relation: &str) -> &str {
    match relation {
        "verbatim" => "copy of",
        "rewrite" => "rewritten from",
        "translation" => "translated from",
        other => other,
    }
}

/// How a statement is worded and what its source holds of it.
pub fn manner(statement: &wire::Statement) -> String {
    let kind = match statement.kind.as_str() {
        "direct" => "quoted",
        "indirect" => "reported",
        "mixed" => "partly quoted",
        other => other,
    };
    match statement.stance.as_str() {
        "denies" => format!("denies, {kind}"),
        "declines" => "declines to say".to_owned(),
        _ => kind.to_owned(),
    }
}

/// What a change is about.
pub fn change(what: &str) -> &str {
    match what {
        "number" => "Number",
        "name" => "Name",
        "date" => "Date",
        "hedge" => "Certainty",
        "source" => "Source",
        other => other,
    }
}

/// `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// What stands before and after a range on its line, cut at words, with a mark where more was.
pub fn around(text: &str, range: std::ops::Range<usize>, most: usize) -> (String, String) {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let before = &text[line_start..range.start];
    let head = match before.char_indices().rev().nth(most) {
        None => before.to_owned(),
        Some((at, _)) => {
            let tail = &before[at..];
            format!("… {}", tail.find(char::is_whitespace).map_or(tail, |space| tail[space..].trim_start()))
        }
    };
    (head, headline::cut(&text[range.end..line_end], most))
}
