//! Reading msgpack, bounded in depth, in number of values and by the bytes that are there.

use crate::error::{Error, Result};

/// Deeper than any file of a pipeline.
const DEEPEST: usize = 32;
/// The largest list of a pipeline holds some seventy thousand values. A value takes 32 bytes of memory, and one byte of a file.
const MOST_VALUES: usize = 500_000;
/// So many can be read one after the other: the word keys of vectors are 1.4 million.
const MOST_WALKED: usize = 6_000_000;

/// A value that borrows from the file it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
}

impl<'a> Value<'a> {
    /// Reads one value that fills `bytes`. `file` names it in errors.
    pub(crate) fn read(bytes: &'a [u8], file: &str) -> Result<Self> {
        let mut reader = Reader { rest: bytes, left: MOST_VALUES };
        let value = reader.value(DEEPEST).map_err(|what| Error::damaged(file, what))?;
        if !reader.rest.is_empty() {
            return Err(Error::damaged(file, "bytes follow after its end"));
        }
        Ok(value)
    }

    pub(crate) fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        match self {
            Self::UInt(n) => Some(*n),
            Self::Int(n) => u64::try_from(*n).ok(),
            _ => None,
        }
    }

    pub(crate) fn as_usize(&self) -> Option<usize> {
        self.as_u64().and_then(|n| usize::try_from(n).ok())
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&[(Self, Self)]> {
        match self {
            Self::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The value under a key of text, given as text or as bytes.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?
            .iter()
            .find(|(k, _)| k.as_str() == Some(key) || k.as_bytes() == Some(key.as_bytes()))
            .map(|(_, v)| v)
    }
}

/// Reading value by value, where a tree of all of them would take many times the file's size.
pub(crate) struct Walk<'a> {
    reader: Reader<'a>,
    file: &'a str,
}

impl<'a> Walk<'a> {
    /// Through the values of `bytes`. `file` names it in errors.
    pub(crate) fn new(bytes: &'a [u8], file: &'a str) -> Self {
        Self { reader: Reader { rest: bytes, left: MOST_WALKED }, file }
    }

    /// The next value, with everything in it.
    pub(crate) fn value(&mut self) -> Result<Value<'a>> {
        let before = self.reader.left;
        let most = before.min(MOST_VALUES);
        self.reader.left = most;
        let value = self.reader.value(DEEPEST).map_err(|what| self.damaged(what))?;
        self.reader.left = before - (most - self.reader.left);
        Ok(value)
    }

    /// Enters a map: after this come so many keys, each with its value.
    pub(crate) fn map(&mut self) -> Result<usize> {
        let [tag] = self.reader.number().map_err(|what| self.damaged(what))?;
        let count = match tag {
            0x80..=0x8F => Ok(usize::from(tag & 0x0F)),
            0xDE | 0xDF => self.reader.length(2 << (tag - 0xDE)),
            _ => Err("something else stands where a table should"),
        };
        let claimed = count.and_then(|n| {
            self.reader.claim(n.checked_mul(2).ok_or("it claims too many values")?)?;
            Ok(n)
        });
        claimed.map_err(|what| self.damaged(what))
    }

    fn damaged(&self, what: &str) -> Error {
        Error::damaged(self.file, what)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    left: usize,
}

type Read<T> = std::result::Result<T, &'static str>;

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Read<&'a [u8]> {
        let (head, tail) = self.rest.split_at_checked(n).ok_or("it is cut short")?;
        self.rest = tail;
        Ok(head)
    }

    fn number<const N: usize>(&mut self) -> Read<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| "it is cut short")
    }

    fn length(&mut self, width: usize) -> Read<usize> {
        let bytes = self.take(width)?;
        Ok(bytes.iter().fold(0, |n, &b| (n << 8) | usize::from(b)))
    }

    fn text(&mut self, n: usize) -> Read<Value<'a>> {
        std::str::from_utf8(self.take(n)?).map(Value::Str).map_err(|_| "a text in it is not UTF-8")
    }

    fn bytes(&mut self, n: usize) -> Read<Value<'a>> {
        Ok(Value::Bytes(self.take(n)?))
    }

    /// A claimed number of values: each needs a byte at least, so a small file cannot claim many.
    fn claim(&mut self, n: usize) -> Read<()> {
        if n > self.rest.len() {
            return Err("it claims more values than it has bytes");
        }
        self.left = self.left.checked_sub(n).ok_or("it holds more values than any pipeline needs")?;
        Ok(())
    }

    fn list(&mut self, n: usize, depth: usize) -> Read<Value<'a>> {
        self.claim(n)?;
        let mut items = Vec::with_capacity(n);
        for _ in 0..n {
            items.push(self.value(depth)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, n: usize, depth: usize) -> Read<Value<'a>> {
        self.claim(n.checked_mul(2).ok_or("it claims too many values")?)?;
        let mut pairs = Vec::with_capacity(n);
        for _ in 0..n {
            pairs.push((self.value(depth)?, self.value(depth)?));
        }
        Ok(Value::Map(pairs))
    }

    fn value(&mut self, depth: usize) -> Read<Value<'a>> {
        let depth = depth.checked_sub(1).ok_or("it is nested too deeply")?;
        let [tag] = self.number()?;
        Ok(match tag {
            0x00..=0x7F => Value::Int(i64::from(tag)),
            0x80..=0x8F => return self.map(usize::from(tag & 0x0F), depth),
            0x90..=0x9F => return self.list(usize::from(tag & 0x0F), depth),
            0xA0..=0xBF => return self.text(usize::from(tag & 0x1F)),
            0xC0 => Value::Nil,
            0xC2 => Value::Bool(false),
            0xC3 => Value::Bool(true),
            0xC4..=0xC6 => {
                let n = self.length(1 << (tag - 0xC4))?;
                return self.bytes(n);
            }
            0xCA => Value::Float(f64::from(f32::from_be_bytes(self.number()?))),
            0xCB => Value::Float(f64::from_be_bytes(self.number()?)),
            0xCC..=0xCF => {
                let bytes = self.take(1 << (tag - 0xCC))?;
                Value::UInt(bytes.iter().fold(0, |n, &b| (n << 8) | u64::from(b)))
            }
            0xD0 => Value::Int(i64::from(i8::from_be_bytes(self.number()?))),
            0xD1 => Value::Int(i64::from(i16::from_be_bytes(self.number()?))),
            0xD2 => Value::Int(i64::from(i32::from_be_bytes(self.number()?))),
            0xD3 => Value::Int(i64::from_be_bytes(self.number()?)),
            0xD9..=0xDB => {
                let n = self.length(1 << (tag - 0xD9))?;
                return self.text(n);
            }
            0xDC | 0xDD => {
                let n = self.length(2 << (tag - 0xDC))?;
                return self.list(n, depth);
            }
            0xDE | 0xDF => {
                let n = self.length(2 << (tag - 0xDE))?;
                return self.map(n, depth);
            }
            0xE0..=0xFF => Value::Int(i64::from(tag.cast_signed())),
            0xC1 | 0xC7..=0xC9 | 0xD4..=0xD8 => return Err("it holds a kind of value that pipelines do not use"),
        })
    }
}

/// Writing the same values, in their shortest form.
pub(crate) fn write(value: &Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::Nil => out.push(0xC0),
        Value::Bool(yes) => out.push(if *yes { 0xC3 } else { 0xC2 }),
        Value::Int(n) => match u64::try_from(*n) {
            Ok(n) => write_unsigned(n, out),
            Err(_) => {
                out.push(0xD3);
                out.extend(n.to_be_bytes());
            }
        },
        Value::UInt(n) => write_unsigned(*n, out),
        Value::Float(x) => {
            out.push(0xCB);
            out.extend(x.to_be_bytes());
        }
        Value::Str(text) => {
            write_length(text.len(), Some((0xA0, 31)), 0xD9, true, out);
            out.extend(text.as_bytes());
        }
        Value::Bytes(bytes) => {
            write_length(bytes.len(), None, 0xC4, true, out);
            out.extend(*bytes);
        }
        Value::List(items) => {
            write_length(items.len(), Some((0x90, 15)), 0xDC, false, out);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Map(pairs) => {
            write_length(pairs.len(), Some((0x80, 15)), 0xDE, false, out);
            for (key, value) in pairs {
                write(key, out);
                write(value, out);
            }
        }
    }
}

fn write_unsigned(n: u64, out: &mut Vec<u8>) {
    if let Ok(small @ 0..0x80) = u8::try_from(n) {
        out.push(small);
    } else if let Ok(n) = u32::try_from(n) {
        out.push(0xCE);
        out.extend(n.to_be_bytes());
    } else {
        out.push(0xCF);
        out.extend(n.to_be_bytes());
    }
}

/// A length: inside the tag where it is small, else after the tag for one (where there is one), two or four bytes.
fn write_length(n: usize, small: Option<(u8, usize)>, tag: u8, has_one: bool, out: &mut Vec<u8>) {
    if let Some((base, most)) = small
        && n <= most
        && let Ok(n) = u8::try_from(n)
    {
        out.push(base | n);
    } else if let (true, Ok(n)) = (has_one, u8::try_from(n)) {
        out.extend([tag, n]);
    } else {
        let two = tag + u8::from(has_one);
        if let Ok(n) = u16::try_from(n) {
            out.push(two);
            out.extend(n.to_be_bytes());
        } else {
            out.push(two + 1);
            out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let long = "x".repeat(70_000);
        let value = Value::Map(vec![
            (Value::Str("a"), Value::List(vec![Value::Int(-5), Value::UInt(300), Value::UInt(u64::MAX), Value::Nil])),
            (Value::Str(&long), Value::Bytes(&[1, 2, 3])),
            (Value::Bool(true), Value::Float(0.5)),
        ]);
        let mut bytes = Vec::new();
        write(&value, &mut bytes);
        assert_eq!(Value::read(&bytes, "test").unwrap(), value);
    }

    #[test]
    fn a_walk_reads_the_same_values() {
        let value = Value::Map(vec![
            (Value::Str("a"), Value::Map((0..20).map(|n| (Value::Int(n), Value::Str("b"))).collect())),
            (Value::Str("c"), Value::List(vec![Value::Nil])),
        ]);
        let mut bytes = Vec::new();
        write(&value, &mut bytes);
        let mut walk = Walk::new(&bytes, "test");
        assert_eq!((walk.map().unwrap(), walk.value().unwrap()), (2, Value::Str("a")));
        assert_eq!(walk.map().unwrap(), 20);
        for n in 0..20 {
            assert_eq!((walk.value().unwrap(), walk.value().unwrap()), (Value::Int(n), Value::Str("b")));
        }
        assert_eq!((walk.value().unwrap(), walk.value().unwrap()), (Value::Str("c"), Value::List(vec![Value::Nil])));
        assert!(walk.value().unwrap_err().is_damaged());
        for bomb in [&[0xDF, 0xFF, 0xFF, 0xFF, 0xFF][..], &[0x93], &[]] {
            assert!(Walk::new(bomb, "bomb").map().unwrap_err().is_damaged());
        }
    }

    #[test]
    fn bombs_are_refused_before_memory_is_taken() {
        // Four thousand million lists, a text of four gigabytes, a thousand lists in one another.
        assert!(Value::read(&[0xDD, 0xFF, 0xFF, 0xFF, 0xFF], "bomb").unwrap_err().is_damaged());
        assert!(Value::read(&[0xDB, 0xFF, 0xFF, 0xFF, 0xFF], "bomb").unwrap_err().is_damaged());
        assert!(Value::read(&[0xDF, 0xFF, 0xFF, 0xFF, 0xFF], "bomb").unwrap_err().is_damaged());
        assert!(Value::read(&[0x91; 1000], "bomb").unwrap_err().is_damaged());
    }
}
