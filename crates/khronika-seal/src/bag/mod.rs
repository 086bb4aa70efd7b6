//! Bags (BagIt, RFC 8493, and its drafts since 0.93): folders whose manifests list the digest of every file.
//!
//! [`check`] judges any bag, of ours or of others: whether every file is there, is listed and is what it was. [`BagWriter`] writes bags of
//! version 1.0. A bag promises that nothing was altered or lost since it was packed; it does not say who packed it: that is for a
//! signature of its tag manifest, which lists the digest of everything else.
//!
//! A bag is hostile until it was checked: paths out of it, links and devices are refused, and `fetch.txt`, which asks the reader to get files
//! from elsewhere, is never followed. What it would have fetched is told as missing.

mod check;
mod name;
mod text;
mod write;

use std::fmt;

pub use check::{Strictness, check, check_as};
pub use name::safe_name;
pub(crate) use name::{PROOFS, folded, unfit};
pub use write::{BagSummary, BagWriter};

pub use crate::parcel::FileEntry;

use crate::verdict::Verdict;

/// What was found in a bag.
#[derive(Clone, Debug, Default)]
pub struct BagReport {
    /// The version of BagIt that it declares, major and minor.
    pub version: Option<(u32, u32)>,
    /// What it says of itself, in order; labels may come several times.
    pub info: Vec<(String, String)>,
    /// The number of payload files that are here.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The digests that its payload manifests have.
    pub algorithms: Vec<&'static str>,
    /// The path of every file that is here, with slashes, in order.
    pub paths: Vec<String>,
    /// What is wrong or worth saying, in the order of the checks.
    pub problems: Vec<BagProblem>,
    /// How many more problems there are than are listed.
    pub more_problems: u64,
}

/// More than this many problems are only counted.
const MAX_PROBLEMS: usize = 10_000;

/// How much a problem says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The bag is what it was, but is not written as it should be.
    Warning,
    /// Whether the bag is what it was cannot be said from here.
    Unjudged,
    /// The bag is not what it was, or is none.
    Wrong,
}

/// Something that was found in a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagProblem {
    /// How much it says.
    pub severity: Severity,
    /// What kind of thing it is.
    pub kind: BagProblemKind,
    /// The file that it is about, with slashes, below the folder of the bag.
    pub path: Option<String>,
    /// What is wrong, in words.
    pub what: String,
}

/// What kind of thing is wrong with a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BagProblemKind {
    /// `bagit.txt` is missing, or is not what the standard says.
    Declaration,
    /// A tag file cannot be read as text, or a line of it cannot be read.
    TagFile,
    /// A manifest is missing or a line of it cannot be read.
    Manifest,
    /// A manifest uses digests that are not known here.
    Algorithm,
    /// A manifest or `fetch.txt` names something outside the bag.
    PathOutside,
    /// There is a link or a device in the bag.
    NotAFile,
    /// A file that is listed is not here.
    Missing,
    /// A file is to be fetched from elsewhere.
    ToFetch,
    /// A payload file is not listed where it has to be.
    Unlisted,
    /// A file has another digest than is listed: it was altered.
    Altered,
    /// A file is listed twice.
    Duplicate,
    /// The number of files or bytes is another than the bag says.
    Size,
    /// The name of a file is written in another way than the file has it.
    Spelling,
    /// A file that operating systems leave everywhere is listed.
    SystemFile,
    /// A file or folder cannot be read.
    Unreadable,
}

impl BagProblemKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::TagFile => "tag_file",
            Self::Manifest => "manifest",
            Self::Algorithm => "algorithm",
            Self::PathOutside => "path_outside",
            Self::NotAFile => "not_a_file",
            Self::Missing => "missing",
            Self::ToFetch => "to_fetch",
            Self::Unlisted => "unlisted",
            Self::Altered => "altered",
            Self::Duplicate => "duplicate",
            Self::Size => "size",
            Self::Spelling => "spelling",
            Self::SystemFile => "system_file",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for BagProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", path.escape_debug(), self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl BagReport {
    /// What the bag is worth.
    pub fn verdict(&self) -> Verdict {
        let of = |problem: &BagProblem| match problem.severity {
            Severity::Warning => Verdict::Holds,
            Severity::Unjudged => Verdict::CannotJudge,
            Severity::Wrong => Verdict::Fails,
        };
        // Problems that were only counted came after ten thousand others, so one of them is there.
        self.problems.iter().map(of).collect()
    }

    /// The first value that the bag gives for a label; capitals do not count.
    pub fn info(&self, label: &str) -> Option<&str> {
        self.info.iter().find(|(l, _)| l.eq_ignore_ascii_case(label)).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, severity: Severity, kind: BagProblemKind, path: Option<&str>, what: impl Into<String>) {
        let problem = BagProblem { severity, kind, path: path.map(str::to_owned), what: what.into() };
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
            return;
        }
        self.more_problems += 1;
        // The worst is always told.
        if let Some(last) = self.problems.last_mut().filter(|last| last.severity < severity) {
            *last = problem;
        }
    }
}
