//! Frames, as a child that may be in the hands of an attacker sends them, as what a parser made.

use std::io::{self, Read};

use khronika_core::{Day, Lang, Mark, MarkKind, Page, WordBox};
use khronika_read::rendition::{About, Embedded, Part, Raster, Remark, RemarkKind, Rendition, Role};

use super::wire::{Garbage, Take};
use super::{
    ABOUT, Broken, Confinement, DATA, EMBEDDED, END, HELLO, LONGEST, MARKS, PAGES, PARTS, RASTER, REFUSAL, REMARK,
    TEXT, Told, WORDS, refusal_of,
};

/// How much is taken at most. Numbers of items, and bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Text, in bytes.
    pub text: usize,
    /// Boxes of words.
    pub words: usize,
    /// Parts of the text.
    pub parts: usize,
    /// Marks.
    pub marks: usize,
    /// Pages.
    pub pages: usize,
    /// Documents inside.
    pub embedded: usize,
    /// Documents inside, in bytes together.
    pub unpacked: u64,
    /// Pictures of pages, in bytes together.
    pub rasters: u64,
    /// Remarks.
    pub remarks: usize,
    /// All strings together, in bytes.
    pub strings: usize,
}

impl From<Garbage> for Broken {
    fn from(garbage: Garbage) -> Self {
        Self::Garbage(garbage.0)
    }
}

/// Reads what a child tells until its end. Where `must_hold`, nothing is read of a child that is not confined.
///
/// # Errors
/// Where it is not whole, or not what it should be.
pub fn decode(from: &mut impl Read, bounds: Bounds, must_hold: bool) -> Result<Told, Broken> {
    let mut buffer = Vec::new();
    let mut decoder = Decoder::new(bounds);
    if next(from, &mut buffer)? != HELLO {
        return Err(Broken::Garbage("it does not begin with how it is confined"));
    }
    let confinement = decoder.hello(&buffer)?;
    if must_hold && !confinement.holds() {
        return Err(Broken::Unconfined(confinement));
    }
    loop {
        match next(from, &mut buffer)? {
            END => {
                let seen = decoder.finish(&buffer)?;
                return Ok(Told { confinement, seen: Ok(seen) });
            }
            REFUSAL => {
                let seen = Err(decoder.refusal(&buffer)?);
                return Ok(Told { confinement, seen });
            }
            tag => decoder.take(tag, &buffer)?,
        }
    }
}

/// The next frame: its letter; its payload is in `buffer`.
fn next(from: &mut impl Read, buffer: &mut Vec<u8>) -> Result<u8, Broken> {
    let fail = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Cut,
        _ => Broken::Pipe(error),
    };
    let mut head = [0; 5];
    from.read_exact(&mut head).map_err(fail)?;
    let [tag, length @ ..] = head;
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST + (LONGEST / 2) {
        return Err(Broken::Garbage("a frame is too long"));
    }
    buffer.resize(length, 0);
    from.read_exact(buffer).map_err(fail)?;
    Ok(tag)
}

/// What data frames go into, and how many bytes are still missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Embedded(u64),
    Raster(u64),
}

struct Decoder {
    bounds: Bounds,
    strings: usize,
    text: Vec<u8>,
    seen: Rendition,
    open: Open,
    unpacked: u64,
    rasters: u64,
    /// Where the latest part, page, word and mark ended.
    ends: [usize; 4],
}

impl Decoder {
    fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            strings: bounds.strings,
            text: Vec::new(),
            seen: Rendition::default(),
            open: Open::Nothing,
            unpacked: 0,
            rasters: 0,
            ends: [0; 4],
        }
    }

    fn hello(&mut self, payload: &[u8]) -> Result<Confinement, Garbage> {
        let mut take = Take::new(payload, &mut self.strings);
        let mut flag = || match take.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Garbage("neither yes nor no")),
        };
        let (no_files, no_network, no_processes) = (flag()?, flag()?, flag()?);
        let (limits, seccomp, landlock) = (flag()?, flag()?, flag()?);
        let lacks = take.words()?;
        take.end()?;
        Ok(Confinement { no_files, no_network, no_processes, limits, seccomp, landlock, lacks })
    }

    fn refusal(&mut self, payload: &[u8]) -> Result<khronika_read::rendition::Refusal, Garbage> {
        let mut take = Take::new(payload, &mut self.strings);
        let (number, words) = (take.byte()?, take.words()?);
        take.end()?;
        refusal_of(number, words).ok_or(Garbage("a kind that there is none of"))
    }

    fn take(&mut self, tag: u8, payload: &[u8]) -> Result<(), Garbage> {
        let Self { bounds, strings, seen, open, ends: [parts, pages, words, marks], .. } = self;
        if tag == DATA {
            return self.data(payload);
        }
        if *open != Open::Nothing {
            return Err(Garbage("the bytes of a document inside are cut"));
        }
        let room = |length: usize, most: usize| {
            if length < most { Ok(()) } else { Err(Garbage("it is more than is taken")) }
        };
        let mut take = Take::new(payload, strings);
        match tag {
            TEXT => {
                if self.text.len() + payload.len() > bounds.text {
                    return Err(Garbage("it is more than is taken"));
                }
                self.text.extend_from_slice(payload);
                return Ok(());
            }
            PARTS => {
                while !take.is_done() {
                    room(seen.parts.len(), bounds.parts)?;
                    let span = take.span(parts)?;
                    seen.parts.push(Part { span, role: take.one_of(&Role::ALL)? });
                }
            }
            PAGES => {
                while !take.is_done() {
                    room(seen.layout.pages.len(), bounds.pages)?;
                    let (span, width, height) = (take.span(pages)?, take.signed()?, take.signed()?);
                    seen.layout.pages.push(Page { span, width, height });
                }
            }
            WORDS => {
                while !take.is_done() {
                    room(seen.layout.words.len(), bounds.words)?;
                    let (span, page, rect) = (take.span(words)?, take.small()?, take.rect()?);
                    let confidence = match take.byte()? {
                        percent @ 0..=100 => Some(percent),
                        u8::MAX => None,
                        _ => return Err(Garbage("more than a hundred percent")),
                    };
                    seen.layout.words.push(WordBox { span, page, rect, confidence });
                }
            }
            MARKS => {
                while !take.is_done() {
                    room(seen.layout.marks.len(), bounds.marks)?;
                    let span = take.span(marks)?;
                    *marks = span.start;
                    let kind = take.one_of(&MarkKind::ALL)?;
                    let (author, date, note) = (take.maybe()?, take.maybe()?, take.maybe()?);
                    seen.layout.marks.push(Mark { span, kind, author, date, note });
                }
            }
            ABOUT => seen.about = about(&mut take)?,
            REMARK => {
                room(seen.remarks.len(), bounds.remarks)?;
                let kind = take.one_of(&RemarkKind::ALL)?;
                let (what, place) = (take.words()?, take.maybe()?);
                seen.remarks.push(Remark { kind, what, place });
            }
            EMBEDDED => {
                room(seen.embedded.len(), bounds.embedded)?;
                let (name, declared, length) = (take.words()?, take.maybe()?, take.number()?);
                self.unpacked = self.unpacked.saturating_add(length);
                if self.unpacked > bounds.unpacked {
                    return Err(Garbage("it is more than is taken"));
                }
                seen.embedded.push(Embedded { name, declared, bytes: Vec::new() });
                *open = if length == 0 { Open::Nothing } else { Open::Embedded(length) };
            }
            RASTER => {
                room(seen.rasters.len(), bounds.pages)?;
                let (page, width, height) = (take.small()?, take.small()?, take.small()?);
                let length = u64::from(width) * u64::from(height);
                self.rasters = self.rasters.saturating_add(length);
                if self.rasters > bounds.rasters {
                    return Err(Garbage("it is more than is taken"));
                }
                seen.rasters.push(Raster { page, width, height, gray: Vec::new() });
                *open = if length == 0 { Open::Nothing } else { Open::Raster(length) };
            }
            _ => return Err(Garbage("a frame of a kind that there is none of")),
        }
        take.end()
    }

    fn data(&mut self, payload: &[u8]) -> Result<(), Garbage> {
        let (Open::Embedded(missing) | Open::Raster(missing)) = self.open else {
            return Err(Garbage("bytes that belong to nothing"));
        };
        let more = Garbage("a document inside is longer than it says");
        let missing = missing.checked_sub(payload.len() as u64).ok_or(more)?;
        let into = match self.open {
            Open::Embedded(_) => self.seen.embedded.last_mut().map(|inside| &mut inside.bytes),
            _ => self.seen.rasters.last_mut().map(|raster| &mut raster.gray),
        };
        into.ok_or(more)?.extend_from_slice(payload);
        self.open = match self.open {
            _ if missing == 0 => Open::Nothing,
            Open::Embedded(_) => Open::Embedded(missing),
            _ => Open::Raster(missing),
        };
        Ok(())
    }

    fn finish(mut self, payload: &[u8]) -> Result<Rendition, Garbage> {
        if !payload.is_empty() {
            return Err(Garbage("a frame is longer than what it holds"));
        }
        if self.open != Open::Nothing {
            return Err(Garbage("the bytes of a document inside are cut"));
        }
        self.seen.text = String::from_utf8(self.text).map_err(|_| Garbage("the text is not UTF-8"))?;
        self.seen.check().map_err(Garbage)?;
        Ok(self.seen)
    }
}

fn about(take: &mut Take<'_>) -> Result<About, Garbage> {
    let (title, author, date) = (take.maybe()?, take.maybe()?, take.maybe()?);
    let (lang, encoding) = (take.maybe()?, take.maybe()?);
    let date = date.map(|day| day.parse::<Day>().map_err(|_| Garbage("a day that there is none of"))).transpose()?;
    let lang = lang.map(|code| match code.as_str() {
        "und" => Ok(Lang::UND),
        code => Lang::new(code).ok_or(Garbage("a language that there is none of")),
    });
    let mut more = Vec::new();
    while !take.is_done() {
        more.push((take.words()?, take.words()?));
    }
    Ok(About { title, author, date, lang: lang.transpose()?, encoding, more })
}
