//! The pages, one file each, and the addresses that lead to them.

mod actor;
mod add;
mod api;
mod chronology;
mod decided;
mod density;
pub(crate) mod door;
mod event;
mod export;
mod hand;
pub(crate) mod help;
pub(crate) mod journal;
mod judgments;
mod lists;
mod network;
mod original;
mod overview;
mod paged;
mod say;
mod search;
mod sheet;
mod source;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

#[cfg(test)]
pub(crate) use hand::word;

use crate::fault::Fault;
use crate::guard::{self, guard};
use crate::look;
use crate::workspace::Workspace;

/// Everything that can be asked for, behind the guard.
pub(crate) fn router(workspace: Workspace) -> Router {
    Router::new()
        .route("/", get(overview::show))
        .route("/unlock", get(door::show).post(door::unlock))
        .route("/create", post(door::create))
        .route("/lock", post(door::lock))
        .route("/leave", post(door::leave))
        .route("/language", post(door::language))
        .route("/link", post(door::link))
        .route("/events", get(door::events))
        .route("/status", get(door::status))
        .route("/chronology", get(chronology::show))
        .route("/event/{id}", get(event::show))
        .route("/next", get(say::next))
        .route("/judge", post(say::judge))
        .route("/hand", get(hand::show).post(hand::add))
        .route("/withdraw", post(say::withdraw))
        .route("/sources", get(source::list))
        .route("/source/{id}", get(source::show))
        .route("/source/{id}/original", get(original::show))
        .route("/actors", get(actor::list))
        .route("/actors/network", get(network::show))
        .route("/actor/{id}", get(actor::show))
        .route("/proceedings", get(lists::proceedings))
        .route("/deadlines", get(lists::deadlines))
        .route("/deadlines.ics", get(lists::calendar))
        .route("/conflicts", get(lists::conflicts))
        .route("/statements", get(lists::statements))
        .route("/letters", get(lists::letters))
        .route("/dates", get(lists::dates))
        .route("/problems", get(lists::problems))
        .route("/judgments", get(judgments::show))
        .route("/search", get(search::show))
        .route("/journal", get(journal::show))
        .route("/add", get(add::show).post(add::add).layer(DefaultBodyLimit::max(add::FORM)))
        .route("/added", get(add::done))
        .route("/export", get(export::show).post(export::export))
        .route("/verify", post(export::verify))
        .route("/help", get(help::show))
        .route("/api/openapi.json", get(api::openapi))
        .route("/api/session", get(api::session))
        .route("/api/case", get(api::case))
        .route("/api/search", get(api::search))
        .route("/api/journal", get(api::journal))
        .route("/api/status", get(api::status))
        .route("/api/lock", post(api::lock))
        .route("/api/judgments", get(api::judgments).post(api::say))
        .route("/api/judgments/{number}/withdraw", post(api::withdraw))
        .route("/api/{list}", get(api::list))
        .route("/api/{list}/{id}", get(api::one))
        .route("/look/{name}", get(look::file))
        .fallback(async || Fault::Missing)
        .method_not_allowed_fallback(async || Fault::Method)
        .layer(DefaultBodyLimit::max(guard::FORM))
        .layer(from_fn_with_state(workspace.clone(), guard))
        .with_state(workspace)
}
