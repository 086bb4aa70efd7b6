//! `config.cfg` and `meta.json`: which steps a pipeline has and how they are built.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Package, is_plain};
use crate::error::{Error, Result};

/// Sections of `key = JSON`.
#[derive(Debug)]
pub(crate) struct Config {
    sections: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Config {
    /// Reads the pipeline's `config.cfg`.
    pub(crate) fn read(package: &Package) -> Result<Self> {
        let file = "config.cfg";
        let bytes = package.read(file)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::damaged(file, "it is not UTF-8"))?;
        let mut sections: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        let mut section = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.trim_end().strip_suffix(']')) {
                name.clone_into(&mut section);
                sections.entry(section.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=')
                && !line.starts_with([' ', '\t', '#'])
            {
                let value = value.trim();
                // References such as ${a.b:c} are not JSON; they stay as text.
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
                sections.entry(section.clone()).or_default().insert(key.trim().to_owned(), value);
            }
        }
        Ok(Self { sections })
    }

    /// A value, or nothing.
    pub(crate) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.sections.get(section)?.get(key)
    }

    /// A text, or nothing.
    pub(crate) fn text(&self, section: &str, key: &str) -> Option<&str> {
        self.get(section, key).and_then(Value::as_str)
    }

    /// Whether a switch is on.
    pub(crate) fn is_on(&self, section: &str, key: &str) -> bool {
        self.get(section, key).and_then(Value::as_bool).unwrap_or(false)
    }

    fn names(&self, key: &str) -> Vec<String> {
        let items = self.get("nlp", key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The names of the steps in their order, and of those that are switched off. They name folders, so they must be plain.
    pub(crate) fn steps(&self) -> Result<(Vec<String>, Vec<String>)> {
        let (steps, disabled) = (self.names("pipeline"), self.names("disabled"));
        match steps.iter().find(|name| !is_plain(name) || name.contains('/')) {
            Some(name) => Err(Error::refused(format!("a step is named {name:?}, out of its folder"))),
            None => Ok((steps, disabled)),
        }
    }

    /// The kind of a step.
    pub(crate) fn factory(&self, step: &str) -> &str {
        self.text(&format!("components.{step}"), "factory").unwrap_or_default()
    }

    /// The names of all architectures in the sections that begin with a name.
    pub(crate) fn architectures<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let within =
            move |section: &str| section.strip_prefix(prefix).is_some_and(|r| r.is_empty() || r.starts_with('.'));
        self.sections
            .iter()
            .filter(move |(name, _)| within(name))
            .filter_map(|(_, keys)| keys.get("@architectures").and_then(Value::as_str))
    }
}

/// Who made a pipeline and under which terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The language, as its two letters.
    pub lang: String,
    /// The name without the language: `core_web_sm`.
    pub name: String,
    /// The version.
    pub version: String,
    /// The licence in the maker's words.
    pub license: String,
    /// The maker.
    pub author: String,
}

impl Meta {
    pub(crate) fn read(package: &Package) -> Result<Self> {
        let file = "meta.json";
        let root: Value =
            serde_json::from_slice(&package.read(file)?).map_err(|_| Error::damaged(file, "it is no JSON"))?;
        let text = |key: &str| root.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self {
            lang: text("lang"),
            name: text("name"),
            version: text("version"),
            license: text("license"),
            author: text("author"),
        })
    }
}
