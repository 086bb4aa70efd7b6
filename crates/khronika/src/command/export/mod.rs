//! `khronika export`: a case for others, whole or not at all.

mod annotations;
mod contents;
mod leftover;
mod pack;
mod paths;
mod readme;
mod sealed;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use khronika_core::Case;
use khronika_keep::Written;
use khronika_seal::age::{Encrypting, Recipients};
use khronika_seal::bag::{BagWriter, safe_name};
use khronika_seal::digest::to_hex;
use khronika_seal::parcel::{FileEntry, Parcel};
use khronika_show::{Language, Program, csv, dossier, json};
use serde_json::{Value, json};

use crate::args::export::Export;
use crate::case_file::build::Kept;
use crate::case_file::failed;
use crate::interrupt::Unfinished;
use crate::terminal::progress::{Progress, Step};
use crate::terminal::table::tame;
use crate::{Failure, Outcome, interrupt, terminal};
use contents::{Contents, gather};
use pack::Packer;

/// What was written, for whoever asked for it.
struct Done {
    files: usize,
    bytes: u64,
    /// The key that signed, and the digest under everything, of a sealed case.
    sealed: Option<sealed::Seal>,
}

/// Exports.
pub(crate) fn run(args: &Export) -> Result<Outcome, Failure> {
    interrupt::watch();
    vacant(&args.out)?;
    // Before any work is done.
    let recipients = (!args.to.is_empty()).then(|| Recipients::Keys(args.to.clone()));
    if let Some(recipients) = &recipients {
        Encrypting::new(recipients, false, io::sink()).map_err(|error| wrong(&args.out, &error))?;
    }
    let progress = Progress::new(args.quiet);
    let mut kept = Kept::open(&args.case, &args.unlock)?;
    leftover::clear(&args.out);
    if !args.only.is_empty() {
        kept.only(&args.only)?;
    }
    if kept.rows().is_empty() {
        return Err(kept.nothing_read(0, 0, &[]));
    }
    let contents = gather(&mut kept, args, progress)?;
    let step = progress.step("writing", contents.documents.len());
    let done = match &recipients {
        None => into_folder(args, &mut kept, &contents, &step)?,
        Some(recipients) => into_file(args, recipients, &mut kept, &contents, &step)?,
    };
    drop(step);
    kept.store().close().map_err(|error| failed(&args.case, &error))?;
    say(args, &contents, &done)?;
    let is_whole = contents.withheld.is_empty()
        && contents.lost.is_empty()
        && !contents.case.problems.iter().any(|problem| problem.kind.is_loss());
    Ok(if is_whole { Outcome::Done } else { Outcome::DoneInPart })
}

fn vacant(out: &Path) -> Result<(), Failure> {
    if out.symlink_metadata().is_ok() {
        let what = format!("{} is there already, and nothing is overwritten", out.display());
        return Err(Failure::new(what, "name a folder or file that is not there yet"));
    }
    if out.file_name().is_none() {
        return Err(Failure::new(format!("{} has no name", out.display()), "name the folder or file to make"));
    }
    match out.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) if !parent.is_dir() => {
            Err(Failure::new(format!("there is no folder {}", parent.display()), "make it, or name another place"))
        }
        _ => Ok(()),
    }
}

fn wrong(path: &Path, error: &khronika_seal::Error) -> Failure {
    Failure::new(
        format!("{}: {error}", path.display()),
        "check what was asked for, the place and the disk, and run again",
    )
}

fn into_folder(args: &Export, kept: &mut Kept, contents: &Contents, step: &Step) -> Result<Done, Failure> {
    let (parcel, unfinished) = Unfinished::making(|| {
        let parcel = Parcel::folder(&args.out).map_err(|error| wrong(&args.out, &error))?;
        let folder = parcel.temporary().map(Path::to_owned);
        Ok::<_, Failure>((parcel, folder.into_iter().collect()))
    })?;
    let (packer, done) = fill(args, parcel, kept, contents, step)?;
    unfinished.finish(|| end(args, packer, done, kept))
}

/// Everything as one encrypted file: nothing is written that could be read without a key.
fn into_file(
    args: &Export,
    recipients: &Recipients,
    kept: &mut Kept,
    contents: &Contents,
    step: &Step,
) -> Result<Done, Failure> {
    let fail = |error: io::Error| Failure::io("write", &args.out, &error);
    let name = args.out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = args.out.with_file_name(leftover::temporary(&name));
    let unfinished = Unfinished::new(vec![temporary.clone()]);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&temporary).map_err(fail)?;
    // Tells others that somebody writes to it; where files cannot be locked they leave it alone.
    let _ = file.try_lock();
    let (file, done) = encrypted(args, recipients, kept, contents, step, BufWriter::new(file))?;
    file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()).map_err(fail)?;
    unfinished.finish(|| {
        vacant(&args.out)?;
        fs::rename(&temporary, &args.out).map_err(fail)
    })?;
    Ok(done)
}

/// Everything as one encrypted stream of an archive.
fn encrypted<W: Write>(
    args: &Export,
    recipients: &Recipients,
    kept: &mut Kept,
    contents: &Contents,
    step: &Step,
    out: W,
) -> Result<(W, Done), Failure> {
    let mut encrypting = Encrypting::new(recipients, false, out).map_err(|error| wrong(&args.out, &error))?;
    let done = archived(args, kept, contents, step, &mut encrypting)?;
    let out = encrypting.finish().map_err(|error| wrong(&args.out, &error))?;
    Ok((out, done))
}

/// Everything as one archive, which has one folder.
fn archived(
    args: &Export,
    kept: &mut Kept,
    contents: &Contents,
    step: &Step,
    out: &mut dyn Write,
) -> Result<Done, Failure> {
    let name = args.out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("case");
    let parcel = Parcel::stream(&safe_name(stem), out).map_err(|error| wrong(&args.out, &error))?;
    let (packer, done) = fill(args, parcel, kept, contents, step)?;
    end(args, packer, done, kept)
}

/// Exports into a stream: an archive (tar), encrypted where recipients are named.
pub(crate) fn stream(args: &Export, kept: &mut Kept, mut out: &mut dyn Write) -> Result<(), Failure> {
    let recipients = (!args.to.is_empty()).then(|| Recipients::Keys(args.to.clone()));
    if let Some(recipients) = &recipients {
        Encrypting::new(recipients, false, io::sink()).map_err(|error| wrong(&args.out, &error))?;
    }
    if kept.rows().is_empty() {
        return Err(kept.nothing_read(0, 0, &[]));
    }
    let progress = Progress::new(true);
    let contents = gather(kept, args, progress)?;
    let step = progress.step("writing", contents.documents.len());
    match &recipients {
        None => archived(args, kept, &contents, &step, out).map(drop)?,
        Some(recipients) => encrypted(args, recipients, kept, &contents, &step, &mut out).map(drop)?,
    }
    out.flush().map_err(|error| Failure::io("write", &args.out, &error))
}

/// Writes everything but the end, and notes in the journal that it leaves the case.
fn fill<'a>(
    args: &'a Export,
    parcel: Parcel<'a>,
    kept: &mut Kept,
    contents: &'a Contents,
    step: &Step,
) -> Result<(Packer<'a>, Done), Failure> {
    let mut packer = if args.sealed {
        let bag = BagWriter::pack(parcel).map_err(|error| wrong(&args.out, &error))?;
        Packer::bag(bag, &args.out, contents.watch.as_ref())
    } else {
        Packer::plain(parcel, &args.out, contents.watch.as_ref())
    };
    let mut written: Vec<(String, FileEntry)> = Vec::new();
    let texts: BTreeMap<_, _> = contents.case.sources.iter().map(|source| (&source.id, source.text.as_str())).collect();
    for document in &contents.documents {
        let text = document.id.as_ref().and_then(|id| texts.get(id).copied());
        let entry = match (document.hidden, text) {
            (Some(_), Some(text)) => packer.document(&document.path, None, text.as_bytes())?,
            (Some(_), None) => return Err(Failure::internal("writing a document", "its text is gone")),
            (None, _) => {
                let reader = kept.as_store().source_reader(document.row.id);
                let entry = packer.document(&document.path, Some(document.row.size), reader)?;
                if entry.sha256 != document.row.sha256 {
                    let damage = format!("{} is not what was received", document.name);
                    let hint = format!("run `khronika verify {}` to see what is hit", args.case.display());
                    return Err(Failure::new(damage, hint));
                }
                entry
            }
        };
        written.push((document.path.clone(), entry));
        if let (Some(path), Some(text)) = (&document.text_path, text) {
            written.push((path.clone(), packer.document(path, None, text.as_bytes())?));
        }
        step.one_more();
    }
    for (name, bytes) in rendered(&contents.case, &contents.program, args.language)? {
        written.push((name.to_owned(), packer.made(name, &bytes)?));
    }
    if contents.is_redacted {
        let list = redactions(args, contents, &written);
        let name = "redactions.json";
        written.push((name.to_owned(), packer.made(name, format!("{list:#}\n").as_bytes())?));
    }
    if args.sealed {
        written.extend(sealed::payload(kept, contents, &written, &mut packer)?);
    }
    let files: Vec<Written> = written
        .iter()
        .filter_map(|(name, entry)| Some(Written::of(name, entry.sha256.as_slice().try_into().ok()?)))
        .collect();
    let how = if args.sealed { "export --sealed" } else { "export" };
    kept.change(|write| write.exported(how, &files))?;
    let done = Done {
        files: written.len(),
        bytes: written.iter().map(|(_, entry)| entry.length).sum(),
        sealed: if args.sealed { Some(sealed::proofs(args, kept, contents, &mut packer)?) } else { None },
    };
    Ok((packer, done))
}

fn end(args: &Export, packer: Packer<'_>, mut done: Done, kept: &mut Kept) -> Result<Done, Failure> {
    match packer.into_parts() {
        (Some(bag), _) => {
            let info = sealed::info(kept, &done)?;
            let info: Vec<(&str, &str)> = info.iter().map(|(label, value)| (*label, value.as_str())).collect();
            let mut problem = None;
            let summary = bag.finish(&info, |tags| {
                Ok(match sealed::sign(kept, tags) {
                    Ok(signature) => vec![(".minisig".to_owned(), signature)],
                    Err(failure) => {
                        problem = Some(failure);
                        // What is no ending ends the writing.
                        vec![(String::new(), Vec::new())]
                    }
                })
            });
            if let Some(failure) = problem {
                return Err(failure);
            }
            let summary = summary.map_err(|error| wrong(&args.out, &error))?;
            if let Some(seal) = &mut done.sealed {
                seal.digest = to_hex(&summary.digest);
            }
        }
        (None, Some(parcel)) => parcel.finish().map_err(|error| wrong(&args.out, &error))?,
        (None, None) => {}
    }
    Ok(done)
}

/// The three files of a case.
fn rendered(case: &Case, program: &Program, language: Language) -> Result<[(&'static str, Vec<u8>); 3], Failure> {
    let (mut data, mut page, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    let written = json::write(case, program, &mut data)
        .and_then(|()| dossier::write(case, language, &mut page))
        .and_then(|()| csv::write(case, &mut rows));
    written.map_err(|error| Failure::internal("writing the case", &error.to_string()))?;
    Ok([("case.json", data), ("dossier.html", page), ("chronology.csv", rows)])
}

/// What is hidden, without saying what.
fn redactions(args: &Export, contents: &Contents, written: &[(String, FileEntry)]) -> Value {
    // Only where the journal is handed over can anybody check them; else they only help to guess.
    let has_log = args.sealed && !args.no_log;
    let written: BTreeMap<&str, &FileEntry> = written.iter().map(|(path, entry)| (path.as_str(), entry)).collect();
    let original = |sha256: &[u8; 32]| if has_log { Value::from(to_hex(sha256)) } else { Value::Null };
    let sources = contents.documents.iter().filter_map(|document| {
        let hidden = document.hidden?;
        let entry = written.get(document.path.as_str()).map(|entry| to_hex(&entry.sha256));
        Some(json!({
            "source": document.id.as_ref().map(|id| id.as_str()),
            "path": document.path,
            "sha256": entry,
            "places": hidden,
            "original_sha256": original(&document.row.sha256),
        }))
    });
    let withheld = contents.withheld.iter().map(|document| {
        json!({
            "name": document.name,
            "media_type": document.row.media_type,
            "why": "it was not read, so that nothing in it could be hidden",
            "original_sha256": original(&document.row.sha256),
        })
    });
    json!({
        "schema": "khronika.redactions/1",
        "same_length": args.same_length,
        "sources": sources.collect::<Vec<_>>(),
        "withheld": withheld.collect::<Vec<_>>(),
    })
}

fn say(args: &Export, contents: &Contents, done: &Done) -> Result<(), Failure> {
    let hidden: usize = contents.documents.iter().filter_map(|document| document.hidden).sum();
    if args.json {
        return terminal::print_json(&json!({
            "out": args.out,
            "sealed": args.sealed,
            "encrypted_for": args.to,
            "documents": contents.documents.len(),
            "files": done.files,
            "bytes": done.bytes,
            "redacted": contents.is_redacted,
            "hidden_places": hidden,
            "withheld": contents.withheld.iter().map(|document| &document.name).collect::<Vec<_>>(),
            "judgments_not_carried_over": contents.lost,
            "key": done.sealed.as_ref().map(|seal| &seal.key),
            "digest": done.sealed.as_ref().map(|seal| format!("sha512:{}", seal.digest)),
            "log_entries": done.sealed.as_ref().and_then(|seal| seal.entries),
        }));
    }
    if args.quiet {
        return Ok(());
    }
    let mut lines = vec![format!(
        "{} documents and what was found in them ({} files, {} bytes) are in {}",
        contents.documents.len(),
        done.files,
        done.bytes,
        args.out.display()
    )];
    if !args.to.is_empty() {
        let who = match args.to.len() {
            1 => "the recipient".to_owned(),
            n => format!("the {n} recipients"),
        };
        lines.push(format!("only {who} can open it: age -d -i IDENTITY FILE | tar x"));
    }
    if contents.is_redacted {
        lines.push(format!("words are hidden in {hidden} places; look at it before you hand it on"));
    }
    for document in &contents.withheld {
        lines.push(format!("withheld, since nothing in it could be hidden: {}", document.name));
    }
    for number in &contents.lost {
        lines.push(format!("the judgment of entry {number} speaks of what is not found with the words hidden"));
    }
    let losses = contents.case.problems.iter().filter(|problem| problem.kind.is_loss());
    lines.extend(losses.take(10).map(|problem| format!("not read, or not whole: {}: {}", problem.name, problem.what)));
    if let Some(seal) = &done.sealed {
        lines.push(format!("\nTell the receiver this key, on another way than the files:\n\n  {}\n", seal.key));
        let out: PathBuf = if args.to.is_empty() { args.out.clone() } else { "FOLDER".into() };
        lines.push(format!("They check it with: khronika verify {} --key {}", out.display(), seal.key));
        lines.push("or, without khronika, as README.txt in it says".to_owned());
    }
    terminal::line(&tame(&lines.join("\n")));
    Ok(())
}
