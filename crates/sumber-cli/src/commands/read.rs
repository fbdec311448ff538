//! `sumber read` and `sumber analyze`: what needs one article alone.

use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;
use sumber::{Analysis, Article, wire};

use super::{config, ended, ending};
use crate::arguments::{ReadArguments, ReadFormat};
use crate::messages::Progress;
use crate::{Ended, output, text};

/// Runs `sumber read`.
pub fn read(arguments: &ReadArguments) -> anyhow::Result<Ended> {
    let mut config = config(&arguments.input)?;
    config.hints.places = arguments.places;
    let progress = Progress::begin();
    let mut told = Vec::new();
    let mut findings = Vec::new();
    write(arguments, |printer| {
        findings = sumber::read_paths(&arguments.input.paths, &config, &|| progress.page_done(), &mut |article| {
            let language = config.packs.identifier.identify(&article.text, article.declared_language.as_deref());
            let clean = wire::clean_article(&article, language);
            told.extend(article.findings);
            printer.print(&clean, &|canvas| text::clean_article(&clean, canvas))
        })?;
        Ok(())
    })?;
    progress.end();
    findings.append(&mut told);
    Ok(ended(&findings))
}

/// Runs `sumber analyze`.
pub fn analyze(arguments: &ReadArguments) -> anyhow::Result<Ended> {
    let mut config = config(&arguments.input)?;
    config.hints.places = arguments.places;
    let progress = Progress::begin();
    let mut told = Vec::new();
    let mut findings = Vec::new();
    write(arguments, |printer| {
        let mut each = |article: Article, analysis: Analysis| {
            let wired = wire::article(&article, &analysis, &str::to_owned);
            told.extend(article.findings);
            printer.print(&wired, &|canvas| text::analysis(&wired, canvas))
        };
        findings = sumber::analyze_paths(&arguments.input.paths, &config, &|| progress.page_done(), &mut each)?;
        Ok(())
    })?;
    progress.end();
    findings.append(&mut told);
    Ok(ended(&findings))
}

/// Writes articles as they come, so that an archive of any size goes through.
struct Printer<'a> {
    out: &'a mut dyn Write,
    format: ReadFormat,
    canvas: output::Canvas,
}

impl Printer<'_> {
    fn print(&mut self, article: &impl Serialize, as_text: &dyn Fn(output::Canvas) -> String) -> io::Result<()> {
        match self.format {
            ReadFormat::Jsonl => {
                serde_json::to_writer(&mut *self.out, article)?;
                writeln!(self.out)
            }
            ReadFormat::Text => self.out.write_all(as_text(self.canvas).as_bytes()),
        }
    }
}

fn write(arguments: &ReadArguments, work: impl FnOnce(&mut Printer<'_>) -> io::Result<()>) -> anyhow::Result<()> {
    let file = arguments.output.as_ref();
    let (format, canvas) = (format(arguments), output::canvas(file.map(AsRef::as_ref)));
    output::write(file, |out| work(&mut Printer { out, format, canvas }))
}

fn format(arguments: &ReadArguments) -> ReadFormat {
    let file = arguments.output.as_deref();
    arguments.format.unwrap_or(match ending(file).as_deref() {
        Some("txt") => ReadFormat::Text,
        None if file.is_none() && std::io::stdout().is_terminal() => ReadFormat::Text,
        _ => ReadFormat::Jsonl,
    })
}
