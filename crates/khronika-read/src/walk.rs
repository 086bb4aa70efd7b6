//! Lists the files that the user means: files as named, folders with all that is in them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use khronika_core::{Problem, ProblemKind};

use crate::problem;

/// A regular file to be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEntry {
    /// The name in the case: relative to the folder that the user named, with `/` between parts; the whole path as given where
    /// two folders hold a file of the same name.
    pub name: String,
    /// Where to open it.
    pub path: PathBuf,
    /// Its length when it was listed (bytes).
    pub size: u64,
}

/// Folders that hold what programs keep, not what people wrote.
const MACHINE_FOLDERS: [&str; 8] =
    [".git", ".hg", ".svn", ".bzr", ".Trashes", "__MACOSX", "$RECYCLE.BIN", "System Volume Information"];

/// Lists every file under `paths`, in order of name. A path that is a file is listed under its own file name; the files of a
/// folder are listed under their path relative to that folder. Links are followed; what is no regular file, leads back to where
/// the walk has been or cannot be listed is a problem. A file that several paths lead to is listed once, under a path without
/// links where there is one, and every further path is a [`ProblemKind::Duplicate`]. Hidden files are files like others; folders
/// that programs keep for themselves (`.git`) are named in a problem and not entered.
#[must_use]
pub fn walk<P: AsRef<Path>>(paths: &[P]) -> (Vec<FileEntry>, Vec<Problem>) {
    let mut walk = Walk::default();
    for path in paths {
        let path = path.as_ref();
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        walk.plain.push_back(Visit { path: path.to_owned(), name, inside: String::new() });
    }
    // Links wait until everything that can be reached without them has its name. A list of visits instead of recursion: a chain
    // of folders as deep as the file system allows costs no stack.
    while let Some(visit) = walk.plain.pop_front().or_else(|| walk.links.pop_front()) {
        walk.visit(&visit);
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &walk.files {
        *names.entry(file.name.as_str()).or_default() += 1;
    }
    let twice: BTreeSet<String> = names.into_iter().filter(|(_, n)| *n > 1).map(|(name, _)| name.to_owned()).collect();
    for file in walk.files.iter_mut().filter(|f| twice.contains(&f.name)) {
        file.name = file.path.display().to_string();
    }
    walk.files.sort();
    walk.problems.sort_by(|a, b| (&a.name, a.kind).cmp(&(&b.name, b.kind)));
    (walk.files, walk.problems)
}

struct Visit {
    path: PathBuf,
    name: String,
    /// What the names of a folder's entries begin with: empty for a folder that the user named.
    inside: String,
}

#[derive(Default)]
struct Walk {
    plain: VecDeque<Visit>,
    links: VecDeque<Visit>,
    files: Vec<FileEntry>,
    problems: Vec<Problem>,
    seen: BTreeSet<PathBuf>,
}

impl Walk {
    fn visit(&mut self, visit: &Visit) {
        let found = fs::metadata(&visit.path).and_then(|about| Ok((about, fs::canonicalize(&visit.path)?)));
        let (about, real) = match found {
            Ok(found) => found,
            Err(error) => return self.problems.push(broken(visit, &error)),
        };
        if !about.is_dir() && !about.is_file() {
            let what = format!("It is {}, not a file; it was not opened.", kind_of(&about.file_type()));
            return self.report(visit, ProblemKind::NotAFile, what, "Hand in the document itself.");
        }
        if !self.seen.insert(real.clone()) {
            return self.met_again(visit, &real, about.is_dir());
        }
        if about.is_dir() {
            self.folder(visit);
        } else {
            self.files.push(FileEntry { name: visit.name.clone(), path: visit.path.clone(), size: about.len() });
        }
    }

    fn folder(&mut self, visit: &Visit) {
        let listed = fs::read_dir(&visit.path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(problem::unreadable(&visit.name, &error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let own = entry.file_name().to_string_lossy().into_owned();
            let name = format!("{}{own}", visit.inside);
            let is_link = entry.file_type().is_ok_and(|t| t.is_symlink());
            let entry = Visit { inside: format!("{name}/"), path: entry.path(), name };
            if MACHINE_FOLDERS.contains(&own.as_str()) && entry.path.is_dir() {
                let what = "It is a folder that programs keep for themselves; it was not entered.";
                self.report(&entry, ProblemKind::LeftOut, what, "Name this folder itself to have it read.");
            } else if is_link {
                self.links.push_back(entry);
            } else {
                self.plain.push_back(entry);
            }
        }
    }

    fn met_again(&mut self, visit: &Visit, real: &Path, is_folder: bool) {
        let around = visit.path.parent().and_then(|p| fs::canonicalize(p).ok());
        if is_folder && around.is_some_and(|around| around.starts_with(real)) {
            let what = "It is a link that leads back to a folder it lies in; it was not followed.";
            self.report(visit, ProblemKind::NotAFile, what, "Nothing to do: that folder is read.");
        } else {
            let what = format!("The same {} under another path; read once.", if is_folder { "folder" } else { "file" });
            self.report(visit, ProblemKind::Duplicate, what, "Nothing to do.");
        }
    }

    fn report(&mut self, visit: &Visit, kind: ProblemKind, what: impl Into<String>, advice: &str) {
        self.problems.push(problem::of(&visit.name, kind, what, advice));
    }
}

/// Why a path leads to nothing: a link that leads nowhere is not a missing file.
fn broken(visit: &Visit, error: &std::io::Error) -> Problem {
    if fs::symlink_metadata(&visit.path).is_ok_and(|about| about.file_type().is_symlink()) {
        let what = "It is a link that leads nowhere, or in a circle.";
        let advice = "Hand in the document that the link should lead to.";
        return problem::of(&visit.name, ProblemKind::NotAFile, what, advice);
    }
    problem::unreadable(&visit.name, error)
}

#[cfg(unix)]
fn kind_of(kind: &fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "something else"
    }
}

#[cfg(not(unix))]
fn kind_of(_kind: &fs::FileType) -> &'static str {
    "something else"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<P: AsRef<Path>>(paths: &[P]) -> (Vec<String>, Vec<String>) {
        let (files, problems) = walk(paths);
        let problems = problems.iter().map(|p| format!("{} · {}", p.name, p.kind.name())).collect();
        (files.into_iter().map(|f| f.name).collect(), problems)
    }

    #[test]
    fn files_come_in_order_of_their_names_inside_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/c")).unwrap();
        for name in ["z.txt", "b/c/deep.txt", "b/a.txt", ".hidden.txt"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let (files, problems) = told(&[dir.path()]);
        assert_eq!(files, [".hidden.txt", "b/a.txt", "b/c/deep.txt", "z.txt"]);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_missing_path_is_a_problem_and_a_version_store_is_named_not_entered() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        fs::write(dir.path().join(".git/config"), "x").unwrap();
        let (files, problems) = told(&[dir.path(), &dir.path().join("gone.txt")]);
        assert!(files.is_empty());
        assert_eq!(problems, [".git · left-out", "gone.txt · unreadable"]);
        // Named by the user, the folder is entered.
        assert_eq!(told(&[dir.path().join(".git")]).0, ["config"]);
    }

    #[test]
    fn a_file_given_twice_is_listed_once_and_equal_names_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["one", "two"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
            fs::write(dir.path().join(folder).join("letter.txt"), folder).unwrap();
        }
        let (one, two) = (dir.path().join("one"), dir.path().join("two"));
        let (files, problems) = told(&[&one, &two, &one.join("letter.txt")]);
        assert_eq!(files, [&one, &two].map(|f| f.join("letter.txt").display().to_string()));
        assert_eq!(problems, ["letter.txt · duplicate"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_never_in_a_circle() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("papers")).unwrap();
        fs::write(at("papers/order.txt"), "order").unwrap();
        symlink(at("papers"), at("a-link-to-papers")).unwrap();
        symlink(dir.path(), at("papers/up")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        symlink(at("self"), at("self")).unwrap();
        let (files, problems) = told(&[dir.path()]);
        assert_eq!(files, ["papers/order.txt"]);
        assert_eq!(
            problems,
            ["a-link-to-papers · duplicate", "dangling · not-a-file", "papers/up · not-a-file", "self · not-a-file"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn sockets_and_devices_are_not_opened() {
        let dir = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s")).unwrap();
        let (files, problems) = told(&[dir.path(), Path::new("/dev/null")]);
        assert!(files.is_empty());
        assert_eq!(problems, ["null · not-a-file", "s · not-a-file"]);
    }
}
