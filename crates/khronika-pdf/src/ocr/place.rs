//! Recognised pages put into the text of their document.

use khronika_core::{Mark, MarkKind, Rect, Span, WordBox};
use khronika_read::rendition::{Part, Rendition};

use super::tsv;
use crate::layout;

/// Below this many percent a word is marked as unsure.
const UNSURE: u8 = 60;

/// Puts the pages, in order, into the text.
pub(super) fn put(rendition: &mut Rendition, pages: Vec<(u32, tsv::Page)>) {
    let sizes: Vec<(i32, i32)> = rendition.layout.pages.iter().map(|page| (page.width, page.height)).collect();
    let pages: Vec<(usize, tsv::Page)> = pages
        .into_iter()
        .filter_map(|(number, page)| usize::try_from(number).ok().filter(|n| *n < sizes.len()).map(|n| (n, page)))
        .map(|(number, page)| (number, without_known(page, rendition, number)))
        .collect();
    if pages.is_empty() {
        return;
    }
    let inputs: Vec<layout::Recognised<'_>> = pages
        .iter()
        .map(|(number, page)| layout::Recognised {
            size: sizes.get(*number).copied().unwrap_or_default(),
            page,
            follows: number.checked_sub(1).is_some_and(|before| {
                let known = |n: usize| rendition.layout.pages.get(n).is_some_and(|page| page.span.is_empty());
                known(before) && known(*number) && pages.binary_search_by_key(&before, |(n, _)| *n).is_ok()
            }),
        })
        .collect();
    let words = layout::recognised(&inputs);
    splice(rendition, &words, &pages.iter().map(|(number, _)| *number).collect::<Vec<_>>());
}

/// Without the words that the page has of its own: what is printed over a scan is told once.
fn without_known(mut page: tsv::Page, rendition: &Rendition, number: usize) -> tsv::Page {
    let at = u32::try_from(number).unwrap_or(u32::MAX);
    let own: Vec<Rect> = rendition.layout.words.iter().filter(|word| word.page == at).map(|word| word.rect).collect();
    if own.is_empty() {
        return page;
    }
    for line in &mut page.lines {
        line.words.retain(|word| {
            let [left, top, right, bottom] = word.rect;
            let (x, y) = (i32::midpoint(left, right), i32::midpoint(top, bottom));
            !own.iter().any(|rect| (rect.left..=rect.right).contains(&x) && (rect.top..=rect.bottom).contains(&y))
        });
    }
    page.lines.retain(|line| !line.words.is_empty());
    page
}

/// Puts the text of `words`, whose pages are `numbers` of the document, into the document.
fn splice(rendition: &mut Rendition, words: &Rendition, numbers: &[usize]) {
    // Pages that follow each other without words between them go in together: a paragraph may run over them.
    let mut runs: Vec<(usize, usize, Span)> = Vec::new();
    for (n, number) in numbers.iter().enumerate() {
        let Some(page) = words.layout.pages.get(n) else { continue };
        let own = rendition.layout.pages.get(*number).map_or(Span::new(0, 0), |page| page.span);
        match runs.last_mut() {
            Some((_, last, span)) if *last + 1 == *number && own.is_empty() => {
                *last = *number;
                span.end = page.span.end;
            }
            _ => runs.push((*number, *number, page.span)),
        }
    }
    let mut text = String::with_capacity(rendition.text.len() + words.text.len() + runs.len() * 2);
    // Where something was put into the old text, and how much of it; where it comes from, and where it stands now.
    let mut put: Vec<(usize, usize)> = Vec::new();
    let mut moved: Vec<(Span, usize)> = Vec::new();
    let mut from = 0;
    for (first, _, span) in &runs {
        let at = rendition.layout.pages.get(*first).map_or(rendition.text.len(), |page| page.span.end);
        text.push_str(rendition.text.get(from..at).unwrap_or_default());
        from = at.max(from);
        let before = text.len();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        moved.push((*span, text.len()));
        text.push_str(words.text.get(span.start..span.end).unwrap_or_default());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        put.push((at, text.len() - before));
    }
    text.push_str(rendition.text.get(from..).unwrap_or_default());
    // How much was put in up to each of the places.
    let mut sum = 0;
    for (_, length) in &mut put {
        sum += *length;
        *length = sum;
    }
    let later = |at: usize| {
        let before = put.partition_point(|(place, _)| *place <= at).checked_sub(1);
        at + before.and_then(|n| put.get(n)).map_or(0, |(_, sum)| *sum)
    };
    let shift = |span: Span| {
        let start = later(span.start);
        Span::new(start, start + span.len())
    };
    let own = |span: Span| {
        let at = moved.partition_point(|(from, _)| from.start <= span.start).checked_sub(1)?;
        let (from, to) = moved.get(at)?;
        (span.end <= from.end).then(|| Span::new(span.start - from.start + to, span.end - from.start + to))
    };
    rendition.parts.iter_mut().for_each(|part| part.span = shift(part.span));
    rendition.layout.words.iter_mut().for_each(|word| word.span = shift(word.span));
    rendition.layout.marks.iter_mut().for_each(|mark| mark.span = shift(mark.span));
    for (n, page) in rendition.layout.pages.iter_mut().enumerate() {
        let recognised = numbers.binary_search(&n).ok().and_then(|at| words.layout.pages.get(at));
        page.span = match recognised.and_then(|seen| own(seen.span)) {
            Some(seen) if page.span.is_empty() => seen,
            Some(seen) => Span::new(later(page.span.start), seen.end),
            None => {
                let start = later(page.span.start);
                Span::new(start, start + page.span.len())
            }
        };
    }
    // Pages without words stand where the one before them ends.
    let mut end = 0;
    for page in &mut rendition.layout.pages {
        page.span.start = page.span.start.max(end);
        page.span.end = page.span.end.max(page.span.start).min(text.len());
        end = page.span.end;
    }
    rendition.text = text;
    let parts = words.parts.iter().filter_map(|part| Some(Part { span: own(part.span)?, role: part.role }));
    rendition.parts.extend(parts);
    rendition.parts.sort_by_key(|part| part.span.start);
    for word in &words.layout.words {
        let number = usize::try_from(word.page).ok().and_then(|n| numbers.get(n)).and_then(|n| u32::try_from(*n).ok());
        let (Some(span), Some(page)) = (own(word.span), number) else { continue };
        rendition.layout.words.push(WordBox { span, page, ..*word });
        if word.confidence.is_some_and(|sure| sure < UNSURE) {
            unsure(rendition, span);
        }
    }
    rendition.layout.words.sort_by_key(|word| word.span.start);
    for mark in &words.layout.marks {
        if let Some(span) = own(mark.span) {
            rendition.layout.marks.push(Mark { span, ..mark.clone() });
        }
    }
    rendition.layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
}

fn unsure(rendition: &mut Rendition, span: Span) {
    rendition.layout.marks.push(Mark { span, kind: MarkKind::Unsure, author: None, date: None, note: None });
}
