//! What a parser made, as frames.

use std::io::{self, Write};

use khronika_core::{Mark, MarkKind, Page, WordBox};
use khronika_read::rendition::{About, Part, Refusal, Remark, RemarkKind, Rendition, Role};

use super::wire::Put;
use super::{
    ABOUT, Bounds, Confinement, DATA, EMBEDDED, END, HELLO, LONGEST, MARKS, PAGES, PARTS, RASTER, REFUSAL, REMARK,
    TEXT, WORDS, number_of,
};

/// A payload is sent when it is longer than this, in bytes: one more item always fits.
const FULL: usize = LONGEST / 2;

fn frame(out: &mut impl Write, tag: u8, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    out.write_all(&[tag])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(payload)
}

/// How this process is confined: the first frame.
///
/// # Errors
/// Only those of `out`.
pub fn hello(out: &mut impl Write, confinement: &Confinement) -> io::Result<()> {
    let Confinement { no_files, no_network, no_processes, limits, seccomp, landlock, lacks } = confinement;
    let mut put = Put::default();
    for flag in [no_files, no_network, no_processes, limits, seccomp, landlock] {
        put.byte(u8::from(*flag));
    }
    put.words(lacks);
    frame(out, HELLO, &put.0)?;
    out.flush()
}

/// Why there is nothing: the last frame.
///
/// # Errors
/// Only those of `out`.
pub fn refusal(out: &mut impl Write, refusal: &Refusal) -> io::Result<()> {
    let mut put = Put::default();
    let (number, words) = number_of(refusal);
    put.byte(number);
    put.words(words);
    frame(out, REFUSAL, &put.0)?;
    out.flush()
}

/// Items in as many frames as they need. Each takes far less than half a frame.
fn items<T>(out: &mut impl Write, tag: u8, all: &[T], mut put_one: impl FnMut(&mut Put, &T)) -> io::Result<()> {
    let mut put = Put::default();
    for item in all {
        put_one(&mut put, item);
        if put.0.len() > FULL {
            frame(out, tag, &put.0)?;
            put.0.clear();
        }
    }
    if put.0.is_empty() { Ok(()) } else { frame(out, tag, &put.0) }
}

fn number_in<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|other| other == one).and_then(|ix| u8::try_from(ix).ok()).unwrap_or(u8::MAX)
}

/// What a parser saw, of which [`Rendition::check`] holds. What is more than the parent takes is left out, with a remark.
///
/// # Errors
/// Only those of `out`.
pub fn rendition(out: &mut impl Write, mut seen: Rendition, bounds: &Bounds) -> io::Result<()> {
    trim(&mut seen, bounds);
    for piece in seen.text.as_bytes().chunks(LONGEST) {
        frame(out, TEXT, piece)?;
    }
    let mut at = 0;
    items(out, PARTS, &seen.parts, |put, part: &Part| {
        put.span(part.span, &mut at);
        put.byte(number_in(&Role::ALL, &part.role));
    })?;
    let mut at = 0;
    items(out, PAGES, &seen.layout.pages, |put, page: &Page| {
        put.span(page.span, &mut at);
        put.signed(page.width);
        put.signed(page.height);
    })?;
    let mut at = 0;
    items(out, WORDS, &seen.layout.words, |put, word: &WordBox| {
        put.span(word.span, &mut at);
        put.number(u64::from(word.page));
        put.rect(word.rect);
        put.byte(word.confidence.unwrap_or(u8::MAX));
    })?;
    let mut at = 0;
    items(out, MARKS, &seen.layout.marks, |put, mark: &Mark| {
        // They may overlap: the place before is the beginning of the one before.
        put.span(mark.span, &mut at);
        at = mark.span.start;
        put.byte(number_in(&MarkKind::ALL, &mark.kind));
        for words in [&mark.author, &mark.date, &mark.note] {
            put.maybe(words.as_deref());
        }
    })?;
    frame(out, ABOUT, &about(&seen.about))?;
    for remark in &seen.remarks {
        let mut put = Put::default();
        put.byte(number_in(&RemarkKind::ALL, &remark.kind));
        put.words(&remark.what);
        put.maybe(remark.place.as_deref());
        frame(out, REMARK, &put.0)?;
    }
    // Each is freed when it is sent.
    for raster in std::mem::take(&mut seen.rasters) {
        let mut put = Put::default();
        [raster.page, raster.width, raster.height].into_iter().for_each(|n| put.number(u64::from(n)));
        frame(out, RASTER, &put.0)?;
        data(out, &raster.gray)?;
    }
    for inside in std::mem::take(&mut seen.embedded) {
        let mut put = Put::default();
        put.words(&inside.name);
        put.maybe(inside.declared.as_deref());
        put.length(inside.bytes.len());
        frame(out, EMBEDDED, &put.0)?;
        data(out, &inside.bytes)?;
    }
    frame(out, END, &[])?;
    out.flush()
}

fn data(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    bytes.chunks(LONGEST).try_for_each(|piece| frame(out, DATA, piece))
}

fn about(about: &About) -> Vec<u8> {
    let About { title, author, date, lang, encoding, more } = about;
    let mut put = Put::default();
    put.maybe(title.as_deref());
    put.maybe(author.as_deref());
    put.maybe(date.map(|day| day.to_string()).as_deref());
    put.maybe(lang.as_ref().map(khronika_core::Lang::code));
    put.maybe(encoding.as_deref());
    for (name, value) in more {
        let before = put.0.len();
        put.words(name);
        put.words(value);
        if put.0.len() > LONGEST {
            put.0.truncate(before);
            break;
        }
    }
    put.0
}

/// How many of some things fit into this many bytes.
fn fitting<T>(all: &[T], mut bytes: u64, length: impl Fn(&T) -> usize) -> usize {
    let fits = |one: &&T| {
        let left = bytes.checked_sub(length(one) as u64);
        bytes = left.unwrap_or(0);
        left.is_some()
    };
    all.iter().take_while(fits).count()
}

fn cut<T>(all: &mut Vec<T>, most: usize, what: &'static str, lost: &mut Vec<&'static str>) {
    if all.len() > most {
        all.truncate(most);
        lost.push(what);
    }
}

/// Leaves out what is beyond the bounds.
fn trim(seen: &mut Rendition, bounds: &Bounds) {
    let Rendition { layout, embedded, rasters, remarks, about, .. } = seen;
    let mut lost = Vec::new();
    let strings = bounds.strings as u64;
    let long = |words: &Option<String>| words.as_ref().map_or(0, String::len);
    let what = "where the words of its last pages stand was left out: there are too many";
    cut(&mut layout.words, bounds.words, what, &mut lost);
    let fit = fitting(&layout.marks, strings / 2, |m| long(&m.author) + long(&m.date) + long(&m.note));
    cut(&mut layout.marks, fit.min(bounds.marks), "it has too many marks; the last were left out", &mut lost);
    let fit = fitting(embedded, bounds.unpacked, |inside| inside.bytes.len());
    let named = fitting(embedded, strings / 8, |inside| inside.name.len() + long(&inside.declared));
    let most = fit.min(named).min(bounds.embedded);
    cut(embedded, most, "there is more inside of it than is unpacked; the last were left out", &mut lost);
    let fit = fitting(rasters, bounds.rasters, |raster| raster.gray.len());
    cut(rasters, fit.min(bounds.pages), "the pictures of its last pages are too large together", &mut lost);
    about.more.truncate(1000);
    let fit = fitting(remarks, strings / 8, |remark| remark.what.len() + long(&remark.place));
    cut(remarks, fit.min(bounds.remarks / 2), "there is more to remark than is told", &mut lost);
    let told = |what: &str| Remark { kind: RemarkKind::Limit, what: what.to_owned(), place: None };
    remarks.extend(lost.into_iter().map(told));
}
