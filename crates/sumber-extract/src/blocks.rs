//! The text of a page by blocks: paragraphs, headings, entries of lists, with how much of each is links.

use dom_query::{NodeId, NodeRef};

use crate::dates::Order;
use crate::line::{Form, Line, ends_sentence};
use crate::plain;
use crate::words::PageLexicon;

/// Elements that are never part of an article.
pub const NEVER: &[&str] = &[
    "script",
    "style",
    "form",
    "button",
    "nav",
    "aside",
    "figcaption",
    "dialog",
    "input",
    "textarea",
    "footer",
    "menu",
    "amp-ad",
    "amp-sidebar",
    "amp-embed",
    "audio",
    "video",
];
/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "hr",
    "address",
    "center",
    "tbody",
    "thead",
    "aside",
    "nav",
    "body",
    "details",
    "summary",
    "amp-img",
];

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text: single blanks, a line feed where the page breaks the line inside a sentence.
    pub text: String,
    /// What its element is.
    pub form: Form,
    /// Bytes of the text that are inside links.
    pub linked: usize,
    /// The innermost element that the block stands in.
    pub node: NodeId,
}

impl Block {
    /// Whether next to nothing of it stands outside of links.
    pub fn is_linked(&self) -> bool {
        self.linked > 0 && self.linked * 10 >= self.text.len() * 9
    }
}

/// The text below a node by blocks, in the order of the page.
pub fn blocks_of(root: &NodeRef<'_>) -> Vec<Block> {
    let mut writer = Writer::new(root);
    let mut waiting: Vec<(NodeRef<'_>, bool)> = vec![(*root, false)];
    while let Some((node, leaving)) = waiting.pop() {
        if node.is_text() {
            writer.write(&node.text());
            continue;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or("");
        if leaving {
            writer.leave(name, &node);
            continue;
        }
        if NEVER.contains(&name) || name == "head" || name == "title" {
            continue;
        }
        if name == "br" {
            writer.break_line();
            continue;
        }
        if name == "a" || BLOCKS.contains(&name) {
            writer.enter(name, &node);
            waiting.push((node, true));
        }
        let children = node.children();
        waiting.extend(children.into_iter().rev().map(|c| (c, false)));
    }
    writer.end_block();
    writer.blocks
}

/// Cuts blocks into lines, as the judgement of lines wants them.
pub fn lines_of(blocks: &[Block], order: Order, lexicon: &PageLexicon) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        // an entry that leads elsewhere may have words beside its link
        let linked = block.is_linked() || block.form == Form::Item && block.linked * 10 >= block.text.len() * 3;
        let of_block = plain::lines_of(&block.text, order, lexicon);
        lines.extend(of_block.into_iter().map(|line| Line { form: block.form, linked, ..line }));
    }
    lines
}

/// The blocks as text: an empty line between blocks.
pub fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push_str(&block.text);
        text.push_str("\n\n");
    }
    text
}

/// Blocks being written.
struct Writer {
    blocks: Vec<Block>,
    /// The text of the open block.
    text: String,
    /// How much of it is inside links.
    linked: usize,
    /// Depth of links.
    links: usize,
    /// The innermost open element.
    node: NodeId,
    /// Forms of the open elements that have one.
    forms: Vec<Form>,
}

impl Writer {
    fn new(root: &NodeRef<'_>) -> Writer {
        Writer { blocks: Vec::new(), text: String::new(), linked: 0, links: 0, node: root.id, forms: Vec::new() }
    }

    fn enter(&mut self, name: &str, node: &NodeRef<'_>) {
        if name == "a" {
            self.links += 1;
            return;
        }
        self.end_block();
        self.node = node.id;
        if let Some(form) = form_of(name) {
            self.forms.push(form);
        }
    }

    fn leave(&mut self, name: &str, node: &NodeRef<'_>) {
        if name == "a" {
            self.links -= 1;
            return;
        }
        self.end_block();
        self.node = node.parent().map_or(node.id, |parent| parent.id);
        if form_of(name).is_some() {
            self.forms.pop();
        }
    }

    /// White space of the source is one blank.
    fn write(&mut self, text: &str) {
        let before = self.text.len();
        for c in text.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
        if self.links > 0 {
            self.linked += self.text.len() - before;
        }
    }

    fn end_block(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        let (text, linked) = (std::mem::take(&mut self.text), std::mem::take(&mut self.linked));
        if !text.is_empty() {
            let form = self.forms.last().copied().unwrap_or_default();
            self.blocks.push(Block { text, form, linked, node: self.node });
        }
    }

    /// A line break ends a paragraph where another break or the end of a sentence stands before it.
    fn break_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        let line = self.text.rsplit('\n').next().unwrap_or("");
        if line.is_empty() || ends_sentence(line) || line.chars().count() < 40 {
            self.end_block();
        } else {
            self.text.push('\n');
        }
    }
}

fn form_of(name: &str) -> Option<Form> {
    match name {
        "h1" | "h2" => Some(Form::Heading(2)),
        "h3" | "h4" | "h5" | "h6" => Some(Form::Heading(name.as_bytes()[1] - b'0')),
        "li" | "dd" | "dt" => Some(Form::Item),
        "td" | "th" => Some(Form::Cell),
        "p" | "blockquote" | "pre" => Some(Form::Paragraph),
        _ => None,
    }
}
