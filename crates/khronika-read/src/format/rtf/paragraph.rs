//! Paragraphs of RTF, and what stands beside the text: notes, comments, running heads and feet, text boxes.

use khronika_core::MarkKind;

use super::state::{Into, Sink, State};
use super::{DEEPEST_NOTE, Reader};
use crate::format::flow::Deed;
use crate::format::number::number;
use crate::rendition::Role;

impl Reader {
    /// Writes the running heads that came so far, each wording once.
    pub(super) fn write_heads(&mut self) {
        self.flow.force = Some(Role::Header);
        for para in std::mem::take(&mut self.heads) {
            if !self.known.contains(&para.text) {
                if self.known.len() < 100 {
                    self.known.push(para.text.clone());
                }
                self.flow.para(para);
            }
        }
        self.flow.force = None;
    }

    pub(super) fn end_paragraph(&mut self) {
        // Those that come before the text stand over it: a letterhead may be among them.
        if self.sinks.is_empty() && self.flow.at() == 0 && self.flow.rows() == 0 {
            self.write_heads();
        }
        self.flush();
        let mut para = std::mem::take(&mut self.para);
        para.role = self.state.role();
        if std::mem::take(&mut self.item) && para.role == Role::Body {
            para.role = Role::ListItem;
        }
        // A comment that goes on is about the next paragraph from its beginning.
        let notes = self.sinks.len();
        self.ranges.values_mut().filter(|(depth, _)| *depth == notes).for_each(|(_, from)| *from = 0);
        match self.sinks.last_mut() {
            Some(sink) => sink.paras.push(para),
            None => {
                let rows = if self.state.table { self.state.depth.max(1) } else { 0 };
                while self.flow.rows() < rows {
                    self.flow.open_row();
                    self.flow.open_cell();
                }
                if para.text.trim().is_empty() {
                    // What was taken out stays; an empty paragraph between two tables ends no row.
                    self.flow.para(para);
                    return;
                }
                self.flow.close_rows(rows);
                self.flow.para(para);
            }
        }
    }

    pub(super) fn begin_sink(&mut self, role: Role) {
        if self.sinks.len() >= DEEPEST_NOTE {
            self.state.into = Into::Nothing;
            return;
        }
        let sink = Sink {
            depth: self.stack.len(),
            role,
            paras: Vec::new(),
            para: std::mem::take(&mut self.para),
            date: None,
            about: None,
            note: (role == Role::Footnote).then_some(false),
        };
        self.sinks.push(sink);
        let State { font, uc, .. } = self.state;
        self.state = State { font, uc, into: Into::Text, ..State::default() };
    }

    /// Gives the note that begins its number: only its first words tell whether it is one at the foot or at the end.
    pub(super) fn begin_note(&mut self) {
        let Some(sink) = self.sinks.last_mut() else { return };
        let Some(at_end) = sink.note.take() else { return };
        let number = if at_end {
            self.end_notes += 1;
            number(self.end_notes, self.end_format)
        } else {
            self.foot_notes += 1;
            self.foot_notes.to_string()
        };
        sink.para.note_mark(&number);
        self.para.note_mark(&number);
        self.after_number = true;
    }

    pub(super) fn end_sink(&mut self) {
        self.begin_note();
        self.end_paragraph();
        let Some(Sink { role, paras, para, date, about, .. }) = self.sinks.pop() else { return };
        let notes = self.sinks.len();
        self.ranges.retain(|_, (depth, _)| *depth <= notes);
        self.para = para;
        match role {
            Role::Footnote => self.notes.extend(paras),
            Role::Header => self.heads.extend(paras),
            Role::Footer => self.feet.extend(paras),
            Role::Comment => {
                let said = paras.iter().map(|para| para.text.trim()).collect::<Vec<_>>().join(" ");
                let said = said.trim();
                let said = said.get(..said.floor_char_boundary(1000)).unwrap_or_default().to_owned();
                let deed = Deed { author: self.author.take(), date, note: Some(said) };
                self.para.mark(about.unwrap_or_else(|| self.para.last_word()), MarkKind::Commented, &deed);
                self.comments.extend(paras);
            }
            // A text box: its paragraphs stand before the one that it is fixed to.
            _ => match self.sinks.last_mut() {
                Some(above) => above.paras.extend(paras),
                None => paras.into_iter().for_each(|para| self.flow.para(para)),
            },
        }
    }
}
