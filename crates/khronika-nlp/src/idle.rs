//! Workers that are kept for what they remember, while no thread uses them.

use std::sync::{Mutex, PoisonError};

/// What is lent and taken back.
pub(crate) trait Lent {
    /// Whether it holds more than is worth keeping.
    fn is_bloated(&self) -> bool;
}

/// Workers that nobody uses now.
#[derive(Debug)]
pub(crate) struct Idle<W>(Mutex<Vec<W>>);

impl<W> Default for Idle<W> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<W: Lent> Idle<W> {
    /// Lends a worker, which is made where none is idle, and keeps it afterwards unless it is bloated.
    pub(crate) fn lend<T>(&self, make: impl FnOnce() -> W, work: impl FnOnce(&mut W) -> T) -> T {
        // A worker that panicked was not put back, so the list is sound.
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_else(make);
        let done = work(&mut worker);
        if !worker.is_bloated() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        done
    }
}
