//! What pages look like and what the script adds to them: files that come with the program.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_show::dossier::STYLE;

use crate::fault::Fault;

const CSS: &str = "text/css; charset=utf-8";
const FONT: &str = "font/woff2";

/// A file by its name.
pub(crate) async fn file(Path(name): Path<String>) -> Result<Response, Fault> {
    macro_rules! font {
        ($name:literal) => {
            (FONT, &include_bytes!(concat!("look/fonts/", $name, ".woff2"))[..])
        };
    }
    let (kind, bytes) = match name.as_str() {
        "dossier.css" => (CSS, STYLE.as_bytes()),
        "workspace.css" => (CSS, &include_bytes!("look/workspace.css")[..]),
        "workspace.js" => ("text/javascript; charset=utf-8", &include_bytes!("look/workspace.js")[..]),
        "noto-sans-latin.woff2" => font!("noto-sans-latin"),
        "noto-sans-latin-more.woff2" => font!("noto-sans-latin-more"),
        "noto-sans-cyrillic.woff2" => font!("noto-sans-cyrillic"),
        "noto-sans-cyrillic-more.woff2" => font!("noto-sans-cyrillic-more"),
        "noto-serif-latin.woff2" => font!("noto-serif-latin"),
        "noto-serif-latin-more.woff2" => font!("noto-serif-latin-more"),
        "noto-serif-cyrillic.woff2" => font!("noto-serif-cyrillic"),
        "noto-serif-cyrillic-more.woff2" => font!("noto-serif-cyrillic-more"),
        _ => return Err(Fault::Missing),
    };
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
