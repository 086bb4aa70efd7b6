//! A bag judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use rayon::prelude::*;

use super::name::{composed, folded, is_above_manifests, is_system_file};
use super::text::{BadLine, Declaration, ManifestLine, decode, fetch_line, info, lines};
use super::{BagProblem, BagProblemKind as Kind, BagReport, Severity};
use crate::digest::{Algorithm, read_digests};
use crate::error::{Error, Result};

/// How much is asked of a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// What the standard asks. What is only badly written is a warning.
    Standard,
    /// What [`BagWriter`](super::BagWriter) writes: besides what the standard asks, every byte is accounted for. Warnings are wrong, and
    /// every file has to be listed, apart from tag manifests and proofs of them (`.minisig`, `.tsr`, `.ots`, `.tlog-proof`).
    Ours,
}

/// The versions that are known.
const VERSIONS: [(u32, u32); 6] = [(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)];
/// Text files of a bag are held in memory, and a file has some hundred bytes in a manifest.
const MAX_MANIFEST: u64 = 128 << 20;
const MAX_INFO: u64 = 1 << 20;
const MAX_FILES: usize = 1_000_000;
const MAX_DEPTH: usize = 128;

/// Judges the bag in a folder. The error is that of a folder that cannot be read at all; everything else stands in the report.
pub fn check(folder: &Path, strictness: Strictness) -> Result<BagReport> {
    check_as(folder, |_| strictness)
}

/// Judges the bag in a folder as strictly as `how` says, which sees what the bag says of itself ([`BagReport::info`]).
pub fn check_as(folder: &Path, how: impl Fn(&BagReport) -> Strictness) -> Result<BagReport> {
    let mut checker = Checker {
        folder,
        version: (1, 0),
        encoding: "UTF-8".to_owned(),
        report: BagReport::default(),
        disk: BTreeMap::new(),
    };
    checker.walk()?;
    let goes_on = checker.declaration();
    if goes_on {
        checker.info();
    }
    let strictness = how(&checker.report);
    if goes_on {
        checker.contents(strictness);
    }
    let mut report = checker.report;
    report.paths = checker.disk.into_keys().collect();
    if strictness == Strictness::Ours {
        for problem in report.problems.iter_mut().filter(|problem| problem.severity == Severity::Warning) {
            problem.severity = Severity::Wrong;
        }
    }
    Ok(report)
}

struct Checker<'a> {
    folder: &'a Path,
    version: (u32, u32),
    encoding: String,
    report: BagReport,
    /// Every file of the folder: its length, by its path with slashes.
    disk: BTreeMap<String, u64>,
}

/// What the manifests of one kind say: by path, the digests and how many manifests list it.
type Listed = BTreeMap<String, Vec<(Algorithm, Vec<u8>)>>;

impl Checker<'_> {
    fn wrong(&mut self, kind: Kind, path: &str, what: impl Into<String>) {
        self.report.add(Severity::Wrong, kind, Some(path), what);
    }

    fn warn(&mut self, kind: Kind, path: &str, what: impl Into<String>) {
        self.report.add(Severity::Warning, kind, Some(path), what);
    }

    fn unjudged(&mut self, kind: Kind, path: &str, what: impl Into<String>) {
        self.report.add(Severity::Unjudged, kind, Some(path), what);
    }

    /// Lists the files, without following a link.
    fn walk(&mut self) -> Result<()> {
        let mut folders = vec![(String::new(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let entries = match fs::read_dir(self.folder.join(&folder)) {
                Ok(entries) => entries,
                Err(e) if folder.is_empty() => return Err(Error::io(self.folder, e)),
                Err(e) => {
                    self.unjudged(Kind::Unreadable, &folder, e.to_string());
                    continue;
                }
            };
            let mut names = entries.collect::<io::Result<Vec<_>>>().map_err(|e| Error::io(self.folder, e))?;
            names.sort_by_key(fs::DirEntry::file_name);
            for entry in names {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                // Of the entry itself: a link is not followed.
                match entry.metadata() {
                    Ok(data) if data.is_file() => drop(self.disk.insert(path, data.len())),
                    Ok(data) if data.is_dir() && depth < MAX_DEPTH => folders.push((path, depth + 1)),
                    Ok(data) if data.is_dir() => {
                        self.unjudged(Kind::Unreadable, &path, "folders in folders without end")
                    }
                    Ok(data) if data.is_symlink() => {
                        self.wrong(Kind::NotAFile, &path, "a link, which may lead anywhere, is refused")
                    }
                    Ok(_) => self.wrong(Kind::NotAFile, &path, "neither a file nor a folder"),
                    Err(e) => self.unjudged(Kind::Unreadable, &path, e.to_string()),
                }
            }
            if self.disk.len() > MAX_FILES {
                self.unjudged(Kind::Unreadable, "", "more than a million files");
                return Ok(());
            }
        }
        Ok(())
    }

    /// The bytes of a tag file. None, with a problem, where it is too long or cannot be read.
    fn bytes(&mut self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let length = *self.disk.get(path)?;
        if length > limit {
            self.unjudged(Kind::TagFile, path, format!("it is longer than {limit} bytes"));
            return None;
        }
        let mut bytes = Vec::new();
        let read = open(&self.folder.join(path)).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        match read {
            Ok(_) => Some(bytes),
            Err(e) => {
                self.unjudged(Kind::Unreadable, path, e.to_string());
                None
            }
        }
    }

    fn text(&mut self, path: &str, limit: u64) -> Option<String> {
        let bytes = self.bytes(path, limit)?;
        let text = decode(&bytes, &self.encoding);
        if text.is_none() {
            self.wrong(Kind::TagFile, path, format!("it is not text in {}", self.encoding.escape_debug()));
        }
        text
    }

    /// Reads `bagit.txt`; whether there is any use in going on.
    fn declaration(&mut self) -> bool {
        if !self.disk.contains_key("bagit.txt") {
            self.wrong(Kind::Declaration, "bagit.txt", "it is missing");
            return true;
        }
        let Some(bytes) = self.bytes("bagit.txt", 4096) else { return false };
        match Declaration::parse(&bytes) {
            Ok(found) => {
                (self.version, self.encoding) = (found.version, found.encoding);
                self.report.version = Some(self.version);
            }
            Err(why) => self.wrong(Kind::Declaration, "bagit.txt", why),
        }
        if encoding_rs::Encoding::for_label(self.encoding.as_bytes()).is_none() {
            let what = format!("the encoding {} is unknown", self.encoding.escape_debug());
            self.unjudged(Kind::Declaration, "bagit.txt", what);
            self.altered_declaration();
            return false;
        }
        if !VERSIONS.contains(&self.version) {
            let what = format!("version {}.{} of BagIt is not known here", self.version.0, self.version.1);
            self.unjudged(Kind::Declaration, "bagit.txt", what);
            self.altered_declaration();
            return false;
        }
        true
    }

    /// A declaration that cannot be judged may be one that was altered: then the tag manifests tell, if they can be read.
    fn altered_declaration(&mut self) {
        (self.version, self.encoding) = ((1, 0), "UTF-8".to_owned());
        let before = self.report.problems.len();
        let (mut tags, _) = self.manifests("tagmanifest-");
        self.report.problems.truncate(before);
        tags.retain(|path, _| path == "bagit.txt");
        self.digests(tags);
    }

    fn info(&mut self) {
        // It had another name at first.
        let name = if self.version < (0, 96) { "package-info.txt" } else { "bag-info.txt" };
        let Some(text) = self.text(name, MAX_INFO) else { return };
        let (pairs, bad) = info(&text);
        self.report.info = pairs;
        if bad > 0 {
            self.warn(Kind::TagFile, name, format!("{bad} lines are no label and value"));
        }
    }

    fn contents(&mut self, strictness: Strictness) {
        if !self.disk.keys().any(|path| path.starts_with("data/")) && !self.folder.join("data").is_dir() {
            self.wrong(Kind::Missing, "data", "there is no folder of payload");
        }
        let (payload, payload_manifests) = self.manifests("manifest-");
        let (tags, tag_manifests) = self.manifests("tagmanifest-");
        if payload_manifests.is_empty() {
            self.wrong(Kind::Manifest, "manifest-sha256.txt", "there is no manifest of the payload");
        }
        self.report.algorithms = payload_manifests.iter().map(|algorithm| algorithm.name()).collect();
        if !payload_manifests.is_empty() && !payload_manifests.iter().any(|algorithm| algorithm.is_strong()) {
            self.warn(Kind::Algorithm, "manifest-md5.txt", "whoever wants to can make another file of the same digest");
        }
        let to_fetch = self.fetch_list(&payload);
        let (payload, tags) = (self.spellings(payload), self.spellings(tags));
        self.unlisted(&payload, &payload_manifests);
        if strictness == Strictness::Ours {
            self.unlisted_tags(&tags, &tag_manifests);
        }
        self.missing(&payload, &to_fetch);
        self.missing(&tags, &BTreeMap::new());
        self.digests(payload);
        self.digests(tags);
        self.size();
    }

    /// Reads the manifests whose names begin so: what they list, and their algorithms.
    fn manifests(&mut self, prefix: &str) -> (Listed, BTreeSet<Algorithm>) {
        let (mut listed, mut algorithms) = (Listed::new(), BTreeSet::new());
        let of_payload = prefix == "manifest-";
        let names: Vec<_> =
            self.disk.keys().filter(|path| path.starts_with(prefix) && !path.contains('/')).cloned().collect();
        for name in names {
            let Some(label) = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(".txt")) else { continue };
            let Some(algorithm) = Algorithm::from_name(label) else {
                self.unjudged(Kind::Algorithm, &name, "digests of this kind are not known here");
                continue;
            };
            let Some(text) = self.text(&name, MAX_MANIFEST) else { continue };
            algorithms.insert(algorithm);
            let mut seen: BTreeMap<String, Vec<u8>> = BTreeMap::new();
            for (number, line) in lines(&text).enumerate() {
                let place = format!("line {}", number + 1);
                if line.trim().is_empty() {
                    self.warn(Kind::Manifest, &name, format!("{place} is empty"));
                    continue;
                }
                let line = match ManifestLine::parse(line, algorithm, self.version) {
                    Ok(line) => line,
                    Err(BadLine::Outside(path)) => {
                        self.wrong(
                            Kind::PathOutside,
                            &name,
                            format!("{place} leads out of the bag: {}", path.escape_debug()),
                        );
                        continue;
                    }
                    Err(BadLine::Length) => {
                        self.wrong(Kind::Manifest, &name, format!("{place} has a digest of another length"));
                        continue;
                    }
                    Err(BadLine::Form) => {
                        self.wrong(Kind::Manifest, &name, format!("{place} is not a digest and a path"));
                        continue;
                    }
                };
                if let Some(sloppy) = line.sloppy {
                    self.warn(Kind::Manifest, &name, format!("{place}: {sloppy}"));
                }
                if line.path.starts_with("data/") != of_payload {
                    let what = if of_payload { "is not of the payload" } else { "is of the payload" };
                    self.wrong(Kind::PathOutside, &name, format!("{place}: {} {what}", line.path.escape_debug()));
                    continue;
                }
                match seen.get(&line.path) {
                    Some(digest) if *digest != line.digest => {
                        self.wrong(Kind::Duplicate, &line.path, format!("{name} lists it twice with two digests"));
                    }
                    Some(_) if self.version >= (1, 0) => {
                        self.wrong(Kind::Duplicate, &line.path, format!("{name} lists it twice"))
                    }
                    Some(_) => self.warn(Kind::Duplicate, &line.path, format!("{name} lists it twice")),
                    None => {
                        seen.insert(line.path.clone(), line.digest.clone());
                        listed.entry(line.path).or_default().push((algorithm, line.digest));
                    }
                }
            }
        }
        (listed, algorithms)
    }

    /// What `fetch.txt` would have the reader get, by path. It is never followed.
    fn fetch_list(&mut self, payload: &Listed) -> BTreeMap<String, String> {
        let mut to_fetch = BTreeMap::new();
        let Some(text) = self.text("fetch.txt", MAX_MANIFEST) else { return to_fetch };
        for (number, line) in lines(&text).enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match fetch_line(line, self.version) {
                Ok((_, path)) if !path.starts_with("data/") => {
                    self.wrong(Kind::PathOutside, "fetch.txt", format!("line {} is not of the payload", number + 1));
                }
                Ok((_, path)) if !payload.contains_key(&path) => {
                    self.wrong(Kind::Unlisted, &path, "it is to be fetched, but no manifest lists it");
                }
                Ok((url, path)) => drop(to_fetch.insert(path, url)),
                Err(Some(path)) => {
                    let what = format!("line {} leads out of the bag: {}", number + 1, path.escape_debug());
                    self.wrong(Kind::PathOutside, "fetch.txt", what);
                }
                Err(None) => self.wrong(
                    Kind::TagFile,
                    "fetch.txt",
                    format!("line {} is no address, length and path", number + 1),
                ),
            }
        }
        to_fetch
    }

    /// Listed names that some file systems hold to be the name of another file are taken for it, if their digests agree: some systems
    /// turn names into another form without a word.
    fn spellings(&mut self, listed: Listed) -> Listed {
        let absent: BTreeSet<_> = listed.keys().filter(|path| !self.disk.contains_key(*path)).cloned().collect();
        if absent.is_empty() {
            return listed;
        }
        let by_fold: BTreeMap<_, _> = self.disk.keys().map(|path| (folded(path), path.clone())).collect();
        let mut kept = Listed::new();
        let mut renamed = Vec::new();
        for (path, digests) in listed.clone() {
            let here = absent.contains(&path).then(|| by_fold.get(&folded(&path))).flatten();
            match here {
                // Listed under both names, with no digest in which they differ.
                Some(here) if listed.get(here).is_some_and(|others| agree(others, &digests)) => {
                    self.warn(
                        Kind::Duplicate,
                        &path,
                        format!("{here} is listed too, and some systems hold the names to be one"),
                    );
                }
                Some(here) if !listed.contains_key(here) && composed(here) == composed(&path) => {
                    self.warn(Kind::Spelling, &path, "the name of the file has its accents in another form");
                    renamed.push((here.clone(), digests));
                }
                _ => drop(kept.insert(path, digests)),
            }
        }
        kept.extend(renamed);
        kept
    }

    /// Payload files that are not listed where they have to be: in some manifest, or since version 1.0 in each.
    fn unlisted(&mut self, payload: &Listed, manifests: &BTreeSet<Algorithm>) {
        let (mut files, mut bytes) = (0, 0);
        let mut unlisted = Vec::new();
        for (path, length) in self.disk.iter().filter(|(path, _)| path.starts_with("data/")) {
            (files, bytes) = (files + 1, bytes + length);
            match payload.get(path) {
                None => unlisted.push((path.clone(), "no manifest lists it: it was added".to_owned())),
                Some(digests) if self.version >= (1, 0) && digests.len() < manifests.len() => {
                    unlisted.push((path.clone(), format!("{} does not list it", without(manifests, digests, path))));
                }
                Some(_) => {}
            }
        }
        (self.report.files, self.report.bytes) = (files, bytes);
        for (path, what) in unlisted {
            self.wrong(Kind::Unlisted, &path, what);
        }
        let system: Vec<_> = payload.keys().filter(|path| is_system_file(path)).cloned().collect();
        for path in system {
            self.warn(Kind::SystemFile, &path, "operating systems leave such files in folders");
        }
    }

    fn unlisted_tags(&mut self, tags: &Listed, manifests: &BTreeSet<Algorithm>) {
        let outside = |path: &str| path.starts_with("data/") || is_above_manifests(path);
        let unlisted = self.disk.keys().filter(|path| !outside(path));
        let unlisted: Vec<_> = unlisted
            .filter_map(|path| {
                let digests = tags.get(path).map_or(&[][..], Vec::as_slice);
                let missing = digests.len() < manifests.len();
                missing.then(|| (path.clone(), without(manifests, digests, path)))
            })
            .collect();
        for (path, manifests) in unlisted {
            self.wrong(Kind::Unlisted, &path, format!("{manifests} does not list it: it was added"));
        }
        let is_unknown = |path: &&String| {
            let label = path.strip_prefix("tagmanifest-").and_then(|rest| rest.strip_suffix(".txt"));
            label.is_some_and(|label| Algorithm::from_name(label).is_none())
        };
        for path in self.disk.keys().filter(is_unknown).cloned().collect::<Vec<_>>() {
            self.wrong(Kind::Unlisted, &path, "it is no manifest that was packed: it was added");
        }
        if manifests.is_empty() {
            self.wrong(Kind::Manifest, "tagmanifest-sha512.txt", "there is no tag manifest");
        }
    }

    fn missing(&mut self, listed: &Listed, to_fetch: &BTreeMap<String, String>) {
        let missing: Vec<_> = listed
            .iter()
            .filter(|(path, _)| !self.disk.contains_key(*path))
            .map(|(path, digests)| (path.clone(), named(digests.iter().map(|(algorithm, _)| *algorithm), path)))
            .collect();
        for (path, manifests) in missing {
            match to_fetch.get(&path) {
                Some(url) => self.unjudged(
                    Kind::ToFetch,
                    &path,
                    format!("it is not here; it was to be had from {}", url.escape_debug()),
                ),
                None if is_system_file(&path) => self.warn(Kind::SystemFile, &path, "it is listed and missing"),
                None => self.wrong(Kind::Missing, &path, format!("{manifests} lists it, and it is missing")),
            }
        }
    }

    /// Reads every listed file once and compares its digests.
    fn digests(&mut self, listed: Listed) {
        let here: Vec<_> = listed.into_iter().filter(|(path, _)| self.disk.contains_key(path)).collect();
        let folder = self.folder;
        let found: Vec<_> = here
            .par_iter()
            .filter_map(|(path, digests)| compare(&folder.join(path), digests).map(|p| (path, p)))
            .collect();
        for (path, difference) in found {
            match difference {
                Difference::File(severity, kind, what) => self.report.add(severity, kind, Some(path), what),
                Difference::Line(algorithm) => {
                    let tag = if path.starts_with("data/") { "" } else { "tag" };
                    let what = format!(
                        "its line of {} was altered: other manifests give what the file has",
                        path.escape_debug()
                    );
                    self.report.add(
                        Severity::Wrong,
                        Kind::Altered,
                        Some(&format!("{tag}manifest-{}.txt", algorithm.name())),
                        what,
                    );
                }
            }
        }
    }

    /// The number of bytes and files that the bag says it has.
    fn size(&mut self) {
        let Some(stated) = self.report.info("Payload-Oxum").map(str::to_owned) else { return };
        let name = if self.version < (0, 96) { "package-info.txt" } else { "bag-info.txt" };
        let numbers = stated
            .split_once('.')
            .and_then(|(bytes, files)| Some((bytes.parse::<u64>().ok()?, files.parse::<u64>().ok()?)));
        let (bytes, files) = (self.report.bytes, self.report.files);
        // Files that are to be fetched count, and nobody knows their length; nor that of a system file that was swept away.
        let holey = |problem: &BagProblem| problem.kind == Kind::ToFetch || problem.kind == Kind::SystemFile;
        let holey = self.report.problems.iter().any(holey);
        match numbers {
            Some(numbers) if numbers == (bytes, files) || holey => {}
            Some(_) => self.wrong(
                Kind::Size,
                name,
                format!("Payload-Oxum says {}, but the payload has {bytes}.{files}", stated.escape_debug()),
            ),
            None => self.warn(Kind::TagFile, name, "Payload-Oxum is not bytes.files"),
        }
    }
}

/// The names of the manifests of these algorithms that list files like this one.
fn named(algorithms: impl Iterator<Item = Algorithm>, path: &str) -> String {
    let tag = if path.starts_with("data/") { "" } else { "tag" };
    let names = algorithms.map(|algorithm| format!("{tag}manifest-{}.txt", algorithm.name()));
    names.collect::<Vec<_>>().join(", ")
}

/// The names of the manifests that do not list a file.
fn without(manifests: &BTreeSet<Algorithm>, digests: &[(Algorithm, Vec<u8>)], path: &str) -> String {
    let lists = |algorithm: &Algorithm| digests.iter().any(|(listed, _)| listed == algorithm);
    named(manifests.iter().copied().filter(|algorithm| !lists(algorithm)), path)
}

/// Whether no algorithm gives two digests.
fn agree(a: &[(Algorithm, Vec<u8>)], b: &[(Algorithm, Vec<u8>)]) -> bool {
    a.iter().all(|(algorithm, digest)| b.iter().all(|(other, d)| other != algorithm || d == digest))
}

/// How a file differs from what is listed of it.
enum Difference {
    /// It is not what it was, or cannot be read.
    File(Severity, Kind, String),
    /// It is what another manifest says, by a digest that nobody can make another file for: the line of this one was altered.
    Line(Algorithm),
}

fn compare(path: &Path, digests: &[(Algorithm, Vec<u8>)]) -> Option<Difference> {
    let algorithms: Vec<_> = digests.iter().map(|(algorithm, _)| *algorithm).collect();
    let found = match open(path).and_then(|file| read_digests(file, &algorithms, |_| Ok(()))) {
        Ok(found) => found,
        Err(e) => return Some(Difference::File(Severity::Unjudged, Kind::Unreadable, e.to_string())),
    };
    let (agree, differ): (Vec<_>, Vec<_>) =
        digests.iter().partition(|(algorithm, digest)| found.get(*algorithm) == Some(digest));
    let first = differ.first()?;
    if agree.iter().any(|(algorithm, _)| algorithm.is_strong()) {
        return Some(Difference::Line(first.0));
    }
    let names: Vec<_> = differ.iter().map(|(algorithm, _)| algorithm.name()).collect();
    let what = format!("it is not the file that was packed ({} differs)", names.join(", "));
    Some(Difference::File(Severity::Wrong, Kind::Altered, what))
}

/// Opens a file that the walk saw, unless a link or a device has come into its place since.
fn open(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("it is no longer a file"));
    }
    File::open(path)
}
