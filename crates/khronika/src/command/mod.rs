//! The commands, one file each.

mod build;
mod check;
mod dates;
mod deadline;
mod explain;
mod find;
mod lines;

use crate::args::{Args, Command};
use crate::{Failure, Outcome};

/// Carries out what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Build(build) => build::run(build),
        Command::Check(check) => check::run(check),
        Command::Dates(dates) => dates::run(dates),
        Command::Deadline(deadline) => deadline::run(deadline),
        Command::Find(find) => find::run(find),
        Command::Explain(explain) => explain::run(explain),
    }
}
