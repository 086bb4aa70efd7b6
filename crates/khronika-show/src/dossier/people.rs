//! Actors with every form of their names, statements with their speakers, and letters with those who signed.

use khronika_core::{
    Actor, ActorKind, Affiliation, BY_HAND, CaseLetter, CaseSignatory, CaseStatement, SignatoryKind, Span,
};
use maud::{Markup, html};

use super::address::{Pages, Part};
use super::chronology::percent;
use super::judgments;
use super::view::{View, anchor, limit};

/// The section of actors, the most often named first.
pub(super) fn actors(view: &View<'_>) -> Markup {
    let all = view.case.actors.len();
    html! {
        section id="actors" aria-labelledby="actors-head" {
            (view.head("actors", all))
            (actor_table(view, view.named()))
            (view.left_out(all, view.rows()))
        }
    }
}

/// A table of actors.
pub(super) fn actor_table(view: &View<'_>, actors: &[&Actor]) -> Markup {
    let [name, kind, written, named] =
        ["head-name", "head-kind", "head-written", "head-named"].map(|key| view.w.t(key));
    html! {
        table.plain {
            thead { tr { th scope="col" { (name) } th scope="col" { (kind) } th scope="col" { (written) } th scope="col" { (named) } } }
            tbody { @for actor in actors { (actor_row(view, actor)) } }
        }
    }
}

fn actor_row(view: &View<'_>, actor: &Actor) -> Markup {
    let w = view.w;
    html! {
        tr id=(anchor(&actor.id)) {
            th scope="row" {
                // On one page this row is all that there is of an actor; else it has a page.
                @if view.pages == Pages::Apart { (view.actor_link(&actor.id)) } @else { bdi { (actor.name) } }
            }
            td data-label=(w.t("head-kind")) { (w.actor(actor.kind)) }
            td data-label=(w.t("head-written")) { (written(view, actor)) }
            td.named data-label=(w.t("head-named")) { (mentions(view, actor)) }
        }
    }
}

/// Every form of an actor's name, and why they are taken for one.
pub(super) fn written(view: &View<'_>, actor: &Actor) -> Markup {
    html! {
        ul.names {
            @for name in &actor.names {
                li {
                    span.words lang=(name.language) dir="auto" { (name.text) }
                    @if let Some(relation) = view.w.relation(name.relation) { " " span.basis { (relation) } }
                }
            }
        }
        @if actor.made_by.starts_with(BY_HAND) {
            p.parties { (judgments::found_by(view, std::iter::once(actor.made_by.as_str()))) }
        }
        @if !actor.merged_because.is_empty() {
            details.how {
                summary { (view.w.t("why-one")) }
                @for reason in &actor.merged_because { p lang=[view.w.foreign()] { (reason) } }
                p {
                    @let who = judgments::made_by(view, std::iter::once(actor.made_by.as_str()));
                    (view.say("made-by", &[("who", who)])) (view.w.fill("confidence", &[("percent", &percent(actor.confidence))]))
                }
            }
        }
    }
}

/// Where an actor is named.
pub(super) fn mentions(view: &View<'_>, actor: &Actor) -> Markup {
    let named = actor.mentions.len();
    let mentions = actor.mentions.iter().take(limit::MENTIONS).filter_map(|passage| view.texts.place(passage));
    html! {
        details {
            summary { (view.w.n("count-times", named)) }
            @for (n, place) in mentions.enumerate() { @if n > 0 { ", " } (view.cite(&place)) }
            @if named > limit::MENTIONS { " " (view.w.fill("more", &[("number", &view.w.grouped(named - limit::MENTIONS))])) }
        }
    }
}

/// The short name of a statement by its index.
pub(super) fn statement_label(n: usize) -> String {
    format!("S{}", n + 1)
}

/// The section of statements, in the order of the sources.
pub(super) fn statements(view: &View<'_>) -> Markup {
    let statements = &view.case.statements;
    html! {
        section id="statements" aria-labelledby="statements-head" {
            (view.head("statements", statements.len()))
            p.note { (view.w.t("statements-note")) }
            (statement_table(view, 0..statements.len().min(view.rows())))
            (view.left_out(statements.len(), view.rows()))
        }
    }
}

/// A table of the statements with these indexes.
pub(super) fn statement_table(view: &View<'_>, which: impl Iterator<Item = usize>) -> Markup {
    let [number, who, says, what] =
        ["head-number", "head-who", "head-says", "head-what-written"].map(|key| view.w.t(key));
    html! {
        table.plain.said {
            thead { tr { th scope="col" { (number) } th scope="col" { (who) } th scope="col" { (says) } th scope="col" { (what) } } }
            tbody { @for (n, one) in which.filter_map(|n| Some((n, view.case.statements.get(n)?))) { (statement_row(view, n, one)) } }
        }
    }
}

fn statement_row(view: &View<'_>, n: usize, one: &CaseStatement) -> Markup {
    let content = one.passages.get(1).or(one.passages.first()).and_then(|passage| view.texts.place(passage));
    let w = view.w;
    html! {
        tr id=(anchor(&one.id)) {
            td.number { (statement_label(n)) }
            td data-label=(w.t("head-who")) {
                @match &one.speaker {
                    Some(Ok(id)) => (view.actor_link(id)),
                    Some(Err(speaker)) => span.words dir="auto" { (speaker) },
                    None => span.unknown { (w.t("nobody-is-named")) },
                }
                @if !one.chain.is_empty() {
                    span.basis {
                        (w.t("through")) " "
                        @for (n, id) in one.chain.iter().enumerate() { @if n > 0 { (w.t("and-then")) " " } (view.actor_link(id)) }
                    }
                }
            }
            td data-label=(w.t("head-says")) { (w.stance(one.stance)) @if !one.verb.is_empty() { span.basis { (view.quoted(&html! { bdi { (one.verb) } })) } } }
            td data-label=(w.t("head-what")) {
                @match content {
                    Some(place) => (view.quote(&place)),
                    None => span.words dir="auto" { (one.content) },
                }
                @if !one.about.is_empty() {
                    p.parties { (w.t("about")) " " (view.list(&one.about, |id| view.actor_link(id))) }
                }
                @if one.made_by.iter().any(|by| by.starts_with(BY_HAND)) {
                    p.parties { (judgments::found_by(view, one.made_by.iter().map(String::as_str))) }
                }
                @for place in view.texts.places(&one.evidence) { p.parties { (w.t("rests-on")) } (view.quote(&place)) }
            }
        }
    }
}

/// The anchor of a letter by its index.
pub(super) fn letter_anchor(n: usize) -> String {
    format!("letter-{}", n + 1)
}

/// The section of letters.
pub(super) fn letters(view: &View<'_>) -> Markup {
    let letters = &view.case.letters;
    html! {
        section id="letters" aria-labelledby="letters-head" {
            (view.head("letters", letters.len()))
            @for (n, one) in letters.iter().enumerate().take(view.rows()) { (letter(view, n, one)) }
            (view.left_out(letters.len(), view.rows()))
        }
    }
}

/// A letter.
pub(super) fn letter(view: &View<'_>, n: usize, letter: &CaseLetter) -> Markup {
    let quotes = |spans: &[Span]| {
        html! {
            @for place in spans.iter().filter_map(|span| view.texts.place_in(letter.source, *span)) { (view.quote(&place)) }
        }
    };
    let count = |kind| letter.signatories.iter().filter(|one| one.kind == kind).count();
    let (people, bodies) = (count(SignatoryKind::Person), count(SignatoryKind::Organisation));
    let w = view.w;
    html! {
        article.item.letter id=(letter_anchor(n)) {
            h3 { (view.source_link(letter.source)) }
            dl {
                dt { (w.t("head-date")) } dd { @match &letter.date { Some(when) => (view.when(when)), None => span.unknown { (w.t("not-found")) } } }
                dt { (w.t("letter-to")) } dd { @if letter.addressees.is_empty() { span.unknown { (w.t("not-found")) } } (quotes(&letter.addressees)) }
                dt { (w.t("letter-asks")) } dd { @if letter.demands.is_empty() { span.unknown { (w.t("no-demand")) } } (quotes(&letter.demands)) }
                dt { (w.t("letter-signed")) } dd { (w.n("count-people", people)) ", " (w.n("count-organisations", bodies)) }
            }
            @if !letter.signatories.is_empty() {
                table.plain.signed {
                    thead { tr {
                        th scope="col" { (w.t("head-number")) } th scope="col" { (w.t("head-name")) } th scope="col" { (w.t("head-kind")) }
                        th scope="col" { (w.t("head-role-of")) } th scope="col" { (w.t("head-place")) }
                    } }
                    tbody {
                        @for (k, one) in letter.signatories.iter().enumerate().take(view.rows()) { (signatory(view, n, k, letter.source, one)) }
                    }
                }
                (view.left_out(letter.signatories.len(), view.rows()))
            }
        }
    }
}

/// The anchor of a signatory by the indexes of letter and signatory.
pub(super) fn signatory_anchor(letter: usize, n: usize) -> String {
    format!("letter-{}.{}", letter + 1, n + 1)
}

fn signatory(view: &View<'_>, letter: usize, n: usize, source: usize, one: &CaseSignatory) -> Markup {
    let whole = view.texts.place_in(source, one.span);
    let text = |span: Span| view.texts.place_in(source, span).map_or("", |place| place.quote);
    let lang = whole.map_or("und".to_owned(), |place| place.lang.code().to_owned());
    let words_of = |span: Span| html! { span.words lang=(lang) dir="auto" { (text(span)) } };
    let at = |at: &Affiliation| {
        html! {
            @if let Some(role) = at.role { (words_of(role)) }
            @if at.role.is_some() && at.organisation.is_some() { ", " }
            @if let Some(organisation) = at.organisation { (words_of(organisation)) }
        }
    };
    let w = view.w;
    let kind = match one.kind {
        SignatoryKind::Person => ActorKind::Person,
        SignatoryKind::Organisation => ActorKind::Organisation,
    };
    html! {
        tr id=(signatory_anchor(letter, n)) {
            td.number {
                @match whole.as_ref().and_then(|place| view.address(place)) {
                    Some(address) => a href=(address) { (n + 1) },
                    None => (n + 1),
                }
            }
            th scope="row" {
                @if let Some(title) = one.title { (words_of(title)) " " }
                @match one.actor.as_deref().filter(|id| view.has_row(id)) {
                    Some(id) => a.who href=(view.to(Part::Actor, id)) { (words_of(one.name)) },
                    None => (words_of(one.name)),
                }
                @if let Some(surname) = one.surname { " " (words_of(surname)) }
            }
            td data-label=(w.t("head-kind")) { (w.actor(kind)) }
            td data-label=(w.t("head-role")) {
                @if one.affiliations.is_empty() && one.kind == SignatoryKind::Person { span.unknown { (w.t("none-given")) } }
                @else if !one.affiliations.is_empty() { ul.names { @for one in &one.affiliations { li { (at(one)) } } } }
            }
            td data-label=(w.t("head-place")) { @match one.place { Some(place) => (words_of(place)), None => span.unknown { (w.t("none-given")) } } }
        }
    }
}
