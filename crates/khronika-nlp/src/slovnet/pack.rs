//! The files of a compact pack of the networks.

use serde_json::Value as Json;

use super::navec::Words;
use super::source::{self, Source, place};
use super::{PARTS, VECTORS, VECTORS_TAR, WORDS, meta};
use crate::error::{Error, Result};
use crate::pack::Precision;
use crate::package::tar::Tar;
use crate::package::thinc::{LEAST_PACKED, Numbers, PACKED, halves};
use crate::package::zip::Shared;
use crate::package::{Family, Package};

/// What marks a pack of the networks, at its root.
pub(crate) const MARK: &str = "slovnet.json";
/// The lists of each network, as far as it has them. The list of words is the same in all and is kept once.
const LISTS: [&str; 3] = ["shape", "tag", "rel"];
/// Terms that stand in the folder beside the Python package.
const TERMS: &str = "LICENSE";

/// The files of a pack that is made of the Python package, or of another pack.
pub(crate) fn files(package: &Package, precision: Precision) -> Result<Vec<(String, Vec<u8>)>> {
    let networks = source::open(package)?;
    let mut files = vec![
        (MARK.to_owned(), b"{\"form\": 1}".to_vec()),
        (VECTORS.to_owned(), vectors(package)?.as_slice().to_vec()),
        (WORDS.to_owned(), words(package, &networks)?),
    ];
    for (network, part) in networks.into_iter().zip(PARTS) {
        network_files(network, part.name, precision, &mut files)?;
    }
    let about = meta(package)?;
    let about = serde_json::json!({
        "lang": about.lang, "name": about.name, "version": about.version, "license": about.license, "author": about.author,
    });
    files.push(("meta.json".to_owned(), about.to_string().into_bytes()));
    let terms = if package.family() == Family::SlovnetPack { package.find(TERMS)? } else { package.beside(TERMS)? };
    if let Some(terms) = terms {
        files.push((TERMS.to_owned(), terms));
    }
    Ok(files)
}

fn network_files(
    mut network: Source<'_>,
    folder: &str,
    precision: Precision,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<()> {
    let mut put = |name: &str, bytes| files.push((format!("{folder}/{name}"), bytes));
    put("meta.json", network.read("meta.json")?);
    for list in LISTS {
        // Each network has the list of its own classes and not those of the others.
        if let Ok(text) = network.list(list) {
            put(&format!("vocabs/{list}"), text.into_bytes());
        }
    }
    let mut tree = std::mem::take(&mut network.tree);
    let mut failed = None;
    each_weight(&mut tree, &mut |weight| {
        // The word vectors have no number here: they are none of the network's own arrays.
        let Some((_, kind, file)) = place(weight) else { return };
        match network.read(&file) {
            Ok(bytes) => {
                let numbers = Numbers::read(&kind, &bytes).ok().filter(|numbers| numbers.len() >= LEAST_PACKED);
                let halved = numbers.filter(|_| precision == Precision::Compact && kind != PACKED).map(halves);
                if let (Some(about), true) = (weight.as_object_mut(), halved.is_some()) {
                    about.insert("dtype".to_owned(), Json::from(PACKED));
                }
                put(&file, halved.unwrap_or(bytes));
            }
            Err(error) => failed = Some(error),
        }
    });
    put("model.json", tree.to_string().into_bytes());
    failed.map_or(Ok(()), Err)
}

/// Calls `visit` with each node of the tree. `serde_json` bounds how deep a tree is.
fn each_weight(node: &mut Json, visit: &mut impl FnMut(&mut Json)) {
    visit(node);
    match node {
        Json::Object(map) => map.values_mut().for_each(|below| each_weight(below, visit)),
        Json::Array(list) => list.iter_mut().for_each(|below| each_weight(below, visit)),
        _ => {}
    }
}

/// The words of the networks in their short form. All three have the same.
pub(super) fn words(package: &Package, networks: &[Source<'_>]) -> Result<Vec<u8>> {
    if package.family() == Family::SlovnetPack {
        return package.read(WORDS);
    }
    let mut lists = networks.iter().map(|network| network.list("word"));
    let first = lists.next().ok_or_else(|| Error::damaged(WORDS, "there is no network"))??;
    for list in lists {
        if list? != first {
            return Err(Error::unsupported("networks with different lists of words"));
        }
    }
    Words::pack(&first, "vocabs/word.gz")
}

/// The file of word vectors.
pub(super) fn vectors(package: &Package) -> Result<Shared> {
    if package.family() == Family::SlovnetPack {
        return package.share(VECTORS);
    }
    Tar::new(package.read(VECTORS_TAR)?, VECTORS_TAR)?.share(VECTORS)
}
