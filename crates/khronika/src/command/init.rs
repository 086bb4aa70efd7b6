//! `khronika init`: a new case file.

use khronika_keep::{Effort, NewCase, Store, files, guard_memory};

use crate::args::keep::Init;
use crate::case_file::{self, secret};
use crate::terminal::table::tame;
use crate::terminal::{self};
use crate::{Failure, Outcome};

/// Makes a case file.
pub(crate) fn run(args: &Init) -> Result<Outcome, Failure> {
    guard_memory();
    if let Some(taken) = files(&args.case).iter().find(|file| file.symlink_metadata().is_ok()) {
        let what = format!("{} is there already", taken.display());
        return Err(Failure::new(what, "name a file that is not there yet"));
    }
    let opener = secret::new_opener(&args.unlock)?;
    let stem = args.case.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = args.name.clone().or(stem).unwrap_or_default();
    let new = NewCase { name: &name, opener: &opener, label: &args.label, effort: Effort::default() };
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let store = Store::create(&args.case, &new, case_file::now()).map_err(|e| failed(&e))?;
    let id = store.id();
    store.close().map_err(|e| failed(&e))?;
    terminal::line(&tame(&format!(
        "{} holds the case “{name}” ({id}).\nKeep what opens it: without it nobody can read the case, not even you. \
         A second way in is made by `khronika key add`, a copy by `khronika backup`.",
        args.case.display()
    )));
    Ok(Outcome::Done)
}
