//! What analysing costs, in units of one pass of unicode-segmentation's word boundaries over the
//! same clean text, and what a second thread gives. Answers are checked on the way; with
//! `SUMBER_BENCH_ASSERT=1` the limits are checked too (12 passes, 1.7 times). One of the words
//! `passes` and `threads` after `--` runs that part alone.

#[allow(dead_code)]
mod varied;

use std::time::{Duration, Instant};

use sumber::{Analysis, Article, Packs, Page, PageHints};
use unicode_segmentation::UnicodeSegmentation as _;

// as in the command
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const MOST_PASSES: f64 = 12.0;
const LEAST_GAIN: f64 = 1.7;
const PARTS: [&str; 2] = ["passes", "threads"];
const ARTICLES: usize = 400;
const ROUNDS: usize = 9;

fn main() {
    // `cargo test --benches` only wants to know that it builds and runs.
    let quick = std::env::args().any(|argument| argument == "--test");
    let wants = |part: &str| std::env::args().any(|a| a == part) || !std::env::args().any(|a| PARTS.contains(&&*a));
    let (articles, rounds) = if quick { (16, 1) } else { (ARTICLES, ROUNDS) };
    let packs = Packs::embedded();
    let hints = packs.page_hints();
    let pages = varied::varied(articles, 1);
    let reader = sumber::PageReader::new(&hints);
    let read: Vec<Article> = pages.iter().map(|page| reader.read(page)).collect();
    let bytes: usize = read.iter().map(|article| article.text.len()).sum();
    let expected: Vec<Analysis> = read.iter().map(|article| sumber::analyze(article, &packs)).collect();
    let statements: usize = expected.iter().map(|analysis| analysis.statements.len()).sum();
    let words: usize = read.iter().map(boundaries).sum();
    println!("{} articles, {bytes} bytes of clean text, {words} segments, {statements} statements", read.len());
    assert!(statements > read.len(), "the analysis finds too little to be measured");

    let assert = std::env::var_os("SUMBER_BENCH_ASSERT").is_some();
    if wants("passes") {
        let passes = passes(&read, &packs, &expected, rounds);
        assert!(!assert || passes <= MOST_PASSES, "analysing costs {passes:.2} passes");
    }
    if wants("threads") {
        let gain = gain(&pages, &hints, &packs, &expected, rounds);
        assert!(!assert || gain >= LEAST_GAIN, "two threads are {gain:.2} times as fast as one");
    }
}

/// What analysing costs in passes of word boundaries.
fn passes(read: &[Article], packs: &Packs, expected: &[Analysis], rounds: usize) -> f64 {
    let bytes: usize = read.iter().map(|article| article.text.len()).sum();
    let words: usize = read.iter().map(boundaries).sum();
    // Both in turn, so that a busy moment of the machine hits both; the least of each counts.
    let (mut segmenting, mut analyzing) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        let (found, took) = timed(|| read.iter().map(boundaries).sum::<usize>());
        assert_eq!(found, words);
        segmenting = segmenting.min(took);
        let (found, took) = timed(|| read.iter().map(|article| sumber::analyze(article, packs)).collect::<Vec<_>>());
        assert!(found == *expected, "the same articles gave another analysis");
        analyzing = analyzing.min(took);
    }
    let passes = analyzing.as_secs_f64() / segmenting.as_secs_f64();
    let rate = |took: Duration| bytes as f64 / took.as_secs_f64() / 1e6;
    println!("word boundaries   {segmenting:>10.2?}   {:7.2} MB/s", rate(segmenting));
    println!(
        "analysis          {analyzing:>10.2?}   {:7.2} MB/s   {passes:.2} passes, at most {MOST_PASSES}",
        rate(analyzing)
    );
    passes
}

/// How many times as fast two threads are as one.
fn gain(pages: &[Page], hints: &PageHints, packs: &Packs, expected: &[Analysis], rounds: usize) -> f64 {
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        one = one.min(threads(1, pages, hints, packs, expected));
        two = two.min(threads(2, pages, hints, packs, expected));
    }
    let gain = one.as_secs_f64() / two.as_secs_f64();
    println!("pages, 1 thread   {one:>10.2?}");
    println!("pages, 2 threads  {two:>10.2?}   {gain:.2} times as fast, at least {LEAST_GAIN}");
    gain
}

fn boundaries(article: &Article) -> usize {
    // The sum of the offsets keeps the pass from being optimised away, the count is the answer.
    let (count, sum) = article.text.split_word_bound_indices().fold((0, 0), |(n, sum), (at, _)| (n + 1, sum + at));
    std::hint::black_box(sum);
    count
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = work();
    (value, start.elapsed())
}

fn threads(n: usize, pages: &[Page], hints: &PageHints, packs: &Packs, expected: &[Analysis]) -> Duration {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("a pool of threads");
    let (found, took) = timed(|| pool.install(|| sumber::analyze_pages(pages, hints, packs)));
    assert!(found.iter().map(|(_, analysis)| analysis).eq(expected), "{n} threads gave another analysis");
    took
}
