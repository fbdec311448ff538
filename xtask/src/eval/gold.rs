//! What a careful reader would answer: a collection's `gold.json`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

/// A collection's answers.
#[derive(Debug, Deserialize)]
pub struct Gold {
    pub name: String,
    pub stories: Vec<Vec<String>>,
    #[serde(default)]
    pub copies: Vec<Copy>,
    pub articles: BTreeMap<String, Article>,
    #[serde(default)]
    pub claims: Vec<Claim>,
}

#[derive(Debug, Deserialize)]
pub struct Copy {
    pub from: String,
    pub to: String,
}

/// An article's answers; what a collection does not annotate is `None`.
#[derive(Debug, Deserialize)]
pub struct Article {
    pub lang: String,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    #[serde(default)]
    pub includes: Vec<String>,
    #[serde(default)]
    pub excludes: Vec<String>,
    pub entities: Option<Vec<Entity>>,
    pub statements: Option<Vec<Statement>>,
    pub events: Option<Vec<Event>>,
    pub times: Option<Vec<Time>>,
}

#[derive(Debug, Deserialize)]
pub struct Entity {
    pub text: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub id: String,
}

#[derive(Debug, Deserialize)]
pub struct Time {
    pub text: String,
    pub value: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Statement {
    pub content: Content,
    pub cue: Option<String>,
    pub source: Option<String>,
    pub kind: String,
    pub stance: String,
    #[serde(default)]
    pub chain: Vec<Link>,
    pub chain_alt: Option<Vec<Link>>,
}

/// What is said: one stretch of text, or several around the cue.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Content {
    One(String),
    Several(Vec<String>),
}

impl Content {
    pub fn joined(&self) -> String {
        match self {
            Content::One(text) => text.clone(),
            Content::Several(parts) => parts.join(" "),
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Link {
    pub kind: String,
    #[serde(default)]
    pub names: Vec<String>,
    pub country: Option<String>,
    pub count: Option<u32>,
}

#[derive(Debug, Deserialize)]
pub struct Event {
    #[serde(rename = "type")]
    pub kind: String,
    pub trigger: String,
    #[serde(default)]
    pub actors: Vec<String>,
    #[serde(default)]
    pub recipients: Vec<String>,
    pub date: Option<String>,
    pub status: String,
    /// Index into the article's statements of the one that reports it.
    pub statement: Option<u32>,
}

#[derive(Debug, Deserialize)]
pub struct Claim {
    pub gist: String,
    pub members: Vec<Member>,
    pub independent: u32,
    #[serde(default)]
    pub disputed_by: Vec<Member>,
}

/// A statement by article and number, or a sentence by its words.
#[derive(Debug, Deserialize)]
pub struct Member(pub String, pub Part);

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Part {
    Statement(usize),
    Sentence(String),
}

impl Gold {
    /// Reads `FOLDER/gold.json`.
    pub fn read(folder: &Path) -> anyhow::Result<Gold> {
        let path = folder.join("gold.json");
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not in the gold's format", path.display()))
    }
}
