//! Blocks of bounded length: what stands without a line end for very long is cut where a sentence seems to end.

use khronika_core::Span;

use super::marker::{self, Numbering};

/// No block is longer than this (bytes).
pub(super) const LONGEST: usize = 64 << 10;

/// From this length on, a block without line ends is looked through for the numbers of paragraphs that ran together (bytes).
const RUN_TOGETHER: usize = 3000;

/// The paragraphs of a text that lost its line ends, by their numbers: "… rejects it. 2. On 5 May …". Numbers count on by one and
/// stand between the end of a sentence and a capital; fewer than three of them are chance.
pub(super) fn paragraphs(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    if words.len() < RUN_TOGETHER || words.contains('\n') {
        return vec![span];
    }
    let mut starts: Vec<usize> = Vec::new();
    let mut expected = 1_u32;
    for at in memchr::memchr_iter(b' ', words.as_bytes()) {
        let Some(rest) = words.get(at + 1..) else { continue };
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some((Numbering::Arabic(number), len)) = marker::numbering(rest) else { continue };
        let before = words.get(..at).unwrap_or_default().trim_end();
        let ends = before.ends_with(['.', ';', ':', '!', '?', '”', '»', '"', ')']) || starts.is_empty();
        let capital = rest
            .get(len..)
            .and_then(|r| r.chars().next())
            .is_some_and(|c| c.is_uppercase() || matches!(c, '«' | '“' | '"'));
        let one_dot = rest.get(..len).is_some_and(|n| n.matches('.').count() <= 1);
        if number == expected && ends && capital && one_dot {
            starts.push(span.start + at + 1);
            expected += 1;
        }
    }
    if starts.len() < 3 {
        return vec![span];
    }
    let mut spans = Vec::with_capacity(starts.len() + 1);
    let mut from = span.start;
    for to in starts.into_iter().chain([span.end]) {
        let piece = super::line::trim(text, Span::new(from, to));
        if !piece.is_empty() {
            spans.push(piece);
        }
        from = to;
    }
    spans
}

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
    fn numbered_paragraphs_that_ran_together_are_told_apart() {
        let filler = "The court heard the parties on that day and saw their papers. ".repeat(20);
        let text = format!("THE FACTS 1. {filler}2. On 5 May {filler}The fine was 2. 3. Then {filler}4. Last {filler}");
        let spans = paragraphs(&text, Span::new(0, text.trim_end().len()));
        let starts: Vec<_> = spans.iter().map(|s| s.of(&text).chars().take(8).collect::<String>()).collect();
        assert_eq!(starts, ["THE FACT", "1. The c", "2. On 5 ", "3. Then ", "4. Last "]);
        let no_numbers = filler.repeat(5);
        assert_eq!(paragraphs(&no_numbers, Span::new(0, no_numbers.len())).len(), 1);
    }

    #[test]
    fn text_without_any_space_is_cut_between_characters() {
        let text = "ә".repeat(100_000);
        let spans: Vec<Span> = pieces(&text, Span::new(0, text.len())).collect();
        assert_eq!(spans.iter().map(|s| s.len()).sum::<usize>(), text.len());
        assert!(spans.iter().all(|s| !s.is_empty() && s.len() <= LONGEST));
    }
}
