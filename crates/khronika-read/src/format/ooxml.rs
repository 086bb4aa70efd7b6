//! What the office formats of Microsoft share: how the parts of a package refer to each other, and what a document says of itself.

use std::collections::BTreeMap;

use super::flow::Flow;
use super::package::Package;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, RemarkKind, Role};

/// More relationships than this of one part are not read.
const MOST: usize = 20_000;

/// A part refers to another.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The last word of its type: `image`, `footnotes`.
    pub kind: String,
    /// The name of the part, or where it leads out of the package.
    pub target: String,
    /// It leads out of the package.
    pub external: bool,
}

/// The relationships of a part, by their id.
pub(super) type Relations = BTreeMap<String, Relation>;

/// The relationships of the part `name` (of the package itself: empty).
pub(super) fn relations(package: &mut Package<'_>, name: &str, limits: Limits) -> Relations {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let place = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut out = Relations::new();
    let Some(text) = package.xml(&place) else { return out };
    let mut xml = Xml::new(&text, limits.depth);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        if tag.local() != "Relationship" || out.len() >= MOST {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) = (tag.attr("Id"), tag.attr("Type"), tag.attr("Target")) else {
            continue;
        };
        let external = tag.attr("TargetMode").is_some_and(|mode| mode == "External");
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let target = if external { target.into_owned() } else { resolved(folder, &target) };
        out.insert(id.into_owned(), Relation { kind, target, external });
    }
    package.remarks.extend(xml.remarks(&place));
    out
}

/// The part of this kind that relationships lead to inside of the package.
pub(super) fn target<'r>(relations: &'r Relations, kind: &str) -> Option<&'r str> {
    relations.values().find(|r| r.kind == kind && !r.external).map(|r| r.target.as_str())
}

/// Reads the part of this kind, where there is one.
pub(super) fn part<T>(
    package: &mut Package<'_>,
    relations: &Relations,
    kind: &str,
    limits: Limits,
    read: impl FnOnce(&mut Xml<'_>) -> T,
) -> Option<T> {
    let target = target(relations, kind)?;
    let text = package.xml(target)?;
    let mut xml = Xml::new(&text, limits.depth);
    let made = read(&mut xml);
    package.remarks.extend(xml.remarks(target));
    Some(made)
}

/// The main part of a package: what the relationships of the package name, else the first of `usual` that is there.
pub(super) fn main_part(package: &Package<'_>, relations: &Relations, usual: &[&str]) -> Option<String> {
    let named = relations.values().find(|r| r.kind == "officeDocument" && !r.external && package.has(&r.target));
    named
        .map(|r| r.target.clone())
        .or_else(|| usual.iter().find(|name| package.has(name)).map(|name| (*name).to_owned()))
}

/// A name as another part gives it, from the root of the package.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = target.split_once('#').map_or(target, |(before, _)| before).replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The media types of parts: by name and by extension.
#[derive(Debug, Default)]
pub(super) struct Types {
    names: BTreeMap<String, String>,
    extensions: BTreeMap<String, String>,
}

impl Types {
    pub fn read(package: &mut Package<'_>, limits: Limits) -> Self {
        let mut types = Self::default();
        let Some(text) = package.xml("[Content_Types].xml") else { return types };
        let mut xml = Xml::new(&text, limits.depth);
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            let Some(kind) = tag.attr("ContentType") else { continue };
            match (tag.local(), tag.attr("PartName"), tag.attr("Extension")) {
                ("Override", Some(name), _) => {
                    types.names.insert(name.trim_start_matches('/').to_ascii_lowercase(), kind.into_owned());
                }
                ("Default", _, Some(extension)) => {
                    types.extensions.insert(extension.to_ascii_lowercase(), kind.into_owned());
                }
                _ => {}
            }
        }
        types
    }

    pub fn of(&self, name: &str) -> Option<String> {
        let name = name.to_ascii_lowercase();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        self.names.get(&name).or_else(|| self.extensions.get(extension?)).cloned()
    }
}

/// What the document says of itself, in the parts that the relationships of the package name.
pub(super) fn properties(package: &mut Package<'_>, relations: &Relations, flow: &mut Flow, limits: Limits) {
    for (kind, usual) in [
        ("core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"),
    ] {
        // Strict documents name the kinds in one word.
        let word = kind.replace('-', "");
        let named = relations.values().find(|r| !r.external && (r.kind == kind || r.kind.to_ascii_lowercase() == word));
        let name = named.map_or(usual, |r| r.target.as_str());
        let Some(text) = package.xml(name) else { continue };
        let mut xml = Xml::new(&text, limits.depth);
        let mut custom: Option<String> = None;
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            if tag.ns == Ns::Properties && tag.local() == "property" {
                custom = tag.attr("name").map(std::borrow::Cow::into_owned);
                continue;
            }
            if matches!(tag.local(), "coreProperties" | "Properties") {
                continue;
            }
            let key = match (&custom, tag.ns) {
                (Some(name), _) => name.clone(),
                (None, Ns::Dublin) if matches!(tag.local(), "created" | "modified") => {
                    format!("dcterms:{}", tag.local())
                }
                (None, Ns::Dublin) => format!("dc:{}", tag.local()),
                (None, _) => tag.local().to_owned(),
            };
            let value = xml.words();
            keep(flow, key, value.trim());
        }
        let place = name.to_owned();
        package.remarks.extend(xml.remarks(&place));
    }
}

/// Keeps a property: the title and the author in their places, everything else by its name.
pub(super) fn keep(flow: &mut Flow, key: String, value: &str) {
    const LONGEST: usize = 4096;
    const MOST: usize = 500;
    let value = value.get(..value.floor_char_boundary(LONGEST)).unwrap_or_default().to_owned();
    if value.is_empty() {
        return;
    }
    let about = flow.about();
    match key.as_str() {
        "dc:title" => about.title = Some(value),
        "dc:creator" => about.author = Some(value),
        _ if about.more.len() < MOST => about.more.push((key, value)),
        _ => {}
    }
}

/// Where the instruction of a field leads: `HYPERLINK "https://…"`.
pub(super) fn hyperlink(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let (anchor, rest) = rest.strip_prefix("\\l").map_or(("", rest), |rest| ("#", rest.trim_start()));
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or(quoted, |(target, _)| target),
        None => rest.split_whitespace().next()?,
    };
    Some(format!("{anchor}{}", target.get(..target.floor_char_boundary(2048)).unwrap_or_default()))
}

/// Whether the instruction of a field puts in the day or the time at which the document is opened, kept or printed.
pub(super) fn is_renewed(code: &str) -> bool {
    matches!(code.split_whitespace().next(), Some("DATE" | "TIME" | "SAVEDATE" | "PRINTDATE"))
}

/// What is said of a document with such a field.
pub(super) const RENEWED: &str =
    "a day in it is put in anew when it is opened, kept or printed: it need not be the day on which it was written";

/// The words that are shown of a field without a result: `MACROBUTTON None Enter your name`.
pub(super) fn button(code: &str) -> Option<&str> {
    let code = code.trim_start();
    let rest = code.strip_prefix("MACROBUTTON").or_else(|| code.strip_prefix("GOTOBUTTON"))?.trim_start();
    rest.split_once(char::is_whitespace).map(|(_, words)| words.trim()).filter(|words| !words.is_empty())
}

/// Keeps the pictures and documents that a part refers to, and says what leads out of the package or could run.
pub(super) fn inside(package: &mut Package<'_>, flow: &mut Flow, types: &Types, limits: Limits) {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    for name in names {
        let small = name.to_ascii_lowercase();
        if small.ends_with("vbaproject.bin") || small.contains("/macrosheets/") {
            flow.remark(RemarkKind::Strange, "it holds macros, which were not run", Some(name));
        } else if small.contains("/media/") || small.contains("/embeddings/") {
            let declared = types.of(&name);
            if let Some(bytes) = package.read(&name) {
                flow.embed(&name, declared, bytes);
            }
        }
    }
    outside(package, flow, limits);
}

/// Says what is to be fetched from elsewhere when the document is opened, whichever of its parts asks for it.
fn outside(package: &mut Package<'_>, flow: &mut Flow, limits: Limits) {
    const MOST_PARTS: usize = 2000;
    const MOST_TOLD: usize = 20;
    let parts: Vec<(String, String)> = package
        .names()
        .filter_map(|name| {
            let (folder, file) = name.strip_suffix(".rels")?.rsplit_once("_rels/")?;
            Some((name.to_owned(), format!("{folder}{file}")))
        })
        .take(MOST_PARTS)
        .collect();
    // What is odd about them was said when they were read first.
    let said = package.remarks.len();
    let mut told = 0;
    for (place, part) in parts {
        for relation in relations(package, &part, limits).into_values().filter(|relation| relation.external) {
            let asks = matches!(
                relation.kind.as_str(),
                "attachedTemplate" | "image" | "oleObject" | "frame" | "subDocument" | "aFChunk" | "externalLinkPath"
            );
            if asks && told < MOST_TOLD {
                told += 1;
                let Relation { kind, target, .. } = relation;
                let what = format!("it asks for something elsewhere when it is opened ({kind}: {target})");
                flow.remark(RemarkKind::Strange, what, Some(place.clone()));
            }
        }
    }
    package.remarks.truncate(said);
}

/// The role of the styles that every Word has, by their names in the file in small letters, which
/// are the same in all languages.
pub(super) fn role_of(name: &str) -> Option<Role> {
    let name = name.replace([' ', '-', '_'], "");
    let numbered =
        |word: &str| name.strip_prefix(word).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if numbered("heading") || name == "subtitle" {
        return Some(Role::Heading);
    }
    // The list of contents: headings and pages, once more.
    if numbered("toc") || numbered("index") || name == "tableoffigures" {
        return Some(Role::Boilerplate);
    }
    match name.as_str() {
        "title" => Some(Role::Title),
        "caption" => Some(Role::Caption),
        "quote" | "intensequote" | "quotations" => Some(Role::Quote),
        "signature" => Some(Role::Signature),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_inside_of_the_package() {
        assert_eq!(resolved("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolved("ppt/slides", "../media/a.png"), "ppt/media/a.png");
        assert_eq!(resolved("word", "/docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolved("word", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolved("", "word/document.xml#x"), "word/document.xml");
    }
}
