use proptest::prelude::*;

use super::*;
use crate::lexicon::Vocabulary;

fn segmentation() -> Segmentation {
    let mut pack = Segmentation::without_pack();
    pack.quotes.push(('‘', '’'));
    pack
}

/// The words of each quotation, without its marks.
fn quotes(source: &str) -> Vec<&str> {
    let text = Text::new(source, &segmentation(), &Vocabulary::default());
    text.quotes.iter().map(|q| text.span(q.inner.clone()).of(source)).collect()
}

/// The sentences.
fn sentences(source: &str) -> Vec<&str> {
    Text::new(source, &segmentation(), &Vocabulary::default()).sentences.iter().map(|s| s.span.of(source)).collect()
}

fn with_abbreviations(source: &str, abbreviations: &[&str]) -> usize {
    let mut vocabulary = Vocabulary::default();
    let mut segmentation = segmentation();
    segmentation.abbreviations = abbreviations.iter().map(|a| vocabulary.intern(a)).collect();
    segmentation.abbreviations.sort_unstable();
    Text::new(source, &segmentation, &vocabulary).sentences.len()
}

#[test]
fn words_are_cut_at_inner_apostrophes() {
    assert_eq!(words_of("l'ayatollah dell’Iran"), ["l'", "ayatollah", "dell’", "Iran"]);
    assert_eq!(words_of("Italy's don't"), ["Italy", "'s", "don", "'t"]);
    assert_eq!(words_of("dell'"), ["dell'"]);
    assert_eq!(words_of("rock 'n' roll"), ["rock", "'", "n", "'", "roll"]);
}

#[test]
fn words_without_a_full_stop_are_cut_after_some_hundreds() {
    let words = "word ".repeat(5_000);
    assert!(sentences(&words).len() >= 5);
}

#[test]
fn a_newline_ends_the_sentence() {
    assert_eq!(sentences("Satu dua\ntiga empat."), ["Satu dua", "tiga empat."]);
}

#[test]
fn a_full_stop_inside_the_quotation_ends_the_sentence_behind_the_mark() {
    assert_eq!(sentences("He said: \"We go.\" Then he left."), ["He said: \"We go.\"", "Then he left."]);
    assert_eq!(sentences("“Kami pergi.” Lalu diam."), ["“Kami pergi.”", "Lalu diam."]);
}

#[test]
fn a_question_inside_a_quotation_does_not_end_the_sentence_before_a_small_letter() {
    assert_eq!(sentences("\"Who goes?\" asked Mora. None spoke."), ["\"Who goes?\" asked Mora.", "None spoke."]);
}

#[test]
fn initials_and_abbreviations_end_no_sentence() {
    assert_eq!(sentences("J. K. Moreno left. He fled.").len(), 2);
    assert_eq!(with_abbreviations("Gen. Moreno met Dr. Lind. They talked.", &["Gen", "Dr"]), 2);
    assert_eq!(with_abbreviations("The U.S. Senate voted. It failed.", &["U.S"]), 2);
}

#[test]
fn a_decimal_number_is_one_word_and_ends_nothing() {
    assert_eq!(
        sentences("Harga naik 3.5 persen. Lalu 10.000 orang pergi."),
        ["Harga naik 3.5 persen.", "Lalu 10.000 orang pergi."]
    );
}

#[test]
fn dots_in_a_row_end_a_sentence_only_before_a_capital() {
    assert_eq!(sentences("He waited... and left... Then rain."), ["He waited... and left...", "Then rain."]);
    assert_eq!(sentences("Dia menunggu … lalu pergi.").len(), 1);
}

#[test]
fn straight_quotes_open_and_close_in_turn() {
    assert_eq!(quotes("\"Yes,\" he said. \"No.\""), ["Yes,", "No."]);
    assert_eq!(quotes("a \"b\" c (\"d\") e"), ["b", "d"]);
}

#[test]
fn straight_quotes_with_stray_blanks_are_found() {
    assert_eq!(quotes("inviato \" un gran numero di missili \" per l'invasione"), ["un gran numero di missili"]);
}

#[test]
fn an_inch_mark_opens_nothing() {
    assert_eq!(quotes("Layar 15\" dijual. \"Murah,\" katanya."), ["Murah,"]);
}

#[test]
fn curly_quotes_and_guillemets_are_found() {
    assert_eq!(quotes("“Kami siap”, katanya. «Siamo qui», dice."), ["Kami siap", "Siamo qui"]);
}

#[test]
fn nested_quotes_belong_to_the_outermost() {
    assert_eq!(quotes("«Ha detto “mai” e poi “sì”», riferisce."), ["Ha detto “mai” e poi “sì”"]);
    assert_eq!(quotes("“He cried ‘stop’ and ‘go’,” she said."), ["He cried ‘stop’ and ‘go’,"]);
}

#[test]
fn an_apostrophe_is_no_closing_quote() {
    assert_eq!(quotes("‘We don’t know the miners’ names,’ he said."), ["We don’t know the miners’ names,"]);
}

#[test]
fn a_quotation_runs_over_sentences() {
    assert_eq!(quotes("“One. Two! Three?” he said."), ["One. Two! Three?"]);
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph_where_that_opens_again() {
    assert_eq!(quotes("“One.\n“Two.”\nThree."), ["One.\n“Two."]);
    assert_eq!(quotes("\"One.\n\"Two.\"\nThree."), ["One.\n\"Two."]);
}

#[test]
fn a_closed_quotation_does_not_swallow_the_next_paragraph() {
    assert_eq!(quotes("\"One.\"\n\"Two.\""), ["One.", "Two."]);
}

#[test]
fn a_quotation_that_is_never_closed_ends_with_its_paragraph() {
    assert_eq!(quotes("“One.\nTwo ”three"), ["One."]);
}

#[test]
fn a_mark_that_closes_wrongly_is_closed_by_what_reads_alike() {
    assert_eq!(quotes("He said “we go\" and left."), ["we go"]);
    assert_eq!(quotes("Katanya ”kami pergi” lalu diam."), ["kami pergi"]);
}

proptest! {
    #[test]
    fn tokens_and_gaps_rebuild_any_text(source in any_text()) {
        let text = Text::new(&source, &segmentation(), &Vocabulary::default());
        let mut at = 0;
        for token in &text.tokens {
            let start = token.span.start as usize;
            prop_assert!(start >= at && source.is_char_boundary(start));
            prop_assert!(source[at..start].chars().all(char::is_whitespace), "{:?}", &source[at..start]);
            prop_assert_eq!(token.glued, start == at && at > 0);
            prop_assert!(!token.span.is_empty());
            at = token.span.end as usize;
        }
        prop_assert!(source[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn sentences_and_paragraphs_partition_the_tokens(source in any_text()) {
        let text = Text::new(&source, &segmentation(), &Vocabulary::default());
        let mut next = 0;
        for (number, sentence) in text.sentences.iter().enumerate() {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.end > next);
            next = sentence.tokens.end;
            prop_assert!(text.tokens[sentence.tokens.clone()].iter().all(|t| t.sentence as usize == number));
            prop_assert!(!sentence.span.of(&source).contains('\n'));
            prop_assert!(text.paragraphs[sentence.paragraph].contains(&sentence.tokens.start));
        }
        prop_assert_eq!(next, text.tokens.len());
        let mut next = 0;
        for paragraph in &text.paragraphs {
            prop_assert_eq!(paragraph.start, next);
            next = paragraph.end;
        }
        prop_assert_eq!(next, text.tokens.len());
    }

    #[test]
    fn quotations_are_in_order_and_do_not_overlap(source in any_text()) {
        let text = Text::new(&source, &segmentation(), &Vocabulary::default());
        let mut at = 0;
        for quote in &text.quotes {
            prop_assert!(quote.outer.start >= at);
            prop_assert_eq!(quote.inner.start, quote.outer.start + 1);
            prop_assert!(quote.inner.start <= quote.inner.end && quote.inner.end <= quote.outer.end);
            prop_assert!(quote.outer.end <= text.tokens.len());
            at = quote.outer.end;
            for token in quote.outer.clone() {
                prop_assert_eq!(text.quote_at(token), Some(quote));
            }
        }
    }
}

/// Texts thick with what is hard: marks, apostrophes, white space of all kinds, digits, any character.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z]{1,6}",
        3 => "[\"“”‘’'«».,!?…() -]{1,3}",
        2 => "[ \n\t\u{a0}\r]{1,2}",
        1 => "[0-9]{1,5}[.,/%]?[0-9]{0,3}",
        1 => "[а-яіїא-תا-ی]{1,5}",
        1 => "\\PC{0,3}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}
