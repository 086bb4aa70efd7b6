//! Who says what, with what reserve, and on what it rests; and counted things.

use khronika_core::Findings;
use khronika_data::Dataset;

use crate::LexiconError;
use crate::text::Text;

/// The rules for statements.
#[derive(Debug)]
pub struct StatementRules {}

impl StatementRules {
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
