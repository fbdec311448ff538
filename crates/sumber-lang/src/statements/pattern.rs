//! Patterns: where source and content stand around a cue. A pattern is a line of elements, matched
//! outwards from the one that is the cue.
//!
//! | element | stands for |
//! | --- | --- |
//! | `{say}`, `{say\|tell.bare}` | a reporting word of these classes, in this form (finite where none is named) |
//! | `{quote}` | a quotation with its marks |
//! | `{np}` | a noun phrase |
//! | `{clause}` | the rest of the clause on that side |
//! | `{span}` | a short run of words up to the next element |
//! | `{adjunct}` | a time, a prepositional phrase, an adverb |
//! | `{aside}` | what stands between commas or dashes, with them |
//! | `{that}`, `{and}`, ... | a word of that class of `grammar.tsv` |
//! | `{start}`, `{end}` | the sentence's start or end |
//! | `{previous-sentence}` | the sentence before; takes no words |
//! | `{previous-quote}` | the quotation that ends right before the sentence; takes no words |
//! | `{next-paragraph}` | the whole next paragraph, from the end of one on: a quotation set apart, without marks |
//! | `{subject}` | who the clause before is about; takes no words |
//! | `,` `:` words | themselves |
//!
//! `{!that}` takes no words and matches where the element `{that}` does not.
//!
//! An element may end in `?` (may be missing) or `*` (any number), and then in `:role`, one of
//! `source`, `cue`, `content`, `via` (through whom it came), `to` (to whom it was said). `(a|b)`
//! offers literal words to choose from.

use super::words::{CueClass, CueForm, class};
use crate::lexicon::{Vocabulary, WordId};
use crate::pack::closest;

/// What an element's words are to the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who said it.
    Source,
    /// The words that attribute.
    Cue,
    /// What was said.
    Content,
    /// Through whom it came; stands before the source in the chain.
    Via,
    /// To whom it was said; a medium there stands before the source in the chain.
    To,
}

impl Role {
    fn parse(name: &str) -> Option<Role> {
        Some(match name {
            "source" => Role::Source,
            "cue" => Role::Cue,
            "content" => Role::Content,
            "via" => Role::Via,
            "to" => Role::To,
            _ => return None,
        })
    }
}

/// What an element matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reporting words of these classes in one of these forms.
    Cue(Vec<CueClass>, CueForm),
    /// A quotation.
    Quote,
    /// A noun phrase.
    NounPhrase,
    /// The rest of the clause.
    Clause,
    /// A few words up to the next element.
    Span,
    /// A time, prepositional phrase or adverb.
    Adjunct,
    /// What stands between commas or dashes, with them.
    Aside,
    /// A word of these classes (bits).
    Class(u64),
    /// The sentence's start.
    Start,
    /// The sentence's end.
    End,
    /// The sentence before.
    PreviousSentence,
    /// The quotation right before the sentence.
    PreviousQuote,
    /// The paragraph after.
    NextParagraph,
    /// Who the clause before is about.
    Subject,
    /// One of these words or marks.
    Literal(Vec<WordId>),
    /// Matches where this element does not; takes no words.
    Not(Box<Element>),
}

/// How often an element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Exactly once.
    Once,
    /// Once or not at all.
    Optional,
    /// Any number of times.
    Any,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it matches.
    pub kind: Kind,
    /// How often.
    pub times: Times,
    /// What its words are to the statement.
    pub role: Option<Role>,
}

/// A pattern, cut at its cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The cue.
    pub classes: Vec<CueClass>,
    /// Its form.
    pub form: CueForm,
    /// Before the cue, from the cue outwards.
    pub before: Vec<Element>,
    /// After the cue, from the cue outwards.
    pub after: Vec<Element>,
}

/// A rule of a pack.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id, for example `id.attr.quote-verb-source`.
    pub id: String,
    /// What it finds, in words.
    pub about: String,
    /// Where things stand.
    pub pattern: Pattern,
    /// Numbers of what stands before and after the cue: rules with the same elements there share one.
    pub sides: (usize, usize),
    /// Whether some element of the pattern gives the content.
    pub content: bool,
    /// A content without quotation marks must hold a verb.
    pub verb: bool,
    /// Examples in which it must find what is marked.
    pub yes: Vec<String>,
    /// Examples in which it must find nothing.
    pub no: Vec<String>,
}

impl Pattern {
    /// Whether some element gives the content.
    pub fn has_content(&self) -> bool {
        self.before
            .iter()
            .chain(&self.after)
            .any(|e| e.role == Some(Role::Content) || matches!(e.kind, Kind::PreviousSentence | Kind::PreviousQuote))
    }

    /// Whether some element is a word of these classes that must be there.
    pub fn wants(&self, classes: u64) -> bool {
        let is = |e: &Element| matches!(e.kind, Kind::Class(bits) if bits & classes != 0) && e.times == Times::Once;
        self.before.iter().chain(&self.after).any(is)
    }

    /// Reads a pattern; words are numbered in `vocabulary`.
    ///
    /// # Errors
    /// An unknown element or role, no cue or two: the message says which.
    pub fn parse(text: &str, vocabulary: &mut Vocabulary) -> Result<Pattern, String> {
        let mut elements = Vec::new();
        for word in text.split_whitespace() {
            elements.push(parse_element(word, vocabulary)?);
        }
        let cues: Vec<usize> = (0..elements.len()).filter(|&n| elements[n].role == Some(Role::Cue)).collect();
        let [cue] = cues[..] else {
            return Err(format!("a pattern wants exactly one cue ({{say}}:cue), this one has {}", cues.len()));
        };
        let Kind::Cue(classes, form) = elements[cue].kind.clone() else {
            return Err("the cue must be a reporting word, for example {say}:cue".to_owned());
        };
        let after = elements.split_off(cue + 1);
        elements.pop();
        elements.reverse();
        Ok(Pattern { classes, form, before: elements, after })
    }
}

fn parse_element(word: &str, vocabulary: &mut Vocabulary) -> Result<Element, String> {
    let (body, role) = match word.rsplit_once("}:").map(|(b, r)| (format!("{b}}}"), r)).or_else(|| {
        // a role after a repeated element: {np}?:source
        word.rsplit_once("?:")
            .map(|(b, r)| (format!("{b}?"), r))
            .or_else(|| word.rsplit_once("*:").map(|(b, r)| (format!("{b}*"), r)))
            .or_else(|| word.rsplit_once("):").map(|(b, r)| (format!("{b})"), r)))
    }) {
        Some((body, role)) => {
            let parsed = Role::parse(role)
                .ok_or_else(|| format!("unknown role '{role}'; roles are source, cue, content, via, to"))?;
            (body, Some(parsed))
        }
        None => (word.to_owned(), None),
    };
    let (body, times) = if body.len() > 1 && body.ends_with('?') {
        (&body[..body.len() - 1], Times::Optional)
    } else if body.len() > 1 && body.ends_with('*') {
        (&body[..body.len() - 1], Times::Any)
    } else {
        (&body[..], Times::Once)
    };
    let kind = if let Some(name) = body.strip_prefix('{').and_then(|b| b.strip_suffix('}')) {
        parse_kind(name)?
    } else if let Some(words) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
        Kind::Literal(words.split('|').map(|w| vocabulary.intern(w)).collect())
    } else {
        Kind::Literal(vec![vocabulary.intern(body)])
    };
    Ok(Element { kind, times, role })
}

const ELEMENTS: &[&str] = &[
    "quote",
    "np",
    "clause",
    "span",
    "adjunct",
    "aside",
    "start",
    "end",
    "previous-sentence",
    "previous-quote",
    "next-paragraph",
    "subject",
];

fn parse_kind(name: &str) -> Result<Kind, String> {
    if let Some(inner) = name.strip_prefix('!') {
        return Ok(Kind::Not(Box::new(Element { kind: parse_kind(inner)?, times: Times::Once, role: None })));
    }
    Ok(match name {
        "quote" => Kind::Quote,
        "np" => Kind::NounPhrase,
        "clause" => Kind::Clause,
        "span" => Kind::Span,
        "adjunct" => Kind::Adjunct,
        "aside" => Kind::Aside,
        "start" => Kind::Start,
        "end" => Kind::End,
        "previous-sentence" => Kind::PreviousSentence,
        "previous-quote" => Kind::PreviousQuote,
        "next-paragraph" => Kind::NextParagraph,
        "subject" => Kind::Subject,
        _ => {
            let (classes, form) = name.split_once('.').unwrap_or((name, "finite"));
            if let Some(found) = classes.split('|').map(CueClass::parse).collect::<Option<Vec<_>>>() {
                let form = CueForm::parse(form).ok_or_else(|| unknown("form", form, CueForm::NAMES))?;
                return Ok(Kind::Cue(found, form));
            }
            let bits = name.split('|').map(|n| class::ALL.iter().find(|(known, _)| *known == n).map(|(_, bit)| bit));
            match bits.collect::<Option<Vec<_>>>() {
                Some(bits) => Kind::Class(bits.into_iter().fold(0, |all, bit| all | bit)),
                None => {
                    let known: Vec<&str> = ELEMENTS
                        .iter()
                        .copied()
                        .chain(CueClass::NAMES.iter().copied())
                        .chain(class::ALL.iter().map(|(n, _)| *n))
                        .collect();
                    return Err(unknown("element", name, &known));
                }
            }
        }
    })
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match closest(name, known.iter().copied()) {
        Some(near) => format!("unknown {what} '{name}'; did you mean '{near}'?"),
        None => format!("unknown {what} '{name}'; known are {}", known.join(", ")),
    }
}
