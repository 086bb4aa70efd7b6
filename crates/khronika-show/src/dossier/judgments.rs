//! What people said of findings: beside the event, and all of it in a table. What the program found stays beside what they say.

use khronika_core::{
    Added, Addition, BY_HAND, Correction, EffectKind, Event, Judged, Judgment, Passage, Span, Verdict,
};
use maud::{Markup, html};

use super::address::Part;
use super::view::View;
use crate::words::Words;

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let judgments = &view.case.judgments;
    html! {
        section id="judgments" aria-labelledby="judgments-head" {
            (view.head("judgments", judgments.len()))
            p.note { (view.w.t("judgments-note")) }
            (table(view, judgments.iter().take(view.rows()), &|_| html! {}))
            (view.left_out(judgments.len(), view.rows()))
        }
    }
}

/// A table of judgments; `more` stands behind what each says.
pub(super) fn table<'a>(
    view: &View<'_>,
    judgments: impl Iterator<Item = &'a Judged>,
    more: &dyn Fn(&Judged) -> Markup,
) -> Markup {
    let [entry, who, what, said] = ["head-entry", "head-who", "head-of-what", "head-said"].map(|key| view.w.t(key));
    html! {
        table.plain {
            thead { tr {
                th scope="col" { (entry) } th scope="col" { (who) } th scope="col" { (what) } th scope="col" { (said) }
            } }
            tbody { @for judged in judgments { (row(view, judged, more)) } }
        }
    }
}

fn row(view: &View<'_>, judged: &Judged, more: &dyn Fn(&Judged) -> Markup) -> Markup {
    let (w, judgment) = (view.w, &judged.judgment);
    html! {
        tr id=(entry_anchor(judgment)) {
            td data-label=(w.t("head-entry")) { (judgment.number) }
            td data-label=(w.t("head-who")) { bdi { (judgment.by) } span.basis { time datetime=(judgment.time) { (moment(w, &judgment.time)) } } }
            td data-label=(w.t("head-of-what")) {
                (view.list(&judged.events, |id| view.event_link(id)))
                (view.list(&judged.actors, |id| view.actor_link(id)))
                @if judged.events.is_empty() && judged.actors.is_empty() {
                    @for (n, id) in judgment.about.iter().enumerate() {
                        @if n > 0 { "; " }
                        @match judgment.titles.get(n) { Some(title) => bdi lang=[w.foreign()] { (title) }, None => code { (id) } }
                    }
                }
            }
            td data-label=(w.t("head-said")) {
                strong { (w.verdict(judgment.verdict)) } (details(view, judged))
                @if !judged.applied { span.basis { (w.t("not-applied-because")) } }
                (more(judged))
            }
        }
    }
}

/// What was said of an event.
pub(super) fn of(view: &View<'_>, event: &Event) -> Markup {
    let w = view.w;
    let mut all = view.judged(&event.id).peekable();
    html! {
        @if all.peek().is_some() {
            ul.judged {
                @for judged in all {
                    li {
                        (w.verdict(judged.judgment.verdict)) (details(view, judged)) " "
                        span.basis {
                            (said_in(view, "entry-by", &judged.judgment))
                            @if !judged.applied { (w.t("not-applied")) }
                        }
                    }
                }
            }
        }
    }
}

/// What a judgment says beyond its verdict: the parts that it corrects with what was found, the effect of a link, its words.
fn details(view: &View<'_>, judged: &Judged) -> Markup {
    let Judged { judgment, found, events, .. } = judged;
    let Correction { date, title, body } = &judgment.correction;
    let corrects = judgment.verdict == Verdict::Correct;
    let known = events.first().and_then(|id| view.event(id)).map(|(_, event)| view.titles.found(event).to_string());
    let w = view.w;
    let unknown = || w.t("found-nothing").to_owned();
    let corrected = |key: &str, said: &str, found: Option<String>| {
        view.say(key, &[("said", named(view, said)), ("found", html! { bdi { (found.unwrap_or_else(unknown)) } })])
    };
    html! {
        @if let Some(date) = date.as_ref().filter(|_| corrects) {
            (w.fill("said-date", &[
                ("date", &w.date(date)),
                ("found", &found.date.as_ref().map_or_else(unknown, |date| w.date(date))),
            ]))
        }
        @if let Some(title) = title.as_ref().filter(|_| corrects) {
            (corrected("said-title", title, known))
        }
        @if let Some(body) = body.as_ref().filter(|_| corrects) {
            (corrected("said-body", body, found.body.clone()))
        }
        @if let (Verdict::Link, [from, to]) = (judgment.verdict, events.as_slice()) {
            (view.say("said-link", &[
                ("from", view.event_link(from)),
                ("effect", html! { (w.effect(judgment.effect.unwrap_or(EffectKind::Concerns))) }),
                ("to", view.event_link(to)),
            ]))
        }
        @if !judgment.names.is_empty() {
            (view.say("said-names", &[("names", view.list(&judgment.names, |name| named(view, name)))]))
        }
        @if let Some(added) = &judgment.added {
            (view.say("said-added", &[("what", what(view, added, &judgment.correction)), ("words", words_of(view, added))]))
        }
        @if let Some(said) = &judgment.words { (w.t("colon")) " " (named(view, said)) }
    }
}

/// What somebody added, in short.
fn what(view: &View<'_>, added: &Added, said: &Correction) -> Markup {
    let w = view.w;
    html! {
        @match &added.what {
            Addition::Event { status } => { (w.t("added-event")) @if let Some(mark) = w.not_actual(*status) { " (" (mark) ")" } }
            Addition::Act { act_type, status, .. } => {
                (w.t("added-act")) " (" (w.act_type(*act_type)) @if let Some(mark) = w.not_actual(*status) { ", " (mark) } ")"
            }
            Addition::Statement { speaker, stance } => {
                @let who = match speaker { Some(speaker) => html! { bdi { (speaker) } }, None => html! { (w.t("nobody-named")) } };
                (view.say("added-statement", &[("who", who), ("says", html! { (w.stance(*stance)) })]))
            }
            Addition::Actor { name, kind } => {
                (view.say("added-actor", &[("kind", html! { (w.actor(*kind)) }), ("name", named(view, name))]))
            }
        }
        @if let Some(date) = &said.date { " " (w.fill("added-date", &[("date", &w.date(date))])) }
        @if let Some(title) = &said.title { (view.say("added-title", &[("title", named(view, title))])) }
        @if let Some(body) = &said.body { " " (view.say("added-body", &[("body", named(view, body))])) }
    }
}

/// A name or what somebody wrote, between quotation marks.
fn named(view: &View<'_>, text: &str) -> Markup {
    view.quoted(&html! { bdi { (text) } })
}

/// The words that something was tied to when it was added, with a link to where they stand.
fn words_of(view: &View<'_>, added: &Added) -> Markup {
    let Added { words, .. } = added;
    let source = view.source(words.source.as_str());
    let place = source.and_then(|n| view.case.sources.get(n)).and_then(|source| {
        let start = source.text.char_indices().nth(words.start).map(|(byte, _)| byte)?;
        let passage = Passage::new(source.id.clone(), Span::new(start, start + words.quote.len()));
        view.address(&view.texts.place(&passage).filter(|place| place.quote == words.quote)?)
    });
    let quote = view.quoted(&html! {
        @match place {
            Some(address) => a href=(address) { bdi { (words.quote) } },
            None => bdi { (words.quote) },
        }
    });
    match source {
        Some(source) => view.say("words-of", &[("words", quote), ("source", view.source_link(source))]),
        None => quote,
    }
}

/// Who or what made a finding: rules and models by their names; where somebody added it, who that was, when, and the entry that says so.
pub(super) fn made_by<'a>(view: &View<'_>, all: impl Iterator<Item = &'a str>) -> Markup {
    let all: Vec<&str> = all.collect();
    let (hands, rules): (Vec<&str>, Vec<&str>) = all.into_iter().partition(|one| one.starts_with(BY_HAND));
    html! {
        @for (n, one) in hands.iter().enumerate() {
            @let number = one.trim_start_matches(BY_HAND);
            @let judged = view.case.judgments.iter().find(|judged| judged.judgment.number.to_string() == number);
            @if n > 0 { "; " }
            @match judged {
                Some(Judged { judgment, .. }) => (said_in(view, "by-hand-of", judgment)),
                None => (view.w.t("by-hand")),
            }
        }
        @if !hands.is_empty() && !rules.is_empty() { "; " }
        (rules.join(", "))
    }
}

/// The same as a sentence.
pub(super) fn found_by<'a>(view: &View<'_>, all: impl Iterator<Item = &'a str>) -> Markup {
    view.say("found-by", &[("who", made_by(view, all))])
}

/// Who said something when, with a link to the entry that holds it.
fn said_in(view: &View<'_>, key: &str, judgment: &Judgment) -> Markup {
    let entry = view.w.fill("entry", &[("number", &judgment.number.to_string())]);
    view.say(
        key,
        &[
            ("entry", html! { a href=(view.pages.to(Part::Judgment, &entry_anchor(judgment))) { (entry) } }),
            ("who", html! { bdi { (judgment.by) } }),
            ("day", html! { (moment(view.w, &judgment.time)) }),
        ],
    )
}

fn entry_anchor(judgment: &Judgment) -> String {
    format!("judgment-{}", judgment.number)
}

/// The day of a moment in words, in UTC; what is none stays as it is.
fn moment(w: &Words, time: &str) -> String {
    let day = time.split('T').next().unwrap_or_default();
    day.parse().map_or_else(|_| time.to_owned(), |day| w.day(day))
}
