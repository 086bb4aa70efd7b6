//! Turns files into sources: bytes → [`Source`], with the text exactly as it stands, cut into blocks, each in its language.
//!
//! Three steps, so that the caller can read in parallel: [`walk`] lists the files, [`Reader::read_file`] reads one of them, and
//! [`unique`] puts the sources in order and names the ones that came twice. What cannot be read becomes a [`Problem`]; nothing is
//! skipped silently. [`Reader::read_bytes`] is a pure function of the bytes, the options and the data files.

mod encoding;
mod error;
pub mod format;
mod gather;
mod html;
mod language;
mod media;
mod problem;
pub mod rendition;
mod structure;
mod walk;

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;

use khronika_core::{Day, Lang, Layout, Problem, ProblemKind, Source, SourceId};
use khronika_data::Dataset;
use sha2::{Digest as _, Sha256};

use rendition::{Limits, Refusal, Rendition};

pub use error::LexiconError;
pub use format::{InProcess, Opener};
pub use gather::unique;
pub use media::Kind;
pub use walk::{FileEntry, walk};

/// The longest file that is read: some forty thousand pages. What is made of a text takes many times its length in memory.
const MOST_BYTES: u64 = 64 << 20;

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The main language, where the user gave it; otherwise it is detected.
    pub lang: Option<Lang>,
    /// Files longer than this are not read (bytes).
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { lang: None, max_bytes: MOST_BYTES }
    }
}

/// What one file became: the source and what went wrong with parts of it; or the problem that kept it from being read.
pub type Reading = Result<(Source, Vec<Problem>), Box<Problem>>;

/// Reads files. Made once, used for many, from several threads.
#[derive(Debug)]
pub struct Reader {
    structure: structure::lexicon::Lexicon,
    languages: language::Models,
    /// The languages that have words under `data/lexicon`.
    spoken: Vec<Lang>,
}

impl Reader {
    /// Compiles the words that the structure of a text and its language are known by.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn new(data: &Dataset) -> Result<Self, LexiconError> {
        Ok(Self {
            structure: structure::lexicon::Lexicon::load(data)?,
            languages: language::Models::load(data)?,
            spoken: data.languages().into_iter().filter_map(Lang::new).collect(),
        })
    }

    /// Reads one file, in this very process.
    ///
    /// # Errors
    /// The problem that kept the file from becoming a source.
    pub fn read_file(&self, file: &FileEntry, options: &ReadOptions) -> Reading {
        let bytes = load(file, options)?;
        self.read(&file.name, Cow::Owned(bytes), options, &InProcess)
    }

    /// Reads a document that is in memory, in this very process. `name` is what the user knows it by.
    ///
    /// # Errors
    /// The problem that kept the bytes from becoming a source.
    pub fn read_bytes(&self, name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
        self.read(name, Cow::Borrowed(bytes), options, &InProcess)
    }

    fn read(&self, name: &str, bytes: Cow<'_, [u8]>, options: &ReadOptions, opener: &dyn Opener) -> Reading {
        let size = bytes.len() as u64;
        if size > options.max_bytes {
            return Err(problem::too_long(name, options.max_bytes).into());
        }
        let kind = media::of(name, &bytes).map_err(|unread| problem::not_read_yet(name, unread))?;
        let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
        let id = SourceId::new(&format!("s-{}", sha256.get(..10).unwrap_or_default()));
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        let mut words = self.words(name, &id, kind, bytes, opener)?;
        if words.text.trim().is_empty() {
            return Err(problem::empty(name, size).into());
        }
        words.problems.extend(problem::mismatch(name, &id, kind));
        if words.structure.full {
            words.problems.push(problem::too_many_parts(name, &id));
        }
        let mut blocks = words.structure.blocks;
        let found = language::assign(&self.languages, &words.text, &mut blocks, options.lang, words.lang);
        if !self.spoken.contains(&found.main) {
            words.problems.push(problem::language(name, &id, found.main));
        }
        let source = Source {
            id,
            name: name.to_owned(),
            sha256,
            blake3,
            size,
            media_type: kind.name().into(),
            encoding: words.encoding,
            lang: found.main,
            langs: found.all,
            text: words.text,
            blocks,
            meta_date: words.date,
            layout: words.layout,
            part_of: None,
        };
        Ok((source, words.problems))
    }

    /// The words of a document of a known kind.
    fn words(
        &self,
        name: &str,
        id: &SourceId,
        kind: Kind,
        bytes: Cow<'_, [u8]>,
        opener: &dyn Opener,
    ) -> Result<Words, Box<Problem>> {
        if !kind.is_text() {
            let opened = opener.open(kind, &bytes, Limits::default());
            let checked = opened.and_then(|seen| match seen.check() {
                Ok(()) => Ok(seen),
                Err(what) => Err(Refusal::Damaged(what.to_owned())),
            });
            return match checked {
                Ok(seen) => Ok(self.of_rendition(name, id, seen)),
                Err(refusal) => Err(problem::refused(name, kind, &refusal).into()),
            };
        }
        let decoded = encoding::decode(bytes, None);
        let problems: Vec<_> = decoded.damage.iter().map(|d| problem::damage(name, id, d)).collect();
        let encoding = decoded.encoding.to_owned();
        let structure = structure::of_text(&decoded.text, &self.structure);
        let (text, layout) = (decoded.text, Layout::default());
        Ok(Words { text, structure, layout, date: None, lang: None, encoding, problems })
    }

    fn of_rendition(&self, name: &str, id: &SourceId, seen: Rendition) -> Words {
        Words {
            structure: structure::of_parts(&seen.text, &seen.parts, &self.structure),
            problems: seen.remarks.iter().map(|remark| problem::remark(name, id, remark)).collect(),
            text: seen.text,
            layout: seen.layout,
            date: seen.about.date,
            lang: seen.about.lang,
            encoding: seen.about.encoding.unwrap_or_default(),
        }
    }
}

/// What any format gives.
struct Words {
    text: String,
    structure: structure::Structure,
    layout: Layout,
    date: Option<Day>,
    lang: Option<Lang>,
    encoding: String,
    problems: Vec<Problem>,
}

/// The bytes of a regular file that is not longer than the limit, even where it grows while it is read.
fn load(file: &FileEntry, options: &ReadOptions) -> Result<Vec<u8>, Box<Problem>> {
    let fail = |e: &std::io::Error| Box::new(problem::unreadable(&file.name, e));
    // Looked at before it is opened: opening a pipe waits for somebody to write into it.
    let about = std::fs::metadata(&file.path).map_err(|e| fail(&e))?;
    if !about.is_file() {
        let what = "This was a regular file when the folder was listed and is not any more.";
        return Err(problem::of(&file.name, ProblemKind::NotAFile, what, "Hand in the document itself.").into());
    }
    if about.len() > options.max_bytes {
        return Err(problem::too_long(&file.name, options.max_bytes).into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0).saturating_add(1));
    let handle = File::open(&file.path).map_err(|e| fail(&e))?;
    handle.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| fail(&e))?;
    if bytes.len() as u64 > options.max_bytes {
        return Err(problem::too_long(&file.name, options.max_bytes).into());
    }
    Ok(bytes)
}
