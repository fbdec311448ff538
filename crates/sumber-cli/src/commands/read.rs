//! `sumber read` and `sumber analyze`: what needs one article alone.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use serde::Serialize;
use sumber::{Article, wire};

use super::{config, ended, ending};
use crate::arguments::{ReadArguments, ReadFormat};
use crate::messages::Progress;
use crate::{Ended, output, text};

/// Runs `sumber read`.
pub fn read(arguments: &ReadArguments) -> anyhow::Result<Ended> {
    let config = config(&arguments.input)?;
    let progress = Progress::begin();
    let (articles, mut findings) = sumber::read_paths(&arguments.input.paths, &config, &|| progress.page_done());
    progress.end();
    let file = arguments.output.as_ref();
    let canvas = output::canvas(file.map(AsRef::as_ref));
    let clean: Vec<wire::CleanArticle> = articles
        .iter()
        .map(|article| {
            let language = config.packs.identifier.identify(&article.text, article.declared_language.as_deref());
            wire::clean_article(article, language)
        })
        .collect();
    match format(arguments) {
        ReadFormat::Jsonl => write_lines(file, &clean)?,
        ReadFormat::Text => output::write(file, |out| {
            clean.iter().try_for_each(|article| out.write_all(text::clean_article(article, canvas).as_bytes()))
        })?,
    }
    findings.extend(articles.iter().flat_map(|article: &Article| article.findings.iter().cloned()));
    Ok(ended(&findings))
}

/// Runs `sumber analyze`.
pub fn analyze(arguments: &ReadArguments) -> anyhow::Result<Ended> {
    let config = config(&arguments.input)?;
    let progress = Progress::begin();
    let (articles, mut findings) = sumber::analyze_paths(&arguments.input.paths, &config, &|| progress.page_done());
    progress.end();
    let file = arguments.output.as_ref();
    let canvas = output::canvas(file.map(AsRef::as_ref));
    let wired = articles.iter().map(|(article, analysis)| wire::article(article, analysis, &str::to_owned));
    match format(arguments) {
        ReadFormat::Jsonl => write_lines(file, wired)?,
        ReadFormat::Text => output::write(file, |out| {
            wired.into_iter().try_for_each(|article| out.write_all(text::analysis(&article, canvas).as_bytes()))
        })?,
    }
    findings.extend(articles.iter().flat_map(|(article, _)| article.findings.iter().cloned()));
    Ok(ended(&findings))
}

fn format(arguments: &ReadArguments) -> ReadFormat {
    let file = arguments.output.as_deref();
    arguments.format.unwrap_or(match ending(file).as_deref() {
        Some("txt") => ReadFormat::Text,
        None if file.is_none() && std::io::stdout().is_terminal() => ReadFormat::Text,
        _ => ReadFormat::Jsonl,
    })
}

fn write_lines(file: Option<&PathBuf>, lines: impl IntoIterator<Item = impl Serialize>) -> anyhow::Result<()> {
    output::write(file, |out| {
        for line in lines {
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
        Ok(())
    })
}
