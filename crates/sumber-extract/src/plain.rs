//! Plain text as it is pasted or saved from the web: masthead, menus, headline, byline, body, and
//! whatever comes after. The body begins with the first running text; what stands above it is
//! searched for the headline, the date and the authors.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::dates::Order;
use crate::draft::{Dated, Draft, Trust};
use crate::line::Line;
use crate::noise::{self, Noise};
use crate::words::{Kind, PageLexicon, key};
use crate::{byline, outlet, title};

/// Reads a plain text.
pub fn read(text: &str, order: Order, lexicon: &PageLexicon) -> Draft {
    let lines = lines_of(text, order, lexicon);
    let mut draft = Draft::default();
    let Some(start) = body_start(&lines, lexicon) else {
        // nothing but short lines: they are the text
        draft.paragraphs = lines.iter().filter(|l| noise::judge(l).is_none()).map(|l| l.text.clone()).collect();
        return draft;
    };
    let (header, body) = lines.split_at(start);
    let masthead = outlet::masthead(header, body, lexicon);
    let headline = headline(header, masthead.is_some(), lexicon);
    if let Some(n) = headline {
        draft.title = title::clean(&header[n].text, masthead.as_slice());
    }
    let above = read_header(header, &mut draft, lexicon);
    let masthead = masthead.or_else(|| header.iter().skip(1).find_map(|line| outlet::before_date(line, lexicon)));
    draft.add_body(body, Trust::Lines, lexicon);
    // a byline and a date may stand at the foot
    for line in body.iter().rev().take(40) {
        if noise::judge(line).is_none()
            && line.words.len() <= 14
            && draft.authors.is_empty()
            && line.starts.has(Kind::AUTHOR)
            && line.text.contains(':')
            && let Some(byline) = byline::read(line, lexicon)
        {
            draft.sign(byline, true);
        }
        if draft.published.is_none() && line.starts.has(Kind::PUBLISHED) && noise::judge(line) == Some(Noise::Date) {
            draft.add_date(line);
        }
    }
    outlet::find(&mut draft, masthead, &lines, lexicon);
    outlet::spell_out(&mut draft, &lines);
    let clean = draft.title.take();
    draft.title = headline.map(|n| header[n].text.clone());
    outlet::behind_headline(&mut draft, &lines, lexicon);
    let names: Vec<String> = draft.outlet.iter().cloned().collect();
    draft.title = draft.title.and_then(|title| title::clean(&title, &names)).or(clean);
    draft.complete_date(lines.iter());
    draft.published = draft.published.or(above);
    if draft.published.is_none() {
        draft.published = outlet::dateline_date(&draft, order, lexicon).or_else(|| date_at_foot(body, &draft));
    }
    draft
}

/// A date line right under the last paragraph.
fn date_at_foot(body: &[Line], draft: &Draft) -> Option<Dated> {
    let last = draft.paragraphs.last()?;
    let at = body.iter().rposition(|l| last.starts_with(&l.text) || l.text.starts_with(last.as_str()))?;
    let below = body.get(at + 1).filter(|l| noise::judge(l) == Some(Noise::Date))?;
    let mut found = Draft::default();
    found.add_date(below);
    found.published
}

/// Cuts a text into lines; lines broken at a fixed width are joined again.
pub fn lines_of(text: &str, order: Order, lexicon: &PageLexicon) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = true;
    let raw: Vec<&str> = text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']).collect();
    let joined = join_broken(&raw);
    for raw in joined.iter().map(|j| j.as_ref()) {
        let clean = clean_blanks(raw);
        let clean = noise::without_inline_pointers(&clean, lexicon);
        let line = Line::new(&clean, lexicon, order);
        if line.text.is_empty() {
            gap = true;
            if let Some(last) = lines.last_mut() {
                last.gap_after = true;
            }
            continue;
        }
        lines.push(Line { gap_before: gap, ..line });
        gap = false;
    }
    if let Some(last) = lines.last_mut() {
        last.gap_after = true;
    }
    lines
}

/// Turns every white space into a blank and drops characters that show nothing.
fn clean_blanks(raw: &str) -> Cow<'_, str> {
    if raw.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return Cow::Borrowed(raw);
    }
    let clean = raw
        .chars()
        .filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'))
        .map(|c| if c == '\t' { '\t' } else if c.is_whitespace() { ' ' } else { c })
        .collect::<String>()
        .replace('\t', "  ");
    Cow::Owned(clean)
}

/// Joins lines that were broken at a fixed width: blocks of lines of nearly one length, most of
/// which end in the middle of a sentence.
fn join_broken<'a>(raw: &[&'a str]) -> Vec<Cow<'a, str>> {
    let (mut inner, mut full, mut widest) = (0usize, 0usize, 0usize);
    for pair in raw.windows(2) {
        if !pair[0].trim().is_empty() && !pair[1].trim().is_empty() {
            widest = widest.max(pair[0].trim_end().chars().count());
        }
    }
    for pair in raw.windows(2) {
        let (a, b) = (pair[0].trim_end(), pair[1].trim());
        if !a.trim().is_empty() && !b.is_empty() {
            inner += 1;
            let length = a.chars().count();
            full += usize::from(length + 20 >= widest && length >= 45 && !crate::line::ends_sentence(a));
        }
    }
    if !(50..=110).contains(&widest) || inner < 2 || full * 10 < inner * 6 {
        return raw.iter().map(|r| Cow::Borrowed(*r)).collect();
    }
    let mut out: Vec<Cow<'a, str>> = Vec::new();
    let mut open = false;
    for line in raw {
        let length = line.trim_end().chars().count();
        if line.trim().is_empty() {
            out.push(Cow::Borrowed(""));
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open) {
            Some(last) => {
                let last = last.to_mut();
                last.truncate(last.trim_end().len());
                last.push(' ');
                last.push_str(line.trim());
            }
            None => out.push(Cow::Borrowed(line)),
        }
        open = length + 20 >= widest;
    }
    out
}

/// The first line of the body; `None` where there is no running text.
fn body_start(lines: &[Line], lexicon: &PageLexicon) -> Option<usize> {
    let running = |line: &Line| noise::judge(line).is_none() && byline::read(line, lexicon).is_none();
    let first = lines.iter().position(|line| {
        let count = line.words.len();
        running(line) && (((line.is_final() || line.is_open()) && count >= 12) || count >= 28)
    });
    let Some(mut start) = first else {
        return lines.iter().position(|line| running(line) && line.is_sentence());
    };
    // short sentences right above belong to it: 'Non si parte.', '"Kami siap," katanya.'
    while let Some(above) = start.checked_sub(1) {
        let line = &lines[above];
        let stop = line.text.trim_end_matches(['"', '”', '»', '’']).ends_with('.');
        let headline = above == 0
            && lines.len() > 1
            && !line.text.contains(['"', '“', '«'])
            && line.words.len() <= 14
            && line.gap_after;
        if !(stop && line.words.len() >= 3 && running(line)) || headline {
            break;
        }
        start = above;
    }
    Some(start)
}

/// The headline among the lines above the body.
fn headline(header: &[Line], has_masthead: bool, lexicon: &PageLexicon) -> Option<usize> {
    let told = |line: &Line| {
        matches!(noise::judge(line), Some(Noise::Date | Noise::ReadingTime)) || byline::read(line, lexicon).is_some()
    };
    // each line is judged once: what stands above the body may be a page of menus
    let free: Vec<bool> =
        header.iter().map(|line| noise::judge(line).is_none() && byline::read(line, lexicon).is_none()).collect();
    let first_told = header.iter().position(told);
    let keys: Vec<String> = header.iter().map(|line| key(&line.text)).collect();
    // how often each stands below the first line
    let mut below_first: FxHashMap<&str, usize> = FxHashMap::default();
    keys.iter().skip(1).for_each(|key| *below_first.entry(key.as_str()).or_default() += 1);
    let mut best: Option<(i32, usize)> = None;
    for (n, line) in header.iter().enumerate() {
        if !free[n] || (n == 0 && has_masthead) {
            continue;
        }
        let count = line.words.len() as i32;
        let mut score = count.min(12);
        score += 4 * i32::from(line.gap_before && line.gap_after);
        let below = header[n + 1..].iter().take(3).position(told);
        score += match below {
            Some(0) => 5,
            Some(_) => 3,
            None => 0,
        };
        // a slogan stands right under the masthead, without an empty line
        score -= 5 * i32::from(n == 1 && !line.gap_before && header.len() > 2);
        score -= 4 * i32::from(count < 3);
        score -= 2 * i32::from(byline::bare_names(&line.text, lexicon).is_some());
        // a caption is doubled, or an entry of a list
        score -= 6 * i32::from(line.text.starts_with(['•', '*', '▪', '●']));
        let others = below_first.get(keys[n].as_str()).copied().unwrap_or(0) - usize::from(n > 0);
        score -= 6 * i32::from(others > 0);
        score -= 3 * i32::from(line.text.ends_with('.') && !line.text.ends_with("..."));
        score -= 3 * i32::from(line.separators > 0);
        score -= 6 * i32::from(count > 30);
        // of two lines that may be it, the second is the deck
        let below_one = n.checked_sub(1).is_some_and(|above| {
            let line = &header[above];
            free[above] && (4..=20).contains(&line.words.len()) && line.gap_before && line.gap_after && !line.is_open()
        });
        score -= 8 * i32::from(below_one && line.gap_after && below == Some(0));
        // a line under a date or a byline is more often a deck or a caption
        score -= 4 * i32::from(first_told.is_some_and(|told| told < n));
        if count >= 2 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, n));
        }
    }
    best.filter(|(score, _)| *score >= 2).map(|(_, n)| n)
}

/// Takes dates and authors from the lines above the body. Gives the date in a masthead where the line below
/// the headline tells a day without its year.
fn read_header(header: &[Line], draft: &mut Draft, lexicon: &PageLexicon) -> Option<Dated> {
    let title = draft.title.as_deref().map(key).unwrap_or_default();
    let mut dated = Vec::new();
    for (n, line) in header.iter().enumerate() {
        let noise = noise::judge(line);
        if noise == Some(Noise::Date) {
            dated.push(n);
        }
        if key(&line.text) == title {
            continue;
        }
        if let Some(byline) = byline::read(line, lexicon) {
            draft.sign(byline, false);
        } else if noise.is_none() && draft.authors.is_empty() {
            let beside =
                |m: Option<usize>| m.and_then(|m| header.get(m)).is_some_and(|l| noise::judge(l) == Some(Noise::Date));
            if (beside(n.checked_sub(1)) || beside(Some(n + 1)))
                && let Some(names) = byline::bare_names(&line.text, lexicon)
            {
                draft.add_authors(names);
            }
        } else if noise == Some(Noise::Date)
            && draft.authors.is_empty()
            && let Some(names) = byline::beside_date(line, lexicon)
        {
            draft.add_authors(names);
        } else if noise == Some(Noise::Date) && draft.authors.is_empty() {
            // 'Sri Wahyuni · Kamis, 20 Maret 2025'
            let before = line.dates.first().map_or("", |d| &line.text[..d.range.start]);
            let bar = before.find(['|', '·', '•']).or_else(|| before.find(" - ")).or_else(|| before.find(" – "));
            if let Some(bar) = bar
                && let Some(names) = byline::bare_names(before[..bar].trim(), lexicon)
            {
                draft.add_authors(names);
            }
        }
    }
    // the date below the headline counts more than one in a masthead
    let headline = header.iter().position(|l| key(&l.text) == title).unwrap_or(0);
    dated.sort_by_key(|&n| (n < headline, n));
    let mut above = Draft::default();
    for n in dated {
        let apart = n < headline && draft.yearless.is_some() && draft.published.is_none();
        if apart { above.add_date(&header[n]) } else { draft.add_date(&header[n]) }
    }
    if above.published.is_some() {
        return above.published;
    }
    // 'Transcript of the morning news, Monday, 14 July 2025': a date at the end of a line of its own
    if draft.published.is_none() {
        let ends_in_date = |line: &&Line| {
            let last =
                line.dates.last().is_some_and(|d| line.text[d.range.end..].chars().all(|c| !c.is_alphanumeric()));
            last && line.words.len() <= 14 && !line.is_final() && key(&line.text) != title
        };
        if let Some(line) = header.iter().skip(headline).find(ends_in_date) {
            draft.add_date(line);
        }
    }
    None
}
