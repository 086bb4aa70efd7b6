//! Tokens: atoms that touch, joined by razdel's rules.

use std::ops::Range;

use super::atoms::{Atom, Kind, atoms};
use super::sentences::words_of;
use super::{Classes, DASHES, ENDINGS, smiley};

/// What cuts a text into tokens, and the memory that it needs.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    atoms: Vec<Atom>,
}

impl Tokens {
    /// The tokens of a text, in their order, as bytes. They never hold white space.
    pub(crate) fn cut(&mut self, classes: &Classes, text: &str) -> Vec<Range<usize>> {
        atoms(classes, text, &mut self.atoms);
        let mut tokens: Vec<Range<usize>> = Vec::with_capacity(self.atoms.len());
        for (i, atom) in self.atoms.iter().enumerate() {
            match tokens.last_mut() {
                Some(token) if token.end == atom.span.start && joins(&self.atoms, i, token.start, text) => {
                    token.end = atom.span.end;
                }
                _ => tokens.push(atom.span.clone()),
            }
        }
        tokens
    }
}

/// Whether an atom belongs to the token before it, which begins at `start` and which it touches.
fn joins(atoms: &[Atom], at: usize, start: usize, text: &str) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|i| atoms.get(i));
    let (Some(left), Some(right)) = (before(1), atoms.get(at)) else { return false };
    let sides = |is: &dyn Fn(char) -> bool| {
        if left.kind == Kind::Sign && is(left.first) {
            before(2).zip(Some(right))
        } else if right.kind == Kind::Sign && is(right.first) {
            Some(left).zip(atoms.get(at + 1))
        } else {
            None
        }
    };
    let no_sign = |(a, b): (&Atom, &Atom)| a.kind != Kind::Sign && b.kind != Kind::Sign;
    let digits = |(a, b): (&Atom, &Atom)| a.kind == Kind::Digits && b.kind == Kind::Digits;
    if sides(&|c| DASHES.contains(c)).is_some_and(no_sign)
        || sides(&|c| c == '_').is_some_and(no_sign)
        || sides(&|c| c == '.' || c == ',').is_some_and(digits)
        || sides(&|c| c == '/' || c == '\\').is_some_and(digits)
    {
        return true;
    }
    match (left.kind, right.kind) {
        (Kind::Sign, Kind::Sign) => {
            let both = |c: char| left.first == c && right.first == c;
            let whole = text.get(start..right.span.end).unwrap_or_default();
            smiley(whole) == Some(whole.len())
                || (ENDINGS.contains(left.first) && ENDINGS.contains(right.first))
                || both('-')
                || both('*')
        }
        (Kind::Other, Kind::Other | Kind::Cyrillic | Kind::Latin) | (Kind::Cyrillic | Kind::Latin, Kind::Other) => true,
        (Kind::Latin, Kind::Sign) if right.first == '!' => {
            let word = text.get(left.span.clone()).unwrap_or_default();
            words_of("exclaimed").flatten().any(|name| name.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_razdel() {
        let classes = Classes::new();
        for (text, expected) in [
            ("что-то К_тому_же", "что-то К_тому_же"),
            ("1,5 и 1/2 и 12.5.", "1,5 и 1/2 и 12.5 ."),
            ("да...!? нет!..», -- **", "да ...!? нет !.. » , -- **"),
            ("yahoo! google!", "yahoo! google !"),
            (":-) ;( (a)", ": - ) ;( ( a )"),
            ("mβж Δσ Қазақстан и\u{306}о", "mβж Δσ Қазақстан и\u{306}о"),
            // The dash looks past the gap for what it joins.
            ("x -5", "x -5"),
            ("-5", "- 5"),
            ("абвabc12", "абв abc 12"),
            ("", ""),
        ] {
            let tokens = Tokens::default().cut(&classes, text);
            let ours: Vec<_> = tokens.into_iter().filter_map(|span| text.get(span)).collect();
            assert_eq!(ours, expected.split_whitespace().collect::<Vec<_>>(), "{text}");
        }
    }
}
