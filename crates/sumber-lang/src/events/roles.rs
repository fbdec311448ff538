//! Who did it, and to whom.

use std::ops::Range;

use sumber_core::{EventKind, StatementIndex};

use super::Found;
use super::lexicon::{
    ACTIVE, AND, BETWEEN, BY, DETERMINER, GENITIVE, LIGHT, OBLIQUE, OF, OUTLAW, PASSIVE, PRONOUN, Part, RELATIVE,
    Roles, TO, Trigger, WITH,
};
use super::scene::{Scene, Side};

/// Both sides, and how many of them the clause itself tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    pub(super) actors: Vec<String>,
    pub(super) recipients: Vec<String>,
    pub(super) explicit: u8,
    /// People who act for no state do it.
    pub(super) by_outlaws: bool,
}

/// The sides of the event of a trigger. `elder` is the verb before it in the sentence.
pub(super) fn sides(
    scene: &Scene<'_>,
    start: usize,
    end: usize,
    trigger: &Trigger,
    clause: &Range<usize>,
    elder: Option<&Found>,
    statement: Option<StatementIndex>,
) -> Sides {
    let place = Place { scene, start, end, clause, elder, statement };
    let is_passive = match trigger.part {
        Part::Passive => true,
        Part::Participle => place.is_passive_participle(),
        Part::Verb | Part::Noun => false,
    };
    let (mut actors, mut recipients) = match (trigger.part, trigger.roles) {
        (_, Roles::Joint | Roles::Sign | Roles::Talk) => {
            (place.partners(trigger.part, is_passive || trigger.roles == Roles::Talk), Vec::new())
        }
        (Part::Noun, roles) => place.of_noun(roles),
        (_, Roles::Reverse) if !is_passive => {
            let giver = place.agent(false).or_else(|| place.object(end)).unwrap_or_default();
            (giver, place.subject().unwrap_or_default())
        }
        _ if is_passive => {
            let agent = place.agent(trigger.part == Part::Passive);
            let suffers = place.subject().or_else(|| place.target(end)).or_else(|| place.antecedent());
            (agent.unwrap_or_default(), suffers.unwrap_or_default())
        }
        (_, Roles::Visit) => (place.subject().unwrap_or_default(), place.destination().unwrap_or_default()),
        _ => (place.subject().unwrap_or_default(), place.object(end).unwrap_or_default()),
    };
    if trigger.kind == Some(EventKind::Assault) && recipients.is_empty() && !actors.is_empty() && !is_passive {
        recipients = place.scenery().unwrap_or_default();
    }
    let is_equal = matches!(trigger.roles, Roles::Joint | Roles::Sign | Roles::Talk);
    if !is_equal {
        recipients.retain(|r| !actors.contains(r));
    }
    let mut explicit = u8::from(!actors.is_empty()) + u8::from(!recipients.is_empty());
    if recipients.is_empty() && is_equal && actors.len() > 1 {
        explicit = 2;
    }
    if actors.is_empty() && trigger.roles != Roles::Sign && acts_alone(trigger.kind) {
        explicit = 0;
    }
    if trigger.kind == Some(EventKind::Request) && trigger.part != Part::Noun && !recipients.is_empty() {
        explicit += u8::from(place.target(end).is_some_and(|t| t == recipients));
    }
    if is_equal && actors.len() == 1 && !is_passive && trigger.part != Part::Noun && place.civil_subject().is_some() {
        let speaker = statement.and_then(|s| scene.speaker(s)).filter(|s| !actors.contains(s));
        actors.splice(0..0, speaker.or_else(|| scene.home_beside(&actors)));
        explicit = explicit.max(u8::from(actors.len() > 1) * 2);
    }
    if trigger.kind == Some(EventKind::Consult) && explicit < 2 && trigger.part != Part::Noun {
        let known = [actors.as_slice(), &recipients].concat();
        for party in place.strangers(&known) {
            if !actors.contains(&party) && !recipients.contains(&party) {
                let list = if actors.is_empty() { &mut actors } else { &mut recipients };
                list.push(party);
            }
        }
        if actors.len() + recipients.len() > 1 {
            explicit = 2;
        }
    }
    if place.is_outlawed() {
        return Sides { actors, recipients, explicit, by_outlaws: true };
    }
    if trigger.part == Part::Noun && explicit == 1 && place.has_possessive_ending() {
        let owner = place.fallback(&actors);
        if is_equal || actors.is_empty() {
            explicit += u8::from(!owner.is_empty());
            actors.extend(owner.into_iter().filter(|code| !recipients.contains(code)));
        }
    }
    if !is_equal && explicit == 1 && !actors.is_empty() && !is_passive && trigger.part != Part::Noun {
        explicit += u8::from(place.object_is_civil());
    }
    if is_passive
        && actors.is_empty()
        && recipients.is_empty()
        && falls_on_citizens(trigger.kind)
        && place.civil_subject().is_some()
    {
        // 'two suspects were arrested': those who do it go without saying
        actors = scene.home(start).into_iter().collect();
        explicit = 2 * u8::from(!actors.is_empty());
    }
    let civil =
        if actors.is_empty() && !is_passive && trigger.part != Part::Noun { place.civil_subject() } else { None };
    if let Some(subject) = civil {
        // one who is cited by name is of the citing side
        let speaker = statement.and_then(|s| scene.speaker(s)).filter(|_| subject == Subject::Named);
        actors = speaker.or_else(|| scene.subject_home(start)).into_iter().collect();
        explicit = match (actors.is_empty(), is_equal) {
            (true, _) => explicit,
            (false, true) => 1 + u8::from(place.object_is_civil()),
            (false, false) => 1 + u8::from(!recipients.is_empty() || place.object_is_civil()),
        };
    } else if actors.is_empty() && !is_passive {
        let has_pronoun = place.subject_is_unnamed();
        actors = match trigger.roles {
            _ if trigger.kind == Some(EventKind::Coerce) => {
                let speaker = statement.and_then(|s| scene.speaker(s));
                speaker.or_else(|| scene.home(start)).into_iter().collect()
            }
            Roles::Home | Roles::Sign => scene.home(start).into_iter().collect(),
            _ if trigger.part != Part::Noun => place.fallback(&recipients),
            _ => Vec::new(),
        };
        if has_pronoun && !actors.is_empty() && trigger.part != Part::Noun {
            explicit += 1;
        }
    } else if actors.is_empty() && matches!(trigger.roles, Roles::Home | Roles::Sign) {
        actors = scene.home(start).into_iter().filter(|home| !recipients.contains(home)).collect();
    }
    Sides { actors, recipients, explicit, by_outlaws: false }
}

/// Types that a state does to those at home.
fn falls_on_citizens(kind: Option<EventKind>) -> bool {
    matches!(kind, Some(EventKind::Coerce | EventKind::Sanction | EventKind::Accuse | EventKind::Retreat))
}

/// Types that say nothing without the one who acts.
fn acts_alone(kind: Option<EventKind>) -> bool {
    matches!(
        kind,
        Some(EventKind::Agree | EventKind::Support | EventKind::Concede | EventKind::Reject | EventKind::Mobilize)
    )
}

/// How many words before its verb a subject may begin.
const SUBJECT: usize = 24;

/// How many words behind its verb an object may stand.
const OBJECT: usize = 5;

/// What a subject is that no state is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A person or body by name ('Mokgethi').
    Named,
    /// A noun for people or a body ('the union', 'prosecutors in the capital').
    Noun,
}

/// A trigger and its surroundings.
struct Place<'s, 'a> {
    scene: &'s Scene<'a>,
    start: usize,
    end: usize,
    clause: &'s Range<usize>,
    elder: Option<&'s Found>,
    statement: Option<StatementIndex>,
}

impl Place<'_, '_> {
    /// A participle is passive after 'was', before 'by', and in some languages with no auxiliary.
    fn is_passive_participle(&self) -> bool {
        let scene = self.scene;
        if scene.is(self.end, BY) {
            return true;
        }
        for at in (self.start.saturating_sub(3).max(self.clause.start)..self.start).rev() {
            if scene.is(at, PASSIVE) {
                return true;
            }
            if scene.is(at, ACTIVE) {
                return false;
            }
        }
        scene.pack.events.bare_participle_is_passive
    }

    fn codes(&self, side: &Side) -> Option<Vec<String>> {
        let codes = self.scene.group(side, self.clause);
        (!codes.is_empty()).then_some(codes)
    }

    /// The subject: the nearest name before the trigger that no preposition governs; of a relative
    /// clause the name before it; after 'and' the subject of the verb before.
    fn subject(&self) -> Option<Vec<String>> {
        let scene = self.scene;
        if let Some(elder) = self.elder
            && elder.end <= self.start
            && elder.end >= self.clause.start
            && (elder.end..self.start).rev().take(3).any(|t| scene.is(t, AND) && !scene.is_comma(t))
            && (elder.end..self.start).rev().take_while(|&t| !scene.is(t, AND)).all(|t| scene.side_at(t).is_none())
            && !elder.event.actors.is_empty()
        {
            return Some(elder.event.actors.clone());
        }
        let before = scene.sides_in(self.clause.start..self.start);
        for side in before.iter().rev() {
            if scene.is_oblique(side) {
                continue;
            }
            return self.codes(side);
        }
        if scene.is(self.clause.start, RELATIVE) {
            let sentence = scene.sentence(self.start);
            let side = scene.sides_in(sentence.start..self.clause.start).last()?;
            let between = side.tokens.end..self.clause.start;
            let is_near = between.len() <= 2 && !between.clone().any(|t| scene.is_comma(t) && between.len() > 1);
            return (is_near && !side.codes.is_empty()).then(|| side.codes.clone());
        }
        None
    }

    /// Whether the subject is a pronoun, or a name that belongs to no state.
    fn subject_is_unnamed(&self) -> bool {
        let scene = self.scene;
        let before = scene.sides_in(self.clause.start..self.start);
        (self.clause.start..self.start).any(|t| scene.is(t, PRONOUN))
            || before.iter().rev().find(|s| !scene.is_oblique(s)).is_some_and(|s| s.codes.is_empty())
    }

    /// A subject that is of no state by name, but acts in public life: such act at home.
    fn civil_subject(&self) -> Option<Subject> {
        let scene = self.scene;
        let first = self.clause.start.max(self.start.saturating_sub(SUBJECT));
        let mut at = self.start;
        while at > first {
            at -= 1;
            if let Some(side) = scene.side_at(at) {
                if !scene.is_oblique(side) {
                    return side.codes.is_empty().then_some(Subject::Named);
                }
                at = side.tokens.start.max(first);
            } else if scene.is_civil(at) && !scene.is_oblique(&Side { tokens: at..at + 1, codes: Vec::new() }) {
                return Some(Subject::Noun);
            }
        }
        None
    }

    /// Whether people or a body of no state by name stand behind the trigger, as its object may.
    fn object_is_civil(&self) -> bool {
        let scene = self.scene;
        let near = self.end..(self.end + OBJECT).min(self.clause.end);
        near.take_while(|&t| !scene.is_comma(t))
            .any(|t| scene.side_at(t).is_some_and(|s| s.codes.is_empty()) || scene.is_civil(t))
    }

    /// Whether people who act for no state do it: the subject, or those behind 'by'.
    pub(super) fn is_outlawed(&self) -> bool {
        let scene = self.scene;
        let near = self.start.saturating_sub(6).max(self.clause.start)..self.start;
        let behind = self.end..(self.end + 4).min(self.clause.end);
        near.clone().any(|t| scene.is(t, OUTLAW))
            || (behind.clone().any(|t| scene.is(t, OUTLAW)) && behind.clone().any(|t| scene.is(t, BY)))
    }

    /// Whether the trigger's own ending says whose it is ('pembicaraannya').
    fn has_possessive_ending(&self) -> bool {
        let word = self.scene.text.word(self.end - 1).to_lowercase();
        self.scene.pack.events.possessive_endings.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Parties to a meeting that no state is told of: the speaker's state for a subject unnamed, the
    /// place where they meet, the state that the text is about.
    fn strangers(&self, known: &[String]) -> Vec<String> {
        let scene = self.scene;
        let is_unnamed = self.subject_is_unnamed();
        let speaker = self.statement.and_then(|s| scene.speaker(s)).filter(|_| is_unnamed);
        let has_stranger = scene.sides_in(self.clause.clone()).iter().any(|s| s.codes.is_empty());
        let home = scene.home_beside(known).filter(|_| has_stranger);
        let mut parties: Vec<String> = speaker.into_iter().collect();
        parties.extend(self.scenery().filter(|_| is_unnamed).into_iter().flatten().next());
        if parties.len() < 2 {
            parties.extend(home);
        }
        parties
    }

    /// The nearest name after `from` that is an object or has a preposition of recipients; a comma
    /// ends the search.
    fn object(&self, from: usize) -> Option<Vec<String>> {
        let scene = self.scene;
        let ends = |t: &usize| scene.is_comma(*t) && (!scene.is(t + 1, AND) || scene.is_comma(t + 1));
        let stop = (from..self.clause.end).find(ends).unwrap_or(self.clause.end);
        for side in scene.sides_in(from..stop) {
            let marked = |classes| scene.governed_by(side, classes).is_some_and(|preposition| preposition >= from);
            if marked(TO) || !marked(OBLIQUE | BY | WITH) {
                return self.codes(side);
            }
        }
        None
    }

    /// Where a visit goes: the first name behind, whatever its preposition.
    fn destination(&self) -> Option<Vec<String>> {
        let side = self.scene.sides_in(self.end..self.clause.end).first()?;
        self.codes(side)
    }

    /// Where it takes place, for attacks: the first place behind in a clause of its own.
    fn scenery(&self) -> Option<Vec<String>> {
        let scene = self.scene;
        let after = scene.sides_in(self.end..self.clause.end);
        let side = after.iter().find(|s| scene.governed_by(s, OBLIQUE).is_some_and(|p| p >= self.end))?;
        Some(side.codes.clone()).filter(|codes| !codes.is_empty())
    }

    /// Whom a relative clause may be about, further back in the sentence.
    fn antecedent(&self) -> Option<Vec<String>> {
        let scene = self.scene;
        if !scene.is(self.clause.start, RELATIVE) {
            return None;
        }
        let sentence = scene.sentence(self.start);
        let before = scene.sides_in(sentence.start..self.clause.start);
        let side = before.iter().rev().find(|s| !s.codes.is_empty() && !scene.is_oblique(s))?;
        Some(side.codes.clone())
    }

    /// The one that a preposition of agents marks ('by', 'oleh', 'da').
    fn agent(&self, is_passive: bool) -> Option<Vec<String>> {
        let scene = self.scene;
        let after = scene.sides_in(self.end..self.clause.end);
        let side = after.iter().find(|s| scene.governed_by(s, BY).is_some_and(|p| p >= self.end));
        self.codes(side.or_else(|| after.first().filter(|s| is_passive && s.tokens.start == self.end))?)
    }

    /// The sides of an event noun: possessor or adjective acts, a preposition marks whom it hits.
    fn of_noun(&self, roles: Roles) -> (Vec<String>, Vec<String>) {
        let scene = self.scene;
        let agent = self.agent(false);
        let (possessor, after_possessor) = self.possessor();
        let target = self.target(after_possessor);
        if roles == Roles::ObjectOf {
            let suffers = possessor.or(target);
            return (agent.or_else(|| self.carrier()).unwrap_or_default(), suffers.unwrap_or_default());
        }
        let actors = agent.or(possessor).or_else(|| self.carrier());
        let is_home = roles == Roles::Home && actors.is_none();
        let actors = if is_home { scene.home(self.start).map(|h| vec![h]) } else { actors };
        (actors.unwrap_or_default(), target.unwrap_or_default())
    }

    /// Whose event it is: a name before the noun ("Israel's", 'Israeli') or straight behind it
    /// ('serangan Israel', 'l'attacco di Hamas', 'attacco israeliano'); and where to read on.
    fn possessor(&self) -> (Option<Vec<String>>, usize) {
        let scene = self.scene;
        // behind: at most a few words of description between
        for side in scene.sides_in(self.end..self.clause.end).iter().take(1) {
            let between = self.end..side.tokens.start;
            let is_near = between.len() <= 4
                && between.clone().all(|t| {
                    !scene.is_comma(t)
                        && !scene.is(t, TO | BY | WITH | BETWEEN | AND | PASSIVE | ACTIVE)
                        && (!scene.is(t, OBLIQUE) || scene.is(t, OF))
                        && scene.pack.events.triggers_at(&scene.text.tokens, t).is_none()
                });
            if is_near && let Some(codes) = self.codes(side) {
                return (Some(codes), side.tokens.end);
            }
        }
        for side in scene.sides_in(self.clause.start..self.start).iter().rev().take(1) {
            let between = side.tokens.end..self.start;
            let is_genitive = between.clone().any(|t| scene.is(t, GENITIVE));
            let is_near = between.len() <= 4
                && between.clone().all(|t| {
                    !scene.is_comma(t)
                        && !scene.is(t, TO | BY | WITH | OBLIQUE | AND | PASSIVE | ACTIVE)
                        && (!scene.is(t, DETERMINER) || is_genitive && !scene.is_noun_before(t, side.tokens.end))
                });
            if is_near && (is_genitive || between.is_empty() || scene.is_adjective(side)) {
                return (Some(side.codes.clone()).filter(|c| !c.is_empty()), self.end);
            }
        }
        (None, self.end)
    }

    /// Whom it hits: the first name behind a preposition of recipients or partners.
    fn target(&self, from: usize) -> Option<Vec<String>> {
        let scene = self.scene;
        let after = scene.sides_in(from..self.clause.end);
        let side = after.iter().find(|s| scene.governed_by(s, TO | WITH).is_some_and(|p| p >= self.end))?;
        self.codes(side)
    }

    /// The subject of a verb that only carries the noun ('launched an attack').
    fn carrier(&self) -> Option<Vec<String>> {
        let near = self.start.saturating_sub(5).max(self.clause.start)..self.start;
        near.clone().any(|t| self.scene.is(t, LIGHT)).then(|| self.subject()).flatten()
    }

    /// All equal sides: subject and object, 'with' and 'between', possessors.
    fn partners(&self, part: Part, has_topic: bool) -> Vec<String> {
        let scene = self.scene;
        let mut all: Vec<String> = Vec::new();
        let mut add = |codes: Option<Vec<String>>| {
            for code in codes.into_iter().flatten() {
                if !all.contains(&code) {
                    all.push(code);
                }
            }
        };
        if part == Part::Noun {
            add(self.possessor().0);
            let near = self.start.saturating_sub(6).max(self.clause.start)..self.start;
            if near.clone().any(|t| scene.is(t, LIGHT)) {
                add(self.subject());
            }
        } else {
            add(self.subject());
            if !has_topic {
                add(self.object(self.end));
            }
        }
        let joined = WITH | BETWEEN | BY | TO;
        for side in scene.sides_in(self.end..self.clause.end) {
            if scene.governed_by(side, joined).is_some_and(|p| p >= self.end) {
                add(self.codes(side));
            }
        }
        all
    }

    /// Who else may be meant where the clause names nobody: the one who speaks, else the nearest
    /// subject before in the sentence.
    fn fallback(&self, others: &[String]) -> Vec<String> {
        let scene = self.scene;
        let speaker = self.statement.and_then(|s| scene.speaker(s));
        let sentence = scene.sentence(self.start);
        let before = scene.sides_in(sentence.start..self.clause.start);
        let side = before.iter().rev().find(|s| !s.codes.is_empty() && !scene.is_oblique(s));
        let is_cited = side.is_none_or(|s| self.statement.is_some() && scene.statement_at(s) != self.statement);
        if let Some(speaker) = speaker.filter(|_| is_cited || self.subject_is_unnamed()) {
            return Some(speaker).filter(|s| !others.contains(s)).into_iter().collect();
        }
        let codes = side.map(|s| s.codes.as_slice()).or_else(|| scene.topic(self.start)).unwrap_or_default();
        codes.iter().filter(|c| !others.contains(c)).cloned().collect()
    }
}
