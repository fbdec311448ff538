//! Sentences: full stops that end one, and those that do not.

use std::ops::Range;

use sumber_core::Span;

use super::Segmentation;
use super::tokens::{Shape, Token};

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// No sentence of a newsroom has as many tokens: what runs on is cut here, so that nothing that looks through
/// a sentence takes long on a page without full stops.
const LONGEST: usize = 800;

/// Numbers the tokens' sentences and gives the sentences. A sentence ends at a paragraph's end and
/// after a terminal mark with the closing marks that follow it, where white space and no lower-case
/// word comes next, and the word before a full stop is no abbreviation, initial or ordinal; and after
/// [`LONGEST`] tokens.
pub(super) fn cut(source: &str, tokens: &mut [Token], segmentation: &Segmentation) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let (mut start, mut index, mut paragraph) = (0, 0, 0);
    while index < tokens.len() {
        let mut end = index + 1;
        let mut ends = false;
        if is_terminal(source, &tokens[index]) {
            while tokens.get(end).is_some_and(|t| t.glued && (is_terminal(source, t) || is_closing(source, t))) {
                end += 1;
            }
            ends = match tokens.get(end) {
                None => true,
                Some(next) => {
                    !next.glued && next.shape != Shape::Lower && !is_abbreviated(source, tokens, index, segmentation)
                }
            };
        }
        ends |= tokens.get(end).is_none_or(|t| t.starts_paragraph || end - start >= LONGEST && !t.glued);
        if ends {
            let number = sentences.len() as u32;
            for token in &mut tokens[start..end] {
                token.sentence = number;
            }
            let span = tokens[start].span.cover(tokens[end - 1].span);
            sentences.push(Sentence { span, tokens: start..end, paragraph });
            start = end;
            if tokens.get(end).is_some_and(|t| t.starts_paragraph) {
                paragraph += 1;
            }
        }
        index = end;
    }
    sentences
}

fn is_terminal(source: &str, token: &Token) -> bool {
    token.shape == Shape::Mark
        && matches!(
            &source[token.span.range()],
            "." | "!" | "?" | "…" | "..." | "؟" | "۔" | "。" | "?!" | "！" | "？" | "।"
        )
}

fn is_closing(source: &str, token: &Token) -> bool {
    token.shape == Shape::Mark
        && matches!(&source[token.span.range()], "\"" | "”" | "’" | "'" | "''" | "’’" | "»" | ")" | "]" | "“" | "›")
}

/// Whether the full stop at `index` belongs to the word before it.
fn is_abbreviated(source: &str, tokens: &[Token], index: usize, segmentation: &Segmentation) -> bool {
    if &source[tokens[index].span.range()] != "." || !tokens[index].glued || index == 0 {
        return false;
    }
    let before = &tokens[index - 1];
    let word = &source[before.span.range()];
    if segmentation.abbreviations.binary_search(&before.word).is_ok() {
        return true;
    }
    // an initial: 'J. Cox', 'A. B. Yehoshua'
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}
