//! Texts with words hidden in them.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{CharIndex, CharOffset, Source, Span};
use khronika_keep::Names;
use khronika_seal::annotation::find;

use super::{Marks, Passage};

/// What stands for a hidden character.
const BLOCK: char = '█';
/// What stands for hidden words whose length is hidden too, in characters.
const WIDTH: usize = 5;
/// What stands for them in the names of files, which every system has to be able to have.
const IN_NAMES: &str = "xxxxx";
/// How many initials belong to a name.
const INITIALS: usize = 3;
/// Between hidden words, not more than this is hidden with them, so that their number cannot be counted (bytes).
const GAP: usize = 3;

/// How wide what stands for hidden words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// Always the same.
    Fixed,
    /// As wide as the words, so that everything else stays at its place.
    Same,
}

/// Hides words in texts.
#[derive(Debug)]
pub(crate) struct Mask {
    names: Names,
    passages: Vec<Passage>,
    width: Width,
    /// The words that were hidden because of what they are, as they stood.
    hidden: BTreeSet<String>,
}

/// A text with words hidden in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Masked {
    /// The text.
    pub(crate) text: String,
    /// How many places of it are hidden.
    pub(crate) places: usize,
    /// Where everything is now.
    pub(crate) map: Map,
}

/// From places in a text to places in the same text with words hidden in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Map {
    /// What was hidden and what stands for it, in order (bytes).
    cuts: Vec<(Range<usize>, Range<usize>)>,
}

impl Map {
    /// The place of a span now. Where an end of it is inside of what is hidden, all that stands for that is in it.
    pub(crate) fn span(&self, span: Span) -> Span {
        let start = self.at(span.start, |old, new| if old.end == span.start { new.end } else { new.start });
        let end = self.at(span.end, |old, new| if old.start == span.end { new.start } else { new.end });
        Span::new(start, end.max(start))
    }

    fn at(&self, place: usize, inside: impl Fn(&Range<usize>, &Range<usize>) -> usize) -> usize {
        let next = self.cuts.partition_point(|(old, _)| old.end < place);
        match self.cuts.get(next) {
            Some((old, new)) if old.start <= place => inside(old, new),
            _ => match next.checked_sub(1).and_then(|before| self.cuts.get(before)) {
                Some((old, new)) => new.end + (place - old.end),
                None => place,
            },
        }
    }
}

impl Mask {
    /// Hides what is marked.
    pub(crate) fn new(marks: &Marks, width: Width) -> Self {
        let names = Names::new(marks.words.iter().map(String::as_str));
        Self { names, passages: marks.passages.clone(), width, hidden: BTreeSet::new() }
    }

    /// Whether words are hidden wherever they stand, and not only passages.
    pub(crate) fn hides_words(&self) -> bool {
        !self.names.is_empty()
    }

    /// The words that were hidden because of what they are, as they stood.
    pub(crate) fn hidden(&self) -> &BTreeSet<String> {
        &self.hidden
    }

    /// Whether passages of this source are hidden.
    pub(crate) fn hides_in(&self, sha256: &str) -> bool {
        self.passages.iter().any(|passage| passage.about.strip_prefix("sha256:") == Some(sha256))
    }

    /// The text of a source with everything hidden that is marked. The error is a passage that cannot be found in it any more.
    pub(crate) fn source(&mut self, source: &Source) -> Result<Masked, Passage> {
        let mut spans = Vec::new();
        let chars = CharIndex::new(&source.text);
        for passage in &self.passages {
            if passage.about.strip_prefix("sha256:") != Some(source.sha256.as_str()) {
                continue;
            }
            let at = find(&source.text, passage.start, &passage.quote, &passage.prefix, &passage.suffix);
            let byte = |at: u64| chars.byte(&source.text, CharOffset(usize::try_from(at).ok()?));
            let span = at.and_then(|at| Some(byte(at.start)?..byte(at.end)?));
            spans.push(span.ok_or_else(|| passage.clone())?);
        }
        for lang in &source.langs {
            spans.extend(self.words(lang.code(), &source.text));
        }
        spans.extend(self.words(source.lang.code(), &source.text));
        Ok(self.masked(&source.text, spans))
    }

    /// Whether a passage that is hidden shares words with this place of a source. One that cannot be found any more shares them.
    pub(crate) fn hides_passage(&self, source: &Source, span: Span) -> bool {
        let here = self.passages.iter().filter(|passage| passage.about.strip_prefix("sha256:") == Some(&source.sha256));
        let chars = CharIndex::new(&source.text);
        here.into_iter().any(|passage| {
            let at = find(&source.text, passage.start, &passage.quote, &passage.prefix, &passage.suffix);
            let byte = |at: u64| chars.byte(&source.text, CharOffset(usize::try_from(at).ok()?));
            let hidden = at.and_then(|at| Some(Span::new(byte(at.start)?, byte(at.end)?)));
            hidden.is_none_or(|hidden| hidden.overlaps(span))
        })
    }

    /// Some words that are not those of a document, with everything hidden that is hidden wherever it stands.
    pub(crate) fn line(&mut self, text: &str) -> String {
        let spans = self.anywhere(text);
        self.masked(text, spans).text
    }

    /// The name of a file with everything hidden that is hidden wherever it stands.
    pub(crate) fn name(&mut self, name: &str) -> String {
        let spans = joined(self.anywhere(name), name);
        let (mut out, mut at) = (String::new(), 0);
        for span in spans {
            out.push_str(name.get(at..span.start).unwrap_or_default());
            out.push_str(IN_NAMES);
            at = span.end;
        }
        out.push_str(name.get(at..).unwrap_or_default());
        out
    }

    /// Also the words of hidden passages, where somebody quoted them.
    fn anywhere(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut spans = self.words("", text);
        for passage in &self.passages {
            spans.extend(text.match_indices(&passage.quote).map(|(at, quote)| at..at + quote.len()));
        }
        spans
    }

    fn words(&mut self, lang: &str, text: &str) -> Vec<Range<usize>> {
        let spans: Vec<_> =
            self.names.find(lang, text).into_iter().map(|span| with_address(with_initials(span, text), text)).collect();
        self.hidden.extend(spans.iter().filter_map(|span| text.get(span.clone()).map(str::to_owned)));
        spans
    }

    fn masked(&self, text: &str, spans: Vec<Range<usize>>) -> Masked {
        let (mut out, mut at, mut cuts) = (String::with_capacity(text.len()), 0, Vec::new());
        for old in joined(spans, text) {
            out.push_str(text.get(at..old.start).unwrap_or_default());
            let start = out.len();
            match self.width {
                Width::Fixed => out.extend(std::iter::repeat_n(BLOCK, WIDTH)),
                // The lines stay as they are, or the places of everything else in a table would not.
                Width::Same => {
                    let hidden = text.get(old.clone()).unwrap_or_default();
                    out.extend(hidden.chars().map(|c| if matches!(c, '\n' | '\r') { c } else { BLOCK }));
                }
            }
            at = old.end;
            cuts.push((old, start..out.len()));
        }
        out.push_str(text.get(at..).unwrap_or_default());
        Masked { text: out, places: cuts.len(), map: Map { cuts } }
    }
}

/// A name with the initials before it (A. B. Smith) or after it (Smith A. B.).
fn with_initials(name: Range<usize>, text: &str) -> Range<usize> {
    let Range { mut start, mut end } = name;
    for _ in 0..INITIALS {
        let before = text.get(..start).unwrap_or_default();
        let rest = before.strip_suffix([' ', '\u{a0}']).unwrap_or(before).strip_suffix('.');
        let Some((at, _)) = rest.and_then(|rest| rest.char_indices().next_back()).filter(|(_, c)| c.is_uppercase())
        else {
            break;
        };
        if before.get(..at).and_then(|rest| rest.chars().next_back()).is_some_and(char::is_alphanumeric) {
            break;
        }
        start = at;
    }
    for _ in 0..INITIALS {
        let after = text.get(end..).unwrap_or_default();
        let rest = after.strip_prefix([' ', '\u{a0}']).unwrap_or(after);
        let mut chars = rest.chars();
        let initial = chars.next().filter(|c| c.is_uppercase());
        if initial.is_none()
            || chars.next() != Some('.')
            || (rest.len() == after.len() && !text.get(..end).is_some_and(|t| t.ends_with('.')))
        {
            break;
        }
        end = text.len() - chars.as_str().len();
    }
    start..end
}

/// A name with all that stands before the sign of an address of e-mail, where it stands in one: the rest would say the rest of the name.
fn with_address(name: Range<usize>, text: &str) -> Range<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let after = text.get(name.end..).unwrap_or_default();
    let rest = after.trim_start_matches(is_part);
    if !rest.starts_with('@') {
        return name;
    }
    let before = text.get(..name.start).unwrap_or_default();
    before.trim_end_matches(is_part).len()..text.len() - rest.len()
}

/// Spans in order; those that overlap, touch, or have only a space or a sign between them, as one.
fn joined(mut spans: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let is_near = |last: &Range<usize>| {
            let gap = text.get(last.end..span.start).unwrap_or_default();
            let is_inside = |c: char| (c.is_whitespace() && c != '\n') || matches!(c, '-' | '‐' | '\'' | '’');
            span.start <= last.end || (gap.len() <= GAP && gap.chars().all(is_inside))
        };
        match joined.last_mut().filter(|last| is_near(last)) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(words: &[&str], width: Width) -> Mask {
        Mask::new(&Marks::words(words.iter().map(|w| (*w).to_owned()).collect()), width)
    }

    #[test]
    fn the_length_shows_only_where_it_is_asked_for() {
        let text = "To Mr A. Rostovtsev, Andrei Rostovtsev and Li.\n";
        let words = ["Andrei", "Rostovtsev", "Li"];
        assert_eq!(mask(&words, Width::Fixed).line(text), "To Mr █████, █████ and █████.\n");
        let same = mask(&words, Width::Same).line(text);
        assert_eq!(same, "To Mr █████████████, █████████████████ and ██.\n");
        let address = "Write to a.rostovtsev@example.org, rostovtsev.a2@x.";
        assert_eq!(mask(&words, Width::Fixed).line(address), "Write to █████@example.org, █████@x.");
        let initials = "Ростовцев А.Б. и А. Б. Ростовцев. И. пришёл Ростовцев. Ли ушёл.";
        let hidden = mask(&["Rostovtsev"], Width::Fixed).line(initials);
        assert_eq!(hidden, "█████ и █████. И. пришёл █████. Ли ушёл.");
        assert_eq!(same.chars().count(), text.chars().count());
    }

    #[test]
    fn places_are_found_again() {
        let text = "Rostovtsev met Li at Lyon.";
        let mut mask = mask(&["Rostovtsev", "Li"], Width::Fixed);
        let spans = mask.words("en", text);
        let masked = mask.masked(text, spans);
        let now = |word: &str| {
            let at = text.find(word).unwrap();
            masked.map.span(Span::new(at, at + word.len())).of(&masked.text).to_owned()
        };
        assert_eq!(
            ["Rostovtsev met", "met", "tsev met Li", "Li", "at Lyon."].map(now),
            ["█████ met", "met", "█████ met █████", "█████", "at Lyon."]
        );
        assert_eq!(masked.places, 2);
        assert_eq!(mask.name("letter-of-Rostovtseva.pdf"), "letter-of-xxxxx.pdf");
    }
}
