//! Nothing that is in a case stands readable on the disk.

use std::fs;

use base64::Engine as _;

use super::*;

#[test]
fn no_byte_that_is_left_on_the_disk_is_readable() {
    let (dir, _path, mut store) = case();
    let words = ["zimtstern-quokka", "Ёжиковская-отметина", "Қарлығаш-белгісі"];
    for (round, word) in words.iter().enumerate() {
        let text = format!("{word} ").repeat(2000 + round);
        add(&mut store, &format!("{word}.txt"), "ru", &text);
        store.search(word, &Default::default(), 10).unwrap();
        let found = crate::Cached { source: 1, print: [0; 32], bytes: text.into_bytes() };
        store.write(now(), |write| write.keep_cached(&[found])).unwrap();
    }
    // Large sorts, which would go to temporary files.
    store
        .connection
        .execute_batch("CREATE TEMP TABLE t AS SELECT words FROM worded; CREATE INDEX temp.i ON t (words);")
        .unwrap();
    store
        .write(now(), |w| w.add_passphrase(&"zimtstern-quokka".to_owned().into(), Effort::TEST, "zimtstern-quokka"))
        .unwrap();
    let mut needles: Vec<Vec<u8>> = Vec::new();
    for word in words {
        let half: String = word.chars().take(9).collect();
        for word in [word.to_owned(), word.to_uppercase(), half] {
            needles.push(word.as_bytes().to_vec());
            needles.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
            needles.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
            needles.push(base64::engine::general_purpose::STANDARD.encode(&word).into_bytes());
            needles.push(khronika_seal::digest::to_hex(word.as_bytes()).into_bytes());
        }
    }
    let mut looked_at = Vec::new();
    let mut look = |when: &str| {
        for file in fs::read_dir(dir.path()).unwrap() {
            let file = file.unwrap().path();
            let bytes = fs::read(&file).unwrap();
            looked_at.push(file.extension().unwrap().to_string_lossy().into_owned());
            for needle in &needles {
                let found = bytes.windows(needle.len()).any(|window| window == needle);
                assert!(!found, "{:?} stands in {} {when}", String::from_utf8_lossy(needle), file.display());
            }
        }
    };
    look("while the case is open");
    store.close().unwrap();
    look("after it was closed");
    looked_at.sort();
    assert_eq!(looked_at, ["khronika", "khronika", "khronika-shm", "khronika-wal"]);
}
