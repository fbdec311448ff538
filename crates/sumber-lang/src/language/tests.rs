use crate::Packs;

fn told(text: &str, declared: Option<&str>) -> Option<String> {
    Packs::embedded().identifier.identify(text, declared)
}

#[test]
fn short_sentences_of_fifteen_languages_are_told() {
    let sentences = [
        ("id", "Menteri itu mengatakan bahwa harga beras tidak akan naik pada bulan ini."),
        ("ms", "Beliau berkata harga beras tidak akan naik kerana bekalan daripada kerajaan mencukupi."),
        ("it", "Il ministro ha detto che il prezzo del riso non salirà questo mese."),
        ("en", "The minister said that the price of rice would not rise this month."),
        ("ru", "Министр сказал, что цена на рис в этом месяце не вырастет."),
        ("uk", "Міністр сказав, що ціна на рис цього місяця не зросте."),
        ("fa", "وزیر گفت که قیمت برنج در این ماه افزایش نخواهد یافت."),
        ("ar", "وقال الوزير إن سعر الأرز لن يرتفع في هذا الشهر."),
        ("he", "השר אמר כי מחיר האורז לא יעלה החודש."),
        ("tr", "Bakan, bu ay pirinç fiyatının artmayacağını söyledi."),
        ("es", "El ministro dijo que el precio del arroz no subirá este mes."),
        ("fr", "Le ministre a déclaré que le prix du riz n'augmenterait pas ce mois-ci."),
        ("de", "Der Minister sagte, dass der Preis für Reis in diesem Monat nicht steigen werde."),
        ("pt", "O ministro disse que o preço do arroz não vai subir este mês."),
        ("nl", "De minister zei dat de prijs van rijst deze maand niet zal stijgen."),
    ];
    for (language, sentence) in sentences {
        assert_eq!(told(sentence, None).as_deref(), Some(language), "{sentence}");
    }
}

#[test]
fn digits_and_three_words_tell_nothing() {
    for text in ["", "2024 12 31", "1.000,5 %", "Reuters Kiev 2024", "\u{0}\u{ffff}"] {
        assert_eq!(told(text, None), None, "{text}");
    }
}

#[test]
fn the_declared_language_fills_in_where_the_text_tells_nothing() {
    assert_eq!(told("2024 12 31", Some("id-ID")).as_deref(), Some("id"));
    assert_eq!(told("Reuters Kiev 2024", Some("it")).as_deref(), Some("it"));
}

#[test]
fn a_text_that_clearly_speaks_overrules_the_declared_language() {
    let text = "Il ministro ha detto che il prezzo del riso non salirà questo mese, ma che il governo non \
                ha ancora deciso che cosa fare con le riserve che sono nei magazzini.";
    assert_eq!(told(text, Some("en")).as_deref(), Some("it"));
}

#[test]
fn a_language_without_a_pack_keeps_its_code() {
    assert_eq!(
        told("Minister powiedział, że cena ryżu nie wzrośnie w tym miesiącu, ponieważ zapasy są wystarczające.", None)
            .as_deref(),
        Some("pl")
    );
    assert_eq!(told("政府は今月、米の価格は上がらないと発表した。", None).as_deref(), Some("ja"));
}

#[test]
fn a_foreign_quotation_does_not_turn_the_language() {
    let text = "Presiden itu menutup pidatonya dengan kalimat \"we will not leave anyone behind, and we will come \
                back\". Menurut juru bicaranya, kalimat itu bukan bagian dari naskah yang sudah disiapkan.";
    assert_eq!(told(text, None).as_deref(), Some("id"));
}

proptest::proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,400}", declared in proptest::option::of("\\PC{0,6}")) {
        let identifier = std::sync::LazyLock::force(&IDENTIFIER);
        let first = identifier.identify(&text, declared.as_deref());
        proptest::prop_assert_eq!(first, identifier.identify(&text, declared.as_deref()));
    }
}

static IDENTIFIER: std::sync::LazyLock<super::Identifier> = std::sync::LazyLock::new(|| Packs::embedded().identifier);
