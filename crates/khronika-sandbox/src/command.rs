//! Programs of others (for the recognition of letters, for old formats) that are given a document and answer with text.
//!
//! They need files of their own, so they cannot be confined as a parser is. They are started with an empty environment, in the root
//! folder, on bytes in memory, within limits on memory, time, and what they print. On Linux they cannot reach the network, signal other
//! processes, or write, remove or rename any file; where the kernel has Landlock, they can read no files but the system's.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::confine::{Allowance, filter_command, landlock_command, rlimits};
use crate::run::{COMPLAINT, Running};

/// What a command may use at most, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLimits {
    /// Address space, in bytes.
    pub memory: u64,
    /// Processor time, in seconds.
    pub seconds: u64,
    /// Time from its start to its end.
    pub time: Duration,
    /// What it writes to its standard output, in bytes.
    pub output: u64,
    /// Its whole environment: names and values.
    pub environment: Vec<(String, String)>,
    /// Whether it may run where it cannot be kept from the network and from changing files, or limited.
    pub unconfined_if_need_be: bool,
}

impl Default for CommandLimits {
    fn default() -> Self {
        Self {
            memory: 2 << 30,
            seconds: 120,
            time: Duration::from_secs(120),
            output: 64 << 20,
            environment: Vec::new(),
            unconfined_if_need_be: false,
        }
    }
}

/// Why a command gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It is not installed.
    #[error("the program {0} is not installed")]
    Missing(String),
    /// It cannot be kept from the network and from changing files, or limited, on this system.
    #[error("{program} cannot be kept apart here: {why}")]
    Unconfined {
        /// The program.
        program: String,
        /// What is lacking.
        why: String,
    },
    /// It could not be started.
    #[error("{program} could not be started: {error}")]
    Start {
        /// The program.
        program: String,
        /// What the system says.
        error: io::Error,
    },
    /// It hit a limit and was ended.
    #[error("{program} {limit}")]
    Limit {
        /// The program.
        program: String,
        /// Which, in words that go on after the program's name.
        limit: String,
    },
    /// It says that it failed.
    #[error("{program} failed: {said}")]
    Failed {
        /// The program.
        program: String,
        /// The beginning of what it said on its standard error.
        said: String,
    },
}

/// Where programs lie, whatever the user's path says: a folder of papers that is in the path may hold a program of this name.
const FOLDERS: [&str; 4] = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// Where the program of this name is installed. A path with more than one part is taken as it is.
#[must_use]
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        return path.is_file().then(|| path.to_owned());
    }
    FOLDERS.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}

/// Runs a program on these bytes and returns what it writes to its standard output.
///
/// # Errors
/// Where it is not installed, cannot be kept apart, hits a limit or fails.
pub fn command(program: &str, args: &[&str], stdin: &[u8], limits: &CommandLimits) -> Result<Vec<u8>, CommandError> {
    let name = || program.to_owned();
    let path = find_program(program).ok_or_else(|| CommandError::Missing(name()))?;
    let mut command = Command::new(path);
    command.args(args).env_clear().current_dir(crate::root());
    command.envs(limits.environment.iter().map(|(name, value)| (name, value)));
    // A filter is a thread's, and what the thread starts inherits it: so this one starts only that.
    let (running, answer) = thread::scope(|scope| {
        let start = scope.spawn(|| {
            // Not every kernel has it; what counts is that nothing is sent and nothing changed.
            let _ = landlock_command();
            filter_command().or_else(|why| match limits.unconfined_if_need_be {
                true => Ok(()),
                false => Err(CommandError::Unconfined { program: name(), why }),
            })?;
            Running::start(command, &[stdin], limits.time)
                .map_err(|error| CommandError::Start { program: name(), error })
        });
        start.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    let mut running = running;
    let allowance = Allowance { memory: limits.memory, seconds: limits.seconds, file: COMPLAINT };
    if let Err(why) = rlimits(Some(running.id()), allowance)
        && !limits.unconfined_if_need_be
        && !why.contains("No such process")
    {
        return Err(CommandError::Unconfined { program: name(), why });
    }
    let mut output = Vec::new();
    let mut answer = answer;
    let read = (&mut answer).take(limits.output + 1).read_to_end(&mut output);
    let limit = |limit: String| CommandError::Limit { program: name(), limit };
    if output.len() as u64 > limits.output {
        return Err(limit(format!("wrote more than {} bytes", limits.output)));
    }
    if answer.is_late() {
        return Err(limit(format!("took more than {} seconds", limits.time.as_secs_f64())));
    }
    if let Err(error) = read {
        return Err(CommandError::Failed { program: name(), said: error.to_string() });
    }
    let status = running.ended();
    match status {
        Some(status) if status.success() => Ok(output),
        Some(status) if crate::signal(&status) == Some(crate::XCPU) => {
            Err(limit(format!("took more than {} seconds of work", limits.seconds)))
        }
        other => {
            let mut said = running.complaint().trim().to_owned();
            said.truncate(said.floor_char_boundary(2000));
            if said.is_empty() {
                said = other.map_or_else(|| "it did not end".to_owned(), |status| status.to_string());
            }
            Err(CommandError::Failed { program: name(), said })
        }
    }
}
