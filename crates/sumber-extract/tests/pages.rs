//! The pages of `testdata/pages`: each with what to keep, what to drop, and its metadata.

mod support;

use std::fs;

use serde_json::Value;
use sumber_core::{Page, PageFormat};
use sumber_extract::PageReader;

#[test]
fn pages_give_what_their_expectations_say() {
    let reader = PageReader::new(&support::hints());
    let mut cases: Vec<_> = fs::read_dir(support::root("testdata/pages")).unwrap().map(|e| e.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    cases.sort();
    assert!(cases.len() >= 40, "only {} pages were found", cases.len());
    let mut faults = Vec::new();
    for path in &cases {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let format = if name.ends_with(".html") { PageFormat::Html } else { PageFormat::Text };
        let article =
            reader.read(&Page { path: name.clone(), format, bytes: fs::read(path).unwrap(), ..Page::default() });
        let expected: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = folded(&article.text);
        let list = |field: &str| -> Vec<String> {
            let values = expected[field].as_array().into_iter().flatten();
            values.map(|v| v.as_str().unwrap().to_owned()).collect()
        };
        for keep in list("keep").iter().filter(|k| !text.contains(&folded(k))) {
            faults.push(format!("{name}: lost {keep:?}"));
        }
        for drop in list("drop").iter().filter(|d| text.contains(&folded(d))) {
            faults.push(format!("{name}: kept {drop:?}"));
        }
        let outlet = article.outlet.as_ref();
        let found = [
            ("title", article.title.clone()),
            ("published", article.published.clone()),
            ("modified", article.modified.clone()),
            ("outlet", outlet.map(|o| o.name.clone())),
            ("domain", outlet.and_then(|o| o.domain.clone())),
            ("credit", article.credit.clone()),
        ];
        for (field, value) in found {
            // a field that is not there is not judged; null means that nothing may be found
            if let Some(wanted) = expected.get(field)
                && wanted.as_str() != value.as_deref()
            {
                faults.push(format!("{name}: {field} is {value:?}, not {wanted}"));
            }
        }
        if expected.get("authors").is_some() && list("authors") != article.authors {
            faults.push(format!("{name}: authors are {:?}", article.authors));
        }
    }
    assert!(faults.is_empty(), "{} faults in {} pages:\n{}", faults.len(), cases.len(), faults.join("\n"));
}
