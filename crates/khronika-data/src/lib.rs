//! The knowledge that khronika's rules are made of: words per language, courts, time limits, holidays, effects.
//!
//! It lives in `data/` as files that a lawyer or a linguist can edit; this crate only carries them into the program. A [`Dataset`]
//! can also be made of other files ([`Dataset::from_files`]), so that a test or a user tries a change without building.

use std::borrow::Cow;
use std::collections::BTreeMap;

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A set of data files by their path under `data/`, with `/` between parts: `lexicon/en/acts.toml`.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    files: BTreeMap<Cow<'static, str>, Cow<'static, str>>,
}

impl Dataset {
    /// The files that were compiled in.
    #[must_use]
    pub fn embedded() -> Self {
        Self { files: EMBEDDED.iter().map(|(name, text)| (Cow::Borrowed(*name), Cow::Borrowed(*text))).collect() }
    }

    /// A set of other files: pairs of path and content.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().map(|(name, text)| (Cow::Owned(name), Cow::Owned(text))).collect() }
    }

    /// The same set with these files added or replaced.
    #[must_use]
    pub fn with(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        self.files.extend(files.into_iter().map(|(name, text)| (Cow::Owned(name), Cow::Owned(text))));
        self
    }

    /// The content of one file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The files whose path begins with `folder`, in order of path.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.starts_with(folder))
            .map(|(name, text)| (name.as_ref(), text.as_ref()))
    }

    /// The languages that have a folder under `lexicon/`, by their codes, in order.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self
            .under("lexicon/")
            .filter_map(|(name, _)| name.strip_prefix("lexicon/")?.split_once('/').map(|(code, _)| code))
            .collect();
        codes.dedup();
        codes
    }

    /// The top folders of the set, each with a BLAKE3 digest (ten hexadecimal digits) of its files' names and contents: the
    /// version of the rules that a finding was made with.
    #[must_use]
    pub fn versions(&self) -> Vec<(String, String)> {
        let mut hashes: BTreeMap<&str, blake3::Hasher> = BTreeMap::new();
        for (name, text) in &self.files {
            let top = name.split_once('/').map_or(name.as_ref(), |(top, _)| top);
            let hash = hashes.entry(top).or_default();
            for part in [name.as_bytes(), text.as_bytes()] {
                hash.update(&(part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        hashes
            .into_iter()
            .map(|(top, hash)| (top.to_owned(), hash.finalize().to_hex().chars().take(10).collect()))
            .collect()
    }
}
