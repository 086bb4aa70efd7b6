//! Where the text of a page is: what each element holds, and what stands around the heading and its text.

use std::collections::HashSet;

use super::Furniture;
use super::dom::{Data, Dom, Id, ROOT, Step};
use super::flow::SILENT;

/// What is known of a node before the text is written. Lengths are in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Text under it.
    pub text: usize,
    /// Text under it that stands in links.
    pub linked: usize,
    /// Text under it that stands in runs as long as sentences, outside of links.
    pub prose: usize,
    /// The longest run of text under it.
    pub longest: usize,
    /// It holds a list, a table, a heading or a row that is not its own.
    pub heavy: bool,
    /// It holds an `h1`.
    pub main_heading: bool,
    /// Paragraphs under it.
    pub paragraphs: u32,
}

/// A run of text of this length is at least a sentence.
const SENTENCE: usize = 60;

/// A page with less running text than this has no text that its other parts could stand around.
const ENOUGH: usize = 300;

/// What stands around a text and holds more than this outside of links, or a longer run, may belong to it all the same.
const MOST_AROUND: usize = 1000;
const LONGEST_AROUND: usize = 400;

/// Counts what stands under each node, the leaves first.
pub(super) fn sums(dom: &Dom) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); dom.len()];
    let mut links = 0_u32;
    for step in dom.walk(ROOT) {
        match step {
            Step::Enter(id) => {
                links += u32::from(dom.name(id) == "a");
                if let Some(Data::Text(text)) = dom.node(id).map(|n| &n.data)
                    && let Some(sum) = sums.get_mut(id)
                {
                    let len = text.trim().len();
                    *sum = Sum {
                        text: len,
                        linked: if links > 0 { len } else { 0 },
                        prose: if links == 0 && len >= SENTENCE { len } else { 0 },
                        longest: len,
                        ..Sum::default()
                    };
                }
            }
            Step::Leave(id) => {
                let mut own = sums.get(id).copied().unwrap_or_default();
                let name = dom.name(id);
                links -= u32::from(name == "a");
                if SILENT.contains(&name) {
                    own = Sum::default();
                }
                let heavy = matches!(
                    name,
                    "table"
                        | "ul"
                        | "ol"
                        | "dl"
                        | "blockquote"
                        | "h1"
                        | "h2"
                        | "h3"
                        | "h4"
                        | "h5"
                        | "h6"
                        | "article"
                        | "section"
                );
                own.heavy |= heavy;
                own.main_heading |= name == "h1" && own.text > 1;
                own.paragraphs += u32::from(matches!(name, "p" | "div") && own.text > 0);
                if let Some(sum) = sums.get_mut(id) {
                    *sum = own;
                }
                if let Some(above) = dom.node(id).and_then(|n| n.parent).and_then(|p| sums.get_mut(p)) {
                    above.text += own.text;
                    above.linked += own.linked;
                    above.prose += own.prose;
                    above.longest = above.longest.max(own.longest);
                    above.heavy |= own.heavy;
                    above.main_heading |= own.main_heading;
                    above.paragraphs += own.paragraphs;
                }
            }
        }
    }
    sums
}

fn children(dom: &Dom, id: Id) -> impl Iterator<Item = Id> {
    std::iter::successors(dom.node(id).and_then(|n| n.first), |child| dom.node(*child).and_then(|n| n.next))
}

/// The elements around the one that holds both a main heading and most of the running text: the heads and feet of the site, lists of other
/// pages, notices. What holds much text itself is none of them.
pub(super) fn around(dom: &Dom, sums: &[Sum], furniture: &Furniture) -> HashSet<Id> {
    let sum = |id: Id| sums.get(id).copied().unwrap_or_default();
    let mut out = HashSet::new();
    if sum(ROOT).prose < ENOUGH {
        return out;
    }
    // Down to where the running text parts.
    let mut path = vec![ROOT];
    while let Some(next) = path.last().and_then(|last| {
        let whole = sum(*last).prose;
        children(dom, *last).find(|child| sum(*child).prose * 10 >= whole * 7)
    }) {
        path.push(next);
    }
    // Up again to where a heading is.
    while let Some(last) = path.last()
        && !sum(*last).main_heading
    {
        path.pop();
    }
    lists(dom, sums, furniture, &path, &mut out);
    for pair in path.windows(2) {
        let [above, below] = pair else { continue };
        for child in children(dom, *above).filter(|child| child != below) {
            let Sum { text, linked, longest, .. } = sum(child);
            let short = text - linked.min(text) <= MOST_AROUND && longest <= LONGEST_AROUND;
            if text > 0
                && (short || linked * 10 >= text * 4)
                && matches!(dom.node(child).map(|n| &n.data), Some(Data::Element(..)))
            {
                out.insert(child);
            }
        }
    }
    out
}

/// What stands under a heading such as "Read also", with the heading.
fn lists(dom: &Dom, sums: &[Sum], furniture: &Furniture, path: &[Id], out: &mut HashSet<Id>) {
    const LONGEST: usize = 80;
    let sum = |id: Id| sums.get(id).copied().unwrap_or_default();
    let whole = sum(ROOT);
    for step in dom.walk(ROOT) {
        let Step::Enter(id) = step else { continue };
        if !(1..=LONGEST).contains(&sum(id).text)
            || !matches!(dom.name(id), "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "p" | "span" | "strong" | "b")
        {
            continue;
        }
        // Of elements around one and the same text only the innermost is looked at.
        if children(dom, id).any(|child| sum(child).text == sum(id).text && !dom.name(child).is_empty()) {
            continue;
        }
        let text = dom.text(id);
        let is_label = furniture.after_label(text.trim()).is_some_and(|rest| !rest.contains(char::is_alphanumeric));
        if !is_label {
            continue;
        }
        // Out of what holds nothing but the heading.
        let mut above = dom.node(id).and_then(|n| n.parent);
        while let Some(parent) = above.filter(|p| sum(*p).text == sum(id).text) {
            above = dom.node(parent).and_then(|n| n.parent);
        }
        let Some(list) = above else { continue };
        let held = sum(list);
        if !held.main_heading && held.text * 2 <= whole.text && held.prose * 3 <= whole.prose && !path.contains(&list) {
            out.insert(list);
        }
    }
}
