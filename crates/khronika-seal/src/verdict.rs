//! The three answers of a check.

/// What a check says.
///
/// The order is that of telling: of several answers the worst counts, and what does not hold is worse than what cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Everything that was looked at is as it should be.
    Holds,
    /// Nothing is known to be wrong, but something could not be judged: it is not here, or of an unknown kind.
    CannotJudge,
    /// Something is not as it was: altered, missing, or never what it claims to be.
    Fails,
}

impl Verdict {
    /// The exit code of a program that gives this answer: 0 holds, 1 does not hold, 2 cannot be judged.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Fails => 1,
            Self::CannotJudge => 2,
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "does_not_hold",
            Self::CannotJudge => "cannot_be_judged",
        }
    }
}

impl FromIterator<Verdict> for Verdict {
    /// The worst; nothing at all holds.
    fn from_iter<T: IntoIterator<Item = Self>>(answers: T) -> Self {
        answers.into_iter().max().unwrap_or(Self::Holds)
    }
}
