//! Stems: the part of a word that its forms share.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use any_ascii::any_ascii;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use sumber_core::hash64;

use crate::lexicon::{StringMap, WordId, WordMap, fold};

/// Makes keys of words by their stems. Equal keys: the same stem of the same language.
///
/// Source of the method: Porter's Snowball (Porter 2001); which algorithm is the pack's choice.
/// A language without one is compared by whole words.
#[derive(Clone)]
pub struct Stems {
    /// Tells its words in the memo from those of others; clones share it.
    number: u32,
    tag: String,
    stemmer: Option<frostem::Stemmer>,
}

impl Default for Stems {
    fn default() -> Self {
        Stems::new("", None)
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems")
            .field("tag", &self.tag)
            .field("algorithm", &self.stemmer.map(|s| s.algorithm().name()))
            .finish()
    }
}

impl Stems {
    /// Stems of the language `tag` by the algorithm given.
    pub fn new(tag: &str, algorithm: Option<frostem::Algorithm>) -> Stems {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        Stems { number, tag: tag.to_owned(), stemmer: algorithm.map(frostem::Stemmer::new) }
    }

    /// The algorithm with this name.
    ///
    /// # Errors
    /// A name that Snowball does not have.
    pub fn algorithm(name: &str) -> Result<frostem::Algorithm, String> {
        frostem::Algorithm::from_name(name).map_err(|_| {
            format!("there is no Snowball algorithm '{name}'; 'english', 'italian', 'indonesian' are some")
        })
    }

    /// The key of a word's stem: a hash of language and stem. Never 0.
    pub fn key(&self, word: &str, buffer: &mut String) -> u64 {
        self.both(word, buffer).stem
    }

    fn both(&self, word: &str, buffer: &mut String) -> WordKeys {
        let folded = fold(word, buffer);
        let stem = match self.stemmer {
            Some(stemmer) => stemmer.stem(folded),
            None => folded.into(),
        };
        let mut bytes = Vec::with_capacity(self.tag.len() + 1 + stem.len());
        bytes.extend_from_slice(self.tag.as_bytes());
        bytes.push(b':');
        bytes.extend_from_slice(stem.as_bytes());
        let key = hash64(&bytes).max(1);
        WordKeys { stem: key, looks: looks(&stem) }
    }

    /// The keys of many words, those of each that `words` gives; `None` gives zeros.
    ///
    /// Words come back in article after article, so each thread keeps the stems that it made last:
    /// a key depends on the word alone, so what is kept changes no answer.
    pub fn keys<'a>(&self, words: impl Iterator<Item = Option<(WordId, &'a str)>>) -> Vec<WordKeys> {
        let mut buffer = String::new();
        if self.stemmer.is_none() {
            return words.map(|word| word.map_or(NO_KEYS, |(_, word)| self.both(word, &mut buffer))).collect();
        }
        KEPT.with_borrow_mut(|kept| {
            if kept.values().map(|k| k.others.len()).sum::<usize>() > MOST_KEPT || kept.len() > MOST_LANGUAGES {
                kept.clear();
            }
            let kept = kept.entry(self.number).or_default();
            let mut key = |(number, word): (WordId, &str)| {
                if number.is_known() {
                    // a listed word has one folded form, and so one key
                    if let Some(&key) = kept.listed.get(&number) {
                        return key;
                    }
                    let key = self.both(word, &mut buffer);
                    kept.listed.insert(number, key);
                    return key;
                }
                if let Some(&key) = kept.others.get(word) {
                    return key;
                }
                let key = self.both(word, &mut buffer);
                if word.len() <= LONGEST_KEPT {
                    kept.others.get_or_insert(word, key);
                }
                key
            };
            words.map(|word| word.map_or(NO_KEYS, &mut key)).collect()
        })
    }
}

/// Words kept by a thread before it starts anew: some megabytes.
const MOST_KEPT: usize = 1 << 15;
/// Languages kept by a thread before it starts anew.
const MOST_LANGUAGES: usize = 32;
/// Bytes of the longest word that is kept.
const LONGEST_KEPT: usize = 48;

thread_local! {
    static KEPT: RefCell<FxHashMap<u32, Kept>> = RefCell::default();
}

/// The keys of one language's words that a thread keeps.
#[derive(Default)]
struct Kept {
    listed: WordMap<WordKeys>,
    others: StringMap<WordKeys>,
}

/// The keys of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordKeys {
    /// Of its stem in its language; 0 for what is no word.
    pub stem: u64,
    /// Of what it looks like in any language, where it is long enough to tell.
    pub looks: Option<NonZeroU32>,
}

const NO_KEYS: WordKeys = WordKeys { stem: 0, looks: None };

/// Letters at the beginning of a stem by which words of several languages are taken for one ('compensation',
/// 'kompensasi', 'compensazione'), and words of one language too ('minister', 'ministry'): with six or four, or
/// no folding of letters, claims are found as well within half a point.
const LOOKS: usize = 5;

/// A hash of the first letters of a word as languages write them alike; `None` for a short word and one in
/// a script without case, where a few letters are a word or more.
///
/// Source of the method: M. Simard, G. Foster and P. Isabelle, 'Using Cognates to Align Sentences in
/// Bilingual Corpora' (1992), where words that share their first four letters are cognates.
fn looks(stem: &str) -> Option<NonZeroU32> {
    let ascii = if stem.is_ascii() {
        Cow::Borrowed(stem)
    } else if stem.chars().any(|c| c.is_alphabetic() && !c.is_lowercase()) {
        return None;
    } else {
        Cow::Owned(any_ascii(stem).to_ascii_lowercase())
    };
    let letters: SmallVec<[u8; 32]> = ascii.bytes().filter(u8::is_ascii_lowercase).collect();
    let at = |i: usize| letters.get(i).copied().unwrap_or(b' ');
    let mut alike: SmallVec<[u8; 32]> = SmallVec::new();
    let mut i = 0;
    while i < letters.len() && alike.len() < LOOKS {
        let (letter, taken) = match (letters[i], at(i + 1)) {
            (b'p', b'h') => (b'f', 2),
            (b'c', b'h' | b'k') | (b'q', b'u') => (b'k', 2),
            (b't', b'h') => (b't', 2),
            // 'action', 'aksi'; 'expert', 'esperto'; 'bacteria', 'batterio'
            (b'k', b's') => (b's', 2),
            (b'c' | b'k' | b'p', b't') => (b't', 2),
            (b'c', b'e' | b'i' | b'y') => (b's', 1),
            (b'c' | b'q', _) => (b'k', 1),
            (b'x' | b'z', _) => (b's', 1),
            (b'v', _) => (b'f', 1),
            (b'y', _) => (b'i', 1),
            (letter, _) => (letter, 1),
        };
        if alike.last() != Some(&letter) {
            alike.push(letter);
        }
        i += taken;
    }
    if alike.len() == LOOKS { NonZeroU32::new(hash64(&alike) as u32) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_languages_share_look_alike() {
        for (one, other) in [
            ("compensation", "kompensasi"),
            ("compensation", "compensazione"),
            ("explosion", "esplosione"),
            ("bacteria", "batterio"),
            ("maximum", "massimo"),
            ("licence", "lisensi"),
            ("компенсация", "kompensasi"),
        ] {
            assert!(looks(one).is_some() && looks(one) == looks(other), "{one} {other}");
        }
        assert_ne!(looks("minister"), looks("mineral"));
        assert_eq!((looks("ship"), looks("運動会運動会"), looks("")), (None, None, None));
    }
}
