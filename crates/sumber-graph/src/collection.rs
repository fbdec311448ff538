//! The collection: the articles once each, in one fixed order, with joint entities, days and
//! media.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sumber_core::{Analysis, Article, ArticleId, Link, LinkKind, Span, hash64};

use crate::components::UnionFind;
use crate::dates::Days;
use crate::entities;
use crate::twins::Twins;

/// Number of an article in the collection.
pub(crate) type ArticleNumber = u32;

/// One article with what the linking needs to know of it beside its analysis.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    /// The article.
    pub article: &'a Article,
    /// What it says.
    pub analysis: &'a Analysis,
    /// Joint id of each of its entities.
    pub entities: Vec<&'a str>,
    /// When it was published.
    pub published: Option<Days>,
    /// Its outlet as a medium.
    pub outlet: Option<MediumId>,
    /// Where the statements that have no source begin to tell, in reading order.
    pub unsourced: Vec<Span>,
    /// For each entity the key of the outlet whose whole name stands where the entity is named: who
    /// reads 'Daily Lantern' may take the first word for a common one.
    called: Vec<Option<u64>>,
}

impl<'a> Item<'a> {
    /// What sorts articles in the order of their publication.
    pub fn order(&self) -> impl Ord + use<'a> {
        in_time(self.article, self.published)
    }
}

/// By day, then by the time where there is one, then by id; what has no date comes last.
pub(crate) fn in_time(article: &Article, published: Option<Days>) -> (i32, Option<&str>, ArticleId) {
    (published.map_or(i32::MAX, |d| d.first), article.published.as_deref(), article.id)
}

/// A medium: an outlet and the links of chains that name it have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MediumId(pub u64);

/// The articles of a linking.
///
/// Invariant: sorted by id, no id twice.
#[derive(Clone, Debug)]
pub(crate) struct Collection<'a> {
    /// The articles.
    pub items: Vec<Item<'a>>,
    /// What was left out of them, having the words of many others.
    pub twins: Twins<'a>,
    media: FxHashMap<u64, MediumId>,
    countries: FxHashMap<&'a str, Option<&'a str>>,
}

impl<'a> Collection<'a> {
    /// Sorts, leaves out what is there twice, joins entities and media.
    pub fn new(articles: &'a [(Article, Analysis)]) -> Collection<'a> {
        let mut order: Vec<&(Article, Analysis)> = articles.iter().collect();
        order.sort_by(|a, b| (a.0.id, &a.0.path, &a.0.text).cmp(&(b.0.id, &b.0.path, &b.0.text)));
        order.dedup_by_key(|pair| pair.0.id);
        let twins = Twins::take(&mut order);
        let joint = entities::join(order.iter().map(|pair| pair.1.entities.as_slice()));
        let mut items: Vec<Item<'a>> = order
            .into_iter()
            .zip(joint)
            .map(|((article, analysis), entities)| Item {
                article,
                analysis,
                entities,
                published: article.published.as_deref().and_then(Days::parse),
                outlet: None,
                unsourced: unsourced(analysis),
                called: Vec::new(),
            })
            .collect();
        let outlets: FxHashSet<u64> = items.iter().flat_map(|item| outlet_keys(item.article)).collect();
        items.par_iter_mut().for_each(|item| item.called = called(item, &outlets));
        let media = join_media(&items);
        for item in &mut items {
            item.outlet = outlet_keys(item.article).first().and_then(|key| media.get(key).copied());
        }
        let countries = countries(&items);
        Collection { items, twins, media, countries }
    }

    /// The medium that a link names: a medium, or any named thing that bears the name of an outlet
    /// of the collection, since one article alone cannot know that a name is a newspaper's.
    pub fn medium(&self, item: &Item<'_>, link: &Link) -> Option<MediumId> {
        if link.kind == LinkKind::Anonymous {
            return None;
        }
        link_keys(item, link).iter().find_map(|key| self.media.get(key).copied())
    }

    /// The state of a link: as its article tells, else as the others tell of the same entity where
    /// they agree.
    pub fn country(&self, item: &Item<'a>, link: &'a Link) -> Option<&'a str> {
        link.country.as_deref().or_else(|| self.countries.get(self.entity(item, link)?).copied().flatten())
    }

    /// The medium that bears a name.
    pub fn medium_named(&self, name: &str) -> Option<MediumId> {
        name_keys(name).first().and_then(|key| self.media.get(key).copied())
    }

    /// The joint id of a link's entity.
    pub fn entity(&self, item: &Item<'a>, link: &Link) -> Option<&'a str> {
        link.entity.and_then(|e| item.entities.get(e.0 as usize).copied())
    }
}

/// The first part of what each statement without a source says, in reading order.
fn unsourced(analysis: &Analysis) -> Vec<Span> {
    let statements = analysis.statements.iter().filter(|statement| statement.chain.is_empty());
    let mut first: Vec<Span> = statements.filter_map(|statement| statement.content.first().copied()).collect();
    first.sort_unstable();
    first
}

/// The state of each joint entity; `None` where two articles tell two.
fn countries<'a>(items: &[Item<'a>]) -> FxHashMap<&'a str, Option<&'a str>> {
    let mut countries: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    let mut add = |id: &'a str, country: Option<&'a str>| {
        if let Some(country) = country {
            let known = countries.entry(id).or_insert(Some(country));
            if *known != Some(country) {
                *known = None;
            }
        }
    };
    for item in items {
        for (entity, id) in item.analysis.entities.iter().zip(&item.entities) {
            add(id, entity.country.as_deref());
        }
        for link in item.analysis.statements.iter().flat_map(|s| &s.chain) {
            if let Some(id) = link.entity.and_then(|e| item.entities.get(e.0 as usize)) {
                add(id, link.country.as_deref());
            }
        }
    }
    countries
}

/// Media under all their names: names that a link or outlet bears together are one medium.
fn join_media(items: &[Item<'_>]) -> FxHashMap<u64, MediumId> {
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut keys: Vec<u64> = Vec::new();
    let mut sets: Vec<Vec<u32>> = Vec::new();
    for item in items {
        let links = item.analysis.statements.iter().flat_map(|s| &s.chain).filter(|l| l.kind == LinkKind::Medium);
        for bearer in links.map(|link| link_keys(item, link)).chain([outlet_keys(item.article)]) {
            let set = bearer.into_iter().map(|key| {
                *numbers.entry(key).or_insert_with(|| {
                    keys.push(key);
                    keys.len() as u32 - 1
                })
            });
            sets.push(set.collect());
        }
    }
    let mut union = UnionFind::new(keys.len());
    for set in &sets {
        for pair in set.windows(2) {
            union.join(pair[0], pair[1]);
        }
    }
    let mut media = FxHashMap::default();
    for group in union.groups() {
        let smallest = group.iter().map(|&n| keys[n as usize]).min().unwrap_or(0);
        media.extend(group.iter().map(|&n| (keys[n as usize], MediumId(smallest))));
    }
    media
}

/// The keys of an article's outlet.
fn outlet_keys(article: &Article) -> Vec<u64> {
    let Some(outlet) = &article.outlet else { return Vec::new() };
    let mut keys = name_keys(&outlet.name);
    if let Some(domain) = &outlet.domain {
        keys.extend(name_keys(domain));
    }
    keys
}

/// The outlets among `outlets` whose names stand in the text where its entities are named, each with one
/// or two words more before it.
fn called(item: &Item<'_>, outlets: &FxHashSet<u64>) -> Vec<Option<u64>> {
    let mut called = vec![None; item.analysis.entities.len()];
    let text = &item.article.text;
    for mention in &item.analysis.mentions {
        let Some(slot) = called.get_mut(mention.entity.0 as usize) else { continue };
        let before = Span::new(0, mention.span.start).of(text);
        let line = before.rsplit('\n').next().unwrap_or(before);
        let words =
            line.trim_end().rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len()).chain([0]).take(2);
        for start in words {
            let name = format!("{}{}", &line[start..], mention.span.of(text));
            *slot = slot.or(name_keys(&name).first().copied().filter(|key| outlets.contains(key)));
        }
    }
    called
}

/// The keys of a link: of its entity, its words and its names.
fn link_keys(item: &Item<'_>, link: &Link) -> Vec<u64> {
    let mut keys = Vec::new();
    if let Some(id) = link.entity.and_then(|e| item.entities.get(e.0 as usize)) {
        keys.push(hash64(id.as_bytes()));
    }
    keys.extend(link.entity.and_then(|e| item.called.get(e.0 as usize).copied().flatten()));
    for name in std::iter::once(&link.text).chain(link.names.iter()) {
        keys.extend(name_keys(name));
    }
    keys
}

/// The keys of a medium's name: its letters and digits; the same without a short first word (an
/// article: 'The', 'Il', 'La'), and without the last label of a domain.
fn name_keys(name: &str) -> Vec<u64> {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let mut keys = Vec::new();
    let mut add = |text: &str| {
        let folded = letters(text);
        if folded.chars().count() > 1 {
            keys.push(hash64(folded.as_bytes()));
        }
    };
    let name = name.trim();
    add(name);
    // 'the daily Harbour Post', 'harian nasional Suara Pantai': what it is stands before in small letters
    let small = name.split_inclusive(char::is_whitespace).take_while(|word| word.starts_with(char::is_lowercase));
    let proper = &name[small.map(str::len).sum::<usize>()..];
    if proper.starts_with(char::is_uppercase) && proper.len() < name.len() {
        add(proper);
    }
    if let Some((first, rest)) = name.split_once(char::is_whitespace)
        && first.chars().count() <= 3
        && first.chars().skip(1).all(char::is_lowercase)
        && first.chars().count() > 1
    {
        add(rest);
    }
    if !name.contains(char::is_whitespace)
        && let Some((host, label)) = name.rsplit_once('.')
        && (2..=10).contains(&label.len())
    {
        add(host.rsplit('.').next().unwrap_or(host));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(left: &str, right: &str) -> bool {
        name_keys(left).iter().any(|key| name_keys(right).contains(key))
    }

    #[test]
    fn a_medium_is_one_with_and_without_its_article_and_domain() {
        assert!(share("Il Faro", "Faro"));
        assert!(share("THE HARBOUR POST", "The Harbour Post"));
        assert!(!share("ABC NEWS", "XYZ NEWS"));
        assert!(share("SuaraPantai.com", "Suara Pantai"));
        assert!(!share("Harbour Post", "Harbour Times"));
        assert!(share("harian nasional Suara Pantai", "Suara Pantai"));
        assert!(!share("harian nasional", "nasional"));
        assert!(!share("South Harbour Post", "Harbour Post"));
    }
}
