//! A pipeline package: a wheel, its unpacked folder, or a compact pack, read file by file.

pub(crate) mod config;
pub(crate) mod gzip;
#[cfg(test)]
mod hostile;
pub(crate) mod msgpack;
pub(crate) mod npy;
pub(crate) mod tar;
pub(crate) mod thinc;
pub(crate) mod zip;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use zip::{Archive, Shared};

/// No archive of a pipeline of this family is larger.
const LARGEST_ARCHIVE: u64 = 1 << 30;
/// The largest file of word vectors that is read, in bytes: those of the large pipelines come near it.
const LARGEST_VECTORS: u64 = 768 << 20;
/// The largest other file: no pipeline has one of more than a quarter of this.
const LARGEST_FILE: u64 = 96 << 20;
/// What a pipeline has at its root, by the family that it is of.
const ROOT_FILES: [(&str, Family); 3] = [
    ("config.cfg", Family::Spacy),
    (crate::slovnet::MARK, Family::SlovnetPack),
    ("data/model/slovnet_ner_news_v1.tar", Family::Natasha),
];

/// What kind of pipeline a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A spaCy pipeline, packed or not.
    Spacy,
    /// A pack of slovnet's networks.
    SlovnetPack,
    /// The Python package natasha, which holds slovnet's networks.
    Natasha,
}

/// How the folder's name ends that says something of a Python package.
const ABOUT: &str = ".dist-info";

/// The files of one pipeline.
#[derive(Debug)]
pub(crate) struct Package {
    store: Store,
    family: Family,
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
        for (file, family) in ROOT_FILES {
            let roots = archive.names().filter_map(|name| name.strip_suffix(file));
            let roots = roots.filter(|root| root.is_empty() || root.ends_with('/'));
            if let Some(root) = roots.min_by_key(|root| (root.len(), *root)).map(str::to_owned) {
                return Ok(Self { store: Store::Archive(archive), family, root });
            }
        }
        Err(Error::not_a_package("the archive holds neither a config.cfg nor slovnet's networks"))
    }

    /// An unpacked wheel, or the pipeline's folder itself.
    fn folder(path: &Path) -> Result<Self> {
        // A wheel's layout: package/package-version/config.cfg.
        let mut level = vec![path.to_owned()];
        for _ in 0..3 {
            for (file, family) in ROOT_FILES {
                if let Some(found) = level.iter().find(|p| p.join(file).is_file()) {
                    return Ok(Self { store: Store::Folder(found.clone()), family, root: String::new() });
                }
            }
            let mut below = Vec::new();
            for folder in &level {
                let entries = fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
                below.extend(entries.filter_map(std::result::Result::ok).map(|e| e.path()).filter(|p| p.is_dir()));
            }
            below.sort();
            level = below;
        }
        Err(Error::not_a_package(format!("{} holds neither a config.cfg nor slovnet's networks", path.display())))
    }

    /// What kind of pipeline it holds.
    pub(crate) fn family(&self) -> Family {
        self.family
    }

    /// The bytes of a file that says something of the Python package: it lies in the folder `….dist-info` beside the package's own.
    pub(crate) fn beside(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match &self.store {
            Store::Folder(folder) => {
                let entries = folder.parent().and_then(|parent| fs::read_dir(parent).ok());
                let package = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let mut found: Vec<_> = entries
                    .into_iter()
                    .flatten()
                    .filter_map(|entry| Some(entry.ok()?.path()))
                    .filter(|path| {
                        let folder = path.file_name().unwrap_or_default().to_string_lossy();
                        folder.starts_with(&format!("{package}-")) && folder.ends_with(ABOUT)
                    })
                    .map(|path| path.join(name))
                    .filter(|path| path.is_file())
                    .collect();
                found.sort();
                found.first().map(|path| read_bounded(path, LARGEST_FILE)).transpose()
            }
            Store::Archive(archive) => {
                let file = archive.names().find(|file| file.ends_with(&format!("{ABOUT}/{name}")));
                file.map_or(Ok(None), |file| archive.read(file, LARGEST_FILE))
            }
        }
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

    /// The bytes of a large file below the root that must be there, without a copy where that is possible.
    pub(crate) fn share(&self, name: &str) -> Result<Shared> {
        match &self.store {
            Store::Folder(_) => self.read(name).map(Shared::from),
            Store::Archive(archive) => archive
                .share(&format!("{}{name}", self.root), LARGEST_FILE)?
                .ok_or_else(|| Error::damaged(name, "the file is missing")),
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
