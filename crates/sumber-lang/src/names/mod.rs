//! Names: people, organisations, places; one id for each thing in the world.

use sumber_core::{Entity, Mention};

use crate::Packs;
use crate::pack::{Loader, Pack};
use crate::text::Text;

/// The data set of the world, compiled.
#[derive(Clone, Debug, Default)]
pub struct World {}

impl World {
    /// Reads the folder `world`.
    pub fn load(_loader: &mut Loader<'_>) -> World {
        World {}
    }

    /// Names of outlets and agencies with their domains, for the reading of pages.
    pub fn outlets(&self) -> Vec<(String, Option<String>)> {
        Vec::new()
    }
}

/// A pack's words about names.
#[derive(Clone, Debug, Default)]
pub struct NamePack {}

impl NamePack {
    /// Reads the pack's files.
    pub fn load(_loader: &mut Loader<'_>) -> NamePack {
        NamePack {}
    }
}

/// Finds the names of a text. `pack` is `None` where the language has none.
pub fn find(_text: &Text<'_>, _pack: Option<&Pack>, _packs: &Packs) -> (Vec<Entity>, Vec<Mention>) {
    (Vec::new(), Vec::new())
}
