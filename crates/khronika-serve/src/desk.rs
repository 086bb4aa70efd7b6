//! What the pages need of a case.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use khronika_core::{Case, Correction, Day, EffectKind, SourceId, Verdict};
use khronika_show::Language;
use secrecy::SecretString;
use zeroize::Zeroizing;

/// What work on a case tells while it goes on: what is done, how much of it is done, and how much there is.
pub type Tell<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// A case, as the pages need it.
///
/// Every call may take its time; the pages make it apart from what answers requests. Calls come from several threads at once. What changes
/// the case does so whole or not at all.
pub trait Desk: Send + Sync + 'static {
    /// What the case is called before it is opened: the name of its file.
    fn name(&self) -> String;

    /// How the case can be opened at this moment.
    fn door(&self) -> Door;

    /// Makes a new case and opens it. Without a secret, with what was named when the program was started.
    ///
    /// # Errors
    /// Where there is a case already, or the secret is too weak, or it cannot be written.
    fn create(&self, secret: Option<SecretString>) -> Result<(), Refusal>;

    /// Opens the case.
    ///
    /// # Errors
    /// Where the secret is wrong, or the case cannot be read.
    fn unlock(&self, secret: Option<SecretString>) -> Result<(), Refusal>;

    /// Closes the case and forgets what was known of it.
    fn lock(&self);

    /// What people call the case.
    ///
    /// # Errors
    /// Where it is locked, or cannot be read; so with everything below.
    fn title(&self) -> Result<String, Refusal>;

    /// Weighs what the case holds, as of a day. What was found before is not looked for again.
    ///
    /// # Errors
    /// Where the case cannot be read.
    fn weigh(&self, as_of: Option<Day>, tell: Tell<'_>) -> Result<Weighed, Refusal>;

    /// Is told that a case that was shown is shown no longer: what is held for it may go.
    fn rest(&self) {}

    /// Takes a judgment down and returns the number of its entry.
    ///
    /// # Errors
    /// [`RefusalKind::Touched`] where the journal has judgments of the same findings that [`Saying::seen`] does not know.
    fn judge(&self, saying: &Saying) -> Result<u64, Refusal>;

    /// Takes back the judgment of an entry, as [`Desk::judge`] takes one down.
    ///
    /// # Errors
    /// Where the entry is no judgment, or was taken back already.
    fn withdraw(&self, number: u64, words: Option<&str>) -> Result<u64, Refusal>;

    /// Looks for words in the texts, in the language (ISO 639-1) or in all.
    ///
    /// # Errors
    /// Where the words cannot be understood.
    fn search(&self, words: &str, lang: Option<&str>, most: u32) -> Result<Found, Refusal>;

    /// The newest entries of the journal before a number, the newest first.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn journal(&self, before: Option<u64>, most: u64) -> Result<Vec<Entry>, Refusal>;

    /// What others changed since the last entry that whoever opened the case signed before opening it; none where they signed none.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn since(&self) -> Result<Option<Since>, Refusal>;

    /// Puts a document, and what is inside of it, into the case.
    ///
    /// # Errors
    /// Where nothing of it could be stored.
    fn add(&self, paper: Paper, tell: Tell<'_>) -> Result<Vec<Added>, Refusal>;

    /// Writes the bytes of a source as they were received.
    ///
    /// # Errors
    /// Where there is no such source, or it cannot be read whole; what was written by then is of no use.
    fn original(&self, source: &SourceId, out: &mut (dyn Write + Send)) -> Result<(), Refusal>;

    /// Checks the whole case file.
    ///
    /// # Errors
    /// Where it cannot be read at all.
    fn verify(&self, tell: Tell<'_>) -> Result<Vec<Check>, Refusal>;

    /// The key that signs what is handed over sealed, as minisign writes it: whoever receives it needs to know it.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn signing_key(&self) -> Result<String, Refusal>;

    /// Writes the case for others.
    ///
    /// # Errors
    /// Where it cannot be written; what was written by then is of no use.
    fn export(&self, wish: &Wish, tell: Tell<'_>, out: &mut (dyn Write + Send)) -> Result<(), Refusal>;

    /// The last days of a weighed case for a calendar program.
    fn calendar(&self, case: &Case) -> Vec<u8>;
}

/// How a case can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Whether the case is there; where it is not, it can be made.
    pub exists: bool,
    /// Whether it is open.
    pub is_open: bool,
    /// Whether a key was named when the program was started, so that no passphrase is needed.
    pub has_key: bool,
}

/// A weighed case.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The case.
    pub case: Arc<Case>,
    /// How many entries the journal had when the judgments were read.
    pub entries: u64,
}

/// What somebody says of findings.
#[derive(Clone, Debug)]
pub struct Saying {
    /// What is said.
    pub verdict: Verdict,
    /// The ids of the events.
    pub about: Vec<String>,
    /// Why.
    pub words: Option<String>,
    /// What a correction says instead.
    pub correction: Correction,
    /// What a linked act does to the other one.
    pub effect: Option<EffectKind>,
    /// What is added by hand.
    pub added: Option<khronika_core::Added>,
    /// Of an actor that is split: the names that are another's.
    pub names: Vec<String>,
    /// How many entries the journal had that whoever says it has seen.
    pub seen: u64,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub number: u64,
    /// When, as the journal gives it.
    pub time: String,
    /// `source.received`, `judgment.reject`, ….
    pub kind: String,
    /// What it is about: the id of a finding, or the digest of a source.
    pub about: Option<String>,
    /// What that is called, where that is known.
    pub title: Option<String>,
    /// Who made it.
    pub by: String,
    /// The rest of it: name and value.
    pub details: Vec<(String, String)>,
    /// True for a judgment that was not taken back.
    pub can_be_undone: bool,
}

/// What others changed since somebody's last entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Since {
    /// The number of that entry.
    pub entry: u64,
    /// When it was made.
    pub time: String,
    /// How many entries others made since.
    pub count: usize,
    /// The newest of them, the newest first.
    pub entries: Vec<Entry>,
    /// The ids of the sources that others added.
    pub sources: BTreeSet<String>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In how many documents.
    pub count: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// A document in which words were found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The id of the source.
    pub source: String,
    /// Its name.
    pub name: String,
    /// Its language (ISO 639-1), where that is known.
    pub lang: Option<String>,
    /// A stretch of its text.
    pub snippet: String,
    /// What was found in it: first and one past the last character.
    pub marks: Vec<(usize, usize)>,
}

/// A document to be added.
pub struct Paper {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Who gave it.
    pub from: Option<String>,
    /// How it came.
    pub how: Option<String>,
}

/// What became of a document, or of one that was inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its name.
    pub name: String,
    /// False where the case had it already.
    pub is_new: bool,
    /// Whether it is in the case.
    pub is_kept: bool,
    /// Whether it has a text.
    pub is_read: bool,
    /// What is wrong with it: what, and what can be done.
    pub problems: Vec<(String, String)>,
}

/// A line of what a case file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// True where it holds, false where it does not; none where it cannot be judged.
    pub holds: Option<bool>,
    /// What was checked.
    pub what: String,
    /// What was found.
    pub found: String,
}

/// How a case is to be handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// As a signed bag.
    pub sealed: bool,
    /// Encrypted for these recipients (`age1…`); with none it is a tar archive that everybody can read.
    pub to: Vec<String>,
    /// Without the journal.
    pub no_log: bool,
    /// What the folder in the archive is called.
    pub name: String,
    /// What the dossier in it speaks: the language of whoever hands the case over.
    pub language: Language,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What kind of reason.
    pub kind: RefusalKind,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// The next step, in a sentence without a full stop.
    pub hint: String,
}

/// The kinds of reason.
#[derive(Clone, Debug, PartialEq)]
pub enum RefusalKind {
    /// The case is locked.
    Locked,
    /// The passphrase or key is not the one.
    WrongSecret,
    /// What was asked for makes no sense.
    Invalid,
    /// What is spoken of is not there.
    Missing,
    /// Somebody else spoke of the same meanwhile: the entries that say so.
    Touched(Vec<Entry>),
    /// Another program works on the case.
    Busy,
    /// The case file, the disk or the program failed.
    Failed,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub fn new(kind: RefusalKind, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hint: hint.into() }
    }

    /// The case is locked.
    #[must_use]
    pub fn locked() -> Self {
        Self::new(RefusalKind::Locked, "the case is locked", "open it with its passphrase")
    }
}

/// Bytes that are erased when they are dropped.
pub(crate) type Erased = Zeroizing<Vec<u8>>;
