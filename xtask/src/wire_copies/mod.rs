//! Copies as newsrooms make them, measured: invented articles are edited by known degrees and hidden
//! among others, of which some are on the same happening and some of the same sentences. F1 by
//! degree, against MinHash on the same articles in the same run.
//!
//! The three types that matter: [`newsroom::Newsroom`] (makes articles and edits them),
//! [`newsroom::Degree`] (what an editor does) and `Tally`.

#[path = "../../../crates/sumber/benches/varied/mixed.rs"]
mod mixed;
pub mod newsroom;
mod rival;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use sumber::{Analysis, core::Article};

use newsroom::{DEGREES, Degree, Draft, Newsroom};
use rival::Shingles;

/// Originals and distractors of each language.
const ORIGINALS: usize = 60;
const DISTRACTORS: usize = 250;

/// Found pairs against true ones.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    hits: usize,
    wanted: usize,
    got: usize,
}

impl Tally {
    fn f1(self) -> f64 {
        2.0 * self.hits as f64 / (self.wanted + self.got).max(1) as f64
    }
}

/// Articles of one degree: the constant ones first, then one copy of each original.
struct Scene {
    articles: Vec<(Article, Analysis)>,
    /// Pairs that are copies.
    truth: BTreeSet<(usize, usize)>,
    /// Pairs that are copies already among the constant ones: they count for nobody.
    ignored: BTreeSet<(usize, usize)>,
}

/// Prints F1 by degree; whether sumber is not behind at any.
///
/// # Errors
///
/// Unknown flags, packs or collections that cannot be read.
pub fn run(arguments: &[String]) -> anyhow::Result<bool> {
    let (mut seed, mut misses) = (1, false);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next().context("--seed wants a number")?.parse()?,
            "--misses" => misses = true,
            other => bail!("there is no argument '{other}'"),
        }
    }
    let room = Newsroom::new()?;
    let constant = constant(&room, seed)?;
    println!("{}", room.about());
    println!(
        "{:34} {:>9} {:>7} {:>6}  MinHash, F1: {:>9} {:>9} {:>9} {:>18}",
        "degree of editing", "precision", "recall", "F1", "words .5", "words .8", "letters .5", "best of 36 settings"
    );
    let mut ahead = true;
    for (n, degree) in DEGREES.iter().enumerate() {
        let scene = scene(&room, &constant, degree, seed + n as u64 * 1000);
        let (ours, missed) = ours(&scene);
        if misses {
            missed.iter().for_each(|line| println!("  {line}"));
        }
        let rivals = rivals(&scene);
        let of =
            |shingles, hundredths| rivals.iter().find(|r| r.0 == shingles && r.1 == hundredths).map_or(0.0, |r| r.2);
        let best = rivals.iter().max_by(|a, b| a.2.total_cmp(&b.2)).context("there are settings")?;
        ahead &= ours.f1() >= best.2;
        println!(
            "{:34} {:9.3} {:7.3} {:6.3} {:>12} {:9.3} {:9.3} {:9.3} {:6.3} ({:?} .{:02})",
            degree.name,
            ours.hits as f64 / ours.got.max(1) as f64,
            ours.hits as f64 / ours.wanted.max(1) as f64,
            ours.f1(),
            "",
            of(Shingles::Words, 50),
            of(Shingles::Words, 80),
            of(Shingles::Letters, 50),
            best.2,
            best.0,
            best.1,
        );
    }
    Ok(ahead)
}

/// The articles that are in every scene, and which of them are copies of another.
struct Constant {
    drafts: Vec<Draft>,
    articles: Vec<(Article, Analysis)>,
    ignored: BTreeSet<(usize, usize)>,
    /// How many of them, from the first on, have a copy in each scene.
    originals: usize,
}

fn constant(room: &Newsroom, seed: u64) -> anyhow::Result<Constant> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut ignored = BTreeSet::new();
    let collections = room.collections()?;
    let place: BTreeMap<String, usize> =
        collections.iter().enumerate().map(|(n, (draft, _))| (draft.path.clone(), n)).collect();
    for (n, (draft, copies)) in collections.into_iter().enumerate() {
        if let Some(&from) = copies.get(&draft.path).and_then(|from| place.get(from)) {
            ignored.insert((n.min(from), n.max(from)));
        }
        drafts.push(draft);
    }
    let cast = |n: usize| seed * 100_000 + n as u64;
    for language in room.languages() {
        for n in 0..ORIGINALS {
            drafts.push(room.composed(format!("{language}/original-{n}"), &language, cast(n), cast(n) * 2 + 1));
        }
    }
    let originals = drafts.len();
    for language in room.languages() {
        for n in 0..ORIGINALS {
            // another newsroom's own article on the same happening
            drafts.push(room.composed(format!("{language}/same-happening-{n}"), &language, cast(n), cast(n) * 2 + 2));
        }
        for n in ORIGINALS..ORIGINALS + DISTRACTORS {
            drafts.push(room.composed(format!("{language}/other-{n}"), &language, cast(n), cast(n) * 2 + 1));
        }
    }
    let articles = drafts.iter().map(|draft| analysed(room, draft)).collect();
    Ok(Constant { drafts, articles, ignored, originals })
}

fn analysed(room: &Newsroom, draft: &Draft) -> (Article, Analysis) {
    let article = draft.article();
    let analysis = room.analyse(&article);
    (article, analysis)
}

fn scene(room: &Newsroom, constant: &Constant, degree: &Degree, seed: u64) -> Scene {
    let mut articles = constant.articles.clone();
    let mut truth = BTreeSet::new();
    for (n, original) in constant.drafts[..constant.originals].iter().enumerate() {
        let edited = room.edited(original, format!("{}/edited", original.path), degree, seed + n as u64);
        truth.insert((n, articles.len()));
        articles.push(analysed(room, &edited));
    }
    // who copies a copy copies its original
    let mut ignored = constant.ignored.clone();
    let edited = |n: usize| constant.articles.len() + n;
    for &(a, b) in &constant.ignored {
        ignored.extend([(a, edited(b)), (b, edited(a)), (edited(a), edited(b))]);
    }
    Scene { articles, truth, ignored }
}

fn tally(scene: &Scene, found: &BTreeSet<(usize, usize)>) -> Tally {
    let got: BTreeSet<_> = found.difference(&scene.ignored).collect();
    let hits = got.iter().filter(|pair| scene.truth.contains(pair)).count();
    Tally { hits, wanted: scene.truth.len(), got: got.len() }
}

/// What sumber finds, and the pairs that it got wrong.
fn ours(scene: &Scene) -> (Tally, Vec<String>) {
    let trace = sumber::link(&newsroom::shuffled(scene.articles.clone(), 7));
    let place: BTreeMap<_, usize> = scene.articles.iter().enumerate().map(|(n, (a, _))| (a.id, n)).collect();
    let mut scores = BTreeMap::new();
    let found: BTreeSet<(usize, usize)> = trace
        .copies
        .iter()
        .map(|copy| {
            let (a, b) = (place[&copy.from], place[&copy.to]);
            scores.insert((a.min(b), a.max(b)), format!("{} {}", copy.relation.as_str(), copy.score));
            (a.min(b), a.max(b))
        })
        // translations are another task
        .filter(|&(a, b)| scene.articles[a].1.language == scene.articles[b].1.language)
        .collect();
    let name = |n: usize| scene.articles[n].0.path.clone();
    let missed = scene.truth.symmetric_difference(&found).filter(|pair| !scene.ignored.contains(pair));
    let missed = missed.map(|&(a, b)| {
        let kind = scores.get(&(a, b)).map_or("missed".to_owned(), |score| format!("too many ({score})"));
        format!("{kind}: {} {}", name(a), name(b))
    });
    (tally(scene, &found), missed.collect())
}

/// F1 of MinHash for both kinds of runs and each threshold in hundredths.
fn rivals(scene: &Scene) -> Vec<(Shingles, u32, f64)> {
    let texts: Vec<&str> = scene.articles.iter().map(|(article, _)| article.text.as_str()).collect();
    let mut out = Vec::new();
    for shingles in [Shingles::Words, Shingles::Letters] {
        let signatures = rival::signatures(&texts, shingles);
        for hundredths in (5..=90).step_by(5) {
            let found = rival::pairs(&signatures, f64::from(hundredths) / 100.0);
            let found =
                found.into_iter().filter(|&(a, b)| scene.articles[a].1.language == scene.articles[b].1.language);
            out.push((shingles, hundredths, tally(scene, &found.collect()).f1()));
        }
    }
    out
}
