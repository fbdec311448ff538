//! A trace of 10,000 varied articles: time by stage, peak memory, and answers that must hold.
//! With `SUMBER_BENCH_ASSERT=1` the limit on memory is checked too (1.5 GiB). A program of its
//! own, since the peak is that of the whole process.

mod peak;
#[allow(dead_code)]
mod varied;

use std::collections::BTreeSet;
use std::time::Instant;

use sumber::Packs;

const MOST_BYTES: u64 = 3 << 29;
const ARTICLES: usize = 10_000;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let count = std::env::var("SUMBER_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok());
    let count = count.unwrap_or(if quick { 64 } else { ARTICLES });
    let packs = Packs::embedded();
    let pages = varied::varied(count, 1);
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{count} pages, {:.1} MB", bytes as f64 / 1e6);

    let start = Instant::now();
    let articles = sumber::analyze_pages(&pages, &packs.page_hints(), &packs);
    println!("read and analysed in {:.2?}, {}", start.elapsed(), peak::told());
    drop(pages);
    let start = Instant::now();
    let trace = sumber::link(&articles);
    println!("linked in {:.2?}, {}", start.elapsed(), peak::told());

    let ids: BTreeSet<_> = articles.iter().map(|(article, _)| article.id).collect();
    let told: Vec<_> = trace.stories.iter().flat_map(|story| &story.articles).copied().collect();
    assert_eq!(told.len(), ids.len(), "every article stands in one story");
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), ids);
    let statements: usize = articles.iter().map(|(_, analysis)| analysis.statements.len()).sum();
    println!(
        "{} stories, {} copies, {statements} statements, {} claims",
        trace.stories.len(),
        trace.copies.len(),
        trace.claims.len()
    );
    assert!(statements > count, "too few statements to be measured");
    for claim in &trace.claims {
        assert!(claim.independent_range.0 <= claim.independent && claim.independent <= claim.independent_range.1);
    }
    if std::env::var_os("SUMBER_BENCH_ASSERT").is_some() {
        let peak = peak::bytes().expect("peak memory is known on Linux alone");
        assert!(peak < MOST_BYTES, "{peak} bytes at the peak, {MOST_BYTES} allowed");
    }
}
