//! What is to be hidden in exports: the marks that people left in the journal, and what they come to for the papers of today.
//!
//! Nothing is hidden in what was found; the words are hidden in the texts, and everything is read, found and weighed anew from those. So no
//! part of an export can hold what its texts do not.

mod mask;
mod watch;

use khronika_core::{Actor, ActorKind, Case, NameRelation};
use khronika_keep::{Details, Logged};
use serde_json::{Value, json};

pub(crate) use mask::{Map, Mask, Masked, Width};
pub(crate) use watch::{STILL_THERE, Watch, Whose};

/// How many characters before and after a passage are kept with it, so that it is found in a better reading of the same document.
const AROUND: usize = 32;

/// A passage that is to be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The source, `sha256:…`.
    pub(crate) about: String,
    /// Where it began in the text, in characters.
    pub(crate) start: u64,
    /// The words.
    pub(crate) quote: String,
    prefix: String,
    suffix: String,
}

/// Everything that is to be hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Passages of one source each.
    pub(crate) passages: Vec<Passage>,
    /// Words and names that are hidden wherever they stand, in every spelling.
    pub(crate) words: Vec<String>,
    /// Actors, by all the forms of their names that were known when they were marked.
    actors: Vec<Vec<String>>,
}

impl Marks {
    /// What entries of the journal mark. The error is the number of an entry that cannot be understood: what it hides must not go out.
    pub(crate) fn of(entries: &[Logged]) -> Result<Self, u64> {
        let mut marks = Self::default();
        for Logged { entry, details, .. } in entries {
            let list = |name: &str| -> Vec<String> {
                let items = details.get(name).and_then(Value::as_array);
                items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            };
            let text = |name: &str| details.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (words, names) = (list("words"), list("names"));
            match (&entry.about, details.get("start").and_then(Value::as_u64)) {
                (Some(about), Some(start)) if !text("quote").is_empty() => marks.passages.push(Passage {
                    about: about.clone(),
                    start,
                    quote: text("quote"),
                    prefix: text("prefix"),
                    suffix: text("suffix"),
                }),
                _ if !words.is_empty() => {
                    marks.words.extend(words);
                    marks.actors.extend(Some(names).filter(|names| !names.is_empty()));
                }
                _ => return Err(entry.number),
            }
        }
        Ok(marks)
    }

    /// Words that are hidden wherever they stand.
    pub(crate) fn words(words: Vec<String>) -> Self {
        Self { words, ..Self::default() }
    }

    /// Whether nothing is to be hidden.
    pub(crate) fn is_empty(&self) -> bool {
        self.passages.is_empty() && self.words.is_empty()
    }

    /// Whether the forms of names that were found since have a say.
    pub(crate) fn has_actors(&self) -> bool {
        !self.actors.is_empty()
    }

    /// Adds the forms of marked actors' names that the case has now.
    pub(crate) fn widen(&mut self, case: &Case) {
        let is_marked = |actor: &Actor| {
            let forms = names(actor, case);
            self.actors.iter().any(|marked| forms.iter().any(|form| marked.contains(form)))
        };
        let wider: Vec<String> =
            case.actors.iter().filter(|actor| is_marked(actor)).flat_map(|actor| words(actor, case)).collect();
        self.words.extend(wider);
        self.words.sort_unstable();
        self.words.dedup();
    }
}

/// What the journal keeps of a passage that is to be hidden: from byte `start` to `end` of `text`.
pub(crate) fn passage(text: &str, start: usize, end: usize) -> Details {
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let prefix: Vec<char> = before.chars().rev().take(AROUND).collect();
    let mut details = Details::new();
    details.insert("start".to_owned(), before.chars().count().into());
    details.insert("quote".to_owned(), text.get(start..end).unwrap_or_default().into());
    details.insert("prefix".to_owned(), prefix.into_iter().rev().collect::<String>().into());
    details.insert("suffix".to_owned(), after.chars().take(AROUND).collect::<String>().into());
    details
}

/// What the journal keeps of an actor that is to be hidden, and of words. `except` are words of names that are not hidden by themselves.
pub(crate) fn actor(actor: &Actor, case: &Case, except: &[String]) -> Details {
    let lower: Vec<String> = except.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<String> =
        words(actor, case).into_iter().filter(|word| !lower.contains(&word.to_lowercase())).collect();
    let mut details = Details::new();
    details.insert("names".to_owned(), json!(names(actor, case)));
    details.insert("words".to_owned(), json!(words));
    details
}

/// Every form of an actor's name: those that are listed, and those in which it stands in the texts.
fn names(actor: &Actor, case: &Case) -> Vec<String> {
    let texts = actor.mentions.iter().filter_map(|mention| {
        let source = case.sources.iter().find(|source| source.id == mention.source)?;
        Some(mention.span.of(&source.text).to_owned())
    });
    let mut names: Vec<String> = actor.names.iter().map(|name| name.text.clone()).chain(texts).collect();
    names.push(actor.name.clone());
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !name.trim().is_empty());
    names
}

/// What to look for to find an actor. Of a person each part of the name by itself, since people are called by any of them; of others the
/// names as a whole, since their words are those of everybody.
fn words(actor: &Actor, case: &Case) -> Vec<String> {
    let names = names(actor, case);
    if actor.kind != ActorKind::Person {
        return names;
    }
    // “Mr” is nobody's name; the same form without it is among the others.
    let is_titled =
        |name: &String| actor.names.iter().any(|form| form.text == *name && form.relation == NameRelation::Titled);
    let mut words: Vec<String> = names
        .iter()
        .filter(|name| !is_titled(name))
        .flat_map(|name| name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))))
        .filter(|word| word.chars().filter(|c| c.is_alphanumeric()).count() > 1)
        // Particles and titles between the parts of a name are written small.
        .filter(|word| !word.starts_with(char::is_lowercase))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
