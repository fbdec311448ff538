use super::*;
use crate::pack::PackFiles;

#[test]
fn examples_of_all_packs_hold() {
    let packs = Packs::load(&PackFiles::embedded()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let mut ran = 0;
    let mut failures = Vec::new();
    for pack in packs.iter() {
        for result in run_examples(&packs, &pack.tag) {
            ran += 1;
            if let Some(failure) = result.failure {
                failures.push(format!(
                    "{} {}: {}\n    {failure}",
                    result.example.file, result.example.rule, result.example.marked
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {ran} fail:\n{}", failures.len(), failures.join("\n"));
    assert!(ran >= 60, "only {ran} examples ran");
}

#[test]
fn an_unknown_label_is_an_error_with_a_suggestion() {
    let mut files = PackFiles::default();
    files.insert("xx/times.toml", "[numbers]\norder = \"day-month\"\n[words.wekday]\n1 = [\"Mo\"]\n".to_owned());
    let errors = Packs::load(&files).unwrap_err();
    assert_eq!(errors[0].to_string(), "xx/times.toml:3: unknown label 'wekday'; did you mean 'weekday'?");
}
