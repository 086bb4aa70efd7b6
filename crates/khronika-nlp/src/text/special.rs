//! Exceptions that the affix rules would break up, such as smileys: found again afterwards as rows of tokens.

use std::collections::HashMap;

/// A tree of rows of tokens.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<Box<str>, usize>,
    ends: bool,
}

impl Rows {
    /// Adds a row.
    pub(crate) fn add<'a>(&mut self, row: impl Iterator<Item = &'a str>) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for text in row {
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            at = *node.next.entry(text.into()).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        if let Some(node) = self.nodes.get_mut(at)
            && at > 0
        {
            node.ends = true;
        }
    }

    /// Whether a row begins with a token.
    pub(crate) fn begins_with(&self, text: &str) -> bool {
        self.nodes.first().is_some_and(|root| root.next.contains_key(text))
    }

    /// The ends of all rows that begin at a place. `text` gives the tokens from there.
    pub(crate) fn ends_from<'a>(
        &self,
        from: usize,
        text: impl Fn(usize) -> Option<&'a str>,
        out: &mut Vec<(usize, usize)>,
    ) {
        let mut node = self.nodes.first();
        let mut at = from;
        while let (Some(here), Some(token)) = (node, text(at)) {
            node = here.next.get(token).and_then(|&next| self.nodes.get(next));
            at += 1;
            if node.is_some_and(|node| node.ends) {
                out.push((from, at));
            }
        }
    }
}

/// The spans to replace, from left to right: longest first, leftmost on ties, none over one that was taken.
pub(crate) fn choose(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.sort_by_key(|&(start, end)| (usize::MAX - (end - start), start));
    let mut taken = std::collections::HashSet::new();
    let mut chosen = Vec::new();
    for (start, end) in spans {
        if !taken.contains(&start) && !taken.contains(&(end - 1)) {
            chosen.push((start, end));
        }
        taken.extend(start..end);
    }
    chosen.sort_unstable();
    chosen
}
