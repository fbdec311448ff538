//! Words, numbers and marks.

use smallvec::SmallVec;
use sumber_core::Span;

use super::bounds::Bounds;
use crate::lexicon::{Lists, ShortWord, Vocabulary, WordId, fold, short_word};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A word in lower case.
    Lower,
    /// A word that begins with a capital ('Iran').
    Title,
    /// A word of two or more letters all in capitals ('IRGC').
    Upper,
    /// A word with a capital further in ('iPhone', 'al-Kinani' is three tokens).
    Mixed,
    /// A word of a script without case.
    Uncased,
    /// A word that begins with a digit ('10.000', '5').
    Number,
    /// Anything else: one mark, one symbol.
    Mark,
}

impl Shape {
    /// Whether the token is a word with a capital.
    pub fn is_capital(self) -> bool {
        matches!(self, Shape::Title | Shape::Upper | Shape::Mixed)
    }

    /// Whether the token is a word or a number.
    pub fn is_word(self) -> bool {
        self != Shape::Mark
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its number in the vocabulary; marks have one too where a list holds them.
    pub word: WordId,
    /// Who lists something that begins with it.
    pub lists: Lists,
    /// How it is written.
    pub shape: Shape,
    /// No white space stands before it.
    pub glued: bool,
    /// It is the first of its paragraph.
    pub starts_paragraph: bool,
    /// Index of its sentence.
    pub sentence: u32,
}

/// Cuts a text into tokens; sentences are numbered later.
pub(super) fn cut(source: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(source.len() / 4 + 8);
    let mut buffer = String::new();
    let mut waiting = Waiting::new();
    let (mut glued, mut starts_paragraph) = (false, true);
    for (start, piece) in Bounds::new(source) {
        // a space, and a word of ASCII letters in lower case: most of all text, and told by one look
        if piece == " " {
            glued = false;
            continue;
        }
        if let Some(shape) = shape_of_letters(piece.as_bytes()) {
            let word = if shape == Shape::Lower {
                piece
            } else {
                buffer.clear();
                buffer.push_str(piece);
                buffer.make_ascii_lowercase();
                &buffer
            };
            let word = match short_word(word.as_bytes()) {
                Some(short) => {
                    if waiting.len() == MOST_WAITING {
                        look_up(&mut waiting, &mut tokens, vocabulary);
                    }
                    waiting.push((tokens.len(), short));
                    WordId::UNKNOWN
                }
                None => vocabulary.get_folded(word),
            };
            let span = Span::new(start as u32, (start + piece.len()) as u32);
            let lists = Lists::default();
            tokens.push(Token { span, word, lists, shape, glued, starts_paragraph, sentence: 0 });
            (glued, starts_paragraph) = (true, false);
            continue;
        }
        // a combining mark may stick to white space: the white space is a gap, the mark a token
        let word = if piece.as_bytes()[0].is_ascii_graphic() { piece } else { piece.trim_start() };
        let gap = piece.len() - word.len();
        if gap > 0 {
            glued = false;
            starts_paragraph |= piece[..gap].contains('\n');
            if word.is_empty() {
                continue;
            }
        }
        // two single marks are one quotation mark, as typewriters, old wires and some newsrooms write it, and
        // two hyphens are a dash
        let doubled = match word {
            "'" | "`" | "’" | "‘" => Some("\""),
            "-" => Some("--"),
            _ => None,
        };
        if let Some(doubled) = doubled.filter(|_| glued)
            && let Some(twin) = tokens.last_mut().filter(|t| &source[t.span.range()] == word)
        {
            twin.span.end += word.len() as u32;
            twin.word = vocabulary.get_folded(doubled);
            continue;
        }
        each_part(word, |offset, part| {
            let word = vocabulary.get_folded(fold(part, &mut buffer));
            let at = (start + gap + offset) as u32;
            tokens.push(Token {
                span: Span::new(at, at + part.len() as u32),
                word,
                lists: Lists::default(),
                shape: shape_of(part),
                glued,
                starts_paragraph,
                sentence: 0,
            });
            (glued, starts_paragraph) = (true, false);
        });
    }
    look_up(&mut waiting, &mut tokens, vocabulary);
    for token in &mut tokens {
        token.lists = vocabulary.lists(token.word);
    }
    tokens
}

/// Words whose numbers are still to be looked up: several at once, so that one need not wait for the memory of
/// another.
type Waiting = SmallVec<[(usize, ShortWord); MOST_WAITING]>;

/// How many words are looked up at once.
const MOST_WAITING: usize = 16;

fn look_up(waiting: &mut Waiting, tokens: &mut [Token], vocabulary: &Vocabulary) {
    for (token, word) in waiting.drain(..) {
        tokens[token].word = vocabulary.get_short(word);
    }
}

/// The shape of a word of ASCII letters; `None` where it holds anything else.
fn shape_of_letters(word: &[u8]) -> Option<Shape> {
    if word.iter().all(u8::is_ascii_lowercase) {
        return Some(Shape::Lower);
    }
    let (first, rest) = word.split_first()?;
    if !word.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let capitals = rest.iter().filter(|b| b.is_ascii_uppercase()).count();
    Some(match (first.is_ascii_uppercase(), capitals) {
        (true, 0) => Shape::Title,
        (true, n) if n == rest.len() => Shape::Upper,
        _ => Shape::Mixed,
    })
}

/// The words of a phrase, cut as a text is. An apostrophe at the phrase's end belongs to its last
/// word ("dell'"), as it does in a text where the next word follows, and one at its start to the first ("'s").
pub fn words_of(phrase: &str) -> Vec<&str> {
    let phrase = phrase.trim();
    let mut words: Vec<&str> = Vec::with_capacity(4);
    for (start, piece) in Bounds::new(phrase).filter(|(_, piece)| !piece.trim().is_empty()) {
        let elided = start > 0 && start + piece.len() == phrase.len() && matches!(piece, "'" | "’" | "ʼ");
        match words.last_mut() {
            Some(last) if elided && !phrase[..start].ends_with(char::is_whitespace) => {
                let begin = start - last.len();
                *last = &phrase[begin..];
            }
            // a genitive or a negation alone
            Some(last) if is_apostrophe_before(last, start) => *last = &phrase[..start + piece.len()],
            _ => each_part(piece, |_, part| words.push(part)),
        }
    }
    words
}

/// Whether all before a place of a phrase is an apostrophe.
fn is_apostrophe_before(first: &str, place: usize) -> bool {
    place == first.len() && matches!(first, "'" | "’" | "ʼ")
}

/// Cuts a word at its inner apostrophes: after one that two or more letters follow ("l'|ayatollah",
/// "O'|Brien"), before one that a single letter follows ("Italy|'s", "don|'t"). The rule is one for
/// all languages, so that names and lists are cut in the same way everywhere.
fn each_part<'a>(piece: &'a str, mut add: impl FnMut(usize, &'a str)) {
    if piece.len() < 3 || !piece.bytes().any(|b| b == b'\'' || b >= 0x80) {
        return add(0, piece);
    }
    let mut begin = 0;
    for (at, mark) in piece.char_indices() {
        if !matches!(mark, '\'' | '’' | 'ʼ') || at == begin {
            continue;
        }
        let after = at + mark.len_utf8();
        match piece[after..].chars().take_while(|c| c.is_alphabetic()).count() {
            0 => {}
            1 => {
                add(begin, &piece[begin..at]);
                begin = at;
            }
            _ => {
                add(begin, &piece[begin..after]);
                begin = after;
            }
        }
    }
    add(begin, &piece[begin..]);
}

fn shape_of(part: &str) -> Shape {
    // an ASCII word in lower case, by far the most frequent kind, without decoding
    if part.bytes().all(|b| b.is_ascii_lowercase()) {
        return Shape::Lower;
    }
    let mut letters = part.chars().filter(|c| c.is_alphanumeric());
    let Some(first) = letters.next() else { return Shape::Mark };
    if first.is_numeric() {
        return Shape::Number;
    }
    if first.is_lowercase() {
        return if letters.any(char::is_uppercase) { Shape::Mixed } else { Shape::Lower };
    }
    if !first.is_uppercase() {
        return Shape::Uncased;
    }
    let (mut upper, mut lower) = (0, 0);
    for letter in letters {
        upper += usize::from(letter.is_uppercase());
        lower += usize::from(letter.is_lowercase());
    }
    match (upper, lower) {
        (0, _) => Shape::Title,
        (_, 0) => Shape::Upper,
        _ => Shape::Mixed,
    }
}
