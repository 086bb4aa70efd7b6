//! Writes the actors and mentions of a text, and chooses the name of each actor.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use khronika_core::{ActorKind, Findings, Lang, LocalActor, Mention, NameRelation, Span};

use super::ActorRules;
use super::body::Form;
use super::cluster::{Draft, Drafts};
use super::ending::stem;
use super::human::{Humans, Reading, surname_nominatives};
use super::organisation::quotation;
use super::person::{PartKind, is_capitals};
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::{Text, TokenKind};

/// A word of a name in capitals that has no more letters than this is an acronym.
const SHORT: usize = 5;

/// Some tokens as written, with white space made plain.
pub(super) fn written(text: &Text<'_>, tokens: &Range<usize>) -> String {
    text.of(text.span(tokens.clone())).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds actors and mentions to `found`, both in order of the text.
pub(super) fn write(rules: &ActorRules, scan: &Scan<'_, '_>, drafts: &Drafts, humans: &Humans, found: &mut Findings) {
    let text = scan.text;
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (ix, item) in scan.items.iter().enumerate() {
        if let Some(actor) = drafts.of_item.get(ix).copied().flatten() {
            order.push((item.tokens.start, ix));
            debug_assert!(actor < drafts.all.len());
        }
    }
    order.sort_unstable();
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let base = found.actors.len();
    let mut end = 0;
    for (_, ix) in &order {
        let (Some(item), Some(actor)) = (scan.items.get(*ix), drafts.of_item.get(*ix).copied().flatten()) else {
            continue;
        };
        let span = text.span(item.tokens.clone());
        if span.is_empty() || span.start < end {
            continue;
        }
        end = span.end;
        let next = base + number.len();
        let actor = *number.entry(actor).or_insert(next);
        found.mentions.push(Mention { span: Span::new(span.start, span.end), actor });
    }
    let mut by_number: Vec<(usize, usize)> = number.into_iter().map(|(draft, number)| (number, draft)).collect();
    by_number.sort_unstable();
    for (_, draft) in by_number {
        if let Some(draft) = drafts.all.get(draft) {
            found.actors.push(actor(rules, scan, draft, humans));
        }
    }
}

fn actor(rules: &ActorRules, scan: &Scan<'_, '_>, draft: &Draft, humans: &Humans) -> LocalActor {
    let text = scan.text;
    let mut forms: Vec<(String, Option<NameRelation>, usize)> = Vec::new();
    for (ix, relation) in &draft.items {
        let Some(item) = scan.items.get(*ix) else { continue };
        let words = written(text, &item.tokens);
        match forms.iter_mut().find(|(form, ..)| *form == words) {
            Some((_, known, count)) => {
                *count += 1;
                if known.is_some() && relation.is_none() {
                    *known = None;
                }
            }
            None => forms.push((words, *relation, 1)),
        }
    }
    let more = other_forms(rules, scan, draft);
    let name = name(rules, scan, draft, humans, &forms);
    let folded = name.to_lowercase();
    let count = name.split_whitespace().count();
    let mut related: Vec<(String, NameRelation)> = forms
        .into_iter()
        .map(|(form, relation, _)| {
            let lower = form.to_lowercase();
            let relation = if lower == folded {
                NameRelation::Main
            } else if let Some(relation) = relation {
                relation
            } else {
                relation_of(&form, &name, count)
            };
            (form, relation)
        })
        .collect();
    related.extend(more.filter(|(form, _)| *form != name && !forms_have(&related, form)));
    #[allow(clippy::cast_precision_loss, reason = "a handful of mentions")]
    let often = (draft.items.len().min(6).saturating_sub(1)) as f32 * 0.02;
    let court =
        matches!(draft.items.first().and_then(|(ix, _)| scan.items.get(*ix)).map(|i| &i.what), Some(What::Court));
    let confidence = if court { draft.confidence } else { (draft.confidence + often).min(0.98) };
    LocalActor {
        name,
        kind: draft.kind,
        known_as: draft.known_as.clone(),
        forms: related,
        made_by: draft.made_by.clone(),
        confidence,
    }
}

fn forms_have(forms: &[(String, NameRelation)], form: &str) -> bool {
    forms.iter().any(|(known, _)| known == form)
}

/// The fullest name with its title ("Ms Ada Holt"), and what stands in quotation marks after the head of an organisation ("the journal
/// “Dawn”").
fn other_forms(rules: &ActorRules, scan: &Scan<'_, '_>, draft: &Draft) -> Option<(String, NameRelation)> {
    let text = scan.text;
    let forms = draft.items.iter().filter_map(|(ix, _)| {
        let item = scan.items.get(*ix)?;
        match &item.what {
            What::Person(_) => titled(rules, scan, item).map(|tokens| (written(text, &tokens), NameRelation::Titled)),
            What::Organisation { .. } => inner(scan, item).map(|tokens| (written(text, &tokens), NameRelation::Short)),
            _ => None,
        }
    });
    // The first of the longest.
    forms.reduce(|best, form| if form.0.chars().count() > best.0.chars().count() { form } else { best })
}

/// A person's name and the title, or the office in capitals, right before it.
fn titled(rules: &ActorRules, scan: &Scan<'_, '_>, item: &Item) -> Option<Range<usize>> {
    let text = scan.text;
    let words = rules.words.of(item.lang);
    let name = item.tokens.start;
    let first = text.sentence_at(text.tokens.get(name)?.span.start).and_then(|s| text.sentences.get(s))?.tokens.start;
    (first.max(name.saturating_sub(4))..name).find_map(|at| {
        words.uses(text, at, name).into_iter().find_map(|(u, next, _)| {
            let next = if text.fold(next) == "." && next < name { next + 1 } else { next };
            let office = u == Use::Role && scan.capital(at) && !item.lang.is_cyrillic();
            (next == name && (u == Use::Title || office)).then_some(at..item.tokens.end)
        })
    })
}

/// What stands in quotation marks in an organisation's name.
fn inner(scan: &Scan<'_, '_>, item: &Item) -> Option<Range<usize>> {
    let open = item.tokens.clone().find(|t| quotation(scan, *t, item.tokens.end).is_some())?;
    let close = quotation(scan, open, item.tokens.end)?;
    (close == item.tokens.end && close > open + 2).then_some(open + 1..close - 1)
}

fn relation_of(form: &str, name: &str, count: usize) -> NameRelation {
    let words = form.split_whitespace().count();
    let cyrillic = |s: &str| s.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let initials = form.split_whitespace().any(|w| w.ends_with('.'));
    if cyrillic(form) != cyrillic(name) {
        NameRelation::Translated
    } else if words < count || initials {
        NameRelation::Short
    } else if cyrillic(form) {
        NameRelation::Inflected
    } else if !form.contains(' ') && is_capitals(form) {
        NameRelation::Acronym
    } else {
        NameRelation::Short
    }
}

fn name(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    draft: &Draft,
    humans: &Humans,
    forms: &[(String, Option<NameRelation>, usize)],
) -> String {
    if let Some(name) = &draft.name {
        return name.clone();
    }
    if let Some(human) = draft.human.and_then(|h| humans.all.get(h)) {
        return person_name(rules, scan, draft, &human.readings);
    }
    if let Some((form, keys)) = &draft.body {
        return body_name(rules, scan, draft, *form, keys);
    }
    if draft.kind == ActorKind::State {
        let nominative = draft.items.iter().find_map(|(ix, _)| match scan.items.get(*ix).map(|i| &i.what) {
            Some(What::State { nominative, .. }) => rules.states.nominatives.get(*nominative),
            _ => None,
        });
        if let Some(nominative) = nominative {
            return nominative.clone();
        }
    }
    // The longest full form; among equals the one that stands most often.
    let best = forms
        .iter()
        .filter(|(form, relation, _)| relation.is_none() && !(is_shouting(form) && forms.len() > 1))
        .max_by_key(|(form, _, count)| (form.split_whitespace().count(), *count));
    best.or_else(|| forms.first()).map_or_else(String::new, |(form, ..)| form.clone())
}

fn is_shouting(form: &str) -> bool {
    form.contains(' ') && form.chars().all(|c| !c.is_lowercase())
}

/// The fullest form of a person's name, in the nominative as far as the readings give it.
fn person_name(rules: &ActorRules, scan: &Scan<'_, '_>, draft: &Draft, readings: &[Reading]) -> String {
    let text = scan.text;
    // Words of the form that are nominative in one reading: (words, nominative, count of the form).
    let mut best: Option<((usize, usize, bool, usize), usize)> = None;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (ix, _) in &draft.items {
        if let Some(item) = scan.items.get(*ix) {
            *counts.entry(written(text, &item.tokens)).or_default() += 1;
        }
    }
    for (ix, relation) in &draft.items {
        let Some(item) = scan.items.get(*ix) else { continue };
        let What::Person(name) = &item.what else { continue };
        if relation.is_some() {
            continue;
        }
        let words = name.words().count();
        let letters = name.parts.iter().filter(|p| p.kind == PartKind::Initial).count();
        let lower = |t: usize| text.fold(t).to_owned();
        let nominative = readings.iter().any(|r| name.words().all(|p| in_reading(r, &lower(p.tokens.start))));
        let form = written(text, &item.tokens);
        let quiet = !is_shouting(&form) && !form.split(' ').any(is_capitals);
        let rank = (words, letters, nominative && quiet, counts.get(&form).copied().unwrap_or(0));
        if best.as_ref().is_none_or(|(b, _)| rank > *b) {
            best = Some((rank, *ix));
        }
    }
    let Some(item) = best.and_then(|(_, ix)| scan.items.get(ix)) else {
        let first = draft.items.first().and_then(|(ix, _)| scan.items.get(*ix));
        return first.map_or_else(String::new, |i| written(text, &i.tokens));
    };
    let What::Person(name) = &item.what else { return written(text, &item.tokens) };
    if !item.lang.is_cyrillic() || name.parts.is_empty() {
        return written(text, &item.tokens);
    }
    // Every reading, the form as it stands first: its words in the nominative.
    let chosen = readings
        .iter()
        .find(|r| name.words().all(|p| in_reading(r, text.fold(p.tokens.start))))
        .or_else(|| readings.iter().find(|r| r.gender != super::names::Gender::Either).or_else(|| readings.first()));
    let Some(chosen) = chosen else { return written(text, &item.tokens) };
    // "Петрову" may be a man's dative or a woman's accusative: with nothing else known, the name stays as it stands.
    let surnames: BTreeSet<&String> = readings
        .iter()
        .filter(|r| r.gender != super::names::Gender::Either)
        .filter_map(|r| r.surname.as_ref())
        .collect();
    if surnames.len() > 1 {
        return written(text, &item.tokens);
    }
    let mut out: Vec<String> = Vec::new();
    let mut changed = false;
    for part in &name.parts {
        let word = text.fold(part.tokens.start);
        let lemma = if matches!(part.kind, PartKind::Initial | PartKind::Particle) || in_reading(chosen, word) {
            None
        } else {
            let candidates: Vec<String> = match part.kind {
                PartKind::Patronymic => chosen.patronymic.iter().cloned().collect(),
                PartKind::Given => chosen.given.clone(),
                _ => chosen.surname.iter().cloned().collect(),
            };
            let possible: BTreeSet<String> = surname_nominatives(rules, word, item.lang)
                .into_iter()
                .map(|(w, _)| w)
                .chain(rules.names.patronymics(word, item.lang).into_iter().map(|(w, _)| w))
                .collect();
            candidates.into_iter().chain(chosen.given.iter().cloned()).find(|c| possible.contains(c))
        };
        changed |= lemma.is_some();
        out.push(lemma.map_or_else(|| written(text, &part.tokens), |l| capitalised(&l)));
    }
    if !changed { written(text, &item.tokens) } else { out.join(" ") }
}

fn in_reading(reading: &Reading, word: &str) -> bool {
    reading.surname.as_deref() == Some(word)
        || reading.patronymic.as_deref() == Some(word)
        || reading.given.iter().any(|g| g == word)
}

/// A word with its first letter, and each letter after a hyphen, as a capital.
fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut up = true;
    for c in word.chars() {
        if up {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        up = c == '-';
    }
    out
}

/// How good a form is as the name of a body: not all in capitals, nominative, long, early.
type Rank = (bool, bool, usize, std::cmp::Reverse<usize>);

/// The name of a body: its fullest form where that stands in the nominative, else the form made anew.
fn body_name(rules: &ActorRules, scan: &Scan<'_, '_>, draft: &Draft, form: Form, keys: &[String]) -> String {
    let text = scan.text;
    let row = rules.bodies.get(form.body);
    let generic = row.is_some_and(|r| r.generic);
    let mut best: Option<(Rank, String)> = None;
    for (ix, relation) in &draft.items {
        let Some(item) = scan.items.get(*ix) else { continue };
        let What::Body { form: other, keys: own } = &item.what else { continue };
        if relation.is_some() || other.acronym || (generic && own.len() < keys.len()) {
            continue;
        }
        let form = written(text, &item.tokens);
        let nominative = nominative_form(rules, scan, item, *other);
        let rank = (!is_shouting(&form), nominative == form, nominative.chars().count(), std::cmp::Reverse(*ix));
        if best.as_ref().is_none_or(|(b, _)| rank > *b) {
            best = Some((rank, nominative));
        }
    }
    match (best, row) {
        (Some(((quiet, ..), name)), Some(_)) if quiet || generic => {
            if quiet {
                name
            } else {
                title_case(&name)
            }
        }
        // Nothing but an acronym of a kind of body: what stands there says more than the kind's name.
        (None, Some(row)) if row.generic => {
            let first = draft.items.first().and_then(|(ix, _)| scan.items.get(*ix));
            first.map_or_else(|| row.name.clone(), |item| written(text, &item.tokens))
        }
        (_, Some(row)) => row.name.clone(),
        (Some((_, name)), None) => name,
        (None, None) => String::new(),
    }
}

/// A name printed in capitals, written as names are: words of four letters or more with one capital.
fn title_case(name: &str) -> String {
    name.split(' ')
        .enumerate()
        .map(|(n, word)| {
            let lower = word.to_lowercase();
            if n > 0 && lower.chars().count() <= 3 { lower } else { capitalised(&lower) }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a body's mention with its name in the nominative and its places as they stand.
fn nominative_form(rules: &ActorRules, scan: &Scan<'_, '_>, item: &Item, form: Form) -> String {
    let text = scan.text;
    let as_written = written(text, &item.tokens);
    if item.lang == Lang::KK {
        // The case suffix of the last word only: "Сотқа" is "Сот", "сотының" is "соты".
        let Some(last) = item.tokens.end.checked_sub(1) else { return as_written };
        let own = rules.bodies.nominative(form).split(' ').next_back().unwrap_or("").to_lowercase();
        let word = rules.names.endings.nominatives(text.fold(last), Lang::KK).into_iter().find(|n| n.starts_with(&own));
        let Some(word) = word else { return as_written };
        let length = word.chars().count();
        let cut: String = text.word(last).chars().take(length).collect();
        return as_written
            .strip_suffix(text.word(last))
            .map_or_else(|| as_written.clone(), |front| format!("{front}{cut}"));
    }
    if !matches!(item.lang, Lang::RU | Lang::UK) {
        return as_written;
    }
    let nominative: Vec<&str> = rules.bodies.nominative(form).split(' ').collect();
    // The name's own words inside the mention: where a run of as many words begins that share their stems.
    let words: Vec<usize> =
        item.tokens.clone().filter(|t| text.tokens.get(*t).is_some_and(|t| t.kind == TokenKind::Word)).collect();
    let begin = (0..words.len()).find(|n| {
        nominative
            .iter()
            .enumerate()
            .all(|(k, w)| words.get(n + k).is_some_and(|t| common(text.fold(*t), &w.to_lowercase())))
    });
    let Some(begin) = begin else { return as_written };
    let head = nominative.first().copied().unwrap_or("");
    let mut out: Vec<String> = Vec::new();
    for (n, t) in words.iter().enumerate() {
        let written = text.word(*t);
        let capital = scan.capital(*t);
        let word = if n >= begin && n < begin + nominative.len() {
            let own = nominative.get(n - begin).copied().unwrap_or("");
            if form.acronym || (capital && is_capitals(written) && own.chars().count() <= SHORT) {
                own.to_uppercase()
            } else if capital {
                capitalised(own)
            } else {
                own.to_owned()
            }
        } else if n < begin {
            let known = rules.words.adjective(text, *t, item.lang).filter(|k| same_gender(k, head));
            match known {
                Some(known) if capital => capitalised(known),
                Some(known) => known.to_owned(),
                None => adjective_like(written, head),
            }
        } else {
            written.to_owned()
        };
        out.push(word);
    }
    // Marks between the words ("г.", "№") are kept by writing the words back over the text.
    let mut whole = String::new();
    let mut next = 0;
    for t in item.tokens.clone() {
        let spaced = text.tokens.get(t).is_some_and(|k| k.spaced);
        if spaced && !whole.is_empty() {
            whole.push(' ');
        }
        if words.get(next) == Some(&t) {
            whole.push_str(out.get(next).map_or("", String::as_str));
            next += 1;
        } else {
            whole.push_str(text.word(t));
        }
    }
    whole
}

/// True where an adjective in the masculine goes with the first word of a body's name.
fn same_gender(adjective: &str, head: &str) -> bool {
    let masculine = |w: &str| w.ends_with(['й', 'д', 'т', 'м', 'л', 'с', 'к', 'н', 'р']);
    masculine(adjective) && masculine(head)
}

/// True where two words share all but their last letters.
fn common(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    shared + 3 >= a.chars().count().max(b.chars().count()).min(shorter + 3) && shared * 2 >= shorter
}

/// An adjective before a court's name in the nominative that goes with the court's first word: "Медеуского" before "районный" is
/// "Медеуский".
fn adjective_like(word: &str, head: &str) -> String {
    let cut = stem(&word.to_lowercase());
    let count = cut.chars().count();
    let kept: String = word.chars().take(count).collect();
    let ending = match cut.as_str() {
        c if c.ends_with("ськ") || c.ends_with("цьк") || c.ends_with("зьк") => {
            if head.ends_with('а') {
                "а"
            } else {
                "ий"
            }
        }
        c if c.ends_with("ск") || c.ends_with("цк") => {
            if head.ends_with("ая") {
                "ая"
            } else if head.ends_with("ое") {
                "ое"
            } else {
                "ий"
            }
        }
        _ => return word.to_owned(),
    };
    kept + ending
}
