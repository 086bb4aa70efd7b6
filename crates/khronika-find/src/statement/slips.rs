//! Numbers of one thing that one text gives twice and differently, without any words that set them against one another: two figures
//! changed round ("1,482,310 euros" and "1,428,310 euros"), and a headline that counts other than the lines below it.

use std::collections::BTreeMap;

use khronika_core::{BlockKind, Counted, Retold, Span, TimexKind};

use super::account::Kind;
use super::figure::{Amount, stem};
use super::retold::{Out, Seeker};
use crate::text::{Sentence, TokenKind};

/// The most numbers of one thing that are laid side by side.
const MOST: usize = 24;
/// A number with so many figures is no round one: a second with two of them changed round is a slip, whatever is counted.
const LONG: usize = 4;
/// A thing that is counted more often than this may well be counted as 24 and as 42.
const FEW: usize = 4;
/// The fewest letters of a noun that says what is counted.
const NOUN: usize = 4;
/// How many sentences below a headline tell what it sums up.
const LEAD: usize = 4;
/// A number that is more times another than this counts something else: the whole, or a part.
const PART: f64 = 3.0;

/// A number with what it counts.
struct Figure {
    amount: Amount,
    span: Span,
    /// The figures alone, where they are written with figures.
    digits: Option<String>,
    sentence: usize,
    title: bool,
    /// It is a length of time.
    time: bool,
    /// A sign of a currency stands before it.
    money: bool,
}

impl Seeker<'_, '_> {
    /// Adds both kinds.
    pub(super) fn slips(&self, out: &mut Out) {
        let mut by_thing: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
        for (ix, sentence) in self.text.sentences.iter().enumerate() {
            if !self.reads(sentence) {
                continue;
            }
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let Some(amount) = self.amount(sentence, at) else {
                    at += 1;
                    continue;
                };
                at = amount.number.tokens.end.max(at + 1);
                if let Some((thing, figure)) = self.counted(ix, sentence, amount) {
                    let all = by_thing.entry(thing).or_default();
                    if all.len() < MOST {
                        all.push(figure);
                    }
                }
            }
        }
        for figures in by_thing.values().filter(|all| all.len() > 1) {
            self.swapped(figures, out);
            self.headline(figures, out);
        }
    }

    /// What a number counts, in a word: its noun, or its currency.
    fn counted(&self, ix: usize, sentence: &Sentence, amount: Amount) -> Option<(String, Figure)> {
        let number = &amount.number.tokens;
        let start = number.start;
        let before = start.checked_sub(1).filter(|b| *b >= sentence.tokens.start);
        let money = before.map(|b| self.word(b)).filter(|w| matches!(*w, "£" | "$" | "€" | "₽" | "₴" | "₸"));
        let next = self.text.tokens.get(number.end).filter(|_| number.end < sentence.tokens.end);
        let noun = next.filter(|t| t.kind == TokenKind::Word && t.spaced).map(|_| self.word(number.end));
        let noun = noun.filter(|w| w.chars().count() >= NOUN);
        // "36 However, the applicant …": the number of a paragraph counts nothing.
        if start == sentence.tokens.start && next.is_some_and(|t| t.capital) {
            return None;
        }
        let (thing, end) = match (money, noun) {
            (Some(sign), _) => (sign.to_owned(), number.end),
            (None, Some(noun)) => (stem(noun), number.end + 1),
            (None, None) => return None,
        };
        let scale = if amount.number.scaled { "*" } else { "" };
        let span = self.text.span(start..end);
        let words = self.text.of(self.text.span(number.clone()));
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let written = words.chars().next().is_some_and(|c| c.is_ascii_digit());
        let time = self.date_at(span.start).is_some_and(|d| d.kind == TimexKind::Duration);
        let figure = Figure {
            span,
            digits: Some(digits).filter(|_| written),
            sentence: ix,
            title: sentence.kind == BlockKind::Title && sentence.block == 0,
            time,
            money: money.is_some(),
            amount,
        };
        Some((format!("{thing}{scale}"), figure))
    }

    /// Two figures changed round.
    fn swapped(&self, figures: &[Figure], out: &mut Out) {
        for (n, a) in figures.iter().enumerate() {
            for b in figures.iter().skip(n + 1) {
                let (Some(x), Some(y)) = (&a.digits, &b.digits) else { continue };
                // "£2,100" and "£1,200" are two sums; nobody slips in a round number.
                let figures_of = |digits: &str| digits.trim_end_matches('0').len();
                let long = figures_of(x) >= LONG;
                let odd = figures_of(x) == x.len() && figures_of(y) == y.len() && !a.money;
                let once = |f: &Figure| figures.iter().filter(|g| g.digits == f.digits).count() == 1;
                let few = figures.len() <= FEW && once(a) && once(b) && !a.time;
                let apart = a.sentence != b.sentence;
                let exact = a.amount.bound == Counted::Exactly && b.amount.bound == Counted::Exactly;
                if apart && exact && changed_round(x, y) && (long || few && odd) {
                    out.add(Retold::Swapped, a.span, b.span, "retold.swapped");
                }
            }
        }
    }

    /// "43 travellers" above, "34 travellers" or "40 travellers" in the first lines below, and 43 nowhere.
    fn headline(&self, figures: &[Figure], out: &mut Out) {
        let (above, below): (Vec<&Figure>, Vec<&Figure>) = figures.iter().partition(|f| f.title);
        let [head] = above.as_slice() else { return };
        let value = |f: &Figure| f.amount.number.value;
        let lead: Vec<&&Figure> = below.iter().filter(|f| f.sentence <= head.sentence + LEAD).collect();
        let [told] = lead.as_slice() else { return };
        let exact = |f: &Figure| f.amount.bound == Counted::Exactly && !f.time && !f.amount.number.scaled;
        let again = below.iter().any(|f| value(f) == value(head));
        let sum: f64 = below.iter().map(|f| value(f)).sum();
        let (low, high) = (value(head).min(value(told)), value(head).max(value(told)));
        let part = high > low * PART || self.part(told);
        if exact(head) && exact(told) && low < high && !again && !part && sum != value(head) {
            out.add(Retold::Headline, head.span, told.span, "retold.headline");
        }
    }

    /// True where the words beside a number say that it counts a part: "of whom 12".
    fn part(&self, figure: &Figure) -> bool {
        let Some(sentence) = self.text.sentences.get(figure.sentence) else { return false };
        let tokens = self.text.tokens_in(figure.span);
        let near = sentence.tokens.start.max(tokens.start.saturating_sub(4))..sentence.tokens.end.min(tokens.end + 3);
        near.into_iter().any(|t| self.is(sentence, t, &[Kind::Part]).is_some())
    }
}

/// True where the one number is the other with two neighbouring figures changed round.
fn changed_round(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|i| a.get(*i) != b.get(*i)).collect();
    match differ.as_slice() {
        [i, j] => j - i == 1 && a.get(*i) == b.get(*j) && a.get(*j) == b.get(*i),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbouring_figures_are_changed_round() {
        for (a, b) in [("24", "42"), ("1482310", "1428310"), ("4321", "4312")] {
            assert!(changed_round(a, b), "{a} {b}");
        }
        for (a, b) in [("24", "24"), ("24", "25"), ("123", "321"), ("1234", "2143"), ("7", "7"), ("100", "10")] {
            assert!(!changed_round(a, b), "{a} {b}");
        }
    }
}
