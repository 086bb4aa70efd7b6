//! The problems of files as wholes, worded for the person who handed them in.

use std::io;

use khronika_core::{Problem, ProblemKind};

/// A problem with the file or folder `name`.
pub(crate) fn of(name: &str, kind: ProblemKind, what: impl Into<String>, advice: impl Into<String>) -> Problem {
    Problem {
        source: None,
        name: name.to_owned(),
        kind,
        what: what.into(),
        span: None,
        place: None,
        advice: advice.into(),
    }
}

/// The file or folder could not be opened or read.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    let (what, advice) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("It is not there, or disappeared while it was read.".to_owned(), "Check the path and run again.")
        }
        io::ErrorKind::PermissionDenied => {
            ("Permission to read it is denied.".to_owned(), "Give your account the right to read it, and run again.")
        }
        _ => (format!("It could not be read: {error}."), "Copy it to another disk and run again."),
    };
    of(name, ProblemKind::Unreadable, what, advice)
}

/// The file is longer than the limit.
pub(crate) fn too_long(name: &str, limit: u64) -> Problem {
    of(
        name,
        ProblemKind::Limit,
        format!("It is longer than the limit of {limit} bytes and was not read."),
        "Split the file, or hand in the part that matters.",
    )
}
