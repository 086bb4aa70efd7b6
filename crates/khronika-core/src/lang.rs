//! Languages by their ISO 639-1 code.

use std::fmt;

/// A language, named by a two-letter ISO 639-1 code. `und` (not determined) prints as `und`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 2]);

impl Lang {
    /// Not determined.
    pub const UND: Self = Self(*b"--");
    /// English.
    pub const EN: Self = Self(*b"en");
    /// French.
    pub const FR: Self = Self(*b"fr");
    /// Russian.
    pub const RU: Self = Self(*b"ru");
    /// Ukrainian.
    pub const UK: Self = Self(*b"uk");
    /// Kazakh.
    pub const KK: Self = Self(*b"kk");
    /// German.
    pub const DE: Self = Self(*b"de");
    /// Spanish.
    pub const ES: Self = Self(*b"es");
    /// Italian.
    pub const IT: Self = Self(*b"it");
    /// Polish.
    pub const PL: Self = Self(*b"pl");

    /// The language with this two-letter code; `None` where the code is not two small Latin letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a @ b'a'..=b'z', b @ b'a'..=b'z'] => Some(Self([*a, *b])),
            _ => None,
        }
    }

    /// The code: `en`, `fr`, … or `und`.
    #[must_use]
    pub fn code(&self) -> &str {
        if *self == Self::UND { "und" } else { std::str::from_utf8(&self.0).unwrap_or("und") }
    }

    /// True for languages written mainly in Cyrillic letters.
    #[must_use]
    pub fn is_cyrillic(self) -> bool {
        matches!(&self.0, b"ru" | b"uk" | b"kk" | b"be" | b"bg" | b"ky" | b"sr" | b"mk" | b"tg" | b"mn")
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
