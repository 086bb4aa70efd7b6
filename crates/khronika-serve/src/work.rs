//! What goes on in the background: documents are read, and the case is weighed anew. One thing at a time, in an order that keeps people
//! from waiting: a judgment is weighed before the next document is read.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;

use crate::desk::{Added, Desk, Paper, Refusal};
use crate::news::News;
use crate::workspace::Workspace;

/// How many bytes of documents may wait to be read.
pub(crate) const WAITING: usize = 256 << 20;
/// How many documents are told of that were read.
const TOLD: usize = 500;

/// What is to be done, and what was.
pub(crate) struct Work {
    state: Mutex<State>,
    wake: Notify,
    weighed: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    /// How often a weighing was asked for, and which of these are done.
    asked: u64,
    weighed: u64,
    papers: VecDeque<Paper>,
    bytes: usize,
    status: Status,
}

/// How the work goes on, for a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Status {
    /// What is being done, as a key of the words; with the name of a document, where it is one.
    pub(crate) doing: Option<(&'static str, String)>,
    /// How much of it is done, and how much there is.
    pub(crate) done: (usize, usize),
    /// How many documents wait.
    pub(crate) waiting: usize,
    /// What was read since the case was opened, the newest last.
    pub(crate) read: VecDeque<(String, Result<Vec<Added>, Refusal>)>,
    /// Why the last weighing failed.
    pub(crate) failed: Option<Refusal>,
}

impl Status {
    /// Whether anything goes on.
    pub(crate) const fn is_busy(&self) -> bool {
        self.doing.is_some() || self.waiting > 0
    }
}

enum Task {
    Weigh(u64),
    Read(Paper),
}

impl Work {
    pub(crate) fn new() -> Self {
        Self { state: Mutex::default(), wake: Notify::new(), weighed: watch::Sender::new(0) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How things go on.
    pub(crate) fn status(&self) -> Status {
        self.state().status.clone()
    }

    /// Asks for a weighing; what is returned waits for it.
    pub(crate) fn weigh(&self) -> (u64, watch::Receiver<u64>) {
        let mut state = self.state();
        state.asked += 1;
        let ticket = state.asked;
        drop(state);
        self.wake.notify_one();
        (ticket, self.weighed.subscribe())
    }

    /// Takes a document to be read; false where too much waits already.
    pub(crate) fn read(&self, paper: Paper) -> bool {
        let mut state = self.state();
        if state.bytes + paper.bytes.len() > WAITING {
            return false;
        }
        state.bytes += paper.bytes.len();
        state.papers.push_back(paper);
        state.status.waiting = state.papers.len();
        drop(state);
        self.wake.notify_one();
        true
    }

    /// Forgets what waits and what was done: the case is being locked.
    pub(crate) fn clear(&self) {
        let mut state = self.state();
        state.papers.clear();
        state.bytes = 0;
        state.weighed = state.asked;
        state.status = Status::default();
    }

    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        if state.asked > state.weighed {
            state.status.doing = Some(("work-weighing", String::new()));
            state.status.done = (0, 0);
            return Some(Task::Weigh(state.asked));
        }
        let paper = state.papers.pop_front()?;
        state.status.waiting = state.papers.len();
        state.status.doing = Some(("work-reading", paper.name.clone()));
        state.status.done = (0, 0);
        Some(Task::Read(paper))
    }

    /// Takes down how far the work has come.
    fn told(&self, done: usize, all: usize) {
        self.state().status.done = (done, all);
    }

    fn read_was(&self, bytes: usize, name: String, what: Result<Vec<Added>, Refusal>) {
        let mut state = self.state();
        state.bytes = state.bytes.saturating_sub(bytes);
        state.status.doing = None;
        state.status.read.push_back((name, what));
        if state.status.read.len() > TOLD {
            state.status.read.pop_front();
        }
        // What was read is weighed when nothing more waits.
        if state.papers.is_empty() {
            state.asked += 1;
        }
    }

    fn weighed(&self, ticket: u64, failed: Option<Refusal>) {
        let mut state = self.state();
        state.weighed = ticket.max(state.weighed);
        state.status.doing = None;
        state.status.failed = failed;
        drop(state);
        self.weighed.send_replace(ticket);
    }
}

/// Does what is to be done, until the program ends.
pub(crate) async fn run(workspace: Workspace) {
    loop {
        let Some(task) = workspace.work.next() else {
            workspace.work.wake.notified().await;
            continue;
        };
        workspace.news.tell(News::Work);
        let round = workspace.round();
        let desk = Arc::clone(&workspace.desk);
        match task {
            Task::Weigh(ticket) => {
                workspace.forget_day();
                let teller = workspace.clone();
                let weighed = spawn_blocking(move || {
                    desk.weigh(None, &|_, done, all| {
                        teller.work.told(done, all);
                        teller.news.tell(News::Work);
                    })
                });
                let failed = match weighed.await {
                    Ok(Ok(weighed)) => workspace.show(weighed, round).err(),
                    Ok(Err(refusal)) => Some(refusal),
                    Err(_) => Some(failure("weighing the case")),
                };
                workspace.work.weighed(ticket, failed);
            }
            Task::Read(paper) => {
                let (name, bytes) = (paper.name.clone(), paper.bytes.len());
                let read = spawn_blocking(move || add(&*desk, paper));
                let read = read.await.unwrap_or_else(|_| Err(failure("reading a document")));
                if workspace.round() == round {
                    workspace.work.read_was(bytes, name, read);
                }
            }
        }
        workspace.news.tell(News::Work);
    }
}

fn add(desk: &dyn Desk, paper: Paper) -> Result<Vec<Added>, Refusal> {
    desk.add(paper, &|_, _, _| ())
}

/// The program failed.
pub(crate) fn failure(doing: &str) -> Refusal {
    let hint = "this is a bug; please report it with the smallest text that shows it, names changed";
    Refusal::new(crate::RefusalKind::Failed, format!("khronika failed while {doing}"), hint)
}
