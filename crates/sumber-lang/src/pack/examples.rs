//! Examples inside packs: a text with its expected spans marked, run as a test.
//!
//! `[label words]` marks a span: `[source Lavrov] [cue kata] ...`. A bracket that is part of the
//! text is written `[[` or, outside all marks, `]]`.

use sumber_core::Span;

/// A text with labelled spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedText {
    /// The text without the brackets.
    pub text: String,
    /// Labels and what they mark, in the order of their ends.
    pub spans: Vec<(String, Span)>,
}

impl MarkedText {
    /// Reads the notation; marks may be nested.
    ///
    /// # Errors
    /// A bracket that is not closed or has no label: the message says where (code points from 1).
    pub fn parse(marked: &str) -> Result<MarkedText, String> {
        let mut text = String::new();
        let mut spans = Vec::new();
        let mut open: Vec<(String, u32)> = Vec::new();
        let mut chars = marked.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let doubled = chars.peek().is_some_and(|&(_, next)| next == c);
            match c {
                '[' | ']' if doubled && (c == '[' || open.is_empty()) => {
                    chars.next();
                    text.push(c);
                }
                '[' => {
                    let mut label = String::new();
                    while let Some(&(_, next)) = chars.peek() {
                        if next == ' ' || next == ']' {
                            break;
                        }
                        label.push(next);
                        chars.next();
                    }
                    if label.is_empty() || chars.peek().is_none_or(|&(_, next)| next != ' ') {
                        return Err(format!(
                            "the mark at character {} wants a label, a blank and words: [label words]",
                            at + 1
                        ));
                    }
                    chars.next();
                    open.push((label, text.len() as u32));
                }
                ']' => {
                    let Some((label, start)) = open.pop() else {
                        return Err(format!(
                            "the bracket at character {} closes nothing; write ]] for a bracket of the text",
                            at + 1
                        ));
                    };
                    spans.push((label, Span::new(start, text.len() as u32)));
                }
                _ => text.push(c),
            }
        }
        match open.pop() {
            Some((label, _)) => Err(format!("the mark [{label} ...] is never closed")),
            None => Ok(MarkedText { text, spans }),
        }
    }
}

/// One example of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Path inside the packs' folder.
    pub file: String,
    /// Id of the rule, or of the list entry.
    pub rule: String,
    /// The notation as written.
    pub marked: String,
    /// Whether the rule must find what is marked (`yes`), or nothing at all (`no`).
    pub yes: bool,
}

/// What became of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleResult {
    /// The example.
    pub example: Example,
    /// `None` where it holds, else what was found instead, in words.
    pub failure: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let marked = MarkedText::parse(r#"[content "Turun,"] [cue kata] [source Menteri]."#).unwrap();
        assert_eq!(marked.text, r#""Turun," kata Menteri."#);
        let found: Vec<_> = marked.spans.iter().map(|(l, s)| (l.as_str(), s.of(&marked.text))).collect();
        assert_eq!(found, [("content", "\"Turun,\""), ("cue", "kata"), ("source", "Menteri")]);
    }

    #[test]
    fn nested_marks_close_from_the_inside() {
        let marked = MarkedText::parse("[a x [b y]]").unwrap();
        assert_eq!(marked.text, "x y");
        assert_eq!(marked.spans.len(), 2);
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_an_error() {
        assert!(MarkedText::parse("[cue kata").unwrap_err().contains("never closed"));
    }
}
