//! What happens in the workspace, told to every page that is open.

use std::convert::Infallible;

use axum::response::sse::Event;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

/// How many pieces of news may wait for a slow page; it then knows that it missed some.
const WAITING: usize = 64;

/// A piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// The case was weighed anew; the journal has so many entries.
    Weighed(u64),
    /// Work goes on, and something of it was done.
    Work,
    /// The case was locked.
    Locked,
    /// The program ends.
    End,
}

/// Whoever has news, and all who want it.
#[derive(Clone, Debug)]
pub(crate) struct Wire(Sender<News>);

impl Wire {
    pub(crate) fn new() -> Self {
        Self(channel(WAITING).0)
    }

    /// Tells everybody. Nobody may be listening.
    pub(crate) fn tell(&self, news: News) {
        let _ = self.0.send(news);
    }

    /// News for a page, until the program ends.
    pub(crate) fn listen(&self) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        unfold(Some(self.0.subscribe()), next)
    }
}

async fn next(receiver: Option<Receiver<News>>) -> Option<(Result<Event, Infallible>, Option<Receiver<News>>)> {
    let mut receiver = receiver?;
    // Browsers drop an event without data.
    let event = match receiver.recv().await {
        Ok(News::Weighed(entries)) => Event::default().event("weighed").data(entries.to_string()),
        // What was missed is as good as work: the page asks how things are.
        Ok(News::Work) | Err(RecvError::Lagged(_)) => Event::default().event("work").data("now"),
        Ok(News::Locked) => Event::default().event("locked").data("now"),
        Ok(News::End) => return Some((Ok(Event::default().event("end").data("now")), None)),
        Err(RecvError::Closed) => return None,
    };
    Some((Ok(event), Some(receiver)))
}
