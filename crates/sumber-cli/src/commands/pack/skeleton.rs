//! `sumber pack new`: a folder to fill in. It is made from a pack that ships, so that it never falls
//! behind what annotators read: the same files, their comments and columns, the other language's
//! words as comments to go by.

use std::fmt::Write as _;
use std::fs;

use anyhow::Context as _;
use sumber::{PackFiles, Packs};
use toml::Value;

use crate::Ended;
use crate::arguments::NewArguments;

/// Rows of a list that are shown to go by.
const ROWS: usize = 8;

/// Runs the command.
pub fn run(arguments: &NewArguments) -> anyhow::Result<Ended> {
    let tag = &arguments.tag;
    let primary = tag.split('-').next().unwrap_or_default();
    let plausible = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    anyhow::ensure!(plausible, "'{tag}' is no language tag; write for example fr, tr or pt-BR");
    let folder = arguments.into.join(tag);
    anyhow::ensure!(
        !folder.exists(),
        "{} is there already; fill it in, or choose another place with --into",
        folder.display()
    );
    let shipped = PackFiles::embedded();
    let like = &arguments.like;
    anyhow::ensure!(shipped.tags().contains(like), "there is no pack '{like}' to go by; see 'sumber pack list'");
    let told = || format!("{} cannot be written; choose another place with --into", folder.display());
    fs::create_dir_all(&folder).with_context(told)?;
    let mut answer = String::new();
    for (name, text) in skeleton(&shipped, like, tag) {
        let path = folder.join(&name);
        fs::write(&path, text).with_context(told)?;
        let _ = writeln!(answer, "{}", path.display());
    }
    let into = arguments.into.display();
    let _ = write!(
        answer,
        "\nFill the files in: what each wants stands at its top, and the words of '{like}' stand in them as comments.\n\
         Then, as often as you like:\n\
         \x20 sumber pack check --packs {into}\n\
         \x20 sumber pack try {tag} 'A sentence of the language.' --packs {into}\n\
         \x20 sumber pack test {tag} --packs {into}\n"
    );
    super::print(&answer)?;
    Ok(Ended::Whole)
}

/// The files of a new pack: names and texts.
pub fn skeleton(shipped: &PackFiles, like: &str, tag: &str) -> Vec<(String, String)> {
    let prefix = format!("{like}/");
    let names = shipped.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, text)));
    let mut made: Vec<(String, String)> = Vec::new();
    for (name, text) in names {
        let text = if name.ends_with(".tsv") { list(text, like, tag) } else { rules(text, like, tag) };
        made.push((name.to_owned(), text));
    }
    // a file that may not be empty gets the shape of its model
    let mut files = shipped.clone();
    made.iter().for_each(|(name, text)| files.insert(&format!("{tag}/{name}"), text.clone()));
    if let Err(errors) = Packs::load(&files) {
        for (name, text) in &mut made {
            if errors.iter().any(|error| error.file == format!("{tag}/{name}")) {
                let model = shipped.get(&format!("{like}/{name}")).unwrap_or_default();
                if let Ok(table) = model.parse::<toml::Table>() {
                    let shape = toml::to_string(&emptied(&table)).unwrap_or_default();
                    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
                    *text = format!("{first}\n{shape}\n{rest}");
                }
            }
        }
    }
    made
}

/// A list: its comments and columns, some rows as comments.
fn list(text: &str, like: &str, tag: &str) -> String {
    let mut out =
        format!("# {tag}: fill in, a row a line, cells separated by tabs. Rows of '{like}' to go by are comments.\n");
    let mut rows = text.lines().filter(|line| !line.trim().is_empty());
    for line in rows.by_ref() {
        out.push_str(line);
        out.push('\n');
        if !line.starts_with('#') {
            break;
        }
    }
    for line in rows.filter(|line| !line.starts_with('#')).take(ROWS) {
        let _ = writeln!(out, "# {line}");
    }
    out
}

/// Rules: everything as a comment.
fn rules(text: &str, like: &str, tag: &str) -> String {
    let mut out = format!(
        "# {tag}: fill in. What '{like}' has stands below as comments: take away the '# ' and change the words.\n"
    );
    for line in text.lines() {
        let _ = writeln!(
            out,
            "{}",
            if line.is_empty() || line.starts_with('#') { line.to_owned() } else { format!("# {line}") }
        );
    }
    out
}

/// The same keys with nothing in them; of words, those stay that are choices of a closed list
/// (`order = "day-month"`), which have letters, unlike the values of number words.
fn emptied(table: &toml::Table) -> toml::Table {
    let kept = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::Array(_) => Value::Array(Vec::new()),
            Value::Table(inner) => Value::Table(emptied(inner)),
            Value::String(word) if word.contains(char::is_alphabetic) => value.clone(),
            _ => return None,
        };
        Some((key.clone(), value))
    };
    table.iter().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skeleton_is_a_pack_without_faults() {
        let shipped = PackFiles::embedded();
        for like in shipped.tags() {
            let mut files = shipped.clone();
            for (name, text) in skeleton(&shipped, &like, "xx") {
                files.insert(&format!("xx/{name}"), text);
            }
            let loaded =
                Packs::load(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert!(loaded.as_ref().is_ok_and(|packs| packs.get("xx").is_some()), "{like}: {:#?}", loaded.err());
        }
    }
}
