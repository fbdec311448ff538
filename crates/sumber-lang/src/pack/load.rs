//! Reading and compiling packs.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use sumber_core::{PAGE_KINDS, PageHints, PageWords};

use super::{PackError, PackFiles};
use crate::lexicon::Vocabulary;
use crate::text::Segmentation;
use crate::{concepts, events, language, names, statements, times};

/// All packs, compiled. Made once, shared by all threads.
#[derive(Clone, Debug)]
pub struct Packs {
    /// Every word that any pack lists.
    pub vocabulary: Vocabulary,
    /// The data set of names.
    pub world: names::World,
    /// The shared list of concepts.
    pub concepts: concepts::ConceptList,
    /// What tells languages apart, from all packs together.
    pub identifier: language::Identifier,
    packs: BTreeMap<String, Pack>,
    page_words: Vec<PageWords>,
}

/// One language's data, compiled.
#[derive(Clone, Debug)]
pub struct Pack {
    /// BCP 47 tag, the folder's name.
    pub tag: String,
    /// Sentences and quotations.
    pub segmentation: Segmentation,
    /// Names and titles.
    pub names: names::NamePack,
    /// Times.
    pub times: times::TimePack,
    /// Concepts, numbers, content words.
    pub concepts: concepts::ConceptPack,
    /// Statements.
    pub statements: statements::StatementPack,
    /// Events.
    pub events: events::EventPack,
    /// What it holds, for `sumber pack list`.
    pub status: PackStatus,
}

/// What a pack holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackStatus {
    /// Files and how many rows or rules each holds.
    pub files: Vec<(String, usize)>,
}

impl Packs {
    /// Checks and compiles packs.
    ///
    /// # Errors
    /// Everything that is wrong, sorted by place; nothing is compiled then.
    pub fn load(files: &PackFiles) -> Result<Packs, Vec<PackError>> {
        let mut vocabulary = Vocabulary::default();
        let mut errors = Vec::new();
        let mut packs = BTreeMap::new();
        let mut loader = Loader::new(files, "world", &mut vocabulary, &mut errors);
        let world = names::World::load(&mut loader);
        let concepts = concepts::ConceptList::load(&mut loader);
        let mut page_words = world_page_words(&mut loader);
        loader.finish();
        for tag in files.tags() {
            let mut loader = Loader::new(files, &tag, &mut vocabulary, &mut errors);
            let rows = page_rows(&mut loader);
            page_words.push(PageWords { tag: tag.clone(), rows });
            let pack = Pack {
                tag: tag.clone(),
                segmentation: Segmentation::load(&mut loader),
                names: names::NamePack::load(&mut loader),
                times: times::TimePack::load(&mut loader),
                concepts: concepts::ConceptPack::load(&mut loader, &concepts),
                statements: statements::StatementPack::load(&mut loader),
                events: events::EventPack::load(&mut loader),
                status: PackStatus::default(),
            };
            let status = loader.finish();
            packs.insert(tag, Pack { status, ..pack });
        }
        let identifier = language::Identifier::load(files, &mut vocabulary, &mut errors);
        world.mark(&mut vocabulary);
        for pack in packs.values() {
            pack.names.mark(&mut vocabulary);
            pack.times.mark(&mut vocabulary);
            pack.concepts.mark(&mut vocabulary);
            pack.statements.mark(&mut vocabulary);
            pack.events.mark(&mut vocabulary);
        }
        if errors.is_empty() {
            Ok(Packs { vocabulary, world, concepts, identifier, packs, page_words })
        } else {
            errors.sort();
            Err(errors)
        }
    }

    /// The packs that ship with the binary.
    ///
    /// # Panics
    /// Never in a released binary: a test loads them.
    pub fn embedded() -> Packs {
        match Packs::load(&PackFiles::embedded()) {
            Ok(packs) => packs,
            Err(errors) => panic!("the packs that ship are broken: {}", errors[0]),
        }
    }

    /// The pack for a language, by tag.
    pub fn get(&self, tag: &str) -> Option<&Pack> {
        self.packs.get(tag)
    }

    /// All packs, sorted by tag.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }

    /// What the reading of pages is given.
    pub fn page_hints(&self) -> PageHints {
        PageHints { languages: self.page_words.clone(), outlets: self.world.outlets(), ..PageHints::default() }
    }
}

/// The rows of `page.tsv`, with their kinds checked.
fn page_rows(loader: &mut Loader<'_>) -> Vec<(String, String)> {
    let rows = loader.tsv("page.tsv", &["kind", "words"]);
    rows.iter().filter_map(|row| page_row(loader, "page.tsv", row.line, &row.cells[0], &row.cells[1])).collect()
}

/// Page words of languages that have no pack, from `world/page.tsv`, and names of months in all, from
/// `world/months.tsv`.
fn world_page_words(loader: &mut Loader<'_>) -> Vec<PageWords> {
    let mut languages: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for name in ["page.tsv", "months.tsv"] {
        for row in loader.tsv(name, &["language", "kind", "words"]) {
            if let Some(words) = page_row(loader, name, row.line, &row.cells[1], &row.cells[2]) {
                languages.entry(row.cells[0].clone()).or_default().push(words);
            }
        }
    }
    languages.into_iter().map(|(tag, rows)| PageWords { tag, rows }).collect()
}

fn page_row(loader: &mut Loader<'_>, name: &str, line: usize, kind: &str, words: &str) -> Option<(String, String)> {
    if !PAGE_KINDS.iter().any(|(known, _)| *known == kind) {
        loader.unknown_label(name, line, kind, PAGE_KINDS.iter().map(|(known, _)| *known));
        return None;
    }
    if words.is_empty() {
        loader.error(name, line, 0, format!("the kind '{kind}' stands without words"));
        return None;
    }
    Some((kind.to_owned(), words.to_owned()))
}

/// A TOML file of a pack with its text, so that places can be found.
#[derive(Clone, Debug)]
pub struct PackFile<'a, T> {
    /// What it holds.
    pub value: T,
    /// Its text.
    pub text: &'a str,
}

/// A row of a TSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line, from 1.
    pub line: usize,
    /// One cell a column that was asked for, in that order, trimmed.
    pub cells: Vec<String>,
}

/// Reads the files of one folder, gathers errors with their places, and numbers words.
pub struct Loader<'a> {
    /// The shared vocabulary.
    pub vocabulary: &'a mut Vocabulary,
    files: &'a PackFiles,
    tag: String,
    errors: &'a mut Vec<PackError>,
    used: Vec<(String, usize)>,
}

impl<'a> Loader<'a> {
    /// A loader for the folder `tag`.
    pub fn new(
        files: &'a PackFiles,
        tag: &str,
        vocabulary: &'a mut Vocabulary,
        errors: &'a mut Vec<PackError>,
    ) -> Loader<'a> {
        Loader { vocabulary, files, tag: tag.to_owned(), errors, used: Vec::new() }
    }

    /// The folder's name.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Names of the folder's .tsv files that begin so, sorted.
    pub fn names_of(&self, prefix: &str) -> Vec<String> {
        let begin = format!("{}/{prefix}", self.tag);
        let folder = self.tag.len() + 1;
        let paths = self.files.iter().map(|(path, _)| path);
        paths.filter(|p| p.starts_with(&begin) && p.ends_with(".tsv")).map(|p| p[folder..].to_owned()).collect()
    }

    /// Reads a TOML file; `None` where the folder has none or it is broken (then an error is noted).
    pub fn toml<T: DeserializeOwned>(&mut self, name: &str) -> Option<PackFile<'a, T>> {
        let path = format!("{}/{name}", self.tag);
        let text = self.files.get(&path)?;
        self.used.push((path, 0));
        match toml::from_str(text) {
            Ok(value) => Some(PackFile { value, text }),
            Err(error) => {
                let (line, column) = error.span().map_or((0, 0), |span| place(text, span.start));
                self.error(name, line, column, error.message().replace('\n', ", "));
                None
            }
        }
    }

    /// The rows of a TSV file as they stand, for a table that needs no cells; none where there is no file.
    /// Comments and the line that names the columns are left out.
    pub fn table(&mut self, name: &str) -> &'a str {
        let path = format!("{}/{name}", self.tag);
        let Some(text) = self.files.get(&path) else { return "" };
        let mut rest = text;
        while let Some((line, after)) = rest.split_once('\n') {
            rest = after;
            if !line.starts_with('#') {
                break;
            }
        }
        self.used.push((path, rest.lines().count()));
        rest
    }

    /// Says how many rules or entries a TOML file turned out to hold.
    pub fn count(&mut self, name: &str, rules: usize) {
        let path = format!("{}/{name}", self.tag);
        if let Some(used) = self.used.iter_mut().find(|(used, _)| *used == path) {
            used.1 = rules;
        }
    }

    /// Reads a TSV file whose first line (after comments) names its columns. `columns` must all be
    /// there and no others; a name that ends in `?` may be missing and then gives empty cells. Lines
    /// that are empty or begin with `#` are skipped. No file: no rows.
    pub fn tsv(&mut self, name: &str, columns: &[&str]) -> Vec<Row> {
        let path = format!("{}/{name}", self.tag);
        let Some(text) = self.files.get(&path) else { return Vec::new() };
        let wanted: Vec<&str> = columns.iter().map(|c| c.trim_end_matches('?')).collect();
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((header_line, header)) = lines.next() else {
            self.used.push((path, 0));
            return Vec::new();
        };
        let header: Vec<&str> = header.split('\t').map(str::trim).collect();
        for (n, column) in header.iter().enumerate() {
            if !wanted.contains(column) {
                let hint =
                    closest(column, wanted.iter().copied()).map_or(String::new(), |c| format!("; did you mean '{c}'?"));
                let at = 1 + header[..n].iter().map(|c| c.chars().count() + 1).sum::<usize>();
                self.error(name, header_line, at, format!("unknown column '{column}'{hint}"));
            }
        }
        for column in columns.iter().filter(|c| !c.ends_with('?')) {
            if !header.contains(column) {
                self.error(name, header_line, 0, format!("the column '{column}' is missing"));
                self.used.push((path, 0));
                return Vec::new();
            }
        }
        let places: Vec<Option<usize>> = wanted.iter().map(|c| header.iter().position(|h| h == c)).collect();
        let mut rows = Vec::new();
        for (line, content) in lines {
            let cells: Vec<&str> = content.split('\t').map(str::trim).collect();
            if cells.len() > header.len() {
                self.error(
                    name,
                    line,
                    0,
                    format!("{} cells, but the header names {} columns", cells.len(), header.len()),
                );
                continue;
            }
            let cell =
                |place: &Option<usize>| place.and_then(|p| cells.get(p)).map_or(String::new(), |c| (*c).to_owned());
            rows.push(Row { line, cells: places.iter().map(cell).collect() });
        }
        self.used.push((path, rows.len()));
        rows
    }

    /// Notes an error in a file of this folder.
    pub fn error(&mut self, name: &str, line: usize, column: usize, message: String) {
        self.errors.push(PackError { file: format!("{}/{name}", self.tag), line, column, message });
    }

    /// Notes an error about a label that is in no list, with the closest one that is.
    pub fn unknown_label<'l>(
        &mut self,
        name: &str,
        line: usize,
        label: &str,
        known: impl Iterator<Item = &'l str> + Clone,
    ) {
        let hint = match closest(label, known.clone()) {
            Some(c) => format!("did you mean '{c}'?"),
            None => format!("known are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.error(name, line, 0, format!("unknown label '{label}'; {hint}"));
    }

    /// Ends the folder: a file that no annotator asked for is an error.
    pub fn finish(self) -> PackStatus {
        let prefix = format!("{}/", self.tag);
        for (path, _) in self.files.iter().filter(|(path, _)| path.starts_with(&prefix)) {
            if !self.used.iter().any(|(used, _)| used == path) && !path.ends_with("/language.tsv") {
                let known = ["segmentation.toml", "page.tsv"].into_iter().chain(FILES.iter().copied());
                let hint =
                    closest(&path[prefix.len()..], known).map_or(String::new(), |c| format!("; did you mean '{c}'?"));
                self.errors.push(PackError {
                    file: path.to_owned(),
                    line: 0,
                    column: 0,
                    message: format!("no annotator reads a file of this name{hint}"),
                });
            }
        }
        PackStatus { files: self.used }
    }
}

/// Names of the annotators' files, for suggestions.
const FILES: &[&str] = &[
    "language.tsv",
    "names.tsv",
    "demonyms.tsv",
    "bodies.tsv",
    "common.tsv",
    "given.tsv",
    "heads.tsv",
    "user.tsv",
    "times.toml",
    "concepts.tsv",
    "words.tsv",
    "words.toml",
    "statements.toml",
    "reporting.tsv",
    "events.tsv",
    "events.toml",
];

/// Line and column (code points, from 1) of a byte offset.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// The known name nearest to a mistyped one, if any is near: at most two edits, or a third of the name.
pub fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).max(2);
    known.map(|k| (edits(name, k), k)).filter(|(d, _)| *d <= most).min().map(|(_, k)| k)
}

/// Edit distance (Levenshtein 1966), in code points.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
