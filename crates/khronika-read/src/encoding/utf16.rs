//! UTF-16 in either order of bytes.

use khronika_core::Span;

use super::{Damage, Decoded, Harm, Ledger};

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The order that a byte order mark at the start names.
pub(super) fn mark(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(Order::Little),
        [0xFE, 0xFF, ..] => Some(Order::Big),
        _ => None,
    }
}

/// The order that the bytes themselves show where no mark does: in Latin and Cyrillic text nearly every high byte is 00 or 04,
/// and the low bytes are many different ones. Needs at least one NUL (a space, a line end, a Latin letter).
pub(super) fn pattern(bytes: &[u8]) -> Option<Order> {
    const SAMPLE: usize = 4096;
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    if sample.len() < 4 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let is_high = |b: u8| matches!(b, 0x00 | 0x04);
    let pairs = sample.len() / 2;
    let count = |offset: usize| sample.chunks_exact(2).filter(|p| p.get(offset).is_some_and(|b| is_high(*b))).count();
    let (first, second) = (count(0), count(1));
    // Nine in ten: quotation marks and dashes have 20 as their high byte.
    if second * 10 >= pairs * 9 && first * 2 <= pairs {
        Some(Order::Little)
    } else if first * 10 >= pairs * 9 && second * 2 <= pairs {
        Some(Order::Big)
    } else {
        None
    }
}

/// The order of a UTF-16 text that lost or gained bytes on the way, so that its units no longer stand at even places: nearly half
/// of its bytes are NUL, and nearly always a printable ASCII byte follows (big end first) or precedes (little end first).
pub(super) fn broken(bytes: &[u8]) -> Option<Order> {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let nul = sample.iter().filter(|b| **b == 0).count();
    if sample.len() < 64 || nul * 10 < sample.len() * 3 {
        return None;
    }
    let is_plain = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let pairs = |first: fn(u8) -> bool, second: fn(u8) -> bool| {
        sample.windows(2).filter(|w| matches!(w, [a, b] if first(*a) && second(*b))).count()
    };
    let plain: fn(u8) -> bool = |b| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let zero: fn(u8) -> bool = |b| b == 0;
    let text = sample.iter().filter(|b| is_plain(**b)).count();
    if (text + nul) * 10 < sample.len() * 9 {
        return None;
    }
    // Both counts are near where every letter stands between NULs; which end the text begins with decides.
    let (big, little) = (pairs(zero, plain), pairs(plain, zero));
    Some(if big > little || (big == little && sample.first() == Some(&0)) { Order::Big } else { Order::Little })
}

/// Reads UTF-16 whose units have lost their places: a NUL with the letter beside it is that letter, and a pair that gives general
/// punctuation is that mark; NULs without a letter are dropped and counted.
pub(super) fn realign(bytes: &[u8], order: Order) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut dropped = 0_u64;
    let mut first = None;
    let mut rest = bytes;
    let mut at = 0_u64;
    while let Some((a, tail)) = rest.split_first() {
        // What an earlier program could not decode it wrote as U+FFFD in UTF-8.
        let lost = if *a == 0 { tail } else { rest };
        if lost.starts_with(b"\xEF\xBF\xBD") {
            text.push(char::REPLACEMENT_CHARACTER);
            let step = lost.len().abs_diff(rest.len()) + 3;
            rest = rest.get(step..).unwrap_or_default();
            at += step as u64;
            continue;
        }
        let next = tail.first().copied();
        let (high, low) = match order {
            Order::Big => (*a, next),
            Order::Little => (next.unwrap_or(0), Some(*a)),
        };
        let step = match low {
            Some(low) if high == 0 && low != 0 => {
                text.push(char::from(low));
                2
            }
            // U+2010 to U+201F: dashes and quotation marks.
            Some(low @ 0x10..=0x1F) if high == 0x20 => {
                text.push(char::from_u32(0x2000 + u32::from(low)).unwrap_or(char::REPLACEMENT_CHARACTER));
                2
            }
            _ => {
                if *a == 0 {
                    dropped += 1;
                    first.get_or_insert((at, text.len()));
                } else if a.is_ascii() {
                    text.push(char::from(*a));
                } else {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
                1
            }
        };
        rest = rest.get(step..).unwrap_or_default();
        at += step as u64;
    }
    let encoding = match order {
        Order::Little => "UTF-16LE",
        Order::Big => "UTF-16BE",
    };
    let (byte, place) = first.unwrap_or((0, 0));
    let span = Span::new(place, place);
    Decoded { text, encoding, damage: vec![Damage { harm: Harm::Shifted, count: dropped, byte: Some(byte), span }] }
}

/// Reads the bytes from `skip` on.
pub(super) fn decode(bytes: &[u8], skip: usize, order: Order) -> Decoded {
    let body = bytes.get(skip..).unwrap_or_default();
    let pairs = body.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|p| match (order, p) {
        (Order::Little, &[a, b]) => u16::from_le_bytes([a, b]),
        (Order::Big, &[a, b]) => u16::from_be_bytes([a, b]),
        _ => 0,
    });
    let mut text = String::with_capacity(body.len());
    let mut ledger = Ledger::default();
    let mut at = skip as u64;
    for unit in char::decode_utf16(units) {
        match unit {
            Ok('\0') => ledger.replace(&mut text, Harm::Nul, Some(at)),
            Ok(c) => text.push(c),
            Err(_) => ledger.replace(&mut text, Harm::Surrogate, Some(at)),
        }
        at += unit.map_or(2, |c| 2 * c.len_utf16() as u64);
    }
    if odd {
        ledger.replace(&mut text, Harm::Odd, Some(at));
    }
    let encoding = match order {
        Order::Little => "UTF-16LE",
        Order::Big => "UTF-16BE",
    };
    Decoded { text, encoding, damage: ledger.into_damage() }
}
