//! Procedural acts and other dated events.
//!
//! The words of acts and the small words of clauses are data: `lexicon/<lang>/acts*.toml`. A sentence is annotated
//! ([`scene`]), each word of an act is read as told, asked for, noun or paper ([`reading`]), noun phrases that name an act are
//! gathered ([`phrase`]), verbs get their subject, object, date and status ([`told`]), phrases such as "the order" are tied to the
//! act they mean ([`mod@reference`]), periods to the act they run from ([`period`]), and a dated sentence without an act becomes an event
//! ([`event`]). There is no parser: the rules prefer to miss an act to inventing one.

mod action;
mod asking;
mod beside;
mod by_tree;
mod chronicle;
mod citation;
mod claim;
mod closed;
mod doer;
mod draft;
mod event;
mod happened;
mod identifier;
mod joined;
mod just_before;
mod light;
mod own;
mod party;
mod period;
mod phrase;
mod place;
mod reading;
mod receipt;
mod reference;
mod referred;
mod rules;
mod scene;
mod served;
mod subject;
mod terms;
mod told;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use khronika_core::{ActClass, ActMention, ActorKind, BlockKind, DateIx, EventStatus, Findings, Lang, TermFinding};
use khronika_data::Dataset;

use crate::LexiconError;
use crate::engine::{NoModels, Reader};
use crate::lexicon::RowInfo;
use crate::text::Text;
use draft::Draft;
use own::{Sittings, deciding_body, join_operative};
use rules::{LangRules, Word};
use scene::Scene;
use told::{Around, Teller};

/// How many sentences the head of a paper has, where "ORDER" is its title.
const HEAD: usize = 12;

/// How many sentences an operative part has at most.
const LONGEST_PART: usize = 120;

/// The rules for acts.
#[derive(Debug)]
pub struct ActRules {
    by_lang: BTreeMap<Lang, LangRules>,
    identifiers: identifier::Identifiers,
}

/// A row as a jurist reads it.
#[derive(Clone, Debug)]
pub struct ActRowText<'a> {
    /// Its language.
    pub lang: Lang,
    /// Id, source, status, examples, near misses.
    pub info: &'a RowInfo,
    /// What it does, as classes.
    pub classes: &'a [ActClass],
    /// What it finds, in words.
    pub finds: Option<&'a str>,
    /// What it does not claim, in words.
    pub not_claimed: Option<&'a str>,
}

impl ActRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        Ok(Self { by_lang: rules::load(data)?, identifiers: identifier::Identifiers::load(data)? })
    }

    /// The rows of acts, by language and in order of their files.
    pub fn rows(&self) -> impl Iterator<Item = ActRowText<'_>> {
        self.by_lang.iter().flat_map(|(lang, rules)| {
            rules.rows.iter().map(|row| ActRowText {
                lang: *lang,
                info: &row.info,
                classes: &row.classes,
                finds: row.finds.as_deref(),
                not_claimed: row.not_claimed.as_deref(),
            })
        })
    }

    /// Adds acts and events to `found`; reads its dates, actors and mentions.
    pub fn find(&self, text: &Text<'_>, found: &mut Findings) {
        self.find_with(text, found, Reader::new(&NoModels));
    }

    /// The same; asks language models where the rules are not sure.
    pub(crate) fn find_with(&self, text: &Text<'_>, found: &mut Findings, reader: Reader<'_>) {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut events = Vec::new();
        let mut around = Around::default();
        let headings = self.headings(text);
        let is_ruling = headings.iter().any(|(_, word)| *word == Word::Operative);
        if is_ruling {
            around.court = deciding_body(text, found);
            around.date = found.document_date;
            around.docket = self.own_number(text);
        }
        let mut next_heading = headings.iter().peekable();
        let mut next_mention = 0;
        let mut own: Option<usize> = None;
        let mut sittings = Sittings::default();
        let mut operative = false;
        let mut quoted_law = false;
        let mut guided_by = Vec::new();
        let (mut loose, mut served, mut to_reader, mut claims) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (index, sentence) in text.sentences.iter().enumerate() {
            let Some(rules) = self.by_lang.get(&sentence.lang) else { continue };
            while let Some(mention) = found.mentions.get(next_mention).filter(|m| m.span.start < sentence.span.start) {
                if found.actors.get(mention.actor).is_some_and(|a| a.kind == ActorKind::Court) {
                    around.last_court = Some(next_mention);
                }
                next_mention += 1;
            }
            around.operative = operative.then_some(sentence.tokens.start);
            let mut opened = false;
            while let Some((at, word)) = next_heading.next_if(|(at, _)| *at < sentence.tokens.end) {
                operative = *word == Word::Operative;
                opened |= operative;
                around.operative = operative.then_some(*at);
                // The day of the reading is the day of the ruling, whatever other days its head bears.
                let before = |d: &DateIx| {
                    let heading = text.tokens.get(*at).map_or(0, |t| t.span.start);
                    found.dates.get(*d).is_some_and(|d| d.span.start < heading)
                };
                around.date = sittings.reading.or(around.date.filter(before));
            }
            if !quoted_law && around.operative.is_none() && !matters(text, rules, found, sentence) {
                continue;
            }
            around.heading = matches!(sentence.kind, BlockKind::Title | BlockKind::Heading)
                || index == 0 && text.fold(sentence.tokens.end.saturating_sub(1)) != ".";
            let scene = Scene::new(text, rules, found, index, sentence);
            if let Some(at) = around.operative.filter(|_| opened && is_ruling && guided_by.is_empty()) {
                guided_by = self.guided_by(text, found, &scene, at);
            }
            let readings: Vec<_> = scene.hits.iter().map(|hit| reading::read(&scene, hit)).collect();
            let first = drafts.len();
            if is_ruling {
                sittings.note(&scene, found, index);
            }
            let quoted = quoted_law;
            // "In Durand v. France, where the applicant had been released": what a ruling tells of another case.
            let cited = is_ruling
                && around.operative.is_none()
                && index > HEAD
                && scene.first(sentence.tokens.clone(), Word::Versus).is_some();
            let norm = quoted_law || cited || reading::is_norm(&scene, found, &readings);
            quoted_law = norm && reading::quote_goes_on(&scene, quoted_law);
            if around.operative.is_some() || !norm {
                let phrases = phrase::phrases(&scene, found, &readings, &self.identifiers);
                let mut used = Teller::new(&scene, found, &around, &readings, phrases).tell(&mut drafts);
                used.extend(sittings.hearing);
                used.extend(sittings.reading);
                events.extend(event::find(&scene, found, &used));
            }
            let norm = norm && around.operative.is_none();
            let speaker = own.filter(|_| around.operative.is_some() || norm);
            if !quoted {
                // The periods of a law that is quoted are none of the case.
                receipt::find(&scene, found, &mut served);
                to_reader.extend(receipt::to_reader(&scene));
                claims.extend(claim::find(&scene, found));
                let owners = period::Owners { drafts: &mut drafts, first, own: speaker, loose: &mut loose };
                period::find(&scene, found, &readings, owners, &served, norm);
            }
            if around.operative.is_some() {
                own = join_operative(&mut drafts, found, first, own, &around);
            }
            if around.operative.is_some() || !norm {
                let of_paper = own.filter(|_| around.operative.is_some());
                closed::close(&scene, &mut drafts, first, of_paper);
                terms::find(&scene, found, &readings, &mut drafts, first, of_paper);
            }
        }
        let entries = chronicle::entries(text, found);
        chronicle::settle(&entries, &mut drafts, &mut events, text, found);
        if let Some(o) = own {
            own::date(&mut drafts, o, &sittings, found.document_date);
            if let Some(draft) = drafts.get_mut(o) {
                guided_by.retain(|term| !draft.terms.contains(term));
                draft.terms.splice(..0, guided_by);
            }
        }
        let own_day = own.and_then(|o| drafts.get(o)).and_then(|d| d.dates.reading.or(d.dates.act));
        let decided: Vec<_> = decided(drafts.iter(), found).collect();
        found.periods = period::settle(loose, own_day, found.document_date, &decided, &served);
        // By kind, then by place: each kind is looked up on its own.
        served.sort_by_key(|s| (s.kind, s.span.start));
        found.served = served;
        by_tree::find(&mut drafts, found, text, &self.by_lang, reader);
        party::Parties::find(text, &self.by_lang, found).settle(&mut drafts, found);
        doer::who_asked(&mut drafts, found);
        found.to_reader = to_reader;
        found.claims = claims;
        reference::resolve(&mut drafts, found, text, own);
        reference::resolve_forward(&mut drafts, found, text);
        just_before::attack_asked(&mut drafts);
        just_before::attack_unnamed(&mut drafts, found, text, &self.by_lang);
        just_before::answer_here(&mut drafts, found, text);
        just_before::others(&mut drafts, found, text, &self.by_lang);
        reference::join_titles(&mut drafts, found, text);
        let drafts = reference::drop_idle(drafts);
        found.acts = draft::finish(drafts, |tokens| text.span(tokens));
        events.sort_by_key(|e| (e.span.start, e.span.end, e.date));
        found.events = events;
    }

    /// The provisions that stand before the heading of an operative part at token `at`, in its sentence or the one before: "руководствуясь
    /// статьёй 389.20 УПК РФ, суд / ПОСТАНОВИЛ:".
    fn guided_by(&self, text: &Text<'_>, found: &Findings, scene: &Scene<'_, '_>, at: usize) -> Vec<TermFinding> {
        let here = terms::opening(scene, found, at);
        let before = || {
            let index = scene.sentence_ix.checked_sub(1)?;
            let sentence = text.sentences.get(index)?;
            let open = text.fold(sentence.tokens.end.saturating_sub(1)) != ".";
            let rules = self.by_lang.get(&sentence.lang).filter(|_| open)?;
            Some(terms::opening(&Scene::new(text, rules, found, index, sentence), found, sentence.tokens.end))
        };
        if here.is_empty() { before().unwrap_or_default() } else { here }
    }

    /// The headings that open and close operative parts, by token.
    fn headings(&self, text: &Text<'_>) -> Vec<(usize, Word)> {
        let mut all = Vec::new();
        for (index, sentence) in text.sentences.iter().enumerate() {
            let Some(rules) = self.by_lang.get(&sentence.lang) else { continue };
            let mut t = sentence.tokens.start;
            while t < sentence.tokens.end {
                let hit = rules
                    .words
                    .longest_of(text, t, sentence.tokens.end, |w| {
                        matches!(w, Word::Operative | Word::OperativeAlone | Word::OperativeEnd)
                    })
                    .map(|m| (m.tokens.end, *m.value))
                    .or_else(|| spaced(text, rules, t, sentence.tokens.end));
                let Some((end, word)) = hit else {
                    t += 1;
                    continue;
                };
                let shouted = (t..end).all(|i| text.word(i).chars().all(|c| !c.is_lowercase()));
                // "V. Operative part": a number may stand before it.
                let number = |i: usize| text.fold(i).chars().count() <= 4 && i < sentence.tokens.start + 4;
                let first = (sentence.tokens.start..t).all(number);
                let alone = first && end + 1 >= sentence.tokens.end;
                let colon = matches!(text.fold(end), ":" | "-" | "–")
                    || matches!(text.fold(end + 1), ":") && end + 1 < sentence.tokens.end;
                let begins =
                    t == sentence.tokens.start || matches!(text.fold(t - 1), "," | "-" | "–" | ";" | "." | "”");
                let comma = begins && matches!(text.fold(end), ",");
                if word == Word::OperativeAlone {
                    if first && (colon && text.fold(end) != "–" || alone && index >= HEAD) {
                        all.push((end, Word::Operative));
                    }
                } else if shouted || colon || alone || comma {
                    // "ORDONNE la mainlevée": the heading is the verb of what it opens.
                    let verb = !colon && !alone && !comma && end < sentence.tokens.end;
                    all.push((if verb { t } else { end }, word));
                }
                t = end;
            }
        }
        // "Decision" above the whole text of the views of a committee: no operative part is that long.
        let sentence = |t: usize| text.sentences.partition_point(|s| s.tokens.end <= t);
        let ends: Vec<usize> = all.iter().skip(1).map(|(t, _)| sentence(*t)).chain([text.sentences.len()]).collect();
        let whole = |at: usize, end: usize| end - sentence(at).min(end) > LONGEST_PART;
        let mut ends = ends.into_iter();
        all.retain(|(t, word)| ends.next().is_none_or(|end| *word != Word::Operative || !whole(*t, end)));
        all
    }

    /// The document's own docket number: the first one that stands in its head.
    fn own_number(&self, text: &Text<'_>) -> Option<String> {
        let head = text.sentences.get(..text.sentences.len().min(14))?;
        head.iter()
            .find_map(|s| self.identifiers.first_in(text, s.tokens.start..s.tokens.end.min(s.tokens.start + 400)))
            .filter(|number| number.chars().any(|c| c.is_ascii_digit()))
    }
}

/// The days of what bodies decided, with the sentences that tell it.
fn decided<'a>(drafts: impl Iterator<Item = &'a Draft>, found: &Findings) -> impl Iterator<Item = (usize, DateIx)> {
    // The court need not be named to have decided; an arrest without one is no decision.
    let done = |d: &&Draft| {
        d.classes
            .iter()
            .any(|c| matches!(c, ActClass::Detain | ActClass::Charge | ActClass::Notify | ActClass::Release))
    };
    let told = drafts.filter(|d| d.status == EventStatus::Actual && !draft::asks(&d.classes));
    let told = told.filter(move |d| d.body.is_some() || d.mention == ActMention::Told && !done(d));
    told.filter_map(move |d| {
        Some((d.sentence, d.dates.reading.or(d.dates.act).filter(|day| own::is_day(found, *day))?))
    })
}

fn spaced(text: &Text<'_>, rules: &LangRules, at: usize, end: usize) -> Option<(usize, Word)> {
    let single = |t: usize| {
        t < end && text.fold(t).chars().count() == 1 && text.fold(t).chars().all(khronika_core::letter::is_alphabetic)
    };
    if !single(at) || at > 0 && single(at - 1) {
        return None;
    }
    let mut joined = String::new();
    let mut last = at;
    while single(last) && last - at < 24 {
        joined.push_str(text.fold(last));
        last += 1;
    }
    rules.spaced.iter().find(|(form, _)| *form == joined && joined.chars().count() > 3).map(|(_, word)| (last, *word))
}

/// False for a sentence with neither a word of an act nor a date: most of a long document.
fn matters(text: &Text<'_>, rules: &LangRules, found: &Findings, sentence: &crate::text::Sentence) -> bool {
    let first = found.dates.partition_point(|d| d.span.end <= sentence.span.start);
    found.dates.get(first).is_some_and(|d| d.span.start < sentence.span.end)
        || sentence.tokens.clone().any(|t| {
            rules.forms.any_at(text, t, sentence.tokens.end) || rules.alone.any_at(text, t, sentence.tokens.end)
        })
}
