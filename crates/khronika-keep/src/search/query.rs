//! What a person types, as a question to the index.
//!
//! Words are all looked for, in any form and script; `"words in a row"` stand in that order; `word*` is how a word begins; `-word` must
//! not be there; `OR` between two words wants one of them; `="word"` is looked for as it stands.

use rusqlite::params;
use rusqlite::types::Value;

use super::fold;
use super::rank::Fitting;
use super::word::{EXACT, FORM, HEADER_LENGTH, Words};
use crate::error::{Doing as _, Error, Result};
use crate::store::Store;

pub(super) const SEARCHING: &str = "search";
/// What a hit is marked with inside a snippet: characters of private use, which no text of ours needs.
const MARKS: [char; 2] = ['\u{f8f0}', '\u{f8f1}'];
/// The words of a snippet.
const WORDS: u32 = 32;

/// Which sources are searched; what is not given does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// ISO 639-1 code.
    pub lang: Option<String>,
    /// The number of a source.
    pub source: Option<i64>,
    /// Only sources in which the last build found a date on or after this day (`YYYY-MM-DD`).
    pub since: Option<String>,
    /// Only sources in which the last build found a date on or before this day.
    pub until: Option<String>,
    /// Only sources in which the last build found this person or body, however its name is written.
    pub actor: Option<String>,
}

/// A source in which something was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its number in the case.
    pub source: i64,
    /// The higher, the better it fits.
    pub score: f64,
    /// Some words around what was found.
    pub snippet: String,
    /// What was found in the snippet: beginnings and ends, counted in characters.
    pub marks: Vec<(usize, usize)>,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    /// How many sources fit.
    pub count: u64,
    /// The best of them.
    pub best: Vec<Hit>,
}

/// What is typed, in phrases of the language of FTS5.
#[derive(Debug, Default)]
struct Question {
    /// Of each group one phrase has to be there.
    wanted: Vec<Vec<String>>,
    unwanted: Vec<String>,
}

impl Question {
    fn parse(typed: &str) -> Result<Self> {
        let (mut question, mut or) = (Self::default(), false);
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let (minus, after) = rest.strip_prefix('-').map_or((false, rest), |after| (true, after));
            let (exact, after) = after.strip_prefix('=').map_or((false, after), |after| (true, after));
            let (words, quoted, after) = match after.strip_prefix('"') {
                Some(after) => {
                    let (words, after) = after.split_once('"').unwrap_or((after, ""));
                    (words, true, after)
                }
                None => {
                    let end = after.find(char::is_whitespace).unwrap_or(after.len());
                    let (words, after) = after.split_at(end);
                    (words, false, after)
                }
            };
            let (words, star, after) = match (words.strip_suffix('*'), after.strip_prefix('*')) {
                (Some(words), _) if !quoted => (words, true, after),
                (_, Some(after)) if quoted => (words, true, after),
                _ => (words, false, after),
            };
            rest = after.trim_start();
            if words == "OR" && !quoted && !minus && !exact && !star {
                or = true;
                continue;
            }
            if !words.chars().any(char::is_alphanumeric) {
                continue;
            }
            let mark = if exact { EXACT.to_string() } else { String::new() };
            let term = format!("\"{mark}{}\"{}", words.replace(['"', '\0', FORM], " "), if star { " *" } else { "" });
            match (minus, question.wanted.last_mut()) {
                (true, _) => question.unwanted.push(term),
                (false, Some(last)) if or => last.push(term),
                (false, _) => question.wanted.push(vec![term]),
            }
            or = false;
        }
        if question.wanted.is_empty() {
            return Err(Error::refused("there is no word to look for"));
        }
        Ok(question)
    }

    /// The whole question in the language of FTS5.
    fn to_fts(&self) -> String {
        let wanted: Vec<String> = self.wanted.iter().map(|terms| format!("({})", terms.join(" OR "))).collect();
        let unwanted: String = self.unwanted.iter().map(|term| format!(" NOT {term}")).collect();
        format!("({}){unwanted}", wanted.join(" AND "))
    }

    /// The same, where only the texts matter in which something stands, and not the places in them. Of the forms of a word FTS5 puts the
    /// places together, which takes longer than all the rest; of several words it does not.
    fn by_forms(&self) -> Self {
        let mut words = Words::new();
        let mut by_forms = |term: &String| in_forms(&mut words, term).unwrap_or_else(|| term.clone());
        let wanted = self.wanted.iter().map(|terms| terms.iter().map(&mut by_forms).collect()).collect();
        Self { wanted, unwanted: self.unwanted.iter().map(&mut by_forms).collect() }
    }

    /// True where every text that one of the phrases stands in fits.
    fn is_of_any(&self) -> bool {
        self.wanted.len() == 1 && self.unwanted.is_empty()
    }

    /// Its phrases, in the order that FTS5 counts them in.
    fn phrases(&self) -> Vec<String> {
        self.wanted.iter().flatten().chain(&self.unwanted).cloned().collect()
    }
}

/// A term that is one word, as the forms that it is looked for under.
fn in_forms(words: &mut Words, term: &str) -> Option<String> {
    let word = term.strip_prefix('"')?.strip_suffix('"').filter(|word| !word.starts_with(EXACT))?;
    let forms: Vec<String> = words.asked(word)?.iter().map(|form| format!("\"{FORM}{form}\"")).collect();
    Some(format!("({})", forms.join(" OR ")))
}

/// The beginning of a name as the table of what was found holds it.
pub(crate) fn name_sound(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sounds: Vec<String> = words
        .map(|word| {
            let mut plain = String::new();
            fold::plain(word, &mut plain);
            fold::sound(&plain)
        })
        .collect();
    sounds.join(" ")
}

impl Store {
    /// Searches the texts of the case and returns the `most` best sources.
    ///
    /// # Errors
    /// Where nothing is asked for, or the case cannot be read.
    pub fn search(&self, typed: &str, filter: &Filter, most: u32) -> Result<Hits> {
        let (conditions, mut values) = conditions(filter);
        let question = Question::parse(typed)?;
        let asked = if most == 0 { question.by_forms().to_fts() } else { question.to_fts() };
        values.insert(0, asked.into());
        // Without a filter the index alone knows.
        let from = if conditions.is_empty() {
            "FROM word_index WHERE word_index MATCH ?1".to_owned()
        } else {
            format!("FROM word_index JOIN text t ON t.id = word_index.rowid WHERE word_index MATCH ?1{conditions}")
        };
        // What is counted, ranked and shown is of one moment.
        let _moment = self.connection.unchecked_transaction().doing(SEARCHING)?;
        if most == 0 {
            let sql = format!("SELECT count(*) {from}");
            let mut query = self.connection.prepare_cached(&sql).doing(SEARCHING)?;
            let count: i64 = query.query_row(rusqlite::params_from_iter(&values), |row| row.get(0)).doing(SEARCHING)?;
            return Ok(Hits { count: u64::try_from(count).unwrap_or(0), best: Vec::new() });
        }
        let fitting = Fitting::find(&self.connection, &from, &values, question.phrases().len())?;
        let whole = (!question.is_of_any() || !conditions.is_empty()).then(|| question.by_forms().phrases());
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let best = fitting.best(&self.connection, &self.lengths, whole.as_deref(), most)?;
        let [open, close] = MARKS;
        // Only the texts of the best are unpacked for their snippets.
        let snippet = format!(
            "SELECT t.source, snippet(word_index, 0, '{open}', '{close}', '…', {WORDS}) FROM word_index \
             JOIN text t ON t.id = word_index.rowid WHERE word_index MATCH ?1 AND word_index.rowid = ?2"
        );
        let mut query = self.connection.prepare_cached(&snippet).doing(SEARCHING)?;
        let asked = values.first();
        let shown = |(text, score): (i64, f64)| {
            let hit = query.query_row(params![asked, text], |row| {
                let (snippet, marks) = marked(&row.get::<_, String>(1)?);
                Ok(Hit { source: row.get(0)?, score, snippet, marks })
            });
            hit.doing(SEARCHING)
        };
        let best = best.into_iter().map(shown).collect::<Result<_>>()?;
        Ok(Hits { count: fitting.count() as u64, best })
    }
}

fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let (mut sql, mut values) = (String::new(), Vec::<Value>::new());
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(" AND ");
        sql.push_str(&condition.replace('?', &format!("?{}", values.len() + 1)));
    };
    if let Some(lang) = &filter.lang {
        add("t.lang = ?", lang.clone().into());
    }
    if let Some(source) = filter.source {
        add("t.source = ?", source.into());
    }
    if filter.since.is_some() || filter.until.is_some() {
        let since = filter.since.clone().unwrap_or_default();
        let until = filter.until.clone().unwrap_or_else(|| "~".to_owned());
        // One date has to lie in the whole span.
        add("EXISTS (SELECT 1 FROM found_date d WHERE d.source = t.source AND d.latest >= ?", since.into());
        add("d.earliest <= ?)", until.into());
    }
    if let Some(actor) = &filter.actor {
        let sound = format!(" {} ", name_sound(actor));
        add("t.source IN (SELECT source FROM found_actor WHERE instr(' ' || sound || ' ', ?) > 0)", sound.into());
    }
    (sql, values)
}

/// A snippet without its marks, and where they stood.
fn marked(snippet: &str) -> (String, Vec<(usize, usize)>) {
    let [open, close] = MARKS;
    let (mut text, mut marks, mut length, mut start) = (String::new(), Vec::new(), 0, None);
    let skip = if snippet.starts_with('\u{2}') { HEADER_LENGTH } else { 0 };
    for c in snippet.chars().skip(skip) {
        if c == open {
            start = Some(length);
        } else if c == close {
            marks.extend(start.take().map(|start| (start, length)));
        } else {
            text.push(if c.is_control() { ' ' } else { c });
            length += 1;
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_never_syntax() {
        let to_fts = |typed: &str| Question::parse(typed).map(|question| question.to_fts());
        assert_eq!(to_fts("суд Ablyazov").unwrap(), "((\"суд\") AND (\"Ablyazov\"))");
        assert_eq!(to_fts("\"expulsion order\" -france").unwrap(), "((\"expulsion order\")) NOT \"france\"");
        assert_eq!(to_fts("abl* OR \"le roi\"*").unwrap(), "((\"abl\" * OR \"le roi\" *))");
        assert_eq!(to_fts("=court").unwrap(), format!("((\"{EXACT}court\"))"));
        assert_eq!(to_fts("a AND b NEAR(c)").unwrap(), "((\"a\") AND (\"AND\") AND (\"b\") AND (\"NEAR(c)\"))");
        for nothing in ["", "  ", "-", "\"", "-x", "* * *", "OR"] {
            assert!(to_fts(nothing).is_err(), "{nothing}");
        }
        assert_eq!(to_fts("OR x OR").unwrap(), "((\"x\"))");
    }

    #[test]
    fn marks_are_counted_in_characters() {
        let snippet = format!("\u{2}frété {}суд{} le", MARKS[0], MARKS[1]);
        assert_eq!(marked(&snippet), ("été суд le".to_owned(), vec![(4, 7)]));
    }
}
