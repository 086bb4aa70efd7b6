//! Single proofs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use super::{Given, ProofKind, Report};
use crate::age;
use crate::checkpoint::Checkpoint;
use crate::digest::{Algorithm, read_digests, to_hex};
use crate::error::{Error, Result};
use crate::note::{KeyKind, Note, NoteSignature, Signed, VerifierKey};
use crate::ots::{Attestation, Ots};
use crate::proof::TlogProof;
use crate::sign::{MinisignKey, MinisignSignature};
use crate::stamp::{Time, Token};
use crate::tiles::verify_log;
use crate::tree::{Frontier, Hash, leaf_hash, verify_consistency, verify_inclusion};
use crate::verdict::Verdict;

/// What a proof is of.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// A file.
    File(PathBuf),
    /// Something with this SHA-256 that is not here.
    Digest([u8; 32]),
    /// Not known.
    Unknown,
}

impl From<Option<PathBuf>> for Subject {
    fn from(file: Option<PathBuf>) -> Self {
        file.map_or(Self::Unknown, Self::File)
    }
}

/// Judges a file of a kind that was recognised.
pub(super) fn proof(path: &Path, kind: ProofKind, bytes: &[u8], given: &Given, report: &mut Report) {
    let name = path.display().to_string();
    let subject = given.subject.clone().or_else(|| beside(path));
    one(path, kind, bytes, &subject.into(), given, &name, report);
}

/// The file that a proof is of by its name.
pub(super) fn beside(path: &Path) -> Option<PathBuf> {
    let subject = path.with_extension("");
    (subject != path && subject.is_file()).then_some(subject)
}

pub(super) fn one(
    path: &Path,
    kind: ProofKind,
    bytes: &[u8],
    subject: &Subject,
    given: &Given,
    name: &str,
    report: &mut Report,
) {
    match kind {
        ProofKind::TlogProof => tlog_proof(bytes, subject, given, name, report),
        ProofKind::Checkpoint | ProofKind::Note => note(bytes, kind, given, name, report),
        ProofKind::Minisign => minisign(bytes, subject, given, name, report),
        ProofKind::TimeStamp => time_stamp(bytes, subject, given, name, report),
        ProofKind::OpenTimestamps => ots(bytes, subject, given, name, report),
        ProofKind::Age => encrypted(path, given, name, report),
        ProofKind::Bag | ProofKind::Log | ProofKind::Case | ProofKind::Unknown => {
            report.say(Verdict::CannotJudge, "kind", name, "it is of no kind that is known here");
        }
    }
}

fn open(subject: &Subject) -> Result<File> {
    match subject {
        Subject::File(path) => File::open(path).map_err(|e| Error::io(path, e)),
        Subject::Digest(_) => Err(Error::unsupported("the file that it is of was left out, and it names no SHA-256")),
        Subject::Unknown => Err(Error::unsupported("the file that it is of is not beside it and was not given")),
    }
}

/// Checks that a stamp is of its subject: `digest` is what it was made of, `check` reads a file.
fn stamp_of(
    subject: &Subject,
    digest: (&str, &[u8]),
    check: impl FnOnce(File) -> Result<()>,
    name: &str,
    report: &mut Report,
) {
    let checked = match subject {
        Subject::Digest(of) if digest.0 == Algorithm::Sha256.name() => {
            let says = format!("it is the stamp of what has the SHA-256 {}, which is not here", to_hex(of));
            if digest.1 == of { Ok(says) } else { Err(Error::untrue("it is the time stamp of something else")) }
        }
        subject => open(subject).and_then(check).map(|()| "it is the stamp of the file".to_owned()),
    };
    match checked {
        Ok(says) => report.holds("digest", name, says),
        Err(error) => report.error("digest", name, &error),
    }
}

/// Says that nobody known signed it: where keys were given it is not what their owners signed, where none was nobody can tell.
fn stranger(no_keys: bool, who: &str, name: &str, report: &mut Report) {
    if no_keys {
        report.say(
            Verdict::CannotJudge,
            "signer",
            name,
            format!("it says that it is signed by {who}; no key was given to check that with"),
        );
    } else {
        report.say(
            Verdict::Fails,
            "signer",
            name,
            format!("none of the given keys signed it; it says that it is signed by {who}"),
        );
    }
}

/// The keys that may have signed a note: those that were given for notes, and those of minisign, which are Ed25519 keys without a name.
fn keys_for(note: &Note, given: &Given) -> Vec<VerifierKey> {
    let named = |line: &NoteSignature, key: &MinisignKey| {
        VerifierKey::new(&line.name, KeyKind::Ed25519, key.key().bytes()).ok().filter(|key| key.id() == line.id)
    };
    let minisign =
        note.signatures().iter().flat_map(|line| given.minisign_keys.iter().filter_map(move |key| named(line, key)));
    given.note_keys.iter().cloned().chain(minisign).collect()
}

/// Checks the signatures of a note. None where no known key signed it; what is unknown and what is wrong are told apart.
fn signatures(note: &Note, given: &Given, name: &str, report: &mut Report) -> Option<Vec<Signed>> {
    let keys = keys_for(note, given);
    let known = |line: &NoteSignature| keys.iter().any(|key| key.name() == line.name && key.id() == line.id);
    if !note.signatures().iter().any(known) {
        let names: Vec<_> = note.signatures().iter().map(|line| plain(&line.name)).collect();
        stranger(given.note_keys.is_empty(), &names.join(", "), name, report);
        return None;
    }
    match note.verify(&keys) {
        Ok(signed) => {
            for Signed { key, time } in &signed {
                let at = time.and_then(|time| i64::try_from(time).ok());
                if let Some(time) = at {
                    in_the_past(time, given, name, report);
                }
                let at =
                    at.map(|time| format!(", who says that it was {}", Time::from_seconds(time))).unwrap_or_default();
                report.holds("signature", name, format!("signed by {}{at}", key.name()));
            }
            Some(signed)
        }
        Err(error) => {
            report.error("signature", name, &error);
            None
        }
    }
}

/// Reads a checkpoint and checks all that is known of its log; it is returned even where nobody vouches for it.
fn checkpoint(bytes: &[u8], given: &Given, name: &str, report: &mut Report) -> Option<Checkpoint> {
    let read = Note::parse(bytes).and_then(|note| Ok((Checkpoint::parse(note.text())?, note)));
    let (checkpoint, note) = match read {
        Ok(read) => read,
        Err(error) => {
            report.error("form", name, &error);
            return None;
        }
    };
    let signed = signatures(&note, given, name, report);
    if let Some(origin) = &given.origin {
        let verdict = if *origin == checkpoint.origin { Verdict::Holds } else { Verdict::Fails };
        report.say(verdict, "origin", name, format!("it is of the log {}", plain(&checkpoint.origin)));
    }
    // A partner's signature alone does not make it the log's word.
    let own = signed.as_ref().is_none_or(|signed| signed.iter().any(|s| s.time.is_none()));
    if !own {
        report.say(Verdict::CannotJudge, "signature", name, "only partners signed it, not the log");
    }
    Some(checkpoint)
}

fn note(bytes: &[u8], kind: ProofKind, given: &Given, name: &str, report: &mut Report) {
    if kind == ProofKind::Checkpoint {
        if let Some(now) = checkpoint(bytes, given, name, report) {
            older(&now, None, given, name, report);
        }
        return;
    }
    match Note::parse(bytes) {
        Ok(note) => drop(signatures(&note, given, name, report)),
        Err(error) => report.error("form", name, &error),
    }
}

/// Checks that a checkpoint goes on from the older one that the user kept. `at_older`: the tree of the older one's size, computed from the
/// entries that are here.
fn older(now: &Checkpoint, at_older: Option<&Frontier>, given: &Given, name: &str, report: &mut Report) {
    let Some(bytes) = &given.older else { return };
    let then = match Note::parse(bytes).and_then(|note| Checkpoint::parse(note.text())) {
        Ok(then) => then,
        Err(error) => return report.error("consistency", "the older checkpoint", &error),
    };
    if then.origin != now.origin {
        return report.say(
            Verdict::Fails,
            "consistency",
            name,
            format!("the older checkpoint is of another log, {}", plain(&then.origin)),
        );
    }
    if then.size > now.size {
        return report.say(
            Verdict::Fails,
            "consistency",
            name,
            format!("the log was cut: it had {} entries and has {}", then.size, now.size),
        );
    }
    let says = format!("it goes on from the older checkpoint of {} entries", then.size);
    let checked = match (at_older, &given.consistency) {
        (Some(tree), _) if tree.root() == then.root => Ok(()),
        (Some(_), _) => Err(Error::untrue("the older checkpoint had other entries: the log was rewritten")),
        (None, _) if then.size == now.size && then.root == now.root => Ok(()),
        (None, _) if then.size == now.size => {
            Err(Error::untrue("the older checkpoint had other entries: the log was rewritten"))
        }
        (None, Some(proof)) => verify_consistency(then.size, now.size, &then.root, &now.root, proof),
        (None, None) => {
            Err(Error::unsupported("whether it goes on from the older checkpoint takes a proof, or the entries"))
        }
    };
    match checked {
        Ok(()) => report.holds("consistency", name, says),
        Err(error) => report.error("consistency", name, &error),
    }
}

/// What a log was at some sizes.
#[derive(Debug, Default)]
pub(super) struct Past {
    origin: String,
    roots: BTreeMap<u64, Hash>,
}

/// Judges an older checkpoint of a log whose entries are here: they vouch for it, whoever signed.
pub(super) fn older_checkpoint(bytes: &[u8], past: &Past, given: &Given, name: &str, report: &mut Report) -> bool {
    let Ok(note) = Note::parse(bytes) else { return false };
    let Ok(then) = Checkpoint::parse(note.text()) else { return false };
    if then.origin != past.origin {
        return false;
    }
    let keys = keys_for(&note, given);
    if note.signatures().iter().any(|line| keys.iter().any(|key| key.name() == line.name && key.id() == line.id)) {
        signatures(&note, given, name, report);
    }
    match past.roots.get(&then.size) {
        Some(root) if *root == then.root => {
            report.holds("consistency", name, format!("it is what the log was when it had {} entries", then.size));
        }
        _ => report.say(Verdict::Fails, "consistency", name, "the log, as it is here, never was so"),
    }
    true
}

/// The size that a checkpoint gives.
pub(super) fn size_of(bytes: &[u8]) -> Option<u64> {
    Checkpoint::parse(Note::parse(bytes).ok()?.text()).ok().map(|checkpoint| checkpoint.size)
}

/// Judges the files of a log, and says what it was at the sizes that are asked for; nothing where it is not what it claims to be.
pub(super) fn log(
    folder: &Path,
    given: &Given,
    name: &str,
    sizes: &BTreeSet<u64>,
    report: &mut Report,
) -> Option<Past> {
    let file = format!("{name}/checkpoint");
    let bytes = match super::read(&folder.join("checkpoint")) {
        Ok((bytes, _)) => bytes,
        Err(error) => {
            report.error("read", &file, &error);
            return None;
        }
    };
    let now = checkpoint(&bytes, given, &file, report)?;
    let size = given.older.as_deref().and_then(size_of);
    let mut past = Past { origin: now.origin.clone(), roots: BTreeMap::new() };
    let (mut tree, mut at_older) = (Frontier::default(), None);
    let read = |path: &str| {
        let full = folder.join(path);
        // A full bundle of the longest entries has 16 MiB.
        if std::fs::symlink_metadata(&full)?.len() > 17 << 20 {
            Err(std::io::Error::other("it is too long"))
        } else {
            std::fs::read(full)
        }
    };
    if size == Some(0) {
        at_older = Some(tree.clone());
    }
    let checked = verify_log(now.size, &now.root, read, |_, entry| {
        tree.append(leaf_hash(entry));
        if Some(tree.size()) == size {
            at_older = Some(tree.clone());
        }
        if sizes.contains(&tree.size()) {
            past.roots.insert(tree.size(), tree.root());
        }
    });
    match checked {
        Ok(()) => {
            report.holds("entries", name, format!("its {} entries give the root of the checkpoint", now.size));
            older(&now, at_older.as_ref(), given, name, report);
            Some(past)
        }
        Err(error) => {
            report.error("entries", name, &error);
            None
        }
    }
}

fn tlog_proof(bytes: &[u8], subject: &Subject, given: &Given, name: &str, report: &mut Report) {
    let proof = match TlogProof::parse(bytes) {
        Ok(proof) => proof,
        Err(error) => return report.error("form", name, &error),
    };
    let Some(now) = checkpoint(proof.checkpoint.as_bytes(), given, name, report) else { return };
    older(&now, None, given, name, report);
    // The entry stands in the extra data, which nobody vouches for until it is found in the log.
    let Some(entry) = &proof.extra else {
        let says = "the entry is not in the proof: whether it is in the log cannot be said without it";
        return report.say(Verdict::CannotJudge, "inclusion", name, says);
    };
    if let Err(error) = verify_inclusion(&leaf_hash(entry), proof.index, now.size, &proof.hashes, &now.root) {
        return report.error("inclusion", name, &error);
    }
    report.holds("inclusion", name, format!("entry {} of {} in the log {}", proof.index, now.size, plain(&now.origin)));
    if let Some(words) = words(entry) {
        report.holds("entry", name, words);
    }
    match digests_of(subject) {
        Ok(digests) if digests.iter().any(|digest| names(entry, digest)) => {
            report.holds(
                "digest",
                name,
                match subject {
                    Subject::Digest(of) => {
                        format!("the entry names the SHA-256 {}; what has it is not here", to_hex(of))
                    }
                    _ => "the entry names the digest of the file".to_owned(),
                },
            );
        }
        Ok(_) => report.say(
            Verdict::Fails,
            "digest",
            name,
            "the entry is of another file: it does not name the digest of this one",
        ),
        Err(error) => report.error("digest", name, &error),
    }
}

/// The digests that an entry about this may name.
fn digests_of(subject: &Subject) -> Result<Vec<Vec<u8>>> {
    if let Subject::Digest(digest) = subject {
        return Ok(vec![digest.to_vec()]);
    }
    let digests = read_digests(open(subject)?, &[Algorithm::Sha256, Algorithm::Sha512], |_| Ok(()));
    let digests = digests.map_err(|e| Error::io(Path::new("the file that it is of"), e))?;
    Ok(digests.digests.into_iter().map(|(_, digest)| digest).collect())
}

/// What came from elsewhere, so that it commands no terminal.
fn plain(text: &str) -> String {
    let hidden = |c: &char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if hidden(&c) { '\u{fffd}' } else { c }).collect()
}

/// What an entry says, in one line, where it is text.
fn words(entry: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(entry).ok().filter(|text| !text.trim().is_empty())?;
    let line: Vec<_> = text.lines().filter(|line| !line.is_empty()).map(plain).collect();
    Some(line.join("; ").chars().take(1000).collect())
}

/// Whether an entry names a digest, as bytes or in hexadecimal digits.
fn names(entry: &[u8], digest: &[u8]) -> bool {
    let hex = to_hex(digest);
    entry.windows(digest.len()).any(|window| window == digest)
        || entry.windows(hex.len()).any(|window| window.eq_ignore_ascii_case(hex.as_bytes()))
}

fn minisign(bytes: &[u8], subject: &Subject, given: &Given, name: &str, report: &mut Report) {
    let signature = match MinisignSignature::parse(bytes) {
        Ok(signature) => signature,
        Err(error) => return report.error("form", name, &error),
    };
    let Some(key) = given.minisign_keys.iter().find(|key| key.id() == signature.key_id()) else {
        return stranger(given.minisign_keys.is_empty(), &format!("key {}", signature.key_id()), name, report);
    };
    match open(subject).and_then(|file| signature.verify(key, file)) {
        Ok(()) => {
            report.holds(
                "signature",
                name,
                format!("signed with key {}: {}", key.id(), signature.trusted_comment().escape_debug()),
            );
        }
        Err(error) => report.error("signature", name, &error),
    }
}

/// That a time has come: ten minutes are left for clocks that differ.
fn in_the_past(time: i64, given: &Given, name: &str, report: &mut Report) {
    if given.now.is_some_and(|now| time > now.saturating_add(600)) {
        report.say(
            Verdict::Fails,
            "time",
            name,
            format!("it states a time that has not come yet: {}", Time::from_seconds(time)),
        );
    }
}

fn time_stamp(bytes: &[u8], subject: &Subject, given: &Given, name: &str, report: &mut Report) {
    let token = match Token::parse(bytes) {
        Ok(token) => token,
        Err(error) => return report.error("form", name, &error),
    };
    stamp_of(subject, token.digest(), |file| token.check_file(file), name, report);
    if let Some(nonce) = &given.nonce {
        match token.check_nonce(nonce) {
            Ok(()) => report.holds("nonce", name, "it answers the request"),
            Err(error) => report.error("nonce", name, &error),
        }
    }
    let time = token.time();
    in_the_past(time.seconds, given, name, report);
    if given.roots.is_empty() {
        match token.check_signature(&given.certificates) {
            Ok(stamped) => {
                let says = format!(
                    "{} says that it was {time}; nobody vouches for that signer, since no root certificate was given",
                    plain(&stamped.signer)
                );
                report.say(Verdict::CannotJudge, "chain", name, says);
            }
            Err(error) => report.error("signature", name, &error),
        }
        return;
    }
    match token.verify(&given.roots, &given.certificates) {
        Ok(stamped) => {
            report.holds("signature", name, format!("stamped {time} by {}", plain(&stamped.signer)));
            report.holds("chain", name, format!("{}; revocation was not checked", plain(&stamped.chain.join(" ← "))));
        }
        Err(error) => report.error("signature", name, &error),
    }
}

fn ots(bytes: &[u8], subject: &Subject, given: &Given, name: &str, report: &mut Report) {
    let proof = match Ots::parse(bytes) {
        Ok(proof) => proof,
        Err(error) => return report.error("form", name, &error),
    };
    stamp_of(subject, proof.digest(), |file| proof.check_file(file), name, report);
    let (mut proved, mut open, mut wrong) = (false, Vec::new(), None);
    for (attestation, _) in proof.attestations() {
        match attestation {
            Attestation::Bitcoin(height) => match given.blocks.iter().find(|(of, _)| *of == height) {
                Some((_, header)) => match proof.check_block(height, header) {
                    Ok(time) => {
                        proved = true;
                        let time = Time::from_seconds(i64::try_from(time).unwrap_or(i64::MAX));
                        report.holds(
                            "block",
                            name,
                            format!("it was there before block {height} ({}), which says {time}", header.hash()),
                        );
                    }
                    Err(error) => wrong = Some(error),
                },
                None => open.push(format!("the header of Bitcoin block {height} is needed")),
            },
            Attestation::Pending(uri) => open.push(format!("the calendar {uri} has to be asked for the rest")),
            Attestation::Litecoin(height) => open.push(format!("Litecoin block {height} is not checked here")),
            Attestation::Ethereum(height) => open.push(format!("Ethereum block {height} is not checked here")),
            Attestation::Unknown(..) => open.push("it has an attestation of an unknown kind".to_owned()),
        }
    }
    match wrong {
        Some(error) => report.error("block", name, &error),
        // One block is proof enough; other paths may stay open.
        None if !proved => report.say(Verdict::CannotJudge, "block", name, open.join("; ")),
        None => {}
    }
}

fn encrypted(path: &Path, given: &Given, name: &str, report: &mut Report) {
    let file = || File::open(path).map_err(|e| Error::io(path, e));
    match file().and_then(age::inspect) {
        Ok(kinds) => report.holds("form", name, format!("it is encrypted for {} recipients", kinds.len())),
        Err(error) => return report.error("form", name, &error),
    }
    if given.identities.is_empty() {
        return report.say(Verdict::CannotJudge, "content", name, "whether it is whole cannot be said without a key");
    }
    match file().and_then(|file| age::check(file, &given.identities)) {
        Ok(length) => report.holds("content", name, format!("it is whole: {length} bytes")),
        Err(error) => report.error("content", name, &error),
    }
}
