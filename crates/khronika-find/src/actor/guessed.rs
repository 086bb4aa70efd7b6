//! Names that no rule knows, as a language model sees them.
//!
//! A model is asked only about sentences with a capitalised word that neither a list nor a name found before explains, that the text
//! never writes small, and beside which something says that it may be a name: a second one, a title, a role, the head of an
//! organisation, brackets around an acronym. Its guess is taken only there. Every place where a form stands has one vote on what it is;
//! what the lists of words, given names and heads of organisations say goes before it, and what they call no name is none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use khronika_core::{BlockKind, Lang};

use super::ActorRules;
use super::organisation::{is_opening, key_of, quotation};
use super::person::{Part, PartKind, PersonName, is_capitals, is_shouted};
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::engine::{Guess, GuessKind, Reader};
use crate::text::{Sentence, TokenKind};

/// A name has no more tokens than this.
const LONGEST: usize = 8;
/// What is quoted and has fewer letters is a letter for a name, or a word that is talked about.
const FEWEST_QUOTED: usize = 3;
/// How sure a name is that only a model knows, in one place; and how much surer in several.
const CONFIDENCE: f32 = 0.45;
const AGAIN: f32 = 0.1;

/// What was guessed of one form.
#[derive(Debug, Default)]
struct Votes {
    person: usize,
    organisation: usize,
    other: usize,
    /// A title, role or initial stands beside it somewhere.
    titled: bool,
    /// The head of an organisation's name stands before it somewhere, or it stands in brackets after one whose letters it has.
    headed: bool,
    /// It is all that stands between two quotation marks, and taken for a name only there.
    quoted: bool,
    engine: String,
    /// The model was measured to know names beside which nothing says that they are some.
    alone: bool,
    lang: Option<Lang>,
    /// Where it stands first.
    place: Range<usize>,
}

/// A form, what it is taken for, and the votes on it.
type Decided<'a> = (&'a [String], GuessKind, &'a Votes);

/// Adds the names that models know and rules do not.
pub(super) fn find(rules: &ActorRules, scan: &mut Scan<'_, '_>, reader: Reader<'_>) {
    let text = scan.text;
    if !text.sentences.iter().any(|s| reader.may_ask(s.lang)) {
        return;
    }
    let small = small_words(scan);
    // The sentences that are asked about, and whether for more than what stands in quotation marks.
    let mut wanted: BTreeMap<usize, bool> = BTreeMap::new();
    for (ix, s) in text.sentences.iter().enumerate() {
        if !reader.may_ask(s.lang) || matches!(s.kind, BlockKind::Furniture) || is_shouted(scan, s) {
            continue;
        }
        let alone = reader.knows_names_alone(s.lang);
        let named = |t: usize| is_unknown(rules, scan, s, t, &small) && (alone || may_be(rules, scan, s, t, &small));
        if s.tokens.clone().any(named) {
            wanted.insert(ix, true);
        } else if s.tokens.clone().any(|t| in_quotes(rules, scan, s, t).is_some()) {
            wanted.insert(ix, false);
        }
    }
    let asked: Vec<usize> = wanted.keys().copied().collect();
    // By the form, and whether it stands in quotation marks.
    let mut votes: BTreeMap<(Vec<String>, bool), Votes> = BTreeMap::new();
    reader.names(text, &asked, |ix, guesses, engine| {
        let (Some(sentence), Some(all)) = (text.sentences.get(ix), wanted.get(&ix)) else { return };
        for guess in guesses {
            let quoted = whole_quotation(rules, scan, sentence, &guess);
            let is_quoted = quoted.is_some();
            let plain = || trimmed(rules, scan, sentence, &guess).filter(|_| *all);
            let Some(tokens) = quoted.or_else(plain) else { continue };
            let cue = cue(rules, scan, sentence, &tokens);
            let form: Vec<String> = tokens.clone().map(|t| text.word(t).to_owned()).collect();
            let vote = votes.entry((form, is_quoted)).or_default();
            vote.quoted = is_quoted;
            match guess.kind {
                GuessKind::Person => vote.person += 1,
                GuessKind::Organisation => vote.organisation += 1,
                GuessKind::Other => vote.other += 1,
            }
            vote.titled |= cue == Some(Cue::Person);
            vote.headed |= cue == Some(Cue::Organisation);
            vote.engine = engine.to_owned();
            if vote.lang.is_none() {
                vote.lang = Some(sentence.lang);
                vote.alone = reader.knows_names_alone(sentence.lang);
                vote.place = tokens;
            }
        }
    });
    // By the first word, so that each place of the text is looked at once.
    let mut by_first: BTreeMap<&str, Vec<Decided<'_>>> = BTreeMap::new();
    for ((form, _), vote) in &votes {
        if let Some((first, kind)) = form.first().zip(decided(rules, scan, form, vote, &small)) {
            by_first.entry(first.as_str()).or_default().push((form.as_slice(), kind, vote));
        }
    }
    if by_first.is_empty() {
        return;
    }
    for forms in by_first.values_mut() {
        forms.sort_by_key(|(form, ..)| std::cmp::Reverse(form.len()));
    }
    for sentence in &text.sentences {
        for at in sentence.tokens.clone() {
            let Some(forms) = by_first.get(text.word(at)).filter(|_| scan.free(at)) else { continue };
            let stands = |form: &[String]| {
                at + form.len() <= sentence.tokens.end
                    && form.iter().enumerate().all(|(n, w)| text.word(at + n) == w && scan.free(at + n))
            };
            let fits = |vote: &Votes, form: &[String]| {
                !vote.quoted
                    || at.checked_sub(1).and_then(|open| in_quotes(rules, scan, sentence, open))
                        == Some(at..at + form.len())
            };
            let found = forms.iter().find(|(form, _, vote)| stands(form) && fits(vote, form));
            let Some((form, kind, vote)) = found.copied() else { continue };
            let tokens = at..at + form.len();
            let what = match kind {
                GuessKind::Person => What::Person(person(scan, tokens.clone())),
                _ => What::Organisation { key: key_of(scan, tokens.clone()) },
            };
            let again = if vote.person + vote.organisation > 1 { AGAIN } else { 0.0 };
            scan.add(Item {
                tokens,
                what,
                lang: sentence.lang,
                block: sentence.block,
                made_by: vote.engine.clone(),
                confidence: CONFIDENCE + again,
            });
        }
    }
}

/// The words that the text writes small somewhere, by their hash: "Decision" is no name where "decision" stands.
fn small_words(scan: &Scan<'_, '_>) -> BTreeSet<u32> {
    let text = scan.text;
    let small = |t: &usize| text.tokens.get(*t).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    (0..text.tokens.len()).filter(small).map(|t| text.hash(t)).collect()
}

/// True where a capitalised word stands that nothing explains.
fn is_unknown(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize, small: &BTreeSet<u32>) -> bool {
    let text = scan.text;
    let opens = at == sentence.tokens.start;
    // The first word of a sentence is a name where another one follows it.
    let capital = scan.capital(at) && (!opens || scan.capital(at + 1) && scan.free(at + 1));
    capital
        && scan.free(at)
        && text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
        && text.fold(at).chars().nth(1).is_some()
        && !text.fold(at).ends_with('\'')
        && !small.contains(&text.hash(at))
        && rules.words.of(sentence.lang).uses(text, at, sentence.tokens.end).is_empty()
        && rules.states.name(text, at, sentence.tokens.end).is_none()
        && rules.states.adjective(text, at, sentence.tokens.end).is_none()
}

/// What stands between the quotation mark at `at` and the one that closes it, where that may be a name that no rule knows.
fn in_quotes(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    if !is_opening(scan.text.fold(at)) || !scan.capital(at + 1) {
        return None;
    }
    // In Latin letters quotation marks stand around all sorts of things.
    let close = quotation(scan, at, sentence.tokens.end).filter(|_| sentence.lang.is_cyrillic())?;
    let inside = at + 1..close - 1;
    let letters: usize = inside.clone().map(|t| scan.text.word(t).chars().count()).sum();
    // "the Prison “Red Hill”": what stands before says that it names a thing.
    let words = rules.words.of(sentence.lang);
    let thing = at
        .checked_sub(1)
        .filter(|before| *before >= sentence.tokens.start)
        .is_some_and(|before| words.at(scan.text, before, at, Use::Thing).is_some());
    let fits = !thing && letters >= FEWEST_QUOTED && inside.len() <= LONGEST && inside.clone().all(|t| scan.free(t));
    fits.then_some(inside)
}

/// The quotation that a guess of an organisation covers.
fn whole_quotation(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    guess: &Guess,
) -> Option<Range<usize>> {
    let tokens = scan.text.tokens_in(guess.span);
    let from = tokens.start.saturating_sub(1).max(sentence.tokens.start);
    let mut quoted = (from..tokens.end).filter_map(|t| in_quotes(rules, scan, sentence, t));
    quoted
        .find(|inside| tokens.start <= inside.start && inside.end <= tokens.end)
        .filter(|_| guess.kind == GuessKind::Organisation)
}

/// What beside a name says that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    Person,
    Organisation,
}

/// True where something beside the unknown word at `at` says that it may be part of a name.
fn may_be(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize, small: &BTreeSet<u32>) -> bool {
    let unknown =
        |t: usize| sentence.tokens.contains(&t) && scan.spaced(t) && is_unknown(rules, scan, sentence, t, small);
    let mut end = at + 1;
    while end < sentence.tokens.end && end < at + LONGEST && unknown(end) {
        end += 1;
    }
    end > at + 1 || scan.text.fold(at + 1) == "&" || cue(rules, scan, sentence, &(at..end)).is_some()
}

/// What stands beside a name.
fn cue(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, tokens: &Range<usize>) -> Option<Cue> {
    let text = scan.text;
    let words = rules.words.of(sentence.lang);
    let low = sentence.tokens.start.max(tokens.start.saturating_sub(4));
    let ends_with = |wanted: &[Use]| {
        (low..tokens.start).any(|t| {
            words.uses(text, t, tokens.start).iter().any(|(u, next, _)| {
                let next = if text.fold(*next) == "." { next + 1 } else { *next };
                next == tokens.start && wanted.contains(u)
            })
        })
    };
    let before = tokens.start.checked_sub(1).filter(|b| *b >= sentence.tokens.start);
    let initial = before.is_some_and(|b| {
        let letter = if text.fold(b) == "." { b.saturating_sub(1) } else { b };
        scan.capital(letter) && text.fold(letter).chars().nth(1).is_none() && scan.spaced(tokens.start)
    });
    let role_after = text.fold(tokens.end) == ","
        && (tokens.end + 1..sentence.tokens.end.min(tokens.end + 4))
            .take_while(|t| scan.capital(*t))
            .any(|t| words.at(text, t, sentence.tokens.end, Use::Role).is_some());
    if ends_with(&[Use::Title, Use::Role]) || initial || role_after {
        return Some(Cue::Person);
    }
    let head = before.is_some_and(|b| !scan.capital(b)) && ends_with(&[Use::Organisation]);
    (head || is_abbreviation(rules, scan, sentence, tokens)).then_some(Cue::Organisation)
}

/// "Movement of the River People (MRP)": an acronym in brackets after capitalised words of which one begins as it does.
fn is_abbreviation(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let text = scan.text;
    let open = tokens.start.checked_sub(1).filter(|open| *open > sentence.tokens.start && text.fold(*open) == "(");
    let Some(open) = open.filter(|_| tokens.len() == 1 && text.fold(tokens.end) == ")") else { return false };
    let first = text.fold(tokens.start).chars().next();
    let word = |t: usize| text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word);
    let words = rules.words.of(sentence.lang);
    is_capitals(text.word(tokens.start))
        && word(open - 1)
        && (sentence.tokens.start.max(open.saturating_sub(12))..open).rev().take_while(|t| word(*t)).any(|t| {
            scan.capital(t)
                && text.fold(t).chars().next() == first
                && words.at(text, t, open, Use::Thing).is_none()
                && words.at(text, t, open, Use::NotName).is_none()
        })
}

/// The tokens of a guess without articles, titles and possessive endings, where they may be a name.
fn trimmed(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, guess: &Guess) -> Option<Range<usize>> {
    let text = scan.text;
    let words = rules.words.of(sentence.lang);
    let Range { mut start, mut end } = text.tokens_in(guess.span);
    while start < end && !scan.capital(start) {
        start += 1;
    }
    // "The Dawn Group": the article is no part of the name.
    while start < end
        && words.uses(text, start, end).iter().any(|(u, next, _)| {
            *next == start + 1 && matches!(u, Use::Article | Use::Definite | Use::Title | Use::Role)
        })
    {
        start += 1;
    }
    while start < end && matches!(text.fold(start), "." | "," | "-") {
        start += 1;
    }
    while end > start && !scan.capital(end - 1) && text.tokens.get(end - 1).is_none_or(|t| t.kind != TokenKind::Number)
    {
        end -= 1;
    }
    let small = |t: usize| {
        matches!(text.fold(t), "-" | "." | "&" | "'" | "–")
            || words.uses(text, t, end).iter().any(|(u, next, _)| {
                // "Ann and Joe Brown" are two persons.
                let of_many = matches!(u, Use::Link | Use::And | Use::OrgLink) && guess.kind != GuessKind::Person;
                *next == t + 1 && (of_many || matches!(u, Use::Particle | Use::Article))
            })
    };
    let fits = (1..=LONGEST).contains(&(end - start))
        && (start..end).all(|t| scan.free(t) && (scan.capital(t) || small(t)))
        // A name cut in two by what stands beside it is no name.
        && !beside(scan, start.checked_sub(1), sentence)
        && !beside(scan, Some(end), sentence);
    fits.then_some(start..end)
}

/// True where the token is one more capitalised word of the same run that no other name has.
fn beside(scan: &Scan<'_, '_>, at: Option<usize>, sentence: &Sentence) -> bool {
    let Some(at) = at.filter(|at| sentence.tokens.contains(at)) else { return false };
    matches!(scan.text.fold(at), "-" | "/" | "_" | "@")
}

/// What a form is taken for, where it is taken for somebody.
fn decided(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    form: &[String],
    vote: &Votes,
    small: &BTreeSet<u32>,
) -> Option<GuessKind> {
    let all = vote.person + vote.organisation + vote.other;
    let kind = if vote.person * 2 > all {
        GuessKind::Person
    } else if vote.organisation * 2 > all {
        GuessKind::Organisation
    } else {
        return None;
    };
    let lang = vote.lang?;
    let alone = vote.alone;
    let place = vote.place.clone();
    let text = scan.text;
    let words = rules.words.of(lang);
    let unknown = place.clone().any(|t| {
        scan.capital(t)
            && text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word)
            && !small.contains(&text.hash(t))
            && words.uses(text, t, place.end).is_empty()
    });
    let refused = place.clone().any(|t| {
        let uses = words.uses(text, t, place.end);
        let never =
            [Use::NotName, Use::Court, Use::Anonymous, Use::Hereinafter, Use::Alias, Use::Thing, Use::City, Use::Area];
        uses.iter().any(|(u, ..)| never.contains(u) || kind == GuessKind::Person && *u == Use::Role)
    });
    // "Абай университеті": a person's name before the head of an organisation is a part of its name.
    let named_after = kind == GuessKind::Person
        && !scan.capital(place.end)
        && words.at(text, place.end, place.end + LONGEST, Use::Organisation).is_some();
    // A case that is cited by its parties.
    let cited = ["v", "vs", "c"].contains(&text.fold(place.end)) || text.fold(place.end) == ")" && !vote.headed;
    // "The Way Out": what is quoted may consist of common words.
    let common = !vote.quoted && !unknown;
    if common || named_after || refused && (!vote.quoted || place.len() == 1) || cited && !vote.quoted {
        return None;
    }
    let head = place.clone().any(|t| {
        scan.capital(t)
            && (words.at(text, t, place.end, Use::Organisation).is_some()
                || rules.words.latin_head(text, t, place.end).is_some()
                || rules.words.is_legal_form(text.word(t)))
    });
    if vote.quoted {
        return (kind == GuessKind::Organisation).then_some(kind);
    }
    let full = |w: &String| w.chars().nth(2).is_some() && w.chars().all(|c| c.is_alphabetic() || c == '-' || c == '’');
    let plain = form.iter().all(full) && form.iter().all(|w| w.chars().any(char::is_lowercase));
    match kind {
        _ if vote.headed => Some(GuessKind::Organisation),
        // "Adaku Brightmore": the last of two or three words may be in capitals.
        GuessKind::Person if (2..=3).contains(&form.len()) && !head => {
            let given = form.first().is_some_and(|w| w.chars().any(char::is_lowercase));
            (form.iter().all(full) && given).then_some(GuessKind::Person)
        }
        GuessKind::Person => {
            let sure = vote.titled || alone && vote.person > 1 && vote.person == all;
            (sure && plain && form.len() == 1 && !head).then_some(GuessKind::Person)
        }
        // "Brightmore & Daughters".
        // "Brightmore Press" in Cyrillic: a foreign name; in Cyrillic letters capitals are offices, codes and headings as often.
        _ if alone && vote.organisation == all && form.iter().all(|w| w.chars().all(|c| c.is_ascii_alphabetic())) => {
            let acronym = form.iter().all(|w| is_capitals(w) && w.chars().nth(2).is_some());
            (acronym || form.len() > 1).then_some(kind)
        }
        _ => (form.iter().any(|w| w == "&") && form.len() > 2).then_some(GuessKind::Organisation),
    }
}

/// A person's name: the last word is the surname.
pub(super) fn person(scan: &Scan<'_, '_>, tokens: Range<usize>) -> PersonName {
    let text = scan.text;
    let words: Vec<usize> = tokens.filter(|t| text.tokens.get(*t).is_some_and(|k| k.kind == TokenKind::Word)).collect();
    let last = words.len().saturating_sub(1);
    let part = |(n, t): (usize, &usize)| {
        let kind = if n == last {
            PartKind::Surname
        } else if !scan.capital(*t) {
            PartKind::Particle
        } else if text.fold(*t).chars().nth(1).is_none() {
            PartKind::Initial
        } else {
            PartKind::Given
        };
        Part::new(*t..t + 1, kind)
    };
    PersonName { parts: words.iter().enumerate().map(part).collect() }
}
