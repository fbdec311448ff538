//! What tests share: the page words of the packs that ship.

use sumber_core::{PageHints, PageWords};

use crate::words::PageLexicon;

/// Hints made of the packs' files.
pub fn hints() -> PageHints {
    let packs = [
        ("en", include_str!("../../../packs/en/page.tsv")),
        ("id", include_str!("../../../packs/id/page.tsv")),
        ("it", include_str!("../../../packs/it/page.tsv")),
    ];
    let rows = |text: &str| {
        let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1);
        lines.filter_map(|l| l.split_once('\t')).map(|(k, w)| (k.to_owned(), w.to_owned())).collect()
    };
    let world = [include_str!("../../../packs/world/page.tsv"), include_str!("../../../packs/world/months.tsv")];
    let lines = world.iter().flat_map(|w| w.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1));
    let others = lines.filter_map(|l| {
        let mut cells = l.split('\t').map(str::to_owned);
        let (tag, kind, words) = (cells.next()?, cells.next()?, cells.next()?);
        Some(PageWords { tag, rows: vec![(kind, words)] })
    });
    PageHints {
        languages: packs
            .iter()
            .map(|(tag, text)| PageWords { tag: (*tag).to_owned(), rows: rows(text) })
            .chain(others)
            .collect(),
        ..PageHints::default()
    }
}

/// The packs' words, compiled.
pub fn lexicon() -> PageLexicon {
    PageLexicon::new(&hints())
}
