//! Finds words by their beginnings, in time linear in the text.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::letter::{is_alphanumeric, lowercase};

/// Beginnings of words (some of several words), each belonging to a row.
#[derive(Debug, Default)]
pub(crate) struct Beginnings {
    by_first: BTreeMap<char, Vec<(String, usize)>>,
}

impl Beginnings {
    /// Adds a beginning for a row.
    pub(crate) fn add(&mut self, beginning: &str, row: usize) {
        if let Some(first) = beginning.chars().next() {
            self.by_first.entry(first).or_default().push((beginning.to_owned(), row));
        }
    }

    /// The rows whose beginnings stand at the beginning of a word, each with the beginnings that do. Case does not matter.
    pub(crate) fn find(&self, text: &str) -> BTreeMap<usize, BTreeSet<&str>> {
        let small = lowercase(text).replace(['’', 'ʼ'], "'");
        let mut found: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let mut inside = false;
        for (at, c) in small.char_indices() {
            if !inside && let Some(all) = self.by_first.get(&c) {
                let rest = small.get(at..).unwrap_or("");
                for (beginning, row) in all.iter().filter(|(b, _)| rest.starts_with(b.as_str())) {
                    found.entry(*row).or_default().insert(beginning);
                }
            }
            inside = is_alphanumeric(c);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Beginnings;

    #[test]
    fn a_word_counts_only_at_its_beginning() {
        let mut words = Beginnings::default();
        words.add("deport", 0);
        words.add("port", 1);
        words.add("leave the", 2);
        let rows = |text: &str| words.find(text).into_keys().collect::<Vec<_>>();
        assert_eq!(rows("The Deportation order"), [0]);
        assert_eq!(rows("a sport report"), Vec::<usize>::new());
        assert_eq!(rows("ordered to leave the port"), [1, 2]);
    }
}
