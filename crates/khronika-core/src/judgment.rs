//! What people say of findings. Findings are made anew whenever the rules or the papers change; judgments stay, and are applied over
//! them.

/// What somebody says of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It is as found.
    Confirm,
    /// It is not so: the case is weighed without it. A later confirmation takes this back.
    Reject,
    /// Several findings are one.
    Merge,
    /// What was taken for one is several: each place that tells it stands for itself.
    Split,
    /// Something to remember of it. It changes nothing.
    Note,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Confirm, Self::Reject, Self::Merge, Self::Split, Self::Note];

    /// The name in exports and in the journal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reject => "reject",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Note => "note",
        }
    }

    /// The verdict with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// A judgment, as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment {
    /// The number of the entry; judgments are applied in this order.
    pub number: u64,
    /// What is said.
    pub verdict: Verdict,
    /// Of which events, by their ids: one, or those that are one.
    pub about: Vec<String>,
    /// Who says it.
    pub by: String,
    /// When, as the journal gives it.
    pub time: String,
    /// In their own words.
    pub words: Option<String>,
}

/// A judgment, and whether it could be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The judgment.
    pub judgment: Judgment,
    /// False where what it speaks of is not found any more, or a later judgment says otherwise.
    pub applied: bool,
}
