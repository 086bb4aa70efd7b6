//! Words, and the forms that each is kept and looked for under.
//!
//! A word of a document is kept under two forms, at the same place: as it stands, without case and diacritics; and its stem as it sounds
//! ([`fold::sound`]), marked so that it is never taken for a word as it stands. A Cyrillic word with a capital may be a name, of which
//! a stemmer can take too much (Аблязов); it is kept as it sounds as a whole besides. A word of a question is looked for under the first,
//! and under the others in each language that it may be of. So “court” finds “courts”, and «Аблязов» finds “Ablyazov's”, while a question in
//! straight quotation marks with an equals sign before it (`="court"`) finds that word only.
//!
//! A text that is handed in begins with [`header`]: the language of its words.

use std::collections::HashMap;

use super::fold;
use super::stem::{Stems, Tongue};

/// What a header begins with.
const HEADER: u8 = 0x02;
/// The length of a header in bytes.
pub(crate) const HEADER_LENGTH: usize = 3;
/// What a question that wants words as they stand only begins with.
pub(crate) const EXACT: char = '\u{3}';
/// What a question begins with that is one form of a word, as the index holds it ([`Words::asked`]).
pub(crate) const FORM: char = '\u{5}';
/// The mark of a form that is a stem as it sounds.
const STEM: char = '\u{1}';
/// Words longer than this (in bytes) are cut: nobody looks for them, and the index has a limit.
const LONGEST: usize = 256;
/// How many words are remembered with their forms. Most of a text are words that it had before.
const REMEMBERED: usize = 1 << 15;
/// Words with fewer letters than this are kept as they stand only.
const SHORTEST: usize = 3;
/// What the forms of a text begin with that were made before ([`Words::forms_of`]).
const FORMS: u8 = 0x04;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A document to be kept.
    Document,
    /// A document whose words are to be marked: only their places are wanted.
    Marking,
    /// Words that are looked for.
    Query,
    /// The beginning of a word that is looked for.
    Prefix,
}

/// The first bytes of a text: the language of most of it.
pub(crate) fn header(lang: &str) -> [u8; HEADER_LENGTH] {
    match *lang.as_bytes() {
        [a, b] if lang.is_ascii() => [HEADER, a, b],
        _ => [HEADER, b'-', b'-'],
    }
}

/// Takes one word: its form, whether it stands at the place of the word before, where it begins and ends. False stops the reading.
pub(crate) type Take<'a> = &'a mut dyn FnMut(&str, bool, usize, usize) -> bool;

/// Cuts texts into words.
pub(crate) struct Words {
    stems: Stems,
    /// What is remembered of the words of no language, and of each.
    memory: [Memory; 1 + Tongue::ALL.len()],
    /// How many texts were read.
    texts: u64,
}

/// The words that were met.
#[derive(Default)]
struct Memory {
    places: HashMap<Box<str>, usize>,
    words: Vec<Known>,
}

/// The forms of a word: as it stands, and further ones.
type Forms = (Box<str>, [Option<Box<str>>; 2]);

/// A word that was met.
struct Known {
    forms: Forms,
    /// The text in which it stood last, and how many words were new there before it.
    met: (u64, usize),
}

impl Words {
    pub(crate) fn new() -> Self {
        Self { stems: Stems::new(), memory: Default::default(), texts: 0 }
    }

    /// The forms of a text's words, to be handed in instead of it: this is the work that can be done for many texts at once, while the
    /// index takes them in one after the other. A word that stood before in the text is told by its number.
    pub(crate) fn forms_of(&mut self, lang: &str, text: &str) -> Vec<u8> {
        let tongue = Tongue::of(lang);
        self.texts += 1;
        let (mut out, mut count) = (Vec::with_capacity(text.len() + 1), 0);
        out.push(FORMS);
        let mut rest = Cut { text, at: 0 };
        while let Some((start, end)) = rest.next() {
            let texts = self.texts;
            let known = self.known(text.get(start..end).unwrap_or_default(), tongue);
            if known.forms.0.is_empty() {
                continue;
            }
            if known.met.0 == texts {
                put_number(&mut out, known.met.1);
                continue;
            }
            count += 1;
            known.met = (texts, count);
            put_number(&mut out, 0);
            let (plain, others) = &known.forms;
            out.push(1 + others.iter().flatten().map(|_| 1).sum::<u8>());
            for form in [plain].into_iter().chain(others.iter().flatten()) {
                put_number(&mut out, form.len());
                out.extend_from_slice(form.as_bytes());
            }
        }
        out
    }

    /// Reads `text`, whose bytes need not be UTF-8 throughout: what is not is between words.
    pub(crate) fn read(&mut self, text: &[u8], reading: Reading, take: Take<'_>) {
        if let (Reading::Document, Some(forms)) = (reading, text.strip_prefix(&[FORMS])) {
            let _ = read_forms(forms, take);
            return;
        }
        let (lang, skip) = match text {
            [HEADER, a, b, ..] => (std::str::from_utf8(&[*a, *b]).ok().and_then(Tongue::of), HEADER_LENGTH),
            _ => (None, 0),
        };
        let mut at = skip;
        for piece in text.get(skip..).unwrap_or_default().utf8_chunks() {
            if !self.read_valid(piece.valid(), at, lang, reading, take) {
                return;
            }
            at += piece.valid().len() + piece.invalid().len();
        }
    }

    fn read_valid(&mut self, text: &str, at: usize, lang: Option<Tongue>, reading: Reading, take: Take<'_>) -> bool {
        if let (Reading::Query, Some(form)) = (reading, text.strip_prefix(FORM)) {
            return take(form, false, at, at + text.len());
        }
        let exact = text.starts_with(EXACT);
        let mut rest = Cut { text, at: 0 };
        while let Some((start, end)) = rest.next() {
            let word = text.get(start..end).unwrap_or_default();
            let more = match reading {
                Reading::Document => {
                    self.keep(word, lang, &mut |form, second| take(form, second, at + start, at + end))
                }
                Reading::Marking => !is_kept(word) || take(word, false, at + start, at + end),
                _ => self.ask(word, exact, reading, &mut |form, second| take(form, second, at + start, at + end)),
            };
            if !more {
                return false;
            }
        }
        true
    }

    /// The forms that a word of a document is kept under.
    fn keep(&mut self, word: &str, lang: Option<Tongue>, take: &mut dyn FnMut(&str, bool) -> bool) -> bool {
        let (plain, others) = &self.known(word, lang).forms;
        plain.is_empty() || (take(plain, false) && others.iter().flatten().all(|form| take(form, true)))
    }

    /// What is remembered of a word; its forms are made where it was not met before.
    fn known(&mut self, word: &str, lang: Option<Tongue>) -> &mut Known {
        let memory = lang.map_or(0, |tongue| 1 + tongue as usize);
        let place = self.memory.get(memory).and_then(|memory| memory.places.get(word)).copied();
        let made = if place.is_none() { Some(forms(&self.stems, word, lang)) } else { None };
        let Memory { places, words } = &mut self.memory[memory];
        let place = place.unwrap_or_else(|| {
            if words.len() >= REMEMBERED {
                places.clear();
                words.clear();
            }
            places.insert(word.into(), words.len());
            words.extend(made.map(|forms| Known { forms, met: (0, 0) }));
            words.len() - 1
        });
        &mut words[place]
    }

    /// The forms that one word of a question is looked for under; `None` where it is none, or several.
    pub(crate) fn asked(&mut self, word: &str) -> Option<Vec<String>> {
        let (mut forms, mut words) = (Vec::new(), 0);
        self.read(word.as_bytes(), Reading::Query, &mut |form, colocated, _, _| {
            words += usize::from(!colocated);
            forms.push(form.to_owned());
            true
        });
        (words == 1).then_some(forms)
    }

    /// The forms that a word of a question is looked for under.
    fn ask(&self, word: &str, exact: bool, reading: Reading, take: &mut dyn FnMut(&str, bool) -> bool) -> bool {
        let mut plain = String::new();
        fold::plain(word, &mut plain);
        if plain.is_empty() {
            return true;
        }
        if !take(&plain, false) {
            return false;
        }
        if exact || letters(&plain) < SHORTEST {
            return true;
        }
        let mut forms = vec![as_it_sounds(word, &plain)];
        if reading == Reading::Query {
            forms.extend(Tongue::of_word(word).iter().map(|tongue| second(&self.stems, word, Some(*tongue))));
        }
        forms.sort_unstable();
        forms.dedup();
        for form in forms {
            let bare = form.strip_prefix(STEM).unwrap_or_default();
            if !take(&form, true) || (bare != plain && !take(bare, true)) {
                return false;
            }
        }
        true
    }
}

/// The forms that a word of a document is kept under.
fn forms(stems: &Stems, word: &str, lang: Option<Tongue>) -> Forms {
    let mut plain = String::new();
    fold::plain(word, &mut plain);
    if letters(&plain) < SHORTEST {
        return (plain.into(), [None, None]);
    }
    let stem = second(stems, word, tongue(lang, word));
    let mut chars = word.chars();
    let whole = chars.next().is_some_and(|c| c.is_uppercase() && fold::is_cyrillic(c));
    let whole = whole.then(|| format!("{STEM}{}", fold::sound(&plain))).filter(|whole| *whole != stem);
    // A stem that is the word itself need not stand twice: whoever looks for the stem looks for the word as well.
    let stem = Some(stem).filter(|stem| stem.strip_prefix(STEM) != Some(plain.as_str()));
    (plain.into(), [stem, whole].map(|form| form.map(String::into_boxed_str)))
}

/// The stem of a word as it sounds, marked.
fn second(stems: &Stems, word: &str, tongue: Option<Tongue>) -> String {
    let lower = word.to_lowercase();
    let stem = tongue.map_or(lower.as_str().into(), |tongue| stems.stem(tongue, &lower));
    let mut plain = String::new();
    fold::plain(&stem, &mut plain);
    as_it_sounds(word, &plain)
}

/// Appends a number, seven bits a byte, the lowest first; all but the last byte have their eighth bit set.
fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte;
        (byte, *bytes) = bytes.split_first().map(|(byte, rest)| (*byte, rest))?;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
}

/// Reads what [`Words::forms_of`] made. `None` where it is cut short, or reading was stopped.
fn read_forms(bytes: &[u8], take: Take<'_>) -> Option<()> {
    let mut rest = bytes;
    // Where the forms of each word stand that was new, behind their number.
    let mut words: Vec<&[u8]> = Vec::new();
    while !rest.is_empty() {
        let number = take_number(&mut rest)?;
        let mut forms = match number.checked_sub(1) {
            Some(before) => *words.get(before)?,
            None => {
                words.push(rest);
                rest
            }
        };
        let count;
        (count, forms) = forms.split_first().map(|(count, forms)| (*count, forms))?;
        for ix in 0..count {
            let length = take_number(&mut forms)?;
            let form;
            (form, forms) = forms.split_at_checked(length)?;
            if !take(std::str::from_utf8(form).ok()?, ix > 0, 0, 0) {
                return None;
            }
        }
        if number == 0 {
            rest = forms;
        }
    }
    Some(())
}

/// Whether a word of a document has a form at all: some are but an apostrophe, or marks on nothing.
fn is_kept(word: &str) -> bool {
    let plainly = |c: char| c.is_ascii_alphanumeric() || ('а'..='я').contains(&c);
    word.contains(plainly) || {
        let mut plain = String::new();
        fold::plain(word, &mut plain);
        !plain.is_empty()
    }
}

/// A form as it sounds, marked. Short Latin words are no names that are written in several ways: “via” does not sound like “va”.
fn as_it_sounds(word: &str, plain: &str) -> String {
    let short = word.chars().count() <= SHORTEST && !word.starts_with(fold::is_cyrillic);
    if short { format!("{STEM}{plain}") } else { format!("{STEM}{}", fold::sound(plain)) }
}

/// The language to take a word's stem in: that of the text, where the word is of its script.
fn tongue(lang: Option<Tongue>, word: &str) -> Option<Tongue> {
    let of_script = Tongue::of_word(word);
    lang.filter(|lang| of_script.contains(lang)).or_else(|| of_script.first().copied())
}

/// The number of letters; 0 for a word with a digit, which has no stem.
fn letters(word: &str) -> usize {
    if word.chars().any(char::is_numeric) { 0 } else { word.chars().count() }
}

/// The places of the words of a text.
struct Cut<'a> {
    text: &'a str,
    at: usize,
}

impl Cut<'_> {
    fn next(&mut self) -> Option<(usize, usize)> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.char_indices().find(|(_, c)| is_of_word(*c))?.0;
        let mut chars = self.text.get(start..)?.char_indices().peekable();
        let mut end = start;
        let mut last = ' ';
        while let Some((at, c)) = chars.next() {
            let belongs = is_of_word(c)
                || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
                // об'єкт is one word, l'homme is two.
                || (matches!(c, '\'' | '’' | 'ʼ') && fold::is_cyrillic(last) && chars.peek().is_some_and(|(_, c)| fold::is_cyrillic(*c)));
            // Scripts without spaces: each character stands for itself.
            if !belongs || at >= LONGEST || (at > 0 && (is_alone(c) || is_alone(last))) {
                break;
            }
            last = c;
            end = start + at + c.len_utf8();
        }
        self.at = end;
        Some((start, end))
    }
}

/// True for letters and digits. The usual ones are told at a glance: this is asked of every character of every text.
fn is_of_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// True for characters that are words of their own: Chinese, Japanese, Thai, Khmer and their neighbours.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, reading: Reading) -> Vec<(String, bool, usize, usize)> {
        let mut words = Vec::new();
        Words::new().read(text.as_bytes(), reading, &mut |word, second, start, end| {
            words.push((word.replace(STEM, "~"), second, start, end));
            true
        });
        words
    }

    fn forms(text: &str, reading: Reading) -> Vec<String> {
        read(text, reading).into_iter().map(|w| w.0).collect()
    }

    #[test]
    fn a_document_keeps_words_and_stems() {
        let header = String::from_utf8(header("fr").to_vec()).unwrap();
        let text = format!("{header}L'été, les tribunaux");
        assert_eq!(forms(&text, Reading::Document), ["l", "ete", "les", "~le", "tribunaux", "~tribunal"]);
        let places: Vec<_> = read(&text, Reading::Document).into_iter().map(|w| (w.2, w.3)).collect();
        assert_eq!(text.get(places[1].0..places[1].1), Some("été"));
        assert_eq!(places[4], places[5]);
    }

    #[test]
    fn a_question_finds_what_a_document_keeps() {
        let finds = |question: &str, document: &str| {
            let kept = forms(document, Reading::Document);
            forms(question, Reading::Query).iter().any(|form| kept.contains(form))
        };
        for name in ["Аблязов", "Ablyazov", "Әблязов", "ablyazov", "ABLIAZOV", "аблязов"] {
            for other in ["Аблязов", "Ablyazov", "Әблязов", "Аблязова", "Ablyazov’s", "Аблязову"]
            {
                assert!(finds(name, other), "{name} in {other}");
            }
        }
        assert!(finds("appeals", "the appeal") && finds("суд", "судом") && finds("рішенням", "рішення"));
        assert!(!finds("via", "va") && !finds("court", "cart"));
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        assert!(('\0'..='\u{2fff}').all(|c| is_of_word(c) == c.is_alphanumeric()));
    }

    #[test]
    fn what_is_marked_is_what_is_kept() {
        let text = "L'été, об'єкт ʼ ʼʼ 裁判所 ﬁn x\u{301} ٣ Ёлка 12:30 ʹ ᵃ ‘quoted’ \u{1d400} n\u{b0}1";
        let places = |reading| -> Vec<_> {
            read(text, reading).into_iter().filter(|word| !word.1).map(|word| (word.2, word.3)).collect()
        };
        assert_eq!(places(Reading::Marking), places(Reading::Document));
        assert!(read(text, Reading::Marking).iter().all(|word| !word.1));
    }

    #[test]
    fn forms_that_were_made_before_are_those_of_the_text() {
        let text = "Les tribunaux et le tribunal, l'été; суд, Аблязов и суды: Court courts COURT ʼ 12 裁判所 裁. ";
        let long = (0..400).map(|n| format!("word{n} {text}")).collect::<String>();
        for (lang, text) in [("fr", text), ("ru", text), ("kk", &long), ("", "a\0b"), ("en", "")] {
            let mut whole = String::from_utf8(header(lang).to_vec()).unwrap();
            whole.push_str(text);
            let told = |text: &[u8]| {
                let mut forms = Vec::new();
                Words::new().read(text, Reading::Document, &mut |form, second, _, _| {
                    forms.push((form.to_owned(), second));
                    true
                });
                forms
            };
            let mut words = Words::new();
            for _ in 0..2 {
                let forms = words.forms_of(lang, text);
                assert_eq!(told(&forms), told(whole.as_bytes()), "{lang}");
                // What is cut short is read as far as it goes.
                (0..forms.len().min(80)).for_each(|end| drop(told(&forms[..end])));
            }
        }
        Words::new().read(
            &[FORMS, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 9],
            Reading::Document,
            &mut |_, _, _, _| true,
        );
        assert_eq!(read("\u{4}court", Reading::Query)[0].0, "court");
    }

    #[test]
    fn any_bytes_can_be_read() {
        assert_eq!(forms("об'єкт 12:30 10-31", Reading::Document)[..2], ["обєкт", "~obekt"]);
        assert_eq!(forms("裁判所", Reading::Document), ["裁", "判", "所"]);
        let mut count = 0;
        Words::new().read(b"one \xff\xfe two \xd0", Reading::Document, &mut |_, second, _, _| {
            count += usize::from(!second);
            true
        });
        assert_eq!(count, 2);
        assert_eq!(read(&"x".repeat(1000), Reading::Document).iter().filter(|w| !w.1).count(), 4);
    }
}
