//! Who can open a case, and whose signature stands under what.

use age::x25519::Identity;

use super::*;

#[test]
fn several_people_open_one_case_and_each_signs_for_themselves() {
    let (_dir, path, mut store) = case();
    let identity = Identity::generate();
    let recipient = identity.to_public().to_string();
    store.write(now(), |w| w.add_recipient(&recipient, "Boris")).unwrap();
    store.write(now(), |w| w.add_passphrase(&"third".to_owned().into(), Effort::TEST, "Cem")).unwrap();
    add(&mut store, "a.txt", "en", "From Ada.");
    store.close().unwrap();
    for opener in [Opener::Identities(vec![identity]), phrase("third")] {
        let mut store = Store::open(&path, &opener).unwrap();
        let text = format!("From {}.", store.slot());
        assert!(store.log(0, 99).unwrap().iter().all(|logged| logged.entry.key.name() != store.own_name()));
        add(&mut store, "b.txt", "en", &text);
        let last = store.log_of("source.received").unwrap().pop().unwrap();
        assert_eq!(last.entry.key.name(), store.own_name());
        holds(&mut store);
        store.close().unwrap();
    }
    let store = reopened(&path);
    let signers: Vec<_> = store
        .log_of("source.received")
        .unwrap()
        .iter()
        .map(|logged| store.label(&logged.entry.key).unwrap().unwrap())
        .collect();
    assert_eq!(signers, ["Ada", "Boris", "Cem"]);
    let keys = store.keys().unwrap();
    assert_eq!(keys.iter().filter(|key| key.signing.len() == 1).count(), 3);
    assert_eq!(store.people().unwrap().len(), 3);
}

#[test]
fn a_key_that_was_removed_opens_no_more() {
    let (_dir, path, mut store) = case();
    let id = store.write(now(), |w| w.add_passphrase(&"other".to_owned().into(), Effort::TEST, "Eve")).unwrap();
    store.close().unwrap();
    Store::open(&path, &phrase("other")).unwrap().close().unwrap();
    let mut store = reopened(&path);
    let own = store.slot().to_owned();
    assert!(store.write(now(), |w| w.remove_key(&own)).is_err(), "not the one in use");
    assert!(store.write(now(), |w| w.remove_key("nonsense")).is_err());
    store.write(now(), |w| w.remove_key(&id)).unwrap();
    holds(&mut store);
    store.close().unwrap();
    assert!(Store::open(&path, &phrase("other")).unwrap_err().is_wrong_key());
}

#[test]
fn a_new_passphrase_keeps_the_signing_key() {
    let (_dir, path, mut store) = case();
    let before = store.people().unwrap();
    let more = Effort { memory: 128, ..Effort::TEST };
    store.write(now(), |w| w.change_passphrase(&"better".to_owned().into(), more)).unwrap();
    add(&mut store, "a.txt", "en", "The case is still open.");
    let cut_off: crate::Result<()> = store.write(now(), |w| {
        w.change_passphrase(&"better".to_owned().into(), more)?;
        Err(crate::Error::refused("the lights went out"))
    });
    assert!(cut_off.is_err());
    add(&mut store, "b.txt", "en", "And still.");
    store.close().unwrap();
    assert!(Store::open(&path, &phrase("open sesame")).unwrap_err().is_wrong_key());
    let mut store = Store::open(&path, &phrase("better")).unwrap();
    add(&mut store, "c.txt", "en", "Still me.");
    assert_eq!(store.people().unwrap(), before);
    holds(&mut store);
}

#[test]
fn a_change_of_keys_that_was_cut_off_before_the_journal_had_it_is_mended() {
    let (_dir, path, mut store) = case();
    let failed: crate::Result<()> = store.write(now(), |w| {
        w.add_passphrase(&"other".to_owned().into(), Effort::TEST, "Eve")?;
        Err(crate::Error::refused("the lights went out"))
    });
    assert!(failed.is_err());
    fails(&mut store, "envelope");
    add(&mut store, "a.txt", "en", "Going on.");
    holds(&mut store);
    assert_eq!(store.log_of("key.recovered").unwrap().len(), 1);
    assert_eq!(store.keys().unwrap().len(), 2);
    store.close().unwrap();
    Store::open(&path, &phrase("other")).unwrap();
}

#[test]
fn an_envelope_that_was_put_back_is_found_and_not_written_over() {
    let (_dir, path, mut store) = case();
    let old = std::fs::read(&path).unwrap();
    let id = store.write(now(), |w| w.add_passphrase(&"other".to_owned().into(), Effort::TEST, "Eve")).unwrap();
    store.write(now(), |w| w.remove_key(&id)).unwrap();
    store.close().unwrap();
    let mut file = std::fs::read(&path).unwrap();
    file[..crate::envelope::ENVELOPE].copy_from_slice(&old[..crate::envelope::ENVELOPE]);
    std::fs::write(&path, file).unwrap();
    let mut store = reopened(&path);
    fails(&mut store, "envelope");
    assert!(store.write(now(), |w| w.receive(&Prepared::new(b"x").unwrap(), &receipt("x"))).unwrap_err().is_damaged());
}

#[test]
fn what_is_no_case_is_told_apart_from_a_wrong_key() {
    let (dir, path, store) = case();
    drop(store);
    assert!(Store::open(&path, &phrase("wrong")).unwrap_err().is_wrong_key());
    let other = dir.path().join("diary.txt");
    std::fs::write(&other, "Dear diary").unwrap();
    assert!(Store::open(&other, &phrase("wrong")).unwrap_err().is_not_a_case());
    assert!(Store::open(&dir.path().join("nothing"), &phrase("wrong")).unwrap_err().to_string().contains("nothing"));
}
