//! `sumber pack try`: a sentence, and what each annotator finds in it by which rule.

use anyhow::Context as _;
use sumber::core::{Analysis, Article, ArticleId, Span, hash64};
use sumber::{Packs, analyze_as};

use super::load;
use crate::Ended;
use crate::arguments::TryArguments;
use crate::output::{self, Canvas};
use crate::text::{Rich, Role};

/// Runs the command.
pub fn run(arguments: &TryArguments) -> anyhow::Result<Ended> {
    let packs = load(&arguments.folder)?;
    super::chosen(&packs, std::slice::from_ref(&arguments.tag))?;
    if let Some(date) = &arguments.date {
        let well_formed = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        well_formed.then_some(()).with_context(|| format!("'{date}' is no date; write it as YYYY-MM-DD"))?;
    }
    let article = Article {
        id: ArticleId(hash64(arguments.sentence.as_bytes())),
        path: "-".to_owned(),
        declared_language: Some(arguments.tag.clone()),
        published: arguments.date.clone(),
        text: arguments.sentence.trim().to_owned(),
        ..Article::default()
    };
    let analysis = analyze_as(&article, Some(arguments.tag.clone()), &packs);
    let answer = show(&article, &analysis, &packs, output::canvas(None));
    output::write(None, |out| out.write_all(answer.as_bytes()))?;
    Ok(Ended::Whole)
}

/// Layer by layer, in the order of the annotators; a layer that found nothing says so.
fn show(article: &Article, analysis: &Analysis, packs: &Packs, canvas: Canvas) -> String {
    let text = article.text.as_str();
    let mut out = String::new();
    let told = packs.identifier.identify(text, None);
    let wanted = analysis.language.as_deref().unwrap_or("?");
    let by_itself = match told.as_deref() {
        Some(tag) if tag == wanted => "told by its words as well".to_owned(),
        Some(tag) => format!("by its words it would be taken for {tag}"),
        None => "its words alone do not tell".to_owned(),
    };
    layer(
        "language",
        vec![Rich::new().own(Role::Claim, wanted).own(Role::Quiet, format!(" ({by_itself})"))],
        canvas,
        &mut out,
    );
    let at = |span: Span| Rich::new().page(Role::Claim, span.of(text));
    let names = analysis.mentions.iter().map(|mention| {
        let entity = &analysis.entities[mention.entity.0 as usize];
        let known = if entity.known { "known" } else { "new" };
        let country = entity.country.as_deref().unwrap_or("no country");
        at(mention.span).own(Role::Quiet, format!(" {} {}, {known}, {country}", entity.kind, entity.id))
    });
    layer("names", names.collect(), canvas, &mut out);
    let times = analysis
        .times
        .iter()
        .map(|time| at(time.span).own(Role::Quiet, format!(" {}", time.value.as_deref().unwrap_or("cannot be known"))));
    layer("times", times.collect(), canvas, &mut out);
    let numbers = analysis.numbers.iter().map(|n| at(n.span).own(Role::Quiet, format!(" {}", n.value)));
    layer("numbers", numbers.collect(), canvas, &mut out);
    let concepts = analysis.concepts.iter().map(|c| at(c.span).own(Role::Quiet, format!(" {}", c.id)));
    layer("concepts", concepts.collect(), canvas, &mut out);
    layer("hedges", analysis.hedges.iter().map(|&span| at(span)).collect(), canvas, &mut out);
    layer("negations", analysis.negations.iter().map(|&span| at(span)).collect(), canvas, &mut out);
    let statements = analysis.statements.iter().enumerate().map(|(n, statement)| {
        let part = |name: &str, role: Role, span: Option<Span>| match span {
            Some(span) => {
                Rich::new().own(Role::Quiet, format!("[{name}\u{a0}")).page(role, span.of(text)).own(Role::Quiet, "] ")
            }
            None => Rich::new().own(Role::Quiet, format!("[no\u{a0}{name}] ")),
        };
        let mut line = Rich::new().own(Role::Key, format!("s{} ", n + 1));
        for &span in &statement.content {
            line = line.then(part("content", Role::Claim, Some(span)));
        }
        line = line.then(part("cue", Role::Key, statement.cue)).then(part("source", Role::Origin, statement.source));
        line = line.own(Role::Quiet, format!("{}, {}", statement.kind, statement.stance));
        for link in &statement.chain {
            let country = link.country.as_deref().map_or(String::new(), |country| format!(",\u{a0}{country}"));
            line = line.own(Role::Quiet, " <-\u{a0}").page(Role::Origin, &link.text);
            let count = link.count.map_or(String::new(), |count| format!(",\u{a0}{count}"));
            line = line.own(Role::Quiet, format!(" [{}{count}{country}]", link.kind));
        }
        line.own(Role::Plain, " by\u{a0}rule ").page(Role::Key, &statement.rule)
    });
    layer("statements", statements.collect(), canvas, &mut out);
    let trial = packs.get(wanted).map(|pack| sumber::try_sentence(packs, pack, text));
    let nearly = trial.iter().flat_map(|trial| &trial.unmatched).map(|(span, rules)| {
        let tried = if rules.is_empty() { "no rule asks for a word of its kind".to_owned() } else { rules.join(", ") };
        at(*span).own(Role::Quiet, " reports, but no rule fits around it; tried: ").page(Role::Key, &tried)
    });
    let mut nearly: Vec<Rich> = nearly.collect();
    nearly.dedup();
    if !nearly.is_empty() {
        layer("nearly", nearly, canvas, &mut out);
    }
    let events = analysis.events.iter().map(|event| {
        let sides = format!(" {} -> {}", event.actors.join(", "), event.recipients.join(", "));
        let date = event.date.as_deref().unwrap_or("no date");
        let by = event.statement.map_or(String::new(), |s| format!(", according to s{}", s.0 + 1));
        let facts = format!("{sides}, {}, {date}{by}", event.status);
        at(event.trigger).own(Role::Plain, " ").own(Role::Key, event.kind.as_str()).own(Role::Quiet, facts)
    });
    layer("events", events.collect(), canvas, &mut out);
    out
}

fn layer(name: &str, found: Vec<Rich>, canvas: Canvas, out: &mut String) {
    const COLUMN: usize = 12;
    if found.is_empty() {
        Rich::new().own(Role::Quiet, name).column(COLUMN).own(Role::Quiet, "none").flow(0, COLUMN, canvas, out);
    }
    for (n, line) in found.into_iter().enumerate() {
        let name = if n == 0 { name } else { "" };
        Rich::new().own(Role::Key, name).column(COLUMN).then(line).flow(0, COLUMN + 2, canvas, out);
    }
}
