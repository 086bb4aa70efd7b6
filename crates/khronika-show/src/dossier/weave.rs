//! Findings over a text: spans that nest, touch and cross, turned into elements that only nest.
//!
//! Wide findings (events, statements, letters) may hold others; narrow ones (names, dates) are links, and a link cannot hold a link.
//! The text is cut at every boundary. For each piece the wide findings that cover it are open, outermost first, and inside them the
//! narrowest narrow one. What stays open from piece to piece stays one element; what crosses is closed and opened again. A finding's
//! anchor and its references stand where it first opens.

use std::fmt::Write as _;

use khronika_core::Span;
use maud::{Escaper, Markup, PreEscaped};

/// How many wide findings may be open at once; more are only anchored, so that a text full of crossing findings stays linear.
const DEPTH: usize = 12;

/// One finding over the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Thread {
    /// Where, in bytes.
    pub(super) span: Span,
    /// The anchor: unique in the page.
    pub(super) anchor: String,
    /// Classes, by which the style tells findings apart.
    pub(super) classes: Vec<&'static str>,
    /// For a narrow finding, where it leads.
    pub(super) link: Option<String>,
    /// References that stand before its first words: address, label, and what it is.
    pub(super) references: Vec<(String, String, String)>,
}

/// The threads of one text, in order, with what was already anchored.
pub(super) struct Loom<'t> {
    text: &'t str,
    threads: &'t [Thread],
    /// The first thread that does not begin before the current place.
    next: usize,
    /// Threads that have begun and may not have ended, in the order in which they nest.
    active: Vec<usize>,
    /// Whether a thread's anchor has been written.
    anchored: Vec<bool>,
}

impl<'t> Loom<'t> {
    /// `threads` must be in the order of [`order`].
    pub(super) fn new(text: &'t str, threads: &'t [Thread]) -> Self {
        Self { text, threads, next: 0, active: Vec::new(), anchored: vec![false; threads.len()] }
    }

    /// The words of `span` with the findings over them. Calls must go forward through the text.
    pub(super) fn weave(&mut self, span: Span) -> Markup {
        let (threads, mut out, mut open) = (self.threads, String::new(), Vec::<usize>::new());
        let mut at = span.start;
        loop {
            self.active.retain(|n| threads.get(*n).is_some_and(|thread| thread.span.end > at));
            let mut begun = Vec::new();
            while let Some(thread) = threads.get(self.next).filter(|thread| thread.span.start <= at) {
                if thread.span.end > at {
                    self.active.push(self.next);
                }
                // What began in the white space before this part is anchored here as well.
                begun.push(self.next);
                self.next += 1;
            }
            let wanted = self.wanted();
            let hidden: Vec<usize> = begun.into_iter().filter(|n| !wanted.contains(n)).collect();
            let mut same = open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
            if !hidden.is_empty() && self.is_narrow(open.get(same.wrapping_sub(1))) {
                // The references of what is hidden are links, and must not stand inside one.
                same -= 1;
            }
            for n in open.drain(same..).rev() {
                close(&mut out, threads.get(n));
            }
            for n in hidden {
                self.anchor(&mut out, n);
            }
            if at >= span.end {
                for n in open.into_iter().rev() {
                    close(&mut out, threads.get(n));
                }
                return PreEscaped(out);
            }
            for n in wanted.into_iter().skip(same) {
                self.begin(&mut out, n);
                open.push(n);
            }
            let stop = self
                .active
                .iter()
                .filter_map(|n| threads.get(*n).map(|thread| thread.span.end))
                .chain(threads.get(self.next).map(|thread| thread.span.start))
                .chain([span.end])
                .filter(|stop| *stop > at)
                .min()
                .unwrap_or(span.end)
                .min(span.end);
            escape(&mut out, Span::new(at, stop).of(self.text));
            at = stop;
        }
    }

    /// The threads that must be open for the piece that begins here.
    fn wanted(&self) -> Vec<usize> {
        let wide = self.active.iter().filter(|n| !self.is_narrow(Some(n))).take(DEPTH);
        let narrow = self.active.iter().filter(|n| self.is_narrow(Some(n)));
        let narrowest = narrow.min_by_key(|n| self.threads.get(**n).map_or(0, |thread| thread.span.len()));
        wide.chain(narrowest).copied().collect()
    }

    fn is_narrow(&self, n: Option<&usize>) -> bool {
        n.and_then(|n| self.threads.get(*n)).is_some_and(|thread| thread.link.is_some())
    }

    /// Opens a thread's element, the first time with its anchor and references.
    fn begin(&mut self, out: &mut String, n: usize) {
        let Some(thread) = self.threads.get(n) else { return };
        let first = self.anchored.get_mut(n).is_some_and(|anchored| !std::mem::replace(anchored, true));
        if first && thread.link.is_some() {
            references(out, thread);
        }
        out.push_str(if thread.link.is_some() { "<a" } else { "<span" });
        if first {
            attribute(out, "id", &thread.anchor);
        }
        attribute(out, "class", &thread.classes.join(" "));
        if let Some(link) = &thread.link {
            attribute(out, "href", link);
        }
        out.push('>');
        if first && thread.link.is_none() {
            references(out, thread);
        }
    }

    /// The anchor of a thread that opens no element here, with its references.
    fn anchor(&mut self, out: &mut String, n: usize) {
        let Some(thread) = self.threads.get(n) else { return };
        if self.anchored.get_mut(n).is_some_and(|anchored| !std::mem::replace(anchored, true)) {
            out.push_str("<span");
            attribute(out, "id", &thread.anchor);
            out.push_str("></span>");
            references(out, thread);
        }
    }
}

/// Sorts threads so that a thread comes before those it holds, and a wide one before a narrow one of the same words.
pub(super) fn order(threads: &mut [Thread]) {
    threads.sort_by(|a, b| {
        (a.span.start, std::cmp::Reverse(a.span.end), a.link.is_some(), &a.anchor).cmp(&(
            b.span.start,
            std::cmp::Reverse(b.span.end),
            b.link.is_some(),
            &b.anchor,
        ))
    });
}

fn close(out: &mut String, thread: Option<&Thread>) {
    out.push_str(if thread.is_some_and(|thread| thread.link.is_some()) { "</a>" } else { "</span>" });
}

fn references(out: &mut String, thread: &Thread) {
    for (address, label, title) in &thread.references {
        out.push_str("<a class=\"k\"");
        attribute(out, "href", address);
        attribute(out, "title", title);
        out.push('>');
        escape(out, label);
        out.push_str("</a>");
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Escapes as maud does everywhere else on the page.
fn escape(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = Escaper::new(out).write_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wide(start: usize, end: usize, anchor: &str) -> Thread {
        Thread { span: Span::new(start, end), anchor: anchor.into(), classes: vec!["w"], ..Thread::default() }
    }

    fn narrow(start: usize, end: usize, anchor: &str) -> Thread {
        Thread { link: Some("#x".into()), classes: vec!["n"], ..wide(start, end, anchor) }
    }

    fn woven(text: &str, mut threads: Vec<Thread>) -> String {
        order(&mut threads);
        Loom::new(text, &threads).weave(Span::new(0, text.len())).into_string()
    }

    #[test]
    fn what_holds_nests() {
        insta::assert_snapshot!(
            woven("abcdef", vec![wide(0, 6, "A"), wide(1, 4, "B"), narrow(2, 3, "C")]),
            @r##"<span id="A" class="w">a<span id="B" class="w">b<a id="C" class="n" href="#x">c</a>d</span>ef</span>"##
        );
    }

    #[test]
    fn what_crosses_is_cut() {
        insta::assert_snapshot!(
            woven("abcdef", vec![wide(0, 4, "A"), wide(2, 6, "B")]),
            @r#"<span id="A" class="w">ab<span id="B" class="w">cd</span></span><span class="w">ef</span>"#
        );
    }

    #[test]
    fn a_link_never_holds_a_link() {
        insta::assert_snapshot!(
            woven("Director of the Office", vec![narrow(0, 22, "A"), narrow(16, 22, "B")]),
            @r##"<a id="A" class="n" href="#x">Director of the </a><a id="B" class="n" href="#x">Office</a>"##
        );
    }

    #[test]
    fn what_is_wholly_hidden_keeps_its_anchor() {
        insta::assert_snapshot!(
            woven("abc", vec![narrow(0, 3, "A"), narrow(0, 1, "B"), narrow(1, 3, "C")]),
            @r##"<span id="A"></span><a id="B" class="n" href="#x">a</a><a id="C" class="n" href="#x">bc</a>"##
        );
    }

    #[test]
    fn words_are_never_markup() {
        let text = "<script>alert(1)</script>";
        let page = woven(text, vec![wide(0, 8, "\"><img src=x>")]);
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    }

    proptest! {
        #[test]
        fn every_word_and_every_anchor_stands_once_and_elements_nest(
            spans in prop::collection::vec((0_usize..40, 0_usize..20, any::<bool>()), 0..30)
        ) {
            let text = "abcdefghijklmnopqrstuvwxyz0123456789ABCD";
            let threads: Vec<Thread> = spans
                .iter()
                .enumerate()
                .map(|(n, (start, len, is_narrow))| {
                    let (end, anchor) = ((start + len).min(40), format!("t{n}"));
                    let thread = if *is_narrow { narrow(*start, end, &anchor) } else { wide(*start, end, &anchor) };
                    Thread { references: vec![("#e".into(), "*".into(), "event".into())], ..thread }
                })
                .collect();
            let page = woven(text, threads.clone());
            let mut open: Vec<&str> = Vec::new();
            let mut read = String::new();
            for part in page.split('<').skip(usize::from(page.starts_with('<'))) {
                let (tag, after) = part.split_once('>').unwrap_or(("", part));
                match tag.strip_prefix('/') {
                    Some(name) => prop_assert_eq!(open.pop(), Some(name)),
                    None if !tag.is_empty() => {
                        let name = tag.split(' ').next().unwrap();
                        prop_assert!(!open.contains(&"a"), "an element in a link: {}", page);
                        open.push(name);
                    }
                    None => {}
                }
                read.push_str(after);
            }
            prop_assert!(open.is_empty());
            prop_assert_eq!(read.replace('*', ""), text);
            for thread in threads {
                prop_assert_eq!(page.matches(&format!("id=\"{}\"", thread.anchor)).count(), 1);
            }
        }
    }
}
