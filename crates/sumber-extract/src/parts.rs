//! Articles that stand on several pages: told by links to the same address with another number.

use std::collections::BTreeSet;

use sumber_core::Part;

use crate::address::after_scheme;

/// Most pages that an article is believed to have.
const MOST_PARTS: u16 = 50;

/// A link whose words are a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedLink {
    /// The number in its words.
    pub number: u16,
    /// Where it leads, as the page writes it.
    pub address: String,
}

/// Which part of an article a page holds, by its own address where known and by its numbered links. The
/// page itself and its links must count without a gap: a list of other things has no place for the page.
pub fn of(own: Option<&str>, links: &[NumberedLink]) -> Option<Part> {
    let (base, own_number) = own.map_or(("", None), split);
    let relative = |address: &str| address.starts_with('?').then(|| split(address).1).flatten();
    let numbers: BTreeSet<u16> = links
        .iter()
        .filter(|link| {
            let (theirs, number) = split(&link.address);
            let same = own.is_some() && path_of(theirs) == path_of(base);
            let counts = number.or(Some(1)) == Some(link.number);
            counts && same || relative(&link.address) == Some(link.number)
        })
        .map(|link| link.number)
        .collect();
    let highest = *numbers.last()?;
    let all = |number: u16, last: u16| (1..=last).all(|n| n == number || numbers.contains(&n));
    let missing = (1..=highest + 1).find(|n| !numbers.contains(n))?;
    // a page may link to itself as well, and may give the address of the first as its own
    let between = Some(missing).filter(|missing| own.is_none() || *missing < highest);
    let number = own_number.or(between).unwrap_or(1);
    let common = after_scheme(base).trim_start_matches("www.");
    let last = highest.max(number);
    ((2..=MOST_PARTS).contains(&last) && all(number, last) && numbers.iter().any(|n| *n != number)).then(|| Part {
        number,
        last,
        of: own.map(|_| common.to_owned()),
    })
}

/// An address without the number of its page, and the number: of its last parameter or last part of its path.
fn split(address: &str) -> (&str, Option<u16>) {
    let address = address.split('#').next().unwrap_or("");
    let number = |text: &str| text.parse::<u16>().ok().filter(|n| (1..=MOST_PARTS).contains(n));
    if let Some(at) = address.rfind(['?', '&']) {
        let (name, value) = address[at + 1..].split_once('=').unwrap_or(("", ""));
        // pages of comments are counted as well
        let of_comments = name.contains("comment") || name.starts_with("cp");
        return match number(value).filter(|_| !of_comments) {
            Some(value) => (&address[..at], Some(value)),
            None => (address, None),
        };
    }
    let bare = address.trim_end_matches('/');
    match bare.rsplit_once('/') {
        Some((head, last)) if number(last).is_some() => {
            // '/page/2', as the most used publishing system writes it
            let head = head.strip_suffix("/page").unwrap_or(head);
            (head, number(last))
        }
        _ => (bare, None),
    }
}

/// The path and parameters of an address, its host left out.
pub fn path_of(address: &str) -> &str {
    let rest = after_scheme(address);
    let path = if rest.len() == address.len() { rest } else { rest.find('/').map_or("", |at| &rest[at..]) };
    path.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(own: Option<&str>, links: &[(u16, &str)]) -> Option<(u16, u16)> {
        let links: Vec<NumberedLink> = links
            .iter()
            .map(|(number, address)| NumberedLink { number: *number, address: (*address).to_owned() })
            .collect();
        of(own, &links).map(|p| (p.number, p.last))
    }

    #[test]
    fn numbered_links_to_the_same_address_tell_the_part() {
        let own = "https://bay.example/news/ferry";
        assert_eq!(part(Some(own), &[(2, "?page=2"), (3, "?page=3")]), Some((1, 3)));
        assert_eq!(
            part(Some("https://bay.example/news/ferry?page=2"), &[(1, own), (3, "/news/ferry?page=3")]),
            Some((2, 3))
        );
        assert_eq!(
            part(Some("https://bay.example/news/ferry/2"), &[(1, "/news/ferry"), (2, "/news/ferry/2")]),
            Some((2, 2))
        );
        assert_eq!(part(Some("https://bay.example/news/ferry/page/2"), &[(1, "/news/ferry")]), Some((2, 2)));
        assert_eq!(part(None, &[(1, "?hal=1"), (3, "?hal=3")]), Some((2, 3)));
        // the address of the first page is given for all
        assert_eq!(part(Some(own), &[(1, own), (3, "/news/ferry?page=3")]), Some((2, 3)));
    }

    #[test]
    fn other_numbers_are_no_parts() {
        let own = Some("https://bay.example/news/ferry");
        assert_eq!(part(own, &[(2, "/archive?page=2"), (3, "/archive?page=3")]), None);
        assert_eq!(part(own, &[(2, "?cpage=2")]), None);
        assert_eq!(part(own, &[(7, "?page=7"), (8, "?page=8")]), None);
        assert_eq!(part(own, &[(1, "/news/ferry")]), None);
        assert_eq!(part(own, &[]), None);
    }
}
