use proptest::prelude::*;

use super::*;
use crate::pack::PackFiles;

fn features(text: &str, packs: &Packs, tag: &str) -> (Vec<String>, Vec<String>, Features) {
    let cut = cut(text, packs, tag);
    let found = find(&cut, Some(tag), &[], packs.get(tag), packs);
    let concepts = found.concepts.iter().map(|c| c.id.to_string()).collect();
    let numbers = found.numbers.iter().map(|n| n.value.clone()).collect();
    (concepts, numbers, found)
}

#[test]
fn examples_of_numbers_hold() {
    let packs = Packs::embedded();
    let mut ran = 0;
    for pack in packs.iter() {
        for result in run_examples(&packs, &pack.tag) {
            assert_eq!(result.failure, None, "{}: {}", result.example.file, result.example.marked);
            ran += 1;
        }
    }
    assert!(ran >= 15, "only {ran} examples ran");
}

/// Concepts, and the same news with them in three languages.
type Parallel = (&'static [&'static str], [(&'static str, &'static str); 3]);

const PARALLEL: &[Parallel] = &[
    (
        &["air-defence", "request"],
        [
            ("en", "Ruritania asked for air defence systems."),
            ("it", "La Ruritania ha chiesto sistemi di difesa aerea."),
            ("id", "Ruritania meminta sistem pertahanan udara."),
        ],
    ),
    (
        &["ship", "detention", "payment"],
        [
            ("en", "The vessel was detained until the company pays."),
            ("it", "La nave è stata trattenuta finché la ditta non paga."),
            ("id", "Kapal itu ditahan sampai perusahaan membayar."),
        ],
    ),
    (
        &["ceasefire", "sign"],
        [
            ("en", "They signed the ceasefire."),
            ("it", "Hanno firmato il cessate il fuoco."),
            ("id", "Mereka menandatangani gencatan senjata."),
        ],
    ),
    (
        &["earthquake", "death", "hospital"],
        [
            ("en", "The quake damaged a hospital; four died."),
            ("it", "Il terremoto ha colpito un ospedale: quattro morti."),
            ("id", "Gempa merusak rumah sakit; empat orang tewas."),
        ],
    ),
    (
        &["compensation", "fishing", "promise"],
        [
            ("en", "Fishermen wait for the compensation that was promised."),
            ("it", "I pescatori attendono i risarcimenti promessi."),
            ("id", "Nelayan menanti ganti rugi yang dijanjikan."),
        ],
    ),
];

#[test]
fn concepts_agree_across_languages() {
    let packs = Packs::embedded();
    for (expected, texts) in PARALLEL {
        for (tag, text) in texts {
            let (concepts, ..) = features(text, &packs, tag);
            for id in *expected {
                assert!(concepts.iter().any(|c| c == id), "{tag}: '{text}' lacks {id}, has {concepts:?}");
            }
        }
    }
}

/// Words that share a stem with a listed word and mean something else, and the concepts that they are not.
const UNLIKE: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "According to several executives it is important and severe, and they will relate it directly.",
        &["agreement", "cut-damage", "trade", "import-goods", "relations", "rule-order", "death-penalty"],
    ),
    (
        "it",
        "Ancora alle prime ore della data una parte importante va verso il successivo.",
        &["anchor", "gold", "prayer", "trade", "import-goods", "leave", "give", "succeed", "succession"],
    ),
    (
        "id",
        "Dia berada di tempat tinggi dan ternyata dapat lebih baik.",
        &["statement", "fact", "receive", "true-fact"],
    ),
];

#[test]
fn words_that_only_share_a_stem_are_no_concepts() {
    let packs = Packs::embedded();
    for (tag, text, wrong) in UNLIKE {
        let (concepts, ..) = features(text, &packs, tag);
        assert!(!concepts.iter().any(|c| wrong.contains(&c.as_str())), "{tag}: '{text}' has {concepts:?}");
    }
}

#[test]
fn every_language_has_words_for_every_concept() {
    let packs = Packs::embedded();
    let files = PackFiles::embedded();
    for pack in packs.iter() {
        let text = files.get(&format!("{}/concepts.tsv", pack.tag)).unwrap();
        for id in packs.concepts.ids() {
            assert!(text.lines().any(|l| l.starts_with(&format!("{id}\t"))), "{} has no words for {id}", pack.tag);
        }
    }
}

#[test]
fn the_longest_phrase_wins() {
    let packs = Packs::embedded();
    let (concepts, ..) = features("Menteri luar negeri tiba.", &packs, "id");
    assert_eq!(concepts, ["foreign-ministry", "arrive"]);
}

#[test]
fn a_concept_that_the_list_lacks_is_an_error_with_the_nearest() {
    let mut files = PackFiles::default();
    files.insert("world/concepts.tsv", "id\tkind\tgloss\nceasefire\tconflict\ttruce\n".into());
    files.insert("xx/concepts.tsv", "id\twords\nceasfire\ttruce\n".into());
    let errors = Packs::load(&files).unwrap_err();
    assert_eq!(errors[0].to_string(), "xx/concepts.tsv:2: unknown label 'ceasfire'; did you mean 'ceasefire'?");
}

#[test]
fn hedges_and_negations_are_marked() {
    let packs = Packs::embedded();
    let text = "Kapal itu diduga tidak membayar.";
    let (.., found) = features(text, &packs, "id");
    assert_eq!(found.hedges.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["diduga"]);
    assert_eq!(found.negations.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["tidak"]);
}

#[test]
fn forms_of_a_word_share_a_key_and_stop_words_have_none() {
    let packs = Packs::embedded();
    let (.., found) = features("The ships of the ship", &packs, "en");
    assert_eq!(found.words.len(), 2);
    assert_eq!(found.words[0].stem, found.words[1].stem);
}

#[test]
fn without_a_pack_digits_and_long_words_are_found() {
    let packs = Packs::embedded();
    let (concepts, numbers, found) = features("Судно везло 138.000 тонн, 2,5 по", &packs, "ru");
    assert_eq!(concepts, Vec::<String>::new());
    assert_eq!(numbers, ["138000", "2.5"]);
    assert_eq!(found.words.len(), 3);
}

#[test]
fn numbers_inside_times_are_left_out() {
    let packs = Packs::embedded();
    let text = cut("Lima kapal dalam 3 hari", &packs, "id");
    let times = [TimeMention { span: Span::new(17, 23), value: None }];
    let found = find(&text, Some("id"), &times, packs.get("id"), &packs);
    assert_eq!(found.numbers.iter().map(|n| n.value.as_str()).collect::<Vec<_>>(), ["5"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_spans_in_bounds(text in "(\\PC|[0-9]{1,40}[.,:/-]?|million |belas |juta |e mezzo |half |\n){0,40}") {
        let packs = PACKS.get_or_init(Packs::embedded);
        for tag in ["en", "it", "id", "xx"] {
            let found = features(&text, packs, tag).2;
            for number in &found.numbers {
                prop_assert!(!number.span.of(&text).is_empty());
            }
            for concept in &found.concepts {
                prop_assert!(!concept.span.of(&text).is_empty());
            }
        }
    }
}

static PACKS: std::sync::OnceLock<Packs> = std::sync::OnceLock::new();
