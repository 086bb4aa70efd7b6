//! The language models that finding may ask: which there are, and opening one when it is first asked for.
//!
//! The English one is part of the program. Others lie in the folder `models` beside it, or were imported by the user; what the user
//! imported goes before what lies beside the program, and that before what is in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use khronika_core::Lang;
use khronika_find::engine::{Engine, MEASURED, Models};
use khronika_nlp::{Pipeline, sha256};
use khronika_show::{Model, Program};

use crate::terminal;

/// How the names of packs end.
pub(crate) const ENDING: &str = ".pack";
/// The English pack that is part of the program, and its name.
const WITHIN: (&str, &[u8]) = ("en_core_web_sm-3.8.0", include_bytes!("../../../models/en_core_web_sm-3.8.0.pack"));
/// How many folders above the program's own may hold `models`: where it is run from a folder that it was built in.
const ABOVE: usize = 2;
/// The stack of the threads that open a pack, in bytes.
const STACK: usize = 8 << 20;

/// Where a pack lies.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// In the program.
    Within,
    /// In a file beside the program.
    Beside(PathBuf),
    /// In a file that the user imported.
    Installed(PathBuf),
}

/// A pack that there is.
#[derive(Debug)]
pub(crate) struct Pack {
    /// Its name without the ending: `en_core_web_sm-3.8.0`.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) place: Place,
    opened: OnceLock<Option<Opened>>,
}

/// A pack that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) engine: Engine,
    /// The SHA-256 of the pack.
    pub(crate) digest: String,
}

/// The packs that finding uses, one a language.
#[derive(Debug, Default)]
pub(crate) struct Packs {
    by_lang: BTreeMap<Lang, Pack>,
}

impl Packs {
    /// The packs that there are; none where they are switched off.
    pub(crate) fn new(off: bool) -> Self {
        if off {
            return Self::default();
        }
        let mut packs = Self::default();
        packs.add(WITHIN.0, &Place::Within);
        let beside = std::env::current_exe().ok().into_iter().flat_map(|program| folders_beside(&program));
        for (name, path) in beside.flat_map(|folder| files(&folder)) {
            packs.add(&name, &Place::Beside(path));
        }
        // Of several for one language the first by name: "lg" goes before "sm".
        let mut installed = data_folder().map(|folder| files(&folder)).unwrap_or_default();
        installed.reverse();
        for (name, path) in installed {
            packs.add(&name, &Place::Installed(path));
        }
        packs
    }

    fn add(&mut self, name: &str, place: &Place) {
        let lang = name.split('_').next().and_then(Lang::new).filter(|lang| MEASURED.contains(lang));
        if let Some(lang) = lang {
            let pack = Pack { name: name.to_owned(), place: place.clone(), opened: OnceLock::new() };
            self.by_lang.insert(lang, pack);
        }
    }

    /// The packs that finding may ask, by language.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Lang, &Pack)> {
        self.by_lang.iter().map(|(lang, pack)| (*lang, pack))
    }

    /// The program with the models that were asked.
    pub(crate) fn program(&self) -> Program {
        let asked = self.by_lang.values().filter_map(|pack| pack.opened.get()?.as_ref().map(|o| (pack, o)));
        let model = |(pack, opened): (&Pack, &Opened)| {
            let version = opened.engine.pipeline().meta().version.clone();
            let name = pack.name.strip_suffix(&format!("-{version}")).unwrap_or(&pack.name).to_owned();
            Model { name, version, digest: opened.digest.clone() }
        };
        Program { models: asked.map(model).collect(), ..Program::default() }
    }
}

impl Models for Packs {
    fn has(&self, lang: Lang) -> bool {
        self.by_lang.contains_key(&lang)
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        self.by_lang.get(&lang)?.opened().map(|opened| &opened.engine)
    }
}

impl Pack {
    /// The pack's pipeline, opened when it is first asked for.
    pub(crate) fn opened(&self) -> Option<&Opened> {
        self.opened
            .get_or_init(|| {
                self.open()
                    .inspect_err(|what| {
                        let name = &self.name;
                        terminal::line(&format!(
                            "the model {name} cannot be used: {what}; rules alone are (`khronika models verify`)"
                        ));
                    })
                    .ok()
            })
            .as_ref()
    }

    fn open(&self) -> Result<Opened, String> {
        let bytes: Cow<'static, [u8]> = match &self.place {
            Place::Within => WITHIN.1.into(),
            Place::Beside(path) | Place::Installed(path) => fs::read(path).map_err(|error| error.to_string())?.into(),
        };
        // In threads of its own: one of those that find would, while it waits for the others, take up another document and ask for the
        // very pack that it is opening.
        let open = |bytes: Cow<'static, [u8]>| -> Result<Pipeline, String> {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build();
            let pool = pool.map_err(|error| error.to_string())?;
            pool.install(|| Pipeline::from_bytes(bytes)).map_err(|error| error.to_string())
        };
        thread::scope(|scope| {
            let again = bytes.clone();
            let opening = scope.spawn(move || open(again));
            let digest = sha256(&bytes);
            let pipeline = opening.join().map_err(|_| "khronika failed to open it".to_owned())??;
            Ok(Opened { engine: Engine::new(&self.name, pipeline), digest })
        })
    }
}

/// Where programs keep a user's data on this system.
pub(crate) fn data_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("khronika").join("models"))
}

/// The folders that packs may lie in beside the program, the nearest last.
fn folders_beside(program: &Path) -> Vec<PathBuf> {
    let Some(folder) = program.parent() else { return Vec::new() };
    let mut folders: Vec<PathBuf> = folder.ancestors().take(ABOVE + 1).map(|above| above.join("models")).collect();
    folders.insert(1, folder.join("../share/khronika/models"));
    folders.reverse();
    folders
}

/// The packs in a folder, by name.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut packs: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            Some((name.strip_suffix(ENDING)?.to_owned(), entry.path()))
        })
        .collect();
    packs.sort();
    packs
}
