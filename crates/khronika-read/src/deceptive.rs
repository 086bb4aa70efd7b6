//! Characters that deceive the eye: directions overridden, signs that are not seen, letters of one script in words of another.
//!
//! Works on any text. What is found is marked, never changed: the words stay as they stand in the document. Signs that do what they are
//! for (names set apart from text of another direction, joiners of scripts that need them, places where a line may break) deceive nobody.

use khronika_core::{Layout, Mark, MarkKind, Span};

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

/// About so many passages are told of one text.
const MOST: usize = 10_000;

/// How deep directions may be set within each other (Unicode standard annex 9, `max_depth`).
const DEEPEST: usize = 125;

/// So many signs that are not seen, one behind the other, are there for their own sake, wherever they stand.
const MANY: usize = 3;

/// The passages of a text that deceive, in order.
#[must_use]
pub fn find(text: &str) -> Vec<(Span, Deceit)> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut looker = Looker { text, ..Looker::default() };
    for (at, sign) in text.char_indices() {
        looker.see(at, sign);
        if looker.found.len() >= MOST {
            break;
        }
    }
    looker.end()
}

/// Marks what deceives in a text, and tells it in words, a sentence for each way.
pub(crate) fn mark(text: &str, layout: &mut Layout) -> Vec<String> {
    let mut found = find(text);
    // Where letters were recognised in a picture, those of a wrong script are its slips and nobody's trick.
    found.retain(|(span, deceit)| {
        *deceit != Deceit::LookAlike || layout.boxes(*span).iter().all(|word| word.confidence.is_none())
    });
    if found.is_empty() {
        return Vec::new();
    }
    let told = [Deceit::Direction, Deceit::Invisible, Deceit::LookAlike].into_iter().filter_map(|kind| {
        let count = found.iter().filter(|(_, deceit)| *deceit == kind).count();
        (count > 0).then(|| format!("the text holds {} (passages: {count}); they are marked", kind.what()))
    });
    let told = told.collect();
    layout.marks.extend(found.into_iter().map(|(span, deceit)| Mark {
        span,
        kind: MarkKind::Deceptive,
        author: None,
        date: None,
        note: Some(deceit.what().to_owned()),
    }));
    layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
    told
}

/// What a sign is at first sight: most are letters of one script, and of them no more is asked.
enum Class {
    /// A letter of a script that others look like.
    Letter(Script),
    /// It goes through a word without ending it.
    Joiner,
    /// It ends a word.
    Other,
    /// It has to be looked at.
    Strange,
}

const fn class(sign: char) -> Class {
    match sign {
        '\'' => Class::Joiner,
        'A'..='Z' | 'a'..='z' => Class::Letter(Script::Latin),
        '\0'..='\u{7F}' => Class::Other,
        '\u{400}'..='\u{52F}' => Class::Letter(Script::Cyrillic),
        '\u{AD}' | '\u{300}'..='\u{36F}' | '’' => Class::Joiner,
        _ => match script(sign) {
            Some(script) => Class::Letter(script),
            None => Class::Strange,
        },
    }
}

/// What goes through a text, and what it found.
#[derive(Default)]
struct Looker<'t> {
    text: &'t str,
    found: Vec<(Span, Deceit)>,
    /// The word that it is in: where it begins, where its last letter ends, a bit for each script of its letters.
    word: Option<(usize, usize, u8)>,
    /// Signs that are not seen, right before where it is.
    unseen: Option<Unseen>,
    /// Directions that are set and not ended.
    open: Vec<Opened>,
    /// How many letters were seen, and how many of them are written from the right.
    letters: usize,
    from_right: usize,
}

/// A row of signs that are not seen.
struct Unseen {
    span: Span,
    count: usize,
    before: char,
    /// They never stand in writing.
    is_certain: bool,
}

/// A direction that was set.
struct Opened {
    span: Span,
    is_isolate: bool,
    what: Direction,
    /// What the looker had counted when it was set.
    letters: usize,
    from_right: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// Every letter is put the way it says.
    Overridden,
    /// Text from the right: it deceives where none of that kind is in it.
    FromRight,
    /// As the letters are.
    Plain,
}

impl Looker<'_> {
    fn see(&mut self, at: usize, sign: char) {
        let class = class(sign);
        if let Class::Strange = class {
            return self.look(at, sign);
        }
        if self.unseen.is_some() {
            self.end_unseen(sign);
        }
        match class {
            Class::Letter(script) => self.letter(at, sign, 1 << script as u8),
            Class::Other => self.end_word(sign),
            Class::Joiner | Class::Strange => {}
        }
    }

    fn letter(&mut self, at: usize, sign: char, script: u8) {
        self.letters += 1;
        let (start, scripts) = self.word.map_or((at, 0), |(start, _, scripts)| (start, scripts));
        self.word = Some((start, at + sign.len_utf8(), scripts | script));
    }

    /// The word ends before this sign. Only one with letters of several scripts is looked at.
    fn end_word(&mut self, sign: char) {
        if let Some((start, end, scripts)) = self.word.take()
            && scripts.count_ones() > 1
        {
            let words = self.text.get(start..end).unwrap_or_default();
            Word::find(words, start, &mut self.found);
        }
        if sign == '\n' && !self.open.is_empty() {
            self.close(0, None);
        }
    }

    /// Looks at a sign that is none of the usual ones.
    fn look(&mut self, at: usize, sign: char) {
        let end = at + sign.len_utf8();
        if let Some((what, is_isolate)) = direction(sign) {
            if self.open.len() < DEEPEST {
                let (letters, from_right) = (self.letters, self.from_right);
                self.open.push(Opened { span: Span::new(at, end), is_isolate, what, letters, from_right });
            }
        } else if matches!(sign, '\u{202C}' | '\u{2069}') {
            // An isolate also ends what was set within it and not ended; nothing ends an isolate from within.
            let isolate = self.open.iter().rposition(|opened| opened.is_isolate);
            let last = self.open.len().checked_sub(1).filter(|last| isolate.is_none_or(|isolate| isolate < *last));
            if let Some(from) = if sign == '\u{2069}' { isolate } else { last } {
                self.close(from, Some(Span::new(at, end)));
            }
        } else if is_unseen(sign) && at > 0 {
            let before = self.text.get(..at).and_then(|text| text.chars().next_back()).unwrap_or_default();
            let unseen =
                self.unseen.get_or_insert(Unseen { span: Span::new(at, end), count: 0, before, is_certain: false });
            unseen.span.end = end;
            unseen.count += 1;
            unseen.is_certain |= matches!(sign, '\u{E0000}'..='\u{E007F}');
        } else {
            self.end_unseen(sign);
            if sign.is_alphabetic() {
                self.from_right += usize::from(is_from_right(sign));
                self.letter(at, sign, 0);
            } else {
                self.end_word(sign);
            }
        }
    }

    /// A sign that is seen follows upon some that are not. Between letters or digits they cut a word in two for whoever searches it.
    fn end_unseen(&mut self, next: char) {
        let Some(unseen) = self.unseen.take() else { return };
        let is_flag = unseen.before == '\u{1F3F4}';
        let within = is_ours(unseen.before) && is_ours(next);
        if within || (unseen.count >= MANY && !is_flag) || (unseen.is_certain && !is_flag) {
            self.found.push((unseen.span, Deceit::Invisible));
        }
    }

    /// Ends the directions from the n-th on; the sign that ends it belongs to the n-th.
    fn close(&mut self, n: usize, by: Option<Span>) {
        let (letters, from_right) = (self.letters, self.from_right);
        for (at, opened) in self.open.drain(n.min(self.open.len())..).enumerate() {
            let deceives = match opened.what {
                Direction::Overridden => true,
                Direction::FromRight => letters > opened.letters && from_right == opened.from_right,
                Direction::Plain => false,
            };
            if deceives {
                self.found.push((opened.span, Deceit::Direction));
                self.found.extend(by.filter(|_| at == 0).map(|span| (span, Deceit::Direction)));
            }
        }
    }

    fn end(mut self) -> Vec<(Span, Deceit)> {
        self.end_unseen('\0');
        self.end_word('\n');
        self.found.sort_by_key(|(span, _)| (span.start, span.end));
        self.found.dedup_by(|next, last| {
            let goes_on = next.1 == last.1 && next.0.start == last.0.end;
            if goes_on {
                last.0.end = next.0.end;
            }
            goes_on
        });
        self.found
    }
}

/// What a sign makes of the direction of what follows, and whether it sets it apart from what stands around.
const fn direction(sign: char) -> Option<(Direction, bool)> {
    match sign {
        '\u{202D}' | '\u{202E}' => Some((Direction::Overridden, false)),
        '\u{202B}' => Some((Direction::FromRight, false)),
        '\u{2067}' => Some((Direction::FromRight, true)),
        '\u{202A}' => Some((Direction::Plain, false)),
        '\u{2066}' | '\u{2068}' => Some((Direction::Plain, true)),
        _ => None,
    }
}

/// Letters that are written from the right.
const fn is_from_right(sign: char) -> bool {
    matches!(sign, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

const fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{180E}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(sign, '\u{3164}' | '\u{115F}' | '\u{1160}' | '\u{FFA0}')
        || matches!(sign, '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Letters of the scripts that need no joiners, and digits.
fn is_ours(sign: char) -> bool {
    sign.is_ascii_digit() || (script(sign).is_some() && sign.is_alphabetic())
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
    last: Option<Script>,
    /// How often the script changes.
    changes: usize,
    /// Whether all its letters before the first change are capitals, and how many they are; whether all after it are small.
    capitals: (bool, usize),
    small: bool,
    /// An apostrophe stands behind its last letter.
    apostrophe: bool,
}

impl Word {
    /// Looks at a word that has letters of several scripts, and stands at `from`.
    fn find(words: &str, from: usize, found: &mut Vec<(Span, Deceit)>) {
        let mut word = Self::default();
        for (at, sign) in words.char_indices() {
            if sign.is_alphabetic() {
                if word.is_suffix(sign) {
                    found.extend(word.take());
                }
                word.see(from + at, from + at + sign.len_utf8(), sign);
            } else if matches!(sign, '\'' | '’') {
                word.apostrophe = true;
            }
        }
        found.extend(word.take());
    }

    fn see(&mut self, at: usize, end: usize, sign: char) {
        if self.letters == 0 {
            self.start = at;
            (self.capitals, self.small) = ((true, 0), true);
        }
        self.end = end;
        self.letters += 1;
        self.apostrophe = false;
        let Some(script) = script(sign) else { return };
        self.changes += usize::from(self.last.is_some_and(|last| last != script));
        self.last = Some(script);
        if self.changes == 0 {
            self.capitals = (self.capitals.0 && sign.is_uppercase(), self.capitals.1 + 1);
        } else {
            self.small &= sign.is_lowercase();
        }
        if let Some((count, own)) = self.scripts.get_mut(script as usize) {
            *count += 1;
            *own += usize::from(!looks_like_another(sign));
        }
    }

    /// True where an ending of another script is put to the word with an apostrophe, as in "e-mail'у".
    fn is_suffix(&self, sign: char) -> bool {
        self.apostrophe && self.last.is_some() && self.last != script(sign)
    }

    /// The word, where it deceives; the next begins.
    fn take(&mut self) -> Option<(Span, Deceit)> {
        let word = std::mem::take(self);
        let used = word.scripts.iter().filter(|(count, _)| *count > 0).count();
        if used < 2 || word.letters < 3 {
            return None;
        }
        // An abbreviation of another script with an ending: "SMSки".
        if word.changes == 1 && word.capitals.0 && word.capitals.1 >= 2 && word.small {
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
        for honest in [
            "IT-компания",
            "суд отменил",
            "Würde",
            "ГОСТ ISO",
            "В XIX веке",
            "Әділ Ұлы",
            "її право",
            "µm",
            "ΑΒΓ",
            "по e-mail'у",
            "SMSки",
        ] {
            assert_eq!(told(honest), [], "{honest}");
        }
    }

    #[test]
    fn what_is_not_seen_is_found() {
        assert_eq!(told("pay\u{200B}ment"), [("\u{200B}", Deceit::Invisible)]);
        assert_eq!(told("le 1\u{2060}2 mai"), [("\u{2060}", Deceit::Invisible)]);
        assert_eq!(told("ignore\u{E0041}\u{E0042}"), [("\u{E0041}\u{E0042}", Deceit::Invisible)]);
        assert_eq!(told("cour\u{200D}t"), [("\u{200D}", Deceit::Invisible)]);
        assert_eq!(told("fin.\u{200B}\u{200C}\u{200B}"), [("\u{200B}\u{200C}\u{200B}", Deceit::Invisible)]);
        for honest in [
            "\u{FEFF}text",
            "می\u{200C}خواهم",
            "https://example.org/\u{200B}order",
            "the end.\u{200B}\nThe next",
            "ก\u{200B}ข",
            "❤\u{FE0F}\u{200D}🔥",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ] {
            assert_eq!(told(honest), [], "{honest}");
        }
    }

    #[test]
    fn directions_that_are_overridden_are_found() {
        let both = [("\u{202E}", Deceit::Direction), ("\u{202C}", Deceit::Direction)];
        assert_eq!(told("file\u{202E}fdp.exe\u{202C}"), both);
        assert_eq!(told("on \u{2067}5 May, 6 June\u{2069} é").len(), 2);
        assert_eq!(told("on \u{202B}5 May, 6 June\nthe next line"), [("\u{202B}", Deceit::Direction)]);
        for honest in
            ["\u{2068}Анна Ким\u{2069} написала", "\u{202B}שלום\u{202C} é", "\u{2066}ok\u{2069}\u{2069} \u{202C}"]
        {
            assert_eq!(told(honest), [], "{honest}");
        }
        assert_eq!(told(&"\u{202E}".repeat(1000)).len(), 1);
    }

    #[test]
    fn what_is_found_is_marked() {
        let mut layout = Layout::default();
        let said = mark("un\u{200B}e p\u{430}ge", &mut layout);
        assert_eq!((layout.marks.len(), said.len()), (2, 2));
        assert!(layout.marks.iter().all(|mark| mark.kind == MarkKind::Deceptive));
    }

    #[test]
    fn letters_that_were_recognised_wrongly_are_no_trick() {
        let word = khronika_core::WordBox {
            span: Span::new(0, 6),
            page: 0,
            rect: khronika_core::Rect::default(),
            confidence: Some(90),
        };
        let mut layout = Layout { words: vec![word], ..Layout::default() };
        assert!(mark("Cуд отмeнил", &mut layout).len() == 1 && layout.marks.len() == 1);
    }
}
