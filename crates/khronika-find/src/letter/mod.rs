//! Letters: addressees, demands, signatories.

use khronika_core::Findings;
use khronika_data::Dataset;

use crate::LexiconError;
use crate::text::Text;

/// The rules for letters.
#[derive(Debug)]
pub struct LetterRules {}

impl LetterRules {
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
