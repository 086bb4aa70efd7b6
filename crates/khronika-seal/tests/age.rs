//! Encryption: the vectors of C2SP/CCTV for the kinds of recipients that are known, and what is never handed out.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::age::{Identity, Recipients, SecretString, check, decrypt, encrypt, inspect, looks_like};
use khronika_seal::digest::to_hex;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

struct Vector {
    expect: String,
    payload: Option<String>,
    identities: Vec<Identity>,
    file: Vec<u8>,
}

impl Vector {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
        let mut vector =
            Self { expect: String::new(), payload: None, identities: Vec::new(), file: bytes[end + 2..].to_vec() };
        for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
            let (label, value) = line.split_once(": ").unwrap();
            match label {
                "expect" => vector.expect = value.to_owned(),
                "payload" => vector.payload = Some(value.to_owned()),
                "identity" => vector.identities.push(Identity::parse(value).unwrap()),
                "passphrase" => vector.identities.push(Identity::passphrase(SecretString::from(value.to_owned()))),
                "compressed" => vector.file = miniz_oxide::inflate::decompress_to_vec_zlib(&vector.file).unwrap(),
                _ => {}
            }
        }
        vector
    }
}

#[test]
fn vectors() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/age.json")).unwrap();
    let mut passed = [0; 6];
    let classes = ["success", "header failure", "armor failure", "payload failure", "no match", "HMAC failure"];
    for (name, bytes) in vectors["files"].as_object().unwrap() {
        let vector = Vector::parse(&STANDARD.decode(bytes.as_str().unwrap()).unwrap());
        let mut out = Vec::new();
        let result = decrypt(Cursor::new(&vector.file), &vector.identities, &mut out);
        let class = classes.iter().position(|class| *class == vector.expect).unwrap();
        passed[class] += 1;
        let error = match (result, class) {
            (Ok(length), 0) => {
                assert_eq!(length, out.len() as u64);
                assert_eq!(Some(to_hex(&Sha256::digest(&out))), vector.payload, "{name}");
                continue;
            }
            (Err(error), 1..) => error,
            (result, _) => panic!("{name}: {} expected, but {result:?}", vector.expect),
        };
        // What failed was not handed out, not even what was right before the failure.
        assert!(out.is_empty(), "{name}");
        let right = match vector.expect.as_str() {
            // A cost that would have to be paid before anything is known of the rest.
            "header failure" if name == "scrypt_work_factor_23" => error.is_unsupported(),
            "header failure" => error.is_malformed(),
            // Armour that fails at its end fails after the header was right.
            "armor failure" => error.is_malformed() || error.is_false(),
            "no match" => error.is_unsupported(),
            _ => {
                error.is_false()
                    || (error.is_malformed() && name.starts_with("stream_") && error.to_string().contains("cut short"))
            }
        };
        assert!(right, "{name}: {} expected, but {error}", vector.expect);
    }
    assert_eq!(passed.iter().sum::<i32>(), 124, "{passed:?}");
}

#[test]
fn encrypted_and_opened() {
    let (anna, boris, eve) = (Identity::generate(), Identity::generate(), Identity::generate());
    assert_eq!(Identity::parse(&anna.to_text().unwrap()).unwrap().recipient(), anna.recipient());
    let plain: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
    let recipients = Recipients::Keys([&anna, &boris].map(|key| key.recipient().unwrap()).to_vec());
    for armor in [false, true] {
        let mut file = Vec::new();
        encrypt(&recipients, armor, plain.as_slice(), &mut file).unwrap();
        assert!(looks_like(&file));
        let kinds = inspect(Cursor::new(&file)).unwrap();
        assert_eq!(kinds.iter().filter(|kind| *kind == "X25519").count(), 2, "{kinds:?}");
        for key in [&anna, &boris] {
            let (mut out, key) = (Vec::new(), [Identity::parse(&key.to_text().unwrap()).unwrap()]);
            decrypt(Cursor::new(&file), &key, &mut out).unwrap();
            assert_eq!(out, plain);
        }
        assert!(check(Cursor::new(&file), std::slice::from_ref(&eve)).unwrap_err().is_unsupported());
        // A bit of the last piece: the pieces before it are right, and nothing is handed out.
        let mut damaged = file.clone();
        let at = damaged.len() - 100;
        damaged[at] ^= 1;
        let mut out = Vec::new();
        assert!(!decrypt(Cursor::new(&damaged), std::slice::from_ref(&anna), &mut out).unwrap_err().is_io());
        assert!(out.is_empty());
        let cut = &file[..file.len() - 70_000];
        assert!(check(Cursor::new(cut), std::slice::from_ref(&anna)).is_err());
    }
    assert!(encrypt(&Recipients::Keys(Vec::new()), false, &b""[..], Vec::new()).is_err());
    assert!(
        encrypt(&Recipients::Keys(vec!["age1x".to_owned()]), false, &b""[..], Vec::new()).unwrap_err().is_malformed()
    );
    assert!(!format!("{anna:?}").contains("SECRET"));
    assert!(inspect(Cursor::new(b"something else\n")).unwrap_err().is_malformed());
}

#[test]
fn files_of_keys() {
    let key = Identity::generate();
    let text = format!("# created: today\n\n{}\n", *key.to_text().unwrap());
    assert_eq!(Identity::parse_file(&text).unwrap()[0].recipient(), key.recipient());
    assert!(Identity::parse_file("age1notasecret\n").is_err());
}
