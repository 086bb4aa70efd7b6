//! What can be said of the workspace.

use std::path::PathBuf;

use clap::Args as Arguments;

use super::Reading;
use super::keep::Unlock;

/// Read, judge and see a case in the browser, on this machine only
///
/// Opens a local web workspace: what stands, is pending, is due and conflicts; the documents with what was found in them; what you say
/// of it, with undo; search; the journal; handing over. It prints a link that works once; open it in a browser on this machine. The case
/// is unlocked there with its passphrase, or with the key that is named here. Nothing is sent to any other machine. Ctrl-C ends it and
/// closes the case.
#[derive(Debug, Arguments)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct Serve {
    /// The case file. Where there is none, the page offers to make one
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// What you are called in the journal of a case that is made
    #[arg(long, value_name = "WHO", default_value = "owner")]
    pub(crate) label: String,
    /// The port to listen on [default: one that is free]
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// Lock the case when nobody used it for so many minutes; 0 for never
    #[arg(long, value_name = "MIN", default_value_t = 15, value_parser = clap::value_parser!(u16).range(0..=1440))]
    pub(crate) lock_after: u16,
    /// Find by rules alone, without language models
    #[arg(long)]
    pub(crate) no_models: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const SERVE_EXAMPLES: &str = "\
Examples:
  khronika serve doe.khronika
      prints http://127.0.0.1:PORT/?token=…: open it in a browser on this machine
  khronika serve doe.khronika --identity ada.identity --lock-after 5
      opened with an identity file, locked after five quiet minutes
  khronika serve new.khronika --label Ada
      where there is no such case yet: the page makes it

Exit codes:
  0    ended, and the case is closed
  2    not done";
