//! What many newsrooms might write in a year, as analyses, with the truth: which articles tell one story, which
//! were made from another, which statements say the same. No text that anybody wrote: words are numbers in the
//! letters of their language. Names, concepts and words are as skewed as in the news (Zipf), stories have 1 to
//! 200 articles, and newsrooms leave out, reword, copy, cut and translate. The same seed gives the same articles.

mod tell;

use std::collections::BTreeMap;

use sumber::{Analysis, Article};

#[path = "../varied/mixed.rs"]
mod mixed;

use mixed::Mixed;
use tell::{Told, Word};

/// Languages, and of how many of a hundred articles each is.
const LANGUAGES: [(&str, usize); 4] = [("en", 40), ("id", 30), ("it", 20), ("es", 10)];
/// Newsrooms of each language.
const OUTLETS: usize = 150;
/// Words of each language.
const VOCABULARY: usize = 40_000;
/// Concepts that the packs might share.
const CONCEPTS: usize = 700;
/// States, and people and bodies who are in the news again and again.
const FAMOUS: usize = 1_500;
/// No story has more articles.
const MOST_TOLD: usize = 200;
/// Days in which all of it happens.
const DAYS: usize = 365;

/// Who may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// The world data knows it.
    Famous(u32),
    /// Only its story names it.
    Of(u32, u32),
}

/// Something that a story's sources say; newsrooms render it in their words.
struct Fact {
    names: Vec<Name>,
    concepts: Vec<u32>,
    number: Option<u32>,
    /// Ranks of the words that it is told with, in any language.
    words: Vec<u32>,
    /// Who says it; `None` for two unnamed officials.
    source: Option<Name>,
}

/// What is so, by articles' and statements' places.
#[derive(Default)]
pub struct Truth {
    /// The story of each article.
    pub stories: Vec<u32>,
    /// The first article of which each is a copy, in however many steps; itself for originals.
    pub families: Vec<u32>,
    /// The fact of each statement of each article.
    pub facts: Vec<Vec<u32>>,
}

/// One newsroom's article while it is made.
struct Draft {
    language: usize,
    outlet: usize,
    day: usize,
    sentences: Vec<Told>,
    family: u32,
}

/// Articles with their analyses, and what is so.
pub fn write(count: usize, seed: u64) -> (Vec<(Article, Analysis)>, Truth) {
    let mut mixed = Mixed::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (mut articles, mut truth) = (Vec::with_capacity(count), Truth::default());
    let mut facts_before = 0;
    for story in 0.. {
        let left = count - articles.len();
        if left == 0 {
            break;
        }
        let (facts, drafts) = write_story(&mut mixed, story, left, articles.len() as u32);
        for draft in drafts {
            truth.stories.push(story);
            truth.families.push(draft.family);
            let told = draft.sentences.iter().filter_map(|s| s.fact);
            truth.facts.push(told.map(|fact| facts_before + fact as u32).collect());
            let number = articles.len();
            articles.push(tell::article(number, &draft, &facts));
        }
        facts_before += facts.len() as u32;
    }
    (articles, truth)
}

/// A happening and what newsrooms make of it: at most `most` articles, the first of which has the number `first`.
fn write_story(mixed: &mut Mixed, story: u32, most: usize, first: u32) -> (Vec<Fact>, Vec<Draft>) {
    let size = heavy(mixed, MOST_TOLD).min(most);
    let day = mixed.below(DAYS);
    let mut names: Vec<Name> = (0..2 + mixed.below(3)).map(|_| Name::Famous(skewed(mixed, FAMOUS))).collect();
    names.extend((0..2 + mixed.below(4) as u32).map(|n| Name::Of(story, n)));
    let concepts: Vec<u32> = (0..6).map(|_| skewed(mixed, CONCEPTS)).collect();
    let facts: Vec<Fact> = (0..10 + mixed.below(12)).map(|_| fact(mixed, &names, &concepts)).collect();
    let mut drafts: Vec<Draft> = Vec::with_capacity(size);
    for n in 0..size {
        let draft = match (n > 0).then(|| mixed.below(100)) {
            Some(0..15) => copied(mixed, &drafts, n),
            Some(15..20) => translated(mixed, &drafts, n),
            _ => own(mixed, &facts, &names, day, first + n as u32),
        };
        drafts.push(draft);
    }
    (facts, drafts)
}

fn fact(mixed: &mut Mixed, names: &[Name], concepts: &[u32]) -> Fact {
    let mut pick = |count: usize| -> Vec<Name> { (0..count).map(|_| names[mixed.below(names.len())]).collect() };
    let (mut who, source) = (pick(2), pick(1)[0]);
    who.dedup();
    let mut what = vec![concepts[mixed.below(concepts.len())]];
    what.extend((0..2).map(|_| skewed(mixed, CONCEPTS)));
    Fact {
        names: who,
        concepts: what,
        number: (mixed.below(10) < 4).then(|| 2 + mixed.below(5_000) as u32),
        words: (0..8).map(|_| skewed(mixed, VOCABULARY)).collect(),
        source: (mixed.below(10) < 7).then_some(source),
    }
}

/// What a newsroom writes itself: what matters most first, something left out, background between.
fn own(mixed: &mut Mixed, facts: &[Fact], names: &[Name], day: usize, number: u32) -> Draft {
    // what matters most is told by most, and each newsroom goes on as it sees fit
    let likely = |n: usize| [100, 60, 60].get(n).copied().unwrap_or(25);
    let mut told: Vec<usize> = (0..facts.len()).filter(|&n| mixed.below(100) < likely(n)).collect();
    for n in (1..told.len()).rev() {
        told.swap(n, mixed.below(n + 1));
    }
    let latest = if mixed.below(4) == 0 { 3 } else { 1 };
    if let Some(lead) = told.iter().position(|&n| n < latest) {
        told.swap(0, lead);
    }
    let mut sentences = Vec::new();
    for n in told {
        sentences.push(rendered(mixed, n, &facts[n]));
        for _ in 0..mixed.below(4) {
            sentences.push(background(mixed, names));
        }
    }
    let (language, outlet) = newsroom(mixed, None);
    Draft { language, outlet, day: day + mixed.below(3), sentences, family: number }
}

/// A statement in a newsroom's words: something is dropped, something is added.
fn rendered(mixed: &mut Mixed, number: usize, fact: &Fact) -> Told {
    let mut words: Vec<Word> = Vec::new();
    let mut keep = |share: usize, word: Word| words.extend((mixed.below(100) < share).then_some(word));
    fact.names.iter().for_each(|&name| keep(90, Word::Name(name)));
    fact.concepts.iter().for_each(|&concept| keep(85, Word::Concept(concept)));
    fact.number.iter().for_each(|&value| keep(90, Word::Number(value)));
    fact.words.iter().for_each(|&word| keep(55, Word::Plain(word)));
    words.extend(aside(mixed));
    // no two newsrooms put the same words in the same order
    for n in (1..words.len()).rev() {
        words.swap(n, mixed.below(n + 1));
    }
    Told { fact: Some(number), words }
}

/// Words that nobody else writes there.
fn aside(mixed: &mut Mixed) -> Vec<Word> {
    let mut words: Vec<Word> = (0..3 + mixed.below(6)).map(|_| Word::Plain(skewed(mixed, VOCABULARY))).collect();
    words.extend((0..mixed.below(3)).map(|_| Word::Concept(skewed(mixed, CONCEPTS))));
    if mixed.below(8) == 0 {
        words.push(Word::Number(2 + mixed.below(5_000) as u32));
    }
    if mixed.below(6) == 0 {
        words.push(Word::Name(Name::Famous(skewed(mixed, FAMOUS))));
    }
    words
}

fn background(mixed: &mut Mixed, names: &[Name]) -> Told {
    let mut words = aside(mixed);
    if mixed.below(3) == 0 {
        words.push(Word::Name(names[mixed.below(names.len())]));
    }
    Told { fact: None, words }
}

/// Another newsroom of the language prints an article of before, cut from the bottom, with a sentence of its own.
fn copied(mixed: &mut Mixed, drafts: &[Draft], n: usize) -> Draft {
    let from = &drafts[mixed.below(n)];
    let kept = (from.sentences.len() * (70 + mixed.below(31)) / 100).max(4);
    let mut sentences: Vec<Told> = from.sentences.iter().take(kept).cloned().collect();
    let at = mixed.below(sentences.len());
    sentences.insert(at, background(mixed, &[Name::Famous(0)]));
    let (language, outlet) = newsroom(mixed, Some(from.language));
    Draft { language, outlet, day: from.day + 1, sentences, family: from.family }
}

/// A newsroom of another language prints it: names, numbers and concepts stay where they were.
fn translated(mixed: &mut Mixed, drafts: &[Draft], n: usize) -> Draft {
    let from = &drafts[mixed.below(n)];
    let (mut language, mut outlet) = newsroom(mixed, None);
    while language == from.language {
        (language, outlet) = newsroom(mixed, None);
    }
    Draft { language, outlet, day: from.day + 1, sentences: from.sentences.clone(), family: from.family }
}

/// A language, the given one or as likely as it is, and one of its newsrooms.
fn newsroom(mixed: &mut Mixed, language: Option<usize>) -> (usize, usize) {
    let language = language.unwrap_or_else(|| {
        let mut rest = mixed.below(100);
        let fits = |(_, share): &(&str, usize)| {
            let here = rest < *share;
            rest = rest.saturating_sub(*share);
            here
        };
        LANGUAGES.iter().position(fits).unwrap_or(0)
    });
    (language, skewed(mixed, OUTLETS) as usize)
}

/// A rank below `count`, the first ones most often: nearly Zipf's law, by the inverse of its integral.
fn skewed(mixed: &mut Mixed, count: usize) -> u32 {
    let share = mixed.below(1 << 20) as f64 / f64::from(1 << 20);
    ((count as f64 + 1.0).powf(share) - 1.0) as u32
}

/// A number from 1 to `most` with a heavy tail (Pareto, exponent 1.1).
fn heavy(mixed: &mut Mixed, most: usize) -> usize {
    let share = (mixed.below(1 << 20) + 1) as f64 / f64::from(1 << 20);
    (share.powf(-1.0 / 1.1) as usize).min(most)
}

/// Precision and recall of pairs that stand together, by the classes that each thing is in: found, true.
pub fn pairs(classes: impl Iterator<Item = (u32, u32)>) -> (f64, f64) {
    let (mut found, mut truth) = (BTreeMap::<u32, u64>::new(), BTreeMap::<u32, u64>::new());
    let mut both = BTreeMap::<(u32, u32), u64>::new();
    for (one, other) in classes {
        *found.entry(one).or_default() += 1;
        *truth.entry(other).or_default() += 1;
        *both.entry((one, other)).or_default() += 1;
    }
    let sum = |counts: &mut dyn Iterator<Item = u64>| counts.map(|n| n * (n - 1) / 2).sum::<u64>() as f64;
    let shared = sum(&mut both.into_values());
    (shared / sum(&mut found.into_values()).max(1.0), shared / sum(&mut truth.into_values()).max(1.0))
}
