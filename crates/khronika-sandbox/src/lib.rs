//! Parses documents in a process apart that may do nothing but read its document and write what it saw.
//!
//! Some of the papers in a case were sent by the other side. Everything but plain text is therefore parsed by a child: the same program,
//! started anew for each document with an empty environment, with the bytes as its standard input, and confined before it reads the
//! first of them ([`Confinement`]). It answers in frames on its standard output, of which nothing is believed ([`frame`]). However it ends,
//! the parent gets a [`Rendition`] or a [`Refusal`] that says why there is none, in bounded time and memory.
//!
//! A program that is to be such a child calls [`serve`] first of all.
//!
//! What it does not do: there is no namespace of its own (a system call without a safe interface makes one), since without sockets,
//! files and processes there is nothing left to be kept apart from; and descriptors that whoever started this program left open are
//! inherited, but the filter permits no use of them.

mod child;
mod command;
mod confine;
pub mod frame;
mod input;
mod run;

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;
use std::time::Duration;

use khronika_read::rendition::{Limits, Refusal, Rendition};
use khronika_read::{Kind, Opener};

use child::Task;
use confine::Allowance;
use frame::{Broken, Told};
use run::{Answer, Running};

pub use child::{Parse, serve};
pub use command::{CommandError, CommandLimits, command, find_program};
pub use frame::Confinement;
pub use run::end_all;

/// What a child may use at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Address space, in bytes.
    pub memory: u64,
    /// Processor time, in seconds.
    pub seconds: u64,
    /// Time from its start to its end; longer only where it is at work and the machine is busy with other things.
    pub time: Duration,
}

impl Default for Budget {
    fn default() -> Self {
        Self { memory: 1 << 30, seconds: 25, time: Duration::from_secs(30) }
    }
}

/// Opens documents in children.
#[derive(Debug)]
pub struct Sandbox {
    program: PathBuf,
    must_hold: bool,
    budget: Budget,
    latest: OnceLock<Confinement>,
}

impl Sandbox {
    /// One whose children are this very program, which must call [`serve`]. A document is refused where they cannot be confined.
    #[must_use]
    pub fn new() -> Self {
        Self::of(&itself())
    }

    /// One whose children are another program, which must call [`serve`].
    #[must_use]
    pub fn of(program: &Path) -> Self {
        Self { program: program.to_owned(), must_hold: true, budget: Budget::default(), latest: OnceLock::new() }
    }

    /// Goes on where the children cannot be confined. They are processes apart all the same: a crash costs one document.
    #[must_use]
    pub fn unconfined_if_need_be(mut self, yes: bool) -> Self {
        self.must_hold = !yes;
        self
    }

    /// What a child may use at most.
    #[must_use]
    pub fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// How the first child was confined; `None` before there was one.
    #[must_use]
    pub fn confinement(&self) -> Option<&Confinement> {
        self.latest.get()
    }

    /// Opens a document that may be locked: the password goes to the child before the bytes, by the same way.
    ///
    /// # Errors
    /// Why it could not be read at all; [`Refusal::Locked`] where this password does not open it.
    pub fn open_with(&self, kind: Kind, bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
        let Budget { memory, seconds, time } = self.budget;
        let allowance = Allowance { memory, seconds, file: run::COMPLAINT };
        let task = Task { parent: std::process::id(), must_hold: self.must_hold, kind, limits, allowance };
        let mut command = Command::new(&self.program);
        command.args(task.arguments()).env_clear().current_dir(root());
        let started = Running::start(command, &[&input::head(password), bytes], time);
        let (mut running, answer) =
            started.map_err(|error| Refusal::Failed(format!("its parser could not be started: {error}")))?;
        let mut answer = BufReader::new(answer);
        match frame::decode(&mut answer, frame::bounds(limits), self.must_hold) {
            Ok(Told { confinement, seen }) => {
                self.latest.get_or_init(|| confinement);
                seen
            }
            Err(broken) => {
                if let Broken::Unconfined(confinement) = &broken {
                    self.latest.get_or_init(|| confinement.clone());
                }
                Err(self.why(broken, &mut running, answer.get_ref()))
            }
        }
    }

    /// Why there is no answer, in words.
    fn why(&self, broken: Broken, running: &mut Running, answer: &Answer) -> Refusal {
        let Budget { memory, seconds, time } = self.budget;
        match broken {
            Broken::Unconfined(confinement) => Refusal::Unconfined(confinement.lacks),
            Broken::Garbage(what) => {
                running.end();
                Refusal::Failed(format!("its parser gave an answer that makes no sense ({what})"))
            }
            Broken::Pipe(_) if answer.is_late() => {
                running.end();
                Refusal::Limit(format!("reading it took more than {} seconds", time.as_secs_f64()))
            }
            Broken::Pipe(error) => Refusal::Failed(format!("what its parser said could not be read: {error}")),
            Broken::Cut => {
                let status = running.ended();
                let said = running.complaint();
                let memory = || Refusal::Limit(format!("reading it took more than {} MiB of memory", memory >> 20));
                match status.as_ref().and_then(signal) {
                    _ if said.contains("memory allocation of") => memory(),
                    _ if said.contains("overflowed its stack") => {
                        Refusal::Limit("it is nested deeper than its parser can follow".to_owned())
                    }
                    Some(XCPU) => Refusal::Limit(format!("reading it took more than {seconds} seconds of work")),
                    // Not ours: the system ended it because it ran out of memory.
                    Some(KILL) => Refusal::Limit("the system ended its parser, for want of memory it seems".to_owned()),
                    Some(SYS) => Refusal::Failed(
                        "its parser was ended when it tried what no parser does: the document may be an attack"
                            .to_owned(),
                    ),
                    Some(number) => Refusal::Failed(format!("its parser crashed (signal {number})")),
                    None => Refusal::Failed("its parser ended before it was done".to_owned()),
                }
            }
        }
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Opener for Sandbox {
    fn open(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        self.open_with(kind, bytes, limits, "")
    }
}

/// Linux's numbers of signals, the same on all processors that there is a filter for.
const KILL: i32 = 9;
const XCPU: i32 = 24;
const SYS: i32 = 31;

#[cfg(unix)]
fn signal(status: &ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt as _;
    status.signal()
}

#[cfg(not(unix))]
fn signal(_status: &ExitStatus) -> Option<i32> {
    None
}

/// This very program, even where another was put in its place since it started.
fn itself() -> PathBuf {
    if cfg!(target_os = "linux") {
        return PathBuf::from("/proc/self/exe");
    }
    std::env::current_exe().unwrap_or_default()
}

/// A folder that is there everywhere and says nothing of the user.
fn root() -> &'static Path {
    Path::new(if cfg!(windows) { "C:\\" } else { "/" })
}
