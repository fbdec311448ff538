//! Stems: the part of a word that its forms share.

use std::cell::RefCell;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxHashMap;
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

    /// The key of a word: a hash of language and stem. Never 0.
    pub fn key(&self, word: &str, buffer: &mut String) -> u64 {
        let folded = fold(word, buffer);
        let stem = match self.stemmer {
            Some(stemmer) => stemmer.stem(folded),
            None => folded.into(),
        };
        let mut bytes = Vec::with_capacity(self.tag.len() + 1 + stem.len());
        bytes.extend_from_slice(self.tag.as_bytes());
        bytes.push(b':');
        bytes.extend_from_slice(stem.as_bytes());
        hash64(&bytes).max(1)
    }

    /// The keys of many words, one for each that `words` gives; `None` gives 0.
    ///
    /// Words come back in article after article, so each thread keeps the stems that it made last:
    /// a key depends on the word alone, so what is kept changes no answer.
    pub fn keys<'a>(&self, words: impl Iterator<Item = Option<(WordId, &'a str)>>) -> Vec<u64> {
        let mut buffer = String::new();
        if self.stemmer.is_none() {
            return words.map(|word| word.map_or(0, |(_, word)| self.key(word, &mut buffer))).collect();
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
                    let key = self.key(word, &mut buffer);
                    kept.listed.insert(number, key);
                    return key;
                }
                if let Some(&key) = kept.others.get(word) {
                    return key;
                }
                let key = self.key(word, &mut buffer);
                if word.len() <= LONGEST_KEPT {
                    kept.others.get_or_insert(word, key);
                }
                key
            };
            words.map(|word| word.map_or(0, &mut key)).collect()
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
    listed: WordMap<u64>,
    others: StringMap<u64>,
}
