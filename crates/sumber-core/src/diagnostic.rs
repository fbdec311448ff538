//! What went wrong, where, and what to do: findings that travel beside values.

use std::fmt;

/// How much a finding costs the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something was mended or cut; the article is there.
    Warning,
    /// The page or line was skipped: the exit status is 1.
    Skipped,
}

/// A stable code of a finding. All codes stand in this one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// R001: a file or folder could not be opened or read.
    Unreadable,
    /// R002: a file holds nothing.
    EmptyFile,
    /// R003: the bytes are no text (an image, an archive).
    Binary,
    /// R004: some bytes do not fit the charset and were replaced.
    BrokenCharset,
    /// R005: a page is larger than the limit.
    TooLarge,
    /// R006: a folder leads back to itself.
    LinkLoop,
    /// R007: a line of a .jsonl file is no article.
    BrokenLine,
    /// R008: no main text was found on a page.
    NoText,
    /// R009: markup is nested or built beyond the limits and was cut.
    MarkupCut,
    /// R010: the same page was given twice and is traced once.
    Duplicate,
    /// R011: a file's kind is not one that sumber reads.
    UnknownFormat,
    /// R012: a record of an archive, or a part of a feed or mail, is broken and was passed over.
    BrokenRecord,
    /// R013: only addresses stand here, no articles.
    AddressOnly,
    /// R014: the text is the beginning of an article that stands elsewhere.
    Teaser,
    /// R015: parts of an archive or folder that are no pages were left out.
    NoPage,
    /// R016: the page is one of several that hold an article.
    Part,
    /// F001: an address could not be fetched.
    NotFetched,
    /// F002: an address may not be fetched: robots.txt, or a private network.
    Forbidden,
    /// L001: the language could not be told.
    UnknownLanguage,
    /// L002: there is no pack for the language; what needs one was left out.
    NoPack,
    /// G001: more candidates than the limit share a key; the rest was left out.
    HotKey,
}

impl Code {
    /// The code as printed, for example `R001`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Unreadable => "R001",
            Code::EmptyFile => "R002",
            Code::Binary => "R003",
            Code::BrokenCharset => "R004",
            Code::TooLarge => "R005",
            Code::LinkLoop => "R006",
            Code::BrokenLine => "R007",
            Code::NoText => "R008",
            Code::MarkupCut => "R009",
            Code::Duplicate => "R010",
            Code::UnknownFormat => "R011",
            Code::BrokenRecord => "R012",
            Code::AddressOnly => "R013",
            Code::Teaser => "R014",
            Code::NoPage => "R015",
            Code::Part => "R016",
            Code::NotFetched => "F001",
            Code::Forbidden => "F002",
            Code::UnknownLanguage => "L001",
            Code::NoPack => "L002",
            Code::HotKey => "G001",
        }
    }
}

/// One finding: where it is and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// How much it costs.
    pub severity: Severity,
    /// Which kind of finding.
    pub code: Code,
    /// The file (with `:line` where lines count), address or `-`.
    pub place: String,
    /// What is wrong and what to do, in lower case, no final stop.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Skipped => "skipped",
        };
        write!(f, "{}: {word}[{}]: {}", self.place, self.code.as_str(), self.message)
    }
}
