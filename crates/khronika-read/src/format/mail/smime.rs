//! A mail wrapped into its own signature (S/MIME: CMS signed data, RFC 5652): what was signed is inside, between certificates and the
//! signature itself, none of which is looked at.

/// Objects in objects in …; pieces of a text in pieces.
const DEEPEST: usize = 8;

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const FIRST: u8 = 0xA0;

/// 1.2.840.113549.1.7.2.
const SIGNED: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";

/// An object (X.690, BER): its tag, its content, and what follows it.
struct Object<'a> {
    tag: u8,
    content: &'a [u8],
    rest: &'a [u8],
}

/// Reads the object that `bytes` begin with.
fn object(bytes: &[u8], depth: usize) -> Option<Object<'_>> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    // Tags of more than a byte do not occur in what is looked at.
    if tag & 0x1F == 0x1F || depth == 0 {
        return None;
    }
    if first == 0x80 {
        // Of unknown length: up to two zeros after the objects in it.
        let mut inner = rest;
        while !inner.starts_with(&[0, 0]) {
            inner = object(inner, depth - 1)?.rest;
        }
        let content = rest.get(..rest.len() - inner.len())?;
        return Some(Object { tag, content, rest: inner.get(2..)? });
    }
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7F);
        let (digits, rest) = rest.split_at_checked(count).filter(|_| count <= 4)?;
        (digits.iter().fold(0_usize, |sum, b| (sum << 8) | usize::from(*b)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some(Object { tag, content, rest })
}

fn inside(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    object(bytes, DEEPEST).filter(|o| o.tag == tag).map(|o| o.content)
}

/// The mail that was signed.
pub(super) fn signed(bytes: &[u8]) -> Option<Vec<u8>> {
    let info = inside(bytes, SEQUENCE)?.strip_prefix(SIGNED)?;
    let data = inside(inside(info, FIRST)?, SEQUENCE)?;
    // The version, the digests, and then what is signed: its kind and itself.
    let digests = object(data, DEEPEST)?.rest;
    let held = inside(object(digests, DEEPEST)?.rest, SEQUENCE)?;
    let content = inside(object(held, DEEPEST)?.rest, FIRST)?;
    let mut out = Vec::new();
    octets(content, DEEPEST, &mut out)?;
    Some(out)
}

/// Bytes, or pieces of them.
fn octets(bytes: &[u8], depth: usize, out: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let next = object(rest, depth)?;
        match next.tag {
            OCTETS => out.extend_from_slice(next.content),
            OCTETS_IN_PIECES => octets(next.content, depth.checked_sub(1)?, out)?,
            _ => return None,
        }
        rest = next.rest;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x82][..], &u16::try_from(content.len()).unwrap().to_be_bytes(), content].concat()
    }

    fn endless(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80][..], content, &[0, 0]].concat()
    }

    #[test]
    fn what_is_signed_comes_out_in_one_piece_or_in_several() {
        let text = b"Content-Type: text/plain\r\n\r\nThe order is void.";
        for (around, content) in [
            (wrapped as fn(u8, &[u8]) -> Vec<u8>, wrapped(OCTETS, text)),
            (endless, endless(OCTETS_IN_PIECES, &[wrapped(OCTETS, &text[..9]), wrapped(OCTETS, &text[9..])].concat())),
        ] {
            let held = around(SEQUENCE, &[SIGNED, &around(FIRST, &content)].concat());
            let data = around(SEQUENCE, &[&[2, 1, 1][..], &wrapped(0x31, b""), &held, &wrapped(0x31, b"x")].concat());
            let all = around(SEQUENCE, &[SIGNED, &around(FIRST, &data)].concat());
            assert_eq!(signed(&all).as_deref(), Some(&text[..]));
            for end in 0..all.len() {
                assert!(signed(&all[..end]).is_none_or(|text| text.len() <= all.len()));
            }
        }
        assert_eq!(signed(&[SEQUENCE, 0x80].repeat(1000)), None);
    }
}
