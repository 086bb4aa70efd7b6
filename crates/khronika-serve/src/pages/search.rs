//! Words in the documents.

use axum::extract::State;
use axum::response::Response;
use khronika_core::Lang;
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use crate::desk::{Found, Hit};
use crate::fault::Fault;
use crate::fields::Query;
use crate::page::{Visitor, page};
use crate::workspace::Workspace;

/// How many documents are shown.
const MOST: u32 = 50;
/// The longest question, in bytes.
const LONGEST: usize = 500;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let typed = query.one("q").filter(|typed| typed.len() <= LONGEST).map(str::to_owned);
    let lang = query.one("lang").and_then(Lang::new).map(|lang| lang.code().to_owned());
    let found = match typed.clone() {
        // Without words there is nothing to look for, but the case has to be open all the same.
        None => workspace.shown().map(|_| None)?,
        Some(typed) => Some(workspace.at_desk(move |desk| desk.search(&typed, lang.as_deref(), MOST)).await),
    };
    let w = visitor.words;
    let body = html! {
        h2 { (w.t("nav-search")) }
        form.filter action="/search" method="get" role="search" aria-label=(w.t("nav-search")) {
            label { (w.t("search-words")) input type="search" name="q" value=[typed.as_deref()] size="40"; }
            label { (w.t("search-lang")) input type="text" name="lang" value=[query.one("lang")] size="4" maxlength="3"; }
            button { (w.t("search-do")) }
        }
        p.note { (w.t("search-hint")) }
        @match found {
            Some(Ok(found)) => (hits(&visitor, &found)),
            Some(Err(Fault::Refused(refusal))) => div.bad role="alert" { p lang="en" { (refusal.what) ": " (refusal.hint) "." } },
            Some(Err(fault)) => div.bad role="alert" { p { (w.t(fault.key())) } },
            None => {},
        }
    };
    Ok(page(&workspace, &visitor, "/search", &w.t("nav-search"), &body))
}

fn hits(visitor: &Visitor, found: &Found) -> Markup {
    let count = usize::try_from(found.count).unwrap_or(usize::MAX);
    html! {
        p role="status" { (visitor.words.n("search-found", count)) }
        ol.hits { @for hit in &found.hits {
            li data-entry {
                a data-open href={ "/source/" (anchor(&hit.source)) } { bdi { (hit.name) } }
                p.words lang=[hit.lang.as_deref()] dir="auto" { (marked(hit)) }
            }
        } }
    }
}

/// The snippet with what was found marked.
fn marked(hit: &Hit) -> Markup {
    let letters: Vec<char> = hit.snippet.chars().collect();
    let piece = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let ends = [0].into_iter().chain(hit.marks.iter().map(|(_, to)| *to));
    html! {
        @for (at, (from, to)) in ends.zip(&hit.marks) {
            (piece(at, *from)) mark { (piece(*from, *to)) }
        }
        (piece(hit.marks.last().map_or(0, |(_, to)| *to), letters.len()))
    }
}
