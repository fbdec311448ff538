//! Looking things up in a trace: articles by id, words by place, dates for people.

use std::collections::BTreeMap;
use std::path::Path;

use sumber::wire::{Article, Claim, Event, Member, Place, Statement, Trace};

/// A trace with its articles by id.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The trace.
    pub trace: &'a Trace,
    articles: BTreeMap<&'a str, &'a Article>,
}

impl<'a> Known<'a> {
    /// Indexes a trace.
    pub fn new(trace: &'a Trace) -> Known<'a> {
        Known { trace, articles: trace.articles.iter().map(|article| (article.page.id.as_str(), article)).collect() }
    }

    /// An article by id; `None` in a broken trace.
    pub fn article(&self, id: &str) -> Option<&'a Article> {
        self.articles.get(id).copied()
    }

    /// The article and, if it is one, the statement of a member.
    pub fn member(&self, member: &Member) -> Option<(&'a Article, Option<&'a Statement>)> {
        let article = self.article(&member.article)?;
        Some((article, member.statement.as_deref().and_then(|id| statement(article, id))))
    }

    /// What a member asserts, in the article's words.
    pub fn words_of(&self, member: &Member) -> String {
        match self.member(member) {
            Some((article, Some(statement))) => content(article, statement),
            _ => member.text.clone().unwrap_or_default(),
        }
    }

    /// The articles that make a claim, each once, in order of its members.
    pub fn articles_of(&self, claim: &Claim) -> Vec<&'a Article> {
        let mut articles: Vec<&Article> = Vec::new();
        for article in claim.members.iter().filter_map(|member| self.article(&member.article)) {
            if !articles.iter().any(|other| other.page.id == article.page.id) {
                articles.push(article);
            }
        }
        articles
    }
}

/// A statement of an article by its id.
pub fn statement<'a>(article: &'a Article, id: &str) -> Option<&'a Statement> {
    article.statements.iter().find(|statement| statement.id == id)
}

/// The words at a place; what lies outside of the text is left out.
pub fn words(text: &str, place: Place) -> &str {
    let (from, to) = bytes(text, place);
    &text[from..to]
}

/// The place in bytes.
pub fn bytes(text: &str, place: Place) -> (usize, usize) {
    let mut starts = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
    let from = starts.nth(place.start as usize).unwrap_or(text.len());
    let to = match place.end.checked_sub(place.start.saturating_add(1)) {
        Some(more) => starts.nth(more as usize).unwrap_or(text.len()),
        None => from,
    };
    (from, to)
}

/// What a statement says, its parts joined.
pub fn content(article: &Article, statement: &Statement) -> String {
    let parts: Vec<&str> = statement.content.iter().map(|place| words(&article.page.text, *place)).collect();
    parts.join(" … ")
}

/// The sentence around a place: what lies between the ends of sentences next to it. Only for
/// showing; the analysis has its own sentences.
pub fn sentence(text: &str, place: Place) -> (usize, usize) {
    let (from, to) = bytes(text, place);
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '。' | '؟' | '\n');
    let start = text[..from]
        .char_indices()
        .rev()
        .find(|(at, c)| *c == '\n' || (ends(*c) && text[at + c.len_utf8()..].starts_with([' ', '\n'])))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[to..]
        .char_indices()
        .find(|(at, c)| {
            *c == '\n' || (ends(*c) && text[to + at + c.len_utf8()..].starts_with([' ', '\n', '"', '”', '»']))
        })
        .map_or(text.len(), |(at, c)| to + at + if c == '\n' { 0 } else { c.len_utf8() });
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    (start.min(from), end.max(to))
}

/// What to call an article's publisher: its name, else its domain, else the file's name.
pub fn outlet(article: &Article) -> String {
    match &article.page.outlet {
        Some(outlet) if !outlet.name.is_empty() => outlet.name.clone(),
        Some(outlet) if outlet.domain.is_some() => outlet.domain.clone().unwrap_or_default(),
        _ => stem(article).to_owned(),
    }
}

/// The name of an article's file without folder and ending: short, and accepted by `sumber why`.
pub fn stem(article: &Article) -> &str {
    Path::new(&article.page.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&article.page.path)
}

/// Who the event is according to, if not the article itself.
pub fn event_source<'a>(article: &'a Article, event: &Event) -> Option<&'a str> {
    let statement = statement(article, event.statement.as_deref()?)?;
    statement.chain.last().map(|link| link.text.as_str())
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date for people: '7 Aug 2024', 'Aug 2024', '2024', '7 Aug 2024 to 9 Aug 2024'.
pub fn day(iso: &str) -> String {
    if let Some((from, to)) = iso.split_once('/') {
        return format!("{} to {}", day(from), day(to));
    }
    let date = iso.split_once('T').map_or(iso, |(date, _)| date);
    let mut parts = date.splitn(3, '-');
    let (year, month, number) = (parts.next().unwrap_or(date), parts.next(), parts.next());
    let name = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (name, number) {
        (Some(name), Some(number)) => format!("{} {name} {year}", number.trim_start_matches('0')),
        (Some(name), None) => format!("{name} {year}"),
        _ => date.to_owned(),
    }
}

/// The same without the year, for lines below one that tells it.
pub fn short_day(iso: &str) -> String {
    let long = day(iso);
    long.rsplit_once(' ')
        .filter(|(before, _)| before.contains(' '))
        .map_or(long.clone(), |(before, _)| before.to_owned())
}

/// Day and time with its zone, where the page tells.
pub fn moment(iso: &str) -> String {
    match iso.split_once('T') {
        Some((_, time)) if time.len() >= 5 && time.is_ascii() => {
            let zone = time.find(['+', '-', 'Z']).map_or("", |at| &time[at..]);
            format!("{} {} {zone}", day(iso), &time[..5]).trim_end().to_owned()
        }
        _ => day(iso),
    }
}

/// First and last day of some dates: '17 to 22 Mar 2025'.
pub fn period<'a>(dates: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut days: Vec<&str> = dates.map(|iso| iso.get(..10).unwrap_or(iso)).collect();
    days.sort_unstable();
    let (first, last) = (days.first()?, days.last()?);
    if first == last {
        return Some(day(first));
    }
    let begin = match (first.get(..7) == last.get(..7), first.get(..4) == last.get(..4)) {
        (true, _) => first.get(8..10).map_or_else(|| day(first), |d| d.trim_start_matches('0').to_owned()),
        (false, true) => short_day(first),
        _ => day(first),
    };
    Some(format!("{begin} to {}", day(last)))
}

/// '1 article', '2 articles'.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_for_people() {
        assert_eq!(day("2024-08-07"), "7 Aug 2024");
        assert_eq!(day("2024-08-07T10:25:00+07:00"), "7 Aug 2024");
        assert_eq!(day("2024-08"), "Aug 2024");
        assert_eq!(day("2024"), "2024");
        assert_eq!(day("2024-08-07/2024-08-09"), "7 Aug 2024 to 9 Aug 2024");
        assert_eq!(short_day("2024-08-07"), "7 Aug");
        assert_eq!(moment("2024-08-07T10:25:00+07:00"), "7 Aug 2024 10:25 +07:00");
    }

    #[test]
    fn a_period_repeats_nothing() {
        assert_eq!(period(["2025-03-22", "2025-03-17T01:00:00Z"].into_iter()).unwrap(), "17 to 22 Mar 2025");
        assert_eq!(period(["2025-03-31", "2025-04-01"].into_iter()).unwrap(), "31 Mar to 1 Apr 2025");
        assert_eq!(period(["2024-12-31", "2025-01-01"].into_iter()).unwrap(), "31 Dec 2024 to 1 Jan 2025");
        assert_eq!(period(["2025-01-01"].into_iter()).unwrap(), "1 Jan 2025");
        assert_eq!(period(std::iter::empty()), None);
    }

    #[test]
    fn places_count_code_points() {
        assert_eq!(words("è vero", Place { start: 2, end: 6 }), "vero");
        assert_eq!(words("è", Place { start: 0, end: 99 }), "è");
        assert_eq!(words("è", Place { start: 5, end: 9 }), "");
        assert_eq!(words("è", Place { start: 1, end: 1 }), "");
    }

    #[test]
    fn a_sentence_ends_at_stops_and_newlines() {
        let text = "Uno. Due tre 2.5 metri. Quattro\nCinque";
        let of = |start, end| {
            let (from, to) = sentence(text, Place { start, end });
            &text[from..to]
        };
        assert_eq!(of(9, 12), "Due tre 2.5 metri.");
        assert_eq!(of(0, 1), "Uno.");
        assert_eq!(of(24, 26), "Quattro");
        assert_eq!(of(33, 35), "Cinque");
    }
}
