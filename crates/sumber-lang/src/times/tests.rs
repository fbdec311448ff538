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

/// What is found in an English text, as 'words = value'.
fn told(source: &str, published: Option<&str>) -> Vec<String> {
    let packs = Packs::embedded();
    let pack = packs.get("en").unwrap();
    let text = Text::new(source, &pack.segmentation, &packs.vocabulary);
    let name = |m: TimeMention| format!("{} = {}", m.span.of(source), m.value.as_deref().unwrap_or("?"));
    find(&text, published, pack, &packs).into_iter().map(name).collect()
}

#[test]
fn without_a_date_of_publication_a_weekday_stays_unknown() {
    assert_eq!(told("He arrived on Monday.", None), ["Monday = ?"]);
}

#[test]
fn a_full_date_nearby_fixes_the_weekdays_that_follow_it() {
    assert_eq!(
        told("The talks began on 5 August 2024. They ended on Wednesday.", None),
        ["5 August 2024 = 2024-08-05", "Wednesday = 2024-08-07"]
    );
}

#[test]
fn a_weekday_with_its_date_stands_for_the_day_of_publication() {
    assert_eq!(
        told("He spoke on Tuesday, August 6, 2024. The ship left yesterday, he said on Tuesday.", None),
        ["Tuesday, August 6, 2024 = 2024-08-06", "yesterday = 2024-08-05", "Tuesday = 2024-08-06"]
    );
}

#[test]
fn a_day_without_a_year_lies_after_the_latest_month_with_one() {
    assert_eq!(
        told("After the raid of October 2023 he hid. On August 6 he was seen.", None),
        ["October 2023 = 2023-10", "August 6 = 2024-08-06"]
    );
}

#[test]
fn a_weekday_that_another_place_of_the_text_fixes_is_that_day() {
    assert_eq!(
        told("The deal will be signed on Friday. Friday's guests: none.", Some("2025-03-18")),
        ["Friday = 2025-03-21", "Friday = 2025-03-21"]
    );
}

#[test]
fn a_zoned_time_of_publication_gives_its_local_day() {
    assert_eq!(told("He left today.", Some("2025-03-18T23:40:00+08:00")), ["today = 2025-03-18"]);
}

proptest::proptest! {
    #[test]
    fn nothing_panics_and_mentions_are_in_order(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24),
        published in proptest::option::of("[0-9]{4}-[01][0-9]-[0-3][0-9]"),
    ) {
        let source = pieces.concat();
        let packs = std::sync::LazyLock::force(&PACKS);
        for pack in packs.iter() {
            let text = Text::new(&source, &pack.segmentation, &packs.vocabulary);
            let mut at = 0;
            for mention in find(&text, published.as_deref(), pack, packs) {
                proptest::prop_assert!(mention.span.start >= at && !mention.span.of(&source).is_empty());
                at = mention.span.end;
            }
        }
    }
}

const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    ",",
    ".",
    "-",
    "/",
    "(",
    ")",
    "'",
    "31",
    "29",
    "2",
    "02",
    "2024",
    "9999",
    "1000",
    "99999",
    "17/3/2025",
    "Feb",
    "February",
    "febbraio",
    "Februari",
    "Monday",
    "domenica",
    "Minggu",
    "last",
    "next",
    "scorsa",
    "depan",
    "lalu",
    "week",
    "settimana",
    "pekan",
    "years",
    "tahun",
    "anni",
    "ago",
    "fa",
    "later",
    "dopo",
    "kemudian",
    "two",
    "due",
    "dua",
    "100",
    "second",
    "quarter",
    "summer",
    "weekend",
    "today",
    "ieri",
    "besok",
    "will",
    "of",
    "di",
    "the",
    "é",
    "日",
    "\u{301}",
    "1990s",
    "Q4",
    "first",
];

static PACKS: std::sync::LazyLock<Packs> = std::sync::LazyLock::new(Packs::embedded);
