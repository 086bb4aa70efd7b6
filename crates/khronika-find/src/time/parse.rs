//! Finds the expressions in one stretch of neighbouring tokens: the longest match from the left, again and again.

use khronika_core::{Span, TimexMod};

use super::item::{self, Capture, Item};
use super::language::{self, Language, Make};
use super::pattern::{Accept, Automaton};
use super::scan::{Tok, gap};
use super::word;

/// Stands for the class of a token that a pattern took by its word.
const LITERAL: u8 = 63;

/// No pattern is longer than this.
const DEEPEST: usize = 14;

/// A pattern that fits.
#[derive(Clone, Copy, Debug)]
struct Match {
    /// Tokens of what is found, without context.
    first: usize,
    end: usize,
    /// One past the last token of the context behind it.
    reach: usize,
    rule: u32,
    captures: [Capture; DEEPEST],
    count: usize,
}

struct Walk<'a> {
    automaton: &'a Automaton,
    run: &'a [Tok],
    start: usize,
    captures: [Capture; DEEPEST],
    best: Option<Match>,
    /// No match ends after this token.
    limit: usize,
}

impl Walk<'_> {
    fn node(&mut self, node: u32, at: usize, depth: usize) {
        let Some(node) = self.automaton.nodes.get(node as usize) else { return };
        if let Some(accept) = node.accept {
            self.accept(accept, at, depth);
        }
        let Some(tok) = self.run.get(at) else { return };
        if depth >= DEEPEST {
            return;
        }
        for edge in &node.edges {
            if edge.gaps & tok.gap != 0 && fits(edge.symbol, tok) {
                self.captures[depth] = capture(edge.symbol, at);
                self.node(edge.next, at + 1, depth + 1);
            }
        }
    }

    fn accept(&mut self, accept: Accept, at: usize, depth: usize) {
        let first = self.start + usize::from(accept.before);
        let end = at - usize::from(accept.after);
        let better = self
            .best
            .is_none_or(|b| (end, at) > (b.end, b.reach) || ((end, at) == (b.end, b.reach) && accept.rule < b.rule));
        if better && first < end && end <= self.limit {
            self.best = Some(Match { first, end, reach: at, rule: accept.rule, captures: self.captures, count: depth });
        }
    }
}

const fn fits(symbol: u32, tok: &Tok) -> bool {
    if symbol < 64 { tok.mask >> symbol & 1 != 0 } else { tok.word + 63 == symbol }
}

fn capture(symbol: u32, at: usize) -> Capture {
    Capture {
        class: u8::try_from(symbol).ok().filter(|s| *s < 64).unwrap_or(LITERAL),
        tok: u16::try_from(at).unwrap_or(0),
    }
}

/// The longest match of automaton `kind` that begins at token `at`.
fn longest(language: &Language, kind: usize, run: &[Tok], at: usize, limit: usize) -> Option<Match> {
    let tok = run.get(at)?;
    let mut mask = tok.mask & language.root_masks.get(kind)?;
    let entry = (tok.word as usize).checked_sub(1).and_then(|i| language.words.entries.get(i));
    let literals = entry.and_then(|e| e.roots.get(kind)).map_or(&[][..], Vec::as_slice);
    if mask == 0 && literals.is_empty() {
        return None;
    }
    let automaton = match kind {
        language::ITEMS => &language.items,
        language::BEFORE => &language.before,
        _ => &language.after,
    };
    let root = automaton.nodes.first()?;
    let mut walk = Walk { automaton, run, start: at, captures: [Capture::default(); DEEPEST], best: None, limit };
    let mut take = |index: &u32| {
        if let Some(edge) = root.edges.get(*index as usize) {
            walk.captures[0] = capture(edge.symbol, at);
            walk.node(edge.next, at + 1, 1);
        }
    };
    literals.iter().for_each(&mut take);
    while mask != 0 {
        let class = mask.trailing_zeros() as usize;
        mask &= mask - 1;
        language.class_roots(kind, class).iter().for_each(&mut take);
    }
    walk.best
}

/// An expression with what changes it before and after.
struct Whole {
    first: usize,
    end: usize,
    inner: Match,
    modifier: Option<TimexMod>,
}

fn whole(language: &Language, run: &[Tok], at: usize, depth: usize, limit: usize) -> Option<Whole> {
    let mut best = longest(language, language::ITEMS, run, at, limit).map(|m| Whole {
        first: m.first,
        end: m.end,
        inner: m,
        modifier: None,
    });
    if depth < 3
        && let Some(before) = longest(language, language::BEFORE, run, at, limit)
        && run.get(before.end).is_some_and(|t| t.gap & (gap::WORD | gap::DASH) != 0)
        && let Some(inner) = whole(language, run, before.end, depth + 1, limit)
        && inner.first == before.end
        && best.as_ref().is_none_or(|b| inner.end > b.end)
    {
        let modifier = language.rules.get(before.rule as usize).and_then(|r| r.modifier);
        best = Some(Whole {
            first: before.first,
            end: inner.end,
            inner: inner.inner,
            modifier: modifier.or(inner.modifier),
        });
    }
    // Context before the expression: what begins with the expression itself may reach further.
    if let Some(found) = &best
        && found.first > at
        && depth < 4
        && let Some(inner) = whole(language, run, found.first, depth + 1, limit)
        && inner.end > found.end
    {
        best = Some(inner);
    }
    if depth == 0
        && let Some(found) = &mut best
        && let Some(after) = longest(language, language::AFTER, run, found.end, limit)
        && after.first == found.end
        && run.get(after.first).is_some_and(|t| t.gap & (gap::WORD | gap::COMMA | gap::DASH) != 0)
    {
        let plain = run.get(after.first).is_some_and(|t| t.gap & gap::WORD != 0);
        let rule = language.rules.get(after.rule as usize);
        if plain || rule.is_some_and(|r| r.end_of_range) {
            found.end = after.end;
            found.modifier = rule.and_then(|r| r.modifier).or(found.modifier);
        }
    }
    best
}

/// Adds what `run` holds to `items`; merges its number words first.
pub(super) fn parse(language: &Language, run: &mut Vec<Tok>, items: &mut Vec<Item>) {
    merge_numbers(language, run);
    let (mut at, mut limit) = (0, usize::MAX);
    while at < run.len() {
        let before = std::mem::replace(&mut limit, usize::MAX);
        let Some(found) = whole(language, run, at, 0, before) else {
            at += 1;
            continue;
        };
        // "le samedi 5 juin": an article that begins a shorter match gives way to a longer one after it.
        let article = found.inner.first == at
            && found.inner.captures.first().is_some_and(|c| c.class == LITERAL)
            && run.get(at).is_some_and(|t| t.mask >> word::LINK & 1 != 0);
        if article
            && whole(language, run, at + 1, 0, usize::MAX).is_some_and(|w| w.first == at + 1 && w.end > found.end)
        {
            at += 1;
            continue;
        }
        let next = found.end.max(at + 1);
        let Some(rule) = language.rules.get(found.inner.rule as usize) else { break };
        // What the context holds is no part of the date.
        let inner = found.inner.first..found.inner.end;
        let captures = found.inner.captures.get(..found.inner.count).unwrap_or_default();
        let place = |tok: usize| captures.partition_point(|c| usize::from(c.tok) < tok);
        let captures = captures.get(place(inner.start)..place(inner.end)).unwrap_or_default();
        // "в 11 часов 17 июня": the number behind the hour is a day where a month follows.
        let is_day = captures.last().is_some_and(|c| c.class == word::MINUTE && usize::from(c.tok) + 1 == inner.end)
            && run.get(inner.end).is_some_and(|t| t.mask >> word::MONTH & 1 != 0);
        if is_day && found.end <= before && inner.end > at + 1 {
            limit = inner.end - 1;
            continue;
        }
        let body = item::build(language, rule, run, captures);
        match body {
            Some(body) => {
                let (Some(a), Some(b)) = (run.get(found.first), run.get(found.end - 1)) else { break };
                items.push(Item {
                    span: Span::new(a.start, b.end),
                    first: found.first,
                    last: found.end - 1,
                    modifier: found.modifier.or(rule.modifier),
                    body,
                    rule: found.inner.rule,
                    sure: rule.sure,
                    shared: None,
                    range: false,
                    note: None,
                });
                at = next;
            }
            // "Rule 153, 27 March 2026": the number that ends what is no date may begin one.
            None if rule.make == Make::Guard => at = if begins_day(language, run, next) { next - 1 } else { next },
            // "jeudi une plainte": without the number word it is one.
            None if found.end > at + 1 && found.end <= before && run.get(next - 1).is_some_and(is_number) => {
                limit = next - 1;
            }
            // The parts of what looked like one length are none together.
            None if rule.make == Make::Duration && found.end > at + 1 && found.end <= before => limit = next - 1,
            // The calendar has no such date: a part of it may still be one.
            None => at += 1,
        }
    }
}

/// True where the token before `next` begins a whole day with its year.
fn begins_day(language: &Language, run: &[Tok], next: usize) -> bool {
    let Some(at) = next.checked_sub(1).filter(|at| run.get(*at).is_some_and(|t| t.mask >> word::DAY & 1 != 0)) else {
        return false;
    };
    let year = |end: usize| run.get(end - 1).is_some_and(|t| t.mask >> word::YEAR & 1 != 0);
    whole(language, run, at, 0, usize::MAX).is_some_and(|w| w.first == at && w.end > next + 1 && year(w.end))
}

/// True for a word that is a number.
const fn is_number(tok: &Tok) -> bool {
    tok.word != 0 && tok.mask & (1 << word::NUM | 1 << word::ORD) != 0
}

/// Joins number words to numbers ("двадцать пятого", "two thousand and five"), and gives them the classes of their value.
fn merge_numbers(language: &Language, run: &mut Vec<Tok>) {
    if !run.iter().any(is_number) {
        return;
    }
    // In place: what is written never overtakes what is read.
    let (mut at, mut kept) = (0, 0);
    while let Some(tok) = run.get(at).copied() {
        let (merged, next) = if is_number(&tok) { compound(language, run, at) } else { (tok, at + 1) };
        if let Some(place) = run.get_mut(kept) {
            *place = merged;
        }
        (at, kept) = (next, kept + 1);
    }
    run.truncate(kept);
}

/// Reads the number that begins with the word at `at`.
fn compound(language: &Language, run: &[Tok], at: usize) -> (Tok, usize) {
    let value = |tok: &Tok| {
        let entry = language.words.entries.get(tok.word as usize - 1);
        let ordinal = tok.mask & 1 << word::NUM == 0;
        entry.map_or((0, ordinal), |e| (e.value(if ordinal { word::ORD } else { word::NUM }), ordinal))
    };
    let Some(first) = run.get(at) else { return (Tok::default(), at + 1) };
    let lowest = if language.plain_teens { 10 } else { 20 };
    let (mut group, mut ordinal) = value(first);
    let mut total = 0;
    if group >= 1000 {
        (total, group) = (group, 0);
    }
    let mut end = at + 1;
    while !ordinal {
        let mut next = end;
        let joined = run
            .get(next)
            .is_some_and(|t| language.joiner.is_some_and(|j| t.mask >> j & 1 != 0) && t.gap & gap::WORD != 0);
        if joined {
            next += 1;
        }
        let Some(tok) = run.get(next).filter(|t| is_number(t) && t.gap & gap::WORD != 0) else { break };
        let (v, is_ordinal) = value(tok);
        let fits_below = |unit: i32| group >= unit && group % unit == 0 && v < unit && v > 0;
        // "two thousand and twenty-five"
        let thousands = group == 0 && total >= 1000 && total % 1000 == 0 && v < 100;
        if joined && !(thousands || fits_below(100) || (group >= 20 && fits_below(10)) || (group == 60 && v == 11)) {
            break;
        }
        if v == 100 && (2..10).contains(&group) {
            group *= 100;
        } else if v >= 1000 && total % (v * 1000).max(1) == 0 && (1..1000).contains(&group) && (total == 0 || v < total)
        {
            total += group * v;
            group = 0;
        } else if (group == 0 && total >= 1000 && v < 1000 && total % 1000 == 0)
            || fits_below(100)
            || (group % 100 >= lowest && group % 10 == 0 && v < 10)
            || (matches!(group % 100, 60 | 80) && (10..20).contains(&v))
        {
            group += v;
        } else {
            break;
        }
        ordinal = is_ordinal;
        end = next + 1;
    }
    let number = total + group;
    let mut tok = *first;
    if end > at + 1 {
        tok.word = 0;
        tok.end = run.get(end - 1).map_or(tok.end, |t| t.end);
        tok.mask = 0;
    }
    tok.n = [number, 0, 0, number.saturating_mul(100)];
    tok.mask |= if ordinal { 1 << word::ORD } else { 1 << word::NUM };
    if (1..=31).contains(&number) {
        tok.mask |= 1 << word::DAY;
    }
    if (0..=24).contains(&number) && !ordinal {
        tok.mask |= 1 << word::HOUR;
    }
    if (1100..2200).contains(&number) {
        tok.mask |= 1 << word::YEAR;
    }
    if (20..100).contains(&number) && number % 10 == 0 && ordinal {
        tok.mask |= 1 << word::TENS;
    }
    (tok, end)
}
