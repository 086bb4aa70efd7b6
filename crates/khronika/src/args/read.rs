//! What can be said of looking at documents.

use std::path::PathBuf;

use clap::Args as Arguments;
use khronika_core::Lang;

use super::{Reading, language};

/// Show what the program sees in documents: kind, language, pages, parts, what is inside, what is odd
///
/// Reads documents as every other command does, and shows what it sees: each part of the text with its role, where pages begin, what is
/// said of passages (inserted, deleted, hidden, commented upon), what is inside of it, and what could not be read. Nothing is kept.
#[derive(Debug, Arguments)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct Read {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print JSON: an object for each document, one a line, those inside of a document after it. Offsets count Unicode characters
    #[arg(long)]
    pub(crate) json: bool,
    /// Print where each word stands: a line of page, left, top, right, bottom (in points from the left upper corner), how sure it is in
    /// percent where it was recognised, and the word. With --json: under “words”
    #[arg(long)]
    pub(crate) boxes: bool,
    /// Print the text alone
    #[arg(long, conflicts_with_all = ["json", "boxes"])]
    pub(crate) text: bool,
    /// Compare the text of each page of a PDF document with what the page shows: it is drawn, its letters are recognised by tesseract,
    /// and the passages that differ are told with what either says. With --json: under “compared”
    #[arg(long, conflicts_with_all = ["text", "boxes"])]
    pub(crate) compare_ocr: bool,
    /// Take this as the main language of every document (ISO 639-1) instead of detecting it
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

const READ_EXAMPLES: &str = "\
Examples:
  khronika read order.pdf
  khronika read mail.eml --text | less
      the mail, then each of its attachments
  khronika read scan.pdf --boxes | awk '$6 < 60'
      the words that were recognised with little confidence
  khronika read order.pdf --compare-ocr
      whether its text layer says what its pages show
  khronika read letters/ --json | jq -r 'select(.verdict != \"whole\") | .name + \": \" + .problems[0].what'

Exit codes:
  0    read whole
  2    not done
  3    read in part: some of it, or of what is inside of it, was not read
  4    refused: nothing of it could be read";
