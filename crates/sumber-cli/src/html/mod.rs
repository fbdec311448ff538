//! The HTML report: a trace as one self-contained page that needs no network and no JavaScript.
//!
//! The types that matter: [`report::Report`] (the trace with its look-ups), [`graph::Graph`] (who told
//! whom, for one claim) and `maud::Markup` (what every part of the page returns: escaped and well-formed
//! by construction). The room reads the wire format alone, so that a saved JSON trace becomes the same
//! page as a fresh one; it knows nothing of how an answer was found, and it never reads a file or a clock.

mod article;
mod claim;
mod escape;
mod graph;
mod page;
mod report;
mod timeline;
mod words;

#[cfg(test)]
mod tests;

/// The page for a trace. The same trace gives the same bytes.
pub fn render(traced: &sumber::wire::Trace) -> String {
    escape::inert(&page::page(&report::Report::new(traced)).into_string())
}
