//! HTML as a tree: html5ever's parser (the HTML standard's algorithm) over a flat list of nodes.
//!
//! The list makes dropping a deep tree free of recursion. The parser's own cost grows with the depth of open elements at every tag,
//! so start tags beyond a depth that browsers do not go to either are left out; their text stays.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, QualName, TokenizerResult};

/// The index of a node.
pub(super) type Id = usize;

/// The document node.
pub(super) const ROOT: Id = 0;

/// Elements deeper than this are left out (browsers stop at 512).
const DEEPEST: u32 = 400;

/// Formatting elements (`b`, `font`) that are open at once: the standard has each paragraph open them all again.
const MOST_OPEN_FORMATS: u32 = 32;

/// The parser stops at this many nodes.
const MOST_NODES: usize = 3_000_000;

/// A node of the tree.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub parent: Option<Id>,
    pub first: Option<Id>,
    last: Option<Id>,
    pub next: Option<Id>,
    before: Option<Id>,
    pub data: Data,
}

/// What a node is.
#[derive(Debug, Default)]
pub(super) enum Data {
    /// The document, a comment, a processing instruction, the content of a template.
    #[default]
    Other,
    Text(String),
    Element(QualName, Vec<Attribute>),
}

/// A parsed page.
pub(super) struct Dom {
    nodes: Vec<Node>,
    /// The page has more nodes than are read.
    pub cut: bool,
}

impl Dom {
    pub(super) fn parse(text: &str) -> Self {
        let sink = Sink { nodes: RefCell::new(vec![Node::default()]) };
        let options = TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() };
        let limited = Limited {
            builder: TreeBuilder::new(sink, options),
            depth: Cell::new(0),
            skipped: Cell::new(0),
            formats: Cell::new(0),
        };
        let tokenizer = Tokenizer::new(limited, TokenizerOpts::default());
        let input = BufferQueue::default();
        let mut cut = false;
        let mut rest = text;
        while !rest.is_empty() {
            let (chunk, tail) = rest.split_at(rest.floor_char_boundary(rest.len().min(1 << 16)));
            input.push_back(StrTendril::from_slice(chunk));
            // Scripts are not run; an encoding that the page names has been looked at before.
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
            rest = tail;
            if tokenizer.sink.builder.sink.nodes.borrow().len() > MOST_NODES {
                cut = !rest.is_empty();
                break;
            }
        }
        tokenizer.end();
        Self { nodes: tokenizer.sink.builder.sink.nodes.into_inner(), cut }
    }

    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element's name in small letters; empty for what is no element.
    pub(super) fn name(&self, id: Id) -> &str {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element(name, _)) => &name.local,
            _ => "",
        }
    }

    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.node(id)?.data {
            Data::Element(_, attributes) => attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value),
            _ => None,
        }
    }

    /// The nodes under `top` in order of the document, each once when it begins and once when it ends.
    pub(super) fn walk(&self, top: Id) -> Walk<'_> {
        Walk { dom: self, top, next: Some(Step::Enter(top)) }
    }

    /// The text under `top`.
    pub(super) fn text(&self, top: Id) -> String {
        let mut out = String::new();
        for step in self.walk(top) {
            if let Step::Enter(id) = step
                && let Some(Node { data: Data::Text(text), .. }) = self.node(id)
            {
                out.push_str(text);
            }
        }
        out
    }
}

/// A step of a walk through the tree.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Enter(Id),
    Leave(Id),
}

/// A walk through the tree, without recursion.
pub(super) struct Walk<'a> {
    dom: &'a Dom,
    top: Id,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Goes on behind the node that was entered last instead of into it.
    pub(super) fn pass(&mut self, id: Id) {
        self.next = self.behind(id);
    }

    fn behind(&self, id: Id) -> Option<Step> {
        if id == self.top {
            return None;
        }
        let node = self.dom.node(id)?;
        node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => Some(self.dom.node(id).and_then(|n| n.first).map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) => self.behind(id),
        };
        Some(step)
    }
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
}

impl Sink {
    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, ..Node::default() });
        nodes.len() - 1
    }

    fn with(&self, id: Id, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(id) {
            change(node);
        }
    }

    fn get<T>(&self, id: Id, read: impl FnOnce(&Node) -> T) -> Option<T> {
        self.nodes.borrow().get(id).map(read)
    }

    fn detach(&self, id: Id) {
        let Some((parent, before, next)) = self.get(id, |n| (n.parent, n.before, n.next)) else { return };
        match before {
            Some(before) => self.with(before, |n| n.next = next),
            None => parent.into_iter().for_each(|p| self.with(p, |n| n.first = next)),
        }
        match next {
            Some(next) => self.with(next, |n| n.before = before),
            None => parent.into_iter().for_each(|p| self.with(p, |n| n.last = before)),
        }
        self.with(id, |n| (n.parent, n.before, n.next) = (None, None, None));
    }

    /// Puts `id` under `parent`, before `next` or at the end.
    fn insert(&self, parent: Id, id: Id, next: Option<Id>) {
        self.detach(id);
        let before = match next {
            Some(next) => self.get(next, |n| n.before).flatten(),
            None => self.get(parent, |n| n.last).flatten(),
        };
        self.with(id, |n| (n.parent, n.before, n.next) = (Some(parent), before, next));
        match before {
            Some(before) => self.with(before, |n| n.next = Some(id)),
            None => self.with(parent, |n| n.first = Some(id)),
        }
        match next {
            Some(next) => self.with(next, |n| n.before = Some(id)),
            None => self.with(parent, |n| n.last = Some(id)),
        }
    }

    /// Adds text to a text node; false where `id` is none.
    fn extend(&self, id: Option<Id>, more: &str) -> bool {
        let Some(id) = id else { return false };
        let mut done = false;
        self.with(id, |n| {
            if let Data::Text(text) = &mut n.data {
                text.push_str(more);
                done = true;
            }
        });
        done
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        static NONE: std::sync::LazyLock<QualName> = std::sync::LazyLock::new(|| {
            QualName::new(None, html5ever::Namespace::from(""), html5ever::LocalName::from(""))
        });
        Ref::map(self.nodes.borrow(), |nodes| match nodes.get(*target).map(|n| &n.data) {
            Some(Data::Element(name, _)) => name,
            _ => &NONE,
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _flags: ElementFlags) -> Id {
        self.add(Data::Element(name, attrs))
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(id) => self.insert(*parent, id, None),
            NodeOrText::AppendText(text) => {
                let last = self.get(*parent, |n| n.last).flatten();
                if !self.extend(last, &text) {
                    let id = self.add(Data::Text(text.to_string()));
                    self.insert(*parent, id, None);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, prev_element: &Id, child: NodeOrText<Id>) {
        if self.get(*element, |n| n.parent.is_some()).unwrap_or(false) {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, _target: &Id) -> Id {
        // What stands in a template is not shown: it hangs on a node that nothing leads to.
        self.add(Data::Other)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new_node: NodeOrText<Id>) {
        let Some((parent, before)) = self.get(*sibling, |n| (n.parent, n.before)) else { return };
        let Some(parent) = parent else { return };
        match new_node {
            NodeOrText::AppendNode(id) => self.insert(parent, id, Some(*sibling)),
            NodeOrText::AppendText(text) => {
                if !self.extend(before, &text) {
                    let id = self.add(Data::Text(text.to_string()));
                    self.insert(parent, id, Some(*sibling));
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        self.with(*target, |n| {
            if let Data::Element(_, known) = &mut n.data {
                let new: Vec<_> = attrs.into_iter().filter(|a| !known.iter().any(|k| k.name == a.name)).collect();
                known.extend(new);
            }
        });
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        while let Some(child) = self.get(*node, |n| n.first).flatten() {
            self.insert(*new_parent, child, None);
        }
    }
}

/// Passes tokens on to the tree builder, but for tags that would go too deep.
struct Limited {
    builder: TreeBuilder<Id, Sink>,
    depth: Cell<u32>,
    skipped: Cell<u32>,
    formats: Cell<u32>,
}

impl Limited {
    /// True where the tag is to be left out.
    fn leaves_out(&self, token: &Token) -> bool {
        let TagToken(tag) = token else { return false };
        let name: &str = &tag.name;
        if IS_LEAF.contains(&name) || CLOSES_ITSELF.contains(&name) {
            return false;
        }
        let is_format = FORMATS.contains(&name);
        match tag.kind {
            StartTag if self.depth.get() >= DEEPEST || (is_format && self.formats.get() >= MOST_OPEN_FORMATS) => {
                self.skipped.set(self.skipped.get() + 1);
                true
            }
            StartTag => {
                self.depth.set(self.depth.get() + 1);
                self.formats.set(self.formats.get() + u32::from(is_format));
                false
            }
            EndTag if self.skipped.get() > 0 => {
                self.skipped.set(self.skipped.get() - 1);
                true
            }
            EndTag => {
                self.depth.set(self.depth.get().saturating_sub(1));
                self.formats.set(self.formats.get().saturating_sub(u32::from(is_format)));
                false
            }
        }
    }
}

/// Elements without content, and those whose content the tokenizer must read in another way.
const IS_LEAF: [&str; 26] = [
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "noframes",
    "noembed",
    "xmp",
    "plaintext",
    "html",
    "body",
];

/// Elements that the next of their kind closes, so that their start tags do not tell the depth.
const CLOSES_ITSELF: [&str; 14] =
    ["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "rp", "rt"];

/// The standard's formatting elements.
const FORMATS: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

impl TokenSink for Limited {
    type Handle = Id;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        if self.leaves_out(&token) {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
