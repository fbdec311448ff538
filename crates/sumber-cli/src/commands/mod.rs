//! The commands, one file each: from arguments to an answer and how it ended.

pub mod fetch;
pub mod pack;
pub mod read;
pub mod trace;
pub mod why;

use std::path::Path;

use sumber::{Config, ConfigError, Diagnostic, Options};

use crate::arguments::InputArguments;
use crate::{Ended, messages};

/// Resolves what the user wrote about the input.
fn config(input: &InputArguments) -> Result<Config, ConfigError> {
    let options = Options {
        packs: input.packs.clone(),
        jobs: input.jobs,
        language: input.lang.clone(),
        date: input.date.clone(),
        map: input.map.clone(),
    };
    options.resolve()
}

/// Prints what went wrong, and says how the command ended.
fn ended(findings: &[Diagnostic]) -> Ended {
    messages::print(findings);
    if messages::skipped(findings) { Ended::InPart } else { Ended::Whole }
}

/// The ending of a file's name, in lower case.
fn ending(file: Option<&Path>) -> Option<String> {
    file?.extension()?.to_str().map(str::to_ascii_lowercase)
}
