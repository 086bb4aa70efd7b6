//! The description of a sealed case as an RO-Crate 1.2 (`ro-crate-metadata.json`): what each file is, for programs of archives.
//!
//! In a bag it stands in `data/`, and its paths begin there.

use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::digest::to_hex;
use crate::error::{Error, Result};

/// The name that the file must have.
pub const FILE_NAME: &str = "ro-crate-metadata.json";
const CONTEXT: &str = "https://w3id.org/ro/crate/1.2/context";
const PROFILE: &str = "https://w3id.org/ro/crate/1.2";

/// What a crate says of itself.
#[derive(Clone, Debug)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or some.
    pub description: String,
    /// The day it was made: `2026-11-30`, or a time in RFC 3339.
    pub published: String,
    /// Under what it may be used: an absolute address, and words for people.
    pub licence: (String, String),
    /// Who made it: an absolute address where there is one, and a name.
    pub publisher: Option<(Option<String>, String)>,
    /// The program that wrote it: an absolute address, a name and a version.
    pub program: Option<(String, String, String)>,
}

/// A file in a crate.
#[derive(Clone, Debug)]
pub struct CrateFile {
    /// Its path below the folder of the crate, with slashes; written as an address.
    pub path: String,
    /// Its name for people.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its media type: `text/plain`.
    pub media_type: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256.
    pub sha256: Vec<u8>,
    /// When it was received, in RFC 3339.
    pub received: Option<String>,
    /// The path of the file that it was taken out of, such as the mail of an attachment.
    pub part_of: Option<String>,
}

/// Writes the description of a crate with these files, one entity after another, in the order of the files.
pub fn write(description: &Description, files: &[CrateFile], mut out: impl Write) -> Result<()> {
    let failed = |e: std::io::Error| Error::io(Path::new(FILE_NAME), e);
    check(description, files)?;
    let mut entities = entities(description, files);
    writeln!(out, "{{\"@context\":{},\"@graph\":[", Value::from(CONTEXT)).map_err(failed)?;
    if let Some(first) = entities.next() {
        write!(out, "{first}").map_err(failed)?;
    }
    entities.try_for_each(|entity| write!(out, ",\n{entity}")).map_err(failed)?;
    out.write_all(b"\n]}\n").and_then(|()| out.flush()).map_err(failed)
}

fn check(description: &Description, files: &[CrateFile]) -> Result<()> {
    let malformed = |what: String| Err(Error::malformed("RO-Crate", what));
    let texts = [&description.name, &description.description, &description.published, &description.licence.1];
    if texts.iter().any(|text| text.trim().is_empty()) {
        return malformed("it has no name, description, date or licence".to_owned());
    }
    let agent = description.publisher.as_ref().and_then(|(id, _)| id.as_ref());
    let program = description.program.as_ref().map(|(id, ..)| id);
    for address in [Some(&description.licence.0), agent, program].into_iter().flatten() {
        if !is_absolute(address) {
            return malformed(format!("{} is no absolute address", address.escape_debug()));
        }
    }
    match files.iter().find(|file| file.path.is_empty() || file.path == FILE_NAME || file.path.starts_with('/')) {
        Some(file) => malformed(format!("{} is no file of it", file.path.escape_debug())),
        None => Ok(()),
    }
}

fn is_absolute(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, rest)| (scheme, !rest.is_empty()));
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    plain
        && scheme.is_some_and(|(s, rest)| {
            rest && s.starts_with(|c: char| c.is_ascii_alphabetic())
                && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        })
}

fn entities<'a>(description: &'a Description, files: &'a [CrateFile]) -> impl Iterator<Item = Value> + 'a {
    let Description { name, description: text, published, licence, publisher, program } = description;
    let mut descriptor =
        json!({"@id": FILE_NAME, "@type": "CreativeWork", "conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}});
    let parts: Vec<_> = files.iter().map(|file| json!({"@id": address(&file.path)})).collect();
    let mut root = json!({
        "@id": "./", "@type": "Dataset", "name": name, "description": text, "datePublished": published, "license": {"@id": licence.0},
    });
    // A list of one is written as that one, as the standard would have it.
    let parts = if let [part] = parts.as_slice() { part.clone() } else { Value::from(parts) };
    set(&mut root, "hasPart", parts);
    let mut people =
        vec![json!({"@id": licence.0, "@type": "CreativeWork", "name": licence.1, "description": licence.1})];
    if let Some((id, name)) = publisher {
        let id = id.clone().unwrap_or_else(|| "#publisher".to_owned());
        set(&mut root, "publisher", json!({"@id": id}));
        let mut entity = json!({"@id": id, "@type": "Organization", "name": name});
        if !id.starts_with('#') {
            set(&mut entity, "url", id.into());
        }
        people.push(entity);
    }
    if let Some((id, name, version)) = program {
        set(&mut descriptor, "creator", json!({"@id": id}));
        people.push(json!({"@id": id, "@type": "SoftwareApplication", "name": name, "url": id, "version": version}));
    }
    [descriptor, root].into_iter().chain(people).chain(files.iter().map(file_entity))
}

fn file_entity(file: &CrateFile) -> Value {
    let mut entity = json!({
        "@id": address(&file.path), "@type": "File", "name": file.name, "encodingFormat": file.media_type,
        "contentSize": file.length.to_string(), "sha256": to_hex(&file.sha256),
    });
    if let Some(text) = &file.description {
        set(&mut entity, "description", text.as_str().into());
    }
    if let Some(received) = &file.received {
        set(&mut entity, "sdDatePublished", received.as_str().into());
    }
    if let Some(parent) = &file.part_of {
        set(&mut entity, "isPartOf", json!({"@id": address(parent)}));
    }
    entity
}

fn set(entity: &mut Value, key: &str, value: Value) {
    let object: Option<&mut Map<String, Value>> = entity.as_object_mut();
    if let Some(object) = object {
        object.insert(key.to_owned(), value);
    }
}

/// A path as a relative address: all but letters, digits and a few signs as percent and two digits.
fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
