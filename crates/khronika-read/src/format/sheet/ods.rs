//! OpenDocument spreadsheets.

use std::collections::BTreeMap;

use super::{Line, heading};
use crate::format::flow::{Deed, Flow, Para};
use crate::format::odt::parts::Parts;
use crate::format::xml::{Node, Ns, Tag, Xml};
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition, Role};

/// A row or cell that is repeated is written no more often than this.
const MOST_REPEATED: usize = 100;

/// The last column that a sheet may have.
const LAST_COLUMN: usize = 16_384;

/// Reads a spreadsheet.
pub(in crate::format) fn parse(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let mut flow = Flow::new(limits);
    let parts = Parts::open(bytes, limits, password, &mut flow)?;
    let mut reader = Reader { flow, hidden_styles: BTreeMap::new(), comments: Vec::new(), repeated: false };
    let mut xml = parts.xml();
    reader.all(&mut xml);
    let mut flow = reader.flow;
    flow.remarks(xml.remarks(parts.name()));
    if reader.repeated {
        let what = "rows or cells are repeated so often that the rest of them was left out";
        flow.remark(RemarkKind::Limit, what, None);
    }
    parts.finish(&mut flow);
    Ok(flow.finish())
}

struct Reader {
    flow: Flow,
    /// Styles of sheets, and whether they hide them.
    hidden_styles: BTreeMap<String, bool>,
    comments: Vec<Para>,
    repeated: bool,
}

/// A cell.
#[derive(Default)]
struct Cell {
    words: String,
    comment: Option<Deed>,
}

impl Reader {
    fn all(&mut self, xml: &mut Xml<'_>) {
        let (mut style, mut hidden_sheet) = (String::new(), false);
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => match (tag.ns, tag.local()) {
                    (Ns::Style, "style") => style = tag.attr("name").unwrap_or_default().into_owned(),
                    (Ns::Style, "table-properties") => {
                        let hidden = tag.attr("display").is_some_and(|shown| shown == "false");
                        self.hidden_styles.insert(style.clone(), hidden);
                    }
                    (Ns::Table, "table") => {
                        let named = tag.attr("style-name").unwrap_or_default();
                        hidden_sheet = self.hidden_styles.get(named.as_ref()).copied().unwrap_or(false);
                        heading(&mut self.flow, &tag.attr("name").unwrap_or_default(), hidden_sheet);
                    }
                    (Ns::Table, "table-row") => self.row(&tag, xml, hidden_sheet),
                    (Ns::Table, "tracked-changes" | "shapes") | (Ns::Office, "forms") => {
                        xml.skip();
                    }
                    _ => {}
                },
                Node::Close(end) if end.ns == Ns::Table && end.local() == "table" => {
                    std::mem::take(&mut self.comments).into_iter().for_each(|para| self.flow.para(para));
                }
                _ => {}
            }
            if self.flow.is_full() {
                return;
            }
        }
    }

    fn row(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, hidden: bool) {
        let times = number(tag, "number-rows-repeated");
        let hidden = hidden || tag.attr("visibility").is_some_and(|seen| seen != "visible");
        let outside = xml.depth().saturating_sub(1);
        let mut cells: Vec<(usize, Cell)> = Vec::new();
        let mut column = 0_usize;
        while xml.depth() > outside {
            match xml.next() {
                Some(Node::Open(tag))
                    if tag.ns == Ns::Table && matches!(tag.local(), "table-cell" | "covered-table-cell") =>
                {
                    let times = number(&tag, "number-columns-repeated");
                    let cell = self.cell(&tag, xml);
                    if !cell.words.trim().is_empty() || cell.comment.is_some() {
                        self.repeated |= times > MOST_REPEATED;
                        // Long words that are repeated make a small file a large one.
                        let last = if cell.words.len() > 1000 { 0 } else { times.min(MOST_REPEATED) - 1 };
                        for n in 0..last {
                            if column + n < LAST_COLUMN {
                                cells.push((
                                    column + n,
                                    Cell { words: cell.words.clone(), comment: cell.comment.clone() },
                                ));
                            }
                        }
                        if column + last < LAST_COLUMN {
                            cells.push((column + last, cell));
                        }
                    }
                    column = column.saturating_add(times).min(LAST_COLUMN);
                }
                Some(_) => {}
                None => break,
            }
        }
        if cells.is_empty() {
            return;
        }
        self.repeated |= times > MOST_REPEATED;
        for _ in 0..times.min(MOST_REPEATED) {
            let mut line = Line { hidden, ..Line::default() };
            for (column, cell) in &cells {
                line.cell(*column, &cell.words, false, cell.comment.as_ref());
            }
            line.end(&mut self.flow);
            if self.flow.is_full() {
                return;
            }
        }
    }

    fn cell(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Cell {
        let day = match tag.attr("value-type").as_deref() {
            Some("date") => tag.attr("date-value").map(|day| match day.split_once('T') {
                Some((day, "00:00:00")) => day.to_owned(),
                Some((day, time)) => format!("{day} {time}"),
                None => day.into_owned(),
            }),
            _ => None,
        };
        let outside = xml.depth().saturating_sub(1);
        let mut cell = Cell::default();
        while xml.depth() > outside {
            match xml.next() {
                Some(Node::Open(tag)) => match (tag.ns, tag.local()) {
                    (Ns::Text, "p" | "h") => {
                        if !cell.words.is_empty() {
                            cell.words.push(' ');
                        }
                        paragraph(xml, &mut cell.words);
                    }
                    (Ns::Office, "annotation") => cell.comment = self.annotation(xml),
                    _ => {}
                },
                Some(_) => {}
                None => break,
            }
        }
        if let Some(day) = day {
            cell.words = day;
        }
        cell
    }

    fn annotation(&mut self, xml: &mut Xml<'_>) -> Option<Deed> {
        let outside = xml.depth().saturating_sub(1);
        let (mut deed, mut words) = (Deed::default(), String::new());
        while xml.depth() > outside {
            match xml.next() {
                Some(Node::Open(tag)) => match (tag.ns, tag.local()) {
                    (Ns::Dublin, "creator") => deed.author = Some(xml.words()),
                    (Ns::Dublin, "date") => deed.date = Some(xml.words()),
                    (Ns::Text, "p") => {
                        if !words.is_empty() {
                            words.push(' ');
                        }
                        paragraph(xml, &mut words);
                    }
                    _ => {}
                },
                Some(_) => {}
                None => break,
            }
        }
        if words.trim().is_empty() {
            return None;
        }
        self.comments.push(Para::of(words.clone(), Role::Comment));
        words.truncate(words.floor_char_boundary(1000));
        deed.note = Some(words);
        Some(deed)
    }
}

/// The words of a paragraph that was opened last.
fn paragraph(xml: &mut Xml<'_>, out: &mut String) {
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next() {
            Some(Node::Text(words)) => out.push_str(&words),
            Some(Node::Open(tag)) if tag.ns == Ns::Text && matches!(tag.local(), "s" | "tab" | "line-break") => {
                out.push(' ')
            }
            Some(_) => {}
            None => break,
        }
    }
}

fn number(tag: &Tag<'_>, name: &str) -> usize {
    tag.attr(name).and_then(|n| n.parse().ok()).unwrap_or(1_usize).max(1)
}
