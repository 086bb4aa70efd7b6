//! What all requests share: the desk, the sessions, the case as it was last weighed, and the work that goes on.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use khronika_core::{Day, Verdict};
use secrecy::SecretString;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::desk::{Desk, Refusal, RefusalKind, Saying, Weighed};
use crate::fault::Fault;
use crate::news::{News, Wire};
use crate::said::Since;
use crate::session::{Gate, Sessions};
use crate::shown::Shown;
use crate::work::{Work, failure};

/// How long a page waits for the case to be weighed anew before it shows what was weighed before.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long it waits where it shows by itself what was said.
const QUICK: Duration = Duration::from_millis(400);
/// How long it waits for the case as of another day.
const LONGER: Duration = Duration::from_secs(20);
/// How long the case as of another day is held after it was last asked for: it takes as much memory as the case itself. No test waits so long.
const LINGER: Duration = if cfg!(test) { Duration::from_millis(500) } else { Duration::from_secs(60) };

/// What all requests share.
#[derive(Clone)]
pub(crate) struct Workspace(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) desk: Arc<dyn Desk>,
    /// What the `Host` of a request must be.
    pub(crate) hosts: [String; 2],
    pub(crate) cookie: String,
    pub(crate) sessions: Mutex<Sessions>,
    pub(crate) gate: Mutex<Gate>,
    pub(crate) work: Work,
    since: Arc<Since>,
    pub(crate) news: Wire,
    pub(crate) lock_after: Option<Duration>,
    used: Mutex<Instant>,
    open: RwLock<Open>,
    /// Whose turn it is to weigh the case as of another day: one at a time.
    days: tokio::sync::Mutex<()>,
}

/// The case, if it is open.
#[derive(Default)]
struct Open {
    /// Counts how often the case was opened or locked: what was begun before belongs to another round.
    round: u64,
    is_open: bool,
    title: String,
    shown: Option<Arc<Shown>>,
    /// The case as of another day: one at a time.
    as_of: Option<AsOf>,
}

/// The case as of another day than its own.
struct AsOf {
    day: Day,
    shown: Arc<Shown>,
    /// When it was last asked for.
    used: Instant,
}

impl Deref for Workspace {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// A lock that somebody who failed held is good all the same: what stands behind it is changed in one step.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workspace {
    pub(crate) fn new(desk: Arc<dyn Desk>, port: u16, lock_after: Option<Duration>) -> Self {
        Self(Arc::new(Inner {
            desk,
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            // Cookies know no ports: another workspace on this machine has another name.
            cookie: format!("khronika-{port}"),
            sessions: Mutex::default(),
            gate: Mutex::default(),
            work: Work::new(),
            since: Arc::default(),
            news: Wire::new(),
            lock_after,
            used: Mutex::new(Instant::now()),
            open: RwLock::default(),
            days: tokio::sync::Mutex::default(),
        }))
    }

    fn open_state<T>(&self, look: impl FnOnce(&Open) -> T) -> T {
        look(&self.open.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Open) -> T) -> T {
        change(&mut self.open.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Which opening of the case this is.
    pub(crate) fn round(&self) -> u64 {
        self.open_state(|open| open.round)
    }

    /// Whether the case is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open_state(|open| open.is_open)
    }

    /// What the case is called: by its people where it is open, else by its file.
    pub(crate) fn title(&self) -> String {
        let title = self.open_state(|open| open.is_open.then(|| open.title.clone()));
        title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| self.desk.name())
    }

    /// Somebody did something.
    pub(crate) fn touch(&self) {
        *held(&self.used) = Instant::now();
    }

    /// The case as it was last weighed.
    pub(crate) fn shown(&self) -> Result<Arc<Shown>, Fault> {
        self.open_state(|open| match (&open.shown, open.is_open) {
            (Some(shown), true) => Ok(Arc::clone(shown)),
            (None, true) => Err(Fault::NotYet),
            (_, false) => Err(Fault::Locked),
        })
    }

    /// The case as of a day, or as it was last weighed.
    pub(crate) async fn shown_as_of(&self, day: Option<Day>) -> Result<Arc<Shown>, Fault> {
        let now = self.shown()?;
        let Some(day) = day else { return Ok(now) };
        if let Some(known) = self.known_as_of(day, now.entries) {
            return Ok(known);
        }
        // What was begun goes on when nobody waits for it any more, and whoever asks again waits for the same.
        let workspace = self.clone();
        let weighing = tokio::spawn(async move { workspace.weigh_as_of(day, now.entries).await });
        timeout(LONGER, weighing).await.map_err(|_| Fault::NotYet)?.map_err(|_| failure("weighing the case"))?
    }

    fn known_as_of(&self, day: Day, entries: u64) -> Option<Arc<Shown>> {
        self.change(|open| {
            let known = open.as_of.as_mut().filter(|known| known.day == day && known.shown.entries >= entries)?;
            known.used = Instant::now();
            Some(Arc::clone(&known.shown))
        })
    }

    async fn weigh_as_of(&self, day: Day, entries: u64) -> Result<Arc<Shown>, Fault> {
        let _turn = self.days.lock().await;
        if let Some(known) = self.known_as_of(day, entries) {
            return Ok(known);
        }
        // Not two of them beside the case itself.
        self.forget_day();
        let (desk, round) = (Arc::clone(&self.desk), self.round());
        let weighed = spawn_blocking(move || desk.weigh(Some(day), &|_, _, _| ())).await;
        let weighed = weighed.map_err(|_| failure("weighing the case"))??;
        let shown =
            Shown::new(weighed, &self.since, Arc::clone(&self.desk)).map_err(|_| failure("showing the case"))?;
        let shown = Arc::new(shown);
        self.change(|open| {
            if open.round == round {
                open.as_of = Some(AsOf { day, shown: Arc::clone(&shown), used: Instant::now() });
            }
        });
        tokio::spawn(self.clone().forget_idle_day());
        Ok(shown)
    }

    /// The case as of another day is held no longer.
    pub(crate) fn forget_day(&self) {
        let forgotten = self.change(|open| open.as_of.take());
        drop(forgotten);
    }

    /// Forgets the case as of another day when nobody asked for it for long enough.
    async fn forget_idle_day(self) {
        while let Some(left) =
            self.open_state(|open| open.as_of.as_ref().map(|as_of| LINGER.saturating_sub(as_of.used.elapsed())))
        {
            if left.is_zero() {
                return self.forget_day();
            }
            tokio::time::sleep(left).await;
        }
    }

    /// Shows a case that was weighed in a round, if that still is the present one.
    pub(crate) fn show(&self, weighed: Weighed, round: u64) -> Result<(), Refusal> {
        let shown =
            Shown::new(weighed, &self.since, Arc::clone(&self.desk)).map_err(|_| failure("showing the case"))?;
        let entries = shown.entries;
        let is_shown = self.change(|open| {
            let is_now = open.round == round && open.is_open;
            if is_now {
                open.shown = Some(Arc::new(shown));
                open.as_of = None;
            }
            is_now
        });
        if is_shown {
            self.since.weighed(entries);
            self.news.tell(News::Weighed(entries));
        }
        Ok(())
    }

    /// Has the case weighed anew, and waits a little for it.
    pub(crate) async fn weigh(&self) {
        self.weigh_within(PATIENCE).await;
    }

    async fn weigh_within(&self, patience: Duration) {
        let (ticket, mut done) = self.work.weigh();
        // Where it takes longer, pages show what was weighed before, and say so.
        let _ = timeout(patience, done.wait_for(|weighed| *weighed >= ticket)).await;
    }

    /// Takes down what somebody says, and has the case weighed anew. Returns the number of the entry.
    pub(crate) async fn say(&self, saying: Saying) -> Result<u64, Fault> {
        let (verdict, about) = (saying.verdict, saying.about.clone());
        let number = self.at_desk(move |desk| desk.judge(&saying)).await?;
        self.since.said(number, verdict, &about);
        // Pages show at once that these were said, and whoever says them goes on to the next finding.
        let is_quick = matches!(verdict, Verdict::Confirm | Verdict::Reject | Verdict::Note);
        self.weigh_within(if is_quick { QUICK } else { PATIENCE }).await;
        Ok(number)
    }

    /// Takes back what somebody said, and has the case weighed anew. Returns the number of the entry that says so.
    pub(crate) async fn take_back(&self, number: u64, words: Option<String>) -> Result<u64, Fault> {
        let entry = self.at_desk(move |desk| desk.withdraw(number, words.as_deref())).await?;
        self.since.taken_back(number);
        self.weigh().await;
        Ok(entry)
    }

    /// Does something with the case file, apart from what answers requests.
    pub(crate) async fn at_desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Desk) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Fault> {
        let desk = Arc::clone(&self.desk);
        let done = spawn_blocking(move || work(&*desk)).await;
        Ok(done.map_err(|_| failure("working on the case"))??)
    }

    /// Opens the case, or makes it. Tries that fail are slowed down.
    pub(crate) async fn unlock(&self, secret: Option<SecretString>, create: bool) -> Result<(), Fault> {
        {
            let (mut gate, now) = (held(&self.gate), Instant::now());
            if let Some(wait) = gate.wait(now) {
                return Err(Fault::TooSoon(wait));
            }
            gate.begin(now);
        }
        let desk = Arc::clone(&self.desk);
        let opened = spawn_blocking(move || {
            if create { desk.create(secret) } else { desk.unlock(secret) }?;
            desk.title()
        });
        let opened = opened.await.unwrap_or_else(|_| Err(failure("opening the case")));
        let is_wrong = matches!(&opened, Err(refusal) if refusal.kind == RefusalKind::WrongSecret);
        held(&self.gate).end(!is_wrong, Instant::now());
        let title = opened?;
        self.since.clear();
        self.change(|open| *open = Open { round: open.round + 1, is_open: true, title, ..Open::default() });
        self.touch();
        self.weigh().await;
        Ok(())
    }

    /// Locks the case.
    pub(crate) async fn lock(&self) {
        self.since.clear();
        self.change(|open| *open = Open { round: open.round + 1, ..Open::default() });
        self.work.clear();
        self.news.tell(News::Locked);
        let desk = Arc::clone(&self.desk);
        let _ = spawn_blocking(move || desk.lock()).await;
    }

    /// Locks the case whenever nobody did anything for too long. Work that goes on is finished first.
    pub(crate) async fn watch(self) {
        let Some(longest) = self.lock_after else { return };
        loop {
            tokio::time::sleep(longest.min(Duration::from_secs(5))).await;
            let idle = held(&self.used).elapsed();
            if idle >= longest && self.is_open() && !self.work.status().is_busy() {
                self.lock().await;
            }
        }
    }
}
