//! `khronika add`: documents into a case file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;

use jiff::Timestamp;
use khronika_core::{Problem, ProblemKind, Source};
use khronika_keep::{Prepared, Receipt, Received, Write};
use khronika_read::{FileEntry, ReadOptions, Reader, walk};
use rayon::prelude::*;
use serde_json::json;

use crate::args::keep::Add;
use crate::case_file::{self, shape};
use crate::command::papers;
use crate::guard::guarded;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::terminal::{self, summary};
use crate::{Failure, Outcome, interrupt};

/// Files up to this length are read whole; longer ones are stored piece by piece, and their text is not read.
const WHOLE: u64 = 64 << 20;
/// How many bytes are stored in one change of the case.
const BATCH: u64 = 32 << 20;
/// How many files are stored in one change of the case.
const FILES: usize = 256;

/// A file, as far as it could be read before it is stored.
struct Document<'a> {
    file: &'a FileEntry,
    receipt: Receipt,
    /// The bytes, packed; `None` for a file that is stored piece by piece.
    prepared: Option<Prepared>,
    read: Option<(Source, Vec<Problem>)>,
    problems: Vec<Problem>,
}

/// What was done.
#[derive(Default)]
struct Done {
    new: usize,
    known: usize,
    problems: Vec<Problem>,
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
    let mut done = Done { problems, ..Done::default() };
    for batch in batches(&files) {
        let documents: Vec<Result<Document<'_>, Box<Problem>>> =
            pool.install(|| batch.par_iter().map(|file| prepare(file, args, parent, &rules)).collect());
        let mut ready = Vec::new();
        for document in documents {
            match document {
                Ok(document) => ready.push(document),
                Err(problem) => done.problems.push(*problem),
            }
        }
        let received = store.write(case_file::now(), |write| keep_all(write, &ready)).map_err(|e| failed(&e))?;
        for (document, received) in ready.into_iter().zip(&received) {
            tell(args, &document, received.as_ref().ok())?;
            match received {
                Ok(received) if received.is_new => done.new += 1,
                Ok(_) => done.known += 1,
                Err(problem) => done.problems.push(problem.clone()),
            }
            done.problems.extend(document.problems);
        }
        (0..batch.len()).for_each(|_| step.one_more());
    }
    drop(step);
    store.close().map_err(|e| failed(&e))?;
    Ok(said(args, &done))
}

/// The files to add, without the case itself.
fn listed(args: &Add) -> (Vec<FileEntry>, Vec<Problem>) {
    let (mut files, problems) = walk(&args.paths);
    let own = fs::canonicalize(&args.case).ok().map(|case| khronika_keep::files(&case));
    files.retain(|file| {
        fs::canonicalize(&file.path).is_ok_and(|path| !own.as_ref().is_some_and(|own| own.contains(&path)))
    });
    (files, problems)
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

fn prepare<'a>(
    file: &'a FileEntry,
    args: &Add,
    parent: Option<[u8; 32]>,
    reader: &Reader,
) -> Result<Document<'a>, Box<Problem>> {
    let fail = |error: &std::io::Error| Box::new(unstored(&file.name, &error.to_string()));
    let about = fs::metadata(&file.path).map_err(|e| fail(&e))?;
    let modified = about.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    let mut receipt = Receipt {
        name: file.name.clone(),
        media_type: "application/octet-stream".to_owned(),
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
    if about.len() > WHOLE {
        let problems = vec![problem(&file.name, ProblemKind::Limit, "it is too long to be read; its bytes are stored")];
        return Ok(Document { file, receipt, prepared: None, read: None, problems });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 1);
    File::open(&file.path).and_then(|f| f.take(WHOLE + 1).read_to_end(&mut bytes)).map_err(|e| fail(&e))?;
    let options = ReadOptions { lang: args.lang, ..ReadOptions::default() };
    let (read, problems) = match guarded(|| reader.read_bytes(&file.name, &bytes, &options)) {
        Ok(Ok((source, problems))) => {
            receipt.media_type.clone_from(&source.media_type);
            (Some((source, problems.clone())), problems)
        }
        Ok(Err(problem)) => (None, vec![*problem]),
        Err(panic) => (None, vec![papers::bug(&file.name, "read", &panic)]),
    };
    let prepared = Prepared::new(&bytes).map_err(|error| Box::new(unstored(&file.name, &error.to_string())))?;
    Ok(Document { file, receipt, prepared: Some(prepared), read, problems })
}

/// Stores the documents of a batch. What cannot be read is a problem; what the case refuses ends the change.
fn keep_all(
    write: &mut Write<'_>,
    documents: &[Document<'_>],
) -> khronika_keep::Result<Vec<Result<Received, Problem>>> {
    documents.iter().map(|document| keep(write, document)).collect()
}

fn keep(write: &mut Write<'_>, document: &Document<'_>) -> khronika_keep::Result<Result<Received, Problem>> {
    let Some(prepared) = &document.prepared else {
        return match File::open(&document.file.path) {
            Ok(file) => write.receive_from(file, &document.receipt).map(Ok),
            Err(error) => Ok(Err(unstored(&document.file.name, &error.to_string()))),
        };
    };
    let received = write.receive(prepared, &document.receipt)?;
    if let Some((source, problems)) = &document.read {
        let shape = shape::of(source, problems);
        write.keep_text(&received.sha256, shape::READER, source.lang.code(), &source.text, &shape)?;
    }
    Ok(Ok(received))
}

fn problem(name: &str, kind: ProblemKind, what: &str) -> Problem {
    let advice = "Nothing to do: it can be taken out with `khronika show --bytes`.".to_owned();
    Problem { source: None, name: name.to_owned(), kind, what: what.to_owned(), span: None, place: None, advice }
}

fn unstored(name: &str, why: &str) -> Problem {
    problem(name, ProblemKind::Unreadable, &format!("it is not in the case: {why}"))
}

/// Tells a program what became of a document.
fn tell(args: &Add, document: &Document<'_>, received: Option<&Received>) -> Result<(), Failure> {
    if !args.json {
        return Ok(());
    }
    let hex = |bytes: &[u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let told = json!({
        "name": document.file.name,
        "sha256": received.map(|r| hex(&r.sha256)),
        "entry": received.map(|r| r.entry),
        "new": received.map(|r| r.is_new),
        "read": document.read.is_some(),
        "problems": document.problems.iter().map(|p| json!({"kind": p.kind.name(), "what": p.what})).collect::<Vec<_>>(),
    });
    terminal::print(&format!("{told}\n"))
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
        terminal::line(&format!("added {} documents to {}{known}", done.new, args.case.display()));
    }
    if lost.is_empty() { Outcome::Done } else { Outcome::DoneInPart }
}
