//! The child: reads one document and says what it saw.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::thread;

use khronika_read::Kind;
use khronika_read::rendition::{Limits, Refusal, Rendition};

use crate::confine::{Allowance, confine, landlock};
use crate::{frame, input};

/// The first argument of a child.
pub(crate) const ARGUMENT: &str = "parse-apart";

/// The stack of the thread that parses, in bytes: documents nest.
const STACK: usize = 64 << 20;

/// What a parser is. The last argument is the password that is to open the document; empty where there is none.
pub type Parse = fn(Kind, &[u8], Limits, &str) -> Result<Rendition, Refusal>;

/// What a child is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// The parent, without which there is nothing to do.
    pub(crate) parent: u32,
    /// Go on only where this process is confined.
    pub(crate) must_hold: bool,
    pub(crate) kind: Kind,
    pub(crate) limits: Limits,
    pub(crate) allowance: Allowance,
}

impl Task {
    /// As arguments.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let Self { parent, must_hold, kind, limits, allowance } = self;
        let Limits { text, embedded, unpacked, depth, pages, first_picture, all_pictures } = limits;
        let Allowance { memory, seconds, file } = allowance;
        let mut all = vec![ARGUMENT.to_owned(), kind.name().to_owned(), u8::from(*must_hold).to_string()];
        let all_pictures = usize::from(*all_pictures);
        let sizes = [text, embedded, depth, pages, first_picture, &all_pictures].map(|n| *n as u64);
        all.extend(sizes.iter().chain([unpacked, memory, seconds, file, &u64::from(*parent)]).map(u64::to_string));
        all
    }

    /// From the arguments after the first.
    fn of(arguments: &[String]) -> Option<Self> {
        let [kind, must_hold, numbers @ ..] = arguments else { return None };
        let numbers = numbers.iter().map(|n| n.parse().ok()).collect::<Option<Vec<u64>>>()?;
        let [text, embedded, depth, pages, first_picture, all_pictures, unpacked, memory, seconds, file, parent] =
            *numbers.as_slice()
        else {
            return None;
        };
        let size = |n: u64| usize::try_from(n).ok();
        let limits = Limits {
            text: size(text)?,
            embedded: size(embedded)?,
            unpacked,
            depth: size(depth)?,
            pages: size(pages)?,
            first_picture: size(first_picture)?,
            all_pictures: all_pictures != 0,
        };
        Some(Self {
            parent: u32::try_from(parent).ok()?,
            must_hold: must_hold != "0",
            kind: Kind::from_name(kind)?,
            limits,
            allowance: Allowance { memory, seconds, file },
        })
    }
}

/// To be called first of all in the program that [`crate::Sandbox`] starts: where this process is a child, parses its document and
/// returns how to exit. `None` where it is the program that people started.
#[must_use]
pub fn serve(parse: Parse) -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let arguments: Option<Vec<String>> = arguments.map(|a: OsString| a.into_string().ok()).collect();
    let Some(task) = arguments.as_deref().and_then(Task::of) else { return Some(ExitCode::from(2)) };
    leave_with(task.parent);
    let landlocked = landlock();
    // Nothing can be started once the process is confined, so this thread is before, and confines all.
    let work = move || work(task, landlocked, parse);
    let worker = thread::Builder::new().stack_size(STACK).spawn(work);
    let done = worker.is_ok_and(|worker| matches!(worker.join(), Ok(Ok(()))));
    Some(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Ends when the parent does, and keeps other programs from looking into this one.
#[cfg(target_os = "linux")]
fn leave_with(parent: u32) {
    use rustix::process::{DumpableBehavior, Signal, getppid, set_dumpable_behavior, set_parent_process_death_signal};
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    let is_there = getppid().is_some_and(|pid| i64::from(pid.as_raw_nonzero().get()) == i64::from(parent));
    if !is_there {
        std::process::exit(1);
    }
}

#[cfg(not(target_os = "linux"))]
fn leave_with(_parent: u32) {}

fn work(task: Task, landlocked: Result<(), String>, parse: Parse) -> io::Result<()> {
    let confinement = confine(task.allowance, landlocked);
    let mut out = BufWriter::with_capacity(256 << 10, io::stdout().lock());
    frame::hello(&mut out, &confinement)?;
    if task.must_hold && !confinement.holds() {
        let why = Refusal::Unconfined(confinement.lacks.clone());
        return frame::refusal(&mut out, &why);
    }
    match guarded(|| read_and_parse(task, parse)) {
        Ok(seen) => frame::rendition(&mut out, seen, &frame::bounds(task.limits)),
        Err(why) => frame::refusal(&mut out, &why),
    }
}

fn read_and_parse(task: Task, parse: Parse) -> Result<Rendition, Refusal> {
    let given = input::read(io::stdin().lock());
    let (password, bytes) = given.map_err(|error| Refusal::Failed(error.to_string()))?;
    let seen = parse(task.kind, &bytes, task.limits, &password)?;
    drop(bytes);
    seen.check().map_err(|what| Refusal::Failed(format!("the parser made a mistake: {what}")))?;
    Ok(seen)
}

thread_local! {
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A panic is a refusal that says what it said.
fn guarded(work: impl FnOnce() -> Result<Rendition, Refusal>) -> Result<Rendition, Refusal> {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message");
        let place = info.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
        SAID.with_borrow_mut(|said| *said = format!("{message}{place}"));
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let said = SAID.with_borrow_mut(std::mem::take);
        Err(Refusal::Failed(format!("its parser failed: {said}")))
    })
}
