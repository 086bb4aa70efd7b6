//! Who may ask: a one-time link, and the sessions that came from one.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::secret::{self, Digest};
use crate::words::Language;

/// How long a session lasts at most, whatever is done in it.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// How many sessions there are at most; the one that was quiet longest ends first.
const MOST: usize = 16;
/// How long a link is good for.
const LINK: Duration = Duration::from_secs(15 * 60);
/// How many links may wait to be used.
const LINKS: usize = 4;

/// A session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// What every change has to bring with it.
    pub(crate) csrf: String,
    /// The language that was chosen.
    pub(crate) lang: Option<Language>,
    since: Instant,
    used: Instant,
}

/// All sessions, by the digests of their cookies.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    links: Vec<(Digest, Instant)>,
    open: BTreeMap<[u8; 32], Session>,
}

impl Sessions {
    /// A new link's word. It opens one session, and is good for a while; the first one of a program until it is used.
    pub(crate) fn link(&mut self, now: Instant) -> Result<String, getrandom::Error> {
        let word = secret::word()?;
        self.links.retain(|(_, until)| *until > now);
        if self.links.len() >= LINKS {
            self.links.remove(0);
        }
        self.links.push((secret::digest(&word), now + LINK));
        Ok(word)
    }

    /// Opens a session with a link's word, which is used up by that. Returns the cookie's value.
    pub(crate) fn enter(&mut self, word: &str, now: Instant) -> Result<Option<String>, getrandom::Error> {
        let digest = secret::digest(word);
        let Some(at) = self.links.iter().position(|(link, until)| *link == digest && *until > now) else {
            return Ok(None);
        };
        let (cookie, csrf) = (secret::word()?, secret::word()?);
        self.links.remove(at);
        if self.open.len() >= MOST {
            let oldest = self.open.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key);
            oldest.and_then(|key| self.open.remove(&key));
        }
        let session = Session { csrf, lang: None, since: now, used: now };
        self.open.insert(*secret::digest(&cookie).as_bytes(), session);
        Ok(Some(cookie))
    }

    /// The session of a cookie.
    pub(crate) fn of(&mut self, cookie: &str, now: Instant) -> Option<Session> {
        let key = *secret::digest(cookie).as_bytes();
        let session = self.open.get_mut(&key)?;
        if now.duration_since(session.since) > LONGEST {
            self.open.remove(&key);
            return None;
        }
        session.used = now;
        Some(session.clone())
    }

    /// Ends a session.
    pub(crate) fn end(&mut self, cookie: &str) {
        self.open.remove(secret::digest(cookie).as_bytes());
    }

    /// Chooses the language of a session.
    pub(crate) fn speak(&mut self, cookie: &str, lang: Language) {
        if let Some(session) = self.open.get_mut(secret::digest(cookie).as_bytes()) {
            session.lang = Some(lang);
        }
    }
}

/// How unlocking is slowed down: after each failure for longer.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    failures: u32,
    closed_until: Option<Instant>,
}

/// The longest wait between two tries.
const SLOWEST: Duration = Duration::from_secs(60);

impl Gate {
    /// How long the next try has to wait.
    pub(crate) fn wait(&self, now: Instant) -> Option<Duration> {
        self.closed_until.map(|until| until.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }

    /// A try begins: no other one until it is over.
    pub(crate) fn begin(&mut self, now: Instant) {
        self.closed_until = Some(now + SLOWEST);
    }

    /// A try ended. The wait doubles with each failure: one second, two, four, … a minute.
    pub(crate) fn end(&mut self, done: bool, now: Instant) {
        self.failures = if done { 0 } else { self.failures.saturating_add(1) };
        self.closed_until = (!done).then(|| {
            let seconds = 1_u64 << self.failures.saturating_sub(1).min(6);
            now + Duration::from_secs(seconds).min(SLOWEST)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_one_session() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let word = sessions.link(now).unwrap();
        assert_eq!(sessions.enter("something else", now).unwrap(), None);
        let cookie = sessions.enter(&word, now).unwrap().unwrap();
        assert_eq!(sessions.enter(&word, now).unwrap(), None, "it is used up");
        assert!(sessions.of(&cookie, now).is_some());
        assert!(sessions.of("another", now).is_none());
        sessions.end(&cookie);
        assert!(sessions.of(&cookie, now).is_none());
    }

    #[test]
    fn links_and_sessions_end_with_time() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let word = sessions.link(now).unwrap();
        assert_eq!(sessions.enter(&word, now + LINK).unwrap(), None);
        let word = sessions.link(now).unwrap();
        let cookie = sessions.enter(&word, now).unwrap().unwrap();
        assert!(sessions.of(&cookie, now + LONGEST).is_some());
        assert!(sessions.of(&cookie, now + LONGEST + Duration::from_secs(1)).is_none());
    }

    #[test]
    fn each_failure_doubles_the_wait() {
        let (mut gate, now) = (Gate::default(), Instant::now());
        assert_eq!(gate.wait(now), None);
        let waits: Vec<u64> = (0..9)
            .map(|_| {
                gate.begin(now);
                gate.end(false, now);
                gate.wait(now).unwrap().as_secs()
            })
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        gate.end(true, now);
        assert_eq!(gate.wait(now), None);
    }
}
