//! Times: expressions and what they mean.

use sumber_core::TimeMention;

use crate::Packs;
use crate::pack::{Loader, Pack};
use crate::text::Text;

/// A pack's words about times.
#[derive(Clone, Debug, Default)]
pub struct TimePack {}

impl TimePack {
    /// Reads the pack's files.
    pub fn load(_loader: &mut Loader<'_>) -> TimePack {
        TimePack {}
    }
}

/// Finds the time expressions of a text. `published` is the article's date, `YYYY-MM-DD` at its start.
pub fn find(_text: &Text<'_>, _published: Option<&str>, _pack: &Pack, _packs: &Packs) -> Vec<TimeMention> {
    Vec::new()
}
