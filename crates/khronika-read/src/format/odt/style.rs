//! The styles of OpenDocument text: what is a heading, a list, what is not shown.

use std::collections::BTreeMap;

use crate::format::xml::{Node, Ns, Tag, Xml};
use crate::rendition::Role;

const DEEPEST: usize = 24;
const MOST: usize = 50_000;

/// Levels of lists.
pub(super) const LEVELS: usize = 10;

#[derive(Clone, Debug, Default)]
struct Style {
    on: Option<String>,
    look: Look,
    list: Option<String>,
}

/// What is set for words, `None` where nothing is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub hidden: Option<bool>,
    pub white: Option<bool>,
    pub shaded: Option<bool>,
    pub tiny: Option<bool>,
    pub lang: Option<String>,
}

impl Look {
    /// What this says, and what `below` says where this says nothing.
    pub fn over(self, below: &Self) -> Self {
        Self {
            hidden: self.hidden.or(below.hidden),
            white: self.white.or(below.white),
            shaded: self.shaded.or(below.shaded),
            tiny: self.tiny.or(below.tiny),
            lang: self.lang.or_else(|| below.lang.clone()),
        }
    }

    fn take(&mut self, tag: &Tag<'_>) {
        if let Some(display) = tag.attr("display") {
            self.hidden = Some(display == "none");
        }
        if let Some(color) = tag.attr("color") {
            self.white = Some(is_white(&color));
        }
        if let Some(color) = tag.attr("background-color") {
            self.shaded = Some(color != "transparent" && !is_white(&color));
        }
        if let Some(size) = tag.attr("font-size") {
            self.tiny = size.strip_suffix("pt").and_then(|n| n.parse::<f32>().ok()).map(|size| size <= 1.5);
        }
        if let Some(lang) = tag.attr("language") {
            self.lang = Some(lang.into_owned());
        }
    }

    /// Not shown, or not to be seen.
    pub fn is_hidden(&self) -> bool {
        self.hidden == Some(true) || self.tiny == Some(true) || (self.white == Some(true) && self.shaded != Some(true))
    }
}

fn is_white(color: &str) -> bool {
    color.eq_ignore_ascii_case("#ffffff") || color.eq_ignore_ascii_case("#fefefe")
}

/// A level of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// `1`, `a`, `A`, `i`, `I`; nothing where no number is shown.
    pub format: String,
    pub prefix: String,
    pub suffix: String,
    /// How many levels are shown.
    pub shown: usize,
    pub start: u32,
    pub bullet: bool,
}

/// A list style.
pub(super) type List = [Level; LEVELS];

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    pub lists: BTreeMap<String, List>,
    pub outline: Option<List>,
    /// The language of the document.
    pub lang: Option<String>,
}

/// What a style makes of a paragraph or of words.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    pub role: Option<Role>,
    pub list: Option<String>,
    pub look: Look,
}

impl Styles {
    /// Takes in the styles of one part; the text of the document, where the part holds it, is still to come then.
    pub fn read(&mut self, xml: &mut Xml<'_>) {
        let (mut key, mut style): (String, Option<Style>) = (String::new(), None);
        let (mut list_name, mut list): (Option<String>, Option<List>) = (None, None);
        let mut defaults = false;
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => match (tag.ns, tag.local()) {
                    (Ns::Office, "body") => return,
                    (Ns::Office, "master-styles") => {
                        xml.skip();
                    }
                    (Ns::Style, "style") => {
                        key = self::key(&tag.attr("family").unwrap_or_default(), &tag.attr("name").unwrap_or_default());
                        style = Some(Style {
                            on: tag.attr("parent-style-name").map(Into::into),
                            list: tag.attr("list-style-name").map(Into::into).filter(|name: &String| !name.is_empty()),
                            ..Style::default()
                        });
                    }
                    (Ns::Style, "default-style") => defaults = tag.attr("family").is_some_and(|f| f == "paragraph"),
                    (Ns::Style, "text-properties" | "paragraph-properties") => match &mut style {
                        Some(style) => style.look.take(&tag),
                        None if defaults && self.lang.is_none() => self.lang = tag.attr("language").map(Into::into),
                        None => {}
                    },
                    (Ns::Text, "list-style" | "outline-style") => {
                        list_name = tag.attr("name").filter(|_| tag.local() == "list-style").map(Into::into);
                        list = Some(List::default());
                    }
                    (
                        Ns::Text,
                        "list-level-style-number"
                        | "list-level-style-bullet"
                        | "list-level-style-image"
                        | "outline-level-style",
                    ) => {
                        let at = tag.attr("level").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
                        if let Some(level) = list.as_mut().and_then(|list| list.get_mut(at.checked_sub(1)?)) {
                            *level = level_of(&tag);
                        }
                    }
                    _ => {}
                },
                Node::Close(end) => match (end.ns, end.local()) {
                    (Ns::Style, "style") => {
                        if let Some(style) = style.take()
                            && self.all.len() < MOST
                        {
                            self.all.insert(std::mem::take(&mut key), style);
                        }
                    }
                    (Ns::Style, "default-style") => defaults = false,
                    (Ns::Text, "list-style" | "outline-style") => match (list_name.take(), list.take()) {
                        (Some(name), Some(list)) if self.lists.len() < MOST => {
                            self.lists.insert(name, list);
                        }
                        (None, Some(list)) => self.outline = Some(list),
                        _ => {}
                    },
                    _ => {}
                },
                Node::Text(_) => {}
            }
        }
    }

    /// What the style of this family and name means.
    pub fn meaning(&self, family: &str, name: &str) -> Meaning {
        let mut out = Meaning::default();
        let mut next = Some(name);
        for _ in 0..DEEPEST {
            let Some(name) = next else { break };
            if family == "paragraph" {
                out.role = out.role.or_else(|| role_of(name));
            }
            let Some(style) = self.all.get(&key(family, name)) else { break };
            out.list = out.list.or_else(|| style.list.clone());
            out.look = out.look.over(&style.look);
            next = style.on.as_deref();
        }
        out
    }
}

fn key(family: &str, name: &str) -> String {
    format!("{family}/{name}")
}

fn level_of(tag: &Tag<'_>) -> Level {
    let said = |name: &str| tag.attr(name).unwrap_or_default().chars().take(50).collect::<String>();
    Level {
        format: said("num-format"),
        prefix: said("num-prefix"),
        suffix: said("num-suffix"),
        shown: tag.attr("display-levels").and_then(|n| n.parse().ok()).unwrap_or(1),
        start: tag.attr("start-value").and_then(|n| n.parse().ok()).unwrap_or(1),
        bullet: matches!(tag.local(), "list-level-style-bullet" | "list-level-style-image"),
    }
}

/// The role of the styles that every office program has, by their names in the file (spaces are written `_20_`).
fn role_of(name: &str) -> Option<Role> {
    match name {
        "Title" => Some(Role::Title),
        "Subtitle" => Some(Role::Heading),
        "Quotations" => Some(Role::Quote),
        "Caption" | "Illustration" => Some(Role::Caption),
        "Signature" => Some(Role::Signature),
        _ => name.starts_with("Contents_20_").then_some(Role::Boilerplate),
    }
}

/// How far a list has counted.
pub(super) type Counts = [Option<u32>; LEVELS];

/// Counts an item of a list on, and gives its number; nothing where none is shown.
pub(super) fn count(list: &List, counts: &mut Counts, at: usize, start: Option<u32>) -> Option<String> {
    let own = list.get(at)?;
    let first = |n: usize| list.get(n).map_or(1, |level| level.start);
    for (n, count) in counts.iter_mut().enumerate().take(at) {
        count.get_or_insert(first(n));
    }
    if let Some(count) = counts.get_mut(at) {
        *count = Some(start.unwrap_or_else(|| count.map_or(first(at), |count| count.saturating_add(1))));
    }
    counts.iter_mut().skip(at + 1).for_each(|count| *count = None);
    if own.bullet || own.format.is_empty() {
        return None;
    }
    let from = (at + 1).saturating_sub(own.shown.max(1));
    let numbers: Vec<String> = (from..=at)
        .filter_map(|n| {
            let format = match list.get(n)?.format.as_str() {
                "" => return None,
                "a" => "lowerLetter",
                "A" => "upperLetter",
                "i" => "lowerRoman",
                "I" => "upperRoman",
                "А, Б, .., Аа, Бб, ..." => "russianUpper",
                "а, б, .., аа, бб, ..." => "russianLower",
                _ => "decimal",
            };
            Some(crate::format::number::number(counts.get(n).copied().flatten()?, format))
        })
        .collect();
    Some(format!("{}{}{}", own.prefix, numbers.join("."), own.suffix).trim().to_owned())
}
