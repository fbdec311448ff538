//! A trace with the look-ups that all parts of the page share: who is where, under which anchor.
//!
//! Ids in a saved trace are any text; anchors are made of places in it (`a3s2`: article 3, statement 2),
//! so that nothing from a page can name a place in the report.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use sumber::wire;

/// Which part of an article a member of a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A statement, by its place in the article.
    Statement(usize),
    /// A sentence without a source, by its place in [`Report::sentences`].
    Sentence(usize),
    /// Named by the claim, not found in the article.
    Lost,
}

/// A member of a claim, found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Place of the article in the trace.
    pub article: usize,
    /// The part of it.
    pub part: Part,
}

/// A trace, ready to be written as a page.
pub struct Report<'a> {
    /// What is reported.
    pub trace: &'a wire::Trace,
    by_id: HashMap<&'a str, usize>,
    texts: Vec<Text<'a>>,
    statements: Vec<HashMap<&'a str, usize>>,
    /// Sentences that claims name by their words: byte ranges, for each article, in reading order.
    pub sentences: Vec<Vec<Range<usize>>>,
    /// Claims that name a part, by place; denied ones are marked.
    claims_of: BTreeMap<Said, Vec<(usize, bool)>>,
    /// Where the words of a sentence stand among [`Report::sentences`].
    sentence_of: HashMap<(usize, &'a str), usize>,
}

/// A text whose places are code points.
struct Text<'a> {
    text: &'a str,
    /// Byte offset of every code point and of the end; none for ASCII.
    offsets: Option<Vec<u32>>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Text<'a> {
        let offsets = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect());
        Text { text, offsets }
    }

    /// Bytes of a place; places beyond the text are cut.
    fn range(&self, place: wire::Place) -> Range<usize> {
        let byte = |point: u32| match &self.offsets {
            None => (point as usize).min(self.text.len()),
            Some(offsets) => offsets.get(point as usize).map_or(self.text.len(), |&at| at as usize),
        };
        let start = byte(place.start);
        start..byte(place.end).max(start)
    }
}

impl<'a> Report<'a> {
    /// Makes the look-ups.
    pub fn new(trace: &'a wire::Trace) -> Report<'a> {
        let mut report = Report {
            trace,
            by_id: trace.articles.iter().enumerate().rev().map(|(n, a)| (a.page.id.as_str(), n)).collect(),
            texts: trace.articles.iter().map(|a| Text::new(&a.page.text)).collect(),
            statements: trace
                .articles
                .iter()
                .map(|a| a.statements.iter().enumerate().rev().map(|(n, s)| (s.id.as_str(), n)).collect())
                .collect(),
            sentences: vec![Vec::new(); trace.articles.len()],
            claims_of: BTreeMap::new(),
            sentence_of: HashMap::new(),
        };
        let mut found: HashMap<(usize, &str), Range<usize>> = HashMap::new();
        for member in trace.claims.iter().flat_map(|claim| claim.members.iter().chain(&claim.disputed_by)) {
            let (Some(&article), None, Some(words)) =
                (report.by_id.get(member.article.as_str()), &member.statement, member.text.as_deref())
            else {
                continue;
            };
            if found.contains_key(&(article, words)) {
                continue;
            }
            if let Some(range) = find_sentence(&trace.articles[article].page.text, words) {
                report.sentences[article].push(range.clone());
                found.insert((article, words), range);
            }
        }
        for sentences in &mut report.sentences {
            sentences.sort_by_key(|range| (range.start, range.end));
            sentences.dedup();
        }
        for ((article, words), range) in found {
            if let Some(place) = report.sentences[article].iter().position(|known| *known == range) {
                report.sentence_of.insert((article, words), place);
            }
        }
        for (c, claim) in trace.claims.iter().enumerate() {
            for (members, denied) in [(&claim.members, false), (&claim.disputed_by, true)] {
                for said in members.iter().filter_map(|member| report.said(member)).collect::<Vec<_>>() {
                    let claims = report.claims_of.entry(said).or_default();
                    if !claims.contains(&(c, denied)) {
                        claims.push((c, denied));
                    }
                }
            }
        }
        report
    }

    /// Place of the article with this id.
    pub fn article(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Finds a member; `None` where its article is not in the trace.
    pub fn said(&self, member: &wire::Member) -> Option<Said> {
        let article = self.article(&member.article)?;
        let part = match &member.statement {
            Some(id) => self.statements[article].get(id.as_str()).map_or(Part::Lost, |&n| Part::Statement(n)),
            None => member
                .text
                .as_deref()
                .and_then(|words| self.sentence_of.get(&(article, words)))
                .map_or(Part::Lost, |&place| Part::Sentence(place)),
        };
        Some(Said { article, part })
    }

    /// A statement by the article's place and its id.
    pub fn statement_place(&self, article: usize, id: &str) -> Option<usize> {
        self.statements[article].get(id).copied()
    }

    /// The chain of a member; empty for sentences without a source.
    pub fn chain(&self, member: &wire::Member) -> &'a [wire::Link] {
        match self.said(member) {
            Some(Said { article, part: Part::Statement(n) }) => &self.trace.articles[article].statements[n].chain,
            _ => &[],
        }
    }

    /// The words of a member.
    pub fn words(&self, member: &wire::Member) -> String {
        let Some(Said { article, part }) = self.said(member) else {
            return member.text.clone().unwrap_or_default();
        };
        match part {
            Part::Statement(n) => {
                let statement = &self.trace.articles[article].statements[n];
                let pieces: Vec<&str> =
                    statement.content.iter().map(|&place| self.slice(article, place).trim()).collect();
                let words = pieces.join(" … ");
                if words.is_empty() {
                    statement.cue.map_or("", |cue| self.slice(article, cue)).to_owned()
                } else {
                    words
                }
            }
            Part::Sentence(n) => self.trace.articles[article].page.text[self.sentences[article][n].clone()].to_owned(),
            Part::Lost => member.text.clone().unwrap_or_default(),
        }
    }

    /// The claims that a part makes, and whether it denies them.
    pub fn claims_of(&self, said: Said) -> &[(usize, bool)] {
        self.claims_of.get(&said).map_or(&[], Vec::as_slice)
    }

    /// Bytes of a place in an article.
    pub fn range(&self, article: usize, place: wire::Place) -> Range<usize> {
        self.texts[article].range(place)
    }

    /// Words of a place in an article.
    pub fn slice(&self, article: usize, place: wire::Place) -> &'a str {
        &self.texts[article].text[self.range(article, place)]
    }

    /// Name of an article's publisher; its file's name where the page does not tell.
    pub fn outlet(&self, article: usize) -> &'a str {
        let article = &self.trace.articles[article];
        let named = article.page.outlet.as_ref().map(|outlet| outlet.name.trim()).filter(|name| !name.is_empty());
        named.unwrap_or_else(|| article.page.path.rsplit(['/', '\\']).next().unwrap_or(&article.page.path))
    }

    /// Whether a link names an article's publisher.
    pub fn is_outlet(&self, article: usize, link: &wire::Link) -> bool {
        let Some(outlet) = &self.trace.articles[article].page.outlet else { return false };
        let (name, domain) = (key(&outlet.name), outlet.domain.as_deref().map(key));
        let mut names = link.names.iter().chain([&link.text]).map(|name| key(name));
        names.any(|cited| {
            // Many media are named with and without their article: up to three letters in front.
            let (long, short) = if cited.len() > name.len() { (&cited, &name) } else { (&name, &cited) };
            let with_article = short.len() > 3 && long.len() - short.len() <= 3 && long.ends_with(short.as_str());
            !cited.is_empty() && (cited == name || with_article || Some(&cited) == domain.as_ref())
        })
    }

    /// Anchor of an article.
    pub fn article_anchor(&self, article: usize) -> String {
        format!("a{}", article + 1)
    }

    /// Anchor of a statement.
    pub fn statement_anchor(&self, article: usize, statement: usize) -> String {
        format!("a{}s{}", article + 1, statement + 1)
    }

    /// Anchor of a member's words, or of its article.
    pub fn anchor(&self, said: Said) -> String {
        match said.part {
            Part::Statement(n) => self.statement_anchor(said.article, n),
            Part::Sentence(n) => format!("a{}t{}", said.article + 1, n + 1),
            Part::Lost => self.article_anchor(said.article),
        }
    }

    /// Anchor of an event's words.
    pub fn event_anchor(&self, article: usize, event: usize) -> String {
        format!("a{}e{}", article + 1, event + 1)
    }
}

/// Bytes of a sentence that is named by its words.
fn find_sentence(text: &str, words: &str) -> Option<Range<usize>> {
    let words = words.trim();
    let start = text.find(words).filter(|_| !words.is_empty())?;
    Some(start..start + words.len())
}

/// Names with the same key are one: letters and digits alone.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
