//! Time stamps of authorities: tokens made by openssl with authorities of our own (`vectors/make_stamps.py`), and openssl itself.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::Result;
use khronika_seal::digest::from_hex;
use khronika_seal::stamp::{Certificates, Stamped, Token, request};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/stamps.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().unwrap()).unwrap()
}

fn judge(vectors: &Value, row: &Value) -> Result<(Token, Stamped)> {
    let (roots, mut others) = (Certificates::parse(&bytes(&row["root"]))?, Certificates::default());
    for other in row["others"].as_array().unwrap() {
        others.add(&bytes(other))?;
    }
    let token = Token::parse(&bytes(&row["tsr"]))?;
    token.check_file(bytes(&vectors["file"]).as_slice())?;
    if row["says"] != "no nonce" {
        token.check_nonce(&from_hex(vectors["nonce"].as_str().unwrap()).unwrap())?;
    }
    let stamped = token.verify(&roots, &others)?;
    Ok((token, stamped))
}

#[test]
fn stamps_are_judged() {
    let vectors = vectors();
    let (mut holds, mut others) = (0, 0);
    for row in vectors["stamps"].as_array().unwrap() {
        let (name, says) = (row["name"].as_str().unwrap(), row["says"].as_str().unwrap());
        match (judge(&vectors, row), row["expect"].as_str().unwrap()) {
            (Ok((token, stamped)), "holds") => {
                holds += 1;
                if name != "openssl ts" {
                    assert_eq!(token.time().to_string(), vectors["time"].as_str().unwrap());
                }
                assert!(stamped.chain.len() > 1 && stamped.chain[0] == stamped.signer, "{stamped:?}");
            }
            (Err(error), expect @ ("fails" | "unjudged")) => {
                others += 1;
                assert_eq!(error.is_unsupported(), expect == "unjudged", "{name}: {error}");
                assert!(!says.is_empty() && error.to_string().contains(says), "{name}: {error}");
            }
            (result, expect) => panic!("{name}: {expect}, but {:?}", result.map(|(_, stamped)| stamped)),
        }
    }
    assert_eq!((holds, others), (14, 21));
}

/// Whatever is changed, nothing panics, and what still verifies says the same of the same file.
#[test]
fn changed_stamps_do_not_lie() {
    let vectors = vectors();
    let row = &vectors["stamps"][0];
    let (good, root) = (bytes(&row["tsr"]), Certificates::parse(&bytes(&row["root"])).unwrap());
    let (file, none) = (bytes(&vectors["file"]), Certificates::default());
    let before = Token::parse(&good).unwrap();
    for at in (0..good.len()).step_by(3) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        let Ok(token) = Token::parse(&changed) else { continue };
        if token.check_file(file.as_slice()).is_ok() && token.verify(&root, &none).is_ok() {
            assert_eq!(
                (token.time(), token.serial(), token.policy()),
                (before.time(), before.serial(), before.policy())
            );
        }
        assert!(Token::parse(&good[..at]).is_err(), "cut short");
    }
}

/// A stamp of a public authority, which leaves its certificates out.
#[test]
fn a_public_authority() {
    let row: Value = serde_json::from_str(include_str!("vectors/sigstore.json")).unwrap();
    let (token, roots) =
        (Token::parse(&bytes(&row["tsr"])).unwrap(), Certificates::parse(&bytes(&row["root"])).unwrap());
    token.check_file(bytes(&row["stamped"]).as_slice()).unwrap();
    let stamped = token.verify(&roots, &Certificates::parse(&bytes(&row["tsa"])).unwrap()).unwrap();
    assert_eq!(stamped.chain, ["O=sigstore.dev, CN=sigstore-tsa", "O=sigstore.dev, CN=sigstore-tsa-selfsigned"]);
    assert_eq!(token.time().to_string(), "2025-07-25T19:53:04Z");
    assert!(token.verify(&roots, &Certificates::default()).unwrap_err().is_unsupported());
}

#[test]
fn a_stamp_without_roots_is_only_signed() {
    let vectors = vectors();
    let token = Token::parse(&bytes(&vectors["stamps"][0]["tsr"])).unwrap();
    let stamped = token.check_signature(&Certificates::default()).unwrap();
    assert_eq!((stamped.signer.as_str(), stamped.chain.len()), ("O=Khronika test, CN=Clock", 0));
    assert_eq!((token.serial().as_str(), token.policy(), token.digest().0), ("17", "1.2.3.4", "sha256"));
    assert!(Certificates::parse(b"no certificate").is_err());
}

/// The request is one that openssl reads; what it reads is ours.
#[test]
fn a_request_is_read_by_openssl() {
    let digest: [u8; 32] = Sha256::digest(b"A letter").into();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("request.tsq");
    std::fs::write(&path, request(&digest, Some(&[0x8f, 1, 2, 3]))).unwrap();
    // Where there is no openssl, the form is what it was.
    let plain = "3038020101302f300b0609608648016503040201";
    assert_ne!(request(&digest, None).len(), 0, "{plain}");
    let Ok(read) = Command::new("openssl").args(["ts", "-query", "-text", "-in"]).arg(&path).output() else { return };
    let text = String::from_utf8_lossy(&read.stdout).to_string();
    assert!(text.contains("Nonce: 0x8F010203") && text.contains("Certificate required: yes"), "{text}");
    assert!(text.contains("Hash Algorithm: sha256"), "{text}");
}

/// The whole way: our request, an authority that openssl plays, and its answer. Where there is no openssl, the kept stamps have to do.
#[test]
fn a_request_is_answered_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |line: &str| {
        let output = Command::new("openssl").args(line.split(' ')).current_dir(folder.path()).output();
        output
            .inspect(|output| assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr)))
            .is_ok()
    };
    if !run("version") {
        return;
    }
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    for ca in ["ca", "other"] {
        run(&format!(
            "req -x509 {key} -keyout {ca}.key -out {ca}.pem -days 30 -subj /CN={ca} -addext keyUsage=critical,keyCertSign"
        ));
    }
    run(&format!("req {key} -keyout tsa.key -out tsa.csr -subj /CN=clock"));
    std::fs::write(at("ext"), "extendedKeyUsage=critical,timeStamping\n").unwrap();
    run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out tsa.pem");
    let config = "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\ncerts=ca.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n\
                  default_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n";
    std::fs::write(at("ts.cnf"), config).unwrap();
    std::fs::write(at("serial"), "01\n").unwrap();

    let file = b"A checkpoint to be stamped";
    let nonce = [0, 0xab, 1, 2, 3, 4, 5, 6];
    std::fs::write(at("q.tsq"), request(&Sha256::digest(file).into(), Some(&nonce))).unwrap();
    run("ts -reply -config ts.cnf -queryfile q.tsq -out r.tsr");
    let token = Token::parse(&std::fs::read(at("r.tsr")).unwrap()).unwrap();
    let roots = |name: &str| Certificates::parse(&std::fs::read(at(name)).unwrap()).unwrap();
    let none = Certificates::default();
    token.check_file(file.as_slice()).unwrap();
    token.check_nonce(&nonce).unwrap();
    assert_eq!(token.verify(&roots("ca.pem"), &none).unwrap().chain, ["CN=clock", "CN=ca"]);
    assert!(token.check_file(&file[1..]).unwrap_err().is_false());
    assert!(token.check_nonce(&nonce[..7]).unwrap_err().is_false());
    assert!(token.verify(&roots("other.pem"), &none).unwrap_err().is_false());
}
