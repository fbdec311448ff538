//! An article's words, sentences, paragraphs and quotations.
//!
//! The three types that matter: [`Token`] (a word, number or mark with its number in the
//! vocabulary), [`Sentence`] and [`Quote`]. Words are cut by Unicode rules (UAX 29) and then at
//! inner apostrophes, in one way for all languages; abbreviations and quotation marks come from
//! the pack.

mod bounds;
mod quotes;
mod sentences;
mod tokens;

#[cfg(test)]
mod tests;

use std::ops::Range;

use sumber_core::Span;

use crate::lexicon::{Vocabulary, WordId};
use crate::pack::{Loader, PackFile};

pub use quotes::Quote;
pub use sentences::Sentence;
pub use tokens::{Shape, Token, words_of};

/// What a pack tells about sentences and quotations: `segmentation.toml`.
#[derive(Clone, Debug, Default)]
pub struct Segmentation {
    /// Words after which a full stop ends no sentence ('Dr', 'Letjen', 'U.S').
    abbreviations: Vec<WordId>,
    /// Opening and closing marks.
    quotes: Vec<(char, char)>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SegmentationFile {
    abbreviations: Vec<String>,
    quotes: Vec<String>,
}

impl Segmentation {
    /// Reads `segmentation.toml` of the pack that `loader` stands in.
    pub fn load(loader: &mut Loader<'_>) -> Segmentation {
        let Some(PackFile { value, .. }) = loader.toml::<SegmentationFile>("segmentation.toml") else {
            return Segmentation::without_pack();
        };
        let mut segmentation = Segmentation::default();
        for word in &value.abbreviations {
            segmentation.abbreviations.push(loader.vocabulary.intern(word.trim_end_matches('.')));
        }
        segmentation.abbreviations.sort_unstable();
        for pair in &value.quotes {
            match pair.chars().collect::<Vec<_>>()[..] {
                [open, close] => segmentation.quotes.push((open, close)),
                _ => loader.error(
                    "segmentation.toml",
                    0,
                    0,
                    format!("a pair of quotation marks is two characters, not {pair:?}"),
                ),
            }
        }
        segmentation
    }

    /// What holds where no pack tells: the marks that are unmistakable.
    pub fn without_pack() -> Segmentation {
        Segmentation { abbreviations: Vec::new(), quotes: vec![('“', '”'), ('«', '»'), ('"', '"')] }
    }
}

/// An article's text, cut up.
///
/// Invariant: tokens are in order and do not overlap; every character that is not white space is
/// in a token; each sentence's tokens lie in its span; a newline ends sentence and paragraph.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text.
    pub source: &'a str,
    /// Words, numbers and marks.
    pub tokens: Vec<Token>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Token ranges of the paragraphs.
    pub paragraphs: Vec<Range<usize>>,
    /// Outermost quotations in order; they do not overlap.
    pub quotes: Vec<Quote>,
}

impl<'a> Text<'a> {
    /// Cuts a text.
    pub fn new(source: &'a str, segmentation: &Segmentation, vocabulary: &Vocabulary) -> Text<'a> {
        let mut tokens = tokens::cut(source, vocabulary);
        let quotes = quotes::find(source, &tokens, &segmentation.quotes);
        let sentences = sentences::cut(source, &mut tokens, segmentation);
        let mut paragraphs: Vec<Range<usize>> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            match paragraphs.last_mut() {
                Some(last) if !token.starts_paragraph => last.end = index + 1,
                _ => paragraphs.push(index..index + 1),
            }
        }
        Text { source, tokens, sentences, paragraphs, quotes }
    }

    /// The words of a token.
    pub fn word(&self, token: usize) -> &'a str {
        &self.source[self.tokens[token].span.range()]
    }

    /// The span from the first to the last token of a range; empty at the start for an empty range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.is_empty()) {
            (Some(first), false) => first.span.cover(self.tokens[tokens.end - 1].span),
            (Some(first), true) => Span::new(first.span.start, first.span.start),
            (None, _) => Span::new(self.source.len() as u32, self.source.len() as u32),
        }
    }

    /// The tokens that lie wholly inside a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }

    /// Index of the sentence that a token is in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.tokens[token].sentence as usize
    }

    /// The quotation whose inner tokens hold `token`, if any.
    pub fn quote_at(&self, token: usize) -> Option<&Quote> {
        let place = self.quotes.partition_point(|q| q.outer.end <= token);
        self.quotes.get(place).filter(|q| q.outer.start <= token)
    }
}
