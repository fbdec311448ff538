//! Where answers go: standard output or a file, with colour and width as the place allows.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// How wide text may be, and whether it may be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas {
    /// Columns.
    pub width: usize,
    /// Whether escape codes are welcome.
    pub colour: bool,
}

/// Columns where no terminal tells: that of a mail or a file.
const PLAIN_WIDTH: usize = 100;
/// Lines longer than this are hard to read.
const MOST_WIDTH: usize = 120;
/// Below this, text is cut to shreds.
const LEAST_WIDTH: usize = 40;

/// The canvas of standard output, or of a file where `file` is given.
pub fn canvas(file: Option<&Path>) -> Canvas {
    if file.is_some() {
        return Canvas { width: PLAIN_WIDTH, colour: false };
    }
    let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let columns = terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(columns, _)| usize::from(columns.0));
    let width = if io::IsTerminal::is_terminal(&io::stdout()) { columns } else { PLAIN_WIDTH };
    Canvas { width: width.clamp(LEAST_WIDTH, MOST_WIDTH), colour }
}

/// Writes an answer with `write`: to standard output, or to `file`, which then appears whole or not
/// at all.
///
/// # Errors
/// What the file system says, with the path. A reader that has gone away is no error.
pub fn write(file: Option<&PathBuf>, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let Some(path) = file else {
        let mut out = BufWriter::new(io::stdout().lock());
        return match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                // what is left in the buffer has no reader
                let _ = out.into_parts();
                Ok(())
            }
            result => result.context("standard output cannot be written"),
        };
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let told = || format!("{} cannot be written; check that its folder is there and may be written", path.display());
    // a device or pipe such as /dev/stdout cannot be put in place by renaming
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        let mut out = BufWriter::new(fs::File::create(path).with_context(told)?);
        return write(&mut out).and_then(|()| out.flush()).with_context(told);
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sumber-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut whole = BufWriter::new(builder.tempfile_in(folder).with_context(told)?);
    write(&mut whole).with_context(told)?;
    let whole = whole.into_inner().map_err(io::IntoInnerError::into_error).with_context(told)?;
    whole.persist(path).map_err(|error| error.error).with_context(told)?;
    Ok(())
}
