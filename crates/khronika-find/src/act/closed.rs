//! Words that close a decision: no appeal lies against it, it became final.

use khronika_core::{EventStatus, Span};

use super::draft::{Draft, asks};
use super::rules::Word;
use super::scene::Scene;

/// "Not subject to appeal": of the decision told before the words in their sentence, else of the document's own, else of what the
/// sentence before tells. `first` is the first draft of the sentence, `own` the document's own decision, where the sentence speaks of it.
pub(super) fn close(scene: &Scene<'_, '_>, drafts: &mut [Draft], first: usize, own: Option<usize>) {
    let Some(words) = scene.first(scene.tokens.clone(), Word::Final) else { return };
    if (words.start.saturating_sub(3)..words.start).any(|t| scene.is(t, Word::Not)) {
        return;
    }
    let span = scene.text.span(words.clone());
    let here = drafts.iter().skip(first).rposition(|d| decision(d) && d.trigger.start < span.start).map(|i| i + first);
    let before = || {
        let near = |d: &Draft| d.sentence + 1 == scene.sentence_ix && decision(d) && !d.plural;
        drafts.get(..first)?.iter().rposition(near)
    };
    if let Some(draft) = here.or(own).or_else(before).and_then(|n| drafts.get_mut(n)) {
        draft.closes(span);
    }
}

fn decision(draft: &Draft) -> bool {
    draft.status == EventStatus::Actual && !asks(&draft.classes) && !draft.heading
}

impl Draft {
    /// Takes note of the words that say that this decision is final.
    pub(super) fn closes(&mut self, words: Span) {
        self.final_words.get_or_insert(words);
        self.needed = true;
    }
}
