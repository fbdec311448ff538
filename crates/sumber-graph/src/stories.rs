//! Stories: articles on one happening.
//!
//! What an article reports as news stands in its headline and at its beginning; what follows is
//! background that it shares with every article about the same actors. So features count by where
//! they stand, and by their rarity among the articles.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use sumber_core::Story;

use crate::collection::{Collection, Item};
use crate::components::{Edge, OfPair, UnionFind, clusters};
use crate::copies::Pair;
use crate::dates::Days;
use crate::features::{Feature, FeatureKind, Frequencies, feature_key, for_common, mix};
use crate::keys::Blocks;
use crate::limits;
use crate::sketch::Sketch;

/// What an article is about: its features with their weight by place and rarity, sorted by key.
#[derive(Clone, Debug, Default)]
struct Focus {
    features: Vec<Feature>,
    /// The sum of the weights, of all and of what is no word.
    weights: [u64; 2],
    language: u64,
}

/// What each article is about.
fn foci(collection: &Collection<'_>, sketches: &[Sketch]) -> Vec<Focus> {
    let mut foci: Vec<Focus> =
        collection.items.par_iter().zip(sketches).map(|(item, sketch)| focus(item, sketch)).collect();
    let frequencies = Frequencies::count(|| foci.iter().map(|focus| focus.features.as_slice()));
    let known = known(collection);
    foci.par_iter_mut().for_each(|focus| {
        for feature in &mut focus.features {
            let (base, per_mille) = tells(feature, &known);
            let rarity = frequencies.rarity_among(feature.key, limits::OTHER_ARTICLES, per_mille);
            feature.weight = (feature.weighs() * base * rarity / 128) as u16;
        }
        focus.features.sort_unstable_by_key(|f| (std::cmp::Reverse(f.weight), f.span().start, f.key));
        focus.features.truncate(limits::FOCUS);
        focus.features.shrink_to_fit();
        focus.features.sort_unstable_by_key(|f| f.key);
        let counted = |words: bool| focus.features.iter().filter(move |f| words || !f.is(FeatureKind::Word));
        focus.weights = [true, false].map(|words| counted(words).map(|f| u64::from(f.weight)).sum());
    });
    foci
}

/// How far two articles report the same, in thousandths.
fn score(left: (&Item<'_>, &Focus), right: (&Item<'_>, &Focus)) -> u32 {
    let near = nearness(left.0, right.0);
    // where the days forbid it, nothing else need be asked
    let focus = if near == 0 { 0 } else { similarity(left.1, right.1) };
    // words cannot agree across languages, which leaves less that can
    let across = left.1.language != right.1.language;
    let focus = if across { focus * limits::STORY_ACROSS / 100 } else { focus };
    focus * near / 100
}

/// The score of any two articles by their numbers in the collection, whether or not they share a key.
pub(crate) fn scores<'a>(collection: &'a Collection<'_>, sketches: &[Sketch]) -> impl Fn(usize, usize) -> u32 + 'a {
    let foci = foci(collection, sketches);
    move |left, right| score((&collection.items[left], &foci[left]), (&collection.items[right], &foci[right]))
}

/// Groups the articles; every article is in exactly one story.
pub(crate) fn find(collection: &Collection<'_>, sketches: &[Sketch], copies: &[Pair]) -> Vec<Story> {
    let foci = foci(collection, sketches);
    let keys = |n: u32| keys(&foci[n as usize]);
    let blocks = Blocks::new(foci.len(), limits::HOT_KEY, keys, |n| collection.items[n as usize].article.id.0);
    let of = |n: u32| (&collection.items[n as usize], &foci[n as usize]);
    let score = |left: u32, right: u32| score(of(left), of(right));
    let edges = blocks.pairs(limits::MOST_ARTICLES, |left, partners, edges| {
        let scored = partners.iter().map(|&(right, _)| Edge { left, right, score: score(left, right) });
        edges.extend(scored.filter(|edge| edge.score > 0));
    });
    let mut edges: Vec<Edge> = edges.collect();
    for pair in copies {
        edges.push(Edge { left: pair.from.min(pair.to), right: pair.from.max(pair.to), score: 1000 });
    }
    let mut sets = UnionFind::new(collection.items.len());
    // articles far apart in time tell little of whether theirs is one story: a story that goes on from
    // day to day is held together by those in between
    let weight = |left: u32, right: u32| {
        let near = nearness(&collection.items[left as usize], &collection.items[right as usize]);
        (near * near / 100).max(1)
    };
    let count = collection.items.len();
    let mut found = clusters(count, &edges, limits::STORY, limits::STORY_COMPONENT, &weight, &score);
    take_in_lone(count, &edges, &weight, &mut found);
    for cluster in found {
        for pair in cluster.windows(2) {
            sets.join(pair[0], pair[1]);
        }
    }
    // an article is on the happening of the one that it was made from, however the others lie
    for pair in copies {
        sets.join(pair.from, pair.to);
    }
    in_order(collection, sets.groups())
}

/// Puts each article that was left alone into the story that it agrees with most, where it does well
/// enough: one article by itself (a portrait, a reaction from the home town) is more often another side of
/// a happening than a happening of its own. Whom it joins depends on the stories as they were before.
fn take_in_lone(count: usize, edges: &[Edge], weight: OfPair<'_>, stories: &mut [Vec<u32>]) {
    let mut of = vec![0_usize; count];
    for (number, story) in stories.iter().enumerate() {
        story.iter().for_each(|&article| of[article as usize] = number);
    }
    // what each lone article has in common with each story, over the articles of which it shares a key
    let mut common: Vec<(u32, usize, u64)> = Vec::new();
    for edge in edges {
        for (lone, other) in [(edge.left, edge.right), (edge.right, edge.left)] {
            let story = of[other as usize];
            if stories[of[lone as usize]].len() == 1 && stories[story].len() > 1 {
                common.push((lone, story, u64::from(edge.score) * u64::from(weight(lone, other))));
            }
        }
    }
    common.sort_unstable();
    let mut joins: Vec<(u32, usize)> = Vec::new();
    for of_article in common.chunk_by(|a, b| a.0 == b.0) {
        let means = of_article.chunk_by(|a, b| a.1 == b.1).map(|shares| {
            let (lone, story, _) = shares[0];
            let all: u64 = stories[story].iter().map(|&other| u64::from(weight(lone, other))).sum();
            (shares.iter().map(|share| share.2).sum::<u64>() / all.max(1), std::cmp::Reverse(story))
        });
        if let Some((mean, std::cmp::Reverse(story))) = means.max()
            && mean >= u64::from(limits::STORY_LONE)
        {
            joins.push((of_article[0].0, story));
        }
    }
    for (article, story) in joins {
        stories[of[article as usize]].clear();
        stories[story].push(article);
    }
}

/// The names that the packs know: states, capitals, bodies, heads of state.
fn known(collection: &Collection<'_>) -> FxHashSet<u64> {
    let key = |id: &str| feature_key(FeatureKind::Entity, id);
    let mut known = FxHashSet::default();
    for item in &collection.items {
        let entities = item.analysis.entities.iter().zip(&item.entities);
        known.extend(entities.filter(|(entity, _)| entity.known).map(|(_, id)| key(id)));
        known.extend(item.analysis.states.iter().map(|state| key(&state.country)));
    }
    known
}

/// How much a feature tells of what an article is about, and in how many of a thousand articles of
/// the world it may stand: a name that no pack knows is hardly in two stories, a state is in many.
/// Fitted on the bench's tuned and the open collections.
fn tells(feature: &Feature, known: &FxHashSet<u64>) -> (u32, u32) {
    match feature.kind() {
        FeatureKind::Entity if known.contains(&feature.key) => (4, 30),
        FeatureKind::Entity => (8, 1),
        FeatureKind::Concept => (3, 100),
        FeatureKind::Number => (4, 10),
        FeatureKind::Date => (4, 200),
        FeatureKind::Event => (4, 200),
        FeatureKind::Word => (4, 100),
        FeatureKind::Speaker => (0, 1000),
    }
}

/// The number of the story of each article.
pub(crate) fn of_articles(collection: &Collection<'_>, stories: &[Story]) -> Vec<u32> {
    let mut of = vec![0; collection.items.len()];
    for (number, story) in stories.iter().enumerate() {
        for id in &story.articles {
            if let Ok(place) = collection.items.binary_search_by_key(id, |item| item.article.id) {
                of[place] = number as u32;
            }
        }
    }
    of
}

/// How near two articles are in time, in hundredths: what their agreement counts, and its square how
/// much the pair counts among the others.
fn nearness(a: &Item<'_>, b: &Item<'_>) -> u32 {
    let apart = |x: Option<Days>, y: Option<Days>| x.zip(y).map(|(x, y)| x.apart(y));
    let published = apart(a.published, b.published);
    if published.is_some_and(|days| days > limits::STORY_DAYS) {
        return 0;
    }
    match apart(happening(a), happening(b)).or(published) {
        None => 75,
        Some(..=1) => 100,
        Some(2) => 90,
        Some(3..=4) => 55,
        Some(5..=7) => 40,
        // two weeks on, the same actors with the same words are more often at something new
        Some(8..=14) => 35,
        Some(15..=limits::STORY_DAYS) => 20,
        Some(_) => 0,
    }
}

/// The day of the news: the first day that the text names, where it is not after the publication
/// nor long before. The day in the first paragraph is when it happened; background comes later.
fn happening(item: &Item<'_>) -> Option<Days> {
    let days = item.analysis.times.iter().filter_map(|t| Days::parse(t.value.as_deref()?)).filter(|d| d.is_day());
    match item.published {
        Some(published) => {
            let near = |d: &Days| (0..=limits::NEWS_DAYS).contains(&(published.last - d.first));
            days.clone().find(near)
        }
        None => days.clone().next(),
    }
}

/// The features of an article with their weight by place.
fn focus(item: &Item<'_>, sketch: &Sketch) -> Focus {
    let text = &item.article.text;
    let title: Vec<String> = item.article.title.as_deref().map(words).unwrap_or_default();
    let lead = item.analysis.sentences.get(1).or(item.analysis.sentences.first()).map_or(0, |s| s.end);
    let mut all: Vec<Feature> = Vec::new();
    let mut headline: Vec<u64> = Vec::new();
    for feature in &sketch.features {
        let surface = words(feature.span().of(text));
        let in_title = !surface.is_empty() && surface.iter().all(|w| title.contains(w));
        if in_title {
            headline.push(feature.key);
        }
        let weight = if feature.span().end <= lead { limits::LEAD_WEIGHT } else { 1 };
        all.push(feature.with_weight(weight));
    }
    headline.sort_unstable();
    headline.dedup();
    all.sort_by_key(|f| (f.key, std::cmp::Reverse(f.weight)));
    all.dedup_by_key(|f| f.key);
    for feature in &mut all {
        feature.weight += if headline.binary_search(&feature.key).is_ok() { limits::HEADLINE_WEIGHT } else { 0 };
    }
    Focus { features: all, weights: [0; 2], language: sketch.language }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Blocking keys: pairs of the weightiest features, anchors by themselves so that languages meet.
fn keys(focus: &Focus) -> Vec<u64> {
    let mut keys = Vec::new();
    for with_words in [true, false] {
        let mut chosen: Vec<(u16, u64)> = focus
            .features
            .iter()
            .filter(|f| with_words || !f.is(FeatureKind::Word))
            .map(|f| (f.weight, f.key))
            .collect();
        chosen.sort_unstable_by_key(|&(weight, key)| (std::cmp::Reverse(weight), key));
        chosen.truncate(limits::STORY_KEYS);
        keys.extend(chosen.iter().map(|c| c.1));
        chosen.truncate(2 * limits::PAIRED_FEATURES);
        for (n, a) in chosen.iter().enumerate() {
            keys.extend(chosen[n + 1..].iter().map(|b| mix(a.1.min(b.1), a.1.max(b.1))));
        }
    }
    keys
}

/// Agreement of two foci in thousandths: Dice over the smaller of the weights, and a share of the
/// poorer one, since one newsroom writes three sentences where another writes thirty.
fn similarity(left: &Focus, right: &Focus) -> u32 {
    let with_words = left.language == right.language && left.language != 0;
    let counts = |f: &Feature| with_words || !f.is(FeatureKind::Word);
    let mut sum = 0;
    for_common(
        &left.features,
        &right.features,
        |f| f.key,
        |f, g| sum += if counts(f) { u64::from(f.weight.min(g.weight)) } else { 0 },
    );
    let total = |focus: &Focus| focus.weights[usize::from(!with_words)].max(1);
    let (one, other) = (total(left), total(right));
    let dice = 2000 * sum / (one + other);
    let contained = 1000 * sum / one.min(other);
    let agreement = ((100 - limits::STORY_CONTAINED) * dice + limits::STORY_CONTAINED * contained) / 100;
    (agreement * sum / (sum + limits::HALF_STORY)) as u32
}

/// Stories by the date of their first article, articles by date and id.
fn in_order(collection: &Collection<'_>, mut stories: Vec<Vec<u32>>) -> Vec<Story> {
    let order = |n: u32| collection.items[n as usize].order();
    for story in &mut stories {
        story.sort_by_key(|&n| order(n));
    }
    stories.sort_by_key(|story| order(story[0]));
    stories
        .into_iter()
        .map(|story| Story { articles: story.iter().map(|&n| collection.items[n as usize].article.id).collect() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::evenly;

    #[test]
    fn an_article_left_alone_joins_the_story_that_it_agrees_with_most() {
        let join = |score: u32| {
            let edges = [(0, 3), (1, 3), (2, 3), (3, 4)].map(|(left, right)| Edge { left, right, score });
            let mut stories = vec![vec![0, 1, 2], vec![3], vec![4, 5]];
            take_in_lone(6, &edges, &evenly, &mut stories);
            stories
        };
        assert_eq!(join(limits::STORY_LONE), [vec![0, 1, 2, 3], vec![], vec![4, 5]]);
        assert_eq!(join(limits::STORY_LONE - 1), [vec![0, 1, 2], vec![3], vec![4, 5]]);
    }
}
