//! `khronika models`: language pipelines installed for this user.
//!
//! A package is checked against the list of known ones, made into a compact pack, and put into the user's data folder under its name
//! and version. Nothing is fetched: the user brings the file.

use std::fs;
use std::path::{Path, PathBuf};

use khronika_find::engine::is_measured;
use khronika_nlp::{Pipeline, Precision, origin, pack, sha256};
use serde_json::json;
use toml::{Table, Value};

use crate::args::{Models, ModelsCommand};
use crate::packs::{self, ENDING, Packs, Place, data_folder};
use crate::terminal;
use crate::terminal::table::aligned;
use crate::{Failure, Outcome};

/// The packages that are known, and the versions that are refused.
const KNOWN: &str = include_str!("../../../../models/known.toml");
/// No package of a pipeline is larger.
const LARGEST: u64 = 1 << 30;

/// Carries out one of the commands.
pub(crate) fn run(args: &Models) -> Result<Outcome, Failure> {
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None => data_folder().ok_or_else(|| {
            Failure::new("the folder for this user's data is not known", "name a folder with --folder")
        })?,
    };
    match &args.command {
        ModelsCommand::Import { file, trust } => import(&folder, file, *trust),
        ModelsCommand::List { json } => list(&folder, *json),
        ModelsCommand::Used { json } => used(*json),
        ModelsCommand::Verify => verify(&folder),
        ModelsCommand::Remove { name } => remove(&folder, name),
    }
}

/// The rows of the list under a heading.
fn rows(heading: &str) -> Result<Vec<Table>, Failure> {
    let list: Table = KNOWN.parse().map_err(|e| Failure::internal("reading its list of models", &format!("{e}")))?;
    let rows = list.get(heading).and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(rows.into_iter().filter_map(|row| row.as_table().cloned()).collect())
}

fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The name of a known package's pack.
fn name_of(row: &Table) -> String {
    format!("{}-{}", text(row, "name"), text(row, "version"))
}

fn known(sha256: &str) -> Result<Option<Table>, Failure> {
    Ok(rows("known")?.into_iter().find(|row| text(row, "sha256") == sha256))
}

/// Whether a package's file name bears a version, as `name-1.0-….whl` or `name-1.0.tar.gz`.
fn bears(name: &str, version: &str) -> bool {
    let version = format!("-{version}");
    name.match_indices(&version).any(|(at, found)| {
        let after = name.get(at + found.len()..).unwrap_or_default();
        after.is_empty() || after.starts_with(['-', '.'])
    })
}

fn cannot_open(file: &Path, error: &khronika_nlp::Error) -> Failure {
    let hint = if error.is_unsupported() {
        "bring a spaCy v3 pipeline of the sizes sm, md or lg, or the package natasha"
    } else {
        "bring the package's wheel as it was downloaded (a .whl file)"
    };
    Failure::new(format!("{}: {error}", file.display()), hint)
}

fn import(folder: &Path, file: &Path, trust: bool) -> Result<Outcome, Failure> {
    let about = fs::metadata(file).map_err(|e| Failure::io("read", file, &e))?;
    if about.is_dir() {
        return Err(Failure::new(
            format!("{} is a folder", file.display()),
            "bring the package's wheel as it was downloaded (a .whl file): one file can be checked by its SHA-256",
        ));
    }
    if about.len() > LARGEST {
        return Err(Failure::new(format!("{} is larger than any pipeline", file.display()), "check the path"));
    }
    let bytes = fs::read(file).map_err(|e| Failure::io("read", file, &e))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for row in rows("refused")? {
        if bears(&name, text(&row, "version")) {
            return Err(Failure::new(
                format!("{name} is refused: {}", text(&row, "why")),
                "take the package that the pipeline's makers name",
            ));
        }
    }
    let hash = sha256(&bytes);
    let row = known(&hash)?;
    if row.is_none() && !trust {
        return Err(Failure::new(
            format!("{name} is not a known package (SHA-256 {hash})"),
            "if you know where it comes from, import it with --trust",
        ));
    }
    let packed = pack(bytes, &name, Precision::Compact).map_err(|error| cannot_open(file, &error))?;
    let pipeline = Pipeline::from_bytes(packed.clone()).map_err(|error| cannot_open(file, &error))?;
    let meta = pipeline.meta();
    for refused in rows("refused")? {
        if meta.version == text(&refused, "version") {
            return Err(Failure::new(
                format!("{name} is refused: {}", text(&refused, "why")),
                "take the package that the pipeline's makers name",
            ));
        }
    }
    let steps = pipeline.steps();
    if !steps.entities && !steps.tree {
        // It would stand in the place of one that does.
        let left_out =
            pipeline.left_out().iter().map(|step| format!("; the step {} is not run: {}", step.step, step.why));
        let what = format!("{name} tells neither names nor who acts on whom{}", left_out.collect::<String>());
        return Err(Failure::new(
            what,
            "bring one of spaCy's small, medium or large pipelines, which need no transformer",
        ));
    }
    let stem = match &row {
        Some(row) => name_of(row),
        // The name becomes a file's: what a package says of itself may hold anything.
        None => format!("{}_{}-{}", meta.lang, meta.name, meta.version)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
            .collect(),
    };
    // Findings name the model that they rest on: what bears the name of a known package and is not that one has a name of its own.
    let stem = match row.is_none() && rows("known")?.iter().any(|row| name_of(row) == stem) {
        true => format!("{stem}+{}", hash.get(..8).unwrap_or_default()),
        false => stem,
    };
    fs::create_dir_all(folder).map_err(|e| Failure::io("make", folder, &e))?;
    let target = folder.join(format!("{stem}{ENDING}"));
    let unfinished = folder.join(format!(".{stem}.unfinished"));
    fs::write(&unfinished, &packed).map_err(|e| Failure::io("write", &unfinished, &e))?;
    fs::rename(&unfinished, &target).map_err(|e| Failure::io("write", &target, &e))?;
    terminal::print(&format!("{stem}  {}  {} bytes  {}\n", meta.license, packed.len(), target.display()))?;
    for step in pipeline.left_out() {
        terminal::line(&format!("note: the step {} is not run: {}", step.step, step.why));
    }
    match packs::language(&meta.lang) {
        None => {
            terminal::line(&format!("note: no text is in the language {:?}, so this model is never asked", meta.lang))
        }
        Some(_) if is_measured(&stem) => {}
        Some(lang) => {
            terminal::line(&format!("note: it is asked about texts in the language {lang}, but {}", unmeasured(&stem)))
        }
    }
    Ok(if row.is_some() { Outcome::Done } else { Outcome::DoneInPart })
}

/// What is said of a model whose use nobody measured.
fn unmeasured(name: &str) -> String {
    format!(
        "nobody has measured how often what it adds is right; what rests on it names it (nlp/{name}), and \
         `khronika models remove {name}` ends its use"
    )
}

/// Whether the use of a model was measured, in a word or two.
const fn measured(is: bool) -> &'static str {
    if is { "measured" } else { "not measured" }
}

/// The installed packs, by name.
fn installed(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    packs::files(folder).map_err(|e| Failure::io("read", folder, &e))
}

fn list(folder: &Path, as_json: bool) -> Result<Outcome, Failure> {
    let (mut lines, mut objects) = (Vec::new(), Vec::new());
    for (name, path) in installed(folder)? {
        let size = fs::metadata(&path).map_err(|e| Failure::io("read", &path, &e))?.len();
        let (lang, license) = match Pipeline::open(&path) {
            Ok(pipeline) => (pipeline.meta().lang.clone(), pipeline.meta().license.clone()),
            Err(_) => ("?".to_owned(), "cannot be opened".to_owned()),
        };
        let is_measured = is_measured(&name);
        objects.push(json!({"name": name, "lang": lang, "license": license, "bytes": size, "measured": is_measured}));
        lines.push([name, lang, license, format!("{size} bytes"), measured(is_measured).to_owned()]);
    }
    if as_json {
        let text =
            serde_json::to_string_pretty(&objects).map_err(|e| Failure::internal("writing JSON", &e.to_string()))?;
        terminal::print(&(text + "\n"))?;
    } else {
        terminal::print(&aligned(&lines, 0))?;
        if lines.is_empty() {
            terminal::line(&format!("no models in {}", folder.display()));
        }
    }
    Ok(Outcome::Done)
}

/// The packs that finding asks, one a language.
fn used(as_json: bool) -> Result<Outcome, Failure> {
    let packs = Packs::new(false);
    let (mut lines, mut objects, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for (lang, pack) in packs.all() {
        let (place, file) = match &pack.place {
            Place::Within => ("in the program", None),
            Place::Beside(path) => ("beside the program", Some(path)),
            Place::Installed(path) => ("imported", Some(path)),
        };
        let (version, license, digest) = match pack.opened() {
            Some(opened) => {
                let meta = opened.engine.pipeline().meta();
                (meta.version.clone(), meta.license.clone(), opened.digest.clone())
            }
            None => (String::new(), "cannot be opened".to_owned(), String::new()),
        };
        let file = file.map(|path| path.display().to_string());
        objects.push(json!({
            "lang": lang.to_string(), "name": pack.name, "version": version, "license": license, "sha256": digest,
            "place": place, "file": file, "measured": pack.is_measured(),
        }));
        let short = digest.get(..12).unwrap_or_default().to_owned();
        let place = file.map_or_else(|| place.to_owned(), |file| format!("{place}: {file}"));
        lines.push([
            lang.to_string(),
            pack.name.clone(),
            license,
            short,
            measured(pack.is_measured()).to_owned(),
            place,
        ]);
        if !pack.is_measured() {
            notes.push(format!("note: {} is asked, but {}", pack.name, unmeasured(&pack.name)));
        }
    }
    let text = if as_json {
        let list = serde_json::to_string_pretty(&objects);
        list.map_err(|e| Failure::internal("writing JSON", &e.to_string()))? + "\n"
    } else {
        aligned(&lines, 0)
    };
    terminal::print(&text)?;
    notes.iter().for_each(|note| terminal::line(note));
    Ok(Outcome::Done)
}

fn verify(folder: &Path) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    let mut lines = Vec::new();
    for (name, path) in installed(folder)? {
        let bytes = fs::read(&path).map_err(|e| Failure::io("read", &path, &e))?;
        let opened = Pipeline::from_bytes(bytes.clone());
        let says = match (opened, origin(bytes)) {
            (Err(error), _) | (_, Err(error)) => format!("damaged: {error}"),
            (Ok(_), Ok(None)) => "whole, but it does not say where it comes from".to_owned(),
            (Ok(_), Ok(Some(origin))) if known(&origin.sha256)?.is_some() => {
                lines.push([name, format!("whole, made of {}", origin.file)]);
                continue;
            }
            (Ok(_), Ok(Some(origin))) => format!("whole, made of {}, which is not a known package", origin.file),
        };
        outcome = Outcome::DoneInPart;
        lines.push([name, says]);
    }
    terminal::print(&aligned(&lines, 0))?;
    Ok(outcome)
}

fn remove(folder: &Path, name: &str) -> Result<Outcome, Failure> {
    let packs = installed(folder)?;
    let Some((_, path)) = packs.iter().find(|(stem, _)| stem == name) else {
        return Err(Failure::new(format!("no model is called {name}"), "`khronika models list` lists those installed"));
    };
    fs::remove_file(path).map_err(|e| Failure::io("remove", path, &e))?;
    Ok(Outcome::Done)
}
