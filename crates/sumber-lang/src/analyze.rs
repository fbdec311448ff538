//! The order of the annotators.

use sumber_core::{Analysis, Article};

use crate::pack::Packs;
use crate::statements::Layers;
use crate::text::{Segmentation, Text};
use crate::{concepts, events, names, statements, times};

/// Says what one article says. Pure: the same article and packs give the same analysis.
pub fn analyze(article: &Article, packs: &Packs) -> Analysis {
    analyze_as(article, packs.identifier.identify(&article.text, article.declared_language.as_deref()), packs)
}

/// The same where the language (ISO 639-1) is settled; `None` where it cannot be told.
pub fn analyze_as(article: &Article, language: Option<String>, packs: &Packs) -> Analysis {
    let pack = language.as_deref().and_then(|tag| packs.get(tag));
    let plain = Segmentation::without_pack();
    let segmentation = pack.map_or(&plain, |p| &p.segmentation);
    let text = Text::new(&article.text, segmentation, &packs.vocabulary);
    let published = article.published.as_deref();

    let (entities, mentions) = names::find(&text, pack, packs);
    let states = names::states(&text, &mentions, pack, packs);
    let times = pack.map_or_else(Vec::new, |pack| times::find(&text, published, pack, packs));
    let features = concepts::find(&text, language.as_deref(), &times, pack, packs);
    let mut analysis = Analysis {
        language,
        sentences: text.sentences.iter().map(|s| s.span).collect(),
        concepts: features.concepts,
        numbers: features.numbers,
        words: features.words,
        hedges: features.hedges,
        negations: features.negations,
        ..Analysis::default()
    };
    if let Some(pack) = pack {
        let layers = Layers { entities: &entities, mentions: &mentions, states: &states, times: &times };
        let statements = statements::find(&text, article, layers, pack, packs);
        analysis.events = events::find(&text, published, layers, &statements, pack, packs);
        analysis.statements = statements;
    }
    analysis.states = states;
    analysis.times = times;
    analysis.entities = entities;
    analysis.mentions = mentions;
    analysis
}
