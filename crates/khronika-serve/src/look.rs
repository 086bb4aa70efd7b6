//! What pages look like and what the script adds to them: files that come with the program.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_show::dossier::STYLE;

use crate::fault::Fault;
use crate::guard::Policy;

const CSS: &str = "text/css; charset=utf-8";
const FONT: &str = "font/woff2";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file by its name.
pub(crate) async fn file(Path(name): Path<String>) -> Result<Response, Fault> {
    macro_rules! font {
        ($name:literal) => {
            (FONT, &include_bytes!(concat!("look/fonts/", $name, ".woff2"))[..])
        };
    }
    if let Some(packed) = pdfjs(&name) {
        return Ok(packed);
    }
    let (kind, bytes) = match name.as_str() {
        "dossier.css" => (CSS, STYLE.as_bytes()),
        "workspace.css" => (CSS, &include_bytes!("look/workspace.css")[..]),
        "workspace.js" => (SCRIPT, &include_bytes!("look/workspace.js")[..]),
        "sheet.mjs" => (SCRIPT, &include_bytes!("look/sheet.mjs")[..]),
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

/// A file of pdf.js (look/pdfjs): packed as it is in the program, which every browser unpacks.
fn pdfjs(name: &str) -> Option<Response> {
    macro_rules! packed {
        ($name:literal) => {
            &include_bytes!(concat!("look/pdfjs/", $name, ".gz"))[..]
        };
    }
    let plain = [(header::CONTENT_TYPE, "application/octet-stream")];
    let bytes = match name {
        "pdf.min.mjs" => packed!("pdf.min.mjs"),
        "pdf.worker.min.mjs" => packed!("pdf.worker.min.mjs"),
        "jbig2_nowasm_fallback.js" => packed!("jbig2_nowasm_fallback.js"),
        "openjpeg_nowasm_fallback.js" => packed!("openjpeg_nowasm_fallback.js"),
        "FoxitSymbol.pfb" => return Some((plain, &include_bytes!("look/pdfjs/FoxitSymbol.pfb")[..]).into_response()),
        "FoxitDingbats.pfb" => {
            return Some((plain, &include_bytes!("look/pdfjs/FoxitDingbats.pfb")[..]).into_response());
        }
        _ => return None,
    };
    let headers = [(header::CONTENT_TYPE, SCRIPT), (header::CONTENT_ENCODING, "gzip")];
    let mut response = (headers, bytes).into_response();
    response.extensions_mut().insert(Policy::WORKER);
    Some(response)
}
