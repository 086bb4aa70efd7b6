//! A case file as what a build is made from: its sources as they were read, and what becomes known in the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use khronika_core::{Case, Correction, DateRole, Edtf, EffectKind, Judgment, Problem, ProblemKind, Source, Verdict};
use khronika_keep::{FoundIn, SourceRow, Store, Written};
use khronika_read::{ReadOptions, Reader};

use super::{failed, now, open, shape, source};
use crate::Failure;
use crate::args::keep::Unlock;
use crate::command::papers;
use crate::guard::guarded;

/// How many bytes of text and shape are kept in one change of the case.
const BATCH: usize = 32 << 20;
/// How many readings are kept in one change of the case.
const READINGS: usize = 256;

/// A case file that is built from.
pub(crate) struct Kept {
    path: PathBuf,
    store: Store,
    rows: Vec<SourceRow>,
}

impl Kept {
    /// Opens a case file.
    pub(crate) fn open(path: &Path, unlock: &Unlock) -> Result<Self, Failure> {
        let store = open(path, unlock)?;
        let rows = store.sources().map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), store, rows })
    }

    /// Goes on with some of its sources only: those that are named by their ids, digests or names.
    pub(crate) fn only(&mut self, names: &[String]) -> Result<(), Failure> {
        let found = names.iter().map(|name| self.store.find_source(name)).collect::<Result<Vec<_>, _>>();
        let found = found.map_err(|error| failed(&self.path, &error))?;
        self.rows.retain(|row| found.iter().any(|wanted| wanted.id == row.id));
        Ok(())
    }

    /// What is known of its sources.
    pub(crate) fn rows(&self) -> &[SourceRow] {
        &self.rows
    }

    /// Its sources. What no earlier program could read is tried again, and its text kept.
    pub(crate) fn sources(&mut self, reader: &Reader, problems: &mut Vec<Problem>) -> Result<Vec<Source>, Failure> {
        let fail = |error: &khronika_keep::Error| failed(&self.path, error);
        let mut sources = Vec::with_capacity(self.rows.len());
        let mut batch = Batch::default();
        for row in &self.rows {
            if let Some((kept, more)) = source(&self.store, row).map_err(|e| fail(&e))? {
                problems.extend(more);
                sources.push(kept);
                continue;
            }
            if row.size > ReadOptions::default().max_bytes {
                problems.push(too_long(row));
                continue;
            }
            let bytes = self.store.source_bytes(row.id).map_err(|e| fail(&e))?;
            match guarded(|| reader.read_bytes(&row.name, &bytes, &ReadOptions::default())) {
                Ok(Ok((read, more))) => {
                    batch.add(row.sha256, sources.len(), shape::of(&read, &more), read.text.len());
                    problems.extend(more);
                    sources.push(read);
                    if batch.is_full() {
                        batch.keep(&mut self.store, &sources).map_err(|e| fail(&e))?;
                    }
                }
                Ok(Err(problem)) => problems.push(*problem),
                Err(panic) => problems.push(papers::bug(&row.name, "read", &panic)),
            }
        }
        batch.keep(&mut self.store, &sources).map_err(|e| fail(&e))?;
        Ok(sources)
    }

    /// How many documents there are in it.
    pub(crate) fn documents(&self) -> usize {
        self.rows.len()
    }

    /// None of the `documents` in this case, and in `others` that were named with it, could be read.
    pub(crate) fn nothing_read(&self, documents: usize, others: usize, problems: &[Problem]) -> Failure {
        let more = if others > 0 { format!(" and {others} more") } else { String::new() };
        let name = format!("{}{more}", self.path.display());
        if documents == 0 {
            return Failure::new(format!("{name} holds no documents yet"), "put some into it with `khronika add`");
        }
        let hint = "add the same documents as text, Markdown or HTML files";
        papers::tell_some(problems);
        match documents {
            1 => Failure::new(format!("the only document in {name} could not be read"), hint),
            n => Failure::new(format!("none of the {n} documents in {name} could be read"), hint),
        }
    }

    /// What people said of findings, without what they took back.
    pub(crate) fn judgments(&self) -> Result<Vec<Judgment>, Failure> {
        let fail = |error: &khronika_keep::Error| failed(&self.path, error);
        let mut judgments = Vec::new();
        for logged in self.store.judgments().map_err(|e| fail(&e))? {
            let verdict = logged.entry.kind.rsplit('.').next().and_then(Verdict::from_name);
            // A newer program may know verdicts that this one does not.
            let Some(verdict) = verdict else { continue };
            let list = |name: &str| logged.details.get(name).and_then(|list| list.as_array());
            let text = |name: &str| logged.details.get(name).and_then(|text| text.as_str()).map(str::to_owned);
            let (ids, found) = (list("about"), list("found"));
            judgments.push(Judgment {
                number: logged.entry.number,
                verdict,
                about: ids.into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect(),
                by: self.store.label(&logged.entry.key).map_err(|e| fail(&e))?.unwrap_or_default(),
                time: logged.entry.time.to_string(),
                words: text("words"),
                titles: found
                    .into_iter()
                    .flatten()
                    .filter_map(|found| Some(found.get("title")?.as_str()?.to_owned()))
                    .collect(),
                correction: Correction {
                    date: text("date").and_then(|date| Edtf::parse(&date).ok()),
                    title: text("title"),
                    body: text("body"),
                },
                effect: text("effect").as_deref().and_then(EffectKind::from_name),
            });
        }
        Ok(judgments)
    }

    /// The case file itself, to be read.
    pub(crate) fn as_store(&self) -> &Store {
        &self.store
    }

    /// Asks the case file something.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Store) -> Result<T, khronika_keep::Error>) -> Result<T, Failure> {
        ask(&self.store).map_err(|error| failed(&self.path, &error))
    }

    /// Asks the case file something for which its envelope is looked at.
    pub(crate) fn ask_mut<T>(
        &mut self,
        ask: impl FnOnce(&mut Store) -> Result<T, khronika_keep::Error>,
    ) -> Result<T, Failure> {
        ask(&mut self.store).map_err(|error| failed(&self.path, &error))
    }

    /// Changes the case file.
    pub(crate) fn change<T>(
        &mut self,
        work: impl FnOnce(&mut khronika_keep::Write<'_>) -> Result<T, khronika_keep::Error>,
    ) -> Result<T, Failure> {
        self.store.write(now(), work).map_err(|error| failed(&self.path, &error))
    }

    /// The case file itself, to be written to.
    pub(crate) fn store(self) -> Store {
        self.store
    }

    /// Remembers what was found, for the filters of a search, and that the files in `folder` left the case.
    pub(crate) fn remember(mut self, case: &Case, folder: Option<&Path>) -> Result<(), Failure> {
        let found = found(case, &self.rows);
        let written = folder.map(written).transpose()?.unwrap_or_default();
        let Self { path, store, .. } = &mut self;
        let done = store.write(now(), |write| {
            write.keep_found(&found)?;
            if written.is_empty() { Ok(()) } else { write.exported("build", &written) }
        });
        done.map_err(|error| failed(path, &error))?;
        let Self { path, store, .. } = self;
        store.close().map_err(|error| failed(&path, &error))
    }
}

/// Readings that the case does not have yet. Each change of the case is forced to the disk, so they are kept many at a time.
#[derive(Default)]
struct Batch {
    /// The document, which of the sources it became, and the shape of its text.
    readings: Vec<([u8; 32], usize, Vec<u8>)>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, sha256: [u8; 32], source: usize, shape: Vec<u8>, text: usize) {
        self.bytes += shape.len() + text;
        self.readings.push((sha256, source, shape));
    }

    fn is_full(&self) -> bool {
        self.bytes >= BATCH || self.readings.len() >= READINGS
    }

    /// Keeps the readings, and is empty then.
    fn keep(&mut self, store: &mut Store, sources: &[Source]) -> Result<(), khronika_keep::Error> {
        let Self { readings, .. } = std::mem::take(self);
        if readings.is_empty() {
            return Ok(());
        }
        store.write(now(), |write| {
            readings.iter().filter_map(|(sha256, ix, shape)| Some((sha256, sources.get(*ix)?, shape))).try_for_each(
                |(sha256, source, shape)| {
                    write.keep_text(sha256, shape::READER, source.lang.code(), &source.text, shape).map(drop)
                },
            )
        })
    }
}

fn too_long(row: &SourceRow) -> Problem {
    Problem {
        source: None,
        name: row.name.clone(),
        kind: ProblemKind::Limit,
        what: "It is too long to be read.".to_owned(),
        span: None,
        place: None,
        advice: "Take it out with `khronika show --bytes`, and hand in its parts.".to_owned(),
    }
}

/// The files of a case, with their digests.
fn written(folder: &Path) -> Result<Vec<Written>, Failure> {
    ["case.json", "chronology.csv", "dossier.html"]
        .iter()
        .map(|name| {
            let path = folder.join(name);
            let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
            Ok(Written::new(name, &bytes))
        })
        .collect()
}

/// What was found in each source that the case file holds.
fn found(case: &Case, rows: &[SourceRow]) -> Vec<FoundIn> {
    let mut found: BTreeMap<String, FoundIn> =
        rows.iter().map(|row| (row.name_id(), FoundIn { source: row.id, ..FoundIn::default() })).collect();
    for date in case.dates.iter().filter(|date| matches!(date.role, DateRole::Event | DateRole::Publication)) {
        let Some((Some(earliest), Some(latest))) = date.edtf.as_ref().map(|edtf| edtf.bounds()) else { continue };
        if let Some(found) = found.get_mut(date.passage.source.as_str()) {
            found.dates.push((earliest.to_string(), latest.to_string()));
        }
    }
    for actor in &case.actors {
        let sources: BTreeSet<&str> = actor.mentions.iter().map(|mention| mention.source.as_str()).collect();
        for source in sources {
            if let Some(found) = found.get_mut(source) {
                found.actors.extend(actor.names.iter().map(|name| name.text.clone()));
            }
        }
    }
    for found in found.values_mut() {
        found.dates.sort_unstable();
        found.dates.dedup();
        found.actors.sort_unstable();
        found.actors.dedup();
    }
    found.into_values().collect()
}
