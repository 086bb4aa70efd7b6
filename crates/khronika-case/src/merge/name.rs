//! Lays names side by side: folded, across spellings and scripts, across grammatical cases.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::letter::{is_alphanumeric, push_lowercase};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::rules::{Ids, parse, read};

const SPELLING: &str = "names/transliteration.toml";
const ENDINGS: &str = "names/endings.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    source: String,
    status: String,
    examples: Vec<(String, String)>,
    not: Vec<(String, String)>,
    cyrillic: Vec<(String, String)>,
    cyrillic_in: BTreeMap<String, Vec<(String, String)>>,
    latin: Vec<Reading>,
    soften: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    #[serde(rename = "reading")]
    _reading: String,
    pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    ending: Vec<Ending>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ending {
    id: String,
    languages: Vec<String>,
    stem: Vec<String>,
    add: Vec<String>,
    drop: String,
    source: String,
    status: String,
    examples: Vec<(String, String)>,
    not: Vec<(String, String)>,
}

type Pairs = Vec<(String, String)>;

/// The tables that names are compared with.
#[derive(Debug)]
pub(crate) struct NameRules {
    /// One table for each way of reading Cyrillic letters, and one for each way of reading Latin ones.
    readings: Vec<BTreeMap<char, Pairs>>,
    soften: Pairs,
    endings: Vec<Ending>,
}

impl NameRules {
    /// Reads the tables and tries them on their own examples.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let spelling: Spelling = parse(SPELLING, read(data, SPELLING)?)?;
        Ids::new(SPELLING).row("transliteration", &spelling.source, &spelling.status)?;
        let endings: Endings = parse(ENDINGS, read(data, ENDINGS)?)?;
        let mut ids = Ids::new(ENDINGS);
        for row in &endings.ending {
            ids.row(&row.id, &row.source, &row.status)?;
            if row.languages.is_empty() {
                return Err(RuleError::new(ENDINGS, format!("row {}: languages is empty", row.id)));
            }
        }
        let mut readings: Vec<Pairs> = Vec::new();
        for latin in &spelling.latin {
            let mut plain = spelling.cyrillic.clone();
            plain.extend(latin.pairs.iter().cloned());
            for own in spelling.cyrillic_in.values() {
                let mut table = own.clone();
                table.extend(plain.iter().filter(|(from, _)| !own.iter().any(|(o, _)| o == from)).cloned());
                readings.push(table);
            }
            readings.push(plain);
        }
        let readings = readings.into_iter().map(by_first).collect();
        let rules = Self { readings, soften: spelling.soften, endings: endings.ending };
        for (pairs, right) in [(&spelling.examples, true), (&spelling.not, false)] {
            for (a, b) in pairs {
                if rules.spelt_alike(a, b) != right {
                    let what = if right { "do not meet" } else { "meet" };
                    return Err(RuleError::new(SPELLING, format!("“{a}” and “{b}” {what}")));
                }
            }
        }
        for row in &rules.endings {
            for (pairs, right) in [(&row.examples, true), (&row.not, false)] {
                for (a, b) in pairs {
                    if row.is_case_of(&fold(b), &fold(a)) != right {
                        let what = if right { "do not meet" } else { "meet" };
                        return Err(RuleError::new(ENDINGS, format!("row {}: “{a}” and “{b}” {what}", row.id)));
                    }
                }
            }
        }
        Ok(rules)
    }

    /// What a name sounds like, in each way of reading its letters; sorted, without repeats.
    pub(crate) fn skeletons(&self, name: &str) -> BTreeSet<String> {
        let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
        self.readings
            .iter()
            .map(|table| words.iter().map(|w| self.skeleton(w, table)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// True where two words, folded, may name one place: they sound alike, or one is Cyrillic and they differ in an ending only
    /// (“Rennes”, “Ренне”).
    pub(crate) fn is_same_place(&self, a: &str, b: &str) -> bool {
        let cyrillic = |w: &str| w.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
        let (one, two) = (self.skeletons(a), self.skeletons(b));
        let near = |x: &String, y: &String| {
            let shared = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
            shared >= 4 && x.chars().count().max(y.chars().count()) <= shared + 2
        };
        !one.is_disjoint(&two) || (cyrillic(a) || cyrillic(b)) && one.iter().any(|x| two.iter().any(|y| near(x, y)))
    }

    /// True where two names may be spellings of one.
    fn spelt_alike(&self, a: &str, b: &str) -> bool {
        !self.skeletons(a).is_disjoint(&self.skeletons(b))
    }

    fn skeleton(&self, word: &str, table: &BTreeMap<char, Pairs>) -> String {
        let mut sound = String::new();
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let pairs = table.get(&first);
            let pair = pairs
                .into_iter()
                .flatten()
                .find_map(|(from, to)| rest.strip_prefix(from.as_str()).map(|after| (to, after)));
            if let Some((to, after)) = pair {
                sound.push_str(to);
                rest = after;
            } else {
                sound.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or("");
            }
        }
        let mut single = undoubled(&sound);
        for (from, to) in &self.soften {
            single = single.replace(from.as_str(), to);
        }
        single = undoubled(&single);
        // A last "i" is left to taste: Sergey, Sergei, Serge.
        if single.chars().count() > 3 { single.trim_end_matches('i').to_owned() } else { single }
    }

    /// True where `form` is a grammatical case of `nominative`: word for word the same or another ending, and at least one other.
    /// Both folded.
    pub(crate) fn is_case_of(&self, form: &str, nominative: &str) -> bool {
        let (form, nominative): (Vec<&str>, Vec<&str>) = (form.split(' ').collect(), nominative.split(' ').collect());
        form.len() == nominative.len()
            && form != nominative
            && form.iter().zip(&nominative).all(|(f, n)| f == n || self.endings.iter().any(|e| e.is_case_of(f, n)))
    }

    /// True for a name that may be a woman's nominative as well as a man's genitive: "Александра Иванова". Folded.
    pub(crate) fn may_be_a_woman(&self, name: &str) -> bool {
        let womans = |word: &str| {
            let rows = self.endings.iter().filter(|e| !e.drop.is_empty());
            rows.flat_map(|e| &e.stem)
                .any(|s| s.chars().count() > 2 && s.ends_with(['а', 'я']) && word.ends_with(s.as_str()))
        };
        name.split(' ').all(|w| w.ends_with(['а', 'я'])) && name.split(' ').any(womans)
    }

    /// Every nominative that this word may be a case of.
    pub(crate) fn nominatives(&self, word: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for row in &self.endings {
            for add in &row.add {
                if let Some(stem) = word.strip_suffix(add.as_str()) {
                    let nominative = format!("{stem}{}", row.drop);
                    if stem.chars().count() >= 2 && row.may_end(&nominative) {
                        out.insert(nominative);
                    }
                }
            }
        }
        out
    }
}

impl Ending {
    fn may_end(&self, nominative: &str) -> bool {
        self.stem.is_empty() || self.stem.iter().any(|s| nominative.ends_with(s.as_str()))
    }

    fn is_case_of(&self, form: &str, nominative: &str) -> bool {
        self.may_end(nominative)
            && nominative.strip_suffix(self.drop.as_str()).is_some_and(|stem| {
                stem.chars().count() >= 2
                    && form.strip_prefix(stem).is_some_and(|add| self.add.iter().any(|a| a == add))
            })
    }
}

/// The pairs by their first letter, the longest first.
fn by_first(pairs: Pairs) -> BTreeMap<char, Pairs> {
    let mut table: BTreeMap<char, Pairs> = BTreeMap::new();
    for (from, to) in pairs {
        if let Some(first) = from.chars().next() {
            table.entry(first).or_default().push((from, to));
        }
    }
    for list in table.values_mut() {
        list.sort_by_key(|(from, _)| std::cmp::Reverse(from.chars().count()));
    }
    table
}

/// Doubled letters as one, but for i, which the softening needs.
fn undoubled(sound: &str) -> String {
    let mut single = String::new();
    for c in sound.chars() {
        if c == 'i' || !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}

/// A name in small letters, without accents, quotation marks and stops, its words one space apart. Cyrillic letters stay what
/// they are: й and ї are letters of their own.
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let (mut small, mut space) = (String::new(), false);
    for letter in name.chars() {
        small.clear();
        push_lowercase(letter, &mut small);
        for c in small.chars() {
            if matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '\u{301}' | '\u{ad}') {
                continue;
            }
            let letters = if c.is_ascii() { None } else { plain(c) };
            if letters.is_none() && !is_alphanumeric(c) {
                space = true;
                continue;
            }
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            match letters {
                Some(letters) => out.push_str(letters),
                None => out.push(c),
            }
        }
    }
    out
}

/// A Latin letter without its accent.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ă' | 'ā' => "a",
        'ç' | 'ć' => "c",
        'č' => "ch",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' | 'ė' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ī' | 'į' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
        'ř' => "r",
        'ś' | 'ș' => "s",
        'š' | 'ş' => "sh",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' => "z",
        'ž' => "zh",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_on_their_own_examples() {
        NameRules::load(&Dataset::embedded()).unwrap();
    }

    #[test]
    fn a_case_leads_back_to_its_nominative() {
        let rules = NameRules::load(&Dataset::embedded()).unwrap();
        assert!(rules.nominatives("достоевского").contains("достоевский"));
        assert!(rules.is_case_of("фёдору достоевскому", "фёдор достоевский"));
        assert!(!rules.is_case_of("фёдор достоевский", "фёдор достоевский"));
        assert!(!rules.is_case_of("анна достоевская", "анна достоевский"));
    }

    #[test]
    fn folding_keeps_the_letters_that_tell_names_apart() {
        assert_eq!(fold("«Ақ.Жол.Үн»"), "ақ жол үн");
        assert_eq!(fold("Émile  Zola"), "emile zola");
        assert_eq!(fold("О’Коннор"), "оконнор");
        assert_ne!(fold("Коваль"), fold("Ковал"));
    }
}
