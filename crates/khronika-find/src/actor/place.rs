//! The place beside the name of a court: "Medeu District Court", "Tribunal administratif de Lyon", "районный суд г. Алматы".

use std::ops::Range;

use khronika_core::{ActorKind, Lang};

use super::ActorRules;
use super::ending::stem;
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::{Sentence, TokenKind};

/// How many places may follow one another ("of the Medeu district of the city of Almaty").
const MOST: usize = 4;

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
    kind: ActorKind,
) -> Places {
    let mut keys = Vec::new();
    let start = before(rules, scan, name.start, sentence, lang, &mut keys);
    let end = after(rules, scan, name.end, sentence.end, (lang, kind), &mut keys);
    Places { tokens: start..end, keys }
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
    while start > sentence.start && name - start < 7 {
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
        if !place_word_before(rules, scan, at, sentence, lang) {
            break;
        }
        start = at;
    }
    // A run that ends in nothing but small words or numbers is no place.
    while start < name
        && !text.tokens.get(start).is_some_and(|t| t.capital)
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
            keys.push(stem(word));
        }
    }
    start
}

fn place_word_before(rules: &ActorRules, scan: &Scan<'_, '_>, at: usize, sentence: &Range<usize>, lang: Lang) -> bool {
    let text = scan.text;
    let Some(token) = text.tokens.get(at) else { return false };
    let words = rules.words.of(lang);
    if lang == Lang::KK {
        let word = text.fold(at);
        let person = rules.names.given(word, lang).is_some() || rules.names.surname(word, lang);
        return token.capital && !person && !rules.is_not_name(text, at, sentence.end, lang)
            || words.at(text, at, sentence.end, Use::Area).is_some()
            || token.kind == TokenKind::Number
            || text.fold(at) == "№";
    }
    if !token.capital || token.kind != TokenKind::Word {
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
            let item = if scan.free(at) { body(rules, scan, sentence, at) } else { None };
            at = match item {
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

fn body(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Item> {
    let text = scan.text;
    let (after, form) = rules.bodies.at(text, at, sentence.tokens.end, sentence.lang)?;
    let row = rules.bodies.get(form.body)?;
    // A form that ends in a small word is the rest of a longer one.
    let last = rules.words.of(sentence.lang).uses(text, after - 1, after);
    if after > at + 1 && last.iter().any(|(u, ..)| matches!(u, Use::Link | Use::Article)) {
        return None;
    }
    let start = rules.words.of(sentence.lang).at(text, at, after, Use::Article).map_or(at, |(next, _)| next);
    let name = start..after;
    let found = if row.generic && !form.acronym {
        around(rules, scan, name, &sentence.tokens, sentence.lang, row.kind)
    } else {
        Places { tokens: name, keys: Vec::new() }
    };
    // "президента Обамы", "следователь Петров": a role before a name.
    let next = found.tokens.end;
    let role = rules.words.of(sentence.lang).at(text, at, after, Use::Role).is_some_and(|(end, _)| end == after);
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
