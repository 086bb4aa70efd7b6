//! A weighed case with what it takes to show it.
//!
//! What shows a case borrows from it, and getting it ready takes time that grows with the case. So it is done once, on a thread that owns
//! the case for as long as it is shown; pages are made there, where a failure costs the page and no more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use khronika_core::Case;
use khronika_show::Language;
use khronika_show::dossier::Parts;
use tokio::sync::oneshot;

use crate::desk::{Desk, Weighed};
use crate::fault::Fault;
use crate::said::{Since, View};

/// How many pages are made at the same time.
const HANDS: usize = 2;
/// The stack of a thread that makes pages.
const STACK: usize = 8 << 20;

/// What makes a page.
type Job = Box<dyn for<'a> FnOnce(&'a Parts<'a>) + Send>;

/// A weighed case that is shown.
pub(crate) struct Shown {
    /// The case.
    pub(crate) case: Arc<Case>,
    /// How many entries of the journal it knows.
    pub(crate) entries: u64,
    since: Arc<Since>,
    jobs: Mutex<Sender<Job>>,
}

impl Shown {
    /// Gets a case ready. The desk is told when it is shown no longer.
    pub(crate) fn new(weighed: Weighed, since: &Arc<Since>, desk: Arc<dyn Desk>) -> std::io::Result<Self> {
        let Weighed { case, entries } = weighed;
        let (jobs, todo) = channel();
        let shown = Arc::clone(&case);
        let show = move || {
            show(&shown, todo);
            drop(shown);
            desk.rest();
        };
        thread::Builder::new().name("pages".to_owned()).stack_size(STACK).spawn(show)?;
        Ok(Self { case, entries, since: Arc::clone(since), jobs: Mutex::new(jobs) })
    }

    /// Has a page made in a language.
    ///
    /// # Errors
    /// Where that failed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        language: Language,
        make: impl FnOnce(&View<'_>) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (send, receive) = oneshot::channel();
        let (entries, since) = (self.entries, Arc::clone(&self.since));
        let job: Job = Box::new(move |parts| {
            let parts = parts.within(language);
            if let Ok(made) = catch_unwind(AssertUnwindSafe(|| make(&View::new(&parts, entries, &since)))) {
                // Whoever asked may have gone.
                let _ = send.send(made);
            }
        });
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).send(job).map_err(|_| Fault::Failed)?;
        receive.await.map_err(|_| Fault::Failed)
    }
}

/// Makes pages until nobody can ask for one any more.
fn show(case: &Case, todo: Receiver<Job>) {
    // What is made of hostile documents should not fail; if it does, nobody gets a page, and the program goes on.
    let Ok(parts) = catch_unwind(AssertUnwindSafe(|| Parts::new(case))) else { return };
    let todo = Mutex::new(todo);
    thread::scope(|scope| {
        for _ in 0..HANDS {
            let (todo, parts) = (&todo, &parts);
            let hand =
                thread::Builder::new().name("page".to_owned()).stack_size(STACK).spawn_scoped(scope, move || {
                    loop {
                        let job = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(job) = job else { return };
                        job(parts);
                    }
                });
            if hand.is_err() {
                return;
            }
        }
    });
}
