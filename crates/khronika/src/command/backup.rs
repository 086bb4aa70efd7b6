//! `khronika backup`: a copy of a case file.

use crate::args::keep::Backup;
use crate::{Failure, Outcome, case_file, terminal};

/// Copies a case.
pub(crate) fn run(args: &Backup) -> Result<Outcome, Failure> {
    let mut store = case_file::open(&args.case, &args.unlock)?;
    let made = store.backup(&args.to, case_file::now());
    made.map_err(|error| case_file::failed(&args.to, &error))?;
    store.close().map_err(|error| case_file::failed(&args.case, &error))?;
    terminal::line(&format!("{} is a copy of {}", args.to.display(), args.case.display()));
    Ok(Outcome::Done)
}
