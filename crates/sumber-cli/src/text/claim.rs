//! One claim: what is asserted, how many independent origins it has, each article's way back, who
//! was first, what came back in a circle, who denies it, what changed.

use std::collections::BTreeSet;

use sumber::wire::{Article, Change, Claim, Link, Member, Statement};

use super::known::{Known, counted, moment, outlet, short_day};
use super::{NARROW, Rich, Role, View};

/// Ways back shown as a rule.
const WAYS: usize = 8;
/// Denials, and changes, shown as a rule.
const EACH: usize = 3;
/// Words of a page beyond this many characters are cut.
const LONGEST: usize = 240;

/// Writes one claim.
pub fn claim(known: &Known, claim: &Claim, view: View, out: &mut String) {
    let indent = claim.id.len() + 2;
    Rich::new()
        .own(Role::Key, &*claim.id)
        .column(indent)
        .own(Role::Plain, "“")
        .page(Role::Claim, &cut(&claim.gist))
        .own(Role::Plain, "”")
        .flow(0, indent, view.canvas, out);
    headline(known, claim).flow(indent, indent, view.canvas, out);
    write_ways(claim, &ways(known, claim), indent, view, out);
    remarks(known, claim, indent, view, out);
}

/// '1 independent origin', '1-2 independent origins', 'origin unknown'.
pub fn origins(claim: &Claim) -> String {
    match claim.independent_range {
        [_, 0] => "origin unknown".to_owned(),
        [1, 1] => "1 independent origin".to_owned(),
        [least, most] if least == most => format!("{most} independent origins"),
        [least, most] => format!("{least}-{most} independent origins"),
    }
}

fn headline(known: &Known, claim: &Claim) -> Rich {
    let articles = known.articles_of(claim).len();
    let mut facts = format!(" · said in {}", counted(articles, "article", "articles"));
    if claim.members.len() > articles {
        facts += &format!(", {} times", claim.members.len());
    }
    let role = if claim.independent_range[1] == 0 { Role::Alarm } else { Role::Origin };
    let mut rich = Rich::new().own(role, origins(claim)).own(Role::Plain, facts);
    let mut alarms = Vec::new();
    if !claim.disputed_by.is_empty() {
        alarms.push("denied");
    }
    if !claim.circular.is_empty() {
        alarms.push("came back in a circle");
    }
    if !claim.changes.is_empty() {
        alarms.push("changed on the way");
    }
    for alarm in alarms {
        rich = rich.own(Role::Plain, " · ").own(Role::Alarm, alarm);
    }
    rich
}

/// The way from one article back to the origin.
struct Way<'a> {
    article: &'a Article,
    chain: Vec<&'a Link>,
    /// Place of the origin's group, for claims with more than one.
    group: Option<u32>,
    /// Whether any member on this way is a statement.
    attributed: bool,
    hearsay: bool,
}

fn ways<'a>(known: &Known<'a>, claim: &'a Claim) -> Vec<Way<'a>> {
    let mut ways: Vec<Way> = Vec::new();
    for member in &claim.members {
        let Some((article, statement)) = known.member(member) else { continue };
        let chain: Vec<&Link> = statement.map_or_else(Vec::new, |s: &Statement| s.chain.iter().collect());
        let group = claim.origins.iter().find(|origin| origin.members.contains(member)).map(|origin| origin.group);
        let way = Way {
            article,
            chain,
            group,
            attributed: statement.is_some(),
            hearsay: statement.is_some_and(|statement| statement.hearsay),
        };
        let texts = |way: &Way| way.chain.iter().map(|link| super::clean(&link.text)).collect::<Vec<_>>();
        let same = |other: &Way| {
            other.article.page.id == way.article.page.id && other.group == way.group && texts(other) == texts(&way)
        };
        if !ways.iter().any(same) {
            ways.push(way);
        }
    }
    // an article that names somebody need not be shown again where it does not
    let named: Vec<&str> =
        ways.iter().filter(|way| !way.chain.is_empty()).map(|way| way.article.page.id.as_str()).collect();
    let named: Vec<String> = named.into_iter().map(str::to_owned).collect();
    ways.retain(|way| !way.chain.is_empty() || !named.contains(&way.article.page.id));
    ways
}

/// The letter of a group of origins: A, B, ... Z, then numbers.
pub fn letter(group: u32) -> String {
    match u8::try_from(group) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => (group + 1).to_string(),
    }
}

/// 'Il Molo (it) 20 Mar'.
pub fn label(article: &Article) -> Rich {
    let date = article.page.published.as_deref().map_or(String::new(), |iso| format!(" {}", short_day(iso)));
    named(article).own(Role::Plain, date)
}

/// 'Il Molo (it)'.
pub fn named(article: &Article) -> Rich {
    let tag = article.page.lang.as_deref().unwrap_or("?");
    Rich::new().page(Role::Article, &outlet(article)).own(Role::Plain, format!(" ({})", super::clean(tag)))
}

/// The steps of a chain, each with its arrow; what anonymous words tell beside it.
pub fn chain(links: &[&Link]) -> Rich {
    let mut rich = Rich::new();
    for (n, link) in links.iter().enumerate() {
        let last = n + 1 == links.len();
        let arrow = if n == 0 { "<-\u{a0}" } else { " <-\u{a0}" };
        rich = rich.own(Role::Quiet, arrow).page(if last { Role::Origin } else { Role::Article }, &link.text);
        if link.kind == "anonymous" {
            let count = link.count.map_or(String::new(), |count| format!("{count}\u{a0}"));
            let country = link.country.as_deref().map_or(String::new(), |country| format!(",\u{a0}{country}"));
            rich = rich.own(Role::Quiet, format!(" [{count}unnamed{country}]"));
        }
    }
    rich
}

fn write_ways(claim: &Claim, ways: &[Way], indent: usize, view: View, out: &mut String) {
    let groups = claim.origins.iter().map(|origin| origin.group).max().unwrap_or(0);
    let shown = view.some(ways.len(), WAYS);
    let widest = ways[..shown].iter().map(|way| label(way.article).width()).max();
    let margin = if groups > 0 { indent + 3 } else { indent };
    let arrows = margin + widest.unwrap_or(0).min(view.canvas.width * 2 / 5) + 2;
    // too narrow for two columns: one after the other
    let narrow = view.canvas.width < NARROW;
    for way in &ways[..shown] {
        let mut line = Rich::new();
        if groups > 0 {
            line = line.own(Role::Key, way.group.map_or("-".to_owned(), letter)).column(margin);
        }
        line = line.then(label(way.article));
        line = if narrow { line.own(Role::Plain, " ") } else { line.column(arrows) };
        line = match (way.chain.is_empty(), way.attributed, way.hearsay) {
            (false, ..) => line.then(chain(&way.chain)),
            (true, true, true) => line.own(Role::Alarm, "<- hearsay, nobody is named"),
            (true, true, false) => line.own(Role::Alarm, "<- nobody is named"),
            (true, false, _) => line.own(Role::Quiet, "in the article's own words, no source"),
        };
        line.flow(indent, if narrow { margin + 4 } else { arrows + 3 }, view.canvas, out);
    }
    if ways.len() > shown {
        let rest = format!("and {} more", counted(ways.len() - shown, "way", "ways"));
        Rich::new().own(Role::Quiet, rest).flow(indent, indent, view.canvas, out);
    }
}

fn remarks(known: &Known, claim: &Claim, indent: usize, view: View, out: &mut String) {
    let column = indent + "changed  ".len();
    let mut remark = |name: &str, role: Role, words: Rich| {
        Rich::new().own(role, name).column(column).then(words).flow(indent, column, view.canvas, out);
    };
    for (groups, reason) in doubts(claim) {
        let letters: Vec<String> = groups.into_iter().map(letter).collect();
        let words = format!("{} may be the same: ", together(&letters));
        remark("perhaps", Role::Key, Rich::new().own(Role::Plain, words).page(Role::Plain, reason));
    }
    if let Some((article, _)) = claim.first.as_ref().and_then(|first| known.member(first)) {
        let when = article.page.published.as_deref().map_or("no date".to_owned(), moment);
        remark("first", Role::Key, named(article).own(Role::Plain, format!(", {when}")));
    }
    for circle in &claim.circular {
        let mut names: Vec<String> = circle.iter().filter_map(|id| known.article(id)).map(outlet).collect();
        names.dedup();
        let words = Rich::new().page(Role::Article, &together(&names));
        remark("circle", Role::Alarm, words.own(Role::Plain, " have it from one another"));
    }
    let denials = denials(known, claim);
    let shown = view.some(denials.len(), EACH);
    for words in &denials[..shown] {
        remark("denied", Role::Alarm, words.clone());
    }
    if denials.len() > shown {
        let rest = format!("and in {}", counted(denials.len() - shown, "more place", "more places"));
        remark("", Role::Quiet, Rich::new().own(Role::Quiet, rest));
    }
    let shown = view.some(claim.changes.len(), EACH);
    for change in &claim.changes[..shown] {
        remark("changed", Role::Alarm, changed(known, change));
    }
    if claim.changes.len() > shown {
        let rest = format!("and {} more", claim.changes.len() - shown);
        remark("", Role::Quiet, Rich::new().own(Role::Quiet, rest));
    }
}

/// Roots that may be one, by the reason that speaks for it.
fn doubts(claim: &Claim) -> Vec<(BTreeSet<u32>, &str)> {
    let mut doubts: Vec<(BTreeSet<u32>, &str)> = Vec::new();
    let group = |place: u32| claim.origins.get(place as usize).map(|origin| origin.group);
    for merge in claim.merges.iter().filter(|merge| !merge.certain) {
        let [Some(left), Some(right)] = merge.origins.map(group) else { continue };
        if left == right {
            continue;
        }
        let touches = |groups: &BTreeSet<u32>| groups.contains(&left) || groups.contains(&right);
        match doubts.iter_mut().find(|(groups, reason)| *reason == merge.reason && touches(groups)) {
            Some((groups, _)) => groups.extend([left, right]),
            None => doubts.push((BTreeSet::from([left, right]), &merge.reason)),
        }
    }
    doubts
}

/// 'A, B and C'.
fn together(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Who denies it, each denier once: 'Harsono in NUSARAYA (id) 17 Mar: “...”'.
fn denials(known: &Known, claim: &Claim) -> Vec<Rich> {
    let mut seen: Vec<String> = Vec::new();
    let mut denials = Vec::new();
    for member in &claim.disputed_by {
        let Some((article, statement)) = known.member(member) else { continue };
        let who = statement.and_then(|statement| statement.chain.last());
        // one person under several forms of the name is one denier
        let key = who.map_or_else(
            || article.page.id.clone(),
            |link| link.id.clone().unwrap_or_else(|| super::clean(&link.text).to_lowercase()),
        );
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut words = Rich::new();
        if let Some(link) = who {
            words = words.own(Role::Plain, "by ").page(Role::Origin, &link.text).own(Role::Plain, ", ");
        }
        words = words.own(Role::Plain, "in ").then(label(article));
        // the content of 'denied that ...' is what is denied, any other contradicts by itself
        let denies = statement.is_some_and(|statement| statement.stance == "denies");
        denials.push(quoted(words.own(Role::Plain, if denies { ", that " } else { ": " }), known, member));
    }
    denials
}

fn quoted(words: Rich, known: &Known, member: &Member) -> Rich {
    words.own(Role::Plain, "“").page(Role::Plain, &cut(&known.words_of(member))).own(Role::Plain, "”")
}

/// What changed, from what to what, where.
pub fn changed(known: &Known, change: &Change) -> Rich {
    let what = match change.what.as_str() {
        "hedge" => "how sure it is".to_owned(),
        what => super::clean(what),
    };
    let or_nothing =
        |words: &str| if words.trim().is_empty() { "nothing".to_owned() } else { format!("“{}”", cut(words)) };
    let words = Rich::new()
        .own(Role::Plain, format!("{what}: "))
        .page(Role::Plain, &or_nothing(&change.was))
        .own(Role::Quiet, " -> ")
        .page(Role::Claim, &or_nothing(&change.is));
    match known.article(&change.article) {
        Some(article) => words.own(Role::Plain, ", in ").then(label(article)),
        None => words,
    }
}

/// Cuts long words of a page at a blank, and the comma that a quotation ends with.
pub fn cut(words: &str) -> String {
    let words = super::clean(words).trim_end_matches([',', ';', ':']).to_owned();
    let Some((end, _)) = words.char_indices().nth(LONGEST) else { return words };
    let end = words[..end].rfind(' ').unwrap_or(end);
    format!("{} ...", &words[..end])
}
