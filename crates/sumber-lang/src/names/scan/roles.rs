//! Titles and what stands between them and their persons.

use std::ops::Range;

use sumber_core::EntityKind;

use super::Scanner;
use crate::names::words::Class;
use crate::text::Shape;

impl Scanner<'_> {
    /// Where the name begins when capitals after a role first tell its field ('ministra dell'Agricoltura
    /// Ada Brenzi', 'Direktur Pelindungan WNI Budi'): at the first given name, else after the field's first
    /// word where two more follow, or after an acronym.
    pub(super) fn after_field(&mut self, at: usize, range: &Range<usize>) -> Option<usize> {
        let tokens = &self.text.tokens;
        self.role.as_ref().filter(|r| r.end == at)?;
        // 'pemimpin GKR Morgan Siwela': the body, then the person
        if self.pack.is_some_and(|p| p.place_closes)
            && tokens[at].shape == Shape::Upper
            && tokens[at].span.len() > 2
            && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Title)
            && !self.stops(at + 1, at, range)
        {
            let votes = self.own_votes(at..at + 1);
            self.push_named(at..at + 1, votes, None);
            return Some(at + 1);
        }
        // 'Direktur Jenderal Mineral dan Batu Bara Kementerian X': the field, then the body
        if self.pack.is_some_and(|p| p.place_closes) {
            let is_field = |n: usize| {
                tokens[n].shape == Shape::Title && !self.is(n, Class::Role)
                    || self.is(n, Class::InsideAnd)
                    || self.is_mark(n, ",")
            };
            let body = (at + 1..range.end.min(at + 8)).find(|&n| !is_field(n) || self.begins_body(n, range));
            let coordinated = |n: usize| {
                !self.is_given(at)
                    && tokens[n - 1].shape == Shape::Title
                    && (at..n).any(|m| self.is(m, Class::InsideAnd))
            };
            if let Some(body) = body.filter(|&n| self.begins_body(n, range) && coordinated(n)) {
                if let Some(role) = self.role.as_mut() {
                    role.end = body;
                }
                return Some(body);
            }
        }
        let end = (at..range.end).find(|&n| !tokens[n].shape.is_capital()).unwrap_or(range.end);
        let after_preposition = at > range.start && self.is(at - 1, Class::Inside);
        let acronym = (at + 1..end.saturating_sub(1)).find(|&n| tokens[n].shape == Shape::Upper).map(|n| n + 1);
        let begins = if !after_preposition {
            acronym
        } else if self.is_given(at) {
            None
        } else {
            let given = (at + 1..end).find(|&n| self.is_given(n));
            given.or(acronym).or((end - at >= 3).then_some(at + 1))
        };
        let begins = begins.filter(|&n| n < end)?;
        if let Some(role) = self.role.as_mut() {
            role.end = begins;
            role.of = false;
        }
        Some(begins)
    }

    /// Lets a waiting role go over a word that is no name.
    pub(super) fn pass(&mut self, at: usize) {
        if self.role.is_none() {
            return;
        }
        let is_of = self.is(at, Class::Inside);
        let is_inside = is_of || self.is(at, Class::Article) || self.is(at, Class::InsideAnd);
        let is_comma = self.is_mark(at, ",");
        let is_word = self.token(at).is_some_and(|t| t.shape.is_word());
        if let Some(role) = self.role.as_mut() {
            if role.end == at && (is_inside || is_comma) {
                role.end = at + 1;
                role.gap += usize::from(is_comma);
                role.of = (role.of || is_of) && !is_comma;
            } else if role.end == at && is_word && role.gap < 6 {
                role.end = at + 1;
                role.gap += 1;
            } else {
                self.role = None;
            }
        }
    }

    /// How many tokens a corps or a retirement in brackets takes after a rank, before a name ('(Purn)', '(ret.)').
    pub(super) fn rank_suffix(&self, at: usize, range: &Range<usize>) -> usize {
        let tokens = &self.text.tokens;
        if at + 3 >= range.end
            || !self.is_mark(at, "(")
            || !tokens[at + 1].shape.is_word()
            || tokens[at + 1].span.len() > 5
        {
            return 0;
        }
        let close = if self.is_mark(at + 2, ".") { at + 3 } else { at + 2 };
        let name = tokens.get(close + 1).is_some_and(|t| t.shape == Shape::Title) && close + 1 < range.end;
        if self.is_mark(close, ")") && name && tokens[at + 1].shape != Shape::Number { close + 1 - at } else { 0 }
    }

    /// Whether a title of one word is no title but the beginning of a place's name: after a preposition of
    /// place, where the language has no article ('di Raja Ampat').
    pub(super) fn names_a_place(&self, at: usize) -> bool {
        self.pack.is_some_and(|p| p.mononyms)
            && self.text.tokens[at].shape == Shape::Title
            && at > 0
            && self.text.tokens[at - 1].shape == Shape::Lower
            && self.is(at - 1, Class::PlaceWord)
            && self.token(at + 1).is_some_and(|t| t.shape == Shape::Title)
            && self.explained(at)
            && !self.explained(at + 1)
            && !self.is_given(at + 1)
    }

    /// Whether a known body's name that a head begins is all of it, for its person follows ('rektor Universitas X
    /// Ada Brenzi'): capitals that no data knows right after it, where names are closed by their places.
    pub(super) fn is_whole(&self, end: usize, thing: u32) -> bool {
        let waits = self.role.as_ref().is_some_and(|r| r.end < end && r.gap == 0);
        let tokens = &self.text.tokens;
        self.world.thing(thing).kind == EntityKind::Organisation
            && waits
            && self.pack.is_some_and(|p| p.place_closes)
            && tokens.get(end).is_some_and(|t| t.shape == Shape::Title && !self.explained(end))
            && tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Title && !self.explained(end + 1))
    }
}
