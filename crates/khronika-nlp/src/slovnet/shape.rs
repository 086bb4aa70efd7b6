//! A word's shape: its script, its case, or which sign it is.

use super::segment::{Classes, is_cyrillic, is_latin, is_lower, is_upper};

/// Signs that have a shape of their own.
const SIGNS: &str = "!#$%&()[]\\/*+,.:;<=>?@^_{|}~-‐−‒⁃–—―`\"'«»„“ʼʻ”№…";

/// The name of a word's shape, as the networks' lists have it.
pub(crate) fn shape(classes: &Classes, word: &str, out: &mut String) {
    out.clear();
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return };
    let script = match first {
        c if is_cyrillic(c) => Some("RU_"),
        c if is_latin(c) => Some("EN_"),
        _ => None,
    };
    if let Some(script) = script {
        out.push_str(script);
        out.push_str(outline(word));
        return;
    }
    let signed = matches!(first, '+' | '-') && chars.clone().next().is_some_and(|c| classes.is_decimal(c));
    if signed || classes.is_decimal(first) {
        out.push_str("NUM");
    } else if SIGNS.contains(first) {
        out.push_str("PUNCT_");
        if chars.next().is_some() {
            out.push_str("OTHER");
        } else {
            out.push(first);
        }
    } else {
        out.push_str("OTHER");
    }
}

fn outline(word: &str) -> &'static str {
    let single = word.chars().nth(1).is_none();
    match (single, is_upper(word)) {
        (true, true) => "X",
        (true, false) => "x",
        (false, true) => "XX",
        (false, false) if is_lower(word) => "xx",
        (false, false) if is_title(word) => "Xx",
        (false, false) if word.split_once('-').is_some_and(|(a, b)| is_title(a) && is_title(b)) => "Xx-Xx",
        (false, false) => "OTHER",
    }
}

fn is_title(word: &str) -> bool {
    let second = word.char_indices().nth(1).map_or(word.len(), |(at, _)| at);
    let (first, rest) = word.split_at(second);
    is_upper(first) && is_lower(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_slovnet() {
        let classes = Classes::new();
        let mut out = String::new();
        for (word, expected) in [
            ("Суд", "RU_Xx"),
            ("суд", "RU_xx"),
            ("США", "RU_XX"),
            ("А", "RU_X"),
            ("я", "RU_x"),
            ("Санкт-Петербург", "RU_Xx-Xx"),
            ("иPhone", "RU_OTHER"),
            ("СИЗО-6", "RU_XX"),
            ("Paris", "EN_Xx"),
            ("2011-2020", "NUM"),
            ("-5", "NUM"),
            (",", "PUNCT_,"),
            ("...", "PUNCT_OTHER"),
            ("’", "OTHER"),
            ("Қазақстан", "OTHER"),
        ] {
            shape(&classes, word, &mut out);
            assert_eq!(out, expected, "{word}");
        }
    }
}
