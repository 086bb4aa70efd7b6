//! The styles of a Word document, as far as they tell what a paragraph is and what is not shown.

use std::collections::BTreeMap;

use crate::format::ooxml::role_of;
use crate::format::xml::{Node, Ns, Tag, Xml};
use crate::rendition::Role;

/// Styles stand on each other no deeper than this.
const DEEPEST: usize = 24;

/// More styles than this are not kept.
const MOST: usize = 20_000;

/// What is set for a run, `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub style: Option<String>,
    pub vanish: Option<bool>,
    pub white: Option<bool>,
    pub shaded: Option<bool>,
    pub tiny: Option<bool>,
    pub lang: Option<String>,
}

impl Run {
    /// What this says, and what `below` says where this says nothing.
    pub fn over(self, below: &Self) -> Self {
        Self {
            style: self.style.or_else(|| below.style.clone()),
            vanish: self.vanish.or(below.vanish),
            white: self.white.or(below.white),
            shaded: self.shaded.or(below.shaded),
            tiny: self.tiny.or(below.tiny),
            lang: self.lang.or_else(|| below.lang.clone()),
        }
    }

    /// Takes in one property.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.local() {
            "rStyle" => self.style = tag.attr("val").map(Into::into),
            "vanish" => self.vanish = Some(tag.is_on()),
            "color" => self.white = tag.attr("val").map(|v| is_white(&v)),
            "shd" => self.shaded = tag.attr("fill").map(|v| !is_white(&v) && v != "auto"),
            "highlight" => self.shaded = tag.attr("val").map(|v| v != "none" && v != "white"),
            // Half points: what is set in one point cannot be read.
            "sz" => self.tiny = tag.attr("val").and_then(|v| v.parse::<u32>().ok()).map(|size| size <= 3),
            "lang" => self.lang = tag.attr("val").map(Into::into),
            _ => {}
        }
    }
}

fn is_white(color: &str) -> bool {
    let color = color.trim_start_matches('#');
    // So near to white that nobody sees it.
    color.len() == 6
        && color.as_bytes().chunks(2).all(|pair| pair.eq_ignore_ascii_case(b"ff") || pair.eq_ignore_ascii_case(b"fe"))
}

/// What is set for a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub style: Option<String>,
    pub outline: Option<u32>,
    pub number: Option<String>,
    pub level: Option<usize>,
    pub shaded: Option<bool>,
    /// The mark of the paragraph, which was taken out by a tracked change.
    pub joined: bool,
}

impl Paragraph {
    /// Takes in one property of the first level.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.local() {
            "pStyle" => self.style = tag.attr("val").map(Into::into),
            "outlineLvl" => self.outline = tag.attr("val").and_then(|v| v.parse().ok()),
            "numId" => self.number = tag.attr("val").map(Into::into),
            "ilvl" => self.level = tag.attr("val").and_then(|v| v.parse().ok()),
            "shd" => self.shaded = tag.attr("fill").map(|v| !is_white(&v) && v != "auto"),
            _ => {}
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    on: Option<String>,
    paragraph: Paragraph,
    run: Run,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// What holds for every run.
    pub run: Run,
}

/// What a style makes of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub role: Option<Role>,
    pub outline: Option<u32>,
    pub number: Option<String>,
    pub level: Option<usize>,
    pub shaded: Option<bool>,
    pub run: Run,
    /// The styles that it stands on, itself first.
    pub chain: Vec<String>,
}

impl Styles {
    pub fn read(xml: &mut Xml<'_>) -> Self {
        let mut styles = Self::default();
        let (mut id, mut style) = (String::new(), Style::default());
        let mut defaults = false;
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) if tag.ns == Ns::W => match tag.local() {
                    "rPrDefault" => defaults = true,
                    "style" => {
                        id = tag.attr("styleId").unwrap_or_default().into_owned();
                        style = Style::default();
                        let usual = tag.attr("default").is_some_and(|v| v == "1" || v == "true" || v == "on");
                        if usual && tag.attr("type").is_some_and(|v| v == "paragraph") {
                            styles.usual = Some(id.clone());
                        }
                    }
                    "name" => style.name = tag.attr("val").unwrap_or_default().to_lowercase(),
                    "basedOn" => style.on = tag.attr("val").map(Into::into),
                    // What holds for parts of tables holds for no paragraph of its own; what was before a change holds no more.
                    "tblStylePr" | "pPrChange" | "rPrChange" => {
                        xml.skip();
                    }
                    _ if defaults => styles.run.take(&tag),
                    "numId" | "ilvl" | "outlineLvl" => style.paragraph.take(&tag),
                    "shd" => {
                        style.paragraph.take(&tag);
                        style.run.take(&tag);
                    }
                    _ => style.run.take(&tag),
                },
                Node::Close(end) if end.ns == Ns::W => match end.local() {
                    "rPrDefault" => defaults = false,
                    "style" if styles.all.len() < MOST => {
                        styles.all.insert(std::mem::take(&mut id), std::mem::take(&mut style));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        styles
    }

    /// What the style `id` means, or the usual one where none is named.
    pub fn meaning(&self, id: Option<&str>) -> Meaning {
        let mut out = Meaning::default();
        let mut next = id.or(self.usual.as_deref());
        while let Some(id) = next {
            if out.chain.len() >= DEEPEST || out.chain.iter().any(|seen| seen == id) {
                break;
            }
            let Some(style) = self.all.get(id) else {
                // A document without its list of styles still says "Heading1".
                out.role = out.role.or_else(|| role_of(&id.to_lowercase()));
                break;
            };
            out.role = out.role.or_else(|| role_of(&style.name));
            let Paragraph { outline, number, level, shaded, .. } = &style.paragraph;
            out.outline = out.outline.or(*outline);
            out.number = out.number.take().or_else(|| number.clone());
            out.level = out.level.or(*level);
            out.shaded = out.shaded.or(*shaded);
            out.run = std::mem::take(&mut out.run).over(&style.run);
            out.chain.push(id.to_owned());
            next = style.on.as_deref();
        }
        out
    }
}
