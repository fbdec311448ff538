//! What goes to standard error: findings, and progress when work takes long.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use sumber::core::Code;
use sumber::{Diagnostic, Severity};

/// Findings of one kind beyond this many are counted and not shown.
const MOST_OF_A_KIND: usize = 10;

/// Prints findings, those that cost most last, where the eye ends.
pub fn print(findings: &[Diagnostic]) {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut err = anstream::stderr().lock();
    let mut kinds: Vec<(Severity, Code)> = sorted.iter().map(|d| (d.severity, d.code)).collect();
    kinds.dedup();
    for (severity, code) in kinds {
        let of_kind: Vec<_> = sorted.iter().filter(|d| (d.severity, d.code) == (severity, code)).collect();
        for finding in of_kind.iter().take(MOST_OF_A_KIND) {
            let (word, style) = word(severity);
            let place = crate::text::clean(&finding.place);
            let message = crate::text::clean(&finding.message);
            let _ = writeln!(err, "{place}: {style}{word}[{}]{style:#}: {message}", code.as_str());
        }
        if let Some(more) = of_kind.len().checked_sub(MOST_OF_A_KIND + 1) {
            let _ = writeln!(err, "... and {} more [{}]", more + 1, code.as_str());
        }
    }
}

/// Whether a finding says that something was skipped.
pub fn skipped(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Skipped)
}

fn word(severity: Severity) -> (&'static str, Style) {
    match severity {
        Severity::Note => ("note", Style::new().fg_color(Some(AnsiColor::Cyan.into()))),
        Severity::Warning => ("warning", Style::new().bold().fg_color(Some(AnsiColor::Yellow.into()))),
        Severity::Skipped => ("skipped", Style::new().bold().fg_color(Some(AnsiColor::Red.into()))),
    }
}

/// Prints an error that ends the command.
pub fn fatal(message: &str) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let mut err = anstream::stderr().lock();
    for line in message.lines() {
        let _ = writeln!(err, "sumber: {style}error{style:#}: {}", crate::text::clean(line));
    }
}

/// Counts pages on standard error once the work has taken a second; silent when that is no terminal.
pub struct Progress {
    begun: Instant,
    pages: AtomicU64,
    shown: Mutex<Option<indicatif::ProgressBar>>,
    terminal: bool,
}

impl Progress {
    /// Begins to count.
    pub fn begin() -> Progress {
        Progress {
            begun: Instant::now(),
            pages: AtomicU64::new(0),
            shown: Mutex::new(None),
            terminal: std::io::stderr().is_terminal(),
        }
    }

    /// One page is done.
    pub fn page_done(&self) {
        let pages = self.pages.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.terminal || self.begun.elapsed() < Duration::from_secs(1) {
            return;
        }
        let Ok(mut shown) = self.shown.try_lock() else { return };
        let bar = shown.get_or_insert_with(|| {
            let style = indicatif::ProgressStyle::with_template("{spinner} {human_pos} pages read, {per_sec}")
                .unwrap_or_else(|_| indicatif::ProgressStyle::default_spinner());
            indicatif::ProgressBar::new_spinner().with_style(style)
        });
        bar.set_position(pages);
    }

    /// Takes the count off the screen.
    pub fn end(self) {
        if let Some(bar) = self.shown.into_inner().ok().flatten() {
            bar.finish_and_clear();
        }
    }
}
