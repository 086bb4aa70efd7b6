//! What was found is kept, and taken back only as it was kept, by whom it was kept.

use rusqlite::params;

use super::*;
use crate::{Cached, Error};

const PRINT: [u8; 32] = [7; 32];
const OTHER: [u8; 32] = [8; 32];

fn keep(store: &mut Store, source: i64, print: [u8; 32], bytes: &[u8]) {
    let found = [Cached { source, print, bytes: bytes.to_vec() }];
    store.write(now(), |write| write.keep_cached(&found)).unwrap();
}

fn cached(store: &Store, source: i64, print: [u8; 32]) -> Option<Vec<u8>> {
    store.cached(&[(source, print)]).remove(0)
}

/// A case with two papers, of which the first has something kept.
fn filled() -> (TempDir, PathBuf, Store) {
    let (dir, path, mut store) = case();
    for name in ["a.txt", "b.txt"] {
        add(&mut store, name, "en", &format!("The words of {name}."));
    }
    assert_eq!(
        store.cached(&[(1, PRINT), (2, PRINT)]),
        [None, None],
        "a case that keeps nothing yet, as those of before"
    );
    let before = store.size().unwrap();
    keep(&mut store, 1, PRINT, b"found in a");
    assert_eq!(store.size().unwrap(), before, "the journal says nothing of it");
    (dir, path, store)
}

#[test]
fn what_was_kept_comes_back_under_its_print_alone() {
    let (dir, path, mut store) = filled();
    let wanted = [(2, PRINT), (1, PRINT), (1, OTHER), (3, PRINT)];
    assert_eq!(store.cached(&wanted), [None, Some(b"found in a".to_vec()), None, None]);
    keep(&mut store, 1, OTHER, b"found anew");
    assert_eq!(store.cached(&wanted), [None, None, Some(b"found anew".to_vec()), None]);
    keep(&mut store, 2, PRINT, b"");
    holds(&mut store);
    let copy = dir.path().join("copy.khronika");
    store.backup(&copy, now()).unwrap();
    store.close().unwrap();
    for path in [path, copy] {
        let mut store = reopened(&path);
        assert_eq!(store.cached(&wanted), [Some(Vec::new()), None, Some(b"found anew".to_vec()), None]);
        holds(&mut store);
    }
}

#[test]
fn what_was_altered_is_passed_over() {
    for alter in [
        "UPDATE cached SET packed = CAST(packed || x'00' AS BLOB)",
        "UPDATE cached SET packed = substr(packed, 1, length(packed) - 1)",
        "UPDATE cached SET packed = x''",
        "UPDATE cached SET seal = zeroblob(32)",
        "UPDATE cached SET seal = x'00'",
        "UPDATE cached SET print = zeroblob(32)",
        "DELETE FROM cached",
        "DROP TABLE cached",
        "DROP TABLE cached; CREATE TABLE cached (other TEXT)",
    ] {
        let (_dir, _path, store) = filled();
        store.connection.execute_batch(alter).unwrap();
        assert_eq!(cached(&store, 1, PRINT), None, "{alter}");
    }
}

#[test]
fn nobody_puts_findings_before_others() {
    let (_dir, path, mut store) = filled();
    store.write(now(), |w| w.add_passphrase(&"eve's own words".to_owned().into(), Effort::TEST, "Eve")).unwrap();
    let adas = store.slot().to_owned();
    store.close().unwrap();
    let mut eve = Store::open(&path, &phrase("eve's own words")).unwrap();
    assert_eq!(cached(&eve, 1, PRINT), None, "before Eve has a key to sign with");
    keep(&mut eve, 1, PRINT, b"never found");
    assert_eq!(cached(&eve, 1, PRINT), Some(b"never found".to_vec()));
    // Eve can write what she likes into the database, but not seal it for Ada.
    let plant = "UPDATE cached SET (seal, packed) = (SELECT seal, packed FROM cached WHERE slot = ?1) WHERE slot <> ?1";
    assert_eq!(eve.connection.execute(plant, [eve.slot()]).unwrap(), 1);
    eve.close().unwrap();
    let mut ada = reopened(&path);
    assert_eq!(ada.slot(), adas);
    assert_eq!(cached(&ada, 1, PRINT), None);
    keep(&mut ada, 1, PRINT, b"found in a");
    assert_eq!(cached(&ada, 1, PRINT), Some(b"found in a".to_vec()));
    holds(&mut ada);
}

#[test]
fn what_was_found_stays_with_a_key_and_goes_with_it() {
    let (_dir, path, mut store) = filled();
    store.write(now(), |w| w.change_passphrase(&"other words".to_owned().into(), Effort::TEST)).unwrap();
    assert_eq!(cached(&store, 1, PRINT), Some(b"found in a".to_vec()));
    let bo = store.write(now(), |w| w.add_passphrase(&"bo's own words".to_owned().into(), Effort::TEST, "Bo")).unwrap();
    store.close().unwrap();
    let mut store = Store::open(&path, &phrase("bo's own words")).unwrap();
    keep(&mut store, 2, PRINT, b"found in b");
    store.close().unwrap();
    let mut store = Store::open(&path, &phrase("other words")).unwrap();
    let kept = |store: &Store| -> i64 {
        store
            .connection
            .query_row("SELECT count(*) FROM cached WHERE slot = ?1", params![bo], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(kept(&store), 1);
    store.write(now(), |w| w.remove_key(&bo)).unwrap();
    assert_eq!(kept(&store), 0);
    assert_eq!(cached(&store, 1, PRINT), Some(b"found in a".to_vec()));
    holds(&mut store);
}

#[test]
fn a_change_that_was_cut_off_keeps_nothing() {
    let (_dir, path, mut store) = filled();
    let found = [Cached { source: 2, print: PRINT, bytes: b"found in b".to_vec() }];
    let cut = store.write(now(), |write| {
        write.keep_cached(&found)?;
        Err::<(), _>(Error::refused("cut off"))
    });
    assert!(cut.is_err());
    assert_eq!(cached(&store, 2, PRINT), None);
    store.close().unwrap();
    let mut store = reopened(&path);
    assert_eq!(store.cached(&[(1, PRINT), (2, PRINT)]), [Some(b"found in a".to_vec()), None]);
    holds(&mut store);
}
