//! `khronika add`: documents into a case file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use jiff::Timestamp;
use khronika_core::Problem;
use khronika_keep::{Receipt, Received, Store};
use khronika_read::{FileEntry, walk};
use khronika_seal::digest::to_hex;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::args::keep::Add;
use crate::case_file;
use crate::case_file::intake::{self, Document, UNKNOWN, WHOLE, unstored};
use crate::command::papers::{self, Desk};
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::terminal::{self, summary};
use crate::{Failure, Outcome, interrupt};

/// How many bytes are stored in one change of the case.
const BATCH: u64 = 32 << 20;
/// How many files are stored in one change of the case. Each change is a part of the index of its own, to be merged later.
const FILES: usize = 4096;

/// What was done.
#[derive(Default)]
struct Done {
    new: usize,
    known: usize,
    /// Files that are not in the case, of those that were to be.
    missing: usize,
    problems: Vec<Problem>,
}

impl Done {
    /// Something that was named, or lies in a folder that was, is not stored.
    fn left_out(&mut self, args: &Add, problem: Problem) -> Result<(), Failure> {
        let told = json!({
            "name": problem.name, "sha256": null, "entry": null, "new": null, "read": false, "problems": [as_json(&problem)],
        });
        tell(args, &told)?;
        self.missing += usize::from(problem.kind.is_loss());
        self.problems.push(problem);
        Ok(())
    }
}

/// Adds documents.
pub(crate) fn run(args: &Add) -> Result<Outcome, Failure> {
    interrupt::watch_keeping();
    let (files, problems) = listed(args);
    if files.is_empty() {
        return Err(papers::nothing_read(&args.paths, 0, &problems));
    }
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let mut store = case_file::open(&args.case, &args.unlock)?;
    let parent = args.parent.as_deref().map(|name| store.find_source(name)).transpose().map_err(|e| failed(&e))?;
    let parent = parent.map(|row| row.sha256);
    let rules = Rules::reader()?;
    let pool = papers::pool(None)?;
    let progress = Progress::new(args.quiet);
    let step = progress.step("adding", files.len());
    let mut done = Done::default();
    for problem in problems {
        done.left_out(args, problem)?;
    }
    let batches = batches(&files);
    let opener = args.reading.opener()?;
    // The next batch is read while one is stored: at most two are in memory.
    std::thread::scope(|scope| {
        let (ready, stored) = mpsc::sync_channel(0);
        let (pool, desk) = (&pool, Desk { reader: &rules, opener: &opener });
        scope.spawn(move || {
            for batch in batches {
                let mut read = Vec::new();
                let (mut files, mut bytes) = (0, 0);
                // What is inside of a file may be far more than the file: a batch is sent when there is enough.
                let mut runs = batch.chunks(pool.current_num_threads().max(1)).peekable();
                while let Some(run) = runs.next() {
                    let prepared = || run.par_iter().map(|file| prepare(file, args, parent, desk)).collect::<Vec<_>>();
                    let more: Vec<_> = pool.install(prepared).into_iter().flatten().collect();
                    files += run.len();
                    bytes += more.iter().flatten().map(|document| document.bytes).sum::<u64>();
                    read.extend(more);
                    // Nobody waits for it any more where storing failed.
                    if bytes > BATCH || runs.peek().is_none() {
                        bytes = 0;
                        if ready.send((std::mem::take(&mut files), std::mem::take(&mut read))).is_err() {
                            return;
                        }
                    }
                }
            }
        });
        for (files, batch) in stored {
            store_batch(args, &mut store, batch, &mut done)?;
            (0..files).for_each(|_| step.one_more());
        }
        Ok::<(), Failure>(())
    })?;
    drop(step);
    store.close().map_err(|e| failed(&e))?;
    Ok(said(args, &done))
}

/// Stores a batch in one change of the case.
fn store_batch(
    args: &Add,
    store: &mut Store,
    batch: Vec<Result<Document<'_>, Box<Problem>>>,
    done: &mut Done,
) -> Result<(), Failure> {
    let mut ready = Vec::new();
    for document in batch {
        match document {
            Ok(document) => ready.push(document),
            Err(problem) => done.left_out(args, *problem)?,
        }
    }
    let received = store.write(case_file::now(), |write| intake::keep(write, &ready));
    let received = received.map_err(|error| case_file::failed(&args.case, &error))?;
    for (document, received) in ready.into_iter().zip(&received) {
        match received {
            Ok(received) => {
                tell(args, &told(&document, received))?;
                *(if received.is_new { &mut done.new } else { &mut done.known }) += 1;
                done.problems.extend(document.problems);
            }
            Err(problem) => done.left_out(args, problem.clone())?,
        }
    }
    Ok(())
}

/// The files to add, without the case itself.
fn listed(args: &Add) -> (Vec<FileEntry>, Vec<Problem>) {
    let (mut files, problems) = walk(&args.paths);
    let own = fs::canonicalize(&args.case).ok().map(|case| khronika_keep::files(&case));
    files.retain(|file| !own.as_ref().is_some_and(|own| is_one_of(&file.path, own)));
    (files, problems)
}

/// Whether a path leads to one of these files. One that leads nowhere any more does not: why it cannot be stored is said when it is
/// tried.
fn is_one_of(path: &Path, files: &[PathBuf]) -> bool {
    fs::canonicalize(path).is_ok_and(|path| files.contains(&path))
}

/// The files in groups that are stored together.
fn batches(files: &[FileEntry]) -> Vec<&[FileEntry]> {
    let (mut batches, mut rest) = (Vec::new(), files);
    while !rest.is_empty() {
        let mut bytes = 0;
        let fit = rest.iter().take(FILES).take_while(|file| {
            bytes += file.size;
            bytes <= BATCH
        });
        let (batch, after) = rest.split_at(fit.count().max(1));
        batches.push(batch);
        rest = after;
    }
    batches
}

/// A file and what is inside of it, as far as it can be read.
fn prepare<'a>(
    file: &'a FileEntry,
    args: &Add,
    parent: Option<[u8; 32]>,
    desk: Desk<'_>,
) -> Vec<Result<Document<'a>, Box<Problem>>> {
    prepare_file(file, args, parent, desk).unwrap_or_else(|problem| vec![Err(problem)])
}

fn prepare_file<'a>(
    file: &'a FileEntry,
    args: &Add,
    parent: Option<[u8; 32]>,
    desk: Desk<'_>,
) -> Result<Vec<Result<Document<'a>, Box<Problem>>>, Box<Problem>> {
    let fail = |error: &io::Error| Box::new(unstored(&file.name, &error.to_string()));
    let about = fs::metadata(&file.path).map_err(|e| fail(&e))?;
    let modified = about.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    let receipt = Receipt {
        name: file.name.clone(),
        media_type: UNKNOWN.to_owned(),
        modified,
        from: args.from.clone(),
        how: args.how.clone(),
        address: args.address.clone(),
        collected: args.collected.clone(),
        consent: args.consent.clone(),
        restriction: args.restriction.clone(),
        note: args.note.clone(),
        parent,
    };
    if !about.is_file() {
        return Err(unstored(&file.name, "it is not a regular file any more").into());
    }
    let bytes = match about.len() {
        0..=WHOLE => File::open(&file.path).and_then(|file| whole(file, about.len(), WHOLE)).map_err(|e| fail(&e))?,
        _ => None,
    };
    let Some(bytes) = bytes else { return Ok(vec![Ok(Document::unread(&file.path, receipt))]) };
    Ok(intake::read(&bytes, &receipt, args.lang, desk))
}

/// All the bytes of a file that had `length` of them when it was looked at; `None` where there are more than `most`: it may be growing.
fn whole(from: impl Read, length: u64, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0) + 1);
    from.take(most + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// What became of a document that is in the case, for a program.
fn told(document: &Document<'_>, received: &Received) -> Value {
    json!({
        "name": document.name(),
        "sha256": to_hex(&received.sha256),
        "entry": received.entry,
        "new": received.is_new,
        "read": document.is_read(),
        "problems": document.problems.iter().map(as_json).collect::<Vec<_>>(),
    })
}

fn as_json(problem: &Problem) -> Value {
    json!({"kind": problem.kind.name(), "what": problem.what, "advice": problem.advice})
}

fn tell(args: &Add, told: &Value) -> Result<(), Failure> {
    if args.json { terminal::print(&format!("{told}\n")) } else { Ok(()) }
}

fn said(args: &Add, done: &Done) -> Outcome {
    let lost: BTreeMap<&str, &Problem> =
        done.problems.iter().filter(|p| p.kind.is_loss()).map(|p| (p.name.as_str(), p)).collect();
    for problem in lost.values().take(summary::LONGEST) {
        terminal::line(&tame(&format!("{}: {}", problem.name, problem.what)));
    }
    if lost.len() > summary::LONGEST {
        terminal::line(&format!("and {} more", lost.len() - summary::LONGEST));
    }
    if !args.quiet {
        let known = match done.known {
            0 => String::new(),
            n => format!("; the case had {n} already, which have one more receipt"),
        };
        let missing = match done.missing {
            0 => String::new(),
            n => format!("; not in the case: {n}, named above"),
        };
        terminal::line(&format!("added {} documents to {}{known}{missing}", done.new, args.case.display()));
    }
    if lost.is_empty() { Outcome::Done } else { Outcome::DoneInPart }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_is_not_taken_for_the_case() {
        let dir = tempfile::tempdir().unwrap();
        let case = fs::canonicalize(dir.path()).unwrap().join("a.khronika");
        fs::write(&case, "").unwrap();
        let own = khronika_keep::files(&case);
        assert!(is_one_of(&dir.path().join("a.khronika"), &own));
        assert!(!is_one_of(&dir.path().join("gone.txt"), &own));
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_is_not_cut() {
        // It had three bytes when it was looked at.
        assert_eq!(whole(&b"abcdefgh"[..], 3, 8).unwrap().unwrap(), b"abcdefgh");
        assert_eq!(whole(&b"abcdefghi"[..], 3, 8).unwrap(), None, "what is longer is stored piece by piece");
        assert_eq!(whole(&b""[..], 3, 8).unwrap().unwrap(), b"");
    }
}
