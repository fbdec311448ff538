//! Markup made safe before it is parsed: scripts, styles and comments go, and what is nested or
//! built beyond the limits is cut, so that no page can overflow a stack or take minutes.

use std::collections::HashMap;
use std::ops::Range;

/// Deepest nesting that is kept.
const DEEPEST: usize = 200;
/// Most characters written as entities: the parser takes each for itself.
const MOST_ENTITIES: usize = 100_000;
/// Longest tag that is kept with its attributes; images in addresses make long ones.
const LONGEST_TAG: usize = 64 << 10;
/// Most attributes of a tag.
const MOST_ATTRIBUTES: usize = 200;
/// Most bytes of markup that are parsed, scripts and styles not counted.
pub const MOST_MARKUP: usize = 6 << 20;

/// Elements that have no end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose end may be left out and that do not nest in themselves without another element between.
const OPTIONAL_END: &[&str] = &[
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "optgroup", "thead", "tbody", "tfoot", "html", "body", "head",
    "colgroup", "rt", "rp",
];
/// Elements whose content is no markup and no text of the page.
const DROPPED: &[&str] = &[
    "style",
    "svg",
    "template",
    "iframe",
    "object",
    "noembed",
    "canvas",
    "math",
    "xmp",
    "plaintext",
    "frameset",
    "select",
    "noscript",
];

/// Markup within the limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safe {
    /// The markup.
    pub html: String,
    /// The contents of `application/ld+json` scripts.
    pub linked_data: Vec<String>,
    /// What was cut, in words.
    pub cut: Vec<String>,
    /// Whether the page was longer than the limit.
    pub too_long: bool,
}

/// Where a page holds text, as [`make_safe`] tells it from markup: the stretches between its tags, and
/// the contents of its JSON-LD scripts.
pub fn texts(html: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let bytes = html.as_bytes();
    let (mut texts, mut linked) = (Vec::new(), Vec::new());
    let (mut at, mut start) = (0, 0);
    while let Some(next) = memchr::memchr(b'<', &bytes[at..]).map(|n| at + n) {
        let rest = &html[next..];
        let name_start = next + 1 + usize::from(bytes.get(next + 1) == Some(&b'/'));
        let after = if rest.starts_with("<!--") {
            find(bytes, next + 4, b"-->").map_or(bytes.len(), |n| n + 3)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            memchr::memchr(b'>', &bytes[next..]).map_or(bytes.len(), |n| next + n + 1)
        } else if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            // '<' that opens no tag
            at = next + 1;
            continue;
        } else {
            let name_len = bytes[name_start..]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
                .count();
            let name = &html[name_start..name_start + name_len];
            let (end, _) = tag_end(bytes, name_start + name_len);
            if name.eq_ignore_ascii_case("script") && contains_ignoring_case(&html[next..end], "ld+json") {
                linked.push(end..find_end_tag(bytes, end, "script").0);
            }
            let dropped = DROPPED.iter().chain(&["script"]).any(|n| name.eq_ignore_ascii_case(n));
            if dropped && name_start == next + 1 { find_end_tag(bytes, end, name).1 } else { end }
        };
        if start < next {
            texts.push(start..next);
        }
        (at, start) = (after, after);
    }
    if start < bytes.len() {
        texts.push(start..bytes.len());
    }
    (texts, linked)
}

/// Brings markup within the limits.
pub fn make_safe(html: &str) -> Safe {
    let bytes = html.as_bytes();
    let mut safe = Safe { html: String::with_capacity(html.len() / 2), ..Safe::default() };
    let mut open: HashMap<&str, usize> = HashMap::new();
    let (mut depth, mut deep, mut wide) = (0usize, 0usize, 0usize);
    let mut entities = 0;
    let mut at = 0;
    while at < bytes.len() {
        if safe.html.len() > MOST_MARKUP {
            safe.too_long = true;
            break;
        }
        let Some(next) = memchr::memchr(b'<', &bytes[at..]).map(|n| at + n) else {
            push_text(&mut safe.html, &html[at..], &mut entities);
            break;
        };
        push_text(&mut safe.html, &html[at..next], &mut entities);
        let rest = &html[next..];
        if rest.starts_with("<!--") {
            at = find(bytes, next + 4, b"-->").map_or(bytes.len(), |n| n + 3);
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            at = memchr::memchr(b'>', &bytes[next..]).map_or(bytes.len(), |n| next + n + 1);
            continue;
        }
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let name_start = next + 1 + usize::from(closing);
        let name_len =
            bytes[name_start..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')).count();
        if name_len == 0 || !bytes[name_start].is_ascii_alphabetic() {
            // '<' that opens no tag
            safe.html.push_str(if closing { "" } else { "&lt;" });
            at = name_start;
            continue;
        }
        let name = &html[name_start..name_start + name_len];
        let (end, attributes) = tag_end(bytes, name_start + name_len);
        let tag = &html[next..end];
        at = end;
        let is = |list: &[&str]| list.iter().any(|n| name.eq_ignore_ascii_case(n));
        if !closing && is(&["script"]) {
            let close = find_end_tag(bytes, end, "script");
            if contains_ignoring_case(tag, "ld+json") && safe.linked_data.len() < 50 {
                safe.linked_data.push(html[end..close.0].to_owned());
            }
            at = close.1;
            continue;
        }
        if is(DROPPED) {
            if !closing {
                at = find_end_tag(bytes, end, name).1;
            }
            safe.html.push(' ');
            continue;
        }
        if !closing && is(&["textarea", "title"]) {
            // their content is text; the parser must not look for tags in it
            let close = find_end_tag(bytes, end, name);
            if is(&["title"]) {
                safe.html.push_str(&html[next..close.1]);
            }
            at = close.1;
            continue;
        }
        if is(VOID) {
            if tag.len() <= LONGEST_TAG && attributes <= MOST_ATTRIBUTES {
                safe.html.push_str(tag);
            }
            continue;
        }
        let counted = !is(OPTIONAL_END);
        let known = NAMES.iter().find(|n| n.eq_ignore_ascii_case(name)).copied().unwrap_or("other");
        if closing {
            let count = open.entry(known).or_default();
            if counted && *count == 0 {
                continue;
            }
            if counted {
                *count -= 1;
                depth -= 1;
            }
            safe.html.push_str("</");
            safe.html.push_str(name);
            safe.html.push('>');
            continue;
        }
        let self_closed = tag.ends_with("/>") && known == "other";
        if depth >= DEEPEST && !name.eq_ignore_ascii_case("p") {
            deep += 1;
            safe.html.push(' ');
            continue;
        }
        if counted && !self_closed {
            depth += 1;
            *open.entry(known).or_default() += 1;
        }
        if tag.len() > LONGEST_TAG || attributes > MOST_ATTRIBUTES {
            wide += 1;
            safe.html.push('<');
            safe.html.push_str(name);
            safe.html.push('>');
        } else {
            safe.html.push_str(tag);
        }
    }
    if deep > 0 {
        safe.cut.push(format!("{deep} tags are nested deeper than {DEEPEST} and were left out, their text stays"));
    }
    if entities > MOST_ENTITIES {
        safe.cut.push(format!("more than {MOST_ENTITIES} characters are written as entities; the rest became blanks"));
    }
    if wide > 0 {
        safe.cut.push(format!("{wide} tags are longer than {LONGEST_TAG} bytes or have more than {MOST_ATTRIBUTES} attributes, which were left out"));
    }
    safe
}

/// Names that are counted one by one; all others are counted together.
const NAMES: &[&str] = &[
    "div",
    "span",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "font",
    "center",
    "table",
    "ul",
    "ol",
    "dl",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "figcaption",
    "form",
    "button",
    "label",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "time",
    "small",
    "big",
    "sub",
    "sup",
    "cite",
    "q",
    "code",
    "noscript",
    "picture",
    "video",
    "audio",
    "details",
    "summary",
    "dialog",
    "address",
    "fieldset",
    "p",
    "li",
    "td",
    "tr",
    "th",
    "amp-img",
];

/// Text is copied; NUL goes, and entities beyond the limit become blanks.
fn push_text(out: &mut String, text: &str, entities: &mut usize) {
    *entities += memchr::memchr_iter(b'&', text.as_bytes()).count();
    if *entities > MOST_ENTITIES {
        out.extend(text.chars().filter(|c| *c != '\0').map(|c| if c == '&' { ' ' } else { c }));
    } else if text.contains('\0') {
        out.extend(text.chars().filter(|c| *c != '\0'));
    } else {
        out.push_str(text);
    }
}

/// The byte after a tag's `>` and the number of its attributes; quotes are obeyed.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut attributes) = (from, 0);
    let mut blank = true;
    let mut value = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (at + 1, attributes),
            quote @ (b'"' | b'\'') if value => {
                let Some(length) = memchr::memchr(quote, &bytes[at + 1..]) else { return (bytes.len(), attributes) };
                at += length + 1;
                value = false;
                blank = true;
            }
            b'=' => value = true,
            b if b.is_ascii_whitespace() => blank = true,
            b'/' => blank = true,
            _ => {
                if blank && !value {
                    attributes += 1;
                }
                blank = false;
                value = false;
            }
        }
        at += 1;
    }
    (bytes.len(), attributes)
}

/// Where `</name` begins and the byte after its `>`; the end of the page where there is none.
fn find_end_tag(bytes: &[u8], from: usize, name: &str) -> (usize, usize) {
    let mut at = from;
    while let Some(next) = find(bytes, at, b"</") {
        let rest = &bytes[next + 2..];
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            let end = memchr::memchr(b'>', &bytes[next..]).map_or(bytes.len(), |n| next + n + 1);
            return (next, end);
        }
        at = next + 2;
    }
    (bytes.len(), bytes.len())
}

fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, needle).map(|n| n + from)
}

fn contains_ignoring_case(text: &str, needle: &str) -> bool {
    text.as_bytes().windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_go() {
        let safe = make_safe("<p>a<script>if (1<2) x='</p>'</script><style>p{}</style><!-- <b> -->b</p>");
        assert_eq!(safe.html, "<p>a b</p>");
    }

    #[test]
    fn linked_data_is_kept_apart() {
        let safe = make_safe(r#"<script type="application/ld+json">{"a":1}</script>x"#);
        assert_eq!(safe.linked_data, [r#"{"a":1}"#]);
        assert_eq!(safe.html, "x");
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_stays() {
        let safe = make_safe(&format!("{}deep", "<div>".repeat(100_000)));
        assert!(safe.html.len() < 110_000 && safe.html.ends_with("deep"));
        assert_eq!(safe.cut.len(), 1);
    }

    #[test]
    fn a_foreign_end_tag_does_not_hide_nesting() {
        let safe = make_safe(&"<div></span>".repeat(5_000));
        assert_eq!(safe.html.matches("<div>").count(), DEEPEST);
    }

    #[test]
    fn many_attributes_are_cut() {
        let attributes: String = (0..1000).map(|n| format!(" a{n}=\"x\"")).collect();
        assert_eq!(make_safe(&format!("<p{attributes}>x</p>")).html, "<p>x</p>");
    }

    #[test]
    fn a_truncated_tag_ends_with_the_page() {
        assert_eq!(make_safe("<p>text</p><a href=\"x").html, "<p>text</p><a href=\"x");
    }

    #[test]
    fn a_bare_less_than_is_text() {
        assert_eq!(make_safe("1 < 2").html, "1 &lt; 2");
    }
}
