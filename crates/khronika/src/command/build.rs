//! `khronika build`: documents in, a case out.

use std::fs;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use khronika_case::{WeighOptions, weigh};
use khronika_core::{Case, Findings, Problem, ProblemKind, Source};
use khronika_find::Finder;
use khronika_read::{FileEntry, ReadOptions, Reader, unique, walk};
use khronika_show::{Program, csv, dossier, json};
use rayon::prelude::*;

use crate::args::Build;
use crate::guard::guarded;
use crate::output::{self, Output};
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::{self, summary};
use crate::{Failure, Outcome, interrupt};

/// A thread's stack in bytes: documents may nest deeper than the two mebibytes that threads get by default are good for.
const STACK: usize = 16 << 20;

/// Builds a case.
pub(crate) fn run(args: &Build) -> Result<Outcome, Failure> {
    interrupt::watch();
    let output = args.out.as_deref().map(|folder| Output::check(folder, args.force)).transpose()?;
    let (files, mut problems) = listed(args, output.as_ref())?;
    if files.is_empty() {
        return Err(nothing_read(&args.paths, 0, &problems));
    }
    // Freeing them at the end, piece by piece, would cost more time than a short letter takes.
    let rules = Box::leak(Box::new(Rules::load()?));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .stack_size(STACK)
        .build()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}"), "ask for fewer with --jobs"))?;
    let progress = Progress::new(args.quiet);
    let sources = pool.install(|| read(&files, args, &rules.reader, progress, &mut problems));
    if sources.is_empty() {
        return Err(nothing_read(&args.paths, files.len(), &problems));
    }
    let findings = pool.install(|| find(&sources, &rules.finder, progress));
    let options = WeighOptions { as_of: args.as_of };
    let case = pool
        .install(|| guarded(|| weigh(sources, findings, &options, &rules.case)))
        .map_err(|panic| Failure::internal("weighing the findings", &panic))?;
    // The program ends with it: a large case takes long to free piece by piece.
    let mut case = ManuallyDrop::new(case);
    case.problems.append(&mut problems);
    case.problems.sort_by(|a, b| (&a.name, a.span, a.kind, &a.what).cmp(&(&b.name, b.span, b.kind, &b.what)));
    pool.install(|| guarded(|| write(&case, args, output.as_ref())))
        .map_err(|panic| Failure::internal("writing the case", &panic))??;
    if !args.quiet {
        summary::print(&case, args.out.as_deref());
    }
    let in_part = case.problems.iter().any(|problem| problem.kind.is_loss());
    Ok(if in_part { Outcome::DoneInPart } else { Outcome::Done })
}

/// The files to read, and what is wrong with some of what was named. What this program wrote itself is no document.
fn listed(args: &Build, output: Option<&Output>) -> Result<(Vec<FileEntry>, Vec<Problem>), Failure> {
    let own = output.and_then(Output::real);
    if let Some(own) = &own {
        for path in &args.paths {
            if fs::canonicalize(path).is_ok_and(|path| path.starts_with(own)) {
                return Err(Failure::new(
                    format!("{} lies inside the folder that is written to", path.display()),
                    "name a folder outside the documents' with --out",
                ));
            }
        }
    }
    let (mut files, mut problems) = walk(&args.paths);
    let before = files.len();
    files.retain(|file| {
        let inside = |own: &PathBuf| fs::canonicalize(&file.path).is_ok_and(|path| path.starts_with(own));
        let unfinished = file.path.iter().any(|part| output::is_temporary(&part.to_string_lossy()));
        !(unfinished || own.as_ref().is_some_and(inside))
    });
    if before > files.len() && !args.quiet {
        terminal::line(&format!("not read: {} files that khronika wrote into the output folder", before - files.len()));
    }
    files.retain(|file| match written_by_us(&file.path) {
        true => {
            problems.push(Problem {
                source: None,
                name: file.name.clone(),
                kind: ProblemKind::Duplicate,
                what: "khronika wrote it from other documents; it was not read as one.".to_owned(),
                span: None,
                place: None,
                advice: "Nothing to do: hand in the documents themselves.".to_owned(),
            });
            false
        }
        false => true,
    });
    Ok((files, problems))
}

/// True for the three files of an earlier case.
fn written_by_us(path: &Path) -> bool {
    let ours = path.file_name().is_some_and(|n| n == "case.json" || n == "dossier.html" || n == "chronology.csv");
    ours && path.parent().is_some_and(output::holds_a_case)
}

/// Nothing could be read: says why of the first few.
fn nothing_read(paths: &[PathBuf], files: usize, problems: &[Problem]) -> Failure {
    for problem in problems.iter().take(summary::LONGEST) {
        terminal::line(&format!("{}: {}", problem.name, problem.what));
    }
    let [first, ..] = paths else { return Failure::new("nothing to read", "name a file or a folder") };
    let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
    let what = match files {
        0 => format!("there is no document in {}{more}", first.display()),
        1 => format!("the only file in {}{more} could not be read", first.display()),
        n => format!("none of the {n} files in {}{more} could be read", first.display()),
    };
    Failure::new(what, "name a folder that holds text, Markdown or HTML files")
}

/// Reads every file. A file that the program fails on is a problem like any other.
fn read(
    files: &[FileEntry],
    args: &Build,
    reader: &Reader,
    progress: Progress,
    problems: &mut Vec<Problem>,
) -> Vec<Source> {
    let options = ReadOptions { lang: args.lang, ..ReadOptions::default() };
    let step = progress.step("reading", files.len());
    let readings = files
        .par_iter()
        .map(|file| {
            let reading = guarded(|| reader.read_file(file, &options))
                .unwrap_or_else(|panic| Err(Box::new(bug(&file.name, "read", &panic))));
            step.one_more();
            reading
        })
        .collect();
    let (sources, more) = unique(readings);
    problems.extend(more);
    sources
}

/// Finds what every source says. A source that the program fails on keeps its text and has no findings.
fn find(sources: &[Source], finder: &Finder, progress: Progress) -> Vec<Findings> {
    let step = progress.step("finding", sources.len());
    sources
        .par_iter()
        .map(|source| {
            let found = guarded(|| finder.find(source)).unwrap_or_else(|panic| {
                let mut found = Findings::empty(source.id.clone());
                let problem = bug(&source.name, "search", &panic);
                found.problems.push(Problem { source: Some(source.id.clone()), ..problem });
                found
            });
            step.one_more();
            found
        })
        .collect()
}

/// The program failed on this document.
fn bug(name: &str, doing: &str, panic: &str) -> Problem {
    Problem {
        source: None,
        name: name.to_owned(),
        kind: ProblemKind::Internal,
        what: format!("khronika failed to {doing} it: {panic}."),
        span: None,
        place: None,
        advice: "This is a bug. Please report it with the smallest text that shows it, names changed.".to_owned(),
    }
}

fn write(case: &Case, args: &Build, output: Option<&Output>) -> Result<(), Failure> {
    let program = Program::default();
    if let Some(output) = output {
        let json = |mut out: &mut dyn Write| json::write(case, &program, &mut out);
        let page = |mut out: &mut dyn Write| dossier::write(case, &mut out);
        let rows = |mut out: &mut dyn Write| csv::write(case, &mut out);
        output.write(&[("dossier.html", &page), ("chronology.csv", &rows), ("case.json", &json)])?;
    }
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match json::write(case, &program, &mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
