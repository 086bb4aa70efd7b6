//! What a parser may still unpack, and the documents that it found inside: counted, and what is left out said once for each sort.

use std::collections::BTreeMap;

use crate::rendition::{Embedded, Limits, Remark, RemarkKind, Rendition};

/// Documents inside of a document, as far as the limits go.
pub(super) struct Inside {
    left: u64,
    most: usize,
    embedded: Vec<Embedded>,
    /// What was left out, by sort of remark and reason: how many, and the first of them.
    out: BTreeMap<(RemarkKind, &'static str), (u64, Vec<String>)>,
}

/// So many names of what was left out are told.
const TOLD: usize = 3;

impl Inside {
    pub(super) fn new(limits: Limits) -> Self {
        Self { left: limits.unpacked, most: limits.embedded, embedded: Vec::new(), out: BTreeMap::new() }
    }

    /// Bytes that may still be unpacked.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// Counts bytes that were unpacked; false where there were more than may be.
    pub(super) const fn take(&mut self, bytes: u64) -> bool {
        let fits = bytes <= self.left;
        self.left = self.left.saturating_sub(bytes);
        fits
    }

    /// True where no more documents may be added.
    pub(super) const fn is_full(&self) -> bool {
        self.embedded.len() >= self.most
    }

    /// Adds a document whose bytes are counted already.
    pub(super) fn add(&mut self, name: &str, declared: Option<&str>, bytes: Vec<u8>) {
        if self.is_full() {
            return self.leave_out(RemarkKind::Limit, "There are more documents inside than are read; left out", name);
        }
        self.embedded.push(Embedded { name: shown(name), declared: declared.map(str::to_owned), bytes });
    }

    /// Counts and adds a document.
    pub(super) fn add_counted(&mut self, name: &str, declared: Option<&str>, bytes: Vec<u8>) {
        if self.is_full() || self.take(bytes.len() as u64) {
            self.add(name, declared, bytes);
        } else {
            self.leave_out(RemarkKind::Limit, TOO_MUCH, name);
        }
    }

    /// Something was left out. `why` says what such things are, in words that a number and names can follow.
    pub(super) fn leave_out(&mut self, kind: RemarkKind, why: &'static str, name: &str) {
        let (count, names) = self.out.entry((kind, why)).or_default();
        *count += 1;
        if names.len() < TOLD {
            names.push(shown(name));
        }
    }

    /// Puts the documents into a rendition, and behind its remarks one for each reason to leave something out.
    pub(super) fn finish_into(self, rendition: &mut Rendition) {
        let (embedded, remarks) = self.finish();
        rendition.embedded = embedded;
        rendition.remarks.extend(remarks);
    }

    /// The documents, and a remark for each reason to leave something out.
    pub(super) fn finish(self) -> (Vec<Embedded>, Vec<Remark>) {
        let remark = |((kind, why), (count, names)): ((RemarkKind, &str), (u64, Vec<String>))| {
            let more = count - names.len() as u64;
            let names = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
            let what = match more {
                0 => format!("{why}: {names}"),
                more => format!("{why}: {names} and {more} more"),
            };
            Remark { kind, what, place: None }
        };
        (self.embedded, self.out.into_iter().map(remark).collect())
    }
}

/// Why a document inside was left out where it would unpack to too much.
pub(super) const TOO_MUCH: &str = "What is inside unpacks to more than is read; left out";

/// Why a document inside was left out that is longer than any that is read.
pub(super) const TOO_LONG: &str = "Files inside are longer than is read; left out";

/// Why a file inside was left out that nobody wrote.
pub(super) const JUNK: &str = "Files that an operating system keeps for itself were left out";

/// The longest document inside of an archive (bytes); longer ones are not read as files either.
pub(super) const LONGEST_MEMBER: u64 = 64 << 20;

/// What macOS and Windows leave in folders.
pub(super) fn is_junk(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || file.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|junk| file.eq_ignore_ascii_case(junk))
}

/// A name as it may be shown: without control characters, and not longer than anybody reads.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 400;
    let clean: String = name.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let end = clean.floor_char_boundary(clean.len().min(LONGEST));
    let mut short = clean.get(..end).unwrap_or_default().to_owned();
    if end < clean.len() {
        short.push('…');
    }
    short
}
