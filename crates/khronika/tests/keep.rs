//! Case files as a user meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder with an identity, a few papers and a case.
struct Desk {
    dir: tempfile::TempDir,
}

fn run(args: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    command.env("NO_COLOR", "1").env_remove("KHRONIKA_IDENTITY").current_dir(dir).stdin(Stdio::null());
    command.args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let papers = dir.path().join("papers");
        fs::create_dir(&papers).unwrap();
        fs::write(
            papers.join("letter.txt"),
            "Lyon, 4 May 2021\n\nOn 3 May 2021 the Court dismissed the appeal of Mr Rostovtsev.\n",
        )
        .unwrap();
        fs::write(papers.join("решение.txt"), "Решение от 3 мая 2021 года\n\nСуд отклонил жалобу Ростовцева.\n")
            .unwrap();
        fs::write(papers.join("scan.pdf"), b"%PDF-1.4 nothing that can be read").unwrap();
        let desk = Self { dir };
        desk.done(&["key", "new", "ada.identity"], 0);
        desk.done(&["init", "doe.khronika", "--label", "Ada", "--identity", "ada.identity"], 0);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs a command, and checks the exit code.
    #[track_caller]
    fn done(&self, args: &[&str], code: i32) -> Output {
        let output = run(args, self.dir.path());
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", said(&output));
        output
    }

    /// Runs a command on the case.
    #[track_caller]
    fn case(&self, command: &str, args: &[&str], code: i32) -> Output {
        let all: Vec<&str> = [command, "doe.khronika"]
            .into_iter()
            .chain(args.iter().copied())
            .chain(["--identity", "ada.identity"])
            .collect();
        self.done(&all, code)
    }

    #[track_caller]
    fn json(&self, command: &str, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_slice(&self.case(command, &args, 0).stdout).unwrap()
    }
}

#[test]
fn documents_go_in_and_are_listed_shown_and_found() {
    let desk = Desk::new();
    let added = desk.case("add", &["papers", "--from", "Jane Doe", "--consent", "for counsel only", "--json"], 1);
    let lines: Vec<Value> = added
        .stdout
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert!(said(&added).contains("scan.pdf") && said(&added).contains("added 3 documents"), "{}", said(&added));

    let listed = desk.json("list", &[]);
    let names: Vec<_> = listed["sources"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["letter.txt", "scan.pdf", "решение.txt"]);

    let bytes = desk.case("show", &["scan.pdf", "--bytes"], 0).stdout;
    assert_eq!(bytes, fs::read(desk.path("papers/scan.pdf")).unwrap());
    let shown = desk.json("show", &["letter.txt"]);
    assert_eq!(shown["entries"][0]["details"]["from"], "Jane Doe");
    assert_eq!(shown["entries"][0]["by"], "Ada");
    assert!(shown["text"].as_str().unwrap().contains("dismissed"));

    let hits = desk.json("search", &["Rostovtsev"]);
    assert_eq!(hits["count"], 2, "{hits}");
    let people = String::from_utf8(desk.case("search", &["ростовцев", "--lang", "ru"], 0).stdout).unwrap();
    assert!(people.contains("[Ростовцева]"), "{people}");
    desk.case("search", &["nothingofthekind"], 1);
    desk.case("search", &["-"], 2);
    desk.case("verify", &[], 0);
    assert_eq!(fs::read_dir(desk.dir.path()).unwrap().count(), 3, "the case is one file");
}

#[test]
#[cfg(unix)]
fn what_cannot_be_stored_is_counted_and_named() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new();
    symlink("nowhere", desk.path("papers/lost.txt")).unwrap();
    let locked = desk.path("papers/locked.txt");
    fs::write(&locked, "Kept under lock and key.").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    // Whoever may read everything finds the file readable.
    let is_readable = fs::File::open(&locked).is_ok();
    let added = desk.case("add", &["papers", "--json"], 1);
    let told = said(&added);
    let missing = if is_readable { 1 } else { 2 };
    assert!(told.contains(&format!("not in the case: {missing}, named above")), "{told}");
    assert!(told.contains("lost.txt: It is a link that leads nowhere"), "{told}");
    let lines: Vec<Value> = String::from_utf8(added.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let line = |name: &str| lines.iter().find(|line| line["name"] == name).unwrap();
    assert_eq!((lines.len(), &line("lost.txt")["sha256"]), (5, &Value::Null));
    assert!(!line("lost.txt")["problems"][0]["advice"].to_string().contains("Nothing to do"));
    if !is_readable {
        assert!(told.contains("locked.txt: it is not in the case: "), "{told}");
        let problem = &line("locked.txt")["problems"][0];
        assert!(problem["advice"].to_string().contains("the right to read it"), "{problem}");
    }
}

#[test]
fn what_comes_twice_gets_a_receipt_and_attachments_a_parent() {
    let desk = Desk::new();
    desk.case("add", &["papers/letter.txt"], 0);
    let again = desk.case("add", &["papers/letter.txt", "--how", "by post"], 0);
    assert!(said(&again).contains("had 1 already"), "{}", said(&again));
    desk.case("add", &["papers/решение.txt", "--parent", "letter.txt"], 0);
    let listed = desk.json("list", &[]);
    assert_eq!((listed["sources"][0]["receipts"].as_u64(), listed["sources"].as_array().unwrap().len()), (Some(2), 2));
    let entries = desk.case("log", &["--kind", "source.received", "--json"], 0).stdout;
    assert!(String::from_utf8(entries).unwrap().contains("\"parent\":\"sha256:"));
    desk.case("add", &["papers/scan.pdf", "--parent", "nothing.txt"], 2);
    // The case does not swallow itself.
    desk.case("add", &["."], 1);
    assert!(!desk.json("list", &[]).to_string().contains("doe.khronika"));
}

#[test]
fn a_case_is_not_made_beside_the_log_of_another() {
    let desk = Desk::new();
    fs::write(desk.path("b.khronika-wal"), "left behind").unwrap();
    let refused = desk.done(&["init", "b.khronika", "--identity", "ada.identity"], 2);
    assert!(said(&refused).contains("b.khronika-wal is there already"), "{}", said(&refused));
    desk.case("backup", &["b.khronika"], 2);
    assert!(!desk.path("b.khronika").exists());
}

#[test]
fn a_missing_identity_is_answered_with_how_to_make_one() {
    let desk = Desk::new();
    let refused = desk.done(&["init", "b.khronika", "--identity", "eve.identity"], 2);
    assert!(said(&refused).contains("khronika key new eve.identity"), "{}", said(&refused));
    // Nobody opens a case that is there with an identity that is made afterwards.
    let refused = desk.done(&["list", "doe.khronika", "--identity", "eve.identity"], 2);
    assert!(!said(&refused).contains("key new"), "{}", said(&refused));
    assert!(!desk.path("b.khronika").exists());
}

#[test]
fn an_older_copy_and_a_damaged_one_are_found() {
    let desk = Desk::new();
    desk.case("add", &["papers/letter.txt"], 0);
    desk.case("backup", &["old.khronika"], 0);
    desk.case("backup", &["old.khronika"], 2);
    desk.case("add", &["papers/решение.txt"], 0);
    let checkpoint = desk.case("log", &["--checkpoint"], 0).stdout;
    fs::write(desk.path("kept"), &checkpoint).unwrap();
    desk.case("verify", &["--checkpoint", "kept"], 0);
    let old = desk.done(&["verify", "old.khronika", "--checkpoint", "kept", "--identity", "ada.identity"], 1);
    assert!(String::from_utf8_lossy(&old.stdout).contains("put back as it stood earlier"));
    desk.done(&["verify", "old.khronika", "--identity", "ada.identity"], 0);
    let mut bytes = fs::read(desk.path("old.khronika")).unwrap();
    let middle = bytes.len() / 2 + 70;
    bytes[middle] ^= 1;
    fs::write(desk.path("old.khronika"), bytes).unwrap();
    let damaged = desk.done(&["verify", "old.khronika", "--identity", "ada.identity", "--json"], 1);
    let answer: Value = serde_json::from_slice(&damaged.stdout).unwrap();
    assert_eq!((answer["kind"].as_str(), answer["verdict"].as_str()), (Some("case"), Some("does_not_hold")));
    desk.done(&["verify", "papers/letter.txt", "--identity", "ada.identity"], 2);
}

#[test]
fn a_case_with_a_damaged_beginning_is_opened_by_the_second_copy_of_its_envelope() {
    let desk = Desk::new();
    desk.case("add", &["papers/letter.txt"], 0);
    let mut bytes = fs::read(desk.path("doe.khronika")).unwrap();
    bytes[..4096].fill(0);
    fs::write(desk.path("doe.khronika"), bytes).unwrap();
    let verified = desk.case("verify", &[], 1).stdout;
    assert!(String::from_utf8_lossy(&verified).contains("the first copy of the envelope is damaged"));
    desk.case("build", &["--out", "out"], 0);
    // The build is a change of the case, which mends it.
    desk.case("verify", &[], 0);
}

#[test]
fn others_are_let_in_and_out() {
    let desk = Desk::new();
    let recipient = String::from_utf8(desk.done(&["key", "new", "boris.identity"], 0).stdout).unwrap();
    desk.done(&["key", "new", "boris.identity"], 2);
    desk.done(
        &[
            "key",
            "add",
            "doe.khronika",
            "--label",
            "Boris",
            "--recipient",
            "age1nonsense",
            "--identity",
            "ada.identity",
        ],
        2,
    );
    desk.done(
        &[
            "key",
            "add",
            "doe.khronika",
            "--label",
            "Boris",
            "--recipient",
            recipient.trim(),
            "--identity",
            "ada.identity",
        ],
        0,
    );
    desk.done(&["add", "doe.khronika", "papers/letter.txt", "--identity", "boris.identity"], 0);
    let keys: Value = serde_json::from_slice(
        &desk.done(&["key", "list", "doe.khronika", "--json", "--identity", "boris.identity"], 0).stdout,
    )
    .unwrap();
    let boris = keys.as_array().unwrap().iter().find(|key| key["label"] == "Boris").unwrap();
    assert_eq!((boris["signing"].as_array().unwrap().len(), boris["in_use"].as_bool()), (1, Some(true)));
    desk.done(&["key", "remove", "doe.khronika", boris["id"].as_str().unwrap(), "--identity", "ada.identity"], 0);
    let out = desk.done(&["list", "doe.khronika", "--identity", "boris.identity"], 2);
    assert!(said(&out).contains("does not open the case"), "{}", said(&out));
    desk.case("verify", &[], 0);
}

#[test]
fn a_passphrase_comes_from_a_file_or_a_descriptor_and_can_be_changed() {
    let desk = Desk::new();
    fs::write(desk.path("one"), "correct horse battery\nsecond line\n").unwrap();
    fs::write(desk.path("two"), "staple correct horse").unwrap();
    fs::write(desk.path("short"), "x\n").unwrap();
    desk.done(&["init", "p.khronika", "--passphrase-file", "short"], 2);
    assert!(!desk.path("p.khronika").exists());
    desk.done(&["init", "p.khronika", "--passphrase-file", "one"], 0);
    desk.done(&["passphrase", "p.khronika", "--passphrase-file", "one", "--new-passphrase-file", "two"], 0);
    let wrong = desk.done(&["list", "p.khronika", "--passphrase-file", "one"], 2);
    assert!(said(&wrong).contains("hint: check the passphrase"), "{}", said(&wrong));
    if cfg!(unix) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_khronika"))
            .args(["list", "p.khronika", "--passphrase-fd", "0"])
            .current_dir(desk.dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"staple correct horse\n").unwrap();
        assert!(child.wait().unwrap().success());
    }
    // No terminal, nothing else: it does not hang.
    if cfg!(not(windows)) && fs::File::open("/dev/tty").is_err() {
        desk.done(&["list", "p.khronika"], 2);
    }
    desk.done(&["init", "p.khronika", "--passphrase-file", "one"], 2);
    desk.done(&["list", "none.khronika", "--passphrase-file", "one"], 2);
}

#[test]
fn a_case_is_built_from_the_case_file() {
    let desk = Desk::new();
    desk.case("add", &["papers"], 1);
    desk.case("build", &["--out", "out"], 1);
    desk.done(&["build", "papers", "--out", "direct"], 1);
    let read = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(desk.path(name).join("case.json")).unwrap()).unwrap()
    };
    let (kept, direct) = (read("out"), read("direct"));
    for part in ["sources", "actors", "events", "dates"] {
        assert_eq!(kept[part], direct[part], "{part}");
    }
    assert!(kept["problems"].to_string().contains("scan.pdf"));
    desk.done(&["check", "out"], 0);
    assert_eq!(desk.json("search", &["court OR суд", "--since", "2021-05-01", "--until", "2021-05-31"])["count"], 2);
    desk.case("search", &["court", "--since", "2022-01-01"], 1);
    desk.case("verify", &[], 0);
}

#[test]
fn a_part_of_a_case_is_shown_from_the_case_file_with_what_was_said_of_it() {
    let desk = Desk::new();
    let order = "On 1 March 2021 the Court forbade Ivan Rostovtsev to leave France.\n\n\
                 On 4 March 2021 the Prefect ordered Ivan Rostovtsev to leave France within 30 days.\n";
    fs::write(desk.path("papers/orders.txt"), order).unwrap();
    desk.case("add", &["papers/letter.txt", "papers/orders.txt"], 0);
    let shown = |command: &str, part: &str| desk.json(command, &["--as-of", "2021-03-10"])[part].clone();
    assert_eq!(shown("conflicts", "conflicts")[0]["kind"], "opposite-duties");
    assert_eq!(shown("standing", "acts").as_array().map(Vec::len), Some(4));
    // From which day the thirty days run is not told: exit code 1.
    let deadlines: Value =
        serde_json::from_slice(&desk.case("deadlines", &["--as-of", "2021-03-10", "--json"], 1).stdout).unwrap();
    assert!(deadlines["deadlines"].as_array().is_some_and(|all| !all.is_empty()), "{deadlines}");
    let acts = shown("standing", "acts");
    let forbidden = acts.as_array().unwrap().iter().find(|act| act["act"]["outcomes"][0] == "FORBID_LEAVE").unwrap();
    desk.case("judge", &["reject", forbidden["id"].as_str().unwrap()], 0);
    assert_eq!(
        shown("conflicts", "conflicts").as_array().map(Vec::len),
        Some(0),
        "what was rejected is in no conflict"
    );
    // Without what opens it nothing is told of it, and never that there is nothing in it.
    let output = desk.done(&["conflicts", "doe.khronika"], 2);
    assert!(output.stdout.is_empty() && said(&output).contains("passphrase"), "{}", said(&output));
}

#[test]
fn a_case_file_among_documents_is_no_document() {
    let desk = Desk::new();
    fs::copy(desk.path("doe.khronika"), desk.path("papers/copy.khronika")).unwrap();
    let output = desk.done(&["build", "papers", "--out", "out"], 1);
    assert!(said(&output).contains("case file of khronika"), "{}", said(&output));
    let output = desk.done(&["check", "doe.khronika"], 2);
    assert!(said(&output).contains("khronika verify doe.khronika"), "{}", said(&output));
    let output = desk.done(&["read", "papers/copy.khronika"], 4);
    assert!(said(&output).contains("case file of khronika"), "{}", said(&output));
}

#[test]
fn what_no_earlier_program_could_read_is_kept_in_one_change() {
    let desk = Desk::new();
    let identity = fs::read_to_string(desk.path("ada.identity")).unwrap();
    let opener = khronika_keep::Opener::identities(&identity).unwrap();
    let mut store = khronika_keep::Store::open(&desk.path("doe.khronika"), &opener).unwrap();
    let unread = |write: &mut khronika_keep::Write<'_>| {
        ["one", "two", "three"].iter().try_for_each(|name| {
            let text = format!("On 3 May 2021 the Court dismissed appeal {name}.");
            let prepared = khronika_keep::Prepared::new(text.as_bytes())?;
            let receipt = khronika_keep::Receipt { name: format!("{name}.txt"), ..Default::default() };
            write.receive(&prepared, &receipt).map(drop)
        })
    };
    store.write("2021-06-01T12:00:00Z".parse().unwrap(), unread).unwrap();
    store.close().unwrap();
    desk.case("build", &["--out", "out"], 0);
    let log = String::from_utf8(desk.case("log", &["--kind", "source.read", "--json"], 0).stdout).unwrap();
    let times: Vec<Value> = log.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["time"].clone()).collect();
    assert_eq!(times.len(), 3);
    assert!(times.iter().all(|time| *time == times[0]), "{times:?}");
    assert_eq!(desk.json("search", &["dismissed"])["count"], 3);
    desk.case("verify", &[], 0);
}

#[test]
fn a_case_without_documents_says_so() {
    let desk = Desk::new();
    let nothing = said(&desk.case("build", &["--out", "out"], 2));
    assert!(nothing.contains("doe.khronika holds no documents yet") && nothing.contains("`khronika add`"), "{nothing}");
    desk.case("add", &["papers/scan.pdf"], 1);
    let nothing = said(&desk.case("build", &["--out", "out"], 2));
    assert!(
        nothing.contains("scan.pdf") && nothing.contains("the only document in doe.khronika could not be read"),
        "{nothing}"
    );
}

#[test]
fn what_people_say_of_findings_is_applied_to_every_build() {
    let desk = Desk::new();
    fs::write(
        desk.path("papers/order.txt"),
        "Lyon, 6 May 2021\n\nOn 6 May 2021 the Court annulled the order of 2 March 2021.\n",
    )
    .unwrap();
    desk.case("add", &["papers/letter.txt", "papers/order.txt"], 0);
    let build = |name: &str, code: i32| -> Value {
        desk.case("build", &["--out", name, "--as-of", "2021-06-01"], code);
        desk.done(&["check", name], 0);
        let case: Value = serde_json::from_slice(&fs::read(desk.path(name).join("case.json")).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
        assert!(jsonschema::is_valid(&schema, &case), "{case}");
        case
    };
    let ids = |case: &Value| -> Vec<String> {
        case["events"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
    };
    let before = build("before", 0);
    assert!(before.get("judgments").is_none());
    let annulled = |case: &Value| {
        case["events"]
            .as_array()
            .unwrap()
            .iter()
            .find(|e| e["act"]["outcomes"][0] == "ANNUL")
            .map(|e| e["id"].as_str().unwrap().to_owned())
    };
    let annulment = annulled(&before).unwrap();
    assert!(said(&desk.case("judge", &["reject", "e-0000000000"], 2)).contains("--no-models"));
    desk.case("judge", &["merge", &annulment], 2);
    desk.case("judge", &["reject", &annulment, "--words", "of another case"], 0);
    let after = build("after", 0);
    assert_eq!(annulled(&after), None);
    assert_eq!(after["judgments"][0]["words"], "of another case");
    assert_eq!(after["judgments"][0]["applied"], true);
    // The last word counts, and what is withdrawn is as if it had not been said.
    desk.case("judge", &["confirm", &annulment], 0);
    let confirmed = build("confirmed", 0);
    assert_eq!(ids(&confirmed), ids(&before));
    assert_eq!(confirmed["judgments"][0]["applied"], false);
    let listed = || -> Vec<String> {
        desk.json("judge", &["list"]).as_array().unwrap().iter().map(|judgment| judgment["entry"].to_string()).collect()
    };
    let judgments = listed();
    assert_eq!(judgments.len(), 2);
    desk.case("judge", &["withdraw", &judgments[0], "0"], 2);
    assert_eq!(listed(), judgments, "all of what was named is taken back, or nothing");
    desk.case("judge", &["withdraw", &judgments[0], &judgments[1]], 0);
    assert!(listed().is_empty());
    let again = build("again", 0);
    assert!(again.get("judgments").is_none());
    assert_eq!(again["events"], before["events"]);
    desk.case("verify", &[], 0);
}

#[test]
fn what_people_correct_and_link_is_shown_with_what_was_found_and_who_says_so() {
    let desk = Desk::new();
    fs::write(
        desk.path("papers/order.txt"),
        "Lyon, 6 May 2021\n\nOn 2 March 2021 the Prefect ordered Mr Rostovtsev to leave France.\n\nOn 6 May 2021 the Court annulled the \
         order of 2 March 2021.\n",
    )
    .unwrap();
    desk.case("add", &["papers/letter.txt", "papers/order.txt"], 0);
    let built = |name: &str| -> (Value, String) {
        desk.case("build", &["--out", name, "--as-of", "2021-06-01"], 0);
        desk.done(&["check", name], 0);
        let case: Value = serde_json::from_slice(&fs::read(desk.path(name).join("case.json")).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
        assert!(jsonschema::is_valid(&schema, &case), "{case}");
        (case, fs::read_to_string(desk.path(name).join("dossier.html")).unwrap())
    };
    let by_outcome = |case: &Value, outcome: &str| -> Value {
        let events = case["events"].as_array().unwrap();
        events.iter().find(|event| event["act"]["outcomes"][0] == outcome).unwrap_or_else(|| panic!("{case}")).clone()
    };
    let (before, _) = built("before");
    let (annulment, dismissal) = (by_outcome(&before, "ANNUL"), by_outcome(&before, "DISMISS"));
    let (annulment, dismissal) = (annulment["id"].as_str().unwrap(), dismissal["id"].as_str().unwrap());
    // What does not fit together is refused.
    desk.case("judge", &["correct", annulment], 2);
    desk.case("judge", &["confirm", annulment, "--date", "2021"], 2);
    desk.case("judge", &["link", annulment], 2);
    desk.case("judge", &["confirm", annulment, "--effect", "annuls"], 2);
    desk.case("judge", &["link", annulment, dismissal, "--effect", "nonsense"], 2);
    desk.case("judge", &["correct", annulment, "--date", "yesterday"], 2);
    let correction =
        ["correct", annulment, "--date", "2021-05-07", "--title", "The order fell", "--body", "Court of Appeal"];
    desk.case("judge", &[&correction[..], &["--words", "as stamped"]].concat(), 0);
    desk.case("judge", &["link", dismissal, annulment, "--effect", "appeals"], 0);
    let listed = desk.json("judge", &["list"]);
    assert_eq!((&listed[0]["date"], &listed[1]["effect"]), (&"2021-05-07".into(), &"appeals".into()));
    let (after, page) = built("after");
    let event = by_outcome(&after, "ANNUL");
    assert_eq!((&event["when"]["edtf"], &event["when"]["basis"]), (&"2021-05-07".into(), &"judged".into()));
    assert_eq!(event["act"]["body"]["name"], "Court of Appeal");
    let said = &after["judgments"][0];
    assert_eq!(event["judged"], serde_json::json!([said["entry"], after["judgments"][1]["entry"]]));
    assert_eq!((&said["corrected"]["date"], &said["found"]["date"]), (&"2021-05-07".into(), &"2021-05-06".into()));
    assert_eq!((&said["by"], &said["applied"], &said["events"][0]), (&"Ada".into(), &true.into(), &annulment.into()));
    let linked = by_outcome(&after, "DISMISS")["act"]["effects"].to_string();
    assert!(linked.contains("\"judged\"") && linked.contains("Ada says so on "), "{linked}");
    for words in
        ["The order fell", "(found: 6 May 2021)", "as stamped", "id=\"judgments\"", "said by a person", "linked"]
    {
        assert!(page.contains(words), "{words}");
    }
    // What is told of the case later knows of the judgments as well.
    let standing = desk.done(&["standing", "after", "--json"], 0).stdout;
    assert!(String::from_utf8(standing).unwrap().contains("The order fell"));
    desk.case("verify", &[], 0);
}

#[test]
fn what_people_add_by_hand_is_tied_to_words_and_says_whose_it_is() {
    let desk = Desk::new();
    let note = "Lyon, 9 May 2021\n\nThe matter is closed. Nothing more was heard.\nThe matter is closed, said the clerk Vane.\n";
    fs::write(desk.path("papers/note.txt"), note).unwrap();
    desk.case("add", &["papers/letter.txt", "papers/note.txt"], 0);
    // Nothing is added that rests on no words, or on words that may be others.
    let closed = ["add", "note.txt", "--quote", "The matter is closed"];
    desk.case("judge", &["add", "note.txt"], 2);
    desk.case("judge", &["add", "note.txt", "--quote", "It is not there"], 2);
    let several = said(&desk.case("judge", &closed, 2));
    assert!(several.contains("--at 18") && several.contains("--at 64"), "{several}");
    desk.case("judge", &[&closed[..], &["--at", "19"]].concat(), 2);
    desk.case("judge", &[&closed[..], &["--at", "18", "--speaker", "Vane"]].concat(), 2);
    desk.case("judge", &[&closed[..], &["--at", "18", "--what", "actor", "--date", "2021"]].concat(), 2);
    desk.case("judge", &["confirm", "e-0000000000", "--quote", "closed"], 2);
    let act =
        ["--at", "18", "--what", "act", "--outcome", "DROP", "--date", "2021-05-04", "--title", "The file was closed"];
    let entry =
        desk.json("judge", &[&closed[..], &act, &["--words", "as the clerk told me"]].concat())["entry"].clone();
    assert!(
        said(&desk.case("judge", &[&closed[..], &act].concat(), 2)).contains("before"),
        "the same is not added twice"
    );
    let statement = ["add", "note.txt", "--quote", "The matter is closed,", "--what", "statement", "--speaker", "Vane"];
    desk.case("judge", &statement, 0);
    desk.case("judge", &["add", "note.txt", "--quote", "the clerk", "--what", "actor", "--name", "Ilse Vane"], 0);
    let listed = desk.json("judge", &["list"]);
    assert_eq!((&listed[0]["added"]["what"], &listed[0]["added"]["start"]), (&"act".into(), &18.into()));
    let built = |name: &str| -> Value {
        desk.case("build", &["--out", name, "--as-of", "2021-06-01"], 0);
        desk.done(&["check", name], 0);
        serde_json::from_slice(&fs::read(desk.path(name).join("case.json")).unwrap()).unwrap()
    };
    let case = built("out");
    let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &case), "{case}");
    let made_by = serde_json::json!([format!("by-hand/{entry}")]);
    let event = case["events"].as_array().unwrap().iter().find(|event| event["made_by"] == made_by).unwrap();
    let passage = &event["passages"][0];
    assert_eq!((&passage["quote"], &passage["start"]), (&"The matter is closed".into(), &18.into()));
    assert_eq!((&event["judged"][0], &event["act"]["standing"]["status"]), (&entry, &"in_force".into()));
    assert!(case["statements"].to_string().contains("by-hand/") && case["actors"].to_string().contains("Ilse Vane"));
    let page = fs::read_to_string(desk.path("out/dossier.html")).unwrap();
    for words in ["The file was closed", "a person, by hand", "added by hand", "as the clerk told me"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(fs::read_to_string(desk.path("out/chronology.csv")).unwrap().contains("The matter is closed"));
    // The part of the case that is asked for of what was built has it too.
    assert!(String::from_utf8_lossy(&desk.done(&["standing", "out"], 0).stdout).contains("The file was closed"));
    // Whoever added it, or another, takes it back.
    desk.case("judge", &["withdraw", &entry.to_string()], 0);
    assert!(!built("again")["events"].to_string().contains("by-hand/"));
    desk.case("verify", &[], 0);
}

#[test]
fn who_is_who_is_said_and_stays_said() {
    let desk = Desk::new();
    let note = "Lyon, 9 May 2021\n\nMrs Mira Vane was heard by the Prefect on 3 May 2021. On 4 May 2021 Mrs Mira Vaine left Lyon.\n";
    fs::write(desk.path("papers/note.txt"), note).unwrap();
    desk.case("add", &["papers/note.txt"], 0);
    let built = |name: &str| -> Value {
        desk.case("build", &["--out", name], 0);
        desk.done(&["check", name], 0);
        let case: Value = serde_json::from_slice(&fs::read(desk.path(name).join("case.json")).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
        assert!(jsonschema::is_valid(&schema, &case), "{case}");
        case
    };
    let called = |case: &Value, name: &str| -> Option<String> {
        let actors = case["actors"].as_array().unwrap();
        let one = actors.iter().find(|actor| actor["name"].as_str().unwrap().ends_with(name))?;
        Some(one["id"].as_str().unwrap().to_owned())
    };
    let before = built("before");
    let (vane, vaine) = (called(&before, "Vane").unwrap(), called(&before, "Vaine").unwrap());
    assert_eq!(before["alike"][0]["actors"], serde_json::json!([vane, vaine]), "{}", before["alike"]);
    // What is not said of actors, or of these, is refused.
    desk.case("judge", &["confirm", &vane], 2);
    desk.case("judge", &["merge", &vane], 2);
    desk.case("judge", &["merge", &vane, "e-0000000000"], 2);
    desk.case("judge", &["split", &vane, "--form", "Nobody"], 2);
    desk.case("judge", &["split", &vane, &vaine, "--form", "Vane"], 2);
    let merge = ["merge", vane.as_str(), &vaine, "--words", "a slip of the pen"];
    let entry = desk.json("judge", &merge)["entry"].to_string();
    let merged = built("merged");
    assert!(called(&merged, "Vane").as_ref() == Some(&vane) && merged.get("alike").is_none(), "{}", merged["actors"]);
    assert_eq!(merged["judgments"][0]["actors"], serde_json::json!([vane]));
    let page = fs::read_to_string(desk.path("merged/dossier.html")).unwrap();
    assert!(page.contains("a slip of the pen") && page.contains("taken for one"));
    desk.case("judge", &["withdraw", &entry], 0);
    assert_eq!(built("again")["actors"], before["actors"]);
    // That they are two is said too, and is asked no more.
    desk.case("judge", &["split", &vane, &vaine], 0);
    assert!(built("two").get("alike").is_none());
    desk.case("judge", &["list"], 0);
}

#[test]
fn a_case_is_the_same_whether_it_is_found_anew_or_was_kept() {
    let desk = Desk::new();
    let papers = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/dreyfus");
    desk.case("add", &[papers], 0);
    let built = |name: &str, more: &[&str]| {
        let args: Vec<&str> = ["--out", name].into_iter().chain(more.iter().copied()).collect();
        desk.case("build", &args, 0);
        fs::read(desk.path(name).join("case.json")).unwrap()
    };
    let (first, rules) = (built("first", &[]), built("rules", &["--no-models"]));
    let program = |json: &[u8]| serde_json::from_slice::<Value>(json).unwrap()["program"]["models"].clone();
    assert!(!program(&first).as_array().unwrap().is_empty() && program(&rules) != program(&first));
    assert!(built("rules-again", &["--no-models"]) == rules, "found once");
    assert!(built("anew", &[]) == first, "found anew, with models");
    assert!(built("again", &[]) == first, "and told of the same models, which nobody asked");
    desk.case("verify", &[], 0);
}

#[test]
fn what_a_newer_program_said_of_findings_is_told_and_not_dropped() {
    let desk = Desk::new();
    desk.case("add", &["papers/letter.txt"], 0);
    let identity = fs::read_to_string(desk.path("ada.identity")).unwrap();
    let opener = khronika_keep::Opener::identities(&identity).unwrap();
    let mut store = khronika_keep::Store::open(&desk.path("doe.khronika"), &opener).unwrap();
    let now = jiff::Timestamp::from_second(1_790_000_000).unwrap();
    let number =
        store.write(now, |write| write.judge("weigh-less", &["e-0123456789".to_owned()], Default::default())).unwrap();
    drop(store);
    let built = desk.case("build", &["--out", "out"], 1);
    let told = format!("what entry {number} of the journal says (judgment.weigh-less) is not known to this program");
    assert!(said(&built).contains(&told), "{}", said(&built));
    let case = fs::read_to_string(desk.path("out/case.json")).unwrap();
    assert!(case.contains(&told), "{case}");
    assert!(said(&desk.case("judge", &["list"], 0)).contains(&told));
}
