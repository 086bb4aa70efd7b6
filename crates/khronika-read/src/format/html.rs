//! Web pages.

use crate::encoding::{self, Decoded};
use crate::html::{self, Setting};
use crate::rendition::{Limits, Refusal, Remark, RemarkKind, Rendition};

/// Reads a page as it was saved.
#[expect(clippy::unnecessary_wraps, reason = "every parser may refuse")]
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let decoded = decode(bytes);
    let mut page = html::read(&decoded.text, Setting::Page, limits.text);
    page.remarks.splice(0..0, damage(&decoded));
    page.about.encoding = Some(decoded.encoding.to_owned());
    Ok(page)
}

/// What of a decoded document could not be decoded.
pub(super) fn damage(decoded: &Decoded) -> impl Iterator<Item = Remark> {
    decoded.damage.iter().map(|harm| Remark {
        kind: RemarkKind::Damaged,
        what: crate::problem::harm(harm),
        place: harm.byte.map(crate::problem::byte),
    })
}

/// A page in the encoding that it declares, unless that plainly does not fit its bytes.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    encoding::decode_declared(bytes, html::declared_encoding(bytes))
}
