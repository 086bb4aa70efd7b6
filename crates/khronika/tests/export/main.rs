//! Cases that are handed over, as their receivers meet them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod desk;
mod redact;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use desk::{Desk, command, files, has, other, said};
use khronika_seal::Verdict;
use khronika_seal::age::{Identity, decrypt};
use khronika_seal::digest::to_hex;
use khronika_seal::sign::MinisignKey;
use khronika_seal::verify::{Given, Report, verify};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const LETTER: &[u8] = b"Lyon, 4 May 2021\n\nOn 3 May 2021 the Court dismissed the appeal of Mr Rostovtsev.\n";

fn papers() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("letter.txt", LETTER),
        ("deep/решение.txt", "Решение от 3 мая 2021 года\n\nСуд отклонил жалобу Ростовцева.\n".as_bytes()),
        ("page.html", b"<html><body><h1>News</h1><p>On 5 May 2021 the Court annulled the order.</p></body></html>"),
        ("scan.pdf", b"%PDF-1.4 nothing that can be read"),
    ]
}

fn given(key: &Value) -> Given {
    Given { minisign_keys: vec![MinisignKey::parse(key.as_str().unwrap()).unwrap()], ..Given::default() }
}

fn fails(report: &Report) -> Vec<String> {
    let wrong = report.statements.iter().filter(|statement| statement.verdict == Verdict::Fails);
    wrong.map(|statement| format!("{}: {}: {}", statement.check, statement.path, statement.says)).collect()
}

#[test]
fn a_plain_folder() {
    let desk = Desk::with(&papers());
    let told = desk.export(&["out"], 1);
    assert_eq!((told["documents"].as_u64(), told["sealed"].as_bool()), (Some(4), Some(false)));
    for (name, content) in papers() {
        assert_eq!(fs::read(desk.path("out/sources").join(name)).unwrap(), content);
    }
    assert!(fs::read_to_string(desk.path("out/texts/page.html.txt")).unwrap().contains("annulled"));
    desk.done(&["check", "out"], 0);
    desk.done(&["build", "papers", "--out", "direct", "--no-models"], 1);
    assert_eq!(desk.json("out/case.json"), desk.json("direct/case.json"), "the same as from the documents");
    // Never over anything, and not into nothing.
    for (place, words) in
        [("out", "is there already"), ("papers/letter.txt", "is there already"), ("no/out", "no folder")]
    {
        let refused = desk.case("export", &[place], 2);
        assert!(said(&refused).contains(words), "{}", said(&refused));
    }
    let log = desk.case("log", &["--kind", "case.exported", "--json"], 0).stdout;
    let log: Value = serde_json::from_slice(&log).unwrap();
    let digest = format!("sha256:{}", to_hex(&Sha256::digest(LETTER)));
    assert_eq!(log["details"]["files"]["sources/letter.txt"], Value::from(digest));
    let told = desk.export(&["some", "--only", "letter.txt"], 0);
    assert_eq!(told["documents"], 1);
    desk.case("export", &["none", "--only", "nothing.txt"], 2);
    assert!(!desk.path("none").exists());
}

#[test]
fn a_sealed_folder_holds_for_us_and_for_the_programs_of_others() {
    let desk = Desk::with(&papers());
    let told = desk.export(&["out", "--sealed"], 1);
    let key = told["key"].as_str().unwrap();
    desk.done(&["verify", "out", "--key", key], 0);
    desk.done(&["verify", "out"], 2);
    fs::write(
        desk.path("other.pub"),
        "untrusted comment: another\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n",
    )
    .unwrap();
    desk.done(&["verify", "out", "--key", "other.pub"], 1);
    let checkpoint = desk.case("log", &["--checkpoint"], 0).stdout;
    fs::write(desk.path("kept"), checkpoint).unwrap();
    let log = format!("khronika.case/{}", case_id(&desk));
    desk.done(&["verify", "out", "--key", key, "--checkpoint", "kept", "--log", &log], 0);
    let json: Value = serde_json::from_slice(&desk.done(&["verify", "out", "--key", key, "--json"], 0).stdout).unwrap();
    assert_eq!((json["kind"].as_str(), json["verdict"].as_str()), (Some("bag"), Some("holds")));
    // A single proof, alone with its file.
    fs::copy(desk.path("out/proofs/sources/letter.txt.tlog-proof"), desk.path("papers/letter.txt.tlog-proof")).unwrap();
    desk.done(&["verify", "papers/letter.txt.tlog-proof", "--key", key], 0);
    desk.done(&["verify", "papers/letter.txt.tlog-proof", "--key", key, "--of", "papers/scan.pdf"], 1);

    let bag = desk.path("out");
    let readme = fs::read_to_string(bag.join("README.txt")).unwrap();
    assert!(readme.contains(key) && !readme.contains("Northwood"), "{readme}");
    assert!(!String::from_utf8_lossy(&fs::read(bag.join("data/case.json")).unwrap()).contains("Northwood"));
    if has("sha256sum", &["--version"]) {
        for manifest in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
            assert_eq!(other("sha256sum", &["-c", "--quiet", manifest], &bag), (true, String::new()));
        }
        for manifest in ["tagmanifest-sha512.txt", "manifest-sha512.txt"] {
            assert_eq!(other("sha512sum", &["-c", "--quiet", manifest], &bag), (true, String::new()));
        }
    }
    if has("minisign", &["-v"]) {
        let args = ["-V", "-P", key, "-m", "tagmanifest-sha512.txt"];
        let (holds, words) = other("minisign", &args, &bag);
        assert!(holds && words.contains("Signature and comment signature verified"), "{words}");
        assert!(other("minisign", &["-V", "-p", "minisign.pub", "-m", "tagmanifest-sha512.txt"], &bag).0);
    }
    // What the README says can be typed as it stands there.
    if has("sha256sum", &["--version"]) && has("minisign", &["-v"]) {
        let lines =
            readme.lines().map(str::trim).filter(|line| line.starts_with("sha") || line.starts_with("minisign -V"));
        for line in lines {
            let (holds, words) = other("sh", &["-c", line], &bag);
            assert!(holds, "{line}: {words}");
        }
    }
}

fn case_id(desk: &Desk) -> String {
    let created = desk.case("log", &["--kind", "case.created", "--json"], 0).stdout;
    let created: Value = serde_json::from_slice(&created).unwrap();
    let record = created["record"].as_str().unwrap().to_owned();
    record.lines().find_map(|line| line.strip_prefix("case ")).unwrap().to_owned()
}

#[test]
fn annotations_and_the_description_say_what_is_there() {
    let desk = Desk::with(&papers());
    desk.export(&["out", "--sealed"], 1);
    let data = desk.path("out/data");
    let page = desk.json("out/data/annotations.jsonld");
    let items = page["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["motivation"] == "describing"));
    let mut passages = 0;
    for item in items {
        let targets = item["target"].as_array().cloned().unwrap_or_else(|| vec![item["target"].clone()]);
        for target in targets {
            let text = fs::read(data.join(target["label"].as_str().unwrap())).unwrap();
            let digest = target["source"].as_str().unwrap().strip_prefix("ni:///sha-256;").unwrap().to_owned();
            use base64::Engine as _;
            assert_eq!(digest, base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(&text)));
            let text: Vec<char> = String::from_utf8(text).unwrap().chars().collect();
            let place = |name: &str| usize::try_from(target["selector"][0][name].as_u64().unwrap()).unwrap();
            let words: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(target["selector"][1]["exact"], Value::from(words));
            passages += 1;
        }
    }
    assert!(passages > 3, "{passages}");
    let described = desk.json("out/data/ro-crate-metadata.json");
    let graph = described["@graph"].as_array().unwrap();
    let ids: Vec<String> =
        graph.iter().filter(|e| e["@type"] == "File").map(|e| e["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), files(&data).len() - 1, "all but itself: {ids:?}");
    assert!(ids.contains(&"deep/решение.txt".to_owned()));
}

/// Bits all over a sealed case: each is found, and the file named. A thousand of them where `KHRONIKA_FLIPS` says so, else a hundred.
#[test]
fn any_flipped_bit_is_found_and_the_file_named() {
    let desk = Desk::with(&papers());
    let told = desk.export(&["out", "--sealed"], 1);
    let (bag, given) = (desk.path("out"), given(&told["key"]));
    assert_eq!(verify(&bag, &given).verdict(), Verdict::Holds);
    let wanted: usize = std::env::var("KHRONIKA_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let files = files(&bag);
    // Half of them anywhere, half of them spread evenly over the files, most of which are short.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let total: usize = files.iter().map(|(_, path)| fs::read(path).unwrap().len()).sum();
    for round in 0..wanted {
        let (name, path, at) = if round % 2 == 0 {
            let (name, path) = &files[round / 2 % files.len()];
            (name, path, random(fs::read(path).unwrap().len()))
        } else {
            let mut at = random(total);
            let (name, path) = files
                .iter()
                .find(|(_, path)| {
                    let length = fs::read(path).unwrap().len();
                    let here = at < length;
                    at -= if here { 0 } else { length };
                    here
                })
                .unwrap();
            (name, path, at)
        };
        let good = fs::read(path).unwrap();
        let mut bytes = good.clone();
        bytes[at] ^= 1 << random(8);
        fs::write(path, &bytes).unwrap();
        let report = verify(&bag, &given);
        let wrong = fails(&report);
        assert_eq!(report.verdict(), Verdict::Fails, "byte {at} of {name}");
        assert!(wrong.iter().any(|line| line.contains(name.as_str())), "byte {at} of {name}: {wrong:#?}");
        fs::write(path, good).unwrap();
    }
    assert_eq!(verify(&bag, &given).verdict(), Verdict::Holds);
}

#[test]
fn what_was_swapped_or_taken_out_is_found() {
    let desk = Desk::with(&papers());
    let told = desk.export(&["out", "--sealed"], 1);
    let (bag, given) = (desk.path("out"), given(&told["key"]));
    let tampered = |name: &str, change: &dyn Fn(&Path)| {
        let path = bag.join(name);
        let good = fs::read(&path).unwrap();
        change(&path);
        let wrong = fails(&verify(&bag, &given));
        assert!(wrong.iter().any(|line| line.contains(name)), "{name}: {wrong:#?}");
        fs::write(&path, good).unwrap();
    };
    tampered("data/sources/letter.txt", &|path| fs::write(path, b"Lyon, 4 May 2022\n").unwrap());
    tampered("proofs/sources/letter.txt.tlog-proof", &|path| fs::remove_file(path).unwrap());
    tampered("proofs/sources/letter.txt.tlog-proof", &|path| {
        fs::copy(bag.join("proofs/sources/scan.pdf.tlog-proof"), path).map(drop).unwrap();
    });
    let entries = files(&bag).into_iter().find(|(name, _)| name.starts_with("log/tile/entries/")).unwrap().0;
    let bytes = fs::read(bag.join(&entries)).unwrap();
    let bundle = khronika_seal::tiles::read_bundle(&bytes).unwrap();
    let bundle = bundle.into_iter().map(<[u8]>::to_vec).enumerate();
    // One is taken out.
    let fewer: Vec<_> = bundle.clone().filter(|(ix, _)| *ix != 4).map(|(_, entry)| entry).collect();
    let fewer = khronika_seal::tiles::bundle_bytes(&fewer).unwrap();
    tampered(&entries, &|path| fs::write(path, &fewer).unwrap());
    // One is signed by somebody else.
    let stranger =
        khronika_seal::note::SignerKey::from_seed("k-0", khronika_seal::note::KeyKind::Ed25519, &[3; 32]).unwrap();
    let again = |entry: &[u8]| {
        let note = khronika_seal::note::Note::parse(entry).unwrap();
        khronika_seal::note::Note::sign(note.text(), &[&stranger]).unwrap().to_string().into_bytes()
    };
    let signed: Vec<_> = bundle.map(|(ix, entry)| if ix == 4 { again(&entry) } else { entry }).collect();
    let signed = khronika_seal::tiles::bundle_bytes(&signed).unwrap();
    tampered(&entries, &|path| fs::write(path, &signed).unwrap());
    fs::write(bag.join("data/sources/added.txt"), "new").unwrap();
    assert!(fails(&verify(&bag, &given)).iter().any(|line| line.contains("added.txt")));
    fs::remove_file(bag.join("data/sources/added.txt")).unwrap();
    fs::write(bag.join("proofs/added.txt"), "new").unwrap();
    assert!(fails(&verify(&bag, &given)).iter().any(|line| line.contains("added.txt")));
}

#[test]
fn one_encrypted_file_for_some() {
    let desk = Desk::with(&papers());
    let clerk = Identity::generate();
    fs::write(desk.path("clerk.identity"), clerk.to_text().unwrap().as_bytes()).unwrap();
    let recipient = clerk.recipient().unwrap();
    desk.case("export", &["doe.tar.age", "--to", "age1nonsense"], 2);
    assert_eq!(desk.names(), ["clerk.identity"]);
    let told = desk.export(&["doe.tar.age", "--sealed", "--to", &recipient], 1);
    desk.export(&["plain.tar.age", "--to", &recipient], 1);
    assert_eq!(desk.names(), ["clerk.identity", "doe.tar.age", "plain.tar.age"], "nothing else is left");
    let sealed = fs::read(desk.path("doe.tar.age")).unwrap();
    assert!(!sealed.windows(10).any(|window| window == b"Rostovtsev"));
    desk.done(&["verify", "doe.tar.age"], 2);
    desk.done(&["verify", "doe.tar.age", "--identity", "clerk.identity"], 0);
    fs::create_dir(desk.path("open")).unwrap();
    let mut tar = File::create(desk.path("open/doe.tar")).unwrap();
    decrypt(File::open(desk.path("doe.tar.age")).unwrap(), &[clerk], &mut tar).unwrap();
    if has("tar", &["--version"]) {
        assert!(other("tar", &["xf", "doe.tar"], &desk.path("open")).0);
        let report = verify(&desk.path("open/doe"), &given(&told["key"]));
        assert_eq!(report.verdict(), Verdict::Holds, "{:#?}", fails(&report));
        assert_eq!(fs::read(desk.path("open/doe/data/sources/letter.txt")).unwrap(), LETTER);
    }
}

/// Whenever the program ends, there is a whole export or none; and where it could still clean up, nothing else either.
#[cfg(unix)]
#[test]
fn an_export_that_is_interrupted_leaves_nothing_that_looks_whole() {
    let papers: Vec<(String, Vec<u8>)> =
        (0..20).map(|n| (format!("{n}.txt"), [LETTER, "Same again. ".repeat(2000 + n).as_bytes()].concat())).collect();
    let papers: Vec<(&str, &[u8])> = papers.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let desk = Desk::with(&papers);
    let args = ["export", "doe.khronika", "out", "--sealed", "--no-models", "--identity", "ada.identity", "-q"];
    let began = Instant::now();
    assert!(command(&args, desk.dir.path()).status().unwrap().success());
    let whole = began.elapsed();
    fs::remove_dir_all(desk.path("out")).unwrap();
    let rounds: u32 = std::env::var("KHRONIKA_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    for round in 0..rounds {
        let signal = if round % 2 == 0 { "-INT" } else { "-KILL" };
        let mut child = command(&args, desk.dir.path()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(whole.mul_f64(f64::from(round + 1) / f64::from(rounds)).max(Duration::from_millis(5)));
        assert!(
            other("kill", &[signal, &child.id().to_string()], desk.dir.path()).0 || child.try_wait().unwrap().is_some()
        );
        let status = child.wait().unwrap();
        if desk.path("out").exists() {
            let key = fs::read_to_string(desk.path("out/minisign.pub")).unwrap();
            let report = verify(&desk.path("out"), &given(&key.lines().nth(1).unwrap().into()));
            assert_eq!(report.verdict(), Verdict::Holds, "{:#?}", fails(&report));
            fs::remove_dir_all(desk.path("out")).unwrap();
        } else {
            assert!(!status.success());
        }
        for name in desk.names().into_iter().filter(|name| !name.starts_with("doe.khronika-")) {
            assert!(signal == "-KILL" && name.ends_with(".partial"), "{name} is left after {signal}");
            fs::remove_dir_all(desk.path(&name)).unwrap();
        }
    }
    desk.case("verify", &[], 0);
}

/// What a killed export left is taken away by the next one, and only that.
#[cfg(unix)]
#[test]
fn what_a_killed_export_left_is_removed_by_the_next_one() {
    let desk = Desk::with(&papers());
    let clerk = Identity::generate();
    let recipient = clerk.recipient().unwrap();
    for name in [".out.a1B2c3.partial", ".other.a1B2c3.partial"] {
        fs::create_dir_all(desk.path(name).join("sources")).unwrap();
        fs::write(desk.path(name).join("sources/letter.txt"), "left behind").unwrap();
    }
    fs::write(desk.path(".khronika-12-out.tar.age"), "left behind").unwrap();
    let held = File::create(desk.path(".khronika-13-out.tar.age")).unwrap();
    held.try_lock().unwrap();
    let told = desk.case("export", &["out", "--no-models"], 1);
    assert!(said(&told).contains("removed .out.a1B2c3.partial"), "{}", said(&told));
    let told = desk.case("export", &["out.tar.age", "--no-models", "--to", &recipient], 1);
    assert!(said(&told).contains("removed .khronika-12-out.tar.age"), "{}", said(&told));
    assert_eq!(desk.names(), [".khronika-13-out.tar.age", ".other.a1B2c3.partial", "out", "out.tar.age"]);
}

/// The whole way of a time stamp, with an authority that openssl plays.
#[test]
fn time_stamps_go_out_come_in_and_are_handed_over() {
    let desk = Desk::with(&papers());
    let dir = desk.dir.path();
    if !has("openssl", &["version"]) {
        return;
    }
    let run = |line: &str| {
        let (holds, words) = other("openssl", &line.split(' ').collect::<Vec<_>>(), dir);
        assert!(holds, "{line}: {words}");
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    run(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 30 -subj /CN=ca -addext keyUsage=critical,keyCertSign"
    ));
    run(&format!("req {key} -keyout tsa.key -out tsa.csr -subj /CN=clock"));
    fs::write(desk.path("ext"), "extendedKeyUsage=critical,timeStamping\n").unwrap();
    run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out tsa.pem");
    let config = "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\ncerts=ca.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n\
                  default_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n";
    fs::write(desk.path("ts.cnf"), config).unwrap();
    fs::write(desk.path("serial"), "01\n").unwrap();

    desk.case("log", &["--timestamp-request", "all.tsq"], 0);
    desk.case("log", &["--timestamp-request", "all.tsq"], 2);
    desk.case("log", &["--timestamp-request", "letter.tsq", "--of", "letter.txt"], 0);
    for name in ["all", "letter"] {
        run(&format!("ts -reply -config ts.cnf -queryfile {name}.tsq -out {name}.tsr"));
    }
    // One as a stamp alone, without the answer around it.
    run("ts -reply -in letter.tsr -token_out -out letter.tst");
    fs::write(desk.path("other"), "of something else").unwrap();
    run("ts -query -data other -sha256 -out other.tsq");
    run("ts -reply -config ts.cnf -queryfile other.tsq -out other.tsr");
    let refused = desk.case("log", &["--attach", "all.tsr", "other.tsr"], 2);
    assert!(said(&refused).contains("nothing that this case has"), "{}", said(&refused));
    desk.case("log", &["--attach", "all.tsr", "--attach", "letter.tst"], 0);
    desk.case("log", &["--attach", "papers/letter.txt"], 2);

    let told = desk.export(&["out", "--sealed"], 1);
    let key = told["key"].as_str().unwrap();
    desk.done(&["verify", "out", "--key", key, "--root", "ca.pem"], 0);
    desk.done(&["verify", "out", "--key", key], 2);
    let readme = fs::read_to_string(desk.path("out/README.txt")).unwrap();
    let lines: Vec<&str> = readme.lines().map(str::trim).filter(|line| line.starts_with("openssl")).collect();
    assert_eq!(lines.len(), 2, "{readme}");
    for line in lines {
        let (holds, words) = other("sh", &["-c", &line.replace("AUTHORITY.pem", "../ca.pem")], &desk.path("out"));
        assert!(holds, "{line}: {words}");
    }
    desk.case("verify", &[], 0);
}

/// A stamp of a public chain, which cannot be asked from here: it is kept, handed over, and said to be open.
#[test]
fn a_stamp_of_a_public_chain_is_kept() {
    let desk = Desk::with(&papers());
    let calendar = b"https://calendar.example.org";
    let length = u8::try_from(calendar.len()).unwrap();
    let ots = [
        b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".as_slice(),
        &Sha256::digest(LETTER),
        b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e",
        &[length + 1, length],
        calendar,
    ];
    fs::write(desk.path("letter.ots"), ots.concat()).unwrap();
    desk.case("log", &["--attach", "letter.ots"], 0);
    let told = desk.export(&["out", "--sealed"], 1);
    let open = desk.done(&["verify", "out", "--key", told["key"].as_str().unwrap()], 2);
    let words = String::from_utf8(open.stdout).unwrap();
    assert!(words.contains("proofs/sources/letter.txt.ots: the calendar https://calendar.example.org"), "{words}");
    assert!(
        fs::read_to_string(desk.path("out/README.txt")).unwrap().contains("ots verify -f 'data/sources/letter.txt'")
    );
}
