//! Takes the names of one actor together, resolves what stands for a name, and writes actors and mentions.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActorKind, Findings, Lang, NameRelation};

use super::ActorRules;
use super::body::Form;
use super::ending::stem;
use super::human::{Humans, Reading, readings};
use super::person::{Part, PartKind, PersonName, is_capitals};
use super::resolve::bodies;
use super::scan::{Item, Scan, What};
use super::write::{write, written};
use crate::text::{Sentence, TokenKind};

/// A name that occurs so often may have been misspelt elsewhere.
const OFTEN: usize = 3;
/// A slip of the pen is looked for in names of at least so many letters.
const LONG: usize = 6;

/// An actor being made.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: ActorKind,
    pub(super) known_as: Option<String>,
    /// Lexicon form and keys, for bodies.
    pub(super) body: Option<(Form, Vec<String>)>,
    /// Index into the people.
    pub(super) human: Option<usize>,
    /// A fixed name, where the forms are not asked.
    pub(super) name: Option<String>,
    /// Indices of items, each with how its form relates where that is known.
    pub(super) items: Vec<(usize, Option<NameRelation>)>,
    pub(super) made_by: String,
    pub(super) confidence: f32,
}

/// The actors, by what makes them one.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) all: Vec<Draft>,
    pub(super) of_item: Vec<Option<usize>>,
}

impl Drafts {
    pub(super) fn push(&mut self, item: usize, of: &Item, kind: ActorKind) -> usize {
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

    pub(super) fn join(&mut self, item: usize, of: &Item, actor: usize, relation: Option<NameRelation>) {
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
    surnames(rules, &mut scan, &mut drafts, &mut humans, &mut of_human);
    slips(rules, &mut scan, &mut drafts, &humans, &mut of_human);
    organisations(&scan, &mut drafts);
    bodies(rules, &mut scan, &mut drafts);
    aliases(&scan, &mut drafts);
    write(rules, &scan, &drafts, &humans, found);
}

/// The items in order of the text.
pub(super) fn in_order(scan: &Scan<'_, '_>) -> Vec<usize> {
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
    let mut cut: BTreeMap<(String, String), Option<usize>> = BTreeMap::new();
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
                let (title, last, short) = cut_key(&written);
                if short && let Some(Some(human)) = cut.get(&(title.clone(), last.clone())).copied() {
                    humans.met(human, at);
                    join_human(drafts, of_human, human, ix, item, Some(NameRelation::Short));
                    continue;
                }
                let reading = Reading {
                    gender: super::names::Gender::Either,
                    surname: Some(written),
                    given: Vec::new(),
                    patronymic: None,
                };
                let human = humans.full(&[reading], at);
                join_human(drafts, of_human, human, ix, item, None);
                if !short && !last.is_empty() {
                    // Two people whose names are cut to the same letter: neither is the short one.
                    let one = cut.entry((title, last)).or_insert(Some(human));
                    *one = one.filter(|known| *known == human);
                }
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

/// The title and the last letter of a cut name: "M. A..." is the one "M. B... A...", "M. [K]" the one "M. [E] [K]".
fn cut_key(written: &str) -> (String, String, bool) {
    let mut words = written.split(' ');
    let title = words.next().unwrap_or("").to_owned();
    let last = words.next_back().unwrap_or("").to_owned();
    (title, last, words.next().is_none())
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
    of_human: &mut BTreeMap<usize, usize>,
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
            let start = given_before(rules, scan, sentence, at);
            let (what, human) = if start < at {
                let part = |t: usize, kind| Part::new(t..t + 1, kind);
                let name = PersonName { parts: vec![part(start, PartKind::Given), part(at, PartKind::Surname)] };
                let human = humans.full(&readings(rules, text, &name, sentence.lang), at);
                (What::Person(name), human)
            } else {
                humans.met(human, at);
                (What::Alias { of: usize::MAX, relation: NameRelation::Short }, human)
            };
            new.push((
                human,
                Item {
                    tokens: start..at + 1,
                    what,
                    lang: sentence.lang,
                    block: sentence.block,
                    made_by: "actor.surname-again".to_owned(),
                    confidence: 0.85,
                },
            ));
        }
    }
    add_new(scan, drafts, of_human, new, None);
}

/// "Espérance Ndiaye", where "Mme Ndiaye" stands elsewhere: a word with a capital right before a surname that is known is a given name,
/// inside a sentence or with its sentence beginning in both. The token that the whole begins at.
fn given_before(rules: &ActorRules, scan: &Scan<'_, '_>, sentence: &Sentence, at: usize) -> usize {
    let text = scan.text;
    let Some(before) = at.checked_sub(1).filter(|b| *b >= sentence.tokens.start) else { return at };
    let word = text.word(before);
    let plain = scan.free(before)
        && scan.capital(before)
        && scan.spaced(at)
        && !is_capitals(word)
        && text.tokens.get(before).is_some_and(|t| t.kind == TokenKind::Word)
        && word.chars().nth(2).is_some()
        && !rules.is_not_name(text, before, at, sentence.lang)
        && rules.words.of(sentence.lang).uses(text, before, at + 1).is_empty()
        && rules.states.adjective(text, before, at).is_none()
        && rules.states.name(text, before, at).is_none()
        && !rules.names.surname(text.fold(before), sentence.lang);
    if plain { before } else { at }
}

fn add_new(
    scan: &mut Scan<'_, '_>,
    drafts: &mut Drafts,
    of_human: &mut BTreeMap<usize, usize>,
    new: Vec<(usize, Item)>,
    relation: Option<NameRelation>,
) {
    for (human, item) in new {
        if scan.add(item.clone()) {
            drafts.of_item.push(None);
            join_human(drafts, of_human, human, scan.items.len() - 1, &item, relation);
        }
    }
}

/// Slips of the pen: a long word that is not known, one letter off a surname that occurs often.
fn slips(
    rules: &ActorRules,
    scan: &mut Scan<'_, '_>,
    drafts: &mut Drafts,
    humans: &Humans,
    of_human: &mut BTreeMap<usize, usize>,
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
