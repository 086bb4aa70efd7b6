//! Base forms by edit trees: each class of the network is a tree that says how a word's ends change.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::error::{Error, Result};
use crate::layer::dense::{Linear, largest};
use crate::package::Package;
use crate::package::config::Config;
use crate::package::msgpack::Value;
use crate::package::thinc::Model;
use crate::step::tagger;
use crate::text::hash::StringIds;

/// Deeper than trees over any word are.
const DEEPEST: usize = 200;
/// The number that stands for no tree.
const NONE: u64 = 0xFFFF_FFFF;
/// The texts of all strings; trees name theirs by numbers only.
pub(crate) const STRINGS: &str = "vocab/strings.json";

#[derive(Debug)]
enum Tree {
    /// The middle of the word stays; what is before and after it, of so many characters, changes by other trees.
    Match { before: (usize, Option<usize>), after: (usize, Option<usize>) },
    /// A text that must be there, and what it becomes.
    Swap { old: Box<str>, new: Box<str> },
}

/// The lemmatizer.
#[derive(Debug)]
pub(crate) struct TreeLemmatizer {
    pub(crate) output: Linear,
    /// The tree of each class.
    classes: Vec<usize>,
    trees: Vec<Tree>,
    /// So many of the best classes are tried.
    tries: usize,
    /// Whether a word that none of them fits is its own base form.
    falls_back: bool,
}

impl TreeLemmatizer {
    pub(crate) fn read(package: &Package, step: &str, model: &Model<'_>, config: &Config) -> Result<Self> {
        let section = format!("components.{step}");
        if config.is_on(&section, "overwrite") {
            return Err(Error::unsupported("a lemmatizer that overwrites what rules set"));
        }
        let falls_back = match config.get(&section, "backoff") {
            None => true,
            Some(Json::Null) => false,
            Some(Json::String(attribute)) if attribute == "orth" => true,
            Some(other) => return Err(Error::unsupported(format!("base forms that fall back on {other}"))),
        };
        let tries = config.get(&section, "top_k").and_then(Json::as_u64).unwrap_or(1);
        let file = format!("{step}/trees");
        let damaged = || Error::damaged(&file, "its trees are not whole");
        let trees = read_trees(package, &file)?.ok_or_else(damaged)?;
        let labels = tagger::config(package, step)?;
        let labels = labels.get("labels").and_then(Json::as_array).ok_or_else(damaged)?;
        let classes: Option<Vec<usize>> = labels
            .iter()
            .map(|label| label.as_u64().and_then(|n| usize::try_from(n).ok()).filter(|n| *n < trees.len()))
            .collect();
        let classes = classes.ok_or_else(damaged)?;
        let output = tagger::output(model)?;
        if classes.len() != output.outputs() || classes.is_empty() {
            return Err(model.damaged("its labels and its scores differ in number"));
        }
        let tries = usize::try_from(tries).unwrap_or(usize::MAX).clamp(1, classes.len());
        Ok(Self { output, classes, trees, tries, falls_back })
    }

    /// The base forms of tokens, from their vectors and their texts.
    pub(crate) fn lemmas<'t>(
        &self,
        rows: &[f32],
        scratch: &mut Vec<f32>,
        text: impl Fn(usize) -> Option<&'t str>,
        mut put: impl FnMut(usize, Arc<str>),
    ) {
        self.output.apply(rows, scratch);
        for (i, scores) in scratch.chunks_exact_mut(self.classes.len()).enumerate() {
            let Some(word) = text(i) else { continue };
            let mut found = None;
            for _ in 0..self.tries {
                let best = largest(scores);
                found = self.classes.get(best).and_then(|&tree| applied(&self.trees, tree, word));
                if found.is_some() {
                    break;
                }
                scores.get_mut(best).into_iter().for_each(|score| *score = f32::MIN);
            }
            match found {
                Some(lemma) => put(i, lemma.into()),
                None if self.falls_back => put(i, word.into()),
                None => {}
            }
        }
    }
}

/// What a tree makes of a word, or nothing where it does not fit.
fn applied(trees: &[Tree], tree: usize, word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    apply(trees, tree, word, DEEPEST, &mut out)?;
    Some(out)
}

fn apply(trees: &[Tree], tree: usize, part: &str, depth: usize, out: &mut String) -> Option<()> {
    // Of a damaged file, a tree may hold itself.
    let depth = depth.checked_sub(1)?;
    match trees.get(tree)? {
        Tree::Swap { old, new } => (**old == *part).then(|| out.push_str(new)),
        Tree::Match { before: (before, first), after: (after, last) } => {
            let count = part.chars().count();
            let end = count.checked_sub(*after).filter(|end| before <= end)?;
            let place = |at: usize| part.char_indices().nth(at).map_or(part.len(), |(at, _)| at);
            let (start, end) = (place(*before), place(end));
            if let Some(first) = first {
                apply(trees, *first, part.get(..start)?, depth, out)?;
            }
            out.push_str(part.get(start..end)?);
            match last {
                Some(last) => apply(trees, *last, part.get(end..)?, depth, out),
                None => Some(()),
            }
        }
    }
}

fn read_trees(package: &Package, file: &str) -> Result<Option<Vec<Tree>>> {
    let bytes = package.read(file)?;
    let root = Value::read(&bytes, file)?;
    let Some(items) = root.get("trees").and_then(Value::as_list) else { return Ok(None) };
    let strings = strings(package, items)?;
    let text = |number: u64| find(&strings, number).or_else(|| reserved(number));
    let tree = |item: &Value<'_>| {
        let number = |key: &str| item.get(key).and_then(Value::as_u64);
        let size = |key: &str| number(key).and_then(|n| usize::try_from(n).ok());
        let below = |key: &str| match number(key)? {
            NONE => Some(None),
            n => usize::try_from(n).ok().filter(|n| *n < items.len()).map(Some),
        };
        if item.get("prefix_len").is_some() {
            let before = (size("prefix_len")?, below("prefix_tree")?);
            return Some(Tree::Match { before, after: (size("suffix_len")?, below("suffix_tree")?) });
        }
        Some(Tree::Swap { old: text(number("orig")?)?.into(), new: text(number("subst")?)?.into() })
    };
    Ok(items.iter().map(tree).collect())
}

/// A string that spaCy numbers by hand, such as "X" and "NUM": it is not in the package's list. The empty one is the first of them.
fn reserved(number: u64) -> Option<&'static str> {
    usize::try_from(number).ok().and_then(StringIds::reserved)
}

/// The numbers of the package's strings that trees name.
fn named(items: &[Value<'_>]) -> Vec<u64> {
    let numbers = items.iter().flat_map(|item| ["orig", "subst"].map(|key| item.get(key).and_then(Value::as_u64)));
    let mut numbers: Vec<u64> = numbers.flatten().filter(|number| reserved(*number).is_none()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Of the package's strings those that trees name, by their numbers.
fn strings(package: &Package, items: &[Value<'_>]) -> Result<Vec<(u64, Box<str>)>> {
    let wanted = named(items);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<Box<str>> = serde_json::from_slice(&package.read(STRINGS)?)
        .map_err(|_| Error::damaged(STRINGS, "it is no list of texts"))?;
    let ids = StringIds::new();
    let mut found: Vec<(u64, Box<str>)> = all
        .into_iter()
        .map(|text| (ids.id(&text), text))
        .filter(|(number, _)| wanted.binary_search(number).is_ok())
        .collect();
    found.sort_unstable();
    Ok(found)
}

fn find(strings: &[(u64, Box<str>)], number: u64) -> Option<&str> {
    let place = strings.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    strings.get(place).map(|(_, text)| &**text)
}

/// What a pack needs of the package's strings for the trees of a step: a list as it was, but shorter.
pub(crate) fn kept_strings(package: &Package, step: &str) -> Result<Option<Vec<Box<str>>>> {
    let file = format!("{step}/trees");
    let Some(bytes) = package.find(&file)? else { return Ok(None) };
    let root = Value::read(&bytes, &file)?;
    let items = root.get("trees").and_then(Value::as_list).unwrap_or_default();
    Ok(Some(strings(package, items)?.into_iter().map(|(_, text)| text).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{msgpack, zip};

    #[test]
    fn ends_change_and_the_middle_stays() {
        let trees = [
            Tree::Match { before: (2, Some(1)), after: (1, Some(2)) },
            Tree::Swap { old: "né".into(), new: "x".into() },
            Tree::Swap { old: "я".into(), new: String::new().into() },
        ];
        assert_eq!(applied(&trees, 0, "néабя").as_deref(), Some("xаб"));
        for word in ["néаб", "neабя", "né", ""] {
            assert_eq!(applied(&trees, 0, word), None, "{word}");
        }
    }

    #[test]
    fn strings_that_spacy_numbers_by_hand_are_not_in_the_package() {
        let number = |n| Value::UInt(n);
        let swap = |old, new| Value::Map(vec![(Value::Str("orig"), number(old)), (Value::Str("subst"), number(new))]);
        let trees = |swap| {
            let mut bytes = Vec::new();
            msgpack::write(&Value::Map(vec![(Value::Str("trees"), Value::List(vec![swap]))]), &mut bytes);
            let files = [("config.cfg", Vec::new()), (STRINGS, br#"["ten"]"#.to_vec()), ("l/trees", bytes)];
            let files: Vec<_> = files.map(|(name, bytes)| (name.to_owned(), bytes)).into();
            read_trees(&Package::archive(zip::write(&files)).unwrap(), "l/trees").unwrap()
        };
        let ten = StringIds::new().id("ten");
        // 101 is "X".
        for (old, new, word, becomes) in [(101, ten, "X", "ten"), (ten, 101, "ten", "X"), (ten, 0, "ten", "")] {
            assert_eq!(applied(&trees(swap(old, new)).unwrap(), 0, word).as_deref(), Some(becomes));
        }
        assert!(trees(swap(1_000, ten)).is_none());
    }

    #[test]
    fn a_tree_that_holds_itself_fits_no_word() {
        let twice = [Tree::Match { before: (3, Some(0)), after: (0, Some(0)) }];
        assert_eq!(applied(&twice, 0, "abc"), None);
        let empty = [Tree::Match { before: (0, Some(0)), after: (0, Some(0)) }];
        assert_eq!(applied(&empty, 0, ""), None);
    }
}
