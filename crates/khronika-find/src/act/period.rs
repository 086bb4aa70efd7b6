//! Periods and last days that the text ties to an act: "within 30 days", "не позднее 5 мая", "in custody until 5 May".

use std::ops::Range;

use khronika_core::{
    ActClass, ActMention, DateIx, DateRole, EventStatus, Findings, PeriodFinding, PeriodStart, ServedFinding,
    ServedKind, TimeExpr, TimexKind,
};

use super::doer::stem;
use super::draft::Draft;
use super::reading::Reading;
use super::rules::{ObjectSide, Word};
use super::scene::Scene;
use crate::text::TokenKind;

/// How many sentences back the act may be told whose period a sentence gives.
const BACK: usize = 5;
/// How far from a period the words may stand that say from when it runs.
const NEAR: usize = 24;
/// So few words before a period do not say what is to be done within it.
const SAYS_LITTLE: usize = 2;
/// How far behind a period the word may stand that opens what it runs from: "тридцати дней, считая с", "jours ouvrés à compter de".
const OPENS: usize = 4;
/// How far behind that word what the period runs from may stand.
const EVENT: usize = 9;
/// How far before a period, in bytes, the day may be told that "that day" means.
const THAT_DAY: usize = 400;
/// How far from a length the words may stand that say that it is added to one before.
const EXTENDS: usize = 8;
/// How far after those words the day may stand in brackets that they mean.
const BRACKET: usize = 8;
/// How far behind them the comma may stand, and behind it the day: "dès la notification de l'arrêté, intervenue le 3 mai, …".
const ASIDE: usize = 6;
/// How far from a last day the words may stand that say that somebody has time until then.
const GIVEN: usize = 6;
/// The same, before it: "from the day of service, within ten days".
const NEAR_BEFORE: usize = 10;

/// A period or last day that is of no act told.
pub(super) struct Loose {
    pub(super) period: PeriodFinding,
    /// The sentence tells what the law is, and points to no paper.
    pub(super) norm: bool,
    /// The sentence, or the one before it, points to a paper: "this judgment is not final".
    pub(super) points: bool,
    pub(super) sentence: usize,
}

/// Where the periods of a sentence belong.
pub(super) struct Owners<'a> {
    pub(super) drafts: &'a mut [Draft],
    /// The first draft of the sentence.
    pub(super) first: usize,
    pub(super) own: Option<usize>,
    pub(super) loose: &'a mut Vec<Loose>,
}

/// Adds the periods of one sentence to the drafts numbered from `first` on, to an act told a little before, or to the document's own act.
///
/// In a sentence that tells what the law is (`norm`), only a period that runs from an event counts, and only where the sentence is
/// about a paper that it points to: "this decision may be appealed within 10 days of its receipt".
pub(super) fn find(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    owners: Owners<'_>,
    served: &[ServedFinding],
    norm: bool,
) {
    let Owners { drafts, first, own, loose } = owners;
    let mut t = scene.tokens.start;
    while t < scene.tokens.end {
        let Some(date) = scene.date(t) else {
            t += 1;
            continue;
        };
        let range = t..scene.date_end(t);
        t = range.end;
        let Some(expr) = found.dates.get(date) else { continue };
        if matches!(expr.role, DateRole::Norm | DateRole::Citation) {
            continue;
        }
        let duration = expr.kind == TimexKind::Duration;
        let near = if duration { 4 } else { 2 };
        let before = |word: Word| {
            (0..near).any(|n| range.start.checked_sub(n).is_some_and(|e| scene.ending_at(e, word).is_some()))
                || range.clone().any(|i| scene.is(i, word) && (i == range.start || duration))
        };
        // "5 мамырға дейін": in a language of endings the word stands behind, and may be one of the words of the day.
        let behind = |word: Word| verbs_last(scene) && (scene.is(range.end, word) || scene.is(range.end - 1, word));
        let until =
            !duration && (scene.ending_at(range.start, Word::Until).is_some() || scene.is(range.start, Word::Until));
        let mut start = start(scene, found, &range);
        // "Was transmitted to the applicant on 15 July for his reply within 30 days".
        let served_here = duration && start == PeriodStart::Unknown && before(Word::Within) && {
            let place = scene.text.span(scene.tokens.start..range.start);
            served.iter().rev().take(4).any(|s| s.kind == ServedKind::Other && place.contains(s.span))
        };
        if served_here {
            start = PeriodStart::Service;
        }
        let bounded = match expr.kind {
            TimexKind::Duration => before(Word::Within) || before(Word::Deadline) || start != PeriodStart::Unknown,
            // "Sous huit jours" is the day eight days on.
            TimexKind::Date | TimexKind::Time => {
                before(Word::Deadline) || behind(Word::Deadline) || until || scene.is(range.start, Word::Within)
            }
            TimexKind::Set => false,
        };
        let lasts = duration && lasts(scene, &range);
        let pointed = points(scene, &range);
        if !bounded && !lasts || norm && start == PeriodStart::Unknown {
            continue;
        }
        let span = scene.text.span(start_of(scene, range.start)..range.end);
        let class = what(scene, readings, &range, until || lasts);
        // "For four years", "interdit de retour pour deux ans": how long something lasts is no time limit to do it in.
        let term = expr.value.ends_with('Y') || matches!(class, Some((Some(ActClass::RefuseEntry), _)));
        if duration && term {
            continue;
        }
        let held = match class {
            Some((Some(ActClass::Detain), _)) => true,
            Some((Some(ActClass::Suspend | ActClass::ForbidLeave | ActClass::Ban), _)) => duration,
            _ => false,
        };
        if !bounded && !held {
            continue;
        }
        let tied = if norm && !pointed {
            None
        } else {
            let class = class.clone().or_else(|| rest(scene, drafts, first, &range, start));
            class.and_then(|(class, what)| Some((owner(scene, drafts, first, own, class, &range)?, class, what)))
        };
        let decided = (start == PeriodStart::Act).then(|| decided_before(drafts, first, found, scene.sentence_ix));
        let tied = tied.and_then(|(number, class, what)| Some((drafts.get_mut(number)?, class, what)));
        let Some((draft, class, what)) = tied else {
            // A period that belongs to no act told: from what it runs must be said, or that something must be done by the day.
            let clause = scene.clause_of(range.start).map_or(scene.tokens.clone(), |c| c.tokens.clone());
            let asked = scene.first(clause.start..range.start, Word::Duty).is_some();
            // "5 мамырға дейін келуге тиіс": where verbs stand last, what must be done is said behind the day.
            let asked_behind = || scene.first(range.end..clause.end.max(range.end), Word::Duty).is_some();
            // "Has until 14 October to answer", "to keep it running until 31 March".
            let given = || {
                let end = if verbs_last(scene) { scene.tokens.end } else { clause.end };
                let high = end.max(range.end).min(range.end + GIVEN);
                let low = clause.start.max(range.start.saturating_sub(GIVEN));
                scene.ending_at(start_of(scene, range.start), Word::Within).is_some()
                    || scene.first(low..high, Word::Given).is_some()
            };
            let limit = expr.role == DateRole::Other && !norm;
            let by = !duration
                && if until {
                    limit && (asked || given())
                } else {
                    let last = before(Word::Deadline) || scene.is(range.start, Word::Within);
                    asked || limit && (last || behind(Word::Deadline) && (asked_behind() || given()))
                };
            let runs = duration && bounded && start != PeriodStart::Unknown;
            if !(by || runs) || held || quoted(scene, &range) {
                continue;
            }
            let what = match class {
                _ if until && given() => granted(scene, &range),
                Some((_, tokens)) => tokens,
                None => said(scene, clause.start, &range),
            };
            loose.push(Loose {
                period: PeriodFinding { span, date, what: scene.text.span(what), class: None, from: start },
                norm: !pointed && !matches!(start, PeriodStart::Date(_)) && (norm || cites(scene)),
                points: pointed || points_before(scene),
                sentence: scene.sentence_ix,
            });
            continue;
        };
        // The order and the day it was handed over stand in one phrase: the period of that order runs from there.
        let served = draft.dates.service.is_some() && draft.classes.contains(&ActClass::OrderLeave);
        // "The judgment may be appealed within 15 days of its delivery", of a judgment that was told before with its day.
        let undated = draft.mention != ActMention::Told && draft.dates.act.is_none() && draft.dates.reading.is_none();
        let told = decided.flatten().filter(|_| undated);
        let from = match told.map_or(start, PeriodStart::Date) {
            PeriodStart::Unknown if served => PeriodStart::Service,
            // How long somebody is held is counted from the order to hold, told in the same sentence.
            PeriodStart::Unknown if held && duration => PeriodStart::Act,
            start => start,
        };
        // "Beaten for three days": only who has power over a person can hold him for a term.
        let ordered =
            draft.sentence == scene.sentence_ix && (bounded || draft.body.is_some()) && !extends(scene, &range);
        // A day that is told after the length is that of something else: "for forty days, later extended on 4 June".
        let dated = draft.dates.act.and_then(|d| found.dates.get(d)).is_none_or(|d| d.span.start < span.start);
        if held && duration && !(ordered && dated) {
            continue;
        }
        draft.needed = true;
        draft.periods.push(PeriodFinding { span, date, what: scene.text.span(what), class, from });
    }
}

/// The day of what a body decided last, a few sentences before.
fn decided_before(drafts: &[Draft], first: usize, found: &Findings, sentence: usize) -> Option<DateIx> {
    let near = drafts.get(..first)?.iter().rev().take_while(|d| d.sentence + BACK >= sentence);
    super::decided(near, found).next().map(|(_, day)| day)
}

/// True in a language whose small words stand behind what they govern.
fn verbs_last(scene: &Scene<'_, '_>) -> bool {
    scene.rules.object_side == ObjectSide::Left
}

/// True where a sentence cites the law.
fn cites(scene: &Scene<'_, '_>) -> bool {
    [Word::CitesLaw, Word::Norm].iter().any(|w| scene.first(scene.tokens.clone(), *w).is_some())
}

/// True where a period stands in quotation marks: it is told in the words of another paper.
fn quoted(scene: &Scene<'_, '_>, date: &Range<usize>) -> bool {
    (scene.tokens.start..date.start).fold(false, |open, t| match scene.text.fold(t) {
        "“" | "«" | "„" => true,
        "”" | "»" => false,
        "\"" => !open,
        _ => open,
    })
}

/// "For two months", "сроком на сорок суток", "екі айға": how long somebody is held.
fn lasts(scene: &Scene<'_, '_>, date: &Range<usize>) -> bool {
    scene.ending_at(date.start, Word::Lasts).is_some()
        || date.clone().any(|t| scene.is(t, Word::Lasts))
        || scene.ending_at(date.start, Word::Within).is_some()
}

/// True where the words right beside a length say that it is added to one before.
fn extends(scene: &Scene<'_, '_>, date: &Range<usize>) -> bool {
    let mark = |t: &usize| matches!(scene.text.fold(*t), "," | ";" | "(" | "–" | "—");
    let low = scene.tokens.start.max(date.start.saturating_sub(EXTENDS));
    let before = (low..date.start).rev().take_while(|t| !mark(t));
    let after = (date.end..scene.tokens.end.min(date.end + EXTENDS / 2)).take_while(|t| !mark(t));
    before.chain(after).any(|t| scene.is(t, Word::Extends))
}

/// Gives each period that is of no act told the day that it runs from, where the document gives it, and drops those of the law.
///
/// `own` is the day of the decision that the document is; `decided` the days of what courts and authorities decided, by sentence.
pub(super) fn settle(
    loose: Vec<Loose>,
    own: Option<DateIx>,
    document: Option<DateIx>,
    decided: &[(usize, DateIx)],
    served: &[ServedFinding],
) -> Vec<PeriodFinding> {
    // A paper that bears the day of its receipt tells its reader what he may do, whatever law it cites.
    let received = served.iter().any(|s| s.kind == ServedKind::Own);
    let mut all = Vec::new();
    for Loose { mut period, norm, points, sentence } in loose {
        if norm && !received {
            continue;
        }
        if period.from == PeriodStart::Act {
            let told = || {
                let upto = decided.partition_point(|(at, _)| *at <= sentence);
                let last = decided.get(..upto).and_then(<[_]>::last);
                last.filter(|(at, _)| *at + BACK >= sentence).map(|(_, date)| *date)
            };
            match own.or_else(|| document.filter(|_| points)).or_else(told) {
                Some(date) => period.from = PeriodStart::Date(date),
                None => continue,
            }
        }
        all.push(period);
    }
    all
}

fn start_of(scene: &Scene<'_, '_>, date: usize) -> usize {
    (0..4)
        .find_map(|n| {
            let end = date.checked_sub(n)?;
            // Of forms that end at one place the longest: "в течение", not "течение".
            let begins = |word: Word| {
                (1..=5).rev().filter_map(|n| end.checked_sub(n)).find(|t| scene.len(*t, word) == Some(end - t))
            };
            begins(Word::Within).or_else(|| begins(Word::Deadline)).or_else(|| begins(Word::Until))
        })
        .unwrap_or(date)
}

/// True where the sentence points to a paper near the period: "this decision", "ця постанова".
fn points(scene: &Scene<'_, '_>, date: &Range<usize>) -> bool {
    let low = scene.tokens.start.max(date.start.saturating_sub(NEAR));
    scene.first(low..scene.tokens.end.min(date.end + NEAR), Word::Demonstrative).is_some()
}

/// The same of the sentence before: "this judgment is not final. During the three months after its delivery, …".
fn points_before(scene: &Scene<'_, '_>) -> bool {
    let Some(before) = scene.sentence_ix.checked_sub(1).and_then(|ix| scene.text.sentences.get(ix)) else {
        return false;
    };
    let demonstrative =
        |t| scene.rules.words.longest_of(scene.text, t, before.tokens.end, |w| *w == Word::Demonstrative);
    before.tokens.end == scene.tokens.start && before.tokens.clone().any(|t| demonstrative(t).is_some())
}

/// What is to be done within the period, or lasts until the day: the nearest word for it in the clause.
fn what(
    scene: &Scene<'_, '_>,
    readings: &[Option<Reading>],
    date: &Range<usize>,
    until: bool,
) -> Option<(Option<ActClass>, Range<usize>)> {
    let clause = scene.clause_of(date.start)?.tokens.clone();
    let low = scene.tokens.start.max(date.start.saturating_sub(30));
    let high = clause.end.max(date.end).min(date.end + 30).min(scene.tokens.end);
    let wanted = |class: ActClass| match class {
        ActClass::OrderLeave | ActClass::Appeal | ActClass::File | ActClass::RefuseEntry | ActClass::ForbidLeave => {
            true
        }
        ActClass::Detain | ActClass::Suspend | ActClass::Ban => until,
        _ => false,
    };
    let mut best: Option<(usize, ActClass, Range<usize>)> = None;
    for (index, hit) in scene.hits.iter().enumerate() {
        if hit.tokens.start < low || hit.tokens.end > high {
            continue;
        }
        let Some(row) = readings.get(index).and_then(Option::as_ref).and_then(|r| scene.row(r.row)) else { continue };
        let Some(class) = row.classes.iter().copied().find(|c| wanted(*c)) else { continue };
        let distance = if hit.tokens.end <= date.start {
            date.start - hit.tokens.end
        } else {
            hit.tokens.start.saturating_sub(date.end)
        };
        if best.as_ref().is_none_or(|(d, _, _)| distance < *d) {
            best = Some((distance, class, hit.tokens.clone()));
        }
    }
    best.map(|(_, class, tokens)| {
        let range = if tokens.end <= date.start { tokens.start..date.start } else { tokens.clone() };
        let marked = |t: usize| {
            [Word::Within, Word::Deadline, Word::Until].iter().any(|w| scene.is(t, *w)) || scene.text.fold(t) == ","
        };
        let end = range.clone().find(|t| *t > tokens.start && marked(*t)).unwrap_or(range.end);
        (Some(class), range.start..end.max(tokens.end))
    })
}

/// A period whose beginning the text gives, without a word for what is to be done that the lexicon knows: that of the only act of the
/// sentence. What is to be done is told by the words from that act on.
fn rest(
    scene: &Scene<'_, '_>,
    drafts: &[Draft],
    first: usize,
    date: &Range<usize>,
    start: PeriodStart,
) -> Option<(Option<ActClass>, Range<usize>)> {
    let mut here =
        drafts.get(first..)?.iter().filter(|d| d.status == EventStatus::Actual && d.mention == ActMention::Told);
    let (act, None) = (here.next()?, here.next()) else { return None };
    (start != PeriodStart::Unknown).then_some(())?;
    Some((None, said(scene, act.tokens.end.min(date.start).max(scene.tokens.start), date)))
}

/// What is to be done within a period, where no verb of an act says it: the words before it from token `begins` on, else those after
/// it, else the period itself.
fn said(scene: &Scene<'_, '_>, begins: usize, date: &Range<usize>) -> Range<usize> {
    let word = |t: &usize| scene.text.tokens.get(*t).is_some_and(|t| t.kind == TokenKind::Word);
    let trimmed = |range: Range<usize>| {
        let first = range.clone().find(word)?;
        let last = range.clone().rev().find(|t| !matches!(scene.text.fold(*t), "," | ";" | ":" | "." | "–" | "—"))?;
        (range.filter(word).count() > SAYS_LITTLE).then_some(first..last + 1)
    };
    let clause = scene.clause_of(date.start).map_or(scene.tokens.end, |c| c.tokens.end);
    trimmed(begins..start_of(scene, date.start))
        .or_else(|| trimmed(date.end.min(clause)..clause))
        .or_else(|| trimmed(date.end..scene.tokens.end))
        .unwrap_or_else(|| date.clone())
}

/// "Has until 14 October to reply to the letter": what there is time for, told behind the day, else before it.
fn granted(scene: &Scene<'_, '_>, date: &Range<usize>) -> Range<usize> {
    let word = |t: &usize| scene.text.tokens.get(*t).is_some_and(|t| t.kind == TokenKind::Word);
    let behind = date.end..scene.tokens.end.min(date.end + NEAR).max(date.end);
    match (behind.clone().find(word), behind.rev().find(word)) {
        (Some(first), Some(last)) if last > first => first..last + 1,
        _ => said(scene, scene.clause_of(date.start).map_or(scene.tokens.start, |c| c.tokens.start), date),
    }
}

/// The act that the period belongs to.
fn owner(
    scene: &Scene<'_, '_>,
    drafts: &[Draft],
    first: usize,
    own: Option<usize>,
    class: Option<ActClass>,
    date: &Range<usize>,
) -> Option<usize> {
    let here = first..drafts.len();
    // Of several the one told nearest to the period.
    let apart = |i: &usize| {
        drafts.get(*i).map_or(usize::MAX, |d| {
            let trigger = scene.text.tokens_in(d.trigger);
            trigger.start.saturating_sub(date.end).max(date.start.saturating_sub(trigger.end))
        })
    };
    let with = |class: ActClass| {
        here.clone().filter(|i| drafts.get(*i).is_some_and(|d| d.classes.contains(&class))).min_by_key(apart)
    };
    let actual = |i: &usize| drafts.get(*i).is_some_and(|d| d.status == EventStatus::Actual);
    let before = |wanted: &dyn Fn(&Draft) -> bool| {
        let told = drafts.get(..first)?.iter().rposition(|d| d.status == EventStatus::Actual && wanted(d))?;
        drafts.get(told).filter(|d| d.sentence + BACK >= scene.sentence_ix).map(|_| told)
    };
    match class {
        Some(ActClass::Appeal | ActClass::File) => {
            // "may be appealed within": the period is that of the decision that may be appealed.
            let appeal = with(ActClass::Appeal).or_else(|| with(ActClass::File));
            let attacked = appeal.and_then(|i| drafts.get(i)).filter(|d| d.status != EventStatus::Actual);
            attacked.and_then(|d| d.effects.iter().find_map(|e| e.target)).or(own).or_else(|| {
                here.clone()
                    .find(|i| actual(i) && drafts.get(*i).is_some_and(|d| !d.classes.contains(&ActClass::Appeal)))
            })
        }
        Some(class) => {
            let order = with(class).filter(actual).or(own).or_else(|| before(&|d| d.classes.contains(&class)));
            order.or_else(|| with(class)).or_else(|| {
                // "By a decision of 3 May the office gave him seven days for voluntary departure."
                let mut decisions =
                    here.clone().filter(|i| actual(i) && drafts.get(*i).is_some_and(|d| d.body.is_some()));
                let only = decisions.next()?;
                decisions.next().is_none().then_some(only)
            })
        }
        None => {
            here.clone().find(|i| actual(i) && drafts.get(*i).is_some_and(|d| d.mention == ActMention::Told)).or(own)
        }
    }
}

/// From when a period runs, as far as the words beside it say.
fn start(scene: &Scene<'_, '_>, found: &Findings, date: &Range<usize>) -> PeriodStart {
    let day = |t: usize| {
        let ix = scene.date(t)?;
        let expr = found.dates.get(ix)?;
        (expr.kind == TimexKind::Date && expr.as_day().is_some()).then_some(ix)
    };
    let of = |range: Range<usize>| {
        let kinds = [
            (Word::FromWritten, PeriodStart::Written),
            (Word::FromService, PeriodStart::Service),
            (Word::FromAct, PeriodStart::Act),
        ];
        let told = kinds.into_iter().filter_map(|(word, from)| Some((scene.first(range.clone(), word)?, from)));
        // Of several the one told first; of those that begin together the first of this list.
        told.min_by_key(|(tokens, _)| tokens.start)
            .map_or((PeriodStart::Unknown, date.end), |(tokens, from)| (from, tokens.end))
    };
    if found.dates.get(scene.date(date.start).unwrap_or(usize::MAX)).is_none_or(|d| d.kind != TimexKind::Duration) {
        return PeriodStart::Unknown;
    }
    // "Within 30 days from 5 May".
    // "Had sixty days, from 9 February, to answer".
    let next = date.end + usize::from(scene.text.fold(date.end) == ",");
    let after = scene.len(next, Word::FromDate).and_then(|n| day(next + n));
    // "5 мамырдан бастап он күн ішінде".
    let before =
        scene.ending_at(date.start, Word::FromDate).and_then(|t| day(t.checked_sub(1)?)).filter(|_| verbs_last(scene));
    // "Сол күннен бастап": the words of the day say themselves that something runs from it.
    let itself = || {
        let ix = date.start.checked_sub(1).and_then(day).filter(|_| verbs_last(scene))?;
        found.dates.get(ix)?.interval.as_ref().filter(|open| open.as_str().ends_with("/..")).map(|_| ix)
    };
    if let Some(ix) = after.or(before).or_else(itself) {
        return PeriodStart::Date(ix);
    }
    // Up to the next period: what stands past it speaks of that one.
    let next = (date.end..scene.tokens.end).find(|t| scene.date(*t).is_some()).unwrap_or(scene.tokens.end);
    let (from, end) = match of(date.end..next.min(date.end + NEAR)) {
        (PeriodStart::Unknown, _) => of(scene.tokens.start.max(date.start.saturating_sub(NEAR_BEFORE))..date.start),
        known => known,
    };
    if from == PeriodStart::Unknown {
        return composed(scene, found, date, &day);
    }
    // "Of the day on which this decision was sent (27 September 2024)".
    let bracket = (end..scene.tokens.end.min(end + BRACKET)).find(|t| scene.text.fold(*t) == "(");
    let told = bracket.and_then(|t| day(t + 1)).or_else(|| aside(scene, found, end, &day));
    match told.filter(|_| from != PeriodStart::Unknown && end > date.end) {
        Some(ix) => PeriodStart::Date(ix),
        None => from,
    }
}

/// The day that is put in between commas behind token `end`: "dès sa notification, intervenue le jour même, pour répondre", "de la
/// notification de l'ordonnance, faite le 5 juin".
fn aside(
    scene: &Scene<'_, '_>,
    found: &Findings,
    end: usize,
    day: &impl Fn(usize) -> Option<DateIx>,
) -> Option<DateIx> {
    let mark = |t: &usize| matches!(scene.text.fold(*t), "," | ";" | "." | ")" | ":");
    let opens = (end..scene.tokens.end.min(end + ASIDE)).find(mark).filter(|t| scene.text.fold(*t) == ",")?;
    let at = (opens + 1..scene.tokens.end.min(opens + ASIDE)).take_while(|t| !mark(t)).find(|t| day(*t).is_some())?;
    // "…, on 5 May he appealed" is no aside.
    let closes = scene.date_end(at);
    (closes >= scene.tokens.end || mark(&closes))
        .then(|| day(at))
        .flatten()
        .filter(|ix| found.dates.get(*ix).is_some_and(|d| d.role == DateRole::Event))
}

/// From when a period runs, told as what happened on the day: "from that date", "à compter de sa publication, faite le 2 juin",
/// "считая с даты настоящего письма", "сол күннен бастап".
fn composed(
    scene: &Scene<'_, '_>,
    found: &Findings,
    date: &Range<usize>,
    day: &impl Fn(usize) -> Option<DateIx>,
) -> PeriodStart {
    let behind = verbs_last(scene);
    let event = if behind {
        scene.ending_at(date.start, Word::CountsFrom).map(|t| scene.tokens.start.max(t.saturating_sub(EVENT))..t)
    } else {
        let opens = date.end..scene.tokens.end.min(date.end + OPENS);
        scene.first(opens, Word::CountsFrom).map(|counter| {
            let end = scene.tokens.end.min(counter.end + EVENT);
            let period = (counter.end..end).find(|t| scene.date(*t).is_some() && day(*t).is_none());
            counter.end..period.unwrap_or(end)
        })
    };
    let Some(event) = event else { return PeriodStart::Unknown };
    let kinds = [Word::Serving, Word::ThatDay, Word::OwnPaper, Word::Happening, Word::Deciding];
    let hits = kinds.into_iter().filter_map(|word| {
        let last = |range: Range<usize>| range.rev().find(|t| scene.is(*t, word));
        let at = if behind { last(event.clone()) } else { scene.first(event.clone(), word).map(|t| t.start) };
        Some((at?, word))
    });
    let nearest = if behind { hits.max_by_key(|(at, _)| *at) } else { hits.min_by_key(|(at, _)| *at) };
    let Some((at, word)) = nearest else { return PeriodStart::Unknown };
    // The day stands beside it: "from the decision, which is dated 13 February".
    let beside = if behind { event.start..at } else { at..event.end };
    let told = beside.clone().find_map(day).filter(|_| word != Word::OwnPaper);
    let start = scene.text.span(date.clone()).start;
    let before = || {
        let upto = found.dates.partition_point(|d| d.span.end <= start);
        let days = found.dates.get(..upto)?.iter().enumerate().rev();
        let mut near = days.take_while(|(_, d)| d.span.start + THAT_DAY >= start);
        let told = |d: &TimeExpr| matches!(d.role, DateRole::Event | DateRole::Publication) && d.as_day().is_some();
        near.find(|(_, d)| told(d)).map(|(ix, _)| ix)
    };
    match (told, word) {
        (Some(ix), _) => PeriodStart::Date(ix),
        (None, Word::ThatDay) => before().map_or(PeriodStart::Unknown, PeriodStart::Date),
        (None, Word::OwnPaper) => found.document_date.map_or(PeriodStart::Unknown, PeriodStart::Date),
        (None, Word::Serving) => PeriodStart::Service,
        (None, Word::Happening) => echo(scene, found, at).map_or(PeriodStart::Act, PeriodStart::Date),
        _ => PeriodStart::Act,
    }
}

/// The day of what is told before in a word like that at token `at`: "the bail was paid on 25 April. … two months from the payment".
fn echo(scene: &Scene<'_, '_>, found: &Findings, at: usize) -> Option<DateIx> {
    // "внесення", "внесено": a word that is no longer than its beginning tells nothing.
    let beginning = |t: usize| {
        let word = scene.text.fold(t);
        Some(stem(word)).filter(|stem| stem.len() < word.len())
    };
    let wanted = beginning(at)?;
    let days = |tokens: &Range<usize>| {
        let span = scene.text.span(tokens.clone());
        let from = found.dates.partition_point(|d| d.span.end <= span.start);
        let here = found.dates.get(from..).unwrap_or_default().iter().enumerate();
        let mut days = here
            .take_while(move |(_, d)| d.span.start < span.end)
            .filter(|(_, d)| d.role == DateRole::Event && d.as_day().is_some());
        let first = days.next()?.0 + from;
        days.next().is_none().then_some(first)
    };
    let from = scene.sentence_ix.saturating_sub(BACK);
    let before = scene.text.sentences.get(from..scene.sentence_ix)?.iter().rev();
    before.filter(|s| s.tokens.clone().any(|t| beginning(t).as_ref() == Some(&wanted))).find_map(|s| days(&s.tokens))
}
