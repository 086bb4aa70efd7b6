//! What a child tells its parent: a row of frames, each a letter, a length (four bytes, the lowest first) and that many bytes.
//!
//! First how it is confined (`H`), then what it saw (text in pieces `t`, parts `p`, pages `g`, words `w`, marks `m`, what the document
//! says of itself `a`, remarks `r`, documents inside `e` and pictures of pages `i`, each followed by its bytes `d`), then the end `z`; or,
//! at any time, why there is none (`x`). Numbers are LEB128, places are told as distances from the place before. The parent believes
//! nothing of it: [`decode`] bounds whatever it keeps, and [`Rendition::check`] comes after it.

mod decode;
mod encode;
mod wire;

use khronika_read::rendition::{Limits, Refusal, Rendition};

pub use decode::{Bounds, decode};
pub use encode::{hello, refusal, rendition};

/// The longest payload of a frame, in bytes.
pub(crate) const LONGEST: usize = 1 << 20;

pub(crate) const HELLO: u8 = b'H';
pub(crate) const TEXT: u8 = b't';
pub(crate) const PARTS: u8 = b'p';
pub(crate) const PAGES: u8 = b'g';
pub(crate) const WORDS: u8 = b'w';
pub(crate) const MARKS: u8 = b'm';
pub(crate) const ABOUT: u8 = b'a';
pub(crate) const REMARK: u8 = b'r';
pub(crate) const EMBEDDED: u8 = b'e';
pub(crate) const RASTER: u8 = b'i';
pub(crate) const DATA: u8 = b'd';
pub(crate) const REFUSAL: u8 = b'x';
pub(crate) const END: u8 = b'z';

/// How a child is confined, as it found out itself by trying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confinement {
    /// Opening a file was denied.
    pub no_files: bool,
    /// Making a socket was denied.
    pub no_network: bool,
    /// Starting another process was denied.
    pub no_processes: bool,
    /// The limits on memory, time and files are set.
    pub limits: bool,
    /// The filter of system calls is in force.
    pub seccomp: bool,
    /// Landlock is in force besides; not every kernel has it, and nothing depends on it.
    pub landlock: bool,
    /// What could not be set up, in words.
    pub lacks: String,
}

impl Confinement {
    /// Whether a hostile document could do no harm.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.no_files && self.no_network && self.no_processes && self.limits && self.seccomp
    }
}

/// What a child told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it is confined.
    pub confinement: Confinement,
    /// What it saw, or why it saw nothing.
    pub seen: Result<Rendition, Refusal>,
}

/// Why there is no [`Told`].
#[derive(Debug)]
pub enum Broken {
    /// The frames end too early.
    Cut,
    /// The pipe could not be read, or not in time.
    Pipe(std::io::Error),
    /// The frames are not what they should be.
    Garbage(&'static str),
    /// The child says that it is not confined, and it must be.
    Unconfined(Confinement),
}

/// The refusals, as they are told: by number.
pub(crate) fn refusal_of(number: u8, words: String) -> Option<Refusal> {
    Some(match number {
        0 => Refusal::Locked,
        1 => Refusal::Damaged(words),
        2 => Refusal::Unsupported(words),
        3 => Refusal::Limit(words),
        4 => Refusal::Missing(words),
        5 => Refusal::Failed(words),
        6 => Refusal::Unconfined(words),
        _ => return None,
    })
}

pub(crate) fn number_of(refusal: &Refusal) -> (u8, &str) {
    match refusal {
        Refusal::Locked => (0, ""),
        Refusal::Damaged(words) => (1, words),
        Refusal::Unsupported(words) => (2, words),
        Refusal::Limit(words) => (3, words),
        Refusal::Missing(words) => (4, words),
        Refusal::Failed(words) => (5, words),
        Refusal::Unconfined(words) => (6, words),
    }
}

/// How much is taken of what a parser made, whatever its own limits were.
pub(crate) fn bounds(limits: Limits) -> Bounds {
    Bounds {
        text: limits.text,
        words: 8 << 20,
        parts: 4 << 20,
        marks: 1 << 20,
        pages: limits.pages,
        embedded: limits.embedded,
        unpacked: limits.unpacked,
        rasters: 512 << 20,
        remarks: 10_000,
        strings: 32 << 20,
    }
}

#[cfg(test)]
mod tests;
