//! The case file as the workspace needs it.
//!
//! The file is held by one lock, for as long as it is asked or written to and no longer: documents are read, found and weighed without it.
//! What takes long (the texts of a case that was just opened, checking, handing over) has the file open once more, beside it. What was found
//! in a source is kept in memory by its id, so that after a judgment nothing but the weighing is done again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use khronika_case::WeighOptions;
use khronika_core::{Case, Day, Judgment, Problem, Source, SourceId};
use khronika_keep::{Details, Filter, Opener, Receipt, Store, give_back_memory, guard_memory};
use khronika_seal::Verdict as Holds;
use khronika_serve::{
    Added, Check, Desk, Door, Entry, Found, Hit, Paper, Refusal, RefusalKind, Since, Tell, Weighed, Wish,
};
use khronika_show::ics;
use rayon::ThreadPool;
use rayon::prelude::*;
use secrecy::SecretString;

use super::told::{entries, failed, invalid, last_of, refused, since, touched};
use crate::Failure;
use crate::apart::Apart;
use crate::args::Reading;
use crate::args::export::Export;
use crate::args::keep::Unlock;
use crate::args::serve::Serve;
use crate::case_file::build::Kept;
use crate::case_file::cache::{Fresh, Held};
use crate::case_file::saying::Saying;
use crate::case_file::{self, cache, intake, secret};
use crate::command::papers::{self, Desk as Bench};
use crate::command::{export, init, search};
use crate::packs::Packs;
use crate::rules::Rules;

/// How many sources are looked through before it is told how far it is.
const AT_ONCE: usize = 16;

/// A case file, open or not, with what its documents are read, found and weighed with.
pub(super) struct CaseDesk {
    path: PathBuf,
    label: String,
    unlock: Unlock,
    reading: Reading,
    no_models: bool,
    rules: Rules,
    packs: Packs,
    opener: Apart,
    pool: ThreadPool,
    open: Mutex<Option<Open>>,
    /// Counts how often the case was opened: what was found in one opening is of no use in the next.
    opened: AtomicU64,
}

/// An open case.
struct Open {
    kept: Kept,
    round: u64,
    /// The numbers of the documents that were looked into.
    known: BTreeSet<i64>,
    case: Option<Arc<Case>>,
    /// The sources and what was found in them: shared with every case that is weighed from them.
    sources: Vec<Arc<Source>>,
    findings: BTreeMap<SourceId, Held>,
    problems: BTreeSet<Problem>,
    /// The last entry that whoever opened the case had signed before: its number, and when it was made.
    last: Option<(u64, String)>,
}

impl Open {
    /// What was found in the sources.
    fn findings(&self) -> Vec<(SourceId, Held)> {
        self.findings.iter().map(|(id, held)| (id.clone(), held.clone())).collect()
    }
}

/// What a weighing begins with.
struct Begun {
    round: u64,
    entries: u64,
    judgments: Vec<Judgment>,
    /// The judgments that are of no known kind.
    unknown: Vec<Problem>,
    /// What is new since the last one, and the numbers of the documents that were looked into for that.
    fresh: Vec<Source>,
    known: Vec<i64>,
    /// What was found in the new ones in an earlier run.
    before: Vec<Option<Held>>,
    /// What is wrong with it.
    problems: Vec<Problem>,
}

impl CaseDesk {
    pub(super) fn new(args: &Serve) -> Result<Self, Failure> {
        Ok(Self {
            path: args.case.clone(),
            label: args.label.clone(),
            unlock: args.unlock.clone(),
            reading: args.reading.clone(),
            no_models: args.no_models,
            rules: Rules::load()?,
            packs: Packs::new(args.no_models),
            opener: args.reading.opener()?,
            pool: papers::pool(None)?,
            open: Mutex::new(None),
            opened: AtomicU64::new(0),
        })
    }

    /// Whether a key was named and there is a case that it may open.
    pub(super) fn opens_by_itself(&self) -> bool {
        self.path.exists() && self.has_key()
    }

    const fn has_key(&self) -> bool {
        let Unlock { identity, passphrase_file, passphrase_fd } = &self.unlock;
        identity.is_some() || passphrase_file.is_some() || passphrase_fd.is_some()
    }

    fn held(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the open case file.
    fn with<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, Refusal>) -> Result<T, Refusal> {
        work(self.held().as_mut().ok_or_else(Refusal::locked)?)
    }

    /// Asks the open case file something.
    fn ask<T>(&self, ask: impl FnOnce(&Store) -> khronika_keep::Result<T>) -> Result<T, Refusal> {
        self.with(|open| ask(open.kept.as_store()).map_err(|error| refused(&self.path, &error)))
    }

    /// The case file once more, for work that nobody is to wait for.
    fn beside(&self) -> Result<Store, Refusal> {
        self.ask(Store::again)
    }

    fn key(&self, typed: Option<SecretString>) -> Result<Opener, Refusal> {
        match typed {
            Some(passphrase) => Ok(Opener::Passphrase(passphrase)),
            None => secret::given(&self.unlock).map_err(failed)?.ok_or_else(|| {
                Refusal::new(RefusalKind::Invalid, "there is no passphrase", "type the passphrase of the case")
            }),
        }
    }

    fn take(&self, store: Store) -> Result<(), Refusal> {
        let last = last_of(&store).map_err(|error| refused(&self.path, &error))?;
        let kept = Kept::of(&self.path, store).map_err(failed)?;
        let round = self.opened.fetch_add(1, Ordering::Relaxed) + 1;
        *self.held() = Some(Open {
            kept,
            round,
            known: BTreeSet::new(),
            case: None,
            sources: Vec::new(),
            findings: BTreeMap::new(),
            problems: BTreeSet::new(),
            last,
        });
        Ok(())
    }

    fn begin(&self) -> Result<Begun, Refusal> {
        let (mut begun, has_more) = self.with(|open| {
            open.kept.look_again().map_err(failed)?;
            let has_more = open.kept.rows().iter().any(|row| !open.known.contains(&row.id));
            let entries = open.kept.ask(Store::size).map_err(failed)?;
            let mut unknown = Vec::new();
            let judgments = open.kept.judgments(&mut unknown).map_err(failed)?;
            let known = open.known.iter().copied().collect();
            let (fresh, before, problems) = (Vec::new(), Vec::new(), Vec::new());
            Ok((Begun { round: open.round, entries, judgments, unknown, fresh, known, before, problems }, has_more))
        })?;
        if has_more {
            let mut kept = Kept::of(&self.path, self.beside()?).map_err(failed)?;
            let bench = Bench { reader: &self.rules.reader, opener: &self.opener };
            let before = begun.known.into_iter().collect();
            begun.fresh = kept.sources_but(&before, bench, &mut begun.problems).map_err(failed)?;
            // What could not be read now is not tried again before the case is opened anew.
            kept.look_again().map_err(failed)?;
            begun.known = kept.rows().iter().map(|row| row.id).collect();
            let held = |_, bytes: Vec<u8>| Held::Packed(bytes.into());
            begun.before = kept.found_before(&begun.fresh, &self.packs, held);
        }
        Ok(begun)
    }

    /// Looks through the sources in which nothing was found before, and tells how far it is. What is found is kept as it goes.
    fn find(&self, round: u64, sources: &[Source], before: Vec<Option<Held>>, tell: Tell<'_>) -> Vec<(SourceId, Held)> {
        let ground = self.packs.ground();
        let mut found = before;
        found.resize_with(sources.len(), || None);
        let mut done = found.iter().flatten().count();
        let mut missing: Vec<_> = sources.iter().zip(&mut found).filter(|(_, found)| found.is_none()).collect();
        let mut fresh = Vec::new();
        for some in missing.chunks_mut(AT_ONCE) {
            tell("finding", done, sources.len());
            fresh.extend(
                self.pool.install(|| cache::find_some(some, &self.rules.finder, &self.packs, ground, Held::new)),
            );
            done += some.len();
            if fresh.len() >= cache::AT_ONCE {
                self.keep_fresh(round, &mut fresh);
            }
        }
        self.keep_fresh(round, &mut fresh);
        let ids = sources.iter().map(|source| source.id.clone());
        ids.zip(found).filter_map(|(id, found)| Some((id, found?))).collect()
    }

    /// Keeps what was found, so that it is not found again when the case is next opened.
    fn keep_fresh(&self, round: u64, fresh: &mut Vec<Fresh>) {
        let fresh = std::mem::take(fresh);
        if fresh.is_empty() || !self.packs.hold() {
            return;
        }
        if let Some(open) = self.held().as_mut().filter(|open| open.round == round)
            && let Err(failure) = open.kept.look_again().and_then(|()| open.kept.keep_fresh(&fresh))
        {
            cache::not_kept(&failure);
        }
    }

    fn weighed(
        &self,
        sources: Vec<Arc<Source>>,
        findings: &[(SourceId, Held)],
        options: &WeighOptions,
    ) -> Result<Case, Refusal> {
        let unpacked = |(id, held): &(SourceId, Held)| held.unpacked(id);
        let findings = self.pool.install(|| findings.par_iter().map(unpacked).collect());
        papers::weigh(&self.pool, sources, findings, options, &self.rules).map_err(failed)
    }

    /// The case as it was weighed last, and as it is without judgments where an event is not in it.
    fn cases(&self, open: &Open, about: &[String]) -> Result<Vec<Arc<Case>>, Refusal> {
        let Some(case) = &open.case else { return Err(still_weighed()) };
        let mut cases = vec![Arc::clone(case)];
        let is_there = |id: &String| {
            case.events.iter().any(|event| event.id == *id) || case.actors.iter().any(|actor| actor.id == *id)
        };
        // Without judgments it would be the same case once more.
        if !about.iter().all(is_there) && !case.judgments.is_empty() {
            let findings = open.findings();
            cases.push(Arc::new(self.weighed(case.sources.clone(), &findings, &WeighOptions::default())?));
        }
        Ok(cases)
    }
}

fn still_weighed() -> Refusal {
    Refusal::new(RefusalKind::Busy, "the case is being weighed", "wait until it is done")
}

impl Desk for CaseDesk {
    fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    fn door(&self) -> Door {
        Door { exists: self.path.exists(), is_open: self.held().is_some(), has_key: self.has_key() }
    }

    fn create(&self, secret: Option<SecretString>) -> Result<(), Refusal> {
        let opener = self.key(secret)?;
        if let Opener::Passphrase(passphrase) = &opener {
            secret::long_enough(passphrase).map_err(invalid)?;
        }
        self.take(init::make(&self.path, None, &self.label, &opener).map_err(invalid)?)
    }

    fn unlock(&self, secret: Option<SecretString>) -> Result<(), Refusal> {
        guard_memory();
        if self.held().is_some() {
            return Ok(());
        }
        let opener = self.key(secret)?;
        self.take(Store::open(&self.path, &opener).map_err(|error| refused(&self.path, &error))?)
    }

    fn lock(&self) {
        if let Some(open) = self.held().take() {
            // Where the file cannot be made one again nothing is lost: whoever opens it next goes on from there.
            let _ = open.kept.store().close();
        }
    }

    fn title(&self) -> Result<String, Refusal> {
        self.ask(Store::name)
    }

    fn weigh(&self, as_of: Option<Day>, tell: Tell<'_>) -> Result<Weighed, Refusal> {
        let Begun { round, entries, judgments, unknown, fresh, known, before, problems } = self.begin()?;
        let found = self.find(round, &fresh, before, tell);
        tell("weighing", 0, 0);
        let has_more = !fresh.is_empty();
        let (sources, findings, problems) = self.with(|open| {
            if open.round != round {
                return Err(Refusal::locked());
            }
            open.kept.look_again().map_err(failed)?;
            // Whoever asked for a weighing meanwhile has read the same: it is told once.
            open.problems.extend(problems);
            open.known.extend(known);
            open.findings.extend(found);
            let had: BTreeSet<SourceId> = open.sources.iter().map(|source| source.id.clone()).collect();
            open.sources.extend(fresh.into_iter().filter(|source| !had.contains(&source.id)).map(Arc::new));
            let Open { kept, sources, .. } = open;
            kept.say_where(sources);
            Ok((open.sources.clone(), open.findings(), open.problems.clone()))
        })?;
        let mut case = self.weighed(sources, &findings, &WeighOptions { as_of, judgments })?;
        drop(findings);
        case.problems.extend(problems);
        case.problems.extend(unknown);
        case.problems.extend(self.packs.problems());
        case.problems.sort_by(|a, b| (&a.name, a.span, a.kind, &a.what).cmp(&(&b.name, b.span, b.kind, &b.what)));
        let case = Arc::new(case);
        self.with(|open| {
            if open.round != round {
                return Err(Refusal::locked());
            }
            if as_of.is_none() {
                open.case = Some(Arc::clone(&case));
            }
            if has_more {
                open.kept.keep_found(&case).map_err(failed)?;
            }
            Ok(())
        })?;
        // Weighing takes more memory than what comes of it.
        self.rest();
        Ok(Weighed { case, entries })
    }

    fn rest(&self) {
        if let Some(open) = self.held().as_ref() {
            open.kept.as_store().rest();
        }
        give_back_memory();
    }

    fn judge(&self, said: &khronika_serve::Saying) -> Result<u64, Refusal> {
        let saying = Saying {
            verdict: said.verdict,
            about: &said.about,
            words: said.words.as_deref(),
            correction: &said.correction,
            effect: said.effect,
            added: said.added.as_ref(),
            names: &said.names,
        };
        saying.check().map_err(invalid)?;
        self.with(|open| {
            let store = open.kept.as_store();
            let others = touched(store, &said.about, said.seen)
                .and_then(|others| entries(store, &others))
                .map_err(|error| refused(&self.path, &error))?;
            if !others.is_empty() {
                let hint = "look at what they say, and say it again if you still mean it";
                let what = "somebody spoke of this while you were looking at it";
                return Err(Refusal::new(RefusalKind::Touched(others), what, hint));
            }
            let details = if let Some(added) = &said.added {
                let Some(case) = &open.case else { return Err(still_weighed()) };
                let known = case_file::saying::added(&open.kept.judgments(&mut Vec::new()).map_err(failed)?);
                saying.added(added, &case.sources, &known).map_err(invalid)?
            } else {
                let cases = self.cases(open, &said.about)?;
                let cases: Vec<&Case> = cases.iter().map(AsRef::as_ref).collect();
                saying.details(&cases).map_err(invalid)?
            };
            open.kept.change(|write| write.judge(said.verdict.name(), &said.about, details)).map_err(failed)
        })
    }

    fn withdraw(&self, number: u64, words: Option<&str>) -> Result<u64, Refusal> {
        self.with(|open| {
            let judgments = open.kept.ask(Store::judgments).map_err(failed)?;
            if !judgments.iter().any(|logged| logged.entry.number == number) {
                let what = format!("entry {number} is no judgment that stands");
                return Err(Refusal::new(RefusalKind::Missing, what, "it may have been taken back already"));
            }
            let details: Details = words.map(|words| ("words".to_owned(), words.into())).into_iter().collect();
            open.kept.change(|write| write.withdraw(number, details)).map_err(failed)
        })
    }

    fn search(&self, words: &str, lang: Option<&str>, most: u32) -> Result<Found, Refusal> {
        let filter = Filter { lang: lang.map(str::to_owned), ..Filter::default() };
        let (hits, rows) = self.with(|open| {
            // What was typed may be no question at all.
            search::found(open.kept.as_store(), words, &filter, most)
                .map_err(|error| invalid(case_file::failed(&self.path, &error)))
        })?;
        let hit = |(row, hit): (khronika_keep::SourceRow, khronika_keep::Hit)| Hit {
            source: row.name_id(),
            name: row.name,
            lang: row.lang,
            snippet: hit.snippet,
            marks: hit.marks,
        };
        Ok(Found { count: hits.count, hits: rows.into_iter().zip(hits.best).map(hit).collect() })
    }

    fn journal(&self, before: Option<u64>, most: u64) -> Result<Vec<Entry>, Refusal> {
        self.ask(|store| {
            let size = store.size()?;
            let end = before.unwrap_or(size).min(size);
            let from = end.saturating_sub(most);
            let mut logged = store.log(from, end - from)?;
            logged.reverse();
            entries(store, &logged)
        })
    }

    fn since(&self) -> Result<Option<Since>, Refusal> {
        self.with(|open| {
            let Some((entry, time)) = open.last.clone() else { return Ok(None) };
            since(open.kept.as_store(), entry, time).map(Some).map_err(|error| refused(&self.path, &error))
        })
    }

    fn add(&self, paper: Paper, tell: Tell<'_>) -> Result<Vec<Added>, Refusal> {
        let Paper { name, bytes, from, how } = paper;
        tell("reading", 0, 1);
        let receipt = Receipt { name, media_type: intake::UNKNOWN.to_owned(), from, how, ..Receipt::default() };
        let bench = Bench { reader: &self.rules.reader, opener: &self.opener };
        let documents = intake::read(&bytes, &receipt, None, bench);
        drop(bytes);
        let mut added = Vec::new();
        let told = |problem: &Problem| (problem.what.clone(), problem.advice.clone());
        let lost = |problem: &Problem| Added {
            name: problem.name.clone(),
            is_new: false,
            is_kept: false,
            is_read: false,
            problems: vec![told(problem)],
        };
        let mut ready = Vec::new();
        for document in documents {
            match document {
                Ok(document) => ready.push(document),
                Err(problem) => added.push(lost(&problem)),
            }
        }
        let received = self.with(|open| open.kept.change(|write| intake::keep(write, &ready)).map_err(failed))?;
        for (document, received) in ready.iter().zip(&received) {
            added.push(match received {
                Ok(received) => Added {
                    name: document.name().to_owned(),
                    is_new: received.is_new,
                    is_kept: true,
                    is_read: document.is_read(),
                    problems: document.problems.iter().map(told).collect(),
                },
                Err(problem) => lost(problem),
            });
        }
        Ok(added)
    }

    fn original(&self, source: &SourceId, out: &mut (dyn Write + Send)) -> Result<(), Refusal> {
        let missing =
            || Refusal::new(RefusalKind::Missing, "there is no such document", "look for it in the list of documents");
        let number = self.with(|open| {
            let row = open.kept.rows().iter().find(|row| row.name_id() == source.as_str());
            row.map(|row| row.id).ok_or_else(missing)
        })?;
        // Whoever takes it may take it slowly.
        self.beside()?.copy_source(number, out).map_err(|error| refused(&self.path, &error))?;
        out.flush().map_err(|error| Refusal::new(RefusalKind::Failed, error.to_string(), "ask for it again"))
    }

    fn verify(&self, tell: Tell<'_>) -> Result<Vec<Check>, Refusal> {
        let verified = self.beside()?.verify(&[], &mut |what| tell(what, 0, 0));
        let holds = |verdict| match verdict {
            Holds::Holds => Some(true),
            Holds::Fails => Some(false),
            Holds::CannotJudge => None,
        };
        let checks = verified.map_err(|error| refused(&self.path, &error))?.checks.into_iter();
        Ok(checks
            .map(|check| Check { holds: holds(check.verdict), what: check.what.to_owned(), found: check.found })
            .collect())
    }

    fn signing_key(&self) -> Result<String, Refusal> {
        self.with(|open| open.kept.ask_mut(|store| store.own_key()).map(|key| key.line()).map_err(failed))
    }

    fn export(&self, wish: &Wish, tell: Tell<'_>, out: &mut (dyn Write + Send)) -> Result<(), Refusal> {
        tell("exporting", 0, 0);
        let args = Export {
            case: self.path.clone(),
            out: PathBuf::from(&wish.name),
            sealed: wish.sealed,
            to: wish.to.clone(),
            only: Vec::new(),
            as_of: None,
            language: wish.language,
            no_models: self.no_models,
            same_length: false,
            no_log: wish.no_log,
            unredacted: false,
            json: false,
            quiet: true,
            reading: self.reading.clone(),
            unlock: Unlock::default(),
        };
        let mut kept = Kept::of(&self.path, self.beside()?).map_err(failed)?;
        export::stream(&args, &mut kept, out).map_err(invalid)
    }

    fn calendar(&self, case: &Case) -> Vec<u8> {
        let mut out = Vec::new();
        // Writing to memory does not fail.
        let _ = ics::write(case, &self.packs.program(), &mut out);
        out
    }
}
