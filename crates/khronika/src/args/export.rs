//! What can be said of handing a case to others.

use std::path::PathBuf;

use clap::{ArgGroup, Args as Arguments};
use khronika_core::Day;
use khronika_show::Language;

use super::keep::Unlock;
use super::{Reading, day, own_language};

/// Hand a case over: its documents and what was found in them, as a folder, a sealed bag, or one encrypted file
///
/// Writes the documents as they were received, case.json, dossier.html and chronology.csv. With --sealed the folder is a bag (BagIt 1.0) in
/// which every file is listed with its digests and signed, with the journal of the case, receipts and time stamps, annotations, a
/// description for archives (RO-Crate), and a README that tells a stranger how to check it with sha256sum, minisign and openssl alone.
/// With --to it is one file that only the named recipients can open; nothing readable is written to the disk. What was marked with
/// `khronika redact` is hidden in all of it. Nothing is ever overwritten, and the result is there whole or not at all.
#[derive(Debug, Arguments)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct Export {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The folder to make; with --to, the file to make
    #[arg(value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// Make it a signed bag, which others can check
    #[arg(long)]
    pub(crate) sealed: bool,
    /// Encrypt it for this recipient (age1…). May be repeated
    #[arg(long, value_name = "RECIPIENT")]
    pub(crate) to: Vec<String>,
    /// Only these documents: ids, beginnings of SHA-256 digests, or names
    #[arg(long, value_name = "SOURCE", num_args = 1..)]
    pub(crate) only: Vec<String>,
    /// Say what stands as of this day (YYYY-MM-DD) [default: the latest date in the sources]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Day>,
    /// Write dossier.html in this language (en, fr, ru, uk): headings, standings, dates, titles of acts. Everything else is the same in
    /// every language
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = own_language)]
    pub(crate) language: Language,
    /// Find by rules alone, without language models
    #[arg(long)]
    pub(crate) no_models: bool,
    /// Put as many █ as there were characters, so that everything else stays at its place; the length of what is hidden can be counted then
    #[arg(long)]
    pub(crate) same_length: bool,
    /// Leave out the journal and its receipts, and the digests of what was redacted: whoever has an idea what is hidden could try it on them
    #[arg(long)]
    pub(crate) no_log: bool,
    /// Hide nothing, although something was marked
    #[arg(long, conflicts_with = "same_length")]
    pub(crate) unredacted: bool,
    /// Print JSON: what was written
    #[arg(long)]
    pub(crate) json: bool,
    /// No progress and no summary; errors are still printed
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  khronika export doe.khronika handover
  khronika export doe.khronika handover --sealed
      prints the key by which the receiver can check it: tell it to them on another way
  khronika export doe.khronika doe.tar.age --sealed --to age1… --to age1…
      they open it with: age -d -i their.identity doe.tar.age | tar x
  khronika export doe.khronika two --only ruling.txt s-2c26b46b68 --sealed

Exit codes:
  0    done
  1    done, but something could not be read, or was withheld because nothing in it could be hidden
  2    not done; nothing was written
  130  interrupted; nothing was written";

/// Mark what exports have to hide: people, words, passages
///
/// The documents in the case stay as they are; every export from then on hides what is marked, in its texts and therefore in everything
/// that is made from them. What is marked is known to those only who can open the case. Look at the export before you hand it on: a
/// person can be known by what is said of them, too.
#[derive(Debug, Arguments)]
#[command(after_help = REDACT_EXAMPLES, group = ArgGroup::new("what").required(true).multiple(false)
    .args(["actor", "words", "quote", "from", "withdraw", "list"]))]
pub(crate) struct Redact {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Hide this person or body: a name, or an id (a-…). All forms of the name are hidden, in every script and spelling; of a person each part
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// With --actor: parts of the name that are not to be hidden by themselves
    #[arg(long, value_name = "WORD", requires = "actor")]
    pub(crate) except: Vec<String>,
    /// Hide these words wherever they stand, in every spelling: one word, or several in a row
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: Option<String>,
    /// Hide these words in one document: exactly as they stand there, wherever they stand in it
    #[arg(long, value_name = "WORDS", requires = "source")]
    pub(crate) quote: Option<String>,
    /// The document of --quote, or of --from and --to
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// Hide from this character of the text on, counted as case.json counts: from 0
    #[arg(long, value_name = "N", requires_all = ["source", "to"])]
    pub(crate) from: Option<u64>,
    /// Hide up to this character, which itself stays
    #[arg(long, value_name = "N", requires = "from")]
    pub(crate) to: Option<u64>,
    /// Why: kept with the mark, in the case only
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// Take back marks, by the numbers of their entries in the journal
    #[arg(long, value_name = "ENTRY", num_args = 1..)]
    pub(crate) withdraw: Vec<u64>,
    /// List the marks
    #[arg(long)]
    pub(crate) list: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const REDACT_EXAMPLES: &str = "\
Examples:
  khronika redact doe.khronika --actor 'Jane Doe' --why 'her family is at home'
  khronika redact doe.khronika --words 'Green Street'
  khronika redact doe.khronika --source letter.txt --quote 'I was told so by my brother'
  khronika redact doe.khronika --list
  khronika redact doe.khronika --withdraw 17

Exit codes:
  0    done
  2    not done; no such person, words or mark";
