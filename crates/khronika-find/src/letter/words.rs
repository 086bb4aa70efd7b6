//! The words of letters, from `data/lexicon/<lang>/letter.toml`.
//!
//! Signature lines mix languages freely (a French association under an English letter), so the words of all languages are looked up
//! together, whatever the language of the block.

use std::ops::Range;

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo, check_rows};
use crate::text::Text;

/// What a phrase says about the line or entry it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// "Dear …": opens a letter.
    Salutation,
    /// "Yours sincerely": ends its body.
    Closing,
    /// "Signatories:": names follow.
    Signed,
    /// "Organisations:" inside a list of names.
    OrganisationsHeading,
    /// "Individuals:" inside a list of names.
    PersonsHeading,
    /// A remark about the list that is no part of it; the list may go on.
    Note,
    /// A heading after which no signatures come: contacts, annexes, copies.
    End,
    /// "To:": a label before an address.
    To,
    /// "Monsieur le Préfet", "Генеральному прокурору": begins an address and is part of it.
    Addressee,
    /// "you", "вас": the addressee of the letter, not a new one.
    You,
    /// "because": what follows gives reasons, not the demand.
    Reason,
    /// "From:": the lines after it name the writer, not the addressee.
    Sender,
    /// "Subject:": a line that says what the letter is about.
    Subject,
    /// "we, the undersigned": only letters and petitions say so.
    Undersigned,
    /// "open letter": what the paper calls itself.
    LetterName,
    /// "in the name of the Republic": only judgments say so.
    Judgment,
    /// "we demand": a demand follows.
    Demand,
    /// "талап етеміз": a demand stands before it in its sentence.
    DemandAfter,
    /// "stop", "release": begins one of several demands.
    DemandVerb,
    /// "Prof.": a title in front of a name.
    Title,
    /// "OBE", "O.P.": letters after a name, no part of it.
    PostNominal,
    /// "director", "lawyer": what a person is.
    Role,
    /// "professor", "chair in": a role whose "of" names a field, not an organisation.
    AcademicRole,
    /// "foundation": a word for an organisation.
    Organisation,
    /// "rights", "without borders": a word that names of organisations have and names of people do not.
    Cause,
    /// "faculty", "centre": a part of a greater organisation.
    Unit,
    /// "was", "which": a word that sentences have and names of organisations do not.
    Clause,
    /// "university": an organisation that has parts.
    Parent,
    /// "college": an organisation whose town belongs to its name.
    TownCollege,
    /// A country or territory.
    Country,
    /// A town or region.
    Town,
    /// "of", "de": between a role and its organisation.
    Of,
    /// "at", "chez": the same, whatever the role.
    At,
    /// "the", "la": left out at the head of an organisation's name.
    Article,
    /// "Anna": a given name.
    Given,
    /// "and".
    And,
    /// "van", "de la", "оглы": a small word inside a person's name.
    Particle,
    /// "on behalf of": the organisation comes before the person.
    Behalf,
    /// "атынан": the same, after the organisation.
    BehalfAfter,
    /// "represented by": the organisation signs, and the person named for it.
    Represented,
    /// "president", "editor": a role that is always a role in something.
    LeadRole,
    /// "mother", "анасы": what a person is to another person, who is no organisation.
    KinRole,
    /// "lawyers", "avocats": a role of two, where it does not begin a name ("Writers Without Walls").
    PluralRole,
    /// "Mes", "Drs": a title of two or more people.
    TitlePlural,
    /// "Father", "Sœur": a title that belongs to the name where one name alone follows it.
    ReligiousTitle,
    /// "апай": a word of respect after a given name that is not the name which papers know.
    Respect,
    /// "PhD", "к.ю.н.": a learned title, before or after the name.
    Degree,
    /// "KC": letters after a name that say what the person is.
    PostRole,
    /// "ASBL", "e.V.": the legal form of an organisation, no part of its name after a comma.
    LegalForm,
    /// "г.", "қаласы": makes the capital word beside it a place.
    TownMark,
    /// "прокурорына": closes an address and is part of it.
    AddresseeLast,
    /// "street", "rue": with a number, a line of an address.
    Street,
    /// "Name", "Position": heads a column of a table of signatures.
    Column,
}

/// A row of `letter.toml`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    /// What all rows share.
    #[serde(flatten)]
    pub(super) info: RowInfo,
    /// What the forms say.
    pub(super) kind: Kind,
    /// The forms, in the notation of [`crate::lexicon`].
    pub(super) forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
    /// Endings of infinitives, by which a list of demands is cut: "освободить …, прекратить …".
    #[serde(default)]
    infinitive: Vec<String>,
    /// Endings of the imperative plural: "Освободите …!".
    #[serde(default)]
    imperative: Vec<String>,
    /// Words that stand between two demands.
    #[serde(default)]
    before_infinitive: Vec<String>,
    /// Endings of adjectives in the cases that follow a role: "директор независимого центра".
    #[serde(default)]
    adjective: Vec<String>,
    /// Endings of surnames in the plural: "Анна и Пётр Орловы".
    #[serde(default)]
    plural_surname: Vec<String>,
}

/// How a language shapes the verbs of demands.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    pub(super) infinitive: Vec<String>,
    pub(super) imperative: Vec<String>,
    pub(super) before_infinitive: Vec<String>,
}

/// The words of letters in every language.
#[derive(Debug, Default)]
pub(super) struct Words {
    phrases: Phrases<(Kind, usize, Lang)>,
    rows: Vec<Row>,
    shapes: Vec<(Lang, Shapes)>,
    adjectives: Vec<String>,
    plural_surnames: Vec<String>,
}

impl Words {
    /// Reads the files of every language.
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for code in data.languages() {
            let name = format!("lexicon/{code}/letter.toml");
            let (Some(lang), Some(text)) = (Lang::new(code), data.get(&name)) else { continue };
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
            if let Some(fault) = check_rows(&name, file.row.iter().map(|r| &r.info)).first() {
                return Err(LexiconError::new(&name, fault.clone()));
            }
            let shapes = Shapes {
                infinitive: file.infinitive,
                imperative: file.imperative,
                before_infinitive: file.before_infinitive,
            };
            words.shapes.push((lang, shapes));
            words.adjectives.extend(file.adjective);
            words.plural_surnames.extend(file.plural_surname);
            for row in file.row {
                let value = (row.kind, words.rows.len(), lang);
                for form in &row.forms {
                    // An elision is cut off in French text only, and French names stand in English text.
                    let langs = if form.contains('\'') && lang != Lang::EN { vec![lang, Lang::EN] } else { vec![lang] };
                    for lang in langs {
                        words
                            .phrases
                            .add(lang, form, &value)
                            .map_err(|e| LexiconError::new(&name, format!("{}: {e}", row.info.id)))?;
                    }
                }
                words.rows.push(row);
            }
        }
        Ok(words)
    }

    /// The token after the longest phrase of `kind` that begins at token `at`.
    pub(super) fn at(&self, text: &Text<'_>, at: usize, end: usize, kind: Kind) -> Option<usize> {
        self.phrases.longest_of(text, at, end, |v| v.0 == kind).map(|m| m.tokens.end)
    }

    /// The token after the longest phrase of one of `kinds` that begins at token `at`, with its kind.
    pub(super) fn any(&self, text: &Text<'_>, at: usize, end: usize, kinds: &[Kind]) -> Option<(Kind, usize)> {
        let found = self.phrases.longest_of(text, at, end, |v| kinds.contains(&v.0))?;
        Some((found.value.0, found.tokens.end))
    }

    /// Every phrase of `kind` in `range`, from left to right, without overlap.
    pub(super) fn all(&self, text: &Text<'_>, range: Range<usize>, kind: Kind) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.at(text, at, range.end, kind) {
                Some(end) => {
                    found.push(at..end);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }

    /// True where a phrase of one of `kinds` stands in `range`.
    pub(super) fn has(&self, text: &Text<'_>, range: Range<usize>, kinds: &[Kind]) -> bool {
        let end = range.end;
        range.into_iter().any(|at| self.any(text, at, end, kinds).is_some())
    }

    /// The longest phrase of `kind` in `range` that begins first (or, with `last`, the one that begins last), with the language whose
    /// phrase it is.
    pub(super) fn spoken(
        &self,
        text: &Text<'_>,
        range: Range<usize>,
        kind: Kind,
        last: bool,
    ) -> Option<(Range<usize>, Lang)> {
        let found = self.all(text, range.clone(), kind);
        let phrase = if last { found.into_iter().next_back() } else { found.into_iter().next() }?;
        let lang = self.phrases.longest_of(text, phrase.start, range.end, |v| v.0 == kind)?.value.2;
        Some((phrase, lang))
    }

    /// How `lang` shapes its verbs.
    pub(super) fn shapes(&self, lang: Lang) -> Option<&Shapes> {
        self.shapes.iter().find(|(l, _)| *l == lang).map(|(_, shapes)| shapes)
    }

    /// Every given name, folded.
    pub(super) fn given(&self) -> super::name::GivenNames {
        let rows = self.rows.iter().filter(|r| r.kind == Kind::Given);
        rows.flat_map(|r| r.forms.iter().map(|f| f.to_lowercase())).collect()
    }

    /// Endings of adjectives that stand between a role and its organisation.
    pub(super) fn adjectives(&self) -> &[String] {
        &self.adjectives
    }

    /// Endings of surnames in the plural.
    pub(super) fn plural_surnames(&self) -> &[String] {
        &self.plural_surnames
    }

    /// The ids of the rows found in a text, for the test of the data.
    #[cfg(test)]
    pub(super) fn rows_in(&self, text: &Text<'_>) -> std::collections::BTreeSet<&str> {
        let end = text.tokens.len();
        (0..end)
            .flat_map(|at| self.phrases.at(text, at, end))
            .filter_map(|m| self.rows.get(m.value.1))
            .map(|row| row.info.id.as_str())
            .collect()
    }

    /// Every row.
    #[cfg(test)]
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }
}
