//! Whatever is altered is found, and named.

use std::fs;

use rusqlite::params;

use super::*;
use crate::envelope::ENVELOPE;

const PAGE: usize = 4096;

fn filled() -> (TempDir, PathBuf) {
    let (dir, path, mut store) = case();
    for n in 0..12_u32 {
        let text = format!("Letter {n}: the court annulled the order of {n} May 1899. ").repeat(40);
        add(&mut store, &format!("{n}.txt"), "en", &text);
    }
    store.close().unwrap();
    (dir, path)
}

/// Whether an altered file is told to be altered.
fn is_found(path: &Path) -> Option<String> {
    match Store::open(path, &phrase("open sesame")) {
        Err(error) => Some(error.to_string()),
        Ok(mut store) => {
            let verified = store.verify(&[], &mut |_| ()).unwrap();
            verified
                .checks
                .iter()
                .find(|check| check.verdict != Verdict::Holds)
                .map(|c| format!("{}: {}", c.what, c.found))
        }
    }
}

fn flips(count: u64) {
    let (dir, path) = filled();
    let whole = fs::read(&path).unwrap();
    let bits = whole.len() as u64 * 8;
    let mut random = 42_u64;
    for _ in 0..count {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = (random >> 16) % bits;
        let at = usize::try_from(bit / 8).unwrap();
        let mut altered = whole.clone();
        altered[at] ^= 1 << (bit % 8);
        let copy = dir.path().join("altered.khronika");
        fs::write(&copy, &altered).unwrap();
        let found = is_found(&copy).unwrap_or_else(|| panic!("bit {bit} (byte {at} of {})", whole.len()));
        let named = ["envelope", "page", "damaged", "passphrase"].iter().any(|word| found.contains(word));
        assert!(named, "byte {at}: {found}");
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(dir.path().join(format!("altered.khronika{end}")));
        }
    }
}

#[test]
fn flipped_bits_are_found() {
    flips(100);
}

#[test]
#[ignore = "a minute long: run with --ignored"]
fn a_thousand_flipped_bits_are_found() {
    flips(1000);
}

/// Everything that the case vouches for, and its index.
fn contents(path: &Path) -> Vec<String> {
    let store = reopened(path);
    let mut all = Vec::new();
    for table in [
        "meta",
        "entry",
        "checkpoint",
        "source",
        "chunk",
        "piece",
        "receipt",
        "text",
        "person",
        "slot",
        "word_index_data",
    ] {
        let mut query = store.connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..columns).map(|ix| row.get::<_, rusqlite::types::Value>(ix).unwrap()).collect();
            all.push(format!("{table} {values:?}"));
        }
    }
    all
}

#[test]
fn a_page_that_was_put_back_is_found() {
    let (dir, path) = filled();
    let old = fs::read(&path).unwrap();
    let mut store = reopened(&path);
    add(&mut store, "later.txt", "fr", &"Plus tard, la cour a cassé l'arrêt. ".repeat(50));
    store.write(now(), |w| w.add_passphrase(&"b".to_owned().into(), Effort::TEST, "Eve")).unwrap();
    store.close().unwrap();
    let new = fs::read(&path).unwrap();
    let right = contents(&path);
    let (mut put_back, mut found) = (0, 0);
    for at in (ENVELOPE..old.len().min(new.len())).step_by(PAGE) {
        let page = at..at + PAGE;
        if old[page.clone()] == new[page.clone()] {
            continue;
        }
        let mut altered = new.clone();
        altered[page.clone()].copy_from_slice(&old[page]);
        let copy = dir.path().join("altered.khronika");
        fs::write(&copy, &altered).unwrap();
        put_back += 1;
        match is_found(&copy) {
            Some(_) => found += 1,
            // A page that was written anew with the same rows, or belongs to nothing any more.
            None => assert_eq!(contents(&copy), right, "the page at {at} was put back and not found"),
        }
    }
    assert!(put_back > 5 && found > 3, "{found} of {put_back}");
}

#[test]
fn a_file_that_was_put_back_is_found_by_whoever_kept_a_checkpoint() {
    let (_dir, path) = filled();
    let old = fs::read(&path).unwrap();
    let mut store = reopened(&path);
    add(&mut store, "later.txt", "fr", "Plus tard.");
    let kept = store.checkpoint().unwrap().into_bytes();
    let check = |store: &mut Store| store.verify(std::slice::from_ref(&kept), &mut |_| ()).unwrap().verdict();
    assert_eq!(check(&mut store), Verdict::Holds);
    add(&mut store, "latest.txt", "fr", "Plus tard encore.");
    assert_eq!(check(&mut store), Verdict::Holds, "the journal goes on from there");
    store.close().unwrap();
    fs::write(&path, old).unwrap();
    let mut store = reopened(&path);
    holds(&mut store);
    assert_eq!(check(&mut store), Verdict::Fails);
}

/// Runs SQL that somebody with the keys could run, and says what is found.
#[track_caller]
fn altered(what: &str, sql: &str) {
    let (_dir, path) = filled();
    let mut store = reopened(&path);
    store.connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    fails(&mut store, what);
}

#[test]
fn a_journal_that_was_altered_is_found() {
    altered("journal", "DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)");
    altered("journal", "DELETE FROM entry WHERE number = 5; UPDATE entry SET number = number - 1 WHERE number > 5");
    altered(
        "journal",
        "UPDATE entry SET number = -1 WHERE number = 4; UPDATE entry SET number = 4 WHERE number = 5; UPDATE entry SET number = 5 WHERE number = -1",
    );
    altered(
        "journal",
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '3.txt', '4.txt') AS BLOB) WHERE CAST(body AS TEXT) LIKE '%\"3.txt\"%'",
    );
    altered("journal", "UPDATE entry SET record = (SELECT record FROM entry WHERE number = 3) WHERE number = 4");
    altered("journal", "UPDATE entry SET kind = 'source.read' WHERE number = 3");
    altered("journal", "DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)");
    altered("journal", "UPDATE checkpoint SET size = 8 WHERE size = 7");
}

#[test]
fn an_entry_that_somebody_else_signed_is_found() {
    let (_dir, path) = filled();
    let mut store = reopened(&path);
    let stranger = crate::store::signer_of("stranger", &crate::key::random::<32>().unwrap()).unwrap();
    let mut entry = store.log(4, 1).unwrap().remove(0).entry;
    entry.key = stranger.public().clone();
    let record = entry.unsigned(store.case()).sign(&stranger).unwrap();
    store.connection.execute("UPDATE entry SET record = ?1 WHERE number = 4", params![record.as_bytes()]).unwrap();
    fails(&mut store, "journal");
}

#[test]
fn what_was_swapped_is_found() {
    altered("sources", "UPDATE piece SET chunk = 2 WHERE source = 1");
    altered("state", "UPDATE piece SET chunk = 2 WHERE source = 1");
    altered("sources", "UPDATE chunk SET packed = (SELECT packed FROM chunk WHERE id = 2) WHERE id = 1");
    altered(
        "sources",
        "DELETE FROM receipt WHERE source = 3; DELETE FROM text WHERE source = 3; DELETE FROM piece WHERE source = 3; DELETE FROM source WHERE id = 3",
    );
    altered("state", "DELETE FROM receipt WHERE source = 3");
    altered("texts", "UPDATE text SET words = (SELECT words FROM text WHERE id = 2) WHERE id = 1");
    altered(
        "index",
        "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', 1, (SELECT words FROM worded WHERE id = 1))",
    );
    altered("state", "UPDATE receipt SET name = 'other' WHERE source = 2");
    altered("state", "UPDATE person SET label = 'Eve'");
    altered("state", "UPDATE slot SET label = 'Eve'");
}
