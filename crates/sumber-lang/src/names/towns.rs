//! Towns of the world by name: too many for the data set, and many of them are people's names elsewhere. They only
//! tell that a name that nothing else knows may be a town's.

use crate::lexicon::StringMap;
use crate::pack::Loader;

/// Names of towns, each with its state where all that have it are in one.
#[derive(Clone, Debug, Default)]
pub(super) struct Towns {
    /// By name: place in `states` plus one, 0 where they are in several.
    by_name: StringMap<u16>,
    /// ISO 3166 alpha-3.
    states: Vec<String>,
}

impl Towns {
    /// Reads `towns.tsv` of the folder `world`: a name and a state or nothing in each row.
    pub(super) fn load(loader: &mut Loader<'_>) -> Towns {
        Towns::of(loader.table("towns.tsv"))
    }

    fn of(rows: &str) -> Towns {
        let mut towns = Towns::default();
        // rows of one state stand all over the table, so states are found by their letters
        let mut places: StringMap<u16> = StringMap::default();
        for row in rows.lines() {
            let (name, state) = row.split_once('\t').unwrap_or((row, ""));
            let place = if state.is_empty() {
                0
            } else {
                let next = towns.states.len() as u16 + 1;
                let place = *places.get_or_insert(state, next);
                if place == next {
                    towns.states.push(state.to_owned());
                }
                place
            };
            towns.by_name.get_or_insert(name, place);
        }
        towns
    }

    /// Whether a town has this name, and in which state, alpha-3, where all that have it are in one.
    pub(super) fn get(&self, name: &str) -> Option<Option<&str>> {
        let place = *self.by_name.get(name)?;
        Some(place.checked_sub(1).map(|place| self.states[usize::from(place)].as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Towns;

    #[test]
    fn every_town_is_found_and_nothing_else() {
        let towns = Towns::of("Abano\tITA\nBath\t\nCarpi\tITA\nZuara\tLBY\n");
        assert_eq!(towns.get("Abano"), Some(Some("ITA")));
        assert_eq!(towns.get("Carpi"), Some(Some("ITA")));
        assert_eq!(towns.get("Bath"), Some(None));
        assert_eq!(towns.get("Zuara"), Some(Some("LBY")));
        for name in ["", "A", "Aban", "Abanos", "Zz"] {
            assert_eq!(towns.get(name), None);
        }
        assert_eq!(Towns::default().get("Abano"), None);
    }
}
