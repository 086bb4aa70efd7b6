//! Takes what several places tell of one act or event together.

use crate::file::File;

/// One place that tells an act or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// Document, index into its acts.
    Act(usize, usize),
    /// Document, index into its events.
    Event(usize, usize),
}

impl Told {
    /// The document's number.
    pub(crate) const fn doc(self) -> usize {
        match self {
            Self::Act(doc, _) | Self::Event(doc, _) => doc,
        }
    }
}

/// The places that tell one act or event, the fullest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) members: Vec<Told>,
    pub(crate) because: Vec<String>,
}

/// Every act and event of the case.
pub(crate) fn groups(file: &File) -> Vec<Group> {
    let mut groups = Vec::new();
    for (at, doc) in file.docs.iter().enumerate() {
        let acts = (0..doc.found.acts.len()).map(|ix| Told::Act(at, ix));
        let events = (0..doc.found.events.len()).map(|ix| Told::Event(at, ix));
        groups.extend(acts.chain(events).map(|told| Group { members: vec![told], because: Vec::new() }));
    }
    groups
}
