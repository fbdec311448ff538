//! Articles made from another: verbatim, reworded, or translated, and which was first.
//!
//! Within a language words tell; across languages the order of names, numbers, dates and concepts
//! and the lengths of sentences. Two newsrooms on one event share many of these, but neither in
//! order nor sentence by sentence.

use rayon::prelude::*;
use sumber_core::{Copy, CopyRelation};

use crate::align::{self, Alignment};
use crate::collection::{ArticleNumber, Collection, Item, MediumId, in_time};
use crate::dates;
use crate::features::{Feature, FeatureKind, for_common, mix};
use crate::keys::Blocks;
use crate::limits;
use crate::sketch::{SentenceSketch, Sketch};

/// A copy with the alignment that shows it.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// The article that was copied.
    pub from: ArticleNumber,
    /// The copy.
    pub to: ArticleNumber,
    /// How it was made.
    pub relation: CopyRelation,
    /// Strength in thousandths.
    pub score: u32,
    /// What tells, in words.
    pub evidence: Vec<String>,
    /// From `from` to `to`.
    pub alignment: Alignment,
}

impl Pair {
    /// The copy as the trace has it.
    pub fn copy(&self, collection: &Collection<'_>) -> Copy {
        Copy {
            from: collection.items[self.from as usize].article.id,
            to: collection.items[self.to as usize].article.id,
            relation: self.relation,
            score: self.score,
            evidence: self.evidence.clone(),
        }
    }
}

/// Finds copies. Of several articles that one may be made from, the strongest is kept. The second
/// value counts the hot keys that were cut.
pub(crate) fn find(collection: &Collection<'_>, sketches: &[Sketch]) -> (Vec<Pair>, u32) {
    let cited: Vec<Vec<MediumId>> = collection.items.par_iter().map(|item| cited_media(collection, item)).collect();
    let named: Vec<Vec<MediumId>> = collection.items.par_iter().map(|item| named_media(collection, item)).collect();
    let outlets = Outlets { cited, named };
    let keys = |n: u32| article_keys(&sketches[n as usize]);
    let (order, mut crowd) = (ranks(collection), Vec::new());
    let blocks = Blocks::telling(
        sketches.len(),
        limits::HOT_KEY,
        keys,
        |n| collection.items[n as usize].article.id.0,
        |rows| crowd.extend(with_heads(rows, &order)),
    );
    let shingles: Vec<Vec<u64>> = sketches.par_iter().map(shingles).collect();
    let bags: Vec<Bag> = sketches.par_iter().map(Bag::new).collect();
    let judged = |left: u32, right: u32| judge(collection, sketches, &shingles, &bags, &outlets, left, right);
    let pairs = blocks.pairs(limits::MOST_ARTICLES, |left, partners, found| {
        let near = partners.iter().filter(|p| p.1 >= limits::SHARED_KEYS);
        found.extend(near.filter_map(|&(right, _)| judged(left, right)));
    });
    crowd.par_sort_unstable();
    // half as many, for one key in four is looked at
    let least = limits::SHARED_KEYS as usize / 2;
    let of_crowd: Vec<(u32, u32)> =
        crowd.chunk_by(|a, b| a == b).filter(|run| run.len() >= least).map(|run| run[0]).collect();
    let of_crowd: Vec<Pair> = of_crowd.par_iter().filter_map(|&(left, right)| judged(left, right)).collect();
    // of several originals the strongest, then the one with the smallest number
    let mut best: Vec<Option<Pair>> = vec![None; sketches.len()];
    for pair in pairs.chain(of_crowd) {
        let kept = &mut best[pair.to as usize];
        let rank = |pair: &Pair| (pair.score, std::cmp::Reverse(pair.from));
        if kept.as_ref().is_none_or(|k| rank(k) < rank(&pair)) {
            *kept = Some(pair);
        }
    }
    let mut found: Vec<Pair> = best.into_iter().flatten().collect();
    found.par_iter_mut().for_each(|pair| {
        pair.alignment = align::align(&sketches[pair.from as usize], &sketches[pair.to as usize]);
    });
    found.sort_by_key(|pair| (pair.from, pair.to));
    (found, blocks.hot)
}

/// The place of each article in the order in which they were most likely made: by day, the longer first.
fn ranks(collection: &Collection<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..collection.items.len() as u32).collect();
    order.par_sort_by_key(|&n| {
        let item = &collection.items[n as usize];
        let (day, time, id) = in_time(item.article, item.published);
        (day, time, std::cmp::Reverse(item.article.text.len()), id)
    });
    let mut ranks = vec![0; order.len()];
    order.iter().enumerate().for_each(|(rank, &n)| ranks[n as usize] = rank as u32);
    ranks
}

/// Of a key of words that too many articles hold, each with the first of them: a text that thousands carry,
/// each with a line of its own, fills every key, and of each the cap keeps others.
fn with_heads(rows: &[(u64, u32)], order: &[u32]) -> Vec<(u32, u32)> {
    // one key of words in four will do: near copies share dozens
    if rows[0].0 & HEADED != OF_WORDS {
        return Vec::new();
    }
    let mut first: Vec<u32> = rows.iter().map(|row| row.1).collect();
    first.sort_unstable_by_key(|&n| order[n as usize]);
    first.truncate(limits::HEADS);
    let of =
        |head: u32| rows.iter().filter(move |row| row.1 != head).map(move |row| (row.1.min(head), row.1.max(head)));
    first.iter().flat_map(|&head| of(head)).collect()
}

/// The bit that a key has which is of words.
const OF_WORDS: u64 = 1;

/// The bits of a key that choose those under which articles are compared with the first.
const HEADED: u64 = 7;

fn judge(
    collection: &Collection<'_>,
    sketches: &[Sketch],
    shingles: &[Vec<u64>],
    bags: &[Bag],
    outlets: &Outlets,
    left: ArticleNumber,
    right: ArticleNumber,
) -> Option<Pair> {
    let (l, r) = (left as usize, right as usize);
    let (a, b) = (&sketches[l], &sketches[r]);
    let among = |media: &[MediumId], whom: usize| collection.items[whom].outlet.is_some_and(|m| media.contains(&m));
    let cites = |who: usize, whom: usize| among(&outlets.cited[who], whom);
    let names = |who: usize, whom: usize| among(&outlets.named[who], whom);
    let credited = cites(l, r) || cites(r, l);
    let same_language = a.language == b.language && a.language != 0;
    let mut evidence = Vec::new();
    let (relation, score) = if same_language {
        let (verbatim, runs) = containment(&shingles[l], &shingles[r]);
        let passage = verbatim >= limits::PASSAGE && runs >= limits::PASSAGE_RUNS;
        let least = if credited { limits::REWRITE_CREDITED } else { limits::REWRITE };
        let (dice, poorer) = bags[l].most(&bags[r], true);
        let most = if credited { poorer } else { dice };
        let reworded = if verbatim >= limits::VERBATIM || most < least {
            0
        } else {
            // of an article that credits another, as much may come from there, however much the other has besides
            let agreement = matched(a, b);
            let credits = [(cites(l, r), agreement.left), (cites(r, l), agreement.right)];
            credits.into_iter().filter(|c| c.0).map(|c| c.1).fold(agreement.both, u32::max)
        };
        if verbatim >= limits::VERBATIM {
            evidence.push(format!("{} % of the shorter text's word runs stand in the other as well", verbatim / 10));
            (CopyRelation::Verbatim, verbatim)
        } else if reworded >= least {
            evidence.push(format!("sentence by sentence, {} % of names, numbers and words agree", reworded / 10));
            (CopyRelation::Rewrite, reworded)
        } else if passage {
            evidence.push(format!(
                "a passage, {} % of the shorter text's word runs, stands in the other as well",
                verbatim / 10
            ));
            (CopyRelation::Rewrite, verbatim)
        } else {
            return None;
        }
    } else {
        if bags[l].most(&bags[r], false).1 < limits::LEAST_TRANSLATION {
            return None;
        }
        let alignment = align::align(a, b);
        let agreement = agreement(&alignment);
        if !is_translation(&alignment, agreement, (a.sentences.len(), b.sentences.len()), credited) {
            return None;
        }
        evidence.push(format!(
            "names, numbers and concepts come in the same order in {} sentences of like length and agree to {} %",
            alignment.anchored,
            agreement / 10
        ));
        (CopyRelation::Translation, agreement)
    };
    let (from, to) = direction(collection, [&cites, &names], left, right, &mut evidence);
    Some(Pair { from, to, relation, score, evidence, alignment: Alignment::default() })
}

/// Whether an alignment shows a translation: much agrees in order; less, and one has about as many
/// sentences as the other; or nearly all of a shorter one has its counterpart.
fn is_translation(alignment: &Alignment, agreement: u32, sentences: (usize, usize), credited: bool) -> bool {
    let (few, many) = (sentences.0.min(sentences.1), sentences.0.max(sentences.1));
    let even = (many - few) * limits::EVEN_SENTENCES <= many;
    let least = match (credited, even) {
        (_, true) => limits::TRANSLATION_EVEN,
        (true, false) => limits::TRANSLATION_CREDITED,
        (false, false) => limits::TRANSLATION,
    };
    let whole = agreement >= least && alignment.anchored + u32::from(even) >= limits::TRANSLATED_SENTENCES;
    let cut = alignment.coverage >= limits::CUT_COVERAGE
        && agreement >= limits::CUT_TRANSLATION
        && alignment.anchored >= limits::CUT_SENTENCES;
    whole || cut
}

/// Agreement of two aligned articles: over both, or over the shorter where nearly all its sentences
/// have a counterpart, which makes it a cut translation.
fn agreement(alignment: &Alignment) -> u32 {
    if alignment.coverage >= limits::CUT_COVERAGE {
        alignment.agreement.max(alignment.containment)
    } else {
        alignment.agreement
    }
}

/// Which of two articles was copied: the one whose outlet the other credits, then the earlier. Where
/// nothing tells, the longer of one language (copies are cut), the shorter of two (translations run
/// longer than their originals: Blum-Kulka 1986, the explicitation hypothesis).
fn direction(
    collection: &Collection<'_>,
    credits: [&dyn Fn(usize, usize) -> bool; 2],
    left: ArticleNumber,
    right: ArticleNumber,
    evidence: &mut Vec<String>,
) -> (ArticleNumber, ArticleNumber) {
    let name = |n: ArticleNumber| {
        let article = collection.items[n as usize].article;
        article.outlet.as_ref().map_or_else(|| article.path.clone(), |o| o.name.clone())
    };
    let (l, r) = (left as usize, right as usize);
    let told = |credit: &dyn Fn(usize, usize) -> bool, verb: &str| match (credit(l, r), credit(r, l)) {
        (false, true) => Some((left, right, format!("{} {verb} {}", name(right), name(left)))),
        (true, false) => Some((right, left, format!("{} {verb} {}", name(left), name(right)))),
        _ => None,
    };
    if let Some((from, to, words)) = told(credits[0], "credits") {
        evidence.push(words);
        return (from, to);
    }
    let (a, b) = (&collection.items[l], &collection.items[r]);
    if let (Some(x), Some(y)) = (&a.article.published, &b.article.published)
        && let Some(left_first) = dates::earlier(x, y)
    {
        let (from, to, early, late) = if left_first { (left, right, x, y) } else { (right, left, y, x) };
        evidence.push(format!("{} is dated {early}, {} {late}", name(from), name(to)));
        return (from, to);
    }
    if let Some((from, to, words)) = told(credits[1], "names") {
        evidence.push(words);
        return (from, to);
    }
    // a copy in the same language is cut; a translation makes explicit what its original leaves to the
    // reader, and is longer
    let letters = |n: usize| collection.items[n].article.text.chars().count();
    let other_language = a.analysis.language != b.analysis.language;
    let left_longer = letters(l) >= letters(r);
    let (from, to) = if left_longer != other_language { (left, right) } else { (right, left) };
    let which = if other_language { "shorter" } else { "longer" };
    evidence.push(format!("neither credit nor date tells which was first; the {which} text is taken for the original"));
    (from, to)
}

/// The media of each article: those that its chains and credits cite, and those that it names at all.
struct Outlets {
    cited: Vec<Vec<MediumId>>,
    named: Vec<Vec<MediumId>>,
}

/// Media that an article names anywhere, its own outlet left out.
fn named_media(collection: &Collection<'_>, item: &Item<'_>) -> Vec<MediumId> {
    let names = item.analysis.entities.iter().flat_map(|e| std::iter::once(&e.name).chain(&e.names));
    let mut media: Vec<MediumId> = names.filter_map(|name| collection.medium_named(name)).collect();
    media.extend(cited_media(collection, item));
    media.retain(|m| Some(*m) != item.outlet);
    media.sort_unstable();
    media.dedup();
    media
}

/// Media that an article cites in its chains or credits.
pub(crate) fn cited_media(collection: &Collection<'_>, item: &Item<'_>) -> Vec<MediumId> {
    let links = item.analysis.statements.iter().flat_map(|s| &s.chain);
    let mut media: Vec<MediumId> = links.filter_map(|link| collection.medium(item, link)).collect();
    media.extend(item.article.credit.as_deref().and_then(|credit| collection.medium_named(credit)));
    media.retain(|m| Some(*m) != item.outlet);
    media.sort_unstable();
    media.dedup();
    media
}

/// Blocking keys of an article: for its own language its smallest shingles of words, for others
/// the smallest pairs of anchors in one sentence.
fn article_keys(sketch: &Sketch) -> Vec<u64> {
    let mut own = shingles(sketch);
    own.truncate(limits::SHINGLE_KEYS);
    own.iter_mut().for_each(|key| *key |= OF_WORDS);
    let mut pairs: Vec<u64> = Vec::new();
    for sentence in &sketch.sentences {
        let mut anchors: Vec<(u16, u64)> = sentence
            .features
            .iter()
            .filter(|f| !matches!(f.kind(), FeatureKind::Word | FeatureKind::Event))
            .map(|f| (f.weight, f.key))
            .collect();
        anchors.sort_unstable_by_key(|&(weight, key)| (std::cmp::Reverse(weight), key));
        anchors.truncate(limits::PAIRED_FEATURES);
        for (n, a) in anchors.iter().enumerate() {
            pairs.extend(anchors[n + 1..].iter().map(|b| mix(a.1.min(b.1), a.1.max(b.1))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.truncate(limits::SHINGLE_KEYS * 2);
    own.extend(pairs.into_iter().map(|key| key & !OF_WORDS));
    own
}

/// Hashes of the runs of content words, sorted, each once.
fn shingles(sketch: &Sketch) -> Vec<u64> {
    let words: Vec<&Feature> = sketch.features.iter().filter(|f| f.is(FeatureKind::Word)).collect();
    let mut hashes: Vec<u64> =
        words.windows(limits::SHINGLE).map(|run| run.iter().fold(0, |hash, word| mix(hash, word.key))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Share of the shorter list that stands in the other, in thousandths, and how many that are.
fn containment(left: &[u64], right: &[u64]) -> (u32, usize) {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.len() < 8 {
        return (0, 0);
    }
    let both = short.iter().filter(|hash| long.binary_search(hash).is_ok()).count();
    ((1000 * both / short.len()) as u32, both)
}

/// The weights of an article's features over all the sentences that are compared, by key: what two
/// articles can agree in at the most is told from it without comparing their sentences.
struct Bag {
    /// Key, weight, and whether it is a word.
    rows: Vec<(u64, u32, bool)>,
    /// The sum of the weights, of all and of what is no word.
    weights: [u64; 2],
}

impl Bag {
    fn new(sketch: &Sketch) -> Bag {
        let sentences = &sketch.sentences[..sketch.sentences.len().min(limits::ALIGNED_SENTENCES)];
        let features = sentences.iter().flat_map(|s| &s.features);
        let mut rows: Vec<(u64, u32, bool)> = features.map(|f| (f.key, f.weighs(), f.is(FeatureKind::Word))).collect();
        rows.sort_unstable_by_key(|row| row.0);
        rows.dedup_by(|row, kept| {
            let same = row.0 == kept.0;
            kept.1 += if same { row.1 } else { 0 };
            same
        });
        rows.shrink_to_fit();
        let weight = |words: bool| rows.iter().filter(|r| words || !r.2).map(|r| u64::from(r.1)).sum();
        let weights = [weight(true), weight(false)];
        Bag { rows, weights }
    }

    /// What the agreement of two articles can be at the most, in thousandths, over both and over the
    /// poorer: no sentence shares more with another than it has in common with the whole article.
    fn most(&self, other: &Bag, words: bool) -> (u32, u32) {
        let (one, two) = (self.weights[usize::from(!words)], other.weights[usize::from(!words)]);
        let mut common = 0;
        for_common(
            &self.rows,
            &other.rows,
            |row| row.0,
            |x, y| common += if words || !x.2 { u64::from(x.1) + u64::from(y.1) } else { 0 },
        );
        ((1000 * common / (one + two).max(1)) as u32, (1000 * common / one.min(two).max(1)) as u32)
    }
}

/// Agreement of two articles of one language whatever the order of their sentences, each sentence
/// with its best counterpart, in thousandths.
struct Matched {
    /// Dice coefficient over the weights of both.
    both: u32,
    /// Share of the left article's weight.
    left: u32,
    /// Share of the right one's.
    right: u32,
}

fn matched(left: &Sketch, right: &Sketch) -> Matched {
    let a = &left.sentences[..left.sentences.len().min(limits::ALIGNED_SENTENCES)];
    let b = &right.sentences[..right.sentences.len().min(limits::ALIGNED_SENTENCES)];
    let (mut rows, mut columns) = (vec![0; a.len()], vec![0; b.len()]);
    for (place, &shared) in align::shared(a, b, true).iter().enumerate() {
        let (i, j) = (place / b.len(), place % b.len());
        rows[i] = shared.max(rows[i]);
        columns[j] = shared.max(columns[j]);
    }
    let sum = |best: &[u32]| best.iter().map(|&s| u64::from(s)).sum::<u64>();
    let weight = |s: &[SentenceSketch]| s.iter().map(|s| u64::from(align::comparable_weight(s, true))).sum::<u64>();
    let (one, other, left, right) = (sum(&rows), sum(&columns), weight(a), weight(b));
    let share = |part: u64, whole: u64| (1000 * part / whole.max(1)) as u32;
    Matched { both: share(one + other, left + right), left: share(one, left), right: share(other, right) }
}
