//! What people say of findings. Findings are made anew whenever the rules or the papers change; judgments stay, and are applied over
//! them.

use crate::{Added, Edtf, EffectKind};

/// What somebody says of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It is as found.
    Confirm,
    /// It is not so: the case is weighed without it. A later confirmation takes this back.
    Reject,
    /// It is so, but for what is said instead: see [`Correction`].
    Correct,
    /// Several findings are one.
    Merge,
    /// What was taken for one is several: each place that tells it stands for itself.
    Split,
    /// The first act concerns the second: see [`Judgment::effect`].
    Link,
    /// Something to remember of it. It changes nothing.
    Note,
    /// There is something that was not found: see [`Judgment::added`].
    Add,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Confirm, Self::Reject, Self::Correct, Self::Merge, Self::Split, Self::Link, Self::Note, Self::Add];

    /// The name in exports and in the journal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reject => "reject",
            Self::Correct => "correct",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Link => "link",
            Self::Note => "note",
            Self::Add => "add",
        }
    }

    /// The verdict with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// What is said of an event in place of what was found. What is not given is as found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// When it was.
    pub date: Option<Edtf>,
    /// What it is, in one short sentence.
    pub title: Option<String>,
    /// The body whose act it is, by its name.
    pub body: Option<String>,
}

/// A judgment, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment {
    /// The number of the entry; judgments are applied in this order.
    pub number: u64,
    /// What is said.
    pub verdict: Verdict,
    /// Of which events, or of which actors, by their ids: one, or those that are one; of what is added the id that it gets.
    pub about: Vec<String>,
    /// Who says it.
    pub by: String,
    /// When, as the journal gives it.
    pub time: String,
    /// In their own words.
    pub words: Option<String>,
    /// The titles that the events had when it was made: ids may change with the rules.
    pub titles: Vec<String>,
    /// What a correction says, and what is said of something that is added.
    pub correction: Correction,
    /// What a linked act does to the other one.
    pub effect: Option<EffectKind>,
    /// What is added.
    pub added: Option<Added>,
    /// Of an actor that is split: the names that are another's.
    pub names: Vec<String>,
}

impl Judgment {
    /// Who says so, when, and where that is written down: "Ada says so on 2026-11-30 (entry 17 of the journal)".
    #[must_use]
    pub fn reason(&self) -> String {
        let day = self.time.split('T').next().unwrap_or_default();
        format!("{} says so on {day} (entry {} of the journal)", self.by, self.number)
    }
}

/// A judgment, and whether it could be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The judgment.
    pub judgment: Judgment,
    /// False where what it speaks of is not found any more, or a later judgment says otherwise.
    pub applied: bool,
    /// The ids of the events that it speaks of, as they are in this case: of those that were merged one, of a split one all.
    pub events: Vec<String>,
    /// What had been found where a correction says something else. A title is not found: see `khronika_show::title`.
    pub found: Correction,
    /// The ids of the actors that it speaks of, as they are in this case.
    pub actors: Vec<String>,
}
