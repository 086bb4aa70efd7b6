//! What is wrong with a proof, or keeps it from being judged.

use std::fmt;
use std::io;
use std::path::Path;

/// Why something could not be read, or does not hold.
///
/// The three questions are the three answers that a check can give besides “it holds”: [`Error::is_false`] and
/// [`Error::is_malformed`] mean that the proof does not prove what it claims, [`Error::is_unsupported`] and [`Error::is_io`] mean that
/// nobody can tell from here.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("not a well-formed {what}: {why}")]
    Malformed { what: &'static str, why: String },
    #[error("{0}")]
    False(String),
    #[error("{0}")]
    Unsupported(String),
    #[error("cannot read or write {path}: {source}")]
    Io { path: String, source: io::Error },
}

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Error {
    pub(crate) fn malformed(what: &'static str, why: impl Into<String>) -> Self {
        Self(Box::new(Kind::Malformed { what, why: why.into() }))
    }

    pub(crate) fn untrue(why: impl Into<String>) -> Self {
        Self(Box::new(Kind::False(why.into())))
    }

    pub(crate) fn unsupported(why: impl Into<String>) -> Self {
        Self(Box::new(Kind::Unsupported(why.into())))
    }

    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self(Box::new(Kind::Io { path: path.display().to_string(), source }))
    }

    /// Whether the bytes are not in the form they claim to have: cut short, altered, or something else altogether.
    pub fn is_malformed(&self) -> bool {
        matches!(*self.0, Kind::Malformed { .. })
    }

    /// Whether the bytes could be read and what they claim is not so: a signature that does not fit, another root, another digest.
    pub fn is_false(&self) -> bool {
        matches!(*self.0, Kind::False(_))
    }

    /// Whether the form is right but uses something that this crate cannot judge, such as an unknown algorithm.
    pub fn is_unsupported(&self) -> bool {
        matches!(*self.0, Kind::Unsupported(_))
    }

    /// Whether a file could not be read or written.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Io { .. })
    }
}
