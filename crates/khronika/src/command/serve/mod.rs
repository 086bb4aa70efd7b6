//! `khronika serve`: the local web workspace.

mod desk;
mod told;

use std::sync::Arc;
use std::time::Duration;

use khronika_serve::{Options, Stop};

use self::desk::CaseDesk;
use crate::args::serve::Serve;
use crate::{Failure, Outcome, interrupt, terminal};

/// Serves until it is interrupted.
pub(crate) fn run(args: &Serve) -> Result<Outcome, Failure> {
    khronika_keep::guard_memory();
    if args.case.exists() && !crate::case_file::is_case_file(&args.case) {
        let what = format!("{} is not a case file", args.case.display());
        return Err(Failure::new(what, "name a file that `khronika init` made, or one that is not there yet"));
    }
    let desk = Arc::new(CaseDesk::new(args)?);
    let stop = Stop::default();
    let stopping = stop.clone();
    interrupt::watch_stopping(move || stopping.now());
    let options = Options {
        port: args.port,
        lock_after: (args.lock_after > 0).then(|| Duration::from_secs(60 * u64::from(args.lock_after))),
        unlock: desk.opens_by_itself(),
    };
    let mut printed = Ok(());
    let ready = |address: &str| {
        printed = terminal::print(&format!("{address}\n"));
        terminal::line("open this link in a browser on this machine: it works once; Ctrl-C ends the workspace");
    };
    let served = khronika_serve::run(desk, &options, &stop, ready);
    served.map_err(|error| {
        Failure::new(format!("cannot serve the workspace: {error}"), "name another --port, or none")
    })?;
    printed?;
    terminal::line("the workspace has ended; the case is closed");
    Ok(Outcome::Done)
}
