//! One event a happening: a second mention adds what the first did not tell.

use sumber_core::{Event, EventKind, EventStatus};

use super::Found;
use super::lexicon::{Part, Roles};

/// How many happenings are remembered while a text is read: more than any article tells.
const MEMORY: usize = 256;

/// Joins mentions of one happening; the first mention stays, in reading order.
pub(super) fn merge(text: &str, found: Vec<Found>) -> Vec<Event> {
    let mut kept: Vec<Found> = Vec::new();
    for next in found {
        let recent = kept.len().saturating_sub(MEMORY);
        match kept[recent..]
            .iter_mut()
            .find(|f| are_one(&f.event, &next.event) || are_one_signing(f, &next) || share_a_noun(text, f, &next))
        {
            Some(first) => {
                if next.roles == Roles::Sign && first.event.kind != next.event.kind && is_firmer(&next, first) {
                    (first.event.kind, first.event.status) = (next.event.kind, next.event.status);
                    (first.part, first.event.statement) = (next.part, next.event.statement);
                }
                join(&mut first.event, next.event);
            }
            None => kept.push(next),
        }
    }
    kept.into_iter().map(|f| f.event).collect()
}

/// Whether two mentions are of one signing, though one speaks of it as still to come.
fn are_one_signing(a: &Found, b: &Found) -> bool {
    if a.roles != Roles::Sign || b.roles != Roles::Sign {
        return false;
    }
    let (all_a, all_b) = (all(&a.event), all(&b.event));
    let (a_in_b, b_in_a) = (all_a.iter().all(|c| all_b.contains(c)), all_b.iter().all(|c| all_a.contains(c)));
    a_in_b || b_in_a || all_a.len().min(all_b.len()) < 2
}

/// Whether the second mention of a signing tells better whether it took place: a noun alone
/// ('the signing') does not.
fn is_firmer(next: &Found, first: &Found) -> bool {
    first.part == Part::Noun
        && first.event.status == EventStatus::Happened
        && (next.part != Part::Noun || next.event.status != EventStatus::Happened)
}

/// Whether two mentions are of one happening: same type, and sides that do not contradict.
fn are_one(a: &Event, b: &Event) -> bool {
    if a.kind != b.kind || (a.date.is_some() && b.date.is_some() && !dates_agree(a, b)) {
        return false;
    }
    let is_joint = matches!(a.kind, EventKind::Consult | EventKind::Agree | EventKind::Support | EventKind::Cooperate);
    if is_joint {
        let (all_a, all_b) = (all(a), all(b));
        let (a_in_b, b_in_a) = (all_a.iter().all(|c| all_b.contains(c)), all_b.iter().all(|c| all_a.contains(c)));
        return (a_in_b && (b_in_a || all_a.len() < 2)) || (b_in_a && all_b.len() < 2);
    }
    agree(&a.actors, &b.actors) && agree(&a.recipients, &b.recipients)
}

/// Whether two mentions use the same event noun, and one of them does not tell who acts.
fn share_a_noun(text: &str, a: &Found, b: &Found) -> bool {
    let is_noun = a.part == Part::Noun && b.part == Part::Noun && a.event.kind == b.event.kind;
    let untold = a.event.actors.is_empty() != b.event.actors.is_empty();
    is_noun && untold && a.event.trigger.of(text).eq_ignore_ascii_case(b.event.trigger.of(text))
}

fn dates_agree(a: &Event, b: &Event) -> bool {
    match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    }
}

fn all(event: &Event) -> Vec<&String> {
    event.actors.iter().chain(&event.recipients).collect()
}

/// Whether one list holds the other; an empty one is held by all.
fn agree(a: &[String], b: &[String]) -> bool {
    a.iter().all(|c| b.contains(c)) || b.iter().all(|c| a.contains(c))
}

fn join(first: &mut Event, second: Event) {
    if first.actors.is_empty() {
        first.actors = second.actors;
    }
    if first.recipients.is_empty() {
        first.recipients = second.recipients.into_iter().filter(|r| !first.actors.contains(r)).collect();
    }
    if first.status == second.status
        && first.date.as_ref().is_none_or(|d| second.date.as_ref().is_some_and(|s| s.len() > d.len()))
        && second.date.is_some()
    {
        first.date = second.date;
    }
    if first.status == EventStatus::Possible && second.status != EventStatus::Possible {
        first.status = second.status;
    }
}
