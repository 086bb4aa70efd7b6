//! What goes in comes out, and is told of.

use super::*;

#[test]
fn a_new_case_holds_and_is_one_file() {
    let (dir, path, mut store) = case();
    holds(&mut store);
    assert_eq!((store.name().unwrap().as_str(), store.size().unwrap()), ("The case", 3));
    store.close().unwrap();
    let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files, [path]);
}

#[test]
fn there_is_no_second_case_in_place_of_the_first() {
    let (_dir, path, store) = case();
    drop(store);
    let opener = phrase("x");
    let new = NewCase { name: "Other", opener: &opener, label: "Eve", effort: Effort::TEST };
    assert!(Store::create(&path, &new, now()).unwrap_err().to_string().contains("exists"));
    holds(&mut reopened(&path));
}

#[test]
fn the_log_that_another_case_left_is_not_played_into_a_new_one() {
    let (dir, path, mut store) = case();
    add(&mut store, "a.txt", "en", "Words of the first case.");
    // As after a crash, the log is left; then somebody takes the case itself away.
    let [_, log, _] = crate::files(&path);
    let left = std::fs::read(&log).unwrap();
    store.close().unwrap();
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&log, &left).unwrap();
    let opener = phrase("open sesame");
    let new = NewCase { name: "Other", opener: &opener, label: "Eve", effort: Effort::TEST };
    let refused = Store::create(&path, &new, now()).unwrap_err().to_string();
    assert!(refused.contains("a.khronika-wal") && refused.contains("exists"), "{refused}");
    let mut second = Store::create(&dir.path().join("b.khronika"), &new, now()).unwrap();
    let refused = second.backup(&path, now()).unwrap_err().to_string();
    assert!(refused.contains("a.khronika-wal"), "{refused}");
    assert!(!path.exists() && std::fs::read(&log).unwrap() == left, "nothing was touched");
    holds(&mut second);
}

#[test]
fn the_log_of_another_case_is_told_from_damage_and_not_played_in() {
    let (dir, path, mut store) = case();
    let other = dir.path().join("other.khronika");
    let opener = phrase("open sesame");
    let new = NewCase { name: "Other", opener: &opener, label: "Eve", effort: Effort::TEST };
    let mut second = Store::create(&other, &new, now()).unwrap();
    add(&mut second, "b.txt", "en", "Words of the other case.");
    let [_, log_of_other, _] = crate::files(&other);
    let [_, log, _] = crate::files(&path);
    let left = std::fs::read(&log_of_other).unwrap();
    second.close().unwrap();
    add(&mut store, "a.txt", "en", "Words of this case.");
    let own = std::fs::read(&log).unwrap();
    store.close().unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&log, &left).unwrap();
    let refused = Store::open(&path, &opener).unwrap_err();
    assert_eq!(refused.foreign_log(), log.to_str());
    assert!(!refused.is_damaged() && refused.to_string().contains("of another case"), "{refused}");
    assert!(std::fs::read(&path).unwrap() == whole && std::fs::read(&log).unwrap() == left, "nothing was touched");
    // A log that is cut short, or whose sums do not hold, is none for SQLite either: it is that of a change that was not finished.
    for cut in [&left[..20], &left[..4000]] {
        std::fs::write(&log, cut).unwrap();
        holds(&mut reopened(&path));
    }
    // Its own log, of an earlier moment, is taken as before.
    std::fs::write(&log, &own).unwrap();
    drop(reopened(&path));
}

#[test]
fn documents_of_any_length_come_out_as_they_went_in() {
    let (_dir, path, mut store) = case();
    let long: Vec<u8> =
        (0..3_000_001_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(3_000_001).collect();
    let documents: [&[u8]; 5] = [b"", b"a", &long[..1 << 20], &long[..(1 << 20) + 1], &long];
    let mut received = Vec::new();
    for document in documents {
        let prepared = Prepared::new(document).unwrap();
        received.push(store.write(now(), |w| w.receive(&prepared, &receipt("x"))).unwrap());
    }
    let streamed = store.write(now(), |w| w.receive_from(long.as_slice(), &receipt("again"))).unwrap();
    assert!(!streamed.is_new && streamed.source == received[4].source);
    store.close().unwrap();
    let mut store = reopened(&path);
    for (document, received) in documents.into_iter().zip(&received) {
        assert_eq!(store.source_bytes(received.source).unwrap(), document);
    }
    holds(&mut store);
}

#[test]
fn a_document_that_cannot_be_read_to_its_end_leaves_nothing_and_the_change_goes_on() {
    struct Broken(usize);
    impl std::io::Read for Broken {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let length = into.len().min(self.0);
            self.0 -= length;
            into[..length].fill(b'x');
            if length == 0 { Err(std::io::Error::other("the stick was pulled out")) } else { Ok(length) }
        }
    }
    let (_dir, _path, mut store) = case();
    let prepared = Prepared::new(b"whole").unwrap();
    let both = |w: &mut crate::Write<'_>| {
        let error = w.receive_from(Broken(3_000_000), &receipt("broken")).unwrap_err();
        assert!(error.to_string().contains("the stick was pulled out"), "{error}");
        w.receive(&prepared, &receipt("whole"))
    };
    store.write(now(), both).unwrap();
    let names: Vec<_> = store.sources().unwrap().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["whole"]);
    let pieces: i64 = store.connection.query_row("SELECT count(*) FROM chunk", [], |row| row.get(0)).unwrap();
    assert_eq!(pieces, 1);
    holds(&mut store);
}

#[test]
fn the_same_bytes_are_one_source_with_two_receipts() {
    let (_dir, _path, mut store) = case();
    let first = add(&mut store, "a.txt", "en", "The same words.");
    let second = add(&mut store, "folder/b.txt", "en", "The same words.");
    assert!(first.is_new && !second.is_new);
    let sources = store.sources().unwrap();
    assert_eq!((sources.len(), sources[0].receipts, sources[0].name.as_str()), (1, 2, "a.txt"));
    let about = format!("sha256:{}", khronika_seal::digest::to_hex(&first.sha256));
    let kinds: Vec<_> = store.log_about(&about).unwrap().into_iter().map(|l| l.entry.kind).collect();
    assert_eq!(kinds, ["source.received", "source.read", "source.received"]);
    assert_eq!(store.find_source("folder/b.txt").unwrap().id, first.source);
    assert_eq!(store.find_source(&sources[0].name_id()).unwrap().id, first.source);
    assert!(store.find_source("c.txt").is_err());
}

#[test]
fn an_attachment_points_to_its_letter() {
    let (_dir, _path, mut store) = case();
    let letter = add(&mut store, "letter.eml", "en", "See the attachment.");
    let attached = Receipt {
        parent: Some(letter.sha256),
        from: Some("Dreyfus, M.".into()),
        how: Some("by e-mail".into()),
        consent: Some("may be shown to counsel".into()),
        restriction: Some("not to be published".into()),
        modified: Some(at("1899-06-03T10:00:00Z")),
        ..receipt("order.pdf")
    };
    let prepared = Prepared::new(b"%PDF-").unwrap();
    let received = store.write(now(), |w| w.receive(&prepared, &attached)).unwrap();
    assert_eq!(store.find_source("order.pdf").unwrap().parent, Some(letter.source));
    let logged = store.log(received.entry, 1).unwrap().remove(0);
    assert_eq!(logged.details["consent"], "may be shown to counsel");
    assert_eq!(logged.details["modified"], "1899-06-03T10:00:00Z");
    let orphan = Receipt { parent: Some([0; 32]), ..receipt("x") };
    assert!(store.write(now(), |w| w.receive(&prepared, &orphan)).is_err());
    holds(&mut store);
}

#[test]
fn a_better_reading_replaces_the_words_that_are_searched_and_no_text_is_lost() {
    let (_dir, _path, mut store) = case();
    let received = add(&mut store, "a.txt", "en", "Appael");
    let better = PreparedText::new("en", "Appeal", b"{}").unwrap();
    let again = |w: &mut crate::Write<'_>| w.keep_text(&received.sha256, "better", &better);
    assert!(store.write(now(), again).unwrap());
    assert!(!store.write(now(), again).unwrap(), "nothing new");
    assert_eq!(store.text(received.source).unwrap().unwrap().text, "Appeal");
    assert_eq!(store.search("appeal", &Default::default(), 5).unwrap().count, 1);
    assert_eq!(store.search("appael", &Default::default(), 5).unwrap().count, 0);
    holds(&mut store);
}

#[test]
fn a_change_that_fails_leaves_nothing() {
    let (_dir, _path, mut store) = case();
    let before = store.size().unwrap();
    let failed: crate::Result<()> = store.write(now(), |write| {
        write.receive(&Prepared::new(b"half").unwrap(), &receipt("half"))?;
        Err(crate::Error::refused("enough"))
    });
    assert!(failed.is_err());
    assert_eq!((store.size().unwrap(), store.sources().unwrap().len()), (before, 0));
    holds(&mut store);
}

#[test]
fn the_order_of_entries_does_not_follow_a_clock_that_goes_back() {
    let (_dir, _path, mut store) = case();
    for time in ["2026-11-30T09:00:05Z", "2001-01-01T00:00:00Z", "2026-11-30T09:00:06Z"] {
        let prepared = Prepared::new(time.as_bytes()).unwrap();
        store.write(at(time), |w| w.receive(&prepared, &receipt(time))).unwrap();
    }
    let times: Vec<_> = store.log(3, 9).unwrap().into_iter().map(|l| l.entry.time.to_string()).collect();
    assert_eq!(times, ["2026-11-30T09:00:05Z", "2001-01-01T00:00:00Z", "2026-11-30T09:00:06Z"]);
    let verified = store.verify(&[], &mut |_| ()).unwrap();
    assert_eq!(verified.verdict(), Verdict::Holds);
    assert!(verified.checks.iter().any(|check| check.found.contains("the clock went back 1 times")));
}

#[test]
fn a_second_process_waits_and_then_says_why_not() {
    let (_dir, path, mut store) = case();
    // The claim is of this process; another one has none, as here.
    let other = store.second_connection(std::time::Duration::from_millis(50));
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store.connection.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let prepared = Prepared::new(b"x").unwrap();
    let error = store.write(now(), |w| w.receive(&prepared, &receipt("x"))).unwrap_err();
    assert!(error.is_busy(), "{error}");
    assert_eq!(store.sources().unwrap().len(), 0, "reading goes on meanwhile");
    other.execute_batch("ROLLBACK").unwrap();
    store.write(now(), |w| w.receive(&prepared, &receipt("x"))).unwrap();
    assert!(Store::open(&path, &phrase("open sesame")).unwrap_err().is_busy());
}

#[test]
fn a_case_is_worked_on_beside_itself() {
    let (_dir, path, mut store) = case();
    add(&mut store, "a.txt", "en", "First words.");
    let mut beside = store.again().unwrap();
    beside.connection.execute_batch("BEGIN").unwrap();
    assert_eq!(beside.sources().unwrap().len(), 1);
    add(&mut store, "b.txt", "en", "Second letters.");
    assert_eq!(beside.sources().unwrap().len(), 1, "long work has one view of the case");
    beside.connection.execute_batch("COMMIT").unwrap();
    holds(&mut beside);
    add(&mut beside, "c.txt", "en", "Third paragraphs.");
    assert_eq!(store.search("paragraph", &Default::default(), 5).unwrap().count, 1);
    store.close().unwrap();
    // What is still at work keeps the case open, and goes on.
    assert!(Store::open(&path, &phrase("open sesame")).unwrap_err().is_busy());
    add(&mut beside, "d.txt", "en", "Fourth pages.");
    holds(&mut beside);
    beside.close().unwrap();
    let mut store = reopened(&path);
    assert_eq!(store.sources().unwrap().len(), 4);
    holds(&mut store);
}

#[test]
fn a_copy_is_the_same_case() {
    let (dir, path, mut store) = case();
    let received = add(&mut store, "a.txt", "en", "Copied words.");
    let copy = dir.path().join("copy.khronika");
    store.backup(&copy, now()).unwrap();
    assert!(store.backup(&copy, now()).is_err(), "nothing is replaced");
    let size = store.log(0, 99).unwrap().iter().position(|l| l.entry.kind == "case.copied").unwrap() as u64 + 1;
    store.close().unwrap();
    let mut copied = reopened(&copy);
    holds(&mut copied);
    assert_eq!(copied.size().unwrap(), size);
    assert_eq!(copied.source_bytes(received.source).unwrap(), b"Copied words.");
    assert_eq!(copied.search("copy", &Default::default(), 5).unwrap().count, 1);
    // What is in neither file: the first bytes of the database are random.
    let (one, two) = (std::fs::read(&path).unwrap(), std::fs::read(&copy).unwrap());
    assert_ne!(one[crate::envelope::ENVELOPE..][..16], two[crate::envelope::ENVELOPE..][..16]);
}

#[test]
fn the_many_entries_of_a_change_stand_in_their_order_whichever_thread_signed_them() {
    let receive = |store: &mut Store, from: usize| {
        let document = Prepared::new(b"the same words").unwrap();
        let receive = |write: &mut crate::Write<'_>| {
            (from..from + 1000)
                .map(|n| write.receive(&document, &receipt(&n.to_string())))
                .collect::<crate::Result<_>>()
        };
        let received: Vec<Received> = store.write(now(), receive).unwrap();
        assert!(received.array_windows().all(|[a, b]| b.entry == a.entry + 1));
    };
    let (_dir, path, mut store) = case();
    receive(&mut store, 0);
    // A thread that the only thread of a pool would have to wait for.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    store = alone.install(move || {
        receive(&mut store, 1000);
        store
    });
    assert_eq!(store.size().unwrap(), 3 + 2000);
    store.close().unwrap();
    holds(&mut reopened(&path));
}

#[test]
fn a_change_with_an_entry_that_cannot_be_signed_is_not_made() {
    let (_dir, path, mut store) = case();
    let about = |n: usize| vec![if n == 7 { "a\nkind other".to_owned() } else { format!("f-{n}") }];
    let judge = |write: &mut crate::Write<'_>| {
        (0..500).try_for_each(|n| write.judge("confirm", &about(n), crate::Details::new()).map(drop))
    };
    assert!(store.write(now(), judge).unwrap_err().to_string().contains("would not be read back"));
    assert_eq!(store.size().unwrap(), 3, "nothing of it");
    add(&mut store, "a.txt", "en", "What is whole goes in.");
    store.close().unwrap();
    holds(&mut reopened(&path));
}
