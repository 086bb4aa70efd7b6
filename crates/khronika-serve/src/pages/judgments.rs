//! What people said of findings, all of it, with undo.

use axum::extract::State;
use axum::response::Response;
use khronika_core::Judged;
use khronika_show::dossier::Parts;
use maud::{Markup, html};

use super::journal;
use super::paged::Paged;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, made};
use crate::workspace::Workspace;

/// How many judgments a page shows.
const PAGE: usize = 100;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/judgments", "nav-judgments"), move |parts, who| body(parts, who, &query)).await
}

fn body(parts: &Parts<'_>, visitor: &Visitor, query: &Fields) -> Markup {
    let w = visitor.words;
    // The newest first: that is what somebody wants to take back.
    let all: Vec<&Judged> = parts.case().judgments.iter().rev().collect();
    let number = query.one("at").and_then(|at| at.strip_prefix("judgment-")?.parse::<u64>().ok());
    let at = number.and_then(|number| all.iter().position(|judged| judged.judgment.number == number));
    let paged = Paged::new(all.len(), PAGE, query, at);
    let undo = |judged: &Judged| {
        html! { " " span { (journal::undo(visitor, judged.judgment.number, "/judgments")) } }
    };
    html! {
        h2 { (w.t("nav-judgments")) " " span.count { (all.len()) } }
        p.note { (w.t("judgments-lede")) }
        @if all.is_empty() { p.empty { (w.t("empty-judgments")) } }
        @else {
            (parts.judgments(all.get(paged.range.clone()).unwrap_or_default(), &undo))
            (paged.links(w, "/judgments", query))
        }
    }
}
