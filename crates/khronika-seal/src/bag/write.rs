//! Bags written, whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempDir;

use super::name::{folded, is_above_manifests, unfit};
use super::text::encode_path;
use crate::digest::{Algorithm, Digests, read_digests, to_hex};
use crate::error::{Error, Result};

const WHAT: &str = "bag";
const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// A file as it was written into a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256.
    pub sha256: Vec<u8>,
    /// Its SHA-512.
    pub sha512: Vec<u8>,
}

/// A bag as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagSummary {
    /// Its folder.
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
/// It is written into a folder beside the one it will be, which nobody but the user may open, put on the disk, and renamed at the end: a
/// bag is there whole or not at all. A writer that is dropped before [`BagWriter::finish`] leaves nothing.
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
pub struct BagWriter {
    target: PathBuf,
    parent: PathBuf,
    temp: TempDir,
    files: BTreeMap<String, FileEntry>,
    /// The names that are taken, as systems see them that hold capitals for little: the spelling, and whether it is a file.
    taken: BTreeMap<String, (String, bool)>,
}

impl BagWriter {
    /// Begins a bag that will be the folder `target`, which must not be there.
    pub fn create(target: &Path) -> Result<Self> {
        let exists = || Error::io(target, std::io::Error::from(std::io::ErrorKind::AlreadyExists));
        if target.symlink_metadata().is_ok() {
            return Err(exists());
        }
        let name = target.file_name().ok_or_else(exists)?.to_string_lossy().into_owned();
        let parent =
            target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let prefix = format!(".{name}.");
        let temp = tempfile::Builder::new().prefix(&prefix).suffix(".partial").tempdir_in(&parent);
        let temp = temp.map_err(|e| Error::io(&parent, e))?;
        fs::create_dir(temp.path().join("data")).map_err(|e| Error::io(temp.path(), e))?;
        Ok(Self { target: target.to_owned(), parent, temp, files: BTreeMap::new(), taken: BTreeMap::new() })
    }

    /// Adds a file and returns what manifests will say of it. Paths below `data/` are payload, any other is a tag file. The path has
    /// slashes, stays inside the bag, and has to be one that every operating system can have ([`safe_name`](super::safe_name)).
    pub fn add(&mut self, path: &str, content: impl Read) -> Result<FileEntry> {
        let refused = |why: &str| Error::malformed(WHAT, format!("{}: {why}", path.escape_debug()));
        if let Some(why) = unfit(path) {
            return Err(refused(why));
        }
        let reserved = ["bagit.txt", "bag-info.txt", "fetch.txt", "data"].contains(&path)
            || (path.starts_with("manifest-") || path.starts_with("tagmanifest-"));
        if reserved {
            return Err(refused("the name belongs to the bag itself"));
        }
        self.write(path, content)
    }

    fn write(&mut self, path: &str, content: impl Read) -> Result<FileEntry> {
        let refused = |why: &str| Error::malformed(WHAT, format!("{}: {why}", path.escape_debug()));
        // Neither the same name twice, nor two that some system holds to be one, nor a file where a folder is.
        let mut part = String::new();
        for name in path.split('/') {
            part.push_str(name);
            let (key, is_file) = (folded(&part), part.len() == path.len());
            match self.taken.get(&key) {
                Some((spelling, file)) if is_file || *file || *spelling != part => {
                    return Err(refused(
                        "there is a file or folder of this name, or of one that some systems hold to be the same",
                    ));
                }
                _ => drop(self.taken.insert(key, (part.clone(), is_file))),
            }
            part.push('/');
        }
        let entry = self.write_file(path, content)?;
        self.files.insert(path.to_owned(), entry.clone());
        Ok(entry)
    }

    fn write_file(&self, path: &str, content: impl Read) -> Result<FileEntry> {
        let full = self.temp.path().join(path);
        let failed = |e| Error::io(&full, e);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = BufWriter::new(File::create_new(&full).map_err(failed)?);
        let digests = read_digests(content, &ALGORITHMS, |piece| file.write_all(piece)).map_err(failed)?;
        file.flush().map_err(failed)?;
        let Digests { length, .. } = digests;
        let of = |algorithm| digests.get(algorithm).unwrap_or_default().to_vec();
        Ok(FileEntry { length, sha256: of(Algorithm::Sha256), sha512: of(Algorithm::Sha512) })
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
        self.write("bagit.txt", &b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"[..])?;
        self.write("bag-info.txt", text.as_bytes())?;
        for (algorithm, text) in manifests {
            self.write(&format!("manifest-{}.txt", algorithm.name()), text.as_bytes())?;
        }
        let tags: Vec<_> = self.files.iter().filter(|(path, _)| !path.starts_with("data/")).collect();
        let [sha256, sha512] = ALGORITHMS.map(|algorithm| manifest(tags.iter().copied(), algorithm));
        self.write_file("tagmanifest-sha256.txt", sha256.as_bytes())?;
        let digest = self.write_file("tagmanifest-sha512.txt", sha512.as_bytes())?.sha512;
        for (ending, bytes) in beside(sha512.as_bytes())? {
            let name = format!("tagmanifest-sha512.txt{ending}");
            if !is_above_manifests(&name) || name.ends_with(".txt") || unfit(&name).is_some() {
                return Err(Error::malformed(WHAT, format!("{} is no ending", ending.escape_debug())));
            }
            self.write_file(&name, bytes.as_slice())?;
        }
        self.put()?;
        Ok(BagSummary { folder: self.target, files, bytes, digest })
    }

    /// Puts everything on the disk and the bag into its place.
    fn put(&mut self) -> Result<()> {
        let (mut folders, mut files, mut next) = (vec![self.temp.path().to_owned()], Vec::new(), 0);
        while let Some(folder) = folders.get(next).cloned() {
            next += 1;
            for entry in fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
                let entry = entry.map_err(|e| Error::io(&folder, e))?;
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        // All at the end and side by side: the disk is asked once for many files instead of once for each.
        files.par_iter().try_for_each(|file| sync(file))?;
        folders.iter().try_for_each(|folder| sync_folder(folder))?;
        if self.target.symlink_metadata().is_ok() {
            return Err(Error::io(&self.target, std::io::Error::from(std::io::ErrorKind::AlreadyExists)));
        }
        fs::rename(self.temp.path(), &self.target).map_err(|e| Error::io(&self.target, e))?;
        self.temp.disable_cleanup(true);
        sync_folder(&self.parent)
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

fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| Error::io(path, e))
}

/// Puts the entries of a folder on the disk, where the system has a way to.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) { sync(folder) } else { Ok(()) }
}
