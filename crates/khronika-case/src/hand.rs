//! What people added by hand, found again in the texts, and made part of the case.
//!
//! An event or act that somebody added stands beside those that were found: its standing, its order and its proceeding are weighed like
//! theirs. It is taken for one with no other unless somebody says so, and acts on none unless somebody links them. A name becomes one
//! of its document, so that it is compared with all others. What is not found in the texts any more is not in the case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_core::{
    ActDatesOfCase, ActOfCase, ActorRole, Added, Addition, BY_HAND, Basis, Because, CaseStatement, CharIndex,
    Correction, Day, EdgeBasis, Event, EventStatus, Judgment, LocalActor, NameRelation, Passage, Role, Span, Standing,
    StandingStatus, When,
};

use crate::event::WHAT;
use crate::file::{Doc, File};
use crate::judgment::body;
use crate::merge::actor::People;
use crate::merge::name::fold;

/// Something added by hand, with the place of its words.
#[derive(Clone, Debug)]
pub(crate) struct Hand {
    /// The number of the document.
    pub(crate) doc: usize,
    pub(crate) span: Span,
    pub(crate) id: String,
    /// The number of the entry.
    pub(crate) number: u64,
    pub(crate) added: Added,
    correction: Correction,
    /// The actor of the document that a name was made.
    pub(crate) actor: Option<usize>,
}

impl Hand {
    /// Whether it is an act or another event.
    pub(crate) const fn is_event(&self) -> bool {
        matches!(self.added.what, Addition::Event { .. } | Addition::Act { .. })
    }

    /// Whether it is an act.
    pub(crate) const fn is_act(&self) -> bool {
        matches!(self.added.what, Addition::Act { .. })
    }

    /// The last day of what somebody added as having happened.
    pub(crate) fn happened(&self) -> Option<Day> {
        let (Addition::Event { status } | Addition::Act { status, .. }) = &self.added.what else { return None };
        let (earliest, latest) = self.correction.date.as_ref().filter(|_| *status == EventStatus::Actual)?.bounds();
        latest.or(earliest)
    }

    /// What is named as having made it.
    pub(crate) fn made_by(&self) -> String {
        format!("{BY_HAND}{}", self.number)
    }
}

/// Finds what was added in the texts, and puts the names among those of their documents.
pub(crate) fn take(file: &mut File, judgments: &[Judgment]) {
    let mut indexes: BTreeMap<usize, CharIndex> = BTreeMap::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut hands = Vec::new();
    for judgment in judgments {
        let (Some(added), [id, ..]) = (&judgment.added, judgment.about.as_slice()) else { continue };
        let at = file.number(&added.words.source);
        let Some(doc) = file.doc(at) else { continue };
        let text = doc.source.text.as_str();
        let chars = indexes.entry(at).or_insert_with(|| CharIndex::new(text));
        let Some(span) = added.words.find(text, chars).filter(|_| seen.insert(id)) else { continue };
        hands.push(Hand {
            doc: at,
            span,
            id: id.clone(),
            number: judgment.number,
            added: added.clone(),
            correction: judgment.correction.clone(),
            actor: None,
        });
    }
    for hand in &mut hands {
        let (Addition::Actor { name, kind }, made_by) = (&hand.added.what, hand.made_by()) else { continue };
        let Some(doc) = file.docs.get_mut(hand.doc) else { continue };
        let form = doc.line(hand.span, WHAT);
        hand.actor = Some(doc.found.actors.len());
        Arc::make_mut(&mut doc.found).actors.push(LocalActor {
            name: name.clone(),
            kind: *kind,
            known_as: None,
            forms: vec![(form.clone(), relation(&form, name))],
            made_by,
            confidence: 1.0,
        });
    }
    hands.sort_by_key(|hand| hand.doc);
    file.hands = hands;
}

/// What the words that name somebody are to the full name.
fn relation(form: &str, name: &str) -> NameRelation {
    let (form, name) = (fold(form), fold(name));
    if form == name {
        NameRelation::Main
    } else if form.split(' ').all(|word| name.split(' ').any(|other| other == word)) {
        NameRelation::Short
    } else {
        NameRelation::Alias
    }
}

/// An event or act that somebody added.
pub(crate) fn event(people: &People, doc: &Doc, hand: &Hand, as_of: Day) -> Option<Event> {
    let passage = doc.passage(hand.span);
    let when = hand.correction.date.clone().map(|edtf| When { edtf, basis: Basis::Judged, passage: None });
    let mut actors = named(people, doc, hand);
    let (kind, status, act) = match &hand.added.what {
        Addition::Event { status } => ("event", *status, None),
        Addition::Act { act_type, outcomes, status } => {
            let known = hand.correction.body.as_deref().and_then(|name| body(people, name));
            if let Some((id, _)) = &known {
                actors.retain(|part| part.actor != *id);
                actors.insert(0, ActorRole { actor: id.clone(), role: Role::Agent });
            }
            let act = ActOfCase {
                act_type: *act_type,
                body: known.as_ref().map(|(id, _)| id.clone()),
                body_name: known.map(|(_, name)| name).or_else(|| hand.correction.body.clone()),
                outcomes: outcomes.clone(),
                object: None,
                terms: Vec::new(),
                dates: ActDatesOfCase { act: when.clone().map(Box::new), ..ActDatesOfCase::default() },
                docket: None,
                effects: Vec::new(),
                standing: unweighed(as_of, vec![passage.clone()]),
                proceeding: None,
            };
            (act_type.name(), *status, Some(Box::new(act)))
        }
        Addition::Statement { .. } | Addition::Actor { .. } => return None,
    };
    Some(Event {
        id: hand.id.clone(),
        when,
        after: Vec::new(),
        before: Vec::new(),
        what: doc.line(hand.span, WHAT),
        kind: kind.to_owned(),
        actors,
        said_by: Vec::new(),
        status,
        act,
        passages: vec![passage],
        merged_because: Vec::new(),
        made_by: vec![hand.made_by()],
        confidence: 1.0,
        inferred_from: Vec::new(),
    })
}

/// The standing of an act before it is weighed.
pub(crate) fn unweighed(as_of: Day, passages: Vec<Passage>) -> Standing {
    Standing {
        status: StandingStatus::Unknown,
        request: None,
        as_of,
        because: vec![Because {
            words: "what stands has not been weighed".to_owned(),
            event: None,
            basis: EdgeBasis::Derived,
            passages,
        }],
    }
}

/// Those whom the words name, in the order of the words.
fn named(people: &People, doc: &Doc, hand: &Hand) -> Vec<ActorRole> {
    let mentions = doc.found.mentions.iter().enumerate();
    let mut seen = BTreeSet::new();
    mentions
        .filter(|(_, mention)| hand.span.contains(mention.span))
        .filter_map(|(ix, _)| people.id_of_mention(hand.doc, doc, ix))
        .filter(|id| seen.insert(id.clone()))
        .map(|actor| ActorRole { actor, role: Role::Named })
        .collect()
}

/// What somebody added as a statement.
pub(crate) fn statement(people: &People, doc: &Doc, hand: &Hand, most: usize) -> Option<CaseStatement> {
    let Addition::Statement { speaker, stance } = &hand.added.what else { return None };
    let speaker = speaker.as_deref().map(|name| people.called(name).map(str::to_owned).ok_or_else(|| name.to_owned()));
    Some(CaseStatement {
        id: hand.id.clone(),
        speaker,
        chain: Vec::new(),
        verb: String::new(),
        stance: *stance,
        content: doc.line(hand.span, most),
        about: Vec::new(),
        evidence: Vec::new(),
        passages: vec![doc.passage(hand.span); 2],
        made_by: vec![hand.made_by()],
        confidence: 1.0,
    })
}
