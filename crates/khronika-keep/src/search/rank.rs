//! Which of the texts that fit a question fit it best: Okapi BM25, as FTS5 has it.
//!
//! FTS5 has a function for this, which looks up the length of every text that fits and reads the list of each phrase once more; where a
//! word stands in most texts of a large case, that takes a hundred times as long as to find them. Here each list is read once. The lengths
//! of all texts are read together, and kept until the case is changed, where so many are asked for that it is worth it.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::Arc;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::query::SEARCHING;
use crate::error::{Doing as _, Error, Result};

/// How fast further places of a phrase count for less.
const K1: f64 = 1.2;
/// How much the length of a text counts.
const B: f64 = 0.75;
/// What a phrase counts for that stands in more than half of the texts.
const LEAST: f64 = 1e-6;
/// The lengths of fewer texts than this are looked up one by one.
const FEW: usize = 2000;

/// The texts that fit a question.
#[derive(Debug, Default)]
pub(crate) struct Fitting {
    /// Their numbers, ascending.
    texts: Vec<i64>,
    /// How often each phrase stands in each.
    counts: Vec<u16>,
    phrases: usize,
}

/// The lengths of texts in words, by their numbers.
type ById = Arc<[(i64, u32)]>;

/// The lengths of all texts, as of a version of the database.
#[derive(Debug, Default)]
pub(crate) struct Lengths(RefCell<Option<(i64, ById)>>);

impl Lengths {
    /// The case was changed by this process.
    pub(crate) fn forget(&mut self) {
        self.0.take();
    }

    fn all(&self, connection: &Connection) -> Result<ById> {
        let version: i64 = connection.pragma_query_value(None, "data_version", |row| row.get(0)).doing(SEARCHING)?;
        if let Some((of, lengths)) = &*self.0.borrow()
            && *of == version
        {
            return Ok(Arc::clone(lengths));
        }
        let sql = "SELECT id, sz FROM word_index_docsize ORDER BY id";
        let mut query = connection.prepare_cached(sql).doing(SEARCHING)?;
        let mut rows = query.query([]).doing(SEARCHING)?;
        let mut lengths = Vec::new();
        while let Some(row) = rows.next().doing(SEARCHING)? {
            let size = row.get_ref(1).doing(SEARCHING)?;
            lengths.push((row.get(0).doing(SEARCHING)?, length(size)?));
        }
        let lengths: ById = lengths.into();
        *self.0.borrow_mut() = Some((version, Arc::clone(&lengths)));
        Ok(lengths)
    }
}

impl Fitting {
    /// Reads the texts that fit a question of so many phrases. `from` is what stands behind FROM, with `values`.
    pub(crate) fn find(connection: &Connection, from: &str, values: &[Value], phrases: usize) -> Result<Self> {
        let sql = format!("SELECT word_index.rowid, khronika_counts(word_index) {from}");
        let mut query = connection.prepare_cached(&sql).doing(SEARCHING)?;
        let mut rows = query.query(params_from_iter(values)).doing(SEARCHING)?;
        let mut found = Self { phrases, ..Self::default() };
        while let Some(row) = rows.next().doing(SEARCHING)? {
            found.texts.push(row.get(0).doing(SEARCHING)?);
            let number;
            let counts = match row.get_ref(1).doing(SEARCHING)? {
                ValueRef::Integer(few) => {
                    number = few.to_le_bytes();
                    number.as_slice()
                }
                ValueRef::Blob(many) => many,
                _ => &[],
            };
            let counts = counts.as_chunks::<2>().0.iter().map(|count| u16::from_le_bytes(*count));
            found.counts.extend(counts.chain(std::iter::repeat(0)).take(phrases));
        }
        Ok(found)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.texts.len()
    }

    /// In how many of them each phrase stands.
    fn with_each(&self) -> Vec<u64> {
        let mut with = vec![0; self.phrases];
        for counts in self.counts.chunks(self.phrases.max(1)) {
            with.iter_mut().zip(counts).for_each(|(with, count)| *with += u64::from(*count > 0));
        }
        with
    }

    /// The best of them with their scores, the best first; of those that fit alike the older. `whole` are the phrases, where some of the
    /// texts that they stand in may not be among these.
    pub(crate) fn best(
        &self,
        connection: &Connection,
        lengths: &Lengths,
        whole: Option<&[String]>,
        most: usize,
    ) -> Result<Vec<(i64, f64)>> {
        let (texts, words) = extent(connection)?;
        let with = match whole {
            Some(phrases) => phrases.iter().map(|phrase| texts_with(connection, phrase)).collect::<Result<_>>()?,
            None => self.with_each(),
        };
        let weights: Vec<f64> = with
            .iter()
            .map(|with| (((texts - *with as f64) + 0.5) / (*with as f64 + 0.5)).ln())
            .map(|weight| if weight <= 0.0 { LEAST } else { weight })
            .collect();
        let average = words / texts;
        let mut length = self.lengths(connection, lengths)?.into_iter();
        let mut scored: Vec<(i64, f64)> = Vec::with_capacity(self.texts.len());
        for (text, counts) in self.texts.iter().zip(self.counts.chunks(self.phrases.max(1))) {
            let relative = f64::from(length.next().unwrap_or(0)) / average;
            let of_phrase = |(count, weight): (&u16, &f64)| {
                let count = f64::from(*count);
                weight * (count * (K1 + 1.0)) / (count + K1 * (1.0 - B + B * relative))
            };
            scored.push((*text, counts.iter().zip(&weights).map(of_phrase).sum()));
        }
        let order = |a: &(i64, f64), b: &(i64, f64)| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
        if let Some(last) = most.checked_sub(1).filter(|last| *last < scored.len()) {
            scored.select_nth_unstable_by(last, order);
        }
        scored.truncate(most);
        scored.sort_unstable_by(order);
        Ok(scored)
    }

    /// The length of each text.
    fn lengths(&self, connection: &Connection, lengths: &Lengths) -> Result<Vec<u32>> {
        if self.texts.len() < FEW {
            let sql = "SELECT sz FROM word_index_docsize WHERE id = ?1";
            let mut query = connection.prepare_cached(sql).doing(SEARCHING)?;
            let mut of = |text: &i64| -> Result<u32> {
                let found = query.query_row([text], |row| Ok(length(row.get_ref(0)?))).optional().doing(SEARCHING)?;
                found.unwrap_or(Ok(0))
            };
            return self.texts.iter().map(&mut of).collect();
        }
        let all = lengths.all(connection)?;
        let mut rest = all.iter();
        // Both are in order.
        let of =
            |text: &i64| rest.find(|(id, _)| id >= text).filter(|(id, _)| id == text).map_or(0, |(_, length)| *length);
        Ok(self.texts.iter().map(of).collect())
    }
}

/// How many texts the index has, and how many words are in them: the record that FTS5 keeps of it.
fn extent(connection: &Connection) -> Result<(f64, f64)> {
    let sql = "SELECT block FROM word_index_data WHERE id = 1";
    let mut query = connection.prepare_cached(sql).doing(SEARCHING)?;
    let record: Vec<u8> = query.query_row([], |row| row.get(0)).doing(SEARCHING)?;
    let mut rest = record.as_slice();
    let numbers = varint(&mut rest).zip(varint(&mut rest));
    let (texts, words) = numbers.ok_or_else(|| Error::damaged("the index does not say how many texts it has"))?;
    Ok((texts.max(1) as f64, words.max(1) as f64))
}

/// In how many texts a phrase stands.
fn texts_with(connection: &Connection, phrase: &str) -> Result<u64> {
    let sql = "SELECT count(*) FROM word_index WHERE word_index MATCH ?1";
    let mut query = connection.prepare_cached(sql).doing(SEARCHING)?;
    let count: i64 = query.query_row([phrase], |row| row.get(0)).doing(SEARCHING)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The length of a text, as FTS5 keeps it.
fn length(size: ValueRef<'_>) -> Result<u32> {
    let number = size.as_blob().ok().and_then(|mut size| varint(&mut size));
    let number = number.ok_or_else(|| Error::damaged("the index does not say how long a text is"))?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A number as SQLite packs it: seven bits a byte, the highest first, and eight in the ninth byte.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for place in 0..9 {
        let byte;
        (byte, *bytes) = bytes.split_first().map(|(byte, rest)| (*byte, rest))?;
        if place == 8 {
            return Some(number << 8 | u64::from(byte));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_sqlite_packs_them() {
        let read = |bytes: &[u8]| {
            let mut rest = bytes;
            (varint(&mut rest), rest.len())
        };
        assert_eq!(read(&[0x7f, 1]), (Some(127), 1));
        assert_eq!(read(&[0x81, 0x00]), (Some(128), 0));
        assert_eq!(read(&[0xff; 9]), (Some(u64::MAX), 0));
        assert_eq!(read(&[0x81]).0, None);
    }

    #[test]
    fn lengths_are_the_same_one_by_one_and_together() {
        let (_dir, _path, mut store) = crate::tests::case();
        for n in 1..30 {
            crate::tests::add(&mut store, &format!("{n}.txt"), "en", &"word and ".repeat(n * n));
        }
        // One that was read anew has gone from the index.
        crate::tests::add(&mut store, "1.txt", "en", "word and ");
        let all = store.lengths.all(&store.connection).unwrap();
        let fitting = Fitting { texts: all.iter().map(|(text, _)| *text).collect(), ..Fitting::default() };
        let each = fitting.lengths(&store.connection, &store.lengths).unwrap();
        assert_eq!(each, all.iter().map(|(_, length)| *length).collect::<Vec<_>>());
        assert_eq!(each.iter().max(), Some(&(2 * 29 * 29)));
        crate::tests::add(&mut store, "new.txt", "en", "one more");
        assert_eq!(store.lengths.all(&store.connection).unwrap().len(), all.len() + 1, "what was added is counted");
    }
}
