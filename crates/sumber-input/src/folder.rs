//! A folder of small text files, read whole: how packs of the user come in.

use std::path::Path;
use std::{fs, io};

/// Every file below `folder` whose name ends in one of `extensions`, as (path inside the folder with
/// `/`, text), sorted by path.
///
/// # Errors
/// The first file or folder that cannot be read, or is not UTF-8, with its path in the message.
pub fn read_folder(folder: &Path, extensions: &[&str]) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).display().to_string();
            let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links"));
            io::Error::new(cause.kind(), format!("{path} cannot be read ({cause})"))
        })?;
        let wanted = entry.path().extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e));
        if !wanted || !entry.file_type().is_file() {
            continue;
        }
        let text = fs::read_to_string(entry.path()).map_err(|error| {
            io::Error::new(error.kind(), format!("{} cannot be read ({error})", entry.path().display()))
        })?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        files.push((inside.to_string_lossy().replace('\\', "/"), text));
    }
    Ok(files)
}
