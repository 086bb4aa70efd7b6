//! **What it finds**: a headline that says something else than the text below it: a number that no count of the same thing in the text
//! allows, or an outcome that the text's first lines turn round.
//!
//! **Why it matters**: headlines are what is quoted and shared, and they are written by others than the text.
//!
//! **Example**: "Court frees editor" over a text that tells how the court extended her custody; "Forty detained" over "37 people were
//! detained".
//!
//! **What it does not claim**: which of them is right. A text that gives several numbers, one of which fits, is not in it.

use std::collections::BTreeSet;

use khronika_core::{ActFinding, BlockKind, Conflict, Counted, EventStatus, Retold, Span};

use crate::conflict::numbers::disjoint;
use crate::conflict::retold::known;
use crate::conflict::{View, conflict};
use crate::file::Doc;

/// How far below the headline an outcome counts as what it sums up, in bytes.
const LEAD: usize = 1500;
/// The most counts of one text that are compared with its headline.
const MOST: usize = 200;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for (at, doc) in view.file.docs.iter().enumerate() {
        let Some(title) = title(doc) else { continue };
        all.extend(numbers(doc, title));
        all.extend(outcome(view, at, doc, title));
    }
    all
}

/// The first block of a text, where it is its title and a text follows.
fn title(doc: &Doc) -> Option<Span> {
    let first = doc.source.blocks.first().filter(|b| b.kind == BlockKind::Title)?;
    (doc.source.blocks.len() > 1).then_some(first.span)
}

fn numbers(doc: &Doc, title: Span) -> Vec<Conflict> {
    let counts = &doc.found.counts;
    let (above, below): (Vec<_>, Vec<_>) = counts.iter().take(MOST).partition(|c| title.contains(c.span));
    let told = above.into_iter().filter_map(|head| {
        let same: Vec<_> = below.iter().filter(|c| c.thing == head.thing).collect();
        // A sum or a sentence differs from person to person; people are counted in parts.
        let [only] = same.as_slice() else { return None };
        let part = only.number * 3.0 < head.number || head.number * 3.0 < only.number;
        // "Dozens" and "over 30" in a headline are no number.
        let rounded = head.bound == Counted::About;
        let told = known(doc, Retold::Headline, head.span, only.span);
        (disjoint(head, only) && !part && !rounded && !told).then(|| {
            let explanation = format!(
                "The headline says “{}”, the text below it “{}”. Found by the thing counted ({}), which the text counts but once; which of \
                 them is right is not said.",
                doc.line(head.span, 80),
                doc.line(only.span, 80),
                head.thing
            );
            let passages = vec![doc.passage(head.span), doc.passage(only.span)];
            conflict("numbers", vec![doc.source.id.to_string()], explanation, passages)
        })
    });
    told.collect()
}

fn outcome(view: &View<'_>, at: usize, doc: &Doc, title: Span) -> Option<Conflict> {
    let acts = || doc.found.acts.iter().filter(|act| act.status == EventStatus::Actual);
    let head = acts().find(|a| title.contains(a.trigger))?;
    let lead = |a: &&ActFinding| a.trigger.start >= title.end && a.trigger.start <= title.end + LEAD;
    let below: Vec<&ActFinding> = acts().filter(lead).collect();
    // The text tells what the headline says, whatever else it tells.
    if below.iter().any(|a| a.classes.iter().any(|c| head.classes.contains(c))) {
        return None;
    }
    let about = |a: &ActFinding| -> BTreeSet<usize> {
        let from = doc.found.mentions.partition_point(|m| m.span.start < a.span.start);
        let told = doc.found.mentions.iter().skip(from).take_while(|m| m.span.start < a.span.end);
        told.filter_map(|m| view.people.of(at, m.actor)).filter(|a| view.is_party(*a)).collect()
    };
    let whom = about(head);
    let turned = below
        .iter()
        .find(|a| view.rules.effects.contrary(&head.classes, &a.classes) && !whom.is_disjoint(&about(a)))?;
    let explanation = format!(
        "The headline says “{}”, the text below it “{}”. Found by outcomes that cannot both be, about one person; the one may be of \
         another day, and which of them is right is not said.",
        doc.line(title, 120),
        doc.line(turned.span, 120)
    );
    let passages = vec![doc.passage(head.span), doc.passage(turned.span)];
    Some(conflict("headline", vec![doc.source.id.to_string()], explanation, passages))
}
