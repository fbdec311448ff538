//! Word boundaries (UAX 29), with a short way through plain text.
//!
//! Where a boundary lies depends on a few characters around it. For most of what newsrooms write (a
//! word of Latin letters and a space, a comma and a space) two characters tell; all else is left to
//! `unicode-segmentation`, which begins anew at each boundary as this does.

use unicode_segmentation::UnicodeSegmentation;

/// The pieces of a text between word boundaries, with their places, as `split_word_bound_indices` gives them.
pub(super) struct Bounds<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Bounds<'a> {
    /// Begins at the start of a text.
    pub(super) fn new(source: &'a str) -> Bounds<'a> {
        Bounds { source, at: 0 }
    }
}

impl<'a> Iterator for Bounds<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = &self.source[self.at..];
        if rest.is_empty() {
            return None;
        }
        let piece = match plain(rest.as_bytes()) {
            Some(len) => &rest[..len],
            None => rest.split_word_bounds().next()?,
        };
        let start = self.at;
        self.at += piece.len();
        Some((start, piece))
    }
}

/// Length of the piece that begins the text, where ASCII, the letters of Latin-1 and the marks of newsrooms
/// alone tell it.
fn plain(bytes: &[u8]) -> Option<usize> {
    // a word and a space, a space and a word: most of all text
    let letters = bytes.iter().take_while(|b| ALPHANUMERIC[usize::from(**b)]).count();
    match (letters, bytes.get(letters)) {
        (1.., None | Some(b' ' | b'\n' | b'-' | b'"' | b')')) => return Some(letters),
        (0, Some(b' ')) if bytes.get(1).is_some_and(|b| b.is_ascii() && *b != b' ') => return Some(1),
        _ => {}
    }
    let mut at = match kind(bytes, 0)? {
        Kind::Letter(len) | Kind::Digit(len) => len,
        Kind::Space => {
            let len = bytes.iter().take_while(|b| **b == b' ').count();
            return stands_alone(bytes, len).then_some(len);
        }
        Kind::Joins(len) | Kind::JoinsDigits(len) | Kind::Mark(len) => {
            return stands_alone(bytes, len).then_some(len);
        }
    };
    let is_digit = |at: usize| bytes[at].is_ascii_digit();
    loop {
        // letters and digits
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        if at == bytes.len() {
            return Some(at);
        }
        // a mark between two letters or two digits joins them
        let (joins, len) = match kind(bytes, at)? {
            Kind::Letter(len) | Kind::Digit(len) => {
                at += len;
                continue;
            }
            Kind::Space | Kind::Mark(_) => return Some(at),
            Kind::Joins(len) => (true, len),
            Kind::JoinsDigits(len) => (false, len),
        };
        let after = at + len;
        if after == bytes.len() {
            return Some(at);
        }
        let joined = match kind(bytes, after)? {
            Kind::Letter(_) => joins && !is_digit(at - 1),
            Kind::Digit(_) => is_digit(at - 1),
            _ => false,
        };
        if !joined {
            return Some(at);
        }
        at = after;
    }
}

/// Which bytes are ASCII letters and digits: one look instead of three comparisons.
const ALPHANUMERIC: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// What a character is to word boundaries, and its bytes.
enum Kind {
    Letter(usize),
    Digit(usize),
    Space,
    /// Joins the letters or digits that it stands between.
    Joins(usize),
    /// Joins digits.
    JoinsDigits(usize),
    /// Stands by itself, if nothing combines with it.
    Mark(usize),
}

/// The kind of the character at a byte; `None` for all that is left to the standard's tables.
#[inline]
fn kind(bytes: &[u8], at: usize) -> Option<Kind> {
    let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
    Some(match *bytes.get(at)? {
        b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter(1),
        b'0'..=b'9' => Kind::Digit(1),
        b' ' => Kind::Space,
        b'.' | b'\'' => Kind::Joins(1),
        b',' => Kind::JoinsDigits(1),
        // the colon joins in some versions of the standard
        b'_' | b'\r' | b':' | b';' => return None,
        0..0x80 => Kind::Mark(1),
        // 'À' to 'ÿ' without the signs for times and divided by
        0xc3 if !matches!(next(1), 0x97 | 0xb7) => Kind::Letter(2),
        0xc2 if matches!(next(1), 0xab | 0xbb) => Kind::Mark(2),
        0xe2 if next(1) == 0x80 => match next(2) {
            0x98 | 0x99 => Kind::Joins(3),
            0x93 | 0x94 | 0x9c..=0x9e | 0xa6 => Kind::Mark(3),
            _ => return None,
        },
        _ => return None,
    })
}

/// Whether nothing that combines with what stands before it begins at a byte.
fn stands_alone(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|&b| b.is_ascii() || b == 0xc3) || kind(bytes, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_letters_and_digits_join() {
        for text in
            ["a.b c. d", "1,5 1, 5", "3.14.", "it's 'so'", "a_b", "x:y z: w", "\r\n\r", "a  b \u{301}c", "1;2 ; 3"]
        {
            assert!(Bounds::new(text).eq(text.split_word_bound_indices()), "{text:?}");
        }
    }

    #[test]
    fn letters_and_marks_of_newsrooms_stand_as_in_the_standard() {
        for text in [
            "l’età d'oro",
            "dell’«Unità»",
            "città’ e più…",
            "’90s 1’5 a’5 5’a",
            "«È»",
            "é\u{301}’\u{301}a ”\u{301}",
            "x×y é÷",
        ] {
            assert!(Bounds::new(text).eq(text.split_word_bound_indices()), "{text:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { cases: 2000, ..Default::default() })]
        #[test]
        fn boundaries_are_those_of_the_standard(text in "([a-z0-9 .,;:'_\"\r\n\t-]|[A-Z]|[à-ÿ×’‘“”„«»–—…]|\\PC|\u{301}|\u{200d}|\u{ad}|[🇮🇩🇹]){0,60}") {
            proptest::prop_assert!(Bounds::new(&text).eq(text.split_word_bound_indices()));
        }
    }
}
