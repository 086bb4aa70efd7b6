//! **What it finds**: a text that says of a person that they are a refugee, after an act of an earlier day that took that status away.
//!
//! **Why it matters**: it is what a letter to a court is attacked for first; and it may show that the loss was never known, or undone.
//!
//! **Example**: a letter of May that calls somebody a recognised refugee, where a decision of March revoked the status.
//!
//! **What it does not claim**: that the status is lost: the act may be under appeal, and a recognition that no document of the case
//! tells would give it back.

use khronika_core::{ActClass, Conflict, Day, StandingStatus, When};

use crate::conflict::{View, conflict};
use crate::event::Node;
use crate::file::line;
use crate::standing::graph::actual;
use crate::when;

/// The most claims of one text that are compared.
const MOST: usize = 50;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    // Few acts take a status away or give it, and many texts claim one.
    let (taken, given): (Vec<&Node>, Vec<&Node>) =
        (view.nodes.iter().filter(|n| ends(view, n)).collect(), view.nodes.iter().filter(|n| gives(n)).collect());
    let docs = view.file.docs.iter().enumerate().filter(|_| !taken.is_empty());
    let claims = docs.flat_map(|(at, doc)| doc.found.claims.iter().take(MOST).map(move |claim| (at, doc, claim)));
    let all = claims.filter_map(|(at, doc, claim)| {
        let written = doc.borne().or_else(|| doc.latest())?;
        let person = view.people.of_mention(at, doc, claim.person).and_then(|ix| view.people.actors.get(ix))?;
        let about = |n: &&&Node| n.about.all().any(|id| id == person.id);
        let before = taken.iter().filter(about).filter(|n| last(n).is_some_and(|day| day < written));
        let ended = before.max_by_key(|n| last(n))?;
        let again = given.iter().filter(about).any(|n| first(n) >= first(ended) && n.event.id != ended.event.id);
        (!again).then(|| {
            let explanation = format!(
                "“{}” is said in a text of {written}; “{}” ended that status {}. Found by the person and the status; whether it was given \
                 back is not told in the sources.",
                doc.line(claim.span, 100),
                line(&ended.event.what, 100),
                when::words(ended.event.when.as_ref())
            );
            let passages = [Some(doc.passage(claim.span)), view.passage(ended)].into_iter().flatten().collect();
            conflict("status-after-end", vec![doc.source.id.to_string(), ended.event.id.clone()], explanation, passages)
        })
    });
    all.collect()
}

/// True for an act that takes a refugee's status away, and still stands.
fn ends(view: &View<'_>, node: &Node) -> bool {
    let Some(act) = actual(node) else { return false };
    let takes = act.outcomes.iter().any(|c| matches!(c, ActClass::Revoke | ActClass::Exclude))
        && view.rules.matters.of(&node.event) == Some("asylum");
    takes && !matches!(act.standing.status, StandingStatus::Annulled | StandingStatus::Void | StandingStatus::Revoked)
}

/// True for an act that gives the status.
fn gives(node: &Node) -> bool {
    actual(node).is_some_and(|a| a.outcomes.contains(&ActClass::Recognise))
}

fn first(node: &Node) -> Option<Day> {
    node.event.when.as_ref().and_then(When::earliest)
}

fn last(node: &Node) -> Option<Day> {
    node.event.when.as_ref().and_then(When::latest)
}
