//! From matches to statements: what a quotation goes on with, which attribution stands inside
//! which, what ends where the next begins.

use std::ops::Range;

use sumber_core::{Stance, StatementKind};

use super::matcher::{self, Match};
use super::pattern::Role;
use super::scene::{Cue, Scene};
use super::words::{CueClass, CueForm, class};

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
    trailing: bool,
    /// The source of an attribution that wraps this one comes first in the chain: drafts by place.
    pub outer: Vec<Draft>,
    /// Gives way to any other attribution of its sentence.
    weak: bool,
    /// Removed.
    dead: bool,
}

/// An inner attribution is the whole of the outer content from this share of its tokens on, in percent.
const WHOLE: usize = 60;
/// ... and no more than this share of it stands before the inner one, in percent.
const HEAD: usize = 15;
/// A quotation with no cue of its own is a statement from this many tokens on.
const SPOKEN: usize = 6;

/// All statements of a text, as drafts in reading order.
pub fn drafts(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> =
        scene.cues.chunk_by(|a, b| a.word == b.word).filter_map(|readings| best_reading(scene, readings)).collect();
    one_quote_one_cue(scene, &mut drafts);
    cut_where_the_next_begins(scene, &mut drafts);
    join_citations(scene, &mut drafts);
    yield_weak_hearsay(scene, &mut drafts);
    nest(scene, &mut drafts);
    drafts.retain(|d| !d.dead && (!d.content.is_empty() || d.stance == Stance::Declines));
    continue_quotes(scene, &mut drafts);
    orphan_quotes(scene, &mut drafts);
    speaker_labels(scene, &mut drafts);
    drafts.sort_by_key(|d| (d.content.first().map_or(d.extent.start, |c| c.start.min(d.extent.start)), d.extent.end));
    drafts
}

/// A word that is listed more than once is read as the earliest rule that fits reads it.
fn best_reading(scene: &Scene<'_>, readings: &[Cue]) -> Option<Draft> {
    let of = |cue: &Cue| scene.pack.rules_for(cue.entry.class, cue.form);
    if let [cue] = readings {
        return of(cue).iter().find_map(|&rule| draft(scene, cue, matcher::try_rule(scene, cue, rule)?));
    }
    let mut rules: Vec<usize> = readings.iter().flat_map(of).copied().collect();
    rules.sort_unstable();
    rules.dedup();
    rules
        .into_iter()
        .find_map(|rule| readings.iter().find_map(|cue| draft(scene, cue, matcher::try_rule(scene, cue, rule)?)))
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
        if !content.iter().any(|c| has_quote(scene, c)) {
            return None;
        }
    }
    if found.previous {
        content.extend(previous_sentence(scene, found.extent.start));
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
    let trailing = found.subject || cue.form == CueForm::Gerund;
    let source = of(Role::Source).next();
    // words in a mouth that cannot speak are no statement, unless marks or 'that' say so
    let bare_clause = !quoted
        && !that
        && matches!(
            class,
            CueClass::Say | CueClass::Think | CueClass::Stress | CueClass::Urge | CueClass::Deny | CueClass::Tell
        );
    // a word with other senses ('per', 'for') attributes where somebody stands beside it
    let weak = class == CueClass::According && !quoted
        || matches!(class, CueClass::According | CueClass::Label) && matches!(cue.form, CueForm::Bare | CueForm::Noun)
        || class == CueClass::Show && !quoted && !that;
    let mute = source.as_ref().is_some_and(|s| !scene.can_speak(s));
    if mute && (bare_clause || weak) {
        return None;
    }
    // a clause before its cue has a verb
    let cue_start = cue.group.start;
    let led = content.iter().all(|c| c.end <= cue_start) && !content.is_empty() && !found.previous;
    let sourced = class == CueClass::According && source.as_ref().is_some_and(|s| scene.can_speak(s));
    if (led && cue.form != CueForm::Passive || rule.verb)
        && !quoted
        && !(sourced && content.iter().any(|c| c.len() >= SPOKEN))
        && scene.tells_verbs()
        && !content.iter().any(|c| c.clone().any(|n| scene.is_verb(n) || scene.in_cue(n)))
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
        weak: class == CueClass::Hearsay && cue.form == CueForm::Bare,
        outer: Vec::new(),
        dead: false,
    })
}

/// Whether the source is a report, data or people.
fn found_by(scene: &Scene<'_>, found: &Match) -> bool {
    let speaker = class::REPORT | class::DOCUMENT | class::ANONYMOUS | class::BODY;
    let source = found.parts.iter().find(|(role, _)| *role == Role::Source);
    source.is_some_and(|(_, range)| range.clone().any(|n| scene.class_at(n, speaker).is_some()))
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

/// Media to whom it was said, in the cue's sentence outside content and source ('kepada Kontan', 'in an
/// interview with the BBC').
fn told_to(
    scene: &Scene<'_>,
    cue: &Cue,
    content: &[Range<usize>],
    source: Option<&Range<usize>>,
    known: &[Range<usize>],
) -> Vec<Range<usize>> {
    let sentence = scene.text.sentence_of(cue.group.start);
    let tokens = scene.text.sentences[sentence].tokens.clone();
    let free = |n: usize| {
        !content.iter().any(|c| c.contains(&n))
            && source.is_none_or(|s| !s.contains(&n))
            && !known.iter().any(|k| k.contains(&n))
            && scene.text.quote_at(n).is_none()
    };
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let len = scene.class_at(at, class::TO | class::THROUGH).filter(|_| free(at));
        let phrase = len.and_then(|len| {
            let medium = |p: &Range<usize>| {
                p.clone().all(free) && p.clone().any(|n| scene.mention_at(n).is_some()) && scene.is_medium(p)
            };
            // a that-clause after it is no part of its name
            let end = (at + len..tokens.end).find(|&n| !free(n) || scene.is(n, class::THAT)).unwrap_or(tokens.end);
            scene.phrases_after(at + len, end).into_iter().rev().find(medium)
        });
        if let Some(phrase) = phrase {
            at = phrase.end;
            found.push(phrase);
        } else {
            at += 1;
        }
    }
    found
}

/// A content range without marks and words at its edges that belong to the sentence around it.
fn bare(scene: &Scene<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = range;
    while start < end && scene.is_mark(start, &[",", ":", "—", "–", ".", ";"]) {
        start += 1;
    }
    while start < end && scene.is_mark(end - 1, &[",", ":", ";", "—", "–"]) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// The sentence before the one that a token is in, in the same paragraph or the last of the one before.
fn previous_sentence(scene: &Scene<'_>, token: usize) -> Option<Range<usize>> {
    let sentence = scene.text.sentence_of(token).checked_sub(1)?;
    let range = scene.sentence_start(sentence)..scene.sentence_end(sentence);
    (!range.is_empty()).then_some(range)
}

/// Whether a range holds or lies in a quotation.
fn has_quote(scene: &Scene<'_>, range: &Range<usize>) -> bool {
    let place = scene.text.quotes.partition_point(|q| q.outer.end <= range.start);
    scene.text.quotes.get(place).is_some_and(|q| q.outer.start < range.end)
}

/// Two cues may claim one quotation ('... kata X. "...", tambahnya'): the nearer one has it.
fn one_quote_one_cue(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for quote in &scene.text.quotes {
        let mut claims: Vec<usize> = (0..drafts.len())
            .filter(|&n| {
                !drafts[n].dead
                    && drafts[n].content.iter().any(|c| {
                        c.start <= quote.inner.start && quote.inner.end <= c.end + 1 && c.start + 2 >= quote.outer.start
                    })
            })
            .collect();
        if claims.len() < 2 {
            continue;
        }
        let distance = |d: &Draft| {
            let cue = d.cue.clone().unwrap_or(d.extent.clone());
            if cue.start >= quote.outer.end {
                cue.start - quote.outer.end
            } else {
                quote.outer.start.saturating_sub(cue.end)
            }
        };
        claims.sort_by_key(|&n| (distance(&drafts[n]), n));
        let best = claims[0];
        for &n in &claims[1..] {
            // one inside the other is nesting, and told apart later
            let inside = drafts[n]
                .content
                .iter()
                .any(|c| drafts[best].cue.as_ref().is_some_and(|cue| c.start <= cue.start && cue.end <= c.end));
            if !inside {
                drafts[n].content.retain(|c| {
                    !(c.start + 2 >= quote.outer.start && quote.inner.end <= c.end + 1 && c.end <= quote.outer.end + 1)
                });
            }
        }
    }
}

/// Content ends where a cue that hangs on the same subject begins, and where an attribution of the
/// whole follows.
fn cut_where_the_next_begins(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for n in 0..drafts.len() {
        for m in 0..drafts.len() {
            if n == m || drafts[m].dead {
                continue;
            }
            let (Some(own), Some(other)) = (drafts[n].cue.clone(), drafts[m].cue.clone()) else { continue };
            let after = other.start > own.start;
            let covers = drafts[m].content.iter().any(|c| c.start <= own.start && own.end <= c.end);
            if !(after
                && (drafts[m].trailing
                    || covers
                    || drafts[m].class == CueClass::Cite
                    || coordinate(scene, drafts[m].extent.start)))
            {
                continue;
            }
            let cut = drafts[m].extent.start.max(own.end).min(other.start);
            let cut = if covers { other.start } else { cut };
            let mut at = cut;
            // the comma and the 'and' before it belong to neither
            while at > own.end
                && (scene.is_mark(at - 1, &[",", "—", "–"])
                    || scene.class_before(at, class::AND | class::CONTRAST).is_some_and(|len| len == 1))
            {
                at -= 1;
            }
            for content in &mut drafts[n].content {
                if content.start < at && at < content.end && scene.text.quote_at(at).is_none_or(|q| q.outer.start == at)
                {
                    content.end = at;
                }
            }
            let start = own.start;
            drafts[n].content.retain(|c| c.start < c.end && !(c.start >= other.start && c.start > start && covers));
        }
    }
}

/// A verb form alone ('sarebbe stata fermata') is hearsay where nothing else attributes its sentence.
fn yield_weak_hearsay(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let sentence = |d: &Draft| scene.text.sentence_of(c_start(d));
    for n in 0..drafts.len() {
        if !drafts[n].weak || drafts[n].dead {
            continue;
        }
        let start = c_start(&drafts[n]);
        let own = sentence(&drafts[n]);
        let told = |m: usize, d: &Draft| {
            m != n
                && !d.dead
                && if d.weak {
                    m < n && sentence(d) == own
                } else {
                    sentence(d) == own || d.content.iter().any(|c| c.contains(&start))
                }
        };
        let told = drafts.iter().enumerate().any(|(m, d)| told(m, d));
        drafts[n].dead = told || scene.text.quote_at(start).is_some();
    }
}

/// Whether a clause of its own begins at a token: after ', and', ', but' or ', a day after'.
fn coordinate(scene: &Scene<'_>, token: usize) -> bool {
    let joins = |n: usize| scene.class_at(n, class::AND | class::CONTRAST | class::BOUNDARY).is_some();
    let comma = (token.saturating_sub(5)..token).rev().find(|&n| scene.is_mark(n, &[",", ";", "—", "–"]));
    comma.is_some_and(|comma| (comma + 1..token).any(joins))
}

/// 'Reuters reported ..., citing two officials': the cited are the source, who cites comes before.
fn join_citations(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for n in 0..drafts.len() {
        if drafts[n].class != CueClass::Cite || drafts[n].dead {
            continue;
        }
        let sentence = scene.text.sentence_of(drafts[n].extent.start);
        let same = |d: &Draft| {
            scene.text.sentence_of(d.extent.start) == sentence
                || scene.text.sentence_of(d.extent.end.saturating_sub(1)) == sentence
        };
        let others: Vec<usize> = (0..drafts.len())
            .filter(|&m| m != n && !drafts[m].dead && drafts[m].class != CueClass::Cite && same(&drafts[m]))
            .collect();
        let citation = drafts[n].clone();
        if !citation.content.is_empty() {
            // 'quoting X as saying that ...': the citation's own words hold what is said
            let inside = |d: &Draft| d.trailing && d.cue.as_ref().is_some_and(|c| citation.extent.contains(&c.start));
            for &m in &others {
                if inside(&drafts[m]) {
                    drafts[m].dead = true;
                } else if c_start(&drafts[m]) < citation.extent.start {
                    drafts[m].content.clone_from(&citation.content);
                }
            }
        }
        let others: Vec<usize> = others.into_iter().filter(|&m| !drafts[m].dead).collect();
        let opens = scene.sentence_start(sentence) >= citation.cue.as_ref().map_or(0, |c| c.start);
        let medium = citation.source.clone().filter(|s| opens && citation.vias.is_empty() && scene.is_medium(s));
        if let Some(medium) = medium {
            // 'Citing Reuters, analysts expect ...': the article cites, and the medium is one more way
            drafts[n].vias.push(medium);
            drafts[n].source = None;
        }
        let citation = drafts[n].clone();
        if let Some(source) = citation.source.clone() {
            // a relative clause says what the cited say
            let relates = |m: usize| {
                let (Some(own), Some(cue)) = (&drafts[m].source, &drafts[m].cue) else { return false };
                let after = own.start >= source.start && own.start < cue.start && cue.start > source.end;
                let relative = (source.end..cue.start).any(|n| scene.class_at(n, class::RELATIVE).is_some());
                after && relative && gap_is_phrase(scene, source.end, own.start.max(source.end))
            };
            let follows = others.iter().copied().find(|&m| relates(m));
            if let Some(m) = follows {
                drafts[m].source = drafts[m].source.clone().map(|s| source.start..s.end.max(source.end));
                drafts[m].rule = format!("{} + {}", drafts[m].rule, citation.rule);
                let mut vias = citation.vias.clone();
                vias.append(&mut drafts[m].vias);
                drafts[m].vias = vias;
                drafts[m].rule = format!("{} + {}", drafts[m].rule, citation.rule);
                for &k in &others {
                    if k > m && drafts[k].subject {
                        drafts[k].vias = drafts[m].vias.clone();
                        drafts[k].source = drafts[m].source.clone();
                        drafts[k].subject = false;
                    }
                }
                drafts[n].dead = true;
                continue;
            }
            // the main attribution of the sentence takes the cited as its source
            let main = others
                .iter()
                .copied()
                .filter(|&m| drafts[m].source.is_some() || drafts[m].subject)
                .min_by_key(|&m| c_start(&drafts[m]).abs_diff(citation.extent.start));
            if let Some(m) = main {
                if let Some(own) = drafts[m].source.take() {
                    drafts[m].vias.push(own);
                }
                drafts[m].source = Some(source);
                let cited = |c: &Range<usize>| c.start >= citation.extent.start && c.end <= citation.extent.end;
                if citation.content.is_empty() && !drafts[m].content.iter().all(cited) {
                    drafts[m].content.retain(|c| !cited(c));
                }
                drafts[m].cue.clone_from(&citation.cue);
                drafts[m].hearsay = false;
                drafts[m].rule = format!("{} + {}", drafts[m].rule, citation.rule);
                drafts[n].dead = true;
            } else if drafts[n].content.is_empty() {
                drafts[n].dead = true;
            }
        } else if !citation.vias.is_empty() {
            // 'as quoted by Reuters': through whom all of the sentence came; said of a noun inside it, it
            // says nothing of the sentence
            let begins = citation.cue.as_ref().map_or(0, |c| c.start);
            let after_source =
                others.iter().any(|&m| drafts[m].source.as_ref().is_some_and(|source| source.end == begins));
            if begins > scene.sentence_start(sentence)
                && scene.text.tokens[begins - 1].shape != crate::text::Shape::Mark
                && !after_source
                && scene.class_at(begins, class::PREPOSITION | class::BOUNDARY).is_none()
            {
                drafts[n].dead = true;
                continue;
            }
            let mut joined = false;
            for &m in &others {
                joined = true;
                let mut vias = citation.vias.clone();
                vias.append(&mut drafts[m].vias);
                drafts[m].vias = vias;
                drafts[m].rule = format!("{} + {}", drafts[m].rule, citation.rule);
                let cut = citation.extent.start;
                for content in &mut drafts[m].content {
                    if content.start < cut && cut < content.end && citation.extent.end >= content.end {
                        content.end = cut;
                    } else if content.start < citation.extent.end
                        && content.start >= cut
                        && citation.extent.end < content.end
                    {
                        content.start = citation.extent.end;
                    }
                    while content.start + 1 < content.end && scene.is_mark(content.end - 1, &[","]) {
                        content.end -= 1;
                    }
                }
            }
            if joined || citation.content.is_empty() {
                drafts[n].dead = true;
            } else {
                drafts[n].source = drafts[n].vias.pop();
            }
        } else {
            drafts[n].dead = true;
        }
    }
}

fn c_start(draft: &Draft) -> usize {
    draft.cue.as_ref().map_or(draft.extent.start, |c| c.start)
}

/// Whether only noun phrases and commas stand between two tokens.
fn gap_is_phrase(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|n| !scene.in_cue(n) && !scene.is_verb(n) && !scene.is_mark(n, &[".", ";", ":"]))
}

/// An attribution inside another's content: one statement where the inner is the whole of it; both
/// where the inner has quotation marks; else the outer alone.
fn nest(scene: &Scene<'_>, drafts: &mut [Draft]) {
    // outermost first: by size of content
    let size = |d: &Draft| d.content.iter().map(|c| c.len()).sum::<usize>();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&n| (std::cmp::Reverse(size(&drafts[n])), n));
    for &n in &order {
        if drafts[n].dead || drafts[n].stance == Stance::Declines {
            continue;
        }
        for m in 0..drafts.len() {
            if n == m || drafts[m].dead || drafts[n].dead {
                continue;
            }
            let Some(cue) = drafts[m].cue.clone() else { continue };
            let Some(holder) = drafts[n].content.iter().find(|c| c.start <= cue.start && cue.end <= c.end).cloned()
            else {
                continue;
            };
            // the inner one must lie inside: its own content may not hold the outer cue
            if drafts[n]
                .cue
                .as_ref()
                .is_some_and(|own| drafts[m].content.iter().any(|c| c.start <= own.start && own.end <= c.end))
            {
                continue;
            }
            let extent =
                drafts[m].content.iter().fold(drafts[m].extent.clone(), |e, c| e.start.min(c.start)..e.end.max(c.end));
            let shared = extent.end.min(holder.end).saturating_sub(extent.start.max(holder.start));
            let total: usize = drafts[n].content.iter().map(|c| c.len()).sum();
            let outer = drafts[n].clone();
            // 'she said that she hoped': the same person, and one statement
            let itself = drafts[m]
                .source
                .as_ref()
                .is_some_and(|s| s.len() == 1 && scene.is(s.start, class::HE | class::IT | class::THEY))
                && cue.start > outer.cue.as_ref().map_or(0, |c| c.start);
            let quoted = drafts[m].content.iter().any(|c| has_quote(scene, c));
            if itself || matches!(drafts[m].class, CueClass::Urge | CueClass::Label) && !quoted {
                drafts[m].dead = true;
                continue;
            }
            // words of the outer content that stand before the inner attribution
            let before = extent.start.saturating_sub(holder.start);
            let whole = shared * 100 >= total * WHOLE
                && (before <= 3
                    || before * 100 <= total * HEAD
                    || drafts[m].content.iter().any(|c| c.end <= cue.start));
            if whole || drafts[m].class == CueClass::Cite {
                inherit(&mut drafts[m], &outer);
                drafts[n].dead = true;
            } else if drafts[m].content.iter().any(|c| has_quote(scene, c)) || drafts[m].stance == Stance::Declines {
                inherit(&mut drafts[m], &outer);
            } else {
                drafts[m].dead = true;
            }
        }
    }
}

/// The outer attribution's way comes before the inner one's.
fn inherit(inner: &mut Draft, outer: &Draft) {
    let mut ways = outer.outer.clone();
    let mut own = outer.clone();
    own.outer.clear();
    ways.push(own);
    ways.append(&mut inner.outer);
    inner.outer = ways;
    if outer.stance == Stance::Denies && inner.stance == Stance::Asserts {
        inner.stance = Stance::Denies;
    }
}

/// A quotation that goes on after the cue, with no cue of its own, belongs to the statement before it.
fn continue_quotes(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for (n, quote) in scene.text.quotes.iter().enumerate() {
        if quote.inner.len() < 3 || taken(drafts, &quote.inner) {
            continue;
        }
        // what stands before it: the statement's cue and source, then only marks, or the same paragraph's quotation
        let before = drafts
            .iter_mut()
            .filter(|d| {
                d.stance != Stance::Declines
                    && d.content.iter().any(|c| scene.text.quote_at(c.start).is_some() || has_quote(scene, c))
            })
            .filter(|d| {
                let end = d.content.iter().fold(d.extent.end, |e, c| e.max(c.end));
                let begin = d.content.iter().map(|c| c.start).min().unwrap_or(0);
                begin < quote.outer.start
                    && end <= quote.outer.start
                    && quote.outer.start - end <= 30
                    && quiet(scene, end, quote.outer.start)
            });
        if let Some(draft) = before.max_by_key(|d| d.extent.end) {
            let same_paragraph = scene.text.sentences[scene.text.sentence_of(quote.outer.start)].paragraph
                == scene.text.sentences[scene.text.sentence_of(draft.extent.end.saturating_sub(1))].paragraph;
            let direct = draft.content.iter().all(|c| scene.text.quote_at(c.start).is_some());
            let dash = scene.is_mark(quote.outer.start.saturating_sub(1), &["—", "–", "-", "--"]);
            if same_paragraph && (direct || n > 0) && (dash || whole_sentence(scene, quote)) {
                draft.content.push(quote.inner.clone());
            }
        }
    }
}

/// Whether a quotation begins as a sentence does: after a full stop, or at a paragraph's start.
fn whole_sentence(scene: &Scene<'_>, quote: &crate::text::Quote) -> bool {
    let first = &scene.text.tokens[quote.outer.start];
    first.starts_paragraph
        || quote.outer.start == 0
        || scene.is_mark(quote.outer.start - 1, &[".", ",", ":", "!", "?", "\"", "”", "»", "…"])
        || scene.text.sentence_of(quote.outer.start) != scene.text.sentence_of(quote.outer.start - 1)
}

fn taken(drafts: &[Draft], range: &Range<usize>) -> bool {
    drafts.iter().any(|d| {
        d.content.iter().any(|c| c.start < range.end && range.start < c.end)
            || d.source.as_ref().is_some_and(|s| s.start < range.end && range.start < s.end)
    })
}

/// Whether nothing but times, adjuncts and marks stands between two tokens.
fn quiet(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        if scene.is_mark(at, &[".", ",", ":", "—", "–", "\"", "”", "»"]) || scene.is_time(at) {
            at += 1;
        } else if let Some(end) = scene.adjuncts_after(at, to) {
            at = end;
        } else {
            return scene.text.sentence_of(from.saturating_sub(1)) == scene.text.sentence_of(at)
                && (at..to).all(|n| !scene.in_cue(n))
                && scene.text.sentence_of(at) != scene.text.sentence_of(to);
        }
    }
    true
}

/// Whole sentences in quotation marks that no cue claims: a statement of who was spoken of last.
fn orphan_quotes(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    for quote in &scene.text.quotes {
        if quote.inner.len() < SPOKEN || taken(drafts, &quote.inner) || !whole_sentence(scene, quote) {
            continue;
        }
        let first = quote.inner.start;
        let starts_as_sentence = scene.text.tokens[first].shape.is_capital()
            || !matches!(scene.text.tokens[first].shape, crate::text::Shape::Lower);
        let last = scene.text.sentence_of(quote.inner.end - 1);
        let ends_sentence = scene.is_mark(quote.inner.end - 1, &[".", "!", "?", "…", ","])
            || quote.outer.end >= scene.sentence_end(last);
        if !starts_as_sentence || !ends_sentence {
            continue;
        }
        let source = (quote.outer.start > 0)
            .then(|| scene.subject_before(quote.outer.start))
            .flatten()
            .filter(|s| scene.is_mark(quote.outer.start - 1, &[":"]) && s.end < quote.outer.start);
        drafts.push(Draft {
            cue: None,
            class: CueClass::Say,
            subject: source.is_none(),
            source,
            content: vec![quote.inner.clone()],
            vias: Vec::new(),
            to: Vec::new(),
            hearsay: false,
            stance: Stance::Asserts,
            rule: "quotation-alone".to_owned(),
            extent: quote.outer.clone(),
            trailing: false,
            weak: false,
            outer: Vec::new(),
            dead: false,
        });
    }
}

/// Fewer paragraphs than this with a speaker's label are no transcript.
const LABELS: usize = 3;

/// Transcripts: paragraphs that begin with a name in capitals and a colon ('WALLACE: Will you go?'). What
/// follows is said by that name, unless a statement was found in it.
fn speaker_labels(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let label = |paragraph: &Range<usize>| {
        let limit = paragraph.end.min(paragraph.start + 6);
        let colon = (paragraph.start + 1..limit).find(|&n| scene.is_mark(n, &[":"]))?;
        let capitals = (paragraph.start..colon).all(|n| {
            scene.text.tokens[n].shape == crate::text::Shape::Upper
                || n > paragraph.start && scene.is_mark(n, &[".", "-", "'", "’"])
        });
        (capitals && colon + SPOKEN < paragraph.end).then_some(colon)
    };
    let found: Vec<(Range<usize>, usize)> =
        scene.text.paragraphs.iter().filter_map(|p| label(p).map(|colon| (p.clone(), colon))).collect();
    // somebody speaks more than once
    let word = |(p, _): &(Range<usize>, usize)| scene.text.word(p.start);
    let again =
        found.iter().enumerate().any(|(n, one)| found[..n].iter().take(20).any(|other| word(one) == word(other)));
    if found.len() < LABELS || !again {
        return;
    }
    for (paragraph, colon) in found {
        let mut end = paragraph.end;
        while end > colon + 2 && scene.is_mark(end - 1, &[",", ";"]) {
            end -= 1;
        }
        let content = colon + 1..end;
        if taken(drafts, &content) {
            continue;
        }
        drafts.push(Draft {
            cue: None,
            class: CueClass::Say,
            subject: false,
            source: Some(paragraph.start..colon),
            content: vec![content],
            vias: Vec::new(),
            to: Vec::new(),
            hearsay: false,
            stance: Stance::Asserts,
            rule: "speaker-label".to_owned(),
            extent: paragraph,
            trailing: false,
            weak: false,
            outer: Vec::new(),
            dead: false,
        });
    }
}

/// Whether the content is all, partly or not in quotation marks; and the content without the outer marks.
pub fn kind_of(scene: &Scene<'_>, content: &mut [Range<usize>]) -> StatementKind {
    let (mut quoted, mut plain) = (0usize, 0usize);
    for range in content.iter_mut() {
        if let Some(quote) =
            scene.text.quote_at(range.start).filter(|q| q.outer.start <= range.start && range.end <= q.outer.end)
        {
            range.start = range.start.max(quote.inner.start);
            range.end = range.end.min(quote.inner.end).max(range.start);
            while range.end > range.start + 1 && scene.is_mark(range.end - 1, &[","]) {
                range.end -= 1;
            }
        }
        for token in range.clone() {
            if scene.text.tokens[token].shape.is_word() {
                if scene.text.quote_at(token).is_some() {
                    quoted += 1;
                } else {
                    plain += 1;
                }
            }
        }
    }
    match (quoted, plain) {
        (0, _) => StatementKind::Indirect,
        (_, 0) => StatementKind::Direct,
        _ => StatementKind::Mixed,
    }
}
