//! What a program of others printed of a document that it can read and this one cannot: lines of plain text, a paragraph each.

use crate::rendition::{Limits, RemarkKind, Rendition, Role, Writer};

/// Text of which each line is a paragraph. What is beyond the limit is left out, and said.
#[must_use]
pub fn of(text: &str, limits: Limits) -> Rendition {
    let mut writer = Writer::new();
    for line in text.lines() {
        if writer.at() + line.len() > limits.text {
            writer.remark(RemarkKind::Limit, "its text is longer than is read; the rest was left out", None);
            break;
        }
        writer.push(line);
        // Cells stand between strokes.
        let cells = line.trim();
        let is_row = cells.len() > 1 && cells.starts_with('|') && cells.ends_with('|');
        writer.end(if is_row { Role::TableRow } else { Role::Body });
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_paragraph() {
        let printed = "\nThe Court.\n\n|Day |Act |\n\n  The end\n";
        let seen = of(printed, Limits::default());
        let told: Vec<_> = seen.parts.iter().map(|part| (part.span.of(&seen.text), part.role)).collect();
        assert_eq!(told, [("The Court.", Role::Body), ("|Day |Act |", Role::TableRow), ("The end", Role::Body)]);
        assert_eq!(seen.check(), Ok(()));
        let short = of(printed, Limits { text: 12, ..Limits::default() });
        assert_eq!((short.parts.len(), short.remarks.len()), (1, 1));
    }
}
