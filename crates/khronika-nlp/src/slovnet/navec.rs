//! Word vectors of navec: a sorted list of words, and for each a row of the vectors, kept as places in tables of parts.

use crate::error::{Error, Result};
use crate::package::zip::Shared;

/// So many words of the list are written from the one before them; the next is written out.
const BLOCK: usize = 16;
/// Rows of the vectors that are no word's: for unknown words, and for nothing.
const SPECIAL: [&str; 2] = ["<unk>", "<pad>"];

/// The words, in the order of their bytes. Each is kept as how many bytes it shares with the one before, and the others.
#[derive(Debug)]
pub(crate) struct Words {
    bytes: Vec<u8>,
    /// Where blocks begin.
    blocks: Vec<u32>,
    count: usize,
}

impl Words {
    /// The short form of a list of words.
    pub(crate) fn pack(list: &str, file: &str) -> Result<Vec<u8>> {
        let words: Vec<&str> = list.split('\n').collect();
        let words = words.strip_suffix(SPECIAL.as_slice()).ok_or_else(|| {
            Error::unsupported(format!("a list of words ({file}) that does not end with {}", SPECIAL.join(" and ")))
        })?;
        let mut out = Vec::new();
        let mut last: &[u8] = &[];
        for (i, word) in words.iter().map(|word| word.as_bytes()).enumerate() {
            if word <= last {
                return Err(Error::unsupported(format!("a list of words ({file}) that is not sorted")));
            }
            let common = last.iter().zip(word).take_while(|(a, b)| a == b).count();
            let shared = if i % BLOCK == 0 { 0 } else { common };
            let own = word.get(shared..).unwrap_or_default();
            let (Ok(shared), Ok(len)) = (u8::try_from(shared), u8::try_from(own.len())) else {
                return Err(Error::unsupported(format!("a list of words ({file}) with one of hundreds of letters")));
            };
            out.extend([shared, len]);
            out.extend(own);
            last = word;
        }
        Ok(out)
    }

    /// Reads the short form.
    pub(crate) fn read(bytes: Vec<u8>, file: &str) -> Result<Self> {
        let damaged = || Error::damaged(file, "its words are cut short or out of order");
        let (mut blocks, mut count, mut at) = (Vec::new(), 0, 0);
        let (mut last, mut word): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        while at < bytes.len() {
            let first = count % BLOCK == 0;
            if first {
                blocks.push(u32::try_from(at).map_err(|_| damaged())?);
            }
            let (shared, own, next) = entry(&bytes, at).ok_or_else(damaged)?;
            word.clear();
            word.extend(last.get(..shared).filter(|_| !first || shared == 0).ok_or_else(damaged)?);
            word.extend(own);
            if word <= last {
                return Err(damaged());
            }
            std::mem::swap(&mut last, &mut word);
            (at, count) = (next, count + 1);
        }
        Ok(Self { bytes, blocks, count })
    }

    /// How many there are, with the rows that are no word's.
    pub(crate) fn rows(&self) -> usize {
        self.count + SPECIAL.len()
    }

    /// The row of a word, that of unknown words for the others.
    pub(crate) fn row(&self, word: &str) -> usize {
        self.find(word.as_bytes()).unwrap_or(self.count)
    }

    fn find(&self, word: &[u8]) -> Option<usize> {
        let begins_after = |&start: &u32| entry(&self.bytes, start as usize).is_none_or(|(_, first, _)| first > word);
        let block = self.blocks.partition_point(|start| !begins_after(start)).checked_sub(1)?;
        let mut at = *self.blocks.get(block)? as usize;
        // How many bytes the last word and this one share: a word that shares more or less with the last can be told without them.
        let mut common = 0;
        for i in 0..BLOCK {
            let (shared, own, next) = entry(&self.bytes, at)?;
            at = next;
            if shared > common {
                continue;
            }
            if shared < common {
                return None;
            }
            let rest = word.get(common..)?;
            if own == rest {
                return Some(block * BLOCK + i);
            }
            common += own.iter().zip(rest).take_while(|(a, b)| a == b).count();
        }
        None
    }
}

/// How much a word shares with the one before, its other bytes, and where the next begins.
fn entry(bytes: &[u8], at: usize) -> Option<(usize, &[u8], usize)> {
    let (&[shared, len], rest) = bytes.get(at..)?.split_first_chunk::<2>()?;
    let own = rest.get(..usize::from(len))?;
    Some((usize::from(shared), own, at + 2 + own.len()))
}

/// The vectors: for each row and each part of a vector, which of the part's forms it is.
#[derive(Debug)]
pub(crate) struct Vectors {
    /// The whole file; the places begin after its header.
    file: Shared,
    rows: usize,
    parts: usize,
    forms: usize,
    /// Numbers a part has.
    part: usize,
    codes: Vec<f32>,
}

const HEADER: usize = 16;

impl Vectors {
    /// Reads `pq.bin`: four sizes, the places, the parts' forms.
    pub(crate) fn read(shared: Shared, file: &str) -> Result<Self> {
        let damaged = |what: &str| Error::damaged(file, what);
        let bytes = shared.as_slice();
        let sizes: Vec<usize> =
            bytes.as_chunks::<4>().0.iter().take(4).map(|b| u32::from_le_bytes(*b) as usize).collect();
        let &[rows, dim, parts, forms] = sizes.as_slice() else { return Err(damaged("it is cut short")) };
        let fits = parts > 0 && dim > 0 && dim % parts == 0 && (1..=256).contains(&forms) && dim <= 4096;
        if !fits {
            return Err(damaged("its sizes are not those of word vectors"));
        }
        let codes_at = rows.checked_mul(parts).and_then(|n| n.checked_add(HEADER));
        let size = codes_at.and_then(|n| n.checked_add(dim * forms * 4));
        let (Some(codes_at), true) = (codes_at, size == Some(bytes.len())) else {
            return Err(damaged("its sizes and its length differ"));
        };
        let codes = bytes.get(codes_at..).unwrap_or_default();
        let codes = codes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        let places = bytes.get(HEADER..codes_at).unwrap_or_default();
        if forms < 256 && places.iter().any(|&place| usize::from(place) >= forms) {
            return Err(damaged("a place is outside its table"));
        }
        Ok(Self { file: shared, rows, parts, forms, part: dim / parts, codes })
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// How many numbers a vector has.
    pub(crate) fn width(&self) -> usize {
        self.parts * self.part
    }

    /// Puts a row's vector into `out`.
    pub(crate) fn put(&self, row: usize, out: &mut [f32]) {
        let start = HEADER + row * self.parts;
        let places = self.file.as_slice().get(start..start + self.parts).unwrap_or_default();
        let tables = self.codes.chunks_exact(self.forms * self.part);
        for ((&place, table), out) in places.iter().zip(tables).zip(out.chunks_exact_mut(self.part)) {
            let from = usize::from(place) * self.part;
            out.copy_from_slice(table.get(from..from + self.part).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let mut words: Vec<String> = (0..500_u32).map(|i| format!("с{}", i * 7919 % 1009)).collect();
        words.extend(["a", "суд", "судом", "суду", "ё"].map(str::to_owned));
        words.sort();
        let list = words.iter().map(String::as_str).chain(SPECIAL).collect::<Vec<_>>().join("\n");
        let read = Words::read(Words::pack(&list, "w").unwrap(), "w").unwrap();
        assert_eq!(read.rows(), words.len() + 2);
        for (i, word) in words.iter().enumerate() {
            assert_eq!(read.row(word), i, "{word}");
        }
        for other in ["", "<unk>", "с", "суда", "судо", "судомм", "яя", "с1009", "\u{10FFFF}"] {
            assert_eq!(read.row(other), words.len(), "{other}");
        }
    }

    #[test]
    fn lists_that_cannot_be_read() {
        assert!(Words::pack("а\nб", "w").unwrap_err().is_unsupported());
        assert!(Words::pack("б\nа\n<unk>\n<pad>", "w").unwrap_err().is_unsupported());
        for bytes in [vec![0], vec![0, 9, b'a'], vec![1, 1, b'a'], vec![0, 1, b'b', 0, 1, b'a'], vec![0, 0]] {
            assert!(Words::read(bytes, "w").unwrap_err().is_damaged());
        }
    }

    #[test]
    fn a_vector_is_put_together_of_its_parts() {
        let mut bytes: Vec<u8> = [2_u32, 4, 2, 3].into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend([0, 1, 2, 0]);
        bytes.extend((0..12_u8).flat_map(|i| f32::from(i).to_le_bytes()));
        let vectors = Vectors::read(bytes.clone().into(), "v").unwrap();
        let mut out = [0.0; 4];
        vectors.put(0, &mut out);
        assert_eq!(out, [0.0, 1.0, 8.0, 9.0]);
        vectors.put(1, &mut out);
        assert_eq!(out, [4.0, 5.0, 6.0, 7.0]);
        // A place outside its table; too many rows; cut short.
        let mut outside = bytes.clone();
        *outside.get_mut(17).unwrap() = 3;
        assert!(Vectors::read(outside.into(), "v").unwrap_err().is_damaged());
        let mut many = bytes.clone();
        many.get_mut(..4).unwrap().fill(0xFF);
        assert!(Vectors::read(many.into(), "v").unwrap_err().is_damaged());
        assert!(Vectors::read(bytes.get(..bytes.len() - 1).unwrap().to_vec().into(), "v").unwrap_err().is_damaged());
        assert!(Vectors::read(Vec::new().into(), "v").unwrap_err().is_damaged());
    }
}
