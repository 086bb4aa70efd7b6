//! A panic costs the document that it happened in, not the case.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// What the latest panic of this thread said, while a guard is up.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics from writing to the terminal by themselves: whoever holds the guard says what happened.
pub(crate) fn hush_panics() {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message");
        let place = info.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
        SAID.with_borrow_mut(|said| *said = Some(format!("{message}{place}")));
    }));
}

/// Runs `work`; a panic inside becomes an error that says what it said and where.
///
/// What `work` borrows must not be used again in a state that a panic could have broken: the callers hand in compiled rules,
/// which nothing changes, and the one document at hand.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| SAID.with_borrow_mut(Option::take).unwrap_or_else(|| "no message".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_sentence() {
        hush_panics();
        let empty: Vec<u8> = Vec::new();
        let said = guarded(|| empty[0]).unwrap_err();
        assert!(said.contains("index out of bounds") && said.contains("guard.rs"), "{said}");
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
