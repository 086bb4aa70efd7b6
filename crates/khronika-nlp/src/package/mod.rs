//! A pipeline package: a wheel, its unpacked folder, or a compact pack, read file by file.

pub(crate) mod config;
#[cfg(test)]
mod hostile;
pub(crate) mod msgpack;
pub(crate) mod npy;
pub(crate) mod thinc;
pub(crate) mod zip;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use zip::Archive;

/// No archive of a pipeline of this family is larger.
const LARGEST_ARCHIVE: u64 = 1 << 30;
/// The largest file of word vectors that is read, in bytes: those of the large pipelines come near it.
const LARGEST_VECTORS: u64 = 768 << 20;
/// The largest other file: no pipeline has one of more than a quarter of this.
const LARGEST_FILE: u64 = 96 << 20;
/// What every pipeline has at its root.
const ROOT_FILE: &str = "config.cfg";

/// The files of one pipeline.
#[derive(Debug)]
pub(crate) struct Package {
    store: Store,
    /// Where the pipeline's root lies in the archive: empty, or a path that ends in a slash.
    root: String,
}

#[derive(Debug)]
enum Store {
    Folder(PathBuf),
    Archive(Archive),
}

impl Package {
    /// A wheel, a pack or a folder.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let about = fs::metadata(path).map_err(|e| Error::io(path, e))?;
        if about.is_dir() {
            return Self::folder(path);
        }
        Self::archive(read_bounded(path, LARGEST_ARCHIVE)?)
    }

    /// A wheel or a pack in memory.
    pub(crate) fn archive(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let archive = Archive::new(bytes.into())?;
        // A wheel holds the pipeline one or two folders down, beside the Python package's own files.
        let root = archive
            .names()
            .filter_map(|name| name.strip_suffix(ROOT_FILE))
            .filter(|root| root.is_empty() || root.ends_with('/'))
            .min_by_key(|root| (root.len(), *root))
            .map(str::to_owned)
            .ok_or_else(|| Error::not_a_package("the archive holds no config.cfg"))?;
        Ok(Self { store: Store::Archive(archive), root })
    }

    /// An unpacked wheel, or the pipeline's folder itself.
    fn folder(path: &Path) -> Result<Self> {
        // A wheel's layout: package/package-version/config.cfg.
        let mut level = vec![path.to_owned()];
        for _ in 0..3 {
            if let Some(found) = level.iter().find(|p| p.join(ROOT_FILE).is_file()) {
                return Ok(Self { store: Store::Folder(found.clone()), root: String::new() });
            }
            let mut below = Vec::new();
            for folder in &level {
                let entries = fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
                below.extend(entries.filter_map(std::result::Result::ok).map(|e| e.path()).filter(|p| p.is_dir()));
            }
            below.sort();
            level = below;
        }
        Err(Error::not_a_package(format!("{} holds no config.cfg", path.display())))
    }

    /// The bytes of a file below the root, or nothing where it is not there.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Vec<u8>>> {
        if !is_plain(name) {
            return Err(Error::refused(format!("the path {name:?}")));
        }
        let limit = if name == "vocab/vectors" { LARGEST_VECTORS } else { LARGEST_FILE };
        match &self.store {
            Store::Folder(folder) => {
                let path = folder.join(name);
                if !path.is_file() {
                    return Ok(None);
                }
                read_bounded(&path, limit).map(Some)
            }
            Store::Archive(archive) => archive.read(&format!("{}{name}", self.root), limit),
        }
    }

    /// The bytes of a file below the root that must be there.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>> {
        self.find(name)?.ok_or_else(|| Error::damaged(name, "the file is missing"))
    }
}

/// Whether a path stays where it is put: relative, without `..`, drive or backslash.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !name.contains(['\\', ':', '\0'])
}

fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    let size = file.metadata().map_err(|e| Error::io(path, e))?.len();
    if size > limit {
        return Err(Error::refused(format!("{} is larger than any pipeline: {size} bytes", path.display())));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // A file that grows meanwhile is read no further than the limit.
    file.take(limit).read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    Ok(bytes)
}
