//! Figures as tables of plain text, the worst language of a task first.

use std::fmt::Write as _;

use super::score::{ALL, ORDER, Scores};

/// One row a task: all languages together, then each, worst first.
pub fn tasks(scores: &Scores) -> String {
    let mut out = String::new();
    writeln!(
        out,
        "{:30} {:>9} {:>7} {:>6} {:>6} {:>6}   by language, worst first",
        "task", "precision", "recall", "F1", "gold", "got"
    )
    .expect("writing to a string");
    for task in ORDER {
        let Some(t) = scores.of(task, ALL) else { continue };
        write!(out, "{task:30} {:9.3} {:7.3} {:6.3} {:6} {:6}  ", t.precision(), t.recall(), t.f1(), t.gold, t.got)
            .expect("writing to a string");
        let mut languages: Vec<(f64, &str)> = scores
            .figures()
            .filter(|(language, name, _)| *name == task && *language != ALL)
            .map(|(language, _, tally)| (tally.f1(), language))
            .collect();
        languages.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        for (f, language) in languages {
            write!(out, " {language} {f:.3}").expect("writing to a string");
        }
        out.push('\n');
    }
    out
}

/// One row a collection, the tasks that matter most, the worst collection (by statements) first.
pub fn collections(each: &[(String, Scores)]) -> String {
    const TASKS: [(&str, &str); 9] = [
        ("statements", "stmts"),
        ("statement + source", "source"),
        ("statement + origin", "origin"),
        ("chain of matched", "chain"),
        ("entities", "names"),
        ("times", "times"),
        ("events", "events"),
        ("claim pairs", "claims"),
        ("independent origins", "indep"),
    ];
    let f1 = |scores: &Scores, task| scores.of(task, ALL).map(|t| t.f1());
    let mut rows: Vec<&(String, Scores)> = each.iter().collect();
    rows.sort_by(|a, b| f1(&a.1, "statements").unwrap_or(1.0).total_cmp(&f1(&b.1, "statements").unwrap_or(1.0)));
    let mut out = format!("{:30}", "collection (F1), worst first");
    TASKS.iter().for_each(|(_, short)| write!(out, " {short:>6}").expect("writing to a string"));
    out.push('\n');
    for (name, scores) in rows {
        write!(out, "{name:30}").expect("writing to a string");
        for (task, _) in TASKS {
            match f1(scores, task) {
                Some(f) => write!(out, " {f:6.3}"),
                None => write!(out, " {:>6}", "-"),
            }
            .expect("writing to a string");
        }
        out.push('\n');
    }
    out
}

/// One row a collection, what is linked between articles: F1 of pairs, and how often the count of
/// independent origins is too high (a false corroboration), too low (a false merging), or outside
/// the range that was given.
pub fn linking(each: &[(String, Scores)]) -> String {
    let mut out = format!(
        "{:30} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}\n",
        "collection, linking", "stories", "claims", "P", "R", "indep", "denied", "found", "high%", "low%", "out%"
    );
    for (name, scores) in each {
        write!(out, "{name:30}").expect("writing to a string");
        let of = |task| scores.of(task, ALL);
        let claims = of("claim pairs");
        let figures = [
            of("story pairs").map(|t| t.f1()),
            claims.map(|t| t.f1()),
            claims.map(|t| t.precision()),
            claims.map(|t| t.recall()),
            of("independent origins").map(|t| t.f1()),
            of("denials linked").map(|t| t.f1()),
        ];
        for (n, figure) in figures.into_iter().enumerate() {
            let width = if n == 0 { 7 } else { 6 };
            match figure {
                Some(f) => write!(out, " {f:width$.3}"),
                None => write!(out, " {:>width$}", "-"),
            }
            .expect("writing to a string");
        }
        let c = scores.corroboration;
        let share = |n: usize| 100.0 * n as f64 / c.claims.max(1) as f64;
        let outside = c.range_too_high + c.range_too_low;
        writeln!(out, " {:6} {:6.1} {:6.1} {:6.1}", c.claims, share(c.too_high), share(c.too_low), share(outside))
            .expect("writing to a string");
    }
    out
}
