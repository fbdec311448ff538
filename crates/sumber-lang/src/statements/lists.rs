//! Commas inside one phrase: degrees after a name ('Ana Reyes, PhD, said'), and a body whose name is a list
//! ('the Ministry of Trade, Industry, and Labour said').

use sumber_core::EntityKind;

use super::scene::Scene;
use super::words::class;
use crate::text::Shape;

/// No name of a body lists more things, and no name has more degrees.
const LONGEST_LIST: usize = 6;
/// No thing in such a list has more words.
const LONGEST_ITEM: usize = 4;
/// No degree has more letters without its points.
const LONGEST_DEGREE: usize = 5;

impl Scene<'_> {
    /// One past the degrees that follow a person's name from the comma at a token on.
    pub(super) fn degrees_after(&self, comma: usize, high: usize) -> Option<usize> {
        if comma == 0 || !self.is_mark(comma, &[","]) || self.kind_at(comma - 1) != Some(EntityKind::Person) {
            return None;
        }
        let mut end = None;
        let mut at = comma;
        for _ in 0..LONGEST_LIST {
            if !self.is_mark(at, &[","]) {
                break;
            }
            let Some(next) = self.degree_at(at + 1, high) else { break };
            end = Some(next);
            at = next;
        }
        end
    }

    /// The comma after the name whose degrees end right before a token, a comma after them left out.
    pub(super) fn degrees_before(&self, end: usize, low: usize) -> Option<usize> {
        let close = if end > low && self.is_mark(end - 1, &[","]) { end - 1 } else { end };
        let lowest = close.saturating_sub(LONGEST_LIST * 3).max(low + 1);
        let commas = (lowest..close).rev().filter(|&n| self.is_mark(n, &[","]));
        commas.take(LONGEST_LIST).find(|&comma| self.degrees_after(comma, close) == Some(close))
    }

    /// One past the degree that begins at a token: short, in capitals or with points ('S.H.', 'MM', 'M.Pd').
    fn degree_at(&self, start: usize, high: usize) -> Option<usize> {
        let mut at = start;
        if self.is_time(start) {
            return None;
        }
        // the full stop at the sentence's end is no point of a degree
        let high = high.min(self.sentence_end(self.text.sentence_of(start.min(self.text.tokens.len() - 1))));
        let (mut letters, mut points, mut upper) = (0, 0, true);
        while at < high && !self.is_mark(at, &[","]) {
            let token = &self.text.tokens[at];
            let word = self.text.word(at);
            if self.is_mark(at, &["."]) {
                points += 1;
            } else if token.shape.is_capital() && (at == start || token.glued) {
                letters += word.chars().filter(|c| c.is_alphabetic()).count();
                points += word.matches('.').count();
                upper &= word.chars().all(|c| c.is_uppercase() || c == '.');
            } else {
                break;
            }
            at += 1;
        }
        let known = self
            .mention_at(start)
            .is_some_and(|m| self.layers.entities[self.layers.mentions[m].entity.0 as usize].known);
        (at > start && !known && (1..=LONGEST_DEGREE).contains(&letters) && (points > 0 || upper && letters <= 3))
            .then_some(at)
    }

    /// One past a list in the name of a body or office, from its first comma on: ', Riset, dan Teknologi'.
    /// Places and people in a list are no part of a body's name.
    pub(super) fn name_list_after(&self, comma: usize, high: usize) -> Option<usize> {
        if comma == 0 || !self.is_mark(comma, &[","]) || !self.text.tokens[comma - 1].shape.is_capital() {
            return None;
        }
        let mut at = comma;
        for _ in 0..LONGEST_LIST {
            let last = self.is(at, class::AND) || self.is_mark(at, &[","]) && self.is(at + 1, class::AND);
            let from = if self.is_mark(at, &[","]) { at + 1 } else { at } + usize::from(last);
            if !last && !self.is_mark(at, &[","]) {
                return None;
            }
            let end = (from..high.min(from + LONGEST_ITEM)).take_while(|&n| self.is_list_word(n)).last()? + 1;
            if last {
                return Some(end);
            }
            at = end;
        }
        None
    }

    /// Where the words before the first comma of a name's list end, for a list whose last 'and' stands at a token.
    pub(super) fn name_list_before(&self, and: usize, low: usize) -> Option<usize> {
        let lowest = and.saturating_sub(LONGEST_LIST * (LONGEST_ITEM + 1)).max(low + 1);
        let headed = |comma: usize| {
            let head = (low..comma).rev().take(LONGEST_ITEM + 2).take_while(|&n| self.text.tokens[n].shape.is_word());
            let head = head.last().unwrap_or(comma);
            (head..comma).any(|n| self.class_at(n, class::BODY | class::PERSON).is_some())
        };
        let commas = (lowest..and).rev().filter(|&n| self.is_mark(n, &[","]));
        commas
            .take(LONGEST_LIST)
            .find(|&comma| self.name_list_after(comma, and + 2).is_some_and(|end| end > and) && headed(comma))
    }

    fn is_list_word(&self, token: usize) -> bool {
        let place = matches!(self.kind_at(token), Some(EntityKind::Polity | EntityKind::Place | EntityKind::Person));
        let known = |m: usize| self.layers.entities[self.layers.mentions[m].entity.0 as usize].known;
        self.text.tokens[token].shape == Shape::Title
            && !self.is_time(token)
            && !(place && self.mention_at(token).is_some_and(known))
            && self.text.quote_at(token).is_none()
    }
}
