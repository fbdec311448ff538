//! Sentences of each language with who said what marked in them: `statements/<tag>.md`.
//!
//! A case begins with `## title`. Its lines are the paragraphs of the text, with `[source ...]`, `[cue ...]`
//! and `[content ...]` marked; a text with nothing marked must give no statement. Where there are more than
//! one, the labels of the second are `source2`, `cue2`, `content2`, and so on; a part may belong to several
//! (`source1+2`). Lines `- key: value` after the text say more, with the statement's number after the key
//! if it is not the first: `- stance: denies`, `- kind: mixed`, `- chain: medium:Reuters <-
//! anonymous:two officials (IRN 2)` (country and number, `-` for none; `- chain:` alone for none), and
//! `- fails: why` for a case that is known to fail. The packs are read from the folder, not as embedded.

use std::fs;
use std::path::{Path, PathBuf};

use sumber_core::{Link, LinkKind, Statement};
use sumber_lang::pack::MarkedText;
use sumber_lang::{PackFiles, Packs, try_sentence};

#[derive(Default)]
struct Case {
    line: usize,
    title: String,
    text: String,
    keys: Vec<(String, usize, String)>,
    fails: Option<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { line: n + 1, title: title.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        let key = line.strip_prefix("- ").and_then(|l| l.split_once(':')).and_then(|(key, value)| {
            let name = key.trim_end_matches(|c: char| c.is_ascii_digit());
            let known = matches!(name, "stance" | "kind" | "chain" | "fails");
            known.then(|| (name.to_owned(), key[name.len()..].parse().unwrap_or(1), value.trim().to_owned()))
        });
        match key {
            Some((name, _, reason)) if name == "fails" => case.fails = Some(reason),
            Some(key) => case.keys.push(key),
            None if line.is_empty() || line.starts_with("# ") => {}
            None => {
                if !case.text.is_empty() {
                    case.text.push('\n');
                }
                case.text.push_str(line);
            }
        }
    }
    cases
}

/// Words without marks and white space at their ends.
fn bare(words: &str) -> String {
    words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

struct Expected {
    source: Vec<String>,
    cue: Vec<String>,
    content: Vec<String>,
}

fn expected(marked: &MarkedText) -> Result<Vec<Expected>, String> {
    let mut all: Vec<Expected> = Vec::new();
    let mut spans = marked.spans.clone();
    spans.sort_by_key(|(_, span)| span.start);
    for (label, span) in &spans {
        let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+');
        let numbers = &label[name.len()..];
        let numbers: Vec<usize> =
            if numbers.is_empty() { vec![1] } else { numbers.split('+').filter_map(|n| n.parse().ok()).collect() };
        for number in numbers {
            while all.len() < number {
                all.push(Expected { source: Vec::new(), cue: Vec::new(), content: Vec::new() });
            }
            let words = bare(span.of(&marked.text));
            match name {
                "source" => all[number - 1].source.push(words),
                "cue" => all[number - 1].cue.push(words),
                "content" => all[number - 1].content.push(words),
                _ => return Err(format!("unknown label [{label} ...]; labels are source, cue, content")),
            }
        }
    }
    Ok(all)
}

fn describe_link(link: &Link) -> String {
    format!(
        "{}:{} ({} {})",
        link.kind,
        link.text,
        link.country.as_deref().unwrap_or("-"),
        link.count.map_or("-".to_owned(), |n| n.to_string())
    )
}

fn describe(s: &Statement, text: &str) -> String {
    let content: Vec<&str> = s.content.iter().map(|c| c.of(text)).collect();
    let chain: Vec<String> = s.chain.iter().map(describe_link).collect();
    format!(
        "source '{}' cue '{}' content '{}' {} {} chain {} by {}",
        s.source.map_or("", |c| c.of(text)),
        s.cue.map_or("", |c| c.of(text)),
        content.join("' + '"),
        s.stance,
        s.kind,
        chain.join(" <- "),
        s.rule
    )
}

fn link_fits(want: &str, link: &Link) -> bool {
    let (words, detail) = match want.strip_suffix(')').and_then(|w| w.rsplit_once(" (")) {
        Some((words, detail)) => (words, Some(detail)),
        None => (want, None),
    };
    let Some((kind, name)) = words.split_once(':') else { return false };
    let named = link.kind == LinkKind::Anonymous && detail.is_some()
        || link.text == name
        || link.names.iter().any(|n| n == name);
    let told = detail.is_none_or(|detail| {
        let (country, count) = detail.split_once(' ').unwrap_or((detail, "-"));
        link.country.as_deref().unwrap_or("-") == country
            && link.count.map_or("-".to_owned(), |n| n.to_string()) == count
    });
    link.kind.as_str() == kind && named && told
}

/// What is wrong with what was found; `None` where it is as marked.
fn check(packs: &Packs, tag: &str, case: &Case) -> Option<String> {
    let marked = match MarkedText::parse(&case.text) {
        Ok(marked) => marked,
        Err(message) => return Some(message),
    };
    let wanted = match expected(&marked) {
        Ok(wanted) => wanted,
        Err(message) => return Some(message),
    };
    let pack = packs.get(tag)?;
    let found = try_sentence(packs, pack, &marked.text).statements;
    let of = |span: Option<sumber_core::Span>| span.map(|s| bare(s.of(&marked.text))).into_iter().collect::<Vec<_>>();
    let mut wrong: Vec<String> = Vec::new();
    let mut left: Vec<&Statement> = found.iter().collect();
    for (n, want) in wanted.iter().enumerate() {
        let place = left.iter().position(|s| {
            let content: Vec<String> = s.content.iter().map(|c| bare(c.of(&marked.text))).collect();
            content == want.content && of(s.source) == want.source && of(s.cue) == want.cue
        });
        let Some(place) = place else {
            wrong.push(format!(
                "missing: source '{}' cue '{}' content '{}'",
                want.source.join("' + '"),
                want.cue.join("' + '"),
                want.content.join("' + '")
            ));
            continue;
        };
        let s = left.remove(place);
        for (key, _, value) in case.keys.iter().filter(|(_, number, _)| *number == n + 1) {
            let right = match key.as_str() {
                "stance" => s.stance.as_str() == value,
                "kind" => s.kind.as_str() == value,
                _ => {
                    let links: Vec<&str> = value.split(" <- ").map(str::trim).filter(|l| !l.is_empty()).collect();
                    links.len() == s.chain.len() && links.iter().zip(&s.chain).all(|(w, l)| link_fits(w, l))
                }
            };
            if !right {
                wrong.push(format!("the {key} is not '{value}': {}", describe(s, &marked.text)));
            }
        }
    }
    wrong.extend(left.iter().map(|s| format!("found:   {}", describe(s, &marked.text))));
    (!wrong.is_empty()).then(|| wrong.join("\n    "))
}

fn read_packs(folder: &Path, root: &Path, files: &mut PackFiles) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_packs(&path, root, files);
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(&name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn marked_sentences_give_the_statements_marked() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = PackFiles::default();
    let root = here.join("../../packs");
    read_packs(&root, &root, &mut files);
    let packs = Packs::load(&files).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut paths: Vec<PathBuf> =
        fs::read_dir(here.join("tests/statements")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let mut failures = Vec::new();
    for path in &paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(packs.get(&name).is_some(), "there is no pack {name}");
        let cases = cases(&fs::read_to_string(path).unwrap());
        assert!(!cases.is_empty(), "{name}.md holds no case");
        for case in &cases {
            let place = format!("{name}.md:{} {}", case.line, case.title);
            match (check(&packs, &name, case), &case.fails) {
                (Some(what), None) => failures.push(format!("{place}\n    {what}")),
                (None, Some(_)) => failures.push(format!("{place}: holds after all; take its 'fails' line out")),
                _ => {}
            }
        }
    }
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}
