//! Dates in which a scanner took a digit for a letter or spilled a mark: "2O21", "28:.1 2.2025".

use super::calendar;
use super::number::flag;
use super::scan::Tok;
use super::word;

/// How far such a date may reach, in bytes.
const WIDEST: usize = 24;
/// The years in which one is believed.
const YEARS: std::ops::Range<i32> = 1850..2100;

/// The digit that a character stands for, and whether it had to be guessed.
const fn digit(c: char) -> Option<(i32, bool)> {
    match c {
        '0'..='9' => Some((c as i32 - '0' as i32, false)),
        'O' | 'o' | 'О' | 'о' => Some((0, true)),
        'l' | 'I' | 'І' | '|' => Some((1, true)),
        'З' | 'з' => Some((3, true)),
        _ => None,
    }
}

/// What was read of a date so far.
struct Reader<'t> {
    rest: &'t str,
    /// Letters read as digits, and digits.
    guessed: usize,
    digits: usize,
    /// A mark too many, or white space inside a number.
    spilled: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    /// A number of exactly `len` digits; between them one space may stand.
    fn number(&mut self, len: usize) -> Option<i32> {
        let mut value = 0;
        for n in 0..len {
            if n > 0 && self.rest.starts_with(' ') {
                self.next()?;
                self.spilled = true;
            }
            let (digit, guessed) = digit(self.next()?)?;
            value = value * 10 + digit;
            self.guessed += usize::from(guessed);
            self.digits += usize::from(!guessed);
        }
        Some(value)
    }

    /// What parts two numbers: a point, perhaps with another mark or a space.
    fn mark(&mut self) -> Option<()> {
        let marks = self.rest.len() - self.rest.trim_start_matches(['.', ',', ':', ';', ' ']).len();
        let between = self.rest.get(..marks).filter(|b| b.contains('.') && b.len() <= 3)?;
        self.spilled |= between.len() > 1 && between != ". ";
        self.rest = self.rest.get(marks..)?;
        Some(())
    }
}

/// Reads a whole date with slips at `at`.
pub(super) fn date(text: &str, at: usize, to: usize) -> Option<Tok> {
    let window = window(text, at, to)?;
    let mut reader = Reader { rest: window, guessed: 0, digits: 0, spilled: false };
    let day = reader.number(2)?;
    reader.mark()?;
    let month = reader.number(2)?;
    reader.mark()?;
    let year = reader.number(4)?;
    let slipped = reader.spilled || reader.guessed > 0;
    let ymd = (year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if !slipped || reader.digits < 5 || goes_on(reader.rest) || !YEARS.contains(&year) || !calendar::exists(ymd) {
        return None;
    }
    Some(Tok {
        start: at,
        end: at + window.len() - reader.rest.len(),
        mask: 1 << word::DATE | 1 << word::SLIP,
        n: [year, month, day, flag::DAY_FIRST],
        ..Tok::default()
    })
}

/// Reads a year or a day of the month with letters in it: "2O21", "l9".
pub(super) fn number(text: &str, at: usize, to: usize) -> Option<Tok> {
    let window = window(text, at, to)?;
    let len = window.chars().take_while(|c| digit(*c).is_some()).count();
    let mut reader = Reader { rest: window, guessed: 0, digits: 0, spilled: false };
    let value = reader.number(len.min(5))?;
    if reader.guessed == 0 || reader.digits == 0 || reader.spilled || goes_on(reader.rest) {
        return None;
    }
    let mask = match len {
        4 if YEARS.contains(&value) && reader.digits >= 2 => 1 << word::YEAR,
        2 if (1..=31).contains(&value) => 1 << word::DAY,
        _ => return None,
    };
    Some(Tok {
        start: at,
        end: at + window.len() - reader.rest.len(),
        mask: mask | 1 << word::SLIP,
        n: [value, 0, 0, 0],
        ..Tok::default()
    })
}

fn window(text: &str, at: usize, to: usize) -> Option<&str> {
    let mut end = (at + WIDEST).min(to);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end)
}

/// True where a number or a word goes on.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<[i32; 3]> {
        date(text, 0, text.len()).map(|t| [t.n[0], t.n[1], t.n[2]])
    }

    #[test]
    fn letters_and_spilled_marks_are_read_as_what_they_were() {
        assert_eq!(read("28:.1 2.2025 року"), Some([2025, 12, 28]));
        assert_eq!(read("O5.06.2020"), Some([2020, 6, 5]));
        assert_eq!(read("1l.05.2O21,"), Some([2021, 5, 11]));
        assert_eq!(number("2O21 it", 0, 7).map(|t| t.n[0]), Some(2021));
        assert_eq!(number("l9 May", 0, 6).map(|t| t.n[0]), Some(19));
    }

    #[test]
    fn what_is_a_date_already_or_none_is_left_alone() {
        for text in ["28.12.2025", "10, 11, 2020", "31.02.2O21", "28.12.2O25a", "10. 11. 20", "28-12-2O25", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["2021", "IO21", "ll", "O", "2O21st", "9Ol7", "oOlI"] {
            assert!(number(text, 0, text.len()).is_none(), "{text}");
        }
    }
}
