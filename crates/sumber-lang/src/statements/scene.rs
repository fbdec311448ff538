//! A text with what the statement engine knows of each token: word classes, reporting words,
//! names, times and quotations; and the phrases that it can tell without a parser.
//!
//! Noun phrases and clauses are found by their edges: function words, marks, verbs and times end
//! them. That is coarse, and enough: a source stands beside its cue, and a content runs to the end
//! of its clause.

use std::ops::Range;

use sumber_core::{EntityKind, LinkKind, Span};

use super::Layers;
use super::words::{CueClass, CueEntry, CueForm, StatementPack, class};
use crate::Packs;
use crate::names;
use crate::pack::Pack;
use crate::text::{Shape, Text};

/// No noun phrase is longer, in tokens.
const LONGEST_PHRASE: usize = 34;
/// No apposition between commas is longer, in tokens.
const LONGEST_APPOSITION: usize = 26;
/// No adjunct is longer, in tokens.
const LONGEST_ADJUNCT: usize = 14;

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
            CueClass::Say | CueClass::Tell | CueClass::Deny | CueClass::Stress | CueClass::Urge | CueClass::Respond => {
                self.negated
            }
            _ => false,
        }
    }
}

/// A text made ready for patterns.
pub struct Scene<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The pack's words and rules about statements.
    pub pack: &'a StatementPack,
    /// The whole pack, and all packs: for countries of words.
    packs: (&'a Pack, &'a Packs),
    /// Entities, mentions, times.
    pub layers: Layers<'a>,
    bits: Vec<u64>,
    multi: Vec<(usize, usize, u64)>,
    /// Classes of the phrases of several words that begin and that end at a token.
    opens: Vec<u64>,
    ends: Vec<u64>,
    /// Index of the mention that a token is in, plus one.
    mention_at: Vec<u32>,
    /// End of the time expression that begins at a token; 0 for none.
    time_end: Vec<u32>,
    /// Whether a token is inside a time expression.
    in_time: Vec<bool>,
    /// Reporting words, in order.
    pub cues: Vec<Cue>,
    /// First token of a paragraph's text after its dateline.
    body_start: Vec<u32>,
}

impl<'a> Scene<'a> {
    /// Looks up every token once.
    pub fn new(
        text: &'a Text<'a>,
        pack: &'a StatementPack,
        layers: Layers<'a>,
        whole: &'a Pack,
        packs: &'a Packs,
    ) -> Scene<'a> {
        let count = text.tokens.len();
        let bits: Vec<u64> = text
            .tokens
            .iter()
            .map(|t| if t.word.is_known() { pack.single.get(&t.word).copied().unwrap_or(0) } else { 0 })
            .collect();
        let mut multi = Vec::new();
        let (mut opens, mut ends) = (vec![0; count], vec![0; count]);
        for at in 0..count {
            for (len, &bit) in pack.phrases.all(&text.tokens, at) {
                multi.push((at, len, bit));
                opens[at] |= bit;
                ends[at + len - 1] |= bit;
            }
        }
        let mut mention_at = vec![0; count];
        for (n, mention) in layers.mentions.iter().enumerate() {
            for token in text.tokens_in(mention.span) {
                mention_at[token] = n as u32 + 1;
            }
        }
        let (mut time_end, mut in_time) = (vec![0; count], vec![false; count]);
        for time in layers.times {
            let range = text.tokens_in(time.span);
            if !range.is_empty() {
                time_end[range.start] = range.end as u32;
                in_time[range].fill(true);
            }
        }
        let mut scene = Scene {
            text,
            pack,
            packs: (whole, packs),
            layers,
            bits,
            multi,
            opens,
            ends,
            mention_at,
            time_end,
            in_time,
            cues: Vec::new(),
            body_start: Vec::new(),
        };
        scene.body_start = scene.datelines();
        scene.cues = scene.find_cues();
        scene
    }

    /// Whether a token is of one of the classes, as a single word.
    pub fn is(&self, token: usize, classes: u64) -> bool {
        self.bits.get(token).is_some_and(|b| b & classes != 0)
    }

    /// Lengths of the words and phrases of the classes that begin at a token, longest first.
    pub fn class_lengths(&self, at: usize, classes: u64) -> impl Iterator<Item = usize> + '_ {
        let listed = self.opens.get(at).is_some_and(|bits| bits & classes != 0);
        let first = if listed { self.multi.partition_point(|m| m.0 < at) } else { self.multi.len() };
        let phrases =
            self.multi[first..].iter().take_while(move |m| m.0 == at).filter(move |m| m.2 & classes != 0).map(|m| m.1);
        phrases.chain(self.is(at, classes).then_some(1))
    }

    /// The longest word or phrase of the classes that begins at a token.
    pub fn class_at(&self, at: usize, classes: u64) -> Option<usize> {
        self.class_lengths(at, classes).next()
    }

    /// The longest word or phrase of the classes that ends right before a token: its length.
    pub fn class_before(&self, end: usize, classes: u64) -> Option<usize> {
        let last = end.checked_sub(1)?;
        if self.ends[last] & classes != 0 {
            let longest = (2..=6.min(end)).rev().find(|&len| self.class_lengths(end - len, classes).any(|l| l == len));
            if longest.is_some() {
                return longest;
            }
        }
        self.is(last, classes).then_some(1)
    }

    /// Whether a token is this mark.
    pub fn is_mark(&self, token: usize, marks: &[&str]) -> bool {
        token < self.text.tokens.len()
            && self.text.tokens[token].shape == Shape::Mark
            && marks.contains(&match self.text.word(token) {
                "''" | "``" => "\"",
                mark => mark,
            })
    }

    /// End of the time expression that begins at a token.
    pub fn time_at(&self, token: usize) -> Option<usize> {
        self.time_end.get(token).filter(|&&end| end > 0).map(|&end| end as usize)
    }

    /// Whether a token is inside a time expression.
    pub fn is_time(&self, token: usize) -> bool {
        self.in_time.get(token).copied().unwrap_or(false)
    }

    /// Index of the mention that a token is in.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.mention_at.get(token).filter(|&&n| n > 0).map(|&n| n as usize - 1)
    }

    /// What a token names, if it is in a mention.
    pub fn kind_at(&self, token: usize) -> Option<EntityKind> {
        let mention = self.mention_at(token)?;
        Some(self.layers.entities[self.layers.mentions[mention].entity.0 as usize].kind)
    }

    /// First token of the sentence's own words: after a dateline and words that only lead in.
    pub fn sentence_start(&self, sentence: usize) -> usize {
        let tokens = &self.text.sentences[sentence].tokens;
        let dateline = self.body_start[self.text.sentences[sentence].paragraph] as usize;
        dateline.clamp(tokens.start, tokens.end)
    }

    /// One past the sentence's last word: without its terminal marks.
    pub fn sentence_end(&self, sentence: usize) -> usize {
        let tokens = &self.text.sentences[sentence].tokens;
        let mut end = tokens.end;
        while end > tokens.start && self.is_mark(end - 1, &[".", "!", "?", "…", "...", ";"]) {
            end -= 1;
        }
        end
    }

    /// Where the text of each paragraph begins, after a dateline ('GIACARTA —', 'JAKARTA, KOMPAS.com -').
    fn datelines(&self) -> Vec<u32> {
        self.text
            .paragraphs
            .iter()
            .map(|tokens| {
                let limit = tokens.end.min(tokens.start + 14);
                let dash = (tokens.start + 1..limit).find(|&n| {
                    self.is_mark(n, &["—", "–", "-", "--"])
                        && !(self.text.tokens[n].glued && self.text.tokens.get(n + 1).is_some_and(|t| t.glued))
                });
                match dash {
                    Some(dash) if (tokens.start..dash).all(|n| self.is_dateline_token(n)) => dash as u32 + 1,
                    _ => tokens.start as u32,
                }
            })
            .collect()
    }

    fn is_dateline_token(&self, token: usize) -> bool {
        let t = &self.text.tokens[token];
        t.shape.is_capital() || matches!(t.shape, Shape::Mark | Shape::Number | Shape::Uncased) || self.is_time(token)
    }

    /// Whether a token is inside a quotation that holds more than a few words.
    pub fn in_long_quote(&self, token: usize) -> bool {
        self.text.quote_at(token).is_some_and(|q| q.inner.len() >= 4 && q.inner.contains(&token))
    }

    // ---- verbs and reporting words -------------------------------------------------------------

    /// Whether a token is a listed verb or auxiliary. A word that is listed as a noun too is a verb where no
    /// article or preposition stands before it.
    pub fn is_listed_verb(&self, token: usize) -> bool {
        let led = class::DETERMINER | class::PREPOSITION | class::NP_PREPOSITION;
        let noun = |n: usize| n > 0 && self.is(n - 1, led) && !self.is(n - 1, class::PREVIOUS);
        self.text.tokens[token].shape == Shape::Lower
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

    fn find_cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = 0;
        while at < self.text.tokens.len() {
            let Some((len, _)) = self.pack.cues.longest(&self.text.tokens, at) else {
                at += 1;
                continue;
            };
            let word = at..at + len;
            if !self.is_name_word(at)
                && !self.in_long_quote(at)
                && !self.is_noun(at)
                && !(at > 0 && self.is(at - 1, class::INFINITIVE))
            {
                // a word may be listed more than once; the rules choose
                let entries = self.pack.cues.all(&self.text.tokens, at).filter(|(other, _)| *other == len);
                cues.extend(entries.map(|(_, &entry)| self.group(word.clone(), entry)));
            }
            at += len;
        }
        cues
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
        !opens || self.mention_at(token).is_some()
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
        if self.is(before, helper | speaker)
            && !(self.is(before, class::DETERMINER) && !self.is(before, class::PREVIOUS | class::ANONYMOUS))
        {
            return false;
        }
        let token_before = &self.text.tokens[before];
        let named = token_before.shape.is_capital() && !self.is(before, class::DETERMINER);
        self.mention_at(before).is_none() && !named && token_before.shape != Shape::Mark && !self.is_time(before)
    }

    /// Gathers auxiliaries, adverbs and negations before a reporting word.
    fn group(&self, word: Range<usize>, entry: CueEntry) -> Cue {
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
            } else if let Some(len) = self.class_before(start, class::ADVERB) {
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
            form => form,
        };
        Cue { group: kept..word.end, word, entry, negated, conditional, form }
    }

    /// The cue whose reporting word begins at a token.
    pub fn cue_at(&self, token: usize) -> Option<&Cue> {
        let place = self.cues.partition_point(|c| c.word.start < token);
        self.cues.get(place).filter(|c| c.word.start == token)
    }

    /// Whether a token belongs to a reporting verb's group.
    pub fn in_cue(&self, token: usize) -> bool {
        let place = self.cues.partition_point(|c| c.word.end <= token);
        self.cues.get(place).is_some_and(|c| {
            c.group.contains(&token)
                && !matches!(c.entry.class, CueClass::Hearsay)
                && !matches!(c.form, CueForm::Noun | CueForm::Infinitive)
        })
    }

    // ---- noun phrases --------------------------------------------------------------------------

    /// Noun phrases that end right before `end`, best first: with its apposition, then without.
    /// The second part is where the noun phrase's own words end (a relative clause is left out).
    pub fn phrases_before(&self, end: usize, low: usize) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if end > low && self.is_mark(end - 1, &[",", "—", "–", ")"]) {
            // 'X, who ..., said' and 'X, the minister, said'
            let close = end - 1;
            let opening: &[&str] = if self.is_mark(close, &[")"]) {
                &["("]
            } else if self.is_mark(close, &[","]) {
                &[","]
            } else {
                &["—", "–"]
            };
            let first = close.saturating_sub(LONGEST_APPOSITION).max(low);
            let mut commas = (first..close).rev().filter(|&n| self.is_mark(n, opening) && !self.in_long_quote(n));
            if let Some(open) = commas.next() {
                // an interpolation may hold commas itself: go on while what stands before is no phrase
                let mut open = open;
                let mut core = self.phrase_before(open, low);
                while core
                    .as_ref()
                    .is_none_or(|c| self.opens_clause(c.start) || self.text.tokens[c.start].shape == Shape::Number)
                {
                    let Some(next) = commas.next() else { break };
                    open = next;
                    core = self.phrase_before(open, low);
                }
                if let Some(core) = core {
                    let relative = self.opens_inner(open + 1);
                    let whole = if relative { core.clone() } else { core.start..close };
                    found.push((whole, core.start));
                }
            }
            return found;
        }
        // what a preposition leads is no subject
        let oblique = |core: &Range<usize>| {
            self.class_before(core.start, class::PREPOSITION | class::TO).is_some_and(|len| {
                let at = core.start - len;
                at > low && !self.is(at, class::DETERMINER | class::BOUNDARY | class::CONTRAST | class::THAT)
            })
        };
        let core = self.phrase_before(end, low).filter(|core| !oblique(core));
        if core.as_ref().is_none_or(|core| !self.can_speak(core)) {
            // a verb inside the relative clause hid whom it tells of: 'a diplomat who asked not to be named'
            if let Some(whole) = self.relative_before(end, low).filter(|whole| !oblique(whole)) {
                let start = whole.start;
                found.push((whole, start));
            }
        }
        if let Some(core) = core {
            // 'Ana Reyes, the minister said': a role after a name and a comma goes with the name
            let is_person = |range: &Range<usize>| range.clone().any(|n| self.kind_at(n) == Some(EntityKind::Person));
            let role = core.clone().any(|n| self.class_at(n, class::PERSON).is_some()) && !is_person(&core);
            if role && core.start > low + 1 && self.is_mark(core.start - 1, &[","]) {
                let name = self.phrase_before(core.start - 1, low).filter(|name| is_person(name) && name.len() <= 6);
                if let Some(name) = name {
                    found.push((name.start..core.end, name.start));
                }
            }
            let start = core.start;
            found.push((core, start));
        }
        found
    }

    /// A noun phrase with the relative clause that ends right before `end`, no marks inside.
    fn relative_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let lowest = end.saturating_sub(LONGEST_ADJUNCT).max(low);
        let plain = |n: &usize| self.text.tokens[*n].shape != Shape::Mark || self.joins_words(*n);
        let relative = (lowest..end).rev().take_while(plain).find(|&n| self.is(n, class::RELATIVE))?;
        let head = self.phrase_before(relative, low).filter(|head| head.end == relative && self.can_speak(head))?;
        Some(head.start..end)
    }

    /// End of the relative clause that begins at a token, up to the next mark.
    fn relative_after(&self, start: usize, high: usize) -> Option<usize> {
        self.class_at(start, class::RELATIVE)?;
        let limit = high.min(start + LONGEST_APPOSITION);
        let open = |n: &usize| {
            (self.text.tokens[*n].shape != Shape::Mark || self.joins_words(*n)) && self.text.quote_at(*n).is_none()
        };
        let end = (start..limit).take_while(open).last()? + 1;
        (end > start + 1 && (end >= high || self.is_mark(end, &[",", ".", ":"]))).then_some(end)
    }

    /// Whether what begins at a token is a clause and no apposition.
    fn opens_inner(&self, token: usize) -> bool {
        self.class_at(
            token,
            class::RELATIVE | class::BOUNDARY | class::PREPOSITION | class::TO | class::ADVERB | class::THAT,
        )
        .is_some()
            || self.is_verb(token)
            || self.cue_at(token).is_some()
            || self.is_time(token)
    }

    fn opens_clause(&self, token: usize) -> bool {
        self.class_at(token, class::RELATIVE | class::BOUNDARY | class::PREPOSITION).is_some()
    }

    /// The noun phrase that ends right before `end` and begins after `low`.
    fn phrase_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let mut start = end;
        let mut stop = end;
        let mut brackets = 0;
        while start > low && end - start < LONGEST_PHRASE {
            let token = start - 1;
            if self.is_mark(token, &[")", "]"]) {
                brackets += 1;
                start = token;
                continue;
            }
            if self.is_mark(token, &["(", "["]) {
                if brackets == 0 {
                    break;
                }
                brackets -= 1;
                start = token;
                continue;
            }
            if brackets > 0 {
                start = token;
                continue;
            }
            if self.mention_at(token).is_some() && self.text.tokens[token].shape.is_word() {
                start = token;
                continue;
            }
            if let Some(len) = self.class_before(start, class::RELATIVE) {
                // the words after it only tell more of the phrase before it
                if start < end && start - len > low {
                    stop = start - len;
                    start = stop;
                    continue;
                }
                break;
            }
            if self.text.tokens[token].shape == Shape::Mark {
                if let Some(quote) = self.scare_quote(token).filter(|q| q.outer.end == start && q.outer.start >= low) {
                    start = quote.outer.start;
                    continue;
                }
                if self.joins_words(token) {
                    start = token;
                    continue;
                }
                break;
            }
            if self.is_time(token) {
                break;
            }
            if self.class_before(start, class::THAT | class::BOUNDARY | class::CONTRAST).is_some() {
                break;
            }
            if self.is(token, class::AND) {
                let clause = self.verb_between(low, token);
                if clause || token == low {
                    break;
                }
                start = token;
                continue;
            }
            if let Some(len) = self.class_before(start, class::PREPOSITION | class::TO) {
                if !self.is(token, class::NP_PREPOSITION) || start - len <= low {
                    // 'Experts on trade', 'a letter to the board': who heads the clause keeps what follows
                    if let Some(head) = self.speaker_before(start - len, low).filter(|_| start < end) {
                        start = head.start;
                    }
                    break;
                }
            }
            if self.in_cue(token) || self.is_listed_verb(token) || self.is(token, class::NEGATION) {
                break;
            }
            start = token;
            // an article begins the phrase, unless something that belongs to it stands before
            if self.is(token, class::DETERMINER) && token > low && self.text.tokens[token].shape == Shape::Lower {
                let joins = class::NP_PREPOSITION
                    | class::AND
                    | class::DETERMINER
                    | class::NUMBER
                    | class::DEMONSTRATIVE
                    | class::ANONYMOUS
                    | class::PERSON;
                let before = token - 1;
                if !self.is(before, joins) && self.text.tokens[before].shape != Shape::Mark && !self.is_time(before) {
                    break;
                }
            }
        }
        self.trim(start..stop)
    }

    /// The phrase that ends with a word for a speaker right before `end` and begins its clause.
    fn speaker_before(&self, end: usize, low: usize) -> Option<Range<usize>> {
        let speaker = class::ANONYMOUS | class::PERSON | class::BODY | class::REPORT;
        if end <= low || !self.is(end - 1, speaker) || self.is_time(end - 1) {
            return None;
        }
        let head = self.phrase_before(end, low).filter(|head| head.end == end)?;
        let opens = head.start == low
            || self.is_mark(head.start - 1, &[","])
            || self.class_before(head.start, class::THAT | class::AND | class::BOUNDARY | class::CONTRAST).is_some();
        opens.then_some(head)
    }

    /// Whether a verb stands between two tokens.
    fn verb_between(&self, low: usize, high: usize) -> bool {
        (low..high).any(|n| self.in_cue(n) || self.is_verb(n))
    }

    /// A mark inside a name or a compound ('Soekarno-Hatta', 'St.', 'Q&A').
    fn joins_words(&self, token: usize) -> bool {
        let t = &self.text.tokens[token];
        let next_glued = self.text.tokens.get(token + 1).is_some_and(|n| n.glued);
        let word = self.text.word(token);
        (matches!(word, "-" | "/" | "’" | "'" | "‑") && t.glued && next_glued)
            || matches!(word, "&" | "%")
            || (word == "." && self.text.tokens.get(token + 1).is_some_and(|n| n.sentence == t.sentence))
    }

    /// The quotation at a token where it is a few words inside a phrase and no speech.
    fn scare_quote(&self, token: usize) -> Option<&crate::text::Quote> {
        self.text.quote_at(token).filter(|q| {
            q.closed && (1..8).contains(&q.inner.len()) && !self.is_mark(q.inner.end - 1, &[",", ".", "!", "?"])
        })
    }

    /// Cuts words off the ends that belong to no noun phrase; `None` where none is left.
    fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = range;
        loop {
            let lead = class::LEAD | class::AND | class::ADVERB | class::BOUNDARY | class::CONTRAST | class::THAT;
            if start < end && self.mention_at(start).is_none() {
                if let Some(len) = self
                    .class_at(start, lead)
                    .filter(|len| start + len <= end && !self.is(start, class::DETERMINER | class::DEMONSTRATIVE))
                {
                    start += len;
                    continue;
                }
                if self.text.tokens[start].shape == Shape::Mark && !self.is_mark(start, &["(", "\"", "“", "«"]) {
                    start += 1;
                    continue;
                }
            }
            if start < end && self.mention_at(end - 1).is_none() {
                if let Some(len) = self
                    .class_before(end, class::ADVERB | class::AND | class::PREPOSITION)
                    .filter(|len| start + len < end && !self.is(end - 1, class::DEMONSTRATIVE))
                {
                    end -= len;
                    continue;
                }
                if self.text.tokens[end - 1].shape == Shape::Mark && !self.is_mark(end - 1, &[")", "\"", "”", "»", "]"])
                {
                    end -= 1;
                    continue;
                }
            }
            break;
        }
        let wordy = (start..end).any(|n| self.text.tokens[n].shape.is_word());
        (start < end && wordy).then_some(start..end)
    }

    /// Noun phrases that begin at `start`, best first: with its apposition, then without.
    pub fn phrases_after(&self, start: usize, high: usize) -> Vec<Range<usize>> {
        let Some(core) = self.phrase_after(start, high) else { return Vec::new() };
        let mut found = Vec::new();
        if let Some(end) = self.apposition_after(&core, high) {
            found.push(core.start..end);
        }
        // without what is said to whom: 'due funzionari | alla Reuters'
        let cut = (core.start + 1..core.end).find(|&n| self.is(n, class::TO) && self.mention_at(n).is_none());
        found.push(core.clone());
        if let Some(shorter) = cut.and_then(|cut| self.trim(core.start..cut)) {
            found.push(shorter);
        }
        // with what a relative clause tells of them, where the pattern goes on after it
        if let Some(end) = self.relative_after(core.end, high) {
            found.push(core.start..end);
        }
        found
    }

    fn phrase_after(&self, start: usize, high: usize) -> Option<Range<usize>> {
        let mut end = start;
        let high = high.min(start + LONGEST_PHRASE);
        let mut brackets = 0;
        while end < high {
            if self.is_mark(end, &["(", "["]) {
                brackets += 1;
                end += 1;
                continue;
            }
            if self.is_mark(end, &[")", "]"]) {
                if brackets == 0 {
                    break;
                }
                brackets -= 1;
                end += 1;
                continue;
            }
            if brackets > 0 || (self.mention_at(end).is_some() && self.text.tokens[end].shape.is_word()) {
                end += 1;
                continue;
            }
            if self.text.tokens[end].shape == Shape::Mark {
                if let Some(quote) =
                    self.scare_quote(end).filter(|q| q.outer.start == end && q.outer.end <= high && end > start)
                {
                    end = quote.outer.end;
                    continue;
                }
                if end > start && self.joins_words(end) {
                    end += 1;
                    continue;
                }
                break;
            }
            if self.is_time(end)
                || self.class_at(end, class::THAT | class::BOUNDARY | class::CONTRAST | class::RELATIVE).is_some()
            {
                break;
            }
            if self.is(end, class::AND) {
                // joins two names or two nouns, not two clauses
                let next = end + 1;
                let noun = next < high
                    && (self.mention_at(next).is_some()
                        || self.text.tokens[next].shape.is_capital()
                        || self.is(next, class::DETERMINER | class::PERSON | class::ANONYMOUS));
                if end > start && noun {
                    end = next;
                    continue;
                }
                break;
            }
            if self.class_at(end, class::PREPOSITION | class::TO).is_some() {
                let named = end > start
                    && (self.kind_at(end - 1) == Some(EntityKind::Person)
                        || self.is(end - 1, class::HE | class::THEY | class::IT));
                if !self.is(end, class::NP_PREPOSITION) || named || end == start {
                    break;
                }
            }
            if end > start && (self.in_cue(end) || self.is_verb(end) || self.is(end, class::NEGATION)) {
                break;
            }
            if end > start
                && (self.is(end - 1, class::HE | class::THEY | class::IT)
                    || self.is(end, class::HE | class::THEY | class::IT))
            {
                break;
            }
            let after_name = end > start
                && (self.mention_at(end - 1).is_some()
                    || self.is(end - 1, class::PRESS | class::PLURAL)
                    || self.text.tokens[end - 1].shape.is_capital() && end - 1 > start);
            if after_name && self.text.tokens[end].shape == Shape::Lower && self.is(end, class::DETERMINER) {
                break;
            }
            end += 1;
        }
        self.trim(start..end).filter(|range| range.start <= start + 1)
    }

    /// End of the apposition that follows a noun phrase after a comma, if one does.
    fn apposition_after(&self, core: &Range<usize>, high: usize) -> Option<usize> {
        if !self.is_mark(core.end, &[","]) {
            return None;
        }
        let mut first = core.end + 1;
        // an age between commas ('Ana Reyes, 54, a fisherwoman')
        let mut aged = None;
        if self.text.tokens.get(first).is_some_and(|t| t.shape == Shape::Number) && !self.is_time(first) {
            let close = (first + 1..high.min(first + 4)).find(|&n| self.text.tokens[n].shape == Shape::Mark);
            aged = Some(close.unwrap_or(high.min(first + 4)));
            match close.filter(|&n| self.is_mark(n, &[","])) {
                Some(comma) => first = comma + 1,
                None => return aged,
            }
        }
        self.apposition_at(core, first, high).or(aged)
    }

    /// End of the apposition to a noun phrase that begins at a token.
    fn apposition_at(&self, core: &Range<usize>, first: usize, high: usize) -> Option<usize> {
        let t = self.text.tokens.get(first)?;
        if self.opens_inner(first)
            || self.is(first, class::HE | class::THEY | class::IT | class::NEGATION)
            || self.text.quote_at(first).is_some()
        {
            return None;
        }
        let core_person = (core.start..core.end).any(|n| self.kind_at(n) == Some(EntityKind::Person));
        let inner = self.phrase_after(first, high.min(first + LONGEST_APPOSITION))?;
        let inner_person = inner.clone().any(|n| self.kind_at(n) == Some(EntityKind::Person));
        let noun = t.shape == Shape::Lower || self.is(first, class::DETERMINER | class::PERSON) || t.shape.is_capital();
        // a role and a name, in either order
        let role =
            core.clone().any(|n| self.class_at(n, class::PERSON).is_some()) && t.shape.is_capital() && inner.len() <= 5;
        let fits = noun && (core_person != inner_person || !core_person && (role || self.is(first, class::DETERMINER)));
        // the apposition ends at a mark or the end, else it is the next clause
        let closes = inner.end >= high
            || self.text.tokens[inner.end].shape == Shape::Mark
            || self.class_at(inner.end, class::RELATIVE | class::AND | class::PREPOSITION).is_some()
            || self.is_time(inner.end);
        (fits && closes).then_some(inner.end)
    }

    // ---- adjuncts and clauses ------------------------------------------------------------------

    /// Ends of adjuncts that begin at a token: a time, a prepositional phrase, an adverb.
    pub fn adjuncts_after(&self, start: usize, high: usize) -> Option<usize> {
        if start >= high {
            return None;
        }
        if let Some(end) = self.time_at(start) {
            return Some(end.min(high));
        }
        if self.is_mark(start, &["("]) {
            // '(19/3)', '(local time)'
            let close = (start + 1..high.min(start + 8)).find(|&n| self.is_mark(n, &[")"]))?;
            return Some(close + 1);
        }
        if let Some(len) = self.class_at(start, class::ADVERB) {
            return Some((start + len).min(high));
        }
        let len = self.class_at(start, class::PREPOSITION | class::NP_PREPOSITION | class::THROUGH | class::TO)?;
        let mut end = start + len;
        if let Some(time) = self.time_at(end) {
            return Some(time.min(high));
        }
        // the phrase after the preposition, with further prepositional phrases in it
        let limit = high.min(start + LONGEST_ADJUNCT);
        let phrase = self.phrase_after(end, limit).or_else(|| {
            let determiner = self.class_at(end, class::DETERMINER)?;
            self.phrase_after(end + determiner, limit)
        })?;
        end = phrase.end;
        Some(end)
    }

    /// What stands between commas or dashes from a token on: one past the closing mark.
    pub fn aside_after(&self, start: usize, high: usize) -> Option<usize> {
        let marks: &[&str] = if self.is_mark(start, &[","]) {
            &[","]
        } else if self.is_mark(start, &["—", "–"]) {
            &["—", "–"]
        } else {
            return None;
        };
        let close = (start + 2..high.min(start + LONGEST_APPOSITION)).find(|&n| self.is_mark(n, marks))?;
        (start..close).all(|n| self.text.quote_at(n).is_none()).then_some(close + 1)
    }

    /// Where an adjunct that ends right before `end` begins.
    pub fn adjunct_before(&self, end: usize, low: usize) -> Option<usize> {
        let lowest = end.saturating_sub(LONGEST_ADJUNCT).max(low);
        (lowest..end).rev().find(|&start| self.adjuncts_after(start, end) == Some(end))
    }

    /// The clause after a token: to the sentence's end or a semicolon, further where a quotation runs on.
    pub fn clause_after(&self, start: usize) -> Option<Range<usize>> {
        let sentence = self.text.sentences.get(self.text.tokens.get(start)?.sentence as usize)?;
        if start >= sentence.tokens.end {
            return None;
        }
        let mut end = self.sentence_end(self.text.tokens[start].sentence as usize);
        let mut at = start;
        while at < end {
            if let Some(quote) = self.text.quote_at(at) {
                at = quote.outer.end.max(at + 1);
                end = end.max(quote.outer.end.min(quote.outer.start + 400));
                continue;
            }
            if at > start && self.is_mark(at, &[";"]) {
                end = at;
                break;
            }
            at += 1;
        }
        while end > start && self.is_mark(end - 1, &[",", "."]) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// The clause before a token, from the sentence's own first word.
    pub fn clause_before(&self, end: usize) -> Option<Range<usize>> {
        if end == 0 {
            return None;
        }
        let sentence = self.text.sentence_of(end - 1);
        let mut start = self.sentence_start(sentence);
        if let Some(quote) = self.text.quote_at(start).filter(|q| q.outer.end <= end) {
            start = start.min(quote.outer.start);
        }
        let mut stop = end;
        while stop > start && self.is_mark(stop - 1, &[",", "—", "–"]) {
            stop -= 1;
        }
        // words that only lead in belong to no content
        while start < stop {
            if let Some(len) =
                self.class_at(start, class::LEAD | class::CONTRAST | class::AND).filter(|len| start + len < stop)
            {
                start += len;
            } else if self.is_mark(start, &[",", "—", "–", "-", ":"]) {
                start += 1;
            } else {
                break;
            }
        }
        (start < stop).then_some(start..stop)
    }

    /// Who the clause before a token is about: the first noun phrase of its sentence.
    pub fn subject_before(&self, end: usize) -> Option<Range<usize>> {
        let sentence = self.text.sentence_of(end.checked_sub(1)?);
        let mut start = self.sentence_start(sentence);
        for _ in 0..6 {
            if start >= end {
                return None;
            }
            if let Some(len) = self.class_at(start, class::LEAD | class::CONTRAST | class::AND | class::ADVERB) {
                start += len;
            } else if self.is_mark(start, &[",", "\"", "“", "«"]) {
                start += 1;
            } else if let Some(after) = self.adjuncts_after(start, end).filter(|&a| a < end) {
                start = after;
            } else {
                break;
            }
        }
        self.phrases_after(start, end).into_iter().next()
    }

    /// The country that words of the range tell ('iraniani', 'Indonesian'), as alpha-3.
    pub fn country_in(&self, tokens: &Range<usize>) -> Option<String> {
        let (pack, packs) = self.packs;
        tokens.clone().find_map(|at| names::country_at(self.text, at, pack, packs)).map(|hit| hit.country.to_owned())
    }

    /// Whether a phrase can name who speaks: a name, a role, a body, a document, a pronoun.
    pub fn can_speak(&self, range: &Range<usize>) -> bool {
        let kinds = class::ANONYMOUS
            | class::PERSON
            | class::BODY
            | class::MEDIUM
            | class::REPORT
            | class::DOCUMENT
            | class::HE
            | class::THEY
            | class::IT
            | class::PRESS;
        let first = self.text.sentences[self.text.sentence_of(range.start)].tokens.start;
        range.clone().any(|n| {
            let capital = self.text.tokens[n].shape.is_capital() && n != first && !self.is_time(n);
            capital
                || self.mention_at(n).is_some()
                || self.text.tokens[n].shape == Shape::Uncased
                || self.class_at(n, kinds).is_some()
        })
    }

    /// Whether a phrase names or describes a medium.
    pub fn is_medium(&self, range: &Range<usize>) -> bool {
        self.names_medium(range) || range.clone().any(|n| self.class_at(n, class::MEDIUM).is_some())
    }

    /// Whether a phrase names a medium.
    pub fn names_medium(&self, range: &Range<usize>) -> bool {
        let medium =
            |m: usize| self.layers.entities[self.layers.mentions[m].entity.0 as usize].link == LinkKind::Medium;
        range.clone().any(|n| self.mention_at(n).is_some_and(medium))
    }

    /// Whether the pack tells verbs by their affixes, so that a run of words without one is no clause.
    pub fn tells_verbs(&self) -> bool {
        !self.pack.verb_prefixes.is_empty() || !self.pack.verb_suffixes.is_empty()
    }

    /// The span of a range of tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        self.text.span(tokens.clone())
    }
}
