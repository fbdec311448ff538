//! One article in, its [`Analysis`](sumber_core::Analysis) out, by language packs.
//!
//! The three types that matter: [`Packs`] (what is known of languages and of the world, as data),
//! [`Text`](text::Text) (an article's words, sentences and quotations) and
//! [`Analysis`](sumber_core::Analysis). One annotator, one folder: each reads its own files of a
//! pack, compiles them to word numbers, and adds its layer.
//!
//! This room never looks at a second article, knows no HTML, no file system and no clock, and holds
//! no word of any human language: words live in packs.

pub mod lexicon;
pub mod pack;
pub mod text;

pub mod concepts;
pub mod events;
pub mod language;
pub mod names;
pub mod statements;
pub mod times;

mod analyze;
mod examples;

pub use analyze::{analyze, analyze_as};
pub use examples::run_examples;
pub use pack::{PackError, PackFiles, Packs};
pub use statements::{Trial, try_sentence};
