//! Paths and names in bags.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// A path that a manifest names, made plain: without `./` before it. None where it leads out of the bag, on whatever system it is read.
pub(super) fn plain_path(path: &str) -> Option<&str> {
    let mut plain = path;
    while let Some(rest) = plain.strip_prefix("./") {
        plain = rest;
    }
    let drive = matches!(plain.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    let inside = !plain.starts_with('~') && !drive && !plain.contains(['\\', '\0']);
    let parts = plain.split('/').all(|part| !matches!(part, "" | "." | ".."));
    (inside && parts).then_some(plain)
}

/// Whether a file is a tag manifest or a proof of one, which no tag manifest can list.
pub(super) fn is_above_manifests(path: &str) -> bool {
    let of_manifest = path.starts_with("tagmanifest-") && !path.contains('/');
    of_manifest && (path.ends_with(".txt") || PROOFS.iter().any(|ending| path.ends_with(ending)))
}

/// The endings of proofs.
pub(crate) const PROOFS: [&str; 4] = [".tlog-proof", ".minisig", ".tsr", ".ots"];

/// What two names have in common that some file systems hold to be one: composed or not, capital or small.
pub(crate) fn folded(path: &str) -> String {
    composed(path).to_lowercase()
}

/// The name with its accents composed (NFC).
pub(super) fn composed(path: &str) -> Cow<'_, str> {
    const { ComposingNormalizerBorrowed::new_nfc() }.normalize(path)
}

/// Whether operating systems leave files of this name in folders that people only looked at.
pub(super) fn is_system_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"].iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// A name for a file that every operating system can have, as near to `name` as can be: no separators, control characters or reserved
/// words, at most 200 bytes, never empty. Two names may become one; whoever needs them apart has to see to it.
pub fn safe_name(name: &str) -> String {
    let mut safe = String::new();
    for c in composed(name).chars() {
        let bad = c.is_control()
            || is_direction(c)
            || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%');
        let c = if bad { '_' } else { c };
        if safe.len() + c.len_utf8() > 200 {
            break;
        }
        safe.push(c);
    }
    let trimmed = safe.trim_matches([' ', '.']).trim_start_matches('~');
    let stem = trimmed.split('.').next().unwrap_or_default();
    let reserved = ["con", "prn", "aux", "nul"].iter().any(|word| word.eq_ignore_ascii_case(stem))
        || matches!(
            stem.to_ascii_lowercase().as_bytes(),
            [b'c', b'o', b'm', b'0'..=b'9'] | [b'l', b'p', b't', b'0'..=b'9']
        );
    if trimmed.is_empty() || reserved { format!("_{trimmed}") } else { trimmed.to_owned() }
}

/// Whether a character turns the direction of writing, so that a name reads as another.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Why a path cannot stand in a bag that we write; None where it can.
pub(crate) fn unfit(path: &str) -> Option<&'static str> {
    let plain = plain_path(path) == Some(path);
    let long = path.len() > 1024 || path.split('/').any(|part| part.len() > 255);
    let bad = |part: &str| {
        part.ends_with([' ', '.'])
            || part
                .chars()
                .any(|c| c.is_control() || is_direction(c) || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    };
    match () {
        () if !plain => Some("the path leads out of the bag"),
        () if long => Some("the path is too long"),
        () if path.split('/').any(bad) => Some("the path has characters that some systems cannot have in names"),
        () if composed(path) != path => Some("the accents of the path are not composed"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_stay_inside() {
        for (path, plain) in [
            ("data/a b.txt", "data/a b.txt"),
            ("./data/x", "data/x"),
            ("././x", "x"),
            ("data/~x", "data/~x"),
            ("a..b", "a..b"),
        ] {
            assert_eq!(plain_path(path), Some(plain));
        }
        let out = [
            "",
            "/tmp/x",
            "../x",
            "data/../x",
            "data//x",
            "data/./x",
            "data/",
            "~/x",
            "~root/x",
            "C:\\x",
            "C:/x",
            "\\\\?\\UNC\\x",
            "a\\b",
            "a\0b",
            "%HomeDrive%\\x",
        ];
        assert!(out.iter().all(|path| plain_path(path).is_none()));
    }

    #[test]
    fn names_are_made_safe() {
        for (name, safe) in [
            ("Arrêt du 12 juillet.pdf", "Arrêt du 12 juillet.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("CON.txt", "_CON.txt"),
            ("com1", "_com1"),
            ("", "_"),
            ("...", "_"),
            ("a\nb\u{202e}c", "a_b_c"),
            ("~root", "root"),
            ("e\u{301}t\u{e9}", "été"),
        ] {
            assert_eq!(safe_name(name), safe);
            assert_eq!(unfit(&format!("data/{safe}")), None, "{safe}");
        }
        assert_eq!(safe_name(&"ж".repeat(300)).len(), 200);
    }
}
