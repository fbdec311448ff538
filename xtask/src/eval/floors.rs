//! Pinned floors, per language and task: a figure below its floor breaks the gate.
//!
//! Floors rise by `--raise-floors` and go down only by a hand that edits the file and says why.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::Context as _;

use super::score::{ALL, Scores};

/// Room below the measured figure that a raised floor leaves for harmless changes.
const MARGIN: f64 = 0.02;

const HEADER: &str = "\
# Floors of the quality gate (`cargo xtask eval`): F1 per language and task over testdata/collections.
# `cargo xtask eval --raise-floors` lifts them to a little below what is measured; lowering one is
# done by hand, on purpose, with the reason in the commit.
";

/// Floors by language (or `all`), then task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

impl Floors {
    /// Reads the file; a missing file is an error, since a gate without floors holds nothing.
    pub fn read(path: &Path) -> anyhow::Result<Floors> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Floors(toml::from_str(&text).with_context(|| format!("{} is no table of floors", path.display()))?))
    }

    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// One line for each broken floor, worst first. A floor for a task that was not measured is broken.
    pub fn faults(&self, scores: &Scores) -> Vec<String> {
        let mut faults = Vec::new();
        for (language, tasks) in &self.0 {
            for (task, &floor) in tasks {
                let measured = scores.of(task, language).map(|tally| tally.f1());
                // Figures are compared as they are printed: three digits.
                if measured.is_none_or(|f| (f * 1000.0).round() < (floor * 1000.0).round()) {
                    faults.push((measured.unwrap_or(0.0) - floor, language, task, measured, floor));
                }
            }
        }
        faults.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        faults
            .iter()
            .map(|(_, language, task, measured, floor)| match measured {
                Some(f) => format!("below its floor: {language} {task}: {f:.3}, floor {floor:.3}"),
                None => format!("not measured: {language} {task}, floor {floor:.3}"),
            })
            .collect()
    }

    /// The same floors, each lifted to [`MARGIN`] below what is measured where that is higher.
    pub fn raised(&self, scores: &Scores) -> Floors {
        let mut raised = self.clone();
        for (language, task, tally) in scores.figures() {
            let floor = raised.0.entry(language.to_owned()).or_default().entry(task.to_owned()).or_insert(0.0);
            let f = tally.f1();
            let lifted = if f >= 1.0 { 1.0 } else { ((f - MARGIN).max(0.0) * 100.0).floor() / 100.0 };
            *floor = floor.max(lifted);
        }
        raised
    }
}

impl fmt::Display for Floors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        let languages = self.0.iter().filter(|(l, _)| *l == ALL).chain(self.0.iter().filter(|(l, _)| *l != ALL));
        for (language, tasks) in languages {
            writeln!(f, "\n[{language}]")?;
            for (task, floor) in tasks {
                writeln!(f, "\"{task}\" = {floor:.2}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::Tally;
    use super::*;

    fn scores(hit: f64) -> Scores {
        let mut scores = Scores::default();
        scores.tally("statements", "it", Tally { hit, gold: 100, got: 100 });
        scores
    }

    fn floors(value: f64) -> Floors {
        Floors(BTreeMap::from([("it".to_owned(), BTreeMap::from([("statements".to_owned(), value)]))]))
    }

    #[test]
    fn a_figure_at_its_floor_holds_and_below_it_breaks() {
        assert!(floors(0.8).faults(&scores(80.0)).is_empty());
        assert_eq!(floors(0.8).faults(&scores(79.0)), ["below its floor: it statements: 0.790, floor 0.800"]);
    }

    #[test]
    fn a_floor_without_a_figure_is_broken() {
        assert_eq!(floors(0.8).faults(&Scores::default()), ["not measured: it statements, floor 0.800"]);
    }

    #[test]
    fn raising_never_lowers() {
        assert_eq!(floors(0.5).raised(&scores(80.0)).0["it"]["statements"], 0.78);
        assert_eq!(floors(0.9).raised(&scores(80.0)).0["it"]["statements"], 0.9);
    }

    #[test]
    fn floors_read_back_as_written() {
        let text = floors(0.25).to_string();
        assert_eq!(Floors(toml::from_str(&text).unwrap()), floors(0.25));
    }
}
