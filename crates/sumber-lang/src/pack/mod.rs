//! Packs: what is known of languages and of the world, as data.
//!
//! The three types that matter: [`PackFiles`] (texts by path, as embedded or from a folder),
//! [`Packs`] (the same, checked and compiled) and [`PackError`] (what is wrong, and where).
//! A folder named by its BCP 47 tag is a language; the folder `world` is the data set of names.
//! Everything that is unknown (a file, a column, a label) is an error with a suggestion.

mod examples;
mod files;
mod load;

pub use examples::{Example, ExampleResult, MarkedText};
pub use files::PackFiles;
pub use load::{Loader, Pack, PackFile, PackStatus, Packs, Row, closest};

use std::fmt;

/// What is wrong in a pack: file, place, what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackError {
    /// Path inside the packs' folder, for example `id/times.toml`.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in code points, from 1; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong and what to do, in lower case, no final stop.
    pub message: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for PackError {}
