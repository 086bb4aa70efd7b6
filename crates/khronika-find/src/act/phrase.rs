//! Noun phrases that name an act: "the decision of 31 May 2018 by the Director refusing him this status".

use std::ops::Range;

use khronika_core::{
    ActClass, ActDates, ActType, ActorKind, DateIx, DateRole, Findings, MentionIx, Participant, Role, TimexKind,
};

use super::action::happenings;
use super::beside::{governed, papers_beside, past_objects, share_dates};
use super::doer::{Doer, noun_phrase};
use super::draft::asks;
use super::identifier::Identifiers;
use super::reading::{Reading, Voice};
use super::rules::{Form, ObjectSide, Sets, Word};
use super::scene::{REACH, Scene, dates_an_event, is_body, kind_of};
use super::subject::oblique;

/// A noun phrase that names an act.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// All its tokens.
    pub(super) tokens: Range<usize>,
    /// The noun.
    pub(super) head: Range<usize>,
    /// The noun's row.
    pub(super) row: usize,
    /// A noun of the action ("annulment"), not of the paper.
    pub(super) action: bool,
    /// "by a judgment", "постановлением": the means of what the clause tells.
    pub(super) instrument: bool,
    pub(super) act_type: ActType,
    pub(super) classes: Vec<ActClass>,
    pub(super) dates: ActDates,
    pub(super) body: Option<MentionIx>,
    /// The office or party that made the paper, where the phrase names it by its kind only.
    pub(super) doer: Option<Doer>,
    pub(super) participants: Vec<Participant>,
    pub(super) docket: Option<String>,
    pub(super) definite: bool,
    pub(super) demonstrative: bool,
    pub(super) indefinite: bool,
    /// "no appeal": there is no such paper.
    pub(super) nothing: bool,
    pub(super) own: bool,
    /// Names several papers, so points to no single one.
    pub(super) plural: bool,
    /// Dated as a law is: an act only where something is done to it.
    pub(super) norm: bool,
    pub(super) possessive: bool,
    /// "Smith's appeal", where nothing is known of Smith: no remedy of somebody who is known.
    pub(super) of_stranger: bool,
    /// "formed", "lodged", "issued": a participle says that the paper was made.
    pub(super) made: bool,
    /// Words that are no name say whom or what the action befell: "the arrest of the editor".
    pub(super) befell: bool,
    /// "came", "took place": a verb says that the action happened.
    pub(super) happened: bool,
    /// The words between the determiner and the noun, folded.
    pub(super) adjectives: Vec<String>,
    /// The verbs, gerunds and nouns inside that were read as part of it, by hit.
    pub(super) inner: Vec<usize>,
    /// The words that say what it orders or is about.
    pub(super) object: Option<Range<usize>>,
    /// Set where a told act took the phrase in.
    pub(super) used: bool,
}

impl Phrase {
    /// True where the phrase says something of the act beyond its kind.
    pub(super) fn says_something(&self) -> bool {
        self.dates != ActDates::default() || self.body.is_some() || self.docket.is_some() || self.has_outcome()
    }

    /// True where an outcome is known.
    pub(super) fn has_outcome(&self) -> bool {
        self.classes
            .iter()
            .any(|c| !matches!(c, ActClass::Decide | ActClass::File | ActClass::Appeal | ActClass::Reserve))
    }
}

/// Every noun phrase of the sentence that names an act, in order.
pub(super) fn phrases(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    identifiers: &Identifiers,
) -> Vec<Phrase> {
    let mut all: Vec<Phrase> = Vec::new();
    let mut from = scene.tokens.start;
    for (index, hit) in scene.hits.iter().enumerate() {
        let Some(reading) = readings.get(index).and_then(Option::as_ref) else { continue };
        if !matches!(reading.voice, Voice::Paper | Voice::Instrument | Voice::Noun)
            || hit.tokens.start < from
            || all.last().is_some_and(|p| p.inner.contains(&index))
        {
            continue;
        }
        // "expulsion order": the first noun is a modifier of the second.
        if reading.voice == Voice::Noun
            && scene.hit_ix(hit.tokens.end).is_some_and(|next| {
                readings.get(next).and_then(Option::as_ref).is_some_and(|r| r.voice == Voice::Paper)
                    && scene.rules.object_side == ObjectSide::Right
                    && scene.sentence.lang.code() == "en"
            })
        {
            continue;
        }
        if let Some(phrase) = parse(scene, found, readings, identifiers, index, reading, from) {
            from = phrase.tokens.end;
            all.push(phrase);
        }
    }
    share_dates(scene, &mut all);
    past_objects(scene, found, readings, &mut all);
    happenings(scene, found, readings, &mut all);
    all
}

fn parse(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    identifiers: &Identifiers,
    index: usize,
    reading: &Reading,
    from: usize,
) -> Option<Phrase> {
    let hit = scene.hits.get(index)?;
    let row = scene.row(reading.row)?;
    let mut phrase = Phrase {
        tokens: hit.tokens.clone(),
        head: hit.tokens.clone(),
        row: reading.row,
        action: reading.voice == Voice::Noun,
        instrument: reading.voice == Voice::Instrument,
        act_type: row.act_type.unwrap_or(ActType::Decision),
        classes: row.classes.clone(),
        dates: ActDates::default(),
        body: None,
        doer: None,
        participants: Vec::new(),
        docket: None,
        definite: false,
        demonstrative: false,
        indefinite: false,
        nothing: false,
        own: false,
        plural: scene.is(hit.tokens.end - 1, Word::Plural),
        norm: false,
        possessive: false,
        of_stranger: false,
        made: false,
        befell: false,
        happened: false,
        adjectives: Vec::new(),
        inner: Vec::new(),
        object: None,
        used: false,
    };
    left(scene, found, readings, &mut phrase, from);
    right(scene, found, readings, identifiers, &mut phrase);
    // "представление прокурора": the row itself names who brings it.
    if phrase.doer.is_none() && phrase.body.is_none() && asks(&phrase.classes) {
        let named = |t: usize| scene.len(t, Word::OfParty).map(|n| Doer { start: t, end: t + n });
        phrase.doer = (phrase.head.start + 1..phrase.head.end).find_map(named);
    }
    let start = phrase.tokens.start;
    if !phrase.instrument && !phrase.action {
        phrase.instrument = scene.ending_at(start, Word::InPaper).is_some_and(|s| s >= scene.tokens.start);
    }
    Some(phrase)
}

fn add_class(phrase: &mut Phrase, classes: &[ActClass]) {
    phrase.classes.retain(|c| *c != ActClass::Decide);
    for class in classes {
        if !phrase.classes.contains(class) {
            phrase.classes.push(*class);
        }
    }
}

fn add_name(found: &Findings, phrase: &mut Phrase, mention: MentionIx, against: bool) {
    let kind = kind_of(found, mention).unwrap_or(ActorKind::Unknown);
    let files = asks(&phrase.classes);
    if kind.is_body() && phrase.body.is_none() && !against {
        phrase.body = Some(mention);
    } else if matches!(kind, ActorKind::Person | ActorKind::Organisation) {
        let role = if files && !against { Role::Applicant } else { Role::Subject };
        phrase.participants.push(Participant { mention, role });
    }
}

/// What stands before the noun: determiner, possessor, year, adjectives, a noun that gives the class.
fn left(scene: &Scene<'_, '_>, found: &Findings, readings: &[Option<Reading>], phrase: &mut Phrase, from: usize) {
    let low = from.max(phrase.head.start.saturating_sub(16));
    let mut t = phrase.head.start;
    let mut words = 0;
    let mut kept = phrase.head.start;
    let mut adjectives: Vec<String> = Vec::new();
    while t > low {
        let before = t - 1;
        if let Some(date) = scene.date(before) {
            // "5 травня суд скасував рішення": only "the 5 May decision" and "5 мамырдағы шешім" have their date before the noun.
            let of_noun = match scene.rules.object_side {
                ObjectSide::Right => true,
                ObjectSide::Either => false,
                // "5 мамырда ұсталуы": an action has its day as a verb does.
                ObjectSide::Left => scene.is_attributive(before) || phrase.action && t == phrase.head.start,
            };
            if phrase.dates.act.is_some() || !can_date_paper(found, date) || words > 0 || !of_noun {
                break;
            }
            phrase.dates.act = Some(date);
            t = scene.date_start(before);
            kept = t;
        } else if let Some(mention) = scene.mention(before) {
            let owns = match scene.rules.object_side {
                ObjectSide::Left => scene.is_genitive(before),
                // "подал в управление заявление": who owns a paper stands after it.
                ObjectSide::Either => !asks(&phrase.classes) || !oblique(scene, scene.mention_start(before)),
                ObjectSide::Right => true,
            };
            if !owns {
                break;
            }
            let possessor = scene.text.fold(t) == "'s";
            add_name(found, phrase, mention, false);
            if phrase.participants.iter().all(|p| p.mention != mention) && phrase.body != Some(mention) {
                break;
            }
            t = scene.mention_start(before);
            kept = t;
            if possessor {
                phrase.possessive = true;
                break;
            }
        } else if let Some(index) = scene.hit_ix(before) {
            let Some(hit) = scene.hits.get(index) else { break };
            let noun = hit.row_as(Form::Noun).and_then(|r| scene.row(r));
            let modifier = readings.get(index).and_then(Option::as_ref).is_some_and(|r| r.voice == Voice::Modifier);
            match noun {
                Some(row) if scene.sentence.lang.code() == "en" || scene.rules.object_side == ObjectSide::Left => {
                    if !asks(&phrase.classes) {
                        add_class(phrase, &row.classes);
                    }
                    phrase.inner.push(index);
                    t = hit.tokens.start;
                    kept = t;
                }
                _ if modifier => {
                    adjectives.push(scene.text.fold(before).to_owned());
                    phrase.inner.push(index);
                    t = hit.tokens.start;
                }
                _ => break,
            }
        } else if let Some(s) = scene.ending_at(t, Word::Own) {
            phrase.own = true;
            t = s;
            kept = s;
        } else if let Some(s) = scene.ending_at(t, Word::Demonstrative) {
            phrase.demonstrative = true;
            kept = s;
            break;
        } else if let Some(s) = scene.ending_at(t, Word::Definite) {
            phrase.definite = true;
            kept = s;
            break;
        } else if let Some(s) = scene.ending_at(t, Word::Indefinite) {
            phrase.indefinite = true;
            phrase.nothing = scene.is(s, Word::Nothing);
            kept = s;
            break;
        } else if scene.text.fold(before) == "'s" {
            t = before;
            phrase.possessive = true;
            let owner = before.saturating_sub(1);
            if let Some((start, doer)) = owner_before(scene, before).filter(|_| asks(&phrase.classes)) {
                phrase.doer = Some(doer);
                kept = start.max(low);
                break;
            }
            if scene.mention(owner).is_none() {
                let name = scene.text.word(owner).chars().next().is_some_and(char::is_uppercase);
                let called = [Word::Claimant, Word::Party, Word::Office].iter().any(|w| scene.is(owner, *w));
                phrase.of_stranger = name && !called && !scene.is_determiner(owner.saturating_sub(1));
                break;
            }
        } else if let Some(s) = scene.ending_at(t, Word::Possessive) {
            phrase.possessive = true;
            kept = s;
            break;
        } else if let Some(s) = owned_by(scene, phrase, t) {
            phrase.doer = Some(Doer { start: s, end: t });
            phrase.possessive = true;
            kept = s;
            break;
        } else if scene.text.fold(before) == ","
            && (t < phrase.head.start || scene.date(before.saturating_sub(1)).is_some())
            && (scene.sentence.lang.code() == "en" || scene.date(before.saturating_sub(1)).is_none())
        {
            t = before;
        } else if scene.is_word(before) && words < 5 && !is_function_word(scene, before) {
            adjectives.push(scene.text.fold(before).to_owned());
            words += 1;
            t = before;
        } else {
            break;
        }
    }
    phrase.tokens.start = kept;
    if kept < phrase.head.start || words < 3 {
        phrase.adjectives = adjectives;
    }
}

pub(super) fn is_function_word(scene: &Scene<'_, '_>, t: usize) -> bool {
    [
        Word::Be,
        Word::Have,
        Word::Not,
        Word::By,
        Word::Preposition,
        Word::And,
        Word::DateLink,
        Word::NameLink,
        Word::Against,
        Word::To,
        Word::Possible,
        Word::Future,
        Word::Request,
        Word::Relative,
        Word::Subordinate,
        Word::InPaper,
        Word::Condition,
    ]
    .iter()
    .any(|w| scene.is(t, *w) || scene.ending_at(t + 1, *w).is_some())
}

/// A date that can date a told act.
pub(super) fn can_date(found: &Findings, date: DateIx) -> bool {
    dates_an_event(found, date)
}

/// A date that can date a paper that it is tied to by "of": a header's, a citation's and a decree's too.
pub(super) fn can_date_paper(found: &Findings, date: DateIx) -> bool {
    found
        .dates
        .get(date)
        .is_some_and(|d| matches!(d.kind, TimexKind::Date | TimexKind::Time) && d.role != DateRole::Other)
}

/// What stands after the noun.
fn right(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    identifiers: &Identifiers,
    phrase: &mut Phrase,
) {
    let Some(clause) = scene.clause_of(phrase.head.start) else { return };
    let limit = clause.tokens.end.min(phrase.head.end + REACH);
    let free_names = scene.rules.object_side != ObjectSide::Right;
    let governed = governed(scene, readings, phrase);
    let mut t = phrase.head.end;
    let mut tail = false;
    let mut made = false;
    let mut refuses = false;
    while t < limit {
        if scene.text.fold(t) == "(" || scene.text.fold(t) == "[" {
            let Some(close) = (t..limit.min(t + 24)).find(|i| matches!(scene.text.fold(*i), ")" | "]")) else { break };
            if let Some(id) = identifiers.first_in(scene.text, t..close) {
                phrase.docket.get_or_insert(id);
            }
            t = close + 1;
            continue;
        }
        if let Some(id) = identifiers.at(scene.text, t, limit) {
            phrase.docket.get_or_insert(id.normal);
            t = id.tokens.end;
            phrase.tokens.end = t;
            continue;
        }
        let link = scene
            .len(t, Word::DateLink)
            .or_else(|| scene.len(t, Word::DateOn).filter(|_| phrase.action && !governed || made));
        if let Some(n) = link {
            let at = skip_definite(scene, t + n);
            if let Some(date) = scene.date(at) {
                if phrase.dates.act.is_some() {
                    break;
                }
                if !can_date_paper(found, date) {
                    break;
                }
                phrase.norm |= found.dates.get(date).is_some_and(|d| d.role == DateRole::Norm);
                phrase.dates.act = Some(date);
                // "rendu le 5 mai": the participle is part of what ties the date to the noun.
                phrase.inner.extend((t..at).filter_map(|i| scene.hit_ix(i)));
                t = scene.date_end(at);
                phrase.tokens.end = t;
                continue;
            }
        }
        let at = if made { skip_definite(scene, t) } else { t };
        if let Some(date) = scene.date(at).filter(|d| can_date(found, *d)) {
            // "issued on 5 May": the date of the paper's making; in Kazakh and after "№ 5," also without a link.
            if (made || tail) && phrase.dates.act.is_none() {
                phrase.dates.act = Some(date);
                t = scene.date_end(at);
                phrase.tokens.end = t;
                continue;
            }
            break;
        }
        // "Жалобу адвоката суд отклонил", "талап арызын сот қайтарды": the court in the nominative acts.
        if free_names && scene.is(t, Word::Court) {
            break;
        }
        if let Some(mention) = scene.mention(t) {
            let linked = scene.ending_at(t, Word::NameLink).is_some()
                || scene.ending_at(t, Word::By).is_some()
                || scene.ending_at(t, Word::Against).is_some()
                || scene.is_determiner(t.saturating_sub(1))
                || free_names
                || tail;
            // "Жалобу Верховный суд вернул": a name in the nominative is the subject of the verb that follows, not the noun's.
            if !linked || scene.rules.object_side == ObjectSide::Either && is_nominative(scene, found, t) {
                break;
            }
            let article = scene.ending_at(t, Word::Definite).filter(|_| asks(&phrase.classes)).unwrap_or(t);
            let against = [t, article].iter().any(|at| scene.ending_at(*at, Word::Against).is_some());
            // "the appeal against the court's latest judgment": the court is that of the judgment.
            if against && scene.text.fold(scene.mention_end(t)) == "'s" {
                break;
            }
            add_name(found, phrase, mention, against || tail);
            t = scene.mention_end(t);
            phrase.tokens.end = t;
            if scene.text.fold(t) == "'s" {
                t += 1;
            }
            continue;
        }
        if let Some(index) = scene.hit_ix(t) {
            let Some((hit, reading)) = scene.hits.get(index).zip(readings.get(index).and_then(Option::as_ref)) else {
                break;
            };
            let Some(row) = scene.row(reading.row) else { break };
            let linked = |word: Word| scene.ending_at(t, word).is_some();
            let joins = match reading.voice {
                // In free word order a gerund says what the subject did, not what the paper says.
                Voice::Gerund => !row.light && row.sets.is_none() && !free_names,
                Voice::Infinitive => linked(Word::To) || tail,
                Voice::Noun => {
                    linked(Word::NameLink)
                        || linked(Word::To)
                        || linked(Word::Preposition)
                        || linked(Word::Possessive)
                        || scene.text.fold(t - 1) == "'s"
                        || scene.is_determiner(t - 1)
                }
                Voice::Modifier if row.light => {
                    made = true;
                    phrase.made = true;
                    phrase.inner.push(index);
                    phrase.tokens.end = hit.tokens.end;
                    t = hit.tokens.end;
                    continue;
                }
                _ => false,
            };
            if !joins || phrase.action && reading.voice != Voice::Noun {
                break;
            }
            let files = asks(&phrase.classes);
            if !files && !phrase.action && !refuses {
                // "the court's decision against extradition" is a refusal.
                let against = reading.voice == Voice::Noun && linked(Word::Against) && !asks(&row.classes);
                add_class(phrase, if against { &[ActClass::Dismiss] } else { &row.classes });
            }
            // "the decision rejecting the extradition": what is refused or taken away is no class of the paper.
            refuses |= reading.voice != Voice::Noun
                && row.classes.iter().any(|c| {
                    matches!(
                        c,
                        ActClass::Dismiss
                            | ActClass::Inadmissible
                            | ActClass::Annul
                            | ActClass::Void
                            | ActClass::Suspend
                            | ActClass::Lift
                            | ActClass::Revoke
                            | ActClass::Uphold
                    )
                });
            phrase.inner.push(index);
            phrase.tokens.end = hit.whole.end;
            phrase.object = Some(hit.tokens.start..hit.whole.end);
            tail = true;
            t = hit.tokens.end;
            continue;
        }
        if scene.text.fold(t) == "," {
            let next = t + 1;
            let linked = |word: Word| scene.len(next, word).is_some_and(|n| scene.date(next + n).is_some());
            let dated = linked(Word::DateLink) || phrase.action && linked(Word::DateOn);
            let made_next = scene
                .hit_ix(next)
                .and_then(|i| readings.get(i).and_then(Option::as_ref))
                .is_some_and(|r| r.voice == Voice::Modifier && scene.row(r.row).is_some_and(|row| row.light));
            if dated || made_next || (made && scene.date(next).is_some()) {
                t = next;
                continue;
            }
            break;
        }
        // "Par un recours et deux mémoires, enregistrés le 5 mai": other papers of no class stand before the participle.
        if asks(&phrase.classes)
            && !made
            && let Some(comma) = papers_beside(scene, readings, t, limit)
        {
            t = comma + 1;
            continue;
        }
        if scene.is(t, Word::And) || scene.is(t, Word::Be) || scene.is(t, Word::Have) || scene.is(t, Word::Not) {
            break;
        }
        if let Some(doer) = maker(scene, phrase, t, limit) {
            phrase.doer = Some(doer);
            phrase.tokens.end = doer.end;
            t = doer.end;
            continue;
        }
        // A small word that may lead to a name, date or noun, or up to a few words that nothing is known of.
        let Some(next) = look_ahead(scene, found, readings, t, limit, (tail, made)) else { break };
        t = next;
    }
    if tail {
        // The words that the gerund or infinitive governs, up to the next mark, conjunction or verb.
        let mut end = phrase.tokens.end;
        while end < limit.min(phrase.tokens.end + 10)
            && (scene.is_word(end) || scene.text.fold(end) == "'s")
            && scene.hit_ix(end).is_none()
            && scene.date(end).is_none()
            && ![Word::And, Word::Be, Word::Have, Word::Pending, Word::Within].iter().any(|w| scene.is(end, *w))
        {
            end += 1;
        }
        phrase.tokens.end = end;
    }
    // A regulation, or a judgment cited by the names of its parties, is no act of the case.
    let after = phrase.tokens.end..limit.min(phrase.tokens.end + 10);
    phrase.norm |= after.clone().take(2).any(|t| scene.is(t, Word::General)) && !phrase.has_outcome()
        || after.take_while(|t| scene.hit_ix(*t).is_none()).any(|t| scene.is(t, Word::Versus));
    if let Some(object) = phrase.object.as_mut() {
        object.end = phrase.tokens.end.max(object.end);
    }
}

/// "the prosecutor's appeal": the party or office whose noun ends before the "'s" at `end`, and where its article stands.
fn owner_before(scene: &Scene<'_, '_>, end: usize) -> Option<(usize, Doer)> {
    // The rows of the kinds of courts hold the article, and the prosecutor's.
    let words = [Word::Claimant, Word::Party, Word::ForParty, Word::Office, Word::Court];
    let row = words.iter().filter_map(|w| scene.ending_at(end, *w)).min()?;
    let doer = noun_phrase(scene, row, end, end);
    let article = doer.start.checked_sub(1).filter(|t| *t >= scene.tokens.start && scene.is_determiner(*t));
    let unnamed = (row..end).all(|t| scene.mention(t).is_none());
    unnamed.then(|| (article.unwrap_or(doer.start).min(row), doer))
}

/// "қорғаушының шағымы": the party or office in the genitive whose noun ends at `t`, before the noun of its remedy; where it begins.
fn owned_by(scene: &Scene<'_, '_>, phrase: &Phrase, t: usize) -> Option<usize> {
    let left = scene.rules.object_side == ObjectSide::Left && asks(&phrase.classes);
    scene.ending_at(t, Word::OfParty).filter(|_| left && phrase.body.is_none())
}

/// "l'arrêté du préfet", "the appeal by his lawyers", "жалоба защиты": an office or party that made the paper, of which the text gives
/// no name.
fn maker(scene: &Scene<'_, '_>, phrase: &Phrase, t: usize, limit: usize) -> Option<Doer> {
    if phrase.body.is_some() || phrase.doer.is_some() || phrase.action {
        return None;
    }
    match scene.rules.object_side {
        ObjectSide::Right => {}
        // "жалоба защиты", "скарга представника відповідача".
        ObjectSide::Either => {
            let beside = t == phrase.head.end && asks(&phrase.classes) && phrase.participants.is_empty();
            let end = t + scene.len(t, Word::OfParty).filter(|_| beside)?;
            let end = scene.len(end, Word::OfParty).map_or(end, |n| end + n);
            return Some(Doer { start: t, end });
        }
        ObjectSide::Left => return None,
    }
    let linked = [Word::PartOfNoun, Word::PartOf, Word::By].iter().find_map(|w| scene.len(t, *w));
    let mut at = t + linked?;
    if scene.is_determiner(at) && scene.mention(at).is_none() {
        at += 1;
    }
    let files = asks(&phrase.classes);
    let noun = |i: usize| {
        let office = scene.len(i, Word::Office);
        let party = || [Word::Claimant, Word::Party, Word::ForParty].iter().find_map(|w| scene.len(i, *w));
        let office = office.or_else(|| party().filter(|_| files));
        office.filter(|n| (i..i + n).all(|t| scene.mention(t).is_none()))
    };
    let plain = |i: usize| scene.is_word(i) && scene.mention(i).is_none() && !is_function_word(scene, i);
    let place = (at..limit.min(at + 3)).take_while(|i| *i == at || plain(*i - 1)).find(|i| noun(*i).is_some())?;
    Some(noun_phrase(scene, place, place + noun(place)?, limit))
}

/// True where the name of a body at `t` begins with an adjective in the nominative.
fn is_nominative(scene: &Scene<'_, '_>, found: &Findings, t: usize) -> bool {
    let tokens = scene.mention_start(t)..scene.mention_end(t);
    let ends = |t: usize| scene.rules.nominative.iter().any(|ending| scene.text.fold(t).ends_with(ending.as_str()));
    scene.mention(t).is_some_and(|m| is_body(found, m)) && tokens.len() > 1 && tokens.take(2).any(ends)
}

pub(super) fn skip_definite(scene: &Scene<'_, '_>, t: usize) -> usize {
    scene.len(t, Word::Definite).map_or(t, |n| t + n)
}

/// The next token after `t` that belongs to the noun phrase, where one does.
fn look_ahead(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    t: usize,
    limit: usize,
    (tail, made): (bool, bool),
) -> Option<usize> {
    let far = if tail { 9 } else { 14 };
    for j in t + 1..limit.min(t + far) {
        let mark = scene.text.fold(j);
        // "…, en date du 7 novembre": a comma may stand before the date that belongs to the noun.
        if mark == "," && scene.len(j + 1, Word::DateLink).is_some_and(|n| n > 1 && scene.date(j + 1 + n).is_some()) {
            return Some(j + 1);
        }
        // "по гражданским и экономическим делам": an "and" between small letters may stand in a court's name.
        let joins = scene.is(j, Word::And) && (tail || scene.is_determiner(j + 1) || scene.hit_ix(j + 1).is_some());
        if matches!(mark, "," | ";" | ":" | "(" | "–" | "—") || joins || scene.is(j, Word::Be) {
            return None;
        }
        if scene.is(j, Word::Have) || scene.is(j, Word::Not) || scene.is(j, Word::Possible) {
            return None;
        }
        if let Some(n) = scene.len(j, Word::DateLink)
            && scene.date(skip_definite(scene, j + n)).is_some()
        {
            return Some(j);
        }
        if let Some(mention) = scene.mention(j) {
            let linked = scene.rules.object_side != ObjectSide::Right
                || scene.ending_at(j, Word::NameLink).is_some()
                || scene.ending_at(j, Word::By).is_some()
                || scene.ending_at(j, Word::Against).is_some()
                || scene.is_determiner(j - 1);
            return (linked && (is_body(found, mention) && j <= t + 7 || tail || j <= t + 3)).then_some(j);
        }
        // "prononcée en première instance en décembre 2023": the day of the making may stand further on.
        if made && scene.len(j, Word::DateOn).is_some_and(|n| scene.date(skip_definite(scene, j + n)).is_some()) {
            return Some(j);
        }
        if scene.date(j).is_some() {
            return made.then_some(j);
        }
        if let Some(index) = scene.hit_ix(j) {
            let reading = readings.get(index).and_then(Option::as_ref)?;
            let near = j <= t + 4;
            return match reading.voice {
                Voice::Gerund | Voice::Infinitive | Voice::Noun if near => Some(j),
                Voice::Modifier
                    if near && scene.row(reading.row).is_some_and(|r| r.light && r.sets != Some(Sets::Service)) =>
                {
                    Some(j)
                }
                _ => None,
            };
        }
    }
    None
}
