//! Sketches: an article's sentences as weighted features, without their text.

use sumber_core::{ContentWord, Span};

use crate::collection::Item;
use crate::features::{Feature, FeatureKind, feature_key, keyed, mix};

/// The features of an article by place, and where its sentences and paragraphs begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    /// All features in reading order, words among them.
    pub features: Vec<Feature>,
    /// Sentences with the features in them.
    pub sentences: Vec<SentenceSketch>,
    /// A key of the language, so that stems of two languages never meet; 0 where unknown.
    pub language: u64,
}

/// One sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct SentenceSketch {
    /// Its features, sorted by key, each once, with their weight once it is known.
    pub features: Vec<Feature>,
    /// How many letters and digits it has.
    pub letters: u32,
}

impl Sketch {
    /// Makes the sketch of an article.
    pub fn new(item: &Item<'_>) -> Sketch {
        let analysis = item.analysis;
        let text = &item.article.text;
        let mut features: Vec<Feature> = Vec::with_capacity(analysis.words.len() + analysis.mentions.len() * 2);
        let language = analysis.language.as_deref().map_or(0, |tag| feature_key(FeatureKind::Word, tag));
        let mut add = |key: u64, span: Span| features.extend(Feature::new(key, span));
        // 'Iranian' and 'Iran' are one feature, whatever the entity's id
        for state in &analysis.states {
            add(feature_key(FeatureKind::Entity, &state.country), state.span);
        }
        let tells_state = |span: Span| {
            let place = analysis.states.partition_point(|s| s.span.end <= span.start);
            analysis.states.get(place).is_some_and(|s| s.span.contains(span))
        };
        for mention in analysis.mentions.iter().filter(|m| !tells_state(m.span)) {
            if let Some(id) = item.entities.get(mention.entity.0 as usize) {
                add(feature_key(FeatureKind::Entity, id), mention.span);
            }
        }
        for concept in &analysis.concepts {
            add(feature_key(FeatureKind::Concept, &concept.id), concept.span);
        }
        for time in &analysis.times {
            if let Some(value) = &time.value {
                add(feature_key(FeatureKind::Date, value), time.span);
            }
        }
        for number in &analysis.numbers {
            // a number inside a date is the date's
            let in_time = any_overlaps(&analysis.times, |t| t.span, number.span);
            let in_name = any_overlaps(&analysis.mentions, |m| m.span, number.span);
            if !in_time && !in_name {
                add(feature_key(FeatureKind::Number, &number.value), number.span);
            }
        }
        for event in &analysis.events {
            add(feature_key(FeatureKind::Event, event.kind.as_str()), event.trigger);
        }
        for word in &analysis.words {
            add(keyed(FeatureKind::Word, mix(language, u64::from(word.stem))), word.span);
        }
        features.sort_by_key(|f| (f.span().start, f.kind(), f.key, f.span().end));
        features.shrink_to_fit();
        let mut sketch = Sketch { features, sentences: Vec::new(), language };
        // 'denied' is told by the stance: what is denied is not turned round once more
        let mut cues: Vec<Span> = analysis.statements.iter().filter_map(|s| s.cue).collect();
        cues.sort_unstable();
        let in_cue = |n: &Span| cues.get(cues.partition_point(|c| c.end <= n.start)).is_some_and(|c| c.overlaps(*n));
        let negations: Vec<Span> = analysis.negations.iter().copied().filter(|n| !in_cue(n)).collect();
        sketch.negate(&negations, &analysis.sentences);
        sketch.sentences = analysis
            .sentences
            .iter()
            .map(|&span| SentenceSketch {
                features: distinct(sketch.within(span)),
                letters: span.of(text).chars().filter(|c| c.is_alphanumeric()).count() as u32,
            })
            .collect();
        sketch
    }

    /// Gives words that languages share one key for what they look like: what is said is compared by
    /// that, what an article is about by stems, since much begins alike in long texts.
    pub fn by_looks(&mut self, words: &[ContentWord]) {
        let features = self.features.iter_mut().filter(|f| f.is(FeatureKind::Word));
        // what is too long for a word is no feature
        let words = words.iter().filter(|word| Feature::new(0, word.span).is_some());
        for (feature, word) in features.zip(words) {
            if let Some(looks) = word.looks {
                feature.key = keyed(FeatureKind::Word, mix(0, u64::from(looks.get())));
            }
        }
    }

    /// The features inside a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Feature> + Clone {
        let start = self.features.partition_point(|f| f.span().start < span.start);
        self.features[start..]
            .iter()
            .take_while(move |f| f.span().start < span.end)
            .filter(move |f| f.span().end <= span.end)
    }

    /// Marks what stands behind a negation in its sentence, up to the first concept: what is said not
    /// to be. Names and words on the way are marked too. Where nothing stands behind it ('the report
    /// is untrue'), it is what stands before.
    fn negate(&mut self, negations: &[Span], sentences: &[Span]) {
        for &negation in negations {
            let end = sentences
                .get(sentences.partition_point(|s| s.end <= negation.start))
                .map_or(negation.end, |s| s.end)
                .min(negation.end + NEGATION_REACH);
            let start = self.features.partition_point(|f| f.span().start < negation.end);
            if self.features.get(start).is_none_or(|f| f.span().start >= end) {
                let from = negation.start.saturating_sub(NEGATION_REACH);
                let begin =
                    sentences.get(sentences.partition_point(|s| s.end <= negation.start)).map_or(0, |s| s.start);
                let before = self.features[..start].iter_mut().rev();
                before.take_while(|f| f.span().start >= from.max(begin)).for_each(|f| f.negated = true);
                continue;
            }
            let mut until = end;
            for feature in self.features[start..].iter_mut().take_while(|f| f.span().start < end) {
                if feature.span().start >= until {
                    break;
                }
                feature.negated = true;
                if feature.is(FeatureKind::Concept) {
                    until = until.min(feature.span().end);
                }
            }
        }
    }
}

/// Whether one of a list in reading order overlaps a span; looks at the few that begin before its end.
fn any_overlaps<T>(list: &[T], span_of: impl Fn(&T) -> Span, span: Span) -> bool {
    let until = list.partition_point(|x| span_of(x).start < span.end);
    list[until.saturating_sub(8)..until].iter().any(|x| span_of(x).overlaps(span))
}

/// Bytes behind a negation that it reaches at the most: some five words.
const NEGATION_REACH: u32 = 36;

/// Each feature once, sorted by key; negated where every occurrence is.
pub(crate) fn distinct<'a>(features: impl Iterator<Item = &'a Feature>) -> Vec<Feature> {
    let mut all: Vec<Feature> = features.copied().collect();
    all.sort_by_key(|f| (f.key, f.negated, f.span()));
    all.dedup_by_key(|f| f.key);
    all.shrink_to_fit();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_negated_only_where_every_occurrence_is() {
        let feature = |at, negated| {
            let mut feature = Feature::new(1, Span::new(at, at + 1)).expect("short");
            feature.negated = negated;
            feature
        };
        assert!(!distinct([feature(0, true), feature(5, false)].iter())[0].negated);
        assert!(distinct([feature(0, true), feature(5, true)].iter())[0].negated);
    }
}
