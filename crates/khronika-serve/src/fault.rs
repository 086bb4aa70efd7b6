//! What is answered where a request cannot be served.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::desk::{Refusal, RefusalKind};

/// Why a request is not served.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// It is for another host: somebody else's name leads here.
    Host,
    /// It comes from another page than ours, or without the token of the session.
    Forged,
    /// There is no session.
    Stranger,
    /// There is no such page or finding.
    Missing,
    /// Nothing here is asked so.
    Method,
    /// It is too long.
    TooLong,
    /// What was asked for makes no sense: the word for what is wrong.
    Invalid(&'static str),
    /// The case is locked.
    Locked,
    /// The case has not been weighed yet.
    NotYet,
    /// The next try has to wait.
    TooSoon(Duration),
    /// Too much waits to be read.
    TooMuch,
    /// The case file says no.
    Refused(Box<Refusal>),
    /// The program failed.
    Failed,
}

impl Fault {
    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Stranger => StatusCode::UNAUTHORIZED,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Locked => StatusCode::LOCKED,
            Self::NotYet => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooSoon(_) | Self::TooMuch => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(refusal) => match refusal.kind {
                RefusalKind::Locked => StatusCode::LOCKED,
                RefusalKind::WrongSecret => StatusCode::FORBIDDEN,
                RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
                RefusalKind::Missing => StatusCode::NOT_FOUND,
                RefusalKind::Touched(_) => StatusCode::CONFLICT,
                RefusalKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
                RefusalKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of the words for it.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Host => "fault-host",
            Self::Forged => "fault-forged",
            Self::Stranger => "fault-stranger",
            Self::Missing => "fault-missing",
            Self::Method => "fault-method",
            Self::TooLong => "fault-too-long",
            Self::Invalid(key) => key,
            Self::Locked => "fault-locked",
            Self::NotYet => "fault-not-yet",
            Self::TooSoon(_) => "fault-too-soon",
            Self::TooMuch => "fault-too-much",
            Self::Refused(_) => "fault-refused",
            Self::Failed => "fault-failed",
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        if refusal.kind == RefusalKind::Locked { Self::Locked } else { Self::Refused(Box::new(refusal)) }
    }
}

impl IntoResponse for Fault {
    /// The guard, which knows who asks, makes the page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
