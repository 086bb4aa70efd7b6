//! Columns aligned by spaces, without boxes.

use std::borrow::Cow;

/// Lays out rows: every column as wide as its widest cell, two spaces between columns, nothing after the last. `indent` spaces
/// before each row. Widths are counted in characters.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]], indent: usize) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The words on one line and no longer than `width` characters; what is cut off leaves "…". The words may be those of a document: see
/// [`tame`].
pub(crate) fn clipped(words: &str, width: usize) -> String {
    let words = tame(words);
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > width {
            let mut short: String = line.chars().take(width.saturating_sub(1)).collect();
            short.truncate(short.trim_end().len());
            short.push('…');
            return short;
        }
    }
    line
}

/// The words of a document or the name of a file, as they may be sent to a terminal: what a terminal would take for a command is shown by
/// a sign. Line ends and tabs stay.
pub(crate) fn tame(words: &str) -> Cow<'_, str> {
    let command = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !words.contains(command) {
        return Cow::Borrowed(words);
    }
    let sign = |c: char| match u32::from(c) {
        // A carriage return before a line end is a part of it.
        0x0D => ' ',
        n @ 0..=0x1F => char::from_u32(0x2400 + n).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(words.chars().map(|c| if command(c) { sign(c) } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [["1899-06-03", "annulled"], ["1906", "final"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows, 2), "  1899-06-03  annulled\n  1906        final\n");
    }

    #[test]
    fn a_document_cannot_command_the_terminal() {
        assert_eq!(tame("red \x1b[31m, \u{9b}2J, bell\x07\r\nnext\tone"), "red ␛[31m, \u{fffd}2J, bell␇ \nnext\tone");
        assert_eq!(clipped("title\x1b]0;x\x07", 40), "title␛]0;x␇");
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        assert_eq!(clipped("Суд \n отменил  приговор", 40), "Суд отменил приговор");
        assert_eq!(clipped("Суд отменил приговор", 12), "Суд отменил…");
        assert_eq!(clipped("", 12), "");
    }
}
