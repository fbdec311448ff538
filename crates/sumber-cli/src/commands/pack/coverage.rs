//! `sumber pack report`: what packs cover, beside the richest, and which rules lack examples.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sumber::{PackFiles, Packs, run_examples};
use toml::Value;

/// How many examples a rule has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RuleCount {
    id: String,
    yes: usize,
    no: usize,
}

/// The report on some packs.
pub fn report(packs: &Packs, files: &PackFiles, tags: &[String]) -> String {
    let mut richest: BTreeMap<&str, usize> = BTreeMap::new();
    let name = |path: &'_ str| path.split_once('/').map_or(0, |(folder, _)| folder.len() + 1);
    for pack in packs.iter() {
        for (path, rows) in &pack.status.files {
            let most = richest.entry(&path[name(path)..]).or_default();
            *most = (*most).max(*rows);
        }
    }
    let mut out = String::new();
    for pack in tags.iter().filter_map(|tag| packs.get(tag)) {
        let ran = run_examples(packs, &pack.tag);
        let failed = ran.iter().filter(|result| result.failure.is_some()).count();
        let _ = writeln!(out, "{}: {} examples ran, {failed} failed", pack.tag, ran.len());
        for (file, most) in &richest {
            let path = format!("{}/{file}", pack.tag);
            match pack.status.files.iter().find(|(used, _)| *used == path) {
                Some((_, rows)) => {
                    let share = if *most == 0 { 100 } else { rows * 100 / most };
                    let _ = writeln!(out, "  {file:<18} {rows:>6} entries  {share:>3} % of the richest pack");
                }
                None => {
                    let _ = writeln!(out, "  {file:<18}   none");
                }
            }
        }
        let rules = rules(files, &pack.tag);
        let short: Vec<&RuleCount> = rules.iter().filter(|rule| rule.yes < 2 || rule.no < 1).collect();
        if !rules.is_empty() {
            let whole = rules.len() - short.len();
            let _ = writeln!(
                out,
                "  {whole} of {} rules have two examples of what they find and one of what they must not",
                rules.len()
            );
        }
        for rule in short {
            let _ = writeln!(out, "    {:<40} {} yes, {} no", rule.id, rule.yes, rule.no);
        }
        out.push('\n');
    }
    out
}

/// Every table with an `id` in a pack's TOML files.
fn rules(files: &PackFiles, tag: &str) -> Vec<RuleCount> {
    let prefix = format!("{tag}/");
    let mut rules = Vec::new();
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with(&prefix) && path.ends_with(".toml")) {
        if let Ok(table) = text.parse::<toml::Table>() {
            gather(&Value::Table(table), &mut rules);
        }
    }
    rules
}

fn gather(value: &Value, rules: &mut Vec<RuleCount>) {
    match value {
        Value::Table(table) => {
            let count = |key: &str| table.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            if let Some(id) = table.get("id").and_then(Value::as_str) {
                rules.push(RuleCount { id: id.to_owned(), yes: count("yes"), no: count("no") });
            }
            table.values().for_each(|inner| gather(inner, rules));
        }
        Value::Array(values) => values.iter().for_each(|inner| gather(inner, rules)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_counted_with_their_examples() {
        let mut files = PackFiles::default();
        let text = "[[rule]]\nid = \"xx.a\"\nyes = ['1', '2']\nno = ['3']\n[[group.rule]]\nid = \"xx.b\"\n";
        files.insert("xx/rules.toml", text.to_owned());
        let count = |id: &str, yes, no| RuleCount { id: id.to_owned(), yes, no };
        let mut found = rules(&files, "xx");
        found.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(found, [count("xx.a", 2, 1), count("xx.b", 0, 0)]);
    }
}
