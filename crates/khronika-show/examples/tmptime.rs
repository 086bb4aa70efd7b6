//! Temporary.
#![allow(missing_docs, clippy::unwrap_used, unused)]
#[path = "../tests/dreyfus/mod.rs"]
mod dreyfus;
use khronika_core::*;
use khronika_show::dossier::Parts;
use std::time::Instant;
fn main() {
    let mut case = dreyfus::case();
    let events = case.events.clone();
    for n in 0..20_000 { let e = events[n % events.len()].clone(); case.events.push(Event { id: format!("e-more-{n}"), ..e }); }
    let parts = Parts::new(&case);
    PARTS
}
