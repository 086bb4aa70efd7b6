//! The search index splits texts into our words: [`Words`] as an FTS5 tokenizer; and it tells how often each phrase of a question stands
//! in a text, by a function for its queries.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use rusqlite::{Connection, ffi};

use crate::error::{Error, Result};
use crate::search::word::{Reading, Words};

/// The name that a table of the index gives as its tokenizer.
const NAME: &CStr = c"khronika";

/// The name of the function that tells how often each phrase of a question stands in a text.
const COUNTS: &CStr = c"khronika_counts";
/// The bytes of a count.
const COUNT: usize = size_of::<u16>();

/// Makes the tokenizer and the function known to a connection.
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
    if done != ffi::SQLITE_OK {
        return Err(fail(done));
    }
    // SAFETY: as above; there are no data of the function's own to be freed.
    let done = unsafe {
        (*api)
            .xCreateFunction
            .map_or(ffi::SQLITE_ERROR, |make| make(api, COUNTS.as_ptr(), ptr::null_mut(), Some(counts), None))
    };
    if done == ffi::SQLITE_OK { Ok(()) } else { Err(fail(done)) }
}

/// How often each phrase of the question stands in a text: numbers of 16 bits, the lowest byte first, as the bytes of an integer where
/// there are not more than four, else as a blob. What stands more often is told as the highest such number.
unsafe extern "C" fn counts(
    api: *const ffi::Fts5ExtensionApi,
    fts: *mut ffi::Fts5Context,
    context: *mut ffi::sqlite3_context,
    _: c_int,
    _: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: FTS5 calls with its own interface and contexts, which live through the call.
    let done = unsafe { count_all(api, fts, context) };
    if done != ffi::SQLITE_OK {
        // SAFETY: as above.
        unsafe { ffi::sqlite3_result_error_code(context, done) };
    }
}

/// # Safety
/// As [`counts`].
unsafe fn count_all(
    api: *const ffi::Fts5ExtensionApi,
    fts: *mut ffi::Fts5Context,
    context: *mut ffi::sqlite3_context,
) -> c_int {
    // SAFETY: `api` is not null where it is followed, and FTS5's own.
    let api = unsafe { api.as_ref() };
    let Some(ffi::Fts5ExtensionApi {
        xPhraseCount: Some(size),
        xPhraseFirst: Some(first),
        xPhraseNext: Some(next),
        ..
    }) = api
    else {
        return ffi::SQLITE_MISUSE;
    };
    // SAFETY: the context is FTS5's.
    let phrases = unsafe { size(fts) };
    let length = usize::try_from(phrases).unwrap_or(0) * COUNT;
    let (mut few, mut many) = ([0; 8], Vec::new());
    let all = match few.get_mut(..length) {
        Some(few) => few,
        None => {
            many.resize(length, 0);
            many.as_mut_slice()
        }
    };
    for (phrase, count) in (0..phrases).zip(all.as_chunks_mut::<COUNT>().0) {
        let mut places = ffi::Fts5PhraseIter { a: ptr::null(), b: ptr::null() };
        let (mut column, mut place, mut number) = (0, 0, 0_u16);
        // SAFETY: the context is FTS5's, the other pointers are to variables that outlive the call.
        let done = unsafe { first(fts, phrase, &raw mut places, &raw mut column, &raw mut place) };
        if done != ffi::SQLITE_OK {
            return done;
        }
        // A column below zero says that there is no other place.
        while column >= 0 {
            number = number.saturating_add(1);
            // SAFETY: as above; `places` was filled by `first`.
            unsafe { next(fts, &raw mut places, &raw mut column, &raw mut place) };
        }
        *count = number.to_le_bytes();
    }
    // SAFETY: the context is SQLite's; the bytes are copied before the call returns.
    unsafe {
        if many.is_empty() {
            ffi::sqlite3_result_int64(context, i64::from_le_bytes(few));
        } else {
            let length = c_int::try_from(many.len()).unwrap_or(0);
            ffi::sqlite3_result_blob(context, many.as_ptr().cast(), length, ffi::SQLITE_TRANSIENT());
        }
    }
    ffi::SQLITE_OK
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
