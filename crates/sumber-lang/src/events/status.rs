//! Whether it took place.

use std::ops::Range;

use sumber_core::{EventStatus, Stance, StatementIndex};

use super::lexicon::{CONDITION, NEGATION, ONGOING, PLANNED, POSSIBLE, Part, Trigger};
use super::scene::Scene;

/// How many words before a trigger a word of its tense or mood may stand.
const NEAR: usize = 6;

/// The status of the event of a trigger, from the words around it, its ending, and the stance of
/// the statement that reports it.
pub(super) fn of(
    scene: &Scene<'_>,
    start: usize,
    end: usize,
    trigger: &Trigger,
    clause: &Range<usize>,
    statement: Option<StatementIndex>,
) -> EventStatus {
    let near = start.saturating_sub(NEAR).max(scene.grammatical_start(start).min(clause.start))..start;
    let has = |range: Range<usize>, class| {
        range.clone().any(|t| {
            // a word of the clause before, or beyond another verb, says nothing of this one
            scene.is(t, class) && !(t + 1..start).any(|between| scene.is_comma(between))
        })
    };
    let is_denied = statement.is_some_and(|s| scene.statements[s.0 as usize].stance == Stance::Denies);
    if is_denied || has(start.saturating_sub(3).max(clause.start)..start, NEGATION) {
        return EventStatus::Denied;
    }
    let words: Vec<String> = (start..end).map(|t| scene.text.word(t).to_lowercase()).collect();
    let ends_with = |endings: &[String]| {
        trigger.part != Part::Noun && words.iter().any(|word| endings.iter().any(|e| word.ends_with(e.as_str())))
    };
    let events = &scene.pack.events;
    if scene.is(clause.start, CONDITION)
        || has(near.clone(), POSSIBLE)
        || has(near.clone(), CONDITION)
        || ends_with(&events.conditional_endings)
    {
        return EventStatus::Possible;
    }
    let behind = end..(end + 2).min(clause.end);
    if has(near.clone(), PLANNED) || behind.clone().any(|t| scene.is(t, PLANNED)) || ends_with(&events.future_endings) {
        return EventStatus::Planned;
    }
    if has(near, ONGOING) {
        return EventStatus::Ongoing;
    }
    EventStatus::Happened
}
