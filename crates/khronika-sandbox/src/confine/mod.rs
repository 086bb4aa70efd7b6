//! What a child gives up before it reads a byte of a document. Nothing of it can be taken back.
//!
//! On Linux: limits on memory, time, files and processes; no new rights; Landlock without any access, where the kernel has it; and a
//! filter that lets through those system calls that a parser needs (memory, locks, the clock, the end; reading from the standard
//! input, writing to the standard output and error, and to nothing else) and denies the others, some by ending the process. The filter
//! alone leaves nothing that opens a file, makes a socket or starts a process, so Landlock adds depth and is not depended upon. At last
//! the child tries all three, and says what happened.

use std::fs::File;
use std::net::UdpSocket;
use std::process::Command;

use crate::frame::Confinement;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::{filter, filter_command, landlock, landlock_command, rlimits};

#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
pub(crate) use other::{filter, filter_command, landlock, landlock_command, rlimits};

/// What a process may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Address space, in bytes.
    pub(crate) memory: u64,
    /// Processor time, in seconds.
    pub(crate) seconds: u64,
    /// How long a file may get that it writes, in bytes: of what it says on the standard error.
    pub(crate) file: u64,
}

/// Confines this whole process, if it can be done, and finds out whether it was. What `landlock` is in force was found before.
pub(crate) fn confine(allowance: Allowance, landlocked: Result<(), String>) -> Confinement {
    let mut lacks: Vec<String> = Vec::new();
    let mut took = |done: Result<(), String>| done.map_err(|why| lacks.push(why)).is_ok();
    let landlock = took(landlocked);
    let limits = took(rlimits(None, allowance));
    let seccomp = took(filter());
    Confinement {
        no_files: denied(&File::open("/")),
        no_network: denied(&UdpSocket::bind("127.0.0.1:0")),
        no_processes: denied(&Command::new("/").spawn()),
        limits,
        seccomp,
        landlock,
        lacks: lacks.join("; "),
    }
}

/// What tells a denial from any other failure.
const EPERM: i32 = 1;

/// Whether the system did not permit it.
fn denied<T>(tried: &std::io::Result<T>) -> bool {
    tried.as_ref().is_err_and(|error| error.raw_os_error() == Some(EPERM))
}
