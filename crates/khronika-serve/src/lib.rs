//! The local web workspace: a case is read, judged and handed on in the browser, on one's own machine.
//!
//! ```text
//! browser ──guard──▶ page ──asks──▶ Shown (the case as it was last weighed)
//!                     └────does──▶ Desk  (the case file)  ──weigh──▶ Shown
//! ```
//!
//! * [`Desk`] is what the pages need of a case. The program implements it with the functions that its commands use; tests have one in
//!   memory.
//! * `guard` is the one layer that every request goes through: the host, the origin, the session, the token of every change, and the
//!   headers of every answer.
//! * `Shown` is a weighed case with what it takes to show it. Pages never wait for work on the case: they show what was weighed last, and
//!   say that work goes on.
//!
//! This crate knows HTTP, pages and sessions. It knows nothing of how documents are read, found or kept, and nothing of encryption.

mod desk;
mod fault;
mod fields;
mod guard;
mod look;
mod news;
mod page;
mod pages;
mod said;
mod secret;
mod server;
mod session;
mod shown;
mod stream;
#[cfg(test)]
mod tests;
mod words;
mod work;
mod workspace;

pub use desk::{
    Added, Check, Desk, Door, Entry, Found, Hit, Paper, Refusal, RefusalKind, Saying, Since, Tell, Weighed, Wish,
};
pub use server::{Options, Stop, run};
