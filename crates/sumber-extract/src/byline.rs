//! Who wrote it: lines such as 'By Ann Lee and Bo Tan in Rome', 'Pewarta: Sri Wahyuni'.

use crate::line::Line;
use crate::words::{Kind, PageLexicon, words_of};

/// Longest byline, in words.
const LONGEST: usize = 22;

/// What a byline tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    /// Names of people; empty where a desk signs, or someone who is no author.
    pub names: Vec<String>,
    /// The agency that it names in their place: 'By Reuters', 'Redazione ANSA', 'Source: AFP'.
    pub agency: Option<Agency>,
}

/// An agency in a byline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its name as it stands there.
    pub name: String,
    /// Whether it is told as the source of something, which may be the picture above.
    pub as_source: bool,
}

/// Reads a line as a byline with its word ('by', 'oleh', 'Editor:'), or as a desk's.
pub fn read(line: &Line, lexicon: &PageLexicon) -> Option<Byline> {
    if line.words.is_empty() || line.words.len() > LONGEST {
        return None;
    }
    let date = line.dates.first().map_or(line.text.len(), |d| d.range.start);
    let text = &line.text[..date];
    if let Some(after) = line.after_start(&[Kind::AUTHOR, Kind::STAFF]).filter(|&a| a <= date) {
        let staff = line.after_start(&[Kind::STAFF]) == Some(after);
        let rest = text[after..].trim_start();
        let marked = rest.starts_with([':', '：']) || (rest.starts_with(['-', '–', '—', '|']) && staff);
        let rest = rest.trim_start_matches([':', '：', '-', '–', '—', '|', ' ']);
        if line.is_final() && !marked {
            return None;
        }
        let names = names(first_part(rest), lexicon);
        if names.is_none() && !marked {
            return None;
        }
        let as_source = line.after_start(&[Kind::SOURCE]) == Some(after);
        let agency = agency(rest, lexicon).filter(|_| as_source || !staff).map(|name| Agency { name, as_source });
        let names = names.filter(|_| !staff && agency.is_none()).unwrap_or_default();
        return Some(Byline { names, agency });
    }
    let desk = line.starts.has(Kind::DESK) && line.other_words(&[Kind::DESK, Kind::WEEKDAY, Kind::DATE_WORD]) <= 2;
    if desk && !line.is_final() {
        let agency = agency(text, lexicon).map(|name| Agency { name, as_source: false });
        return Some(Byline { names: Vec::new(), agency });
    }
    None
}

/// The known agency or outlet that words name, a desk's words before it left aside.
pub fn agency(text: &str, lexicon: &PageLexicon) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',', ';', '|', '-', ' ']);
    let known = |name: &str| lexicon.outlet(name).map(|_| name.to_owned());
    let words = words_of(text);
    let desk = lexicon.at(&words, 0).filter(|(_, kind)| *kind == Kind::DESK).map(|(len, _)| len).max();
    let behind = desk.and_then(|len| words.get(len)).map(|word| &text[word.start..]);
    known(text).or_else(|| known(behind?))
}

/// The first of the known agencies and outlets that a line consists of: 'AFP', '(AGI)', '- Reuters/AFP -'.
pub fn agencies(text: &str, lexicon: &PageLexicon) -> Option<String> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || bare.len() > 80 {
        return None;
    }
    let parts = || bare.split(['/', ',', ';', '+', '&']).map(str::trim);
    parts().all(|part| lexicon.outlet(part).is_some()).then(|| parts().next().unwrap_or(bare).to_owned())
}

/// Names in a date line, after the word for an author: 'Posted on 4 June 2018 by Ann Lee'.
pub fn beside_date(line: &Line, lexicon: &PageLexicon) -> Option<Vec<String>> {
    let authors = line.found.iter().filter(|f| f.kind == Kind::AUTHOR);
    authors
        .filter_map(|f| {
            let start = line.words[f.first + f.len - 1].end;
            let end = line.dates.iter().map(|d| d.range.start).filter(|d| *d >= start).min().unwrap_or(line.text.len());
            let rest = line.text[start..end].trim_start_matches([':', ' ']);
            names(first_part(rest).trim_end_matches([',', ' ']), lexicon).filter(|n| !n.is_empty())
        })
        .next()
}

/// A line that is nothing but one to three names, with or without places ('Ann Lee in Rome and Bo Tan
/// in Paris'); for lines beside a date.
pub fn bare_names(text: &str, lexicon: &PageLexicon) -> Option<Vec<String>> {
    if text.ends_with(['.', ':', '!', '?']) || text.split(' ').count() > 16 {
        return None;
    }
    let names = names(first_part(text), lexicon)?;
    names
        .iter()
        .all(|n| (2..=4).contains(&n.split(' ').count()) && !n.chars().all(|c| !c.is_lowercase()))
        .then_some(names)
}

/// A list of names as metadata gives it: split and cleaned, desks and addresses left out.
pub fn from_metadata(text: &str, lexicon: &PageLexicon) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text.contains("://") || text.len() > 300 {
        return Vec::new();
    }
    let words = words_of(text);
    let start = lexicon.at(&words, 0).filter(|(_, k)| *k == Kind::AUTHOR).map(|(len, _)| words[len - 1].end).max();
    let text = match start {
        Some(start) if start < text.len() && !text[start..].starts_with(['\'', '’', '.']) => {
            text[start..].trim_start_matches([':', ' '])
        }
        _ => text,
    };
    let mut names: Vec<String> = Vec::new();
    for part in split(text, lexicon) {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
        let folded = words_of(part);
        let desk = lexicon.at(&folded, 0).any(|(len, k)| k == Kind::DESK && len == folded.len());
        if !part.is_empty() && !desk && !part.contains('@') && folded.len() <= 8 {
            let name = part.split_whitespace().collect::<Vec<_>>().join(" ");
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What stands before a bar, a dot in the middle or a dash between blanks.
fn first_part(text: &str) -> &str {
    let end = text.find(['|', '·', '•', '/']).unwrap_or(text.len());
    let part = &text[..end];
    [" - ", " – ", " — "].iter().filter_map(|dash| part.find(dash)).min().map_or(part, |end| &part[..end]).trim()
}

/// Cuts at commas and at the packs' words for 'and'.
fn split<'a>(text: &'a str, lexicon: &PageLexicon) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let words = words_of(text);
    for word in &words {
        if lexicon.is(&word.folded, Kind::NAME_AND)
            && text[..word.start].ends_with(' ')
            && text[word.end..].starts_with(' ')
        {
            parts.push(&text[start..word.start]);
            start = word.end;
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().flat_map(|p| p.split([',', ';', '&'])).map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// Names of people; `None` where a part does not look like a name. Places after the pack's 'in' go.
fn names(text: &str, lexicon: &PageLexicon) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for part in split(text, lexicon) {
        let words = words_of(part);
        if lexicon.at(&words, 0).any(|(len, k)| k == Kind::DESK && len == words.len()) {
            continue;
        }
        let place = words.iter().skip(1).find(|w| lexicon.is(&w.folded, Kind::NAME_IN));
        let name = place.map_or(part, |w| &part[..w.start]).trim();
        let name = name.split(" (").next().unwrap_or(name).trim_end_matches(['.', ' ']);
        if !is_name(name) {
            return None;
        }
        names.push(name.to_owned());
    }
    (!names.is_empty() || text.is_empty() || !split(text, lexicon).is_empty()).then_some(names)
}

/// One to five words with capitals, short particles between them.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let capital = |w: &&str| {
        w.trim_start_matches(['\'', '’', '"'])
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    };
    (1..=5).contains(&words.len())
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | '?' | '!' | ':'))
        && words.iter().all(|w| capital(w) || w.chars().count() <= 3)
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Order;
    use crate::testing::lexicon;

    fn names_of(text: &str) -> Option<Vec<String>> {
        let lexicon = lexicon();
        read(&Line::new(text, &lexicon, Order::DAY_FIRST), &lexicon).map(|b| b.names)
    }

    #[test]
    fn bylines_are_read() {
        let cases: &[(&str, &[&str])] = &[
            ("By Ann Lee and Bo Tan", &["Ann Lee", "Bo Tan"]),
            ("Pewarta: Sri Wahyuni", &["Sri Wahyuni"]),
            ("Penulis: Budi Raharjo, Sri Wahyuni", &["Budi Raharjo", "Sri Wahyuni"]),
            ("di Marta Bellini", &["Marta Bellini"]),
            ("Editor: Sri Wahyuni", &[]),
            ("Redaksi - Selasa, 18 Maret 2025 | 07:15 WIB", &[]),
            ("By Ann Lee | 3 May 2024", &["Ann Lee"]),
        ];
        for (text, names) in cases {
            assert_eq!(
                names_of(text).as_deref(),
                Some(&names.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
    }

    #[test]
    fn bare_names_may_have_places() {
        let lexicon = lexicon();
        assert_eq!(bare_names("Ann Lee in Rome and Bo Tan in Paris", &lexicon).unwrap(), ["Ann Lee", "Bo Tan"]);
        assert_eq!(bare_names("Bima Raharja", &lexicon).unwrap(), ["Bima Raharja"]);
        assert_eq!(bare_names("Three Ships Wait Outside the Harbour", &lexicon), None);
    }

    #[test]
    fn sentences_are_no_bylines() {
        for text in [
            "By then it was over.",
            "Di mana kapal itu?",
            "Da Roma arriva una smentita",
            "Oleh karena itu rapat ditunda.",
        ] {
            assert_eq!(names_of(text), None, "{text}");
        }
    }

    #[test]
    fn desks_and_addresses_are_no_authors() {
        let lexicon = lexicon();
        assert_eq!(from_metadata("Redazione", &lexicon), Vec::<String>::new());
        assert_eq!(from_metadata("https://x.example/me", &lexicon), Vec::<String>::new());
        assert_eq!(from_metadata("By Ann Lee, Bo Tan", &lexicon), ["Ann Lee", "Bo Tan"]);
    }
}
