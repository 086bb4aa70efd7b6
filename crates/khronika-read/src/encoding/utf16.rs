//! UTF-16 in either order of bytes.

use super::{Decoded, Harm, Ledger};

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
