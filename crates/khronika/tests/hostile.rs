//! The hostile set through `khronika read`: every file ends in time and in bounds, with one of its three exit codes. It is not a part of
//! this repository: `KHRONIKA_SHARED` names the folder that holds it. Prints a table of what became of each file.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and shows what it measured"
)]

use std::fs;
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
}

#[test]
fn nothing_hangs_crashes_or_leaves_its_bounds() {
    let Some(shared) = std::env::var_os("KHRONIKA_SHARED") else { return };
    let set = PathBuf::from(shared).join("conformance/hostile");
    let made = tempfile::tempdir().unwrap();
    let generator = set.join("made/make_hostile.py");
    let generated = Command::new("python3").arg(&generator).arg(made.path()).status();
    let mut files = listed(&set);
    if generated.is_ok_and(|status| status.success()) {
        files.extend(listed(made.path()));
    }
    assert!(!files.is_empty(), "no files in {}", set.display());
    let rows: Vec<Row> = files.iter().map(|file| read(file)).collect();
    println!("{:<48} {:>4} {:>7} {:>5}  says", "file", "code", "ms", "MiB");
    for Row { name, code, time, peak, says } in &rows {
        let code = code.map_or_else(|| "-".to_owned(), |code| code.to_string());
        println!("{name:<48} {code:>4} {:>7} {peak:>5}  {says}", time.as_millis());
    }
    for Row { name, code, time, peak, .. } in &rows {
        assert!(matches!(code, Some(0 | 3 | 4)), "{name} ends with {code:?}");
        assert!(*time < Duration::from_secs(60), "{name} takes {time:?}");
        assert!(*peak < 1024, "{name} takes {peak} MiB");
    }
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { listed(&path) } else { vec![path] }).collect()
}

fn read(file: &Path) -> Row {
    let begin = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    let output = tempfile::tempfile().unwrap();
    command.args(["read", "--json"]).arg(file).stdin(Stdio::null()).stdout(output.try_clone().unwrap());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    let code = loop {
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let name = file.file_name().unwrap().to_string_lossy().chars().take(48).collect();
    Row { name, code, time: begin.elapsed(), peak, says: says(output) }
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
    format!("{read}/{} {}", items.len(), first.chars().take(90).collect::<String>())
}
