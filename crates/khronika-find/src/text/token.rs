//! Words, numbers and marks.

use khronika_core::letter::{is_alphabetic, is_alphanumeric, is_uppercase, push_lowercase};
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
    /// [`hash`] of the folded form.
    pub(super) hash: u32,
    /// [`head`] of the folded form; 0 where that is shorter.
    pub(super) head: u32,
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
        let kind = if is_alphabetic(first) {
            fold(first, folded);
            while let Some(&(at, c)) = chars.peek() {
                if is_alphanumeric(c) || is_mark_inside(c) {
                    fold(c, folded);
                } else if is_apostrophe(c) || is_hyphen(c) {
                    let next = part.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                    // A pattern of a lexicon may be an elided word alone: "d'".
                    let elided = next.is_none()
                        && is_apostrophe(c)
                        && matches!(lang, Lang::FR | Lang::IT)
                        && ELIDED.contains(&folded.get(fold_start..).unwrap_or(""));
                    let joined = next.is_some_and(|n| is_alphabetic(n) || (is_hyphen(c) && n.is_ascii_digit()));
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
                        if two.next().is_some_and(|s| s == 's' || s == 'S') && !two.next().is_some_and(is_alphanumeric)
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
        let word = folded.get(fold_start..).unwrap_or("");
        let (hash, head) = (hash(word), head(word.as_bytes()).unwrap_or(0));
        let capital = is_uppercase(first);
        tokens.push(Token { span: Span::new(start, end), kind, capital, spaced, folded: range, hash, head });
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

/// A number for a folded word: equal words have equal ones, and different words seldom have.
pub(crate) fn hash(word: &str) -> u32 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = word.len() as u64;
    let mut add = |eight: [u8; 8]| state = (state.rotate_left(26) ^ u64::from_le_bytes(eight)).wrapping_mul(STEP);
    let (whole, rest) = word.as_bytes().as_chunks::<8>();
    whole.iter().copied().for_each(&mut add);
    if !rest.is_empty() {
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        add(last);
    }
    (state >> 32) as u32
}

/// The first four bytes of a word as a number; `None` where it is shorter.
pub(crate) fn head(word: &[u8]) -> Option<u32> {
    word.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// The folded form of a word that is one token in every language, letters and digits alone: the quick way for most words of a lexicon.
pub(crate) fn fold_plain(word: &str, folded: &mut String) -> bool {
    let mut chars = word.chars();
    if !chars.next().is_some_and(is_alphabetic) || !chars.all(is_alphanumeric) {
        return false;
    }
    word.chars().for_each(|c| fold(c, folded));
    true
}

fn fold(c: char, folded: &mut String) {
    if c == '\u{ad}' || c == '\u{301}' {
        // A soft hyphen, or the stress mark of Russian and Ukrainian dictionaries.
        return;
    }
    push_lowercase(c, folded);
}
