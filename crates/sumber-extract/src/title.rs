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
    fn a_title_of_marks_is_none() {
        assert_eq!(clean(" - ", &[]), None);
    }
}
