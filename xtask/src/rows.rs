//! Files that hold one JSON value a line.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::de::DeserializeOwned;

/// The values of a file, in its order; empty lines are none.
///
/// # Errors
///
/// The file cannot be read, or a line is not such a value.
pub fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let value = |(n, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}: a broken line", path.display(), n + 1))
    };
    lines.map(value).collect()
}
