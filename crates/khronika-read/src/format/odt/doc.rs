//! What the parts of an OpenDocument text share.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::style::{Counts, Meaning, Styles};
use crate::format::flow::{Deed, Flow, Para};
use crate::format::langs::Langs;
use crate::rendition::Role;

/// What the parts of a document share.
#[derive(Debug)]
pub(super) struct Doc {
    pub flow: Flow,
    pub styles: Styles,
    pub langs: Langs,
    /// Pictures that stand in the text itself.
    pub pictures: usize,
    pub changes: BTreeMap<String, Change>,
    pub notes: Vec<Para>,
    pub comments: Vec<Para>,
    meanings: BTreeMap<String, Rc<Meaning>>,
    /// How far the lists have counted that were left: by their ids, and by their styles.
    pub left: BTreeMap<String, Counts>,
    pub last: BTreeMap<String, Counts>,
    pub outline: Counts,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    pub deed: Deed,
    /// The words that were taken out; `None` for words that were put in.
    pub words: Option<String>,
}

impl Doc {
    pub fn new(flow: Flow, styles: Styles) -> Self {
        Self {
            flow,
            styles,
            langs: Langs::default(),
            pictures: 0,
            changes: BTreeMap::new(),
            notes: Vec::new(),
            comments: Vec::new(),
            meanings: BTreeMap::new(),
            left: BTreeMap::new(),
            last: BTreeMap::new(),
            outline: Counts::default(),
        }
    }

    pub fn meaning(&mut self, family: &str, name: &str) -> Rc<Meaning> {
        let key = format!("{family}/{name}");
        if let Some(known) = self.meanings.get(&key) {
            return Rc::clone(known);
        }
        let meaning = Rc::new(self.styles.meaning(family, name));
        self.meanings.insert(key, Rc::clone(&meaning));
        meaning
    }

    /// Says in which language most of it is.
    pub fn tell_language(&mut self) {
        self.flow.about().lang = self.langs.most(self.styles.lang.as_deref());
    }

    /// Writes the notes that were gathered on the way.
    pub fn notes(&mut self) {
        self.flow.force = Some(Role::Footnote);
        std::mem::take(&mut self.notes).into_iter().for_each(|para| self.flow.para(para));
        self.flow.force = None;
    }

    /// Writes the comments that were gathered on the way.
    pub fn comments(&mut self) {
        self.flow.force = Some(Role::Comment);
        std::mem::take(&mut self.comments).into_iter().for_each(|para| self.flow.para(para));
        self.flow.force = None;
    }
}
