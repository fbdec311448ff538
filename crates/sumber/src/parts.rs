//! Articles that stand on several pages: parts that were given together become one article again.

use std::collections::{BTreeMap, HashSet};

use sumber_core::{Article, ArticleId, Code, Diagnostic, Severity, hash64};

/// Most parts that wait for their others; what comes after stays as it is.
const MOST_WAITING: usize = 20_000;

/// Parts of articles that wait for their others.
#[derive(Debug, Default)]
pub struct Waiting(Vec<Article>);

impl Waiting {
    /// Keeps an article that is a part; gives back any other.
    pub fn keep(&mut self, article: Article) -> Option<Article> {
        let tied = article.part.as_ref().is_some_and(|part| part.of.is_some());
        // whoever wants the bytes of a page wants its own text
        if !tied || !article.places.is_empty() || article.text.is_empty() || self.0.len() >= MOST_WAITING {
            return Some(article);
        }
        self.0.push(article);
        None
    }

    /// The whole articles, and the parts that are alone or do not fit together, in the order of their paths.
    pub fn join(self) -> Vec<Article> {
        let mut groups: BTreeMap<String, Vec<Article>> = BTreeMap::new();
        for article in self.0 {
            let of = article.part.as_ref().and_then(|part| part.of.clone()).unwrap_or_default();
            groups.entry(of).or_default().push(article);
        }
        let mut joined: Vec<Article> = groups.into_values().flat_map(join_parts).collect();
        joined.sort_by(|a, b| a.path.cmp(&b.path));
        joined
    }
}

/// Joins the parts of one address where they fit: no number twice, and one headline.
fn join_parts(mut parts: Vec<Article>) -> Vec<Article> {
    parts.sort_by_key(|article| (number(article), article.id));
    parts.dedup_by_key(|article| article.id);
    let twice = parts.windows(2).any(|pair| number(&pair[0]) == number(&pair[1]));
    let headline = |article: &Article| article.title.as_deref().map(letters).unwrap_or_default();
    let first = parts.first().map(headline).unwrap_or_default();
    // a later part may have its number behind the headline, or name the part only
    let fits = |article: &Article| headline(article).starts_with(&first) && !first.is_empty();
    if parts.len() < 2 || twice || !parts.iter().all(fits) {
        return parts;
    }
    let last = parts.iter().filter_map(|a| a.part.as_ref()).map(|part| part.last).max().unwrap_or(0);
    let there: HashSet<u16> = parts.iter().map(number).collect();
    let missing: Vec<String> = (1..=last).filter(|n| !there.contains(n)).map(|n| n.to_string()).collect();
    let ids: Vec<u8> = parts.iter().flat_map(|article| article.id.0.to_le_bytes()).collect();
    let mut parts = parts.into_iter();
    let Some(mut whole) = parts.next() else { return Vec::new() };
    let mut seen: HashSet<String> = whole.text.lines().map(str::to_owned).collect();
    whole.findings.retain(|finding| finding.code != Code::Part);
    for part in parts {
        // decks and notes stand on each page
        for paragraph in part.text.lines().filter(|line| !seen.contains(*line)) {
            whole.text.push('\n');
            whole.text.push_str(paragraph);
        }
        seen.extend(part.text.lines().map(str::to_owned));
        whole.updates.extend(part.updates.into_iter().filter(|note| !whole.updates.contains(note)).collect::<Vec<_>>());
        whole.authors.extend(part.authors.into_iter().filter(|name| !whole.authors.contains(name)).collect::<Vec<_>>());
        whole.findings.extend(part.findings.into_iter().filter(|finding| finding.code != Code::Part));
    }
    if !missing.is_empty() {
        whole.findings.push(Diagnostic {
            severity: Severity::Note,
            code: Code::Part,
            place: whole.path.clone(),
            message: format!(
                "of {last} parts of the article {} is missing; fetch it to read the whole",
                missing.join(", ")
            ),
        });
    }
    whole.id = ArticleId(hash64(&ids));
    whole.part = None;
    vec![whole]
}

fn number(article: &Article) -> u16 {
    article.part.as_ref().map_or(0, |part| part.number)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use sumber_core::Part;

    use super::*;

    fn part(number: u16, last: u16, title: &str, text: &str) -> Article {
        Article {
            id: ArticleId(hash64(text.as_bytes())),
            path: format!("ferry-{number}.html"),
            title: Some(title.to_owned()),
            text: text.to_owned(),
            part: Some(Part { number, last, of: Some("bay.example/ferry".to_owned()) }),
            ..Article::default()
        }
    }

    fn joined(parts: &[Article]) -> Vec<Article> {
        let mut waiting = Waiting::default();
        parts.iter().for_each(|part| assert!(waiting.keep(part.clone()).is_none()));
        waiting.join()
    }

    #[test]
    fn parts_become_one_article_in_whatever_order() {
        let [one, two] =
            [part(1, 2, "The ferry", "A deck.\nIt sails."), part(2, 2, "The ferry - 2", "A deck.\nIt sank.")];
        let whole = joined(&[two.clone(), one.clone()]);
        assert_eq!(whole, joined(&[one.clone(), two, one]));
        assert_eq!(whole.len(), 1);
        assert_eq!((whole[0].text.as_str(), whole[0].path.as_str()), ("A deck.\nIt sails.\nIt sank.", "ferry-1.html"));
        assert_eq!((whole[0].findings.len(), &whole[0].part), (0, &None));
    }

    #[test]
    fn what_is_missing_is_said() {
        let whole = joined(&[part(1, 4, "The ferry", "It sails."), part(3, 4, "The ferry", "It sank.")]);
        assert_eq!(whole.len(), 1);
        assert!(whole[0].findings[0].message.contains("2, 4"), "{:?}", whole[0].findings);
    }

    #[test]
    fn what_does_not_fit_stays_apart() {
        assert_eq!(joined(&[part(1, 2, "The ferry", "It sails."), part(2, 2, "Another", "It sank.")]).len(), 2);
        assert_eq!(joined(&[part(1, 2, "The ferry", "It sails."), part(1, 2, "The ferry", "It sank.")]).len(), 2);
        assert_eq!(joined(&[part(2, 2, "The ferry", "It sails.")]).len(), 1);
        let alone = Article { part: None, ..part(1, 1, "The ferry", "It sails.") };
        assert!(Waiting::default().keep(alone).is_some());
    }
}
