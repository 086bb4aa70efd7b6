//! The place beside the name of a court: "Medeu District Court", "Tribunal administratif de Lyon", "районный суд г. Алматы".

use std::ops::Range;

use khronika_core::{ActorKind, Lang};

use super::ActorRules;
use super::body::{Bare, Body, Form};
use super::ending::stem;
use super::scan::{Item, Scan, What};
use super::tail::Tail;
use super::words::Use;
use crate::text::{Sentence, TokenKind};

/// How many places may follow one another ("of the Medeu district of the city of Almaty").
const MOST: usize = 4;
/// How many words before a name may belong to it.
const MOST_BEFORE: usize = 7;
/// The same in Kazakh, where everything stands before.
const MOST_KAZAKH: usize = 12;

/// What stands around a name of a body and belongs to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The tokens of the whole: places before, name, places after.
    pub(super) tokens: Range<usize>,
    /// What tells this body from others of its kind: stems of the places' words, codes of states, numbers.
    pub(super) keys: Vec<String>,
}

/// Looks for places on both sides of the name at `name`, inside `sentence`.
pub(super) fn around(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    name: Range<usize>,
    sentence: &Range<usize>,
    lang: Lang,
    row: &Body,
) -> Places {
    let mut keys = Vec::new();
    let start = before(rules, scan, name.start, sentence, lang, &mut keys);
    let start = if row.kind == ActorKind::Court { numbered(scan, start, sentence.start, &mut keys) } else { start };
    let mut end = name.end;
    if row.kind == ActorKind::Authority || row.bare != Bare::Kind || lang == Lang::FR {
        end = Tail { rules, scan, end: sentence.end, lang }.after(name.end);
        keys.extend(words_of(rules, scan, name.end..end, lang));
    }
    if end == name.end || (row.kind == ActorKind::Court && row.bare != Bare::Kind) {
        end = after(rules, scan, end, sentence.end, (lang, row.kind), &mut keys);
    }
    Places { tokens: start..end, keys }
}

/// "4th Criminal Court", "2e cour d'assises": where the name with its ordinal begins.
fn numbered(scan: &Scan<'_, '_>, start: usize, from: usize, keys: &mut Vec<String>) -> usize {
    let text = scan.text;
    let Some(mut before) = start.checked_sub(1).filter(|b| *b >= from && scan.free(*b)) else { return start };
    let letters = text.fold(before).chars().filter(|c| c.is_alphabetic()).count();
    // "4th" is a number and letters.
    if letters > 0 && !scan.spaced(before) && before > from && scan.free(before - 1) {
        before -= 1;
    }
    let word = text.of(text.span(before..start)).to_lowercase();
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let ordinal = (1..=3).contains(&digits) && (1..=3).contains(&letters) && word.chars().count() == digits + letters;
    if !ordinal || !scan.spaced(start) {
        return start;
    }
    keys.push(word);
    before
}

/// What the words of a tail say: their stems, without the small words between.
fn words_of(rules: &ActorRules, scan: &Scan<'_, '_>, tokens: Range<usize>, lang: Lang) -> Vec<String> {
    let text = scan.text;
    let words = rules.words.of(lang);
    let mut keys = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some((next, state)) = rules.states.name(text, at, tokens.end) {
            keys.push(rules.states.id(state.state).to_owned());
            at = next;
            continue;
        }
        let small = words.uses(text, at, tokens.end).into_iter().find(|(u, ..)| {
            matches!(u, Use::BodyLink | Use::And | Use::Article | Use::City | Use::PlaceLink | Use::Area)
        });
        if let Some((_, next, _)) = small {
            at = next;
            continue;
        }
        if text.tokens.get(at).is_some_and(|t| t.kind != TokenKind::Mark) {
            keys.push(stem(text.fold(at)));
        }
        at += 1;
    }
    keys
}

fn before(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    name: usize,
    sentence: &Range<usize>,
    lang: Lang,
    keys: &mut Vec<String>,
) -> usize {
    let text = scan.text;
    let mut start = name;
    let most = if lang == Lang::KK { MOST_KAZAKH } else { MOST_BEFORE };
    while start > sentence.start && name - start < most {
        let at = start - 1;
        if scan.taken(at) || !text.tokens.get(start).is_some_and(|t| t.spaced) && lang != Lang::KK {
            break;
        }
        if let Some((end, state)) = rules.states.adjective(text, at, sentence.end)
            && end <= start
        {
            keys.push(rules.states.id(state).to_owned());
            start = at;
            continue;
        }
        let agrees = start == name && agrees(rules, scan, at, name, lang);
        if !agrees && !place_word_before(rules, scan, at, sentence, lang) {
            break;
        }
        start = at;
    }
    if lang == Lang::EN {
        start = joined(rules, scan, start, name, sentence);
    }
    // A run that ends in nothing but small words or numbers is no place.
    while start < name
        && !text
            .tokens
            .get(start)
            .is_some_and(|t| t.capital || t.kind == TokenKind::Word && starts_with_digit(text.word(start)))
        && rules.states.adjective(text, start, name).is_none()
    {
        start += 1;
    }
    for at in start..name {
        let word = text.fold(at);
        let token = text.tokens.get(at);
        let area = rules.words.of(lang).at(text, at, name, Use::Area).is_some();
        if token.is_some_and(|t| t.kind != TokenKind::Mark) && !area && rules.states.adjective(text, at, name).is_none()
        {
            keys.push(stem(rules.words.adjective(text, at, lang).unwrap_or(word)));
        }
    }
    start
}

/// "the Civil Registry |and Migration Department|": what stands between "the" and an "and" before a name belongs to it, where it names no body
/// itself.
fn joined(rules: &ActorRules, scan: &Scan<'_, '_>, start: usize, name: usize, sentence: &Range<usize>) -> usize {
    let text = scan.text;
    let words = rules.words.of(Lang::EN);
    let whole =
        start < name || scan.capital(start) && text.fold(name + 1).chars().nth(2).is_some() && scan.capital(name + 1);
    let Some(and) = start
        .checked_sub(1)
        .filter(|and| whole && *and > sentence.start && words.at(text, *and, sentence.end, Use::And).is_some())
    else {
        return start;
    };
    let mut from = and;
    while from > sentence.start
        && and - from < 4
        && place_word_before(rules, scan, from - 1, sentence, Lang::EN)
        && words.at(text, from - 1, sentence.end, Use::Organisation).is_none()
        && rules.bodies.at(text, from - 1, sentence.end, Lang::EN).is_none()
        && rules.states.name(text, from - 1, sentence.end).is_none()
    {
        from -= 1;
    }
    let the = from < and && from > sentence.start && words.at(text, from - 1, sentence.end, Use::Definite).is_some();
    if the { from } else { start }
}

/// "Жовтнева |районна рада|": an adjective with a capital in the same case as the adjective that the name begins with.
fn agrees(rules: &ActorRules, scan: &Scan<'_, '_>, at: usize, name: usize, lang: Lang) -> bool {
    const CASES: [&[&str]; 12] = [
        &["ий", "ый", "ой", "ій"],
        &["ого", "его"],
        &["ому", "ему"],
        &["им", "ым"],
        &["ом", "ем"],
        &["ая", "яя"],
        &["ой", "ей"],
        &["ую", "юю"],
        &["ої"],
        &["ою", "ею"],
        &["на", "ва", "ка", "ня"],
        &["ну", "ву", "ку", "ню"],
    ];
    let text = scan.text;
    let (word, first) = (text.fold(at), text.fold(name));
    let case = |w: &str, endings: &[&str]| w.chars().count() > 5 && endings.iter().any(|e| w.ends_with(e));
    matches!(lang, Lang::RU | Lang::UK)
        && scan.capital(at)
        && text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
        && !rules.is_not_name(text, at, name, lang)
        && !rules.names.is_given(word)
        && CASES.iter().any(|endings| case(word, endings) && case(first, endings))
}

/// "4th".
fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn place_word_before(rules: &ActorRules, scan: &Scan<'_, '_>, at: usize, sentence: &Range<usize>, lang: Lang) -> bool {
    let text = scan.text;
    let Some(token) = text.tokens.get(at) else { return false };
    let words = rules.words.of(lang);
    if lang == Lang::KK {
        let word = text.fold(at);
        let person = rules.names.is_given(word) || rules.names.surname(word, lang);
        return token.capital && !person && !rules.is_not_name(text, at, sentence.end, lang)
            || words.at(text, at, sentence.end, Use::Area).is_some()
            || words.at(text, at, sentence.end, Use::Matter).is_some_and(|(next, _)| next == at + 1)
            || rules.bodies.at(text, at, sentence.end, lang).is_some_and(|(next, _)| next == at + 1)
            || token.kind == TokenKind::Number
            || text.fold(at) == "№";
    }
    let attribute = words.at(text, at, sentence.end, Use::Attribute).is_some_and(|(next, _)| next == at + 1);
    if token.kind != TokenKind::Word {
        return false;
    }
    if attribute && (token.capital || lang.is_cyrillic()) || (lang == Lang::EN && starts_with_digit(text.word(at))) {
        return true;
    }
    if !token.capital {
        return false;
    }
    if rules.is_not_name(text, at, sentence.end, lang) {
        return false;
    }
    if lang.is_cyrillic() {
        let word = text.fold(at);
        return ["ск", "цк", "ськ", "цьк", "зьк"].iter().any(|m| stem(word).ends_with(m));
    }
    // In French, Italian, Spanish and Polish the place follows.
    matches!(lang, Lang::EN | Lang::DE)
        && words.uses(text, at, sentence.end).iter().all(|(u, ..)| !matches!(u, Use::Title | Use::Role | Use::Link))
}

fn after(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    from: usize,
    end: usize,
    (lang, kind): (Lang, ActorKind),
    keys: &mut Vec<String>,
) -> usize {
    let mut at = from;
    for _ in 0..MOST {
        match one_after(rules, scan, at, end, (lang, kind), keys) {
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    at
}

/// One place from token `at` on; the token after it.
fn one_after(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    at: usize,
    end: usize,
    (lang, kind): (Lang, ActorKind),
    keys: &mut Vec<String>,
) -> Option<usize> {
    let text = scan.text;
    let words = rules.words.of(lang);
    if matches!(text.fold(at), "№" | "no" | "n°") {
        let number = if text.fold(at + 1) == "." { at + 2 } else { at + 1 };
        if number < end && text.tokens.get(number).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= 3) {
            keys.push(text.fold(number).to_owned());
            return Some(number + 1);
        }
        return None;
    }
    if let Some((next, state)) = rules.states.adjective(text, at, end)
        && !lang.is_cyrillic()
        && lang != Lang::EN
    {
        keys.push(rules.states.id(state).to_owned());
        return Some(next);
    }
    let linked = words.at(text, at, end, Use::PlaceLink).map(|(next, _)| next);
    let mut from = linked.unwrap_or(at);
    if !lang.is_cyrillic() && linked.is_none() {
        return None;
    }
    if let Some((next, form)) = rules.states.name(text, from, end)
        && !scan.taken(from)
    {
        keys.push(rules.states.id(form.state).to_owned());
        return Some(next);
    }
    let city = words.at(text, from, end, Use::City).map(|(next, _)| next);
    if let Some(next) = city {
        from = if text.fold(next) == "." { next + 1 } else { next };
    }
    let area_first = words.at(text, from, end, Use::Area).map(|(next, _)| next);
    let first = area_first.unwrap_or(from);
    let limit = if lang.is_cyrillic() { 2 } else { 3 };
    let mut last = first;
    while last < end && last - first < limit && is_place_word(rules, scan, last, end, lang) {
        last += 1;
        if lang.is_cyrillic() && words.at(text, last, end, Use::Area).is_some() {
            break;
        }
    }
    if last == first {
        return None;
    }
    let area = words.at(text, last, end, Use::Area).map(|(next, _)| next);
    let bare = city.is_none() && area_first.is_none() && area.is_none();
    if lang.is_cyrillic() && bare {
        // "суд Киева", "в Одессе", but not "суд Иванову отказал".
        let word = text.fold(first);
        let genitive = word.ends_with(['а', 'и', 'ы', 'я', 'у', 'е', 'і']);
        if (linked.is_none() && kind != ActorKind::Court)
            || last > first + 1
            || !genitive
            || rules.names.surname(word, lang)
            || rules.names.given(word, lang).is_some()
        {
            return None;
        }
    }
    // "the Court of Appeal in Smith v Jones": a case, no place.
    if matches!(text.fold(last), "v" | "vs" | "c") && text.tokens.get(last).is_some_and(|t| !t.capital) {
        return None;
    }
    for word in first..last {
        keys.push(stem(text.fold(word)));
    }
    Some(area.unwrap_or(last))
}

fn is_place_word(rules: &ActorRules, scan: &Scan<'_, '_>, at: usize, end: usize, lang: Lang) -> bool {
    let text = scan.text;
    text.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        && !scan.taken(at)
        && !scan.dated(at)
        && !rules.is_not_name(text, at, end, lang)
        && rules.bodies.at(text, at, end, lang).is_none()
        && rules
            .words
            .of(lang)
            .uses(text, at, end)
            .iter()
            .all(|(u, ..)| !matches!(u, Use::Title | Use::Role | Use::Organisation))
}

/// Adds every court and authority of the lists, with the places that belong to its name.
pub(super) fn find(rules: &ActorRules, scan: &mut Scan<'_, '_>) {
    let text = scan.text;
    for sentence in &text.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let found =
                if scan.free(at) { rules.bodies.at(text, at, sentence.tokens.end, sentence.lang) } else { None };
            let Some((after, form)) = found else {
                at += 1;
                continue;
            };
            // "news agency": passed by as a whole.
            if form.except {
                at = after;
                continue;
            }
            // "Полиция |департаменті|", "әкімдігінің … |комиссиясы|", "Border Guard |Authority|": the head stands last.
            if owns(rules, scan, sentence, after) {
                at += 1;
                continue;
            }
            at = match body(rules, scan, sentence, at, (after, form)) {
                Some(item) => {
                    let end = item.tokens.end;
                    scan.add(item);
                    end.max(at + 1)
                }
                None => at + 1,
            };
        }
    }
}

/// True where the body before token `at` is part of the name of one whose head follows, with nothing but what such names have between.
fn owns(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    let text = scan.text;
    if sentence.lang == Lang::EN {
        let head = scan.capital(at) && scan.free(at) && at.checked_sub(1).is_some_and(|t| scan.capital(t));
        let found = if head { rules.bodies.at(text, at, sentence.tokens.end, Lang::EN) } else { None };
        return found.is_some_and(|(_, form)| {
            !form.except && rules.bodies.get(form.body).is_some_and(|b| b.bare != Bare::Kind)
        });
    }
    if sentence.lang != Lang::KK {
        return false;
    }
    let genitive = at
        .checked_sub(1)
        .is_some_and(|t| ["ның", "нің", "дың", "дің", "тың", "тің"].iter().any(|e| text.fold(t).ends_with(e)));
    let most = if genitive { MOST_KAZAKH } else { 1 };
    for t in at..sentence.tokens.end.min(at + most) {
        let spaced = text.tokens.get(t).is_some_and(|t| t.spaced);
        if !spaced || scan.taken(t) {
            return false;
        }
        if rules.bodies.at(text, t, sentence.tokens.end, Lang::KK).is_some() {
            return true;
        }
        if !place_word_before(rules, scan, t, &sentence.tokens, Lang::KK) {
            return false;
        }
    }
    false
}

/// "Regional |Court of Appeal|": a kind of body whose words overlap the end of another's and go on.
fn longer(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    at: usize,
    after: usize,
) -> Option<(usize, usize, Form)> {
    (at + 1..after).find_map(|t| {
        let (next, form) = rules.bodies.at(scan.text, t, sentence.tokens.end, sentence.lang)?;
        let generic = rules.bodies.get(form.body).is_some_and(|b| b.generic);
        (next > after && generic && !form.except && !form.acronym).then_some((t, next, form))
    })
}

/// True where the words of a body named before stand for it: "the Department", "l'Office", "Управление".
fn is_definite(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize, bare: Bare) -> bool {
    let text = scan.text;
    if bare == Bare::Never || (bare == Bare::Capital && !scan.capital(at)) {
        return false;
    }
    if sentence.lang.is_cyrillic() {
        return true;
    }
    let before = at.checked_sub(1).filter(|b| *b >= sentence.tokens.start);
    before.is_some_and(|b| rules.words.of(sentence.lang).at(text, b, at, Use::Definite).is_some())
}

fn body(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    sentence: &Sentence,
    at: usize,
    (mut after, mut form): (usize, Form),
) -> Option<Item> {
    let text = scan.text;
    let mut at = at;
    let mut row = rules.bodies.get(form.body)?;
    if row.generic
        && !form.acronym
        && let Some((start, next, other)) = longer(rules, scan, sentence, at, after)
    {
        (at, after, form) = (start, next, other);
        row = rules.bodies.get(form.body)?;
    }
    // A form that ends in a small word is the rest of a longer one.
    let last = rules.words.of(sentence.lang).uses(text, after - 1, after);
    if after > at + 1 && last.iter().any(|(u, ..)| matches!(u, Use::Link | Use::Article)) {
        return None;
    }
    let start = rules.words.of(sentence.lang).at(text, at, after, Use::Article).map_or(at, |(next, _)| next);
    let name = start..after;
    let mut found = if row.generic && !form.acronym {
        around(rules, scan, name.clone(), &sentence.tokens, sentence.lang, row)
    } else {
        Places { tokens: name.clone(), keys: Vec::new() }
    };
    // "УФСБ России по Свердловской области"
    if row.generic && form.acronym && sentence.lang.is_cyrillic() {
        found.tokens.end = Tail { rules, scan, end: sentence.tokens.end, lang: sentence.lang }.after(after);
        found.keys = words_of(rules, scan, after..found.tokens.end, sentence.lang);
    }
    if row.bare != Bare::Kind {
        // In English a name is written with capitals.
        if sentence.lang == Lang::EN && !scan.capital(start) && !found.keys.is_empty() {
            found = Places { tokens: name, keys: Vec::new() };
        }
        if found.keys.is_empty()
            && (row.kind == ActorKind::Court || !is_definite(rules, scan, sentence, start, row.bare))
        {
            return None;
        }
    }
    // "президента Обамы", "следователь Петров": a role before a name.
    let next = found.tokens.end;
    let role = (at..after)
        .any(|t| rules.words.of(sentence.lang).at(text, t, after, Use::Role).is_some_and(|(end, _)| end == after));
    if role
        && row.kind == ActorKind::Authority
        && found.keys.is_empty()
        && scan.capital(next)
        && scan.spaced(next)
        && scan.free(next)
    {
        return None;
    }
    // "le parquet de chêne": in French "de" and a common noun make another noun of it.
    let words = rules.words.of(sentence.lang);
    let common = |t: usize| {
        text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word && !k.capital)
            && words.uses(text, t, sentence.tokens.end).is_empty()
            && rules.bodies.at(text, t, sentence.tokens.end, sentence.lang).is_none()
    };
    if sentence.lang == Lang::FR
        && row.generic
        && after == at + 1
        && found.keys.is_empty()
        && matches!(text.fold(after), "de" | "d'")
        && common(after + 1)
    {
        return None;
    }
    let mut keys = found.keys;
    keys.sort();
    keys.dedup();
    let confidence = match (row.generic, keys.is_empty()) {
        (false, _) => 0.95,
        (true, false) => 0.9,
        (true, true) => 0.7,
    };
    Some(Item {
        tokens: found.tokens,
        what: What::Body { form, keys },
        lang: sentence.lang,
        block: sentence.block,
        made_by: row.info.id.clone(),
        confidence,
    })
}
