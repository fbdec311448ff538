//! Chains: who a source's words stand for, and the way back to the origin.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sumber_core::{Article, EntityIndex, EntityKind, Link, LinkKind, Mention};

use super::assemble::Draft;
use super::outlets::Outlet;
use super::scene::Scene;
use super::words::class;
use crate::lexicon::WordId;
use crate::text::Shape;

/// How many tokens after a report who saw it may be named.
const SEEN: usize = 8;

/// How many sentences after its name a medium may be meant by a word for one.
const CITED: usize = 8;

/// Who spoke, as far as it was resolved.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The last link.
    pub link: Link,
    /// What stood before it.
    pub way: Vec<Link>,
    /// Words of the phrase that named it, for 'the sources', 'the minister'.
    pub(super) words: Vec<WordId>,
    /// Classes of those words.
    pub(super) classes: u64,
    /// Where the phrase stands.
    pub range: Range<usize>,
}

/// Resolves sources in reading order.
pub struct Resolver<'a> {
    pub(super) scene: &'a Scene<'a>,
    /// Who spoke so far.
    pub(super) speakers: Vec<Speaker>,
    /// Tokens that stand in what was said, outside quotation marks too: who is named there did not say it.
    pub(super) said: Vec<bool>,
    /// Every form of each entity's name, made when a link first asks for it.
    pub(super) names: Vec<OnceCell<Arc<[String]>>>,
    /// The article's own outlet, where one is told.
    outlet: Option<Outlet>,
    /// How often each state is told, counted when a link first asks for it.
    pub(super) states_told: OnceCell<BTreeMap<String, usize>>,
}

impl<'a> Resolver<'a> {
    /// Nobody has spoken yet.
    pub fn new(scene: &'a Scene<'a>, article: &'a Article) -> Resolver<'a> {
        let names = vec![OnceCell::new(); scene.layers.entities.len()];
        let outlet = article.outlet.as_ref().map(|outlet| Outlet::new(&outlet.name, outlet.domain.as_deref()));
        Resolver {
            scene,
            speakers: Vec::new(),
            said: vec![false; scene.text.tokens.len()],
            names,
            outlet,
            states_told: OnceCell::new(),
        }
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
        // 'the ministry, through its spokeswoman Ana Reyes, said': she says it, for the ministry
        let voiced = chain.last().is_some_and(|l| l.kind == LinkKind::Person)
            && own.last().is_some_and(|l| l.kind == LinkKind::Body)
            && source.as_ref().zip(draft.cue.as_ref()).is_some_and(|(s, cue)| self.has_voice(s.end..cue.start));
        if chain.is_empty() {
            chain = own;
        } else if !voiced {
            chain.extend(own);
        }
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
            let voiced = last.kind == LinkKind::Body && way.last().is_some_and(|l| l.kind == LinkKind::Person);
            if voiced && draft.cue.as_ref().is_some_and(|cue| self.has_voice(range.end..cue.start)) {
                return (Some(range), way);
            }
            if matches!(last.kind, LinkKind::Document | LinkKind::Body | LinkKind::Anonymous) {
                way.extend(self.seen_by(&range, classes));
            }
            if way.is_empty() && matches!(last.kind, LinkKind::Person | LinkKind::Anonymous) {
                way.extend(self.heard_by(&range));
            }
            if way.is_empty() {
                way = links;
            } else {
                way.extend(links);
            }
            if speaks {
                self.remember(last, &way[..way.len() - 1], classes, &range);
            }
        }
        (Some(range), way)
    }

    /// Whether words between a body and its cue name somebody who speaks for it.
    fn has_voice(&self, mut between: Range<usize>) -> bool {
        between.any(|n| self.scene.class_at(n, class::VOICE).is_some())
    }

    /// Notes who spoke.
    fn remember(&mut self, link: Link, way: &[Link], classes: u64, range: &Range<usize>) {
        let known = |range: Range<usize>| {
            self.scene.text.tokens[range].iter().filter(|t| t.word.is_known()).map(|t| t.word).collect::<Vec<_>>()
        };
        let (mut words, mut classes) = (known(range.clone()), classes);
        // 'one of them' may be called what they were called
        if let Some(span) = link.span.filter(|_| link.kind == LinkKind::Anonymous) {
            let first = self.scene.text.tokens_in(span);
            if first != *range {
                classes |= self.head_classes(&first).iter().fold(0, |all, (_, bits)| all | bits);
                words.extend(known(first));
            }
        }
        self.speakers.push(Speaker { link, way: way.to_vec(), words, classes, range: range.clone() });
    }

    /// The medium that saw the report right before it ('a draft seen by Reuters', 'dokumen yang dilihat Antara').
    fn seen_by(&self, range: &Range<usize>, classes: u64) -> Option<Link> {
        let scene = self.scene;
        if classes & (class::REPORT | class::DOCUMENT) == 0 {
            return None;
        }
        let end = scene.text.sentences[scene.text.sentence_of(range.start)].tokens.end.min(range.end + SEEN);
        let name = (range.end..end)
            .take_while(|&n| scene.text.tokens[n].shape != Shape::Mark && !scene.is_time(n))
            .find(|&n| scene.names_medium(&(n..n + 1)))?;
        // who saw it does so in a passive or in a relative clause, and nobody else stands between
        let role = class::BY | class::MEDIUM | class::DETERMINER | class::RELATIVE | class::AUXILIARY | class::PASSIVE;
        let (mut at, mut verbs, mut passive) = (range.end - 1, 0, false);
        while at < name {
            passive |= scene.class_at(at, class::BY | class::RELATIVE).is_some();
            let known = scene.class_at(at, role);
            verbs += usize::from(known.is_none());
            at += known.unwrap_or(1);
        }
        let fits = passive && verbs <= 2;
        let entity = scene.layers.mentions[scene.mention_at(name)?].entity;
        fits.then(|| self.named(entity, &(name..name + 1)))
    }

    /// The medium that somebody told it, by a participle after the words for them or a relative clause ('a doctor
    /// contacted by Reuters', 'un medico sentito dalla Reuters', 'dokter yang dihubungi Reuters').
    fn heard_by(&self, range: &Range<usize>) -> Option<Link> {
        let scene = self.scene;
        let end = scene.text.sentences[scene.text.sentence_of(range.start)].tokens.end.min(range.end + SEEN);
        let open = |n: &usize| scene.text.tokens[*n].shape != Shape::Mark && !(*n >= range.end && scene.is_time(*n));
        let name = (range.start + 1..end).take_while(open).find(|&n| scene.names_medium(&(n..n + 1)))?;
        let mut at = name;
        while at > range.start + 1
            && scene.class_before(at, class::BY).is_none()
            && scene.is(at - 1, class::MEDIUM | class::DETERMINER)
        {
            at -= 1;
        }
        let verb = match scene.class_before(at, class::BY) {
            Some(len) => at - len,
            None if scene.is(at.checked_sub(2)?, class::RELATIVE) => at,
            None => return None,
        };
        let verb = verb.checked_sub(1).filter(|&n| n > range.start)?;
        let plain = scene.text.tokens[verb].shape == Shape::Lower
            && scene.mention_at(verb).is_none()
            && !scene.is(verb, class::BODY | class::ANONYMOUS | class::PERSON | class::REPORT | class::DOCUMENT);
        let entity = scene.layers.mentions[scene.mention_at(name)?].entity;
        plain.then(|| self.named(entity, &(name..name + 1)))
    }

    /// What a noun phrase stands for: links (a report's medium before its sources), and its classes.
    pub(super) fn phrase(&self, range: &Range<usize>) -> Option<(Vec<Link>, u64)> {
        let scene = self.scene;
        if self.is_pronoun(range) {
            return self.pronoun(range);
        }
        // 'one of them'
        let one = range.clone().any(|n| scene.class_at(n, class::ONE_OF).is_some());
        let named = range.clone().any(|n| scene.kind_at(n) == Some(EntityKind::Person));
        if let Some(they) = range.clone().find(|&n| one && !named && scene.is(n, class::THEY)) {
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
        let points_back = self.points_back(range);

        // the name at the end of the phrase ('the minister Ana Reyes'), else the first one
        let is_person = |e: &&(EntityIndex, usize, bool)| self.entity(e.0).kind == EntityKind::Person && !e.2;
        let comma = range.clone().find(|&n| scene.is_mark(n, &[","])).unwrap_or(range.end);
        let person =
            entities.iter().rfind(|e| is_person(e) && e.1 < comma).or_else(|| entities.iter().find(is_person)).copied();
        let anonymous_first = head.iter().find(|(_, bits)| bits & (class::ANONYMOUS | class::PERSON) != 0).copied();
        let anonymous_first = anonymous_first.filter(|_| !self.ends_as_body(range, &head));
        // 'la Federazione marittimi', 'kelompok nelayan': the first noun says what it is
        let people = class::ANONYMOUS | class::PERSON;
        let body_first = anonymous_first.filter(|_| scene.pack.heads_first).is_some_and(|(at, _)| {
            let capital = |n: usize| n < at && scene.text.tokens[n].shape.is_capital();
            let body = |n: usize, bits: u64| bits & class::BODY != 0 && (capital(n) || n < at && bits & people == 0);
            head.first().is_some_and(|&(n, bits)| body(n, bits))
                || entities.first().is_some_and(|&(e, token, owned)| {
                    capital(token) && !owned && self.entity(e).kind == EntityKind::Organisation
                })
        });
        if body_first && person.is_none() {
            return Some((vec![self.described(LinkKind::Body, range, &entities)], class::BODY));
        }
        // 'the contractor, Belmore Works', 'the dairy, Fell Farm': whose name it is, the noun before the comma tells
        let led = |n: usize| scene.class_at(n, class::BODY | class::ANY_BODY).is_some();
        let renamed = entities.iter().find(|&&(entity, token, _)| token == comma + 1 && !self.entity(entity).known);
        let core = |mut before: Range<usize>| before.all(|n| scene.is(n, class::DETERMINER));
        let core_has_preposition = |at: usize| (range.start..at).any(|n| scene.is(n, class::NP_PREPOSITION));
        let is_led = || match self.head_of_people(range) {
            Some((head, _)) => led(head.start),
            // a word that nobody knows before 'of the museum' may be anybody's
            None if scene.pack.heads_first => head.first().is_some_and(|&(at, _)| led(at) && core(range.start..at)),
            None => head.last().is_some_and(|&(at, _)| led(at) && at + 1 == comma && !core_has_preposition(at)),
        };
        if let Some((entity, ..)) = renamed.filter(|_| is_led()) {
            return Some((vec![Link { kind: LinkKind::Body, ..self.named(*entity, range) }], class::BODY));
        }
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
        let stranger = stranger.filter(|_| has(class::PERSON)).or_else(|| {
            // 'Verhoeven, the commission's spokesman'
            let told = (comma..range.end).any(|n| scene.class_at(n, class::PERSON).is_some());
            let own = |e: &&(EntityIndex, usize, bool)| {
                let entity = self.entity(e.0);
                e.1 == range.start && !entity.known && entity.kind == EntityKind::Organisation
            };
            entities.first().filter(own).filter(|_| told && classes == 0)
        });
        if let Some((entity, _, _)) = stranger {
            let link = Link { kind: LinkKind::Person, ..self.named(*entity, range) };
            return Some((vec![link], classes));
        }
        if let Some((_, bits)) = anonymous_first {
            if bits & class::ANONYMOUS != 0 || !has(class::REPORT) {
                // a role that is told of one person of the article means that person
                let role = bits & class::PERSON != 0 && (points_back || self.count(range).is_none());
                let again = |near| self.again(range, classes, near);
                let known = if points_back && entities.is_empty() { again(false) } else { None };
                let told = known.is_some();
                let known = known.filter(|links| !role || links.last().is_some_and(|l| l.kind == LinkKind::Person));
                let found = known
                    .or_else(|| if role { self.same_role(range).or_else(|| self.titled(range)) } else { None })
                    .or_else(|| if role && self.count(range).is_none() { self.introduced(range) } else { None })
                    .or_else(
                        || if points_back && entities.is_empty() && !told { self.same_office(range) } else { None },
                    )
                    .or_else(|| if points_back && entities.is_empty() { again(true) } else { None })
                    .or_else(|| if points_back { self.last_person(range) } else { None });
                return Some((found.unwrap_or_else(|| vec![self.anonymous(range, &entities)]), classes));
            }
        }
        let medium = entities.iter().find(|(e, _, _)| self.entity(*e).link == LinkKind::Medium).copied();
        if let Some((entity, token, _)) = medium {
            let link = self.named(entity, range);
            // 'una bozza vista dalla Reuters'
            let seen = scene.class_before(token, class::BY).map(|len| token - len).filter(|&by| by > range.start + 2);
            if let Some(by) = seen.filter(|_| has(class::DOCUMENT)) {
                let document = self.described(LinkKind::Document, &(range.start..by - 1), &[]);
                return Some((vec![link, document], classes));
            }
            return Some((vec![link], classes));
        }
        if has(class::REPORT | class::DOCUMENT) && entities.is_empty() && points_back {
            if let Some(found) = self.again(range, classes, true) {
                return Some((found, classes));
            }
        }
        if has(class::DOCUMENT) && !has(class::BODY) {
            return Some((vec![self.described(LinkKind::Document, range, &entities)], classes));
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
        // 'the environment agency': words for both a medium and a body, told which by others
        let told = |&(at, bits): &(usize, u64)| {
            bits & class::BODY != 0
                && range.clone().any(|n| n != at && !scene.is(n, class::DETERMINER | class::DEMONSTRATIVE))
        };
        if has(class::MEDIUM) && points_back {
            // 'the agency' may be a body that was told, 'the paper' is the one that was cited
            let body = if has(class::BODY) { self.again(range, class::BODY, false) } else { None };
            let body = body.or_else(|| if has(class::BODY) { self.body_before(range) } else { None });
            if let Some(found) = body.or_else(|| self.medium_before(range)) {
                return Some((found, classes));
            }
        }
        if has(class::MEDIUM) && !head.iter().rfind(|(_, bits)| bits & class::MEDIUM != 0).is_some_and(told) {
            return Some((vec![self.described(LinkKind::Medium, range, &entities)], classes));
        }
        if let Some(&(entity, _, _)) = entities.iter().find(|(e, _, _)| self.entity(*e).kind == EntityKind::Polity) {
            if has(class::BODY) && !self.is_government(range) {
                return Some((vec![self.described(LinkKind::Body, range, &entities)], classes));
            }
            return Some((vec![self.named(entity, range)], classes));
        }
        if has(class::BODY) || has(class::REPORT) {
            // 'company figures': whose they are, was told
            let known = points_back || has(class::BODY) && has(class::REPORT);
            let again = |near| if known { self.again(range, classes, near) } else { None };
            let before = || if has(class::BODY) && known { self.body_before(range) } else { None };
            let demonstrative = range.clone().any(|n| scene.class_at(n, class::DEMONSTRATIVE).is_some());
            let any = demonstrative || range.clone().any(|n| scene.class_at(n, class::ANY_BODY).is_some());
            if let Some(found) = again(false).or_else(before).or_else(|| if any { again(true) } else { None }) {
                return Some((found, classes));
            }
            // 'an internal memo', 'the audit' are papers; 'data', 'some reports' might be anybody's words
            let told = |n: usize| scene.class_at(n, class::DEMONSTRATIVE).is_some();
            let paper =
                scene.is(range.start, class::DEFINITE) || self.count(range) == Some(1) || range.clone().any(told);
            let link = if has(class::REPORT) && !has(class::BODY) && paper && !has(class::PLURAL) {
                self.described(LinkKind::Document, range, &entities)
            } else if has(class::REPORT) && !has(class::BODY) {
                self.anonymous(range, &entities)
            } else {
                self.described(LinkKind::Body, range, &entities)
            };
            return Some((vec![link], classes));
        }
        if let Some(&(entity, _, _)) = entities.first() {
            return Some((vec![self.named(entity, range)], classes));
        }
        if points_back {
            let office = self.same_office(range);
            if let Some(found) = office.or_else(|| self.again(range, class::PERSON | class::ANONYMOUS, true)) {
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

    /// The medium named last before a phrase that means one again ('the newspaper', 'koran itu').
    fn medium_before(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let place = self.country(range, &self.entities_in(range));
        let start = scene.text.tokens[range.start].span.start;
        let end = scene.layers.mentions.partition_point(|m| m.span.start < start);
        let sentence = scene.text.sentence_of(range.start);
        let near = |m: &&Mention| scene.text.sentence_of(scene.text.tokens_in(m.span).start) + CITED >= sentence;
        let before = scene.layers.mentions[..end].iter().rev().take_while(near);
        let mut media = before.filter(|m| self.entity(m.entity).link == LinkKind::Medium);
        let fits = |m: &&Mention| {
            let entity = self.entity(m.entity);
            let same = place.is_none() || entity.country.is_none() || entity.country == place;
            let own = |o: &Outlet| o.is_called(&entity.name) || o.is_called_short(&entity.name);
            same && !self.outlet.as_ref().is_some_and(own)
        };
        media.find(fits).map(|m| vec![self.named(m.entity, range)])
    }

    /// Leaves out the article's own outlet and links that repeat the one before.
    fn tidy(&self, chain: &mut Vec<Link>) {
        let own = |link: &Link| {
            let known = link.entity.is_some_and(|entity| self.entity(entity).known);
            let short = |outlet: &Outlet| !known && link.kind == LinkKind::Medium && outlet.is_called_short(&link.text);
            if self.outlet.as_ref().is_some_and(short) {
                return true;
            }
            let same = |outlet: &Outlet| link.names.iter().any(|n| outlet.is_called(n)) || outlet.is_called(&link.text);
            self.outlet.as_ref().is_some_and(same)
        };
        if chain.len() > 1 || chain.first().is_some_and(|l| l.kind == LinkKind::Medium) {
            let last = chain.len() - 1;
            let mut place = 0;
            chain.retain(|link| {
                // through a body that is no origin something came as through a medium
                let way = link.kind == LinkKind::Medium || link.kind == LinkKind::Body && place < last;
                place += 1;
                !(way && own(link))
            });
        }
        chain.dedup_by(|b, a| a.kind == b.kind && (a.entity.is_some() && a.entity == b.entity || a.text == b.text));
    }
}
