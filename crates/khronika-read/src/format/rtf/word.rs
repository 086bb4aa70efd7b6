//! What the words of RTF that begin with a backslash do.

use khronika_core::Lang;

use super::Reader;
use super::code;
use super::state::Into;
use crate::rendition::Role;

impl Reader {
    /// `\word` or `\word123`; `fresh`: the first in its group, `starred`: behind a `\*`.
    pub(super) fn word(&mut self, word: &str, value: Option<i32>, fresh: bool, starred: bool) {
        if word != "u" && word != "uc" {
            self.flush();
        }
        let on = value != Some(0);
        let n = value.unwrap_or(0);
        if starred || fresh {
            match word {
                "fonttbl" => return self.into(Into::Fonts),
                "stylesheet" => return self.into(Into::Styles),
                "revtbl" => return self.into(Into::Authors),
                "colortbl" => return self.into(Into::Colors),
                "fldinst" => return self.into(Into::Instruction),
                "listtext" | "pntext" => return self.into(Into::Number),
                "atrfstart" => return self.into(Into::RangeStart),
                "atnref" => return self.into(Into::CommentOf),
                "atnauthor" => return self.into(Into::CommentAuthor),
                "atndate" => return self.into(Into::CommentDate),
                "info" => return self.into(Into::Skip),
                "title" if self.state.into == Into::Skip => return self.into(Into::Title),
                "author" if self.state.into == Into::Skip => return self.into(Into::Author),
                "operator" if self.state.into == Into::Skip => return self.into(Into::Operator),
                "annotation" => return self.begin_sink(Role::Comment),
                "shptxt" | "dptxbxtext" => return self.begin_sink(Role::Body),
                "footnote" => return self.begin_sink(Role::Footnote),
                "header" | "headerl" | "headerr" | "headerf" => return self.begin_sink(Role::Header),
                "footer" | "footerl" | "footerr" | "footerf" => return self.begin_sink(Role::Footer),
                "upr" => {
                    self.state.first_group_skipped = true;
                    return;
                }
                // Groups that may be skipped and are not.
                "ud" | "shpinst" | "shpgrp" | "do" | "nesttableprops" if self.state.into == Into::Text => return,
                "object" => self.objects += 1,
                _ if code::is_silent(word) || starred => {
                    // Within the tables, what may be skipped is an addition to a row of them.
                    self.state.into = Into::Nothing;
                    return;
                }
                _ => {}
            }
        }
        if self.state.into == Into::Nothing {
            return;
        }
        match word {
            "u" => self.character(n),
            "uc" => self.state.uc = u32::try_from(n.clamp(0, 100)).unwrap_or(1),
            "par" | "sect" => {
                if self.state.into == Into::Text {
                    self.end_paragraph();
                } else {
                    self.write("\n");
                }
            }
            "cell" | "nestcell" => {
                if self.sinks.is_empty() {
                    self.state.table = true;
                    self.end_paragraph();
                    self.flow.close_rows(if word == "cell" { 1 } else { self.state.depth.max(2) });
                    self.flow.open_cell();
                } else {
                    self.says("\t");
                }
            }
            "row" | "nestrow" => {
                if self.sinks.is_empty() {
                    if !self.para.text.trim().is_empty() {
                        self.end_paragraph();
                    }
                    let rows = self.flow.rows();
                    self.flow.close_rows(if word == "row" { 0 } else { rows.saturating_sub(1).max(1) });
                } else {
                    self.end_paragraph();
                }
            }
            "pard" => self.state.new_paragraph(),
            "plain" => self.state.plain(),
            "intbl" => (self.state.table, self.state.depth) = (true, self.state.depth.max(1)),
            "itap" => {
                self.state.depth = usize::try_from(n.clamp(0, 20)).unwrap_or(0);
                self.state.table = self.state.depth > 0;
            }
            "s" if self.state.into == Into::Styles => self.told.number = n,
            "s" => self.state.style = self.styles.get(&n).copied(),
            "outlinelevel" if self.state.into == Into::Text => self.state.heading = (0..9).contains(&n),
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "revised" => self.state.revised = on,
            "revauth" => self.state.revised_by = n,
            "revauthdel" => self.state.deleted_by = n,
            "revdttm" => self.state.revised_at = n,
            "revdttmdel" => self.state.deleted_at = n,
            "f" if self.state.into == Into::Fonts => self.told.number = n,
            "f" => self.state.font = Some(n),
            "fcharset" => self.told.charset = Some(n),
            "fs" => self.state.tiny = (1..=3).contains(&n),
            "cf" => self.state.color = n,
            "red" => self.color.1 = [n, self.color.1[1], self.color.1[2]],
            "green" => self.color.1 = [self.color.1[0], n, self.color.1[2]],
            "blue" => self.color.1 = [self.color.1[0], self.color.1[1], n],
            "highlight" | "chcbpat" | "cbpat" => self.state.shaded = n != 0 && self.white.get(&n) != Some(&true),
            "ansicpg" => self.page = code::of_page(n),
            "mac" => self.page = encoding_rs::MACINTOSH,
            "deff" => self.fonts_default = n,
            "deflang" => self.flow.about().lang = code::language(n).and_then(Lang::new),
            "ftnalt" => {
                if let Some(at_end) = self.sinks.last_mut().and_then(|sink| sink.note.as_mut()) {
                    *at_end = true;
                }
            }
            "aftnnar" => self.end_format = "decimal",
            "aftnnalc" => self.end_format = "lowerLetter",
            "aftnnauc" => self.end_format = "upperLetter",
            "aftnnruc" => self.end_format = "upperRoman",
            "htmlrtf" => self.state.html = on,
            _ => {
                if let Some(sign) = code::sign(word) {
                    self.write(sign);
                }
            }
        }
    }
}
