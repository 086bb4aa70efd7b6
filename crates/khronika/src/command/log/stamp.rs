//! Time stamps by others: a request goes out as a file, the answer comes in as one, so that a machine without a network can use any authority.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::Path;

use khronika_keep::{StampForm, Stamped, Store};
use khronika_seal::Error;
use khronika_seal::digest::{Algorithm, read_digests, to_hex};
use khronika_seal::ots::Ots;
use khronika_seal::stamp::{self, Certificates, Token};
use khronika_seal::verify::{ProofKind, kind_of};
use serde_json::json;

use crate::args::keep::Log;
use crate::case_file;
use crate::terminal::table::tame;
use crate::{Failure, Outcome, terminal};

/// The longest file that is taken for a time stamp.
const LONGEST: u64 = 1 << 20;
/// As many bytes of chance as authorities are used to.
const NONCE: usize = 8;

/// Writes a request.
pub(super) fn request(args: &Log, store: &Store, file: &Path) -> Result<Outcome, Failure> {
    let failed = |error: khronika_keep::Error| case_file::failed(&args.case, &error);
    let (sha256, what) = match &args.of {
        Some(name) => {
            let source = store.find_source(name).map_err(failed)?;
            (source.sha256, source.name)
        }
        None => {
            let checkpoint = store.checkpoint().map_err(failed)?;
            (sha256(checkpoint.as_bytes())?, "the newest checkpoint".to_owned())
        }
    };
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|error| Failure::internal("drawing a number", &error.to_string()))?;
    let request = stamp::request(&sha256, Some(&nonce));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut out = options.open(file).map_err(|error| Failure::io("make", file, &error))?;
    if let Err(error) = out.write_all(&request).and_then(|()| out.sync_all()) {
        drop(out);
        // What is cut short would be refused by the authority.
        let _ = fs::remove_file(file);
        return Err(Failure::io("write", file, &error));
    }
    if args.json {
        terminal::print_json(
            &json!({"request": file, "of": what, "sha256": to_hex(&sha256), "nonce": to_hex(&nonce)}),
        )?;
    } else {
        terminal::line(&tame(&format!(
            "{} asks for a time stamp of {what}; it tells the authority a digest and nothing else.\n\
             Have it answered, and keep the answer: khronika log {} --attach ANSWER.tsr",
            file.display(),
            args.case.display()
        )));
    }
    Ok(Outcome::Done)
}

fn sha256(bytes: &[u8]) -> Result<[u8; 32], Failure> {
    let digests = read_digests(bytes, &[Algorithm::Sha256], |_| Ok(()));
    let digest = digests.ok().and_then(|digests| digests.get(Algorithm::Sha256)?.try_into().ok());
    digest.ok_or_else(|| Failure::internal("hashing a checkpoint", "there is no digest"))
}

/// Keeps time stamps, all of them or none.
pub(super) fn attach(args: &Log, mut store: Store) -> Result<Outcome, Failure> {
    let failed = |error: khronika_keep::Error| case_file::failed(&args.case, &error);
    let stamps = args.attach.iter().map(|path| read(args, &store, path)).collect::<Result<Vec<_>, _>>()?;
    let attach = |write: &mut khronika_keep::Write<'_>| {
        stamps.iter().map(|(of, form, bytes, _)| write.attach(*of, *form, bytes)).collect::<Result<Vec<_>, _>>()
    };
    let entries = store.write(case_file::now(), attach).map_err(failed)?;
    store.close().map_err(failed)?;
    for (number, (of, form, _, says)) in entries.iter().zip(&stamps) {
        let what = match of {
            Stamped::Source(digest) => format!("the document with the SHA-256 {}", to_hex(digest)),
            Stamped::Checkpoint(size) => format!("the checkpoint of {size} entries"),
        };
        if args.json {
            terminal::print_json(&json!({"entry": number, "form": form.ending(), "of": what, "says": says}))?;
        } else {
            terminal::line(&tame(&format!("entry {number} keeps the stamp of {what}: {says}")));
        }
    }
    Ok(Outcome::Done)
}

/// A stamp: what it is of, its form, its bytes, and what it says.
type Read = (Stamped, StampForm, Vec<u8>, String);

fn read(args: &Log, store: &Store, path: &Path) -> Result<Read, Failure> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| Failure::io("read the time stamp", path, &error))?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| Failure::io("read the time stamp", path, &error))?;
    let shown = path.display();
    let wrong = |error: Error| Failure::new(format!("{shown}: {error}"), "ask for the stamp again");
    let none =
        || Failure::new(format!("{shown} is no time stamp"), "name an answer of an authority (.tsr) or a file .ots");
    if bytes.len() as u64 > LONGEST {
        return Err(none());
    }
    let (form, digest, says) = match kind_of(path, &bytes) {
        ProofKind::TimeStamp => {
            let token = Token::parse(&bytes).map_err(wrong)?;
            let signer = match token.check_signature(&Certificates::default()) {
                Ok(signed) => signed.signer,
                // The authority was not asked for its certificate; whoever checks the stamp needs it.
                Err(error) if error.is_unsupported() => "somebody whose certificate did not come with it".to_owned(),
                Err(error) => return Err(wrong(error)),
            };
            let (name, digest) = token.digest();
            let time = token.time();
            let says = format!(
                "{signer} says that it was there {time}; whether to believe that is for `khronika verify --root`"
            );
            (StampForm::Tsr, (name.to_owned(), digest.to_vec()), says)
        }
        ProofKind::OpenTimestamps => {
            let proof = Ots::parse(&bytes).map_err(wrong)?;
            let (name, digest) = proof.digest();
            (StampForm::Ots, (name.to_owned(), digest.to_vec()), format!("{} attestations", proof.attestations().len()))
        }
        _ => return Err(none()),
    };
    let sha256 = (digest.0 == Algorithm::Sha256.name()).then(|| <[u8; 32]>::try_from(digest.1).ok()).flatten();
    let sha256 = sha256.ok_or_else(|| {
        Failure::new(format!("{shown} is a stamp of a digest that is not SHA-256"), "ask for a stamp of a SHA-256")
    })?;
    let of = store.stamped(&sha256).map_err(|error| case_file::failed(&args.case, &error))?;
    let of = of.ok_or_else(|| {
        let hint = "stamp a document of the case, or a checkpoint as `khronika log CASE --checkpoint` prints it";
        Failure::new(format!("{shown} is a stamp of nothing that this case has"), hint)
    })?;
    if form == StampForm::Tsr {
        bytes = as_answer(bytes);
    }
    Ok((of, form, bytes, says))
}

/// A stamp as the answer in which authorities send it, which is what other programs want: some hand over the stamp alone.
fn as_answer(bytes: Vec<u8>) -> Vec<u8> {
    const GRANTED: [u8; 5] = [0x30, 3, 2, 1, 0];
    // Of an answer the first part is a list, of a stamp alone the number of its kind.
    let length_bytes = match bytes.get(1) {
        Some(long @ 0x81..=0x84) => usize::from(long - 0x80),
        _ => 0,
    };
    if bytes.get(2 + length_bytes) != Some(&6) {
        return bytes;
    }
    let length = u32::try_from(GRANTED.len() + bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    let digits: Vec<u8> = length.iter().copied().skip_while(|digit| *digit == 0).collect();
    let mut answer = vec![0x30];
    match digits.as_slice() {
        [one @ ..=0x7f] => answer.push(*one),
        several => {
            answer.push(0x80 | u8::try_from(several.len()).unwrap_or(0));
            answer.extend_from_slice(several);
        }
    }
    answer.extend_from_slice(&GRANTED);
    answer.extend_from_slice(&bytes);
    answer
}
