//! RTF as tokens.

/// A token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\word` or `\word123`.
    Word(&'a str, Option<i32>),
    /// `\~` and its like.
    Symbol(u8),
    /// `\'e9`.
    Hex(u8),
    Text(&'a [u8]),
}

/// Goes through the tokens of a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if byte == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    if let Some(token) = self.control() {
                        return Some(token);
                    }
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let len = rest
                        .iter()
                        .position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0))
                        .unwrap_or(rest.len());
                    self.at += len;
                    return rest.get(..len).map(Token::Text);
                }
            }
        }
    }

    /// What begins with a backslash; `None` for bytes of a picture, which are passed over.
    fn control(&mut self) -> Option<Token<'a>> {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().take(40).take_while(|b| b.is_ascii_alphabetic()).count();
        if len == 0 {
            let symbol = *rest.first().unwrap_or(&b' ');
            self.at += 1;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
            let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
                return Some(Token::Hex(b'?'));
            };
            self.at += 2;
            return Some(Token::Hex(byte));
        }
        let word = rest.get(..len).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        self.at += len;
        let number = self.number();
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return None;
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let rest = self.bytes.get(self.at..)?;
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(sign).take(12).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        self.at += sign + digits;
        let number: i64 = std::str::from_utf8(rest.get(..sign + digits)?).ok()?.parse().ok()?;
        i32::try_from(number.clamp(i32::MIN.into(), i32::MAX.into())).ok()
    }
}
