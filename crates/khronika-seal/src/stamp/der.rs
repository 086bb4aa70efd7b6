//! Reading and writing DER, as much of it as time stamps need.
//!
//! A reader of our own, for two reasons: signatures are over bytes as they stand, which a reader that builds values loses, and strict readers
//! refuse tokens whose set of certificates has one of them twice, which authorities write.

use crate::error::{Error, Result};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag of a field that is numbered.
pub(super) const fn numbered(n: u8) -> u8 {
    0xa0 | n
}

/// A value with its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    /// Tag, length and value as they stand.
    pub whole: &'a [u8],
}

impl<'a> Item<'a> {
    /// What is inside.
    pub fn inside(&self) -> Reader<'a> {
        Reader(self.value)
    }

    /// The bytes of a number that is not negative, without the zeroes before them.
    pub fn number(&self) -> Result<&'a [u8]> {
        let value = self.value;
        let fits = self.tag == INTEGER && value.first().is_some_and(|first| *first < 0x80);
        if !fits {
            return Err(malformed("a number is negative or none"));
        }
        let zeroes = value.iter().take_while(|b| **b == 0).count();
        Ok(value.get(zeroes..).unwrap_or_default())
    }

    /// A small number.
    pub fn small(&self) -> Result<u64> {
        let bytes = self.number()?;
        if bytes.len() > 8 {
            return Err(malformed("a number is too large"));
        }
        Ok(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// The bytes of a string of bits whose number is a multiple of eight.
    pub fn bits(&self) -> Result<&'a [u8]> {
        match (self.tag, self.value.split_first()) {
            (BIT_STRING, Some((0, bytes))) => Ok(bytes),
            _ => Err(malformed("a string of bits is none")),
        }
    }
}

/// Reads values one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next value.
    pub fn next(&mut self) -> Result<Item<'a>> {
        let short = || malformed("it ends too early");
        let all = self.0;
        let (tag, rest) = all.split_first().ok_or_else(short)?;
        if tag & 0x1f == 0x1f {
            return Err(malformed("it has a tag that is too long"));
        }
        let (first, rest) = rest.split_first().ok_or_else(short)?;
        let (length, rest) = match *first {
            length @ 0..=0x7f => (usize::from(length), rest),
            count @ 0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(count & 0x7f)).ok_or_else(short)?;
                let length = bytes.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
                if bytes.first() == Some(&0) || length < 0x80 {
                    return Err(malformed("a length is written in a longer way than it need be"));
                }
                (length, rest)
            }
            _ => return Err(malformed("it has a length that is not definite")),
        };
        let (value, rest) = rest.split_at_checked(length).ok_or_else(short)?;
        let whole = all.get(..all.len() - rest.len()).unwrap_or_default();
        self.0 = rest;
        Ok(Item { tag: *tag, value, whole })
    }

    /// The next value, which has this tag.
    pub fn expect(&mut self, tag: u8) -> Result<Item<'a>> {
        let item = self.next()?;
        if item.tag == tag { Ok(item) } else { Err(malformed("a field is missing or of another kind")) }
    }

    /// The next value if it has this tag.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Item<'a>>> {
        if self.0.first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// That nothing follows.
    pub fn end(&self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(malformed("something follows its end")) }
    }

    /// All values that follow.
    pub fn all(mut self) -> Result<Vec<Item<'a>>> {
        let mut items = Vec::new();
        while !self.is_empty() {
            items.push(self.next()?);
        }
        Ok(items)
    }
}

pub(super) fn malformed(why: &str) -> Error {
    Error::malformed("time stamp", why)
}

/// A value with its tag and length.
pub(super) fn write(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = value.len().to_be_bytes();
    if value.len() < 0x80 {
        out.push(value.len() as u8);
    } else {
        let bytes: Vec<_> = length.into_iter().skip_while(|b| *b == 0).collect();
        out.push(0x80 | bytes.len() as u8);
        out.extend(bytes);
    }
    out.extend(value);
    out
}

/// A number that is not negative.
pub(super) fn write_number(bytes: &[u8]) -> Vec<u8> {
    let plain: Vec<_> = bytes.iter().copied().skip_while(|b| *b == 0).collect();
    let high = plain.first().is_none_or(|first| *first >= 0x80);
    write(INTEGER, &[if high { vec![0] } else { Vec::new() }, plain].concat())
}

/// The text form of an object identifier.
pub(super) fn oid_text(value: &[u8]) -> String {
    let (mut numbers, mut number) = (Vec::new(), 0u64);
    for byte in value {
        number = number.saturating_mul(128).saturating_add(u64::from(byte & 0x7f));
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.extend([first, number - 40 * first]);
            } else {
                numbers.push(number);
            }
            number = 0;
        }
    }
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}
