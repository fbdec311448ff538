//! Given names and the small words inside names of people, of all the world's languages.

use crate::lexicon::{WordId, WordSet};
use crate::pack::Loader;

/// Given names and particles.
#[derive(Clone, Debug, Default)]
pub(super) struct GivenNames {
    names: WordSet,
    particles: WordSet,
}

impl GivenNames {
    /// Reads `given.tsv` of the folder `world`.
    pub(super) fn load(loader: &mut Loader<'_>) -> GivenNames {
        let mut given = GivenNames::default();
        for row in loader.tsv("given.tsv", &["class", "words"]) {
            let set = match row.cells[0].as_str() {
                "given" => &mut given.names,
                "particle" => &mut given.particles,
                label => {
                    loader.unknown_label("given.tsv", row.line, label, ["given", "particle"].into_iter());
                    continue;
                }
            };
            for word in row.cells[1].split(' ').filter(|w| !w.is_empty()) {
                set.insert(loader.vocabulary.intern(word));
            }
        }
        given
    }

    /// Whether the word is somewhere a common given name.
    pub(super) fn contains(&self, word: WordId) -> bool {
        word.is_known() && self.names.contains(&word)
    }

    /// Whether the word stands inside names of people in lower case ('al', 'bin', 'van').
    pub(super) fn is_particle(&self, word: WordId) -> bool {
        word.is_known() && self.particles.contains(&word)
    }
}
