//! Takes the names of one actor together, resolves what stands for a name, and writes actors and mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use khronika_core::{ActorKind, Findings, Lang, LocalActor, Mention, NameRelation, Span};

use super::ActorRules;
use super::body::Form;
use super::ending::stem;
use super::human::{Humans, Reading, readings, surname_nominatives};
use super::person::{PartKind, is_capitals};
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::{Text, TokenKind};

/// A header is within the first blocks of a document, in a block of at most so many bytes.
const HEADER_BLOCKS: usize = 16;
const HEADER_BYTES: usize = 260;
/// A name that occurs so often may have been misspelt elsewhere.
const OFTEN: usize = 3;
/// A slip of the pen is looked for in names of at least so many letters.
const LONG: usize = 6;

/// An actor being made.
#[derive(Debug)]
struct Draft {
    kind: ActorKind,
    known_as: Option<String>,
    /// Lexicon form and keys, for bodies.
    body: Option<(Form, Vec<String>)>,
    /// Index into the people.
    human: Option<usize>,
    /// A fixed name, where the forms are not asked.
    name: Option<String>,
    /// Indices of items, each with how its form relates where that is known.
    items: Vec<(usize, Option<NameRelation>)>,
    made_by: String,
    confidence: f32,
}

/// The actors, by what makes them one.
#[derive(Debug, Default)]
struct Drafts {
    all: Vec<Draft>,
    of_item: Vec<Option<usize>>,
}

impl Drafts {
    fn push(&mut self, item: usize, of: &Item, kind: ActorKind) -> usize {
        self.all.push(Draft {
            kind,
            known_as: None,
            body: None,
            human: None,
            name: None,
            items: Vec::new(),
            made_by: of.made_by.clone(),
            confidence: of.confidence,
        });
        let actor = self.all.len() - 1;
        self.join(item, of, actor, None);
        actor
    }

    fn join(&mut self, item: usize, of: &Item, actor: usize, relation: Option<NameRelation>) {
        if let Some(slot) = self.of_item.get_mut(item) {
            *slot = Some(actor);
        }
        if let Some(draft) = self.all.get_mut(actor) {
            if of.confidence > draft.confidence {
                draft.confidence = of.confidence;
            }
            draft.items.push((item, relation));
        }
    }
}

/// Makes actors and mentions of the items.
pub(super) fn finish(rules: &ActorRules, mut scan: Scan<'_, '_>, found: &mut Findings) {
    let mut humans = Humans::default();
    let mut of_human: BTreeMap<usize, usize> = BTreeMap::new();
    let mut drafts = Drafts { all: Vec::new(), of_item: vec![None; scan.items.len()] };
    people(rules, &scan, &mut drafts, &mut humans, &mut of_human);
    surnames(rules, &mut scan, &mut drafts, &mut humans, &of_human);
    slips(rules, &mut scan, &mut drafts, &humans, &of_human);
    organisations(&scan, &mut drafts);
    bodies(rules, &mut scan, &mut drafts);
    aliases(&scan, &mut drafts);
    write(rules, &scan, &drafts, &humans, found);
}

/// The items in order of the text.
fn in_order(scan: &Scan<'_, '_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scan.items.len()).collect();
    order.sort_by_key(|i| scan.items.get(*i).map(|item| item.tokens.start));
    order
}

/// True where a name has a surname and something beside it.
fn is_full(item: &Item) -> bool {
    matches!(&item.what, What::Person(name) if name.parts.iter().filter(|p| p.kind != PartKind::Particle).count() >= 2
        && name.words().next().is_some())
}

fn people(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    drafts: &mut Drafts,
    humans: &mut Humans,
    of_human: &mut BTreeMap<usize, usize>,
) {
    let order = in_order(scan);
    for full in [true, false] {
        for &ix in &order {
            let Some(item) = scan.items.get(ix) else { continue };
            let What::Person(name) = &item.what else { continue };
            if is_full(item) != full {
                continue;
            }
            let at = item.tokens.start;
            // Initials alone, cut names: what stands there is the name.
            if name.words().next().is_none()
                || name.parts.iter().any(|p| p.tokens.len() > 1 && p.kind == PartKind::Other)
            {
                let written = written(scan.text, &item.tokens).to_lowercase();
                let reading = Reading {
                    gender: super::names::Gender::Either,
                    surname: Some(written),
                    given: Vec::new(),
                    patronymic: None,
                };
                let human = humans.full(&[reading], at);
                join_human(drafts, of_human, human, ix, item, None);
                continue;
            }
            let found = readings(rules, scan.text, name, item.lang);
            let human = if full {
                humans.full(&found, at)
            } else {
                let forms: Vec<String> = found.iter().filter_map(|r| r.surname.clone()).collect();
                match humans.by_surname(&forms, at) {
                    Some(human) => {
                        humans.met(human, at);
                        human
                    }
                    None => humans.add(found, at),
                }
            };
            join_human(drafts, of_human, human, ix, item, None);
        }
    }
}

fn join_human(
    drafts: &mut Drafts,
    of_human: &mut BTreeMap<usize, usize>,
    human: usize,
    ix: usize,
    item: &Item,
    relation: Option<NameRelation>,
) {
    if let Some(&actor) = of_human.get(&human) {
        drafts.join(ix, item, actor, relation);
    } else {
        let actor = drafts.push(ix, item, ActorKind::Person);
        if let Some(draft) = drafts.all.get_mut(actor) {
            draft.human = Some(human);
        }
        of_human.insert(human, actor);
    }
}

/// Surnames of people found, standing alone.
fn surnames(
    rules: &ActorRules,
    scan: &mut Scan<'_, '_>,
    drafts: &mut Drafts,
    humans: &mut Humans,
    of_human: &BTreeMap<usize, usize>,
) {
    let text = scan.text;
    if humans.all.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for sentence in &text.sentences {
        for at in sentence.tokens.clone() {
            if !scan.free(at) || !scan.capital(at) || text.tokens.get(at).is_none_or(|t| t.kind != TokenKind::Word) {
                continue;
            }
            let word = text.fold(at);
            if word.chars().nth(2).is_none() || rules.is_not_name(text, at, sentence.tokens.end, sentence.lang) {
                continue;
            }
            let mut forms = vec![word.to_owned()];
            if sentence.lang.is_cyrillic() {
                forms.extend(rules.names.endings.nominatives(word, sentence.lang));
            }
            forms.retain(|f| humans.has_surname(f));
            let Some(human) = humans.by_surname(&forms, at) else { continue };
            new.push((
                human,
                Item {
                    tokens: at..at + 1,
                    what: What::Alias { of: usize::MAX, relation: NameRelation::Short },
                    lang: sentence.lang,
                    block: sentence.block,
                    made_by: "actor.surname-again".to_owned(),
                    confidence: 0.85,
                },
            ));
            humans.met(human, at);
        }
    }
    add_new(scan, drafts, of_human, new, None);
}

fn add_new(
    scan: &mut Scan<'_, '_>,
    drafts: &mut Drafts,
    of_human: &BTreeMap<usize, usize>,
    new: Vec<(usize, Item)>,
    relation: Option<NameRelation>,
) {
    for (human, item) in new {
        let Some(&actor) = of_human.get(&human) else { continue };
        if scan.add(item.clone()) {
            drafts.of_item.push(None);
            drafts.join(scan.items.len() - 1, &item, actor, relation);
        }
    }
}

/// Slips of the pen: a long word that is not known, one letter off a surname that occurs often.
fn slips(
    rules: &ActorRules,
    scan: &mut Scan<'_, '_>,
    drafts: &mut Drafts,
    humans: &Humans,
    of_human: &BTreeMap<usize, usize>,
) {
    let text = scan.text;
    // Surnames that occur often, by their first letter.
    let mut often: BTreeMap<char, Vec<(String, usize)>> = BTreeMap::new();
    for (id, human) in humans.all.iter().enumerate() {
        if human.count < OFTEN {
            continue;
        }
        for surname in human.readings.iter().filter_map(|r| r.surname.as_ref()).collect::<BTreeSet<_>>() {
            if surname.chars().count() >= LONG
                && let Some(first) = surname.chars().next()
            {
                often.entry(first).or_default().push((surname.clone(), id));
            }
        }
    }
    if often.is_empty() {
        return;
    }
    let near = |word: &str| -> Option<usize> {
        let first = word.chars().next()?;
        let mut best = None;
        for (surname, id) in often.get(&first)? {
            if is_slip(word, surname) {
                match best {
                    Some(other) if other != *id => return None,
                    _ => best = Some(*id),
                }
            }
        }
        best
    };
    // People found once under such a name.
    for (id, human) in humans.all.iter().enumerate() {
        let Some(&actor) = of_human.get(&id) else { continue };
        if human.count != 1 || drafts.all.get(actor).is_none_or(|d| d.items.len() != 1) {
            continue;
        }
        let target = human.readings.iter().find_map(|r| {
            let surname = r.surname.as_deref().filter(|s| s.chars().count() >= LONG)?;
            let target = near(surname).filter(|t| *t != id)?;
            let other = humans.all.get(target)?;
            let given = r.given.is_empty()
                || other.readings.iter().any(|o| !o.given.is_empty() && o.given.first() == r.given.first());
            given.then_some(target)
        });
        let Some(&to) = target.and_then(|t| of_human.get(&t)) else { continue };
        let items = drafts.all.get_mut(actor).map(|d| std::mem::take(&mut d.items)).unwrap_or_default();
        for (ix, _) in items {
            if let Some(item) = scan.items.get(ix) {
                drafts.join(ix, item, to, Some(NameRelation::Misspelling));
            }
        }
    }
    // Capitalised words that are nothing else.
    let mut seen: BTreeMap<String, Vec<(usize, usize, Lang)>> = BTreeMap::new();
    for sentence in &text.sentences {
        for at in sentence.tokens.clone().skip(1) {
            if scan.free(at) && scan.capital(at) && text.fold(at).chars().count() >= LONG {
                let first = text.fold(at).chars().next().unwrap_or(' ');
                if often.contains_key(&first) && !rules.is_not_name(text, at, sentence.tokens.end, sentence.lang) {
                    seen.entry(text.fold(at).to_owned()).or_default().push((at, sentence.block, sentence.lang));
                }
            }
        }
    }
    let mut new = Vec::new();
    for (word, places) in &seen {
        let [(at, block, lang)] = places.as_slice() else { continue };
        let known = rules.names.given(word, *lang).is_some()
            || (lang.is_cyrillic() && rules.names.surname_ending(word).is_none());
        if known {
            continue;
        }
        if let Some(human) = near(word) {
            new.push((
                human,
                Item {
                    tokens: *at..at + 1,
                    what: What::Alias { of: usize::MAX, relation: NameRelation::Misspelling },
                    lang: *lang,
                    block: *block,
                    made_by: "actor.slip".to_owned(),
                    confidence: 0.6,
                },
            ));
        }
    }
    add_new(scan, drafts, of_human, new, Some(NameRelation::Misspelling));
}

/// True where one name is likely the other misspelt: two neighbouring letters exchanged, or one letter off inside the word. The
/// ending tells men from women and one case from another, so it must be the same.
fn is_slip(word: &str, name: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    if a == b || a.len() < LONG || b.len() < LONG || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (tail_a, tail_b) = (a.len().saturating_sub(tail).max(head), b.len().saturating_sub(tail).max(head));
    let (mid_a, mid_b) = (a.get(head..tail_a).unwrap_or(&[]), b.get(head..tail_b).unwrap_or(&[]));
    if head < 2 || tail < 1 {
        return false;
    }
    match (mid_a, mid_b) {
        ([x, y], [z, w]) => x == w && y == z,
        // One letter more or less, or another: in long names only.
        ([_], [_]) | ([], [_]) | ([_], []) => a.len().min(b.len()) > LONG && tail >= 2,
        ([], []) => false,
        _ => false,
    }
}

fn organisations(scan: &Scan<'_, '_>, drafts: &mut Drafts) {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_state: BTreeMap<usize, usize> = BTreeMap::new();
    for ix in in_order(scan) {
        let Some(item) = scan.items.get(ix) else { continue };
        match &item.what {
            What::Organisation { key } => {
                let key = key.split(' ').map(stem).collect::<Vec<_>>().join(" ");
                if let Some(&actor) = by_key.get(&key) {
                    drafts.join(ix, item, actor, None);
                } else {
                    by_key.insert(key, drafts.push(ix, item, ActorKind::Organisation));
                }
            }
            What::State { state, .. } => {
                if let Some(&actor) = by_state.get(state) {
                    drafts.join(ix, item, actor, None);
                } else {
                    let actor = drafts.push(ix, item, ActorKind::State);
                    if let Some(draft) = drafts.all.get_mut(actor) {
                        draft.known_as = Some(item.made_by.clone());
                    }
                    by_state.insert(*state, actor);
                }
            }
            _ => {}
        }
    }
}

/// Courts and authorities, and "the Court".
fn bodies(rules: &ActorRules, scan: &mut Scan<'_, '_>, drafts: &mut Drafts) {
    courts_alone(rules, scan, drafts);
    let mut header: Option<usize> = None;
    let mut last_court: Option<usize> = None;
    let mut unnamed: Option<usize> = None;
    // Row → actors of that row, in order of their last mention.
    let mut of_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ix in in_order(scan) {
        let Some(item) = scan.items.get(ix) else { continue };
        let (form, keys) = match &item.what {
            What::Body { form, keys } => (*form, keys),
            What::Court => {
                let capital = item.tokens.clone().next_back().is_some_and(|t| scan.capital(t));
                let target = if capital { header.or(last_court) } else { last_court.or(header) };
                if let Some(actor) = target {
                    drafts.join(ix, item, actor, Some(NameRelation::Short));
                } else if let Some(actor) = unnamed {
                    drafts.join(ix, item, actor, None);
                } else {
                    unnamed = Some(drafts.push(ix, item, ActorKind::Court));
                }
                continue;
            }
            _ => continue,
        };
        let Some(row) = rules.bodies.get(form.body) else { continue };
        let actor = if row.generic {
            generic(rules, drafts, &of_row, form, keys)
        } else {
            of_row.get(&form.body).and_then(|actors| actors.first().copied())
        };
        let actor = match actor {
            Some(actor) => {
                let fuller = drafts
                    .all
                    .get(actor)
                    .and_then(|d| d.body.as_ref())
                    .is_some_and(|(f, k)| f.body == form.body && k.len() < keys.len());
                if fuller && let Some(draft) = drafts.all.get_mut(actor) {
                    draft.body = Some((form, keys.clone()));
                }
                let relation = form.acronym.then_some(NameRelation::Acronym);
                drafts.join(ix, item, actor, relation);
                actor
            }
            None => {
                let actor = drafts.push(ix, item, row.kind);
                if let Some(draft) = drafts.all.get_mut(actor) {
                    draft.body = Some((form, keys.clone()));
                    draft.known_as = (!row.generic).then(|| row.info.id.clone());
                }
                actor
            }
        };
        let actors = of_row.entry(form.body).or_default();
        actors.retain(|a| *a != actor);
        actors.push(actor);
        if row.kind == ActorKind::Court {
            last_court = Some(actor);
            let short = scan.text.source.blocks.get(item.block).is_some_and(|b| b.span.len() < HEADER_BYTES);
            if header.is_none() && item.block < HEADER_BLOCKS && short {
                header = Some(actor);
            }
        }
    }
}

/// The actor that a kind of body is: the same row with places that do not clash, or a body named before whose name has the same words.
fn generic(
    rules: &ActorRules,
    drafts: &Drafts,
    of_row: &BTreeMap<usize, Vec<usize>>,
    form: Form,
    keys: &[String],
) -> Option<usize> {
    let same = of_row.get(&form.body).into_iter().flatten().rev().copied().find(|actor| {
        drafts.all.get(*actor).and_then(|d| d.body.as_ref()).is_some_and(|(_, other)| {
            if keys.is_empty() || other.is_empty() {
                // A bare "district court" is the one named last; a named one is not the bare one before it.
                keys.is_empty()
            } else {
                keys.iter().all(|k| other.contains(k)) || other.iter().all(|k| keys.contains(k))
            }
        })
    });
    if same.is_some() || !keys.is_empty() {
        return same;
    }
    let words: Vec<String> = rules.bodies.nominative(form).split(' ').map(|w| stem(&w.to_lowercase())).collect();
    if words.len() < 2 {
        return None;
    }
    let mut best: Option<usize> = None;
    for actor in of_row.values().filter_map(|actors| actors.last()) {
        let Some(draft) = drafts.all.get(*actor) else { continue };
        let Some((other, _)) = &draft.body else { continue };
        let full: Vec<String> = rules.bodies.nominative(*other).split(' ').map(|w| stem(&w.to_lowercase())).collect();
        if draft.known_as.is_some() && full.len() > words.len() && words.iter().all(|w| full.contains(w)) {
            let later = best.is_none_or(|b| drafts.all.get(b).and_then(|d| d.items.last()) < draft.items.last());
            if later {
                best = Some(*actor);
            }
        }
    }
    best
}

/// Finds "the court", and turns one-word kinds of court without a place into it.
fn courts_alone(rules: &ActorRules, scan: &mut Scan<'_, '_>, drafts: &mut Drafts) {
    let text = scan.text;
    for item in &mut scan.items {
        if let What::Body { form, keys } = &item.what
            && keys.is_empty()
            && !form.acronym
            && item.tokens.len() == 1
            && rules.bodies.get(form.body).is_some_and(|b| b.generic && b.kind == ActorKind::Court)
        {
            item.what = What::Court;
            item.confidence = 0.35;
        }
    }
    for sentence in &text.sentences {
        let words = rules.words.of(sentence.lang);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let found = if scan.free(at) { words.at(text, at, sentence.tokens.end, Use::Court) } else { None };
            let Some((after, row)) = found else {
                at += 1;
                continue;
            };
            let start = words.at(text, at, after, Use::Article).map_or(at, |(next, _)| next.min(after - 1));
            let added = scan.add(Item {
                tokens: start..after,
                what: What::Court,
                lang: sentence.lang,
                block: sentence.block,
                made_by: rules.words.id(row).to_owned(),
                confidence: 0.35,
            });
            if added {
                drafts.of_item.push(None);
            }
            at = after;
        }
    }
}

/// Names that the text defines.
fn aliases(scan: &Scan<'_, '_>, drafts: &mut Drafts) {
    for _ in 0..2 {
        for (ix, item) in scan.items.iter().enumerate() {
            let What::Alias { of, relation } = &item.what else { continue };
            if drafts.of_item.get(ix).is_some_and(Option::is_some) {
                continue;
            }
            if let Some(actor) = drafts.of_item.get(*of).copied().flatten() {
                drafts.join(ix, item, actor, Some(*relation));
            }
        }
    }
}

/// Some tokens as written, with white space made plain.
pub(super) fn written(text: &Text<'_>, tokens: &Range<usize>) -> String {
    text.of(text.span(tokens.clone())).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(rules: &ActorRules, scan: &Scan<'_, '_>, drafts: &Drafts, humans: &Humans, found: &mut Findings) {
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
    let name = name(rules, scan, draft, humans, &forms);
    let folded = name.to_lowercase();
    let count = name.split_whitespace().count();
    let related = forms
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
    #[allow(clippy::cast_precision_loss, reason = "a handful of mentions")]
    let more = (draft.items.len().min(6).saturating_sub(1)) as f32 * 0.02;
    let court =
        matches!(draft.items.first().and_then(|(ix, _)| scan.items.get(*ix)).map(|i| &i.what), Some(What::Court));
    let confidence = if court { draft.confidence } else { (draft.confidence + more).min(0.98) };
    LocalActor {
        name,
        kind: draft.kind,
        known_as: draft.known_as.clone(),
        forms: related,
        made_by: draft.made_by.clone(),
        confidence,
    }
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
        (Some(((quiet, ..), name)), Some(row)) if quiet || generic => {
            if quiet {
                name
            } else {
                title_case(&name, row.name.as_str())
            }
        }
        (_, Some(row)) => row.name.clone(),
        (Some((_, name)), None) => name,
        (None, None) => String::new(),
    }
}

/// A name printed in capitals, written as names are: words of four letters or more with one capital.
fn title_case(name: &str, like: &str) -> String {
    let small = like.chars().next().is_some_and(char::is_lowercase);
    name.split(' ')
        .enumerate()
        .map(|(n, word)| {
            let lower = word.to_lowercase();
            if (n == 0 && small) || (n > 0 && lower.chars().count() <= 3) { lower } else { capitalised(&lower) }
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
            if capital { capitalised(own) } else { own.to_owned() }
        } else if n < begin {
            adjective_like(written, head)
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

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_one_letter_off_inside_long_names() {
        assert!(is_slip("herzne-novak", "herzen-novak"));
        assert!(is_slip("dostoyvesky", "dostoyevsky"));
        assert!(is_slip("dostoyewsky", "dostoyevsky"));
        assert!(!is_slip("ivanova", "ivanov"));
        assert!(!is_slip("petrenko", "petrenka"));
        assert!(!is_slip("ivanov", "ivasov"));
        assert!(!is_slip("sakharov", "makharov"));
    }
}
