//! The address under which an article stands: what the page says of itself, as far as it can be believed.

use sumber_core::DateSource;
use url::Url;

use crate::dateline::is_domain;
use crate::dates::Order;
use crate::draft::Dated;
use crate::words::{PageLexicon, words_of};

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
    let rest = after_scheme(cache);
    let (own, path) = rest.split_once('/').unwrap_or((rest, ""));
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let parts = |text: &str| text.split('/').any(|part| part.strip_prefix("www.").unwrap_or(part) == bare);
    parts(path) || own.split('.').next().is_some_and(|first| first == host.replace('.', "-"))
}

fn is_absolute(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

fn host_of(address: &str) -> Option<&str> {
    after_scheme(address).split(['/', '?', '#']).next()
}

/// Whether an address leads to more than a home page.
fn is_deep(address: &str) -> bool {
    let rest = after_scheme(address);
    let after = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    let after = after.split('#').next().unwrap_or("").trim_matches(['/', '?']);
    !after.is_empty() && !after.starts_with("index.")
}

/// An address as a page gives it, made absolute by where the page was read from; `None` where that
/// cannot be done, and for what is no address of the web. An absolute one stays as it is written.
pub fn resolve(address: &str, read_from: Option<&str>) -> Option<String> {
    let fits = !address.is_empty() && address.len() <= 4000 && !address.contains(char::is_whitespace);
    if !fits {
        return None;
    }
    if is_absolute(address) {
        return Some(address.to_owned());
    }
    match read_from.and_then(|base| Url::parse(base).ok()).filter(|base| base.has_host()) {
        Some(base) => base.join(address).ok().map(String::from).filter(|found| is_absolute(found)),
        None => address.strip_prefix("//").filter(|rest| rest.contains('.')).map(|rest| format!("https://{rest}")),
    }
}

/// What follows the scheme of an address; all of it where there is none.
pub fn after_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// Hosts below which everyone has a site of their own.
const SHARED_HOSTS: &[&str] =
    &["blogspot", "wordpress", "substack", "github", "medium", "tumblr", "altervista", "wixsite", "ghost"];
/// Second labels that stand below a country's domain as a domain of their own.
const SECOND_LABELS: &[&str] = &[
    "co", "com", "or", "org", "ac", "go", "gov", "net", "web", "my", "sch", "edu", "mil", "desa", "biz", "ne", "gob",
    "gouv",
];

/// The registrable host of an address: 'https://www.news.kabar.co.id/x' gives 'kabar.co.id'.
pub fn domain_of(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://").map(|(_, rest)| rest).or_else(|| url.trim().strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_lowercase();
    if !is_domain(host.strip_prefix("www.").unwrap_or(&host)) && !host.split('.').all(|l| !l.is_empty()) {
        return None;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let count = labels.len();
    if count < 2 || labels.iter().any(|l| l.is_empty()) || labels[count - 1].bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let deep = count >= 3 && labels[count - 1].len() == 2 && SECOND_LABELS.contains(&labels[count - 2]);
    let shared = count >= 3 && SHARED_HOSTS.contains(&labels[count - 2]);
    let keep = if deep || shared { 3 } else { 2 };
    Some(labels[count.saturating_sub(keep)..].join("."))
}

/// The day in the path of an address: '/2025/03/18/', '/2025/mar/18/', '/2025-03-18/', '/port-reopens-20250318'.
pub fn date_in_url(url: &str, lexicon: &PageLexicon) -> Option<Dated> {
    let path = after_scheme(url).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |text: &str, length: usize| {
        (text.len() <= length && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    let month = |text: &str| lexicon.month_at(&words_of(text), 0, Order::UNKNOWN).map(|(month, _)| i16::from(month));
    let day = |year: &str, of_year: &str, day: &str| {
        let (year, of_year, day) = (number(year, 4)?, number(of_year, 2).or_else(|| month(of_year))?, number(day, 2)?);
        let date = jiff::civil::Date::new(year, of_year as i8, day as i8).ok()?;
        (1990..=2150).contains(&year).then(|| Dated::new(date.to_string(), DateSource::Address, None, url))
    };
    let in_part = |part: &&str| {
        let pieces: Vec<&str> = part.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        // a slug may end in '2025-1-2' and mean no day
        let apart = |p: &[&str]| if p[1].len() == 2 && p[2].len() == 2 { day(p[0], p[1], p[2]) } else { None };
        let at_once = |p: &&str| {
            let digits = p.len() == 8 && p.bytes().all(|b| b.is_ascii_digit());
            if digits { day(&p[..4], &p[4..6], &p[6..]) } else { None }
        };
        pieces.windows(3).find_map(apart).or_else(|| pieces.iter().find_map(at_once))
    };
    parts.windows(3).find_map(|p| day(p[0], p[1], p[2])).or_else(|| parts.iter().find_map(in_part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lexicon;

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

    #[test]
    fn hosts_are_cut_to_what_is_registered() {
        let cases = [
            ("https://www.kabar.example/a/b", Some("kabar.example")),
            ("https://news.kabar.co.id/x?y", Some("kabar.co.id")),
            ("https://m.kabar.com", Some("kabar.com")),
            ("https://tetangga.blogspot.com/2020", Some("tetangga.blogspot.com")),
            ("/relative", None),
            ("https://127.0.0.1/", None),
        ];
        for (url, domain) in cases {
            assert_eq!(domain_of(url).as_deref(), domain, "{url}");
        }
    }

    #[test]
    fn addresses_may_hold_the_day() {
        let day = |url: &str| date_in_url(url, &lexicon());
        assert_eq!(day("https://x.example/news/2025/03/18/a-ship").as_deref(), Some("2025-03-18"));
        assert_eq!(day("https://x.example/sea/2025/mar/18/a-ship").as_deref(), Some("2025-03-18"));
        assert_eq!(day("https://x.example/2025/october/3/a-ship").as_deref(), Some("2025-10-03"));
        assert_eq!(day("https://x.example/2025/13/18/a"), None);
        assert_eq!(day("https://x.example/2025/ship/18/a"), None);
        assert_eq!(day("https://x.example/1/2/3"), None);
    }

    #[test]
    fn the_day_in_an_address() {
        let day = |url: &str| date_in_url(url, &lexicon()).map(|dated| dated.to_string());
        let cases = [
            ("https://faro.example/2025/3/18/porto", Some("2025-03-18")),
            ("https://faro.example/2025/mar/18/porto", Some("2025-03-18")),
            ("https://faro.example/news/2025-03-18/porto", Some("2025-03-18")),
            ("https://faro.example/news/porto-riaperto-2025-03-18.html", Some("2025-03-18")),
            ("https://faro.example/news/20250318/porto", Some("2025-03-18")),
            ("https://faro.example/porto-20250318-0042.html", Some("2025-03-18")),
            ("https://faro.example/porto-20251318.html", None),
            ("https://faro.example/porto-120250318", None),
            ("https://faro.example/porto-2025-3-1", None),
            ("https://faro.example/porto?from=2025/03/18", None),
        ];
        for (url, wanted) in cases {
            assert_eq!(day(url).as_deref(), wanted, "{url}");
        }
    }
}
