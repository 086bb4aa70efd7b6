//! Where documents go in an export: under their own names, as far as every system can have them, and none under the name of another.

use std::collections::{BTreeMap, BTreeSet};

use khronika_seal::bag::safe_name;

/// The longest path that keeps its folders, in bytes.
const LONGEST: usize = 600;

/// The paths that are taken.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Files, as systems see them that hold capitals for little.
    files: BTreeSet<String>,
    /// Folders, with their spellings.
    folders: BTreeMap<String, String>,
}

impl Paths {
    /// Where a document of this name goes. `id` tells it from others of the same name.
    pub(super) fn document(&mut self, name: &str, id: &str) -> String {
        let parts: Vec<String> = name.split(['/', '\\']).filter(|part| !part.is_empty()).map(safe_name).collect();
        let path = parts.join("/");
        let last = parts.last().cloned().unwrap_or_else(|| id.to_owned());
        let (stem, ending) = match last.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
            _ => (last.clone(), String::new()),
        };
        let folder = path.strip_suffix(&last).unwrap_or_default();
        let plain = if path.len() > LONGEST || path.is_empty() { last } else { path.clone() };
        let with_id = format!("{stem}-{id}{ending}");
        let choices = [format!("sources/{plain}"), format!("sources/{folder}{with_id}"), format!("sources/{with_id}")];
        self.first(choices.into_iter(), &format!("sources/{id}"))
    }

    /// Where the text of a document goes that goes to `path`.
    pub(super) fn text(&mut self, path: &str) -> String {
        let name = path.strip_prefix("sources/").unwrap_or(path);
        self.first([format!("texts/{name}.txt")].into_iter(), &format!("texts/{name}"))
    }

    /// The first path that is free, else `stem` with a number.
    fn first(&mut self, choices: impl Iterator<Item = String>, stem: &str) -> String {
        let numbered = (1..).map(|number| format!("{stem}-{number}"));
        let free = choices.chain(numbered).find(|path| self.is_free(path)).unwrap_or_default();
        self.folders.extend(above(&free).map(|folder| (folder.to_lowercase(), folder.to_owned())));
        self.files.insert(free.to_lowercase());
        free
    }

    fn is_free(&self, path: &str) -> bool {
        let key = path.to_lowercase();
        let short = key.len() <= 1000 && key.split('/').all(|part| part.len() <= 240);
        // A folder in two spellings would be two on one system and one on another.
        let fits = |folder: &str| {
            let key = folder.to_lowercase();
            !self.files.contains(&key) && self.folders.get(&key).is_none_or(|spelling| spelling == folder)
        };
        short && !self.files.contains(&key) && !self.folders.contains_key(&key) && above(path).all(fits)
    }
}

/// The folders above a path.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(move |(at, _)| path.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_none_is_taken_twice() {
        let mut paths = Paths::default();
        let mut path = |name: &str, id: &str| paths.document(name, id);
        assert_eq!(path("letters/a.txt", "s-1"), "sources/letters/a.txt");
        assert_eq!(path("letters/A.TXT", "s-2"), "sources/letters/A-s-2.TXT");
        assert_eq!(path("letters/a.txt", "s-2"), "sources/a-s-2.txt");
        assert_eq!(path("Letters/b.txt", "s-2"), "sources/b-s-2.txt", "two spellings of one folder");
        assert_eq!(path("../../etc/passwd", "s-3"), "sources/_/_/etc/passwd");
        assert_eq!(path("letters", "s-4"), "sources/letters-s-4");
        assert_eq!(path("", "s-5"), "sources/s-5");
        assert_eq!(path(".profile", "s-6"), "sources/profile");
        let long = "x/".repeat(500) + "y.txt";
        assert_eq!(path(&long, "s-7"), "sources/y.txt");
        assert_eq!(paths.text("sources/letters/a.html"), "texts/letters/a.html.txt");
    }
}
