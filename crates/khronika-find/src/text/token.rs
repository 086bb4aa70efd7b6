//! Words, numbers and marks.

use khronika_core::{Lang, Span};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with hyphens and apostrophes inside, digits after a letter too ("L612", "COVID-19").
    Word,
    /// Digits alone.
    Number,
    /// Any other single character.
    Mark,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where, in bytes of the source's text.
    pub span: Span,
    /// What kind.
    pub kind: TokenKind,
    /// True where the first letter is a capital.
    pub capital: bool,
    /// True where white space stands before it.
    pub spaced: bool,
    pub(super) folded: Folded,
}

/// A range of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) start: u32,
    pub(super) end: u32,
}

pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | 'ʹ')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// French and Italian words that lose their vowel before another word.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all", "nell", "dall",
    "sull", "un", "quell",
];

/// Adds the tokens of `text` inside `span` to `tokens`, and their folded forms to `folded`.
pub(super) fn tokenise(text: &str, span: Span, lang: Lang, tokens: &mut Vec<Token>, folded: &mut String) {
    let part = span.of(text);
    let mut chars = part.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, first)) = chars.next() {
        if first.is_whitespace() || first == '\u{feff}' || first == '\u{200b}' {
            spaced = true;
            continue;
        }
        let fold_start = folded.len();
        let start = span.start + at;
        let mut end = start + first.len_utf8();
        let kind = if first.is_alphabetic() {
            fold(first, folded);
            while let Some(&(at, c)) = chars.peek() {
                if c.is_alphanumeric() || is_mark_inside(c) {
                    fold(c, folded);
                } else if is_apostrophe(c) || is_hyphen(c) {
                    let next = part.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                    // A pattern of a lexicon may be an elided word alone: "d'".
                    let elided = next.is_none()
                        && is_apostrophe(c)
                        && matches!(lang, Lang::FR | Lang::IT)
                        && ELIDED.contains(&folded.get(fold_start..).unwrap_or(""));
                    let joined = next.is_some_and(|n| n.is_alphabetic() || (is_hyphen(c) && n.is_ascii_digit()));
                    if !joined && !elided {
                        break;
                    }
                    if is_apostrophe(c) {
                        let so_far = folded.get(fold_start..).unwrap_or("");
                        if matches!(lang, Lang::FR | Lang::IT) && ELIDED.contains(&so_far) {
                            chars.next();
                            folded.push('\'');
                            end = span.start + at + c.len_utf8();
                            break;
                        }
                        // "Ivanov’s", in any language: English names stand in all of them.
                        let rest: String = part.get(at + c.len_utf8()..).unwrap_or("").chars().take(2).collect();
                        let mut two = rest.chars();
                        if two.next().is_some_and(|s| s == 's' || s == 'S')
                            && !two.next().is_some_and(char::is_alphanumeric)
                        {
                            break;
                        }
                        folded.push('\'');
                    } else {
                        folded.push('-');
                    }
                } else {
                    break;
                }
                end = span.start + at + c.len_utf8();
                chars.next();
            }
            TokenKind::Word
        } else if first.is_ascii_digit() {
            folded.push(first);
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_ascii_digit() {
                    break;
                }
                folded.push(c);
                end = span.start + at + 1;
                chars.next();
            }
            TokenKind::Number
        } else if is_apostrophe(first) && !spaced && matches!(chars.peek(), Some((_, 's' | 'S'))) {
            folded.push_str("'s");
            end += 1;
            chars.next();
            TokenKind::Word
        } else {
            folded.push(if is_apostrophe(first) { '\'' } else { first });
            TokenKind::Mark
        };
        let range = Folded {
            start: u32::try_from(fold_start).unwrap_or(u32::MAX),
            end: u32::try_from(folded.len()).unwrap_or(u32::MAX),
        };
        tokens.push(Token { span: Span::new(start, end), kind, capital: first.is_uppercase(), spaced, folded: range });
        spaced = false;
    }
}

/// The folded tokens of a few words, cut as a document's text is.
pub(crate) fn tokenise_words(words: &str, lang: Lang) -> Vec<String> {
    let (mut tokens, mut folded) = (Vec::new(), String::new());
    tokenise(words, Span::new(0, words.len()), lang, &mut tokens, &mut folded);
    tokens.iter().map(|t| folded.get(t.folded.start as usize..t.folded.end as usize).unwrap_or("").to_owned()).collect()
}

/// Combining accents and soft hyphens belong to the word they stand in.
const fn is_mark_inside(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

fn fold(c: char, folded: &mut String) {
    if c == '\u{ad}' || c == '\u{301}' {
        // A soft hyphen, or the stress mark of Russian and Ukrainian dictionaries.
        return;
    }
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
    } else {
        folded.extend(c.to_lowercase());
    }
}
