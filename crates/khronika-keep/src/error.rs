//! What keeps the case file from being read or written.

use std::fmt;
use std::io;
use std::path::Path;

/// Why something in a case file could not be done. It prints as a sentence without a full stop.
#[derive(Debug)]
pub struct Error(Box<Kind>);

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("{path} is not a case file")]
    NotACase { path: String },
    #[error("{path} was made by a newer khronika (form {form})")]
    Newer { path: String, form: u32 },
    #[error("this passphrase or identity does not open the case")]
    WrongKey,
    #[error("the case is in use by another process")]
    Busy,
    #[error("the case is damaged: {0}")]
    Damaged(String),
    #[error("{log}, which lies beside it, is the write-ahead log of another case")]
    ForeignLog { log: String },
    #[error("cannot {doing} {path}: {source}")]
    Io { doing: &'static str, path: String, source: io::Error },
    #[error("cannot {doing}: {source}")]
    Database { doing: &'static str, source: rusqlite::Error },
    #[error("cannot {doing}: {source}")]
    Proof { doing: &'static str, source: khronika_seal::Error },
    #[error("{0}")]
    Refused(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { source, .. } => Some(source),
            Kind::Database { source, .. } => Some(source),
            Kind::Proof { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Error {
    pub(crate) fn not_a_case(path: &Path) -> Self {
        Self(Box::new(Kind::NotACase { path: path.display().to_string() }))
    }

    pub(crate) fn newer(path: &Path, form: u32) -> Self {
        Self(Box::new(Kind::Newer { path: path.display().to_string(), form }))
    }

    pub(crate) fn wrong_key() -> Self {
        Self(Box::new(Kind::WrongKey))
    }

    pub(crate) fn busy() -> Self {
        Self(Box::new(Kind::Busy))
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Damaged(what.into())))
    }

    pub(crate) fn of_foreign_log(log: &Path) -> Self {
        Self(Box::new(Kind::ForeignLog { log: log.display().to_string() }))
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self(Box::new(Kind::Refused(why.into())))
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self(Box::new(Kind::Io { doing, path: path.display().to_string(), source }))
    }

    pub(crate) fn proof(doing: &'static str, source: khronika_seal::Error) -> Self {
        Self(Box::new(Kind::Proof { doing, source }))
    }

    /// SQLite said no. What it says of locks and damage is said in our words.
    pub(crate) fn database(doing: &'static str, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase};
        match source.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::busy(),
            Some(DatabaseCorrupt | NotADatabase) => {
                Self::damaged(format!("a page of the database is not as it was written (on trying to {doing})"))
            }
            _ => Self(Box::new(Kind::Database { doing, source })),
        }
    }

    pub(crate) fn database_code(doing: &'static str, code: std::ffi::c_int) -> Self {
        Self::database(doing, rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
    }

    /// Whether the file is something else than a case.
    #[must_use]
    pub fn is_not_a_case(&self) -> bool {
        matches!(*self.0, Kind::NotACase { .. })
    }

    /// Whether the passphrase or identity is not one that opens the case.
    #[must_use]
    pub fn is_wrong_key(&self) -> bool {
        matches!(*self.0, Kind::WrongKey)
    }

    /// Whether another process holds the case.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(*self.0, Kind::Busy)
    }

    /// Whether the file is not as it was written.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        matches!(*self.0, Kind::Damaged(_))
    }

    /// The write-ahead log beside the file that is not the case's own, where that is what is wrong. The case itself was not looked at.
    #[must_use]
    pub fn foreign_log(&self) -> Option<&str> {
        match &*self.0 {
            Kind::ForeignLog { log } => Some(log),
            _ => None,
        }
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match &*self.0 {
            Kind::Io { source, .. } => {
                matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
            }
            Kind::Database { source, .. } => source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            _ => false,
        }
    }
}

/// Says what was being done when something failed.
pub(crate) trait Doing<T> {
    /// `doing` completes "cannot …".
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for std::result::Result<T, rusqlite::Error> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| Error::database(doing, source))
    }
}

impl<T> Doing<T> for khronika_seal::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| Error::proof(doing, source))
    }
}
