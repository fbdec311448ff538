//! The command `sumber`.

mod html;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

/// Traces every claim back to who said it.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows who said what, and how many independent origins each claim has.
    Trace {
        /// Files and folders.
        paths: Vec<PathBuf>,
        #[arg(long, default_value = "json")]
        format: String,
    },
    /// Renders a saved JSON trace as one self-contained HTML page.
    Report {
        /// What `sumber trace --format json` printed.
        trace: PathBuf,
        /// Where to; standard output without it.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Says what each article says, one a line.
    Analyze {
        /// Files and folders.
        paths: Vec<PathBuf>,
        #[arg(long, default_value = "jsonl")]
        format: String,
    },
    /// Pages in, clean articles out.
    Read {
        /// Files and folders.
        paths: Vec<PathBuf>,
        #[arg(long, default_value = "jsonl")]
        format: String,
    },
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let packs = sumber::Packs::embedded();
    let hints = packs.page_hints();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.command {
        Command::Report { trace, output } => {
            let json = std::fs::read_to_string(&trace).with_context(|| format!("cannot read {}", trace.display()))?;
            let traced: sumber::wire::Trace =
                serde_json::from_str(&json).with_context(|| format!("{} is no trace in JSON", trace.display()))?;
            let page = html::render(&traced);
            match output {
                Some(path) => {
                    std::fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))?;
                }
                None => out.write_all(page.as_bytes())?,
            }
        }
        Command::Trace { paths, format } if format == "html" => {
            let (pages, findings) = sumber::read_pages(&paths);
            let traced = sumber::trace_pages(&pages, &hints, &packs);
            out.write_all(html::render(&sumber::wire::trace(&traced, &findings)).as_bytes())?;
        }
        Command::Trace { paths, .. } => {
            let (pages, findings) = sumber::read_pages(&paths);
            let traced = sumber::trace_pages(&pages, &hints, &packs);
            serde_json::to_writer(&mut out, &sumber::wire::trace(&traced, &findings))?;
            writeln!(out)?;
        }
        Command::Analyze { paths, .. } | Command::Read { paths, .. } => {
            let (pages, _) = sumber::read_pages(&paths);
            for (article, analysis) in sumber::analyze_pages(&pages, &hints, &packs) {
                serde_json::to_writer(&mut out, &sumber::wire::article(&article, &analysis, &str::to_owned))?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
