//! The words by which a text sets one account of a number or a day against another, from `data/lexicon/<lang>/accounts.toml`.

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo, check_rows};
use crate::text::Text;

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// "spoke of", "puts the figure at": the number follows.
    Number,
    /// "туралы айтады": the number stands before.
    NumberAfter,
    /// "gives the date as": the day of what was told before follows.
    Day,
    /// "bears the date": the same, or the day of another paper.
    DayWeak,
    /// "according to", "par": the number or day stands alone beside it.
    Source,
    /// "says": the number or day stands alone before it.
    Says,
    /// "the date is disputed": two days follow.
    Dispute,
    /// "the accounts do not agree": two lengths of time follow, or two numbers of one thing.
    DisputeNumber,
    /// "by", after a number that "at" governs: "put at 40 by the police".
    SourceNumber,
    /// "however", "whereas".
    Contrast,
    /// "and": parts the words of two accounts as a contrast does, but sets nothing against anything.
    And,
    /// "at least", after the noun.
    AtLeast,
    /// "that": what follows is what was said.
    That,
    /// "on", "the": may stand between the phrase and its number or day, or beside one that stands alone.
    Glue,
    /// "people", "cases": after a number, says no more of what is counted.
    Generic,
    /// "of them": the number beside it counts a part.
    Part,
    /// "the register", "протоколе": a paper, or a part of one, that gives a number, a day or an hour.
    Paper,
    /// "gives", "reads", "указано": what a paper does before its number, day or hour.
    PaperVerb,
    /// "has", after a paper: its number, where that stands alone. "The copy has 38 pages" says how long the copy is.
    PaperHas,
    /// "sentence", "срок": a length of time beside it is that of a sentence.
    Term,
    /// "cannot obey both", "взаимоисключающие": says that two duties told before cannot both be obeyed.
    Both,
    /// "leave", "be handed over", "выехать": to go, or to be taken away.
    Go,
    /// "extradition", "высылка": the same, told of many things that are no duties: the word of a duty stands right before it.
    GoNoun,
    /// "remain", "подписка о невыезде": not to go.
    Stay,
    /// "not", "ne peut": makes a duty to stay of the words of going right behind it.
    Not,
    /// "forbidden", "запрет": makes a duty to stay of the words of going before or behind it.
    Forbid,
    /// "ordered", "must", "обязан": makes of words of going a duty to go.
    Duty,
    /// "served", "вручена": a day beside it is that of a service, which is no day of what was served.
    Served,
    /// "asked for", "просил": a length of time beside it was asked for, not given.
    Asked,
    /// "at", "only": may stand between a paper and its number, day or hour, and ties neither to the paper itself.
    PaperGlue,
    /// "in the", "dans la", "в": before a paper.
    In,
    /// "by name": may follow a number that stands alone.
    Tail,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    #[serde(flatten)]
    info: RowInfo,
    kind: Kind,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

/// The words of accounts in every language.
#[derive(Debug, Default)]
pub(super) struct AccountRules {
    by_lang: Vec<(Lang, Phrases<(Kind, usize)>)>,
    rows: Vec<RowInfo>,
}

impl AccountRules {
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut rules = Self::default();
        for code in data.languages() {
            let name = format!("lexicon/{code}/accounts.toml");
            let (Some(lang), Some(text)) = (Lang::new(code), data.get(&name)) else { continue };
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
            if let Some(fault) = check_rows(&name, file.row.iter().map(|r| &r.info)).first() {
                return Err(LexiconError::new(&name, fault.clone()));
            }
            let mut phrases = Phrases::default();
            for row in file.row {
                for form in &row.forms {
                    let fault = |e| LexiconError::new(&name, format!("{}: {e}", row.info.id));
                    phrases.add(lang, form, &(row.kind, rules.rows.len())).map_err(fault)?;
                }
                rules.rows.push(row.info);
            }
            rules.by_lang.push((lang, phrases));
        }
        Ok(rules)
    }

    /// True where `lang` has words of its own.
    pub(super) fn knows(&self, lang: Lang) -> bool {
        self.by_lang.iter().any(|(l, _)| *l == lang)
    }

    /// The longest phrase of one of `kinds` that begins at token `at`: its row and the token after it.
    pub(super) fn at(
        &self,
        text: &Text<'_>,
        lang: Lang,
        at: usize,
        end: usize,
        kinds: &[Kind],
    ) -> Option<(&RowInfo, usize)> {
        let (_, phrases) = self.by_lang.iter().find(|(l, _)| *l == lang)?;
        let found = phrases.longest_of(text, at, end, |v| kinds.contains(&v.0))?;
        Some((self.rows.get(found.value.1)?, found.tokens.end))
    }

    /// The ids of the rows whose phrases stand in a text, for the test of the data.
    #[cfg(test)]
    pub(super) fn rows_in(&self, text: &Text<'_>, lang: Lang) -> std::collections::BTreeSet<&str> {
        let end = text.tokens.len();
        let phrases = self.by_lang.iter().filter(|(l, _)| *l == lang).map(|(_, p)| p);
        let all = phrases.flat_map(|p| (0..end).flat_map(move |at| p.at(text, at, end)));
        all.filter_map(|m| self.rows.get(m.value.1)).map(|row| row.id.as_str()).collect()
    }

    /// What every row has in common, for the test of the data.
    #[cfg(test)]
    pub(super) fn infos(&self) -> impl Iterator<Item = &RowInfo> {
        self.rows.iter()
    }
}
