//! The examples that stand in the packs, run: every annotator's own, in the order of the annotators.

use crate::pack::{ExampleResult, Packs};
use crate::{concepts, events, statements, times};

/// Runs all examples of one pack. Each annotator reads its own notation; what it finds in the text
/// must be what is marked, and nothing where nothing is.
pub fn run_examples(packs: &Packs, tag: &str) -> Vec<ExampleResult> {
    let mut results = concepts::run_examples(packs, tag);
    results.extend(times::run_examples(packs, tag));
    results.extend(events::run_examples(packs, tag));
    results.extend(statements::run_examples(packs, tag));
    results.extend(events::run_examples(packs, tag));
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_every_pack_holds() {
        let packs = Packs::embedded();
        let mut ran = 0;
        for pack in packs.iter() {
            for result in run_examples(&packs, &pack.tag) {
                ran += 1;
                let example = &result.example;
                assert_eq!(result.failure, None, "{} {}: {}", example.file, example.rule, example.marked);
            }
        }
        assert!(ran > 100, "only {ran} examples ran");
    }
}
