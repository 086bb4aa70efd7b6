//! Web pages saved in one file (RFC 2557): a page, and what it shows, as parts of a mail.

use crate::html::{self, Setting};
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::budget::Inside;
use super::mail::{Related, related};

/// Reads a saved page.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let Related { page, others, more, mut remarks } = related(bytes);
    let Some(page) = page else { return Err(Refusal::Damaged("there is no page in it".to_owned())) };
    let mut rendition = html::read(&page.text, Setting::Page, limits.text);
    rendition.about.encoding = Some(page.encoding.to_owned());
    rendition.about.more.extend(more);
    let mut inside = Inside::new(limits);
    for other in others {
        if is_document(&other.kind) {
            inside.add_counted(&other.name, Some(&other.kind), other.bytes);
        } else if !is_shown(&other.kind) {
            inside.leave_out(
                RemarkKind::NotRead,
                "Parts of the saved page that are no documents were left out",
                &other.name,
            );
        }
    }
    remarks.append(&mut rendition.remarks);
    rendition.remarks = remarks;
    inside.finish_into(&mut rendition);
    Ok(rendition)
}

/// What a page of the web may hold or lead to that is read by itself.
pub(super) fn is_document(kind: &str) -> bool {
    matches!(
        kind,
        "text/html"
            | "application/xhtml+xml"
            | "text/plain"
            | "text/markdown"
            | "text/csv"
            | "application/pdf"
            | "application/rtf"
            | "text/rtf"
            | "application/msword"
            | "application/epub+zip"
            | "message/rfc822"
            | "application/zip"
    ) || kind.starts_with("application/vnd.openxmlformats-officedocument.")
        || kind.starts_with("application/vnd.oasis.opendocument.")
}

/// What a page shows or runs, and has no words that are read.
pub(super) fn is_shown(kind: &str) -> bool {
    ["image/", "font/", "audio/", "video/"].iter().any(|start| kind.starts_with(start))
        || ["css", "javascript", "ecmascript", "font", "json"].iter().any(|word| kind.contains(word))
        || kind == "application/octet-stream"
}
