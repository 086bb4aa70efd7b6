//! A proceeding as a map: a lane for each body, acts as marks in time, arrows for what an act does to another.

mod layout;

use std::collections::BTreeMap;

use khronika_core::{ActOfCase, ActorRole, Basis, EdgeBasis, Event, EventStatus, Proceeding, Role};
use maud::{Markup, html};

use self::layout::{Act, Edge, INDENT, LINE, Layout, MARK, layout};
use super::address::{Pages, Part};
use super::view::{View, anchor, limit};
use super::{chronology, shape};
use crate::title::outcomes;
use crate::words::Words;

/// An act with its number in the chronology.
struct Node<'a> {
    number: usize,
    event: &'a Event,
    act: &'a ActOfCase,
}

/// An arrow with what it stands for.
struct Arrow {
    edge: Edge,
    /// Whether the text says so, of at least one of the effects that it stands for.
    stated: bool,
}

/// The map of the proceeding with index `n`, with its title; nothing where there is one act only, and a word where there are too many.
pub(super) fn figure(view: &View<'_>, n: usize, proceeding: &Proceeding) -> Markup {
    let nodes: Vec<Node<'_>> = proceeding
        .acts
        .iter()
        .filter_map(|id| view.event(id))
        .filter_map(|(number, event)| Some(Node { number, event, act: event.act.as_ref()? }))
        .collect();
    if nodes.len() < 2 {
        return html! {};
    }
    if nodes.len() > limit::MAP {
        return html! { p.note { (view.w.fill("map-too-large", &[("acts", &view.w.n("count-acts", nodes.len()))])) } };
    }
    let (names, lanes) = lanes(view, &nodes);
    let acts: Vec<Act> = nodes.iter().zip(lanes).map(|(node, lane)| act(view.w, node, lane)).collect();
    let arrows = arrows(view.w, &nodes);
    let (stated, edges): (Vec<bool>, Vec<Edge>) = arrows.into_iter().map(|arrow| (arrow.stated, arrow.edge)).unzip();
    let map = layout(&acts, &names, &edges);
    let title = view.proceeding(proceeding);
    let title = view.w.fill("map-title", &[("number", &(n + 1).to_string()), ("title", &title)]);
    draw(view, &map, &nodes, (&names, &edges, &stated), &anchor(&proceeding.id), &title)
}

/// The lanes in the order of their first acts: their names, and the lane of each act.
fn lanes(view: &View<'_>, nodes: &[Node<'_>]) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let lanes = nodes
        .iter()
        .map(|node| {
            let name_of = |id: &str| view.actor(id).map(|actor| actor.name.as_str());
            // Who files a request is a lane as well: a request has no body.
            let acts = |part: &&ActorRole| matches!(part.role, Role::Agent | Role::Applicant);
            let party = || node.event.actors.iter().find(acts).and_then(|part| name_of(&part.actor));
            let body = node.act.body.as_deref().and_then(name_of).or(node.act.body_name.as_deref());
            let name = body.or_else(party).unwrap_or(view.w.t("body-not-named"));
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            })
        })
        .collect();
    (names, lanes)
}

fn act(w: &Words, node: &Node<'_>, lane: usize) -> Act {
    let when = node.event.when.as_ref();
    let day = when.and_then(|when| when.earliest().or(when.latest()));
    let date = when.map_or_else(|| w.t("undated").to_owned(), |when| w.short_date(&when.edtf));
    // The lane says who, the arrows say to what: the words say what was done.
    let what = outcomes(node.act, w).unwrap_or_else(|| w.act_type(node.act.act_type).to_owned());
    Act {
        lane,
        day: day.map(|day| i32::from(day.year()) * 366 + i32::from(day.day_of_year())),
        year: day.map(|day| day.year()),
        words: vec![format!("{} · {date}", w.grouped(node.number)), what, standing(w, node).to_owned()],
    }
}

fn standing<'w>(w: &'w Words, node: &Node<'_>) -> &'w str {
    w.not_actual(node.event.status).unwrap_or_else(|| w.stands(&node.act.standing))
}

/// The effects between acts of the map; several on one target are one arrow.
fn arrows(w: &Words, nodes: &[Node<'_>]) -> Vec<Arrow> {
    let index: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(n, node)| (node.event.id.as_str(), n)).collect();
    let mut arrows: Vec<Arrow> = Vec::new();
    for (from, node) in nodes.iter().enumerate() {
        for effect in &node.act.effects {
            let Some(to) = effect.on.as_deref().and_then(|id| index.get(id)).copied().filter(|to| *to != from) else {
                continue;
            };
            let (label, stated) = (w.effect(effect.effect), effect.basis == EdgeBasis::Stated);
            match arrows.iter_mut().find(|arrow| (arrow.edge.from, arrow.edge.to) == (from, to)) {
                Some(arrow) => {
                    arrow.edge.label = format!("{}, {label}", arrow.edge.label);
                    arrow.stated |= stated;
                }
                None => arrows.push(Arrow { edge: Edge { from, to, label: label.to_owned() }, stated }),
            }
        }
    }
    arrows
}

fn draw(
    view: &View<'_>,
    map: &Layout,
    nodes: &[Node<'_>],
    (names, edges, stated): (&[String], &[Edge], &[bool]),
    id: &str,
    title: &str,
) -> Markup {
    let (width, height) = (map.width, map.height);
    // On pages of their own maps say, where somebody points, why an act stands as it does.
    let live = view.pages == Pages::Apart;
    let chain = |node: &Node<'_>| {
        let steps = node.act.standing.because.iter().filter_map(|step| step.event.as_deref());
        let places = steps.filter_map(|id| nodes.iter().position(|other| other.event.id == id));
        places.map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
    };
    html! {
        p.hint { (view.w.t("map-hint")) }
        div.map tabindex="0" role="region" aria-label=(title) {
            svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-labelledby={ (id) ".t " (id) ".d" } {
                title id={ (id) ".t" } { (title) }
                desc id={ (id) ".d" } {
                    (view.w.fill("map-said", &[
                        ("acts", &view.w.n("count-acts", nodes.len())),
                        ("lanes", &view.w.n("count-lanes", names.len())),
                        ("arrows", &view.w.n("count-arrows", edges.len())),
                    ]))
                }
                @for (x, year) in &map.years {
                    path.rule d={ "M" (px(*x)) " 20V" (px(height)) } {}
                    text.year x=(px(*x)) y="14" { (year) }
                }
                @for (n, lane) in map.lanes.iter().enumerate() {
                    @if n > 0 { path.lane d={ "M0 " (px(lane.top)) "H" (px(width)) } {} }
                    @for (line, y) in lane.name.iter().zip(baselines(lane.top + 16.0)) { text.name x="8" y=(px(y)) { (line) } }
                }
                @for ((edge, stated), of) in map.edges.iter().zip(stated).zip(edges) {
                    path.arrow.derived[!*stated] data-from=[live.then_some(of.from)] data-to=[live.then_some(of.to)] d=(corners(edge.points)) marker-end="url(#arrow)" {}
                }
                @for (placed, edge) in map.edges.iter().zip(edges) {
                    rect.under x=(px(placed.label.0 - layout::width(&edge.label) / 2.0)) y=(px(placed.label.1 - 7.0)) width=(px(layout::width(&edge.label))) height="14" {}
                    text.effect x=(px(placed.label.0)) y=(px(placed.label.1 + 4.0)) { (edge.label) }
                }
                @for (number, (at, node)) in map.acts.iter().zip(nodes).enumerate() {
                    a href=(view.to(Part::Event, &node.event.id)) data-n=[live.then_some(number)] data-chain=[live.then(|| chain(node))] class={ "node " (if node.event.status == EventStatus::Actual { shape::family_of(&node.act.standing) } else { "unreal" }) } {
                        (extent(node, at.x, at.y))
                        circle.back cx=(px(at.x)) cy=(px(at.y)) r="10" {}
                        use href={ "#i-" (if node.event.status == EventStatus::Actual { shape::name_of(&node.act.standing) } else { "unknown" }) }
                            x=(px(at.x - MARK)) y=(px(at.y - MARK)) width=(2.0 * MARK) height=(2.0 * MARK) {}
                        @let last = at.lines.len().saturating_sub(1);
                        @for (n, (line, y)) in at.lines.iter().zip(baselines(at.y)).enumerate() {
                            text.date[n == 0].status[n == last] x=(px(at.x + INDENT)) y=(px(y)) { (line) }
                        }
                    }
                }
            }
        }
        @if live {
            // The script shows the one that is pointed at.
            div.why aria-live="polite" {
                @for (number, node) in nodes.iter().enumerate() {
                    div data-why=(number) hidden {
                        p { (view.event_link(&node.event.id)) " " strong { (standing(view.w, node)) } " " (view.titles.title(node.event)) }
                        (chronology::chain(view, &node.act.standing.because))
                    }
                }
            }
        }
    }
}

/// The baselines of an act's lines.
fn baselines(y: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(y + 4.0), |y| Some(y + LINE))
}

/// A date that is not a day, as a bar through the mark: short for a month, long for more, and broken where it is inferred.
fn extent(node: &Node<'_>, x: f64, y: f64) -> Markup {
    let when = node.event.when.as_ref();
    let days = when.and_then(|when| when.earliest().zip(when.latest())).map_or(i32::MAX, |(from, to)| {
        (i32::from(to.year()) - i32::from(from.year())) * 366 + i32::from(to.day_of_year())
            - i32::from(from.day_of_year())
    });
    let inferred = when.is_none_or(|when| !matches!(when.basis, Basis::Stated | Basis::Service | Basis::Judged));
    let (left, right) = match days {
        0 if inferred => (14.0, 14.0),
        0 => return html! {},
        1..=31 => (16.0, 16.0),
        _ => (24.0, 18.0),
    };
    html! { path.extent.inferred[inferred] d={ "M" (px(x - left)) " " (px(y)) "H" (px(x + right)) } {} }
}

fn corners(points: [(f64, f64); 4]) -> String {
    let corner = |(x, y): (f64, f64)| format!("{} {}", px(x), px(y));
    let [a, b, c, d] = points.map(corner);
    format!("M{a}L{b}L{c}L{d}")
}

/// One decimal is finer than any screen shows.
fn px(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
