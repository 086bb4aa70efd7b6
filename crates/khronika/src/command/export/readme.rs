//! What a stranger is told who finds a sealed case and has never heard of khronika.

/// What the text is about.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) case: String,
    pub(super) key: String,
    pub(super) made: String,
    pub(super) is_redacted: bool,
    /// How many entries the journal has; 0 where it is not here.
    pub(super) entries: u64,
    /// The keys that signed the journal, and each as minisign writes it. Whose they are is known in the case only.
    pub(super) people: Vec<(String, String)>,
    /// How many receipts there are.
    pub(super) receipts: usize,
    /// Time stamps, and the files that they are of.
    pub(super) stamps: Vec<(String, String)>,
}

/// The text.
pub(super) fn readme(facts: &Facts) -> String {
    let Facts { name, case, key, made, .. } = facts;
    let mut text = format!(
        "A SEALED CASE\n\
         \n\
         The documents of the case “{name}” as they were received, and what a program found in them.\n\
         Made {made} by khronika {version}, from the case {case}.\n\
         \n\
         \x20 data/dossier.html      what was found, to be read in any browser; it loads nothing\n\
         \x20 data/chronology.csv    what happened when, for a spreadsheet\n\
         \x20 data/case.json         everything, for programs\n\
         \x20 data/sources/          the documents\n\
         \x20 data/texts/            the texts of those that are not text files, as they were read\n\
         \x20 data/annotations.jsonld, data/ro-crate-metadata.json   the same for other programs\n",
        version = env!("CARGO_PKG_VERSION")
    );
    if facts.is_redacted {
        text.push_str(
            "\x20 data/redactions.json   where words are hidden, and which documents were withheld\n\
             \n\
             WORDS ARE HIDDEN in it: a row of black blocks stands for them. Documents in which words are hidden are\n\
             given as text.\n",
        );
    }
    text.push_str(
        "\n\
         HOW TO CHECK IT\n\
         \n\
         You need three programs that others made: sha256sum (or sha512sum), minisign, openssl. Open a terminal in\n\
         this folder.\n\
         \n\
         1. Is every file here, and as it was packed?\n\
         \n\
         \x20    sha256sum -c --quiet tagmanifest-sha256.txt\n\
         \x20    sha256sum -c --quiet manifest-sha256.txt\n\
         \n\
         \x20  Nothing is printed where all is well. (On a Mac: shasum -a 256 -c. The same goes for sha512sum and the\n\
         \x20  files that end in -sha512.txt.) A file that no manifest lists was added by somebody.\n\
         \n\
         2. Who packed it?\n\
         \n",
    );
    text.push_str(&format!(
        "\x20    minisign -V -P {key} -m tagmanifest-sha512.txt\n\
         \x20    sha512sum -c --quiet tagmanifest-sha512.txt\n\
         \x20    sha512sum -c --quiet manifest-sha512.txt\n\
         \n\
         \x20  The key stands here for your convenience only: whoever alters everything could write another one here.\n\
         \x20  Compare it with the key that the sender told you on another way.\n",
    ));
    let mut number = 3;
    if !facts.stamps.is_empty() {
        text.push_str(&format!("\n{number}. Was it there at a time?\n\n"));
        number += 1;
        for (stamp, of) in &facts.stamps {
            if stamp.ends_with(".tsr") {
                text.push_str(&format!("     openssl ts -verify -in '{stamp}' -data '{of}' -CAfile AUTHORITY.pem\n"));
            } else {
                text.push_str(&format!("     ots verify -f '{of}' '{stamp}'\n"));
            }
        }
        text.push_str(
            "\n\
             \x20  AUTHORITY.pem is the root certificate of the authority that stamped, which you get from the authority.\n\
             \x20  Files under data/originals/ are those in which words are hidden or that were withheld: who has them can\n\
             \x20  check their stamps.\n",
        );
    }
    if facts.entries > 0 {
        text.push_str(&format!(
            "\n\
             {number}. What happened to the case, and was anything taken out of it?\n\
             \n\
             \x20  log/ holds its journal of {entries} entries: what was received, read, judged and handed out, each with\n\
             \x20  its time and the key that signed it; the details stay in the case. It is a Merkle tree (RFC 6962) in\n\
             \x20  the files of C2SP tlog-tiles, log/checkpoint is its signed root. proofs/ holds {receipts} receipts (C2SP\n\
             \x20  tlog-proof), each of which shows that a document stands in that journal, with its SHA-256. Any program\n\
             \x20  for such logs can check them, and so does\n\
             \n\
             \x20    khronika verify . --key {key}\n\
             \n\
             \x20  which checks all of the above as well. A journal shows that nothing was taken out only to somebody who\n\
             \x20  kept an older checkpoint: ask for one now and then, and hand it in with --checkpoint.\n\
             \n\
             \x20  The keys that signed in it, each written in two ways:\n\
             \n",
            entries = facts.entries,
            receipts = facts.receipts,
        ));
        for (note, minisign) in &facts.people {
            text.push_str(&format!("     {note}\n     {minisign}\n\n"));
        }
        text.pop();
    }
    text.push_str(
        "\n\
         WHAT THIS DOES NOT SHOW\n\
         \n\
         That what a document tells is true, that the documents are all there are, or that one was not altered before it\n\
         was received. What was found in them was found by a program, and is as right as its rules: the words that each\n\
         finding rests on stand beside it.\n",
    );
    text
}
