//! The rules that weighing rests on, read from the data files once.

use khronika_data::Dataset;

use crate::RuleError;

/// Everything that the weighing knows: all of it comes from data files.
#[derive(Debug)]
pub struct CaseRules {
    /// The digests of the data files, by top folder.
    pub(crate) versions: Vec<(String, String)>,
}

impl CaseRules {
    /// Reads the rules.
    ///
    /// # Errors
    /// Where a data file is not what it should be; the error names the file and the row.
    pub fn load(data: &Dataset) -> Result<Self, RuleError> {
        Ok(Self { versions: data.versions() })
    }
}
