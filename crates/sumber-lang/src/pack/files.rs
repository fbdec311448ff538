//! The texts of the packs, by path.

use std::collections::BTreeMap;

/// The folder `packs/` as it was when the binary was built.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Texts by path inside the packs' folder (`id/times.toml`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackFiles {
    files: BTreeMap<String, String>,
}

impl PackFiles {
    /// The packs that ship with the binary.
    pub fn embedded() -> PackFiles {
        PackFiles { files: EMBEDDED.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect() }
    }

    /// Adds a file, or puts it in the place of the one with its path.
    pub fn insert(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }

    /// A file's text.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Names of the folders that hold a language: all but `world`, sorted.
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> =
            self.files.keys().filter_map(|p| p.split_once('/')).map(|(folder, _)| folder.to_owned()).collect();
        tags.dedup();
        tags.retain(|folder| folder != "world");
        tags
    }
}
