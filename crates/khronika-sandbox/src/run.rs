//! A process that is given bytes, answers with bytes, and ends in time, whatever it does.

use std::collections::BTreeSet;
use std::io::{self, Read, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How much is read of a pipe at a time, in bytes.
const PIECE: usize = 64 << 10;

/// How long a process may go on after it has said everything.
const GRACE: Duration = Duration::from_secs(2);

/// The processes that are at work; `None` when no more may be started.
static AT_WORK: Mutex<Option<BTreeSet<u32>>> = Mutex::new(Some(BTreeSet::new()));

fn at_work() -> MutexGuard<'static, Option<BTreeSet<u32>>> {
    AT_WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends all processes that this one started here; none is started any more. For a program that is interrupted.
pub fn end_all() {
    let ended = at_work().take();
    for id in ended.into_iter().flatten() {
        kill(id);
    }
}

#[cfg(unix)]
fn kill(id: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // One that has ended by itself is as well.
        let _ = kill_process(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill(_id: u32) {}

/// A process at work. Dropped, it is ended and reaped.
pub(crate) struct Running {
    child: Child,
    reaped: Option<ExitStatus>,
    said: Said,
}

impl Running {
    /// Starts a process on these pieces of bytes, one behind the other. It must say everything within `time`.
    pub(crate) fn start(mut command: Command, input: &[&[u8]], time: Duration) -> io::Result<(Self, Answer)> {
        let deadline = Instant::now() + time;
        let (stdin, feed) = given(input)?;
        let (stderr, said) = Said::new()?;
        command.stdin(stdin).stdout(Stdio::piped()).stderr(stderr);
        let child = {
            // Under the lock: an interruption either finds it in the list or keeps it from being started.
            let mut list = at_work();
            let list = list.as_mut().ok_or_else(|| io::Error::other("the program is ending"))?;
            let child = command.spawn()?;
            list.insert(child.id());
            child
        };
        let mut running = Self { child, reaped: None, said };
        if let (Some(bytes), Some(stdin)) = (feed, running.child.stdin.take()) {
            feed_to(stdin, bytes);
        }
        let stdout = running.child.stdout.take().ok_or_else(|| io::Error::other("no pipe to it"))?;
        let waiting = Waiting { id: running.child.id(), deadline, time, more: MORE, used: Duration::ZERO };
        Ok((running, Answer { pieces: listen(stdout), piece: Vec::new(), at: 0, waiting, ended: false, late: false }))
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it now.
    pub(crate) fn end(&mut self) -> Option<ExitStatus> {
        let _ = self.child.kill();
        self.reap()
    }

    fn reap(&mut self) -> Option<ExitStatus> {
        if self.reaped.is_none() {
            // Not in the list any more before its number can be another's.
            if let Some(list) = at_work().as_mut() {
                list.remove(&self.child.id());
            }
            self.reaped = self.child.wait().ok();
        }
        self.reaped
    }

    /// How it ended, which it must do soon: it has nothing more to say.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        let until = Instant::now() + GRACE;
        while Instant::now() < until {
            // Without reaping it, so that its number stays its own while it is in the list.
            if has_ended(&self.child) {
                return self.reap();
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.end()
    }

    /// The beginning of what it said on its standard error.
    pub(crate) fn complaint(&mut self) -> String {
        self.said.read()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(target_os = "linux")]
fn has_ended(child: &Child) -> bool {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return true };
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(pid), look), Ok(None))
}

#[cfg(not(target_os = "linux"))]
fn has_ended(_child: &Child) -> bool {
    false
}

/// What a process writes to its standard output, until the time is up.
pub(crate) struct Answer {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    at: usize,
    waiting: Waiting,
    ended: bool,
    late: bool,
}

/// How often a process that is at work gets its time anew. A parser never waits for anything, and its processor time is limited: where
/// its time is up before that, the machine is busy with other things, and what a document says must not depend on them.
const MORE: u32 = 3;

/// How long a process is waited for.
struct Waiting {
    id: u32,
    deadline: Instant,
    time: Duration,
    more: u32,
    /// The processor time that it had used when it was looked at last.
    used: Duration,
}

impl Waiting {
    /// The time that is left; `None` when it is up.
    fn left(&mut self) -> Option<Duration> {
        let now = Instant::now();
        if now >= self.deadline {
            let used = used(self.id);
            // A twentieth of the time: it works, as far as it is let.
            let works = used.saturating_sub(self.used) * 20 >= self.time;
            self.more = self.more.checked_sub(1).filter(|_| works)?;
            self.used = used;
            self.deadline = now + self.time;
        }
        Some(self.deadline.saturating_duration_since(now))
    }
}

/// The processor time that a process has used.
#[cfg(target_os = "linux")]
fn used(id: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // After the name, which may hold anything, in the hundredths of a second that Linux counts for programs.
    let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
    let ticks = after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

#[cfg(not(target_os = "linux"))]
fn used(_id: u32) -> Duration {
    Duration::ZERO
}

impl Answer {
    /// Whether the time was up before the end.
    pub(crate) fn is_late(&self) -> bool {
        self.late
    }
}

impl Read for Answer {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            if self.ended {
                return Ok(0);
            }
            let Some(left) = self.waiting.left() else {
                self.late = true;
                return Err(io::ErrorKind::TimedOut.into());
            };
            match self.pieces.recv_timeout(left) {
                Ok(piece) => {
                    self.piece = piece?;
                    self.at = 0;
                }
                Err(RecvTimeoutError::Disconnected) => self.ended = true,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        // Also for one that says something all the time.
        if self.waiting.left().is_none() {
            self.late = true;
            return Err(io::ErrorKind::TimedOut.into());
        }
        let rest = self.piece.get(self.at..).unwrap_or_default();
        let length = rest.len().min(into.len());
        if let (Some(into), Some(rest)) = (into.get_mut(..length), rest.get(..length)) {
            into.copy_from_slice(rest);
        }
        self.at += length;
        Ok(length)
    }
}

/// Reads on a thread of its own, since a read cannot be given a time limit everywhere. At most two pieces wait to be taken.
fn listen(mut pipe: impl Read + Send + 'static) -> Receiver<io::Result<Vec<u8>>> {
    let (send, pieces) = sync_channel(2);
    thread::spawn(move || {
        loop {
            let mut piece = vec![0; PIECE];
            let sent = match pipe.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => {
                    piece.truncate(length);
                    send.send(Ok(piece))
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    let _ = send.send(Err(error));
                    break;
                }
            };
            // Nobody listens any more.
            if sent.is_err() {
                break;
            }
        }
    });
    pieces
}

fn feed_to(mut stdin: ChildStdin, bytes: Vec<u8>) {
    // A process that ends without having read everything is no error here.
    thread::spawn(move || stdin.write_all(&bytes));
}

/// The bytes as something that a process can read from: sealed memory, where there is such a thing, else a pipe that they are fed to.
#[cfg(target_os = "linux")]
fn given(pieces: &[&[u8]]) -> io::Result<(Stdio, Option<Vec<u8>>)> {
    use rustix::fs::{SealFlags, fcntl_add_seals};
    use std::io::Seek as _;
    let mut file = memory(c"document")?;
    for bytes in pieces {
        file.write_all(bytes)?;
    }
    file.rewind()?;
    fcntl_add_seals(&file, SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL)?;
    Ok((file.into(), None))
}

#[cfg(target_os = "linux")]
fn memory(name: &std::ffi::CStr) -> io::Result<std::fs::File> {
    use rustix::fs::{MemfdFlags, memfd_create};
    Ok(memfd_create(name, MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?.into())
}

#[cfg(not(target_os = "linux"))]
fn given(pieces: &[&[u8]]) -> io::Result<(Stdio, Option<Vec<u8>>)> {
    Ok((Stdio::piped(), Some(pieces.concat())))
}

/// The standard error of a process: memory of a bounded length, so that nobody has to read it while it works.
struct Said {
    #[cfg(target_os = "linux")]
    file: std::fs::File,
}

/// How much a process may say on its standard error, in bytes.
pub(crate) const COMPLAINT: u64 = 64 << 10;

#[cfg(target_os = "linux")]
impl Said {
    fn new() -> io::Result<(Stdio, Self)> {
        let file = memory(c"errors")?;
        Ok((file.try_clone()?.into(), Self { file }))
    }

    fn read(&mut self) -> String {
        use std::io::Seek as _;
        let mut said = Vec::new();
        let read = self.file.rewind().and_then(|()| (&self.file).take(COMPLAINT).read_to_end(&mut said));
        read.map(|_| String::from_utf8_lossy(&said).into_owned()).unwrap_or_default()
    }
}

#[cfg(not(target_os = "linux"))]
impl Said {
    fn new() -> io::Result<(Stdio, Self)> {
        Ok((Stdio::null(), Self {}))
    }

    fn read(&mut self) -> String {
        String::new()
    }
}
