//! Word vectors: one a word, or one for each part of a word (floret).

use serde_json::Value as Json;

use super::table::Table;
use crate::error::{Error, Result};
use crate::package::Package;
use crate::package::msgpack::Walk;
use crate::package::npy;
use crate::text::hash::murmur3_128;
use crate::text::lexeme::Lexeme;

/// A pipeline's word vectors.
#[derive(Debug)]
pub(crate) struct Vectors {
    table: Table,
    find: Find,
}

#[derive(Debug)]
enum Find {
    /// The row of a word, by its number.
    Word(Keys),
    /// The rows of a word's parts.
    Parts(Floret),
}

/// Numbers of words in their order, and beside each its row.
#[derive(Debug)]
struct Keys {
    words: Vec<u64>,
    rows: Vec<u32>,
}

impl Keys {
    fn row(&self, word: u64) -> Option<usize> {
        let place = self.words.binary_search(&word).ok()?;
        self.rows.get(place).map(|&row| row as usize)
    }
}

/// How words are cut into parts.
#[derive(Debug)]
struct Floret {
    shortest: usize,
    longest: usize,
    hashes: usize,
    seed: u32,
    before: String,
    after: String,
}

impl Vectors {
    /// Reads the pipeline's vectors, where it has some.
    pub(crate) fn read(package: &Package) -> Result<Option<Self>> {
        let Some(bytes) = package.find("vocab/vectors")? else { return Ok(None) };
        let table = npy::read(&bytes, "vocab/vectors")?;
        let [rows, cols] = table.shape.as_slice() else { return Ok(None) };
        if rows * cols == 0 {
            return Ok(None);
        }
        let table = Table::new(*rows, *cols, table.numbers);
        let config = package.find("vocab/vectors.cfg")?.unwrap_or_default();
        let config: Json = serde_json::from_slice(&config).unwrap_or_default();
        let number = |key: &str| config.get(key).and_then(Json::as_u64);
        let text = |key: &str| config.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let find = match config.get("mode").and_then(Json::as_str).unwrap_or("default") {
            "default" => Find::Word(read_keys(package, table.rows)?),
            "floret" => {
                let size = |key: &str| number(key).and_then(|n| usize::try_from(n).ok());
                let missing = || Error::damaged("vocab/vectors.cfg", "it does not say how words are cut");
                Find::Parts(Floret {
                    shortest: size("minn").filter(|&n| n > 0).ok_or_else(missing)?,
                    longest: size("maxn").filter(|&n| n <= 32).ok_or_else(missing)?,
                    hashes: size("hash_count").filter(|n| (1..=4).contains(n)).ok_or_else(missing)?,
                    seed: number("hash_seed").and_then(|n| u32::try_from(n).ok()).ok_or_else(missing)?,
                    before: text("bow"),
                    after: text("eow"),
                })
            }
            other => return Err(Error::unsupported(format!("word vectors of the kind {other}"))),
        };
        Ok(Some(Self { table, find }))
    }

    pub(crate) fn width(&self) -> usize {
        self.table.cols
    }

    /// Puts a word's vector into `out`, and says whether it has one.
    pub(crate) fn put(&self, word: &Lexeme, out: &mut [f32]) -> bool {
        match &self.find {
            Find::Word(keys) => match keys.row(word.orth) {
                Some(row) => {
                    out.fill(0.0);
                    self.table.add_row(row, out);
                    true
                }
                None => false,
            },
            Find::Parts(floret) => floret.put(&word.text, &self.table, out),
        }
    }
}

fn read_keys(package: &Package, rows: usize) -> Result<Keys> {
    let file = "vocab/key2row";
    let bytes = package.read(file)?;
    let mut walk = Walk::new(&bytes, file);
    let count = walk.map()?;
    let mut pairs = Vec::with_capacity(count);
    for _ in 0..count {
        let (key, row) = (walk.value()?, walk.value()?);
        let row = row.as_usize().filter(|&row| row < rows).and_then(|row| u32::try_from(row).ok());
        let (Some(key), Some(row)) = (key.as_u64(), row) else {
            return Err(Error::damaged(file, "a word's row is outside the table"));
        };
        pairs.push((key, row));
    }
    pairs.sort_unstable();
    let (words, rows) = pairs.into_iter().unzip();
    Ok(Keys { words, rows })
}

impl Floret {
    /// The mean of the rows of the whole word and of all its parts.
    fn put(&self, word: &str, table: &Table, out: &mut [f32]) -> bool {
        out.fill(0.0);
        if word.is_empty() {
            return false;
        }
        let whole = format!("{}{word}{}", self.before, self.after);
        let ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
        let mut count = 0.0_f32;
        let mut add = |part: &str| {
            for hash in murmur3_128(part.as_bytes(), self.seed).into_iter().take(self.hashes) {
                table.add_row(hash as usize % table.rows, out);
                count += 1.0;
            }
        };
        add(&whole);
        for size in self.shortest..=self.longest {
            for (from, to) in ends.iter().zip(ends.iter().skip(size)) {
                add(whole.get(*from..*to).unwrap_or_default());
            }
        }
        for x in out.iter_mut() {
            *x /= count;
        }
        true
    }
}
