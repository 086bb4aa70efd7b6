//! What pages look like and what the script adds to them: files that come with the program.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_show::dossier::STYLE;

use crate::fault::Fault;

/// A file by its name.
pub(crate) async fn file(Path(name): Path<String>) -> Result<Response, Fault> {
    let (kind, text) = match name.as_str() {
        "dossier.css" => ("text/css; charset=utf-8", STYLE),
        "workspace.css" => ("text/css; charset=utf-8", include_str!("look/workspace.css")),
        "workspace.js" => ("text/javascript; charset=utf-8", include_str!("look/workspace.js")),
        _ => return Err(Fault::Missing),
    };
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
