//! One text with what was found before: where states stand, small words, clauses, statements.

use std::ops::Range;

use sumber_core::{EntityKind, Span, Statement, StatementIndex};

use super::lexicon::{
    AND, AVERT, BOTH, BY, CIVIL, Class, DEONTIC, DETERMINER, GENITIVE, NO_SIDE, NOBODY, OBLIQUE, OF, OPENER, PASSIVE,
    PLANNED, POSSIBLE, PURPOSE, Part, RELATIVE, SPORT, TO, Trigger, WITH,
};
use crate::Packs;
use crate::pack::Pack;
use crate::statements::Layers;
use crate::text::{Shape, Text};

/// Words that stand for a side: a name, or an adjective of a state.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Alpha-3 or short name; empty for a name that belongs to no state, which still is a subject.
    /// Two where the words stand for two ('both countries').
    pub(super) codes: Vec<String>,
}

/// One text with everything that was found before.
pub(super) struct Scene<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) layers: Layers<'a>,
    pub(super) statements: &'a [Statement],
    pub(super) pack: &'a Pack,
    /// Contents of the statements by their place.
    contents: Vec<(Span, StatementIndex)>,
    pub(super) classes: Vec<Class>,
    /// Sides in reading order; they do not overlap.
    pub(super) sides: Vec<Side>,
    /// States where things happen when the text says no other, the likeliest first.
    homes: Vec<String>,
}

/// How far an expression reaches: how many words back a preposition still governs a name.
const REACH: usize = 4;

/// How many tokens from a trigger its object begins at most.
const OBJECT: usize = 8;
/// How many tokens on either side of a trigger are looked at: more than any sentence of a newsroom,
/// and a bound for pages that are one sentence.
const WINDOW: usize = 300;

/// How many words before a verb may say that it is still to come.
const FAR: usize = 8;

/// How many tokens a dateline may begin with.
const DATELINE: usize = 3;

/// How many names before a verb are asked whether they tell where its subject is.
const NEIGHBOURS: usize = 8;

/// How many contents that begin before a place are asked whether they cover it.
const NESTING: usize = 32;

impl<'a> Scene<'a> {
    pub(super) fn new(
        text: &'a Text<'a>,
        layers: Layers<'a>,
        statements: &'a [Statement],
        pack: &'a Pack,
        packs: &Packs,
    ) -> Scene<'a> {
        let classes = pack.events.classes_of(&text.tokens);
        let actors: Vec<Option<&str>> = layers.entities.iter().map(|e| packs.world.actor(e)).collect();
        let named = states(layers, &actors);
        let sides = sides_of(text, layers, &classes, &named, pack, &actors);
        let homes = homes(text, layers, pack, &actors);
        let index = |n: usize| StatementIndex(n as u32);
        let each = statements.iter().enumerate().flat_map(|(n, s)| s.content.iter().map(move |&c| (c, index(n))));
        let mut contents: Vec<(Span, StatementIndex)> = each.collect();
        contents.sort_unstable();
        Scene { text, layers, statements, pack, contents, classes, sides, homes }
    }

    /// Whether a token is of one of the classes.
    pub(super) fn is(&self, token: usize, class: Class) -> bool {
        self.classes.get(token).is_some_and(|c| c & class != 0)
    }

    /// Whether a word stands for people or a body that act in public life ('farmers', 'the court').
    pub(super) fn is_civil(&self, token: usize) -> bool {
        self.is(token, CIVIL) || self.pack.statements.names_actors(self.text.tokens[token].word)
    }

    /// The trigger that begins at a token, in the reading that its place suggests.
    pub(super) fn trigger_at(&self, at: usize) -> Option<(usize, &Trigger)> {
        let (length, readings) = self.pack.events.triggers_at(&self.text.tokens, at)?;
        if self.side_at(at).is_some_and(|s| s.codes.is_empty() || s.tokens.len() > length || !self.is_adjective(s)) {
            return None;
        }
        let span = self.text.span(at..at + length);
        let time = self.layers.times.partition_point(|t| t.span.end <= span.start);
        if self.layers.times.get(time).is_some_and(|t| t.span.contains(span)) {
            return None;
        }
        let told = readings.clone().find(|t| t.object != 0 && self.has_object(t, at, at + length));
        if told.is_some_and(|t| t.part != Part::Verb || at == 0 || !self.is(at - 1, DETERMINER | GENITIVE)) {
            return told.map(|trigger| (length, trigger));
        }
        let readings = readings.filter(|t| t.object == 0);
        let noun = readings.clone().find(|t| t.part == Part::Noun);
        let verb = readings.clone().find(|t| t.part != Part::Noun);
        let trigger = match (noun, verb) {
            (Some(noun), Some(verb)) => {
                if self.looks_nominal(at, at + length) {
                    noun
                } else {
                    verb
                }
            }
            // 'a sign of': a verb never stands behind an article
            (None, Some(verb)) if verb.part == Part::Verb && at > 0 && self.is(at - 1, DETERMINER | GENITIVE) => {
                return None;
            }
            (one, other) => one.or(other)?,
        };
        Some((length, trigger))
    }

    /// Whether an object that a trigger wants stands after it in its clause, or before a participle.
    fn has_object(&self, trigger: &Trigger, start: usize, end: usize) -> bool {
        let sentence = self.sentence(start);
        let open = |n: &usize| !self.is(*n, OPENER) && !matches!(self.text.word(*n), "," | ";" | ":" | "." | "(");
        let is_object = |n: usize| self.pack.events.objects_at(&self.text.tokens, n) & trigger.object != 0;
        let after = end..sentence.end.min(end + OBJECT);
        let before = sentence.start.max(start.saturating_sub(OBJECT))..start;
        after.take_while(open).any(is_object)
            || matches!(trigger.part, Part::Participle | Part::Passive) && before.rev().take_while(open).any(is_object)
    }

    /// Whether a word that may be noun or verb is a noun here.
    fn looks_nominal(&self, at: usize, end: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return self.is(end, OF | BY | TO) };
        let adjective = self.side_at(before).is_some_and(|s| s.tokens.len() == 1 && self.is_adjective(s));
        adjective || self.is(before, DETERMINER | OF | GENITIVE | OBLIQUE) || self.is(end, OF)
    }

    /// Whether a side is an adjective rather than a name.
    pub(super) fn is_adjective(&self, side: &Side) -> bool {
        let span = self.text.span(side.tokens.clone());
        let place = self.layers.mentions.partition_point(|m| m.span.end <= span.start);
        self.layers.mentions.get(place).is_none_or(|m| !m.span.overlaps(span))
    }

    /// The side that a token belongs to.
    pub(super) fn side_at(&self, token: usize) -> Option<&Side> {
        let place = self.sides.partition_point(|s| s.tokens.end <= token);
        self.sides.get(place).filter(|s| s.tokens.start <= token)
    }

    /// Sides that lie wholly in a range of tokens, in reading order.
    pub(super) fn sides_in(&self, range: Range<usize>) -> &[Side] {
        let first = self.sides.partition_point(|s| s.tokens.start < range.start);
        let last = self.sides.partition_point(|s| s.tokens.end <= range.end);
        &self.sides[first..last.max(first)]
    }

    /// The tokens of the sentence of a token, at most a window on either side.
    pub(super) fn sentence(&self, token: usize) -> Range<usize> {
        let tokens = &self.text.sentences[self.text.sentence_of(token)].tokens;
        tokens.start.max(token.saturating_sub(WINDOW))..tokens.end.min(token + WINDOW)
    }

    /// The clause around a trigger: from the last clause opener or strong mark before it (which is
    /// its first token) to the next one.
    pub(super) fn clause(&self, start: usize, end: usize) -> Range<usize> {
        let sentence = self.sentence(start);
        let quote = self.text.quote_at(start).map(|q| q.inner.clone());
        let mut first = self.grammatical_start(start);
        let mut last = end;
        while last < sentence.end && !self.ends_clause(last) {
            last += 1;
        }
        if let Some(content) = self.content_of(self.text.span(start..end)) {
            let content = self.text.tokens_in(content);
            (first, last) = (first.max(content.start).min(start), last.min(content.end).max(end));
        }
        match quote {
            Some(quote) => first.max(quote.start)..last.min(quote.end).max(end),
            None => first..last,
        }
    }

    /// Where the clause of a token begins, whoever says it: at its opener or behind a strong mark.
    pub(super) fn grammatical_start(&self, start: usize) -> usize {
        let sentence = self.sentence(start).start;
        let mut first = start;
        while first > sentence && !self.ends_clause(first - 1) {
            first -= 1;
        }
        if first > sentence && self.is(first - 1, OPENER | RELATIVE) {
            first -= 1;
        }
        first
    }

    fn ends_clause(&self, token: usize) -> bool {
        (self.is(token, OPENER | RELATIVE) && !self.opens_no_clause(token))
            || (self.text.tokens[token].shape == Shape::Mark
                && matches!(
                    self.text.word(token),
                    ";" | ":" | "(" | ")" | "—" | "–" | "“" | "”" | "«" | "»" | "\"" | "…"
                ))
    }

    /// Whether a clause opener opens none here: 'since Sunday', 'perjanjian yang luas dengan ...'.
    fn opens_no_clause(&self, token: usize) -> bool {
        let Some(next) = self.text.tokens.get(token + 1) else { return true };
        let place = self.layers.times.partition_point(|t| t.span.end <= next.span.start);
        let before_time = self.layers.times.get(place).is_some_and(|t| t.span.start <= next.span.start);
        before_time || (self.is(token, RELATIVE) && self.is(token + 2, WITH | TO | BY | AND | OF))
    }

    pub(super) fn is_comma(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|t| t.shape == Shape::Mark)
            && matches!(self.text.word(token), "," | "،" | "、")
    }

    /// Whether a preposition stands before a side's words, so that it is neither subject nor
    /// object: which of `classes` count.
    pub(super) fn governed_by(&self, side: &Side, classes: Class) -> Option<usize> {
        let mut at = side.tokens.start;
        for _ in 0..REACH {
            at = at.checked_sub(1)?;
            let token = &self.text.tokens[at];
            if self.is(at, classes) {
                return Some(at);
            }
            let ends = token.shape == Shape::Mark && !matches!(self.text.word(at), "-" | "'" | "’");
            if ends || token.sentence != self.text.tokens[side.tokens.start].sentence {
                return None;
            }
            let is_verb =
                !self.is(at, OF | DETERMINER) && self.pack.events.triggers_at(&self.text.tokens, at).is_some();
            if self.is(at, OPENER | RELATIVE | AND | PASSIVE) || is_verb {
                return None;
            }
            if let Some(other) = self.side_at(at)
                && !self.is_adjective(other)
                && !self.is(at + 1, GENITIVE)
            {
                return None;
            }
        }
        None
    }

    /// Whether a noun stands before a token, from another on: "Chile's ambassador | a protest note".
    pub(super) fn is_noun_before(&self, token: usize, from: usize) -> bool {
        token > from && !self.is(token - 1, DETERMINER | GENITIVE)
    }

    /// Whether a side is neither subject nor direct object.
    pub(super) fn is_oblique(&self, side: &Side) -> bool {
        self.governed_by(side, OBLIQUE | TO | BY | WITH).is_some()
    }

    /// The codes of a side and of those that are joined to it, to the left and to the right.
    pub(super) fn group(&self, side: &Side, within: &Range<usize>) -> Vec<String> {
        let index = self.sides.partition_point(|s| s.tokens.start < side.tokens.start);
        let (mut first, mut last) = (index, index);
        while first > 0 && self.are_joined(&self.sides[first - 1], &self.sides[first], within) {
            first -= 1;
        }
        while last + 1 < self.sides.len() && self.are_joined(&self.sides[last], &self.sides[last + 1], within) {
            last += 1;
        }
        // a list has a conjunction somewhere; commas alone join nothing
        let mut joined = self.sides[first].tokens.end..self.sides[last].tokens.start;
        if !joined.any(|t| self.is(t, AND) && !self.is_comma(t)) {
            let is_parted = |left: usize| {
                (self.sides[left].tokens.end..self.sides[left + 1].tokens.start).any(|t| self.is_comma(t))
            };
            first = (first..index).rev().find(|&left| is_parted(left)).map_or(first, |left| left + 1);
            last = (index..last).find(|&left| is_parted(left)).unwrap_or(last);
        }
        let mut codes = Vec::new();
        for code in self.sides[first..=last].iter().flat_map(|s| &s.codes) {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }

    /// Whether two neighbouring sides are joined ('Iran and Russia'; 'Rusia, Iran dan Turki'), or
    /// the second names the first again ('Russian President Putin').
    fn are_joined(&self, left: &Side, right: &Side, within: &Range<usize>) -> bool {
        let between = left.tokens.end..right.tokens.start;
        if left.tokens.start < within.start || right.tokens.end > within.end || between.len() > 6 {
            return false;
        }
        let same = left.codes == right.codes || left.codes.is_empty() || right.codes.is_empty();
        let joins = between.clone().filter(|&t| self.is(t, AND)).count();
        let others = between.clone().filter(|&t| !self.is(t, AND | DETERMINER | OF | GENITIVE)).count();
        let breaks = between.clone().any(|t| {
            self.is(t, OPENER | RELATIVE | OBLIQUE | TO | BY | WITH | PASSIVE)
                || self.pack.events.triggers_at(&self.text.tokens, t).is_some()
        });
        !breaks && if same { others <= 3 } else { joins > 0 && others <= 3 }
    }

    /// The statement whose content covers a span: the smallest one.
    pub(super) fn statement_of(&self, span: Span) -> Option<StatementIndex> {
        self.covering(span).map(|(_, statement)| statement)
    }

    /// The statement whose content a side stands in.
    pub(super) fn statement_at(&self, side: &Side) -> Option<StatementIndex> {
        self.statement_of(self.text.span(side.tokens.clone()))
    }

    /// The part of a statement's content that covers a span: the smallest one.
    fn content_of(&self, span: Span) -> Option<Span> {
        self.covering(span).map(|(content, _)| content)
    }

    fn covering(&self, span: Span) -> Option<(Span, StatementIndex)> {
        let place = self.contents.partition_point(|(content, _)| content.start <= span.start);
        let before = self.contents[place.saturating_sub(NESTING)..place].iter().rev();
        before.filter(|(content, _)| content.contains(span)).min_by_key(|(content, _)| content.len()).copied()
    }

    /// The state for which the source of a statement speaks.
    pub(super) fn speaker(&self, statement: StatementIndex) -> Option<String> {
        self.statements[statement.0 as usize].chain.last().and_then(|link| link.country.clone())
    }

    /// The state where the event of a trigger takes place: that of the nearest place named before it
    /// in its sentence, else after it, else before it in its paragraph, else the text's.
    pub(super) fn home(&self, start: usize) -> Option<String> {
        let sentence = self.sentence(start);
        let place = self.text.paragraphs.partition_point(|p| p.end <= start);
        let paragraph = self.text.paragraphs.get(place).map_or(0, |p| p.start).max(start.saturating_sub(WINDOW));
        let before = self.sides_in(sentence.start..start).iter().rev();
        let after = self.sides_in(start..sentence.end).iter();
        let earlier = self.sides_in(paragraph..sentence.start.max(paragraph)).iter().rev();
        let is_place = |s: &&Side| s.codes.len() == 1 && self.governed_by(s, OBLIQUE).is_some();
        let found = before.chain(after).chain(earlier).find(is_place).map(|s| s.codes[0].clone());
        found.filter(|code| code.len() == 3).or_else(|| self.homes.first().cloned())
    }

    /// The state where the subject of a verb is at home: that of a place named before the verb in its
    /// sentence ('prosecutors in Nairobi', 'in Jakarta, the ministry'), else the text's.
    pub(super) fn subject_home(&self, start: usize) -> Option<String> {
        let before = self.sides_in(self.sentence(start).start..start).iter().rev();
        let is_place = |s: &&Side| s.codes.len() == 1 && self.governed_by(s, OBLIQUE).is_some();
        let found = before.take(NEIGHBOURS).find(is_place).map(|s| s.codes[0].clone());
        found.filter(|code| code.len() == 3).or_else(|| self.homes.first().cloned())
    }

    /// The likeliest home of one who meets these others.
    pub(super) fn home_beside(&self, others: &[String]) -> Option<String> {
        self.homes.iter().find(|home| !others.contains(home)).cloned()
    }

    /// Whom a pronoun or an empty subject may mean: the first subject of the sentence before.
    pub(super) fn topic(&self, start: usize) -> Option<&[String]> {
        let sentence = self.text.sentence_of(start);
        let before = &self.text.sentences[sentence.checked_sub(1)?].tokens;
        let before = before.start.max(before.end.saturating_sub(WINDOW))..before.end;
        let first = self.sides_in(before).iter().find(|s| !s.codes.is_empty() && !self.is_oblique(s))?;
        Some(&first.codes)
    }

    /// Whether a word just before says that the thing is to be averted.
    pub(super) fn is_averted(&self, start: usize, clause: &Range<usize>) -> bool {
        (start.saturating_sub(REACH).max(clause.start)..start).any(|t| self.is(t, AVERT))
    }

    /// Whether words just before a trigger say that it is not told as a happening: it ought to be, is a
    /// purpose or a manner ('to attack', 'per attaccare', 'for criticising'), is said of a noun ('a banned
    /// drug'), or happened to nobody.
    pub(super) fn is_unreal(&self, start: usize, trigger: &Trigger, clause: &Range<usize>) -> bool {
        let sentence = self.sentence(start);
        if trigger.part == Part::Noun {
            return false;
        }
        let near = start.saturating_sub(REACH).max(clause.start)..start;
        let far = start.saturating_sub(FAR).max(sentence.start)..start;
        let before = start.checked_sub(1).filter(|&t| t >= sentence.start);
        let is_to_come = || far.clone().any(|t| self.is(t, PLANNED | POSSIBLE));
        let is_governed = before
            .is_some_and(|t| self.is(t, TO | OF | OBLIQUE | BY | WITH | PURPOSE) && !self.is(t, GENITIVE | OPENER));
        near.clone().any(|t| self.is(t, DEONTIC | NOBODY))
            || (trigger.part == Part::Verb && is_governed && !is_to_come())
            || (trigger.part == Part::Participle
                && before.is_some_and(|t| self.is(t, DETERMINER) && !self.is(t, OPENER)))
    }

    /// Whether the sentence of a token tells of a game.
    pub(super) fn is_sport(&self, token: usize) -> bool {
        self.sentence(token).any(|t| self.is(t, SPORT))
    }

    /// The date that the clause of a trigger itself tells.
    pub(super) fn own_date(&self, clause: &Range<usize>) -> Option<&str> {
        let clause = self.text.span(clause.clone());
        let first = self.layers.times.partition_point(|t| t.span.start < clause.start);
        self.layers.times.get(first).filter(|t| clause.contains(t.span)).and_then(|t| t.value.as_deref())
    }

    /// The date of a time expression that belongs to the trigger: in its clause, or the only one of
    /// its sentence; inside the content where a statement reports it.
    pub(super) fn date(
        &self,
        start: usize,
        end: usize,
        clause: &Range<usize>,
        statement: Option<StatementIndex>,
    ) -> Option<String> {
        let trigger = self.text.span(start..end);
        let inside = |span: Span| match statement {
            Some(s) => self.statements[s.0 as usize].content.iter().any(|c| c.contains(span)),
            None => self.covering(span).is_none(),
        };
        let clause = self.text.span(clause.clone());
        let sentence = self.text.span(self.sentence(start));
        let first = self.layers.times.partition_point(|t| t.span.end <= sentence.start);
        let distance = |span: Span| span.start.saturating_sub(trigger.end).max(trigger.start.saturating_sub(span.end));
        self.layers.times[first..]
            .iter()
            .take_while(|t| t.span.start < sentence.end)
            .filter(|t| sentence.contains(t.span) && inside(t.span))
            .min_by_key(|t| (!clause.contains(t.span), distance(t.span)))
            .and_then(|t| t.value.clone())
            .filter(|value| !value.contains('/'))
    }
}

/// Sides of a text: names with what events call them, and adjectives of states between them.
fn sides_of(
    text: &Text<'_>,
    layers: Layers<'_>,
    classes: &[Class],
    named: &[String],
    pack: &Pack,
    actors: &[Option<&str>],
) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    let mut at = 0;
    let mut mentions = layers.mentions.iter().peekable();
    while at < text.tokens.len() {
        let here = text.tokens[at].span;
        if classes[at] & NO_SIDE != 0 {
            at += 1;
            continue;
        }
        while mentions.peek().is_some_and(|m| m.span.end <= here.start) {
            mentions.next();
        }
        if let Some(mention) = mentions.peek().filter(|m| m.span.overlaps(here)) {
            let tokens = at..text.tokens_in(mention.span).end.max(at + 1);
            let entity = &layers.entities[mention.entity.0 as usize];
            let codes: Vec<String> = actors[mention.entity.0 as usize].map(str::to_owned).into_iter().collect();
            at = tokens.end;
            if !codes.is_empty() || matches!(entity.kind, EntityKind::Person | EntityKind::Organisation) {
                sides.push(Side { tokens, codes });
            }
            continue;
        }
        if classes[at] & BOTH != 0 && named.len() > 1 {
            let end = (at..text.tokens.len()).find(|&t| classes[t] & BOTH == 0).unwrap_or(text.tokens.len());
            sides.push(Side { tokens: at..end, codes: named[..2].to_vec() });
            at = end;
            continue;
        }
        match pack.names.demonym_at(&text.tokens, at) {
            Some((length, code)) => {
                sides.push(Side { tokens: at..at + length, codes: vec![code.to_owned()] });
                at += length;
            }
            None => at += 1,
        }
    }
    sides
}

/// States and bodies that the text names, the most frequent first; the first named of equals.
fn states(layers: Layers<'_>, actors: &[Option<&str>]) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for mention in layers.mentions {
        let Some(code) = actors[mention.entity.0 as usize] else { continue };
        match counts.iter_mut().find(|(c, _)| *c == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(code, _)| code.to_owned()).collect()
}

/// The states where things happen when the text says no other: those that its places name, the most
/// frequent first; a dateline counts half. The state whose newspapers write in the language, where it
/// has but one, comes first unless another is named more than twice as often.
fn homes(text: &Text<'_>, layers: Layers<'_>, pack: &Pack, actors: &[Option<&str>]) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut add = |code, weight| match counts.iter_mut().find(|(c, _)| *c == code) {
        Some((_, count)) => *count += weight,
        None => counts.push((code, weight)),
    };
    for mention in layers.mentions {
        let entity = &layers.entities[mention.entity.0 as usize];
        if !matches!(entity.kind, EntityKind::Polity | EntityKind::Place) {
            continue;
        }
        let Some(code) = actors[mention.entity.0 as usize] else { continue };
        let first = text.tokens_in(mention.span).start;
        let is_dateline = first < DATELINE && text.tokens[first].shape == Shape::Upper;
        add(code, if is_dateline { 1 } else { 2 });
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most = counts.first().map_or(0, |(_, count)| *count);
    let mut homes: Vec<String> = counts.iter().map(|(code, _)| (*code).to_owned()).collect();
    if let Some(home) = &pack.events.home {
        let named = counts.iter().find(|(code, _)| code == home).map_or(0, |(_, count)| *count);
        homes.retain(|code| code != home);
        homes.insert(if named * 2 >= most { 0 } else { homes.len().min(1) }, home.clone());
    }
    homes
}
