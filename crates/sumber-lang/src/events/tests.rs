use super::*;

#[test]
fn examples_of_events_hold() {
    let packs = Packs::embedded();
    let mut ran = 0;
    for pack in packs.iter() {
        for result in run_examples(&packs, &pack.tag) {
            assert_eq!(result.failure, None, "{}: {}", result.example.file, result.example.marked);
            ran += 1;
        }
    }
    assert!(ran >= 30, "only {ran} examples ran");
}

#[test]
fn a_month_after_the_day_of_publication_is_later() {
    assert!(is_after("2024-07", "2024-06-12"));
    assert!(!is_after("2024-06", "2024-06-12"));
    assert!(!is_after("2023", "2024-06-12T10:00:00+07:00"));
}
