//! The bytes of a document as they were received, for the page that draws it.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_core::Source;

use crate::fault::Fault;
use crate::guard::Policy;
use crate::page::Visitor;
use crate::stream::streamed;
use crate::workspace::Workspace;

/// The longest document of which pages are drawn, in bytes: the browser holds all of it.
const LONGEST: u64 = 128 << 20;

/// How the pages of a document come to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// By pdf.js.
    Pdf,
    /// By the browser: it is one picture.
    Picture,
}

/// The formats that are drawn, by their media types. What is none of these is not handed out at all.
const DRAWN: [(&str, &str, Drawing); 3] = [
    ("application/pdf", "pdf", Drawing::Pdf),
    ("image/png", "png", Drawing::Picture),
    ("image/jpeg", "jpg", Drawing::Picture),
];

/// Whether the pages of a source are drawn, and how.
pub(crate) fn drawing(source: &Source) -> Option<Drawing> {
    let (_, _, drawing) = format(source)?;
    let pages = source.layout.pages.len();
    let fits = if drawing == Drawing::Picture { pages == 1 } else { pages > 0 };
    (fits && source.size <= LONGEST).then_some(drawing)
}

fn format(source: &Source) -> Option<(&'static str, &'static str, Drawing)> {
    DRAWN.into_iter().find(|(kind, ..)| *kind == source.media_type)
}

/// The bytes.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let (source, kind, ending) = shown
        .ask(visitor.words.lang(), move |parts| {
            let source = parts.case().sources.get(parts.source(&id)?)?;
            let (kind, ending, _) = drawing(source).and_then(|_| format(source))?;
            Some((source.id.clone(), kind, ending))
        })
        .await?
        .ok_or(Fault::Missing)?;
    let name = format!("attachment; filename=\"{source}.{ending}\"");
    let body = streamed(&workspace, move |desk, out| desk.original(&source, out)).await?;
    let mut response =
        ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response();
    response.extensions_mut().insert(Policy::ORIGINAL);
    Ok(response)
}
