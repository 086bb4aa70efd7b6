//! Characters that deceive the eye: directions overridden, signs that are not seen, letters of one script in words of another.
//!
//! Works on any text. What is found is marked, never changed: the words stay as they stand in the document.

use khronika_core::{Mark, MarkKind, Span};

use crate::rendition::{Remark, RemarkKind, Rendition};

/// How a passage deceives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deceit {
    /// It overrides the direction of writing (Unicode standard annex 9, explicit directional controls).
    Direction,
    /// It is not seen at all.
    Invisible,
    /// A word holds letters of another script that look like its own.
    LookAlike,
}

impl Deceit {
    /// In words.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Direction => "signs that override the direction of writing",
            Self::Invisible => "signs that are not seen",
            Self::LookAlike => "letters of another script that look like those of the word",
        }
    }
}

/// No more passages than this are told of one text.
const MOST: usize = 10_000;

/// The passages of a text that deceive, in order.
#[must_use]
pub fn find(text: &str) -> Vec<(Span, Deceit)> {
    let mut found: Vec<(Span, Deceit)> = Vec::new();
    let mut word = Word::default();
    let mut before = '\0';
    let mut chars = text.char_indices().peekable();
    while let Some((at, sign)) = chars.next() {
        if found.len() >= MOST {
            return found;
        }
        let end = at + sign.len_utf8();
        let next = chars.peek().map_or('\0', |(_, sign)| *sign);
        if let Some(deceit) = sign_alone(sign, before, next, at) {
            match found.last_mut() {
                Some((span, kind)) if *kind == deceit && span.end == at => span.end = end,
                _ => found.push((Span::new(at, end), deceit)),
            }
        } else if sign.is_alphabetic() {
            word.see(at, end, sign);
        } else if !is_joiner(sign) {
            found.extend(word.take());
        }
        before = sign;
    }
    found.extend(word.take());
    found.sort_by_key(|(span, _)| (span.start, span.end));
    found
}

/// Marks what deceives in a document, and says so.
pub fn mark(rendition: &mut Rendition) {
    let found = find(&rendition.text);
    for kind in [Deceit::Direction, Deceit::Invisible, Deceit::LookAlike] {
        let count = found.iter().filter(|(_, deceit)| *deceit == kind).count();
        if count > 0 {
            let what = format!("the text holds {} (passages: {count}); they are marked", kind.what());
            rendition.remarks.push(Remark { kind: RemarkKind::Strange, what, place: None });
        }
    }
    rendition.layout.marks.extend(found.into_iter().map(|(span, deceit)| Mark {
        span,
        kind: MarkKind::Deceptive,
        author: None,
        date: None,
        note: Some(deceit.what().to_owned()),
    }));
    rendition.layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
}

/// Signs that go through a word without ending it.
const fn is_joiner(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '\u{AD}' | '\u{300}'..='\u{36F}')
}

fn sign_alone(sign: char, before: char, next: char, at: usize) -> Option<Deceit> {
    match sign {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Deceit::Direction),
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{180E}' | '\u{3164}' | '\u{115F}' | '\u{1160}' | '\u{FFA0}' => {
            Some(Deceit::Invisible)
        }
        '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}' => Some(Deceit::Invisible),
        '\u{FEFF}' if at > 0 => Some(Deceit::Invisible),
        // Joiners mean something in the scripts of India and Persia, and in pictures of people; not between letters of ours.
        '\u{200C}' | '\u{200D}' if is_ours(before) && is_ours(next) => Some(Deceit::Invisible),
        _ => None,
    }
}

fn is_ours(sign: char) -> bool {
    script(sign).is_some() && sign.is_alphabetic()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

const fn script(sign: char) -> Option<Script> {
    match sign {
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(Script::Latin),
        '\u{400}'..='\u{52F}' => Some(Script::Cyrillic),
        '\u{370}'..='\u{3FF}' => Some(Script::Greek),
        _ => None,
    }
}

/// Letters that look like one of another of these scripts (Unicode technical standard 39, confusables).
const fn looks_like_another(sign: char) -> bool {
    matches!(
        sign,
        'a' | 'c'
            | 'e'
            | 'i'
            | 'j'
            | 'o'
            | 'p'
            | 's'
            | 'x'
            | 'y'
            | 'A'
            | 'B'
            | 'C'
            | 'E'
            | 'H'
            | 'I'
            | 'J'
            | 'K'
            | 'M'
            | 'O'
            | 'P'
            | 'S'
            | 'T'
            | 'X'
            | 'Y'
            | 'h'
            | 'v'
            | 'Z'
            | 'N'
            | 'q'
            | 'w'
            | 'd'
            | 'ï'
            | 'а'
            | 'с'
            | 'е'
            | 'і'
            | 'ј'
            | 'о'
            | 'р'
            | 'ѕ'
            | 'х'
            | 'у'
            | 'А'
            | 'В'
            | 'С'
            | 'Е'
            | 'Н'
            | 'І'
            | 'Ј'
            | 'К'
            | 'М'
            | 'О'
            | 'Р'
            | 'Ѕ'
            | 'Т'
            | 'Х'
            | 'У'
            | 'һ'
            | 'ѵ'
            | 'ԁ'
            | 'ԛ'
            | 'ԝ'
            | 'ї'
            | 'Ү'
            | 'ο'
            | 'α'
            | 'ν'
            | 'ρ'
            | 'ι'
            | 'υ'
            | 'Α'
            | 'Β'
            | 'Ε'
            | 'Ζ'
            | 'Η'
            | 'Ι'
            | 'Κ'
            | 'Μ'
            | 'Ν'
            | 'Ο'
            | 'Ρ'
            | 'Τ'
            | 'Υ'
            | 'Χ'
    )
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    start: usize,
    end: usize,
    letters: usize,
    /// Of each script: how many letters, and how many of them look like none of another.
    scripts: [(usize, usize); 3],
}

impl Word {
    fn see(&mut self, at: usize, end: usize, sign: char) {
        if self.letters == 0 {
            self.start = at;
        }
        self.end = end;
        self.letters += 1;
        if let Some((count, own)) = script(sign).and_then(|script| self.scripts.get_mut(script as usize)) {
            *count += 1;
            *own += usize::from(!looks_like_another(sign));
        }
    }

    /// The word, where it deceives; the next begins.
    fn take(&mut self) -> Option<(Span, Deceit)> {
        let word = std::mem::take(self);
        let used = word.scripts.iter().filter(|(count, _)| *count > 0).count();
        if used < 2 || word.letters < 3 {
            return None;
        }
        // One script makes the word, and the letters of the others all look like its own.
        let own = word.scripts.iter().filter(|(_, own)| *own > 0).count();
        (own <= 1).then_some((Span::new(word.start, word.end), Deceit::LookAlike))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&str, Deceit)> {
        find(text).into_iter().map(|(span, deceit)| (span.of(text), deceit)).collect()
    }

    #[test]
    fn letters_of_another_script_are_found() {
        assert_eq!(
            told("the p\u{430}per of Сourt"),
            [("p\u{430}per", Deceit::LookAlike), ("Сourt", Deceit::LookAlike)]
        );
        assert_eq!(told("суд отмeнил"), [("отмeнил", Deceit::LookAlike)]);
        for honest in
            ["IT-компания", "суд отменил", "Würde", "ГОСТ ISO", "В XIX веке", "Әділ Ұлы", "її право", "µm", "ΑΒΓ"]
        {
            assert_eq!(told(honest), [], "{honest}");
        }
    }

    #[test]
    fn what_is_not_seen_is_found() {
        assert_eq!(told("pay\u{200B}ment"), [("\u{200B}", Deceit::Invisible)]);
        assert_eq!(told("\u{FEFF}text"), []);
        assert_eq!(told("file\u{202E}fdp.exe\u{202C}").len(), 2);
        assert_eq!(told("ignore\u{E0041}\u{E0042}"), [("\u{E0041}\u{E0042}", Deceit::Invisible)]);
        assert_eq!(told("می\u{200C}خواهم"), []);
        assert_eq!(told("cour\u{200D}t"), [("\u{200D}", Deceit::Invisible)]);
    }

    #[test]
    fn what_is_found_is_marked() {
        let mut rendition = Rendition { text: "un\u{200B}e p\u{430}ge".to_owned(), ..Rendition::default() };
        mark(&mut rendition);
        assert_eq!((rendition.layout.marks.len(), rendition.remarks.len()), (2, 2));
        assert_eq!(rendition.check(), Ok(()));
    }
}
