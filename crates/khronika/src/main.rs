//! The command line of khronika: wiring only. What is read, found, weighed and shown is the business of the other crates.

mod apart;
mod args;
mod case_file;
mod command;
mod failure;
mod guard;
mod interrupt;
mod output;
mod packs;
mod redaction;
mod rules;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use args::Args;
use failure::Failure;

/// How a command that was carried out ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done: exit code 0.
    Done,
    /// Done, but something that was handed in was not read, or not whole: exit code 1.
    DoneInPart,
    /// What was asked cannot be answered from here: exit code 2.
    Open,
    /// Documents were looked at, and not all of them was read: exit code 3.
    ReadInPart,
    /// Documents were looked at, and nothing of them could be read: exit code 4.
    Refused,
}

fn main() -> ExitCode {
    // A child that was started to parse a document does nothing else.
    if let Some(code) = khronika_sandbox::serve(apart::parse) {
        return code;
    }
    let args = Args::parse();
    guard::hush_panics();
    match command::run(&args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::DoneInPart) => ExitCode::from(1),
        Ok(Outcome::Open) => ExitCode::from(2),
        Ok(Outcome::ReadInPart) => ExitCode::from(3),
        Ok(Outcome::Refused) => ExitCode::from(4),
        Err(failure) => {
            terminal::failed(&failure);
            ExitCode::from(2)
        }
    }
}
