//! What stops a command.

use std::io;
use std::path::Path;

/// A command was not carried out: what is wrong and where, and the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What is wrong and where, in a sentence without a full stop.
    pub(crate) what: String,
    /// The next step, in a sentence without a full stop.
    pub(crate) hint: String,
}

impl Failure {
    /// A failure.
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into() }
    }

    /// The operating system refused something that concerns `path`. `doing` completes "cannot …".
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let (why, hint) = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                ("no space left".to_owned(), "free some space, or choose another place with --out".to_owned())
            }
            io::ErrorKind::PermissionDenied => {
                ("permission denied".to_owned(), "choose a place that your account may use".to_owned())
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                ("the file system is read-only".to_owned(), "choose another place with --out".to_owned())
            }
            io::ErrorKind::NotFound => ("it is not there".to_owned(), "check the path".to_owned()),
            _ => (error.to_string(), "check the disk and the path, and run again".to_owned()),
        };
        Self { what: format!("cannot {doing} {path}: {why}"), hint }
    }

    /// A failure of the program itself.
    pub(crate) fn internal(doing: &str, panic: &str) -> Self {
        Self::new(
            format!("khronika failed while {doing}: {panic}"),
            "this is a bug; please report it with the smallest text that shows it, names changed",
        )
    }
}

impl From<io::Error> for Failure {
    /// An error in writing to the standard output.
    fn from(error: io::Error) -> Self {
        Self::new(format!("cannot write to the standard output: {error}"), "check where the output goes")
    }
}
