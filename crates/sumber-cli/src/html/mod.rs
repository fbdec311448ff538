//! The HTML report: a trace as one self-contained page.

/// The page for a trace.
pub fn render(traced: &sumber::wire::Trace) -> String {
    format!("<!doctype html><title>sumber</title><p>{} articles", traced.articles.len())
}
