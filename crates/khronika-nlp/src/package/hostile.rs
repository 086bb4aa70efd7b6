//! Packages that are damaged or mean harm: each costs an error that says what is wrong, and little memory.

use std::path::Path;

use super::msgpack::{self, Value};
use super::zip;
use crate::{Error, Pipeline};

const CONFIG: &str = "[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\"]\n\n[components.tok2vec]\nfactory = \"tok2vec\"\n";
const META: &str = r#"{"lang": "en", "name": "small", "version": "1.0.0"}"#;

fn open(files: &[(&str, Vec<u8>)]) -> Error {
    let files: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    Pipeline::from_bytes(zip::write(&files)).unwrap_err()
}

fn with(config: &str, more: &[(&str, Vec<u8>)]) -> Error {
    let mut files = vec![("p/config.cfg", config.as_bytes().to_vec()), ("p/meta.json", META.as_bytes().to_vec())];
    files.extend(more.iter().cloned());
    open(&files)
}

fn packed(value: &Value<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    msgpack::write(value, &mut out);
    out
}

#[test]
fn no_archive_and_an_archive_of_something_else() {
    assert!(Pipeline::from_bytes(b"hello".to_vec()).unwrap_err().is_damaged());
    assert!(Pipeline::from_bytes(Vec::new()).unwrap_err().is_damaged());
    let error = open(&[("readme.txt", b"hello".to_vec())]);
    assert_eq!(
        error.to_string(),
        "no language pipeline: the archive holds neither a config.cfg nor slovnet's networks"
    );
}

#[test]
fn a_file_that_is_not_there() {
    let error = Pipeline::open(Path::new("no-such-file.whl")).unwrap_err();
    assert!(error.to_string().starts_with("cannot read no-such-file.whl: "), "{error}");
}

#[test]
fn a_pack_cut_short_or_flipped_anywhere() {
    let whole =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en_core_web_sm-3.8.0.pack")).unwrap();
    for part in 1..40 {
        let cut = whole.get(..whole.len() / 40 * part).unwrap().to_vec();
        assert!(Pipeline::from_bytes(cut).unwrap_err().is_damaged());
    }
    // Every file's checksum is verified: a flipped byte in one that is read is found, one in a licence text does no harm.
    for part in 1..8 {
        let mut flipped = whole.clone();
        let at = whole.len() / 8 * part;
        *flipped.get_mut(at).unwrap() ^= 0x40;
        assert!(Pipeline::from_bytes(flipped).unwrap_err().is_damaged(), "{at}");
    }
}

#[test]
fn a_path_out_of_the_folder() {
    for name in ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x", "a//b"] {
        let error = with(CONFIG, &[(name, b"x".to_vec())]);
        assert!(error.is_refused(), "{name}: {error}");
    }
    let error = with(&CONFIG.replace("[\"tok2vec\"]", "[\"../../secret\"]"), &[]);
    assert_eq!(error.to_string(), r#"refused: a step is named "../../secret", out of its folder"#);
}

#[test]
fn a_transformer() {
    let config =
        format!("{CONFIG}\n[components.t.model]\n@architectures = \"spacy-transformers.TransformerModel.v3\"\n");
    let error = with(&config, &[]);
    assert!(error.is_unsupported());
    assert_eq!(
        error.to_string(),
        "not supported: a transformer pipeline (spacy-transformers.TransformerModel.v3); only the CNN pipelines can be run"
    );
}

#[test]
fn a_network_of_another_family() {
    let config = format!("{CONFIG}\n[components.tok2vec.model.embed]\n@architectures = \"spacy.CharacterEmbed.v2\"\n");
    assert!(with(&config, &[]).is_unsupported());
}

#[test]
fn bombs() {
    // A text of four gigabytes in five bytes; lists within lists.
    for bomb in [vec![0xDB, 0xFF, 0xFF, 0xFF, 0xFF], vec![0xDD, 0xFF, 0xFF, 0xFF, 0xFF], vec![0x91; 100_000]] {
        assert!(with(CONFIG, &[("p/tok2vec/model", bomb)]).is_damaged());
    }
    // A million values in a megabyte that shrinks to nothing in the archive: each would take 32 bytes of memory.
    let mut flat = vec![0xDD];
    flat.extend(1_000_000_u32.to_be_bytes());
    flat.extend(vec![0xC0; 1_000_000]);
    assert!(with(CONFIG, &[("p/tok2vec/model", flat.clone())]).is_damaged());
    // The same as one entry of a table that is read entry by entry.
    let mut table = packed(&Value::Str("lemma_index"));
    table.insert(0, 0x81);
    table.push(0x81);
    table.extend(packed(&Value::UInt(crate::text::hash::StringIds::new().id("noun"))));
    table.extend(flat);
    let config = "[nlp]\nlang = \"en\"\npipeline = [\"lemmatizer\"]\n\n[components.lemmatizer]\nfactory = \"lemmatizer\"\nmode = \"rule\"\n";
    let error = with(config, &[("p/tokenizer", vec![0x80]), ("p/lemmatizer/lookups/lookups.bin", table)]);
    assert_eq!(
        error.to_string(),
        "damaged package: lemmatizer/lookups/lookups.bin: it holds more values than any pipeline needs"
    );
    // A hundred megabytes of nothing, in a hundred kilobytes.
    let error = with(CONFIG, &[("p/tok2vec/model", vec![0; 100 << 20])]);
    assert_eq!(error.to_string(), "refused: p/tok2vec/model claims 104857600 bytes");
}

#[test]
fn an_entry_that_is_larger_than_it_says() {
    let files = vec![
        ("p/config.cfg".to_owned(), CONFIG.as_bytes().to_vec()),
        ("p/meta.json".to_owned(), vec![b' '; 1_000_000]),
    ];
    let mut bytes = zip::write(&files);
    // The size in the list of files, from a million to ten bytes.
    let claimed = 1_000_000_u32.to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|window| window == claimed) {
        bytes.get_mut(at..at + 4).unwrap().copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(Pipeline::from_bytes(bytes).unwrap_err().is_damaged());
}

#[test]
fn shapes_that_do_not_fit() {
    let text = Value::Str;
    for shape in [vec![Value::UInt(u64::MAX), Value::UInt(u64::MAX)], vec![Value::Int(3), Value::Int(-1)], vec![]] {
        let array = Value::Map(vec![
            (text("nd"), Value::Bool(true)),
            (text("type"), text("<f4")),
            (text("shape"), Value::List(shape)),
            (text("data"), Value::Bytes(&[0; 8])),
        ]);
        let model = Value::Map(vec![
            (text("nodes"), Value::List(vec![Value::Map(vec![(text("name"), text("hashembed"))])])),
            (text("attrs"), Value::List(vec![Value::Map(vec![])])),
            (text("params"), Value::List(vec![Value::Map(vec![(text("E"), array)])])),
        ]);
        assert!(with(CONFIG, &[("p/tok2vec/model", packed(&model))]).is_damaged());
    }
}

#[test]
fn an_exception_that_does_not_add_up_to_its_text() {
    let part = Value::Map(vec![(Value::Int(65), Value::Str("do"))]);
    let tokenizer =
        Value::Map(vec![(Value::Str("exceptions"), Value::Map(vec![(Value::Str("don't"), Value::List(vec![part]))]))]);
    let config = "[nlp]\npipeline = []\n";
    assert!(with(config, &[("p/tokenizer", packed(&tokenizer))]).is_damaged());
}
