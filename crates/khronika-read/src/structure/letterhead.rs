//! The line of a letterhead that says where and when the letter was written. It often stands in the running head of the first page,
//! which is otherwise no part of the text.

use khronika_core::Span;

/// The longest line of place and date (characters, words).
const LONGEST: usize = 60;
const MOST_WORDS: usize = 8;

/// The longest small word that may stand anywhere in it: "le", "of", "den".
const SMALL: usize = 3;

/// Years that letters are written in.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;

/// The lines and cells of a running head, each with whether it is a day alone, or a place and a day.
pub(super) fn cells(text: &str, span: Span) -> Vec<(Span, bool)> {
    let mut cells = Vec::new();
    let mut at = span.start;
    for piece in span.of(text).split_inclusive(['\n', '\t']) {
        let cell = Span::new(at, at + piece.len()).trim(text);
        at += piece.len();
        if !cell.is_empty() {
            cells.push((cell, is_dated(cell.of(text))));
        }
    }
    cells
}

/// What a number in such a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Day,
    Year,
    /// "05.03.2021".
    Whole,
}

/// "Lyon, le 5 mai 2021", "5 March 2021", "г. Москва, 05.03.2021": nothing but names, a day, and the small words that stand beside its
/// numbers. A line with any other number (a clock, a page, a docket) is none.
fn is_dated(line: &str) -> bool {
    if line.chars().nth(LONGEST).is_some() || line.contains(['@', '#', '§', '№', '|']) {
        return false;
    }
    let words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_matches([',', '.', ';', ':', '(', ')', '«', '»', '“', '”', '"']))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    if words.len() > MOST_WORDS {
        return false;
    }
    let mut numbers: Vec<Option<Number>> = Vec::with_capacity(words.len());
    for word in &words {
        match word.bytes().any(|b| b.is_ascii_digit()) {
            false => numbers.push(None),
            true => match number(word) {
                Some(number) => numbers.push(Some(number)),
                None => return false,
            },
        }
    }
    let count = |wanted| numbers.iter().filter(|number| **number == Some(wanted)).count();
    let (days, years, wholes) = (count(Number::Day), count(Number::Year), count(Number::Whole));
    let named = words.iter().zip(&numbers).any(|(word, number)| number.is_none() && word.chars().count() >= SMALL);
    let is_number = |n: usize| numbers.get(n).is_some_and(Option::is_some);
    let fits = |(n, word): (usize, &&str)| {
        is_number(n)
            || word.chars().next().is_some_and(char::is_uppercase)
            || word.chars().count() <= SMALL
            || is_number(n + 1)
            || n.checked_sub(1).is_some_and(is_number)
    };
    matches!((days, years, wholes), (0, 0, 1) | (1, 1, 0))
        && (wholes == 1 || named)
        && words.iter().enumerate().all(fits)
}

fn number(word: &str) -> Option<Number> {
    let groups: Vec<&str> = word.split(['.', '/', '-']).collect();
    let digits =
        |group: &str, most: usize| (1..=most).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit());
    if let [first, middle, last] = groups.as_slice() {
        let year = |group: &str| digits(group, 4) && matches!(group.len(), 2 | 4);
        let fits = digits(middle, 2)
            && ((digits(first, 2) && year(last)) || (first.len() == 4 && digits(first, 4) && digits(last, 2)));
        return fits.then_some(Number::Whole);
    }
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, mark) = word.split_at_checked(end)?;
    let value: u32 = number.parse().ok()?;
    match number.len() {
        // "1er", "5th", "3-го".
        1 | 2 if (1..=31).contains(&value) && mark.chars().count() <= SMALL => Some(Number::Day),
        4 if YEARS.contains(&value) && mark.is_empty() => Some(Number::Year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_days() {
        for line in [
            "Lyon, le 5 mai 2021",
            "Paris, le 1er juin 2021",
            "5 March 2021",
            "March 5, 2021",
            "London, 5th March 2021",
            "г. Москва, 5 мая 2021 года",
            "05.03.2021",
            "Київ, 5 травня 2021 р.",
            "2021 жылғы 5 мамыр",
            "Алматы қ., 2021-05-05",
            "03/05/2021",
        ] {
            assert!(is_dated(line), "{line}");
        }
        for line in [
            "11/30/26, 10:05 AM",
            "11/30/26, 12:03 PM Court annuls the refusal of 8 March",
            "Page 3 of 12",
            "Case 12/2021",
            "Tel. 04 72 00 00 00",
            "5 rue de la Paix, 75002 Paris",
            "Version adopted after the hearing of 5 March 2021",
            "https://example.org/2021/5/3",
            "Loi du 5 mars 2021, article 3",
            "May 2021",
            "2021",
            "",
        ] {
            assert!(!is_dated(line), "{line}");
        }
    }

    #[test]
    fn lines_and_cells_are_looked_at_one_by_one() {
        let text = "Cabinet Lind\t\tLyon, le 5 mai 2021\n12, rue Haute";
        let told: Vec<_> =
            cells(text, Span::new(0, text.len())).into_iter().map(|(cell, dated)| (cell.of(text), dated)).collect();
        assert_eq!(told, [("Cabinet Lind", false), ("Lyon, le 5 mai 2021", true), ("12, rue Haute", false)]);
    }
}
