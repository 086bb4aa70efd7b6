//! The documents of a case with what was found in them, in their defined order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_core::{
    ActorIx, DateIx, DateRole, Day, EventStatus, Findings, Lang, Mention, MentionIx, Passage, Problem, ProblemKind,
    Source, SourceId, Span, TimeExpr, When,
};

use crate::hand::Hand;

/// A document and what was found in it.
#[derive(Debug)]
pub(crate) struct Doc {
    pub(crate) source: Arc<Source>,
    /// Shared with whoever keeps it; what is changed here is a copy.
    pub(crate) found: Arc<Findings>,
    borne: Option<Day>,
    latest: Option<Day>,
}

impl Doc {
    /// The passage at `span`.
    pub(crate) fn passage(&self, span: Span) -> Passage {
        Passage::new(self.source.id.clone(), span)
    }

    /// The words at `span`.
    pub(crate) fn words(&self, span: Span) -> &str {
        span.of(&self.source.text)
    }

    /// The words at `span`, trimmed, on one line, and cut at a word where they are longer than `most` characters.
    pub(crate) fn line(&self, span: Span, most: usize) -> String {
        line(self.words(span), most)
    }

    /// The number of the sentence that holds a place, or of the first one behind it.
    pub(crate) fn sentence(&self, place: usize) -> usize {
        self.found.sentences.partition_point(|s| s.end <= place)
    }

    /// The temporal expression with this index.
    pub(crate) fn date(&self, ix: DateIx) -> Option<&TimeExpr> {
        self.found.dates.get(ix)
    }

    /// The date with this index, as far as it is a date.
    pub(crate) fn when(&self, ix: DateIx) -> Option<When> {
        let date = self.date(ix)?;
        Some(When { edtf: date.edtf.clone()?, basis: date.basis, passage: Some(self.passage(date.span)) })
    }

    /// The last day that this document can have been written on, as far as it shows: the date that it bears, else the latest date
    /// that it gives for something that happened.
    pub(crate) fn latest(&self) -> Option<Day> {
        self.latest
    }

    fn new(source: Arc<Source>, found: Arc<Findings>) -> Self {
        let mut doc = Self { source, found, borne: None, latest: None };
        doc.borne = doc.found.document_date.and_then(|ix| doc.date(ix)?.edtf.as_ref()?.bounds().1);
        doc.latest = doc.borne.or_else(|| doc.told());
        doc
    }

    /// The date that the document bears.
    pub(crate) const fn borne(&self) -> Option<Day> {
        self.borne
    }

    /// The latest date of something that the document tells as having happened.
    pub(crate) fn told(&self) -> Option<Day> {
        let acts = self.found.acts.iter().filter(|a| a.status == EventStatus::Actual).flat_map(|a| {
            let d = a.dates;
            [d.act, d.hearing, d.reading, d.service]
        });
        let events = self.found.events.iter().filter(|e| e.status == EventStatus::Actual).map(|e| Some(e.date));
        acts.chain(events).flatten().filter_map(|ix| self.day_of_event(ix)).max()
    }

    /// The last day of a date that is one of an event, not of a norm or a citation; the start of an interval that is open.
    fn day_of_event(&self, ix: DateIx) -> Option<Day> {
        let date = self.date(ix).filter(|d| matches!(d.role, DateRole::Event | DateRole::Publication))?;
        let (earliest, latest) = date.edtf.as_ref()?.bounds();
        latest.or(earliest)
    }

    /// The mention with this index.
    pub(crate) fn mention(&self, ix: MentionIx) -> Option<Mention> {
        self.found.mentions.get(ix).copied()
    }

    /// The actor that a mention names.
    pub(crate) fn actor_of(&self, ix: MentionIx) -> Option<ActorIx> {
        self.mention(ix).map(|m| m.actor).filter(|a| *a < self.found.actors.len())
    }

    /// The language of the block around `span`.
    pub(crate) fn lang_at(&self, span: Span) -> Lang {
        let blocks = &self.source.blocks;
        let after = blocks.partition_point(|b| b.span.start <= span.start);
        after.checked_sub(1).and_then(|ix| blocks.get(ix)).map_or(self.source.lang, |block| block.lang)
    }
}

/// `text` on one line without white space at its ends, cut at a word where it is longer than `most` characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count() + usize::from(!out.is_empty());
        if chars + more > most {
            if out.is_empty() {
                out = word.chars().take(most).collect();
            }
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        chars += more;
    }
    out
}

/// The documents, ordered by name and then by id.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) docs: Vec<Doc>,
    pub(crate) problems: Vec<Problem>,
    /// What people added by hand, in the order of the documents.
    pub(crate) hands: Vec<Hand>,
    numbers: BTreeMap<SourceId, usize>,
}

impl File {
    /// Pairs sources with their findings. A source that comes twice counts once; findings without a source, or a source without
    /// findings, are reported.
    pub(crate) fn new(mut sources: Vec<Arc<Source>>, mut findings: Vec<Arc<Findings>>) -> Self {
        sources.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        findings.sort_by(|a, b| a.source.cmp(&b.source));
        let mut file = Self::default();
        let mut seen = BTreeSet::new();
        for source in sources {
            if !seen.insert(source.id.clone()) {
                file.problems.push(Problem {
                    source: Some(source.id.clone()),
                    name: source.name.clone(),
                    kind: ProblemKind::Duplicate,
                    what: "the same bytes are in the case under another name".to_owned(),
                    span: None,
                    place: None,
                    advice: "nothing to do: it is counted once".to_owned(),
                });
                continue;
            }
            let found = findings
                .binary_search_by(|f| f.source.cmp(&source.id))
                .ok()
                .and_then(|ix| findings.get(ix))
                .map_or_else(|| Arc::new(Findings::empty(source.id.clone())), Arc::clone);
            file.problems.extend(found.problems.iter().cloned());
            file.numbers.insert(source.id.clone(), file.docs.len());
            file.docs.push(Doc::new(source, found));
        }
        file
    }

    /// The number of a source in the order of the case; one past the last for a source that is not in it.
    pub(crate) fn number(&self, source: &SourceId) -> usize {
        self.numbers.get(source).copied().unwrap_or(self.docs.len())
    }

    /// What people added by hand to the document with this number.
    pub(crate) fn hands_in(&self, doc: usize) -> &[Hand] {
        let first = self.hands.partition_point(|hand| hand.doc < doc);
        let end = self.hands.partition_point(|hand| hand.doc <= doc);
        self.hands.get(first..end).unwrap_or_default()
    }

    /// The document with this number.
    pub(crate) fn doc(&self, ix: usize) -> Option<&Doc> {
        self.docs.get(ix)
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_is_cut_at_a_word() {
        assert_eq!(line("  The court\n annulled  it ", 40), "The court annulled it");
        assert_eq!(line("The court annulled it", 15), "The court…");
        assert_eq!(line("Bundesverfassungsgericht", 6), "Bundes…");
        assert_eq!(line("", 6), "");
    }
}
