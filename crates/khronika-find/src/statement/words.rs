//! The words of statements, from `data/lexicon/<lang>/statements.toml`.

use std::ops::Range;

use khronika_core::{Lang, Stance};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo, check_rows};
use crate::text::Text;

/// What a phrase does in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// "stated that …", "“…”, said X": a speaker says what a clause or a quotation holds.
    Verb,
    /// "said": the same; the clause may follow without "that".
    Say,
    /// "denied …", "condemned …": what is said is the object of the verb.
    Act,
    /// "it is alleged that": nobody is named.
    Impersonal,
    /// "according to": the speaker follows.
    Source,
    /// "according to him", "по его словам": the speaker is a pronoun inside the phrase.
    SourcePronoun,
    /// "айтуынша": the speaker stands before, the content after.
    SourceAfter,
    /// "деп мәлімдеді": the content stands before the verb.
    After,
    /// "allegedly": makes its clause a report.
    Adverb,
    /// "alleged": makes its noun a report.
    Adjective,
    /// "aurait été": the mood of report.
    Conditional,
    /// "as evidenced by": what the content rests on follows.
    Evidence,
    /// "the claim", before "that": what a noun says.
    Claim,
    /// "it follows that", in the reasons of a decision: its court speaks.
    Conclusion,
    /// "Judge", before a name: nobody's own appeal is decided by him.
    Judge,
    /// "fait grief à l'arrêt": the complaint about a judgment; the grounds follow in quotation marks.
    Grief,
    /// "that", "selon lequel", "о том, что": between such a noun and what it says.
    ClaimThat,
    /// "of", "made by": before the one whose claim it is.
    ClaimOf,
    /// "об этом", "c'est ce que": what is said stands in the sentence before.
    This,
    /// "позивачем", "судом": the one who speaks, in the case of an agent.
    Agent,
    /// "судом": the court whose decision it is.
    Bench,
    /// "ведомстве", after "в": an office for which people without a name speak.
    Office,
    /// "denied him asylum": a phrase with the word of a report that is none.
    Other,
    /// "alors", before the grounds of a complaint.
    Whereas,
    /// "report", "décision": a paper, for which no "he" or "she" stands.
    Paper,
    /// "его", "їх": no subject.
    Oblique,
    /// "its", "своём": what it stands before belongs to the one named before.
    Own,
    /// "but also": between two pieces of evidence.
    EvidenceAnd,
    /// "that": begins what is said.
    That,
    /// "чтобы": begins what is demanded.
    SoThat,
    /// "as", before a verb: "as X stated, …".
    As,
    /// "lawyer", "report": a word for someone or something that says.
    Speaker,
    /// "article 5", "law": a norm is followed, it says nothing.
    Norm,
    /// "he", "they".
    Pronoun,
    /// "who", "который": the pronoun stands for the name right before it.
    Relative,
    /// "he", "she": a person, where the language tells.
    Human,
    /// "it": no person.
    Thing,
    /// "he", "он": a man, where a person.
    He,
    /// "she", "она": a woman, where a person.
    She,
    /// "Mr", "M.".
    HeTitle,
    /// "Ms", "Mme".
    SheTitle,
    /// "we", "I": whoever signed the letter.
    First,
    /// "you": to whom the letter is.
    Addressee,
    /// "the complainant", "защитник": a part in the case; all forms of a row mean one part.
    Part,
    /// The same, of whom the case is about, where the text names but one person.
    Party,
    /// "айтты", "түсіндірді": what is said is the participle before the verb, and the sentence begins with its speaker.
    TellsClause,
    /// "-ғанын": the ending of such a participle.
    ClauseEnding,
    /// "my", "notre": what it stands before is of whoever signed the letter.
    Mine,
    /// "your", "Вашей": of whom the letter is to.
    Yours,
    /// "их", "оның": of the one named before, where no other kind says so.
    Owner,
    /// "has", "also": between speaker and verb.
    Skip,
    /// "not": what is not said is no statement.
    Not,
    /// "to", "may": what is to be said is none either.
    Modal,
    /// "was": before a participle it makes the subject the hearer, not the speaker.
    Passive,
    /// "there": begins a clause after a verb without "that".
    Start,
    /// "if": makes the French conditional a hypothesis.
    If,
    /// "in", "during": what follows is no speaker.
    Preposition,
    /// "the".
    Article,
    /// "and".
    And,
}

impl Kind {
    /// True for phrases that make a statement.
    pub(super) const fn acts(self) -> bool {
        matches!(
            self,
            Self::Verb
                | Self::Say
                | Self::Act
                | Self::Impersonal
                | Self::Source
                | Self::SourceAfter
                | Self::SourcePronoun
                | Self::After
                | Self::Adverb
                | Self::Adjective
                | Self::Conditional
                | Self::Evidence
                | Self::Claim
                | Self::Conclusion
                | Self::Grief
                | Self::TellsClause
        )
    }
}

/// A row of `statements.toml`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    /// What all rows share.
    #[serde(flatten)]
    pub(super) info: RowInfo,
    /// What the forms do.
    pub(super) kind: Kind,
    /// How the speaker stands to it; for rows that make a statement.
    #[serde(default)]
    stance: Option<String>,
    /// True where the forms have their speaker in them: "we believe", "напоминаем".
    #[serde(default)]
    pub(super) author: bool,
    /// True where only people and bodies do what the verb tells, so that any noun may be its subject: "two neighbours said that".
    #[serde(default)]
    pub(super) people: bool,
    /// True where the forms are participles: their subject is that of the clause beside them.
    #[serde(default)]
    pub(super) participle: bool,
    /// True where a noun's claim is told even if nobody is named with it, and where a conclusion may be told inside a sentence.
    #[serde(default)]
    pub(super) alone: bool,
    /// True where a noun tells a claim only with its owner before it: "his case that", not "the case of the ship that".
    #[serde(default)]
    pub(super) owned: bool,
    /// The forms, in the notation of [`crate::lexicon`].
    pub(super) forms: Vec<String>,
    #[serde(skip)]
    pub(super) meant: Option<Stance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

/// The stances by their names in the data.
const STANCES: [Stance; 7] = [
    Stance::Asserts,
    Stance::Denies,
    Stance::Reports,
    Stance::Alleges,
    Stance::Concludes,
    Stance::Demands,
    Stance::Doubts,
];

/// The words of statements in every language.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_lang: Vec<(Lang, Phrases<(Kind, usize)>)>,
    /// For texts of an unknown language: everything.
    all: Phrases<(Kind, usize)>,
    none: Phrases<(Kind, usize)>,
    rows: Vec<Row>,
    /// By language: the endings of words that close what somebody says, where verbs stand last.
    endings: Vec<(Lang, String)>,
}

/// A phrase that makes a statement.
#[derive(Clone, Debug)]
pub(super) struct Trigger<'a> {
    pub(super) row: &'a Row,
    pub(super) tokens: Range<usize>,
}

impl Words {
    /// Reads the files of every language.
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for code in data.languages() {
            let name = format!("lexicon/{code}/statements.toml");
            let (Some(lang), Some(text)) = (Lang::new(code), data.get(&name)) else { continue };
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
            if let Some(fault) = check_rows(&name, file.row.iter().map(|r| &r.info)).first() {
                return Err(LexiconError::new(&name, fault.clone()));
            }
            let mut phrases = Phrases::default();
            for mut row in file.row {
                row.meant = row.stance.as_deref().and_then(|s| STANCES.into_iter().find(|v| v.name() == s));
                if row.kind.acts() != row.meant.is_some() {
                    let what = "rows that make a statement, and only they, have a stance of the list in the core";
                    return Err(LexiconError::new(&name, format!("{}: {what}", row.info.id)));
                }
                let value = (row.kind, words.rows.len());
                if row.kind == Kind::ClauseEnding {
                    words.endings.extend(row.forms.iter().map(|f| (lang, f.trim_start_matches('-').to_owned())));
                }
                for form in row.forms.iter().filter(|_| row.kind != Kind::ClauseEnding) {
                    let fault = |e| LexiconError::new(&name, format!("{}: {e}", row.info.id));
                    phrases.add(lang, form, &value).map_err(fault)?;
                    words.all.add(lang, form, &value).map_err(fault)?;
                }
                words.rows.push(row);
            }
            words.by_lang.push((lang, phrases));
        }
        Ok(words)
    }

    /// The phrases of `lang`; those of all languages where the language is not known, none where it is one without a file.
    fn phrases(&self, lang: Lang) -> &Phrases<(Kind, usize)> {
        let other = if lang == Lang::UND { &self.all } else { &self.none };
        self.by_lang.iter().find(|(l, _)| *l == lang).map_or(other, |(_, phrases)| phrases)
    }

    /// The phrases that make a statement and begin at token `at`, the longest first.
    pub(super) fn triggers<'a>(&'a self, text: &Text<'_>, lang: Lang, at: usize, end: usize) -> Vec<Trigger<'a>> {
        self.phrases(lang)
            .at(text, at, end)
            .into_iter()
            .filter(|m| m.value.0.acts())
            .filter_map(|m| Some(Trigger { row: self.rows.get(m.value.1)?, tokens: m.tokens }))
            .collect()
    }

    /// The token after the longest phrase of one of `kinds` at token `at`.
    pub(super) fn at(&self, text: &Text<'_>, lang: Lang, at: usize, end: usize, kinds: &[Kind]) -> Option<usize> {
        self.phrases(lang).longest_of(text, at, end, |v| kinds.contains(&v.0)).map(|m| m.tokens.end)
    }

    /// The row of the longest phrase for a part in the case at token `at`, and the token after it.
    pub(super) fn part_at(&self, text: &Text<'_>, lang: Lang, at: usize, end: usize) -> Option<(&str, usize)> {
        let found = self.phrases(lang).longest_of(text, at, end, |v| matches!(v.0, Kind::Part | Kind::Party))?;
        Some((self.rows.get(found.value.1)?.info.id.as_str(), found.tokens.end))
    }

    /// The same, with whether it is the part of whom the case is about.
    pub(super) fn part(&self, text: &Text<'_>, lang: Lang, at: usize, end: usize) -> Option<(&str, bool, usize)> {
        let (row, last) = self.part_at(text, lang, at, end)?;
        Some((row, self.row(row).is_some_and(|r| r.kind == Kind::Party), last))
    }

    /// True where `word` has an ending that closes what somebody says.
    pub(super) fn closes_clause(&self, lang: Lang, word: &str) -> bool {
        self.endings
            .iter()
            .any(|(l, ending)| *l == lang && word.len() > ending.len() && word.ends_with(ending.as_str()))
    }

    /// True where a phrase of one of `kinds` stands in `range`.
    pub(super) fn has(&self, text: &Text<'_>, lang: Lang, range: Range<usize>, kinds: &[Kind]) -> bool {
        let end = range.end;
        range.into_iter().any(|at| self.at(text, lang, at, end, kinds).is_some())
    }

    /// The row that is called `id`.
    pub(super) fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.info.id == id)
    }

    /// Every row.
    #[cfg(test)]
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The ids of the rows whose phrases stand in a text of `lang`.
    #[cfg(test)]
    pub(super) fn rows_in(&self, text: &Text<'_>, lang: Lang) -> std::collections::BTreeSet<&str> {
        let end = text.tokens.len();
        (0..end)
            .flat_map(|at| self.phrases(lang).at(text, at, end))
            .filter_map(|m| self.rows.get(m.value.1))
            .chain(self.rows.iter().filter(|row| {
                let ends = |f: &String| (0..end).any(|t| text.fold(t).ends_with(f.trim_start_matches('-')));
                row.kind == Kind::ClauseEnding && row.forms.iter().any(ends)
            }))
            .map(|row| row.info.id.as_str())
            .collect()
    }
}
