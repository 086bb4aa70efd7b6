#![no_main]

#[path = "../office.rs"]
#[allow(dead_code, reason = "each target runs one of the bodies")]
mod office;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| office::sheet(bytes));
