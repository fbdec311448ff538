//! Where the names of bodies and vessels go on: over prepositions, conjunctions, commas and other languages' words.

use std::ops::Range;

use sumber_core::{EntityKind, LinkKind};

use super::Scanner;
use crate::names::words::Class;
use crate::text::Shape;

impl Scanner<'_> {
    /// Where a body's name that a preposition goes on ends ('Union | of Seafarers'), given the end of what was read.
    pub(super) fn goes_on_of(&self, end: usize, range: &Range<usize>) -> Option<usize> {
        let pack = self.pack?;
        let is_head = self.is(end - 1, Class::BodyFirst);
        if !is_head || end >= range.end || !pack.is(self.text.tokens[end].word, Class::Inside) {
            return None;
        }
        self.headed(end - 1, range).map(|(last, _, _)| last).filter(|&last| last > end)
    }

    /// Where a body's name of two coordinated parts ends ('the Employment and Labour Relations Court'), given
    /// the end of the first part: words of the language without a name among them, after an article.
    pub(super) fn goes_on_and(&self, at: usize, end: usize, range: &Range<usize>) -> Option<usize> {
        let before = at.checked_sub(1).filter(|&b| b >= range.start)?;
        let led = self.is(before, Class::Article) || self.demonym_before(at).is_some() || self.is_possessive(before);
        if !led || end - at > 2 || end + 1 >= range.end || !self.is(end, Class::InsideAnd) {
            return None;
        }
        let is_plain = |n: usize| {
            self.text.tokens[n].shape == Shape::Title
                && !self.is_given(n)
                && !self.is(n, Class::Role)
                && self.known_at(n, range).is_none_or(|(len, _)| len == 1)
        };
        if !(at..end).all(|n| is_plain(n) && self.is(n, Class::Common)) || !self.text.tokens[end + 1].shape.is_capital()
        {
            return None;
        }
        let (last, kind) = self.ends_as_body(end + 1, range)?;
        (kind == EntityKind::Organisation && (end + 1..last).all(is_plain)).then_some(last)
    }

    /// Whether a word and the one after it end a name that another language made ('Mitsubishi | Heavy Industries').
    pub(super) fn is_foreign_body(&self, at: usize, range: &Range<usize>) -> bool {
        let ends = |n: usize| {
            self.world
                .heads
                .classes_at(&self.text.tokens, n)
                .any(|(_, c)| c.last_kind() == Some(EntityKind::Organisation))
        };
        at + 1 < range.end
            && self.text.tokens[at + 1].shape.is_capital()
            && ends(at + 1)
            && !self.is_given(at)
            && !self.explained(at)
            && self.known_at(at, range).is_none()
    }

    /// The end of a vessel's name that its short form begins ('HMS Prince of Wales', 'KRI Teluk Ende 517').
    pub(super) fn ship(&self, at: usize, range: &Range<usize>) -> Option<usize> {
        let tokens = &self.text.tokens;
        if tokens[at].shape != Shape::Upper {
            return None;
        }
        let mut end = at + 1;
        while end < range.end && end < at + 6 {
            let capital = |n: usize| n < range.end && tokens[n].shape.is_capital();
            let number = tokens[end].shape == Shape::Number && end > at + 1 && tokens[end].span.len() <= 4;
            if number {
                return Some(end + 1);
            }
            let joined = self.is_mark(end, "-") && tokens[end].glued || self.is_inside_anywhere(end);
            if capital(end) && !(end > at + 2 && self.is(end, Class::Role)) {
                end += 1;
            } else if joined
                && end > at + 1
                && (capital(end + 1) || tokens.get(end + 1).is_some_and(|t| t.glued && t.shape == Shape::Number))
            {
                end += 2;
            } else {
                break;
            }
        }
        (end > at + 1).then_some(end)
    }

    /// Whether a word stands inside names in this language, or in another and leads to no place in this one.
    pub(super) fn is_inside_anywhere(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|t| t.shape == Shape::Lower) else { return false };
        self.is(at, Class::Inside)
            || !self.is(at, Class::PlaceWord) && self.packs.iter().any(|p| p.names.is(token.word, Class::Inside))
    }

    /// The end of a name that a place begins and unknown capitals go on ('the Nairobi Courant'), in languages
    /// where a place is no apposition.
    pub(super) fn named_after_place(&self, at: usize, end: usize, range: &Range<usize>) -> Option<usize> {
        let waits = self.role.as_ref().is_some_and(|r| r.end == at);
        if self.pack.is_none_or(|p| p.place_closes)
            || waits
            || end >= range.end
            || self.text.tokens[at].shape == Shape::Upper
        {
            return None;
        }
        let open = |n: usize| {
            n < range.end
                && self.text.tokens[n].shape == Shape::Title
                && self.text.tokens[n].span.len() > 1
                && !self.explained(n)
                && !self.is_given(n)
                && self.known_at(n, range).is_none()
        };
        let mut last = end;
        while open(last) && last < end + 3 {
            last += 1;
        }
        let role = last < range.end && self.explained(last);
        (last > end && !role).then_some(last)
    }

    /// The end of a name that an article with a capital begins within a sentence ('told The Nairobi Courant').
    pub(super) fn with_article(&self, at: usize, range: &Range<usize>) -> Option<usize> {
        let tokens = &self.text.tokens;
        let open = |n: usize| n < range.end && tokens[n].shape.is_capital() && !self.is(n, Class::Never);
        if tokens[at].shape != Shape::Title
            || !self.is(at, Class::Article)
            || self.is(at, Class::Inside)
            || self.is_start(at)
            || !open(at + 1)
            || self.known_at(at + 1, range).is_some_and(|(_, t)| self.world.thing(t).link != LinkKind::Medium)
                && !open(at + 2)
        {
            return None;
        }
        let mut end = at + 1;
        while open(end) && end < at + 5 && !(end > at + 1 && self.is(end, Class::Role)) {
            end += 1;
        }
        Some(end)
    }

    /// Whether a name from `at` over `next` on ends before a short form in brackets that has the first
    /// letters of its first and last words.
    pub(super) fn is_abbreviated_as(&self, at: usize, next: usize, range: &Range<usize>) -> bool {
        let Some(open) = (next + 1..range.end.min(next + 7)).find(|&n| self.is_mark(n, "(")) else { return false };
        let tokens = &self.text.tokens;
        let Some(short) = tokens.get(open + 1).filter(|t| t.shape == Shape::Upper && self.is_mark(open + 2, ")"))
        else {
            return false;
        };
        let goes_on =
            |n: usize| tokens[n].shape.is_capital() || self.is(n, Class::Inside) || self.is(n, Class::InsideAnd);
        if !(next..open).all(goes_on) {
            return false;
        }
        let initial = |n: usize| self.text.word(n).chars().next().map(|c| c.to_lowercase().to_string());
        let mut letters = short.span.of(self.text.source).chars().map(|c| c.to_lowercase().to_string());
        letters.next() == initial(at) && letters.next_back() == initial(open - 1)
    }

    /// Whether a comma at `at` stands in a list that a conjunction ends ('Meteorologi, Klimatologi, dan Geofisika').
    pub(super) fn lists_on(&self, at: usize, range: &Range<usize>) -> bool {
        let tokens = &self.text.tokens;
        let mut next = at + 1;
        let mut words = 0;
        while next < range.end && words < 6 {
            let token = &tokens[next];
            if token.shape.is_capital() {
                if self.known_at(next, range).is_some() || self.is(next, Class::Role) || self.is_given_word(token.word)
                {
                    return false;
                }
                words += 1;
            } else if self.is(next, Class::InsideAnd) {
                return tokens.get(next + 1).is_some_and(|t| t.shape.is_capital())
                    && self.known_at(next + 1, range).is_none()
                    && !self.is_given(next + 1);
            } else if !self.is_mark(next, ",") {
                return false;
            }
            next += 1;
        }
        false
    }
}
