//! The text of XML: its byte order mark, its own declaration, else UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// Decodes XML. Bytes that do not fit are replaced.
pub fn xml(bytes: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(bytes).is_some() {
        return UTF_8.decode(bytes).0;
    }
    // a declaration that lies is common, and what is valid UTF-8 is hardly ever something else
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let head = &bytes[..bytes.len().min(256)];
    let declared = memchr::memmem::find(head, b"encoding=").and_then(|at| {
        let value = &head[at + 9..];
        let quote = value.first().filter(|b| matches!(b, b'"' | b'\''))?;
        let end = value[1..].iter().position(|b| b == quote)?;
        Encoding::for_label(&value[1..=end])
    });
    declared.unwrap_or(UTF_8).decode(bytes).0
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_declaration_is_obeyed_unless_it_lies() {
        let declared = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>citt\xe0</a>";
        assert!(super::xml(declared).ends_with("<a>città</a>"));
        let lying = "<?xml version='1.0' encoding='ISO-8859-1'?><a>città</a>";
        assert_eq!(super::xml(lying.as_bytes()), lying);
    }
}
