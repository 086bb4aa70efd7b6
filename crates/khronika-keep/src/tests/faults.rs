//! The disk fails at any moment, and nothing that was acknowledged is lost.

use super::*;
use crate::native::faults::{Disk, Fault};

/// Makes the tests below try every call of every kind, instead of some.
const ALL: &str = "KHRONIKA_TEST_ALL_FAULTS";

/// What was acknowledged: entries by their number, and sources.
#[derive(Default)]
struct Acknowledged {
    entries: Vec<u64>,
    sources: Vec<[u8; 32]>,
}

/// Works on a case until something fails, and goes on with the next thing then, as people do.
fn work(path: &Path, acknowledged: &mut Acknowledged) {
    let Ok(mut store) = Store::open(path, &phrase("open sesame")) else { return };
    // So that what is in the log is moved into the file again and again.
    let _ = store.connection.execute_batch("PRAGMA wal_autocheckpoint = 12");
    for round in 0..4_u32 {
        let text = format!("Letter {round}: the court annulled the order. ").repeat(1 + 300 * round as usize);
        let added = store.write(now(), |w| {
            let received = w.receive(&Prepared::new(text.as_bytes())?, &receipt(&format!("{round}.txt")))?;
            w.keep_text(&received.sha256, "test", &PreparedText::new("en", &text, b"{}")?)?;
            Ok(received)
        });
        if let Ok(received) = added {
            acknowledged.sources.push(received.sha256);
            acknowledged.entries.push(received.entry);
        }
        let about = [format!("e-{round:010}")];
        let judged = store.write(now(), |w| w.judge("confirm", &about, crate::Details::new()));
        acknowledged.entries.extend(judged);
        if round % 2 == 1 {
            let let_in = |w: &mut crate::Write<'_>| w.add_passphrase(&"p".to_owned().into(), Effort::TEST, "x");
            if let Ok(id) = store.write(now(), let_in) {
                let _ = store.write(now(), |w| w.remove_key(&id));
            }
        }
        let _ = store.search("court", &Default::default(), 5);
    }
    let _ = store.close();
}

/// The answer of everything but the envelope, which the next change mends where a change of keys was cut off.
fn all_but_the_envelope_holds(store: &mut Store, when: &str) {
    let verified = store.verify(&[], &mut |_| ()).unwrap();
    let wrong: Vec<_> =
        verified.checks.iter().filter(|check| check.verdict != Verdict::Holds && check.what != "envelope").collect();
    assert!(wrong.is_empty(), "{when}: {wrong:#?}");
}

/// A case, and a copy of it for each fault.
struct Bench {
    dir: TempDir,
    path: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let (dir, path, mut store) = case();
        add(&mut store, "first.txt", "en", "What was there before.");
        store.close().unwrap();
        Self { dir, path }
    }

    /// Works on a copy whose disk fails at a call, and looks at what is left. Returns the number of calls and what was acknowledged.
    fn fails(&self, fault: Fault, at: u64, seed: u64) -> (u64, Acknowledged) {
        let when = format!("{fault:?} at call {at}, seed {seed}");
        let copy = self.dir.path().join("copy.khronika");
        for file in crate::files(&copy) {
            let _ = std::fs::remove_file(file);
        }
        std::fs::copy(&self.path, &copy).unwrap();
        let mut acknowledged = Acknowledged::default();
        Disk::insert(fault, at, seed);
        work(&copy, &mut acknowledged);
        let calls = Disk::remove();
        let mut store = Store::open(&copy, &phrase("open sesame")).unwrap_or_else(|e| panic!("{when}: {e}"));
        all_but_the_envelope_holds(&mut store, &when);
        let sources: Vec<_> = store.sources().unwrap().into_iter().map(|row| row.sha256).collect();
        for source in &acknowledged.sources {
            assert!(sources.contains(source), "{when}: a source was acknowledged and is not there");
        }
        let size = store.size().unwrap();
        for entry in &acknowledged.entries {
            assert!(*entry < size, "{when}: entry {entry} was acknowledged and is not there");
        }
        add(&mut store, "after.txt", "en", "Afterwards.");
        holds(&mut store);
        store.close().unwrap();
        (calls, acknowledged)
    }

    /// Fails at every call of a run, or at some in each of which the work is interrupted elsewhere.
    fn fails_everywhere(&self, fault: Fault, some: u64) {
        let counted = if matches!(fault, Fault::Full | Fault::FullOnce) { Fault::FullOnce } else { Fault::None };
        let (calls, whole) = self.fails(counted, u64::MAX, 1);
        assert!(calls > 100 && whole.sources.len() == 4 && whole.entries.len() == 8, "{calls} calls");
        let all = std::env::var_os(ALL).is_some();
        let step = if all { 1 } else { (calls / some).max(1) };
        let mut partial = 0;
        for at in (0..calls).step_by(usize::try_from(step).unwrap()) {
            for seed in 0..if all { 3 } else { 1 } {
                let (_, acknowledged) = self.fails(fault, at, seed * 1000 + at + 1);
                partial += usize::from(acknowledged.entries.len() < 8);
            }
        }
        assert!(partial > 0, "no fault was met");
    }
}

#[test]
fn nothing_is_lost_when_the_power_goes() {
    Bench::new().fails_everywhere(Fault::Power, 60);
}

#[test]
fn nothing_is_lost_when_there_is_no_space_any_more() {
    Bench::new().fails_everywhere(Fault::Full, 30);
}

#[test]
fn nothing_is_lost_when_there_is_no_space_for_a_moment() {
    Bench::new().fails_everywhere(Fault::FullOnce, 30);
}

#[test]
fn nothing_is_lost_when_the_disk_gives_an_error() {
    Bench::new().fails_everywhere(Fault::Error, 40);
}
