//! Renderings of a trace made by hand (`testdata/trace.json`), as snapshots. Refresh them with
//! `INSTA_UPDATE=always cargo test -p sumber-cli` and read the difference.

use sumber::wire;

use super::*;

const PLAIN: Canvas = Canvas { width: 100, colour: false };

fn by_hand() -> wire::Trace {
    serde_json::from_str(include_str!("../../../../testdata/trace.json")).unwrap()
}

#[test]
fn a_trace_reads_well_on_a_wide_terminal() {
    insta::assert_snapshot!(trace(&by_hand(), View { canvas: PLAIN, all: false }));
}

#[test]
fn a_trace_fits_a_narrow_terminal() {
    let narrow = trace(&by_hand(), View { canvas: Canvas { width: 50, ..PLAIN }, all: false });
    for line in narrow.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 50, "{line}");
    }
    insta::assert_snapshot!(narrow);
}

#[test]
fn colours_change_nothing_but_colours() {
    let plain = trace(&by_hand(), View { canvas: PLAIN, all: false });
    let coloured = trace(&by_hand(), View { canvas: Canvas { colour: true, ..PLAIN }, all: false });
    assert!(coloured.contains("\u{1b}[1m"));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn a_hostile_page_sends_no_codes_to_the_terminal() {
    let plain = trace(&by_hand(), View { canvas: PLAIN, all: true });
    assert!(plain.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!plain.contains('\u{202e}'));
}

#[test]
fn nothing_to_trace_is_said_in_one_line() {
    let mut nothing = by_hand();
    nothing.articles.clear();
    nothing.stories.clear();
    nothing.claims.clear();
    nothing.copies.clear();
    assert_eq!(trace(&nothing, View { canvas: PLAIN, all: false }), "0 articles · 0 statements · 0 claims\n");
}

#[test]
fn long_lists_are_cut_and_counted() {
    let mut many = by_hand();
    let claim = many.claims[1].clone();
    many.claims = (1..=40).map(|n| wire::Claim { id: format!("c{n}"), ..claim.clone() }).collect();
    let shown = trace(&many, View { canvas: PLAIN, all: false });
    assert!(shown.contains("28 claims more in this story; --all shows them"), "{shown}");
    assert!(!shown.contains("c13"));
    let all = trace(&many, View { canvas: PLAIN, all: true });
    assert!(all.contains("c40") && !all.contains("--all"));
}

#[test]
fn an_article_is_shown_with_what_it_says() {
    insta::assert_snapshot!(analysis(&by_hand().articles[1], PLAIN));
}

fn rule_of_a_pack(rule: &str) -> Option<RuleText> {
    let about = "A quotation, then a reporting word, then the source.".to_owned();
    (rule == "id.attr.quote-verb-source")
        .then(|| RuleText { place: "id/statements.toml:12".to_owned(), about: Some(about) })
}

#[test]
fn every_kind_of_id_has_an_answer() {
    let ids =
        ["c1", "c3", "c3:o2", "suluh:s2", "a00000000000000c4:s2", "coral:e1", "barisan", "person:~hendrawirabumi"];
    let answer = |id: &str| why(&by_hand(), id, &rule_of_a_pack, PLAIN).unwrap();
    let answers: Vec<String> = ids.iter().map(|id| format!("$ sumber why {id}\n{}", answer(id))).collect();
    insta::assert_snapshot!(answers.join("\n"));
}

#[test]
fn an_id_that_nothing_has_is_told_apart() {
    for id in ["", "c9", "c1:o9", "c1:o0", "suluh:s9", "suluh:e9", "x:y", "a0"] {
        assert_eq!(why(&by_hand(), id, &rule_of_a_pack, PLAIN), None, "{id}");
    }
}

#[test]
fn a_damaged_trace_is_shown_as_far_as_it_goes() {
    let wild = [(0, u32::MAX), (u32::MAX, u32::MAX), (9, 3), (3, 3), (7, 100_000)];
    for (start, end) in wild {
        let place = wire::Place { start, end };
        let mut damaged = by_hand();
        for article in &mut damaged.articles {
            article.statements.iter_mut().for_each(|s| {
                s.content = vec![place, place];
                s.cue = Some(place);
                s.source = Some(wire::Place { start: 1, end: 5 });
            });
            article.events.iter_mut().for_each(|event| event.trigger = place);
        }
        damaged.stories.push(vec!["a-that-is-not-there".to_owned()]);
        let stranger = wire::Member { article: "a9".to_owned(), statement: Some("s9".to_owned()), text: None };
        damaged.claims[0].members.push(stranger.clone());
        damaged.claims[0].disputed_by.push(stranger.clone());
        damaged.claims[0].first = Some(stranger);
        damaged.claims[0].merges[0].origins = [7, 9];
        damaged.claims[0].circular.push(vec!["a9".to_owned()]);
        assert!(trace(&damaged, View { canvas: PLAIN, all: true }).contains("c3"));
        for id in ["c1", "c1:o2", "c2", "coral:s1", "coral:e1", "lanterna", "gpe:italy"] {
            assert!(why(&damaged, id, &rule_of_a_pack, PLAIN).is_some(), "{id}");
        }
    }
}

#[test]
fn origins_are_a_range() {
    let claim = by_hand().claims[0].clone();
    let shown = |range| claim::origins(&wire::Claim { independent_range: range, ..claim.clone() });
    assert_eq!(shown([1, 1]), "1 independent origin");
    assert_eq!(shown([1, 2]), "1-2 independent origins");
    assert_eq!(shown([3, 3]), "3 independent origins");
    assert_eq!(shown([0, 0]), "origin unknown");
    assert_eq!(shown([0, 1]), "0-1 independent origins");
}
