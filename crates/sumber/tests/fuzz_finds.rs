//! What fuzzing found in the past, run again: `testdata/fuzz/TARGET/*`, one file a find.

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

fn run(target: &str, function: fn(&[u8])) {
    let folder = format!("{}/../../testdata/fuzz/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut finds: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .collect();
    finds.sort();
    assert!(!finds.is_empty(), "no cases in {folder}");
    for find in finds {
        println!("{}", find.display());
        function(&std::fs::read(&find).unwrap());
    }
}

#[test]
fn reading_holds_what_it_promises() {
    run("read", targets::read);
}

#[test]
fn feeds_and_tables_hold_what_they_promise() {
    run("feed", targets::feed);
}

#[test]
fn archives_hold_what_they_promise() {
    run("warc", targets::warc);
}

#[test]
fn analyzing_holds_what_it_promises() {
    run("analyze", targets::analyze);
}

#[test]
fn packs_hold_what_they_promise() {
    run("packs", targets::packs);
}

#[test]
fn tracing_holds_what_it_promises() {
    run("trace", targets::trace);
}
