//! Who published the page, and to whom its text is credited.

use sumber_core::{DateSource, Outlet};

use crate::byline;
use crate::dateline::{self, is_domain, is_site_name};
use crate::dates::{self, Order};
use crate::days;
use crate::draft::{Dated, Draft};
use crate::line::{Line, is_number};
use crate::noise::{self, Noise};
use crate::title;
use crate::words::{Found, Kind, PageLexicon, key, words_of};

/// The name in the first lines of a plain text, where the rest of the page confirms it.
pub fn masthead(header: &[Line], body: &[Line], lexicon: &PageLexicon) -> Option<String> {
    let line = header.first()?;
    let end = [" - ", " – ", " — ", " | ", " · ", " • ", " › ", " > ", " / ", ", ["]
        .iter()
        .filter_map(|d| line.text.find(d))
        .min()
        .unwrap_or(line.text.len());
    let name = line.text[..end].trim_matches(is_ornament);
    let words = words_of(name);
    if words.is_empty()
        || words.len() > 5
        || line.dates.iter().any(|date| date.range.start < name.len())
        || line.text.ends_with(['.', '!', '?', ':']) && !is_domain(name) && noise::judge(line) != Some(Noise::Date)
    {
        return None;
    }
    if header.len() < 2 || matches!(noise::judge(line), Some(Noise::Pointer { .. } | Noise::Call | Noise::Copyright)) {
        return None;
    }
    let whole = |f: &Found| f.first == 0 && f.len == words.len() && matches!(f.kind, Kind::BUTTON | Kind::SECTION);
    if line.found.iter().any(whole) {
        return None;
    }
    let covered = line.covered(&[Kind::BUTTON]);
    if is_domain(name) || is_site_name(name) || lexicon.outlet(name).is_some() {
        return Some(name.to_owned());
    }
    let name_key = key(name);
    if covered == line.words.len() || name_key.len() < 3 {
        return None;
    }
    // named again: in a copyright line, in brackets, or in the text
    let again = |l: &Line| key(&l.text).contains(&name_key);
    let noisy = |l: &Line| noise::judge(l).is_some();
    let confirmed = header[1..].iter().chain(body).filter(|l| noisy(l)).any(again);
    let shouted = line.is_shouted() || name.chars().all(|c| !c.is_lowercase());
    let menu_below = header[1..].iter().take(4).any(|l| noise::judge(l) == Some(Noise::Bar));
    let in_text = body.iter().any(|l| l.text.contains(name));
    let outlet_word = words.iter().any(|w| lexicon.is(&w.folded, Kind::OUTLET_WORD));
    // a menu of its own right below, or another line that can be the headline below a name of an outlet
    let menu_next = header[1].separators >= 2 && noise::judge(&header[1]) == Some(Noise::Bar) && !line.gap_after;
    let headed = header[1..].iter().any(|l| noise::judge(l).is_none() && l.words.len() >= 3 && l.gap_before);
    // 'The Quay | Economy', 'The Quay / Economy / 20 March 2025', 'The Quay, [20.03.2025 14:05]'
    let behind = Line::new(&line.text[end..], lexicon, Order::UNKNOWN);
    let own = |f: &Found| f.first < words.len() && NO_NAME.contains(&f.kind);
    // a menu has more entries, and a path of sections has no date
    let few = behind.text.starts_with('|') && line.separators <= 1 + usize::from(!behind.dates.is_empty());
    let section = behind.has.has(Kind::SECTION)
        && behind.other_words(BESIDE_NAME) == 0
        && (few || !behind.dates.is_empty())
        && !line.found.iter().any(own);
    let stamped = behind.text.starts_with(", [") && !behind.dates.is_empty();
    let told = confirmed
        || section
        || stamped
        || (headed && line.gap_after && before_date(line, lexicon).is_some())
        || (menu_below && (shouted || in_text || outlet_word))
        || (headed && (menu_next || outlet_word))
        || (shouted && in_text && header.len() >= 3);
    told.then(|| name.to_owned())
}

/// Whether a character is no part of a name: a blank, an emoji, a mark of a list.
fn is_ornament(c: char) -> bool {
    c.is_whitespace() || !c.is_alphanumeric() && !c.is_ascii_punctuation() && !matches!(c, '«' | '»' | '“' | '”' | '’')
}

/// Page words that may stand behind an outlet's name in its masthead.
const BESIDE_NAME: &[Kind] = &[Kind::SECTION, Kind::BUTTON, Kind::WEEKDAY, Kind::DATE_WORD, Kind::ZONE];

/// Page words that are no outlet's name.
const NO_NAME: &[Kind] = &[
    Kind::SECTION,
    Kind::BUTTON,
    Kind::AUTHOR,
    Kind::STAFF,
    Kind::DESK,
    Kind::PUBLISHED,
    Kind::MODIFIED,
    Kind::WEEKDAY,
    Kind::READING_TIME,
];

/// The name before the date in a line of a masthead: 'The Quay | 20 March 2025', which is neither a section
/// nor anybody's name.
pub fn before_date(line: &Line, lexicon: &PageLexicon) -> Option<String> {
    let bar = [" | ", " · ", " • "].iter().filter_map(|bar| line.text.find(bar)).min()?;
    let name = line.text[..bar].trim_matches(is_ornament);
    let words = words_of(name);
    let dated = noise::judge(line) == Some(Noise::Date) && line.dates.iter().all(|date| date.range.start > bar);
    let outlet_word = words.iter().any(|w| lexicon.is(&w.folded, Kind::OUTLET_WORD));
    let person = byline::bare_names(name, lexicon).is_some() && !outlet_word;
    let named = (1..=5).contains(&words.len()) && !words.iter().all(|w| is_number(&w.folded));
    let within = |f: &&Found| f.first < words.len();
    let other = line.found.iter().filter(within).any(|f| NO_NAME.contains(&f.kind) || f.kind.month().is_some());
    (dated && named && (is_site_name(name) || !other && !person)).then(|| name.to_owned())
}

/// The name in a copyright line: '© 2025 The Ledger Pte Ltd. All rights reserved.', 'Copyright 2025 The Ledger'.
pub fn from_copyright(line: &Line, lexicon: &PageLexicon) -> Option<String> {
    let mut rights = vec![false; line.words.len()];
    for f in line.found.iter().filter(|f| f.kind == Kind::COPYRIGHT) {
        rights[f.first..f.first + f.len].fill(true);
    }
    let dated = line.words.iter().any(|word| days::last_year(std::slice::from_ref(word)).is_some());
    if !line.text.contains('©') && !(dated && noise::judge(line) == Some(Noise::Copyright)) {
        return None;
    }
    if let Some(quoted) = quoted(&line.text) {
        return Some(quoted.to_owned());
    }
    let mut name: Vec<&str> = Vec::new();
    for (at, word) in line.words.iter().enumerate() {
        // 'S.L.'
        if !name.is_empty() && lexicon.at(&line.words, at).any(|(len, kind)| kind == Kind::LEGAL_FORM && len > 1) {
            break;
        }
        let raw = &line.text[word.start..word.end];
        // 'Bay 24' has a number in its name, which is no year
        let digits = is_number(&word.folded);
        let number = digits && (name.is_empty() || word.folded.len() == 4);
        if number || rights[at] || (lexicon.is(&word.folded, Kind::LEGAL_FORM) && !name.is_empty()) {
            if !name.is_empty() {
                break;
            }
            continue;
        }
        if lexicon.is(&word.folded, Kind::LEGAL_FORM) {
            continue;
        }
        // scripts without capitals have no small letters either
        let small = raw.chars().next().is_some_and(char::is_lowercase) || digits;
        if small && !is_domain(raw) && name.is_empty() {
            return None;
        }
        // a stop between words ends the name, one inside a domain does not
        if let Some(last) = name.last() {
            let gap_start = last.as_ptr() as usize - line.text.as_ptr() as usize + last.len();
            let gap = line.text.get(gap_start..word.start).unwrap_or("");
            if gap.contains([',', ';', '|', '–', '—']) || (gap.contains('.') && gap != ".") || gap.contains(" - ") {
                break;
            }
        }
        name.push(raw);
        if name.len() > 5 {
            return None;
        }
    }
    let (first, last) = (name.first()?, name.last()?);
    let start = first.as_ptr() as usize - line.text.as_ptr() as usize;
    let end = last.as_ptr() as usize - line.text.as_ptr() as usize + last.len();
    let name = line.text.get(start..end)?;
    (key(name).len() >= 2 && line.covered(&[Kind::COPYRIGHT]) < line.words.len()).then(|| name.to_owned())
}

/// The name in quotation marks in a line: '© News agency «The Quay»'.
fn quoted(text: &str) -> Option<&str> {
    [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')].into_iter().find_map(|(open, close)| {
        let (_, rest) = text.split_once(open)?;
        let (name, _) = rest.split_once(close)?;
        (1..=5).contains(&words_of(name).len()).then_some(name.trim())
    })
}

/// Settles outlet and credit of a plain text.
pub fn find(draft: &mut Draft, masthead: Option<String>, lines: &[Line], lexicon: &PageLexicon) {
    let copyright =
        lines.iter().filter(|l| noise::judge(l) == Some(Noise::Copyright)).find_map(|l| from_copyright(l, lexicon));
    draft.outlet = draft.outlet.take().or(masthead).or(copyright);
    credit(draft, lexicon);
}

/// Where the outlet is known by its host alone ('THEQUAY.COM, Istanbul - '), takes the name that a line beside
/// the article writes out ('The Quay - Wednesday, 14 May 2025'); who has that name is nobody who wrote it.
pub fn spell_out(draft: &mut Draft, lines: &[Line]) {
    let Some(host) = draft.outlet.clone().filter(|name| is_domain(name)) else { return };
    let label = key(host.trim_start_matches("www.").split('.').next().unwrap_or_default());
    let beside = lines.iter().filter(|line| noise::judge(line).is_some());
    if let Some(name) = beside.into_iter().find_map(|line| written_out(line, &label)) {
        draft.outlet = Some(name.to_owned());
        draft.domain.get_or_insert_with(|| host.to_lowercase());
        draft.authors.retain(|author| key(author) != label);
    }
}

/// The words of a line, two to four with capitals, whose letters together are these.
fn written_out<'a>(line: &'a Line, letters: &str) -> Option<&'a str> {
    let written = |first: usize, count: usize| {
        let words = line.words.get(first..first + count)?;
        let name = &line.text[words[0].start..words[count - 1].end];
        let capitals = words.iter().all(|w| line.text[w.start..].starts_with(char::is_uppercase));
        (capitals && key(name) == letters).then_some(name)
    };
    (0..line.words.len()).find_map(|first| (2..=4).find_map(|count| written(first, count)))
}

/// Cuts the site's name off a headline that has it behind, as the names of saved pages do: the outlet's
/// name, or one that another line of the page holds or that has a word of an outlet in it.
pub fn behind_headline(draft: &mut Draft, lines: &[Line], lexicon: &PageLexicon) {
    let Some(headline) = draft.title.clone() else { return };
    if let Some(name) = &draft.outlet {
        draft.title = title::clean(&headline, std::slice::from_ref(name));
        return;
    }
    let marks = [" | ", " - ", " – ", " — "];
    let Some((at, length)) = marks.iter().filter_map(|m| headline.rfind(m).map(|at| (at, m.len()))).max() else {
        return;
    };
    let (head, name) = (&headline[..at], headline[at + length..].trim());
    let words = words_of(name);
    let (own, whole) = (key(name), key(&headline));
    let again = lines.iter().any(|l| {
        let line = key(&l.text);
        line != whole && line.contains(&own) && (noise::judge(l).is_some() || l.words.len() <= words.len() + 3)
    });
    let outlet_word = words.iter().any(|w| lexicon.is(&w.folded, Kind::OUTLET_WORD));
    // the name of a saved page
    let barred = headline[at..].starts_with(" | ")
        && words_of(head).len() >= 4
        && words.iter().all(|w| !lexicon.is(&w.folded, Kind::SECTION));
    let named = (1..=5).contains(&words.len()) && words_of(head).len() >= 3 && own.chars().count() >= 3;
    if named && (again || barred || outlet_word || lexicon.outlet(name).is_some() || is_domain(name)) {
        draft.title = Some(head.trim().to_owned());
        draft.outlet = Some(name.to_owned());
    }
}

/// The date in the dateline: 'JAKARTA, 18 March 2025 (Agency) - '.
pub fn dateline_date(draft: &Draft, order: Order, lexicon: &PageLexicon) -> Option<Dated> {
    let paragraph = draft.paragraphs.first()?;
    let mut window = dateline::window(paragraph);
    let found = dates::find(window, lexicon, order).into_iter().next().or_else(|| {
        // 'City - 20 March 2025 (AGENCY) - ', 'CITY, 20 March 2025 /AGENCY/. '
        window = dateline::opening(paragraph);
        dates::find(window, lexicon, order).into_iter().next().filter(|date| {
            let before = window[..date.range.start].trim_end();
            let after = window[date.range.end..].trim_start_matches(['.', ' ']);
            let placed = before.ends_with([',', '-', '–', '—', '/', ')']) && dateline::heads(before, lexicon);
            (placed && after.starts_with(['(', '/', '-', '–', '—']))
                || (before.is_empty() && after.starts_with(['(', '/']))
        })
    })?;
    Some(Dated::new(found.value, DateSource::Dateline, None, window))
}

/// Reads the dateline: it names the outlet where nothing else does, else to whom the text is credited.
pub fn credit(draft: &mut Draft, lexicon: &PageLexicon) {
    let names: Vec<String> = draft.outlet.iter().chain(&draft.domain).cloned().collect();
    // metadata, too, name an agency as the author
    let (agencies, people): (Vec<_>, Vec<_>) = std::mem::take(&mut draft.authors)
        .into_iter()
        .map(|author| (byline::agency(&author, lexicon), author))
        .partition(|(agency, _)| agency.is_some());
    draft.authors = people.into_iter().map(|(_, author)| author).collect();
    let told = draft.credit.take().or_else(|| agencies.into_iter().find_map(|(agency, _)| agency));
    draft.credit = told.filter(|credit| !names.iter().any(|name| same_medium(name, credit)));
    let found = draft.paragraphs.first().and_then(|p| dateline::read(p, &names, lexicon));
    let Some(medium) = found.and_then(|d| d.medium) else { return };
    if names.is_empty() {
        draft.outlet = Some(medium);
    } else if !names.iter().any(|n| same_medium(n, &medium)) {
        draft.credit.get_or_insert(medium);
    }
}

/// Whether two names may stand for one medium: one holds the other, or is its domain.
fn same_medium(a: &str, b: &str) -> bool {
    let strip = |name: &str| {
        let lower = name.to_lowercase();
        let host = if is_domain(&lower) { lower.split('.').next().unwrap_or("").to_owned() } else { lower };
        key(&host)
    };
    let (a, b) = (strip(a), strip(b));
    !a.is_empty() && !b.is_empty() && (a == b || (a.len() >= 4 && b.contains(&a)) || (b.len() >= 4 && a.contains(&b)))
}

/// The outlet as the article carries it: name and domain, filled from each other and from the known outlets.
pub fn resolve(name: Option<String>, domain: Option<String>, lexicon: &PageLexicon) -> Option<Outlet> {
    let name = name.map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|n| !key(n).is_empty());
    let known = name.as_deref().and_then(|n| lexicon.outlet(n)).and_then(|(_, domain)| domain.clone());
    let own = name.as_deref().filter(|n| is_domain(n)).map(str::to_lowercase);
    let domain = domain.or(own).or(known);
    match (name, domain) {
        (Some(name), domain) => Some(Outlet { name, domain }),
        (None, Some(domain)) => {
            let name = lexicon.outlet(&domain).map_or_else(|| domain.clone(), |(name, _)| name.clone());
            Some(Outlet { name, domain: Some(domain) })
        }
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

    #[test]
    fn a_host_is_spelt_out_by_the_words_that_make_it() {
        let line = |text: &str| Line::new(text, &lexicon(), Order::DAY_FIRST);
        let stamp = line("Suara Garam - Rabu, 14 Mei 2025 | 07:45 WIB");
        assert_eq!(written_out(&stamp, "suaragaram"), Some("Suara Garam"));
        assert_eq!(written_out(&stamp, "suara"), None);
        assert_eq!(written_out(&line("suara garam"), "suaragaram"), None);
    }

    #[test]
    fn copyright_lines_name_the_outlet() {
        let lexicon = lexicon();
        let cases = [
            ("© 2025 The Bay Ledger Pte Ltd. All rights reserved.", Some("The Bay Ledger")),
            ("Copyright © KABAR 2025", Some("KABAR")),
            ("© El Faro del Golfo S.L.", Some("El Faro del Golfo")),
            ("© 2025 Bahía 24. Todos los derechos reservados.", Some("Bahía 24")),
            ("Todos los derechos reservados © 2025 El Correo del Muelle", Some("El Correo del Muelle")),
            ("Copyright 2025 Rıhtım 24", Some("Rıhtım 24")),
            ("Портовый листок, 2025. Все права защищены.", Some("Портовый листок")),
            ("© 2010–2025, Сетевое издание «Портовый листок»", Some("Портовый листок")),
            ("جميع الحقوق محفوظة © 2025 صحيفة الميناء", Some("صحيفة الميناء")),
            ("Все права защищены.", None),
            ("© RIPRODUZIONE RISERVATA", None),
        ];
        for (text, name) in cases {
            let line = Line::new(text, &lexicon, Order::DAY_FIRST);
            assert_eq!(from_copyright(&line, &lexicon).as_deref(), name, "{text}");
        }
    }
}
