//! What goes to standard error: findings, and progress when work takes long.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use sumber::{Diagnostic, Severity};

use crate::text::clean;

/// Findings of one kind beyond this many are counted and not shown.
const MOST_OF_A_KIND: usize = 10;

/// Prints findings, those that cost most last, where the eye ends.
pub fn print(findings: &[Diagnostic]) {
    // nobody can be told that standard error cannot be written
    let _ = anstream::stderr().lock().write_all(lines(findings).as_bytes());
}

/// Findings a line each, the same one once; of many of a kind the first and how many more.
fn lines(findings: &[Diagnostic]) -> String {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut out = String::new();
    for of_kind in sorted.chunk_by(|a, b| (a.severity, a.code) == (b.severity, b.code)) {
        let (word, style) = word(of_kind[0].severity);
        let code = of_kind[0].code.as_str();
        for finding in of_kind.iter().take(MOST_OF_A_KIND) {
            let (place, message) = (clean(&finding.place), clean(&finding.message));
            let _ = writeln!(out, "{place}: {style}{word}[{code}]{style:#}: {message}");
        }
        if of_kind.len() > MOST_OF_A_KIND {
            let _ = writeln!(out, "... and {} more {style}{word}[{code}]{style:#}", of_kind.len() - MOST_OF_A_KIND);
        }
    }
    out
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
        let _ = writeln!(err, "sumber: {style}error{style:#}: {}", clean(line));
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

#[cfg(test)]
mod tests {
    use sumber::core::Code;

    use super::*;

    fn finding(severity: Severity, code: Code, place: &str) -> Diagnostic {
        Diagnostic { severity, code, place: place.to_owned(), message: "save it again".to_owned() }
    }

    fn plain(findings: &[Diagnostic]) -> String {
        anstream::adapter::strip_str(&lines(findings)).to_string()
    }

    #[test]
    fn what_was_skipped_comes_last_and_is_said_once() {
        let skipped = finding(Severity::Skipped, Code::EmptyFile, "b.txt");
        let findings = [skipped.clone(), finding(Severity::Note, Code::NoPack, "z.txt"), skipped];
        assert_eq!(plain(&findings), "z.txt: note[L002]: save it again\nb.txt: skipped[R002]: save it again\n");
    }

    #[test]
    fn many_of_a_kind_are_counted() {
        let findings: Vec<_> = (10..40).map(|n| finding(Severity::Note, Code::NoPack, &format!("{n}.txt"))).collect();
        let shown = plain(&findings);
        assert_eq!(shown.lines().count(), MOST_OF_A_KIND + 1);
        assert!(shown.ends_with("... and 20 more note[L002]\n"), "{shown}");
    }

    #[test]
    fn names_of_files_send_no_codes_to_the_terminal() {
        assert!(!plain(&[finding(Severity::Note, Code::NoPack, "a\u{1b}[2J.txt")]).contains('\u{1b}'));
    }
}
