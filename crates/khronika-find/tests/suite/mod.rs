//! Runs literate suites: Markdown files in which a text stands in one fence, and what is found in it in the next.

#![allow(clippy::unwrap_used, reason = "a suite that cannot be read fails")]

use std::path::{Path, PathBuf};

/// Reads one suite, from its first line to its last.
pub trait Case {
    /// A line between fences.
    fn line(&mut self, _line: &str) {}

    /// A fence. What is found now, where it is one that shows what is found; `None` for a text.
    fn fence(&mut self, mark: &str, body: &str) -> Option<String>;
}

/// Reads every suite in `folder`, each with a `Case` of its own, and fails where one shows what is not found any more. With
/// `UPDATE_SUITES` it writes what is found now.
pub fn hold<C: Case>(folder: &Path, new: impl Fn() -> C) {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let suite = std::fs::read_to_string(&file).unwrap();
        let (now, faults) = run(new(), &suite);
        if std::env::var_os("UPDATE_SUITES").is_some() {
            std::fs::write(&file, now).unwrap();
        } else {
            wrong.extend(faults.into_iter().map(|f| format!("{}: {f}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The suite as it would be written now, and a sentence for each fence that differs.
fn run(mut case: impl Case, suite: &str) -> (String, Vec<String>) {
    let (mut now, mut faults) = (String::new(), Vec::new());
    let mut title = "";
    let mut lines = suite.lines();
    while let Some(line) = lines.next() {
        now += line;
        now.push('\n');
        title = line.strip_prefix("## ").unwrap_or(title);
        let Some(mark) = line.strip_prefix("```").filter(|m| !m.is_empty()) else {
            case.line(line);
            continue;
        };
        let body = lines.by_ref().take_while(|l| *l != "```").collect::<Vec<_>>().join("\n");
        match case.fence(mark, &body) {
            None => now += &body,
            Some(found) => {
                if body.trim() != found.trim() {
                    faults.push(format!("{title}\n--- expected\n{body}\n--- found\n{found}"));
                }
                now += found.trim_end();
            }
        }
        now += "\n```\n";
    }
    (now, faults)
}
