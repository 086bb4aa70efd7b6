//! Compact packs: a package with what annotating needs and nothing else, its large arrays in half the space.
//!
//! A pack is a zip archive of the same layout as a wheel, so that it is opened like one, and it says where it comes from.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::package::config::Config;
use crate::package::msgpack::{self, Value};
use crate::package::thinc::{pack as pack_array, put_packed};
use crate::package::{Family, Package, npy, zip};
use crate::slovnet;
use crate::step::trees::{STRINGS, kept_strings};

/// The file in a pack that says where it comes from.
const ORIGIN: &str = "ORIGIN.json";
/// The form of that file.
const FORM: u64 = 1;
/// What is kept of `meta.json`.
const META: [&str; 8] = ["lang", "name", "version", "description", "author", "url", "license", "spacy_version"];
/// Texts that go with the weights wherever they go.
const TERMS: [&str; 4] = ["LICENSE", "LICENSES_SOURCES", "LICENCE", "NOTICE"];

/// In how many bits a pack holds its large arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32: the numbers as they are, and output without any difference.
    Full,
    /// 16: a little less than half the size.
    Compact,
}

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the package file that it was made of.
    pub file: String,
    /// The SHA-256 of that file, in hexadecimal digits.
    pub sha256: String,
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Makes a pack of a wheel. `file` is the wheel's name without folders.
///
/// # Errors
///
/// The wheel is damaged, holds no pipeline, or one of a family that this crate does not run.
pub fn pack(wheel: Vec<u8>, file: &str, precision: Precision) -> Result<Vec<u8>> {
    let sha256 = sha256(&wheel);
    let package = Package::archive(wheel)?;
    // A pack that could not be opened should not be made.
    crate::Pipeline::read(&package)?;
    let mut files = match package.family() {
        Family::Spacy => spacy_files(&package, precision)?,
        Family::SlovnetPack | Family::Natasha => slovnet::files(&package, precision)?,
    };
    let bits = if precision == Precision::Compact { 16 } else { 32 };
    let origin = json!({"form": FORM, "file": file, "sha256": sha256, "bits": bits});
    files.push((ORIGIN.to_owned(), origin.to_string().into_bytes()));
    files.sort();
    Ok(zip::write(&files))
}

/// The files of a pack of a spaCy pipeline.
fn spacy_files(package: &Package, precision: Precision) -> Result<Vec<(String, Vec<u8>)>> {
    let config = Config::read(package)?;
    let mut names = vec!["config.cfg".to_owned(), "tokenizer".to_owned()];
    names.extend(["vectors", "vectors.cfg", "key2row", "lookups.bin"].map(|name| format!("vocab/{name}")));
    let mut strings = BTreeSet::new();
    for step in config.steps()?.0 {
        strings.extend(kept_strings(package, &step)?.unwrap_or_default());
        let files = ["cfg", "moves", "model", "patterns", "trees", "lookups/lookups.bin"];
        names.extend(files.map(|name| format!("{step}/{name}")));
    }
    names.extend(TERMS.map(str::to_owned));
    let mut files = Vec::new();
    if !strings.is_empty() {
        files.push((STRINGS.to_owned(), json!(strings).to_string().into_bytes()));
    }
    for name in names {
        let Some(bytes) = package.find(&name)? else { continue };
        let bytes = match (precision, name.ends_with("/model")) {
            (Precision::Compact, true) => pack_model(&bytes, &name)?,
            (Precision::Compact, false) if name == "vocab/vectors" => npy::pack(&bytes, &name)?,
            _ => bytes,
        };
        files.push((name, bytes));
    }
    let meta: Json = serde_json::from_slice(&package.read("meta.json")?)
        .map_err(|_| Error::damaged("meta.json", "it is no JSON"))?;
    let kept: Map<String, Json> =
        META.iter().filter_map(|&key| Some((key.to_owned(), meta.get(key)?.clone()))).collect();
    files.push(("meta.json".to_owned(), Json::Object(kept).to_string().into_bytes()));
    Ok(files)
}

/// Where a pack comes from, or nothing where the bytes are another kind of package.
///
/// # Errors
///
/// The archive is damaged.
pub fn origin(pack: Vec<u8>) -> Result<Option<Origin>> {
    let package = Package::archive(pack)?;
    let Some(bytes) = package.find(ORIGIN)? else { return Ok(None) };
    let root: Json = serde_json::from_slice(&bytes).map_err(|_| Error::damaged(ORIGIN, "it is no JSON"))?;
    let text = |key: &str| root.get(key).and_then(Json::as_str).map(str::to_owned);
    match (root.get("form").and_then(Json::as_u64), text("file"), text("sha256")) {
        (Some(FORM), Some(file), Some(sha256)) => Ok(Some(Origin { file, sha256 })),
        _ => Err(Error::damaged(ORIGIN, "it is of another form than this version knows")),
    }
}

fn pack_model(bytes: &[u8], file: &str) -> Result<Vec<u8>> {
    let mut root = Value::read(bytes, file)?;
    let Value::Map(pairs) = &mut root else { return Err(Error::damaged(file, "it is no table")) };
    let params = pairs.iter_mut().find(|(key, _)| key.as_str() == Some("params")).map(|(_, value)| value);
    let Some(Value::List(params)) = params else { return Err(Error::damaged(file, "it has no list of params")) };
    // What is packed lives as long as the tree that points at it.
    let mut packed = Vec::new();
    for (_, array) in params.iter().flat_map(|node| node.as_map().unwrap_or_default()) {
        packed.push(pack_array(array).map_err(|what| Error::damaged(file, what))?);
    }
    let arrays = params.iter_mut().flat_map(|node| match node {
        Value::Map(pairs) => pairs.as_mut_slice(),
        _ => &mut [],
    });
    for ((_, array), packed) in arrays.zip(&packed) {
        if let Some(packed) = packed {
            put_packed(array, packed);
        }
    }
    let mut out = Vec::with_capacity(bytes.len() / 2);
    msgpack::write(&root, &mut out);
    Ok(out)
}
