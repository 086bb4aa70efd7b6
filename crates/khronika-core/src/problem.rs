//! What went wrong with a document, as a value: documents are bad as a rule, and the rest of the work goes on.

use crate::{SourceId, Span};

/// Something that the program could not do, or did with reserve.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// The source, where one was made; `None` where the file never became a source.
    pub source: Option<SourceId>,
    /// The name of the file or folder, as the user would know it; empty where the problem is the case's.
    pub name: String,
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What is wrong, in a sentence.
    pub what: String,
    /// Where in the text (bytes), where that is known.
    pub span: Option<Span>,
    /// Where else: `byte 1,204 of the file`, `page 3`.
    pub place: Option<String>,
    /// What the user can do.
    pub advice: String,
}

/// The kinds of problem; the name is stable, so that a script can count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The file is of a format that the program cannot read yet.
    NotReadYet,
    /// The file could not be opened or read.
    Unreadable,
    /// The file was read, but parts of it are damaged.
    Damaged,
    /// The file holds no text.
    Empty,
    /// Not a regular file, or a link that leads back.
    NotAFile,
    /// Read, but a limit was hit.
    Limit,
    /// The same bytes came twice.
    Duplicate,
    /// Left out on purpose: a folder that programs keep for themselves.
    LeftOut,
    /// The language is not one the program has words for.
    Language,
    /// Something in the text looks wrong: an impossible date, a slip.
    Suspicious,
    /// The program failed; this is a bug.
    Internal,
}

impl ProblemKind {
    /// The stable name: `not-read-yet`, `unreadable`, ….
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotReadYet => "not-read-yet",
            Self::Unreadable => "unreadable",
            Self::Damaged => "damaged",
            Self::Empty => "empty",
            Self::NotAFile => "not-a-file",
            Self::Limit => "limit",
            Self::Duplicate => "duplicate",
            Self::LeftOut => "left-out",
            Self::Language => "language",
            Self::Suspicious => "suspicious",
            Self::Internal => "internal",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use ProblemKind::{
            Damaged, Duplicate, Empty, Internal, Language, LeftOut, Limit, NotAFile, NotReadYet, Suspicious, Unreadable,
        };
        const ALL: [ProblemKind; 11] = [
            NotReadYet, Unreadable, Damaged, Empty, NotAFile, Limit, Duplicate, LeftOut, Language, Suspicious, Internal,
        ];
        ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// True where some of what the user handed in is not in the case: the program then ends with exit code 1.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        matches!(
            self,
            Self::NotReadYet | Self::Unreadable | Self::Damaged | Self::NotAFile | Self::Limit | Self::Internal
        )
    }
}
