//! Which of the dates that an HTML page tells is the day of publication: its metadata, what stands at
//! the headline, elements that are named for a date, and the address.
//!
//! Metadata goes first, for it has time and zone. What readers are shown is asked where there is none,
//! and where it tells more: a site builder writes the day of its last build as the day of publication,
//! and a clock in UTC is a day ahead of a newsroom west of it, or behind one east of it.

use dom_query::NodeRef;
use jiff::civil::{Date, Time};

use crate::beside::Others;
use crate::blocks::{self, Block};
use crate::byline;
use crate::dates::Order;
use crate::draft::{Dated, Draft};
use crate::line::Line;
use crate::noise::{self, Noise};
use crate::outlet;
use crate::words::{Kind, PageLexicon, key};

/// How many lines below a headline date and byline may stand.
const BELOW: usize = 12;
/// How many lines above it.
const ABOVE: usize = 2;
/// Longest block, in bytes, that is asked for a date where it does not stand near the headline.
pub const LONGEST: usize = 120;

/// Parts of names of classes of what holds the date of publication.
const DATED: &[&str] =
    &["date", "dateline", "datetime", "published", "publish", "posted", "pubdate", "timestamp", "time", "publication"];

/// A page by its blocks, with what is needed to read them as lines.
pub struct Shown<'a> {
    /// The root of the document.
    pub root: NodeRef<'a>,
    /// The blocks of the whole page.
    pub blocks: &'a [Block],
    /// The headlines that metadata and headings give.
    pub headlines: &'a [String],
    /// How the page writes days in digits.
    pub order: Order,
}

/// Dates and authors within a few lines of the headline; what is not there is empty.
pub fn near_headline(page: &Shown<'_>, lexicon: &PageLexicon) -> Draft {
    let mut found = Draft::default();
    let lines = |n: usize| blocks::lines_of(&page.blocks[n..=n], page.order, lexicon);
    // the headline stands in a menu path as well; the one above running text counts
    let is_running = |l: &Line| l.is_final() && l.words.len() >= 12 && noise::judge(l).is_none();
    // twelve words take more bytes than most entries of menus have
    let long = |n: &usize| page.blocks[*n].text.len() >= 24;
    let running = (0..page.blocks.len()).filter(long).find(|&n| lines(n).iter().any(is_running));
    let keys: Vec<String> = page.headlines.iter().map(|h| key(h)).filter(|k| !k.is_empty()).collect();
    let headings: Vec<usize> = (0..page.blocks.len()).filter(|&n| keys.contains(&key(&page.blocks[n].text))).collect();
    let above = running.and_then(|r| headings.iter().rposition(|&n| n < r)).map(|n| headings[n]);
    let mut places: Vec<usize> = above.into_iter().collect();
    places.extend(headings.iter().copied().filter(|&n| Some(n) != above));
    if places.is_empty() {
        places.extend(running.and_then(|r| r.checked_sub(6)));
    }
    for at in places {
        let below = (at + 1..page.blocks.len()).flat_map(lines).take(BELOW);
        let above = (0..at).rev().flat_map(|n| lines(n).into_iter().rev()).take(ABOVE);
        for line in below.chain(above) {
            if noise::judge(&line) == Some(Noise::Date) && found.published.is_none() && found.yearless.is_none() {
                found.add_date(&line);
                found.outlet = found.outlet.or_else(|| outlet::before_date(&line, lexicon));
                if found.authors.is_empty() {
                    found.add_authors(byline::beside_date(&line, lexicon).unwrap_or_default());
                }
            }
            if let Some(byline) = byline::read(&line, lexicon)
                && found.authors.is_empty()
            {
                found.sign(byline, false);
            }
        }
        if found.published.is_some() || found.modified.is_some() || found.yearless.is_some() {
            break;
        }
    }
    found
}

/// The dates of the date lines anywhere on the page, where they tell one day: those that a word names
/// as publication or change first, then those in an element that is named for a date, then all.
pub fn anywhere(page: &Shown<'_>, lexicon: &PageLexicon) -> Draft {
    let others = Others::of(&page.root);
    let short = |b: &&Block| b.text.len() <= LONGEST && b.text.chars().any(char::is_numeric);
    let lines: Vec<(&Block, Line)> = page
        .blocks
        .iter()
        .filter(short)
        .map(|b| (b, Line::new(&b.text, lexicon, page.order)))
        .filter(|(_, line)| noise::judge(line) == Some(Noise::Date))
        .filter(|(block, _)| !others.hold(&NodeRef::new(block.node, page.root.tree)))
        .collect();
    let named = |line: &Line| line.has.any(&[Kind::PUBLISHED, Kind::MODIFIED]);
    let dated = |block: &Block| {
        let node = NodeRef::new(block.node, page.root.tree);
        [Some(node), node.parent()].into_iter().flatten().any(|n| has_part(&n, DATED))
    };
    let of = |wanted: &dyn Fn(&Block, &Line) -> bool| {
        the_one_day(lines.iter().filter(|(block, line)| wanted(block, line)).map(|(_, line)| line))
    };
    [of(&|_, line| named(line)), of(&|block, _| dated(block)), of(&|_, _| true)].into_iter().fold(
        Draft::default(),
        |found, other| Draft {
            published: found.published.or(other.published),
            modified: found.modified.or(other.modified),
            yearless: found.yearless.or(other.yearless),
            ..Draft::default()
        },
    )
}

/// The one day of publication and the one day of change that date lines tell; nothing where they tell two.
fn the_one_day<'a>(lines: impl Iterator<Item = &'a Line>) -> Draft {
    let mut found = Draft::default();
    let mut several = (false, false, false);
    for line in lines {
        let mut dates = Draft::default();
        dates.add_date(line);
        several.0 |= !agree(&mut found.published, dates.published);
        several.1 |= !agree(&mut found.modified, dates.modified);
        match (&found.yearless, dates.yearless) {
            (Some((known, _)), Some((day, _))) => several.2 |= !known.is_day_of(&day),
            (None, day) => found.yearless = day,
            (_, None) => {}
        }
    }
    Draft {
        published: found.published.filter(|_| !several.0),
        modified: found.modified.filter(|_| !several.1),
        yearless: found.yearless.filter(|_| !several.2),
        ..Draft::default()
    }
}

/// Takes a date where none is known; whether it is of the day that is known.
fn agree(known: &mut Option<Dated>, date: Option<Dated>) -> bool {
    match (&*known, date) {
        (_, None) => true,
        (Some(known), Some(date)) => known.get(..10) == date.get(..10),
        (None, date) => {
            *known = date;
            true
        }
    }
}

/// The day of publication of a page whose metadata tell `told`, and `changed` for its last change, where
/// `shown` stands at the headline for all to read.
pub fn settle(told: Option<Dated>, changed: Option<&str>, shown: Option<&Dated>) -> Option<Dated> {
    let Some(told) = told else { return shown.cloned() };
    let Some(shown) = shown else { return Some(told) };
    let (Some(told_day), Some(shown_day)) = (day_of(&told), day_of(shown)) else { return Some(told) };
    let changed_day = changed.and_then(day_of);
    let built = changed_day.is_some_and(|changed| changed <= told_day);
    // readers may be shown the day of the last change
    let local = changed_day != Some(shown_day) && is_local_day(&told, told_day, shown_day);
    let theirs = shown_day < told_day && built || local;
    Some(if theirs { shown.clone() } else { told })
}

/// Whether an instant in UTC falls on the neighbouring day in a zone that people live in.
fn is_local_day(told: &str, told_day: Date, shown_day: Date) -> bool {
    let Some(time) = told.strip_suffix("+00:00").and_then(|t| t.get(11..)).and_then(|t| t.parse::<Time>().ok()) else {
        return false;
    };
    // twelve hours behind UTC to fourteen before it
    (told_day.yesterday().ok() == Some(shown_day) && time.hour() < 12)
        || (told_day.tomorrow().ok() == Some(shown_day) && time.hour() >= 10)
}

fn day_of(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

/// Whether a class or the id of an element has one of these parts: 'post-date', 'text__date'.
pub fn has_part(node: &NodeRef<'_>, parts: &[&str]) -> bool {
    ["class", "id"].iter().filter_map(|a| node.attr(a)).any(|names| {
        names
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| part.len() <= 12 && parts.contains(&part.to_ascii_lowercase().as_str()))
    })
}

#[cfg(test)]
mod tests {
    use sumber_core::DateSource;

    use super::*;

    fn settled(told: &str, changed: &str, shown: &str) -> String {
        let dated = |value: &str| Dated::new(value.to_owned(), DateSource::Line, None, value);
        settle(Some(dated(told)), Some(changed).filter(|c| !c.is_empty()), Some(&dated(shown))).unwrap().to_string()
    }

    #[test]
    fn the_day_of_a_build_gives_way_to_the_day_that_readers_see() {
        assert_eq!(settled("2025-06-24", "2025-06-24", "2024-08-25"), "2024-08-25");
        assert_eq!(settled("2025-06-24", "2025-06-20", "2024-08-25"), "2024-08-25");
        assert_eq!(settled("2025-06-24", "2025-07-02", "2024-08-25"), "2025-06-24");
        assert_eq!(settled("2025-06-24", "", "2024-08-25"), "2025-06-24");
        assert_eq!(settled("2024-08-25", "2024-08-25", "2025-06-24"), "2024-08-25");
    }

    #[test]
    fn an_instant_in_utc_falls_on_the_day_of_the_newsroom() {
        assert_eq!(settled("2025-12-19T02:41:41+00:00", "", "2025-12-18"), "2025-12-18");
        assert_eq!(settled("2025-12-18T22:10:00+00:00", "", "2025-12-19"), "2025-12-19");
        assert_eq!(settled("2025-12-19T15:41:41+00:00", "", "2025-12-18"), "2025-12-19T15:41:41+00:00");
        assert_eq!(settled("2025-12-19T02:41:41+07:00", "", "2025-12-18"), "2025-12-19T02:41:41+07:00");
        assert_eq!(settled("2025-12-19T02:41:41+00:00", "", "2025-12-17"), "2025-12-19T02:41:41+00:00");
        let changed = settled("2025-12-02T20:10:00+00:00", "2025-12-03T21:31:05+00:00", "2025-12-03");
        assert_eq!(changed, "2025-12-02T20:10:00+00:00");
    }
}
