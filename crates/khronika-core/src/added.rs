//! What people add to a case that no rule found, tied to the words that say it.
//!
//! There is nothing in a case that rests on no words: what is known and stands in no paper is written down and put into the case as a
//! paper, which then says who wrote it when.

use crate::{
    ActClass, ActType, ActorKind, CharIndex, CharOffset, Correction, EventStatus, SourceId, Span, Stance, stable_id,
};

/// How what made a finding is called where somebody added it: with the number of the entry of the journal, `by-hand/17`.
pub const BY_HAND: &str = "by-hand/";

/// How many characters before and after the words are kept with them, so that they are found in a better reading of the same document.
const AROUND: usize = 32;

/// What somebody adds by hand. Its date, its title and its body stand in [`Judgment::correction`](crate::Judgment::correction).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// What it is.
    pub what: Addition,
    /// The words that say it.
    pub words: Anchor,
}

/// The kinds of things that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// Something that happened, or that is asked for, possible or denied.
    Event {
        /// Whether it happened.
        status: EventStatus,
    },
    /// A procedural act.
    Act {
        /// What it is as a paper.
        act_type: ActType,
        /// What it does.
        outcomes: Vec<ActClass>,
        /// Whether it happened.
        status: EventStatus,
    },
    /// The words say what somebody says.
    Statement {
        /// Who says it.
        speaker: Option<String>,
        /// How the speaker stands to it.
        stance: Stance,
    },
    /// The words name somebody.
    Actor {
        /// The full name.
        name: String,
        /// What kind.
        kind: ActorKind,
    },
}

impl Addition {
    /// The names of the kinds in exports, in the journal, and on the command line.
    pub const NAMES: [&str; 4] = ["event", "act", "statement", "actor"];

    /// The name of its kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Event { .. } => "event",
            Self::Act { .. } => "act",
            Self::Statement { .. } => "statement",
            Self::Actor { .. } => "actor",
        }
    }
}

impl Added {
    /// The id of what is added: of the event or the statement, as the case has it. Of an actor it is that of the naming: whom the words
    /// name is decided with all other names of the case. Two who add the same get the same.
    #[must_use]
    pub fn id(&self, correction: &Correction) -> String {
        let Anchor { source, start, quote, .. } = &self.words;
        let (start, length) = (start.to_string(), quote.chars().count().to_string());
        let (prefix, more) = match &self.what {
            Addition::Event { status } => ("e", vec![status.name()]),
            Addition::Act { act_type, outcomes, status } => {
                let outcomes = outcomes.iter().map(|outcome| outcome.name());
                ("e", [status.name(), act_type.name()].into_iter().chain(outcomes).collect())
            }
            Addition::Statement { speaker, stance } => {
                ("t", vec![stance.name(), speaker.as_deref().unwrap_or_default()])
            }
            Addition::Actor { name, kind } => ("n", vec![kind.name(), name]),
        };
        let date = correction.date.as_ref().map_or("", |date| date.as_str());
        let said =
            [date, correction.title.as_deref().unwrap_or_default(), correction.body.as_deref().unwrap_or_default()];
        let place = ["by-hand", self.what.name(), source.as_str(), &start, &length];
        stable_id(prefix, &place.into_iter().chain(said).chain(more).collect::<Vec<_>>())
    }
}

/// Words of a source, with what it takes to find them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The source.
    pub source: SourceId,
    /// Where they began in its text, in characters.
    pub start: usize,
    /// The words.
    pub quote: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood behind them.
    pub suffix: String,
}

impl Anchor {
    /// Ties to the words at `span` of `text`; `None` where there are none.
    #[must_use]
    pub fn new(source: SourceId, text: &str, span: Span) -> Option<Self> {
        let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
        let quote = text.get(span.start..span.end).filter(|quote| !quote.trim().is_empty())?.to_owned();
        let prefix: Vec<char> = before.chars().rev().take(AROUND).collect();
        Some(Self {
            source,
            start: before.chars().count(),
            quote,
            prefix: prefix.into_iter().rev().collect(),
            suffix: after.chars().take(AROUND).collect(),
        })
    }

    /// Where the words are in the text of their source, of which `chars` is the index: where they were, else, in another reading, at the
    /// one place that has the same words around it, or at the only place that has them at all.
    #[must_use]
    pub fn find(&self, text: &str, chars: &CharIndex) -> Option<Span> {
        if self.quote.is_empty() {
            return None;
        }
        let at = |start: usize| Span::new(start, start + self.quote.len());
        if let Some(start) = chars.byte(text, CharOffset(self.start))
            && text.get(start..).is_some_and(|rest| rest.starts_with(&self.quote))
        {
            return Some(at(start));
        }
        let places: Vec<usize> = text.match_indices(&self.quote).map(|(start, _)| start).collect();
        let around = |start: &&usize| {
            let before = text.get(..**start).is_some_and(|before| before.ends_with(&self.prefix));
            before && text.get(**start + self.quote.len()..).is_some_and(|after| after.starts_with(&self.suffix))
        };
        let mut exact = places.iter().filter(around);
        match (places.as_slice(), exact.next(), exact.next()) {
            ([only], ..) | (_, Some(only), None) => Some(at(*only)),
            _ => None,
        }
    }
}

/// Where words that somebody typed or selected stand in a text, at most `most` of the places: what is white space between them may be any
/// white space in the text.
#[must_use]
pub fn places(text: &str, typed: &str, most: usize) -> Vec<Span> {
    let mut words = typed.split_whitespace();
    let Some(first) = words.next() else { return Vec::new() };
    let rest: Vec<&str> = words.collect();
    let mut found: Vec<Span> = Vec::new();
    for (start, _) in text.match_indices(first) {
        if found.len() == most {
            break;
        }
        let mut end = start + first.len();
        let fits = rest.iter().all(|word| {
            let after = text.get(end..).unwrap_or_default();
            let next = after.trim_start();
            let gap = after.len() - next.len();
            end += gap + word.len();
            gap > 0 && next.starts_with(word)
        });
        if fits && found.last().is_none_or(|last| last.end <= start) {
            found.push(Span::new(start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Суд отменил приказ. Она обжаловала.\nСуд отменил\n  приказ вновь.";

    fn anchor(quote: &str) -> Anchor {
        let start = TEXT.find(quote).unwrap();
        Anchor::new(SourceId::new("s-1"), TEXT, Span::new(start, start + quote.len())).unwrap()
    }

    #[test]
    fn words_are_found_whatever_white_space_is_between_them() {
        let found = |typed: &str| places(TEXT, typed, 9).into_iter().map(|span| span.of(TEXT)).collect::<Vec<_>>();
        assert_eq!(found(" Суд отменил  приказ"), ["Суд отменил приказ", "Суд отменил\n  приказ"]);
        assert_eq!(found("вновь."), ["вновь."]);
        assert!(found("").is_empty() && found("Суд приказ").is_empty() && found("Судотменил").is_empty());
        assert_eq!(places("a a a a", "a a", 9).len(), 2, "no two of them share a word");
        assert_eq!(places("a a a a", "a", 3).len(), 3);
    }

    #[test]
    fn words_are_found_again_in_another_reading_and_never_guessed() {
        let again = |anchor: &Anchor, text: &str| anchor.find(text, &CharIndex::new(text)).map(|span| span.start);
        let one = anchor("Она обжаловала");
        assert_eq!((one.start, again(&one, TEXT)), (20, TEXT.find("Она")));
        let longer = format!("Страница 1\n{TEXT}");
        assert_eq!(again(&one, &longer), longer.find("Она"));
        assert_eq!(again(&one, "Он обжаловал."), None);
        let twice = Anchor { start: 5, suffix: "?".to_owned(), ..anchor("Суд") };
        assert_eq!(again(&twice, &longer), None, "it stands twice, and neither has the same words around it");
        let known = Anchor { start: 5, prefix: "1\n".to_owned(), ..anchor("Суд") };
        assert_eq!(again(&known, &longer), longer.find("Суд"));
        assert_eq!(Anchor::new(SourceId::new("s-1"), TEXT, Span::new(3, 4)), None, "within a character");
    }

    #[test]
    fn what_is_added_twice_is_one() {
        let added = |quote: &str| Added { what: Addition::Event { status: EventStatus::Actual }, words: anchor(quote) };
        let title = |title: &str| Correction { title: Some(title.to_owned()), ..Correction::default() };
        assert_eq!(added("Суд").id(&title("a")), added("Суд").id(&title("a")));
        assert_ne!(added("Суд").id(&title("a")), added("Суд").id(&title("b")));
        assert_ne!(added("Суд").id(&title("a")), added("Она").id(&title("a")));
        let naming =
            Added { what: Addition::Actor { name: "A".into(), kind: ActorKind::Person }, words: anchor("Она") };
        assert!(naming.id(&Correction::default()).starts_with("n-"));
    }
}
