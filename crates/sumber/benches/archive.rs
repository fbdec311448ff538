//! A web archive of 20,000 varied pages, read as `sumber read` does: rate of its first and second half,
//! peak memory, and answers that must hold. With `SUMBER_BENCH_ASSERT=1` the limits are checked too
//! (300 MiB, a steady rate). The archive is written by another process, since the peak is that of the whole
//! process.

mod peak;
#[allow(dead_code)]
mod varied;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use sumber::{Options, PageFormat, Severity};

const MOST_BYTES: u64 = 300 << 20;
const PAGES: usize = 20_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let quick = arguments.iter().any(|argument| argument == "--test");
    let count = if quick { 200 } else { PAGES };
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        return write(Path::new(&arguments[at + 1]), count);
    }
    let folder = tempfile::tempdir().expect("a folder for the archive");
    let path = folder.path().join("varied.warc.gz");
    let mut writer = Command::new(std::env::current_exe().expect("this program"));
    writer.arg("--write").arg(&path);
    if quick {
        writer.arg("--test");
    }
    assert!(writer.status().expect("the writer starts").success());
    let size = std::fs::metadata(&path).expect("the archive").len();
    println!("{count} pages, {:.1} MB packed", size as f64 / 1e6);

    let config = Options::default().resolve().expect("the packs that ship");
    let paths: [PathBuf; 1] = [path];
    let (mut read, mut with_text, mut offsets) = (0, 0, 0);
    let begun = Instant::now();
    let mut half = None;
    let findings = sumber::read_paths(&paths, &config, &|| {}, &mut |article| {
        read += 1;
        with_text += usize::from(article.text.len() > 200);
        let offset: u64 = article.path.rsplit(':').next().and_then(|o| o.parse().ok()).expect("an offset");
        assert!(read == 1 || offset > offsets, "pages come in the archive's order");
        offsets = offset;
        if read == count / 2 {
            half = Some(begun.elapsed());
        }
        Ok(())
    });
    let whole = begun.elapsed();
    let first = half.expect("half of the pages").as_secs_f64();
    let second = whole.as_secs_f64() - first;
    println!(
        "read in {whole:.2?}: {:.0} pages/s, then {:.0} pages/s; {}",
        count as f64 / 2.0 / first,
        count as f64 / 2.0 / second,
        peak::told()
    );
    assert_eq!(read, count);
    assert!(with_text * 100 >= count * 99, "{with_text} pages with text");
    let skipped = findings.expect("nothing to write").iter().filter(|f| f.severity == Severity::Skipped).count();
    assert_eq!(skipped, 0);
    if std::env::var_os("SUMBER_BENCH_ASSERT").is_some() {
        let peak = peak::bytes().expect("peak memory is known on Linux alone");
        assert!(peak < MOST_BYTES, "{peak} bytes at the peak, {MOST_BYTES} allowed");
        assert!(second < first * 1.25, "the second half took {second:.2} s, the first {first:.2} s");
    }
}

/// Writes the archive, a member a page.
fn write(path: &Path, count: usize) {
    let mut out = BufWriter::new(File::create(path).expect("the archive can be written"));
    for (n, page) in varied::varied(count, 3).into_iter().enumerate() {
        let text = String::from_utf8_lossy(&page.bytes);
        let body = match page.format {
            PageFormat::Html => text.into_owned(),
            _ => as_html(&text),
        };
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://varied.example/{n}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        let mut packer = GzEncoder::new(&mut out, Compression::fast());
        packer
            .write_all(record.as_bytes())
            .and_then(|()| packer.finish().map(drop))
            .expect("the archive can be written");
    }
    out.flush().expect("the archive can be written");
}

/// A text in the markup of a page.
fn as_html(text: &str) -> String {
    let mut html =
        "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><nav><a href=/>Home</a></nav><article>".to_owned();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        html.push_str("<p>");
        html.push_str(&line.replace('&', "&amp;").replace('<', "&lt;"));
        html.push_str("</p>\n");
    }
    html + "</article></body></html>"
}
