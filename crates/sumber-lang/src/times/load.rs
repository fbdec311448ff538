//! Reading `times.toml`, and running its examples.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::hits::{Digits, Entry};
use super::labels::{Label, TENSES};
use super::mentions;
use super::pattern::{Index, Pattern, PatternError};
use super::resolve::{Method, Tense};
use crate::Packs;
use crate::lexicon::{Lists, Phrases, Vocabulary, WordId};
use crate::pack::{Example, ExampleResult, Loader, MarkedText, Pack, PackFile, closest};
use crate::text::Text;

const FILE: &str = "times.toml";

/// A pack's words and patterns about times.
#[derive(Clone, Debug, Default)]
pub struct TimePack {
    pub(super) words: Phrases<Entry>,
    pub(super) digits: Digits,
    pub(super) rules: Vec<Rule>,
    pub(super) index: Index,
    /// Endings of verbs in lower case that tell the tense, longest first.
    pub(super) endings: Vec<(String, i32)>,
    /// Words with such an ending that tell nothing, sorted.
    pub(super) no_endings: Vec<WordId>,
    /// The day of publication of the examples.
    published: Option<String>,
}

/// A pattern and what it means.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: String,
    pub pattern: Pattern,
    pub method: Method,
    pub tense: Option<Tense>,
    published: Option<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TimesFile {
    /// Day of publication of the examples.
    published: Option<String>,
    numbers: NumbersTable,
    #[serde(default)]
    endings: EndingsTable,
    words: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Vec<String>>>,
    #[serde(default)]
    rule: Vec<RuleTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumbersTable {
    order: Spanned<String>,
    #[serde(default)]
    ordinal_endings: Vec<String>,
    #[serde(default)]
    decade_endings: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct EndingsTable {
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    future: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    id: Spanned<String>,
    #[allow(dead_code)] // for the reader of the file
    about: Option<String>,
    pattern: Option<Spanned<String>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    value: Spanned<String>,
    tense: Option<Spanned<String>>,
    published: Option<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

impl TimePack {
    /// Notes in the vocabulary which words expressions begin with.
    pub(crate) fn mark(&self, vocabulary: &mut Vocabulary) {
        vocabulary.mark(self.words.firsts(), Lists::TIMES);
        vocabulary.mark(self.index.firsts(), Lists::TIMES);
    }

    /// Reads `times.toml` of the pack that `loader` stands in; without one, nothing is a time.
    pub fn load(loader: &mut Loader<'_>) -> TimePack {
        let Some(PackFile { value: file, text }) = loader.toml::<TimesFile>(FILE) else { return TimePack::default() };
        let mut pack = TimePack { published: file.published, ..TimePack::default() };
        let line = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
        pack.digits = Digits {
            month_first: match file.numbers.order.get_ref().as_str() {
                "month-day" => true,
                "day-month" => false,
                other => {
                    let known = ["day-month", "month-day"];
                    loader.unknown_label(FILE, line(file.numbers.order.span().start), other, known.into_iter());
                    false
                }
            },
            ordinal_endings: file.numbers.ordinal_endings,
            decade_endings: file.numbers.decade_endings,
        };
        for (name, values) in &file.words {
            let Some(label) = Label::parse(name.get_ref()).filter(|l| !l.is_built_in()) else {
                let known = Label::ALL.iter().filter(|l| !l.is_built_in()).map(|l| l.as_str());
                loader.unknown_label(FILE, line(name.span().start), name.get_ref(), known);
                continue;
            };
            for (value, words) in values {
                let Some(number) = label.parse_value(value.get_ref()) else {
                    let names = label.value_names();
                    let hint = match closest(value.get_ref(), names.iter().copied()) {
                        Some(name) => format!("did you mean '{name}'?"),
                        None if names.is_empty() => format!("it takes {:?}", label.range()),
                        None => format!("known are {}", names.join(", ")),
                    };
                    let message = format!("'{}' is no value of '{}'; {hint}", value.get_ref(), label.as_str());
                    loader.error(FILE, line(value.span().start), 0, message);
                    continue;
                };
                for word in words {
                    let capital = word.chars().next().is_some_and(char::is_uppercase);
                    let phrase = loader.vocabulary.intern_phrase(word);
                    pack.words.insert(&phrase, Entry { label, value: number, capital });
                }
            }
        }
        let mut endings: Vec<(String, i32)> = Vec::new();
        endings.extend(file.endings.past.into_iter().map(|e| (e, 0)));
        endings.extend(file.endings.future.into_iter().map(|e| (e, 1)));
        endings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        pack.endings = endings;
        pack.no_endings = file.endings.except.iter().map(|word| loader.vocabulary.intern(word)).collect();
        pack.no_endings.sort_unstable();
        for table in file.rule {
            pack.add_rule(loader, table, &line);
        }
        loader.count(FILE, pack.rules.len());
        pack
    }

    fn add_rule(&mut self, loader: &mut Loader<'_>, table: RuleTable, line: &dyn Fn(usize) -> usize) {
        let at = line(table.id.span().start);
        let id = table.id.into_inner();
        if self.rules.iter().any(|r| r.id == id) {
            loader.error(FILE, at, 0, format!("the rule '{id}' stands here a second time"));
        }
        let Some(method) = Method::parse(table.value.get_ref()) else {
            let known = Method::NAMES.iter().copied();
            return loader.unknown_label(FILE, line(table.value.span().start), table.value.get_ref(), known);
        };
        let tense = match table.tense.as_ref().map(|t| (t.get_ref().as_str(), t.span().start)) {
            None => None,
            Some(("past", _)) => Some(Tense::Past),
            Some(("future", _)) => Some(Tense::Future),
            Some(("weak-future", _)) => Some(Tense::WeakFuture),
            Some((other, offset)) => {
                return loader.unknown_label(FILE, line(offset), other, TENSES.iter().copied());
            }
        };
        let patterns: Vec<Spanned<String>> = table.pattern.into_iter().chain(table.patterns).collect();
        if patterns.is_empty() {
            loader.error(FILE, at, 0, format!("the rule '{id}' has no pattern"));
        }
        let mut examples = Some((table.yes, table.no));
        for pattern in patterns {
            match Pattern::parse(pattern.get_ref(), loader.vocabulary) {
                Ok(parsed) => {
                    // the examples belong to the rule, whichever of its patterns fires
                    let (yes, no) = examples.take().unwrap_or_default();
                    self.index.add(&parsed, self.rules.len());
                    let published = table.published.clone();
                    self.rules.push(Rule { id: id.clone(), pattern: parsed, method, tense, published, yes, no });
                }
                Err(PatternError::Label(name)) => {
                    let known = Label::ALL.iter().map(|l| l.as_str());
                    loader.unknown_label(FILE, line(pattern.span().start), &name, known);
                }
                Err(PatternError::Form(message)) => loader.error(FILE, line(pattern.span().start), 0, message),
            }
        }
    }
}

/// Runs every example: a `yes` must give exactly what is marked (`[2025-03-17 Monday]`, `[? Monday]`
/// for a value that cannot be known) with its rule taking part, in a `no` the rule must not fire.
pub(super) fn run_examples(packs: &Packs, pack: &Pack) -> Vec<ExampleResult> {
    let times = &pack.times;
    let mut results = Vec::new();
    for rule in &times.rules {
        let published = rule.published.as_ref().or(times.published.as_ref()).map(String::as_str);
        let examples = rule.yes.iter().map(|e| (e, true)).chain(rule.no.iter().map(|e| (e, false)));
        for (marked, yes) in examples {
            let example =
                Example { file: format!("{}/{FILE}", pack.tag), rule: rule.id.clone(), marked: marked.clone(), yes };
            let failure = run_example(packs, pack, &rule.id, marked, published, yes).err();
            results.push(ExampleResult { example, failure });
        }
    }
    results
}

fn run_example(
    packs: &Packs,
    pack: &Pack,
    rule: &str,
    marked: &str,
    published: Option<&str>,
    yes: bool,
) -> Result<(), String> {
    let marked = MarkedText::parse(marked)?;
    let text = Text::new(&marked.text, &pack.segmentation, &packs.vocabulary);
    let found = mentions(&text, published, &pack.times);
    let fired = found.iter().any(|m| pack.times.rules[m.rule].id == rule);
    let have: Vec<String> = found
        .iter()
        .map(|m| format!("[{} {}]", m.when.map_or("?".to_owned(), |w| w.to_string()), m.span.of(&marked.text)))
        .collect();
    let have = have.join(" ");
    if !yes {
        return if fired { Err(format!("the rule fired and the text gave {have}")) } else { Ok(()) };
    }
    let mut spans = marked.spans;
    spans.sort_by_key(|(_, span)| span.start);
    let want: Vec<String> = spans.iter().map(|(label, span)| format!("[{label} {}]", span.of(&marked.text))).collect();
    let want = want.join(" ");
    if have != want {
        return Err(format!("found {have}"));
    }
    if fired || want.is_empty() { Ok(()) } else { Err("another rule found this".to_owned()) }
}
