#![no_main]

#[path = "../sandbox.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::frames(bytes));
