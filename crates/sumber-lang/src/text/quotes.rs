//! Quotations: what stands between quotation marks, over sentences and paragraphs.

use std::ops::Range;

use super::tokens::{Shape, Token};

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

/// A quotation that is still open.
#[derive(Clone, Copy)]
struct Open {
    start: usize,
    opening: char,
    closing: char,
    paragraphs: usize,
    /// White space stands on both sides of the mark, and so it may where it closes.
    loose: bool,
}

/// Finds outermost quotations from left to right. A mark that both opens and closes ('"') opens
/// where white space or an opening bracket stands before it and a word follows it. A quotation that is open
/// at the end of its paragraph goes on where the next paragraph begins with an opening mark again
/// (the newsroom's convention), else it ends there.
pub(super) fn find(source: &str, tokens: &[Token], pairs: &[(char, char)]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open: Option<Open> = None;
    for (index, token) in tokens.iter().enumerate() {
        let mark = single_char(source, token);
        if let Some(quote) = open {
            let start = quote.start;
            if token.starts_paragraph {
                if mark == Some(quote.opening) && quote.paragraphs < MOST_PARAGRAPHS {
                    open = Some(Open { paragraphs: quote.paragraphs + 1, ..quote });
                    continue;
                }
                quotes.push(Quote { outer: start..index, inner: start + 1..index, closed: false });
                open = None;
            } else {
                if mark.is_some_and(|m| ends(source, tokens, index, m, quote)) {
                    quotes.push(Quote { outer: start..index + 1, inner: start + 1..index, closed: true });
                    open = None;
                }
                continue;
            }
        }
        let Some(mark) = mark else { continue };
        let Some(closing) = opens(source, tokens, index, mark, pairs) else { continue };
        if tokens.get(index + 1).is_some_and(|t| !t.starts_paragraph) {
            let loose = !token.glued && !tokens[index + 1].glued;
            open = Some(Open { start: index, opening: mark, closing, paragraphs: 1, loose });
        }
    }
    if let Some(Open { start, .. }) = open {
        quotes.push(Quote { outer: start..tokens.len(), inner: start + 1..tokens.len(), closed: false });
    }
    quotes
}

/// The mark that will close, where the mark at `index` opens.
fn opens(source: &str, tokens: &[Token], index: usize, mark: char, pairs: &[(char, char)]) -> Option<char> {
    match pairs.iter().find(|(opening, _)| *opening == mark) {
        Some(&(opening, closing)) if opening == closing => {
            let elision = mark == '\'' && !tokens.get(index + 1).is_some_and(|t| t.glued);
            (!closes(source, tokens, index) && !elision).then_some(closing)
        }
        Some(&(_, closing)) => Some(closing),
        // a closing mark with white space before it, typed where an opening one belongs
        None if mark == '”' && !tokens[index].glued => {
            let rest = tokens.get(index + 1..).unwrap_or_default();
            let again = rest
                .iter()
                .take_while(|t| !t.starts_paragraph)
                .filter_map(|t| single_char(source, t))
                .find(|m| matches!(m, '“' | '”'));
            (again == Some('”')).then_some('”')
        }
        None => None,
    }
}

/// Whether the mark at `index` closes the open quotation.
fn ends(source: &str, tokens: &[Token], index: usize, mark: char, open: Open) -> bool {
    if open.loose && mark == open.closing {
        return true;
    }
    if mark == open.closing {
        return match mark {
            '’' | '\'' => closes(source, tokens, index) && !is_apostrophe(source, tokens, index, open.opening),
            _ => open.opening != open.closing || closes(source, tokens, index),
        };
    }
    // straight for curly and the other way
    match (open.opening, mark) {
        ('“' | '„' | '”', '"') => closes(source, tokens, index),
        ('"', '”') => tokens[index].glued,
        _ => false,
    }
}

/// Whether a mark that could close a single quotation is the apostrophe of a plural ("the miners'
/// names"): a letter stands before it, and the next such mark, before a new one opens, comes after
/// punctuation as the end of a quotation does.
fn is_apostrophe(source: &str, tokens: &[Token], index: usize, opening: char) -> bool {
    let before = |token: &Token| source[..token.span.start as usize].chars().next_back();
    if !before(&tokens[index]).is_some_and(char::is_alphanumeric) {
        return false;
    }
    let mark = single_char(source, &tokens[index]);
    let rest = tokens[index + 1..].iter().take(MOST_AHEAD).take_while(|t| !t.starts_paragraph);
    for token in rest {
        let next = single_char(source, token);
        if next == Some(opening) && Some(opening) != mark {
            return false;
        }
        if next.is_some() && next == mark && token.glued {
            return before(token).is_some_and(|c| matches!(c, '.' | ',' | '?' | '!' | '…'));
        }
    }
    false
}

/// How far a quotation's end is looked for behind an apostrophe, in tokens.
const MOST_AHEAD: usize = 80;

/// The mark, where the token is a single character; two single marks are a double one.
fn single_char(source: &str, token: &Token) -> Option<char> {
    if token.shape != Shape::Mark {
        return None;
    }
    let mark = &source[token.span.range()];
    if matches!(mark, "''" | "``" | "’’" | "‘‘") {
        return Some('"');
    }
    let mut chars = mark.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// Whether a mark that can do both closes here: something stands right before it, and what
/// follows is white space, a mark or the end.
fn closes(source: &str, tokens: &[Token], index: usize) -> bool {
    if !tokens[index].glued {
        // ' "' with white space on both sides closes at the end of a paragraph, and where a quotation inside
        // it has just closed: "the term 'outreach,' " he said
        let inner = index > 0
            && tokens[index - 1].glued
            && matches!(single_char(source, &tokens[index - 1]), Some('\'' | '’'))
            && tokens.get(index + 1).is_some_and(|t| !t.glued);
        return inner || tokens.get(index + 1).is_none_or(|t| t.starts_paragraph);
    }
    let before = source[..tokens[index].span.start as usize].chars().next_back();
    if before.is_some_and(|c| matches!(c, '(' | '[' | '—' | '–' | '/')) {
        return false;
    }
    tokens.get(index + 1).is_none_or(|t| !t.glued || !t.shape.is_word())
        || before.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!'))
}
