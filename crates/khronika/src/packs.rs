//! The language models that finding may ask: which there are, and opening one when it is first asked for.
//!
//! The English one is part of the program. Others lie in the folder `models` beside it, or were imported by the user; what the user
//! imported goes before what lies beside the program, and that before what is in it. Of several packs of one language in one folder the
//! larger kind goes before the smaller ("lg", "md", "sm", then all others), of one kind the newer version before the older, and of one
//! version the first by name. A model whose use nobody measured is asked like the others, since a person brought it; whoever lists it says
//! so. One that cannot be opened is left out of a build, and the case has a problem that names it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::{fs, io};

use khronika_core::{Lang, MODELS, Problem, ProblemKind};
use khronika_find::engine::{Engine, Models, is_measured};
use khronika_find::packed::Ground;
use khronika_nlp::{Pipeline, sha256};
use khronika_show::{Model, Program};

use crate::terminal::{self, table::tame};

/// How the names of packs end.
pub(crate) const ENDING: &str = ".pack";
/// The English pack that is part of the program, and its name.
const WITHIN: (&str, &[u8]) = ("en_core_web_sm-3.8.0", include_bytes!("../../../models/en_core_web_sm-3.8.0.pack"));
/// How the names of the kinds of pipelines end, the smallest first.
const KINDS: [&str; 3] = ["_sm", "_md", "_lg"];
/// What spaCy calls the language of pipelines that are of none: no text is in it.
const OF_NO_LANGUAGE: &str = "xx";
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
    /// Where it was opened, or why it cannot be.
    opened: OnceLock<Result<Opened, String>>,
    /// Whether it was asked for findings that were kept.
    was_asked: AtomicBool,
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
    ground: OnceLock<Option<(Ground, Vec<String>)>>,
}

impl Packs {
    /// The packs that there are; none where they are switched off.
    pub(crate) fn new(off: bool) -> Self {
        if off {
            return Self::default();
        }
        let mut packs = Self::default();
        packs.add(WITHIN.0.to_owned(), Place::Within);
        for folder in std::env::current_exe().ok().into_iter().flat_map(|program| folders_beside(&program)) {
            packs.add_all(&folder, Place::Beside);
        }
        if let Some(folder) = data_folder() {
            packs.add_all(&folder, Place::Installed);
        }
        packs
    }

    /// Adds the packs of a folder; of several for one language the best holds. A folder that cannot be read has none.
    fn add_all(&mut self, folder: &Path, place: fn(PathBuf) -> Place) {
        let mut found = files(folder).unwrap_or_default();
        found.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
        for (name, path) in found {
            self.add(name, place(path));
        }
    }

    fn add(&mut self, name: String, place: Place) {
        if let Some(lang) = name.split('_').next().and_then(language) {
            let (opened, was_asked) = (OnceLock::new(), AtomicBool::new(false));
            self.by_lang.insert(lang, Pack { name, place, opened, was_asked });
        }
    }

    /// The packs that finding may ask, by language.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Lang, &Pack)> {
        self.by_lang.iter().map(|(lang, pack)| (*lang, pack))
    }

    /// What findings rest on besides the source, with these packs; `None` where one of them cannot be read.
    pub(crate) fn ground(&self) -> Option<&Ground> {
        self.digested().map(|(ground, _)| ground)
    }

    fn digested(&self) -> Option<&(Ground, Vec<String>)> {
        let digested = self.ground.get_or_init(|| {
            let digests: Vec<String> = self
                .by_lang
                .values()
                .map(|pack| pack.bytes().ok().map(|bytes| sha256(&bytes)))
                .collect::<Option<_>>()?;
            let packs = self.by_lang.iter().zip(&digests);
            let models: Vec<_> =
                packs.map(|((lang, pack), digest)| (*lang, pack.name.as_str(), digest.as_str())).collect();
            Some((Ground::new(&models), digests))
        });
        digested.as_ref()
    }

    /// Whether the packs that were opened are those that the ground was made of: a file may have been replaced meanwhile, and one that
    /// could not be opened may be another time.
    pub(crate) fn hold(&self) -> bool {
        self.digested().is_some_and(|(_, digests)| {
            self.by_lang.values().zip(digests).all(|(pack, digest)| match pack.opened.get() {
                Some(Ok(opened)) => opened.digest == *digest,
                Some(Err(_)) => false,
                None => true,
            })
        })
    }

    /// Is told that the pack of a language was asked for findings that were kept.
    pub(crate) fn was_asked(&self, lang: Lang) {
        if let Some(pack) = self.by_lang.get(&lang) {
            pack.was_asked.store(true, Ordering::Relaxed);
        }
    }

    /// The program with the models that were asked.
    pub(crate) fn program(&self) -> Program {
        let asked = self.by_lang.values().filter_map(|pack| {
            // What was asked in an earlier run only is opened to be named.
            let opened =
                if pack.was_asked.load(Ordering::Relaxed) { pack.opened() } else { pack.opened.get()?.as_ref().ok() };
            opened.map(|opened| (pack, opened))
        });
        let asked = asked.filter(|(pack, opened)| pack.was_asked.load(Ordering::Relaxed) || opened.engine.asked() > 0);
        let model = |(pack, opened): (&Pack, &Opened)| {
            let version = opened.engine.pipeline().meta().version.clone();
            let name = pack.name.strip_suffix(&format!("-{version}")).unwrap_or(&pack.name).to_owned();
            Model { name, version, digest: opened.digest.clone() }
        };
        Program { models: asked.map(model).collect(), ..Program::default() }
    }

    /// The packs that were asked for and cannot be used.
    pub(crate) fn problems(&self) -> impl Iterator<Item = Problem> {
        let failed =
            self.by_lang.iter().filter_map(|(lang, pack)| Some((lang, pack, pack.opened.get()?.as_ref().err()?)));
        failed.map(|(lang, pack, why)| Problem {
            source: None,
            name: format!("{MODELS}{}", pack.name),
            kind: ProblemKind::Language,
            what: format!("The model cannot be used: {why}; what is in the language {lang} is found by rules alone."),
            span: None,
            place: None,
            advice: pack.mending(),
        })
    }
}

/// The language that pipelines of this code are asked in.
pub(crate) fn language(code: &str) -> Option<Lang> {
    Lang::new(code).filter(|_| code != OF_NO_LANGUAGE)
}

impl Models for Packs {
    fn name(&self, lang: Lang) -> Option<&str> {
        self.by_lang.get(&lang).map(|pack| pack.name.as_str())
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        self.by_lang.get(&lang)?.opened().map(|opened| &opened.engine)
    }
}

impl Pack {
    /// The pack's pipeline, opened when it is first asked for.
    pub(crate) fn opened(&self) -> Option<&Opened> {
        let open = || {
            self.open().inspect_err(|why| {
                let (name, mending) = (&self.name, self.mending());
                terminal::line(&tame(&format!(
                    "the model {name} cannot be used, so rules alone are: {why}. {mending}"
                )));
            })
        };
        self.opened.get_or_init(open).as_ref().ok()
    }

    /// Whether it was measured what asking it adds.
    pub(crate) fn is_measured(&self) -> bool {
        is_measured(&self.name)
    }

    /// What a person can do about a pack that cannot be used.
    fn mending(&self) -> String {
        match &self.place {
            Place::Within => "Take the program anew.".to_owned(),
            Place::Beside(_) => format!("Take the file {}{ENDING} beside the program anew, or remove it.", self.name),
            Place::Installed(_) => format!("Import it anew, or remove it: `khronika models remove {}`.", self.name),
        }
    }

    fn bytes(&self) -> io::Result<Cow<'static, [u8]>> {
        match &self.place {
            Place::Within => Ok(WITHIN.1.into()),
            Place::Beside(path) | Place::Installed(path) => fs::read(path).map(Cow::from),
        }
    }

    fn open(&self) -> Result<Opened, String> {
        let bytes = self.bytes().map_err(|error| error.to_string())?;
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

/// What decides between packs of one language, the best last: `en_core_web_lg-3.7.1`, `en_core_web_sm-3.8.0`.
fn rank(name: &str) -> (Option<usize>, Vec<u64>, Reverse<&str>) {
    let (stem, version) = name.rsplit_once('-').unwrap_or((name, ""));
    let number = |part: &str| {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    };
    (KINDS.iter().position(|kind| stem.ends_with(kind)), version.split('.').map(number).collect(), Reverse(name))
}

/// The packs in a folder with their names, by name; none where there is no such folder.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut packs = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Some(name) = entry.file_name().to_string_lossy().strip_suffix(ENDING) {
            packs.push((name.to_owned(), entry.path()));
        }
    }
    packs.sort();
    Ok(packs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_packs_the_larger_kind_is_used_and_then_the_newer_version() {
        let folder = tempfile::tempdir().unwrap();
        for (names, best) in [
            (&["en_core_web_sm-3.8.0", "en_core_web_sm-3.7.1"][..], "en_core_web_sm-3.8.0"),
            (&["en_core_web_sm-3.10.0"], "en_core_web_sm-3.10.0"),
            (&["en_of_my_own-4.0"], "en_core_web_sm-3.10.0"),
            (&["en_core_web_md-3.8.0"], "en_core_web_md-3.8.0"),
            (&["en_core_web_lg-3.7.1"], "en_core_web_lg-3.7.1"),
            (&["en_core_news_lg-3.7.1"], "en_core_news_lg-3.7.1"),
        ] {
            for name in names {
                fs::write(folder.path().join(format!("{name}{ENDING}")), "").unwrap();
            }
            for place in [Place::Beside, Place::Installed] {
                let mut packs = Packs::default();
                packs.add_all(folder.path(), place);
                assert_eq!(packs.all().map(|(_, pack)| pack.name.as_str()).collect::<Vec<_>>(), [best]);
            }
        }
        assert!(files(&folder.path().join("none")).unwrap().is_empty());
    }

    #[test]
    fn what_is_of_no_language_is_never_asked() {
        let mut packs = Packs::default();
        for name in ["xx_ent_wiki_sm-3.8.0", "und_x-1.0", "Uk_x-1.0", "uk_core_news_sm-3.8.0"] {
            packs.add(name.to_owned(), Place::Installed(PathBuf::new()));
        }
        assert_eq!(
            packs.all().map(|(lang, pack)| (lang, pack.name.as_str())).collect::<Vec<_>>(),
            [(Lang::UK, "uk_core_news_sm-3.8.0")]
        );
        assert!(!packs.by_lang[&Lang::UK].is_measured());
    }
}
