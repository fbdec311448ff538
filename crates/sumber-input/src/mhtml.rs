//! Pages saved by a browser in one file (MHTML, RFC 2557): a mail with the page and its images.

use mail_parser::{MessageParser, MimeHeaders as _, PartType};
use sumber_core::{Page, PageFormat};

/// The page in a saved file, with its address.
///
/// # Errors
/// What is wrong: the bytes are no such mail, or hold no page.
pub fn page(path: String, bytes: &[u8]) -> Result<Page, String> {
    let message =
        MessageParser::default().parse(bytes).ok_or("this is no page saved as MHTML; save the page as HTML")?;
    let saved = message.header_raw("Snapshot-Content-Location").map(|l| l.trim().to_owned());
    let wanted = |part: &&mail_parser::MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let located = |part: &&mail_parser::MessagePart<'_>| {
        saved.is_some() && part.content_location().is_some_and(|l| Some(l) == saved.as_deref())
    };
    let part = message
        .parts
        .iter()
        .filter(wanted)
        .find(located)
        .or_else(|| message.parts.iter().find(wanted))
        .ok_or("it holds no page; save the page as HTML")?;
    let PartType::Html(html) = &part.body else { return Err("it holds no page; save the page as HTML".to_owned()) };
    let url = part.content_location().map(str::to_owned).or(saved).filter(|l| l.contains("://"));
    Ok(Page {
        path,
        url,
        format: PageFormat::Html,
        // the mail's own charset was undone
        charset: Some("utf-8".to_owned()),
        bytes: html.as_bytes().to_vec(),
        rewritten: true,
    })
}

/// Whether bytes begin like a page saved in one file, or like a mail that holds one.
pub fn is_mhtml(head: &[u8]) -> bool {
    let head = head[..head.len().min(8192)].to_ascii_lowercase();
    let has = |needle: &[u8]| memchr::memmem::find(&head, needle).is_some();
    let named = head.split(|b| *b == b':').next().is_some_and(|name| {
        (2..=40).contains(&name.len()) && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    });
    let kinds: [&[u8]; 4] = [b"multipart/related", b"multipart/alternative", b"multipart/mixed", b"text/html"];
    // a page without pictures may be the whole mail, and a newsletter has its text twice
    named && has(b"mime-version:") && has(b"content-type:") && kinds.iter().any(|kind| has(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_saved_file_is_found_among_its_parts() {
        let mail = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://faro.example/porto\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b--\"\r\n\r\n\
            ----b--\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Buy.</p>\r\n\
            ----b--\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://faro.example/porto\r\n\r\n<p>Il porto =E8 chiuso.</p>\r\n\
            ----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b----\r\n";
        assert!(is_mhtml(mail.as_bytes()));
        let page = page("a.mhtml".to_owned(), mail.as_bytes()).unwrap();
        assert_eq!(page.url.as_deref(), Some("https://faro.example/porto"));
        assert!(String::from_utf8(page.bytes).unwrap().contains("Il porto è chiuso."));
    }

    #[test]
    fn a_page_may_be_the_whole_mail() {
        let mail = "Received: from a\r\nSubject: Porto\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Il porto =C3=A8 chi=\r\nuso.</p>\r\n";
        assert!(is_mhtml(mail.as_bytes()));
        assert_eq!(
            page("a.eml".to_owned(), mail.as_bytes()).unwrap().bytes,
            "<p>Il porto è chiuso.</p>\r\n".as_bytes()
        );
        assert!(!is_mhtml(b"<p>mime-version: content-type: text/html</p>"));
    }

    #[test]
    fn what_holds_no_page_is_said() {
        assert!(page("a".to_owned(), b"").is_err());
        assert!(page("a".to_owned(), b"Subject: x\r\n\r\nhello").is_err());
        assert!(!is_mhtml(b"Subject: a note on ships\n\nThe ship waits."));
    }
}
