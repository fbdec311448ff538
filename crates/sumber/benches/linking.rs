//! Linking what many newsrooms write in a year: time, peak memory, and how right the answers are, against the
//! truth of made articles. `SUMBER_BENCH_ARTICLES` sets how many (100,000); with `SUMBER_BENCH_ASSERT=1` the
//! limits of 60 seconds and 3 GiB for 100,000 are checked too. A program of its own, since the peak is that of
//! the whole process.

#[allow(dead_code)]
mod desks;
mod peak;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sumber::core::{ArticleId, MemberPart};

// as in the command
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ARTICLES: usize = 100_000;
const MOST_TIME: Duration = Duration::from_secs(60);
const MOST_BYTES: u64 = 3 << 30;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let count = std::env::var("SUMBER_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok());
    let count = count.unwrap_or(if quick { 400 } else { ARTICLES });
    let begin = Instant::now();
    let (articles, truth) = desks::write(count, 1);
    let statements: usize = truth.facts.iter().map(Vec::len).sum();
    println!("{count} articles, {statements} statements made in {:.2?}, {}", begin.elapsed(), peak::told());
    let begin = Instant::now();
    let trace = sumber::link(&articles);
    let took = begin.elapsed();
    println!("linked in {took:.2?}, {}", peak::told());

    let place: BTreeMap<ArticleId, usize> =
        articles.iter().enumerate().map(|(n, (article, _))| (article.id, n)).collect();
    let stories = trace.stories.iter().enumerate();
    let stories = stories.flat_map(|(n, story)| story.articles.iter().map(move |id| (n as u32, id)));
    let stories: Vec<(u32, u32)> = stories.map(|(n, id)| (n, truth.stories[place[id]])).collect();
    assert_eq!(stories.len(), count, "every article stands in one story");
    let stories = desks::pairs(stories.into_iter());

    let right = trace.copies.iter().filter(|copy| truth.families[place[&copy.from]] == truth.families[place[&copy.to]]);
    let right = right.count() as f64;
    let copies = truth.families.iter().enumerate().filter(|(n, family)| *n != **family as usize).count() as f64;
    let copies = (right / trace.copies.len() as f64, right / copies);

    let mut claim_of: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (number, claim) in trace.claims.iter().enumerate() {
        for member in &claim.members {
            if let MemberPart::Statement(index) = member.part {
                claim_of.insert((place[&member.article], index.0 as usize), number as u32);
            }
        }
    }
    let statements = truth.facts.iter().enumerate();
    let mut alone = trace.claims.len() as u32;
    let statements =
        statements.flat_map(|(article, facts)| facts.iter().enumerate().map(move |(n, fact)| (article, n, *fact)));
    let claims = desks::pairs(statements.map(|(article, n, fact)| {
        alone += 1;
        (claim_of.get(&(article, n)).copied().unwrap_or(alone), fact)
    }));
    // a little below what 400 to 100,000 articles give
    for (what, (precision, recall), least) in
        [("story pairs", stories, (0.9, 0.85)), ("copies", copies, (0.65, 0.95)), ("claim pairs", claims, (0.88, 0.6))]
    {
        println!("{what:<12} precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= least.0 && recall >= least.1, "{what} are told worse than {least:?}");
    }
    if std::env::var_os("SUMBER_BENCH_ASSERT").is_some() {
        assert!(took < MOST_TIME, "{took:.2?} for {count} articles");
        let peak = peak::bytes().expect("peak memory is known on Linux alone");
        assert!(peak < MOST_BYTES, "{peak} bytes at the peak, {MOST_BYTES} allowed");
    }
}
