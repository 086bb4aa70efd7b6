//! Organisations: legal forms and head words with their capitalised or quoted names.

use std::ops::Range;

use khronika_core::Lang;

use super::ActorRules;
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::{Sentence, TokenKind};

/// The most tokens between quotation marks that are a name.
const MOST_QUOTED: usize = 9;
/// The most tokens of a name without quotation marks.
const MOST_RUN: usize = 16;

/// The most matters after a head: "pour la défense des droits des rives".
const MOST_MATTERS: usize = 3;

/// Adds every organisation with a head word or a legal form.
pub(super) fn find(rules: &ActorRules, scan: &mut Scan<'_, '_>) {
    let text = scan.text;
    for sentence in &text.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let found = if scan.free(at) { one(rules, scan, sentence, at) } else { None };
            at = match found {
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

fn one(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Item> {
    let (tokens, key, made_by, confidence) =
        quoted(rules, scan, sentence, at).or_else(|| quoted_before(rules, scan, sentence, at)).or_else(|| {
            if sentence.lang.is_cyrillic() {
                cyrillic(rules, scan, sentence, at)
            } else {
                latin(rules, scan, sentence, at)
            }
        })?;
    let what = What::Organisation { key };
    Some(Item { tokens, what, lang: sentence.lang, block: sentence.block, made_by, confidence })
}

type Found = (Range<usize>, String, String, f32);

/// The folded words of some tokens, without quotation marks.
pub(super) fn key_of(scan: &Scan<'_, '_>, tokens: Range<usize>) -> String {
    let words: Vec<&str> = tokens
        .filter(|t| scan.text.tokens.get(*t).is_some_and(|t| t.kind != TokenKind::Mark))
        .map(|t| scan.text.fold(t))
        .collect();
    words.join(" ")
}

/// Whether a mark may open a quotation.
pub(super) fn is_opening(mark: &str) -> bool {
    matches!(mark, "«" | "“" | "„" | "\"" | "”")
}

/// The token after the closing mark of the quotation that opens at token `at`, where it is short and begins with a capital or digit.
pub(super) fn quotation(scan: &Scan<'_, '_>, at: usize, end: usize) -> Option<usize> {
    let text = scan.text;
    if at >= end || !is_opening(text.fold(at)) || !scan.spaced(at) && at > 0 && text.fold(at - 1) != "(" {
        return None;
    }
    let first = text.tokens.get(at + 1)?;
    if !first.capital && first.kind != TokenKind::Number {
        return None;
    }
    let mut deep = 1;
    for next in at + 1..end.min(at + 2 + MOST_QUOTED) {
        match text.fold(next) {
            "«" | "„" => deep += 1,
            "“" if scan.spaced(next) && text.fold(at) != "„" => deep += 1,
            "»" | "”" | "\"" | "“" => {
                deep -= 1;
                // "ТОО «Завод «Заря»": one mark closes two.
                let more = matches!(text.fold(next + 1), "»" | "”" | "\"") && !scan.spaced(next + 1);
                if deep <= 0 || !more {
                    return (next > at + 1).then_some(next + 1);
                }
            }
            "." | ";" | "!" | "?" if scan.spaced(next + 1) && scan.capital(next + 1) => return None,
            _ => {}
        }
    }
    None
}

/// "фонд «Заря»", "Human rights movement “Dawn”", "ООО «Заря»": a head word or legal form, then a quotation.
fn quoted(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Found> {
    let text = scan.text;
    let end = sentence.tokens.end;
    let words = rules.words.of(sentence.lang);
    let legal = rules.words.is_legal_form(text.word(at));
    let head = words.at(text, at, end, Use::Organisation);
    let mut after = match head {
        Some((after, _)) => after,
        None if legal => at + 1,
        None => return None,
    };
    // "общественное объединение инвалидов «Заря»", "партия (движение) «Заря»": a few small words may stand between.
    let mut skipped = 0;
    while skipped < 3 && quotation(scan, after, end).is_none() {
        let small = text.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
            && (sentence.lang.is_cyrillic() || words.at(text, after, end, Use::Attribute).is_some())
            && words.at(text, after, end, Use::NotName).is_none();
        let again = words.at(text, after, end, Use::Organisation);
        if let Some((next, _)) = again {
            after = next;
        } else if small || rules.words.is_legal_form(text.word(after)) {
            after += 1;
        } else {
            break;
        }
        skipped += 1;
    }
    let close = quotation(scan, after, end)?;
    let mut start = at;
    while start > sentence.tokens.start && scan.free(start - 1) && at - start < 4 {
        let before = start - 1;
        let attribute = words.at(text, before, end, Use::Attribute).is_some_and(|(next, _)| next >= start);
        if !attribute {
            break;
        }
        start = before;
    }
    let id = head.map_or("actor.legal-form", |(_, row)| rules.words.id(row));
    Some((start..close, key_of(scan, after + 1..close), id.to_owned(), 0.9))
}

/// "«Заря» ЖШС", "«Заря» қоры": the quotation first.
fn quoted_before(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Found> {
    let text = scan.text;
    let end = sentence.tokens.end;
    let close = quotation(scan, at, end)?;
    let words = rules.words.of(sentence.lang);
    let bare = text.word(close).split('-').next().unwrap_or("");
    if rules.words.is_legal_form(bare) {
        return Some((at..close + 1, key_of(scan, at..close), "actor.legal-form".to_owned(), 0.9));
    }
    if sentence.lang != Lang::KK {
        return None;
    }
    let mut next = close;
    while next < end && next < close + 4 {
        if let Some((after, row)) = words.at(text, next, end, Use::Organisation) {
            return Some((at..after, key_of(scan, at..close), rules.words.id(row).to_owned(), 0.85));
        }
        words.at(text, next, end, Use::Attribute)?;
        next += 1;
    }
    None
}

/// "Open Society Foundation", "Centre for Civil Liberties", "Brown Ltd".
fn latin(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Found> {
    let text = scan.text;
    let end = sentence.tokens.end;
    if !starts(rules, scan, sentence, at) || person_like(scan, at) {
        return None;
    }
    let words = rules.words.of(sentence.lang);
    let mut head: Option<usize> = None;
    let mut legal = false;
    let mut last = at;
    let mut next = at;
    let mut capitals = 0;
    while next < end && next - at < MOST_RUN {
        let title = words.at(text, next, end, Use::Title).is_some();
        let more = head.is_some() && !title && goes_on(scan, sentence, next);
        if starts(rules, scan, sentence, next) || (next > at && (more || inside(rules, scan, sentence, next))) {
            if let Some((after, row)) = head_at(rules, scan, sentence, next) {
                head = Some(row);
                capitals += after - next;
                next = after;
            } else {
                capitals += 1;
                next += 1;
            }
            last = next;
            if rules.words.is_legal_form(text.word(next)) && scan.capital(next) && scan.free(next) {
                legal = true;
                last = next + 1;
                break;
            }
            continue;
        }
        if text.fold(next) == "'s"
            && starts(rules, scan, sentence, next + 1)
            && head_within(rules, scan, sentence, next + 1)
        {
            next += 1;
            continue;
        }
        if text.fold(next) == "&" && scan.capital(next + 1) {
            next += 1;
            continue;
        }
        if text.fold(next) == "," && (rules.words.is_legal_form(text.word(next + 1))) {
            legal = true;
            last = next + 2;
            break;
        }
        let and = words.at(text, next, end, Use::And);
        let link = words.at(text, next, end, Use::Link);
        let Some((after, _)) = and.or(link).filter(|_| scan.free(next)) else { break };
        // "of the", "de la": two in a row; but "Committee and the Board" are two bodies.
        let after =
            if and.is_some() { after } else { words.at(text, after, end, Use::Link).map_or(after, |(after, _)| after) };
        let on = starts(rules, scan, sentence, after) || (head.is_some() && goes_on(scan, sentence, after));
        if after >= end || !on || !scan.free(after) {
            break;
        }
        // "Brown of the Green Bank": before its head, a name has no "of"; "Law and Justice Party" has "and".
        if head.is_none() && (and.is_none() || !head_within(rules, scan, sentence, after)) {
            break;
        }
        let role = (after..after + 4)
            .take_while(|t| goes_on(scan, sentence, *t))
            .any(|t| words.at(text, t, end, Use::Role).is_some());
        if head.is_some() && and.is_some() && (role || head_within(rules, scan, sentence, after)) {
            break;
        }
        next = after;
    }
    let all: Range<usize> = at..last;
    if legal && capitals >= 1 {
        return Some((all.clone(), key_of(scan, all), "actor.legal-form".to_owned(), 0.9));
    }
    let row = head?;
    // "Open Meadow Foundation “Dawn”"
    if let Some(close) = quotation(scan, last, end) {
        return Some((at..close, key_of(scan, last + 1..close), rules.words.id(row).to_owned(), 0.9));
    }
    // "la Ligue pour la défense des rives": in French one capital is enough, where the matter follows.
    if sentence.lang == Lang::FR && capitals >= 1 {
        let tail = small_tail(rules, scan, sentence, last);
        let article = at > sentence.tokens.start && words.at(text, at - 1, at, Use::Definite).is_some();
        if tail > last && (capitals >= 2 || article) {
            return Some((at..tail, key_of(scan, at..tail), rules.words.id(row).to_owned(), 0.7));
        }
    }
    let mut start = at;
    while start > sentence.tokens.start && scan.free(start - 1) && scan.capital(start - 1) {
        let before = start - 1;
        let attribute = words.at(text, before, start, Use::Attribute).is_some()
            || rules.states.adjective(text, before, start).is_some_and(|(next, _)| next == start);
        if !attribute {
            break;
        }
        start = before;
        capitals += 1;
    }
    let all = start..last;
    (capitals >= 2).then(|| (all.clone(), key_of(scan, all), rules.words.id(row).to_owned(), 0.8))
}

/// The token after what an organisation whose head ends before token `from` is for: "burundaise des médias libres", "pour la défense des
/// rives".
fn small_tail(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, from: usize) -> usize {
    let text = scan.text;
    let end = sentence.tokens.end;
    let words = rules.words.of(sentence.lang);
    let adjective = |at: usize| rules.states.adjective(text, at, end).map(|(next, _)| next);
    let mut at = adjective(from).or_else(|| words.at(text, from, end, Use::Attribute).map(|(n, _)| n)).unwrap_or(from);
    for _ in 0..MOST_MATTERS {
        let Some((noun, _)) = words.at(text, at, end, Use::OrgLink) else { break };
        let word = |t: usize| {
            let token = text.tokens.get(t)?;
            let name = token.kind == TokenKind::Word && text.fold(t).chars().count() >= 4 && scan.free(t) && t < end;
            (name && words.at(text, t, end, Use::NotName).is_none()).then(|| text.fold(t))
        };
        let Some(first) = word(noun) else { break };
        // "le Comité d'examiner" asks it to do something; a capital goes on with a name that has begun: "des droits de l'Homme".
        let verb = first.ends_with("er") || first.ends_with("ir");
        if verb || scan.capital(noun) && at == from {
            break;
        }
        at = noun + 1;
        // "des médias libres": an adjective in the plural with its noun.
        let plural = word(at).is_some_and(|next| first.ends_with('s') && next.ends_with('s') && !scan.capital(at));
        let known = adjective(at).or_else(|| words.at(text, at, end, Use::Attribute).map(|(n, _)| n));
        at = known.unwrap_or(at + usize::from(plural));
    }
    at
}

/// "M. Dupont", "Dr Brown": the run is a person's.
fn person_like(scan: &Scan<'_, '_>, at: usize) -> bool {
    at > 0
        && scan.text.fold(at - 1) == "."
        && !scan.spaced(at - 1)
        && at > 1
        && scan.capital(at - 2)
        && scan.text.fold(at - 2).len() <= 2
}

/// A head word with a capital at token `at`.
fn head_at(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<(usize, usize)> {
    if !scan.capital(at) {
        return None;
    }
    rules
        .words
        .of(sentence.lang)
        .at(scan.text, at, sentence.tokens.end, Use::Organisation)
        .or_else(|| rules.words.latin_head(scan.text, at, sentence.tokens.end))
}

/// True where a head word stands in the run of capitals from token `at` on.
fn head_within(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    let mut next = at;
    while next < sentence.tokens.end && next - at < 6 && goes_on(scan, sentence, next) {
        if head_at(rules, scan, sentence, next).is_some() {
            return true;
        }
        next += 1;
    }
    false
}

/// True where token `at` may begin or continue the name of an organisation.
fn starts(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    let text = scan.text;
    at < sentence.tokens.end
        && scan.free(at)
        && text.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        && !text.fold(at).ends_with('\'')
        && !rules
            .words
            .of(sentence.lang)
            .uses(text, at, sentence.tokens.end)
            .iter()
            .any(|(u, ..)| matches!(u, Use::NotName | Use::Role | Use::Title | Use::Court))
}

/// True where token `at` goes on with a name whose head stands before it: any capitalised word ("University of New South …").
fn goes_on(scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    at < sentence.tokens.end
        && scan.free(at)
        && scan.text.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        && scan.text.fold(at).chars().nth(1).is_some()
}

/// Small words that French and other names have after their head: "Ligue des droits de l'homme" is not cut at "droits".
fn inside(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.lang, Lang::FR | Lang::ES | Lang::IT)
        && scan.free(at)
        && rules.words.of(sentence.lang).at(scan.text, at, sentence.tokens.end, Use::Attribute).is_some()
}

/// "Республиканская партия", "Ассоциация независимых журналистов": head words without quotation marks.
fn cyrillic(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> Option<Found> {
    let text = scan.text;
    let end = sentence.tokens.end;
    let words = rules.words.of(sentence.lang);
    if !scan.capital(at) || is_not_name(rules, scan, sentence, at) {
        return None;
    }
    // Adjectives with a capital, then the head.
    let mut head = at;
    while head < end
        && head - at < 3
        && scan.free(head)
        && is_adjective(text.fold(head))
        && words.at(text, head, end, Use::Organisation).is_none()
    {
        head += 1;
    }
    let (after, row) = words.at(text, head, end, Use::Organisation)?;
    let adjectives = head - at;
    let starts_sentence = at == sentence.tokens.start;
    if !(head..after).all(|t| scan.free(t)) || (adjectives == 0 && starts_sentence) {
        return None;
    }
    let mut last = after;
    while last < end && last - after < 5 && scan.free(last) {
        let word = text.fold(last);
        let token = text.tokens.get(last)?;
        if token.kind != TokenKind::Word || is_not_name(rules, scan, sentence, last) {
            break;
        }
        let state = rules.states.name(text, last, end);
        if let Some((next, _)) = state {
            last = next;
        } else {
            let part = if token.capital {
                !rules.names.surname(word, sentence.lang) && rules.names.given(word, sentence.lang).is_none()
            } else {
                scan.capital(head) && is_genitive(word)
            };
            if !part {
                break;
            }
            last += 1;
        }
    }
    // "Частное предприятие «Заря»"
    if let Some(close) = quotation(scan, last, end) {
        return Some((at..close, key_of(scan, last + 1..close), rules.words.id(row).to_owned(), 0.9));
    }
    if adjectives == 0 && (last == after || !scan.capital(head)) {
        return None;
    }
    Some((at..last, key_of(scan, at..last), rules.words.id(row).to_owned(), if adjectives > 0 { 0.75 } else { 0.65 }))
}

fn is_not_name(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    rules.is_not_name(scan.text, at, sentence.tokens.end, sentence.lang)
}

fn is_adjective(word: &str) -> bool {
    word.chars().count() >= 5
        && [
            "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ую", "юю", "ом", "ем",
            "ої", "ій", "ою", "е", "а", "у",
        ]
        .iter()
        .any(|e| word.ends_with(e))
}

fn is_genitive(word: &str) -> bool {
    word.chars().count() >= 4
        && [
            "ов", "ев", "ей", "ых", "их", "ого", "его", "ой", "ства", "ости", "ции", "ния", "ия", "ії", "ів", "їв",
            "ння", "ої", "сти", "ики", "ати",
        ]
        .iter()
        .any(|e| word.ends_with(e))
}
