//! Tables of letters and function words, and the vote that they give on a piece of text.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;

/// The rate, in a thousand letters, of a letter that a language does not have: it comes in names; in Latin letters more often.
const FOREIGN_CYRILLIC: f32 = 0.05;
const FOREIGN_LATIN: f32 = 0.5;

/// What a function word is worth (natural logarithm of the odds). Words of one letter are worth half of it.
const WORD: f32 = 3.0;

/// Letters above this code point have no rate.
const LAST: usize = 0x530;

/// A script that languages are told apart in, or a script that is one language's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    /// A script of its own; `und` where several languages write in it.
    Other(Lang),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub id: String,
    code: String,
    #[expect(dead_code, reason = "for the reader of the file")]
    name: String,
    script: String,
    prior: f32,
    words: Vec<String>,
    source: String,
    #[expect(dead_code, reason = "parsing checks it")]
    status: crate::structure::lexicon::Status,
    pub examples: Vec<String>,
    pub not: Vec<String>,
    letters: BTreeMap<String, f32>,
}

/// The compiled tables of every language.
#[derive(Debug)]
pub(crate) struct Models {
    latin: Family,
    cyrillic: Family,
}

/// The languages of one script.
#[derive(Debug, Default)]
struct Family {
    langs: Vec<Lang>,
    /// What each language leads with before anything is read.
    priors: Vec<f32>,
    /// For each letter below [`LAST`], its number among the telling letters; 0 for the others.
    symbols: Vec<u8>,
    /// For each telling letter (from 1 on; 0 stands for every other letter), the logarithm of its rate in each language.
    logs: Vec<Vec<f32>>,
    words: WordTable,
}

/// Function words by their hash: an open table of powers of two, each entry a hash and the set of languages.
#[derive(Debug, Default)]
struct WordTable {
    entries: Vec<(u64, u32)>,
}

impl WordTable {
    fn new(words: &BTreeMap<u64, u32>) -> Self {
        let size = (words.len() * 4).next_power_of_two().max(16);
        let mut entries = vec![(0, 0); size];
        for (hash, langs) in words {
            let mut at = *hash as usize;
            while let Some((_, taken)) = entries.get(at % size)
                && *taken != 0
            {
                at += 1;
            }
            if let Some(free) = entries.get_mut(at % size) {
                *free = (*hash, *langs);
            }
        }
        Self { entries }
    }

    fn langs(&self, hash: u64) -> u32 {
        let size = self.entries.len();
        let mut at = hash as usize;
        while let Some((found, langs)) = self.entries.get(at % size.max(1)) {
            if *langs == 0 || *found == hash {
                return *langs;
            }
            at += 1;
        }
        0
    }
}

/// The hash of a word, a letter at a time.
#[derive(Clone, Copy)]
struct WordHash(u64);

impl WordHash {
    const START: Self = Self(0xCBF2_9CE4_8422_2325);

    fn add(self, letter: u32) -> Self {
        Self((self.0 ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23))
    }

    fn of(word: &str) -> u64 {
        word.chars().fold(Self::START, |hash, c| hash.add(fold(c))).0
    }
}

/// A letter in its small form; one code point for one.
fn fold(c: char) -> u32 {
    match c {
        'A'..='Z' => c as u32 + 32,
        'a'..='z' => c as u32,
        'А'..='Я' => c as u32 + 32,
        'а'..='я' => c as u32,
        // Turkish İ and I would each need a language to fold; both go to i.
        'İ' => 'i' as u32,
        c => c.to_lowercase().next().unwrap_or(c) as u32,
    }
}

impl Models {
    pub(crate) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut latin = Vec::new();
        let mut cyrillic = Vec::new();
        for (name, file) in files(data)? {
            match file.script.as_str() {
                "Latn" => latin.push((name, file)),
                "Cyrl" => cyrillic.push((name, file)),
                other => return Err(LexiconError::new(&name, format!("{}: no script {other}", file.id))),
            }
        }
        Ok(Self { latin: Family::new(&latin, FOREIGN_LATIN)?, cyrillic: Family::new(&cyrillic, FOREIGN_CYRILLIC)? })
    }

    fn family(&self, script: Script) -> Option<&Family> {
        match script {
            Script::Latin => Some(&self.latin),
            Script::Cyrillic => Some(&self.cyrillic),
            Script::Other(_) => None,
        }
    }

    /// The script that a language is told apart in.
    pub(super) fn script_of(&self, lang: Lang) -> Option<Script> {
        [Script::Cyrillic, Script::Latin].into_iter().find(|s| self.family(*s).is_some_and(|f| f.langs.contains(&lang)))
    }

    /// The vote of a piece of text.
    pub(super) fn vote(&self, text: &str) -> Votes {
        let mut counts = Counts::default();
        for c in text.chars() {
            counts.see(c);
        }
        let script = counts.script();
        let mut votes = Votes { script, letters: counts.most, scores: Vec::new(), hits: Vec::new(), words: 0 };
        let Some(family) = script.and_then(|s| self.family(s)) else { return votes };
        votes.scores = vec![0.0; family.langs.len()];
        votes.hits = vec![0; family.langs.len()];
        family.vote(text, &mut votes);
        votes
    }
}

/// The files of every language, by path.
pub(crate) fn files(data: &Dataset) -> Result<Vec<(String, File)>, LexiconError> {
    let mut out = Vec::new();
    for (name, text) in data.under("language/").filter(|(name, _)| name.ends_with(".toml")) {
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(name, e.to_string()))?;
        if file.words.is_empty() || file.source.is_empty() || file.examples.is_empty() || file.not.is_empty() {
            let what = format!("{}: it needs words, a source, examples and near misses", file.id);
            return Err(LexiconError::new(name, what));
        }
        out.push((name.to_owned(), file));
    }
    Ok(out)
}

impl Family {
    fn new(files: &[(String, File)], foreign: f32) -> Result<Self, LexiconError> {
        if files.len() > 32 {
            return Err(LexiconError::new("language/", "more than 32 languages of one script"));
        }
        let mut letters: BTreeSet<char> = BTreeSet::new();
        let mut langs = Vec::new();
        for (name, file) in files {
            langs.push(Lang::new(&file.code).ok_or_else(|| LexiconError::new(name, format!("no code {}", file.code)))?);
            for (letter, rate) in &file.letters {
                let mut chars = letter.chars();
                let (Some(c), None) = (chars.next(), chars.next()) else {
                    return Err(LexiconError::new(name, format!("“{letter}” is not one letter")));
                };
                if (c as usize) >= LAST || !(0.0..500.0).contains(rate) {
                    return Err(LexiconError::new(name, format!("{letter} = {rate} is out of range")));
                }
                letters.insert(c);
            }
        }
        let rate =
            |file: &File, c: char| file.letters.get(c.encode_utf8(&mut [0; 4])).copied().unwrap_or(0.0).max(foreign);
        let mut symbols = vec![0_u8; LAST];
        // Letters without a rate in any language come once in a thousand; the rates are scaled to make up the rest.
        let sums: Vec<f32> =
            files.iter().map(|(_, f)| letters.iter().map(|c| rate(f, *c)).sum::<f32>() + 1.0).collect();
        let mut logs = vec![sums.iter().map(|sum| (1.0 / sum).ln()).collect::<Vec<f32>>()];
        for c in &letters {
            let number =
                u8::try_from(logs.len()).map_err(|_| LexiconError::new("language/", "more than 255 letters"))?;
            if let Some(symbol) = symbols.get_mut(*c as usize) {
                *symbol = number;
            }
            logs.push(files.iter().zip(&sums).map(|((_, f), sum)| (rate(f, *c) / sum).ln()).collect());
        }
        let mut words: BTreeMap<u64, u32> = BTreeMap::new();
        for (n, (_, file)) in files.iter().enumerate() {
            for word in &file.words {
                *words.entry(WordHash::of(word)).or_default() |= 1 << n;
            }
        }
        let priors = files.iter().map(|(_, file)| file.prior).collect();
        Ok(Self { langs, priors, symbols, logs, words: WordTable::new(&words) })
    }

    fn vote(&self, text: &str, votes: &mut Votes) {
        let mut counts = vec![0_u32; self.logs.len()];
        let mut hash = WordHash::START;
        let mut length = 0_u32;
        // A space at the end closes the last word.
        for c in text.chars().chain([' ']) {
            let letter = is_letter(c);
            if letter {
                let folded = fold(c);
                hash = hash.add(folded);
                length += 1;
                if same_script(c, votes.script) {
                    let symbol = self.symbols.get(folded as usize).copied().unwrap_or(0);
                    if let Some(count) = counts.get_mut(usize::from(symbol)) {
                        *count += 1;
                    }
                }
                continue;
            }
            if c == '-' && length > 0 {
                hash = hash.add(fold(c));
                continue;
            }
            if length > 0 {
                votes.words += 1;
                self.word(hash.0, length, votes);
            }
            hash = WordHash::START;
            length = 0;
        }
        for (count, logs) in counts.iter().zip(&self.logs) {
            if *count > 0 {
                for (score, log) in votes.scores.iter_mut().zip(logs) {
                    *score += *count as f32 * log;
                }
            }
        }
    }

    fn word(&self, hash: u64, length: u32, votes: &mut Votes) {
        let langs = self.words.langs(hash);
        if langs == 0 {
            return;
        }
        let worth = if length == 1 { WORD / 2.0 } else { WORD };
        for (n, (score, hits)) in votes.scores.iter_mut().zip(&mut votes.hits).enumerate() {
            if langs & (1 << n) != 0 {
                *score += worth;
                *hits += 1;
            }
        }
    }
}

/// A vote on one piece of text: for each language of its script a score and the number of its function words.
#[derive(Debug)]
pub(super) struct Votes {
    script: Option<Script>,
    letters: u32,
    words: u32,
    scores: Vec<f32>,
    hits: Vec<u32>,
}

/// The outcome of a vote.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub script: Script,
    pub lang: Lang,
    /// The index of the language among those of its script.
    pub best: usize,
    /// How far it leads the next language (natural logarithm of the odds).
    pub lead: f32,
    pub letters: u32,
    /// Its function words in the text.
    pub words: u32,
    /// Every language that the best one was measured against: how far it lies behind, and its function words.
    behind: Vec<(Lang, f32, u32)>,
}

impl Verdict {
    /// How far the best language leads `lang`; `None` where `lang` has no table in this script.
    pub(super) fn lead_over(&self, lang: Lang) -> Option<f32> {
        self.behind.iter().find(|(l, _, _)| *l == lang).map(|(_, lead, _)| *lead)
    }

    pub(super) fn words_for(&self, lang: Lang) -> u32 {
        self.behind.iter().find(|(l, _, _)| *l == lang).map_or(0, |(_, _, words)| *words)
    }
}

impl Votes {
    pub(super) fn verdict(&self, models: &Models) -> Option<Verdict> {
        let script = self.script?;
        if let Script::Other(lang) = script {
            let behind = Vec::new();
            return Some(Verdict { script, lang, best: 0, lead: 100.0, letters: self.letters, words: 0, behind });
        }
        verdict(models.family(script)?, script, &self.scores, &self.hits, self.letters)
    }
}

fn verdict(family: &Family, script: Script, scores: &[f32], hits: &[u32], letters: u32) -> Option<Verdict> {
    let scores: Vec<f32> = scores.iter().zip(&family.priors).map(|(score, prior)| score + prior).collect();
    let (best, top) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let lang = *family.langs.get(best)?;
    let behind: Vec<(Lang, f32, u32)> =
        family.langs.iter().zip(&scores).zip(hits).map(|((l, s), h)| (*l, top - s, *h)).collect();
    let lead = behind.iter().filter(|(l, _, _)| *l != lang).map(|(_, lead, _)| *lead).fold(f32::INFINITY, f32::min);
    Some(Verdict { script, lang, best, lead, letters, words: hits.get(best).copied().unwrap_or(0), behind })
}

/// The votes of all parts together.
#[derive(Debug)]
pub(super) struct Sums {
    latin: Sum,
    cyrillic: Sum,
    others: BTreeMap<Lang, u32>,
}

#[derive(Debug)]
struct Sum {
    letters: u32,
    words: u32,
    scores: Vec<f32>,
    hits: Vec<u32>,
}

impl Sums {
    pub(super) fn new(models: &Models) -> Self {
        let sum = |family: &Family| {
            let n = family.langs.len();
            Sum { letters: 0, words: 0, scores: vec![0.0; n], hits: vec![0; n] }
        };
        Self { latin: sum(&models.latin), cyrillic: sum(&models.cyrillic), others: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, _models: &Models, vote: &Votes) {
        let sum = match vote.script {
            Some(Script::Latin) => &mut self.latin,
            Some(Script::Cyrillic) => &mut self.cyrillic,
            Some(Script::Other(lang)) => return *self.others.entry(lang).or_default() += vote.letters,
            None => return,
        };
        sum.letters += vote.letters;
        sum.words += vote.words;
        for (sum, score) in sum.scores.iter_mut().zip(&vote.scores) {
            *sum += score;
        }
        for (sum, hits) in sum.hits.iter_mut().zip(&vote.hits) {
            *sum += hits;
        }
    }

    /// The script that most letters are written in.
    pub(super) fn script(&self) -> Option<Script> {
        let (other, most) = self.others.iter().max_by_key(|(_, n)| **n).map_or((Lang::UND, 0), |(l, n)| (*l, *n));
        let (latin, cyrillic) = (self.latin.letters, self.cyrillic.letters);
        if latin == 0 && cyrillic == 0 && most == 0 {
            None
        } else if most > latin && most > cyrillic {
            Some(Script::Other(other))
        } else if cyrillic >= latin {
            Some(Script::Cyrillic)
        } else {
            Some(Script::Latin)
        }
    }

    fn of_script(&self) -> Option<&Sum> {
        match self.script()? {
            Script::Latin => Some(&self.latin),
            Script::Cyrillic => Some(&self.cyrillic),
            Script::Other(_) => None,
        }
    }

    pub(super) fn verdict(&self, models: &Models) -> Option<Verdict> {
        let (script, sum) = (self.script()?, self.of_script()?);
        verdict(models.family(script)?, script, &sum.scores, &sum.hits, sum.letters)
    }

    /// Function words make up a third of running text in most languages and a twentieth in those that use endings instead; a long
    /// text with next to none is in a language that has no table.
    pub(super) fn is_plausible(&self, best: usize) -> bool {
        let Some(sum) = self.of_script() else { return true };
        let least = if self.script() == Some(Script::Latin) { 8 } else { 2 };
        sum.words < 60 || sum.hits.get(best).is_some_and(|hits| hits * 100 >= sum.words * least)
    }
}

/// Letters by script.
#[derive(Default)]
struct Counts {
    latin: u32,
    cyrillic: u32,
    other: BTreeMap<Lang, u32>,
    most: u32,
}

impl Counts {
    fn see(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => self.latin += 1,
            '\u{400}'..='\u{52F}' => self.cyrillic += 1,
            c if c.is_ascii() => {}
            c if c.is_alphabetic() => {
                if let Some(lang) = own_script(c) {
                    *self.other.entry(lang).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    fn script(&mut self) -> Option<Script> {
        let other = self.other.iter().max_by_key(|(_, n)| **n).map_or((Lang::UND, 0), |(l, n)| (*l, *n));
        self.most = self.latin.max(self.cyrillic).max(other.1);
        if self.most == 0 {
            None
        } else if other.1 == self.most {
            Some(Script::Other(other.0))
        } else if self.cyrillic == self.most {
            Some(Script::Cyrillic)
        } else {
            Some(Script::Latin)
        }
    }
}

/// The language of a script that is one language's (Unicode blocks); `und` for scripts of several.
fn own_script(c: char) -> Option<Lang> {
    let code = match c {
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "el",
        '\u{530}'..='\u{58F}' => "hy",
        '\u{590}'..='\u{5FF}' => "he",
        '\u{E00}'..='\u{E7F}' => "th",
        '\u{10A0}'..='\u{10FF}' | '\u{2D00}'..='\u{2D2F}' => "ka",
        '\u{1780}'..='\u{17FF}' => "km",
        '\u{3040}'..='\u{30FF}' => "ja",
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => "ko",
        '\u{1E00}'..='\u{1EFF}' | '\u{250}'..='\u{36F}' => return None,
        _ => return Some(Lang::UND),
    };
    Lang::new(code)
}

fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}' => true,
        'ʻ' | 'ʼ' => true,
        c if c.is_ascii() => false,
        c => c.is_alphabetic(),
    }
}

fn same_script(c: char, script: Option<Script>) -> bool {
    match script {
        Some(Script::Cyrillic) => ('\u{400}'..='\u{52F}').contains(&c),
        Some(Script::Latin) => (c as usize) < 0x370,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file's examples are told to be in its language, and no near miss is.
    #[test]
    fn files_know_their_examples_and_not_their_near_misses() {
        let data = Dataset::embedded();
        let models = Models::load(&data).unwrap();
        let mut wrong = Vec::new();
        for (_, file) in files(&data).unwrap() {
            let told = |text: &str| models.vote(text).verdict(&models).map(|v| v.lang.to_string());
            for text in &file.examples {
                if told(text).as_deref() != Some(&file.code) {
                    wrong.push(format!("{}: takes its example for {:?}: {text}", file.id, told(text)));
                }
            }
            for text in &file.not {
                if told(text).as_deref() == Some(&file.code) {
                    wrong.push(format!("{}: takes the near miss: {text}", file.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
