//! A folder with an identity, a few papers and a case, in which commands are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The folder.
pub struct Desk {
    pub dir: tempfile::TempDir,
}

/// A command of the program, run in a folder.
pub fn command(args: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    command.env("NO_COLOR", "1").env_remove("KHRONIKA_IDENTITY").current_dir(dir).stdin(Stdio::null());
    command.args(args);
    command
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

impl Desk {
    /// With these papers in the case, the names and what they hold.
    pub fn with(papers: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in papers {
            let path = dir.path().join("papers").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let desk = Self { dir };
        desk.done(&["key", "new", "ada.identity"], 0);
        desk.done(&["init", "doe.khronika", "--label", "Northwood", "--identity", "ada.identity"], 0);
        let added =
            command(&["add", "doe.khronika", "papers", "--identity", "ada.identity", "-q"], desk.dir.path()).output();
        assert!(added.unwrap().status.code().is_some_and(|code| code < 2));
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs a command, and checks the exit code.
    #[track_caller]
    pub fn done(&self, args: &[&str], code: i32) -> Output {
        let output = command(args, self.dir.path()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}\n{told}", said(&output));
        output
    }

    /// Runs a command on the case.
    #[track_caller]
    pub fn case(&self, command: &str, args: &[&str], code: i32) -> Output {
        let all: Vec<&str> = [command, "doe.khronika"]
            .into_iter()
            .chain(args.iter().copied())
            .chain(["--identity", "ada.identity"])
            .collect();
        self.done(&all, code)
    }

    /// Exports, and returns what the program says of it.
    #[track_caller]
    pub fn export(&self, args: &[&str], code: i32) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json", "--no-models"]).collect();
        serde_json::from_slice(&self.case("export", &args, code).stdout).unwrap()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    /// What there is in the folder, apart from papers and keys.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !["papers", "ada.identity", "doe.khronika"].contains(&name.as_str()));
        names.sort();
        names
    }
}

/// Every file below a folder, with its path from there.
pub fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    fn walk(folder: &Path, above: &str, found: &mut Vec<(String, PathBuf)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{above}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() { walk(&path, &format!("{name}/"), found) } else { found.push((name, path)) }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}

/// Whether a program of others is here.
pub fn has(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Runs a program of others, and returns whether it was content, and what it said.
pub fn other(program: &str, args: &[&str], dir: &Path) -> (bool, String) {
    let output = Command::new(program).args(args).current_dir(dir).stdin(Stdio::null()).output().unwrap();
    (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), said(&output)))
}
