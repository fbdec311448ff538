//! Lines that are on the page and are not the article: told by the packs' words and by form.

use std::borrow::Cow;

use crate::dateline::is_domain;
use crate::days::Yearless;
use crate::line::{Line, is_number};
use crate::words::{Found, Kind, PageLexicon, words_of};

/// Why a line is not the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// No letter and no digit.
    Rule,
    /// A copyright line.
    Copyright,
    /// The heading of the readers' comments.
    Comments,
    /// The heading of a list of other articles.
    ListHead,
    /// A pointer to another article; whether its headline still has to come.
    Pointer {
        /// The line holds the opening words alone.
        alone: bool,
    },
    /// 'Subscribe', 'click here', cookie notes, forms.
    Call,
    /// Tags.
    Tags,
    /// Buttons or a menu.
    Bar,
    /// When it was published or changed.
    Date,
    /// How long the reading takes.
    ReadingTime,
    /// A caption.
    Caption,
    /// A short line in brackets.
    Bracketed,
}

/// Page words that may stand beside a date without making it a sentence.
const BESIDE_DATES: &[Kind] = &[
    Kind::WEEKDAY,
    Kind::DATE_WORD,
    Kind::PUBLISHED,
    Kind::MODIFIED,
    Kind::ZONE,
    Kind::READING_TIME,
    Kind::BUTTON,
    Kind::SECTION,
    Kind::DESK,
    Kind::AUTHOR,
    Kind::AM,
    Kind::PM,
];

/// Tells whether a line is noise, and which.
pub fn judge(line: &Line) -> Option<Noise> {
    let count = line.words.len();
    if line.is_rule() {
        return Some(Noise::Rule);
    }
    if line.has.has(Kind::COPYRIGHT) && is_copyright(line) {
        return Some(Noise::Copyright);
    }
    if line.whole.has(Kind::COMMENTS) {
        return Some(Noise::Comments);
    }
    if line.whole.has(Kind::LIST_HEAD) && !line.text.ends_with('.') {
        return Some(Noise::ListHead);
    }
    if is_tags(line) {
        return Some(Noise::Tags);
    }
    if let Some(alone) = pointer(line) {
        return Some(Noise::Pointer { alone });
    }
    let call = line.starts.has(Kind::LINE_START) && (count < 30 || !line.is_final())
        || line.has.has(Kind::LINE_HAS) && count <= 45;
    if call {
        return Some(Noise::Call);
    }
    if is_date(line) {
        return Some(Noise::Date);
    }
    if is_count(line) || is_pager(line) || is_contact(line) {
        return Some(Noise::Bar);
    }
    if line.has.has(Kind::READING_TIME)
        && count <= 8
        && line.text.bytes().any(|b| b.is_ascii_digit())
        && !line.is_final()
    {
        return Some(Noise::ReadingTime);
    }
    if is_bar(line) {
        return Some(Noise::Bar);
    }
    if is_caption(line) {
        return Some(Noise::Caption);
    }
    let bracketed = |open, close| line.text.starts_with(open) && line.text.ends_with(close);
    if count <= 6 && (bracketed('(', ')') || bracketed('[', ']')) {
        return Some(Noise::Bracketed);
    }
    None
}

/// Whether a line is a note on the article: what was put right or is new in it, and nothing that the
/// article itself tells. 'Update 14:35: The minister resigned.' is no such note, it is text.
pub fn is_update_note(line: &Line) -> bool {
    let count = line.words.len();
    let soon = |f: &Found| f.first <= 6 && matches!(f.kind, Kind::MODIFIED | Kind::CORRECTION);
    if line.starts.has(Kind::NOTE_ABOUT) && line.found.iter().any(soon) && count <= 60 {
        return true;
    }
    let opened = |kind: Kind| {
        let after = line.after_start(&[kind])?;
        let rest = line.text[after..].trim_start();
        let marked = rest.starts_with([':', '：', ',', '(', '[', '–', '—', '-', '|', '.']);
        let timed = rest.starts_with(|c: char| c.is_numeric())
            || line.dates.first().is_some_and(|d| d.range.start <= after + 6);
        Some(marked || timed || rest.is_empty())
    };
    let about = line.has.has(Kind::NOTE_ABOUT);
    if let Some(marked) = opened(Kind::CORRECTION) {
        return (marked || about) && count <= 120;
    }
    // what is new in words of its own is text
    [Kind::UPDATE_NOTE, Kind::MODIFIED].into_iter().any(|kind| opened(kind) == Some(true)) && about && count <= 60
}

/// Whether a short line is all capitals: a headline of something else, or a heading.
pub fn is_shouted_heading(line: &Line) -> bool {
    line.words.len() >= 2 && line.words.len() <= 30 && !line.is_final() && line.is_shouted()
}

fn is_copyright(line: &Line) -> bool {
    let count = line.words.len();
    line.whole.has(Kind::COPYRIGHT)
        || (line.starts.has(Kind::COPYRIGHT) && (count <= 25 || line.text.starts_with('©')))
        || (line.text.contains('©') && count <= 25 && (!line.is_final() || line.covered(&[Kind::COPYRIGHT]) > 1))
        || (line.covered(&[Kind::COPYRIGHT]) >= 3 && count <= 25)
}

/// Whether the line points to another article, and whether it stops after the opening words.
fn pointer(line: &Line) -> Option<bool> {
    let kinds = [Kind::READ_ALSO, Kind::READ_ALSO_SHOUT];
    // a mark or a bracket may stand before the words
    if let Some(after) = line.after_start(&[Kind::READ_ALSO]) {
        let rest = line.text[after..].trim_start();
        let marked = rest.starts_with([':', '：', '|', '»', '>', '→', '–', '—', '-']);
        let bare = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        let wide = line.wide_at.is_some_and(|at| at == after);
        if bare || ((marked || wide || !line.text.ends_with('.')) && line.words.len() <= 40) {
            return Some(bare);
        }
    }
    let after = line.after_start(&kinds)?;
    let words = &line.text[..after];
    let rest = line.text[after..].trim_start();
    let shouted = words.chars().all(|c| !c.is_lowercase());
    let wide = line.wide_at.is_some_and(|at| at == after);
    let calm = line.text[after..].chars().any(char::is_lowercase);
    let marked = rest.starts_with([':', '：', '|', '»', '>', '→']);
    let points = (marked && line.words.len() <= 30 && !line.text.ends_with('.'))
        || (shouted && calm && (wide || marked) && line.words.len() <= 40)
        || (shouted && calm && !line.is_final() && line.words.len() <= 30);
    points.then_some(false)
}

fn is_tags(line: &Line) -> bool {
    let hashes = line.text.split(' ').filter(|w| w.starts_with('#') && w.len() > 1).count();
    if hashes >= 2 && hashes * 2 > line.words.len() {
        return true;
    }
    let Some(after) = line.after_start(&[Kind::TAGS]) else { return false };
    let rest = line.text[after..].trim_start();
    line.whole.has(Kind::TAGS) || (rest.starts_with([':', '#', '：']) && !line.text.ends_with('.'))
}

fn is_date(line: &Line) -> bool {
    if line.dates.is_empty() {
        if let Some(day) = &line.yearless
            && is_yearless_date(line, day)
        {
            return true;
        }
        // '(last modified ...)' without a readable date
        return line.starts.any(&[Kind::MODIFIED, Kind::PUBLISHED])
            && line.words.len() <= 10
            && !line.is_final()
            && line.text.bytes().any(|b| b.is_ascii_digit())
            && line.other_words(BESIDE_DATES) <= 2;
    }
    let others = line.other_words(BESIDE_DATES);
    let told = line.starts.any(&[Kind::PUBLISHED, Kind::MODIFIED, Kind::WEEKDAY, Kind::DATE_WORD]);
    // 'Published on 3 May 2024.', but not 'On 3 May 2024 the ship sank.'; '20 марта 2025 г.' is cut short
    let shortened = line.found.iter().any(|f| f.kind == Kind::DATE_WORD && f.first + f.len == line.words.len());
    // 'Naples, 15/05/2025 09:05h. Updated at 09:40h.': two stamps, and at most a place before them
    let first = line.dates.iter().map(|d| d.range.start).min().unwrap_or(0);
    let stamped = line
        .found
        .iter()
        .any(|f| matches!(f.kind, Kind::PUBLISHED | Kind::MODIFIED) && line.words[f.first].start > first);
    if stamped && others <= 3 && line.others(BESIDE_DATES).all(|word| word.end <= first) {
        return true;
    }
    if line.text.ends_with('.') && !shortened {
        return others == 0 || told && others <= 2 && line.starts.any(&[Kind::PUBLISHED, Kind::MODIFIED]);
    }
    let whole = line.dates.iter().map(|d| d.range.len()).sum::<usize>() * 2 >= line.text.len();
    // 'Dr. Ann Lee - 27 March 2024'
    let dashed = line.dates.iter().any(|d| {
        line.text[..d.range.start].trim_end().ends_with(['-', '–', '—', '|', '·', '•'])
            && line.text[d.range.end..].chars().all(|c| !c.is_alphanumeric())
    });
    // 'Ann Lee ⋅ founder and editor ⋅ Updated 6 May 2025'
    let named = line.dates.iter().any(|d| {
        line.text[d.range.end..].chars().all(|c| !c.is_alphanumeric())
            && line.found.iter().filter(|f| f.kind == Kind::PUBLISHED || f.kind == Kind::MODIFIED).any(|f| {
                let (start, end) = (line.words[f.first].start, line.words[f.first + f.len - 1].end);
                line.text.get(end..d.range.start).is_some_and(|gap| gap.len() <= 4)
                    && line.text[..start].trim_end().ends_with(|c: char| !c.is_alphanumeric())
            })
    });
    (dashed && others <= 5)
        || (named && others <= 8)
        || others <= 2
        || (whole && others <= 4)
        || (line.separators > 0 && others <= 7)
        || (told && others <= 4)
}

/// Whether a line tells a day whose year stands elsewhere: 'Thursday, 20 March', 'The Ledger | 20 March, 14:05',
/// 'Updated 20 Mar, 6:55 AM; Posted 19 Mar, 6:51 AM'.
fn is_yearless_date(line: &Line, day: &Yearless) -> bool {
    let months = line.found.iter().filter(|f| f.kind.month().is_some());
    let months: std::collections::BTreeSet<usize> = months.map(|f| f.first).collect();
    let others = line.other_words(BESIDE_DATES).saturating_sub(months.len());
    let timed = line.text.split(' ').any(|word| {
        word.split_once(':').is_some_and(|(hour, minute)| {
            let digits = |text: &str| text.chars().take(2).filter(|c| c.is_numeric()).count();
            digits(hour) > 0 && digits(minute) == 2
        })
    });
    let told = line.starts.any(&[Kind::MODIFIED, Kind::PUBLISHED]);
    let ends = line.words.len() <= day.words.1 + 6;
    !line.is_final()
        && ((others == 0 && (told || timed || day.with_weekday))
            || (others <= 3 && timed && line.has.has(Kind::AUTHOR))
            || (others <= 5 && line.separators > 0 && timed && ends))
}

/// Whether a line counts pictures: 'Image 3 of 12', 'Foto 2/7'.
fn is_count(line: &Line) -> bool {
    let number = |n: usize| line.words.get(n).is_some_and(|w| is_number(&w.folded));
    let count = line.words.len();
    let between = count == 3 && line.text.contains('/') || count == 4 && line.words[2].folded.chars().count() <= 3;
    line.starts.has(Kind::CAPTION) && between && number(1) && number(count - 1) && !line.is_final()
}

/// Whether a line counts the pages of an article or a list: '1 2 3'.
fn is_pager(line: &Line) -> bool {
    let numbers: Option<Vec<u32>> = line.words.iter().map(|word| word.folded.parse().ok()).collect();
    numbers.is_some_and(|n| n.len() >= 2 && n.windows(2).all(|pair| pair[1] == pair[0] + 1)) && !line.text.contains(',')
}

/// Whether a short line tells where to write to: 'Write to Ann Lee at ann.lee@ledger.example'.
fn is_contact(line: &Line) -> bool {
    let address = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_domain(host))
    };
    line.words.len() <= 14 && !line.text.contains(['"', '“', '«']) && line.text.split(' ').any(address)
}

fn is_bar(line: &Line) -> bool {
    let count = line.words.len();
    if count > 60 || line.text.ends_with(['.', '?', '”', '"', '»', '!']) && count > 6 {
        return false;
    }
    let covered = line.covered(&[Kind::BUTTON, Kind::SECTION, Kind::COMMENTS, Kind::LIST_HEAD]);
    let enough = if count <= 3 { covered == count } else { covered * 4 >= count * 3 };
    let numbers = line.words.iter().filter(|w| w.folded.bytes().all(|b| b.is_ascii_digit())).count();
    enough
        || (covered * 2 >= count && count >= 5 && line.is_shouted())
        || (count == covered + numbers && covered > 0 && count <= 12)
        || (line.separators >= 2 && count <= (line.separators + 1) * 4)
        || (line.separators >= 1 && covered * 2 >= count && count <= 20)
}

fn is_caption(line: &Line) -> bool {
    let count = line.words.len();
    if count <= 45 && line.has.has(Kind::CAPTION_SURE) && !line.text.starts_with(['"', '“', '«', '‘']) {
        return true;
    }
    if !line.has.has(Kind::CAPTION) || count > 60 {
        return false;
    }
    let text = &line.text;
    line.found.iter().filter(|f| f.kind == Kind::CAPTION).any(|f| {
        let (start, end) = (line.words[f.first].start, line.words[f.first + f.len - 1].end);
        let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
        let colon = after.starts_with([':', '：']);
        if f.first == 0 {
            return colon
                || (after.starts_with(['-', '–', '—', '/', '(', '|']) && count <= 45)
                || (after.is_empty() && count <= 3);
        }
        // '... in the harbour. Photo: Name', '(file photo)', '(Photo by Name)', '(OUTLET/HO)'
        let closing = after.is_empty() || after.chars().all(|c| !c.is_alphanumeric());
        let bracket = before.rfind(['(', '[']).is_some_and(|open| !before[open..].contains([')', ']']))
            && after
                .find([')', ']'])
                .is_some_and(|close| after[close + 1..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty());
        let ended = before.ends_with(['.', '|', '/', '(', '!', '?', '-', '–', '—', '”', '"']);
        (bracket && count <= 45)
            || (colon && ended && f.first * 3 >= count && count <= 50)
            || (closing && before.ends_with(['/', '|', '-', '–']) && count <= 45)
    })
}

/// Takes pointers in brackets out of a paragraph: '(Baca juga: ...)', '[Read more: ...]'.
pub fn without_inline_pointers<'a>(text: &'a str, lexicon: &PageLexicon) -> Cow<'a, str> {
    if !text.contains(['(', '[']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['(', '[']) {
        let close = if rest[open..].starts_with('(') { ')' } else { ']' };
        let Some(length) = rest[open..].find(close) else { break };
        let inner = &rest[open + 1..open + length];
        let words = words_of(inner);
        let points = lexicon.at(&words, 0).any(|(_, k)| k == Kind::READ_ALSO);
        if points && inner.len() <= 300 {
            out.push_str(rest[..open].trim_end());
        } else {
            out.push_str(&rest[..open + length + 1]);
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Order;
    use crate::testing::lexicon;

    #[test]
    fn noise_is_told_by_words_and_form() {
        let lexicon = lexicon();
        let cases = [
            ("Baca juga: Panen raya di Lebak", Noise::Pointer { alone: false }),
            ("READ  New ferry for the islands", Noise::Pointer { alone: false }),
            ("LEGGI ANCHE  Nuovo traghetto per le isole", Noise::Pointer { alone: false }),
            ("Leggi anche", Noise::ListHead),
            ("Bagikan: Facebook  X  WhatsApp  Telegram  Salin tautan", Noise::Bar),
            ("Share  Save  Gift this article", Noise::Bar),
            ("Home  Gas  Petrolio  Rinnovabili  Mercati  Chi siamo", Noise::Bar),
            ("KLIK DI SINI UNTUK MENDAPATKAN APLIKASI KAMI", Noise::Call),
            ("Iscriviti alla newsletter settimanale", Noise::Call),
            ("Arsip foto - Petugas memeriksa mesin. (KABAR/HO)", Noise::Caption),
            ("A tug in a file picture taken last year. PHOTO: LEDGER", Noise::Caption),
            ("Un rimorchiatore (foto d'archivio)", Noise::Caption),
            ("Senin, 17 Maret 2025 16:42 WIB | Waktu baca 2 menit", Noise::Date),
            ("(last modified Sun, 30 Jun 2024 03:25:09 GMT )", Noise::Date),
            ("Dr. Ann Lee - Mar 27, 2024", Noise::Date),
            ("Ann Lee ⋅ Founder and editor ⋅ Updated May 6, 2025", Noise::Date),
            ("Last updated: 12 January 2026.", Noise::Date),
            ("Almería, 20/05/2025 19:05h. Actualizado a las 20:40h.", Noise::Date),
            ("Parma, 15/05/2025 09:05. Aggiornato alle 09:40.", Noise::Date),
            ("نُشر في: الخميس 20 آذار 2025 - 14:30", Noise::Date),
            ("פורסם ב-20 במרץ 2025, בשעה 14:30", Noise::Date),
            ("تاریخ انتشار: ۳۰ اسفند ۱۴۰۳ - ۱۴:۳۰", Noise::Date),
            ("Güncelleme: 20 Mart 2025 Perşembe 14:30", Noise::Date),
            ("3 minuti di lettura", Noise::ReadingTime),
            ("© RIPRODUZIONE RISERVATA", Noise::Copyright),
            ("Tag: #LNG #Pelabuhan", Noise::Tags),
            ("2 Komentar", Noise::Comments),
            ("I più letti", Noise::ListHead),
            ("(Red)", Noise::Bracketed),
            ("___", Noise::Rule),
        ];
        for (text, noise) in cases {
            assert_eq!(judge(&Line::new(text, &lexicon, Order::DAY_FIRST)), Some(noise), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_noise() {
        let lexicon = lexicon();
        for text in [
            "Foto kapal itu menyebar di media sosial sejak Minggu, kata Sri Wahyuni.",
            "Related industries such as shipping also grew, the ministry said on Monday.",
            "«Leggi più severe non servono», ha detto la ministra.",
            "Era il 12 marzo 2025 quando la nave lasciò il porto di Genova.",
            "Komentar menteri itu menuai kritik dari para nelayan di Serang.",
            "Sources said the ship was held over unpaid fees.",
            "Share prices fell, and the port closed.",
            "Kementerian itu belum memberi komentar.",
            "On 12 March 2025 the ship sank.",
            "Il 12 marzo 2025 la nave parte.",
        ] {
            assert_eq!(judge(&Line::new(text, &lexicon, Order::DAY_FIRST)), None, "{text}");
        }
    }

    #[test]
    fn notes_on_the_article_are_told_from_what_is_new() {
        let lexicon = lexicon();
        let is_note = |text: &str| is_update_note(&Line::new(text, &lexicon, Order::DAY_FIRST));
        for text in [
            "Correction: the ferry carries 90 people, not 900.",
            "Correction (4 May 2024): the name of the captain was misspelled.",
            "An earlier version of this article gave the wrong year.",
            "This story has been updated with a comment from the county.",
            "Update, 14:35: this article now has a comment from the county.",
            "Updated at 14:35: this story was changed to name the captain.",
            "Aggiornamento delle 14:35: aggiunta la replica della provincia.",
            "Updated at 14:35 (adds comment of the county)",
            "Ralat: kapal itu mengangkut 90 orang, bukan 900.",
            "Artikel ini telah diperbarui pada Selasa dengan tanggapan kementerian.",
            "Rettifica: il traghetto porta 90 persone e non 900.",
            "Questo articolo è stato aggiornato con il commento della provincia.",
            "Corrección: el barco lleva 90 personas, no 900.",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in [
            "Update 14:35: The minister has resigned, his office said.",
            "Correction of the accounts will take a year, the auditor said.",
            "Aggiornamento ore 14:35: il ministro si è dimesso.",
            "Updated at 14:35: The minister has resigned, his office said.",
            "This article of the treaty was never applied, she said.",
            "This report on the fisheries of the north will, a spokesman said, be corrected in May.",
            "Pembaruan sistem itu memakan waktu setahun.",
        ] {
            assert!(!is_note(text), "{text}");
        }
    }

    #[test]
    fn pointers_in_brackets_go() {
        let lexicon = lexicon();
        assert_eq!(
            without_inline_pointers("Kapal itu aman. (Baca juga: Ombak (tinggi) surut", &lexicon),
            "Kapal itu aman. (Baca juga: Ombak (tinggi) surut".replace(" (Baca juga: Ombak (tinggi)", "")
        );
        assert_eq!(without_inline_pointers("Aman (kata dia). [Read more: X] Ya.", &lexicon), "Aman (kata dia). Ya.");
    }
}
