//! The commands, one file each.

mod add;
mod backup;
mod build;
mod check;
mod conflicts;
mod dates;
mod deadline;
mod deadlines;
mod explain;
pub(crate) mod export;
mod find;
pub(crate) mod init;
mod judge;
mod key;
mod lines;
mod list;
mod log;
mod models;
pub(crate) mod papers;
mod passphrase;
mod read;
mod redact;
mod rules;
pub(crate) mod search;
mod serve;
mod show;
mod shown;
mod standing;
mod verify;

use crate::args::{Args, Command};
use crate::{Failure, Outcome};

/// Carries out what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Build(build) => build::run(build),
        Command::Read(read) => read::run(read),
        Command::Check(check) => check::run(check),
        Command::Init(init) => init::run(init),
        Command::Add(add) => add::run(add),
        Command::List(list) => list::run(list),
        Command::Show(show) => show::run(show),
        Command::Search(search) => search::run(search),
        Command::Judge(judge) => judge::run(judge),
        Command::Serve(serve) => serve::run(serve),
        Command::Log(log) => log::run(log),
        Command::Verify(verify) => verify::run(verify),
        Command::Export(export) => export::run(export),
        Command::Redact(redact) => redact::run(redact),
        Command::Key(key) => key::run(key),
        Command::Backup(backup) => backup::run(backup),
        Command::Passphrase(passphrase) => passphrase::run(passphrase),
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
