//! An act while its document is still being read.

use std::ops::Range;

use khronika_core::{
    ActClass, ActDates, ActFinding, ActMention, ActType, EffectFinding, EffectKind, EventStatus, MentionIx,
    Participant, PeriodFinding, Span, TermFinding,
};

use super::party::Called;

/// An effect on another draft.
#[derive(Clone, Debug)]
pub(super) struct DraftEffect {
    pub(super) kind: EffectKind,
    pub(super) target: Option<usize>,
    pub(super) span: Span,
    pub(super) stated: bool,
    pub(super) because: String,
}

/// An act; like [`ActFinding`], but its links are numbers of drafts.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) trigger: Span,
    pub(super) tokens: Range<usize>,
    pub(super) sentence: usize,
    pub(super) mention: ActMention,
    pub(super) act_type: ActType,
    pub(super) classes: Vec<ActClass>,
    pub(super) body: Option<MentionIx>,
    /// Who acts in the text's own words, where they name nobody who is known.
    pub(super) body_words: Option<Span>,
    /// Who acts, where the text calls them by their part in the case; see [`super::party`].
    pub(super) by_party: Option<Called>,
    /// The pronoun for whom it befell.
    pub(super) about_words: Option<Span>,
    /// Whom it befell, called so.
    pub(super) about_party: Option<Called>,
    pub(super) participants: Vec<Participant>,
    pub(super) object: Option<Span>,
    /// Provisions, grounds, relief.
    pub(super) terms: Vec<TermFinding>,
    pub(super) dates: ActDates,
    pub(super) docket: Option<String>,
    pub(super) status: EventStatus,
    pub(super) effects: Vec<DraftEffect>,
    pub(super) same_as: Option<(usize, String)>,
    /// Part of the decision that the document itself is.
    pub(super) own: bool,
    /// Stands in an operative part.
    pub(super) operative: bool,
    pub(super) pending: Option<(Option<MentionIx>, Span)>,
    pub(super) final_words: Option<Span>,
    pub(super) periods: Vec<PeriodFinding>,
    pub(super) said_by: Vec<MentionIx>,
    pub(super) made_by: String,
    /// The model by whose tree it is told who acts.
    pub(super) engine: Option<String>,
    pub(super) confidence: f32,
    /// "The order", "this decision": may be the same as an earlier act.
    pub(super) points_back: Option<PointsBack>,
    /// Several acts in one word: "the judgments". What is spoken of as one is none of them.
    pub(super) plural: bool,
    /// Kept though it says little, because another act points to it.
    pub(super) needed: bool,
    /// The noun of the paper that it is, where the text names one; without its ending where nouns have cases.
    pub(super) noun: Option<String>,
    /// Told in a title or heading.
    pub(super) heading: bool,
    /// Told in a clause that only says more of something else: "which had rejected his claim".
    pub(super) aside: bool,
}

/// How a phrase points to an act named before.
#[derive(Clone, Debug)]
pub(super) struct PointsBack {
    /// "this", "указанное", not only "the".
    pub(super) demonstrative: bool,
    /// The words between determiner and noun.
    pub(super) adjectives: Vec<String>,
    /// "the judgment of first instance".
    pub(super) first_instance: bool,
    /// It is called the one that a remedy attacks.
    pub(super) attacked: bool,
}

impl Draft {
    /// An act that a text tells, of which nothing else is known yet.
    pub(super) fn told(
        trigger: Span,
        tokens: Range<usize>,
        sentence: usize,
        act_type: ActType,
        classes: Vec<ActClass>,
    ) -> Self {
        Self {
            trigger,
            tokens,
            sentence,
            mention: ActMention::Told,
            act_type,
            classes,
            body: None,
            body_words: None,
            by_party: None,
            about_words: None,
            about_party: None,
            participants: Vec::new(),
            object: None,
            terms: Vec::new(),
            dates: ActDates::default(),
            docket: None,
            status: EventStatus::Actual,
            effects: Vec::new(),
            same_as: None,
            own: false,
            operative: false,
            pending: None,
            final_words: None,
            periods: Vec::new(),
            said_by: Vec::new(),
            made_by: String::new(),
            engine: None,
            confidence: 0.75,
            points_back: None,
            plural: false,
            needed: true,
            noun: None,
            heading: false,
            aside: false,
        }
    }

    pub(super) fn add_class(&mut self, class: ActClass) {
        if class != ActClass::Decide {
            self.classes.retain(|c| *c != ActClass::Decide);
        }
        if !self.classes.contains(&class) {
            self.classes.push(class);
        }
    }

    pub(super) fn add_participant(&mut self, participant: Participant) {
        if !self.participants.contains(&participant) && self.body != Some(participant.mention) {
            self.participants.push(participant);
        }
    }
}

/// Turns the drafts into findings, in order of their triggers.
pub(super) fn finish(drafts: Vec<Draft>, span: impl Fn(Range<usize>) -> Span) -> Vec<ActFinding> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| drafts.get(*i).map_or((0, 0), |d| (d.trigger.start, d.trigger.end)));
    let mut place = vec![0; drafts.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = new;
        }
    }
    let moved = |old: usize| place.get(old).copied().unwrap_or(0);
    order
        .iter()
        .filter_map(|old| drafts.get(*old))
        .map(|d| ActFinding {
            trigger: d.trigger,
            span: span(d.tokens.clone()).to(d.trigger),
            mention: d.mention,
            act_type: d.act_type,
            classes: if d.classes.is_empty() { vec![ActClass::Decide] } else { d.classes.clone() },
            body: d.body,
            body_words: d.body_words.filter(|_| d.body.is_none()),
            participants: d.participants.clone(),
            about_words: d.about_words,
            object: d.object,
            terms: d.terms.clone(),
            dates: d.dates,
            docket: d.docket.clone(),
            status: d.status,
            effects: d
                .effects
                .iter()
                .map(|e| EffectFinding {
                    effect: e.kind,
                    target: e.target.map(moved),
                    span: e.span,
                    stated: e.stated,
                    because: e.because.clone(),
                })
                .collect(),
            same_as: d.same_as.as_ref().map(|(old, why)| (moved(*old), why.clone())),
            own: d.own,
            pending: d.pending,
            final_words: d.final_words,
            periods: d.periods.clone(),
            said_by: d.said_by.clone(),
            made_by: d.made_by.clone(),
            engine: d.engine.clone(),
            confidence: d.confidence,
        })
        .collect()
}

/// What a class does to the act that it acts on; `None` where it changes no act.
pub(super) const fn effect_of(class: ActClass) -> Option<EffectKind> {
    Some(match class {
        ActClass::Annul | ActClass::ReverseOwn => EffectKind::Annuls,
        ActClass::Void => EffectKind::Voids,
        ActClass::Remand => EffectKind::Remands,
        ActClass::Uphold => EffectKind::Upholds,
        ActClass::Vary => EffectKind::Varies,
        ActClass::Dismiss | ActClass::Inadmissible => EffectKind::Dismisses,
        ActClass::Grant => EffectKind::Grants,
        ActClass::Suspend => EffectKind::Suspends,
        ActClass::Lift => EffectKind::Lifts,
        ActClass::Revoke => EffectKind::Revokes,
        ActClass::Appeal => EffectKind::Appeals,
        ActClass::Notify => EffectKind::Notifies,
        _ => return None,
    })
}

/// True for what asks a court or authority for something: an appeal, a request, a complaint.
pub(super) fn asks(classes: &[ActClass]) -> bool {
    classes.iter().any(|c| matches!(c, ActClass::Appeal | ActClass::File))
}

/// True for what is done to a person: to be arrested, freed, charged, convicted, acquitted.
pub(super) const fn befalls(class: ActClass) -> bool {
    matches!(class, ActClass::Detain | ActClass::Release | ActClass::Convict | ActClass::Acquit | ActClass::Charge)
}

/// True for what befalls a person, and for what decides about a person's stay.
pub(super) const fn is_about_a_person(class: ActClass) -> bool {
    befalls(class)
        || matches!(
            class,
            ActClass::Extradite
                | ActClass::OrderLeave
                | ActClass::ForbidLeave
                | ActClass::RefuseEntry
                | ActClass::Recognise
                | ActClass::Exclude
        )
}

/// True for a class that a court or authority gives as the outcome of one decision, beside others in the same breath.
pub(super) const fn is_outcome(class: ActClass) -> bool {
    matches!(
        class,
        ActClass::Annul
            | ActClass::Void
            | ActClass::ReverseOwn
            | ActClass::Remand
            | ActClass::Uphold
            | ActClass::Vary
            | ActClass::Dismiss
            | ActClass::Inadmissible
            | ActClass::Grant
            | ActClass::Recognise
            | ActClass::Exclude
            | ActClass::Suspend
            | ActClass::Convict
            | ActClass::Acquit
            | ActClass::FindViolation
            | ActClass::Designate
            | ActClass::Ban
            | ActClass::Drop
            | ActClass::Decide
    )
}
