//! The names that a pipeline gives: tags, relations, kinds of entities.

use std::collections::HashMap;

/// A name of a pipeline. The first, [`Label::NONE`], is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Label(u32);

impl Label {
    /// No name.
    pub(crate) const NONE: Self = Self(0);
}

/// All names of a pipeline.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Label>,
}

impl Labels {
    /// The label of a name, which is added where it is new.
    pub(crate) fn add(&mut self, name: &str) -> Label {
        if self.names.is_empty() {
            self.names.push("".into());
            self.numbers.insert("".into(), Label::NONE);
        }
        if let Some(&label) = self.numbers.get(name) {
            return label;
        }
        let label = Label(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(name.into());
        self.numbers.insert(name.into(), label);
        label
    }

    /// The name of a label.
    pub(crate) fn name(&self, label: Label) -> &str {
        self.names.get(label.0 as usize).map(AsRef::as_ref).unwrap_or_default()
    }
}
