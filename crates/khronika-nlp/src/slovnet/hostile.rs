//! Networks that are damaged or mean harm, made of a small whole one: each costs an error that says what is wrong.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{PARTS, VECTORS_TAR};
use crate::pack::{Precision, origin, pack};
use crate::package::{gzip, tar, zip};
use crate::{Error, Pipeline, Steps};

/// The archives of a package, each as its files.
type Archives = BTreeMap<&'static str, BTreeMap<String, Vec<u8>>>;

const WORD_WIDTH: usize = 4;
const SHAPE_WIDTH: usize = 2;
const SHAPES: [&str; 4] = ["<pad>", "RU_xx", "RU_Xx", "PUNCT_."];

/// Collects a network's arrays.
#[derive(Default)]
struct Network(BTreeMap<String, Vec<u8>>);

impl Network {
    fn array(&mut self, shape: &[usize]) -> Json {
        let number = self.0.len();
        let size: usize = shape.iter().product();
        let values = (0..size).map(|i| (i as f32 * 1.7 + number as f32).sin() * 0.5 + 0.1);
        self.0.insert(format!("arrays/{number}.bin"), values.flat_map(f32::to_le_bytes).collect());
        json!({"shape": shape, "dtype": "float32", "array": number})
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Json {
        json!({"weight": self.array(&[inputs, outputs]), "bias": self.array(&[outputs])})
    }

    fn side(&mut self) -> Json {
        json!({"proj": self.linear(3, 2), "relu": {}})
    }

    fn finish(mut self, mut tree: Json, lists: &[(&str, &[&str])]) -> BTreeMap<String, Vec<u8>> {
        tree["emb"] = json!({"word": {"id": "v", "indexes": {"shape": [5, 2], "dtype": "uint8"}},
            "shape": {"weight": self.array(&[SHAPES.len(), SHAPE_WIDTH])}});
        let mut layers = Vec::new();
        for (inputs, outputs) in [(WORD_WIDTH + SHAPE_WIDTH, 5), (5, 3)] {
            let [bias, a, b, c, d] = [0; 5].map(|_| self.array(&[outputs]));
            let conv = json!({"weight": self.array(&[outputs, inputs, 3]), "bias": bias, "padding": 1});
            layers.push(json!({"conv": conv, "relu": {}, "norm": {"weight": a, "bias": b, "mean": c, "std": d}}));
        }
        tree["encoder"] = json!({"layers": layers});
        self.0.insert("model.json".to_owned(), tree.to_string().into_bytes());
        self.0.insert("meta.json".to_owned(), br#"{"id": "n", "protocol": 1}"#.to_vec());
        for (name, list) in
            lists.iter().chain(&[("shape", &SHAPES[..]), ("word", &["дом", "и", "суд", "<unk>", "<pad>"])])
        {
            self.0.insert(format!("vocabs/{name}.gz"), gzip::tests::write(list.join("\n").as_bytes()));
        }
        self.0
    }
}

fn archives() -> Archives {
    let [mut ner, mut morph, mut syntax] = [0; 3].map(|_| Network::default());
    let mut vectors: Vec<u8> = [5_u32, WORD_WIDTH as u32, 2, 3].into_iter().flat_map(u32::to_le_bytes).collect();
    vectors.extend((0..10).map(|i| i % 3));
    vectors.extend((0..12_u8).flat_map(|i| (f32::from(i) / 4.0 - 1.0).to_le_bytes()));
    let tags = ["<pad>", "O", "B-PER", "I-PER", "B-ORG"];
    let ner_tree = json!({"head": {"proj": ner.linear(3, 5), "crf": {"transitions": ner.array(&[5, 5])}}});
    let morph_tree = json!({"head": {"proj": morph.linear(3, 2)}});
    let syntax_tree = json!({
        "head": {"head": syntax.side(), "tail": syntax.side(), "root": syntax.array(&[3]), "kernel": syntax.array(&[2, 2])},
        "rel": {"head": syntax.side(), "tail": syntax.side(), "root": syntax.array(&[3]), "kernel": syntax.array(&[2, 6])},
    });
    [
        (PARTS[0].tar, ner.finish(ner_tree, &[("tag", &tags)])),
        (PARTS[1].tar, morph.finish(morph_tree, &[("tag", &["NOUN|Case=Nom", "X"])])),
        (PARTS[2].tar, syntax.finish(syntax_tree, &[("rel", &["root", "nsubj", "punct"])])),
        (VECTORS_TAR, BTreeMap::from([("pq.bin".to_owned(), vectors)])),
    ]
    .into()
}

fn wheel(archives: &Archives) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> = archives
        .iter()
        .map(|(name, files)| {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            (format!("natasha/{name}"), tar::tests::write(&files))
        })
        .collect();
    let about = "Name: natasha\nVersion: 1.6.0\nLicense: MIT\nAuthor: A. Maker\n\nVersion: no header".to_owned();
    files.push(("natasha-1.6.0.dist-info/METADATA".to_owned(), about.into_bytes()));
    files.push(("natasha-1.6.0.dist-info/LICENSE".to_owned(), b"terms".to_vec()));
    zip::write(&files)
}

/// What a package costs that one change was made to.
fn error(change: impl FnOnce(&mut Archives)) -> Error {
    let mut archives = archives();
    change(&mut archives);
    Pipeline::from_bytes(wheel(&archives)).unwrap_err()
}

fn file<'a>(archives: &'a mut Archives, part: &str, file: &str) -> &'a mut Vec<u8> {
    archives.get_mut(part).unwrap().get_mut(file).unwrap()
}

fn said(pipeline: &Pipeline) -> Vec<(usize, String, String)> {
    let doc = pipeline.annotate("Суд и дом. Дом, суд.");
    doc.tokens().map(|token| (token.head(), token.dep().to_owned(), token.tag().to_owned())).collect()
}

#[test]
fn a_whole_one_and_the_packs_of_it() {
    let bytes = wheel(&archives());
    let whole = Pipeline::from_bytes(bytes.clone()).unwrap();
    let meta = whole.meta();
    assert_eq!([&meta.lang, &meta.version, &meta.license, &meta.author], ["ru", "1.6.0", "MIT", "A. Maker"]);
    assert_eq!(whole.annotate("Суд и дом. Дом, суд.").sentences().count(), 2);
    for precision in [Precision::Full, Precision::Compact] {
        let packed = pack(bytes.clone(), "natasha.whl", precision).unwrap();
        assert_eq!(origin(packed.clone()).unwrap().unwrap().file, "natasha.whl");
        let again = pack(packed.clone(), "x.pack", precision).unwrap();
        for pack in [packed, again] {
            let pack = Pipeline::from_bytes(pack).unwrap();
            // The arrays are too small to be rounded.
            assert_eq!(said(&pack), said(&whole));
            assert_eq!(pack.meta(), meta);
        }
    }
}

#[test]
fn an_unpacked_folder() {
    let folder = tempfile::tempdir().unwrap();
    let archive = zip::Archive::new(wheel(&archives()).into()).unwrap();
    for name in archive.names() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, archive.read(name, 1 << 20).unwrap().unwrap()).unwrap();
    }
    for path in [folder.path().to_owned(), folder.path().join("natasha")] {
        assert_eq!(Pipeline::open(path).unwrap().meta().version, "1.6.0");
    }
}

#[test]
fn a_file_that_is_missing_cut_short_or_empty() {
    for (part, files) in archives() {
        for (name, size) in files.iter().map(|(name, bytes)| (name, bytes.len())) {
            let gone = error(|archives| drop(archives.get_mut(part).unwrap().remove(name)));
            assert!(gone.is_damaged(), "{part} {name}: {gone}");
            let cut = error(|archives| file(archives, part, name).truncate(size - 1));
            assert!(cut.is_damaged(), "{part} {name}: {cut}");
            let empty = error(|archives| file(archives, part, name).clear());
            assert!(empty.is_damaged(), "{part} {name}: {empty}");
        }
        let gone = error(|archives| drop(archives.remove(part)));
        assert!(!gone.is_unsupported(), "{part}: {gone}");
    }
    let whole = wheel(&archives());
    for part in 1..20 {
        let cut = whole.get(..whole.len() / 20 * part).unwrap().to_vec();
        assert!(Pipeline::from_bytes(cut).unwrap_err().is_damaged());
    }
}

#[test]
fn shapes_that_do_not_fit() {
    let tree = |change: &dyn Fn(&mut Json)| {
        error(|archives| {
            let bytes = file(archives, PARTS[0].tar, "model.json");
            let mut tree: Json = serde_json::from_slice(bytes).unwrap();
            change(&mut tree);
            *bytes = tree.to_string().into_bytes();
        })
    };
    for shape in [json!([u64::MAX, u64::MAX]), json!([0, 3]), json!([3]), json!([5, 3]), json!([-1, 15]), json!("3")] {
        let error = tree(&|tree| tree["head"]["proj"]["weight"]["shape"] = shape.clone());
        assert!(error.is_damaged(), "{shape}: {error}");
    }
    assert!(tree(&|tree| tree["head"]["proj"]["weight"]["dtype"] = json!("float64")).is_damaged());
    assert!(tree(&|tree| tree["head"]["proj"]["weight"]["array"] = json!(99)).is_damaged());
    assert!(tree(&|tree| tree["encoder"]["layers"] = json!([])).is_unsupported());
    assert!(tree(&|tree| tree["encoder"]["layers"][0]["conv"]["padding"] = json!(2)).is_unsupported());
    let nan = error(|archives| {
        file(archives, PARTS[1].tar, "arrays/1.bin").splice(..4, f32::NAN.to_le_bytes()).for_each(drop)
    });
    assert!(nan.is_damaged());
}

#[test]
fn lists_that_do_not_fit() {
    for (name, list) in [("word", "дом\nи\n<unk>\n<pad>"), ("shape", "a\nb\nc\nd"), ("shape", "a"), ("tag", "O")] {
        let error = error(|archives| {
            *file(archives, PARTS[0].tar, &format!("vocabs/{name}.gz")) = gzip::tests::write(list.as_bytes());
        });
        assert!(error.is_damaged() || error.is_unsupported(), "{list}: {error}");
    }
    // A list that claims four gigabytes.
    let bomb = error(|archives| {
        let bytes = file(archives, PARTS[2].tar, "vocabs/word.gz");
        let end = bytes.len();
        bytes.get_mut(end - 4..).unwrap().fill(0xFF);
    });
    assert!(bomb.is_refused(), "{bomb}");
}

#[test]
fn another_form_and_a_path_out_of_the_folder() {
    assert!(
        error(|archives| *file(archives, PARTS[0].tar, "meta.json") = b"{\"protocol\": 2}".to_vec()).is_unsupported()
    );
    let out = error(|archives| drop(archives.get_mut(VECTORS_TAR).unwrap().insert("../x".to_owned(), Vec::new())));
    assert!(out.is_refused());
}

/// Long sentences are taken in pieces, and what a step gives does not depend on which others run.
#[test]
fn a_very_long_sentence() {
    let pipeline = Pipeline::from_bytes(wheel(&archives())).unwrap();
    let text = "суд и дом ".repeat(2000);
    let doc = pipeline.annotate(&text);
    assert_eq!((doc.len(), doc.sentences().count()), (6000, 1));
    assert!(doc.tokens().all(|token| token.head() < 6000 && !token.dep().is_empty() && !token.tag().is_empty()));
    let entities = pipeline.annotate_with(&text, Steps::ENTITIES);
    assert!(doc.entities().eq(entities.entities()));
}
