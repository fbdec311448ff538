//! Bytes to text: byte order mark, valid UTF-8, the transport's word for the charset, the page's own,
//! a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sumber_core::{Code, MOST_PAGE_BYTES, Page, PageFormat, Severity};

/// A finding without its place.
pub type Finding = (Severity, Code, String);

/// How far into a page its charset may be named.
const HEAD: usize = 4096;

/// Decodes a page. Bytes that do not fit are replaced, and a finding says where the first stands.
pub fn decode(page: &Page, findings: &mut Vec<Finding>) -> String {
    let (bytes, format) = (&page.bytes, page.format);
    let kept = &bytes[..bytes.len().min(MOST_PAGE_BYTES)];
    if kept.len() < bytes.len() {
        findings.push((
            Severity::Warning,
            Code::TooLarge,
            format!(
                "the page has more than {MOST_PAGE_BYTES} bytes; the rest was cut: split the file or save the article alone"
            ),
        ));
    }
    if let Some((encoding, length)) = Encoding::for_bom(kept) {
        return decode_as(&kept[length..], encoding, length, findings);
    }
    let broken = match std::str::from_utf8(kept) {
        Ok(text) => return text.to_owned(),
        Err(error) => error,
    };
    if kept.len() < bytes.len() && broken.error_len().is_none() {
        // the limit fell inside a character
        return String::from_utf8_lossy(&kept[..broken.valid_up_to()]).into_owned();
    }
    let declared = named(page, kept);
    let utf8 = mostly_utf8(kept);
    let wide = |e: &Encoding| *e == *UTF_16BE || *e == *UTF_16LE;
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && (!utf8 || wide(e))) {
        return decode_as(kept, encoding, 0, findings);
    }
    // a page may lie: where next to nothing beyond ASCII is UTF-8, its word for that counts nothing
    let lies = !utf8 && kept.iter().filter(|b| !b.is_ascii()).count() >= 20;
    if utf8 || (declared == Some(UTF_8) && !lies) || format == PageFormat::Json {
        findings.push((
            Severity::Warning,
            Code::BrokenCharset,
            format!(
                "byte {} is not valid UTF-8; it and others like it were replaced: save the page again as UTF-8",
                broken.valid_up_to() + 1
            ),
        ));
        return String::from_utf8_lossy(kept).into_owned();
    }
    let encoding = guessed(kept);
    findings.push((
        Severity::Note,
        Code::BrokenCharset,
        format!(
            "the page is not UTF-8 and names no other charset; read as {}: save it as UTF-8 if letters look wrong",
            encoding.name()
        ),
    ));
    decode_as(kept, encoding, 0, findings)
}

/// The charset that the bytes show, the transport names, or the page.
fn named(page: &Page, kept: &[u8]) -> Option<&'static Encoding> {
    let transport = || page.charset.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let own = || if page.format == PageFormat::Html { declared(kept) } else { None };
    sixteen_bits(kept).or_else(transport).or_else(own)
}

/// The charset that the bytes look like.
fn guessed(kept: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&kept[..kept.len().min(1 << 18)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Places in a page's bytes by places in its decoded text.
pub struct BytePlaces {
    /// For each byte of the text where its character begins in the page; `None` where they are the same
    /// but for the bytes before the text.
    starts: Option<Vec<u32>>,
    /// Bytes of the page before the text.
    skipped: usize,
}

impl BytePlaces {
    /// The place in the page of a place in the text.
    pub fn of(&self, at: usize) -> usize {
        match &self.starts {
            None => at + self.skipped,
            Some(starts) => starts.get(at).map_or(0, |start| *start as usize) + self.skipped,
        }
    }
}

/// Ties the text that [`decode`] made of a page to the page's bytes: what is not the page's own UTF-8 is
/// decoded once more, byte by byte.
pub fn byte_places(page: &Page, text: &str) -> BytePlaces {
    let kept = &page.bytes[..page.bytes.len().min(MOST_PAGE_BYTES)];
    let skipped = Encoding::for_bom(kept).map_or(0, |(_, length)| length);
    if kept[skipped..].starts_with(text.as_bytes()) {
        return BytePlaces { starts: None, skipped };
    }
    let bom = Encoding::for_bom(kept).map(|(encoding, _)| encoding);
    for encoding in [bom, named(page, kept), Some(UTF_8), Some(guessed(kept))].into_iter().flatten() {
        if let Some(starts) = starts_in(&kept[skipped..], encoding, text) {
            return BytePlaces { starts: Some(starts), skipped };
        }
    }
    BytePlaces { starts: Some(Vec::new()), skipped }
}

/// For each byte of `text`, and for its end, where its character begins in `bytes`; `None` where another
/// text comes out.
fn starts_in(bytes: &[u8], encoding: &'static Encoding, text: &str) -> Option<Vec<u32>> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut starts = Vec::with_capacity(text.len() + 1);
    let mut out = [0u8; 64];
    // the bytes of a character that is not whole yet belong to it
    let mut pending = 0;
    for at in 0..bytes.len() {
        let (_, _, written, _) = decoder.decode_to_utf8(&bytes[at..=at], &mut out, at + 1 == bytes.len());
        if written > 0 {
            if !text.as_bytes().get(starts.len()..)?.starts_with(&out[..written]) {
                return None;
            }
            starts.resize(starts.len() + written, pending);
            pending = u32::try_from(at + 1).ok()?;
        }
    }
    (starts.len() == text.len()).then(|| {
        starts.push(bytes.len() as u32);
        starts
    })
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, skipped: usize, findings: &mut Vec<Finding>) -> String {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let before: usize = text.find('\u{fffd}').map_or(0, |at| text[..at].chars().count()) + skipped;
        findings.push((
            Severity::Warning,
            Code::BrokenCharset,
            format!(
                "some bytes are not valid {}, the first after {before} characters; they were replaced: save the page again as UTF-8",
                encoding.name()
            ),
        ));
    }
    text.into_owned()
}

/// UTF-16 without a byte order mark: every other byte of Latin text is zero.
fn sixteen_bits(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 4 {
        return None;
    }
    match (even * 10 > half * 4, odd * 10 > half * 4) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether few bytes break an otherwise good UTF-8, which text in another charset hardly ever looks like.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}

/// The charset that an HTML page names in its head: `charset=...`, `encoding="..."`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&head[from..], b"charset")
        .map(|n| n + from + 7)
        .or_else(|| memchr::memmem::find(&head[from..], b"encoding=").map(|n| n + from + 8))
    {
        from = at;
        let rest = &head[at..];
        let value: Vec<u8> = rest
            .iter()
            .copied()
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
            .collect();
        let named = rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'=');
        if named && let Some(encoding) = Encoding::for_label(&value) {
            // a page in ASCII-compatible bytes cannot be UTF-16, whatever it says
            let wide = encoding == UTF_16LE || encoding == UTF_16BE;
            return Some(if wide { WINDOWS_1252 } else { encoding });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], format: PageFormat) -> (String, Vec<Code>) {
        let mut findings = Vec::new();
        let page = Page { format, bytes: bytes.to_vec(), ..Page::default() };
        let text = decode(&page, &mut findings);
        (text, findings.into_iter().map(|(_, code, _)| code).collect())
    }

    #[test]
    fn utf8_stays() {
        assert_eq!(read("è già".as_bytes(), PageFormat::Text), ("è già".to_owned(), vec![]));
    }

    #[test]
    fn byte_order_marks_are_obeyed() {
        assert_eq!(read(b"\xef\xbb\xbfok", PageFormat::Text).0, "ok");
        assert_eq!(read(b"\xff\xfeo\0k\0", PageFormat::Text).0, "ok");
    }

    #[test]
    fn sixteen_bits_without_a_mark_are_found() {
        let bytes: Vec<u8> = "città di mare\u{2019}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bytes, PageFormat::Text).0, "città di mare\u{2019}");
    }

    #[test]
    fn the_charset_that_a_page_names_is_used() {
        let page = b"<html><head><meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'></head>\xb1";
        assert!(read(page, PageFormat::Html).0.ends_with('ą'));
    }

    #[test]
    fn the_transport_names_the_charset_before_the_page_does() {
        let bytes = b"<html><head><meta charset=iso-8859-2></head>\xf1".to_vec();
        let page = Page { format: PageFormat::Html, charset: Some("ISO-8859-1".into()), bytes, ..Page::default() };
        assert!(decode(&page, &mut Vec::new()).ends_with('ñ'));
        let lying = Page { bytes: "già".as_bytes().to_vec(), charset: Some("latin1".into()), ..Page::default() };
        assert_eq!(decode(&lying, &mut Vec::new()), "già");
    }

    #[test]
    fn a_charset_that_nobody_names_is_guessed_with_a_note() {
        let (text, codes) = read(
            "la citt\u{e0} perch\u{e9} cos\u{ec}".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice(),
            PageFormat::Text,
        );
        assert_eq!(text, "la città perché così");
        assert_eq!(codes, [Code::BrokenCharset]);
    }

    #[test]
    fn broken_utf8_is_mended_with_a_finding() {
        let (text, codes) = read(b"gi\xc3\xa0 citt\xc3\xa0 per\xc3\xb2 cos\xc3\xac \xff fine", PageFormat::Text);
        assert_eq!(text, "già città però così \u{fffd} fine");
        assert_eq!(codes, [Code::BrokenCharset]);
    }

    #[test]
    fn a_page_beyond_the_limit_is_cut_with_a_finding() {
        let (text, codes) = read(&vec![b'a'; MOST_PAGE_BYTES + 10], PageFormat::Text);
        assert_eq!(text.len(), MOST_PAGE_BYTES);
        assert_eq!(codes, [Code::TooLarge]);
    }
}
