//! The command line as written. What it means is settled in [`crate::commands`].

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sumber::FieldPath;

/// Traces every claim back to who said it.
///
/// Reads what many outlets in many languages write about a story and shows, claim by claim, who
/// said it, through whom it came, and how many independent origins it has.
#[derive(Debug, Parser)]
#[command(
    name = "sumber",
    version,
    max_term_width = 100,
    after_help = "\
Start with:    sumber trace FOLDER
Exit status:   0 all was read, 1 something was skipped or a test failed, 2 wrong usage or a broken pack"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show who said what, and how many independent origins each claim has
    #[command(after_help = "\
Examples:
  sumber trace articles/                          read a folder, show the claims
  sumber trace articles/ -o report.html           one page for the browser, no network needed
  sumber trace articles/ -o trace.json            everything, for other programs and for 'sumber why'
  curl -s https://example.org/news.html | sumber trace - articles/")]
    Trace(TraceArguments),
    /// Show a saved trace again, as text or for the browser
    Report(ReportArguments),
    /// Turn pages into clean articles: text, title, byline, outlet, date, language
    Read(ReadArguments),
    /// Say what each article says: names, times, statements, events; one article a line
    Analyze(ReadArguments),
    /// Get pages from the web into an archive that the other commands read; the only one that uses the network
    #[command(after_help = "\
Examples:
  sumber fetch https://example.org/news.html -o pages/      one page
  sumber fetch --feed https://example.org/rss -o pages/     the pages of a feed
  sumber fetch --list gdelt.csv -o pages/                   those of a list or table of addresses
  sumber trace pages/

Writes WARC: pages with the time and the headers they came with. Asks robots.txt first; sends one
request a host and second; asks again for what the folder holds only if it has changed.")]
    Fetch(FetchArguments),
    /// Show the words and the rule that an answer rests on
    #[command(after_help = "\
Ids:
  c3               a claim
  c3:o1            its first origin
  a1:s4            the fourth statement of an article (its id, the start of it, or its file's name)
  a1:e2            its second event
  a1               the article
  person:...       everything that is said of, or by, one person, body or place

Example:
  sumber trace articles/ -o trace.json && sumber why c3 --trace trace.json")]
    Why(WhyArguments),
    /// List, check, test, try and write language packs
    Pack {
        #[command(subcommand)]
        command: PackCommand,
    },
}

#[derive(Args, Debug)]
pub struct InputArguments {
    /// Files and folders: pages (.html, .txt, .mhtml), articles (.jsonl, .json, .csv, .tsv), feeds (RSS,
    /// Atom, JSON Feed), web archives (.warc, .warc.gz); - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Language packs of your own, put over those that ship: a folder with a folder a language
    #[arg(long, value_name = "DIR", help_heading = "Reading")]
    pub packs: Option<PathBuf>,
    /// Threads; as many as the machine has if not given
    #[arg(long, short, value_name = "N", help_heading = "Reading")]
    pub jobs: Option<NonZeroUsize>,
    /// The language of all pages, for example id, it or en; found by itself if not given
    #[arg(long, value_name = "TAG", help_heading = "Reading")]
    pub lang: Option<String>,
    /// The date of pages that tell none, for example 2024-08-07
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Reading")]
    pub date: Option<String>,
    /// Where JSON or tables of other tools hold a field of the article, for example text=body.main
    #[arg(long, value_name = "FIELD=PATH", help_heading = "Reading")]
    pub map: Vec<FieldPath>,
}

#[derive(Args, Debug)]
pub struct TraceArguments {
    #[command(flatten)]
    pub input: InputArguments,
    #[command(flatten)]
    pub answer: AnswerArguments,
}

#[derive(Args, Debug)]
pub struct ReportArguments {
    /// The trace, as written by sumber trace -o trace.json; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub trace: PathBuf,
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What a trace is written as, and where.
#[derive(Args, Debug)]
pub struct AnswerArguments {
    /// text for people, html for the browser, json and jsonl for programs; by FILE's ending, else text
    #[arg(long, short, value_enum, help_heading = "Output")]
    pub format: Option<TraceFormat>,
    /// Write to FILE in place of the terminal
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Show every claim and event, not only those that matter most
    #[arg(long, help_heading = "Output")]
    pub all: bool,
}

#[derive(Args, Debug)]
pub struct ReadArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// Also tell, in jsonl, which bytes of the page hold which code points of the text
    #[arg(long, help_heading = "Output")]
    pub places: bool,
    /// text for people, jsonl for programs; by FILE's ending, else jsonl when piped and text on a terminal
    #[arg(long, short, value_enum, help_heading = "Output")]
    pub format: Option<ReadFormat>,
    /// Write to FILE in place of the terminal
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("wanted").required(true).multiple(true))]
pub struct FetchArguments {
    /// Addresses of pages
    #[arg(value_name = "URL", group = "wanted")]
    pub urls: Vec<String>,
    /// A feed, by address or file, whose pages are fetched
    #[arg(long, value_name = "URL|FILE", group = "wanted")]
    pub feed: Vec<String>,
    /// A sitemap, by address or file, whose pages are fetched
    #[arg(long, value_name = "URL|FILE", group = "wanted")]
    pub sitemap: Vec<String>,
    /// A file of addresses: one a line, or a table with a column of them
    #[arg(long, value_name = "FILE", group = "wanted")]
    pub list: Vec<PathBuf>,
    /// The folder that the archive is written to
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Most pages
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub most: usize,
    /// Seconds between two requests to one host; its robots.txt may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub delay: f64,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub timeout: f64,
    /// A host that may be on this machine or in a private network
    #[arg(long, value_name = "HOST")]
    pub allow_private: Vec<String>,
    /// Who asks: say how a site can reach you
    #[arg(long, value_name = "TEXT", default_value = concat!("sumber/", env!("CARGO_PKG_VERSION"), " (reads news to trace claims to their sources)"))]
    pub agent: String,
}

/// A number of seconds that a clock can wait.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "write a number of seconds".to_owned())?;
    if (0.0..=86_400.0).contains(&seconds) { Ok(seconds) } else { Err("write 0 to 86400 seconds".to_owned()) }
}

#[derive(Args, Debug)]
pub struct WhyArguments {
    /// Ids from a trace, or names as it gives them
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// The trace, as written by sumber trace -o trace.json; - is standard input
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    pub trace: PathBuf,
    /// The packs that made it, to show their rules
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// List the languages and what their packs hold
    List(PackFolder),
    /// Check packs: unknown files, columns, labels; every fault with its file, line and column
    Check(PackFolder),
    /// Run the examples that stand in the packs
    Test(PackTags),
    /// Analyse a sentence and show what each annotator found, and by which rule
    Try(TryArguments),
    /// Write the skeleton of a pack for a new language
    New(NewArguments),
    /// Show what packs cover and what they lack
    Report(PackTags),
}

#[derive(Args, Debug)]
pub struct PackFolder {
    /// Language packs of your own, put over those that ship
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct PackTags {
    /// Languages; all if not given
    #[arg(value_name = "TAG")]
    pub tags: Vec<String>,
    #[command(flatten)]
    pub folder: PackFolder,
}

#[derive(Args, Debug)]
pub struct TryArguments {
    /// The language, for example id
    pub tag: String,
    /// The sentence, in quotation marks of the shell
    pub sentence: String,
    /// The day on which it was published
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    #[command(flatten)]
    pub folder: PackFolder,
}

#[derive(Args, Debug)]
pub struct NewArguments {
    /// The language's BCP 47 tag, for example fr or pt-BR
    pub tag: String,
    /// The folder in which the pack's folder is made
    #[arg(long, value_name = "DIR", default_value = "packs")]
    pub into: PathBuf,
    /// The pack that it is modelled on: choose a related language
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub like: String,
}

/// How a trace is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// For people, on a terminal or in a mail.
    Text,
    /// One object: the contract.
    Json,
    /// The same, one object a line with its `type`.
    Jsonl,
    /// One page for the browser.
    Html,
}

/// How articles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// For people.
    Text,
    /// One article a line.
    Jsonl,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Arguments::command().debug_assert();
    }
}
