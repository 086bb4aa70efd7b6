//! The folder that a case is written to: whole or not at all.
//!
//! Every file is written under a temporary name, forced to the disk, and only then given its own name, `case.json` last: while it
//! says nothing new, the folder holds what it held. A folder that is not there yet is made under a temporary name and renamed as
//! one. A folder that something else made is not written to unless the user insists.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process;

use rayon::prelude::*;

use crate::Failure;
use crate::interrupt::Unfinished;

/// What `case.json` begins with, somewhere in its first bytes: how the program knows its own folders.
const MARK: &str = "\"khronika.case/";

/// How many bytes the mark is looked for in.
const HEAD: u64 = 4096;

/// The beginning of the names of unfinished files and folders.
const TEMPORARY: &str = ".khronika-";

/// How much is gathered before it is written to a file.
const BUFFER: usize = 1 << 18;

/// What writes a file.
pub(crate) type Writer<'a> = &'a (dyn Fn(&mut dyn Write) -> io::Result<()> + Sync);

/// A file to be written: its name, and what writes it.
pub(crate) type Content<'a> = (&'a str, Writer<'a>);

/// True for a file or folder that an earlier run could not finish.
pub(crate) fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY)
}

/// True for a folder that holds a case written by this program.
pub(crate) fn holds_a_case(folder: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(folder.join("case.json")).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(MARK)
}

/// A folder that may be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    folder: PathBuf,
    exists: bool,
}

impl Output {
    /// Checks that `folder` may be written to, before any work is done.
    pub(crate) fn check(folder: &Path, force: bool) -> Result<Self, Failure> {
        let shown = folder.display();
        let about = match fs::metadata(folder) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { folder: folder.to_owned(), exists: false });
            }
            Err(error) => return Err(Failure::io("look at", folder, &error)),
        };
        if !about.is_dir() {
            return Err(Failure::new(format!("{shown} is not a folder"), "name a folder with --out"));
        }
        let mut entries = fs::read_dir(folder).map_err(|error| Failure::io("look into", folder, &error))?;
        let is_empty = entries.all(|entry| entry.is_ok_and(|e| is_temporary(&e.file_name().to_string_lossy())));
        if !(is_empty || force || holds_a_case(folder)) {
            return Err(Failure::new(
                format!("{shown} holds files that khronika did not write"),
                "name another folder with --out, or add --force to write the case beside those files",
            ));
        }
        Ok(Self { folder: folder.to_owned(), exists: true })
    }

    /// The folder with all links resolved, where it is there already.
    pub(crate) fn real(&self) -> Option<PathBuf> {
        if self.exists { fs::canonicalize(&self.folder).ok() } else { None }
    }

    /// Writes the files, whole or not at all.
    pub(crate) fn write(&self, files: &[Content<'_>]) -> Result<(), Failure> {
        if self.exists { self.replace(files) } else { self.create(files) }
    }

    fn create(&self, files: &[Content<'_>]) -> Result<(), Failure> {
        let fail = |error| Failure::io("write", &self.folder, &error);
        let parent = match self.folder.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("/"),
        };
        fs::create_dir_all(parent).map_err(fail)?;
        let name = self.folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = parent.join(format!("{TEMPORARY}{}-{name}", process::id()));
        let unfinished = Unfinished::new(vec![temporary.clone()]);
        fs::create_dir(&temporary).map_err(fail)?;
        store_all(files.iter().map(|(name, content)| (temporary.join(name), *content)).collect()).map_err(fail)?;
        settle(&temporary).map_err(fail)?;
        unfinished.finish(|| fs::rename(&temporary, &self.folder)).map_err(fail)?;
        settle(parent).map_err(fail)
    }

    fn replace(&self, files: &[Content<'_>]) -> Result<(), Failure> {
        let fail = |error| Failure::io("write to", &self.folder, &error);
        let pairs: Vec<(PathBuf, PathBuf)> = files
            .iter()
            .map(|(name, _)| (self.folder.join(format!("{TEMPORARY}{}-{name}", process::id())), self.folder.join(name)))
            .collect();
        let unfinished = Unfinished::new(pairs.iter().map(|(temporary, _)| temporary.clone()).collect());
        let temporaries = pairs.iter().map(|(temporary, _)| temporary.clone());
        store_all(temporaries.zip(files).map(|(path, (_, content))| (path, *content)).collect()).map_err(fail)?;
        unfinished
            .finish(|| pairs.iter().try_for_each(|(temporary, name)| fs::rename(temporary, name)))
            .map_err(fail)?;
        settle(&self.folder).map_err(fail)
    }
}

/// Checks that a single file may be written, before any work is done: it is not there yet, or this program wrote it, which `mark` in
/// its first bytes shows.
pub(crate) fn may_replace(path: &Path, mark: &str) -> Result<(), Failure> {
    let mut head = Vec::new();
    match File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::io("look at", path, &error)),
        Ok(_) if String::from_utf8_lossy(&head).contains(mark) => Ok(()),
        Ok(_) => Err(Failure::new(
            format!("{} is a file that khronika did not write", path.display()),
            "name another file, or move that one away",
        )),
    }
}

/// Writes a single file, whole or not at all.
pub(crate) fn write_file(path: &Path, content: Writer<'_>) -> Result<(), Failure> {
    let fail = |error| Failure::io("write", path, &error);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!("{TEMPORARY}{}-{name}", process::id()));
    let unfinished = Unfinished::new(vec![temporary.clone()]);
    store(&temporary, content).map_err(fail)?;
    unfinished.finish(|| fs::rename(&temporary, path)).map_err(fail)
}

/// Writes new files side by side; tells of the first that fails.
fn store_all(files: Vec<(PathBuf, Writer<'_>)>) -> io::Result<()> {
    let done: Vec<io::Result<()>> = files.par_iter().map(|(path, content)| store(path, content)).collect();
    done.into_iter().collect()
}

/// Writes a new file and forces it to the disk.
fn store(path: &Path, content: Writer<'_>) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(BUFFER, OpenOptions::new().write(true).create_new(true).open(path)?);
    content(&mut file)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Forces the names in a folder to the disk, where the system can.
fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(output: &Output, files: &[(&str, &str)]) -> Result<(), Failure> {
        let writers: Vec<_> =
            files.iter().map(|(_, content)| move |out: &mut dyn Write| out.write_all(content.as_bytes())).collect();
        let contents: Vec<Content<'_>> = files.iter().zip(&writers).map(|((name, _), w)| (*name, w as _)).collect();
        output.write(&contents)
    }

    const CASE: &str = "{\n  \"schema\": \"khronika.case/1\"\n}\n";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_made_whole_and_may_be_written_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("deep/out");
        for round in ["one", "two"] {
            write(&Output::check(&folder, false).unwrap(), &[("dossier.html", round), ("case.json", CASE)]).unwrap();
            assert_eq!(names(&folder), ["case.json", "dossier.html"]);
            assert_eq!(fs::read_to_string(folder.join("dossier.html")).unwrap(), round);
        }
        assert_eq!(names(&dir.path().join("deep")), ["out"]);
    }

    #[test]
    fn a_foreign_folder_is_left_alone_unless_forced() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("diary.txt"), "mine").unwrap();
        fs::write(dir.path().join("case.json"), "{\"schema\": \"other/1\"}").unwrap();
        let failure = Output::check(dir.path(), false).unwrap_err();
        assert!(failure.what.ends_with("holds files that khronika did not write"), "{}", failure.what);
        assert!(failure.hint.contains("--force"));
        write(&Output::check(dir.path(), true).unwrap(), &[("case.json", CASE)]).unwrap();
        assert_eq!(names(dir.path()), ["case.json", "diary.txt"]);
        assert!(holds_a_case(dir.path()));
    }

    #[test]
    fn a_file_is_no_folder_even_with_force() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "mine").unwrap();
        assert!(Output::check(&file, true).unwrap_err().what.ends_with("is not a folder"));
    }

    #[test]
    fn what_cannot_be_finished_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("out");
        // A name that no file can have: the second file fails after the first was written.
        let failure = write(&Output::check(&folder, false).unwrap(), &[("a", "x"), ("no/such", "y")]).unwrap_err();
        assert!(failure.what.starts_with("cannot write"), "{}", failure.what);
        assert_eq!(names(dir.path()), [] as [String; 0]);
    }
}
