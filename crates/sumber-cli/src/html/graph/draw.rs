//! The SVG of a laid-out graph. Shapes and line styles carry the meaning; colour only repeats it.

use maud::{Markup, html};
use unicode_width::UnicodeWidthChar;

use super::layout::{Layout, Place, lay_out};
use super::{EdgeKind, Graph, Node, NodeKind};
use crate::html::words;

/// Most width of a name on one line, in CSS pixels.
const MOST_LINE: f32 = 178.0;
/// Most width of each line of a name on two.
const MOST_OF_TWO: f32 = 158.0;
/// Size of names and of the smaller line below.
const NAME: f32 = 13.0;
const NOTE: f32 = 11.0;
/// Height of a line of a name.
const LINE: f32 = 15.0;
/// Space between a node's border and its text.
const PADDING: f32 = 13.0;

/// The drawing. `label` is what a screen reader says of it; the list beside it tells the rest.
pub fn svg(graph: &Graph, label: &str) -> Markup {
    let layout = lay_out(graph, |n, dense| node_size(&graph.nodes[n], dense));
    let rings = graph.edges.iter().enumerate().filter(|&(e, _)| layout.edges[e].is_empty()).count();
    let height = layout.height + if rings > 0 { 14.0 + 12.0 * rings as f32 } else { 0.0 };
    let mut ring = 0.0;
    html! {
        svg.graph.wide[layout.width > 1150.0] role="group" aria-label=(label) viewBox={ "0 0 " (round(layout.width)) " " (round(height)) }
            width=(round(layout.width)) height=(round(height)) {
            @for hull in &layout.hulls {
                rect.hull x=(round(hull.x)) y=(round(hull.y)) width=(round(hull.width)) height=(round(hull.height)) rx="10" {
                    title { "One root: counted once" }
                }
            }
            @for &(left, right) in &graph.perhaps_one {
                (bracket(&layout.nodes[left], &layout.nodes[right]))
            }
            @for (e, edge) in graph.edges.iter().enumerate() {
                @if layout.edges[e].is_empty() {
                    ({ ring += 1.0; ring_edge(&layout, edge.from, edge.to, layout.height + 12.0 * ring) })
                } @else {
                    (forward_edge(&layout.edges[e], edge.kind, &graph.nodes[edge.from].name, &graph.nodes[edge.to].name))
                }
            }
            @for (n, node) in graph.nodes.iter().enumerate() {
                (node_box(node, &layout.nodes[n], layout.dense[n]))
            }
        }
    }
}

/// A short line with an arrow, for the legend.
pub fn sample(kind: EdgeKind) -> Markup {
    html! {
        svg.sample aria-hidden="true" width="44" height="12" viewBox="0 0 44 12" {
            (forward_edge(&[(1.0, 6.0), (42.0, 6.0)], kind, "", ""))
        }
    }
}

fn edge_class(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Cites => "edge cites",
        EdgeKind::Copies => "edge copies",
        EdgeKind::Translates => "edge translates",
        EdgeKind::Denies => "edge denies",
        EdgeKind::Circle => "edge circle",
    }
}

fn forward_edge(points: &[(f32, f32)], kind: EdgeKind, from: &str, to: &str) -> Markup {
    let mut path = String::new();
    let (start, end) = (points[0], points[points.len() - 1]);
    path.push_str(&format!("M{} {}", round(start.0), round(start.1)));
    for (n, pair) in points.windows(2).enumerate() {
        let (a, mut b) = (pair[0], pair[1]);
        if n + 2 == points.len() {
            b.0 -= 6.0; // the line ends inside the arrowhead
        }
        if (a.1 - b.1).abs() < 0.05 {
            path.push_str(&format!("L{} {}", round(b.0), round(b.1)));
        } else {
            let half = (b.0 - a.0) / 2.0;
            path.push_str(&format!(
                "C{} {} {} {} {} {}",
                round(a.0 + half),
                round(a.1),
                round(b.0 - half),
                round(b.1),
                round(b.0),
                round(b.1)
            ));
        }
    }
    let head = format!(
        "M{} {}L{} {}L{} {}Z",
        round(end.0 - 8.0),
        round(end.1 - 4.0),
        round(end.0),
        round(end.1),
        round(end.0 - 8.0),
        round(end.1 + 4.0)
    );
    // A cross on the middle of the last stretch: a denial is told apart without colour.
    let before = points[points.len() - 2];
    let (x, y) = ((before.0 + end.0) / 2.0, (before.1 + end.1) / 2.0);
    let cross = format!(
        "M{} {}L{} {}M{} {}L{} {}",
        round(x - 4.0),
        round(y - 4.0),
        round(x + 4.0),
        round(y + 4.0),
        round(x - 4.0),
        round(y + 4.0),
        round(x + 4.0),
        round(y - 4.0)
    );
    html! {
        g class=(edge_class(kind)) {
            @if !from.is_empty() { title { (from) " → " (to) ": " (words::edge(kind)) } }
            path.line d=(path) {}
            @if matches!(kind, EdgeKind::Copies | EdgeKind::Translates) { path.core d=(path) {} }
            path.head d=(head) {}
            @if kind == EdgeKind::Denies { path.cross d=(cross) {} }
        }
    }
}

/// The way back of a ring, below everything else.
fn ring_edge(layout: &Layout, from: usize, to: usize, y: f32) -> Markup {
    let (a, b) = (&layout.nodes[from], &layout.nodes[to]);
    let (x1, y1) = (a.x + a.width * 0.5, a.y + a.height);
    let (x2, y2) = (b.x + b.width * 0.35, b.y + b.height);
    let turn = 9.0_f32;
    let side = if x2 < x1 { -turn } else { turn };
    let path = format!(
        "M{} {}V{}Q{} {} {} {}H{}Q{} {} {} {}V{}",
        round(x1),
        round(y1),
        round(y - turn),
        round(x1),
        round(y),
        round(x1 + side),
        round(y),
        round(x2 - side),
        round(x2),
        round(y),
        round(x2),
        round(y - turn),
        round(y2 + 6.0)
    );
    let head = format!(
        "M{} {}L{} {}L{} {}Z",
        round(x2 - 4.0),
        round(y2 + 8.0),
        round(x2),
        round(y2),
        round(x2 + 4.0),
        round(y2 + 8.0)
    );
    html! {
        g class=(edge_class(EdgeKind::Circle)) {
            title { (words::edge(EdgeKind::Circle)) }
            path.line d=(path) {}
            path.head d=(head) {}
        }
    }
}

/// Left of two origins that may be the same.
fn bracket(left: &Place, right: &Place) -> Markup {
    let (y1, y2) = (left.y + left.height / 2.0, right.y + right.height / 2.0);
    let x = left.x.min(right.x);
    let path = format!(
        "M{} {}C{} {} {} {} {} {}",
        round(x),
        round(y1),
        round(x - 26.0),
        round(y1),
        round(x - 26.0),
        round(y2),
        round(x),
        round(y2)
    );
    html! {
        g.perhaps {
            title { "May be one root" }
            path d=(path) {}
            text x=(round(x - 20.0)) y=(round((y1 + y2) / 2.0 + 4.0)) text-anchor="middle" { "?" }
        }
    }
}

fn node_box(node: &Node, place: &Place, dense: bool) -> Markup {
    let class = match node.kind {
        NodeKind::Article => "node article",
        NodeKind::Medium => "node medium",
        NodeKind::Person => "node person",
        NodeKind::Body => "node body",
        NodeKind::Anonymous => "node anonymous",
        NodeKind::Document => "node document",
        NodeKind::Unknown => "node unknown",
    };
    let class = if node.group.is_some() { format!("{class} origin") } else { class.to_owned() };
    let full = if node.note.is_empty() { node.name.clone() } else { format!("{} ({})", node.name, node.note) };
    let inside = html! {
        title { (full) }
        (outline(node.kind, place))
        @if node.kind == NodeKind::Unknown {
            text.name x=(round(place.x + place.width / 2.0)) y=(round(place.y + place.height / 2.0 + 5.0)) text-anchor="middle" { "?" }
        } @else if dense {
            @let used = text_width(&node.name, NAME, true).min(MOST_LINE) + 8.0;
            (label("name", &node.name, place, 18.5, NAME, false))
            @if place.width - 2.0 * PADDING - used > 26.0 {
                (label("note", &fitted(&node.note, NOTE, false, place.width - 2.0 * PADDING - used), place, 18.5, NOTE, !words::is_right_to_left(&node.name)))
            }
        } @else {
            @let lines = wrapped(&node.name);
            @for (n, line) in lines.iter().enumerate() {
                (label("name", line, place, 20.0 + LINE * n as f32, NAME, false))
            }
            (label("note", &node.note, place, 36.0 + LINE * (lines.len() - 1) as f32, NOTE, false))
        }
    };
    html! {
        @if let Some(anchor) = &node.href {
            a class=(class) href={ "#" (anchor) } { (inside) }
        } @else {
            g class=(class) { (inside) }
        }
    }
}

/// Each kind has a shape of its own.
fn outline(kind: NodeKind, place: &Place) -> Markup {
    let Place { x, y, width, height } = *place;
    let path = match kind {
        // A page with a folded corner.
        NodeKind::Article => format!(
            "M{0} {1}H{2}L{3} {4}V{5}H{0}ZM{2} {1}V{4}H{3}",
            round(x),
            round(y),
            round(x + width - 10.0),
            round(x + width),
            round(y + 10.0),
            round(y + height)
        ),
        // Cut corners.
        NodeKind::Body => format!(
            "M{} {}H{}L{} {}V{}L{} {}H{}L{} {}V{}Z",
            round(x + 7.0),
            round(y),
            round(x + width - 7.0),
            round(x + width),
            round(y + 7.0),
            round(y + height - 7.0),
            round(x + width - 7.0),
            round(y + height),
            round(x + 7.0),
            round(x),
            round(y + height - 7.0),
            round(y + 7.0)
        ),
        _ => String::new(),
    };
    let round_corner = match kind {
        NodeKind::Person | NodeKind::Anonymous => (height / 2.0).min(23.0),
        NodeKind::Unknown => width.min(height) / 2.0,
        NodeKind::Medium => 3.0,
        _ => 0.0,
    };
    html! {
        @if path.is_empty() {
            rect.shape x=(round(x)) y=(round(y)) width=(round(width)) height=(round(height)) rx=(round(round_corner)) {}
        } @else {
            path.shape d=(path) {}
        }
        @if kind == NodeKind::Medium {
            path.rule d=(format!("M{} {}V{}", round(x + 5.0), round(y + 5.0), round(y + height - 5.0))) {}
        }
        @if kind == NodeKind::Document {
            path.rule d=(format!("M{} {}H{}", round(x + 5.0), round(y + height - 4.0), round(x + width - 5.0))) {}
        }
    }
}

/// One line of text, at the side where its script begins, or at the end of the line.
fn label(class: &str, words: &str, place: &Place, down: f32, size: f32, at_end: bool) -> Markup {
    let shown = fitted(words, size, class == "name", place.width - 2.0 * PADDING);
    let right_to_left = words::is_right_to_left(words);
    let x = if right_to_left != at_end { place.x + place.width - PADDING } else { place.x + PADDING };
    html! {
        text class=(class) x=(round(x)) y=(round(place.y + down)) direction=[right_to_left.then_some("rtl")]
            text-anchor=[at_end.then_some("end")] { (shown) }
    }
}

/// Width and height of a box.
fn node_size(node: &Node, dense: bool) -> (f32, f32) {
    if node.kind == NodeKind::Unknown {
        return if dense { (28.0, 28.0) } else { (30.0, 30.0) };
    }
    let note = text_width(&node.note, NOTE, false);
    if dense {
        let text = text_width(&node.name, NAME, true) + 8.0 + note;
        return (text.clamp(64.0, MOST_LINE + 10.0) + 2.0 * PADDING, 28.0);
    }
    let lines = wrapped(&node.name);
    let name = lines.iter().map(|line| text_width(line, NAME, true)).fold(0.0, f32::max);
    (name.max(note).clamp(64.0, MOST_LINE) + 2.0 * PADDING, 46.0 + LINE * (lines.len() - 1) as f32)
}

/// A name on one line or two; what does not fit on the second is cut.
fn wrapped(words: &str) -> Vec<String> {
    if text_width(words, NAME, true) <= MOST_LINE {
        return vec![words.to_owned()];
    }
    let mut used = 0.0;
    let mut space = None;
    for (at, c) in words.char_indices() {
        if c.is_whitespace() {
            space = Some(at);
        }
        used += text_width(c.encode_utf8(&mut [0; 4]), NAME, true);
        if used > MOST_OF_TWO {
            break;
        }
    }
    match space.filter(|&at| at > 0) {
        Some(at) => {
            vec![words[..at].trim_end().to_owned(), fitted(words[at..].trim_start(), NAME, true, MOST_OF_TWO)]
        }
        None => vec![fitted(words, NAME, true, MOST_LINE)],
    }
}

/// Width of a text in a usual sans serif, a little on the wide side; fonts of readers differ.
fn text_width(words: &str, size: f32, bold: bool) -> f32 {
    let ems: f32 = words.chars().map(char_width).sum();
    ems * size * if bold { 1.11 } else { 1.0 }
}

fn char_width(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | ':' | ';' | '|' | '!' => 0.28,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '·' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.88,
        _ if c.is_ascii_uppercase() => 0.68,
        _ if c.is_ascii() => 0.56,
        _ => match c.width().unwrap_or(0) {
            0 => 0.0,
            1 if c.is_uppercase() => 0.7,
            1 => 0.6,
            _ => 1.0,
        },
    }
}

/// As much of a text as there is room for.
fn fitted(words: &str, size: f32, bold: bool, room: f32) -> String {
    if text_width(words, size, bold) <= room + 0.5 {
        return words.to_owned();
    }
    let mut shown = String::new();
    let mut used = size * 0.9;
    for c in words.chars() {
        used += char_width(c) * size * if bold { 1.11 } else { 1.0 };
        if used > room {
            break;
        }
        shown.push(c);
    }
    format!("{}…", shown.trim_end())
}

/// One decimal is enough and keeps the page small.
fn round(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}
