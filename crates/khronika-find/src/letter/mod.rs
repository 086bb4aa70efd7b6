//! Letters: addressees, demands, signatories.
//!
//! A paper is a letter where it bears the signs of one: a salutation, a closing, the words "open letter" or "we, the undersigned",
//! an address at its head with demands under it. A judgment that judges and a clerk signed is none.
//!
//! A signature line is read from the left: title, name, then what the commas part: roles, organisations, a place. Whether a name is a
//! person's is told by its shape, by words that only organisations have, by known given names, and last by the company it stands in.

mod actor;
mod addressee;
mod affiliation;
mod demand;
mod entry;
mod line;
mod list;
mod name;
mod person;
mod segment;
mod words;

#[cfg(test)]
mod tests;

use khronika_core::{Affiliation, DateRole, Findings, Letter, Signatory};
use khronika_data::Dataset;

use self::entry::{Draft, Reader};
use self::line::{Class, Line};
use self::list::Signatures;
use self::words::{Kind, Words};
use crate::LexiconError;
use crate::text::Text;

/// The rules for letters.
#[derive(Debug)]
pub struct LetterRules {
    words: Words,
    given: name::GivenNames,
}

/// How many of the first lines may hold the heading of a judgment or the name of a letter.
const HEAD: usize = 40;

/// The name of a letter ("Open letter", "Complaint") stands in one of so many first lines.
const TITLE: usize = 8;

impl LetterRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let words = Words::load(data)?;
        let given = words.given();
        Ok(Self { words, given })
    }

    /// Adds the letter that the text is, if it is one. Signatories become actors; `found.mentions` stays ordered and disjoint.
    pub fn find(&self, text: &Text<'_>, found: &mut Findings) {
        if text.tokens.is_empty() {
            return;
        }
        let reader = Reader { words: &self.words, given: &self.given };
        let lines = line::lines(reader, text, found);
        if self.is_judgment(text, &lines) {
            return;
        }
        let signatures = list::signatures(reader, text, &lines);
        let mut addressees = addressee::addressees(reader, text, &lines);
        let demands = demand::demands(&self.words, text, found, &lines, &signatures.used);
        if !self.is_letter(text, &lines, &signatures, addressees.len(), demands.demands.len()) {
            return;
        }
        for urged in demands.addressees {
            let known = addressees.iter().any(|a| a.contains(urged) || text.of(*a).contains(text.of(urged)));
            if !known {
                addressees.push(urged);
            }
        }
        let actors = actor::of_signatories(text, found, &signatures.drafts);
        let signatories = signatures.drafts.iter().zip(actors).map(|(d, actor)| signatory(text, d, actor)).collect();
        let date = date(text, found, &lines);
        found.letter = Some(Letter { date, addressees, demands: demands.demands, signatories });
    }

    /// True where a line of the head begins with words that only judgments begin with.
    fn is_judgment(&self, text: &Text<'_>, lines: &[Line]) -> bool {
        lines.iter().take(HEAD).any(|line| {
            let range = segment::trim(text, line.tokens.clone());
            // One word ("DECISION") must be the whole line; a formula ("in the name of …") may go on.
            let end = self.words.at(text, range.start, range.end, Kind::Judgment);
            end.is_some_and(|end| end == range.end || (end - range.start >= 3 && range.len() <= 16))
        })
    }

    fn is_letter(
        &self,
        text: &Text<'_>,
        lines: &[Line],
        signed: &Signatures,
        addressees: usize,
        demands: usize,
    ) -> bool {
        let salutation = lines.iter().take(HEAD).any(|l| l.class == Class::Salutation);
        let closing = lines.iter().any(|l| l.class == Class::Closing);
        let names = signed.drafts.len();
        let undersigned = lines
            .iter()
            .any(|l| l.class == Class::Prose && self.words.has(text, l.tokens.clone(), &[Kind::Undersigned]));
        // Further down, "Complaint" heads a section of a report.
        let named = lines.iter().take(TITLE).any(|l| {
            let start = segment::trim(text, l.tokens.clone()).start;
            // Not the second line of a sentence: "… received a / complaint on 24 April".
            let begins = text
                .tokens
                .get(start)
                .and_then(|t| text.sentence_at(t.span.start))
                .and_then(|s| text.sentences.get(s))
                .is_some_and(|s| s.tokens.start >= l.tokens.start);
            begins && l.tokens.len() <= 24 && self.words.at(text, start, l.tokens.end, Kind::LetterName).is_some()
        });
        (salutation && (closing || names > 0))
            || (closing && names > 0)
            || (undersigned && (names > 0 || demands > 0))
            || (named && (names > 0 || (demands > 0 && addressees > 0)))
            || (addressees > 0 && demands > 0 && names > 0)
            || (salutation && demands > 0)
            || (demands > 0 && ((signed.headed && names >= 2) || names >= 4))
            // A heading over a list of names tells what they did, whatever the paper is called.
            || (signed.headed && names >= if addressees > 0 { 2 } else { 4 })
    }
}

fn signatory(text: &Text<'_>, draft: &Draft, actor: Option<usize>) -> Signatory {
    let span = |range: &std::ops::Range<usize>| text.span(range.clone());
    Signatory {
        span: text.span(draft.tokens.clone()),
        name: span(&draft.name),
        surname: draft.surname.as_ref().map(span),
        kind: draft.kind,
        title: draft.title.as_ref().map(span),
        affiliations: draft
            .affiliations
            .iter()
            .map(|p| Affiliation { role: p.role.as_ref().map(span), organisation: p.organisation.as_ref().map(span) })
            .filter(|a| a.role.is_some() || a.organisation.is_some())
            .collect(),
        place: draft.place.as_ref().map(span),
        actor,
    }
}

/// The date of the letter: that of the document, else a date that stands on a line of its own.
fn date(text: &Text<'_>, found: &Findings, lines: &[Line]) -> Option<usize> {
    if let Some(date) = found.document_date {
        return Some(date);
    }
    let alone = lines.iter().filter(|l| l.class == Class::Aside).find_map(|line| {
        let span = text.span(line.tokens.clone());
        let index = found.dates.partition_point(|d| d.span.end <= span.start);
        found.dates.get(index).filter(|d| span.contains(d.span) && d.edtf.is_some()).map(|_| index)
    });
    alone.or_else(|| found.dates.iter().position(|d| d.role == DateRole::Publication))
}
