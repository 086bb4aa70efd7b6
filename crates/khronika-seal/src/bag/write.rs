//! Bags written, whole or not at all.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::name::{is_above_manifests, unfit};
use super::text::encode_path;
use crate::digest::{Algorithm, to_hex};
use crate::error::{Error, Result};
use crate::parcel::{ALGORITHMS, FileEntry, Parcel};

const WHAT: &str = "bag";

/// A bag as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagSummary {
    /// Its folder, or what that is called in an archive.
    pub folder: PathBuf,
    /// The number of payload files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The digest of `tagmanifest-sha512.txt`, in which everything else is: SHA-512.
    pub digest: Vec<u8>,
}

/// Writes a bag of version 1.0 with SHA-256 and SHA-512.
///
/// It is written as a [`Parcel`]: a bag is there whole or not at all. A writer that is dropped before [`BagWriter::finish`] leaves nothing.
///
/// The same files and the same description give the same bytes.
///
/// ```
/// use khronika_seal::bag::{BagWriter, Strictness, check};
/// use khronika_seal::Verdict;
///
/// let folder = tempfile::tempdir()?;
/// let mut bag = BagWriter::create(&folder.path().join("case"))?;
/// bag.add("data/sources/letter.txt", &b"Dear Sir"[..])?;
/// bag.add("README.txt", &b"How to check this bag"[..])?;
/// let summary = bag.finish(&[("Source-Organization", "A clinic")], |_| Ok(Vec::new()))?;
/// assert_eq!(check(&summary.folder, Strictness::Ours)?.verdict(), Verdict::Holds);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct BagWriter<'a> {
    parcel: Parcel<'a>,
    files: BTreeMap<String, FileEntry>,
}

impl<'a> BagWriter<'a> {
    /// Begins a bag that will be the folder `target`, which must not be there.
    pub fn create(target: &Path) -> Result<Self> {
        Self::pack(Parcel::folder(target)?)
    }

    /// Begins a bag in a parcel that nothing was put into yet.
    pub fn pack(mut parcel: Parcel<'a>) -> Result<Self> {
        parcel.make_folder("data")?;
        Ok(Self { parcel, files: BTreeMap::new() })
    }

    /// Adds a file and returns what manifests will say of it. Paths below `data/` are payload, any other is a tag file. The path has
    /// slashes, stays inside the bag, and has to be one that every operating system can have ([`safe_name`](super::safe_name)).
    pub fn add(&mut self, path: &str, content: impl Read) -> Result<FileEntry> {
        self.put(path, None, content)
    }

    /// Adds a file of a length that is known ([`Parcel::add_long`]).
    pub fn add_long(&mut self, path: &str, length: u64, content: impl Read) -> Result<FileEntry> {
        self.put(path, Some(length), content)
    }

    fn put(&mut self, path: &str, length: Option<u64>, content: impl Read) -> Result<FileEntry> {
        let reserved = ["bagit.txt", "bag-info.txt", "fetch.txt", "data"].contains(&path)
            || (path.starts_with("manifest-") || path.starts_with("tagmanifest-"));
        if reserved {
            let why = format!("{}: the name belongs to the bag itself", path.escape_debug());
            return Err(Error::malformed(WHAT, why));
        }
        self.write(path, length, content)
    }

    fn write(&mut self, path: &str, length: Option<u64>, content: impl Read) -> Result<FileEntry> {
        let entry = match length {
            Some(length) => self.parcel.add_long(path, length, content)?,
            None => self.parcel.add(path, content)?,
        };
        self.files.insert(path.to_owned(), entry.clone());
        Ok(entry)
    }

    /// The files so far, by path.
    pub fn files(&self) -> &BTreeMap<String, FileEntry> {
        &self.files
    }

    /// Writes the manifests and puts the bag in its place.
    ///
    /// `info` are labels and values of `bag-info.txt`; the size is added. `beside` gets the bytes of `tagmanifest-sha512.txt`, in which the
    /// digest of everything else is, and gives endings and bytes of proofs to be put beside it: `.minisig` and its signature, `.tsr`, `.ots`.
    pub fn finish(
        mut self,
        info: &[(&str, &str)],
        beside: impl FnOnce(&[u8]) -> Result<Vec<(String, Vec<u8>)>>,
    ) -> Result<BagSummary> {
        let payload = || self.files.iter().filter(|(path, _)| path.starts_with("data/"));
        let (files, bytes) = (payload().count() as u64, payload().map(|(_, entry)| entry.length).sum());
        let mut text = String::new();
        for (label, value) in info.iter().copied().chain([("Payload-Oxum", format!("{bytes}.{files}").as_str())]) {
            let line = !label.is_empty() && !label.contains([':', '\r', '\n']) && !value.contains(['\r', '\n']);
            if !line || label.trim() != label || value.trim() != value {
                return Err(Error::malformed(WHAT, format!("{} cannot stand in bag-info.txt", label.escape_debug())));
            }
            text.push_str(&format!("{label}: {value}\n"));
        }
        let manifests = ALGORITHMS.map(|algorithm| (algorithm, manifest(payload(), algorithm)));
        self.write("bagit.txt", None, &b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"[..])?;
        self.write("bag-info.txt", None, text.as_bytes())?;
        for (algorithm, text) in manifests {
            self.write(&format!("manifest-{}.txt", algorithm.name()), None, text.as_bytes())?;
        }
        let tags: Vec<_> = self.files.iter().filter(|(path, _)| !path.starts_with("data/")).collect();
        let [sha256, sha512] = ALGORITHMS.map(|algorithm| manifest(tags.iter().copied(), algorithm));
        self.parcel.add("tagmanifest-sha256.txt", sha256.as_bytes())?;
        let digest = self.parcel.add("tagmanifest-sha512.txt", sha512.as_bytes())?.sha512;
        for (ending, bytes) in beside(sha512.as_bytes())? {
            let name = format!("tagmanifest-sha512.txt{ending}");
            if !is_above_manifests(&name) || name.ends_with(".txt") || unfit(&name).is_some() {
                return Err(Error::malformed(WHAT, format!("{} is no ending", ending.escape_debug())));
            }
            self.parcel.add(&name, bytes.as_slice())?;
        }
        let folder = self.parcel.name().to_owned();
        self.parcel.finish()?;
        Ok(BagSummary { folder, files, bytes, digest })
    }
}

fn manifest<'a>(files: impl Iterator<Item = (&'a String, &'a FileEntry)>, algorithm: Algorithm) -> String {
    let mut text = String::new();
    for (path, entry) in files {
        let digest = if algorithm == Algorithm::Sha256 { &entry.sha256 } else { &entry.sha512 };
        text.push_str(&format!("{}  {}\n", to_hex(digest), encode_path(path)));
    }
    text
}
