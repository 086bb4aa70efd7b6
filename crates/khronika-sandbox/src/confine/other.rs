//! Systems on which no process can be confined in this way.

use super::Allowance;

const HERE: &str = "only Linux can confine a process as is needed here";

pub(crate) fn landlock() -> Result<(), String> {
    Err(HERE.to_owned())
}

pub(crate) fn filter() -> Result<(), String> {
    Err(HERE.to_owned())
}

pub(crate) fn filter_command() -> Result<(), String> {
    Err(HERE.to_owned())
}

pub(crate) fn landlock_command() -> Result<(), String> {
    Err(HERE.to_owned())
}

pub(crate) fn rlimits(_of: Option<u32>, _allowance: Allowance) -> Result<(), String> {
    Err(HERE.to_owned())
}
