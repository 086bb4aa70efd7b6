//! `khronika build`: documents in, a case out.

use std::fs;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;

use khronika_case::WeighOptions;
use khronika_core::{Case, Problem, ProblemKind, Source};
use khronika_read::{FileEntry, walk};
use khronika_show::{Program, csv, dossier, json};

use crate::args::Build;
use crate::case_file::build::Kept;
use crate::case_file::{cache, is_case_file};
use crate::command::papers::{self, Desk};
use crate::guard::guarded;
use crate::output::{self, Output};
use crate::packs::Packs;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::{self, summary};
use crate::{Failure, Outcome, interrupt};

/// Builds a case.
pub(crate) fn run(args: &Build) -> Result<Outcome, Failure> {
    interrupt::watch();
    let output = args.out.as_deref().map(|folder| Output::check(folder, args.force)).transpose()?;
    let (cases, paths): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(|path| is_case_file(path));
    let (files, mut problems) = listed(args, &paths, output.as_ref())?;
    if files.is_empty() && cases.is_empty() {
        return Err(papers::nothing_read(&args.paths, 0, &problems));
    }
    let mut cases = cases.iter().map(|path| Kept::open(path, &args.unlock)).collect::<Result<Vec<_>, _>>()?;
    // Freeing them at the end, piece by piece, would cost more time than a short letter takes.
    let rules = Box::leak(Box::new(Rules::load()?));
    let packs = Box::leak(Box::new(Packs::new(args.no_models)));
    let opener = args.reading.opener()?;
    let desk = Desk { reader: &rules.reader, opener: &opener };
    let pool = papers::pool(args.jobs)?;
    let progress = Progress::new(args.quiet);
    // The numbers of entries are those of one journal: of several cases each one's judgments are applied in its own order.
    let judgments = cases.iter().map(|case| case.judgments(&mut problems)).collect::<Result<Vec<_>, _>>()?.concat();
    let read = pool.install(|| papers::read(&files, args.lang, desk, progress, &mut problems));
    let mut sources: Vec<Arc<Source>> = read.into_iter().map(Arc::new).collect();
    for case in &mut cases {
        sources.extend(case.sources(desk, &mut problems)?);
    }
    if sources.is_empty() {
        return Err(match cases.as_slice() {
            [] => papers::nothing_read(&args.paths, files.len(), &problems),
            [case, more @ ..] => {
                let documents = files.len() + cases.iter().map(Kept::documents).sum::<usize>();
                case.nothing_read(documents, more.len() + paths.len(), &problems)
            }
        });
    }
    let findings = pool.install(|| cache::find(&mut cases, &sources, &rules.finder, packs, progress));
    problems.extend(packs.problems());
    let options = WeighOptions { as_of: args.as_of, judgments };
    let case = papers::weigh(&pool, sources, findings, &options, rules)?;
    // The program ends with it: a large case takes long to free piece by piece.
    let mut case = ManuallyDrop::new(case);
    case.problems.append(&mut problems);
    case.problems.sort_by(|a, b| (&a.name, a.span, a.kind, &a.what).cmp(&(&b.name, b.span, b.kind, &b.what)));
    pool.install(|| guarded(|| write(&case, &packs.program(), args, output.as_ref())))
        .map_err(|panic| Failure::internal("writing the case", &panic))??;
    for kept in cases {
        kept.remember(&case, args.out.as_deref())?;
    }
    if !args.quiet {
        summary::print(&case, args.out.as_deref());
    }
    let in_part = case.problems.iter().any(|problem| problem.kind.is_loss());
    Ok(if in_part { Outcome::DoneInPart } else { Outcome::Done })
}

/// The files to read, and what is wrong with some of what was named. What this program wrote itself is no document.
fn listed(args: &Build, paths: &[PathBuf], output: Option<&Output>) -> Result<(Vec<FileEntry>, Vec<Problem>), Failure> {
    let own = output.and_then(Output::real);
    if let Some(own) = &own {
        for path in paths {
            if fs::canonicalize(path).is_ok_and(|path| path.starts_with(own)) {
                return Err(Failure::new(
                    format!("{} lies inside the folder that is written to", path.display()),
                    "name a folder outside the documents' with --out",
                ));
            }
        }
    }
    let (mut files, mut problems) = walk(paths);
    let before = files.len();
    files.retain(|file| {
        let inside = |own: &PathBuf| fs::canonicalize(&file.path).is_ok_and(|path| path.starts_with(own));
        let unfinished = file.path.iter().any(|part| output::is_temporary(&part.to_string_lossy()));
        !(unfinished || own.as_ref().is_some_and(inside))
    });
    if before > files.len() && !args.quiet {
        terminal::line(&format!("not read: {} files that khronika wrote into the output folder", before - files.len()));
    }
    files.retain(|file| match papers::written_by_us(&file.path) {
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

fn write(case: &Case, program: &Program, args: &Build, output: Option<&Output>) -> Result<(), Failure> {
    if let Some(output) = output {
        let json = |mut out: &mut dyn Write| json::write(case, program, &mut out);
        let page = |mut out: &mut dyn Write| dossier::write(case, args.language, &mut out);
        let rows = |mut out: &mut dyn Write| csv::write(case, &mut out);
        output.write(&[("dossier.html", &page), ("chronology.csv", &rows), ("case.json", &json)])?;
    }
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match json::write(case, program, &mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
