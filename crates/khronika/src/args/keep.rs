//! What can be said of case files: files that keep a case encrypted, with everything that happened to it.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args as Arguments, Subcommand};
use khronika_core::{Day, Edtf, EffectKind, Lang};

use super::added::Adding;
use super::{Reading, day, edtf, effect, language};

/// What opens a case file.
#[derive(Clone, Debug, Default, Arguments)]
pub(crate) struct Unlock {
    /// Open the case with this age identity file (as age-keygen or `khronika key new` make it) instead of a passphrase
    #[arg(long, value_name = "FILE", env = "KHRONIKA_IDENTITY", hide_env_values = true)]
    pub(crate) identity: Option<PathBuf>,
    /// Read the passphrase from the first line of this file
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of this open file descriptor
    #[arg(long, value_name = "N", conflicts_with_all = ["identity", "passphrase_file"])]
    pub(crate) passphrase_fd: Option<u32>,
}

const EXITS: &str = "
A passphrase is asked for on the terminal unless --identity, --passphrase-file or --passphrase-fd say otherwise. It is never taken from
the command line or the environment, which other programs can see; KHRONIKA_IDENTITY may name an identity file.";

/// Make a case file: one encrypted file that remembers everything
///
/// Makes an encrypted file that will hold the documents of a case, a signed journal of everything that happens to it, and an index of
/// its words. Whoever loses the passphrase or identity loses the case: there is no other way in.
#[derive(Debug, Arguments)]
#[command(after_help = INIT_EXAMPLES, after_long_help = INIT_EXAMPLES.to_owned() + EXITS)]
pub(crate) struct Init {
    /// The file to make, for example doe.khronika
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// What the case is called [default: the name of the file]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// What you are called in the journal; only those who can open the case see it
    #[arg(long, value_name = "WHO", default_value = "owner")]
    pub(crate) label: String,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const INIT_EXAMPLES: &str = "\
Examples:
  khronika init doe.khronika --label Ada
      asks for a passphrase twice
  khronika key new ada.identity && khronika init doe.khronika --identity ada.identity

Exit codes:
  0    done
  2    not done; no file was made";

/// Put documents into a case file
///
/// Stores the bytes of every file as they are, with their digests and what you say of where they come from, in a signed entry of the
/// journal each; then reads them as far as it can, so that their words can be searched. Files that cannot be read yet are stored all
/// the same. What the case has already is not stored twice: it gets one more receipt.
#[derive(Debug, Arguments)]
#[command(after_help = ADD_EXAMPLES, after_long_help = ADD_EXAMPLES.to_owned() + EXITS)]
pub(crate) struct Add {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Files and folders; folders are taken with all that is in them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Who gave the documents
    #[arg(long, value_name = "WHO")]
    pub(crate) from: Option<String>,
    /// How they came: by hand, by e-mail, downloaded with what
    #[arg(long, value_name = "HOW")]
    pub(crate) how: Option<String>,
    /// The address where they were published
    #[arg(long, value_name = "URL")]
    pub(crate) address: Option<String>,
    /// When they were collected, where that was not now; in your words
    #[arg(long, value_name = "WHEN")]
    pub(crate) collected: Option<String>,
    /// What the giver consents to
    #[arg(long, value_name = "TEXT")]
    pub(crate) consent: Option<String>,
    /// What may not be done with them
    #[arg(long, value_name = "TEXT")]
    pub(crate) restriction: Option<String>,
    /// Anything else that should be remembered of them
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// The source that they were taken out of, such as the e-mail of an attachment: its id or name
    #[arg(long, value_name = "SOURCE")]
    pub(crate) parent: Option<String>,
    /// Take this as the main language of every document (ISO 639-1) instead of detecting it
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    /// Print JSON: an object for each document, one a line
    #[arg(long)]
    pub(crate) json: bool,
    /// No progress and no summary; errors are still printed
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const ADD_EXAMPLES: &str = "\
Examples:
  khronika add doe.khronika letters/ rulings/2023.pdf --from 'Jane Doe' --how 'by hand, copies' --consent 'for counsel only'
  khronika add doe.khronika order.pdf --parent letter.eml

Exit codes:
  0    done
  1    done, but something could not be stored, or was stored and not read
  2    not done
  130  interrupted; what was acknowledged is in the case";

/// List the documents of a case file
#[derive(Debug, Arguments)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct List {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const LIST_EXAMPLES: &str = "\
Examples:
  khronika list doe.khronika
  khronika list doe.khronika --json | jq -r '.sources[] | .sha256 + \"  \" + .name'

Exit codes:
  0    done
  2    not done";

/// Show a document of a case file: what is known of it, its text, or its bytes
#[derive(Debug, Arguments)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct Show {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The document: its id, the beginning of its SHA-256, or its name
    #[arg(value_name = "SOURCE")]
    pub(crate) source: String,
    /// Print its text only
    #[arg(long, conflicts_with_all = ["bytes", "json"])]
    pub(crate) text: bool,
    /// Write its bytes, as they were received, on the standard output
    #[arg(long, conflicts_with = "json")]
    pub(crate) bytes: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  khronika show doe.khronika s-2c26b46b68
  khronika show doe.khronika order.pdf --bytes > order.pdf

Exit codes:
  0    done
  2    not done; no such document";

/// Search the texts of a case file
///
/// Finds words in whatever case, script, spelling and inflection they stand: Аблязов, Ablyazov and Әблязов find one another.
#[derive(Debug, Arguments)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct Search {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The words, all of which are wanted. "several words" in a row, the beginning* of a word, one OR the other, =exactly this form,
    /// and, inside quotation marks for the shell, -not this one
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// Only texts in this language (ISO 639-1)
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    /// Only this document
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// Only documents in which the last build found a date on or after this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) since: Option<Day>,
    /// Only documents in which the last build found a date on or before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<Day>,
    /// Only documents in which the last build found this person or body, however the name is written
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// How many documents to show
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  khronika search doe.khronika ablyazov expulsion
  khronika search doe.khronika '\"set aside\"' 'annul* -france' --lang en --since 2020-01-01
  khronika search doe.khronika суд --json | jq '.hits[].name'

Exit codes:
  0    done
  1    nothing was found
  2    not done";

/// Say what you think of what the program found: confirm, reject, correct, merge, split, link, note; add what it did not find
///
/// Findings are made anew by every build; judgments stay in the journal under your signature, and are applied over them: nothing is
/// concluded from an act that was rejected. Events are named by their ids, as `khronika standing` and case.json give them.
///
/// `add` makes an event, an act, a statement or the name of somebody out of words of a document that the program did not understand. It
/// is tied to exactly these words, and says that you made it and when, never that the program did. Nothing is added without words: what
/// you know and no paper says is to be written down, and added as a paper of yours (`khronika add`).
#[derive(Debug, Arguments)]
#[command(after_help = JUDGE_EXAMPLES)]
pub(crate) struct Judge {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// What you say
    #[arg(value_name = "VERDICT", value_enum)]
    pub(crate) verdict: Say,
    /// The ids of the events (e-…), or of actors (a-…) that are merged, split or noted; to withdraw judgments, the numbers of their entries in the journal; to add something, the
    /// document: its id, the beginning of its SHA-256, or its name
    #[arg(value_name = "ID")]
    pub(crate) about: Vec<String>,
    /// Why, or what is to be remembered
    #[arg(long, value_name = "TEXT")]
    pub(crate) words: Option<String>,
    /// correct, add: when it was, as a day, month, year or range (EDTF): 2021-05-04, 2021-05, 2021~, 2021-05-04/2021-05-06
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) date: Option<Edtf>,
    /// correct, add: what it is, in one short sentence
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,
    /// correct, add: the body whose act it is
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) body: Option<String>,
    /// link: what the first act does to the second [default: concerns]
    #[arg(long, value_name = "EFFECT", value_parser = effect)]
    pub(crate) effect: Option<EffectKind>,
    /// split: a name of the actor that is another's; may be given more than once [default: each name is somebody by itself]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) form: Vec<String>,
    #[command(flatten)]
    pub(crate) adding: Adding,
    /// Find by rules alone, as `khronika build --no-models` does: its events may have other ids
    #[arg(long)]
    pub(crate) no_models: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

/// What can be said of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Say {
    /// It is as found
    Confirm,
    /// It is not so
    Reject,
    /// It is so, but for its --date, --title or --body
    Correct,
    /// These events, or actors, are one
    Merge,
    /// What was taken for one event or actor is several; of several actors: they are not one
    Split,
    /// The first act concerns the second, or has another --effect on it
    Link,
    /// Something to remember of it
    Note,
    /// These --quote words of a document say something that was not found
    Add,
    /// Take back a judgment
    Withdraw,
    /// List the judgments
    List,
}

const JUDGE_EXAMPLES: &str = "\
Examples:
  khronika build doe.khronika --out out && khronika standing out
  khronika judge doe.khronika reject e-d2d32fe4a7 --words 'the appeal was announced, not lodged'
  khronika judge doe.khronika correct e-d2d32fe4a7 --date 2021-05-04 --words 'see the stamp on page 2'
  khronika judge doe.khronika merge e-d2d32fe4a7 e-0b1c2d3e4f
  khronika judge doe.khronika link e-d2d32fe4a7 e-0b1c2d3e4f --effect annuls
  khronika judge doe.khronika merge a-1f2e3d4c5b a-0a1b2c3d4e --words 'her maiden name'
  khronika judge doe.khronika split a-1f2e3d4c5b --form Orlov --words 'Orlov is her brother'
  khronika judge doe.khronika add letter.pdf --quote 'the file was closed on 4 May' --what act --outcome DROP --date 2021-05-04
  khronika judge doe.khronika add s-1b2c3d4e5f --quote 'she never signed it' --what statement --speaker 'Jane Doe' --stance denies
  khronika judge doe.khronika add letter.pdf --quote 'my sister' --what actor --name 'Mary Doe'
  khronika judge doe.khronika list
  khronika judge doe.khronika withdraw 17

Exit codes:
  0    done
  2    not done; no such event, judgment or words";

/// Show the journal of a case file: who did what when
#[derive(Debug, Arguments)]
#[command(after_help = LOG_EXAMPLES)]
pub(crate) struct Log {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Only entries about this document or finding
    #[arg(long, value_name = "WHAT", conflicts_with_all = ["kind", "checkpoint"])]
    pub(crate) about: Option<String>,
    /// Only entries of this kind (source.received), or of all kinds that begin so (judgment.)
    #[arg(long, value_name = "KIND", conflicts_with = "checkpoint")]
    pub(crate) kind: Option<String>,
    /// Print the newest checkpoint instead: a few lines to keep elsewhere, by which an older copy of the file is told from the newest
    #[arg(long, conflicts_with = "json")]
    pub(crate) checkpoint: bool,
    /// Write a request for a time stamp (RFC 3161, .tsq) into this file, which must not be there: of the newest checkpoint, or of --of.
    /// Take it to any time-stamping authority, from any machine, and bring back the answer
    #[arg(long, value_name = "FILE", conflicts_with_all = ["about", "kind", "checkpoint", "attach"])]
    pub(crate) timestamp_request: Option<PathBuf>,
    /// The document that a time stamp is asked for [default: the newest checkpoint, under which the whole journal stands]
    #[arg(long, value_name = "SOURCE", requires = "timestamp_request")]
    pub(crate) of: Option<String>,
    /// Keep a time stamp of a document or checkpoint of this case: an authority's answer (.tsr), or OpenTimestamps (.ots)
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["about", "kind", "checkpoint"])]
    pub(crate) attach: Vec<PathBuf>,
    /// Print JSON: an entry a line, with its signed record
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const LOG_EXAMPLES: &str = "\
Examples:
  khronika log doe.khronika
  khronika log doe.khronika --checkpoint > doe-2026-11-30.checkpoint
  khronika log doe.khronika --kind key. --json
  khronika log doe.khronika --timestamp-request doe.tsq
      have doe.tsq answered, then: khronika log doe.khronika --attach doe.tsr
  khronika log doe.khronika --attach doe-2026-11-30.checkpoint.ots
      a stamp of a checkpoint that was printed before

Exit codes:
  0    done
  2    not done";

/// Check a case file, a sealed case or a single proof, of khronika or of others, and say exactly what holds
///
/// Of a case file every digest, signature and sum is computed anew. Of a bag (BagIt) every file is, and every proof in it is judged. Single
/// proofs are signatures (.minisig), time stamps (.tsr, .ots), receipts of a log (.tlog-proof), checkpoints, folders of a log, and files
/// encrypted with age. What comes with a proof vouches for nothing: hand in keys and certificates that you have from somewhere you trust.
#[derive(Debug, Arguments)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct Verify {
    /// A case file, the folder of a bag or of a log, or a proof
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// A checkpoint of the same case or log that was kept elsewhere: the journal has to go on from there. Several, of a case
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Vec<PathBuf>,
    /// A public key: of minisign (RW…), of signed notes (name+…+…), or a file of such keys. May be repeated
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Vec<String>,
    /// The name that the log must have: khronika.case/ and the id of the case
    #[arg(long, value_name = "NAME")]
    pub(crate) log: Option<String>,
    /// Root certificates of time-stamping authorities (PEM or DER). May be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) root: Vec<PathBuf>,
    /// Other certificates that their chains may go through. May be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Vec<PathBuf>,
    /// The header of a Bitcoin block, for .ots: its height, a colon, and 160 hexadecimal digits. May be repeated
    #[arg(long, value_name = "HEIGHT:HEADER")]
    pub(crate) block: Vec<String>,
    /// The file that a single proof is of [default: the file beside it, of its name without the ending]
    #[arg(long, value_name = "FILE")]
    pub(crate) of: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  khronika verify doe.khronika --checkpoint doe-2026-10-01.checkpoint
  khronika verify sealed/ --key RWQ…
      a sealed case, with the key that its sender told you
  khronika verify letter.pdf.tsr --root authority.pem
  khronika verify sealed.tar.age --identity clerk.identity

Exit codes:
  0    everything holds
  1    something does not hold
  2    it cannot be judged: unreadable, of an unknown kind, or a key, a certificate or a file is missing";

/// List, add or remove what opens a case file
#[derive(Debug, Arguments)]
#[command(after_help = KEY_EXAMPLES)]
pub(crate) struct Key {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make an age identity: a file that opens the cases it is added to. Prints its recipient, which may be given away
    New {
        /// The identity file to make; keep it to yourself
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List what opens the case, and whose signatures stand in its journal
    List {
        /// The case file
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        unlock: Unlock,
    },
    /// Let somebody else open the case
    Add {
        /// The case file
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// What they are called in the journal
        #[arg(long, value_name = "WHO")]
        label: String,
        /// Their age recipient (age1…); without it a new passphrase is asked for
        #[arg(long, value_name = "RECIPIENT")]
        recipient: Option<String>,
        /// Read the new passphrase from the first line of this file
        #[arg(long, value_name = "FILE", conflicts_with = "recipient")]
        new_passphrase_file: Option<PathBuf>,
        #[command(flatten)]
        unlock: Unlock,
    },
    /// Take a key away. Copies of the file that were made before can still be opened with it
    Remove {
        /// The case file
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// The key's id, as the list has it
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        unlock: Unlock,
    },
}

const KEY_EXAMPLES: &str = "\
Examples:
  khronika key new boris.identity
  khronika key add doe.khronika --label Boris --recipient age1…
  khronika key list doe.khronika
  khronika key remove doe.khronika 1b2c3d4e5f60

Exit codes:
  0    done
  2    not done";

/// Copy a case file as it is now, also while it is being written to
#[derive(Debug, Arguments)]
#[command(after_help = BACKUP_EXAMPLES)]
pub(crate) struct Backup {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The copy to make
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const BACKUP_EXAMPLES: &str = "\
Examples:
  khronika backup doe.khronika /media/stick/doe-2026-11-30.khronika

Exit codes:
  0    done
  2    not done; no copy was made";

/// Change the passphrase of a case file
///
/// Changes the passphrase that you open the case with; other keys stay as they are. Copies of the file that were made before still open
/// with the old one.
#[derive(Debug, Arguments)]
#[command(after_help = PASSPHRASE_EXAMPLES)]
pub(crate) struct Passphrase {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Read the new passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

const PASSPHRASE_EXAMPLES: &str = "\
Examples:
  khronika passphrase doe.khronika

Exit codes:
  0    done
  2    not done; the old passphrase stays";
