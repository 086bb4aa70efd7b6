//! How a value becomes bytes: numbers as short as they are, words once, places by their distance from the place before.

use std::collections::BTreeMap;

use khronika_core::{Edtf, SourceId, Span};

/// The bytes that are written.
#[derive(Default)]
pub(super) struct Out {
    bytes: Vec<u8>,
    /// The words that were written, by their numbers from 1.
    words: BTreeMap<String, usize>,
    /// Where the last span began.
    place: u64,
}

impl Out {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits at a time, the lowest first; the eighth says that there are more.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.byte(number.to_le_bytes()[0]);
    }

    /// A difference of two numbers, of which those near to nothing are short.
    fn difference(&mut self, from: u64, to: u64) {
        let by = to.wrapping_sub(from).cast_signed();
        self.number((by << 1 ^ by >> 63).cast_unsigned());
    }
}

/// The bytes that are read.
pub(super) struct In<'a> {
    bytes: &'a [u8],
    words: Vec<&'a str>,
    place: u64,
}

impl<'a> In<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, words: Vec::new(), place: 0 }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    fn some(&mut self, count: usize) -> Option<&'a [u8]> {
        let (some, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(some)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn difference(&mut self, from: u64) -> Option<u64> {
        let by = self.number()?;
        Some(from.wrapping_add(by >> 1 ^ (by & 1).wrapping_neg()))
    }

    fn word(&mut self) -> Option<&'a str> {
        match usize::take(self)?.checked_sub(1) {
            Some(known) => self.words.get(known).copied(),
            None => {
                let length = usize::take(self)?;
                let word = std::str::from_utf8(self.some(length)?).ok()?;
                self.words.push(word);
                Some(word)
            }
        }
    }
}

/// What becomes bytes and comes back. Nothing takes less than one byte, so that what is read ends where the bytes end.
pub(super) trait Form: Sized {
    fn put(&self, out: &mut Out);
    fn take(input: &mut In<'_>) -> Option<Self>;
}

/// A record is its fields, one after the other. A field that is not named here is an error of the compiler.
macro_rules! records {
    ($($name:ident { $($field:ident),+ $(,)? })+) => { $(
        impl Form for $name {
            fn put(&self, out: &mut Out) {
                let Self { $($field),+ } = self;
                $($field.put(out);)+
            }

            fn take(input: &mut In<'_>) -> Option<Self> {
                $(let $field = Form::take(input)?;)+
                Some(Self { $($field),+ })
            }
        }
    )+ };
}

/// A choice is its number. A variant that is not named here is an error of the compiler.
macro_rules! choices {
    ($($name:ident { $($variant:ident),+ $(,)? })+) => { $(
        impl Form for $name {
            fn put(&self, out: &mut Out) {
                match self { $(Self::$variant => out.byte(Self::$variant as u8),)+ }
            }

            fn take(input: &mut In<'_>) -> Option<Self> {
                let number = input.byte()?;
                [$(Self::$variant),+].into_iter().find(|one| *one as u8 == number)
            }
        }
    )+ };
}

pub(super) use {choices, records};

impl Form for usize {
    fn put(&self, out: &mut Out) {
        out.number(*self as u64);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        input.number()?.try_into().ok()
    }
}

impl Form for bool {
    fn put(&self, out: &mut Out) {
        out.byte(u8::from(*self));
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        match input.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Form for f32 {
    fn put(&self, out: &mut Out) {
        out.bytes.extend(self.to_bits().to_le_bytes());
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        input.some(4)?.try_into().ok().map(Self::from_le_bytes)
    }
}

impl Form for f64 {
    fn put(&self, out: &mut Out) {
        out.bytes.extend(self.to_bits().to_le_bytes());
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        input.some(8)?.try_into().ok().map(Self::from_le_bytes)
    }
}

impl Form for Span {
    fn put(&self, out: &mut Out) {
        let (start, end) = (self.start as u64, self.end as u64);
        out.difference(out.place, start);
        out.difference(start, end);
        out.place = start;
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        let start = input.difference(input.place)?;
        let end = input.difference(start)?;
        input.place = start;
        Some(Self { start: start.try_into().ok()?, end: end.try_into().ok()? })
    }
}

fn put_word(word: &str, out: &mut Out) {
    if let Some(known) = out.words.get(word).copied() {
        return known.put(out);
    }
    out.words.insert(word.to_owned(), out.words.len() + 1);
    0.put(out);
    word.len().put(out);
    out.bytes.extend(word.as_bytes());
}

impl Form for String {
    fn put(&self, out: &mut Out) {
        put_word(self, out);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        input.word().map(str::to_owned)
    }
}

impl Form for SourceId {
    fn put(&self, out: &mut Out) {
        put_word(self.as_str(), out);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        input.word().map(Self::new)
    }
}

impl Form for Edtf {
    fn put(&self, out: &mut Out) {
        put_word(self.as_str(), out);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        Self::parse(input.word()?).ok()
    }
}

impl<T: Form> Form for Option<T> {
    fn put(&self, out: &mut Out) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        Some(if bool::take(input)? { Some(T::take(input)?) } else { None })
    }
}

impl<T: Form> Form for Vec<T> {
    fn put(&self, out: &mut Out) {
        self.len().put(out);
        for value in self {
            value.put(out);
        }
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        let count = usize::take(input)?;
        // As many as there are, and never more than there can be.
        let mut all = Self::with_capacity(count.min(input.bytes.len()));
        for _ in 0..count {
            all.push(T::take(input)?);
        }
        Some(all)
    }
}

impl<T: Form> Form for Box<T> {
    fn put(&self, out: &mut Out) {
        T::put(self, out);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        T::take(input).map(Self::new)
    }
}

impl<A: Form, B: Form> Form for (A, B) {
    fn put(&self, out: &mut Out) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        Some((A::take(input)?, B::take(input)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same<T: Form + PartialEq + std::fmt::Debug>(value: &T) {
        let mut out = Out::default();
        value.put(&mut out);
        let bytes = out.into_bytes();
        let mut input = In::new(&bytes);
        assert_eq!(T::take(&mut input).as_ref(), Some(value));
        assert!(input.is_at_end());
        for cut in 0..bytes.len() {
            assert_eq!(T::take(&mut In::new(&bytes[..cut])), None, "{value:?} cut after {cut} bytes");
        }
    }

    #[test]
    fn what_is_put_is_taken() {
        for number in [0, 1, 127, 128, 16_383, 16_384, usize::MAX] {
            same(&number);
            same(&Span { start: number, end: number / 3 });
            same(&Span { start: number / 3, end: number });
        }
        same(&vec![Some(Span { start: 7, end: 9 }), None, Some(Span { start: 2, end: 90 })]);
        same(&vec!["суд".to_owned(), String::new(), "суд".to_owned(), String::new()]);
        same(&(0.1_f32, (f64::MIN_POSITIVE, true)));
        same(&Edtf::parse("2014-05-15/..").ok().map(Box::new));
    }

    #[test]
    fn what_nobody_put_is_not_taken() {
        assert_eq!(bool::take(&mut In::new(&[2])), None);
        assert_eq!(usize::take(&mut In::new(&[0xff; 10])), None);
        assert_eq!(String::take(&mut In::new(&[1])), None, "a word that did not stand before");
        assert_eq!(String::take(&mut In::new(&[0, 1, 0xff])), None, "no UTF-8");
        assert_eq!(Vec::<bool>::take(&mut In::new(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1])), None);
        assert_eq!(Edtf::take(&mut In::new(&[0, 1, b'x'])), None);
    }
}
