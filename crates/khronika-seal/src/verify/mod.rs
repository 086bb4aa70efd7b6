//! One entry for all kinds of proof: looks at a path and says exactly what holds, what does not, and what cannot be judged.
//!
//! A proof is judged with what the user brings ([`Given`]): keys and roots that he has from somewhere he trusts. What came with the proof
//! itself vouches for nothing: a signature that fits an unknown key is told as such and cannot be judged.
//!
//! | path | what is checked |
//! |---|---|
//! | a bag | every file ([`bag`](crate::bag)), and every proof outside its payload: of the file beside it or, for `proofs/X.tsr`, of `data/X`; for `proofs/originals/D.tsr` of what has the SHA-256 D and was left out |
//! | a log (`checkpoint`, `tile/`) | the signature, the root computed from the entries, each tile |
//! | `.tlog-proof` | the signature, that the entry is in the log, that the entry names the file beside it |
//! | a checkpoint, any signed note | the signature, that it goes on from an older one |
//! | `.minisig` | the signature of the file beside it |
//! | `.tsr` | the signature, the chain to a root, that it is of the file beside it |
//! | `.ots` | that it is of the file beside it, the path to a block |
//! | an age file | its form; with a key, all of it |

mod bags;
mod files;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::age::{self, Identity};
use crate::error::Error;
use crate::note::VerifierKey;
use crate::ots::BlockHeader;
use crate::sign::MinisignKey;
use crate::stamp::Certificates;
use crate::tree::Hash;
use crate::verdict::Verdict;

/// What the user brings, from where he trusts. Everything may be left out; what cannot be judged without it is told.
#[derive(Debug, Default)]
pub struct Given {
    /// Keys of logs and of partners who watch them.
    pub note_keys: Vec<VerifierKey>,
    /// The name that the log must have.
    pub origin: Option<String>,
    /// An older checkpoint of the same log, signed, as it was kept.
    pub older: Option<Vec<u8>>,
    /// The hashes of a proof that the log goes on from the older checkpoint; not needed where the entries are here.
    pub consistency: Option<Vec<Hash>>,
    /// Keys of minisign. They are Ed25519 keys, and may have signed notes too.
    pub minisign_keys: Vec<MinisignKey>,
    /// Root certificates of time-stamping authorities.
    pub roots: Certificates,
    /// Certificates that their chains may go through.
    pub certificates: Certificates,
    /// The nonce of the request that a time stamp answers.
    pub nonce: Option<Vec<u8>>,
    /// Headers of Bitcoin blocks with their heights.
    pub blocks: Vec<(u64, BlockHeader)>,
    /// What the time is, in seconds since 1970: a stamp of a time that has not come is none.
    pub now: Option<i64>,
    /// Keys and passphrases that open encrypted files.
    pub identities: Vec<Identity>,
    /// The file that a proof is of; else it is the one beside it, whose name is that of the proof without its ending.
    pub subject: Option<PathBuf>,
}

/// What kind of thing a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// A bag (BagIt).
    Bag,
    /// The files of a log.
    Log,
    /// A receipt for an entry of a log.
    TlogProof,
    /// A checkpoint of a log.
    Checkpoint,
    /// Another signed note.
    Note,
    /// A signature in minisign's format.
    Minisign,
    /// A time stamp of an authority.
    TimeStamp,
    /// A time stamp of OpenTimestamps.
    OpenTimestamps,
    /// A file encrypted with age.
    Age,
    /// A case file, which another program than this crate looks into.
    Case,
    /// Nothing that is known here.
    Unknown,
}

impl ProofKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bag => "bag",
            Self::Log => "log",
            Self::TlogProof => "tlog_proof",
            Self::Checkpoint => "checkpoint",
            Self::Note => "signed_note",
            Self::Minisign => "minisign",
            Self::TimeStamp => "time_stamp",
            Self::OpenTimestamps => "open_timestamps",
            Self::Age => "age",
            Self::Case => "case",
            Self::Unknown => "unknown",
        }
    }
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it came to.
    pub verdict: Verdict,
    /// What was checked, a stable name: `digest`, `signature`, `inclusion`, `chain` …
    pub check: &'static str,
    /// The file that it is about.
    pub path: String,
    /// The result in words.
    pub says: String,
}

/// What was found at a path.
#[derive(Clone, Debug)]
pub struct Report {
    /// The path as it was given.
    pub path: String,
    /// What it is.
    pub kind: ProofKind,
    /// What was checked, in order.
    pub statements: Vec<Statement>,
}

impl Report {
    /// The worst of the statements; where nothing was checked, nothing can be judged.
    pub fn verdict(&self) -> Verdict {
        if self.statements.is_empty() {
            Verdict::CannotJudge
        } else {
            self.statements.iter().map(|s| s.verdict).collect()
        }
    }

    /// The report for programs.
    pub fn to_json(&self) -> Value {
        let statements = self
            .statements
            .iter()
            .map(|s| json!({"verdict": s.verdict.name(), "check": s.check, "path": s.path, "says": s.says}));
        json!({
            "path": self.path, "kind": self.kind.name(), "verdict": self.verdict().name(), "statements": statements.collect::<Vec<_>>(),
        })
    }

    fn say(&mut self, verdict: Verdict, check: &'static str, path: &str, says: impl Into<String>) {
        self.statements.push(Statement { verdict, check, path: path.to_owned(), says: says.into() });
    }

    fn holds(&mut self, check: &'static str, path: &str, says: impl Into<String>) {
        self.say(Verdict::Holds, check, path, says);
    }

    /// Says what an error says.
    fn error(&mut self, check: &'static str, path: &str, error: &Error) {
        let verdict = if error.is_io() || error.is_unsupported() { Verdict::CannotJudge } else { Verdict::Fails };
        self.say(verdict, check, path, error.to_string());
    }
}

/// How much of a file is read to see what it is, and the most that a proof is long.
const MAX_PROOF: u64 = 8 << 20;

/// Looks at a path and checks everything that can be checked.
pub fn verify(path: &Path, given: &Given) -> Report {
    let name = path.display().to_string();
    let mut report = Report { path: name.clone(), kind: ProofKind::Unknown, statements: Vec::new() };
    if path.is_dir() {
        if path.join("bagit.txt").exists() || has_manifest(path) {
            report.kind = ProofKind::Bag;
            bags::bag(path, given, &mut report);
        } else if path.join("checkpoint").is_file() {
            report.kind = ProofKind::Log;
            files::log(path, given, &name, &BTreeSet::new(), &mut report);
        } else {
            report.say(Verdict::CannotJudge, "kind", &name, "it is a folder, but neither a bag nor a log");
        }
        return report;
    }
    match read(path) {
        Ok((start, whole)) => {
            report.kind = kind_of(path, &start);
            if whole || report.kind == ProofKind::Age {
                files::proof(path, report.kind, &start, given, &mut report);
            } else {
                report.kind = ProofKind::Unknown;
                report.say(Verdict::CannotJudge, "kind", &name, "it is too long for any proof that is known here");
            }
        }
        Err(error) => report.error("read", &name, &error),
    }
    report
}

fn has_manifest(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("manifest-") && name.ends_with(".txt"))
}

/// The beginning of a file, and whether that is all of it.
fn read(path: &Path) -> Result<(Vec<u8>, bool), Error> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    file.take(MAX_PROOF + 1).read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    let whole = bytes.len() as u64 <= MAX_PROOF;
    Ok((bytes, whole))
}

/// What a file is: by how it begins, else by its name.
pub fn kind_of(path: &Path, start: &[u8]) -> ProofKind {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let has = |words: &str| start.windows(words.len()).any(|window| window == words.as_bytes());
    match () {
        () if start.starts_with(b"c2sp.org/tlog-proof@") => ProofKind::TlogProof,
        () if start.starts_with(b"\x00OpenTimestamps\x00") => ProofKind::OpenTimestamps,
        () if start.starts_with(b"untrusted comment:") && has("\ntrusted comment:") => ProofKind::Minisign,
        () if age::looks_like(start) => ProofKind::Age,
        () if has("\n\n— ") => match start.split(|b| *b == b'\n').nth(1) {
            Some(size) if !size.is_empty() && size.iter().all(u8::is_ascii_digit) => ProofKind::Checkpoint,
            _ => ProofKind::Note,
        },
        // A damaged proof is still one: its name says what it was.
        () => match ending.as_str() {
            "tlog-proof" => ProofKind::TlogProof,
            "ots" => ProofKind::OpenTimestamps,
            "minisig" => ProofKind::Minisign,
            "tsr" | "tst" => ProofKind::TimeStamp,
            "age" => ProofKind::Age,
            "checkpoint" => ProofKind::Checkpoint,
            _ if path.file_name().is_some_and(|name| name == "checkpoint") => ProofKind::Checkpoint,
            _ if start.first() == Some(&0x30) && crate::stamp::Token::parse(start).is_ok() => ProofKind::TimeStamp,
            _ => ProofKind::Unknown,
        },
    }
}
