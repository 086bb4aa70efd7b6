//! What print puts around the text of a page: running heads and feet, numbers of pages, numbers of lines.

use std::collections::HashMap;

use khronika_read::rendition::Role;

use super::Laid;
use super::words::{Stretch, Word};

/// How many rows at either edge of a page may be furniture.
const ROWS: usize = 4;

/// How far from either edge of a page, as a part of its height.
const ZONE: f32 = 0.2;

/// A row at the edge of a page.
struct Edge {
    page: usize,
    /// From the edge inwards, counted from 0.
    rank: usize,
    top: bool,
    /// Where its base line is, in points from the upper edge.
    base: f32,
    /// The size of its letters: a title may stand where a running head stands on the pages after it.
    size: f32,
    text: String,
    key: String,
    /// The document says that it belongs to the page.
    around: bool,
    /// White between it and the row that is next to it inwards, in sizes of its letters.
    white: f32,
}

/// A row that is furniture.
struct Found {
    page: usize,
    rank: usize,
    top: bool,
    base: f32,
    role: Role,
}

/// Takes the furniture out of the stretches of the pages and puts it beside them.
pub(super) fn part(pages: &mut [Laid]) {
    let stamped = stamped(pages);
    let edges: Vec<Edge> = pages.iter().enumerate().flat_map(|(n, page)| edges(n, page)).collect();
    let mut by_key: HashMap<(bool, &str), Vec<usize>> = HashMap::new();
    for (n, edge) in edges.iter().enumerate() {
        by_key.entry((edge.top, &edge.key)).or_default().push(n);
    }
    let mut found: Vec<Found> = Vec::new();
    for (n, edge) in edges.iter().enumerate() {
        let others = by_key.get(&(edge.top, edge.key.as_str())).map_or(&[][..], Vec::as_slice);
        let at = others.partition_point(|other| *other < n);
        let near = others.get(at.saturating_sub(6)..(at + 7).min(others.len())).unwrap_or_default();
        let same = near.iter().filter_map(|other| edges.get(*other)).filter(|other| {
            other.page != edge.page
                && other.page.abs_diff(edge.page) <= 4
                && (other.base - edge.base).abs() < 8.0
                && (other.size - edge.size).abs() < edge.size * 0.25
        });
        let role = role(edge, same, pages.len());
        let Edge { page, rank, top, base, .. } = *edge;
        found.extend(role.map(|role| Found { page, rank, top, base, role }));
    }
    found.extend(printed(&edges, pages, &stamped));
    found.sort_by_key(|found| (found.page, !found.top, found.rank));
    found.dedup_by_key(|found| (found.page, found.top, found.rank));
    for run in found.chunk_by(|a, b| a.page == b.page) {
        let Some(page) = run.first().and_then(|first| pages.get_mut(first.page)) else { continue };
        // Furniture is the outermost: behind the first row that is none there is none.
        let outermost = |top: bool| {
            run.iter()
                .filter(move |found| found.top == top)
                .enumerate()
                .take_while(|(n, found)| found.rank == *n)
                .map(|(_, found)| found)
        };
        let of_page: Vec<&Found> = outermost(true).chain(outermost(false)).collect();
        let (mut kept, mut taken) = (Vec::new(), Vec::new());
        for stretch in std::mem::take(&mut page.stretches) {
            let role = of_page.iter().find(|found| (stretch.base - found.base).abs() < 0.6).map(|found| found.role);
            match role {
                Some(role) => taken.push((role, stretch)),
                None => kept.push(stretch),
            }
        }
        page.stretches = kept;
        page.furniture.extend(taken);
    }
    pages.iter_mut().for_each(numbered_lines);
}

/// How far from the edge of a page, as a part of its height, what prints it puts its own rows.
const MARGIN: f32 = 0.08;

/// Takes out the number of the page among all and the clock of its printing that stand on one height in a margin, whatever stands
/// close by: Firefox leaves the text so little room that the last line may lie in them. Where they stood, for each page.
fn stamped(pages: &mut [Laid]) -> Vec<Option<Place>> {
    let count = pages.len();
    let mut places = Vec::with_capacity(count);
    for (n, page) in pages.iter_mut().enumerate() {
        let height = page.height.max(1.0);
        let outer = |stretch: &Stretch| (stretch.base / height - 0.5).abs() > 0.5 - MARGIN;
        let counts = |stretch: &Stretch| {
            let [here, _, all] = stretch.words.as_slice() else { return false };
            here.text.parse() == Ok(n + 1) && all.text.parse() == Ok(count)
        };
        let clock = |stretch: &Stretch| stretch.words.len() <= 4 && has_clock(&stretch.text());
        let base = page.stretches.iter().filter(|one| outer(one) && counts(one)).take(8).find_map(|one| {
            let mut beside = page.stretches.iter().filter(|other| (other.base - one.base).abs() < 0.6);
            beside.any(clock).then_some(one.base)
        });
        places.push(base.map(|base| if base < height / 2.0 { Place::Top } else { Place::Foot }));
        let Some(base) = base else { continue };
        let is_one = |stretch: &Stretch| (stretch.base - base).abs() < 0.6 && (counts(stretch) || clock(stretch));
        let (taken, kept): (Vec<Stretch>, Vec<Stretch>) =
            std::mem::take(&mut page.stretches).into_iter().partition(is_one);
        page.stretches = kept;
        page.furniture.extend(taken.into_iter().map(|stretch| (Role::PageNumber, stretch)));
    }
    places
}

/// An edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Top,
    Foot,
}

/// What a browser, a mail program or a fax machine puts around a page: the outermost rows, in which the number of the page among all
/// stands, and the address of what was printed or the clock of when it was.
fn printed(edges: &[Edge], pages: &[Laid], stamped: &[Option<Place>]) -> Vec<Found> {
    let mut found = Vec::new();
    for run in edges.chunk_by(|a, b| a.page == b.page) {
        let Some(height) = run.first().and_then(|edge| pages.get(edge.page)).map(|page| page.height.max(1.0)) else {
            continue;
        };
        let outer: Vec<&Edge> = run
            .iter()
            .filter(|edge| edge.rank == 0 && (edge.base / height - 0.5).abs() > 0.5 - MARGIN)
            .filter(|edge| edge.white > 1.2)
            .collect();
        let has = |is: fn(&Edge) -> bool| outer.iter().any(|edge| is(edge));
        let stamp = run.first().and_then(|edge| stamped.get(edge.page).copied().flatten());
        let all = has(|edge| counts_pages(&edge.text, edge.page))
            && (has(|edge| has_address(&edge.text)) || has(|edge| has_clock(&edge.text)));
        // Over against the clock stand the title and the address.
        let against =
            |edge: &Edge| stamp.is_some_and(|stamp| edge.top != (stamp == Place::Top)) && has_address(&edge.text);
        found.extend(outer.iter().filter(|edge| all || against(edge)).map(|edge| Found {
            page: edge.page,
            rank: edge.rank,
            top: edge.top,
            base: edge.base,
            role: if edge.top { Role::Header } else { Role::Footer },
        }));
    }
    found
}

/// "1/3", "Page 1 of 3", "1 из 3" at the beginning or the end of a row: the number of this page, and how many there are.
fn counts_pages(text: &str, page: usize) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| -> Option<usize> { (word.len() <= 4).then(|| word.parse().ok()).flatten() };
    let fits = |here: &str, all: &str| matches!((number(here), number(all)), (Some(here), Some(all)) if here >= 1 && here <= all && (page == 0 || here == page + 1));
    let pair = |word: &str| word.split_once('/').is_some_and(|(here, all)| fits(here, all));
    let ends = |three: &[&str]| match three {
        [here, between, all] => between.chars().count() <= 4 && !between.contains(['.', ',']) && fits(here, all),
        _ => false,
    };
    words.first().is_some_and(|word| pair(word))
        || words.last().is_some_and(|word| pair(word))
        || words.get(..3).is_some_and(ends)
        || words.len().checked_sub(3).and_then(|from| words.get(from..)).is_some_and(ends)
}

/// Whether an address of a page or a file stands in a row.
fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let path = word.split_once('/').is_some_and(|(place, path)| place.contains('.') && path.len() >= 3);
        word.contains("://")
            || word.starts_with("www.")
            || (path && word.bytes().filter(u8::is_ascii_alphabetic).count() >= 8)
    })
}

/// Whether a day in figures and the time of the day stand side by side in a row: "11/30/26, 10:05".
fn has_clock(text: &str) -> bool {
    let figures = |word: &str, mark: &[char]| {
        let groups: Vec<&str> = word.split(mark).collect();
        let all =
            groups.iter().all(|group| (1..=4).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit()));
        if all { groups.len() } else { 0 }
    };
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches([',', '.'])).collect();
    words.windows(2).any(|pair| match pair {
        [day, clock] => figures(day, &['/', '.', '-']) == 3 && (2..=3).contains(&figures(clock, &[':'])),
        _ => false,
    })
}

/// The rows at the edges of one page.
fn edges(at: usize, page: &Laid) -> Vec<Edge> {
    let within = |stretch: &&Stretch| {
        // A little more than the zone: the row next to it tells how far the last one in it stands apart.
        (stretch.base / page.height.max(1.0) - 0.5).abs() > 0.5 - ZONE * 1.4
    };
    let middle = page.stretches.iter().any(|stretch| !within(&stretch));
    let rows = super::zones::rows(page.stretches.iter().filter(within).collect());
    if rows.len() < 2 && !middle {
        // What is all that a page says is no furniture, unless it is a number.
        let is_number = rows.first().and_then(|row| row.first()).is_some_and(|one| number(&one.text()).is_some());
        if !is_number {
            return Vec::new();
        }
    }
    let base = |n: usize| rows.get(n).and_then(|row| row.first()).map_or(0.0, |first| first.base);
    let make = |n: usize, top: bool, rank: usize| {
        let row = rows.get(n)?;
        let here = base(n);
        let within = if top { here < page.height * ZONE } else { here > page.height * (1.0 - ZONE) };
        if !within {
            return None;
        }
        let text = row.iter().map(|stretch| stretch.text()).collect::<Vec<_>>().join("  ");
        let size = row.first().map_or(10.0, |first| first.size).max(1.0);
        let around = row.iter().flat_map(|stretch| &stretch.words).all(|word| word.around);
        let inward = if top { n + 1 } else { n.wrapping_sub(1) };
        let white = rows.get(inward).map_or(99.0, |_| (base(inward) - here).abs() / size);
        Some(Edge { page: at, rank, top, base: here, size, key: key(&text), text, around, white })
    };
    let count = rows.len();
    let from_top = (0..count.min(ROWS)).filter_map(|n| make(n, true, n));
    let from_foot = (0..count.min(ROWS)).filter_map(|n| make(count - 1 - n, false, n));
    from_top.chain(from_foot).collect()
}

/// A row as running heads are compared: small letters, runs of digits as `#`.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else if !c.is_whitespace() {
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// "7", "- 7 -", "[7]", "7/12": the number, where the row is nothing else.
fn number(text: &str) -> Option<u32> {
    let inner =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '[' | ']' | '|' | '.' | '~'));
    let first = match inner.split_once('/') {
        Some((first, of)) if !of.trim().is_empty() && of.trim().bytes().all(|b| b.is_ascii_digit()) => first.trim_end(),
        Some(_) => return None,
        None => inner,
    };
    let is_number = !first.is_empty() && first.len() <= 4 && first.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| first.parse().ok()).flatten()
}

/// "iv", "XII": numbers of pages before the first.
fn is_roman(text: &str) -> bool {
    let text = text.trim();
    (1..=6).contains(&text.len())
        && (text.bytes().all(|b| b"ivxl".contains(&b)) || text.bytes().all(|b| b"IVXL".contains(&b)))
}

fn role<'e>(edge: &Edge, mut same: impl Iterator<Item = &'e Edge>, pages: usize) -> Option<Role> {
    let place = if edge.top { Role::Header } else { Role::Footer };
    if let Some(here) = number(&edge.text) {
        let counts = |other: &Edge| {
            number(&other.text)
                .is_some_and(|there| i64::from(there) - other.page as i64 == i64::from(here) - edge.page as i64)
        };
        let counted = same.by_ref().any(counts);
        // A page alone, or the only one with a number: it stands apart at the very edge, and is the number of the page.
        let alone = edge.rank == 0
            && edge.white > 1.8
            && (usize::try_from(here).is_ok_and(|here| here == edge.page + 1) || edge.text.contains('/'))
            && (pages > 1 || !edge.top);
        return (counted || alone || edge.around).then_some(Role::PageNumber);
    }
    if is_roman(&edge.text) && edge.rank == 0 && edge.white > 1.5 {
        return Some(Role::PageNumber);
    }
    let letters = edge.key.chars().filter(|c| c.is_alphabetic()).count();
    if letters + edge.key.matches('#').count() < 2 {
        return same.next().map(|_| place);
    }
    if edge.around {
        return Some(place);
    }
    let texts: Vec<&str> = same.map(|other| other.text.as_str()).collect();
    if texts.is_empty() {
        return None;
    }
    let changes = texts.iter().any(|text| *text != edge.text);
    // The words of a page number change with the page: "page 3 of 12".
    if edge.key.contains('#') && changes && letters <= 10 {
        return Some(Role::PageNumber);
    }
    Some(place)
}

/// The numbers of lines in a margin: a column of numbers that count on by one or by five, each on the height of a line.
fn numbered_lines(page: &mut Laid) {
    let figure = |stretch: &Stretch| -> Option<u32> {
        let [word] = stretch.words.as_slice() else { return None };
        (word.text.len() <= 3).then(|| word.text.parse().ok()).flatten()
    };
    let rows = super::zones::rows(page.stretches.iter().collect());
    // At the left edge or at the right edge of its row.
    for right in [false, true] {
        let mut column: Vec<(f32, f32, u32)> = Vec::new();
        for row in &rows {
            let Some(stretch) = (if right { row.last() } else { row.first() }) else { continue };
            if let Some(number) = figure(stretch) {
                let edge = if right { stretch.frame.left } else { stretch.frame.right };
                column.push((edge, stretch.base, number));
            }
        }
        let Some(edge) = column.iter().map(|(edge, ..)| *edge).reduce(if right { f32::max } else { f32::min }) else {
            continue;
        };
        column.retain(|(at, ..)| (at - edge).abs() < 6.0);
        let steps: Vec<u32> = column
            .windows(2)
            .filter_map(|w| match w {
                [a, b] => Some(b.2.saturating_sub(a.2)),
                _ => None,
            })
            .collect();
        let by = |step: u32| steps.iter().filter(|s| **s == step).count();
        let regular = by(1).max(by(5)) * 10 >= steps.len() * 9;
        // As many as there are lines, or a fifth of them: a table of so many rows fills no page without a word over it.
        let wanted = if by(5) > by(1) { rows.len() / 7 } else { rows.len() * 4 / 5 };
        if column.len() < 5 || !regular || column.len() < wanted || (by(1) >= by(5) && column.len() < 8) {
            continue;
        }
        let is_number = |stretch: &Stretch| {
            let at = if right { stretch.frame.left } else { stretch.frame.right };
            (at - edge).abs() < 6.0 && figure(stretch).is_some()
        };
        let (numbers, kept): (Vec<Stretch>, Vec<Stretch>) =
            std::mem::take(&mut page.stretches).into_iter().partition(is_number);
        page.stretches = kept;
        let words: Vec<Word> = numbers.into_iter().flat_map(|stretch| stretch.words).collect();
        page.furniture.extend(Stretch::of(words).map(|stretch| (Role::LineNumber, stretch)));
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prints_a_page_leaves() {
        for row in ["https://example.org/a  1/3", "Page 1 of 3", "1 из 3   30.11.2026, 10:05", "FAX 1/3"] {
            assert!(counts_pages(row, 0), "{row}");
        }
        assert!(
            !counts_pages("https://example.org/a  1/3", 1) && !counts_pages("4/3", 0) && !counts_pages("the 1 3", 0)
        );
        assert!(!counts_pages("Dossier 21/1203 du 5 mai", 0));
        for row in ["11/30/26, 10:05 AM  The order", "30.11.2026, 10:05", "2026-11-30 10:05:12 FROM: 0472"] {
            assert!(has_clock(row), "{row}");
        }
        assert!(!has_clock("Lyon, le 5 mai 2021") && !has_clock("05.05.2021") && !has_clock("5 May 2021, 10:05"));
        assert!(
            has_address("file:///tmp/a.html") && has_address("www.example.org") && has_address("example.org/news/5")
        );
        assert!(!has_address("Dossier 12/2021") && !has_address("art. 5/2"));
    }

    #[test]
    fn numbers_of_pages() {
        assert_eq!(
            [number("- 7 -"), number("7/12"), number("[7]"), number("12 345"), number("a 7"), number("")],
            [Some(7), Some(7), Some(7), None, None, None]
        );
        assert!(is_roman("iv") && is_roman("XII") && !is_roman("vim") && !is_roman(""));
        assert_eq!(key("Page 3 of 12"), "page#of#");
    }
}
