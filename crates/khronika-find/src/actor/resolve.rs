//! Which court or authority a name is, and what stands for one named before: "the Court", "the Department", "l'Office".

use std::collections::BTreeMap;

use khronika_core::{ActorKind, NameRelation};

use super::ActorRules;
use super::body::{Bare, Form};
use super::cluster::{Drafts, in_order};
use super::ending::stem;
use super::scan::{Item, Scan, What};
use super::words::Use;

/// A header is within the first blocks of a document, in a block of at most so many bytes.
const HEADER_BLOCKS: usize = 16;
const HEADER_BYTES: usize = 260;
/// So many bodies are remembered for what "the Department" may be.
const LOOK_BACK: usize = 64;

/// Courts and authorities, and what stands for one named before: "the Court", "the Department".
pub(super) fn bodies(rules: &ActorRules, scan: &mut Scan<'_, '_>, drafts: &mut Drafts) {
    courts_alone(rules, scan, drafts);
    let mut seen = Seen::default();
    let order = in_order(scan);
    // A chamber waits for its court, which stands right after it.
    let mut waiting: Option<(usize, usize)> = None;
    for (n, &ix) in order.iter().enumerate() {
        let Some(item) = scan.items.get(ix) else { continue };
        let (form, keys) = match &item.what {
            What::Body { form, keys } => (*form, keys),
            What::Court => {
                let head = item.tokens.clone().next_back().map_or("", |t| scan.text.fold(t));
                let capital = item.tokens.clone().next_back().is_some_and(|t| scan.capital(t));
                if let Some(actor) = seen.court(rules, drafts, &stem(head), capital) {
                    drafts.join(ix, item, actor, Some(NameRelation::Short));
                    seen.again(actor);
                } else if let Some(actor) = seen.unnamed {
                    drafts.join(ix, item, actor, None);
                } else {
                    seen.unnamed = Some(drafts.push(ix, item, ActorKind::Court));
                }
                continue;
            }
            _ => continue,
        };
        let Some(row) = rules.bodies.get(form.body) else { continue };
        if row.bare != Bare::Kind && keys.is_empty() && !form.acronym {
            // Without a body named before that it may be, "the department" names nobody.
            if let Some(actor) = seen.named(rules, drafts, form) {
                drafts.join(ix, item, actor, Some(NameRelation::Short));
                seen.again(actor);
            }
            continue;
        }
        let owner = order.get(n + 1).and_then(|next| scan.items.get(*next)).filter(|_| row.part);
        if owner.is_some_and(|next| is_court_beside(rules, item, next)) {
            waiting = Some((n + 1, ix));
            continue;
        }
        let actor = if row.generic {
            generic(rules, drafts, &seen.of_row, form, keys)
        } else {
            seen.of_row.get(&form.body).and_then(|actors| actors.first().copied())
        };
        let actor = match actor {
            Some(actor) => {
                let fuller =
                    drafts.all.get(actor).and_then(|d| d.body.as_ref()).is_some_and(|(f, k)| {
                        f.body == form.body && (k.len() < keys.len() || f.acronym && !form.acronym)
                    });
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
        seen.row(form.body, actor);
        if let Some((chamber, part)) =
            waiting.take().filter(|(court, _)| *court == n).and_then(|(_, c)| Some((c, scan.items.get(c)?)))
            && let What::Body { form, .. } = &part.what
        {
            drafts.join(chamber, part, actor, Some(NameRelation::Short));
            seen.row(form.body, actor);
        }
        seen.again(actor);
        if row.kind == ActorKind::Court {
            let short = scan.text.source.blocks.get(item.block).is_some_and(|b| b.span.len() < HEADER_BYTES);
            if seen.header.is_none() && item.block < HEADER_BLOCKS && short {
                seen.header = Some(actor);
            }
        }
    }
}

/// The bodies named so far.
#[derive(Debug, Default)]
struct Seen {
    /// The court in the head of the document.
    header: Option<usize>,
    /// The court that is named nowhere.
    unnamed: Option<usize>,
    /// Row → actors of that row, in order of their last mention.
    of_row: BTreeMap<usize, Vec<usize>>,
    /// Every body, in order of its last mention; at most so many as are looked back over.
    recent: Vec<usize>,
}

/// True where `next` is a court whose name begins right after the chamber `part`.
fn is_court_beside(rules: &ActorRules, part: &Item, next: &Item) -> bool {
    let What::Body { form, .. } = &next.what else { return false };
    let court = rules.bodies.get(form.body).is_some_and(|b| b.kind == ActorKind::Court && !b.part);
    court && next.tokens.start == part.tokens.end
}

impl Seen {
    fn row(&mut self, row: usize, actor: usize) {
        let actors = self.of_row.entry(row).or_default();
        actors.retain(|a| *a != actor);
        actors.push(actor);
    }

    fn again(&mut self, actor: usize) {
        self.recent.retain(|a| *a != actor);
        self.recent.push(actor);
        if self.recent.len() > LOOK_BACK {
            self.recent.remove(0);
        }
    }

    /// The court that "the court" or "the tribunal" is: one whose name has that word before others; with a capital the one in the
    /// document's head, else the one named last.
    fn court(&self, rules: &ActorRules, drafts: &Drafts, head: &str, capital: bool) -> Option<usize> {
        let is_court = |a: &usize| drafts.all.get(*a).is_some_and(|d| d.kind == ActorKind::Court);
        let fits = |a: &usize| is_court(a) && has_head(rules, drafts, *a, head);
        let header = self.header.filter(|_| capital);
        let last = || self.recent.iter().rev().copied();
        header.filter(fits).or_else(|| last().find(fits)).or(header).or_else(|| last().find(is_court)).or(self.header)
    }

    /// The body named last that the bare words of a kind may stand for.
    fn named(&self, rules: &ActorRules, drafts: &Drafts, form: Form) -> Option<usize> {
        let row = rules.bodies.get(form.body)?;
        let nominative = rules.bodies.nominative(form);
        let head = stem(&nominative.split(' ').next_back().unwrap_or("").to_lowercase());
        // A board or a commission may be a court: "the Board" of Immigration Appeals.
        let of_kind = |kind| kind == row.kind || row.kind == ActorKind::Authority && kind == ActorKind::Court;
        self.recent
            .iter()
            .rev()
            .copied()
            .find(|a| has_head(rules, drafts, *a, &head) && drafts.all.get(*a).is_some_and(|d| of_kind(d.kind)))
    }
}

/// True where the name of a body has this word as its head.
fn has_head(rules: &ActorRules, drafts: &Drafts, actor: usize, head: &str) -> bool {
    drafts.all.get(actor).and_then(|d| d.body.as_ref()).is_some_and(|(form, _)| rules.bodies.has_head(form.body, head))
}

/// The actor that a kind of body is: the same row with places that do not clash, or a body named before whose name has the same words.
fn generic(
    rules: &ActorRules,
    drafts: &Drafts,
    of_row: &BTreeMap<usize, Vec<usize>>,
    form: Form,
    keys: &[String],
) -> Option<usize> {
    let court = rules.bodies.get(form.body).is_some_and(|b| b.kind == ActorKind::Court);
    let same = of_row.get(&form.body).into_iter().flatten().rev().copied().find(|actor| {
        drafts.all.get(*actor).and_then(|d| d.body.as_ref()).is_some_and(|(known, other)| {
            // One row may hold several authorities: a ministry and the government are two, and so are two acronyms.
            let words = court || same_words(rules, form, *known);
            words
                && if keys.is_empty() || other.is_empty() {
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

/// True where two forms of one row may name one body: they share a word, or one is the other's acronym.
fn same_words(rules: &ActorRules, a: Form, b: Form) -> bool {
    let words =
        |f: Form| -> Vec<String> { rules.bodies.nominative(f).split(' ').map(|w| stem(&w.to_lowercase())).collect() };
    let (x, y) = (words(a), words(b));
    let letters = |w: &[String]| -> String { w.iter().filter_map(|w| w.chars().next()).collect() };
    x.iter().any(|w| w.chars().count() > 2 && y.contains(w))
        || (a.acronym && x.first().is_some_and(|w| *w == letters(&y)))
        || (b.acronym && y.first().is_some_and(|w| *w == letters(&x)))
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
