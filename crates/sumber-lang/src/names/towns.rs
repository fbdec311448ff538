//! Towns of the world by name: too many for the data set, and many of them are people's names elsewhere. They only
//! tell that a name that nothing else knows may be a town's. The table is searched in place, so that it costs
//! nothing to load.

use std::cmp::Ordering;

use crate::pack::Loader;

/// Names and states, one a line, in the order of the names' bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Towns {
    rows: String,
}

impl Towns {
    /// Reads `towns.tsv` of the folder `world`; rows out of order are an error, for they would not be found.
    pub(super) fn load(loader: &mut Loader<'_>) -> Towns {
        let rows = loader.table("towns.tsv");
        let name = |row: &str| row.split_once('\t').map_or(row.len(), |(name, _)| name.len());
        let mut before = "";
        for row in rows.lines() {
            let own = &row[..name(row)];
            if own <= before {
                loader.error("towns.tsv", 0, 0, format!("'{own}' is not after '{before}' in the order of bytes"));
                return Towns::default();
            }
            before = own;
        }
        Towns { rows: rows.to_owned() }
    }

    /// Whether a town has this name, and in which state, alpha-3, where all that have it are in one.
    pub(super) fn get(&self, name: &str) -> Option<Option<&str>> {
        let rows = self.rows.as_bytes();
        let (mut low, mut high) = (0, rows.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = rows[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |n| n + 1);
            let end = rows[middle..].iter().position(|&b| b == b'\n').map_or(rows.len(), |n| middle + n);
            let row = &self.rows[start..end];
            let (own, state) = row.split_once('\t').unwrap_or((row, ""));
            match own.cmp(name) {
                Ordering::Equal => return Some(Some(state).filter(|s| !s.is_empty())),
                Ordering::Less => low = (end + 1).min(high),
                Ordering::Greater => high = start,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Towns;

    #[test]
    fn every_town_is_found_and_nothing_else() {
        let towns = Towns { rows: "Abano\tITA\nBath\t\nZuara\tLBY\n".to_owned() };
        assert_eq!(towns.get("Abano"), Some(Some("ITA")));
        assert_eq!(towns.get("Bath"), Some(None));
        assert_eq!(towns.get("Zuara"), Some(Some("LBY")));
        for name in ["", "A", "Aban", "Abanos", "Zz"] {
            assert_eq!(towns.get(name), None);
        }
        assert_eq!(Towns::default().get("Abano"), None);
    }
}
