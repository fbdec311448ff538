//! References: whom 'he', 'the minister', 'that report', 'the ministry' and a dropped subject stand for.
//!
//! Nearness decides only among those that the words fit; where none fits, the words stand for themselves:
//! a ministry is not the army that was named last.

use std::ops::Range;

use sumber_core::{EntityIndex, EntityKind, Link, LinkKind, Mention};

use super::assemble::Draft;
use super::chain::{Resolver, Speaker};
use super::sorts::alike;
use super::words::{CueClass, CueForm, class};
use crate::lexicon::WordId;
use crate::text::Shape;

/// How many sentences back a speaker who is only in the verb may have been named.
const LOOK_BACK: usize = 4;
/// How many tokens before a name its titles may stand.
pub(super) const TITLES: usize = 9;
/// How many sentences back somebody is meant by a word that was not used of them.
const NEAR: usize = 3;
/// How many mentions of a body are asked for its sort.
pub(super) const MENTIONS: usize = 8;
/// How many sentences after a role the name of its holder may follow.
const INTRODUCED: usize = 3;
/// Words that say what kind of thing a phrase is.
const KINDS: u64 = class::ANONYMOUS | class::REPORT | class::BODY | class::PERSON | class::MEDIUM | class::DOCUMENT;

impl Resolver<'_> {
    /// Who a cue without a source of its own hangs on: who spoke in the same sentence, else whom the
    /// clause before is about, else who spoke last.
    pub(super) fn subject_of(&self, draft: &Draft) -> Option<Range<usize>> {
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
                    && !self.said[r.start]
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

    /// Whether the phrase is a pronoun alone.
    pub(super) fn is_pronoun(&self, range: &Range<usize>) -> bool {
        let pronoun = class::HE | class::THEY | class::IT | class::HIS | class::THEIR | class::ITS;
        self.scene.class_lengths(range.start, pronoun).any(|len| len == range.len())
    }

    /// Whether the phrase points to something known: a demonstrative, a definite article, one noun alone.
    pub(super) fn points_back(&self, range: &Range<usize>) -> bool {
        let scene = self.scene;
        range.clone().any(|n| {
            scene.class_at(n, class::ONE_OF | class::DEMONSTRATIVE).is_some() && !self.points_at_owner(range, n)
        }) || scene.is(range.start, class::DEFINITE)
            || range.len() == 1 && !scene.is(range.start, class::ANONYMOUS)
    }

    /// Whether a demonstrative at the end of a phrase goes with the noun that owns or places its head, where nouns
    /// come first: 'guru di sekolah itu', 'juru bicara perusahaan itu'.
    fn points_at_owner(&self, range: &Range<usize>, demonstrative: usize) -> bool {
        let scene = self.scene;
        if !scene.pack.heads_first || !scene.is(demonstrative, class::DEMONSTRATIVE) {
            return false;
        }
        let Some((head, _)) = self.head_of_people(range) else { return false };
        (head.end..demonstrative).any(|n| scene.is(n, class::NP_PREPOSITION | class::BODY | class::PERSON))
    }

    /// Words of a phrase that say what kind of thing it is.
    fn heads(&self, range: &Range<usize>) -> Vec<WordId> {
        let kind = |w: &WordId| self.scene.pack.single.get(w).is_some_and(|bits| bits & KINDS != 0);
        self.scene.text.tokens[range.clone()].iter().map(|t| t.word).filter(|w| w.is_known() && kind(w)).collect()
    }

    /// The noun that a phrase about people is about, with its classes: the first where nouns come first, else the last
    /// before a preposition ("the hospital's director", 'one of the managers'). `None` if that is no person.
    pub(super) fn head_of_people(&self, range: &Range<usize>) -> Option<(Range<usize>, u64)> {
        let scene = self.scene;
        let heads = self.head_classes(range);
        let (first, _) = *heads.first()?;
        let inner = class::NP_PREPOSITION | class::PREPOSITION | class::RELATIVE;
        let (at, bits) = if scene.pack.heads_first {
            heads[0]
        } else {
            let end = (first + 1..range.end).find(|&n| scene.is(n, inner)).unwrap_or(range.end);
            *heads.iter().rfind(|(n, _)| *n < end)?
        };
        let people = bits & (class::PERSON | class::ANONYMOUS) != 0;
        people.then(|| (at..at + scene.class_at(at, bits).unwrap_or(1), bits))
    }

    /// The state of a body that a phrase leaves unnamed: 'two officials at his ministry', 'an embassy official',
    /// and who speaks for a body without saying which ('a spokesman').
    pub(super) fn country_of_body(&self, range: &Range<usize>) -> Option<String> {
        let scene = self.scene;
        let whose = class::HIS | class::THEIR | class::ITS;
        if let Some(n) = range.clone().find(|&n| scene.is(n, whose) && n + 1 < range.end) {
            return self.pronoun(&(n..n + 1))?.0.pop()?.country;
        }
        let bodies: Vec<WordId> =
            range.clone().filter(|&n| scene.is(n, class::BODY)).map(|n| scene.text.tokens[n].word).collect();
        if bodies.is_empty() && !range.clone().any(|n| scene.class_at(n, class::VOICE).is_some()) {
            return None;
        }
        let before = |s: &&Speaker| s.range.start < range.start;
        let shared = |s: &&Speaker| s.words.iter().any(|w| bodies.contains(w));
        let sentence = scene.text.sentence_of(range.start);
        let near = |s: &&Speaker| {
            let known = matches!(s.link.kind, LinkKind::Body | LinkKind::Person);
            known && sentence - scene.text.sentence_of(s.range.start).min(sentence) < NEAR
        };
        let spoke = || self.speakers.iter().rev().filter(before);
        // one official of a body is of the body at hand; 'union officials' may be of any
        let one = bodies.is_empty() || self.count(range) == Some(1);
        let found = spoke().find(shared).or_else(|| spoke().next().filter(|s| one && near(s)))?;
        found.link.country.clone()
    }

    /// Whether a phrase means several; `None` where its words do not tell, as most nouns of some languages do not.
    pub(super) fn is_plural(&self, range: &Range<usize>) -> Option<bool> {
        if let Some(count) = self.count(range) {
            return Some(count > 1);
        }
        range.clone().any(|n| self.scene.class_at(n, class::PLURAL | class::THEY).is_some()).then_some(true)
    }

    /// Who the same words stood for before ('the sources', 'laporan itu', 'the ministry'); `near` takes who
    /// spoke last, under whatever word.
    pub(super) fn again(&self, range: &Range<usize>, classes: u64, near: bool) -> Option<Vec<Link>> {
        // "the hospital's director" is no doctor of the hospital, nor the hospital
        let people = self.head_of_people(range).filter(|_| classes & (class::PERSON | class::ANONYMOUS) != 0);
        let mut heads = self.heads(people.as_ref().map_or(range, |(head, _)| head));
        let any = |n: usize| self.scene.class_at(n, class::ANY_PERSON).is_some();
        let stranger = people.as_ref().is_some_and(|(head, _)| !head.clone().any(any));
        let classes = people.map_or(classes, |(_, bits)| bits);
        if self.scene.pack.heads_first
            && classes & class::BODY != 0
            && classes & (class::ANONYMOUS | class::PERSON) == 0
        {
            heads.truncate(1); // 'serikat pekerja bank itu' is no bank
        }
        let one = range.clone().any(|n| self.scene.class_at(n, class::ONE_OF).is_some());
        let place = self.country(range, &self.entities_in(range));
        let (plural, count) = if one { (None, None) } else { (self.is_plural(range), self.count(range)) };
        let sentence = self.scene.text.sentence_of(range.start);
        let sort = self.sort_of_head(range);
        let owned = !one && self.is_owned(range);
        let fits = |s: &&Speaker| {
            let kind = match s.link.kind {
                LinkKind::Anonymous => {
                    classes & (class::ANONYMOUS | class::PERSON) != 0 && s.classes & classes & KINDS != 0
                }
                LinkKind::Person => {
                    let told = || sort.offices != 0 && sort.offices & self.sort_of_link(&s.link).offices != 0;
                    !one && plural != Some(true) && (classes & class::PERSON != 0 || told())
                }
                LinkKind::Medium => classes & (class::REPORT | class::MEDIUM) != 0,
                LinkKind::Body => classes & (class::BODY | class::REPORT) != 0,
                LinkKind::Document => classes & (class::DOCUMENT | class::REPORT) != 0,
            };
            let same_state = place.is_none() || s.link.country.is_none() || place == s.link.country;
            let shared = s.words.iter().any(|w| heads.contains(w));
            let close = sentence.saturating_sub(self.scene.text.sentence_of(s.range.start)) <= NEAR;
            // 'the two sources' of two officials
            let counted = count.is_some_and(|c| c > 1) && s.link.count == count;
            // 'the airline' is not the union that spoke before, nor the mayor the coach
            let other = owned
                && match s.link.kind {
                    LinkKind::Body | LinkKind::Anonymous => true,
                    LinkKind::Person => !self.is_of(sort, &s.link),
                    _ => false,
                };
            // "the player's agent" is no source that spoke before; 'the man' may be anybody
            let stranger = stranger && s.link.kind == LinkKind::Anonymous;
            let alike = || !other && !(stranger && !self.is_of(sort, &s.link)) && self.may_be(sort, &s.link);
            kind && same_state && (shared || near && (close || counted) && place.is_none() && alike())
        };
        // 'the official' is one of two officials only where no official spoke alone
        let agrees = |s: &&Speaker| {
            let several = s.link.count.map(|count| count > 1);
            s.link.kind != LinkKind::Anonymous || plural.is_none() || several.is_none() || several == plural
        };
        let best = self
            .speakers
            .iter()
            .rev()
            .find(|s| fits(s) && agrees(s))
            .or_else(|| self.speakers.iter().rev().find(fits))?;
        let mut links = if best.link.kind == LinkKind::Anonymous { best.way.clone() } else { Vec::new() };
        let mut link = best.link.clone();
        if link.kind == LinkKind::Anonymous {
            if one {
                link.count = Some(1);
            } else if count.is_some() {
                link.count = count;
            }
        }
        links.push(link);
        Some(links)
    }

    /// Who spoke last, a named person in the same sentence or the one before: for a phrase that points back and tells
    /// more than a word ('pemain berusia 29 tahun itu'), a name in other words.
    pub(super) fn last_person(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let one = self.is_plural(range) != Some(true);
        let tells = range.len() > 3 && scene.is(range.end - 1, class::DEMONSTRATIVE) && one;
        let last =
            self.speakers.last().filter(|s| tells && s.link.kind == LinkKind::Person && s.range.end <= range.start)?;
        let near = scene.text.sentence_of(last.range.start) + 2 >= scene.text.sentence_of(range.start);
        near.then(|| vec![last.link.clone()])
    }

    /// The person who was named with the same role before ('Iran's foreign minister').
    pub(super) fn same_role(&self, range: &Range<usize>) -> Option<Vec<Link>> {
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
        let head: Vec<WordId> = self.head_of_people(range).map_or(Vec::new(), |(head, _)| words(&head));
        let best = self.speakers.iter().rev().filter(|s| s.link.kind == LinkKind::Person).find(|s| {
            let shared = wanted.iter().filter(|w| s.words.contains(w)).count();
            let meant = head.is_empty() || head.iter().any(|w| s.words.contains(w));
            meant && shared >= 2 && shared * 3 >= wanted.len() * 2
        })?;
        Some(vec![best.link.clone()])
    }

    /// The person whom the article names with the same role somewhere ('the spokesman' of 'spokesman Shen
    /// Guowei', 'Shen Guowei, the spokesman'); of several the one with most words in common, then the
    /// nearest before.
    pub(super) fn titled(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let words: Vec<usize> = range.clone().filter(|&n| scene.text.tokens[n].shape.is_word()).collect();
        let same = |a: usize, b: usize| {
            let (x, y) = (&scene.text.tokens[a], &scene.text.tokens[b]);
            x.word.is_known() && x.word == y.word || scene.text.word(a) == scene.text.word(b)
        };
        let head = self.head_of_people(range);
        let mut best: Option<(usize, bool, usize, EntityIndex)> = None;
        for mention in scene.layers.mentions {
            if self.entity(mention.entity).kind != EntityKind::Person {
                continue;
            }
            let tokens = scene.text.tokens_in(mention.span);
            let (before, after) = self.titles_of(&tokens);
            let titles: Vec<usize> = before.chain(after).collect();
            let meant = |(head, _): &(Range<usize>, u64)| head.clone().any(|w| titles.iter().any(|&t| same(w, t)));
            if !head.as_ref().is_none_or(meant) {
                continue;
            }
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

    /// The person whose bare name follows a role: 'the governor said on Tuesday. ... Ana Reyes told reporters'.
    /// Nothing else in the article introduces that name.
    pub(super) fn introduced(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let sentence = scene.text.sentence_of(range.start);
        let mentions = scene.layers.mentions;
        let first_after = mentions.partition_point(|m| m.span.start < scene.text.tokens[range.start].span.start);
        for (n, mention) in mentions.iter().enumerate().skip(first_after) {
            let tokens = scene.text.tokens_in(mention.span);
            if tokens.start < range.end {
                continue;
            }
            if scene.text.sentence_of(tokens.start) > sentence + INTRODUCED {
                return None;
            }
            let entity = self.entity(mention.entity);
            let stranger = entity.kind == EntityKind::Person
                && !entity.known
                && mentions[..n].iter().all(|m| m.entity != mention.entity)
                && scene.text.quote_at(tokens.start).is_none();
            if stranger && !self.is_introduced(&tokens) && self.stands_by_cue(&tokens) {
                return Some(vec![self.named(mention.entity, range)]);
            }
        }
        None
    }

    /// Whether the words around a name tell who that is.
    fn is_introduced(&self, name: &Range<usize>) -> bool {
        let scene = self.scene;
        let told = |n: usize| scene.class_at(n, class::PERSON | class::ANONYMOUS).is_some();
        let open = |n: &usize| {
            scene.text.tokens[*n].shape != Shape::Mark && !scene.is_verb(*n) && !scene.in_cue(*n) && !scene.is_time(*n)
        };
        let low = scene.text.sentences[scene.text.sentence_of(name.start)].tokens.start;
        let before = (low..name.start).rev().take_while(open).take(TITLES).any(told);
        let age = |n: usize| scene.text.tokens.get(n).is_some_and(|t| t.shape == Shape::Number);
        let after = scene.is_mark(name.end, &[",", "("])
            && (age(name.end + 1) || scene.apposition_after(name, scene.text.tokens.len()).is_some());
        before || after
    }

    /// Whether a name is the subject of a reporting word beside it.
    fn stands_by_cue(&self, name: &Range<usize>) -> bool {
        let scene = self.scene;
        let sentence = scene.text.sentence_of(name.start);
        scene.cues.iter().any(|cue| {
            scene.text.sentence_of(cue.group.start) == sentence
                && (cue.group.start == name.end
                    || cue.group.end <= name.start
                        && (cue.group.end..name.start).all(|n| scene.text.tokens[n].shape != Shape::Mark)
                        && name.start - cue.group.end <= 3)
        })
    }

    /// The organisation that an article names with the words of the phrase ('the commission' of 'European
    /// Commission'), else any that was named last, where the word may mean any ('the company').
    pub(super) fn body_before(&self, range: &Range<usize>) -> Option<Vec<Link>> {
        let scene = self.scene;
        let start = scene.text.tokens[range.start].span.start;
        let low = scene.text.sentence_of(range.start).saturating_sub(2);
        let place = scene.layers.mentions.partition_point(|m| m.span.start < start);
        let before = &scene.layers.mentions[..place];
        let body = |m: &&Mention| {
            let entity = self.entity(m.entity);
            entity.kind == EntityKind::Organisation && entity.link != LinkKind::Medium
        };
        let mut heads: Vec<String> = range
            .clone()
            .filter(|&n| scene.class_at(n, class::BODY).is_some())
            .map(|n| scene.text.word(n).to_lowercase())
            .collect();
        if scene.pack.heads_first {
            heads.truncate(1); // 'serikat pekerja bank itu' is no bank
        }
        let is_head = |word: &str| match word.is_ascii() {
            true => heads.iter().any(|head| head.eq_ignore_ascii_case(word)),
            false => heads.contains(&word.to_lowercase()),
        };
        let named_so = |m: &&Mention| scene.text.tokens_in(m.span).any(|n| is_head(scene.text.word(n)));
        if let Some(m) = before.iter().rev().find(|m| !heads.is_empty() && body(m) && named_so(m)) {
            return Some(vec![self.named(m.entity, range)]);
        }
        if self.is_owned(range) || !range.clone().any(|n| scene.class_at(n, class::ANY_BODY).is_some()) {
            return None;
        }
        let at = |m: &Mention| scene.text.tokens_in(m.span).start.min(range.start);
        let near = |m: &&Mention| {
            let tokens = scene.text.tokens_in(m.span);
            let owner = tokens.end < range.start
                && scene.text.tokens[tokens.end].glued
                && scene.text.word(tokens.end).starts_with(['\'', '’']);
            !owner && scene.text.sentence_of(at(m)) >= low
        };
        let sort = self.sort_of_head(range);
        let alike = |m: &&Mention| alike(sort.bodies, self.sort_of_entity(m.entity).bodies);
        let named = before.iter().rev().take(10).find(|m| body(m) && near(m) && alike(m));
        // who spoke in the sentence of the name or after it comes before a name that is only told of
        let spoke = self.speakers.iter().rev().find(|s| s.link.kind == LinkKind::Body).filter(|s| {
            if !self.may_be(sort, &s.link) {
                return false;
            }
            let sentence = scene.text.sentence_of(s.range.start);
            sentence >= named.map_or(low, |m| scene.text.sentence_of(at(m)))
        });
        spoke.map(|s| vec![s.link.clone()]).or_else(|| named.map(|m| vec![self.named(m.entity, range)]))
    }

    /// Whom a pronoun stands for: who spoke last, or a person named since.
    pub(super) fn pronoun(&self, range: &Range<usize>) -> Option<(Vec<Link>, u64)> {
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
        // of whom they are, a body that spoke in the sentence before tells more than people further back
        let near =
            |s: &&Speaker| plural && body(s) && scene.text.sentence_of(s.range.start) + 1 >= scene.text.sentence_of(at);
        let last = self.speakers.last().filter(near);
        let found = last.or_else(|| self.speakers.iter().rev().find(one));
        let found = found.or_else(|| self.speakers.iter().rev().find(body));
        // a person named since the last one spoke: at the head of a sentence, or the only one there is
        // they who are spoken of in what somebody said are meant where nobody else can be
        let told = |other: bool| self.person_before(at, other);
        let named = (!plural && !thing).then(|| told(false).or_else(|| told(found.is_none()))).flatten();
        // of several named since, the one whom a sentence is about
        let spoke = found.map_or(0, |s| s.range.end);
        let named = match named {
            Some((entity, token)) if token >= spoke && !self.heads_sentence(token) => {
                self.head_since(at, spoke).or(Some((entity, token)))
            }
            named => named,
        };
        if let Some((entity, token)) = named {
            // who is named beside a speaker or in what was said is told of, unless the next sentence is theirs
            let spoke = found.map_or(0, |s| scene.text.sentences[scene.text.sentence_of(s.range.start)].tokens.end);
            let since = found.is_none_or(|s| s.range.end < token && s.link.entity != Some(entity));
            let only = || {
                let from = spoke;
                let mut people =
                    scene.layers.mentions.iter().filter(|m| self.entity(m.entity).kind == EntityKind::Person).filter(
                        |m| {
                            let start = scene.text.tokens_in(m.span).start;
                            start >= from && start < at && !(self.said[start] && scene.text.quote_at(start).is_none())
                        },
                    );
                people.all(|m| m.entity == entity) && scene.text.sentence_of(token) + 1 >= scene.text.sentence_of(at)
            };
            if since && token >= spoke && (found.is_none() || self.heads_sentence(token) || only()) {
                return Some((vec![self.named(entity, range)], class::PERSON));
            }
        }
        // nobody named, but somebody described heads the sentence before: 'A fisherman came. He said ...'
        if !plural && !thing {
            let since = found.map_or(0, |s| s.range.end);
            if let Some(links) = self.described_before(at, since) {
                return Some((links, class::PERSON));
            }
        }
        let speaker = found?;
        let mut links = if speaker.link.kind == LinkKind::Anonymous { speaker.way.clone() } else { Vec::new() };
        links.push(speaker.link.clone());
        Some((links, speaker.classes))
    }

    /// Who heads the sentence before a token, after another token, where it is a role without a name.
    fn described_before(&self, at: usize, since: usize) -> Option<Vec<Link>> {
        let scene = self.scene;
        let before = scene.text.sentence_of(at).checked_sub(1)?;
        let tokens = &scene.text.sentences[before].tokens;
        let subject = scene.subject_before(tokens.end).filter(|r| r.start >= since && r.start >= tokens.start)?;
        let person = subject.clone().take(3).any(|n| scene.class_at(n, class::PERSON).is_some());
        let free = !self.said[subject.start] && scene.text.quote_at(subject.start).is_none();
        let several = self.is_plural(&subject) == Some(true) || subject.clone().any(|n| scene.is(n, class::AND));
        if !person || !free || several {
            return None;
        }
        self.phrase(&subject).map(|(links, _)| links)
    }

    /// The person named last between two tokens who heads a sentence, outside what was said.
    fn head_since(&self, at: usize, since: usize) -> Option<(EntityIndex, usize)> {
        let span = self.scene.text.tokens[at].span;
        let place = self.scene.layers.mentions.partition_point(|m| m.span.start < span.start);
        let before = self.scene.layers.mentions[..place].iter().rev().take(MENTIONS);
        let people = before.filter(|m| self.entity(m.entity).kind == EntityKind::Person);
        let mut people = people.map(|m| (m.entity, self.scene.text.tokens_in(m.span).start));
        people.find(|&(_, token)| token >= since && !self.said[token] && self.heads_sentence(token))
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
}
