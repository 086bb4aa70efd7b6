//! What people said of findings: beside the event, and all of it in a table. What the program found stays beside what they say.

use khronika_core::{Added, Addition, BY_HAND, Correction, Event, Judged, Judgment, Passage, Span, Verdict};
use maud::{Markup, html};

use super::address::Part;
use super::view::View;
use super::words;

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let judgments = &view.case.judgments;
    html! {
        section id="judgments" aria-labelledby="judgments-head" {
            h2 id="judgments-head" { "Judgments " span.count { (words::grouped(judgments.len())) } }
            p.note { "What people said of what the program found, from the signed journal of the case file, in its order." }
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
    html! {
        table.plain {
            thead { tr {
                th scope="col" { "Entry" } th scope="col" { "Who" } th scope="col" { "Of what" } th scope="col" { "What they say" }
            } }
            tbody { @for judged in judgments { (row(view, judged, more)) } }
        }
    }
}

fn row(view: &View<'_>, judged: &Judged, more: &dyn Fn(&Judged) -> Markup) -> Markup {
    let judgment = &judged.judgment;
    html! {
        tr id=(entry_anchor(judgment)) {
            td data-label="Entry" { (judgment.number) }
            td data-label="Who" { bdi { (judgment.by) } span.basis { time datetime=(judgment.time) { (moment(&judgment.time)) } } }
            td data-label="Of what" {
                @for (n, id) in judged.events.iter().enumerate() { @if n > 0 { ", " } (view.event_link(id)) }
                @for (n, id) in judged.actors.iter().enumerate() { @if n > 0 { ", " } (view.actor_link(id)) }
                @if judged.events.is_empty() && judged.actors.is_empty() {
                    @for (n, id) in judgment.about.iter().enumerate() {
                        @if n > 0 { "; " }
                        @match judgment.titles.get(n) { Some(title) => bdi { (title) }, None => code { (id) } }
                    }
                }
            }
            td data-label="What they say" {
                strong { (verdict(judgment.verdict)) } (details(view, judged))
                @if !judged.applied { span.basis { "not applied: what it speaks of is not found, or a later judgment says otherwise" } }
                (more(judged))
            }
        }
    }
}

/// What was said of an event.
pub(super) fn of(view: &View<'_>, event: &Event) -> Markup {
    let mut all = view.judged(&event.id).peekable();
    html! {
        @if all.peek().is_some() {
            ul.judged {
                @for judged in all {
                    li {
                        (verdict(judged.judgment.verdict)) (details(view, judged)) " "
                        span.basis {
                            a href=(view.pages.to(Part::Judgment, &entry_anchor(&judged.judgment))) { "entry " (judged.judgment.number) } " by "
                            bdi { (judged.judgment.by) } ", " (moment(&judged.judgment.time))
                            @if !judged.applied { ", not applied" }
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
    let unknown = || "nothing".to_owned();
    html! {
        @if let Some(date) = date.as_ref().filter(|_| corrects) {
            ": the date is " (words::date(date)) " (found: " (found.date.as_ref().map_or_else(unknown, words::date)) ")"
        }
        @if let Some(title) = title.as_ref().filter(|_| corrects) {
            ": it is “" bdi { (title) } "” (found: " bdi { (known.unwrap_or_else(unknown)) } ")"
        }
        @if let Some(body) = body.as_ref().filter(|_| corrects) {
            ": the body is “" bdi { (body) } "” (found: " bdi { (found.body.clone().unwrap_or_else(unknown)) } ")"
        }
        @if let (Verdict::Link, [from, to]) = (judgment.verdict, events.as_slice()) {
            ": " (view.event_link(from)) " "
            (judgment.effect.map_or("concerns", words::effect)) " " (view.event_link(to))
        }
        @if !judgment.names.is_empty() {
            ": another is called " @for (n, name) in judgment.names.iter().enumerate() { @if n > 0 { ", " } "“" bdi { (name) } "”" }
        }
        @if let Some(added) = &judgment.added { ": " (what(added, &judgment.correction)) " from the words " (words_of(view, added)) }
        @if let Some(said) = &judgment.words { ": “" bdi { (said) } "”" }
    }
}

/// What somebody added, in short.
fn what(added: &Added, said: &Correction) -> Markup {
    html! {
        @match &added.what {
            Addition::Event { status } => { "an event" @if let Some(mark) = words::not_actual(*status) { " (" (mark) ")" } }
            Addition::Act { act_type, status, .. } => {
                "an act (" (act_type.name()) @if let Some(mark) = words::not_actual(*status) { ", " (mark) } ")"
            }
            Addition::Statement { speaker, stance } => {
                "a statement: "
                @match speaker { Some(speaker) => bdi { (speaker) }, None => "nobody named" } " " (words::stance(*stance))
            }
            Addition::Actor { name, kind } => { "that a " (words::actor(*kind)) " is named, “" bdi { (name) } "”," }
        }
        @if let Some(date) = &said.date { " of " (words::date(date)) }
        @if let Some(title) = &said.title { ", “" bdi { (title) } "”," }
        @if let Some(body) = &said.body { " by “" bdi { (body) } "”," }
    }
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
    html! {
        "“" @match place {
            Some(address) => a href=(address) { bdi { (words.quote) } },
            None => bdi { (words.quote) },
        } "”"
        @if let Some(source) = source { " of " (view.source_link(source)) }
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
            "a person, by hand"
            @if let Some(Judged { judgment, .. }) = judged {
                ": " bdi { (judgment.by) } ", " (moment(&judgment.time)) ", "
                a href=(view.pages.to(Part::Judgment, &entry_anchor(judgment))) { "entry " (judgment.number) }
            }
        }
        @if !hands.is_empty() && !rules.is_empty() { "; " }
        (rules.join(", "))
    }
}

fn entry_anchor(judgment: &Judgment) -> String {
    format!("judgment-{}", judgment.number)
}

/// The day of a moment in words, in UTC; what is none stays as it is.
fn moment(time: &str) -> String {
    let day = time.split('T').next().unwrap_or_default();
    day.parse().map_or_else(|_| time.to_owned(), words::day)
}

/// What somebody did with a finding.
const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirm => "confirmed",
        Verdict::Reject => "rejected",
        Verdict::Correct => "corrected",
        Verdict::Merge => "taken for one",
        Verdict::Split => "taken for several",
        Verdict::Link => "linked",
        Verdict::Note => "noted",
        Verdict::Add => "added by hand",
    }
}
