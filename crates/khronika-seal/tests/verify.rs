//! One entry for every kind of proof: what it says with what the user brings, without it, and of what was altered.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::Verdict;
use khronika_seal::age::{Identity, Recipients, encrypt};
use khronika_seal::bag::BagWriter;
use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::digest::{from_hex, to_hex};
use khronika_seal::note::{KeyKind, SignerKey};
use khronika_seal::ots::BlockHeader;
use khronika_seal::proof::TlogProof;
use khronika_seal::sign::{MinisignKey, MinisignSignature, SecretKey};
use khronika_seal::stamp::Certificates;
use khronika_seal::tiles::log_files;
use khronika_seal::tree::{Tree, consistency_proof, inclusion_proof, leaf_hash};
use khronika_seal::verify::{Given, ProofKind, Report, verify};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn log_key() -> SignerKey {
    SignerKey::from_seed("case.example/log", KeyKind::Ed25519, &[1; 32]).unwrap()
}

fn sign_key() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

/// Who has all keys.
fn knows_all() -> Given {
    Given {
        note_keys: vec![log_key().public().clone()],
        minisign_keys: vec![MinisignKey::of(sign_key().public())],
        origin: Some("case.example/log".to_owned()),
        ..Given::default()
    }
}

const LETTER: &[u8] = b"Dear Sir";

/// The entries of a small log; the second is of the letter.
fn entries() -> Vec<Vec<u8>> {
    (0..300u32)
        .map(|i| {
            if i == 1 {
                format!("received {}", to_hex(&Sha256::digest(LETTER))).into_bytes()
            } else {
                i.to_string().into_bytes()
            }
        })
        .collect()
}

fn tree(size: usize) -> Tree {
    entries().iter().take(size).map(|entry| leaf_hash(entry)).collect()
}

fn note(size: usize) -> String {
    let tree = tree(size);
    Checkpoint::new("case.example/log", tree.size(), tree.root()).sign(&[&log_key()]).unwrap().to_string()
}

/// A sealed case, as an export writes it.
fn sealed(folder: &Path) {
    let mut bag = BagWriter::create(folder).unwrap();
    bag.add("data/sources/letter.txt", LETTER).unwrap();
    // Proofs of others that were received as evidence say nothing of the bag.
    bag.add("data/sources/contract.pdf.ots", &b"damaged"[..]).unwrap();
    let tree = tree(300);
    let hashes = inclusion_proof(&tree, 1, 300).unwrap();
    let proof = TlogProof { extra: Some(entries()[1].clone()), index: 1, hashes, checkpoint: note(300) };
    bag.add("proofs/sources/letter.txt.tlog-proof", proof.to_string().as_bytes()).unwrap();
    for file in log_files(&tree, 300, |i| Ok(entries()[usize::try_from(i).unwrap()].clone())) {
        let (path, bytes) = file.unwrap();
        bag.add(&format!("log/{path}"), bytes.as_slice()).unwrap();
    }
    bag.add("log/checkpoint", note(300).as_bytes()).unwrap();
    let sign = |tags: &[u8]| {
        Ok(vec![(
            ".minisig".to_owned(),
            MinisignSignature::sign(&sign_key(), tags, "a sealed case")?.to_string().into_bytes(),
        )])
    };
    bag.finish(&[("Bag-Software-Agent", "khronika 0.1.0")], sign).unwrap();
}

fn verdicts(report: &Report) -> Vec<(&'static str, Verdict)> {
    report.statements.iter().map(|s| (s.check, s.verdict)).collect()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_sealed_case() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    sealed(&case);
    let report = verify(&case, &knows_all());
    assert_eq!((report.kind, report.verdict()), (ProofKind::Bag, Verdict::Holds), "{:#?}", report.statements);
    for check in ["bag", "signature", "origin", "entries", "inclusion", "digest"] {
        assert!(verdicts(&report).contains(&(check, Verdict::Holds)), "{check}: {:#?}", report.statements);
    }
    let json = report.to_json();
    assert_eq!((json["kind"].as_str(), json["verdict"].as_str()), (Some("bag"), Some("holds")));
    // Who has no key is told that the bag is whole, and that nobody vouches for it.
    let report = verify(&case, &Given::default());
    assert_eq!(report.verdict(), Verdict::CannotJudge);
    assert_eq!(report.verdict().exit_code(), 2);
    assert!(verdicts(&report).contains(&("bag", Verdict::Holds)));
    assert!(!verdicts(&report).iter().any(|(_, verdict)| *verdict == Verdict::Fails));
}

/// Whoever alters a bag and writes its manifests anew is found by the signatures.
#[test]
fn a_case_that_was_sealed_again_by_another() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    let mut bag = BagWriter::create(&case).unwrap();
    bag.add("data/sources/letter.txt", &b"Dear Madam"[..]).unwrap();
    let stranger = SecretKey::from_seed(&[9; 32]);
    let sign = |tags: &[u8]| {
        Ok(vec![(
            ".minisig".to_owned(),
            MinisignSignature::sign(&stranger, tags, "a sealed case")?.to_string().into_bytes(),
        )])
    };
    bag.finish(&[("Bag-Software-Agent", "khronika 0.1.0")], sign).unwrap();
    let report = verify(&case, &knows_all());
    assert_eq!(report.verdict(), Verdict::Fails, "{:#?}", report.statements);
    assert!(report.statements.iter().any(|s| s.check == "signer" && s.path.ends_with(".minisig")));
    // Nor does it help to claim the key of the other.
    let name = case.join("tagmanifest-sha512.txt.minisig");
    let good = MinisignSignature::sign(&sign_key(), &b"other tags"[..], "a sealed case").unwrap();
    fs::write(&name, good.to_string()).unwrap();
    assert_eq!(verify(&case, &knows_all()).verdict(), Verdict::Fails);
    // Nor to take the signature away.
    fs::remove_file(&name).unwrap();
    let report = verify(&case, &knows_all());
    assert!(
        report.statements.iter().any(|s| s.check == "signer" && s.verdict == Verdict::Fails),
        "{:#?}",
        report.statements
    );
}

/// What was left out stays provable, older checkpoints are vouched for by the entries, and one key is enough for all of it.
#[test]
fn a_case_without_an_original_and_with_an_older_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let seal = |name: &str, original: &[u8], older: &str| {
        let case = folder.path().join(name);
        let mut bag = BagWriter::create(&case).unwrap();
        bag.add("data/sources/letter.txt", &b"Dear \xe2\x96\x88"[..]).unwrap();
        let tree = tree(300);
        let hashes = inclusion_proof(&tree, 1, 300).unwrap();
        let proof = TlogProof { extra: Some(entries()[1].clone()), index: 1, hashes, checkpoint: note(300) };
        let name = format!("proofs/originals/{}.tlog-proof", to_hex(&Sha256::digest(original)));
        bag.add(&name, proof.to_string().as_bytes()).unwrap();
        for file in log_files(&tree, 300, |i| Ok(entries()[usize::try_from(i).unwrap()].clone())) {
            let (path, bytes) = file.unwrap();
            bag.add(&format!("log/{path}"), bytes.as_slice()).unwrap();
        }
        bag.add("log/checkpoint", note(300).as_bytes()).unwrap();
        bag.add("proofs/checkpoints/17.checkpoint", older.as_bytes()).unwrap();
        bag.finish(&[("Bag-Software-Agent", "khronika 0.1.0")], |_| Ok(Vec::new())).unwrap();
        case
    };
    // By the key of another, and yet what the log was.
    let other = SignerKey::from_seed("k-other", KeyKind::Ed25519, &[7; 32]).unwrap();
    let older = |size: usize, origin: &str| {
        let tree = tree(size);
        Checkpoint::new(origin, tree.size(), tree.root()).sign(&[&other]).unwrap().to_string()
    };
    let one =
        Given { minisign_keys: vec![MinisignKey::of(SecretKey::from_seed(&[1; 32]).public())], ..Given::default() };
    let good = seal("good", LETTER, &older(17, "case.example/log"));
    let report = verify(&good, &one);
    let wrong: Vec<_> =
        report.statements.iter().filter(|s| s.verdict != Verdict::Holds && s.check != "signer").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(verdicts(&report).contains(&("consistency", Verdict::Holds)), "{:#?}", report.statements);
    assert!(report.statements.iter().any(|s| s.check == "signature" && s.path == "log/checkpoint"));
    assert!(report.statements.iter().any(|s| s.check == "digest" && s.path.starts_with("proofs/originals/")));

    let swapped = verify(&seal("swapped", b"Dear Madam", &older(17, "case.example/log")), &one);
    assert!(verdicts(&swapped).contains(&("digest", Verdict::Fails)), "{:#?}", swapped.statements);
    let wrong = Checkpoint::new("case.example/log", 17, tree(18).root()).sign(&[&other]).unwrap().to_string();
    let wrong = verify(&seal("wrong", LETTER, &wrong), &one);
    assert!(verdicts(&wrong).contains(&("consistency", Verdict::Fails)), "{:#?}", wrong.statements);
}

/// A thousand bits, spread over every file of a sealed case: each is found, and the file named.
#[test]
fn any_flipped_bit_of_a_sealed_case_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    sealed(&case);
    let (paths, given) = (files(&case), knows_all());
    let all: usize = paths.iter().map(|path| 8 * fs::read(path).unwrap().len()).sum();
    let (mut from, mut flipped) = (0, 0);
    for path in &paths {
        let good = fs::read(path).unwrap();
        for bit in
            (0..8 * good.len()).filter(|bit| (from + bit) % (all / 1000) == 0 || (good.len() < 600 && bit % 61 == 0))
        {
            let mut bytes = good.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            fs::write(path, &bytes).unwrap();
            let report = verify(&case, &given);
            let name = path.strip_prefix(&case).unwrap().display().to_string();
            let named = |s: &khronika_seal::verify::Statement| {
                s.verdict == Verdict::Fails && (s.path.contains(&name) || name.contains(&s.path))
            };
            // A changed name in a manifest shows as the file that is missing.
            let of_manifest = name.contains("manifest-");
            let found = report.verdict() == Verdict::Fails && (of_manifest || report.statements.iter().any(named));
            assert!(found, "bit {bit} of {name}: {:#?}", report.statements);
            flipped += 1;
        }
        fs::write(path, &good).unwrap();
        from += 8 * good.len();
    }
    assert!(flipped >= 1000, "{flipped}");
}

#[test]
fn a_log_and_an_older_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    for file in log_files(&tree(300), 300, |i| Ok(entries()[usize::try_from(i).unwrap()].clone())) {
        let (path, bytes) = file.unwrap();
        fs::create_dir_all(folder.path().join(&path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(&path), bytes).unwrap();
    }
    fs::write(folder.path().join("checkpoint"), note(300)).unwrap();
    let ask = |older: &str, path: &Path, consistency| {
        let given = Given { older: Some(older.as_bytes().to_vec()), consistency, ..knows_all() };
        let report = verify(path, &given);
        (report.verdict(), report.statements.iter().find(|s| s.check == "consistency").map(|s| s.verdict))
    };
    for size in [0, 1, 255, 256, 299, 300] {
        assert_eq!(ask(&note(size), folder.path(), None), (Verdict::Holds, Some(Verdict::Holds)), "{size}");
    }
    // A log that was rewritten, one that was cut, another one.
    let other: Tree = (0..20u8).map(|i| leaf_hash(&[i])).collect();
    let rewritten = Checkpoint::new("case.example/log", 20, other.root()).sign(&[&log_key()]).unwrap().to_string();
    assert_eq!(ask(&rewritten, folder.path(), None).1, Some(Verdict::Fails));
    fs::write(folder.path().join("x.checkpoint"), note(200)).unwrap();
    let alone = folder.path().join("x.checkpoint");
    assert_eq!(ask(&note(300), &alone, None).1, Some(Verdict::Fails));
    assert_eq!(ask(&note(100).replace("case.example", "another.example"), &alone, None).1, Some(Verdict::Fails));
    // A checkpoint alone needs a proof.
    assert_eq!(ask(&note(100), &alone, None), (Verdict::CannotJudge, Some(Verdict::CannotJudge)));
    let proof = consistency_proof(&tree(200), 100, 200).unwrap();
    assert_eq!(ask(&note(100), &alone, Some(proof.clone())), (Verdict::Holds, Some(Verdict::Holds)));
    assert_eq!(ask(&note(101), &alone, Some(proof)).1, Some(Verdict::Fails));
}

#[test]
fn single_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name)
    };
    let letter = write("letter.txt", LETTER);
    let given = knows_all();

    // A receipt, and one of another file.
    let proof = TlogProof {
        extra: Some(entries()[1].clone()),
        index: 1,
        hashes: inclusion_proof(&tree(300), 1, 300).unwrap(),
        checkpoint: note(300),
    };
    let receipt = write("letter.txt.tlog-proof", proof.to_string().as_bytes());
    let report = verify(&receipt, &given);
    assert_eq!((report.kind, report.verdict()), (ProofKind::TlogProof, Verdict::Holds), "{:#?}", report.statements);
    write("other.txt", b"another");
    let other = write("other.txt.tlog-proof", proof.to_string().as_bytes());
    assert_eq!(verify(&other, &given).verdict(), Verdict::Fails);
    assert_eq!(verify(&other, &Given { subject: Some(letter.clone()), ..knows_all() }).verdict(), Verdict::Holds);
    let alone = write("gone.txt.tlog-proof", proof.to_string().as_bytes());
    assert_eq!(verify(&alone, &given).verdict(), Verdict::CannotJudge);

    // A signature.
    let signature = MinisignSignature::sign(&sign_key(), LETTER, "a letter").unwrap().to_string();
    let signed = write("letter.txt.minisig", signature.as_bytes());
    assert_eq!(
        (verify(&signed, &given).kind, verify(&signed, &given).verdict()),
        (ProofKind::Minisign, Verdict::Holds)
    );
    assert_eq!(verify(&signed, &Given::default()).verdict(), Verdict::CannotJudge);
    let damaged = write("letter.txt.minisig", b"untrusted comment: x\n");
    assert_eq!(verify(&damaged, &given).verdict(), Verdict::Fails);

    // A time stamp.
    let vectors: Value = serde_json::from_str(include_str!("vectors/stamps.json")).unwrap();
    let of = |row: &Value, field: &str| STANDARD.decode(row[field].as_str().unwrap()).unwrap();
    write("stamped", &of(&vectors, "file"));
    let stamp = write("stamped.tsr", &of(&vectors["stamps"][0], "tsr"));
    let roots = Certificates::parse(&of(&vectors["stamps"][0], "root")).unwrap();
    let nonce = from_hex(vectors["nonce"].as_str().unwrap());
    let report = verify(&stamp, &Given { roots: roots.clone(), nonce, ..Given::default() });
    assert_eq!((report.kind, report.verdict()), (ProofKind::TimeStamp, Verdict::Holds), "{:#?}", report.statements);
    assert_eq!(verify(&stamp, &Given::default()).verdict(), Verdict::CannotJudge);
    assert_eq!(
        verify(&stamp, &Given { subject: Some(letter.clone()), roots, ..Given::default() }).verdict(),
        Verdict::Fails
    );

    // A path to a block.
    let transaction = from_hex("01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000").unwrap();
    let digest = Sha256::digest(&transaction);
    let ots = [
        b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08",
        digest.as_slice(),
        b"\x08\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x00",
    ]
    .concat();
    write("first", &transaction);
    let ots = write("first.ots", &ots);
    assert_eq!(
        (verify(&ots, &given).kind, verify(&ots, &given).verdict()),
        (ProofKind::OpenTimestamps, Verdict::CannotJudge)
    );
    let header = BlockHeader::parse(b"0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c").unwrap();
    let report = verify(&ots, &Given { blocks: vec![(0, header)], ..Given::default() });
    assert_eq!(report.verdict(), Verdict::Holds, "{:#?}", report.statements);
    assert!(report.statements.iter().any(|s| s.says.contains("2009-01-03T18:15:05Z")), "{:#?}", report.statements);

    // Something encrypted.
    let (key, mut sealed) = (Identity::generate(), Vec::new());
    encrypt(&Recipients::Keys(vec![key.recipient().unwrap()]), false, LETTER, &mut sealed).unwrap();
    let path = write("letter.age", &sealed);
    assert_eq!((verify(&path, &given).kind, verify(&path, &given).verdict()), (ProofKind::Age, Verdict::CannotJudge));
    let with_key = Given { identities: vec![key], ..Given::default() };
    assert_eq!(verify(&path, &with_key).verdict(), Verdict::Holds);
    *sealed.last_mut().unwrap() ^= 1;
    assert_eq!(verify(&write("letter.age", &sealed), &with_key).verdict(), Verdict::Fails);

    // A checkpoint, a note, and what is none of all these.
    let path = write("checkpoint", note(20).as_bytes());
    assert_eq!((verify(&path, &given).kind, verify(&path, &given).verdict()), (ProofKind::Checkpoint, Verdict::Holds));
    let path = write("checkpoint", note(20).replace("\n20\n", "\n21\n").as_bytes());
    assert_eq!(verify(&path, &given).verdict(), Verdict::Fails);
    for (path, kind) in [
        (letter, ProofKind::Unknown),
        (folder.path().to_owned(), ProofKind::Log),
        (folder.path().join("nothing"), ProofKind::Unknown),
    ] {
        let report = verify(&path, &Given::default());
        assert_eq!(report.kind, kind);
        assert_ne!(report.verdict(), Verdict::Holds);
    }
}
