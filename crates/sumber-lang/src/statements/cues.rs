//! Verbs and reporting words: which words of a text attribute, with their auxiliaries, and which only look so.

use std::ops::Range;

use super::scene::Scene;
use super::words::{CueClass, CueEntry, CueForm, class};
use crate::lexicon::Lists;
use crate::text::Shape;

/// A reporting word with its auxiliaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The whole verbal group.
    pub group: Range<usize>,
    /// The reporting word alone.
    pub word: Range<usize>,
    /// What it is.
    pub entry: CueEntry,
    /// Whether the group negates it.
    pub negated: bool,
    /// Whether the reporter steps back from it ('avrebbe').
    pub conditional: bool,
    /// The form as it stands: a participle with its auxiliary is finite, with a passive one passive.
    pub form: CueForm,
}

impl Cue {
    /// Whether the words refuse: no comment, no answer, neither confirmed nor denied.
    pub fn refuses(&self) -> bool {
        match self.entry.class {
            CueClass::Refuse | CueClass::Decline => true,
            CueClass::Say | CueClass::Tell | CueClass::Deny | CueClass::Stress | CueClass::Respond => self.negated,
            _ => false,
        }
    }
}

impl Scene<'_> {
    /// Whether a token is a listed verb or auxiliary. A word that is listed as a noun too is a verb where no
    /// article or preposition stands before it.
    pub fn is_listed_verb(&self, token: usize) -> bool {
        let led = class::DETERMINER | class::PREPOSITION | class::NP_PREPOSITION;
        let noun = |n: usize| n > 0 && self.is(n - 1, led) && !self.is(n - 1, class::PREVIOUS);
        self.text.tokens.get(token).is_some_and(|t| t.shape == Shape::Lower)
            && (!self.is(token, class::NOT_VERB) || self.is(token, class::VERB) && !noun(token))
            && self.is(token, class::VERB | class::AUXILIARY | class::PASSIVE | class::CONDITIONAL)
    }

    /// Whether a token looks like a verb: a listed one, an auxiliary, or by the pack's affixes.
    pub fn is_verb(&self, token: usize) -> bool {
        if self.is_listed_verb(token) {
            return true;
        }
        if self.is(token, class::NOT_VERB) || self.text.tokens[token].shape != Shape::Lower {
            return false;
        }
        if self.mention_at(token).is_some() {
            return false;
        }
        let word = self.text.word(token);
        let long = word.len() >= 6;
        long && (self.pack.verb_prefixes.iter().any(|p| word.starts_with(p.as_str()))
            || self.pack.verb_suffixes.iter().any(|s| word.ends_with(s.as_str())))
    }

    /// Whether the first word of a sentence, written with a capital, looks like a verb.
    pub fn opens_with_verb(&self, range: &Range<usize>) -> bool {
        let first = range.start;
        if first >= range.end || self.mention_at(first).is_some() || self.text.tokens[first].shape != Shape::Title {
            return false;
        }
        let word = self.text.word(first);
        self.is(first, class::VERB | class::AUXILIARY) && !self.is(first, class::NOT_VERB)
            || word.len() >= 6 && self.pack.verb_suffixes.iter().any(|s| word.ends_with(s.as_str()))
    }

    pub(super) fn find_cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = 0;
        while at < self.text.tokens.len() {
            let listed = self.text.tokens[at].lists.has(Lists::CUES);
            let Some((len, _)) = listed.then(|| self.pack.cues.longest(&self.text.tokens, at)).flatten() else {
                at += 1;
                continue;
            };
            let word = at..at + len;
            if !self.is_name_word(at)
                && !self.in_long_quote(at)
                && !(at > 0 && self.is(at - 1, class::INFINITIVE))
                && !self.is_inside_phrase(&word)
                && !self.is_compounded(&word)
            {
                let led = self.is_led(at) || self.is_noun(at);
                // a word may be listed more than once; the rules choose
                let entries = self.pack.cues.all(&self.text.tokens, at).filter(|(other, _)| *other == len);
                let entries = entries.filter(|(_, entry)| !led || entry.form == CueForm::Noun);
                cues.extend(entries.map(|(_, &entry)| self.group(word.clone(), entry)));
            }
            at += len;
        }
        cues
    }

    /// A word that begins a noun or preposition of several words is no cue ('state media', 'briefed on',
    /// 'advised by').
    fn is_inside_phrase(&self, word: &Range<usize>) -> bool {
        let noun = class::MEDIUM | class::BODY | class::REPORT | class::DOCUMENT;
        if self.class_at(word.start, noun).is_some_and(|len| len > word.len()) {
            return true;
        }
        let after_noun = word.start > 0 && !self.is(word.start - 1, class::AUXILIARY | class::PASSIVE);
        after_noun && self.class_at(word.start, class::NP_PREPOSITION).is_some_and(|len| len > word.len())
    }

    /// A word that a hyphen joins to another is no cue ('so-called', 'common-sense').
    fn is_compounded(&self, word: &Range<usize>) -> bool {
        let hyphen = |n: usize| self.is_mark(n, &["-", "‑"]) && self.joins_words(n);
        word.start > 0 && hyphen(word.start - 1) || word.end < self.text.tokens.len() && hyphen(word.end)
    }

    /// Whether a word stands right after an article or a possessor, adverbs aside: only a noun does
    /// ('an emailed statement', 'its loudly claimed losses', 'Ghana's suspected ties').
    fn is_led(&self, token: usize) -> bool {
        let mut at = token;
        for _ in 0..2 {
            match self.adverb_before(at).filter(|_| !self.is_time(at - 1)) {
                Some(len) if !self.is(at - 1, class::ARTICLE) => at -= len,
                _ => break,
            }
        }
        if at == 0 || !self.is(at - 1, class::ARTICLE) {
            return false;
        }
        // 'he's said': short for an auxiliary
        let short = self.text.tokens[at - 1].glued;
        let pronoun = class::HE | class::IT | class::THEY | class::THAT | class::RELATIVE | class::BOUNDARY;
        !(short && at > 1 && self.is(at - 2, pronoun))
    }

    /// A word written as a part of a name is no cue ('Kata Dunia', 'United States').
    fn is_name_word(&self, token: usize) -> bool {
        if !self.text.tokens[token].shape.is_capital() {
            return false;
        }
        let sentence = &self.text.sentences[self.text.sentence_of(token)];
        let opens = token == sentence.tokens.start
            || token == self.sentence_start(self.text.sentence_of(token))
            || self.is_mark(token - 1, &["\"", "“", "«", ":", "—", "–", "‘", "(", "-", "•"]);
        !opens || self.mention_at(token).is_some() && !self.opens_quotation(token)
    }

    /// Whether a name that begins at a token is followed by a colon and a quotation: 'Said Ellis: "..."'.
    fn opens_quotation(&self, token: usize) -> bool {
        let mention = self.mention_at(token);
        let end = (token..self.text.tokens.len()).find(|&n| self.mention_at(n) != mention);
        end.is_some_and(|end| end > token + 1 && self.is_mark(end, &[":"]) && self.text.quote_at(end + 1).is_some())
    }

    /// A word that is a noun as well is one right after an article ('the report'), and wherever no
    /// speaker, pronoun, auxiliary or adverb stands before it ('a higher demand').
    fn is_noun(&self, token: usize) -> bool {
        if token == 0
            || self.class_at(token, class::REPORT | class::NOT_VERB).is_none()
            || self.text.tokens[token].shape == Shape::Title
        {
            return false;
        }
        let before = token - 1;
        let helper = class::AUXILIARY
            | class::PASSIVE
            | class::CONDITIONAL
            | class::NEGATION
            | class::ADVERB
            | class::RELATIVE
            | class::AND
            | class::PREVIOUS;
        let speaker = class::ANONYMOUS
            | class::PERSON
            | class::BODY
            | class::MEDIUM
            | class::HE
            | class::THEY
            | class::IT
            | class::REPORT;
        // 'a daily briefing', 'Kassala state said': one of two verbs that stand side by side is none
        let gerund = self.pack.cues.all(&self.text.tokens, token).all(|(_, entry)| entry.form == CueForm::Gerund);
        let noun = gerund && self.is(before, class::MEDIUM) && before > 0 && self.is(before - 1, class::ARTICLE)
            || !gerund && self.before_verb(token);
        if noun {
            return true;
        }
        // 'in a June report'
        let dated = (token.saturating_sub(3)..token).rev().find(|&n| !self.is_time(n));
        if dated.is_some_and(|n| n + 1 < token && self.is(n, class::ARTICLE)) {
            return true;
        }
        if self.is(before, helper | speaker)
            && !(self.is(before, class::DETERMINER) && !self.is(before, class::PREVIOUS | class::ANONYMOUS))
        {
            return false;
        }
        let token_before = &self.text.tokens[before];
        let named = token_before.shape.is_capital() && !self.is(before, class::DETERMINER);
        self.mention_at(before).is_none() && !named && token_before.shape != Shape::Mark && !self.is_time(before)
    }

    /// Whether a finite reporting word follows right after a token.
    fn before_verb(&self, token: usize) -> bool {
        let next = token + 1;
        let lower = self.text.tokens.get(next).is_some_and(|t| t.shape == Shape::Lower);
        let finite = |(_, entry): (usize, &CueEntry)| entry.class == CueClass::Say && entry.form == CueForm::Finite;
        lower
            && self.class_at(next, class::NOT_VERB | class::DETERMINER).is_none()
            && self.pack.cues.all(&self.text.tokens, next).any(finite)
    }

    /// Gathers auxiliaries, adverbs and negations before a reporting word.
    fn group(&self, word: Range<usize>, entry: CueEntry) -> Cue {
        if entry.form == CueForm::Noun {
            return Cue { group: word.clone(), word, entry, negated: false, conditional: false, form: CueForm::Noun };
        }
        let sentence_start = self.text.sentences[self.text.sentence_of(word.start)].tokens.start;
        let (mut start, mut negated, mut auxiliary, mut passive, mut conditional) =
            (word.start, false, false, false, false);
        let mut helped = false;
        let mut kept = start;
        while start > sentence_start {
            let helper = class::AUXILIARY | class::PASSIVE | class::CONDITIONAL | class::NEGATION;
            let named = self.text.tokens[start - 1].shape != Shape::Lower
                && start - 1 > sentence_start
                && !self.is_mark(start - 2, &["\"", "“", "«", ":", "—", "–"]);
            if named {
                break;
            }
            if let Some(len) = self.class_before(start, helper) {
                start -= len;
                let is = |bits| self.class_lengths(start, bits).any(|l| l == len);
                negated |= is(class::NEGATION);
                // the helper right before the verb makes it passive, not one further off
                passive |= is(class::PASSIVE) && !helped;
                helped |= !is(class::NEGATION);
                auxiliary |= is(class::AUXILIARY);
                conditional |= is(class::CONDITIONAL);
                kept = start;
            } else if let Some(len) = self.adverb_before(start) {
                start -= len;
            } else {
                break;
            }
        }
        let form = match entry.form {
            CueForm::Participle if passive => CueForm::Passive,
            CueForm::Participle if auxiliary || conditional => CueForm::Finite,
            CueForm::Finite
                if passive
                    && !matches!(
                        entry.class,
                        CueClass::Refuse
                            | CueClass::Decline
                            | CueClass::Hearsay
                            | CueClass::According
                            | CueClass::Respond
                    ) =>
            {
                CueForm::Passive
            }
            // 'was accused of', 'has been found to'
            CueForm::Bare if passive && matches!(entry.class, CueClass::Show | CueClass::Stress | CueClass::Tell) => {
                CueForm::Passive
            }
            form => form,
        };
        Cue { group: kept..word.end, word, entry, negated, conditional, form }
    }

    /// The cue whose reporting word begins at a token.
    pub fn cue_at(&self, token: usize) -> Option<&Cue> {
        let place = self.cues.partition_point(|c| c.word.start < token);
        self.cues.get(place).filter(|c| c.word.start == token)
    }

    /// [`Scene::in_cue`] of every token.
    pub(super) fn cue_tokens(&self) -> Vec<bool> {
        let mut cues = self.cues.iter().peekable();
        let mut belongs = |token: usize| {
            while cues.next_if(|c| c.word.end <= token).is_some() {}
            cues.peek().is_some_and(|c| {
                c.group.contains(&token)
                    && !matches!(c.entry.class, CueClass::Hearsay)
                    && !(c.entry.class == CueClass::According && c.form == CueForm::Bare)
                    && !matches!(c.form, CueForm::Noun | CueForm::Infinitive)
            })
        };
        (0..self.text.tokens.len()).map(&mut belongs).collect()
    }
}
