//! The search index splits texts into our words: [`Words`] as an FTS5 tokenizer.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use rusqlite::{Connection, ffi};

use crate::error::{Error, Result};
use crate::search::word::{Reading, Words};

/// The name that a table of the index gives as its tokenizer.
const NAME: &CStr = c"khronika";

/// Makes the tokenizer known to a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let fail = |code| Error::database_code("prepare the search index", code);
    let mut api: *mut ffi::fts5_api = ptr::null_mut();
    let mut statement: *mut ffi::sqlite3_stmt = ptr::null_mut();
    // SAFETY: the connection is open and outlives the calls. `SELECT fts5(?1)` writes a pointer to its interface to where the bound
    // pointer points: `api`, which outlives the statement.
    unsafe {
        let db = connection.handle();
        let query = c"SELECT fts5(?1)";
        let done = ffi::sqlite3_prepare_v2(db, query.as_ptr(), -1, &raw mut statement, ptr::null_mut());
        if done != ffi::SQLITE_OK {
            return Err(fail(done));
        }
        ffi::sqlite3_bind_pointer(statement, 1, (&raw mut api).cast(), c"fts5_api_ptr".as_ptr(), None);
        ffi::sqlite3_step(statement);
        ffi::sqlite3_finalize(statement);
    }
    if api.is_null() {
        return Err(fail(ffi::SQLITE_ERROR));
    }
    let mut functions = ffi::fts5_tokenizer { xCreate: Some(create), xDelete: Some(delete), xTokenize: Some(tokenize) };
    // SAFETY: `api` is not null and was written by FTS5; the functions are copied.
    let done = unsafe {
        (*api)
            .xCreateTokenizer
            .map_or(ffi::SQLITE_ERROR, |make| make(api, NAME.as_ptr(), ptr::null_mut(), &raw mut functions, None))
    };
    if done == ffi::SQLITE_OK { Ok(()) } else { Err(fail(done)) }
}

unsafe extern "C" fn create(
    _: *mut c_void,
    _: *mut *const c_char,
    _: c_int,
    out: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    if out.is_null() {
        return ffi::SQLITE_MISUSE;
    }
    let Ok(words) = catch_unwind(|| Box::new(Words::new())) else { return ffi::SQLITE_ERROR };
    // SAFETY: `out` is SQLite's place for the answer, not null. `delete` takes the box back.
    unsafe { *out = Box::into_raw(words).cast() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(words: *mut ffi::Fts5Tokenizer) {
    if !words.is_null() {
        // SAFETY: FTS5 hands back what `create` made, once.
        drop(unsafe { Box::from_raw(words.cast::<Words>()) });
    }
}

type Token = unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int;

unsafe extern "C" fn tokenize(
    words: *mut ffi::Fts5Tokenizer,
    context: *mut c_void,
    flags: c_int,
    text: *const c_char,
    length: c_int,
    token: Option<Token>,
) -> c_int {
    let (Some(token), false) = (token, words.is_null()) else { return ffi::SQLITE_MISUSE };
    let text = match usize::try_from(length) {
        // SAFETY: FTS5 hands in `length` bytes, which live through the call.
        Ok(length) if !text.is_null() => unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length) },
        _ => &[],
    };
    // SAFETY: `words` was made by `create` and is used by one connection, which SQLite does not use from two threads at once.
    let words = unsafe { &mut *words.cast::<Words>() };
    let reading = match flags {
        f if f & ffi::FTS5_TOKENIZE_AUX != 0 => Reading::Marking,
        f if f & ffi::FTS5_TOKENIZE_QUERY == 0 => Reading::Document,
        f if f & ffi::FTS5_TOKENIZE_PREFIX == 0 => Reading::Query,
        _ => Reading::Prefix,
    };
    let mut done = ffi::SQLITE_OK;
    let work = AssertUnwindSafe(|| {
        words.read(text, reading, &mut |word, colocated, start, end| {
            let flag = if colocated { ffi::FTS5_TOKEN_COLOCATED } else { 0 };
            // Texts are shorter than two gibibytes, or FTS5 would not have handed them in.
            let number = |n: usize| c_int::try_from(n).unwrap_or(c_int::MAX);
            // SAFETY: the function and its context are FTS5's; the word lives through the call.
            done =
                unsafe { token(context, flag, word.as_ptr().cast(), number(word.len()), number(start), number(end)) };
            done == ffi::SQLITE_OK
        });
    });
    if catch_unwind(work).is_err() { ffi::SQLITE_ERROR } else { done }
}
