//! Who has to do with whom: the actors that take part in the same events, as a drawing and as a table that says the same.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::Response;
use khronika_core::{Actor, ActorKind, Case};
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};

use crate::fault::Fault;
use crate::page::{Visitor, made};
use crate::workspace::Workspace;

/// How many actors are drawn: those with most events in common with others.
const DRAWN: usize = 28;
/// How many pairs the table has.
const PAIRS: usize = 200;
/// How many of those who take part in one event are paired.
const TOGETHER: usize = 8;
/// The size of the drawing, and how far from its middle the actors stand.
const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 620.0;
const RADIUS: (f64, f64) = (230.0, 250.0);

/// The page.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/actors", "network"), |parts, who| body(parts, who)).await
}

/// Two actors by their places in the case, in order, and in how many events both take part.
type Pairs = Vec<((usize, usize), usize)>;

fn pairs(case: &Case) -> Pairs {
    let places: BTreeMap<&str, usize> =
        case.actors.iter().enumerate().map(|(n, actor)| (actor.id.as_str(), n)).collect();
    let mut together: Vec<(usize, usize)> = Vec::new();
    for event in &case.events {
        let body = event.act.as_ref().and_then(|act| act.body.as_deref());
        let parties = event.actors.iter().map(|part| part.actor.as_str()).chain(body);
        let here: BTreeSet<usize> = parties.filter_map(|id| places.get(id).copied()).collect();
        let here: Vec<usize> = here.into_iter().take(TOGETHER).collect();
        for (n, a) in here.iter().enumerate() {
            for b in here.iter().skip(n + 1) {
                together.push((*a, *b));
            }
        }
    }
    together.sort_unstable();
    let same = together.chunk_by(|a, b| a == b);
    same.filter_map(|pair| Some((*pair.first()?, pair.len()))).collect()
}

/// Those that are drawn, in the order in which they stand around the middle: each beside the one that it has most to do with.
fn drawn(pairs: &Pairs) -> Vec<usize> {
    let mut weight: BTreeMap<usize, usize> = BTreeMap::new();
    for ((a, b), count) in pairs {
        *weight.entry(*a).or_default() += count;
        *weight.entry(*b).or_default() += count;
    }
    let mut most: Vec<(usize, usize)> = weight.into_iter().collect();
    most.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
    let mut left: Vec<usize> = most.into_iter().map(|(at, _)| at).take(DRAWN).collect();
    let mut order = Vec::with_capacity(left.len());
    let shared = |a: usize, b: usize| {
        let at = pairs.binary_search_by_key(&(a.min(b), a.max(b)), |(pair, _)| *pair);
        at.ok().and_then(|at| pairs.get(at)).map_or(0, |(_, count)| *count)
    };
    while !left.is_empty() {
        let next = match order.last() {
            Some(last) => (0..left.len())
                .max_by_key(|at| (left.get(*at).map_or(0, |one| shared(*last, *one)), std::cmp::Reverse(*at))),
            None => Some(0),
        };
        order.push(left.remove(next.unwrap_or(0)));
    }
    order
}

fn body(parts: &Parts<'_>, visitor: &Visitor) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    let pairs = pairs(case);
    let drawn = drawn(&pairs);
    let mut listed: Vec<(&Actor, &Actor, usize)> =
        pairs.iter().filter_map(|((a, b), count)| Some((case.actors.get(*a)?, case.actors.get(*b)?, *count))).collect();
    listed.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    html! {
        h2 { (w.t("network")) }
        p.note { (w.t("network-lede")) }
        @if pairs.is_empty() { p.empty { (w.t("network-none")) } }
        @else {
            div.map.network tabindex="0" role="region" aria-label=(w.t("network")) { (drawing(visitor, case, &pairs, &drawn)) }
            h3 id="pairs" { (w.t("network-table")) }
            table.plain {
                thead { tr { th scope="col" { (w.t("network-one")) } th scope="col" { (w.t("network-other")) } th scope="col" { (w.t("source-events")) } } }
                tbody { @for (a, b, count) in listed.iter().take(PAIRS) {
                    tr {
                        td data-label=(w.t("network-one")) { (link(a)) }
                        td data-label=(w.t("network-other")) { (link(b)) }
                        td data-label=(w.t("source-events")) { (count) }
                    }
                } }
            }
        }
        p { a href="/actors" { (w.t("nav-actors")) } }
    }
}

fn link(actor: &Actor) -> Markup {
    html! { a href={ "/actor/" (anchor(&actor.id)) } { bdi { (actor.name) } } }
}

fn drawing(visitor: &Visitor, case: &Case, pairs: &Pairs, drawn: &[usize]) -> Markup {
    let w = visitor.words;
    let count = f64::from(u32::try_from(drawn.len()).unwrap_or(1).max(1));
    let angle = |n: usize| {
        std::f64::consts::TAU * (f64::from(u32::try_from(n).unwrap_or(0)) / count) - std::f64::consts::FRAC_PI_2
    };
    let place = |n: usize| {
        let (across, down) = RADIUS;
        (px(WIDTH / 2.0 + across * angle(n).cos()), px(HEIGHT / 2.0 + down * angle(n).sin()))
    };
    let at: BTreeMap<usize, usize> = drawn.iter().enumerate().map(|(n, actor)| (*actor, n)).collect();
    let lines = pairs.iter().filter_map(|((a, b), count)| Some((place(*at.get(a)?), place(*at.get(b)?), *count)));
    let lines: Vec<_> = lines.collect();
    html! {
        svg width=(WIDTH) height=(HEIGHT) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-labelledby="network-title network-desc" {
            title id="network-title" { (w.t("network")) }
            desc id="network-desc" { (w.t("network-desc")) }
            @for ((x, y), (to_x, to_y), count) in &lines {
                path.tie.strong[*count > 3] d={ "M" (x) " " (y) "L" (to_x) " " (to_y) } {}
            }
            @for (n, actor) in drawn.iter().enumerate().filter_map(|(n, at)| Some((n, case.actors.get(*at)?))) {
                @let (x, y) = place(n);
                @let right = angle(n).cos() >= -0.01;
                a href={ "/actor/" (anchor(&actor.id)) } {
                    @match actor.kind {
                        ActorKind::Person | ActorKind::Unknown => circle.who cx=(x) cy=(y) r="7" {},
                        _ => rect.who x=(px(x - 6.5)) y=(px(y - 6.5)) width="13" height="13" {},
                    }
                    text x=(px(if right { x + 12.0 } else { x - 12.0 })) y=(px(y + 4.0)) text-anchor=(if right { "start" } else { "end" }) { (clipped(&actor.name)) }
                }
            }
        }
    }
}

/// The longest name in the drawing, in characters.
const NAME: usize = 30;

fn clipped(name: &str) -> String {
    let mut short: String = name.chars().take(NAME).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

/// One decimal is finer than any screen shows.
fn px(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_most_in_common_stands_side_by_side() {
        let pairs: Pairs = vec![((0, 1), 1), ((0, 3), 9), ((1, 2), 5)];
        assert_eq!(drawn(&pairs), [0, 3, 1, 2]);
        assert!(drawn(&Pairs::new()).is_empty());
    }
}
