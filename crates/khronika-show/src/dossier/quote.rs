//! The words of a quote, as many as a reader takes in.

use std::borrow::Cow;

use khronika_core::Span;

use super::view::limit;
use crate::place::Place;

/// What stands before the mark, the mark, and what follows; of a long quote no more than [`limit::QUOTE`] characters, cut between
/// words, with the mark among them.
pub(super) fn clipped(place: &Place<'_>, mark: Span) -> [String; 3] {
    let of = |start, end| Span::new(start, end).of(&place.source.text);
    let (head, mark, tail) = (of(place.span.start, mark.start), of(mark.start, mark.end), of(mark.end, place.span.end));
    // A quote may be as long as its document: no more of it is looked at than can be shown.
    let nearest = head.char_indices().rev().nth(limit::QUOTE).map_or(0, |(at, _)| at);
    let farthest = tail.char_indices().nth(limit::QUOTE).map_or(tail.len(), |(at, c)| at + c.len_utf8());
    let (mut head, mark) = (head.get(nearest..).unwrap_or_default().to_owned(), mark.to_owned());
    let mut tail = tail.get(..farthest).unwrap_or_default().to_owned();
    let room = limit::QUOTE.saturating_sub(mark.chars().count());
    if head.chars().count() + tail.chars().count() <= room {
        return [head, mark, tail];
    }
    // The head has what the tail leaves, and no less than half.
    let most = room.saturating_sub(tail.chars().count()).max(room / 2);
    if let Some((at, _)) = head.char_indices().rev().nth(most) {
        let kept = head.get(at..).unwrap_or_default();
        let kept = kept.find(char::is_whitespace).and_then(|at| kept.get(at..)).unwrap_or(kept);
        head = format!("…{kept}");
    }
    if let Some((at, _)) = tail.char_indices().nth(room.saturating_sub(head.chars().count())) {
        let kept = tail.get(..at).unwrap_or_default();
        let kept = kept.rfind(char::is_whitespace).and_then(|at| kept.get(..at)).unwrap_or(kept);
        tail = format!("{} …", kept.trim_end());
    }
    [head, mark, tail]
}

/// The words of the same paragraph around a short quote, cut between words.
pub(super) fn around<'a>(place: &Place<'a>) -> (Cow<'a, str>, Cow<'a, str>) {
    let nothing = (Cow::Borrowed(""), Cow::Borrowed(""));
    let block = place.paragraph.checked_sub(1).and_then(|n| place.source.blocks.get(n)).map(|block| block.span);
    let Some(block) = block.filter(|block| block.contains(place.span)) else { return nothing };
    if place.end - place.start >= limit::SHORT {
        return nothing;
    }
    let before = Span::new(block.start, place.span.start).of(&place.source.text);
    let after = Span::new(place.span.end, block.end).of(&place.source.text);
    let before = match before.char_indices().rev().nth(limit::AROUND) {
        None => Cow::Borrowed(before),
        Some((at, _)) => {
            let tail = before.get(at..).unwrap_or(before);
            let tail = tail.find(char::is_whitespace).and_then(|at| tail.get(at..)).unwrap_or_default();
            Cow::Owned(format!("…{tail}"))
        }
    };
    let after = match after.char_indices().nth(limit::AROUND) {
        None => Cow::Borrowed(after),
        Some((at, _)) => {
            let head = after.get(..at).unwrap_or(after);
            let head = head.rfind(char::is_whitespace).and_then(|at| head.get(..at)).unwrap_or_default();
            Cow::Owned(format!("{head} …"))
        }
    };
    (before, after)
}
