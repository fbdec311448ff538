//! Places for nodes and arrows: layers from left to right, after Sugiyama, Tagawa and Toda (1981).
//!
//! Longest-path layering, dummy nodes on long arrows, barycentre sweeps against crossings (the best
//! sweep is kept), then heights by pooling neighbours that would overlap. Ties go to the lower index,
//! so the same graph has the same drawing everywhere.

use super::{EdgeKind, Graph, NodeKind};

/// Space between layers, for arrows.
const GUTTER: f32 = 48.0;
/// Space left of the first layer, for the brackets of origins that may be one.
const MARGIN: f32 = 26.0;
/// Space around a group of origins that are one root.
const HULL: f32 = 7.0;

/// A box with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Place {
    fn middle(&self) -> f32 {
        self.y + self.height / 2.0
    }
}

/// The whole drawing, in CSS pixels.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// A place for each node.
    pub nodes: Vec<Place>,
    /// The points that each edge passes, start and end included; empty for edges that close a ring.
    pub edges: Vec<Vec<(f32, f32)>>,
    /// Frames around origins that are one root.
    pub hulls: Vec<Place>,
    /// Width of the drawing.
    pub width: f32,
    /// Height of the drawing.
    pub height: f32,
    /// Which nodes have one line for want of room.
    pub dense: Vec<bool>,
}

/// A node or a bend of a long edge.
struct Slot {
    layer: usize,
    height: f32,
    /// Slots with the same key stay together.
    bundle: (u8, u32),
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Gives every node a place. `size_of` measures a node, wide and high, with all its lines or with one.
pub fn lay_out(graph: &Graph, size_of: impl Fn(usize, bool) -> (f32, f32)) -> Layout {
    if graph.nodes.is_empty() {
        return Layout::default();
    }
    let forward = forward_edges(graph);
    let layers = layering(graph, &forward);
    let count = layers.iter().max().map_or(1, |last| last + 1);
    let mut crowd = vec![0; count];
    layers.iter().for_each(|&layer| crowd[layer] += 1);
    let dense: Vec<bool> = layers.iter().map(|&layer| crowd[layer] > 9).collect();

    let mut slots: Vec<Slot> = graph
        .nodes
        .iter()
        .enumerate()
        .map(|(n, node)| Slot {
            layer: layers[n],
            height: size_of(n, dense[n]).1,
            bundle: match node.group {
                Some(group) if layers[n] == 0 => (0, group),
                _ => (1, n as u32),
            },
            before: Vec::new(),
            after: Vec::new(),
        })
        .collect();
    let mut bends: Vec<Vec<usize>> = vec![Vec::new(); graph.edges.len()];
    for (e, edge) in graph.edges.iter().enumerate().filter(|&(e, _)| forward[e]) {
        let mut at = edge.from;
        for layer in layers[edge.from] + 1..layers[edge.to] {
            let bend = slots.len();
            slots.push(Slot { layer, height: 8.0, bundle: (1, bend as u32), before: vec![at], after: Vec::new() });
            slots[at].after.push(bend);
            bends[e].push(bend);
            at = bend;
        }
        slots[at].after.push(edge.to);
        slots[edge.to].before.push(at);
    }

    let order = ordering(&slots, count);
    let gap = if dense.contains(&true) { 7.0 } else { 14.0 };
    let mut middles = heights(&slots, &order, gap);
    close_up(&slots, &mut middles, gap + 2.0 * HULL);

    let mut widths = vec![0.0_f32; count];
    for (n, &layer) in layers.iter().enumerate() {
        widths[layer] = widths[layer].max(size_of(n, dense[n]).0);
    }
    let mut lefts = Vec::with_capacity(count);
    let mut x = if graph.perhaps_one.is_empty() { HULL + 2.0 } else { MARGIN };
    for width in &widths {
        lefts.push(x);
        x += width + GUTTER;
    }
    let top = (0..slots.len()).map(|s| middles[s] - slots[s].height / 2.0).fold(f32::MAX, f32::min) - HULL - 2.0;
    let bottom = (0..slots.len()).map(|s| middles[s] + slots[s].height / 2.0).fold(f32::MIN, f32::max) + HULL + 2.0;

    let nodes: Vec<Place> = (0..graph.nodes.len())
        .map(|n| {
            let layer = layers[n];
            let width = if graph.nodes[n].kind == NodeKind::Unknown { size_of(n, dense[n]).0 } else { widths[layer] };
            Place {
                x: lefts[layer] + widths[layer] - width,
                y: middles[n] - slots[n].height / 2.0 - top,
                width,
                height: slots[n].height,
            }
        })
        .collect();
    let mut edges: Vec<Vec<(f32, f32)>> = vec![Vec::new(); graph.edges.len()];
    for (e, edge) in graph.edges.iter().enumerate().filter(|&(e, _)| forward[e]) {
        let (from, to) = (&nodes[edge.from], &nodes[edge.to]);
        let points = &mut edges[e];
        points.push((from.x + from.width, from.middle()));
        for &bend in &bends[e] {
            let layer = slots[bend].layer;
            let y = middles[bend] - top;
            points.push((lefts[layer], y));
            points.push((lefts[layer] + widths[layer], y));
        }
        points.push((to.x, to.middle()));
    }
    spread_ends(graph, &nodes, &mut edges);
    Layout { hulls: hulls(graph, &layers, &nodes), nodes, edges, width: x - GUTTER + 8.0, height: bottom - top, dense }
}

/// Which edges go forward: all but those that close a ring.
fn forward_edges(graph: &Graph) -> Vec<bool> {
    let mut forward: Vec<bool> = graph.edges.iter().map(|edge| edge.kind != EdgeKind::Circle).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for (e, edge) in graph.edges.iter().enumerate().filter(|&(e, _)| forward[e]) {
        after[edge.from].push(e);
    }
    // Depth first, with a stack of its own: an edge to a node that is still open closes a ring.
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Open,
        Done,
    }
    let mut seen = vec![Seen::No; graph.nodes.len()];
    for root in 0..graph.nodes.len() {
        if seen[root] != Seen::No {
            continue;
        }
        seen[root] = Seen::Open;
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(&e) = after[node].get(next) else {
                seen[node] = Seen::Done;
                continue;
            };
            stack.push((node, next + 1));
            let to = graph.edges[e].to;
            match seen[to] {
                Seen::Open => forward[e] = false,
                Seen::No => {
                    seen[to] = Seen::Open;
                    stack.push((to, 0));
                }
                Seen::Done => {}
            }
        }
    }
    forward
}

/// Longest path from the left; deniers and untold sources stand right before what they feed.
fn layering(graph: &Graph, forward: &[bool]) -> Vec<usize> {
    let mut layers: Vec<usize> = graph.nodes.iter().map(|node| usize::from(node.kind == NodeKind::Article)).collect();
    let edges = || graph.edges.iter().enumerate().filter(|&(e, _)| forward[e]).map(|(_, edge)| edge);
    for _ in 0..graph.nodes.len() {
        let mut moved = false;
        for edge in edges() {
            if layers[edge.to] <= layers[edge.from] {
                layers[edge.to] = layers[edge.from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    for (n, node) in graph.nodes.iter().enumerate() {
        let first = edges().filter(|edge| edge.from == n).map(|edge| layers[edge.to]).min();
        if let (Some(first), true) = (first, node.denier || node.kind == NodeKind::Unknown) {
            layers[n] = first.saturating_sub(1);
        }
    }
    // No layer stays empty (every node may be an article).
    let least = layers.iter().copied().min().unwrap_or(0);
    layers.iter().map(|layer| layer - least).collect()
}

/// The order of slots in each layer, with few crossings.
fn ordering(slots: &[Slot], count: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (s, slot) in slots.iter().enumerate() {
        order[slot.layer].push(s);
    }
    let mut place = vec![0.0_f32; slots.len()];
    let settle = |layer: &[usize], place: &mut [f32]| {
        layer.iter().enumerate().for_each(|(n, &slot)| place[slot] = n as f32);
    };
    for layer in &mut order {
        layer.sort_by_key(|&slot| (slots[slot].bundle.0, slots[slot].bundle.1, slot));
        settle(layer, &mut place);
    }
    let mut best = order.clone();
    let mut fewest = crossings(slots, &order, &place);
    for sweep in 0..24 {
        if fewest == 0 {
            break;
        }
        let down = sweep % 2 == 0;
        for step in 0..count {
            let layer = if down { step } else { count - 1 - step };
            let weight = |slot: usize| {
                let near = if down { &slots[slot].before } else { &slots[slot].after };
                if near.is_empty() {
                    return place[slot];
                }
                near.iter().map(|&other| place[other]).sum::<f32>() / near.len() as f32
            };
            // A bundle stands where its members stand on average.
            let mut bundles: std::collections::BTreeMap<(u8, u32), (f32, f32)> = std::collections::BTreeMap::new();
            for &slot in &order[layer] {
                let (sum, number) = bundles.entry(slots[slot].bundle).or_default();
                *sum += weight(slot);
                *number += 1.0;
            }
            let mut keyed: Vec<(f32, (u8, u32), f32, usize)> = order[layer]
                .iter()
                .map(|&slot| {
                    let (sum, number) = bundles[&slots[slot].bundle];
                    (sum / number, slots[slot].bundle, weight(slot), slot)
                })
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
            order[layer] = keyed.into_iter().map(|(.., slot)| slot).collect();
            settle(&order[layer], &mut place);
        }
        let now = crossings(slots, &order, &place);
        if now < fewest {
            fewest = now;
            best.clone_from(&order);
        }
    }
    best
}

fn crossings(slots: &[Slot], order: &[Vec<usize>], place: &[f32]) -> usize {
    let mut crossed = 0;
    for layer in order {
        let ends: Vec<(f32, f32)> =
            layer.iter().flat_map(|&slot| slots[slot].after.iter().map(move |&to| (place[slot], place[to]))).collect();
        for (n, a) in ends.iter().enumerate() {
            crossed += ends[n + 1..].iter().filter(|b| (a.0 - b.0) * (a.1 - b.1) < 0.0).count();
        }
    }
    crossed
}

/// The middle of each slot: near its neighbours, never over another.
fn heights(slots: &[Slot], order: &[Vec<usize>], gap: f32) -> Vec<f32> {
    let mut middles = vec![0.0_f32; slots.len()];
    // The least distance between the middles of two that stand next to each other.
    let apart = |above: usize, below: usize| {
        let (a, b) = (&slots[above], &slots[below]);
        let hull = if a.bundle != b.bundle && (a.bundle.0 == 0 || b.bundle.0 == 0) { 2.0 * HULL } else { 0.0 };
        (a.height + b.height) / 2.0 + gap + hull
    };
    for layer in order {
        let mut y = 0.0;
        for (n, &slot) in layer.iter().enumerate() {
            if n > 0 {
                y += apart(layer[n - 1], slot);
            }
            middles[slot] = y;
        }
        let shift = y / 2.0;
        layer.iter().for_each(|&slot| middles[slot] -= shift);
    }
    for sweep in 0..16 {
        let down = sweep % 2 == 0;
        for step in 0..order.len() {
            let layer = &order[if down { step } else { order.len() - 1 - step }];
            let wish = |slot: usize| {
                let near = if down { &slots[slot].before } else { &slots[slot].after };
                if near.is_empty() {
                    return middles[slot];
                }
                near.iter().map(|&other| middles[other]).sum::<f32>() / near.len() as f32
            };
            // Isotonic regression (pool adjacent violators) on wishes less the room that is taken above.
            let mut taken = 0.0;
            let mut pools: Vec<(f32, usize)> = Vec::new();
            let mut offsets = Vec::with_capacity(layer.len());
            for (n, &slot) in layer.iter().enumerate() {
                if n > 0 {
                    taken += apart(layer[n - 1], slot);
                }
                offsets.push(taken);
                pools.push((wish(slot) - taken, 1));
                while let [.., (above, many), (below, few)] = pools[..] {
                    if above <= below {
                        break;
                    }
                    let mean = (above * many as f32 + below * few as f32) / (many + few) as f32;
                    pools.truncate(pools.len() - 2);
                    pools.push((mean, many + few));
                }
            }
            let settled = pools.iter().flat_map(|&(mean, number)| std::iter::repeat_n(mean, number));
            for ((&slot, offset), mean) in layer.iter().zip(offsets).zip(settled.collect::<Vec<_>>()) {
                middles[slot] = mean + offset;
            }
        }
    }
    middles
}

/// Shrinks bands in which no layer has anything.
fn close_up(slots: &[Slot], middles: &mut [f32], most: f32) {
    let mut order: Vec<usize> = (0..slots.len()).collect();
    let top = |slot: usize, middles: &[f32]| middles[slot] - slots[slot].height / 2.0;
    order.sort_by(|&a, &b| top(a, middles).total_cmp(&top(b, middles)).then(a.cmp(&b)));
    let (mut reached, mut shift) = (f32::MAX, 0.0);
    for slot in order {
        let begin = top(slot, middles) - shift;
        if begin > reached + most {
            shift += begin - reached - most;
        }
        middles[slot] -= shift;
        let end = middles[slot] + slots[slot].height / 2.0;
        reached = if reached == f32::MAX { end } else { reached.max(end) };
    }
}

/// Arrows that end at one node end beside one another, in the order in which they come.
fn spread_ends(graph: &Graph, nodes: &[Place], edges: &mut [Vec<(f32, f32)>]) {
    for (n, place) in nodes.iter().enumerate() {
        let mut ends: Vec<usize> =
            (0..edges.len()).filter(|&e| graph.edges[e].to == n && !edges[e].is_empty()).collect();
        ends.sort_by(|&a, &b| {
            let height = |e: usize| edges[e][edges[e].len() - 2].1;
            height(a).total_cmp(&height(b)).then(a.cmp(&b))
        });
        let room = (place.height - 16.0).max(0.0);
        let step = if ends.len() > 1 { (room / (ends.len() - 1) as f32).min(11.0) } else { 0.0 };
        let first = place.middle() - step * (ends.len().saturating_sub(1)) as f32 / 2.0;
        for (k, e) in ends.into_iter().enumerate() {
            if let Some(end) = edges[e].last_mut() {
                end.1 = first + step * k as f32;
            }
        }
    }
}

fn hulls(graph: &Graph, layers: &[usize], nodes: &[Place]) -> Vec<Place> {
    let mut groups: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (n, node) in graph.nodes.iter().enumerate() {
        if let (Some(group), 0) = (node.group, layers[n]) {
            groups.entry(group).or_default().push(n);
        }
    }
    groups
        .into_values()
        .filter(|members| members.len() > 1)
        .map(|members| {
            let edge = |of: fn(&Place) -> f32, fold: fn(f32, f32) -> f32, start: f32| {
                members.iter().map(|&n| of(&nodes[n])).fold(start, fold)
            };
            let (x, y) = (edge(|p| p.x, f32::min, f32::MAX) - HULL, edge(|p| p.y, f32::min, f32::MAX) - HULL);
            Place {
                x,
                y,
                width: edge(|p| p.x + p.width, f32::max, 0.0) + HULL - x,
                height: edge(|p| p.y + p.height, f32::max, 0.0) + HULL - y,
            }
        })
        .collect()
}
