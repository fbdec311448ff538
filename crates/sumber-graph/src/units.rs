//! Units: the statements and unsourced sentences of all articles, as what can make a claim.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sumber_core::{LinkKind, MemberPart, Span, Stance, StatementIndex, StatementKind};

use crate::collection::{ArticleNumber, Collection, Item};
use crate::dates::Days;
use crate::features::{Feature, FeatureKind, Frequencies, feature_key, for_common, keyed};
use crate::limits;
use crate::sketch::{Sketch, distinct};

/// A statement or an unsourced sentence, boiled down.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its article.
    pub article: ArticleNumber,
    /// Which part of it.
    pub part: MemberPart,
    /// From the first to the last byte of its words.
    pub span: Span,
    /// The sentence in which it begins.
    pub sentence: u32,
    /// The source's stance; sentences assert.
    pub stance: Stance,
    /// Whether it is a quotation, or has one in it.
    pub manner: StatementKind,
    /// Whether a hedge stands in it.
    pub hedged: bool,
    /// Whether a negation stands among its first words.
    pub opens_negated: bool,
    /// Features with weights, sorted by key. What one stretch of words tells in several ways (a word
    /// and its concept) weighs little more than told once.
    pub features: Vec<Feature>,
    /// Sum of the weights of what is comparable in every language.
    pub anchors_weight: u32,
    /// Sum of all weights.
    pub weight: u32,
    /// A key of the language.
    pub language: u64,
    /// When its article was published.
    pub published: Option<Days>,
    /// The story of its article.
    pub story: u32,
    /// Whether it denies something as a whole; known once it is weighed.
    pub may_deny: bool,
}

impl Unit {
    /// Whether it is a statement.
    pub fn is_statement(&self) -> bool {
        matches!(self.part, MemberPart::Statement(_))
    }

    /// Whether it is a statement whose source stands by what it says.
    pub fn asserts(&self) -> bool {
        self.is_statement() && self.stance == Stance::Asserts
    }

    /// Whether it denies something as a whole: by its stance, by a negation with which it begins, or by
    /// negating most of what it says.
    fn denies(&self) -> bool {
        self.is_statement() && (self.stance == Stance::Denies || self.opens_negated || self.is_negated())
    }

    /// Whether more of its own words' weight is negated than not.
    fn is_negated(&self) -> bool {
        let (mut negated, mut all) = (0, 0);
        for feature in self.features.iter().filter(|f| !f.is(FeatureKind::Speaker)) {
            all += feature.weighs();
            negated += if feature.negated { feature.weighs() } else { 0 };
        }
        negated * 2 > all
    }

    /// Whether it denies or negates anything.
    fn turns_something(&self) -> bool {
        self.stance == Stance::Denies || self.opens_negated || self.features.iter().any(|f| f.negated)
    }
}

/// All units of the collection in order of article and place, weighted.
/// `stories` gives the story of each article. How many units hold each feature comes with them.
pub(crate) fn of_collection(
    collection: &Collection<'_>,
    sketches: Vec<Sketch>,
    stories: &[u32],
) -> (Vec<Unit>, Frequencies) {
    // a sketch goes when its units are made
    let numbered = collection.items.par_iter().zip(sketches).enumerate();
    let of_each = numbered.flat_map_iter(|(number, (item, mut sketch))| {
        sketch.by_looks(&item.analysis.words);
        of_article(number as u32, collection, item, &sketch, stories[number])
    });
    let mut units: Vec<Unit> = of_each.collect();
    let frequencies = Frequencies::count(|| units.iter().map(|unit| unit.features.as_slice()));
    let mut by_story: Vec<Vec<&mut Unit>> = Vec::new();
    by_story.resize_with(stories.iter().max().map_or(0, |last| *last as usize + 1), Vec::new);
    for unit in &mut units {
        by_story[unit.story as usize].push(unit);
    }
    by_story.into_par_iter().for_each(|units| weigh(units, &frequencies));
    (units, frequencies)
}

/// Gives the features of all units of a story their weight there: what its units have in common, as the
/// names that make it a story, tells little of which of them say the same, however rare it is elsewhere.
fn weigh(units: Vec<&mut Unit>, frequencies: &Frequencies) {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for feature in units.iter().flat_map(|unit| &unit.features) {
        *counts.entry(feature.key).or_insert(0) += 1;
    }
    let texts = units.len() as u32;
    for unit in units {
        for feature in &mut unit.features {
            feature.weight = frequencies.weight_within(feature, counts[&feature.key], texts, limits::OTHER_UNITS);
        }
        share_places(&mut unit.features);
        for feature in &unit.features {
            unit.weight += feature.weighs();
            unit.anchors_weight += if feature.is(FeatureKind::Word) { 0 } else { feature.weighs() };
        }
        unit.may_deny = unit.denies();
    }
}

/// Takes weight from what stands at one place: words inside a name or concept keep a part, names and
/// concepts that overlap share.
fn share_places(features: &mut [Feature]) {
    let mut places: Vec<Span> =
        features.iter().filter(|f| !f.is(FeatureKind::Word) && !f.span().is_empty()).map(Feature::span).collect();
    places.sort_unstable();
    for feature in features.iter_mut().filter(|f| !f.span().is_empty()) {
        let span = feature.span();
        let until = places.partition_point(|p| p.start < span.end);
        // places are short, so what overlaps stands among the last few that begin before the end
        let near = places[until.saturating_sub(8)..until].iter();
        let percent = if feature.is(FeatureKind::Word) {
            if near.copied().any(|p| p.contains(span)) { limits::WORD_AGAIN } else { 100 }
        } else {
            match near.filter(|p| p.overlaps(span)).count() {
                0 | 1 => 100,
                2 => limits::SHARED_PLACE,
                _ => limits::SHARED_PLACE * limits::SHARED_PLACE / 100,
            }
        };
        feature.weight = (feature.weighs() * percent / 100) as u16;
    }
}

/// Sentences with fewer features than this say too little to be compared.
const LEAST_FEATURES: usize = 2;

fn of_article(
    number: ArticleNumber,
    collection: &Collection<'_>,
    item: &Item<'_>,
    sketch: &Sketch,
    story: u32,
) -> Vec<Unit> {
    let mut units = Vec::new();
    let analysis = item.analysis;
    let sentence_at = |at: u32| analysis.sentences.partition_point(|s| s.end <= at) as u32;
    let mut taken = vec![false; analysis.sentences.len()];
    for (index, statement) in analysis.statements.iter().enumerate() {
        let Some(span) = statement.content.iter().copied().reduce(Span::cover) else { continue };
        for sentence in sentence_at(span.start)..=sentence_at(span.end.saturating_sub(1).max(span.start)) {
            if let Some(flag) = taken.get_mut(sentence as usize) {
                *flag = true;
            }
        }
        if statement.stance == Stance::Declines {
            continue;
        }
        let mut features = distinct(statement.content.iter().flat_map(|&part| said(sketch, part)));
        if let Some(speaker) = speaker(collection, item, index) {
            features.extend(Feature::new(speaker, Span::default()));
            features.sort_unstable_by_key(|f| f.key);
        }
        units.push(Unit {
            article: number,
            part: MemberPart::Statement(StatementIndex(index as u32)),
            span,
            sentence: sentence_at(span.start),
            stance: statement.stance,
            manner: statement.kind,
            hedged: analysis.hedges.iter().any(|h| span.contains(*h)) || statement.hearsay,
            opens_negated: opens_negated(analysis, span),
            features,
            anchors_weight: 0,
            weight: 0,
            language: sketch.language,
            published: item.published,
            story,
            may_deny: false,
        });
    }
    for (index, &span) in analysis.sentences.iter().enumerate() {
        if taken[index] {
            continue;
        }
        let features = distinct(said(sketch, span));
        if features.len() < LEAST_FEATURES {
            continue;
        }
        units.push(Unit {
            article: number,
            part: MemberPart::Sentence(index as u32),
            span,
            sentence: index as u32,
            stance: Stance::Asserts,
            manner: StatementKind::Indirect,
            hedged: analysis.hedges.iter().any(|h| span.contains(*h)),
            opens_negated: opens_negated(analysis, span),
            features,
            anchors_weight: 0,
            weight: 0,
            language: sketch.language,
            published: item.published,
            story,
            may_deny: false,
        });
    }
    units
}

/// The features inside a span that tell what is said: a type of event is too coarse.
fn said(sketch: &Sketch, span: Span) -> impl Iterator<Item = &Feature> {
    sketch.within(span).filter(|f| !f.is(FeatureKind::Event))
}

/// Whether a negation stands among the first two or three words of one of its sentences.
fn opens_negated(analysis: &sumber_core::Analysis, span: Span) -> bool {
    let inner = analysis.sentences[analysis.sentences.partition_point(|s| s.start <= span.start)..]
        .iter()
        .take_while(|s| s.start < span.end)
        .map(|s| s.start);
    std::iter::once(span.start).chain(inner).any(|begin| {
        let first = analysis.negations.partition_point(|n| n.start < begin);
        analysis.negations.get(first).is_some_and(|n| n.start < span.end.min(begin + 16))
    })
}

/// A key of who says it: the origin of the chain, where it is named or told apart by a country.
fn speaker(collection: &Collection<'_>, item: &Item<'_>, statement: usize) -> Option<u64> {
    let link = item.analysis.statements[statement].chain.last()?;
    // a state is told by its country, as where its name stands in what is said
    let states = &item.analysis.states;
    let state = link
        .span
        .and_then(|span| states.get(states.partition_point(|s| s.span.start < span.start)).filter(|s| s.span == span));
    if let Some(state) = state {
        return Some(feature_key(FeatureKind::Speaker, &state.country));
    }
    if let Some(id) = collection.entity(item, link) {
        return Some(feature_key(FeatureKind::Speaker, id));
    }
    if link.kind == LinkKind::Anonymous {
        let country = link.country.as_deref()?;
        return Some(feature_key(FeatureKind::Speaker, &format!("anonymous {country}")));
    }
    let words = crate::entities::folded_words(&link.text).concat();
    Some(feature_key(FeatureKind::Speaker, &words))
}

/// What two units have in common, in thousandths.
///
/// The mean of a Dice coefficient over weights and of the share of the poorer unit, since one
/// newsroom quotes half of what another does; times how much shared evidence there is. Of the words of
/// two languages only those count that look alike. What one negates and the other does not is not shared.
/// Symmetric.
pub(crate) fn score(left: &Unit, right: &Unit, half_evidence: u32) -> u32 {
    agreement(left, right, half_evidence).score
}

/// How much two units agree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    /// What they have in common, in thousandths.
    pub score: u32,
    /// Whether one and the same says both.
    pub one_speaker: bool,
}

/// What two units have in common, and whether one says both.
pub(crate) fn agreement(left: &Unit, right: &Unit, half_evidence: u32) -> Agreement {
    let Shared { weight: shared, words, one_speaker } = shared(left, right);
    let (one, other) = if left.language == right.language && left.language != 0 {
        (left.weight, right.weight)
    } else {
        (left.anchors_weight + words, right.anchors_weight + words)
    };
    if one == 0 || other == 0 {
        return Agreement { score: 0, one_speaker };
    }
    let dice = 2000 * u64::from(shared) / u64::from(one + other);
    let contained = 1000 * u64::from(shared) / u64::from(one.min(other));
    let score = (dice + contained) / 2 * u64::from(shared) / u64::from(shared + half_evidence).max(1);
    Agreement { score: score as u32, one_speaker }
}

/// The score of a pair as it is weighed where it stands: what agrees as much is less often one
/// assertion within one article, days apart or where one is a quotation and the other is not, and more
/// often one from one speaker, across languages, where less can agree, and on one happening.
pub(crate) fn in_context(agreement: Agreement, left: &Unit, right: &Unit) -> u32 {
    let mut score = agreement.score;
    let mut weigh = |holds: bool, percent: u32| score = if holds { score * percent / 100 } else { score };
    weigh(left.article == right.article, limits::SAME_ARTICLE);
    weigh(left.story == right.story, limits::SAME_STORY);
    weigh(left.language != right.language, limits::ACROSS_LANGUAGES);
    weigh(left.manner != right.manner, limits::OTHER_MANNER);
    weigh(agreement.one_speaker, limits::ONE_SPEAKER);
    weigh(tell_other_days(left, right), limits::OTHER_DAYS);
    for _ in 0..days_between(left, right) {
        weigh(true, limits::EACH_DAY);
    }
    score
}

/// Days between the articles of two units, as many as count; 1 where a date is missing.
pub(crate) fn days_between(left: &Unit, right: &Unit) -> u32 {
    left.published.zip(right.published).map_or(1, |(a, b)| a.apart(b).min(limits::STORY_DAYS) as u32)
}

/// What two units share and neither turns round.
struct Shared {
    weight: u32,
    /// The words' share of the weight.
    words: u32,
    one_speaker: bool,
}

fn shared(left: &Unit, right: &Unit) -> Shared {
    // where both negate something, it is hardly the opposite of one another, whatever the negations reach
    // ('will not leave before August'), unless they tell of other days ('there is no halt, they leave in June')
    let both = left.stance == right.stance
        && left.turns_something()
        && right.turns_something()
        && !tell_other_days(left, right);
    let mut shared = Shared { weight: 0, words: 0, one_speaker: false };
    for_shared(left, right, |kind, weight, turned| {
        let weight = if turned && !both { 0 } else { weight };
        shared.weight += weight;
        shared.words += if kind == FeatureKind::Word { weight } else { 0 };
        shared.one_speaker |= kind == FeatureKind::Speaker;
    });
    shared
}

/// Whether both tell days, and none in common.
pub(crate) fn tell_other_days(left: &Unit, right: &Unit) -> bool {
    let tells_day = |unit: &Unit| unit.features.iter().any(|f| f.is(FeatureKind::Date));
    // few tell any, and what two have in common is dear to ask
    if !tells_day(left) || !tells_day(right) {
        return false;
    }
    let mut common = false;
    for_shared(left, right, |kind, _, _| common |= kind == FeatureKind::Date);
    !common
}

/// Weight of the concepts, words and events that one turns round, and of those on which they agree.
pub(crate) fn turned(left: &Unit, right: &Unit) -> (u32, u32) {
    let (mut contrary, mut agreeing) = (0, 0);
    for_shared(left, right, |kind, weight, turned| {
        if turned {
            contrary += weight;
        } else if turns(kind) {
            agreeing += weight;
        }
    });
    (contrary, agreeing)
}

/// Whether one and the same says both.
pub(crate) fn same_speaker(left: &Unit, right: &Unit) -> bool {
    let speaker = |unit: &Unit| unit.features.iter().find(|f| f.is(FeatureKind::Speaker)).map(|f| f.key);
    speaker(left).is_some_and(|key| speaker(right) == Some(key))
}

/// Whether one unit speaks of who says the other.
pub(crate) fn names_speaker(unit: &Unit, other: &Unit) -> bool {
    let speaker = other.features.iter().find(|f| f.is(FeatureKind::Speaker));
    let name = speaker.map(|speaker| keyed(FeatureKind::Entity, speaker.key));
    name.is_some_and(|name| unit.features.binary_search_by_key(&name, |f| f.key).is_ok())
}

/// Whether a negation turns such a feature round: names, numbers and speakers stay what they are.
fn turns(kind: FeatureKind) -> bool {
    matches!(kind, FeatureKind::Concept | FeatureKind::Word | FeatureKind::Event)
}

/// Calls `each` with the features that two units share: kind, weight, and whether one of the two
/// turns it round. A denial by its stance turns round all that it says.
fn for_shared(left: &Unit, right: &Unit, mut each: impl FnMut(FeatureKind, u32, bool)) {
    let flipped = (left.stance == Stance::Denies) != (right.stance == Stance::Denies);
    for_common(
        &left.features,
        &right.features,
        |f| f.key,
        |f, g| {
            each(f.kind(), f.weighs().min(g.weighs()), turns(f.kind()) && (f.negated != g.negated) != flipped);
        },
    );
}

/// Weight of the names, numbers and dates that two units share.
pub(crate) fn shared_names(left: &Unit, right: &Unit) -> u32 {
    let named = |f: &Feature| matches!(f.kind(), FeatureKind::Entity | FeatureKind::Number | FeatureKind::Date);
    let mut sum = 0;
    for_common(&left.features, &right.features, |f| f.key, |f, _| sum += if named(f) { f.weighs() } else { 0 });
    sum
}
