//! What the weighing needs to know of the court and authority lexicon (`data/courts/*.toml`): the country of a body, what it hears,
//! and whether a row names one body or a kind of body.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use khronika_core::Actor;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::merge::name::fold;
use crate::rules::parse;

#[derive(Deserialize)]
struct Rows {
    #[serde(default)]
    body: Vec<Row>,
}

/// The finder owns these files and checks them; only what is needed here is read.
#[derive(Deserialize)]
struct Row {
    id: String,
    jurisdiction: Option<String>,
    matter: Option<String>,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    one_kind: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    forms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    own: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Court {
    country: Option<String>,
    matter: Option<String>,
    generic: bool,
    one_kind: bool,
    forms: Vec<Vec<Word>>,
}

/// The rows of the lexicon.
#[derive(Debug, Default)]
pub(crate) struct Courts {
    rows: BTreeMap<String, Court>,
}

impl Courts {
    /// Reads `data/courts/*.toml`.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let mut rows = BTreeMap::new();
        for (path, text) in data.under("courts/").filter(|(path, _)| path.ends_with(".toml")) {
            for row in parse::<Rows>(path, text)?.body {
                let known = |word: &Option<String>| word.clone().filter(|w| w != "any");
                let forms = row.forms.values().chain(row.own.values()).flatten().chain([&row.name]);
                let court = Court {
                    country: known(&row.jurisdiction),
                    matter: known(&row.matter),
                    generic: row.generic,
                    one_kind: row.one_kind,
                    forms: forms.map(|f| words(f)).collect(),
                };
                rows.insert(row.id, court);
            }
        }
        Ok(Self { rows })
    }

    /// The row that an actor's name belongs to: of one known body, or of a kind of body.
    pub(crate) fn row<'a>(&self, actor: &'a Actor) -> Option<&'a str> {
        let kind = || Some(actor.made_by.as_str()).filter(|row| self.rows.contains_key(*row));
        actor.known_as.as_deref().or_else(kind)
    }

    /// The country (or `INT`, `EU`, `UN`) of a row.
    pub(crate) fn country(&self, row: &str) -> Option<&str> {
        self.rows.get(row)?.country.as_deref()
    }

    /// What the bodies of a row hear, if it is one thing.
    pub(crate) fn matter(&self, row: &str) -> Option<&str> {
        self.rows.get(row)?.matter.as_deref()
    }

    /// True where the row names a kind of body: two bodies of one row may be two.
    pub(crate) fn generic(&self, row: &str) -> bool {
        self.rows.get(row).is_some_and(|c| c.generic)
    }

    /// The place in the name of a body whose row is for one kind of body under whatever name: `Rennes` in “court-martial at Rennes”.
    /// `None` where the row is not, where the name holds no place, and where it holds words of some length besides (“deputy”,
    /// “military”) that may tell two bodies of one place apart.
    pub(crate) fn at(&self, row: &str, name: &str) -> Option<At> {
        let court = self.rows.get(row).filter(|c| c.generic && c.one_kind)?;
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').collect();
        let readings = court.forms.iter().flat_map(|form| {
            let words = &words;
            (0..words.len()).flat_map(move |from| ends(form, words, from).into_iter().map(move |end| from..end))
        });
        let readings: Vec<Range<usize>> = readings.filter(|reading| !reading.is_empty()).collect();
        let core = readings.iter().min_by_key(|reading| (reading.len(), reading.start))?;
        let within = |reading: &&Range<usize>| reading.start <= core.start && core.end <= reading.end;
        let whole = readings.iter().filter(within).max_by_key(|reading| reading.len())?;
        let capitals = capitals(name);
        let (mut place, mut besides) = (Vec::new(), BTreeSet::new());
        for (n, word) in words.iter().enumerate() {
            if core.contains(&n) {
                continue;
            }
            if whole.contains(&n) {
                besides.insert((*word).to_owned());
            } else if capitals.contains(*word) {
                place.push((*word).to_owned());
            } else if word.chars().count() >= LONG || word.chars().any(|c| c.is_ascii_digit()) {
                return None;
            }
        }
        (!place.is_empty()).then_some(At { place, besides })
    }

    /// True where the name says only what kind of body it is ("the prefect"), not which ("the prefect of the Rhône").
    pub(crate) fn bare(&self, row: &str, name: &str) -> bool {
        let name = fold(name);
        let name: Vec<&str> = name.split(' ').filter(|w| !ARTICLES.contains(w)).collect();
        self.rows.get(row).is_some_and(|c| c.generic && c.forms.iter().any(|form| fits(form, &name)))
    }
}

/// What the name of a body says beside its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    /// The words of the place, folded.
    pub(crate) place: Vec<String>,
    /// Words that the form allows and does not need (“first”, “permanent”), folded.
    pub(crate) besides: BTreeSet<String>,
}

impl At {
    /// True where neither name says anything that the other contradicts: all that the one says, the other says as well.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        self.besides.is_subset(&other.besides) || other.besides.is_subset(&self.besides)
    }
}

/// Shorter words in small letters only join: “de”, “at”, “of the”, “в”.
const LONG: usize = 5;

/// The words of a name with a capital, folded.
fn capitals(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_uppercase));
    words.map(fold).collect()
}

/// Words before a name that are none of it.
const ARTICLES: &[&str] = &["the", "le", "la", "les", "l", "a", "an", "un", "une", "der", "die", "das", "il", "el"];

/// A word of a form in the notation of the lexicon.
#[derive(Debug)]
enum Word {
    /// One of these; the flag: only its beginning.
    Of(Vec<(String, bool)>),
    /// These words, or none of them.
    Optional(Vec<Word>),
}

/// Reads `préfet{,e,s} (de police)`, `суд*`.
fn words(form: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut rest = form.trim();
    while !rest.is_empty() {
        if let Some((inside, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
            out.push(Word::Optional(words(inside)));
            rest = after.trim_start();
            continue;
        }
        let mut depth = 0_i32;
        let end = rest.find(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c.is_whitespace() && depth <= 0
        });
        let (word, after) = end.and_then(|e| Some((rest.get(..e)?, rest.get(e..)?))).unwrap_or((rest, ""));
        let mut spellings = vec![String::new()];
        let mut part = word;
        while let Some((before, more)) = part.split_once('{') {
            let (choices, tail) = more.split_once('}').unwrap_or((more, ""));
            spellings = spellings
                .iter()
                .flat_map(|s| choices.split(',').map(move |c| format!("{s}{before}{}", c.trim())))
                .collect();
            part = tail;
        }
        let of = spellings.iter().map(|s| format!("{s}{part}"));
        // An apostrophe or a hyphen makes two words of one, as it does when names are folded.
        let mut columns: Vec<Vec<(String, bool)>> = Vec::new();
        for spelling in of {
            let open = spelling.ends_with('*');
            let folded = fold(spelling.trim_end_matches('*'));
            for (at, piece) in folded.split(' ').enumerate() {
                if columns.len() <= at {
                    columns.push(Vec::new());
                }
                if let Some(column) = columns.get_mut(at) {
                    column.push((piece.to_owned(), open));
                }
            }
        }
        out.extend(columns.into_iter().map(Word::Of));
        rest = after.trim_start();
    }
    out
}

/// True where the form is the whole name.
fn fits(form: &[Word], name: &[&str]) -> bool {
    ends(form, name, 0).contains(&name.len())
}

/// Where the form may end in the name, if it begins at `from`.
fn ends(form: &[Word], name: &[&str], from: usize) -> Vec<usize> {
    let mut at = vec![from];
    for word in form {
        let mut next = Vec::new();
        for place in at {
            match word {
                Word::Of(spellings) => {
                    let here = name.get(place);
                    let same = |(s, open): &(String, bool)| {
                        here.is_some_and(|w| if *open { w.starts_with(s.as_str()) } else { w == s })
                    };
                    if spellings.iter().any(same) {
                        next.push(place + 1);
                    }
                }
                Word::Optional(inside) => {
                    next.push(place);
                    next.extend(ends(inside, name, place));
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"
        [[body]]
        id = "xx.prefect"
        jurisdiction = "FR"
        matter = "removal"
        generic = true
        name = "préfet"
        [body.forms]
        fr = ["préfet{,e,s} (de police)"]
        en = ["prefect{,s} (of police)", "police prefect{,s}"]
        ru = ["префект*"]
        [[body]]
        id = "xx.council"
        jurisdiction = "any"
        name = "Conseil d'État"
    "#;

    #[test]
    fn a_bare_name_says_only_the_kind() {
        let courts = Courts::load(&Dataset::from_files([("courts/xx.toml".to_owned(), ROWS.to_owned())])).unwrap();
        for name in ["the Prefect", "Préfet de police", "Police Prefect", "префекта"] {
            assert!(courts.bare("xx.prefect", name), "{name}");
        }
        for name in ["Prefect of the Rhône", "préfet du Rhône", "sub-prefect", "префект полиции Парижа"]
        {
            assert!(!courts.bare("xx.prefect", name), "{name}");
        }
        assert!(!courts.bare("xx.council", "Conseil d'État"));
        assert_eq!((courts.country("xx.prefect"), courts.country("xx.council")), (Some("FR"), None));
        assert_eq!(courts.matter("xx.prefect"), Some("removal"));
    }

    #[test]
    fn a_place_is_told_where_nothing_else_tells_two_bodies_apart() {
        let rows = ROWS.replace("generic = true", "generic = true\none_kind = true");
        let courts = Courts::load(&Dataset::from_files([("courts/xx.toml".to_owned(), rows)])).unwrap();
        for (name, place) in [
            ("prefect of the Rhône", Some("rhone")),
            ("Préfet du Rhône", Some("rhone")),
            ("Rhône prefect", Some("rhone")),
            ("префект Парижа", Some("парижа")),
            ("préfet", None),
            ("deputy prefect of the Rhône", None),
            ("prefect of district 2 of Paris", None),
            ("Conseil d'État", None),
        ] {
            assert_eq!(courts.at("xx.prefect", name).map(|at| at.place.join(" ")).as_deref(), place, "{name}");
        }
        assert_eq!(courts.at("xx.council", "Conseil d'État"), None);
    }

    #[test]
    fn the_rows_of_the_lexicon_are_read() {
        let courts = Courts::load(&Dataset::embedded()).unwrap();
        assert_eq!(courts.matter("fr.cnda"), Some("asylum"));
        assert!(courts.bare("fr.prefet", "Police Prefect") && !courts.generic("fr.cnda"));
    }
}
