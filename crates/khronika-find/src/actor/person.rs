//! People: titles, roles, given names, patronymics, endings of surnames, initials.
//!
//! A run of capitalised words is a person only where something beside the capitals says so. One clue that is strong (a title, a given
//! name of the lists, a patronymic, two initials) or two that are weak are asked for; a person found wrongly costs more than one missed.

use std::ops::Range;

use khronika_core::Lang;
use khronika_core::letter::is_alphabetic;

use super::ActorRules;
use super::names::Gender;
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::{Sentence, TokenKind};

/// The most words and initials in one name.
const MOST_PARTS: usize = 6;

/// What a part of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    Given,
    Patronymic,
    /// Ends as surnames do.
    Surname,
    Initial,
    Particle,
    Other,
}

/// A word or initial of a name: its tokens, and what it is.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) tokens: Range<usize>,
    pub(super) kind: PartKind,
    ambiguous: bool,
}

impl Part {
    pub(super) const fn new(tokens: Range<usize>, kind: PartKind) -> Self {
        Self { tokens, kind, ambiguous: false }
    }
}

/// A person's name as it stands in one place.
#[derive(Clone, Debug)]
pub(super) struct PersonName {
    pub(super) parts: Vec<Part>,
}

impl PersonName {
    pub(super) fn words(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !matches!(p.kind, PartKind::Initial | PartKind::Particle))
    }
}

/// Adds every person named by more than a surname known from elsewhere.
pub(super) fn find(rules: &ActorRules, scan: &mut Scan<'_, '_>) {
    let text = scan.text;
    for sentence in &text.sentences {
        let shouted = is_shouted(scan, sentence);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let next = if scan.free(at) { one(rules, scan, sentence, at, shouted) } else { None };
            at = match next {
                Some(item) => {
                    let end = item.tokens.end;
                    scan.add(item);
                    end
                }
                None => at + 1,
            };
        }
    }
}

/// True for a heading in capitals, where capitals say nothing.
pub(super) fn is_shouted(scan: &Scan<'_, '_>, sentence: &Sentence) -> bool {
    let (mut words, mut shouted) = (0, 0);
    for at in sentence.tokens.clone().take(40) {
        let word = scan.text.word(at);
        if word.chars().nth(1).is_some() && word.chars().all(is_alphabetic) {
            words += 1;
            shouted += usize::from(is_capitals(word));
        }
    }
    words >= 3 && shouted * 10 > words * 6
}

pub(super) fn is_capitals(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase()) && word.chars().nth(1).is_some()
}

fn one(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize, shouted: bool) -> Option<Item> {
    let text = scan.text;
    let (end, lang) = (sentence.tokens.end, sentence.lang);
    let words = rules.words.of(lang);
    let uses = words.uses(text, at, end);
    let item = |tokens: Range<usize>, parts: Vec<Part>, made_by: String, confidence: f32| Item {
        tokens,
        what: What::Person(PersonName { parts }),
        lang,
        block: sentence.block,
        made_by,
        confidence,
    };
    if let Some((_, after, row)) = uses.iter().find(|(u, ..)| *u == Use::Title)
        && (lang.is_cyrillic() || scan.capital(at))
    {
        let (after, row) = (*after, *row);
        let after = if text.fold(after) == "." && !scan.spaced(after) { after + 1 } else { after };
        let parts = run(rules, scan, sentence, after, true);
        let named = parts.iter().any(|p| !matches!(p.kind, PartKind::Initial | PartKind::Particle));
        if let Some(last) = parts.last() {
            // "M. D.": the title is all that makes the initials a name.
            let from = if named { after } else { at };
            return Some(item(from..last.tokens.end, parts, rules.words.id(row).to_owned(), 0.9));
        }
        if let Some(end) = bracketed(scan, after, end) {
            return Some(item(at..end, Vec::new(), rules.words.id(row).to_owned(), 0.85));
        }
        return None;
    }
    if let Some((_, after, row)) = uses.iter().find(|(u, ..)| *u == Use::Role) {
        return beside_role(rules, scan, sentence, *after, *row, shouted)
            .map(|(parts, range, confidence)| item(range, parts, rules.words.id(*row).to_owned(), confidence));
    }
    if let Some((_, after, row)) = uses.iter().find(|(u, ..)| *u == Use::Anonymous) {
        return anonymous(scan, at, *after, end).map(|end| {
            let part = Part { tokens: at..end, kind: PartKind::Other, ambiguous: false };
            item(at..end, vec![part], rules.words.id(*row).to_owned(), 0.85)
        });
    }
    if shouted || !scan.capital(at) {
        return None;
    }
    let parts = run(rules, scan, sentence, at, false);
    let (keep, made_by, confidence) = plain(rules, scan, sentence, &parts)?;
    let parts: Vec<Part> = parts.get(keep)?.to_vec();
    let tokens = parts.first()?.tokens.start..parts.last()?.tokens.end;
    Some(item(tokens, parts, made_by.to_owned(), confidence))
}

/// "[T] [K]": a name whose letters a court cut.
fn bracketed(scan: &Scan<'_, '_>, at: usize, end: usize) -> Option<usize> {
    let text = scan.text;
    let mut last = at;
    while last + 2 < end
        && text.fold(last) == "["
        && scan.capital(last + 1)
        && text.fold(last + 1).chars().count() <= 3
        && text.fold(last + 2) == "]"
    {
        last += 3;
    }
    (last > at).then_some(last)
}

/// "ОСОБА_1", "ФИО2".
fn anonymous(scan: &Scan<'_, '_>, at: usize, after: usize, end: usize) -> Option<usize> {
    let text = scan.text;
    if !is_capitals(text.word(at)) {
        return None;
    }
    let mut next = after;
    if next < end && text.fold(next) == "_" {
        next += 1;
    }
    let number = next < end && text.tokens.get(next).is_some_and(|t| t.kind == TokenKind::Number && !t.spaced);
    number.then_some(next + 1)
}

/// The name that follows a role: "lawyer Brown", "President of Ruritania Petrov".
fn beside_role(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    after: usize,
    _row: usize,
    shouted: bool,
) -> Option<(Vec<Part>, Range<usize>, f32)> {
    let text = scan.text;
    let (end, lang) = (sentence.tokens.end, sentence.lang);
    if shouted {
        return None;
    }
    let words = rules.words.of(lang);
    // Several roles in a row: "opposition leader and lawyer Brown" is met at its last role.
    if words.uses(text, after, end).iter().any(|(u, ..)| matches!(u, Use::Role | Use::Title)) {
        return None;
    }
    let mut from = after;
    if !scan.capital(from) || scan.taken(from) || rules.states.name(text, from, end).is_some() {
        let linked = words.at(text, from, end, Use::PlaceLink).map_or(from, |(next, _)| next);
        let past = if let Some((next, _)) = rules.states.name(text, linked, end) {
            next
        } else {
            let mut next = linked;
            while next < end && scan.taken(next) {
                next += 1;
            }
            next
        };
        if past == linked || !scan.free(past) {
            return None;
        }
        from = past;
    }
    let mut parts = run(rules, scan, sentence, from, false);
    // "адвокат Петрова Иван Сидоров": whose lawyer, then the lawyer.
    if lang.is_cyrillic()
        && let [owner, given, surname] = parts.as_slice()
        && owner.kind == PartKind::Surname
        && given.kind == PartKind::Given
        && !matches!(surname.kind, PartKind::Patronymic | PartKind::Initial)
        && rules.names.surname_ending(text.fold(owner.tokens.start)).is_none_or(|g| g == Gender::Woman)
        && rules.names.surname_ending(text.fold(surname.tokens.start)) == Some(Gender::Man)
    {
        parts.remove(0);
    }
    // "гражданин Арабской Республики": where somebody is from.
    if let [only] = parts.as_slice()
        && words.at(text, only.tokens.end, end, Use::Area).is_some()
    {
        return None;
    }
    if lang.is_cyrillic()
        && parts.last().is_some_and(|p| words.at(text, p.tokens.end, end, Use::Area).is_some())
        && parts.iter().all(|p| is_adjective_like(text.fold(p.tokens.start)))
    {
        return None;
    }
    let named: Vec<&Part> =
        parts.iter().filter(|p| !matches!(p.kind, PartKind::Initial | PartKind::Particle)).collect();
    let first = named.first()?;
    let (range, confidence) = (parts.first()?.tokens.start..parts.last()?.tokens.end, 0.85);
    let strong = named.iter().any(|p| matches!(p.kind, PartKind::Given | PartKind::Surname | PartKind::Patronymic));
    if strong {
        return Some((parts, range, confidence));
    }
    if lang == Lang::DE || named.len() > 3 {
        return None;
    }
    let word = text.fold(first.tokens.start);
    if is_capitals(text.word(first.tokens.start)) && named.len() == 1 && word.chars().count() <= 5 {
        return None;
    }
    // "представник ДВС Луганської області": an office in its region.
    let area = parts.last().is_some_and(|p| words.at(text, p.tokens.end, end, Use::Area).is_some());
    if lang.is_cyrillic() && (area || named.iter().any(|p| is_capitals(text.word(p.tokens.start)))) {
        return None;
    }
    // "директор Мосфильма": a word in the genitive after a role is what the role is in.
    if lang.is_cyrillic() && named.len() == 1 && word.ends_with(['а', 'я', 'ы', 'и', 'і', 'у', 'е']) {
        return None;
    }
    (word.chars().count() >= 3).then_some((parts, range, 0.7))
}

/// The capitalised words, initials and particles from token `at` on.
fn run(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize, titled: bool) -> Vec<Part> {
    let text = scan.text;
    let (end, lang) = (sentence.tokens.end, sentence.lang);
    let words = rules.words.of(lang);
    let mut parts: Vec<Part> = Vec::new();
    let mut next = at;
    while next < end && parts.len() < MOST_PARTS && scan.free(next) {
        let Some(token) = text.tokens.get(next) else { break };
        if token.kind != TokenKind::Word {
            break;
        }
        let after_initial = parts.last().is_some_and(|p| p.kind == PartKind::Initial);
        if next > at && !token.spaced && !after_initial {
            break;
        }
        let word = text.fold(next);
        let letters = word.chars().count();
        if token.capital
            && letters <= 2
            && text.fold(next + 1) == "."
            && next + 1 < end
            && !scan.spaced(next + 1)
            && (letters == 1 || (is_digraph(text.word(next)) && !rules.is_not_name(text, next, end, lang)))
        {
            let mut last = next + 2;
            while last < end && text.fold(last) == "." && !scan.spaced(last) {
                last += 1;
            }
            // "M. D..": the second point ends the sentence.
            if last == next + 3 {
                last -= 1;
            }
            if text.fold(next + 1) == "."
                && last < end
                && !scan.spaced(last)
                && text.fold(last) == "-"
                && scan.capital(last + 1)
            {
                // "J.-P. Martin"
                last += 1;
            }
            parts.push(Part { tokens: next..last, kind: PartKind::Initial, ambiguous: false });
            next = last;
            continue;
        }
        if token.capital && letters == 1 {
            // "M. Martin\nN° 12": no initial.
            if matches!(text.fold(next + 1), "°" | "º") {
                break;
            }
            let inside = !parts.is_empty() && !lang.is_cyrillic() && scan.capital(next + 1) && scan.free(next + 1);
            if !inside && !titled {
                break;
            }
            parts.push(Part { tokens: next..next + 1, kind: PartKind::Initial, ambiguous: false });
            next += 1;
            continue;
        }
        let uses = words.uses(text, next, end);
        let particle = uses.iter().any(|(u, ..)| *u == Use::Particle);
        if particle && scan.capital(next + 1) && scan.free(next + 1) && (!token.capital || !parts.is_empty()) {
            if parts.is_empty() && !titled {
                break;
            }
            parts.push(Part { tokens: next..next + 1, kind: PartKind::Particle, ambiguous: false });
            next += 1;
            continue;
        }
        let stops = uses.iter().any(|(u, ..)| {
            matches!(u, Use::NotName | Use::Role | Use::Title | Use::Organisation | Use::Court | Use::Area | Use::City)
        });
        if !token.capital
            || particle
            || stops
            || is_roman(text.word(next))
            || rules.words.is_legal_form(text.word(next))
        {
            break;
        }
        if rules.states.name(text, next, end).is_some() && parts.last().is_none_or(|p| p.kind != PartKind::Given) {
            break;
        }
        let given = rules.names.given(word, lang);
        let kind = if given.is_some() {
            PartKind::Given
        } else if !rules.names.patronymics(word, lang).is_empty() && parts.iter().any(|p| p.kind != PartKind::Initial) {
            PartKind::Patronymic
        } else if rules.names.surname(word, lang) {
            PartKind::Surname
        } else {
            PartKind::Other
        };
        parts.push(Part { tokens: next..next + 1, kind, ambiguous: given.is_some_and(|g| g.ambiguous) });
        next += 1;
    }
    while parts.last().is_some_and(|p| p.kind == PartKind::Particle) {
        parts.pop();
    }
    parts
}

/// "XI", "IV": a number.
fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'Х' | 'І'))
}

/// "Ю", "Дж", "Th", "Ch": two letters that stand for a name.
fn is_digraph(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

/// Which parts of a run without title or role are a person, by which rule, how surely.
fn plain(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    parts: &[Part],
) -> Option<(Range<usize>, &'static str, f32)> {
    let text = scan.text;
    let first = sentence.tokens.start;
    let cyrillic = sentence.lang.is_cyrillic();
    let is = |n: usize, kind: PartKind| parts.get(n).is_some_and(|p| p.kind == kind);
    let is_word = |n: usize| parts.get(n).is_some_and(|p| !matches!(p.kind, PartKind::Initial | PartKind::Particle));
    let at_start = |n: usize| parts.get(n).is_some_and(|p| p.tokens.start == first) || opens(scan, parts, n);
    let given = (0..parts.len()).find(|n| {
        is(*n, PartKind::Given)
            && !(parts.get(*n).is_some_and(|p| p.ambiguous) && (at_start(*n) || sentence.lang == Lang::DE))
    });
    if let Some(g) = given {
        let patronymic_after = is(g + 1, PartKind::Patronymic);
        let word_after = (g + 1..parts.len()).any(is_word);
        let mut start = g;
        if g > 0 && is_word(g - 1) {
            let alone = !word_after || (patronymic_after && !is_word(g + 2));
            if alone
                && (is(g - 1, PartKind::Surname)
                    || patronymic_after
                    || (cyrillic && !at_start(g - 1) && is(g - 1, PartKind::Other)))
            {
                start = g - 1;
            }
        }
        let mut initials = start;
        while initials > 0 && is(initials - 1, PartKind::Initial) {
            initials -= 1;
        }
        start = initials;
        let end = limit(parts, start, g);
        let count = (start..end).filter(|n| is_word(*n)).count();
        let initial = (start..end).any(|n| is(n, PartKind::Initial));
        if count >= 2 {
            let sure = patronymic_after
                || (start..end).any(|n| is(n, PartKind::Surname))
                || !parts.get(g).is_some_and(|p| p.ambiguous);
            return Some((start..end, "names.given", if sure { 0.9 } else { 0.7 }));
        }
        if count == 1 && initial && start < g {
            return None;
        }
        return None;
    }
    if let Some(p) = (0..parts.len()).find(|n| is(*n, PartKind::Patronymic)) {
        let after = is_word(p + 1);
        let start = if !after && p >= 2 && is_word(p - 2) && is_word(p - 1) { p - 2 } else { p.saturating_sub(1) };
        let end = if after { p + 2 } else { p + 1 };
        return (end - start >= 2).then_some((start..end, "names.patronymic", 0.8));
    }
    if let Some(found) = with_initials(rules, scan, sentence, parts) {
        return Some(found);
    }
    // "Rouslan Zabirov": an unknown given name before a surname that looks like one; alone, only inside a sentence.
    let last = (0..parts.len()).find(|n| is(*n, PartKind::Surname))?;
    let word = parts.get(last)?;
    let next = word.tokens.end;
    if matches!(text.fold(next), "v" | "vs" | "c" | "против" | "проти") || is_capitals(text.word(word.tokens.start))
    {
        return None;
    }
    // "Парижский", "Канадская": an adjective as well as a surname; it takes more than an ending.
    if is_adjective_like(text.fold(word.tokens.start)) {
        return None;
    }
    if last > 0 && is(last - 1, PartKind::Other) && !at_start(last - 1) && last == 1 && parts.len() == 2 {
        return Some((0..2, "names.surname", 0.6));
    }
    if at_start(last) || parts.len() > last + 1 || last > 1 {
        return None;
    }
    let before = word.tokens.start.checked_sub(1)?;
    let words = rules.words.of(sentence.lang);
    let near = words.uses(text, before, sentence.tokens.end);
    let placed = near.iter().any(|(u, ..)| matches!(u, Use::City | Use::Area | Use::PlaceLink))
        || text.fold(before) == "."
            && before > 0
            && words.at(text, before - 1, sentence.tokens.end, Use::City).is_some()
        || words.at(text, next, sentence.tokens.end, Use::Area).is_some()
        || matches!(text.fold(before), "“" | "«" | "\"" | "„" | "/" | "-");
    (!placed).then_some((last..last + 1, "names.surname", 0.55))
}

/// True for Cyrillic words in -ский, -цкая, -ська, in whichever case.
fn is_adjective_like(word: &str) -> bool {
    ["ск", "цк", "ськ", "цьк", "зьк"].iter().any(|mark| {
        word.rfind(mark)
            .and_then(|at| word.get(at + mark.len()..))
            .is_some_and(|rest| (1..=3).contains(&rest.chars().count()))
    })
}

/// True where part `n` follows a mark after which a capital says nothing.
fn opens(scan: &Scan<'_, '_>, parts: &[Part], n: usize) -> bool {
    let before = parts.get(n).and_then(|p| p.tokens.start.checked_sub(1));
    before.is_some_and(|b| matches!(scan.text.fold(b), ":" | "“" | "«" | "\"" | "„" | "•" | "–" | "—" | ")" | "."))
}

/// Where a name that begins at part `start` with its given name at `given` ends: after at most three more words.
fn limit(parts: &[Part], start: usize, given: usize) -> usize {
    let mut words = 0;
    for (n, part) in parts.iter().enumerate().skip(start) {
        if !matches!(part.kind, PartKind::Initial | PartKind::Particle) {
            words += 1;
        }
        // "Anna Braun Peter Klein": another given name after a surname begins another name.
        let again = n > given
            && part.kind == PartKind::Given
            && parts.get(n - 1).is_some_and(|p| matches!(p.kind, PartKind::Surname | PartKind::Other));
        if again {
            return n;
        }
        if words > 4 {
            return n.max(given + 1);
        }
    }
    parts.len()
}

/// "И.И. Иванов", "Иванов И.И.", "J. Smith".
fn with_initials(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    parts: &[Part],
) -> Option<(Range<usize>, &'static str, f32)> {
    let text = scan.text;
    let cyrillic = sentence.lang.is_cyrillic();
    let first = sentence.tokens.start;
    let is_initial = |n: usize| parts.get(n).is_some_and(|p| p.kind == PartKind::Initial);
    let begin = (0..parts.len()).find(|n| is_initial(*n))?;
    let mut after = begin;
    while is_initial(after) {
        after += 1;
    }
    let initials = after - begin;
    let long = |n: usize| {
        parts.get(n).is_some_and(|p| {
            !matches!(p.kind, PartKind::Initial | PartKind::Particle) && text.fold(p.tokens.start).chars().count() >= 3
        })
    };
    let strong = |n: usize| {
        parts.get(n).is_some_and(|p| {
            p.kind == PartKind::Surname && rules.names.surname(text.fold(p.tokens.start), sentence.lang)
        })
    };
    let at_start = parts.get(begin).is_some_and(|p| p.tokens.start == first);
    if cyrillic && begin > 0 && long(begin - 1) && (initials >= 2 || strong(begin - 1)) {
        return Some((begin - 1..after, "names.initials", if initials >= 2 { 0.9 } else { 0.7 }));
    }
    // "Dolores P. Holt": a given name that no list has.
    if !cyrillic && begin == 1 && initials == 1 && long(0) && long(after) {
        let end = parts.get(after).map_or(first, |p| p.tokens.end);
        let closed = end >= sentence.tokens.end || text.tokens.get(end).is_some_and(|t| t.kind != TokenKind::Word);
        let opens = parts.first().is_some_and(|p| p.tokens.start == first);
        // "S. Holt    H. Novak": two columns of signatures.
        let beside = parts.first().zip(parts.get(1)).is_some_and(|(word, initial)| {
            let end = text.tokens.get(word.tokens.end - 1).map_or(0, |t| t.span.end);
            text.tokens.get(initial.tokens.start).is_some_and(|t| t.span.start == end + 1)
        });
        let initial = parts.first().is_some_and(|p| p.tokens.start > first && text.fold(p.tokens.start - 1) == ".");
        if beside && !initial && (!opens || closed) {
            return Some((0..after + 1, "names.initials", 0.7));
        }
    }
    if begin == 0 || cyrillic {
        let particle = usize::from(parts.get(after).is_some_and(|p| p.kind == PartKind::Particle));
        let surname = after + particle;
        let clear = strong(surname) || (cyrillic && initials >= 2) || (!cyrillic && !at_start);
        if clear && long(surname) {
            let end = if strong(surname) || !long(surname + 1) { surname + 1 } else { surname + 2 };
            return Some((begin..end, "names.initials", if strong(surname) || initials >= 2 { 0.85 } else { 0.6 }));
        }
    }
    None
}
