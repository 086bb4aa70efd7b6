//! Takes mentions of one actor in several documents together.

use khronika_core::{Actor, ActorIx, ActorName, MentionIx, stable_id};

use crate::file::{Doc, File};

/// The actors of the case, and which actor each actor of a document is.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) actors: Vec<Actor>,
    /// Document → actor of that document → index into `actors`.
    of: Vec<Vec<usize>>,
}

impl People {
    /// Makes the actors of the case out of the actors of the documents.
    pub(crate) fn new(file: &File) -> Self {
        let mut people = Self::default();
        for doc in &file.docs {
            let mut of = Vec::new();
            for (ix, local) in doc.found.actors.iter().enumerate() {
                of.push(people.actors.len());
                let mentions =
                    doc.found.mentions.iter().filter(|m| m.actor == ix).map(|m| doc.passage(m.span)).collect();
                people.actors.push(Actor {
                    id: stable_id("a", &[doc.source.id.as_str(), &local.name, &ix.to_string()]),
                    name: local.name.clone(),
                    kind: local.kind,
                    known_as: local.known_as.clone(),
                    names: local
                        .forms
                        .iter()
                        .map(|(text, relation)| ActorName {
                            text: text.clone(),
                            script: script(text),
                            language: doc.source.lang.code().to_owned(),
                            relation: *relation,
                        })
                        .collect(),
                    mentions,
                    merged_because: Vec::new(),
                    made_by: local.made_by.clone(),
                    confidence: local.confidence,
                });
            }
            people.of.push(of);
        }
        people
    }

    /// The actor of the case that an actor of a document is.
    pub(crate) fn of(&self, doc: usize, actor: ActorIx) -> Option<usize> {
        self.of.get(doc)?.get(actor).copied()
    }

    /// The actor of the case that a mention in a document names.
    pub(crate) fn of_mention(&self, at: usize, doc: &Doc, mention: MentionIx) -> Option<usize> {
        self.of(at, doc.actor_of(mention)?)
    }

    /// The id of an actor.
    pub(crate) fn id(&self, actor: usize) -> Option<&str> {
        self.actors.get(actor).map(|a| a.id.as_str())
    }

    /// The id of the actor that a mention in a document names.
    pub(crate) fn id_of_mention(&self, at: usize, doc: &Doc, mention: MentionIx) -> Option<String> {
        self.id(self.of_mention(at, doc, mention)?).map(str::to_owned)
    }
}

/// The script of a name by the first letter that tells, as ISO 15924.
pub(crate) fn script(text: &str) -> &'static str {
    text.chars()
        .find_map(|c| match c {
            '\u{400}'..='\u{52f}' => Some("Cyrl"),
            '\u{370}'..='\u{3ff}' => Some("Grek"),
            '\u{5d0}'..='\u{5ea}' => Some("Hebr"),
            '\u{600}'..='\u{6ff}' => Some("Arab"),
            c if c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c) => Some("Latn"),
            _ => None,
        })
        .unwrap_or("Zyyy")
}
