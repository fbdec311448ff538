//! The pages of `testdata/pages`: each with what to keep, what to drop, and its metadata.

mod support;

use std::fs;

use serde_json::Value;
use sumber_core::{Page, PageFormat, PageHints};
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
        if expected.get("updates").is_some() && list("updates") != article.updates {
            faults.push(format!("{name}: updates are {:?}", article.updates));
        }
        if let (Some(wanted), Some(told)) = (expected.get("told"), &article.published_evidence)
            && *wanted != serde_json::json!([told.source.as_str(), told.name, told.words])
        {
            faults.push(format!("{name}: the date is told by {told:?}"));
        }
        if article.published.is_some() != article.published_evidence.is_some() {
            faults.push(format!("{name}: {:?} is told by {:?}", article.published, article.published_evidence));
        }
        if expected.get("authors").is_some() && list("authors") != article.authors {
            faults.push(format!("{name}: authors are {:?}", article.authors));
        }
    }
    assert!(faults.is_empty(), "{} faults in {} pages:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn every_piece_of_text_stands_in_the_bytes_that_it_is_traced_to() {
    let reader = PageReader::new(&PageHints { places: true, ..support::hints() });
    let (mut mapped, mut all) = (0, 0);
    let mut faults = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(support::root("testdata/pages")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let format = if name.ends_with(".html") { PageFormat::Html } else { PageFormat::Text };
        let bytes = fs::read(&path).unwrap();
        let article = reader.read(&Page { path: name.clone(), format, bytes: bytes.clone(), ..Page::default() });
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>();
        let mut last = 0;
        for place in &article.places {
            let text = &article.text[place.text.clone()];
            let raw =
                std::str::from_utf8(&bytes[place.bytes.clone()]).expect("a place begins and ends between characters");
            if bare(text) != bare(raw) && !raw.starts_with(['&', '\\']) {
                faults.push(format!("{name}: {text:?} is traced to {raw:?}"));
            }
            assert!(place.text.start >= last, "{name}: places are in the order of the text");
            last = place.text.end;
            mapped += bare(text).len();
        }
        let own = bare(&article.text).len();
        let found: usize = article.places.iter().map(|p| bare(&article.text[p.text.clone()]).len()).sum();
        all += own;
        if found * 100 < own * 95 {
            faults.push(format!("{name}: {found} of {own} bytes are traced"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(mapped * 1000 >= all * 995, "{mapped} of {all} bytes are traced");
}
