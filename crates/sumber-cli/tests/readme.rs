//! The excerpt in the README is what the program prints.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

#[test]
fn the_excerpt_is_printed_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let block = readme.split("```\n").nth(1).expect("a block with an excerpt");
    let (command, excerpt) = block.split_once('\n').unwrap();
    let arguments: Vec<&str> = command.strip_prefix("$ sumber ").expect("a command of sumber").split(' ').collect();
    let output = Command::cargo_bin("sumber").unwrap().args(arguments).current_dir(root).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut rest = printed.as_str();
    // a line of three dots stands for what is left out
    for part in excerpt.split("...\n").map(str::trim_end).filter(|part| !part.is_empty()) {
        let at = rest.find(part.trim_start_matches('\n'));
        let at = at.unwrap_or_else(|| panic!("this part of the README is not printed:\n{part}\n\nprinted:\n{printed}"));
        rest = &rest[at + part.len() - 1..];
    }
}
