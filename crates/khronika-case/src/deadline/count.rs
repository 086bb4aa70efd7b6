//! Counts a period, step by step.
//!
//! The order of the steps matters: the trigger, the nominal end (months go to the same day number, else to the last day of the
//! month), what distance and stops add, the day of a *délai franc*, and only then the move off a free day. A move before the day is
//! added goes wrong whenever the nominal end is a Friday, a Saturday or a Sunday.

use jiff::civil::DateTime;
use jiff::{Span, ToSpan};
use khronika_core::Day;

use crate::deadline::calendar::{Calendar, Free, OutsideCoverage, weekday};
use crate::deadline::rule::{End, FirstDay, Roll, TimeLimit};

/// A length of time as the law writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Hours, from the hour.
    Hours(i32),
    /// Calendar days.
    Days(i32),
    /// Working days.
    WorkingDays(i32),
    /// Weeks.
    Weeks(i32),
    /// Months: to the same day number, else to the last day of the month.
    Months(i32),
    /// Years: likewise.
    Years(i32),
}

impl Period {
    /// Reads `P15D`, `P2W`, `P1M`, `P1Y`, `PT48H`; at most 10,000 of anything.
    #[must_use]
    pub fn parse(text: &str, working: bool) -> Option<Self> {
        let (hours, rest) =
            text.strip_prefix("PT").map_or_else(|| (false, text.strip_prefix('P')), |r| (true, Some(r)));
        let rest = rest?;
        let unit = rest.chars().next_back()?;
        let number: i32 = rest.get(..rest.len() - unit.len_utf8())?.parse().ok()?;
        if !(0..=10_000).contains(&number) {
            return None;
        }
        match (hours, unit) {
            (true, 'H') => Some(Self::Hours(number)),
            (false, 'D') if working => Some(Self::WorkingDays(number)),
            (false, 'D') => Some(Self::Days(number)),
            (false, 'W') => Some(Self::Weeks(number)),
            (false, 'M') => Some(Self::Months(number)),
            (false, 'Y') => Some(Self::Years(number)),
            _ => None,
        }
    }

    /// "15 days", "1 month".
    #[must_use]
    pub fn words(self) -> String {
        let (n, unit) = match self {
            Self::Hours(n) => (n, "hour"),
            Self::Days(n) => (n, "day"),
            Self::WorkingDays(n) => (n, "working day"),
            Self::Weeks(n) => (n, "week"),
            Self::Months(n) => (n, "month"),
            Self::Years(n) => (n, "year"),
        };
        if n == 1 { format!("{n} {unit}") } else { format!("{n} {unit}s") }
    }

    fn span(self) -> Span {
        match self {
            Self::Hours(n) => i64::from(n).hours(),
            Self::Days(n) | Self::WorkingDays(n) => i64::from(n).days(),
            Self::Weeks(n) => i64::from(n).weeks(),
            Self::Months(n) => i64::from(n).months(),
            Self::Years(n) => i64::from(n).years(),
        }
    }

    const fn days(self) -> Option<i32> {
        match self {
            Self::Days(n) => Some(n),
            Self::Weeks(n) => Some(n * 7),
            _ => None,
        }
    }
}

/// Where the person is, as far as it lengthens a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Distance {
    /// Near, or it does not matter.
    #[default]
    Near,
    /// In an overseas territory.
    Overseas,
    /// Abroad.
    Abroad,
}

/// Something that stops a period, as a request for legal aid may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The day of the request.
    pub on: Day,
    /// The day from which it runs again.
    pub until: Day,
    /// True where the whole period starts anew (it *interrupts*); false where the rest of it runs (it *suspends*).
    pub anew: bool,
}

/// What the caller knows besides the rule and the day.
#[derive(Clone, Debug, Default)]
pub struct ComputeOptions {
    /// Another length than the rule's, as a court may set it.
    pub period: Option<Period>,
    /// The hour of the trigger, for periods in hours.
    pub hour: Option<jiff::civil::Time>,
    /// Where the person is.
    pub distance: Distance,
    /// A stop.
    pub stop: Option<Stop>,
    /// Another calendar than the rule's, as that of a region.
    pub calendar: Option<std::sync::Arc<Calendar>>,
    /// Counts back from the day ("at least three clear days before the hearing").
    pub backward: bool,
}

/// Another last day that is arguable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The day; `None` where it cannot be computed.
    pub due: Option<Day>,
    /// Why.
    pub why: String,
}

/// A counted period.
#[derive(Clone, Debug, PartialEq)]
pub struct Computation {
    /// The last day (for clear days forward: the first day that is allowed); `None` where it is not computable.
    pub due: Option<Day>,
    /// The hour on that day, for periods in hours from a known hour.
    pub hour: Option<DateTime>,
    /// Each step of the counting; where `due` is `None`, the last one says why.
    pub steps: Vec<String>,
    /// Other days that are arguable, the earlier first.
    pub alternatives: Vec<Alternative>,
    /// What the reader must know: the rule is not verified, is replaced, is disputed.
    pub notes: Vec<String>,
}

impl Computation {
    /// The earliest arguable last day.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        self.alternatives.iter().filter_map(|a| a.due).chain(self.due).min()
    }

    fn refuse(mut self, why: impl Into<String>) -> Self {
        self.due = None;
        self.steps.push(why.into());
        self
    }
}

/// Counts a time limit from a day.
///
/// Never a guess: a rule that was not in force on that day, a year outside the holiday data, a day outside the calendar give no day
/// but a sentence that says why.
#[must_use]
pub fn compute(rule: &TimeLimit, from: Day, options: &ComputeOptions) -> Computation {
    let mut found =
        Computation { due: None, hour: None, steps: Vec::new(), alternatives: Vec::new(), notes: notes(rule) };
    if rule.never_in_force {
        return found.refuse(format!("not computable: the rule {} never took effect ({})", rule.id, rule.force));
    }
    if let Some(why) = out_of_force(rule, from) {
        return found.refuse(why);
    }
    let Some(period) = options.period.or(rule.period) else {
        return found.refuse(format!("not computable: the rule {} gives no period of its own", rule.id));
    };
    let calendar = options.calendar.as_deref().or(rule.calendar.as_deref());
    let counting = Counting {
        period,
        first_day: rule.first_day,
        end: rule.end,
        roll: rule.roll,
        calendar,
        short_days: rule.short_days,
        extensions: extensions(rule, options.distance),
        hour: options.hour,
        stop: options.stop,
        backward: options.backward,
    };
    match counting.run(from, &mut found.steps) {
        Ok((day, hour)) => {
            found.due = Some(day);
            found.hour = hour;
        }
        Err(why) => return found.refuse(why),
    }
    if matches!(rule.roll, Roll::CourtOffice | Roll::Unsettled) && !options.backward {
        let why = match rule.roll {
            Roll::CourtOffice => "for an act at the court office, which moves to the next working day",
            _ => "if the last day moves to the next working day, which is not settled",
        };
        alternative(&mut found, &Counting { roll: Roll::NextWorkingDay, ..counting.clone() }, from, why);
    }
    if let Some((end, why)) = &rule.other_end {
        alternative(&mut found, &Counting { end: *end, ..counting }, from, why);
    }
    found.alternatives.sort_by_key(|a| (a.due.is_none(), a.due));
    found
}

/// Counts a period that a text states itself: the first day is not counted, the last one is, and nothing moves. The calendar is that of
/// the place, which only working days need.
#[must_use]
pub fn stated(
    period: Period,
    from: Day,
    hour: Option<jiff::civil::Time>,
    backward: bool,
    calendar: Option<&Calendar>,
) -> Computation {
    let mut found =
        Computation { due: None, hour: None, steps: Vec::new(), alternatives: Vec::new(), notes: Vec::new() };
    let first_day = if matches!(period, Period::Hours(_)) { FirstDay::Hour } else { FirstDay::Excluded };
    let counting = Counting {
        period,
        first_day,
        end: End::Plain,
        roll: Roll::None,
        calendar,
        short_days: None,
        extensions: Vec::new(),
        hour,
        stop: None,
        backward,
    };
    match counting.run(from, &mut found.steps) {
        Ok((day, hour)) => {
            found.due = Some(day);
            found.hour = hour;
            found
        }
        Err(why) => found.refuse(why),
    }
}

fn alternative(found: &mut Computation, counting: &Counting<'_>, from: Day, why: &str) {
    let due = counting.run(from, &mut Vec::new());
    match due {
        Ok((day, _)) if Some(day) == found.due => {}
        Ok((day, _)) => found.alternatives.push(Alternative { due: Some(day), why: why.to_owned() }),
        Err(refused) => found.alternatives.push(Alternative { due: None, why: format!("{why}: {refused}") }),
    }
}

fn notes(rule: &TimeLimit) -> Vec<String> {
    let mut notes = Vec::new();
    if rule.status != crate::RowStatus::Verified {
        notes.push(format!("{}: the rule {} has not been read whole at its source", rule.status.name(), rule.id));
    }
    if rule.force != "in force" {
        notes.push(format!("status of the rule: {}", rule.force));
    }
    if let Some(extension) = &rule.extension {
        notes.push(format!("what may lengthen or stop it: {extension}"));
    }
    if let Some(roll) = &rule.roll_words {
        notes.push(format!("free days: {roll}"));
    }
    if let Some(calendar) = rule.calendar.as_ref().filter(|c| !c.note.is_empty()) {
        notes.push(format!("holidays of {}: {}", calendar.name, calendar.note));
    }
    notes
}

fn out_of_force(rule: &TimeLimit, from: Day) -> Option<String> {
    let since = rule.valid_from.filter(|first| from < *first).map(|first| format!("only since {first}"));
    let until = rule.valid_to.filter(|last| from > *last).map(|last| format!("only until {last}"));
    let why = since.or(until)?;
    Some(format!("not computable: the rule {} was not in force on {from}: {why}", rule.id))
}

fn extensions(rule: &TimeLimit, distance: Distance) -> Vec<(Period, &'static str)> {
    let far = match distance {
        Distance::Near => None,
        Distance::Overseas => rule.overseas.map(|p| (p, "for those overseas")),
        Distance::Abroad => rule.abroad.map(|p| (p, "for those abroad")),
    };
    rule.distance.map(|p| (p, "for distance")).into_iter().chain(far).collect()
}

#[derive(Clone)]
struct Counting<'a> {
    period: Period,
    first_day: FirstDay,
    end: End,
    roll: Roll,
    calendar: Option<&'a Calendar>,
    short_days: Option<i32>,
    extensions: Vec<(Period, &'static str)>,
    hour: Option<jiff::civil::Time>,
    stop: Option<Stop>,
    backward: bool,
}

type Counted = Result<(Day, Option<DateTime>), String>;

impl Counting<'_> {
    fn run(&self, from: Day, steps: &mut Vec<String>) -> Counted {
        if let Period::Hours(n) = self.period {
            return self.hours(from, n, steps);
        }
        if self.backward {
            return self.back(from, steps).map(|day| (day, None));
        }
        let leaves_out = self.leaves_out_free_days();
        let start = self.start(from, steps)?;
        let mut end = if leaves_out { self.working(from, steps)? } else { self.nominal(start, self.period)? };
        if !leaves_out && self.first_day == FirstDay::Included {
            // "Two months starting with 1 March" end on 30 April, not on the 28th.
            end = end.yesterday().map_err(|_| outside())?;
        }
        if !leaves_out {
            steps.push(format!("{} end nominally on {} {end}", self.period.words(), weekday(end)));
        }
        for (more, why) in &self.extensions {
            end = self.nominal(end, *more)?;
            steps.push(format!("{} more {why}: {} {end}", more.words(), weekday(end)));
        }
        if let Some(stop) = self.stop {
            end = self.stopped(stop, end, steps)?;
        }
        end = match self.end {
            End::Plain => end,
            End::Franc => {
                let day = next(end)?;
                steps.push(format!("neither the first nor the last day counts (délai franc): {} {day}", weekday(day)));
                day
            }
            End::Clear => {
                let day = next(end)?;
                steps.push(format!("clear days: the first day that is allowed is {} {day}", weekday(day)));
                day
            }
        };
        let end = self.rolled(end, steps)?;
        Ok((end, None))
    }

    /// The day from which whole periods are added.
    fn start(&self, from: Day, steps: &mut Vec<String>) -> Result<Day, String> {
        match self.first_day {
            FirstDay::Included => {
                steps.push(format!("{} {from} is the trigger and counts as day 1", weekday(from)));
                Ok(from)
            }
            FirstDay::Excluded | FirstDay::Hour => {
                let first = next(from)?;
                steps.push(format!("{} {from} is the trigger and does not count", weekday(from)));
                steps.push(format!("day 1 is {} {first}", weekday(first)));
                Ok(from)
            }
        }
    }

    fn leaves_out_free_days(&self) -> bool {
        matches!(self.period, Period::WorkingDays(_))
            || matches!((self.short_days, self.period.days()), (Some(most), Some(n)) if n <= most)
    }

    fn nominal(&self, from: Day, period: Period) -> Result<Day, String> {
        from.checked_add(period.span()).map_err(|_| outside())
    }

    /// The last of so many working days after `from`.
    fn working(&self, from: Day, steps: &mut Vec<String>) -> Result<Day, String> {
        let n = match self.period {
            Period::WorkingDays(n) => n,
            other => other.days().unwrap_or(0),
        };
        let mut day =
            if self.first_day == FirstDay::Included { from.yesterday().map_err(|_| outside())? } else { from };
        let mut left = n;
        let mut skipped = 0;
        while left > 0 {
            day = next(day)?;
            if self.free(day)?.is_some() {
                skipped += 1;
            } else {
                left -= 1;
            }
        }
        steps.push(format!("{n} working days end on {} {day} ({skipped} free days left out)", weekday(day)));
        Ok(day)
    }

    /// Backward periods never move: the last day before them is what is asked for.
    fn back(&self, from: Day, steps: &mut Vec<String>) -> Result<Day, String> {
        steps.push(format!("{} {from} is the event and does not count", weekday(from)));
        let day = if self.leaves_out_free_days() {
            let n = match self.period {
                Period::WorkingDays(n) => n,
                other => other.days().unwrap_or(0),
            };
            let (mut day, mut left, mut skipped) = (from, n, 0);
            while left > 0 {
                day = day.yesterday().map_err(|_| outside())?;
                if self.free(day)?.is_some() {
                    skipped += 1;
                } else {
                    left -= 1;
                }
            }
            steps.push(format!("{n} days back, {skipped} free days left out: {} {day}", weekday(day)));
            day
        } else {
            let day = from.checked_sub(self.period.span()).map_err(|_| outside())?;
            steps.push(format!("{} back: {} {day}", self.period.words(), weekday(day)));
            day
        };
        if self.end == End::Plain {
            return Ok(day);
        }
        let day = day.yesterday().map_err(|_| outside())?;
        steps.push(format!("clear days: the last day that is allowed is {} {day}", weekday(day)));
        Ok(day)
    }

    fn hours(&self, from: Day, n: i32, steps: &mut Vec<String>) -> Counted {
        if let Some(hour) = self.hour {
            let start = from.to_datetime(hour);
            let signed = if self.backward { -i64::from(n) } else { i64::from(n) };
            let end = start.checked_add(signed.hours()).map_err(|_| outside())?;
            steps.push(format!("{n} hours from {start} end at {end}; a change of the clock is not taken into account"));
            return Ok((end.date(), Some(end)));
        }
        if n % 24 != 0 {
            return Err(format!("not computable: {n} hours run from an hour that is not known"));
        }
        let days = i64::from(n / 24) * if self.backward { -1 } else { 1 };
        let day = from.checked_add(days.days()).map_err(|_| outside())?;
        steps.push(format!(
            "{n} hours from the hour of {} {from}, which is not known, end on {} {day} at that hour",
            weekday(from),
            weekday(day)
        ));
        Ok((day, None))
    }

    fn stopped(&self, stop: Stop, end: Day, steps: &mut Vec<String>) -> Result<Day, String> {
        if stop.on > end {
            steps.push(format!("the request of {} comes after the nominal end and stops nothing", stop.on));
            return Ok(end);
        }
        if stop.until < stop.on {
            return Err(format!("not computable: the stop ends on {}, before it begins", stop.until));
        }
        if stop.anew {
            let day = self.nominal(stop.until, self.period)?;
            steps.push(format!(
                "interrupted on {}, it starts anew after {}: {} {day}",
                stop.on,
                stop.until,
                weekday(day)
            ));
            return Ok(day);
        }
        let left = stop.on.until(end).map_err(|_| outside())?.get_days();
        let day = stop.until.checked_add(i64::from(left).days()).map_err(|_| outside())?;
        steps.push(format!(
            "suspended on {} with {left} days left, it runs on after {}: {} {day}",
            stop.on,
            stop.until,
            weekday(day)
        ));
        Ok(day)
    }

    fn rolled(&self, end: Day, steps: &mut Vec<String>) -> Result<Day, String> {
        if self.roll != Roll::NextWorkingDay {
            if let Some(name) = crate::deadline::calendar::weekend(end) {
                let note = match self.roll {
                    Roll::None => "the last day does not move",
                    Roll::CourtOffice => "the last day moves only for acts at the court office",
                    _ => "whether the last day moves is not settled",
                };
                steps.push(format!("{end} is a {name}; {note}"));
            }
            steps.push(format!("last day: {} {end}", weekday(end)));
            return Ok(end);
        }
        let mut day = end;
        while let Some(free) = self.free(day)? {
            let later = next(day)?;
            steps.push(format!("{day} is {}: moved to {} {later}", free.words(), weekday(later)));
            day = later;
        }
        steps.push(format!("last day: {} {day}", weekday(day)));
        Ok(day)
    }

    fn free(&self, day: Day) -> Result<Option<Free>, String> {
        let calendar = self.calendar.ok_or("not computable: the free days of the place are not known")?;
        calendar.free(day).map_err(|OutsideCoverage { words }| words)
    }
}

fn next(day: Day) -> Result<Day, String> {
    day.tomorrow().map_err(|_| outside())
}

fn outside() -> String {
    "not computable: the day lies outside the calendar".to_owned()
}
