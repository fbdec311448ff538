//! Names of people: what begins them, goes on inside them and ends them.

use std::ops::Range;

use rustc_hash::FxHashSet;

use sumber_core::EntityKind;

use super::Scanner;
use crate::lexicon::WordId;
use crate::names::words::Class;
use crate::text::{Shape, Text};

impl<'a> Scanner<'a> {
    /// Whether the word is a given name, somewhere or in this language.
    pub(super) fn is_given_word(&self, word: WordId) -> bool {
        self.given.contains(word) || self.pack.is_some_and(|p| p.is(word, Class::Given))
    }

    /// Whether the word at token `at` is a given name.
    pub(super) fn is_given(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| self.is_given_word(t.word))
    }

    /// Whether the article elsewhere has this word and the next inside a name ('Giandomenico De Luca',
    /// 'Pieter van der Hoek'), so that 'De Luca' may begin a sentence.
    pub(super) fn is_inner_pair(&self, at: usize) -> bool {
        let (Some(token), Some(next)) = (self.token(at), self.token(at + 1)) else { return false };
        if !token.word.is_known() || !next.shape.is_word() || next.shape == Shape::Lower && !self.is_particle(at + 1) {
            return false;
        }
        self.inner.get_or_init(|| self.inner_pairs(self.text)).contains(&(token.word, self.text.word(at + 1)))
    }

    fn is_particle(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| self.given.is_particle(t.word) || self.is(at, Class::Particle))
    }

    fn inner_pairs(&self, text: &'a Text<'_>) -> FxHashSet<(WordId, &'a str)> {
        let mut pairs = FxHashSet::default();
        for (n, three) in text.tokens.windows(3).enumerate() {
            let [first, second, third] = three else { continue };
            if first.shape != Shape::Title || !second.word.is_known() {
                continue;
            }
            let goes_on = third.shape.is_capital() || third.shape == Shape::Lower && self.is_particle(n + 2);
            let links = second.shape == Shape::Title || second.shape == Shape::Lower && self.is_particle(n + 1);
            if links
                && goes_on
                && first.sentence == third.sentence
                && (self.is_given_word(first.word) || !self.is_start(n) && !self.explained(n) && !self.is_common(n))
                && !self.is_given_word(second.word)
            {
                pairs.insert((second.word, text.word(n + 2)));
            }
        }
        pairs
    }

    /// Whether the word at `end` joins a place's name from `start` on to a word that no data knows ('a Mazara del
    /// Vallo'): after a preposition of place, or after a known place.
    pub(super) fn joins_place(&self, start: usize, end: usize, range: &Range<usize>) -> bool {
        if end + 1 >= range.end || end <= start || !self.is_place_join(end) {
            return false;
        }
        let known = self
            .known_at(start, range)
            .is_some_and(|(len, t)| start + len == end && self.world.thing(t).kind == EntityKind::Polity);
        let after_preposition =
            start > range.start && (self.is(start - 1, Class::PlaceWord) || self.is(start - 1, Class::PlaceHint));
        (known || after_preposition && end == start + 1 && !self.is_given(start))
            && self.text.tokens[end + 1].shape == Shape::Title
            && !self.is_given(end + 1)
            && !self.explained(end + 1)
            && !self.is_common(end + 1)
            && self.known_at(end + 1, range).is_none()
    }

    fn is_place_join(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.shape == Shape::Lower)
            && (self.is(at, Class::PlaceJoin)
                || self.world.heads.classes_at(&self.text.tokens, at).any(|(_, c)| c == Class::PlaceJoin))
    }

    /// Whether the hyphen at `at` and the lower-case word after it end an East Asian given name ('Shen Guo-wei').
    pub(super) fn is_second_syllable(&self, start: usize, at: usize) -> bool {
        let tokens = &self.text.tokens;
        let Some(next) = tokens.get(at + 1) else { return false };
        at == start + 2
            && tokens[at].glued
            && next.glued
            && next.shape == Shape::Lower
            && next.span.len() <= 6
            && tokens[at - 1].span.len() <= 6
            && (self.is_given_word(next.word) || !next.word.is_known())
    }

    /// Whether a person's name begins at token `at` of a run that a preposition of place opens
    /// ('A Wimbledon Jannik Sinner').
    pub(super) fn is_person_in_place(&self, start: usize, at: usize, range: &Range<usize>) -> bool {
        start > range.start
            && self.is(start - 1, Class::PlaceWord)
            && self.is_given(at)
            && at + 1 < range.end
            && self.text.tokens[at + 1].shape == Shape::Title
            && !self.explained(at + 1)
            && (start..at).all(|n| !self.is_given(n) && !self.explained(n))
    }

    /// Whether a word of the language begins a sentence and a person's name of two or more words follows
    /// ('Decisivo Kenan Yildiz').
    pub(super) fn leads_to_given(&self, start: usize, end: usize) -> bool {
        let tokens = &self.text.tokens;
        end >= start + 3
            && tokens[start].shape == Shape::Title
            && tokens[start].word.is_known()
            && !self.is_given(start)
            && self.is_given(start + 1)
            && tokens[start + 2].shape == Shape::Title
            && self.is_start(start)
    }

    /// Whether a title at token `at` is a person's last name ('Shaukat Sultan'): it is a given name too, a name
    /// stands before it and none after.
    pub(super) fn is_last_name(&self, at: usize) -> bool {
        let tokens = &self.text.tokens;
        at > 0
            && tokens[at].shape == Shape::Title
            && tokens[at - 1].shape == Shape::Title
            && self.is_given(at)
            && !self.explained(at - 1)
            && !self.is(at, Class::Never)
            && self.known_at(at - 1, &(at - 1..at)).is_none()
            && tokens.get(at + 1).is_none_or(|t| !t.shape.is_capital() || t.sentence != tokens[at].sentence)
    }
}
