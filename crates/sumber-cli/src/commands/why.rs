//! `sumber why`: the words and the rule that an answer rests on.

use anyhow::Context as _;
use sumber::PackFiles;

use super::trace::saved;
use crate::arguments::WhyArguments;
use crate::{Ended, output, text};

/// Runs the command.
pub fn run(arguments: &WhyArguments) -> anyhow::Result<Ended> {
    let trace = saved(&arguments.trace)?;
    let files = sumber::pack_files(arguments.packs.as_deref())?;
    let about = |rule: &str| about(&files, rule);
    let canvas = output::canvas(None);
    let answers: Vec<String> = arguments
        .ids
        .iter()
        .map(|id| {
            text::why(&trace, id, &about, canvas).with_context(|| format!("nothing in the trace is called '{id}'"))
        })
        .collect::<Result<_, _>>()
        .map_err(|error| error.context("see 'sumber why --help' for what ids look like"))
        .map_err(|error| anyhow::anyhow!("{}; {}", error.root_cause(), error))?;
    output::write(None, |out| out.write_all(answers.join("\n").as_bytes()))?;
    Ok(Ended::Whole)
}

/// Where a rule stands in the packs, and what it says of itself: the line of its `id`, and the
/// `about` beside it.
fn about(files: &PackFiles, rule: &str) -> Option<text::RuleText> {
    files.iter().filter(|(path, _)| path.ends_with(".toml")).find_map(|(path, text)| {
        let value = |line: &str, key: &str| {
            let rest = line.trim_start().strip_prefix(key)?.trim_start().strip_prefix('=')?.trim();
            Some(rest.trim_matches(['"', '\'']).to_owned())
        };
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| value(line, "id").is_some_and(|id| id == rule))?;
        let table = lines[at..].iter().skip(1).take_while(|line| !line.trim_start().starts_with('['));
        let about = table.into_iter().find_map(|line| value(line, "about"));
        Some(text::RuleText { place: format!("{path}:{}", at + 1), about })
    })
}
