//! Chronicles: papers whose paragraphs are headed by a day, and tell what happened on it.
//!
//! “2 November. Two editors were arrested.” The sentence that tells the arrest has no date, and the day has no words: only the form of the
//! paper says that they belong together. A day heads what follows where it begins a line and a point, a colon, a dash or the end of the line
//! stands behind it. One such line may be the date of a letter; [`LEAST`] of them in the order of time are a chronicle.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{
    ActMention, BlockKind, DateIx, DateRole, Day, EventFinding, EventStatus, Findings, Participant, Role, Span,
};

use super::draft::Draft;
use super::event;
use super::own::new_line;
use super::scene::dates_an_event;
use crate::text::{Sentence, Text, TokenKind};

/// How many days that head a line make a chronicle.
const LEAST: usize = 3;
/// Of so many steps from one entry to the next, all but one are in the order of time.
const STEPS: usize = 5;
/// How many tokens may stand between the beginning of a line and its day: “•”, “12.”, “Le”.
const BEFORE: usize = 2;
/// A longer word before a day is no article.
const ARTICLE: usize = 2;
/// How many tokens may stand in brackets behind a day, with the one that closes them.
const BRACKETS: usize = 4;
/// The longest time that heads an entry, in days: a month.
const LONGEST: i32 = 31;

/// A day with what is told under it.
pub(super) struct Entry {
    date: DateIx,
    /// What is told, from the first token behind the day.
    tokens: Range<usize>,
}

/// The entries of a chronicle, in order; none where the paper is none.
pub(super) fn entries(text: &Text<'_>, found: &Findings) -> Vec<Entry> {
    let mut heads: Vec<Head> = (0..found.dates.len()).filter_map(|date| head(text, found, date)).collect();
    // The day of the paper itself may stand above them, on a line of its own: it is one of them where the next one follows on it.
    if let [first, second, ..] = heads.as_slice()
        && !dates_an_event(found, first.date)
        && day(found, first) > day(found, second)
    {
        heads.remove(0);
    }
    if heads.len() < LEAST || !in_order(found, &heads) {
        return Vec::new();
    }
    let mut entries = Vec::with_capacity(heads.len());
    for (n, head) in heads.iter().enumerate() {
        let next = heads.get(n + 1).map(|next| next.line);
        let end = under(text, head, next).min(next.unwrap_or(text.tokens.len()));
        if head.tells < end {
            entries.push(Entry { date: head.date, tokens: head.tells..end });
        }
    }
    entries
}

/// A day that begins a line.
struct Head {
    date: DateIx,
    /// The first token of its line.
    line: usize,
    /// The first token of what it heads.
    tells: usize,
    /// Nothing else stands on the line.
    alone: bool,
}

fn head(text: &Text<'_>, found: &Findings, date: DateIx) -> Option<Head> {
    let expr = found.dates.get(date).filter(|_| dates_an_event(found, date) || bears(found, date))?;
    let (first, last) = expr.edtf.as_ref()?.bounds();
    if first?.until(last?).ok()?.get_days() > LONGEST {
        return None;
    }
    let tokens = text.tokens_in(expr.span);
    let line = (tokens.start.saturating_sub(BEFORE)..=tokens.start).rev().find(|t| new_line(text, *t))?;
    let is_word = |t: &usize| text.tokens.get(*t).is_some_and(|token| token.kind == TokenKind::Word);
    let before: Vec<&str> = (line..tokens.start).filter(is_word).map(|t| text.word(t)).collect();
    if before.iter().any(|word| word.chars().count() > ARTICLE) {
        return None;
    }
    let end = behind_brackets(text, tokens.end);
    let alone = new_line(text, end);
    let sign = text.fold(end);
    let begins = matches!(sign, ":" | "—" | "–" | "-") || sign == "." && before.is_empty();
    let tells = match (alone, begins) {
        (true, _) => end,
        (_, true) => end + 1,
        _ => return None,
    };
    // A day behind a point may be alone on its line as well.
    let alone = alone || new_line(text, tells);
    Some(Head { date, line, tells, alone })
}

/// True for the day that the paper bears, which the first day of a chronicle is taken for.
fn bears(found: &Findings, date: DateIx) -> bool {
    found.dates.get(date).is_some_and(|date| date.role == DateRole::Publication)
}

/// Behind “(Monday)”, where that stands at a token; else the token.
fn behind_brackets(text: &Text<'_>, at: usize) -> usize {
    let closes = (at + 1..=at + BRACKETS).find(|t| text.fold(*t) == ")");
    closes.filter(|_| text.fold(at) == "(").map_or(at, |t| t + 1)
}

fn day(found: &Findings, head: &Head) -> Option<Day> {
    found.dates.get(head.date)?.edtf.as_ref()?.bounds().0
}

/// True where the days go on, or go back, as those of a chronicle do.
fn in_order(found: &Findings, heads: &[Head]) -> bool {
    let days: Vec<_> = heads.iter().filter_map(|head| day(found, head)).collect();
    let steps = days.len().saturating_sub(1);
    let mut back = 0;
    let mut on = 0;
    for (a, b) in days.iter().zip(days.iter().skip(1)) {
        back += usize::from(b < a);
        on += usize::from(b > a);
    }
    back.min(on) <= steps / STEPS && back.max(on) > 0
}

/// The end of what stands under a day, looked for up to the next one: that of its paragraph, or, where it has a line of its own and is not
/// the last, the next heading.
fn under(text: &Text<'_>, head: &Head, next: Option<usize>) -> usize {
    let at = text.sentences.partition_point(|s| s.tokens.end <= head.tells);
    let Some(first) = text.sentences.get(at) else { return head.tells };
    let goes_on = |s: &&Sentence| {
        s.block == first.block
            || head.alone && next.is_some() && !matches!(s.kind, BlockKind::Title | BlockKind::Heading)
    };
    let before = |s: &&Sentence| next.is_none_or(|next| s.tokens.start < next);
    let told = text.sentences.iter().skip(at).take_while(before).take_while(goes_on);
    told.last().map_or(head.tells, |s| s.tokens.end)
}

impl Entry {
    /// The byte at which what is told begins.
    fn begins(&self, text: &Text<'_>) -> usize {
        text.tokens.get(self.tokens.start).map_or(0, |token| token.span.start)
    }

    /// The token up to which its day is the day of what is told: another one may stand there.
    fn upto(&self, text: &Text<'_>, found: &Findings) -> usize {
        let day = found.dates.get(self.date).and_then(|date| date.edtf.as_ref());
        let begins = self.begins(text);
        let first = found.dates.partition_point(|date| date.span.start < begins);
        let tokens = (first..found.dates.len()).map(|ix| (ix, text.tokens_in(date_span(found, ix)).start));
        let moves = |ix: usize| {
            let other = found.dates.get(ix).and_then(|date| date.edtf.as_ref());
            dates_an_event(found, ix) && other.zip(day).is_some_and(|(other, day)| !other.may_equal(day))
        };
        let mut inside = tokens.take_while(|(_, at)| *at < self.tokens.end);
        inside.find(|(ix, _)| moves(*ix)).map_or(self.tokens.end, |(_, at)| at)
    }
}

fn date_span(found: &Findings, ix: DateIx) -> Span {
    found.dates.get(ix).map(|date| date.span).unwrap_or_default()
}

/// Gives the acts that an entry tells its day, and makes an event of its first sentence where that tells no act.
pub(super) fn settle(
    entries: &[Entry],
    drafts: &mut [Draft],
    events: &mut Vec<EventFinding>,
    text: &Text<'_>,
    found: &mut Findings,
) {
    let known: BTreeSet<DateIx> = events.iter().map(|event| event.date).collect();
    let begun: BTreeSet<usize> = events.iter().map(|event| event.span.start).collect();
    let (mut told_already, mut more): (Vec<Span>, Vec<EventFinding>) = (Vec::new(), Vec::new());
    // Drafts come in the order of their sentences.
    for entry in entries {
        if let Some(date) = found.dates.get_mut(entry.date) {
            date.role = DateRole::Event;
        }
        // The day of the first entry is not the day of the paper.
        found.document_date = found.document_date.filter(|date| *date != entry.date);
        let found = &*found;
        let upto = entry.upto(text, found);
        let first = text.sentences.partition_point(|s| s.tokens.end <= entry.tokens.start);
        let from = drafts.partition_point(|draft| draft.sentence < first);
        let (mut told, mut dated_here) = (false, false);
        for draft in drafts.iter_mut().skip(from).take_while(|draft| draft.tokens.start < entry.tokens.end) {
            told |= draft.sentence == first && draft.mention == ActMention::Told;
            let dated = draft.dates.act.or(draft.dates.reading).is_some();
            let here = entry.tokens.start <= draft.tokens.start && draft.tokens.start < upto;
            if here && !dated && is_told(draft) {
                draft.dates.act = Some(entry.date);
                dated_here |= draft.sentence == first;
            }
        }
        // A weekday in brackets behind the day is no other day.
        let head = date_span(found, entry.date);
        told_already.push(Span::new(if dated_here { head.start } else { head.end }, entry.begins(text)));
        let sentence = text.sentences.get(first).map(|s| s.tokens.clone()).filter(|_| !told);
        let Some(sentence) = sentence else { continue };
        let span = text.span(entry.tokens.start.max(sentence.start)..sentence.end.min(entry.tokens.end));
        let is_known = known.contains(&entry.date) || begun.range(span.start..span.end).next().is_some();
        if is_known || upto < sentence.end || !event::tells(text, entry.tokens.start..sentence.end) {
            continue;
        }
        let mentions =
            found.mentions.iter().enumerate().skip(found.mentions.partition_point(|m| m.span.start < span.start));
        let named = mentions.take_while(|(_, m)| m.span.end <= span.end);
        more.push(EventFinding {
            span,
            date: entry.date,
            participants: named.map(|(mention, _)| Participant { mention, role: Role::Named }).collect(),
            status: EventStatus::Actual,
            said_by: Vec::new(),
            made_by: "event.entry-of-a-chronicle".to_owned(),
            confidence: 0.6,
        });
    }
    // Their sentences were events for those days as long as no act had them.
    events.retain(|event| {
        let day = date_span(found, event.date);
        let head = told_already.partition_point(|head| head.end <= day.start);
        told_already.get(head).is_none_or(|head| !head.contains(day))
    });
    events.append(&mut more);
}

/// True for an act that a clause tells as done, and not one that it only mentions beside it.
fn is_told(draft: &Draft) -> bool {
    draft.mention == ActMention::Told
        && draft.status == EventStatus::Actual
        && !draft.aside
        && !draft.own
        && !draft.heading
}
