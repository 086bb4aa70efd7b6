//! Many words in little memory: their texts one behind the other, and a table that finds their numbers.

use super::hash::murmur64a;

/// A place in the table that no word fell on.
const FREE: u32 = u32::MAX;

/// Different words, each with a number, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    /// Numbers of words, at the place that their hash falls on or the next free one. As long as a power of two, and never full.
    slots: Vec<u32>,
}

impl Pool {
    /// A word's number; the word is added where it is new. Nothing where the words fill four gigabytes.
    pub(crate) fn add(&mut self, word: &str) -> Option<u32> {
        self.reserve(1);
        let slot = self.slot(word)?;
        match self.slots.get(slot).copied() {
            Some(FREE) => {}
            known => return known,
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|&number| number != FREE)?;
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        *self.slots.get_mut(slot)? = number;
        Some(number)
    }

    /// Makes room for so many more words.
    pub(crate) fn reserve(&mut self, more: usize) {
        let needed = self.ends.len().saturating_add(more).saturating_mul(3) / 2;
        if self.slots.len() < needed.max(1) {
            self.grow(needed.max(16).next_power_of_two());
        }
    }

    /// A word's number, where it has one.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        self.slots.get(self.slot(word)?).copied().filter(|&number| number != FREE)
    }

    /// The word of a number.
    pub(crate) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.text.get(start as usize..end as usize)).unwrap_or_default()
    }

    /// Gives back the memory that growing took ahead.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The place in the table where a word is, or where it would be put.
    fn slot(&self, word: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        // The lower half says as well where to begin as the whole.
        let mut slot = (murmur64a(word.as_bytes(), 0) & 0xFFFF_FFFF) as usize & mask;
        loop {
            match self.slots.get(slot).copied()? {
                FREE => return Some(slot),
                number if self.word(number) == word => return Some(slot),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self, size: usize) {
        self.slots = vec![FREE; size];
        for at in 0..self.ends.len() {
            let number = u32::try_from(at).unwrap_or(FREE);
            if let Some(slot) = self.slot(self.word(number))
                && let Some(place) = self.slots.get_mut(slot)
            {
                *place = number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_and_numbers_words() {
        let mut pool = Pool::default();
        assert_eq!((pool.find("a"), pool.word(0)), (None, ""));
        let words: Vec<String> = (0..1000).map(|n| format!("é{n}")).collect();
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(pool.add(word), Some(number));
        }
        pool.shrink();
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(
                (pool.add(word), pool.find(word), pool.word(number)),
                (Some(number), Some(number), word.as_str())
            );
        }
        assert_eq!((pool.find("é1000"), pool.word(1000)), (None, ""));
        assert_eq!((pool.add(""), pool.word(1000)), (Some(1000), ""));
    }
}
