//! `khronika verify`: whether a case file, a bag or a proof is what it says.

use std::fs;
use std::path::Path;

use khronika_keep::Opener;
use khronika_seal::age::Identity;
use khronika_seal::note::VerifierKey;
use khronika_seal::ots::BlockHeader;
use khronika_seal::sign::MinisignKey;
use khronika_seal::stamp::Certificates;
use khronika_seal::verify::{Given, ProofKind, Report, Statement, verify};
use khronika_seal::{Error, Verdict};

use crate::args::keep::Verify;
use crate::case_file::{self, secret};
use crate::output;
use crate::terminal::table::tame;
use crate::terminal::{Ink, Pen};
use crate::{Failure, Outcome, terminal};

/// Verifies.
pub(crate) fn run(args: &Verify) -> Result<Outcome, Failure> {
    let kept: Vec<Vec<u8>> = args
        .checkpoint
        .iter()
        .map(|path| fs::read(path).map_err(|error| Failure::io("read the checkpoint", path, &error)))
        .collect::<Result<_, _>>()?;
    if !args.path.exists() {
        let what = format!("there is no {}", args.path.display());
        return Err(Failure::new(what, "name a case file, a bag or a proof"));
    }
    let report = if case_file::is_case_file(&args.path) { case(args, &kept)? } else { proof(args, kept)? };
    show(args, &report)?;
    Ok(match report.verdict() {
        Verdict::Holds => Outcome::Done,
        Verdict::Fails => Outcome::DoneInPart,
        Verdict::CannotJudge => Outcome::Open,
    })
}

/// Everything that a case file says of itself.
fn case(args: &Verify, kept: &[Vec<u8>]) -> Result<Report, Failure> {
    let statement = |verdict, check, says| Statement { verdict, check, path: String::new(), says };
    let mut report = Report { path: args.path.display().to_string(), kind: ProofKind::Case, statements: Vec::new() };
    let mut store = match case_file::open_or_damage(&args.path, &args.unlock)? {
        Ok(store) => store,
        // Known to be damaged before anything could be read: that is an answer.
        Err(damage) => {
            report.statements.push(statement(Verdict::Fails, "file", damage));
            return Ok(report);
        }
    };
    let verified = store
        .verify(kept, &mut |what| terminal::step(&format!("checking: {what}")))
        .map_err(|error| case_file::failed(&args.path, &error))?;
    let checks = verified.checks.into_iter().map(|check| statement(check.verdict, check.what, check.found));
    report.statements.extend(checks);
    Ok(report)
}

/// Everything that is not a case file.
fn proof(args: &Verify, mut kept: Vec<Vec<u8>>) -> Result<Report, Failure> {
    if kept.len() > 1 {
        let hint = "name the newest checkpoint that you kept: it stands for the older ones";
        return Err(Failure::new("more than one checkpoint can be handed in for a case file only", hint));
    }
    let mut given = Given {
        origin: args.log.clone(),
        older: kept.pop(),
        now: Some(case_file::now().as_second()),
        subject: args.of.clone(),
        ..Given::default()
    };
    for key in &args.key {
        keys(key, &mut given)?;
    }
    for (paths, certificates) in [(&args.root, &mut given.roots), (&args.certificate, &mut given.certificates)] {
        for path in paths {
            add_certificates(path, certificates)?;
        }
    }
    given.blocks = args.block.iter().map(|block| header(block)).collect::<Result<_, _>>()?;
    given.identities = identities(args)?;
    terminal::step("checking");
    Ok(verify(&args.path, &given))
}

fn wrong(what: &str, error: &Error) -> Failure {
    Failure::new(format!("{what}: {error}"), "see `khronika verify --help` for what can be handed in")
}

/// A key in its own words, or a file of keys.
fn keys(text: &str, given: &mut Given) -> Result<(), Failure> {
    let path = Path::new(text);
    if !path.is_file() {
        return key(text, given).map_err(|error| wrong(&format!("{text} is neither a key nor a file of keys"), &error));
    }
    let content = fs::read_to_string(path).map_err(|error| Failure::io("read the keys", path, &error))?;
    let lines = content.lines().map(str::trim);
    for line in lines.filter(|l| !(l.is_empty() || l.starts_with('#') || l.starts_with("untrusted comment:"))) {
        key(line, given).map_err(|error| wrong(&format!("a line of {text}"), &error))?;
    }
    Ok(())
}

fn key(text: &str, given: &mut Given) -> Result<(), Error> {
    // The names of notes' keys have no plus sign in them, and base64 may; but a key of minisign has no two before its end.
    match VerifierKey::parse(text) {
        Ok(key) => given.note_keys.push(key),
        Err(_) => given.minisign_keys.push(MinisignKey::parse(text)?),
    }
    Ok(())
}

fn add_certificates(path: &Path, certificates: &mut Certificates) -> Result<(), Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::io("read the certificates", path, &error))?;
    certificates.add(&bytes).map_err(|error| wrong(&path.display().to_string(), &error))
}

fn header(text: &str) -> Result<(u64, BlockHeader), Failure> {
    let parsed = text.split_once(':').and_then(|(height, header)| Some((height.parse().ok()?, header)));
    let (height, header) = parsed.ok_or_else(|| {
        Failure::new(format!("{text} is no height and header"), "write the height, a colon and 160 hexadecimal digits")
    })?;
    let header = BlockHeader::parse(header.as_bytes()).map_err(|error| wrong("the header of the block", &error))?;
    Ok((height, header))
}

/// What opens a file that is encrypted, where that was named: nobody is asked for it.
fn identities(args: &Verify) -> Result<Vec<Identity>, Failure> {
    if let Some(path) = &args.unlock.identity {
        let text = fs::read_to_string(path).map_err(|error| Failure::io("read the identity", path, &error))?;
        let text = zeroize::Zeroizing::new(text);
        return Identity::parse_file(&text).map_err(|error| wrong(&path.display().to_string(), &error));
    }
    Ok(match secret::given(&args.unlock)? {
        Some(Opener::Passphrase(passphrase)) => vec![Identity::passphrase(passphrase)],
        _ => Vec::new(),
    })
}

fn show(args: &Verify, report: &Report) -> Result<(), Failure> {
    if args.json {
        return terminal::print_json(&report.to_json());
    }
    let pen = Pen::stdout();
    let mut shown = String::new();
    // What holds of one proof is told in one line.
    let of_one_proof = |a: &Statement, b: &Statement| {
        a.path == b.path && a.path != report.path && [a, b].iter().all(|s| s.verdict == Verdict::Holds)
    };
    for group in report.statements.chunk_by(|a, b| !a.path.is_empty() && of_one_proof(a, b)) {
        let Some(Statement { verdict, check, path, says }) = group.first() else { continue };
        let answer = match verdict {
            Verdict::Holds => "holds".to_owned(),
            Verdict::Fails => pen.ink(Ink::Red, "FAILS"),
            Verdict::CannotJudge => pen.ink(Ink::Yellow, "  ?  "),
        };
        let line = if group.len() > 1 {
            let checks: Vec<&str> = group.iter().map(|statement| statement.check).collect();
            format!("proof        {path}: {}", checks.join(", "))
        } else if path.is_empty() || *path == report.path {
            format!("{check:<11}  {says}")
        } else {
            format!("{check:<11}  {path}: {says}")
        };
        shown.push_str(&format!("{answer}  {}\n", tame(&line)));
    }
    let count = |verdict| report.statements.iter().filter(|statement| statement.verdict == verdict).count();
    shown.push_str(&match report.verdict() {
        Verdict::Holds => "\nEverything that was checked holds.\n".to_owned(),
        Verdict::Fails => format!("\nIt does not hold: see the lines that say FAILS ({}).\n", count(Verdict::Fails)),
        Verdict::CannotJudge => format!(
            "\nNothing is known to be wrong, but not everything could be judged ({}).\n",
            count(Verdict::CannotJudge)
        ),
    });
    terminal::print(&shown)?;
    if report.kind == ProofKind::Case && args.checkpoint.is_empty() && report.verdict() == Verdict::Holds {
        let words = "no checkpoint was handed in: that the whole file is an older copy of itself could not be seen";
        terminal::line(words);
    }
    if report.kind == ProofKind::Unknown && output::holds_a_case(&args.path) {
        terminal::line(
            "it is a case that was built: nothing in it proves anything; `khronika check` says whether it is whole",
        );
    }
    if report.kind == ProofKind::Bag && args.key.is_empty() {
        terminal::line(
            "no key was handed in: whoever altered the bag could have packed it anew; ask its sender for the key",
        );
    }
    Ok(())
}
