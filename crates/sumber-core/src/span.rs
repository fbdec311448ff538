//! Places in a text.

use std::ops::Range;

/// A half-open range of bytes in one named text (an article's text unless said otherwise).
///
/// Invariant: `start <= end`. Both ends lie on character boundaries of the text that the span was
/// made for. Offsets are 32-bit: no text in sumber is longer than 4 GiB. Code points and UTF-16
/// exist only at the doors.
///
/// ```
/// use sumber_core::Span;
/// let text = "kata Lavrov";
/// assert_eq!(Span::new(5, 11).of(text), "Lavrov");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`, exclusive.
    ///
    /// # Panics
    /// When `start > end`: that is a fault of the caller.
    pub fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end }
    }

    /// The words that the span covers.
    ///
    /// # Panics
    /// When the span was made for another text (out of bounds, or inside a character).
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same place as a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span (both ends may touch).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len()) as u32;
        Span { start, end: start + words.trim().len() as u32 }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start as u32, range.end as u32)
    }
}
