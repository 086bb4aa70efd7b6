//! Counted things: people killed, detained, sentenced; years of a sentence; sums of money.
//!
//! A number counts where a noun for people with a word for what befell them, a noun that counts by itself ("227 dead"), a length of
//! sentence or a currency stands with it. Numbers of articles, dockets, dates and years of life do not count.

use std::collections::BTreeMap;
use std::ops::Range;

use khronika_core::{CountFinding, Counted, DateIx, Findings, Lang, Stance, StatementFinding, TimexKind};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo, check_rows};
use crate::text::{Sentence, Text, TokenKind};

/// What a phrase does for a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// "twelve"; the row's `value` says how many.
    Number,
    /// "thousand", "млн": multiplies the number before it.
    Scale,
    /// "at least".
    AtLeast,
    /// "up to".
    AtMost,
    /// "about".
    About,
    /// "people": someone is counted.
    People,
    /// "killed": what befell them.
    Event,
    /// "were": between a number and what befell so many ("12 were injured").
    Aux,
    /// "dead": counts by itself.
    Direct,
    /// "years", "months": of a sentence, where a phrase of imprisonment stands near.
    Term,
    /// "in prison", right after a term: makes it a sentence.
    Prison,
    /// "sentenced to", before a term: the same.
    Sentenced,
    /// "dollars", "$".
    Money,
    /// "article", "No.": the number after it names something.
    Named,
    /// "дан", after a number in figures with a hyphen: the ending of its case ("60-тан").
    Ending,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    #[serde(flatten)]
    info: RowInfo,
    kind: Kind,
    /// What is counted, for the rows that say it: `killed`, `sentence-years`, `money-usd`.
    #[serde(default)]
    thing: Option<String>,
    /// How many, for number words and scales.
    #[serde(default)]
    value: Option<f64>,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

/// The words of counts in every language.
#[derive(Debug, Default)]
pub(super) struct CountRules {
    by_lang: Vec<(Lang, Phrases<(Kind, usize)>)>,
    all: Phrases<(Kind, usize)>,
    none: Phrases<(Kind, usize)>,
    rows: Vec<Row>,
    /// Number words of one token, for those joined by hyphens.
    values: BTreeMap<String, f64>,
}

/// A number in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) tokens: Range<usize>,
    pub(super) value: f64,
    /// "31 million": a scale stands with it.
    pub(super) scaled: bool,
}

/// How far from the people the word for what befell them may stand, in tokens.
const NEAR: usize = 7;
/// How far after the years the prison may stand.
const NEAR_PRISON: usize = 3;
/// How far before the years the word for sentencing may stand.
const NEAR_SENTENCED: usize = 8;

impl CountRules {
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut rules = Self::default();
        for code in data.languages() {
            let name = format!("lexicon/{code}/counts.toml");
            let (Some(lang), Some(text)) = (Lang::new(code), data.get(&name)) else { continue };
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
            if let Some(fault) = check_rows(&name, file.row.iter().map(|r| &r.info)).first() {
                return Err(LexiconError::new(&name, fault.clone()));
            }
            let mut phrases = Phrases::default();
            for row in file.row {
                let says = matches!(row.kind, Kind::Event | Kind::Direct | Kind::Term | Kind::Money);
                let counts = matches!(row.kind, Kind::Number | Kind::Scale);
                if says != row.thing.is_some() || counts != row.value.is_some() {
                    let what =
                        "a row says a `thing` where it tells what is counted, and a `value` where it is a number";
                    return Err(LexiconError::new(&name, format!("{}: {what}", row.info.id)));
                }
                let value = (row.kind, rules.rows.len());
                for form in &row.forms {
                    if row.kind == Kind::Number {
                        rules.values.extend(row.value.map(|v| (form.clone(), v)));
                    }
                    let fault = |e| LexiconError::new(&name, format!("{}: {e}", row.info.id));
                    phrases.add(lang, form, &value).map_err(fault)?;
                    rules.all.add(lang, form, &value).map_err(fault)?;
                }
                rules.rows.push(row);
            }
            rules.by_lang.push((lang, phrases));
        }
        Ok(rules)
    }

    /// Finds the counts of every sentence. A term of imprisonment that a statement demands is counted apart: asked is not imposed.
    pub(super) fn find(&self, text: &Text<'_>, found: &mut Findings) {
        let mut all = Vec::new();
        for sentence in &text.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                match self.number(text, found, sentence, at) {
                    Some(number) => {
                        at = number.tokens.end;
                        if let Some(count) = self.count(text, found, sentence, &number) {
                            at = at.max(text.tokens_in(count.span).end);
                            all.push(count);
                        }
                    }
                    None => at += 1,
                }
            }
        }
        for count in all.iter_mut().filter(|c| c.thing.starts_with("sentence-")) {
            let demanded = |s: &&StatementFinding| s.stance == Stance::Demands && s.content.contains(count.span);
            let to = found.statements.partition_point(|s| s.span.start <= count.span.start);
            let near = found.statements.get(to.saturating_sub(8)..to).unwrap_or(&[]);
            if near.iter().any(|s| demanded(&s)) {
                count.thing.push_str("-asked");
            }
        }
        found.counts = all;
    }

    /// The phrases of `lang`; those of all languages where the language is not known, none where it is one without a file.
    fn phrases(&self, lang: Lang) -> &Phrases<(Kind, usize)> {
        let other = if lang == Lang::UND { &self.all } else { &self.none };
        self.by_lang.iter().find(|(l, _)| *l == lang).map_or(other, |(_, phrases)| phrases)
    }

    fn at(&self, text: &Text<'_>, lang: Lang, at: usize, end: usize, kinds: &[Kind]) -> Option<(&Row, usize)> {
        let phrases = self.phrases(lang);
        let found = phrases.longest_of(text, at, end, |v| kinds.contains(&v.0))?;
        Some((self.rows.get(found.value.1)?, found.tokens.end))
    }

    /// The number that begins at token `at`, with its scale, unless it is a date or names something.
    pub(super) fn number(&self, text: &Text<'_>, found: &Findings, sentence: &Sentence, at: usize) -> Option<Number> {
        let (mut value, mut next, mut scale) = self.group(text, sentence, at)?;
        let scaled = scale > 1.0;
        // "seven thousand six hundred": what follows a scale and is smaller than it is added.
        while scale >= 100.0
            && let Some((more, after, smaller)) = self.group(text, sentence, next)
            && more < scale
            && text.tokens.get(next).is_some_and(|t| t.kind == TokenKind::Word || smaller > 1.0)
        {
            value += more;
            next = after;
            scale = smaller;
        }
        let span = text.span(at..next);
        let first = found.dates.partition_point(|d| d.span.end <= span.start);
        let dated = found.dates.get(first).is_some_and(|d| {
            d.span.overlaps(span) && matches!(d.kind, TimexKind::Date | TimexKind::Time | TimexKind::Set)
        });
        (scaled || !(dated || self.names(text, sentence, at, next))).then_some(Number {
            tokens: at..next,
            value,
            scaled,
        })
    }

    /// A number of digits or words with the scales right after it: its value, the token after it, its scale.
    fn group(&self, text: &Text<'_>, sentence: &Sentence, at: usize) -> Option<(f64, usize, f64)> {
        let (lang, end) = (sentence.lang, sentence.tokens.end);
        let token = text.tokens.get(at).filter(|_| at < end)?;
        let (mut value, mut next) = if token.kind == TokenKind::Number {
            let (value, next) = digits(text, at, end)?;
            (value, self.past_ending(text, sentence, next))
        } else {
            let (mut sum, mut next) = match self.at(text, lang, at, end, &[Kind::Number]) {
                Some((row, next)) => (row.value?, next),
                None => (self.hyphened(text.fold(at))?, at + 1),
            };
            // "двадцать пять": each smaller than the one before.
            let mut last = sum;
            while let Some((row, after)) = self.at(text, lang, next, end, &[Kind::Number]) {
                // Kazakh says "ten four" for fourteen.
                let Some(more) = row.value.filter(|v| *v < last && (last >= 20.0 || last == 10.0)) else { break };
                sum += more;
                last = more;
                next = after;
            }
            (sum, next)
        };
        let mut scale = 1.0;
        while let Some((row, after)) = self.at(text, lang, next, end, &[Kind::Scale]) {
            scale *= row.value?;
            next = if text.fold(after) == "." && after < end && abbreviates(text, after) { after + 1 } else { after };
        }
        value *= scale;
        Some((value, next, scale))
    }

    /// Past the ending of a case that a hyphen ties to a number in figures: "60-тан".
    fn past_ending(&self, text: &Text<'_>, sentence: &Sentence, next: usize) -> usize {
        let glued = |t: usize| text.tokens.get(t).is_some_and(|k| !k.spaced);
        let end = sentence.tokens.end;
        if next + 1 < end && glued(next) && text.fold(next) == "-" && glued(next + 1) {
            let ending = self.at(text, sentence.lang, next + 1, end, &[Kind::Ending]).map(|(_, after)| after);
            return ending.filter(|after| *after >= end || !glued(*after) || text.fold(*after) != "-").unwrap_or(next);
        }
        next
    }

    /// "thirty-two", "trente-deux": number words joined by hyphens.
    fn hyphened(&self, word: &str) -> Option<f64> {
        let parts: Vec<&str> = word.split('-').collect();
        if !(2..=4).contains(&parts.len()) {
            return None;
        }
        parts.into_iter().filter(|p| *p != "et").map(|p| self.values.get(p).copied()).sum()
    }

    /// True where the number names an article, a docket, a point: "art. 5", "№ 12", "12/345", "5-го", "5%".
    fn names(&self, text: &Text<'_>, sentence: &Sentence, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).filter(|b| *b >= sentence.tokens.start);
        let mark = before.map_or("", |b| text.fold(b));
        let spaced = text.tokens.get(at).is_some_and(|t| t.spaced);
        let joined =
            before.is_some() && !spaced && !matches!(mark, "(" | "«" | "“" | "\"" | "$" | "€" | "£" | "₸" | "~" | "≈");
        let after_joined = next < sentence.tokens.end
            && text.tokens.get(next).is_some_and(|t| !t.spaced)
            && matches!(text.fold(next), "/" | "-" | "–" | "%" | "°" | ":" | "’" | "'" | "_");
        let named = (sentence.tokens.start.max(at.saturating_sub(3))..at).any(|i| {
            self.at(text, sentence.lang, i, at, &[Kind::Named])
                .is_some_and(|(_, end)| (end..at).all(|j| matches!(text.fold(j), "." | "№" | "n" | "°")))
        });
        let glued =
            text.tokens.get(next).is_some_and(|t| !t.spaced && t.kind == TokenKind::Word) && next < sentence.tokens.end;
        joined || after_joined || named || glued
    }

    fn count(&self, text: &Text<'_>, found: &Findings, sentence: &Sentence, number: &Number) -> Option<CountFinding> {
        let (row, thing, mut tokens) = self
            .money(text, sentence, number)
            .or_else(|| self.term(text, sentence, number))
            .or_else(|| self.people(text, sentence, number))?;
        let (mut bound, mut from) = self.bound(text, sentence, number);
        // "засуджено до п’яти років": sentenced to five, not up to five.
        let to = row.kind == Kind::Term
            && from < number.tokens.start
            && from.checked_sub(1).is_some_and(|b| {
                let event = self.at(text, sentence.lang, b, from, &[Kind::Event]);
                event.is_some_and(|(row, _)| row.thing.as_deref() == Some("convicted"))
            });
        if to {
            (bound, from) = (Counted::Exactly, number.tokens.start);
        }
        // "1 year and 6 months" is one sentence.
        let mut value = number.value;
        if thing == "sentence-years" {
            let next = tokens.end + usize::from(matches!(text.fold(tokens.end), "and" | "et" | "и" | "та" | "і" | ","));
            if let Some((months, after, _)) = self.group(text, sentence, next)
                && let Some((term, last)) = self.at(text, sentence.lang, after, sentence.tokens.end, &[Kind::Term])
                && term.thing.as_deref() == Some("sentence-months")
            {
                value += months / 12.0;
                tokens.end = last;
            }
        }
        let tokens = tokens.start.min(from)..tokens.end;
        let span = text.span(tokens);
        Some(CountFinding {
            span,
            clause: sentence.span,
            number: value,
            bound,
            thing,
            date: date_of(found, sentence, span.start),
            made_by: row.info.id.clone(),
        })
    }

    /// Past the bound that begins at token `at`: "at least".
    pub(super) fn bound_at(&self, text: &Text<'_>, sentence: &Sentence, at: usize) -> Option<(Counted, usize)> {
        let kinds = [Kind::AtLeast, Kind::AtMost, Kind::About];
        let (row, end) = self.at(text, sentence.lang, at, sentence.tokens.end, &kinds)?;
        let bound = match row.kind {
            Kind::AtLeast => Counted::AtLeast,
            Kind::AtMost => Counted::AtMost,
            _ => Counted::About,
        };
        Some((bound, end))
    }

    /// "at least", "more than", "about" before the number, and where it begins.
    pub(super) fn bound(&self, text: &Text<'_>, sentence: &Sentence, number: &Number) -> (Counted, usize) {
        let start = number.tokens.start;
        let kinds = [Kind::AtLeast, Kind::AtMost, Kind::About];
        for from in sentence.tokens.start.max(start.saturating_sub(4))..start {
            if let Some((row, end)) = self.at(text, sentence.lang, from, start, &kinds)
                && (end == start || (end + 1 == start && matches!(text.fold(end), "$" | "€" | "£")))
            {
                let bound = match row.kind {
                    Kind::AtLeast => Counted::AtLeast,
                    Kind::AtMost => Counted::AtMost,
                    _ => Counted::About,
                };
                return (bound, from);
            }
        }
        (Counted::Exactly, start)
    }

    fn money(&self, text: &Text<'_>, sentence: &Sentence, number: &Number) -> Option<(&Row, String, Range<usize>)> {
        let end = sentence.tokens.end;
        let start = number.tokens.start;
        let after = (number.tokens.end..end.min(number.tokens.end + 3)).find_map(|i| {
            let plain = (number.tokens.end..i).all(|j| {
                text.tokens.get(j).is_some_and(|t| t.kind == TokenKind::Word && !t.capital) || text.fold(j) == "."
            });
            self.at(text, sentence.lang, i, end, &[Kind::Money]).filter(|_| plain)
        });
        if let Some((row, last)) = after {
            return Some((row, row.thing.clone()?, start..last));
        }
        let before = start.checked_sub(1).filter(|b| *b >= sentence.tokens.start)?;
        let (row, last) = self.at(text, sentence.lang, before, start, &[Kind::Money])?;
        (last == start).then(|| Some((row, row.thing.clone()?, before..number.tokens.end)))?
    }

    fn term(&self, text: &Text<'_>, sentence: &Sentence, number: &Number) -> Option<(&Row, String, Range<usize>)> {
        let end = sentence.tokens.end;
        let (row, last) = self.at(text, sentence.lang, number.tokens.end, end, &[Kind::Term])?;
        let from = sentence.tokens.start.max(number.tokens.start.saturating_sub(NEAR_SENTENCED));
        let sentenced = (from..number.tokens.start)
            .rev()
            .take_while(|i| !matches!(text.fold(*i), ";" | "."))
            .any(|i| self.at(text, sentence.lang, i, number.tokens.start, &[Kind::Sentenced]).is_some());
        let prison = (last..end.min(last + NEAR_PRISON))
            .take_while(|i| text.tokens.get(*i).is_some_and(|t| t.kind != TokenKind::Mark))
            .any(|i| self.at(text, sentence.lang, i, end, &[Kind::Prison]).is_some());
        (prison || sentenced).then(|| Some((row, row.thing.clone()?, number.tokens.start..last)))?
    }

    fn people(&self, text: &Text<'_>, sentence: &Sentence, number: &Number) -> Option<(&Row, String, Range<usize>)> {
        let end = sentence.tokens.end;
        let start = number.tokens.start;
        let from = number.tokens.end;
        // The noun stands right after the number, or after one or two adjectives.
        for at in from..end.min(from + 3) {
            let adjectives = (from..at).all(|i| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word));
            if !adjectives {
                break;
            }
            if let Some((_, last)) = self.at(text, sentence.lang, at, end, &[Kind::People])
                && let Some(event) = self.nearest(text, sentence, self.bound(text, sentence, number).1, last)
            {
                return Some((event, event.thing.clone()?, start..last));
            }
            if let Some((row, last)) = self.at(text, sentence.lang, at, end, &[Kind::Direct]) {
                return Some((row, row.thing.clone()?, start..last));
            }
        }
        // "12 were injured"
        let (_, aux) = self.at(text, sentence.lang, from, end, &[Kind::Aux])?;
        let (row, last) = self.at(text, sentence.lang, aux, end, &[Kind::Event])?;
        Some((row, row.thing.clone()?, start..last))
    }

    /// The word for what befell the people at `start..last`: the nearest between the same commas.
    fn nearest(&self, text: &Text<'_>, sentence: &Sentence, start: usize, last: usize) -> Option<&Row> {
        let stop = |i: &usize| matches!(text.fold(*i), "," | ";" | ":" | "." | "(" | ")" | "—" | "–");
        let to =
            (last..sentence.tokens.end.min(last + NEAR)).find(stop).unwrap_or(sentence.tokens.end.min(last + NEAR));
        let after = (last..to).find_map(|i| {
            self.at(text, sentence.lang, i, sentence.tokens.end, &[Kind::Event]).map(|(row, _)| (row, i - last))
        });
        let from = sentence.tokens.start.max(start.saturating_sub(NEAR));
        let from = (from..start).rev().find(stop).map_or(from, |i| i + 1);
        let before = (from..start)
            .rev()
            .find_map(|i| self.at(text, sentence.lang, i, start, &[Kind::Event]).map(|(row, end)| (row, start - end)));
        match (after, before) {
            (Some((row, a)), Some((other, b))) => Some(if a <= b { row } else { other }),
            (Some((row, _)), None) | (None, Some((row, _))) => Some(row),
            (None, None) => None,
        }
    }

    /// The ids of the rows that the counts in a text rest on or whose phrases stand in it, for the test of the data.
    #[cfg(test)]
    pub(super) fn rows_in(&self, text: &Text<'_>, lang: Lang) -> std::collections::BTreeSet<&str> {
        let end = text.tokens.len();
        let phrases = self.phrases(lang);
        (0..end)
            .flat_map(|at| phrases.at(text, at, end))
            .filter_map(|m| self.rows.get(m.value.1))
            .map(|row| row.info.id.as_str())
            .collect()
    }

    /// What every row has in common, for the test of the data.
    #[cfg(test)]
    pub(super) fn infos(&self) -> impl Iterator<Item = &RowInfo> {
        self.rows.iter().map(|r| &r.info)
    }
}

/// True where the point at `at` belongs to an abbreviated scale: a small letter or a currency follows.
fn abbreviates(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at + 1).is_some_and(|t| !t.capital && (t.kind == TokenKind::Word || t.kind == TokenKind::Mark))
}

/// The number of digits at `at`: groups of three parted by a space, comma or point, and decimals after a comma or point.
fn digits(text: &Text<'_>, at: usize, end: usize) -> Option<(f64, usize)> {
    let word = |i: usize| text.fold(i);
    let is_number = |i: usize| i < end && text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let glued = |i: usize| text.tokens.get(i).is_some_and(|t| !t.spaced);
    if word(at).len() > 15 {
        return None;
    }
    let mut written = word(at).to_owned();
    let mut next = at + 1;
    let mut decimals = false;
    let short = written.len() <= 3 && !(written.starts_with('0') && written.len() > 1);
    while short && next < end && !decimals {
        if is_number(next) && word(next).len() == 3 && near(text, next) {
            written.push_str(word(next));
            next += 1;
        } else if matches!(word(next), "," | "." | "’" | "'") && glued(next) && is_number(next + 1) && glued(next + 1)
        {
            let group = word(next + 1);
            if group.len() == 3 {
                written.push_str(group);
            } else if word(next) != "’" && group.len() <= 2 {
                written.push('.');
                written.push_str(group);
                decimals = true;
            } else {
                return None;
            }
            next += 2;
        } else {
            break;
        }
        if written.len() > 15 {
            return None;
        }
    }
    written.parse().ok().map(|value| (value, next))
}

/// True where exactly one space, no line break, stands before token `at`.
fn near(text: &Text<'_>, at: usize) -> bool {
    let (Some(a), Some(b)) = (at.checked_sub(1).and_then(|i| text.tokens.get(i)), text.tokens.get(at)) else {
        return false;
    };
    let between = text.str().get(a.span.end..b.span.start).unwrap_or("");
    between.chars().count() == 1 && !between.contains('\n')
}

/// The date in the same sentence that stands nearest, where it dates an event.
fn date_of(found: &Findings, sentence: &Sentence, at: usize) -> Option<DateIx> {
    let from = found.dates.partition_point(|d| d.span.end <= sentence.span.start);
    found
        .dates
        .iter()
        .enumerate()
        .skip(from)
        .take_while(|(_, d)| d.span.start < sentence.span.end)
        .take(32)
        .filter(|(_, d)| d.kind == TimexKind::Date && d.edtf.is_some())
        .min_by_key(|(_, d)| d.span.start.abs_diff(at))
        .map(|(index, _)| index)
}
