//! A page of a document as it looks, with its findings drawn over their words.
//!
//! What is drawn over it is SVG in hundredths of a point, as the reader measured the page, and is here without scripts: the words at
//! their places, and a box for each line of a finding. Beneath it lies the picture of the page, which the browser draws; for a PDF
//! document `sheet.mjs` has it drawn by pdf.js, and then hides the words.

use std::collections::BTreeMap;

use khronika_core::{Event, EventStatus, Layout, Page, Rect, Source, Span, WordBox};
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};

use super::original::Drawing;
use crate::words::Words;

/// How far a box stands out from its words, in hundredths of a point.
const ROOM: i32 = 80;
/// How high the number of a finding is written, in hundredths of a point.
const NUMBER: i32 = 700;
/// Words that are further apart than so many times their height are not of one line: there is a gap between columns.
const APART: i32 = 2;
/// The marks that are drawn as lines under their words, as they are in the text. Events are boxes.
const LINES: [&str; 6] = ["ef", "sa", "cf", "dl", "ac", "da"];

/// A page that is shown.
pub(crate) struct Sheet<'a> {
    parts: &'a Parts<'a>,
    /// The index of the source.
    n: usize,
    source: &'a Source,
    drawing: Drawing,
    /// The index of the page.
    at: usize,
    page: Page,
}

impl<'a> Sheet<'a> {
    /// The page with this index of the source with that one; none where there is no such page.
    pub(crate) fn new(parts: &'a Parts<'a>, n: usize, at: usize, drawing: Drawing) -> Option<Self> {
        let source = parts.case().sources.get(n)?;
        let page = *source.layout.pages.get(at)?;
        Some(Self { parts, n, source, drawing, at, page })
    }

    /// The events of which words stand on the page, or which begin on it, in the order of their words.
    pub(crate) fn told(&self) -> Vec<&'a Event> {
        let told = self.parts.told_by(&self.source.id).into_iter();
        let events = told.filter_map(|(n, _)| self.parts.case().events.get(n));
        events.filter(|event| self.passages(event).any(|span| self.holds(span))).collect()
    }

    fn passages<'e>(&self, event: &'e Event) -> impl Iterator<Item = Span> + use<'e, 'a> {
        let id = &self.source.id;
        event.passages.iter().filter(move |passage| passage.source == *id).map(|passage| passage.span)
    }

    fn holds(&self, span: Span) -> bool {
        self.source.layout.page_of(span.start) == Some(self.at) || self.words(span).next().is_some()
    }

    /// The boxes of a passage's words on this page.
    fn words(&self, span: Span) -> impl Iterator<Item = &'a WordBox> + use<'a> {
        let at = self.at;
        let layout: &'a Layout = &self.source.layout;
        let is_here = move |word: &&WordBox| usize::try_from(word.page) == Ok(at) && is_drawn(word.rect);
        layout.boxes(span).iter().filter(is_here)
    }

    /// Whether something of an event is drawn on the page, so that a link can lead there.
    pub(crate) fn is_boxed(&self, event: &Event) -> bool {
        self.passages(event).any(|span| self.words(span).next().is_some())
    }

    /// The page, with what is found on it; the event with this id, as it stands in addresses, is shown as the chosen one.
    pub(crate) fn show(&self, w: &Words, told: &[&Event], chosen: Option<&str>) -> Markup {
        let (width, height) = (self.page.width.max(1), self.page.height.max(1));
        let original = format!("/source/{}/original", anchor(self.source.id.as_str()));
        let label = format!("{}: {}", self.source.name, w.n("sheet-page", self.at + 1));
        let is_pdf = self.drawing == Drawing::Pdf;
        html! {
            @if is_pdf { noscript { p.note { (w.t("sheet-bare")) } } }
            p #undrawn .bad role="alert" hidden { (w.t("sheet-failed")) }
            p #differs .note role="status" hidden { (w.t("sheet-differs")) }
            div #sheet .sheet data-original=[is_pdf.then_some(&original)] data-page=(self.at + 1) data-pages=(self.source.layout.pages.len())
                data-width=(width) data-height=(height)
            {
                @if is_pdf { canvas role="img" aria-label=(label) {} } @else { img src=(original) alt=(label); }
                svg viewBox={ "0 0 " (width) " " (height) } role="group" aria-label=(w.t("sheet-boxes")) {
                    defs { pattern #asked width="420" height="420" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                        rect.stripe width="420" height="160" {}
                    } }
                    @if is_pdf { (self.written()) }
                    (self.lines())
                    @for (event, boxes, same) in self.boxes(told) { (self.boxed(event, &boxes, same, chosen)) }
                }
            }
            details #sheet-text {
                summary { (w.t("sheet-text")) }
                (self.parts.leaf(self.n, self.whole()))
            }
            script type="module" src="/look/sheet.mjs" {}
        }
    }

    /// The words at their places. Who hears the page has them as a text below.
    fn written(&self) -> Markup {
        html! {
            g.written aria-hidden="true" lang=(self.source.lang) {
                @for word in self.words(self.page.span) {
                    @let (Rect { left, bottom, .. }, height) = (word.rect, high(word.rect));
                    text x=(left) y=(bottom - height / 5) font-size=(height * 4 / 5) textLength=(wide(word.rect)) lengthAdjust="spacingAndGlyphs" {
                        (word.span.of(&self.source.text))
                    }
                }
            }
        }
    }

    /// What is marked beside events.
    fn lines(&self) -> Markup {
        let marks = self.parts.marks(self.n, self.page.span);
        html! {
            g.lines aria-hidden="true" {
                @for (span, kinds) in marks {
                    @let kinds: Vec<&str> = kinds.into_iter().filter(|kind| LINES.contains(kind)).collect();
                    @if !kinds.is_empty() {
                        @for Rect { left, right, bottom, .. } in merged(self.words(span)) {
                            @for (n, kind) in (0..).zip(&kinds) {
                                line.(kind) x1=(left) x2=(right) y1=(bottom + n * ROOM) y2=(bottom + n * ROOM) {}
                            }
                        }
                    }
                }
            }
        }
    }

    /// The events with their boxes, one for each line, and how many before them begin at the same place.
    fn boxes<'e>(&self, told: &[&'e Event]) -> Vec<(&'e Event, Vec<Rect>, usize)> {
        let mut begun: BTreeMap<(i32, i32), usize> = BTreeMap::new();
        let mut boxed = |event: &&'e Event| {
            let lines = self.passages(event).flat_map(|span| merged(self.words(span)));
            let lines: Vec<Rect> = lines.map(|line| roomy(line, ROOM)).collect();
            let count = begun.entry(lines.first().map_or((0, 0), |first| (first.left, first.top))).or_default();
            *count += 1;
            (*event, lines, *count - 1)
        };
        told.iter().map(&mut boxed).collect()
    }

    /// An event in its boxes: one link to where it stands beside the page. The numbers of `same` others stand at its place already.
    fn boxed(&self, event: &'a Event, boxes: &[Rect], same: usize, chosen: Option<&str>) -> Markup {
        let id = anchor(&event.id);
        let kind = if event.status == EventStatus::Actual { "ev" } else { "nev" };
        let number = self.parts.event(&event.id).map_or(0, |(number, _)| number);
        let shift = i32::try_from(same).unwrap_or(0).saturating_mul(2 * NUMBER);
        html! {
            @if let Some(first) = boxes.first() {
                a.(kind).here[chosen == Some(id.as_str())] id={ "b." (id) } href={ "#m." (id) } data-finding=(id) {
                    title { (number) ": " (self.parts.title(event)) }
                    path.tint d=(boxes.iter().map(|one| path(*one)).collect::<String>()) {}
                    @for one in boxes { rect x=(one.left) y=(one.top) width=(wide(*one)) height=(high(*one)) {} }
                    text.number x=(first.left.saturating_add(shift)) y=(first.top) font-size=(NUMBER) { (number) }
                }
            }
        }
    }

    /// The text of the page, with the whole of the paragraphs that go over its edges.
    pub(crate) fn whole(&self) -> Span {
        let Span { start, end } = self.page.span;
        let blocks = &self.source.blocks;
        let around = |at: usize| {
            let block = blocks.get(blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?)?;
            (at < block.span.end).then_some(block.span)
        };
        let start = around(start).map_or(start, |block| block.start);
        let end = around(end).filter(|block| block.start < end).map_or(end, |block| block.end);
        Span::new(start, end)
    }
}

/// Words that stand behind each other on a line as one box.
fn merged<'w>(words: impl Iterator<Item = &'w WordBox>) -> Vec<Rect> {
    let mut lines: Vec<Rect> = Vec::new();
    for word in words {
        let next = word.rect;
        match lines.last_mut().filter(|line| is_one_line(**line, next)) {
            Some(line) => {
                *line = Rect {
                    left: line.left.min(next.left),
                    top: line.top.min(next.top),
                    right: line.right.max(next.right),
                    bottom: line.bottom.max(next.bottom),
                };
            }
            None => lines.push(next),
        }
    }
    lines
}

/// Whether two boxes lie beside each other, and near: whatever the direction in which they are read.
fn is_one_line(a: Rect, b: Rect) -> bool {
    let lower = high(a).min(high(b));
    let shared = a.bottom.min(b.bottom).saturating_sub(a.top.max(b.top));
    let gap = a.left.max(b.left).saturating_sub(a.right.min(b.right));
    shared > lower / 2 && gap < lower.saturating_mul(APART)
}

const fn roomy(Rect { left, top, right, bottom }: Rect, room: i32) -> Rect {
    Rect { left: left - room, top: top - room, right: right + room, bottom: bottom + room }
}

/// A box as a part of a path.
fn path(rect: Rect) -> String {
    format!("M{} {}h{}v{}h{}z", rect.left, rect.top, wide(rect), high(rect), -wide(rect))
}

const fn high(rect: Rect) -> i32 {
    rect.bottom.saturating_sub(rect.top)
}

const fn wide(rect: Rect) -> i32 {
    rect.right.saturating_sub(rect.left)
}

/// Whether a box covers anything. What a hostile document says may lie anywhere.
const fn is_drawn(rect: Rect) -> bool {
    let bound = 1_000_000_000 - 2 * ROOM;
    rect.left < rect.right
        && rect.top < rect.bottom
        && rect.left > -bound
        && rect.top > -bound
        && rect.right < bound
        && rect.bottom < bound
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(left: i32, top: i32, right: i32, bottom: i32) -> WordBox {
        WordBox { span: Span::default(), page: 0, rect: Rect { left, top, right, bottom }, confidence: None }
    }

    #[test]
    fn words_of_a_line_are_one_box_whichever_way_they_run() {
        let line = [word(0, 0, 100, 10), word(110, 1, 200, 11), word(0, 14, 50, 24)];
        assert_eq!(merged(line.iter()).len(), 2);
        let back = [word(110, 0, 200, 10), word(0, 1, 100, 11)];
        assert_eq!(merged(back.iter()), [Rect { left: 0, top: 0, right: 200, bottom: 11 }]);
    }

    #[test]
    fn words_of_two_columns_are_two_boxes() {
        assert_eq!(merged([word(0, 0, 100, 10), word(300, 0, 400, 10)].iter()).len(), 2);
    }

    #[test]
    fn boxes_beyond_all_bounds_are_not_drawn() {
        assert!(!is_drawn(Rect { left: i32::MIN, top: 0, right: 5, bottom: 5 }));
        assert!(!is_drawn(Rect { left: 5, top: 0, right: 5, bottom: 5 }));
        assert!(is_drawn(Rect { left: -3, top: 0, right: 5, bottom: 5 }));
    }
}
