//! The address under which an article stands: what the page says of itself, as far as it can be believed.

use crate::outlet::domain_of;

/// The page's own address: of those that it gives for itself (in order of trust) the first that fits, else
/// `read_from`, where it was read. One on another host is not believed, for a copy may name the
/// original and a stolen page anything, but for caches whose addresses hold the other host; nor is a
/// home page believed to be the address of what stands deeper.
pub fn own<'a>(given: impl Iterator<Item = &'a String>, read_from: Option<&str>) -> Option<String> {
    let given: Vec<String> = given.filter_map(|address| resolve(address.trim(), read_from)).take(50).collect();
    if let Some(read_from) = read_from.filter(|address| is_absolute(address)) {
        let fits = |address: &&String| {
            let host = host_of(address);
            let theirs = domain_of(address) == domain_of(read_from)
                || host.is_some_and(|host| host.contains('.') && is_cache_of(read_from, host));
            theirs && (is_deep(address) || !is_deep(read_from))
        };
        return Some(given.iter().find(fits).cloned().unwrap_or_else(|| read_from.to_owned()));
    }
    // nothing is known from outside: the host that most of them name
    let votes = |address: &String| given.iter().filter(|other| domain_of(other) == domain_of(address)).count();
    let most = given.iter().filter(|a| is_deep(a)).map(votes).max()?;
    given.iter().find(|address| is_deep(address) && votes(address) == most).cloned()
}

/// Whether an address is that of a cache that holds a page of the host: the host stands in its path, or
/// in its own host with `-` for `.`.
fn is_cache_of(cache: &str, host: &str) -> bool {
    let rest = cache.split_once("://").map_or(cache, |(_, rest)| rest);
    let (own, path) = rest.split_once('/').unwrap_or((rest, ""));
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let parts = |text: &str| text.split('/').any(|part| part.strip_prefix("www.").unwrap_or(part) == bare);
    parts(path) || own.split('.').next().is_some_and(|first| first == host.replace('.', "-"))
}

fn is_absolute(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

fn host_of(address: &str) -> Option<&str> {
    address.split_once("://")?.1.split(['/', '?', '#']).next()
}

/// Whether an address leads to more than a home page.
fn is_deep(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let after = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    let after = after.split('#').next().unwrap_or("").trim_matches(['/', '?']);
    !after.is_empty() && !after.starts_with("index.")
}

/// An address as a page gives it, made absolute by where the page was read from; `None` where that
/// cannot be done, and for what is no address of the web.
pub fn resolve(address: &str, read_from: Option<&str>) -> Option<String> {
    let fits = !address.is_empty() && address.len() <= 4000 && !address.contains(char::is_whitespace);
    if !fits {
        return None;
    }
    if is_absolute(address) {
        return Some(address.to_owned());
    }
    let base = read_from.filter(|base| is_absolute(base));
    if let Some(rest) = address.strip_prefix("//") {
        let scheme = base.and_then(|b| b.split_once("://")).map_or("https", |(scheme, _)| scheme);
        return rest.contains('.').then(|| format!("{scheme}://{rest}"));
    }
    if address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let base = base?;
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    if address.starts_with('/') {
        return Some(format!("{scheme}://{host}{address}"));
    }
    let path = rest[host.len()..].split(['?', '#']).next().unwrap_or("");
    if address.starts_with(['?', '#']) {
        let path = if path.is_empty() { "/" } else { path };
        return Some(format!("{scheme}://{host}{path}{address}"));
    }
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("{scheme}://{host}/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(given: &[&str], read_from: Option<&str>) -> Option<String> {
        let given: Vec<String> = given.iter().map(|g| (*g).to_owned()).collect();
        own(given.iter(), read_from)
    }

    #[test]
    fn an_address_is_resolved_against_where_the_page_was_read() {
        let base = Some("https://www.bay.example/news/2024/ferry?x=1");
        let cases = [
            ("/sea/ferry", Some("https://www.bay.example/sea/ferry")),
            ("ferry-sails", Some("https://www.bay.example/news/2024/ferry-sails")),
            ("../ferry", Some("https://www.bay.example/news/ferry")),
            ("//m.bay.example/ferry", Some("https://m.bay.example/ferry")),
            ("?page=2", Some("https://www.bay.example/news/2024/ferry?page=2")),
            ("javascript:void(0)", None),
            ("", None),
        ];
        for (address, wanted) in cases {
            assert_eq!(resolve(address, base).as_deref(), wanted, "{address}");
        }
        assert_eq!(resolve("/sea/ferry", None), None);
    }

    #[test]
    fn another_host_and_a_home_page_are_not_believed() {
        let read = Some("https://www.bay.example/news/ferry?utm=1");
        let plain = "https://bay.example/news/ferry";
        assert_eq!(chosen(&[plain], read).as_deref(), Some(plain));
        assert_eq!(chosen(&["/news/ferry"], read).as_deref(), Some("https://www.bay.example/news/ferry"));
        for other in ["https://bay.example/", "https://bay.example", "https://thief.example/news/ferry", "/"] {
            assert_eq!(chosen(&[other], read).as_deref(), read, "{other}");
        }
        assert_eq!(chosen(&["https://bay.example/", plain], read).as_deref(), Some(plain));
    }

    #[test]
    fn a_cache_holds_the_page_of_another_host() {
        let wanted = "https://www.bay.example/news/ferry";
        for cache in [
            "https://www-bay-example.cdn.cache.example/c/s/www.bay.example/amp/ferry",
            "https://web.archive.example/web/2024/https://www.bay.example/news/ferry",
        ] {
            assert_eq!(chosen(&[wanted], Some(cache)).as_deref(), Some(wanted), "{cache}");
        }
    }

    #[test]
    fn without_an_address_from_outside_most_votes_count() {
        let [ours, theirs] = ["https://bay.example/a", "https://thief.example/a"];
        assert_eq!(chosen(&[theirs, ours, "https://www.bay.example/a?amp"], None).as_deref(), Some(ours));
        assert_eq!(chosen(&["https://bay.example/"], None), None);
        assert_eq!(chosen(&["/a"], None), None);
    }
}
