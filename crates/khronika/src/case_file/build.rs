//! A case file as what a build is made from: its sources as they were read, and what becomes known in the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khronika_core::{
    Case, Correction, DateRole, Edtf, EffectKind, Judgment, Problem, ProblemKind, Source, SourceId, Verdict,
};
use khronika_keep::{Entry, FoundIn, Logged, Prepared, PreparedText, Receipt, SourceRow, Store, Written};
use khronika_read::{Document, Kind, ReadOptions};

use super::{failed, now, open, saying, shape, source};
use crate::Failure;
use crate::args::keep::Unlock;
use crate::command::papers::{self, Desk};
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
    /// Whether all that it holds was asked for.
    is_whole: bool,
}

/// How many steps from a document to what it is inside of are followed.
const DEEPEST: usize = 64;

impl Kept {
    /// Opens a case file.
    pub(crate) fn open(path: &Path, unlock: &Unlock) -> Result<Self, Failure> {
        Self::of(path, open(path, unlock)?)
    }

    /// A case file that was opened.
    pub(crate) fn of(path: &Path, store: Store) -> Result<Self, Failure> {
        let rows = store.sources().map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), store, rows, is_whole: true })
    }

    /// Looks again what documents it holds.
    pub(crate) fn look_again(&mut self) -> Result<(), Failure> {
        self.rows = self.ask(Store::sources)?;
        Ok(())
    }

    /// Goes on with some of its sources only: those that are named by their ids, digests or names.
    pub(crate) fn only(&mut self, names: &[String]) -> Result<(), Failure> {
        let found = names.iter().map(|name| self.store.find_source(name)).collect::<Result<Vec<_>, _>>();
        let found = found.map_err(|error| failed(&self.path, &error))?;
        self.rows.retain(|row| found.iter().any(|wanted| wanted.id == row.id));
        self.is_whole = false;
        Ok(())
    }

    /// What is known of its sources.
    pub(crate) fn rows(&self) -> &[SourceRow] {
        &self.rows
    }

    /// Its sources. What no earlier program could read is tried again, and its text kept; what is inside of it comes into the case.
    pub(crate) fn sources(&mut self, desk: Desk<'_>, problems: &mut Vec<Problem>) -> Result<Vec<Arc<Source>>, Failure> {
        let sources = self.sources_but(&BTreeSet::new(), desk, problems)?;
        let mut sources: Vec<Arc<Source>> = sources.into_iter().map(Arc::new).collect();
        self.say_where(&mut sources);
        Ok(sources)
    }

    /// The same without those of these numbers, and without saying which source is inside of which.
    pub(crate) fn sources_but(
        &mut self,
        without: &BTreeSet<i64>,
        desk: Desk<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<Source>, Failure> {
        let fail = |error: &khronika_keep::Error| failed(&self.path, error);
        let mut sources = Vec::with_capacity(self.rows.len());
        let mut batch = Batch::default();
        let known: BTreeSet<[u8; 32]> = self.rows.iter().map(|row| row.sha256).collect();
        for row in self.rows.iter().filter(|row| !without.contains(&row.id)) {
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
            let mut new = Vec::new();
            let is_whole = self.is_whole;
            let mut visit = |document: Document<'_>| {
                // What is in the case by itself has its own turn; a case of which only some sources were asked for is not added to.
                if document.depth == 0 || is_whole && !known.contains(&document.sha256) {
                    new.push(Reread::of(document));
                }
            };
            let options = ReadOptions::default();
            let read = guarded(|| desk.reader.open_bytes(&row.name, &bytes, &options, desk.opener, &mut visit));
            if let Err(panic) = read {
                problems.push(papers::bug(&row.name, "read", &panic));
            }
            for reread in new {
                let Reread { sha256, received, source, problems: more } = reread;
                let received = received.map_err(|e| fail(&e))?;
                let text = source.as_ref().map(|source| {
                    let shape = shape::of(source, &more);
                    PreparedText::new(source.lang.code(), &source.text, &shape)
                        .map(|text| (text, shape.len() + source.text.len()))
                });
                batch.add(sha256, received, text.transpose().map_err(|e| fail(&e))?);
                problems.extend(more);
                sources.extend(source);
            }
            if batch.is_full() {
                batch.keep(&mut self.store).map_err(|e| fail(&e))?;
            }
        }
        batch.keep(&mut self.store).map_err(|e| fail(&e))?;
        Ok(sources)
    }

    /// Of each source that is inside of another, or was taken out of one, says which: the nearest one around it that has a text.
    pub(crate) fn say_where(&self, sources: &mut [Arc<Source>]) {
        let around: BTreeMap<i64, &SourceRow> = self.rows.iter().map(|row| (row.id, row)).collect();
        let named: BTreeMap<String, &SourceRow> = self.rows.iter().map(|row| (row.name_id(), row)).collect();
        let has_text: BTreeSet<String> = sources.iter().map(|source| source.id.to_string()).collect();
        for source in sources {
            let mut row = named.get(source.id.as_str()).copied();
            // What was entered by hand may lead in a circle.
            for _ in 0..DEEPEST {
                row = row.and_then(|row| around.get(&row.parent?).copied());
                if let Some(id) = row.map(SourceRow::name_id).filter(|id| has_text.contains(id)) {
                    let part_of = (id != source.id.as_str()).then(|| SourceId::new(&id));
                    if source.part_of != part_of {
                        Arc::make_mut(source).part_of = part_of;
                    }
                    break;
                }
            }
        }
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
        let hint = "see with `khronika read` what becomes of one, or add the same documents in another format";
        papers::tell_some(problems);
        match documents {
            1 => Failure::new(format!("the only document in {name} could not be read"), hint),
            n => Failure::new(format!("none of the {n} documents in {name} could be read"), hint),
        }
    }

    /// What people said of findings, without what they took back. What a newer program took down and this one does not know is a problem.
    pub(crate) fn judgments(&self, problems: &mut Vec<Problem>) -> Result<Vec<Judgment>, Failure> {
        let fail = |error: &khronika_keep::Error| failed(&self.path, error);
        let mut judgments = Vec::new();
        for logged in self.store.judgments().map_err(|e| fail(&e))? {
            let verdict = logged.entry.kind.rsplit('.').next().and_then(Verdict::from_name);
            let Some(verdict) = verdict else {
                problems.push(self.unknown(&logged));
                continue;
            };
            let list = |name: &str| logged.details.get(name).and_then(|list| list.as_array());
            let text = |name: &str| logged.details.get(name).and_then(|text| text.as_str()).map(str::to_owned);
            let (ids, found) = (list("about"), list("found"));
            let mut correction = Correction {
                date: text("date").and_then(|date| Edtf::parse(&date).ok()),
                title: text("title"),
                body: text("body"),
            };
            let mut added = None;
            if verdict == Verdict::Add {
                let Some((what, said)) = saying::read_added(&logged.details) else {
                    problems.push(self.unknown(&logged));
                    continue;
                };
                (added, correction) = (Some(what), said);
            }
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
                correction,
                effect: text("effect").as_deref().and_then(EffectKind::from_name),
                added,
                names: list("names")
                    .into_iter()
                    .flatten()
                    .filter_map(|name| name.as_str().map(str::to_owned))
                    .collect(),
            });
        }
        Ok(judgments)
    }

    /// A judgment that is of no kind that this program knows.
    fn unknown(&self, logged: &Logged) -> Problem {
        let Entry { number, kind, .. } = &logged.entry;
        Problem {
            source: None,
            name: self.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            kind: ProblemKind::NotReadYet,
            what: format!(
                "what entry {number} of the journal says ({kind}) is not known to this program: the case is weighed without it"
            ),
            span: None,
            place: None,
            advice: "use the khronika that wrote it, or a newer one; `khronika log` shows the entry".to_owned(),
        }
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

    /// Remembers what was found, for the filters of a search.
    pub(crate) fn keep_found(&mut self, case: &Case) -> Result<(), Failure> {
        let found = found(case, &self.rows);
        self.change(|write| write.keep_found(&found))
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

/// A document that was read anew.
struct Reread {
    sha256: [u8; 32],
    /// What the case gets, where the document was inside of another.
    received: khronika_keep::Result<Option<(Prepared, Receipt)>>,
    source: Option<Source>,
    problems: Vec<Problem>,
}

impl Reread {
    fn of(document: Document<'_>) -> Self {
        let received = match document.parent {
            None => Ok(None),
            Some(parent) => Prepared::new(document.bytes).map(|prepared| {
                let (name, media_type) = (document.name.clone(), media_type(&document).to_owned());
                Some((prepared, Receipt { name, media_type, parent: Some(parent), ..Receipt::default() }))
            }),
        };
        Self { sha256: document.sha256, received, source: document.source, problems: document.problems }
    }
}

/// What a document is, as a receipt says it.
pub(crate) fn media_type(document: &Document<'_>) -> &'static str {
    document.kind.map_or("application/octet-stream", Kind::name)
}

/// Readings that the case does not have yet. Each change of the case is forced to the disk, so they are kept many at a time.
#[derive(Default)]
struct Batch {
    new: Vec<New>,
    /// About how many bytes their texts have.
    bytes: usize,
}

/// A document to be received, where it is not in the case, and its text, where it has one.
struct New {
    sha256: [u8; 32],
    received: Option<(Prepared, Receipt)>,
    text: Option<PreparedText>,
}

impl Batch {
    /// Adds a document; its text with its length.
    fn add(&mut self, sha256: [u8; 32], received: Option<(Prepared, Receipt)>, text: Option<(PreparedText, usize)>) {
        let (text, bytes) = text.map_or((None, 0), |(text, bytes)| (Some(text), bytes));
        if received.is_some() || text.is_some() {
            self.new.push(New { sha256, received, text });
            self.bytes += bytes;
        }
    }

    fn is_full(&self) -> bool {
        self.new.len() >= READINGS || self.bytes >= BATCH
    }

    /// Keeps the readings, and is empty then.
    fn keep(&mut self, store: &mut Store) -> Result<(), khronika_keep::Error> {
        let Self { new, .. } = std::mem::take(self);
        if new.is_empty() {
            return Ok(());
        }
        store.write(now(), |write| {
            new.iter().try_for_each(|New { sha256, received, text }| {
                if let Some((prepared, receipt)) = received {
                    write.receive(prepared, receipt)?;
                }
                text.as_ref().map_or(Ok(()), |text| write.keep_text(sha256, shape::READER, text).map(drop))
            })
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
