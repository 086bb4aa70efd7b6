//! What was found in the sources of a case file, kept there so that it is found once.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

use khronika_core::{Findings, Source, SourceId};
use khronika_find::Finder;
use khronika_find::packed::{Ground, pack, unpack};
use khronika_keep::Cached;
use rayon::prelude::*;

use super::build::Kept;
use crate::Failure;
use crate::command::papers::{FoundOnce, find_one};
use crate::packs::Packs;
use crate::terminal;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;

/// How many sources' findings are kept in one change of the case: what an interruption costs is no more.
pub(crate) const AT_ONCE: usize = 256;

/// What was found in a source just now, ready to be kept.
pub(crate) struct Fresh {
    id: SourceId,
    print: [u8; 32],
    bytes: Vec<u8>,
}

impl Fresh {
    /// What was found in a source. `None` where it is to be found anew: the program failed on it.
    pub(crate) fn new(source: &Source, found: &FoundOnce, ground: &Ground) -> Option<Self> {
        let bytes = (!found.has_failed).then(|| pack(&found.findings, &found.asked))??;
        Some(Self { id: source.id.clone(), print: ground.print(source), bytes })
    }
}

/// What was found in a source, as it is held while nothing is weighed.
#[derive(Clone)]
pub(crate) enum Held {
    /// As bytes: a quarter of the memory.
    Packed(Arc<[u8]>),
    /// What cannot be packed.
    Whole(Arc<Findings>),
}

impl Held {
    /// What was found just now, and what of it is ready to be kept.
    pub(crate) fn new(findings: Findings, fresh: Option<&Fresh>) -> Self {
        fresh.map_or_else(|| Self::Whole(Arc::new(findings)), |fresh| Self::Packed(fresh.bytes.as_slice().into()))
    }

    /// The findings of a source.
    pub(crate) fn unpacked(&self, source: &SourceId) -> Arc<Findings> {
        match self {
            // They were unpacked before: they can be.
            Self::Packed(bytes) => {
                Arc::new(unpack(bytes).map_or_else(|| Findings::empty(source.clone()), |(findings, _)| findings))
            }
            Self::Whole(findings) => Arc::clone(findings),
        }
    }
}

impl Kept {
    /// What was found in these sources before, as far as it would be found now; each as `hold` makes it of the findings and of the bytes
    /// that they were kept as.
    pub(crate) fn found_before<S: Borrow<Source> + Sync, T: Send>(
        &self,
        sources: &[S],
        packs: &Packs,
        hold: impl Fn(Findings, Vec<u8>) -> T + Sync,
    ) -> Vec<Option<T>> {
        let Some(ground) = packs.ground() else { return sources.iter().map(|_| None).collect() };
        let rows = self.numbers();
        let mut before = Vec::with_capacity(sources.len());
        for some in sources.chunks(AT_ONCE) {
            let prints: Vec<[u8; 32]> = some.par_iter().map(|source| ground.print(source.borrow())).collect();
            // What is not in the case has no number there.
            let number = |source: &S| rows.get(source.borrow().id.as_str()).copied().unwrap_or(0);
            let wanted: Vec<(i64, [u8; 32])> = some.iter().map(number).zip(prints).collect();
            let held = |bytes: Option<Vec<u8>>| {
                let bytes = bytes?;
                let (findings, asked) = unpack(&bytes)?;
                asked.into_iter().for_each(|lang| packs.was_asked(lang));
                Some(hold(findings, bytes))
            };
            before.par_extend(self.as_store().cached(&wanted).into_par_iter().map(held));
        }
        before
    }

    /// Keeps what was found in those of its sources that it is of.
    pub(crate) fn keep_fresh(&mut self, fresh: &[Fresh]) -> Result<(), Failure> {
        let rows = self.numbers();
        let cached = |fresh: &Fresh| {
            let source = *rows.get(fresh.id.as_str())?;
            Some(Cached { source, print: fresh.print, bytes: fresh.bytes.clone() })
        };
        let cached: Vec<Cached> = fresh.iter().filter_map(cached).collect();
        if cached.is_empty() { Ok(()) } else { self.change(|write| write.keep_cached(&cached)) }
    }

    fn numbers(&self) -> BTreeMap<String, i64> {
        self.rows().iter().map(|row| (row.name_id(), row.id)).collect()
    }
}

/// Finds what every source says. What was found before in those of the cases is taken from there, and what is found now is kept there.
pub(crate) fn find(
    cases: &mut [Kept],
    sources: &[Arc<Source>],
    finder: &Finder,
    packs: &Packs,
    progress: Progress,
) -> Vec<Arc<Findings>> {
    let step = progress.step("finding", sources.len());
    let mut found: Vec<Option<Findings>> = sources.iter().map(|_| None).collect();
    for case in cases.iter() {
        for (found, before) in found.iter_mut().zip(case.found_before(sources, packs, |findings, _| findings)) {
            if found.is_none() {
                *found = before;
            }
        }
    }
    (0..found.iter().flatten().count()).for_each(|_| step.one_more());
    let mut missing: Vec<(&Source, &mut Option<Findings>)> =
        sources.iter().map(AsRef::as_ref).zip(&mut found).filter(|(_, found)| found.is_none()).collect();
    // Where they cannot be kept, it is told once.
    let mut is_kept = !cases.is_empty();
    for some in missing.chunks_mut(AT_ONCE) {
        let ground = packs.ground().filter(|_| is_kept);
        let fresh = find_some(some, finder, packs, ground, |findings, _| {
            step.one_more();
            findings
        });
        if is_kept && packs.hold() {
            let kept = cases.iter_mut().try_for_each(|case| case.keep_fresh(&fresh));
            is_kept = kept.map_err(|failure| not_kept(&failure)).is_ok();
        }
    }
    let anew = |(found, source): (Option<Findings>, &Arc<Source>)| {
        Arc::new(found.unwrap_or_else(|| Findings::empty(source.id.clone())))
    };
    found.into_iter().zip(sources).map(anew).collect()
}

/// Finds what some sources say and puts it in its places, as `each` makes it; gives what of it is to be kept.
pub(crate) fn find_some<T: Send>(
    some: &mut [(&Source, &mut Option<T>)],
    finder: &Finder,
    packs: &Packs,
    ground: Option<&Ground>,
    each: impl Fn(Findings, Option<&Fresh>) -> T + Sync,
) -> Vec<Fresh> {
    let fresh: Vec<Option<Fresh>> = some
        .par_iter_mut()
        .map(|(source, place)| {
            let found = find_one(source, finder, packs);
            let fresh = ground.and_then(|ground| Fresh::new(source, &found, ground));
            **place = Some(each(found.findings, fresh.as_ref()));
            fresh
        })
        .collect();
    fresh.into_iter().flatten().collect()
}

/// Tells that what was found is to be found again the next time.
pub(crate) fn not_kept(failure: &Failure) {
    terminal::line(&tame(&format!(
        "what was found could not be kept, and is found anew the next time: {}",
        failure.what
    )));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use khronika_data::Dataset;
    use khronika_keep::{Effort, NewCase, Opener, Prepared, PreparedText, Receipt, Store};
    use khronika_read::{ReadOptions, Reader};

    use super::*;
    use crate::case_file::{now, shape};
    use crate::command::papers;

    const PAPERS: [(&str, &str); 2] = [
        ("a.txt", "Lyon, 4 May 2021\n\nOn 3 May 2021 the Court dismissed the appeal of Mr Rostovtsev.\n"),
        ("b.txt", "Решение от 3 мая 2021 года\n\nСуд отклонил жалобу Ростовцева.\n"),
    ];

    /// A case with two papers, as they are read from it.
    fn case(dir: &Path) -> (Kept, Vec<Arc<Source>>) {
        let path = dir.join("a.khronika");
        let opener = Opener::Passphrase("open sesame".to_owned().into());
        let effort = Effort { memory: 64, passes: 1, lanes: 1 };
        let new = NewCase { name: "The case", opener: &opener, label: "Ada", effort };
        let mut store = Store::create(&path, &new, now()).unwrap();
        let reader = Reader::new(&Dataset::embedded()).unwrap();
        let read = |(name, text): (&str, &str)| {
            let (source, problems) = reader.read_text(name, text, &ReadOptions::default()).unwrap();
            let prepared = Prepared::new(text.as_bytes()).unwrap();
            let text = PreparedText::new(source.lang.code(), text, &shape::of(&source, &problems)).unwrap();
            let receipt = Receipt { name: name.to_owned(), ..Receipt::default() };
            let keep = |write: &mut khronika_keep::Write<'_>| {
                let received = write.receive(&prepared, &receipt)?;
                write.keep_text(&received.sha256, "test", &text)
            };
            store.write(now(), keep).unwrap();
        };
        PAPERS.into_iter().for_each(read);
        let kept = Kept::of(&path, store).unwrap();
        let sources =
            kept.rows().iter().map(|row| Arc::new(crate::case_file::source(kept.as_store(), row).unwrap().unwrap().0));
        let sources = sources.collect();
        (kept, sources)
    }

    #[test]
    fn what_was_found_is_found_once_under_the_same_conditions() {
        let dir = tempfile::tempdir().unwrap();
        let (mut kept, sources) = case(dir.path());
        let finder = Finder::new(&Dataset::embedded()).unwrap();
        let packs = Packs::new(true);
        let find = |kept: &mut Kept, sources: &[Arc<Source>], packs: &Packs| {
            find(std::slice::from_mut(kept), sources, &finder, packs, Progress::new(true))
        };
        let nothing: [Option<Findings>; 2] = [None, None];
        let before = |kept: &Kept, sources: &[Arc<Source>], packs: &Packs| {
            kept.found_before(sources, packs, |findings, _| findings)
        };
        assert_eq!(before(&kept, &sources, &packs), nothing);
        let found = find(&mut kept, &sources, &packs);
        assert_eq!(found, papers::find(&sources, &finder, &packs, Progress::new(true)));
        assert!(found.iter().all(|found| !found.acts.is_empty()));
        assert_eq!(before(&kept, &sources, &packs), [Some((*found[0]).clone()), Some((*found[1]).clone())]);

        // What is kept is what is taken: this was never found.
        let fresh = |source: &Source, findings: Findings, has_failed| {
            let once = FoundOnce { findings, asked: [source.lang].into(), has_failed };
            Fresh::new(source, &once, packs.ground().unwrap())
        };
        let planted = Findings::empty(sources[0].id.clone());
        kept.keep_fresh(&[fresh(&sources[0], planted.clone(), false).unwrap()]).unwrap();
        assert_eq!(find(&mut kept, &sources, &packs), [Arc::new(planted.clone()), Arc::clone(&found[1])]);
        assert!(fresh(&sources[0], planted, true).is_none(), "what the program failed on is tried again");

        // Another text, another name and other models are other conditions.
        let mut others = sources.clone();
        Arc::make_mut(&mut others[0]).name.push('x');
        Arc::make_mut(&mut others[1]).langs.clear();
        assert_eq!(before(&kept, &others, &packs), nothing);
        let models = Packs::new(false);
        assert_eq!(before(&kept, &sources, &models), nothing);
        assert_eq!(find(&mut kept, &sources, &models), papers::find(&sources, &finder, &models, Progress::new(true)));
        assert_eq!(before(&kept, &sources, &packs), nothing, "of each source the last is kept");
        assert!(before(&kept, &sources, &models).iter().all(Option::is_some));
        // Findings of what is not in the case are not kept in it.
        Arc::make_mut(&mut others[0]).id = SourceId::new("s-0000000000");
        kept.keep_fresh(&[fresh(&others[0], Findings::empty(others[0].id.clone()), false).unwrap()]).unwrap();
        assert_eq!(before(&kept, &others[..1], &packs), [None]);
    }
}
