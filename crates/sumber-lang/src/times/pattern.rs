//! Patterns of labels and words, and where a text has them.

use smallvec::SmallVec;

use super::hits::{Hit, Hits};
use super::labels::Label;
use crate::lexicon::{Vocabulary, WordId, WordMap, WordSet};
use crate::text::Text;

/// One place of a pattern.
#[derive(Clone, Debug)]
enum Kind {
    Labels(Vec<(Label, Option<i32>)>),
    Words(Vec<WordId>),
}

#[derive(Clone, Debug)]
struct Item {
    kind: Kind,
    optional: bool,
    /// Must not stand here; takes no token.
    absent: bool,
}

/// A pattern of labels and words: context on the left, the expression, context on the right.
///
/// Written as `in|on < {weekday} {part}? > !street`: `{label}`, `{label=value}`, `{a|b}`, a word,
/// `word|word`; `?` after it: may be missing; `!` before it: must not follow. What stands left of
/// `<` and right of `>` must be there and does not belong to the expression.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    items: Vec<Item>,
    /// Items of the expression itself.
    left: usize,
    right: usize,
}

/// What a pattern found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Tokens of the expression.
    pub start: usize,
    pub end: usize,
    /// Labels and values, in order.
    pub captures: SmallVec<[(Label, i32); 6]>,
    /// A word has its capital from the sentence's beginning.
    pub doubtful: bool,
}

impl Pattern {
    /// Reads the notation.
    ///
    /// # Errors
    /// What is wrong, in words; with the name that is unknown where it is one.
    pub(super) fn parse(text: &str, vocabulary: &mut Vocabulary) -> Result<Pattern, PatternError> {
        let mut items = Vec::new();
        let (mut left, mut right) = (0, None);
        for piece in text.split_whitespace() {
            match piece {
                "<" => left = items.len(),
                ">" => right = Some(items.len()),
                _ => items.push(Item::parse(piece, vocabulary)?),
            }
        }
        let right = right.unwrap_or(items.len());
        if left >= right {
            return Err(PatternError::Form(format!("the pattern '{text}' has no expression between its contexts")));
        }
        if items[left..right].iter().all(|i| i.optional || i.absent) {
            return Err(PatternError::Form(format!("everything in the pattern '{text}' may be missing")));
        }
        Ok(Pattern { items, left, right })
    }

    /// Labels and words with which a match may begin.
    pub(super) fn firsts(&self) -> (Vec<Label>, Vec<WordId>) {
        let (mut labels, mut words) = (Vec::new(), Vec::new());
        for item in self.items.iter().filter(|i| !i.absent) {
            match &item.kind {
                Kind::Labels(list) => labels.extend(list.iter().map(|(l, _)| *l)),
                Kind::Words(list) => words.extend(list),
            }
            if !item.optional {
                break;
            }
        }
        (labels, words)
    }

    /// The longest match whose context begins at token `at`.
    pub(super) fn find(&self, text: &Text<'_>, hits: &Hits, at: usize) -> Option<Found> {
        let mut search = Search { pattern: self, text, hits, sentence: text.tokens[at].sentence, best: None };
        // a word that must be there, and after it what does not stand there: most patterns that are tried
        if let [Item { kind: Kind::Words(_), optional: false, absent: false }, second, ..] = &self.items[..]
            && !second.optional
            && !second.absent
            && !search.stands(second, at + 1)
        {
            return None;
        }
        let mut state = Found { start: at, end: at, captures: SmallVec::new(), doubtful: false };
        search.go(0, at, &mut state);
        search.best.filter(|found| found.start < found.end)
    }
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PatternError {
    /// A label that is in no list.
    Label(String),
    /// Anything else, in words.
    Form(String),
}

impl Item {
    fn parse(piece: &str, vocabulary: &mut Vocabulary) -> Result<Item, PatternError> {
        let absent = piece.len() > 1 && piece.starts_with('!');
        let core = if absent { &piece[1..] } else { piece };
        let optional = core.len() > 1 && core.ends_with('?');
        let core = if optional { &core[..core.len() - 1] } else { core };
        let kind = match core.strip_prefix('{') {
            Some(rest) => {
                let inner = rest
                    .strip_suffix('}')
                    .ok_or_else(|| PatternError::Form(format!("the brace in '{piece}' is not closed")))?;
                let mut labels = Vec::new();
                for part in inner.split('|') {
                    let (name, value) = part.split_once('=').map_or((part, None), |(n, v)| (n, Some(v)));
                    let label = Label::parse(name).ok_or_else(|| PatternError::Label(name.to_owned()))?;
                    let value =
                        match value {
                            None => None,
                            Some(v) => Some(label.parse_value(v).ok_or_else(|| {
                                PatternError::Form(format!("'{v}' is no value of the label '{name}'"))
                            })?),
                        };
                    labels.push((label, value));
                }
                Kind::Labels(labels)
            }
            None => {
                let mut words = Vec::new();
                for word in core.split('|') {
                    match vocabulary.intern_phrase(word)[..] {
                        [id] => words.push(id),
                        _ => {
                            return Err(PatternError::Form(format!(
                                "'{word}' is not one token; write its parts with blanks between them"
                            )));
                        }
                    }
                }
                Kind::Words(words)
            }
        };
        Ok(Item { kind, optional, absent })
    }
}

struct Search<'a> {
    pattern: &'a Pattern,
    text: &'a Text<'a>,
    hits: &'a Hits,
    sentence: u32,
    best: Option<Found>,
}

impl Search<'_> {
    /// Tries every way from item `index` on at token `at`; keeps the one with the longest expression.
    fn go(&mut self, index: usize, at: usize, state: &mut Found) {
        if index == self.pattern.left {
            state.start = at;
        }
        if index == self.pattern.right {
            state.end = at;
        }
        let Some(item) = self.pattern.items.get(index) else {
            let better = self.best.as_ref().is_none_or(|b| state.end - state.start > b.end - b.start);
            if better {
                self.best = Some(state.clone());
            }
            return;
        };
        if item.absent {
            if !self.stands(item, at) {
                self.go(index + 1, at, state);
            }
            return;
        }
        let same_sentence = self.text.tokens.get(at).is_some_and(|t| t.sentence == self.sentence);
        if same_sentence {
            match &item.kind {
                Kind::Words(words) => {
                    if words.contains(&self.text.tokens[at].word) {
                        self.go(index + 1, at + 1, state);
                    }
                }
                Kind::Labels(labels) => {
                    let hits = self.hits;
                    for hit in hits.at(at) {
                        if labels.iter().any(|(l, v)| *l == hit.label && v.is_none_or(|v| v == hit.value)) {
                            self.take(index, at, hit, state);
                        }
                    }
                }
            }
        }
        if item.optional {
            self.go(index + 1, at, state);
        }
    }

    fn take(&mut self, index: usize, at: usize, hit: &Hit, state: &mut Found) {
        let (depth, doubtful) = (state.captures.len(), state.doubtful);
        match hit.label {
            Label::NumericDate | Label::NumericDay => {
                let (year, month, day) = hit.date;
                state.captures.push((Label::Day, i32::from(day)));
                state.captures.push((Label::Month, i32::from(month)));
                if year != 0 {
                    state.captures.push((Label::Year, i32::from(year)));
                }
            }
            Label::WeakMonth => state.captures.push((Label::Month, hit.value)),
            Label::RecentYear => state.captures.push((Label::Year, hit.value)),
            Label::WeakWeekday => state.captures.push((Label::Weekday, hit.value)),
            label => state.captures.push((label, hit.value)),
        }
        state.doubtful |= hit.doubtful;
        self.go(index + 1, at + hit.len as usize, state);
        state.captures.truncate(depth);
        state.doubtful = doubtful;
    }

    /// Whether an item stands at a token.
    fn stands(&self, item: &Item, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at).filter(|t| t.sentence == self.sentence) else { return false };
        match &item.kind {
            Kind::Words(words) => words.contains(&token.word),
            Kind::Labels(labels) => self
                .hits
                .at(at)
                .iter()
                .any(|hit| labels.iter().any(|(l, v)| *l == hit.label && v.is_none_or(|v| v == hit.value))),
        }
    }
}

/// A set of patterns: the bits of their numbers.
pub(super) type Numbers = SmallVec<[u64; 4]>;

/// Patterns by the labels and words with which they may begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// By the label's place in [`Label::ALL`].
    by_label: Vec<Numbers>,
    by_word: WordMap<Numbers>,
}

impl Index {
    /// Adds pattern number `number`.
    pub(super) fn add(&mut self, pattern: &Pattern, number: usize) {
        let put = |into: &mut Numbers| {
            into.resize(into.len().max(number / 64 + 1), 0);
            into[number / 64] |= 1 << (number % 64);
        };
        let (labels, words) = pattern.firsts();
        self.by_label.resize(Label::ALL.len(), Numbers::new());
        labels.into_iter().for_each(|label| put(&mut self.by_label[label as usize]));
        words.into_iter().for_each(|word| put(self.by_word.or_default(word)));
    }

    /// The words with which patterns may begin.
    pub(super) fn firsts(&self) -> &WordSet {
        self.by_word.words()
    }

    /// Whether a pattern may begin with a word.
    pub(super) fn begins(&self, word: WordId) -> bool {
        self.by_word.contains_key(&word)
    }

    /// The patterns that may begin at a token.
    pub(super) fn candidates(&self, word: WordId, hits: &[Hit], into: &mut Numbers) {
        into.clear();
        let by_label = hits.iter().filter_map(|hit| self.by_label.get(hit.label as usize));
        for numbers in self.by_word.get(&word).into_iter().chain(by_label) {
            into.resize(into.len().max(numbers.len()), 0);
            for (all, bits) in into.iter_mut().zip(numbers) {
                *all |= bits;
            }
        }
    }
}
