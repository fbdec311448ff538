//! What to say of what could not be read.

use std::io;
use std::path::Path;

use sumber_core::{Code, Diagnostic, Severity};

/// A finding.
pub fn finding(severity: Severity, code: Code, place: impl Into<String>, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity, code, place: place.into(), message: message.into() }
}

/// The file holds nothing.
pub fn empty(place: String) -> Diagnostic {
    finding(Severity::Skipped, Code::EmptyFile, place, "the file holds nothing; save the page again")
}

/// The file is `what` and no text.
pub fn binary(place: String, what: &str) -> Diagnostic {
    let message = format!("this is {what} and no text; save the article as text or HTML, or unpack it first");
    finding(Severity::Skipped, Code::Binary, place, message)
}

/// The file or folder cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no file or folder of this name; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        io::ErrorKind::InvalidData => format!("cannot be read to its end ({error}); get it again"),
        io::ErrorKind::UnexpectedEof => "ends before its end; get the file again".to_owned(),
        _ => format!("cannot be read ({error}); check the path and its permissions"),
    };
    finding(Severity::Skipped, Code::Unreadable, path.display().to_string(), message)
}

/// Only addresses stand there.
pub fn addresses(place: String, count: usize, how: &str) -> Diagnostic {
    let what =
        if count == 1 { "one address and no article".to_owned() } else { format!("{count} addresses and no articles") };
    let message = format!("{what} stand here; get the pages with 'sumber fetch {how}', then read that folder");
    finding(Severity::Skipped, Code::AddressOnly, place, message)
}

/// A folder that cannot be walked.
pub fn walk(error: &walkdir::Error) -> Diagnostic {
    let path = error.path().unwrap_or(Path::new("?"));
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("the link leads back to {} and was not followed; remove it", ancestor.display());
        return finding(Severity::Skipped, Code::LinkLoop, path.display().to_string(), message);
    }
    match error.io_error() {
        Some(io) => unreadable(path, io),
        None => finding(
            Severity::Skipped,
            Code::Unreadable,
            path.display().to_string(),
            format!("cannot be read ({error})"),
        ),
    }
}
