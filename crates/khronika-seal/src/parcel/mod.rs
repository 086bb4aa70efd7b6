//! Files that are handed over together, whole or not at all: as a folder, or as a stream in the form of tar, to be encrypted on its way so
//! that nothing readable is written anywhere.

mod tar;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::bag::{folded, unfit};
use crate::digest::{Algorithm, Digests, read_digests};
use crate::error::{Error, Result};

const WHAT: &str = "parcel";
/// The digests that are taken of every file.
pub(crate) const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// What the name of a folder that is not finished ends in, after the target's and so many random letters.
const PARTIAL: &str = ".partial";
const RANDOM: usize = 6;

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256.
    pub sha256: Vec<u8>,
    /// Its SHA-512.
    pub sha512: Vec<u8>,
}

/// Where the files go.
enum Place<'a> {
    /// A folder beside the one that it will be, which nobody but the user may open, put on the disk and renamed at the end.
    Folder { target: PathBuf, parent: PathBuf, temp: TempDir, _held: Option<File> },
    /// One file after another, all in the folder `root`.
    Stream { root: String, out: &'a mut dyn Write },
}

/// Files that are handed over together. One that is dropped before [`Parcel::finish`] leaves nothing where it was to be a folder.
pub struct Parcel<'a> {
    place: Place<'a>,
    /// The names that are taken, as systems see them that hold capitals for little: the spelling, and whether it is a file.
    taken: BTreeMap<String, (String, bool)>,
}

impl fmt::Debug for Parcel<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parcel({})", self.name().display())
    }
}

impl<'a> Parcel<'a> {
    /// Begins a parcel that will be the folder `target`, which must not be there.
    pub fn folder(target: &Path) -> Result<Self> {
        let exists = || Error::io(target, io::ErrorKind::AlreadyExists.into());
        if target.symlink_metadata().is_ok() {
            return Err(exists());
        }
        let name = target.file_name().ok_or_else(exists)?.to_string_lossy().into_owned();
        let parent =
            target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let prefix = format!(".{name}.");
        let temp = tempfile::Builder::new().prefix(&prefix).suffix(PARTIAL).tempdir_in(&parent);
        let temp = temp.map_err(|e| Error::io(&parent, e))?;
        // As long as the lock is held somebody works here; where folders cannot be locked nobody will know.
        let _held = File::open(temp.path()).ok().filter(|folder| folder.try_lock().is_ok());
        Ok(Self { place: Place::Folder { target: target.to_owned(), parent, temp, _held }, taken: BTreeMap::new() })
    }

    /// The folders under temporary names in which a program began to make the folder `target` and was ended before it could take them
    /// away. One that somebody still works in is none of them. Where the system has no locks on folders, there are none.
    #[must_use]
    pub fn abandoned(target: &Path) -> Vec<PathBuf> {
        let Some(name) = target.file_name() else { return Vec::new() };
        let prefix = format!(".{}.", name.to_string_lossy());
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let is_ours = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            let random = name.to_str().and_then(|n| n.strip_prefix(prefix.as_str())?.strip_suffix(PARTIAL));
            random.is_some_and(|n| n.len() == RANDOM && n.bytes().all(|b| b.is_ascii_alphanumeric()))
                && entry.file_type().is_ok_and(|kind| kind.is_dir())
        };
        let is_free = |folder: &PathBuf| File::open(folder).is_ok_and(|folder| folder.try_lock().is_ok());
        let entries = fs::read_dir(parent).into_iter().flatten().filter_map(io::Result::ok).filter(is_ours);
        let mut found: Vec<PathBuf> =
            entries.map(|entry| target.with_file_name(entry.file_name())).filter(is_free).collect();
        found.sort();
        found
    }

    /// Begins a parcel that goes into `out` as a tar archive of one folder, `root`. The same files give the same bytes.
    pub fn stream(root: &str, out: &'a mut dyn Write) -> Result<Self> {
        match unfit(root) {
            None if !root.contains('/') => {
                Ok(Self { place: Place::Stream { root: root.to_owned(), out }, taken: BTreeMap::new() })
            }
            _ => Err(Error::malformed(WHAT, format!("{} is no name of a folder", root.escape_debug()))),
        }
    }

    /// The folder in which the files are for now, which a program that is stopped has to remove; none for a stream.
    pub fn temporary(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder { temp, .. } => Some(temp.path()),
            Place::Stream { .. } => None,
        }
    }

    /// What the parcel is called: the folder that it will be, or that it is in the archive.
    pub fn name(&self) -> &Path {
        match &self.place {
            Place::Folder { target, .. } => target,
            Place::Stream { root, .. } => Path::new(root),
        }
    }

    /// Adds a file. The path has slashes, stays inside, and has to be one that every operating system can have
    /// ([`safe_name`](crate::bag::safe_name)).
    pub fn add(&mut self, path: &str, content: impl Read) -> Result<FileEntry> {
        self.put(path, None, content)
    }

    /// Adds a file of a length that is known, so that it need not be held in memory.
    pub fn add_long(&mut self, path: &str, length: u64, content: impl Read) -> Result<FileEntry> {
        self.put(path, Some(length), content)
    }

    fn put(&mut self, path: &str, length: Option<u64>, content: impl Read) -> Result<FileEntry> {
        let refused = |why: &str| Error::malformed(WHAT, format!("{}: {why}", path.escape_debug()));
        if let Some(why) = unfit(path) {
            return Err(refused(why));
        }
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
        match &mut self.place {
            Place::Folder { temp, .. } => write_file(temp.path(), path, content),
            Place::Stream { root, out } => stream_file(&format!("{root}/{path}"), length, content, *out),
        }
    }

    /// Makes a folder, which may stay empty.
    pub(crate) fn make_folder(&mut self, path: &str) -> Result<()> {
        match &mut self.place {
            Place::Folder { temp, .. } => {
                let full = temp.path().join(path);
                fs::create_dir(&full).map_err(|e| Error::io(&full, e))
            }
            Place::Stream { root, out } => {
                tar::folder(*out, &format!("{root}/{path}")).map_err(|e| Error::io(Path::new(path), e))
            }
        }
    }

    /// Ends the parcel: a folder is put on the disk and into its place.
    pub fn finish(self) -> Result<()> {
        match self.place {
            Place::Folder { target, parent, temp, _held } => settle(&target, &parent, temp),
            Place::Stream { root, out } => {
                tar::end(out).and_then(|()| out.flush()).map_err(|e| Error::io(Path::new(&root), e))
            }
        }
    }
}

fn write_file(root: &Path, path: &str, content: impl Read) -> Result<FileEntry> {
    let full = root.join(path);
    let failed = |e| Error::io(&full, e);
    // The root itself is not made again: where a program that was stopped took it away, it stays away.
    for folder in path.match_indices('/').filter_map(|(at, _)| path.get(..at)) {
        match fs::create_dir(root.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
            _ => {}
        }
    }
    let mut file = BufWriter::new(File::create_new(&full).map_err(failed)?);
    let digests = read_digests(content, &ALGORITHMS, |piece| file.write_all(piece)).map_err(failed)?;
    file.flush().map_err(failed)?;
    Ok(entry(&digests))
}

fn stream_file(name: &str, length: Option<u64>, mut content: impl Read, out: &mut dyn Write) -> Result<FileEntry> {
    let failed = |e| Error::io(Path::new(name), e);
    let Some(length) = length else {
        // The length stands before the content.
        let mut bytes = Zeroizing::new(Vec::new());
        content.read_to_end(&mut bytes).map_err(failed)?;
        let length = bytes.len() as u64;
        return stream_file(name, Some(length), bytes.as_slice(), out);
    };
    tar::file(out, name, length).map_err(failed)?;
    // One byte more than it may have shows that it is longer.
    let content = content.take(length.saturating_add(1));
    let digests = read_digests(content, &ALGORITHMS, |piece| out.write_all(piece)).map_err(failed)?;
    if digests.length != length {
        return Err(failed(io::Error::other(format!("it is not {length} bytes long"))));
    }
    tar::pad(out, length).map_err(failed)?;
    Ok(entry(&digests))
}

fn entry(digests: &Digests) -> FileEntry {
    let of = |algorithm| digests.get(algorithm).unwrap_or_default().to_vec();
    FileEntry { length: digests.length, sha256: of(Algorithm::Sha256), sha512: of(Algorithm::Sha512) }
}

/// Puts everything on the disk and the folder into its place.
fn settle(target: &Path, parent: &Path, mut temp: TempDir) -> Result<()> {
    let (mut folders, mut files, mut next) = (vec![temp.path().to_owned()], Vec::new(), 0);
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
    if target.symlink_metadata().is_ok() {
        return Err(Error::io(target, io::ErrorKind::AlreadyExists.into()));
    }
    fs::rename(temp.path(), target).map_err(|e| Error::io(target, e))?;
    temp.disable_cleanup(true);
    sync_folder(parent)
}

fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| Error::io(path, e))
}

/// Puts the entries of a folder on the disk, where the system has a way to.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) { sync(folder) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        let mut parcel = Parcel::folder(&target).unwrap();
        parcel.add("a/b.txt", &b"x"[..]).unwrap();
        assert!(parcel.temporary().unwrap().join("a/b.txt").is_file() && !target.exists());
        drop(parcel);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut parcel = Parcel::folder(&target).unwrap();
        parcel.add("a/b.txt", &b"x"[..]).unwrap();
        assert!(parcel.add("A/c.txt", &b"x"[..]).is_err() && parcel.add("../c.txt", &b"x"[..]).is_err());
        parcel.finish().unwrap();
        assert_eq!(fs::read(target.join("a/b.txt")).unwrap(), b"x");
        assert!(Parcel::folder(&target).is_err(), "nothing is overwritten");
    }

    /// Only what nobody works on any more.
    #[cfg(unix)]
    #[test]
    fn what_an_ended_program_left_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        let parcel = Parcel::folder(&target).unwrap();
        let others =
            [".out.abcdef.partial.txt", ".out.partial", ".out.abc.def.partial", ".other.abcdef.partial", "out.x"];
        for name in others {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        fs::write(dir.path().join(".out.ghijkl.partial"), "a file").unwrap();
        assert_eq!(Parcel::abandoned(&target), [] as [PathBuf; 0]);
        let left = dir.path().join(".out.Ab3dE9.partial");
        fs::create_dir(&left).unwrap();
        assert_eq!(Parcel::abandoned(&target), [left]);
        drop(parcel);
    }

    #[test]
    fn a_stream_says_when_a_length_is_wrong() {
        for (length, fits) in [(2, false), (3, true), (4, false)] {
            let mut out = Vec::new();
            let mut parcel = Parcel::stream("case", &mut out).unwrap();
            assert_eq!(parcel.add_long("a.txt", length, &b"abc"[..]).is_ok(), fits, "{length}");
        }
        assert!(Parcel::stream("a/b", &mut Vec::new()).is_err());
    }
}
