//! Bags, with the proofs that lie in them.

use std::path::Path;

use super::files::{Subject, beside, log, older_checkpoint, one, size_of};
use super::{Given, ProofKind, Report, Statement, kind_of, read};
use crate::bag::{BagReport, PROOFS as ENDINGS, Severity, Strictness, check_as};
use crate::digest::from_hex;
use crate::sign::MinisignSignature;
use crate::verdict::Verdict;

/// What our bags say of the program that wrote them.
const OUR_AGENT: &str = "khronika";
/// The signature that our bags have.
const SIGNATURE: &str = "tagmanifest-sha512.txt.minisig";
/// Proofs of payload files lie here, under the path that the file has in `data/`.
const PROOFS: &str = "proofs/";
/// And here those of files that are not in the bag, under the SHA-256 of each.
const ORIGINALS: &str = "originals/";

/// Judges a bag and every proof in it.
pub(super) fn bag(folder: &Path, given: &Given, report: &mut Report) {
    // What wrote it says more of how it has to look.
    let is_ours =
        |found: &BagReport| found.info("Bag-Software-Agent").is_some_and(|agent| agent.starts_with(OUR_AGENT));
    let how = |found: &BagReport| if is_ours(found) { Strictness::Ours } else { Strictness::Standard };
    let found = match check_as(folder, how) {
        Ok(found) => found,
        Err(error) => return report.error("bag", "", &error),
    };
    tell(&found, report);
    // What is in the payload was received as it is, proofs of others included: whether those hold says nothing of the bag.
    let outside: Vec<&String> = found.paths.iter().filter(|path| !path.starts_with("data/")).collect();
    let is_log = |path: &str| {
        let log = path.strip_suffix("/checkpoint")?;
        // The paths are in order.
        let tiles = format!("{log}/tile/");
        let next = outside.get(outside.partition_point(|path| **path < tiles));
        next.is_some_and(|path| path.starts_with(&tiles)).then(|| log.to_owned())
    };
    let checkpoints = outside.iter().filter(|path| path.ends_with("checkpoint") && is_log(path).is_none());
    let sizes = checkpoints.filter_map(|path| size_of(&read(&folder.join(path)).ok()?.0)).collect();
    let mut pasts = Vec::new();
    for name in outside.iter().filter_map(|path| is_log(path)) {
        pasts.extend(log(&folder.join(&name), given, &name, &sizes, report));
    }
    for path in outside.iter().copied().filter(|path| is_log(path).is_none()) {
        let full = folder.join(path);
        let name = path.to_ascii_lowercase();
        if !ENDINGS.iter().any(|ending| name.ends_with(ending)) && !name.ends_with("checkpoint") {
            continue;
        }
        let bytes = match read(&full) {
            Ok((bytes, _)) => bytes,
            Err(error) => {
                report.error("read", path, &error);
                continue;
            }
        };
        let kind = kind_of(&full, &bytes);
        if kind == ProofKind::Checkpoint && pasts.iter().any(|past| older_checkpoint(&bytes, past, given, path, report))
        {
            continue;
        }
        if kind != ProofKind::Unknown {
            one(&full, kind, &bytes, &subject(folder, path), given, path, report);
        }
        // Others may have signed beside it, with comments of their own.
        if is_ours(&found)
            && path == SIGNATURE
            && !MinisignSignature::parse(&bytes).is_ok_and(|signature| signature.is_ours(&bytes))
        {
            report.say(
                Verdict::Fails,
                "form",
                path,
                "it is not written as the program that sealed the bag writes it: it was altered",
            );
        }
    }
    several_signers(report);
    let sealed = |s: &Statement| s.path.starts_with("tagmanifest-") && matches!(s.check, "signature" | "signer");
    if !given.minisign_keys.is_empty() && !report.statements.iter().any(sealed) {
        let says = "none of the given keys signed the bag: no signature of its tag manifest is there";
        report.say(Verdict::Fails, "signer", SIGNATURE, says);
    }
}

/// Where one of the given keys signed, signatures of others beside it only cannot be judged.
fn several_signers(report: &mut Report) {
    let is_signature = |statement: &Statement| statement.path.ends_with(".minisig");
    if report.statements.iter().any(|s| is_signature(s) && s.check == "signature" && s.verdict == Verdict::Holds) {
        for statement in report.statements.iter_mut().filter(|s| is_signature(s) && s.check == "signer") {
            statement.verdict = Verdict::CannotJudge;
        }
    }
}

/// What a proof in a bag is of: the file beside it, the payload file of its name, or an original that was left out.
fn subject(folder: &Path, path: &str) -> Subject {
    let of = path.strip_prefix(PROOFS).and_then(|rest| rest.rsplit_once('.')).map(|(name, _)| name);
    if let Some(digest) = of.and_then(|name| name.strip_prefix(ORIGINALS)) {
        let digest = from_hex(digest).and_then(|digest| digest.try_into().ok());
        return digest.map_or(Subject::Unknown, Subject::Digest);
    }
    let payload = of.map(|name| folder.join("data").join(name));
    let file = beside(&folder.join(path))
        .or_else(|| payload.filter(|file| file.symlink_metadata().is_ok_and(|data| data.is_file())));
    file.into()
}

fn tell(found: &BagReport, report: &mut Report) {
    for problem in &found.problems {
        let verdict = match problem.severity {
            Severity::Warning => Verdict::Holds,
            Severity::Unjudged => Verdict::CannotJudge,
            Severity::Wrong => Verdict::Fails,
        };
        report.say(verdict, problem.kind.name(), problem.path.as_deref().unwrap_or(""), problem.what.clone());
    }
    if found.more_problems > 0 {
        report.say(found.verdict(), "bag", "", format!("and {} more", found.more_problems));
    }
    if found.verdict() == Verdict::Holds {
        let digests = found.algorithms.join(", ");
        report.holds("bag", "", format!("all {} files are here and are what was packed ({digests})", found.files));
    }
}
