//! One document from text to expressions: scan, parse, link, roles, anchors, values.

use std::collections::BTreeMap;

use khronika_core::{Basis, BlockKind, DateRole, Day, Lang, Span, TimeExpr, TimexKind};

use super::TimeRules;
use super::calendar;
use super::head::{self, HEAD, Sign};
use super::item::{Body, Cal, Item};
use super::language::{From, Language};
use super::number::flag;
use super::resolve::{self, Anchors, Around, Told};
use super::scan::gap;
use super::tense::{self, Limit, Near, Tense};
use super::word::{self, Unit};
use super::{bare, layout, link, parse, press, range, role, scan};

/// A part of a text in one language.
pub(super) struct Part {
    pub span: Span,
    pub lang: Lang,
    pub kind: BlockKind,
}

/// The expressions of a document.
pub(super) struct Done {
    pub dates: Vec<TimeExpr>,
    pub document_date: Option<usize>,
}

/// An expression before it is resolved.
pub(super) struct Found {
    pub item: Item,
    pub lang: Lang,
    pub role: DateRole,
    /// Index of the part that it stands in.
    pub part: usize,
}

/// How many bytes of a text hold one expression, at least.
const SPARSE: usize = 64;

/// A document that tells fewer full days than this tells no story that a date without year could go on from afar.
const STORY: usize = 3;

impl TimeRules {
    pub(super) fn document(&self, text: &str, parts: &[Part], dct: Option<Day>) -> Done {
        // What a paper full of dates holds; what is not filled is never touched.
        let mut found: Vec<Found> = Vec::with_capacity(text.len() / SPARSE);
        let mut items: Vec<Item> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let Some(language) = self.languages.get(&part.lang) else { continue };
            scan::scan(language, text, part.span.start, part.span.end, |run| {
                items.clear();
                parse::parse(language, run, &mut items);
                // "the 24th and the 25th of May": a day before a date shares its month.
                if let Some(last) = items.iter().rposition(|item| !bare::is_bare(language, item)) {
                    let mut at = 0;
                    items.retain(|item| {
                        at += 1;
                        let ends = run.get(item.last + 1).is_some_and(|next| next.gap & gap::DOT != 0);
                        at > last || ends || !bare::is_bare(language, item)
                    });
                }
                link::link(language, run, &mut items, 0);
                for mut item in items.drain(..) {
                    if language.year_in_number {
                        year_from_number(text, &mut item);
                    }
                    // What stands before "early" says nothing of the number after it.
                    let bare = language.rules.get(item.rule as usize).is_some_and(|r| r.bare);
                    let digits = bare && item.span.of(text).starts_with(|c: char| c.is_ascii_digit());
                    if digits && !is_bare_year(text, item.span)
                        || bare && language.number_counts && counts(text, item.span)
                    {
                        continue;
                    }
                    let role = role(language, text, &item, part.kind);
                    found.push(Found { item, lang: part.lang, role, part: index });
                }
            });
        }
        self.days_alone(text, &mut found);
        layout::columns(text, &mut found);
        order_of_digits(text, &mut found, &self.languages);
        self.ranges_by_form(text, &mut found);
        let own = self.document_date(text, &found);
        let document = own.map(|o| o.index);
        if dct.is_none()
            && let Some(own) = own
            && let Some(press::Year { year, from, why }) = self.year_of_dateline(text, &found, own)
            && let Some(Found { item: Item { body: Body::Date(cal), shared, note, .. }, .. }) = found.get_mut(own.index)
            && cal.year.is_none()
        {
            (cal.year, *shared) = (Some(year), Some(from));
            *note = Some(why.to_owned());
        }
        let dct = dct.map(|d| calendar::days((i32::from(d.year()), d.month() as u8, d.day() as u8)));
        let day = document.and_then(|i| found.get(i)).and_then(|f| match &f.item.body {
            Body::Date(Cal { year: Some(y), month: Some(m), day: Some(d), .. }) => {
                Some((calendar::days((*y, *m, *d)), f.item.span))
            }
            _ => None,
        });
        let (writing, writing_span) = match (dct, day) {
            (Some(day), _) => (Some(day), None),
            (None, Some((day, span))) => (Some(day), Some(span)),
            _ => (None, None),
        };
        // In its head the date is that of the paper; at its foot it is that of the last act told.
        if let Some(found) = document.and_then(|i| found.get_mut(i)).filter(|f| f.item.span.start < HEAD) {
            found.role = DateRole::Publication;
        }
        if let Some(day) = writing {
            stamps(text, &mut found, day);
        }
        self.stamps_of_press(text, &mut found);
        let dateline = own.is_some_and(|o| match o.sign {
            Sign::Dateline => true,
            Sign::Alone => {
                let letter = found.get(o.index).zip(found.first().and_then(|f| self.languages.get(&f.lang)));
                letter.is_some_and(|(f, l)| press::opens_as_letter(text, &l.roles.salutations, f.item.span))
                    || press::opens_as_press(&found, o) && !is_narrative(&found, writing)
            }
            Sign::Header => false,
        });
        let narrative = if dct.is_some() { is_narrative(&found, dct) } else { !dateline };
        let full = |f: &&Found| matches!(&f.item.body, Body::Date(c) if c.year.is_some() && c.day.is_some());
        let tells = found.iter().filter(full).count() >= STORY;
        let anchors = Anchors { writing, writing_span, dateline, narrative, tells, ..Anchors::default() };
        let dates = self.resolve(text, &found, anchors);
        Done { dates, document_date: document }
    }

    fn resolve(&self, text: &str, found: &[Found], mut anchors: Anchors) -> Vec<TimeExpr> {
        let mut dates: Vec<TimeExpr> = Vec::with_capacity(found.len());
        let mut days: Vec<Option<Told>> = Vec::with_capacity(found.len());
        let mut limits: Vec<Option<Limit>> = Vec::with_capacity(found.len());
        let mut after_range = false;
        for entry in found {
            let Some(language) = self.languages.get(&entry.lang) else { continue };
            let ends_range = std::mem::replace(&mut after_range, entry.item.range);
            let first = days.last().copied().flatten().filter(|_| ends_range);
            let last = first.and_then(|first| range::last_of(&entry.item, first));
            let counted = found.get(days.len() + 1).and_then(|next| {
                let resolved = || {
                    let limit = language.roles.limit(text, next.item.span);
                    anchors.resolve(&next.item, around(language, text, next, limit, &anchors)).told
                };
                range::counted_from(language, text, (&entry.item, &next.item), resolved)
            });
            let item = last.as_ref().or(counted.as_ref()).unwrap_or(&entry.item);
            let asks = matches!(&item.body, Body::Date(c) if c.year.is_none() && !c.only_clock());
            let limit = match &item.body {
                Body::Date(cal) if !cal.only_clock() => language.roles.limit(text, item.span),
                _ => None,
            };
            limits.push(limit);
            let around = if asks { around(language, text, entry, limit, &anchors) } else { Around::default() };
            let resolved = anchors.resolve(item, around);
            let mut note = resolved.note;
            // What is no event stays what it is.
            let to_come = entry.role == DateRole::Event
                && if ends_range {
                    // "between 4 and 16 May": what begins on a day to come ends on one.
                    let start = found.get(..dates.len()).and_then(<[Found]>::last).zip(dates.last());
                    start.is_some_and(|(found, told)| found.role == DateRole::Event && told.role == DateRole::Other)
                } else {
                    matches!(&item.body, Body::Date(c) if !c.only_clock())
                        && (limit == Some(Limit::Perhaps) && is_after(&anchors, resolved.told)
                            || is_limit(language, text, item.span, limit)
                            || is_week_ahead(item, &anchors, around.tense)
                            || is_to_come(language, text, item, &anchors, (resolved.told, resolved.basis)))
                };
            let role = if to_come { DateRole::Other } else { entry.role };
            let mut confidence = item.sure;
            if let Body::Date(cal) = &item.body
                && cal.flags & flag::AMBIGUOUS != 0
            {
                note = Some(format!(
                    "{} could be read day first or month first; read as {}",
                    item.span.of(text),
                    resolved.printed.value
                ));
                confidence = confidence.min(0.6);
            }
            if let Body::Date(cal) = &item.body
                && cal.flags & flag::SLIP != 0
            {
                note = Some(format!(
                    "{} is read as {}: a scanner seems to have put other letters or marks",
                    item.span.of(text),
                    resolved.printed.value
                ));
                confidence = confidence.min(0.5);
            }
            if let Some(told) = resolved.told {
                let since = told.day.is_none() && language.roles.is_since(text, item.span);
                let told = Told { part: entry.part, since, ..told };
                anchors.know(told);
                anchors.heading = heading(text, entry, told, found.get(days.len() + 1), anchors.heading);
                match role {
                    DateRole::Event | DateRole::Publication => anchors.tell(told),
                    DateRole::Other if entry.role == DateRole::Event => anchors.beside = Some(told),
                    _ => {}
                }
            } else if asks && entry.role == DateRole::Event && !is_of_day(&item.body) {
                anchors.lost = true;
            }
            days.push(resolved.told);
            dates.push(TimeExpr {
                span: item.span,
                kind: resolved.printed.kind,
                value: resolved.printed.value,
                modifier: resolve::modifier(item),
                edtf: resolved.printed.edtf,
                interval: None,
                role,
                basis: resolved.basis,
                anchor: resolved.anchor,
                confidence,
                note,
                made_by: language.rules.get(item.rule as usize).map(|r| r.id.clone()).unwrap_or_default(),
            });
        }
        self.place_clocks(text, found, &days, anchors.writing, &mut dates);
        self.intervals(text, found, &limits, &mut dates);
        self.flag_implausible(text, found, &days, anchors.writing, &mut dates);
        dates
    }

    /// Gives clock times and parts of the day the day that they belong to: the date beside them, else the day told of last.
    fn place_clocks(
        &self,
        text: &str,
        found: &[Found],
        days: &[Option<Told>],
        writing: Option<i32>,
        dates: &mut [TimeExpr],
    ) {
        let whole = |index: usize| {
            let told = days.get(index).copied().flatten()?;
            Some(((told.year, told.month?, told.day?), told.span, index))
        };
        let mut latest = None;
        for index in 0..dates.len() {
            let Some(entry) = found.get(index) else { break };
            let Body::Date(cal) = &entry.item.body else { continue };
            if !cal.only_clock() {
                if let Some(told) = whole(index).filter(|_| entry.role == DateRole::Event) {
                    latest = Some(told);
                }
                continue;
            }
            let language = self.languages.get(&entry.lang);
            let between = |a: Span, b: Span| Span::new(a.end, b.start.max(a.end)).of(text);
            let touches = |a: Span, b: Span| {
                let between = between(a, b);
                b.start >= a.end
                    && between.len() < 16
                    && !between.contains(['.', ';', '\n'])
                    // "He came at 8 p.m. On the Monday": a sentence ends there.
                    && !(a.of(text).ends_with('.') && between.trim_start().starts_with(char::is_uppercase))
                    && !language.is_some_and(|l| l.adds(between))
            };
            // "from 9:30 to 11:00 on Thursday": the day stands beside the last clock time of the range.
            let is_clock = |o: &Found| matches!(&o.item.body, Body::Date(c) if c.only_clock());
            let last = if entry.item.range && found.get(index + 1).is_some_and(is_clock) { index + 1 } else { index };
            let end = found.get(last).map_or(entry.item.span, |f| f.item.span);
            let beside = whole(last + 1).filter(|(_, span, _)| touches(end, *span));
            let previous_near = index
                .checked_sub(1)
                .and_then(whole)
                .filter(|(_, span, _)| entry.item.span.start.saturating_sub(span.end) < 16);
            // "On 5 May and at ten on 6 May": no comma stands between an hour and its day.
            let follows = beside.filter(|(_, day, _)| {
                let between = between(end, *day).trim();
                between.is_empty() || language.is_some_and(|l| l.roles.is(between, role::ON))
            });
            let writing = writing.map(|d| (calendar::civil(d), Span::default(), usize::MAX));
            // "each Tuesday at ten", "at six on Tuesday": the day beside it is none that is known.
            let open = |other: Option<&Found>, after: bool| {
                other.is_some_and(|o| {
                    let (a, b) = if after { (entry.item.span, o.item.span) } else { (o.item.span, entry.item.span) };
                    let named = matches!(&o.item.body, Body::Set(_))
                        || matches!(&o.item.body, Body::Date(c) if !c.only_clock());
                    named && touches(a, b)
                })
            };
            let unknown =
                open(found.get(index + 1), true) || open(index.checked_sub(1).and_then(|i| found.get(i)), false);
            let told = follows.or(previous_near).or(beside).or(if unknown { None } else { latest.or(writing) });
            let Some(((y, m, d), span, day)) = told else { continue };
            let cal = Cal { year: Some(y), month: Some(m), day: Some(d), ..*cal };
            let printed = super::value::date(&cal, entry.item.modifier);
            // The hour of a day to come is to come.
            let is_to_come = found.get(day).is_some_and(|f| f.role == DateRole::Event)
                && dates.get(day).is_some_and(|d| d.role == DateRole::Other);
            if let Some(date) = dates.get_mut(index) {
                date.value = printed.value;
                date.edtf = printed.edtf;
                date.kind = TimexKind::Time;
                date.basis = Basis::Relative;
                if is_to_come {
                    date.role = DateRole::Other;
                }
                date.anchor = (!span.is_empty()).then_some(span);
            }
        }
    }
}

/// True for a step within a day: "twenty minutes later".
fn is_of_day(body: &Body) -> bool {
    matches!(body, Body::Date(Cal { step: Some(step), .. }) if matches!(step.unit, Unit::Second | Unit::Minute | Unit::Hour))
}

/// The heading of the entries below a date: a year alone on its line is that of the days that open the lines below, until a full date
/// opens one. `above` is the heading so far.
fn heading(text: &str, entry: &Found, told: Told, next: Option<&Found>, above: Option<Told>) -> Option<Told> {
    let Body::Date(cal) = &entry.item.body else { return above };
    let stated = cal.step.is_none() && cal.year.is_some();
    if stated && cal.day.is_some() {
        return above.filter(|_| !head::is_first(text, entry.item.span));
    }
    let waits = |next: &Found| {
        matches!(&next.item.body, Body::Date(c) if c.year.is_none() && c.month.is_some() && c.step.is_none())
            && head::is_first(text, next.item.span)
    };
    let heads = stated && cal.month.is_none() && cal.season.is_none() && next.is_some_and(waits);
    if heads && head::has_line(text, entry.item.span) { Some(told) } else { above }
}

/// What the words around an expression that waits for its year or its day say.
fn around(language: &Language, text: &str, entry: &Found, limit: Option<Limit>, anchors: &Anchors) -> Around {
    let span = entry.item.span;
    let near = |told: Option<Told>| match told {
        Some(told) if told.part == entry.part => tense::near(text, told.span.end, span.start),
        _ => Near::Far,
    };
    // A step needs no tense; an expression that waits for a year is not only counted from a date.
    let steps = matches!(&entry.item.body, Body::Date(c) if c.step.is_some());
    let ahead = matches!(&entry.item.body, Body::Date(Cal { step: Some(step), .. }) if step.is_named_ahead());
    let story = near(anchors.story);
    // Most often the day told last is the date told last.
    let is_story =
        anchors.day.zip(anchors.story).is_some_and(|(day, story)| (day.part, day.span) == (story.part, story.span));
    Around {
        tense: if steps && !ahead { Tense::Either } else { tense(language, text, span) },
        limit: !steps && is_limit(language, text, span, limit),
        story,
        aside: near(anchors.aside),
        beside: near(anchors.beside),
        day: match steps {
            true if is_story => story,
            true => near(anchors.day),
            false => Near::Far,
        },
        refers: !steps && language.roles.is_of_paper(text, span),
        bound: steps && language.roles.is_bound(text, span),
        first: anchors.heading.is_some() && head::is_first(text, span),
    }
}

/// True for a limit; a word that may also say something else ("by") makes one only where nothing is told as past.
fn is_limit(language: &Language, text: &str, span: Span, limit: Option<Limit>) -> bool {
    match limit {
        Some(Limit::Sure) => true,
        Some(Limit::Perhaps) => tense(language, text, span) != Tense::Past,
        None => false,
    }
}

pub(super) fn tense(language: &Language, text: &str, span: Span) -> Tense {
    language.roles.tense(text, span, |folded| {
        let entry = language.words.get(folded.as_bytes());
        let entry = entry.and_then(|i| language.words.entries.get(i));
        language.future.is_some_and(|class| entry.is_some_and(|e| e.mask >> class & 1 != 0))
    })
}

/// True for a day after that of writing that is told as still to come.
fn is_to_come(
    language: &Language,
    text: &str,
    item: &Item,
    anchors: &Anchors,
    (told, basis): (Option<Told>, Basis),
) -> bool {
    // "It was handed down on 5 May and published a week later": counted from what was told, and told as past.
    let from_story = matches!(&item.body, Body::Date(Cal { step: Some(step), .. }) if step.from == From::Story);
    is_after(anchors, told)
        && match basis {
            Basis::Stated => matches!(tense(language, text, item.span), Tense::Future | Tense::Set),
            _ => !from_story || tense(language, text, item.span) != Tense::Past,
        }
}

/// True for a week, month or year named as the next one, counted from the day of writing.
fn is_week_ahead(item: &Item, anchors: &Anchors, tense: Tense) -> bool {
    let Body::Date(Cal { step: Some(step), .. }) = &item.body else { return false };
    step.is_named_ahead()
        && anchors.writing.is_some()
        && !anchors.seen_from_afar()
        && (step.from == From::Writing || tense == Tense::Future)
}

/// True for what begins after the day of writing.
fn is_after(anchors: &Anchors, told: Option<Told>) -> bool {
    anchors.writing.zip(told).is_some_and(|(writing, told)| {
        calendar::days((told.year, told.month.unwrap_or(1), told.day.unwrap_or(1))) > writing
    })
}

/// The day of writing, again alone on its line, as in a stamp or at the head of each page, is no event.
fn stamps(text: &str, found: &mut [Found], day: i32) {
    for entry in found.iter_mut().filter(|f| f.role == DateRole::Event) {
        if let Body::Date(Cal { year: Some(y), month: Some(m), day: Some(d), bc: false, step: None, .. }) =
            entry.item.body
            && calendar::days((y, m, d)) == day
            && head::is_alone(text, entry.item.span)
        {
            entry.role = DateRole::Publication;
        }
    }
}

/// How many letters a word has that may be counted.
const COUNTED: usize = 4;

/// True where a number counts the word behind it, which is in small letters: "больше 1900 подписей".
fn counts(text: &str, span: Span) -> bool {
    let after = text.get(span.end..).unwrap_or("");
    let next = after.trim_start_matches([' ', '\u{a0}']);
    next.len() < after.len()
        && next.chars().take_while(|c| c.is_alphabetic()).count() >= COUNTED
        && next.starts_with(char::is_lowercase)
}

/// True for a number on a line of its own that is no cell of a column of numbers: the year over the days of a chronicle.
fn heads_days(text: &str, span: Span) -> bool {
    // So much white space may stand between two lines.
    const GAP: usize = 64;
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return false };
    let above = before.trim_end();
    let below = after.trim_start_matches([':', '.']).trim_start();
    let gap = |gap: &str| gap.len() <= GAP && gap.contains('\n');
    let alone = (above.is_empty() || before.get(above.len()..).is_some_and(gap))
        && after.get(..after.len() - below.len()).is_some_and(gap);
    // Only behind a number that stands alone is a line looked through: there may be many in a long one.
    if !alone {
        return false;
    }
    let number = |line: &str| !line.is_empty() && !line.contains(char::is_alphabetic);
    let last = above.get(above.len().saturating_sub(GAP)..).map_or("", |end| end.rsplit('\n').next().unwrap_or(""));
    let next = below.lines().next().unwrap_or("");
    !number(last.trim()) && !number(next.trim()) && !next.is_empty()
}

/// True where nothing around a bare number speaks against a year: no number or abbreviation before it, as in "336 F.3d 1001", "137, 1006"
/// and "0161 555 2024"; and where it does not end a name, as in «Спецстрой 2010».
fn is_bare_year(text: &str, span: Span) -> bool {
    if heads_days(text, span) {
        return true;
    }
    let before = text.get(..span.start).unwrap_or("").trim_end_matches([' ', '\u{a0}', '\n']);
    let mut from = before.len().saturating_sub(40);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or("");
    let listed = before.trim_end_matches([',', '–', '-', ' ']);
    if (before.ends_with('.') && !before.ends_with("..."))
        || (listed.len() < before.len() && listed.ends_with(|c: char| c.is_ascii_digit()))
    {
        // "2004, 2005 and 2006" are years still.
        let digits = listed.len() - listed.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year = digits == 4 && !before.ends_with('.');
        if !year {
            return false;
        }
    }
    let word = before.rsplit([' ', '\u{a0}', '\n', '(']).next().unwrap_or("");
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let small = word.chars().any(char::is_lowercase);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let abbreviation = capitals >= 2 && (!small || word.trim_end_matches('.').contains('.'));
    let after = text.get(span.end..).unwrap_or("");
    let label_after = after.starts_with('(');
    let mixed = digits && word.chars().any(char::is_alphabetic);
    let beside = text.get(..span.start).is_some_and(|before| before.ends_with([' ', '\u{a0}']));
    let number = beside && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let names = after.starts_with(['»', '”', '"'])
        && word.trim_start_matches(['«', '“', '„', '"']).starts_with(char::is_uppercase)
        && before.contains(['«', '“', '„', '"']);
    !(mixed || abbreviation || label_after || number || names)
}

/// "Ley 39/2015, de 1 de octubre": the year of the day stands in the number before it.
fn year_from_number(text: &str, item: &mut Item) {
    let Body::Date(cal) = &mut item.body else { return };
    if cal.year.is_some() || cal.day.is_none() || cal.month.is_none() {
        return;
    }
    let before = text.get(..item.span.start).unwrap_or("").trim_end();
    let Some(before) = before.strip_suffix("de").map(str::trim_end).and_then(|b| b.strip_suffix(',')) else { return };
    let before = before.trim_end();
    let start = before.len().saturating_sub(4);
    let year = before.get(start..).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).and_then(|y| y.parse().ok());
    if before.get(..start).is_some_and(|b| b.ends_with('/'))
        && let Some(year) = year
        && (1900..2100).contains(&year)
    {
        cal.year = Some(year);
        item.shared = Some(Span::new(start, before.len()));
    }
}

fn role(language: &Language, text: &str, item: &Item, kind: BlockKind) -> DateRole {
    match &item.body {
        Body::Date(cal) => {
            let year_only = cal.year.is_some() && cal.month.is_none();
            if cal.only_clock() && kind != BlockKind::Footnote {
                return DateRole::Event;
            }
            let whole_day = cal.year.is_some() && cal.day.is_some();
            language.roles.role(text, item.span, kind, year_only, whole_day)
        }
        _ => DateRole::Other,
    }
}

/// Decides day and month of dates in digits that could be read both ways, by what else stands in the document.
fn order_of_digits(text: &str, found: &mut [Found], languages: &BTreeMap<Lang, Language>) {
    let flags = |bit: i32| found.iter().filter(|f| matches!(&f.item.body, Body::Date(c) if c.flags & bit != 0)).count();
    if flags(flag::AMBIGUOUS) == 0 {
        return;
    }
    let (mut month_first, mut day_first) = (flags(flag::MONTH_FIRST), flags(flag::DAY_FIRST));
    if month_first == day_first {
        // Who writes "March 10" puts the month first in digits too.
        let written: Vec<bool> =
            found.iter().filter_map(|f| puts_month_first(languages.get(&f.lang)?, text, f)).collect();
        let months = written.iter().filter(|month| **month).count();
        if months == 0 || months == written.len() {
            (month_first, day_first) = (months, written.len() - months);
        }
    }
    for entry in found {
        let day_first_language = languages.get(&entry.lang).is_none_or(|l| l.day_first);
        let Body::Date(cal) = &mut entry.item.body else { continue };
        if cal.flags & flag::AMBIGUOUS == 0 {
            continue;
        }
        let swap = if month_first != day_first { month_first > day_first } else { !day_first_language };
        if swap {
            (cal.month, cal.day) = (cal.day, cal.month);
        }
        if month_first != day_first || entry.lang != Lang::EN {
            cal.flags &= !flag::AMBIGUOUS;
        }
    }
}

/// Whether the name of the month stands before the day, in a language that writes both.
fn puts_month_first(language: &Language, text: &str, found: &Found) -> Option<bool> {
    let Body::Date(Cal { day: Some(_), month: Some(_), step: None, .. }) = &found.item.body else { return None };
    if language.lang != Lang::EN {
        return None;
    }
    let own = found.item.span.of(text);
    let (before, after) = own.split_at(own.find(|c: char| c.is_ascii_digit())?);
    let is_month = |w: &str| {
        let entry = language.words.get(word::fold(w).as_bytes()).and_then(|i| language.words.entries.get(i));
        entry.is_some_and(|e| (e.mask | e.mask_capital) >> word::MONTH & 1 != 0)
    };
    let month = |part: &str| part.split(|c: char| !c.is_alphabetic()).any(is_month);
    match (month(before), month(after)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// True where the document's full dates lie far from the day of writing.
fn is_narrative(found: &[Found], dct: Option<i32>) -> bool {
    let Some(dct) = dct else { return true };
    let (year, _, _) = calendar::civil(dct);
    let (mut near, mut far) = (0, 0);
    for entry in found {
        if let Body::Date(Cal { year: Some(y), month: Some(_), step: None, .. }) = &entry.item.body {
            if (y - year).abs() <= 1 {
                near += 1;
            } else {
                far += 1;
            }
        }
    }
    far >= 4 && far > near * 2
}
