//! From matches to statements: each reporting word's parts become a draft, and drafts become what they
//! are together (`nesting`, `quotations`).

use std::ops::Range;

use smallvec::SmallVec;
use sumber_core::{EntityKind, Stance};

use super::contents::{
    SAID, bare, end_of_label, end_of_noun_clause, previous_quote, previous_sentence, told_to, whole_clause, with_aspect,
};
use super::cues::Cue;
use super::matcher::{self, Match, Tried};
use super::pattern::Role;
use super::quotations::{SPOKEN, has_quote};
use super::scene::Scene;
use super::words::{CueClass, CueForm, class};
use super::{nesting, quotations};
use crate::text::Shape;

/// A name in quotation marks is of no more tokens.
const NAME: usize = 4;
/// A clause before its cue is of this many tokens at least where no verb in it is known.
const UNTOLD: usize = 8;

/// A statement in the making, in tokens.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The reporting word; `None` where only quotation marks tell.
    pub cue: Option<Range<usize>>,
    /// Its class.
    pub class: CueClass,
    /// The words of the source.
    pub source: Option<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// Those through whom it came, nearest to the article first; each a noun phrase.
    pub vias: Vec<Range<usize>>,
    /// To whom it was said.
    pub to: Vec<Range<usize>>,
    /// The source is who spoke last.
    pub subject: bool,
    /// No source is expected: hearsay.
    pub hearsay: bool,
    /// The stance.
    pub stance: Stance,
    /// The rule's id.
    pub rule: String,
    /// All that the rule covered.
    pub extent: Range<usize>,
    /// Ends the content of what stands before it.
    pub trailing: bool,
    /// The source of an attribution that wraps this one comes first in the chain: drafts by place.
    pub outer: Vec<Draft>,
    /// The content is the sentence before.
    pub previous: bool,
    /// Gives way to any other attribution of its sentence.
    pub weak: bool,
    /// Removed.
    pub dead: bool,
}

impl Draft {
    /// Words said without a reporting word; of who spoke last, where no source is given.
    pub fn uttered(source: Option<Range<usize>>, content: Range<usize>, rule: &str, extent: Range<usize>) -> Draft {
        Draft {
            cue: None,
            class: CueClass::Say,
            subject: source.is_none(),
            source,
            content: vec![content],
            vias: Vec::new(),
            to: Vec::new(),
            hearsay: false,
            stance: Stance::Asserts,
            rule: rule.to_owned(),
            extent,
            trailing: false,
            previous: false,
            weak: false,
            outer: Vec::new(),
            dead: false,
        }
    }
}

/// All statements of a text, as drafts in reading order.
pub fn drafts(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(scene.cues.len());
    let words = scene.cues.chunk_by(|a, b| a.word == b.word);
    let mut tried = Vec::new();
    drafts.extend(words.filter_map(|readings| best_reading(scene, readings, &mut tried)));
    quotations::one_quote_one_cue(scene, &mut drafts);
    quotations::share_parted(scene, &mut drafts);
    nesting::drop_second_verbs(&mut drafts);
    nesting::cut_where_the_next_begins(scene, &mut drafts);
    nesting::join_citations(scene, &mut drafts);
    nesting::yield_weak_hearsay(scene, &mut drafts);
    nesting::nest(scene, &mut drafts);
    drafts.retain(|d| !d.dead && (!d.content.is_empty() || d.stance == Stance::Declines));
    quotations::continue_quotes(scene, &mut drafts);
    quotations::orphan_quotes(scene, &mut drafts);
    quotations::speaker_labels(scene, &mut drafts);
    drafts.sort_by_key(|d| (d.content.first().map_or(d.extent.start, |c| c.start.min(d.extent.start)), d.extent.end));
    drafts
}

/// A word that is listed more than once is read as the earliest rule that fits reads it. `tried` is kept from
/// word to word, so that it is made once.
fn best_reading(scene: &Scene<'_>, readings: &[Cue], tried: &mut Vec<Tried>) -> Option<Draft> {
    let of = |cue: &Cue| scene.pack.rules_for(cue.entry.class, cue.form);
    if tried.len() < readings.len() {
        tried.resize_with(readings.len(), Tried::default);
    }
    tried.iter_mut().take(readings.len()).for_each(|tried| tried.begin(scene.pack));
    if let [cue] = readings {
        let mut read = |rule| draft(scene, cue, matcher::try_rule(scene, cue, rule, &mut tried[0])?);
        return of(cue).iter().find_map(|&rule| read(rule));
    }
    let mut rules: SmallVec<[usize; 32]> = readings.iter().flat_map(of).copied().collect();
    rules.sort_unstable();
    rules.dedup();
    rules.into_iter().find_map(|rule| {
        let mut each = readings.iter().zip(tried.iter_mut());
        each.find_map(|(cue, tried)| draft(scene, cue, matcher::try_rule(scene, cue, rule, tried)?))
    })
}

/// Makes a draft of a match; `None` where the words do not make a statement after all.
fn draft(scene: &Scene<'_>, cue: &Cue, found: Match) -> Option<Draft> {
    let rule = &scene.pack.rules[found.rule];
    let of = |role: Role| found.parts.iter().filter(move |(r, _)| *r == role).map(|(_, range)| range.clone());
    let mut content: Vec<Range<usize>> = of(Role::Content).collect();
    let class = cue.entry.class;
    let mut stance = cue.entry.stance;
    if cue.refuses() {
        stance = Stance::Declines;
        // the refusing clause itself, without a source that stands in it ('no comment | from the ministry')
        let end = scene.clause_after(cue.group.start).map_or(cue.group.end, |rest| rest.end.max(cue.group.end));
        // 'would not comment: "It is too early"' refuses up to the colon
        let colon = (cue.group.end..end).find(|&n| scene.is_mark(n, &[":"]) && scene.text.quote_at(n + 1).is_some());
        let end = colon.unwrap_or(end);
        content = vec![cue.group.start..end];
        if let Some(source) = of(Role::Source).find(|s| cue.group.end < s.start && s.end <= end) {
            let from = scene
                .class_before(source.start, class::PREPOSITION | class::NP_PREPOSITION | class::BY)
                .map_or(source.start, |len| source.start - len);
            content = vec![cue.group.start..from.max(cue.group.end)];
            if source.end < end {
                content.push(source.end..end);
            }
        }
    } else if class == CueClass::Respond {
        stance = Stance::Asserts;
        // 'would respond "in kind"' tells how, not what
        let quotes = |c: &Range<usize>| scene.text.quote_at(c.start).is_some_and(|q| q.inner.len() >= SAID);
        if !content.iter().any(|c| quotes(c) || c.len() > SAID && has_quote(scene, c)) {
            return None;
        }
    }
    if !ends_with_question(scene, cue, &content, &found) || leads_in(scene, cue, &content) {
        return None;
    }
    with_aspect(scene, cue, &mut content);
    // 'According to Ana Reyes, as quoted by Reuters, ...': the first words are an attribution themselves
    let attributes = |c: &Range<usize>| {
        scene.cue_at(c.start).is_some_and(|other| other.entry.class == CueClass::According)
            && !(other_words(scene, c.clone()))
    };
    if class == CueClass::Cite && content.iter().any(attributes) {
        return None;
    }
    if found.previous {
        content.extend(previous_sentence(scene, found.extent.start));
    }
    if found.previous_quote {
        content.push(previous_quote(scene, found.extent.start)?);
    }
    if let [one] = &mut content[..] {
        *one = whole_clause(scene, cue, one.clone());
    }
    let quoted = content.iter().any(|c| has_quote(scene, c));
    let that = rule.pattern.wants(class::THAT);
    if rule.pattern.wants(class::RELATIVE) {
        // the main clause goes on after the relative one's comma
        for c in &mut content {
            let end = (c.start + 1..c.end).find(|&n| {
                scene.is_mark(n - 1, &[","])
                    && scene.text.quote_at(n).is_none()
                    && (scene.is_verb(n) || scene.in_cue(n) || scene.is(n, class::NEGATION))
            });
            c.end = end.unwrap_or(c.end);
        }
    }
    if cue.form == CueForm::Noun && that {
        for c in &mut content {
            c.end = end_of_noun_clause(scene, cue, c);
        }
    }
    if class == CueClass::Label && !that {
        for c in &mut content {
            c.end = end_of_label(scene, c);
        }
    }
    // 'who is reported missing' tells of whom the clause speaks
    let relative = cue.group.start > 0 && scene.is(cue.group.start - 1, class::RELATIVE);
    if relative
        && !quoted
        && !that
        && (class == CueClass::Hearsay || class == CueClass::Show && !content.iter().any(|c| holds_number(scene, c)))
    {
        return None;
    }
    match class {
        CueClass::Label if !quoted => return None,
        // 'put the toll at 41': a figure
        CueClass::Stress if cue.form == CueForm::Bare && !content.iter().any(|c| holds_number(scene, c)) => {
            return None;
        }
        // asking and threatening is an event, unless words are quoted or a clause gives what was said
        CueClass::Urge
            if !quoted && !that && stance != Stance::Declines && !content.iter().any(|c| finite(scene, c)) =>
        {
            return None;
        }
        // a study may show a thing, but only a finding is a statement
        CueClass::Show
            if cue.form == CueForm::Bare
                && !quoted
                && !(found_by(scene, &found) && content.iter().any(|c| c.clone().any(|n| is_finding(scene, n)))) =>
        {
            return None;
        }
        CueClass::Think
            if cue.negated || !quoted && !that && !content.iter().any(|c| c.clone().any(|n| scene.is_verb(n))) =>
        {
            return None;
        }
        _ => {}
    }
    if stance != Stance::Declines
        && content.iter().all(|c| scene.class_lengths(c.start, class::ECHO).any(|len| len == c.len()))
        && !content.is_empty()
    {
        return None;
    }
    if !quoted && !that && matches!(class, CueClass::Say | CueClass::Think) && tells_topic(scene, cue, &content) {
        return None;
    }
    if class == CueClass::Deny && content.iter().any(|c| answers(scene, cue, c)) {
        stance = Stance::Asserts;
    }
    let mut source = of(Role::Source).next();
    // 'if the board says so'
    let before = source.as_ref().map_or(cue.group.start, |s| s.start.min(cue.group.start));
    if !quoted && scene.class_before(before, class::HYPOTHETICAL).is_some() {
        return None;
    }
    if class == CueClass::Label && names_only(scene, cue, &content, source.as_ref()) {
        return None;
    }
    // 'In the wake of the report, the mayor resigned': a noun
    let noun = cue.word.len() == 1 && scene.is(cue.word.start, class::NOT_VERB | class::REPORT);
    if noun && !quoted && content.iter().all(|c| c.start > cue.group.end) && scene.is_mark(cue.group.end, &[","]) {
        return None;
    }
    let trailing = found.subject || cue.form == CueForm::Gerund;
    // words in a mouth that cannot speak are no statement, unless marks or 'that' say so
    let bare_clause = !quoted
        && !that
        && matches!(
            class,
            CueClass::Say
                | CueClass::Think
                | CueClass::Stress
                | CueClass::Urge
                | CueClass::Deny
                | CueClass::Tell
                | CueClass::Hearsay
        );
    // a word with other senses ('per', 'for') attributes where somebody stands beside it
    let weak = class == CueClass::According && !quoted
        || matches!(class, CueClass::According | CueClass::Label)
            && matches!(cue.form, CueForm::Bare | CueForm::Noun | CueForm::Infinitive)
        || class == CueClass::Show && !quoted && !that;
    let mute = source.as_ref().is_some_and(|s| !scene.can_speak(s));
    // 'a claim that': nobody's; 'its claim that': somebody's
    let owned = |s: &Range<usize>| s.len() == 1 && scene.is(s.start, class::HIS | class::THEIR | class::ITS);
    let unowned = cue.form == CueForm::Noun && class != CueClass::According && !source.as_ref().is_some_and(owned);
    if mute && (bare_clause || weak || unowned) {
        return None;
    }
    // 'added the week', 'maintains a programme': verbs that take a thing as well report where a clause follows
    let after = content.iter().all(|c| c.start >= cue.group.end) && !rule.pattern.wants(class::RELATIVE);
    let reports = matches!(class, CueClass::Say | CueClass::Think) && cue.form != CueForm::Noun;
    if bare_clause
        && after
        && reports
        && scene.pack.tells_clausal
        && (cue.word.len() == 1 && !scene.is(cue.word.start, class::CLAUSAL))
        && !content.iter().any(|c| scene.is_clause(c))
    {
        return None;
    }
    // 'citing the rise in fees' gives a reason and no source: it only ends what was said before it
    if class == CueClass::Cite && source.as_ref().is_some_and(|s| !scene.head_can_speak(s)) {
        if cue.form != CueForm::Gerund || !content.is_empty() {
            return None;
        }
        source = None;
    }
    // 'dismissed the minister' is no denial
    let person = |c: &Range<usize>| {
        let head = (c.start..c.end).find(|&n| !scene.is(n, class::DETERMINER));
        head.is_some_and(|n| scene.class_at(n, class::PERSON).is_some() || scene.kind_at(n) == Some(EntityKind::Person))
            && !c.clone().skip(1).take_while(|&n| !scene.is_mark(n, &[","])).any(|n| {
                let noun = scene.is(n - 1, class::DETERMINER | class::NP_PREPOSITION | class::PREPOSITION);
                !noun && (scene.is_verb(n) || scene.in_cue(n))
                    || scene.text.tokens[n].glued && scene.text.word(n).starts_with(['\'', '’'])
                    || scene.class_at(n, class::REPORT).is_some()
            })
    };
    if class == CueClass::Deny && !quoted && !that && content.iter().all(person) {
        return None;
    }
    // a clause before its cue has a verb
    let cue_start = cue.group.start;
    let led = content.iter().all(|c| c.end <= cue_start) && !content.is_empty() && !found.follows();
    let sourced = class == CueClass::According && source.as_ref().is_some_and(|s| scene.can_speak(s));
    // 'Kondisi korban stabil, kata dokter': who speaks ends the sentence, and nothing else can be said
    let closes = scene.is_mark(cue_start.saturating_sub(1), &[","])
        && source.as_ref().is_some_and(|s| s.end == scene.sentence_end(scene.text.sentence_of(s.start)))
        && source.as_ref().is_some_and(|s| scene.speaks(s))
        && content.iter().any(|c| c.len() >= 2 && c.clone().all(|n| !scene.is_mark(n, &[","]) && !scene.is_time(n)));
    // 'in a letter seen by Reuters, the ministry warned' has none
    let tells = |n: usize| {
        let paper = n > 0 && scene.class_at(n - 1, class::REPORT | class::DOCUMENT).is_some();
        let participle = paper && (scene.class_at(n + 1, class::BY).is_some() || scene.in_cue(n));
        (scene.is_verb(n) || scene.in_cue(n)) && !participle && !scene.is(n, class::BY)
    };
    if (led && cue.form != CueForm::Passive || rule.verb)
        && !quoted
        && !(closes && !rule.verb)
        && !(sourced && content.iter().any(|c| c.len() >= SPOKEN))
        && !(class == CueClass::Say
            && !rule.verb
            && content.iter().any(|c| c.len() >= UNTOLD && !opens_inside(scene, c)))
        && scene.tells_verbs()
        && !content.iter().any(|c| c.clone().any(tells) || scene.opens_with_verb(c))
    {
        return None;
    }
    // 'had been warned twice', 'warned the ministry in 2019': when or how often is not what was said
    let adverbial =
        |n: usize| scene.is_time(n) || scene.text.tokens[n].shape == Shape::Number || scene.is(n, class::ADVERB);
    let brief = content.iter().map(|c| c.len()).sum::<usize>() <= 2;
    if !quoted
        && brief
        && content.iter().all(|c| c.clone().all(adverbial))
        && matches!(class, CueClass::Say | CueClass::Tell)
    {
        return None;
    }
    // parts that touch are one
    content.dedup_by(|b, a| {
        let touch = a.end == b.start;
        if touch {
            a.end = b.end;
        }
        touch
    });
    let mut to: Vec<Range<usize>> = of(Role::To).collect();
    to.extend(told_to(scene, cue, &content, source.as_ref(), &to));
    Some(Draft {
        cue: Some(cue.group.clone()),
        class,
        source,
        content: content.into_iter().filter_map(|c| bare(scene, c)).collect(),
        vias: of(Role::Via).collect(),
        to,
        subject: found.subject,
        hearsay: class == CueClass::Hearsay || cue.conditional,
        stance,
        rule: rule.id.clone(),
        extent: found.extent.clone(),
        trailing,
        previous: found.previous,
        weak: class == CueClass::Hearsay && cue.form == CueForm::Bare,
        outer: Vec::new(),
        dead: false,
    })
}

/// Whether words before a full reporting verb only lead in: 'In Rome, Ana Reyes said, the port is shut' says
/// nothing in its first words, 'Prices, Ana Reyes said, will fall' does.
fn leads_in(scene: &Scene<'_>, cue: &Cue, content: &[Range<usize>]) -> bool {
    let [first, .., last] = content else { return false };
    let plain = |c: &Range<usize>| !c.is_empty() && scene.text.quote_at(c.start).is_none();
    let parted = first.end <= cue.group.start && last.start >= cue.group.end && plain(first) && plain(last);
    if cue.form != CueForm::Finite || cue.entry.class != CueClass::Say || !scene.tells_verbs() || !parted {
        return false;
    }
    let verb = |n: usize| scene.is_verb(n) || scene.in_cue(n);
    let helper = class::AUXILIARY | class::NEGATION | class::PASSIVE | class::CONDITIONAL;
    let opens = scene.opens_clause(first.start) || scene.is_time(first.start) || verb(first.start);
    opens && !verb(last.start) && scene.class_at(last.start, helper).is_none()
}

/// Whether a range holds a comma or a verb that is no reporting word.
fn other_words(scene: &Scene<'_>, mut range: Range<usize>) -> bool {
    range.any(|n| scene.is_mark(n, &[","]) || scene.is_verb(n))
}

/// Where the content is a question or exclamation that a text splitter took for a sentence of its own:
/// whether nothing but those spoken to stands after the reporting word. True of any other content.
fn ends_with_question(scene: &Scene<'_>, cue: &Cue, content: &[Range<usize>], found: &Match) -> bool {
    let sentence = scene.text.sentence_of(cue.group.start);
    let apart = |c: &Range<usize>| {
        c.end <= cue.group.start
            && scene.text.sentence_of(c.end - 1) != sentence
            && scene.text.quote_at(c.start).is_some()
    };
    if found.follows() || !content.iter().any(apart) {
        return true;
    }
    let end = scene.sentence_end(sentence);
    let mut at = found.extent.end;
    if matches!(cue.entry.class, CueClass::Tell | CueClass::Urge) && at == cue.group.end {
        at = scene.phrases_after(at, end).first().map_or(at, |to| to.end);
    }
    while let Some(next) = scene.adjuncts_after(at, end).filter(|&next| next > at) {
        at = next;
    }
    at >= end || scene.is_mark(at, &[",", ":", "—", "–", "--"]) || scene.text.quote_at(at).is_some()
}

/// Whether the words after a reporting word only tell what is spoken about ('spoke at length about the fee that ...').
fn tells_topic(scene: &Scene<'_>, cue: &Cue, content: &[Range<usize>]) -> bool {
    let mut at = cue.group.end;
    while let Some(len) = scene.class_at(at, class::ADVERB) {
        at += len;
    }
    let until = content.iter().map(|c| c.end).max().unwrap_or(at);
    let after = content.iter().all(|c| c.start >= cue.group.end);
    after && scene.class_at(at, class::TOPIC).is_some() && !(at..until).any(|n| scene.is_mark(n, &[","]))
}

/// Whether a range begins as a phrase or clause inside another one does.
fn opens_inside(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let inner = class::PREPOSITION | class::NP_PREPOSITION | class::BOUNDARY | class::TO | class::RELATIVE;
    scene.class_at(range.start, inner).is_some()
}

/// Whether the source is a report, data or people.
fn found_by(scene: &Scene<'_>, found: &Match) -> bool {
    let speaker = class::REPORT | class::DOCUMENT | class::ANONYMOUS | class::BODY;
    let source = found.parts.iter().find(|(role, _)| *role == Role::Source);
    source.is_some_and(|(_, range)| range.clone().any(|n| scene.class_at(n, speaker).is_some()))
}

/// Whether a naming verb stands beside a bare name in quotation marks: 'a programme called "Fresh Air"', but
/// not 'what he called "a joke"'.
fn names_only(scene: &Scene<'_>, cue: &Cue, content: &[Range<usize>], source: Option<&Range<usize>>) -> bool {
    let beside = |c: &Range<usize>| {
        c.start == cue.group.end
            && scene.text.quote_at(c.start).is_some_and(|q| q.outer.start == c.start && q.inner.len() <= NAME)
    };
    let asked = |s: &Range<usize>| {
        scene.class_before(s.start, class::RELATIVE | class::BOUNDARY).is_some()
            || s.len() == 1 && scene.is(s.start, class::HE | class::THEY | class::IT)
    };
    scene.is(cue.word.start, class::NAMING)
        && cue.group.start == cue.word.start
        && content.iter().any(beside)
        && !source.is_some_and(asked)
}

/// Whether a range holds a number, in digits or words.
fn holds_number(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let number = |n: usize| scene.text.tokens[n].shape == crate::text::Shape::Number;
    range.clone().any(|n| number(n) || scene.is(n, class::NUMBER) && !scene.is(n, class::DETERMINER))
}

/// A verb or a number.
fn is_finding(scene: &Scene<'_>, token: usize) -> bool {
    scene.is_verb(token) || scene.text.tokens[token].shape == crate::text::Shape::Number
}

/// Whether a range holds an auxiliary among its first words: the sign of a clause with a verb of its own.
fn finite(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    range.clone().take(10).take_while(|&n| !scene.in_cue(n) && !scene.is_mark(n, &[","])).any(|n| {
        scene.text.tokens[n].shape == crate::text::Shape::Lower && scene.is(n, class::AUXILIARY | class::CONDITIONAL)
    })
}

/// Whether words in quotation marks stand after a colon: 'Kyiv denies it: "We hold the town"' tells what is so.
fn answers(scene: &Scene<'_>, cue: &Cue, content: &Range<usize>) -> bool {
    let first = content.start + usize::from(scene.is_mark(content.start, &[":"]));
    let quote = scene.text.quote_at(first).filter(|q| q.outer.start >= cue.group.end);
    quote.is_some_and(|q| scene.is_mark(q.outer.start - 1, &[":"]) && !scene.is_mark(q.inner.end - 1, &["?"]))
}
