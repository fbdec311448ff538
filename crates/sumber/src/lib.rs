//! The library's door: the order of the stages, configuration, threads, wire formats.
//!
//! The three types that matter: [`Config`] (packs and choices, resolved once), [`Traced`]
//! (articles, analyses and the trace over them) and [`wire::Trace`] (the same as printed; the
//! contract of the JSON format). Algorithms live below this room, printing above it.
//!
//! ```
//! use sumber::{Options, Page};
//! let config = Options::default().resolve().unwrap();
//! let page = Page { path: "note.txt".into(), bytes: b"Nothing is known.".to_vec(), ..Page::default() };
//! let traced = sumber::trace_pages(&[page], &config.hints, &config.packs);
//! assert_eq!(traced.articles.len(), 1);
//! ```

mod config;
mod parts;
mod stages;
pub mod wire;

pub use config::{Config, ConfigError, Options, at_home, pack_files};
pub use stages::{Traced, analyze_pages, analyze_paths, read_paths, trace_pages, trace_paths};

pub use sumber_core as core;
pub use sumber_core::{Analysis, Article, Diagnostic, Page, PageFormat, PageHints, Severity, Trace};
pub use sumber_extract::{PageReader, extract};
pub use sumber_graph::{PairEvidence, STORY_SCORE, evidence, link, story_scores};
pub use sumber_input::{FieldPath, ReadOptions, fetch, pages, pages_in, read_pages};
pub use sumber_lang::{PackError, PackFiles, Packs, analyze, analyze_as, run_examples, try_sentence};
pub use sumber_lang::{pack, text};
