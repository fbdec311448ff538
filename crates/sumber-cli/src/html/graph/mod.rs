//! The provenance graph of one claim: who said it, through whom it came, which articles carry it.
//!
//! Three steps, three files: this one decides what the nodes and edges are, [`layout`] gives them
//! places, [`draw`] writes the SVG. An edge points from where words were to where they went: from
//! the origin to the article. The room knows nothing of HTML pages around the drawing.

pub mod draw;
pub mod layout;

use std::collections::{BTreeMap, BTreeSet};

use sumber::wire;

use super::report::{Report, Said};
use super::words;

/// More nodes than this cannot be read; the page's list beside the drawing has them all.
pub const MOST_NODES: usize = 40;

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// An article of the collection.
    Article,
    /// A medium that is cited and whose article is not in the collection.
    Medium,
    /// A named human being.
    Person,
    /// A named organisation, government, company.
    Body,
    /// Described, not named.
    Anonymous,
    /// A named report, treaty, court file.
    Document,
    /// The article does not tell.
    Unknown,
}

/// A box of the drawing.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// Name of the outlet or words for the source.
    pub name: String,
    /// The smaller line: kind, country, date.
    pub note: String,
    /// The place in the page that tells more, as a fragment.
    pub href: Option<String>,
    /// Origins with the same number are one root.
    pub group: Option<u32>,
    /// Whether it only denies the claim.
    pub denier: bool,
}

/// How words went from one node to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// A source told it to a medium, or a medium cites another.
    Cites,
    /// The article was copied or rewritten.
    Copies,
    /// The article was translated.
    Translates,
    /// A source denies the claim in this article.
    Denies,
    /// The step that closes a ring.
    Circle,
}

/// An arrow of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Where the words were.
    pub from: usize,
    /// Where they went.
    pub to: usize,
    /// How.
    pub kind: EdgeKind,
}

/// The graph of one claim. Deterministic: nodes stand in the order in which the claim's members name them.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The arrows, sorted, none twice.
    pub edges: Vec<Edge>,
    /// Pairs of origins that may be the same.
    pub perhaps_one: Vec<(usize, usize)>,
    /// Articles for which there was no room.
    pub left_out: usize,
}

/// What makes two nodes one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Article(usize),
    Origin(usize),
    Link(String),
    Denier(String),
    Untold(usize),
}

struct Builder<'a> {
    report: &'a Report<'a>,
    claim: &'a wire::Claim,
    /// Articles that make or deny the claim.
    carriers: Vec<usize>,
    /// Articles that make it and tell a source.
    told: BTreeSet<usize>,
    keys: BTreeMap<Key, usize>,
    graph: Graph,
    edges: BTreeSet<Edge>,
}

/// The graph of a claim.
pub fn of_claim(report: &Report, claim: &wire::Claim) -> Graph {
    let mut builder = Builder {
        report,
        claim,
        carriers: Vec::new(),
        told: claim
            .members
            .iter()
            .filter(|member| !report.chain(member).is_empty())
            .filter_map(|member| report.said(member).map(|said| said.article))
            .collect(),
        keys: BTreeMap::new(),
        graph: Graph::default(),
        edges: BTreeSet::new(),
    };
    for member in claim.members.iter().chain(&claim.disputed_by) {
        builder.carriers.extend(report.said(member).map(|said| said.article));
    }
    let mut seen = BTreeSet::new();
    builder.carriers.retain(|&article| seen.insert(article));
    builder.members();
    builder.denials();
    builder.copies();
    builder.rings();
    builder.finish()
}

impl Builder<'_> {
    fn node(&mut self, key: Key, make: impl FnOnce() -> Node) -> usize {
        let next = self.graph.nodes.len();
        *self.keys.entry(key).or_insert_with(|| {
            self.graph.nodes.push(make());
            next
        })
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind) {
        if from != to {
            self.edges.insert(Edge { from, to, kind });
        }
    }

    fn article(&mut self, index: usize) -> usize {
        let report = self.report;
        self.node(Key::Article(index), || {
            let article = &report.trace.articles[index];
            let mut note = Vec::new();
            note.extend(article.page.lang.clone());
            note.extend(article.page.published.as_deref().map(words::short_date));
            Node {
                kind: NodeKind::Article,
                name: report.outlet(index).to_owned(),
                note: note.join(" · "),
                href: Some(report.article_anchor(index)),
                group: None,
                denier: false,
            }
        })
    }

    fn link(&mut self, key: Key, link: &wire::Link) -> usize {
        self.node(key, || Node {
            kind: kind_of(link),
            name: words::link_name(link).to_owned(),
            note: words::link_note(link),
            href: None,
            group: None,
            denier: false,
        })
    }

    fn untold(&mut self, article: usize) -> usize {
        self.node(Key::Untold(article), || Node {
            kind: NodeKind::Unknown,
            name: "?".to_owned(),
            note: "source not told".to_owned(),
            href: None,
            group: None,
            denier: false,
        })
    }

    /// The place among the claim's origins where a member's chain ends.
    fn origin_of(&self, member: &wire::Member, last: &wire::Link) -> Option<usize> {
        let origins = &self.claim.origins;
        origins
            .iter()
            .position(|origin| origin.members.contains(member))
            .or_else(|| origins.iter().position(|origin| link_key(&origin.origin) == link_key(last)))
    }

    /// The article among the carriers that a cited medium published: the latest that is not later.
    fn carrier(&self, link: &wire::Link, citing: usize) -> Option<usize> {
        if link.kind != "medium" {
            return None;
        }
        let date = |index: usize| self.report.trace.articles[index].page.published.as_deref().unwrap_or("");
        let same = |&index: &usize| index != citing && self.report.is_outlet(index, link);
        let mut found: Vec<usize> = self.carriers.iter().copied().filter(same).collect();
        found.sort_by_key(|&index| (date(index), index));
        let earlier = found.iter().rev().find(|&&index| date(index) <= date(citing));
        earlier.or(found.first()).copied()
    }

    fn members(&mut self) {
        let claim = self.claim;
        for member in &claim.members {
            let Some(Said { article, .. }) = self.report.said(member) else { continue };
            let mut at = self.article(article);
            let chain = self.report.chain(member);
            let Some((last, between)) = chain.split_last() else {
                if !self.told.contains(&article) {
                    let untold = self.untold(article);
                    self.edge(untold, at, EdgeKind::Cites);
                }
                continue;
            };
            let mut citing = article;
            let mut arrived = false;
            for link in between {
                if let Some(cited) = self.carrier(link, citing) {
                    let node = self.article(cited);
                    self.edge(node, at, EdgeKind::Cites);
                    (at, citing) = (node, cited);
                    // The cited article tells the rest of the way itself.
                    if self.told.contains(&cited) {
                        arrived = true;
                        break;
                    }
                } else {
                    let node = self.link(Key::Link(link_key(link)), link);
                    self.edge(node, at, EdgeKind::Cites);
                    at = node;
                }
            }
            if arrived {
                continue;
            }
            let from = match (self.carrier(last, citing), self.origin_of(member, last)) {
                (Some(cited), _) => self.article(cited),
                (None, Some(index)) => {
                    // The article names the medium alone; another tells from whom the medium has it.
                    if through(&claim.origins[index], last) {
                        let medium = self.link(Key::Link(link_key(last)), last);
                        self.edge(medium, at, EdgeKind::Cites);
                        at = medium;
                    }
                    let node = self.link(Key::Origin(index), &claim.origins[index].origin);
                    self.graph.nodes[node].group = Some(claim.origins[index].group);
                    node
                }
                (None, None) => self.link(Key::Link(link_key(last)), last),
            };
            self.edge(from, at, EdgeKind::Cites);
        }
        for merge in claim.merges.iter().filter(|merge| !merge.certain) {
            let [left, right] = merge.origins.map(|place| self.keys.get(&Key::Origin(place as usize)).copied());
            if let (Some(left), Some(right)) = (left, right) {
                self.graph.perhaps_one.push((left.min(right), left.max(right)));
            }
        }
        self.graph.perhaps_one.sort_unstable();
        self.graph.perhaps_one.dedup();
    }

    fn denials(&mut self) {
        let claim = self.claim;
        for member in &claim.disputed_by {
            let Some(Said { article, .. }) = self.report.said(member) else { continue };
            let to = self.article(article);
            let from = match self.report.chain(member).last() {
                Some(last) => self.link(Key::Denier(link_key(last)), last),
                None => self.untold(article),
            };
            if self.graph.nodes[from].kind != NodeKind::Unknown {
                self.graph.nodes[from].denier = true;
            }
            self.edge(from, to, EdgeKind::Denies);
        }
    }

    /// A copy has its sources from what it copies: only the arrow of the copy is drawn.
    fn copies(&mut self) {
        let report = self.report;
        for copy in &report.trace.copies {
            let node = |id: &str| report.article(id).and_then(|index| self.keys.get(&Key::Article(index)).copied());
            let (Some(from), Some(to)) = (node(&copy.from), node(&copy.to)) else { continue };
            // In a translation the unnamed source has other words and the same description.
            let nodes = &self.graph.nodes;
            let same = |a: usize, b: usize| {
                let unnamed = nodes[a].kind == NodeKind::Anonymous && nodes[b].kind == NodeKind::Anonymous;
                a == b || (unnamed && nodes[a].note == nodes[b].note)
            };
            let fed: BTreeSet<usize> = self.edges.iter().filter(|edge| edge.to == from).map(|edge| edge.from).collect();
            self.edges.retain(|edge| {
                edge.to != to || !(edge.from == from || fed.iter().any(|&source| same(source, edge.from)))
            });
            let kind = if copy.relation == "translation" { EdgeKind::Translates } else { EdgeKind::Copies };
            self.edge(from, to, kind);
        }
    }

    fn rings(&mut self) {
        let report = self.report;
        for ring in &self.claim.circular {
            let nodes: Vec<usize> = ring
                .iter()
                .filter_map(|id| report.article(id))
                .filter_map(|index| self.keys.get(&Key::Article(index)).copied())
                .collect();
            // An article of the ring that has it from another of the ring has its arrow already.
            for (n, &to) in nodes.iter().enumerate() {
                let before = nodes[(n + nodes.len() - 1) % nodes.len()];
                if !self.edges.iter().any(|edge| edge.to == to && nodes.contains(&edge.from)) {
                    self.edge(before, to, EdgeKind::Circle);
                }
            }
        }
    }

    fn finish(mut self) -> Graph {
        // Nodes that lost all their arrows to a copy say nothing.
        let mut keep: Vec<bool> = (0..self.graph.nodes.len())
            .map(|node| {
                self.graph.nodes[node].kind == NodeKind::Article
                    || self.edges.iter().any(|edge| edge.from == node || edge.to == node)
            })
            .collect();
        let mut left = keep.iter().filter(|&&keep| keep).count();
        for node in (0..keep.len()).rev() {
            let leaf =
                self.graph.nodes[node].kind == NodeKind::Article && !self.edges.iter().any(|edge| edge.from == node);
            if left > MOST_NODES && keep[node] && leaf {
                keep[node] = false;
                left -= 1;
                self.graph.left_out += 1;
            }
        }
        // Sources of articles that were left out go too, then whatever is still too many.
        for node in (0..keep.len()).rev() {
            if left > MOST_NODES && keep[node] {
                keep[node] = false;
                left -= 1;
                self.graph.left_out += usize::from(self.graph.nodes[node].kind == NodeKind::Article);
            }
        }
        let mut places = vec![None; keep.len()];
        let mut nodes = Vec::new();
        for (n, node) in self.graph.nodes.into_iter().enumerate() {
            if keep[n] {
                places[n] = Some(nodes.len());
                nodes.push(node);
            }
        }
        let mut edges: Vec<Edge> = self
            .edges
            .iter()
            .filter_map(|edge| Some(Edge { from: places[edge.from]?, to: places[edge.to]?, kind: edge.kind }))
            .collect();
        edges.sort_unstable();
        let perhaps_one =
            self.graph.perhaps_one.iter().filter_map(|&(left, right)| Some((places[left]?, places[right]?))).collect();
        Graph { nodes, edges, perhaps_one, left_out: self.graph.left_out }
    }
}

fn kind_of(link: &wire::Link) -> NodeKind {
    match link.kind.as_str() {
        "medium" => NodeKind::Medium,
        "person" => NodeKind::Person,
        "body" => NodeKind::Body,
        "document" => NodeKind::Document,
        _ => NodeKind::Anonymous,
    }
}

/// Whether an origin told it through this medium, and is not the medium itself.
fn through(origin: &wire::Origin, last: &wire::Link) -> bool {
    link_key(&origin.origin) != link_key(last) && last.names.iter().any(|name| origin.via.contains(name))
}

/// Links with the same key are drawn as one node.
fn link_key(link: &wire::Link) -> String {
    if let Some(id) = &link.id {
        return format!("id {id}");
    }
    let name = link.names.first().unwrap_or(&link.text).to_lowercase();
    let country = link.country.as_deref().unwrap_or("");
    format!("{} {name} {country} {}", link.kind, link.count.unwrap_or(0))
}
