//! The library's door: the order of the stages, threads, wire formats.
//!
//! The three types that matter: [`Packs`] (loaded once), [`Traced`] (articles, analyses and the
//! trace over them) and [`wire::Trace`] (the same as printed; the contract of the JSON format).
//! Algorithms live below this room, printing above it.

pub mod wire;

use rayon::prelude::*;

pub use sumber_core as core;
pub use sumber_core::{Analysis, Article, Diagnostic, Page, PageFormat, PageHints, Severity, Trace};
pub use sumber_extract::extract;
pub use sumber_graph::link;
pub use sumber_input::read_pages;
pub use sumber_lang::{PackError, PackFiles, Packs, analyze};
pub use sumber_lang::{pack, text};

/// Articles with what each says and what they say together.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// Articles and their analyses, in the order of their paths.
    pub articles: Vec<(Article, Analysis)>,
    /// What they say together.
    pub trace: Trace,
}

/// Reads and analyses pages, each by itself, on rayon's threads; the order stays.
pub fn analyze_pages(pages: &[Page], hints: &PageHints, packs: &Packs) -> Vec<(Article, Analysis)> {
    pages
        .par_iter()
        .map(|page| {
            let article = extract(page, hints);
            let analysis = analyze(&article, packs);
            (article, analysis)
        })
        .collect()
}

/// The main job: pages in, trace out.
pub fn trace_pages(pages: &[Page], hints: &PageHints, packs: &Packs) -> Traced {
    let articles = analyze_pages(pages, hints, packs);
    let trace = link(&articles);
    Traced { articles, trace }
}
