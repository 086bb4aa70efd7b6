//! What goes into an export: the documents, with everything hidden that was marked, and the case that is made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_case::WeighOptions;
use khronika_core::{
    Added, Addition, Anchor, Case, CharIndex, Correction, Event, Findings, Judgment, Problem, ProblemKind, Source,
    SourceId,
};
use khronika_keep::SourceRow;
use khronika_read::{ReadOptions, Reader};
use khronika_show::Program;
use rayon::ThreadPool;

use super::paths::Paths;
use crate::Failure;
use crate::args::export::Export;
use crate::case_file::build::Kept;
use crate::case_file::{cache, failed};
use crate::command::papers::{self, Desk};
use crate::guard::guarded;
use crate::packs::Packs;
use crate::redaction::{Map, Marks, Mask, Masked, Watch, Width};
use crate::rules::Rules;
use crate::terminal::progress::Progress;

/// A document that goes out.
pub(super) struct Document {
    /// What the case knows of the original.
    pub(super) row: SourceRow,
    /// Where it goes.
    pub(super) path: String,
    /// Where its text goes, where that is not the document itself.
    pub(super) text_path: Option<String>,
    /// What it is called.
    pub(super) name: String,
    /// Its id in the case that goes out; none where it was not read.
    pub(super) id: Option<SourceId>,
    /// Set where its text goes out instead of itself: in how many places something is hidden.
    pub(super) hidden: Option<usize>,
}

/// A document that does not go out, because nothing in it could be hidden.
pub(super) struct Withheld {
    pub(super) row: SourceRow,
    pub(super) name: String,
}

/// Everything that goes out.
pub(super) struct Contents {
    pub(super) case: Case,
    pub(super) program: Program,
    pub(super) documents: Vec<Document>,
    pub(super) withheld: Vec<Withheld>,
    /// What the case is called.
    pub(super) name: String,
    /// Whether anything was marked to be hidden.
    pub(super) is_redacted: bool,
    /// The last look at what is written.
    pub(super) watch: Option<Watch>,
    /// Judgments that could not be carried over to the case that goes out.
    pub(super) lost: Vec<u64>,
}

/// What finds and weighs.
struct Workshop<'a> {
    args: &'a Export,
    rules: &'a Rules,
    packs: &'a Packs,
    pool: ThreadPool,
    progress: Progress,
}

impl Workshop<'_> {
    fn find(&self, sources: &[Arc<Source>]) -> Vec<Arc<Findings>> {
        self.pool.install(|| papers::find(sources, &self.rules.finder, self.packs, self.progress))
    }

    /// The same for sources of the case, where it may be known.
    fn find_kept(&self, kept: &mut Kept, sources: &[Arc<Source>]) -> Vec<Arc<Findings>> {
        let cases = std::slice::from_mut(kept);
        self.pool.install(|| cache::find(cases, sources, &self.rules.finder, self.packs, self.progress))
    }

    fn weigh(
        &self,
        sources: Vec<Arc<Source>>,
        findings: Vec<Arc<Findings>>,
        judgments: Vec<Judgment>,
    ) -> Result<Case, Failure> {
        let options = WeighOptions { as_of: self.args.as_of, judgments };
        papers::weigh(&self.pool, sources, findings, &options, self.rules)
    }
}

/// Reads, hides, finds and weighs.
pub(super) fn gather(kept: &mut Kept, args: &Export, progress: Progress) -> Result<Contents, Failure> {
    let fail = |error: &khronika_keep::Error| failed(&args.case, error);
    let rules = Rules::load()?;
    let packs = Packs::new(args.no_models);
    let shop = Workshop { args, rules: &rules, packs: &packs, pool: papers::pool(None)?, progress };
    let mut problems = Vec::new();
    let opener = args.reading.opener()?;
    let sources = kept.sources(Desk { reader: &rules.reader, opener: &opener }, &mut problems)?;
    let mut judgments = kept.judgments(&mut problems)?;
    // What people are called in the journal is for those who can open the case.
    let keys = kept.ask(|store| store.judgments())?;
    for judgment in &mut judgments {
        let key = keys.iter().find(|logged| logged.entry.number == judgment.number);
        judgment.by = key.map(|logged| logged.entry.key.name().to_owned()).unwrap_or_default();
    }
    let store = kept.as_store();
    let name = store.name().map_err(|e| fail(&e))?;
    let marks = if args.unredacted { Vec::new() } else { store.redactions().map_err(|e| fail(&e))? };
    let marks = Marks::of(&marks).map_err(|number| {
        let hint = "update khronika, or look at the entry with `khronika log` and take it back with `khronika redact --withdraw`";
        Failure::new(format!("what entry {number} of the journal hides is not understood"), hint)
    })?;
    let mut contents = if marks.is_empty() {
        let found = shop.find_kept(kept, &sources);
        whole(kept.rows(), &shop, (sources, found), judgments, name)?
    } else {
        // What was found in the whole texts says how else people are called, and what judgments are about.
        let before = if marks.has_actors() || !judgments.is_empty() {
            let found = shop.find_kept(kept, &sources);
            Some(shop.weigh(sources.clone(), found, Vec::new())?)
        } else {
            None
        };
        redacted(kept.rows(), &shop, (marks, before), (sources, &mut problems), judgments, name)?
    };
    contents.case.problems.append(&mut problems);
    contents.case.problems.extend(packs.problems());
    contents.case.problems.sort_by(|a, b| (&a.name, a.span, a.kind, &a.what).cmp(&(&b.name, b.span, b.kind, &b.what)));
    contents.program = packs.program();
    Ok(contents)
}

/// Everything as it is.
fn whole(
    rows: &[SourceRow],
    shop: &Workshop<'_>,
    (sources, found): (Vec<Arc<Source>>, Vec<Arc<Findings>>),
    judgments: Vec<Judgment>,
    name: String,
) -> Result<Contents, Failure> {
    let mut paths = Paths::default();
    let read: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.sha256.as_str(), &**source)).collect();
    let documents = rows.iter().map(|row| {
        let source = read.get(khronika_seal::digest::to_hex(&row.sha256).as_str());
        let path = paths.document(&row.name, &row.name_id());
        let text_path = source.filter(|source| !is_its_text(source)).map(|_| paths.text(&path));
        let id = source.map(|source| source.id.clone());
        Document { row: row.clone(), path, text_path, name: row.name.clone(), id, hidden: None }
    });
    let documents = documents.collect();
    let case = shop.weigh(sources, found, judgments)?;
    Ok(Contents {
        case,
        program: Program::default(),
        documents,
        withheld: Vec::new(),
        name,
        is_redacted: false,
        watch: None,
        lost: Vec::new(),
    })
}

/// Whether the bytes of a document are its text.
fn is_its_text(source: &Source) -> bool {
    source.encoding == "UTF-8" && source.size == source.text.len() as u64 && is_plain(&source.media_type)
}

fn is_plain(media_type: &str) -> bool {
    matches!(media_type, "text/plain" | "text/markdown")
}

/// Everything with what was marked hidden in the texts, and found and weighed anew.
fn redacted(
    rows: &[SourceRow],
    shop: &Workshop<'_>,
    (mut marks, before): (Marks, Option<Case>),
    (sources, problems): (Vec<Arc<Source>>, &mut Vec<Problem>),
    judgments: Vec<Judgment>,
    name: String,
) -> Result<Contents, Failure> {
    if let Some(before) = &before {
        marks.widen(before);
    }
    let width = if shop.args.same_length { Width::Same } else { Width::Fixed };
    let mut mask = Mask::new(&marks, width);
    let (mut documents, mut withheld, mut paths) = (Vec::new(), Vec::new(), Paths::default());
    let mut out: Vec<Arc<Source>> = Vec::new();
    let mut moved: BTreeMap<SourceId, (SourceId, Map)> = BTreeMap::new();
    let mut read: BTreeMap<String, Arc<Source>> =
        sources.into_iter().map(|source| (source.sha256.clone(), source)).collect();
    let mut own: Vec<Problem> = Vec::new();
    for row in rows {
        let sha256 = khronika_seal::digest::to_hex(&row.sha256);
        let name = mask.name(&row.name);
        let Some(source) = read.remove(&sha256) else {
            if mask.hides_words() || mask.hides_in(&sha256) {
                withheld.push(Withheld { row: row.clone(), name });
            } else {
                let path = paths.document(&name, &row.name_id());
                documents.push(Document { row: row.clone(), path, text_path: None, name, id: None, hidden: None });
            }
            continue;
        };
        let masked = mask.source(&source).map_err(|passage| lost_passage(&source, &passage.quote))?;
        let old = source.id.clone();
        // Of a document with more to it than its text nobody knows what the rest holds.
        let as_text = masked.places > 0 || (mask.hides_words() && !is_plain(&source.media_type));
        let (new, map, hidden) = if as_text {
            problems.retain(|problem| problem.source.as_ref() != Some(&old));
            let Masked { text, places, map } = masked;
            let (new, mut more) = again(&shop.rules.reader, &source, &name, &text)?;
            own.append(&mut more);
            own.push(told(&new, places));
            (new, map, Some(places))
        } else {
            (Source { name: name.clone(), ..Arc::unwrap_or_clone(source) }, Map::default(), None)
        };
        let path = paths.document(&new.name, new.id.as_str());
        let text_path = (hidden.is_none() && !is_its_text(&new)).then(|| paths.text(&path));
        let id = Some(new.id.clone());
        documents.push(Document { row: row.clone(), path, text_path, name: new.name.clone(), id, hidden });
        moved.insert(old, (new.id.clone(), map));
        // What differed only in what is hidden now is one document.
        if out.iter().all(|other| other.id != new.id) {
            out.push(Arc::new(new));
        }
    }
    let findings = shop.find(&out);
    let (case, lost) = match before.filter(|_| !judgments.is_empty()) {
        None => (shop.weigh(out, findings, Vec::new())?, Vec::new()),
        Some(before) => {
            let unjudged = shop.weigh(out.clone(), findings.clone(), Vec::new())?;
            let (carried, lost) = carry(judgments, &before, &unjudged, &moved, &mut mask);
            (shop.weigh(out, findings, carried)?, lost)
        }
    };
    for problem in problems.iter_mut() {
        problem.name = mask.name(&problem.name);
        problem.what = mask.line(&problem.what);
        problem.advice = mask.line(&problem.advice);
    }
    problems.append(&mut own);
    let name = mask.line(&name);
    let watch = Watch::new(mask.hidden().iter().chain(&marks.words), &own_words(shop)?);
    let program = Program::default();
    Ok(Contents { case, program, documents, withheld, name, is_redacted: true, watch, lost })
}

/// What the program writes of any case.
fn own_words(shop: &Workshop<'_>) -> Result<Vec<u8>, Failure> {
    let case = shop.weigh(Vec::new(), Vec::new(), Vec::new())?;
    let rendered = super::rendered(&case, &Program::default(), shop.args.language)?;
    let words = rendered.into_iter().flat_map(|(name, bytes)| [name.as_bytes().to_vec(), bytes]);
    Ok(words.chain([super::readme::readme(&super::readme::Facts::default()).into_bytes()]).flatten().collect())
}

fn lost_passage(source: &Source, quote: &str) -> Failure {
    let short: String = quote.chars().take(40).collect();
    Failure::new(
        format!("“{short}” is to be hidden and cannot be found in {} any more", source.name),
        "take the mark back with `khronika redact --withdraw`, and mark the words as they stand now",
    )
}

/// A document of which the text goes out, read as a receiver would read it.
fn again(reader: &Reader, source: &Source, name: &str, text: &str) -> Result<(Source, Vec<Problem>), Failure> {
    let is_markdown = source.media_type == "text/markdown";
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let fits = if is_markdown { matches!(ending.as_str(), "md" | "markdown") } else { ending == "txt" };
    let name = match (fits, is_markdown) {
        (true, _) => name.to_owned(),
        (false, true) => format!("{name}.md"),
        (false, false) => format!("{name}.txt"),
    };
    let options = ReadOptions {
        lang: Some(source.lang).filter(|lang| *lang != khronika_core::Lang::UND),
        ..ReadOptions::default()
    };
    let wrong = |why: &str| {
        let hint = "mark fewer words, or leave the document out with --only";
        Failure::new(format!("{} cannot be read any more with words hidden in it: {why}", source.name), hint)
    };
    match guarded(|| reader.read_text(&name, text, &options)) {
        Ok(Ok((read, problems))) if read.text == text => Ok((read, problems)),
        Ok(Ok(_)) => Err(wrong("its text comes out as another")),
        Ok(Err(problem)) => Err(wrong(&problem.what)),
        Err(panic) => Err(Failure::internal("reading a text again", &panic)),
    }
}

fn told(source: &Source, places: usize) -> Problem {
    let what = match places {
        0 => "Only its text is given, since words are hidden in this case.".to_owned(),
        1 => "Words are hidden in one place of it: █ stands for them.".to_owned(),
        n => format!("Words are hidden in {n} places of it: █ stands for them."),
    };
    Problem {
        source: Some(source.id.clone()),
        name: source.name.clone(),
        kind: ProblemKind::LeftOut,
        what,
        span: None,
        place: None,
        advice: "What was found rests on what can be read.".to_owned(),
    }
}

/// Judgments of events of one case as judgments of the same events of another, in which words are hidden, and the numbers of those that
/// speak of what is not found there.
fn carry(
    judgments: Vec<Judgment>,
    before: &Case,
    now: &Case,
    moved: &BTreeMap<SourceId, (SourceId, Map)>,
    mask: &mut Mask,
) -> (Vec<Judgment>, Vec<u64>) {
    let same = |id: &String| -> Option<String> {
        let old = before.events.iter().find(|event| event.id == *id)?;
        let places: BTreeSet<_> = old
            .passages
            .iter()
            .filter_map(|passage| moved.get(&passage.source).map(|(id, map)| (id, map.span(passage.span))))
            .collect();
        let is_it = |event: &&Event| {
            event.kind == old.kind && event.passages.iter().any(|p| places.contains(&(&p.source, p.span)))
        };
        let mut found = now.events.iter().filter(is_it);
        found.next().filter(|_| found.next().is_none()).map(|event| event.id.clone())
    };
    let (mut carried, mut lost) = (Vec::new(), Vec::new());
    // What somebody added comes first: others may speak of it.
    let (added, judgments): (Vec<_>, Vec<_>) = judgments.into_iter().partition(|judgment| judgment.added.is_some());
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for judgment in added {
        let (number, old) = (judgment.number, judgment.about.first().cloned());
        match carry_added(judgment, before, now, moved, mask) {
            Some(new) => {
                ids.extend(old.zip(new.about.first().cloned()));
                carried.push(new);
            }
            None => lost.push(number),
        }
    }
    for judgment in judgments {
        let same =
            |id: &String| ids.get(id).cloned().or_else(|| same(id)).or_else(|| same_actor(id, before, now, moved));
        match judgment.about.iter().map(same).collect::<Option<Vec<_>>>() {
            Some(about) => {
                let mut hide = |text: String| mask.line(&text);
                let Correction { date, title, body } = judgment.correction;
                carried.push(Judgment {
                    about,
                    words: judgment.words.map(&mut hide),
                    titles: judgment.titles.into_iter().map(&mut hide).collect(),
                    correction: Correction { date, title: title.map(&mut hide), body: body.map(&mut hide) },
                    names: judgment.names.into_iter().map(&mut hide).collect(),
                    ..judgment
                });
            }
            None => lost.push(judgment.number),
        }
    }
    carried.sort_by_key(|judgment| judgment.number);
    lost.sort_unstable();
    (carried, lost)
}

/// The actor that is named where another case, in which nothing is hidden, names one.
fn same_actor(id: &str, before: &Case, now: &Case, moved: &BTreeMap<SourceId, (SourceId, Map)>) -> Option<String> {
    let old = before.actors.iter().find(|actor| actor.id == id)?;
    let places: BTreeSet<_> = old
        .mentions
        .iter()
        .filter_map(|passage| moved.get(&passage.source).map(|(id, map)| (id, map.span(passage.span))))
        .collect();
    let is_it = |actor: &&khronika_core::Actor| actor.mentions.iter().any(|p| places.contains(&(&p.source, p.span)));
    let mut found = now.actors.iter().filter(is_it);
    found.next().filter(|_| found.next().is_none()).map(|actor| actor.id.clone())
}

/// What somebody added to a text, as added to the same text with words hidden in it. `None` where nothing of the words can be read any
/// more, and where a passage of them was hidden: whoever added it may have said in other words what that was.
fn carry_added(
    judgment: Judgment,
    before: &Case,
    now: &Case,
    moved: &BTreeMap<SourceId, (SourceId, Map)>,
    mask: &mut Mask,
) -> Option<Judgment> {
    let Added { what, words } = judgment.added.as_ref()?;
    let source = before.sources.iter().find(|source| source.id == words.source)?;
    let span = words.find(&source.text, &CharIndex::new(&source.text))?;
    if mask.hides_passage(source, span) {
        return None;
    }
    let (id, map) = moved.get(&source.id)?;
    let text = now.sources.iter().find(|source| source.id == *id).map(|source| source.text.as_str())?;
    let words = Anchor::new(id.clone(), text, map.span(span))?;
    if !words.quote.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut hide = |text: &String| mask.line(text);
    let what = match what {
        Addition::Statement { speaker, stance } => {
            Addition::Statement { speaker: speaker.as_ref().map(&mut hide), stance: *stance }
        }
        Addition::Actor { name, kind } => Addition::Actor { name: hide(name), kind: *kind },
        other => other.clone(),
    };
    let Correction { date, title, body } = &judgment.correction;
    let correction =
        Correction { date: date.clone(), title: title.as_ref().map(&mut hide), body: body.as_ref().map(&mut hide) };
    let added = Added { what, words };
    Some(Judgment {
        about: vec![added.id(&correction)],
        words: judgment.words.as_ref().map(&mut hide),
        titles: judgment.titles.iter().map(&mut hide).collect(),
        correction,
        added: Some(added),
        ..judgment
    })
}
