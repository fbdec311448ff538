//! An answer of a web server as archives keep it: status line, headers, body (RFC 9112), unpacked.

use std::io::Read;

use sumber_core::MOST_PAGE_BYTES;

/// An answer, its body unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status: 200, 404.
    pub status: u16,
    /// `text/html`, in lower case, without parameters.
    pub kind: String,
    /// The charset that the server names.
    pub charset: Option<String>,
    /// The body; at most one byte more than [`MOST_PAGE_BYTES`].
    pub body: Vec<u8>,
}

/// Most headers of an answer.
const MOST_HEADERS: usize = 512;

/// Reads an answer.
///
/// # Errors
/// What is wrong: the bytes are no answer, or the body cannot be unpacked.
pub fn read(block: &[u8]) -> Result<Answer, String> {
    let mut headers = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    let length = match config.parse_response(&mut response, block) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err("the headers of the answer have no end".to_owned()),
        Err(error) => return Err(format!("this is no answer of a web server ({error})")),
    };
    let header = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_ascii_lowercase())
    };
    let (kind, charset) = header("content-type").map(|value| content_type(&value)).unwrap_or_default();
    let body = &block[length..];
    let chunked = header("transfer-encoding").is_some_and(|value| value.contains("chunked"));
    // some archives keep the header and store the body without its chunks
    let joined = if chunked { joined_chunks(body) } else { None };
    let body = joined.as_deref().unwrap_or(body);
    let coding = header("content-encoding").unwrap_or_default();
    let body = unpacked(body, coding.rsplit(',').next().unwrap_or("").trim())?;
    Ok(Answer { status: response.code.unwrap_or(0), kind, charset, body })
}

/// `text/html; charset=utf-8` as kind and charset.
pub fn content_type(value: &str) -> (String, Option<String>) {
    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
    let charset = parameters.split(';').find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind.trim().to_ascii_lowercase(), charset.filter(|c| !c.is_empty()))
}

/// The body without the lengths of its chunks; `None` where it has none.
fn joined_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    loop {
        let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(body) else {
            // cut in the middle: what came so far counts
            return (!joined.is_empty()).then_some(joined);
        };
        if length == 0 {
            return Some(joined);
        }
        let rest = &body[start..];
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(rest.len());
        joined.extend_from_slice(&rest[..length]);
        body = rest[length..].strip_prefix(b"\r\n").unwrap_or(&rest[length..]);
    }
}

/// The body as the server had it before it packed it.
fn unpacked(body: &[u8], coding: &str) -> Result<Vec<u8>, String> {
    let most = MOST_PAGE_BYTES as u64 + 1;
    let as_it_came = || body[..body.len().min(MOST_PAGE_BYTES + 1)].to_vec();
    let reader: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Box::new(flate2::read::MultiGzDecoder::new(body)),
        // the name means zlib; some servers send what is inside of it
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => Box::new(flate2::read::ZlibDecoder::new(body)),
        "deflate" => Box::new(flate2::read::DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
        "zstd" => return Err("its body is packed by zstd, which is not read".to_owned()),
        // archives name a packing that they undid themselves
        _ => return Ok(as_it_came()),
    };
    let mut out = Vec::new();
    match reader.take(most).read_to_end(&mut out) {
        Err(_) if out.is_empty() && body.trim_ascii_start().starts_with(b"<") => Ok(as_it_came()),
        Err(error) if out.is_empty() => Err(format!("its body cannot be unpacked ({error})")),
        // cut in the middle: what came so far counts
        Ok(_) | Err(_) => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn an_answer_is_joined_and_unpacked() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all("<p>Il porto è chiuso.</p>".as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let (one, two) = packed.split_at(10);
        let mut block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"UTF-8\"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        for part in [one, two] {
            block.extend(format!("{:x}\r\n", part.len()).bytes());
            block.extend(part);
            block.extend(b"\r\n");
        }
        block.extend(b"0\r\n\r\n");
        let answer = read(&block).unwrap();
        assert_eq!((answer.status, answer.kind.as_str(), answer.charset.as_deref()), (200, "text/html", Some("utf-8")));
        assert_eq!(answer.body, "<p>Il porto è chiuso.</p>".as_bytes());
    }

    #[test]
    fn headers_that_lie_about_the_body_do_no_harm() {
        for header in
            ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br", "Content-Length: 9999999"]
        {
            let block = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n<p>A ship waits.</p>");
            assert_eq!(read(block.as_bytes()).unwrap().body, b"<p>A ship waits.</p>", "{header}");
        }
        assert!(read(b"hello").is_err());
        assert!(read(b"HTTP/1.1 200 OK\r\nA: b").is_err());
    }

    #[test]
    fn a_body_that_unpacks_without_end_is_cut() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; 2 * MOST_PAGE_BYTES]).unwrap();
        let mut block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        block.extend(packer.finish().unwrap());
        assert_eq!(read(&block).unwrap().body.len(), MOST_PAGE_BYTES + 1);
    }
}
