//! The words of one language: what each folded form can mean.

use std::collections::BTreeMap;

/// A set of word classes, one bit each.
pub(super) type Mask = u64;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal,)+) => {
        $($(#[$doc])* #[allow(dead_code, reason = "some classes stand in patterns only")] pub(super) const $name: u8 = $bit;)+
        /// The classes whose meaning the program knows, by the name they have in patterns.
        pub(super) const KNOWN: &[(&str, u8)] = &[$((stringify!($name), $bit),)+];
    };
}

classes! {
    /// The name of a month: 1–12.
    MONTH = 0,
    /// The name of a day of the week: 1 Monday – 7 Sunday.
    WEEKDAY = 1,
    /// A unit of time: see [`Unit`].
    UNIT = 2,
    /// A season: 1 spring – 4 winter.
    SEASON = 3,
    /// A part of the day: see [`PARTS`].
    PART = 4,
    /// Any number.
    NUM = 5,
    /// A number that can be a day of the month.
    DAY = 6,
    /// An ordinal number.
    ORD = 7,
    /// Four digits that can be a year.
    YEAR = 8,
    /// Two digits.
    YY = 9,
    /// 0–24.
    HOUR = 10,
    /// Two digits 00–59.
    MINUTE = 11,
    /// A year in the plural: 1990s, 60-х.
    DECADE = 12,
    /// A Roman number in capitals.
    ROMAN = 13,
    /// A whole date in digits.
    DATE = 14,
    /// A day and a month in digits: 27.5.
    DAYMONTH = 15,
    /// A clock time with a colon.
    CLOCK = 16,
    /// A clock time with a point: 9.10.
    CLOCKDOT = 17,
    /// A unit of time in the plural, where the language tells it apart: the same values as UNIT.
    UNITS = 18,
    /// "last", "this", "next", seen from the day of writing: −1, 0, 1.
    REL = 19,
    /// "previous", "same", "following", seen from the day told of: −1, 0, 1.
    SREL = 20,
    /// "several", "many": a number that is not told.
    QUANT = 21,
    /// "once", "twice": only matched.
    TIMES = 22,
    /// a.m. 0, p.m. 12.
    AMPM = 23,
    /// A name of a time zone: minutes east of Greenwich; see the data.
    ZONE = 24,
    /// "half" 0.5, in hundredths.
    PARTIAL = 25,
    /// "and", "to", "until" between two dates; 1 where a range ends after it.
    LINK = 26,
    /// A number of one to four digits.
    SHORT = 27,
    /// Month and year in digits: 06.1918.
    MONTHYEAR = 28,
    /// A word of decades: "sixties": 60.
    TENS = 29,
    /// Month of a relative word, a two-digit number 1–12.
    MM = 30,
    /// "today", "yesterday": days from the day of writing.
    ADV = 31,
    /// An ordinal written with digits.
    ORDDIGIT = 32,
    /// A number written with digits.
    DIGITS = 33,
    /// A year of 1700–2100, likely a year even where no word says so.
    MODERN = 34,
    /// A number with a case ending: "20-сына".
    CASED = 35,
    /// A number with a letter that a scanner put for a digit.
    SLIP = 37,
    /// A weekday and a part of the day in one word: ten times the weekday plus the part.
    DAYPART = 38,
    /// A month whose name means nothing else: the same values as MONTH.
    SUREMONTH = 39,
    /// A two-digit number with the ending of a decade: "60s".
    PLURAL = 36,
}

/// The first bit for classes that a language's data defines for itself.
pub(super) const OWN: u8 = 40;

/// Units of time, by their value in the class UNIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    HalfYear,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
    Workday,
}

impl Unit {
    const NAMES: &[(&str, Self)] = &[
        ("second", Self::Second),
        ("minute", Self::Minute),
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("weekend", Self::Weekend),
        ("week", Self::Week),
        ("fortnight", Self::Fortnight),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("half-year", Self::HalfYear),
        ("season", Self::Season),
        ("year", Self::Year),
        ("decade", Self::Decade),
        ("century", Self::Century),
        ("millennium", Self::Millennium),
        ("working-day", Self::Workday),
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, u)| *u)
    }

    pub(super) fn from_value(value: i32) -> Option<Self> {
        usize::try_from(value).ok().and_then(|i| Self::NAMES.get(i)).map(|(_, u)| *u)
    }

    pub(super) fn value(self) -> i32 {
        Self::NAMES.iter().position(|(_, u)| *u == self).and_then(|i| i32::try_from(i).ok()).unwrap_or(0)
    }
}

/// TIMEX3 marks of the parts of the day, by their value in the class PART: morning, midday, afternoon, evening, night, daytime.
pub(super) const PARTS: &[(&str, &str)] =
    &[("morning", "MO"), ("midday", "MI"), ("afternoon", "AF"), ("evening", "EV"), ("night", "NI"), ("daytime", "DT")];

/// TIMEX3 marks of the seasons, from spring (1).
pub(super) const SEASONS: &[(&str, &str)] = &[("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("winter", "WI")];

/// The value of a key of a word table: a number, or one of the names of the class.
pub(super) fn key_value(class: u8, key: &str) -> Option<i32> {
    if let Ok(n) = key.parse() {
        return Some(n);
    }
    let position =
        |names: &[(&str, &str)]| names.iter().position(|(n, _)| *n == key).and_then(|i| i32::try_from(i).ok());
    match class {
        UNIT | UNITS => Unit::from_name(key).map(Unit::value),
        PART => position(PARTS),
        SEASON => position(SEASONS).map(|i| i + 1),
        _ => None,
    }
}

/// What one form can mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The folded form.
    pub form: Box<str>,
    /// Classes in any spelling.
    pub mask: Mask,
    /// Classes only with a capital first letter.
    pub mask_capital: Mask,
    /// Classes only with a small first letter.
    pub mask_small: Mask,
    /// The value in each class.
    pub values: Vec<(u8, i32)>,
    /// True where a point belongs to the form.
    pub point: bool,
    /// Edges that a match may begin with: indices into the grammar's root, for each of its automata.
    pub roots: [Vec<u32>; 3],
}

impl Entry {
    pub(super) fn mask(&self, capital: bool) -> Mask {
        self.mask | if capital { self.mask_capital } else { self.mask_small }
    }

    pub(super) fn value(&self, class: u8) -> i32 {
        self.values.iter().find(|(c, _)| *c == class).map_or(0, |(_, v)| *v)
    }
}

/// A place of the hash table.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Index into the entries plus one; 0 is empty.
    entry: u32,
    /// The upper half of the form's hash.
    tag: u32,
    /// Where the form stands among the forms.
    start: u32,
    len: u32,
}

/// All forms of one language, with a hash table over their folded bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub entries: Vec<Entry>,
    /// Where the hash of a form leads to.
    slots: Vec<Slot>,
    /// The forms, one behind the other: to compare one with a word nothing else need be looked at.
    forms: Vec<u8>,
    /// For each first and last byte (by [`edges`]), the set of lengths (in bytes, 63 and more together) of forms between them: most words
    /// of a text are told from all forms by these three, without a look into the table.
    lengths: Vec<u64>,
    /// The same for forms of ASCII letters alone, by the last five bits of both letters and in a table that stays in the cache: lengths up
    /// to 31, above them the lengths of those that can make a stretch of text a time.
    plain: Vec<u64>,
    /// The same for forms of Cyrillic letters alone, with lengths in letters.
    cyrillic: Vec<u64>,
    /// By [`corners`]: 1 for a form, 2 for one that can make a stretch of text a time.
    corners: Vec<u8>,
    by_form: BTreeMap<Box<str>, usize>,
}

impl Words {
    /// The index of the entry of a folded form, made where there is none.
    pub(super) fn intern(&mut self, form: &str) -> usize {
        if let Some(&index) = self.by_form.get(form) {
            return index;
        }
        let index = self.entries.len();
        self.entries.push(Entry { form: form.into(), ..Entry::default() });
        self.by_form.insert(form.into(), index);
        index
    }

    pub(super) fn add(&mut self, raw: &str, class: u8, value: i32) {
        let (kind, raw) = match (raw.strip_prefix('='), raw.strip_prefix('~')) {
            (Some(rest), _) => ('=', rest),
            (_, Some(rest)) => ('~', rest),
            _ => (' ', raw),
        };
        let point = raw.ends_with('.');
        let form = fold(raw.trim_end_matches('.'));
        let index = self.intern(&form);
        if let Some(entry) = self.entries.get_mut(index) {
            let bit = 1 << class;
            match kind {
                '=' => entry.mask_capital |= bit,
                '~' => entry.mask_small |= bit,
                _ => entry.mask |= bit,
            }
            entry.point |= point;
            if !entry.values.iter().any(|(c, _)| *c == class) {
                entry.values.push((class, value));
            }
        }
    }

    /// Builds the tables; to be called once all forms are in. `strong` says whether an entry can make a stretch of text a time.
    pub(super) fn index(&mut self, strong: impl Fn(usize, &Entry) -> bool) {
        let size = (self.entries.len() * 4).next_power_of_two().max(16);
        self.slots = vec![Slot::default(); size];
        self.forms = Vec::with_capacity(self.entries.iter().map(|entry| entry.form.len()).sum());
        self.lengths = vec![0; EDGES];
        self.plain = vec![0; PLAIN];
        self.cyrillic = vec![0; EDGES];
        self.corners = vec![0; CORNERS];
        for (index, entry) in self.entries.iter().enumerate() {
            let bytes = entry.form.as_bytes();
            if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
                if let Some(slot) = self.lengths.get_mut(edges(*first, *last)) {
                    *slot |= 1 << bytes.len().min(63);
                }
                let mark = |length: usize| {
                    let length = 1 << length.min(31);
                    length | if strong(index, entry) { length << 32 } else { 0 }
                };
                if let Some(slot) = self.plain.get_mut(plain_edges(*first, *last)) {
                    *slot |= mark(bytes.len());
                }
                if let Some(slot) = self.corners.get_mut(corners(bytes)) {
                    *slot |= 1 | u8::from(strong(index, entry)) << 1;
                }
                let mut letters = entry.form.chars();
                let edges = letters.next().map(|first| cyrillic_edges(first, letters.next_back().unwrap_or(first)));
                if let Some(slot) = edges.and_then(|edges| self.cyrillic.get_mut(edges)) {
                    *slot |= mark(entry.form.chars().count());
                }
            }
            let hash = hash(bytes);
            let mut at = hash as usize & (size - 1);
            while self.slots.get(at).is_some_and(|s| s.entry != 0) {
                at = (at + 1) & (size - 1);
            }
            let number = |n: usize| u32::try_from(n).ok();
            if let (Some(slot), Some(entry), Some(start), Some(len)) =
                (self.slots.get_mut(at), number(index + 1), number(self.forms.len()), number(bytes.len()))
            {
                *slot = Slot { entry, tag: tag(hash), start, len };
                self.forms.extend_from_slice(bytes);
            }
        }
    }

    /// False where no form begins with `first`, ends with `last` and is `len` bytes long.
    #[inline]
    pub(super) fn may_hold(&self, first: u8, last: u8, len: usize) -> bool {
        self.lengths.get(edges(first, last)).is_some_and(|l| l & (1 << len.min(63)) != 0)
    }

    /// What a word of ASCII letters, whatever their size, may be.
    #[inline]
    pub(super) fn ascii(&self, word: &[u8]) -> Known {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return Known::No };
        // The small table knows most of what is no form; of the rest the large one knows nearly all.
        match Known::of(self.plain.get(plain_edges(*first, *last)).copied().unwrap_or(0), word.len()) {
            Known::No => Known::No,
            known => match self.corners.get(corners(word)) {
                Some(0) | None => Known::No,
                Some(1) => Known::Word,
                Some(_) => known,
            },
        }
    }

    /// What a word of Cyrillic letters, whatever their size, may be.
    #[inline]
    pub(super) fn cyrillic(&self, first: char, last: char, letters: usize) -> Known {
        let small = |c: char| {
            let mut folded = c;
            fold_char(c, |c| folded = c);
            folded
        };
        Known::of(self.cyrillic.get(cyrillic_edges(small(first), small(last))).copied().unwrap_or(0), letters)
    }

    /// The entry of a folded form.
    #[inline]
    pub(super) fn get(&self, form: &[u8]) -> Option<usize> {
        if !self.may_hold(*form.first()?, *form.last()?, form.len()) {
            return None;
        }
        let last = self.slots.len() - 1;
        let hash = hash(form);
        let mut at = hash as usize & last;
        loop {
            let slot = *self.slots.get(at)?;
            if slot.entry == 0 {
                return None;
            }
            let (start, len) = (slot.start as usize, slot.len as usize);
            if slot.tag == tag(hash) && self.forms.get(start..start + len)? == form {
                return Some(slot.entry as usize - 1);
            }
            at = (at + 1) & last;
        }
    }
}

/// What the edges and the length of a word tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It is no form.
    No,
    /// It may be one.
    Word,
    /// It may be one that can make a stretch of text a time.
    Strong,
}

impl Known {
    /// Looks up a length in a slot of a table.
    #[inline]
    const fn of(lengths: u64, len: usize) -> Self {
        let lengths = lengths >> if len < 31 { len } else { 31 };
        if lengths & 1 == 0 {
            Self::No
        } else if lengths >> 32 & 1 == 0 {
            Self::Word
        } else {
            Self::Strong
        }
    }
}

/// The place of two Cyrillic letters among the pairs of edges.
#[inline]
const fn cyrillic_edges(first: char, last: char) -> usize {
    (first as usize & 63) << 6 | (last as usize & 63)
}

/// How many pairs of ASCII letters are told apart.
const PLAIN: usize = 1 << 10;

/// The place of two ASCII letters among the pairs, the same for small and capital ones.
#[inline]
const fn plain_edges(first: u8, last: u8) -> usize {
    (first as usize & 31) << 5 | (last as usize & 31)
}

/// How many pairs of letters at both ends of a word, with its length, are told apart.
const CORNERS: usize = 1 << 15;

/// The place of a word by the two letters at each of its ends and its length, the same for small and capital ones.
#[inline]
fn corners(word: &[u8]) -> usize {
    let last = word.len().saturating_sub(1);
    let letter = |at: usize| u32::from(word.get(at).copied().unwrap_or(0) & 31);
    let ends = letter(0) | letter(last.min(1)) << 5 | letter(last.saturating_sub(1)) << 10 | letter(last) << 15;
    let length = u32::try_from(word.len().min(63)).unwrap_or(0) << 20;
    ((ends | length).wrapping_mul(0x9e37_79b1) >> 17) as usize
}

/// How many pairs of edges are told apart.
const EDGES: usize = 1 << 12;

/// The place of a first and a last byte among the pairs of edges; letters of one alphabet do not share one.
#[inline]
const fn edges(first: u8, last: u8) -> usize {
    (first as usize & 63) << 6 | (last as usize & 63)
}

#[inline]
fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x517c_c1b7_2722_0a95;
    let mut h = bytes.len() as u64;
    let (whole, rest) = bytes.as_chunks::<8>();
    for part in whole {
        h = (h.rotate_left(5) ^ u64::from_le_bytes(*part)).wrapping_mul(K);
    }
    // What is left, in one number or two that may share some bytes: no loop over single bytes.
    let half = |bytes: [u8; 4]| u64::from(u32::from_le_bytes(bytes));
    let last = match (bytes.last_chunk::<8>(), rest.first_chunk::<4>(), rest.last_chunk::<4>(), rest) {
        (Some(last), ..) => u64::from_le_bytes(*last),
        (_, Some(first), Some(last), _) => half(*first) | half(*last) << 32,
        (.., [first, .., last]) => {
            u64::from(*first) | u64::from(rest.get(1).copied().unwrap_or(0)) << 8 | u64::from(*last) << 16
        }
        (.., [only]) => u64::from(*only),
        _ => 0,
    };
    h = (h.rotate_left(5) ^ last).wrapping_mul(K);
    h ^ h >> 29
}

/// What tells most forms in one place of the table apart.
#[inline]
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A form folded for look-up: small letters, `ё` as `е`, plain apostrophes.
pub(super) fn fold(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    let mut rest = form;
    while !rest.is_empty() {
        // Stretches of ASCII as a whole, the rest letter by letter.
        let plain = rest.bytes().position(|b| !b.is_ascii() || b == b'`').unwrap_or(rest.len());
        let (ascii, other) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        out.push_str(ascii);
        let from = out.len() - ascii.len();
        if let Some(stretch) = out.get_mut(from..) {
            stretch.make_ascii_lowercase();
        }
        let mut chars = other.chars();
        if let Some(c) = chars.next() {
            fold_char(c, |c| out.push(c));
        }
        rest = chars.as_str();
    }
    out
}

/// Hands the folded letters of `c` to `put`; nothing for soft hyphens and stress marks.
#[inline]
pub(super) fn fold_char(c: char, mut put: impl FnMut(char)) {
    match c {
        '\u{ad}' | '\u{301}' | '\u{200b}' => {}
        '’' | 'ʼ' | '‘' | '`' | 'ʹ' => put('\''),
        'ё' | 'Ё' => put('е'),
        'A'..='Z' => put(c.to_ascii_lowercase()),
        'А'..='Я' => put(char::from_u32(c as u32 + 32).unwrap_or(c)),
        'а'..='я' => put(c),
        _ if c.is_ascii() => put(c),
        _ => c.to_lowercase().for_each(put),
    }
}

/// Writes out the braces of a form in a data file: `day{,s}` is `day` and `days`; `{@r}` is a named list of endings.
pub(super) fn expand(form: &str, endings: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let Some((head, rest)) = form.split_once('{') else { return Ok(vec![form.to_owned()]) };
    let Some((inside, tail)) = rest.split_once('}') else { return Err(format!("no closing brace in “{form}”")) };
    let options: Vec<String> = match inside.strip_prefix('@') {
        Some(name) => endings.get(name).cloned().ok_or_else(|| format!("no endings named “{name}”"))?,
        None => inside.split(',').map(str::to_owned).collect(),
    };
    let tails = expand(tail, endings)?;
    let mut all = Vec::with_capacity(options.len() * tails.len());
    for option in &options {
        for tail in &tails {
            all.push(format!("{head}{option}{tail}"));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_by_their_letters_whatever_their_size() {
        let mut words = Words::default();
        words.add("=May", MONTH, 5);
        words.add("жёлтый", UNIT, 3);
        words.add("sept.", MONTH, 9);
        words.index(|_, _| false);
        let may = words.get(b"may").and_then(|i| words.entries.get(i)).unwrap();
        assert_eq!((may.mask(true), may.mask(false), may.value(MONTH)), (1, 0, 5));
        assert!(words.get(fold("ЖЁЛТЫЙ").as_bytes()).is_some());
        assert!(words.get(b"sept").is_some_and(|i| words.entries[i].point));
        assert!(words.get(b"june").is_none() && words.get(b"").is_none());
    }

    #[test]
    fn braces_are_written_out() {
        let endings = BTreeMap::from([("r".to_owned(), vec![String::new(), "да".to_owned()])]);
        assert_eq!(expand("мая{@r}x{1,2}", &endings).unwrap(), ["маяx1", "маяx2", "маядаx1", "маядаx2"]);
        assert!(expand("a{b", &endings).is_err());
    }
}
