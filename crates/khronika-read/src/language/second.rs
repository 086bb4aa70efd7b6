//! A second opinion where the tables are undecided: the `lingua` crate (n-gram models of nine languages), a feature of this crate
//! because of its size. It is asked about a bounded sample of a document only: it reads less than a megabyte a second.

use std::sync::OnceLock;

use khronika_core::Lang;
use lingua::{LanguageDetector, LanguageDetectorBuilder};

/// How much of the text is shown to it (bytes).
const SAMPLE: usize = 2000;

/// The language it names; `None` where it is undecided too.
pub(super) fn opinion(text: &str) -> Option<Lang> {
    static DETECTOR: OnceLock<LanguageDetector> = OnceLock::new();
    let detector = DETECTOR
        .get_or_init(|| LanguageDetectorBuilder::from_all_languages().with_minimum_relative_distance(0.1).build());
    let sample = text.get(..text.floor_char_boundary(SAMPLE.min(text.len())))?;
    Lang::new(&detector.detect_language_of(sample)?.iso_code_639_1().to_string())
}
