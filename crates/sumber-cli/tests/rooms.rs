//! The directions of imports between the rooms: who may know whom.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each room with the rooms that it may import. A new room is added here on purpose.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("sumber-core", &[]),
    ("sumber-extract", &["sumber-core"]),
    ("sumber-lang", &["sumber-core"]),
    ("sumber-graph", &["sumber-core"]),
    ("sumber-input", &["sumber-core"]),
    ("sumber", &["sumber-core", "sumber-extract", "sumber-lang", "sumber-graph", "sumber-input"]),
    ("sumber-cli", &["sumber"]),
    ("xtask", &["sumber"]),
];

#[test]
fn rooms_import_only_what_they_may_know() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let names: Vec<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let allowed: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let may = allowed.get(name).unwrap_or_else(|| panic!("the room '{name}' is not in the table of this test"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let imported = dependency["name"].as_str().unwrap();
            // tests may look further; what ships may not
            if names.contains(&imported) && dependency["kind"].as_str() != Some("dev") {
                assert!(may.contains(&imported), "'{name}' must not import '{imported}'");
            }
        }
    }
}
