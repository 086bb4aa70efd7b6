//! Where the arrays and lists of a network are: in a tar archive within a wheel, or in a folder of a pack.

use serde_json::Value as Json;

use super::{PARTS, Part};
use crate::error::{Error, Result};
use crate::package::tar::Tar;
use crate::package::thinc::Numbers;
use crate::package::{Family, Package, gzip};

/// The largest list, unpacked, in bytes.
pub(super) const LARGEST_LIST: usize = 64 << 20;

/// The files of one network.
pub(crate) struct Source<'a> {
    files: Files<'a>,
    /// What errors call the network.
    pub(super) name: &'a str,
    /// `model.json`: the tree of layers.
    pub(super) tree: Json,
}

enum Files<'a> {
    Tar(Tar),
    Pack(&'a Package),
}

impl<'a> Source<'a> {
    fn with(files: Files<'a>, name: &'a str) -> Result<Self> {
        let mut source = Self { files, name, tree: Json::Null };
        let file = "model.json";
        source.tree =
            serde_json::from_slice(&source.read(file)?).map_err(|_| source.damaged("its model.json is no JSON"))?;
        let meta: Json = serde_json::from_slice(&source.read("meta.json")?)
            .map_err(|_| source.damaged("its meta.json is no JSON"))?;
        match meta.get("protocol").and_then(Json::as_u64) {
            Some(1) => Ok(source),
            _ => Err(Error::unsupported(format!("{name}, of another form than slovnet's first"))),
        }
    }

    pub(super) fn read(&self, file: &str) -> Result<Vec<u8>> {
        match &self.files {
            Files::Tar(tar) => tar.read(file).map(<[u8]>::to_vec),
            Files::Pack(package) => package.read(&format!("{}/{file}", self.name)),
        }
    }

    /// A list of names: one a line, compressed once more in a wheel.
    pub(super) fn list(&self, name: &str) -> Result<String> {
        let bytes = match &self.files {
            Files::Tar(tar) => {
                let file = format!("vocabs/{name}.gz");
                gzip::read(tar.read(&file)?, &format!("{}: {file}", self.name), LARGEST_LIST)?
            }
            Files::Pack(_) => self.read(&format!("vocabs/{name}"))?,
        };
        String::from_utf8(bytes).map_err(|_| self.damaged(&format!("its list of {name} is not UTF-8")))
    }

    /// An array by its place in the tree, which must have as many dimensions as are named.
    pub(super) fn array<const N: usize>(&self, path: &str) -> Result<([usize; N], Vec<f32>)> {
        let weight = self.tree.pointer(path).ok_or_else(|| self.damaged(&format!("it has no {path}")))?;
        let (shape, kind, file) = place(weight).ok_or_else(|| self.damaged(&format!("{path} is no array")))?;
        let bytes = self.read(&file)?;
        let data = Numbers::read(&kind, &bytes).map_err(|what| self.damaged(what))?.floats();
        let size = shape.iter().try_fold(1_usize, |n, &d| n.checked_mul(d));
        let shape: [usize; N] =
            shape.try_into().map_err(|_| self.damaged(&format!("{path} has not {N} dimensions")))?;
        if size != Some(data.len()) || data.is_empty() {
            return Err(self.damaged(&format!("the shape and the data of {path} differ")));
        }
        if data.iter().any(|x| !x.is_finite()) {
            return Err(self.damaged(&format!("{path} holds what is no number")));
        }
        Ok((shape, data))
    }

    pub(super) fn damaged(&self, what: &str) -> Error {
        Error::damaged(self.name, what)
    }
}

/// The shape of an array, the kind of its numbers as [`Numbers`] names it, and its file.
pub(super) fn place(weight: &Json) -> Option<(Vec<usize>, String, String)> {
    let shape = weight.get("shape")?.as_array()?.iter();
    let shape: Option<Vec<usize>> = shape.map(|d| usize::try_from(d.as_u64()?).ok()).collect();
    let kind = match weight.get("dtype")?.as_str()? {
        "float32" => "<f4",
        other => other,
    };
    Some((shape?, kind.to_owned(), format!("arrays/{}.bin", weight.get("array")?.as_u64()?)))
}

/// Opens the networks of a package, in the order of [`PARTS`].
pub(super) fn open(package: &Package) -> Result<Vec<Source<'_>>> {
    let files = |part: &Part| match package.family() {
        Family::SlovnetPack => Ok(Files::Pack(package)),
        _ => Tar::new(package.read(part.tar)?, part.tar).map(Files::Tar),
    };
    PARTS.iter().map(|part| Source::with(files(part)?, part.name)).collect()
}
