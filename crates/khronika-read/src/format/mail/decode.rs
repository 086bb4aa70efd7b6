//! The encodings of mail: base64 and quoted-printable (RFC 2045), words in headers (RFC 2047), parameters (RFC 2231), character sets.

use std::borrow::Cow;

use crate::encoding::{self, Decoded};

/// What undoing an encoding gave.
pub(in crate::format) struct Undone {
    pub bytes: Vec<u8>,
    /// Bytes that the encoding does not have.
    pub odd: usize,
}

const SKIP: u8 = 64;
const END: u8 = 65;
const ODD: u8 = 66;

const BASE64: [u8; 256] = {
    let mut table = [ODD; 256];
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut n = 0;
    while n < 64 {
        table[letters[n] as usize] = n as u8;
        n += 1;
    }
    table[b'=' as usize] = END;
    table[b'\r' as usize] = SKIP;
    table[b'\n' as usize] = SKIP;
    table[b' ' as usize] = SKIP;
    table[b'\t' as usize] = SKIP;
    table
};

fn sextet(byte: u8) -> u8 {
    BASE64.get(usize::from(byte)).copied().unwrap_or(ODD)
}

/// Undoes base64. What follows its end (the foot that a mailing list adds) is left out and counted as odd, as is what does not belong.
pub(in crate::format) fn base64(body: &[u8]) -> Undone {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3 + 3);
    let (mut word, mut have, mut odd) = (0_u32, 0_u32, 0);
    let mut rest = body;
    while !rest.is_empty() {
        if have == 0
            && let [a, b, c, d, after @ ..] = rest
        {
            let (a, b, c, d) = (sextet(*a), sextet(*b), sextet(*c), sextet(*d));
            if a | b | c | d < SKIP {
                let word = (u32::from(a) << 18) | (u32::from(b) << 12) | (u32::from(c) << 6) | u32::from(d);
                let [_, x, y, z] = word.to_be_bytes();
                bytes.extend_from_slice(&[x, y, z]);
                rest = after;
                continue;
            }
        }
        let Some((first, after)) = rest.split_first() else { break };
        rest = after;
        match sextet(*first) {
            SKIP => {}
            ODD => odd += 1,
            END => {
                // Encoded in pieces, each of which has an end: what follows goes on.
                flush(&mut bytes, word, have);
                (word, have) = (0, 0);
                let near = rest.get(..rest.len().min(400)).unwrap_or_default();
                if near.iter().any(|b| sextet(*b) == ODD) {
                    odd += rest.iter().filter(|b| !b.is_ascii_whitespace() && **b != b'=').count();
                    break;
                }
            }
            value => {
                word = (word << 6) | u32::from(value);
                have += 1;
                if have == 4 {
                    let [_, x, y, z] = word.to_be_bytes();
                    bytes.extend_from_slice(&[x, y, z]);
                    (word, have) = (0, 0);
                }
            }
        }
    }
    flush(&mut bytes, word, have);
    Undone { bytes, odd }
}

fn flush(bytes: &mut Vec<u8>, word: u32, have: u32) {
    match have {
        2 => bytes.extend((word >> 4).to_be_bytes().last()),
        3 => bytes.extend_from_slice((word >> 2).to_be_bytes().get(2..).unwrap_or_default()),
        _ => {}
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let [high, low] = pair else { return None };
    Some(hex(*high)? << 4 | hex(*low)?)
}

/// Undoes quoted-printable.
pub(super) fn quoted_printable(body: &[u8]) -> Undone {
    let mut bytes = Vec::with_capacity(body.len());
    let mut odd = 0;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let end = line.trim_ascii_end();
        // White space at the end of a line was added on the way.
        let line_end = match line {
            [.., b'\r', b'\n'] => &b"\r\n"[..],
            [.., b'\n'] => b"\n",
            _ => b"",
        };
        let (end, soft) = end.strip_suffix(b"=").map_or((end, false), |rest| (rest, true));
        let mut rest = end;
        while let Some(at) = memchr::memchr(b'=', rest) {
            bytes.extend_from_slice(rest.get(..at).unwrap_or_default());
            match rest.get(at + 1..at + 3).and_then(hex_pair) {
                Some(byte) => {
                    bytes.push(byte);
                    rest = rest.get(at + 3..).unwrap_or_default();
                }
                None => {
                    odd += 1;
                    bytes.push(b'=');
                    rest = rest.get(at + 1..).unwrap_or_default();
                }
            }
        }
        bytes.extend_from_slice(rest);
        if !soft {
            bytes.extend_from_slice(line_end);
        }
    }
    Undone { bytes, odd }
}

/// Bytes in the character set that a label names; where it names none that is known, or plainly another one, as the bytes themselves
/// tell.
pub(crate) fn charset(bytes: &[u8], label: Option<&str>) -> Decoded {
    let label = label.map(|l| l.trim().trim_matches(['"', '\'']));
    // Not readable byte for byte, so not among those that are told by their letters.
    if let Some(label) = label
        && let Some(encoding) = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
        && !encoding.is_ascii_compatible()
    {
        let (text, encoding, _) = encoding.decode(bytes);
        return Decoded { text: text.into_owned(), encoding: encoding.name(), damage: Vec::new() };
    }
    encoding::decode_declared(bytes, label.and_then(encoding::from_label))
}

/// True where a label names a character set that can be read.
pub(super) fn is_known(label: &str) -> bool {
    let label = label.trim();
    encoding::from_label(label).is_some()
        || encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).is_some()
        || label.eq_ignore_ascii_case("us-ascii")
        || label.eq_ignore_ascii_case("unknown-8bit")
}

/// The value of a header in letters, on one line. `label` is the character set of bytes that are not ASCII, which the standard does not
/// know.
pub(super) fn header(raw: &[u8], label: Option<&str>) -> String {
    let raw: Cow<'_, [u8]> = if raw.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        raw.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect::<Vec<_>>().into()
    } else {
        Cow::Borrowed(raw)
    };
    let text = if raw.is_ascii() { String::from_utf8_lossy(&raw).into_owned() } else { charset(&raw, label).text };
    let words = if text.contains("=?") { encoded_words(&text) } else { text };
    one_line(&words)
}

/// White space collapsed, control characters left out.
pub(crate) fn one_line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(|c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}')) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Undoes the encoded words of a header; white space between two of them is none, and the bytes of neighbours in one character set
/// belong together, since some programs cut letters in two.
fn encoded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut held: Option<(String, Vec<u8>)> = None;
    let mut rest = text;
    let flush = |held: &mut Option<(String, Vec<u8>)>, out: &mut String| {
        if let Some((label, bytes)) = held.take() {
            out.push_str(&charset(&bytes, Some(&label)).text);
        }
    };
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        let Some((label, bytes, after)) = encoded_word(word) else {
            flush(&mut held, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = word.strip_prefix("=?").unwrap_or_default();
            continue;
        };
        if held.is_none() || !before.trim().is_empty() {
            flush(&mut held, &mut out);
            out.push_str(before);
        }
        match &mut held {
            Some((known, so_far)) if known.eq_ignore_ascii_case(label) => so_far.extend(bytes),
            _ => {
                flush(&mut held, &mut out);
                held = Some((label.to_owned(), bytes));
            }
        }
        rest = after;
    }
    flush(&mut held, &mut out);
    out.push_str(rest);
    out
}

/// `=?charset?B|Q?text?=` at the start of `word`: the character set, the bytes, what follows.
fn encoded_word(word: &str) -> Option<(&str, Vec<u8>, &str)> {
    /// RFC 2047 has 75; programs that do not care write whole paragraphs.
    const LONGEST: usize = 4000;
    let inner = word.strip_prefix("=?")?;
    let (label, inner) = inner.split_once('?')?;
    let (how, inner) = inner.split_once('?')?;
    if label.len() > 60 || label.is_empty() || label.contains(char::is_whitespace) || how.len() != 1 {
        return None;
    }
    let end = inner.get(..inner.floor_char_boundary(LONGEST.min(inner.len())))?.find("?=")?;
    let (coded, after) = (inner.get(..end)?, inner.get(end + 2..)?);
    let bytes = match how {
        "B" | "b" => base64(coded.as_bytes()).bytes,
        "Q" | "q" => {
            let spaced: Vec<u8> = coded.bytes().map(|b| if b == b'_' { b' ' } else { b }).collect();
            // A space at the end stands there on purpose.
            let mut undone = quoted_printable(&spaced).bytes;
            let spaces = spaced.len() - spaced.trim_ascii_end().len();
            undone.resize(undone.len() + spaces, b' ');
            undone
        }
        _ => return None,
    };
    // RFC 2231 lets a language follow the character set.
    let label = label.split('*').next().unwrap_or(label);
    Some((label, bytes, after))
}

/// `utf-8'fr'%C3%A9t%C3%A9` (RFC 2231) in letters.
pub(super) fn extended(value: &[u8], first: bool) -> String {
    let (label, bytes) = percent(value, first);
    charset(&bytes, label.as_deref()).text
}

/// The character set and the bytes of a parameter of RFC 2231; only the first piece names the set.
pub(super) fn percent(value: &[u8], first: bool) -> (Option<String>, Vec<u8>) {
    let mut label = None;
    let mut rest = value;
    if first {
        let mut quotes = memchr::memchr_iter(b'\'', value);
        if let (Some(one), Some(two)) = (quotes.next(), quotes.next()) {
            label = value.get(..one).map(|l| String::from_utf8_lossy(l).into_owned()).filter(|l| !l.is_empty());
            rest = value.get(two + 1..).unwrap_or_default();
        }
    }
    (label, unescaped(rest))
}

/// The bytes of what stands as `%20`, in a parameter or an address.
pub(in crate::format) fn unescaped(mut rest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some(at) = memchr::memchr(b'%', rest) {
        bytes.extend_from_slice(rest.get(..at).unwrap_or_default());
        match rest.get(at + 1..at + 3).and_then(hex_pair) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(at + 3..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = rest.get(at + 1..).unwrap_or_default();
            }
        }
    }
    bytes.extend_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_undone_whatever_stands_between() {
        let undone = |text: &str| {
            let undone = base64(text.as_bytes());
            (String::from_utf8(undone.bytes).unwrap(), undone.odd)
        };
        assert_eq!(undone("TGEgQ291\r\nci4="), ("La Cour.".into(), 0));
        assert_eq!(undone("TGEgQ291ci4"), ("La Cour.".into(), 0));
        assert_eq!(undone("TGEg!Q291ci4="), ("La Cour.".into(), 1));
        // Encoded in two pieces; a foot that a list added.
        assert_eq!(undone("TGE=\nTGE="), ("LaLa".into(), 0));
        assert_eq!(undone("TGE=\n____\nlist: x").0, "La");
        assert_eq!(undone("=====").0, "");
    }

    #[test]
    fn quoted_printable_is_undone() {
        let undone = |text: &str| String::from_utf8(quoted_printable(text.as_bytes()).bytes).unwrap();
        assert_eq!(undone("caf=C3=A9 =\r\nnoir  \r\n=3D"), "café noir\r\n=");
        assert_eq!(undone("50 =GH ="), "50 =GH ");
    }

    #[test]
    fn words_in_headers_are_put_together() {
        for (raw, words) in [
            ("=?utf-8?B?0KHRg9C0?=", "Суд"),
            ("=?utf-8?B?0KE=?=\r\n =?utf-8?B?0YPQtA==?=", "Суд"),
            // One letter in two words.
            ("=?utf-8?B?0A==?= =?utf-8?B?oQ==?=", "С"),
            ("=?koi8-r?Q?=F3=D5=C4?= (x) =?UTF-8*fr?q?d=C3=A9j=C3=A0_vu?=", "Суд (x) déjà vu"),
            ("a =?x? b =?utf-8?Z?x?=", "a =?x? b =?utf-8?Z?x?="),
            ("one\r\n\ttwo =?utf-8?Q?three=0D=0ABcc:_x?=", "one two three Bcc: x"),
            ("=?unknown-set?Q?plain?=", "plain"),
        ] {
            assert_eq!(header(raw.as_bytes(), None), words, "{raw}");
        }
        assert_eq!(header(&[0xD1, 0xF3, 0xE4], Some("windows-1251")), "Суд");
    }
}
