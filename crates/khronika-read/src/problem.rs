//! The problems of files as wholes, worded for the person who handed them in.

use std::io;

use khronika_core::{Lang, Problem, ProblemKind, SourceId};

use crate::encoding::{Damage, Harm};
use crate::media::{self, Kind, Unread};
use crate::rendition::{Refusal, Remark, RemarkKind};

/// A problem with the file or folder `name`.
pub(crate) fn of(name: &str, kind: ProblemKind, what: impl Into<String>, advice: impl Into<String>) -> Problem {
    Problem {
        source: None,
        name: name.to_owned(),
        kind,
        what: what.into(),
        span: None,
        place: None,
        advice: advice.into(),
    }
}

/// The file or folder could not be opened or read.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    let (what, advice) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("It is not there, or disappeared while it was read.".to_owned(), "Check the path and run again.")
        }
        io::ErrorKind::PermissionDenied => {
            ("Permission to read it is denied.".to_owned(), "Give your account the right to read it, and run again.")
        }
        _ => (format!("It could not be read: {error}."), "Copy it to another disk and run again."),
    };
    of(name, ProblemKind::Unreadable, what, advice)
}

/// The file is longer than the limit.
pub(crate) fn too_long(name: &str, limit: u64) -> Problem {
    of(
        name,
        ProblemKind::Limit,
        format!("It is longer than the limit of {} bytes and was not read.", grouped(limit)),
        "Split the file, or hand in the part that matters.",
    )
}

/// The file is of a kind that is not read yet.
pub(crate) fn not_read_yet(name: &str, unread: Unread) -> Problem {
    let mut what = match unread.advice {
        Some(_) => format!("It is a {}, which is no document.", unread.what),
        None => format!("{}: not read yet.", capital(unread.what)),
    };
    let promised = media::extension(name).filter(|e| !unread.extensions.contains(&e.as_str()));
    if let (Some(extension), false) = (promised, unread.extensions.is_empty()) {
        what.push_str(&format!(" Its name ends in “.{extension}”, which it is not."));
    }
    let advice = unread.advice.unwrap_or("For now, save it as text or HTML and hand that in as well.");
    of(name, ProblemKind::NotReadYet, what, advice)
}

/// The file is read, but its name promises something else.
pub(crate) fn mismatch(name: &str, id: &SourceId, kind: Kind) -> Option<Problem> {
    let extension = media::extension(name)?;
    if kind.extensions().contains(&extension.as_str()) {
        return None;
    }
    let promised = match (kind, extension.as_str()) {
        // Nothing but its name tells Markdown or a table from text.
        (Kind::Plain | Kind::Markdown | Kind::Csv, "txt" | "md" | "csv" | "tsv") => return None,
        (_, other) => media::promised(other).or((other == "txt").then_some("text"))?,
    };
    let is = if kind.is_text() { "text" } else { kind.what() };
    let what = format!("Its name ends in “.{extension}” ({promised}), but what it holds is {is}; it was read as {is}.");
    let advice = "Check that this is the document you meant; an incomplete download often looks like this.";
    Some(Problem { source: Some(id.clone()), ..of(name, ProblemKind::Suspicious, what, advice) })
}

/// The parser gave the file up.
pub(crate) fn refused(name: &str, kind: Kind, refusal: &Refusal) -> Problem {
    let what = format!("{}: {refusal}.", capital(kind.what()));
    let (kind, advice) = match refusal {
        Refusal::Locked if kind.takes_password() => (
            ProblemKind::Unreadable,
            "Give its password with --ask-password or --password-file, or take it off and hand in the document again.",
        ),
        Refusal::Locked => (ProblemKind::Unreadable, "Take the password off and hand in the document again."),
        Refusal::Damaged(_) => (ProblemKind::Unreadable, "Hand in a better copy if there is one."),
        Refusal::Unsupported(_) => {
            (ProblemKind::NotReadYet, "For now, save it as text or HTML and hand that in as well.")
        }
        Refusal::Limit(_) => (ProblemKind::Limit, "Split the file, or hand in the part that matters."),
        Refusal::Missing(_) => (ProblemKind::NotReadYet, "Install it and read the document again."),
        Refusal::Failed(_) => (
            ProblemKind::Internal,
            "This is a bug, or the document was made to break its reader. Please report it, with a document that holds nothing private.",
        ),
        Refusal::Unconfined(_) => (
            ProblemKind::NotReadYet,
            "Read it on a system that can keep its parser apart (Linux with seccomp), or, if you trust it, with --unsandboxed.",
        ),
    };
    of(name, kind, what, advice)
}

/// Something of the document was not read, or is strange.
pub(crate) fn remark(name: &str, id: &SourceId, remark: &Remark) -> Problem {
    let (kind, advice) = match remark.kind {
        RemarkKind::Damaged => {
            (ProblemKind::Damaged, "Compare with the original; hand in a better copy if there is one.")
        }
        RemarkKind::Limit => (ProblemKind::Limit, "Split the file, or hand in the part that matters."),
        RemarkKind::NotRead => (ProblemKind::NotReadYet, "Look at this part yourself."),
        RemarkKind::Strange => (ProblemKind::Suspicious, "Look at the document itself."),
    };
    let what = capital(remark.what.trim_end_matches('.')) + ".";
    Problem { source: Some(id.clone()), place: remark.place.clone(), ..of(name, kind, what, advice) }
}

/// The file holds no text.
pub(crate) fn empty(name: &str, size: u64) -> Problem {
    let what = if size == 0 { "The file is empty (0 bytes)." } else { "The file holds nothing but white space." };
    of(name, ProblemKind::Empty, what, "Check that it was copied whole.")
}

/// The same bytes were met before in the same file.
pub(crate) fn inside_again(name: &str) -> Problem {
    let what = "The same bytes as another document in the same file, or as what it is inside of; read once.";
    of(name, ProblemKind::Duplicate, what, "Nothing to do.")
}

/// The language is not one that the program has words for.
pub(crate) fn language(name: &str, id: &SourceId, lang: Lang) -> Problem {
    let (what, advice) = if lang == Lang::UND {
        (
            "Its language could not be told; dates, acts and names in it may be missed.".to_owned(),
            "Name the language with --lang if you know it.",
        )
    } else {
        (
            format!(
                "It seems to be in a language (code “{lang}”) that the program has no words for; dates, acts and names in it may be missed."
            ),
            "Have it translated, or read it by hand; name the language with --lang if this is wrong.",
        )
    };
    Problem { source: Some(id.clone()), ..of(name, ProblemKind::Language, what, advice) }
}

/// The text has more parts than are told apart.
pub(crate) fn too_many_parts(name: &str, id: &SourceId) -> Problem {
    let what = "The text has more parts than the program tells apart; the rest of it was read as running text.";
    Problem { source: Some(id.clone()), ..of(name, ProblemKind::Limit, what, "Split the file into its documents.") }
}

/// Parts of the text could not be decoded.
pub(crate) fn damage(name: &str, id: &SourceId, damage: &Damage) -> Problem {
    Problem {
        source: Some(id.clone()),
        span: Some(damage.span),
        place: damage.byte.map(byte),
        ..of(
            name,
            ProblemKind::Damaged,
            harm(damage),
            "Compare with the original; hand in a better copy if there is one.",
        )
    }
}

/// How parts of a text could not be decoded.
pub(crate) fn harm(damage: &Damage) -> String {
    let count = grouped(damage.count);
    let what = match damage.harm {
        Harm::Nul => format!("NUL bytes in the text: {count}"),
        Harm::Broken => format!("Byte sequences that the encoding does not have: {count}"),
        Harm::Surrogate => format!("Halves of a UTF-16 pair without the other half: {count}"),
        Harm::Shifted => {
            let what = format!("UTF-16 that lost its alignment on the way; NUL bytes left out: {count}");
            return format!("{what}. Letters beyond ASCII may be wrong.");
        }
        Harm::Odd => "The last byte is half of a UTF-16 unit: the file was cut".to_owned(),
    };
    format!("{what}; each stands as U+FFFD in the text.")
}

/// A place in a file.
pub(crate) fn byte(at: u64) -> String {
    format!("byte {} of the file", grouped(at))
}

/// A number with commas between the thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
