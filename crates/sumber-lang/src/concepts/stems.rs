//! Stems: the part of a word that its forms share.

use std::fmt;

use sumber_core::hash64;

use crate::lexicon::fold;

/// Makes keys of words by their stems. Equal keys: the same stem of the same language.
///
/// Source of the method: Porter's Snowball (Porter 2001); which algorithm is the pack's choice.
/// A language without one is compared by whole words.
#[derive(Clone)]
pub struct Stems {
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
        Stems { tag: tag.to_owned(), stemmer: algorithm.map(frostem::Stemmer::new) }
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
}
