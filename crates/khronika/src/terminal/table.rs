//! Columns aligned by spaces, without boxes.

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

/// The words on one line and no longer than `width` characters; what is cut off leaves "…".
pub(crate) fn clipped(words: &str, width: usize) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [["1899-06-03", "annulled"], ["1906", "final"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows, 2), "  1899-06-03  annulled\n  1906        final\n");
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        assert_eq!(clipped("Суд \n отменил  приговор", 40), "Суд отменил приговор");
        assert_eq!(clipped("Суд отменил приговор", 12), "Суд отменил…");
        assert_eq!(clipped("", 12), "");
    }
}
