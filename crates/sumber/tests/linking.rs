//! Small invented stories with what must be linked in them: `testdata/linking/*.txt`.
//!
//! A file holds articles, each behind a line `=== KEY DATE OUTLET`, and behind a line `=== expected` one
//! expectation a line. WORDS are words of a statement's content or of a sentence:
//!
//! - `same WORDS | WORDS`, `apart WORDS | WORDS`: members of one claim, or of none together
//! - `denies WORDS | WORDS`: the first is told to dispute a claim that the second makes; `no denial` the contrary
//! - `independent WORDS | N`: what the claim with the words counts
//! - `change WORDS | WHAT`: the member with the words changed it
//! - `story KEY KEY`, `no story KEY KEY`: articles on one happening, or not
//! - `copy KEY KEY`, `no copy KEY KEY`: the second is made from the first, or not

use sumber::core::{ClaimChange, Member, MemberPart, Trace};
use sumber::{Options, Page, PageFormat, Traced};

#[test]
fn invented_stories_are_linked_as_a_reader_would() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/linking");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let config = Options::default().resolve().unwrap();
    let (mut cases, mut faults) = (0, Vec::new());
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let (pages, expected) = parse(&text);
        let traced = sumber::trace_pages(&pages, &config.hints, &config.packs);
        for line in expected {
            cases += 1;
            if let Err(fault) = check(&traced, line) {
                faults.push(format!("{name}: {line}\n      {fault}"));
            }
        }
    }
    println!("{cases} cases");
    assert!(cases > 0, "no cases in {folder}");
    assert!(faults.is_empty(), "{} of {cases} fail:\n{}", faults.len(), faults.join("\n"));
}

fn parse(text: &str) -> (Vec<Page>, Vec<&str>) {
    let (mut pages, mut expected) = (Vec::new(), Vec::new());
    for part in text.split("=== ").skip(1) {
        let (head, body) = part.split_once('\n').expect("a line behind ===");
        if head.trim() == "expected" {
            expected.extend(body.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')));
            continue;
        }
        let mut words = head.splitn(3, ' ');
        let (key, date, outlet) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let body = body.trim();
        let (title, rest) = body.split_once('\n').expect("a title and a text");
        let paragraphs: String = rest.trim().lines().filter(|l| !l.is_empty()).map(|l| format!("<p>{l}</p>")).collect();
        let html = format!(
            "<html><head><title>{title}</title><meta property=\"og:site_name\" content=\"{outlet}\">\
             <meta property=\"article:published_time\" content=\"{date}\"></head>\
             <body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        );
        pages.push(Page {
            path: format!("{key}.html"),
            format: PageFormat::Html,
            bytes: html.into_bytes(),
            ..Page::default()
        });
    }
    (pages, expected)
}

fn check(traced: &Traced, line: &str) -> Result<(), String> {
    let (what, rest) =
        ["no denial", "no story", "no copy", "same", "apart", "denies", "independent", "change", "story", "copy"]
            .into_iter()
            .find_map(|what| Some((what, line.strip_prefix(what)?.strip_prefix(' ')?)))
            .ok_or("unknown expectation")?;
    let trace = &traced.trace;
    if what.ends_with("story") || what.ends_with("copy") {
        let (left, right) = rest.split_once(' ').ok_or("two keys are needed")?;
        let id = |key: &str| traced.articles.iter().find(|a| a.0.path == format!("{key}.html")).map(|a| a.0.id);
        let (left, right) = (id(left).ok_or("no such article")?, id(right).ok_or("no such article")?);
        let one = trace.stories.iter().any(|s| s.articles.contains(&left) && s.articles.contains(&right));
        let copied = trace.copies.iter().any(|c| (c.from, c.to) == (left, right));
        return met(if what.ends_with("copy") { copied } else { one } != what.starts_with("no"), "");
    }
    let (left, right) = rest.split_once(" | ").ok_or("two parts are needed")?;
    let one = members(traced, left);
    if one.is_empty() {
        return Err(format!("no statement or sentence has '{left}'"));
    }
    let of_left = || trace.claims.iter().filter(|c| c.members.iter().any(|m| one.contains(m)));
    match what {
        "independent" => {
            let found: Vec<u32> = of_left().map(|c| c.independent).collect();
            met(found.iter().any(|n| Ok(*n) == right.parse()), &format!("{found:?}"))
        }
        "change" => {
            let changes: Vec<&ClaimChange> = trace.claims.iter().flat_map(|c| &c.changes).collect();
            let hit = |c: &&&ClaimChange| one.contains(&c.member) && c.what.as_str() == right;
            met(changes.iter().any(|c| hit(&c)), &format!("{changes:?}"))
        }
        _ => {
            let other = members(traced, right);
            if other.is_empty() {
                return Err(format!("no statement or sentence has '{right}'"));
            }
            let has = |members: &[Member], wanted: &[Member]| members.iter().any(|m| wanted.contains(m));
            let together = trace.claims.iter().any(|c| has(&c.members, &one) && has(&c.members, &other));
            let denied = trace.claims.iter().any(|c| has(&c.members, &other) && has(&c.disputed_by, &one));
            match what {
                "same" => met(together, &told(trace)),
                "apart" => met(!together, ""),
                "denies" => met(denied, &told(trace)),
                _ => met(!denied, ""),
            }
        }
    }
}

fn met(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("does not hold {what}")) }
}

fn told(trace: &Trace) -> String {
    let told: Vec<String> = trace
        .claims
        .iter()
        .map(|c| format!("{} ({} members, {} denials)", c.gist, c.members.len(), c.disputed_by.len()))
        .collect();
    told.join("; ")
}

/// The statements with the words in their content, else the sentences with them.
fn members(traced: &Traced, words: &str) -> Vec<Member> {
    let mut found = Vec::new();
    for (article, analysis) in &traced.articles {
        for (index, statement) in analysis.statements.iter().enumerate() {
            let content: Vec<&str> = statement.content.iter().map(|s| s.of(&article.text)).collect();
            if content.join(" ").contains(words) {
                let part = MemberPart::Statement(sumber::core::StatementIndex(index as u32));
                found.push(Member { article: article.id, part });
            }
        }
    }
    if found.is_empty() {
        for (article, analysis) in &traced.articles {
            let hits = analysis.sentences.iter().enumerate().filter(|(_, s)| s.of(&article.text).contains(words));
            found.extend(hits.map(|(n, _)| Member { article: article.id, part: MemberPart::Sentence(n as u32) }));
        }
    }
    found
}
