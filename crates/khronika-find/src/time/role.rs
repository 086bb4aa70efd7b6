//! What a date is in the document: the date of an event, of a norm, of a cited judgment, of the document itself.

use aho_corasick::AhoCorasick;
use khronika_core::letter::{is_alphabetic, is_alphanumeric};
use khronika_core::{BlockKind, DateRole, Lang, Span};
use khronika_data::Dataset;
use serde::Deserialize;

use super::window::{
    begins, behind_last, contains_word, in_address, is_word, until_first, window_after, window_before,
};
use super::word::{self, Words};
use crate::LexiconError;

/// The words that tell roles, of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles {
    /// The words below, each with its bits.
    words: Words,
    /// Marks of a reference to a judgment or a reporter.
    cite: Vec<String>,
    cites: Option<AhoCorasick>,
    /// What stands after a date in a reference, in any language.
    numbers: Option<AhoCorasick>,
    /// What stands between the parties in the name of a case: "v.", "c.", "против России".
    pub(super) parties: Vec<String>,
    /// The same inside the quotes of a title, where more words say so: "против".
    pub(super) versus: Vec<String>,
    /// High courts and committees, and words of leaning on what they said, by their beginnings.
    pub(super) high: Vec<String>,
    pub(super) authority: Vec<String>,
    /// Words that begin the salutation of a letter, or the line of its subject.
    pub(super) salutations: Vec<String>,
    /// Words right before the day on which an address was visited.
    accessed: Vec<String>,
    /// Words before the date of the document, with how surely they say so.
    document: Vec<(String, u8)>,
    documents: Option<AhoCorasick>,
    /// Words right before the day on which a text of the press was put out, with how surely they say so.
    pub(super) press: Vec<(String, u8)>,
    /// Endings of verbs that tell of what has happened, of what is to come, and words that only look so.
    pub(super) past_endings: Vec<String>,
    pub(super) future_endings: Vec<String>,
    /// A word stands before the infinitives of the language.
    pub(super) marks_infinitives: bool,
    pub(super) no_tense: std::collections::BTreeSet<String>,
    /// Words right before a date with which something begins: "since", "à compter du".
    pub(super) since: Vec<String>,
    pub(super) since_after: bool,
    /// There are words of what goes on till now.
    pub(super) tells_so_far: bool,
    /// Words right before a date that make it a limit together: "jusqu'au".
    pub(super) limit_phrases: Vec<String>,
    /// Endings of the first end of a range.
    pub(super) range_endings: Vec<String>,
    /// There are words of limits, and nouns of norms, that stand after a date.
    pub(super) limits_after: bool,
    norms_after: bool,
    /// Endings of a date that belongs to a noun after it.
    norm_after_endings: Vec<String>,
}

/// Nouns of norms: "law", "convention".
pub(super) const NORM: u8 = 0;
/// Nouns of acts whose dates are events: "judgment", "order".
const ACT: u8 = 1;
/// Words that tie a date to the noun before it: "of", "du", "от".
pub(super) const OF: u8 = 2;
/// Words of birth, before or after a date.
const BIRTH: u8 = 3;
/// Words before a day that does not belong to the noun before it: "le", "on".
pub(super) const ON: u8 = 4;
/// "signed", "done": a norm signed somewhere on a day.
const SIGNED: u8 = 5;
/// Nouns of norms only with a capital, beside a year: "Order 1981".
const NORM_CAPITAL: u8 = 6;
/// Words that tell of what has happened: "was", "a", "был".
pub(super) const PAST: u8 = 7;
/// Words that tell of what is to come: "will", "будет".
pub(super) const FUTURE: u8 = 8;
/// Words before a date that is a limit: "until", "до".
pub(super) const LIMIT: u8 = 9;
/// Words before a date that may be a limit: "by".
pub(super) const LIMIT_PERHAPS: u8 = 12;
/// Words between a step and the event that it is counted from: "after", "после".
pub(super) const BOUND: u8 = 13;
/// Nouns of norms where they stand after the date: "2009 жылғы 4 желтоқсандағы … Заңы".
const NORM_AFTER: u8 = 14;
/// Words after the date of an act that make it a norm: "portant", "relative".
const RULES_ON: u8 = 15;
/// Words of the coming into force of a norm.
const FORCE: u8 = 16;
/// Nouns of papers whose dates are neither events nor norms: a power of attorney.
const PAPER: u8 = 17;
/// Words before a day that something is set for: "for", "au", "на".
pub(super) const SET_FOR: u8 = 18;
/// Words of what is fixed for a day: "listed", "fixée", "назначено".
pub(super) const FIXED: u8 = 20;
/// Words of what is put to another day, or called off: "adjourned", "remise", "перенесено".
pub(super) const MOVED: u8 = 21;
/// What is held on a day: "hearing", "audience", "заседание".
pub(super) const HEARING: u8 = 22;
/// Verbs whose participle tells of no past: "be extended", "is heard".
pub(super) const BE: u8 = 23;
/// What somebody is told to do by a day: "leave", "quitter", "явиться".
pub(super) const DUTY: u8 = 24;
/// Words before the infinitive of a verb: "to".
pub(super) const INFINITIVE: u8 = 25;
/// Words, before or after a date, of what goes on till now: "since", "depuis", "бері".
pub(super) const SO_FAR: u8 = 26;
/// Words after a date that is a limit: "дейін".
pub(super) const LIMIT_AFTER: u8 = 10;
/// Words after a date with which something begins: "бері".
pub(super) const SINCE_AFTER: u8 = 19;
/// Small words of the line of place and date: "at", "à", "қаласы".
pub(super) const PLACE: u8 = 11;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: String,
    norm: Vec<String>,
    act: Vec<String>,
    of: Vec<String>,
    cite: Vec<String>,
    #[serde(default)]
    parties: Vec<String>,
    #[serde(default)]
    high: Vec<String>,
    #[serde(default)]
    authority: Vec<String>,
    document: Vec<Cue>,
    #[serde(default)]
    birth: Vec<String>,
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    signed: Vec<String>,
    #[serde(default)]
    norm_capital: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    past_endings: Vec<String>,
    #[serde(default)]
    future: Vec<String>,
    #[serde(default)]
    future_endings: Vec<String>,
    #[serde(default)]
    no_tense: Vec<String>,
    #[serde(default)]
    limit: Vec<String>,
    #[serde(default)]
    limit_after: Vec<String>,
    #[serde(default)]
    limit_perhaps: Vec<String>,
    #[serde(default)]
    versus: Vec<String>,
    #[serde(default)]
    salutations: Vec<String>,
    #[serde(default)]
    accessed: Vec<String>,
    #[serde(default)]
    since: Vec<String>,
    #[serde(default)]
    limit_phrases: Vec<String>,
    #[serde(default)]
    since_after: Vec<String>,
    #[serde(default)]
    so_far: Vec<String>,
    #[serde(default)]
    range_endings: Vec<String>,
    #[serde(default)]
    bound: Vec<String>,
    #[serde(default)]
    norm_after: Vec<String>,
    #[serde(default)]
    norm_after_endings: Vec<String>,
    #[serde(default)]
    rules_on: Vec<String>,
    #[serde(default)]
    force: Vec<String>,
    #[serde(default)]
    paper: Vec<String>,
    #[serde(default)]
    set_for: Vec<String>,
    #[serde(default)]
    fixed: Vec<String>,
    #[serde(default)]
    moved: Vec<String>,
    #[serde(default)]
    hearing: Vec<String>,
    #[serde(default)]
    be: Vec<String>,
    #[serde(default)]
    duty: Vec<String>,
    #[serde(default)]
    infinitive: Vec<String>,
    #[serde(default)]
    place: Vec<String>,
    #[serde(default)]
    endings: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    words: Vec<String>,
    weight: u8,
    /// They stand right before the day on which a text of the press was put out.
    #[serde(default)]
    press: bool,
}

/// The rest of a sentence: up to a point behind a word of three letters or more, before a word that is no mark of a case ("aff. C-1/20").
fn sentence_of(after: &str) -> &str {
    let stops = |at: &usize| {
        let (before, rest) = (after.get(..*at).unwrap_or(""), after.get(at + 1..).unwrap_or(""));
        let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let mut next = rest.trim_start().chars();
        rest.starts_with([' ', '\n'])
            && (word > 2 || before.ends_with([')', '"', '»', '”']))
            && next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(|c| c.is_lowercase() || c == ' ')
    };
    let end = memchr::memchr_iter(b'.', after.as_bytes()).find(stops);
    end.and_then(|at| after.get(..at)).unwrap_or(after)
}

/// What of `before` belongs to the sentence that goes on behind it: from the last point behind a word of four letters or more, or behind a
/// year, before a capital.
fn own_sentence(before: &str) -> &str {
    let stops = |at: &usize| {
        let word = before.get(..*at).unwrap_or("").chars().rev().take_while(|c| c.is_alphanumeric()).count();
        let rest = before.get(at + 1..).unwrap_or("");
        let next = rest.trim_start().trim_start_matches(['«', '"', '“', '„']).chars().next();
        word > 3 && rest.starts_with([' ', '\n']) && next.is_some_and(char::is_uppercase)
    };
    let stop = memchr::memrchr_iter(b'.', before.as_bytes()).find(stops);
    stop.and_then(|at| before.get(at + 1..)).unwrap_or(before)
}

/// How many words there may be from a neutral citation's year to the day: "EWHC 22 (Admin), handed down on".
const NEUTRAL: usize = 7;

/// Marks after a date that only a reference to a judgment has.
const REFERENCE: &[&str] =
    &["ecli", "eu:c:", "eu:t:", "hudoc", "echr ", "cedh ", "(c-", "(c‑", ", c-", ", c‑", "case c-", "aff. c-", " c/ "];

/// The letters of a small word between "born" and a day, and how many words there may be.
const SMALL: usize = 3;
const FAR: usize = 8;

impl Roles {
    pub(super) fn load(data: &Dataset, lang: Lang) -> Result<Self, LexiconError> {
        let name = format!("lexicon/{lang}/time-roles.toml");
        let Some(text) = data.get(&name) else { return Ok(Self::default()) };
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
        let mut words = Words::default();
        for (class, forms) in [
            (NORM, &file.norm),
            (ACT, &file.act),
            (OF, &file.of),
            (BIRTH, &file.birth),
            (ON, &file.on),
            (SIGNED, &file.signed),
            (NORM_CAPITAL, &file.norm_capital),
            (PAST, &file.past),
            (FUTURE, &file.future),
            (LIMIT, &file.limit),
            (LIMIT_AFTER, &file.limit_after),
            (LIMIT_PERHAPS, &file.limit_perhaps),
            (BOUND, &file.bound),
            (NORM_AFTER, &file.norm_after),
            (RULES_ON, &file.rules_on),
            (FORCE, &file.force),
            (PAPER, &file.paper),
            (SET_FOR, &file.set_for),
            (FIXED, &file.fixed),
            (MOVED, &file.moved),
            (HEARING, &file.hearing),
            (BE, &file.be),
            (DUTY, &file.duty),
            (INFINITIVE, &file.infinitive),
            (SO_FAR, &file.so_far),
            (SINCE_AFTER, &file.since_after),
            (PLACE, &file.place),
        ] {
            for form in forms {
                for form in word::expand(form, &file.endings).map_err(|e| LexiconError::new(&name, e))? {
                    words.add(&form, class, 0);
                }
            }
        }
        words.index(|_, _| false);
        let cues = |press: bool| {
            let of_kind = file.document.iter().filter(move |cue| cue.press == press);
            of_kind.flat_map(|cue| cue.words.iter().map(|w| (word::fold(w), cue.weight))).collect()
        };
        let document: Vec<(String, u8)> = cues(false);
        let folded = |forms: &[String]| forms.iter().map(|c| word::fold(c)).collect::<Vec<_>>();
        let automaton = |patterns: &mut dyn Iterator<Item = &str>| {
            AhoCorasick::new(patterns).map(Some).map_err(|e| LexiconError::new(&name, e.to_string()))
        };
        let cite = folded(&file.cite);
        Ok(Self {
            words,
            cites: automaton(&mut cite.iter().map(String::as_str))?,
            numbers: automaton(&mut REFERENCE.iter().copied())?,
            cite,
            parties: folded(&file.parties),
            high: folded(&file.high),
            authority: folded(&file.authority),
            versus: folded(&file.versus),
            salutations: folded(&file.salutations),
            accessed: folded(&file.accessed),
            documents: automaton(&mut document.iter().map(|(cue, _)| cue.as_str()))?,
            document,
            press: cues(true),
            past_endings: folded(&file.past_endings),
            future_endings: folded(&file.future_endings),
            since: folded(&file.since),
            limit_phrases: folded(&file.limit_phrases),
            since_after: !file.since_after.is_empty(),
            tells_so_far: !file.so_far.is_empty(),
            range_endings: folded(&file.range_endings),
            limits_after: !file.limit_after.is_empty(),
            norms_after: !file.norm_after.is_empty(),
            norm_after_endings: file.norm_after_endings,
            marks_infinitives: !file.infinitive.is_empty(),
            no_tense: file.no_tense.iter().map(|c| word::fold(c)).collect(),
        })
    }

    /// The bits of a word as written.
    pub(super) fn bits(&self, word: &str) -> u64 {
        let mut buffer = [0u8; 48];
        // Most words are of ASCII letters alone.
        if word.is_ascii() {
            let Some(form) = buffer.get_mut(..word.len()) else { return 0 };
            form.copy_from_slice(word.as_bytes());
            form.make_ascii_lowercase();
            return self.words.get(form).and_then(|i| self.words.entries.get(i)).map_or(0, |e| e.mask);
        }
        let mut len = 0;
        let mut fits = true;
        for c in word.chars() {
            word::fold_char(c, |c| {
                if len + c.len_utf8() <= buffer.len() {
                    len += c.encode_utf8(&mut buffer[len..]).len();
                } else {
                    fits = false;
                }
            });
        }
        let entry = buffer.get(..len).filter(|_| fits).and_then(|form| self.words.get(form));
        entry.and_then(|i| self.words.entries.get(i)).map_or(0, |e| e.mask)
    }

    /// The bits of a folded word.
    pub(super) fn bits_of(&self, folded: &str) -> u64 {
        self.words.get(folded.as_bytes()).and_then(|i| self.words.entries.get(i)).map_or(0, |e| e.mask)
    }

    pub(super) fn is(&self, word: &str, class: u8) -> bool {
        self.bits(word) >> class & 1 != 0
    }

    /// The role of a date at `span`.
    pub(super) fn role(&self, text: &str, span: Span, kind: BlockKind, year_only: bool, whole_day: bool) -> DateRole {
        if kind == BlockKind::Footnote {
            return DateRole::Citation;
        }
        let before = window_before(text, span.start);
        let after = window_after(text, span.end);
        let after = sentence_of(after);
        if in_address(text, span) || self.is_cited(before, after, (year_only, whole_day)) || self.is_accessed(before) {
            return DateRole::Citation;
        }
        if let Some(role) = self.in_title(text, span) {
            return role;
        }
        if let Some(role) = self.of_paper(before, span.of(text), after, year_only) {
            return role;
        }
        if self.is_of_birth(before, after, whole_day) {
            return DateRole::Other;
        }
        if whole_day && self.is_authority(text, span) {
            return DateRole::Citation;
        }
        DateRole::Event
    }

    /// True for a date in the name of a paper: "the order of 3 May", "l'arrêt du 27 mai".
    pub(super) fn is_of_paper(&self, text: &str, span: Span) -> bool {
        let before = window_before(text, span.start);
        let before = behind_last(before, b".;,");
        let mut words = before.split(|c: char| !c.is_alphanumeric()).rev().filter(|w| !w.is_empty());
        words.next().is_some_and(|w| self.is(w, OF))
            && words.take(9).any(|w| self.bits(w) & (1 << ACT | 1 << NORM) != 0)
    }

    /// True for the day on which an address of the web was visited.
    fn is_accessed(&self, before: &str) -> bool {
        let close = before.trim_end();
        self.accessed.iter().any(|cue| super::tense::is_phrase(close, cue))
    }

    fn is_of_birth(&self, before: &str, after: &str, whole_day: bool) -> bool {
        let near = |w: &&str| !w.is_empty();
        let split = |c: char| !(is_alphabetic(c) || c == '\'');
        // "d.o.b. 03/03/1987": an abbreviation of letters with points.
        let letters = before.trim_end().ends_with('.').then(|| before.rsplit(split).filter(near).take(SMALL));
        let mut letters: Vec<&str> = letters.into_iter().flatten().take_while(|w| w.chars().count() == 1).collect();
        letters.reverse();
        let before = behind_last(before, b".;");
        // "born in 1979 and 1983": another year may stand between.
        let reach = if whole_day { 3 } else { 2 };
        let linked = before.trim_end_matches(|c: char| c.is_whitespace() || c.is_alphabetic());
        let years = linked.trim_end_matches(|c: char| c.is_ascii_digit());
        let reach = if !whole_day && linked.len() == years.len() + 4 { reach + 1 } else { reach };
        // "born in New York on": names and small words may stand between.
        let passes = |w: &&str| w.chars().count() <= SMALL || w.starts_with(char::is_uppercase);
        let mut named = before.rsplit(split).filter(near).take(FAR).skip_while(passes);
        // "2003 жылы туған, 2024 жылғы 21 желтоқсанда": the birth has its own date.
        let has_own = |w: &str| {
            let at = before.rfind(w).unwrap_or(0);
            let (its, rest) = before.split_at(at);
            rest.contains(',')
                && its
                    .rsplit(char::is_whitespace)
                    .filter(|w| !w.is_empty())
                    .take(2)
                    .any(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        };
        before.rsplit(split).filter(near).take(reach).any(|w| self.is(w, BIRTH) && !has_own(w))
            || letters.len() > 1 && self.is(&letters.concat(), BIRTH)
            || whole_day && named.next().is_some_and(|w| self.is(w, BIRTH) && !has_own(w))
            || after
                .split(split)
                .filter(near)
                .take(1)
                .any(|w| self.is(w, BIRTH) && (whole_day || w.chars().count() > 1))
    }

    /// Norm, or other, for the date of a paper that is no act: a law, a power of attorney.
    fn of_paper(&self, before: &str, own: &str, after: &str, year_only: bool) -> Option<DateRole> {
        let mut words = before.split(|c: char| !(is_alphanumeric(c) || c == '-')).rev().filter(|w| !w.is_empty());
        let last = words.next().unwrap_or("");
        let last_bits = self.bits(last);
        let last_is = |class: u8| last_bits >> class & 1 != 0;
        if year_only {
            // "the 1951 Convention", "Act 1971".
            let next = after.split_whitespace().next().unwrap_or("");
            let next = next.trim_matches(|c: char| !is_alphanumeric(c));
            let is_norm = |w: &str| {
                w.chars().next().is_some_and(char::is_uppercase) && self.bits(w) & (1 << NORM | 1 << NORM_CAPITAL) != 0
            };
            if is_norm(next) || is_norm(last) {
                return Some(DateRole::Norm);
            }
        }
        if last_is(NORM) && !before.ends_with([',', ';', ':']) {
            return Some(DateRole::Norm);
        }
        let split = |c: char| !(c.is_alphabetic() || c == '-');
        let follows = || until_first(after, b".;:\n").split(split).filter(|w| !w.is_empty());
        // "2009 жылғы 4 желтоқсандағы Қазақстан Республикасы Заңы".
        let belongs = || self.norm_after_endings.iter().any(|ending| own.ends_with(ending.as_str()));
        if self.norms_after && after.starts_with([' ', '\u{a0}', '\n']) && belongs() {
            let nouns = 1 << ACT | 1 << NORM_AFTER;
            let first = follows().take(5).map(|w| self.bits(w) & nouns).find(|bits| *bits != 0);
            if first.is_some_and(|bits| bits >> NORM_AFTER & 1 != 0) {
                return Some(DateRole::Norm);
            }
        }
        // "набрав чинності з", "entered into force on".
        if last_is(FORCE) || (last.chars().count() <= 2 && words.clone().next().is_some_and(|w| self.is(w, FORCE))) {
            return Some(DateRole::Norm);
        }
        if last_is(ON) {
            // "the convention signed at Geneva on 28 July 1951"
            let mut near = words.take(14);
            let signed = near.by_ref().take(5).any(|w| self.is(w, SIGNED));
            return (signed && near.any(|w| self.is(w, NORM))).then_some(DateRole::Norm);
        }
        // "Уголовного кодекса, принятого 3 июля".
        let short = last.chars().count() <= 3 && words.clone().next().is_some_and(|w| self.is(w, SIGNED));
        if last_is(SIGNED) || short {
            return words.take(4).any(|w| self.is(w, NORM)).then_some(DateRole::Norm);
        }
        if !last_is(OF) {
            return None;
        }
        let own = own_sentence(before);
        let mut words = own.split(|c: char| !(is_alphanumeric(c) || c == '-')).rev().filter(|w| !w.is_empty());
        words.next();
        let mut numbered = false;
        for (n, w) in words.enumerate() {
            let bits = self.bits(w);
            // "Decree no. 633 of 26 October 1972": with a number and a capital.
            let capital = numbered
                && n < 4
                && w.starts_with(char::is_uppercase)
                && bits & (1 << NORM_CAPITAL | 1 << ACT) == 1 << NORM_CAPITAL;
            if capital {
                return Some(DateRole::Norm);
            }
            numbered |= n == 0 && w.starts_with(|c: char| c.is_ascii_digit());
            if bits >> PAPER & 1 != 0 && n < 6 {
                // "довіреність від 30.08.2005".
                return Some(DateRole::Other);
            }
            if bits >> ACT & 1 != 0 {
                // "l'arrêté du 2 mars portant délégation".
                return follows().next().is_some_and(|w| self.is(w, RULES_ON)).then_some(DateRole::Norm);
            }
            if bits >> NORM & 1 != 0 {
                return Some(DateRole::Norm);
            }
            if n > 16 {
                break;
            }
        }
        None
    }

    fn is_cited(&self, before: &str, after: &str, (year_only, whole_day): (bool, bool)) -> bool {
        let trimmed = before.trim_end();
        let last = trimmed.chars().next_back().unwrap_or(' ');
        let apart = matches!(last, ',' | '(' | '[' | '–' | ';');
        // "[2026] UKSC 7", "(BIA 2026)", "(2d Cir. 2014)".
        if year_only && last == '[' && after.starts_with(']') {
            return true;
        }
        if year_only && (after.starts_with(')') || after.starts_with(']')) && last != '(' {
            let word = trimmed.rsplit([' ', '(', '[', '\u{a0}']).next().unwrap_or("");
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            if (word.ends_with('.') && word.len() > 2) || (capitals >= 2 && !word.chars().any(char::is_lowercase)) {
                return true;
            }
        }
        // "8 C.F.R. § 1240.8(d) (2026)", "601 U.S. 209, 217 (2024)", "resolution 2781 (2025)".
        if year_only
            && last == '('
            && after.starts_with(')')
            && trimmed.trim_end_matches('(').trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')')
        {
            return true;
        }
        // "(26 June 2020) 4 AfCLR 219": the reporter follows.
        if last == '('
            && let Some(rest) = after.strip_prefix(") ")
            && let Some((volume, rest)) = rest.split_once(' ')
            && let Some((name, page)) = rest.split_once(' ')
            && volume.chars().all(|c| c.is_ascii_digit())
            && name.chars().filter(|c| c.is_uppercase()).count() > 1
            && page.starts_with(|c: char| c.is_ascii_digit())
        {
            return true;
        }
        // "…/key-figures-in-2016": the end of an address that a line break cuts.
        if year_only
            && last == '-'
            && trimmed.rsplit(char::is_whitespace).next().is_some_and(|w| w.matches('-').count() > 1)
        {
            return true;
        }
        // "(CJUE, arrêt du 10 juin 2021, …)": a bracket that begins with a mark of a reference.
        if let Some((_, inside)) = trimmed.rsplit_once('(')
            && !inside.contains(')')
            && inside.len() < 90
        {
            let inside = inside.trim_start();
            if self.cite.iter().any(|cue| begins(inside, cue).is_some_and(|rest| rest.starts_with([',', ' ', '.']))) {
                return true;
            }
        }
        if self.is_in_bracket_of_a_case(trimmed) || whole_day && self.is_behind_a_number(trimmed) {
            return true;
        }
        if self.has_number_after(after) || (last != ',' && self.is_in_bracket_after_parties(trimmed, after)) {
            return true;
        }
        if self.is_of_court_of_justice(trimmed) {
            return true;
        }
        // "Brown v. Green, no. 1/20, § 88, 19 May 2015.": a point ends it where a paragraph or parties are named.
        let ends =
            last == ',' && after.strip_prefix('.').is_some_and(|rest| !rest.starts_with(|c: char| !c.is_whitespace()));
        let ends = ends && {
            let own = word::fold(own_sentence(before));
            own.contains('§') && self.parties.iter().any(|cue| contains_word(&own, cue))
        };
        let comma_after = ends || after.is_empty() || after.starts_with([',', ')', ']', ';', '\n']);
        if apart && comma_after {
            let bytes = trimmed.as_bytes();
            let stop = memchr::memrchr_iter(b'.', bytes).find(|at| bytes.get(at + 1) == Some(&b' '));
            let stretch = stop.and_then(|at| trimmed.get(at + 2..)).unwrap_or(trimmed);
            let stretch = if stretch.len() < 40 { trimmed } else { stretch };
            // A line of place and date ends its paragraph: the number of the paper above it is its own.
            let line = after.is_empty().then(|| stretch.rsplit_once('\n')).flatten();
            let stretch = word::fold(line.map_or(stretch, |(_, line)| line));
            let stands = |found: aho_corasick::Match| is_word(&stretch, found.start(), found.end());
            if self.cites.as_ref().is_some_and(|cites| cites.find_overlapping_iter(&stretch).any(stands)) {
                return true;
            }
        }
        if after.starts_with(',') || after.starts_with(" (") || after.starts_with(" n") || after.starts_with(" №") {
            if self.numbers.as_ref().is_some_and(|numbers| numbers.is_match(&word::fold(after))) {
                return true;
            }
            let rest = after.trim_start_matches([',', ' ', '(', '\u{a0}']);
            if apart && (year_only || whole_day) && self.cite.iter().any(|cue| begins(rest, cue).is_some()) {
                return true;
            }
        }
        false
    }

    /// "(C 901/19)": the number of a case of the Court of Justice.
    fn has_number_after(&self, after: &str) -> bool {
        if !after.contains('(') {
            return false;
        }
        let after = until_first(after, b".;");
        ["(C ", "(T ", "(C\u{a0}"].iter().any(|mark| {
            after.split_once(mark).is_some_and(|(_, rest)| {
                let number = rest.split(')').next().unwrap_or("");
                number.contains('/') && number.starts_with(|c: char| c.is_ascii_digit())
            })
        })
    }

    /// "(«Brown v. Russia», no. 67219/10, § 53, judgment of 18 April 2013)": an open bracket that names a case or a paragraph before the
    /// noun of a paper.
    fn is_in_bracket_of_a_case(&self, before: &str) -> bool {
        let Some((_, inside)) = before.rsplit_once('(').filter(|(_, inside)| !inside.contains(')')) else {
            return false;
        };
        let mut words = inside.split(|c: char| !c.is_alphanumeric()).rev().filter(|w| !w.is_empty());
        let paper = words.by_ref().take(3).any(|w| self.is(w, ACT));
        let named = || {
            let folded = word::fold(inside);
            self.parties.iter().any(|cue| contains_word(&folded, cue))
        };
        paper && (inside.contains('§') || named())
    }

    /// "«Браун проти України» (заява № 1/20) від", "R (Brown) v Green [2018] EWHC 22 (Admin), handed down on": parties and the number of
    /// their case in brackets, or a neutral citation, right before a date.
    fn is_behind_a_number(&self, before: &str) -> bool {
        let own = own_sentence(before);
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
        let named = |text: &str| {
            let folded = word::fold(text);
            self.parties.iter().any(|cue| contains_word(&folded, cue))
        };
        if let Some((outside, rest)) = own.rsplit_once('(')
            && let Some((inside, tie)) = rest.split_once(')')
            && self.is(tie.trim(), OF)
        {
            let sign = inside.contains('№')
                || word::fold(inside).split(' ').any(|w| matches!(w, "no." | "nos." | "n°" | "nº" | "no"));
            return sign && inside.contains(|c: char| c.is_ascii_digit()) && named(outside);
        }
        own.rsplit_once('[').is_some_and(|(outside, rest)| {
            let neutral = rest.split_once("] ").filter(|(year, rest)| {
                year.len() == 4
                    && year.bytes().all(|b| b.is_ascii_digit())
                    && rest.chars().take(2).all(char::is_uppercase)
            });
            neutral.is_some_and(|(_, rest)| words(rest) <= NEUTRAL) && named(outside)
        })
    }

    /// "Case C-465/07, judgment of": the number of a case of the Court of Justice, and the noun of its paper.
    fn is_of_court_of_justice(&self, before: &str) -> bool {
        let bytes = before.as_bytes();
        let from = memchr::memrchr(b'/', bytes).filter(|at| at + 48 > bytes.len());
        let Some((name, rest)) = from.and_then(|at| Some((before.get(..at)?, before.get(at + 1..)?))) else {
            return false;
        };
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '‑', '–', ' ', '\u{a0}']);
        let court = name.strip_suffix(['C', 'T', 'С', 'Т']).is_some_and(|n| !n.ends_with(char::is_alphanumeric));
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'P' || c == ' ');
        let Some(paper) = rest.strip_prefix(',').filter(|_| court) else { return false };
        let mut words = paper.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.next().is_some_and(|w| self.is(w, ACT)) && words.all(|w| self.bits(w) & (1 << OF | 1 << ON) != 0)
    }

    /// "Brown v. Green (judgment of 5 May 2015)": a bracket that holds the date of a paper, after the names of parties.
    fn is_in_bracket_after_parties(&self, before: &str, after: &str) -> bool {
        let Some((outside, inside)) = before.rsplit_once('(') else { return false };
        if inside.contains(')') || inside.chars().count() > 40 || !after.trim_start().starts_with([')', ',']) {
            return false;
        }
        let is_paper = inside.split(|c: char| !c.is_alphanumeric()).any(|w| self.is(w, ACT));
        let outside = word::fold(outside);
        let stretch = outside.rsplit(". ").next().unwrap_or("");
        is_paper && self.parties.iter().any(|cue| contains_word(stretch, cue))
    }

    /// How surely the words that begin the line before a date say that it is the document's own; `Some(0)` where they say that it is
    /// not, `None` where they say nothing.
    pub(super) fn document_cue(&self, line: &str) -> Option<u8> {
        let mut folded = String::with_capacity(line.len());
        for w in line.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            w.chars().for_each(|c| word::fold_char(c, |c| folded.push(c)));
        }
        let mut sure = None;
        for found in self.documents.iter().flat_map(|cues| cues.find_overlapping_iter(&folded)) {
            let Some((_, weight)) = self.document.get(found.pattern().as_usize()) else { continue };
            if (*weight > 0 && (found.start() > 0 || sure >= Some(*weight)))
                || !is_word(&folded, found.start(), found.end())
            {
                continue;
            }
            if *weight == 0 {
                return Some(0);
            }
            sure = Some(*weight);
        }
        sure
    }
}
