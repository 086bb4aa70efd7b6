//! The entries of a change, signed on other threads while the change goes on.
//!
//! What is written into a case is written by one thread. Signing took an eighth of its time where many documents come in, and depends on
//! nothing but the entry: so it is done in the pool, and the signed records are asked for, in order, before the change is committed.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use khronika_seal::note::SignerKey;

use crate::entry::Unsigned;
use crate::error::{Error, Result};

/// Entries that go to another thread together: some milliseconds of work.
const TOGETHER: usize = 128;

/// Records by the number of their entries, in order.
type Records = Vec<(u64, String)>;

pub(crate) struct Signing {
    signer: Arc<SignerKey>,
    drafts: Vec<Unsigned>,
    away: Vec<Receiver<Result<Records>>>,
}

impl Signing {
    pub(crate) fn new(signer: Arc<SignerKey>) -> Self {
        Self { signer, drafts: Vec::new(), away: Vec::new() }
    }

    /// Takes an entry to be signed. Entries come in the order of their numbers.
    pub(crate) fn take(&mut self, entry: Unsigned) {
        self.drafts.push(entry);
        // A thread of the pool that waits for the pool may wait for itself.
        if self.drafts.len() >= TOGETHER && rayon::current_thread_index().is_none() {
            let (drafts, signer) = (std::mem::take(&mut self.drafts), Arc::clone(&self.signer));
            let (done, records) = channel();
            rayon::spawn(move || {
                // Where nobody waits any more, the change was given up.
                let _ = done.send(sign(&drafts, &signer));
            });
            self.away.push(records);
        }
    }

    /// The records of all entries since the last call, in order.
    pub(crate) fn finish(&mut self) -> Result<Records> {
        let mut records = Records::new();
        for signed in self.away.drain(..) {
            records.extend(signed.recv().map_err(|_| Error::refused("the entries of the journal were not signed"))??);
        }
        records.extend(sign(&std::mem::take(&mut self.drafts), &self.signer)?);
        Ok(records)
    }
}

fn sign(drafts: &[Unsigned], signer: &SignerKey) -> Result<Records> {
    drafts.iter().map(|draft| Ok((draft.number(), draft.sign(signer)?))).collect()
}
