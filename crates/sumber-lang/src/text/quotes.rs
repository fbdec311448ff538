//! Quotations: what stands between quotation marks, over sentences and paragraphs.

use std::ops::Range;

use super::tokens::Token;

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Tokens with the marks.
    pub outer: Range<usize>,
    /// Tokens without the marks; may be empty.
    pub inner: Range<usize>,
    /// Whether a closing mark was found; else the quotation ends with its paragraph.
    pub closed: bool,
}

/// No quotation runs over more paragraphs than this; a mark that is never closed must not swallow
/// the article.
const MOST_PARAGRAPHS: usize = 6;

/// Finds outermost quotations from left to right. A mark that both opens and closes ('"') opens
/// where white space or an opening bracket stands before it and a word follows it. A quotation that is open
/// at the end of its paragraph goes on where the next paragraph begins with an opening mark again
/// (the newsroom's convention), else it ends there.
pub(super) fn find(source: &str, tokens: &[Token], pairs: &[(char, char)]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open: Option<(usize, char, char, usize)> = None; // token, opening, closing, paragraphs
    for (index, token) in tokens.iter().enumerate() {
        let mark = single_char(source, token);
        if let Some((start, opening, closing, paragraphs)) = open {
            if token.starts_paragraph {
                if mark == Some(opening) && paragraphs < MOST_PARAGRAPHS {
                    open = Some((start, opening, closing, paragraphs + 1));
                    continue;
                }
                quotes.push(Quote { outer: start..index, inner: start + 1..index, closed: false });
                open = None;
            } else {
                if mark == Some(closing) && (opening != closing || closes(source, tokens, index)) {
                    quotes.push(Quote { outer: start..index + 1, inner: start + 1..index, closed: true });
                    open = None;
                }
                continue;
            }
        }
        let Some(mark) = mark else { continue };
        if let Some(&(opening, closing)) = pairs.iter().find(|(opening, _)| *opening == mark) {
            let opens = opening != closing || !closes(source, tokens, index);
            if opens && tokens.get(index + 1).is_some_and(|t| !t.starts_paragraph) {
                open = Some((index, opening, closing, 1));
            }
        }
    }
    if let Some((start, ..)) = open {
        quotes.push(Quote { outer: start..tokens.len(), inner: start + 1..tokens.len(), closed: false });
    }
    quotes
}

/// The mark, where the token is a single character.
fn single_char(source: &str, token: &Token) -> Option<char> {
    let mut chars = source[token.span.range()].chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// Whether a mark that can do both closes here: something stands right before it, and what
/// follows is white space, a mark or the end.
fn closes(source: &str, tokens: &[Token], index: usize) -> bool {
    if !tokens[index].glued {
        // ' "' with white space on both sides closes only at the end of a paragraph
        return tokens.get(index + 1).is_none_or(|t| t.starts_paragraph);
    }
    let before = source[..tokens[index].span.start as usize].chars().next_back();
    if before.is_some_and(|c| matches!(c, '(' | '[' | '—' | '–' | '/')) {
        return false;
    }
    tokens.get(index + 1).is_none_or(|t| !t.glued || !t.shape.is_word())
        || before.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!'))
}
