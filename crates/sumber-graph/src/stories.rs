//! Stories: articles on one happening.

use sumber_core::Story;

use crate::claims::Cluster;
use crate::collection::Collection;
use crate::components::UnionFind;
use crate::copies::Pair;
use crate::sketch::Sketch;
use crate::units::Unit;

/// Groups the articles; every article is in exactly one story.
pub(crate) fn find(
    collection: &Collection<'_>,
    _sketches: &[Sketch],
    copies: &[Pair],
    _units: &[Unit],
    _claims: &[Cluster],
) -> Vec<Story> {
    let mut sets = UnionFind::new(collection.items.len());
    for pair in copies {
        sets.join(pair.from, pair.to);
    }
    let order = |&n: &u32| {
        let item = &collection.items[n as usize];
        (item.published.map_or(i32::MAX, |d| d.first), item.article.published.clone(), item.article.id)
    };
    let mut stories: Vec<Vec<u32>> = sets.groups();
    for story in &mut stories {
        story.sort_by_key(order);
    }
    stories.sort_by_key(|story| order(&story[0]));
    stories
        .into_iter()
        .map(|story| Story { articles: story.iter().map(|&n| collection.items[n as usize].article.id).collect() })
        .collect()
}
