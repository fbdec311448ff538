//! The packs that ship: they load, and the examples inside them hold.

use sumber_lang::{PackFiles, Packs, statements};

#[test]
fn the_packs_that_ship_load() {
    if let Err(errors) = Packs::load(&PackFiles::embedded()) {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn every_example_of_a_statement_rule_holds() {
    let packs = Packs::embedded();
    let tags: Vec<String> = packs.iter().map(|p| p.tag.clone()).collect();
    let results: Vec<_> = tags.iter().flat_map(|tag| statements::run_examples(&packs, tag)).collect();
    assert!(results.len() >= 20, "only {} examples ran", results.len());
    let failures: Vec<String> = results
        .iter()
        .filter_map(|r| {
            r.failure.as_ref().map(|f| format!("{} {}: {}\n    {f}", r.example.file, r.example.rule, r.example.marked))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), results.len(), failures.join("\n"));
}
