//! Answers to 'why': an id's words in their place, and the rule or evidence behind it.

use sumber::wire::{Article, Claim, DateEvidence, Event, Link, Member, Place, Statement, Trace};

use super::claim::{self, label, letter, named};
use super::known::{Known, bytes, counted, day, moment, sentence, stem, words};
use super::{Rich, Role};
use crate::headline::headline;
use crate::output::Canvas;

/// Where a rule stands in the packs, and what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// File and line.
    pub place: String,
    /// Its `about`.
    pub about: Option<String>,
}

/// Looks a rule up in the packs.
pub type Rules<'a> = &'a dyn Fn(&str) -> Option<RuleText>;

/// What an answer rests on; `None` where nothing in the trace has the id.
pub fn why(trace: &Trace, id: &str, rules: Rules, canvas: Canvas) -> Option<String> {
    let page = Page { known: Known::new(trace), rules, canvas };
    let mut out = String::new();
    let (first, second) = id.rsplit_once(':').unwrap_or((id, ""));
    if let Some(claim) = trace.claims.iter().find(|claim| claim.id == id) {
        page.claim(claim, &mut out);
    } else if let Some(claim) = trace.claims.iter().find(|claim| claim.id == first) {
        let place = second.strip_prefix('o')?.parse::<usize>().ok()?.checked_sub(1)?;
        claim.origins.get(place)?;
        page.origin(claim, place, &mut out);
    } else if let Some(article) = page.find_article(id) {
        page.article(article, &mut out);
    } else if let Some(article) = page.find_article(first) {
        if let Some(statement) = article.statements.iter().find(|statement| statement.id == second) {
            page.statement(article, statement, &mut out);
        } else {
            let place = second.strip_prefix('e')?.parse::<usize>().ok()?.checked_sub(1)?;
            page.event(article, article.events.get(place)?, &mut out);
        }
    } else {
        page.entity(id, &mut out)?;
    }
    Some(out)
}

/// ', told by json-ld datePublished “2025-03-20”'.
fn told(evidence: &Option<DateEvidence>) -> Rich {
    let Some(evidence) = evidence else { return Rich::new() };
    let name = evidence.name.as_deref().map_or(String::new(), |name| format!(" {name}"));
    let words = Rich::new().own(Role::Plain, format!(", told by {}", evidence.kind)).page(Role::Plain, &name);
    words.own(Role::Plain, " “").page(Role::Plain, &evidence.words).own(Role::Plain, "”")
}

/// What every part of an answer needs.
struct Page<'a> {
    known: Known<'a>,
    rules: Rules<'a>,
    canvas: Canvas,
}

impl<'a> Page<'a> {
    /// By id, the start of an id, path or file name, if only one article fits.
    fn find_article(&self, name: &str) -> Option<&'a Article> {
        let articles = &self.known.trace.articles;
        let exact = articles.iter().find(|article| article.page.id == name || article.page.path == name);
        let one = |fits: &dyn Fn(&Article) -> bool| {
            let mut fitting = articles.iter().filter(|article| fits(article));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        exact
            .or_else(|| one(&|article| stem(article) == name))
            .or_else(|| one(&|article| name.len() >= 4 && article.page.id.starts_with(name)))
    }

    fn line(&self, first: usize, rest: usize, rich: Rich, out: &mut String) {
        rich.flow(first, rest, self.canvas, out);
    }

    fn fact(&self, name: &str, words: Rich, out: &mut String) {
        self.line(2, 15, Rich::new().own(Role::Key, name).column(15).then(words), out);
    }

    fn claim(&self, claim: &Claim, out: &mut String) {
        let heading = Rich::new().own(Role::Key, &*claim.id).own(Role::Plain, " \u{a0}“");
        self.line(0, 4, heading.page(Role::Claim, &claim.gist).own(Role::Plain, "”"), out);
        let least_most = claim.independent_range;
        let how = match (least_most[1], least_most[0] == least_most[1]) {
            (0, _) => "no statement tells who said it first",
            (_, true) => "everything below that is one root is counted once",
            (_, false) => "what may be one root is counted once at the least, apart at the most",
        };
        self.line(2, 4, Rich::new().own(Role::Origin, claim::origins(claim)).own(Role::Plain, format!(": {how}")), out);

        if let Some((article, _)) = claim.first.as_ref().and_then(|first| self.known.member(first)) {
            let when = article.page.published.as_deref().map_or("no date".to_owned(), moment);
            let words = Rich::new().own(Role::Plain, "First in ").then(named(article));
            self.line(2, 4, words.own(Role::Plain, format!(", {when}")), out);
        }
        for (place, origin) in claim.origins.iter().enumerate() {
            out.push('\n');
            let name = Rich::new()
                .own(Role::Key, format!("{}:o{}", claim.id, place + 1))
                .own(Role::Plain, format!(" \u{a0}root {}: ", letter(origin.group)))
                .then(describe(&origin.origin));
            self.line(0, 4, name, out);
            self.origin_members(claim, place, out);
        }
        let rooted = |member: &Member| claim.origins.iter().any(|origin| origin.members.contains(member));
        let rootless: Vec<&Member> = claim.members.iter().filter(|member| !rooted(member)).collect();
        if !rootless.is_empty() {
            out.push('\n');
            self.line(0, 4, Rich::new().own(Role::Plain, "Without an origin: not counted"), out);
            rootless.iter().for_each(|member| self.member(member, out));
        }
        if !claim.merges.is_empty() {
            out.push('\n');
            self.line(0, 4, Rich::new().own(Role::Plain, "Why origins are held to be one"), out);
            claim.merges.iter().for_each(|merge| self.merge(claim, merge, out));
        }
        if !claim.disputed_by.is_empty() {
            out.push('\n');
            self.line(0, 4, Rich::new().own(Role::Alarm, "Denied by"), out);
            claim.disputed_by.iter().for_each(|member| self.member(member, out));
        }
        for change in &claim.changes {
            out.push('\n');
            let member = Member {
                article: change.article.clone(),
                statement: change.statement.clone(),
                text: change.text.clone(),
            };
            let words = Rich::new().own(Role::Alarm, "Changed, ").then(claim::changed(&self.known, change));
            self.line(0, 4, words, out);
            self.member(&member, out);
        }
        for circle in &claim.circular {
            out.push('\n');
            self.line(0, 4, Rich::new().own(Role::Alarm, "A circle: these have it from one another"), out);
            for article in circle.iter().filter_map(|id| self.known.article(id)) {
                let line = label(article).own(Role::Quiet, " \u{a0}").page(Role::Key, stem(article));
                self.line(2, 4, line, out);
            }
        }
    }

    fn merge(&self, claim: &Claim, merge: &sumber::wire::Merge, out: &mut String) {
        let name = |place: u32| format!("{}:o{}", claim.id, place + 1);
        let [left, right] = merge.origins.map(name);
        let how = if merge.certain { "are one" } else { "may be one" };
        let words = Rich::new().own(Role::Key, left).own(Role::Plain, " and ").own(Role::Key, right);
        self.line(2, 4, words.own(Role::Plain, format!(" {how}: ")).page(Role::Plain, &merge.reason), out);
    }

    fn origin(&self, claim: &Claim, place: usize, out: &mut String) {
        let origin = &claim.origins[place];
        let name = Rich::new()
            .own(Role::Key, format!("{}:o{}", claim.id, place + 1))
            .own(Role::Plain, " \u{a0}")
            .then(describe(&origin.origin));
        self.line(0, 4, name, out);
        self.fact("claim", Rich::new().own(Role::Plain, "“").page(Role::Claim, &claim.gist).own(Role::Plain, "”"), out);
        let same = claim.origins.iter().enumerate().filter(|(n, other)| *n != place && other.group == origin.group);
        let same: Vec<String> = same.map(|(n, _)| format!("{}:o{}", claim.id, n + 1)).collect();
        let root = if same.is_empty() { String::new() } else { format!(", the same as {}", same.join(", ")) };
        self.fact("root", Rich::new().own(Role::Plain, letter(origin.group) + &root), out);
        if !origin.via.is_empty() {
            self.fact("through", Rich::new().page(Role::Article, &origin.via.join(", ")), out);
        }
        for merge in claim.merges.iter().filter(|merge| merge.origins.contains(&(place as u32))) {
            self.merge(claim, merge, out);
        }
        self.origin_members(claim, place, out);
    }

    fn origin_members(&self, claim: &Claim, place: usize, out: &mut String) {
        claim.origins[place].members.iter().for_each(|member| self.member(member, out));
    }

    /// A member with its id, its way back, and its words in their sentence.
    fn member(&self, member: &Member, out: &mut String) {
        let Some((article, statement)) = self.known.member(member) else { return };
        let id = match &member.statement {
            Some(statement) => format!("{}:{statement}", stem(article)),
            None => stem(article).to_owned(),
        };
        let mut line = label(article).own(Role::Quiet, " ");
        if let Some(statement) = statement {
            let links: Vec<&Link> = statement.chain.iter().collect();
            line = line.then(claim::chain(&links));
        }
        self.line(2, 6, line.own(Role::Quiet, " \u{a0}").page(Role::Key, &id), out);
        match statement {
            Some(statement) => self.in_context(article, statement, 6, out),
            None => {
                let words = Rich::new().own(Role::Plain, "“").page(Role::Claim, member.text.as_deref().unwrap_or(""));
                self.line(6, 6, words.own(Role::Plain, "”"), out);
            }
        }
    }

    /// The sentences around a statement, with its parts told apart.
    fn in_context(&self, article: &Article, statement: &Statement, indent: usize, out: &mut String) {
        let mut parts: Vec<(Place, Role)> = statement.content.iter().map(|&place| (place, Role::Claim)).collect();
        parts.extend(statement.source.map(|place| (place, Role::Origin)));
        parts.extend(statement.cue.map(|place| (place, Role::Key)));
        self.line(indent, indent, in_context(&article.page.text, &parts), out);
    }

    fn statement(&self, article: &Article, statement: &Statement, out: &mut String) {
        let id = format!("{}:{}", article.page.id, statement.id);
        self.line(0, 4, Rich::new().own(Role::Key, id).own(Role::Plain, " \u{a0}in ").then(label(article)), out);
        out.push('\n');
        self.in_context(article, statement, 2, out);
        out.push('\n');
        let text = &article.page.text;
        let content: Vec<&str> = statement.content.iter().map(|place| words(text, *place)).collect();
        self.fact("content", Rich::new().page(Role::Claim, &content.join(" … ")), out);
        let part = |place: Option<Place>, role: Role| match place {
            Some(place) => Rich::new().page(role, words(text, place)),
            None => Rich::new().own(Role::Quiet, "none"),
        };
        self.fact("cue", part(statement.cue, Role::Key), out);
        self.fact("source", part(statement.source, Role::Origin), out);
        let hearsay = if statement.hearsay { ", hearsay" } else { "" };
        let how = format!("{}, {}{hearsay}", statement.kind, statement.stance);
        self.fact("how", Rich::new().page(Role::Plain, &how), out);
        for (n, link) in statement.chain.iter().enumerate() {
            let name = if n == 0 { "chain" } else { "" };
            self.fact(name, Rich::new().own(Role::Quiet, "<-\u{a0}").then(describe(link)), out);
        }
        self.rule(&statement.rule, out);
        let claims: Vec<&str> = self
            .known
            .trace
            .claims
            .iter()
            .filter(|claim| {
                let this =
                    |m: &Member| m.article == article.page.id && m.statement.as_deref() == Some(statement.id.as_str());
                claim.members.iter().chain(&claim.disputed_by).any(this)
            })
            .map(|claim| claim.id.as_str())
            .collect();
        if !claims.is_empty() {
            self.fact("claims", Rich::new().own(Role::Key, claims.join(", ")), out);
        }
    }

    /// What made a statement: one rule, or several joined by ' + '.
    fn rule(&self, rules: &str, out: &mut String) {
        for (n, rule) in rules.split(" + ").enumerate() {
            let mut words = Rich::new().page(Role::Plain, rule);
            match (self.rules)(rule) {
                Some(found) => {
                    if let Some(about) = &found.about {
                        words = words.own(Role::Plain, ": ").page(Role::Plain, about);
                    }
                    words = words.own(Role::Quiet, format!(" (packs/{})", found.place));
                }
                None => words = words.own(Role::Quiet, " (a method in the code, not a rule of a pack)"),
            }
            self.fact(if n == 0 { "rule" } else { "and" }, words, out);
        }
    }

    fn event(&self, article: &Article, event: &Event, out: &mut String) {
        let heading = super::timeline::what(event).own(Role::Plain, ", in ").then(label(article));
        self.line(0, 4, heading, out);
        out.push('\n');
        self.line(2, 2, in_context(&article.page.text, &[(event.trigger, Role::Claim)]), out);
        out.push('\n');
        self.fact("date", Rich::new().own(Role::Plain, event.date.as_deref().map_or("not known".to_owned(), day)), out);
        match event.statement.as_deref().and_then(|id| super::known::statement(article, id)) {
            Some(statement) => {
                let links: Vec<&Link> = statement.chain.iter().collect();
                self.fact(
                    "according to",
                    Rich::new().own(Role::Key, &*statement.id).own(Role::Plain, " ").then(claim::chain(&links)),
                    out,
                );
            }
            None => self.fact("says", Rich::new().own(Role::Plain, "the article itself"), out),
        }
    }

    fn article(&self, article: &Article, out: &mut String) {
        let heading = Rich::new().own(Role::Key, &*article.page.id).own(Role::Plain, " \u{a0}");
        self.line(0, 4, heading.page(Role::Claim, &headline(&article.page)), out);
        self.fact("outlet", named(article), out);
        self.fact("file", Rich::new().page(Role::Plain, &article.page.path), out);
        let date = article.page.published.as_deref().map_or("the page does not tell".to_owned(), moment);
        self.fact("published", Rich::new().own(Role::Plain, date).then(told(&article.page.published_evidence)), out);
        if let Some(date) = &article.page.modified {
            let words = Rich::new().own(Role::Plain, moment(date)).then(told(&article.page.modified_evidence));
            self.fact("changed", words, out);
        }
        for note in &article.page.updates {
            self.fact("note", Rich::new().page(Role::Plain, note), out);
        }
        if let Some(credit) = &article.page.credit {
            self.fact("credited to", Rich::new().page(Role::Plain, credit), out);
        }
        if !article.page.authors.is_empty() {
            self.fact("by", Rich::new().page(Role::Plain, &article.page.authors.join(", ")), out);
        }
        for copy in
            self.known.trace.copies.iter().filter(|copy| copy.from == article.page.id || copy.to == article.page.id)
        {
            let (name, other) =
                if copy.to == article.page.id { ("made from", &copy.from) } else { ("made into", &copy.to) };
            let Some(other) = self.known.article(other) else { continue };
            let words =
                label(other).own(Role::Plain, format!(", {} ({:.0} of 100): ", copy.relation, copy.score * 100.0));
            self.fact(name, words.page(Role::Plain, &copy.evidence.join("; ")), out);
        }
        for finding in self.known.trace.diagnostics.iter().filter(|finding| finding.place == article.page.path) {
            self.fact(&finding.severity, Rich::new().page(Role::Plain, &finding.message), out);
        }
        for statement in &article.statements {
            out.push('\n');
            let links: Vec<&Link> = statement.chain.iter().collect();
            let line =
                Rich::new().own(Role::Key, &*statement.id).own(Role::Plain, " \u{a0}").then(claim::chain(&links));
            self.line(2, 6, line, out);
            self.in_context(article, statement, 6, out);
        }
    }

    /// Everything that is said of, or by, one thing of the world.
    fn entity(&self, id: &str, out: &mut String) -> Option<()> {
        let articles = &self.known.trace.articles;
        let mentioned = |article: &&Article| article.entities.iter().any(|mention| mention.id == id);
        let says = |statement: &&Statement| statement.chain.iter().any(|link| link.id.as_deref() == Some(id));
        let with: Vec<&Article> = articles
            .iter()
            .filter(|article| mentioned(article) || article.statements.iter().any(|statement| says(&statement)))
            .collect();
        if with.is_empty() {
            return None;
        }
        self.line(
            0,
            4,
            Rich::new()
                .page(Role::Key, id)
                .own(Role::Plain, format!(" \u{a0}in {}", counted(with.len(), "article", "articles"))),
            out,
        );
        let mentions = with.iter().flat_map(|article| &article.entities).filter(|mention| mention.id == id);
        let links = with.iter().flat_map(|article| &article.statements).flat_map(|statement| &statement.chain);
        let links = links.filter(|link| link.id.as_deref() == Some(id)).map(|link| link.text.as_str());
        let mut forms: Vec<&str> = mentions.map(|mention| mention.text.as_str()).chain(links).collect();
        forms.sort_unstable();
        forms.dedup();
        self.fact("called", Rich::new().page(Role::Plain, &forms.join("; ")), out);
        for article in with {
            out.push('\n');
            self.line(2, 4, label(article).own(Role::Quiet, " \u{a0}").page(Role::Key, stem(article)), out);
            for statement in article.statements.iter().filter(says) {
                self.in_context(article, statement, 6, out);
            }
            let inside = |mention: &&sumber::wire::Mention| mention.id == id;
            if let Some(mention) =
                article.entities.iter().find(inside).filter(|_| !article.statements.iter().any(|s| says(&s)))
            {
                let place = Place { start: mention.start, end: mention.end };
                self.line(6, 6, in_context(&article.page.text, &[(place, Role::Origin)]), out);
            }
        }
        Some(())
    }
}

/// A link in words: its text, its kind, how many, of which country.
fn describe(link: &Link) -> Rich {
    let mut facts = vec![link.kind.clone()];
    facts.extend(link.count.map(|count| count.to_string()));
    facts.extend(link.country.clone());
    facts.extend(link.id.clone());
    Rich::new().page(Role::Origin, &link.text).own(Role::Quiet, format!(" [{}]", super::clean(&facts.join(", "))))
}

/// The sentences that hold the parts, with the parts marked; long stretches between them are cut.
fn in_context(text: &str, parts: &[(Place, Role)]) -> Rich {
    let mut marks: Vec<(usize, usize, Role)> = parts
        .iter()
        .map(|&(place, role)| (bytes(text, place), role))
        .map(|((from, to), role)| (from, to, role))
        .collect();
    // the longest first, so that a part inside of another is marked within it
    marks.sort_by_key(|&(from, to, _)| (from, std::cmp::Reverse(to)));
    let (Some(begin), Some(end)) = (
        parts.iter().map(|&(place, _)| sentence(text, place).0).min(),
        parts.iter().map(|&(place, _)| sentence(text, place).1).max(),
    ) else {
        return Rich::new();
    };
    let mut rich = Rich::new();
    let mut at = begin;
    for (n, &(from, to, role)) in marks.iter().enumerate() {
        // a part that lies inside of this one cuts it short and is followed by what is left of it
        let inner: Vec<_> = marks[n + 1..].iter().filter(|&&(f, t, _)| f >= from && t <= to).collect();
        rich = plain(rich, text, at, from);
        at = at.max(from);
        for &&(inner_from, inner_to, inner_role) in &inner {
            rich = marked(rich, text, at, inner_from, role);
            rich = marked(rich, text, at.max(inner_from), inner_to, inner_role);
            at = at.max(inner_to);
        }
        rich = marked(rich, text, at, to, role);
        at = at.max(to);
    }
    plain(rich, text, at, end)
}

fn plain(rich: Rich, text: &str, from: usize, to: usize) -> Rich {
    const LONG: usize = 400;
    if from >= to {
        return rich;
    }
    let words = &text[from..to];
    if words.chars().count() > LONG {
        rich.own(Role::Quiet, " ... ")
    } else {
        marked(rich, text, from, to, Role::Quiet)
    }
}

fn marked(rich: Rich, text: &str, from: usize, to: usize, role: Role) -> Rich {
    if from >= to {
        return rich;
    }
    let words = &text[from..to];
    let cleaned = super::clean(words);
    let before = if words.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if words.ends_with(char::is_whitespace) && !cleaned.is_empty() { " " } else { "" };
    rich.own(role, format!("{before}{cleaned}{after}"))
}
