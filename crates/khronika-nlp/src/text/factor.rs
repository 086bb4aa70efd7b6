//! Patterns of many alternatives that end alike, such as those for French words with hyphens: `^ax$|^bx$` becomes `(?:^a|^b)x$`.
//!
//! Such an end holds classes of thousands of characters. Written once instead of hundreds of times, it costs a hundredth of the time
//! and memory. Which words are matched stays the same; which of several matches comes first need not, so this is only for patterns
//! that are asked whether they match.

use std::collections::BTreeMap;

/// Shorter patterns are not worth it.
const LEAST: usize = 50_000;

/// The shorter form, or nothing where there is none or the pattern is not understood.
pub(crate) fn factored(pattern: &str) -> Option<String> {
    if pattern.len() < LEAST {
        return None;
    }
    let (switches, rest) = switches(pattern);
    // In the order of their first alternatives.
    let mut order: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for alternative in alternatives(rest)? {
        let (head, tail) = split(unwrapped(alternative)?)?;
        let place = *places.entry(tail).or_insert_with(|| {
            order.push((tail, Vec::new()));
            order.len() - 1
        });
        order.get_mut(place)?.1.push(head);
    }
    let ends: Vec<String> = order.iter().map(|(tail, heads)| format!("(?:{}){tail}", heads.join("|"))).collect();
    Some(format!("{switches}{}", ends.join("|")))
}

/// Switches such as `(?iu)` at the beginning, and what follows.
fn switches(pattern: &str) -> (&str, &str) {
    pattern
        .strip_prefix("(?")
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_lowercase()))
        .and_then(|rest| rest.strip_prefix(')'))
        .and_then(|rest| pattern.split_at_checked(pattern.len() - rest.len()))
        .unwrap_or(("", pattern))
}

/// One item of a pattern: a sign, a class or a group, with how often it comes.
struct Item {
    end: usize,
    is_class: bool,
}

/// The item that begins at a place.
fn item(pattern: &str, at: usize) -> Option<Item> {
    let bytes = pattern.as_bytes();
    let mut end = match bytes.get(at)? {
        b'\\' => at + 1 + pattern.get(at + 1..)?.chars().next()?.len_utf8(),
        b'[' => class_end(bytes, at)?,
        b'(' => group_end(pattern, at)?,
        b')' | b'|' => return None,
        _ => at + pattern.get(at..)?.chars().next()?.len_utf8(),
    };
    let is_class = bytes.get(at) == Some(&b'[');
    while let Some(b'*' | b'+' | b'?' | b'{') = bytes.get(end) {
        end = if bytes.get(end) == Some(&b'{') { end + pattern.get(end..)?.find('}')? + 1 } else { end + 1 };
    }
    Some(Item { end, is_class })
}

fn class_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at + 1;
    end += usize::from(bytes.get(end) == Some(&b'^'));
    let first = end;
    loop {
        match bytes.get(end)? {
            b']' if end > first => return Some(end + 1),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

/// Where the bracket that opens at a place is closed. Brackets within brackets are walked through without recursion.
fn group_end(pattern: &str, at: usize) -> Option<usize> {
    let bytes = pattern.as_bytes();
    let (mut depth, mut end) = (0_usize, at);
    loop {
        match bytes.get(end)? {
            b'(' => {
                depth += 1;
                end += 1;
            }
            b')' => {
                depth -= 1;
                end += 1;
                if depth == 0 {
                    return Some(end);
                }
            }
            b'[' => end = class_end(bytes, end)?,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

/// The alternatives of a pattern.
fn alternatives(pattern: &str) -> Option<Vec<&str>> {
    let (mut all, mut start, mut at) = (Vec::new(), 0, 0);
    while at < pattern.len() {
        if pattern.as_bytes().get(at) == Some(&b'|') {
            all.push(pattern.get(start..at)?);
            start = at + 1;
            at = start;
        } else {
            at = item(pattern, at)?.end;
        }
    }
    all.push(pattern.get(start..)?);
    Some(all)
}

/// An alternative without the group that holds the whole of it.
fn unwrapped(alternative: &str) -> Option<&str> {
    let whole = alternative.starts_with("(?:") && group_end(alternative, 0)? == alternative.len();
    let inner = alternative.get(3..alternative.len().checked_sub(1)?.max(3));
    match inner {
        Some(inner) if whole && alternatives(inner)?.len() == 1 => Some(inner),
        _ => Some(alternative),
    }
}

/// A pattern without alternatives, and the classes at its end.
fn split(pattern: &str) -> Option<(&str, &str)> {
    let (mut head, mut at) = (0, 0);
    while at < pattern.len() {
        let item = item(pattern, at)?;
        let ends = item.end == pattern.len() && pattern.get(at..) == Some("$");
        at = item.end;
        if !item.is_class && !ends {
            head = at;
        }
    }
    pattern.split_at_checked(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pattern::Pattern;

    #[test]
    fn the_shorter_form_matches_the_same_words() {
        let class = "a-zéè".repeat(6000);
        let long = format!(
            "(?iu)(?:^a[-–]b[{class}]+$)|(?:^c(?:d[']|e)?[-–]f[{class}]+$)|^(?:x|y)\\[[{class}]*$|(?:^[{class}][{class}]q{{2,3}}$)"
        );
        let short = factored(&long).unwrap();
        assert!(short.len() < long.len());
        let (long, short) = (Pattern::python(&long).unwrap(), Pattern::python(&short).unwrap());
        for (word, expected) in [
            ("a-bé", true),
            ("A–BZZ", true),
            ("a-b", false),
            ("cd'-fa", true),
            ("ce–fé", true),
            ("c-fa", true),
            ("cd-fa", false),
            ("x[", true),
            ("y[aé", true),
            ("z[a", false),
            ("abqq", true),
            ("abqqqq", false),
            ("a-b1", false),
        ] {
            assert_eq!((long.matches_start(word), short.matches_start(word)), (expected, expected), "{word}");
        }
    }

    #[test]
    fn what_is_not_understood_stays() {
        let class = "a".repeat(LEAST);
        for pattern in [format!("({class}"), format!("[{class}"), format!("{class})|b"), format!("{class}\\")] {
            assert_eq!(factored(&pattern), None, "{}", pattern.len());
        }
        assert_eq!(factored("^a[x]$|^b[x]$"), None);
    }
}
