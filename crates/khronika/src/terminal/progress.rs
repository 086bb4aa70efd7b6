//! How far the work has come: a bar on a terminal, a line now and then elsewhere.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::line;

/// Where there is no terminal, how long a step may go on before it says how far it has come.
const SILENCE: Duration = Duration::from_secs(10);

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Not at all.
    None,
    /// A line for each step that takes long.
    Lines,
    /// A bar that is wiped when the step is done.
    Bar,
}

impl Progress {
    /// The fitting way for the standard error.
    pub(crate) fn new(quiet: bool) -> Self {
        use std::io::IsTerminal as _;
        match (quiet, std::io::stderr().is_terminal()) {
            (true, _) => Self::None,
            (false, true) => Self::Bar,
            (false, false) => Self::Lines,
        }
    }

    /// Begins a step over `total` things. `what` is what is done: "reading".
    pub(crate) fn step(self, what: &'static str, total: usize) -> Step {
        let bar = (self == Self::Bar).then(|| {
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10));
            if let Ok(style) = ProgressStyle::with_template("{msg:>8} {wide_bar} {pos} of {len}  {eta:>4}") {
                bar.set_style(style);
            }
            bar.set_message(what);
            bar
        });
        let lines = self == Self::Lines;
        Step { what, total, done: AtomicU64::new(0), bar, lines, spoke: Mutex::new(Instant::now()) }
    }
}

/// A step under way. Dropped, it leaves nothing on a terminal.
#[derive(Debug)]
pub(crate) struct Step {
    what: &'static str,
    total: usize,
    done: AtomicU64,
    bar: Option<ProgressBar>,
    lines: bool,
    spoke: Mutex<Instant>,
}

impl Step {
    /// One more thing is done. May be called from several threads.
    pub(crate) fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = &self.bar {
            bar.inc(1);
        } else if self.lines {
            let mut spoke = self.spoke.lock().unwrap_or_else(PoisonError::into_inner);
            if spoke.elapsed() >= SILENCE {
                line(&format!("{}: {done} of {}", self.what, self.total));
                *spoke = Instant::now();
            }
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
