//! Concepts, numbers, content words, hedges and negations: what claims are compared by, within a
//! language and across languages.
//!
//! The three types that matter: [`Features`] (what is found), [`ConceptList`] (the shared list of
//! ids, `world/concepts.tsv`) and [`ConceptPack`] (one language's words for them: `concepts.tsv`,
//! `words.tsv`, `words.toml`). Words are compared by their stems, so that lists stay short and
//! broad. This room must never know what a claim is.

mod list;
mod numbers;
mod stems;

use sumber_core::{Concept, ContentWord, Number, Span, TimeMention};

use crate::Packs;
use crate::lexicon::{Lists, Phrases, Vocabulary, WordSet};
use crate::pack::{Example, ExampleResult, Loader, MarkedText, Pack};
use crate::text::{Shape, Text};

pub use list::ConceptList;
pub use numbers::NumberPack;
pub use stems::{Stems, WordKeys};

use list::ConceptWords;

/// A pack's words for concepts, its numbers and the words that are no content.
#[derive(Clone, Debug, Default)]
pub struct ConceptPack {
    stems: Stems,
    concepts: ConceptWords,
    numbers: NumberPack,
    stop: WordSet,
    marks: Phrases<Mark>,
    examples: Vec<String>,
}

/// What a word of `words.tsv` does, beside stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Hedge,
    Negation,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    stemmer: Option<String>,
    #[serde(default)]
    numbers: numbers::NumbersFile,
}

impl ConceptPack {
    /// Reads `words.toml`, `words.tsv` and `concepts.tsv` of the pack that `loader` stands in.
    pub fn load(loader: &mut Loader<'_>, list: &ConceptList) -> ConceptPack {
        let mut pack = ConceptPack { stems: Stems::new(loader.tag(), None), ..ConceptPack::default() };
        if let Some(file) = loader.toml::<WordsFile>("words.toml") {
            if let Some(name) = &file.value.stemmer {
                match Stems::algorithm(name) {
                    Ok(algorithm) => pack.stems = Stems::new(loader.tag(), Some(algorithm)),
                    Err(message) => loader.error("words.toml", 0, 0, message),
                }
            }
            pack.examples.clone_from(&file.value.numbers.examples);
            pack.numbers = NumberPack::compile(&file.value.numbers, loader);
            loader.count("words.toml", pack.numbers.len());
        }
        for row in loader.tsv("words.tsv", &["kind", "words"]) {
            let phrases = row.cells[1].split('|').map(str::trim).filter(|p| !p.is_empty());
            match row.cells[0].as_str() {
                "stop" => {
                    for word in phrases {
                        pack.stop.extend(loader.vocabulary.intern_phrase(word));
                    }
                }
                kind @ ("hedge" | "negation") => {
                    let mark = if kind == "hedge" { Mark::Hedge } else { Mark::Negation };
                    for phrase in phrases {
                        let words = loader.vocabulary.intern_phrase(phrase);
                        pack.marks.insert(&words, mark);
                    }
                }
                other => {
                    loader.unknown_label("words.tsv", row.line, other, ["stop", "hedge", "negation"].into_iter());
                }
            }
        }
        pack.concepts = ConceptWords::load(loader, list, &pack.stems);
        pack
    }

    /// Notes in the vocabulary which words the lists begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.concepts.firsts(), Lists::CONCEPTS);
        vocabulary.mark(self.marks.firsts(), Lists::MARKS);
    }

    /// The language's stems.
    pub fn stems(&self) -> &Stems {
        &self.stems
    }
}

/// What claims are compared by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// Concepts in reading order.
    pub concepts: Vec<Concept>,
    /// Numbers in reading order.
    pub numbers: Vec<Number>,
    /// Content words in reading order.
    pub words: Vec<ContentWord>,
    /// Hedges in reading order.
    pub hedges: Vec<Span>,
    /// Negations in reading order.
    pub negations: Vec<Span>,
}

/// Finds them. Without a pack, numbers in digits and plain words are still found. Numbers inside
/// time expressions are none.
pub fn find(
    text: &Text<'_>,
    language: Option<&str>,
    times: &[TimeMention],
    pack: Option<&Pack>,
    packs: &Packs,
) -> Features {
    let plain = ConceptPack { stems: Stems::new(language.unwrap_or(""), None), ..ConceptPack::default() };
    let pack = pack.map_or(&plain, |p| &p.concepts);
    let keys = keys_of(text, &pack.stems);
    let mut features = Features { numbers: pack.numbers.find(text, times), ..Features::default() };
    features.words.reserve(text.tokens.len() / 2);
    let shortest = if pack.stop.is_empty() { 4 } else { 2 };
    let (mut next_concept, mut next_mark) = (0, 0);
    for (at, token) in text.tokens.iter().enumerate() {
        if at >= next_concept
            && let Some((length, ids)) = pack.concepts.longest(&text.tokens, &keys, at)
        {
            let span = text.span(at..at + length);
            features.concepts.extend(ids.map(|id| Concept { span, id: packs.concepts.id(id).clone() }));
            next_concept = at + length;
        }
        if at >= next_mark
            && token.lists.has(Lists::MARKS)
            && let Some((length, mark)) = pack.marks.longest(&text.tokens, at)
        {
            let list = if *mark == Mark::Hedge { &mut features.hedges } else { &mut features.negations };
            list.push(text.span(at..at + length));
            next_mark = at + length;
        }
        if keys[at].stem != 0 && !pack.stop.contains(&token.word) && is_long(text.word(at), token.shape, shortest) {
            features.words.push(ContentWord { span: token.span, stem: keys[at].stem as u32, looks: keys[at].looks });
        }
    }
    features
}

/// Whether a word has at least `shortest` letters; a script without case needs only two.
fn is_long(word: &str, shape: Shape, shortest: usize) -> bool {
    let shortest = if shape == Shape::Uncased { 2 } else { shortest };
    word.len() >= 4 * shortest || word.chars().filter(|c| c.is_alphabetic()).nth(shortest - 1).is_some()
}

/// The keys of each token; 0 for numbers and marks.
fn keys_of(text: &Text<'_>, stems: &Stems) -> Vec<WordKeys> {
    stems.keys((0..text.tokens.len()).map(|at| match text.tokens[at].shape {
        Shape::Mark | Shape::Number => None,
        _ => Some((text.tokens[at].word, text.word(at))),
    }))
}

/// Runs the examples of a pack's numbers: an amount is marked with its value.
pub fn run_examples(packs: &Packs, tag: &str) -> Vec<ExampleResult> {
    let Some(pack) = packs.get(tag) else { return Vec::new() };
    let run = |marked: &String| {
        let failure = match MarkedText::parse(marked) {
            Err(message) => Some(message),
            Ok(MarkedText { text, mut spans }) => {
                spans.sort_by_key(|(_, span)| *span);
                let cut = Text::new(&text, &pack.segmentation, &packs.vocabulary);
                let found: Vec<_> =
                    pack.concepts.numbers.find(&cut, &[]).into_iter().map(|n| (n.value, n.span)).collect();
                (found != spans).then(|| {
                    let found: Vec<_> = found.iter().map(|(v, s)| format!("[{v} {}]", s.of(&text))).collect();
                    format!("found {}", if found.is_empty() { "nothing".to_owned() } else { found.join(" ") })
                })
            }
        };
        let yes = marked.contains('[');
        let example =
            Example { file: format!("{tag}/words.toml"), rule: "numbers".into(), marked: marked.clone(), yes };
        ExampleResult { example, failure }
    };
    pack.concepts.examples.iter().map(run).collect()
}

/// Cuts a text with a pack's segmentation, for tests of this room.
#[cfg(test)]
pub(crate) fn cut<'a>(text: &'a str, packs: &Packs, tag: &str) -> Text<'a> {
    let plain = crate::text::Segmentation::without_pack();
    Text::new(text, packs.get(tag).map_or(&plain, |p| &p.segmentation), &packs.vocabulary)
}

#[cfg(test)]
mod tests;
