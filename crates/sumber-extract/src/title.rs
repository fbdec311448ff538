//! Headlines: cleaned of the site's name, and found above the body of a plain text.

use crate::words::{key, words_of};

/// A headline without the site's name at its end or beginning. `names` are the outlet's names and domain.
pub fn clean(title: &str, names: &[String]) -> Option<String> {
    let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for _ in 0..3 {
        let Some(shorter) = without_site(&title, names) else { break };
        title = shorter;
    }
    (title.chars().filter(|c| c.is_alphanumeric()).count() >= 2).then_some(title)
}

/// The site's name at the end of a page's name, where all before it is a headline of the page: 'Port
/// reopens - The Ledger', 'Port reopens | Economy | The Ledger'.
pub fn site_of(name: &str, headlines: &[String]) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let marks = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];
    let cuts = |text: &str| {
        marks
            .iter()
            .flat_map(|m| text.match_indices(m).map(|(at, m)| (at, m.len())).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let headed = cuts(&name).into_iter().any(|(at, _)| {
        let head = key(&name[..at]);
        head.chars().count() >= 8 && headlines.iter().any(|h| key(h) == head)
    });
    // 'The Ledger - Port reopens'
    let below = cuts(&name).into_iter().min().filter(|(at, length)| {
        let tail = key(&name[at + length..]);
        tail.chars().count() >= 8 && headlines.iter().any(|h| key(h) == tail)
    });
    let site = match below {
        Some((at, _)) => name[..at].trim(),
        None => {
            let (at, length) = cuts(&name).into_iter().max()?;
            name[at + length..].trim()
        }
    };
    let headed = headed || below.is_some();
    let short = (1..=5).contains(&words_of(site).len()) && site.chars().any(char::is_alphabetic);
    (headed && short).then(|| site.to_owned())
}

fn without_site(title: &str, names: &[String]) -> Option<String> {
    let marks = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " ‹ ", " « "];
    let named = |part: &str| {
        let part = key(part);
        !part.is_empty()
            && names.iter().map(|n| key(n)).any(|n| {
                !n.is_empty()
                    && (n == part
                        || (part.len() >= 4 && n.contains(&part))
                        || (n.len() >= 4 && part.contains(&n) && part.len() <= n.len() + 12))
            })
    };
    let last = marks.iter().filter_map(|m| title.rfind(m).map(|at| (at, *m))).max()?;
    let (head, tail) = (&title[..last.0], &title[last.0 + last.1.len()..]);
    let short = words_of(tail).len() <= 4 && words_of(head).len() >= 4;
    if named(tail)
        || (short && matches!(last.1, " | " | " :: " | " » " | " · " | " ‹ " | " « "))
        || (short && crate::dateline::is_domain(tail))
    {
        return Some(head.trim().to_owned());
    }
    let first = marks.iter().filter_map(|m| title.find(m).map(|at| (at, *m))).min()?;
    let (head, tail) = (&title[..first.0], &title[first.0 + first.1.len()..]);
    (named(head) && words_of(tail).len() >= 3).then(|| tail.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_goes() {
        let names = ["Suara Teluk".to_owned(), "suarateluk.example".to_owned()];
        let cases = [
            ("Kapal Tertahan, Nelayan Resah - Suara Teluk", "Kapal Tertahan, Nelayan Resah"),
            ("Kapal Tertahan, Nelayan Resah | Ekonomi | Suara Teluk", "Kapal Tertahan, Nelayan Resah"),
            ("Suara Teluk: kisah nelayan", "Suara Teluk: kisah nelayan"),
            ("Suara Teluk - Kapal tertahan lagi", "Kapal tertahan lagi"),
            ("Roma - Lazio, la partita che vale", "Roma - Lazio, la partita che vale"),
        ];
        for (title, wanted) in cases {
            assert_eq!(clean(title, &names).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn a_site_is_named_behind_a_headline_of_the_page() {
        let headlines = ["Port reopens after storm".to_owned()];
        let site = |name: &str| site_of(name, &headlines);
        assert_eq!(site("Port reopens after storm - The Quay Ledger").as_deref(), Some("The Quay Ledger"));
        assert_eq!(site("Port reopens after storm | Economy | Quay Ledger").as_deref(), Some("Quay Ledger"));
        assert_eq!(site("The Quay Ledger - Port reopens after storm").as_deref(), Some("The Quay Ledger"));
        assert_eq!(site("Ships - a history"), None);
        assert_eq!(site("Port reopens after storm - and what it means for the ships of the bay"), None);
    }

    #[test]
    fn a_title_of_marks_is_none() {
        assert_eq!(clean(" - ", &[]), None);
    }
}
