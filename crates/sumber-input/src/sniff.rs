//! What the first bytes of a file tell: text, HTML, lines of JSON, or no text at all.

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sniffed {
    /// Nothing.
    Empty,
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// One JSON object a line, or one alone.
    Json,
    /// No text; what it is, in words.
    Binary(&'static str),
}

/// First bytes of formats that are no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3", "an SQLite data base"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"RIFF", "a sound, film or image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF document"),
    (b"bplist", "a property list or web archive"),
];

/// Looks at the first bytes.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    if bytes.is_empty() {
        return Sniffed::Empty;
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sniffed::Binary(name);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Sniffed::Binary("a film");
    }
    let head = &bytes[..bytes.len().min(8192)];
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || looks_wide(head);
    if !wide {
        // a page that was written over a longer one, or cut by a full disk, ends in zeros
        let used = head.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
        let zeros = head[..used].iter().filter(|b| **b == 0).count();
        let control = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31)).count();
        // a text with zeros in it has no other signs of a machine
        if used == 0 || control * 20 > used || (zeros > 3 && (control > 0 || zeros * 5 > used)) {
            return Sniffed::Binary("binary data");
        }
    }
    let text: Vec<u8> = head.iter().copied().filter(|b| *b != 0).take(2048).collect();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text).to_ascii_lowercase();
    let text = text.trim_ascii_start();
    if text.starts_with(b"{") {
        return Sniffed::Json;
    }
    let has = |needle: &[u8]| text.windows(needle.len()).any(|w| w == needle);
    let marked = text.starts_with(b"<")
        && (has(b"<html")
            || has(b"<!doctype html")
            || has(b"<head")
            || has(b"<body")
            || has(b"<div")
            || has(b"<p>")
            || has(b"<article"));
    if marked || has(b"<!doctype html") || (has(b"<html") && has(b"<head")) { Sniffed::Html } else { Sniffed::Text }
}

/// UTF-16 without a mark: every other byte of Latin text is zero.
fn looks_wide(head: &[u8]) -> bool {
    let half = head.len() / 2;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    half >= 4 && (even.max(odd) * 10 > half * 4 && even.min(odd) * 50 < half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let wide: Vec<u8> = "Un testo qualsiasi".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: &[(&[u8], Sniffed)] = &[
            (b"", Sniffed::Empty),
            (b"Kapal itu berlabuh.", Sniffed::Text),
            (b"  <!DOCTYPE html><html>", Sniffed::Html),
            (b"<p>x</p>", Sniffed::Html),
            (b"\xef\xbb\xbf{\"text\": 1}", Sniffed::Json),
            (b"%PDF-1.7", Sniffed::Binary("a PDF")),
            (b"a\0\0\0\0b\x01\x02", Sniffed::Binary("binary data")),
            (b"\0\0\0\0", Sniffed::Binary("binary data")),
            (b"<html><p>The har\0bour \0of\0 Ellis\0 stays \0closed.\0\0\0\0\0\0\0\0\0\0\0\0", Sniffed::Html),
            (b"The har\0bour \0of\0 Ellis\0 stays \0closed.", Sniffed::Text),
            (&wide, Sniffed::Text),
            (b"citt\xe0 perch\xe9", Sniffed::Text),
        ];
        for (bytes, sniffed) in cases {
            assert_eq!(sniff(bytes), *sniffed, "{bytes:?}");
        }
    }
}
