//! Marks that metadata writes as entities of HTML.

/// Metadata escapes its marks now and then.
pub fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&#8211;", "–"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    let text = pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    without_numeric_entities(&text)
}

/// `&#038;` and `&#x26;` as characters.
fn without_numeric_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        let digits = &rest[at + 2..];
        let end = digits.find(';').filter(|end| *end <= 8);
        let value = end.and_then(|end| match digits[..end].strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits[..end].parse().ok(),
        });
        let Some((end, c)) = end.zip(value.and_then(char::from_u32)) else {
            out.push_str(&rest[..at + 2]);
            rest = digits;
            continue;
        };
        out.push_str(&rest[..at]);
        out.push(c);
        rest = &digits[end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_metadata_are_undone() {
        assert_eq!(unescape("Port &#038; &#x201C;ship&#8221; &amp; &#zz; &#"), "Port & “ship” & &#zz; &#");
    }
}
