//! The hostile set through `khronika read`: every file ends in time and in bounds, with one of its three exit codes; nothing is written
//! beside it, and nothing asked for elsewhere. It is not a part of this repository: `KHRONIKA_SHARED` names the folder that holds it.
//! Prints a table (Markdown) of what became of each file; where `KHRONIKA_PEER` is a Python with pymupdf, with what that makes of each PDF
//! document. `KHRONIKA_BIN` puts another build of the program in the place of this one.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and shows what it measured"
)]

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What became of a file.
struct Row {
    name: String,
    code: Option<i32>,
    time: Duration,
    /// The most memory that a process of it had, in MiB.
    peak: u64,
    says: String,
    peer: String,
}

/// The longest that a file may take; without optimisation the program is slower.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 30 });

#[test]
fn nothing_hangs_crashes_or_leaves_its_bounds() {
    let Some(shared) = std::env::var_os("KHRONIKA_SHARED") else { return };
    let set = PathBuf::from(shared).join("conformance/hostile").canonicalize().unwrap();
    let made = tempfile::tempdir().unwrap();
    let generator = set.join("made/make_hostile.py");
    let generated = Command::new("python3").arg(&generator).arg(made.path()).status();
    let mut files = listed(&set);
    if generated.is_ok_and(|status| status.success()) {
        files.extend(listed(made.path()));
    }
    assert!(!files.is_empty(), "no files in {}", set.display());
    // Where the documents of the set ask for something, and where those that leave their folder would write.
    let asked = TcpListener::bind("127.0.0.1:9").ok();
    let folder = tempfile::tempdir().unwrap();
    let before = escaped(folder.path());
    let rows: Vec<Row> = files.iter().map(|file| read(file, folder.path())).collect();
    println!("| file | read | seconds | MiB | says | PyMuPDF |\n| --- | --- | --- | --- | --- | --- |");
    for Row { name, code, time, peak, says, peer } in &rows {
        let read = match code {
            Some(0) => "whole".to_owned(),
            Some(3) => "in part".to_owned(),
            Some(4) => "refused".to_owned(),
            other => format!("{other:?}"),
        };
        println!("| {name} | {read} | {:.2} | {peak} | {says} | {peer} |", time.as_secs_f64());
    }
    let count = |code| rows.iter().filter(|row| row.code == Some(code)).count();
    let longest = rows.iter().map(|row| row.time).max().unwrap_or_default();
    let peak = rows.iter().map(|row| row.peak).max().unwrap_or_default();
    println!(
        "\n{} files: {} whole, {} in part, {} refused; at most {:.1} s and {peak} MiB; connections listened for: {}",
        rows.len(),
        count(0),
        count(3),
        count(4),
        longest.as_secs_f64(),
        asked.is_some()
    );
    for Row { name, code, time, peak, .. } in &rows {
        assert!(matches!(code, Some(0 | 3 | 4)), "{name} ends with {code:?}");
        assert!(*time < LONGEST, "{name} takes {time:?}");
        assert!(*peak < 1024, "{name} takes {peak} MiB");
    }
    assert_eq!(escaped(folder.path()), before, "files were written");
    if let Some(asked) = asked {
        asked.set_nonblocking(true).unwrap();
        assert!(asked.accept().is_err(), "something was asked for elsewhere");
    }
}

/// What lies in the folder in which the program runs, and what documents of the set would put elsewhere.
fn escaped(folder: &Path) -> Vec<PathBuf> {
    let places = [folder, folder.parent().unwrap_or(folder), Path::new("/"), Path::new("/tmp"), Path::new("/etc")];
    let is_ours = |place: &Path, path: &Path| {
        place == folder || path.file_name().is_some_and(|name| name.to_string_lossy().contains("khronika_pwned"))
    };
    let mut all: Vec<PathBuf> = places
        .iter()
        .flat_map(|place| fs::read_dir(place).into_iter().flatten().flatten().map(move |entry| (place, entry.path())))
        .filter(|(place, path)| is_ours(place, path))
        .map(|(_, path)| path)
        .collect();
    all.sort();
    all.dedup();
    all
}

/// What PyMuPDF makes of a PDF document within the limits of the notes: 2 GiB, 10 seconds of a processor.
fn peer(file: &Path) -> String {
    const SCRIPT: &str = "import sys, pymupdf as fitz\ntry:\n d = fitz.open(sys.argv[1], filetype='pdf')\n if d.needs_pass: raise ValueError('needs a password')\n \
        n = sum(len(p.get_text()) for p in d)\n print(f'{len(d)} pages, {n} characters')\nexcept BaseException as e:\n print('error:', str(e).replace('|', ' ')[:40])";
    let head = fs::read(file).unwrap_or_default();
    let is_pdf = head.iter().take(1024).copied().collect::<Vec<u8>>().windows(5).any(|five| five == b"%PDF-");
    let Some(python) = std::env::var_os("KHRONIKA_PEER").filter(|_| is_pdf) else { return String::new() };
    let begin = Instant::now();
    let limited = "ulimit -v 2097152 -t 10; exec \"$0\" -c \"$1\" \"$2\" 2>/dev/null";
    let output = Command::new("sh").args(["-c", limited]).args([python, SCRIPT.into(), OsString::from(file)]).output();
    let output = output.unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let told = told.lines().last().unwrap_or("ended by its limits");
    format!("{told} ({:.1} s)", begin.elapsed().as_secs_f64())
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { listed(&path) } else { vec![path] }).collect()
}

fn read(file: &Path, folder: &Path) -> Row {
    let begin = Instant::now();
    let mut command =
        Command::new(std::env::var_os("KHRONIKA_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_khronika").into()));
    let output = tempfile::tempfile().unwrap();
    command
        .current_dir(folder)
        .args(["read", "--json"])
        .arg(file)
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    let code = loop {
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = begin.elapsed();
    let name = file.file_name().unwrap().to_string_lossy().chars().take(48).collect();
    Row { name, code, time, peak, says: says(output), peer: peer(file) }
}

/// The most memory that this process and its children had so far, in MiB, each for itself.
fn peak_of(id: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let others = fs::read_dir(format!("/proc/{id}/task"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let all: String = std::iter::once(children).chain(others).collect::<Vec<_>>().join(" ");
    let ids = all.split_whitespace().filter_map(|id| id.parse().ok()).chain([id]);
    ids.filter_map(high_water).max().unwrap_or(0)
}

fn high_water(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? >> 10)
}

/// How many documents were read, and the first thing that is said of one.
fn says(output: fs::File) -> String {
    use std::io::{Read as _, Seek as _};
    let (mut output, mut text) = (output, String::new());
    output.rewind().unwrap();
    output.read_to_string(&mut text).unwrap();
    let items: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let read = items.iter().filter(|item| item["text"].is_string()).count();
    let first = items.iter().flat_map(|item| item["problems"].as_array().into_iter().flatten()).next();
    let first = first.map_or("", |problem| problem["what"].as_str().unwrap_or_default());
    // A file may be refused before there is anything to count.
    let first: String = first.chars().filter(|c| !c.is_control()).take(90).collect();
    format!("{read} of {}: {}", items.len(), first.replace('|', " "))
}
