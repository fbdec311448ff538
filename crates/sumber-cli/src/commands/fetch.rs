//! `sumber fetch`: pages from the web into an archive.

use std::time::Duration;

use anyhow::Context as _;
use sumber::fetch::{FetchOptions, Fetched, Wanted, fetch};

use super::ended;
use crate::arguments::FetchArguments;
use crate::messages::Progress;
use crate::{Ended, output};

/// Runs the command.
pub fn run(arguments: &FetchArguments) -> anyhow::Result<Ended> {
    let wanted = Wanted {
        pages: arguments.urls.clone(),
        feeds: arguments.feed.clone(),
        sitemaps: arguments.sitemap.clone(),
        lists: arguments.list.clone(),
    };
    let options = FetchOptions {
        folder: arguments.output.clone(),
        delay: Duration::from_secs_f64(arguments.delay),
        timeout: Duration::from_secs_f64(arguments.timeout),
        most: arguments.most,
        private: arguments.allow_private.clone(),
        agent: arguments.agent.clone(),
    };
    let progress = Progress::begin();
    let fetched = fetch(&wanted, &options, &|| progress.page_done())
        .with_context(|| format!("nothing more could be written to {}", arguments.output.display()))?;
    progress.end();
    output::write(None, |out| out.write_all(told(&fetched, &arguments.output.display().to_string()).as_bytes()))?;
    Ok(ended(&fetched.findings))
}

/// What came of it, and what to do next.
fn told(fetched: &Fetched, folder: &str) -> String {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut out = count(fetched.pages, "page");
    if fetched.unchanged > 0 {
        out.push_str(&format!(", {} unchanged", fetched.unchanged));
    }
    match &fetched.archive {
        Some(archive) => out.push_str(&format!(" -> {}\nRead them with: sumber trace {folder}\n", archive.display())),
        None => out.push('\n'),
    }
    out
}
