//! Checks a `case.json` against itself: what a schema cannot say.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{CharIndex, CharOffset, Edtf};
use serde_json::Value;

/// Everything that is wrong with a `case.json` beyond its shape, a sentence each, in order; empty where nothing is.
///
/// It checks that ids are unique and every id that is referred to exists, that every quote stands at its offsets in the text of its
/// source, that blocks stand in order, that every date is EDTF with the bounds that are given, that standings are as of the case's
/// day and have a reason, and that every event has a passage. The shape itself is the schema's business: what has another shape is
/// passed over here.
#[must_use]
pub fn check(case: &Value) -> Vec<String> {
    let mut checker = Checker {
        texts: list(case, "sources")
            .filter_map(|source| Some((text(source, "id")?, Text::new(text(source, "text")?))))
            .collect(),
        ids: BTreeMap::new(),
        wrong: Vec::new(),
    };
    if text(case, "schema") != Some(super::FORMAT) {
        checker.wrong.push(format!("schema: this is not {}", super::FORMAT));
    }
    for kind in
        ["sources", "actors", "events", "proceedings", "deadlines", "statements", "conflicts", "letters", "dates"]
    {
        let ids = checker.ids.entry(kind).or_default();
        for (n, item) in list(case, kind).enumerate() {
            match text(item, "id") {
                Some(id) if !ids.insert(id) => checker.wrong.push(format!("{kind}[{n}]: the id {id} is there twice")),
                Some(_) => {}
                None => checker.wrong.push(format!("{kind}[{n}]: no id")),
            }
        }
    }
    checker.blocks(case);
    checker.references(case);
    checker.judgments(case);
    checker.standings(case);
    checker.walk(case, "");
    checker.wrong
}

/// A text that is read by character offsets.
struct Text<'a> {
    text: &'a str,
    chars: CharIndex,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, chars: CharIndex::new(text) }
    }

    fn slice(&self, start: u64, end: u64) -> Option<&'a str> {
        let byte = |at: u64| self.chars.byte(self.text, CharOffset(usize::try_from(at).ok()?));
        self.text.get(byte(start)?..byte(end)?)
    }
}

struct Checker<'a> {
    texts: BTreeMap<&'a str, Text<'a>>,
    /// The ids of each top-level list.
    ids: BTreeMap<&'static str, BTreeSet<&'a str>>,
    wrong: Vec<String>,
}

impl<'a> Checker<'a> {
    fn blocks(&mut self, case: &'a Value) {
        for source in list(case, "sources") {
            let (mut before, id) = (0, text(source, "id").unwrap_or("?"));
            let length = self.texts.get(id).map_or(0, |text| text.chars.chars(text.text, usize::MAX).0 as u64);
            for (n, block) in list(source, "blocks").enumerate() {
                let (start, end) = (number(block, "start").unwrap_or(0), number(block, "end").unwrap_or(0));
                if start < before || end < start || end > length {
                    self.wrong
                        .push(format!("source {id}, block {n}: {start} to {end} is out of order or out of the text"));
                }
                before = end;
            }
            let mut before = 0;
            for (n, page) in list(source, "pages").enumerate() {
                let (start, end) = (number(page, "start").unwrap_or(0), number(page, "end").unwrap_or(0));
                if start < before || end < start || end > length {
                    self.wrong.push(format!("source {id}, page {}: it is out of order or out of the text", n + 1));
                }
                before = end;
            }
            for (n, mark) in list(source, "marks").enumerate() {
                let (start, end) = (number(mark, "start").unwrap_or(0), number(mark, "end").unwrap_or(0));
                if end < start || end > length {
                    self.wrong.push(format!("source {id}, mark {n}: it is out of the text"));
                }
            }
            self.exists("sources", text(source, "part_of"), &format!("source {id}"));
        }
    }

    /// That what is referred to by id exists.
    fn references(&mut self, case: &'a Value) {
        for (kind, item, at) in
            items(case, &["events", "proceedings", "deadlines", "statements", "conflicts", "letters"])
        {
            match kind {
                "events" => {
                    for part in list(item, "actors") {
                        self.exists("actors", text(part, "actor"), &at);
                    }
                    self.all_exist("actors", item, "said_by", &at);
                    self.all_exist("events", item, "after", &at);
                    self.all_exist("events", item, "before", &at);
                    for step in list(item, "inferred_from") {
                        self.exists("events", text(step, "event"), &at);
                    }
                    let Some(act) = item.get("act") else { continue };
                    self.exists("actors", act.get("body").and_then(|body| text(body, "actor")), &at);
                    self.exists("proceedings", text(act, "proceeding"), &at);
                    for effect in list(act, "effects") {
                        self.exists("events", text(effect, "on"), &at);
                    }
                    for step in act.get("standing").into_iter().flat_map(|standing| list(standing, "because")) {
                        self.exists("events", text(step, "event"), &at);
                    }
                }
                "proceedings" => {
                    self.all_exist("events", item, "acts", &at);
                    let Some(state) = item.get("state") else { continue };
                    self.exists("events", text(state, "by"), &at);
                    self.exists("actors", state.get("body").and_then(|body| text(body, "actor")), &at);
                }
                "deadlines" => self.exists("events", text(item, "act"), &at),
                "statements" => {
                    self.exists("actors", item.get("speaker").and_then(|speaker| text(speaker, "actor")), &at);
                    self.all_exist("actors", item, "chain", &at);
                    self.all_exist("actors", item, "about", &at);
                }
                "conflicts" => {
                    for id in list(item, "between").filter_map(Value::as_str) {
                        if !["events", "sources", "actors", "statements", "deadlines"]
                            .iter()
                            .any(|kind| self.has(kind, id))
                        {
                            self.wrong.push(format!("{at}: it is between {id}, which is nowhere"));
                        }
                    }
                    if list(item, "passages").count() < 2 {
                        self.wrong.push(format!("{at}: a conflict needs a passage for each side"));
                    }
                }
                _ => {
                    self.exists("sources", text(item, "source"), &at);
                    for one in list(item, "signatories") {
                        self.exists("actors", text(one, "actor"), &at);
                    }
                }
            }
        }
    }

    /// That judgments speak of events that exist, and that these know of them.
    fn judgments(&mut self, case: &'a Value) {
        let said: BTreeSet<(u64, &str)> = list(case, "judgments")
            .flat_map(|judgment| list(judgment, "events").map(|id| (number(judgment, "entry"), id.as_str())))
            .filter_map(|(entry, id)| entry.zip(id))
            .collect();
        for (n, judgment) in list(case, "judgments").enumerate() {
            self.all_exist("events", judgment, "events", &format!("judgments[{n}]"));
            self.all_exist("actors", judgment, "actors", &format!("judgments[{n}]"));
        }
        for (_, event, at) in items(case, &["events"]) {
            for entry in list(event, "judged").filter_map(Value::as_u64) {
                if !said.contains(&(entry, text(event, "id").unwrap_or_default())) {
                    self.wrong.push(format!("{at}: no judgment {entry} speaks of it"));
                }
            }
        }
    }

    /// That standings are as of the case's day, and reasoned; that events have passages.
    fn standings(&mut self, case: &'a Value) {
        let as_of = text(case, "as_of");
        for (_, event, at) in items(case, &["events"]) {
            if list(event, "passages").next().is_none() {
                self.wrong.push(format!("{at}: no passage"));
            }
            let Some(standing) = event.get("act").and_then(|act| act.get("standing")) else { continue };
            if text(standing, "as_of") != as_of {
                self.wrong.push(format!("{at}: its standing is not as of the case's day"));
            }
            if list(standing, "because").next().is_none() {
                self.wrong.push(format!("{at}: its standing has no reason"));
            }
        }
    }

    /// Passages and dates, wherever they stand.
    fn walk(&mut self, value: &'a Value, at: &str) {
        match value {
            Value::Array(values) => {
                for (n, value) in values.iter().enumerate() {
                    self.walk(value, &format!("{at}[{n}]"));
                }
            }
            Value::Object(members) => {
                if members.contains_key("quote") {
                    self.passage(value, at);
                }
                if members.contains_key("edtf") {
                    self.date(value, at);
                }
                for (key, value) in members {
                    // A source's text and blocks hold neither passages nor dates, and there may be very many blocks.
                    if !matches!(key.as_str(), "blocks" | "text" | "pages" | "marks") {
                        let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                        self.walk(value, &at);
                    }
                }
            }
            _ => {}
        }
    }

    fn passage(&mut self, passage: &'a Value, at: &str) {
        let (Some(source), Some(start), Some(end), Some(quote)) =
            (text(passage, "source"), number(passage, "start"), number(passage, "end"), text(passage, "quote"))
        else {
            return;
        };
        let wrong = match self.texts.get(source) {
            None => format!("{at}: there is no source {source}"),
            Some(text) if text.slice(start, end) != Some(quote) => {
                format!("{at}: the quote does not stand at {start} to {end} of {source}")
            }
            Some(_) => return,
        };
        self.wrong.push(wrong);
    }

    fn date(&mut self, date: &'a Value, at: &str) {
        if let Some(Err(error)) = text(date, "interval").map(Edtf::parse) {
            self.wrong.push(format!("{at}: {error}"));
        }
        let Some(edtf) = text(date, "edtf") else { return };
        match Edtf::parse(edtf) {
            Err(error) => self.wrong.push(format!("{at}: {error}")),
            Ok(parsed) => {
                for (key, day) in [("earliest", parsed.bounds().0), ("latest", parsed.bounds().1)] {
                    let day = day.map(|day| day.to_string());
                    if date.get(key).is_some() && text(date, key) != day.as_deref() {
                        self.wrong.push(format!("{at}: {key} is not that of {edtf}"));
                    }
                }
            }
        }
    }

    fn has(&self, kind: &str, id: &str) -> bool {
        self.ids.get(kind).is_some_and(|ids| ids.contains(id))
    }

    fn exists(&mut self, kind: &str, id: Option<&str>, at: &str) {
        if let Some(id) = id
            && !self.has(kind, id)
        {
            self.wrong.push(format!("{at}: {id} is none of the {kind}"));
        }
    }

    fn all_exist(&mut self, kind: &str, item: &Value, key: &str, at: &str) {
        for id in list(item, key) {
            self.exists(kind, id.as_str(), at);
        }
    }
}

/// The items of some top-level lists, with the list's name and a path for messages.
fn items<'a, 'k>(case: &'a Value, kinds: &[&'k str]) -> Vec<(&'k str, &'a Value, String)> {
    kinds
        .iter()
        .flat_map(|kind| list(case, kind).enumerate().map(move |(n, item)| (*kind, item, format!("{kind}[{n}]"))))
        .collect()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn number(value: &Value, key: &str) -> Option<u64> {
    value.get(key).and_then(Value::as_u64)
}
