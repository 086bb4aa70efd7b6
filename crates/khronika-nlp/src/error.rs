//! What keeps a pipeline from being opened. Annotating never fails.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error as Derive;

/// A pipeline could not be opened.
#[derive(Debug, Derive)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, Derive)]
enum Kind {
    #[error("cannot read {}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("no language pipeline: {0}")]
    NotAPackage(String),
    #[error("damaged package: {file}: {what}")]
    Damaged { file: String, what: String },
    #[error("not supported: {0}")]
    Unsupported(String),
    #[error("refused: {0}")]
    Refused(String),
}

/// What a reader of packages returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Kind::Io { path: path.to_owned(), source }.into()
    }

    pub(crate) fn not_a_package(what: impl Into<String>) -> Self {
        Kind::NotAPackage(what.into()).into()
    }

    pub(crate) fn damaged(file: impl Into<String>, what: impl Into<String>) -> Self {
        Kind::Damaged { file: file.into(), what: what.into() }.into()
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Kind::Unsupported(what.into()).into()
    }

    pub(crate) fn refused(what: impl Into<String>) -> Self {
        Kind::Refused(what.into()).into()
    }

    /// Whether the package is whole but holds something that this crate does not run, such as a transformer.
    pub fn is_unsupported(&self) -> bool {
        matches!(self.0, Kind::Unsupported(_))
    }

    /// Whether the bytes are damaged: cut short, of impossible sizes, or not in the form they claim.
    pub fn is_damaged(&self) -> bool {
        matches!(self.0, Kind::Damaged { .. })
    }

    /// Whether the package was refused for what it tries: a path out of its folder, or a size that no pipeline needs.
    pub fn is_refused(&self) -> bool {
        matches!(self.0, Kind::Refused(_))
    }
}
