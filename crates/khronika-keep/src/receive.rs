//! Documents come in: hashed and cut into pieces in one read, and never changed afterwards.

use std::cell::RefCell;
use std::io::{self, Read};

use jiff::Timestamp;
use khronika_seal::digest::to_hex;
use rusqlite::{OptionalExtension as _, params};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::error::{Doing as _, Error, Result};
use crate::pack::{self, PIECE};
use crate::read::clamp;
use crate::search::word::Words;
use crate::state::{Held, row};
use crate::write::{Details, Write, object};

const RECEIVING: &str = "receive a document";

/// What is known of a document on its way in. What is not known is left out; nothing is guessed.
///
/// The fields are those that the Berkeley Protocol asks a collection record for (chapter VI), as far as a person can answer them; the
/// digests, the time of receipt and the program's version are added, and whoever signs the entry is the collector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The name of the file, with its folders as far as the user named them.
    pub name: String,
    /// `application/pdf`, `text/plain`, …; `application/octet-stream` where it is not known.
    pub media_type: String,
    /// When the file was last changed, by the file system it came from.
    pub modified: Option<Timestamp>,
    /// Who gave it.
    pub from: Option<String>,
    /// How it came: by hand, by e-mail, downloaded with what.
    pub how: Option<String>,
    /// Where it was published: an address.
    pub address: Option<String>,
    /// When it was collected, in the collector's words, where that was not now.
    pub collected: Option<String>,
    /// What the giver consents to.
    pub consent: Option<String>,
    /// What may not be done with it.
    pub restriction: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// The SHA-256 of the document that it was taken out of: the e-mail of an attachment, the archive of a file.
    pub parent: Option<[u8; 32]>,
}

/// A document that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its number in the case.
    pub source: i64,
    /// Its digest.
    pub sha256: [u8; 32],
    /// The number of the entry that says so.
    pub entry: u64,
    /// False where the case had the same bytes already: it has one more receipt of them now.
    pub is_new: bool,
}

/// A piece of a document, packed.
#[derive(Clone, Debug)]
struct Piece {
    hash: [u8; 32],
    size: usize,
    packed: Vec<u8>,
}

/// A document that was hashed and packed, ready to be stored. This is the work that can be done for many at once.
#[derive(Clone, Debug)]
pub struct Prepared {
    digests: Digests,
    pieces: Vec<Piece>,
}

/// A text that was packed and cut into the words that it is found by, ready to be kept. This is the work that can be done for many at once.
#[derive(Clone, Debug)]
pub struct PreparedText {
    lang: String,
    digest: [u8; 32],
    words: Vec<u8>,
    shape: Vec<u8>,
    forms: Vec<u8>,
}

thread_local! {
    /// Most words of a text are words that it had before, or the one before it.
    static WORDS: RefCell<Option<Words>> = const { RefCell::new(None) };
}

impl PreparedText {
    /// Prepares a text as it was read, in this language. `shape` is whatever the reader wants to have back with it.
    ///
    /// # Errors
    /// Where it cannot be packed.
    pub fn new(lang: &str, text: &str, shape: &[u8]) -> Result<Self> {
        let forms = WORDS.with(|words| words.borrow_mut().get_or_insert_with(Words::new).forms_of(lang, text));
        let (words, digest) = (pack::pack(text.as_bytes())?, text_digest(text, shape));
        Ok(Self { lang: lang.to_owned(), digest, words, shape: pack::pack(shape)?, forms })
    }
}

/// What a document is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Digests {
    sha256: [u8; 32],
    blake3: [u8; 32],
    size: u64,
}

impl Prepared {
    /// Prepares a document that is in memory.
    ///
    /// # Errors
    /// Where it cannot be packed.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        let mut pieces = Vec::with_capacity(bytes.len() / PIECE + 1);
        let digests = Cut::new(bytes).each(&mut |piece| {
            pieces.push(piece);
            Ok(())
        })?;
        Ok(Self { digests, pieces })
    }
}

/// Reads once, and hashes as it reads.
struct Cut<R> {
    from: R,
    sha256: Sha256,
    blake3: blake3::Hasher,
    size: u64,
}

impl<R: Read> Cut<R> {
    fn new(from: R) -> Self {
        Self { from, sha256: Sha256::new(), blake3: blake3::Hasher::new(), size: 0 }
    }

    fn each(mut self, take: &mut dyn FnMut(Piece) -> Result<()>) -> Result<Digests> {
        let mut buffer = Vec::with_capacity(PIECE);
        loop {
            buffer.clear();
            let read = io::copy(&mut self.from.by_ref().take(PIECE as u64), &mut buffer);
            read.map_err(|e| Error::io("read", std::path::Path::new("the document"), e))?;
            if buffer.is_empty() {
                break;
            }
            self.sha256.update(&buffer);
            self.blake3.update(&buffer);
            self.size += buffer.len() as u64;
            let hash = *blake3::hash(&buffer).as_bytes();
            take(Piece { hash, size: buffer.len(), packed: pack::pack(&buffer)? })?;
            if buffer.len() < PIECE {
                break;
            }
        }
        Ok(Digests {
            sha256: self.sha256.finalize().into(),
            blake3: *self.blake3.finalize().as_bytes(),
            size: self.size,
        })
    }
}

impl Write<'_> {
    /// Takes in a document that was prepared.
    ///
    /// # Errors
    /// Where the disk refuses, or the parent is not in the case.
    pub fn receive(&mut self, document: &Prepared, receipt: &Receipt) -> Result<Received> {
        let pieces = document.pieces.iter().map(|piece| self.store(piece)).collect::<Result<Vec<_>>>()?;
        self.received(&document.digests, &pieces, receipt)
    }

    /// Takes in a document of any length, a piece at a time. Where that fails, nothing of it is stored, and the change may go on.
    ///
    /// # Errors
    /// Where it cannot be read, the disk refuses, or the parent is not in the case.
    pub fn receive_from(&mut self, from: impl Read, receipt: &Receipt) -> Result<Received> {
        let mut pieces = Vec::new();
        self.tx.execute_batch("SAVEPOINT document").doing(RECEIVING)?;
        let read = Cut::new(from).each(&mut |piece| {
            pieces.push(self.store(&piece)?);
            Ok(())
        });
        let end = if read.is_ok() { "RELEASE document" } else { "ROLLBACK TO document; RELEASE document" };
        let ended = self.tx.execute_batch(end).doing(RECEIVING);
        let digests = read?;
        ended?;
        self.received(&digests, &pieces, receipt)
    }

    /// Stores a piece, unless the case has it, and returns its number and hash.
    fn store(&mut self, piece: &Piece) -> Result<(i64, [u8; 32])> {
        let mut find = self.tx.prepare_cached("SELECT id FROM chunk WHERE hash = ?1").doing(RECEIVING)?;
        let known: Option<i64> = find.query_row([piece.hash], |row| row.get(0)).optional().doing(RECEIVING)?;
        let id = match known {
            Some(id) => id,
            None => {
                let insert = "INSERT INTO chunk (hash, size, packed) VALUES (?1, ?2, ?3)";
                let size = i64::try_from(piece.size).unwrap_or(i64::MAX);
                let row = params![piece.hash, size, piece.packed];
                self.tx.prepare_cached(insert).and_then(|mut query| query.insert(row)).doing(RECEIVING)?
            }
        };
        Ok((id, piece.hash))
    }

    fn received(&mut self, digests: &Digests, pieces: &[(i64, [u8; 32])], receipt: &Receipt) -> Result<Received> {
        let parent = receipt
            .parent
            .map(|parent| {
                self.source(&parent)?.ok_or_else(|| {
                    Error::refused("the document that it was taken out of is not in the case: add that one first")
                })
            })
            .transpose()?;
        let known = self.source(&digests.sha256)?;
        let source = match known {
            Some(source) => source,
            None => self.new_source(digests, pieces, &receipt.media_type)?,
        };
        let details = details(digests, receipt);
        self.state.add(Held::Receipt, &receipt_row(self.next(), source, parent, &receipt.name));
        let about = format!("sha256:{}", to_hex(&digests.sha256));
        let entry = self.append("source.received", Some(&about), details)?;
        let insert = "INSERT INTO receipt (number, source, parent, name) VALUES (?1, ?2, ?3, ?4)";
        let row = params![clamp(entry), source, parent, receipt.name];
        self.tx.prepare_cached(insert).and_then(|mut query| query.execute(row)).doing(RECEIVING)?;
        Ok(Received { source, sha256: digests.sha256, entry, is_new: known.is_none() })
    }

    /// The number of the source with this digest.
    pub(crate) fn source(&self, sha256: &[u8; 32]) -> Result<Option<i64>> {
        let mut find = self.tx.prepare_cached("SELECT id FROM source WHERE sha256 = ?1").doing(RECEIVING)?;
        find.query_row([sha256], |row| row.get(0)).optional().doing(RECEIVING)
    }

    fn new_source(&mut self, digests: &Digests, pieces: &[(i64, [u8; 32])], media_type: &str) -> Result<i64> {
        let size = clamp(digests.size);
        let insert = "INSERT INTO source (sha256, blake3, size, media_type) VALUES (?1, ?2, ?3, ?4)";
        let row = params![digests.sha256, digests.blake3, size, media_type];
        let source = self.tx.prepare_cached(insert).and_then(|mut query| query.insert(row)).doing(RECEIVING)?;
        let mut place =
            self.tx.prepare_cached("INSERT INTO piece (source, place, chunk) VALUES (?1, ?2, ?3)").doing(RECEIVING)?;
        for (ix, (chunk, _)) in pieces.iter().enumerate() {
            place.execute(params![source, i64::try_from(ix).unwrap_or(i64::MAX), chunk]).doing(RECEIVING)?;
        }
        drop(place);
        let hashes: Vec<[u8; 32]> = pieces.iter().map(|(_, hash)| *hash).collect();
        self.state.add(
            Held::Source,
            &source_row(source, &digests.sha256, &digests.blake3, digests.size, media_type, &hashes),
        );
        Ok(source)
    }

    /// Keeps the text of a source as it was read, and makes its words findable. Nothing happens where the case has the same text of it.
    /// Returns whether it was new.
    ///
    /// # Errors
    /// Where the disk refuses or the source is not in the case.
    pub fn keep_text(&mut self, sha256: &[u8; 32], reader: &str, text: &PreparedText) -> Result<bool> {
        let source =
            self.source(sha256)?.ok_or_else(|| Error::refused("the source of this text is not in the case"))?;
        let PreparedText { lang, digest, .. } = text;
        let last = "SELECT id, lang, digest, words FROM text WHERE source = ?1 ORDER BY id DESC LIMIT 1";
        let old: Option<(i64, String, Vec<u8>, Vec<u8>)> = self
            .tx
            .prepare_cached(last)
            .and_then(|mut q| q.query_row([source], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).optional())
            .doing(RECEIVING)?;
        if let Some((id, old_lang, old_digest, words)) = old {
            if old_digest == digest && old_lang == *lang {
                return Ok(false);
            }
            let words = pack::with_header(&old_lang, &pack::unpack_text(&words)?);
            let remove = "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', ?1, ?2)";
            self.tx.execute(remove, params![id, words]).doing(RECEIVING)?;
        }
        let number = clamp(self.next());
        self.state.add(Held::Text, &text_row(source, number, lang, digest));
        let about = format!("sha256:{}", to_hex(sha256));
        let details = object(json!({"reader": reader, "language": lang, "text": format!("blake3:{}", to_hex(digest))}));
        self.append("source.read", Some(&about), details)?;
        let insert = "INSERT INTO text (source, number, lang, digest, words, shape) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![source, number, lang, digest, text.words, text.shape];
        let id = self.tx.prepare_cached(insert).and_then(|mut query| query.insert(row)).doing(RECEIVING)?;
        let index = "INSERT INTO word_index (rowid, words) VALUES (?1, ?2)";
        let row = params![id, text.forms];
        self.tx.prepare_cached(index).and_then(|mut query| query.execute(row)).doing(RECEIVING)?;
        Ok(true)
    }
}

/// What an entry tells of a receipt.
fn details(digests: &Digests, receipt: &Receipt) -> Details {
    let mut details = object(json!({
        "name": receipt.name,
        "size": digests.size,
        "blake3": to_hex(&digests.blake3),
        "media_type": receipt.media_type,
        "program": env!("CARGO_PKG_VERSION"),
    }));
    let texts = [
        ("from", &receipt.from),
        ("how", &receipt.how),
        ("address", &receipt.address),
        ("collected", &receipt.collected),
        ("consent", &receipt.consent),
        ("restriction", &receipt.restriction),
        ("note", &receipt.note),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            details.insert(name.to_owned(), text.clone().into());
        }
    }
    if let Some(time) = receipt.modified {
        details.insert("modified".to_owned(), time.to_string().into());
    }
    if let Some(parent) = receipt.parent {
        details.insert("parent".to_owned(), format!("sha256:{}", to_hex(&parent)).into());
    }
    details
}

/// The digest that the journal gives of a text and its shape.
pub(crate) fn text_digest(text: &str, shape: &[u8]) -> [u8; 32] {
    row(&[text.as_bytes(), shape])
}

pub(crate) fn source_row(
    id: i64,
    sha256: &[u8],
    blake3: &[u8],
    size: u64,
    media_type: &str,
    pieces: &[[u8; 32]],
) -> [u8; 32] {
    let pieces = pieces.as_flattened();
    row(&[&id.to_le_bytes(), sha256, blake3, &size.to_le_bytes(), media_type.as_bytes(), pieces])
}

pub(crate) fn receipt_row(number: u64, source: i64, parent: Option<i64>, name: &str) -> [u8; 32] {
    let parent = parent.unwrap_or(0);
    row(&[&number.to_le_bytes(), &source.to_le_bytes(), &parent.to_le_bytes(), name.as_bytes()])
}

pub(crate) fn text_row(source: i64, number: i64, lang: &str, digest: &[u8]) -> [u8; 32] {
    row(&[&source.to_le_bytes(), &number.to_le_bytes(), lang.as_bytes(), digest])
}
