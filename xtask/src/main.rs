//! The project's own chores, one subcommand each: `cargo xtask eval`, `cargo xtask fuzz`,
//! `cargo xtask link-gold`, `cargo xtask pages`, `cargo xtask story-scores`, `cargo xtask translations`,
//! `cargo xtask wire-copies`.

mod eval;
mod fit_claims;
mod fuzz;
mod link_gold;
mod pages;
mod rows;
mod story_scores;
mod translations;
mod wire_copies;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND [ARGUMENT...]

  eval [FOLDER...] [--misses] [--raise-floors]
        traces collections, compares with their gold and with testdata/floors.toml
  eval FOLDER --trace FILE [--misses]
        the same for a trace that was saved
  fuzz [TARGET...] [--minutes N]
        looks for bytes that break a promise: read, feed, warc, analyze, packs, trace
  fit-claims [FOLDER...]
        fits what a pair of statements counts in its circumstances, each collection left out in turn
  link-gold [FOLDER...] [--json]
        links the gold's own statements, to judge linking by itself; --json prints the trace of one folder
  pages FOLDER [-o DIR]
        reads FOLDER/html by dom_smoothie alone and by sumber, and compares both with FOLDER/gold.jsonl
  story-scores FOLDER [--each]
        scores public pairs of articles by how far they report the same, beside the judgement of people
  wire-copies [--seed N] [--misses]
        edits invented articles as newsrooms do and finds the copies, beside MinHash on the same articles
  translations FOLDER [--languages LIST] [--misses]
        finds the translations of public data that lies in a folder, among thousands of other articles";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let done = match command.as_str() {
        "eval" => eval::run(rest),
        "fuzz" => fuzz::run(rest),
        "fit-claims" => fit_claims::run(rest),
        "link-gold" => link_gold::run(rest),
        "pages" => pages::run(rest),
        "story-scores" => story_scores::run(rest),
        "translations" => translations::run(rest),
        "wire-copies" => wire_copies::run(rest),
        other => {
            eprintln!("there is no command '{other}'\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
