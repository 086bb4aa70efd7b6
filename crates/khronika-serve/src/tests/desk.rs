//! A case in memory.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::Duration;

use khronika_core::{BY_HAND, Case, CharIndex, Day, Event, Judged, Judgment, Passage, SourceId, Verdict};
use secrecy::{ExposeSecret as _, SecretString};

use super::PASSPHRASE;
use crate::{
    Added, Check, Desk, Door, Entry, Found, Hit, Paper, Refusal, RefusalKind, Saying, Since, Tell, Weighed, Wish,
};

/// The case, what was said of it, and what was added.
pub(super) struct Memory(Mutex<State>, Arc<Seen>);

/// What a test sees of a desk that it gave away.
#[derive(Default)]
pub(super) struct Seen {
    weighed: Mutex<Vec<Weak<Case>>>,
    rests: AtomicUsize,
    is_busy: AtomicBool,
}

impl Seen {
    /// From now on weighing takes as long as this is so.
    pub(super) fn busy(&self, is_busy: bool) {
        self.is_busy.store(is_busy, Ordering::SeqCst);
    }

    /// Of each weighing in order, whether what came of it is still held; and how often the desk was told that a case is shown no longer.
    pub(super) fn held(&self) -> (Vec<bool>, usize) {
        let weighed = self.weighed.lock().unwrap();
        (weighed.iter().map(|case| case.strong_count() > 0).collect(), self.rests.load(Ordering::SeqCst))
    }
}

struct State {
    case: Case,
    exists: bool,
    is_open: bool,
    said: Vec<(Saying, bool)>,
    added: Vec<String>,
    hostile: String,
}

impl Memory {
    pub(super) fn new(case: Case) -> Self {
        let (said, added) = (Vec::new(), Vec::new());
        let state = State { case, exists: true, is_open: false, said, added, hostile: String::new() };
        Self(Mutex::new(state), Arc::default())
    }

    /// What a test sees of it later on.
    pub(super) fn seen(&self) -> Arc<Seen> {
        Arc::clone(&self.1)
    }

    /// Says these words wherever it says anything.
    pub(super) fn hostile(self, words: &str) -> Self {
        words.clone_into(&mut self.0.lock().unwrap().hostile);
        self
    }

    /// There is no case yet.
    pub(super) fn missing(self) -> Self {
        self.0.lock().unwrap().exists = false;
        self
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut state = self.0.lock().unwrap();
        if state.is_open { work(&mut state) } else { Err(Refusal::locked()) }
    }
}

fn entry(number: usize, said: &(Saying, bool), by: &str) -> Entry {
    Entry {
        number: number as u64,
        time: "2026-11-30T10:00:00Z".to_owned(),
        kind: format!("judgment.{}", said.0.verdict.name()),
        about: said.0.about.first().cloned(),
        title: Some(format!("{by}what it was")),
        by: format!("{by}Ada"),
        details: vec![("words".to_owned(), format!("{by}{}", said.0.words.clone().unwrap_or_default()))],
        can_be_undone: said.1,
    }
}

impl Desk for Memory {
    fn name(&self) -> String {
        let state = self.0.lock().unwrap();
        format!("doe{}.khronika", state.hostile)
    }

    fn door(&self) -> Door {
        let state = self.0.lock().unwrap();
        Door { exists: state.exists, is_open: state.is_open, has_key: false }
    }

    fn create(&self, secret: Option<SecretString>) -> Result<(), Refusal> {
        let mut state = self.0.lock().unwrap();
        if secret.is_none_or(|secret| secret.expose_secret().len() < 8) {
            return Err(Refusal::new(RefusalKind::Invalid, "it is too short", "take more words"));
        }
        (state.exists, state.is_open) = (true, true);
        Ok(())
    }

    fn unlock(&self, secret: Option<SecretString>) -> Result<(), Refusal> {
        if secret.is_none_or(|secret| secret.expose_secret() != PASSPHRASE) {
            return Err(Refusal::new(RefusalKind::WrongSecret, "it is not the passphrase", "try again"));
        }
        self.0.lock().unwrap().is_open = true;
        Ok(())
    }

    fn lock(&self) {
        self.0.lock().unwrap().is_open = false;
    }

    fn signing_key(&self) -> Result<String, Refusal> {
        self.with(|state| Ok(format!("RWQkey{}", state.hostile)))
    }

    fn title(&self) -> Result<String, Refusal> {
        self.with(|state| Ok(format!("Doe{}", state.hostile)))
    }

    fn weigh(&self, as_of: Option<Day>, _: Tell<'_>) -> Result<Weighed, Refusal> {
        while self.1.is_busy.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        self.with(|state| {
            let mut case = state.case.clone();
            if let Some(day) = as_of {
                (case.as_of, case.as_of_given) = (day, true);
            }
            for (number, (said, stands)) in state.said.iter().enumerate().filter(|(_, (_, stands))| *stands) {
                let judgment = Judgment {
                    number: number as u64,
                    verdict: said.verdict,
                    about: said.about.clone(),
                    by: format!("{}Ada", state.hostile),
                    time: "2026-11-30T10:00:00Z".to_owned(),
                    words: said.words.clone(),
                    titles: vec![format!("{}what it was", state.hostile)],
                    correction: said.correction.clone(),
                    effect: said.effect,
                    added: said.added.clone(),
                    names: said.names.clone(),
                };
                let rejects = said.verdict == Verdict::Reject;
                if let Some(added) = &said.added {
                    let source = case.sources.iter().find(|source| source.id == added.words.source).unwrap();
                    let span = added.words.find(&source.text, &CharIndex::new(&source.text)).unwrap();
                    let passages = vec![Passage::new(source.id.clone(), span)];
                    let (id, made_by) = (said.about[0].clone(), vec![format!("{BY_HAND}{number}")]);
                    let event =
                        Event { id, passages, made_by, act: None, kind: "event".to_owned(), ..case.events[0].clone() };
                    case.events.insert(0, event);
                }
                case.events.retain(|event| !(rejects && said.about.contains(&event.id)));
                let (events, actors): (Vec<String>, Vec<String>) =
                    said.about.iter().filter(|_| !rejects).cloned().partition(|id| !id.starts_with("a-"));
                case.judgments.push(Judged {
                    judgment,
                    applied: *stands,
                    events,
                    actors,
                    found: said.correction.clone(),
                });
            }
            let case = Arc::new(case);
            self.1.weighed.lock().unwrap().push(Arc::downgrade(&case));
            Ok(Weighed { case, entries: state.said.len() as u64 })
        })
    }

    fn rest(&self) {
        self.1.rests.fetch_add(1, Ordering::SeqCst);
    }

    fn judge(&self, saying: &Saying) -> Result<u64, Refusal> {
        self.with(|state| {
            let newer = state.said.iter().enumerate().skip(usize::try_from(saying.seen).unwrap());
            let newer = newer.filter(|(_, (said, _))| said.about.iter().any(|id| saying.about.contains(id)));
            let others: Vec<Entry> = newer.map(|(n, said)| entry(n, said, &state.hostile)).collect();
            if !others.is_empty() {
                return Err(Refusal::new(RefusalKind::Touched(others), "somebody spoke of it", "look again"));
            }
            state.said.push((saying.clone(), true));
            Ok(state.said.len() as u64 - 1)
        })
    }

    fn withdraw(&self, number: u64, _: Option<&str>) -> Result<u64, Refusal> {
        self.with(|state| {
            let missing = || Refusal::new(RefusalKind::Missing, "it is no judgment", "look again");
            let said = state.said.get_mut(usize::try_from(number).unwrap()).ok_or_else(missing)?;
            said.1 = false;
            Ok(number)
        })
    }

    fn search(&self, words: &str, _: Option<&str>, _: u32) -> Result<Found, Refusal> {
        self.with(|state| {
            let found = state.case.sources.iter().filter(|source| source.text.contains(words));
            let hit = |source: &khronika_core::Source| Hit {
                source: source.id.to_string(),
                name: source.name.clone(),
                lang: Some(source.lang.code().to_owned()),
                snippet: format!("{}{words}", state.hostile),
                marks: vec![(0, 3), (state.hostile.chars().count(), state.hostile.chars().count() + 1)],
            };
            let hits: Vec<Hit> = found.map(|source| hit(source)).collect();
            Ok(Found { count: hits.len() as u64, hits })
        })
    }

    fn journal(&self, before: Option<u64>, most: u64) -> Result<Vec<Entry>, Refusal> {
        self.with(|state| {
            let all = state.said.iter().enumerate().map(|(n, said)| entry(n, said, &state.hostile));
            let all = all.filter(|entry| before.is_none_or(|before| entry.number < before));
            let mut all: Vec<Entry> = all.collect();
            all.reverse();
            all.truncate(usize::try_from(most).unwrap());
            Ok(all)
        })
    }

    fn since(&self) -> Result<Option<Since>, Refusal> {
        self.with(|state| {
            let said: Vec<Entry> =
                state.said.iter().enumerate().map(|(n, said)| entry(n, said, &state.hostile)).collect();
            let sources = state.case.sources.iter().take(1).map(|source| source.id.to_string()).collect();
            let time = "2026-11-28T10:00:00Z".to_owned();
            Ok(Some(Since { entry: 7, time, count: said.len(), entries: said, sources }))
        })
    }

    fn add(&self, paper: Paper, _: Tell<'_>) -> Result<Vec<Added>, Refusal> {
        self.with(|state| {
            state.added.push(paper.name.clone());
            let problems = vec![(format!("{}odd", state.hostile), format!("{}look", state.hostile))];
            Ok(vec![Added {
                name: paper.name,
                is_new: true,
                is_kept: true,
                is_read: !paper.bytes.is_empty(),
                problems,
            }])
        })
    }

    fn original(&self, source: &SourceId, out: &mut (dyn Write + Send)) -> Result<(), Refusal> {
        self.with(|_| {
            let written = out.write_all(format!("%PDF-1.7 {source}").as_bytes()).and_then(|()| out.flush());
            written.map_err(|error| Refusal::new(RefusalKind::Failed, error.to_string(), "look again"))
        })
    }

    fn verify(&self, _: Tell<'_>) -> Result<Vec<Check>, Refusal> {
        self.with(|state| {
            Ok(vec![Check { holds: Some(true), what: "journal".to_owned(), found: format!("{}whole", state.hostile) }])
        })
    }

    fn export(&self, wish: &Wish, _: Tell<'_>, out: &mut (dyn Write + Send)) -> Result<(), Refusal> {
        self.with(|state| {
            if wish.to.iter().any(|to| !to.starts_with("age1")) {
                return Err(Refusal::new(RefusalKind::Invalid, format!("{}no recipient", state.hostile), "look again"));
            }
            let written = out.write_all(&vec![b'x'; 200_000]).and_then(|()| out.flush());
            written.map_err(|error| Refusal::new(RefusalKind::Failed, error.to_string(), "look again"))
        })
    }

    fn calendar(&self, _: &Case) -> Vec<u8> {
        b"BEGIN:VCALENDAR\r\n".to_vec()
    }
}
