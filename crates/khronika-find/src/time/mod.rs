//! Temporal expressions: found, resolved, and given their role.

use khronika_core::Findings;
use khronika_data::Dataset;

use crate::LexiconError;
use crate::text::Text;

/// The temporal rules.
#[derive(Debug)]
pub struct TimeRules {}

impl TimeRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(_data: &Dataset) -> Result<Self, LexiconError> {
        Ok(Self {})
    }

    /// Adds what it finds to `found`.
    pub fn find(&self, _text: &Text<'_>, _found: &mut Findings) {}
}
