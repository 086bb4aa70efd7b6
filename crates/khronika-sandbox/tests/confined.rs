//! A child that does everything that a parser must not; what it gets, and what its parent says.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use khronika_read::rendition::{Limits, Refusal};
use khronika_read::{Kind, Opener as _};
use khronika_sandbox::{Budget, CommandError, CommandLimits, Sandbox, command};

fn sandbox() -> Sandbox {
    Sandbox::of(Path::new(env!("CARGO_BIN_EXE_khronika-sandbox-trial")))
}

fn tried_with(sandbox: &Sandbox, document: &str) -> Result<String, Refusal> {
    sandbox.open(Kind::Pdf, document.as_bytes(), Limits::default()).map(|seen| seen.text)
}

fn tried(document: &str) -> Result<String, Refusal> {
    tried_with(&sandbox(), document)
}

const DENIED: &str = "Operation not permitted (os error 1)";

#[test]
fn an_honest_parser_is_heard_and_says_how_it_is_confined() {
    let sandbox = sandbox();
    assert_eq!(tried_with(&sandbox, "say Paris, le 3 mai"), Ok("Paris, le 3 mai".to_owned()));
    let confinement = sandbox.confinement().unwrap();
    assert!(confinement.holds(), "{confinement:?}");
    let long = "слово ".repeat(1 << 20);
    assert_eq!(tried_with(&sandbox, &format!("say {long}")), Ok(long));
}

#[test]
fn a_password_reaches_the_parser_and_nobody_else() {
    let open =
        |password| sandbox().open_with(Kind::Pdf, b"password", Limits::default(), password).map(|seen| seen.text);
    assert_eq!(open("пароль 1899"), Ok("пароль 1899".to_owned()));
    assert_eq!(open(""), Ok(String::new()));
    let told =
        |document: &[u8]| sandbox().open_with(Kind::Pdf, document, Limits::default(), "hush").map(|seen| seen.text);
    assert_eq!(told(b"environment"), Ok(String::new()));
    assert_eq!(told(b"say the document"), Ok("the document".to_owned()));
}

#[test]
fn files_sockets_and_processes_are_denied() {
    let dir = tempfile::tempdir().unwrap();
    let secret = dir.path().join("secret.txt");
    std::fs::write(&secret, "x").unwrap();
    let new = dir.path().join("new.txt");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    for document in [
        format!("open {}", secret.display()),
        format!("create {}", new.display()),
        "open /proc/self/mem".to_owned(),
        format!("connect {address}"),
        "thread".to_owned(),
        "run /bin/true".to_owned(),
    ] {
        assert_eq!(tried(&document), Ok(DENIED.to_owned()), "{document}");
    }
    assert!(!new.exists());
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody has called");
}

#[test]
fn what_no_parser_does_ends_it() {
    let Err(Refusal::Failed(why)) = tried("become /bin/true") else { panic!() };
    assert!(why.contains("may be an attack"), "{why}");
}

#[test]
fn nothing_of_the_environment_is_there() {
    assert_eq!(tried("environment"), Ok(String::new()));
    assert_eq!(tried("folder"), Ok(DENIED.to_owned()));
}

#[test]
fn memory_is_limited() {
    assert!(tried(&format!("memory {}", 100 << 20)).is_ok());
    let Err(Refusal::Limit(why)) = tried(&format!("memory {}", 4_u64 << 30)) else { panic!() };
    assert!(why.contains("1024 MiB of memory"), "{why}");
}

#[test]
fn time_is_limited_whether_it_works_or_sleeps() {
    let budget = Budget { time: Duration::from_millis(300), ..Budget::default() };
    let hasty = sandbox().with_budget(budget);
    for document in ["loop", "sleep"] {
        let begin = Instant::now();
        let Err(Refusal::Limit(why)) = tried_with(&hasty, document) else { panic!() };
        assert!(why.contains("more than 0.3 seconds"), "{why}");
        assert!(begin.elapsed() < Duration::from_secs(5));
    }
    let lazy = sandbox().with_budget(Budget { seconds: 1, ..Budget::default() });
    let Err(Refusal::Limit(why)) = tried_with(&lazy, "loop") else { panic!() };
    assert!(why.contains("1 seconds of work"), "{why}");
}

#[test]
fn what_it_writes_is_limited() {
    let begin = Instant::now();
    let Err(Refusal::Failed(why)) = tried("flood") else { panic!() };
    assert!(why.contains("makes no sense"), "{why}");
    // The standard error is memory of a bounded length: writing on ends it.
    let Err(Refusal::Failed(why)) = tried("shout") else { panic!() };
    assert!(why.contains("signal 25"), "{why}");
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_parser_that_fails_costs_its_document() {
    for (document, words) in [
        ("panic at the disco", "its parser failed"),
        ("abort", "crashed (signal 6)"),
        ("exit", "ended before it was done"),
        ("garbage", "makes no sense"),
        ("lie", "its parts do not fit its text"),
    ] {
        let Err(Refusal::Failed(why)) = tried(document) else { panic!("{document}") };
        assert!(why.contains(words), "{document}: {why}");
    }
    let Err(Refusal::Limit(why)) = tried("deep") else { panic!() };
    assert!(why.contains("nested deeper"), "{why}");
    assert_eq!(tried("?"), Err(Refusal::Damaged("no such trial".to_owned())));
}

#[test]
fn nothing_is_left_of_a_child() {
    let own = |state: &str| {
        let me = format!("({}", "khronika-sandb");
        std::fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("stat")).ok())
            .filter(|stat| {
                let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
                let parent = after.split(' ').nth(1).unwrap_or_default();
                stat.contains(&me) && after.starts_with(state) && parent == std::process::id().to_string()
            })
            .count()
    };
    let hasty = sandbox().with_budget(Budget { time: Duration::from_millis(100), ..Budget::default() });
    for _ in 0..20 {
        let _ = tried_with(&hasty, "exit");
        let _ = tried_with(&hasty, "say yes");
    }
    let _ = tried_with(&hasty, "sleep");
    assert_eq!(own("Z"), 0, "each is reaped");
}

#[test]
fn a_program_that_is_no_child_is_noticed() {
    let other = Sandbox::of(Path::new("/bin/echo"));
    assert!(matches!(tried_with(&other, "say x"), Err(Refusal::Failed(_))));
    let other = Sandbox::of(Path::new("/nowhere"));
    let Err(Refusal::Failed(why)) = tried_with(&other, "say x") else { panic!() };
    assert!(why.contains("could not be started"), "{why}");
}

#[test]
fn a_command_gets_its_input_and_little_else() {
    let limits = CommandLimits::default();
    assert_eq!(command("cat", &[], b"bytes", &limits).unwrap(), b"bytes");
    assert_eq!(command("env", &[], b"", &limits).unwrap(), b"");
    let told = CommandLimits { environment: vec![("A".into(), "b".into())], ..limits.clone() };
    assert_eq!(command("env", &[], b"", &told).unwrap(), b"A=b\n");
    let big = vec![7; 10 << 20];
    assert_eq!(command("cat", &[], &big, &limits).unwrap(), big);
    assert!(matches!(command("no-such-program", &[], b"", &limits), Err(CommandError::Missing(_))));
    let failed = command("ls", &["/nowhere-at-all"], b"", &limits);
    let Err(CommandError::Failed { said, .. }) = failed else { panic!() };
    assert!(said.contains("nowhere-at-all"), "{said}");
}

#[test]
fn a_command_is_limited() {
    let limits = CommandLimits { output: 1000, time: Duration::from_millis(500), ..CommandLimits::default() };
    for (program, args) in [("yes", &[][..]), ("sleep", &["100"])] {
        let begin = Instant::now();
        assert!(matches!(command(program, args, b"", &limits), Err(CommandError::Limit { .. })), "{program}");
        assert!(begin.elapsed() < Duration::from_secs(5));
    }
    // What it starts may hold the pipe: it is not waited for.
    let begin = Instant::now();
    let _ = command("sh", &["-c", "sleep 30 & echo x"], b"", &limits);
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_command_has_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let script = format!("exec 3<>/dev/tcp/127.0.0.1/{port}");
    let called = command("bash", &["-c", &script], b"", &CommandLimits::default());
    let Err(CommandError::Failed { said, .. }) = called else { panic!("{called:?}") };
    assert!(said.contains("not permitted"), "{said}");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody has called");
}

#[test]
fn a_command_changes_no_files_and_reads_the_systems_only() {
    let dir = tempfile::tempdir().unwrap();
    let secret = dir.path().join("secret.txt");
    std::fs::write(&secret, "a secret").unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    for (program, args) in [
        ("touch", vec![path("new.txt")]),
        ("cp", vec![path("secret.txt"), path("copy.txt")]),
        ("rm", vec![path("secret.txt")]),
        ("mv", vec![path("secret.txt"), path("moved.txt")]),
        ("mkdir", vec![path("folder")]),
        ("chmod", vec!["777".to_owned(), path("secret.txt")]),
        ("sh", vec!["-c".to_owned(), format!("echo x > {}", path("secret.txt"))]),
        ("kill", vec!["-0".to_owned(), "1".to_owned()]),
    ] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let done = command(program, &args, b"", &CommandLimits::default());
        assert!(matches!(done, Err(CommandError::Failed { .. })), "{program}: {done:?}");
    }
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["secret.txt"]);
    assert_eq!(std::fs::read_to_string(&secret).unwrap(), "a secret");
    // Where the kernel has Landlock, which a child says.
    let sandbox = sandbox();
    assert!(tried_with(&sandbox, "say x").is_ok());
    let seen = command("cat", &[&path("secret.txt")], b"", &CommandLimits::default());
    assert_eq!(seen.is_err(), sandbox.confinement().unwrap().landlock, "{seen:?}");
}
