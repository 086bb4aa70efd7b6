//! Long answers: what the desk writes goes to the browser piece by piece, and is never in memory as a whole.

use std::io::{self, Write};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use futures_util::stream::{StreamExt as _, iter, unfold};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::spawn_blocking;

use crate::desk::{Desk, Refusal};
use crate::fault::Fault;
use crate::workspace::Workspace;

/// How much is written at once.
const PIECE: usize = 64 << 10;
/// How many pieces may wait for a browser.
const WAITING: usize = 64;
/// How long a browser that takes nothing is waited for: the case is busy meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);

/// What goes to the browser.
enum Piece {
    Bytes(Bytes),
    Failed(Box<Refusal>),
}

/// Writes into pieces. Where nobody takes them for too long, it fails.
struct Pieces {
    to: Sender<Piece>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let mut piece = Piece::Bytes(Bytes::from(std::mem::take(&mut self.piece)));
        let begun = Instant::now();
        loop {
            piece = match self.to.try_send(piece) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(piece)) if begun.elapsed() < PATIENCE => piece,
                Err(_) => return Err(io::Error::other("the browser does not take it")),
            };
            sleep(Duration::from_millis(10));
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

/// The body of an answer that the desk writes, apart from what answers requests.
///
/// # Errors
/// What failed before anything was written, so that it has a page of its own. What fails later breaks the answer off.
pub(crate) async fn streamed(
    workspace: &Workspace,
    write: impl FnOnce(&dyn Desk, &mut (dyn Write + Send)) -> Result<(), Refusal> + Send + 'static,
) -> Result<Body, Fault> {
    let (send, mut receive) = channel(WAITING);
    let desk = Arc::clone(&workspace.desk);
    spawn_blocking(move || {
        let mut pieces = Pieces { to: send.clone(), piece: Vec::with_capacity(PIECE) };
        if let Err(refusal) = write(&*desk, &mut pieces) {
            // A browser that has gone needs no word.
            let _ = send.blocking_send(Piece::Failed(Box::new(refusal)));
        }
    });
    let first = match receive.recv().await {
        Some(Piece::Bytes(bytes)) => bytes,
        Some(Piece::Failed(refusal)) => return Err(Fault::from(*refusal)),
        None => return Err(Fault::Failed),
    };
    let rest = unfold(receive, async |mut receive| {
        let piece = match receive.recv().await? {
            Piece::Bytes(bytes) => Ok(bytes),
            // It breaks off, so that nobody takes it for whole.
            Piece::Failed(refusal) => Err(io::Error::other(refusal.what)),
        };
        Some((piece, receive))
    });
    Ok(Body::from_stream(iter([Ok(first)]).chain(rest.boxed())))
}
