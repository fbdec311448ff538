//! The part of a page that holds its running text: the smallest element with nearly all of it.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use crate::blocks::Block;
use crate::line::ends_sentence;

/// Least bytes outside of links of a block that counts as running text.
const LEAST: usize = 60;

/// How much running text a block holds, in bytes.
fn weight(block: &Block) -> usize {
    let own = block.text.len().saturating_sub(block.linked);
    // a teaser of another article breaks off
    if block.text.trim_end_matches([']', ')', ' ']).ends_with('…') || block.text.ends_with("...") {
        return 0;
    }
    if own >= LEAST && (ends_sentence(&block.text) || own >= 2 * LEAST) && block.linked * 2 < block.text.len() {
        own
    } else {
        0
    }
}

/// The blocks of the trunk, from the first running text to the last; none where other articles are
/// among them.
pub fn find<'a>(root: &NodeRef<'_>, blocks: &'a [Block]) -> &'a [Block] {
    let mut below: HashMap<NodeId, usize> = HashMap::new();
    for block in blocks {
        let weight = weight(block);
        if weight == 0 {
            continue;
        }
        let node = NodeRef::new(block.node, root.tree);
        *below.entry(node.id).or_default() += weight;
        for ancestor in node.ancestors_it(None) {
            *below.entry(ancestor.id).or_default() += weight;
        }
    }
    let of = |node: &NodeRef<'_>| below.get(&node.id).copied().unwrap_or(0);
    let mut trunk = *root;
    let all = of(&trunk);
    while let Some(child) = trunk.element_children().into_iter().find(|c| of(c) * 5 >= all * 4) {
        trunk = child;
    }
    let within = |block: &Block| {
        block.node == trunk.id || NodeRef::new(block.node, root.tree).ancestors_it(None).any(|a| a.id == trunk.id)
    };
    let Some(first) = blocks.iter().position(|b| weight(b) > 0 && within(b)) else { return &[] };
    let last = blocks.iter().rposition(|b| weight(b) > 0 && within(b)).unwrap_or(first);
    let found = &blocks[first..=last];
    // headlines that lead elsewhere stand between what are the teasers of other articles
    let linked = found.iter().filter(|b| b.is_linked()).count();
    let running = found.iter().filter(|b| weight(b) > 0).count();
    if linked * 2 > running { &[] } else { found }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::blocks::blocks_of;

    const SENTENCE: &str = "The harbour master said that the pier would stay closed until the divers had looked at it.";

    fn trunk_of(html: &str) -> Vec<String> {
        let document = Document::from(html);
        let blocks = blocks_of(&document.root());
        find(&document.root(), &blocks).iter().map(|b| b.text.clone()).collect()
    }

    #[test]
    fn the_trunk_holds_all_sections_and_ends_with_running_text() {
        let section = format!("<section><h2>Pier</h2><p>{SENTENCE}</p><p>{SENTENCE}</p></section>");
        let html =
            format!("<div><p>Home</p></div><main>{section}{section}{section}<p>Share</p></main><div>About</div>");
        let found = trunk_of(&html);
        assert_eq!(found.len(), 8);
        assert_eq!(found.iter().filter(|t| *t == SENTENCE).count(), 6);
    }

    #[test]
    fn teasers_are_no_trunk() {
        let teaser = format!("<div><h3><a href=x>Another ship is late</a></h3><p>{SENTENCE}</p></div>");
        assert_eq!(trunk_of(&format!("<main>{teaser}{teaser}{teaser}</main>")), Vec::<String>::new());
    }
}
