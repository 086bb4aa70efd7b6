//! The parts of pages written down as one text.
//!
//! A paragraph that a page cuts stands in the text in one piece: heads, feet, numbers and notes of a page stand before the paragraph
//! that goes on, or after the end of the one that came from the page before.

mod hyphen;

use std::collections::HashSet;

use khronika_core::{Mark, MarkKind, Rect, Span, WordBox};
use khronika_read::rendition::{Part, Rendition, Role};

use super::paragraph::{Item, note_mark};
use super::words::{Stretch, Word};
use super::{Laid, Turn, page_of};
use crate::source::Frame;
use hyphen::{Hyphens, Joint};

/// The text of all pages.
pub(super) fn write(pages: &[Laid], mut items: Vec<Vec<Item>>) -> Rendition {
    let hyphens = Hyphens::of(&items);
    let chained = chain(&items);
    let mut pen = Pen::new(&hyphens, &chained);
    for n in 0..pages.len() {
        let Some(laid) = pages.get(n) else { continue };
        let page = items.get_mut(n).map(std::mem::take).unwrap_or_default();
        let (notes, body): (Vec<Item>, Vec<Item>) = page.into_iter().partition(|item| item.role == Role::Footnote);
        let comes = body.first().is_some_and(|item| item.goes_on);
        let next = items.get_mut(n + 1).and_then(|page| page.first_mut());
        let mut goes = next.as_ref().is_some_and(|item| item.goes_on);
        if goes && comes && body.len() == 1 {
            // Nowhere would be left for what stands around the page.
            goes = false;
            if let Some(next) = next {
                next.goes_on = false;
            }
        }
        pen.begin(n, laid, &notes);
        let heads = |role: Role, stretch: &Stretch| match role {
            Role::Header => true,
            Role::PageNumber => stretch.base < laid.height / 2.0,
            _ => false,
        };
        let last = body.len().saturating_sub(1);
        let mut heads_due = true;
        let mut rest_due = true;
        for (at, item) in body.iter().enumerate() {
            if heads_due && (at > 0 || !comes) {
                pen.furniture(laid.furniture.iter().filter(|(role, stretch)| heads(*role, stretch)));
                heads_due = false;
            }
            if goes && at == last && rest_due {
                pen.rest(laid, &notes, heads);
                rest_due = false;
            }
            pen.item(item);
        }
        if heads_due {
            pen.furniture(laid.furniture.iter().filter(|(role, stretch)| heads(*role, stretch)));
        }
        if rest_due {
            pen.rest(laid, &notes, heads);
        }
        pen.finish_page();
    }
    pen.finish(pages)
}

/// Which of the raised numbers of a document, in the order of its text, are marks of notes because they count on from one.
fn chain(items: &[Vec<Item>]) -> Vec<bool> {
    let raised =
        |word: &&Word| word.raised > 0 && word.text.len() <= 3 && word.text.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<u32> = items
        .iter()
        .flatten()
        .filter(|item| item.role != Role::Footnote)
        .flat_map(|item| &item.lines)
        .flat_map(|line| &line.words)
        .filter(raised)
        .filter_map(|word| word.text.parse().ok())
        .collect();
    let mut expected = 1;
    let mut flags = vec![false; numbers.len()];
    for (number, flag) in numbers.iter().zip(&mut flags) {
        if *number == expected {
            *flag = true;
            expected += 1;
        }
    }
    if expected <= 3 {
        flags.fill(false);
    }
    flags
}

/// A link on the page that is being written: where it lies, where it leads, and which of its words came last.
struct Link {
    frame: Frame,
    to: String,
    words: Option<Span>,
}

struct Pen<'a> {
    hyphens: &'a Hyphens,
    chained: &'a [bool],
    /// How many raised numbers were written.
    raised: usize,
    rendition: Rendition,
    open: Option<(usize, Role)>,
    page: u32,
    turn: Turn,
    starts: Vec<usize>,
    begun: bool,
    marks: HashSet<String>,
    /// The last word was the mark that a note opens with.
    after_mark: bool,
    links: Vec<Link>,
}

impl<'a> Pen<'a> {
    fn new(hyphens: &'a Hyphens, chained: &'a [bool]) -> Self {
        Self {
            hyphens,
            chained,
            raised: 0,
            rendition: Rendition::default(),
            open: None,
            page: 0,
            turn: Turn::right(0, 0.0, 0.0),
            starts: Vec::new(),
            begun: false,
            marks: HashSet::new(),
            after_mark: false,
            links: Vec::new(),
        }
    }

    fn begin(&mut self, number: usize, laid: &Laid, notes: &[Item]) {
        self.page = u32::try_from(number).unwrap_or(u32::MAX);
        self.turn = laid.turn;
        self.begun = false;
        let link = |(frame, to): &(Frame, String)| Link { frame: *frame, to: to.clone(), words: None };
        self.links = laid.links.iter().map(link).collect();
        self.marks = notes.iter().filter_map(|note| note.lines.first()).filter_map(note_mark).collect();
        if laid.raster {
            self.close();
        }
    }

    fn finish_page(&mut self) {
        for link in std::mem::take(&mut self.links) {
            if let Some(span) = link.words {
                self.mark(span, MarkKind::Link, Some(link.to));
            }
        }
        if !self.begun {
            self.close();
            self.starts.push(self.rendition.text.len());
        }
    }

    fn finish(mut self, pages: &[Laid]) -> Rendition {
        self.close();
        let end = self.rendition.text.len();
        for (n, laid) in pages.iter().enumerate() {
            let start = self.starts.get(n).copied().unwrap_or(end);
            let stop = self.starts.get(n + 1).copied().unwrap_or(end);
            self.rendition.layout.pages.push(page_of(laid, Span::new(start, stop.max(start))));
        }
        self.rendition.layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        self.rendition
    }

    /// Ends the open part.
    fn close(&mut self) {
        if let Some((start, role)) = self.open.take() {
            let end = self.rendition.text.len();
            if end > start {
                self.rendition.parts.push(Part { span: Span::new(start, end), role });
                self.rendition.text.push('\n');
            }
        }
    }

    fn part(&mut self, role: Role, lines: &[Stretch]) {
        self.close();
        let solid = |role: Role| matches!(role, Role::TableRow | Role::Header | Role::Footer | Role::PageNumber);
        let before = self.rendition.parts.last().map(|part| part.role);
        if before.is_some_and(|before| !(solid(before) && before == role)) {
            self.rendition.text.push('\n');
        }
        self.open = Some((self.rendition.text.len(), role));
        for (n, line) in lines.iter().enumerate() {
            self.line(line, n == 0);
        }
    }

    fn item(&mut self, item: &Item) {
        if item.goes_on && self.open.is_some_and(|(_, role)| role == Role::Body) {
            for line in &item.lines {
                self.line(line, false);
            }
        } else {
            self.part(item.role, &item.lines);
        }
    }

    fn furniture<'f>(&mut self, furniture: impl Iterator<Item = &'f (Role, Stretch)>) {
        // What stands on one height in one role is one line.
        let mut lines: Vec<(Role, Stretch)> = Vec::new();
        for (role, stretch) in furniture {
            match lines.last_mut() {
                Some((before, line)) if before == role && (line.base - stretch.base).abs() < 0.6 => {
                    let at = line.words.len();
                    line.words.extend(stretch.words.iter().cloned());
                    if let Some(word) = line.words.get_mut(at) {
                        word.tab = true;
                    }
                }
                _ => lines.push((*role, stretch.clone())),
            }
        }
        for (role, line) in lines {
            self.part(role, std::slice::from_ref(&line));
        }
    }

    /// What stands around the text of a page and below it.
    fn rest(&mut self, laid: &Laid, notes: &[Item], heads: impl Fn(Role, &Stretch) -> bool) {
        for note in notes {
            self.part(note.role, &note.lines);
        }
        self.furniture(laid.furniture.iter().filter(|(role, stretch)| !heads(*role, stretch)));
        for stretch in &laid.askew {
            self.part(Role::Body, std::slice::from_ref(stretch));
        }
        for run in laid.unseen.chunk_by(|a, b| a.0 == b.0) {
            let Some((why, _)) = run.first() else { continue };
            let lines: Vec<Stretch> = run.iter().map(|(_, stretch)| stretch.clone()).collect();
            self.part(Role::Body, &lines);
            if let Some((start, _)) = self.open {
                let span = Span::new(start, self.rendition.text.len());
                self.mark(span, MarkKind::Hidden, Some(why.why().to_owned()));
            }
        }
    }

    fn mark(&mut self, span: Span, kind: MarkKind, note: Option<String>) {
        if !span.is_empty() {
            self.rendition.layout.marks.push(Mark { span, kind, author: None, date: None, note });
        }
    }

    fn line(&mut self, line: &Stretch, opens: bool) {
        let role = self.open.map_or(Role::Body, |(_, role)| role);
        // How the word before was joined to the one before it, where a line ended between them.
        let mut joint = None;
        for (n, word) in line.words.iter().enumerate() {
            let breaks = (n == 0 && !opens) || (n > 0 && word.breaks && !word.tab);
            let after = joint.take();
            if breaks {
                joint = self.joint(&word.text);
                match joint {
                    // The lines of a cell are one.
                    None => self.rendition.text.push(if n == 0 { '\n' } else { ' ' }),
                    Some(Joint::Kept) => {}
                    Some(Joint::Undone) => self.drop_hyphen(),
                }
            } else if n > 0 && word.tab {
                (0..=word.skipped).for_each(|_| self.rendition.text.push('\t'));
            } else if n > 0 && (!word.joined || self.after_mark) {
                self.rendition.text.push(if n == 1 && after.is_some() { '\n' } else { ' ' });
            }
            let before = self.rendition.layout.words.last().map(|word| word.span.start);
            self.word(word, role, n == 0 && opens);
            if joint == Some(Joint::Undone)
                && let Some(start) = before
            {
                let span = Span::new(start, self.rendition.text.len());
                self.mark(span, MarkKind::Hyphenated, None);
            }
        }
    }

    /// How the last word of the line before and this one, the first of the next, belong together.
    fn joint(&self, next: &str) -> Option<Joint> {
        let last = self.rendition.layout.words.last()?;
        if last.span.end != self.rendition.text.len() {
            return None;
        }
        self.hyphens.joint(last.span.of(&self.rendition.text), next)
    }

    fn drop_hyphen(&mut self) {
        if let Some(last) = self.rendition.text.pop()
            && let Some(word) = self.rendition.layout.words.last_mut()
        {
            word.span.end -= last.len_utf8();
        }
    }

    fn word(&mut self, word: &Word, role: Role, opens: bool) {
        if !self.begun {
            self.begun = true;
            self.starts.push(self.rendition.text.len());
        }
        let figure = word.text.len() <= 3 && !word.text.is_empty() && word.text.bytes().all(|b| b.is_ascii_digit());
        let star = !figure && note_star(&word.text);
        let mut is_note = false;
        if word.raised > 0 && (figure || star) {
            if role == Role::Footnote {
                is_note = opens;
            } else {
                let chained = figure && self.chained.get(self.raised).copied().unwrap_or(false);
                self.raised += usize::from(figure);
                is_note = chained || self.marks.contains(&word.text);
            }
        }
        if is_note && !opens && self.rendition.text.ends_with(|c: char| !c.is_whitespace()) {
            self.rendition.text.push(' ');
        }
        let start = self.rendition.text.len();
        if is_note {
            self.rendition.text.push('[');
            self.rendition.text.push_str(&word.text);
            self.rendition.text.push(']');
        } else if word.raised > 0 && figure {
            self.rendition.text.extend(word.text.chars().map(power));
        } else {
            self.rendition.text.push_str(&word.text);
        }
        let span = Span::new(start, self.rendition.text.len());
        if is_note && role != Role::Footnote {
            self.mark(span, MarkKind::NoteMark, None);
        }
        let turn = self.turn;
        let frame = Turn::frame(word.frame, |p| turn.back(p));
        let middle = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
        if let Some(link) = self.links.iter_mut().find(|link| link.frame.holds(middle)) {
            // Its words follow each other: a link that was left for other words is not taken up again.
            let text = &self.rendition.text;
            match &mut link.words {
                None => link.words = Some(span),
                Some(words) if text.get(words.end..span.start).is_some_and(|gap| gap.trim().is_empty()) => {
                    words.end = span.end
                }
                Some(_) => {}
            }
        }
        let [left, top, right, bottom] = [frame.left, frame.top, frame.right, frame.bottom].map(f64::from);
        let rect = Rect::of_points(left, top, right, bottom);
        self.rendition.layout.words.push(WordBox { span, page: self.page, rect, confidence: word.sure });
        self.after_mark = is_note && opens;
    }
}

fn note_star(text: &str) -> bool {
    matches!(text, "*" | "**" | "***" | "†" | "‡")
}

/// A raised digit.
fn power(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        '4'..='9' => char::from_u32(u32::from('⁴') + u32::from(digit) - u32::from('4')).unwrap_or(digit),
        other => other,
    }
}
