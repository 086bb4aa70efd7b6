//! The program ends at any moment, and nothing that was acknowledged is lost.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::*;

/// Names the case to the test below when it is run as another process.
const CHILD: &str = "KHRONIKA_TEST_CHILD";

/// Not a test of its own: what the other process does until it is killed.
#[test]
fn worker() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = reopened(Path::new(&path));
    for n in store.size().unwrap().. {
        let text = format!("Document number {n}. ").repeat(1 + usize::try_from(n % 700).unwrap());
        let received = add(&mut store, &format!("{n}.txt"), "en", &text);
        // Acknowledged.
        println!("entry {} source {}", received.entry, khronika_seal::digest::to_hex(&received.sha256));
        let judged = store.write(now(), |w| w.judge("note", &[format!("e-{n:010}")], crate::Details::new())).unwrap();
        println!("judged {judged}");
        if n % 5 == 0 {
            store
                .write(now(), |w| {
                    w.add_passphrase(&"p".to_owned().into(), Effort::TEST, "x").and_then(|id| w.remove_key(&id))
                })
                .unwrap();
        }
    }
}

/// Not a test of its own: another process lets somebody in.
#[test]
fn host() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = reopened(Path::new(&path));
    store.write(now(), |w| w.add_passphrase(&"late".to_owned().into(), Effort::TEST, "Late")).unwrap();
    store.close().unwrap();
}

#[test]
fn a_copy_that_is_made_while_a_key_is_added_has_it_or_has_it_not() {
    let (dir, _path, mut store) = case();
    let (path, copy) = (store.path().to_owned(), dir.path().join("copy.khronika"));
    let mut times = 0..2;
    let let_in = || {
        if times.next().is_some() {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "tests::crash::host", "--test-threads=1"]).env(CHILD, &path);
            assert!(child.output().unwrap().status.success());
        }
    };
    store.backup_with(&copy, now(), let_in).unwrap();
    let mut copied = Store::open(&copy, &phrase("late")).unwrap();
    holds(&mut copied);
    add(&mut copied, "a.txt", "en", "A copy can be written to.");
    assert_eq!(copied.keys().unwrap().len(), 3);
    holds(&mut store);
}

fn killed(times: u64) {
    let (_dir, path, store) = case();
    store.close().unwrap();
    let (mut all, mut judged) = (Vec::new(), Vec::new());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..times {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::crash::worker", "--nocapture", "--test-threads=1"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        // Some rounds are ended while the case is being opened.
        while round % 4 != 0 && !first.contains("source ") {
            first.clear();
            assert!(out.read_line(&mut first).unwrap() > 0, "the other process ended of itself");
        }
        sleep(Duration::from_micros(random >> 48));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        all.extend(acknowledged(&first).chain(acknowledged(&rest)));
        judged.extend(
            rest.split_inclusive('\n')
                .filter_map(|line| line.strip_prefix("judged ")?.strip_suffix('\n')?.parse::<u64>().ok()),
        );
        let mut store = reopened(&path);
        if round % 8 == 0 || round + 1 == times {
            // What was cut off between the envelope and the journal is mended by the next change.
            add(&mut store, "after", "en", &format!("After round {round}."));
            holds(&mut store);
        }
        let sources: Vec<String> =
            store.sources().unwrap().iter().map(|s| khronika_seal::digest::to_hex(&s.sha256)).collect();
        for source in &all {
            assert!(sources.contains(source), "round {round}: {source} was acknowledged and is not there");
        }
        let judgments: Vec<u64> = store.judgments().unwrap().iter().map(|logged| logged.entry.number).collect();
        for number in &judged {
            assert!(judgments.contains(number), "round {round}: judgment {number} was acknowledged and is not there");
        }
        store.close().unwrap();
    }
    assert!(all.len() > 10 && judged.len() > 5, "{} and {}", all.len(), judged.len());
}

/// The digests of the sources that were acknowledged in what the other process said. Its last line may be cut off, and the harness
/// writes before the first.
fn acknowledged(said: &str) -> impl Iterator<Item = String> {
    let source = |line: &str| line.split_once("source ").map(|(_, source)| source.trim_end().to_owned());
    said.lines().filter_map(source).filter(|source| source.len() == 64)
}

/// As on a full disk: files may not grow beyond a limit, and every write that would fails.
#[test]
#[cfg(unix)]
fn nothing_is_lost_when_the_disk_is_full() {
    for blocks in [500, 640, 1000, 1700] {
        let (_dir, path, store) = case();
        store.close().unwrap();
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &limited])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "tests::crash::worker", "--nocapture", "--test-threads=1"])
            .env(CHILD, &path)
            .output()
            .unwrap();
        assert!(!output.status.success(), "the limit was not met");
        let mut store = reopened(&path);
        let sources: Vec<String> =
            store.sources().unwrap().iter().map(|s| khronika_seal::digest::to_hex(&s.sha256)).collect();
        for source in acknowledged(&String::from_utf8_lossy(&output.stdout)) {
            assert!(sources.contains(&source), "{source} was acknowledged and is not there");
        }
        add(&mut store, "after", "en", "There is space again.");
        holds(&mut store);
    }
}

/// How often the process is killed instead of a dozen times.
const TIMES: &str = "KHRONIKA_TEST_KILLS";

#[test]
fn nothing_is_lost_when_the_process_is_killed() {
    killed(std::env::var(TIMES).map_or(12, |times| times.parse().unwrap()));
}
