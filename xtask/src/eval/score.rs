//! Compares a trace with the gold, task by task.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sumber::wire::{self, Place};

use super::gold::{self, Gold};
use super::measure::{Tally, dice, greedy, name_key, words};

/// All languages together.
pub const ALL: &str = "all";

/// Tasks in the order in which they are shown.
pub const ORDER: [&str; 27] = [
    "articles read",
    "language",
    "published",
    "outlet",
    "title",
    "text kept",
    "noise removed",
    "entities",
    "entity links across articles",
    "times",
    "statements",
    "content overlap",
    "statement + source",
    "statement + origin",
    "source of matched",
    "cue of matched",
    "kind of matched",
    "stance of matched",
    "chain of matched",
    "events",
    "event status",
    "event date",
    "story pairs",
    "copies",
    "claim pairs",
    "independent origins",
    "denials linked",
];

/// Figures per language (or [`ALL`]) and task, and every miss in words.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    tallies: BTreeMap<(String, String), Tally>,
    /// One line a miss.
    pub misses: Vec<String>,
    /// How many articles the gold has.
    pub articles: usize,
    /// How many statements the gold has.
    pub statements: usize,
    /// How the counts of independent origins err.
    pub corroboration: Corroboration,
}

/// On which side the counts of independent origins err, over the gold's claims of which at least two
/// members were found together. Too high is the worse fault: it invents a witness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corroboration {
    /// Claims that were compared.
    pub claims: usize,
    /// Counted higher than the gold.
    pub too_high: usize,
    /// Counted lower than the gold.
    pub too_low: usize,
    /// The gold's count is below the range that is given.
    pub range_too_high: usize,
    /// The gold's count is above it.
    pub range_too_low: usize,
}

impl Scores {
    /// Counts for a task in a language and in all.
    pub fn tally(&mut self, task: &str, language: &str, tally: Tally) {
        for language in [language, ALL].iter().take(if language == ALL { 1 } else { 2 }) {
            self.tallies.entry(((*language).to_owned(), task.to_owned())).or_default().add(tally);
        }
    }

    /// The figure of a task in a language, if it was measured.
    pub fn of(&self, task: &str, language: &str) -> Option<Tally> {
        self.tallies.get(&(language.to_owned(), task.to_owned())).copied()
    }

    /// Language, task and figure, sorted.
    pub fn figures(&self) -> impl Iterator<Item = (&str, &str, Tally)> {
        self.tallies.iter().map(|((language, task), &tally)| (language.as_str(), task.as_str(), tally))
    }

    /// Adds the counts of another collection.
    pub fn add(&mut self, other: &Scores) {
        for (key, &tally) in &other.tallies {
            self.tallies.entry(key.clone()).or_default().add(tally);
        }
        self.misses.extend(other.misses.iter().cloned());
        self.articles += other.articles;
        self.statements += other.statements;
        let (all, more) = (&mut self.corroboration, other.corroboration);
        all.claims += more.claims;
        all.too_high += more.too_high;
        all.too_low += more.too_low;
        all.range_too_high += more.range_too_high;
        all.range_too_low += more.range_too_low;
    }

    fn hit(&mut self, task: &str, language: &str, ok: bool) {
        self.tally(task, language, Tally { hit: f64::from(u8::from(ok)), gold: 1, got: 1 });
    }

    fn sets(&mut self, task: &str, language: &str, hit: usize, gold: usize, got: usize) {
        self.tally(task, language, Tally { hit: hit as f64, gold, got });
    }
}

/// An article's answer with its text by code points.
struct Got<'a> {
    article: &'a wire::Article,
    points: Vec<char>,
}

impl Got<'_> {
    fn text(&self, place: Place) -> String {
        let end = (place.end as usize).min(self.points.len());
        self.points[(place.start as usize).min(end)..end].iter().collect()
    }

    fn content(&self, statement: &wire::Statement) -> String {
        statement.content.iter().map(|&place| self.text(place)).collect::<Vec<_>>().join(" ")
    }
}

/// Scores one collection's trace.
pub fn collection(gold: &Gold, trace: &wire::Trace, scores: &mut Scores) {
    let mut by_key: BTreeMap<String, &wire::Article> = BTreeMap::new();
    for article in &trace.articles {
        let stem = Path::new(&article.page.path).file_stem().map(|s| s.to_string_lossy().into_owned());
        by_key.insert(stem.unwrap_or_else(|| article.page.id.clone()), article);
    }
    let mut statement_of: BTreeMap<(&str, usize), Member> = BTreeMap::new();
    // Name forms that both have: the gold's id and the given one.
    let mut ids: BTreeMap<(&str, String), [String; 2]> = BTreeMap::new();
    for (key, article) in &gold.articles {
        let found = by_key.get(key).copied();
        scores.articles += 1;
        scores.statements += article.statements.as_ref().map_or(0, Vec::len);
        scores.hit("articles read", &article.lang, found.is_some());
        let empty = empty(key);
        let found = found.unwrap_or(&empty);
        let got = Got { article: found, points: found.page.text.chars().collect() };
        let place = format!("{}/{key}", gold.name);
        let matched = score_article(article, &got, &place, scores);
        for (i, j) in matched {
            statement_of.insert((key, i), Member::Statement(found.page.id.clone(), found.statements[j].id.clone()));
        }
        let mut have: BTreeMap<String, &str> = BTreeMap::new();
        for mention in &found.entities {
            have.entry(name_key(&mention.text)).or_insert(&mention.id);
        }
        for entity in article.entities.iter().flatten() {
            let form = name_key(&entity.text);
            if let Some(&id) = have.get(&form).filter(|id| !id.is_empty()) {
                ids.insert((key, form), [entity.id.clone(), id.to_owned()]);
            }
        }
    }
    let same = |which: usize| -> BTreeSet<(usize, usize)> {
        let mut groups: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        for (n, ((key, _), both)) in ids.iter().enumerate() {
            groups.entry(&both[which]).or_default().push((n, key));
        }
        let pairs = groups
            .values()
            .flat_map(|group| group.iter().enumerate().flat_map(|(k, a)| group[k + 1..].iter().map(move |b| (*a, *b))));
        pairs.filter(|(a, b)| a.1 != b.1).map(|(a, b)| (a.0, b.0)).collect()
    };
    let (want, have) = (same(0), same(1));
    scores.sets("entity links across articles", ALL, want.intersection(&have).count(), want.len(), have.len());

    let key_of = |id: &String| -> String {
        by_key.iter().rev().find(|(_, a)| a.page.id == *id).map_or_else(|| id.clone(), |(key, _)| key.clone())
    };
    let want = pairs_of(&gold.stories);
    let have = pairs_of(&trace.stories.iter().map(|s| s.iter().map(key_of).collect()).collect::<Vec<Vec<_>>>());
    scores.sets("story pairs", ALL, want.intersection(&have).count(), want.len(), have.len());

    let want: BTreeSet<_> = gold.copies.iter().map(|c| (c.from.clone(), c.to.clone())).collect();
    let have: BTreeSet<_> = trace.copies.iter().map(|c| (key_of(&c.from), key_of(&c.to))).collect();
    scores.sets("copies", ALL, want.intersection(&have).count(), want.len(), have.len());
    for (from, to) in want.symmetric_difference(&have) {
        let what = if want.contains(&(from.clone(), to.clone())) { "missed" } else { "too many" };
        scores.misses.push(format!("{}: copy {what}: {from} -> {to}", gold.name));
    }
    score_claims(gold, trace, &by_key, &statement_of, scores);
}

/// A member of a claim as the two sides can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Statement(String, String),
    /// Sentences of one article that are alike have one number.
    Sentence(String, usize),
    Unmatched(String, usize),
}

/// Sentences seen so far: those alike are one.
#[derive(Default)]
struct Sentences(Vec<(String, Vec<String>)>);

impl Sentences {
    fn key(&mut self, article: &str, text: &str) -> Member {
        let bag = words(text);
        let known = self.0.iter().position(|(other, theirs)| other == article && dice(&bag, theirs) >= 0.6);
        let n = known.unwrap_or_else(|| {
            self.0.push((article.to_owned(), bag));
            self.0.len() - 1
        });
        Member::Sentence(article.to_owned(), n)
    }
}

fn score_claims(
    gold: &Gold,
    trace: &wire::Trace,
    by_key: &BTreeMap<String, &wire::Article>,
    statement_of: &BTreeMap<(&str, usize), Member>,
    scores: &mut Scores,
) {
    let gold_member = |member: &gold::Member, sentences: &mut Sentences| match &member.1 {
        gold::Part::Statement(n) => {
            let found = statement_of.get(&(member.0.as_str(), *n));
            found.cloned().unwrap_or_else(|| Member::Unmatched(member.0.clone(), *n))
        }
        gold::Part::Sentence(text) => sentences.key(by_key.get(&member.0).map_or(&member.0, |a| &a.page.id), text),
    };
    let got_member = |member: &wire::Member, sentences: &mut Sentences| match &member.statement {
        Some(id) => Member::Statement(member.article.clone(), id.clone()),
        None => sentences.key(&member.article, member.text.as_deref().unwrap_or("")),
    };
    let mut sentences = Sentences::default();
    let golds: Vec<Vec<Member>> =
        gold.claims.iter().map(|c| c.members.iter().map(|m| gold_member(m, &mut sentences)).collect()).collect();
    let gots: Vec<Vec<Member>> =
        trace.claims.iter().map(|c| c.members.iter().map(|m| got_member(m, &mut sentences)).collect()).collect();
    let known: BTreeSet<&Member> = golds.iter().flatten().collect();
    let want = pairs_of(&golds);
    // A pair of which neither or only one stands in a listed claim is out of the gold's scope.
    let have: BTreeSet<_> =
        pairs_of(&gots).into_iter().filter(|(a, b)| known.contains(a) && known.contains(b)).collect();
    scores.sets("claim pairs", ALL, want.intersection(&have).count(), want.len(), have.len());
    for (claim, members) in gold.claims.iter().zip(&golds) {
        let members: BTreeSet<&Member> = members.iter().collect();
        let (mut best, mut overlap) = (None, 0);
        for (candidate, theirs) in trace.claims.iter().zip(&gots) {
            let n = theirs.iter().collect::<BTreeSet<_>>().intersection(&members).count();
            if n > overlap {
                (best, overlap) = (Some(candidate), n);
            }
        }
        let independent = best.map(|b| b.independent);
        // a claim of one member is listed for its denial, and one is all that can be found of it
        let enough = overlap >= claim.members.len().min(2);
        let ok = enough && independent == Some(claim.independent);
        if let Some(found) = best.filter(|_| enough) {
            let side = &mut scores.corroboration;
            side.claims += 1;
            side.too_high += usize::from(found.independent > claim.independent);
            side.too_low += usize::from(found.independent < claim.independent);
            side.range_too_high += usize::from(found.independent_range[0] > claim.independent);
            side.range_too_low += usize::from(found.independent_range[1] < claim.independent);
        }
        scores.hit("independent origins", ALL, ok);
        if !ok {
            scores.misses.push(format!(
                "{}: claim '{}': {overlap} of {} members together, independent {independent:?} / {}",
                gold.name,
                claim.gist,
                claim.members.len(),
                claim.independent
            ));
        }
        if !claim.disputed_by.is_empty() {
            let said: BTreeSet<Member> =
                best.iter().flat_map(|b| &b.disputed_by).map(|m| got_member(m, &mut sentences)).collect();
            let denied: BTreeSet<Member> = claim.disputed_by.iter().map(|m| gold_member(m, &mut sentences)).collect();
            let wanted = claim.disputed_by.len();
            scores.sets("denials linked", ALL, said.intersection(&denied).count(), wanted, wanted);
        }
    }
}

fn pairs_of<T: Clone + Ord>(groups: &[Vec<T>]) -> BTreeSet<(T, T)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for (k, a) in group.iter().enumerate() {
            for b in &group[k + 1..] {
                match a.cmp(b) {
                    std::cmp::Ordering::Less => pairs.insert((a.clone(), b.clone())),
                    std::cmp::Ordering::Greater => pairs.insert((b.clone(), a.clone())),
                    std::cmp::Ordering::Equal => false,
                };
            }
        }
    }
    pairs
}

/// The tasks of one article; gives the matched statements, gold and given.
fn score_article(gold: &gold::Article, got: &Got, place: &str, scores: &mut Scores) -> Vec<(usize, usize)> {
    let (lang, found) = (gold.lang.as_str(), got.article);
    let mut check = |task: &str, ok: bool, miss: String| {
        scores.hit(task, lang, ok);
        if !ok {
            scores.misses.push(format!("{place}: {task}: {miss}"));
        }
    };
    check("language", found.page.lang.as_deref() == Some(lang), format!("{lang} / {:?}", found.page.lang));
    if let Some(published) = &gold.published {
        let given = found.page.published.as_deref().unwrap_or("");
        check("published", given.starts_with(published.as_str()), format!("{published} / {given}"));
    }
    if let Some(outlet) = &gold.outlet {
        let wanted = name_key(outlet);
        let offered = found.page.outlet.iter().flat_map(|o| [Some(o.name.as_str()), o.domain.as_deref()]).flatten();
        let ok = offered.map(name_key).any(|o| !o.is_empty() && (wanted.contains(&o) || o.contains(&wanted)));
        check("outlet", ok, format!("{outlet} / {:?}", found.page.outlet));
    }
    if let Some(title) = &gold.title {
        let given = found.page.title.as_deref().unwrap_or("");
        check("title", dice(&words(title), &words(given)) >= 0.8, format!("{title} / {given}"));
    }
    let text = name_key(&found.page.text);
    for snippet in &gold.includes {
        check("text kept", text.contains(&name_key(snippet)), snippet.clone());
    }
    for snippet in &gold.excludes {
        check("noise removed", !text.contains(&name_key(snippet)), snippet.clone());
    }
    if let Some(entities) = &gold.entities {
        score_entities(entities, got, lang, place, scores);
    }
    let matched = gold.statements.as_ref().map(|s| score_statements(s, got, lang, place, scores));
    if let Some(events) = &gold.events {
        score_events(events, got, lang, place, scores);
    }
    if let Some(times) = &gold.times {
        score_times(times, got, lang, place, scores);
    }
    matched.unwrap_or_default()
}

fn score_entities(golds: &[gold::Entity], got: &Got, lang: &str, place: &str, scores: &mut Scores) {
    let want: BTreeSet<(String, &str)> = golds.iter().map(|e| (name_key(&e.text), e.kind.as_str())).collect();
    let have: BTreeSet<(String, &str)> =
        got.article.entities.iter().map(|e| (name_key(&e.text), e.kind.as_str())).collect();
    scores.sets("entities", lang, want.intersection(&have).count(), want.len(), have.len());
    for (form, kind) in want.difference(&have) {
        scores.misses.push(format!("{place}: entity: {form} {kind}"));
    }
    for (form, kind) in have.difference(&want) {
        scores.misses.push(format!("{place}: entity too many: {form} {kind}"));
    }
}

fn score_statements(
    golds: &[gold::Statement],
    got: &Got,
    lang: &str,
    place: &str,
    scores: &mut Scores,
) -> Vec<(usize, usize)> {
    let gots = &got.article.statements;
    let want: Vec<Vec<String>> = golds.iter().map(|g| words(&g.content.joined())).collect();
    let have: Vec<Vec<String>> = gots.iter().map(|s| words(&got.content(s))).collect();
    let matched = greedy(golds.len(), gots.len(), 0.5, |i, j| dice(&want[i], &have[j]));
    let pairs: Vec<(usize, usize)> = matched.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect();
    scores.sets("statements", lang, pairs.len(), golds.len(), gots.len());
    let (mut with_source, mut with_origin) = (0, 0);
    for (i, g) in golds.iter().enumerate() {
        let Some(j) = matched[i] else {
            scores.misses.push(format!("{place}: statement: {}", short(&g.content.joined())));
            continue;
        };
        let s = &gots[j];
        scores.tally("content overlap", lang, Tally { hit: dice(&want[i], &have[j]), gold: 1, got: 1 });
        let text = |place: Option<Place>| place.map_or_else(String::new, |place| got.text(place));
        let given = text(s.source);
        let wanted = g.source.as_deref().unwrap_or("");
        let source_ok = dice(&words(wanted), &words(&given)) >= 0.5 || (wanted.is_empty() && s.source.is_none());
        let cue = words(g.cue.as_deref().unwrap_or(""));
        let cue_ok = words(&text(s.cue)).iter().any(|word| cue.contains(word)) || (g.cue.is_none() && s.cue.is_none());
        let stance_ok = g.stance == s.stance;
        let alternatives = || std::iter::once(&g.chain).chain(&g.chain_alt);
        let chain_ok = alternatives().any(|a| chain_matches(a, &s.chain));
        let origin_ok = alternatives().any(|a| match (a.last(), s.chain.last()) {
            (None, None) => true,
            (Some(a), Some(b)) => link_matches(a, b),
            _ => false,
        });
        let mut check = |task: &str, ok: bool, miss: &dyn Fn() -> String| {
            scores.hit(task, lang, ok);
            if !ok {
                scores.misses.push(format!("{place}: {task}: {}", miss()));
            }
        };
        let said = || short(&g.content.joined());
        check("source of matched", source_ok, &|| format!("{wanted} / {given}"));
        check("cue of matched", cue_ok, &|| format!("{:?} / {}: {}", g.cue, text(s.cue), said()));
        check("kind of matched", g.kind == s.kind, &|| format!("{} / {}: {}", g.kind, s.kind, said()));
        check("stance of matched", stance_ok, &|| format!("{} / {}: {}", g.stance, s.stance, said()));
        check("chain of matched", chain_ok, &|| {
            let wanted: Vec<_> = g.chain.iter().map(|l| (&l.kind, l.names.first(), &l.country, l.count)).collect();
            let given: Vec<_> = s.chain.iter().map(|l| (&l.kind, &l.text, &l.country, l.count)).collect();
            format!("{wanted:?} / {given:?}: {}", said())
        });
        with_source += usize::from(source_ok);
        with_origin += usize::from(origin_ok);
    }
    for (j, s) in gots.iter().enumerate() {
        if !matched.contains(&Some(j)) {
            scores.misses.push(format!("{place}: statement too many ({}): {}", s.rule, short(&got.content(s))));
        }
    }
    scores.sets("statement + source", lang, with_source, golds.len(), gots.len());
    scores.sets("statement + origin", lang, with_origin, golds.len(), gots.len());
    pairs
}

fn short(text: &str) -> String {
    text.chars().take(110).collect()
}

fn chain_matches(gold: &[gold::Link], got: &[wire::Link]) -> bool {
    gold.len() == got.len() && gold.iter().zip(got).all(|(g, s)| link_matches(g, s))
}

fn link_matches(gold: &gold::Link, got: &wire::Link) -> bool {
    // A medium may be filed as a body or a document, a person or someone unnamed as neither.
    let thing = |kind: &str| matches!(kind, "medium" | "body" | "document");
    if gold.kind != got.kind && !(thing(&gold.kind) && thing(&got.kind)) {
        return false;
    }
    if gold.kind == "anonymous" {
        let country = |c: &Option<String>| c.clone().filter(|c| !c.is_empty());
        return country(&gold.country) == country(&got.country) && (gold.count.is_none() || gold.count == got.count);
    }
    let offered: BTreeSet<String> =
        std::iter::once(&got.text).chain(&got.names).filter(|n| !n.is_empty()).map(|n| name_key(n)).collect();
    gold.names.iter().any(|name| offered.contains(&name_key(name)))
}

fn score_events(golds: &[gold::Event], got: &Got, lang: &str, place: &str, scores: &mut Scores) {
    let gots = &got.article.events;
    let matched = greedy(golds.len(), gots.len(), 1.0, |i, j| event_score(&golds[i], &gots[j]));
    scores.sets("events", lang, matched.iter().flatten().count(), golds.len(), gots.len());
    for (i, g) in golds.iter().enumerate() {
        let Some(j) = matched[i] else {
            scores.misses.push(format!("{place}: event: {} {:?} {:?} '{}'", g.kind, g.actors, g.recipients, g.trigger));
            continue;
        };
        scores.hit("event status", lang, g.status == gots[j].status);
        if let Some(date) = &g.date {
            scores.hit("event date", lang, gots[j].date.as_deref() == Some(date));
        }
    }
    for (j, s) in gots.iter().enumerate() {
        if !matched.contains(&Some(j)) {
            let trigger = got.text(s.trigger);
            scores
                .misses
                .push(format!("{place}: event too many: {} {:?} {:?} '{trigger}'", s.kind, s.actors, s.recipients));
        }
    }
}

/// At least 1 where the types agree and the sides that are named on both hands do.
fn event_score(gold: &gold::Event, got: &wire::Event) -> f64 {
    fn side<'a>(lists: &[&'a Vec<String>]) -> BTreeSet<&'a str> {
        lists.iter().flat_map(|list| list.iter().map(String::as_str)).collect()
    }
    let agreement = |a: &BTreeSet<&str>, b: &BTreeSet<&str>, weight: f64| -> f64 {
        let common = a.intersection(b).count();
        match (a.is_empty() && b.is_empty(), common) {
            (true, _) => 0.0,
            (false, 0) => -0.6,
            (false, common) => weight * common as f64 / a.union(b).count() as f64,
        }
    };
    if gold.kind != got.kind {
        return 0.0;
    }
    if matches!(gold.kind.as_str(), "CONSULT" | "AGREE" | "SUPPORT" | "COOPERATE") {
        // Either side may stand first.
        let (a, b) = (side(&[&gold.actors, &gold.recipients]), side(&[&got.actors, &got.recipients]));
        return 1.0 + agreement(&a, &b, 2.0);
    }
    1.0 + agreement(&side(&[&gold.actors]), &side(&[&got.actors]), 1.0)
        + agreement(&side(&[&gold.recipients]), &side(&[&got.recipients]), 1.0)
}

fn score_times(golds: &[gold::Time], got: &Got, lang: &str, place: &str, scores: &mut Scores) {
    const BARE: [&str; 9] = ["hari", "bulan", "tahun", "tanggal", "on", "il", "lo", "la", "the"];
    let bare = |text: &str| -> String {
        words(text).into_iter().filter(|word| !BARE.contains(&word.as_str())).collect::<Vec<_>>().join(" ")
    };
    let mut counts: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    for time in golds {
        if let Some(value) = time.value.as_deref().filter(|v| !v.is_empty()) {
            counts.entry((bare(&time.text), value)).or_default().0 += 1;
        }
    }
    for time in &got.article.times {
        if let Some(value) = time.value.as_deref().filter(|v| !v.is_empty()) {
            counts.entry((bare(&time.text), value)).or_default().1 += 1;
        }
    }
    let hit = counts.values().map(|&(want, have)| want.min(have)).sum();
    let (want, have) = counts.values().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    scores.sets("times", lang, hit, want, have);
    for ((text, value), (want, have)) in &counts {
        if want != have {
            scores.misses.push(format!("{place}: time: {text} = {value}: {have} of {want}"));
        }
    }
}

/// The answer for an article that was not read.
pub fn empty(key: &str) -> wire::Article {
    let page = wire::CleanArticle { id: key.to_owned(), ..wire::CleanArticle::default() };
    wire::Article { page, ..wire::Article::default() }
}
