//! Turns files into sources: bytes → [`Source`], with the text exactly as it stands, cut into blocks, each in its language.
//!
//! Three steps, so that the caller can read in parallel: [`walk`] lists the files, [`Reader::open_file`] reads one of them and what is
//! inside of it, and [`unique`] puts the sources in order and names the ones that came twice. Everything but plain text is read by an
//! [`Opener`], which the caller chooses. What cannot be read becomes a [`Problem`]; nothing is
//! skipped silently. [`Reader::read_bytes`] is a pure function of the bytes, the options and the data files.

mod deceptive;
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
mod tree;
mod walk;
mod zipped;

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;

use khronika_core::{Lang, Layout, Problem, ProblemKind, Source, SourceId};
use khronika_data::Dataset;
use sha2::{Digest as _, Sha256};

use rendition::{About, Embedded, Limits, Part, Refusal, Remark, RemarkKind, Rendition};

pub use error::LexiconError;
pub use format::{InProcess, Opener};
pub use gather::unique;
pub use language::Tongues;
pub use media::Kind;
pub use tree::Document;
pub use walk::{FileEntry, walk};

/// The longest file that is read: some forty thousand pages. What is made of a text takes many times its length in memory.
const MOST_BYTES: u64 = 64 << 20;

/// How much is unpacked of one file, in all its depth (bytes).
const MOST_UNPACKED: u64 = 256 << 20;

/// How deep documents may be inside of documents.
const DEEPEST: usize = 8;

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The main language, where the user gave it; otherwise it is detected.
    pub lang: Option<Lang>,
    /// Files longer than this are not read (bytes).
    pub max_bytes: u64,
    /// How much is made of one file with all that is inside of it.
    pub limits: Limits,
    /// How deep documents may be inside of documents.
    pub depth: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        // A parser has one gibibyte for all: the bytes of the file, what it unpacks, and what it makes of it.
        let limits = Limits { unpacked: MOST_UNPACKED, ..Limits::default() };
        Self { lang: None, max_bytes: MOST_BYTES, limits, depth: DEEPEST }
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

    /// Reads a document that is in memory, in this very process; not what is inside of it. `name` is what the user knows it by.
    ///
    /// # Errors
    /// The problem that kept the bytes from becoming a source.
    pub fn read_bytes(&self, name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
        self.look(name, bytes, digest(bytes), options, options.limits, &InProcess).into_reading(name, bytes)
    }

    /// Reads words that are text, whatever they look like: offsets are those of `text`.
    ///
    /// # Errors
    /// The problem that kept the text from becoming a source.
    pub fn read_text(&self, name: &str, text: &str, options: &ReadOptions) -> Reading {
        let bytes = text.as_bytes();
        if bytes.len() as u64 > options.max_bytes {
            return Err(problem::too_long(name, options.max_bytes).into());
        }
        let (id, sha256) = named(digest(bytes));
        let kind = media::of_text(name, bytes);
        let words = self.plain(name, &id, bytes);
        self.source(name, id, sha256, kind, bytes, words, options).into_reading(name, bytes)
    }

    /// What a document is and says.
    fn look(
        &self,
        name: &str,
        bytes: &[u8],
        sha256: [u8; 32],
        options: &ReadOptions,
        limits: Limits,
        opener: &dyn Opener,
    ) -> Looked {
        let size = bytes.len() as u64;
        if size > options.max_bytes {
            return Looked::failed(None, problem::too_long(name, options.max_bytes));
        }
        let kind = match media::of(name, bytes) {
            Ok(kind) => kind,
            Err(unread) => return Looked::failed(None, problem::not_read_yet(name, unread)),
        };
        let (id, sha256) = named(sha256);
        let words = if kind.is_text() {
            self.plain(name, &id, bytes)
        } else {
            let opened = opener.open(kind, bytes, limits);
            let checked = opened.and_then(|seen| match seen.check() {
                Ok(()) => Ok(seen),
                Err(what) => Err(Refusal::Damaged(what.to_owned())),
            });
            match checked {
                Ok(seen) => self.of_rendition(name, &id, seen),
                Err(refusal) => return Looked::failed(Some(kind), problem::refused(name, kind, &refusal)),
            }
        };
        self.source(name, id, sha256, kind, bytes, words, options)
    }

    #[expect(clippy::too_many_arguments, reason = "what a source is made of")]
    fn source(
        &self,
        name: &str,
        id: SourceId,
        sha256: String,
        kind: Kind,
        bytes: &[u8],
        words: Words,
        options: &ReadOptions,
    ) -> Looked {
        let size = bytes.len() as u64;
        let Words { text, structure, mut layout, parts, about, members, mut problems } = words;
        problems.extend(problem::mismatch(name, &id, kind));
        let strange = deceptive::mark(&text, &mut layout);
        problems.extend(strange.into_iter().map(|what| {
            let remark = Remark { kind: RemarkKind::Strange, what, place: None };
            problem::remark(name, &id, &remark)
        }));
        if text.trim().is_empty() {
            if members.is_empty() {
                problems.push(problem::empty(name, size));
            }
            // There is no source that they could be about.
            problems.iter_mut().for_each(|problem| (problem.source, problem.span) = (None, None));
            return Looked { kind: Some(kind), source: None, problems, members, parts, about };
        }
        if structure.full {
            problems.push(problem::too_many_parts(name, &id));
        }
        let mut blocks = structure.blocks;
        let found = language::assign(&self.languages, &text, &mut blocks, options.lang, about.lang);
        if !self.spoken.contains(&found.main) {
            problems.push(problem::language(name, &id, found.main));
        }
        let source = Source {
            id,
            name: name.to_owned(),
            sha256,
            blake3: blake3::hash(bytes).to_hex().to_string(),
            size,
            media_type: kind.name().into(),
            encoding: about.encoding.clone().unwrap_or_default(),
            lang: found.main,
            langs: found.all,
            text,
            blocks,
            meta_date: about.date,
            layout,
            part_of: None,
        };
        Looked { kind: Some(kind), source: Some(source), problems, members, parts, about }
    }

    fn plain(&self, name: &str, id: &SourceId, bytes: &[u8]) -> Words {
        let decoded = encoding::decode(Cow::Borrowed(bytes), None);
        Words {
            structure: structure::of_text(&decoded.text, &self.structure),
            problems: decoded.damage.iter().map(|d| problem::damage(name, id, d)).collect(),
            about: About { encoding: Some(decoded.encoding.to_owned()), ..About::default() },
            text: decoded.text,
            layout: Layout::default(),
            parts: Vec::new(),
            members: Vec::new(),
        }
    }

    fn of_rendition(&self, name: &str, id: &SourceId, seen: Rendition) -> Words {
        Words {
            structure: structure::of_parts(&seen.text, &seen.parts, &seen.layout.marks, &self.structure),
            problems: seen.remarks.iter().map(|remark| problem::remark(name, id, remark)).collect(),
            text: seen.text,
            layout: seen.layout,
            parts: seen.parts,
            about: seen.about,
            members: seen.embedded,
        }
    }
}

/// What became of a document.
struct Looked {
    kind: Option<Kind>,
    source: Option<Source>,
    problems: Vec<Problem>,
    members: Vec<Embedded>,
    parts: Vec<Part>,
    about: About,
}

impl Looked {
    fn failed(kind: Option<Kind>, problem: Problem) -> Self {
        let (problems, about) = (vec![problem], About::default());
        Self { kind, source: None, problems, members: Vec::new(), parts: Vec::new(), about }
    }

    fn into_reading(self, name: &str, bytes: &[u8]) -> Reading {
        match (self.source, self.problems) {
            (Some(source), problems) => Ok((source, problems)),
            (None, problems) => {
                let first = problems.into_iter().next();
                Err(first.unwrap_or_else(|| problem::empty(name, bytes.len() as u64)).into())
            }
        }
    }
}

/// What a source with this digest is called, and the digest in hexadecimal.
fn named(sha256: [u8; 32]) -> (SourceId, String) {
    let sha256 = sha256.iter().map(|b| format!("{b:02x}")).collect::<String>();
    (SourceId::new(&format!("s-{}", sha256.get(..10).unwrap_or_default())), sha256)
}

/// SHA-256.
fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What any format gives.
struct Words {
    text: String,
    structure: structure::Structure,
    layout: Layout,
    parts: Vec<Part>,
    about: About,
    members: Vec<Embedded>,
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
