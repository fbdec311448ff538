//! `sumber trace`: who said what, and how many independent origins each claim has.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;
use sumber::wire;

use super::{config, ended, ending};
use crate::arguments::{AnswerArguments, ReportArguments, TraceArguments, TraceFormat};
use crate::messages::Progress;
use crate::{Ended, html, output, text};

/// Runs the command.
pub fn run(arguments: &TraceArguments) -> anyhow::Result<Ended> {
    let config = config(&arguments.input)?;
    let progress = Progress::begin();
    let (traced, mut findings) = sumber::trace_paths(&arguments.input.paths, &config, &|| progress.page_done());
    progress.end();

    let trace = wire::trace(&traced, &findings);
    write(&trace, &arguments.answer)?;

    findings.extend(traced.trace.findings.iter().cloned());
    findings.extend(traced.articles.iter().flat_map(|(article, _)| article.findings.iter().cloned()));
    Ok(ended(&findings))
}

/// Runs `sumber report`: a saved trace once more.
pub fn report(arguments: &ReportArguments) -> anyhow::Result<Ended> {
    write(&saved(&arguments.trace)?, &arguments.answer)?;
    Ok(Ended::Whole)
}

/// Reads a trace that was written as JSON; `-` is standard input.
pub fn saved(path: &Path) -> anyhow::Result<wire::Trace> {
    let name = if path == Path::new("-") { "standard input".into() } else { path.display().to_string() };
    let told = || format!("{name} cannot be read; give the file that 'sumber trace ... -o trace.json' wrote");
    let json = if path == Path::new("-") { io::read_to_string(io::stdin()) } else { fs::read_to_string(path) };
    let json = json.with_context(told)?;
    let trace: wire::Trace = serde_json::from_str(&json)
        .with_context(|| format!("{name} is no trace; give the file that 'sumber trace ... -o trace.json' wrote"))?;
    anyhow::ensure!(
        trace.schema == wire::SCHEMA,
        "{name} was written by another version (schema {}, this one reads {}); trace the articles again",
        trace.schema,
        wire::SCHEMA
    );
    Ok(trace)
}

/// Writes a trace as the user wants it.
fn write(trace: &wire::Trace, arguments: &AnswerArguments) -> anyhow::Result<()> {
    let file = arguments.output.as_ref();
    let format = arguments.format.unwrap_or(match ending(file.map(AsRef::as_ref)).as_deref() {
        Some("json") => TraceFormat::Json,
        Some("jsonl") => TraceFormat::Jsonl,
        Some("html" | "htm") => TraceFormat::Html,
        _ => TraceFormat::Text,
    });
    output::write(file, |out| match format {
        TraceFormat::Text => {
            let view = text::View { canvas: output::canvas(file.map(AsRef::as_ref)), all: arguments.all };
            out.write_all(text::trace(trace, view).as_bytes())
        }
        TraceFormat::Json => {
            serde_json::to_writer(&mut *out, trace)?;
            writeln!(out)
        }
        TraceFormat::Jsonl => write_lines(out, trace),
        TraceFormat::Html => out.write_all(html::render(trace).as_bytes()),
    })
}

/// One object a line, each with its `type`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Article(&'a wire::Article),
    Copy(&'a wire::Copy),
    Story { articles: &'a [String] },
    Claim(&'a wire::Claim),
    Diagnostic(&'a wire::Diagnostic),
}

fn write_lines(out: &mut dyn Write, trace: &wire::Trace) -> io::Result<()> {
    let lines = trace.articles.iter().map(Line::Article);
    let lines = lines.chain(trace.copies.iter().map(Line::Copy));
    let lines = lines.chain(trace.stories.iter().map(|articles| Line::Story { articles }));
    let lines = lines.chain(trace.claims.iter().map(Line::Claim));
    let lines = lines.chain(trace.diagnostics.iter().map(Line::Diagnostic));
    for line in lines {
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
