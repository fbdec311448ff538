//! Word boundaries (UAX 29), with a short way through plain ASCII.
//!
//! Where a boundary lies depends on a few characters around it. For most of what newsrooms write (a
//! word of ASCII letters and a space, a comma and a space) two bytes tell; all else is left to
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

/// Length of the piece that begins the text, where ASCII alone tells it.
fn plain(bytes: &[u8]) -> Option<usize> {
    let first = bytes[0];
    if first.is_ascii_alphanumeric() {
        let len = bytes.iter().position(|b| !b.is_ascii_alphanumeric())?;
        return match bytes[len] {
            // a mark that joins what it stands between, if such a thing follows
            b'.' | b',' | b';' | b':' | b'\'' => {
                let after = *bytes.get(len + 1)?;
                (after.is_ascii() && !after.is_ascii_alphanumeric()).then_some(len)
            }
            b'_' => None,
            next => next.is_ascii().then_some(len),
        };
    }
    let len = if first == b' ' { bytes.iter().take_while(|b| **b == b' ').count() } else { 1 };
    let alone = first.is_ascii() && !matches!(first, b'_' | b'\r');
    (alone && bytes.get(len)?.is_ascii()).then_some(len)
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

    proptest::proptest! {
        #[test]
        fn boundaries_are_those_of_the_standard(text in "([a-z0-9 .,;:'_\"\r\n\t-]|[A-Z]|\\PC|\u{301}|\u{200d}|\u{ad}|[🇮🇩🇹]){0,60}") {
            proptest::prop_assert!(Bounds::new(&text).eq(text.split_word_bound_indices()));
        }
    }
}
