//! Events: PLOVER type, who to whom, when, status, and according to whom.

use sumber_core::{Event, Statement};

use crate::Packs;
use crate::pack::{Loader, Pack};
use crate::statements::Layers;
use crate::text::Text;

/// A pack's words about events.
#[derive(Clone, Debug, Default)]
pub struct EventPack {}

impl EventPack {
    /// Reads the pack's files.
    pub fn load(_loader: &mut Loader<'_>) -> EventPack {
        EventPack {}
    }
}

/// Finds the events of a text. `published` is the article's date.
pub fn find(
    _text: &Text<'_>,
    _published: Option<&str>,
    _layers: Layers<'_>,
    _statements: &[Statement],
    _pack: &Pack,
    _packs: &Packs,
) -> Vec<Event> {
    Vec::new()
}
