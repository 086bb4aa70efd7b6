//! The notation of phrases: the forms that a pattern stands for, and the words of a form.

use std::borrow::Cow;

use khronika_core::Lang;

use crate::text::{fold_plain, tokenise_words};

/// How many forms one pattern may stand for; more is a slip in the data file.
const MOST_FORMS: usize = 4096;

/// A piece of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A word or mark, folded.
    Word(&'a str),
    /// The beginning of a word, folded.
    Prefix(&'a str),
    /// `...`
    Gap,
}

/// A piece of a pattern: words as they stand, and what may follow them.
struct Piece<'p> {
    plain: &'p str,
    endings: Vec<Cow<'p, str>>,
}

/// Looks whether a pattern is well formed: every brace closed, not too many forms, none without words, no gap at either end.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    let (pieces, last) = pieces(pattern)?;
    let mut forms = 1_usize;
    for piece in &pieces {
        forms = forms.saturating_mul(piece.endings.len());
        if forms > MOST_FORMS {
            return Err(format!("“{pattern}” has more than {MOST_FORMS} forms"));
        }
    }
    let mut fault = None;
    let gap = |word: Option<&str>| word.is_some_and(|w| w == "..." || w == "…");
    let mut look = |form: &str| {
        if gap(form.split_whitespace().next()) {
            fault = Some(format!("“{pattern}” begins with a gap"));
        } else if gap(form.split_whitespace().next_back()) {
            fault = Some(format!("“{pattern}” ends with a gap"));
        } else if form.split_whitespace().all(|word| word == "*") {
            fault = Some(format!("“{pattern}” has a form without words"));
        }
    };
    // A pattern that has words in every form and no gap has neither fault: nearly all of them, and their forms need not be looked at.
    let worded = pieces.iter().map(|p| p.plain).chain([last]).any(|plain| plain.contains(char::is_alphanumeric));
    if !worded || pattern.contains("..") || pattern.contains('…') {
        each_form(&pieces, last, &mut String::new(), &mut look);
    }
    fault.map_or(Ok(()), Err)
}

/// Hands every form of a pattern to `each`, with braces and optional words written out.
pub(super) fn for_each_form(pattern: &str, mut each: impl FnMut(&str)) {
    if let Ok((pieces, last)) = pieces(pattern) {
        each_form(&pieces, last, &mut String::with_capacity(pattern.len()), &mut each);
    }
}

fn each_form(pieces: &[Piece<'_>], last: &str, form: &mut String, each: &mut impl FnMut(&str)) {
    let length = form.len();
    match pieces.split_first() {
        None => {
            form.push_str(last);
            each(form);
        }
        Some((piece, rest)) => {
            for ending in &piece.endings {
                form.push_str(piece.plain);
                form.push_str(ending);
                each_form(rest, last, form, each);
                form.truncate(length);
            }
        }
    }
    form.truncate(length);
}

fn pieces(pattern: &str) -> Result<(Vec<Piece<'_>>, &str), String> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '(']) {
        let (plain, from) = (rest.get(..at).unwrap_or(""), rest.get(at..).unwrap_or(""));
        let (open, close) = if from.starts_with('{') { ('{', '}') } else { ('(', ')') };
        let Some(length) = from.find(close) else {
            return Err(format!("“{pattern}”: “{open}” without “{close}”"));
        };
        let inside = from.get(1..length).unwrap_or("");
        let endings = if open == '{' {
            inside.split(',').map(|ending| Cow::Borrowed(ending.trim())).collect()
        } else if inside.contains('{') {
            // Optional words may have endings of their own.
            let (parts, last) = self::pieces(inside)?;
            let mut forms = Vec::new();
            each_form(&parts, last, &mut String::new(), &mut |form| forms.push(Cow::Owned(form.to_owned())));
            forms.push(Cow::Borrowed(""));
            forms
        } else {
            vec![Cow::Borrowed(inside), Cow::Borrowed("")]
        };
        pieces.push(Piece { plain, endings });
        rest = from.get(length + 1..).unwrap_or("");
    }
    Ok((pieces, rest))
}

/// Hands every word and gap of a form to `each`.
pub(super) fn parts(lang: Lang, form: &str, each: &mut impl FnMut(Part<'_>)) {
    let mut folded = String::new();
    for word in form.split_whitespace() {
        if word == "..." || word == "…" {
            each(Part::Gap);
            continue;
        }
        let (word, prefix) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        folded.clear();
        if fold_plain(word, &mut folded) {
            each(if prefix { Part::Prefix(&folded) } else { Part::Word(&folded) });
            continue;
        }
        let words = if word.ends_with(['\'', '’']) {
            // "d'", "qu'": elided before the next word of the text; alone it would fall into a word and a mark.
            let mut words = tokenise_words(&format!("{word}a"), lang);
            words.pop();
            // In a language that does not elide, the apostrophe is a mark of its own.
            if words.is_empty() { tokenise_words(word, lang) } else { words }
        } else {
            tokenise_words(word, lang)
        };
        let count = words.len();
        for (n, word) in words.iter().enumerate() {
            each(if prefix && n + 1 == count { Part::Prefix(word) } else { Part::Word(word) });
        }
    }
}
