//! Chains: who a source's words stand for, and the way back to the origin.

use std::ops::Range;

use sumber_core::{Article, EntityIndex, EntityKind, Link, LinkKind};

use super::assemble::Draft;
use super::scene::Scene;
use super::words::{CueClass, CueForm, class};
use crate::lexicon::WordId;

/// How many sentences back a speaker who is only in the verb may have been named.
const LOOK_BACK: usize = 4;
/// How many tokens before a name its titles may stand.
const TITLES: usize = 9;

/// Who spoke, as far as it was resolved.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The last link.
    pub link: Link,
    /// What stood before it.
    pub way: Vec<Link>,
    /// Words of the phrase that named it, for 'the sources', 'the minister'.
    words: Vec<WordId>,
    /// Classes of those words.
    classes: u64,
    /// Where the phrase stands.
    pub range: Range<usize>,
}

/// Resolves sources in reading order.
pub struct Resolver<'a> {
    scene: &'a Scene<'a>,
    article: &'a Article,
    speakers: Vec<Speaker>,
    /// Tokens that stand in what was said, outside quotation marks too: who is named there did not say it.
    said: Vec<bool>,
}

impl<'a> Resolver<'a> {
    /// Nobody has spoken yet.
    pub fn new(scene: &'a Scene<'a>, article: &'a Article) -> Resolver<'a> {
        Resolver { scene, article, speakers: Vec::new(), said: vec![false; scene.text.tokens.len()] }
    }

    /// The chain of a draft, and the words that name its source.
    pub fn resolve(&mut self, draft: &Draft) -> (Option<Range<usize>>, Vec<Link>) {
        let mut chain: Vec<Link> = Vec::new();
        for content in &draft.content {
            self.said[content.clone()].fill(true);
        }
        for outer in &draft.outer {
            let (_, way) = self.own(outer, false);
            chain.extend(way);
        }
        let (source, own) = self.own(draft, true);
        chain.extend(own);
        self.tidy(&mut chain);
        (source, chain)
    }

    fn own(&mut self, draft: &Draft, speaks: bool) -> (Option<Range<usize>>, Vec<Link>) {
        let mut way: Vec<Link> = Vec::new();
        for via in &draft.vias {
            let Some((links, classes)) = self.phrase(via) else { continue };
            // a person who quotes others has spoken as well
            if let Some(link) = links.last().filter(|l| speaks && l.kind == LinkKind::Person) {
                self.remember(link.clone(), &way, classes, via);
            }
            way.extend(links);
        }
        for to in &draft.to {
            if let Some(link) = self.medium_in(to) {
                way.push(link);
            }
        }
        let source = match &draft.source {
            Some(range) => Some(range.clone()),
            None if draft.subject => self.subject_of(draft),
            None => None,
        };
        let Some(range) = source else { return (None, way) };
        if let Some((links, classes)) = self.phrase(&range) {
            let Some(last) = links.last().cloned() else { return (Some(range), way) };
            way.extend(links);
            if speaks {
                let before = way[..way.len() - 1].to_vec();
                self.remember(last, &before, classes, &range);
            }
        }
        (Some(range), way)
    }

    /// Notes who spoke.
    fn remember(&mut self, link: Link, way: &[Link], classes: u64, range: &Range<usize>) {
        let words =
            self.scene.text.tokens[range.clone()].iter().filter(|t| t.word.is_known()).map(|t| t.word).collect();
        self.speakers.push(Speaker { link, way: way.to_vec(), words, classes, range: range.clone() });
    }

    /// Who a cue without a source of its own hangs on: who spoke in the same sentence, else whom the
    /// clause before is about, else who spoke last.
    fn subject_of(&self, draft: &Draft) -> Option<Range<usize>> {
        let at = draft.cue.as_ref().map_or(draft.extent.start, |c| c.start);
        let sentence = self.scene.text.sentence_of(at);
        let spoke = self
            .speakers
            .iter()
            .rev()
            .find(|s| s.range.start < at && self.scene.text.sentence_of(s.range.start) == sentence);
        let subject = || {
            self.scene.subject_before(at).filter(|r| {
                self.scene.text.sentence_of(r.start) == sentence
                    && self.scene.text.quote_at(r.start).is_none()
                    && r.end <= at
                    && draft.content.iter().all(|c| c.end <= r.start || r.end <= c.start)
            })
        };
        spoke
            .map(|s| s.range.clone())
            .or_else(|| if draft.cue.is_some() { subject() } else { None })
            .or_else(|| self.last_words(at))
    }

    /// The nearest words before a token that name who speaks: the last speaker, or a person named since.
    fn last_words(&self, at: usize) -> Option<Range<usize>> {
        let speaker = self
            .speakers
            .iter()
            .rev()
            .find(|s| s.range.start < at && !self.is_pronoun(&s.range))
            .map(|s| s.range.clone());
        let sentence = self.scene.text.sentence_of(at);
        let scene = self.scene;
        let mut named = (sentence.saturating_sub(LOOK_BACK)..=sentence).rev().filter_map(|n| {
            let tokens = &scene.text.sentences[n].tokens;
            let subject = self.agent_in(tokens.start..tokens.end.min(at)).or_else(|| {
                scene.subject_before(tokens.end.min(at)).filter(|r| {
                    r.end <= at
                        && scene.text.quote_at(r.start).is_none()
                        && !self.said[r.start]
                        && r.clone().any(|t| self.can_speak(t))
                })
            });
            // a subject that cannot speak ('of another mind is Ana Reyes, the owner'): the person named first
            subject.or_else(|| {
                let is_person = |t: &usize| {
                    scene.kind_at(*t) == Some(EntityKind::Person) && scene.text.quote_at(*t).is_none() && !self.said[*t]
                };
                if speaker.as_ref().is_some_and(|s| tokens.contains(&s.start)) {
                    return None;
                }
                let first = (tokens.start..tokens.end.min(at)).find(is_person)?;
                let name = scene.text.tokens_in(scene.layers.mentions[scene.mention_at(first)?].span);
                let role = |n: &usize| scene.text.tokens[*n].shape.is_word() && scene.is(*n, class::PERSON);
                let titled = (tokens.start..name.start).rev().take_while(role).last().unwrap_or(name.start);
                scene.phrases_after(titled, tokens.end.min(at)).into_iter().next()
            })
        });
        let named = named.find(|r| speaker.as_ref().is_none_or(|s| r.start > s.start));
        named.or(speaker)
    }

    /// Who said it in a passive ('Hal senada disampaikan X', 'the same was said by X').
    fn agent_in(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let scene = self.scene;
        let from = scene.cues.partition_point(|c| c.word.start < tokens.start);
        let passive = scene.cues[from..]
            .iter()
            .take_while(|c| c.word.end < tokens.end)
            .find(|c| c.form == CueForm::Passive && c.entry.class == CueClass::Say && !self.said[c.word.start])?;
        let by = scene.class_at(passive.word.end, class::BY).unwrap_or(0);
        let agent = scene.phrases_after(passive.word.end + by, tokens.end).into_iter().next()?;
        agent.clone().any(|t| scene.kind_at(t) == Some(EntityKind::Person)).then_some(agent)
    }

    /// Whether a token names or describes somebody who can speak.
    fn can_speak(&self, token: usize) -> bool {
        matches!(self.scene.kind_at(token), Some(EntityKind::Person | EntityKind::Organisation))
            || self.scene.class_at(token, class::PERSON | class::ANONYMOUS | class::BODY).is_some()
    }

    fn is_pronoun(&self, range: &Range<usize>) -> bool {
        let pronoun = class::HE | class::THEY | class::IT | class::HIS | class::THEIR | class::ITS;
        self.scene.class_lengths(range.start, pronoun).any(|len| len == range.len())
    }

    /// What a noun phrase stands for: links (a report's medium before its sources), and its classes.
    fn phrase(&self, range: &Range<usize>) -> Option<(Vec<Link>, u64)> {
        let scene = self.scene;
        if self.is_pronoun(range) {
            return self.pronoun(range);
        }
        // 'one of them'
        let one = range.clone().any(|n| scene.class_at(n, class::ONE_OF).is_some());
        if let Some(they) = range.clone().find(|&n| one && scene.is(n, class::THEY)) {
            if let Some((mut links, classes)) = self.pronoun(&(they..they + 1)) {
                if let Some(link) = links.last_mut().filter(|l| l.kind == LinkKind::Anonymous) {
                    link.count = Some(1);
                    return Some((links, classes));
                }
            }
        }
        let head = self.head_classes(range);
        let classes = head.iter().fold(0, |all, (_, bits)| all | bits);
        let has = |bits: u64| classes & bits != 0;
        let entities = self.entities_in(range);
        let definite = range.clone().any(|n| scene.class_at(n, class::DEMONSTRATIVE).is_some());
        let capital = entities.iter().any(|_| true);

        // the name at the end of the phrase ('the minister Ana Reyes'), else the first one
        let is_person = |e: &&(EntityIndex, usize, bool)| self.entity(e.0).kind == EntityKind::Person && !e.2;
        let comma = range.clone().find(|&n| scene.is_mark(n, &[","])).unwrap_or(range.end);
        let person =
            entities.iter().rfind(|e| is_person(e) && e.1 < comma).or_else(|| entities.iter().find(is_person)).copied();
        let anonymous_first = head.iter().find(|(_, bits)| bits & (class::ANONYMOUS | class::PERSON) != 0).copied();
        if let Some((entity, _, _)) = person {
            return Some((vec![self.named(entity, range)], classes));
        }
        // a name that nothing tells of, right after a role or in apposition to it, is a person's
        let stranger = entities.iter().rev().find(|(e, token, owned)| {
            let entity = self.entity(*e);
            let apposed = *token > range.start && scene.is_mark(token - 1, &[","]);
            !entity.known
                && entity.kind == EntityKind::Organisation
                && !owned
                && (apposed || scene.is(token.saturating_sub(1), class::PERSON))
        });
        if let Some((entity, _, _)) = stranger.filter(|_| has(class::PERSON)) {
            let link = Link { kind: LinkKind::Person, ..self.named(*entity, range) };
            return Some((vec![link], classes));
        }
        if let Some((_, bits)) = anonymous_first {
            if bits & class::ANONYMOUS != 0 || !has(class::REPORT) {
                let points_back = definite || !capital && self.is_definite(range);
                let again = if points_back { self.again(range, classes) } else { None };
                // a role that is told of one person of the article means that person
                let role = bits & class::PERSON != 0 && (points_back || self.count(range).is_none());
                let by_role = || if role { self.same_role(range).or_else(|| self.titled(range)) } else { None };
                let is_person = |links: &Vec<Link>| links.last().is_some_and(|l| l.kind == LinkKind::Person);
                let found = match again {
                    Some(links) if !role || is_person(&links) => Some(links),
                    other => by_role().or(other),
                };
                if let Some(found) = found {
                    return Some((found, classes));
                }
                return Some((vec![self.anonymous(range, &entities)], classes));
            }
        }
        let medium = entities.iter().find(|(e, _, _)| self.entity(*e).link == LinkKind::Medium).copied();
        if let Some((entity, _, _)) = medium {
            return Some((vec![self.named(entity, range)], classes));
        }
        if has(class::REPORT) && entities.is_empty() {
            if let Some(found) = self.again(range, classes) {
                return Some((found, classes));
            }
        }
        let body = entities
            .iter()
            .find(|(e, _, owned)| !owned && matches!(self.entity(*e).kind, EntityKind::Organisation))
            .or_else(|| entities.iter().find(|(e, _, _)| self.entity(*e).kind == EntityKind::Organisation))
            .copied();
        if let Some((entity, _, _)) = body {
            return Some((vec![self.named(entity, range)], classes));
        }
        if has(class::DOCUMENT) {
            return Some((vec![self.described(LinkKind::Document, range, &entities)], classes));
        }
        if has(class::MEDIUM) {
            return Some((vec![self.described(LinkKind::Medium, range, &entities)], classes));
        }
        if let Some(&(entity, _, _)) = entities.iter().find(|(e, _, _)| self.entity(*e).kind == EntityKind::Polity) {
            if has(class::BODY) && !self.is_government(range, entity) {
                return Some((vec![self.described(LinkKind::Body, range, &entities)], classes));
            }
            return Some((vec![self.named(entity, range)], classes));
        }
        if has(class::BODY) || has(class::REPORT) {
            if let Some(found) = self.again(range, classes) {
                return Some((found, classes));
            }
            if has(class::BODY) && (definite || self.is_definite(range)) {
                if let Some(found) = self.body_before(range) {
                    return Some((found, classes));
                }
            }
            let kind = if has(class::REPORT) && !has(class::BODY) { LinkKind::Anonymous } else { LinkKind::Body };
            return Some((
                vec![if kind == LinkKind::Body {
                    self.described(kind, range, &entities)
                } else {
                    self.anonymous(range, &entities)
                }],
                classes,
            ));
        }
        if let Some(&(entity, _, _)) = entities.first() {
            return Some((vec![self.named(entity, range)], classes));
        }
        if self.is_definite(range) {
            if let Some(found) = self.again(range, classes) {
                return Some((found, classes));
            }
        }
        let named = range.clone().any(|n| {
            scene.text.tokens[n].shape.is_capital()
                && !scene.text.tokens[n].starts_paragraph
                && scene.text.sentences[scene.text.sentence_of(n)].tokens.start != n
        });
        Some((
            vec![if named {
                self.described(LinkKind::Body, range, &entities)
            } else {
                self.anonymous(range, &entities)
            }],
            classes,
        ))
    }

    /// Words of the phrase, outside names, that say what kind of thing it is.
    fn head_classes(&self, range: &Range<usize>) -> Vec<(usize, u64)> {
        let mut heads = Vec::new();
        let kinds = class::ANONYMOUS | class::REPORT | class::DOCUMENT | class::MEDIUM | class::BODY | class::PERSON;
        let mut at = range.start;
        while at < range.end {
            if at > range.start && self.scene.is_mark(at, &[","]) {
                break; // an apposition tells more of the head, it is not the head
            }
            let mut step = 1;
            for (_, bit) in class::ALL.iter().filter(|(_, bit)| kinds & bit != 0) {
                if let Some(len) = self.scene.class_at(at, *bit) {
                    if self.scene.mention_at(at).is_none()
                        || self.scene.text.tokens[at].shape == crate::text::Shape::Lower
                    {
                        heads.push((at, *bit));
                        step = step.max(len);
                    }
                }
            }
            at += step;
        }
        heads
    }

    /// Entities that the phrase names, with a token of each and whether it only owns or places the head
    /// ('an aide of Putin', 'in Jakarta').
    fn entities_in(&self, range: &Range<usize>) -> Vec<(EntityIndex, usize, bool)> {
        let mut found: Vec<(EntityIndex, usize, bool)> = Vec::new();
        let mut last = None;
        for token in range.clone() {
            let Some(mention) = self.scene.mention_at(token) else { continue };
            if last == Some(mention) {
                continue;
            }
            last = Some(mention);
            let owned = token > range.start
                && self
                    .scene
                    .class_before(token, class::PREPOSITION | class::NP_PREPOSITION | class::TO | class::BY)
                    .is_some()
                && !self.scene.is_mark(token - 1, &[","]);
            let end = self.scene.text.tokens_in(self.scene.layers.mentions[mention].span).end;
            let possessive = end < range.end
                && self.scene.text.tokens[end].glued
                && self.scene.text.word(end).starts_with(['\'', '’']);
            found.push((self.scene.layers.mentions[mention].entity, token, owned || possessive));
        }
        found
    }

    fn entity(&self, index: EntityIndex) -> &sumber_core::Entity {
        &self.scene.layers.entities[index.0 as usize]
    }

    /// 'pemerintah Iran', 'the Russian government': the state itself.
    fn is_government(&self, range: &Range<usize>, _entity: EntityIndex) -> bool {
        range.len() <= 4
    }

    fn words_of(&self, range: &Range<usize>) -> String {
        self.scene.span(range).of(self.scene.text.source).to_owned()
    }

    fn named(&self, index: EntityIndex, range: &Range<usize>) -> Link {
        let entity = self.entity(index);
        let kind = match (entity.kind, entity.link) {
            (EntityKind::Person, _) => LinkKind::Person,
            (_, LinkKind::Anonymous | LinkKind::Person) => LinkKind::Body,
            (_, kind) => kind,
        };
        let mut names = entity.names.clone();
        if !names.contains(&entity.name) {
            names.insert(0, entity.name.clone());
        }
        Link {
            kind,
            text: entity.name.clone(),
            span: Some(self.scene.span(range)),
            entity: Some(index),
            names,
            country: entity.country.clone(),
            count: None,
        }
    }

    fn described(&self, kind: LinkKind, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Link {
        let mut core = range.clone();
        while core.start + 1 < core.end && self.scene.is(core.start, class::DETERMINER) {
            core.start += 1;
        }
        let text = self.words_of(&core);
        Link {
            kind,
            names: vec![text.clone(), self.words_of(range)],
            text,
            span: Some(self.scene.span(range)),
            entity: None,
            country: self.country(range, entities),
            count: None,
        }
    }

    fn anonymous(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Link {
        Link {
            kind: LinkKind::Anonymous,
            text: self.words_of(range),
            span: Some(self.scene.span(range)),
            entity: None,
            names: Vec::new(),
            country: self.country(range, entities),
            count: self.count(range),
        }
    }

    /// How many: a number word or digits before the head, 'one of', or a singular with its article.
    fn count(&self, range: &Range<usize>) -> Option<u32> {
        let scene = self.scene;
        for at in range.clone() {
            if scene.class_at(at, class::ONE_OF).is_some() {
                return Some(1);
            }
            if at > range.start + 4 {
                break;
            }
            if scene.is(at, class::NUMBER) {
                if let Some(&value) = scene.pack.values.get(&scene.text.tokens[at].word) {
                    return Some(value);
                }
            }
            if scene.text.tokens[at].shape == crate::text::Shape::Number && scene.mention_at(at).is_none() {
                return scene.text.word(at).chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
            }
        }
        None
    }

    fn country(&self, range: &Range<usize>, entities: &[(EntityIndex, usize, bool)]) -> Option<String> {
        entities.iter().find_map(|(e, _, _)| self.entity(*e).country.clone()).or_else(|| self.scene.country_in(range))
    }

    /// Whether the phrase points back: a demonstrative, or a definite article before a common noun.
    fn is_definite(&self, range: &Range<usize>) -> bool {
        let scene = self.scene;
        let first = range.start;
        let one = range.clone().any(|n| scene.class_at(n, class::ONE_OF).is_some());
        let article =
            scene.is(first, class::DETERMINER) && !scene.pack.values.contains_key(&scene.text.tokens[first].word);
        one || article || range.len() == 1 && !scene.is(first, class::ANONYMOUS)
    }

    /// Who the same kind of words stood for before ('the sources', 'laporan itu', 'the ministry').
    fn again(&self, range: &Range<usize>, classes: u64) -> Option<Vec<Link>> {
        let words: Vec<WordId> =
            self.scene.text.tokens[range.clone()].iter().filter(|t| t.word.is_known()).map(|t| t.word).collect();
        let one = range.clone().find_map(|n| self.scene.class_at(n, class::ONE_OF)).is_some();
        let kinds = class::ANONYMOUS | class::REPORT | class::BODY | class::PERSON | class::MEDIUM | class::DOCUMENT;
        let fits = |s: &&Speaker| match s.link.kind {
            LinkKind::Anonymous => {
                classes & (class::ANONYMOUS | class::PERSON) != 0 && s.classes & classes & kinds != 0
            }
            LinkKind::Person => classes & class::PERSON != 0,
            LinkKind::Medium => classes & (class::REPORT | class::MEDIUM) != 0,
            LinkKind::Body => classes & (class::BODY | class::REPORT) != 0,
            LinkKind::Document => classes & (class::DOCUMENT | class::REPORT) != 0,
        };
        let shared = |s: &Speaker| {
            s.words
                .iter()
                .filter(|w| words.contains(w) && self.scene.pack.single.get(w).is_some_and(|b| b & kinds != 0))
                .count()
        };
        let best = self
            .speakers
            .iter()
            .enumerate()
            .filter(|(_, s)| fits(s))
            .max_by_key(|(n, s)| (shared(s).min(1), *n))
            .map(|(_, s)| s)?;
        let mut links = if best.link.kind == LinkKind::Anonymous { best.way.clone() } else { Vec::new() };
        let mut link = best.link.clone();
        if link.kind == LinkKind::Anonymous {
            if one {
                link.count = Some(1);
            } else if let Some(count) = self.count(range) {
                link.count = Some(count);
            }
        }
        links.push(link);
        Some(links)
    }

    /// The person who was named with the same role before ('Iran's foreign minister').
    fn same_role(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let words = |r: &Range<usize>| -> Vec<WordId> {
            let content = |n: &usize| {
                let t = &self.scene.text.tokens[*n];
                t.word.is_known()
                    && t.shape.is_word()
                    && !self.scene.is(*n, class::DETERMINER | class::PREPOSITION | class::NP_PREPOSITION | class::TO)
            };
            r.clone().filter(content).map(|n| self.scene.text.tokens[n].word).collect()
        };
        let wanted = words(range);
        let best = self.speakers.iter().rev().filter(|s| s.link.kind == LinkKind::Person).find(|s| {
            let shared = wanted.iter().filter(|w| s.words.contains(w)).count();
            shared >= 2 && shared * 3 >= wanted.len() * 2
        })?;
        Some(vec![best.link.clone()])
    }

    /// The person whom the article names with the same role somewhere ('the spokesman' of 'spokesman Shen
    /// Guowei', 'Shen Guowei, the spokesman'); of several the one with most words in common, then the
    /// nearest before.
    fn titled(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let words: Vec<usize> = range.clone().filter(|&n| scene.text.tokens[n].shape.is_word()).collect();
        let same = |a: usize, b: usize| {
            let (x, y) = (&scene.text.tokens[a], &scene.text.tokens[b]);
            x.word.is_known() && x.word == y.word || scene.text.word(a) == scene.text.word(b)
        };
        let mut best: Option<(usize, bool, usize, EntityIndex)> = None;
        for mention in scene.layers.mentions {
            if self.entity(mention.entity).kind != EntityKind::Person {
                continue;
            }
            let tokens = scene.text.tokens_in(mention.span);
            let sentence = scene.text.sentences[scene.text.sentence_of(tokens.start)].tokens.clone();
            let clear = |n: &usize| !scene.is_verb(*n) && !scene.in_cue(*n);
            let before =
                (tokens.start.saturating_sub(TITLES).max(sentence.start)..tokens.start).rev().take_while(clear);
            let after = (tokens.end..(tokens.end + TITLES).min(sentence.end)).take_while(clear);
            let titles: Vec<usize> =
                before.chain(if scene.is_mark(tokens.end, &[","]) { after.collect() } else { Vec::new() }).collect();
            let shared = |role: bool| {
                words
                    .iter()
                    .filter(|&&w| {
                        scene.is(w, class::PERSON) == role
                            && !scene.is(w, class::DETERMINER | class::NP_PREPOSITION | class::PREPOSITION)
                            && titles.iter().any(|&t| same(w, t))
                    })
                    .count()
            };
            if shared(true) == 0 {
                continue;
            }
            let place = (shared(true) + shared(false), tokens.start < range.start, tokens.start);
            if best.is_none_or(|b| place > (b.0, b.1, b.2)) {
                best = Some((place.0, place.1, place.2, mention.entity));
            }
        }
        best.map(|(.., entity)| vec![self.named(entity, range)])
    }

    /// The organisation named last before a token, in the same or the two sentences before.
    fn body_before(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let start = scene.text.tokens[range.start].span.start;
        let low = scene.text.sentence_of(range.start).saturating_sub(2);
        let place = scene.layers.mentions.partition_point(|m| m.span.start < start);
        let near = scene.layers.mentions[..place].iter().rev().take(10);
        let body = |m: &&sumber_core::Mention| {
            let entity = self.entity(m.entity);
            entity.kind == EntityKind::Organisation
                && entity.link != LinkKind::Medium
                && scene.text.sentence_of(scene.text.tokens_in(m.span).start.min(range.start)) >= low
        };
        near.into_iter().find(body).map(|m| vec![self.named(m.entity, range)])
    }

    fn pronoun(&self, range: &Range<usize>) -> Option<(Vec<Link>, u64)> {
        let scene = self.scene;
        let at = range.start;
        let is = |bits: u64| scene.class_lengths(at, bits).any(|len| len == range.len());
        let (plural, thing) = (is(class::THEY | class::THEIR), is(class::IT | class::ITS));
        let one = |s: &&Speaker| match s.link.kind {
            LinkKind::Person => !plural && !thing,
            LinkKind::Anonymous => {
                if plural {
                    s.link.count != Some(1)
                } else {
                    s.link.count == Some(1) && !thing
                }
            }
            LinkKind::Body | LinkKind::Medium | LinkKind::Document => thing,
        };
        // 'they' are people sooner than a body
        let body = |s: &&Speaker| plural && matches!(s.link.kind, LinkKind::Body | LinkKind::Medium);
        let found = self.speakers.iter().rev().find(one).or_else(|| self.speakers.iter().rev().find(body));
        // a person named since the last one spoke: at the head of a sentence, or the only one there is
        // they who are spoken of in what somebody said are meant where nobody else can be
        let told = |other: bool| self.person_before(at, other);
        let named = (!plural && !thing).then(|| told(false).or_else(|| told(found.is_none()))).flatten();
        if let Some((entity, token)) = named {
            let since = found.is_none_or(|s| s.range.end < token && s.link.entity != Some(entity));
            let only = || {
                let from = found.map_or(0, |s| s.range.end);
                let mut people =
                    scene.layers.mentions.iter().filter(|m| self.entity(m.entity).kind == EntityKind::Person).filter(
                        |m| {
                            let start = scene.text.tokens_in(m.span).start;
                            start >= from && start < at && !(self.said[start] && scene.text.quote_at(start).is_none())
                        },
                    );
                people.all(|m| m.entity == entity) && scene.text.sentence_of(token) + 1 >= scene.text.sentence_of(at)
            };
            if since && (found.is_none() || self.heads_sentence(token) || only()) {
                return Some((vec![self.named(entity, range)], class::PERSON));
            }
        }
        let speaker = found?;
        let mut links = if speaker.link.kind == LinkKind::Anonymous { speaker.way.clone() } else { Vec::new() };
        links.push(speaker.link.clone());
        Some((links, speaker.classes))
    }

    fn heads_sentence(&self, token: usize) -> bool {
        let sentence = self.scene.text.sentence_of(token);
        self.scene.subject_before(self.scene.text.sentences[sentence].tokens.end).is_some_and(|r| r.contains(&token))
    }

    /// The person named last before a token; `told`: in what was said, too.
    fn person_before(&self, at: usize, told: bool) -> Option<(EntityIndex, usize)> {
        let span = self.scene.text.tokens[at].span;
        let place = self.scene.layers.mentions.partition_point(|m| m.span.start < span.start);
        self.scene.layers.mentions[..place]
            .iter()
            .rev()
            .take(12)
            .filter(|m| self.entity(m.entity).kind == EntityKind::Person)
            .map(|m| (m.entity, self.scene.text.tokens_in(m.span).start))
            .find(|(_, token)| told || !self.said[*token] || self.scene.text.quote_at(*token).is_some())
    }

    /// The medium among those to whom something was said, if it is not the article's own outlet.
    fn medium_in(&self, range: &Range<usize>) -> Option<Link> {
        let entities = self.entities_in(range);
        let medium = entities.iter().find(|(e, _, _)| self.entity(*e).link == LinkKind::Medium);
        if let Some((entity, ..)) = medium {
            return Some(self.named(*entity, range));
        }
        // 'Radio Kota': a word of the name or beside it tells that it is one
        let told = range.clone().any(|n| self.scene.class_at(n, class::MEDIUM).is_some());
        let body = entities.iter().find(|(e, _, _)| told && self.entity(*e).kind == EntityKind::Organisation)?;
        Some(Link { kind: LinkKind::Medium, ..self.named(body.0, range) })
    }

    /// Leaves out the article's own outlet and links that repeat the one before.
    fn tidy(&self, chain: &mut Vec<Link>) {
        let own = |link: &Link| {
            link.kind == LinkKind::Medium
                && self.article.outlet.as_ref().is_some_and(|outlet| {
                    let same = |name: &str| {
                        let (a, b) = (bare(name), bare(&outlet.name));
                        !a.is_empty()
                            && (a == b
                                || outlet
                                    .domain
                                    .as_deref()
                                    .is_some_and(|d| bare(d.split('.').next().unwrap_or("")) == a))
                    };
                    link.names.iter().any(|n| same(n)) || same(&link.text)
                })
        };
        if chain.len() > 1 || chain.first().is_some_and(|l| l.kind == LinkKind::Medium) {
            chain.retain(|link| !own(link));
        }
        chain.dedup_by(|b, a| a.kind == b.kind && (a.entity.is_some() && a.entity == b.entity || a.text == b.text));
    }
}

/// A name without case, blanks and marks.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
