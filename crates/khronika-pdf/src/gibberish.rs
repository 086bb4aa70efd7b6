//! Whether the letters of a page are those that it shows: a font without a table of its letters gives others.

/// Letters of which fewer tell nothing.
const FEWEST: usize = 60;

/// True for a page whose letters can be no text of any language.
pub(crate) fn is(signs: impl Iterator<Item = char>) -> bool {
    let mut counts = Counts::default();
    signs.for_each(|sign| counts.see(sign));
    counts.is_gibberish()
}

#[derive(Default)]
struct Counts {
    all: usize,
    /// Signs without a meaning.
    unknown: usize,
    letters: usize,
    /// Letters of Latin-1 beyond ASCII: what Cyrillic in the wrong table becomes.
    high: usize,
    ascii: usize,
    vowels: usize,
    /// Signs that stand within words only by mistake.
    odd: usize,
}

impl Counts {
    fn see(&mut self, sign: char) {
        if sign.is_whitespace() {
            return;
        }
        self.all += 1;
        match sign {
            char::REPLACEMENT_CHARACTER
            | '\u{E000}'..='\u{F8FF}'
            | '\0'..='\u{8}'
            | '\u{E}'..='\u{1F}'
            | '\u{80}'..='\u{9F}' => {
                self.unknown += 1;
            }
            '!' | '"' | '#' | '$' | '%' | '&' | '*' | '+' | '<' | '=' | '>' | '@' | '\\' | '^' | '`' | '{' | '|'
            | '}' | '~' => {
                self.odd += 1;
            }
            _ => {}
        }
        if sign.is_alphabetic() {
            self.letters += 1;
            self.high += usize::from(matches!(sign, 'À'..='ÿ'));
            if sign.is_ascii() {
                self.ascii += 1;
                self.vowels += usize::from(matches!(sign.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
            }
        }
    }

    fn is_gibberish(&self) -> bool {
        if self.all < FEWEST {
            // A few signs, none of which means anything.
            return self.all >= 12 && self.unknown * 10 >= self.all * 9;
        }
        // A code shifted along the alphabet has few vowels, and signs where letters were.
        let shifted = self.ascii * 10 >= self.all * 5 && self.ascii >= 200 && self.vowels * 100 < self.ascii * 17;
        self.unknown * 5 >= self.all
            || (self.high * 10 >= self.letters * 5 && self.letters >= 40)
            || shifted
            || (self.odd * 10 >= self.all * 3 && self.all >= 200)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_no_gibberish() {
        for text in [
            "On 12 July 1906 the Court of Cassation annulled the judgment of Rennes without sending the case back to another court.",
            "Le 12 juillet 1906, la Cour de cassation annula sans renvoi le jugement de Rennes : l'élève fut réhabilité à l'École, où il était né.",
            "12 июля 1906 года Кассационный суд отменил приговор военного суда в Ренне и снял с капитана все обвинения.",
            "1906 жылғы 12 шілдеде Кассациялық сот Ренндегі әскери соттың үкімін бұзып, капитанды ақтап шығарды.",
        ] {
            assert!(!is(text.chars()), "{text}");
        }
    }

    #[test]
    fn letters_from_the_wrong_table_are() {
        assert!(is("12 èþëÿ 1906 ãîäà Êàññàöèîííûé ñóä îòìåíèë ïðèãîâîð âîåííîãî ñóäà â Ðåííå è ñíÿë ñ êàïèòàíà âñå îáâèíåíèÿ.".chars()));
        assert!(is("\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD} ".repeat(20).chars()));
        assert!(!is("1. 2. 3. 4.".repeat(20).chars()));
    }
}
