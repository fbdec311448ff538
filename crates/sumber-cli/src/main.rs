//! The command `sumber`: arguments in, answers out.
//!
//! In reading order: [`arguments`] (as written), [`commands`] (one file each), [`text`] (what people
//! read), [`html`], and [`output`] and [`messages`] (where it goes). This room prints; how anything is
//! found lies below `sumber`.

mod arguments;
mod commands;
mod headline;
mod html;
mod text;

mod messages;
mod output;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All was read.
    Whole,
    /// Something was skipped, or an example of a pack does not hold.
    InPart,
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Trace(arguments) => commands::trace::run(&arguments),
        Command::Report(arguments) => commands::trace::report(&arguments),
        Command::Read(arguments) => commands::read::read(&arguments),
        Command::Analyze(arguments) => commands::read::analyze(&arguments),
        Command::Fetch(arguments) => commands::fetch::run(&arguments),
        Command::Why(arguments) => commands::why::run(&arguments),
        Command::Pack { command } => commands::pack::run(&command),
    };
    match ended {
        Ok(Ended::Whole) => ExitCode::SUCCESS,
        Ok(Ended::InPart) => ExitCode::from(1),
        Err(error) => {
            messages::fatal(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
