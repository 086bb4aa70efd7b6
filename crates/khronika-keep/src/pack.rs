//! Bytes made smaller, and cut into pieces.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use zstd::bulk::{Compressor, Decompressor};

use crate::error::{Doing as _, Error, Result};
use crate::search::word::header;

/// The length of a piece: every piece of a document but the last is so long.
pub(crate) const PIECE: usize = 1 << 20;
/// Good for text, and fast enough not to be what one waits for.
const LEVEL: i32 = 3;
/// What one text may unpack to. SQLite does not hand more to the index either.
pub(crate) const LONGEST_TEXT: usize = 1 << 30;

thread_local! {
    /// Making one takes longer than packing a letter with it.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let packed = PACKER.with(|packer| {
        let mut packer = packer.borrow_mut();
        let packer = match &mut *packer {
            Some(packer) => packer,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        packer.compress(bytes)
    });
    packed.map_err(|e| Error::refused(format!("cannot compress: {e}")))
}

/// The bytes that were packed, of which there are no more than `most`.
pub(crate) fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>> {
    let damaged = || Error::damaged("something stored cannot be unpacked");
    // What was packed in one go says how long it was.
    let length = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().ok_or_else(damaged)?;
    let length = usize::try_from(length).ok().filter(|length| *length <= most).ok_or_else(damaged)?;
    let unpacked = UNPACKER.with(|unpacker| {
        let mut unpacker = unpacker.borrow_mut();
        let unpacker = match &mut *unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(Decompressor::new()?),
        };
        unpacker.decompress(packed, length)
    });
    unpacked.map_err(|_| damaged())
}

pub(crate) fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack(packed, LONGEST_TEXT)?).map_err(|_| Error::damaged("a text is not UTF-8"))
}

/// Makes `unpacked(lang, words)` known to a connection: a text with the header that the index reads its language from.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection
        .create_scalar_function("unpacked", 2, flags, |context| {
            let lang = context.get_raw(0).as_str()?;
            let packed = context.get_raw(1).as_blob()?;
            let text = unpack_text(packed).map_err(|e| rusqlite::Error::UserFunctionError(Box::new(e)))?;
            Ok(with_header(lang, &text))
        })
        .doing("prepare the search index")
}

/// A text with the header that the index reads its language from.
pub(crate) fn with_header(lang: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + header(lang).len());
    out.extend(header(lang).map(char::from));
    // SQLite would end the text at the first of these.
    if text.contains('\0') {
        out.push_str(&text.replace('\0', " "))
    } else {
        out.push_str(text)
    }
    out
}
