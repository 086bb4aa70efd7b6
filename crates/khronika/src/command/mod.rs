//! The commands, one file each.

mod build;
mod check;
mod conflicts;
mod dates;
mod deadline;
mod deadlines;
mod explain;
mod find;
mod lines;
mod models;
mod papers;
mod rules;
mod shown;
mod standing;

use crate::args::{Args, Command};
use crate::{Failure, Outcome};

/// Carries out what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Build(build) => build::run(build),
        Command::Check(check) => check::run(check),
        Command::Standing(standing) => standing::run(standing),
        Command::Deadlines(deadlines) => deadlines::run(deadlines),
        Command::Conflicts(conflicts) => conflicts::run(conflicts),
        Command::Dates(dates) => dates::run(dates),
        Command::Deadline(deadline) => deadline::run(deadline),
        Command::Find(find) => find::run(find),
        Command::Explain(explain) => explain::run(explain),
        Command::Rules(rules) => rules::run(rules),
        Command::Models(models) => models::run(models),
    }
}
