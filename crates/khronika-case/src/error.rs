//! Errors in data files.

/// A data file is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("data file {file}: {what}")]
pub struct RuleError {
    /// The path under `data/`.
    pub file: String,
    /// What is wrong, with the row where there is one.
    pub what: String,
}

impl RuleError {
    /// An error in `file`.
    pub fn new(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), what: what.into() }
    }
}
