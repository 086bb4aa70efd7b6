//! What holds in a group of RTF.

use std::rc::Rc;

use crate::format::flow::Para;
use crate::rendition::Role;

/// Where the words of a group go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Into {
    #[default]
    Text,
    /// Nowhere, and neither do those of the groups in it.
    Nothing,
    /// Nowhere, but those of the groups in it may.
    Skip,
    Fonts,
    Styles,
    Authors,
    Colors,
    /// The instruction of a field.
    Instruction,
    /// The number of a paragraph, as it is shown.
    Number,
    Title,
    Author,
    Operator,
    CommentAuthor,
    CommentDate,
    /// The number of a passage that a comment is about, at its beginning and in the comment.
    RangeStart,
    CommentOf,
}

/// What holds until the group ends.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub into: Into,
    pub font: Option<i32>,
    /// How many characters follow one that is given by its number.
    pub uc: u32,
    pub hidden: bool,
    pub tiny: bool,
    pub color: i32,
    pub shaded: bool,
    pub deleted: bool,
    pub deleted_by: i32,
    pub deleted_at: i32,
    pub revised: bool,
    pub revised_by: i32,
    pub revised_at: i32,
    pub table: bool,
    pub depth: usize,
    pub style: Option<Role>,
    pub heading: bool,
    pub link: Option<Rc<str>>,
    /// Words for readers that do not know HTML, in mail that was HTML.
    pub html: bool,
    /// The first group in this one is passed over.
    pub first_group_skipped: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            into: Into::Text,
            font: None,
            uc: 1,
            hidden: false,
            tiny: false,
            color: 0,
            shaded: false,
            deleted: false,
            deleted_by: -1,
            deleted_at: 0,
            revised: false,
            revised_by: -1,
            revised_at: 0,
            table: false,
            depth: 0,
            style: None,
            heading: false,
            link: None,
            html: false,
            first_group_skipped: false,
        }
    }
}

impl State {
    /// Paragraphs are set anew from here.
    pub fn new_paragraph(&mut self) {
        (self.table, self.depth, self.style, self.heading) = (false, 0, None, false);
    }

    /// Words are set anew from here.
    pub fn plain(&mut self) {
        (self.hidden, self.tiny, self.shaded, self.deleted, self.revised) = (false, false, false, false, false);
        (self.color, self.font) = (0, None);
    }

    /// What a paragraph is that ends here.
    pub fn role(&self) -> Role {
        match self.style {
            Some(role) => role,
            None if self.heading => Role::Heading,
            None => Role::Body,
        }
    }
}

/// A note, a comment or a running head that is being read, and what it stands in.
#[derive(Debug)]
pub(super) struct Sink {
    pub depth: usize,
    pub role: Role,
    pub paras: Vec<Para>,
    /// The paragraph around it.
    pub para: Para,
    pub date: Option<String>,
    /// Where the passage began that it is about.
    pub about: Option<usize>,
    /// A note that has no number yet, and whether it is one at the end of the document.
    pub note: Option<bool>,
}
