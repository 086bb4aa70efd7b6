//! The text of an office document, put together paragraph by paragraph.
//!
//! A paragraph becomes a part, a row of a table a part with tabs between its cells, words that a tracked change took out a part of their
//! own behind the paragraph that they were taken out of: so they stand in the text and not in its sentences.

use khronika_core::{Mark, MarkKind, Span};

use crate::rendition::{Embedded, LONGEST_ROW, Limits, Part, Remark, RemarkKind, Rendition, Role, lines};

/// More marks than this are not kept, nor more that they say (bytes).
const MOST_MARKS: usize = 400_000;
const MOST_SAID: usize = 64 << 20;

/// How much of what stood before deleted words is told with them (characters), and how much of hidden words in the remark (characters).
const CONTEXT: usize = 40;
const SHOWN: usize = 80;

/// Who did something to a passage, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Deed {
    pub author: Option<String>,
    pub date: Option<String>,
    pub note: Option<String>,
}

/// A paragraph on its way to the text.
#[derive(Debug)]
pub(super) struct Para {
    pub text: String,
    pub role: Role,
    marks: Vec<Mark>,
    removed: Vec<Removed>,
    /// Bytes at its beginning that are its number.
    pub number: usize,
}

#[derive(Debug)]
struct Removed {
    words: String,
    at: usize,
    deed: Deed,
}

impl Default for Para {
    fn default() -> Self {
        Self { text: String::new(), role: Role::Body, marks: Vec::new(), removed: Vec::new(), number: 0 }
    }
}

impl Para {
    /// A paragraph of these words.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, ..Self::default() }
    }

    /// Adds words.
    pub fn push(&mut self, words: &str) {
        if memchr::memchr(0, words.as_bytes()).is_some() {
            self.text.push_str(&words.replace('\0', "\u{FFFD}"));
        } else {
            self.text.push_str(words);
        }
    }

    /// Says something of everything since `from`.
    pub fn mark(&mut self, from: usize, kind: MarkKind, deed: &Deed) {
        let span = Span::new(self.text.floor_char_boundary(from), self.text.len());
        if span.start >= span.end {
            return;
        }
        let same = |mark: &&mut Mark| {
            mark.kind == kind
                && mark.span.end == span.start
                && mark.author == deed.author
                && mark.date == deed.date
                && mark.note == deed.note
        };
        // What is said run by run is said once: the marks of other kinds that a run has are few.
        if let Some(mark) = self.marks.iter_mut().rev().take(4).find(same) {
            mark.span.end = span.end;
            return;
        }
        let Deed { author, date, note } = deed.clone();
        self.marks.push(Mark { span, kind, author, date, note });
    }

    /// The number that is shown before the paragraph.
    pub fn count(&mut self, number: &str) {
        if !number.is_empty() && self.text.is_empty() {
            self.push(number);
            self.mark(0, MarkKind::Generated, &Deed::default());
            self.push(" ");
            self.number = self.text.len();
        }
    }

    /// The mark of a note, as print has it.
    pub fn note_mark(&mut self, number: &str) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        let from = self.text.len();
        self.text.push('[');
        self.push(number);
        self.text.push(']');
        self.mark(from, MarkKind::NoteMark, &Deed { note: Some(number.to_owned()), ..Deed::default() });
    }

    /// Words that were taken out here.
    pub fn remove(&mut self, words: &str, deed: &Deed) {
        let at = self.text.len();
        match self.removed.last_mut() {
            Some(last) if last.at == at && last.deed.author == deed.author && last.deed.date == deed.date => {
                last.words.push_str(words);
            }
            _ => self.removed.push(Removed { words: words.to_owned(), at, deed: deed.clone() }),
        }
    }

    /// Takes out everything that is there.
    pub fn remove_all(&mut self, deed: &Deed) {
        let words = std::mem::take(&mut self.text);
        self.marks.clear();
        self.number = 0;
        self.removed.iter_mut().for_each(|removed| removed.at = 0);
        self.remove(&words, deed);
    }

    /// Where the last word begins.
    pub fn last_word(&self) -> usize {
        let words = self.text.trim_end();
        let space = words.char_indices().rev().find(|(_, c)| c.is_whitespace());
        space.map_or(0, |(at, c)| at + c.len_utf8())
    }

    fn is_blank(&self) -> bool {
        self.text.get(self.number..).unwrap_or_default().trim().is_empty()
    }

    fn is_empty(&self) -> bool {
        self.is_blank() && self.removed.is_empty()
    }
}

/// A row of a table that is being read.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Para>>,
}

/// A place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    text: usize,
    parts: usize,
    marks: usize,
}

/// The text so far.
#[derive(Debug)]
pub(super) struct Flow {
    rendition: Rendition,
    limits: Limits,
    full: bool,
    rows: Vec<Row>,
    /// What every paragraph is, whatever it says of itself: in a running head, a note.
    pub force: Option<Role>,
    unpacked: u64,
    /// How much the marks say (bytes).
    said: usize,
}

impl Flow {
    /// Nothing yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            rendition: Rendition::default(),
            limits,
            full: false,
            rows: Vec::new(),
            force: None,
            unpacked: 0,
            said: 0,
        }
    }

    /// True once no more text is taken.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// How much more text is taken (bytes).
    pub fn room(&self) -> usize {
        self.limits.text.saturating_sub(self.at())
    }

    /// How long the text is (bytes).
    pub fn at(&self) -> usize {
        self.rendition.text.len()
    }

    /// What the document says of itself.
    pub fn about(&mut self) -> &mut crate::rendition::About {
        &mut self.rendition.about
    }

    /// The pages.
    pub fn pages(&mut self) -> &mut Vec<khronika_core::Page> {
        &mut self.rendition.layout.pages
    }

    /// Adds a paragraph: to the open cell where there is one, else to the text.
    pub fn para(&mut self, mut para: Para) {
        if para.is_empty() {
            return;
        }
        if para.is_blank() {
            para.text.clear();
            para.marks.clear();
        }
        if let Some(role) = self.force {
            para.role = role;
        }
        match self.rows.last_mut() {
            Some(row) => match row.cells.last_mut() {
                Some(cell) => cell.push(para),
                None => row.cells.push(vec![para]),
            },
            None => self.write(para),
        }
    }

    /// How many rows are open.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// A row begins. False where rows are nested too deep; it is then none.
    pub fn open_row(&mut self) {
        self.rows.push(Row::default());
    }

    /// A cell of the row begins.
    pub fn open_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Vec::new());
        }
    }

    /// The row ends; `removed` where it was taken out as a whole.
    pub fn close_row(&mut self, removed: Option<&Deed>) {
        let Some(mut row) = self.rows.pop() else { return };
        if let Some(deed) = removed {
            row.cells.iter_mut().flatten().for_each(|para| para.remove_all(deed));
        }
        let filled = row.cells.iter().filter(|cell| cell.iter().any(|para| !para.is_blank())).count();
        let length: usize = row.cells.iter().flatten().map(|para| para.text.len()).sum();
        let simple =
            row.cells.iter().all(|cell| cell.len() <= 1 && cell.iter().all(|para| para.role != Role::TableRow));
        if filled >= 2 && length <= LONGEST_ROW && simple {
            let mut line = Para { role: Role::TableRow, ..Para::default() };
            let last = row.cells.iter().rposition(|cell| cell.iter().any(|para| !para.is_blank())).unwrap_or(0);
            for (n, para) in row.cells.into_iter().map(|cell| cell.into_iter().next()).enumerate() {
                if n > 0 && n <= last {
                    line.text.push('\t');
                }
                if let Some(para) = para {
                    let shift = line.text.len();
                    line.text.extend(para.text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
                    line.marks.extend(para.marks.into_iter().map(|mark| shifted(mark, shift)));
                    line.removed.extend(para.removed.into_iter().map(|r| Removed { at: r.at + shift, ..r }));
                }
            }
            self.para(line);
        } else {
            row.cells.into_iter().flatten().for_each(|para| self.para(para));
        }
    }

    /// Ends every row but the first `rows`.
    pub fn close_rows(&mut self, rows: usize) {
        while self.rows.len() > rows {
            self.close_row(None);
        }
    }

    /// Where the text is now, for [`Self::back`].
    pub fn point(&self) -> Point {
        let Rendition { text, parts, layout, .. } = &self.rendition;
        Point { text: text.len(), parts: parts.len(), marks: layout.marks.len() }
    }

    /// The words since then.
    pub fn since(&self, point: &Point) -> &str {
        self.rendition.text.get(point.text..).unwrap_or_default()
    }

    /// Forgets the words since then.
    pub fn back(&mut self, point: &Point) {
        self.rendition.text.truncate(point.text);
        self.rendition.parts.truncate(point.parts);
        self.rendition.layout.marks.truncate(point.marks);
    }

    /// Says something that the user should know.
    pub fn remark(&mut self, kind: RemarkKind, what: impl Into<String>, place: Option<String>) {
        self.rendition.remarks.push(Remark { kind, what: what.into(), place });
    }

    /// Says something that the user should know, the first time that it comes up.
    pub fn once(&mut self, kind: RemarkKind, what: &str) {
        if !self.rendition.remarks.iter().any(|remark| remark.what == what) {
            self.remark(kind, what, None);
        }
    }

    /// Says what a part of the format found.
    pub fn remarks(&mut self, remarks: Vec<Remark>) {
        self.rendition.remarks.extend(remarks);
    }

    /// Keeps a document that was inside.
    pub fn embed(&mut self, name: &str, declared: Option<String>, bytes: Vec<u8>) {
        self.unpacked += bytes.len() as u64;
        if self.rendition.embedded.len() >= self.limits.embedded || self.unpacked > self.limits.unpacked {
            return self.once(RemarkKind::Limit, MANY);
        }
        self.rendition.embedded.push(Embedded { name: name.to_owned(), declared, bytes });
    }

    /// The whole.
    pub fn finish(mut self) -> Rendition {
        self.close_rows(0);
        let mut rendition = self.rendition;
        rendition.layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let mut hidden = rendition.layout.marks.iter().filter(|mark| mark.kind == MarkKind::Hidden).peekable();
        if let Some(first) = hidden.peek() {
            let words: String = first.span.of(&rendition.text).chars().take(SHOWN).collect();
            let what = format!(
                "words in it are hidden from whoever opens it; passages of them: {}; the first: “{}”",
                hidden.count(),
                words.trim()
            );
            rendition.remarks.push(Remark { kind: RemarkKind::Strange, what, place: None });
        }
        rendition
    }

    fn write(&mut self, mut para: Para) {
        if self.full {
            return;
        }
        let length: usize = para.text.len() + para.removed.iter().map(|r| r.words.len() + 1).sum::<usize>() + 1;
        if length > self.room() {
            para.text.truncate(para.text.floor_char_boundary(self.room().saturating_sub(1)));
            para.marks.retain(|mark| mark.span.end <= para.text.len());
            para.removed.clear();
            self.full = true;
            self.remark(RemarkKind::Limit, "its text is longer than the limit; the rest was left out", None);
        }
        let (start, role) = (self.at(), para.role);
        let text = &mut self.rendition.text;
        if !para.text.is_empty() {
            text.push_str(&para.text);
            let spans =
                lines(text, Span::new(start, text.len()), !matches!(role, Role::Body | Role::ListItem | Role::Quote));
            self.rendition.parts.extend(spans.into_iter().map(|span| Part { span, role }));
            text.push('\n');
        }
        let marks = &mut self.rendition.layout.marks;
        let said =
            |mark: &Mark| [&mark.author, &mark.date, &mark.note].into_iter().flatten().map(String::len).sum::<usize>();
        let mut many = false;
        for mark in para.marks {
            self.said += said(&mark);
            if marks.len() >= MOST_MARKS || self.said > MOST_SAID {
                many = true;
                break;
            }
            marks.push(shifted(mark, start));
        }
        for removed in para.removed {
            let from = text.len();
            text.push_str(&removed.words);
            let span = Span::new(from, text.len()).trim(text);
            if span.is_empty() {
                text.truncate(from);
                continue;
            }
            text.push('\n');
            self.rendition.parts.push(Part { span, role: Role::Deleted });
            let before: Vec<char> =
                para.text.get(..removed.at).unwrap_or_default().chars().rev().take(CONTEXT).collect();
            let before: String = before.into_iter().rev().collect();
            let note = Some(before.trim_start().to_owned()).filter(|words| !words.is_empty());
            let Deed { author, date, .. } = removed.deed;
            let mark = Mark { span, kind: MarkKind::Deleted, author, date, note };
            self.said += said(&mark);
            // That these words were taken out is said by their role in any case.
            let full = marks.len() >= MOST_MARKS || self.said > MOST_SAID;
            many |= full;
            if !full {
                marks.push(mark);
            }
        }
        if many {
            self.once(RemarkKind::Limit, MARKS);
        }
    }
}

const MANY: &str = "it holds too many documents, or too long ones; the rest of them was left out";
const MARKS: &str = "more is said of its passages than is kept; some of it was left out";

fn shifted(mark: Mark, by: usize) -> Mark {
    Mark { span: Span::new(mark.span.start + by, mark.span.end + by), ..mark }
}

/// The rendition as a snapshot shows it: the parts, then the marks, what was inside, the remarks.
#[cfg(test)]
pub(super) fn told(rendition: &Rendition) -> String {
    assert_eq!(rendition.check(), Ok(()));
    let text = &rendition.text;
    let shown = |words: &str| words.replace('\n', "⏎").replace('\t', "⇥").replace('\u{AD}', "[soft]");
    let mut out: Vec<String> = Vec::new();
    for part in &rendition.parts {
        out.push(format!("{:>10} | {}", part.role.name(), shown(part.span.of(text))));
    }
    for mark in &rendition.layout.marks {
        let more: Vec<&str> =
            [&mark.author, &mark.date, &mark.note].into_iter().flatten().map(String::as_str).collect();
        out.push(format!("{:>10} : {} ({})", mark.kind.name(), shown(mark.span.of(text)), more.join("; ")));
    }
    for inside in &rendition.embedded {
        out.push(format!("    inside : {} {:?} {} bytes", inside.name, inside.declared, inside.bytes.len()));
    }
    for remark in &rendition.remarks {
        out.push(format!("    remark : {:?} {} {:?}", remark.kind, remark.what, remark.place));
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_the_words_taken_out_of_them() {
        let mut flow = Flow::new(Limits::default());
        flow.open_row();
        for words in ["Jour", "", "Acte\nde la cour"] {
            flow.open_cell();
            flow.para(Para::of(words, Role::Body));
        }
        flow.close_row(None);
        flow.open_row();
        flow.open_cell();
        let mut para = Para::of("Le conseil ", Role::Body);
        para.remove("de guerre", &Deed { author: Some("A".into()), ..Deed::default() });
        para.push("le condamne.\nPuis il le gracie.\net la peine tombe");
        flow.para(para);
        flow.close_row(None);
        insta::assert_snapshot!(told(&flow.finish()), @"
        table-row | Jour⇥⇥Acte de la cour
             body | Le conseil le condamne.
             body | Puis il le gracie.
             body | et la peine tombe
          deleted | de guerre
          deleted : de guerre (A; Le conseil )
        ");
    }

    #[test]
    fn the_limit_of_text_is_kept_and_told() {
        let mut flow = Flow::new(Limits { text: 30, ..Limits::default() });
        for _ in 0..5 {
            flow.para(Para::of("Ни строки", Role::Body));
        }
        let rendition = flow.finish();
        assert_eq!(rendition.text, "Ни строки\nНи стр\n");
        assert_eq!((rendition.parts.len(), rendition.remarks.len()), (2, 1));
    }
}
