//! A program that is interrupted takes its children with it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use khronika_read::rendition::{Limits, Refusal};
use khronika_read::{Kind, Opener as _};
use khronika_sandbox::{CommandError, CommandLimits, Sandbox, command, end_all};

#[test]
fn an_interruption_ends_the_children_and_no_more_are_started() {
    let sandbox = Sandbox::of(Path::new(env!("CARGO_BIN_EXE_khronika-sandbox-trial")));
    let begin = Instant::now();
    thread::scope(|scope| {
        let parser = scope.spawn(|| sandbox.open(Kind::Pdf, b"sleep", Limits::default()));
        let outside = scope.spawn(|| command("sleep", &["100"], b"", &CommandLimits::default()));
        thread::sleep(Duration::from_millis(500));
        end_all();
        assert!(matches!(parser.join().unwrap(), Err(Refusal::Limit(_))));
        assert!(matches!(outside.join().unwrap(), Err(CommandError::Failed { .. })));
    });
    assert!(begin.elapsed() < Duration::from_secs(10));
    assert!(matches!(sandbox.open(Kind::Pdf, b"say x", Limits::default()), Err(Refusal::Failed(_))));
}
