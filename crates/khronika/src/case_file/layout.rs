//! Pages, boxes and marks, as a case keeps them: JSON lists of numbers, of which a long document has very many, so that each word is eight
//! small ones. Places are told from the place before, rectangles by their corner and size.

use khronika_core::{Layout, Mark, MarkKind, Page, Rect, Span, WordBox};
use serde_json::{Value, json};

/// A layout as it is kept; `None` where there is nothing to keep.
pub(super) fn of(layout: &Layout) -> Option<Value> {
    let Layout { pages, words, marks } = layout;
    if pages.is_empty() && words.is_empty() && marks.is_empty() {
        return None;
    }
    let pages: Vec<Value> =
        pages.iter().map(|page| json!([page.span.start, page.span.end, page.width, page.height])).collect();
    let mut at = 0;
    let words: Vec<Value> = words
        .iter()
        .flat_map(|word| {
            let WordBox { span, page, rect: Rect { left, top, right, bottom }, confidence } = word;
            let gap = span.start.saturating_sub(at);
            at = span.end;
            let sure = confidence.map_or(Value::from(-1), Value::from);
            let size = [*left, *top, right.saturating_sub(*left), bottom.saturating_sub(*top)].map(Value::from);
            [gap.into(), span.len().into(), (*page).into(), sure].into_iter().chain(size)
        })
        .collect();
    let marks: Vec<Value> = marks
        .iter()
        .map(|mark| {
            let (author, date, note) = (&mark.author, &mark.date, &mark.note);
            json!([mark.span.start, mark.span.end, mark.kind.name(), author, date, note])
        })
        .collect();
    Some(json!({"pages": pages, "words": words, "marks": marks}))
}

/// How many numbers tell a word.
const WORD: usize = 8;

/// The layout that was kept; `None` where it does not fit the text.
pub(super) fn read(kept: Option<&Value>, text: &str) -> Option<Layout> {
    let Some(kept) = kept else { return Some(Layout::default()) };
    let list = |name: &str| Some(kept.get(name)?.as_array()?.as_slice());
    let number = |value: &Value| i32::try_from(value.as_i64()?).ok();
    let size = |value: &Value| usize::try_from(value.as_u64()?).ok();
    let span = |start: usize, end: usize| text.get(start..end).map(|_| Span { start, end });
    let page = |page: &Value| {
        let [start, end, width, height] = page.as_array()?.as_slice() else { return None };
        Some(Page { span: span(size(start)?, size(end)?)?, width: number(width)?, height: number(height)? })
    };
    let words = |value: &Value| match value {
        Value::Null => Some(None),
        Value::String(words) => Some(Some(words.clone())),
        _ => None,
    };
    let mark = |mark: &Value| {
        let [start, end, kind, author, date, note] = mark.as_array()?.as_slice() else { return None };
        let span = span(size(start)?, size(end)?)?;
        // A newer program may know marks that this one does not.
        let Some(kind) = MarkKind::from_name(kind.as_str()?) else { return Some(None) };
        Some(Some(Mark { span, kind, author: words(author)?, date: words(date)?, note: words(note)? }))
    };
    let mut at = 0_usize;
    let word = |word: &[Value]| {
        let [gap, length, page, sure, left, top, width, height] = word else { return None };
        let start = at.checked_add(size(gap)?)?;
        at = start.checked_add(size(length)?)?;
        let (left, top) = (number(left)?, number(top)?);
        let (right, bottom) = (left.saturating_add(number(width)?), top.saturating_add(number(height)?));
        let rect = Rect { left, top, right, bottom };
        let page = u32::try_from(page.as_u64()?).ok()?;
        Some(WordBox { span: span(start, at)?, page, rect, confidence: u8::try_from(sure.as_i64()?).ok() })
    };
    let marks: Vec<Option<Mark>> = list("marks")?.iter().map(mark).collect::<Option<_>>()?;
    Some(Layout {
        pages: list("pages")?.iter().map(page).collect::<Option<_>>()?,
        words: list("words")?.chunks(WORD).map(word).collect::<Option<_>>()?,
        marks: marks.into_iter().flatten().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_as_it_was() {
        let span = Span::new;
        let rect = Rect { left: 100, top: -3, right: 90, bottom: 500 };
        let layout = Layout {
            pages: vec![Page { span: span(0, 5), width: 59_500, height: 84_200 }],
            words: vec![
                WordBox { span: span(0, 2), page: 0, rect, confidence: None },
                WordBox { span: span(3, 5), page: 0, rect, confidence: Some(97) },
            ],
            marks: vec![Mark {
                span: span(1, 4),
                kind: MarkKind::Deleted,
                author: Some("A.".to_owned()),
                date: None,
                note: None,
            }],
        };
        let kept = of(&layout).unwrap();
        assert_eq!(read(Some(&kept), "ab de"), Some(layout));
        assert_eq!(read(Some(&kept), "ab d"), None, "a word beyond the text");
        assert_eq!(read(None, ""), Some(Layout::default()));
        assert_eq!(of(&Layout::default()), None);
    }
}
