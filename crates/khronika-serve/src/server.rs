//! The server: it listens on this machine only, until it is told to stop.

use std::future::IntoFuture as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::desk::Desk;
use crate::news::News;
use crate::pages;
use crate::work;
use crate::workspace::{Workspace, held};

/// How long answers that are being written are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(3);

/// How the workspace is served.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port; without it the system chooses one that is free.
    pub port: Option<u16>,
    /// After how much time without a request the case is locked.
    pub lock_after: Option<Duration>,
    /// Open the case at once with the key that was named.
    pub unlock: bool,
}

/// Stops a server.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Has the server end its answers, close the case and return.
    pub fn now(&self) {
        self.0.send_replace(true);
    }

    async fn waited_for(&self) {
        // An error says that nobody can stop it any more, which cannot be: it is held here.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}

/// Serves a case until `stop`. `ready` gets the address with its one-time token as soon as there is one.
///
/// # Errors
/// Where the port is taken, or the system gives no port, no threads or no randomness.
pub fn run(desk: Arc<dyn Desk>, options: &Options, stop: &Stop, ready: impl FnOnce(&str)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(serve(desk, options, stop, ready));
    // Work that cannot be broken off has to end before the case is closed; it is closed by whoever owns it.
    runtime.shutdown_timeout(FAREWELL);
    done
}

async fn serve(desk: Arc<dyn Desk>, options: &Options, stop: &Stop, ready: impl FnOnce(&str)) -> io::Result<()> {
    // Nothing but this machine.
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port.unwrap_or(0)))).await?;
    let port = listener.local_addr()?.port();
    let workspace = Workspace::new(desk, port, options.lock_after);
    let token = held(&workspace.sessions).link(Instant::now()).map_err(|error| io::Error::other(error.to_string()))?;
    tokio::spawn(work::run(workspace.clone()));
    tokio::spawn(workspace.clone().watch());
    if options.unlock {
        let opening = workspace.clone();
        // Where it fails, the page says why when it is tried there.
        tokio::spawn(async move { opening.unlock(None, false).await });
    }
    ready(&format!("http://127.0.0.1:{port}/?token={token}"));
    let (stopped, news) = (stop.clone(), workspace.news.clone());
    let ends = async move {
        stopped.waited_for().await;
        // Pages that listen for news would keep their connections open.
        news.tell(News::End);
    };
    let serving = axum::serve(listener, pages::router(workspace.clone())).with_graceful_shutdown(ends);
    let too_long = async {
        stop.waited_for().await;
        tokio::time::sleep(FAREWELL).await;
    };
    let done = tokio::select! {
        done = serving.into_future() => done,
        () = too_long => Ok(()),
    };
    // What is being stored is finished first.
    let _ = timeout(FAREWELL, workspace.lock()).await;
    done
}
