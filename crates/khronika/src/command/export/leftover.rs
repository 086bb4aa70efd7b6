//! What an export left that was ended before it could clean up (a kill, a power cut): the papers of the case as far as they were written,
//! under a hidden name. The next export of the same name takes it away.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process;

use khronika_seal::parcel::Parcel;

use crate::terminal;
use crate::terminal::table::tame;

/// What the name of a file that is not finished begins with; the number of the process follows.
const PREFIX: &str = ".khronika-";

/// The name that a file has until it is finished.
pub(super) fn temporary(name: &str) -> String {
    format!("{PREFIX}{}-{name}", process::id())
}

/// Removes what earlier exports to `out` left, and says so. What another program still writes to is left alone.
pub(super) fn clear(out: &Path) {
    for folder in Parcel::abandoned(out) {
        told(&folder, fs::remove_dir_all(&folder).is_ok());
    }
    for file in files(out) {
        told(&file, fs::remove_file(&file).is_ok());
    }
}

fn told(path: &Path, is_gone: bool) {
    let path = path.display();
    terminal::line(&tame(&if is_gone {
        format!("removed {path}, which an export left that was ended before it was done")
    } else {
        format!(
            "{path} was left by an export that was ended before it was done, and cannot be removed: remove it yourself"
        )
    }));
}

/// The files under temporary names that were to become `out`, and that nobody holds.
fn files(out: &Path) -> Vec<PathBuf> {
    let Some(name) = out.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_ours = |path: &PathBuf| {
        let rest = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_prefix(PREFIX));
        let process = rest.and_then(|n| n.strip_suffix(name)?.strip_suffix('-'));
        process.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            && path.symlink_metadata().is_ok_and(|about| about.is_file())
            && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| out.with_file_name(entry.file_name())).filter(is_ours).collect();
    found.sort();
    found
}
