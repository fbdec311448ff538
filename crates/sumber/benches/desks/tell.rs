//! A draft as an article and its analysis.

use std::num::NonZeroU32;
use std::sync::Arc;

use sumber::core::{
    Analysis, Article, ArticleId, Concept, ContentWord, Entity, EntityIndex, EntityKind, Link, LinkKind, Mention,
    Number, Outlet, Span, Stance, Statement, StatementKind, TimeMention, hash64,
};

use super::{Draft, Fact, LANGUAGES, Name};

/// One word of a sentence.
#[derive(Clone, Copy)]
pub enum Word {
    Plain(u32),
    Concept(u32),
    Number(u32),
    Name(Name),
}

/// A sentence, and the fact that it tells.
#[derive(Clone)]
pub struct Told {
    pub fact: Option<usize>,
    pub words: Vec<Word>,
}

/// The article and what is found in it.
pub fn article(number: usize, draft: &Draft, facts: &[Fact]) -> (Article, Analysis) {
    let (tag, _) = LANGUAGES[draft.language];
    let mut desk = Desk { tag, text: String::new(), analysis: Analysis::default() };
    desk.analysis.language = Some(tag.to_owned());
    for (n, told) in draft.sentences.iter().enumerate() {
        let begin = desk.text.len() as u32;
        for word in &told.words {
            desk.add(word);
        }
        if n == 0 {
            // the day of the news stands in the first paragraph
            let span = desk.push("today");
            desk.analysis.times.push(TimeMention { span, value: Some(date(draft.day)) });
        }
        let sentence = Span::new(begin, desk.text.len() as u32 - 1);
        desk.analysis.sentences.push(sentence);
        if let Some(fact) = told.fact {
            let chain = vec![desk.link(facts[fact].source)];
            desk.analysis.statements.push(Statement {
                content: vec![sentence],
                cue: None,
                source: None,
                kind: StatementKind::Indirect,
                stance: Stance::Asserts,
                chain,
                hearsay: false,
                rule: "made".to_owned(),
            });
        }
        desk.text.push('\n');
    }
    // the headline is of words of the lead
    let title = desk.text.split(' ').take(8).collect::<Vec<_>>().join(" ");
    let article = Article {
        id: ArticleId(hash64(&(number as u64).to_le_bytes())),
        path: format!("made/{number:07}.txt"),
        outlet: Some(Outlet { name: format!("Harian {tag} {}", draft.outlet), domain: None }),
        published: Some(date(draft.day)),
        title: Some(title),
        text: desk.text,
        ..Article::default()
    };
    (article, desk.analysis)
}

struct Desk {
    tag: &'static str,
    text: String,
    analysis: Analysis,
}

impl Desk {
    fn push(&mut self, word: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(word);
        let span = Span::new(start, self.text.len() as u32);
        self.text.push(' ');
        span
    }

    fn add(&mut self, word: &Word) {
        let written = match word {
            Word::Plain(rank) => format!("{}{}", self.tag, letters(*rank)),
            Word::Concept(rank) => format!("{}x{}", self.tag, letters(*rank)),
            Word::Number(value) => value.to_string(),
            Word::Name(name) => called(*name),
        };
        let span = self.push(&written);
        match word {
            Word::Concept(rank) => self.analysis.concepts.push(Concept { span, id: format!("c{rank}").into() }),
            Word::Number(value) => self.analysis.numbers.push(Number { span, value: value.to_string() }),
            Word::Name(name) => {
                let entity = self.entity(*name);
                self.analysis.mentions.push(Mention { span, entity });
            }
            Word::Plain(_) => {}
        }
        if !matches!(word, Word::Number(_)) {
            let looks = matches!(word, Word::Name(_)).then(|| hash64(written.as_bytes()) as u32);
            let looks = looks.and_then(NonZeroU32::new);
            self.analysis.words.push(ContentWord { span, stem: hash64(written.as_bytes()) as u32, looks });
        }
    }

    fn entity(&mut self, name: Name) -> EntityIndex {
        let called = called(name);
        let known = matches!(name, Name::Famous(_));
        let id = if known { format!("person:{called}") } else { format!("name:~{}", called.to_lowercase()) };
        let entities = &mut self.analysis.entities;
        let place = entities.iter().position(|e| e.id == id).unwrap_or_else(|| {
            entities.push(Entity {
                id,
                kind: EntityKind::Person,
                names: vec![called.clone()],
                keys: vec![called.to_lowercase()],
                name: called,
                country: None,
                owner: None,
                link: LinkKind::Person,
                known,
            });
            entities.len() - 1
        });
        EntityIndex(place as u32)
    }

    fn link(&mut self, source: Option<Name>) -> Link {
        let (kind, text, entity) = match source {
            Some(name) => (LinkKind::Person, called(name), Some(self.entity(name))),
            None => (LinkKind::Anonymous, "two officials".to_owned(), None),
        };
        let names: Arc<[String]> = if entity.is_some() { [text.clone()].into() } else { [].into() };
        Link { kind, text, span: None, entity, names, country: None, count: None }
    }
}

/// A name in two words, as people have.
fn called(name: Name) -> String {
    let (given, family) = match name {
        Name::Famous(n) => (n % 97, 1_000 + n),
        Name::Of(story, n) => (story % 89 + n * 13, 10_000 + story * 7 + n),
    };
    let capital = |n: u32| {
        let mut word = letters(n);
        word[..1].make_ascii_uppercase();
        word
    };
    format!("{} {}", capital(given), capital(family))
}

/// A number in syllables, each number in its own.
fn letters(mut number: u32) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wu", "za"];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

/// The day as a date of the year 2023 and what follows it, every month of 28 days.
fn date(day: usize) -> String {
    format!("{}-{:02}-{:02}", 2023 + day / 336, day % 336 / 28 + 1, day % 28 + 1)
}
