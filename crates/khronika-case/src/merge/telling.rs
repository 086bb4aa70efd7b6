//! What one place tells of an act, prepared for comparison, and what several places tell together.

use std::collections::BTreeSet;

use khronika_core::{ActClass, ActFinding, ActMention, ActType, ActorKind, Edtf, EventStatus, Lang, Role, Span};

use crate::court::Courts;
use crate::event::act_of;
use crate::file::{Doc, File};
use crate::merge::act::Told;
use crate::merge::actor::People;
use crate::merge::name::fold;
use crate::standing::effects::EffectRules;

/// What is known of an act from one place or from several that were joined.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) status: EventStatus,
    pub(crate) classes: Vec<ActClass>,
    pub(crate) act_type: ActType,
    pub(crate) body: Option<usize>,
    pub(crate) body_name: Option<String>,
    /// The body is named by its kind only: it may be any body of that kind.
    pub(crate) any_body: bool,
    pub(crate) body_kind: Option<ActorKind>,
    pub(crate) body_row: Option<String>,
    /// Distinct dates of the act or its reading.
    pub(crate) days: Vec<Edtf>,
    pub(crate) served: Vec<Edtf>,
    pub(crate) persons: BTreeSet<usize>,
    /// The words of its objects by language, each cut to its beginning so that endings do not matter.
    pub(crate) objects: Vec<(Lang, BTreeSet<String>)>,
    pub(crate) dockets: BTreeSet<String>,
    /// Who brought it, where it is a remedy: bodies and states too, which `persons` leaves out.
    pub(crate) applicants: BTreeSet<usize>,
    /// A text says that it awaits decision.
    pub(crate) pending: bool,
    /// The bodies before which it awaits decision.
    pub(crate) pends_before: BTreeSet<usize>,
    /// Every place only refers to it.
    pub(crate) referred: bool,
    /// Documents that tell it.
    pub(crate) docs: BTreeSet<usize>,
    /// The first words of it, for reasons.
    pub(crate) words: String,
}

impl Known {
    pub(crate) fn of(people: &People, courts: &Courts, at: usize, doc: &Doc, act: &ActFinding) -> Self {
        let body = act.body.and_then(|m| people.of_mention(at, doc, m));
        let actor = body.and_then(|b| people.actors.get(b));
        let about = |role: Role| matches!(role, Role::Subject | Role::Applicant | Role::Respondent | Role::Recipient);
        let persons = act.participants.iter().filter(|p| about(p.role));
        let persons = persons.filter_map(|p| people.of_mention(at, doc, p.mention)).filter(|a| {
            let kind = people.actors.get(*a).map(|a| a.kind);
            !matches!(kind, Some(ActorKind::Court | ActorKind::Authority | ActorKind::State | ActorKind::Place))
        });
        let applicants = act.participants.iter().filter(|p| p.role == Role::Applicant);
        let applicants = applicants.filter_map(|p| people.of_mention(at, doc, p.mention));
        let pending = act.pending.map(|(body, _)| body);
        let day = act.dates.act.or(act.dates.reading).and_then(|ix| doc.when(ix)).map(|w| w.edtf);
        let served = act.dates.service.and_then(|ix| doc.when(ix)).map(|w| w.edtf);
        let known_year = |e: &Edtf| e.bounds() != (None, None);
        Self {
            status: act.status,
            classes: act.classes.clone(),
            act_type: act.act_type,
            body,
            body_name: actor.map(|a| a.name.clone()),
            any_body: actor.is_some_and(|a| courts.row(a).is_some_and(|row| courts.bare(row, &a.name))),
            body_kind: actor.map(|a| a.kind),
            body_row: actor.and_then(|a| courts.row(a)).map(str::to_owned),
            days: day.into_iter().filter(known_year).collect(),
            served: served.into_iter().filter(known_year).collect(),
            persons: persons.collect(),
            applicants: applicants.collect(),
            pending: pending.is_some(),
            pends_before: pending.flatten().and_then(|m| people.of_mention(at, doc, m)).into_iter().collect(),
            objects: act.object.map(|span| (doc.lang_at(span), content_words(doc, span))).into_iter().collect(),
            dockets: act.docket.iter().map(|d| fold(d)).filter(|d| !d.is_empty()).collect(),
            referred: act.mention == ActMention::Referred,
            docs: BTreeSet::from([at]),
            words: doc.line(act.span, 60),
        }
    }

    /// Takes what another place tells of the same act in.
    pub(crate) fn take(&mut self, other: &Self) {
        let mut classes: BTreeSet<ActClass> = self.classes.iter().chain(&other.classes).copied().collect();
        if classes.len() > 1 {
            classes.remove(&ActClass::Decide);
        }
        self.classes = classes.into_iter().collect();
        if self.body.is_none() || self.any_body && other.body.is_some() && !other.any_body {
            (self.body, self.body_name) = (other.body, other.body_name.clone());
            (self.any_body, self.body_kind) = (other.any_body, other.body_kind);
            self.body_row.clone_from(&other.body_row);
        }
        for (mine, others) in [(&mut self.days, &other.days), (&mut self.served, &other.served)] {
            for day in others {
                if !mine.contains(day) {
                    mine.push(day.clone());
                }
            }
        }
        self.persons.extend(&other.persons);
        self.applicants.extend(&other.applicants);
        self.pending |= other.pending;
        self.pends_before.extend(&other.pends_before);
        self.objects.extend(other.objects.iter().filter(|o| !self.objects.contains(o)).cloned().collect::<Vec<_>>());
        self.dockets.extend(other.dockets.iter().cloned());
        self.docs.extend(&other.docs);
        if self.referred && !other.referred {
            self.words.clone_from(&other.words);
        }
        self.referred &= other.referred;
    }

    /// False where two bodies are surely two. "The prefect" may be any prefect, "the supreme court" of no country any supreme court.
    fn may_be_body_of(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.body, other.body) else { return true };
        let rows = match (&self.body_row, &other.body_row) {
            (Some(x), Some(y)) => x == y || x.starts_with("any.") || y.starts_with("any."),
            _ => true,
        };
        a == b || (self.any_body || other.any_body) && self.body_kind == other.body_kind && rows
    }

    /// The one day that every place allows, where some place gives it.
    pub(crate) fn exact(&self) -> Option<&Edtf> {
        self.days.iter().find(|d| d.as_day().is_some())
    }

    /// True for an appeal, a complaint, a request.
    pub(crate) fn remedy(&self) -> bool {
        crate::standing::effects::is_remedy(&self.classes, self.act_type)
    }

    /// True where the outcome is told.
    pub(crate) fn decided(&self) -> bool {
        self.classes.iter().any(|c| *c != ActClass::Decide)
    }
}

/// True where two sets have something in common. Nearly all of these sets hold one thing or none, for which this is much quicker than the
/// way of the standard library.
pub(crate) fn meet<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().any(|one| many.contains(one))
}

/// What two tellings have in common.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agreement {
    pub(crate) body: bool,
    /// The same day, exactly.
    pub(crate) day: bool,
    /// Dates that may be the same.
    pub(crate) date: bool,
    pub(crate) class: bool,
    pub(crate) person: bool,
    pub(crate) object: bool,
    pub(crate) docket: bool,
    /// The same person or body brought both; counts only for remedies.
    pub(crate) applicant: bool,
    pub(crate) target: bool,
}

impl Agreement {
    /// What speaks for one act; `None` where something speaks against it.
    pub(crate) fn between(a: &Known, b: &Known, rules: &EffectRules) -> Option<Self> {
        if a.status != b.status || a.status != EventStatus::Actual && a.docs != b.docs {
            return None;
        }
        // The cheapest questions first: most pairs that are looked at differ in body or person.
        if !a.may_be_body_of(b) {
            return None;
        }
        let apart = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| !a.is_empty() && !b.is_empty() && !meet(a, b);
        if apart(&a.persons, &b.persons) {
            return None;
        }
        if a.remedy() != b.remedy() || !rules.may_be_one(&a.classes, &b.classes) {
            return None;
        }
        if a.remedy() && (apart(&a.applicants, &b.applicants) || apart(&a.pends_before, &b.pends_before)) {
            return None;
        }
        if a.days.iter().any(|x| b.days.iter().any(|y| !x.may_equal(y))) {
            return None;
        }
        let docket = meet(&a.dockets, &b.dockets);
        if !docket && !a.dockets.is_empty() && !b.dockets.is_empty() {
            return None;
        }
        let class = a.classes.iter().any(|c| *c != ActClass::Decide && b.classes.contains(c));
        let (mut object, mut other_object) = (false, false);
        for (lang, words) in &a.objects {
            for (_, others) in b.objects.iter().filter(|(l, _)| l == lang) {
                let shared = words.intersection(others).count();
                let fewer = words.len().min(others.len());
                object |= fewer > 0 && shared * 2 >= fewer;
                other_object |= fewer > 0 && shared == 0;
            }
        }
        if class && other_object && !object && !docket {
            return None;
        }
        let day = matches!((a.exact(), b.exact()), (Some(x), Some(y)) if x.as_day() == y.as_day())
            || a.served.iter().any(|x| x.as_day().is_some() && b.served.contains(x));
        Some(Self {
            body: a.body.is_some() && a.body == b.body,
            day,
            date: day || !a.days.is_empty() && !b.days.is_empty(),
            class,
            person: meet(&a.persons, &b.persons),
            object,
            docket,
            applicant: meet(&a.applicants, &b.applicants),
            target: false,
        })
    }

    /// How many things agree.
    pub(crate) fn count(&self) -> usize {
        [self.body, self.day, self.date && !self.day, self.class, self.person, self.object, self.docket, self.target]
            .into_iter()
            .filter(|yes| *yes)
            .count()
    }

    /// "the same body (Council), the same day (2018-05-31)".
    pub(crate) fn words(&self, a: &Known, b: &Known) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.body {
            parts.push(format!("the same body ({})", a.body_name.as_deref().or(b.body_name.as_deref()).unwrap_or("?")));
        }
        if self.day {
            let day = a.exact().or_else(|| a.served.first());
            parts.push(format!("the same day ({})", day.map_or("?", |d| d.as_str())));
        } else if self.date {
            let first = |k: &Known| k.days.first().map_or_else(String::new, ToString::to_string);
            let (x, y) = (first(a), first(b));
            parts.push(if x == y {
                format!("the same date ({x})")
            } else {
                format!("dates that may be one ({x} and {y})")
            });
        }
        for (yes, words) in [
            (self.class, "the same outcome"),
            (self.person, "the same person"),
            (self.applicant && !self.person, "brought by the same"),
            (self.object, "the same object"),
            (self.docket, "the same number"),
            (self.target, "the same effect on the same earlier act"),
        ] {
            if yes {
                parts.push(words.to_owned());
            }
        }
        parts.join(", ")
    }
}

/// The words of a passage that carry meaning, each cut to its first five letters.
pub(crate) fn content_words(doc: &Doc, span: Span) -> BTreeSet<String> {
    fold(doc.words(span)).split(' ').filter(|w| w.chars().count() >= 4).map(|w| w.chars().take(5).collect()).collect()
}

/// The act of a place as what is known of it.
pub(crate) fn known(file: &File, people: &People, courts: &Courts, told: Told) -> Option<Known> {
    let (at, doc, act) = act_of(file, told)?;
    Some(Known::of(people, courts, at, doc, act))
}
