//! `khronika init`: a new case file.

use std::path::Path;

use khronika_keep::{Effort, NewCase, Opener, Store, files, guard_memory};

use crate::args::keep::Init;
use crate::case_file::{self, secret};
use crate::terminal::table::tame;
use crate::terminal::{self};
use crate::{Failure, Outcome};

/// Makes a case file.
pub(crate) fn run(args: &Init) -> Result<Outcome, Failure> {
    vacant(&args.case)?;
    let opener = secret::new_opener(&args.unlock)?;
    let store = make(&args.case, args.name.as_deref(), &args.label, &opener)?;
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let (id, name) = (store.id(), store.name().map_err(|e| failed(&e))?);
    store.close().map_err(|e| failed(&e))?;
    terminal::line(&tame(&format!(
        "{} holds the case “{name}” ({id}).\nKeep what opens it: without it nobody can read the case, not even you. \
         A second way in is made by `khronika key add`, a copy by `khronika backup`.",
        args.case.display()
    )));
    Ok(Outcome::Done)
}

/// That no file of a case is there yet.
fn vacant(case: &Path) -> Result<(), Failure> {
    match files(case).iter().find(|file| file.symlink_metadata().is_ok()) {
        Some(taken) => {
            Err(Failure::new(format!("{} is there already", taken.display()), "name a file that is not there yet"))
        }
        None => Ok(()),
    }
}

/// Makes a case file and opens it. It is called as its file is, where no name is given.
pub(crate) fn make(case: &Path, name: Option<&str>, label: &str, opener: &Opener) -> Result<Store, Failure> {
    guard_memory();
    vacant(case)?;
    let stem = case.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let new = NewCase { name: name.unwrap_or(&stem), opener, label, effort: Effort::default() };
    Store::create(case, &new, case_file::now()).map_err(|error| case_file::failed(case, &error))
}
