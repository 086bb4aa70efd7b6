//! Ed25519 against the edge cases of C2SP/CCTV, and signatures in minisign's format.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use khronika_seal::digest::from_hex;
use khronika_seal::sign::{MinisignKey, MinisignSignature, PublicKey, SecretKey};
use serde_json::Value;

/// Which of the edge cases are accepted, all 914 of them. The table in the documentation of `sign` says the same in words.
#[test]
fn edge_cases() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/ed25519.json")).unwrap();
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 914);
    let (mut accepted, mut by_flags): (usize, BTreeMap<Vec<&str>, BTreeSet<bool>>) = (0, BTreeMap::new());
    for vector in vectors {
        let bytes = |field: &str| from_hex(vector[field].as_str().unwrap()).unwrap();
        let flags: Vec<_> =
            vector["flags"].as_array().map(|f| f.iter().map(|f| f.as_str().unwrap()).collect()).unwrap_or_default();
        let key = PublicKey::from_bytes(bytes("key").as_slice().try_into().unwrap());
        let holds = key.and_then(|key| key.verify(vector["msg"].as_str().unwrap().as_bytes(), &bytes("sig"))).is_ok();
        accepted += usize::from(holds);
        let refused = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"];
        assert_eq!(holds, !refused.iter().any(|flag| flags.contains(flag)), "{vector}");
        by_flags.entry(flags).or_default().insert(holds);
    }
    // No set of flags is accepted once and refused another time.
    assert!(by_flags.values().all(|answers| answers.len() == 1));
    let kept: Vec<_> =
        by_flags.iter().filter(|(_, answers)| answers.contains(&true)).map(|(flags, _)| flags.join(" ")).collect();
    // A usual signature, and points of mixed order whose equation holds as it stands.
    let mixed = ["", "low_order_component_A", "low_order_component_R low_order_component_A"].map(str::to_owned);
    assert_eq!((accepted, kept.as_slice()), (43, mixed.as_slice()));
}

#[test]
fn signed_and_verified() {
    let key = SecretKey::from_seed(&[3; 32]);
    let signature = key.sign(b"a case");
    key.public().verify(b"a case", &signature).unwrap();
    assert!(key.public().verify(b"a casE", &signature).unwrap_err().is_false());
    assert!(key.public().verify(b"a case", &signature[..63]).is_err());
    // The same with the order of the group added to S: anybody could make it.
    let order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let (mut more, mut carry) = (signature, 0);
    for (byte, add) in more[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert!(key.public().verify(b"a case", &more).is_err());
    assert!(!format!("{key:?}").contains("0303"), "secrets do not print");
}

#[test]
fn minisign_round_trip() {
    let secret = SecretKey::from_seed(&[5; 32]);
    let key = MinisignKey::of(secret.public());
    assert_eq!(MinisignKey::parse(&key.to_string()).unwrap(), key);
    assert_eq!(MinisignKey::parse(&key.line()).unwrap(), key);
    let made = MinisignSignature::sign(&secret, &b"manifest"[..], "a case, sealed").unwrap();
    let text = made.to_string();
    let read = MinisignSignature::parse(text.as_bytes()).unwrap();
    assert_eq!(read, made);
    assert!(read.is_ours(text.as_bytes()));
    read.verify(&key, &b"manifest"[..]).unwrap();
    assert_eq!(read.trusted_comment(), "a case, sealed");
    assert!(read.verify(&key, &b"manifesT"[..]).unwrap_err().is_false());
    let other = MinisignSignature::parse(text.replace("a case", "a cask").as_bytes()).unwrap();
    assert!(other.verify(&key, &b"manifest"[..]).unwrap_err().to_string().contains("comment"));
    let stranger = MinisignKey::of(SecretKey::from_seed(&[6; 32]).public());
    assert!(read.verify(&stranger, &b"manifest"[..]).unwrap_err().is_false());
    assert!(MinisignSignature::sign(&secret, &b""[..], "two\nlines").is_err());
}

/// A key and signatures of the program minisign 0.11 itself: a key of ours, made for this.
#[test]
fn signatures_of_minisign() {
    let key = "untrusted comment: minisign public key E975CC8931A5ED8\nRWTYXhqTyFyXDvus+LN/tBbX7Ms2hWxS1zPYDRzduVkR6phROhlHbh9t\n";
    let new = "untrusted comment: said by hand\nRUTYXhqTyFyXDvBQ5KmTxkwZjlGMNvjOLgN/uU07jLhr6myr80HKZy96+Fvh6SeBWQeLaNe0FpapPZbrkmi8YrgvlnHi8CBOQQI=\ntrusted comment: a letter\n12ctYPWuHl7y4jev1QYDnuH/VPSaVB51FBTdSotK0770x20rVgx4fedClFVCGLXELVvNPaXB+rOT8y3krYfmDA==\n";
    let old = "untrusted comment: signature from minisign secret key\nRWTYXhqTyFyXDt1rxYpSplt6BHHwT2+fk4GW5/kBmHkGzEECjEg54xNIupNHlGPEOHRK9+Ko5pZe5s6f3yP9j3UT40MiKVp6UgM=\ntrusted comment: old kind\ngZkIIacdEB4TL+K4+9TgpM8l3XLNLyEV9EiGQRrVrfkTzHTUWI0OHoDR6g+DBhoKyL9ntwdbuGTJP+9OHCY5Ag==\n";
    let file = &b"A letter that was signed.\n"[..];
    let parsed = MinisignKey::parse(key).unwrap();
    assert_eq!(parsed.to_string(), key);
    for (text, comment) in [(new, "a letter"), (old, "old kind")] {
        let signature = MinisignSignature::parse(text.as_bytes()).unwrap();
        assert_eq!((signature.to_string().as_str(), signature.trusted_comment()), (text, comment));
        signature.verify(&parsed, file).unwrap();
        assert!(signature.verify(&parsed, &file[1..]).unwrap_err().is_false());
        assert!(!signature.is_ours(text.as_bytes()));
    }
}

/// Where the program minisign is there, it takes what we sign.
#[test]
fn minisign_takes_our_signatures() {
    let folder = tempfile::tempdir().unwrap();
    let (secret, path) = (SecretKey::from_seed(&[5; 32]), folder.path().join("file"));
    std::fs::write(&path, "content").unwrap();
    let signature = MinisignSignature::sign(&secret, &b"content"[..], "a case").unwrap();
    std::fs::write(folder.path().join("file.minisig"), signature.to_string()).unwrap();
    let run = std::process::Command::new("minisign")
        .args(["-V", "-P", &MinisignKey::of(secret.public()).line(), "-m"])
        .arg(&path)
        .output();
    if let Ok(run) = run {
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

/// Every bit of a signature of ours counts, that of the comment which minisign does not sign included.
#[test]
fn any_flipped_bit_of_a_signature_is_found() {
    let secret = SecretKey::from_seed(&[5; 32]);
    let key = MinisignKey::of(secret.public());
    let bytes = MinisignSignature::sign(&secret, &b"manifest"[..], "a case").unwrap().to_string().into_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let holds = MinisignSignature::parse(&flipped)
                .is_ok_and(|read| read.is_ours(&flipped) && read.verify(&key, &b"manifest"[..]).is_ok());
            assert!(!holds, "bit {bit} of byte {at}");
        }
    }
}
