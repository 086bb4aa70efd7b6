//! Logs as files (C2SP tlog-tiles): the tree in tiles of 256 hashes, the entries in bundles of 256.
//!
//! [`log_files`] writes a log of a size as files that never change again, apart from partial tiles, which have their width in the name;
//! [`verify_log`] reads such files back against a checkpoint.

use std::io;

use crate::error::{Error, Result};
use crate::tree::{Frontier, Hash, Nodes, leaf_hash};

const WHAT: &str = "tiled log";
/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;
/// The length of the longest entry that a bundle can hold, in bytes: a log holds the digests of documents, not the documents.
pub const MAX_ENTRY: usize = u16::MAX as usize;

/// A tile of the tree, or a bundle of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The level of a tile, 0 for that of the leaves; None for a bundle of entries.
    pub level: Option<u8>,
    /// Its index in the level.
    pub index: u64,
    /// How many hashes or entries it has, 1 to 256.
    pub width: u16,
}

impl Tile {
    /// Its path below the folder of the log, with slashes: `tile/0/x001/x234/067.p/8`.
    pub fn path(&self) -> String {
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let mut index = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            index = format!("x{:03}/{index}", rest % 1000);
            rest /= 1000;
        }
        let part = if self.width < TILE_WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{level}/{index}{part}")
    }

    /// The tile that a path below the folder of a log names; None for any other path.
    pub fn from_path(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = if level == "entries" { None } else { Some(level.parse().ok().filter(|level| *level < 64)?) };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, width.parse().ok().filter(|width| *width > 0)?),
            None => (rest, TILE_WIDTH),
        };
        let digits: String = index.split('/').map(|part| part.trim_start_matches('x')).collect();
        let tile = Self { level, index: digits.parse().ok()?, width };
        // Any other way to write the same numbers is another path.
        (tile.path() == path).then_some(tile)
    }
}

/// The tiles and bundles that a log of `size` entries consists of, those of the lowest level first, bundles last.
pub fn tiles_of(size: u64) -> impl Iterator<Item = Tile> {
    (0..8u8).map(Some).chain([None]).flat_map(move |level| of_level(level, size))
}

fn of_level(level: Option<u8>, size: u64) -> impl Iterator<Item = Tile> {
    let hashes = size >> (8 * u32::from(level.unwrap_or_default()));
    let partial = (hashes % u64::from(TILE_WIDTH)) as u16;
    let full = (0..hashes / u64::from(TILE_WIDTH)).map(move |index| Tile { level, index, width: TILE_WIDTH });
    let last = Tile { level, index: hashes / u64::from(TILE_WIDTH), width: partial };
    full.chain((partial > 0).then_some(last))
}

/// The bytes of a tile of the tree.
pub fn tile_bytes(nodes: &impl Nodes, tile: &Tile) -> Result<Vec<u8>> {
    let missing = || Error::untrue(format!("the log has no {}", tile.path()));
    let level = tile.level.filter(|level| *level < 8).ok_or_else(missing)?;
    let first = tile.index.checked_mul(u64::from(TILE_WIDTH)).ok_or_else(missing)?;
    let hashes = (0..u64::from(tile.width)).map(|i| nodes.node(8 * level, first + i).ok_or_else(missing));
    Ok(hashes.collect::<Result<Vec<_>>>()?.iter().flat_map(|hash| hash.0).collect())
}

/// The hashes in the bytes of a tile.
pub fn read_tile(bytes: &[u8]) -> Result<Vec<Hash>> {
    let hashes = bytes.chunks(32).map(Hash::from_slice).collect::<Result<Vec<_>>>()?;
    let fits = (1..=usize::from(TILE_WIDTH)).contains(&hashes.len());
    if fits { Ok(hashes) } else { Err(Error::malformed(WHAT, "a tile has no hash or more than 256")) }
}

/// The bytes of a bundle of these entries.
pub fn bundle_bytes<T: AsRef<[u8]>>(entries: &[T]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len());
        let length = length.map_err(|_| Error::malformed(WHAT, "an entry is longer than 65,535 bytes"))?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// The entries in the bytes of a bundle.
pub fn read_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let cut = bytes
            .split_first_chunk::<2>()
            .and_then(|(length, rest)| rest.split_at_checked(usize::from(u16::from_be_bytes(*length))));
        let (entry, rest) = cut.ok_or_else(|| Error::malformed(WHAT, "a bundle ends inside an entry"))?;
        entries.push(entry);
        bytes = rest;
        if entries.len() > usize::from(TILE_WIDTH) {
            return Err(Error::malformed(WHAT, "a bundle has more than 256 entries"));
        }
    }
    Ok(entries)
}

/// The files of a log of `size` entries, apart from its checkpoint: paths below its folder and bytes, made one by one. `entry` gives the
/// entry at an index.
pub fn log_files<N: Nodes>(
    nodes: &N,
    size: u64,
    mut entry: impl FnMut(u64) -> Result<Vec<u8>>,
) -> impl Iterator<Item = Result<(String, Vec<u8>)>> {
    tiles_of(size).map(move |tile| {
        let bytes = if tile.level.is_some() {
            tile_bytes(nodes, &tile)?
        } else {
            let first = tile.index * u64::from(TILE_WIDTH);
            let entries = (first..first + u64::from(tile.width)).map(&mut entry).collect::<Result<Vec<_>>>()?;
            bundle_bytes(&entries)?
        };
        Ok((tile.path(), bytes))
    })
}

/// Checks the files of a log against the size and root of a checkpoint, and hands each entry to `entry`: index and bytes, before the root
/// is known to fit. `read` gives the bytes of a file below the folder of the log.
///
/// The root is computed from the entries, then each tile is compared with what the entries give: a tile that fails is named.
pub fn verify_log(
    size: u64,
    root: &Hash,
    mut read: impl FnMut(&str) -> io::Result<Vec<u8>>,
    mut entry: impl FnMut(u64, &[u8]),
) -> Result<()> {
    let mut frontier = Frontier::default();
    // The tile that is being filled, by level, and the first tile found that is not what the entries give.
    let mut open: Vec<Vec<u8>> = Vec::new();
    let mut wrong = None;
    // A size that is made up ends at the first bundle that is not there.
    for bundle in of_level(None, size) {
        let path = bundle.path();
        let bytes = read(&path).map_err(|e| Error::io(path.as_ref(), e))?;
        let entries = read_bundle(&bytes)?;
        if entries.len() != usize::from(bundle.width) {
            return Err(Error::untrue(format!("{path} holds {} entries, not {}", entries.len(), bundle.width)));
        }
        for bytes in entries {
            entry(frontier.size(), bytes);
            frontier.append_with(leaf_hash(bytes), |level, index, hash| {
                if level % 8 != 0 {
                    return;
                }
                let at = usize::from(level / 8);
                if open.len() <= at {
                    open.push(Vec::new());
                }
                let Some(tile) = open.get_mut(at) else { return };
                tile.extend(hash.0);
                if tile.len() == 32 * usize::from(TILE_WIDTH) {
                    let full = Tile { level: Some(level / 8), index: index / u64::from(TILE_WIDTH), width: TILE_WIDTH };
                    wrong = wrong.take().or_else(|| compare(&full, tile, &mut read).err());
                    tile.clear();
                }
            });
        }
    }
    if frontier.root() != *root {
        return Err(Error::untrue("the entries give another root than the checkpoint: an entry was changed"));
    }
    for tile in tiles_of(size).filter(|tile| tile.width < TILE_WIDTH) {
        if let Some(bytes) = tile.level.and_then(|level| open.get(usize::from(level))) {
            wrong = wrong.take().or_else(|| compare(&tile, bytes, &mut read).err());
        }
    }
    wrong.map_or(Ok(()), Err)
}

fn compare(tile: &Tile, expected: &[u8], read: &mut impl FnMut(&str) -> io::Result<Vec<u8>>) -> Result<()> {
    let path = tile.path();
    let found = read(&path).map_err(|e| Error::io(path.as_ref(), e))?;
    if found == expected { Ok(()) } else { Err(Error::untrue(format!("{path} is not what the entries give"))) }
}
