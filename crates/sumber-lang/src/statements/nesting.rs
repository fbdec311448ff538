//! Attributions beside and inside one another: where one ends as the next begins, which cites which,
//! which is the whole of which.

use std::ops::Range;

use sumber_core::Stance;

use super::assemble::Draft;
use super::quotations::has_quote;
use super::scene::Scene;
use super::words::{CueClass, class};

/// An inner attribution is the whole of the outer content from this share of its tokens on, in percent.
const WHOLE: usize = 60;
/// ... and no more than this share of it stands before the inner one, in percent.
const HEAD: usize = 15;

/// Attributions farther apart than this, counted in attributions, are not compared: more than stand in any
/// sentence or quotation of a newsroom, and a bound for pages that are one sentence.
const NEAR: usize = 256;

/// The drafts, out of so many, that stand near one of them.
fn near(n: usize, count: usize) -> Range<usize> {
    n.saturating_sub(NEAR)..count.min(n + NEAR)
}

/// 'said Ana Reyes answering a question': a second verb right after the source of a quotation only tells how.
pub fn drop_second_verbs(drafts: &mut Vec<Draft>) {
    let spoke = |d: &Draft| {
        let (cue, source) = (d.cue.as_ref()?, d.source.as_ref()?);
        let before = d.content.iter().all(|c| c.end <= cue.start);
        (before && cue.end == source.start && !d.content.is_empty()).then(|| source.clone())
    };
    let sources: Vec<Range<usize>> = drafts.iter().filter_map(spoke).collect();
    drafts.retain(|d| {
        let bare = matches!(d.class, CueClass::Say | CueClass::Stress | CueClass::Label | CueClass::Deny);
        let (Some(cue), Some(source)) = (&d.cue, &d.source) else { return true };
        !(bare && d.stance != Stance::Declines && cue.start == source.end && sources.iter().any(|s| s == source))
    });
}

/// Content ends where a cue that hangs on the same subject begins, and where an attribution of the
/// whole follows.
pub fn cut_where_the_next_begins(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for n in 0..drafts.len() {
        for m in near(n, drafts.len()) {
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
                    || coordinate(
                        scene,
                        drafts[m].extent.start,
                        drafts[n].content.iter().map(|c| c.start).max().unwrap_or(0),
                    )))
            {
                continue;
            }
            let cut = drafts[m].extent.start.max(own.end).min(other.start);
            // what stands before a verb that closes its sentence is its source: '..., the source added'
            let last = drafts[m].source.as_ref().filter(|s| s.start > own.end && s.end <= other.start);
            let cut = if covers { last.map_or(other.start, |s| s.start) } else { cut };
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
pub fn yield_weak_hearsay(scene: &Scene<'_>, drafts: &mut [Draft]) {
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
        let told = near(n, drafts.len()).any(|m| told(m, &drafts[m]));
        drafts[n].dead = told || scene.text.quote_at(start).is_some();
    }
}

/// Whether a clause of its own begins at a token: with or after ', and', ', but' or ', a day after'; the
/// comma stands after `low`.
fn coordinate(scene: &Scene<'_>, token: usize, low: usize) -> bool {
    let joins = |n: usize| scene.class_at(n, class::AND | class::CONTRAST | class::BOUNDARY).is_some();
    let comma = (token.saturating_sub(5).max(low)..token).rev().find(|&n| scene.is_mark(n, &[",", ";", "—", "–"]));
    comma.is_some_and(|comma| (comma + 1..=token).any(joins))
}

/// 'Reuters reported ..., citing two officials': the cited are the source, who cites comes before.
pub fn join_citations(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for n in 0..drafts.len() {
        if drafts[n].class != CueClass::Cite || drafts[n].dead {
            continue;
        }
        let sentence = scene.text.sentence_of(drafts[n].extent.start);
        let same = |d: &Draft| {
            scene.text.sentence_of(d.extent.start) == sentence
                || scene.text.sentence_of(d.extent.end.saturating_sub(1)) == sentence
        };
        let others: Vec<usize> = near(n, drafts.len())
            .filter(|&m| m != n && !drafts[m].dead && drafts[m].class != CueClass::Cite && same(&drafts[m]))
            .collect();
        let citation = drafts[n].clone();
        if !citation.content.is_empty() {
            // 'quoting X as saying that ...': the citation's own words hold what is said
            let inside = |d: &Draft| d.trailing && d.cue.as_ref().is_some_and(|c| citation.extent.contains(&c.start));
            // 'The road is closed, the agency reported, quoting X as saying that ...': who cites says a thing too
            let told = |d: &Draft| d.content.iter().any(|c| c.end <= c_start(d)) && d.source.is_some();
            let teller = others.iter().copied().find(|&m| !inside(&drafts[m]) && told(&drafts[m]));
            for &m in &others {
                if inside(&drafts[m]) {
                    drafts[m].dead = true;
                } else if teller.is_none() && c_start(&drafts[m]) < citation.extent.start {
                    drafts[m].content.clone_from(&citation.content);
                }
            }
            if let Some(m) = teller.filter(|&m| c_start(&drafts[m]) < citation.extent.start) {
                drafts[n].vias.extend(drafts[m].source.clone());
                continue;
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
pub fn nest(scene: &Scene<'_>, drafts: &mut [Draft]) {
    // outermost first: by size of content
    let size = |d: &Draft| d.content.iter().map(|c| c.len()).sum::<usize>();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&n| (std::cmp::Reverse(size(&drafts[n])), n));
    for &n in &order {
        if drafts[n].dead || drafts[n].stance == Stance::Declines {
            continue;
        }
        for m in near(n, drafts.len()) {
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
            // what the outer speaker says that others hope, ask or will say is the outer speaker's
            let unvoiced = matches!(drafts[m].class, CueClass::Urge | CueClass::Label | CueClass::Think)
                || scene.is(cue.start, class::MODAL) && drafts[m].stance != Stance::Declines;
            if itself || unvoiced && !quoted {
                drafts[m].dead = true;
                continue;
            }
            // words of the outer content that stand before the inner attribution
            let before = extent.start.saturating_sub(holder.start);
            // 'Hal itu dibenarkan X' after 'A said that ...': of what A said; 'Demikian disampaikan A' only tells where
            if outer.previous {
                if drafts[m].subject || same_speaker(scene, &outer, &drafts[m]) {
                    drafts[n].dead = true;
                } else {
                    drafts[n].content = drafts[m].content.clone();
                }
                continue;
            }
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

/// Whether the sources of two attributions share a name, or one of them is a pronoun.
fn same_speaker(scene: &Scene<'_>, a: &Draft, b: &Draft) -> bool {
    let (Some(a), Some(b)) = (&a.source, &b.source) else { return true };
    let pronoun = |r: &Range<usize>| r.len() == 1 && scene.is(r.start, class::HE | class::THEY | class::IT);
    let name = |n: usize| scene.mention_at(n).map(|m| scene.layers.mentions[m].entity);
    let shared = a.clone().filter_map(name).any(|e| b.clone().any(|n| name(n) == Some(e)));
    pronoun(a) || pronoun(b) || shared
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
