//! Invented articles and what newsrooms do to them. The same seed gives the same articles.

use std::collections::BTreeMap;
use std::path::Path;

use sumber::core::{Article, ArticleId, EntityKind, Outlet, Span, hash64};
use sumber::{Analysis, Packs, PageHints};

use super::mixed::{Mixed, name};
use crate::eval;

/// A sentence with the words that may be exchanged.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    text: String,
    /// In reading order, none overlapping another.
    slots: Vec<(Span, Slot)>,
}

/// A word or words that may be exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Person,
    Number,
    /// No name, number, date or reporting word; the concept that it tells.
    Word(Option<String>),
}

impl Sentence {
    /// The sentence with other words where `other` has any.
    fn filled(&self, mut other: impl FnMut(&Slot, &str) -> Option<String>) -> Sentence {
        let mut out = Sentence::default();
        let mut end = 0;
        for (span, slot) in &self.slots {
            out.text.push_str(&self.text[end..span.start as usize]);
            let start = out.text.len();
            let words = span.of(&self.text);
            match other(slot, words) {
                Some(others) => out.text.push_str(&others),
                None => out.text.push_str(words),
            }
            out.slots.push((Span::from(start..out.text.len()), slot.clone()));
            end = span.end as usize;
        }
        out.text.push_str(&self.text[end..]);
        out
    }
}

/// What an article is about: the people, figures and words that come again and again in it.
struct Happening {
    people: Vec<String>,
    numbers: Vec<String>,
    words: Vec<String>,
}

/// An article as its paragraphs of sentences.
#[derive(Clone, Debug)]
pub struct Draft {
    pub path: String,
    pub language: String,
    pub outlet: String,
    pub published: Option<String>,
    pub title: String,
    pub paragraphs: Vec<Vec<Sentence>>,
}

impl Draft {
    /// The article that a reader of its page would have.
    pub fn article(&self) -> Article {
        let paragraphs: Vec<String> = self
            .paragraphs
            .iter()
            .map(|sentences| sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "))
            .filter(|paragraph| !paragraph.is_empty())
            .collect();
        Article {
            id: ArticleId(hash64(self.path.as_bytes())),
            path: self.path.clone(),
            declared_language: Some(self.language.clone()),
            outlet: Some(Outlet { name: self.outlet.clone(), domain: None }),
            published: self.published.clone(),
            title: Some(self.title.clone()),
            text: std::iter::once(self.title.clone()).chain(paragraphs).collect::<Vec<_>>().join("\n"),
            ..Article::default()
        }
    }
}

/// What an editor does. Shares are in hundredths.
#[derive(Clone, Copy, Debug, Default)]
pub struct Degree {
    pub name: &'static str,
    /// The first paragraph is written anew.
    pub lead: bool,
    /// Paragraphs cut from the bottom.
    pub cut: usize,
    /// Sentences left out elsewhere.
    pub drop: usize,
    /// Paragraphs that change places.
    pub swaps: usize,
    /// Words exchanged: for another of the same concept where there is one, else for any other.
    pub words: usize,
    /// Paragraphs of the newsroom's own, for every ten that are kept.
    pub own: usize,
    /// Lines of the web around it.
    pub boilerplate: usize,
}

/// Degrees of editing, from none to the passage in somebody else's article.
pub const DEGREES: [Degree; 9] = [
    Degree { name: "another headline", boilerplate: 2, ..DEGREE },
    Degree { name: "new lead, cut by a quarter", lead: true, cut: 25, boilerplate: 3, ..DEGREE },
    Degree { name: "cut by half, paragraphs moved", lead: true, cut: 50, swaps: 2, boilerplate: 3, ..DEGREE },
    Degree {
        name: "a tenth of the words changed",
        lead: true,
        cut: 25,
        drop: 10,
        swaps: 2,
        words: 10,
        own: 1,
        ..DEGREE
    },
    Degree {
        name: "a quarter of the words changed",
        lead: true,
        cut: 25,
        drop: 15,
        swaps: 3,
        words: 25,
        own: 2,
        ..DEGREE
    },
    Degree {
        name: "two fifths of the words changed",
        lead: true,
        cut: 10,
        drop: 15,
        swaps: 3,
        words: 40,
        own: 2,
        ..DEGREE
    },
    Degree { name: "half of another's article", cut: 10, words: 3, own: 10, ..DEGREE },
    Degree { name: "a third of another's article", lead: true, cut: 10, words: 3, own: 20, ..DEGREE },
    Degree { name: "a passage, half of another's article", lead: true, cut: 60, words: 3, own: 10, ..DEGREE },
];

const DEGREE: Degree = Degree { name: "", lead: false, cut: 0, drop: 0, swaps: 0, words: 0, own: 0, boilerplate: 0 };

/// Everything that articles are made from.
pub struct Newsroom {
    packs: Packs,
    hints: PageHints,
    /// Invented sentences of each language: the examples of the packs.
    pools: BTreeMap<String, Vec<Sentence>>,
    /// All words that tell a concept, and all other words, of each language.
    concepts: BTreeMap<(String, String), Vec<String>>,
    vocabulary: BTreeMap<String, Vec<String>>,
    /// Lines that are no news, of each language.
    noise: BTreeMap<String, Vec<String>>,
}

impl Newsroom {
    /// Reads the packs' examples and word lists.
    pub fn new() -> anyhow::Result<Newsroom> {
        let mut room = Newsroom {
            packs: Packs::embedded(),
            hints: sumber::Options::default().resolve()?.hints,
            pools: BTreeMap::new(),
            concepts: BTreeMap::new(),
            vocabulary: BTreeMap::new(),
            noise: BTreeMap::new(),
        };
        let tags: Vec<String> = room.packs.iter().map(|pack| pack.tag.clone()).collect();
        for tag in tags {
            let mut sentences: Vec<String> =
                sumber::run_examples(&room.packs, &tag).into_iter().map(|r| unmarked(&r.example.marked)).collect();
            sentences.sort();
            sentences.dedup();
            sentences.retain(|text| text.split(' ').count() > 5 && text.ends_with(['.', '"', '”']));
            let mut pool: Vec<Sentence> = Vec::new();
            for text in sentences {
                let article = bare(&tag, &text);
                pool.extend(cut(&article, &room.analyse(&article)).into_iter().flatten());
            }
            room.pools.insert(tag.clone(), pool);
            room.read_lists(&tag)?;
        }
        room.gather_words()?;
        Ok(room)
    }

    /// The vocabulary of each language: the words of the examples, of the open collections and of the
    /// concepts.
    fn gather_words(&mut self) -> anyhow::Result<()> {
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let drafts = self.collections()?;
        let theirs = drafts.iter().flat_map(|(d, _)| d.paragraphs.iter().flatten().map(|s| (&d.language, s)));
        let own = self.pools.iter().flat_map(|(tag, pool)| pool.iter().map(move |s| (tag, s)));
        for (tag, sentence) in theirs.chain(own) {
            let slots = sentence.slots.iter().filter(|(_, slot)| matches!(slot, Slot::Word(_)));
            words.entry(tag.clone()).or_default().extend(slots.map(|(s, _)| s.of(&sentence.text).to_lowercase()));
        }
        for ((tag, _), list) in &self.concepts {
            words.entry(tag.clone()).or_default().extend(list.iter().filter(|w| !w.contains(' ')).cloned());
        }
        for list in words.values_mut() {
            list.sort();
            list.dedup();
        }
        self.vocabulary = words;
        Ok(())
    }

    /// Languages, sorted.
    pub fn languages(&self) -> Vec<String> {
        self.pools.keys().cloned().collect()
    }

    /// How many invented sentences there are, by language.
    pub fn about(&self) -> String {
        let counts: Vec<String> = self.pools.iter().map(|(tag, pool)| format!("{tag} {}", pool.len())).collect();
        format!("sentences to make articles from: {}", counts.join(", "))
    }

    /// What an article says.
    pub fn analyse(&self, article: &Article) -> Analysis {
        sumber::analyze(article, &self.packs)
    }

    fn read_lists(&mut self, tag: &str) -> anyhow::Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs").join(tag);
        for line in std::fs::read_to_string(folder.join("concepts.tsv"))?.lines().filter(|l| !l.starts_with('#')) {
            let Some((id, words)) = line.split_once('\t') else { continue };
            let words = words.split('|').map(|w| w.trim().trim_start_matches('=').to_owned());
            self.concepts.insert((tag.to_owned(), id.to_owned()), words.filter(|w| !w.is_empty()).collect());
        }
        let lines = std::fs::read_to_string(folder.join("page.tsv"))?;
        let phrases = lines.lines().filter(|l| !l.starts_with('#')).skip(1).flat_map(|l| l.split('\t').skip(1));
        let phrases = phrases.flat_map(|cell| cell.split('|')).map(|p| p.trim().to_owned());
        self.noise.insert(tag.to_owned(), phrases.filter(|p| p.contains(' ')).collect());
        Ok(())
    }

    /// The articles of the open collections: some on one happening, written independently.
    pub fn collections(&self) -> anyhow::Result<Vec<(Draft, BTreeMap<String, String>)>> {
        let mut drafts = Vec::new();
        for folder in eval::own_collections()? {
            let gold = eval::Gold::read(&folder)?;
            if gold.name.starts_with("sealed-") {
                continue;
            }
            let copies: BTreeMap<String, String> = gold.copies.iter().map(|c| (c.to.clone(), c.from.clone())).collect();
            for page in sumber::read_pages(&[folder.join("articles")]).0 {
                let article = sumber::extract(&page, &self.hints);
                let analysis = self.analyse(&article);
                let key = Path::new(&page.path).file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
                let draft = Draft {
                    path: key,
                    language: analysis.language.clone().unwrap_or_default(),
                    outlet: article.outlet.as_ref().map(|o| o.name.clone()).unwrap_or_default(),
                    published: article.published.clone(),
                    title: article.title.clone().unwrap_or_default(),
                    paragraphs: cut(&article, &analysis),
                };
                drafts.push((draft, copies.clone()));
            }
        }
        Ok(drafts)
    }

    /// An article about a happening. `happening` sets people, figures, words and day, `seed` the
    /// sentences: two with one happening are two newsrooms' own accounts.
    pub fn composed(&self, path: String, language: &str, happening: u64, seed: u64) -> Draft {
        let mut mixed = mixed_from(seed);
        let about = self.happening(language, happening);
        let paragraphs = 7 + mixed.below(6);
        let paragraphs: Vec<Vec<Sentence>> =
            (0..paragraphs).map(|_| self.paragraph(language, &about, &mut mixed)).collect();
        Draft {
            path,
            language: language.to_owned(),
            outlet: format!("{} {}", name(&mut mixed), name(&mut mixed)),
            published: Some(format!("2024-{:02}-{:02}", happening % 12 + 1, happening / 12 % 28 + 1)),
            title: self.headline(language, &mut mixed),
            paragraphs,
        }
    }

    fn happening(&self, language: &str, seed: u64) -> Happening {
        let mut mixed = mixed_from(seed);
        let vocabulary = &self.vocabulary[language];
        Happening {
            people: (0..4).map(|_| format!("{} {}", name(&mut mixed), name(&mut mixed))).collect(),
            numbers: (0..5).map(|_| (3 + mixed.below(900)).to_string()).collect(),
            words: (0..40).map(|_| vocabulary[mixed.below(vocabulary.len())].clone()).collect(),
        }
    }

    /// One to three sentences about a happening: the frame of an invented sentence with other words in
    /// it, half of them the happening's own, the first of those most often.
    fn paragraph(&self, language: &str, about: &Happening, mixed: &mut Mixed) -> Vec<Sentence> {
        let (pool, vocabulary) = (&self.pools[language], &self.vocabulary[language]);
        (0..1 + mixed.below(3))
            .map(|_| {
                pool[mixed.below(pool.len())].filled(|slot, words| {
                    Some(match slot {
                        Slot::Person => {
                            let name = &about.people[mixed.below(about.people.len())];
                            if words.contains(' ') { name.clone() } else { name.split(' ').nth(1)?.to_owned() }
                        }
                        Slot::Number => about.numbers[mixed.below(about.numbers.len())].clone(),
                        Slot::Word(_) if percent(mixed, 50) => {
                            let most = 1 + mixed.below(about.words.len());
                            about.words[mixed.below(most)].clone()
                        }
                        Slot::Word(_) => vocabulary[mixed.below(vocabulary.len())].clone(),
                    })
                })
            })
            .collect()
    }

    fn headline(&self, language: &str, mixed: &mut Mixed) -> String {
        let pool = &self.pools[language];
        let text = &pool[mixed.below(pool.len())].text;
        text.split(' ').take(5 + mixed.below(4)).collect::<Vec<_>>().join(" ").trim_matches(['"', ',', '.']).to_owned()
    }

    /// What another newsroom makes of an article.
    pub fn edited(&self, original: &Draft, path: String, degree: &Degree, seed: u64) -> Draft {
        let mut mixed = mixed_from(seed);
        let other = self.happening(&original.language, seed);
        let mut draft = Draft {
            path,
            outlet: format!("{} {}", name(&mut mixed), name(&mut mixed)),
            title: self.headline(&original.language, &mut mixed),
            ..original.clone()
        };
        let language = original.language.as_str();
        let paragraphs = &mut draft.paragraphs;
        if degree.lead && paragraphs.len() > 1 {
            paragraphs[0] = self.paragraph(language, &other, &mut mixed);
        }
        paragraphs.truncate((paragraphs.len() * (100 - degree.cut)).div_ceil(100));
        for paragraph in paragraphs.iter_mut() {
            paragraph.retain(|_| !percent(&mut mixed, degree.drop));
            for sentence in paragraph.iter_mut() {
                *sentence = self.exchanged(sentence, language, degree.words, &mut mixed);
            }
        }
        paragraphs.retain(|p| !p.is_empty());
        for _ in 0..degree.swaps.min(paragraphs.len() / 2) {
            let (a, b) = (mixed.below(paragraphs.len()), mixed.below(paragraphs.len()));
            paragraphs.swap(a, b);
        }
        // own paragraphs weigh as much as the kept ones times the share
        let letters = |paragraphs: &[Vec<Sentence>]| paragraphs.iter().flatten().map(|s| s.text.len()).sum::<usize>();
        let wanted = letters(paragraphs) * degree.own / 10;
        let mut own: Vec<Vec<Sentence>> = Vec::new();
        while letters(&own) < wanted {
            own.push(self.paragraph(language, &other, &mut mixed));
        }
        if degree.own >= 10 {
            // a passage stands together among somebody else's text
            let place = mixed.below(own.len() + 1);
            own.splice(place..place, std::mem::take(paragraphs));
            *paragraphs = own;
        } else {
            for paragraph in own {
                let place = mixed.below(paragraphs.len() + 1);
                paragraphs.insert(place, paragraph);
            }
        }
        let noise = &self.noise[language];
        for _ in 0..degree.boilerplate {
            let text = noise[mixed.below(noise.len())].clone();
            let place = mixed.below(paragraphs.len() + 1);
            paragraphs.insert(place, vec![Sentence { text, slots: Vec::new() }]);
        }
        draft
    }

    /// A sentence with a share of its words exchanged: for another word of the same concept where there
    /// is one, else for any other.
    fn exchanged(&self, sentence: &Sentence, language: &str, share: usize, mixed: &mut Mixed) -> Sentence {
        sentence.filled(|slot, _| {
            let Slot::Word(concept) = slot else { return None };
            if !percent(mixed, share) {
                return None;
            }
            let same = concept.as_ref().and_then(|id| self.concepts.get(&(language.to_owned(), id.clone())));
            let choice = same.filter(|words| words.len() > 1).unwrap_or(&self.vocabulary[language]);
            Some(choice[mixed.below(choice.len())].clone())
        })
    }
}

/// An example without its marks.
fn unmarked(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        out.push_str(&rest[..at]);
        rest = match rest.as_bytes()[at] {
            b'[' => rest[at..].split_once(' ').map_or("", |(_, behind)| behind),
            _ => &rest[at + 1..],
        };
    }
    out.push_str(rest);
    out
}

fn bare(language: &str, text: &str) -> Article {
    Article {
        id: ArticleId(hash64(text.as_bytes())),
        path: String::new(),
        declared_language: Some(language.to_owned()),
        published: Some("2024-06-12".to_owned()),
        text: text.to_owned(),
        ..Article::default()
    }
}

/// Cuts an article into paragraphs of sentences.
fn cut(article: &Article, analysis: &Analysis) -> Vec<Vec<Sentence>> {
    let mut paragraphs: Vec<Vec<Sentence>> = vec![Vec::new()];
    let mut end = 0;
    for &span in &analysis.sentences {
        if article.text[end as usize..span.start as usize].contains('\n')
            && paragraphs.last().is_some_and(|p| !p.is_empty())
        {
            paragraphs.push(Vec::new());
        }
        end = span.end;
        let within = |s: &Span| span.contains(*s);
        let named = |s: Span| {
            analysis.mentions.iter().any(|m| m.span.overlaps(s))
                || analysis.states.iter().any(|state| state.span.overlaps(s))
                || analysis.numbers.iter().any(|n| n.span.overlaps(s))
                || analysis.times.iter().any(|t| t.span.overlaps(s))
                || analysis.statements.iter().any(|statement| statement.cue.is_some_and(|cue| cue.overlaps(s)))
        };
        let words = analysis.words.iter().map(|w| w.span).filter(|w| !named(*w)).map(|w| {
            let concept = analysis.concepts.iter().find(|c| c.span == w).map(|c| c.id.to_string());
            (w, Slot::Word(concept))
        });
        let person = |e: sumber::core::EntityIndex| analysis.entities[e.0 as usize].kind == EntityKind::Person;
        let people = analysis.mentions.iter().filter(|m| person(m.entity)).map(|m| (m.span, Slot::Person));
        let digits = |s: Span| s.of(&article.text).bytes().all(|b| b.is_ascii_digit());
        let alone = |s: Span| !analysis.times.iter().any(|t| t.span.overlaps(s));
        let numbers = analysis.numbers.iter().map(|n| n.span).filter(|&s| digits(s) && alone(s));
        let mut slots: Vec<(Span, Slot)> = words.chain(people).chain(numbers.map(|s| (s, Slot::Number))).collect();
        slots.retain(|(s, _)| within(s));
        slots.sort_by_key(|(s, _)| (s.start, std::cmp::Reverse(s.end)));
        slots.dedup_by(|b, a| a.0.overlaps(b.0));
        for (s, _) in &mut slots {
            *s = Span::new(s.start - span.start, s.end - span.start);
        }
        let sentence = Sentence { text: span.of(&article.text).to_owned(), slots };
        paragraphs.last_mut().expect("there is one").push(sentence);
    }
    paragraphs
}

fn mixed_from(seed: u64) -> Mixed {
    Mixed::new(hash64(&seed.to_le_bytes()))
}

/// Whether a chance of so many in a hundred comes true.
fn percent(mixed: &mut Mixed, chance: usize) -> bool {
    mixed.below(100) < chance
}

/// Puts a list into an order of its own.
pub fn shuffled<T>(mut list: Vec<T>, seed: u64) -> Vec<T> {
    let mut mixed = mixed_from(seed);
    for n in (1..list.len()).rev() {
        list.swap(n, mixed.below(n + 1));
    }
    list
}
