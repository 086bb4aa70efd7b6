//! What makes an export one that a stranger can check: a description, the journal with receipts, time stamps, signatures.

use std::collections::{BTreeMap, BTreeSet};

use khronika_keep::{Logged, Stamped, minisign_key};
use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::crate_::{self, CrateFile, Description};
use khronika_seal::digest::to_hex;
use khronika_seal::note::Note;
use khronika_seal::parcel::FileEntry;
use khronika_seal::tiles::tiles_of;
use khronika_seal::tree::Tree;

use super::contents::{Contents, Document};
use super::pack::Packer;
use super::readme::{Facts, readme};
use super::{Done, annotations};
use crate::Failure;
use crate::args::export::Export;
use crate::case_file::build::Kept;
use crate::case_file::now;

/// What seals a case.
pub(super) struct Seal {
    /// The key that signs, as minisign writes it.
    pub(super) key: String,
    /// The SHA-512 of the tag manifest, in which everything else is.
    pub(super) digest: String,
    /// How many entries the journal has that is in it; none where it was left out.
    pub(super) entries: Option<u64>,
}

/// The description and the annotations, which are part of what is sealed.
pub(super) fn payload(
    kept: &Kept,
    contents: &Contents,
    written: &[(String, FileEntry)],
    packer: &mut Packer<'_>,
) -> Result<Vec<(String, FileEntry)>, Failure> {
    let digests: BTreeMap<&str, [u8; 32]> = written
        .iter()
        .filter_map(|(path, entry)| Some((path.as_str(), entry.sha256.as_slice().try_into().ok()?)))
        .collect();
    let store = kept.as_store();
    let page = annotations::page(contents, &store.id(), &digests)?;
    let name = "annotations.jsonld";
    let mut more = vec![(name.to_owned(), packer.made(name, &page)?)];
    let mut files = Vec::new();
    let index = Index::new(contents);
    for (path, entry) in written.iter().chain(&more) {
        files.push(crate_file(kept, &index, path, entry)?);
    }
    let description = Description {
        name: if contents.name.trim().is_empty() { "A case".to_owned() } else { contents.name.clone() },
        description: format!(
            "The documents of the case “{}” and what khronika found in them: acts, dates, people, conflicts, each tied to the words it rests on.",
            contents.name
        ),
        published: moment(),
        licence: (
            "http://rightsstatements.org/vocab/CNE/1.0/".to_owned(),
            "Copyright not evaluated: whether the documents are protected was not looked into".to_owned(),
        ),
        publisher: None,
        program: Some(("urn:khronika".to_owned(), "khronika".to_owned(), env!("CARGO_PKG_VERSION").to_owned())),
    };
    let mut out = Vec::new();
    crate_::write(&description, &files, &mut out)
        .map_err(|error| Failure::internal("writing the description", &error.to_string()))?;
    more.push((crate_::FILE_NAME.to_owned(), packer.made(crate_::FILE_NAME, &out)?));
    Ok(more)
}

/// Documents by what they are looked for.
struct Index<'a> {
    by_path: BTreeMap<&'a str, &'a Document>,
    by_text: BTreeMap<&'a str, &'a Document>,
    by_row: BTreeMap<i64, &'a Document>,
}

impl<'a> Index<'a> {
    fn new(contents: &'a Contents) -> Self {
        let documents = || contents.documents.iter();
        Self {
            by_path: documents().map(|document| (document.path.as_str(), document)).collect(),
            by_text: documents().filter_map(|document| Some((document.text_path.as_deref()?, document))).collect(),
            by_row: documents().map(|document| (document.row.id, document)).collect(),
        }
    }
}

fn crate_file(kept: &Kept, index: &Index<'_>, path: &str, entry: &FileEntry) -> Result<CrateFile, Failure> {
    let document = index.by_path.get(path).copied();
    let text_of = index.by_text.get(path).copied();
    let (name, description, media_type) = match (document, text_of, path) {
        (Some(document), ..) if document.hidden.is_some() => {
            (document.name.as_str(), "The text of a document, with words hidden", "text/plain")
        }
        (Some(document), ..) => {
            (document.name.as_str(), "A document as it was received", document.row.media_type.as_str())
        }
        (None, Some(document), _) => (document.name.as_str(), "The text of a document, as it was read", "text/plain"),
        (None, None, "case.json") => (path, "Everything that was found, for programs", "application/json"),
        (None, None, "dossier.html") => (path, "Everything that was found, to be read", "text/html"),
        (None, None, "chronology.csv") => (path, "What happened when, for a spreadsheet", "text/csv"),
        (None, None, "annotations.jsonld") => {
            (path, "What was found, as W3C Web Annotations of the texts", "application/ld+json")
        }
        (None, None, _) => (path, "What is hidden and where, without saying what", "application/json"),
    };
    let received = match document.filter(|document| document.hidden.is_none()) {
        Some(document) => first_receipt(kept, &document.row.sha256)?.map(|logged| logged.entry.time.to_string()),
        None => None,
    };
    let parent = document.and_then(|document| document.row.parent);
    let part_of = parent.and_then(|parent| index.by_row.get(&parent)).filter(|other| other.path != path);
    Ok(CrateFile {
        path: path.to_owned(),
        name: name.to_owned(),
        description: Some(description.to_owned()),
        media_type: if media_type.is_empty() { "application/octet-stream".to_owned() } else { media_type.to_owned() },
        length: entry.length,
        sha256: entry.sha256.clone(),
        received,
        part_of: part_of.map(|other| other.path.clone()),
    })
}

fn first_receipt(kept: &Kept, sha256: &[u8; 32]) -> Result<Option<Logged>, Failure> {
    let about = kept.ask(|store| store.log_about(&format!("sha256:{}", to_hex(sha256))))?;
    Ok(about.into_iter().find(|logged| logged.entry.kind == "source.received"))
}

/// The journal, receipts and time stamps, the key, and how to check it all. After this nothing may be written to the journal.
pub(super) fn proofs(
    args: &Export,
    kept: &mut Kept,
    contents: &Contents,
    packer: &mut Packer<'_>,
) -> Result<Seal, Failure> {
    let key = kept.ask_mut(|store| store.own_key())?;
    packer.tag("minisign.pub", key.to_string().as_bytes())?;
    let mut facts = Facts {
        name: contents.name.clone(),
        case: kept.as_store().id(),
        key: key.line(),
        made: moment(),
        is_redacted: contents.is_redacted,
        ..Facts::default()
    };
    let entries = if args.no_log { None } else { Some(journal(kept, contents, packer, &mut facts)?) };
    packer.tag("README.txt", readme(&facts).as_bytes())?;
    Ok(Seal { key: key.line(), digest: String::new(), entries })
}

/// Writes the journal with all that is proved by it, and returns how many entries it has.
fn journal(kept: &Kept, contents: &Contents, packer: &mut Packer<'_>, facts: &mut Facts) -> Result<u64, Failure> {
    let (tree, checkpoint) = one_moment(kept)?;
    packer.tag("log/checkpoint", checkpoint.as_bytes())?;
    for tile in tiles_of(tree.size()) {
        let bytes = kept.ask(|store| store.log_file(&tree, &tile))?;
        packer.tag(&format!("log/{}", tile.path()), &bytes)?;
    }
    facts.entries = tree.size();
    for person in kept.ask(|store| store.people())? {
        let minisign = kept.ask(|_| minisign_key(&person))?.line();
        facts.people.push((person.to_string(), minisign));
    }
    let stamps = kept.ask(|store| store.stamps())?;
    let documents = contents.documents.iter().map(|document| {
        let place = match document.hidden {
            None => document.path.clone(),
            Some(_) => original(&document.row.sha256),
        };
        (&document.row.sha256, place)
    });
    let withheld = contents.withheld.iter().map(|document| (&document.row.sha256, original(&document.row.sha256)));
    let mut done = BTreeSet::new();
    for (sha256, place) in documents.chain(withheld) {
        if done.contains(&place) {
            continue;
        }
        if let Some(number) = kept.ask(|store| store.received_at(sha256))? {
            let receipt = kept.ask(|store| store.receipt(&tree, number, &checkpoint))?;
            packer.tag(&format!("proofs/{place}.tlog-proof"), receipt.to_string().as_bytes())?;
            facts.receipts += 1;
        }
        for ((of, form), proof) in &stamps {
            if *of == Stamped::Source(*sha256) {
                let path = format!("proofs/{place}.{}", form.ending());
                packer.tag(&path, proof)?;
                facts.stamps.push((path, format!("data/{place}")));
            }
        }
        done.insert(place);
    }
    let checkpoints = kept.ask(|store| store.checkpoints())?;
    let mut written = None;
    for ((of, form), proof) in &stamps {
        let Stamped::Checkpoint(size) = of else { continue };
        let (Some(note), path) = (checkpoints.get(size), format!("proofs/checkpoints/{size}.checkpoint")) else {
            continue;
        };
        if written != Some(*size) {
            packer.tag(&path, note)?;
            written = Some(*size);
        }
        packer.tag(&format!("{path}.{}", form.ending()), proof)?;
        facts.stamps.push((format!("{path}.{}", form.ending()), path));
    }
    Ok(tree.size())
}

fn original(sha256: &[u8; 32]) -> String {
    format!("originals/{}", to_hex(sha256))
}

/// The tree of the journal and its checkpoint, of one moment: others may write meanwhile.
fn one_moment(kept: &Kept) -> Result<(Tree, String), Failure> {
    loop {
        let checkpoint = kept.ask(|store| store.checkpoint())?;
        let tree = kept.ask(|store| store.tree())?;
        let size = Note::parse(checkpoint.as_bytes()).and_then(|note| Checkpoint::parse(note.text())).map(|c| c.size);
        if size.is_ok_and(|size| size == tree.size()) {
            return Ok((tree, checkpoint));
        }
    }
}

/// The time to the second.
fn moment() -> String {
    let now = now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// What the bag says of itself.
pub(super) fn info(kept: &Kept, done: &Done) -> Result<Vec<(&'static str, String)>, Failure> {
    let day = moment().chars().take(10).collect::<String>();
    Ok(vec![
        ("Bag-Software-Agent", format!("khronika {}", env!("CARGO_PKG_VERSION"))),
        ("Bagging-Date", day),
        ("External-Identifier", format!("khronika.case/{}", kept.as_store().id())),
        ("Bag-Size", format!("{} bytes in {} files", done.bytes, done.files)),
    ])
}

/// The signature of the tag manifest.
pub(super) fn sign(kept: &mut Kept, tags: &[u8]) -> Result<Vec<u8>, Failure> {
    let comment = format!("sealed {} from the case {}", moment(), kept.as_store().id());
    let signature = kept.ask_mut(|store| store.sign(tags, &comment))?;
    Ok(signature.to_string().into_bytes())
}
