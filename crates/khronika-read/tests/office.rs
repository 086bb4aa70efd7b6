//! Office documents as other programs write them, and the bodies of the fuzz targets on a stable compiler, over such files that were
//! changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-read --test office -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/office.rs"]
mod bodies;
#[path = "../../../fuzz/mutate.rs"]
mod mutate;

use khronika_core::{BlockKind, MarkKind, ProblemKind};
use khronika_data::Dataset;
use khronika_read::rendition::Limits;
use khronika_read::{Kind, ReadOptions, Reader, format};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Good files of every kind, and the members of those that are packages; one that is locked.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut all = vec![include_bytes!("locked/letter.odt").to_vec()];
    for (_, bytes) in files() {
        let members = members(&bytes);
        all.push(bytes);
        all.extend(members.into_iter().filter(|member| (1..100_000).contains(&member.len())));
    }
    all
});

/// What is in a package, unpacked.
fn members(bytes: &[u8]) -> Vec<Vec<u8>> {
    let number = |at: usize, len: usize| {
        bytes[at..at + len].iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    memchr::memmem::find_iter(bytes, b"PK\x01\x02")
        .map(|at| {
            let (packed, header) = (number(at + 20, 4), number(at + 42, 4));
            let data = header + 30 + number(header + 26, 2) + number(header + 28, 2);
            let packed = &bytes[data..data + packed];
            if number(at + 10, 2) == 0 {
                packed.to_vec()
            } else {
                miniz_oxide::inflate::decompress_to_vec(packed).unwrap()
            }
        })
        .collect()
}

fn changed(seed: u64) -> Vec<u8> {
    mutate::mutated(&CORPUS, seed, [0, b'<', b'>', b'/', b'"', b'{', b'}', b'\\'], usize::MAX)
}

fn all(bytes: &[u8]) {
    for (_, body) in bodies::ALL {
        body(bytes);
    }
}

#[test]
fn documents_as_other_programs_write_them() {
    let mut out = String::new();
    for (path, bytes) in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.extensions().iter().any(|e| name.ends_with(&format!(".{e}"))))
            .unwrap();
        out.push_str(&format!("{name}\n"));
        let seen = match format::parse(kind, &bytes, Limits::default()) {
            Ok(seen) => seen,
            Err(refusal) => {
                out.push_str(&format!("  {refusal}\n"));
                continue;
            }
        };
        assert_eq!(seen.check(), Ok(()));
        for part in &seen.parts {
            let words = part.span.of(&seen.text).replace('\t', "⇥").replace('\n', "⏎");
            out.push_str(&format!("{:>12} | {words}\n", part.role.name()));
        }
        for mark in &seen.layout.marks {
            let words: String = mark.span.of(&seen.text).chars().take(50).collect();
            let said: Vec<&str> =
                [&mark.author, &mark.date, &mark.note].into_iter().flatten().map(String::as_str).collect();
            out.push_str(&format!("{:>12} : {words} ({})\n", mark.kind.name(), said.join("; ")));
        }
        for remark in &seen.remarks {
            out.push_str(&format!("      remark : {:?}: {}\n", remark.kind, remark.what));
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn what_was_taken_out_is_in_the_text_and_in_no_sentence() {
    let reader = Reader::new(&Dataset::embedded()).unwrap();
    for (path, bytes) in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let tracked = ["docx", "odt", "rtf"].iter().any(|extension| name.ends_with(extension));
        let (source, problems) = reader.read_bytes(&name, &bytes, &ReadOptions::default()).unwrap();
        let deleted: Vec<_> = source.layout.marks.iter().filter(|mark| mark.kind == MarkKind::Deleted).collect();
        assert_eq!(deleted.len(), usize::from(tracked), "{name}");
        for mark in deleted {
            assert_eq!(mark.author.as_deref(), Some("Du Paty"));
            let around: Vec<_> = source.blocks.iter().filter(|block| block.span.overlaps(mark.span)).collect();
            assert!(matches!(around.as_slice(), [block] if block.kind == BlockKind::Furniture), "{name}: {around:?}");
        }
        let hidden = source.layout.marks.iter().any(|mark| mark.kind == MarkKind::Hidden);
        assert_eq!(hidden, problems.iter().any(|problem| problem.kind == ProblemKind::Suspicious), "{name}");
    }
}

#[test]
fn no_body_falls_over_the_corpus_nor_over_its_pieces() {
    for bytes in CORPUS.iter() {
        all(bytes);
        for end in (0..bytes.len()).step_by(bytes.len() / 10 + 1) {
            all(&bytes[..end]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_falls_over_changed_files(seed in any::<u64>()) {
        all(&changed(seed));
    }

    #[test]
    fn no_body_falls_over_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        all(&bytes);
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    mutate::for_a_while(&bodies::ALL, changed);
}
