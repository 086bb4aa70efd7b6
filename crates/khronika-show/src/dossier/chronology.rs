//! The chronology: a row for each event.

use khronika_core::{ActOfCase, BY_HAND, Because, EdgeBasis, Effect, Event, EventStatus, Term, TermKind, When};
use maud::{Markup, html};

use super::address::Part;
use super::view::{View, anchor};
use super::{judgments, shape, summary};
use crate::title::{Piece, Title};
use crate::words::Words;

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let left_out = view.case.events.len() - view.events().count();
    html! {
        section id="chronology" aria-labelledby="chronology-head" {
            (view.head("chronology", view.case.events.len()))
            @if view.case.events.is_empty() {
                p.empty { (view.w.t("no-events")) }
            } @else {
                (filters(view))
                @if left_out > 0 {
                    p.note {
                        (view.say("events-left-out", &[
                            ("shown", html! { (view.w.grouped(view.case.events.len() - left_out)) }),
                            ("events", html! { (view.w.n("count-events", view.case.events.len())) }),
                            ("table", html! { code { "chronology.csv" } }),
                            ("file", html! { code { "case.json" } }),
                        ]))
                    }
                }
                (table(view, view.events(), &|_| html! {}))
            }
        }
    }
}

/// A table of events, with their numbers; `more` stands under the standing of each.
pub(super) fn table<'a>(
    view: &View<'_>,
    events: impl Iterator<Item = (usize, &'a Event)>,
    more: &dyn Fn(&Event) -> Markup,
) -> Markup {
    let w = view.w;
    html! {
        table.chronology {
            thead { tr {
                th scope="col" { (w.t("head-number")) } th scope="col" { (w.t("head-date")) } th scope="col" { (w.t("head-happened")) }
                th scope="col" { (w.t("head-standing")) }
            } }
            @for (year, rows) in by_year(w, events) {
                tbody {
                    tr.year { th colspan="4" scope="rowgroup" { (year) } }
                    @for (number, event) in rows { (row(view, number, event, more)) }
                }
            }
        }
    }
}

/// Boxes that hide what is ticked off, by style alone: without support for it, everything stays visible.
fn filters(view: &View<'_>) -> Markup {
    let count = |status| view.events().filter(|(_, event)| event.status == status).count();
    let plain = view.events().filter(|(_, event)| event.act.is_none() && event.status == EventStatus::Actual).count();
    let w = view.w;
    let of = |status| w.not_actual(status).unwrap_or_default();
    let boxes = [
        ("show-acts", w.t("filter-acts"), view.events().filter(|(_, event)| summary::is_act(event)).count()),
        ("show-events", w.t("filter-events"), plain),
        ("show-requested", of(EventStatus::Requested), count(EventStatus::Requested)),
        ("show-possible", of(EventStatus::Possible), count(EventStatus::Possible)),
        ("show-denied", of(EventStatus::Denied), count(EventStatus::Denied)),
    ];
    html! {
        @if boxes.iter().filter(|(_, _, count)| *count > 0).count() > 1 {
            fieldset.filters {
                legend { (w.t("filter-show")) }
                @for (id, label, count) in boxes.iter().filter(|(_, _, count)| *count > 0) {
                    label { input type="checkbox" id=(id) checked; " " (label) " " span.count { (w.grouped(*count)) } }
                }
            }
        }
    }
}

/// Rows under their years. An event that nothing dates stays where the case's order puts it.
fn by_year<'a>(w: &Words, events: impl Iterator<Item = (usize, &'a Event)>) -> Vec<(String, Vec<(usize, &'a Event)>)> {
    let mut groups: Vec<(String, Vec<(usize, &'a Event)>)> = Vec::new();
    for (number, event) in events {
        let year = event.when.as_ref().map(|when| match when.earliest().or(when.latest()) {
            Some(day) => day.year().to_string(),
            None => w.t("year-not-known").to_owned(),
        });
        let ordered = !event.after.is_empty() || !event.before.is_empty();
        let heading = match (&year, groups.last()) {
            (Some(year), _) => year.clone(),
            (None, Some((last, _))) if ordered => last.clone(),
            (None, _) => w.t("undated-head").to_owned(),
        };
        match groups.last_mut() {
            Some((last, rows)) if *last == heading => rows.push((number, event)),
            _ => groups.push((heading, vec![(number, event)])),
        }
    }
    groups
}

fn row(view: &View<'_>, number: usize, event: &Event, more: &dyn Fn(&Event) -> Markup) -> Markup {
    let class = match (event.status, &event.act) {
        (EventStatus::Actual, Some(_)) => "act",
        (EventStatus::Actual, None) => "event",
        (EventStatus::Requested, _) => "not requested",
        (EventStatus::Possible, _) => "not possible",
        (EventStatus::Denied, _) => "not denied",
    };
    let first = event.passages.first().and_then(|passage| view.texts.place(passage));
    let corrected = view.judged(&event.id).any(|judged| judged.judgment.correction.title.is_some());
    let said = !corrected && first.is_some_and(|place| quote_says_it(event, place.quote));
    let w = view.w;
    let mark = w.not_actual(event.status);
    // The object is words of the source: where they stand in the quote or the title there is no need to give them twice.
    let object = event.act.as_ref().and_then(|act| act.object.as_deref());
    let object = object.filter(|object| first.is_none_or(|place| !place.quote.contains(object)));
    let object = object.filter(|object| !view.titles.title(event).to_string().contains(object));
    // The terms of the act are words of the source, too.
    let shown = |term: &Term| {
        event.passages.first().is_some_and(|p| p.source == term.passage.source && p.span.contains(term.passage.span))
    };
    let day = event.when.as_ref().and_then(|when| when.passage.as_ref());
    html! {
        tr id=(anchor(&event.id)) class=(class) {
            td.number { a href=(view.to(Part::Event, &event.id)) title=(w.t("proposed-row")) { (w.grouped(number)) } }
            td.when { (when(view, event)) }
            td.what {
                @if mark.is_some() || !said {
                    p.head {
                        @if let Some(mark) = mark { span.mark { (mark) } " " }
                        @if !said { (view.title(event, true)) }
                    }
                }
                @if let Some(object) = object { p.object { (w.t("object")) " " span.words dir="auto" lang=[view.lang_of(event)] { (object) } } }
                (judgments::of(view, event))
                (parties(view, event))
                @if let Some(act) = &event.act {
                    (terms(view, act.terms.iter().filter(|term| !shown(term))))
                    (effects(view, event, act))
                    (other_dates(view, act))
                }
                @if let Some(place) = first { (view.quote_with(&place, day)) }
                @if event.passages.len() > 1 {
                    p.also { (w.t("also-in")) " " (view.cites(event.passages.get(1..).unwrap_or_default())) }
                }
                (how(view, event))
            }
            td.standing {
                @if let Some(act) = event.act.as_ref().filter(|_| event.status == EventStatus::Actual) {
                    (shape::standing(w, &act.standing))
                }
                (more(event))
            }
        }
    }
}

/// The date; where there is none, what bounds it.
fn when(view: &View<'_>, event: &Event) -> Markup {
    let list = |ids: &[String]| view.list(ids, |id| view.event_link(id));
    html! {
        @match &event.when {
            Some(when) => (view.when(when)),
            None => span.undated { (view.w.t("undated")) },
        }
        @if !event.after.is_empty() { span.basis { (view.say("after", &[("events", list(&event.after))])) } }
        @if !event.before.is_empty() { span.basis { (view.say("before", &[("events", list(&event.before))])) } }
    }
}

/// True where the quote already says what happened, so that saying it above the quote would say it twice.
fn quote_says_it(event: &Event, quote: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = words(event.what.trim_end_matches(['…', '.', ' ']));
    event.act.is_none() && words(quote).contains(&what)
}

/// Who took part, and who tells it; without those whom the title of an act names.
fn parties(view: &View<'_>, event: &Event) -> Markup {
    let title = event.act.is_some().then(|| view.titles.title(event));
    let in_title = |id: &str| {
        title.iter().flat_map(Title::pieces).any(|piece| matches!(piece, Piece::Name(Some(name), _) if *name == id))
    };
    let mut others: Vec<_> = event.actors.iter().filter(|part| !in_title(&part.actor)).collect();
    others.sort_by_key(|part| part.role);
    html! {
        @if !others.is_empty() || !event.said_by.is_empty() {
            p.parties {
                @for (n, part) in others.iter().enumerate() {
                    @let same = n.checked_sub(1).and_then(|n| others.get(n)).is_some_and(|before| before.role == part.role);
                    @if same { ", " } @else { @if n > 0 { " · " } (view.w.role(part.role)) " " }
                    (view.actor_link(&part.actor))
                }
                @for (n, id) in event.said_by.iter().enumerate() {
                    @if n == 0 && !others.is_empty() { " · " }
                    @if n == 0 { (view.w.t("told-by")) " " } @else { ", " }
                    (view.actor_link(id))
                }
            }
        }
    }
}

/// What an act does to earlier acts, where the title does not say it or a rule does and not the text.
fn effects(view: &View<'_>, event: &Event, act: &ActOfCase) -> Markup {
    let title = view.titles.title(event);
    let told = |effect: &&Effect| {
        let named = |piece: &Piece<'_>| matches!(piece, Piece::Event(id, _) if effect.on.as_deref() == Some(*id));
        effect.basis == EdgeBasis::Stated && title.pieces().iter().any(named)
    };
    let others: Vec<&Effect> = act.effects.iter().filter(|effect| !told(effect)).collect();
    html! {
        @if !others.is_empty() {
            ul.effects { @for effect in others { li { (effect_line(view, effect)) } } }
        }
    }
}

fn effect_line(view: &View<'_>, effect: &Effect) -> Markup {
    html! {
        (effect_on(view, effect))
        // The words of the page's language need not be read twice.
        " " span.basis title=[view.w.foreign().is_none().then_some(&effect.because)] {
            (view.w.edge(effect.basis)) (view.w.t("colon")) " " (view.english(&effect.because))
        }
    }
}

/// What an act does to which other one.
pub(super) fn effect_on(view: &View<'_>, effect: &Effect) -> Markup {
    let on = match &effect.on {
        Some(id) => view.event_link(id),
        None => html! { (view.w.t("act-unknown")) },
    };
    view.say("effect-on", &[("effect", html! { (view.w.effect(effect.effect)) }), ("act", on)])
}

/// The hearing, the reading, the service and the entry into force, where they are not the day of the act.
fn other_dates(view: &View<'_>, act: &ActOfCase) -> Markup {
    let w = view.w;
    let day = act.dates.act.as_ref().map(|when| &when.edtf);
    let dates: [(&str, &Option<Box<When>>); 4] = [
        ("date-of-hearing", &act.dates.hearing),
        ("date-of-reading", &act.dates.reading),
        ("date-of-service", &act.dates.service),
        ("date-of-force", &act.dates.entry_into_force),
    ];
    let dates: Vec<_> = dates
        .iter()
        .filter_map(|(word, when)| when.as_ref().filter(|when| Some(&when.edtf) != day).map(|when| (*word, when)))
        .collect();
    html! {
        @if !dates.is_empty() {
            p.parties { @for (n, (word, when)) in dates.iter().enumerate() { @if n > 0 { " · " } (w.t(word)) " " (w.date(&when.edtf)) } }
        }
    }
}

/// The provisions that an act applies, its grounds and its relief, in the words of the sources.
fn terms<'a>(view: &View<'_>, terms: impl Iterator<Item = &'a Term>) -> Markup {
    html! {
        @for term in terms {
            p.object {
                (view.w.t(match term.kind { TermKind::Norm => "norm", TermKind::Ground => "ground", TermKind::Relief => "relief" })) " "
                @if let Some(place) = view.texts.place(&term.passage) {
                    span.words dir="auto" lang=[view.lang_at(&term.passage)] { (place.quote) } " "
                }
                (view.cites(std::slice::from_ref(&term.passage)))
            }
        }
    }
}

/// Why an act stands as it does, and how the row was found.
fn how(view: &View<'_>, event: &Event) -> Markup {
    let act = event.act.as_ref().filter(|_| event.status == EventStatus::Actual);
    let w = view.w;
    html! {
        details.how {
            summary {
                @match act { Some(act) => (w.fill("how-stands", &[("standing", w.stands(&act.standing))])), None => (w.t("how-found")) }
            }
            @if let Some(act) = act { (chain(view, &act.standing.because)) }
            div.found {
                (terms(view, event.act.iter().flat_map(|act| &act.terms)))
                @for effect in event.act.iter().flat_map(|act| &act.effects) { p { (view.say("effect", &[("effect", effect_line(view, effect))])) } }
                p {
                    @let is_by_hand = event.made_by.iter().all(|one| one.starts_with(BY_HAND));
                    (judgments::found_by(view, event.made_by.iter().map(String::as_str)))
                    @if !is_by_hand { (w.fill("confidence", &[("percent", &percent(event.confidence))])) }
                    "."
                }
                @for reason in &event.merged_because { p { (view.say("taken-for-one", &[("because", view.english(reason))])) } }
                @if !event.inferred_from.is_empty() { p { (w.t("inferred-from")) } (chain(view, &event.inferred_from)) }
            }
        }
    }
}

/// A confidence as a whole percentage.
pub(super) fn percent(confidence: f32) -> String {
    format!("{:.0} %", confidence * 100.0)
}

/// The steps of a reason.
pub(super) fn chain(view: &View<'_>, steps: &[Because]) -> Markup {
    html! {
        ol.chain {
            @for step in steps {
                li {
                    @if let Some(id) = &step.event { (view.event_link(id)) " " }
                    (view.english(&step.words)) " "
                    span.basis { (view.w.edge(step.basis)) @if !step.passages.is_empty() { ", " (view.cites(&step.passages)) } }
                }
            }
        }
    }
}
