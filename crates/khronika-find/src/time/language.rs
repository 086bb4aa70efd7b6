//! What one language says about time: its words, rules and holidays, compiled from `lexicon/<lang>/time-*.toml`.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::letter::is_alphanumeric;
use khronika_core::{Lang, TimexMod};
use khronika_data::Dataset;
use serde::Deserialize;

use super::pattern::{Automaton, Compiler};
use super::role::Roles;
use super::scan::Tok;
use super::word::{self, Mask, Unit, Words};
use crate::LexiconError;

/// The endings that may stand after a number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    /// "1st", "5-го", "1er": the number is an ordinal.
    Ordinal,
    /// "1990s", "60er": the number names ten years.
    Decade,
    /// "20-сына": a case ending.
    Case,
}

/// What a rule makes of what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Make {
    /// A calendar date or a clock time, whole or in part, or counted from another one.
    Date,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
    /// The age of a person.
    Age,
    /// A vague reference: the value stands in the rule.
    Reference,
    /// Nothing: the words only look like a time.
    Guard,
}

/// What a relative expression is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum From {
    /// The day of writing: "yesterday".
    Writing,
    /// The day told of last: "the same day".
    Story,
}

/// A rule, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: String,
    pub make: Make,
    pub from: Option<From>,
    pub shift: Option<i32>,
    /// Its units are counted from a day: "two weeks later", unlike "the week after".
    pub counted: bool,
    pub unit: Option<Unit>,
    pub part: Option<u8>,
    pub clock: Option<(u8, u8)>,
    /// Minutes from the hour that is named, under an hour, back where negative.
    pub minutes: Option<i8>,
    pub modifier: Option<TimexMod>,
    pub value: Option<String>,
    pub holiday: Option<Holiday>,
    pub roman_month: bool,
    pub bc: bool,
    pub end_of_range: bool,
    /// The shift is that of the year: "торік у березні".
    pub of_year: bool,
    /// The ordinal (or `shift`, −1 for the last) counts weekdays of a month.
    pub nth: bool,
    /// The number tells how often, not how long.
    pub times: bool,
    /// A bare number: what stands around it must not speak against a year.
    pub bare: bool,
    /// A day without its month, where it is written with one of these endings (an empty one: with any).
    pub alone: Vec<String>,
    pub sure: f32,
}

/// How the day of a holiday is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// The same month and day each year.
    Fixed(u8, u8),
    /// Days after western Easter Sunday.
    Easter(i32),
    /// Days after orthodox Easter Sunday.
    OrthodoxEaster(i32),
    /// The nth weekday of a month; −1 is the last.
    Nth { month: u8, weekday: u8, nth: i8 },
    /// Moves in a way that is not computed: only named.
    Unknown,
}

/// One language.
#[derive(Clone, Debug)]
pub(super) struct Language {
    pub lang: Lang,
    pub words: Words,
    pub strong: Mask,
    strong_words: Vec<bool>,
    strong_sets: Mask,
    suffixes: BTreeMap<String, Suffix>,
    /// There are endings of decades: those of ordinals name none.
    pub decades: bool,
    /// Words are cut after an apostrophe.
    pub elision: bool,
    /// A number before a word in small letters counts it, and is no year: "1900 подписей".
    pub number_counts: bool,
    /// "20: 40" is a clock time.
    pub spaced_clock: bool,
    /// 03/04 is 3 April.
    pub day_first: bool,
    /// "Ley 39/2015, de 1 de octubre": the number before a day holds its year.
    pub year_in_number: bool,
    /// Words before a number of one or two digits that can make a day of it: "le 13".
    before_day: Vec<String>,
    /// Endings of such a number in digits that make a day of it: "24-го".
    day_endings: Vec<String>,
    /// Words that may stand after a day without its month; none at all: any may.
    pub after_day: BTreeSet<String>,
    pub items: Automaton,
    pub before: Automaton,
    pub after: Automaton,
    class_roots: [Vec<Vec<u32>>; 3],
    /// The classes that a match of each automaton may begin with.
    pub root_masks: [Mask; 3],
    pub rules: Vec<Rule>,
    /// Index of the class of words that join numbers: "and", "et".
    pub joiner: Option<u8>,
    pub future: Option<u8>,
    /// Index of the class of words that make the "and" after them a range: "between".
    pub between: Option<u8>,
    /// Eleven is “ten one”: no words of their own for 11–19.
    pub plain_teens: bool,
    pub roles: Roles,
}

/// Which automaton.
pub(super) const ITEMS: usize = 0;
/// What may stand before an expression and change it.
pub(super) const BEFORE: usize = 1;
/// What may stand after it.
pub(super) const AFTER: usize = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: String,
    #[serde(default)]
    elision: bool,
    #[serde(default)]
    number_counts: bool,
    #[serde(default)]
    spaced_clock: bool,
    #[serde(default = "yes")]
    day_first: bool,
    #[serde(default)]
    year_in_number: bool,
    #[serde(default)]
    before_day: Vec<String>,
    #[serde(default)]
    after_day: Vec<String>,
    #[serde(default)]
    endings: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    suffix: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    sets: BTreeMap<String, Vec<String>>,
    /// A word between units and tens in numbers written as one word.
    glue: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: String,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleRow>,
    #[serde(default)]
    before: Vec<RuleRow>,
    #[serde(default)]
    after: Vec<RuleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    find: Vec<String>,
    is: Option<Make>,
    from: Option<From>,
    shift: Option<i32>,
    #[serde(default)]
    counted: bool,
    unit: Option<String>,
    part: Option<String>,
    clock: Option<String>,
    /// Minutes from the hour: 30 for "half past two", −30 for the half on the way to it ("halb drei").
    minutes: Option<i8>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    value: Option<String>,
    #[serde(default)]
    roman_month: bool,
    #[serde(default)]
    bc: bool,
    #[serde(default)]
    range: bool,
    #[serde(default)]
    of_year: bool,
    #[serde(default)]
    nth: bool,
    #[serde(default)]
    times: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    alone: Vec<String>,
    sure: Option<f32>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: String,
    #[serde(default)]
    holiday: Vec<HolidayRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayRow {
    id: String,
    find: Vec<String>,
    day: String,
    #[serde(default)]
    examples: Vec<String>,
}

const fn yes() -> bool {
    true
}

/// An example or a near miss of a rule, for the test that runs them.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub lang: Lang,
    pub rule: String,
    pub text: String,
    /// The value expected; `None` where nothing may be found by the rule.
    pub value: Option<String>,
}

const STRONG: &[u8] = &[
    word::MONTH,
    word::WEEKDAY,
    word::UNIT,
    word::SEASON,
    word::PART,
    word::YEAR,
    word::DECADE,
    word::DATE,
    word::DAYMONTH,
    word::CLOCK,
    word::CLOCKDOT,
    word::UNITS,
    word::ADV,
    word::MONTHYEAR,
    word::MODERN,
    word::PLURAL,
    word::AMPM,
    word::DAYPART,
    word::SUREMONTH,
];

impl Language {
    /// True where a word of `text` adds one thing to another: "and", "или".
    pub(super) fn adds(&self, text: &str) -> bool {
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).any(|w| {
            let entry = self.words.get(word::fold(w).as_bytes()).and_then(|i| self.words.entries.get(i));
            entry.is_some_and(|e| e.mask >> word::LINK & 1 != 0 && e.value(word::LINK) == 0)
        })
    }

    /// Compiles one language; `None` where the data has no words of time for it.
    pub(super) fn load(data: &Dataset, lang: Lang, examples: &mut Vec<Example>) -> Result<Option<Self>, LexiconError> {
        let name = format!("lexicon/{lang}/time-words.toml");
        let Some(text) = data.get(&name) else { return Ok(None) };
        let file: WordFile = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
        let mut classes: BTreeMap<String, u8> =
            word::KNOWN.iter().map(|(name, bit)| ((*name).to_owned(), *bit)).collect();
        let mut words = Words::default();
        let error = |what: String| LexiconError::new(&name, what);
        for (class, table) in &file.words {
            let bit = *classes.get(&class.to_uppercase()).ok_or_else(|| error(format!("no class “{class}”")))?;
            for (key, forms) in table {
                let value = word::key_value(bit, key).ok_or_else(|| error(format!("“{key}” is no {class}")))?;
                for form in forms {
                    for form in word::expand(form, &file.endings).map_err(error)? {
                        words.add(&form, bit, value);
                    }
                }
            }
        }
        if let Some(glue) = &file.glue {
            add_glued(&mut words, &file, glue);
        }
        for (n, (set, forms)) in file.sets.iter().enumerate() {
            let bit = word::OWN + u8::try_from(n).unwrap_or(u8::MAX);
            if bit > 63 {
                return Err(error("more sets than there is room for".to_owned()));
            }
            classes.insert(set.to_uppercase(), bit);
            for form in forms {
                for form in word::expand(form, &file.endings).map_err(error)? {
                    words.add(&form, bit, 0);
                }
            }
        }
        let mut suffixes = BTreeMap::new();
        for (kind, forms) in &file.suffix {
            let suffix = match kind.as_str() {
                "ordinal" => Suffix::Ordinal,
                "decade" => Suffix::Decade,
                "case" => Suffix::Case,
                _ => return Err(error(format!("“{kind}” is no kind of suffix"))),
            };
            for form in forms {
                for form in word::expand(form, &file.endings).map_err(error)? {
                    suffixes.entry(word::fold(&form)).or_insert(suffix);
                }
            }
        }
        let mut language = Self {
            lang,
            words,
            strong: STRONG.iter().fold(0, |mask, class| mask | 1 << class),
            strong_words: Vec::new(),
            strong_sets: 0,
            decades: suffixes.values().any(|s| *s == Suffix::Decade),
            suffixes,
            elision: file.elision,
            number_counts: file.number_counts,
            spaced_clock: file.spaced_clock,
            day_first: file.day_first,
            year_in_number: file.year_in_number,
            before_day: file.before_day,
            day_endings: Vec::new(),
            after_day: file.after_day.iter().map(|form| word::fold(form)).collect(),
            items: Automaton::default(),
            before: Automaton::default(),
            after: Automaton::default(),
            class_roots: Default::default(),
            root_masks: [0; 3],
            rules: Vec::new(),
            joiner: classes.get("JOINER").copied(),
            future: classes.get("FUTURE").copied(),
            between: classes.get("BETWEEN").copied(),
            plain_teens: false,
            roles: Roles::load(data, lang)?,
        };
        language.load_rules(data, &classes, examples)?;
        language.load_holidays(data, &classes, examples)?;
        for (index, entry) in language.words.entries.iter().enumerate() {
            if entry.mask & 1 << word::TENS != 0 {
                language.strong_words.resize(language.strong_words.len().max(index + 1), false);
                language.strong_words[index] = true;
            }
        }
        language.plain_teens = !language.words.entries.iter().any(|e| e.values.contains(&(word::NUM, 11)));
        language.strong |= language.strong_sets;
        let (strong, strong_words) = (language.strong, &language.strong_words);
        language.words.index(|index, entry| {
            (entry.mask | entry.mask_capital | entry.mask_small) & strong != 0 || strong_words.get(index) == Some(&true)
        });
        language.index_roots();
        Ok(Some(language))
    }

    fn load_rules(
        &mut self,
        data: &Dataset,
        classes: &BTreeMap<String, u8>,
        examples: &mut Vec<Example>,
    ) -> Result<(), LexiconError> {
        let name = format!("lexicon/{}/time-rules.toml", self.lang);
        let Some(text) = data.get(&name) else { return Ok(()) };
        let file: RuleFile = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
        let mut automata = [&mut self.items, &mut self.before, &mut self.after];
        for (kind, rows) in [file.rule, file.before, file.after].into_iter().enumerate() {
            for row in rows {
                let error = |what: String| LexiconError::new(&name, format!("rule {}: {what}", row.id));
                let rule = Rule::read(&row, kind == ITEMS).map_err(error)?;
                let index = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
                // What only guards, or changes an expression, needs no strong word of its own.
                // A day without its month is told by how its number is written (`begins_day`).
                let own = kind == ITEMS && rule.make != Make::Guard && rule.alone.is_empty();
                self.day_endings.extend(rule.alone.iter().filter(|ending| !ending.is_empty()).cloned());
                self.rules.push(rule);
                let mut compiler = Compiler {
                    words: &mut self.words,
                    classes,
                    parts: &file.parts,
                    elision: self.elision,
                    strong: if own { self.strong | 1 << word::TENS } else { u64::MAX },
                    strong_words: &mut self.strong_words,
                    strong_sets: &mut self.strong_sets,
                };
                let mut unused = Vec::new();
                if !own {
                    compiler.strong_words = &mut unused;
                }
                if let Some(automaton) = automata.get_mut(kind) {
                    for pattern in &row.find {
                        compiler.add(automaton, pattern, index).map_err(error)?;
                    }
                }
                for (texts, hit) in [(&row.examples, true), (&row.not, false)] {
                    for text in texts {
                        examples.push(Example::read(self.lang, &row.id, text, hit).map_err(error)?);
                    }
                }
            }
        }
        Ok(())
    }

    fn load_holidays(
        &mut self,
        data: &Dataset,
        classes: &BTreeMap<String, u8>,
        examples: &mut Vec<Example>,
    ) -> Result<(), LexiconError> {
        let name = format!("lexicon/{}/time-holidays.toml", self.lang);
        let Some(text) = data.get(&name) else { return Ok(()) };
        let file: HolidayFile = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
        for row in file.holiday {
            let error = |what: String| LexiconError::new(&name, format!("holiday {}: {what}", row.id));
            let holiday = Holiday::read(&row.day).ok_or_else(|| error(format!("“{}” is no day", row.day)))?;
            let index = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
            self.rules.push(Rule { holiday: Some(holiday), ..Rule::new(&row.id, Make::Date) });
            let mut compiler = Compiler {
                words: &mut self.words,
                classes,
                parts: &BTreeMap::new(),
                elision: self.elision,
                strong: 0,
                strong_words: &mut self.strong_words,
                strong_sets: &mut self.strong_sets,
            };
            for pattern in &row.find {
                for with in [pattern.clone(), format!("{pattern} ,? YEAR")] {
                    compiler.add(&mut self.items, &with, index).map_err(error)?;
                }
            }
            for text in &row.examples {
                examples.push(Example::read(self.lang, &row.id, text, true).map_err(error)?);
            }
        }
        Ok(())
    }

    fn index_roots(&mut self) {
        for (kind, automaton) in [&self.items, &self.before, &self.after].into_iter().enumerate() {
            let mut by_class = vec![Vec::new(); 64];
            if let Some(root) = automaton.nodes.first() {
                for (index, edge) in root.edges.iter().enumerate() {
                    let index = u32::try_from(index).unwrap_or(0);
                    if edge.symbol < 64 {
                        by_class[edge.symbol as usize].push(index);
                        self.root_masks[kind] |= 1 << edge.symbol;
                    } else if let Some(entry) = self.words.entries.get_mut(edge.symbol as usize - 64) {
                        entry.roots[kind].push(index);
                    }
                }
            }
            self.class_roots[kind] = by_class;
        }
    }

    /// The edges from the root of automaton `kind` on class `class`.
    pub(super) fn class_roots(&self, kind: usize, class: usize) -> &[u32] {
        self.class_roots.get(kind).and_then(|c| c.get(class)).map_or(&[], Vec::as_slice)
    }

    /// True for a token that makes a stretch worth looking at.
    #[inline]
    pub(super) fn is_candidate(&self, tok: &Tok) -> bool {
        tok.mask & self.strong != 0
            || (tok.word as usize).checked_sub(1).is_some_and(|i| self.strong_words.get(i) == Some(&true))
    }

    /// True where the word before the number at `at` can make a day of it.
    pub(super) fn makes_day(&self, text: &str, at: usize) -> bool {
        self.before_day.iter().any(|word| {
            let before = text.get(..at).unwrap_or("").strip_suffix(' ').unwrap_or("");
            let start = before.len().checked_sub(word.len());
            let is_word = |start: usize| before.get(start..).is_some_and(|b| b.eq_ignore_ascii_case(word));
            start.is_some_and(|start| is_word(start) && !before.get(..start).unwrap_or("").ends_with(is_alphanumeric))
        })
    }

    /// True for a number that may be a day without its month.
    pub(super) fn is_bare_day(&self, text: &str, tok: &Tok) -> bool {
        let ends = || {
            text.get(tok.start..tok.end)
                .is_some_and(|number| self.day_endings.iter().any(|e| number.ends_with(e.as_str())))
        };
        tok.word == 0 && tok.mask >> word::DAY & 1 != 0 && (self.makes_day(text, tok.start) || ends())
    }

    pub(super) fn suffix(&self, folded: &str) -> Option<Suffix> {
        self.suffixes.get(folded).copied()
    }
}

/// Adds "einundzwanzig" and its like: units, the glue, tens.
fn add_glued(words: &mut Words, file: &WordFile, glue: &str) {
    let table = |class: &str| file.words.get(class);
    let Some(numbers) = table("num") else { return };
    let forms = |value: i32, class: &str| -> Vec<String> {
        table(class).and_then(|t| t.get(&value.to_string())).cloned().unwrap_or_default()
    };
    for tens in (20..100).step_by(10) {
        for unit in 1..10 {
            for u in numbers.get(&unit.to_string()).into_iter().flatten().filter(|u| !u.contains('{')) {
                for class in ["num", "ord"] {
                    for t in forms(tens, class) {
                        for t in word::expand(&t, &file.endings).unwrap_or_default() {
                            let bit = if class == "num" { word::NUM } else { word::ORD };
                            words.add(&format!("{u}{glue}{t}"), bit, tens + unit);
                        }
                    }
                }
            }
        }
    }
}

impl Rule {
    fn new(id: &str, make: Make) -> Self {
        Self {
            id: id.to_owned(),
            make,
            from: None,
            shift: None,
            counted: false,
            unit: None,
            part: None,
            clock: None,
            minutes: None,
            modifier: None,
            value: None,
            holiday: None,
            roman_month: false,
            bc: false,
            end_of_range: false,
            of_year: false,
            nth: false,
            times: false,
            bare: false,
            alone: Vec::new(),
            sure: 0.95,
        }
    }

    fn read(row: &RuleRow, item: bool) -> Result<Self, String> {
        let make = match row.is {
            Some(make) => make,
            None if !item => Make::Guard,
            None => return Err("it does not say what it “is”".to_owned()),
        };
        let name = |text: &Option<String>, class: u8| match text {
            None => Ok(None),
            Some(t) => word::key_value(class, t).map(Some).ok_or_else(|| format!("“{t}” is unknown")),
        };
        let clock = match &row.clock {
            None => None,
            Some(t) => Some(
                t.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?))).ok_or("no clock time")?,
            ),
        };
        if row.minutes.is_some_and(|minutes| !(-59..60).contains(&minutes)) {
            return Err("“minutes” are under an hour".to_owned());
        }
        let modifier = match &row.modifier {
            None => None,
            Some(t) => Some(modifier(t).ok_or_else(|| format!("“{t}” is no mod"))?),
        };
        if make == Make::Reference && row.value.is_none() {
            return Err("a reference needs a value".to_owned());
        }
        Ok(Self {
            from: row.from,
            shift: row.shift,
            counted: row.counted,
            unit: name(&row.unit, word::UNIT)?.and_then(Unit::from_value),
            part: name(&row.part, word::PART)?.and_then(|p| u8::try_from(p).ok()),
            clock,
            minutes: row.minutes,
            modifier,
            value: row.value.clone(),
            roman_month: row.roman_month,
            bc: row.bc,
            end_of_range: row.range,
            of_year: row.of_year,
            nth: row.nth,
            times: row.times,
            bare: row.bare,
            alone: row.alone.clone(),
            sure: row.sure.unwrap_or(0.95),
            ..Self::new(&row.id, make)
        })
    }
}

fn modifier(name: &str) -> Option<TimexMod> {
    use TimexMod as M;
    [
        M::Approx,
        M::Start,
        M::Mid,
        M::End,
        M::Before,
        M::After,
        M::OnOrBefore,
        M::OnOrAfter,
        M::LessThan,
        M::MoreThan,
        M::EqualOrLess,
        M::EqualOrMore,
    ]
    .into_iter()
    .find(|m| m.name() == name)
}

impl Holiday {
    /// Reads `12-25`, `easter+1`, `orthodox-easter-2`, `4th 4 of 11` (the fourth Thursday of November), `-1th 1 of 5`, `unknown`.
    fn read(text: &str) -> Option<Self> {
        if text == "unknown" {
            return Some(Self::Unknown);
        }
        let shift = |rest: &str| if rest.is_empty() { Some(0) } else { rest.parse().ok() };
        if let Some(rest) = text.strip_prefix("orthodox-easter") {
            return shift(rest).map(Self::OrthodoxEaster);
        }
        if let Some(rest) = text.strip_prefix("easter") {
            return shift(rest).map(Self::Easter);
        }
        if let Some((nth, rest)) = text.split_once("th ") {
            let (weekday, month) = rest.split_once(" of ")?;
            return Some(Self::Nth {
                month: month.parse().ok()?,
                weekday: weekday.parse().ok()?,
                nth: nth.parse().ok()?,
            });
        }
        let (month, day) = text.split_once('-')?;
        Some(Self::Fixed(month.parse().ok()?, day.parse().ok()?))
    }
}

impl Example {
    fn read(lang: Lang, rule: &str, text: &str, hit: bool) -> Result<Self, String> {
        let (text, value) = match text.split_once(" → ") {
            Some((text, value)) => (text, Some(value.to_owned())),
            None if hit => return Err(format!("the example “{text}” has no “→ value”")),
            None => (text, None),
        };
        Ok(Self { lang, rule: rule.to_owned(), text: text.to_owned(), value })
    }
}
