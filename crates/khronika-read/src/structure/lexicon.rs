//! The words by which the parts of a document are known, of all languages together: what part a line is must be known before its
//! language is.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use aho_corasick::{AhoCorasick, MatchKind};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;

/// The compiled words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    salutation: Starts,
    closing: Starts,
    role: Starts,
    formula: Option<AhoCorasick>,
    whole: HashMap<String, Whole>,
    page: HashSet<String>,
    page_of: HashSet<String>,
}

/// Parts that a whole line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Heading,
    Signatures,
    Notes,
}

/// Forms by their first word.
#[derive(Debug, Default)]
struct Starts(HashMap<String, Vec<String>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

/// One row of `structure.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub id: String,
    pub part: Part,
    pub forms: Vec<String>,
    pub source: String,
    #[expect(dead_code, reason = "parsing checks it; `explain` shows it from the file")]
    pub status: Status,
    pub examples: Vec<String>,
    pub not: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    Salutation,
    Closing,
    ClosingFormula,
    Signatures,
    SignatureRole,
    Heading,
    Notes,
    Page,
    PageOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Status {
    #[serde(rename = "verified")]
    Verified,
    #[serde(rename = "partly verified")]
    PartlyVerified,
    #[serde(rename = "unverified")]
    Unverified,
}

/// The rows of every language, in order of file and row.
pub(crate) fn rows(data: &Dataset) -> Result<Vec<Row>, LexiconError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut ids = BTreeSet::new();
    for code in data.languages() {
        let name = format!("lexicon/{code}/structure.toml");
        let Some(text) = data.get(&name) else { continue };
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
        for row in file.row {
            let empty = row.forms.is_empty() || row.forms.iter().any(|f| fold(f).is_empty());
            if empty || row.source.is_empty() || row.examples.is_empty() || row.not.is_empty() {
                let what = format!("{}: a row needs forms, a source, examples and near misses", row.id);
                return Err(LexiconError::new(&name, what));
            }
            if !ids.insert(row.id.clone()) {
                return Err(LexiconError::new(&name, format!("{}: the id is taken", row.id)));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

impl Lexicon {
    pub(crate) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut by_part: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for row in rows(data)? {
            by_part.entry(row.part as u8).or_default().extend(row.forms.iter().map(|f| fold(f)));
        }
        let mut take = |part: Part| by_part.remove(&(part as u8)).unwrap_or_default();
        let formulas = take(Part::ClosingFormula);
        let formula = (!formulas.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&formulas))
            .transpose()
            .map_err(|e| LexiconError::new("lexicon/*/structure.toml", e.to_string()))?;
        let mut whole = HashMap::new();
        // In this order: where languages disagree about a word, a heading is the more harmless reading.
        for (part, kind) in
            [(Part::Notes, Whole::Notes), (Part::Signatures, Whole::Signatures), (Part::Heading, Whole::Heading)]
        {
            whole.extend(take(part).into_iter().map(|form| (squeeze(&form), kind)));
        }
        Ok(Self {
            salutation: Starts::new(take(Part::Salutation)),
            closing: Starts::new(take(Part::Closing)),
            role: Starts::new(take(Part::SignatureRole)),
            formula,
            whole,
            page: take(Part::Page).into_iter().map(|w| w.trim_end_matches('.').to_owned()).collect(),
            page_of: take(Part::PageOf).into_iter().collect(),
        })
    }

    /// "Dear Mr President,": the line begins as a salutation does and ends as one.
    pub(crate) fn is_salutation(&self, line: &str) -> bool {
        if line.len() > 240 || line.ends_with(['.', ';', '…']) {
            return false;
        }
        let Some(rest) = self.salutation.after(line) else { return false };
        let marked = line.ends_with([',', '!', ':']);
        // Without a mark at its end a name must follow: "Dear Minister", not "Sir Henry's house".
        let words = line.split_whitespace().count();
        let inner = line.trim_end_matches([',', '!', ':']);
        (marked && words <= 14 && !inner.contains(['!', '?', ';']))
            || (!marked && rest > 0 && words <= 5 && capitalised(line))
    }

    /// "Yours sincerely,": a short line that begins with a closing, or one of the long formulas.
    pub(crate) fn is_closing(&self, line: &str) -> bool {
        if line.len() > 500 {
            return false;
        }
        match self.closing.after(line) {
            Some(_) if line.split_whitespace().count() <= 6 && !line.ends_with([';', ':', '?']) => {
                // "С уважением к праву суд поступил так" is a sentence: a closing of several words has its mark or ends as one.
                line.ends_with(',') || !line.ends_with('.') || self.closing.is_all_of(line)
            }
            Some(_) => self.holds_formula(line),
            None => false,
        }
    }

    /// A paragraph that holds one of the formulas that close a letter.
    pub(crate) fn holds_formula(&self, paragraph: &str) -> bool {
        paragraph.len() <= 700 && self.formula.as_ref().is_some_and(|f| f.is_match(&fold(paragraph)))
    }

    /// "Presiding Judge", "Судья Е. Ю. Петрова": a short line that begins with a role of those who sign.
    pub(crate) fn is_role(&self, line: &str) -> bool {
        let words = line.split_whitespace().count();
        let initial = line.trim_end_matches('.').rsplit([' ', '.']).next().is_some_and(|w| w.chars().count() == 1);
        line.len() <= 240
            && words <= 12
            && (initial || !line.ends_with(['.', ';']))
            && self.role.after(line).is_some_and(|rest| {
                let tail = line.get(line.len() - rest..).unwrap_or_default();
                // A verb in small letters after the role makes it a sentence.
                tail.split_whitespace().filter(|w| w.chars().next().is_some_and(char::is_lowercase)).count() <= 4
                    && (words <= 2
                        || tail.trim_matches([',', ':']).is_empty()
                        || tail.chars().any(|c| c.is_uppercase() || c == ':' || c == '('))
            })
    }

    /// A line that is, whole, one of the known headings.
    pub(crate) fn whole(&self, line: &str) -> Option<Whole> {
        if line.len() > 160 {
            return None;
        }
        let mut inner = line
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '#' | ':' | '_' | '=' | '-' | ',' | '.'));
        if let Some((_, rest)) = super::marker::numbering(inner) {
            inner = inner.get(rest..)?.trim_start();
        }
        // "(in alphabetical order)" after the word.
        if inner.ends_with(')')
            && let Some((head, _)) = inner.rsplit_once('(')
        {
            inner = head.trim_end_matches([' ', ':']);
        }
        let named = self.whole.get(&squeeze(&fold(inner))).copied()?;
        // "… of the present / decision": a word in small letters is a heading only with its colon or spaced out.
        let small = inner.starts_with(char::is_lowercase);
        let spaced = inner.chars().nth(1).is_some_and(char::is_whitespace);
        (!small || spaced || line.ends_with(':')).then_some(named)
    }

    pub(crate) fn is_page_word(&self, word: &str) -> bool {
        self.page.contains(&fold(word.trim_end_matches('.')))
    }

    pub(crate) fn is_page_of(&self, word: &str) -> bool {
        self.page_of.contains(&fold(word))
    }
}

impl Starts {
    fn new(forms: Vec<String>) -> Self {
        let mut by_first: HashMap<String, Vec<String>> = HashMap::new();
        for form in forms {
            let first = first_word(&form).to_owned();
            by_first.entry(first).or_default().push(form);
        }
        // The longest form first, so that what follows it is as little as can be.
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted for itself")]
        for forms in by_first.values_mut() {
            forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Self(by_first)
    }

    /// The length (bytes) of what follows the form that `line` begins with.
    fn after(&self, line: &str) -> Option<usize> {
        let start: String = line.chars().take(32).collect();
        let folded = fold(&start);
        let forms = self.0.get(first_word(&folded))?;
        let head: String = line.chars().take(80).collect();
        let folded = fold(&head);
        forms.iter().find_map(|form| {
            let rest = folded.strip_prefix(form.as_str())?;
            let bounded = form.ends_with('\'') || !rest.starts_with(char::is_alphanumeric);
            bounded.then(|| skip_folded(line, form))
        })
    }

    /// The line is a form and nothing but marks after it.
    fn is_all_of(&self, line: &str) -> bool {
        self.after(line.trim_end_matches(['.', ',', '!'])) == Some(0)
    }
}

/// How many bytes of `line` stand after as many letters as `form` has.
fn skip_folded(line: &str, form: &str) -> usize {
    let mut left = form.chars().filter(|c| !c.is_whitespace()).count();
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        if left == 0 {
            end = at;
            break;
        }
        left -= usize::from(!c.is_whitespace());
    }
    line.get(end..).unwrap_or_default().trim_start().len()
}

fn first_word(folded: &str) -> &str {
    folded.split(|c: char| !(khronika_core::letter::is_alphanumeric(c) || c == '-')).next().unwrap_or_default()
}

/// Words as they are compared: small letters, plain apostrophes, one space between words.
pub(crate) fn fold(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut space = false;
    for c in words.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        match c {
            '’' | 'ʼ' | '`' => out.push('\''),
            '\u{AD}' | '\u{200B}' | '\u{FEFF}' => {}
            c => khronika_core::letter::push_lowercase(c, &mut out),
        }
    }
    out
}

/// Folded words without spaces, so that "Р Е Ш Е Н И Е" is "решение", and without the accents that French capitals often lack.
fn squeeze(folded: &str) -> String {
    folded
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .map(|c| match c {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'û' | 'ù' | 'ü' | 'ú' => 'u',
            c => c,
        })
        .collect()
}

/// Every word of more than three letters begins with a capital.
fn capitalised(line: &str) -> bool {
    line.split_whitespace().filter(|w| w.chars().count() > 3).all(|w| !w.chars().next().is_some_and(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row's examples are known as its part, and no near miss is.
    #[test]
    fn rows_know_their_examples_and_not_their_near_misses() {
        let data = Dataset::embedded();
        let lexicon = Lexicon::load(&data).unwrap();
        let mut wrong = Vec::new();
        for row in rows(&data).unwrap() {
            let knows = |line: &str| match row.part {
                Part::Salutation => lexicon.is_salutation(line),
                Part::Closing => lexicon.is_closing(line),
                Part::ClosingFormula => lexicon.holds_formula(line),
                Part::Signatures => lexicon.whole(line) == Some(Whole::Signatures),
                Part::SignatureRole => lexicon.is_role(line),
                Part::Heading => lexicon.whole(line) == Some(Whole::Heading),
                Part::Notes => lexicon.whole(line) == Some(Whole::Notes),
                Part::Page | Part::PageOf => super::super::furniture::is_page_label(line, &lexicon),
            };
            wrong.extend(row.examples.iter().filter(|l| !knows(l)).map(|l| format!("{}: misses “{l}”", row.id)));
            wrong.extend(row.not.iter().filter(|l| knows(l)).map(|l| format!("{}: takes “{l}”", row.id)));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_row_without_near_misses_is_refused() {
        let row = "[[row]]\nid='x'\npart='closing'\nforms=['yours']\nsource='s'\nstatus='verified'\nexamples=['Yours']\nnot=[]\n";
        let data = Dataset::from_files([("lexicon/en/structure.toml".to_owned(), row.to_owned())]);
        let error = Lexicon::load(&data).unwrap_err().to_string();
        assert_eq!(
            error,
            "data file lexicon/en/structure.toml: x: a row needs forms, a source, examples and near misses"
        );
    }
}
