//! The language of a document whose styles say in which language their words are.

use std::collections::BTreeMap;

use khronika_core::Lang;

/// More names of languages than this are not counted.
const MOST: usize = 200;

/// How much of a text is in each language (bytes).
#[derive(Debug, Default)]
pub(super) struct Langs(BTreeMap<String, usize>);

impl Langs {
    /// Counts words in a language: "fr", "fr-FR".
    pub fn count(&mut self, lang: &str, bytes: usize) {
        if let Some(count) = self.0.get_mut(lang) {
            *count += bytes;
        } else if self.0.len() < MOST {
            self.0.insert(lang.to_owned(), bytes);
        }
    }

    /// The language of most of the text; where nothing was counted, the one that the document names for all of it.
    pub fn most(&self, usual: Option<&str>) -> Option<Lang> {
        let most = self.0.iter().max_by_key(|(_, count)| **count).map(|(lang, _)| lang.as_str());
        let name = most.or(usual)?.split(['-', '_']).next()?;
        Lang::new(&name.to_ascii_lowercase())
    }
}
