//! A document with everything that was inside of it: the mail and its attachments, the archive and its files.
//!
//! What is inside is a document like any other, with a name that says where it was (`papers.zip/mail.eml/order.pdf`), and is read like any
//! other. The number of them, their bytes together and their depth are bounded for each document that was handed in; one that holds
//! itself is read once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use khronika_core::{Problem, ProblemKind, Source, SourceId};

use crate::format::Opener;
use crate::rendition::{About, Embedded, Limits, Part};
use crate::walk::FileEntry;
use crate::{Kind, Looked, ReadOptions, Reader, digest, load, problem};

/// A document that was handed in, or was inside of one.
#[derive(Debug)]
pub struct Document<'a> {
    /// What it is called; of one inside, after the name of what it was inside of.
    pub name: String,
    /// Its bytes; none where the file could not be read.
    pub bytes: &'a [u8],
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// SHA-256 of the document that it was inside of.
    pub parent: Option<[u8; 32]>,
    /// How many documents it is inside of.
    pub depth: usize,
    /// What it is; `None` where that is not known, or no parser reads it.
    pub kind: Option<Kind>,
    /// What it became; `None` where it could not be read, or has no words of its own.
    pub source: Option<Source>,
    /// What went wrong with it or with parts of it.
    pub problems: Vec<Problem>,
    /// How many documents are inside of it, whether they are read or not.
    pub inside: usize,
    /// The parts of its text, as its parser told them; none for plain text.
    pub parts: Vec<Part>,
    /// What it says of itself.
    pub about: About,
}

/// What is left of the bounds while one document is read.
struct Left {
    bytes: u64,
    documents: usize,
    seen: BTreeSet<[u8; 32]>,
}

/// Where a document is.
struct Place {
    name: String,
    parent: Option<[u8; 32]>,
    /// The nearest document around it that has words of its own.
    part_of: Option<SourceId>,
    depth: usize,
}

impl Reader {
    /// Reads a file and what is inside of it. `visit` gets each document, before those inside of it.
    pub fn open_file(
        &self,
        file: &FileEntry,
        options: &ReadOptions,
        opener: &dyn Opener,
        visit: &mut dyn FnMut(Document<'_>),
    ) {
        match load(file, options) {
            Ok(bytes) => self.open(&file.name, Cow::Owned(bytes), options, opener, visit),
            Err(problem) => {
                visit(Document { problems: vec![*problem], ..empty(file.name.clone(), &[], digest(&[])) });
            }
        }
    }

    /// Reads a document that is in memory and what is inside of it, as [`Reader::open_file`] does.
    pub fn open_bytes(
        &self,
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
        opener: &dyn Opener,
        visit: &mut dyn FnMut(Document<'_>),
    ) {
        self.open(name, Cow::Borrowed(bytes), options, opener, visit);
    }

    fn open(
        &self,
        name: &str,
        bytes: Cow<'_, [u8]>,
        options: &ReadOptions,
        opener: &dyn Opener,
        visit: &mut dyn FnMut(Document<'_>),
    ) {
        let Limits { embedded, unpacked, .. } = options.limits;
        let mut left = Left { bytes: unpacked, documents: embedded, seen: BTreeSet::new() };
        let place = Place { name: name.to_owned(), parent: None, part_of: None, depth: 0 };
        self.enter(place, bytes, options, opener, &mut left, visit);
    }

    /// Reads a document and goes on to those inside of it. No deeper than the options permit, so recursion costs no stack.
    fn enter(
        &self,
        place: Place,
        bytes: Cow<'_, [u8]>,
        options: &ReadOptions,
        opener: &dyn Opener,
        left: &mut Left,
        visit: &mut dyn FnMut(Document<'_>),
    ) {
        let sha256 = digest(&bytes);
        let Place { name, parent, part_of, depth } = place;
        if !left.seen.insert(sha256) {
            let mut again = Document { problems: vec![problem::inside_again(&name)], ..empty(name, &bytes, sha256) };
            (again.parent, again.depth) = (parent, depth);
            return visit(again);
        }
        let limits = Limits { embedded: left.documents, unpacked: left.bytes, ..options.limits };
        let looked = self.look(&name, &bytes, sha256, options, limits, opener);
        let Looked { kind, mut source, mut problems, members, parts, about } = looked;
        if let Some(source) = &mut source {
            source.part_of.clone_from(&part_of);
        }
        let inside = source.as_ref().map(|source| source.id.clone()).or(part_of);
        let count = members.len();
        let members = if depth < options.depth { members } else { too_deep(&name, members, &mut problems) };
        visit(Document {
            name: name.clone(),
            bytes: &bytes,
            sha256,
            parent,
            depth,
            kind,
            source,
            problems,
            inside: count,
            parts,
            about,
        });
        drop(bytes);
        let total: u64 = members.iter().map(|member| member.bytes.len() as u64).sum();
        left.bytes = left.bytes.saturating_sub(total);
        left.documents = left.documents.saturating_sub(members.len());
        for member in members {
            let place = Place {
                name: joined(&name, &member.name),
                parent: Some(sha256),
                part_of: inside.clone(),
                depth: depth + 1,
            };
            self.enter(place, Cow::Owned(member.bytes), options, opener, left, visit);
        }
    }
}

fn empty(name: String, bytes: &[u8], sha256: [u8; 32]) -> Document<'_> {
    Document {
        name,
        bytes,
        sha256,
        parent: None,
        depth: 0,
        kind: None,
        source: None,
        problems: Vec::new(),
        inside: 0,
        parts: Vec::new(),
        about: About::default(),
    }
}

/// The documents inside are not entered: says so.
fn too_deep(name: &str, members: Vec<Embedded>, problems: &mut Vec<Problem>) -> Vec<Embedded> {
    if !members.is_empty() {
        let what =
            format!("It is too deep inside of others: the {} documents inside of it were not read.", members.len());
        problems.push(problem::of(name, ProblemKind::Limit, what, "Unpack it, and hand in what is inside."));
    }
    Vec::new()
}

/// The name of a document inside of another. What it is called there may be hostile: it leads nowhere, and is one name.
fn joined(around: &str, name: &str) -> String {
    let parts = name.split(['/', '\\']).map(str::trim).filter(|part| !matches!(*part, "" | "." | ".."));
    let mut joined = around.to_owned();
    for part in parts {
        joined.push('/');
        joined.push_str(part.get(..part.floor_char_boundary(LONGEST_NAME)).unwrap_or_default());
        if joined.len() > LONGEST_PATH {
            break;
        }
    }
    if joined.len() == around.len() {
        joined.push_str("/?");
    }
    joined
}

/// How long a part of a name may get, in bytes, as in most file systems.
const LONGEST_NAME: usize = 255;

/// How long a name with all that is around it may get, in bytes, before its last part.
const LONGEST_PATH: usize = 4096;

#[cfg(test)]
mod tests {
    use khronika_core::Span;
    use khronika_data::Dataset;

    use super::*;
    use crate::rendition::{Refusal, Remark, RemarkKind, Rendition, Role};

    /// Documents of lines: `+ name` begins one inside, `- ` its end, anything else is text.
    struct Nested;

    impl Opener for Nested {
        fn open(&self, _kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
            let text = String::from_utf8_lossy(bytes);
            if text.lines().next().is_some_and(|first| first.contains("broken")) {
                return Err(Refusal::Damaged("it is broken".into()));
            }
            let (mut seen, mut depth) = (Rendition::default(), 0);
            for line in text.lines().skip(1) {
                let inside = seen.embedded.last_mut().map(|e: &mut Embedded| &mut e.bytes);
                match (line.strip_prefix("+ "), depth, inside) {
                    (Some(name), 0, _) => {
                        depth = 1;
                        seen.embedded.push(Embedded { name: name.into(), declared: None, bytes: Vec::new() });
                    }
                    (_, 1, _) if line == "-" => depth = 0,
                    (_, 1.., Some(bytes)) => {
                        depth += usize::from(line.starts_with("+ "));
                        depth -= usize::from(line == "-");
                        bytes.extend_from_slice(line.as_bytes());
                        bytes.push(b'\n');
                    }
                    _ => {
                        let start = seen.text.len();
                        seen.text.push_str(line);
                        seen.parts.push(Part { span: Span { start, end: seen.text.len() }, role: Role::Body });
                        seen.text.push('\n');
                    }
                }
            }
            if seen.embedded.len() > limits.embedded {
                seen.embedded.truncate(limits.embedded);
                seen.remarks.push(Remark { kind: RemarkKind::Limit, what: "too many".into(), place: None });
            }
            Ok(seen)
        }
    }

    fn told(bytes: &str, options: &ReadOptions) -> Vec<String> {
        let reader = Reader::new(&Dataset::embedded()).unwrap();
        let mut all = Vec::new();
        reader.open_bytes("a.zip", bytes.as_bytes(), options, &Nested, &mut |document| {
            let text = document.source.as_ref().map_or("–", |source| source.text.trim());
            let around = document.source.as_ref().and_then(|source| source.part_of.clone());
            let told = document.problems.iter().filter(|p| p.kind.is_loss() || p.kind == ProblemKind::Duplicate);
            let problems: Vec<_> = told.map(|p| p.kind.name()).collect();
            let around = around.map_or("", |_| " (inside)");
            all.push(
                format!("{} {}: {text}{around} {}", document.depth, document.name, problems.join(","))
                    .trim()
                    .to_owned(),
            );
        });
        all
    }

    #[test]
    fn what_is_inside_is_read_like_any_other_document() {
        let mail = "PK\x03\x04\nThe mail itself.\n+ ../../etc/passwd\nThe order of the court.\n-\n+ b.zip\nPK\x03\x04\n+ c.txt\nThe annex to the order.\n-\n-\n+ broken.zip\nPK\x03\x04 broken\n-\n+ again.txt\nThe order of the court.\n-";
        assert_eq!(
            told(mail, &ReadOptions::default()),
            [
                "0 a.zip: The mail itself.",
                "1 a.zip/etc/passwd: The order of the court. (inside)",
                "1 a.zip/b.zip: –",
                "2 a.zip/b.zip/c.txt: The annex to the order. (inside)",
                "1 a.zip/broken.zip: – unreadable",
                "1 a.zip/again.txt: – duplicate",
            ]
        );
    }

    #[test]
    fn depth_and_number_are_bounded_for_the_whole() {
        let deep = "PK\x03\x04\n+ b\nPK\x03\x04\n+ c\nPK\x03\x04\n+ d\nThe end of the matter.\n-\n-\n-";
        let options = ReadOptions { depth: 1, ..ReadOptions::default() };
        assert_eq!(told(deep, &options), ["0 a.zip: –", "1 a.zip/b: – limit"]);
        let limits = Limits { embedded: 2, ..Limits::default() };
        let options = ReadOptions { limits, ..ReadOptions::default() };
        assert_eq!(told(deep, &options), ["0 a.zip: –", "1 a.zip/b: –", "2 a.zip/b/c: – limit"]);
    }

    #[test]
    fn names_lead_nowhere() {
        for (name, shown) in [("../../x", "a/x"), ("C:\\w\\x", "a/C:/w/x"), ("/", "a/?"), ("", "a/?"), (" . /b", "a/b")]
        {
            assert_eq!(joined("a", name), shown);
        }
        assert!(joined("a", &"/b".repeat(100_000)).len() < 5000);
    }
}
