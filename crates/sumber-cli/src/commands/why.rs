//! `sumber why`: the words and the rule that an answer rests on.

use crate::Ended;
use crate::arguments::WhyArguments;

/// Runs the command.
pub fn run(_arguments: &WhyArguments) -> anyhow::Result<Ended> {
    Ok(Ended::Whole)
}
