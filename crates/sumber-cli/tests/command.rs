//! The command as its users meet it: what it prints where, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt as _;
use serde_json::Value;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn samples() -> PathBuf {
    root().join("samples/water-bombers")
}

fn sumber() -> Command {
    let mut command = Command::cargo_bin("sumber").unwrap();
    command.current_dir(root()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    sumber().args(arguments).output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn traced(arguments: &[&str]) -> Value {
    let output = run(&[&["trace", "--format", "json"], arguments].concat());
    assert!(output.status.success(), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

mod exit_status {
    use super::*;

    #[test]
    fn is_0_when_all_was_read() {
        let output = run(&["trace", "samples/water-bombers"]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }

    #[test]
    fn is_1_when_something_was_skipped_and_the_rest_is_still_traced() {
        let output = run(&["trace", "samples/water-bombers", "no-such-file.txt"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains("no-such-file.txt"), "{}", err(&output));
        assert!(out(&output).starts_with("7 articles"), "{}", out(&output));
    }

    #[test]
    fn is_2_for_wrong_usage() {
        let wrong: [&[&str]; 7] = [
            &["trace"],
            &["trace", "samples", "--date", "2024-02-31"],
            &["trace", "samples", "--lang", "bahasa indonesia"],
            &["trace", "samples", "--jobs", "0"],
            &["trace", "samples", "--packs", "no-such-folder"],
            &["why", "c1", "--trace", "no-such-file.json"],
            &["pack", "try", "xx", "words"],
        ];
        for arguments in wrong {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(err(&output).contains("error"), "{arguments:?}: {}", err(&output));
            assert_eq!(out(&output), "", "{arguments:?}");
        }
    }

    #[test]
    fn is_2_for_a_broken_pack_and_every_fault_has_its_place() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("id")).unwrap();
        let file = folder.path().join("id/concepts.tsv");
        fs::write(&file, "id\twordz\nattack\tserangan\n").unwrap();
        let folder = folder.path().to_str().unwrap();
        for arguments in [&["pack", "check", "--packs", folder] as &[&str], &["trace", "samples", "--packs", folder]] {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(2));
            let place = format!("{}:1:4: unknown column 'wordz'; did you mean 'words'?", file.display());
            assert!(err(&output).contains(&place), "{}", err(&output));
        }
    }

    #[test]
    fn is_2_for_an_id_that_the_trace_does_not_have() {
        let output = run(&["why", "c9", "--trace", "testdata/trace.json"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("'c9'"), "{}", err(&output));
    }

    #[test]
    fn is_0_when_the_reader_goes_away() {
        let mut child = sumber()
            .args(["analyze", "samples/water-bombers"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(err(&output), "");
    }
}

mod bad_input {
    use super::*;

    #[test]
    fn is_named_with_what_to_do_and_the_rest_is_still_traced() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("empty.txt", b"");
        write("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00");
        let article = r#"{"text": "The harbour will stay closed, the mayor said on Monday, and nobody knows for how long it will."}"#;
        write("lines.jsonl", format!("{article}\n{{\"text\": \n").as_bytes());
        write("deep.html", format!("<p>{}", "<div>".repeat(100_000)).as_bytes());
        write("cut.html", b"<html><head><title>The harbour stays cl");
        let good = fs::read(samples().join("southern-wire.txt")).unwrap();
        write("good.txt", &good);
        write("broken.txt", &[&good[..], b" caf\xe9 \xff\xfe"].concat());
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();

        let output = run(&["trace", "--format", "json", folder.path().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        for (name, code) in
            [("empty.txt", "R002"), ("picture.txt", "R003"), ("lines.jsonl:2", "R007"), ("loop", "R006")]
        {
            let told = err(&output).lines().any(|line| line.contains(name) && line.contains(code));
            assert!(told || (cfg!(not(unix)) && name == "loop"), "{name} {code}: {}", err(&output));
        }
        let trace: Value = serde_json::from_slice(&output.stdout).unwrap();
        let traced: Vec<&str> =
            trace["articles"].as_array().unwrap().iter().map(|article| article["path"].as_str().unwrap()).collect();
        for name in ["good.txt", "broken.txt", "lines.jsonl:1"] {
            assert!(traced.iter().any(|path| path.ends_with(name)), "{name} is not in {traced:?}");
        }
    }
}

mod contract {
    use super::*;

    fn schema() -> Value {
        serde_json::from_str(&fs::read_to_string(root().join("schema/trace.schema.json")).unwrap()).unwrap()
    }

    /// Lets objects have no fields but those that the schema names.
    fn closed(mut schema: Value) -> Value {
        fn close(value: &mut Value) {
            match value {
                Value::Object(map) => {
                    map.values_mut().for_each(close);
                    if map.contains_key("properties") && !map.contains_key("additionalProperties") {
                        map.insert("additionalProperties".to_owned(), Value::Bool(false));
                    }
                }
                Value::Array(values) => values.iter_mut().for_each(close),
                _ => {}
            }
        }
        close(&mut schema);
        schema
    }

    fn assert_valid(trace: &Value) {
        let validator = jsonschema::validator_for(&closed(schema())).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(trace).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn real_output_is_valid_and_has_no_field_that_the_schema_does_not_name() {
        let trace = traced(&["samples/water-bombers"]);
        assert_eq!(trace["articles"].as_array().unwrap().len(), 7);
        assert_valid(&trace);
    }

    #[test]
    fn the_trace_made_by_hand_is_valid() {
        let by_hand = fs::read_to_string(root().join("testdata/trace.json")).unwrap();
        assert_valid(&serde_json::from_str(&by_hand).unwrap());
    }

    #[test]
    fn the_schema_refuses_what_is_not_a_trace() {
        let validator = jsonschema::validator_for(&closed(schema())).unwrap();
        let mut trace = traced(&["samples/water-bombers"]);
        assert!(validator.is_valid(&trace));
        trace["articles"][0]["surprise"] = Value::Bool(true);
        assert!(!validator.is_valid(&trace));
        assert!(!validator.is_valid(&serde_json::json!({"schema": 1})));
    }

    #[test]
    fn places_hold_the_words_that_are_given_beside_them() {
        let trace = traced(&["samples/water-bombers"]);
        let mut checked = 0;
        for article in trace["articles"].as_array().unwrap() {
            let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
            for part in article["entities"].as_array().unwrap().iter().chain(article["times"].as_array().unwrap()) {
                let [start, end] = ["start", "end"].map(|key| part[key].as_u64().unwrap() as usize);
                assert_eq!(text[start..end].iter().collect::<String>(), part["text"].as_str().unwrap());
                checked += 1;
            }
        }
        assert!(checked > 10, "only {checked} places");
    }

    #[test]
    fn jsonl_has_one_object_a_line_with_its_type() {
        let output = run(&["trace", "samples/water-bombers", "--format", "jsonl"]);
        let trace = traced(&["samples/water-bombers"]);
        let lines: Vec<Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (kind, part) in [("article", "articles"), ("copy", "copies"), ("story", "stories"), ("claim", "claims")] {
            let of_kind = lines.iter().filter(|line| line["type"] == kind).count();
            assert_eq!(of_kind, trace[part].as_array().unwrap().len(), "{kind}");
        }
    }

    #[test]
    fn analyze_prints_the_article_objects_of_the_contract() {
        let output = run(&["analyze", "samples/water-bombers"]);
        let mut articles = schema();
        articles["$ref"] = Value::String("#/$defs/article".to_owned());
        for key in ["properties", "required", "type"] {
            articles.as_object_mut().unwrap().remove(key);
        }
        let validator = jsonschema::validator_for(&closed(articles)).unwrap();
        for line in out(&output).lines() {
            let article: Value = serde_json::from_str(line).unwrap();
            assert!(validator.is_valid(&article), "{:?}", validator.iter_errors(&article).next());
        }
        assert_eq!(out(&output).lines().count(), 7);
    }

    #[test]
    fn read_prints_clean_articles() {
        let output = run(&["read", "samples/water-bombers/suluh-rimba.html"]);
        let article: Value = serde_json::from_str(out(&output)).unwrap();
        assert_eq!(article["lang"], "id");
        assert!(article["text"].as_str().unwrap().contains("Pelatihan tidak berhenti"));
        assert!(article.get("statements").is_none());
    }
}

mod same_answer {
    use super::*;

    /// The names of the samples' files as given, and in another order.
    fn orders() -> [Vec<String>; 2] {
        let mut files: Vec<String> = fs::read_dir(samples())
            .unwrap()
            .map(|entry| format!("samples/water-bombers/{}", entry.unwrap().file_name().to_str().unwrap()))
            .collect();
        files.sort();
        let mut shuffled = files.clone();
        shuffled.reverse();
        shuffled.swap(0, 3);
        [files, shuffled]
    }

    fn trace_of(files: &[String], jobs: &str) -> String {
        let mut arguments = vec!["trace", "--format", "json", "--jobs", jobs];
        arguments.extend(files.iter().map(String::as_str));
        out(&run(&arguments)).to_owned()
    }

    #[test]
    fn for_one_thread_and_four() {
        let [files, _] = orders();
        assert_eq!(trace_of(&files, "1"), trace_of(&files, "4"));
    }

    #[test]
    fn for_paths_in_any_order() {
        let [files, shuffled] = orders();
        assert_eq!(trace_of(&files, "1"), trace_of(&shuffled, "1"));
    }

    #[test]
    fn for_pages_given_twice() {
        let [files, _] = orders();
        let twice: Vec<String> = files.iter().chain(&files).cloned().collect();
        let without_notes = |json: &str| {
            let mut trace: Value = serde_json::from_str(json).unwrap();
            trace["diagnostics"] = Value::Null;
            trace
        };
        assert_eq!(without_notes(&trace_of(&twice, "2")), without_notes(&trace_of(&files, "2")));
    }

    #[test]
    fn for_a_trace_shown_at_once_and_one_that_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("trace.json");
        let saved = saved.to_str().unwrap();
        assert!(run(&["trace", "samples/water-bombers", "-o", saved]).status.success());
        let fresh = run(&["trace", "samples/water-bombers"]);
        assert_eq!(out(&run(&["report", saved])), out(&fresh));
    }
}

mod text {
    use super::*;

    #[test]
    fn is_plain_when_piped() {
        let output = run(&["trace", "samples/water-bombers"]);
        assert!(!out(&output).contains('\u{1b}'));
        assert_eq!(err(&output), "", "nothing to say of what went well");
    }

    #[test]
    fn is_coloured_when_the_user_insists_and_not_when_no_colour_is_asked_for() {
        let coloured = sumber().args(["report", "testdata/trace.json"]).env("CLICOLOR_FORCE", "1").output().unwrap();
        assert!(out(&coloured).contains("\u{1b}["));
        let plain = sumber().args(["report", "testdata/trace.json"]).env("NO_COLOR", "1").output().unwrap();
        assert!(!out(&plain).contains('\u{1b}'));
    }

    #[test]
    fn says_what_to_do_next_when_there_is_nothing_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let output = run(&["trace", folder.path().to_str().unwrap()]);
        assert!(out(&output).starts_with("0 articles"), "{}", out(&output));
    }
}

mod output_file {
    use super::*;

    #[test]
    fn has_the_format_of_its_ending() {
        let folder = tempfile::tempdir().unwrap();
        let beginnings = [
            ("t.json", "{\"schema\":1"),
            ("t.jsonl", "{\"type\":\"article\""),
            ("t.html", "<!"),
            ("t.txt", "7 articles"),
        ];
        for (name, beginning) in beginnings {
            let path = folder.path().join(name);
            let output = run(&["trace", "samples/water-bombers", "-o", path.to_str().unwrap()]);
            assert!(output.status.success(), "{}", err(&output));
            assert_eq!(out(&output), "");
            let written = fs::read_to_string(&path).unwrap();
            assert!(written.to_lowercase().starts_with(beginning), "{name}: {}", &written[..40]);
        }
    }

    #[test]
    fn is_left_as_it_was_when_the_command_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.json");
        fs::write(&path, "kept").unwrap();
        let output = run(&["trace", "samples", "--date", "never", "-o", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written is left");
    }

    #[test]
    fn in_a_folder_that_is_not_there_is_an_error_that_names_it() {
        let output = run(&["trace", "samples/water-bombers", "-o", "no-such-folder/t.json"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("no-such-folder/t.json"), "{}", err(&output));
    }
}

mod packs {
    use super::*;

    #[test]
    fn of_the_user_go_over_those_that_ship() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().to_str().unwrap();
        assert!(run(&["pack", "new", "xx", "--into", into]).status.success());
        let listed = run(&["pack", "list", "--packs", into]);
        assert!(out(&listed).contains("\nxx "), "{}{}", out(&listed), err(&listed));
    }

    #[test]
    fn pass_their_own_examples() {
        let output = run(&["pack", "test"]);
        assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    }

    #[test]
    fn show_what_they_find_in_a_sentence() {
        let output = run(&["pack", "try", "id", "Lebih dari 1.200 warga mengungsi pada 5 Mei 2025."]);
        assert!(out(&output).contains("2025-05-05"), "{}", out(&output));
    }
}

mod html {
    use super::*;

    #[test]
    fn a_saved_trace_becomes_the_same_page_as_a_fresh_one() {
        let fresh = run(&["trace", "--format", "html", "samples/water-bombers"]);
        assert!(fresh.status.success(), "{}", err(&fresh));
        let json = run(&["trace", "--format", "json", "samples/water-bombers"]);
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("trace.json");
        fs::write(&saved, &json.stdout).unwrap();
        let page = run(&["report", saved.to_str().unwrap(), "--format", "html"]);
        assert!(out(&page).starts_with("<!DOCTYPE html>"), "{}", err(&page));
        assert!(out(&page) == out(&fresh), "the pages differ");
    }
}
