//! Times: expressions and what they mean.
//!
//! The three types that matter: [`TimePack`] (a pack's words and patterns), `Found` (an expression
//! in the text with its labels) and `When` (the day, month, year or interval that it means). Words
//! and patterns are data (`times.toml`); what a label means is code. There is no clock here: now
//! is the day of publication, or a date of the text.

mod hits;
mod labels;
mod load;
mod pattern;
mod resolve;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use sumber_core::{Span, TimeMention};

use crate::Packs;
use crate::lexicon::{Lists, ones};
use crate::pack::{ExampleResult, Pack};
use crate::text::{Shape, Text};

use hits::Hits;
use labels::Label;
use pattern::{Found, Numbers};
use resolve::{Method, Needs, Parts, Tense, When};

pub use load::TimePack;

/// Finds the time expressions of a text, in reading order; they do not overlap. `published` is the
/// article's date, `YYYY-MM-DD` at its start. Each gets the value that the publication date or,
/// where there is none, the full dates of the text allow.
pub fn find(text: &Text<'_>, published: Option<&str>, pack: &Pack, _packs: &Packs) -> Vec<TimeMention> {
    mentions(text, published, &pack.times)
        .into_iter()
        .map(|m| TimeMention { span: m.span, value: m.when.map(|w| w.to_string()) })
        .collect()
}

/// Runs the examples of a pack's `times.toml`.
pub fn run_examples(packs: &Packs, tag: &str) -> Vec<ExampleResult> {
    packs.get(tag).map_or(Vec::new(), |pack| load::run_examples(packs, pack))
}

/// A time expression with the rule that found it.
#[derive(Clone, Debug)]
struct Mention {
    span: Span,
    rule: usize,
    when: Option<When>,
}

/// Farthest cue of tense, in tokens.
const MOST_BACK: usize = 24;
const MOST_AHEAD: usize = 14;
/// How far before a participle its auxiliary stands at most.
const AUXILIARIES: usize = 4;

fn mentions(text: &Text<'_>, published: Option<&str>, pack: &TimePack) -> Vec<Mention> {
    let hits = Hits::of(text, &pack.words, &pack.digits);
    let published = published.and_then(date_at_start);
    let found = matches(text, &hits, pack, published);
    let mut items: Vec<Item> = found
        .iter()
        .map(|(rule, found)| {
            let rule_data = &pack.rules[*rule];
            let parts = Parts::of(found);
            let needs = parts.needs(rule_data.method);
            let tense = match (rule_data.tense, needs) {
                (Some(tense), _) => tense,
                (None, Needs::Nothing | Needs::Discourse) => Tense::Unknown,
                (None, _) => tense_at(text, &hits, found, pack),
            };
            Item { rule: *rule, method: rule_data.method, parts, needs, tense, when: None, sure: false }
        })
        .collect();
    let places: Vec<(usize, usize)> = found.iter().map(|(_, f)| (f.start, f.end)).collect();
    resolve(&mut items, &places, text, published);
    let mut mentions = Vec::new();
    for (item, (start, end)) in items.into_iter().zip(places) {
        if item.method != Method::None {
            mentions.push(Mention { span: text.span(start..end), rule: item.rule, when: item.when });
        }
    }
    mentions
}

/// `YYYY-MM-DD` at the start of a date of publication.
fn date_at_start(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

/// The best matches, in reading order, without overlaps: the leftmost, of these the longest, of
/// these the one of the earliest rule.
fn matches(text: &Text<'_>, hits: &Hits, pack: &TimePack, published: Option<Date>) -> Vec<(usize, Found)> {
    let mut all: Vec<(usize, Found)> = Vec::new();
    let mut candidates = Numbers::new();
    for (at, token) in text.tokens.iter().enumerate() {
        let here = hits.at(at);
        if here.is_empty() && !(token.lists.has(Lists::TIMES) && pack.index.begins(token.word)) {
            continue;
        }
        pack.index.candidates(token.word, here, &mut candidates);
        for rule in ones(&candidates) {
            let Some(mut found) = pack.rules[rule].pattern.find(text, hits, at) else { continue };
            // a comma or stop before a part that is missing is the sentence's
            while found.end > found.start + 1 && matches!(text.word(found.end - 1), "," | "." | "-" | "–") {
                found.end -= 1;
            }
            if is_plausible(&found, pack.rules[rule].method, published) {
                all.push((rule, found));
            }
        }
    }
    all.sort_by_key(|(rule, f)| (f.start, std::cmp::Reverse(f.end), f.doubtful, *rule));
    let mut end = 0;
    all.retain(|(_, f)| {
        let keep = f.start >= end;
        if keep {
            end = f.end;
        }
        keep
    });
    all
}

/// Whether a weekday with a bare number ('Friday 21') is a day: the 21st must be a Friday.
fn is_plausible(found: &Found, method: Method, published: Option<Date>) -> bool {
    let parts = Parts::of(found);
    let bare = method == Method::Date && parts.weekday.is_some() && parts.months.is_empty() && parts.unit.is_none();
    !bare || parts.value(method, published, Tense::Unknown).is_some()
}

/// Which way the clause around an expression looks: the nearest word before it that tells, else the
/// first one after it.
fn tense_at(text: &Text<'_>, hits: &Hits, found: &Found, pack: &TimePack) -> Tense {
    let sentence = &text.sentences[text.sentence_of(found.start)].tokens;
    let tense = |value: i32| match value {
        0 => Tense::Past,
        1 => Tense::Future,
        _ => Tense::WeakFuture,
    };
    let listed = |at: usize| hits.at(at).iter().find(|h| h.label == Label::Tense).map(|h| tense(h.value));
    let any = |at: usize| listed(at).or_else(|| pack.ending(text, at).map(tense));
    let cue = |at: usize| -> Option<Tense> {
        let told = any(at)?;
        if told == Tense::Future || (told == Tense::Past && listed(at).is_some()) {
            return Some(told);
        }
        // 'will be signed', 'due to meet': a verb form takes its tense from the word before it
        let near = (at.saturating_sub(AUXILIARIES).max(sentence.start)..at).rev();
        let verb = near.take_while(|&i| text.tokens[i].shape != Shape::Mark).find_map(any);
        Some(verb.filter(|t| *t == Tense::Future).unwrap_or(told))
    };
    let first = sentence.start.max(found.start.saturating_sub(MOST_BACK));
    let last = sentence.end.min(found.end + MOST_AHEAD);
    // 'said that on Friday he ...', 'ha detto che venerdì incontrerà': a verb of the future right after the
    // expression tells more than one further back, which may be that of saying
    let nearest = first.max(found.start.saturating_sub(1))..found.start;
    if found.end < last && any(found.end) == Some(Tense::Future) && nearest.filter_map(any).next().is_none() {
        return Tense::Future;
    }
    let before = (first..found.start).rev().find_map(cue);
    before.or_else(|| (found.end..last).find_map(cue)).unwrap_or(Tense::Unknown)
}

/// An expression on its way to its value.
struct Item {
    rule: usize,
    method: Method,
    parts: Parts,
    needs: Needs,
    tense: Tense,
    when: Option<When>,
    /// The value is a day that the text itself makes certain.
    sure: bool,
}

/// Farthest sentence from which a full date fixes a weekday or gives 'two days later' its start.
const NEAR_SENTENCES: usize = 3;

fn resolve(items: &mut [Item], places: &[(usize, usize)], text: &Text<'_>, published: Option<Date>) {
    for item in items.iter_mut().filter(|i| i.needs == Needs::Nothing) {
        item.when = item.parts.value(item.method, None, item.tense);
        item.sure = item.when.and_then(When::day).is_some();
    }
    let now = published.or_else(|| publication_from_text(items));
    let latest = if now.is_none() { latest_month(items) } else { None };
    for item in items.iter_mut().filter(|i| i.needs == Needs::Publication) {
        item.when = match (now, latest) {
            (None, Some(latest)) if matches!(item.method, Method::Date | Method::Month) => {
                resolve::first_after(latest, &item.parts, item.method)
            }
            _ => item.parts.value(item.method, now, item.tense),
        };
        item.sure = item.when.and_then(When::day).is_some();
    }
    for index in 0..items.len() {
        if items[index].needs == Needs::Neighbours {
            items[index].when = weekday(items, places, text, now, index);
            items[index].sure = items[index].when.is_some() && items[index].tense == Tense::Future;
        }
    }
    for index in 0..items.len() {
        if items[index].needs == Needs::Discourse {
            let from = (0..index)
                .rev()
                .take_while(|&i| near(text, places, i, index, NEAR_SENTENCES))
                .find_map(|i| items[i].when.and_then(When::day));
            items[index].when =
                from.and_then(|day| items[index].parts.value(Method::Offset, Some(day), Tense::Unknown));
        }
    }
}

/// The day of a weekday's bare name.
fn weekday(
    items: &[Item],
    places: &[(usize, usize)],
    text: &Text<'_>,
    now: Option<Date>,
    index: usize,
) -> Option<When> {
    let item = &items[index];
    let wanted = item.parts.weekday?;
    let same = |i: &usize| {
        items[*i].sure && items[*i].when.and_then(When::day).is_some_and(|d| resolve::weekday_of(d) == wanted)
    };
    if let Some(now) = now {
        let guess = item.parts.value(Method::Weekday, Some(now), item.tense);
        if item.tense == Tense::Past {
            return guess;
        }
        // another place of the text says which one
        let told = (0..index).rev().chain(index + 1..items.len()).filter(same).find_map(|i| {
            let day = items[i].when.and_then(When::day)?;
            (resolve::days_between(now, day).abs() <= 6).then_some(When::Day(day))
        });
        return match item.tense {
            Tense::Future => guess,
            _ => told.or(guess),
        };
    }
    // no publication date: the full date last spoken of fixes the weekdays that follow it
    let day = (0..index)
        .rev()
        .take_while(|&i| near(text, places, i, index, NEAR_SENTENCES))
        .find_map(|i| items[i].when.and_then(When::day).filter(|_| items[i].sure))?;
    let ahead = i32::from((wanted - resolve::weekday_of(day)).rem_euclid(7));
    resolve::add_days(day, ahead).map(When::Day)
}

/// Whether two expressions stand at most so many sentences apart.
fn near(text: &Text<'_>, places: &[(usize, usize)], left: usize, right: usize, most: usize) -> bool {
    text.sentence_of(places[right].0) - text.sentence_of(places[left].0) <= most
}

/// Where a page tells no date: the latest full date of the text that stands with its weekday, as
/// newsrooms write the day of the report.
fn publication_from_text(items: &[Item]) -> Option<Date> {
    items
        .iter()
        .filter(|i| i.sure && i.parts.weekday.is_some() && i.parts.days.len() == 1 && i.tense != Tense::Future)
        .filter_map(|i| i.when.and_then(When::day))
        .max()
}

/// The latest month that is written with its year: a month without one lies after it.
fn latest_month(items: &[Item]) -> Option<(i16, i8)> {
    items
        .iter()
        .filter(|i| i.needs == Needs::Nothing)
        .filter_map(|i| match i.when? {
            When::Month(year, month) => Some((year, month)),
            When::Day(day) => Some((day.year(), day.month())),
            _ => None,
        })
        .max()
}

impl TimePack {
    /// Tense by a verb's ending, for words in lower case.
    fn ending(&self, text: &Text<'_>, at: usize) -> Option<i32> {
        if self.endings.is_empty() || text.tokens[at].shape != Shape::Lower {
            return None;
        }
        let word = text.word(at);
        if self.no_endings.binary_search(&text.tokens[at].word).is_ok() {
            return None;
        }
        self.endings
            .iter()
            .find(|(ending, _)| word.len() >= ending.len() + 2 && word.ends_with(ending.as_str()))
            .map(|(_, t)| *t)
    }
}
