//! Ctrl-C and a request to end: nothing half-written stays behind.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::terminal;

/// What is being written at the moment. Whoever holds the lock decides alone whether the files stay.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The exit code of a program that was interrupted, by the convention of Unix shells.
const INTERRUPTED: i32 = 130;

/// How often something unfinished is tried to be removed.
const TRIES: u32 = 1000;

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interruption removes what is unfinished and ends the program. Where the system does not allow a handler, an
/// interruption ends the program as it would any other, and an unfinished file keeps its temporary name.
pub(crate) fn watch() {
    watch_and_say("error: interrupted; nothing was written");
}

/// As [`watch`], for what is written to a case file: what was acknowledged stays.
pub(crate) fn watch_keeping() {
    watch_and_say("error: interrupted; what was acknowledged is in the case");
}

/// An interruption lets `stop` end what is being done; a second one does not wait for that.
pub(crate) fn watch_stopping(stop: impl Fn() + Send + 'static) {
    let asked = AtomicBool::new(false);
    let _ = ctrlc::set_handler(move || {
        khronika_sandbox::end_all();
        stop();
        if asked.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED);
        }
    });
}

fn watch_and_say(words: &'static str) {
    let _ = ctrlc::set_handler(move || {
        khronika_sandbox::end_all();
        let paths = unfinished();
        for path in paths.iter() {
            remove(path);
        }
        terminal::line(words);
        process::exit(INTERRUPTED);
    });
}

fn remove(path: &PathBuf) {
    // A folder in which somebody still makes files is not empty when it is to be removed.
    for _ in 0..TRIES {
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        if path.symlink_metadata().is_err() {
            break;
        }
    }
}

/// Files or folders under temporary names. Dropped before [`Unfinished::finish`], it removes them.
#[derive(Debug)]
pub(crate) struct Unfinished {
    paths: Vec<PathBuf>,
}

impl Unfinished {
    /// Takes charge of `paths`, which need not be there yet.
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        unfinished().extend(paths.iter().cloned());
        Self { paths }
    }

    /// Runs `make`, which makes files or folders that it does not know the names of before, and takes charge of them. An interruption waits
    /// until it is done.
    pub(crate) fn making<T, E>(make: impl FnOnce() -> Result<(T, Vec<PathBuf>), E>) -> Result<(T, Self), E> {
        let mut all = unfinished();
        let (made, paths) = make()?;
        all.extend(paths.iter().cloned());
        Ok((made, Self { paths }))
    }

    /// Runs `put_in_place`, which gives the files their final names. An interruption waits until it is done.
    pub(crate) fn finish<T, E>(mut self, put_in_place: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut all = unfinished();
        let done = put_in_place();
        if done.is_ok() {
            all.retain(|path| !self.paths.contains(path));
            self.paths.clear();
        }
        drop(all);
        done
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut all = unfinished();
        for path in &self.paths {
            remove(path);
        }
        all.retain(|path| !self.paths.contains(path));
    }
}
