//! `khronika build` as a user meets it: good papers, bad papers, and places to write to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/dreyfus");

fn khronika() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    // Packs that the user of this machine imported are none of the tests'.
    command.env("NO_COLOR", "1").env("XDG_DATA_HOME", "/nonexistent");
    command
}

/// Runs `khronika build PATHS… --out OUT`.
fn build(paths: &[&Path], out: &Path) -> Output {
    khronika().arg("build").args(paths).arg("--out").arg(out).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", said(output)))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn case(out: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(out.join("case.json")).unwrap()).unwrap()
}

/// The problems of a case: "name · kind".
fn problems(case: &Value) -> Vec<String> {
    let word = |p: &Value, key: &str| p[key].as_str().unwrap_or("?").to_owned();
    case["problems"].as_array().unwrap().iter().map(|p| format!("{} · {}", word(p, "name"), word(p, "kind"))).collect()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const WRITTEN: [&str; 3] = ["case.json", "chronology.csv", "dossier.html"];

/// A folder with one short letter in it, and where the case may go.
fn desk() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let papers = dir.path().join("papers");
    fs::create_dir(&papers).unwrap();
    fs::write(papers.join("letter.txt"), "Lyon, 4 May 2021\n\nOn 3 May 2021 the Court dismissed the appeal.\n")
        .unwrap();
    let out = dir.path().join("out");
    (dir, papers, out)
}

#[test]
fn the_example_case_is_whole_and_valid_and_the_same_twice() {
    let dir = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| dir.path().join(name));
    let first = build(&[EXAMPLE.as_ref()], &one);
    assert!(code(&first) < 2, "{}", said(&first));
    assert!(first.stdout.is_empty(), "nothing was asked for on the standard output");
    assert_eq!(names(&one), WRITTEN);

    let case = case(&one);
    assert!(case["sources"].as_array().unwrap().len() >= 8);
    let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&case).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");

    let check = khronika().arg("check").arg(&one).output().unwrap();
    assert_eq!(code(&check), 0, "{}", said(&check));
    assert!(String::from_utf8_lossy(&check.stdout).starts_with("whole: "));

    // One thread, and the files named one by one from the last to the first.
    let mut files: Vec<PathBuf> = fs::read_dir(EXAMPLE).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.reverse();
    let second =
        khronika().arg("build").args(&files).arg("--out").arg(&two).args(["--jobs", "1", "--quiet"]).output().unwrap();
    assert_eq!((code(&second), said(&second).as_str()), (code(&first), ""));
    for name in WRITTEN {
        assert!(fs::read(one.join(name)).unwrap() == fs::read(two.join(name)).unwrap(), "{name} differs");
    }
}

#[test]
fn the_summary_says_as_of_when_and_what_was_written() {
    let (_dir, papers, out) = desk();
    let words = said(&build(&[&papers], &out));
    assert!(words.contains("in the sources; --as-of sets"), "{words}");
    assert!(words.contains("dossier.html"), "{words}");
    let given = khronika().arg("build").arg(&papers).arg("--out").arg(&out).args(["--as-of", "2021-06-01"]).output();
    let words = said(&given.unwrap());
    assert!(words.starts_with("as of         2021-06-01  as asked for\n"), "{words}");
    assert_eq!(case(&out)["as_of"], "2021-06-01");
}

#[test]
fn json_is_all_that_goes_to_the_standard_output() {
    let (dir, papers, _out) = desk();
    let run = khronika().arg("build").arg(&papers).arg("--json").output().unwrap();
    let case: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(case["schema"], "khronika.case/1");
    assert_eq!(names(dir.path()), ["papers"], "without --out nothing is written");
}

#[test]
fn bad_papers_are_problems_and_the_good_one_is_read() {
    let (_dir, papers, out) = desk();
    fs::write(papers.join("empty.txt"), "").unwrap();
    fs::write(papers.join("broken.txt"), b"On 5 May 2021 \xff\xfe\x80 the Court adjourned.\0 The end.").unwrap();
    fs::write(papers.join("scan.pdf"), b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n").unwrap();
    let run = build(&[&papers, &papers.join("gone.txt")], &out);
    assert_eq!(code(&run), 1, "{}", said(&run));
    let found = problems(&case(&out));
    for wanted in ["empty.txt · empty", "broken.txt · damaged", "scan.pdf · unreadable", "gone.txt · unreadable"] {
        assert!(found.iter().any(|p| p == wanted), "{wanted} is missing in {found:?}");
    }
    assert!(said(&run).contains("Not read, or not whole"), "{}", said(&run));
    let read: Vec<Value> = case(&out)["sources"].as_array().unwrap().iter().map(|s| s["name"].clone()).collect();
    assert!(read.contains(&"letter.txt".into()), "{read:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_in_a_circle_or_to_a_device_do_not_hang() {
    use std::os::unix::fs::symlink;
    let (_dir, papers, out) = desk();
    symlink(&papers, papers.join("again")).unwrap();
    symlink(papers.join("self"), papers.join("self")).unwrap();
    symlink("/dev/zero", papers.join("zero")).unwrap();
    let run = build(&[&papers], &out);
    assert_eq!(code(&run), 1, "{}", said(&run));
    let found = problems(&case(&out));
    for wanted in ["again · not-a-file", "self · not-a-file", "zero · not-a-file"] {
        assert!(found.iter().any(|p| p == wanted), "{wanted} is missing in {found:?}");
    }
}

#[test]
fn files_that_disappear_while_the_folder_is_read_are_problems() {
    let (_dir, papers, out) = desk();
    let files: Vec<PathBuf> = (0..400).map(|n| papers.join(format!("{n:03}.txt"))).collect();
    for (n, file) in files.iter().enumerate() {
        fs::write(file, format!("Paper {n}\n\nOn 3 May 2021 the Court heard case {n}.\n")).unwrap();
    }
    let mut child = khronika().arg("build").arg(&papers).arg("--out").arg(&out).arg("--quiet").spawn().unwrap();
    for file in files.iter().rev() {
        fs::remove_file(file).unwrap();
    }
    let status = child.wait().unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
    let case = case(&out);
    let gone = problems(&case);
    assert!(gone.iter().all(|p| p.ends_with("· unreadable")), "{gone:?}");
    assert_eq!(status.code() == Some(1), !gone.is_empty());
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_all_or_nothing() {
    let (dir, papers, out) = desk();
    for n in 0..300 {
        fs::write(papers.join(format!("{n}.txt")), format!("On 3 May 2021 the Court heard case {n}.\n").repeat(50))
            .unwrap();
    }
    // From before the first file is read to after the last is written, as fast or slow as the machine may be.
    for wait in [5, 30, 80, 200, 600] {
        let mut command = khronika();
        command.arg("build").arg(&papers).arg("--out").arg(&out).arg("--quiet").stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let status = child.wait().unwrap();
        let left = names(dir.path());
        if status.success() {
            assert_eq!(names(&out), WRITTEN);
            assert_eq!(code(&khronika().arg("check").arg(&out).output().unwrap()), 0);
            fs::remove_dir_all(&out).unwrap();
        } else {
            assert_eq!(left, ["papers"], "after {wait} ms: {status}");
        }
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let (dir, papers, _out) = desk();
    let foreign = dir.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("diary.txt"), "mine").unwrap();
    let run = build(&[&papers], &foreign);
    assert_eq!(code(&run), 2);
    assert_eq!(
        said(&run),
        format!(
            "error: {} holds files that khronika did not write\n\nhint: name another folder with --out, or add --force \
             to write the case beside those files\n",
            foreign.display()
        )
    );
    assert_eq!(names(&foreign), ["diary.txt"]);
    let forced = khronika().arg("build").arg(&papers).arg("--out").arg(&foreign).arg("--force").output().unwrap();
    assert_eq!(code(&forced), 0, "{}", said(&forced));
    assert_eq!(fs::read_to_string(foreign.join("diary.txt")).unwrap(), "mine");
}

#[test]
fn the_output_is_never_read_as_a_document() {
    let (_dir, papers, _out) = desk();
    let inside = papers.join("out");
    for _ in 0..2 {
        assert_eq!(code(&build(&[&papers], &inside)), 0);
        assert_eq!(case(&inside)["sources"].as_array().unwrap().len(), 1);
        assert_eq!(problems(&case(&inside)), [] as [String; 0]);
    }
    // The case of another run is named, not read.
    let other = papers.join("other");
    assert_eq!(code(&build(&[&papers], &other)), 0);
    assert_eq!(
        problems(&case(&other)),
        ["out/case.json · duplicate", "out/chronology.csv · duplicate", "out/dossier.html · duplicate"]
    );
    let run = build(&[&inside.join("dossier.html")], &inside);
    assert_eq!(code(&run), 2);
    assert!(said(&run).contains("lies inside the folder that is written to"), "{}", said(&run));
}

#[test]
fn nothing_to_read_is_an_error_with_a_next_step() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let run = build(&[dir.path()], &out);
    assert_eq!(code(&run), 2);
    assert_eq!(
        said(&run),
        format!(
            "error: there is no document in {}\n\nhint: name a folder that holds documents, and see with `khronika read` what becomes of one\n",
            dir.path().display()
        )
    );
    assert!(!out.exists());
    let wrong = khronika().args(["build", ".", "--out", "x", "--as-of", "2023-02-30"]).output().unwrap();
    assert_eq!(code(&wrong), 2);
    assert!(said(&wrong).contains("write a day as YYYY-MM-DD"), "{}", said(&wrong));
}

#[test]
fn a_file_named_twice_is_read_once() {
    let (_dir, papers, out) = desk();
    let run = build(&[&papers, &papers.join("letter.txt"), &papers.join("letter.txt")], &out);
    assert_eq!(code(&run), 0, "{}", said(&run));
    assert_eq!(case(&out)["sources"].as_array().unwrap().len(), 1);
    assert_eq!(problems(&case(&out)), ["letter.txt · duplicate", "letter.txt · duplicate"]);
}

#[cfg(unix)]
#[test]
fn names_that_nobody_would_give_are_names_still() {
    use std::os::unix::ffi::OsStrExt as _;
    let (dir, papers, out) = desk();
    let names: [&[u8]; 5] = [b"-rf.txt", b"line\nbreak.txt", b"not\xffutf8.txt", "⚖️ <b>.txt".as_bytes(), b"=1+1.txt"];
    for (n, name) in names.iter().enumerate() {
        let file = papers.join(std::ffi::OsStr::from_bytes(name));
        fs::write(file, format!("On {} May 2021 the Court dismissed the appeal of Anna Roth.\n", n + 4)).unwrap();
    }
    let run = build(&[&papers], &out);
    assert_eq!(code(&run), 0, "{}", said(&run));
    assert_eq!(case(&out)["sources"].as_array().unwrap().len(), names.len() + 1);
    assert_eq!(code(&khronika().arg("check").arg(&out).output().unwrap()), 0);
    assert!(!fs::read_to_string(out.join("dossier.html")).unwrap().contains("<b>"));
    let dash = khronika().current_dir(&papers).args(["build", "--quiet", "--out", "../dash", "--", "-rf.txt"]).status();
    assert!(dash.unwrap().success());
    assert!(dir.path().join("dash/dossier.html").exists());
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    let (_dir, _papers, out) = desk();
    let run = build(&[Path::new("/dev/zero")], &out);
    assert_eq!(code(&run), 2);
    assert!(said(&run).starts_with("zero: It is a device, not a file; it was not opened.\n"), "{}", said(&run));
    assert!(!out.exists());
}

#[test]
fn a_language_without_words_is_named_in_the_summary() {
    let (_dir, papers, out) = desk();
    let run = khronika().arg("build").arg(&papers).arg("--out").arg(&out).args(["--lang", "xx"]).output().unwrap();
    assert_eq!(code(&run), 0, "{}", said(&run));
    assert!(said(&run).contains("Language\n  letter.txt"), "{}", said(&run));
    let wrong = khronika().args(["build", ".", "--out", "x", "--lang", "french"]).output().unwrap();
    assert_eq!(code(&wrong), 2);
    assert!(said(&wrong).contains("write a language by its two letters"), "{}", said(&wrong));
}

#[test]
fn the_dossier_speaks_the_language_that_is_asked_for_and_the_rest_is_the_same() {
    let (dir, papers, out) = desk();
    assert_eq!(code(&build(&[&papers], &out)), 0);
    let read = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert!(read(&out, "dossier.html").contains("<html lang=\"en\">"));
    for (language, heading) in [("fr", "Chronologie"), ("ru", "Хронология"), ("uk", "Хронологія")] {
        let other = dir.path().join(language);
        let run = khronika().arg("build").arg(&papers).arg("--out").arg(&other).args(["--language", language]).output();
        assert_eq!(code(&run.unwrap()), 0);
        let page = read(&other, "dossier.html");
        assert!(page.contains(&format!("<html lang=\"{language}\">")) && page.contains(heading), "{page}");
        for name in ["case.json", "chronology.csv"] {
            assert_eq!(read(&other, name), read(&out, name), "{name} in {language}");
        }
    }
    let wrong = khronika().args(["build", ".", "--out", "x", "--language", "kk"]).output().unwrap();
    assert_eq!(code(&wrong), 2);
    assert!(said(&wrong).contains("khronika speaks en, fr, ru, uk"), "{}", said(&wrong));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let (_dir, papers, _out) = desk();
    for args in [vec!["explain", "--list"], vec!["build", "--json", papers.to_str().unwrap()]] {
        let mut child = khronika().args(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(code(&ended), 0, "{args:?}: {}", said(&ended));
        assert!(!said(&ended).contains("panic"), "{}", said(&ended));
    }
}

#[test]
fn the_help_of_every_command_has_examples_and_exit_codes() {
    for command in ["build", "check", "dates", "deadline", "find", "explain"] {
        let run = khronika().args([command, "--help"]).output().unwrap();
        let help = String::from_utf8(run.stdout).unwrap();
        for part in ["\nUsage: khronika ", "\nExamples:\n  khronika ", "\nExit codes:\n  0    "] {
            assert!(help.contains(part), "{command}: {part:?} is missing in\n{help}");
        }
        // The first paragraph is the line of the list of commands; the second says more.
        assert!(help.lines().nth(2).is_some_and(|line| line.len() > 40), "{help}");
    }
}

#[cfg(target_os = "linux")]
mod as_another_user {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn allow(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn is_root() -> bool {
        Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n")
    }

    /// The program as a user whom permissions bind: this one, or nobody where this one is root. `None` where that cannot be done.
    fn bound(dir: &Path) -> Option<Command> {
        if !is_root() {
            return Some(khronika());
        }
        let program = dir.join("khronika");
        let from = env!("CARGO_BIN_EXE_khronika");
        fs::hard_link(from, &program).or_else(|_| fs::copy(from, &program).map(|_| ())).ok()?;
        allow(&program, 0o755);
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        command.env("NO_COLOR", "1");
        command.arg("--version").output().ok().filter(|out| out.status.success())?;
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).env("NO_COLOR", "1");
        Some(command)
    }

    #[test]
    fn a_folder_without_permission_is_named_and_one_to_write_is_refused() {
        let (dir, papers, _out) = desk();
        allow(dir.path(), 0o755);
        let Some(mut command) = bound(dir.path()) else {
            println!("skipped: root is bound by no permission, and setpriv is not there");
            return;
        };
        let closed = papers.join("closed");
        fs::create_dir(&closed).unwrap();
        fs::write(closed.join("secret.txt"), "On 3 May 2021 the Court sat.").unwrap();
        allow(&closed, 0o000);
        let open = dir.path().join("open");
        fs::create_dir(&open).unwrap();
        allow(&open, 0o777);
        let run = command.arg("build").arg(&papers).arg("--out").arg(open.join("out")).output().unwrap();
        assert_eq!(code(&run), 1, "{}", said(&run));
        assert_eq!(problems(&case(&open.join("out"))), ["closed · unreadable"]);

        // The user may not write beside the papers.
        let mut command = bound_again(dir.path());
        allow(&papers, 0o555);
        let run = command.arg("build").arg(&papers).arg("--out").arg(papers.join("out")).output().unwrap();
        allow(&papers, 0o755);
        allow(&closed, 0o755);
        assert_eq!(code(&run), 2, "{}", said(&run));
        assert!(said(&run).contains("permission denied\n\nhint: "), "{}", said(&run));
        assert!(!papers.join("out").exists());
    }

    fn bound_again(dir: &Path) -> Command {
        let _ = fs::remove_file(dir.join("khronika"));
        bound(dir).unwrap()
    }

    /// A disk of `size` at `at`, for as long as the value lives. `None` where this user may not mount one.
    struct Disk(PathBuf);

    impl Disk {
        fn mount(at: &Path, size: &str) -> Option<Self> {
            let options = format!("size={size}");
            let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).output().ok()?;
            mount.status.success().then(|| Self(at.to_owned()))
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(&self.0).status();
        }
    }

    #[test]
    fn a_full_disk_leaves_nothing_behind() {
        let (dir, papers, _out) = desk();
        let at = dir.path().join("disk");
        fs::create_dir(&at).unwrap();
        let Some(_disk) = Disk::mount(&at, "4k") else {
            println!("skipped: this user may not mount a small disk");
            return;
        };
        let run = build(&[&papers], &at.join("out"));
        assert_eq!(code(&run), 2, "{}", said(&run));
        assert!(said(&run).contains("no space left\n\nhint: free some space"), "{}", said(&run));
        assert_eq!(names(&at), [] as [String; 0]);
        // A case that is there already stays as it is.
        let ours = at.join("ours");
        fs::create_dir(&ours).unwrap();
        fs::write(ours.join("case.json"), "{\"schema\": \"khronika.case/1\"}").unwrap();
        assert_eq!(code(&build(&[&papers], &ours)), 2);
        assert_eq!(names(&ours), ["case.json"]);
        assert_eq!(fs::read_to_string(ours.join("case.json")).unwrap(), "{\"schema\": \"khronika.case/1\"}");
    }
}
