//! Words as numbers, and phrases found by them.
//!
//! Every word that any pack lists gets a [`WordId`]; a token is looked up once, and each annotator
//! asks its own tables by number. That is what keeps many lists cheap.

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::text::{self, Token};

/// The number of a word that some pack lists; [`WordId::UNKNOWN`] for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no list holds.
    pub const UNKNOWN: WordId = WordId(0);

    /// Whether some list holds the word.
    pub fn is_known(self) -> bool {
        self != WordId::UNKNOWN
    }
}

/// Which annotators list something that begins with a word, in whatever language, one bit each: most words
/// concern few of them, and a token that tells so needs no look at their tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u16);

impl Lists {
    /// Names of the world data.
    pub const WORLD: Lists = Lists(1);
    /// Adjectives and demonyms of states.
    pub const DEMONYMS: Lists = Lists(1 << 1);
    /// Bodies that every state has.
    pub const BODIES: Lists = Lists(1 << 2);
    /// Words about names.
    pub const NAMES: Lists = Lists(1 << 3);
    /// Words and patterns of times.
    pub const TIMES: Lists = Lists(1 << 4);
    /// Concepts that are told by their words as they stand.
    pub const CONCEPTS: Lists = Lists(1 << 5);
    /// Hedges and negations.
    pub const MARKS: Lists = Lists(1 << 6);
    /// Function words of statements.
    pub const GRAMMAR: Lists = Lists(1 << 7);
    /// Reporting words.
    pub const CUES: Lists = Lists(1 << 8);
    /// Triggers of events.
    pub const TRIGGERS: Lists = Lists(1 << 9);
    /// Small words of events.
    pub const EVENTS: Lists = Lists(1 << 10);

    /// Whether one of these annotators lists something.
    #[inline]
    pub fn has(self, lists: Lists) -> bool {
        self.0 & lists.0 != 0
    }

    /// Both together.
    pub const fn or(self, other: Lists) -> Lists {
        Lists(self.0 | other.0)
    }
}

/// All words that the packs list, in folded form (see [`fold`]).
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    ids: StringMap<WordId>,
    /// By the word's number; see [`Vocabulary::mark`].
    lists: Vec<Lists>,
}

/// Values by string; short strings, which nearly all words are, are found without following a pointer.
#[derive(Clone, Debug)]
pub(crate) struct StringMap<V> {
    /// Strings of at most [`SHORT`] bytes.
    short: FxHashMap<ShortWord, V>,
    long: FxHashMap<Box<str>, V>,
}

impl<V> Default for StringMap<V> {
    fn default() -> Self {
        StringMap { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V> StringMap<V> {
    /// The string's value.
    #[inline]
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        match short_word(key.as_bytes()) {
            Some(short) => self.short.get(&short),
            None => self.long.get(key),
        }
    }

    /// The string's value, `value` if it had none.
    pub(crate) fn get_or_insert(&mut self, key: &str, value: V) -> &mut V {
        match short_word(key.as_bytes()) {
            Some(short) => self.short.entry(short).or_insert(value),
            None => self.long.entry(key.into()).or_insert(value),
        }
    }

    /// How many strings have a value.
    pub(crate) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// A short word's bytes, zeros after them, and its length in the last byte.
pub(crate) type ShortWord = (u64, u64);

/// Bytes of the longest [`ShortWord`].
const SHORT: usize = 15;

/// The word as two numbers; `None` for longer ones. Different words give different numbers.
#[inline]
pub(crate) fn short_word(bytes: &[u8]) -> Option<ShortWord> {
    let len = bytes.len();
    let four = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    let eight = |at: usize| bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
    // the first and the last bytes; what both hold falls on itself
    let (low, high) = match len {
        0 => (0, 0),
        1..4 => {
            let at = |n: usize| u64::from(bytes[n]) << (8 * n);
            (at(0) | at(len / 2) | at(len - 1), 0)
        }
        4..8 => (u64::from(four(0)) | u64::from(four(len - 4)) << (8 * (len - 4)), 0),
        8 => (eight(0), 0),
        9..=SHORT => (eight(0), eight(len - 8) >> (8 * (16 - len))),
        _ => return None,
    };
    Some((low, high | (len as u64) << 56))
}

impl Vocabulary {
    /// The number of a word, given if it is new. `word` is folded first.
    pub fn intern(&mut self, word: &str) -> WordId {
        let mut buffer = String::new();
        let folded = fold(word, &mut buffer);
        let next = WordId(self.len() as u32 + 1);
        *self.ids.get_or_insert(folded, next)
    }

    /// The number of a word already in folded form.
    pub fn get_folded(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Notes that an annotator's table holds these words.
    pub(crate) fn mark(&mut self, words: &WordSet, list: Lists) {
        self.lists.resize(self.len() + 1, Lists::default());
        for word in words.iter() {
            if let Some(lists) = self.lists.get_mut(word.0 as usize) {
                *lists = lists.or(list);
            }
        }
    }

    /// Who lists something that begins with a word.
    #[inline]
    pub(crate) fn lists(&self, word: WordId) -> Lists {
        self.lists.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The number of a short word already in folded form.
    #[inline]
    pub(crate) fn get_short(&self, folded: ShortWord) -> WordId {
        self.ids.short.get(&folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The numbers of a phrase's words, given if new, cut as a text is cut into tokens.
    pub fn intern_phrase(&mut self, phrase: &str) -> Vec<WordId> {
        text::words_of(phrase).into_iter().map(|word| self.intern(word)).collect()
    }

    /// How many words are listed.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no word is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The form under which a word is looked up: NFC, lower case, the apostrophe `'`, none at its end.
/// Uses `buffer` only where the word changes.
pub fn fold<'a>(word: &'a str, buffer: &'a mut String) -> &'a str {
    // most words are ASCII in lower case and end in no apostrophe: one pass, nothing to do
    let bytes = word.as_bytes();
    if bytes.last() != Some(&b'\'') && bytes.iter().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return word;
    }
    let trimmed = word.trim_end_matches(['\'', '’', 'ʼ']);
    let word = if trimmed.is_empty() { word } else { trimmed };
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return word;
    }
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        return buffer;
    }
    let lower = word.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c });
    if is_nfc(word) {
        buffer.extend(lower);
    } else {
        buffer.extend(lower.nfc());
    }
    // 'İ' lowers to 'i' and a combining dot that no list writes
    if buffer.contains('\u{307}') {
        *buffer = buffer.replace("i\u{307}", "i");
    }
    buffer
}

/// Values by word, in a table that is indexed and not hashed: every annotator asks several of these
/// about every token.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    /// The words that have a value: most that are asked for have none, and this is small enough to stay near.
    known: WordSet,
    /// Place in `values` plus one, by the word's number; 0 for none.
    slots: Vec<u32>,
    values: Vec<V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        WordMap { known: WordSet::default(), slots: Vec::new(), values: Vec::new() }
    }
}

impl<V> WordMap<V> {
    /// The word's value; none for [`WordId::UNKNOWN`].
    #[inline]
    pub fn get(&self, word: &WordId) -> Option<&V> {
        self.place(*word).map(|place| &self.values[place])
    }

    /// Whether the word has a value.
    #[inline]
    pub fn contains_key(&self, word: &WordId) -> bool {
        self.known.contains(word)
    }

    /// Gives the word a value, in the place of the one that it had.
    pub fn insert(&mut self, word: WordId, value: V) {
        match self.place(word) {
            Some(place) => self.values[place] = value,
            None => self.push(word, value),
        }
    }

    /// The word's value, to be changed; a default one is put in where it has none.
    pub fn or_default(&mut self, word: WordId) -> &mut V
    where
        V: Default,
    {
        if self.place(word).is_none() {
            self.push(word, V::default());
        }
        let place = self.place(word).unwrap_or_default();
        &mut self.values[place]
    }

    #[inline]
    fn place(&self, word: WordId) -> Option<usize> {
        if !self.known.contains(&word) {
            return None;
        }
        self.slots.get(word.0 as usize).and_then(|slot| slot.checked_sub(1)).map(|place| place as usize)
    }

    fn push(&mut self, word: WordId, value: V) {
        let number = word.0 as usize;
        if self.slots.len() <= number {
            self.slots.resize(number + 1, 0);
        }
        self.values.push(value);
        self.known.insert(word);
        self.slots[number] = self.values.len() as u32;
    }

    /// The words that have a value.
    pub fn words(&self) -> &WordSet {
        &self.known
    }

    /// How many words have a value.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no word has a value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// A set of words, one bit each.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    bits: Vec<u64>,
}

impl WordSet {
    /// A set that has room for the words of a vocabulary.
    pub fn for_words(count: usize) -> WordSet {
        WordSet { bits: vec![0; count / 64 + 1] }
    }

    /// Adds a word.
    pub fn insert(&mut self, word: WordId) {
        let place = word.0 as usize / 64;
        if self.bits.len() <= place {
            self.bits.resize(place + 1, 0);
        }
        self.bits[place] |= 1 << (word.0 % 64);
    }

    /// Whether the word was added; [`WordId::UNKNOWN`] never is by a list.
    #[inline]
    pub fn contains(&self, word: &WordId) -> bool {
        self.bits.get(word.0 as usize / 64).is_some_and(|bits| bits & (1 << (word.0 % 64)) != 0)
    }

    /// The words, by their numbers.
    pub fn iter(&self) -> impl Iterator<Item = WordId> {
        ones(&self.bits).map(|number| WordId(number as u32))
    }

    /// Whether no word was added.
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }
}

/// The places of the bits that are set, in order.
pub(crate) fn ones(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(place, &bits)| {
        let mut rest = bits;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(place * 64 + bit)
        })
    })
}

impl Extend<WordId> for WordSet {
    fn extend<I: IntoIterator<Item = WordId>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.insert(word));
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> WordSet {
        let mut set = WordSet::default();
        set.extend(words);
        set
    }
}

/// A table of phrases, each with a value; finds the longest that begins at a token.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: WordMap<List<T>>,
}

/// The phrases that begin with one word, longest first.
#[derive(Clone, Debug)]
struct List<T> {
    /// Bits of the second words' numbers: a word that is not among them goes on no phrase of the list.
    seconds: [u64; 4],
    /// How many of the phrases have two words or more.
    longer: usize,
    phrases: Vec<Phrase<T>>,
}

/// A phrase without its first word.
#[derive(Clone, Debug)]
struct Phrase<T> {
    /// Its second word; [`WordId::UNKNOWN`] where it has one word alone.
    second: WordId,
    /// The words after the first.
    rest: Box<[WordId]>,
    value: T,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { seconds: [0; 4], longer: 0, phrases: Vec::new() }
    }
}

impl<T> List<T> {
    /// The phrases that may stand where `next` follows the first word.
    #[inline]
    fn before(&self, next: WordId) -> &[Phrase<T>] {
        let (place, bit) = second_bit(next);
        &self.phrases[if self.seconds[place] & bit != 0 { 0 } else { self.longer }..]
    }
}

fn second_bit(word: WordId) -> (usize, u64) {
    (word.0 as usize / 64 % 4, 1 << (word.0 % 64))
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: WordMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase. Of equal phrases the first one added is found first.
    pub fn insert(&mut self, phrase: &[WordId], value: T) {
        let Some((&first, rest)) = phrase.split_first() else { return };
        let list = self.by_first.or_default(first);
        let place = list.phrases.partition_point(|other| other.rest.len() >= rest.len());
        if let Some(&second) = rest.first() {
            let (place, bit) = second_bit(second);
            list.seconds[place] |= bit;
            list.longer += 1;
        }
        let second = rest.first().copied().unwrap_or(WordId::UNKNOWN);
        list.phrases.insert(place, Phrase { second, rest: rest.into(), value });
    }

    /// The longest phrase that begins at token `at`: its length in tokens and its value.
    pub fn longest<'a>(&'a self, tokens: &'a [Token], at: usize) -> Option<(usize, &'a T)> {
        self.all(tokens, at).next()
    }

    /// Every phrase that begins at token `at`, longest first.
    pub fn all<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, &'a T)> + Clone {
        let next = tokens.get(at + 1).map_or(WordId::UNKNOWN, |t| t.word);
        let list = tokens.get(at).and_then(|t| self.by_first.get(&t.word)).map(|list| list.before(next));
        list.into_iter().flatten().filter_map(move |phrase| {
            let Phrase { second, rest, value } = phrase;
            if *second != next && *second != WordId::UNKNOWN {
                return None;
            }
            let following = tokens.get(at + 1..at + 1 + rest.len())?;
            let equal = following.iter().zip(rest.iter()).all(|(token, &word)| token.word == word);
            equal.then_some((rest.len() + 1, value))
        })
    }

    /// The words with which phrases begin.
    pub fn firsts(&self) -> &WordSet {
        self.by_first.words()
    }

    /// Whether a phrase begins with a word.
    #[inline]
    pub fn begins(&self, word: WordId) -> bool {
        self.by_first.contains_key(&word)
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}
