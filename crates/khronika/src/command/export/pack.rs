//! Where the files of an export are put: a bag, or a plain folder. What is to be hidden is looked for in everything that passes.

use std::io::Read;
use std::path::Path;

use khronika_seal::Error;
use khronika_seal::bag::BagWriter;
use khronika_seal::parcel::{FileEntry, Parcel};

use crate::Failure;
use crate::redaction::{STILL_THERE, Watch, Whose};

/// Takes the files of an export.
pub(super) struct Packer<'a> {
    place: Place<'a>,
    out: &'a Path,
    watch: Option<&'a Watch>,
}

enum Place<'a> {
    Bag(BagWriter<'a>),
    Plain(Parcel<'a>),
}

impl<'a> Packer<'a> {
    /// Into a bag.
    pub(super) fn bag(bag: BagWriter<'a>, out: &'a Path, watch: Option<&'a Watch>) -> Self {
        Self { place: Place::Bag(bag), out, watch }
    }

    /// Into a folder without more.
    pub(super) fn plain(parcel: Parcel<'a>, out: &'a Path, watch: Option<&'a Watch>) -> Self {
        Self { place: Place::Plain(parcel), out, watch }
    }

    /// Puts a document, or its text; the length may be known.
    pub(super) fn document(
        &mut self,
        path: &str,
        length: Option<u64>,
        content: impl Read,
    ) -> Result<FileEntry, Failure> {
        let path = self.inside(path);
        self.put(&path, Whose::Documents, length, content)
    }

    /// Puts what was made of the documents.
    pub(super) fn made(&mut self, path: &str, content: &[u8]) -> Result<FileEntry, Failure> {
        let path = self.inside(path);
        self.put(&path, Whose::Ours, None, content)
    }

    /// Puts a file about the case: a proof, the journal.
    pub(super) fn tag(&mut self, path: &str, content: &[u8]) -> Result<FileEntry, Failure> {
        self.put(path, Whose::Ours, None, content)
    }

    /// Where a file of the case goes.
    fn inside(&self, path: &str) -> String {
        match self.place {
            Place::Bag(_) => format!("data/{path}"),
            Place::Plain(_) => path.to_owned(),
        }
    }

    fn put(&mut self, path: &str, whose: Whose, length: Option<u64>, content: impl Read) -> Result<FileEntry, Failure> {
        let done = match self.watch {
            Some(watch) if watch.is_in(Whose::Ours, path.as_bytes()) => return Err(still_there(path)),
            Some(watch) => self.write(path, length, watch.over(whose, content)),
            None => self.write(path, length, content),
        };
        done.map_err(|error| match error.to_string() {
            words if words.contains(STILL_THERE) => still_there(path),
            words => {
                let hint = "check the place and the disk, and run again";
                Failure::new(format!("cannot write {path} for {}: {words}", self.out.display()), hint)
            }
        })
    }

    fn write(&mut self, path: &str, length: Option<u64>, content: impl Read) -> Result<FileEntry, Error> {
        match (&mut self.place, length) {
            (Place::Bag(bag), Some(length)) => bag.add_long(path, length, content),
            (Place::Bag(bag), None) => bag.add(path, content),
            (Place::Plain(parcel), Some(length)) => parcel.add_long(path, length, content),
            (Place::Plain(parcel), None) => parcel.add(path, content),
        }
    }

    /// The bag or the folder, to be ended.
    pub(super) fn into_parts(self) -> (Option<BagWriter<'a>>, Option<Parcel<'a>>) {
        match self.place {
            Place::Bag(bag) => (Some(bag), None),
            Place::Plain(parcel) => (None, Some(parcel)),
        }
    }
}

fn still_there(path: &str) -> Failure {
    Failure::new(
        format!("nothing was exported: words that are to be hidden still stand in {path}, perhaps in a code"),
        "mark the passage in which they stand, with --source and --quote or --from and --to, or leave the document out with --only",
    )
}
