//! Signatories as actors of the document.

use khronika_core::{
    ActorIx, ActorKind, Findings, LocalActor, Mention, MentionIx, NameRelation, Participant, SignatoryKind, Span,
};

use super::entry::Draft;
use crate::text::Text;

/// A mention that covers at least this part of a signatory's name is a mention of the signatory.
const COVERS: f64 = 0.6;

/// The actor of each signatory. Those who are no actors yet become actors, with a mention at the name; the mentions stay in order and
/// apart, and every index into them is kept right.
pub(super) fn of_signatories(text: &Text<'_>, found: &mut Findings, drafts: &[Draft]) -> Vec<Option<ActorIx>> {
    let mut actors = Vec::with_capacity(drafts.len());
    let mut new: Vec<Mention> = Vec::new();
    for draft in drafts {
        let span = text.span(draft.name.clone());
        let apart = draft.surname.as_ref().map(|surname| text.span(surname.clone()));
        let name = apart.map_or_else(|| text.of(span).to_owned(), |s| format!("{} {}", text.of(span), text.of(s)));
        let from = found.mentions.partition_point(|m| m.span.end <= span.start);
        let over: Vec<Mention> =
            found.mentions.iter().skip(from).take_while(|m| m.span.start < span.end).copied().collect();
        let best = over.iter().max_by_key(|m| (overlap(m.span, span), std::cmp::Reverse(m.span.start)));
        #[allow(clippy::cast_precision_loss, reason = "lengths of names")]
        let covered = best.is_some_and(|m| overlap(m.span, span) as f64 >= span.len() as f64 * COVERS);
        // A given name apart from its surname is a mention of whoever bears both, not of the first with such a name.
        if covered
            && apart.is_none()
            && let Some(mention) = best
        {
            let actor = mention.actor;
            if mention.span != span && span.contains(mention.span) && over.len() == 1 {
                // The line gives the name in full: "Lev Orlov" where only "Orlov" was known for a name.
                full(found, from, span, text.of(span));
            }
            add_form(found, text, actor, draft);
            actors.push(Some(actor));
            continue;
        }
        let actor = known(found, &name).unwrap_or_else(|| {
            found.actors.push(LocalActor {
                name: name.clone(),
                kind: match draft.kind {
                    SignatoryKind::Person => ActorKind::Person,
                    SignatoryKind::Organisation => ActorKind::Organisation,
                },
                known_as: None,
                forms: vec![(name, NameRelation::Main)],
                made_by: "letter.signatory".to_owned(),
                confidence: 0.8,
            });
            found.actors.len() - 1
        });
        add_form(found, text, actor, draft);
        actors.push(Some(actor));
        let apart = over.iter().all(|m| span.contains(m.span)) && new.last().is_none_or(|m| m.span.end <= span.start);
        if apart {
            new.push(Mention { span, actor });
        }
    }
    if !new.is_empty() {
        insert(found, &new);
    }
    actors
}

/// Adds the other name that the entry gives to the forms of the actor: "(RLN)" after an organisation's name.
fn add_form(found: &mut Findings, text: &Text<'_>, actor: ActorIx, draft: &Draft) {
    let Some(also) = draft.also.as_ref().map(|also| text.of(text.span(also.clone()))) else { return };
    let relation = match draft.kind {
        SignatoryKind::Organisation => NameRelation::Acronym,
        SignatoryKind::Person => NameRelation::Alias,
    };
    if let Some(actor) = found.actors.get_mut(actor)
        && !actor.forms.iter().any(|(form, _)| form == also)
    {
        actor.forms.push((also.to_owned(), relation));
    }
}

/// Makes the mention at `index` as wide as `span`, and its actor's name as full.
fn full(found: &mut Findings, index: MentionIx, span: Span, name: &str) {
    let Some(mention) = found.mentions.get_mut(index) else { return };
    mention.span = span;
    let Some(actor) = found.actors.get_mut(mention.actor) else { return };
    if !actor.forms.iter().any(|(form, _)| form == name) {
        let relation = if name.ends_with(&actor.name) { NameRelation::Main } else { NameRelation::Alias };
        actor.forms.push((name.to_owned(), relation));
    }
    if name != actor.name && name.ends_with(&actor.name) {
        let short = std::mem::replace(&mut actor.name, name.to_owned());
        for (form, relation) in &mut actor.forms {
            if *form == short {
                *relation = NameRelation::Short;
            }
        }
    }
}

fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn known(found: &Findings, name: &str) -> Option<ActorIx> {
    found.actors.iter().position(|a| a.name == name || a.forms.iter().any(|(form, _)| form == name))
}

/// Puts `new` (ordered, apart) among the mentions. Mentions inside a new one give way to it.
fn insert(found: &mut Findings, new: &[Mention]) {
    let mut merged: Vec<Mention> = Vec::with_capacity(found.mentions.len() + new.len());
    let mut map: Vec<MentionIx> = Vec::with_capacity(found.mentions.len());
    let mut next = new.iter().peekable();
    for old in &found.mentions {
        while let Some(mention) = next.next_if(|m| m.span.start <= old.span.start) {
            merged.push(*mention);
        }
        match merged.last() {
            Some(last) if last.span.contains(old.span) => {}
            _ => merged.push(*old),
        }
        map.push(merged.len() - 1);
    }
    merged.extend(next);
    found.mentions = merged;
    let right = |index: &mut MentionIx| *index = map.get(*index).copied().unwrap_or(*index);
    let participants = |all: &mut Vec<Participant>| all.iter_mut().for_each(|p| right(&mut p.mention));
    for act in &mut found.acts {
        act.body.iter_mut().for_each(right);
        participants(&mut act.participants);
        act.pending.iter_mut().filter_map(|p| p.0.as_mut()).for_each(right);
        act.said_by.iter_mut().for_each(right);
    }
    for event in &mut found.events {
        participants(&mut event.participants);
        event.said_by.iter_mut().for_each(right);
    }
    for statement in &mut found.statements {
        statement.speaker.iter_mut().for_each(right);
        statement.chain.iter_mut().for_each(right);
        statement.about.iter_mut().for_each(right);
    }
}
