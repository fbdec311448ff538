use dom_query::Document;
use serde_json::{Value, json};
use sumber::wire::Trace;

use super::graph::{self, EdgeKind, NodeKind, layout};
use super::report::Report;
use super::{escape, render, words};

/// Strings that a page from the web may hold and that must stay words.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></title></svg><iframe src=//evil.example>",
    "<!-- --><![CDATA[ ]]>",
    "&lt;b&gt; &#x202e; &amp",
    "\u{202e}txet denrut\u{2066}\u{0}\u{1b}[31m",
];

fn trace(value: Value) -> Trace {
    serde_json::from_value(value).expect("the fixture is a trace")
}

fn link(kind: &str, text: &str) -> Value {
    json!({"kind": kind, "text": text, "names": [text], "id": null, "country": "XKX", "count": 2})
}

/// An article whose whole text is one statement.
fn article(id: &str, outlet: &str, lang: &str, date: &str, text: &str, chain: Vec<Value>) -> Value {
    let end = text.chars().count();
    json!({
        "id": id, "path": format!("{id}.txt"), "url": null, "lang": lang, "outlet": {"name": outlet, "domain": null},
        "credit": null, "published": date, "modified": null, "title": format!("Title of {outlet}"), "authors": [],
        "text": text, "entities": [], "times": [],
        "statements": [{"id": "s1", "content": [{"start": 0, "end": end}], "cue": null, "source": {"start": 0, "end": 3.min(end)},
            "kind": "direct", "stance": "asserts", "hearsay": false, "rule": "xx", "chain": chain}],
        "events": [{"type": "CONSULT", "trigger": {"start": 0, "end": 3.min(end)}, "actors": ["XKX"], "recipients": [],
            "date": date, "status": "planned", "statement": "s1"}],
    })
}

fn member(id: &str) -> Value {
    json!({"article": id, "statement": "s1"})
}

fn claim(gist: &str, members: Vec<Value>, origin: Value, range: [u32; 2]) -> Value {
    json!({
        "id": "c1", "gist": gist, "members": members,
        "origins": [{"via": ["The Gazette"], "origin": origin, "group": 0, "members": members}],
        "independent": range[0], "independent_range": range, "first": members.first(), "circular": [], "changes": [],
        "disputed_by": [], "merges": [],
    })
}

fn whole(articles: Vec<Value>, claims: Vec<Value>) -> Value {
    let ids: Vec<Value> = articles.iter().map(|article| article["id"].clone()).collect();
    json!({
        "schema": 1, "generator": {"name": "sumber", "version": "0"}, "articles": articles, "copies": [],
        "stories": [ids], "claims": claims, "diagnostics": [],
    })
}

/// The Gazette has it from two officials, two others from The Gazette.
fn three() -> Value {
    let officials = || link("anonymous", "two officials");
    whole(
        vec![
            article("a", "The Gazette", "en", "2025-03-01", "The bridge will close.", vec![officials()]),
            article(
                "b",
                "Il Ponte",
                "it",
                "2025-03-02",
                "Il ponte chiude.",
                vec![link("medium", "The Gazette"), officials()],
            ),
            article("c", "الجسر", "ar", "2025-03-03", "الجسر سيغلق", vec![link("medium", "Il Ponte"), officials()]),
        ],
        vec![claim("The bridge will close.", vec![member("a"), member("b"), member("c")], officials(), [1, 1])],
    )
}

/// Every string of a trace replaced by a hostile one, ids and labels included.
fn poisoned(poison: &str) -> Trace {
    fn spoil(value: &mut Value, poison: &str) {
        match value {
            Value::String(text) => *text = poison.to_owned(),
            Value::Null => *value = Value::String(poison.to_owned()),
            Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, poison)),
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut() {
                    let other_type = matches!(name.as_str(), "first" | "cue") && field.is_null();
                    let number = name == "count" && field.is_null();
                    if !(other_type || number) {
                        spoil(field, poison);
                    }
                }
            }
            _ => {}
        }
    }
    let mut value = three();
    value["copies"] = json!([{"from": "a", "to": "b", "relation": "r", "score": 0.5, "evidence": ["e"]}]);
    value["diagnostics"] = json!([{"severity": "s", "code": "c", "place": "p", "message": "m"}]);
    value["claims"][0]["circular"] = json!([["a", "b"]]);
    value["claims"][0]["changes"] =
        json!([{"article": "a", "statement": "s1", "what": "number", "was": "1", "is": "2"}]);
    value["claims"][0]["merges"] = json!([{"origins": [0, 0], "certain": false, "reason": "r"}]);
    value["claims"][0]["disputed_by"] = json!([member("a")]);
    spoil(&mut value, poison);
    trace(value)
}

/// Names of all elements and of all attributes with their values.
fn anatomy(page: &str) -> (Vec<String>, Vec<(String, String)>) {
    let document = Document::from(page);
    let mut names = Vec::new();
    let mut attributes = Vec::new();
    for node in document.select("*").nodes() {
        names.extend(node.node_name().map(|name| name.to_string()));
        attributes.extend(node.attrs().iter().map(|a| (a.name.local.to_string(), a.value.to_string())));
    }
    (names, attributes)
}

#[test]
fn words_from_pages_add_no_element_and_no_attribute() {
    let (elements, attributes) = anatomy(&render(&poisoned("harmless words")));
    let names = |attributes: &[(String, String)]| attributes.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    for poison in HOSTILE {
        let (now, attributes_now) = anatomy(&render(&poisoned(poison)));
        assert_eq!(elements, now, "{poison:?}");
        // A direction of labels in the drawing may come with another script; nothing else may.
        assert_eq!(names(&attributes), names(&attributes_now), "{poison:?}");
    }
}

#[test]
fn hostile_words_are_shown_as_words() {
    let page = render(&poisoned(HOSTILE[0]));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(page.matches("<script>").count(), 1, "only the page's own script");
}

#[test]
fn no_attribute_handles_events_or_leaves_the_page() {
    for poison in HOSTILE.iter().copied().chain(["javascript:alert(1)", "data:text/html,x", "//evil.example/x"]) {
        let (elements, attributes) = anatomy(&render(&poisoned(poison)));
        for (name, value) in &attributes {
            assert!(!name.starts_with("on"), "{name}={value:?}");
            assert!(name != "style" && name != "src" && name != "srcset" && name != "action", "{name}={value:?}");
            assert!(name != "href" || value.starts_with('#'), "{name}={value:?}");
        }
        for element in ["iframe", "img", "link", "object", "embed", "base", "form", "use", "image", "foreignObject"] {
            assert!(!elements.iter().any(|name| name == element), "{element}");
        }
    }
}

#[test]
fn an_address_is_a_link_only_with_http_and_opens_without_a_way_back() {
    let mut value = three();
    value["articles"][0]["url"] = json!("https://gazette.example/bridge?a=1&b=\"2\"");
    value["articles"][1]["url"] = json!("https://ponte.example/1?a=1&b=2");
    let document = Document::from(render(&trace(value)));
    let outward = document.select("a[href^='http']");
    assert_eq!(outward.length(), 1);
    assert_eq!(outward.attr("href").as_deref(), Some("https://ponte.example/1?a=1&b=2"));
    assert_eq!(outward.attr("rel").as_deref(), Some("noopener noreferrer external"));
}

#[test]
fn only_whole_web_addresses_are_safe() {
    for url in ["http://a.example", "HTTPS://a.example/x?y#z", "  https://a.example "] {
        assert!(escape::safe_url(url).is_some(), "{url:?}");
    }
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "ftp://a.example",
        "java\nscript:x",
        "http://a b",
        "",
    ] {
        assert_eq!(escape::safe_url(url), None, "{url:?}");
    }
}

#[test]
fn characters_that_turn_or_hide_text_are_dropped() {
    assert_eq!(escape::inert("a\u{202e}b\u{2066}c\u{0}d\u{feff}\ne"), "abcd\ne");
    assert_eq!(escape::inert("ש\u{200f} é\u{301}"), "ש\u{200f} é\u{301}", "marks that scripts need stay");
}

#[test]
fn the_policy_allows_the_style_and_the_script_of_the_page_alone() {
    let page = render(&trace(three()));
    let between = |open: &str, close: &str| {
        let start = page.find(open).expect("it is there") + open.len();
        &page[start..start + page[start..].find(close).expect("it ends")]
    };
    let policy = escape::policy(between("<style>", "</style>"), between("<script>", "</script>"));
    let document = Document::from(page.as_str());
    assert_eq!(document.select("meta[http-equiv]").attr("content").as_deref(), Some(policy.as_str()));
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(!policy.contains("unsafe"));
}

/// A parser that corrects nothing: every element that opens is closed, in its turn.
#[test]
fn elements_nest_and_close() {
    const VOID: &[&str] = &["meta", "input", "br"];
    let page = render(&trace(three()));
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name_end = rest.find([' ', '>']).expect("a tag ends");
        let end = rest.find('>').expect("a tag ends");
        let name = &rest[..name_end];
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
        rest = &rest[end + 1..];
        if name == "style" || name == "script" {
            rest = &rest[rest.find("</").expect("it ends")..];
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn every_anchor_leads_somewhere_and_none_is_there_twice() {
    let mut value = three();
    value["claims"][0]["members"][1] = json!({"article": "b", "text": "ponte chiude"});
    value["claims"][0]["members"][2] = json!({"article": "c", "text": "words that are not there"});
    // Parts of which no word is shown: a line end, nothing at all.
    value["articles"][0]["text"] = json!("The bridge\n\nwill close.");
    value["articles"][0]["statements"][0]["content"] = json!([{"start": 10, "end": 12}]);
    value["articles"][0]["statements"][0]["source"] = json!(null);
    value["articles"][0]["events"][0]["trigger"] = json!({"start": 7, "end": 7});
    value["articles"][1]["statements"][0]["content"] = json!([{"start": 2, "end": 16}]);
    let document = Document::from(render(&trace(value)));
    let mut ids: Vec<String> =
        document.select("[id]").iter().filter_map(|element| element.attr("id")).map(|id| id.to_string()).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is there twice");
    let links = document.select("a[href^='#']");
    assert!(links.length() > 10);
    for link in links.iter() {
        let target = link.attr("href").map(|href| href[1..].to_owned()).unwrap_or_default();
        assert!(ids.binary_search(&target).is_ok(), "#{target} leads nowhere");
    }
    for name in document.select("[aria-labelledby]").iter().filter_map(|element| element.attr("aria-labelledby")) {
        assert!(ids.binary_search(&name.to_string()).is_ok(), "{name} names nothing");
    }
}

#[test]
fn the_same_trace_gives_the_same_page() {
    assert_eq!(render(&trace(three())), render(&trace(three())));
}

#[test]
fn an_empty_trace_is_a_page_that_says_so() {
    let document = Document::from(render(&trace(whole(vec![], vec![]))));
    assert!(document.select("h1").text().contains("no article could be read"));
}

#[test]
fn a_right_to_left_article_says_so_and_names_its_language() {
    let document = Document::from(render(&trace(three())));
    let paragraph = document.select("#a3 .row p");
    assert_eq!(paragraph.attr("dir").as_deref(), Some("rtl"));
    assert_eq!(paragraph.attr("lang").as_deref(), Some("ar"));
}

#[test]
fn a_statement_is_marked_in_its_own_code_points() {
    let mut value = three();
    value["articles"][0]["text"] = json!("«Ünï» — 橋 closes.");
    value["articles"][0]["statements"][0]["content"] = json!([{"start": 1, "end": 4}]);
    value["articles"][0]["statements"][0]["source"] = json!({"start": 8, "end": 9});
    let document = Document::from(render(&trace(value)));
    assert_eq!(document.select("#a1 .row p .content").text().as_ref(), "Ünï");
    assert_eq!(document.select("#a1 .row p .source").text().as_ref(), "橋");
}

#[test]
fn places_beyond_the_text_are_cut() {
    let mut value = three();
    value["articles"][0]["statements"][0]["content"] = json!([{"start": 4, "end": 9999}, {"start": 9000, "end": 1}]);
    let document = Document::from(render(&trace(value)));
    assert_eq!(document.select("#a1 .row p").text().replace('1', ""), "The bridge will close.");
}

#[test]
fn marks_that_overlap_lose_no_words() {
    let mut value = three();
    let mut second = value["articles"][0]["statements"][0].clone();
    second["id"] = json!("s2");
    second["content"] = json!([{"start": 4, "end": 15}]);
    second["cue"] = json!({"start": 10, "end": 21});
    second["stance"] = json!("declines");
    value["articles"][0]["statements"].as_array_mut().expect("a list").push(second);
    let document = Document::from(render(&trace(value)));
    document.select("#a1 .row p .ref").remove();
    assert_eq!(document.select("#a1 .row p").text().as_ref(), "The bridge will close.");
    assert_eq!(document.select("#a1 [data-s~='a1s2'].cue").text().as_ref(), "will close");
}

#[test]
fn origins_are_told_as_a_range() {
    let told = |range: [u32; 2]| {
        let mut value = three();
        value["claims"][0]["independent_range"] = json!(range);
        let document = Document::from(render(&trace(value)));
        document.select(".count").text().to_string()
    };
    assert_eq!(told([1, 1]), "1 origin");
    assert_eq!(told([1, 2]), "1–2 origins");
    assert_eq!(told([3, 3]), "3 origins");
    assert_eq!(told([0, 0]), "? origin unknown");
}

#[test]
fn the_drawing_has_the_way_through_the_articles_that_cite_one_another() {
    let traced = trace(three());
    let report = Report::new(&traced);
    let graph = graph::of_claim(&report, &traced.claims[0]);
    let names: Vec<&str> = graph.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["The Gazette", "two officials", "Il Ponte", "الجسر"]);
    let arrows: Vec<(usize, usize)> = graph.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    assert_eq!(arrows, [(0, 2), (1, 0), (2, 3)]);
}

#[test]
fn an_article_that_names_the_medium_alone_hangs_on_the_medium() {
    let mut value = three();
    value["articles"][0]["outlet"]["name"] = json!("The Herald");
    value["articles"][0]["statements"][0]["chain"] = json!([link("medium", "The Gazette")]);
    let traced = trace(value);
    let graph = graph::of_claim(&Report::new(&traced), &traced.claims[0]);
    let node = |name: &str| graph.nodes.iter().position(|node| node.name == name).unwrap();
    let into = |to: usize| graph.edges.iter().filter(|e| e.to == to).map(|e| e.from).collect::<Vec<_>>();
    assert_eq!(into(node("The Herald")), [node("The Gazette")]);
    assert_eq!(into(node("The Gazette")), [node("two officials")]);
}

#[test]
fn a_copy_is_fed_by_what_it_copies_alone() {
    let mut value = three();
    value["copies"] = json!([{"from": "a", "to": "b", "relation": "translation", "score": 0.9, "evidence": []}]);
    value["articles"][1]["statements"][0]["chain"] = json!([link("anonymous", "two officials")]);
    let traced = trace(value);
    let graph = graph::of_claim(&Report::new(&traced), &traced.claims[0]);
    let into_copy: Vec<(usize, EdgeKind)> =
        graph.edges.iter().filter(|edge| edge.to == 2).map(|edge| (edge.from, edge.kind)).collect();
    assert_eq!(into_copy, [(0, EdgeKind::Translates)]);
}

#[test]
fn a_member_without_a_source_has_an_origin_that_is_not_told() {
    let mut value = three();
    value["articles"][0]["statements"][0]["chain"] = json!([]);
    let traced = trace(value);
    let graph = graph::of_claim(&Report::new(&traced), &traced.claims[0]);
    assert!(graph.nodes.iter().any(|node| node.kind == NodeKind::Unknown));
}

#[test]
fn a_ring_is_closed_by_an_arrow_of_its_own() {
    let mut value = three();
    value["claims"][0]["circular"] = json!([["a", "b", "c"]]);
    let traced = trace(value);
    let graph = graph::of_claim(&Report::new(&traced), &traced.claims[0]);
    let rings: Vec<(usize, usize)> =
        graph.edges.iter().filter(|e| e.kind == EdgeKind::Circle).map(|e| (e.from, e.to)).collect();
    assert_eq!(rings, [(3, 0)]);
}

/// Many articles that cite two agencies, each other, and now and then in a circle.
fn crowd(number: usize) -> Trace {
    let agencies = ["North Wire", "South Wire"];
    let articles: Vec<Value> = (0..number)
        .map(|n| {
            let mut chain = vec![link("medium", agencies[n % 2]), link("body", &format!("Ministry {}", n % 3))];
            if n % 4 == 3 {
                chain.insert(0, link("medium", &format!("Paper {}", (n * 7) % number)));
            }
            article(
                &format!("id{n}"),
                &format!("Paper {n}"),
                "en",
                "2025-01-02",
                &"It is so, he said. ".repeat(250),
                chain,
            )
        })
        .collect();
    let members: Vec<Value> = (0..number).map(|n| member(&format!("id{n}"))).collect();
    let claims =
        (0..number / 3).map(|_| claim("It is so.", members.clone(), link("body", "Ministry 0"), [1, 3])).collect();
    trace(whole(articles, claims))
}

#[test]
fn boxes_never_overlap_and_arrows_never_run_backwards() {
    for number in [2, 3, 7, 20, 40, 90] {
        let traced = crowd(number);
        let graph = graph::of_claim(
            &Report::new(&traced),
            &traced.claims.first().cloned().unwrap_or_else(|| {
                trace(whole(
                    vec![],
                    vec![claim("x", vec![member("id0"), member("id1")], link("body", "Ministry 0"), [1, 1])],
                ))
                .claims
                .remove(0)
            }),
        );
        assert!(graph.nodes.len() <= graph::MOST_NODES);
        let laid = layout::lay_out(&graph, |n, _| (120.0, 30.0 + (n % 3) as f32 * 15.0));
        for (n, a) in laid.nodes.iter().enumerate() {
            assert!(a.x >= 0.0 && a.y >= 0.0 && a.x + a.width <= laid.width && a.y + a.height <= laid.height, "{a:?}");
            for b in &laid.nodes[n + 1..] {
                let apart =
                    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
                assert!(apart, "{number}: {a:?} {b:?}");
            }
        }
        for points in laid.edges.iter().filter(|points| !points.is_empty()) {
            assert!(points.windows(2).all(|pair| pair[0].0 < pair[1].0), "{points:?}");
        }
    }
}

#[test]
fn a_hundred_articles_are_a_few_megabytes() {
    let page = render(&crowd(100));
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    assert!(Document::from(page).select("article.text").length() == 100);
}

#[test]
fn dates_read_as_far_as_they_are_known() {
    assert_eq!(words::exact_date("2024-08-07T10:25:00+07:00"), "7 Aug 2024, 10:25 +07:00");
    assert_eq!(words::exact_date("2024-08-07T10:25:00Z"), "7 Aug 2024, 10:25 UTC");
    assert_eq!(words::long_date("2024-08"), "Aug 2024");
    assert_eq!(words::long_date("2024-08-01/2024-08-03"), "1 Aug 2024 to 3 Aug 2024");
    for odd in ["", "soon", "2024-13-01", "٢٠٢٤", "2024-08-0é"] {
        assert_eq!(words::long_date(odd), odd);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    #[test]
    fn any_text_with_any_places_is_a_page_with_all_its_words(
        text in "[\\PC\n]{0,60}",
        places in proptest::collection::vec((0_u32..80, 0_u32..80), 1..6),
        date in "(\\PC{0,12}|20[0-9]{2}-[0-9]{2}(-[0-9]{2})?(T\\PC{0,8})?)",
    ) {
        let mut value = three();
        let content: Vec<Value> = places.iter().map(|(start, end)| json!({"start": start, "end": end})).collect();
        let article = &mut value["articles"][0];
        article["text"] = json!(text);
        article["published"] = json!(date);
        article["statements"][0]["cue"] = content[0].clone();
        article["events"][0]["trigger"] = content[content.len() - 1].clone();
        article["events"][0]["date"] = json!(date);
        article["statements"][0]["content"] = Value::Array(content);
        let document = Document::from(render(&trace(value)));
        document.select("#a1 .row .ref").remove();
        let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let shown: String = document.select("#a1 .row p").iter().map(|p| p.text().to_string()).collect();
        proptest::prop_assert_eq!(words(&shown), words(&escape::inert(&text)));
    }
}
