//! Matching patterns around cues.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::cues::Cue;
use super::pattern::{Element, Kind, Role, Rule, Times};
use super::scene::Scene;
use super::words::{CueClass, StatementPack, class};

/// What a pattern found: token ranges by role, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Place of the rule in the pack.
    pub rule: usize,
    /// Ranges and what they are.
    pub parts: SmallVec<[(Role, Range<usize>); 6]>,
    /// The content is the sentence before.
    pub previous: bool,
    /// The content is the quotation that ends right before the sentence.
    pub previous_quote: bool,
    /// The source is who the clause before is about.
    pub subject: bool,
    /// Everything that the pattern covered.
    pub extent: Range<usize>,
}

impl Match {
    /// Whether the content stands before the cue's own sentence.
    pub fn follows(&self) -> bool {
        self.previous || self.previous_quote
    }

    /// Takes what one side of a pattern found.
    fn add(&mut self, scene: &Scene<'_>, side: &Side) {
        for (role, range, reached) in &side.parts {
            let range = if *reached { narrow(scene, range.clone()) } else { range.clone() };
            self.parts.push((*role, range));
        }
        self.previous |= side.previous;
        self.previous_quote |= side.previous_quote;
        self.subject |= side.subject;
        self.extent = self.extent.start.min(side.extent.start)..self.extent.end.max(side.extent.end);
    }
}

/// What the elements on one side of a cue found.
#[derive(Clone, Debug, Default)]
struct Side {
    /// Ranges and what they are, from the cue outwards; whether it is a noun phrase found backwards, which may
    /// reach over more than its own words.
    parts: SmallVec<[(Role, Range<usize>, bool); 4]>,
    previous: bool,
    previous_quote: bool,
    subject: bool,
    extent: Range<usize>,
}

/// What each side of a rule found at one cue. Many rules share a side, and what stands after a cue does not
/// depend on what stands before it.
#[derive(Default)]
pub struct Tried {
    /// By the number of a side before the cue and then of one after it: 0 where it was not tried, 1 where it
    /// matches nothing, else index in `sides` plus two.
    answers: Vec<u32>,
    sides: Vec<Side>,
}

/// A side was tried and matches nothing.
const NOTHING: u32 = 1;

impl Tried {
    /// Nothing was tried yet, at a new cue.
    pub fn begin(&mut self, pack: &StatementPack) {
        self.answers.clear();
        self.answers.resize(pack.sides.0 + pack.sides.1, 0);
        self.sides.clear();
    }

    /// Finds what a side matches, if nobody asked before; whether it is anything.
    fn matches(&mut self, place: usize, walk: impl FnOnce(&mut Side) -> bool) -> bool {
        if self.answers[place] == 0 {
            let mut side = Side::default();
            self.answers[place] = if walk(&mut side) {
                self.sides.push(side);
                self.sides.len() as u32 + NOTHING
            } else {
                NOTHING
            };
        }
        self.answers[place] != NOTHING
    }

    fn side(&self, place: usize) -> &Side {
        &self.sides[(self.answers[place] - NOTHING) as usize - 1]
    }
}

/// No span element is longer, in tokens.
const LONGEST_SPAN: usize = 24;

/// The first rule that matches at a cue.
pub fn find(scene: &Scene<'_>, cue: &Cue) -> Option<Match> {
    let mut tried = Tried::default();
    tried.begin(scene.pack);
    (0..scene.pack.rules.len()).find_map(|n| try_rule(scene, cue, n, &mut tried))
}

/// Tries one rule at a cue; `tried` is what was found at the same cue before.
pub fn try_rule(scene: &Scene<'_>, cue: &Cue, number: usize, tried: &mut Tried) -> Option<Match> {
    let rule: &Rule = &scene.pack.rules[number];
    if !rule.pattern.classes.contains(&cue.entry.class) || rule.pattern.form != cue.form {
        return None;
    }
    // a pattern without content is for refusals: the refusing clause is the content
    let contentless = !rule.content && cue.entry.class != CueClass::Cite;
    if contentless && !cue.refuses() {
        return None;
    }
    let (before, after) = (rule.sides.0, scene.pack.sides.0 + rule.sides.1);
    let (start, end) = (cue.group.start, cue.group.end);
    // most rules fail at what stands right beside the cue, and both sides must hold
    for (place, elements, at, forward) in
        [(before, &rule.pattern.before, start, false), (after, &rule.pattern.after, end, true)]
    {
        if tried.answers[place] == 0 && !may_begin(scene, elements, at, forward) {
            tried.answers[place] = NOTHING;
        }
        if tried.answers[place] == NOTHING {
            return None;
        }
    }
    let walk_from = |elements: &[Element], at: usize, forward: bool, side: &mut Side| {
        side.extent = cue.group.clone();
        walk(scene, elements, at, forward, side)
    };
    if !tried.matches(before, |side| walk_from(&rule.pattern.before, start, false, side))
        || !tried.matches(after, |side| walk_from(&rule.pattern.after, end, true, side))
    {
        return None;
    }
    let mut found = Match {
        rule: number,
        parts: smallvec![(Role::Cue, cue.group.clone())],
        extent: cue.group.clone(),
        ..Match::default()
    };
    found.add(scene, tried.side(before));
    found.add(scene, tried.side(after));
    if found.parts.len() > 1 {
        found.parts.sort_by_key(|(_, range)| range.start);
    }
    Some(found)
}

/// Whether the first element can match, as far as that is asked cheaply.
fn may_begin(scene: &Scene<'_>, elements: &[Element], at: usize, forward: bool) -> bool {
    let Some((element, rest)) = elements.split_first().filter(|(e, _)| e.times == Times::Once) else { return true };
    match (Question::of(&element.kind), &element.kind) {
        (Some(question), _) => {
            let known = scene.kept.borrow().any(question, forward, at);
            known.unwrap_or_else(|| !extents(scene, element, at, forward, rest).is_empty())
        }
        (None, Kind::Quote | Kind::Class(_) | Kind::Literal(_) | Kind::Start | Kind::End | Kind::NextParagraph) => {
            !reach(scene, element, at, forward, rest).is_empty()
        }
        _ => true,
    }
}

/// Matches elements outwards from `at`; the first way in which all match is kept.
fn walk(scene: &Scene<'_>, elements: &[Element], at: usize, forward: bool, found: &mut Side) -> bool {
    let Some((element, rest)) = elements.split_first() else { return true };
    if element.times == Times::Any {
        let mut places: Places = smallvec![at];
        while places.len() <= 4 {
            let here = places[places.len() - 1];
            let Some(&next) = extents(scene, element, here, forward, rest).first() else { break };
            if next == here {
                break;
            }
            places.push(next);
        }
        // forwards as many as there are, then fewer; backwards the other way round, for a noun phrase
        // takes its own prepositional phrases with it
        if forward {
            places.reverse();
        }
        return places.into_iter().any(|place| walk(scene, rest, place, forward, found));
    }
    for next in extents(scene, element, at, forward, rest) {
        let parts = found.parts.len();
        let (previous, quote, subject) = (found.previous, found.previous_quote, found.subject);
        let extent = found.extent.clone();
        let range = if forward { at..next } else { next..at };
        take(element, range.clone(), forward, found);
        found.extent = found.extent.start.min(range.start)..found.extent.end.max(range.end);
        if walk(scene, rest, next, forward, found) {
            return true;
        }
        found.parts.truncate(parts);
        (found.previous, found.previous_quote, found.subject, found.extent) = (previous, quote, subject, extent);
    }
    element.times == Times::Optional && walk(scene, rest, at, forward, found)
}

/// Notes the role of what an element matched.
fn take(element: &Element, range: Range<usize>, forward: bool, found: &mut Side) {
    match element.kind {
        Kind::PreviousSentence => found.previous = true,
        Kind::PreviousQuote => found.previous_quote = true,
        Kind::Subject => found.subject = true,
        _ => {
            if let Some(role) = element.role {
                let reached = matches!(element.kind, Kind::NounPhrase) && !forward && range.start < range.end;
                found.parts.push((role, range, reached));
            }
        }
    }
}

/// A noun phrase found backwards may reach over a relative clause; its own words end before it.
fn narrow(scene: &Scene<'_>, range: Range<usize>) -> Range<usize> {
    let whole = scene
        .phrases_before(range.end, range.start)
        .into_iter()
        .map(|(own, _)| own)
        .find(|own| own.start == range.start);
    match whole {
        Some(own) if own.end < range.end => own,
        _ => {
            let mut end = range.end;
            while end > range.start + 1 && scene.is_mark(end - 1, &[","]) {
                end -= 1;
            }
            range.start..end
        }
    }
}

/// Where an element may end (backwards, begin).
pub type Places = SmallVec<[usize; 4]>;

/// Where an element that begins (or, backwards, ends) at `at` may end (begin), best first. What many rules
/// ask of the same place is kept.
fn extents(scene: &Scene<'_>, element: &Element, at: usize, forward: bool, rest: &[Element]) -> Places {
    let Some(question) = Question::of(&element.kind) else { return reach(scene, element, at, forward, rest) };
    if let Some(places) = scene.kept.borrow().get(question, forward, at) {
        return places;
    }
    let places = reach(scene, element, at, forward, rest);
    scene.kept.borrow_mut().insert(question, forward, at, &places);
    places
}

/// What many rules ask of the same place; the answer depends on nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// See [`Kind::NounPhrase`].
    NounPhrase,
    /// See [`Kind::Clause`].
    Clause,
    /// See [`Kind::Adjunct`].
    Adjunct,
    /// See [`Kind::Aside`].
    Aside,
}

impl Question {
    /// What an element asks; `None` where it is asked of the text each time.
    fn of(kind: &Kind) -> Option<Question> {
        Some(match kind {
            Kind::NounPhrase => Question::NounPhrase,
            Kind::Clause => Question::Clause,
            Kind::Adjunct => Question::Adjunct,
            Kind::Aside => Question::Aside,
            _ => return None,
        })
    }
}

/// Places by what was asked, forwards or backwards, and where.
pub struct Kept {
    /// For each place of the text, index in `asked` plus one; 0 where nothing was asked.
    blocks: Vec<u32>,
    /// Index in `places` plus one, by question and direction; 0 where it was not asked.
    asked: Vec<[u32; 8]>,
    /// Places, and how many of the four they are.
    places: Vec<([u32; 4], u32)>,
}

impl Kept {
    /// Nothing was asked yet of a text of so many tokens.
    pub fn new(tokens: usize) -> Kept {
        Kept { blocks: vec![0; tokens + 1], asked: Vec::new(), places: Vec::new() }
    }

    fn slot(question: Question, forward: bool) -> usize {
        2 * question as usize + usize::from(forward)
    }

    fn find(&self, question: Question, forward: bool, at: usize) -> Option<&([u32; 4], u32)> {
        let block = self.blocks.get(at)?.checked_sub(1)?;
        let place = self.asked[block as usize][Kept::slot(question, forward)].checked_sub(1)?;
        self.places.get(place as usize)
    }

    fn get(&self, question: Question, forward: bool, at: usize) -> Option<Places> {
        let &(places, count) = self.find(question, forward, at)?;
        Some(Places::from_buf_and_len(places.map(|place| place as usize), count as usize))
    }

    /// Whether there was any place; `None` where it was not asked yet.
    fn any(&self, question: Question, forward: bool, at: usize) -> Option<bool> {
        self.find(question, forward, at).map(|&(_, count)| count > 0)
    }

    fn insert(&mut self, question: Question, forward: bool, at: usize, places: &Places) {
        let mut four = [0; 4];
        // more places than that are looked for anew each time
        let Some(kept) = four.get_mut(..places.len()) else { return };
        let Some(block) = self.blocks.get_mut(at) else { return };
        for (kept, &place) in kept.iter_mut().zip(places) {
            *kept = place as u32;
        }
        if *block == 0 {
            self.asked.push([0; 8]);
            *block = self.asked.len() as u32;
        }
        self.places.push((four, places.len() as u32));
        self.asked[*block as usize - 1][Kept::slot(question, forward)] = self.places.len() as u32;
    }
}

/// The same, looked for.
fn reach(scene: &Scene<'_>, element: &Element, at: usize, forward: bool, rest: &[Element]) -> Places {
    let count = scene.text.tokens.len();
    if count == 0 {
        return Places::new();
    }
    // backwards, the sentence is that of what stands after `at`: nothing but a quotation reaches over its start
    let sentence = scene.text.sentence_of(at.min(count - 1));
    let first = scene.text.sentences[sentence].tokens.start;
    let reaches = matches!(
        element.kind,
        Kind::Quote | Kind::Start | Kind::End | Kind::PreviousSentence | Kind::PreviousQuote | Kind::Subject
    );
    if !forward && at < count && at == first && !reaches {
        return Places::new();
    }
    let low = || scene.sentence_start(sentence);
    let high = scene.text.sentences[sentence].tokens.end;
    match &element.kind {
        Kind::Quote => quotes(scene, at, forward),
        Kind::NounPhrase if forward => {
            scene.phrases_after(at, high).into_iter().filter(|r| r.start == at).map(|r| r.end).collect()
        }
        Kind::NounPhrase => {
            let low = low();
            if at <= low {
                return Places::new();
            }
            scene.phrases_before(at, low).into_iter().map(|(_, start)| start).collect()
        }
        Kind::Clause if forward => scene.clause_after(at).into_iter().map(|r| r.end).collect(),
        Kind::Clause => scene.clause_before(at).into_iter().map(|r| r.start).collect(),
        Kind::Span => spans(scene, at, forward, low(), high, rest),
        Kind::Adjunct if forward => scene.adjuncts_after(at, high).into_iter().collect(),
        Kind::Adjunct => scene.adjunct_before(at, low()).into_iter().collect(),
        Kind::Aside if forward => scene.aside_after(at, high).into_iter().collect(),
        Kind::Aside => (low()..at).rev().find(|&start| scene.aside_after(start, at) == Some(at)).into_iter().collect(),
        Kind::Class(bits) if forward => {
            scene.class_lengths(at, *bits).map(|len| at + len).filter(|&end| end <= high).collect()
        }
        Kind::Class(bits) => (1..=6.min(at))
            .rev()
            .filter(|&len| scene.class_lengths(at - len, *bits).any(|l| l == len))
            .map(|len| at - len)
            .collect(),
        Kind::Literal(words) if forward => literal(scene, at, words).then_some(at + 1).into_iter().collect(),
        Kind::Literal(words) => (at > 0 && literal(scene, at - 1, words)).then(|| at - 1).into_iter().collect(),
        Kind::Start if !forward || at == low() => {
            // nothing but words that lead in stands before
            let mut start = low();
            while start < at {
                if let Some(len) = scene.class_at(start, class::LEAD | class::CONTRAST | class::AND | class::ADVERB) {
                    start += len;
                } else if scene.is_mark(start, &[",", "—", "–"]) {
                    start += 1;
                } else {
                    break;
                }
            }
            (start >= at).then_some(at).into_iter().collect()
        }
        Kind::Start => Places::new(),
        Kind::End => (at >= scene.sentence_end(sentence)).then_some(at).into_iter().collect(),
        Kind::PreviousSentence | Kind::PreviousQuote | Kind::Subject => smallvec![at],
        Kind::NextParagraph => next_paragraph(scene, at, forward).into_iter().collect(),
        Kind::Not(inner) => {
            if extents(scene, inner, at, forward, &[]).is_empty() {
                smallvec![at]
            } else {
                Places::new()
            }
        }
        Kind::Cue(classes, form) => {
            if forward {
                // a group lies in the sentence of its word
                let from = scene.cues.partition_point(|c| c.word.start < at);
                scene.cues[from..]
                    .iter()
                    .take_while(|c| c.word.start < high)
                    .filter(|c| c.group.start == at && classes.contains(&c.entry.class) && c.form == *form)
                    .map(|c| c.group.end)
                    .collect()
            } else {
                let from = scene.cues.partition_point(|c| c.word.end < at);
                scene.cues[from..]
                    .iter()
                    .take_while(|c| c.word.end == at)
                    .filter(|c| c.group.end == at && classes.contains(&c.entry.class) && c.form == *form)
                    .map(|c| c.group.start)
                    .collect()
            }
        }
    }
}

fn literal(scene: &Scene<'_>, token: usize, words: &[crate::lexicon::WordId]) -> bool {
    scene.text.tokens.get(token).is_some_and(|t| t.word.is_known() && words.contains(&t.word))
}

/// No quotation set apart is shorter, in tokens.
const SET_APART: usize = 6;

/// End of the paragraph that begins at `at`, where it is no quotation in marks.
fn next_paragraph(scene: &Scene<'_>, at: usize, forward: bool) -> Option<usize> {
    let first = scene.text.tokens.get(at).filter(|t| forward && t.starts_paragraph)?;
    let paragraph = &scene.text.paragraphs[scene.text.sentences[first.sentence as usize].paragraph];
    let end = scene.sentence_end(scene.text.sentence_of(paragraph.end - 1));
    (scene.text.quote_at(at).is_none() && end >= at + SET_APART).then_some(end)
}

/// A quotation beside `at`; a comma or full stop may stand between where newsrooms put one outside.
fn quotes(scene: &Scene<'_>, at: usize, forward: bool) -> Places {
    let quotes = &scene.text.quotes;
    if forward {
        let place = quotes.partition_point(|q| q.outer.start < at);
        return quotes
            .get(place)
            .filter(|q| q.outer.start == at && !q.inner.is_empty())
            .map(|q| q.outer.end)
            .into_iter()
            .collect();
    }
    let place = quotes.partition_point(|q| q.outer.end < at);
    // a quotation that ends its own sentence belongs to no verb of the next one, but for a question or
    // exclamation, of which no text splitter can tell: '"Who pays?" Ana Reyes asked.'
    let same = at == 0 || at >= scene.text.tokens.len() || scene.text.sentence_of(at - 1) == scene.text.sentence_of(at);
    quotes
        .get(place)
        .filter(|q| q.outer.end == at && !q.inner.is_empty())
        .filter(|q| same || q.closed && scene.is_mark(q.inner.end - 1, &["?", "!"]))
        .map(|q| q.outer.start)
        .into_iter()
        .collect()
}

/// Short runs up to a place where the next element can match.
fn spans(scene: &Scene<'_>, at: usize, forward: bool, low: usize, high: usize, rest: &[Element]) -> Places {
    let mut ends = Places::new();
    for len in 1..=LONGEST_SPAN {
        let next = if forward { at + len } else { at.wrapping_sub(len) };
        if forward && next > high || !forward && (at < len || next < low) {
            break;
        }
        let crossed = if forward { next - 1 } else { next };
        if scene.text.quote_at(crossed).is_some() {
            break;
        }
        if rest.first().is_none_or(|element| {
            element.times != Times::Once || !extents(scene, element, next, forward, &rest[1..]).is_empty()
        }) {
            ends.push(next);
        }
    }
    ends
}
