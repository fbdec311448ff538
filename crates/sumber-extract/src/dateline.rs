//! Datelines: 'JAKARTA, KABAR.com - ', 'Cilegon, Banten (NUSA) - ', 'Genova – ', 'ROME (Reuters) — '.
//! The dateline stays in the text; it tells the outlet or whom the text is credited to.

use crate::dates::Order;
use crate::words::{Kind, PageLexicon, key, words_of};

/// What stands before the dash at the beginning of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The medium that it names.
    pub medium: Option<String>,
    /// Whether the medium stands in brackets, as agencies do.
    pub bracketed: bool,
}

/// The longest part of a paragraph that a dateline may fill.
pub fn opening(paragraph: &str) -> &str {
    paragraph.char_indices().nth(110).map_or(paragraph, |(at, _)| &paragraph[..at])
}

/// The bytes of a paragraph in which its dateline may stand: those before the first dash.
pub fn window(paragraph: &str) -> &str {
    let window = opening(paragraph);
    let dash = [" - ", " – ", " — ", " -- ", ") -", ") –", ") —"].iter().filter_map(|d| window.find(d)).min();
    dash.map_or("", |dash| &window[..dash])
}

/// The agency that a dateline with a date names: 'CITY, 20 March (AGENCY).-', 'CITY, 20 March. /AGENCY/.',
/// 'City - 20 March 2025 (AGENCY) - '.
fn agency(paragraph: &str, lexicon: &PageLexicon) -> Option<String> {
    let window = opening(paragraph);
    let open = window.find(['(', '/']).filter(|at| *at > 0)?;
    let close_mark = if window[open..].starts_with('(') { ')' } else { '/' };
    let close = window[open + 1..].find(close_mark).map(|n| open + 1 + n)?;
    let after = window[close + 1..].trim_start();
    let closed = after.starts_with(['-', '–', '—', '.']);
    let place = &window[..open];
    let words = words_of(place);
    let dated = (0..words.len()).any(|at| lexicon.month_at(&words, at, Order::UNKNOWN).is_some());
    (closed && dated && words.len() <= 9 && heads(place, lexicon)).then(|| medium_name(&window[open + 1..close]))?
}

/// Whether words may stand in a dateline before its agency: names of places, numbers, months.
pub fn heads(text: &str, lexicon: &PageLexicon) -> bool {
    text.split([' ', ',', '.', '-', '–', '—', '/'])
        .filter(|w| !w.is_empty())
        .all(|word| is_capital_word(word) || lexicon.month_at(&words_of(word), 0, Order::UNKNOWN).is_some())
}

/// Reads the dateline of the first paragraph. `names` are names that the page itself gives for its outlet.
pub fn read(paragraph: &str, names: &[String], lexicon: &PageLexicon) -> Option<Dateline> {
    if let Some(medium) = agency(paragraph, lexicon) {
        return Some(Dateline { medium: Some(medium), bracketed: true });
    }
    let window = opening(paragraph);
    let dash =
        [" - ", " – ", " — ", " -- ", "– ", "— ", " —", "—", ") -"].iter().filter_map(|d| window.find(d)).min()?;
    let mut head = window[..dash].trim();
    // '(AG) - ROMA, 20 MAR - ' has a second dash
    let starts_bracketed = head.starts_with('(') && (head.ends_with(')') || window[dash..].starts_with(')'));
    if head.starts_with('(') {
        head = head.trim_start_matches('(').trim_end_matches(')');
        return starts_bracketed
            .then(|| Dateline { medium: medium_name(head), bracketed: true })
            .filter(|d| d.medium.is_some());
    }
    if head.is_empty() || head.split_whitespace().count() > 9 || head.contains(['"', '“', '«', '?', '!', ':', ';']) {
        return None;
    }
    if window[dash..].starts_with(')') {
        // keep the bracket that the search cut through
        head = window[..dash + 1].trim();
    }
    if let Some(open) = head.find('(') {
        let close = head[open..].find(')').map(|n| open + n)?;
        let tail = head[close + 1..].trim();
        if !tail.is_empty() || !looks_like_place(head[..open].trim()) {
            return None;
        }
        return Some(Dateline { medium: medium_name(&head[open + 1..close]), bracketed: true });
    }
    if !head.split([',', ' ', '/']).filter(|w| !w.is_empty()).all(is_capital_word) {
        return None;
    }
    let parts: Vec<&str> = head.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let medium = parts.iter().find(|p| is_medium(p, names, lexicon)).map(|p| (*p).to_owned());
    if medium.is_none() && parts.len() > 3 {
        return None;
    }
    Some(Dateline { medium, bracketed: false })
}

/// The first name inside the brackets of an agency.
fn medium_name(inner: &str) -> Option<String> {
    let name = inner.split(['/', ',', ';']).next()?.trim();
    let fits = (1..=4).contains(&name.split(' ').count())
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= 40;
    let digits = name.chars().any(|c| c.is_ascii_digit()) && !name.contains('.');
    // scripts without capitals have no small letters either
    let named = name.chars().any(char::is_uppercase) || !name.chars().any(char::is_lowercase);
    (fits && !digits && named).then(|| name.to_owned())
}

fn looks_like_place(text: &str) -> bool {
    text.split([' ', ','])
        .filter(|w| !w.is_empty())
        .all(|w| is_capital_word(w) || w.chars().all(|c| c.is_ascii_digit()))
}

/// A word with a capital in it, a number, or a short particle.
fn is_capital_word(word: &str) -> bool {
    word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())
        || word.chars().count() <= 3
        || !word.chars().any(char::is_lowercase)
        || is_domain(word)
}

/// Whether a part of a dateline is a medium and no place.
fn is_medium(part: &str, names: &[String], lexicon: &PageLexicon) -> bool {
    if part.chars().all(|c| !c.is_alphabetic()) {
        return false;
    }
    let inner_capital =
        part.split(' ').any(|w| w.chars().zip(w.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase()));
    let part_key = key(part);
    is_domain(part)
        || inner_capital
        || lexicon.outlet(part).is_some()
        || names.iter().any(|n| key(n) == part_key)
        || words_of(part).iter().any(|w| lexicon.is(&w.folded, Kind::OUTLET_WORD))
}

/// Whether the text is a name as sites have it, one word with a stop in it: 'Pier.News', 'Причал.Новости'.
pub fn is_site_name(text: &str) -> bool {
    let mut parts = text.split('.');
    let long = |part: &str| part.chars().count() >= 2 && part.chars().all(char::is_alphanumeric);
    parts.clone().count() == 2 && parts.all(long) && text.chars().next().is_some_and(char::is_alphabetic)
}

/// Whether the text is a host name: 'kabar.com', 'TEMPO.CO', 'detik.co.id'.
pub fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    labels.len() >= 2
        && labels.len() <= 5
        && labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && labels.last().is_some_and(|l| (2..=10).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphabetic()))
        && labels[0].len() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    fn medium(text: &str) -> Option<Option<String>> {
        read(text, &["SUARA TELUK".to_owned()], &lexicon()).map(|d| d.medium)
    }

    #[test]
    fn datelines_name_the_medium() {
        let cases = [
            ("Cilegon, Banten (NUSA) - Kapal itu berlabuh.", "NUSA"),
            ("JAKARTA, KABARBARU.com — Harga naik.", "KABARBARU.com"),
            ("KABARBARU.CO, Jakarta - Harga naik.", "KABARBARU.CO"),
            ("Kabarbaru.com - Harga naik.", "Kabarbaru.com"),
            ("NotiPress – Il porto riapre.", "NotiPress"),
            ("SERANG, SUARA TELUK – Nelayan berkumpul.", "SUARA TELUK"),
            ("KYIV, March 3 (Reuters) - The port reopened.", "Reuters"),
            ("(ANSA) - ROMA, 20 MAR - Il porto riapre.", "ANSA"),
            ("Santa Ula, 20 mar (Marea).- El puerto abre.", "Marea"),
            ("СЕВЕРНАЯ ГАВАНЬ, 20 марта. /Причал/. Порт открыт.", "Причал"),
            ("MERSİN - 20 Mart 2025 (KHA) - Gemi yola çıktı.", "KHA"),
            ("رأس النور - 20 مارس 2025 (مرسى) - غادرت السفينة.", "مرسى"),
        ];
        for (text, name) in cases {
            assert_eq!(medium(text), Some(Some(name.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_place_alone_names_no_medium() {
        for text in ["GIACARTA — Una nave è ferma.", "Genova – Quarto giorno.", "JAKARTA — A ship waits."] {
            assert_eq!(medium(text), Some(None), "{text}");
        }
    }

    #[test]
    fn sentences_with_a_dash_have_no_dateline() {
        for text in [
            "The ship of 20 March (the old one) - sank.",
            "The ship – old and slow – sank.",
            "He said it was late.",
            "“Andiamo” – ha detto.",
        ] {
            assert_eq!(medium(text), None, "{text}");
        }
    }
}
