//! Sentences with the names that they hold, one behaviour a row.

use std::sync::LazyLock;

use sumber_core::{Entity, EntityKind, LinkKind, Mention};

use super::find;
use crate::Packs;
use crate::text::{Segmentation, Text};

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::embedded);

fn names(tag: &str, source: &str) -> (Vec<Entity>, Vec<Mention>) {
    let pack = PACKS.get(tag);
    let plain = Segmentation::without_pack();
    let text = Text::new(source, pack.map_or(&plain, |p| &p.segmentation), &PACKS.vocabulary);
    find(&text, pack, &PACKS)
}

/// Mentions as `TYPE words`, in order.
fn found(tag: &str, source: &str) -> Vec<String> {
    let (entities, mentions) = names(tag, source);
    let kind = |m: &Mention| entities[m.entity.0 as usize].kind;
    mentions.iter().map(|m| format!("{} {}", kind(m), m.span.of(source))).collect()
}

/// What it shows, language, text, names.
const CASES: &[(&str, &str, &str, &[&str])] = &[
    (
        "a title is no part of a name",
        "id",
        "Presiden Rusia Vladimir Putin tiba hari ini.",
        &["GPE Rusia", "PER Vladimir Putin"],
    ),
    (
        "a state closes an Indonesian ministry's name",
        "id",
        "Menurut Kementerian Luar Negeri Iran, itu benar.",
        &["ORG Kementerian Luar Negeri Iran"],
    ),
    (
        "an adjective is no part of an Italian ministry's name",
        "it",
        "Il ministero degli Esteri iraniano tace.",
        &["ORG ministero degli Esteri"],
    ),
    (
        "a demonym begins an English ministry's name",
        "en",
        "The Iranian Foreign Ministry said so.",
        &["ORG Iranian Foreign Ministry"],
    ),
    (
        "a short form in brackets is the same thing",
        "id",
        "Kata Badan Pengelola Rempah Nasional (BPRN) kemarin.",
        &["ORG Badan Pengelola Rempah Nasional", "ORG BPRN"],
    ),
    ("a short form of common words is no name", "id", "Kapal membawa gas alam cair (GAC) ke utara.", &[]),
    (
        "a role before an unknown name makes it a person",
        "id",
        "Kata Bupati Wiradana Puspaningrat kemarin.",
        &["PER Wiradana Puspaningrat"],
    ),
    (
        "an unknown name after a port is a place",
        "en",
        "The cargo left the port of Velmarra on time.",
        &["GPE Velmarra"],
    ),
    (
        "a comma and a known place make a place",
        "en",
        "It happened in Tornbeck, Scotland.",
        &["GPE Tornbeck", "GPE Scotland"],
    ),
    ("a vessel's name is neither person nor place", "it", "La petroliera Alba Serena è ferma.", &["MISC Alba Serena"]),
    (
        "a company is told by what follows it",
        "id",
        "Menurut Tirta Wulung, perusahaan air minum, itu benar.",
        &["ORG Tirta Wulung"],
    ),
    (
        "a body's name goes on after 'of', and after the apostrophe of a plural",
        "en",
        "The Kelvara Union of Seafarers and the Global Dockers' Federation met.",
        &["ORG Kelvara Union of Seafarers", "ORG Global Dockers' Federation"],
    ),
    (
        "coordinated fields belong to the body that they begin",
        "en",
        "A judge of the Employment and Labour Relations Court suspended it.",
        &["ORG Employment and Labour Relations Court"],
    ),
    (
        "a second body after 'and the' is another name",
        "en",
        "The Kelvara Organization of Trade Unions and the Coastal Council agreed.",
        &["ORG Kelvara Organization of Trade Unions", "ORG Coastal Council"],
    ),
    (
        "two particles in a row join a person's name",
        "en",
        "The captain, Luis de la Fuentes, spoke to Pieter van der Hoek.",
        &["PER Luis de la Fuentes", "PER Pieter van der Hoek"],
    ),
    (
        "a family name may begin a sentence with its particle",
        "it",
        "Lo dice Giandomenico De Lurani. De Lurani poi tace.",
        &["PER Giandomenico De Lurani", "PER De Lurani"],
    ),
    (
        "an adjective of a state in a name of capitals is a family name",
        "it",
        "Secondo il procuratore Ettore Squillardi Greco è vero.",
        &["PER Ettore Squillardi Greco"],
    ),
    (
        "what a role is of is no person",
        "it",
        "Maria Grazia Brolli, presidente di Assoviandanti, tace.",
        &["PER Maria Grazia Brolli", "ORG Assoviandanti"],
    ),
    (
        "whatever capitals follow a vessel's short form belong to its name",
        "id",
        "KRI Teluk Wareng dan HMS Prince of Tarn tiba.",
        &["MISC KRI Teluk Wareng", "MISC HMS Prince of Tarn"],
    ),
    (
        "an acronym inside a ministry's name belongs to it",
        "id",
        "Kata Kepala Kantor SAR Surabaya kemarin.",
        &["ORG Kantor SAR Surabaya"],
    ),
    (
        "a point of the compass closes a court's name",
        "id",
        "Sidang di Pengadilan Negeri Jakarta Selatan kemarin.",
        &["ORG Pengadilan Negeri Jakarta Selatan"],
    ),
    (
        "a body before a person belongs to the title",
        "id",
        "Kata pemimpin GKRW Morgan Siwelano kemarin.",
        &["ORG GKRW", "PER Morgan Siwelano"],
    ),
    (
        "a state before its body is part of the English name",
        "en",
        "The US Department of Commerce said so.",
        &["ORG US Department of Commerce"],
    ),
    ("an ampersand makes a firm", "en", "Lawyers at Zerafani & Borgetti said so.", &["ORG Zerafani & Borgetti"]),
    (
        "an adjective of a people begins and goes on a body's name",
        "en",
        "The Northern Organization of Trade Unions met the Muslim Workers Council.",
        &["ORG Northern Organization of Trade Unions", "ORG Muslim Workers Council"],
    ),
    ("an adjective of a people is no name alone", "en", "Most Muslim families left.", &[]),
    (
        "a Roman numeral closes a name",
        "it",
        "Lo ha detto il principe Aldobrando III al porto.",
        &["PER Aldobrando III"],
    ),
    (
        "a number after a vessel's name belongs to it, there and later",
        "id",
        "Kapal riset Sena Luo 6 tiba kemarin. Warga melihat Sena Luo 6 pergi.",
        &["MISC Sena Luo 6", "MISC Sena Luo 6"],
    ),
    (
        "an article with a capital within a sentence begins a name",
        "en",
        "She told The Tarnbeck Lantern that it was late.",
        &["ORG The Tarnbeck Lantern"],
    ),
    (
        "in English unknown capitals after a place go on its name",
        "en",
        "He told the Nairobi Lantern that it was late.",
        &["ORG Nairobi Lantern"],
    ),
    (
        "a rank keeps its name over a corps in brackets",
        "id",
        "Kata Mayor Jenderal (Purn) Wirata Suganda kemarin.",
        &["PER Wirata Suganda"],
    ),
    (
        "a place's name goes on to what it lies by",
        "it",
        "Il peschereccio è tornato a Varzano del Golfetto ieri.",
        &["GPE Varzano del Golfetto"],
    ),
    (
        "the second half of an East Asian given name belongs to it",
        "en",
        "The minister met Kim Doo-wan in private.",
        &["PER Kim Doo-wan"],
    ),
    (
        "bare words after an Italian head are its person",
        "it",
        "La portavoce della Commissione Annelies Verbrughen tace.",
        &["ORG Commissione", "PER Annelies Verbrughen"],
    ),
    (
        "the field of a title is no name",
        "id",
        "Direktur Jenderal Mineral dan Batu Bara Kementerian Energi hadir.",
        &["ORG Kementerian Energi"],
    ),
    (
        "a word that the language makes of others is no name",
        "id",
        "Kata Menteri Perkebunan Sikhanyiso Ndlovana kemarin.",
        &["PER Sikhanyiso Ndlovana"],
    ),
    (
        "a family name with an article in it stays whole",
        "it",
        "Lo dice Fabrizio Lo Monaco a Roma.",
        &["PER Fabrizio Lo Monaco", "GPE Roma"],
    ),
    (
        "a title after a preposition of place begins a place's name",
        "id",
        "Wisatawan tiba di Raja Wurung.",
        &["GPE Raja Wurung"],
    ),
    (
        "a person before another title is no field",
        "id",
        "Peneliti Wiradana Puspaning dan Ketua KPK hadir.",
        &["PER Wiradana Puspaning", "ORG KPK"],
    ),
    ("days and months are no names", "it", "Lunedì a Roma e in Agosto a Milano.", &["GPE Roma", "GPE Milano"]),
    ("a common word that begins a sentence is no name", "en", "Yesterday the ship sank.", &[]),
    ("a line in capitals holds known names alone", "en", "IRAN WARNS RIVALS OVER NEW TALKS", &["GPE IRAN"]),
    ("Cyrillic names are found in any case", "ru", "В Москве ждут Лаврова.", &["GPE Москве", "PER Лаврова"]),
    (
        "a state after a body's name is its branch in English",
        "en",
        "Border Guard Bangladesh signed it, and Amnesty International Indonesia did not.",
        &["ORG Border Guard Bangladesh", "ORG Amnesty International Indonesia"],
    ),
    (
        "a religion's name inside a person's",
        "id",
        "Ia bertemu Nurul Islam Dewan di Bogor.",
        &["PER Nurul Islam Dewan", "GPE Bogor"],
    ),
    ("an age after a comma tells a person", "en", "Police named the suspect as Dale Morrow, 41.", &["PER Dale Morrow"]),
    (
        "an apostrophe inside a family name",
        "en",
        "Her coach, Patrick Sang'ombe, denied it.",
        &["PER Patrick Sang'ombe"],
    ),
    (
        "an office of a place before its holder",
        "id",
        "Camat Muara Tiga, Teuku Razali, membenarkan.",
        &["GPE Muara Tiga", "PER Teuku Razali"],
    ),
    (
        "a short form of the state is no part of its minister",
        "id",
        "Menteri Luar Negeri RI Damar Prasetyawan pulang.",
        &["GPE RI", "PER Damar Prasetyawan"],
    ),
    ("of the state, no state's name", "it", "Lo riferisce la tv di Stato Mrtv.", &["ORG Mrtv"]),
    (
        "an article joins no two names",
        "it",
        "Al Ferraris la Fiorentina di Vincenzo Italiani ha vinto.",
        &["ORG Ferraris", "ORG Fiorentina", "PER Vincenzo Italiani"],
    ),
    (
        "a field before its minister",
        "it",
        "Parla la ministra dell'Agricoltura Ottavia Mancuso.",
        &["PER Ottavia Mancuso"],
    ),
    ("a decade is no name", "it", "Negli anni Novanta non c'era.", &[]),
    (
        "a community named after a saint",
        "it",
        "La Comunità di San Callisto offre aiuto.",
        &["ORG Comunità di San Callisto"],
    ),
    (
        "a town is no body",
        "it",
        "I carabinieri di Abbiategrasso hanno fermato un uomo di Magenta.",
        &["GPE Abbiategrasso", "GPE Magenta"],
    ),
    ("a person who is called as a town is", "en", "Minister Paul Hamilton resigned.", &["PER Paul Hamilton"]),
];

#[test]
fn names_are_found_with_their_kind() {
    for (what, tag, source, want) in CASES {
        assert_eq!(found(tag, source), *want, "{what}: {source}");
    }
}

#[test]
fn forms_of_one_person_share_an_id() {
    let source = "Kata Sergei Shoigu kemarin. Shoigu lalu pergi.";
    let (entities, mentions) = names("id", source);
    assert_eq!(entities.len(), 1);
    assert_eq!(mentions.len(), 2);
    assert_eq!(entities[0].id, "person:sergei-shoigu");
    assert_eq!(entities[0].country.as_deref(), Some("RUS"));
}

#[test]
fn an_unknown_family_name_follows_its_full_name() {
    let (entities, _) = names("it", "Lo dice il sindaco Ruggero Valdambri. Valdambri poi tace.");
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].id, "name:~rugeruvaldambri");
}

#[test]
fn a_name_that_is_cut_to_its_first_word_is_a_body() {
    let (entities, _) = names("it", "La gara è di Lugea Retti. Lugea costruisce navi.");
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].kind, EntityKind::Organisation);
}

#[test]
fn a_short_form_that_is_else_no_name_is_one_where_brackets_give_it() {
    let (entities, mentions) = names("id", "Palang Merah Indonesia (PMI) datang. Kata PMI, bantuan tiba.");
    assert_eq!((entities.len(), mentions.len()), (1, 3));
    assert!(names("id", "Para PMI pulang kemarin.").0.is_empty());
}

#[test]
fn a_district_is_no_short_form_of_its_court() {
    let (entities, _) = names("id", "Sidang di Pengadilan Negeri Jakarta Selatan. Ia tinggal di Jakarta Selatan.");
    assert_eq!(entities.len(), 2);
}

#[test]
fn a_shared_family_name_joins_no_two_people() {
    let (entities, _) = names("en", "Mohammad Bagheri met Ali Bagheri Kani.");
    let ids: Vec<_> = entities.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["person:mohammad-bagheri", "person:ali-bagheri-kani"]);
}

#[test]
fn one_body_of_a_state_has_one_id_in_all_languages() {
    let id = |tag, source| names(tag, source).0.iter().find(|e| e.id.starts_with("body:")).map(|e| e.id.clone());
    let want = Some("body:irn:foreign-ministry".to_owned());
    assert_eq!(id("id", "Menurut Kementerian Luar Negeri Iran, itu benar."), want);
    assert_eq!(id("it", "Il ministero degli Esteri iraniano tace."), want);
    assert_eq!(id("en", "The Iranian Foreign Ministry said so."), want);
}

#[test]
fn agencies_are_media_with_country() {
    let (entities, _) = names("en", "Reuters reported it.");
    assert_eq!((entities[0].link, entities[0].country.as_deref()), (LinkKind::Medium, Some("GBR")));
}

#[test]
fn ids_do_not_depend_on_the_order_of_paragraphs() {
    let (one, two) = ("Kata Bupati Wiradana Puspaningrat kemarin.", "Puspaningrat lalu ke Surabaya.");
    let ids = |source: &str| {
        let mut ids: Vec<_> = names("id", source).0.into_iter().map(|e| e.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&format!("{one}\n{two}")), ids(&format!("{two}\n{one}")));
}

proptest::proptest! {
    #[test]
    fn any_text_gives_mentions_in_bounds_and_order(source in "([A-ZÀ-Ža-zА-я0-9 .,()'’\"-]|Putin|Kementerian| di | of |\n){0,60}") {
        for tag in ["id", "it", "en", "xx"] {
            let (entities, mentions) = names(tag, &source);
            for pair in mentions.windows(2) {
                proptest::prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for mention in &mentions {
                proptest::prop_assert!(!mention.span.of(&source).is_empty());
                proptest::prop_assert!((mention.entity.0 as usize) < entities.len());
            }
        }
    }
}
