//! Numbers and words in frames, and what is wrong with a frame.

use khronika_core::{Rect, Span};

/// The longest string in a frame, in bytes.
pub(crate) const LONGEST: usize = 64 << 10;

/// What a child sent is not what it should be: what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Garbage(pub(crate) &'static str);

/// Writes the payload of a frame.
#[derive(Default)]
pub(crate) struct Put(pub(crate) Vec<u8>);

impl Put {
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let low = number.to_le_bytes()[0] & 0x7F;
            number >>= 7;
            if number == 0 {
                return self.0.push(low);
            }
            self.0.push(low | 0x80);
        }
    }

    pub(crate) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// A number that may be negative, in zigzag: small ones stay short.
    pub(crate) fn signed(&mut self, number: i32) {
        let number = i64::from(number);
        self.number(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// A string, cut where it is longer than any string may be.
    pub(crate) fn words(&mut self, words: &str) {
        let words = words.get(..words.floor_char_boundary(LONGEST)).unwrap_or_default();
        self.length(words.len());
        self.0.extend_from_slice(words.as_bytes());
    }

    pub(crate) fn maybe(&mut self, words: Option<&str>) {
        self.byte(u8::from(words.is_some()));
        if let Some(words) = words {
            self.words(words);
        }
    }

    /// A span that begins at or after `after`, which is moved to its end.
    pub(crate) fn span(&mut self, span: Span, after: &mut usize) {
        self.length(span.start.saturating_sub(*after));
        self.length(span.end.saturating_sub(span.start));
        *after = span.end;
    }

    pub(crate) fn rect(&mut self, rect: Rect) {
        for edge in [rect.left, rect.top, rect.right.saturating_sub(rect.left), rect.bottom.saturating_sub(rect.top)] {
            self.signed(edge);
        }
    }
}

/// Reads the payload of a frame.
pub(crate) struct Take<'a> {
    rest: &'a [u8],
    /// How many bytes of strings may still be taken.
    words: &'a mut usize,
}

impl<'a> Take<'a> {
    pub(crate) fn new(payload: &'a [u8], words: &'a mut usize) -> Self {
        Self { rest: payload, words }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing is left over.
    pub(crate) fn end(&self) -> Result<(), Garbage> {
        if self.is_done() { Ok(()) } else { Err(Garbage("a frame is longer than what it holds")) }
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Garbage> {
        let (first, rest) = self.rest.split_first().ok_or(Garbage("a frame is cut"))?;
        self.rest = rest;
        Ok(*first)
    }

    pub(crate) fn number(&mut self) -> Result<u64, Garbage> {
        let mut number = 0_u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            let low = u64::from(byte & 0x7F);
            number |= low.checked_shl(shift).filter(|n| n >> shift == low).ok_or(Garbage("a number is too large"))?;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Garbage("a number is too large"))
    }

    pub(crate) fn length(&mut self) -> Result<usize, Garbage> {
        usize::try_from(self.number()?).map_err(|_| Garbage("a number is too large"))
    }

    pub(crate) fn small(&mut self) -> Result<u32, Garbage> {
        u32::try_from(self.number()?).map_err(|_| Garbage("a number is too large"))
    }

    pub(crate) fn signed(&mut self) -> Result<i32, Garbage> {
        let number = self.number()?;
        let number = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        i32::try_from(number).map_err(|_| Garbage("a number is too large"))
    }

    pub(crate) fn words(&mut self) -> Result<String, Garbage> {
        let length = self.length()?;
        if length > LONGEST {
            return Err(Garbage("a string is too long"));
        }
        *self.words = self.words.checked_sub(length).ok_or(Garbage("there are too many strings"))?;
        let (words, rest) = self.rest.split_at_checked(length).ok_or(Garbage("a frame is cut"))?;
        self.rest = rest;
        std::str::from_utf8(words).map(str::to_owned).map_err(|_| Garbage("a string is not UTF-8"))
    }

    pub(crate) fn maybe(&mut self) -> Result<Option<String>, Garbage> {
        match self.byte()? {
            0 => Ok(None),
            1 => self.words().map(Some),
            _ => Err(Garbage("neither yes nor no")),
        }
    }

    pub(crate) fn span(&mut self, after: &mut usize) -> Result<Span, Garbage> {
        let (gap, length) = (self.length()?, self.length()?);
        let start = after.checked_add(gap).ok_or(Garbage("a number is too large"))?;
        let end = start.checked_add(length).ok_or(Garbage("a number is too large"))?;
        *after = end;
        Ok(Span { start, end })
    }

    pub(crate) fn rect(&mut self) -> Result<Rect, Garbage> {
        let (left, top, width, height) = (self.signed()?, self.signed()?, self.signed()?, self.signed()?);
        Ok(Rect { left, top, right: left.saturating_add(width), bottom: top.saturating_add(height) })
    }

    /// One of a list, by its number.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Result<T, Garbage> {
        all.get(usize::from(self.byte()?)).copied().ok_or(Garbage("a kind that there is none of"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_put_is_taken(number: u64, signed: i32, words: String, maybe: Option<String>) {
            let mut put = Put::default();
            put.number(number);
            put.signed(signed);
            put.words(&words);
            put.maybe(maybe.as_deref());
            let mut budget = LONGEST;
            let mut take = Take::new(&put.0, &mut budget);
            proptest::prop_assert_eq!(take.number(), Ok(number));
            proptest::prop_assert_eq!(take.signed(), Ok(signed));
            proptest::prop_assert_eq!(take.words(), Ok(words));
            proptest::prop_assert_eq!(take.maybe(), Ok(maybe));
            proptest::prop_assert_eq!(take.end(), Ok(()));
        }
    }

    #[test]
    fn numbers_that_do_not_fit_are_garbage() {
        for bytes in [&[0xFF; 10][..], &[0xFF; 11], &[0x80, 0x80], &[]] {
            assert!(Take::new(bytes, &mut 0).number().is_err(), "{bytes:?}");
        }
        let most = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
        assert_eq!(Take::new(&most, &mut 0).number(), Ok(u64::MAX));
    }
}
