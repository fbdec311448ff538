//! Configuration in two steps: [`Options`] as the user wrote them, [`Config`] as resolved.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use sumber_core::PageHints;
use sumber_input::{FieldPath, ReadOptions};
use sumber_lang::{PackError, PackFiles, Packs};

/// What the user may choose, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A folder of packs that goes over those that ship.
    pub packs: Option<PathBuf>,
    /// How many threads; as many as the machine has where `None`.
    pub jobs: Option<NonZeroUsize>,
    /// The language of all pages, BCP 47.
    pub language: Option<String>,
    /// The date of pages that tell none, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where objects and tables of other tools hold the fields of an article.
    pub map: Vec<FieldPath>,
}

/// The same, checked, with the packs compiled. Made once, shared by all threads.
#[derive(Debug)]
pub struct Config {
    /// The packs.
    pub packs: Packs,
    /// What the reading of pages is given.
    pub hints: PageHints,
    /// How files are opened.
    pub read: ReadOptions,
    /// The threads on which documents are read and analysed.
    pub threads: rayon::ThreadPool,
}

/// Why options could not be resolved.
#[derive(Debug)]
pub enum ConfigError {
    /// `--date` is no day of the calendar.
    Date(String),
    /// `--lang` is no language tag.
    Language(String),
    /// The folder of packs cannot be read; the message says why.
    Folder(String),
    /// Packs are broken: every fault with its place.
    Packs(Vec<PackError>),
    /// The threads could not be started.
    Threads(String),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Date(date) => {
                write!(f, "'{date}' is no day of the calendar; write it as YYYY-MM-DD, for example 2024-08-07")
            }
            ConfigError::Language(tag) => {
                write!(f, "'{tag}' is no language tag; write two or three letters, for example id, it or en")
            }
            ConfigError::Folder(message) => f.write_str(message),
            ConfigError::Packs(errors) => {
                for (n, error) in errors.iter().enumerate() {
                    write!(f, "{}{error}", if n == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
            ConfigError::Threads(message) => write!(f, "the threads could not be started ({message}); try --jobs 1"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Options {
    /// Checks the options and compiles the packs.
    ///
    /// # Errors
    /// The first option that cannot hold; for broken packs every fault.
    pub fn resolve(&self) -> Result<Config, ConfigError> {
        if let Some(date) = &self.date {
            let day = date.parse::<jiff::civil::Date>().ok().filter(|_| date.len() == "YYYY-MM-DD".len());
            day.ok_or_else(|| ConfigError::Date(date.clone()))?;
        }
        if let Some(tag) = &self.language {
            let primary = tag.split('-').next().unwrap_or_default();
            if !(2..=3).contains(&primary.len()) || !tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                return Err(ConfigError::Language(tag.clone()));
            }
        }
        let packs = match &self.packs {
            None => Packs::embedded(),
            Some(folder) => {
                Packs::load(&pack_files(Some(folder))?).map_err(|errors| ConfigError::Packs(at_home(errors, folder)))?
            }
        };
        let hints =
            PageHints { fallback_date: self.date.clone(), language: self.language.clone(), ..packs.page_hints() };
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.map_or(0, NonZeroUsize::get))
            .build()
            .map_err(|error| ConfigError::Threads(error.to_string()))?;
        Ok(Config { packs, hints, read: ReadOptions { map: self.map.clone() }, threads })
    }
}

/// The packs' files that ship, with those of `folder` over them: a file takes the place of the one
/// with its path (`id/times.toml`), a new folder adds a language.
///
/// # Errors
/// A folder that cannot be read or does not hold one folder a language.
pub fn pack_files(folder: Option<&Path>) -> Result<PackFiles, ConfigError> {
    let mut files = PackFiles::embedded();
    let Some(folder) = folder else { return Ok(files) };
    let found = sumber_input::read_folder(folder, &["tsv", "toml"])
        .map_err(|error| ConfigError::Folder(format!("{error}; check the path given to --packs")))?;
    if found.is_empty() {
        let message = "holds no .tsv or .toml file; each language is a folder in it, named by its tag";
        return Err(ConfigError::Folder(format!("{} {message}", folder.display())));
    }
    for (path, text) in found {
        if !path.contains('/') {
            let message =
                "lies beside the languages; each language is a folder named by its tag, so give the folder above";
            return Err(ConfigError::Folder(format!("{} {message}", folder.join(&path).display())));
        }
        files.insert(&path, text);
    }
    Ok(files)
}

/// Names the files of `folder` as the user can open them.
pub fn at_home(mut errors: Vec<PackError>, folder: &Path) -> Vec<PackError> {
    for error in &mut errors {
        let path = folder.join(&error.file);
        if path.exists() {
            error.file = path.display().to_string();
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_no_calendar_has_is_refused() {
        for date in ["2024-02-30", "yesterday", "2024-8-7", "20240807"] {
            let options = Options { date: Some(date.to_owned()), ..Options::default() };
            assert!(matches!(options.resolve(), Err(ConfigError::Date(_))), "{date}");
        }
    }

    #[test]
    fn a_word_that_is_no_language_tag_is_refused() {
        for tag in ["", "indonesian", "i", "it_IT"] {
            let options = Options { language: Some(tag.to_owned()), ..Options::default() };
            assert!(matches!(options.resolve(), Err(ConfigError::Language(_))), "{tag}");
        }
    }

    #[test]
    fn options_reach_the_reading_of_pages() {
        let options =
            Options { date: Some("2024-08-07".to_owned()), language: Some("it".to_owned()), ..Options::default() };
        let hints = options.resolve().unwrap().hints;
        assert_eq!(hints.fallback_date.as_deref(), Some("2024-08-07"));
        assert_eq!(hints.language.as_deref(), Some("it"));
    }
}
