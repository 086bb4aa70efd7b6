//! Blocks of bounded length: what stands without a line end for very long is cut where a sentence seems to end.

use khronika_core::Span;

/// No block is longer than this (bytes).
pub(super) const LONGEST: usize = 64 << 10;

/// Cuts a span into spans that are no longer than [`LONGEST`]: at a line end or a sentence end in the last quarter of the allowed
/// length, else at white space, else anywhere between two characters.
pub(super) fn pieces(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut rest = span;
    std::iter::from_fn(move || {
        rest = super::line::trim(text, rest);
        if rest.is_empty() {
            return None;
        }
        let cut = if rest.len() <= LONGEST { rest.end } else { cut(text, rest.start) };
        let piece = super::line::trim(text, Span::new(rest.start, cut));
        rest.start = cut;
        Some(piece)
    })
}

fn cut(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start + LONGEST);
    let least = text.floor_char_boundary(start + LONGEST / 4 * 3);
    let window = text.get(least..most).unwrap_or_default();
    let line = window.rfind('\n').map(|n| least + n + 1);
    let sentence = || {
        ["\u{2029}", ". ", "! ", "? ", "; "]
            .iter()
            .filter_map(|end| window.rfind(end).map(|n| least + n + end.len()))
            .max()
    };
    let space = || window.rfind(char::is_whitespace).map(|n| least + n);
    line.or_else(sentence).or_else(space).filter(|cut| *cut > start).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_at_sentences_and_nothing_is_lost() {
        let text = "Суд отказал в иске. ".repeat(20_000);
        let spans: Vec<Span> = pieces(&text, Span::new(0, text.len())).collect();
        assert!(spans.len() > 1 && spans.iter().all(|s| s.len() <= LONGEST));
        assert!(spans.iter().all(|s| s.of(&text).starts_with("Суд") && s.of(&text).ends_with('.')));
        let whole: String = spans.iter().map(|s| format!("{} ", s.of(&text))).collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn text_without_any_space_is_cut_between_characters() {
        let text = "ә".repeat(100_000);
        let spans: Vec<Span> = pieces(&text, Span::new(0, text.len())).collect();
        assert_eq!(spans.iter().map(|s| s.len()).sum::<usize>(), text.len());
        assert!(spans.iter().all(|s| !s.is_empty() && s.len() <= LONGEST));
    }
}
