//! Where the acts of a proceeding stand on its map, and how the arrows between them run.
//!
//! Time goes from left to right, in the order of the acts, with long gaps compressed; a lane for each body goes from top to bottom.
//! A lane's name stands in a column of its own at the left. An act is a mark with its words to the right of it. Acts of one lane whose words would overlap go to further rows of the lane, by
//! first fit. Between the rows are gutters: an arrow leaves its act upward or downward, runs along a gutter in a track of its own
//! together with its label, and enters its target. Tracks are filled by first fit as well, labels counted in, so that no two labels
//! and no two horizontal stretches overlap. Where an arrow may run in several gutters it takes the one in which its upright
//! stretches cross the fewest acts; and its label goes where the fewest upright stretches of others pass.
//!
//! Widths of words are estimated from their letters, generously: the layout knows no fonts, and gives the same map everywhere.

use std::collections::BTreeMap;

/// Size of an act's words.
const TEXT: f64 = 12.0;
/// Height of a line of words.
pub(super) const LINE: f64 = 15.0;
/// Half the width of a mark.
pub(super) const MARK: f64 = 8.0;
/// Where an act's words begin, from the middle of its mark.
pub(super) const INDENT: f64 = 21.0;
/// Widest line of an act.
const WIDEST: f64 = 168.0;
/// Least space between the words of one act and the next mark of its row.
const GAP: f64 = 18.0;
/// Width of the column of the lanes' names.
const NAMES: f64 = 150.0;
/// Height of a track of a gutter.
const TRACK: f64 = 17.0;
/// Height of the years above.
const AXIS: f64 = 26.0;
const MARGIN: f64 = 16.0;
/// Least height of what is left and right of a lane's rows.
const PADDING: f64 = 6.0;

/// An act to be placed.
pub(super) struct Act {
    /// The lane, by its index.
    pub(super) lane: usize,
    /// Days since some day, for the distance to the act before; `None` where nothing dates the act.
    pub(super) day: Option<i32>,
    /// The year, for the axis.
    pub(super) year: Option<i16>,
    /// Its words, the first line first; wrapped by the layout.
    pub(super) words: Vec<String>,
}

/// An arrow to be placed: from the act that does something to the act that it is done to, by their indexes.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
}

/// A placed act: the middle of its mark, and its lines.
pub(super) struct PlacedAct {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) lines: Vec<String>,
    row: usize,
    right: f64,
}

/// A placed arrow.
pub(super) struct PlacedEdge {
    /// The corners, from the source to the target.
    pub(super) points: [(f64, f64); 4],
    /// The middle of the label.
    pub(super) label: (f64, f64),
}

/// A placed lane.
pub(super) struct PlacedLane {
    pub(super) top: f64,
    /// Its name in lines, from the top.
    pub(super) name: Vec<String>,
    bottom: f64,
}

/// The map.
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The acts in the order in which they came.
    pub(super) acts: Vec<PlacedAct>,
    /// The arrows in the order in which they came.
    pub(super) edges: Vec<PlacedEdge>,
    /// The lanes from the top.
    pub(super) lanes: Vec<PlacedLane>,
    /// Years where they begin to be drawn, with their place.
    pub(super) years: Vec<(f64, i16)>,
}

/// Lays out acts, which come in order of time, and the arrows between them; `lanes` are the names of the lanes.
pub(super) fn layout(acts: &[Act], lanes: &[String], edges: &[Edge]) -> Layout {
    let mut placed = columns(acts);
    let rows = rows(acts, &mut placed, lanes.len());
    let mut routes: Vec<Route> = edges.iter().map(|edge| Route::new(edge, &placed)).collect();
    let tracks = tracks(&mut routes, rows.len());
    let (lanes, tops, bottom) = heights(&rows, &tracks, &placed, lanes);
    for act in &mut placed {
        act.y = tops.get(act.row).map_or(0.0, |(_, row)| row + MARK + 2.0);
    }
    let ports = ports(edges, &routes, &placed);
    let mut edges: Vec<PlacedEdge> = edges
        .iter()
        .zip(&routes)
        .zip(ports)
        .filter_map(|((edge, route), (out, into))| {
            let (from, to) = (placed.get(edge.from)?, placed.get(edge.to)?);
            let gutter = tops.get(route.gutter).map_or(bottom, |(gutter, _)| *gutter);
            let y = gutter + (f64::from(route.track) + 0.5) * TRACK;
            let side = |act: &PlacedAct| if y < act.y { act.y - MARK - 1.0 } else { act.y + MARK + 1.0 };
            let (x1, x2) = (from.x + out, to.x + into);
            Some(PlacedEdge { points: [(x1, side(from)), (x1, y), (x2, y), (x2, side(to))], label: (0.0, y) })
        })
        .collect();
    place_labels(&mut edges, &routes);
    let right = placed.iter().map(|act| act.right).chain(routes.iter().map(|route| route.high)).fold(0.0, f64::max);
    let gutter = tracks.last().copied().map_or(0.0, f64::from) * TRACK;
    Layout {
        width: (right + MARGIN).ceil(),
        height: (bottom + gutter + 6.0).ceil(),
        years: years(acts, &placed),
        acts: placed,
        edges,
        lanes,
    }
}

/// Puts each label on its arrow's horizontal stretch, or to the right of it where the stretch is too short: where the fewest upright
/// stretches of other arrows pass, and as near the middle as that allows.
fn place_labels(edges: &mut [PlacedEdge], routes: &[Route]) {
    let uprights: Vec<(usize, f64, f64, f64)> = edges
        .iter()
        .enumerate()
        .flat_map(|(n, edge)| {
            let [a, b, c, d] = edge.points;
            [(n, b.0, a.1.min(b.1), a.1.max(b.1)), (n, c.0, c.1.min(d.1), c.1.max(d.1))]
        })
        .collect();
    for ((n, edge), route) in edges.iter_mut().enumerate().zip(routes) {
        let (low, high) = (route.room.0 + route.half, route.room.1 - route.half);
        let crossings = |x: f64| {
            let hit = |up: &&(usize, f64, f64, f64)| {
                up.0 != n && (up.1 - x).abs() < route.half && up.2 - 6.0 < edge.label.1 && edge.label.1 < up.3 + 6.0
            };
            uprights.iter().filter(hit).count()
        };
        let middle = f64::midpoint(low, high);
        let steps = ((high - low) / 2.0 / 8.0).clamp(0.0, 60.0);
        let candidates = std::iter::successors(Some(0.0), |step| Some(step + 1.0))
            .take_while(|step| *step <= steps)
            .flat_map(|step: f64| [middle + step * 8.0, middle - step * 8.0]);
        edge.label.0 = candidates.min_by_key(|x| crossings(*x)).unwrap_or(middle);
    }
}

/// Places acts from left to right.
fn columns(acts: &[Act]) -> Vec<PlacedAct> {
    let (mut x, mut last) = (NAMES + MARGIN + MARK + 14.0, None::<i32>);
    acts.iter()
        .enumerate()
        .map(|(n, act)| {
            if n > 0 {
                x += match (last, act.day) {
                    (Some(last), Some(day)) if day == last => 0.0,
                    // A day apart is a visible step, a year a wide one, and a century hardly wider.
                    (Some(last), Some(day)) => {
                        (46.0 + 20.0 * (1.0 + f64::from((day - last).max(0)) / 30.0).ln()).min(140.0)
                    }
                    _ => 60.0,
                };
            }
            last = act.day.or(last);
            let lines = wrap(&act.words);
            let right = x + INDENT + lines.iter().map(|line| width(line)).fold(0.0, f64::max);
            PlacedAct { x, y: 0.0, lines, row: 0, right }
        })
        .collect()
}

/// Gives each act a row within its lane, by first fit; returns the lane of each row, from the top.
fn rows(acts: &[Act], placed: &mut [PlacedAct], lanes: usize) -> Vec<usize> {
    let mut rows = Vec::new();
    for lane in 0..lanes {
        let first = rows.len();
        let mut ends: Vec<f64> = Vec::new();
        for (_, at) in acts.iter().zip(placed.iter_mut()).filter(|(act, _)| act.lane == lane) {
            let free = ends.iter().position(|end| end + GAP <= at.x - MARK);
            let row = free.unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(end) => *end = at.right,
                None => ends.push(at.right),
            }
            at.row = first + row;
        }
        rows.extend(std::iter::repeat_n(lane, ends.len().max(1)));
    }
    rows
}

/// The way of an arrow: along which gutter (the one above the row of that number), in which track.
struct Route {
    gutter: usize,
    track: u16,
    /// What the horizontal stretch and the label take up.
    low: f64,
    high: f64,
    /// Between what the label may stand.
    room: (f64, f64),
    /// Half the label's width.
    half: f64,
}

impl Route {
    fn new(edge: &Edge, placed: &[PlacedAct]) -> Self {
        let (Some(from), Some(to)) = (placed.get(edge.from), placed.get(edge.to)) else {
            return Self { gutter: 0, track: 0, low: 0.0, high: 0.0, room: (0.0, 0.0), half: 0.0 };
        };
        let (first, last) =
            if from.row == to.row { (from.row, from.row) } else { (from.row.min(to.row) + 1, from.row.max(to.row)) };
        // Acts of other rows that an upright stretch at `x` would pass through between its row and the gutter.
        let crossed = |row: usize, gutter: usize, x: f64| {
            let between = if gutter > row { row + 1..gutter } else { gutter..row };
            placed
                .iter()
                .filter(|act| between.contains(&act.row) && act.x - MARK - 4.0 < x && x < act.right + 4.0)
                .count()
        };
        let cost = |gutter: &usize| crossed(from.row, *gutter, from.x) + crossed(to.row, *gutter, to.x);
        let gutter = (first..=last).min_by_key(cost).unwrap_or(first);
        let half = width(&edge.label) / 2.0 + 5.0;
        let (low, high) = (from.x.min(to.x) - 9.0, from.x.max(to.x) + 9.0);
        // Within the stretch, clear of the corners; else to its right.
        let inside = (low + 22.0, high - 22.0);
        let room = if inside.1 - inside.0 >= 2.0 * half { inside } else { (high, high + 2.0 * half) };
        Self { gutter, track: 0, low, high: high.max(room.1), room, half }
    }
}

/// Gives each arrow a track in its gutter, short ones first; returns how many tracks each gutter has.
fn tracks(routes: &mut [Route], rows: usize) -> Vec<u16> {
    let mut gutters: Vec<Vec<Vec<(f64, f64)>>> = vec![Vec::new(); rows + 1];
    let mut order: Vec<usize> = (0..routes.len()).collect();
    let length = |n: &usize| routes.get(*n).map_or(0.0, |route| route.high - route.low);
    order.sort_by(|a, b| length(a).total_cmp(&length(b)).then(a.cmp(b)));
    for n in order {
        let Some(route) = routes.get_mut(n) else { continue };
        let Some(gutter) = gutters.get_mut(route.gutter) else { continue };
        let free = |track: &Vec<(f64, f64)>| {
            track.iter().all(|(low, high)| route.high + 4.0 <= *low || *high + 4.0 <= route.low)
        };
        let track = gutter.iter().position(free).unwrap_or(gutter.len());
        match gutter.get_mut(track) {
            Some(track) => track.push((route.low, route.high)),
            None => gutter.push(vec![(route.low, route.high)]),
        }
        route.track = u16::try_from(track).unwrap_or(u16::MAX);
    }
    gutters.iter().map(|tracks| u16::try_from(tracks.len()).unwrap_or(u16::MAX)).collect()
}

/// The lanes; for each row the top of the gutter above it and its own top; and the bottom of the last row.
fn heights(
    rows: &[usize],
    tracks: &[u16],
    placed: &[PlacedAct],
    names: &[String],
) -> (Vec<PlacedLane>, Vec<(f64, f64)>, f64) {
    let (mut y, mut tops, mut lanes) = (AXIS, Vec::new(), Vec::<PlacedLane>::new());
    for (n, lane) in rows.iter().enumerate() {
        if lanes.len() <= *lane {
            let name = lines(names.get(*lane).map_or("", String::as_str), NAMES - 12.0, 4);
            lanes.push(PlacedLane { top: y, name, bottom: y });
        }
        let gutter = y + PADDING;
        y = gutter + f64::from(tracks.get(n).copied().unwrap_or(0)) * TRACK + 2.0;
        tops.push((gutter, y));
        y += count(placed.iter().filter(|act| act.row == n).map(|act| act.lines.len()).max().unwrap_or(1)) * LINE + 8.0;
        if rows.get(n + 1) != Some(lane)
            && let Some(placed) = lanes.last_mut()
        {
            y = y.max(placed.top + count(placed.name.len()) * LINE + 14.0);
            placed.bottom = y;
        }
    }
    (lanes, tops, y)
}

/// A small number as a length.
fn count(number: usize) -> f64 {
    f64::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// How far from the middle of the mark each arrow leaves and enters, so that several at one side of a mark stand apart.
fn ports(edges: &[Edge], routes: &[Route], placed: &[PlacedAct]) -> Vec<(f64, f64)> {
    /// An end of an arrow: the other end's place, the arrow's index, and whether it is the arrow's tip.
    type End = (f64, usize, bool);
    let mut sides: BTreeMap<(usize, bool), Vec<End>> = BTreeMap::new();
    let x = |n: usize| placed.get(n).map_or(0.0, |act| act.x);
    let below = |n: usize, gutter: usize| placed.get(n).is_some_and(|act| gutter > act.row);
    for (n, (edge, route)) in edges.iter().zip(routes).enumerate() {
        sides.entry((edge.from, below(edge.from, route.gutter))).or_default().push((x(edge.to), n, false));
        sides.entry((edge.to, below(edge.to, route.gutter))).or_default().push((x(edge.from), n, true));
    }
    let mut ports = vec![(0.0, 0.0); edges.len()];
    for ends in sides.values_mut() {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let step = (20.0 / count(ends.len())).min(7.0);
        let mut at = -step * (count(ends.len()) - 1.0) / 2.0;
        for (_, n, is_tip) in ends {
            if let Some(port) = ports.get_mut(*n) {
                *(if *is_tip { &mut port.1 } else { &mut port.0 }) = at;
            }
            at += step;
        }
    }
    ports
}

/// The years of the axis: where a year's first act stands, unless the year before stands too near.
fn years(acts: &[Act], placed: &[PlacedAct]) -> Vec<(f64, i16)> {
    let mut years: Vec<(f64, i16)> = Vec::new();
    for (act, at) in acts.iter().zip(placed) {
        let Some(year) = act.year else { continue };
        if years.last().is_none_or(|(x, last)| *last != year && at.x - x >= 40.0) {
            years.push((at.x, year));
        }
    }
    years
}

/// The estimated width of words.
pub(super) fn width(text: &str) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '(' | ')' | '-' => 0.36,
        'm' | 'w' | 'M' | 'W' | 'ж' | 'ш' | 'щ' | 'ы' | 'ю' | 'м' | '—' => 0.9,
        c if c.is_uppercase() => 0.72,
        c if c.is_ascii() => 0.57,
        c if u32::from(c) >= 0x1100 => 1.05,
        _ => 0.62,
    };
    text.chars().map(letter).sum::<f64>() * TEXT
}

/// The lines of an act: no more than two for each of `words`.
fn wrap(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|text| lines(text, WIDEST, 2)).collect()
}

/// Words in lines no wider than `widest`, and no more than `most`; what does not fit is left out with an ellipsis.
fn lines(text: &str, widest: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= widest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitted(word, widest)),
        }
    }
    let more = lines.len() > most;
    lines.truncate(most);
    if more && let Some(last) = lines.last_mut() {
        *last = fitted(&format!("{last} …"), widest);
    }
    lines
}

/// The line, shortened if it is too wide.
fn fitted(line: &str, widest: f64) -> String {
    if width(line) <= widest {
        return line.to_owned();
    }
    let mut out = String::new();
    for c in line.trim_end_matches([' ', '…']).chars() {
        if width(&out) > widest - 2.0 * TEXT {
            break;
        }
        out.push(c);
    }
    out + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Box = (f64, f64, f64, f64);

    fn overlap(a: Box, b: Box) -> bool {
        a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
    }

    fn boxes(map: &Layout, edges: &[Edge]) -> Vec<Box> {
        let acts = map.acts.iter().map(|act| {
            let lines = act.lines.iter().map(|line| width(line)).fold(0.0, f64::max);
            let height = MARK + LINE * (count(act.lines.len()) - 0.5);
            (act.x - MARK, act.y - MARK, act.x + INDENT + lines, act.y + height)
        });
        let labels = map.edges.iter().zip(edges).map(|(at, edge)| {
            let half = width(&edge.label) / 2.0;
            (at.label.0 - half, at.label.1 - 7.0, at.label.0 + half, at.label.1 + 7.0)
        });
        let names = map.lanes.iter().map(|lane| {
            let widest = lane.name.iter().map(|line| width(line)).fold(0.0, f64::max);
            (8.0, lane.top + 4.0, 8.0 + widest, lane.top + 8.0 + count(lane.name.len()) * LINE)
        });
        acts.chain(labels).chain(names).collect()
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_overlaps_and_all_of_it_is_on_the_map(
            acts in prop::collection::vec((0_usize..4, 0_i32..3000, "[a-z]{1,12}( [a-zа-я]{1,14}){0,8}"), 1..24),
            edges in prop::collection::vec((0_usize..24, 0_usize..24, "[a-z]{4,20}"), 0..24),
        ) {
            let mut acts: Vec<Act> = acts
                .into_iter()
                .map(|(lane, day, words)| Act { lane, day: Some(day), year: Some(1900), words: vec!["1 Jan 1900".into(), words] })
                .collect();
            acts.sort_by_key(|act| act.day);
            let edges: Vec<Edge> = edges
                .into_iter()
                .map(|(from, to, label)| Edge { from: from % acts.len(), to: to % acts.len(), label })
                .filter(|edge| edge.from != edge.to)
                .collect();
            let names = ["Cour de cassation", "премьер-министр", "the first permanent court-martial of the military government of Paris", ""];
            let map = layout(&acts, &names.map(str::to_owned), &edges);
            let boxes = boxes(&map, &edges);
            for two in map.lanes.windows(2) {
                prop_assert!(two[0].bottom <= two[1].top);
            }
            for (n, a) in boxes.iter().enumerate() {
                prop_assert!(a.0 >= 0.0 && a.1 >= 0.0 && a.2 <= map.width && a.3 <= map.height, "{a:?} is off the map of {} by {}", map.width, map.height);
                for b in boxes.iter().skip(n + 1) {
                    prop_assert!(!overlap(*a, *b), "{a:?} and {b:?}");
                }
            }
            // No two arrows run along the same stretch.
            for (n, a) in map.edges.iter().enumerate() {
                for b in map.edges.iter().skip(n + 1) {
                    let stretch = |e: &PlacedEdge| (e.points[1].0.min(e.points[2].0), e.points[1].1, e.points[1].0.max(e.points[2].0), e.points[1].1 + 1.0);
                    prop_assert!(!overlap(stretch(a), stretch(b)));
                }
            }
        }
    }

    #[test]
    fn long_times_are_compressed_and_order_is_kept() {
        let act = |day| Act { lane: 0, day: Some(day), year: None, words: vec![] };
        let map = layout(&[act(0), act(1), act(366), act(40_000)], &[String::new()], &[]);
        let gaps: Vec<f64> = map.acts.windows(2).map(|two| (two[1].x - two[0].x).round()).collect();
        assert_eq!(gaps, [47.0, 98.0, 140.0]);
    }
}
