//! The numbers that Word shows before paragraphs and does not write into them: "1.", "(a)", "IV.".
//!
//! Readers of law cite them ("paragraph 12"), so they are counted as Word counts them and stand in the text, marked as generated.
//! Bullets are not written: that a paragraph is an item of a list is said by its role.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::number::number;
use crate::format::xml::{Node, Ns, Xml};

/// Levels of a list.
const LEVELS: usize = 9;

/// More lists than this are not kept.
const MOST: usize = 20_000;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// All numbers in it are shown as 1, 2, 3.
    legal: bool,
    /// The level whose next number starts this one anew; 0 for never.
    restart: Option<usize>,
    /// The paragraph style that it belongs to.
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// The style that holds the list in its stead.
    link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Num {
    of: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// What is shown before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing.
    Nothing,
    /// A sign that all items of the list have.
    Bullet,
    /// A number.
    Number(String),
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    abstracts: BTreeMap<String, Abstract>,
    nums: BTreeMap<String, Num>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<String>,
    style_nums: BTreeMap<String, String>,
}

impl Numbers {
    pub fn read(xml: &mut Xml<'_>) -> Self {
        let mut out = Self::default();
        let (mut id, mut list): (String, Option<Abstract>) = (String::new(), None);
        let mut num: Option<(String, Num)> = None;
        let mut at = 0_usize;
        let mut style_link: Option<String> = None;
        let mut overridden = false;
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) if tag.ns == Ns::W => {
                    let val = || tag.attr("val").unwrap_or_default().into_owned();
                    let figure = || tag.attr("val").and_then(|v| v.parse::<u32>().ok());
                    match tag.local() {
                        "abstractNum" => {
                            id = tag.attr("abstractNumId").unwrap_or_default().into_owned();
                            list = Some(Abstract::default());
                        }
                        "num" => {
                            let id = tag.attr("numId").unwrap_or_default().into_owned();
                            num = Some((id, Num::default()));
                        }
                        "abstractNumId" => {
                            if let Some((_, num)) = &mut num {
                                num.of = val();
                            }
                        }
                        "numStyleLink" => {
                            if let Some(list) = &mut list {
                                list.link = Some(val());
                            }
                        }
                        "styleLink" => style_link = Some(val()),
                        "lvlOverride" => at = tag.attr("ilvl").and_then(|v| v.parse().ok()).unwrap_or(LEVELS),
                        "startOverride" => {
                            if let (Some((_, num)), Some(start)) = (&mut num, figure())
                                && at < LEVELS
                            {
                                num.starts.insert(at, start);
                            }
                        }
                        "lvl" => {
                            at = tag.attr("ilvl").and_then(|v| v.parse().ok()).unwrap_or(LEVELS);
                            if let Some((_, num)) = &mut num
                                && at < LEVELS
                            {
                                overridden = true;
                                num.levels.insert(at, Level::default());
                            }
                        }
                        "rPr" | "pPr" => {
                            xml.skip();
                        }
                        name => {
                            let level = match (&mut num, &mut list) {
                                (Some((_, num)), _) if overridden => num.levels.get_mut(&at),
                                (None, Some(list)) => list.levels.get_mut(at),
                                _ => None,
                            };
                            let Some(level) = level else { continue };
                            match name {
                                "start" => level.start = figure().unwrap_or(0),
                                "numFmt" => level.format = val(),
                                "lvlText" => level.text = val(),
                                "isLgl" => level.legal = tag.is_on(),
                                "lvlRestart" => level.restart = figure().map(|n| n as usize),
                                "pStyle" => level.style = Some(val()),
                                _ => {}
                            }
                        }
                    }
                }
                Node::Close(end) if end.ns == Ns::W => match end.local() {
                    "abstractNum" => {
                        if let Some(list) = list.take()
                            && out.abstracts.len() < MOST
                        {
                            if let Some(link) = style_link.take() {
                                out.style_nums.insert(link, id.clone());
                            }
                            out.abstracts.insert(std::mem::take(&mut id), list);
                        }
                    }
                    "lvl" => overridden = false,
                    "num" => {
                        if let Some((id, num)) = num.take()
                            && out.nums.len() < MOST
                        {
                            out.nums.insert(id, num);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        out
    }

    /// The level of the list `id` that belongs to one of these paragraph styles.
    pub fn level_of(&self, id: &str, styles: &[String]) -> Option<usize> {
        let list = self.abstracts.get(self.list(id)?)?;
        list.levels.iter().position(|level| level.style.as_ref().is_some_and(|style| styles.contains(style)))
    }

    /// Counts one paragraph on, and gives what is shown before it.
    pub fn next(&mut self, id: &str, at: usize) -> Shown {
        let (Some(name), true) = (self.list(id).map(str::to_owned), at < LEVELS) else { return Shown::Nothing };
        let Some(list) = self.abstracts.get(&name) else { return Shown::Nothing };
        let num = self.nums.get(id);
        let level = |n: usize| num.and_then(|num| num.levels.get(&n)).or_else(|| list.levels.get(n));
        let Some(own) = level(at).cloned() else { return Shown::Nothing };
        let counts = self.counts.entry(name).or_default();
        if self.begun.insert(id.to_owned())
            && let Some(num) = num
        {
            for n in num.starts.keys() {
                if let Some(count) = counts.get_mut(*n) {
                    *count = None;
                }
            }
        }
        let start = |n: usize| {
            num.and_then(|num| num.starts.get(&n).copied()).unwrap_or_else(|| level(n).map_or(0, |level| level.start))
        };
        // A level above that has not begun counts as begun.
        for (n, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert(start(n));
        }
        if let Some(count) = counts.get_mut(at) {
            *count = Some(count.map_or(start(at), |count| count.saturating_add(1)));
        }
        for (n, count) in counts.iter_mut().enumerate().skip(at + 1) {
            // By default any level above starts it anew.
            if level(n).and_then(|level| level.restart).is_none_or(|above| above > 0 && at < above) {
                *count = None;
            }
        }
        match own.format.as_str() {
            "bullet" => return Shown::Bullet,
            "none" if !own.text.contains('%') => return Shown::Nothing,
            _ => {}
        }
        let mut out = String::new();
        let mut chars = own.text.chars().take(200).peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|c| c.to_digit(10)).filter(|n| (1..=9).contains(n));
            let (Some(n), true) = (digit, c == '%') else {
                out.push(c);
                continue;
            };
            chars.next();
            let n = n as usize - 1;
            let value = counts.get(n).copied().flatten().unwrap_or(0);
            let format = level(n).map_or("decimal", |level| level.format.as_str());
            out.push_str(&number(value, if own.legal { "decimal" } else { format }));
        }
        let out = out.trim();
        if out.is_empty() { Shown::Nothing } else { Shown::Number(out.to_owned()) }
    }

    /// The list that the number `id` counts in.
    fn list(&self, id: &str) -> Option<&str> {
        let of = self.nums.get(id)?.of.as_str();
        match self.abstracts.get(of).and_then(|list| list.link.as_ref()) {
            Some(link) => self.style_nums.get(link).map(String::as_str).or(Some(of)),
            None => Some(of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_does() {
        let text = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:abstractNum w:abstractNumId="0">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
              <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
              <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbers = Numbers::read(&mut Xml::new(text, 20));
        let mut told = |id: &str, at: usize| match numbers.next(id, at) {
            Shown::Number(number) => number,
            other => format!("{other:?}"),
        };
        let shown: Vec<String> = [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("1", 3),
            ("2", 0),
            ("2", 0),
            ("9", 0),
            ("1", 99),
        ]
        .into_iter()
        .map(|(id, at)| told(id, at))
        .collect();
        assert_eq!(shown, ["I.", "1.1", "1.2", "(a)", "II.", "2.1", "Bullet", "V.", "VI.", "Nothing", "Nothing"]);
    }
}
