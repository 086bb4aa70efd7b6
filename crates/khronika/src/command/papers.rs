//! From papers, or from the case that was made of them or holds them, to a weighed case: for the commands that show a part of one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use khronika_case::WeighOptions;
use khronika_core::{Case, Findings, Lang, Problem, ProblemKind, Source};
use khronika_find::Finder;
use khronika_find::engine::{Engine, Models};
use khronika_read::{Document, FileEntry, Opener, ReadOptions, Reader, Reading, unique, walk};
use khronika_show::json::{self, Kept};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::args::Papers;
use crate::case_file::build::Kept as CaseFile;
use crate::case_file::{cache, is_case_file};
use crate::guard::guarded;
use crate::output;
use crate::packs::Packs;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::terminal::{self, summary};
use crate::{Failure, Outcome};

/// A thread's stack in bytes: documents may nest deeper than the two mebibytes that threads get by default are good for.
const STACK: usize = 16 << 20;

/// The threads that do the work.
pub(crate) fn pool(jobs: Option<u16>) -> Result<ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .stack_size(STACK)
        .build()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}"), "ask for fewer with --jobs"))
}

/// Reads papers and cases, finds what they say and weighs it. Of a case the documents that it holds are taken, so that it can be told
/// as of any day.
pub(crate) fn weighed(paths: &[PathBuf], args: &Papers) -> Result<Case, Failure> {
    let (case_files, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| is_case_file(path));
    let mut case_files =
        case_files.into_iter().map(|path| CaseFile::open(path, &args.unlock)).collect::<Result<Vec<_>, _>>()?;
    let rules = Box::leak(Box::new(Rules::load()?));
    let pool = pool(None)?;
    let progress = Progress::new(false);
    let (cases, papers): (Vec<_>, Vec<_>) =
        paths.into_iter().map(|path| (path, case_at(path))).partition(|p| p.1.is_some());
    let papers: Vec<PathBuf> = papers.into_iter().map(|(path, _)| path.clone()).collect();
    let (mut sources, mut problems, mut as_of) = (Vec::new(), Vec::new(), args.as_of);
    let mut judgments = Vec::new();
    for file in cases.into_iter().filter_map(|(_, file)| file) {
        let kept = kept(&file)?;
        if kept.rules != rules.case.versions() {
            let file = file.display();
            terminal::line(&format!("{file} was made with other rules: it is told anew with those of this program"));
        }
        sources.extend(kept.sources.into_iter().map(Arc::new));
        problems.extend(kept.problems);
        judgments.extend(kept.judgments);
        // A day that was asked for when the case was made is the day of the case.
        as_of = as_of.or(kept.as_of);
    }
    if !case_files.is_empty() || !papers.is_empty() {
        let opener = args.reading.opener()?;
        let desk = Desk { reader: &rules.reader, opener: &opener };
        for file in &mut case_files {
            judgments.extend(file.judgments(&mut problems)?);
            let held = file.sources(desk, &mut problems)?;
            if held.is_empty() {
                return Err(file.nothing_read(file.documents(), 0, &problems));
            }
            sources.extend(held);
        }
        let (mut files, more) = walk(&papers);
        problems.extend(more);
        files.retain(|file| !written_by_us(&file.path));
        let read = pool.install(|| read(&files, args.lang, desk, progress, &mut problems));
        if read.is_empty() && !papers.is_empty() {
            return Err(nothing_read(&papers, files.len(), &problems));
        }
        sources.extend(read.into_iter().map(Arc::new));
    }
    let packs = Packs::new(args.no_models);
    let findings = pool.install(|| cache::find(&mut case_files, &sources, &rules.finder, &packs, progress));
    problems.extend(packs.problems());
    let options = WeighOptions { as_of, judgments };
    let mut case = weigh(&pool, sources, findings, &options, rules)?;
    case.problems.append(&mut problems);
    for problem in case.problems.iter().filter(|p| p.kind.is_loss()).take(summary::LONGEST) {
        let said = format!("not read, or not whole: {}: {}", problem.name, problem.what);
        terminal::line(&tame(&said));
    }
    Ok(case)
}

/// Weighs what was found.
pub(crate) fn weigh(
    pool: &ThreadPool,
    sources: Vec<Arc<Source>>,
    findings: Vec<Arc<Findings>>,
    options: &WeighOptions,
    rules: &Rules,
) -> Result<Case, Failure> {
    pool.install(|| guarded(|| khronika_case::weigh(sources, findings, options, &rules.case)))
        .map_err(|panic| Failure::internal("weighing the findings", &panic))
}

/// How a command ends that shows a part of this case.
pub(crate) fn outcome(case: &Case) -> Outcome {
    if case.problems.iter().any(|problem| problem.kind.is_loss()) { Outcome::DoneInPart } else { Outcome::Done }
}

/// The `case.json` that a path names: a folder that was built, or the file itself.
fn case_at(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return output::holds_a_case(path).then(|| path.join("case.json"));
    }
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")).then(|| path.to_owned())
}

fn kept(file: &Path) -> Result<Kept, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
    json::read(&bytes).map_err(|wrong| {
        Failure::new(
            format!("cannot read {}: {wrong}", file.display()),
            "name a case.json or a folder that `khronika build` wrote, or the documents themselves",
        )
    })
}

/// True for the three files of an earlier case.
pub(crate) fn written_by_us(path: &Path) -> bool {
    let ours = path.file_name().is_some_and(|n| n == "case.json" || n == "dossier.html" || n == "chronology.csv");
    ours && path.parent().is_some_and(output::holds_a_case)
}

/// Says what is wrong with the first few.
pub(crate) fn tell_some(problems: &[Problem]) {
    for problem in problems.iter().take(summary::LONGEST) {
        terminal::line(&tame(&format!("{}: {}", problem.name, problem.what)));
    }
}

/// Nothing could be read: says why of the first few.
pub(crate) fn nothing_read(paths: &[PathBuf], files: usize, problems: &[Problem]) -> Failure {
    tell_some(problems);
    let [first, ..] = paths else { return Failure::new("nothing to read", "name a file or a folder") };
    let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
    let what = match files {
        0 => format!("there is no document in {}{more}", first.display()),
        1 => format!("the only file in {}{more} could not be read", first.display()),
        n => format!("none of the {n} files in {}{more} could be read", first.display()),
    };
    Failure::new(what, "name a folder that holds documents, and see with `khronika read` what becomes of one")
}

/// What documents are read with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    /// Makes sources of what it sees.
    pub(crate) reader: &'a Reader,
    /// Looks into documents.
    pub(crate) opener: &'a dyn Opener,
}

/// A document as a source, or as what is wrong with it.
fn readings(document: Document<'_>) -> Vec<Reading> {
    match (document.source, document.problems) {
        (Some(source), problems) => vec![Ok((source, problems))],
        (None, problems) => problems.into_iter().map(|problem| Err(Box::new(problem))).collect(),
    }
}

/// Reads every file. A file that the program fails on is a problem like any other.
pub(crate) fn read(
    files: &[FileEntry],
    lang: Option<Lang>,
    desk: Desk<'_>,
    progress: Progress,
    problems: &mut Vec<Problem>,
) -> Vec<Source> {
    let options = ReadOptions { lang, ..ReadOptions::default() };
    let step = progress.step("reading", files.len());
    // A thread waits for the process in which its document is parsed, so that there are no more of them than threads.
    let readings: Vec<Vec<Reading>> = files
        .par_iter()
        .map(|file| {
            let mut all = Vec::new();
            let mut visit = |document: Document<'_>| all.extend(readings(document));
            let done = guarded(|| desk.reader.open_file(file, &options, desk.opener, &mut visit));
            all.extend(done.err().map(|panic| Err(Box::new(bug(&file.name, "read", &panic)))));
            step.one_more();
            all
        })
        .collect();
    let (sources, more) = unique(readings.into_iter().flatten().collect());
    problems.extend(more);
    sources
}

/// Finds what every source says. A source that the program fails on keeps its text and has no findings.
pub(crate) fn find(sources: &[Arc<Source>], finder: &Finder, packs: &Packs, progress: Progress) -> Vec<Arc<Findings>> {
    let step = progress.step("finding", sources.len());
    sources
        .par_iter()
        .map(|source| {
            let found = find_one(source, finder, packs);
            step.one_more();
            Arc::new(found.findings)
        })
        .collect()
}

/// What was found in one source.
pub(crate) struct FoundOnce {
    pub(crate) findings: Findings,
    /// The languages whose models were asked.
    pub(crate) asked: BTreeSet<Lang>,
    /// Whether the program failed on it.
    pub(crate) has_failed: bool,
}

/// Finds what one source says.
pub(crate) fn find_one(source: &Source, finder: &Finder, packs: &Packs) -> FoundOnce {
    let noting = Noting { packs, asked: Mutex::default() };
    let found = guarded(|| finder.find_with(source, &noting));
    let asked = noting.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
    match found {
        Ok(findings) => FoundOnce { findings, asked, has_failed: false },
        Err(panic) => {
            let mut findings = Findings::empty(source.id.clone());
            let problem = bug(&source.name, "search", &panic);
            findings.problems.push(Problem { source: Some(source.id.clone()), ..problem });
            FoundOnce { findings, asked, has_failed: true }
        }
    }
}

/// Models that note which of them are asked for one source.
struct Noting<'a> {
    packs: &'a Packs,
    asked: Mutex<BTreeSet<Lang>>,
}

impl Models for Noting<'_> {
    fn name(&self, lang: Lang) -> Option<&str> {
        self.packs.name(lang)
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        self.packs.engine(lang)
    }

    fn is_asked(&self, lang: Lang) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(lang);
    }
}

/// The program failed on this document.
pub(crate) fn bug(name: &str, doing: &str, panic: &str) -> Problem {
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
