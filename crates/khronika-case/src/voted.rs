//! What a name is that only language models know: one vote over all documents of a case.
//!
//! In one document a model may take for a person what it takes for an organisation in the others. What rules say of the same name goes
//! before what models say of it, wherever it stands; among models each place where the name stands has one vote. Where the votes are
//! equal, each document keeps what it found.

use std::collections::BTreeMap;
use std::sync::Arc;

use khronika_core::{ActorKind, Findings, LocalActor, MODELS, NameRelation};

/// The votes on one name: for each kind how many places, and the row of the lexicon of courts and authorities.
#[derive(Debug, Default)]
struct Votes {
    rules: BTreeMap<Kind, usize>,
    models: BTreeMap<Kind, usize>,
}

/// A kind, by its name, so that it has an order, and the row that it was found by.
type Kind = (&'static str, Option<String>);

/// Gives the actors that models found the kind for which most is said in the case.
pub(crate) fn kinds(findings: &mut [&mut Arc<Findings>]) {
    if !findings.iter().any(|found| found.actors.iter().any(is_by_model)) {
        return;
    }
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    let mut kinds: BTreeMap<&'static str, ActorKind> = BTreeMap::new();
    for found in findings.iter() {
        let mut places = vec![0; found.actors.len()];
        for mention in &found.mentions {
            if let Some(count) = places.get_mut(mention.actor) {
                *count += 1;
            }
        }
        for (actor, places) in found.actors.iter().zip(places).filter(|(actor, _)| may_be(actor.kind)) {
            kinds.insert(actor.kind.name(), actor.kind);
            let kind = (actor.kind.name(), actor.known_as.clone());
            for name in names(actor) {
                let vote = votes.entry(name).or_default();
                let side = if is_by_model(actor) { &mut vote.models } else { &mut vote.rules };
                *side.entry(kind.clone()).or_default() += places;
            }
        }
    }
    for found in findings.iter_mut() {
        for ix in 0..found.actors.len() {
            let Some(actor) = found.actors.get(ix).filter(|actor| is_by_model(actor)) else { continue };
            let Some(vote) = votes.get(&folded(&actor.name)) else { continue };
            let side = if vote.rules.is_empty() { &vote.models } else { &vote.rules };
            let Some((name, row)) = most(side) else { continue };
            let Some(kind) = kinds.get(name).filter(|kind| **kind != actor.kind || row != actor.known_as) else {
                continue;
            };
            // Only what changes is copied.
            if let Some(actor) = Arc::make_mut(found).actors.get_mut(ix) {
                actor.kind = *kind;
                actor.known_as = row;
            }
        }
    }
}

/// The kind with more votes than every other.
fn most(votes: &BTreeMap<Kind, usize>) -> Option<Kind> {
    let best = votes.values().max()?;
    let mut with = votes.iter().filter(|(_, count)| *count == best).map(|(kind, _)| kind);
    let first = with.next()?;
    with.next().is_none().then(|| first.clone())
}

/// Whether somebody of this kind may be whom a model takes for a person or an organisation.
fn may_be(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Person | ActorKind::Organisation | ActorKind::Court | ActorKind::Authority)
}

fn is_by_model(actor: &LocalActor) -> bool {
    actor.made_by.starts_with(MODELS)
}

/// The forms of a name that mean the same by themselves: a surname may be another's.
fn names(actor: &LocalActor) -> impl Iterator<Item = String> {
    let whole = |relation: NameRelation| {
        !matches!(relation, NameRelation::Short | NameRelation::Titled | NameRelation::Misspelling)
    };
    let mut names: Vec<String> =
        actor.forms.iter().filter(|(_, relation)| whole(*relation)).map(|(form, _)| folded(form)).collect();
    names.push(folded(&actor.name));
    names.sort_unstable();
    names.dedup();
    names.into_iter()
}

fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use khronika_core::{Mention, SourceId, Span};

    use super::*;

    const MODEL: &str = "nlp/invented-1.0";

    /// Findings of one document: names with their kind, who made them, and in how many places they stand.
    fn found(number: usize, actors: &[(&str, ActorKind, &str, usize)]) -> Findings {
        let mut found = Findings::empty(SourceId::new(&format!("s-{number}")));
        for (name, kind, made_by, places) in actors {
            let actor = found.actors.len();
            found.actors.push(LocalActor {
                name: (*name).to_owned(),
                kind: *kind,
                known_as: None,
                forms: vec![((*name).to_owned(), NameRelation::Main)],
                made_by: (*made_by).to_owned(),
                confidence: 0.5,
            });
            found.mentions.extend((0..*places).map(|_| Mention { span: Span::new(0, 1), actor }));
        }
        found
    }

    fn voted(findings: Vec<Findings>) -> Vec<ActorKind> {
        let mut findings: Vec<Arc<Findings>> = findings.into_iter().map(Arc::new).collect();
        kinds(&mut findings.iter_mut().collect::<Vec<_>>());
        findings.iter().flat_map(|f| &f.actors).map(|a| a.kind).collect()
    }

    #[test]
    fn most_places_decide_whatever_the_order_of_the_documents() {
        use ActorKind::{Organisation, Person};
        let documents = [
            found(1, &[("Tal Brook", Person, MODEL, 1)]),
            found(2, &[("Tal Brook", Organisation, MODEL, 2)]),
            found(3, &[("TAL  Brook", Person, MODEL, 2)]),
        ];
        assert_eq!(voted(documents.to_vec()), [Person; 3]);
        assert_eq!(voted(documents.iter().rev().cloned().collect()), [Person; 3]);
    }

    #[test]
    fn what_is_shared_is_copied_where_the_vote_changes_it_and_only_there() {
        use ActorKind::{Organisation, Person};
        let kept = [
            Arc::new(found(1, &[("Tal Brook", Person, MODEL, 1)])),
            Arc::new(found(2, &[("Tal Brook", Organisation, MODEL, 2)])),
        ];
        let mut findings = kept.to_vec();
        kinds(&mut findings.iter_mut().collect::<Vec<_>>());
        assert_eq!((findings[0].actors[0].kind, kept[0].actors[0].kind), (Organisation, Person));
        assert!(Arc::ptr_eq(&findings[1], &kept[1]));
    }

    #[test]
    fn equal_votes_change_nothing_and_rules_go_before_models() {
        use ActorKind::{Court, Organisation, Person};
        let equal = [found(1, &[("Oru", Person, MODEL, 2)]), found(2, &[("Oru", Organisation, MODEL, 2)])];
        assert_eq!(voted(equal.to_vec()), [Person, Organisation]);
        let known = [
            found(1, &[("Oru", Organisation, MODEL, 9)]),
            found(2, &[("Oru", Court, "any.head.court", 1)]),
            found(3, &[("Ilen", Person, MODEL, 1), ("Vara", Person, "names.given", 1)]),
        ];
        assert_eq!(voted(known.to_vec()), [Court, Court, Person, Person]);
    }
}
